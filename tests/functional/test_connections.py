"""Connections: used again, never shared with a child, closed when they should be."""
from __future__ import annotations

import gc
import pickle
import socket
import subprocess
import sys
import textwrap
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor

import calls
import pytest
import requests
from rawserver import Sent, answer

import oss2
from oss2.exceptions import OssError, RequestError, ServerError

BODY = bytes(range(256)) * 4096


def clients(emulator):
    return {seen.client for seen in emulator.requests}


def consume(result):
    if hasattr(result, 'read'):
        result.read()


@pytest.mark.behaviour(9)
@pytest.mark.parametrize('name', calls.methods(oss2.Bucket))
def test_sequential_calls_of_an_operation_use_one_connection(name, oss_bucket, oss_emulator, tmp_path):
    """Also where OSS answers with an error, as it does when the operation cannot be done twice."""
    prepared = calls.scene(oss_bucket, tmp_path)
    bucket = oss_emulator.bucket(oss_bucket.bucket_name)
    oss_emulator.requests.clear()
    with bucket:
        for _ in range(3):
            try:
                consume(getattr(bucket, name)(**calls.arguments(oss2.Bucket, name, prepared)))
            except ServerError:
                pass
    assert len(oss_emulator.requests) >= 3
    assert len(clients(oss_emulator)) == 1


@pytest.mark.behaviour(9)
@pytest.mark.parametrize('name', calls.methods(oss2.Service))
def test_sequential_calls_of_the_service_use_one_connection(name, oss_bucket, oss_emulator):
    credentials = oss_emulator.credentials
    auth = oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret)
    oss_emulator.requests.clear()
    with oss2.Service(auth, oss_emulator.endpoint, region=oss_emulator.region) as service:
        for _ in range(3):
            try:
                consume(getattr(service, name)(**calls.arguments(oss2.Service, name, {})))
            except ServerError:
                pass
    assert len(oss_emulator.requests) >= 3
    assert len(clients(oss_emulator)) == 1


def test_failures_of_the_library_itself_do_not_cost_a_connection(oss_bucket, oss_emulator, tmp_path):
    """A download that ends with a wrong checksum, or into a folder that is not there, was read or is closed."""
    oss_bucket.put_object('key', BODY)
    for _ in range(3):
        with oss_emulator.faults.wrong_crc(method='GET'), pytest.raises(oss2.exceptions.InconsistentError):
            oss_bucket.get_object_to_file('key', str(tmp_path / 'file'))
        with oss_emulator.faults.wrong_crc(method='PUT'), pytest.raises(oss2.exceptions.InconsistentError):
            oss_bucket.put_object('other', BODY)
        with pytest.raises(oss2.exceptions.NoSuchKey):
            oss_bucket.get_object('nothing')
        assert not oss_bucket.object_exists('nothing')
    assert len(clients(oss_emulator)) == 1


@pytest.mark.behaviour(9)
@pytest.mark.parametrize('framing', ['length', 'chunked', 'close'])
def test_error_answers_of_every_framing_free_their_connection(framing, raw_server, make_bucket):
    server = raw_server(answer(b'<Error><Code>NoSuchKey</Code></Error>', status=404, framing=framing))
    bucket = make_bucket(server.url)
    for _ in range(3):
        with pytest.raises(oss2.exceptions.NoSuchKey):
            bucket.get_object('key')
    assert server.connections == (3 if framing == 'close' else 1)


@pytest.mark.behaviour(9)
@pytest.mark.parametrize('framing', ['length', 'chunked'])
@pytest.mark.parametrize('how', ['closed', 'with', 'dropped'])
@pytest.mark.parametrize('read', [0, 1000])
def test_a_result_given_up_halfway_neither_leaks_nor_poisons(framing, how, read, raw_server, make_bucket):
    server = raw_server(lambda request: answer(request.target.encode() * 20000, framing=framing))
    bucket = make_bucket(server.url)
    for number in range(3):
        result = bucket.get_object('half-%d' % number)
        assert len(result.read(read)) == read
        if how == 'closed':
            result.close()
            result.close()
        elif how == 'with':
            with result:
                pass
        del result
        if how == 'dropped':
            gc.collect()
        assert bucket.get_object('other-%d' % number).read() == b'/test-bucket/other-%d' % number * 20000
    assert server.wait_for_open_connections(1)


