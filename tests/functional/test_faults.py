"""When things go wrong between here and OSS: error answers, redirects, silence."""

from __future__ import annotations

import base64
import io
import pickle
import re

import pytest
import requests
from rawserver import answer

import oss2
from oss2 import exceptions
from oss2.exceptions import NotFound, OssError, ReadTimeout, RequestError, ServerError

BODY = bytes(range(256)) * 100


def document(code, message='', **more):
    elements = ''.join('<%s>%s</%s>' % (name, value, name) for name, value in more.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message>%s</Message>%s</Error>'
        % (code, message, elements)
    ).encode()


CALLS = {
    'get_object': lambda bucket: bucket.get_object('key'),
    'put_object': lambda bucket: bucket.put_object('key', BODY),
    'put a file': lambda bucket: bucket.put_object('key', io.BytesIO(BODY)),
    'put an iterable': lambda bucket: bucket.put_object('key', iter([BODY])),
    'append_object': lambda bucket: bucket.append_object('key', 0, BODY),
    'head_object': lambda bucket: bucket.head_object('key'),
    'list_objects': lambda bucket: bucket.list_objects(),
    'delete_object': lambda bucket: bucket.delete_object('key'),
    'init_multipart_upload': lambda bucket: bucket.init_multipart_upload('key'),
    'copy_object': lambda bucket: bucket.copy_object('other', 'key', 'key'),
    'get_bucket_acl': lambda bucket: bucket.get_bucket_acl(),
}
WRITES = [name for name in CALLS if name not in ('get_object', 'head_object', 'list_objects', 'get_bucket_acl')]
READS = [name for name in CALLS if name not in WRITES]

every_call = pytest.mark.parametrize('call', CALLS.values(), ids=list(CALLS))


@every_call
def test_the_document_of_an_error(call, raw_server, make_bucket, no_retries):
    body = document('SomeCode', 'What went wrong', EC='0001-00000001', Endpoint='oss-cn-x.aliyuncs.com')
    bucket = make_bucket(
        raw_server(answer(body, status=403, headers={'x-oss-err': base64.b64encode(body).decode()})).url
    )
    with pytest.raises(ServerError) as caught:
        call(bucket)
    error = caught.value
    assert (error.status, error.code, error.message, error.ec) == (403, 'SomeCode', 'What went wrong', '0001-00000001')
    assert error.request_id == 'RAW'
    assert error.details['Endpoint'] == 'oss-cn-x.aliyuncs.com'
    assert error.headers['x-oss-request-id'] == 'RAW'
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), copy.details) == (type(error), str(error), error.details)


@pytest.mark.behaviour(19)
@pytest.mark.parametrize('framing', ['length', 'chunked', 'close'])
@pytest.mark.parametrize('filler', ['x' * 10000, '中' * 5000, '\U0001f600' * 5000], ids=['ascii', 'chinese', 'emoji'])
def test_long_documents(framing, filler, raw_server, make_bucket):
    body = document('SignatureDoesNotMatch', 'm', StringToSign=filler, RequestId='THE-END')
    bucket = make_bucket(raw_server(answer(body, status=403, framing=framing)).url)
    with pytest.raises(exceptions.SignatureDoesNotMatch) as caught:
        bucket.get_object('key')
    assert (caught.value.code, caught.value.details['RequestId']) == ('SignatureDoesNotMatch', 'THE-END')
    assert caught.value.body == body


@pytest.mark.behaviour(19)
def test_documents_that_are_cut(raw_server, make_bucket, no_retries):
    """The status says that it failed, whatever became of the document."""
    body = document('NoSuchKey', '没有这个文件' * 5)
    server = raw_server(b'')
    bucket = make_bucket(server.url)
    for cut in range(len(body)):
        server.answers = answer(body, status=404, cut=cut)
        with pytest.raises(ServerError) as caught:
            bucket.get_object('key')
        assert caught.value.status == 404


