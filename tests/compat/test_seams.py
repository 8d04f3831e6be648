"""What public programs hold on to beyond the documented interface."""

from __future__ import annotations

import importlib
import json
import logging
from io import BytesIO
from unittest.mock import patch

import calls
import pytest
import requests
import requests.adapters
from fakes import FakeResponse, FakeSession, NoSession, error
from rawserver import answer
from urllib3.response import HTTPResponse

import oss2
from oss2.exceptions import ClientError, NoSuchKey, RequestError, ServerError

BODY = b'{"a": [1, 2]}' * 1000
ENDPOINT = 'http://oss-cn-hangzhou.aliyuncs.com'

NAMES = {
    'api': '_Base _UrlMaker _normalize_endpoint _make_range_string logger PartInfo GetObjectResult Bucket Service '
    'utils http exceptions models xml_utils defaults RequestResult BatchDeleteObjectVersion',
    'http': '_CHUNK_SIZE _convert_request_body USER_AGENT RequestError CaseInsensitiveDict Request Response Session '
    'SizedFileAdapter file_object_remaining_bytes to_bytes defaults logger',
    'models': '_hget make_crc_adapter make_progress_adapter',
    'utils': '_CHUNK_SIZE _BytesAndFileAdapter _FileLikeAdapter _IterableAdapter _get_data_size _has_data_size_attr '
    '_invoke_crc_callback _invoke_cipher_callback _invoke_progress_callback Crc64 Crc32 b64encode_as_string '
    'calc_obj_crc_from_parts ClientError to_bytes to_string make_crc_adapter random_key random_iv',
    'exceptions': '_OSS_ERROR_TO_EXCEPTION _parse_error_body make_exception status',
    'iterators': '_BaseIterator',
    'auth': 'AuthBase _param_to_quoted_query time hmac hashlib',
    'crc64_combine': 'mkCombineFun xrange',
    'resumable': '_ResumableUploader _ResumableDownloader _ObjectInfo _PartToProcess _filter_invalid_headers '
                 '_populate_valid_headers _populate_valid_params _UPLOAD_TEMP_DIR _DOWNLOAD_TEMP_DIR make_upload_store '
                 'make_download_store PartInfo determine_part_size',
    'select_response': 'logger SelectResponseAdapter',
    'task_queue': 'TaskQueue',
    'xml_utils': '_find_tag _find_bool',
    'crypto': '_LOCAL_RSA_TMP_DIR',
}


@pytest.mark.parametrize('module', NAMES)
def test_names(module):
    found = importlib.import_module('oss2.' + module)
    assert [name for name in NAMES[module].split() if not hasattr(found, name)] == []


def test_names_that_are_something():
    assert oss2.http.CaseInsensitiveDict is requests.structures.CaseInsensitiveDict
    assert oss2.CaseInsensitiveDict is requests.structures.CaseInsensitiveDict
    assert oss2.api.logger is logging.getLogger('oss2.api')
    assert oss2.http.logger is logging.getLogger('oss2.http')
    assert oss2.logger is logging.getLogger('oss2')
    assert oss2.http._CHUNK_SIZE == oss2.utils._CHUNK_SIZE == 8192
    assert oss2.exceptions._OSS_ERROR_TO_EXCEPTION[404, 'NoSuchKey'] is NoSuchKey
    assert isinstance(oss2.exceptions.status, int)
    assert oss2.auth.time.time
    assert str(oss2.__version__) >= '2.19.0'


# Constructors and attributes


def test_the_constructors_take_their_arguments_by_position():
    session = NoSession()
    auth = oss2.Auth('a', 'b')
    bucket = oss2.Bucket(
        auth,
        'https://img.example.com',
        'bucket',
        True,
        session,
        5,
        'app',
        False,
        {'http': 'x'},
        'cn-beijing',
        'cb-1',
        False,
        True,
    )
    assert (
        vars(bucket).items()
        >= {
            'auth': auth,
            'endpoint': 'https://img.example.com',
            'bucket_name': 'bucket',
            'session': session,
            'timeout': 5,
            'app_name': 'app',
            'enable_crc': False,
            'proxies': {'http': 'x'},
            'region': 'cn-beijing',
            'product': 'oss-cloudbox',
            'cloudbox_id': 'cb-1',
        }.items()
    )
    assert bucket._make_url('bucket', 'key') == 'https://img.example.com/key'
    service = oss2.Service(auth, ENDPOINT, session, (3, 5), 'app', {'http': 'x'}, 'cn-beijing', 'cb-1', True)
    assert (
        vars(service).items()
        >= {
            'auth': auth,
            'endpoint': ENDPOINT,
            'session': session,
            'timeout': (3, 5),
            'app_name': 'app',
            'proxies': {'http': 'x'},
            'region': 'cn-beijing',
            'product': 'oss-cloudbox',
            'cloudbox_id': 'cb-1',
        }.items()
    )