@pytest.mark.behaviour(9, 17)
def test_a_result_that_was_read_to_its_end_can_be_closed_at_any_time(raw_server, make_bucket):
    """Closing it must not close the connection, which may be busy with another request by then."""
    server = raw_server(answer(BODY))
    bucket = make_bucket(server.url)
    first = bucket.get_object('first')
    assert first.read() == BODY
    second = bucket.get_object('second')
    assert second.read(10) == BODY[:10]
    first.close()
    assert second.read() == BODY[10:]
    first.close()
    assert bucket.get_object('third').read() == BODY
    assert server.connections == 1


def test_reading_a_closed_result(raw_server, make_bucket):
    """It gives nothing more, or raises; never bytes of another answer."""
    bucket = make_bucket(raw_server(lambda request: answer(request.target.encode() * 20000)).url)
    result = bucket.get_object('first')
    result.close()
    assert bucket.get_object('other').read() == b'/test-bucket/other' * 20000
    try:
        content = result.read()
    except (OssError, ValueError):
        content = b''
    assert content == b''


@pytest.mark.behaviour(17)
def test_close_and_with(raw_server, make_bucket):
    server = raw_server(answer(BODY))
    with make_bucket(server.url) as bucket:
        assert isinstance(bucket, oss2.Bucket)
        bucket.get_object('key').read()
        assert server.wait_for_open_connections(1)
    assert server.wait_for_open_connections(0)
    bucket.close()
    assert bucket.get_object('key').read() == BODY
    bucket.close()
    assert server.wait_for_open_connections(0)
    with oss2.Service(oss2.AnonymousAuth(), server.url) as service:
        service.close()
    with oss2.Session() as session:
        bucket = make_bucket(server.url, session=session)
        bucket.get_object('key').read()
    assert server.wait_for_open_connections(0)


@pytest.mark.promise('S023', 'S039')
def test_a_session_of_the_callers_is_shared(raw_server, make_bucket):
    server = raw_server(answer(BODY))
    session = oss2.Session()
    buckets = [make_bucket(server.url, session=session, name='bucket-%d' % number) for number in range(3)]
    for bucket in buckets:
        assert bucket.session is session
        bucket.get_object('key').read()
    assert server.connections == 1


def test_closing_a_bucket_whose_session_has_no_close():
    class Session:
        def do_request(self, req, timeout):
            raise AssertionError

    with oss2.Bucket(oss2.AnonymousAuth(), 'http://a.com', 'bucket', session=Session()):
        pass


QUIET_PROGRAM = textwrap.dedent('''
    import gc, sys, oss2
    def make():
        return oss2.Bucket(oss2.AnonymousAuth(), sys.argv[1], 'test-bucket')
    with make() as bucket:
        bucket.get_object('key').read()
        bucket.get_object('key').read(10)
        try:
            bucket.put_object('key', 'x')
        except oss2.exceptions.ServerError:
            pass
    forgotten = make()
    forgotten.get_object('key').read()
    del forgotten, bucket
    gc.collect()
    at_exit = make()
    at_exit.get_object('key').read()
''')


@pytest.mark.behaviour(17)
def test_no_resource_warnings(raw_server):
    """Neither after close() nor where a program forgets it."""
    server = raw_server(lambda request: answer(BODY, status=403 if request.method == 'PUT' else 200))
    done = subprocess.run([sys.executable, '-X', 'dev', '-W', 'error', '-c', QUIET_PROGRAM, server.url],
                          stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, '')


