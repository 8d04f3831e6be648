"""Headers, parameters and elements that OSS has added to operations of 2.19.1, and requests that have no method.

Documents follow the pages of OSS's developer reference on PutBucketInventory and its like.
"""
import datetime
from xml.etree import ElementTree

import pytest
from fakes import FakeResponse, FakeSession, error

import oss2
from oss2 import _signing, headers, models

ENDPOINT = 'https://oss-cn-hangzhou.aliyuncs.com'
NOW = 1700000000


def bucket(session, auth=oss2.Auth):
    return oss2.Bucket(auth('key-id', 'key-secret'), ENDPOINT, 'examplebucket', session=session, region='cn-hangzhou')


def service(session):
    return oss2.Service(oss2.Auth('key-id', 'key-secret'), ENDPOINT, session=session)


@pytest.mark.parametrize(('name', 'value'), [
    ('OSS_OBJECT_WORM_MODE', 'x-oss-object-worm-mode'),
    ('OSS_OBJECT_WORM_RETAIN_UNTIL_DATE', 'x-oss-object-worm-retain-until-date'),
    ('OSS_OBJECT_WORM_LEGAL_HOLD', 'x-oss-object-worm-legal-hold'),
    ('OSS_BYPASS_GOVERNANCE_RETENTION', 'x-oss-bypass-governance-retention'),
    ('OSS_RANGE_BEHAVIOR', 'x-oss-range-behavior'), ('OSS_SEALED_TIME', 'x-oss-sealed-time'),
    ('OSS_EXPIRATION', 'x-oss-expiration'), ('OSS_RESTORE', 'x-oss-restore'),
    ('OSS_TAGGING_COUNT', 'x-oss-tagging-count'), ('OSS_LAST_ACCESS_TIME', 'x-oss-last-access-time'),
    ('OSS_PROCESS_STATUS', 'x-oss-process-status'), ('OSS_RESOURCE_GROUP_ID', 'x-oss-resource-group-id'),
    ('OSS_BUCKET_TAGGING', 'x-oss-bucket-tagging'), ('OSS_AGENTIC_BUCKET', 'x-oss-agentic-bucket'),
    ('OSS_FORBID_OVERWRITE', 'x-oss-forbid-overwrite'), ('OSS_STORAGE_CLASS', 'x-oss-storage-class'),
    ('OSS_COMPLETE_ALL', 'x-oss-complete-all'),
])
def test_names_of_headers(name, value):
    assert getattr(headers, name) == getattr(models, name) == value


RETAINED = {'x-oss-object-worm-mode': 'COMPLIANCE', 'x-oss-object-worm-retain-until-date': '2026-10-11T00:00:00.000Z',
            'x-oss-object-worm-legal-hold': 'ON'}
BEGUN = b'<InitiateMultipartUploadResult><UploadId>0004</UploadId></InitiateMultipartUploadResult>'
# What is called, with which headers, on what answer.
WITH_HEADERS = {
    'put': (lambda bucket, headers: bucket.put_object('k', b'x', headers=headers), RETAINED),
    'append': (lambda bucket, headers: bucket.append_object('k', 0, b'x', headers=headers), RETAINED),
    'copy': (lambda bucket, headers: bucket.copy_object('b', 'k', 'l', headers=headers), RETAINED),
    'initiate': (lambda bucket, headers: bucket.init_multipart_upload('k', headers=headers), RETAINED),
    'delete': (lambda bucket, headers: bucket.delete_object('k', headers=headers),
               {'x-oss-bypass-governance-retention': 'true'}),
    'get': (lambda bucket, headers: bucket.get_object('k', byte_range=(9, 99), headers=headers),
            {'x-oss-range-behavior': 'standard'}),
    'create bucket': (lambda bucket, headers: bucket.create_bucket('private', headers=headers),
                      {'x-oss-resource-group-id': 'rg-aek27tc****', 'x-oss-bucket-tagging': 'k1=v1&k2=v2',
                       'x-oss-agentic-bucket': 'true'}),
}


