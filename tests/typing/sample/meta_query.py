"""What `oss2.models` has of meta query."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def aggregation_group_info() -> models.AggregationGroupInfo:
    value = models.AggregationGroupInfo('value', 1)
    assert_type(value.value, Optional[str])
    assert_type(value.count, int)
    return value


def aggregations_info() -> models.AggregationsInfo:
    value = models.AggregationsInfo()
    assert_type(value.field, Optional[str])
    assert_type(value.operation, Optional[str])
    assert_type(value.value, Optional[float])
    assert_type(value.groups, List[models.AggregationGroupInfo])
    return value


def aggregations_request() -> models.AggregationsRequest:
    value = models.AggregationsRequest(field='field', operation='operation')
    assert_type(value.field, Optional[str])
    assert_type(value.operation, Optional[str])
    return value


def do_bucket_meta_query_result(result: models.DoBucketMetaQueryResult) -> None:
    assert_type(result.next_token, Optional[str])
    assert_type(result.files, List[models.MetaQueryFile])
    assert_type(result.aggregations, List[models.AggregationsInfo])


def get_bucket_meta_query_result(result: models.GetBucketMetaQueryResult) -> None:
    assert_type(result.state, Optional[str])
    assert_type(result.phase, Optional[str])
    assert_type(result.create_time, Optional[str])
    assert_type(result.update_time, Optional[str])


def meta_query() -> models.MetaQuery:
    value = models.MetaQuery(
        next_token='next-token', max_results=1, query='query', sort='sort', order='order',
        aggregations=[aggregations_request()])
    assert_type(value.next_token, Optional[str])
    assert_type(value.max_results, Optional[int])
    assert_type(value.query, Optional[str])
    assert_type(value.sort, Optional[str])
    assert_type(value.order, Optional[str])
    assert_type(value.aggregations, List[models.AggregationsRequest])
    return value


def meta_query_file() -> models.MetaQueryFile:
    value = models.MetaQueryFile()
    assert_type(value.file_name, Optional[str])
    assert_type(value.size, Optional[int])
    assert_type(value.file_modified_time, Optional[str])
    assert_type(value.file_create_time, Optional[str])
    assert_type(value.file_access_time, Optional[str])
    assert_type(value.oss_object_type, Optional[str])
    assert_type(value.oss_storage_class, Optional[str])
    assert_type(value.object_acl, Optional[str])
    assert_type(value.etag, Optional[str])
    assert_type(value.oss_crc64, Optional[str])
    assert_type(value.oss_tagging_count, Optional[int])
    assert_type(value.oss_tagging, List[models.OSSTaggingInfo])
    assert_type(value.oss_user_meta, List[models.OSSUserMetaInfo])
    return value


def oss_tagging_info() -> models.OSSTaggingInfo:
    value = models.OSSTaggingInfo('key', 'value')
    assert_type(value.key, Optional[str])
    assert_type(value.value, Optional[str])
    return value


def oss_user_meta_info() -> models.OSSUserMetaInfo:
    value = models.OSSUserMetaInfo('key', 'value')
    assert_type(value.key, Optional[str])
    assert_type(value.value, Optional[str])
    return value
