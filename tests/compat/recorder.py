"""A server that answers from a script and keeps every request byte for byte."""

from __future__ import annotations

import http.client
import re
import selectors
import socket
import threading
from dataclasses import dataclass, field
from typing import Dict, Iterable, List, Optional, Tuple

DATE = 'Tue, 14 Nov 2023 22:13:20 GMT'
REQUEST_ID = '5C3D9175B6FC201293AD4890'


@dataclass
class Answer:
    """What the server says to one request.

    :param headers: added to Server, Date, x-oss-request-id; a value of None takes one of those away
    :param framing: `length`, `chunked`, `close` (no length: the connection ends the body) or `none` (nothing is sent)
    :param chunks: sizes of the chunks when chunked; the rest goes into one more
    :param cut: close the connection after so many bytes of the body
    :param when: a regular expression to be found in the request's head; `''` is any request
    """

    status: int = 200
    headers: Dict[str, Optional[str]] = field(default_factory=dict)
    body: bytes = b''
    framing: str = 'length'
    chunks: Tuple[int, ...] = ()
    cut: Optional[int] = None
    when: str = ''

    def sent_headers(self, method: str = 'GET') -> Dict[str, str]:
        everything: Dict[str, Optional[str]] = {'Server': 'AliyunOSS', 'Date': DATE, 'x-oss-request-id': REQUEST_ID}
        if self.framing == 'length' and self.status not in (204, 304):
            everything['Content-Length'] = str(len(self.body))
        elif self.framing == 'chunked':
            everything['Transfer-Encoding'] = 'chunked'
        for name, value in self.headers.items():
            for known in [n for n in everything if n.lower() == name.lower()]:
                del everything[known]
            everything[name] = value
        return {name: value for name, value in everything.items() if value is not None}

    def wire(self, method: str) -> bytes:
        if self.framing == 'none':
            return b''
        lines = ['HTTP/1.1 %d %s' % (self.status, http.client.responses.get(self.status, 'Status'))]
        lines += ['%s: %s' % pair for pair in self.sent_headers(method).items()]
        head = ('\r\n'.join(lines) + '\r\n\r\n').encode('utf-8')
        if method == 'HEAD' or self.status in (204, 304):
            return head
        body = self.body if self.cut is None else self.body[: self.cut]
        if self.framing == 'chunked':
            body = b''.join(b'%x\r\n%s\r\n' % (len(piece), piece) for piece in self._pieces(body))
            body += b'' if self.cut is not None else b'0\r\n\r\n'
        return head + body

    def ends_connection(self, method: str) -> bool:
        return self.framing in ('close', 'none') or (self.cut is not None and method != 'HEAD')

    def _pieces(self, body: bytes) -> Iterable[bytes]:
        for size in self.chunks:
            if body:
                yield body[:size]
                body = body[size:]
        if body:
            yield body


@dataclass
class Seen:
    """One request as it came over the wire."""

    line: str
    headers: List[Tuple[str, str]]
    body: bytes
    framing: str

    @property
    def head(self) -> str:
        return '\n'.join([self.line, *('%s: %s' % header for header in self.headers)])

    @property
    def method(self) -> str:
        return self.line.split(' ', 1)[0]


class Recorder:
    """Listens on a free port; one thread serves every connection, with keep-alive.

    The first answer of the script that is for a request says which are; they are given in turn, and the last again.
    """

    def __init__(self) -> None:
        self.seen: List[Seen] = []
        self.connections = 0
        self._script: List[Answer] = []
        self._given: List[int] = []
        self._buffers: Dict[socket.socket, bytes] = {}
        self._listener = socket.socket()
        self._listener.bind(('127.0.0.1', 0))
        self._listener.listen(64)
        self._wake_in, self._wake_out = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._wake_out, selectors.EVENT_READ)
        self.address: Tuple[str, int] = self._listener.getsockname()
        self._thread = threading.Thread(target=self._serve, name='recorder', daemon=True)
        self._thread.start()

    def script(self, answers: Iterable[Answer]) -> None:
        """Forget what was seen; give these answers from now on."""
        self.seen = []
        self.connections = 0
        self._script = list(answers)
        self._given = []

    def close(self) -> None:
        self._wake_in.send(b'x')
        self._thread.join()
        for sock in [self._listener, self._wake_in, self._wake_out] + list(self._buffers):
            sock.close()
        self._selector.close()

    def _serve(self) -> None:
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._wake_out:
                    return
                if key.fileobj is self._listener:
                    self._accept()
                else:
                    assert isinstance(key.fileobj, socket.socket)
                    self._receive(key.fileobj)

    def _answer(self, request: Seen) -> Answer:
        whens = [answer.when for answer in self._script if re.search(answer.when, request.head)]
        if not whens:
            return Answer(500)
        meant = [i for i, answer in enumerate(self._script) if answer.when == whens[0]]
        fresh = [i for i in meant if i not in self._given]
        self._given += fresh[:1]
        return self._script[(fresh or meant[-1:])[0]]

    def _accept(self) -> None:
        sock, _ = self._listener.accept()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connections += 1
        self._buffers[sock] = b''
        self._selector.register(sock, selectors.EVENT_READ)

    def _drop(self, sock: socket.socket) -> None:
        self._selector.unregister(sock)
        del self._buffers[sock]
        sock.close()

    def _receive(self, sock: socket.socket) -> None:
        try:
            data = sock.recv(1 << 18)
        except OSError:
            data = b''
        if not data:
            self._drop(sock)
            return
        self._buffers[sock] += data
        request, self._buffers[sock] = parse_request(self._buffers[sock])
        if request is None:
            return
        answer = self._answer(request)
        self.seen.append(request)
        try:
            sock.sendall(answer.wire(request.method))
        except OSError:
            self._drop(sock)
            return
        if answer.ends_connection(request.method):
            self._drop(sock)


def parse_request(data: bytes) -> Tuple[Optional[Seen], bytes]:
    """The first whole request in `data` and what follows it; None while it is not whole."""
    head, mark, rest = data.partition(b'\r\n\r\n')
    if not mark:
        return None, data
    lines = head.decode('latin-1').split('\r\n')
    headers = [(name, value.strip()) for name, _, value in (line.partition(':') for line in lines[1:])]
    lookup = {name.lower(): value for name, value in headers}
    if lookup.get('transfer-encoding', '').lower() == 'chunked':
        body, rest, whole = _dechunk(rest)
        framing = 'chunked'
    else:
        length = int(lookup.get('content-length', 0))
        body, rest, whole = rest[:length], rest[length:], len(rest) >= length
        framing = 'length' if 'content-length' in lookup else 'none'
    if not whole:
        return None, data
    return Seen(lines[0], headers, body, framing), rest


def _dechunk(data: bytes) -> Tuple[bytes, bytes, bool]:
    body = b''
    while True:
        size_line, mark, rest = data.partition(b'\r\n')
        if not mark:
            return body, data, False
        size = int(size_line.split(b';')[0], 16)
        if len(rest) < size + 2:
            return body, data, False
        body += rest[:size]
        data = rest[size + 2 :]
        if size == 0:
            return body, data, True
