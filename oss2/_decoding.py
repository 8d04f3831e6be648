"""Content-Encoding: from the bytes that travelled to the content."""
from __future__ import annotations

import zlib
from typing import Any, Iterator, List, Optional, Tuple

from ._streams import BLOCK_SIZE, Body
from .exceptions import InconsistentError


def split_encoding(resp: Any) -> Tuple[Any, Optional[Decoder]]:
    """(source, decoder) of an answer: checksums and progress belong on the source, before the decoder."""
    if isinstance(resp, Body):
        decoder = resp.decoder()
        if decoder is not None:
            return resp.wire(), decoder
    return resp, None


class Decoder:
    """gzip and deflate, by zlib, one instance a body."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._first = True
        self._inflate = self._new()

    def _new(self) -> Any:
        return zlib.decompressobj(zlib.MAX_WBITS if self._encoding == 'deflate' else zlib.MAX_WBITS | 16)

    @classmethod
    def for_encoding(cls, encoding: str) -> Optional[Decoder]:
        encoding = encoding.strip().lower()
        return cls(encoding) if encoding in ('gzip', 'x-gzip', 'deflate') else None

    def feed(self, data: bytes) -> bytes:
        """Content that these bytes complete.

        :raises zlib.error: they are not of the announced encoding
        """
        out: List[bytes] = []
        while data:
            try:
                out.append(self._inflate.decompress(data))
            except zlib.error:
                if not (self._first and self._encoding == 'deflate'):
                    raise
                # Some servers send raw deflate data under this name.
                self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
                out.append(self._inflate.decompress(data))
            self._first = False
            data = self._inflate.unused_data
            if data:
                if self._encoding == 'deflate' or data.strip(b'\0') == b'':
                    break
                self._inflate = self._new()  # gzip members may follow one another
        return b''.join(out)

    def finish(self) -> bytes:
        """What is left at the end.

        :raises InconsistentError: the encoded data is cut off
        """
        out: bytes = self._inflate.flush()
        if not self._first and not self._inflate.eof:
            raise InconsistentError(f'the {self._encoding} data of the answer ended early')
        return out


class Decoded:
    """The content of an encoded answer, read through *source* (the stages over its wire bytes)."""

    def __init__(self, source: Any, decoder: Decoder) -> None:
        self.source = source
        self._decoder = decoder
        self._buffer = bytearray()
        self._ended = False

    @property
    def crc(self) -> int:
        return self.source.crc  # type: ignore[no-any-return]

    def close(self) -> None:
        self.source.close()

    def _fill(self) -> None:
        data = self.source.read(BLOCK_SIZE)
        try:
            if data:
                self._buffer += self._decoder.feed(data)
            else:
                self._ended = True
                self._buffer += self._decoder.finish()
        except zlib.error as exc:
            raise InconsistentError(f'the answer is not what its Content-Encoding says: {exc}') from exc

    def read(self, amt: Optional[int] = None) -> bytes:
        """Content, at most *amt* bytes; b'' at the end."""
        if amt is not None and amt < 0:
            amt = None
        while not self._ended and (amt is None or len(self._buffer) < amt):
            self._fill()
        if amt is None or amt >= len(self._buffer):
            content = bytes(self._buffer)
            self._buffer.clear()
        else:
            content = bytes(self._buffer[:amt])
            del self._buffer[:amt]
        return content

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        content = self.read(BLOCK_SIZE)
        if content:
            return content
        raise StopIteration