def test_defaults_are_read_when_they_are_needed(monkeypatch):
    assert oss2.Bucket(oss2.AnonymousAuth(), ENDPOINT, 'bucket').timeout == oss2.defaults.connect_timeout
    monkeypatch.setattr(oss2.defaults, 'connect_timeout', 7)
    bucket = oss2.Bucket(oss2.AnonymousAuth(), ENDPOINT, 'bucket', session=FakeSession())
    assert bucket.timeout == 7
    bucket.timeout = (1, 2)
    bucket.delete_object('key')
    assert bucket.session.timeouts == [(1, 2)]


def test_an_auth_is_not_looked_at_before_it_signs():
    assert oss2.Bucket('a string', ENDPOINT, 'bucket').auth == 'a string'
    assert oss2.Service(None, ENDPOINT).auth is None


def test_the_auth_can_be_replaced_between_requests():
    bucket = oss2.Bucket(oss2.Auth('old', 'secret'), ENDPOINT, 'bucket', session=FakeSession())
    bucket.delete_object('key')
    bucket.auth = oss2.StsAuth('new', 'secret', 'token')
    bucket.delete_object('key')
    before, after = (req.headers for req in bucket.session.requests)
    assert before['authorization'].startswith('OSS old:')
    assert after['authorization'].startswith('OSS new:')
    assert after['x-oss-security-token'] == 'token'
    bucket.auth = oss2.Auth('old', 'secret')
    bucket.auth.credentials_provider = oss2.StaticCredentialsProvider('provided', 'secret')
    bucket.delete_object('key')
    assert bucket.session.last.headers['authorization'].startswith('OSS provided:')


@pytest.mark.parametrize('auth', [oss2.Auth('a', 'b'), oss2.AuthV2('a', 'b')], ids=['v1', 'v2'])
def test_a_hand_made_request_can_be_signed(auth):
    class Request:
        __slots__ = ('data', 'headers', 'method', 'params', 'url')

    req = Request()
    req.method, req.url, req.data, req.params, req.headers = 'GET', 'http://b.a.com/k', None, {}, {}
    auth._sign_request(req, 'bucket', 'key')
    assert req.headers['authorization'].startswith('OSS')
    assert auth._sign_url(req, 'bucket', 'key', 60).startswith('http://b.a.com/k?')


def test_the_clock_of_the_signature_can_be_patched():
    with patch('oss2.auth.time.time', lambda: 1700000000):
        bucket = oss2.Bucket(oss2.Auth('a', 'b'), ENDPOINT, 'bucket', session=FakeSession())
        bucket.delete_object('key')
    assert bucket.session.last.headers['date'] == 'Tue, 14 Nov 2023 22:13:20 GMT'


def test_where_requests_go_can_be_changed():
    bucket = oss2.Bucket(oss2.Auth('a', 'b'), ENDPOINT, 'bucket', session=FakeSession())
    assert bucket._make_url('bucket', 'a/b') == 'http://bucket.oss-cn-hangzhou.aliyuncs.com/a%2Fb'
    assert bucket._make_url('bucket', 'a/b', slash_safe=True) == 'http://bucket.oss-cn-hangzhou.aliyuncs.com/a/b'
    bucket._make_url.netloc = 'cdn.example.com'
    bucket._make_url.scheme = 'https'
    bucket.delete_object('key')
    assert bucket.session.last.url == 'https://bucket.cdn.example.com/key'
    assert bucket.sign_url('GET', 'key', 60).startswith('https://bucket.cdn.example.com/key?')


# Overriding the way of a request

OPERATIONS = [(oss2.Bucket, name) for name in calls.methods(oss2.Bucket)]
OPERATIONS += [(oss2.Service, name) for name in calls.methods(oss2.Service)]
every_operation = pytest.mark.parametrize(
    ('cls', 'name'), OPERATIONS, ids=['%s.%s' % (cls.__name__, name) for cls, name in OPERATIONS]
)


def make(cls, session=None):
    name = {'bucket_name': 'test-bucket'} if issubclass(cls, oss2.Bucket) else {}
    return cls(oss2.Auth('key-id', 'key-secret'), ENDPOINT, session=session or NoSession(), **name)


def call(client, name, tmp_path):
    cls = oss2.Bucket if isinstance(client, oss2.Bucket) else oss2.Service
    return getattr(client, name)(**calls.arguments(cls, name, calls.without_scene(tmp_path)))