@pytest.mark.parametrize('auth', [oss2.Auth, oss2.AuthV4], ids=['V1', 'V4'])
@pytest.mark.parametrize('call', sorted(WITH_HEADERS))
def test_headers_are_sent_and_signed(call, auth, monkeypatch):
    monkeypatch.setattr('oss2.auth.time.time', lambda: NOW)
    made, sent = WITH_HEADERS[call]

    def authorization(headers):
        session = FakeSession(FakeResponse(200, {}, BEGUN))
        made(bucket(session, auth), headers)
        assert {name: session.last.headers[name] for name in headers} == headers
        return session.last.headers['authorization']

    as_given = authorization(dict(sent))
    assert as_given == authorization(dict(sent))
    for name in sent:
        assert authorization({**sent, name: 'other'}) != as_given, name


@pytest.mark.parametrize(('arguments', 'params', 'group'), [
    ({}, {}, None), ({'tag_key': 'k', 'tag_value': 'v'}, {'tag-key': 'k', 'tag-value': 'v'}, None),
    ({'tagging': '"k1":"v1","k2":"v2"'}, {'tagging': '"k1":"v1","k2":"v2"'}, None),
    ({'resource_group_id': 'rg-aek27tc****'}, {}, 'rg-aek27tc****'), ({'resource_group_id': ''}, {}, ''),
    ({'params': {'tag-key': 'k'}, 'headers': {'x-oss-resource-group-id': 'rg-1'}}, {'tag-key': 'k'}, 'rg-1'),
], ids=['none', 'tag', 'tags', 'group', 'default group', 'by hand'])
def test_buckets_by_tag_and_by_group(arguments, params, group):
    session = FakeSession(FakeResponse(200, {}, b'<ListAllMyBucketsResult/>'))
    service(session).list_buckets(**arguments)
    assert session.last.params == {'prefix': '', 'marker': '', 'max-keys': '100', **params}
    assert session.last.headers.get('x-oss-resource-group-id') == group


def unordered(document):
    def of(element):
        return element.tag, (element.text or '').strip(), sorted(map(of, element))
    return of(ElementTree.fromstring(document))


def test_a_monthly_inventory_with_increments():
    configuration = models.InventoryConfiguration(
        'report1', True, models.INVENTORY_INCLUDED_OBJECT_VERSIONS_ALL,
        inventory_schedule=models.InventorySchedule(models.INVENTORY_FREQUENCY_MONTHLY, 28),
        optional_fields=['Size'], incremental_inventory=models.IncrementalInventory(True, 600, ['SequenceNumber']))
    session = FakeSession()
    bucket(session).put_bucket_inventory_configuration(configuration)
    assert session.last.params == {'inventory': '', 'inventoryId': 'report1'}
    assert unordered(session.bodies[0]) == unordered('''<InventoryConfiguration>
      <Id>report1</Id><IsEnabled>True</IsEnabled>
      <Schedule><Frequency>Monthly</Frequency><DayOfMonth>28</DayOfMonth></Schedule>
      <IncludedObjectVersions>All</IncludedObjectVersions><OptionalFields><Field>Size</Field></OptionalFields>
      <IncrementalInventory><IsEnabled>true</IsEnabled><Schedule><Frequency>600</Frequency></Schedule>
        <OptionalFields><Field>SequenceNumber</Field></OptionalFields></IncrementalInventory>
      </InventoryConfiguration>''')


def test_an_inventory_that_is_written_once():
    configuration = models.InventoryConfiguration(
        'report1', inventory_schedule=models.InventorySchedule(models.INVENTORY_FREQUENCY_ONCE), auto_delete=True)
    session = FakeSession()
    bucket(session).put_bucket_inventory_configuration(configuration)
    assert unordered(session.bodies[0]) == unordered(
        '<InventoryConfiguration><Id>report1</Id><Schedule><Frequency>Once</Frequency></Schedule><OptionalFields/>'
        '<AutoDelete>true</AutoDelete></InventoryConfiguration>')


CONTROLS = 'a\x01b'
ENCODED = (b'<InitiateMultipartUploadResult><EncodingType>url</EncodingType><Bucket>examplebucket</Bucket>'
           b'<Key>a%01b</Key><UploadId>0004</UploadId></InitiateMultipartUploadResult>')
PARTS = (b'<ListPartsResult><EncodingType>url</EncodingType><Bucket>examplebucket</Bucket><Key>%s</Key>'
         b'<UploadId>0004</UploadId><IsTruncated>false</IsTruncated></ListPartsResult>')


