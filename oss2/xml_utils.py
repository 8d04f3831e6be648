"""XML documents under the names that oss2 2.19.1 has for reading and writing them; the models do the work."""
from __future__ import annotations

import logging
from typing import Any, Callable, Iterable, List, Optional, Type
from xml.etree.ElementTree import Element

from . import models
from ._dates import date_to_iso8601 as date_to_iso8601
from ._dates import iso8601_to_date as iso8601_to_date
from ._dates import iso8601_to_unixtime as iso8601_to_unixtime
from ._select_request import to_get_select_csv_object_meta as to_get_select_csv_object_meta
from ._select_request import to_get_select_json_object_meta as to_get_select_json_object_meta
from ._select_request import to_get_select_object_meta as to_get_select_object_meta
from ._select_request import to_select_csv_object as to_select_csv_object
from ._select_request import to_select_json_object as to_select_json_object
from ._select_request import to_select_object as to_select_object
from ._xml import BOOL, Document, ResponseFormatError, load_into, plan_of, to_document
from .compat import to_string as to_string
from .compat import to_unicode as to_unicode
from .compat import urlunquote as urlunquote
from .exceptions import ClientError
from .exceptions import SelectOperationClientError as SelectOperationClientError
from .models import *  # noqa: F403
from .models._base import read_json
from .models.cname import CnameToPut
from .models.lifecycle import RuleTag
from .models.live import ChannelToCreate
from .models.multipart import PartsToComplete
from .models.objects import KeysToDelete, VersionsToDelete
from .models.policy import PayerToSet, PublicAccessToBlock
from .models.protection import EncryptionToSet, WormToExtend, WormToInitiate
from .models.qos import QosSwitch
from .models.replication import RuleToDelete, RuleToReplicate
from .models.settings import AccelerationToSet, DirectReadToSet, ResourceGroupToSet, StyleToPut
from .models.tagging import as_rules
from .select_params import SelectJsonTypes as SelectJsonTypes
from .select_params import SelectParameters as SelectParameters

logger = logging.getLogger(__name__)


# Answers: each function fills `result` and returns it.

def _parser(*classes: Type[Any]) -> Callable[[Any, Document], Any]:
    def parse(result: Any, body: Document) -> Any:
        load_into(result, body, type(result) if isinstance(result, classes) else classes[0])
        return result
    return parse


def parse_dummy_result(result: Any, body: Document) -> Any:
    """For an answer without a document."""
    return result


def parse_batch_delete_objects(result: Any, body: Document) -> Any:
    """For the answer to deleting several objects, which has no document if the request was quiet."""
    if body:
        load_into(result, body, models.BatchDeleteObjectsResult)
    return result


def parse_async_process_object(result: Any, body: Any) -> Any:
    """For the answer to an asynchronous processing, which is JSON."""
    if body:
        answer = read_json(body, getattr(result, 'headers', {}))
        result.event_id = answer.get('EventId')
        result.async_request_id = answer.get('RequestId')
        result.task_id = answer.get('TaskId')
    return result


parse_list_objects = _parser(models.ListObjectsResult)
parse_list_objects_v2 = _parser(models.ListObjectsV2Result)
parse_list_object_versions = _parser(models.ListObjectVersionsResult)
parse_get_object_acl = _parser(models.GetObjectAclResult)
parse_get_tagging = _parser(models.GetTaggingResult)
parse_put_async_fetch_task_result = _parser(models.PutAsyncFetchTaskResult)
parse_get_async_fetch_task_result = _parser(models.GetAsyncFetchTaskResult)

parse_init_multipart_upload = _parser(models.InitMultipartUploadResult)
parse_list_parts = _parser(models.ListPartsResult)
parse_list_multipart_uploads = _parser(models.ListMultipartUploadsResult)

parse_list_buckets = _parser(models.ListBucketsResult)
parse_describe_regions = _parser(models.DescribeRegionsResult)
parse_get_bucket_info = _parser(models.GetBucketInfoResult)
parse_get_bucket_stat = _parser(models.GetBucketStatResult)
parse_get_bucket_location = _parser(models.GetBucketLocationResult)
parse_get_bucket_acl = _parser(models.GetBucketAclResult)
parse_get_bucket_versioning = _parser(models.GetBucketVersioningResult)
parse_get_bucket_lifecycle = _parser(models.GetBucketLifecycleResult)

