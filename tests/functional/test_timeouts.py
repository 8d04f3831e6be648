"""How long a call may take: to connect, between two pieces, and in all."""
from __future__ import annotations

import inspect
import io
import pickle
import socket
import threading
import time

import pytest
import requests
from rawserver import answer

import oss2
from oss2 import exceptions
from oss2.exceptions import ClientError, ConnectTimeout, DeadlineExceeded, ReadTimeout, RequestTimeout, ServerError

BODY = bytes(range(256)) * 40
LONG = 30

pytestmark = pytest.mark.behaviour(13)


def seconds_of(call, expected):
    """What *call* raises, and how long it took."""
    begin = time.monotonic()
    with pytest.raises(expected) as caught:
        call()
    return caught.value, time.monotonic() - begin


@pytest.fixture
def black_hole(monkeypatch):
    """An endpoint whose packets go nowhere: what the operating system does of it, without a network."""
    waits = []

    class Socket(socket.socket):
        def connect(self, address):
            waits.append(self.gettimeout())
            raise socket.timeout('timed out')

    monkeypatch.setattr('urllib3.util.connection.socket.socket', Socket)
    return 'http://127.0.0.1:9', waits


@pytest.fixture
def full_backlog():
    """A server that accepts nothing more."""
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        listener.listen(0)
        waiting = []
        for _ in range(5):
            sock = socket.socket()
            sock.setblocking(False)
            sock.connect_ex(listener.getsockname())
            waiting.append(sock)
        yield 'http://127.0.0.1:%d' % listener.getsockname()[1]
        for sock in waiting:
            sock.close()


@pytest.mark.parametrize('call', [
    lambda bucket: bucket.get_object('key'), lambda bucket: bucket.put_object('key', BODY),
    lambda bucket: bucket.append_object('key', 0, BODY), lambda bucket: bucket.list_objects(),
], ids=['get', 'put', 'append', 'list'])
def test_a_black_hole_costs_the_time_for_connecting_once(call, black_hole, make_bucket):
    endpoint, waits = black_hole
    bucket = make_bucket(endpoint, connect_timeout=0.25, read_timeout=LONG)
    with pytest.raises(ConnectTimeout) as caught:
        call(bucket)
    assert waits == [0.25]
    assert caught.value.attempts == 1
    assert isinstance(caught.value.exception, requests.ConnectTimeout)
    assert caught.value.message == 'Connection to 127.0.0.1 timed out. (connect timeout=0.25)'


def test_a_server_with_a_full_backlog(full_backlog, make_bucket):
    bucket = make_bucket(full_backlog, connect_timeout=0.2, read_timeout=LONG)
    _, seconds = seconds_of(lambda: bucket.get_object('key'), ConnectTimeout)
    assert seconds < LONG / 2


WAYS = {
    'read_timeout': lambda make, url: make(url, connect_timeout=LONG, read_timeout=0.05),
    'read_timeout alone': lambda make, url: make(url, read_timeout=0.05),
    'pair': lambda make, url: make(url, connect_timeout=(LONG, 0.05)),
    'number': lambda make, url: make(url, connect_timeout=0.05),
    'with_options': lambda make, url: make(url).with_options(read_timeout=0.05),
    'with_options, timeout': lambda make, url: make(url).with_options(timeout=0.05),
    'with_options, pair': lambda make, url: make(url).with_options(timeout=(LONG, 0.05)),
    'long way': lambda make, url: on_the_long_way(make(url, read_timeout=0.05)),
}


def on_the_long_way(bucket):
    bucket.session.session.hooks['response'] = [lambda *args, **kwargs: None]
    return bucket


@pytest.mark.parametrize('way', WAYS.values(), ids=list(WAYS))
def test_a_server_that_says_nothing(way, silent_server, make_bucket, no_retries):
    bucket = way(make_bucket, silent_server)
    for call in (lambda: bucket.get_object('key'), lambda: bucket.put_object('key', io.BytesIO(BODY))):
        error, seconds = seconds_of(call, ReadTimeout)
        assert isinstance(error.exception, requests.ReadTimeout)
        assert seconds < LONG / 2


