"""What `oss2.models` has of inventory."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional, Union

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def get_inventory_configuration_result(result: models.GetInventoryConfigurationResult) -> None:
    assert_type(result.inventory_id, Optional[str])
    assert_type(result.is_enabled, Optional[bool])
    assert_type(result.included_object_versions, Optional[str])
    assert_type(result.inventory_filter, Optional[models.InventoryFilter])
    assert_type(result.inventory_destination, Optional[models.InventoryDestination])
    assert_type(result.inventory_schedule, Optional[models.InventorySchedule])
    assert_type(result.optional_fields, List[str])
    assert_type(result.incremental_inventory, Optional[models.IncrementalInventory])
    assert_type(result.auto_delete, Optional[bool])


def incremental_inventory() -> models.IncrementalInventory:
    value = models.IncrementalInventory(True, frequency=600, optional_fields=['optional-field'])
    assert_type(value.is_enabled, Optional[bool])
    assert_type(value.frequency, Optional[int])
    assert_type(value.optional_fields, List[str])
    return value


def inventory_bucket_destination() -> models.InventoryBucketDestination:
    value = models.InventoryBucketDestination(
        account_id='account-id', role_arn='role-arn', bucket='bucket',
        inventory_format='inventory-format', prefix='prefix',
        sse_kms_encryption=inventory_server_side_encryption_kms())
    models.InventoryBucketDestination('account', sse_oss_encryption=inventory_server_side_encryption_oss())
    assert_type(value.account_id, Optional[str])
    assert_type(value.role_arn, Optional[str])
    assert_type(value.bucket, Optional[str])
    assert_type(value.inventory_format, Optional[str])
    assert_type(value.prefix, Optional[str])
    assert_type(value.sse_kms_encryption, Optional[models.InventoryServerSideEncryptionKMS])
    assert_type(value.sse_oss_encryption, Optional[models.InventoryServerSideEncryptionOSS])
    return value


def inventory_configuration() -> models.InventoryConfiguration:
    value = models.InventoryConfiguration(
        inventory_id='inventory-id', is_enabled=True,
        included_object_versions='included-object-versions', inventory_filter=inventory_filter(),
        inventory_destination=inventory_destination(), inventory_schedule=inventory_schedule(),
        optional_fields=['optional-field'], incremental_inventory=incremental_inventory(), auto_delete=True)
    assert_type(value.inventory_id, Optional[str])
    assert_type(value.is_enabled, Optional[bool])
    assert_type(value.included_object_versions, Optional[str])
    assert_type(value.inventory_filter, Optional[models.InventoryFilter])
    assert_type(value.inventory_destination, Optional[models.InventoryDestination])
    assert_type(value.inventory_schedule, Optional[models.InventorySchedule])
    assert_type(value.incremental_inventory, Optional[models.IncrementalInventory])
    assert_type(value.auto_delete, Optional[bool])
    assert_type(value.optional_fields, List[str])
    return value


def inventory_destination() -> models.InventoryDestination:
    value = models.InventoryDestination(bucket_destination=inventory_bucket_destination())
    assert_type(value.bucket_destination, Optional[models.InventoryBucketDestination])
    return value


def inventory_filter() -> models.InventoryFilter:
    value = models.InventoryFilter(
        prefix='prefix', last_modify_begin_time_stamp=1, last_modify_end_time_stamp=1,
        lower_size_bound=1, upper_size_bound=1, storage_class='Standard')
    assert_type(value.prefix, Optional[str])
    assert_type(value.last_modify_begin_time_stamp, Union[int, str, None])
    assert_type(value.last_modify_end_time_stamp, Union[int, str, None])
    assert_type(value.lower_size_bound, Union[int, str, None])
    assert_type(value.upper_size_bound, Union[int, str, None])
    assert_type(value.storage_class, Optional[str])
    return value


def inventory_schedule() -> models.InventorySchedule:
    value = models.InventorySchedule('frequency', day_of_month=28)
    assert_type(value.frequency, Optional[str])
    assert_type(value.day_of_month, Optional[int])
    return value


def inventory_server_side_encryption_kms() -> models.InventoryServerSideEncryptionKMS:
    value = models.InventoryServerSideEncryptionKMS('key-id')
    assert_type(value.key_id, Optional[str])
    return value


def inventory_server_side_encryption_oss() -> models.InventoryServerSideEncryptionOSS:
    return models.InventoryServerSideEncryptionOSS()


def list_inventory_configurations_result(result: models.ListInventoryConfigurationsResult) -> None:
    assert_type(result.inventory_configurations, List[models.InventoryConfiguration])
    assert_type(result.is_truncated, Optional[bool])
    assert_type(result.continuaiton_token, Optional[str])
    assert_type(result.next_continuation_token, Optional[str])
    assert_type(result.continuation_token, Optional[str])
