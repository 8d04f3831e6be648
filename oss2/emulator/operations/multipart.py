"""Multipart uploads: initiate, upload or copy parts, list them, complete or abort."""
from __future__ import annotations

import hashlib
import uuid
from typing import Dict, List, Optional, Tuple
from urllib.parse import quote

from ..._crc64 import Crc64
from .. import protection, xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request, integer
from ..records import Object, Part, Upload
from ..routing import WRITE, operation
from ..store import Store
from ..times import iso
from . import _reading, _writing
from .copying import source_of
from .objects import written

_MOST_PARTS = 10000
_NUMBER_MESSAGE = 'Part number must be an integer between 1 and 10000, inclusive.'


@operation('InitiateMultipartUpload', 'object', 'POST', 'uploads', access=WRITE, action='oss:PutObject')
def initiate_multipart_upload(request: Request) -> Answer:
    """Begins an upload in parts."""
    store = request.state.store
    bucket = request.the_bucket()
    attributes = _writing.attributes(request)
    if 'sequential' in request.params:
        attributes['sequential'] = True
    new = Upload(uuid.uuid4().hex.upper(), bucket.name, request.key, bucket.owner, request.now,
                 _writing.object_acl(request), _writing.storage_class(request, bucket), attributes)
    with store.transaction():
        _writing.check_overwrite(request, bucket, store.object(bucket.name, request.key))
        store.add_upload(new)
    return Answer.xml(xml.document('InitiateMultipartUploadResult', [
        _encoding(request), ('Bucket', bucket.name), ('Key', _shown_key(request)), ('UploadId', new.id),
    ]), _writing.encryption_headers(attributes))


@operation('UploadPart', 'object', 'PUT', 'uploadId', access=WRITE, action='oss:PutObject')
def upload_part(request: Request) -> Answer:
    """Stores a part, in place of one with the same number."""
    number = _part_number(request)
    _writing.check_body(request)
    body = request.payload()
    store = request.state.store
    with store.transaction():
        upload = _upload(request)
        part = Part(upload.id, number, store.contents.add(body), body.size, body.md5.hex().upper(), body.crc,
                    request.now)
        _keep(store, upload, part)
    return Answer(200, {'etag': '"%s"' % part.etag, 'x-oss-hash-crc64ecma': str(part.crc),
                        'content-md5': _writing.base64_of(body.md5),
                        **_writing.encryption_headers(upload.attributes)})


@operation('UploadPartCopy', 'object', 'PUT', 'uploadId&@x-oss-copy-source', access=WRITE, action='oss:PutObject',
           is_slow=True)
def upload_part_copy(request: Request) -> Answer:
    """Stores a part from a range of another object."""
    number = _part_number(request)
    store = request.state.store
    with store.transaction():
        _upload(request)
        source = source_of(request)
        found = source.object
        if found.content is None:
            raise ApiError('OperationNotSupported', 'A symbolic link cannot be the source of a part.')
        _reading.check_thawed(request, found)
        asked = request.header('x-oss-copy-source-range')
        start, length = _reading.byte_range(asked, found.size, is_standard=True) or (0, found.size)
        reader = store.open(found.content, start, length)
    md5, crc = hashlib.md5(), Crc64()
    try:
        for chunk in reader.chunks():
            md5.update(chunk)
            crc.update(chunk)
        with store.transaction():
            upload = _upload(request)
            current = _reading.find_version(request, found.bucket, found.key, found.version)
            if current.content != found.content:
                raise ApiError('PreconditionFailed')
            content = store.contents.join(store.contents.pieces(found.content, start, length))
            part = Part(upload.id, number, content, length, md5.hexdigest().upper(), crc.crc, request.now)
            _keep(store, upload, part)
    finally:
        reader.close()
    headers = {'etag': '"%s"' % part.etag, 'x-oss-hash-crc64ecma': str(part.crc)}
    if source.bucket.versioning:
        headers['x-oss-copy-source-version-id'] = found.version
    return Answer.xml(xml.document('CopyPartResult', [
        ('LastModified', iso(part.modified)), ('ETag', '"%s"' % part.etag)]), headers)


def _keep(store: Store, upload: Upload, part: Part) -> None:
    if upload.attributes.get('sequential'):
        parts = store.parts(upload.id)
        if part.number != (parts[-1].number + 1 if parts else 1):
            raise invalid_argument('partNumber', part.number, 'Parts of a sequential upload must arrive in order.')
    store.put_part(part)


@operation('CompleteMultipartUpload', 'object', 'POST', 'uploadId', access=WRITE, action='oss:PutObject')
def complete_multipart_upload(request: Request) -> Answer:
    """Makes an object of the parts; calls back if asked to."""
    store = request.state.store
    bucket = request.the_bucket()
    _writing.check_md5(request)
    with store.transaction():
        upload = _upload(request)
        parts = _chosen(request, store.parts(upload.id))
        _writing.check_overwrite(request, bucket, store.object(bucket.name, request.key))
        pieces = [piece for part in parts for piece in store.contents.pieces(part.content)]
        crc, digests = 0, b''
        for part in parts:
            crc = Crc64().combine(crc, part.crc, part.size)
            digests += bytes.fromhex(part.etag)
        attributes = {name: value for name, value in upload.attributes.items() if name != 'sequential'}
        new = Object(
            bucket.name, request.key, 'Multipart', upload.owner, request.now, size=sum(part.size for part in parts),
            etag='%s-%d' % (hashlib.md5(digests).hexdigest().upper(), len(parts)), crc=crc,
            acl=request.headers.get('x-oss-object-acl', upload.acl), storage_class=upload.storage_class,
            content=store.contents.join(pieces), attributes=attributes)
        protection.retain(request, new)
        store.add_object(new)
        store.drop_upload(upload.id)
    return Answer.xml(xml.document('CompleteMultipartUploadResult', [
        _encoding(request),
        ('Location', '%s://%s%s' % (request.scheme, request.netloc, request.path)),
        ('Bucket', bucket.name), ('Key', _shown_key(request)), ('ETag', '"%s"' % new.etag),
    ]), written(request, new))