@every_operation
def test_every_operation_goes_through_the_overridable_methods(cls, name, tmp_path):
    """A subclass sees all requests in `_do` and `_do_url`, and may send them in its own way."""
    seen = []

    class Mine(cls):
        def _do(self, method, bucket_name, key, **kwargs):
            seen.append((method, bucket_name, key))
            assert set(kwargs) <= {'data', 'params', 'headers'}
            raise exception

        def _do_url(self, method, sign_url, **kwargs):
            seen.append((method, sign_url))
            assert set(kwargs) <= {'data', 'params', 'headers'}
            raise exception

    exception = KeyError('seen')
    with pytest.raises(KeyError) as caught:
        call(make(Mine), name, tmp_path)
    assert caught.value is exception
    assert len(seen) == 1
    if name == 'write_get_object_response':
        return
    assert len(seen[0]) == (2 if '_with_url' in name else 3)
    if cls is oss2.Bucket and len(seen[0]) == 3:
        assert seen[0][1] == 'test-bucket'


def test_overriding_do_and_calling_the_original(tmp_path):
    class Mine(oss2.Bucket):
        def _do(self, method, bucket_name, key, **kwargs):
            kwargs['headers'] = dict(kwargs.get('headers') or {}, **{'x-oss-request-payer': 'requester'})
            return super()._do(method, bucket_name, key, **kwargs)

    session = FakeSession(FakeResponse(200, {'ETag': '"e"'}))
    assert make(Mine, session).put_object('key', 'data').etag == 'e'
    assert session.last.headers['x-oss-request-payer'] == 'requester'
    assert session.bodies == [b'data']


@pytest.mark.parametrize('cls', [oss2.Bucket, type('Mine', (oss2.Bucket,), {})], ids=['', 'subclass'])
def test_requests_by_mangled_names(cls):
    session = FakeSession(FakeResponse(200, {}, b'<a/>'), FakeResponse(200, {}, b'body'))
    bucket = make(cls, session)
    assert bucket._Bucket__do_bucket('GET', params={'notification': ''}).read() == b'<a/>'
    assert session.last.url.endswith('aliyuncs.com/')
    assert session.last.params == {'notification': ''}
    assert bucket._Bucket__do_object('GET', 'key', headers={'x-oss-a': 'b'}).read() == b'body'
    assert session.last.url.endswith('/key')
    assert session.last.headers['x-oss-a'] == 'b'


def test_overriding_the_parsing():
    class Mine(oss2.Bucket):
        @staticmethod
        def _parse_result(resp, parse_func, klass):
            return klass, parse_func.__name__ if hasattr(parse_func, '__name__') else '', resp.read()

    parsed = make(Mine, FakeSession(FakeResponse(body=b'<x/>'))).get_bucket_acl()
    assert (parsed[0], parsed[2]) == (oss2.models.GetBucketAclResult, b'<x/>')


def test_get_bucket_config():
    session = FakeSession(FakeResponse(body=b'<x/>'))
    assert make(oss2.Bucket, session)._get_bucket_config('anything').read() == b'<x/>'
    assert (session.last.method, session.last.params) == ('GET', {'anything': ''})


class Later:
    """The answer of a wrapper that sends later, and takes the response out of the result."""

    status = 0
    headers = {}
    request_id = ''

    def read(self, amt=None):
        return b''


@pytest.mark.parametrize(
    'name',
    [
        'put_object',
        'get_object',
        'append_object',
        'upload_part',
        'complete_multipart_upload',
        'copy_object',
        'delete_object',
        'create_bucket',
        'put_bucket_acl',
        'put_object_acl',
        'put_symlink',
        'get_object_meta',
        'head_object',
        'delete_bucket',
        'upload_part_copy',
        'abort_multipart_upload',
        'update_object_meta',
    ],
)
def test_results_of_an_answer_that_comes_later(name, tmp_path):
    later = Later()
    session = FakeSession(later)
    bucket = make(oss2.Bucket, session)
    assert call(bucket, name, tmp_path).resp is later
    assert len(session.requests) == 1


def test_the_stream_is_the_answer_itself_if_nothing_is_counted():
    later = Later()
    bucket = oss2.Bucket(oss2.Auth('a', 'b'), ENDPOINT, 'bucket', session=FakeSession(later), enable_crc=False)
    assert bucket.get_object('key').stream is later


# Adapters that programs replace


def test_the_crc_adapter_of_downloads_can_be_replaced():
    adapted = []

    def make_crc_adapter(data, init_crc=0, discard=0):
        adapted.append(data)
        return BytesIO(b'replaced')

    later = FakeResponse(body=b'content')
    with patch('oss2.models.make_crc_adapter', make_crc_adapter):
        assert make(oss2.Bucket, FakeSession(later)).get_object('key').read() == b'replaced'
    assert adapted == [later]
    with patch('oss2.models.make_progress_adapter', lambda data, callback, size: BytesIO(b'progress')):
        result = make(oss2.Bucket, FakeSession(FakeResponse())).get_object('key', progress_callback=print)
    assert result.read() == b'progress'


