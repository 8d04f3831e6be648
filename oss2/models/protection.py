"""What protects stored objects: encryption by OSS, retention, rules on overwriting, redundancy over zones."""
from __future__ import annotations

from typing import List, Optional

from .._xml import BOOL, INT, TIME, Kind, header, many, one, plain
from ..exceptions import ClientError
from ._base import RequestResult, result, shape

__all__ = [
    'CreateDataRedundancyTransitionResult', 'DataRedundancyTransitionInfo', 'DataRedundancyTransitionInfoResult',
    'DefaultRetention', 'GetBucketObjectWormConfigurationResult', 'GetBucketOverwriteConfigResult',
    'GetBucketWormResult', 'GetObjectLegalHoldResult', 'GetObjectRetentionResult', 'GetServerSideEncryptionResult',
    'InitBucketWormResult', 'LegalHold', 'ListBucketDataRedundancyTransitionResult',
    'ListUserDataRedundancyTransitionResult', 'ObjectRetention', 'ObjectWormConfiguration', 'OverwriteConfiguration',
    'OverwriteRule', 'ServerSideEncryptionRule',
]

# An empty element means the same as none.
_NAME = Kind(str, str)


@shape('ServerSideEncryptionRule')
class ServerSideEncryptionRule:
    """How OSS encrypts what is stored in a bucket (PutBucketEncryption)."""

    sse_algorithm: Optional[str] = one('SSEAlgorithm', default=None, if_none='')
    """One of the ``SERVER_SIDE_ENCRYPTION_*`` constants."""
    kms_master_keyid: Optional[str] = one('KMSMasterKeyID', _NAME, default=None, blank=False)
    """The key of KMS, None for OSS's own."""
    kms_data_encryption: Optional[str] = one('KMSDataEncryption', _NAME, default=None, blank=False)
    """``KMS_DATA_ENCRYPTION_SM4``, only with the algorithm KMS."""


@shape('ServerSideEncryptionRule')
class EncryptionToSet:
    """The document that sets how a bucket is encrypted."""

    rule: ServerSideEncryptionRule = one('ApplyServerSideEncryptionByDefault', ServerSideEncryptionRule)


@result('ServerSideEncryptionRule')
class GetServerSideEncryptionResult(RequestResult, ServerSideEncryptionRule):
    """How OSS encrypts what is stored in a bucket (GetBucketEncryption)."""

    sse_algorithm: Optional[str] = one('ApplyServerSideEncryptionByDefault/SSEAlgorithm', default=None)
    kms_master_keyid: Optional[str] = one('ApplyServerSideEncryptionByDefault/KMSMasterKeyID', _NAME, default=None)
    kms_data_encryption: Optional[str] = one(
        'ApplyServerSideEncryptionByDefault/KMSDataEncryption', _NAME, default=None)


@result()
class InitBucketWormResult(RequestResult):
    """A retention lock that was begun (InitiateBucketWorm)."""

    worm_id: Optional[str] = header('x-oss-worm-id')


@shape('InitiateWormConfiguration')
class WormToInitiate:
    """The document that begins a retention lock."""

    days: Optional[int] = one('RetentionPeriodInDays', INT)


@shape('ExtendWormConfiguration')
class WormToExtend:
    """The document that makes a retention lock longer."""

    days: Optional[int] = one('RetentionPeriodInDays', INT)


@result('WormConfiguration')
class GetBucketWormResult(RequestResult):
    """The retention lock of a bucket (GetBucketWorm)."""

    worm_id: Optional[str] = one('WormId', default=None)
    worm_state: Optional[str] = plain(default=None)
    """``InProgress`` or ``Locked``."""
    retention_period_days: Optional[int] = one('RetentionPeriodInDays', INT, default=None)
    creation_date: Optional[str] = one('CreationDate', default=None)
    """As OSS sends it."""
    state: Optional[str] = one('State', default=None)
    """The same as ``worm_state``."""

    def _loaded(self) -> None:
        self.worm_state = self.state


@shape('BucketDataRedundancyTransition')
class _Transition:
    bucket: Optional[str] = one('Bucket', default=None)
    task_id: Optional[str] = one('TaskId', default=None)
    create_time: Optional[str] = one('CreateTime', default=None)
    start_time: Optional[str] = one('StartTime', default=None)
    end_time: Optional[str] = one('EndTime', default=None)
    transition_status: Optional[str] = one('Status', default=None)
    """``Queueing``, ``Processing`` or ``Finished``."""
    estimated_remaining_time: Optional[int] = one('EstimatedRemainingTime', INT, default=None)
    """Hours."""
    process_percentage: Optional[int] = one('ProcessPercentage', INT, default=None)


@shape('BucketDataRedundancyTransition')
class DataRedundancyTransitionInfo(RequestResult, _Transition):
    """A change of a bucket's redundancy; times as OSS sends them."""


