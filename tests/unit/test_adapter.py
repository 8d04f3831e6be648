"""Connections and errors of the transport, without a network."""

from __future__ import annotations

import http.client
import io
import pickle
import socket

import pytest
import requests
import urllib3
from hypothesis import given, settings
from hypothesis import strategies as st

import oss2
from oss2 import _connection, exceptions
from oss2._adapter import OssAdapter, body_error, request_error
from oss2._connection import BLOCK_SIZE, POOL_CLASSES

ANSWER = POOL_CLASSES['http'].ConnectionCls.response_class
POOL = urllib3.HTTPConnectionPool('a.com')


class Socket:
    """What an answer reads from."""

    def __init__(self, data):
        self._data = data

    def makefile(self, mode):
        return io.BytesIO(self._data)


def outcome(cls, data, method='GET'):
    answer = cls(Socket(data), method=method)
    try:
        answer.begin()
        head = (answer.status, answer.reason, answer.version, answer.headers.items(), answer.will_close, answer.length)
    except Exception as exc:
        return type(exc)
    try:
        return head, answer.read()
    except Exception as exc:
        return head, type(exc)


HEADS = [
    b'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: "x"\r\n\r\nhello',
    b'HTTP/1.1 200 OK\nContent-Length: 5\n\nhello',
    b'HTTP/1.1 200\r\nContent-Length:5\r\n\r\nhello',
    b'HTTP/1.1 200 \r\nContent-Length:   5   \r\n\r\nhello',
    b'HTTP/1.0 200 OK\r\n\r\nhello',
    b'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello',
    b'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello',
    b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
    b'HTTP/1.1 200 OK\r\nTransfer-Encoding: CHUNKED\r\nContent-Length: 3\r\n\r\n'
    b'5;x=y\r\nhello\r\n0\r\nTrailer: a\r\n\r\n',
    b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel',
    b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n',
    b'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello',
    b'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello',
    b'HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello',
    b'HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\nhello',
    b'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello',
    b'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n',
    b'HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
    b'HTTP/1.1 200 OK\r\nX-A: one\r\nX-A: two\r\nSet-Cookie: a=b\r\nset-cookie: c=d\r\n\r\n',
    b'HTTP/1.1 200 OK\r\nX-Folded: one\r\n two\r\n\tthree\r\nX-B: c\r\n\r\nbody',
    b'HTTP/1.1 200 OK\r\nno colon here\r\nX-B: c\r\n\r\nbody',
    b'HTTP/1.1 200 OK\r\nX-A : before the colon\r\nX-B: c\r\n\r\nbody',
    b'HTTP/1.1 200 OK\r\n: no name\r\nX-B: c\r\n\r\nbody',
    b'HTTP/1.1 200 OK\r\nX-Empty:\r\nX-Blank:   \r\nX-Colon: a:b: c\r\n\r\nbody',
    'HTTP/1.1 200 OK\r\nX-Meta: 中文é\r\n\r\nbody'.encode(),
    b'HTTP/1.1 200 OK\r\nX-Meta: \xff\xfe\x80\r\n\r\nbody',
    b'HTTP/1.1 200 OK\r\nX-Tab:\tvalue\t\r\n\r\nbody',
    b'HTTP/1.1 200 OK\r\n' + b'X-Many: a\r\n' * 90 + b'\r\nbody',
    b'HTTP/1.1 200 OK\r\n' + b'X-Many: a\r\n' * 200 + b'\r\nbody',
    b'HTTP/1.1 200 OK\r\nX-Long: ' + b'a' * 60000 + b'\r\n\r\nbody',
    b'HTTP/1.1 200 OK\r\nX-Long: ' + b'a' * 70000 + b'\r\n\r\nbody',
    b'HTTP/1.1 200 OK\r\nX-Cut: of',
    b'HTTP/1.1 200 OK\r\n',
    b'HTTP/1.1 2000 OK\r\n\r\n',
    b'HTTP/1.1 abc OK\r\n\r\n',
    b'HTTP/2 200 OK\r\n\r\n',
    b'HTTP/2.0 200 OK\r\n\r\n',
    b'garbage\r\n\r\n',
    b'\r\n',
    b'',
    b'HTTP/1.1\r\n\r\n',
    b'HTTP/1.1 ' + b'2' * 70000,
]


@pytest.mark.parametrize('method', ['GET', 'HEAD', 'PUT'])
@pytest.mark.parametrize('data', HEADS, ids=lambda data: repr(data[:60]))
def test_answers_are_read_as_the_standard_library_reads_them(data, method):
    assert outcome(ANSWER, data, method) == outcome(http.client.HTTPResponse, data, method)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(
                st.sampled_from(
                    [b'ETag', b'Content-Length', b'Connection', b'Transfer-Encoding', b'x-oss-meta-a', b'', b' X']
                ),
                st.one_of(st.sampled_from([b'5', b'close', b'keep-alive', b'chunked', b'0']), st.binary(max_size=20)),
            ),
            st.tuples(st.from_regex(rb'[!-9;-~]{1,10}', fullmatch=True), st.binary(max_size=10)),
        ),
        max_size=8,
    )
)
def test_any_headers_are_read_as_the_standard_library_reads_them(headers):
    lines = [name + b':' + value for name, value in headers]
    # A carriage return alone ends a line for the parser of e-mail.
    data = b'HTTP/1.1 200 OK\r\n' + b''.join(line.replace(b'\r', b'').replace(b'\n', b'') + b'\r\n' for line in lines)
    assert outcome(ANSWER, data + b'\r\nhello') == outcome(http.client.HTTPResponse, data + b'\r\nhello')