@pytest.mark.parametrize(
    'body',
    [b'', b'<html>Bad gateway</html>', b'\xff\xfe\0', b'<Error>', b'plain text', b'{"json": 1}', b'<Error/>'],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_document(body, raw_server, make_bucket, no_retries):
    """Proxies and gateways answer in their own ways."""
    server = raw_server(b'')
    bucket = make_bucket(server.url)
    for status in (400, 403, 404, 405, 409, 411, 412, 416, 429, 500, 502, 503, 504):
        server.answers = answer(body, status=status)
        with pytest.raises(ServerError) as caught:
            bucket.get_object('key')
        assert (caught.value.status, caught.value.code) == (status, '')
        assert caught.value.body == body
        assert str(status) in str(caught.value)
        assert isinstance(caught.value, NotFound) is (status == 404)


def test_status_that_have_a_class(raw_server, make_bucket, no_retries):
    for status, code, expected in (
        (416, '', exceptions.InvalidRange),
        (304, '', exceptions.NotModified),
        (412, 'PreconditionFailed', exceptions.PreconditionFailed),
        (409, 'BucketNotEmpty', exceptions.BucketNotEmpty),
        (404, 'NoSuchWebsiteConfiguration', exceptions.NoSuchWebsite),
        (403, 'AccessDenied', exceptions.AccessDenied),
    ):
        bucket = make_bucket(raw_server(answer(document(code) if code else b'', status=status)).url)
        with pytest.raises(expected) as caught:
            bucket.get_object('key')
        assert type(caught.value) is expected


# Redirects

REDIRECTS = [301, 302, 303, 307, 308]


@pytest.mark.behaviour(30, 'D1')
@every_call
def test_another_host_gets_nothing(call, raw_server, make_bucket):
    """Neither the request nor the token that signs it; the answer is an error that says where it pointed."""
    elsewhere = raw_server(answer(b'not the object'))
    server = raw_server(b'')
    bucket = make_bucket(server.url, auth=oss2.StsAuth('id', 'secret', 'token'))
    for number, status in enumerate(REDIRECTS, 1):
        server.answers = answer(status=status, headers={'Location': elsewhere.url + '/key'})
        with pytest.raises(ServerError) as caught:
            call(bucket)
        assert (caught.value.status, caught.value.location) == (status, elsewhere.url + '/key')
        assert len(server.requests) == number
    assert elsewhere.requests == []


@pytest.mark.behaviour(30, 'D1')
@pytest.mark.parametrize('name', WRITES)
def test_writes_are_not_sent_on(name, raw_server, make_bucket):
    """Not even within the host: it would be a GET, or have no body any more."""
    server = raw_server(b'')
    bucket = make_bucket(server.url)
    for number, status in enumerate(REDIRECTS, 1):
        server.answers = answer(status=status, headers={'Location': '/test-bucket/other'})
        with pytest.raises(ServerError) as caught:
            CALLS[name](bucket)
        assert (caught.value.status, caught.value.location) == (status, '/test-bucket/other')
        assert len(server.requests) == number


@pytest.mark.behaviour(30, 'D1')
@pytest.mark.parametrize('location', ['/test-bucket/other?a=b', 'other?a=b', 'absolute'])
def test_reads_are_sent_on_within_the_host(location, raw_server, make_bucket):
    for status in REDIRECTS:

        def answers(request, status=status):
            if request.target.endswith('key'):
                target = server.url + '/test-bucket/other?a=b' if location == 'absolute' else location
                return answer(status=status, headers={'Location': target})
            return answer(request.target.encode())

        server = raw_server(answers)
        assert make_bucket(server.url).get_object('key').read() == b'/test-bucket/other?a=b'
        assert server.connections == 1


@pytest.mark.parametrize(
    'location', ['https://{}/key', 'http://user@{}/key', 'ftp://{}/key', '//{}x/key', 'http://[', '', '\x80']
)
def test_odd_locations(location, raw_server, make_bucket):
    """Another scheme or port is another host, and what cannot be understood is nowhere."""
    server = raw_server(b'')
    server.answers = answer(status=302, headers={'Location': location.format(server.netloc)})
    with pytest.raises(OssError) as caught:
        make_bucket(server.url).get_object('key')
    assert caught.value.status == 302
    assert len(server.requests) == 1


def test_a_redirect_without_a_location(raw_server, make_bucket):
    with pytest.raises(ServerError) as caught:
        make_bucket(raw_server(answer(status=302)).url).get_object('key')
    assert (caught.value.status, caught.value.location) == (302, None)


def test_redirects_in_a_circle(raw_server, make_bucket):
    server = raw_server(answer(status=302, headers={'Location': '/test-bucket/key'}))
    bucket = make_bucket(server.url)
    bucket.session.session.max_redirects = 5
    with pytest.raises(ServerError) as caught:
        bucket.get_object('key')
    assert caught.value.status == 302
    assert len(server.requests) == 6


@pytest.mark.parametrize('mounted', [False, True], ids=['', 'long way'])
def test_redirects_on_the_long_way(mounted, raw_server, make_bucket):
    elsewhere = raw_server(answer(b'not the object'))
    server = raw_server(answer(status=307, headers={'Location': elsewhere.url + '/key'}))
    bucket = make_bucket(server.url, auth=oss2.StsAuth('id', 'secret', 'token'))
    if mounted:
        bucket.session.session.mount('http://', requests.adapters.HTTPAdapter())
    for call in (bucket.list_objects, lambda: bucket.put_object('key', io.BytesIO(BODY))):
        with pytest.raises(ServerError) as caught:
            call()
        assert caught.value.location == elsewhere.url + '/key'
    assert elsewhere.requests == []


# Silence


@pytest.mark.behaviour(18)
def test_a_server_that_says_nothing(oss_bucket, oss_emulator, no_retries):
    oss_bucket.timeout = (5, 0.05)
    for call in (lambda: oss_bucket.get_object('key'), lambda: oss_bucket.put_object('key', BODY)):
        with oss_emulator.faults.hang(times=None), pytest.raises(ReadTimeout) as caught:
            call()
        assert isinstance(caught.value, RequestError)
        assert isinstance(caught.value.exception, requests.exceptions.ReadTimeout)
        assert isinstance(caught.value.exception, requests.exceptions.Timeout)
        assert 'timed out' in caught.value.message
        assert caught.value.status == -2


def test_a_connection_that_is_not_made_in_time(make_bucket, monkeypatch, no_retries):
    import socket

    def create_connection(address, timeout=None, *args, **kwargs):
        assert timeout == 0.5
        raise socket.timeout('timed out')

    monkeypatch.setattr('urllib3.util.connection.create_connection', create_connection)
    bucket = make_bucket('http://oss-cn-hangzhou.aliyuncs.com', connect_timeout=(0.5, 60))
    with pytest.raises(exceptions.ConnectTimeout) as caught:
        bucket.get_object('key')
    assert isinstance(caught.value.exception, requests.exceptions.ConnectTimeout)


@pytest.mark.behaviour(18)
def test_the_answer_is_lost(oss_bucket, oss_emulator, no_retries):
    for call in (
        lambda: oss_bucket.get_object('key'),
        lambda: oss_bucket.put_object('key', BODY),
        lambda: oss_bucket.list_objects(),
        lambda: oss_bucket.append_object('appended', 0, BODY),
    ):
        with oss_emulator.faults.drop_answer(times=None), pytest.raises(RequestError) as caught:
            call()
        assert isinstance(caught.value.exception, requests.ConnectionError)
        copy = pickle.loads(pickle.dumps(caught.value))
        assert (type(copy), copy.message) == (type(caught.value), caught.value.message)


def test_the_answer_to_a_listing_is_cut(oss_bucket, oss_emulator, no_retries):
    """Half a document is no listing."""
    for number in range(5):
        oss_bucket.put_object('key-%d' % number, b'')
    for call in (oss_bucket.list_objects, oss_bucket.get_bucket_info):
        with oss_emulator.faults.cut_answer(200, times=None), pytest.raises(RequestError):
            call()
    assert len(oss_bucket.list_objects().object_list) == 5


def test_a_failing_server(oss_bucket, oss_emulator, no_retries):
    oss_bucket.put_object('key', BODY)
    with oss_emulator.faults.fail(503, 'ServiceUnavailable', 'Please retry', times=None) as fault:
        for number, call in enumerate(
            (
                lambda: oss_bucket.get_object('key'),
                lambda: oss_bucket.put_object('key', b'x'),
                lambda: oss_bucket.head_object('key'),
            ),
            1,
        ):
            with pytest.raises(ServerError) as caught:
                call()
            assert (caught.value.status, caught.value.code) == (503, 'ServiceUnavailable')
            assert fault.hits == number
    assert oss_bucket.get_object('key').read() == BODY


# What the log has of it


@pytest.mark.behaviour(15)
@every_call
@pytest.mark.parametrize('version', ['v1', 'v2', 'v4'])
def test_the_log_of_calls_that_fail_has_no_secret(call, version, raw_server, make_bucket, caplog, no_retries):
    """Nor have texts of errors: answers of OSS repeat what it was sent. The log watch of the suite looks as well."""
    token, secret = 'planted-security-token', 'planted-secret'
    auth = oss2.ProviderAuth(oss2.StaticCredentialsProvider('key-id', secret, token)) if version == 'v1' else (
        oss2.ProviderAuthV2 if version == 'v2' else oss2.ProviderAuthV4)(
            oss2.StaticCredentialsProvider('key-id', secret, token))

    def answers(request):
        body = document('SignatureDoesNotMatch', 'm', StringToSign='PUT\nx-oss-security-token:' + token,
                        SignatureProvided=request.headers.get('authorization', ''), SecurityToken=token)
        return answer(body, status=403, headers={'x-oss-err': base64.b64encode(body).decode()})

    server = raw_server(answers)
    bucket = make_bucket(server.url, auth=auth, region='cn-hangzhou')
    with caplog.at_level('DEBUG'):
        with pytest.raises(ServerError) as caught:
            call(bucket)
        url = bucket.sign_url('GET', 'key', 60)
        with pytest.raises(OssError):
            bucket.get_object_with_url(url).read()
        server.close()
        with pytest.raises(RequestError) as lost:
            call(bucket)
    authorizations = [request.headers['authorization'] for request in server.requests
                      if 'authorization' in request.headers]
    assert authorizations
    signatures = [re.search(r'(?:Signature[:=]|OSS [^:]+:)(\S{12})', text).group(1) for text in authorizations]
    texts = [record.getMessage() for record in caplog.records]
    for error in (caught.value, lost.value):
        texts += [str(error), repr(error)]
    assert {'oss2.http', 'oss2.auth', 'urllib3.connectionpool'} <= {record.name for record in caplog.records}
    for planted in (token, secret, re.search(r'(?i)signature=(.{12})', url).group(1), *signatures):
        assert planted not in '\n'.join(texts)


@pytest.mark.behaviour(15)
def test_expected_outcomes_are_logged_at_debug(oss_bucket, caplog):
    with caplog.at_level('DEBUG', 'oss2'):
        assert not oss_bucket.object_exists('nothing')
        oss_bucket.put_object('key', BODY)
        oss_bucket.delete_object('key')
    assert {record.levelname for record in caplog.records if record.name.startswith('oss2')} == {'DEBUG'}


@pytest.mark.behaviour(18)
def test_messages_name_the_host_and_not_our_classes(raw_server, make_bucket, no_retries):
    server = raw_server(b'')
    netloc = server.netloc
    server.close()
    for bucket in (make_bucket('http://' + netloc), make_bucket('https://' + netloc)):
        with pytest.raises(RequestError) as caught:
            bucket.get_object('key')
        assert caught.value.message.startswith(netloc + ': Failed to establish a new connection')
        assert '_Connection' not in repr(caught.value) + caught.value.message


class Source:
    """A file of which only ten bytes can be read."""

    def __init__(self, error, size=None):
        self._error = error
        self._read = False
        if size is not None:
            self.len = size

    def read(self, amt=-1):
        if self._read:
            raise self._error
        self._read = True
        return b'x' * 10


def pieces(error):
    yield b'x' * 10
    raise error


SOURCES = {'file': Source, 'file of known size': lambda error: Source(error, 100), 'iterable': pieces}


@pytest.mark.parametrize('enable_crc', [True, False], ids=['crc', 'no crc'])
@pytest.mark.parametrize('source', SOURCES.values(), ids=list(SOURCES))
@pytest.mark.parametrize(
    'error', [ValueError('mine'), KeyError('mine'), UnicodeDecodeError('utf-8', b'', 0, 1, 'mine')], ids=repr
)
def test_what_the_source_of_a_body_raises_comes_through(error, source, enable_crc, raw_server, make_bucket):
    """As it did from 2.19.1; the connection, on which half a request went out, is not used again."""
    server = raw_server(answer())
    bucket = make_bucket(server.url, enable_crc=enable_crc)
    with pytest.raises(type(error)) as caught:
        bucket.put_object('key', source(error))
    assert caught.value is error
    assert bucket.put_object('key', BODY).status == 200
    assert [request.body for request in server.requests] == [BODY]


def test_a_source_that_cannot_be_read_is_not_asked_again(raw_server, make_bucket):
    """It is a RequestError, as with 2.19.1; but no failure of the network, which might pass."""
    server = raw_server(answer())
    bucket = make_bucket(server.url)
    source = io.BytesIO(BODY)
    source.read = Source(OSError(5, 'Input/output error')).read
    with pytest.raises(RequestError) as caught:
        bucket.put_object('key', source)
    assert caught.value.attempts == 1
    assert 'Input/output error' in caught.value.message
    assert server.requests == []
