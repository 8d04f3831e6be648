"""What all operations that write an object take from the request: headers, metadata, tags, ACL, storage class."""
from __future__ import annotations

import base64
import binascii
import mimetypes
import re
from typing import Any, Dict, Optional
from urllib.parse import unquote_plus

from .. import protection
from ..access import OBJECT_ACLS, check_acl
from ..errors import ApiError, invalid_argument
from ..messages import Request
from ..records import NULL_VERSION, Bucket, Object
from . import storage

STORAGE_CLASSES = ('Standard', 'IA', 'Archive', 'ColdArchive', 'DeepColdArchive')
#: request headers that are kept and sent again with the object
KEPT_HEADERS = ('content-type', 'cache-control', 'content-disposition', 'content-encoding', 'content-language',
                'expires')
_ALGORITHMS = ('AES256', 'KMS', 'SM4')
_META = 'x-oss-meta-'
_LONGEST_META = 8 * 1024
_TAG = re.compile('[A-Za-z0-9 +=._:/-]*')
_types = mimetypes.MimeTypes()


def attributes(request: Request, key: Optional[str] = None) -> Dict[str, Any]:
    """Headers, user metadata, tags and encryption of an object about to be written.

    :raises ApiError: InvalidArgument, InvalidTag, InvalidEncryptionAlgorithmError, MetadataTooLarge
    """
    headers = {name: request.headers[name] for name in KEPT_HEADERS if name in request.headers}
    if not headers.get('content-type'):
        headers['content-type'] = _types.guess_type(key or request.key)[0] or 'application/octet-stream'
    found: Dict[str, Any] = {'headers': headers}
    meta = {name: value for name, value in request.headers.items() if name.startswith(_META)}
    if sum(len(name) + len(value) for name, value in meta.items()) > _LONGEST_META:
        raise ApiError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size.')
    if meta:
        headers.update(meta)
    tagging = request.headers.get('x-oss-tagging')
    if tagging:
        found['tags'] = parse_tagging(tagging)
    found.update(encryption(request))
    return found


def encryption(request: Request) -> Dict[str, Any]:
    """The server-side encryption asked for, by the bucket's default if the request asks for none."""
    algorithm = request.headers.get('x-oss-server-side-encryption')
    key_id = request.headers.get('x-oss-server-side-encryption-key-id')
    if algorithm is None:
        default = request.the_bucket().attributes.get('encryption')
        return {'encryption': default} if default else {}
    if algorithm not in _ALGORITHMS:
        raise ApiError('InvalidEncryptionAlgorithmError')
    return {'encryption': {'algorithm': algorithm, **({'key_id': key_id} if key_id else {})}}


def encryption_headers(attributes: Dict[str, Any]) -> Dict[str, str]:
    found = attributes.get('encryption')
    if not found:
        return {}
    headers = {'x-oss-server-side-encryption': found['algorithm']}
    if found.get('key_id'):
        headers['x-oss-server-side-encryption-key-id'] = found['key_id']
    if found.get('data'):
        headers['x-oss-server-side-data-encryption'] = found['data']
    return headers


def storage_class(request: Request, bucket: Bucket) -> str:
    """The storage class asked for, else the bucket's."""
    asked = request.headers.get('x-oss-storage-class')
    if asked is None:
        return bucket.storage_class
    if asked not in STORAGE_CLASSES:
        raise invalid_argument('x-oss-storage-class', asked, 'The storage class is invalid.')
    return asked


def object_acl(request: Request) -> str:
    """The ACL asked for, ``default`` if none."""
    asked = request.headers.get('x-oss-object-acl', 'default')
    if asked not in OBJECT_ACLS:
        raise invalid_argument('x-oss-object-acl', asked, 'The object acl is invalid.')
    check_acl(request, request.the_bucket(), asked, 'object')
    return asked


def check_overwrite(request: Request, bucket: Bucket, existing: Optional[Object]) -> None:
    """Refuse to replace an object that is retained, that a rule of the bucket protects, or where
    ``x-oss-forbid-overwrite`` says so; versioned buckets ignore the latter two.

    :raises ApiError: FileImmutable, FileAlreadyExists, InvalidArgument
    """
    if existing is not None and (not bucket.versioning or (bucket.versioning == 'Suspended'
                                                           and existing.version == NULL_VERSION)):
        protection.check_kept(request, existing)
    protection.check_overwrite_rules(request, bucket, existing)
    asked = request.headers.get('x-oss-forbid-overwrite')
    if asked is None:
        return
    if asked.lower() not in ('true', 'false'):
        raise invalid_argument('x-oss-forbid-overwrite', asked, ec='0017-00000279')
    if asked.lower() == 'true' and not bucket.versioning and existing is not None:
        raise ApiError('FileAlreadyExists')


def base64_of(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


def check_body(request: Request) -> None:
    """Refuse a body that did not say how long it is, is not what Content-MD5 says, or does not fit in.

    :raises ApiError: MissingContentLength, InvalidDigest, QuotaExceeded
    """
    if 'content-length' not in request.headers and 'transfer-encoding' not in request.headers:
        raise ApiError('MissingContentLength')
    check_md5(request)
    storage.check_room(request, request.payload().size)


def check_md5(request: Request) -> None:
    """Compare the body with Content-MD5.

    :raises ApiError: InvalidDigest
    """
    asked = request.headers.get('content-md5')
    if not asked:
        return
    try:
        digest = base64.b64decode(asked, validate=True)
    except (binascii.Error, ValueError):
        digest = b''
    if len(digest) != 16:
        raise ApiError('InvalidDigest', 'The Content-MD5 you specified was invalid.', '0017-00000502')
    if request.body is None or digest != request.body.md5:
        raise ApiError('InvalidDigest')


def parse_tagging(text: str) -> Dict[str, str]:
    """Tags from the header's form, ``a=1&b=2``, each side URL-encoded.

    :raises ApiError: InvalidTag
    """
    tags: Dict[str, str] = {}
    for item in text.split('&'):
        name, _, value = item.partition('=')
        if '=' in value:
            raise ApiError('InvalidTag', 'The tag is not in the form key=value.', '0010-00000219')
        name, value = unquote_plus(name), unquote_plus(value)
        if name in tags:
            raise ApiError('InvalidTag', 'The tag keys are not unique.', '0010-00000218')
        tags[name] = value
    check_tags(tags)
    return tags


def check_tags(tags: Dict[str, str]) -> None:
    """Refuse tags beyond OSS's limits: 10 of them, keys of 1-128 and values of at most 256 characters.

    :raises ApiError: InvalidTag
    """
    if len(tags) > 10:
        raise ApiError('InvalidTag', 'Object tags cannot be greater than 10.', '0010-00000218')
    for name, value in tags.items():
        if not 1 <= len(name) <= 128 or _TAG.fullmatch(name) is None:
            raise ApiError('InvalidTag', 'The TagKey you have provided is invalid.')
        if len(value) > 256 or _TAG.fullmatch(value) is None:
            raise ApiError('InvalidTag', 'The TagValue you have provided is invalid.')
