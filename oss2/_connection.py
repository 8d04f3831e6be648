"""Connections for urllib3: quick to read the head of an answer, in large blocks, in pools that grow."""
from __future__ import annotations

import http.client
import queue
import time
from collections import deque
from email.parser import Parser
from typing import Any, Deque, Dict, List, Tuple, Type

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from ._streams import BLOCK_SIZE

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


class _Answer(http.client.HTTPResponse):
    """An answer whose head is read in one go."""

    def begin(self) -> None:
        if getattr(self, 'headers', None) is not None:
            return
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


class _Connection(HTTPConnection):
    response_class = _Answer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blocksize = BLOCK_SIZE  # the default of 16 KiB halves the speed of an upload


class _SecureConnection(HTTPSConnection):
    response_class = _Answer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blocksize = BLOCK_SIZE


class _Pool(HTTPConnectionPool):
    QueueCls = _IdleConnections
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    QueueCls = _IdleConnections
    ConnectionCls = _SecureConnection


POOL_CLASSES: Dict[str, Type[HTTPConnectionPool]] = {'http': _Pool, 'https': _SecurePool}
