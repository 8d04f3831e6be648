"""Bodies on their way up or down: a source, and the stages its bytes pass.

Going up the order is source, cipher, progress, crc; coming down it is response, progress, crc, decoding, cipher:
the checksum is always over what travels.
"""
from __future__ import annotations

import io
import os
from typing import Any, Callable, Iterable, Iterator, Optional

from ._crc64 import Crc64
from .exceptions import ClientError, InconsistentError

ProgressCallback = Callable[[int, Optional[int]], Any]
ByteStage = Callable[[bytes], Any]

# What http.client asks of a body at a time, and what iterating over an answer yields.
BLOCK_SIZE = 256 * 1024


def _invoke_progress_callback(progress_callback: Optional[ProgressCallback], consumed_bytes: int,
                              total_bytes: Optional[int]) -> None:
    if progress_callback:
        progress_callback(consumed_bytes, total_bytes)


def _invoke_crc_callback(crc_callback: Optional[ByteStage], content: bytes, discard: int = 0) -> None:
    if crc_callback:
        crc_callback(content[discard:] if discard else content)


def _invoke_cipher_callback(cipher_callback: Optional[ByteStage], content: bytes, discard: int = 0) -> Any:
    if not cipher_callback:
        return content
    content = cipher_callback(content)
    return content[discard:] if discard else content


def file_object_remaining_bytes(fileobj: Any) -> int:
    """Bytes from the current position of a seekable file to its end; the position stays."""
    current = fileobj.tell()
    end = fileobj.seek(0, os.SEEK_END)
    if end is None:  # file-likes written before io: seek() returns nothing
        end = fileobj.tell()
    fileobj.seek(current, os.SEEK_SET)
    return int(end) - int(current)


def _has_data_size_attr(data: Any) -> bool:
    return hasattr(data, '__len__') or hasattr(data, 'len') or (hasattr(data, 'seek') and hasattr(data, 'tell'))


def _get_data_size(data: Any) -> Optional[int]:
    """Bytes that *data* will yield, or None if that shows only when it has been read."""
    if isinstance(data, memoryview):
        return data.nbytes
    if hasattr(data, '__len__'):
        return len(data)
    if hasattr(data, 'len'):
        return int(data.len)
    if hasattr(data, 'seek') and hasattr(data, 'tell'):
        try:
            return file_object_remaining_bytes(data)
        except (OSError, ValueError):  # a pipe has seek(), and refuses it
            return None
    return None


def check_binary(data: Any) -> None:
    """Refuse a text file: its characters are not the bytes that were meant.

    :raises ClientError: *data* was opened in text mode
    """
    if isinstance(data, io.TextIOBase):
        name = getattr(data, 'name', type(data).__name__)
        raise ClientError(f"cannot upload from text file {name!r}: open it in binary mode, open(..., 'rb')")


def _plain(data: Any) -> Any:
    """*data* with the kinds that hold bytes brought to bytes or a flat memoryview."""
    if isinstance(data, str):
        return data.encode('utf-8')
    if isinstance(data, bytearray):
        return bytes(data)  # a copy: what was handed over is what is sent
    if isinstance(data, memoryview) and (data.format != 'B' or data.ndim != 1 or not data.contiguous):
        return data.tobytes()
    check_binary(data)
    return data


def check_sendable(data: Any) -> None:
    """:raises ClientError: *data* is no bytes, no readable and no iterable of bytes, or a closed file"""
    if getattr(data, 'closed', None) is True:
        raise ClientError(f'cannot upload from {getattr(data, "name", type(data).__name__)!r}: it is closed')
    if isinstance(data, io.IOBase) and not data.readable():
        raise ClientError(f'cannot upload from {getattr(data, "name", type(data).__name__)!r}: it is not open for '
                          "reading: open it with open(..., 'rb')")
    if isinstance(data, os.PathLike):
        raise ClientError(f'a {type(data).__name__} is no content: put_object_from_file uploads the file of that name')
    if isinstance(data, dict) and data:
        raise ClientError('a dict cannot be sent as a body: pass bytes, str, a file or an iterable of bytes')
    if not isinstance(data, memoryview) and not hasattr(data, 'read') and not hasattr(data, '__iter__'):
        raise ClientError(f'{type(data).__name__} is not a file object, nor an iterator: pass bytes, str, a file '
                          'opened in binary mode or an iterable of bytes')


