"""DeleteObject and DeleteMultipleObjects."""
from __future__ import annotations

from typing import Dict, List, Optional, Tuple
from urllib.parse import quote

from .. import access, addressing, protection, xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..records import Object
from ..routing import ANYONE, WRITE, operation
from ._writing import check_md5

_MOST_KEYS = 1000


@operation('DeleteObject', 'object', 'DELETE', access=WRITE)
def delete_object(request: Request) -> Answer:
    """Deletes an object or a version; versioned buckets get a delete marker."""
    removed = remove(request, request.key, request.params.get('versionId'))
    headers = {}
    if removed is not None:
        if request.the_bucket().versioning:
            headers['x-oss-version-id'] = removed.version
        if removed.is_marker:
            headers['x-oss-delete-marker'] = 'true'
    return Answer(204, headers)


def remove(request: Request, key: str, version: Optional[str]) -> Optional[Object]:
    """Delete a version, or the current one in the way the bucket's versioning asks for.

    :return: the version removed or the delete marker written; None if there was nothing to do
    """
    store = request.state.store
    bucket = request.the_bucket()
    if version == '':
        raise invalid_argument('versionId', '', 'Version id cannot be the empty string.')
    with store.transaction():
        if version is None and bucket.versioning:
            return store.add_object(Object(bucket.name, key, 'DeleteMarker', bucket.owner, request.now))
        found = store.object(bucket.name, key, version)
        protection.check_kept(request, found)
        if found is not None:
            store.remove_object(found)
        return found


@operation('DeleteMultipleObjects', 'bucket', 'POST', 'delete', access=ANYONE, action='oss:DeleteObject')
def delete_objects(request: Request) -> Answer:
    """Deletes up to 1000 keys or versions; versioned buckets get delete markers."""
    check_md5(request)
    is_quiet, wanted = _wanted(request)
    bucket = request.the_bucket()
    for key, version in wanted:
        access.check(request, bucket, request.state.store.object(bucket.name, key, version), True, key,
                     'oss:DeleteObject')
    encoding = request.params.get('encoding-type') or request.header('encoding-type')
    results: List[xml.OptionalNode] = [('EncodingType', encoding) if encoding else None]
    with request.state.store.transaction():
        for key, version in wanted:
            removed = remove(request, key, version)
            shown = quote(key, safe='') if encoding == 'url' else key
            results.append(('Deleted', [('Key', shown), *_versions(version, removed, bool(bucket.versioning))]))
    return Answer(200) if is_quiet else Answer.xml(xml.document('DeleteResult', results))


def _versions(version: Optional[str], removed: Optional[Object], is_versioned: bool) -> List[xml.OptionalNode]:
    found: Dict[str, str] = {}
    if version is not None:
        found['VersionId'] = version
    if removed is not None and removed.is_marker and is_versioned:
        found['DeleteMarker'] = 'true'
        found['DeleteMarkerVersionId'] = removed.version
    return list(found.items())


def _wanted(request: Request) -> Tuple[bool, List[Tuple[str, Optional[str]]]]:
    document = xml.parse(request.document(), 'Delete')
    wanted: List[Tuple[str, Optional[str]]] = []
    for item in document.findall('Object'):
        key = xml.text(item, 'Key')
        if not key:
            raise ApiError('MalformedXML')
        addressing.check_key(key)
        wanted.append((key, xml.text(item, 'VersionId') or None))
    if not 1 <= len(wanted) <= _MOST_KEYS:
        raise ApiError('MalformedXML')
    return (xml.text(document, 'Quiet') or '').lower() == 'true', wanted