@pytest.fixture
def silent_server():
    with socket.create_server(('127.0.0.1', 0)) as listener:
        yield 'http://127.0.0.1:%d' % listener.getsockname()[1]


def test_a_slow_upload_does_not_count_as_connecting(make_bucket):
    """A short time for connecting is for that only: the server takes longer to read what it is sent."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listener.bind(('127.0.0.1', 0))
        listener.listen(1)

        def serve():
            sock, _ = listener.accept()
            with sock, sock.makefile('rb') as reader:
                time.sleep(0.3)
                for line in iter(reader.readline, b'\r\n'):
                    name, _, value = line.decode('latin-1').lower().partition(':')
                    size = int(value) if name == 'content-length' else 0
                    if size:
                        total = size
                assert len(reader.read(total)) == total
                sock.sendall(answer().data)

        server = threading.Thread(target=serve)
        server.start()
        bucket = make_bucket('http://127.0.0.1:%d' % listener.getsockname()[1], connect_timeout=0.1,
                             read_timeout=LONG)
        assert bucket.put_object('key', b'x' * (16 << 20)).status == 200
        server.join()


@pytest.fixture
def sipping_server():
    """A server that is never long in taking more of a body, but takes a while for all of it."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        listener.bind(('127.0.0.1', 0))
        listener.listen(1)

        def serve():
            sock, _ = listener.accept()
            with sock, sock.makefile('rb') as reader:
                for size in iter(lambda: length_in(reader), None):
                    for _ in range(0, size, 1 << 20):
                        left = min(size, 1 << 20)
                        while left:
                            taken = len(reader.read1(left))
                            if not taken:
                                return
                            left -= taken
                        if size > 1 << 20:
                            time.sleep(0.04)
                    sock.sendall(answer().data)

        server = threading.Thread(target=serve)
        server.start()
        yield 'http://127.0.0.1:%d' % listener.getsockname()[1]
        server.join()


def length_in(reader):
    """The Content-Length of the next request; None if there is none."""
    size = None
    for line in iter(reader.readline, b'\r\n'):
        if not line:
            return None
        if line.lower().startswith(b'content-length:'):
            size = int(line.partition(b':')[2])
    return size


@pytest.mark.parametrize('options', [{}, {'enable_crc': False}, {'connect_timeout': LONG, 'read_timeout': 0.4}],
                         ids=['', 'without crc', 'pair'])
def test_bytes_that_take_longer_than_a_timeout(options, sipping_server, make_bucket, no_retries):
    """As long as some of them go out in time: 2.19.1 uploads them."""
    with make_bucket(sipping_server, **{'connect_timeout': 0.4, **options}) as bucket:
        assert bucket.put_object('key', bytes(24 << 20)).status == 200


def test_a_kept_connection_has_the_time_of_the_next_call(sipping_server, make_bucket, no_retries):
    with make_bucket(sipping_server, connect_timeout=LONG) as bucket:
        bucket.with_options(timeout=0.02).put_object('key', b'x')
        bucket.with_options(deadline=0.2).put_object('key', b'x')
        time.sleep(0.1)
        assert bucket.put_object('key', io.BytesIO(bytes(8 << 20))).status == 200


def test_an_upload_that_stalls(silent_server, make_bucket, no_retries):
    """Nobody reads what is sent, and in the end there is no room for more."""
    for body in (b'x' * (32 << 20), io.BytesIO(b'x' * (32 << 20)), iter([b'x' * (1 << 20)] * 32)):
        bucket = make_bucket(silent_server, connect_timeout=LONG, read_timeout=0.1)
        error, seconds = seconds_of(lambda body=body, bucket=bucket: bucket.put_object('key', body), RequestTimeout)
        assert 'timed out' in error.message
        assert seconds < LONG / 2


# Deadlines


