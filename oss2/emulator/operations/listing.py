"""ListObjects, ListObjectsV2, ListObjectVersions and ListMultipartUploads."""
from __future__ import annotations

import base64
import binascii
from typing import Callable, List, Optional
from urllib.parse import quote

from .. import listing, xml
from ..errors import invalid_argument
from ..messages import Answer, Request
from ..records import Object
from ..routing import OWNER, operation
from ..times import iso
from ._reading import restore_status

_MOST = 1000
_LONGEST_NAME = 1024


@operation('ListObjects', 'bucket', 'GET', access=OWNER)
def list_objects(request: Request) -> Answer:
    """Lists objects by prefix, delimiter and marker."""
    limit = request.number('max-keys', 100, 1, _MOST)
    prefix, delimiter, marker = (_name(request, name) for name in ('prefix', 'delimiter', 'marker'))
    page = listing.objects(request.state.store, request.bucket, prefix, delimiter, marker, limit)
    encode = _encoder(request)
    return Answer.xml(xml.document('ListBucketResult', [
        ('Name', request.bucket), ('Prefix', encode(prefix)), ('Marker', encode(marker)), ('MaxKeys', limit),
        ('Delimiter', encode(delimiter)), _encoding(request), ('IsTruncated', _bool(page.is_truncated)),
        ('NextMarker', encode(page.last_key)) if page.is_truncated else None,
        *(_contents(request, item, encode, with_owner=True) for item in page.items),
        *_prefixes(page.prefixes, encode),
    ]))


@operation('ListObjectsV2', 'bucket', 'GET', 'list-type=2', access=OWNER, action='oss:ListObjects')
def list_objects_v2(request: Request) -> Answer:
    """Lists objects by prefix, delimiter, start-after and continuation token."""
    limit = request.number('max-keys', 100, 1, _MOST)
    prefix, delimiter, start_after = (_name(request, name) for name in ('prefix', 'delimiter', 'start-after'))
    token = request.params.get('continuation-token')
    marker = start_after if not token else _from_token(token)
    page = listing.objects(request.state.store, request.bucket, prefix, delimiter, marker, limit)
    encode = _encoder(request)
    with_owner = request.params.get('fetch-owner', '').lower() == 'true'
    return Answer.xml(xml.document('ListBucketResult', [
        ('Name', request.bucket), ('Prefix', encode(prefix)),
        ('StartAfter', encode(start_after)) if start_after else None,
        ('ContinuationToken', token) if token else None, ('MaxKeys', limit), ('Delimiter', encode(delimiter)),
        _encoding(request), ('IsTruncated', _bool(page.is_truncated)),
        ('NextContinuationToken', _to_token(page.last_key)) if page.is_truncated else None,
        *(_contents(request, item, encode, with_owner) for item in page.items),
        *_prefixes(page.prefixes, encode),
        ('KeyCount', len(page.items) + len(page.prefixes)),
    ]))


@operation('ListObjectVersions', 'bucket', 'GET', 'versions', access=OWNER)
def list_object_versions(request: Request) -> Answer:
    """Lists versions and delete markers, the newest of a key first."""
    limit = request.number('max-keys', 100, 1, _MOST)
    prefix, delimiter, marker = (_name(request, name) for name in ('prefix', 'delimiter', 'key-marker'))
    version = request.params.get('version-id-marker', '')
    if version and not marker:
        raise invalid_argument('version-id-marker', version,
                               'A version-id marker cannot be specified without a key marker.')
    page = listing.versions(request.state.store, request.bucket, prefix, delimiter, marker, version, limit)
    encode = _encoder(request)
    last = page.last.version if isinstance(page.last, Object) else ''
    return Answer.xml(xml.document('ListVersionsResult', [
        ('Name', request.bucket), ('Prefix', encode(prefix)), ('KeyMarker', encode(marker)),
        ('VersionIdMarker', version), ('MaxKeys', limit), ('Delimiter', encode(delimiter)), _encoding(request),
        ('IsTruncated', _bool(page.is_truncated)),
        ('NextKeyMarker', encode(page.last_key)) if page.is_truncated else None,
        ('NextVersionIdMarker', last) if page.is_truncated else None,
        *(_version(request, item, encode) for item in page.items),
        *_prefixes(page.prefixes, encode),
    ]))


