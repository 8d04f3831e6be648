"""Objects as files to write: what `Bucket.open` returns for writing and appending."""
from __future__ import annotations

import functools
import io
import logging
import threading
import warnings
from collections import deque
from typing import TYPE_CHECKING, Any, Deque, Dict, List, Optional

from . import defaults
from ._appending import MOST_RACES
from ._arguments import headers_named, payer
from ._attempts import persistently
from .exceptions import NoSuchKey, NotFound, OssError, PositionNotEqualToLength
from .headers import (
    OSS_CALLBACK,
    OSS_CALLBACK_VAR,
    OSS_FORBID_OVERWRITE,
    OSS_OBJECT_ACL,
    OSS_REQUEST_PAYER,
    OSS_TRAFFIC_LIMIT,
)
from .models import PartInfo

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

logger = logging.getLogger(__name__)

# The part size doubles after each of these many parts, so that 10,000 of them hold any object that OSS takes.
PARTS_OF_A_SIZE = 1000
LARGEST_PART = 5 * 1024 ** 3


class _ObjectFile(io.BufferedIOBase):
    """A file whose bytes gather in a buffer."""

    def __init__(self, bucket: Any, key: str, mode: str, headers: Optional[Dict[str, Any]]) -> None:
        super().__init__()
        self.name = key
        self.mode = mode
        self.result: Any = None
        """What the last request returned, once there was one."""
        self._bucket = bucket
        self._headers = dict(headers or {})
        self._lock = threading.RLock()
        self._buffer = bytearray()
        self._end = 0  # where the buffer goes

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        self._check_open()
        return self._end + len(self._buffer)

    def _check_open(self) -> None:
        if self.closed:
            raise ValueError('I/O operation on closed file')


