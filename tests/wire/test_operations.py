"""Operations that 2.19.1 does not have, and what all settings of buckets have in common.

Requests and answers are those of the pages of OSS's developer reference that the cases name; where it has no page, they
have the names that OSS's newer SDK for Python uses. What operations of 2.19.1 send and read is recorded in
`tests/compat`.
"""
import io
from xml.etree import ElementTree

import pytest

import oss2
from oss2 import _signing, models

HEADERS = {'x-oss-request-id': '534B371674E88A4D8906****'}


class Answer:
    request_id = HEADERS['x-oss-request-id']

    def __init__(self, body=b'', headers=None, status=200):
        self.status = status
        self.headers = oss2.CaseInsensitiveDict(HEADERS, **(headers or {}))
        self._body = io.BytesIO(body)

    def read(self, amt=None):
        return self._body.read() if amt is None else self._body.read(amt)

    def __iter__(self):
        return iter([self.read()])


class Sent:
    """A session that keeps the requests and gives the same answer to each."""

    def __init__(self, answer=None):
        self.requests = []
        self._answer = answer or Answer()

    def do_request(self, req, timeout):
        self.requests.append(req)
        return self._answer

    @property
    def only(self):
        request, = self.requests
        return request


def client(of, session):
    auth = oss2.Auth('key-id', 'key-secret')
    if of == 'Service':
        return oss2.Service(auth, 'https://oss-cn-hangzhou.aliyuncs.com', session=session)
    return oss2.Bucket(auth, 'https://oss-cn-hangzhou.aliyuncs.com', 'examplebucket', session=session)


def tree(document):
    def of(element):
        return element.tag, (element.text or '').strip(), [of(child) for child in element]
    return of(ElementTree.fromstring(document))


