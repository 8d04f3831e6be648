"""Selects: requests and answers as oss2 2.19.1 has them, recorded by ``record_select.py``, and what it gets wrong."""
from __future__ import annotations

import base64
import json
import struct
import zlib
from pathlib import Path

import pytest
from fakes import FakeResponse, FakeSession, NoSession

import oss2
from oss2 import exceptions, models, xml_utils
from oss2.exceptions import ClientError, InconsistentError, SelectOperationClientError, SelectOperationFailed
from oss2.select_params import SelectJsonTypes, SelectParameters
from oss2.select_response import SelectResponseAdapter

RECORDED = json.loads(Path(__file__).with_name('select.json').read_text())
ANSWERS = {(case['name'], case['crc']): case for case in RECORDED['answers']}


def content_of(name, crc=False):
    return base64.b64decode(ANSWERS[name, crc]['content'])


def params_of(case):
    if case['params'] is None:
        return None
    return {name: tuple(value) if isinstance(value, list) else value for name, value in case['params']}


def bucket(*answers, **options):
    return oss2.Bucket(oss2.Auth('id', 'secret'), 'http://oss-cn-hangzhou.aliyuncs.com', 'a-bucket',
                       session=FakeSession(*answers), **options)


def answered(content, status=206, **headers):
    return bucket(FakeResponse(status, headers, content))


def frame(kind, payload):
    return struct.pack('>BBHI4x', 1, 0x80, kind, len(payload)) + payload + struct.pack('>I', zlib.crc32(payload))


@pytest.mark.parametrize('case', RECORDED['requests'], ids=str)
def test_select_request(case):
    check_document(xml_utils.to_select_object, case, RECORDED['sql'])


@pytest.mark.parametrize('case', RECORDED['meta_requests'], ids=str)
def test_meta_request(case):
    check_document(xml_utils.to_get_select_object_meta, case)


def check_document(write, case, *args):
    if 'error' in case:
        with pytest.raises(getattr(exceptions, case['error'])):
            write(*args, params_of(case))
    else:
        assert write(*args, params_of(case)).decode() == case['body']


@pytest.mark.parametrize('case', RECORDED['answers'], ids=lambda case: '%(name)s, crc %(crc)s' % case)
@pytest.mark.parametrize('size', [None, 1, 5, 1000])
def test_answer(case, size):
    progress = []
    response = FakeResponse(206, {'x-oss-request-id': 'ID', **case.get('headers', {})},
                            base64.b64decode(case['content']))
    adapter = SelectResponseAdapter(response, lambda *args: progress.append(list(args)), 5000, case['crc'])

    def read():
        return adapter.read() if size is None else b''.join(iter(lambda: adapter.read(size), b''))

    if 'error' not in case:
        assert read() == base64.b64decode(case['read'])
        assert progress == case['progress']
        assert adapter.read() == adapter.read(5) == b''
        for name in {'splits', 'rows', 'columns'} & case.keys():
            assert getattr(adapter, name) == case[name]
        return
    with pytest.raises(getattr(exceptions, case['error'])) as caught:
        read()
    assert caught.value.request_id == 'ID'
    if 'status' in case:
        assert (caught.value.status, caught.value.code, caught.value.message) \
            == (case['status'], case['code'], case['message'])
    # What was read before is not all, so that reading on must not look like the end.
    with pytest.raises(getattr(exceptions, case['error'])):
        read()


@pytest.mark.parametrize('case', RECORDED['meta_results'], ids=lambda case: case['name'])
def test_meta_result(case):
    params = {'Json_Type': 'LINES'} if case['name'] == 'json meta' else None
    result = answered(content_of(case['name']), 200).create_select_object_meta('key', params)
    assert {name: getattr(result, name) for name in case if name != 'name'} \
        == {name: value for name, value in case.items() if name != 'name'}


def test_what_is_sent():
    using = answered(content_of('rows'))
    headers = {'x-oss-request-payer': 'requester'}
    params = {SelectParameters.AllowQuotedRecordDelimiter: False}
    using.select_object('key', 'select 1', select_params=params, byte_range=(0, 99), headers=headers)
    sent = using.session.last
    assert (sent.method, sent.params) == ('POST', {'x-oss-process': 'csv/select'})
    assert sent.headers['range'] == 'bytes=0-99'
    assert sent.headers['x-oss-request-payer'] == 'requester'
    assert using.session.bodies == [xml_utils.to_select_object('select 1', params)]
    assert headers == {'x-oss-request-payer': 'requester'}