def _checked_bytes(content: Any, source: Any) -> bytes:
    if content == '':  # so end the readers of some programs' tests
        return b''
    if isinstance(content, str):
        raise ClientError(f'{type(source).__name__} returned text, not bytes: open it in binary mode')
    return content  # type: ignore[no-any-return]


def rewind(body: Any) -> bool:
    """Put a body back to its start, so that it can be sent again; whether that was possible."""
    if body is None or isinstance(body, (bytes, str, list, tuple, memoryview, bytearray)):
        return True
    return isinstance(body, (SizedFileAdapter, _Stages)) and body.rewind()


def _position_of(data: Any) -> Optional[int]:
    """Where a file stands, None if it cannot be put back there."""
    try:
        return int(data.tell()) if hasattr(data, 'seek') and hasattr(data, 'tell') else None
    except (OSError, ValueError):
        return None


class Blocks:
    """Iterating over what can be read."""

    def read(self, amt: Optional[int] = None) -> bytes:
        raise NotImplementedError  # pragma: no cover - every adapter has its own

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        content = self.read(BLOCK_SIZE)
        if content:
            return content
        raise StopIteration

    next = __next__


class SizedFileAdapter:
    """The next *size* bytes of a file object, as a body of known length.

    The file is neither rewound nor closed; after the request it stands behind the last byte read.
    """

    def __init__(self, file_object: Any, size: int) -> None:
        self.file_object = file_object
        self.size = size
        self.offset = 0
        self._start = _position_of(file_object)

    def rewind(self) -> bool:
        if self.offset:
            if self._start is None:
                return False
            self.file_object.seek(self._start, os.SEEK_SET)
            self.offset = 0
        return True

    def read(self, amt: Optional[int] = None) -> bytes:
        """:raises InconsistentError: the file ended before *size*: nothing shorter may be stored"""
        left = self.size - self.offset
        if left <= 0:
            return b''
        if amt is None or amt < 0 or amt > left:
            amt = left
        content = _checked_bytes(self.file_object.read(amt), self.file_object)
        if not content and amt:
            raise InconsistentError(f'the source of the body ended after {self.offset} of {self.size} bytes')
        self.offset += len(content)
        return content

    @property
    def len(self) -> int:
        return self.size


class _Stages:
    """What the three kinds of body share: the callbacks, and counting."""

    def __init__(self, progress_callback: Optional[ProgressCallback], crc_callback: Any, cipher_callback: Any) -> None:
        self.progress_callback = progress_callback
        self.offset = 0
        self.crc_callback = crc_callback
        self.cipher_callback = cipher_callback

    def _inner(self) -> Any:
        raise NotImplementedError  # pragma: no cover - every adapter has its own

    def rewind(self) -> bool:
        """Begin again; progress is counted from 0 again, and the checksum too."""
        return self.offset == 0

    @property
    def crc(self) -> int:
        """CRC-64 of what has been read so far; of the stage below when this one computes none."""
        if self.crc_callback:
            return self.crc_callback.crc  # type: ignore[no-any-return]
        return self._inner().crc  # type: ignore[no-any-return]

    def close(self) -> None:
        """Close a response that is being read; a file of the caller's is left open."""
        inner = self._inner()
        if isinstance(inner, (_Stages, Body)):
            inner.close()


