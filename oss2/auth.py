"""Which credentials sign a request, and with which version of the signature.

An auth object keeps no state of a request and does no I/O of its own, so any number of threads may use one.

``Auth``, ``ProviderAuth``, ``StsAuth`` and ``make_auth`` sign with version 1 unless told otherwise. One switch has them
sign with version 4: ``oss2.defaults.signature_version = 'v4'``, or ``OSS_SIGNATURE_VERSION=v4`` in the environment,
before the object is made.
"""
from __future__ import annotations

import hashlib as hashlib
import hmac as hmac
import logging
import os
import re
import time
from datetime import datetime as datetime
from functools import lru_cache
from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple, Type
from urllib.parse import urlsplit

from . import _signing, defaults
from ._credentials import read_credentials, refresh_provider
from ._dates import http_date
from ._secrets import mask_secrets
from .compat import is_py2 as is_py2
from .compat import to_bytes as to_bytes
from .compat import to_string
from .compat import urlquote as urlquote
from .credentials import StaticCredentialsProvider as StaticCredentialsProvider
from .exceptions import ClientError as ClientError
from .headers import *  # noqa: F403 - programs read header names from here too, as 2.19.1 has them
from .headers import OSS_SECURITY_TOKEN

logger = logging.getLogger(__name__)

AUTH_VERSION_1 = 'v1'
AUTH_VERSION_2 = 'v2'
AUTH_VERSION_4 = 'v4'

DEFAULT_SIGNED_HEADERS = ['content-type', 'content-md5']

_V2_DEFAULT_ADDITIONAL_HEADERS = ('range', 'if-modified-since')
_V4_LONGEST_EXPIRY = 7 * 24 * 3600
_SWITCH = 'OSS_SIGNATURE_VERSION'

_http_date = lru_cache(maxsize=4)(http_date)
_v4_timestamp = lru_cache(maxsize=4)(_signing.v4_timestamp)

# Whose key a request is signed with, in each of the versions.
_SIGNER = re.compile(r'OSS ([^:]+):|OSS2 AccessKeyId:([^,]+),|OSS4-HMAC-SHA256 Credential=([^/]+)/')

_Credentials = Tuple[str, str, str]


class AuthBase:
    """What the auths derive from.

    :param credentials_provider: any object with ``get_credentials()``, see :mod:`oss2.credentials`; it may be replaced
        at any time
    """

    _version = ''

    def __init__(self, credentials_provider: Any) -> None:
        self.credentials_provider = credentials_provider

    def _sign_request(self, req: Any, bucket_name: str, key: str,
                      in_additional_headers: Optional[Iterable[str]] = None) -> None:
        """Write what authorizes *req* into its headers.

        :param in_additional_headers: names of further headers to sign; version 1 signs none
        """
        sign = _SIGN_REQUEST[self._version]
        sign(_read_credentials(self.credentials_provider), req, bucket_name, key, in_additional_headers)

    def _sign_url(self, req: Any, bucket_name: str, key: str, expires: int,
                  in_additional_headers: Optional[Iterable[str]] = None) -> str:
        """The URL of *req* with a signature; *req* stays as it is.

        :param expires: seconds from now
        :param in_additional_headers: names of further headers to sign; version 1 signs none
        """
        sign = _SIGN_URL[self._version]
        return sign(_read_credentials(self.credentials_provider), req, bucket_name, key, _seconds(expires),
                    in_additional_headers)

    def _sign_rtmp_url(self, url: str, bucket_name: str, channel_name: str, expires: int,
                       params: Optional[Mapping[str, Any]]) -> str:
        """*url* with *params* and a signature, which is the same in all versions.

        :param expires: seconds from now
        """
        access_key_id, secret, token = _read_credentials(self.credentials_provider)
        query = _copied(params)
        if token:
            query['security-token'] = token
        expiration = int(time.time()) + _seconds(expires)
        text = _signing.rtmp_string_to_sign(bucket_name, channel_name, query, expiration)
        query['OSSAccessKeyId'] = access_key_id
        query['Expires'] = expiration
        query['Signature'] = _signing.v1_signature(secret, text)
        return _with_query(url, query)

    def refresh_credentials(self, req: Any) -> bool:
        """Get new credentials, because OSS refused those that *req* was signed with before their time.

        It never raises. Any number of threads may call it about the same credentials: they are renewed once.

        :return: whether it makes sense to sign *req* again and to send it once more
        """
        return _replace_credentials(self.credentials_provider, req)

    def auth_version(self) -> str:
        """``'v1'``, ``'v2'`` or ``'v4'``."""
        return self._version

    def __repr__(self) -> str:
        return '%s(%r)' % (type(self).__name__, self.credentials_provider)


