"""Configurations to send: for each XML function, its arguments in every shape worth a case."""

from __future__ import annotations

import datetime
from typing import Any, Dict, Tuple

from cases import models, oss2

M = models
NO: Tuple[Any, ...] = ()
QOS_VALUES = [10, -1, 2, 11, -1, 3, 1000, -1, 500]
DATE = datetime.date(2022, 10, 11)
TARGET = M.LiveChannelInfoTarget('HLS', 2, 4, 'playlist.m3u8')
MIRROR = M.RedirectMirrorHeaders(
    True,
    ['myheader-key1', 'myheader-key2'],
    ['myheader-key3'],
    [M.MirrorHeadersSet('k', 'v'), M.MirrorHeadersSet('k2', 'v2')],
)
CONDITION = M.Condition('key1', 404, [M.ConditionInlcudeHeader('host', 'a.com'), M.ConditionInlcudeHeader('b', 'c')])
REDIRECT = M.Redirect(
    redirect_type='Mirror',
    pass_query_string=True,
    replace_key_with='${key}.jpg',
    replace_key_prefix_with='abc/',
    proto='http',
    host_name='www.test.com',
    http_redirect_code=301,
    mirror_url='http://m/',
    mirror_url_slave='http://s/',
    mirror_url_probe='http://p/',
    mirror_pass_query_string=False,
    mirror_follow_redirect=True,
    mirror_check_md5=False,
    mirror_headers=MIRROR,
)
TAGS = M.Tagging(M.TaggingRule().do('add', '键 1', '值&1').do('add', 'b', ''))
FILTER = M.LifecycleFilter([M.FilterNot('abc/', M.FilterNotTag('k', 'v')), M.FilterNot('d/')], 500, 64000)
KMS = M.InventoryServerSideEncryptionKMS('key-id')
DESTINATION = M.InventoryDestination(
    M.InventoryBucketDestination('1000', 'acs:ram::1000:role/R', 'bucket', 'CSV', 'pre/', KMS)
)
INVENTORY = M.InventoryConfiguration(
    'report1',
    True,
    'All',
    M.InventoryFilter('p/', 1637883649, 1638347592, 1024, 1048576, 'Standard,IA'),
    DESTINATION,
    M.InventorySchedule('Daily'),
    ['Size', 'ETag'],
)
REPLICATION = M.ReplicationRule(
    'rule1',
    'target',
    'oss-cn-beijing',
    'oss_acc',
    ['a', 'b/'],
    ['PUT', 'DELETE'],
    False,
    'role',
    'kms-key',
    'Enabled',
    'starting',
    'cloud',
    'cloud-location',
)


def lifecycle(*args: Any, **kwargs: Any) -> Any:
    return M.BucketLifecycle([M.LifecycleRule(*args, **kwargs)])


def website(*rules: Any) -> Any:
    return M.BucketWebsite('index.html', 'error.html', list(rules))


QOS_SHAPES = {
    'all': M.QoSConfiguration(*QOS_VALUES),
    'partly': M.QoSConfiguration(total_qps=0),
    'empty': M.QoSConfiguration(),
    'None': None,
}