@pytest.mark.parametrize('way', [lambda bucket: bucket, on_the_long_way], ids=['', 'long way'])
def test_a_deadline_bounds_the_wait_for_an_answer(way, silent_server, make_bucket):
    bucket = way(make_bucket(silent_server, deadline=0.2, connect_timeout=LONG, retries=10))
    for call in (lambda: bucket.get_object('key'), lambda: bucket.put_object('key', BODY),
                 lambda: bucket.append_object('key', 0, BODY), bucket.list_objects):
        error, seconds = seconds_of(call, DeadlineExceeded)
        assert 0.19 < seconds < LONG / 2
        assert isinstance(error, RequestTimeout)
        assert isinstance(error.exception, requests.Timeout)
        assert error.message
        assert type(pickle.loads(pickle.dumps(error))) is DeadlineExceeded


def test_a_deadline_bounds_connecting(full_backlog, make_bucket):
    _, seconds = seconds_of(lambda: make_bucket(full_backlog, deadline=0.2).get_object('key'), DeadlineExceeded)
    assert seconds < LONG / 2


def test_a_deadline_bounds_sending(silent_server, make_bucket):
    for body in (b'x' * (32 << 20), io.BytesIO(b'x' * (32 << 20))):
        _, seconds = seconds_of(lambda body=body: make_bucket(silent_server, deadline=0.2).put_object('key', body),
                                DeadlineExceeded)
        assert seconds < LONG / 2


def test_a_deadline_bounds_the_attempts(oss_bucket, oss_emulator):
    """No pause is begun that would be too long: what the last attempt said is raised."""
    oss_emulator.requests.clear()
    with oss_emulator.faults.fail(503, 'ServiceUnavailable', times=None):
        error, seconds = seconds_of(
            lambda: oss_bucket.with_options(deadline=0.5, retries=50).get_object('key'), ServerError)
    assert error.status == 503
    assert 1 < error.attempts == len(oss_emulator.requests) < 10
    assert seconds < LONG / 2


READS = {
    'all': lambda result: result.read(),
    'blocks': lambda result: [result.read(1 << 20) for _ in range(100)],
    'small blocks': lambda result: [result.read(10) for _ in range(10000)],
    'iteration': lambda result: list(result),
}


@pytest.mark.parametrize('framing', ['length', 'chunked'])
@pytest.mark.parametrize('read', READS.values(), ids=list(READS))
@pytest.mark.parametrize('way', [lambda bucket: bucket, on_the_long_way], ids=['', 'long way'])
def test_a_deadline_bounds_the_reading(way, read, framing, trickling_server, make_bucket):
    """Though each piece comes in good time."""
    bucket = way(make_bucket(trickling_server(framing), deadline=0.2, connect_timeout=LONG))
    with bucket.get_object('key') as result:
        error, seconds = seconds_of(lambda: read(result), DeadlineExceeded)
    assert isinstance(error.exception, requests.RequestException)
    assert seconds < LONG / 2


def test_a_list_is_no_pair(raw_server, make_bucket):
    server = raw_server(answer(BODY))
    bucket = make_bucket(server.url, connect_timeout=[5, 10])
    for call in (lambda: bucket.get_object('key'), lambda: bucket.select_object('key', 'select 1')):
        with pytest.raises(ClientError, match=r'\[5, 10\]'):
            call()
    assert not server.requests


def test_options_of_a_class_of_one_object(raw_server):
    class Only(oss2.Bucket):
        made = None

        def __new__(cls, *args, **kwargs):
            cls.made = cls.made or super().__new__(cls)
            return cls.made

    with Only(oss2.AnonymousAuth(), raw_server(answer(BODY)).url, 'bucket') as bucket:
        assert bucket.with_options(timeout=5).get_object('key').read() == BODY
        assert bucket.timeout == oss2.defaults.connect_timeout


@pytest.fixture
def trickling_server():
    """A function that starts a server whose answer never ends, a few bytes at a time; its URL."""
    listeners, threads = [], []
    stopped = threading.Event()

    def serve(listener, framing):
        sock, _ = listener.accept()
        with sock:
            sock.recv(65536)
            head = b'Content-Length: 1000000' if framing == 'length' else b'Transfer-Encoding: chunked'
            try:
                sock.sendall(b'HTTP/1.1 200 OK\r\n' + head + b'\r\n\r\n')
                while not stopped.wait(0.01):
                    sock.sendall(b'x' if framing == 'length' else b'1\r\nx\r\n')
            except OSError:
                pass

    def start(framing):
        listener = socket.create_server(('127.0.0.1', 0))
        listeners.append(listener)
        threads.append(threading.Thread(target=serve, args=(listener, framing)))
        threads[-1].start()
        return 'http://127.0.0.1:%d' % listener.getsockname()[1]

    yield start
    stopped.set()
    for thread in threads:
        thread.join()
    for listener in listeners:
        listener.close()