JOURNAL = '''<JournalTableConfiguration>
  <RecordExpiration><Expiration>ENABLED</Expiration><Days>7</Days></RecordExpiration>
  <EncryptionConfiguration>
    <SseAlgorithm>SSE-KMS</SseAlgorithm>
    <KmsKeyArn>acs:kms:cn-hangzhou:123456789012****:key/key-id</KmsKeyArn>
  </EncryptionConfiguration>
</JournalTableConfiguration>'''
INVENTORY = '''<InventoryTableConfiguration>
  <ConfigurationState>ENABLED</ConfigurationState>
  <EncryptionConfiguration>
    <SseAlgorithm>SSE-KMS</SseAlgorithm>
    <KmsKeyArn>acs:kms:cn-hangzhou:123456789012****:key/key-id</KmsKeyArn>
  </EncryptionConfiguration>
</InventoryTableConfiguration>'''
ENCRYPTION = models.TableEncryption('SSE-KMS', 'acs:kms:cn-hangzhou:123456789012****:key/key-id')
LOG_FIELDS = '''<UserDefinedLogFieldsConfiguration>
  <HeaderSet><header>header1</header><header>header2</header><header>header3</header></HeaderSet>
  <ParamSet><parameter>param1</parameter><parameter>param2</parameter></ParamSet>
</UserDefinedLogFieldsConfiguration>'''
OVERWRITE = '''<OverwriteConfiguration>
  <Rule>
    <ID>rule-001</ID>
    <Action>forbid</Action>
    <Suffix>.txt</Suffix>
    <Principals><Principal>277379621561571234</Principal></Principals>
  </Rule>
</OverwriteConfiguration>'''
OBJECT_WORM = '''<ObjectWormConfiguration>
  <ObjectWormEnabled>Enabled</ObjectWormEnabled>
  <Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>1</Days></DefaultRetention></Rule>
</ObjectWormConfiguration>'''
RETENTION = '''<Retention>
  <Mode>COMPLIANCE</Mode>
  <RetainUntilDate>2026-10-11T00:00:00.000Z</RetainUntilDate>
</Retention>'''
METADATA = '''<MetadataConfigurationResult>
  <DestinationResult>
    <TableBucketArn>arn-of-bucket</TableBucketArn>
    <TableBucketType>managed</TableBucketType>
    <TableNamespace>namespace</TableNamespace>
  </DestinationResult>
  <JournalTableConfigurationResult>
    <TableStatus>ACTIVE</TableStatus>
    <TableName>journal</TableName>
    <TableArn>arn-of-journal</TableArn>
    <RecordExpiration><Expiration>ENABLED</Expiration><Days>7</Days></RecordExpiration>
  </JournalTableConfigurationResult>
  <InventoryTableConfigurationResult>
    <ConfigurationState>ENABLED</ConfigurationState>
    <TableStatus>FAILED</TableStatus>
    <Error><ErrorCode>AccessDenied</ErrorCode><ErrorMessage>No.</ErrorMessage></Error>
  </InventoryTableConfigurationResult>
</MetadataConfigurationResult>'''
QUOTA = '<QuotaConfiguration><StorageQuota>1073741824</StorageQuota><Mode>Strict</Mode></QuotaConfiguration>'
LEGAL_HOLD = '<LegalHold><Status>ON</Status></LegalHold>'
CLOUD_BOXES = '''<ListCloudBoxResult>
  <Owner><ID>1****</ID><DisplayName>1****</DisplayName></Owner>
  <IsTruncated>false</IsTruncated>
  <CloudBoxes>
    <CloudBox>
      <ID>cb-f8z7yvzgwfkl9q0h****</ID>
      <Name>oss-cn-heyuan-cloudbox-a</Name>
      <Region>oss-cn-heyuan</Region>
      <ControlEndpoint>cb-f8z7yvzgwfkl9q0h****.cn-heyuan.oss-cloudbox-control.aliyuncs.com</ControlEndpoint>
      <DataEndpoint>cb-f8z7yvzgwfkl9q0h****.cn-heyuan.oss-cloudbox.aliyuncs.com</DataEndpoint>
      <Alias>alias</Alias>
    </CloudBox>
  </CloudBoxes>
</ListCloudBoxResult>'''
HTTPS = '''<HttpsConfiguration>
  <TLS>
    <Enable>true</Enable>
    <TLSVersion>TLSv1.2</TLSVersion>
    <TLSVersion>TLSv1.3</TLSVersion>
  </TLS>
  <CipherSuite>
    <Enable>true</Enable>
    <StrongCipherSuite>false</StrongCipherSuite>
    <CustomCipherSuite>ECDHE-ECDSA-AES128-SHA256</CustomCipherSuite>
    <TLS13CustomCipherSuite>ECDHE-ECDSA-AES256-CCM8</TLS13CustomCipherSuite>
  </CipherSuite>
</HttpsConfiguration>'''
SEMANTIC_QUERY = '''<MetaQuery>
  <MaxResults>99</MaxResults>
  <Query>aerial view of a snow-covered forest</Query>
  <MediaTypes><MediaType>image</MediaType></MediaTypes>
  <SimpleQuery>{"Operation":"gt", "Field": "Size", "Value": "30"}</SimpleQuery>
</MetaQuery>'''
RETAIN_UNTIL = 1791676800

