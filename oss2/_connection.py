"""Connections for urllib3: fast at reading an answer, within the time of a call, in pools that grow."""
from __future__ import annotations

import functools
import http.client
import io
import queue
import socket
import time
from collections import deque
from email.parser import Parser
from typing import TYPE_CHECKING, Any, Deque, Dict, Iterable, List, Optional, Tuple, Type

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError
from urllib3.util import Timeout

from ._streams import BLOCK_SIZE
from ._timeouts import Limits

if TYPE_CHECKING:
    _ConnectionBase = HTTPConnection
    _PoolBase = HTTPConnectionPool
else:
    _ConnectionBase = _PoolBase = object

# Seconds.  OSS closes a connection that has been idle for about a minute.
IDLE_LIMIT = 60.0

_LONGEST_LINE = 65536
_MOST_HEADERS = 100


def _head_lines(fp: Any) -> List[bytes]:
    """The header lines of an answer, with their ends.

    :raises http.client.HTTPException: one is too long, or there are too many
    """
    lines: List[bytes] = []
    while True:
        line = fp.readline(_LONGEST_LINE + 1)
        if len(line) > _LONGEST_LINE:
            raise http.client.LineTooLong('header line')
        if line in (b'\r\n', b'\n', b''):
            return lines
        lines.append(line)
        if len(lines) > _MOST_HEADERS:
            raise http.client.HTTPException(f'got more than {_MOST_HEADERS} headers')


def _parse_head(fp: Any) -> http.client.HTTPMessage:
    """As `http.client.parse_headers`, which takes a parser of e-mail to them: a third of the time of a small answer."""
    lines = _head_lines(fp)
    message = http.client.HTTPMessage()
    for line in lines:
        name, colon, value = line.decode('iso-8859-1').partition(':')
        if not colon or not name or name != name.strip() or line[:1] in b' \t':
            # A folded line, or no header at all: what the standard library makes of it.
            text = b''.join(lines).decode('iso-8859-1') + '\r\n'
            return Parser(_class=http.client.HTTPMessage).parsestr(text)
        message.set_raw(name, value.lstrip(' \t').rstrip('\r\n'))
    return message


