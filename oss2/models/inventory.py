"""Inventories: lists of a bucket's objects that OSS writes regularly."""
from __future__ import annotations

from typing import List, Optional, Union

from .._xml import BOOL, INT, WORD, YES, Kind, many, one
from ..exceptions import ClientError
from ._base import RequestResult, result, shape

__all__ = [
    'GetInventoryConfigurationResult', 'IncrementalInventory', 'InventoryBucketDestination', 'InventoryConfiguration',
    'InventoryDestination', 'InventoryFilter', 'InventorySchedule', 'InventoryServerSideEncryptionKMS',
    'InventoryServerSideEncryptionOSS', 'ListInventoryConfigurationsResult',
]

_ARN = 'acs:oss:::'


def _bucket_of_arn(text: str) -> Optional[str]:
    return text[len(_ARN):] if text.startswith(_ARN) else None


_BUCKET = Kind(_bucket_of_arn, lambda bucket: _ARN + str(bucket), text=True)


@shape('Filter')
class InventoryFilter:
    """Which objects an inventory lists."""

    prefix: Optional[str] = one('Prefix', default=None)
    last_modify_begin_time_stamp: Union[int, str, None] = one('LastModifyBeginTimeStamp', WORD, default=None)
    """Unix seconds; text in an answer, as the other numbers here."""
    last_modify_end_time_stamp: Union[int, str, None] = one('LastModifyEndTimeStamp', WORD, default=None)
    lower_size_bound: Union[int, str, None] = one('LowerSizeBound', WORD, default=None)
    """Bytes."""
    upper_size_bound: Union[int, str, None] = one('UpperSizeBound', WORD, default=None)
    storage_class: Optional[str] = one('StorageClass', default=None)


@shape('Schedule')
class InventorySchedule:
    """How often an inventory is written."""

    frequency: Optional[str] = one('Frequency', if_none='')
    """One of the ``INVENTORY_FREQUENCY_*`` constants."""
    day_of_month: Optional[int] = one('DayOfMonth', INT, default=None)
    """Only of a monthly one."""


@shape('SSE-KMS')
class InventoryServerSideEncryptionKMS:
    """The inventory is encrypted with a key of KMS."""

    key_id: Optional[str] = one('KeyId', if_none='')


@shape('SSE-OSS')
class InventoryServerSideEncryptionOSS:
    """The inventory is encrypted with OSS's own key."""


@shape('OSSBucketDestination')
class InventoryBucketDestination:
    """The bucket that an inventory is written to.

    :raises ClientError: both kinds of encryption are chosen
    """

    account_id: Optional[str] = one('AccountId', default=None)
    role_arn: Optional[str] = one('RoleArn', default=None)
    """The role that OSS writes as."""
    bucket: Optional[str] = one('Bucket', _BUCKET, default=None)
    """Its name."""
    inventory_format: Optional[str] = one('Format', default=None)
    """``CSV``."""
    prefix: Optional[str] = one('Prefix', default=None)
    sse_kms_encryption: Optional[InventoryServerSideEncryptionKMS] = one(
        'Encryption/SSE-KMS', InventoryServerSideEncryptionKMS, default=None)
    sse_oss_encryption: Optional[InventoryServerSideEncryptionOSS] = one(
        'Encryption/SSE-OSS', InventoryServerSideEncryptionOSS, default=None)

    def __post_init__(self) -> None:
        if self.sse_kms_encryption is not None and self.sse_oss_encryption is not None:
            raise ClientError('choose one of sse_kms_encryption and sse_oss_encryption')


@shape('Destination')
class InventoryDestination:
    """Where an inventory is written to."""

    bucket_destination: Optional[InventoryBucketDestination] = one(
        'OSSBucketDestination', InventoryBucketDestination, default=None)


@shape('IncrementalInventory')
class IncrementalInventory:
    """Lists of what changed, between one inventory and the next."""

    is_enabled: Optional[bool] = one('IsEnabled', BOOL)
    frequency: Optional[int] = one('Schedule/Frequency', INT, default=None)
    """How often they are written, in seconds, such as 600."""
    optional_fields: List[str] = many('OptionalFields/Field', factory=list)


@shape('InventoryConfiguration', kept=('OptionalFields',), sequence=(
    'inventory_id', 'is_enabled', 'included_object_versions', 'inventory_filter', 'inventory_schedule',
    'optional_fields', 'inventory_destination', 'incremental_inventory', 'auto_delete'))
class InventoryConfiguration:
    """What an inventory lists, how often and where to (PutBucketInventory)."""

    inventory_id: Optional[str] = one('Id', default=None, if_none='')
    is_enabled: Optional[bool] = one('IsEnabled', YES, default=None)
    included_object_versions: Optional[str] = one('IncludedObjectVersions', default=None)
    """One of the ``INVENTORY_INCLUDED_OBJECT_VERSIONS_*`` constants."""
    inventory_filter: Optional[InventoryFilter] = one('Filter', InventoryFilter, default=None)
    inventory_destination: Optional[InventoryDestination] = one('Destination', InventoryDestination, default=None)
    inventory_schedule: Optional[InventorySchedule] = one('Schedule', InventorySchedule, default=None)
    optional_fields: List[str] = many('OptionalFields/Field', factory=list)
    """Some of the ``FIELD_*`` constants."""
    incremental_inventory: Optional[IncrementalInventory] = one(
        'IncrementalInventory', IncrementalInventory, default=None)
    auto_delete: Optional[bool] = one('AutoDelete', BOOL, default=None)
    """Whether this goes when the inventory is written; only of one that is written once."""

    def _sends(self, name: str) -> bool:
        if name == 'inventory_destination':
            return self.inventory_destination is not None and self.inventory_destination.bucket_destination is not None
        if name == 'inventory_schedule':
            return self.inventory_schedule is not None and self.inventory_schedule.frequency is not None
        return True

    def _loaded(self) -> None:
        destination = self.inventory_destination
        if destination is not None and destination.bucket_destination is None:
            self.inventory_destination = None
        schedule = self.inventory_schedule
        if schedule is not None and schedule.frequency is None:
            self.inventory_schedule = None


@result('InventoryConfiguration')
class GetInventoryConfigurationResult(RequestResult, InventoryConfiguration):
    """What an inventory lists, how often and where to (GetBucketInventory)."""


@result('ListInventoryConfigurationsResult')
class ListInventoryConfigurationsResult(RequestResult):
    """A page of the inventories of a bucket (ListBucketInventory)."""

    inventory_configurations: List[InventoryConfiguration] = many('InventoryConfiguration', InventoryConfiguration)
    is_truncated: Optional[bool] = one('IsTruncated', BOOL, default=None)
    continuaiton_token: Optional[str] = one('ContinuationToken', default=None)
    next_continuation_token: Optional[str] = one('NextContinuationToken', default=None)

    @property
    def continuation_token(self) -> Optional[str]:
        """``continuaiton_token``, spelled right."""
        return self.continuaiton_token
