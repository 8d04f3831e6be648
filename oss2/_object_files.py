"""Objects as files: what `Bucket.open` returns."""
from __future__ import annotations

import io
import logging
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Deque, Dict, List, Optional

from . import _retry, defaults
from ._crc64 import Crc64
from .exceptions import ClientError, InconsistentError, NoSuchKey, OssError, RequestError
from .models import PartInfo

logger = logging.getLogger(__name__)

# Bytes asked for after a jump; doubled with each request that goes on where the last one ended.
FIRST_WINDOW = 256 * 1024
LARGEST_WINDOW = 64 * 1024 * 1024
# A jump of this much forward is read over: cheaper than a new request.
SKIP = 64 * 1024

# The part size doubles after each of these many parts, so that 10,000 of them hold any object that OSS takes.
PARTS_OF_A_SIZE = 1000


class ObjectReader(io.RawIOBase):
    """An object to read from, with seek; each piece is a ranged GetObject of one and the same state of the object.

    :raises NoSuchKey: there is no such object
    """

    def __init__(self, bucket: Any, key: str, params: Optional[Dict[str, Any]] = None,
                 headers: Optional[Dict[str, Any]] = None) -> None:
        super().__init__()
        self.name = key
        self.mode = 'rb'
        self._bucket = bucket
        self._params = dict(params or {})
        self._headers = dict(headers or {})
        found = bucket.head_object(key, headers=self._headers, params=self._params)
        self.size: int = found.content_length or 0
        if found.headers.get('Content-Encoding'):
            raise ClientError(f'{key!r} is stored with Content-Encoding {found.headers["Content-Encoding"]}: it cannot '
                              'be read in ranges; use get_object')
        self.etag: Optional[str] = found.etag
        self._position = 0
        self._window = FIRST_WINDOW
        self._result: Any = None
        self._begin = 0  # where the open answer goes on
        self._end = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError(f'negative seek position {base + offset}')
        self._position = base + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        """:raises PreconditionFailed: the object changed since it was opened"""
        view = memoryview(buffer).cast('B')
        wanted = min(len(view), self.size - self._position)
        if wanted <= 0:
            return 0
        attempt = 0
        while True:
            attempt += 1
            try:
                content = self._read_some(wanted)
                break
            except (RequestError, InconsistentError) as exc:
                self._let_go()
                if attempt >= defaults.request_retries:
                    raise
                logger.debug('reading %s at %d again: %s', self.name, self._position, exc)
                time.sleep(_retry.delay(attempt))
        view[:len(content)] = content
        self._position += len(content)
        return len(content)

    def _read_some(self, wanted: int) -> bytes:
        self._go_to_position(wanted)
        content: bytes = self._result.read(min(wanted, self._end - self._begin))
        if not content:
            raise InconsistentError(f'the answer for {self.name!r} ended at {self._begin}, not at {self._end}')
        self._begin += len(content)
        if self._begin == self._end:
            self._let_go()
        return content

    def _go_to_position(self, wanted: int) -> None:
        """Make the open answer one that goes on at the position."""
        skip = self._position - self._begin
        if self._result is not None:
            if 0 < skip <= SKIP and self._position < self._end:
                self._begin += len(self._result.read(skip))
            if self._begin == self._position:
                return
        # Reading on after the last request's end: ask for more at a time. After a jump: for little.
        self._window = min(self._window * 2, LARGEST_WINDOW) if skip == 0 and self._begin else FIRST_WINDOW
        self._let_go()
        self._begin = self._position
        self._end = min(self.size, self._position + max(wanted, self._window))
        headers = dict(self._headers)
        if self.etag:
            headers['If-Match'] = self.etag
        self._result = self._bucket.get_object(self.name, byte_range=(self._begin, self._end - 1), headers=headers,
                                               params=self._params)
        if self._result.status != 206 and self._end - self._begin != self.size:
            self._let_go()
            raise ClientError(f'{self.name!r} was asked for in a range, but OSS sent all of it')

    def _let_go(self) -> None:
        if self._result is not None:
            self._result.close()
            self._result = None

    def close(self) -> None:
        if not self.closed:
            self._let_go()
        super().close()


