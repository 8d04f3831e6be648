"""Inputs of requests: calls of functions of `xml_utils`, and of constructors of `models`, as text.

They are evaluated with the names of `oss2.models`, and with those below.
"""
from __future__ import annotations

import datetime
from typing import Any, Dict, List

DAY = datetime.date(2017, 1, 2)

_LIFECYCLE = 'BucketLifecycle([LifecycleRule("id", "logs/", %s)])'
_WEBSITE = 'BucketWebsite("index.html", "error.html", [RoutingRule(1, %s, %s)])'
_CONDITION = 'Condition("abc/", 404, [ConditionInlcudeHeader("host", "a&b"), ConditionInlcudeHeader("x", "y")])'
_INVENTORY = ('InventoryConfiguration("report1", True, "All", InventoryFilter("p/", 1, 2, 3, 4, "IA"), '
              'InventoryDestination(InventoryBucketDestination("100", "acs:ram::1:role/r", "b", "CSV", "pre", %s)), '
              'InventorySchedule("Daily"), ["Size", "ETag"])')

#: function -> what it is called with
CALLS: Dict[str, List[str]] = {
    'to_batch_delete_objects_request': [
        '["a", "b&<>\\"\'", "中文/é", "tab\\tline\\n", " "], False', '["a\\rb"], True', '["a\\x01b"], True',
        '["a", b"bytes"], True', '[""], True', '[], True'],
    'to_batch_delete_objects_version_request': [
        'BatchDeleteObjectVersionList([BatchDeleteObjectVersion("k", "v"), BatchDeleteObjectVersion("k&")]), False',
        'BatchDeleteObjectVersionList([BatchDeleteObjectVersion("k", ""), BatchDeleteObjectVersion()]), True',
        'BatchDeleteObjectVersionList(), True'],
    'to_complete_upload_request': [
        '[PartInfo(1, \'"quoted"\')]', '[PartInfo(1, None)]',
        '[PartInfo(1, "3349DC7"), PartInfo(2, "8EFDA8")]', '[PartInfo(2, "a", 5, 6, 7), PartInfo("1", "b")]', '[]'],
    'to_put_tagging': ['tagging(a="1", b="", c="&")', 'Tagging()'],
    'to_put_restore_config': ['RestoreConfiguration(3)', 'RestoreConfiguration(3, RestoreJobParameters("Bulk"))',
                              'RestoreConfiguration("3", ResotreJobParameters("Standard"))'],
    'to_put_async_fetch_task': [
        'AsyncFetchTaskConfiguration("http://a/?b&c", "o", "h", "md5", "cb", True, False)',
        'AsyncFetchTaskConfiguration("u", "o")', 'AsyncFetchTaskConfiguration("", "", "", "", "", False, True)'],
    'to_put_bucket_config': ['BucketCreateConfig("IA")', 'BucketCreateConfig("Archive", "ZRS")',
                             'BucketCreateConfig(None)', 'BucketCreateConfig("", "")'],
    'to_put_bucket_versioning': ['BucketVersioningConfig("Enabled")', 'BucketVersioningConfig("Suspended")',
                                 'BucketVersioningConfig()'],
    'to_put_bucket_lifecycle': [
        'BucketLifecycle()', 'BucketLifecycle([LifecycleRule("", "")])', 'BucketLifecycle([LifecycleRule(None, None)])',
        'BucketLifecycle([LifecycleRule("a", "b", "Disabled"), LifecycleRule("中", "&", LifecycleRule.ENABLED)])',
        _LIFECYCLE % 'expiration=LifecycleExpiration(days=3)',
        _LIFECYCLE % 'expiration=LifecycleExpiration(days=0)',
        _LIFECYCLE % 'expiration=LifecycleExpiration(date=DAY)',
        _LIFECYCLE % 'expiration=LifecycleExpiration(created_before_date=DAY)',
        _LIFECYCLE % 'expiration=LifecycleExpiration(expired_detete_marker=True)',
        _LIFECYCLE % 'expiration=LifecycleExpiration(expired_detete_marker=False)',
        _LIFECYCLE % 'expiration=LifecycleExpiration()',
        _LIFECYCLE % 'abort_multipart_upload=AbortMultipartUpload(days=1)',
        _LIFECYCLE % 'abort_multipart_upload=AbortMultipartUpload(created_before_date=DAY)',
        _LIFECYCLE % 'storage_transitions=[StorageTransition(days=1, storage_class="IA")]',
        _LIFECYCLE % ('storage_transitions=[StorageTransition(created_before_date=DAY, storage_class="Archive"), '
                      'StorageTransition(5, None, "IA", True, False, True)]'),
        _LIFECYCLE % 'tagging=tagging(a="1", b="&")', _LIFECYCLE % 'tagging=Tagging()',
        _LIFECYCLE % 'noncurrent_version_expiration=NoncurrentVersionExpiration(10)',
        _LIFECYCLE % ('noncurrent_version_sotrage_transitions=[NoncurrentVersionStorageTransition(5, "IA"), '
                      'NoncurrentVersionStorageTransition(6, "Archive", True, False, True)]'),
        _LIFECYCLE % 'atime_base=5',
        _LIFECYCLE % 'filter=LifecycleFilter([FilterNot("a/", FilterNotTag("k", "v")), FilterNot("b/")], 500, 64000)',
        _LIFECYCLE % 'filter=LifecycleFilter([FilterNot(None, FilterNotTag("k", ""))])',
        _LIFECYCLE % 'filter=LifecycleFilter()', _LIFECYCLE % 'filter=LifecycleFilter(None, 0, 0)',
        _LIFECYCLE % 'filter=LifecycleFilter([FilterNot("a", FilterNotTag())])',
        _LIFECYCLE % 'noncurrent_version_expiration=NoncurrentVersionExpiration(None)',
        _LIFECYCLE % 'storage_transitions=[StorageTransition()]',
        _LIFECYCLE % ('expiration=LifecycleExpiration(days=3), abort_multipart_upload=AbortMultipartUpload(days=1), '
                      'storage_transitions=[StorageTransition(days=1, storage_class="IA")], tagging=tagging(a="1"), '
                      'noncurrent_version_expiration=NoncurrentVersionExpiration(5), '
                      'noncurrent_version_sotrage_transitions=[NoncurrentVersionStorageTransition(5, "IA")], '
                      'filter=LifecycleFilter([FilterNot("p")])')],
    'to_put_bucket_cors': [
        'BucketCors()', 'BucketCors([CorsRule(["*"], ["GET", "PUT"], ["a", "b"], ["c", "d"], 100), CorsRule()], True)',
        'BucketCors([CorsRule(max_age_seconds=0)], False)', 'BucketCors([CorsRule("*")])'],
    'to_put_bucket_referer': [
        'BucketReferer(True, ["http://a", "中"], False, ["c", "d"])', 'BucketReferer(False, [], True, [])',
        'BucketReferer(False, ["a"])', 'BucketReferer(False, "ab")', 'BucketReferer(False, None)'],
    'to_put_bucket_logging': ['BucketLogging("b", "p/")', 'BucketLogging("b", "")', 'BucketLogging("b", None)',
                              'BucketLogging("", "")', 'BucketLogging(None, None)', 'BucketLogging("", "p")'],
    'to_put_bucket_website': [
        'BucketWebsite("index.html", "error.html")', 'BucketWebsite("", "")', 'BucketWebsite(None, None)',
        _WEBSITE % (_CONDITION, 'Redirect("Mirror", pass_query_string=True, mirror_url="http://a/", '
                    'mirror_url_slave="http://b/", mirror_url_probe="http://c/", mirror_pass_query_string=False, '
                    'mirror_follow_redirect=True, mirror_check_md5=False, mirror_headers=RedirectMirrorHeaders('
                    'True, ["p1", "p2"], ["r1"], [MirrorHeadersSet("k", "v")]))'),
        _WEBSITE % (_CONDITION, 'Redirect("External", True, "rk", None, "http", "hn", 302)'),
        _WEBSITE % (_CONDITION, 'Redirect("External", False, None, "", "", "")'),
        _WEBSITE % (_CONDITION, 'Redirect("External", mirror_url="http://a/", mirror_check_md5=True)'),
        _WEBSITE % ('Condition()', 'Redirect("AliCDN", None, None, "rp", "https", "h", 301)'),
        _WEBSITE % ('Condition("p")', 'Redirect("Internal", replace_key_with="rk")'),
        _WEBSITE % ('Condition("", 404)', 'Redirect("Mirror", mirror_url="https://a/", replace_key_prefix_with="")'),
        _WEBSITE % ('Condition(None, None, [ConditionInlcudeHeader()])', 'Redirect("Internal")'),
        _WEBSITE % ('Condition(None, 404)', 'Redirect("Mirror", mirror_url="http://a/", '
                    'mirror_headers=RedirectMirrorHeaders())'),
        _WEBSITE % ('Condition(None, 404)', 'Redirect("Mirror", mirror_url="http://a/", '
                    'mirror_headers=RedirectMirrorHeaders(False, [""], [], [MirrorHeadersSet()]))')],
    'to_do_bucket_https_config_request': ['BucketTlsVersion(True, ["TLSv1.2", "TLSv1.3"])', 'BucketTlsVersion()',
                                          'BucketTlsVersion(False, [])', 'BucketTlsVersion(True, "TLSv1.2")'],
    'to_put_bucket_encryption': [
        'ServerSideEncryptionRule("AES256")', 'ServerSideEncryptionRule("KMS", "key")',
        'ServerSideEncryptionRule("KMS", "key", "SM4")', 'ServerSideEncryptionRule("KMS", "", "")',
        'ServerSideEncryptionRule("KMS", None, "SM4")', 'ServerSideEncryptionRule()'],
    'to_put_init_bucket_worm': ['5', '0', '"7"', 'None'],
    'to_put_extend_bucket_worm': ['5', 'None'],
    'to_put_inventory_configuration': [
        _INVENTORY % 'sse_kms_encryption=InventoryServerSideEncryptionKMS("key")',
        _INVENTORY % 'sse_oss_encryption=InventoryServerSideEncryptionOSS()', _INVENTORY % 'None',
        'InventoryConfiguration()', 'InventoryConfiguration("", False, "")',
        'InventoryConfiguration("i", None, None, InventoryFilter(), InventoryDestination(), '
        'InventorySchedule(None), [])',
        'InventoryConfiguration("i", True, "All", InventoryFilter("", 0, 0, 0, 0, ""), '
        'InventoryDestination(InventoryBucketDestination()), InventorySchedule(""))',
        'InventoryConfiguration(inventory_destination=InventoryDestination(InventoryBucketDestination("", "", "", '
        '"", "",'
        ' InventoryServerSideEncryptionKMS(None))))'],
    'to_put_bucket_replication': [
        'ReplicationRule("r", "b", "l", "oss_acc", ["p1", "p2"], ["PUT", "DELETE"], True, "role", "key", "Enabled", '
        '"doing", "c", "cl")', 'ReplicationRule()', 'ReplicationRule("r", "b", "l", '
        'is_enable_historical_object_replication=False, sse_kms_encrypted_objects_status="Disabled")',
        'ReplicationRule("", "", "", "", [], ["ALL"], sync_role_name="", replica_kms_keyid="")',
        'ReplicationRule(prefix_list=[""])', 'ReplicationRule(prefix_list="ab")', 'ReplicationRule(action_list="PUT")'],
    'to_delete_bucket_replication': ['"r&"', '""', 'None'],
    'to_do_bucket_meta_query_request': [
        'MetaQuery("t", 5, \'{"Field": "Size"}\', "Size", "asc", [AggregationsRequest("Size", "sum"), '
        'AggregationsRequest()])', 'MetaQuery("", 0, "", "", "", [])', 'MetaQuery()'],
    'to_put_bucket_request_payment': ['"Requester"', '""', 'None'],
    'to_put_public_access_block_request': ['True', 'False', '"true"'],
    'to_do_bucket_callback_policy_request': [
        '[CallbackPolicyInfo("n", "c", "v"), CallbackPolicyInfo("n2", "c2"), CallbackPolicyInfo()]', '[]',
        '[CallbackPolicyInfo("", "", "")]'],
    'to_put_bucket_access_monitor': ['"Enabled"', '""', 'None'],
    'to_put_bucket_archive_direct_read': ['True', 'False', '"true"'],
    'to_put_bucket_transfer_acceleration': ['"true"', 'True', 'False'],
    'to_put_bucket_resource_group': ['"rg-1"', '""', 'None'],
    'to_put_bucket_style': ['"image/resize,p_50"', '"<&>"', 'None'],
    'to_put_qos_info': [
        'BucketQosInfo(1, 2, 3, 4, 5, 6, 7, 8, 9)', 'BucketQosInfo()', 'BucketQosInfo(0, -1)',
        'QoSConfiguration(1, 2, 3, 4, 5, 6, 7, 8, 9)', 'QoSConfiguration(total_qps="5")'],
    'to_put_bucket_user_qos': ['BucketUserQos(5)', 'BucketUserQos(0)', 'BucketUserQos(-1)', 'BucketUserQos()'],
    'to_put_bucket_requester_qos_info': ['True', '"x"'],
    'to_do_create_access_point_request': [
        'CreateAccessPointRequest("n", "vpc", AccessPointVpcConfiguration("v"))',
        'CreateAccessPointRequest("n", "internet")',
        'CreateAccessPointRequest()', 'CreateAccessPointRequest("", "", AccessPointVpcConfiguration())'],
    'to_bucket_cname_configuration': [
        '"example.com"', '"example.com", CertInfo("id", "cert", "pk", "prev", True, False)', '"d", CertInfo()', 'None',
        '"", CertInfo("", "", "", "", False, True)'],
    'to_select_object': [
        '"select * from ossobject where a=\'中&<\'", None', '"s", {}',
        '"s", {"CsvHeaderInfo": "Use", "CommentCharacter": "#", "RecordDelimiter": "\\n", '
        '"OutputRecordDelimiter": "\\r\\n", '
        '"FieldDelimiter": ",", "OutputFieldDelimiter": ";", "QuoteCharacter": "\\"", "SplitRange": (0, 5), '
        '"CompressionType": "GZIP", "KeepAllColumns": True, "OutputRawData": False, "EnablePayloadCrc": True, '
        '"OutputHeader": True, "SkipPartialDataRecord": True, "MaxSkippedRecordsAllowed": 5, '
        '"AllowQuotedRecordDelimiter": True}',
        '"s", {"Json_Type": "LINES", "OutputRecordDelimiter": "\\n", "LineRange": (5, None), '
        '"CompressionType": "GZIP", '
        '"OutputRawData": True, "EnablePayloadCrc": True, "SkipPartialDataRecord": True, '
        '"MaxSkippedRecordsAllowed": 5, '
        '"ParseJsonNumberAsString": True}', '"s", {"Json_Type": "DOCUMENT"}', '"s", {"Unknown": 1}'],
    'to_get_select_object_meta': [
        'None', '{"RecordDelimiter": "\\n", "FieldDelimiter": ",", "QuoteCharacter": "\\"", "OverwriteIfExists": True}',
        '{"Json_Type": "LINES", "OverwriteIfExists": True}', '{"Json_Type": "DOCUMENT"}', '{"Unknown": 1}'],
    'to_create_live_channel': [
        'LiveChannelInfo()',
        'LiveChannelInfo("disabled", "d&", LiveChannelInfoTarget("HLS", 3, 4, "p.m3u8"), 5, "n", "p", '
        '"q")', 'LiveChannelInfo("", "", LiveChannelInfoTarget(frag_duration="7"))'],
}

