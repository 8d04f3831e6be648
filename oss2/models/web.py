"""What browsers meet: cross-origin rules, referers, logs, static websites, TLS."""
from __future__ import annotations

from typing import List, Optional

from .._xml import BOOL, INT, YES, header, many, one
from ..exceptions import ClientError
from ._base import RequestResult, result, shape
from .constants import REDIRECT_TYPE_ALICDN, REDIRECT_TYPE_EXTERNAL, REDIRECT_TYPE_INTERNAL, REDIRECT_TYPE_MIRROR

__all__ = [
    'BucketCors', 'BucketLogging', 'BucketReferer', 'BucketTlsVersion', 'BucketWebsite', 'CipherSuite', 'Condition',
    'ConditionInlcudeHeader', 'CorsRule', 'GetBucketCorsResult', 'GetBucketLoggingResult', 'GetBucketRefererResult',
    'GetBucketWebsiteResult', 'GetUserDefinedLogFieldsConfigResult', 'HttpsConfigResult', 'HttpsConfiguration',
    'MirrorHeadersSet', 'OptionObjectResult', 'Redirect', 'RedirectMirrorHeaders', 'RoutingRule',
    'UserDefinedLogFieldsConfiguration',
]


@shape('CORSRule')
class CorsRule:
    """Which requests from other origins browsers may send."""

    allowed_origins: List[str] = many('AllowedOrigin', factory=list)
    allowed_methods: List[str] = many('AllowedMethod', factory=list)
    allowed_headers: List[str] = many('AllowedHeader', factory=list)
    expose_headers: List[str] = many('ExposeHeader', factory=list)
    max_age_seconds: Optional[int] = one('MaxAgeSeconds', INT, default=None)
    """How long browsers may keep the answer to a preflight."""


@shape('CORSConfiguration')
class BucketCors:
    """The cross-origin rules of a bucket (PutBucketCors)."""

    rules: List[CorsRule] = many('CORSRule', CorsRule, factory=list)
    response_vary: Optional[bool] = one('ResponseVary', BOOL, default=None)
    """Whether answers carry ``Vary: Origin``."""


@result('CORSConfiguration')
class GetBucketCorsResult(RequestResult, BucketCors):
    """The cross-origin rules of a bucket (GetBucketCors)."""


@shape('RefererConfiguration', kept=('RefererList',),
       sequence=('allow_empty_referer', 'referers', 'allow_truncate_query_string', 'black_referers'))
class BucketReferer:
    """From which pages a bucket may be linked to (PutBucketReferer)."""

    allow_empty_referer: bool = one('AllowEmptyReferer', BOOL)
    referers: List[str] = many('RefererList/Referer')
    allow_truncate_query_string: Optional[bool] = one('AllowTruncateQueryString', BOOL, default=None)
    black_referers: Optional[List[str]] = many('RefererBlacklist/Referer', default=None)


@result('RefererConfiguration')
class GetBucketRefererResult(RequestResult, BucketReferer):
    """From which pages a bucket may be linked to (GetBucketReferer)."""

    allow_empty_referer: bool = one('AllowEmptyReferer', BOOL, default=False, required=True)
    black_referers: List[str] = many('RefererBlacklist/Referer')


@shape('BucketLoggingStatus')
class BucketLogging:
    """Where access logs go (PutBucketLogging)."""

    target_bucket: Optional[str] = one('LoggingEnabled/TargetBucket', absent='')
    """None or '' turns logging off."""
    target_prefix: Optional[str] = one('LoggingEnabled/TargetPrefix', absent='', if_none='')

    def _sends(self, name: str) -> bool:
        return bool(self.target_bucket)


@result('BucketLoggingStatus')
class GetBucketLoggingResult(RequestResult, BucketLogging):
    """Where access logs go, '' if they are off (GetBucketLogging)."""

    target_bucket: str = one('LoggingEnabled/TargetBucket', default='')
    target_prefix: str = one('LoggingEnabled/TargetPrefix', default='')


@shape('IncludeHeader')
class ConditionInlcudeHeader:
    """A header that a request has to have."""

    key: Optional[str] = one('Key', default=None, if_none='')
    equals: Optional[str] = one('Equals', default=None, if_none='')


@shape('Condition')
class Condition:
    """When a routing rule applies: all that is set must hold.

    :raises ClientError: `include_header_list` is no list
    """

    key_prefix_equals: Optional[str] = one('KeyPrefixEquals', default=None)
    http_err_code_return_equals: Optional[int] = one('HttpErrorCodeReturnedEquals', INT, default=None)
    include_header_list: List[ConditionInlcudeHeader] = many('IncludeHeader', ConditionInlcudeHeader, factory=list)

    def __post_init__(self) -> None:
        _check_list('include_header_list', self.include_header_list)


def _check_list(name: str, value: object) -> None:
    if not isinstance(value, list):
        raise ClientError('%s should be a list, not %r' % (name, value))


