"""How a bucket meets browsers: referers, logging, the website, image styles, HTTPS, acceleration."""
from __future__ import annotations

import re
from typing import Optional

from .. import xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..routing import OWNER, operation
from ..schema import Shape, Tree, boolean, choice, group, many, maybe, number, one, some, text
from ..times import http
from ._settings import Setting, serve, set_attributes

_PAGES = Shape(many('Referer', text))
_REFERER = Shape(one('AllowEmptyReferer', boolean), maybe('AllowTruncateQueryString', boolean),
                 maybe('TruncatePath', boolean), maybe('RefererList', _PAGES), maybe('RefererBlacklist', _PAGES))

_DEFAULTS = {'AllowTruncateQueryString': 'true', 'TruncatePath': 'false', 'RefererList': {}}


def _complete_referer(request: Request, tree: Tree) -> None:
    for name, value in _DEFAULTS.items():
        tree.setdefault(name, value)


serve(Setting('referer', 'RefererConfiguration', _REFERER, default={'AllowEmptyReferer': 'true', **_DEFAULTS}),
      'BucketReferer', 'which referers may read', 'other requests are refused',
      check=_complete_referer, can_delete=False)


def _check_logging(request: Request, tree: Tree) -> None:
    enabled = tree.get('LoggingEnabled', {})
    target = enabled.get('TargetBucket')
    if target:
        bucket = request.state.store.bucket(target)
        if bucket is None or bucket.owner != request.the_bucket().owner:
            raise ApiError('InvalidTargetBucketForLogging', 'put bucket log requester is not target bucket owner.',
                           TargetBucket=target)
        prefix = enabled.get('TargetPrefix', '')
        if prefix and not (prefix[0].isalpha() and len(prefix) <= 32):
            raise invalid_argument('TargetPrefix', prefix, 'The target prefix is invalid.')


def _note_logging(request: Request, tree: Optional[Tree]) -> None:
    enabled = (tree or {}).get('LoggingEnabled', {})
    set_attributes(request, log_bucket=enabled.get('TargetBucket') or None,
                   log_prefix=enabled.get('TargetPrefix') or None)


serve(Setting('logging', 'BucketLoggingStatus', Shape(group(
    'LoggingEnabled', maybe('TargetBucket', text), maybe('TargetPrefix', text), maybe('LoggingRole', text)))),
    'BucketLogging', 'where access logs go', 'Emulator.run_logging writes them',
    check=_check_logging, effect=_note_logging)

_MOST_FIELDS = 6
_LOGGED_HEADER = re.compile('[!-9;-^`-~]+')


def _check_fields(request: Request, tree: Tree) -> None:
    headers = tree.get('HeaderSet', {}).get('header', [])
    for name in headers:
        if _LOGGED_HEADER.fullmatch(name) is None:
            raise invalid_argument('header', name, 'The header is invalid.')
    if len(headers) + len(tree.get('ParamSet', {}).get('parameter', [])) > _MOST_FIELDS:
        raise invalid_argument('UserDefinedLogFieldsConfiguration', '', 'There are more than %d fields.'
                               % _MOST_FIELDS)


serve(Setting('userDefinedLogFieldsConfig', 'UserDefinedLogFieldsConfiguration', Shape(
    group('HeaderSet', many('header', some)), group('ParamSet', many('parameter', some))),
    missing='NoSuchUserDefinedLogFieldsConfig'),
      'UserDefinedLogFieldsConfig', 'which headers and parameters go into the real-time log',
    check=_check_fields)

_HEADERS = Shape(maybe('PassAll', boolean), many('Pass', some, most=10), many('Remove', some, most=10),
                 many('Set', Shape(one('Key', some), one('Value', some)), most=10))
_CONDITION = Shape(
    maybe('KeyPrefixEquals', text), maybe('KeySuffixEquals', text), maybe('HttpErrorCodeReturnedEquals', number()),
    many('IncludeHeader', Shape(one('Key', text), maybe('Equals', text), maybe('StartsWith', text),
                                maybe('EndsWith', text)), most=10))