def test_a_deadline_in_between(raw_server, make_bucket):
    """What has come already cannot be read too late; the connection is not used again."""
    server = raw_server(answer(BODY))
    bucket = make_bucket(server.url, deadline=0.1)
    result = bucket.get_object('key')
    assert result.read(10) == BODY[:10]
    time.sleep(0.15)
    with pytest.raises(DeadlineExceeded):
        result.read()
    assert bucket.get_object('key').read() == BODY
    assert server.connections == 2


def test_an_answer_that_came_in_time_can_be_read_later(raw_server, make_bucket):
    bucket = make_bucket(raw_server(answer(b'{"status": "ok"}')).url, deadline=0.1)
    result = bucket.put_object('key', BODY)
    time.sleep(0.15)
    assert result.resp.read() == b'{"status": "ok"}'


@pytest.mark.parametrize('call', [
    lambda bucket: bucket.append_object('key', 0, BODY), lambda bucket: bucket.append_object_auto('key', BODY),
    lambda bucket: bucket.complete_multipart_upload('key', 'id', [oss2.models.PartInfo(1, 'etag')]),
    lambda bucket: bucket.object_exists('key'),
], ids=['append', 'append to the end', 'complete', 'exists'])
def test_a_deadline_bounds_calls_of_several_requests(call, raw_server, make_bucket):
    def answers(request):
        time.sleep(0.15)
        return answer(status=404 if request.method == 'HEAD' else 503)

    server = raw_server(answers)
    bucket = make_bucket(server.url, deadline=0.4, retries=8)
    seconds_of(lambda: call(bucket), exceptions.OssError)
    assert len(server.requests) < 6


def test_a_file_that_is_read_slowly(oss_bucket):
    """The deadline is for a step of reading, not for as long as the file is open."""
    body = BODY * 60
    oss_bucket.put_object('key', body)
    with oss_bucket.with_options(deadline=0.3).open('key') as file:
        found = file.read(10)
        for _ in range(2):
            time.sleep(0.35)
            found += file.read(1000)
        assert found + file.read() == body


def test_a_call_in_time_leaves_nothing_behind(raw_server, make_bucket):
    """The connection serves later calls, which have their own time."""
    server = raw_server(answer(BODY))
    bucket = make_bucket(server.url)
    for _ in range(2):
        assert bucket.with_options(deadline=0.3).get_object('key').read() == BODY
        assert bucket.with_options(deadline=LONG).get_object('key').read() == BODY
    time.sleep(0.3)
    assert bucket.get_object('key').read() == BODY
    assert server.connections == 1


# Per call


def test_options_are_those_of_the_copy(silent_server, make_bucket):
    bucket = make_bucket(silent_server, connect_timeout=7)
    copy = bucket.with_options(connect_timeout=1, read_timeout=2, deadline=3, retries=4, verify_crc=True,
                               range_standard=True, enable_crc=False)
    assert (copy.timeout, copy.deadline, copy.retries) == ((1.0, 2.0), 3.0, 4)
    assert (copy.verify_crc, copy.range_standard, copy.enable_crc) == (True, True, False)
    assert (bucket.timeout, bucket.deadline, bucket.retries) == (7, None, None)
    assert (bucket.verify_crc, bucket.range_standard, bucket.enable_crc) == (False, False, True)
    assert type(copy) is oss2.Bucket
    assert copy.session is bucket.session
    assert copy.auth is bucket.auth
    assert copy.with_options(read_timeout=None).timeout == (1.0, None)
    assert copy.with_options(timeout=None, deadline=None, retries=None).timeout is None
    assert copy.with_options(deadline=None).deadline is None
    assert copy.with_options().__dict__ == copy.__dict__
    assert pickle.loads(pickle.dumps(copy)).timeout == (1.0, 2.0)