@shape('Set')
class MirrorHeadersSet:
    """A header that is sent to the origin."""

    key: Optional[str] = one('Key', default=None, if_none='')
    value: Optional[str] = one('Value', default=None, if_none='')


@shape('MirrorHeaders')
class RedirectMirrorHeaders:
    """Which headers of a request are passed on to the origin.

    :raises ClientError: one of the lists is no list
    """

    pass_all: Optional[bool] = one('PassAll', YES, default=None)
    pass_list: List[str] = many('Pass', factory=list)
    remove_list: List[str] = many('Remove', factory=list)
    set_list: List[MirrorHeadersSet] = many('Set', MirrorHeadersSet, factory=list)

    def __post_init__(self) -> None:
        for name in ('pass_list', 'remove_list', 'set_list'):
            _check_list(name, getattr(self, name))


_REDIRECT_TYPES = (REDIRECT_TYPE_INTERNAL, REDIRECT_TYPE_EXTERNAL, REDIRECT_TYPE_MIRROR, REDIRECT_TYPE_ALICDN)
_SENT_ALWAYS = frozenset(('redirect_type', 'pass_query_string'))


@shape('Redirect', sequence=(
    'redirect_type', 'pass_query_string', 'mirror_url', 'mirror_url_slave', 'mirror_url_probe',
    'mirror_pass_query_string', 'mirror_follow_redirect', 'mirror_check_md5', 'mirror_headers', 'proto', 'host_name',
    'http_redirect_code', 'replace_key_with', 'replace_key_prefix_with'))
class Redirect:
    """Where a routing rule leads; the ``mirror_*`` settings are for the type Mirror, most others for the rest.

    :raises ClientError: the type is not one of the ``REDIRECT_TYPE_*`` constants, or a setting does not fit it
    """

    redirect_type: Optional[str] = one('RedirectType', default=None)
    pass_query_string: Optional[bool] = one('PassQueryString', YES, default=None)
    replace_key_with: Optional[str] = one('ReplaceKeyWith', default=None)
    replace_key_prefix_with: Optional[str] = one('ReplaceKeyPrefixWith', default=None)
    proto: Optional[str] = one('Protocol', default=None)
    """``http`` or ``https``."""
    host_name: Optional[str] = one('HostName', default=None)
    http_redirect_code: Optional[int] = one('HttpRedirectCode', INT, default=None)
    mirror_url: Optional[str] = one('MirrorURL', default=None)
    mirror_url_slave: Optional[str] = one('MirrorURLSlave', default=None)
    mirror_url_probe: Optional[str] = one('MirrorURLProbe', default=None)
    mirror_pass_query_string: Optional[bool] = one('MirrorPassQueryString', YES, default=None)
    mirror_follow_redirect: Optional[bool] = one('MirrorFollowRedirect', YES, default=None)
    mirror_check_md5: Optional[bool] = one('MirrorCheckMd5', YES, default=None)
    mirror_headers: Optional[RedirectMirrorHeaders] = one('MirrorHeaders', RedirectMirrorHeaders, default=None)

    def __post_init__(self) -> None:
        if self.redirect_type not in _REDIRECT_TYPES:
            raise ClientError('redirect_type should be %s, not %r' % (' or '.join(_REDIRECT_TYPES), self.redirect_type))
        if self.redirect_type == REDIRECT_TYPE_MIRROR:
            self._refuse('host_name', 'proto', 'http_redirect_code', 'replace_key_with', 'replace_key_prefix_with')
            self._check_mirror()
        elif self.redirect_type == REDIRECT_TYPE_INTERNAL:
            self._refuse('host_name', 'proto', 'http_redirect_code')
        if self.replace_key_with is not None and self.replace_key_prefix_with is not None:
            raise ClientError('choose one of replace_key_with and replace_key_prefix_with')
        code = self.http_redirect_code
        if code is not None and not (isinstance(code, int) and 300 <= code <= 399):
            raise ClientError('http_redirect_code should be a number from 300 to 399, not %r' % (code,))

    def _refuse(self, *names: str) -> None:
        for name in names:
            if getattr(self, name):
                raise ClientError('%s does not go with redirect_type %s' % (name, self.redirect_type))

    def _check_mirror(self) -> None:
        if self.mirror_url is None:
            raise ClientError('redirect_type Mirror needs a mirror_url')
        if self.mirror_url_slave is not None and self.mirror_url_probe is None:
            raise ClientError('mirror_url_slave needs a mirror_url_probe')
        for name in ('mirror_url', 'mirror_url_slave'):
            url = getattr(self, name)
            if url is not None and not (url.startswith(('http://', 'https://')) and url.endswith('/')):
                raise ClientError('%s should begin with http:// or https:// and end with /, not %r' % (name, url))

    def _sends(self, name: str) -> bool:
        return name in _SENT_ALWAYS or name.startswith('mirror_') == (self.redirect_type == REDIRECT_TYPE_MIRROR)