class _Timed(io.RawIOBase):
    """The bytes of a socket, each piece within what is left of the call's time."""

    def __init__(self, sock: Any, limits: Limits) -> None:
        self._sock = sock
        self._limits = limits
        self._raw = sock.makefile('rb', buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> Any:
        self._sock.settimeout(self._limits.read_timeout)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer whose head is read in one go."""

    def __init__(self, sock: Any, *args: Any, limits: Optional[Limits] = None, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        if limits is not None:
            self.fp.close()
            self.fp = io.BufferedReader(_Timed(sock, limits))

    def begin(self) -> None:
        while True:
            version, status, reason = self._read_status()  # type: ignore[attr-defined]
            if status != http.client.CONTINUE:
                break
            _head_lines(self.fp)
        self.code = self.status = status
        self.reason = reason.strip()
        self.version = 10 if version in ('HTTP/1.0', 'HTTP/0.9') else 11
        if not version.startswith('HTTP/1.') and self.version == 11:
            raise http.client.UnknownProtocol(version)
        self.headers = self.msg = _parse_head(self.fp)
        self.chunked = (self.headers.get('transfer-encoding') or '').lower() == 'chunked'
        self.chunk_left = None
        self.will_close = self._check_close()  # type: ignore[attr-defined]
        self.length = None if self.chunked else self._announced_length()
        if status in (http.client.NO_CONTENT, http.client.NOT_MODIFIED) or 100 <= status < 200 \
                or self._method == 'HEAD':  # type: ignore[attr-defined]
            self.length = 0
        if not self.will_close and not self.chunked and self.length is None:
            self.will_close = True

    def _announced_length(self) -> Any:
        text = self.headers.get('content-length')
        try:
            length = int(text) if text else -1
        except ValueError:
            length = -1
        return None if length < 0 else length


class _IdleConnections(queue.LifoQueue):  # type: ignore[type-arg]
    """The idle connections of a pool: as many as there were threads, each for at most IDLE_LIMIT."""

    def __init__(self, maxsize: int = 0) -> None:
        super().__init__(0)

    def _init(self, maxsize: int) -> None:
        self.idle: Deque[Tuple[float, Any]] = deque()

    def _qsize(self) -> int:
        return len(self.idle)

    def _put(self, item: Any) -> None:
        if item is None:  # urllib3 fills a new pool with placeholders: an empty pool opens connections anyway
            return
        now = time.monotonic()
        self.idle.append((now, item))
        while self.idle[0][0] < now - IDLE_LIMIT:
            self.idle.popleft()[1].close()

    def _get(self) -> Any:
        return self.idle.pop()[1]


class _Tuned(_ConnectionBase):
    """What this library's connections have in common."""

    limits: Optional[Limits] = None
    """Of the request in hand, where one timeout will not do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blocksize = BLOCK_SIZE  # the default of 16 KiB halves the speed of an upload

    def __str__(self) -> str:
        return f'{self.host}:{self.port}'

    def __repr__(self) -> str:
        return f'<connection to {self}>'

    def send(self, data: Any) -> None:
        limits = self.limits
        if limits is None and not (isinstance(data, bytes) and len(data) > BLOCK_SIZE):
            super().send(data)
            return
        if self.sock is None:
            self.connect()
        for piece in _pieces(data):
            if limits is not None:  # urllib3 sends with the time for connecting, which may be short
                self.sock.settimeout(limits.read_timeout)
            super().send(piece)


def _pieces(data: Any) -> Iterable[Any]:
    """*data* in blocks: the timeout of a socket is for all that it is given at once."""
    if hasattr(data, 'read'):
        return iter(lambda: data.read(BLOCK_SIZE), b'')
    if not isinstance(data, bytes) or len(data) <= BLOCK_SIZE:
        return (data,)
    view = memoryview(data)
    return (view[begin:begin + BLOCK_SIZE] for begin in range(0, len(view), BLOCK_SIZE))


class _Connection(_Tuned, HTTPConnection):
    response_class = _Answer


class _SecureConnection(_Tuned, HTTPSConnection):
    response_class = _Answer

    def connect(self) -> None:
        try:
            super().connect()
        except socket.timeout as exc:  # of the handshake: nothing has been sent yet
            raise ConnectTimeoutError(
                self, f'Connection to {self.host} timed out. (connect timeout={self.timeout})') from exc


class _TunedPool(_PoolBase):
    QueueCls = _IdleConnections

    def __str__(self) -> str:
        return f'{self.scheme}://{self.host}:{self.port}'

    def _prepare_proxy(self, conn: Any) -> None:
        conn.limits = None  # those of the request before
        super()._prepare_proxy(conn)

    def _make_request(self, conn: Any, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        timeout = kwargs.get('timeout')
        if isinstance(timeout, Limits):
            return self._make_limited(timeout, conn, method, url, *args, **kwargs)
        conn.limits = None
        if conn.sock is not None and isinstance(timeout, Timeout):
            # A kept connection still has the time of the request before, which may have been short.
            seconds = timeout.connect_timeout  # and for reading: others are Limits
            if conn.sock.gettimeout() != seconds:
                conn.sock.settimeout(seconds)
        return super()._make_request(conn, method, url, *args, **kwargs)

    def _make_limited(self, limits: Limits, conn: Any, *args: Any, **kwargs: Any) -> Any:
        conn.limits = limits
        if limits.deadline is None:
            return super()._make_request(conn, *args, **kwargs)
        conn.response_class = functools.partial(_Answer, limits=limits)
        try:
            return super()._make_request(conn, *args, **kwargs)
        finally:
            del conn.response_class


class _Pool(_TunedPool, HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(_TunedPool, HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


POOL_CLASSES: Dict[str, Type[HTTPConnectionPool]] = {'http': _Pool, 'https': _SecurePool}