def test_keys_are_encoded_in_answers_where_xml_cannot_carry_them():
    session = FakeSession(FakeResponse(200, {}, ENCODED), FakeResponse(200, {}, PARTS % b'a%01b'))
    begun = bucket(session).init_multipart_upload(CONTROLS)
    assert (begun.upload_id, begun.key) == ('0004', CONTROLS)
    assert session.last.params == {'uploads': '', 'encoding-type': 'url'}
    assert bucket(session).list_parts(CONTROLS, '0004').key == CONTROLS
    assert session.last.params['encoding-type'] == 'url'


def test_keys_are_encoded_in_answers_when_asked_for():
    session = FakeSession(*(FakeResponse(200, {}, PARTS % key) for key in (b'a%2Bb', b'a+b', b'a%2Bb')))
    assert bucket(session).list_parts('a+b', '0004', encoding_type='url').key == 'a+b'
    assert session.last.params['encoding-type'] == 'url'
    bucket(session).list_parts('a+b', '0004')
    assert 'encoding-type' not in session.last.params
    session = FakeSession(FakeResponse(200, {}, BEGUN), FakeResponse(200, {}, BEGUN))
    bucket(session).init_multipart_upload('k', params={'encoding-type': 'url'})
    assert session.last.params == {'uploads': '', 'encoding-type': 'url'}
    bucket(session).init_multipart_upload('k')
    assert session.last.params == {'uploads': ''}


def head_error(status, code=''):
    document = '<Error><Code>%s</Code><Message>m</Message></Error>' % code
    return FakeResponse(status, {'x-oss-err': oss2.utils.b64encode_as_string(document)} if code else {})


@pytest.mark.parametrize(('answer', 'exists'), [
    (FakeResponse(200, {'Content-Length': '1'}), True), (head_error(404, 'NoSuchKey'), False),
    (head_error(404, 'NoSuchVersion'), False),
])
def test_whether_there_is_a_version(answer, exists):
    session = FakeSession(answer)
    assert bucket(session).object_exists('k', version_id='CAEQ') is exists
    assert (session.last.method, session.last.params) == ('HEAD', {'versionId': 'CAEQ', 'objectMeta': ''})


@pytest.mark.parametrize(('status', 'code', 'raised'), [
    (404, 'NoSuchBucket', oss2.exceptions.NoSuchBucket), (403, 'AccessDenied', oss2.exceptions.AccessDenied),
    (405, 'MethodNotAllowed', oss2.exceptions.ServerError), (503, 'ServiceUnavailable', oss2.exceptions.ServerError),
])
def test_what_is_no_answer_to_whether_there_is_an_object(status, code, raised):
    for version in (None, 'CAEQ'):
        with pytest.raises(raised):
            bucket(FakeSession(head_error(status, code))).object_exists('k', version_id=version)


def test_an_empty_version_is_refused():
    session = FakeSession()
    with pytest.raises(oss2.exceptions.ClientError, match='version_id should not be empty'):
        bucket(session).object_exists('k', version_id='')
    assert not session.requests


ACL = b'<AccessControlPolicy><AccessControlList><Grant>private</Grant></AccessControlList></AccessControlPolicy>'


def test_whether_there_is_a_bucket():
    session = FakeSession(FakeResponse(200, {}, ACL), error(404, 'NoSuchBucket'))
    assert bucket(session).bucket_exists() is True
    assert (session.last.method, session.last.params) == ('GET', {'acl': ''})
    assert bucket(session).bucket_exists() is False


@pytest.mark.parametrize(('status', 'code'), [
    (403, 'AccessDenied'), (403, 'SignatureDoesNotMatch'), (503, 'ServiceUnavailable'), (404, 'NoSuchKey'), (404, ''),
])
def test_what_is_no_answer_to_whether_there_is_a_bucket(status, code):
    with pytest.raises(oss2.exceptions.ServerError) as raised:
        bucket(FakeSession(error(status, code))).bucket_exists()
    assert (raised.value.status, raised.value.code) == (status, code)