@pytest.mark.parametrize(('operation', 'params', 'process'), [
    ('select', None, 'csv/select'),
    ('select', {SelectParameters.Json_Type: SelectJsonTypes.DOCUMENT}, 'json/select'),
    ('meta', None, 'csv/meta'),
    ('meta', {SelectParameters.Json_Type: SelectJsonTypes.LINES}, 'json/meta'),
])
def test_process(operation, params, process):
    if operation == 'select':
        using = answered(content_of('rows'))
        using.select_object('key', 'select 1', select_params=params)
    else:
        using = answered(content_of('csv meta'), 200)
        using.create_select_object_meta('key', params)
    assert using.session.last.params == {'x-oss-process': process}


@pytest.mark.parametrize('params', [None, {}, {'AllowQuotedRecordDelimiter': True}, {'Json_Type': 'LINES'}])
def test_byte_range_needs_unquoted_delimiters(params):
    using = oss2.Bucket(oss2.Auth('id', 'secret'), 'http://a.com', 'a-bucket', session=NoSession())
    with pytest.raises(ClientError, match='AllowQuotedRecordDelimiter'):
        using.select_object('key', 'select 1', select_params=params, byte_range=(0, 99))


@pytest.mark.parametrize(('params', 'words'), [
    ({'CommentCharacter': None}, 'CommentCharacter must be a str'),
    ({'RecordDelimiter': 1}, 'RecordDelimiter must be a str'),
    ({'LineRange': '1-2'}, 'LineRange'),
    ({'SplitRange': (5, 1)}, 'SplitRange'),
])
def test_values_that_cannot_be_sent(params, words):
    with pytest.raises(ClientError, match=words):
        xml_utils.to_select_object('select 1', params)


@pytest.mark.parametrize('params', [None, {}, {SelectParameters.RecordDelimiter: ','}])
def test_json_needs_its_type(params):
    for write, args in ((xml_utils.to_select_json_object, ('select 1',)),
                        (xml_utils.to_get_select_json_object_meta, ())):
        with pytest.raises(ClientError, match='Json_Type is missing'):
            write(*args, params)


def test_no_sql():
    with pytest.raises(ClientError, match='sql must be a str'):
        bucket().select_object('key', None)


@pytest.mark.parametrize(('timeout', 'waited'), [
    (5, (5, 3600)), ((5, 7), (5, 3600)), (5000, (5000, 5000)), ((5, None), (5, None)),
])
def test_the_long_wait_is_for_this_call_only(timeout, waited):
    using = bucket(FakeResponse(206, {}, content_of('rows')), FakeResponse(200, {}, content_of('csv meta')),
                   connect_timeout=timeout)
    using.select_object('key', 'select 1')
    using.create_select_object_meta('key')
    assert using.timeout == timeout
    using.head_object('key')
    assert using.session.timeouts == [waited, waited, timeout]


@pytest.mark.behaviour('D14')
@pytest.mark.parametrize('name', ['rows', 'csv meta'])
def test_status_206_is_a_success_at_the_end_too(name):
    content = content_of(name).replace(struct.pack('>I', 200), struct.pack('>I', 206))
    adapter = SelectResponseAdapter(FakeResponse(206, {}, content))
    adapter.read()
    assert adapter.final_status == 206


@pytest.mark.parametrize('name', ['rows', 'csv meta'])
def test_a_cut_answer_never_looks_complete(name):
    content = content_of(name)
    for size in range(len(content)):
        adapter = SelectResponseAdapter(FakeResponse(206, {}, content[:size]))
        with pytest.raises(SelectOperationClientError, match='ended in the middle of a frame'):
            list(adapter)
        with pytest.raises(SelectOperationClientError):
            models.GetSelectObjectMetaResult(FakeResponse(200, {}, content[:size]))


@pytest.mark.parametrize(('content', 'words'), [
    (b'\2' + content_of('rows')[1:], 'version 2'),
    (frame(1, b'123'), 'payload of 3 bytes'),
    (frame(5, bytes(12)), 'payload of 12 bytes'),
    (frame(7, struct.pack('>QQI', 1, 1, 200)), 'payload of 20 bytes'),
    (frame(6, struct.pack('>QQI', 1, 1, 200)), 'payload of 20 bytes'),
])
def test_what_is_no_answer_to_a_select(content, words):
    with pytest.raises(SelectOperationClientError, match=words):
        answered(content).select_object('key', 'select 1').read()