class _BytesAndFileAdapter(Blocks, _Stages):
    """A body of known size: bytes, or a readable source of which *size* bytes are taken."""

    def __init__(self, data: Any, progress_callback: Optional[ProgressCallback] = None, size: Optional[int] = None,
                 crc_callback: Any = None, cipher_callback: Any = None) -> None:
        super().__init__(progress_callback, crc_callback, cipher_callback)
        self.data = _plain(data)
        self.size = size
        own = isinstance(self.data, (bytes, memoryview, _Stages, SizedFileAdapter))
        self._start = None if own else _position_of(self.data)

    def rewind(self) -> bool:
        if self.offset == 0:
            return True
        restart = getattr(self.cipher_callback, 'restart', None)
        if self.cipher_callback and not (restart and restart()):
            return False
        if self.crc_callback and not isinstance(self.crc_callback, Crc64):
            return False
        data = self.data
        if isinstance(data, (_Stages, SizedFileAdapter)):
            if not data.rewind():
                return False
        elif self._start is not None:
            data.seek(self._start, os.SEEK_SET)
        elif not isinstance(data, (bytes, memoryview)):
            return False
        if self.crc_callback:
            self.crc_callback.restart()
        self.offset = 0
        return True

    def _inner(self) -> Any:
        return self.data

    @property
    def len(self) -> Optional[int]:
        return self.size

    def __bool__(self) -> bool:  # requests takes a falsy body for none; an empty one still has its Content-Length
        return True

    __nonzero__ = __bool__

    def in_one_piece(self) -> bool:
        """Whether `read()` costs no copy and hides no progress from the caller."""
        data = self.data
        if self.progress_callback is not None or self.offset:
            return False
        return isinstance(data, bytes) or (isinstance(data, _BytesAndFileAdapter) and data.in_one_piece())

    def read(self, amt: Optional[int] = None) -> bytes:
        """The next bytes, at most *amt*; b'' at the end.  With None or a negative number: all that is left.

        :raises InconsistentError: the source ended before the size that was announced
        """
        content = self._next_bytes(amt)
        if (amt is None or amt < 0) and self.offset < (self.size or 0):
            pieces = [content]
            while self.offset < (self.size or 0):
                pieces.append(self._next_bytes(None))
            content = b''.join(pieces)
        return content

    def _next_bytes(self, amt: Optional[int]) -> bytes:
        size = self.size or 0
        left = size - self.offset
        if left <= 0:
            return b''
        if amt is None or amt < 0 or amt > left:
            amt = left
        data = self.data
        if isinstance(data, (bytes, memoryview)):
            content = bytes(data[self.offset:self.offset + amt])
        else:
            content = _checked_bytes(data.read(amt), data)
        if not content:
            if amt:
                raise InconsistentError(f'the source of the body ended after {self.offset} of {size} bytes')
            return b''
        self.offset += len(content)
        if self.progress_callback:
            self.progress_callback(min(self.offset, size), size)
        if self.crc_callback:
            self.crc_callback(content)
        if self.cipher_callback:
            content = self.cipher_callback(content)
        return content


class _FileLikeAdapter(Blocks, _Stages):
    """A source that can only be read, of unknown size; its first *discard* bytes are dropped behind the cipher."""

    def __init__(self, fileobj: Any, progress_callback: Optional[ProgressCallback] = None, crc_callback: Any = None,
                 cipher_callback: Any = None, discard: int = 0) -> None:
        super().__init__(progress_callback, crc_callback, cipher_callback)
        self.fileobj = fileobj
        self.discard = discard
        self.read_all = False
        self._iterator: Optional[Iterator[bytes]] = None

    def _inner(self) -> Any:
        return self.fileobj

    def __next__(self) -> bytes:
        if self.read_all:
            raise StopIteration
        return super().__next__()

    next = __next__

    def read(self, amt: Optional[int] = None) -> bytes:
        """The next bytes; b'' at the end.  With None or a negative number: all that is left."""
        if self.offset == 0 and not self.read_all and self.progress_callback:
            self.progress_callback(0, None)
        content = self._next_bytes(amt)
        while not content and not self.read_all and amt != 0:  # all of it was before the wanted range
            content = self._next_bytes(amt)
        return content

    def _next_bytes(self, amt: Optional[int]) -> bytes:
        everything = amt is None or amt < 0
        if everything:
            content = self.fileobj.read()
        else:
            dropped = self.discard if self.cipher_callback else 0
            content = self.fileobj.read(amt + dropped if amt else 0)
        content = _checked_bytes(content, self.fileobj) or b''
        if everything or (not content and amt):
            self.read_all = True
        if not content:
            return b''
        self.offset += len(content)
        if self.progress_callback:
            self.progress_callback(self.offset, None)
        discard = min(self.discard, len(content))
        self.discard -= discard
        _invoke_crc_callback(self.crc_callback, content, discard)
        return _invoke_cipher_callback(self.cipher_callback, content, discard)  # type: ignore[no-any-return]