# XML function -> title -> its arguments.
INPUTS: Dict[str, Dict[str, Tuple[Any, ...]]] = {
    'to_put_bucket_config': {
        'storage class': (M.BucketCreateConfig('IA'),),
        'redundancy': (M.BucketCreateConfig(oss2.BUCKET_STORAGE_CLASS_ARCHIVE, oss2.BUCKET_DATA_REDUNDANCY_TYPE_ZRS),),
        'None': (M.BucketCreateConfig(None),),
        'redundancy only': (M.BucketCreateConfig(None, 'LRS'),),
    },
    'to_put_bucket_logging': {
        'both': (M.BucketLogging('target', 'pre/中&'),),
        'empty prefix': (M.BucketLogging('target', ''),),
        'off': (M.BucketLogging('', ''),),
        'None': (M.BucketLogging(None, None),),
    },
    'to_put_bucket_referer': {
        'all': (M.BucketReferer(False, ['http://a.com', 'http://*.b.com'], True, ['http://c.com', 'http://d.com']),),
        'plain': (M.BucketReferer(True, ['http://中.com?a=1&b']),),
        'empty': (M.BucketReferer(True, []),),
        'truncate false': (M.BucketReferer(False, [], False),),
        'empty black list': (M.BucketReferer(False, ['a'], None, []),),
    },
    'to_put_bucket_website': {
        'no rules': (M.BucketWebsite('index.html', 'error.html'),),
        'all': (website(M.RoutingRule(1, CONDITION, REDIRECT)),),
        'two rules': (
            website(
                M.RoutingRule(
                    1,
                    M.Condition('a', 404),
                    M.Redirect(
                        redirect_type='AliCDN',
                        proto='https',
                        host_name='h',
                        replace_key_with='k',
                        http_redirect_code=302,
                    ),
                ),
                M.RoutingRule(
                    2,
                    M.Condition(key_prefix_equals='b'),
                    M.Redirect(redirect_type='External', replace_key_prefix_with='', pass_query_string=False),
                ),
            ),
        ),
        'mirror': (
            website(
                M.RoutingRule(
                    1,
                    M.Condition(http_err_code_return_equals=404),
                    M.Redirect(redirect_type='Mirror', mirror_url='http://a/'),
                )
            ),
        ),
        'bare rule': (website(M.RoutingRule(1)),),
        'no index': (M.BucketWebsite(None, None),),
        'empty strings': (M.BucketWebsite('', ''),),
        'empty rules': (M.BucketWebsite('i', 'e', []),),
    },
    'to_put_bucket_lifecycle': {
        'days': (lifecycle('rule1', 'tests/', 'Enabled', M.LifecycleExpiration(days=357)),),
        'date': (lifecycle('r', '前缀/', 'Disabled', M.LifecycleExpiration(date=DATE)),),
        'created before': (lifecycle('r', 'p', expiration=M.LifecycleExpiration(created_before_date=DATE)),),
        'delete marker': (lifecycle('r', 'p', expiration=M.LifecycleExpiration(expired_detete_marker=True)),),
        'delete marker false': (lifecycle('r', 'p', expiration=M.LifecycleExpiration(expired_detete_marker=False)),),
        'abort': (lifecycle('r', 'p', abort_multipart_upload=M.AbortMultipartUpload(days=3)),),
        'abort created before': (
            lifecycle('r', 'p', abort_multipart_upload=M.AbortMultipartUpload(created_before_date=DATE)),
        ),
        'transitions': (
            lifecycle(
                'r',
                'p',
                storage_transitions=[
                    M.StorageTransition(
                        days=30,
                        storage_class='IA',
                        is_access_time=True,
                        return_to_std_when_visit=False,
                        allow_small_file=True,
                    ),
                    M.StorageTransition(created_before_date=DATE, storage_class='Archive'),
                ],
            ),
        ),
        'tags': (lifecycle('r', 'p', tagging=TAGS, expiration=M.LifecycleExpiration(days=1)),),
        'filter': (lifecycle('r', 'p', filter=FILTER, expiration=M.LifecycleExpiration(days=1)),),
        'filter of zero': (
            lifecycle('r', 'p', filter=M.LifecycleFilter(object_size_greater_than=0, object_size_less_than=0)),
        ),
        'empty filter': (lifecycle('r', 'p', filter=M.LifecycleFilter()),),
        'noncurrent': (
            lifecycle(
                'r',
                'p',
                noncurrent_version_expiration=M.NoncurrentVersionExpiration(30),
                noncurrent_version_sotrage_transitions=[
                    M.NoncurrentVersionStorageTransition(12, 'IA', True, True, False),
                    M.NoncurrentVersionStorageTransition(20, 'Archive'),
                ],
                atime_base=1631698332,
            ),
        ),
        'several rules': (
            M.BucketLifecycle(
                [
                    M.LifecycleRule('a', 'a/', expiration=M.LifecycleExpiration(days=1)),
                    M.LifecycleRule('b', 'b/', status='Disabled', expiration=M.LifecycleExpiration(days=2)),
                ]
            ),
        ),
        'bare rule': (lifecycle('r', 'p'),),
        'no id': (lifecycle('', 'p', expiration=M.LifecycleExpiration(days=1)),),
        'no prefix': (lifecycle('r', '', expiration=M.LifecycleExpiration(days=1)),),
        'None prefix': (lifecycle('r', None, expiration=M.LifecycleExpiration(days=1)),),
        'no rules': (M.BucketLifecycle(),),
        'empty expiration': (lifecycle('r', 'p', expiration=M.LifecycleExpiration()),),
        'zero days': (lifecycle('r', 'p', expiration=M.LifecycleExpiration(days=0)),),
        'two kinds of expiration': (lifecycle('r', 'p', expiration=M.LifecycleExpiration(days=1, date=DATE)),),
        'datetime': (
            lifecycle('r', 'p', expiration=M.LifecycleExpiration(date=datetime.datetime(2022, 10, 11, 5, 6, 7))),
        ),
    },
    'to_put_bucket_cors': {
        'all': (
            M.BucketCors(
                [
                    M.CorsRule(['*', 'http://中.com'], ['GET', 'PUT'], ['x-a', 'x-b'], ['x-c'], 1000),
                    M.CorsRule(['http://a'], ['GET']),
                ],
                True,
            ),
        ),
        'no vary': (M.BucketCors([M.CorsRule(allowed_origins=['*'], allowed_methods=['HEAD'], max_age_seconds=0)]),),
        'vary false': (M.BucketCors([M.CorsRule(['*'], ['GET'])], False),),
        'empty': (M.BucketCors(),),
        'bare rule': (M.BucketCors([M.CorsRule()]),),
        'one as str': (M.BucketCors([M.CorsRule('*', 'GET')]),),
    },
    'to_create_live_channel': {
        'all': (M.LiveChannelInfo('enabled', '描述 & <a>', TARGET),),
        'default': (M.LiveChannelInfo(),),
        'no target': (M.LiveChannelInfo(target=None),),
        'disabled': (M.LiveChannelInfo('disabled', 'd', M.LiveChannelInfoTarget()),),
    },
    'to_put_tagging': {
        'two': (TAGS,),
        'empty': (M.Tagging(M.TaggingRule()),),
        'None': (M.Tagging(),),
        'odd': (M.Tagging(M.TaggingRule().do('add', 'a+b=c', '<&>"')),),
    },
    'to_put_bucket_encryption': {
        'AES256': (M.ServerSideEncryptionRule('AES256'),),
        'KMS': (M.ServerSideEncryptionRule('KMS', 'key-id', 'SM4'),),
        'KMS without key': (M.ServerSideEncryptionRule('KMS', ''),),
        'SM4': (M.ServerSideEncryptionRule(oss2.SERVER_SIDE_ENCRYPTION_SM4),),
        'AES256 with key': (M.ServerSideEncryptionRule('AES256', 'key-id'),),
        'None': (M.ServerSideEncryptionRule(),),
    },
    'to_put_bucket_versioning': {
        'on': (M.BucketVersioningConfig('Enabled'),),
        'suspended': (M.BucketVersioningConfig(oss2.BUCKET_VERSIONING_SUSPEND),),
        'None': (M.BucketVersioningConfig(),),
        'set': (M.BucketVersioningConfig().set(status='Enabled'),),
    },
    'to_put_bucket_request_payment': {
        'requester': ('Requester',),
        'constant': (models.PAYER_BUCKETOWNER,),
        'None': (None,),
    },
    'to_put_qos_info': {
        'bucket': (M.BucketQosInfo(*QOS_VALUES),),
        'user': (M.UserQosInfo('region', *QOS_VALUES),),
        'partly': (M.BucketQosInfo(total_upload_bw=0, extranet_qps=5),),
        'empty': (M.BucketQosInfo(),),
    },
    'to_put_bucket_user_qos': {
        'capacity': (M.BucketUserQos(100),),
        'unlimited': (M.BucketUserQos(-1),),
        'None': (M.BucketUserQos(),),
        'zero': (M.BucketUserQos(0),),
    },
    'to_put_bucket_requester_qos_info': {'true': ('true',), 'True': (True,), 'None': (None,)},
    'to_put_inventory_configuration': {
        'all': (INVENTORY,),
        'SSE-OSS': (
            M.InventoryConfiguration(
                'r',
                False,
                'Current',
                None,
                M.InventoryDestination(
                    M.InventoryBucketDestination(
                        '1', 'role', 'bucket', 'CSV', 'p', sse_oss_encryption=M.InventoryServerSideEncryptionOSS()
                    )
                ),
                M.InventorySchedule('Weekly'),
                ['Size'],
            ),
        ),
        'both kinds of encryption': (
            M.InventoryConfiguration(
                'r',
                True,
                'All',
                None,
                M.InventoryDestination(
                    M.InventoryBucketDestination(
                        '1', 'role', 'bucket', 'CSV', 'p', KMS, M.InventoryServerSideEncryptionOSS()
                    )
                ),
            ),
        ),
        'bare': (M.InventoryConfiguration('r'),),
        'empty': (M.InventoryConfiguration(),),
        'no encryption': (
            M.InventoryConfiguration(
                'r',
                True,
                'All',
                M.InventoryFilter('p'),
                M.InventoryDestination(M.InventoryBucketDestination('1', 'role', 'bucket', 'CSV')),
                M.InventorySchedule('Daily'),
            ),
        ),
        'empty destination': (M.InventoryConfiguration('r', inventory_destination=M.InventoryDestination()),),
        'constants': (
            M.InventoryConfiguration(
                'r',
                True,
                models.INVENTORY_INCLUDED_OBJECT_VERSIONS_ALL,
                M.InventoryFilter(),
                None,
                M.InventorySchedule(models.INVENTORY_FREQUENCY_WEEKLY),
                [models.FIELD_STORAG_CLASS],
            ),
        ),
    },
    'to_put_restore_config': {
        'days': (M.RestoreConfiguration(3),),
        'tier': (M.RestoreConfiguration(3, M.RestoreJobParameters('Bulk')),),
        'None tier': (M.RestoreConfiguration(3, M.RestoreJobParameters(None)),),
        'None days': (M.RestoreConfiguration(None, M.RestoreJobParameters('Bulk')),),
    },
    'to_put_init_bucket_worm': {'one': (1,), 'str': ('1',), 'None': (None,), 'zero': (0,)},
    'to_put_extend_bucket_worm': {'two': (2,), 'None': (None,)},
    'to_put_bucket_replication': {
        'all': (REPLICATION,),
        'bare': (M.ReplicationRule(),),
        'usual': (M.ReplicationRule(rule_id='r', target_bucket_name='t', target_bucket_location='oss-cn-shanghai'),),
        'history': (
            M.ReplicationRule(
                'r', 't', 'l', is_enable_historical_object_replication=True, prefix_list=[], action_list=[]
            ),
        ),
        'one action': (M.ReplicationRule('r', 't', 'l', action_list=['PUT']),),
        'KMS without key': (
            M.ReplicationRule('r', 't', 'l', sync_role_name='role', sse_kms_encrypted_objects_status='Disabled'),
        ),
        'actions as str': (M.ReplicationRule('r', 't', 'l', action_list='ALL'),),
    },
    'to_delete_bucket_replication': {'rule': ('rule1',), 'odd': ('a<&>b',), 'None': (None,)},
    'to_put_bucket_transfer_acceleration': {
        'true': ('true',),
        'True': (True,),
        'false': ('false',),
        'False': (False,),
        'None': (None,),
    },
    'to_bucket_cname_configuration': {
        'domain': ('www.example.com',),
        'None': (None,),
        'certificate': (
            'www.example.com',
            M.CertInfo('493-cn', '-----BEGIN CERTIFICATE-----\nMIID\n', '-----BEGIN KEY-----', '492-cn', True, False),
        ),
        'delete certificate': ('www.example.com', M.CertInfo(delete_certificate=True)),
        'empty certificate': ('www.example.com', M.CertInfo()),
        'force as str': ('a', M.CertInfo(force='true')),
    },
    'to_do_bucket_meta_query_request': {
        'all': (
            M.MetaQuery(
                'token',
                100,
                '{"Field": "Size","Value": "1048576","Operation": "lt"}',
                'Size',
                'asc',
                [M.AggregationsRequest('Size', 'sum'), M.AggregationsRequest('Size', 'max')],
            ),
        ),
        'query': (M.MetaQuery(max_results=2, query='{"Query": "a&b"}'),),
        'empty': (M.MetaQuery(),),
        'zero results': (M.MetaQuery(max_results=0),),
        'no aggregations': (M.MetaQuery(aggregations=[]),),
    },
    'to_put_bucket_access_monitor': {'on': ('Enabled',), 'off': ('Disabled',), 'None': (None,)},
    'to_put_bucket_resource_group': {'group': ('rg-xxx',), 'empty': ('',), 'None': (None,)},
    'to_put_bucket_style': {'style': ('image/resize,p_63',), 'odd': ('a&b',), 'None': (None,)},
    'to_put_async_fetch_task': {
        'all': (
            M.AsyncFetchTaskConfiguration('http://a.com/b?c=d&e', '目录/a.jpg', 'a.com', 'md5==', 'e30=', False, True),
        ),
        'bare': (M.AsyncFetchTaskConfiguration('http://a.com/b', 'key'),),
        'ignored': (M.AsyncFetchTaskConfiguration('u', 'k', ignore_same_key=True, callback_when_failed=False),),
    },
    'to_do_bucket_callback_policy_request': {
        'two': ([M.CallbackPolicyInfo('first', 'e30=', 'var'), M.CallbackPolicyInfo('second', 'e31=')],),
        'empty': ([],),
        'None': (None,),
        'bare': ([M.CallbackPolicyInfo()],),
    },
    'to_put_bucket_archive_direct_read': {'True': (True,), 'False': (False,), 'true': ('true',), 'None': (None,)},
    'to_do_bucket_https_config_request': {
        'on': (M.BucketTlsVersion(True, ['TLSv1.2', 'TLSv1.3']),),
        'off': (M.BucketTlsVersion(False),),
        'default': (M.BucketTlsVersion(),),
        'repeated': (M.BucketTlsVersion(True, ['TLSv1.2', 'TLSv1.2']),),
    },
    'to_do_create_access_point_request': {
        'vpc': (M.CreateAccessPointRequest('ap-01', 'vpc', M.AccessPointVpcConfiguration('vpc-id')),),
        'internet': (M.CreateAccessPointRequest('ap-01', 'internet'),),
        'empty': (M.CreateAccessPointRequest(),),
        'empty vpc': (M.CreateAccessPointRequest('ap-01', 'vpc', M.AccessPointVpcConfiguration()),),
    },
    'to_put_public_access_block_request': {'True': (True,), 'False': (False,), 'None': (None,), 'true': ('true',)},
    'to_complete_upload_request': {
        'two': ([M.PartInfo(1, 'A'), M.PartInfo(2, '"B"')],),
        'empty': ([],),
        'etag in lower case': ([M.PartInfo(3, 'abc')],),
    },
    'to_batch_delete_objects_request': {
        'quiet': (['a', '目 录&<>"\'', 'b\nc', 'd\te'], True),
        'loud': (['a'], False),
        'empty': ([], True),
        'bytes': ([b'a'], True),
    },
    'to_batch_delete_objects_version_request': {
        'two': (
            M.BatchDeleteObjectVersionList(
                [M.BatchDeleteObjectVersion('a', 'v1'), M.BatchDeleteObjectVersion('目录&', None)]
            ),
            True,
        ),
        'loud': (M.BatchDeleteObjectVersionList([]), False),
    },
    'to_select_object': {
        'csv': ('select * from ossobject', None),
        'chinese': ('select * from ossobject where 名 = \'值\'', {'CsvHeaderInfo': 'Use'}),
        'json': ('select * from ossobject', {'Json_Type': 'LINES'}),
    },
    'to_select_csv_object': {
        'all': (
            'select _1 from ossobject',
            {
                'CsvHeaderInfo': 'Use',
                'CommentCharacter': '#',
                'RecordDelimiter': '\n',
                'OutputRecordDelimiter': '\r\n',
                'FieldDelimiter': ',',
                'OutputFieldDelimiter': '|',
                'QuoteCharacter': '"',
                'SplitRange': (0, 2),
                'CompressionType': 'GZIP',
                'KeepAllColumns': True,
                'OutputRawData': True,
                'EnablePayloadCrc': True,
                'OutputHeader': False,
                'SkipPartialDataRecord': True,
                'MaxSkippedRecordsAllowed': 10,
                'AllowQuotedRecordDelimiter': False,
            },
        ),
        'line range': ('select 1', {'LineRange': (5, 10)}),
        'open range': ('select 1', {'LineRange': (5, None)}),
        'range to': ('select 1', {'SplitRange': (None, 5)}),
        'both ranges': ('select 1', {'LineRange': (0, 1), 'SplitRange': (0, 1)}),
        'empty': ('select 1', {}),
        'None': ('select 1', None),
        'unknown': ('select 1', {'NoSuch': '1'}),
        'strings for flags': ('select 1', {'KeepAllColumns': 'true'}),
        'lower-case name': ('select 1', {'csvheaderinfo': 'Use'}),
    },
    'to_select_json_object': {
        'all': (
            'select s.a from ossobject[*] s',
            {
                'Json_Type': 'LINES',
                'OutputRecordDelimiter': ',',
                'KeepAllColumns': True,
                'OutputRawData': False,
                'EnablePayloadCrc': True,
                'SkipPartialDataRecord': True,
                'MaxSkippedRecordsAllowed': 5,
                'CompressionType': 'None',
                'ParseJsonNumberAsString': True,
                'LineRange': (0, 3),
            },
        ),
        'document': ('select 1', {'Json_Type': 'DOCUMENT'}),
        'document with range': ('select 1', {'Json_Type': 'DOCUMENT', 'LineRange': (0, 1)}),
        'unknown': ('select 1', {'Json_Type': 'LINES', 'CsvHeaderInfo': 'Use'}),
        'bad type': ('select 1', {'Json_Type': 'OTHER'}),
        'split range': ('select 1', {'Json_Type': 'LINES', 'SplitRange': (1, 5)}),
    },
    'to_get_select_object_meta': {
        'None': (None,),
        'json': ({'Json_Type': 'LINES'},),
        'csv': ({'RecordDelimiter': '\n'},),
    },
    'to_get_select_csv_object_meta': {
        'all': (
            {
                'RecordDelimiter': '\n',
                'FieldDelimiter': ',',
                'QuoteCharacter': '"',
                'CompressionType': 'GZIP',
                'OverwriteIfExists': 'true',
            },
        ),
        'empty': ({},),
        'None': (None,),
        'overwrite True': ({'OverwriteIfExists': True},),
        'unknown': ({'NoSuch': 1},),
    },
    'to_get_select_json_object_meta': {
        'all': ({'Json_Type': 'LINES', 'CompressionType': 'GZIP', 'OverwriteIfExists': True},),
        'lines': ({'Json_Type': 'LINES'},),
        'document': ({'Json_Type': 'DOCUMENT'},),
        'unknown': ({'Json_Type': 'LINES', 'RecordDelimiter': '1'},),
    },
}