CAUSES = [
    (urllib3.exceptions.ConnectTimeoutError(POOL, 'late'), exceptions.ConnectTimeout, requests.ConnectTimeout),
    (urllib3.exceptions.ReadTimeoutError(POOL, '/', 'late'), exceptions.ReadTimeout, requests.ReadTimeout),
    (urllib3.exceptions.NewConnectionError(POOL, 'refused'), exceptions.RequestError, requests.ConnectionError),
    (urllib3.exceptions.ProtocolError('aborted'), exceptions.RequestError, requests.ConnectionError),
    (urllib3.exceptions.SSLError('certificate'), exceptions.RequestError, requests.exceptions.SSLError),
    (urllib3.exceptions.DecodeError('gzip'), exceptions.RequestError, requests.exceptions.ContentDecodingError),
    (urllib3.exceptions.LocationParseError('where'), exceptions.RequestError, requests.exceptions.InvalidURL),
    (ConnectionResetError(104, 'reset'), exceptions.RequestError, requests.ConnectionError),
    (socket.gaierror(-2, 'unknown'), exceptions.RequestError, requests.ConnectionError),
    (requests.exceptions.ProxyError('proxy'), exceptions.RequestError, requests.exceptions.ProxyError),
    (requests.exceptions.ConnectTimeout('late'), exceptions.ConnectTimeout, requests.ConnectTimeout),
    (requests.exceptions.ReadTimeout('late'), exceptions.ReadTimeout, requests.ReadTimeout),
]


@pytest.mark.parametrize(('cause', 'expected', 'shown'), CAUSES, ids=lambda value: getattr(value, '__name__', None))
def test_failures_have_the_classes_that_programs_test_for(cause, expected, shown):
    for made in (request_error(cause), body_error(cause)):
        assert type(made) is expected
        assert isinstance(made, exceptions.RequestError)
        assert made.status == -2
        assert made.message
        assert pickle.loads(pickle.dumps(made)).message == made.message
    assert isinstance(request_error(cause).exception, shown)


def test_a_body_that_breaks_off_is_what_requests_calls_it():
    made = body_error(urllib3.exceptions.ProtocolError('IncompleteRead'))
    assert isinstance(made.exception, requests.exceptions.ChunkedEncodingError)


class Connection:
    def __init__(self):
        self.is_closed = False

    def close(self):
        self.is_closed = True


def test_idle_connections(monkeypatch):
    """The one used last is used next; the others are closed when their time is over."""
    now = [0.0]
    monkeypatch.setattr('oss2._connection.time.monotonic', lambda: now[0])
    idle = POOL_CLASSES['http'].QueueCls(10)
    connections = [Connection() for _ in range(50)]
    for connection in connections:
        idle.put(connection, block=False)
        now[0] += 1
    assert idle.qsize() == 50
    assert idle.get(block=False) is connections[-1]
    now[0] += 30
    idle.put(connections[-1], block=False)
    open_ones = [connection for connection in connections if not connection.is_closed]
    assert open_ones == connections[20:]
    for connection in reversed(open_ones):
        assert idle.get(block=False) is connection
    assert idle.empty()
    idle.put(None, block=False)
    assert idle.empty()


def test_an_adapter_pickles_and_can_be_closed_twice():
    adapter = pickle.loads(pickle.dumps(OssAdapter(pool_connections=3, pool_maxsize=4)))
    assert isinstance(adapter, OssAdapter)
    adapter.close()
    adapter.close()


def test_pools_that_are_to_block_are_urllib3s_own():
    """Whoever asks for a limit means it."""
    session = oss2.Session(adapter=OssAdapter(pool_maxsize=1, pool_block=True))
    adapter = session.session.get_adapter('http://')
    assert type(adapter.poolmanager.connection_from_url('http://a.com')) is urllib3.HTTPConnectionPool
    session.close()


@pytest.mark.parametrize('size', [0, 1, BLOCK_SIZE, BLOCK_SIZE + 1, 3 * BLOCK_SIZE])
@pytest.mark.parametrize('kind', [bytes, io.BytesIO], ids=['bytes', 'file'])
def test_a_body_goes_in_blocks(size, kind):
    """Older versions of urllib3 hand over files."""
    content = bytes(range(256)) * (size // 256) + bytes(size % 256)
    pieces = [bytes(piece) for piece in _connection._pieces(kind(content))]
    assert b''.join(pieces) == content
    assert max(map(len, pieces), default=0) <= BLOCK_SIZE