@result('BucketDataRedundancyTransition')
class CreateDataRedundancyTransitionResult(RequestResult):
    """A change of a bucket's redundancy that was begun (CreateBucketDataRedundancyTransition)."""

    task_id: Optional[str] = one('TaskId', default=None)


@result('BucketDataRedundancyTransition')
class DataRedundancyTransitionInfoResult(RequestResult, _Transition):
    """A change of a bucket's redundancy (GetBucketDataRedundancyTransition); times as OSS sends them."""


@result('ListBucketDataRedundancyTransition')
class ListBucketDataRedundancyTransitionResult(RequestResult):
    """The changes of a bucket's redundancy (ListBucketDataRedundancyTransition)."""

    data_redundancy_transitions: List[DataRedundancyTransitionInfo] = many(
        'BucketDataRedundancyTransition', DataRedundancyTransitionInfo)


@result('ListBucketDataRedundancyTransition')
class ListUserDataRedundancyTransitionResult(RequestResult):
    """A page of the changes of redundancy of the account's buckets (ListUserDataRedundancyTransition)."""

    is_truncated: Optional[bool] = one('IsTruncated', BOOL, default=None)
    next_continuation_token: Optional[str] = one('NextContinuationToken', default=None)
    data_redundancy_transitions: List[DataRedundancyTransitionInfo] = many(
        'BucketDataRedundancyTransition', DataRedundancyTransitionInfo)


@shape('Rule')
class OverwriteRule:
    """Objects that may not be overwritten; all of the bucket without a prefix and a suffix."""

    id: Optional[str] = one('ID', default=None)
    """Chosen by OSS if None."""
    action: str = one('Action', default='forbid')
    prefix: Optional[str] = one('Prefix', default=None)
    suffix: Optional[str] = one('Suffix', default=None)
    principals: List[str] = many('Principals/Principal', factory=list)
    """Ids of those who may not overwrite them, everybody if empty."""


@shape('OverwriteConfiguration')
class OverwriteConfiguration:
    """Which objects may not be overwritten, at most 100 rules (PutBucketOverwriteConfig)."""

    rules: List[OverwriteRule] = many('Rule', OverwriteRule, factory=list)


@result('OverwriteConfiguration')
class GetBucketOverwriteConfigResult(RequestResult, OverwriteConfiguration):
    """Which objects may not be overwritten (GetBucketOverwriteConfig)."""


@shape('Retention')
class ObjectRetention:
    """Until when an object can be neither deleted nor overwritten (PutObjectRetention)."""

    mode: Optional[str] = one('Mode')
    """``COMPLIANCE``: for everybody; ``GOVERNANCE``: for all but those with a permission of its own."""
    retain_until_date: Optional[int] = one('RetainUntilDate', TIME)
    """Unix seconds."""


@result('Retention')
class GetObjectRetentionResult(RequestResult, ObjectRetention):
    """Until when an object can be neither deleted nor overwritten (GetObjectRetention)."""

    mode: Optional[str] = one('Mode', _NAME, default=None)
    """None, as the date, if nothing is set."""
    retain_until_date: Optional[int] = one('RetainUntilDate', TIME, default=None)


@shape('LegalHold')
class LegalHold:
    """Whether an object is held (PutObjectLegalHold)."""

    status: str = one('Status', required=True)
    """``ON`` or ``OFF``."""


@result('LegalHold')
class GetObjectLegalHoldResult(RequestResult):
    """Whether an object is held (GetObjectLegalHold)."""

    legal_hold_status: Optional[str] = one('Status', default=None)
    """``ON`` or ``OFF``."""


@shape('DefaultRetention')
class DefaultRetention:
    """How long objects are retained that say nothing else.

    :raises ClientError: there is no mode, or both days and years are given, or neither
    """

    mode: Optional[str] = one('Mode')
    """``COMPLIANCE`` or ``GOVERNANCE``."""
    days: Optional[int] = one('Days', INT, default=None)
    years: Optional[int] = one('Years', INT, default=None)

    def __post_init__(self) -> None:
        if not self.mode:
            raise ClientError('mode should be COMPLIANCE or GOVERNANCE, not %r' % (self.mode,))
        if (self.days is None) == (self.years is None):
            raise ClientError('choose one of days and years: days is %r, years %r' % (self.days, self.years))


@shape('ObjectWormConfiguration')
class ObjectWormConfiguration:
    """Whether single objects can be retained (PutBucketObjectWormConfiguration)."""

    object_worm_enabled: Optional[str] = one('ObjectWormEnabled', default='Enabled', absent=None)
    """``Enabled``: there is no other value."""
    default_retention: Optional[DefaultRetention] = one('Rule/DefaultRetention', DefaultRetention, default=None)


@result('ObjectWormConfiguration')
class GetBucketObjectWormConfigurationResult(RequestResult, ObjectWormConfiguration):
    """Whether single objects can be retained (GetBucketObjectWormConfiguration)."""

    object_worm_enabled: Optional[str] = one('ObjectWormEnabled', default=None)
