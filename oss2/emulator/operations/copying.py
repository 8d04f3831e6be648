"""CopyObject, and the source of copies."""
from __future__ import annotations

from typing import Any, Dict, NamedTuple, Optional, Tuple
from urllib.parse import unquote

from .. import access, addressing, protection, xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..records import Bucket, Object
from ..routing import WRITE, operation
from ..times import iso
from . import _reading, _writing, storage
from ._reading import version_header


class Source(NamedTuple):
    """Where a copy comes from."""

    bucket: Bucket
    object: Object


def source_of(request: Request) -> Source:
    """The source named by ``x-oss-copy-source``, readable by the requester and meeting the request's conditions.

    :raises ApiError: InvalidArgument, NoSuchBucket, NoSuchKey, NoSuchVersion, AccessDenied, PreconditionFailed,
        NotModified, InvalidObjectState
    """
    name, key, version = _parse(request.headers['x-oss-copy-source'])
    bucket = request.state.store.bucket(name)
    if bucket is None:
        raise ApiError('NoSuchBucket', BucketName=name)
    access.check(request, bucket, request.state.store.object(name, key, version), False, key)
    found = _reading.find_version(request, name, key, version)
    _reading.check_conditions(request.headers, found, found.modified, 'x-oss-copy-source-')
    return Source(bucket, found)


def _parse(text: str) -> Tuple[str, str, Optional[str]]:
    path, _, query = text.partition('?')
    bucket, _, key = path.lstrip('/').partition('/')
    if not bucket or not key:
        raise invalid_argument('x-oss-copy-source', text,
                               'Copy Source must mention the source bucket and key: /sourcebucket/sourcekey.')
    version = addressing.parameters(query.encode('latin-1')).get('versionId')
    return bucket, unquote(key.encode('latin-1').decode('utf-8', 'replace')), version


@operation('CopyObject', 'object', 'PUT', '@x-oss-copy-source', access=WRITE, action='oss:PutObject')
def copy_object(request: Request) -> Answer:
    """Copies an object or a version, under conditions; an archived one must be thawed."""
    store = request.state.store
    bucket = request.the_bucket()
    with store.transaction():
        source = source_of(request)
        old = store.object(bucket.name, request.key)
        _writing.check_overwrite(request, bucket, old)
        is_itself = old is not None and old.sequence == source.object.sequence and not bucket.versioning
        if source.object.kind == 'Appendable' and not is_itself and (bucket.versioning or source.bucket.versioning):
            raise ApiError('OperationNotSupported', 'Appendable objects cannot be copied in a versioned bucket.')
        new = _copy(request, source, bucket, is_itself)
        if new.content is not None:
            store.contents.retain(new.content)
        protection.retain(request, new)
        storage.check_room(request, new.size)
        store.add_object(new)
    headers = {'etag': '"%s"' % new.etag, **version_header(request, new),
               **_writing.encryption_headers(new.attributes)}
    if new.crc is not None:
        headers['x-oss-hash-crc64ecma'] = str(new.crc)
    if source.bucket.versioning:
        headers['x-oss-copy-source-version-id'] = source.object.version
    return Answer.xml(xml.document('CopyObjectResult', [
        ('ETag', '"%s"' % new.etag), ('LastModified', iso(new.modified))]), headers)


def _copy(request: Request, source: Source, bucket: Bucket, is_itself: bool) -> Object:
    found = source.object
    asked = _writing.attributes(request)
    attributes: Dict[str, Any] = {name: found.attributes[name] for name in ('headers', 'tags', 'target')
                                  if name in found.attributes}
    if is_itself or _directive(request, 'x-oss-metadata-directive') == 'REPLACE':
        attributes['headers'] = asked['headers']
    if _directive(request, 'x-oss-tagging-directive') == 'REPLACE':
        attributes['tags'] = asked.get('tags', {})
    if 'encryption' in asked:
        attributes['encryption'] = asked['encryption']
    storage_class = _writing.storage_class(request, bucket)
    if is_itself and 'x-oss-storage-class' not in request.headers:
        storage_class = found.storage_class
    if not is_itself or storage_class != found.storage_class:
        _reading.check_thawed(request, found)
    acl = found.acl if is_itself and 'x-oss-object-acl' not in request.headers else _writing.object_acl(request)
    kind = 'Normal' if found.kind == 'Appendable' and not is_itself else found.kind
    return Object(bucket.name, request.key, kind, bucket.owner, request.now, size=found.size,
                  etag=found.etag, md5=found.md5, crc=found.crc, acl=acl, storage_class=storage_class,
                  content=found.content, attributes=attributes)


def _directive(request: Request, name: str) -> str:
    asked = request.headers.get(name, 'COPY')
    if asked.upper() not in ('COPY', 'REPLACE'):
        raise invalid_argument(name, asked)
    return asked.upper()