# Page, method, its arguments, request line, document or headers sent, document or headers of the answer, attributes.
CASES = [
    ('options', 'option_object', ('testobject', 'http://www.example.com', 'PUT', 'x-oss-test1,x-oss-test2'),
     'OPTIONS /testobject', {'Origin': 'http://www.example.com', 'Access-Control-Request-Method': 'PUT',
                             'Access-Control-Request-Headers': 'x-oss-test1,x-oss-test2'},
     {'Access-Control-Allow-Origin': 'http://www.example.com', 'Access-Control-Allow-Methods': 'PUT',
      'Access-Control-Expose-Headers': 'x-oss-test1,x-oss-test2', 'Access-Control-Max-Age': '60'},
     {'allow_origin': 'http://www.example.com', 'allow_methods': 'PUT', 'allow_headers': None,
      'expose_headers': 'x-oss-test1,x-oss-test2', 'max_age': 60}),
    ('getbucketpolicystatus', 'get_bucket_policy_status', (), 'GET /?policyStatus', None,
     '<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>', {'is_public': True}),
    ('putuserdefinedlogfieldsconfig', 'put_user_defined_log_fields_config',
     (models.UserDefinedLogFieldsConfiguration(['header1', 'header2', 'header3'], ['param1', 'param2']),),
     'PUT /?userDefinedLogFieldsConfig', LOG_FIELDS, None, {}),
    ('getuserdefinedlogfieldsconfig', 'get_user_defined_log_fields_config', (), 'GET /?userDefinedLogFieldsConfig',
     None, LOG_FIELDS, {'header_set': ['header1', 'header2', 'header3'], 'param_set': ['param1', 'param2']}),
    ('deleteuserdefinedlogfieldsconfig', 'delete_user_defined_log_fields_config', (),
     'DELETE /?userDefinedLogFieldsConfig', None, None, {}),
    ('put-bucket-rtc', 'put_bucket_rtc', (models.RtcConfiguration('enabled', 'rtc-configuration'),), 'PUT /?rtc',
     '<RtcConfiguration><RTC><Status>enabled</Status></RTC><ID>rtc-configuration</ID></RtcConfiguration>', None, {}),
    ('cleanrestoredobject', 'clean_restored_object', ('ObjectName',), 'POST /ObjectName?cleanRestoredObject', None,
     None, {}),
    ('cleanrestoredobject', 'clean_restored_object', ('ObjectName', {'versionId': 'CAEQ'}),
     'POST /ObjectName?versionId=CAEQ&cleanRestoredObject', None, None, {}),
    ('list-cloud-boxes', 'list_cloud_boxes', ('oss-', 'marker', 10),
     'GET /?cloudboxes&prefix=oss-&marker=marker&max-keys=10', None, CLOUD_BOXES,
     {'is_truncated': False, 'next_marker': '', 'owner.id': '1****',
      'cloud_boxes.0.id': 'cb-f8z7yvzgwfkl9q0h****', 'cloud_boxes.0.name': 'oss-cn-heyuan-cloudbox-a',
      'cloud_boxes.0.region': 'oss-cn-heyuan', 'cloud_boxes.0.alias': 'alias',
      'cloud_boxes.0.control_endpoint': 'cb-f8z7yvzgwfkl9q0h****.cn-heyuan.oss-cloudbox-control.aliyuncs.com',
      'cloud_boxes.0.data_endpoint': 'cb-f8z7yvzgwfkl9q0h****.cn-heyuan.oss-cloudbox.aliyuncs.com'}),
    ('sealappendobject', 'seal_append_object', ('test.jpg', 344606), 'POST /test.jpg?seal&position=344606', None,
     {'x-oss-sealed-time': 'Wed, 07 May 2025 23:00:00 GMT'}, {'sealed_time': 1746658800}),
    ('put-bucket-overwrite-config', 'put_bucket_overwrite_config', (models.OverwriteConfiguration([
        models.OverwriteRule('rule-001', suffix='.txt', principals=['277379621561571234'])]),),
     'PUT /?overwriteConfig', OVERWRITE, None, {}),
    ('getbucketoverwriteconfig', 'get_bucket_overwrite_config', (), 'GET /?overwriteConfig', None, OVERWRITE,
     {'rules.0.id': 'rule-001', 'rules.0.action': 'forbid', 'rules.0.prefix': None, 'rules.0.suffix': '.txt',
      'rules.0.principals': ['277379621561571234']}),
    ('deletebucketoverwriteconfig', 'delete_bucket_overwrite_config', (), 'DELETE /?overwriteConfig', None, None, {}),
    ('putobjectretention', 'put_object_retention',
     ('exampleobject', models.ObjectRetention('COMPLIANCE', RETAIN_UNTIL), False, {'versionId': 'CAEQ'}),
     'PUT /exampleobject?versionId=CAEQ&retention', RETENTION, None, {}),
    ('getobjectretention', 'get_object_retention', ('exampleobject', {'versionId': 'CAEQ'}),
     'GET /exampleobject?versionId=CAEQ&retention', None, RETENTION,
     {'mode': 'COMPLIANCE', 'retain_until_date': RETAIN_UNTIL}),
    ('getobjectretention', 'get_object_retention', ('exampleobject',), 'GET /exampleobject?retention', None,
     '<Retention><Mode></Mode><RetainUntilDate></RetainUntilDate></Retention>',
     {'mode': None, 'retain_until_date': None}),
    (None, 'put_object_legal_hold', ('exampleobject', models.LegalHold('ON')),
     'PUT /exampleobject?legalHold', LEGAL_HOLD, None, {}),
    (None, 'get_object_legal_hold', ('exampleobject',), 'GET /exampleobject?legalHold', None,
     LEGAL_HOLD, {'legal_hold_status': 'ON', 'status': 200}),
    ('putbucketobjectwormconfiguration', 'put_bucket_object_worm_configuration',
     (models.ObjectWormConfiguration(default_retention=models.DefaultRetention('COMPLIANCE', 1)),),
     'PUT /?objectWorm', OBJECT_WORM, None, {}),
    ('getbucketobjectwormconfiguration', 'get_bucket_object_worm_configuration', (), 'GET /?objectWorm', None,
     OBJECT_WORM, {'object_worm_enabled': 'Enabled', 'default_retention.mode': 'COMPLIANCE',
                   'default_retention.days': 1, 'default_retention.years': None}),
    ('createdataset', 'do_meta_query_action', ('createDataset', {'datasetName': 'photos-2026'}),
     'POST /?metaQuery&action=createDataset&datasetName=photos-2026', None,
     '<GetDatasetResponse/>', {'body': '<GetDatasetResponse/>'}),
    (None, 'do_data_pipeline_action', ('list', {'a': 'b'}, '<A/>'),
     'POST /?dataPipeline&action=list&a=b', '<A/>', '<B/>', {'body': '<B/>'}),
    (None, 'put_bucket_storage_quota', (models.QuotaConfiguration(1 << 30, 'Strict'),),
     'PUT /?quota', QUOTA, None, {}),
    (None, 'get_bucket_storage_quota', (), 'GET /?quota', None, QUOTA,
     {'storage_quota': 1 << 30, 'mode': 'Strict'}),
    (None, 'delete_bucket_storage_quota', (), 'DELETE /?quota', None, None, {}),
    ('createbucketmetadataconfiguration', 'create_bucket_metadata_configuration', (models.MetadataConfiguration(
        models.JournalTableConfiguration('ENABLED', 7, ENCRYPTION),
        models.InventoryTableConfiguration('ENABLED', ENCRYPTION)),),
     'POST /?metadataConfiguration', f'<MetadataConfiguration>{JOURNAL}{INVENTORY}</MetadataConfiguration>', None, {}),
    ('getbucketmetadataconfiguration', 'get_bucket_metadata_configuration', (), 'GET /?metadataConfiguration', None,
     METADATA,
     {'table_bucket_arn': 'arn-of-bucket', 'table_bucket_type': 'managed', 'table_namespace': 'namespace',
      'journal.state': None, 'journal.table_status': 'ACTIVE', 'journal.table_name': 'journal',
      'journal.table_arn': 'arn-of-journal', 'journal.expiration': 'ENABLED', 'journal.days': 7,
      'inventory.state': 'ENABLED', 'inventory.table_status': 'FAILED', 'inventory.error_code': 'AccessDenied',
      'inventory.error_message': 'No.'}),
    ('getbucketmetadataconfiguration', 'get_bucket_metadata_configuration', (), 'GET /?metadataConfiguration', None,
     f'<GetBucketMetadataConfigurationResult>{METADATA}</GetBucketMetadataConfigurationResult>',
     {'table_bucket_arn': 'arn-of-bucket', 'journal.table_status': 'ACTIVE', 'inventory.table_status': 'FAILED'}),
    ('deletebucketmetadataconfiguration', 'delete_bucket_metadata_configuration', (), 'DELETE /?metadataConfiguration',
     None, None, {}),
    ('updatebucketmetadatainventorytableconfiguration', 'update_bucket_metadata_inventory_table_configuration',
     (models.InventoryTableConfiguration('ENABLED', ENCRYPTION),), 'PUT /?metadataInventoryTable', INVENTORY, None, {}),
    ('updatebucketmetadatajournaltableconfiguration', 'update_bucket_metadata_journal_table_configuration',
     (models.JournalTableConfiguration('ENABLED', 30),), 'PUT /?metadataJournalTable',
     '<JournalTableConfiguration><RecordExpiration><Expiration>ENABLED</Expiration><Days>30</Days></RecordExpiration>'
     '</JournalTableConfiguration>', None, {}),
    ('putbuckethttpsconfig', 'put_bucket_https_config', (models.HttpsConfiguration(
        True, ['TLSv1.2', 'TLSv1.3'],
        models.CipherSuite(True, False, ['ECDHE-ECDSA-AES128-SHA256'], ['ECDHE-ECDSA-AES256-CCM8'])),),
     'PUT /?httpsConfig', HTTPS, None, {}),
    ('headobject', 'head_object', ('test.jpg',), 'HEAD /test.jpg', None,
     {'x-oss-sealed-time': 'Wed, 07 May 2025 23:00:00 GMT', 'x-oss-tagging-count': '2',
      'x-oss-restore': 'ongoing-request="true"', 'x-oss-expiration': 'expiry-date="Fri, 24 Feb 2023", rule-id="r"',
      'x-oss-process-status': 'status', 'x-oss-object-worm-mode': 'COMPLIANCE', 'x-oss-object-worm-legal-hold': 'ON',
      'x-oss-object-worm-retain-until-date': '2026-10-11T00:00:00.000Z',
      'x-oss-last-access-time': 'Wed, 07 May 2025 23:00:00 GMT'},
     {'sealed_time': 1746658800, 'tagging_count': 2, 'restore': 'ongoing-request="true"',
      'expiration': 'expiry-date="Fri, 24 Feb 2023", rule-id="r"', 'process_status': 'status',
      'object_worm_mode': 'COMPLIANCE', 'object_worm_legal_hold': 'ON', 'last_access_time': 1746658800,
      'object_worm_retain_until_date': RETAIN_UNTIL}),
    ('headobject', 'head_object', ('test.jpg',), 'HEAD /test.jpg', None, None,
     {'sealed_time': None, 'tagging_count': None, 'restore': None, 'object_worm_retain_until_date': None}),
    ('openmetaquery', 'open_bucket_meta_query', ('semantic',), 'POST /?metaQuery&comp=add&mode=semantic', None, None,
     {}),
    ('dometaquery', 'do_bucket_meta_query', (models.SemanticMetaQuery(
        'aerial view of a snow-covered forest', ['image'], '{"Operation":"gt", "Field": "Size", "Value": "30"}', 99),),
     'POST /?metaQuery&comp=query&mode=semantic', SEMANTIC_QUERY,
     '<MetaQuery><Files><File><Filename>a.jpg</Filename></File></Files></MetaQuery>',
     {'files.0.file_name': 'a.jpg'}),
    ('dometaquery', 'do_bucket_meta_query', ('<MetaQuery/>', 'basic'), 'POST /?metaQuery&comp=query&mode=basic',
     '<MetaQuery/>', '<MetaQuery/>', {'files': []}),
]
# Those whose page demands a Content-MD5, or allows one.
DIGESTED = {
    'put_bucket_rtc', 'put_bucket_overwrite_config', 'put_object_retention', 'put_object_legal_hold',
    'put_bucket_object_worm_configuration', 'put_bucket_storage_quota', 'create_bucket_metadata_configuration',
    'update_bucket_metadata_inventory_table_configuration', 'update_bucket_metadata_journal_table_configuration',
}


