"""Pages of listings: objects, their versions, buckets."""
from __future__ import annotations

from typing import List, Optional

from .._xml import BOOL, ETAG, INT, KEY, TIME, ResponseFormatError, many, one, plain
from ._base import RequestResult, result, shape

__all__ = [
    'Owner', 'SimplifiedObjectInfo', 'ListObjectsResult', 'ListObjectsV2Result', 'DeleteMarkerInfo',
    'ObjectVersionInfo', 'ListObjectVersionsResult',
]


@shape('Owner')
class Owner:
    """Who owns a bucket or an object."""

    display_name: str = one('DisplayName')
    id: str = one('ID', alias='owner_id')


def nobody() -> Owner:
    """The owner of what has none."""
    return Owner('', '')


@shape('Contents')
class SimplifiedObjectInfo:
    """An object in a listing, or a common prefix of several: then only ``key`` is set."""

    key: str = one('Key', KEY, required=True)
    last_modified: Optional[int] = one('LastModified', TIME)
    """Unix seconds."""
    etag: Optional[str] = one('ETag', ETAG)
    """Without quotes."""
    type: Optional[str] = one('Type')
    size: Optional[int] = one('Size', INT)
    storage_class: Optional[str] = one('StorageClass')
    owner: Optional[Owner] = one('Owner', Owner, default=None)
    restore_info: Optional[str] = one('RestoreInfo', default=None)
    """Such as ``ongoing-request="true"``, for objects of the archive classes."""

    def is_prefix(self) -> bool:
        """Whether this is a common prefix."""
        return self.last_modified is None


@result('ListBucketResult')
class ListObjectsResult(RequestResult):
    """A page of the objects of a bucket (ListObjects)."""

    is_truncated: bool = one('IsTruncated', BOOL, default=False, required=True)
    next_marker: str = one('NextMarker', KEY, default='', absent=None)
    """Where the next page begins, '' on the last one."""
    object_list: List[SimplifiedObjectInfo] = many('Contents', SimplifiedObjectInfo)
    prefix_list: List[str] = many('CommonPrefixes[]/Prefix', KEY)

    def _loaded(self) -> None:
        self.next_marker = marker(self, 'NextMarker', self.next_marker)


@result('ListBucketResult')
class ListObjectsV2Result(RequestResult):
    """A page of the objects of a bucket (ListObjectsV2)."""

    is_truncated: bool = one('IsTruncated', BOOL, default=False, required=True)
    next_continuation_token: str = one('NextContinuationToken', KEY, default='', absent=None)
    """Where the next page begins, '' on the last one."""
    object_list: List[SimplifiedObjectInfo] = many('Contents', SimplifiedObjectInfo)
    prefix_list: List[str] = many('CommonPrefixes[]/Prefix', KEY)

    def _loaded(self) -> None:
        self.next_continuation_token = marker(self, 'NextContinuationToken', self.next_continuation_token)


@shape('DeleteMarker')
class DeleteMarkerInfo:
    """A delete marker in a listing of versions."""

    key: str = one('Key', KEY, default='', required=True, init=False)
    versionid: str = one('VersionId', default='', required=True, init=False)
    is_latest: bool = one('IsLatest', BOOL, default=False, init=False)
    last_modified: Optional[int] = one('LastModified', TIME, default='', absent=None, init=False)
    owner: Owner = one('Owner', Owner, factory=nobody, init=False)


@shape('Version')
class ObjectVersionInfo:
    """A version of an object in a listing of versions."""

    key: str = one('Key', KEY, default='', required=True, init=False)
    versionid: str = one('VersionId', default='', required=True, init=False)
    is_latest: bool = one('IsLatest', BOOL, default=False, init=False)
    last_modified: Optional[int] = one('LastModified', TIME, default='', absent=None, init=False)
    owner: Owner = one('Owner', Owner, factory=nobody, init=False)
    type: Optional[str] = one('Type', default='', absent=None, init=False)
    storage_class: Optional[str] = one('StorageClass', default='', absent=None, init=False)
    size: Optional[int] = one('Size', INT, default='', absent=None, init=False)
    etag: Optional[str] = one('ETag', ETAG, default='', absent=None, init=False)
    restore_info: Optional[str] = one('RestoreInfo', default='', absent=None, init=False)


@result('ListVersionsResult')
class ListObjectVersionsResult(RequestResult):
    """A page of the versions and delete markers of a bucket (ListObjectVersions)."""

    delete_marker: List[DeleteMarkerInfo] = many(  # type: ignore[assignment]
        'DeleteMarker', DeleteMarkerInfo)
    is_truncated: bool = one('IsTruncated', BOOL, default=False, required=True)
    key_marker: str = one('KeyMarker', KEY, default='')
    next_key_marker: str = one('NextKeyMarker', KEY, default='', absent=None)
    versionid_marker: str = one('VersionIdMarker', KEY, default='')
    next_versionid_marker: str = one('NextVersionIdMarker', KEY, default='', absent=None)
    name: str = one('Name', default='')
    owner: str = plain(default='')
    prefix: str = one('Prefix', KEY, default='')
    max_keys: Optional[int] = one('MaxKeys', INT, default='', absent=None)
    delimiter: str = one('Delimiter', KEY, default='')
    versions: List[ObjectVersionInfo] = many('Version', ObjectVersionInfo)
    common_prefix: List[str] = many('CommonPrefixes[]/Prefix', KEY)

    def _loaded(self) -> None:
        self.next_key_marker = marker(self, 'NextKeyMarker', self.next_key_marker)
        self.next_versionid_marker = marker(self, 'NextVersionIdMarker', self.next_versionid_marker)


def marker(page: RequestResult, tag: str, found: Optional[str]) -> str:
    """The marker of the page after `page`, '' if that is the last.

    :raises ResponseFormatError: there are more pages and no marker to get at them
    """
    return kept_marker(page, tag, found) if page.is_truncated else ''  # type: ignore[attr-defined]


def kept_marker(page: RequestResult, tag: str, found: Optional[str]) -> str:
    """The marker of the page after `page`, or what the last page says in its place.

    :raises ResponseFormatError: there are more pages and no marker to get at them
    """
    if found is None and page.is_truncated:  # type: ignore[attr-defined]
        raise ResponseFormatError('parse xml: the page is truncated but has no %s' % tag)
    return found or ''