def test_the_crc_adapter_of_uploads_can_be_replaced():
    class Body:
        crc = 5
        len = 8

        def __init__(self):
            self._left = b'replaced'

        def read(self, amt=-1):
            content, self._left = self._left, b''
            return content

    session = FakeSession(FakeResponse(200, {'x-oss-hash-crc64ecma': 5}))
    with patch('oss2.utils.make_crc_adapter', lambda data, init_crc=0: Body()):
        assert make(oss2.Bucket, session).put_object('key', 'data').crc == 5
    assert session.bodies == [b'replaced']


def test_adapters_by_hand():
    calls = []
    adapter = oss2.utils._BytesAndFileAdapter(
        b'content', lambda *args: calls.append(args), size=7, crc_callback=oss2.utils.Crc64()
    )
    assert (adapter.len, adapter.read(3), adapter.read()) == (7, b'con', b'tent')
    assert calls == [(3, 7), (7, 7)]
    adapter = oss2.utils._FileLikeAdapter(BytesIO(b'content'), None, crc_callback=oss2.utils.Crc64())
    assert (adapter.read(3), adapter.read()) == (b'con', b'tent')
    assert b''.join(oss2.utils._IterableAdapter(iter([b'a', b'b']))) == b'ab'
    assert oss2.utils._get_data_size(b'abc') == oss2.utils._get_data_size(BytesIO(b'abc')) == 3
    assert oss2.utils._get_data_size(iter(b'')) is None
    assert oss2.utils._has_data_size_attr(BytesIO())
    assert not oss2.utils._has_data_size_attr(iter(b''))
    assert oss2.utils.SizedFileAdapter(BytesIO(b'abc'), 3).len == 3


def test_force_rename_calls_os_rename(tmp_path):
    (tmp_path / 'a').write_text('a')
    with patch('os.rename') as rename:
        oss2.utils.force_rename(str(tmp_path / 'a'), str(tmp_path / 'b'))
    rename.assert_called_once_with(str(tmp_path / 'a'), str(tmp_path / 'b'))


# Session, Request, Response


def test_a_session_subclass_that_never_calls_super(raw_server, make_bucket):
    class Mine(oss2.Session):
        def __init__(self):
            self.session = requests.Session()

    server = raw_server(answer(BODY))
    with Mine() as session:
        bucket = make_bucket(server.url, session=session)
        bucket.put_object('key', 'x')
        assert bucket.get_object('key').read() == BODY
    assert server.connections == 1


def test_a_session_of_arguments(raw_server, make_bucket):
    server = raw_server(answer(BODY))
    sent = []

    class Adapter(requests.adapters.HTTPAdapter):
        def send(self, request, **kwargs):
            sent.append(request.url)
            return super().send(request, **kwargs)

    for session in (
        oss2.Session(pool_size=3),
        oss2.Session(5),
        oss2.Session(None, Adapter()),
        oss2.Session(adapter=Adapter()),
    ):
        with session:
            assert make_bucket(server.url, session=session).get_object('key').read() == BODY
    assert sent == [server.url + '/test-bucket/key'] * 2


def test_a_request_by_hand(raw_server):
    server = raw_server(answer(BODY))
    req = oss2.http.Request(
        'PUT',
        server.url + '/a%2Fb',
        data='文',
        params={'c': 'd', 'e': '', 'none': None},
        headers={'X-A': 'b'},
        app_name='app',
    )
    assert vars(req).keys() >= {
        'method',
        'url',
        'data',
        'params',
        'headers',
        'proxies',
        'region',
        'product',
        'cloudbox_id',
    }
    assert isinstance(req.headers, oss2.CaseInsensitiveDict)
    with oss2.Session() as session:
        response = session.do_request(req, timeout=5)
        assert (response.status, response.headers['X-Oss-Request-Id'], response.read()) == (200, 'RAW', BODY)
    assert (server.last.target, server.last.body) == ('/a%2Fb?c=d&e=', '文'.encode())
    assert server.last.headers['x-a'] == 'b'
    assert server.last.headers['user-agent'].endswith('/app')


def test_the_body_of_a_request_by_hand(raw_server):
    server = raw_server(answer())
    with oss2.Session() as session:
        for data, sent in (
            (b'a', b'a'),
            ('文', '文'.encode()),
            (BytesIO(b'abc'), b'abc'),
            (iter([b'a', b'b']), b'ab'),
            ([b'a', b'b'], b'ab'),
            (bytearray(b'a'), b'a'),
            (None, b''),
        ):
            req = oss2.http.Request('POST', server.url + '/', data=data)
            session.do_request(req, timeout=5)
            assert server.last.body == sent
    assert isinstance(oss2.http.Request('PUT', 'http://a.com', data=BytesIO(b'abc')).data, oss2.http.SizedFileAdapter)