class ObjectWriter(io.BufferedIOBase):
    """An object to write, which appears when the file is closed, as a whole or not at all.

    Leaving a `with` block by an exception gives the object up.  What is written is sent in parts, in threads of its
    own, while the next part fills: memory is at most `num_threads + 1` parts.
    """

    def __init__(self, bucket: Any, key: str, part_size: Optional[int] = None, num_threads: int = 1,
                 headers: Optional[Dict[str, Any]] = None) -> None:
        super().__init__()
        self.name = key
        self.mode = 'wb'
        self.result: Any = None
        """What the last request returned, once the file is closed."""
        self._bucket = bucket
        self._headers = dict(headers or {})
        self._part_size = max(defaults.get(part_size, defaults.part_size), defaults.min_part_size)
        self._threads = max(1, num_threads)
        self._buffer = bytearray()
        self._position = 0
        self._upload_id: Optional[str] = None
        self._parts: List[PartInfo] = []
        self._next_number = 1
        self._pool: Optional[ThreadPoolExecutor] = None
        self._pending: Deque[Future[PartInfo]] = deque()

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def write(self, data: Any) -> int:
        """:raises OssError: a part could not be uploaded; the object is given up"""
        if self.closed:
            raise ValueError('write to closed file')
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        view = memoryview(data).cast('B')
        self._buffer += view
        self._position += len(view)
        while len(self._buffer) >= self._part_size:
            part = bytes(self._buffer[:self._part_size])
            del self._buffer[:self._part_size]
            self._submit(part)
        return len(view)

    def _submit(self, content: bytes) -> None:
        try:
            if self._upload_id is None:
                self._upload_id = self._bucket.init_multipart_upload(self.name, headers=self._headers).upload_id
                self._pool = ThreadPoolExecutor(self._threads, 'oss2-writer')
            while len(self._pending) >= self._threads:
                self._parts.append(self._pending.popleft().result())
            assert self._pool is not None
            self._pending.append(self._pool.submit(self._upload, self._next_number, content))
        except BaseException:
            self.discard()
            raise
        self._next_number += 1
        if self._next_number % PARTS_OF_A_SIZE == 0:
            self._part_size *= 2

    def _upload(self, number: int, content: bytes) -> PartInfo:
        attempt = 0
        while True:
            attempt += 1
            try:
                result = self._bucket.upload_part(self.name, self._upload_id, number, content)
                return PartInfo(number, result.etag, size=len(content), part_crc=result.crc)
            except OssError as exc:
                if attempt >= defaults.request_retries or not _retry.is_transient(exc):
                    raise
                time.sleep(_retry.delay(attempt))

    def discard(self) -> None:
        """Give the object up: nothing of what was written appears."""
        if self.closed:
            return
        self._stop_pool()
        if self._upload_id is not None:
            try:
                self._bucket.abort_multipart_upload(self.name, self._upload_id)
            except OssError as exc:
                logger.warning('the upload %s of %s could not be aborted: %s', self._upload_id, self.name, exc)
        self._buffer.clear()
        super().close()

    def _stop_pool(self) -> None:
        for future in self._pending:
            future.cancel()
        self._pending.clear()
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None

    def close(self) -> None:
        """Send what is left, and make the object.

        :raises OssError: it could not be made, and is given up
        """
        if self.closed:
            return
        try:
            self._finish()
        except BaseException:
            self.discard()
            raise
        super().close()

    def _finish(self) -> None:
        rest = bytes(self._buffer)
        if self._upload_id is None:
            self.result = self._bucket.put_object(self.name, rest, headers=self._headers)
            return
        if rest:
            self._submit(rest)
        while self._pending:
            self._parts.append(self._pending.popleft().result())
        self._stop_pool()
        self.result = self._bucket.complete_multipart_upload(self.name, self._upload_id, self._parts)

    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        if exc_type is not None:
            self.discard()
        else:
            self.close()

    def __del__(self) -> None:
        # A file that was forgotten is not one that was finished.
        if getattr(self, '_pending', None) is not None and not self.closed:
            self.discard()


class ObjectAppender(io.BufferedIOBase):
    """An appendable object to write at the end of; what is written appears when it is flushed or the file closed.

    :raises ObjectNotAppendable: when it is flushed, if the object was not begun by an append
    """

    def __init__(self, bucket: Any, key: str, part_size: Optional[int] = None,
                 headers: Optional[Dict[str, Any]] = None) -> None:
        super().__init__()
        self.name = key
        self.mode = 'ab'
        self._bucket = bucket
        self._headers = dict(headers or {})
        self._part_size = defaults.get(part_size, defaults.part_size)
        self._buffer = bytearray()
        self._flushed = 0
        self._crc: Optional[int] = 0
        try:
            found = bucket.head_object(key)
        except NoSuchKey:
            pass
        else:
            self._flushed = found.content_length or 0
            self._crc = found.server_crc

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._flushed + len(self._buffer)

    def write(self, data: Any) -> int:
        if self.closed:
            raise ValueError('write to closed file')
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        view = memoryview(data).cast('B')
        self._buffer += view
        if len(self._buffer) >= self._part_size:
            self.flush()
        return len(view)

    def flush(self) -> None:
        """Append what was written since the last flush.

        :raises PositionNotEqualToLength: somebody else appended meanwhile
        """
        if self.closed or not (self._buffer or not self._flushed):
            return
        content = bytes(self._buffer)
        result = self._bucket.append_object(self.name, self._flushed, content, headers=self._headers,
                                            init_crc=self._crc)
        self._buffer.clear()
        self._flushed = result.next_position if result.next_position is not None else self._flushed + len(content)
        if self._crc is not None:
            crc = Crc64(self._crc)
            crc.update(content)
            self._crc = crc.crc

    def close(self) -> None:
        if not self.closed:
            try:
                self.flush()
            finally:
                self._buffer.clear()
                super().close()


class TextWriter(io.TextIOWrapper):
    """Text over an :class:`ObjectWriter`: an exception in the `with` block gives the object up here too."""

    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        if exc_type is not None:
            writer = self.detach()
            assert isinstance(writer, ObjectWriter)
            writer.discard()
        else:
            self.close()