def test_any_request_to_a_bucket():
    session = FakeSession(FakeResponse(200, {'x-oss-request-id': 'R', 'x-oss-a': 'b'}, b'\xff<B/>'))
    params, headers = {'newThing': '', 'versionId': 'v'}, {'x-oss-c': 'd'}
    result = bucket(session).invoke_operation('POST', '目录/k', params, headers, b'<A/>')
    request = session.last
    assert (request.method, request.url) == (
        'POST', 'https://examplebucket.oss-cn-hangzhou.aliyuncs.com/%E7%9B%AE%E5%BD%95%2Fk')
    assert (request.params, request.headers['x-oss-c'], session.bodies) == (params, 'd', [b'<A/>'])
    assert request.headers['authorization'].startswith('OSS key-id:')
    assert (result.status, result.request_id, result.headers['x-oss-a'], result.body) == (200, 'R', 'b', b'\xff<B/>')
    assert (params, headers) == ({'newThing': '', 'versionId': 'v'}, {'x-oss-c': 'd'})


def test_any_request_about_the_bucket_and_the_account():
    session = FakeSession()
    assert bucket(session).invoke_operation('GET', params={'acl': ''}).body == b''
    assert session.last.url == 'https://examplebucket.oss-cn-hangzhou.aliyuncs.com/'
    service(session).invoke_operation('GET', {'regions': ''})
    assert (session.last.url, session.last.params) == ('https://oss-cn-hangzhou.aliyuncs.com/', {'regions': ''})


def test_any_request_raises_what_oss_answers():
    with pytest.raises(oss2.exceptions.NoSuchKey):
        bucket(FakeSession(error(404, 'NoSuchKey'))).invoke_operation('GET', 'k')
    for client in (bucket, service):
        session = FakeSession()
        with pytest.raises(oss2.exceptions.ClientError, match='method should not be empty'):
            client(session).invoke_operation('')
        assert not session.requests


NEWER_SUBRESOURCES = (
    'policyStatus userDefinedLogFieldsConfig rtc cleanRestoredObject cloudboxes seal overwriteConfig retention '
    'legalHold objectWorm quota metadataConfiguration metadataInventoryTable metadataJournalTable dataPipeline '
    'MetaQuery action')


@pytest.mark.parametrize('name', NEWER_SUBRESOURCES.split())
def test_version_1_signs_newer_subresources(name):
    def signed(params):
        return _signing.v1_string_to_sign('GET', 'b', 'k', [('date', 'd')], params).decode()

    assert signed({name: '', 'prefix': 'p'}).endswith('/b/k?' + name)
    assert signed({name: 'value'}).endswith('/b/k?%s=value' % name)


@pytest.mark.parametrize(('header', 'attribute', 'value', 'read'), [
    ('x-oss-sealed-time', 'sealed_time', 'Wed, 07 May 2025 23:00:00 GMT', 1746658800),
    ('x-oss-last-access-time', 'last_access_time', 'Wed, 07 May 2025 23:00:00 GMT', 1746658800),
    ('x-oss-tagging-count', 'tagging_count', '2', 2), ('x-oss-expiration', 'expiration', 'rule', 'rule'),
    ('x-oss-restore', 'restore', 'ongoing-request="true"', 'ongoing-request="true"'),
    ('x-oss-process-status', 'process_status', 's', 's'), ('x-oss-object-worm-mode', 'object_worm_mode', 'G', 'G'),
    ('x-oss-object-worm-legal-hold', 'object_worm_legal_hold', 'ON', 'ON'),
    ('x-oss-object-worm-retain-until-date', 'object_worm_retain_until_date', '2026-10-11T00:00:00.000Z',
     int(datetime.datetime(2026, 10, 11, tzinfo=datetime.timezone.utc).timestamp())),
])
@pytest.mark.parametrize('call', ['get_object', 'head_object'])
def test_headers_of_an_object(call, header, attribute, value, read):
    """They are attributes like all others: part of `vars()`, of a copy and of a pickle."""
    got = getattr(bucket(FakeSession(FakeResponse(200, {header: value}))), call)('k')
    assert vars(got)[attribute] == getattr(got, attribute) == read
    assert vars(getattr(bucket(FakeSession(FakeResponse(200))), call)('k'))[attribute] is None


@pytest.mark.parametrize('header', [
    'x-oss-sealed-time', 'x-oss-last-access-time', 'x-oss-tagging-count', 'x-oss-object-worm-retain-until-date'])
def test_a_header_that_2_19_1_does_not_read_fails_no_call(header):
    result = bucket(FakeSession(FakeResponse(200, {header: 'garbage', 'Content-Length': '1'}))).head_object('k')
    assert (result.content_length, result.headers[header]) == (1, 'garbage')
    assert getattr(result, header[len('x-oss-'):].replace('-', '_')) is None