def test_options_of_a_service_and_of_subclasses(tmp_path):
    service = oss2.Service(oss2.AnonymousAuth(), 'http://a.com', retries=5, deadline=9, read_timeout=8)
    assert (service.timeout, service.deadline, service.retries) == ((oss2.defaults.connect_timeout, 8.0), 9.0, 5)
    copy = service.with_options(timeout=(1, 2))
    assert type(copy) is oss2.Service
    assert (copy.timeout, copy.deadline) == ((1, 2), 9.0)

    class Mine(oss2.Bucket):
        def __init__(self):
            super().__init__(oss2.AnonymousAuth(), 'http://a.com', 'bucket')
            self.more = 'mine'

    assert type(Mine().with_options(retries=1)) is Mine
    assert Mine().with_options(retries=1).more == 'mine'
    provider = oss2.LocalRsaProvider(dir=str(tmp_path))
    encrypted = oss2.CryptoBucket(oss2.AnonymousAuth(), 'http://a.com', 'bucket', provider, deadline=5)
    copy = encrypted.with_options(read_timeout=1)
    assert type(copy) is oss2.CryptoBucket
    assert (copy.crypto_provider, copy.deadline, copy.timeout[1]) == (provider, 5.0, 1.0)


@pytest.mark.parametrize(('retries', 'attempts'), [(0, 1), (1, 1), (2, 2), (5, 5), (None, 3)])
def test_retries_of_a_client(retries, attempts, oss_bucket, oss_emulator, monkeypatch):
    monkeypatch.setattr('oss2._retry.delay', lambda attempt, asked=None: 0.0)
    bucket = oss_bucket.with_options(retries=retries)
    for call in (lambda: bucket.get_object('key'), lambda: bucket.put_object('key', BODY),
                 lambda: bucket.append_object_auto('key', BODY)):
        oss_emulator.requests.clear()
        with oss_emulator.faults.fail(503, 'ServiceUnavailable', times=None), pytest.raises(ServerError) as caught:
            call()
        assert caught.value.attempts == attempts
        assert len(oss_emulator.requests) >= attempts


@pytest.mark.parametrize('retries', [1, 4])
def test_retries_of_a_transfer(retries, oss_bucket, oss_emulator, monkeypatch, tmp_path):
    monkeypatch.setattr('oss2._retry.delay', lambda attempt, asked=None: 0.0)
    path = tmp_path / 'file'
    path.write_bytes(b'x' * 300_000)
    with oss_emulator.faults.fail(503, 'ServiceUnavailable', times=None, operation='UploadPart') as fault, \
            pytest.raises(ServerError):
        oss2.resumable_upload(oss_bucket.with_options(retries=retries), 'key', str(path), multipart_threshold=1,
                              part_size=200_000, store=oss2.ResumableStore(root=str(tmp_path)))
    assert fault.hits == retries


@pytest.mark.parametrize('options', [
    {'read_timeout': 0}, {'read_timeout': -1}, {'read_timeout': '5'}, {'read_timeout': True},
    {'read_timeout': float('nan')}, {'deadline': 0}, {'deadline': -1}, {'deadline': 'soon'}, {'retries': -1},
    {'retries': 1.5}, {'retries': True}, {'retries': '3'},
], ids=str)
def test_what_is_no_time_and_no_number(options):
    name, value = next(iter(options.items()))
    bucket = oss2.Bucket(oss2.AnonymousAuth(), 'http://a.com', 'bucket')
    for make in (lambda: oss2.Bucket(oss2.AnonymousAuth(), 'http://a.com', 'bucket', **options),
                 lambda: oss2.Service(oss2.AnonymousAuth(), 'http://a.com', **options),
                 lambda: bucket.with_options(**options)):
        with pytest.raises(ClientError) as caught:
            make()
        assert name in caught.value.message
        assert repr(value) in caught.value.message


