"""What all operations that read an object share: finding the version, conditions, ranges, response headers."""
from __future__ import annotations

import re
from typing import Dict, Mapping, Optional, Tuple
from urllib.parse import quote

from ..._dates import http_to_unixtime, iso8601_to_unixtime
from .. import lifecycle, protection
from ..errors import ApiError, invalid_argument
from ..messages import Request
from ..records import Object
from ..times import http
from ._writing import encryption_headers

_RANGE = re.compile('bytes=([0-9]{0,18})-([0-9]{0,18})')
FROZEN = ('Archive', 'ColdArchive', 'DeepColdArchive')


def find(request: Request, marker_status: int = 405) -> Object:
    """The version the request is for.

    :param marker_status: the answer when the version asked for by id is a delete marker
    :raises ApiError: NoSuchKey, NoSuchVersion, MethodNotAllowed
    """
    return find_version(request, request.bucket, request.key, request.params.get('versionId'), marker_status)


def find_version(request: Request, bucket: str, key: str, version: Optional[str], marker_status: int = 404) -> Object:
    if version == '':
        raise invalid_argument('versionId', '', 'Version id cannot be the empty string.')
    found = request.state.store.object(bucket, key, version)
    if found is None:
        if version is None:
            raise ApiError('NoSuchKey', Key=key)
        raise ApiError('NoSuchVersion', Key=key, VersionId=version)
    if found.is_marker:
        headers = {'x-oss-delete-marker': 'true', 'x-oss-version-id': found.version}
        if version is not None and marker_status == 405:
            raise ApiError('MethodNotAllowed', headers={**headers, 'allow': 'DELETE'}, Method=request.method,
                           ResourceType='DeleteMarker')
        raise ApiError('NoSuchKey', headers=headers, Key=key)
    return found


def version_header(request: Request, found: Object, bucket: Optional[str] = None) -> Dict[str, str]:
    """The version id, in buckets that ever kept versions."""
    owner = request.state.store.bucket(bucket or found.bucket)
    return {'x-oss-version-id': found.version} if owner is not None and owner.versioning else {}


def restore_status(found: Object, now: float) -> Optional[str]:
    """``x-oss-restore`` of an object: being thawed, thawed until a time, or None when it is neither."""
    state = found.attributes.get('restore')
    if not state or now >= state['expires']:
        return None
    if now < state['ready']:
        return 'ongoing-request="true"'
    return 'ongoing-request="false", expiry-date="%s"' % http(state['expires'])


def check_thawed(request: Request, found: Object) -> None:
    """Refuse the bytes of an archived object that is not restored, nor in a bucket that serves those directly.

    :raises ApiError: InvalidObjectState
    """
    bucket = request.state.store.bucket(found.bucket)
    if found.storage_class == 'Archive' and bucket is not None and bucket.attributes.get(
            'archive_direct_read') == 'true':
        return
    if found.storage_class in FROZEN:
        status = restore_status(found, request.now)
        if status is None or 'true' in status:
            raise ApiError('InvalidObjectState', ObjectName=found.key)


def description(request: Request, found: Object, target: Object) -> Dict[str, str]:
    """Response headers of an object's whole content; ``target`` is where a symlink leads, else the object itself."""
    headers = dict(found.headers())
    headers['etag'] = '"%s"' % target.etag
    headers['last-modified'] = http(max(found.modified, target.modified))
    headers['accept-ranges'] = 'bytes'
    headers['x-oss-object-type'] = found.kind
    headers['x-oss-storage-class'] = target.storage_class
    if target.crc is not None:
        headers['x-oss-hash-crc64ecma'] = str(target.crc)
    if target.md5 is not None:
        headers['content-md5'] = target.md5
    if found.kind == 'Appendable':
        headers['x-oss-next-append-position'] = str(found.size)
    if found.tags():
        headers['x-oss-tagging-count'] = str(len(found.tags()))
    headers.update(encryption_headers(found.attributes))
    restored = restore_status(found, request.now)
    if restored is not None:
        headers['x-oss-restore'] = restored
    if 'sealed' in found.attributes:
        headers['x-oss-sealed-time'] = http(found.attributes['sealed'])
    headers.update(protection.headers(found))
    headers.update(expiration_header(request, found))
    headers.update(version_header(request, found))
    return headers


def expiration_header(request: Request, found: Object) -> Dict[str, str]:
    """When a lifecycle rule will delete the object, if one will."""
    configuration = request.state.store.setting(found.bucket, 'lifecycle')
    expiry = None if configuration is None else lifecycle.expiry(configuration, found)
    if expiry is None:
        return {}
    return {'x-oss-expiration': 'expiry-date="%s", rule-id="%s"' % (http(expiry[0]), quote(expiry[1], safe=''))}


def check_conditions(headers: Mapping[str, str], target: Object, modified: float, prefix: str = '') -> None:
    """Evaluate If-Match and its kin.

    :param prefix: ``x-oss-copy-source-`` for the conditions on a copy's source
    :raises ApiError: PreconditionFailed, NotModified
    """
    moment = int(modified)
    etag = headers.get(prefix + 'if-match')
    if etag is not None and not _matches(etag, target.etag):
        raise ApiError('PreconditionFailed', Condition='If-Match')
    since = _time(headers.get(prefix + 'if-unmodified-since'))
    if since is not None and moment > since:
        raise ApiError('PreconditionFailed', Condition='If-Unmodified-Since')
    unchanged = {'etag': '"%s"' % target.etag, 'last-modified': http(modified)}
    etag = headers.get(prefix + 'if-none-match')
    if etag is not None and _matches(etag, target.etag):
        raise ApiError('NotModified', headers=unchanged)
    since = _time(headers.get(prefix + 'if-modified-since'))
    if since is not None and moment <= since:
        raise ApiError('NotModified', headers=unchanged)


def _matches(asked: str, etag: str) -> bool:
    return any(item.strip().strip('"').upper() in (etag.upper(), '*') for item in asked.split(','))


def _time(text: Optional[str]) -> Optional[int]:
    for convert in (http_to_unixtime, iso8601_to_unixtime) if text else ():
        try:
            return convert(text or '')
        except ValueError:
            continue
    return None


def byte_range(asked: Optional[str], size: int, is_standard: bool) -> Optional[Tuple[int, int]]:
    """Start and length that a Range header asks for; None for the whole object.

    OSS ignores a range that is malformed or not inside the object, unless the standard behaviour is asked for.

    :raises ApiError: InvalidRange
    """
    found = _RANGE.fullmatch((asked or '').partition(',')[0].replace(' ', ''))
    if found is None or found.group() == 'bytes=-':
        return None
    first, last = found.groups()
    if not first:
        length = int(last)
        start, end = size - length, size - 1
    else:
        start, end = int(first), int(last) if last else size - 1
        if last and end < start:
            return None
    if 0 <= start <= end < size:
        return start, end - start + 1
    if not is_standard:
        return None
    if start >= size or end < 0 or size == 0 or end < start:
        raise ApiError('InvalidRange', headers={'content-range': 'bytes */%d' % size}, ActualObjectSize=size,
                       RangeHeader=asked or '')
    return max(start, 0), min(end, size - 1) - max(start, 0) + 1
