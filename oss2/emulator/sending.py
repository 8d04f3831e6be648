"""Sending an answer, well or, where a fault asks for it, badly."""
from __future__ import annotations

import asyncio
import http
import logging
import socket
import struct
import zlib
from concurrent.futures import Executor
from typing import Any, AsyncIterator, Dict, Optional

from .errors import ApiError
from .faults import Fault
from .messages import Answer

logger = logging.getLogger(__name__)

_MISSING = object()
#: seconds between the pieces of an answer whose rate is limited
_TICK = 0.05


class Outgoing:
    """The answering side of one request's connection."""

    def __init__(self, scope: Any, receive: Any, send: Any, pool: Executor) -> None:
        self._method = scope['method']
        self._receive = receive
        self._send = send
        self._pool = pool
        #: bytes of the answer's body that were sent so far
        self.sent = 0

    @property
    def _transport(self) -> Any:
        # ASGI has no way to break a connection; uvicorn's send is a method of the object that holds the transport.
        return self._send.__self__.transport

    def is_closed(self) -> bool:
        return bool(self._transport.is_closing())

    async def hang(self, seconds: Optional[float]) -> None:
        """Wait, at most until the client closes the connection."""
        loop = asyncio.get_running_loop()
        until = None if seconds is None else loop.time() + seconds
        while not self.is_closed() and (until is None or loop.time() < until):
            await asyncio.sleep(0.02 if until is None else max(0.0, min(0.02, until - loop.time())))

    async def gone(self) -> None:
        """Wait until the connection is lost; uvicorn would answer 500 to a request left alone before that."""
        while (await self._receive())['type'] != 'http.disconnect':
            pass

    def abort(self) -> None:
        self._transport.abort()

    def reset(self) -> None:
        """Break the connection so that the client sees a reset."""
        raw = self._transport.get_extra_info('socket')
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self._transport.abort()

    async def send(self, answer: Answer, headers: Dict[str, str], faults: Dict[str, Fault]) -> None:
        if faults:
            _distort(headers, faults)
            if 'drop_answer' in faults:
                self.reset()
                await self.gone()
                return
        body = answer.body
        if answer.reader is not None:
            whole = answer.reader.whole()
            if whole is None or faults or answer.is_gzipped or answer.rate is not None:
                await self._send_stream(answer, headers, faults)
                return
            body = whole
        elif faults or answer.is_gzipped:
            await self._send_stream(answer, headers, faults)
            return
        if self._method != 'HEAD' and answer.status != 304:
            headers['content-length'] = str(len(body))
        transport = self._transport
        transport.hold()
        try:
            await self._start(answer.status, headers)
            if self._method == 'HEAD':
                body = b''
            await self._send({'type': 'http.response.body', 'body': body})
            self.sent = len(body)
        finally:
            transport.release()

    async def _start(self, status: int, headers: Dict[str, str]) -> None:
        self._transport.expect_head()
        await self._send({
            'type': 'http.response.start', 'status': status,
            'headers': [(name.encode('latin-1'), value.encode('latin-1')) for name, value in headers.items()]})

    async def _send_stream(self, answer: Answer, headers: Dict[str, str], faults: Dict[str, Fault]) -> None:
        is_gzipped = answer.is_gzipped or 'gzip' in faults
        size: Optional[int] = len(answer.body) if answer.reader is None else answer.reader.size
        if self._method == 'HEAD' or answer.status == 304:
            size = 0
        elif size is not None and not is_gzipped and 'chunked' not in faults:
            headers['content-length'] = str(size + (faults['wrong_length'].values['by'] if 'wrong_length' in faults
                                                    else 0))
        chunks = self._chunks(answer, size)
        if 'corrupt' in faults:
            chunks = _corrupt(chunks)
        if is_gzipped:
            chunks = _compress(chunks)
        if 'chunked' in faults:
            chunks = _split(chunks, faults['chunked'].values['size'], 0)
        if answer.rate is not None:
            chunks = _split(chunks, max(1, int(answer.rate * _TICK)), _TICK)
        if 'trickle' in faults:
            chunks = _split(chunks, faults['trickle'].values['size'], faults['trickle'].values['delay'])
        if 'wrong_length' in faults or 'cut_answer' in faults:
            await self._send_raw(answer.status, headers, chunks,
                                 faults['cut_answer'].values['after'] if 'cut_answer' in faults else None)
            return
        await self._start(answer.status, headers)
        try:
            async for chunk in chunks:
                await self._send({'type': 'http.response.body', 'body': chunk, 'more_body': True})
                self.sent += len(chunk)
        except (ApiError, OSError) as exc:
            # It is too late to say so, but not to let the client see that something lacks.
            logger.warning('an answer breaks off: %s', exc)
            self.abort()
            await self.gone()
            return
        await self._send({'type': 'http.response.body'})
        if 'close_idle' in faults:
            self._transport.close()

    async def _send_raw(self, status: int, headers: Dict[str, str], chunks: AsyncIterator[bytes],
                        after: Optional[int]) -> None:
        """Write the answer past uvicorn, which would notice that it is not right, and close the connection."""
        transport = self._transport
        try:
            phrase = http.HTTPStatus(status).phrase
        except ValueError:
            phrase = ''
        is_chunked = 'content-length' not in headers and self._method != 'HEAD'
        lines = ['HTTP/1.1 %d %s' % (status, phrase), *('%s: %s' % item for item in headers.items())]
        if is_chunked:
            lines.append('transfer-encoding: chunked')
        transport.expect_head()
        transport.write(('\r\n'.join(lines) + '\r\n\r\n').encode('latin-1'))
        sent = 0
        async for chunk in chunks:
            if after is not None:
                chunk = chunk[:after - sent]
            if chunk:
                transport.write(b'%x\r\n%s\r\n' % (len(chunk), chunk) if is_chunked else chunk)
            sent += len(chunk)
            if sent == after or transport.is_closing():
                break
            while transport.get_write_buffer_size() > 1 << 20 and not transport.is_closing():
                await asyncio.sleep(0.005)
        else:
            if is_chunked and after is None:
                transport.write(b'0\r\n\r\n')
        transport.close()
        await self.gone()

    async def _chunks(self, answer: Answer, size: Optional[int]) -> AsyncIterator[bytes]:
        if size == 0:
            return
        if answer.reader is None:
            yield answer.body
            return
        whole = answer.reader.whole()
        if whole is not None:
            yield whole
            return
        loop = asyncio.get_running_loop()
        iterator = answer.reader.chunks()
        while True:
            chunk: Any = await loop.run_in_executor(self._pool, next, iterator, _MISSING)
            if chunk is _MISSING:
                return
            yield chunk


def _distort(headers: Dict[str, str], faults: Dict[str, Fault]) -> None:
    if 'wrong_crc' in faults and 'x-oss-hash-crc64ecma' in headers:
        headers['x-oss-hash-crc64ecma'] = str(int(headers['x-oss-hash-crc64ecma']) ^ 1)
    if 'gzip' in faults:
        headers['content-encoding'] = 'gzip'
        headers.pop('etag', None)


async def _corrupt(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    is_first = True
    async for chunk in chunks:
        if is_first and chunk:
            chunk = bytes([chunk[0] ^ 1]) + chunk[1:]
            is_first = False
        yield chunk


async def _compress(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    async for chunk in chunks:
        packed = packer.compress(chunk)
        if packed:
            yield packed
    yield packer.flush()


async def _split(chunks: AsyncIterator[bytes], size: int, delay: float) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        for start in range(0, len(chunk), size):
            yield chunk[start:start + size]
            if delay:
                await asyncio.sleep(delay)
