"""Documents, headers and parameters that OSS refuses, operation by operation; what was there before stays."""
from __future__ import annotations

import base64
import json

import pytest
from functional.emulator_client import fresh, refused


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        yield client


def xml(root, *children, **texts):
    """An element: of children that are written already, and of texts by their names."""
    inner = ''.join(children) + ''.join('<%s>%s</%s>' % (name, text, name) for name, text in texts.items())
    return '<%s>%s</%s>' % (root, inner, root)


def cname(domain, **certificate):
    return xml('BucketCnameConfiguration', xml('Cname', '<Domain>%s</Domain>' % domain,
                                               *([xml('CertificateConfiguration', **certificate)] * bool(certificate))))


def inventory(name='report', bucket='acs:oss:::test-bucket'):
    destination = xml('Destination', xml('OSSBucketDestination', Format='CSV', AccountId='1', RoleArn='r',
                                         Bucket=bucket))
    return xml('InventoryConfiguration', destination, xml('Schedule', Frequency='Daily'), Id=name, IsEnabled='true',
               IncludedObjectVersions='All')


def lifecycle(*rules):
    return xml('LifecycleConfiguration', *rules)


def rule(*children, **texts):
    return xml('Rule', *children, **{'Prefix': '', 'Status': 'Enabled', **texts})


def replication(target=None, **texts):
    wanted = {'Bucket': 'other', 'Location': 'oss-cn-beijing'} if target is None else target
    return xml('ReplicationConfiguration', xml('Rule', xml('Destination', **wanted), **texts))


def website(*rules):
    return xml('WebsiteConfiguration', xml('RoutingRules', *rules))


def routing_rule(number=1, condition='404', **redirect):
    return xml('RoutingRule', xml('Condition', HttpErrorCodeReturnedEquals=condition), xml('Redirect', **redirect),
               RuleNumber=number)


def select(sql='select * from ossobject', kind='CSV', options='', **texts):
    inside = {'CSV': '', 'JSON': '<Type>LINES</Type>'}[kind] if 'Type' not in texts else ''
    return xml('SelectRequest', xml('InputSerialization', xml(kind, inside, **{
        name: text for name, text in texts.items() if name != 'CompressionType'}), **{
        name: text for name, text in texts.items() if name == 'CompressionType'}),
        xml('OutputSerialization', xml(kind)), options, Expression=base64.b64encode(sql.encode()).decode())


TRANSITION = xml('Transition', Days=1, StorageClass='IA', IsAccessTime='true')
STYLE = xml('Style', Content='image/resize,w_1')

