"""Whose request it is: signatures of versions 1, 2 and 4, in the headers or in the URL."""
from __future__ import annotations

import calendar
import hmac
import re
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Callable, List, Optional, Tuple

from .. import _signing
from .._dates import http_to_unixtime
from . import addressing
from .accounts import Identity
from .errors import ApiError, invalid_argument
from .messages import Request, integer
from .times import iso

MOST_SKEW = 15 * 60
_LONGEST_URL = 7 * 24 * 3600
_LATEST = 253402300799  # the last second of the year 9999
_V1 = re.compile(r'OSS ([^:\s]+):(\S+)')
_V2 = re.compile(r'OSS2 AccessKeyId:([^,]+),(?:AdditionalHeaders:([^,]*),)?Signature:(\S+)')
_V4_FIELD = re.compile(r'(Credential|AdditionalHeaders|Signature)=([^,\s]*)')
_V1_PARAMS = ('OSSAccessKeyId', 'Signature', 'Expires')
_LOST_TOKEN = ('The OSS Access Key Id you provided does not exist in our records. '
               'The Security Token may be lost to specify that it is a STS Access Id.')
_MISSING_V1 = 'Query-string authentication requires the Signature, Expires and OSSAccessKeyId parameters'


@dataclass
class _Claim:
    """What a request says about its signer.

    :param text: what should have been signed
    :param sign: the signature that a secret gives the text
    :param canonical: version 4's canonical request, shown to who signed something else
    """

    access_key_id: str
    signature: str
    token: str
    text: bytes
    sign: Callable[[str, bytes], str]
    canonical: bytes = b''


def authenticate(request: Request) -> Optional[Identity]:
    """Who signed the request; None when nobody did.

    :raises ApiError: the request is signed, and wrongly
    """
    claim = _claim(request)
    if claim is None:
        return None
    identity = find(request, claim.access_key_id, claim.token)
    if not _same(claim.signature, claim.sign(identity.credentials.access_key_secret, claim.text)):
        raise _wrong(claim)
    return identity


def find(request: Request, access_key_id: str, token: str) -> Identity:
    """Whose an access key is, if it may be used now and with this token.

    :param token: '' if there is none
    :raises ApiError: InvalidAccessKeyId, AccessKeyIdAndSecurityTokenNotMatch, InvalidSecurityToken,
        SecurityTokenExpired
    """
    identity = request.state.accounts.find(access_key_id)
    if identity is None:
        raise ApiError('InvalidAccessKeyId', OSSAccessKeyId=access_key_id)
    credentials = identity.credentials
    if credentials.security_token and not token:
        raise ApiError('InvalidAccessKeyId', _LOST_TOKEN, '0002-00000003', OSSAccessKeyId=access_key_id)
    if token and not credentials.security_token:
        raise ApiError('AccessKeyIdAndSecurityTokenNotMatch', status=403,
                       message='The OSS access key id and security token you provided does not match')
    if not _same(token, credentials.security_token):
        raise ApiError('InvalidSecurityToken')
    if credentials.expiration is not None and request.now >= credentials.expiration:
        raise ApiError('SecurityTokenExpired')
    return identity


def _claim(request: Request) -> Optional[_Claim]:
    authorization, params = request.header('authorization'), request.params
    version = params.get('x-oss-signature-version')
    in_url = version is not None or any(name in params for name in _V1_PARAMS[:2])
    if authorization is not None:
        if in_url:
            raise invalid_argument('Authorization', '', 'A signature cannot be both in the header and in the URL.')
        for prefix, read in (('OSS4-HMAC-SHA256 ', _v4_header), ('OSS2 ', _v2_header), ('OSS ', _v1_header)):
            if authorization.startswith(prefix):
                return read(request, authorization)
        raise _malformed('0002-00000061')
    if version == _signing.V4_ALGORITHM:
        return _v4_url(request)
    if version == 'OSS2':
        return _v2_url(request)
    if version is not None:
        raise invalid_argument('x-oss-signature-version', version)
    return _v1_url(request) if in_url else None


def _malformed(ec: Optional[str] = None) -> ApiError:
    return ApiError('InvalidArgument', 'Authorization header is invalid.', ec)