def test_times_that_contradict_one_another():
    with pytest.raises(ClientError, match='read_timeout'):
        oss2.Bucket(oss2.AnonymousAuth(), 'http://a.com', 'bucket', connect_timeout=(1, 2), read_timeout=3)
    bucket = oss2.Bucket(oss2.AnonymousAuth(), 'http://a.com', 'bucket')
    for options in ({'read_timeout': 1}, {'connect_timeout': 1}):
        with pytest.raises(ClientError, match='timeout'):
            bucket.with_options(timeout=1, **options)
    for timeout in (0, -1, 'long', (1,), (1, 2, 3), (0, 1)):
        with pytest.raises(ClientError, match='timeout'):
            bucket.with_options(timeout=timeout)
        bucket.timeout = timeout
        with pytest.raises(ClientError, match='timeout'):
            bucket.get_object('key')


def test_a_select_waits_longer_than_others(oss_bucket, oss_emulator):
    """And changes nothing for them."""
    pytest.importorskip('sqlglot')
    oss_bucket.put_object('key', 'a,b\n1,2\n')
    bucket = oss_bucket.with_options(timeout=(5, 0.1), retries=1)
    with oss_emulator.faults.hang(0.3, method='POST'):
        assert bucket.select_object('key', 'select _1 from ossobject').read() == b'a\n1\n'
    assert bucket.timeout == (5, 0.1)
    with oss_emulator.faults.hang(times=None), pytest.raises(ReadTimeout):
        bucket.get_object('key')


def test_a_select_has_its_deadline(oss_bucket, oss_emulator):
    oss_bucket.put_object('key', 'a,b\n1,2\n')
    with oss_emulator.faults.hang(times=None), pytest.raises(DeadlineExceeded):
        oss_bucket.with_options(deadline=0.2).select_object('key', 'select _1 from ossobject')


def test_the_tree_of_timeouts():
    for kind in (ConnectTimeout, ReadTimeout, DeadlineExceeded):
        assert issubclass(kind, RequestTimeout)
        assert issubclass(kind, exceptions.RequestError)


def test_a_deadline_bounds_signed_urls(silent_server, make_bucket):
    bucket = make_bucket(silent_server, deadline=0.3, retries=1)
    url = bucket.sign_url('PUT', 'key', 60)
    seconds_of(lambda: bucket.put_object_with_url(url, b'data'), DeadlineExceeded)


def test_a_deadline_that_passes_between_two_reads(oss_bucket, oss_emulator):
    oss_bucket.put_object('key', BODY)
    with oss_bucket.with_options(deadline=0.5) as bucket:
        result = bucket.get_object('key')
        assert result.read(10) == BODY[:10]
        time.sleep(0.6)
        with pytest.raises(DeadlineExceeded):
            result.read()


def test_what_is_left_as_it_is_says_so():
    assert str(inspect.signature(oss2.Bucket.with_options)).count('= UNCHANGED') >= 5


@pytest.mark.parametrize('timeout', [[3, 5], (3, 5, 7), {}], ids=str)
def test_what_is_no_time_is_refused_also_late(timeout, silent_server, make_bucket):
    bucket = make_bucket(silent_server)
    bucket.timeout = timeout
    with pytest.raises(ClientError, match='timeout'):
        bucket.get_object('key')


def test_a_file_may_rest_longer_than_a_deadline(oss_bucket):
    """Its time runs while nothing is read: it is then asked for anew."""
    oss_bucket.put_object('key', BODY * 200)
    with oss_bucket.with_options(deadline=0.5) as bucket, bucket.open('key') as file:
        assert file.read(10) == BODY[:10]
        time.sleep(0.6)
        assert file.read() == (BODY * 200)[10:]


def test_errors_show_where_the_connection_was_to_go(black_hole, make_bucket, no_retries):
    endpoint, _ = black_hole
    error, _ = seconds_of(lambda: make_bucket(endpoint).get_object('key'), ConnectTimeout)
    shown = []
    cause = error
    while cause is not None:
        shown.extend(map(repr, cause.args))
        cause = cause.__cause__ or cause.__context__
    assert '<connection to 127.0.0.1:9>' in shown
