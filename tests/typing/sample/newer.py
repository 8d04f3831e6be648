"""What `oss2.models` has of newer."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

from .web import cipher_suite

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def action_result(result: models.ActionResult) -> None:
    assert_type(result.body, str)


def cloud_box() -> models.CloudBox:
    value = models.CloudBox(
        id='id', name='name', region='region', control_endpoint='control-endpoint',
        data_endpoint='data-endpoint', alias='alias')
    assert_type(value.id, Optional[str])
    assert_type(value.name, Optional[str])
    assert_type(value.region, Optional[str])
    assert_type(value.control_endpoint, Optional[str])
    assert_type(value.data_endpoint, Optional[str])
    assert_type(value.alias, Optional[str])
    return value


def default_retention() -> models.DefaultRetention:
    value = models.DefaultRetention('GOVERNANCE', days=1)
    models.DefaultRetention('COMPLIANCE', years=1)
    assert_type(value.mode, Optional[str])
    assert_type(value.days, Optional[int])
    assert_type(value.years, Optional[int])
    return value


def get_bucket_metadata_configuration_result(result: models.GetBucketMetadataConfigurationResult) -> None:
    assert_type(result.table_bucket_arn, Optional[str])
    assert_type(result.table_bucket_type, Optional[str])
    assert_type(result.table_namespace, Optional[str])
    assert_type(result.journal, Optional[models.MetadataTable])
    assert_type(result.inventory, Optional[models.MetadataTable])


def get_bucket_object_worm_configuration_result(result: models.GetBucketObjectWormConfigurationResult) -> None:
    assert_type(result.object_worm_enabled, Optional[str])
    assert_type(result.default_retention, Optional[models.DefaultRetention])


def get_bucket_overwrite_config_result(result: models.GetBucketOverwriteConfigResult) -> None:
    assert_type(result.rules, List[models.OverwriteRule])


def get_bucket_policy_status_result(result: models.GetBucketPolicyStatusResult) -> None:
    assert_type(result.is_public, Optional[bool])


def get_bucket_storage_quota_result(result: models.GetBucketStorageQuotaResult) -> None:
    assert_type(result.storage_quota, Optional[int])
    assert_type(result.mode, Optional[str])


def get_object_legal_hold_result(result: models.GetObjectLegalHoldResult) -> None:
    assert_type(result.legal_hold_status, Optional[str])


def get_object_retention_result(result: models.GetObjectRetentionResult) -> None:
    assert_type(result.mode, Optional[str])
    assert_type(result.retain_until_date, Optional[int])


def get_user_defined_log_fields_config_result(result: models.GetUserDefinedLogFieldsConfigResult) -> None:
    assert_type(result.header_set, List[str])
    assert_type(result.param_set, List[str])


def https_configuration() -> models.HttpsConfiguration:
    value = models.HttpsConfiguration(tls_enabled=True, tls_version=['tls-version'], cipher_suite=cipher_suite())
    assert_type(value.tls_enabled, bool)
    assert_type(value.tls_version, Optional[List[str]])
    assert_type(value.cipher_suite, Optional[models.CipherSuite])
    return value


def inventory_table_configuration() -> models.InventoryTableConfiguration:
    value = models.InventoryTableConfiguration('enabled', encryption=table_encryption())
    assert_type(value.state, Optional[str])
    assert_type(value.encryption, Optional[models.TableEncryption])
    return value


def invoke_operation_result(result: models.InvokeOperationResult) -> None:
    assert_type(result.body, bytes)


def journal_table_configuration() -> models.JournalTableConfiguration:
    value = models.JournalTableConfiguration('expiration', days=1, encryption=table_encryption())
    assert_type(value.expiration, Optional[str])
    assert_type(value.days, Optional[int])
    assert_type(value.encryption, Optional[models.TableEncryption])
    return value


def legal_hold() -> models.LegalHold:
    value = models.LegalHold('Enabled')
    assert_type(value.status, str)
    return value


def list_cloud_boxes_result(result: models.ListCloudBoxesResult) -> None:
    assert_type(result.owner, Optional[models.Owner])
    assert_type(result.cloud_boxes, List[models.CloudBox])
    assert_type(result.is_truncated, bool)
    assert_type(result.next_marker, str)


def metadata_configuration() -> models.MetadataConfiguration:
    value = models.MetadataConfiguration(journal_table_configuration(), inventory=inventory_table_configuration())
    assert_type(value.journal, models.JournalTableConfiguration)
    assert_type(value.inventory, Optional[models.InventoryTableConfiguration])
    return value


def metadata_table() -> models.MetadataTable:
    value = models.MetadataTable(
        state='enabled', table_status='table-status', table_name='table-name',
        table_arn='table-arn', error_code='error-code', error_message='error-message',
        expiration='expiration', days=1)
    assert_type(value.state, Optional[str])
    assert_type(value.table_status, Optional[str])
    assert_type(value.table_name, Optional[str])
    assert_type(value.table_arn, Optional[str])
    assert_type(value.error_code, Optional[str])
    assert_type(value.error_message, Optional[str])
    assert_type(value.expiration, Optional[str])
    assert_type(value.days, Optional[int])
    return value


def metadata_tables() -> models.MetadataTables:
    value = models.MetadataTables(
        table_bucket_arn='table-bucket-arn', table_bucket_type='table-bucket-type',
        table_namespace='table-namespace', journal=metadata_table(), inventory=metadata_table())
    assert_type(value.table_bucket_arn, Optional[str])
    assert_type(value.table_bucket_type, Optional[str])
    assert_type(value.table_namespace, Optional[str])
    assert_type(value.journal, Optional[models.MetadataTable])
    assert_type(value.inventory, Optional[models.MetadataTable])
    return value


def object_retention() -> models.ObjectRetention:
    value = models.ObjectRetention('GOVERNANCE', 1)
    assert_type(value.mode, Optional[str])
    assert_type(value.retain_until_date, Optional[int])
    return value


def object_worm_configuration() -> models.ObjectWormConfiguration:
    value = models.ObjectWormConfiguration(
        object_worm_enabled='object-worm-enabled', default_retention=default_retention())
    assert_type(value.object_worm_enabled, Optional[str])
    assert_type(value.default_retention, Optional[models.DefaultRetention])
    return value


def option_object_result(result: models.OptionObjectResult) -> None:
    assert_type(result.allow_origin, Optional[str])
    assert_type(result.allow_methods, Optional[str])
    assert_type(result.allow_headers, Optional[str])
    assert_type(result.expose_headers, Optional[str])
    assert_type(result.max_age, Optional[int])


def overwrite_configuration() -> models.OverwriteConfiguration:
    value = models.OverwriteConfiguration(rules=[overwrite_rule()])
    assert_type(value.rules, List[models.OverwriteRule])
    return value


def overwrite_rule() -> models.OverwriteRule:
    value = models.OverwriteRule(id='id', action='action', prefix='prefix', suffix='suffix', principals=['principal'])
    assert_type(value.id, Optional[str])
    assert_type(value.action, str)
    assert_type(value.prefix, Optional[str])
    assert_type(value.suffix, Optional[str])
    assert_type(value.principals, List[str])
    return value


def quota_configuration() -> models.QuotaConfiguration:
    value = models.QuotaConfiguration(1, mode='GOVERNANCE')
    assert_type(value.storage_quota, Optional[int])
    assert_type(value.mode, Optional[str])
    return value


def rtc_configuration() -> models.RtcConfiguration:
    value = models.RtcConfiguration('Enabled', 'rule-id')
    assert_type(value.status, str)
    assert_type(value.rule_id, str)
    return value


def seal_append_object_result(result: models.SealAppendObjectResult) -> None:
    assert_type(result.sealed_time, Optional[int])


def semantic_meta_query() -> models.SemanticMetaQuery:
    value = models.SemanticMetaQuery('query', media_types=['media-type'], simple_query='simple-query', max_results=1)
    assert_type(value.query, str)
    assert_type(value.media_types, List[str])
    assert_type(value.simple_query, Optional[str])
    assert_type(value.max_results, Optional[int])
    return value


def table_encryption() -> models.TableEncryption:
    value = models.TableEncryption('sse-algorithm', kms_key_arn='kms-key-arn')
    assert_type(value.sse_algorithm, Optional[str])
    assert_type(value.kms_key_arn, Optional[str])
    return value


def user_defined_log_fields_configuration() -> models.UserDefinedLogFieldsConfiguration:
    value = models.UserDefinedLogFieldsConfiguration(header_set=['header-set'], param_set=['param-set'])
    assert_type(value.header_set, List[str])
    assert_type(value.param_set, List[str])
    return value