def _v1_header(request: Request, authorization: str) -> _Claim:
    found = _V1.fullmatch(authorization)
    if found is None:
        raise _malformed('0002-00000062')
    _check_date(request, request.header('x-oss-date') or request.header('date'))
    text = _signing.v1_string_to_sign(request.method, request.bucket, request.key, _pairs(request), request.params)
    return _Claim(found.group(1), found.group(2), _header_token(request), text, _signing.v1_signature)


def _v1_url(request: Request) -> _Claim:
    params = request.params
    if not all(params.get(name) for name in _V1_PARAMS):
        raise ApiError('AccessDenied', _MISSING_V1, '0002-00000067' if not params.get('Expires') else '')
    expires = params['Expires']
    _check_expiry(request, _moment(expires))
    text = _signing.v1_string_to_sign(request.method, request.bucket, request.key, _pairs(request), params, expires)
    token = params.get('security-token', '') or _header_token(request)
    return _Claim(params['OSSAccessKeyId'], params['Signature'], token, text, _signing.v1_signature)


def _v2_header(request: Request, authorization: str) -> _Claim:
    found = _V2.fullmatch(authorization)
    if found is None:
        raise _malformed('0002-00000102')
    _check_date(request, request.header('x-oss-date') or request.header('date'))
    text = _signing.v2_string_to_sign(request.method, request.bucket, request.key, _pairs(request), request.params,
                                      _names(found.group(2)))
    return _Claim(found.group(1), found.group(3), _header_token(request), text, _signing.v2_signature)


def _v2_url(request: Request) -> _Claim:
    params = dict(request.params)
    signature = params.pop('x-oss-signature', '')
    expires, key_id = params.get('x-oss-expires', ''), params.get('x-oss-access-key-id', '')
    if not signature or not key_id or not expires:
        raise ApiError('AccessDenied', 'Query-string authentication requires the x-oss-signature, x-oss-expires and '
                                       'x-oss-access-key-id parameters')
    _check_expiry(request, _moment(expires))
    text = _signing.v2_string_to_sign(request.method, request.bucket, request.key, _pairs(request), params,
                                      _names(params.get('x-oss-additional-headers')), expires)
    token = params.get('security-token', '') or _header_token(request)
    return _Claim(key_id, signature, token, text, _signing.v2_signature)


def _v4_header(request: Request, authorization: str) -> _Claim:
    fields = dict(_V4_FIELD.findall(authorization))
    if not fields.get('Signature'):
        raise _malformed()
    timestamp = request.header('x-oss-date')
    if timestamp is None:
        date = _check_date(request, request.header('date'))
        timestamp = _signing.v4_timestamp(date)
    else:
        _check_skew(request, v4_time(timestamp))
    key_id, scope = read_scope(request, fields.get('Credential', ''), timestamp, 'Authorization header')
    return _v4(request, request.params, key_id, scope, timestamp, fields['Signature'],
               fields.get('AdditionalHeaders'), _header_token(request))


def _v4_url(request: Request) -> _Claim:
    params = dict(request.params)
    signature, timestamp = params.pop('x-oss-signature', ''), params.get('x-oss-date', '')
    expires = params.get('x-oss-expires', '')
    if not signature or not timestamp or not expires:
        raise ApiError('AccessDenied', 'Query-string authentication requires the x-oss-signature, x-oss-credential, '
                                       'x-oss-date and x-oss-expires parameters')
    seconds = integer(expires)
    if seconds is None or seconds > _LONGEST_URL:
        raise invalid_argument('x-oss-expires', expires, 'x-oss-expires must be at most 604800 seconds.')
    signed = v4_time(timestamp)
    if signed > request.now + MOST_SKEW:
        raise ApiError('AccessDenied', 'Request is not valid yet.')
    key_id, scope = read_scope(request, params.get('x-oss-credential', ''), timestamp, 'x-oss-credential')
    _check_expiry(request, signed + seconds)
    return _v4(request, params, key_id, scope, timestamp, signature, params.get('x-oss-additional-headers'),
               params.get('x-oss-security-token', '') or _header_token(request))