@pytest.mark.parametrize('stream', [True, False])
def test_a_response_by_hand(stream, raw_server):
    server = raw_server(answer(BODY, framing='gzip+chunked', status=206))
    with requests.Session() as session:
        made = oss2.http.Response(session.get(server.url, stream=stream))
        assert (made.status, made.request_id, made.headers['content-encoding']) == (206, 'RAW', 'gzip')
        assert made.read(10) == BODY[:10]
        assert made._Response__all_read is False
        assert b''.join(made) == BODY[10:]
        assert made._Response__all_read is True
        assert made.read() == b''
        result = oss2.models.GetObjectResult(oss2.http.Response(session.get(server.url, stream=stream)), None, True)
        assert result.read() == BODY


def test_the_response_of_requests_behind_a_result(raw_server, make_bucket):
    """Before anything was read, after reading, and for answers that the library reads itself."""
    server = raw_server(answer(BODY, headers={'X-A': 'b', 'Content-Type': 'application/json'}))
    bucket = make_bucket(server.url)
    unread = bucket.get_object('key', params={'versionId': 'v'}).resp.response
    assert isinstance(unread, requests.Response)
    assert (unread.status_code, unread.headers['x-a'], unread.content) == (200, 'b', BODY)
    assert unread.url == server.url + '/test-bucket/key?versionId=v'
    assert unread.request.headers['authorization'].startswith('OSS ')
    assert (unread.ok, unread.request.method) == (True, 'GET')
    read = bucket.get_object('key')
    assert read.read() == BODY
    assert isinstance(read.resp.response, requests.Response)
    assert read.resp.response.url == server.url + '/test-bucket/key'
    server.answers = answer(b'{"Status": "OK"}', headers={'Content-Type': 'application/json'})
    put = bucket.put_object('key', 'x').resp.response
    assert (put.json(), put.content, put.text) == ({'Status': 'OK'}, b'{"Status": "OK"}', '{"Status": "OK"}')
    server.answers = answer()
    assert bucket.put_object('key', 'x').resp.response.content == b''
    assert bucket.head_object('key').resp.response.content == b''


def test_a_response_of_requests_that_is_iterated_over(raw_server, make_bucket):
    server = raw_server(answer(BODY, framing='chunked'))
    bucket = make_bucket(server.url)
    assert b''.join(bucket.get_object('key').resp.response.iter_content(1000)) == BODY
    with bucket.get_object('key').resp.response as response:
        assert response.raw.read(10) == BODY[:10]


# What is set on bucket.session.session


@pytest.fixture
def server(raw_server):
    return raw_server(answer(BODY))


def test_it_is_a_requests_session(make_bucket, server):
    bucket = make_bucket(server.url)
    assert isinstance(bucket.session.session, requests.Session)
    bucket.get_object('key').read()
    bucket.session.session.close()
    assert server.wait_for_open_connections(0)
    assert bucket.get_object('key').read() == BODY


@pytest.mark.parametrize('how', ['session', 'bucket', 'environment', 'all_proxy', 'host'])
def test_proxies(how, make_bucket, raw_server, monkeypatch):
    """The proxy gets the whole URL, signed for the host it names."""
    proxy = raw_server(answer(BODY))
    target = 'http://oss-cn-hangzhou.aliyuncs.com'
    bucket = make_bucket(target, proxies={'http': proxy.url} if how == 'bucket' else None)
    if how == 'session':
        bucket.session.session.proxies = {'http': proxy.url}
    elif how == 'host':
        bucket.session.session.proxies['http://test-bucket.oss-cn-hangzhou.aliyuncs.com'] = proxy.url
    elif how == 'environment':
        monkeypatch.setenv('http_proxy', proxy.url)
    elif how == 'all_proxy':
        monkeypatch.setenv('ALL_PROXY', proxy.url)
    for _ in range(2):
        assert bucket.get_object('a/b').read() == BODY
    assert proxy.last.target == 'http://test-bucket.oss-cn-hangzhou.aliyuncs.com/a%2Fb'
    assert proxy.last.headers['host'] == 'test-bucket.oss-cn-hangzhou.aliyuncs.com'
    assert proxy.last.headers['authorization'].startswith('OSS key-id:')
    assert proxy.connections == 1


