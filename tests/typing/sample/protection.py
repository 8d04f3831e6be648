"""What `oss2.models` has of protection."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def create_data_redundancy_transition_result(result: models.CreateDataRedundancyTransitionResult) -> None:
    assert_type(result.task_id, Optional[str])


def data_redundancy_transition_info() -> models.DataRedundancyTransitionInfo:
    value = models.DataRedundancyTransitionInfo(
        bucket='bucket', task_id='task-id', create_time='create-time', start_time='start-time',
        end_time='end-time', transition_status='transition-status', estimated_remaining_time=1,
        process_percentage=1)
    assert_type(value.bucket, Optional[str])
    assert_type(value.task_id, Optional[str])
    assert_type(value.create_time, Optional[str])
    assert_type(value.start_time, Optional[str])
    assert_type(value.end_time, Optional[str])
    assert_type(value.transition_status, Optional[str])
    assert_type(value.estimated_remaining_time, Optional[int])
    assert_type(value.process_percentage, Optional[int])
    return value


def data_redundancy_transition_info_result(result: models.DataRedundancyTransitionInfoResult) -> None:
    assert_type(result.bucket, Optional[str])
    assert_type(result.task_id, Optional[str])
    assert_type(result.create_time, Optional[str])
    assert_type(result.start_time, Optional[str])
    assert_type(result.end_time, Optional[str])
    assert_type(result.transition_status, Optional[str])
    assert_type(result.estimated_remaining_time, Optional[int])
    assert_type(result.process_percentage, Optional[int])


def get_bucket_worm_result(result: models.GetBucketWormResult) -> None:
    assert_type(result.worm_id, Optional[str])
    assert_type(result.worm_state, Optional[str])
    assert_type(result.retention_period_days, Optional[int])
    assert_type(result.creation_date, Optional[str])
    assert_type(result.state, Optional[str])


def get_server_side_encryption_result(result: models.GetServerSideEncryptionResult) -> None:
    assert_type(result.sse_algorithm, Optional[str])
    assert_type(result.kms_master_keyid, Optional[str])
    assert_type(result.kms_data_encryption, Optional[str])


def init_bucket_worm_result(result: models.InitBucketWormResult) -> None:
    assert_type(result.worm_id, Optional[str])


def list_bucket_data_redundancy_transition_result(result: models.ListBucketDataRedundancyTransitionResult) -> None:
    assert_type(result.data_redundancy_transitions, List[models.DataRedundancyTransitionInfo])


def list_user_data_redundancy_transition_result(result: models.ListUserDataRedundancyTransitionResult) -> None:
    assert_type(result.is_truncated, Optional[bool])
    assert_type(result.next_continuation_token, Optional[str])
    assert_type(result.data_redundancy_transitions, List[models.DataRedundancyTransitionInfo])


def server_side_encryption_rule() -> models.ServerSideEncryptionRule:
    value = models.ServerSideEncryptionRule(
        sse_algorithm='sse-algorithm', kms_master_keyid='kms-master-keyid',
        kms_data_encryption='kms-data-encryption')
    assert_type(value.sse_algorithm, Optional[str])
    assert_type(value.kms_master_keyid, Optional[str])
    assert_type(value.kms_data_encryption, Optional[str])
    return value
