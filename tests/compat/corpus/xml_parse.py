"""Every parse function of oss2.xml_utils on a whole document and on that document with each element damaged."""

from __future__ import annotations

from cases import Answered, Area, Element, Fresh, Sweep, Xml, models
from documents import (
    ANSWERS,
    CONDITION,
    INVENTORY,
    LIFECYCLE_FILTER,
    LIFECYCLE_TRANSITION,
    MIRROR_HEADERS,
    NONCURRENT_TRANSITION,
    QOS,
    REDIRECT,
    TRANSITION,
)

area = Area('xml_parse')
# Parse function: the result that it fills in, and documents.
FILLS = {
    'parse_batch_delete_objects': ('BatchDeleteObjectsResult', 'deleted'),
    'parse_callback_policy_result': ('CallbackPolicyResult', 'callback policies'),
    'parse_create_access_point_result': ('CreateAccessPointResult', 'access point made'),
    'parse_create_bucket_cname_token': ('CreateBucketCnameTokenResult', 'cname token'),
    'parse_create_data_redundancy_transition_result': ('CreateDataRedundancyTransitionResult', 'transition made'),
    'parse_create_live_channel': ('CreateLiveChannelResult', 'live channel made'),
    'parse_describe_regions': ('DescribeRegionsResult', 'regions'),
    'parse_do_bucket_meta_query_result': ('DoBucketMetaQueryResult', 'meta query'),
    'parse_dummy_result': ('RequestResult', 'acl'),
    'parse_get_access_point_result': ('GetAccessPointResult', 'access point'),
    'parse_get_async_fetch_task_result': ('GetAsyncFetchTaskResult', 'async fetch'),
    'parse_get_bucket_access_monitor_result': ('GetBucketAccessMonitorResult', 'access monitor'),
    'parse_get_bucket_acl': ('GetBucketAclResult', 'acl'),
    'parse_get_bucket_archive_direct_read': ('GetBucketArchiveDirectReadResult', 'archive direct read'),
    'parse_get_bucket_cname_token': ('GetBucketCnameTokenResult', 'cname token'),
    'parse_get_bucket_cors': ('GetBucketCorsResult', 'cors'),
    'parse_get_bucket_data_redundancy_transition': ('DataRedundancyTransitionInfoResult', 'transition'),
    'parse_get_bucket_encryption': ('GetServerSideEncryptionResult', 'encryption'),
    'parse_get_bucket_https_config': ('HttpsConfigResult', 'https config'),
    'parse_get_bucket_info': ('GetBucketInfoResult', 'bucket info'),
    'parse_get_bucket_lifecycle': ('GetBucketLifecycleResult', 'lifecycle'),
    'parse_get_bucket_location': ('GetBucketLocationResult', 'location'),
    'parse_get_bucket_logging': ('GetBucketLoggingResult', 'logging'),
    'parse_get_bucket_meta_query_result': ('GetBucketMetaQueryResult', 'meta query status'),
    'parse_get_bucket_referer': ('GetBucketRefererResult', 'referer'),
    'parse_get_bucket_replication_location_result': ('GetBucketReplicationLocationResult', 'replication locations'),
    'parse_get_bucket_replication_progress_result': ('GetBucketReplicationProgressResult', 'replication progress'),
    'parse_get_bucket_replication_result': ('GetBucketReplicationResult', 'replication'),
    'parse_get_bucket_request_payment': ('GetBucketRequestPaymentResult', 'request payment'),
    'parse_get_bucket_resource_group_result': ('GetBucketResourceGroupResult', 'resource group'),
    'parse_get_bucket_stat': ('GetBucketStatResult', 'bucket stat'),
    'parse_get_bucket_style_result': ('GetBucketStyleResult', 'style'),
    'parse_get_bucket_transfer_acceleration_result': ('GetBucketTransferAccelerationResult', 'transfer acceleration'),
    'parse_get_bucket_user_qos': ('GetBucketUserQosResult', 'storage capacity'),
    'parse_get_bucket_versioning': ('GetBucketVersioningResult', 'versioning'),
    'parse_get_bucket_website': ('GetBucketWebsiteResult', 'website'),
    'parse_get_bucket_worm_result': ('GetBucketWormResult', 'worm'),
    'parse_get_live_channel': ('GetLiveChannelResult', 'live channel'),
    'parse_get_object_acl': ('GetObjectAclResult', 'acl'),
    'parse_get_public_access_block_result': ('GetPublicAccessBlockResult', 'public access block'),
    'parse_get_requester_qos_info': ('RequesterQoSInfoResult', 'requester qos'),
    'parse_get_resource_pool_info': ('ResourcePoolInfoResult', 'resource pool'),
    'parse_init_multipart_upload': ('InitMultipartUploadResult', 'upload made'),
    'parse_list_access_point_result': ('ListAccessPointResult', 'access points'),
    'parse_list_bucket_cname': ('ListBucketCnameResult', 'cnames'),
    'parse_list_bucket_data_redundancy_transition': ('ListBucketDataRedundancyTransitionResult', 'transitions'),
    'parse_list_bucket_inventory_configurations': ('ListInventoryConfigurationsResult', 'inventories'),
    'parse_list_bucket_requester_qos_infos': ('ListBucketRequesterQoSInfosResult', 'requester qos list'),
    'parse_list_bucket_style': ('ListBucketStyleResult', 'styles'),
    'parse_list_buckets': ('ListBucketsResult', 'bucket list'),
    'parse_list_live_channel': ('ListLiveChannelResult', 'live channels'),
    'parse_list_multipart_uploads': ('ListMultipartUploadsResult', 'upload list'),
    'parse_list_object_versions': ('ListObjectVersionsResult', 'version list'),
    'parse_list_objects': ('ListObjectsResult', 'object list'),
    'parse_list_objects_v2': ('ListObjectsV2Result', 'object list'),
    'parse_list_parts': ('ListPartsResult', 'part list'),
    'parse_list_resource_pool_buckets': ('ListResourcePoolBucketsResult', 'resource pool buckets'),
    'parse_list_resource_pool_requester_qos_infos': (
        'ListResourcePoolRequesterQoSInfosResult',
        'resource pool requester qos',
    ),
    'parse_list_resource_pools': ('ListResourcePoolsResult', 'resource pools'),
    'parse_list_user_data_redundancy_transition': ('ListUserDataRedundancyTransitionResult', 'transitions of a user'),
    'parse_live_channel_history': ('GetLiveChannelHistoryResult', 'live channel history'),
    'parse_live_channel_stat': ('GetLiveChannelStatResult', 'live channel stat'),
    'parse_put_async_fetch_task_result': ('PutAsyncFetchTaskResult', 'async fetch made'),
}
MORE = [
    ('parse_get_bucket_inventory_configuration', 'GetInventoryConfigurationResult', 'inventory'),
    ('parse_get_bucket_inventory_configuration', 'GetInventoryConfigurationResult', 'inventory, SSE-OSS'),
    ('parse_get_tagging', 'GetTaggingResult', 'tagging'),
    ('parse_get_tagging', 'GetTaggingResult', 'tagging, encoded'),
    ('parse_get_qos_info', 'GetBucketQosInfoResult', 'bucket qos'),
    ('parse_get_qos_info', 'GetUserQosInfoResult', 'user qos'),
    ('parse_get_public_access_block_result', 'GetBucketPublicAccessBlockResult', 'public access block'),
    ('parse_get_public_access_block_result', 'GetAccessPointPublicAccessBlockResult', 'public access block'),
]
for function, model, answer in [(function, model, answer) for function, (model, answer) in FILLS.items()] + MORE:
    document = ANSWERS[answer].strip()
    area.add('%s into %s' % (answer, model), getattr(Sweep, function)(document, Fresh(model)))

