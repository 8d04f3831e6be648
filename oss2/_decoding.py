"""Content-Encoding: from the bytes that travelled to the content."""
from __future__ import annotations

import zlib
from typing import Any, Optional, Tuple

from ._streams import BLOCK_SIZE, Blocks, Body
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
        self._begun = False
        self._pending = b''
        self._inflate = self._new()

    def _new(self) -> Any:
        return zlib.decompressobj(zlib.MAX_WBITS if self._encoding == 'deflate' else zlib.MAX_WBITS | 16)

    @classmethod
    def for_encoding(cls, encoding: str) -> Optional[Decoder]:
        encoding = encoding.strip().lower()
        return cls(encoding) if encoding in ('gzip', 'x-gzip', 'deflate') else None

    @property
    def has_more(self) -> bool:
        """Whether bytes that were fed have more content than was asked for."""
        return self._begun and bool(self._pending)

    def feed(self, data: bytes, limit: int) -> bytes:
        """Content that these bytes complete, at most *limit* bytes of it: a few bytes may unpack to a lot.

        :raises zlib.error: they are not of the announced encoding
        """
        data = self._pending + data
        if not self._begun:
            if self._encoding == 'deflate':
                if len(data) < 2:
                    self._pending = data
                    return b''
                if not _is_zlib_header(data):  # some servers send raw deflate data under this name
                    self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            self._begun = True
        content: bytes = self._inflate.decompress(data, limit)
        self._pending = self._behind_the_end() if self._inflate.eof else self._inflate.unconsumed_tail
        return content

    def _behind_the_end(self) -> bytes:
        rest: bytes = self._inflate.unused_data
        if self._encoding == 'deflate' or not rest.strip(b'\0'):
            return b''
        self._inflate = self._new()  # gzip members may follow one another
        return rest

    def finish(self) -> bytes:
        """What is left at the end.

        :raises InconsistentError: the encoded data is cut off
        """
        out: bytes = self._inflate.flush()
        if self._pending or (self._begun and not self._inflate.eof):
            raise InconsistentError(f'the {self._encoding} data of the answer ended early')
        return out


def _is_zlib_header(data: bytes) -> bool:
    return data[0] & 15 == zlib.DEFLATED and (data[0] << 8 | data[1]) % 31 == 0


class Decoded(Blocks):
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
        decoder = self._decoder
        data = b'' if decoder.has_more else self.source.read(BLOCK_SIZE)
        try:
            if data or decoder.has_more:
                self._buffer += decoder.feed(data, BLOCK_SIZE)
            else:
                self._ended = True
                self._buffer += decoder.finish()
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
