"""Planning of transfers in parts: sizes, splitting, and what is still to do.  Values in, values out."""
from __future__ import annotations

from typing import Any, Collection, List, Optional, Tuple

from . import defaults
from .exceptions import ClientError


class _PartToProcess:
    """Bytes *start* to *end* (exclusive) of an object, as its part *part_number*."""

    def __init__(self, part_number: int, start: int, end: int, part_crc: Optional[int] = None) -> None:
        self.part_number = part_number
        self.start = start
        self.end = end
        self.part_crc = part_crc

    @property
    def size(self) -> int:
        return self.end - self.start

    @property
    def __key(self) -> Tuple[int, int, int]:
        return self.part_number, self.start, self.end

    def __hash__(self) -> int:
        return hash(self.__key)

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, _PartToProcess) and self.__key == other.__key

    def __repr__(self) -> str:
        return f'<part {self.part_number}: {self.start} to {self.end}>'


def _split_to_parts(total_size: int, part_size: int) -> List[_PartToProcess]:
    """The parts of *total_size* bytes; nothing at all is one part of no bytes."""
    if total_size == 0:
        return [_PartToProcess(1, 0, 0)]
    return [planned_part(number, total_size, part_size)
            for number in range(1, part_count(total_size, part_size) + 1)]


def part_count(total_size: int, part_size: int) -> int:
    """How many parts *total_size* bytes have."""
    return -(-total_size // part_size) if total_size else 1


def planned_part(number: int, total_size: int, part_size: int) -> _PartToProcess:
    """The part of this number, from 1."""
    start = (number - 1) * part_size
    return _PartToProcess(number, start, min(start + part_size, total_size))


def missing_parts(total_size: int, part_size: int, done: Collection[int]) -> List[_PartToProcess]:
    """The parts whose numbers are not in *done*."""
    return [part for part in _split_to_parts(total_size, part_size) if part.part_number not in done]


def _determine_part_size_internal(total_size: int, preferred_size: int, max_count: int) -> int:
    """*preferred_size*, doubled until it is allowed and *max_count* parts are enough.

    :raises ClientError: *preferred_size* is no number of bytes
    """
    if preferred_size < 1:
        raise ClientError(f'part_size must be a number of bytes, at least 1, not {preferred_size!r}')
    if total_size < preferred_size:
        return total_size
    size = preferred_size
    while size < defaults.min_part_size or size * max_count < total_size:
        size *= 2
    return size


def determine_part_size(total_size: int, preferred_size: Optional[int] = None) -> int:
    """The size of the parts in which *total_size* bytes are uploaded.

    :param preferred_size: bytes; None: `oss2.defaults.part_size`.  It is doubled until it is at least
        `oss2.defaults.min_part_size` and gives at most `oss2.defaults.max_part_count` parts
    """
    if not preferred_size:
        preferred_size = defaults.part_size
    return _determine_part_size_internal(total_size, preferred_size, defaults.max_part_count)
