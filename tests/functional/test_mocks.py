"""Users' tests put their own answers in the place of `oss2.Session.do_request`; the library asks little of them."""
from __future__ import annotations

from unittest.mock import patch

import calls
import pytest
from fakes import FakeResponse, FakeSession, error

import oss2
from oss2.exceptions import InconsistentError, NoSuchKey, ServerError

OPERATIONS = [(oss2.Bucket, name) for name in calls.methods(oss2.Bucket)]
OPERATIONS += [(oss2.Service, name) for name in calls.methods(oss2.Service)]
every_operation = pytest.mark.parametrize(('cls', 'name'), OPERATIONS,
                                          ids=['%s.%s' % (cls.__name__, name) for cls, name in OPERATIONS])


def make(cls, **options):
    auth = oss2.AuthV4('key-id', 'key-secret')
    name = {'bucket_name': 'test-bucket'} if cls is oss2.Bucket else {}
    return cls(auth, 'http://oss-cn-hangzhou.aliyuncs.com', region='cn-hangzhou', **name, **options)


def prepared(tmp_path):
    (tmp_path / 'file').write_bytes(b'of a file')
    url = 'http://test-bucket.oss-cn-hangzhou.aliyuncs.com/key?Signature=s'
    return {'upload_id': 'id', 'target_upload_id': 'id', 'source_bucket_name': 'source', 'sign_url': url,
            'parts': [oss2.models.PartInfo(1, 'etag', size=4)], 'filename': str(tmp_path / 'file'),
            'url to put to': url}


def outcome(call):
    """What a call returns or raises, in a form to compare."""
    try:
        result = call()
    except ServerError as exc:
        return type(exc), exc.status, exc.code, exc.message, exc.request_id
    if hasattr(result, 'read'):
        return type(result), result.status, result.read()
    if isinstance(result, bool):
        return result
    return type(result), result.status, result.request_id, described(result)


def described(value):
    if isinstance(value, (list, tuple)):
        return [described(item) for item in value]
    if type(value).__module__ == 'oss2.models':
        return {name: described(item) for name, item in vars(value).items()
                if name not in ('resp', 'headers', 'stream') and not name.startswith('_')}
    return value if isinstance(value, (str, bytes, int, float, dict, type(None))) else type(value)


@every_operation
def test_answers_of_the_emulator_played_back_give_the_same_result(cls, name, oss_bucket, oss_emulator, tmp_path):
    """Recorded at the seam, then given back by objects that have nothing but what the seam promises."""
    arguments = calls.arguments(cls, name, calls.scene(oss_bucket, tmp_path))
    client = oss_bucket
    if cls is oss2.Service:
        client = oss2.Service(oss_bucket.auth, oss_emulator.endpoint, region=oss_emulator.region)
    recorded = []
    send = oss2.Session.do_request

    def record(self, req, timeout):
        response = send(self, req, timeout=timeout)
        body = response.read()
        response.close()
        headers = {key: int(value) if value.isdecimal() else value for key, value in response.headers.items()}
        recorded.append((response.status, headers, body))
        return FakeResponse(*recorded[-1])

    with patch('oss2.Session.do_request', autospec=True, side_effect=record):
        expected = outcome(lambda: getattr(client, name)(**arguments))
    client.close()
    arguments = calls.arguments(cls, name, prepared(tmp_path))
    session = FakeSession(*[FakeResponse(*each) for each in recorded])
    with patch('oss2.Session.do_request', side_effect=session.do_request) as do_request:
        assert outcome(lambda: getattr(make(cls), name)(**arguments)) == expected
    assert do_request.call_count == len(recorded) == 1


@every_operation
def test_an_error_is_raised_after_one_call(cls, name, tmp_path):
    client = make(cls, connect_timeout=7)
    for status, code in ((403, 'AccessDenied'), (409, 'OperationConflict'), (500, 'InternalError'),
                         (503, 'ServiceUnavailable'), (301, ''), (304, '')):
        arguments = calls.arguments(cls, name, prepared(tmp_path))
        with patch('oss2.Session.do_request', return_value=error(status, code)) as do_request, \
                pytest.raises(ServerError) as caught:
            getattr(client, name)(**arguments)
        assert (caught.value.status, caught.value.code, caught.value.request_id) == (status, code, 'FAKE')
        assert do_request.call_count == 1
        (req,), keywords = do_request.call_args
        assert set(keywords) == {'timeout'}
        assert req.method.isupper()
        assert req.url.startswith('http://')
        assert hasattr(req, 'data')
        assert hasattr(req, 'proxies')
        assert isinstance(req.params, dict)
        assert 'User-Agent' in req.headers