_REDIRECT = Shape(
    one('RedirectType', choice('Mirror', 'External', 'Internal', 'AliCDN')), maybe('PassQueryString', boolean),
    maybe('MirrorURL', text), maybe('MirrorURLSlave', text), maybe('MirrorURLProbe', text),
    maybe('MirrorPassQueryString', boolean), maybe('MirrorFollowRedirect', boolean), maybe('MirrorCheckMd5', boolean),
    maybe('MirrorHeaders', _HEADERS), maybe('MirrorSNI', boolean), maybe('MirrorSwitchAllErrors', boolean),
    maybe('MirrorIsExpressTunnel', boolean), maybe('MirrorAllowHeadObject', boolean),
    maybe('MirrorAllowGetImageInfo', boolean), maybe('MirrorAllowVideoSnapshot', boolean),
    maybe('MirrorSaveOssMeta', boolean), maybe('MirrorProxyPass', boolean), maybe('MirrorUserLastModified', boolean),
    maybe('TransparentMirrorResponseCodes', text), maybe('MirrorDstRegion', text), maybe('MirrorDstVpcId', text),
    maybe('MirrorUsingRole', boolean), maybe('MirrorRole', text), maybe('MirrorAsyncStatus', text),
    maybe('Protocol', choice('http', 'https')), maybe('HostName', text), maybe('EnableReplacePrefix', boolean),
    maybe('ReplaceKeyPrefixWith', text), maybe('ReplaceKeyWith', text),
    maybe('HttpRedirectCode', choice('301', '302', '307')))
_WEBSITE = Shape(
    group('IndexDocument', one('Suffix', text), maybe('SupportSubDir', boolean), maybe('Type', choice('0', '1', '2'))),
    group('ErrorDocument', one('Key', text), maybe('HttpStatus', choice('200', '404'))),
    group('RoutingRules', many('RoutingRule', Shape(
        one('RuleNumber', number(1)), maybe('Condition', _CONDITION), one('Redirect', _REDIRECT),
        group('LuaConfig', maybe('Script', text))), most=20)))


def _check_website(request: Request, tree: Tree) -> None:
    suffix = tree.get('IndexDocument', {}).get('Suffix')
    if suffix is not None and (not suffix or '/' in suffix):
        raise invalid_argument('Suffix', suffix, 'The index document is invalid.')
    if tree.get('ErrorDocument', {}).get('Key') == '':
        raise invalid_argument('Key', '', 'The error document is invalid.')
    rules = tree.get('RoutingRules', {}).get('RoutingRule', [])
    if not suffix and 'ErrorDocument' not in tree and not rules:
        raise ApiError('MalformedXML')
    if len({rule['RuleNumber'] for rule in rules}) != len(rules):
        raise invalid_argument('RuleNumber', '', 'The numbers of the routing rules are not unique.')
    for rule in rules:
        redirect = rule['Redirect']
        if redirect['RedirectType'] == 'Mirror':
            if rule.get('Condition', {}).get('HttpErrorCodeReturnedEquals') != '404':
                raise invalid_argument('HttpErrorCodeReturnedEquals', '', 'A mirror rule must be about 404.')
            if not redirect.get('MirrorURL', '').startswith(('http://', 'https://')):
                raise invalid_argument('MirrorURL', redirect.get('MirrorURL', ''), 'The mirror URL is invalid.')
        if 'ReplaceKeyWith' in redirect and 'ReplaceKeyPrefixWith' in redirect:
            raise invalid_argument('ReplaceKeyWith', redirect['ReplaceKeyWith'],
                                   'A key cannot be replaced as a whole and by its prefix.')


serve(Setting('website', 'WebsiteConfiguration', _WEBSITE, missing='NoSuchWebsiteConfiguration'),
      'BucketWebsite', 'the website', 'index and error pages, redirections and mirrors work for anonymous requests',
      check=_check_website)


