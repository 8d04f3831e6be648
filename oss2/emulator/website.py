"""Buckets as websites: index and error pages for those who come unsigned by a name, and routing rules."""
from __future__ import annotations

from typing import Dict, Optional
from urllib.parse import quote, urlencode

from . import access, addressing, routing
from .errors import ApiError
from .messages import Answer, Request
from .records import Object
from .schema import Tree, listed


def configuration(request: Request) -> Optional[Tree]:
    """The website of the bucket that a request is for; None if there is none or the request asks for something else."""
    if request.method not in ('GET', 'HEAD') or not request.bucket:
        return None
    if request.params and routing.asks_for_resource(request):
        return None
    return request.state.store.setting(request.bucket, 'website')


def _is_visit(request: Request) -> bool:
    """Whether a request is unsigned and names the bucket by its host, as those of browsers do."""
    if request.identity is not None:
        return False
    return bool(addressing.bucket_of(request.host, request.state.names, request.state.cname))


def index_key(request: Request, site: Tree) -> Optional[str]:
    """The key of the index page that a request for a folder gets, None if it is not for a folder."""
    index = site.get('IndexDocument')
    if index is None or not _is_visit(request) or (request.key and not request.key.endswith('/')):
        return None
    if request.key and index.get('SupportSubDir') != 'true':
        return None
    return request.key + str(index['Suffix'])


def redirect(request: Request, site: Tree, error: int) -> Optional[Answer]:
    """Where a routing rule sends a request.

    :param error: the status that the request would be answered with, 0 before it is looked at
    """
    rules = sorted(listed(site.get('RoutingRules', {}).get('RoutingRule')), key=lambda rule: int(rule['RuleNumber']))
    for rule in rules:
        condition = rule.get('Condition', {})
        wanted = int(condition.get('HttpErrorCodeReturnedEquals') or 0)
        if wanted == error and rule['Redirect']['RedirectType'] != 'Mirror' and _meets(request, condition):
            return _answer(request, rule['Redirect'], condition)
    return None


def mirror_source(request: Request, site: Tree, error: ApiError) -> Optional[str]:
    """The URL that a missing object is fetched from by a rule that mirrors another site."""
    if error.code != 'NoSuchKey' or request.method != 'GET' or 'versionId' in request.params:
        return None
    for rule in listed(site.get('RoutingRules', {}).get('RoutingRule')):
        condition, target = rule.get('Condition', {}), rule['Redirect']
        if target['RedirectType'] == 'Mirror' and _meets(request, condition):
            key = request.key
            if 'ReplaceKeyPrefixWith' in target:
                key = target['ReplaceKeyPrefixWith'] + key[len(condition.get('KeyPrefixEquals', '')):]
            is_passed = 'true' in (target.get('PassQueryString'), target.get('MirrorPassQueryString'))
            query = '?' + urlencode(request.params) if is_passed and request.params and request.identity is None else ''
            return str(target['MirrorURL']) + quote(key, safe="/~!*'();:@&=+$,") + query
    return None


def _meets(request: Request, condition: Tree) -> bool:
    if not request.key.startswith(condition.get('KeyPrefixEquals', '')):
        return False
    if not request.key.endswith(condition.get('KeySuffixEquals', '')):
        return False
    for header in listed(condition.get('IncludeHeader')):
        value = request.header(header['Key'].lower())
        if value is None or value != header.get('Equals', value):
            return False
        if not value.startswith(header.get('StartsWith', '')) or not value.endswith(header.get('EndsWith', '')):
            return False
    return True


def _answer(request: Request, rule: Tree, condition: Tree) -> Answer:
    key = request.key
    if 'ReplaceKeyWith' in rule:
        key = rule['ReplaceKeyWith'].replace('${key}', key)
    elif 'ReplaceKeyPrefixWith' in rule:
        key = rule['ReplaceKeyPrefixWith'] + key[len(condition.get('KeyPrefixEquals', '')):]
    query = ''
    if rule.get('PassQueryString') == 'true' and request.params:
        query = '?' + urlencode(request.params)
    protocol = rule.get('Protocol') or request.scheme
    netloc = rule.get('HostName') or request.netloc
    if not rule.get('HostName') and not addressing.bucket_of(request.host, request.state.names, request.state.cname):
        netloc += '/' + request.bucket
    location = '%s://%s/%s%s' % (protocol, netloc, quote(key, safe="/~!*'();:@&=+$,"), query)
    return Answer(int(rule.get('HttpRedirectCode') or 302), {'location': location})


def error_page(request: Request, site: Tree, error: ApiError) -> Optional[Answer]:
    """What a visitor gets in place of an error document: a redirect, or the error page."""
    sent_on = redirect(request, site, error.status)
    if sent_on is not None:
        return sent_on
    document = site.get('ErrorDocument')
    if document is None or error.code != 'NoSuchKey' or not _is_visit(request):
        return None
    bucket, store = request.the_bucket(), request.state.store
    found = store.object(bucket.name, document['Key'])
    if found is None or found.is_marker or found.content is None or not _may_read(request, found):
        return None
    headers: Dict[str, str] = {'content-type': found.headers().get('content-type', 'text/html'),
                               'etag': '"%s"' % found.etag, 'content-length': str(found.size)}
    status = int(document.get('HttpStatus') or 404)
    if request.method == 'HEAD':
        return Answer(status, headers)
    del headers['content-length']
    return Answer(status, headers, reader=store.open(found.content))


def _may_read(request: Request, found: Object) -> bool:
    try:
        access.check(request, request.the_bucket(), found, is_write=False)
    except ApiError:
        return False
    return True
