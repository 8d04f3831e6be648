"""Objects as files to read: what `Bucket.open` returns for reading."""
from __future__ import annotations

import io
import logging
import operator
import time
from typing import Any, Dict, Optional

from . import _retry
from ._attempts import may_pass
from ._crc64 import Crc64
from .exceptions import ClientError, DeadlineExceeded, InconsistentError, OssError

logger = logging.getLogger(__name__)

# Bytes asked for after a jump; doubled with each request that goes on where the last one ended.  So much is also
# read over to get a little further forward, or to keep a connection: both are cheaper than a new one.
FIRST_WINDOW = 256 * 1024
LARGEST_WINDOW = 64 * 1024 * 1024


class ObjectReader(io.RawIOBase):
    """An object to read from, with seek; each piece is a ranged GetObject of one and the same state of the object.

    The end of the object is read once and kept: archives and columnar files have their index there, and are read from
    it in several small steps.  Content that is read from the first byte to the last is compared with the object's
    CRC-64.

    :param found: the object's metadata, a HeadObjectResult
    """

    def __init__(self, bucket: Any, key: str, found: Any, params: Optional[Dict[str, Any]] = None,
                 headers: Optional[Dict[str, Any]] = None) -> None:
        super().__init__()
        self.name = key
        self.mode = 'rb'
        self.size: int = found.content_length or 0
        self.etag: Optional[str] = found.etag
        self._bucket = bucket
        self._params = dict(params or {})
        self._headers = dict(headers or {})
        if self.etag:
            self._headers['If-Match'] = self.etag
        self._position = 0
        self._answer = _Answer(None, 0, 0)
        self._window = FIRST_WINDOW
        self._tail = b''
        # The checksum, and where an answer begins, are of the ciphertext.
        self._encrypted = hasattr(bucket, 'crypto_provider')
        self._expected_crc: Optional[int] = found.server_crc if bucket.enable_crc and not self._encrypted else None
        self._crc = 0
        self._checked_to = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        self._check_open()
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._check_open()
        bases = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}
        if whence not in bases:
            raise ValueError(f'whence must be 0, 1 or 2, not {whence!r}')
        position = bases[whence] + operator.index(offset)
        if position < 0:
            raise ValueError(f'negative seek position {position}')
        self._position = position
        return position

    def readinto(self, buffer: Any) -> int:
        """:raises PreconditionFailed: the object changed since it was opened
        :raises InconsistentError: the content is not what the object's CRC-64 says
        """
        self._check_open()
        view = memoryview(buffer).cast('B')
        content = self._read(len(view))
        view[:len(content)] = content
        return len(content)

    def readall(self) -> bytes:
        """Read up to the end, in as few requests as can be."""
        self._check_open()
        return b''.join(iter(lambda: self._read(self.size), b''))

    def close(self) -> None:
        if not self.closed:
            self._answer.close()
            self._tail = b''
        super().close()

    def _check_open(self) -> None:
        if self.closed:
            raise ValueError('I/O operation on closed file')

    def _read(self, wanted: int) -> bytes:
        wanted = min(wanted, self.size - self._position)
        if wanted <= 0:
            return b''
        content = self._persistently_fetch(wanted)
        self._check(content)
        self._position += len(content)
        return content

    def _persistently_fetch(self, wanted: int) -> bytes:
        attempts, kept = 0, self._answer
        while True:
            try:
                return self._fetch(wanted)
            except OssError as exc:
                is_old = self._answer is kept and kept.is_open() and isinstance(exc, DeadlineExceeded)
                self._answer.drop()
                self._window = FIRST_WINDOW
                if is_old:  # its time ran while nothing was read
                    continue
                attempts += exc.attempts
                if attempts >= _retry.most_attempts(exc) or not may_pass(exc):
                    raise
                logger.debug('reading %s at %d again: %s', self.name, self._position, exc)
            time.sleep(_retry.delay(attempts))

    def _fetch(self, wanted: int) -> bytes:
        """The next bytes at the position, at most *wanted*."""
        tail_begin = self.size - len(self._tail)
        if self._position >= tail_begin:
            begin = self._position - tail_begin
            return self._tail[begin:begin + wanted]
        if not self._answer.go_to(self._position):
            goes_on = 0 < self._position == self._answer.begin
            if not goes_on and self.size - self._position <= FIRST_WINDOW:
                return self._fetch_tail()[-(self.size - self._position):][:wanted]
            self._window = min(self._window * 2, LARGEST_WINDOW) if goes_on else FIRST_WINDOW
            self._answer.close()
            self._answer = self._ask(self._position, min(self.size, self._position + max(wanted, self._window)))
        return self._answer.read(wanted)

    def _fetch_tail(self) -> bytes:
        begin = max(0, self.size - FIRST_WINDOW)
        self._answer.close()
        self._answer = answer = self._ask(begin, self.size)
        self._tail = b''.join(iter(lambda: answer.read(FIRST_WINDOW), b''))
        return self._tail

    def _ask(self, begin: int, end: int) -> _Answer:
        result = self._bucket.get_object(self.name, byte_range=(begin, end - 1), headers=self._headers,
                                         params=self._params)
        if result.status != 206 and end - begin != self.size:
            result.close()
            raise ClientError(f'{self.name!r} was asked for in a range, but OSS sent all of it')
        if result.content_range and not self._encrypted and not result.content_range.startswith(f'bytes {begin}-'):
            result.close()
            raise InconsistentError(f'{self.name!r} was asked for from {begin} on, but OSS sent the range '
                                    f'{result.content_range}', result.request_id)
        return _Answer(result, begin, end)

    def _check(self, content: bytes) -> None:
        """Go on with the checksum, if the content does."""
        if self._expected_crc is None or self._position != self._checked_to:
            return
        crc = Crc64(self._crc)
        crc.update(content)
        if self._checked_to + len(content) == self.size and crc.crc != self._expected_crc:
            self._tail = b''  # to be read anew, should the caller ask again
            raise InconsistentError(f'the CRC-64 of what was read of {self.name!r} is {crc.crc}, that of the object '
                                    f'{self._expected_crc}')
        self._crc = crc.crc
        self._checked_to += len(content)


class _Answer:
    """The answer to a ranged request: the bytes from *begin*, which moves on as they are read, to *end*."""

    def __init__(self, result: Any, begin: int, end: int) -> None:
        self._result = result
        self.begin = begin
        self.end = end

    def is_open(self) -> bool:
        return self._result is not None

    def go_to(self, position: int) -> bool:
        """Read over what comes before *position*; whether that is to be had from here."""
        skip = position - self.begin
        if self._result is None or not 0 <= skip <= FIRST_WINDOW or position >= self.end:
            return False
        while self.begin < position:
            self.read(position - self.begin)
        return True

    def read(self, amount: int) -> bytes:
        """The next bytes, at most *amount*; b'' at the end."""
        amount = min(amount, self.end - self.begin)
        if amount <= 0:
            return b''
        content: bytes = self._result.read(amount)
        if not content:
            raise InconsistentError(f'the answer ended at {self.begin}, not at {self.end}', self._result.request_id)
        self.begin += len(content)
        if self.begin == self.end:
            self.drop()
        return content

    def close(self) -> None:
        """Let the connection go: read to the end if that is near, so that it can be used again."""
        left = self.end - self.begin
        try:
            if self._result is not None and left <= FIRST_WINDOW:
                self._result.read(left)
        except OssError as exc:
            logger.debug('a connection is given up: %s', exc)
        finally:
            self.drop()

    def drop(self) -> None:
        if self._result is not None:
            self._result.close()
            self._result = None