class ProviderAuth(AuthBase):
    """Signs with version 1, or what the switch says, for the credentials of a provider."""

    _version = AUTH_VERSION_1
    _subresource_key_set = _signing.V1_SUBRESOURCES

    def __init__(self, credentials_provider: Any) -> None:
        super().__init__(credentials_provider)
        self._version = _switched()


class Auth(ProviderAuth):
    """Signs with version 1, or what the switch says.

    Blanks around the key and the secret are not part of them.
    """

    def __init__(self, access_key_id: str, access_key_secret: str) -> None:
        super().__init__(_static(access_key_id, access_key_secret))


class ProviderAuthV2(AuthBase):
    """Signs with version 2, for the credentials of a provider."""

    _version = AUTH_VERSION_2


class AuthV2(ProviderAuthV2):
    """Signs with version 2."""

    def __init__(self, access_key_id: str, access_key_secret: str) -> None:
        super().__init__(_static(access_key_id, access_key_secret))


class ProviderAuthV4(AuthBase):
    """Signs with version 4, for the credentials of a provider. The request must know its region."""

    _version = AUTH_VERSION_4


class AuthV4(ProviderAuthV4):
    """Signs with version 4. The request must know its region."""

    def __init__(self, access_key_id: str, access_key_secret: str) -> None:
        super().__init__(_static(access_key_id, access_key_secret))


class StsAuth:
    """Signs with temporary credentials; when they end, put a new ``StsAuth`` into ``bucket.auth``.

    :param auth_version: ``'v1'``, ``'v2'`` or ``'v4'``; anything else is taken as ``'v1'``
    """

    def __init__(self, access_key_id: str, access_key_secret: str, security_token: str,
                 auth_version: str = AUTH_VERSION_1) -> None:
        provider = StaticCredentialsProvider(access_key_id, access_key_secret, security_token)
        self.__auth = _PROVIDER_AUTHS.get(auth_version, ProviderAuth)(provider)

    @property
    def credentials_provider(self) -> Any:
        return self.__auth.credentials_provider

    def _sign_request(self, req: Any, bucket_name: str, key: str,
                      in_additional_headers: Optional[Iterable[str]] = None) -> None:
        self.__auth._sign_request(req, bucket_name, key, in_additional_headers)

    def _sign_url(self, req: Any, bucket_name: str, key: str, expires: int,
                  in_additional_headers: Optional[Iterable[str]] = None) -> str:
        return self.__auth._sign_url(req, bucket_name, key, expires, in_additional_headers)

    def _sign_rtmp_url(self, url: str, bucket_name: str, channel_name: str, expires: int,
                       params: Optional[Mapping[str, Any]]) -> str:
        return self.__auth._sign_rtmp_url(url, bucket_name, channel_name, expires, params)

    def refresh_credentials(self, req: Any) -> bool:
        """As :meth:`AuthBase.refresh_credentials`; these credentials cannot be renewed."""
        return self.__auth.refresh_credentials(req)

    def auth_version(self) -> str:
        """``'v1'``, ``'v2'`` or ``'v4'``."""
        return self.__auth.auth_version()

    def __repr__(self) -> str:
        return '%s(%r)' % (type(self).__name__, self.credentials_provider)


