"""Signature versions 1, 2 and 4 of OSS as pure functions: a request and a time in, a text to sign or a signature out.

In all of them *headers* are pairs of a lower-case name and a value, as :func:`lower_items` gives them, and *params*
maps the names of the query to their values, both without percent-encoding; '' is the value of a parameter that is only
a name. Values may be bytes, or anything that ``str`` makes text of; what is None is not there. An empty *bucket* signs
a request to the service, an empty *key* one to the bucket.

https://help.aliyun.com/en/oss/developer-reference/recommend-to-use-signature-version-4 describes version 4.
"""
from __future__ import annotations

import hmac
import re
import threading
import time
from binascii import b2a_base64
from hashlib import sha256
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple
from urllib.parse import quote

Headers = Iterable[Tuple[str, Any]]
Params = Optional[Mapping[Any, Any]]

V4_ALGORITHM = 'OSS4-HMAC-SHA256'
UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD'

# The parts of a query that version 1 signs: those of 2.19.1, then those of newer operations.
V1_SUBRESOURCES = frozenset((
    'accessPoint', 'accessPointPolicy', 'acl', 'append', 'asyncFetch', 'bucketArchiveDirectRead', 'bucketInfo',
    'callback', 'callback-var', 'cname', 'comp', 'continuation-token', 'cors', 'delete', 'encryption', 'endTime',
    'group', 'httpsConfig', 'inventory', 'inventoryId', 'lifecycle', 'link', 'live', 'location', 'logging', 'metaQuery',
    'objectInfo', 'objectMeta', 'partNumber', 'policy', 'position', 'publicAccessBlock', 'qos', 'qosInfo',
    'qosRequester', 'redundancyTransition', 'referer', 'regionList', 'replication', 'replicationLocation',
    'replicationProgress', 'requestPayment', 'requesterQosInfo', 'resourceGroup', 'resourcePool', 'resourcePoolBuckets',
    'resourcePoolInfo', 'response-cache-control', 'response-content-disposition', 'response-content-encoding',
    'response-content-language', 'response-content-type', 'response-expires', 'restore', 'security-token', 'sequential',
    'startTime', 'stat', 'status', 'style', 'styleName', 'symlink', 'tagging', 'transferAcceleration', 'uploadId',
    'uploads', 'versionId', 'versioning', 'versions', 'vod', 'website', 'worm', 'wormExtend', 'wormId',
    'x-oss-ac-forward-allow', 'x-oss-ac-source-ip', 'x-oss-ac-subnet-mask', 'x-oss-ac-vpc-id',
    'x-oss-access-point-name', 'x-oss-async-process', 'x-oss-process', 'x-oss-redundancy-transition-taskid',
    'x-oss-request-payer', 'x-oss-target-redundancy-type', 'x-oss-traffic-limit', 'x-oss-write-get-object-response',

    'MetaQuery', 'action', 'cleanRestoredObject', 'cloudboxes', 'dataPipeline', 'legalHold', 'metadataConfiguration',
    'metadataInventoryTable', 'metadataJournalTable', 'objectWorm', 'overwriteConfig', 'policyStatus', 'quota',
    'retention', 'rtc', 'seal', 'userDefinedLogFieldsConfig',
))


def v1_string_to_sign(method: str, bucket: str, key: str, headers: Headers, params: Params,
                      date: Optional[str] = None) -> bytes:
    """The text that version 1 signs.

    :param date: for a URL, the Unix time at which it expires; None takes ``x-oss-date`` or ``Date`` from *headers*
    """
    signed, other = _sorted_headers(headers, ())
    if date is None:
        date = dict(signed).get('x-oss-date') or other.get('date', '')
    resource = f'/{bucket}/{key or ""}' if bucket else '/'
    if params:
        found = [(k, v) for k, v in _text_pairs(params) if k in V1_SUBRESOURCES]
        if found:
            resource += '?' + _joined(sorted(found))
    return _encode(f"{method}\n{other.get('content-md5', '')}\n{other.get('content-type', '')}\n{date}\n"
                   f'{_lines(signed)}{resource}')