@pytest.mark.behaviour(35)
@every_operation
def test_nothing_of_the_callers_is_changed(cls, name, tmp_path):
    """Neither arguments that are required nor headers and params."""
    import copy
    import inspect
    arguments = calls.arguments(cls, name, prepared(tmp_path))
    parameters = inspect.signature(getattr(cls, name)).parameters
    given = {'headers': {'x-oss-meta-b': 'c'}, 'params': {'versionId': 'v'}, 'process': 'image/info',
             **({} if name == 'select_object' else {'byte_range': (0, 5)})}
    arguments.update((key, value) for key, value in given.items() if key in parameters)
    before = copy.deepcopy({key: described(value) if key != 'parts' else value for key, value in arguments.items()})
    with patch('oss2.Session.do_request', return_value=error(403, 'AccessDenied')), pytest.raises(ServerError):
        getattr(make(cls), name)(**arguments)
    after = {key: described(value) if key != 'parts' else value for key, value in arguments.items()}
    assert described(list(after.values())) == described(list(before.values()))


@pytest.mark.parametrize('enable_crc', [True, False])
def test_reading_a_fake_download(enable_crc, tmp_path):
    """read() of these returns '' at the end."""
    bucket = make(oss2.Bucket, enable_crc=enable_crc)
    for headers in ({}, {'Content-Length': 7}, {'content-length': '7'}):
        for way in (lambda result: result.read(), lambda result: result.read(3) + result.read(100), b''.join,
                    lambda result: b''.join(iter(lambda: result.read(2) or b'', b''))):
            for options in ({}, {'progress_callback': lambda consumed, total: None}):
                with patch('oss2.Session.do_request', return_value=FakeResponse(200, headers, b'content')), \
                        bucket.get_object('key', **options) as result:
                    assert way(result) == b'content'
        with patch('oss2.Session.do_request', return_value=FakeResponse(200, headers, b'content')):
            bucket.get_object_to_file('key', str(tmp_path / 'file'))
        assert (tmp_path / 'file').read_bytes() == b'content'


def test_a_fake_download_of_the_wrong_length(tmp_path):
    for headers in ({'Content-Length': 8}, {'Content-Length': 6}, {'x-oss-hash-crc64ecma': 1}):
        with patch('oss2.Session.do_request', return_value=FakeResponse(200, headers, b'content')), \
                pytest.raises(InconsistentError):
            make(oss2.Bucket).get_object_to_file('key', str(tmp_path / 'file'))
    assert list(tmp_path.iterdir()) == []


def test_headers_with_numbers(tmp_path):
    headers = {'ETag': '"e"', 'Content-Length': 5, 'x-oss-hash-crc64ecma': 0, 'x-oss-next-append-position': 5,
               'Last-Modified': 'Sat, 05 Dec 2015 11:10:29 GMT', 'x-oss-version-id': 'v'}
    bucket = make(oss2.Bucket, enable_crc=False)
    with patch('oss2.Session.do_request', return_value=FakeResponse(200, headers)):
        assert bucket.put_object('key', 'x').crc == 0
        assert bucket.append_object('key', 0, 'x').next_position == 5
        head = bucket.head_object('key')
        assert (head.content_length, head.last_modified, head.etag) == (5, 1449313829, 'e')
        assert bucket.get_object_meta('key').content_length == 5
        assert head.versionid == 'v'


def test_object_exists_with_fakes():
    bucket = make(oss2.Bucket)
    for answer, expected in ((FakeResponse(), True), (error(404, 'NoSuchKey'), False), (FakeResponse(404), False)):
        with patch('oss2.Session.do_request', return_value=answer) as do_request:
            assert bucket.object_exists('key') is expected
        assert do_request.call_count == 1
    with patch('oss2.Session.do_request', return_value=error(404, 'NoSuchBucket')), \
            pytest.raises(oss2.exceptions.NoSuchBucket):
        bucket.object_exists('key')


def test_patching_by_a_function_that_looks_at_the_request():
    seen = []

    def do_request(self, req, timeout):
        seen.append((req.method, req.url, req.params.get('acl'), 'authorization' in req.headers, timeout))
        return error(404, 'NoSuchKey')

    with patch.object(oss2.Session, 'do_request', do_request), pytest.raises(NoSuchKey):
        make(oss2.Bucket, connect_timeout=(3, 4)).get_object_acl('a/b')
    assert seen == [('GET', 'http://test-bucket.oss-cn-hangzhou.aliyuncs.com/a%2Fb', '', True, (3, 4))]


def test_patching_the_method_of_one_session():
    bucket = make(oss2.Bucket)
    bucket.session.do_request = lambda req, timeout: FakeResponse(200, {'ETag': 'e'})
    assert bucket.put_object('key', 'x').etag == 'e'


def test_what_do_request_raises_comes_through():
    class Mine(Exception):
        pass

    with patch('oss2.Session.do_request', side_effect=Mine) as do_request, pytest.raises(Mine):
        make(oss2.Bucket).get_object('key')
    assert do_request.call_count == 1
    error = oss2.exceptions.RequestError(OSError('gone'))
    with patch('oss2.Session.do_request', side_effect=error) as do_request, \
            pytest.raises(oss2.exceptions.RequestError) as caught:
        make(oss2.Bucket).get_object('key')
    assert caught.value is error
    assert do_request.call_count == 1