@pytest.mark.parametrize(('name', 'args', 'line', 'sent', 'answer', 'expected'), [case[1:] for case in CASES],
                         ids=[f'{case[1]}-{case[0]}' for case in CASES])
def test_newer_operation(name, args, line, sent, answer, expected):
    headers = answer if isinstance(answer, dict) else {}
    session = Sent(Answer(b'' if headers else (answer or '').encode(), headers))
    of = 'Service' if hasattr(oss2.Service, name) else 'Bucket'
    result = getattr(client(of, session), name)(*args)

    request = session.only
    host = 'https://' + ('examplebucket.' if of == 'Bucket' else '') + 'oss-cn-hangzhou.aliyuncs.com'
    query = '&'.join(f'{param}={value}' if value else param for param, value in request.params.items())
    assert f'{request.method} {request.url}' + (query and '?' + query) == line.replace(' /', f' {host}/')
    if isinstance(sent, dict):
        assert {header: request.headers[header] for header in sent} == sent
    elif sent:
        assert tree(request.data) == tree(sent)
    else:
        assert not request.data
    assert ('Content-MD5' in request.headers) == (name in DIGESTED)
    assert isinstance(result, models.RequestResult)
    assert result.request_id == HEADERS['x-oss-request-id']
    assert {path: attribute(result, path) for path in expected} == expected