def _v4(request: Request, params: _signing.Params, key_id: str, scope: str, timestamp: str, signature: str,
        additional: Optional[str], token: str) -> _Claim:
    canonical = _signing.v4_canonical_request(request.method, request.bucket, request.key, _pairs(request), params,
                                              _names(additional))
    text = _signing.v4_string_to_sign(canonical, timestamp, scope)
    return _Claim(key_id, signature, token, text,
                  lambda secret, signed: _signing.v4_signature(secret, signed, scope), canonical)


def read_scope(request: Request, credential: str, timestamp: str, place: str) -> Tuple[str, str]:
    """The access key id and the scope in a version 4 credential.

    :param place: where the credential stands, for the error
    """
    key_id, _, scope = credential.partition('/')
    parts = scope.split('/')
    if not key_id or len(parts) != 4 or parts[3] != 'aliyun_v4_request' or not parts[1]:
        if place == 'x-oss-credential':
            raise invalid_argument('x-oss-credential', credential, ec='0002-00000224')
        raise _malformed('0002-00000213')
    day, region, product, _ = parts
    expected = addressing.region_of(request.host) or request.state.region
    if region != expected:
        raise ApiError('InvalidArgument', 'Invalid signing region in %s.' % place, '0002-00000226',
                       ArgumentName='region', ArgumentValue=region, ExpectedRegion=expected)
    if product not in ('oss', 'oss-cloudbox'):
        raise ApiError('InvalidArgument', 'Invalid signing product in %s.' % place, '0002-00000227')
    if day != timestamp[:8]:
        raise ApiError('InvalidArgument', 'Invalid signing date in %s.' % place)
    return key_id, scope


def _names(listed: Optional[str]) -> List[str]:
    """Additional headers in the order in which they are signed, which clients do not always list them in."""
    return sorted({name for name in (listed or '').lower().split(';') if name})


def _pairs(request: Request) -> List[Tuple[str, bytes]]:
    # Bytes, because clients sign metadata as UTF-8 whereas header values are latin-1 here.
    return [(name, value.encode('latin-1')) for name, value in request.headers.items()]


def _header_token(request: Request) -> str:
    return request.header('x-oss-security-token') or ''


def _check_date(request: Request, date: Optional[str]) -> int:
    try:
        moment = http_to_unixtime(date or '')
    except ValueError:
        moment = v4_time(date or '')
    _check_skew(request, moment)
    return moment


def _check_skew(request: Request, moment: float) -> None:
    if abs(request.now - moment) > MOST_SKEW:
        raise ApiError('RequestTimeTooSkewed', MaxAllowedSkewMilliseconds=MOST_SKEW * 1000,
                       RequestTime=iso(moment), ServerTime=iso(request.now))


def _check_expiry(request: Request, expires: int) -> None:
    if request.now > expires:
        raise ApiError('AccessDenied', 'Request has expired.', '0002-00000069', Expires=iso(expires),
                       ServerTime=iso(request.now))


def _moment(text: str) -> int:
    """The Unix time at which a URL expires."""
    seconds = integer(text)
    if seconds is None or seconds > _LATEST:
        raise ApiError('AccessDenied', 'Invalid date (should be seconds since epoch): ' + text, '0002-00000070')
    return seconds


@lru_cache(maxsize=16)
def v4_time(text: str) -> int:
    try:
        return calendar.timegm(time.strptime(text, '%Y%m%dT%H%M%SZ'))
    except ValueError as exc:
        raise ApiError('AccessDenied', 'OSS authentication requires a valid Date.', '0002-00000503') from exc


def _same(first: str, second: str) -> bool:
    return hmac.compare_digest(first.encode('utf-8', 'replace'), second.encode('utf-8'))


def _wrong(claim: _Claim) -> ApiError:
    shown = {
        'OSSAccessKeyId': claim.access_key_id, 'SignatureProvided': claim.signature,
        'StringToSign': claim.text.decode('utf-8', 'replace'), 'StringToSignBytes': _hex(claim.text),
    }
    if claim.canonical:
        shown['CanonicalRequest'] = claim.canonical.decode('utf-8', 'replace')
        shown['CanonicalRequestBytes'] = _hex(claim.canonical)
    return ApiError('SignatureDoesNotMatch', **shown)  # type: ignore[arg-type]


def _hex(data: bytes) -> str:
    return ' '.join('%02X' % byte for byte in data)
