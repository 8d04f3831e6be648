"""Checks that what arrived is what was sent: lengths and checksums."""
from __future__ import annotations

from typing import Any, Callable, Iterator, Optional

from ._streams import BLOCK_SIZE
from .exceptions import InconsistentError


class Verified:
    """What *source* gives, and at its end a comparison of checksums.

    :param size: bytes in all, so that the end is seen with the last of them; None: it is seen when there are no more
    :param compare: called once, at the end
    """

    def __init__(self, source: Any, size: Optional[int], compare: Callable[[], None]) -> None:
        self._source = source
        self._left = size
        self._compare: Optional[Callable[[], None]] = compare

    @property
    def crc(self) -> int:
        return self._source.crc  # type: ignore[no-any-return]

    def read(self, amt: Optional[int] = None) -> bytes:
        """:raises InconsistentError: these are the last bytes, and what came is not what is stored"""
        content: bytes = self._source.read(amt)
        if self._left is not None:
            self._left -= len(content)
        at_end = self._left == 0 or amt is None or amt < 0 or (amt and not content)
        if at_end and self._compare is not None:
            compare, self._compare = self._compare, None
            compare()
        return content

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.read(BLOCK_SIZE), b'')


def copyfileobj_and_verify(fsrc: Any, fdst: Any, expected_len: int, chunk_size: int = 16 * 1024,
                           request_id: str = '') -> None:
    """Copy *fsrc* to *fdst* and compare the number of bytes with *expected_len*.

    :raises InconsistentError: there were fewer or more
    """
    copied = 0
    while True:
        content = fsrc.read(chunk_size)
        if not content:
            break
        copied += len(content)
        fdst.write(content)
    if copied != expected_len:
        raise InconsistentError(f'IncompleteRead from source: got {copied} bytes, expected {expected_len}',
                                request_id)


def check_crc(operation: str, client_crc: Optional[int], oss_crc: Optional[int], request_id: str) -> None:
    """Compare two checksums if both are known.

    :raises InconsistentError: they differ: what arrived is not what was sent
    """
    if client_crc is not None and oss_crc is not None and client_crc != oss_crc:
        raise InconsistentError(f'the CRC-64 of {operation} is mismatched: client {client_crc}, server {oss_crc}, '
                                f'request id {request_id}', request_id)
