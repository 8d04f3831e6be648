"""uvicorn, taught to speak of errors as OSS does and to stop at once."""
from __future__ import annotations

import asyncio
import logging
import os
import ssl
import time
from functools import lru_cache
from typing import Any, Callable, List, Optional

from uvicorn.config import Config
from uvicorn.server import Server

from . import xml
from .times import http

try:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as _Protocol
except ImportError:  # pragma: no cover - a machine without httptools
    from uvicorn.protocols.http.h11_impl import H11Protocol as _Protocol  # type: ignore[assignment]

logger = logging.getLogger(__name__)
_STOP_SECONDS = 0.2
_KEEP_ALIVE_SECONDS = 60


@lru_cache(maxsize=256)
def _spelling(name: bytes) -> bytes:
    """A header's name as OSS writes it: ETag, Content-MD5 and Last-Modified, but x-oss-request-id."""
    name = name.lower()
    if name.startswith(b'x-'):
        return name
    return {b'etag': b'ETag', b'content-md5': b'Content-MD5'}.get(name) or name.title()


def _spelled(data: bytes) -> bytes:
    head, end, body = data.partition(b'\r\n\r\n')
    status, *lines = head.split(b'\r\n')
    named = (line.partition(b':') for line in lines)
    return b'\r\n'.join([status, *(_spelling(name) + colon + value for name, colon, value in named)]) + end + body


class _Corked:
    """A transport that can gather what is written into one write; on loopback a system call is most of an answer."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self._held: Optional[List[bytes]] = None
        self._is_head_next = False

    def expect_head(self) -> None:
        """What is written next is the head of an answer, with names in the lower case that uvicorn gives them."""
        self._is_head_next = True

    def hold(self) -> None:
        self._held = []

    def release(self) -> None:
        held, self._held = self._held, None
        if held:
            self._transport.write(b''.join(held))

    def write(self, data: bytes) -> None:
        if self._is_head_next:
            self._is_head_next = False
            data = _spelled(data)
        if self._held is None:
            self._transport.write(data)
        else:
            self._held.append(data)

    def close(self) -> None:
        self.release()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class _HttpProtocol(_Protocol):
    """One connection."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logger = logger

    def connection_made(self, transport: Any) -> None:
        super().connection_made(_Corked(transport))  # type: ignore[arg-type]

    def send_400_response(self, msg: str) -> None:
        request_id = '%08X%s' % (int(time.time()), os.urandom(8).hex().upper())
        body = xml.document('Error', [('Code', 'BadRequest'), ('Message', msg), ('RequestId', request_id),
                                      ('HostId', '')])
        head = ['HTTP/1.1 400 Bad Request', 'Server: AliyunOSS', 'Date: ' + http(time.time()),
                'x-oss-request-id: ' + request_id, 'Content-Type: application/xml',
                'Content-Length: %d' % len(body), 'Connection: close', '', '']
        self.transport.write('\r\n'.join(head).encode('ascii') + body)
        self.transport.close()


class _Server(Server):
    def __init__(self, config: Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started
        self._loop: Optional[asyncio.AbstractEventLoop] = None
        self._stopping: Optional[asyncio.Event] = None

    async def startup(self, sockets: Optional[List[Any]] = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self._on_started()

    async def main_loop(self) -> None:
        assert self._stopping is not None
        await self._stopping.wait()

    async def shutdown(self, sockets: Optional[List[Any]] = None) -> None:
        for server in self.servers:
            server.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        if state.tasks:
            await asyncio.wait(list(state.tasks), timeout=_STOP_SECONDS)
        for task in list(state.tasks):
            task.cancel()
        # A polite TLS farewell would wait for clients that keep the connection in a pool.
        for connection in list(state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
        if state.tasks:
            await asyncio.wait(list(state.tasks), timeout=_STOP_SECONDS)

    def stop(self) -> None:
        """End :meth:`serve`; called from another thread."""
        if self._loop is not None and self._stopping is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stopping.set)


def make_server(application: Any, context: Optional[ssl.SSLContext], on_started: Callable[[], None]) -> _Server:
    """A server for :meth:`uvicorn.Server.serve` in a thread of its own.

    :param context: for TLS, None for plain HTTP
    :param on_started: called when connections are accepted
    """
    config = Config(application, http=_HttpProtocol, ws='none', loop='asyncio', lifespan='off', interface='asgi3',
                    log_config=None, access_log=False, server_header=False, date_header=False, proxy_headers=False,
                    timeout_keep_alive=_KEEP_ALIVE_SECONDS, timeout_graceful_shutdown=1)
    config.load()
    config.ssl = context
    return _Server(config, on_started)
