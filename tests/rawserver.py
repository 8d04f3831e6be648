"""An HTTP server of plain sockets: it sends exactly the bytes a test wants, and remembers what came."""
from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
from functools import lru_cache
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Union

from listener import Listener


class Received(NamedTuple):
    """One request as it came over the wire; header names in lower case."""

    method: str
    target: str
    headers: Dict[str, str]
    body: bytes
    connection: int
    """The how-manieth connection of the server it came on, from 0."""


class Sent(NamedTuple):
    """What to send, and what becomes of the connection: keep, close (in order) or reset."""

    data: bytes
    then: str = 'keep'


Answerer = Callable[[Received], Union[Sent, bytes]]


def answer(body: bytes = b'', status: int = 200, headers: Optional[Dict[str, Any]] = None, framing: str = 'length',
           cut: Optional[int] = None, then: Optional[str] = None) -> Sent:
    """An answer with *body* in one of the ways that HTTP has for it.

    :param framing: length, chunked or close (the end of the connection is the end of the body); with a leading
        `gzip+` the body is compressed first
    :param cut: so many bytes of the body (as it travels) are sent before the connection ends
    """
    lines = [f'HTTP/1.1 {status} Status']
    lines += [f'{name}: {value}' for name, value in {'x-oss-request-id': 'RAW', **(headers or {})}.items()]
    if framing.startswith('gzip+'):
        framing = framing[len('gzip+'):]
        body = compressed(body)
        lines.append('Content-Encoding: gzip')
    shown = body if cut is None else body[:cut]
    if framing == 'length':
        lines.append(f'Content-Length: {len(body)}')
        data = shown
    elif framing == 'chunked':
        lines.append('Transfer-Encoding: chunked')
        data = chunked(shown) + (b'0\r\n\r\n' if cut is None else b'')
    else:
        data = shown
    if then is None:
        if framing == 'close':
            # Nothing but a reset tells the end of a connection from the end of a body.
            then = 'close' if cut is None else 'reset'
        else:
            then = 'keep' if cut is None else 'close'
    return Sent('\r\n'.join([*lines, '', '']).encode('latin-1') + data, then)


@lru_cache(maxsize=8)
def compressed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def chunked(body: bytes, size: int = 1000) -> bytes:
    """*body* in chunks, without the last, empty one."""
    pieces = [body[i:i + size] for i in range(0, len(body), size)]
    return b''.join(b'%x\r\n%s\r\n' % (len(piece), piece) for piece in pieces)


class RawServer(Listener):
    """Serves until closed, one thread a connection.

    :param answers: a function of the request, or what to send to every one
    :param context: for a server that speaks TLS
    """

    def __init__(self, answers: Union[Answerer, Sent, bytes], host: str = '127.0.0.1',
                 context: Optional[ssl.SSLContext] = None) -> None:
        self.answers = answers
        self.requests: List[Received] = []
        self.connections = 0
        self.open_connections = 0
        self._changed = threading.Condition()
        super().__init__(socket.socket(socket.AF_INET6 if ':' in host else socket.AF_INET))
        self._listener.bind((host, 0))
        self._listener.listen(128)
        port = self._listener.getsockname()[1]
        self.netloc = f'[{host}]:{port}' if ':' in host else f'{host}:{port}'
        self.url = ('http://' if context is None else 'https://') + self.netloc
        self._context = context
        self._start(self._accept)

    def wait_for_open_connections(self, number: int) -> bool:
        """Whether so many connections are, or soon are, open."""
        with self._changed:
            return self._changed.wait_for(lambda: self.open_connections == number, timeout=5)

    @property
    def last(self) -> Received:
        return self.requests[-1]

    def _accept(self) -> None:
        for sock in self._connections():
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            number = self.connections
            with self._changed:
                self.connections += 1
                self.open_connections += 1
            self._start(self._serve, sock, number)

    def _serve(self, sock: socket.socket, number: int) -> None:
        try:
            if self._context is not None:
                sock = self._context.wrap_socket(sock, server_side=True)
                self._sockets.append(sock)
            with sock, sock.makefile('rb') as reader:
                while self._exchange(sock, reader, number):
                    pass
        except OSError:
            pass
        finally:
            with self._changed:
                self.open_connections -= 1
                self._changed.notify_all()

    def _exchange(self, sock: socket.socket, reader: Any, number: int) -> bool:
        request = _receive(reader, number)
        if request is None:
            return False
        self.requests.append(request)
        sent = self.answers(request) if callable(self.answers) else self.answers
        if isinstance(sent, bytes):
            sent = Sent(sent)
        sock.sendall(sent.data)
        if sent.then == 'reset':
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        return sent.then == 'keep'


def _receive(reader: Any, number: int) -> Optional[Received]:
    """The next request; None if the client goes away before its end."""
    first = reader.readline().decode('latin-1').split()
    if len(first) != 3:
        return None
    headers = {}
    for line in iter(lambda: reader.readline().decode('latin-1').strip(), ''):
        name, _, value = line.partition(':')
        headers[name.lower()] = value.strip()
    body = b''
    if headers.get('transfer-encoding') == 'chunked':
        for line in iter(reader.readline, b'0\r\n'):
            if not line:
                return None
            body += reader.read(int(line, 16))
            reader.readline()
        reader.readline()
    else:
        size = int(headers.get('content-length', 0))
        body = reader.read(size)
        if len(body) < size:
            return None
    return Received(first[0], first[1], headers, body, number)