@pytest.mark.behaviour(21)
def test_many_threads_use_as_many_connections_and_no_more(raw_server, make_bucket, caplog):
    """No thread waits for a connection, none is thrown away: no "Connection pool is full"."""
    threads = 64
    barrier = threading.Barrier(threads)

    def answers(request):
        if request.target.endswith('/meet'):
            barrier.wait(10)
        return answer(request.target.encode())

    server = raw_server(answers)
    bucket = make_bucket(server.url)

    def work(number):
        bodies = [bucket.get_object(key).read() for key in ('meet', str(number), 'meet')]
        return bodies == [b'/test-bucket/meet', b'/test-bucket/%d' % number, b'/test-bucket/meet']

    with caplog.at_level('DEBUG'), ThreadPoolExecutor(threads) as pool:
        assert all(pool.map(work, range(threads)))
    assert server.connections == threads
    assert not [record for record in caplog.records if record.levelname not in ('DEBUG', 'INFO')]


@pytest.mark.behaviour(21)
def test_connections_that_have_been_idle_are_closed(raw_server, make_bucket, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr('oss2._connection.time.monotonic', lambda: now[0])
    server = raw_server(answer(b'x'))
    bucket = make_bucket(server.url)
    held = [bucket.get_object('key') for _ in range(5)]
    for result in held:
        result.read()
    assert server.connections == server.open_connections == 5
    now[0] += oss2._connection.IDLE_LIMIT - 1
    bucket.get_object('key').read()
    assert server.open_connections == 5
    now[0] += 2
    bucket.get_object('key').read()
    assert server.wait_for_open_connections(1)
    assert server.connections == 5


@pytest.mark.behaviour(2)
def test_a_connection_that_the_server_has_closed_is_replaced(raw_server, make_bucket, oss_bucket, oss_emulator):
    server = raw_server(answer(BODY))
    bucket = make_bucket(server.url)
    bucket.get_object('key').read()
    server.answers = answer(BODY, then='close')
    bucket.get_object('key').read()
    assert server.wait_for_open_connections(0)
    assert bucket.get_object('key').read() == BODY
    for call in (lambda: oss_bucket.put_object('key', BODY), lambda: oss_bucket.list_objects()):
        with oss_emulator.faults.close_idle():
            call()
        assert oss_bucket.head_object('key').content_length == len(BODY)


def test_an_answer_in_many_small_pieces(oss_bucket, oss_emulator):
    oss_bucket.put_object('key', BODY[:300])
    with oss_emulator.faults.trickle(size=50, delay=0.001, times=None):
        assert oss_bucket.get_object('key').read() == BODY[:300]
        assert oss_bucket.list_objects().object_list[0].key == 'key'


@pytest.mark.parametrize('body', [b'', BODY])
def test_leftovers_behind_an_answer_do_not_become_the_next_one(body, raw_server, make_bucket):
    """An answer to HEAD may announce a length; a 204 may not have a body, whatever it announces."""
    def answers(request):
        if request.method == 'HEAD':
            return answer(framing='close', headers={'Content-Length': 1000}, then='keep')
        if request.method == 'DELETE':
            return answer(framing='close', status=204, then='keep')
        return answer(body)

    server = raw_server(answers)
    bucket = make_bucket(server.url)
    for _ in range(2):
        assert bucket.head_object('key').content_length == 1000
        assert bucket.delete_object('key').status == 204
        assert bucket.get_object('key').read() == body
    assert server.connections == 1


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as sock:
            sock.bind(('::1', 0))
    except OSError:
        return False
    return True


@pytest.mark.behaviour(40)
@pytest.mark.skipif(not has_ipv6(), reason='this machine has no IPv6')
def test_ipv6(raw_server, make_bucket):
    server = raw_server(answer(BODY), host='::1')
    bucket = make_bucket(server.url)
    assert bucket.get_object('a/b').read() == BODY
    assert (server.last.target, server.last.headers['host']) == ('/test-bucket/a%2Fb', server.netloc)


@pytest.mark.behaviour(40)
@pytest.mark.skipif(not has_ipv6(), reason='this machine has no IPv6')
def test_ipv6_with_the_emulator():
    from oss2.emulator import Emulator
    with Emulator(host='::1') as oss, oss.bucket('test-bucket') as bucket:
        bucket.put_object('a/中', BODY)
        assert bucket.get_object('a/中').read() == BODY
        assert bucket.get_object_with_url(bucket.sign_url('GET', 'a/中', 60)).read() == BODY


def test_https():
    from oss2.emulator import Emulator
    with Emulator(tls=True) as oss, oss.bucket('test-bucket') as bucket:
        for _ in range(2):
            bucket.put_object('key', BODY)
            assert bucket.get_object('key').read() == BODY
        assert len(clients(oss)) == 1
        with oss2.Bucket(bucket.auth, oss.endpoint, 'test-bucket', region=oss.region) as other:
            with pytest.raises(RequestError) as caught:
                other.get_object('key')
            assert 'certificate' in caught.value.message
            other.session.session.verify = oss.certificate
            assert other.get_object('key').read() == BODY
            other.session.session.verify = False
            with warnings.catch_warnings():
                warnings.simplefilter('ignore')
                assert other.get_object('key').read() == BODY


def test_the_ca_bundle_of_the_environment(monkeypatch):
    from oss2.emulator import Emulator
    with Emulator(tls=True) as oss, oss.bucket('test-bucket') as bucket:
        bucket.put_object('key', BODY)
        monkeypatch.setenv('REQUESTS_CA_BUNDLE', oss.certificate)
        with oss2.Bucket(bucket.auth, oss.endpoint, 'test-bucket', region=oss.region) as other:
            assert other.get_object('key').read() == BODY
            other.session.session.trust_env = False
            other.close()  # before requests 2.32 a connection made with one bundle serves with another
            with pytest.raises(RequestError):
                other.get_object('key')


@pytest.mark.promise('S062')
def test_nothing_listens(make_bucket, no_retries):
    with socket.socket() as sock:
        sock.bind(('127.0.0.1', 0))
        bucket = make_bucket('http://127.0.0.1:%d' % sock.getsockname()[1])
        for call in (lambda: bucket.get_object('key'), lambda: bucket.put_object('key', BODY),
                     lambda: bucket.list_objects(), lambda: bucket.object_exists('key')):
            with pytest.raises(RequestError) as caught:
                call()
            assert caught.value.message
            assert 'refused' in str(caught.value)


@pytest.mark.promise('S062')
def test_a_name_that_is_nobodys(make_bucket, monkeypatch, no_retries):
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, 'Name or service not known')

    monkeypatch.setattr(socket, 'getaddrinfo', unknown)
    bucket = make_bucket('http://nobody.invalid')
    with pytest.raises(RequestError) as caught:
        bucket.get_object('key')
    assert isinstance(caught.value.exception, requests.ConnectionError)
    assert 'Name or service not known' in caught.value.message


def test_the_server_hangs_up_before_it_answers(raw_server, make_bucket, no_retries):
    bucket = make_bucket(raw_server(Sent(b'', 'reset')).url)
    with pytest.raises(RequestError):
        bucket.get_object('key')
    with pytest.raises(RequestError):
        bucket.put_object('key', BODY)


def test_what_is_no_http(raw_server, make_bucket, no_retries):
    for garbage in (b'SSH-2.0-OpenSSH_9.6\r\n', b'HTTP/1.1 two hundred\r\n\r\n', b'\0' * 100 + b'\n',
                    b'HTTP/1.1 200 OK\r\n' + b'x: y\r\n' * 1000 + b'\r\n'):
        bucket = make_bucket(raw_server(Sent(garbage, 'close')).url)
        with pytest.raises(RequestError):
            bucket.get_object('key')


@pytest.mark.behaviour(8)
def test_a_bucket_in_use_pickles(oss_bucket):
    """What comes out opens connections of its own."""
    oss_bucket.put_object('key', BODY)
    copy = pickle.loads(pickle.dumps(oss_bucket))
    with copy:
        assert copy.get_object('key').read() == BODY
        copy.put_object('other', 'x')
    assert oss_bucket.get_object('other').read() == b'x'
