"""Operations that 2.19.1 does not have: what is called, what has to be sent, what OSS answers and what is made of that.

Requests and answers are those of the pages of OSS's developer reference that the cases name; where it has no page, they
have the names that OSS's newer SDK for Python uses.
"""
from __future__ import annotations

from oss2 import models

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
    <Prefix>abc</Prefix>
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
  <IsTruncated>true</IsTruncated>
  <NextMarker>cb-next</NextMarker>
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

#: page of the developer reference, method, its arguments, request line, document or headers sent, document or headers
#: of the answer, attributes
CASES = [
    ('options', 'option_object', ('testobject', 'http://www.example.com', 'PUT', 'x-oss-test1,x-oss-test2'),
     'OPTIONS /testobject', {'Origin': 'http://www.example.com', 'Access-Control-Request-Method': 'PUT',
                             'Access-Control-Request-Headers': 'x-oss-test1,x-oss-test2'},
     {'Access-Control-Allow-Origin': 'http://www.example.com', 'Access-Control-Allow-Methods': 'PUT',
      'Access-Control-Allow-Headers': 'x-oss-test1', 'Access-Control-Expose-Headers': 'x-oss-test1,x-oss-test2',
      'Access-Control-Max-Age': '60'},
     {'allow_origin': 'http://www.example.com', 'allow_methods': 'PUT', 'allow_headers': 'x-oss-test1',
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
     {'is_truncated': True, 'next_marker': 'cb-next', 'owner.id': '1****',
      'cloud_boxes.0.id': 'cb-f8z7yvzgwfkl9q0h****', 'cloud_boxes.0.name': 'oss-cn-heyuan-cloudbox-a',
      'cloud_boxes.0.region': 'oss-cn-heyuan', 'cloud_boxes.0.alias': 'alias',
      'cloud_boxes.0.control_endpoint': 'cb-f8z7yvzgwfkl9q0h****.cn-heyuan.oss-cloudbox-control.aliyuncs.com',
      'cloud_boxes.0.data_endpoint': 'cb-f8z7yvzgwfkl9q0h****.cn-heyuan.oss-cloudbox.aliyuncs.com'}),
    ('sealappendobject', 'seal_append_object', ('test.jpg', 344606), 'POST /test.jpg?seal&position=344606', None,
     {'x-oss-sealed-time': 'Wed, 07 May 2025 23:00:00 GMT'}, {'sealed_time': 1746658800}),
    ('put-bucket-overwrite-config', 'put_bucket_overwrite_config', (models.OverwriteConfiguration([
        models.OverwriteRule('rule-001', prefix='abc', suffix='.txt', principals=['277379621561571234'])]),),
     'PUT /?overwriteConfig', OVERWRITE, None, {}),
    ('getbucketoverwriteconfig', 'get_bucket_overwrite_config', (), 'GET /?overwriteConfig', None, OVERWRITE,
     {'rules.0.id': 'rule-001', 'rules.0.action': 'forbid', 'rules.0.prefix': 'abc', 'rules.0.suffix': '.txt',
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
    ('getbucketobjectwormconfiguration', 'get_bucket_object_worm_configuration', (), 'GET /?objectWorm', None,
     OBJECT_WORM.replace('Days', 'Years'), {'default_retention.days': None, 'default_retention.years': 1}),
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
    ('getobjectmeta', 'get_object_meta', ('test.jpg',), 'HEAD /test.jpg?objectMeta', None,
     {'x-oss-last-access-time': 'Wed, 07 May 2025 23:00:00 GMT'}, {'last_access_time': 1746658800}),
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