def _chosen(request: Request, parts: List[Part]) -> List[Part]:
    """The parts that become the object.

    :raises ApiError: InvalidArgument, MalformedXML, InvalidPart, InvalidPartOrder, EntityTooSmall
    """
    if request.headers.get('x-oss-complete-all', '').lower() == 'yes':
        if request.payload().size:
            raise invalid_argument('x-oss-complete-all', 'yes', 'The request must not have a body.')
        chosen = parts
    else:
        chosen = _listed(request, {part.number: part for part in parts})
    if not chosen:
        raise ApiError('InvalidPart' if not request.payload().size else 'MalformedXML')
    for part in chosen[:-1]:
        if part.size < request.state.smallest_part:
            raise ApiError('EntityTooSmall', ETag=part.etag, PartNumber=part.number, ProposedSize=part.size,
                           MinSizeAllowed=request.state.smallest_part)
    return chosen


def _listed(request: Request, parts: Dict[int, Part]) -> List[Part]:
    chosen: List[Part] = []
    for item in xml.parse(request.document(), 'CompleteMultipartUpload').findall('Part'):
        text, etag = (xml.text(item, 'PartNumber') or '').strip(), xml.text(item, 'ETag')
        number = integer(text)
        if number is None or etag is None:
            raise ApiError('MalformedXML')
        _checked_number(number, text)
        if chosen and number <= chosen[-1].number:
            raise ApiError('InvalidPartOrder', UploadId=request.params['uploadId'])
        part = parts.get(number)
        if part is None or etag.strip().strip('"').upper() != part.etag:
            raise ApiError('InvalidPart', UploadId=request.params['uploadId'], PartNumber=number, PartEtag=etag)
        chosen.append(part)
    return chosen


@operation('AbortMultipartUpload', 'object', 'DELETE', 'uploadId', access=WRITE)
def abort_multipart_upload(request: Request) -> Answer:
    """Removes an upload and its parts."""
    with request.state.store.transaction():
        request.state.store.drop_upload(_upload(request).id)
    return Answer(204)


@operation('ListParts', 'object', 'GET', 'uploadId', access=WRITE)
def list_parts(request: Request) -> Answer:
    """Lists the parts of an upload by number."""
    upload = _upload(request)
    limit = request.number('max-parts', 1000, 1, 1000)
    marker = request.number('part-number-marker', 0, 0, _MOST_PARTS)
    parts = request.state.store.parts(upload.id, marker, limit + 1)
    page = parts[:limit]
    rows: List[Tuple[str, List[xml.OptionalNode]]] = [
        ('Part', [('PartNumber', part.number), ('LastModified', iso(part.modified)), ('ETag', '"%s"' % part.etag),
                  ('HashCrc64ecma', str(part.crc)), ('Size', part.size)]) for part in page]
    return Answer.xml(xml.document('ListPartsResult', [
        _encoding(request), ('Bucket', upload.bucket), ('Key', _shown_key(request)), ('UploadId', upload.id),
        ('StorageClass', upload.storage_class), ('PartNumberMarker', marker),
        ('NextPartNumberMarker', page[-1].number if page else 0), ('MaxParts', limit),
        ('IsTruncated', 'true' if len(parts) > limit else 'false'), *rows,
    ]))


def _upload(request: Request) -> Upload:
    """The upload the request is for.

    :raises ApiError: NoSuchUpload
    """
    upload_id = request.params['uploadId']
    found = request.state.store.upload(request.bucket, request.key, upload_id)
    if found is None:
        raise ApiError('NoSuchUpload', UploadId=upload_id)
    return found


def _part_number(request: Request) -> int:
    text = request.params.get('partNumber', '')
    if not text:
        raise invalid_argument('ResourceType', 'partNumber', 'Unexpected query string parameter', '0017-00000219')
    return _checked_number(integer(text), text)


def _checked_number(number: Optional[int], text: str) -> int:
    if number is None or not 1 <= number <= _MOST_PARTS:
        raise invalid_argument('PartNumber', text, _NUMBER_MESSAGE, '0017-00000220')
    return number


def _encoding(request: Request) -> xml.OptionalNode:
    asked = request.params.get('encoding-type', '')
    if asked.lower() not in ('', 'url'):
        raise invalid_argument('encoding-type', asked, 'Invalid Encoding Method specified in Request.')
    return ('EncodingType', asked) if asked else None


def _shown_key(request: Request) -> str:
    return quote(request.key, safe='') if request.params.get('encoding-type') else request.key