class AnonymousAuth:
    """Signs nothing: for what everybody may read or write. No listing, and nothing on the bucket itself."""

    def _sign_request(self, req: Any, bucket_name: str, key: str,
                      in_additional_headers: Optional[Iterable[str]] = None) -> None:
        pass

    def _sign_url(self, req: Any, bucket_name: str, key: str, expires: int,
                  in_additional_headers: Optional[Iterable[str]] = None) -> str:
        return _with_query(req.url, req.params)

    def _sign_rtmp_url(self, url: str, bucket_name: str, channel_name: str, expires: int,
                       params: Optional[Mapping[str, Any]]) -> str:
        return _with_query(url, params)

    def refresh_credentials(self, req: Any) -> bool:
        """As :meth:`AuthBase.refresh_credentials`; there are none."""
        return False

    def auth_version(self) -> str:
        return ''

    def __repr__(self) -> str:
        return 'AnonymousAuth()'


def make_auth(access_key_id: str, access_key_secret: str, auth_version: str = AUTH_VERSION_1) -> AuthBase:
    """An auth for a key.

    :param auth_version: ``'v1'``, ``'v2'`` or ``'v4'``; anything else is taken as ``'v1'``
    """
    if auth_version == AUTH_VERSION_2:
        return AuthV2(access_key_id, access_key_secret)
    if auth_version == AUTH_VERSION_4:
        return AuthV4(access_key_id, access_key_secret)
    return Auth(access_key_id, access_key_secret)


def v2_uri_encode(raw_text: Any) -> str:
    """Percent-encode all but letters, digits and ``-_.~``."""
    return _signing.uri_encode(to_string(raw_text))


def _param_to_quoted_query(k: Any, v: Any) -> str:
    return _signing.query_pair(k, v)


def _v1_sign_request(credentials: _Credentials, req: Any, bucket: str, key: str,
                     additional: Optional[Iterable[str]]) -> None:
    access_key_id, secret, token = credentials
    headers = req.headers
    if token:
        headers[OSS_SECURITY_TOKEN] = token
    headers['date'] = _http_date(_now(req))
    text = _signing.v1_string_to_sign(req.method, bucket, key, _signing.lower_items(headers), req.params)
    _log(text)
    headers['authorization'] = 'OSS %s:%s' % (access_key_id, _signing.v1_signature(secret, text))


def _v1_sign_url(credentials: _Credentials, req: Any, bucket: str, key: str, expires: int,
                 additional: Optional[Iterable[str]]) -> str:
    access_key_id, secret, token = credentials
    query = _copied(req.params)
    if token:
        query['security-token'] = token
    expiration = str(_now(req) + expires)
    text = _signing.v1_string_to_sign(req.method, bucket, key, _signing.lower_items(req.headers), query, expiration)
    _log(text)
    query['OSSAccessKeyId'] = access_key_id
    query['Expires'] = expiration
    query['Signature'] = _signing.v1_signature(secret, text)
    return _with_query(req.url, query)


def _v2_sign_request(credentials: _Credentials, req: Any, bucket: str, key: str,
                     additional: Optional[Iterable[str]]) -> None:
    access_key_id, secret, token = credentials
    headers = req.headers
    if token:
        headers[OSS_SECURITY_TOKEN] = token
    headers['date'] = _http_date(_now(req))
    wanted = _V2_DEFAULT_ADDITIONAL_HEADERS if additional is None else additional
    pairs, names = _additional(req, wanted, v4=False)
    text = _signing.v2_string_to_sign(req.method, bucket, key, pairs, req.params, names)
    _log(text)
    listed = 'AdditionalHeaders:%s,' % ';'.join(names) if names else ''
    headers['authorization'] = 'OSS2 AccessKeyId:%s,%sSignature:%s' % (
        access_key_id, listed, _signing.v2_signature(secret, text))