# Functions that take an element.
ELEMENTS = {
    'parse_condition_include_header': '<IncludeHeader><Key>host</Key><Equals>example.com</Equals></IncludeHeader>',
    'parse_data_redundancy_transition': TRANSITION,
    'parse_lifecycle_expiration': '<Expiration><Days>1</Days></Expiration>',
    'parse_lifecycle_abort_multipart_upload': '<AbortMultipartUpload><Days>1</Days></AbortMultipartUpload>',
    'parse_lifecycle_filter': LIFECYCLE_FILTER,
    'parse_lifecycle_version_expiration': '<NoncurrentVersionExpiration><NoncurrentDays>9</NoncurrentDays>'
    '</NoncurrentVersionExpiration>',
    'parse_mirror_headers': MIRROR_HEADERS,
    'parse_qos_configuration': '<QoSConfiguration>' + QOS + '</QoSConfiguration>',
    'parse_routing_rule_condition': CONDITION,
    'parse_routing_rule_redirect': REDIRECT,
    'get_Inventory_configuration_from_element': INVENTORY,
}
for function, document in ELEMENTS.items():
    area.add('element', getattr(Sweep, function)(document.strip()))
    area.add('None', getattr(Xml, function)(None))
DATES = {
    'date': '<Date>2022-10-11T00:00:00.000Z</Date>',
    'created before': '<CreatedBeforeDate>2022-10-11T00:00:00.000Z</CreatedBeforeDate>',
    'delete marker': '<ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker>',
    'two': '<Days>5</Days><Date>2022-10-11T00:00:00.000Z</Date>',
    'three': '<Days>5</Days><CreatedBeforeDate>2022-10-11T00:00:00.000Z</CreatedBeforeDate>'
    '<ExpiredObjectDeleteMarker>false</ExpiredObjectDeleteMarker>',
}
for title, inner in DATES.items():
    area.add(title, Sweep.parse_lifecycle_expiration('<Expiration>%s</Expiration>' % inner))
    area.add(
        title, Sweep.parse_lifecycle_abort_multipart_upload('<AbortMultipartUpload>%s</AbortMultipartUpload>' % inner)
    )