parse_get_bucket_cors = _parser(models.GetBucketCorsResult)
parse_get_bucket_referer = _parser(models.GetBucketRefererResult)
parse_get_bucket_logging = _parser(models.GetBucketLoggingResult)
parse_get_bucket_website = _parser(models.GetBucketWebsiteResult)
parse_get_bucket_https_config = _parser(models.HttpsConfigResult)

parse_get_bucket_encryption = _parser(models.GetServerSideEncryptionResult)
parse_get_bucket_worm_result = _parser(models.GetBucketWormResult)
parse_create_data_redundancy_transition_result = _parser(models.CreateDataRedundancyTransitionResult)
parse_get_bucket_data_redundancy_transition = _parser(models.DataRedundancyTransitionInfoResult)
parse_list_bucket_data_redundancy_transition = _parser(models.ListBucketDataRedundancyTransitionResult)
parse_list_user_data_redundancy_transition = _parser(models.ListUserDataRedundancyTransitionResult)

parse_get_bucket_inventory_configuration = _parser(models.GetInventoryConfigurationResult)
parse_list_bucket_inventory_configurations = _parser(models.ListInventoryConfigurationsResult)
parse_get_bucket_replication_result = _parser(models.GetBucketReplicationResult)
parse_get_bucket_replication_location_result = _parser(models.GetBucketReplicationLocationResult)
parse_get_bucket_replication_progress_result = _parser(models.GetBucketReplicationProgressResult)
parse_get_bucket_meta_query_result = _parser(models.GetBucketMetaQueryResult)
parse_do_bucket_meta_query_result = _parser(models.DoBucketMetaQueryResult)

parse_get_bucket_request_payment = _parser(models.GetBucketRequestPaymentResult)
parse_get_public_access_block_result = _parser(models.GetPublicAccessBlockResult)
parse_callback_policy_result = _parser(models.CallbackPolicyResult)
parse_get_bucket_access_monitor_result = _parser(models.GetBucketAccessMonitorResult)
parse_get_bucket_archive_direct_read = _parser(models.GetBucketArchiveDirectReadResult)
parse_get_bucket_transfer_acceleration_result = _parser(models.GetBucketTransferAccelerationResult)
parse_get_bucket_resource_group_result = _parser(models.GetBucketResourceGroupResult)
parse_get_bucket_style_result = _parser(models.GetBucketStyleResult)
parse_list_bucket_style = _parser(models.ListBucketStyleResult)

parse_get_qos_info = _parser(models.GetBucketQosInfoResult, models.GetUserQosInfoResult)
parse_get_bucket_user_qos = _parser(models.GetBucketUserQosResult)
parse_get_requester_qos_info = _parser(models.RequesterQoSInfoResult)
parse_list_bucket_requester_qos_infos = _parser(models.ListBucketRequesterQoSInfosResult)
parse_list_resource_pools = _parser(models.ListResourcePoolsResult)
parse_get_resource_pool_info = _parser(models.ResourcePoolInfoResult)
parse_list_resource_pool_buckets = _parser(models.ListResourcePoolBucketsResult)
parse_list_resource_pool_requester_qos_infos = _parser(models.ListResourcePoolRequesterQoSInfosResult)

parse_create_access_point_result = _parser(models.CreateAccessPointResult)
parse_get_access_point_result = _parser(models.GetAccessPointResult)
parse_list_access_point_result = _parser(models.ListAccessPointResult)
parse_list_bucket_cname = _parser(models.ListBucketCnameResult)
parse_create_bucket_cname_token = _parser(models.CreateBucketCnameTokenResult)
parse_get_bucket_cname_token = _parser(models.GetBucketCnameTokenResult)

parse_create_live_channel = _parser(models.CreateLiveChannelResult)
parse_get_live_channel = _parser(models.GetLiveChannelResult)
parse_list_live_channel = _parser(models.ListLiveChannelResult)
parse_live_channel_stat = _parser(models.GetLiveChannelStatResult)
parse_live_channel_history = _parser(models.GetLiveChannelHistoryResult)


# Elements of answers: each function makes an object of one, None of None

def _load(cls: Type[Any], node: Optional[Element]) -> Any:
    return None if node is None else plan_of(cls).load(node)


def parse_condition_include_header(include_header_node: Optional[Element]) -> Any:
    return _load(models.ConditionInlcudeHeader, include_header_node)