@operation('ListMultipartUploads', 'bucket', 'GET', 'uploads', access=OWNER)
def list_multipart_uploads(request: Request) -> Answer:
    """Lists the uploads that are not complete, by prefix, delimiter and markers."""
    limit = request.number('max-uploads', 1000, 1, _MOST)
    prefix, delimiter, marker = (_name(request, name) for name in ('prefix', 'delimiter', 'key-marker'))
    upload = request.params.get('upload-id-marker', '') if marker else ''
    page = listing.uploads(request.state.store, request.bucket, prefix, delimiter, marker, upload, limit)
    encode = _encoder(request)
    last = page.last
    return Answer.xml(xml.document('ListMultipartUploadsResult', [
        ('Bucket', request.bucket), _encoding(request), ('KeyMarker', encode(marker)), ('UploadIdMarker', upload),
        ('NextKeyMarker', encode(page.last_key)),
        ('NextUploadIdMarker', '' if last is None or isinstance(last, str) else last.id),
        ('Delimiter', encode(delimiter)), ('Prefix', encode(prefix)), ('MaxUploads', limit),
        ('IsTruncated', _bool(page.is_truncated)),
        *(('Upload', [('Key', encode(item.key)), ('UploadId', item.id), ('StorageClass', item.storage_class),
                      ('Initiated', iso(item.initiated))]) for item in page.items),
        *_prefixes(page.prefixes, encode),
    ]))


Encode = Callable[[str], str]


def _contents(request: Request, item: Object, encode: Encode, with_owner: bool) -> xml.Node:
    restored = restore_status(item, request.now)
    return ('Contents', [
        ('Key', encode(item.key)), ('LastModified', iso(item.modified)), ('ETag', '"%s"' % item.etag),
        ('Type', item.kind), ('Size', item.size), ('StorageClass', item.storage_class),
        _owner(item) if with_owner else None,
        ('RestoreInfo', restored) if restored else None,
    ])


def _version(request: Request, item: Object, encode: Encode) -> xml.Node:
    identity: List[xml.OptionalNode] = [
        ('Key', encode(item.key)), ('VersionId', item.version), ('IsLatest', _bool(item.latest)),
        ('LastModified', iso(item.modified))]
    if item.is_marker:
        return ('DeleteMarker', [*identity, _owner(item)])
    restored = restore_status(item, request.now)
    return ('Version', [
        *identity, ('ETag', '"%s"' % item.etag), ('Type', item.kind), ('Size', item.size),
        ('StorageClass', item.storage_class), ('RestoreInfo', restored) if restored else None, _owner(item)])


def _owner(item: Object) -> xml.Node:
    return ('Owner', [('ID', item.owner), ('DisplayName', item.owner)])


def _prefixes(prefixes: List[str], encode: Encode) -> List[xml.OptionalNode]:
    return [('CommonPrefixes', [('Prefix', encode(prefix))]) for prefix in prefixes]


def _encoder(request: Request) -> Encode:
    asked = request.params.get('encoding-type', '')
    if asked.lower() not in ('', 'url'):
        raise invalid_argument('encoding-type', asked, 'Invalid Encoding Method specified in Request.')
    return (lambda text: quote(text, safe='')) if asked else str


def _encoding(request: Request) -> Optional[xml.Node]:
    asked = request.params.get('encoding-type')
    return ('EncodingType', asked) if asked else None


def _bool(value: bool) -> str:
    return 'true' if value else 'false'


def _name(request: Request, name: str) -> str:
    text = request.params.get(name, '')
    if len(text.encode('utf-8', 'replace')) >= _LONGEST_NAME:
        raise invalid_argument(name, text, 'The length of %s must be less than 1024.' % name)
    return text


def _to_token(key: str) -> str:
    return base64.b64encode(key.encode('utf-8')).decode().replace('=', '-').replace('+', '.').replace('/', '_')


def _from_token(token: str) -> str:
    try:
        return base64.b64decode(token.replace('-', '=').replace('.', '+').replace('_', '/'), validate=True).decode()
    except (binascii.Error, ValueError) as exc:
        raise invalid_argument('continuation-token', token, 'The continuation token is incorrect.') from exc