def test_a_proxy_that_the_environment_names_is_not_used_without_trust_env(make_bucket, server, monkeypatch):
    monkeypatch.setenv('http_proxy', 'http://127.0.0.1:1')
    bucket = make_bucket(server.url)
    monkeypatch.setenv('no_proxy', '127.0.0.1')
    assert bucket.get_object('key').read() == BODY
    monkeypatch.delenv('no_proxy')
    monkeypatch.setattr(oss2.defaults, 'request_retries', 1)
    with pytest.raises(RequestError):
        bucket.get_object('key')
    bucket.session.session.trust_env = False
    assert bucket.get_object('key').read() == BODY


def test_headers_of_the_session(make_bucket, server):
    bucket = make_bucket(server.url)
    bucket.session.session.headers['X-Mine'] = 'a'
    bucket.session.session.headers['User-Agent'] = 'overridden by the request'
    bucket.get_object('key').read()
    assert server.last.headers['x-mine'] == 'a'
    assert server.last.headers['user-agent'].startswith('aliyun-sdk-python/')
    bucket.session.session.headers.update({'X-Mine': None})
    bucket.get_object('key').read()
    assert 'x-mine' not in server.last.headers


def test_auth_of_the_session(make_bucket, server):
    class Mine(requests.auth.AuthBase):
        def __call__(self, prepared):
            prepared.headers['X-Mine'] = 'a'
            return prepared

    bucket = make_bucket(server.url)
    bucket.session.session.auth = Mine()
    bucket.get_object('key').read()
    assert server.last.headers['x-mine'] == 'a'
    assert server.last.headers['authorization'].startswith('OSS ')


def test_hooks_of_the_session(make_bucket, server):
    seen = []
    bucket = make_bucket(server.url)
    bucket.session.session.hooks['response'].append(lambda response, **kwargs: seen.append(response.status_code))
    assert bucket.get_object('key').read() == BODY
    bucket.put_object('key', BODY)
    assert seen == [200, 200]


def test_params_and_cookies_of_the_session(make_bucket, raw_server):
    server = raw_server(answer(headers={'Set-Cookie': 'from=server; Path=/'}))
    bucket = make_bucket(server.url)
    bucket.delete_object('key')
    bucket.delete_object('key')
    assert server.last.headers['cookie'] == 'from=server'
    bucket.session.session.cookies.set('mine', 'a')
    bucket.session.session.params = {'p': 'q'}
    bucket.delete_object('key')
    assert 'mine=a' in server.last.headers['cookie']
    assert 'p=q' in server.last.target


class Counting(requests.adapters.HTTPAdapter):
    def __init__(self):
        super().__init__()
        self.urls = []

    def send(self, request, **kwargs):
        self.urls.append(request.url)
        return super().send(request, **kwargs)


@pytest.mark.parametrize('prefix', ['http://', 'the server', 'the bucket'])
def test_mounted_adapters(prefix, make_bucket, server):
    bucket = make_bucket(server.url)
    adapter = Counting()
    bucket.session.session.mount(
        {'the server': server.url, 'the bucket': server.url + '/test-bucket/'}.get(prefix, prefix), adapter
    )
    assert bucket.get_object('a/../b').read() == BODY
    bucket.put_object('key', BODY)
    assert len(adapter.urls) == 2
    assert [request.target for request in server.requests] == ['/test-bucket/a%2F..%2Fb', '/test-bucket/key']
    adapter.close()


def test_the_retries_of_a_mounted_adapter(make_bucket, raw_server):
    answers = [answer(status=503), answer(status=503), answer(BODY)]
    server = raw_server(lambda request: answers.pop(0))
    from urllib3.util.retry import Retry

    bucket = make_bucket(server.url)
    bucket.session.session.mount(
        'http://', requests.adapters.HTTPAdapter(max_retries=Retry(total=3, backoff_factor=0, status_forcelist=[503]))
    )
    assert bucket.get_object('key').read() == BODY
    assert len(server.requests) == 3


def test_the_session_can_be_replaced_by_a_subclass_of_requests(make_bucket, server):
    seen = []

    class Mine(requests.Session):
        def send(self, request, **kwargs):
            seen.append(request.method)
            return super().send(request, **kwargs)

    bucket = make_bucket(server.url)
    bucket.session.session.close()
    bucket.session.session = Mine()
    assert bucket.get_object('key').read() == BODY
    bucket.put_object('key', BODY)
    assert seen == ['GET', 'PUT']


# Patching requests, as the packages `responses` and `requests-mock` do


def mocked(request, status=200, headers=None, body=b'', **kwargs):
    raw = HTTPResponse(body=BytesIO(body), status=status, headers=headers or {}, preload_content=False)
    return requests.adapters.HTTPAdapter().build_response(request, raw)


