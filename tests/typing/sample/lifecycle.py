"""What `oss2.models` has of lifecycle."""
from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, List, Optional

from oss2 import models

from .tagging import tagging

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def abort_multipart_upload() -> models.AbortMultipartUpload:
    value = models.AbortMultipartUpload(days=1)
    models.AbortMultipartUpload(created_before_date=datetime.date(2015, 12, 5))
    assert_type(value.days, Optional[int])
    assert_type(value.created_before_date, Optional[datetime.date])
    return value


def bucket_lifecycle() -> models.BucketLifecycle:
    value = models.BucketLifecycle(rules=[lifecycle_rule()])
    assert_type(value.rules, List[models.LifecycleRule])
    return value


def filter_not() -> models.FilterNot:
    value = models.FilterNot(prefix='prefix', tag=filter_not_tag())
    assert_type(value.prefix, Optional[str])
    assert_type(value.tag, Optional[models.FilterNotTag])
    return value


def filter_not_tag() -> models.FilterNotTag:
    value = models.FilterNotTag(key='key', value='value')
    assert_type(value.key, Optional[str])
    assert_type(value.value, Optional[str])
    return value


def get_bucket_lifecycle_result(result: models.GetBucketLifecycleResult) -> None:
    assert_type(result.rules, List[models.LifecycleRule])


def lifecycle_expiration() -> models.LifecycleExpiration:
    value = models.LifecycleExpiration(days=1)
    models.LifecycleExpiration(date=datetime.date(2015, 12, 5))
    models.LifecycleExpiration(created_before_date=datetime.date(2015, 12, 5))
    models.LifecycleExpiration(expired_detete_marker=True)
    assert_type(value.days, Optional[int])
    assert_type(value.date, Optional[datetime.date])
    assert_type(value.created_before_date, Optional[datetime.date])
    assert_type(value.expired_detete_marker, Optional[bool])
    return value


def lifecycle_filter() -> models.LifecycleFilter:
    value = models.LifecycleFilter(filter_not=[filter_not()], object_size_greater_than=1, object_size_less_than=1)
    assert_type(value.filter_not, List[models.FilterNot])
    assert_type(value.object_size_greater_than, Optional[int])
    assert_type(value.object_size_less_than, Optional[int])
    return value


def lifecycle_rule() -> models.LifecycleRule:
    value = models.LifecycleRule(
        'id', 'prefix', status='Enabled', expiration=lifecycle_expiration(),
        abort_multipart_upload=abort_multipart_upload(), storage_transitions=[storage_transition()],
        tagging=tagging(), noncurrent_version_expiration=noncurrent_version_expiration(),
        noncurrent_version_sotrage_transitions=[noncurrent_version_storage_transition()],
        atime_base=1, filter=lifecycle_filter())
    assert_type(value.id, str)
    assert_type(value.prefix, str)
    assert_type(value.status, str)
    assert_type(value.expiration, Optional[models.LifecycleExpiration])
    assert_type(value.abort_multipart_upload, Optional[models.AbortMultipartUpload])
    assert_type(value.storage_transitions, Optional[List[models.StorageTransition]])
    assert_type(value.tagging, Optional[models.Tagging])
    assert_type(value.noncurrent_version_expiration, Optional[models.NoncurrentVersionExpiration])
    assert_type(value.noncurrent_version_sotrage_transitions, Optional[List[models.NoncurrentVersionStorageTransition]])
    assert_type(value.atime_base, Optional[int])
    assert_type(value.filter, Optional[models.LifecycleFilter])
    return value


def noncurrent_version_expiration() -> models.NoncurrentVersionExpiration:
    value = models.NoncurrentVersionExpiration(1)
    assert_type(value.noncurrent_days, Optional[int])
    return value


def noncurrent_version_storage_transition() -> models.NoncurrentVersionStorageTransition:
    value = models.NoncurrentVersionStorageTransition(
        1, 'Standard', is_access_time=True, return_to_std_when_visit=True, allow_small_file=True)
    assert_type(value.noncurrent_days, Optional[int])
    assert_type(value.storage_class, Optional[str])
    assert_type(value.is_access_time, Optional[bool])
    assert_type(value.return_to_std_when_visit, Optional[bool])
    assert_type(value.allow_small_file, Optional[bool])
    return value


def storage_transition() -> models.StorageTransition:
    value = models.StorageTransition(
        days=30, storage_class='IA', is_access_time=True, return_to_std_when_visit=True, allow_small_file=True)
    models.StorageTransition(created_before_date=datetime.date(2015, 12, 5), storage_class='Archive')
    assert_type(value.days, Optional[int])
    assert_type(value.created_before_date, Optional[datetime.date])
    assert_type(value.storage_class, Optional[str])
    assert_type(value.is_access_time, Optional[bool])
    assert_type(value.return_to_std_when_visit, Optional[bool])
    assert_type(value.allow_small_file, Optional[bool])
    return value