def _v2_sign_url(credentials: _Credentials, req: Any, bucket: str, key: str, expires: int,
                 additional: Optional[Iterable[str]]) -> str:
    access_key_id, secret, token = credentials
    query = _copied(req.params)
    if token:
        query['security-token'] = token
    expiration = str(_now(req) + expires)
    query['x-oss-signature-version'] = 'OSS2'
    query['x-oss-expires'] = expiration
    query['x-oss-access-key-id'] = access_key_id
    pairs, names = _additional(req, additional, v4=False)
    if names:
        query['x-oss-additional-headers'] = ';'.join(names)
    text = _signing.v2_string_to_sign(req.method, bucket, key, pairs, query, names, expiration)
    _log(text)
    query['x-oss-signature'] = _signing.v2_signature(secret, text)
    return _with_query(req.url, query)


def _v4_sign_request(credentials: _Credentials, req: Any, bucket: str, key: str,
                     additional: Optional[Iterable[str]]) -> None:
    access_key_id, secret, token = credentials
    region, product = _region_and_product(req)
    headers = req.headers
    if token:
        headers[OSS_SECURITY_TOKEN] = token
    timestamp = _v4_timestamp(_now(req))
    headers['x-oss-date'] = timestamp
    headers['x-oss-content-sha256'] = _signing.UNSIGNED_PAYLOAD
    pairs, names = _additional(req, additional, v4=True)
    scope = _signing.v4_scope(timestamp, region, product)
    canonical = _signing.v4_canonical_request(req.method, bucket, key, pairs, req.params, names)
    _log(canonical)
    text = _signing.v4_string_to_sign(canonical, timestamp, scope)
    headers['authorization'] = '%s Credential=%s/%s, Signature=%s%s' % (
        _signing.V4_ALGORITHM, access_key_id, scope, _signing.v4_signature(secret, text, scope),
        ', AdditionalHeaders=' + ';'.join(names) if names else '')


def _v4_sign_url(credentials: _Credentials, req: Any, bucket: str, key: str, expires: int,
                 additional: Optional[Iterable[str]]) -> str:
    access_key_id, secret, token = credentials
    region, product = _region_and_product(req)
    if expires > _V4_LONGEST_EXPIRY:
        raise ClientError('a URL signed with version 4 is good for 7 days at most: expires must not be more than '
                          '604800 seconds, but is %d' % expires)
    query = _copied(req.params)
    if token:
        query['x-oss-security-token'] = token
    timestamp = _v4_timestamp(_now(req))
    scope = _signing.v4_scope(timestamp, region, product)
    query['x-oss-date'] = timestamp
    query['x-oss-expires'] = str(expires)
    query['x-oss-signature-version'] = _signing.V4_ALGORITHM
    query['x-oss-credential'] = '%s/%s' % (access_key_id, scope)
    pairs, names = _additional(req, additional, v4=True)
    if names:
        query['x-oss-additional-headers'] = ';'.join(names)
    canonical = _signing.v4_canonical_request(req.method, bucket, key, pairs, query, names)
    _log(canonical)
    text = _signing.v4_string_to_sign(canonical, timestamp, scope)
    query['x-oss-signature'] = _signing.v4_signature(secret, text, scope)
    return _with_query(req.url, query)


_SIGN_REQUEST = {AUTH_VERSION_1: _v1_sign_request, AUTH_VERSION_2: _v2_sign_request, AUTH_VERSION_4: _v4_sign_request}
_SIGN_URL = {AUTH_VERSION_1: _v1_sign_url, AUTH_VERSION_2: _v2_sign_url, AUTH_VERSION_4: _v4_sign_url}
_PROVIDER_AUTHS: Dict[str, Type[AuthBase]] = {
    AUTH_VERSION_1: ProviderAuth, AUTH_VERSION_2: ProviderAuthV2, AUTH_VERSION_4: ProviderAuthV4}


def _switched() -> str:
    """The version of the auths that are not told one."""
    wanted = defaults.signature_version or os.environ.get(_SWITCH) or AUTH_VERSION_1
    if wanted.lower() not in _SIGN_REQUEST:
        raise ClientError('oss2.defaults.signature_version and the environment variable %s are v1, v2 or v4, not %r'
                          % (_SWITCH, wanted))
    return wanted.lower()