def v1_signature(secret: str, string_to_sign: bytes) -> str:
    """The base64 signature of version 1."""
    return b2a_base64(hmac.digest(_encode(secret), string_to_sign, 'sha1'), newline=False).decode()


def rtmp_string_to_sign(bucket: str, channel: str, params: Params, expires: int) -> bytes:
    """The text that signs a URL to stream to; its signature is version 1's.

    :param expires: Unix time at which the URL expires
    """
    return _encode(f'{expires}\n{_lines(sorted(_text_pairs(params or {})))}/{bucket}/{channel}')


def v2_string_to_sign(method: str, bucket: str, key: str, headers: Headers, params: Params,
                      additional: Sequence[str] = (), date: Optional[str] = None) -> bytes:
    """The text that version 2 signs.

    :param params: all of the query but ``x-oss-signature``
    :param additional: names of further headers to sign, as :func:`additional_names` gives them
    :param date: for a URL, the Unix time at which it expires; None takes ``Date`` from *headers*
    """
    signed, other = _sorted_headers(headers, additional)
    if date is None:
        date = other.get('date', '')
    resource = uri_encode(f'/{bucket}/{key or ""}' if bucket else '/')
    query = canonical_query(params)
    if query:
        resource += '?' + query
    return _encode(f"{method}\n{other.get('content-md5', '')}\n{other.get('content-type', '')}\n{date}\n"
                   f"{_lines(signed)}{';'.join(additional)}\n{resource}")


def v2_signature(secret: str, string_to_sign: bytes) -> str:
    """The base64 signature of version 2."""
    return b2a_base64(hmac.digest(_encode(secret), string_to_sign, 'sha256'), newline=False).decode()


def v4_canonical_request(method: str, bucket: str, key: str, headers: Headers, params: Params,
                         additional: Sequence[str] = ()) -> bytes:
    """The canonical request of version 4.

    :param params: all of the query but ``x-oss-signature``
    :param additional: names of further headers to sign, as :func:`additional_names` gives them
    """
    signed, _ = _sorted_headers(headers, (*_V4_ALWAYS_SIGNED, *additional))
    path = uri_encode(f'/{bucket}/{key or ""}', '/') if bucket else '/'
    payload = dict(signed).get('x-oss-content-sha256', UNSIGNED_PAYLOAD)
    return _encode(f"{method}\n{path}\n{canonical_query(params)}\n{_lines(signed)}\n{';'.join(additional)}\n{payload}")


def v4_scope(timestamp: str, region: str, product: str) -> str:
    """What a signing key of version 4 is good for: a day, a region and a service."""
    return f'{timestamp[:8]}/{region}/{product}/aliyun_v4_request'


def v4_string_to_sign(canonical_request: bytes, timestamp: str, scope: str) -> bytes:
    """The text that version 4 signs."""
    return _encode(f'{V4_ALGORITHM}\n{timestamp}\n{scope}\n{sha256(canonical_request).hexdigest()}')


def v4_signature(secret: str, string_to_sign: bytes, scope: str) -> str:
    """The hexadecimal signature of version 4."""
    return hmac.digest(v4_signing_key(secret, scope), string_to_sign, 'sha256').hex()


# Beside all that begin with x-oss-; these are never additional headers.
_V4_ALWAYS_SIGNED = ('content-type', 'content-md5')

_signing_keys: Dict[bytes, bytes] = {}
_signing_keys_lock = threading.Lock()
_MAX_SIGNING_KEYS = 64


def v4_signing_key(secret: str, scope: str) -> bytes:
    """The key of version 4 for *scope*.

    The last few are remembered, under a digest so that no secret outlives its owner.
    """
    name = sha256(_encode(secret + '\n' + scope)).digest()
    key = _signing_keys.get(name)
    if key is None:
        key = _encode('aliyun_v4' + secret)
        for part in scope.split('/'):
            key = hmac.digest(key, _encode(part), 'sha256')
        with _signing_keys_lock:
            while len(_signing_keys) >= _MAX_SIGNING_KEYS:
                del _signing_keys[next(iter(_signing_keys))]
            _signing_keys[name] = key
    return key