def attribute(value, path):
    for step in path.split('.'):
        value = value[int(step)] if step.isdigit() else getattr(value, step)
    return value


@pytest.mark.parametrize('line', sorted({case[3] for case in CASES if '?' in case[3]}))
def test_newer_subresources_are_signed_by_v1(line):
    names = [pair.partition('=')[0] for pair in line.partition('?')[2].split('&')]
    ordinary = {'prefix', 'marker', 'max-keys', 'datasetName', 'a', 'mode'}
    assert set(names) - ordinary <= _signing.V1_SUBRESOURCES


def test_governance_is_bypassed_only_when_asked():
    session = Sent()
    bucket = client('Bucket', session)
    given = {'x-oss-meta-a': 'b'}
    bucket.put_object_retention('k', models.ObjectRetention('GOVERNANCE', RETAIN_UNTIL), headers=given)
    bucket.put_object_retention('k', models.ObjectRetention('GOVERNANCE', RETAIN_UNTIL), True, headers=given)
    plain, bypassing = (request.headers for request in session.requests)
    assert 'x-oss-bypass-governance-retention' not in plain
    assert bypassing['x-oss-bypass-governance-retention'] == 'true'
    assert given == {'x-oss-meta-a': 'b'}


@pytest.mark.parametrize(('days', 'years'), [(None, None), (1, 1)])
def test_a_default_retention_is_of_days_or_of_years(days, years):
    with pytest.raises(oss2.exceptions.ClientError, match='choose one of days and years'):
        models.DefaultRetention('COMPLIANCE', days, years)


