"""The settings of buckets and accounts at the emulator: set, got and removed through the library."""
from __future__ import annotations

import pytest
from functional.emulator_client import fresh, refused

import oss2
from oss2 import models
from oss2.exceptions import ServerError


@pytest.fixture
def bucket(oss_emulator):
    oss_emulator.reset()
    bucket = oss_emulator.bucket('test-bucket')
    yield bucket
    bucket.close()
    oss_emulator.reset()


@pytest.fixture
def service(oss_emulator, bucket):
    credentials = oss_emulator.credentials
    with oss2.Service(oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret), oss_emulator.endpoint,
                      region=oss_emulator.region) as service:
        service.session.session.trust_env = False
        yield service


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        yield client


def code_of(call, *args, **kwargs):
    with pytest.raises(ServerError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def test_encryption_is_that_of_new_objects(bucket):
    assert code_of(bucket.get_bucket_encryption) == 'NoSuchServerSideEncryptionRule'
    rule = models.ServerSideEncryptionRule()
    rule.sse_algorithm, rule.kms_master_keyid, rule.kms_data_encryption = 'KMS', 'key-1', 'SM4'
    bucket.put_bucket_encryption(rule)
    found = bucket.get_bucket_encryption()
    assert (found.sse_algorithm, found.kms_master_keyid, found.kms_data_encryption) == ('KMS', 'key-1', 'SM4')
    assert bucket.get_bucket_info().bucket_encryption_rule.kms_master_keyid == 'key-1'
    upload = bucket.init_multipart_upload('big').upload_id
    part = bucket.upload_part('big', upload, 1, b'x')
    results = (bucket.put_object('k', b'x'), bucket.head_object('k'), bucket.append_object('log', 0, b'x'),
               bucket.copy_object('test-bucket', 'k', 'copy'),
               bucket.complete_multipart_upload('big', upload, [models.PartInfo(1, part.etag)]))
    for result in results:
        assert result.headers['x-oss-server-side-encryption'] == 'KMS'
        assert result.headers['x-oss-server-side-encryption-key-id'] == 'key-1'
    own = bucket.put_object('own', b'x', headers={'x-oss-server-side-encryption': 'AES256'})
    assert own.headers['x-oss-server-side-encryption'] == 'AES256'
    bucket.delete_bucket_encryption()
    assert 'x-oss-server-side-encryption' not in bucket.put_object('k', b'x').headers


@pytest.mark.parametrize('rule', [
    '<SSEAlgorithm>ROT13</SSEAlgorithm>', '', '<SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID>'])
def test_encryption_that_is_none(client, rule):
    document = '<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault>%s</ApplyServerSideEncryptionByDefault>' \
               '</ServerSideEncryptionRule>' % rule
    assert client.send('PUT', params={'encryption': ''}, body=document.encode()).status == 400
    refused(client.send('GET', params={'encryption': ''}), 404, 'NoSuchServerSideEncryptionRule')


def test_logging(bucket):
    assert bucket.get_bucket_logging().target_bucket == ''
    bucket.put_bucket_logging(models.BucketLogging('test-bucket', 'logs/'))
    found = bucket.get_bucket_logging()
    assert (found.target_bucket, found.target_prefix) == ('test-bucket', 'logs/')
    assert code_of(bucket.put_bucket_logging, models.BucketLogging('nobodys', '')) == 'InvalidTargetBucketForLogging'
    bucket.delete_bucket_logging()
    assert bucket.get_bucket_logging().target_bucket == ''


def test_log_fields(bucket):
    assert code_of(bucket.get_user_defined_log_fields_config) == 'NoSuchUserDefinedLogFieldsConfig'
    bucket.put_user_defined_log_fields_config(models.UserDefinedLogFieldsConfiguration(['h1', 'h2'], ['p1']))
    found = bucket.get_user_defined_log_fields_config()
    assert (found.header_set, found.param_set) == (['h1', 'h2'], ['p1'])
    bucket.delete_user_defined_log_fields_config()
    assert code_of(bucket.get_user_defined_log_fields_config) == 'NoSuchUserDefinedLogFieldsConfig'


def inventory(name, target='test-bucket'):
    destination = models.InventoryBucketDestination(
        '12345', 'acs:ram::12345:role/x', target, 'CSV', 'lists/',
        sse_kms_encryption=models.InventoryServerSideEncryptionKMS('key'))
    return models.InventoryConfiguration(
        name, True, 'All', models.InventoryFilter('logs/'), models.InventoryDestination(destination),
        models.InventorySchedule('Weekly'), ['Size', 'ETag'])


def test_inventories(bucket):
    assert code_of(bucket.get_bucket_inventory_configuration, 'i1') == 'NoSuchInventory'
    assert bucket.list_bucket_inventory_configurations().inventory_configurations == []
    for name in 'i2', 'i1':
        bucket.put_bucket_inventory_configuration(inventory(name))
    found = bucket.get_bucket_inventory_configuration('i1')
    assert (found.inventory_id, found.optional_fields) == ('i1', ['Size', 'ETag'])
    target = found.inventory_destination.bucket_destination
    assert (target.bucket, target.sse_kms_encryption.key_id) == ('test-bucket', 'key')
    listed = bucket.list_bucket_inventory_configurations()
    assert [item.inventory_id for item in listed.inventory_configurations] == ['i1', 'i2']
    assert code_of(bucket.put_bucket_inventory_configuration, inventory('i1')) == 'InventoryAlreadyExist'
    assert code_of(bucket.put_bucket_inventory_configuration, inventory('i3', 'nobodys')) == 'InvalidArgument'
    bucket.delete_bucket_inventory_configuration('i1')
    assert code_of(bucket.get_bucket_inventory_configuration, 'i1') == 'NoSuchInventory'


def test_inventories_come_in_pages(bucket):
    for number in range(101):
        bucket.put_bucket_inventory_configuration(inventory('i%03d' % number))
    first = bucket.list_bucket_inventory_configurations()
    assert (first.is_truncated, len(first.inventory_configurations)) == (True, 100)
    last = bucket.list_bucket_inventory_configurations(first.next_continuation_token)
    assert (last.is_truncated, [item.inventory_id for item in last.inventory_configurations]) == (False, ['i100'])


def test_styles(bucket):
    assert bucket.list_bucket_style().styles == []
    bucket.put_bucket_style('small', 'image/resize,p_50')
    bucket.put_bucket_style('small', 'image/resize,p_25')
    found = bucket.get_bucket_style('small')
    assert (found.name, found.content) == ('small', 'image/resize,p_25')
    assert [style.name for style in bucket.list_bucket_style().styles] == ['small']
    bucket.delete_bucket_style('small')
    assert code_of(bucket.get_bucket_style, 'small') == 'NoSuchStyle'


def test_https(bucket):
    assert bucket.get_bucket_https_config().tls_enabled is False
    bucket.put_bucket_https_config(models.HttpsConfiguration(True, ['TLSv1.2'], models.CipherSuite(True, strong=True)))
    found = bucket.get_bucket_https_config()
    assert (found.tls_enabled, found.tls_version) == (True, ['TLSv1.2'])
    assert code_of(bucket.put_bucket_https_config, models.BucketTlsVersion(True, ['SSLv3'])) == 'MalformedXML'


def test_switches_show_in_the_information(bucket):
    assert bucket.get_bucket_access_monitor().access_monitor.status == 'Disabled'
    assert code_of(bucket.get_bucket_transfer_acceleration) == 'NoSuchTransferAccelerationConfiguration'
    bucket.put_bucket_access_monitor('Enabled')
    bucket.put_bucket_transfer_acceleration('true')
    bucket.put_bucket_resource_group('rg-1')
    info = bucket.get_bucket_info()
    assert (info.access_monitor, info.transfer_acceleration, info.resource_group_id) == ('Enabled', 'Enabled', 'rg-1')
    assert bucket.get_bucket_transfer_acceleration().enabled == 'true'
    assert bucket.get_bucket_resource_group().resource_group_id == 'rg-1'


def test_callbacks_by_name(bucket):
    assert code_of(bucket.get_bucket_callback_policy) == 'NoSuchCallbackPolicy'
    bucket.put_bucket_callback_policy([models.CallbackPolicyInfo('first', 'Y2I=', 'dmFy')])
    (found,) = bucket.get_bucket_callback_policy().callback_policies
    assert (found.policy_name, found.callback, found.callback_var) == ('first', 'Y2I=', 'dmFy')
    bucket.put_bucket_callback_policy(models.CallbackPolicy([found, models.CallbackPolicyInfo('second', 'Y2I=')]))
    assert [policy.policy_name for policy in bucket.get_bucket_callback_policy().callback_policies] \
        == ['first', 'second']
    bucket.delete_bucket_callback_policy()
    assert code_of(bucket.get_bucket_callback_policy) == 'NoSuchCallbackPolicy'


def test_limits_of_a_bucket(bucket, service):
    assert code_of(bucket.get_bucket_qos_info) == 'NoSuchQosConfiguration'
    bucket.put_bucket_qos_info(models.BucketQosInfo(10, -1, 8, 5, -1, 4, 1000, -1, -1))
    found = bucket.get_bucket_qos_info()
    assert (found.total_upload_bw, found.extranet_download_bw, found.total_qps) == (10, 4, 1000)
    assert code_of(bucket.put_bucket_qos_info, models.BucketQosInfo(total_upload_bw=5, intranet_upload_bw=6)) == (
        'InvalidArgument')
    bucket.delete_bucket_qos_info()
    assert code_of(bucket.get_bucket_qos_info) == 'NoSuchQosConfiguration'
    assert service.get_user_qos_info().region == 'oss-cn-hangzhou'
    assert bucket.get_bucket_storage_capacity().storage_capacity == -1
    bucket.set_bucket_storage_capacity(models.BucketUserQos(0))
    assert code_of(bucket.put_object, 'k', b'data') == 'QuotaExceeded'


def test_limits_of_requesters(bucket):
    limits = models.QoSConfiguration(total_upload_bw=3)
    for uid in 'u1', 'u2', 'u3':
        bucket.put_bucket_requester_qos_info(uid, limits)
    assert bucket.get_bucket_requester_qos_info('u1').qos_configuration.total_upload_bw == 3
    first = bucket.list_bucket_requester_qos_infos(max_keys=2)
    assert ([item.requester for item in first.requester_qos_info], first.is_truncated) == (['u1', 'u2'], True)
    last = bucket.list_bucket_requester_qos_infos(first.next_continuation_token)
    assert [item.requester for item in last.requester_qos_info] == ['u3']
    bucket.delete_bucket_requester_qos_info('u1')
    assert code_of(bucket.get_bucket_requester_qos_info, 'u1') == 'NoSuchQosConfiguration'


def test_resource_pools(oss_emulator, service):
    assert service.list_resource_pools().resource_pool == []
    assert code_of(service.get_resource_pool_info, 'pool') == 'NoSuchResourcePool'
    oss_emulator.state.resource_pools['pool'] = {'limits': {'TotalUploadBandwidth': '7'}, 'buckets': ['test-bucket']}
    try:
        found = service.list_resource_pools()
        assert ([pool.name for pool in found.resource_pool], found.owner) == (['pool'], oss_emulator.account_id())
        assert service.get_resource_pool_info('pool').qos_configuration.total_upload_bw == 7
        assert [item.name for item in service.list_resource_pool_buckets('pool').resource_pool_buckets] == [
            'test-bucket']
        service.put_resource_pool_requester_qos_info('u1', 'pool', models.QoSConfiguration(total_qps=9))
        assert service.get_resource_pool_requester_qos_info('u1', 'pool').qos_configuration.total_qps == 9
        listed = service.list_resource_pool_requester_qos_infos('pool')
        assert [item.requester for item in listed.requester_qos_info] == ['u1']
        service.delete_resource_pool_requester_qos_info('u1', 'pool')
        assert service.list_resource_pool_requester_qos_infos('pool').requester_qos_info == []
    finally:
        oss_emulator.state.resource_pools.clear()


def test_replication(oss_emulator, bucket):
    assert code_of(bucket.get_bucket_replication) == 'NoSuchReplicationConfiguration'
    rule = models.ReplicationRule('r1', 'other-bucket', 'oss-cn-beijing', prefix_list=['a/'], action_list=['PUT'])
    bucket.put_bucket_replication(rule)
    assert code_of(bucket.put_bucket_replication, rule) == 'BucketReplicationAlreadyExist'
    (found,) = bucket.get_bucket_replication().rule_list
    assert (found.rule_id, found.status, found.prefix_list) == ('r1', 'starting', ['a/'])
    oss_emulator.state.restore_seconds, before = 0, oss_emulator.state.restore_seconds
    try:
        assert bucket.get_bucket_replication().rule_list[0].status == 'doing'
        assert bucket.get_bucket_replication_progress('r1').progress.historical_object_progress == 1.0
        assert bucket.get_bucket_info().cross_region_replication == 'Enabled'
        bucket.put_bucket_rtc(models.RtcConfiguration('enabled', 'r1'))
        assert bucket.delete_bucket_replication('r1').status == 200
        assert bucket.delete_bucket_replication('r1').status == 204
        assert bucket.get_bucket_replication().rule_list[0].status == 'closing'
        assert code_of(bucket.get_bucket_replication) == 'NoSuchReplicationConfiguration'
    finally:
        oss_emulator.state.restore_seconds = before
    assert 'oss-cn-beijing' in bucket.get_bucket_replication_location().location_list
    assert code_of(bucket.get_bucket_replication_progress, 'r1') == 'NoSuchReplicationRule'
    assert bucket.delete_bucket_replication('r1').status == 200


def test_errors_that_oss_documents_with_an_ec(bucket):
    bucket.put_object('k', b'')
    bucket.put_bucket_inventory_configuration(inventory('first'))
    calls = {
        '0005-00000004': bucket.get_bucket_encryption,
        '0016-00000702': lambda: bucket.restore_object('k'),
        '0020-00000042': lambda: bucket.put_bucket_inventory_configuration(inventory('first')),
        '0014-00000026': lambda: bucket.put_bucket_lifecycle(models.BucketLifecycle([
            models.LifecycleRule('r', 'p', status='Enabled')])),
    }
    for ec, call in calls.items():
        with pytest.raises(ServerError) as caught:
            call()
        assert caught.value.ec == ec


def test_changes_of_redundancy(oss_emulator, bucket, service):
    task = bucket.create_bucket_data_redundancy_transition('ZRS').task_id
    assert bucket.get_bucket_data_redundancy_transition(task).transition_status in ('Queueing', 'Processing')
    assert code_of(bucket.create_bucket_data_redundancy_transition, 'LRS') == (
        'BucketDataRedundancyTransitionTaskConflict')
    oss_emulator.state.restore_seconds, before = 0, oss_emulator.state.restore_seconds
    try:
        found = bucket.get_bucket_data_redundancy_transition(task)
    finally:
        oss_emulator.state.restore_seconds = before
    assert (found.transition_status, found.process_percentage) == ('Finished', 100)
    assert bucket.get_bucket_info().data_redundancy_type == 'ZRS'
    for listed in bucket.list_bucket_data_redundancy_transition(), service.list_user_data_redundancy_transition():
        assert [item.task_id for item in listed.data_redundancy_transitions] == [task]


def test_a_change_of_redundancy_is_taken_back(oss_emulator, bucket, monkeypatch):
    monkeypatch.setattr(oss_emulator.state, 'restore_seconds', 100)
    task = bucket.create_bucket_data_redundancy_transition('ZRS').task_id
    assert bucket.get_bucket_info().data_redundancy_type == 'ZRS'
    bucket.delete_bucket_data_redundancy_transition(task)
    assert bucket.get_bucket_info().data_redundancy_type == 'LRS'
    assert code_of(bucket.get_bucket_data_redundancy_transition, task) == 'NoSuchDataRedundancyTransition'
    task = bucket.create_bucket_data_redundancy_transition('ZRS').task_id
    with oss_emulator.faults.skew(60, times=None):
        assert code_of(bucket.delete_bucket_data_redundancy_transition, task) == (
            'BucketDataRedundancyTransitionTaskConflict')
    with oss_emulator.faults.skew(101, times=None):
        bucket.delete_bucket_data_redundancy_transition(task)
    assert bucket.get_bucket_info().data_redundancy_type == 'ZRS'
    assert bucket.list_bucket_data_redundancy_transition().data_redundancy_transitions == []


def test_a_query_over_metadata(bucket):
    assert code_of(bucket.get_bucket_meta_query_status) == 'MetaQueryNotExist'
    bucket.open_bucket_meta_query()
    assert code_of(bucket.open_bucket_meta_query) == 'MetaQueryAlreadyExist'
    for number in range(5):
        bucket.put_object('k%d' % number, b'x' * number, headers={'x-oss-meta-n': str(number),
                                                                  'x-oss-tagging': 'parity=%d' % (number % 2)})
    bigger = '{"Field": "Size", "Value": "1", "Operation": "gt"}'
    even = '{"Field": "OSSTagging.parity", "Value": "0", "Operation": "eq"}'

    def names(query, **options):
        found = bucket.do_bucket_meta_query(models.MetaQuery(query=query, sort='Size', order='asc', **options))
        return [file.file_name for file in found.files], found.next_token

    status = bucket.get_bucket_meta_query_status()
    assert (status.state, status.mode) in (('Ready', 'basic'), ('Running', 'basic'))
    assert names(bigger) == (['k2', 'k3', 'k4'], '')
    assert names('{"Field": "FileModifiedTime", "Value": "2020-01-01T00:00:00.000Z", "Operation": "lt"}')[0] == []
    assert names('{"Field": "OSSTagging.none", "Value": "0", "Operation": "eq"}')[0] == []
    assert names('{"Operation": "and", "SubQueries": [%s, %s]}' % (bigger, even))[0] == ['k2', 'k4']
    assert names('{"Operation": "not", "SubQueries": [%s]}' % bigger)[0] == ['k0', 'k1']
    assert names('{"Field": "OSSUserMeta.n", "Value": "3", "Operation": "eq"}')[0] == ['k3']
    first, token = names(bigger, max_results=2)
    assert (first, names(bigger, max_results=2, next_token=token)[0]) == (['k2', 'k3'], ['k4'])
    result = bucket.do_bucket_meta_query(models.MetaQuery(query=bigger, aggregations=[
        models.AggregationsRequest('Size', 'sum'), models.AggregationsRequest('OSSStorageClass', 'group')]))
    assert result.aggregations[0].value == 9.0
    assert [(group.value, group.count) for group in result.aggregations[1].groups] == [('Standard', 3)]
    assert code_of(names, '{"Field": "Nothing", "Value": "1", "Operation": "eq"}') == 'InvalidArgument'
    assert code_of(names, 'no json') == 'InvalidArgument'
    bucket.close_bucket_meta_query()
    assert code_of(names, bigger) == 'MetaQueryNotExist'


def test_datasets(bucket):
    assert code_of(bucket.do_meta_query_action, 'createDataset', {'datasetName': 'd'}) == 'MetaQueryNotExist'
    bucket.open_bucket_meta_query('semantic')
    bucket.do_meta_query_action('createDataset', {'datasetName': 'd', 'description': 'all of them'})
    assert '<Description>all of them</Description>' in bucket.do_meta_query_action(
        'getDataset', {'datasetName': 'd'}).body
    assert '<DatasetName>d</DatasetName>' in bucket.do_meta_query_action('listDatasets').body
    assert code_of(bucket.do_meta_query_action, 'createDataset', {'datasetName': 'd'}) == 'ResourceAlreadyExists'
    bucket.do_meta_query_action('updateDataset', {'datasetName': 'd', 'description': 'some of them'})
    assert '<Description>some of them</Description>' in bucket.do_meta_query_action(
        'getDataset', {'datasetName': 'd'}).body
    assert code_of(bucket.do_meta_query_action, 'dance') == 'InvalidArgument'
    bucket.do_meta_query_action('deleteDataset', {'datasetName': 'd'})
    assert code_of(bucket.do_meta_query_action, 'getDataset', {'datasetName': 'd'}) == 'DatasetNotExist'


def test_data_pipelines(service):
    document = b'<DataPipelineConfiguration><DataPipelineName>p</DataPipelineName><Source><ApiKey>key</ApiKey>' \
               b'</Source></DataPipelineConfiguration>'
    service.do_data_pipeline_action('putDataPipelineConfiguration', data=document)
    body = service.do_data_pipeline_action('getDataPipelineConfiguration', {'dataPipelineName': 'p'}).body
    assert '<DataPipelineName>p</DataPipelineName>' in body
    assert '<ApiKey>sk-****</ApiKey>' in body
    assert '<DataPipelineName>p<' in service.do_data_pipeline_action('listDataPipelineConfigurations').body
    service.do_data_pipeline_action('deleteDataPipelineConfiguration', {'dataPipelineName': 'p'})
    assert code_of(service.do_data_pipeline_action, 'getDataPipelineConfiguration', {'dataPipelineName': 'p'}) == (
        'DataPipelineNotExist')


def test_tables_of_metadata(bucket):
    assert code_of(bucket.get_bucket_metadata_configuration) == 'NoSuchMetadataConfiguration'
    bucket.create_bucket_metadata_configuration(models.MetadataConfiguration(
        models.JournalTableConfiguration('ENABLED', 10), models.InventoryTableConfiguration('DISABLED')))
    assert code_of(bucket.create_bucket_metadata_configuration, models.MetadataConfiguration(
        models.JournalTableConfiguration('DISABLED'))) == 'MetadataConfigurationAlreadyExists'
    found = bucket.get_bucket_metadata_configuration()
    assert (found.journal.table_name, found.journal.days, found.inventory.state) == ('journal', 10, 'DISABLED')
    bucket.update_bucket_metadata_inventory_table_configuration(models.InventoryTableConfiguration('ENABLED'))
    bucket.update_bucket_metadata_journal_table_configuration(models.JournalTableConfiguration('DISABLED'))
    found = bucket.get_bucket_metadata_configuration()
    assert (found.journal.expiration, found.journal.days, found.inventory.table_name) == ('DISABLED', None, 'inventory')
    bucket.delete_bucket_metadata_configuration()
    assert code_of(bucket.get_bucket_metadata_configuration) == 'NoSuchMetadataConfiguration'


def test_the_states_of_an_access_point(oss_emulator, bucket):
    bucket.create_access_point(models.CreateAccessPointRequest('point', 'internet'))
    state = oss_emulator.state
    state.restore_seconds, before = 1000, state.restore_seconds
    try:
        assert bucket.get_access_point('point').access_point_status == 'creating'
        state.restore_seconds = 0
        assert bucket.get_access_point('point').access_point_status == 'enable'
        state.restore_seconds = 1000
        bucket.delete_access_point('point')
        assert bucket.get_access_point('point').access_point_status == 'deleting'
        assert [point.status for point in bucket.list_bucket_access_points().access_points] == ['deleting']
        state.restore_seconds = 0
        assert code_of(bucket.get_access_point, 'point') == 'NoSuchAccessPoint'
        bucket.create_access_point(models.CreateAccessPointRequest('point', 'internet'))
    finally:
        state.restore_seconds = before


def test_access_points_are_listed(oss_emulator, bucket, service):
    oss_emulator.state.restore_seconds, before = 0, oss_emulator.state.restore_seconds
    try:
        list_access_points(bucket, service)
    finally:
        oss_emulator.state.restore_seconds = before


def list_access_points(bucket, service):
    for name in 'point-a', 'point-b':
        bucket.create_access_point(models.CreateAccessPointRequest(name, 'internet'))
    found = bucket.get_access_point('point-a')
    assert (found.access_point_name, found.bucket, found.access_point_status) == ('point-a', 'test-bucket', 'enable')
    for lister in bucket.list_bucket_access_points, service.list_access_points:
        first = lister(max_keys=1)
        assert ([point.access_point_name for point in first.access_points], first.is_truncated) == (['point-a'], True)
        last = lister(continuation_token=first.next_continuation_token)
        assert [point.access_point_name for point in last.access_points] == ['point-b']
    bucket.put_access_point_public_access_block('point-a', True)
    assert bucket.get_access_point_public_access_block('point-a').block_public_access is True
    bucket.delete_access_point('point-a')
    assert code_of(bucket.get_access_point, 'point-a') == 'NoSuchAccessPoint'


def test_regions_and_cloud_boxes(oss_emulator, service):
    (region,) = service.describe_regions('oss-cn-hangzhou').regions
    assert (region.region, region.internet_endpoint) == ('oss-cn-hangzhou', 'oss-cn-hangzhou.aliyuncs.com')
    assert len(service.describe_regions().regions) > 1
    assert code_of(service.describe_regions, 'oss-nowhere') == 'NoSuchRegion'
    assert service.list_cloud_boxes().cloud_boxes == []
    oss_emulator.state.cloud_boxes.append('cb-1')
    try:
        assert [box.id for box in service.list_cloud_boxes().cloud_boxes] == ['cb-1']
    finally:
        oss_emulator.state.cloud_boxes.clear()


def test_settings_outlive_the_emulator(tmp_path):
    from oss2.emulator import Emulator
    for _ in range(2):
        with Emulator(data=str(tmp_path)) as oss, oss.bucket('kept-bucket') as bucket:
            if not bucket.list_bucket_style().styles:
                bucket.put_bucket_style('small', 'image/resize,p_50')
                bucket.put_bucket_access_monitor('Enabled')
            assert bucket.get_bucket_style('small').content == 'image/resize,p_50'
            assert bucket.get_bucket_info().access_monitor == 'Enabled'


def test_settings_go_with_the_bucket(bucket):
    bucket.put_bucket_style('small', 'image/resize,p_50')
    bucket.delete_bucket()
    bucket.create_bucket()
    assert bucket.list_bucket_style().styles == []


def test_what_a_bucket_is_made_with(client):
    headers = {'x-oss-server-side-encryption': 'AES256', 'x-oss-resource-group-id': 'rg-1',
               'x-oss-bucket-tagging': 'a=1&b=%E4%B8%AD'}
    assert client.send('PUT', bucket='made-bucket', headers=headers).status == 200
    assert client.send('GET', params={'encryption': ''}, bucket='made-bucket').texts(
        'ApplyServerSideEncryptionByDefault/SSEAlgorithm') == ['AES256']
    assert client.send('GET', params={'resourceGroup': ''}, bucket='made-bucket').texts('ResourceGroupId') == ['rg-1']
    tags = client.send('GET', params={'tagging': ''}, bucket='made-bucket')
    assert (tags.texts('TagSet/Tag/Key'), tags.texts('TagSet/Tag/Value')) == (['a', 'b'], ['1', '\u4e2d'])


def test_a_query_over_more_objects_than_a_page(bucket, monkeypatch):
    from oss2.emulator.operations import meta_query
    monkeypatch.setattr(meta_query, '_PAGE', 2)
    bucket.open_bucket_meta_query()
    for number in range(5):
        bucket.put_object('k%d' % number, b'')
    found = bucket.do_bucket_meta_query(models.MetaQuery(sort='Filename', order='asc'))
    assert [file.file_name for file in found.files] == ['k%d' % number for number in range(5)]
