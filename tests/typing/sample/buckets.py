"""What `oss2.models` has of buckets."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

from .listing import owner
from .protection import server_side_encryption_rule

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def bucket_create_config() -> models.BucketCreateConfig:
    value = models.BucketCreateConfig('Standard', data_redundancy_type='data-redundancy-type')
    assert_type(value.storage_class, str)
    assert_type(value.data_redundancy_type, Optional[str])
    return value


def simplified_bucket_info() -> models.SimplifiedBucketInfo:
    value = models.SimplifiedBucketInfo(
        'name', 'location', 1, 'extranet-endpoint', 'intranet-endpoint', 'Standard',
        region='region', resource_group_id='resource-group-id')
    assert_type(value.name, str)
    assert_type(value.location, Optional[str])
    assert_type(value.creation_date, Optional[int])
    assert_type(value.extranet_endpoint, Optional[str])
    assert_type(value.intranet_endpoint, Optional[str])
    assert_type(value.storage_class, Optional[str])
    assert_type(value.region, Optional[str])
    assert_type(value.resource_group_id, Optional[str])
    return value


def list_buckets_result(result: models.ListBucketsResult) -> None:
    assert_type(result.is_truncated, bool)
    assert_type(result.next_marker, str)
    assert_type(result.buckets, List[models.SimplifiedBucketInfo])
    assert_type(result.owner, models.Owner)


def access_control_list() -> models.AccessControlList:
    value = models.AccessControlList('grant')
    assert_type(value.grant, Optional[str])
    return value


def bucket_info() -> models.BucketInfo:
    value = models.BucketInfo(
        name='name', owner=owner(), location='location', storage_class='Standard',
        intranet_endpoint='intranet-endpoint', extranet_endpoint='extranet-endpoint',
        creation_date='creation-date', acl=access_control_list(),
        data_redundancy_type='data-redundancy-type', comment='comment',
        bucket_encryption_rule=server_side_encryption_rule(), versioning_status='versioning-status',
        access_monitor='access-monitor', transfer_acceleration='transfer-acceleration',
        cross_region_replication='cross-region-replication', resource_group_id='resource-group-id')
    assert_type(value.name, Optional[str])
    assert_type(value.owner, Optional[models.Owner])
    assert_type(value.location, Optional[str])
    assert_type(value.storage_class, Optional[str])
    assert_type(value.intranet_endpoint, Optional[str])
    assert_type(value.extranet_endpoint, Optional[str])
    assert_type(value.creation_date, Optional[str])
    assert_type(value.acl, Optional[models.AccessControlList])
    assert_type(value.data_redundancy_type, Optional[str])
    assert_type(value.comment, Optional[str])
    assert_type(value.bucket_encryption_rule, Optional[models.ServerSideEncryptionRule])
    assert_type(value.versioning_status, Optional[str])
    assert_type(value.access_monitor, Optional[str])
    assert_type(value.transfer_acceleration, Optional[str])
    assert_type(value.cross_region_replication, Optional[str])
    assert_type(value.resource_group_id, Optional[str])
    return value


def get_bucket_info_result(result: models.GetBucketInfoResult) -> None:
    assert_type(result.name, Optional[str])
    assert_type(result.owner, Optional[models.Owner])
    assert_type(result.location, Optional[str])
    assert_type(result.storage_class, Optional[str])
    assert_type(result.intranet_endpoint, Optional[str])
    assert_type(result.extranet_endpoint, Optional[str])
    assert_type(result.creation_date, Optional[str])
    assert_type(result.acl, Optional[models.AccessControlList])
    assert_type(result.data_redundancy_type, Optional[str])
    assert_type(result.comment, Optional[str])
    assert_type(result.bucket_encryption_rule, Optional[models.ServerSideEncryptionRule])
    assert_type(result.versioning_status, Optional[str])
    assert_type(result.access_monitor, Optional[str])
    assert_type(result.transfer_acceleration, Optional[str])
    assert_type(result.cross_region_replication, Optional[str])
    assert_type(result.resource_group_id, Optional[str])


def bucket_stat() -> models.BucketStat:
    value = models.BucketStat(
        1, 1, 1, live_channel_count=1, last_modified_time=1, standard_storage=1,
        standard_object_count=1, infrequent_access_storage=1, infrequent_access_real_storage=1,
        infrequent_access_object_count=1, archive_storage=1, archive_real_storage=1,
        archive_object_count=1, cold_archive_storage=1, cold_archive_real_storage=1,
        cold_archive_object_count=1, multipart_part_count=1, delete_marker_count=1,
        deep_cold_archive_storage=1, deep_cold_archive_real_storage=1,
        deep_cold_archive_object_count=1)
    assert_type(value.storage_size_in_bytes, Optional[int])
    assert_type(value.object_count, Optional[int])
    assert_type(value.multi_part_upload_count, Optional[int])
    assert_type(value.live_channel_count, Optional[int])
    assert_type(value.last_modified_time, Optional[int])
    assert_type(value.standard_storage, Optional[int])
    assert_type(value.standard_object_count, Optional[int])
    assert_type(value.infrequent_access_storage, Optional[int])
    assert_type(value.infrequent_access_real_storage, Optional[int])
    assert_type(value.infrequent_access_object_count, Optional[int])
    assert_type(value.archive_storage, Optional[int])
    assert_type(value.archive_real_storage, Optional[int])
    assert_type(value.archive_object_count, Optional[int])
    assert_type(value.cold_archive_storage, Optional[int])
    assert_type(value.cold_archive_real_storage, Optional[int])
    assert_type(value.cold_archive_object_count, Optional[int])
    assert_type(value.multipart_part_count, Optional[int])
    assert_type(value.delete_marker_count, Optional[int])
    assert_type(value.deep_cold_archive_storage, Optional[int])
    assert_type(value.deep_cold_archive_real_storage, Optional[int])
    assert_type(value.deep_cold_archive_object_count, Optional[int])
    return value


def get_bucket_stat_result(result: models.GetBucketStatResult) -> None:
    assert_type(result.storage_size_in_bytes, Optional[int])
    assert_type(result.object_count, Optional[int])
    assert_type(result.multi_part_upload_count, Optional[int])
    assert_type(result.live_channel_count, Optional[int])
    assert_type(result.last_modified_time, Optional[int])
    assert_type(result.standard_storage, Optional[int])
    assert_type(result.standard_object_count, Optional[int])
    assert_type(result.infrequent_access_storage, Optional[int])
    assert_type(result.infrequent_access_real_storage, Optional[int])
    assert_type(result.infrequent_access_object_count, Optional[int])
    assert_type(result.archive_storage, Optional[int])
    assert_type(result.archive_real_storage, Optional[int])
    assert_type(result.archive_object_count, Optional[int])
    assert_type(result.cold_archive_storage, Optional[int])
    assert_type(result.cold_archive_real_storage, Optional[int])
    assert_type(result.cold_archive_object_count, Optional[int])
    assert_type(result.multipart_part_count, Optional[int])
    assert_type(result.delete_marker_count, Optional[int])
    assert_type(result.deep_cold_archive_storage, Optional[int])
    assert_type(result.deep_cold_archive_real_storage, Optional[int])
    assert_type(result.deep_cold_archive_object_count, Optional[int])


def get_bucket_location_result(result: models.GetBucketLocationResult) -> None:
    assert_type(result.location, Optional[str])


def get_bucket_acl_result(result: models.GetBucketAclResult) -> None:
    assert_type(result.acl, str)


def bucket_versioning_config() -> models.BucketVersioningConfig:
    value = models.BucketVersioningConfig(status='Enabled')
    assert_type(value.status, Optional[str])
    return value


def get_bucket_versioning_result(result: models.GetBucketVersioningResult) -> None:
    assert_type(result.status, Optional[str])