#: constructors whose arguments have to fit each other
CONSTRUCTIONS: List[str] = [
    'LifecycleExpiration(days=1, date=DAY)', 'LifecycleExpiration(days=0, created_before_date=DAY)',
    'LifecycleExpiration(date=DAY, expired_detete_marker=False)', 'LifecycleExpiration(-1)', 'LifecycleExpiration("x")',
    'AbortMultipartUpload(1, DAY)', 'AbortMultipartUpload(1)', 'StorageTransition(0, DAY)',
    'StorageTransition(None, DAY, "IA", True)', 'BucketWebsite("i", "e", ())', 'BucketWebsite("i", "e", [1])',
    'Condition("p", 404, "x")', 'Condition("p", 404, [1])', 'RedirectMirrorHeaders(True, "x")',
    'RedirectMirrorHeaders(None, None, "x")', 'RedirectMirrorHeaders(None, None, None, ())',
    'RedirectMirrorHeaders("x", ["a"], ["b"], [1])', 'RoutingRule(0, Condition(), Redirect("Internal"))',
    'RoutingRule(-1, Condition(), Redirect("Internal"))', 'RoutingRule("1", Condition(), Redirect("Internal"))',
    'RoutingRule(1)', 'RoutingRule(1, Condition())', 'RoutingRule(1, None, Redirect("Internal"))',
    'RoutingRule(1, Condition(), Redirect("Internal"))', 'RoutingRule(1, Condition("p"), Redirect("Mirror", mirror_url='
    '"http://a/"))', 'RoutingRule(1, Condition(None, 403), Redirect("Mirror", mirror_url="http://a/"))',
    'RoutingRule(1, Condition(None, 404), Redirect("Mirror", mirror_url="http://a/"))', 'Redirect("x")',
    'Redirect("Mirror")', 'Redirect("Mirror", mirror_url="")', 'Redirect("Mirror", mirror_url="http://a")',
    'Redirect("Mirror", mirror_url="ftp://a/")', 'Redirect("Mirror", mirror_url="http://a/")',
    'Redirect("Mirror", mirror_url="http://a/", mirror_url_slave="x", mirror_url_probe="http://b/")',
    'Redirect("Mirror", mirror_url="http://a/", mirror_url_slave="http://b/")',
    'Redirect("Mirror", mirror_url="http://a/", mirror_url_probe="x")',
    'Redirect("Mirror", mirror_url="http://a/", host_name="h")',
    'Redirect("Mirror", mirror_url="http://a/", proto="http")',
    'Redirect("Mirror", mirror_url="http://a/", http_redirect_code=302)',
    'Redirect("Mirror", mirror_url="http://a/", replace_key_with="k")', 'Redirect("Internal")',
    'Redirect("Internal", host_name="h")', 'Redirect("Internal", proto="http")',
    'Redirect("Internal", http_redirect_code=302)',
    'Redirect("External", replace_key_with="a", replace_key_prefix_with="b")',
    'Redirect("External", http_redirect_code=299)', 'Redirect("External", http_redirect_code=300)',
    'Redirect("External", http_redirect_code=399)', 'Redirect("External", http_redirect_code=400)',
    'Redirect("External", pass_query_string="x", proto="ftp")',
    'ReplicationRule(is_enable_historical_object_replication=1)',
    'ReplicationRule(is_enable_historical_object_replication=False)', 'ReplicationRule(action_list=["x"], status="x")',
    'ReplicationRule(sse_kms_encrypted_objects_status="x")',
    'ReplicationRule(sse_kms_encrypted_objects_status="Enabled")',
    'BucketReplicationProgress(is_enable_historical_object_replication="x")',
    'BucketReplicationProgress(is_enable_historical_object_replication=True, historical_object_progress=0.5)',
    'InventoryBucketDestination(sse_kms_encryption=1, sse_oss_encryption=2)', 'InventoryBucketDestination(bucket="b")',
    'PartInfo(1, \'"e"\')', 'PartInfo("1", "e", size=5)', 'Owner("d", owner_id="i")', 'Tagging(tagging(a="1").tag_set)',
    'tagging(a="1", b="").tag_set', 'tagging(**{"": "x"})', 'tagging(**{"k" * 128: "v" * 256})',
    'tagging(**{"k" * 129: "v"})', 'tagging(k="v" * 257)', 'tagging(**{"中" * 128: "值" * 256})',
    'LifecycleRule("i", "p", "x")', 'LifecycleRule(5, 6)', 'BucketTlsVersion(tls_version=["a"])',
    'LiveChannelInfo(target=LiveChannelInfoTarget("x", 1, 2, "p"))', 'GetAsyncFetchTaskResult(RESPONSE, 1, 2, 3, 4)',
    'PutAsyncFetchTaskResult(RESPONSE, 1)', 'MultipartUploadCryptoContext(1, 2, 3)',
]


def names(models: Any, response: Any) -> Dict[str, Any]:
    """The names that the expressions above use."""
    def tagging(**tags: str) -> Any:
        rules = models.TaggingRule()
        for key, value in tags.items():
            rules.add(key, value)
        return models.Tagging(rules)
    return dict(vars(models), DAY=DAY, RESPONSE=response, tagging=tagging)