def v4_timestamp(seconds: float) -> str:
    """Unix seconds as version 4 writes a time: ``20231114T221320Z``."""
    return '%04d%02d%02dT%02d%02d%02dZ' % time.gmtime(seconds)[:6]


def lower_items(headers: Mapping[Any, Any]) -> Headers:
    """The pairs of a mapping of headers, with lower-case names."""
    lower = getattr(headers, 'lower_items', None)
    if lower is not None:
        pairs: Headers = lower()
        return pairs
    return [(_text(name).lower(), value) for name, value in headers.items()]


def additional_names(wanted: Iterable[str], headers: Headers, v4: bool) -> List[str]:
    """Which of the *wanted* additional headers the request has, in the order in which they are signed and listed.

    :param v4: leave out what version 4 always signs
    """
    names = {name.lower() for name in ((wanted,) if isinstance(wanted, str) else wanted)}
    names.intersection_update([name for name, value in headers if value is not None])
    if v4:
        names = {name for name in names if name not in _V4_ALWAYS_SIGNED and not name.startswith('x-oss-')}
    return sorted(names)


def canonical_query(params: Params) -> str:
    """The query as versions 2 and 4 sign it: percent-encoded, then sorted."""
    if not params:
        return ''
    return _joined(sorted([(uri_encode(k), uri_encode(v)) for k, v in _text_pairs(params)]))


def query_pair(name: Any, value: Any) -> str:
    """One parameter of a query, percent-encoded."""
    return _joined([(uri_encode(_text(name)), uri_encode(_text(value)))])


_needs_no_encoding = re.compile(r'[A-Za-z0-9_.~-]*\Z').match
_path_needs_no_encoding = re.compile(r'[A-Za-z0-9_.~/-]*\Z').match


def uri_encode(text: str, safe: str = '') -> str:
    """Percent-encode the UTF-8 of *text* but letters, digits, ``-_.~`` and *safe*, which is '' or '/'."""
    if (_path_needs_no_encoding if safe else _needs_no_encoding)(text):
        return text
    return quote(text, safe, 'utf-8', 'surrogateescape')


# What versions 1 and 2 sign in a place of its own.
_PLACED = frozenset(('content-md5', 'content-type', 'date'))


def _sorted_headers(headers: Headers, additional: Sequence[str]) -> Tuple[List[Tuple[str, str]], Dict[str, str]]:
    """The headers to sign by name in their order, then those that have a place of their own."""
    signed: List[Tuple[str, str]] = []
    others: Dict[str, str] = {}
    wanted = _PLACED.union(additional) if additional else _PLACED
    for name, value in headers:
        if name[:6] == 'x-oss-':
            if value is not None:
                signed.append((name, _text(value).strip(' \t')))
        elif name in wanted and value is not None:
            others[name] = _text(value).strip(' \t')
    signed += [(name, others[name]) for name in set(additional) if name in others]
    signed.sort()
    return signed, others


def _lines(pairs: Iterable[Tuple[str, str]]) -> str:
    return ''.join([f'{name}:{value}\n' for name, value in pairs])


def _text_pairs(params: Mapping[Any, Any]) -> List[Tuple[str, str]]:
    return [(_text(name), _text(value)) for name, value in params.items() if value is not None]


def _joined(pairs: Iterable[Tuple[str, str]]) -> str:
    return '&'.join([name + '=' + value if value else name for name, value in pairs])


def _text(value: Any) -> str:
    if value.__class__ is str:
        return value
    if value is None:
        return ''
    if isinstance(value, bytes):
        # Metadata may be any bytes: they are signed as they travel.
        return value.decode('utf-8', 'surrogateescape')
    return str(value)


def _encode(text: str) -> bytes:
    return text.encode('utf-8', 'surrogateescape')