# name: method, parameters and headers, document, status and code
OF_A_BUCKET = {
    'a name of an access point': ('PUT', {'accessPoint': ''}, xml(
        'CreateAccessPointConfiguration', AccessPointName='-x', NetworkOrigin='internet'), 400, 'InvalidArgument'),
    'an access point for no network': ('PUT', {'accessPoint': ''}, xml(
        'CreateAccessPointConfiguration', AccessPointName='point', NetworkOrigin='vpc'), 400, 'InvalidArgument'),
    'a domain of one word': ('POST', {'cname': '', 'comp': 'add'}, cname('localhost'), 400, 'InvalidArgument'),
    'a domain of odd letters': ('POST', {'cname': '', 'comp': 'token'}, cname('a b.com'), 400, 'InvalidArgument'),
    'a certificate in the place of another': ('POST', {'cname': '', 'comp': 'add'}, cname(
        'a.com', CertId='2', PreviousCertId='1'), 400, 'InvalidArgument'),
    'a certificate without its key': ('POST', {'cname': '', 'comp': 'add'}, cname('a.com', Certificate='c'), 400,
                                      'InvalidArgument'),
    'no certificate': ('POST', {'cname': '', 'comp': 'add'}, cname('a.com', PrivateKey='k'), 400, 'MalformedXML'),
    'a fetch from nowhere': ('POST', {'asyncFetch': ''}, xml('AsyncFetchTaskConfiguration', Object='k'), 400,
                             'MalformedXML'),
    'an inventory of another name': ('PUT', {'inventory': '', 'inventoryId': 'other'}, inventory(), 400,
                                     'InvalidArgument'),
    'a name of an inventory': ('PUT', {'inventory': '', 'inventoryId': 'a b'}, inventory('a b'), 400,
                               'InvalidArgument'),
    'an inventory for no bucket': ('PUT', {'inventory': '', 'inventoryId': 'report'}, inventory(bucket='here'), 400,
                                   'InvalidArgument'),
    'too many rules': ('PUT', {'lifecycle': ''}, lifecycle(*(
        rule(xml('Expiration', Days=1), Prefix=number) for number in range(1001))), 400, 'MalformedXML'),
    'uploads by tags': ('PUT', {'lifecycle': ''}, lifecycle(rule(
        xml('Tag', Key='k', Value='v'), xml('AbortMultipartUpload', Days=1))), 400, 'InvalidArgument'),
    'a mode of a meta query': ('POST', {'metaQuery': '', 'comp': 'add', 'mode': 'any'}, '', 400, 'InvalidArgument'),
    'records that expire some time': ('POST', {'metadataConfiguration': ''}, xml(
        'MetadataConfiguration', xml('JournalTableConfiguration', xml('RecordExpiration', Expiration='ENABLED'))), 400,
        'MalformedXML'),
    'a policy without end': ('PUT', {'policy': ''}, ' ' * 16385, 400, 'PolicySizeLimitExceed'),
    'callbacks of one name': ('PUT', {'policy': '', 'comp': 'callback'}, xml('BucketCallbackPolicy', *[
        xml('PolicyItem', PolicyName='p', Callback='c')] * 2), 400, 'MalformedXML'),
    'less than no capacity': ('PUT', {'qos': ''}, xml('BucketUserQos', StorageCapacity='-2'), 400, 'MalformedXML'),
    'a limit below none': ('PUT', {'requesterQosInfo': '', 'qosRequester': '1'}, xml('QoSConfiguration', TotalQps='-2'),
                           400, 'MalformedXML'),
    'replication to nowhere': ('POST', {'replication': '', 'comp': 'add'}, replication({'Bucket': 'other'}), 400,
                               'MalformedXML'),
    'replication to itself': ('POST', {'replication': '', 'comp': 'add'}, replication(
        {'Bucket': 'test-bucket', 'Location': 'oss-cn-beijing'}), 400, 'InvalidArgument'),
    'replication of what': ('POST', {'replication': '', 'comp': 'add'}, replication(Action='READ'), 400,
                            'InvalidArgument'),
    'replication by nobody': ('POST', {'replication': '', 'comp': 'add'}, xml('ReplicationConfiguration', xml(
        'Rule', xml('Destination', Bucket='other', Location='oss-cn-beijing'), xml('SourceSelectionCriteria', xml(
            'SseKmsEncryptedObjects', Status='Enabled')))), 400, 'MissingArgument'),
    'a retention in days and years': ('PUT', {'objectWorm': ''}, xml('ObjectWormConfiguration', xml('Rule', xml(
        'DefaultRetention', Mode='GOVERNANCE', Days=1, Years=1)), ObjectWormEnabled='Enabled'), 400, 'MalformedXML'),
    'rules of one name': ('PUT', {'overwriteConfig': ''}, xml('OverwriteConfiguration', *[
        xml('Rule', ID='r', Action='forbid')] * 2), 400, 'InvalidArgument'),
    'a prefix of logs': ('PUT', {'logging': ''}, xml('BucketLoggingStatus', xml(
        'LoggingEnabled', TargetBucket='test-bucket', TargetPrefix='1')), 400, 'InvalidArgument'),
    'routing rules of one number': ('PUT', {'website': ''}, website(*[
        routing_rule(RedirectType='External', HostName='a.com')] * 2), 400, 'InvalidArgument'),
    'a mirror of no site': ('PUT', {'website': ''}, website(routing_rule(
        RedirectType='Mirror', MirrorURL='ftp://a.com/')), 400, 'InvalidArgument'),
    'a key replaced twice': ('PUT', {'website': ''}, website(routing_rule(
        RedirectType='External', ReplaceKeyWith='a', ReplaceKeyPrefixWith='b')), 400, 'InvalidArgument'),
    'a name of a style': ('PUT', {'style': '', 'styleName': 'a b'}, STYLE, 400, 'InvalidArgument'),
    'no version of TLS': ('PUT', {'httpsConfig': ''}, xml('HttpsConfiguration', xml('TLS', Enable='true')), 400,
                          'MalformedXML'),
    'a version of TLS twice': ('PUT', {'httpsConfig': ''}, xml('HttpsConfiguration', xml(
        'TLS', *['<TLSVersion>TLSv1.2</TLSVersion>'] * 2, Enable='true')), 400, 'MalformedXML'),
    'neither true nor false': ('PUT', {'transferAcceleration': ''}, xml(
        'TransferAccelerationConfiguration', Enabled='maybe'), 400, 'MalformedXML'),
    'a name that is too long': ('PUT', {'lifecycle': ''}, lifecycle(rule(
        xml('Expiration', Days=1), ID='r' * 256)), 400, 'MalformedXML'),
    'a date that is none': ('PUT', {'lifecycle': ''}, lifecycle(rule(
        xml('Expiration', CreatedBeforeDate='tomorrow'))), 400, 'MalformedXML'),
}
OF_AN_OBJECT = {
    'a live channel of another type': ('PUT', {'live': ''}, xml('LiveChannelConfiguration', xml(
        'Target', Type='DASH')), 400, 'InvalidArgument'),
    'a state of a live channel': ('PUT', {'live': ''}, xml('LiveChannelConfiguration', xml(
        'Target', Type='HLS'), Status='broken'), 400, 'InvalidArgument'),
    'a long description': ('PUT', {'live': ''}, xml('LiveChannelConfiguration', xml(
        'Target', Type='HLS'), Description='d' * 129), 400, 'InvalidArgument'),
    'long pieces of a stream': ('PUT', {'live': ''}, xml('LiveChannelConfiguration', xml(
        'Target', Type='HLS', FragDuration=101)), 400, 'InvalidArgument'),
    'no video': ('POST', {'x-oss-process': ''}, 'x-oss-process=video/snapshot,t_1|sys/saveas,o_aw', 501,
                 'NotImplemented'),
    'a range of no lines': ('POST', {'x-oss-process': 'csv/select'}, select(Range='1-2'), 400, 'InvalidArgument'),
    'a header of no kind': ('POST', {'x-oss-process': 'csv/select'}, select(FileHeaderInfo='Some'), 400,
                            'InvalidArgument'),
    'JSON of no kind': ('POST', {'x-oss-process': 'json/select'}, select(kind='JSON', Type='TREE'), 400,
                        'InvalidArgument'),
    'rows to skip in words': ('POST', {'x-oss-process': 'csv/select'}, select(
        options=xml('Options', MaxSkippedRecordsAllowed='few')), 400, 'InvalidArgument'),
    'a delimiter that is not base64': ('POST', {'x-oss-process': 'csv/select'}, select(RecordDelimiter='!'), 400,
                                       'InvalidArgument'),
    'another compression': ('POST', {'x-oss-process': 'csv/select'}, select(CompressionType='ZSTD'), 400,
                            'InvalidArgument'),
    'paths in CSV': ('POST', {'x-oss-process': 'csv/select'}, select('select * from ossobject.a[*]'), 400,
                     'InvalidSqlParameter'),
}
HEADERS = {
    'a version without a name': ('GET', {'versionId': ''}, {}, 400, 'InvalidArgument'),
    'a callback variable of another name': ('PUT', {}, {
        'x-oss-callback': 'eyJjYWxsYmFja1VybCI6ImEuY29tIiwiY2FsbGJhY2tCb2R5IjoiYiJ9', 'x-oss-callback-var':
        'eyJ5IjoiMSJ9'}, 400, 'InvalidArgument'),
}