class _IterableAdapter(_Stages):
    """Pieces from an iterator, of unknown number and size."""

    def __init__(self, data: Iterable[bytes], progress_callback: Optional[ProgressCallback] = None,
                 crc_callback: Any = None, cipher_callback: Any = None) -> None:
        super().__init__(progress_callback, crc_callback, cipher_callback)
        self.iter = iter(data)

    def _inner(self) -> Any:
        return self.iter

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self.offset == 0:
            _invoke_progress_callback(self.progress_callback, 0, None)
        content = _plain(next(self.iter))
        if not isinstance(content, (bytes, memoryview)):
            raise ClientError(f'the iterable body yielded {type(content).__name__}: it must yield bytes')
        content = bytes(content)
        self.offset += len(content)
        _invoke_progress_callback(self.progress_callback, self.offset, None)
        _invoke_crc_callback(self.crc_callback, content)
        return _invoke_cipher_callback(self.cipher_callback, content)  # type: ignore[no-any-return]

    next = __next__


def _adapt(data: Any, size: Optional[int], progress: Optional[ProgressCallback], crc: Any, cipher: Any,
           discard: int) -> Any:
    """The adapter for this kind of *data*.

    :raises ClientError: it is no bytes, no readable and no iterable
    """
    data = _plain(data)
    check_sendable(data)
    readable = hasattr(data, 'read')
    if readable or isinstance(data, (bytes, memoryview)):
        if size is None:
            size = _get_data_size(data)
        if size is not None and not discard:
            return _BytesAndFileAdapter(data, progress, size, crc, cipher)
    if readable:
        return _FileLikeAdapter(data, progress, crc, cipher, discard)
    return _IterableAdapter(data, progress, crc, cipher)


def make_progress_adapter(data: Any, progress_callback: ProgressCallback, size: Optional[int] = None) -> Any:
    """A body that calls `progress_callback(bytes_consumed, total_bytes)` as it is read.

    :param size: bytes in all; None means: found out from *data*, and if that cannot tell, total_bytes is None
    """
    return _adapt(data, size, progress_callback, None, None, 0)


def make_crc_adapter(data: Any, init_crc: int = 0, discard: int = 0) -> Any:
    """A body that computes the CRC-64 of what is read from it, as `.crc`, continuing from *init_crc*.

    :param discard: leading bytes that do not count
    """
    return _adapt(data, None, None, Crc64(init_crc), None, discard)


def make_cipher_adapter(data: Any, cipher_callback: ByteStage, discard: int = 0) -> Any:
    """A body whose bytes pass through `cipher_callback(bytes) -> bytes`.

    :param discard: leading bytes of the result that are dropped: those before the wanted range in its cipher block
    """
    if not hasattr(data, 'read') and not isinstance(data, (bytes, bytearray, memoryview, str)) \
            and not hasattr(data, '__iter__'):
        raise ClientError(f'{type(data).__name__} is not a file object')
    return _adapt(data, None, None, None, cipher_callback, discard)


class Body:
    """Base of an answer whose bytes on the wire may differ from what `read()` gives (Content-Encoding)."""

    def wire(self) -> Any:
        """A reader of the bytes as they travel."""
        raise NotImplementedError  # pragma: no cover - the answer has its own

    def decoder(self) -> Optional[Any]:
        """What turns them into the content, or None if they are the content."""
        raise NotImplementedError  # pragma: no cover - the answer has its own

    def close(self) -> None:
        raise NotImplementedError  # pragma: no cover - the answer has its own
