"""Replication of buckets to others."""
from __future__ import annotations

from typing import List, Optional, Union

from .._xml import FLOAT, Kind, many, one
from ..exceptions import ClientError
from ._base import RequestResult, result, shape

__all__ = [
    'BucketReplicationProgress', 'GetBucketReplicationLocationResult', 'GetBucketReplicationProgressResult',
    'GetBucketReplicationResult', 'LocationTransferType', 'ReplicationRule', 'RtcConfiguration',
]


def _split(text: str) -> List[str]:
    return text.split(',')


def _join(actions: Union[List[str], str]) -> str:
    return actions if isinstance(actions, str) else ','.join(actions)


_ACTIONS = Kind(_split, _join, text=True)
_HISTORY = Kind(lambda text: text == 'enabled', lambda value: 'disabled' if value is False else 'enabled', text=True)


@shape('Rule', sequence=(
    'rule_id', 'target_bucket_name', 'target_bucket_location', 'target_transfer_type',
    'is_enable_historical_object_replication', 'prefix_list', 'action_list', 'sync_role_name', 'replica_kms_keyid',
    'sse_kms_encrypted_objects_status'))
class ReplicationRule:
    """A rule that replicates a bucket (PutBucketReplication).

    :raises ClientError: `is_enable_historical_object_replication` is no bool, or `sse_kms_encrypted_objects_status`
        is neither ``Enabled`` nor ``Disabled``
    """

    ALL = 'ALL'
    PUT = 'PUT'
    DELETE = 'DELETE'
    ABORT = 'ABORT'
    ENABLED = 'Enabled'
    DISABLED = 'Disabled'
    STARTING = 'starting'
    DOING = 'doing'
    CLOSING = 'closing'

    rule_id: Optional[str] = one('ID', default=None, blank=False)
    """Chosen by OSS if None."""
    target_bucket_name: Optional[str] = one('Destination/Bucket', default=None, if_none='')
    target_bucket_location: Optional[str] = one('Destination/Location', default=None, if_none='')
    target_transfer_type: Optional[str] = one('Destination/TransferType', default=None, blank=False)
    """``internal`` or ``oss_acc``."""
    prefix_list: List[str] = many('PrefixSet/Prefix', factory=list)
    """What is replicated, all if empty."""
    action_list: List[str] = one('Action', _ACTIONS, factory=list, blank=False)
    """``ALL``, or some of the other actions above."""
    is_enable_historical_object_replication: Optional[bool] = one(
        'HistoricalObjectReplication', _HISTORY, default=None, if_none='enabled')
    """Whether what the bucket already holds is replicated; None means yes."""
    sync_role_name: Optional[str] = one('SyncRole', default=None, blank=False)
    replica_kms_keyid: Optional[str] = one('EncryptionConfiguration/ReplicaKmsKeyID', default=None, blank=False)
    sse_kms_encrypted_objects_status: Optional[str] = one(
        'SourceSelectionCriteria/SseKmsEncryptedObjects/Status', default=None)
    status: Optional[str] = one('Status', default=None, sent=False)
    """``starting``, ``doing`` or ``closing``; set by OSS."""
    target_cloud: Optional[str] = one('Destination/Cloud', default=None, sent=False)
    target_cloud_location: Optional[str] = one('Destination/CloudLocation', default=None, sent=False)

    def __post_init__(self) -> None:
        history = self.is_enable_historical_object_replication
        if history is not None and not isinstance(history, bool):
            raise ClientError('is_enable_historical_object_replication should be a bool, not %r' % (history,))
        status = self.sse_kms_encrypted_objects_status
        if status is not None and status not in (self.ENABLED, self.DISABLED):
            raise ClientError('sse_kms_encrypted_objects_status should be Enabled or Disabled, not %r' % (status,))


@shape('ReplicationConfiguration')
class RuleToReplicate:
    """The document that adds a rule."""

    rule: ReplicationRule = one('Rule', ReplicationRule)


@shape('ReplicationRules')
class RuleToDelete:
    """The document that deletes a rule."""

    rule_id: str = one('ID', if_none='')


@result('ReplicationConfiguration')
class GetBucketReplicationResult(RequestResult):
    """The rules that replicate a bucket (GetBucketReplication)."""

    rule_list: List[ReplicationRule] = many('Rule', ReplicationRule)


@shape('LocationTransferType')
class LocationTransferType:
    """A region to replicate to, and how."""

    location: Optional[str] = one('Location', default=None, init=False)
    transfer_type: Optional[str] = one('TransferTypes/Type', default=None, init=False)


@result('ReplicationLocation')
class GetBucketReplicationLocationResult(RequestResult):
    """The regions that a bucket can be replicated to (GetBucketReplicationLocation)."""

    location_list: List[str] = many('Location')
    location_transfer_type_list: List[LocationTransferType] = many(
        'LocationTransferTypeConstraint/LocationTransferType', LocationTransferType)


@shape('Rule')
class BucketReplicationProgress:
    """How far a replication is."""

    rule_id: Optional[str] = one('ID', default=None)
    target_bucket_name: Optional[str] = one('Destination/Bucket', default=None)
    target_bucket_location: Optional[str] = one('Destination/Location', default=None)
    target_transfer_type: Optional[str] = one('Destination/TransferType', default=None)
    prefix_list: List[str] = many('PrefixSet/Prefix', factory=list)
    action_list: List[str] = one('Action', _ACTIONS, factory=list)
    is_enable_historical_object_replication: Optional[bool] = one(
        'HistoricalObjectReplication', _HISTORY, default=None)
    status: Optional[str] = one('Status', default=None)
    historical_object_progress: float = one('Progress/HistoricalObject', FLOAT, factory=int)
    """From 0 to 1."""
    new_object_progress: Optional[str] = one('Progress/NewObject', default=None)
    """What was stored before this time is replicated; as OSS sends it."""


@result('ReplicationProgress')
class GetBucketReplicationProgressResult(RequestResult):
    """How far a replication is (GetBucketReplicationProgress)."""

    progress: Optional[BucketReplicationProgress] = one('Rule', BucketReplicationProgress, default=None)


@shape('RtcConfiguration')
class RtcConfiguration:
    """Whether a rule replicates within minutes (PutBucketRTC)."""

    status: str = one('RTC/Status')
    """``enabled`` or ``disabled``."""
    rule_id: str = one('ID', required=True)
