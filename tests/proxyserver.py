"""A proxy, for plain requests and for CONNECT, that remembers what it was asked for."""
from __future__ import annotations

import base64
import socket
from typing import List, NamedTuple, Optional
from urllib.parse import urlsplit

from listener import Listener


class Asked(NamedTuple):
    """One request to the proxy; a tunnel's content is not seen."""

    method: str
    target: str
    authorization: str


class ProxyServer(Listener):
    """Serves until closed: plain requests one a connection, tunnels until one side ends them.

    :param user_info: 'name:password' that it demands; None: nothing
    """

    def __init__(self, user_info: Optional[str] = None) -> None:
        self.asked: List[Asked] = []
        self._wanted = '' if user_info is None else 'Basic ' + base64.b64encode(user_info.encode()).decode()
        super().__init__(socket.create_server(('127.0.0.1', 0)))
        self.netloc = '127.0.0.1:%d' % self._listener.getsockname()[1]
        self.url = 'http://%s%s' % (user_info + '@' if user_info else '', self.netloc)
        self._start(self._accept)

    def _accept(self) -> None:
        for sock in self._connections():
            self._start(self._serve, sock)

    def _serve(self, client: socket.socket) -> None:
        try:
            self._exchange(client)
        except OSError:
            pass
        finally:
            _end(client)

    def _exchange(self, client: socket.socket) -> None:
        head = b''
        while b'\r\n\r\n' not in head:
            data = client.recv(65536)
            if not data:
                return
            head += data
        head, _, rest = head.partition(b'\r\n\r\n')
        first, *lines = head.decode('latin-1').split('\r\n')
        method, target, version = first.split()
        headers = {line.partition(':')[0].lower(): line.partition(':')[2].strip() for line in lines}
        self.asked.append(Asked(method, target, headers.get('proxy-authorization', '')))
        if headers.get('proxy-authorization', '') != self._wanted:
            client.sendall(b'HTTP/1.1 407 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
            return
        if method == 'CONNECT':
            server = self._connect(target)
            client.sendall(b'HTTP/1.1 200 Connected\r\n\r\n')
        else:
            url = urlsplit(target)
            server = self._connect(url.netloc)
            kept = [line for line in lines if not line.lower().startswith(('proxy-', 'connection'))]
            path = target[target.index(url.netloc) + len(url.netloc):]
            server.sendall('\r\n'.join([f'{method} {path} {version}', *kept, 'Connection: close', '', ''])
                           .encode('latin-1') + rest)
        self._start(_copy, client, server)
        _copy(server, client)

    def _connect(self, netloc: str) -> socket.socket:
        host, _, port = netloc.rpartition(':')
        server = socket.create_connection((host.strip('[]'), int(port)))
        self._sockets.append(server)
        return server


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        for data in iter(lambda: source.recv(65536), b''):
            target.sendall(data)
    except OSError:
        pass
    _end(target)


def _end(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_WR)
    except OSError:
        pass