def parse_data_redundancy_transition(transition_node: Optional[Element]) -> Any:
    return _load(models.DataRedundancyTransitionInfo, transition_node)


def parse_lifecycle_abort_multipart_upload(abort_multipart_upload_node: Optional[Element]) -> Any:
    return _load(models.AbortMultipartUpload, abort_multipart_upload_node)


def parse_lifecycle_expiration(expiration_node: Optional[Element]) -> Any:
    return _load(models.LifecycleExpiration, expiration_node)


def parse_lifecycle_storage_transitions(storage_transition_nodes: Iterable[Element]) -> List[Any]:
    return [_load(models.StorageTransition, node) for node in storage_transition_nodes]


def parse_lifecycle_verison_storage_transitions(version_storage_transition_nodes: Iterable[Element]) -> List[Any]:
    return [_load(models.NoncurrentVersionStorageTransition, node) for node in version_storage_transition_nodes]


def parse_lifecycle_version_expiration(version_expiration_node: Optional[Element]) -> Any:
    return _load(models.NoncurrentVersionExpiration, version_expiration_node)


def parse_mirror_headers(mirror_headers_node: Optional[Element]) -> Any:
    return _load(models.RedirectMirrorHeaders, mirror_headers_node)


def parse_qos_configuration(qos_info_node: Optional[Element]) -> Any:
    return _load(models.QoSConfiguration, qos_info_node)


def parse_routing_rule_condition(condition_node: Optional[Element]) -> Any:
    return _load(models.Condition, condition_node)


def parse_routing_rule_redirect(redirect_node: Optional[Element]) -> Any:
    return _load(models.Redirect, redirect_node)


def parse_stat_audio(audio_node: Element, audio: Any) -> None:
    """Set the attributes of `audio`."""
    audio.__dict__.update(plan_of(models.LiveChannelAudioStat).values(audio_node))


def parse_stat_video(video_node: Element, video: Any) -> None:
    """Set the attributes of `video`."""
    video.__dict__.update(plan_of(models.LiveChannelVideoStat).values(video_node))


def get_Inventory_configuration_from_element(elem: Optional[Element]) -> Any:
    return _load(models.InventoryConfiguration, elem)


def parse_lifecycle_filter(filter_node: Optional[Element]) -> models.LifecycleFilter:
    """Make a filter, an empty one of None."""
    return _load(models.LifecycleFilter, filter_node) or models.LifecycleFilter()


def parse_lifecycle_object_taggings(lifecycle_tagging_nodes: Iterable[Element]) -> Optional[models.Tagging]:
    """Make tags of their elements, None if there are none."""
    tags = [_load(RuleTag, node) for node in lifecycle_tagging_nodes or ()]
    return models.Tagging(as_rules(tags)) if tags else None


# Programs import these two.

def _find_tag(parent: Element, path: str) -> str:
    child = parent.find(path)
    if child is None:
        raise ResponseFormatError('parse xml: %s could not be found under %s' % (path, parent.tag))
    return child.text or ''


def _find_bool(parent: Element, path: str) -> bool:
    text = _find_tag(parent, path)
    try:
        return bool(BOOL.load(text))
    except ValueError as exc:
        raise ResponseFormatError('parse xml: value of %s is not a boolean under %s' % (path, parent.tag)) from exc


# Requests: each function makes the document to send

def to_batch_delete_objects_request(keys: Iterable[Any], quiet: bool) -> bytes:
    """:raises ClientError: `keys` is one key, or has one that XML cannot carry"""
    if isinstance(keys, (str, bytes)):
        raise ClientError('the keys to delete should be a list, not %r' % (keys,))
    return to_document(KeysToDelete(quiet, keys))


def to_batch_delete_objects_version_request(objectVersions: models.BatchDeleteObjectVersionList, quiet: bool) -> bytes:
    return to_document(VersionsToDelete(quiet, objectVersions.object_version_list))


def to_complete_upload_request(parts: Iterable[models.PartInfo]) -> bytes:
    return to_document(PartsToComplete(parts))


def to_put_tagging(object_tagging: models.Tagging) -> bytes:
    return to_document(object_tagging, models.Tagging)


def to_put_restore_config(restore_config: models.RestoreConfiguration) -> bytes:
    return to_document(restore_config, models.RestoreConfiguration)