def test_patching_the_adapter(make_bucket):
    seen = []

    def send(self, request, **kwargs):
        seen.append((request.method, request.url, request.headers['authorization'][:4]))
        return mocked(request, headers={'x-oss-request-id': 'MOCKED', 'ETag': '"e"'}, body=b'mocked')

    with patch('requests.adapters.HTTPAdapter.send', send):
        bucket = make_bucket(ENDPOINT)
        assert bucket.get_object('a/b').read() == b'mocked'
        assert bucket.put_object('key', BODY).etag == 'e'
        assert bucket.head_object('key').request_id == 'MOCKED'
    url = 'http://test-bucket.oss-cn-hangzhou.aliyuncs.com/'
    assert seen == [('GET', url + 'a%2Fb', 'OSS '), ('PUT', url + 'key', 'OSS '), ('HEAD', url + 'key', 'OSS ')]


def test_patching_the_adapter_with_errors(make_bucket):
    document = b'<Error><Code>NoSuchKey</Code></Error>'
    with patch(
        'requests.adapters.HTTPAdapter.send', lambda self, request, **kwargs: mocked(request, 404, body=document)
    ), pytest.raises(NoSuchKey):
        make_bucket(ENDPOINT).get_object('key')
    with patch('requests.adapters.HTTPAdapter.send', side_effect=requests.ConnectionError('mocked')), pytest.raises(
        RequestError, match='mocked'
    ) as caught:
        make_bucket(ENDPOINT).get_object('key')
    assert isinstance(caught.value.exception, requests.ConnectionError)


def test_patching_get_adapter(make_bucket):
    """As requests-mock does."""

    class Adapter(requests.adapters.BaseAdapter):
        def send(self, request, **kwargs):
            return mocked(request, body=b'mocked')

    with patch('requests.Session.get_adapter', lambda self, url: Adapter()):
        assert make_bucket(ENDPOINT).get_object('key').read() == b'mocked'


@pytest.mark.parametrize(
    'step', ['requests.Session.request', 'requests.Session.send', 'requests.sessions.Session.request']
)
def test_patching_the_session_of_requests(step, make_bucket):
    with patch(step) as patched:
        patched.return_value = mocked(requests.Request('GET', ENDPOINT).prepare(), body=b'mocked')
        assert make_bucket(ENDPOINT).get_object('key').read() == b'mocked'
    assert patched.call_count == 1


def test_patching_one_session(make_bucket):
    bucket = make_bucket(ENDPOINT)
    bucket.session.session.request = lambda method, url, **kwargs: mocked(
        requests.Request(method, url).prepare(), body=b'mocked'
    )
    assert bucket.get_object('key').read() == b'mocked'


@pytest.mark.behaviour(16)
@pytest.mark.parametrize('way', ['direct', 'long'])
def test_netrc_never_replaces_the_signature(way, make_bucket, server, tmp_path, monkeypatch):
    (tmp_path / '.netrc').write_text('default login someone password secret\n')
    (tmp_path / '.netrc').chmod(0o600)
    monkeypatch.setenv('NETRC', str(tmp_path / '.netrc'))
    assert requests.utils.get_netrc_auth(server.url) == ('someone', 'secret')
    bucket = make_bucket(server.url)
    if way == 'long':
        bucket.session.session.mount('http://', requests.adapters.HTTPAdapter())
    bucket.get_object('key').read()
    assert server.last.headers['authorization'].startswith('OSS key-id:')
    bucket.get_object_with_url(server.url + '/test-bucket/key?Signature=s').read()
    assert 'authorization' not in server.last.headers


@pytest.mark.parametrize('key', ['..', '.', 'a/../b', './a', 'a b+c%2F', '文/？', '/a', 'a//b/', '\x01', 'a;b=c&d'])
def test_the_long_way_sends_what_the_direct_one_does(key, make_bucket, server):
    bucket = make_bucket(server.url)
    params = {'versionId': 'a b+/=', 'x-oss-process': 'image/resize,w_1|a', 'none': None, 'empty': ''}
    body = [b'a', bytearray(b'b')]
    for _ in range(2):
        bucket.get_object(key, params=params, headers={'Range': 'bytes=0-5'}).read()
        bucket.put_object(key, BytesIO(BODY), headers={'x-oss-meta-a': 'b', 'Content-Type': 'a/b'})
        bucket.put_object(key, b'')
        bucket.put_object(key, list(body))
        bucket.get_object_with_url(
            server.url + '/test-bucket/%2e%2E/a%20b?Signature=a%2Bb%3D&x-oss-process=a%7Cb'
        ).read()
        bucket.session.session.mount('http://', requests.adapters.HTTPAdapter())
    half = len(server.requests) // 2
    for direct, long in zip(server.requests[:half], server.requests[half:]):
        for request in (direct, long):
            for name in ('date', 'authorization', 'accept-encoding'):  # old releases of requests send no last one
                request.headers.pop(name, None)
        assert direct._replace(connection=0) == long._replace(connection=0)