@pytest.mark.behaviour('D14')
def test_message_and_request_id_are_where_they_belong():
    with pytest.raises(SelectOperationClientError) as caught:
        answered(content_of('an unknown frame'), **{'x-oss-request-id': 'ID'}).select_object('key', 's').read()
    assert caught.value.request_id == 'ID'
    assert '8388617' in caught.value.message


@pytest.mark.parametrize('value', ['true', 'True', 'TRUE'])
def test_raw_output(value):
    result = answered(b'a,b\nc,d\n', **{'x-oss-select-output-raw': value}).select_object('key', 'select 1')
    assert result.read(5) == b'a,b\nc'
    assert result.read() == b',d\n'


def test_checksums_are_compared_if_they_were_asked_for():
    content = content_of('a wrong checksum')
    assert answered(content).select_object('key', 'select 1').read() == b'a,b\n'
    with pytest.raises(InconsistentError):
        answered(content).select_object('key', 'select 1', select_params={'EnablePayloadCrc': True}).read()


def test_progress_of_a_select():
    progress = []
    using = answered(content_of('many frames'), **{'Content-Length': '5000'})
    using.select_object('key', 'select 1', progress_callback=lambda *args: progress.append(args)).read()
    assert progress == [(9, None), (19, None), (29, None), (1000, None)]


def test_result_is_a_file_of_rows():
    result = answered(content_of('rows')).select_object('key', 'select 1')
    assert next(result) == b'a,b\n'
    assert list(result) == [b'c,d\n']
    assert result.status == 206
    assert list(answered(content_of('rows')).select_object('key', 'select 1')) == [b'a,b\n', b'c,d\n']
    with answered(content_of('rows')).select_object('key', 'select 1') as result:
        assert result.read(6) == b'a,b\nc,'
        assert result.read(-1) == b'd\n'


def test_a_connection_with_bytes_behind_the_last_frame_is_not_used_again():
    class Answer(FakeResponse):
        closed = False

        def close(self):
            self.closed = True

    for behind, closed in ((b'', False), (b'x', True)):
        answer = Answer(206, {}, content_of('rows') + behind)
        assert bucket(answer).select_object('key', 'select 1').read() == b'a,b\nc,d\n'
        assert answer.closed is closed


def test_an_answer_that_can_only_be_iterated_over():
    class Pieces:
        headers = {}

        def __iter__(self):
            return iter([content_of('rows')[:10], b'', content_of('rows')[10:]])

    assert SelectResponseAdapter(Pieces()).read() == b'a,b\nc,d\n'


def test_read_raw():
    adapter = SelectResponseAdapter(FakeResponse(206, {}, content_of('rows')))
    assert adapter.read_raw(4) == b'\x01\x80\x00\x01'
    assert adapter.read_raw(8) == content_of('rows')[4:12]
    with pytest.raises(SelectOperationClientError):
        adapter.read_raw(10 ** 6)


def test_rows_are_written_when_the_select_has_ended_well(tmp_path):
    target = tmp_path / 'rows.csv'
    target.write_bytes(b'before')
    for name in ('a failure', 'an unknown frame'):
        with pytest.raises((SelectOperationFailed, SelectOperationClientError)):
            answered(content_of(name)).select_object_to_file('key', str(target), 'select 1')
        assert [path.name for path in tmp_path.iterdir()] == ['rows.csv']
        assert target.read_bytes() == b'before'
    result = answered(content_of('rows')).select_object_to_file('key', str(target), 'select 1')
    assert target.read_bytes() == b'a,b\nc,d\n'
    assert isinstance(result, models.SelectObjectResult)


def test_a_missing_object_leaves_the_file_alone(tmp_path):
    error = b'<Error><Code>NoSuchKey</Code></Error>'
    with pytest.raises(exceptions.NoSuchKey):
        answered(error, 404).select_object_to_file('key', str(tmp_path / 'rows.csv'), 'select 1')
    assert list(tmp_path.iterdir()) == []


def test_names():
    assert oss2.api.SelectParameters is SelectParameters
    assert oss2.models.SelectResponseAdapter is SelectResponseAdapter
    kept = {name for name in vars(SelectParameters) if not name.startswith('_')}
    assert all(getattr(SelectParameters, name) == name for name in kept)