@pytest.mark.parametrize('name', OF_A_BUCKET)
def test_settings_of_a_bucket(client, name):
    method, params, body, status, code = OF_A_BUCKET[name]
    refused(client.send(method, params=params, body=body.encode()), status, code)


@pytest.mark.parametrize('name', OF_AN_OBJECT)
def test_operations_on_an_object(client, name):
    client.put('k', b'a,b\n')
    method, params, body, status, code = OF_AN_OBJECT[name]
    refused(client.send(method, 'k', params, body=body.encode()), status, code)
    assert client.get('k').body == b'a,b\n'


@pytest.mark.parametrize('name', HEADERS)
def test_parameters_and_headers(client, name):
    client.put('k', b'data')
    method, params, headers, status, code = HEADERS[name]
    refused(client.send(method, 'k', params, headers), status, code)
    assert client.get('k').body == b'data'


META_QUERIES = {
    'no object': '[]', 'no operation': '{}', 'nothing to combine': '{"Operation": "and", "SubQueries": []}',
    'an operation there is not': '{"Operation": "like", "Field": "Size", "Value": "1"}',
    'no value': '{"Operation": "eq", "Field": "Size"}',
    'a size in words': '{"Operation": "gt", "Field": "Size", "Value": "many"}',
}


@pytest.fixture
def indexed(client):
    client.put('k', b'data')
    assert client.send('POST', params={'metaQuery': '', 'comp': 'add'}).status == 200
    return client