@shape('RoutingRule')
class RoutingRule:
    """What happens to requests that meet a condition.

    :raises ClientError: the number is not positive, condition or redirect are missing, or a rule that mirrors
        is not for the error 404
    """

    rule_num: int = one('RuleNumber', INT, default=None)
    """Rules apply in the order of their numbers."""
    condition: Optional[Condition] = one('Condition', Condition, default=None)
    redirect: Optional[Redirect] = one('Redirect', Redirect, default=None)

    def __post_init__(self) -> None:
        if not isinstance(self.rule_num, int) or self.rule_num <= 0:
            raise ClientError('rule_num should be a positive integer, not %r' % (self.rule_num,))
        if self.condition is None or self.redirect is None:
            raise ClientError('a routing rule needs a condition and a redirect')
        if (self.redirect.redirect_type == REDIRECT_TYPE_MIRROR
                and self.condition.http_err_code_return_equals != 404):
            raise ClientError('redirect_type Mirror needs the condition http_err_code_return_equals 404, not %r'
                              % (self.condition.http_err_code_return_equals,))


@shape('WebsiteConfiguration')
class BucketWebsite:
    """How a bucket serves as a static website (PutBucketWebsite).

    :raises ClientError: `rules` is no list
    """

    index_file: Optional[str] = one('IndexDocument/Suffix', if_none='')
    """Served for keys that end with a slash, and for none."""
    error_file: Optional[str] = one('ErrorDocument/Key', if_none='')
    """Served with the status 404."""
    rules: List[RoutingRule] = many('RoutingRules/RoutingRule', RoutingRule, factory=list)

    def __post_init__(self) -> None:
        _check_list('rules', self.rules)


@result('WebsiteConfiguration')
class GetBucketWebsiteResult(RequestResult, BucketWebsite):
    """How a bucket serves as a static website (GetBucketWebsite)."""

    index_file: Optional[str] = one('IndexDocument/Suffix', default='', absent=None)
    error_file: Optional[str] = one('ErrorDocument/Key', default='', absent=None)


@shape('HttpsConfiguration')
class BucketTlsVersion:
    """Which versions of TLS a bucket accepts (PutBucketHttpsConfig)."""

    tls_enabled: bool = one('TLS/Enable', BOOL, default=False)
    tls_version: Optional[List[str]] = many('TLS/TLSVersion', default=None)
    """Such as ``['TLSv1.2', 'TLSv1.3']``."""


@shape('CipherSuite')
class CipherSuite:
    """Which ciphers of TLS a bucket accepts."""

    enabled: Optional[bool] = one('Enable', BOOL)
    """Whether only some are."""
    strong: Optional[bool] = one('StrongCipherSuite', BOOL, default=None)
    """Whether these are the strong ones, rather than those below."""
    custom: List[str] = many('CustomCipherSuite', factory=list)
    """Those of TLS 1.2, such as ``ECDHE-ECDSA-AES128-SHA256``."""
    tls13_custom: List[str] = many('TLS13CustomCipherSuite', factory=list)


@result('HttpsConfiguration')
class HttpsConfigResult(RequestResult):
    """Which versions and ciphers of TLS a bucket accepts (GetBucketHttpsConfig)."""

    tls_enabled: Optional[bool] = one('TLS/Enable', BOOL, default=None)
    tls_version: List[str] = many('TLS/TLSVersion')
    cipher_suite: Optional[CipherSuite] = one('CipherSuite', CipherSuite, default=None)


@shape('HttpsConfiguration')
class HttpsConfiguration(BucketTlsVersion):
    """Which versions and ciphers of TLS a bucket accepts (PutBucketHttpsConfig)."""

    cipher_suite: Optional[CipherSuite] = one('CipherSuite', CipherSuite, default=None)


@result()
class OptionObjectResult(RequestResult):
    """What a cross-origin request may do (OptionObject); None is what OSS did not send."""

    allow_origin: Optional[str] = header('Access-Control-Allow-Origin')
    allow_methods: Optional[str] = header('Access-Control-Allow-Methods')
    """Separated by commas, as the next two."""
    allow_headers: Optional[str] = header('Access-Control-Allow-Headers')
    expose_headers: Optional[str] = header('Access-Control-Expose-Headers')
    max_age: Optional[int] = header('Access-Control-Max-Age', int)
    """How many seconds this answer holds."""


@shape('UserDefinedLogFieldsConfiguration')
class UserDefinedLogFieldsConfiguration:
    """Which headers and parameters go into the real-time log, at most six (PutUserDefinedLogFieldsConfig)."""

    header_set: List[str] = many('HeaderSet/header', factory=list)
    param_set: List[str] = many('ParamSet/parameter', factory=list)


@result('UserDefinedLogFieldsConfiguration')
class GetUserDefinedLogFieldsConfigResult(RequestResult, UserDefinedLogFieldsConfiguration):
    """Which headers and parameters go into the real-time log (GetUserDefinedLogFieldsConfig)."""