# Settings given as documents: method, arguments before the document, whether it is digested.
DOCUMENTS = [
    ('put_bucket_website', (), True), ('put_bucket_versioning', (), True), ('put_bucket_qos_info', (), True),
    ('put_bucket_replication', (), True), ('put_async_fetch_task', (), True), ('put_bucket_policy', (), True),
    ('put_bucket_object_worm_configuration', (), True), ('put_object_retention', ('k',), True),
    ('put_bucket_cors', (), False), ('put_bucket_lifecycle', (), False), ('put_bucket_logging', (), False),
    ('put_bucket_referer', (), False), ('put_bucket_encryption', (), False), ('put_bucket_tagging', (), False),
    ('put_object_tagging', ('k',), False), ('put_bucket_https_config', (), False), ('put_bucket_cname', (), False),
    ('create_access_point', (), False), ('put_access_point_policy', ('ap-01',), False),
    ('set_bucket_storage_capacity', (), False), ('put_bucket_requester_qos_info', ('uid',), False),
    ('put_bucket_callback_policy', (), False), ('create_live_channel', ('channel',), False),
    ('do_bucket_meta_query', (), False), ('put_user_defined_log_fields_config', (), False),
]
EVERY_ELEMENT = b'<A><TaskId>t</TaskId></A>'
DOCUMENT = '<A>\u4e2d</A>'


