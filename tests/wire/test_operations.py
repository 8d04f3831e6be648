"""Operations that 2.19.1 does not have, and what all settings of buckets have in common.

What operations of 2.19.1 send and read is recorded in `tests/compat`.
"""
import io
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import oss2
from oss2 import _signing, models

sys.path.append(str(Path(__file__).parent))

from wire_newer import CASES, RETAIN_UNTIL

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


@pytest.mark.parametrize('mode', [None, ''])
def test_a_default_retention_has_a_mode(mode):
    with pytest.raises(oss2.exceptions.ClientError, match='mode should be COMPLIANCE or GOVERNANCE'):
        models.DefaultRetention(mode, 1)


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