# Styles are documents with names of their own.

_STYLE = Shape(one('Content', some))
_MOST_STYLES = 50


@operation('PutStyle', 'bucket', 'PUT', 'style&styleName', access=OWNER)
def put_style(request: Request) -> Answer:
    """Stores a style, which x-oss-process=style/NAME then does."""
    store = request.state.store
    name = request.params['styleName']
    if not 1 <= len(name) <= 63 or not all(letter.isalnum() or letter in '_-.' for letter in name):
        raise invalid_argument('styleName', name, 'The style name is invalid.')
    tree = _STYLE.read(xml.parse(request.document(), 'Style'))
    with store.transaction():
        old = store.setting(request.bucket, 'style', name)
        if old is None and len(store.settings(request.bucket, 'style')) >= _MOST_STYLES:
            raise ApiError('StyleCountExceed', 'The number of styles exceeds %d.' % _MOST_STYLES)
        store.save_setting(request.bucket, 'style', {
            **tree, 'created': request.now if old is None else old['created'], 'modified': request.now}, name)
    return Answer(200)


def _style(name: str, tree: Tree) -> xml.Node:
    return ('Style', [('Name', name), ('Content', tree['Content']), ('CreateTime', http(tree['created'])),
                      ('LastModifyTime', http(tree['modified']))])


@operation('GetStyle', 'bucket', 'GET', 'style&styleName', access=OWNER)
def get_style(request: Request) -> Answer:
    """Returns a style."""
    name = request.params['styleName']
    found = request.state.store.setting(request.bucket, 'style', name)
    if found is None:
        raise ApiError('NoSuchStyle', StyleName=name)
    content = _style(name, found)[1]
    assert isinstance(content, list)
    return Answer.xml(xml.document('Style', content))


@operation('ListStyle', 'bucket', 'GET', 'style', access=OWNER)
def list_styles(request: Request) -> Answer:
    """Lists the styles of a bucket."""
    found = request.state.store.settings(request.bucket, 'style')
    return Answer.xml(xml.document('StyleList', [_style(name, tree) for name, tree in found]))


@operation('DeleteStyle', 'bucket', 'DELETE', 'style&styleName', access=OWNER)
def delete_style(request: Request) -> Answer:
    """Removes a style."""
    request.state.store.drop_setting(request.bucket, 'style', request.params['styleName'])
    return Answer(204)


_HTTPS = Shape(
    group('TLS', one('Enable', boolean), many('TLSVersion', choice('TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'))),
    group('CipherSuite', one('Enable', boolean), maybe('StrongCipherSuite', boolean), many('CustomCipherSuite', some),
          many('TLS13CustomCipherSuite', some)))


def _check_https(request: Request, tree: Tree) -> None:
    versions = tree.get('TLS', {}).get('TLSVersion')
    if tree.get('TLS', {}).get('Enable') == 'true' and not versions:
        raise ApiError('MalformedXML', ErrorDetail='TLSVersion is missing')
    if len(set(versions or ())) != len(versions or ()):
        raise ApiError('MalformedXML', ErrorDetail='TLSVersion is repeated')


serve(Setting('httpsConfig', 'HttpsConfiguration', _HTTPS, default={'TLS': {'Enable': 'false'}}),
      'BucketHttpsConfig', 'which TLS versions and ciphers are allowed',
      check=_check_https, can_delete=False)


def _note_acceleration(request: Request, tree: Optional[Tree]) -> None:
    set_attributes(request, transfer_acceleration='Enabled' if (tree or {}).get('Enabled') == 'true' else None)


serve(Setting('transferAcceleration', 'TransferAccelerationConfiguration',
              Shape(one('Enabled', boolean)), missing='NoSuchTransferAccelerationConfiguration'),
      'BucketTransferAcceleration', 'whether transfers are accelerated',
      effect=_note_acceleration, can_delete=False)
