"""AppendObject."""
from __future__ import annotations

import hashlib

from ..._crc64 import Crc64
from .. import protection
from ..contents import INLINE, Body
from ..errors import ApiError
from ..messages import Answer, Request, integer
from ..records import NULL_VERSION, Object
from ..routing import WRITE, operation
from ..store import Store
from . import _reading, _writing


@operation('AppendObject', 'object', 'POST', 'append', access=WRITE, action='oss:PutObject')
def append_object(request: Request) -> Answer:
    """Appends to an object, or makes it; the position must be its length."""
    store = request.state.store
    bucket = request.the_bucket()
    position = position_of(request)
    _writing.check_body(request)
    body = request.payload()
    with store.transaction():
        found = store.object(bucket.name, request.key)
        if found is not None and found.is_marker:
            found = None
        if found is not None and found.kind != 'Appendable':
            raise ApiError('ObjectNotAppendable', Key=request.key)
        size = 0 if found is None else found.size
        if position != size:
            raise ApiError('PositionNotEqualToLength', headers={'x-oss-next-append-position': str(size)},
                           Key=request.key)
        protection.check_kept(request, found)
        if found is not None and 'sealed' in found.attributes:
            raise ApiError('ObjectSealed', 'The object is sealed.', status=409, Key=request.key)
        if store.setting(bucket.name, protection.OBJECT_WORM_KIND) is not None:
            raise ApiError('OperationNotSupported', 'Appending is not supported where objects can be retained.')
        if found is None:
            _writing.check_overwrite(request, bucket, None)
            found = store.add_object(Object(
                bucket.name, request.key, 'Appendable', bucket.owner, request.now, size=body.size,
                etag=_etag('', body), crc=body.crc, acl=_writing.object_acl(request),
                storage_class=_writing.storage_class(request, bucket), content=store.contents.add(body),
                attributes=_writing.attributes(request)), version=NULL_VERSION)
        elif body.size:
            _extend(store, found, body, request.now)
    headers = {
        'etag': '"%s"' % found.etag, 'x-oss-hash-crc64ecma': str(found.crc),
        'x-oss-next-append-position': str(found.size), **_reading.version_header(request, found),
        **_writing.encryption_headers(found.attributes),
    }
    return Answer(200, headers)


def position_of(request: Request) -> int:
    """The position that a request appends at.

    :raises ApiError: MissingArgument
    """
    text = request.params.get('position', '')
    position = integer(text)
    if position is None:
        ec = '0016-00000502' if text else '0016-00000501'
        raise ApiError('MissingArgument', ec=ec, ArgumentName='position')
    return position


def _extend(store: Store, found: Object, body: Body, now: float) -> None:
    contents = store.contents
    assert found.content is not None
    if found.size + body.size <= INLINE and body.data is not None:
        with_end = contents.open(found.content)
        try:
            data = b''.join(with_end.chunks()) + body.data
        finally:
            with_end.close()
        content = contents.add(Body(data, None, len(data), b'', 0))
    else:
        end = contents.add(body)
        content = contents.join([*contents.pieces(found.content), *contents.pieces(end)])
        contents.release(end)
    found.content = content
    found.etag = _etag(found.etag, body)
    found.crc = Crc64().combine(found.crc or 0, body.crc, body.size)
    found.size += body.size
    found.modified = now
    store.change_object(found)


def _etag(before: str, body: Body) -> str:
    return hashlib.md5(before.encode() + body.md5).hexdigest().upper()[:24] + '0' * 8
