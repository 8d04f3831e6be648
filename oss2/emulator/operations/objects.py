"""PutObject, GetObject, HeadObject and GetObjectMeta."""
from __future__ import annotations

import re
from typing import Dict, Optional

from .. import access, lifecycle, protection
from ..contents import Body
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..records import Object
from ..routing import READ, WRITE, operation
from ..times import http
from . import _reading, _writing

#: types OSS compresses on the fly, and the least size it does that for
_COMPRESSIBLE = frozenset((
    'text/cache-manifest', 'text/xml', 'text/plain', 'text/css', 'application/javascript',
    'application/x-javascript', 'application/rss+xml', 'application/json', 'text/json',
))
_LEAST_COMPRESSED = 1024
_OVERRIDES = ('content-type', 'content-language', 'expires', 'cache-control', 'content-disposition',
              'content-encoding')
_CONTROL = re.compile('[\x00-\x08\x0a-\x1f\x7f]')


@operation('PutObject', 'object', 'PUT', access=WRITE)
def put_object(request: Request) -> Answer:
    """Stores an object, with checks of length, MD5, tags and conditions; calls back if asked to."""
    _writing.check_body(request)
    new = new_object(request, request.payload(), 'Normal')
    return Answer(200, written(request, new))


def new_object(request: Request, body: Body, kind: str) -> Object:
    """Write an object whose bytes are the request's body."""
    store = request.state.store
    bucket = request.the_bucket()
    new = Object(
        bucket.name, request.key, kind, bucket.owner, request.now, size=body.size,
        etag=body.md5.hex().upper(), md5=_writing.base64_of(body.md5), crc=body.crc,
        acl=_writing.object_acl(request), storage_class=_writing.storage_class(request, bucket),
        attributes=_writing.attributes(request))
    with store.transaction():
        _writing.check_overwrite(request, bucket, store.object(bucket.name, request.key))
        protection.retain(request, new)
        new.content = store.contents.add(body)
        return store.add_object(new)


def written(request: Request, new: Object) -> Dict[str, str]:
    """Response headers after writing an object."""
    headers = {'etag': '"%s"' % new.etag, **_reading.version_header(request, new)}
    if new.crc is not None:
        headers['x-oss-hash-crc64ecma'] = str(new.crc)
    if new.md5 is not None:
        headers['content-md5'] = new.md5
    headers.update(_writing.encryption_headers(new.attributes))
    headers.update(_reading.expiration_header(request, new))
    return headers


@operation('GetObject', 'object', 'GET', access=READ)
def get_object(request: Request) -> Answer:
    """Returns an object or a range of it, compressed for text if the client accepts it."""
    with request.state.store.lock:
        return _get(request)


def _get(request: Request) -> Answer:
    found = _reading.find(request)
    target = follow(request, found)
    modified = max(found.modified, target.modified)
    _reading.check_conditions(request.headers, target, modified)
    _reading.check_thawed(request, target)
    headers = _reading.description(request, found, target)
    _override(request, headers)
    start, length = 0, target.size
    answer = Answer(200, headers)
    part = _reading.byte_range(request.header('range'), target.size,
                               request.header('x-oss-range-behavior') == 'standard')
    if part is not None:
        start, length = part
        answer.status = 206
        headers['content-range'] = 'bytes %d-%d/%d' % (start, start + length - 1, target.size)
    elif _wants_gzip(request, headers, target.size):
        answer.is_gzipped = True
        headers['content-encoding'] = 'gzip'
        headers['vary'] = 'Accept-Encoding'
        del headers['etag']
    if target.content is not None:
        answer.reader = request.state.store.open(target.content, start, length)
    if request.the_bucket().attributes.get('access_monitor') == 'Enabled':
        _note_access(request, target)
    return answer


def _note_access(request: Request, found: Object) -> None:
    """Remember when an object was read, for the lifecycle rules that go by it."""
    rules = request.state.store.setting(request.bucket, 'lifecycle')
    found.attributes['accessed'] = request.now
    if rules is not None and lifecycle.returns(rules, found):
        found.storage_class = 'Standard'
    request.state.store.change_object(found)


def follow(request: Request, found: Object) -> Object:
    """Where a symlink leads; any other object itself.

    :raises ApiError: SymlinkTargetNotExist, InvalidTargetType, AccessDenied
    """
    if found.kind != 'Symlink':
        return found
    key = found.attributes['target']
    target = request.state.store.object(found.bucket, key)
    if target is None or target.is_marker:
        raise ApiError('SymlinkTargetNotExist', SymlinkTarget=key)
    if target.kind == 'Symlink':
        raise ApiError('InvalidTargetType', SymlinkTarget=key)
    access.check(request, request.the_bucket(), target, is_write=False)
    return target


def _override(request: Request, headers: Dict[str, str]) -> None:
    for name in _OVERRIDES:
        asked = request.params.get('response-' + name)
        if asked is None:
            continue
        if request.identity is None:
            raise invalid_argument('response-' + name, asked, 'Anonymous requests cannot override response headers.')
        if _CONTROL.search(asked):
            raise invalid_argument('response-' + name, asked)
        headers[name] = asked.encode('utf-8').decode('latin-1')


def _wants_gzip(request: Request, headers: Dict[str, str], size: int) -> bool:
    accepted = request.headers.get('accept-encoding', '')
    kind = headers.get('content-type', '').partition(';')[0].strip().lower()
    return ('gzip' in accepted and size >= _LEAST_COMPRESSED and kind in _COMPRESSIBLE
            and 'content-encoding' not in headers)


@operation('HeadObject', 'object', 'HEAD', access=READ, action='oss:GetObject')
def head_object(request: Request) -> Answer:
    """Returns the headers of an object."""
    found = _reading.find(request)
    target = follow(request, found)
    _reading.check_conditions(request.headers, target, max(found.modified, target.modified))
    headers = _reading.description(request, found, target)
    headers['content-length'] = str(target.size)
    return Answer(200, headers)


@operation('GetObjectMeta', 'object', 'HEAD', 'objectMeta', access=READ, action='oss:GetObject')
def head_object_meta(request: Request) -> Answer:
    """Returns length, ETag and times of an object."""
    return _meta(request)


@operation('GetObjectMeta', 'object', 'GET', 'objectMeta', access=READ, action='oss:GetObject')
def get_object_meta(request: Request) -> Answer:
    """Returns length, ETag and times of an object in the headers of an empty answer."""
    answer = _meta(request)
    del answer.headers['content-length']
    return answer


def _meta(request: Request) -> Answer:
    found = _reading.find(request)
    headers = {
        'etag': '"%s"' % found.etag, 'last-modified': http(found.modified), 'content-length': str(found.size),
        **_reading.version_header(request, found),
    }
    accessed: Optional[float] = found.attributes.get('accessed')
    if request.the_bucket().attributes.get('access_monitor') == 'Enabled':
        headers['x-oss-last-access-time'] = http(accessed or found.modified)
    return Answer(200, headers)