def content(data):
    if hasattr(data, 'read'):
        return data.read()
    return data if isinstance(data, bytes) else b''.join(data)


@pytest.mark.parametrize('kind', ['str', 'bytes', 'file', 'iterable'])
@pytest.mark.parametrize(('name', 'before', 'digested'), DOCUMENTS, ids=[case[0] for case in DOCUMENTS])
def test_a_document_is_sent_as_it_is(name, before, digested, kind):
    if (name, kind) == ('put_bucket_callback_policy', 'iterable'):
        return  # that is a list of policies
    raw = DOCUMENT.encode('utf-8')
    document = {'str': DOCUMENT, 'bytes': raw, 'file': io.BytesIO(b'skip' + raw), 'iterable': iter([raw[:4], raw[4:]])
                }[kind]
    if kind == 'file':
        document.seek(4)
    session = Sent(Answer(EVERY_ELEMENT))
    getattr(client('Bucket', session), name)(*before, document)
    request = session.only
    assert content(request.data) == raw
    expected = oss2.utils.content_md5(raw) if digested and kind != 'iterable' else None
    assert request.headers.get('Content-MD5') == expected


@pytest.mark.parametrize('value', [None, 5, {'a': 'b'}, [object()]], ids=['None', 'number', 'dict', 'list'])
@pytest.mark.parametrize(('name', 'before', 'digested'), DOCUMENTS, ids=[case[0] for case in DOCUMENTS])
def test_what_is_no_document_is_refused(name, before, digested, value):
    if name == 'put_bucket_callback_policy':
        return  # None is no policies
    session = Sent()
    with pytest.raises(oss2.exceptions.ClientError, match='cannot be sent: pass '):
        getattr(client('Bucket', session), name)(*before, value)
    assert not session.requests


def test_a_document_in_text_mode_is_refused():
    session = Sent()
    with pytest.raises(oss2.exceptions.ClientError, match='binary mode'):
        client('Bucket', session).put_bucket_website(io.StringIO('<A/>'))
    assert not session.requests


@pytest.mark.parametrize('configuration', ['<InventoryConfiguration/>', models.InventoryConfiguration()])
def test_an_inventory_needs_its_id(configuration):
    session = Sent()
    with pytest.raises(oss2.exceptions.ClientError, match='inventory_id should not be empty'):
        client('Bucket', session).put_bucket_inventory_configuration(configuration)
    assert not session.requests


def test_an_inventory_as_a_document_goes_by_the_id_that_is_given():
    session = Sent()
    client('Bucket', session).put_bucket_inventory_configuration('<InventoryConfiguration/>', 'report1')
    assert session.only.params == {'inventory': '', 'inventoryId': 'report1'}
    assert session.only.headers['Content-MD5'] == oss2.utils.content_md5('<InventoryConfiguration/>')