for function, document in {
    'parse_lifecycle_storage_transitions': LIFECYCLE_TRANSITION,
    'parse_lifecycle_verison_storage_transitions': NONCURRENT_TRANSITION,
    'parse_lifecycle_object_taggings': '<Tag><Key>a</Key><Value>b</Value></Tag><Tag><Key>c</Key><Value></Value></Tag>',
}.items():
    area.add('elements', getattr(Xml, function)(Element('<Rule>%s%s</Rule>' % (document, document), children=True)))
    area.add('one', getattr(Xml, function)(Element('<Rule>%s</Rule>' % document, children=True)))
    area.add('empty list', getattr(Xml, function)([]))
    area.add('None', getattr(Xml, function)(None))
VIDEO = (
    '<Video><Width>1280</Width><Height>536</Height><FrameRate>24</FrameRate><Bandwidth>72513</Bandwidth>'
    '<Codec>H264</Codec></Video>'
)
AUDIO = '<Audio><Bandwidth>6519</Bandwidth><SampleRate>24000</SampleRate><Codec>ADPCM</Codec></Audio>'
for function, model, document in (
    ('parse_stat_video', 'LiveChannelVideoStat', VIDEO),
    ('parse_stat_audio', 'LiveChannelAudioStat', AUDIO),
):
    area.add('whole', getattr(Xml, function)(Element(document), getattr(models, model)()))
    area.add('empty', getattr(Xml, function)(Element('<Video/>'), getattr(models, model)()))
    area.add('None', getattr(Xml, function)(None, getattr(models, model)()))

# Bodies that are no document.
BROKEN = {
    'not XML': b'hello',
    'empty': b'',
    'cut': b'<Some><Thing>',
    'another root': b'<Other/>',
    'spaces': b' \n',
    'byte order mark': b'\xef\xbb\xbf<Other/>',
    'str': '<Other/>',
    'None': None,
    'entity': b'<!DOCTYPE a [<!ENTITY b "c">]><Other>&b;</Other>',
    'latin-1': b'<?xml version="1.0" encoding="ISO-8859-1"?><Other>\xe9</Other>',
    'wrong encoding': b'<Other>\xe9</Other>',
}
for function, (model, _) in sorted(FILLS.items()):
    for title, body in BROKEN.items():
        if title not in ('not XML', 'empty', 'another root') and function != 'parse_list_parts':
            continue
        area.add(title, getattr(Xml, function)(getattr(models, model)(Answered()), body))
JSON = ANSWERS['async process'].encode('utf-8')
for title, body in dict(
    BROKEN, whole=JSON, bare=b'{}', array=b'[]', partly=b'{"EventId": "1"}', null=b'null', text=JSON.decode('utf-8')
).items():
    area.add(title, Xml.parse_async_process_object(models.AsyncProcessObject(Answered()), body))