# Results and errors


def test_results_are_plain_objects():
    class Answer:
        status = 200
        headers = {'x-oss-version-id': 'v'}
        request_id = 'id'

    for cls in (
        oss2.models.RequestResult,
        oss2.models.PutObjectResult,
        oss2.models.ListObjectsResult,
        oss2.models.HeadObjectResult,
        oss2.models.InitMultipartUploadResult,
        oss2.models.GetBucketInfoResult,
    ):
        result = cls(Answer())
        assert (
            vars(result).items() >= {'status': 200, 'request_id': 'id', 'versionid': 'v', 'delete_marker': None}.items()
        )
        assert not hasattr(cls, '__slots__')
        assert result in {result}
        result.anything = 'can be set'


def test_errors_can_be_made_by_others():
    for made in (
        NoSuchKey(404, {'x-oss-request-id': 'id'}, b'body', {'Code': 'NoSuchKey', 'Message': 'm'}),
        NoSuchKey(
            status=404, headers={'x-oss-request-id': 'id'}, body=b'body', details={'Code': 'NoSuchKey', 'Message': 'm'}
        ),
    ):
        assert (made.status, made.request_id, made.code, made.message) == (404, 'id', 'NoSuchKey', 'm')
        assert (made.body, made.details['Code']) == (b'body', 'NoSuchKey')
        assert "'status': 404" in str(made)
        assert 'body' in made._str_with_body()
    assert ServerError(500, {}, '', {}).request_id == ''
    assert ClientError('text').status == -1
    cause = OSError('text')
    assert (RequestError(cause).status, RequestError(cause).exception) == (-2, cause)
    made = oss2.exceptions.make_exception(error(409, 'PositionNotEqualToLength'))
    assert type(made) is oss2.exceptions.PositionNotEqualToLength
    assert oss2.exceptions._parse_error_body(b'<Error><Code>A</Code></Error>') == {'Code': 'A'}


@pytest.mark.parametrize('body', [b'', b'<ListBucketResult>', b'no xml', b'<a></b>', b'\xff\xfe<a/>'])
def test_malformed_xml_is_a_runtime_error(body):
    with pytest.raises(RuntimeError):
        make(oss2.Bucket, FakeSession(FakeResponse(body=body))).list_objects()


def test_iterators_can_be_patched():
    session = FakeSession(
        *[
            FakeResponse(
                body=b'<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>k</Key>'
                b'<LastModified>2015-12-05T00:00:00.000Z</LastModified><ETag>"e"</ETag>'
                b'<Type>Normal</Type><Size>1</Size><StorageClass>Standard</StorageClass>'
                b'</Contents></ListBucketResult>'
            )
        ]
        * 2
    )
    fetch = oss2.iterators._BaseIterator.fetch_with_retry
    fetched = []

    def fetch_with_retry(self):
        fetched.append((self.is_truncated, self.next_marker, self.max_retries))
        fetch(self)

    with patch('oss2.iterators._BaseIterator.fetch_with_retry', fetch_with_retry):
        iterator = oss2.ObjectIterator(make(oss2.Bucket, session), max_retries=2)
        assert [entry.key for entry in iterator] == ['k']
    assert fetched == [(True, '', 2)]
    assert (iterator.entries, iterator.is_truncated) == ([], False)

    class Mine(oss2.iterators._BaseIterator):
        def __init__(self):
            super().__init__('first', None)

        def _fetch(self):
            self.entries = [self.next_marker]
            return self.next_marker == 'first', 'second'

    assert list(Mine()) == ['first', 'second']


# Logging


def test_loggers(make_bucket, server, caplog):
    with caplog.at_level(logging.DEBUG, 'oss2'):
        make_bucket(server.url).get_object('key').read()
    assert any(record.name == 'oss2.http' for record in caplog.records)
    for record in caplog.records:
        assert 'key-secret' not in record.getMessage()
        assert server.last.headers['authorization'] not in record.getMessage()


def test_without_a_handler_nothing_is_printed(raw_server, make_bucket, capfd):
    bucket = make_bucket(raw_server(answer(status=404)).url)
    assert not bucket.object_exists('key')
    bucket.close()
    assert capfd.readouterr() == ('', '')
    assert any(isinstance(handler, logging.NullHandler) for handler in logging.getLogger('oss2').handlers)


def test_a_response_has_its_json(raw_server, make_bucket):
    """The callback's answer, as programs read it."""
    bucket = make_bucket(raw_server(answer(b'{"a": 1}')).url)
    assert json.loads(bucket.put_object('key', 'x').resp.read()) == {'a': 1}
    assert bucket.put_object('key', 'x').resp.response.json() == {'a': 1}
