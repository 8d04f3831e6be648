"""Queries over the metadata of a bucket's objects."""
from __future__ import annotations

from typing import List, Optional

from .._xml import FLOAT, INT, many, one
from ._base import RequestResult, result, shape

__all__ = [
    'AggregationGroupInfo', 'AggregationsInfo', 'AggregationsRequest', 'DoBucketMetaQueryResult',
    'GetBucketMetaQueryResult', 'MetaQuery', 'MetaQueryFile', 'OSSTaggingInfo', 'OSSUserMetaInfo',
]


@shape('Aggregation')
class AggregationsRequest:
    """Something to compute over the objects found."""

    field: Optional[str] = one('Field', default=None)
    operation: Optional[str] = one('Operation', default=None)
    """``min``, ``max``, ``average``, ``sum``, ``count``, ``distinct`` or ``group``."""


@shape('MetaQuery')
class MetaQuery:
    """What to look for (DoMetaQuery)."""

    next_token: Optional[str] = one('NextToken', default=None)
    """That of the previous page."""
    max_results: Optional[int] = one('MaxResults', INT, default=None)
    query: Optional[str] = one('Query', default=None, if_none='')
    """JSON."""
    sort: Optional[str] = one('Sort', default=None)
    """The field to sort by."""
    order: Optional[str] = one('Order', default=None)
    """``asc`` or ``desc``."""
    aggregations: List[AggregationsRequest] = many('Aggregations/Aggregation', AggregationsRequest, factory=list)


@result('MetaQuery')
class GetBucketMetaQueryResult(RequestResult):
    """The state of a bucket's index (GetMetaQueryStatus); times as OSS sends them."""

    state: Optional[str] = one('State', default=None)
    phase: Optional[str] = one('Phase', default=None)
    create_time: Optional[str] = one('CreateTime', default=None)
    update_time: Optional[str] = one('UpdateTime', default=None)


@shape('Tagging')
class OSSTaggingInfo:
    """A tag of an object found."""

    key: Optional[str] = one('Key')
    value: Optional[str] = one('Value')


@shape('UserMeta')
class OSSUserMetaInfo:
    """Metadata of the user of an object found."""

    key: Optional[str] = one('Key')
    value: Optional[str] = one('Value')


@shape('File')
class MetaQueryFile:
    """An object found; times as OSS sends them."""

    file_name: Optional[str] = one('Filename', default=None, init=False)
    size: Optional[int] = one('Size', INT, default=None, absent=0, init=False)
    file_modified_time: Optional[str] = one('FileModifiedTime', default=None, init=False)
    file_create_time: Optional[str] = one('FileCreateTime', default=None, init=False)
    file_access_time: Optional[str] = one('FileAccessTime', default=None, init=False)
    oss_object_type: Optional[str] = one('OSSObjectType', default=None, init=False)
    oss_storage_class: Optional[str] = one('OSSStorageClass', default=None, init=False)
    object_acl: Optional[str] = one('ObjectACL', default=None, init=False)
    etag: Optional[str] = one('ETag', default=None, init=False)
    """As OSS sends it, with quotes."""
    oss_crc64: Optional[str] = one('OSSCRC64', default=None, init=False)
    oss_tagging_count: Optional[int] = one('OSSTaggingCount', INT, default=None, absent=0, init=False)
    oss_tagging: List[OSSTaggingInfo] = many('OSSTagging/Tagging', OSSTaggingInfo, factory=list, init=False)
    oss_user_meta: List[OSSUserMetaInfo] = many('OSSUserMeta/UserMeta', OSSUserMetaInfo, factory=list, init=False)


@shape('Group')
class AggregationGroupInfo:
    """How many objects have a value."""

    value: Optional[str] = one('Value')
    count: int = one('Count', INT, absent=0)


@shape('Aggregation')
class AggregationsInfo:
    """Something computed over the objects found."""

    field: Optional[str] = one('Field', default=None, init=False)
    operation: Optional[str] = one('Operation', default=None, init=False)
    value: Optional[float] = one('Value', FLOAT, default=None, absent=0.0, init=False)
    groups: List[AggregationGroupInfo] = many('Groups/Group', AggregationGroupInfo, factory=list, init=False)


@result('MetaQuery')
class DoBucketMetaQueryResult(RequestResult):
    """The objects found (DoMetaQuery)."""

    next_token: Optional[str] = one('NextToken', default=None)
    """For the next page, '' on the last one."""
    files: List[MetaQueryFile] = many('Files/File', MetaQueryFile)
    aggregations: List[AggregationsInfo] = many('Aggregations/Aggregation', AggregationsInfo)