def query(client, params=None, **texts):
    return client.send('POST', params={'metaQuery': '', 'comp': 'query', **(params or {})},
                       body=xml('MetaQuery', **texts).encode())


@pytest.mark.parametrize('name', META_QUERIES)
def test_meta_queries(indexed, name):
    refused(query(indexed, Query=META_QUERIES[name]), 400, 'InvalidArgument')


def test_what_else_a_meta_query_cannot_have(indexed):
    refused(query(indexed, {'mode': 'semantic'}, SimpleQuery=''), 400, 'InvalidArgument')
    for token in ('later', '\u00b2'):
        refused(query(indexed, NextToken=token), 400, 'InvalidArgument')
    sums = xml('Aggregations', xml('Aggregation', Field='Filename', Operation='sum'))
    refused(indexed.send('POST', params={'metaQuery': '', 'comp': 'query'}, body=xml('MetaQuery', sums).encode()),
            400, 'InvalidArgument')
    refused(indexed.send('POST', params={'metaQuery': '', 'action': 'createDataset', 'datasetName': 'a b'}), 400,
            'InvalidArgument')


def test_an_answer_for_a_function(client):
    headers = {'x-oss-request-route': 'r', 'x-oss-request-token': 't', 'x-oss-fwd-status': 'fine'}
    refused(client.send('POST', '', {'x-oss-write-get-object-response': ''}, headers, bucket=''), 400,
            'InvalidArgument')


def test_a_pipeline_without_a_name(client):
    refused(client.send('POST', params={'dataPipeline': '', 'action': 'putDataPipelineConfiguration'},
                        body=b'<DataPipelineConfiguration/>', bucket=''), 400, 'InvalidArgument')


def test_what_there_are_too_many_of(client, monkeypatch):
    from oss2.emulator.operations import buckets, web
    from oss2.emulator.operations import inventory as inventories
    from oss2.emulator.operations import replication as replications

    monkeypatch.setattr(web, '_MOST_STYLES', 1)
    monkeypatch.setattr(inventories, '_MOST', 1)
    monkeypatch.setattr(replications, '_MOST_RULES', 1)
    monkeypatch.setattr(buckets, '_MOST_BUCKETS', 1)
    first = [client.send('PUT', params={'style': '', 'styleName': 's'}, body=STYLE.encode()),
             client.send('PUT', params={'inventory': '', 'inventoryId': 'report'}, body=inventory().encode()),
             client.send('POST', params={'replication': '', 'comp': 'add'}, body=replication().encode())]
    assert [reply.status for reply in first] == [200] * 3
    refused(client.send('PUT', params={'style': '', 'styleName': 't'}, body=STYLE.encode()), 400, 'StyleCountExceed')
    assert client.send('PUT', params={'style': '', 'styleName': 's'}, body=STYLE.encode()).status == 200
    refused(client.send('PUT', params={'inventory': '', 'inventoryId': 'r2'}, body=inventory('r2').encode()), 400,
            'InventoryExceedLimit')
    refused(client.send('POST', params={'replication': '', 'comp': 'add'}, body=replication().encode()), 400,
            'TooManyReplicationRules')
    refused(client.send('PUT', bucket='second-bucket'), 400, 'TooManyBuckets')


POLICY = {'Version': '1', 'Statement': [{'Effect': 'Allow', 'Action': ['oss:GetObject'], 'Principal': ['*'],
                                         'Resource': ['acs:oss:*:*:test-bucket/*']}]}


@pytest.mark.parametrize('condition', [[], {'IpAddress': []}, {'Sometimes': {}}], ids=['list', 'no keys', 'operator'])
def test_conditions_of_a_policy(client, condition):
    statement = {**POLICY['Statement'][0], 'Condition': condition}
    body = json.dumps({**POLICY, 'Statement': [statement]}).encode()
    refused(client.send('PUT', params={'policy': ''}, body=body), 400, 'InvalidPolicyDocument')
