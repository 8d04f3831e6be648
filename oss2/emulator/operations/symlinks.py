"""PutSymlink and GetSymlink."""
from __future__ import annotations

import hashlib
from urllib.parse import quote, unquote

from .. import addressing
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..records import Object
from ..routing import READ, WRITE, operation
from . import _reading, _writing


@operation('PutSymlink', 'object', 'PUT', 'symlink', access=WRITE, action='oss:PutObject')
def put_symlink(request: Request) -> Answer:
    """Makes a symbolic link, whose target need not exist."""
    store = request.state.store
    bucket = request.the_bucket()
    asked = request.header('x-oss-symlink-target')
    target = unquote((asked or '').encode('latin-1').decode('utf-8', 'replace'))
    if not target:
        raise invalid_argument('x-oss-symlink-target', asked or '', 'The symlink target is missing.', '0043-00000001')
    addressing.check_key(target)
    attributes = _writing.attributes(request)
    attributes['target'] = target
    new = Object(
        bucket.name, request.key, 'Symlink', bucket.owner, request.now,
        etag=hashlib.md5(target.encode('utf-8')).hexdigest().upper(),
        acl=_writing.object_acl(request), storage_class=_writing.storage_class(request, bucket),
        attributes=attributes)
    with store.transaction():
        _writing.check_overwrite(request, bucket, store.object(bucket.name, request.key))
        store.add_object(new)
    return Answer(200, {'etag': '"%s"' % new.etag, **_reading.version_header(request, new)})


@operation('GetSymlink', 'object', 'GET', 'symlink', access=READ, action='oss:GetObject')
def get_symlink(request: Request) -> Answer:
    """Returns the target of a symbolic link."""
    found = _reading.find(request)
    if found.kind != 'Symlink':
        raise ApiError('NotSymlink', 'The object is not a symbolic link.', '0043-00000101')
    headers = {name: value for name, value in _reading.description(request, found, found).items()
               if name not in ('accept-ranges', 'content-type')}
    headers['x-oss-symlink-target'] = quote(found.attributes['target'], safe='')
    return Answer(200, headers)