class ObjectWriter(_ObjectFile):
    """An object to write, which appears when the file is closed, as a whole or not at all.

    Leaving a `with` block by an exception gives the object up, and so does forgetting the file.  What is written is
    sent in parts, in threads of its own, while the next part fills: memory is at most `num_threads + 1` parts.  They
    grow, so that a file may be of any size: after 1000 of them each is twice as large.
    """

    def __init__(self, bucket: Any, key: str, part_size: Optional[int] = None, num_threads: int = 1,
                 headers: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(bucket, key, 'wb', headers)
        size = max(defaults.get(part_size, defaults.part_size), defaults.min_part_size)
        self._part_size = size + -size % bucket._part_block
        self._threads = max(1, num_threads)
        self._upload_id: Optional[str] = None
        self._common: Any = None
        self._parts: List[PartInfo] = []
        self._next_number = 1
        self._pool: Optional[ThreadPoolExecutor] = None
        self._pending: Deque[Future[PartInfo]] = deque()

    def write(self, data: Any) -> int:
        """:raises OssError: a part could not be uploaded; the object is given up"""
        view = _bytes_of(data)
        with self._lock:
            self._check_open()
            rest = view
            while len(rest) > 0:
                piece = rest[:self._part_size - len(self._buffer)]
                self._buffer += piece
                rest = rest[len(piece):]
                if len(self._buffer) >= self._part_size:
                    self._send_buffer()
        return len(view)

    def _send_buffer(self) -> None:
        begin, content, self._buffer = self._end, self._buffer, bytearray()
        self._end += len(content)
        try:
            if self._upload_id is None:
                self._begin()
            while len(self._pending) >= self._threads:
                self._parts.append(self._pending.popleft().result())
            assert self._pool is not None
            self._pending.append(self._pool.submit(
                _upload_part, self._bucket, self.name, self._upload_id, self._next_number, begin,
                content, self._common, headers_named(self._headers, OSS_REQUEST_PAYER, OSS_TRAFFIC_LIMIT)))
        except BaseException:
            self.discard()
            raise
        if self._next_number % PARTS_OF_A_SIZE == 0:
            self._part_size = min(2 * self._part_size, LARGEST_PART)
        self._next_number += 1

    def _begin(self) -> None:
        headers = {name: value for name, value in self._headers.items()
                   if name.lower() not in (OSS_CALLBACK, OSS_CALLBACK_VAR)}
        begin = functools.partial(self._bucket._begin_parts, self.name, headers)
        self._upload_id, self._common = persistently(begin, f'the upload of {self.name}')
        from concurrent.futures import ThreadPoolExecutor  # few programs come here, and all import this module

        self._pool = ThreadPoolExecutor(self._threads, 'oss2-writer')

    def discard(self) -> None:
        """Give the object up: nothing of what was written appears.  Harmless once the file is closed."""
        with self._lock:
            if self.closed:
                return
            self._buffer = bytearray()
            try:
                self._stop_pool()
                if self._upload_id is not None:
                    self._bucket.abort_multipart_upload(self.name, self._upload_id,
                                                        headers=payer(self._headers))
            except OssError as exc:
                logger.warning('the upload %s of %s could not be aborted: %s', self._upload_id, self.name, exc)
            finally:
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
        with self._lock:
            if self.closed:
                return
            try:
                self._finish()
            except BaseException:
                self.discard()
                raise
            super().close()

    def _finish(self) -> None:
        if self._upload_id is None:
            self.result = self._bucket.put_object(self.name, memoryview(self._buffer), headers=self._headers)
            self._buffer = bytearray()
            return
        if self._buffer:
            self._send_buffer()
        while self._pending:
            self._parts.append(self._pending.popleft().result())
        self._stop_pool()
        self.result = self._bucket.complete_multipart_upload(
            self.name, self._upload_id, self._parts,
            headers=headers_named(self._headers, OSS_REQUEST_PAYER, OSS_OBJECT_ACL, OSS_FORBID_OVERWRITE, OSS_CALLBACK,
                                  OSS_CALLBACK_VAR))

    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        if exc_type is not None:
            self.discard()
        else:
            self.close()

    def __del__(self) -> None:
        # A file that was forgotten is not one that was finished; io would close it here.
        if getattr(self, '_pending', None) is not None:
            _give_up_forgotten(self)


class ObjectAppender(_ObjectFile):
    """An appendable object to write at the end of; what is written appears when it is flushed or the file closed.

    As with local files, several may append to one object: what each flushes stays together.

    :raises ObjectNotAppendable: when it is flushed, if the object was not begun by an append
    """

    def __init__(self, bucket: Any, key: str, part_size: Optional[int] = None,
                 headers: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(bucket, key, 'ab', headers)
        self._part_size = defaults.get(part_size, defaults.part_size)
        self._crc: Optional[int] = 0
        self._exists = True
        self._unclear: Optional[int] = None  # how much an attempt has sent that may have been appended or not
        try:
            found = bucket.head_object(key, headers=payer(self._headers))
        except NotFound as exc:
            if not (isinstance(exc, NoSuchKey) or exc.code == ''):
                raise
            self._exists = False
        else:
            self._end = found.content_length or 0
            self._crc = found.server_crc

    def write(self, data: Any) -> int:
        """:raises OssError: what was written before could not be appended; it is still there to be flushed"""
        view = _bytes_of(data)
        with self._lock:
            self._check_open()
            self._buffer += view
            if len(self._buffer) >= self._part_size:
                self._append()
        return len(view)

    def flush(self) -> None:
        """Append what was written since the last flush, wherever the object's end is by then.

        :raises OssError: it could not be appended
        """
        with self._lock:
            self._check_open()
            if self._buffer:
                self._append()

    def _append(self) -> None:
        races = 0
        while self._buffer or not self._exists:
            content = bytes(self._buffer)
            try:
                self.result = self._bucket.append_object(self.name, self._end, content, headers=self._headers,
                                                         init_crc=self._crc)
            except PositionNotEqualToLength:  # somebody else was first, or an attempt of which nothing was heard
                races += 1
                if races > MOST_RACES:
                    raise
                self._find_end()
            except OssError:
                self._unclear = len(content)
                raise
            else:
                self._buffer.clear()
                self._exists, self._unclear = True, None
                self._end, self._crc = self.result.next_position, self.result.crc

    def _find_end(self) -> None:
        """Where to append next; what an unclear attempt has appended is taken out of the buffer."""
        headers = payer(self._headers)
        found = self._bucket.head_object(self.name, headers=headers)
        length = found.content_length or 0
        # It is where it was to go, or nowhere.
        if self._unclear and length >= self._end + self._unclear:
            sent = bytes(self._buffer[:self._unclear])
            with self._bucket.get_object(self.name, (self._end, self._end + self._unclear - 1), headers) as there:
                if there.read() == sent:
                    del self._buffer[:self._unclear]
        self._unclear = None
        self._end, self._crc, self._exists = length, found.server_crc, True

    def close(self) -> None:
        """Append what is left; an object that does not exist yet is made, be it empty.

        :raises OssError: it could not be appended, and is lost
        """
        with self._lock:
            if self.closed:
                return
            try:
                if self._buffer or not self._exists:
                    self._append()
            finally:
                self._buffer.clear()
                super().close()


class TextWriter(io.TextIOWrapper):
    """Text over an :class:`ObjectWriter`: an exception in the `with` block gives the object up here too."""

    @property
    def result(self) -> Any:
        """What the last request returned, once the file is closed."""
        return None if self._writer is None else self._writer.result

    def discard(self) -> None:
        """Give the object up: nothing of what was written appears.  Harmless once the file is closed."""
        if self._writer is not None:
            self._writer.discard()

    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        if exc_type is not None:
            self.discard()
        else:
            self.close()

    def __del__(self) -> None:
        if self._writer is not None:
            _give_up_forgotten(self._writer)

    @property
    def _writer(self) -> Optional[ObjectWriter]:
        """None once it was detached: it belongs to somebody else then."""
        writer: Any = self.buffer
        return writer  # type: ignore[no-any-return]


# Not a method: a thread that held the last reference to a forgotten writer would have to wait for itself.
def _upload_part(bucket: Any, key: str, upload_id: Optional[str], number: int, begin: int, content: bytearray,
                 common: Any, headers: Dict[str, Any]) -> PartInfo:
    result = persistently(lambda: bucket._send_part(key, upload_id, number, begin, memoryview(content), common,
                                                    headers), f'part {number} of {key}')
    return PartInfo(number, result.etag, size=len(content), part_crc=result.crc)


def _bytes_of(data: Any) -> memoryview:
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return memoryview(data).cast('B')


def _give_up_forgotten(writer: ObjectWriter) -> None:
    if writer.closed:
        return
    writer.discard()
    warnings.warn(f'the writer of {writer.name!r} was not closed: the object is given up', ResourceWarning,
                  stacklevel=3, source=writer)