# What an operation is about: method, arguments, where the name is among them.
NAMED = [
    ('get_access_point', ('x',), 0), ('delete_access_point', ('x',), 0), ('put_access_point_policy', ('x', '{}'), 0),
    ('get_access_point_policy', ('x',), 0), ('delete_access_point_policy', ('x',), 0),
    ('put_access_point_public_access_block', ('x', True), 0), ('get_access_point_public_access_block', ('x',), 0),
    ('delete_access_point_public_access_block', ('x',), 0), ('complete_bucket_worm', ('x',), 0),
    ('extend_bucket_worm', ('x', 1), 0), ('delete_bucket_replication', ('x',), 0),
    ('get_bucket_replication_progress', ('x',), 0), ('get_bucket_inventory_configuration', ('x',), 0),
    ('delete_bucket_inventory_configuration', ('x',), 0), ('create_bucket_data_redundancy_transition', ('x',), 0),
    ('get_bucket_data_redundancy_transition', ('x',), 0), ('delete_bucket_data_redundancy_transition', ('x',), 0),
    ('create_bucket_cname_token', ('x',), 0), ('get_bucket_cname_token', ('x',), 0), ('delete_bucket_cname', ('x',), 0),
    ('put_bucket_style', ('x', 'image/resize,p_50'), 0), ('get_bucket_style', ('x',), 0),
    ('delete_bucket_style', ('x',), 0), ('get_async_fetch_task', ('x',), 0), ('process_object', ('k', 'x'), 1),
    ('async_process_object', ('k', 'x'), 1), ('put_live_channel_status', ('c', 'x'), 1),
    ('post_vod_playlist', ('x', 'p.m3u8'), 0), ('post_vod_playlist', ('c', 'x'), 1),
    ('get_vod_playlist', ('x', 1, 2), 0), ('sign_rtmp_url', ('x', 'p.m3u8', 60), 0),
    ('get_bucket_requester_qos_info', ('x',), 0), ('do_meta_query_action', ('x',), 0),
]


@pytest.mark.parametrize('missing', [None, '', b''])
@pytest.mark.parametrize(('name', 'args', 'at'), NAMED, ids=[f'{case[0]}-{case[2]}' for case in NAMED])
def test_a_missing_name_is_refused(name, args, at, missing):
    session = Sent()
    args = list(args)
    args[at] = missing
    with pytest.raises(oss2.exceptions.ClientError, match='should not be '):
        getattr(client('Bucket', session), name)(*args)
    assert not session.requests


@pytest.mark.parametrize(('name', 'args'), [
    ('get_resource_pool_info', ('',)), ('list_resource_pool_buckets', (None,)),
    ('get_resource_pool_requester_qos_info', ('', 'pool')), ('delete_resource_pool_requester_qos_info', ('uid', '')),
    ('write_get_object_response', ('', 'token', '200', b'')), ('write_get_object_response', ('route', '', '200', b'')),
    ('do_data_pipeline_action', ('',)),
])
def test_a_missing_name_is_refused_by_the_service(name, args):
    session = Sent()
    with pytest.raises(oss2.exceptions.ClientError, match='should not be empty'):
        getattr(client('Service', session), name)(*args)
    assert not session.requests


@pytest.mark.parametrize(('name', 'args'), [
    ('get_object_tagging', ('k',)), ('put_object_tagging', ('k', '<Tagging/>')), ('delete_object_tagging', ('k',)),
    ('get_object_retention', ('k',)), ('put_object_retention', ('k', '<Retention/>')),
    ('get_object_legal_hold', ('k',)), ('put_object_legal_hold', ('k', '<LegalHold/>')),
    ('clean_restored_object', ('k',)), ('delete_bucket_tagging', ()), ('do_meta_query_action', ('a',)),
])
def test_parameters_of_the_caller_stay_as_they_are(name, args):
    params = {'versionId': 'v'}
    session = Sent(Answer(b'<A/>'))
    getattr(client('Bucket', session), name)(*args, params=params)
    assert session.only.params['versionId'] == 'v'
    assert params == {'versionId': 'v'}


def test_the_names_in_a_channels_url_may_be_bytes():
    session = Sent()
    bucket = client('Bucket', session)
    bucket.post_vod_playlist(b'channel', b'list.m3u8')
    assert session.only.url.endswith('/channel%2Flist.m3u8')
    assert bucket.sign_rtmp_url(b'channel', None, 60).startswith(
        'rtmp://examplebucket.oss-cn-hangzhou.aliyuncs.com/live/channel?')