def to_put_async_fetch_task(task_config: models.AsyncFetchTaskConfiguration) -> bytes:
    return to_document(task_config, models.AsyncFetchTaskConfiguration)


def to_put_bucket_config(bucket_config: models.BucketCreateConfig) -> bytes:
    return to_document(bucket_config, models.BucketCreateConfig)


def to_put_bucket_versioning(bucket_version_config: models.BucketVersioningConfig) -> bytes:
    return to_document(bucket_version_config, models.BucketVersioningConfig)


def to_put_bucket_lifecycle(bucket_lifecycle: models.BucketLifecycle) -> bytes:
    return to_document(bucket_lifecycle, models.BucketLifecycle)


def to_put_bucket_cors(bucket_cors: models.BucketCors) -> bytes:
    return to_document(bucket_cors, models.BucketCors)


def to_put_bucket_referer(bucket_referer: models.BucketReferer) -> bytes:
    return to_document(bucket_referer, models.BucketReferer)


def to_put_bucket_logging(bucket_logging: models.BucketLogging) -> bytes:
    return to_document(bucket_logging, models.BucketLogging)


def to_put_bucket_website(bucket_website: models.BucketWebsite) -> bytes:
    return to_document(bucket_website, models.BucketWebsite)


def to_do_bucket_https_config_request(https_config: models.BucketTlsVersion) -> bytes:
    return to_document(https_config, models.BucketTlsVersion)


def to_put_bucket_encryption(rule: models.ServerSideEncryptionRule) -> bytes:
    return to_document(EncryptionToSet(rule))


def to_put_init_bucket_worm(retention_period_days: Optional[int]) -> bytes:
    return to_document(WormToInitiate(retention_period_days))


def to_put_extend_bucket_worm(retention_period_days: Optional[int]) -> bytes:
    return to_document(WormToExtend(retention_period_days))


def to_put_inventory_configuration(inventory_config: models.InventoryConfiguration) -> bytes:
    return to_document(inventory_config, models.InventoryConfiguration)


def to_put_bucket_replication(replication_config: models.ReplicationRule) -> bytes:
    return to_document(RuleToReplicate(replication_config))


def to_delete_bucket_replication(rule_id: str) -> bytes:
    return to_document(RuleToDelete(rule_id))


def to_do_bucket_meta_query_request(meta_query: models.MetaQuery) -> bytes:
    return to_document(meta_query, models.MetaQuery)


def to_put_bucket_request_payment(payer: str) -> bytes:
    return to_document(PayerToSet(payer))


def to_put_public_access_block_request(block_public_access: bool) -> bytes:
    return to_document(PublicAccessToBlock(block_public_access))


def to_do_bucket_callback_policy_request(
        callback_policy: Optional[Iterable[models.CallbackPolicyInfo]]) -> bytes:
    return to_document(models.CallbackPolicy(list(callback_policy or ())))


def to_put_bucket_access_monitor(status: str) -> bytes:
    return to_document(models.AccessMonitorInfo(status))


def to_put_bucket_archive_direct_read(enabled: bool) -> bytes:
    return to_document(DirectReadToSet(enabled))


def to_put_bucket_transfer_acceleration(enabled: str) -> bytes:
    return to_document(AccelerationToSet(enabled))


def to_put_bucket_resource_group(resourceGroupId: str) -> bytes:
    return to_document(ResourceGroupToSet(resourceGroupId))


def to_put_bucket_style(content: str) -> bytes:
    return to_document(StyleToPut(content))


def to_put_qos_info(qos_info: Any) -> bytes:
    """:param qos_info: BucketQosInfo or QoSConfiguration"""
    return to_document(qos_info, models.QoSConfiguration)


def to_put_bucket_user_qos(user_qos: models.BucketUserQos) -> bytes:
    return to_document(user_qos, models.BucketUserQos)


def to_put_bucket_requester_qos_info(enabled: bool) -> bytes:
    return to_document(QosSwitch(enabled))


def to_do_create_access_point_request(accessPoint: models.CreateAccessPointRequest) -> bytes:
    return to_document(accessPoint, models.CreateAccessPointRequest)


def to_bucket_cname_configuration(domain: str, cert: Optional[models.CertInfo] = None) -> bytes:
    return to_document(CnameToPut(models.PutBucketCnameRequest(domain, cert)))


def to_create_live_channel(live_channel: models.LiveChannelInfo) -> bytes:
    return to_document(live_channel, ChannelToCreate)