def _static(access_key_id: str, access_key_secret: str) -> StaticCredentialsProvider:
    texts = []
    for name, value in (('access_key_id', access_key_id), ('access_key_secret', access_key_secret)):
        if not isinstance(value, (str, bytes)):
            raise ClientError('%s must be a str, not %s: is it set where it comes from?' % (name, type(value).__name__))
        texts.append(to_string(value).strip())
    return StaticCredentialsProvider(*texts)


def _read_credentials(provider: Any) -> _Credentials:
    """The key, its secret and the security token ('' if there is none) to sign one request with."""
    access_key_id, secret, token = read_credentials(provider.get_credentials())
    if access_key_id is None or secret is None:
        raise ClientError('the credentials provider %s gave no access key' % type(provider).__name__)
    if not (access_key_id.isprintable() and token.isprintable()):  # http.client would show what it does not send
        raise ClientError('the access key id or the security token has a line break or another character that no '
                          'header can hold: strip() it')
    return access_key_id, secret, token


def _replace_credentials(provider: Any, req: Any) -> bool:
    """Whether *provider* has, or could get, others than those that *req* is signed with."""
    try:
        current = provider.get_credentials()
        access_key_id, secret, token = read_credentials(current)
    except Exception as exc:  # the provider may be any object of the program
        logger.debug('no credentials in place of the rejected ones: %s', type(exc).__name__)
        return False
    if access_key_id is None or secret is None:
        return False
    found = _SIGNER.match(req.headers.get('authorization') or '')
    signer = found and (found.group(1) or found.group(2) or found.group(3))
    if (signer, req.headers.get(OSS_SECURITY_TOKEN) or '') != (access_key_id, token):
        return True
    return refresh_provider(provider, current)


def _now(req: Any) -> int:
    """Unix seconds. A client that has learned how far this clock is off puts the difference into the request."""
    offset = getattr(req, 'clock_offset', 0)
    return int(time.time() + (offset if isinstance(offset, (int, float)) else 0))


def _seconds(expires: Any) -> int:
    try:
        return int(expires)
    except (TypeError, ValueError) as exc:
        raise ClientError('expires must be a number of seconds, not %r' % (expires,)) from exc


def _region_and_product(req: Any) -> Tuple[str, str]:
    cloudbox_id = getattr(req, 'cloudbox_id', None)
    region = cloudbox_id or getattr(req, 'region', None)
    if not region:
        raise ClientError("signature version 4 needs the region of the bucket: give Bucket or Service one, such as "
                          "region='cn-hangzhou'")
    return region, getattr(req, 'product', None) or ('oss-cloudbox' if cloudbox_id else 'oss')


def _additional(req: Any, wanted: Optional[Iterable[str]], v4: bool) -> Tuple[_signing.Headers, List[str]]:
    """The pairs of the request's headers, and which of the *wanted* ones to sign."""
    pairs = _signing.lower_items(req.headers)
    if not wanted:
        return pairs, []
    wanted = [wanted] if isinstance(wanted, str) else list(wanted)
    pairs = list(pairs)
    if any(name.lower() == 'host' for name in wanted) and all(name != 'host' for name, _ in pairs):
        pairs.append(('host', _host(req.url)))
    return pairs, _signing.additional_names(wanted, pairs, v4)


def _host(url: str) -> str:
    """The Host header that a request to *url* has."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition('@')[2].lower()
    standard = {'http': ':80', 'https': ':443'}.get(parts.scheme)
    return host[:-len(standard)] if standard and host.endswith(standard) else host


def _copied(params: Optional[Mapping[str, Any]]) -> Dict[str, Any]:
    """A copy to add to. In a URL None is a name without a value, as '' is; requests leaves it out of what it sends."""
    return {k: '' if v is None else v for k, v in params.items()} if params else {}


def _with_query(url: str, params: Optional[Mapping[str, Any]]) -> str:
    pairs = [_param_to_quoted_query(k, v) for k, v in (params or {}).items()]
    return url + ('&' if '?' in url else '?') + '&'.join(pairs)


def _log(signed: bytes) -> None:
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug('to sign: %s', mask_secrets(signed.decode('utf-8', 'replace')))
