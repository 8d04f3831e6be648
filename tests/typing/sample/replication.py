"""What `oss2.models` has of replication."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def bucket_replication_progress() -> models.BucketReplicationProgress:
    value = models.BucketReplicationProgress(
        rule_id='rule-id', target_bucket_name='target-bucket-name',
        target_bucket_location='target-bucket-location',
        target_transfer_type='target-transfer-type', prefix_list=['prefix-list'],
        action_list=['action-list'], is_enable_historical_object_replication=True, status='Enabled',
        historical_object_progress=1.5, new_object_progress='new-object-progress')
    assert_type(value.rule_id, Optional[str])
    assert_type(value.target_bucket_name, Optional[str])
    assert_type(value.target_bucket_location, Optional[str])
    assert_type(value.target_transfer_type, Optional[str])
    assert_type(value.prefix_list, List[str])
    assert_type(value.action_list, List[str])
    assert_type(value.is_enable_historical_object_replication, Optional[bool])
    assert_type(value.status, Optional[str])
    assert_type(value.historical_object_progress, float)
    assert_type(value.new_object_progress, Optional[str])
    return value


def get_bucket_replication_location_result(result: models.GetBucketReplicationLocationResult) -> None:
    assert_type(result.location_list, List[str])
    assert_type(result.location_transfer_type_list, List[models.LocationTransferType])


def get_bucket_replication_progress_result(result: models.GetBucketReplicationProgressResult) -> None:
    assert_type(result.progress, Optional[models.BucketReplicationProgress])


def get_bucket_replication_result(result: models.GetBucketReplicationResult) -> None:
    assert_type(result.rule_list, List[models.ReplicationRule])


def location_transfer_type() -> models.LocationTransferType:
    value = models.LocationTransferType()
    assert_type(value.location, Optional[str])
    assert_type(value.transfer_type, Optional[str])
    return value


def replication_rule() -> models.ReplicationRule:
    value = models.ReplicationRule(
        rule_id='rule-id', target_bucket_name='target-bucket-name',
        target_bucket_location='target-bucket-location',
        target_transfer_type='target-transfer-type', prefix_list=['prefix-list'],
        action_list=['action-list'], is_enable_historical_object_replication=True,
        sync_role_name='sync-role-name', replica_kms_keyid='replica-kms-keyid',
        sse_kms_encrypted_objects_status='Enabled', status='Enabled',
        target_cloud='target-cloud', target_cloud_location='target-cloud-location')
    assert_type(value.rule_id, Optional[str])
    assert_type(value.target_bucket_name, Optional[str])
    assert_type(value.target_bucket_location, Optional[str])
    assert_type(value.target_transfer_type, Optional[str])
    assert_type(value.prefix_list, List[str])
    assert_type(value.action_list, List[str])
    assert_type(value.is_enable_historical_object_replication, Optional[bool])
    assert_type(value.sync_role_name, Optional[str])
    assert_type(value.replica_kms_keyid, Optional[str])
    assert_type(value.sse_kms_encrypted_objects_status, Optional[str])
    assert_type(value.status, Optional[str])
    assert_type(value.target_cloud, Optional[str])
    assert_type(value.target_cloud_location, Optional[str])
    return value
