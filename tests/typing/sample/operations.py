"""Every operation, with every argument it takes."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

import oss2
from oss2 import models

from .access_points import create_access_point_request
from .buckets import bucket_create_config, bucket_versioning_config
from .cname import put_bucket_cname_request
from .inventory import inventory_configuration
from .lifecycle import bucket_lifecycle
from .live import live_channel_info
from .meta_query import meta_query
from .newer import (
    https_configuration,
    inventory_table_configuration,
    journal_table_configuration,
    legal_hold,
    metadata_configuration,
    object_retention,
    object_worm_configuration,
    overwrite_configuration,
    quota_configuration,
    rtc_configuration,
    user_defined_log_fields_configuration,
)
from .objects import batch_delete_object_version_list, restore_configuration
from .policy import callback_policy_info
from .processing import async_fetch_task_configuration
from .protection import server_side_encryption_rule
from .qos import bucket_qos_info, bucket_user_qos, qo_s_configuration
from .replication import replication_rule
from .tagging import tagging
from .web import bucket_cors, bucket_logging, bucket_referer, bucket_website

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type

HEADERS = oss2.CaseInsensitiveDict({'x-oss-meta-a': 'b'})
PARAMS = {'versionId': 'v'}


def progress(bytes_consumed: int, total_bytes: Optional[int]) -> None:
    """What the library calls while it reads or sends."""


def the_bucket(bucket: oss2.Bucket) -> None:
    bucket.close()


def the_service(service: oss2.Service) -> None:
    service.close()


def access(bucket: oss2.Bucket) -> None:
    assert_type(bucket.delete_bucket_callback_policy(), models.RequestResult)
    assert_type(bucket.delete_bucket_policy(), models.RequestResult)
    assert_type(bucket.delete_bucket_public_access_block(), models.RequestResult)
    assert_type(bucket.get_bucket_callback_policy(), models.CallbackPolicyResult)
    assert_type(bucket.get_bucket_policy(), models.GetBucketPolicyResult)
    assert_type(bucket.get_bucket_policy_status(), models.GetBucketPolicyStatusResult)
    assert_type(bucket.get_bucket_public_access_block(), models.GetBucketPublicAccessBlockResult)
    assert_type(bucket.put_bucket_callback_policy([callback_policy_info()]), models.RequestResult)
    assert_type(bucket.put_bucket_policy('{}'), models.RequestResult)
    assert_type(bucket.put_bucket_public_access_block(block_public_access=True), models.RequestResult)


def access_points(bucket: oss2.Bucket) -> None:
    assert_type(bucket.create_access_point(create_access_point_request()), models.CreateAccessPointResult)
    assert_type(bucket.delete_access_point('point'), models.RequestResult)
    assert_type(bucket.delete_access_point_policy('point'), models.RequestResult)
    assert_type(bucket.delete_access_point_public_access_block('point'), models.RequestResult)
    assert_type(bucket.get_access_point('point'), models.GetAccessPointResult)
    assert_type(bucket.get_access_point_policy('point'), models.GetAccessPointPolicyResult)
    assert_type(bucket.get_access_point_public_access_block('point'), models.GetBucketPublicAccessBlockResult)
    assert_type(bucket.list_bucket_access_points(max_keys=10, continuation_token=''), models.ListAccessPointResult)
    assert_type(bucket.put_access_point_policy('point', '{}'), models.RequestResult)
    assert_type(bucket.put_access_point_public_access_block('point', block_public_access=True), models.RequestResult)


def appending(bucket: oss2.Bucket) -> None:
    assert_type(bucket.append_object(
        'key', 0, b'data', headers=HEADERS, progress_callback=progress, init_crc=0),
        models.AppendObjectResult)
    assert_type(bucket.append_object_auto(
        'key', b'data', headers=HEADERS, progress_callback=progress), models.AppendObjectResult)


def basic(bucket: oss2.Bucket) -> None:
    assert_type(bucket.create_bucket(
        permission=oss2.BUCKET_ACL_PRIVATE, input=bucket_create_config(), headers=HEADERS),
        models.RequestResult)
    assert_type(bucket.delete_bucket(), models.RequestResult)
    assert_type(bucket.bucket_exists(), bool)
    assert_type(bucket.invoke_operation('POST', 'key', params={'a': ''}, headers=HEADERS, data=b'data'),
                models.InvokeOperationResult)
    assert_type(bucket.get_bucket_acl(), models.GetBucketAclResult)
    assert_type(bucket.get_bucket_info(), models.GetBucketInfoResult)
    assert_type(bucket.get_bucket_location(), models.GetBucketLocationResult)
    assert_type(bucket.get_bucket_stat(), models.GetBucketStatResult)
    assert_type(bucket.get_bucket_versioning(), models.GetBucketVersioningResult)
    assert_type(bucket.put_bucket_acl(oss2.BUCKET_ACL_PRIVATE), models.RequestResult)
    assert_type(bucket.put_bucket_versioning(bucket_versioning_config(), headers=HEADERS), models.RequestResult)


def copying(bucket: oss2.Bucket) -> None:
    assert_type(bucket.copy_object_auto(
        'source-bucket', 'source', 'target', headers=HEADERS, params=PARAMS, part_size=102400,
        num_threads=1, progress_callback=progress), models.PutObjectResult)
    assert_type(bucket.move_object(
        'source', 'target', source_bucket_name='source-bucket', headers=HEADERS, part_size=102400,
        num_threads=1, progress_callback=progress), models.PutObjectResult)


def files(bucket: oss2.Bucket) -> None:
    assert_type(bucket.open(
        'key', mode='rb', encoding=None, errors=None, newline=None, part_size=102400, num_threads=1,
        headers=HEADERS, params=PARAMS), Any)
    assert_type(bucket.upload_stream(
        'key', [b'a', b'b'], part_size=102400, num_threads=1, headers=HEADERS, progress_callback=progress),
        models.PutObjectResult)


def lifetime(bucket: oss2.Bucket) -> None:
    assert_type(bucket.clean_restored_object('key', params=PARAMS, headers=HEADERS), models.RequestResult)
    assert_type(bucket.create_bucket_data_redundancy_transition('ZRS'), models.CreateDataRedundancyTransitionResult)
    assert_type(bucket.delete_bucket_data_redundancy_transition('task'), models.RequestResult)
    assert_type(bucket.delete_bucket_inventory_configuration('inventory'), models.RequestResult)
    assert_type(bucket.delete_bucket_lifecycle(), models.RequestResult)
    assert_type(bucket.delete_bucket_replication('rule'), models.RequestResult)
    assert_type(bucket.get_bucket_access_monitor(), models.GetBucketAccessMonitorResult)
    assert_type(bucket.get_bucket_archive_direct_read(), models.GetBucketArchiveDirectReadResult)
    assert_type(bucket.get_bucket_data_redundancy_transition('task'), models.DataRedundancyTransitionInfoResult)
    assert_type(bucket.get_bucket_inventory_configuration('inventory'), models.GetInventoryConfigurationResult)
    assert_type(bucket.get_bucket_lifecycle(), models.GetBucketLifecycleResult)
    assert_type(bucket.get_bucket_replication(), models.GetBucketReplicationResult)
    assert_type(bucket.get_bucket_replication_location(), models.GetBucketReplicationLocationResult)
    assert_type(bucket.get_bucket_replication_progress('rule'), models.GetBucketReplicationProgressResult)
    assert_type(bucket.list_bucket_data_redundancy_transition(), models.ListBucketDataRedundancyTransitionResult)
    assert_type(bucket.list_bucket_inventory_configurations(
        continuation_token=''), models.ListInventoryConfigurationsResult)
    assert_type(bucket.put_bucket_access_monitor('Enabled'), models.RequestResult)
    assert_type(bucket.put_bucket_archive_direct_read(enabled=True), models.RequestResult)
    assert_type(bucket.put_bucket_inventory_configuration(
        inventory_configuration(), inventory_id='inventory'), models.RequestResult)
    assert_type(bucket.put_bucket_lifecycle(bucket_lifecycle(), headers=HEADERS), models.RequestResult)
    assert_type(bucket.put_bucket_replication(replication_rule()), models.RequestResult)
    assert_type(bucket.put_bucket_rtc(rtc_configuration()), models.RequestResult)


def listing(bucket: oss2.Bucket) -> None:
    assert_type(bucket.list_object_versions(
        prefix='a/', delimiter='/', key_marker='', max_keys=10, versionid_marker='', headers=HEADERS),
        models.ListObjectVersionsResult)
    assert_type(bucket.list_objects(
        prefix='a/', delimiter='/', marker='', max_keys=10, headers=HEADERS), models.ListObjectsResult)
    assert_type(bucket.list_objects_v2(
        prefix='a/', delimiter='/', continuation_token='', start_after='', fetch_owner=True,
        encoding_type='url', max_keys=10, headers=HEADERS), models.ListObjectsV2Result)


def live(bucket: oss2.Bucket) -> None:
    assert_type(bucket.create_live_channel('channel', live_channel_info()), models.CreateLiveChannelResult)
    assert_type(bucket.delete_live_channel('channel'), models.RequestResult)
    assert_type(bucket.get_live_channel('channel'), models.GetLiveChannelResult)
    assert_type(bucket.get_live_channel_history('channel'), models.GetLiveChannelHistoryResult)
    assert_type(bucket.get_live_channel_stat('channel'), models.GetLiveChannelStatResult)
    assert_type(bucket.get_vod_playlist('channel', 1600000000, 1600003600), models.GetVodPlaylistResult)
    assert_type(bucket.list_live_channel(prefix='a/', marker='', max_keys=10), models.ListLiveChannelResult)
    assert_type(bucket.post_vod_playlist(
        'channel', 'list.m3u8', start_time=1600000000, end_time=1600003600), models.RequestResult)
    assert_type(bucket.put_live_channel_status('channel', 'enabled'), models.RequestResult)
    assert_type(bucket.sign_rtmp_url('channel', 'list.m3u8', 60), str)


def multipart(bucket: oss2.Bucket) -> None:
    assert_type(bucket.abort_multipart_upload('key', 'id', headers=HEADERS), models.RequestResult)
    assert_type(bucket.complete_multipart_upload(
        'key', 'id', [models.PartInfo(1, 'etag')], headers=HEADERS), models.PutObjectResult)
    assert_type(bucket.init_multipart_upload('key', headers=HEADERS, params=PARAMS), models.InitMultipartUploadResult)
    assert_type(bucket.list_multipart_uploads(
        prefix='a/', delimiter='/', key_marker='', upload_id_marker='', max_uploads=10, headers=HEADERS),
        models.ListMultipartUploadsResult)
    assert_type(bucket.list_parts('key', 'id', marker='', max_parts=10, headers=HEADERS, encoding_type='url'),
                models.ListPartsResult)
    assert_type(bucket.upload_part(
        'key', 'id', 1, b'data', progress_callback=progress, headers=HEADERS), models.PutObjectResult)
    assert_type(bucket.upload_part_copy(
        'source-bucket', 'source', (0, 99), 'target', 'id', 1, headers=HEADERS, params=PARAMS),
        models.PutObjectResult)


def object_info(bucket: oss2.Bucket) -> None:
    assert_type(bucket.get_object_acl('key', params=PARAMS, headers=HEADERS), models.GetObjectAclResult)
    assert_type(bucket.get_object_meta('key', params=PARAMS, headers=HEADERS), models.GetObjectMetaResult)
    assert_type(bucket.get_symlink('link', params=PARAMS, headers=HEADERS), models.GetSymlinkResult)
    assert_type(bucket.head_object('key', headers=HEADERS, params=PARAMS), models.HeadObjectResult)
    assert_type(bucket.object_exists('key', headers=HEADERS, version_id='v'), bool)
    assert_type(bucket.put_object_acl(
        'key', oss2.OBJECT_ACL_PRIVATE, params=PARAMS, headers=HEADERS), models.RequestResult)
    assert_type(bucket.put_symlink('target', 'link', headers=HEADERS), models.RequestResult)
    assert_type(bucket.restore_object(
        'key', params=PARAMS, headers=HEADERS, input=restore_configuration()), models.RequestResult)


def objects(bucket: oss2.Bucket) -> None:
    assert_type(bucket.batch_delete_objects(['a', 'b'], headers=HEADERS), models.BatchDeleteObjectsResult)
    assert_type(bucket.copy_object(
        'source-bucket', 'source', 'target', headers=HEADERS, params=PARAMS), models.PutObjectResult)
    assert_type(bucket.delete_object('key', params=PARAMS, headers=HEADERS), models.RequestResult)
    assert_type(bucket.delete_prefix('logs/', dry_run=True, versions=True, headers=HEADERS), oss2.DeletePrefixResult)
    assert_type(bucket.delete_object_versions(
        batch_delete_object_version_list(), headers=HEADERS), models.BatchDeleteObjectsResult)
    assert_type(bucket.get_object(
        'key', byte_range=(0, 99), headers=HEADERS, progress_callback=progress, process='image/info',
        params=PARAMS), models.GetObjectResult)
    assert_type(bucket.get_object_to_file(
        'key', 'file', byte_range=(0, 99), headers=HEADERS, progress_callback=progress,
        process='image/info', params=PARAMS), models.GetObjectResult)
    assert_type(bucket.put_object('key', b'data', headers=HEADERS, progress_callback=progress), models.PutObjectResult)
    assert_type(bucket.put_object_from_file(
        'key', 'file', headers=HEADERS, progress_callback=progress), models.PutObjectResult)
    assert_type(bucket.update_object_meta('key', HEADERS), models.PutObjectResult)


def post_policy(bucket: oss2.Bucket) -> None:
    assert_type(bucket.object_url('key', cname='static.example.com', params=PARAMS), str)
    assert_type(bucket.sign_post('key', 60, conditions=[], fields={'x-oss-meta-a': 'b'}), oss2.PostForm)


def processing(bucket: oss2.Bucket) -> None:
    assert_type(bucket.async_process_object('key', 'image/info', headers=HEADERS), models.AsyncProcessObject)
    assert_type(bucket.delete_bucket_style('style'), models.RequestResult)
    assert_type(bucket.get_async_fetch_task('task'), models.GetAsyncFetchTaskResult)
    assert_type(bucket.get_bucket_style('style'), models.GetBucketStyleResult)
    assert_type(bucket.list_bucket_style(), models.ListBucketStyleResult)
    assert_type(bucket.process_object('key', 'image/info', headers=HEADERS), models.ProcessObjectResult)
    assert_type(bucket.put_async_fetch_task(async_fetch_task_configuration()), models.PutAsyncFetchTaskResult)
    assert_type(bucket.put_bucket_style('style', 'image/info'), models.RequestResult)


def protection(bucket: oss2.Bucket) -> None:
    assert_type(bucket.abort_bucket_worm(), models.RequestResult)
    assert_type(bucket.complete_bucket_worm(worm_id='worm'), models.RequestResult)
    assert_type(bucket.delete_bucket_encryption(), models.RequestResult)
    assert_type(bucket.delete_bucket_overwrite_config(), models.RequestResult)
    assert_type(bucket.extend_bucket_worm(worm_id='worm', retention_period_days=1), models.RequestResult)
    assert_type(bucket.get_bucket_encryption(), models.GetServerSideEncryptionResult)
    assert_type(bucket.get_bucket_object_worm_configuration(), models.GetBucketObjectWormConfigurationResult)
    assert_type(bucket.get_bucket_overwrite_config(), models.GetBucketOverwriteConfigResult)
    assert_type(bucket.get_bucket_worm(), models.GetBucketWormResult)
    assert_type(bucket.get_object_legal_hold('key', params=PARAMS, headers=HEADERS), models.GetObjectLegalHoldResult)
    assert_type(bucket.get_object_retention('key', params=PARAMS, headers=HEADERS), models.GetObjectRetentionResult)
    assert_type(bucket.init_bucket_worm(retention_period_days=1), models.InitBucketWormResult)
    assert_type(bucket.put_bucket_encryption(server_side_encryption_rule()), models.RequestResult)
    assert_type(bucket.put_bucket_object_worm_configuration(object_worm_configuration()), models.RequestResult)
    assert_type(bucket.put_bucket_overwrite_config(overwrite_configuration()), models.RequestResult)
    assert_type(bucket.put_object_legal_hold('key', legal_hold(), params=PARAMS, headers=HEADERS), models.RequestResult)
    assert_type(bucket.put_object_retention(
        'key', object_retention(), bypass_governance=True, params=PARAMS, headers=HEADERS),
        models.RequestResult)
    assert_type(bucket.seal_append_object('key', 0, headers=HEADERS), models.SealAppendObjectResult)


def qos(bucket: oss2.Bucket) -> None:
    assert_type(bucket.delete_bucket_qos_info(), models.RequestResult)
    assert_type(bucket.delete_bucket_requester_qos_info('12345'), models.RequestResult)
    assert_type(bucket.delete_bucket_storage_quota(), models.RequestResult)
    assert_type(bucket.get_bucket_qos_info(), models.GetBucketQosInfoResult)
    assert_type(bucket.get_bucket_request_payment(), models.GetBucketRequestPaymentResult)
    assert_type(bucket.get_bucket_requester_qos_info('12345'), models.RequesterQoSInfoResult)
    assert_type(bucket.get_bucket_resource_group(), models.GetBucketResourceGroupResult)
    assert_type(bucket.get_bucket_storage_capacity(), models.GetBucketUserQosResult)
    assert_type(bucket.get_bucket_storage_quota(), models.GetBucketStorageQuotaResult)
    assert_type(bucket.list_bucket_requester_qos_infos(
        continuation_token='', max_keys=10), models.ListBucketRequesterQoSInfosResult)
    assert_type(bucket.put_bucket_qos_info(bucket_qos_info()), models.RequestResult)
    assert_type(bucket.put_bucket_request_payment('Requester'), models.RequestResult)
    assert_type(bucket.put_bucket_requester_qos_info('12345', qo_s_configuration()), models.RequestResult)
    assert_type(bucket.put_bucket_resource_group('rg-1'), models.RequestResult)
    assert_type(bucket.put_bucket_storage_quota(quota_configuration()), models.RequestResult)
    assert_type(bucket.set_bucket_storage_capacity(bucket_user_qos()), models.RequestResult)


def query(bucket: oss2.Bucket) -> None:
    assert_type(bucket.close_bucket_meta_query(), models.RequestResult)
    assert_type(bucket.create_bucket_metadata_configuration(metadata_configuration()), models.RequestResult)
    assert_type(bucket.delete_bucket_metadata_configuration(), models.RequestResult)
    assert_type(bucket.do_bucket_meta_query(meta_query(), mode='semantic'), models.DoBucketMetaQueryResult)
    assert_type(bucket.do_meta_query_action('createDataset', params=PARAMS, data=b'data'), models.ActionResult)
    assert_type(bucket.get_bucket_meta_query_status(), models.GetBucketMetaQueryResult)
    assert_type(bucket.get_bucket_metadata_configuration(), models.GetBucketMetadataConfigurationResult)
    assert_type(bucket.open_bucket_meta_query(mode='semantic'), models.RequestResult)
    assert_type(bucket.update_bucket_metadata_inventory_table_configuration(
        inventory_table_configuration()), models.RequestResult)
    assert_type(bucket.update_bucket_metadata_journal_table_configuration(
        journal_table_configuration()), models.RequestResult)


def select(bucket: oss2.Bucket) -> None:
    assert_type(bucket.create_select_object_meta(
        'key', select_meta_params={'CsvHeaderInfo': 'Use'}, headers=HEADERS),
        models.GetSelectObjectMetaResult)
    assert_type(bucket.select_object(
        'key', 'select * from ossobject', progress_callback=progress, select_params={'CsvHeaderInfo':
        'Use'}, byte_range=(0, 99), headers=HEADERS), models.SelectObjectResult)
    assert_type(bucket.select_object_to_file(
        'key', 'file', 'select * from ossobject', progress_callback=progress,
        select_params={'CsvHeaderInfo': 'Use'}, headers=HEADERS), models.SelectObjectResult)


def service(service: oss2.Service) -> None:
    assert_type(service.delete_public_access_block(), models.RequestResult)
    assert_type(service.delete_resource_pool_requester_qos_info('12345', 'pool'), models.RequestResult)
    assert_type(service.describe_regions(regions='oss-cn-hangzhou'), models.DescribeRegionsResult)
    assert_type(service.do_data_pipeline_action('createDataset', params=PARAMS, data=b'data'), models.ActionResult)
    assert_type(service.get_public_access_block(), models.GetPublicAccessBlockResult)
    assert_type(service.get_resource_pool_info('pool'), models.ResourcePoolInfoResult)
    assert_type(service.get_resource_pool_requester_qos_info('12345', 'pool'), models.RequesterQoSInfoResult)
    assert_type(service.get_user_qos_info(), models.GetUserQosInfoResult)
    assert_type(service.list_access_points(max_keys=10, continuation_token=''), models.ListAccessPointResult)
    assert_type(service.list_buckets(
        prefix='a/', marker='', max_keys=10, params=PARAMS, headers=HEADERS, tag_key='k', tag_value='v', tagging='k:v',
        resource_group_id='rg-1'), models.ListBucketsResult)
    assert_type(service.invoke_operation('GET', params=PARAMS, headers=HEADERS, data=b'data'),
                models.InvokeOperationResult)
    assert_type(service.list_cloud_boxes(prefix='a/', marker='', max_keys=10), models.ListCloudBoxesResult)
    assert_type(service.list_resource_pool_buckets(
        'pool', continuation_token='', max_keys=10), models.ListResourcePoolBucketsResult)
    assert_type(service.list_resource_pool_requester_qos_infos(
        'pool', continuation_token='', max_keys=10), models.ListResourcePoolRequesterQoSInfosResult)
    assert_type(service.list_resource_pools(continuation_token='', max_keys=10), models.ListResourcePoolsResult)
    assert_type(service.list_user_data_redundancy_transition(
        continuation_token='', max_keys=10), models.ListUserDataRedundancyTransitionResult)
    assert_type(service.put_public_access_block(block_public_access=True), models.RequestResult)
    assert_type(service.put_resource_pool_requester_qos_info(
        '12345', 'pool', qo_s_configuration()), models.RequestResult)
    assert_type(service.write_get_object_response(
        'route', 'token', '200', b'data', headers=HEADERS), models.RequestResult)


def signed_urls(bucket: oss2.Bucket) -> None:
    assert_type(bucket.get_object_with_url(
        'http://a.com', byte_range=(0, 99), headers=HEADERS, progress_callback=progress),
        models.GetObjectResult)
    assert_type(bucket.get_object_with_url_to_file(
        'http://a.com', 'file', byte_range=(0, 99), headers=HEADERS, progress_callback=progress),
        models.GetObjectResult)
    assert_type(bucket.put_object_with_url(
        'http://a.com', b'data', headers=HEADERS, progress_callback=progress), models.PutObjectResult)
    assert_type(bucket.put_object_with_url_from_file(
        'http://a.com', 'file', headers=HEADERS, progress_callback=progress), models.PutObjectResult)
    assert_type(bucket.sign_url(
        'GET', 'key', 60, headers=HEADERS, params=PARAMS, slash_safe=True, additional_headers=['host']),
        str)


def tags(bucket: oss2.Bucket) -> None:
    assert_type(bucket.delete_bucket_tagging(params=PARAMS), models.RequestResult)
    assert_type(bucket.delete_object_tagging('key', params=PARAMS, headers=HEADERS), models.RequestResult)
    assert_type(bucket.get_bucket_tagging(), models.GetTaggingResult)
    assert_type(bucket.get_object_tagging('key', params=PARAMS, headers=HEADERS), models.GetTaggingResult)
    assert_type(bucket.put_bucket_tagging(tagging(), headers=HEADERS), models.RequestResult)
    assert_type(bucket.put_object_tagging('key', tagging(), headers=HEADERS, params=PARAMS), models.RequestResult)


def web(bucket: oss2.Bucket) -> None:
    assert_type(bucket.create_bucket_cname_token('www.example.com'), models.CreateBucketCnameTokenResult)
    assert_type(bucket.delete_bucket_cname('www.example.com'), models.RequestResult)
    assert_type(bucket.delete_bucket_cors(), models.RequestResult)
    assert_type(bucket.delete_bucket_logging(), models.RequestResult)
    assert_type(bucket.delete_bucket_website(), models.RequestResult)
    assert_type(bucket.delete_user_defined_log_fields_config(), models.RequestResult)
    assert_type(bucket.get_bucket_cname_token('www.example.com'), models.GetBucketCnameTokenResult)
    assert_type(bucket.get_bucket_cors(), models.GetBucketCorsResult)
    assert_type(bucket.get_bucket_https_config(), models.HttpsConfigResult)
    assert_type(bucket.get_bucket_logging(), models.GetBucketLoggingResult)
    assert_type(bucket.get_bucket_referer(), models.GetBucketRefererResult)
    assert_type(bucket.get_bucket_transfer_acceleration(), models.GetBucketTransferAccelerationResult)
    assert_type(bucket.get_bucket_website(), models.GetBucketWebsiteResult)
    assert_type(bucket.get_user_defined_log_fields_config(), models.GetUserDefinedLogFieldsConfigResult)
    assert_type(bucket.list_bucket_cname(), models.ListBucketCnameResult)
    assert_type(bucket.option_object(
        'key', 'http://a.com', 'GET', request_headers='x-oss-meta-a'), models.OptionObjectResult)
    assert_type(bucket.put_bucket_cname(put_bucket_cname_request()), models.RequestResult)
    assert_type(bucket.put_bucket_cors(bucket_cors()), models.RequestResult)
    assert_type(bucket.put_bucket_https_config(https_configuration()), models.RequestResult)
    assert_type(bucket.put_bucket_logging(bucket_logging()), models.RequestResult)
    assert_type(bucket.put_bucket_referer(bucket_referer()), models.RequestResult)
    assert_type(bucket.put_bucket_transfer_acceleration('true'), models.RequestResult)
    assert_type(bucket.put_bucket_website(bucket_website()), models.RequestResult)
    assert_type(bucket.put_user_defined_log_fields_config(
        user_defined_log_fields_configuration()), models.RequestResult)
