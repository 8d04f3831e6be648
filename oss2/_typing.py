"""The types of arguments that many operations take."""
from __future__ import annotations

import os
from typing import Any, Iterable, Optional, Protocol, Tuple, Union


class Readable(Protocol):
    """A file-like object, opened for reading bytes."""

    def read(self, size: int, /) -> Any: ...


Data = Union[str, bytes, bytearray, memoryview, Readable, Iterable[Union[str, bytes]]]
"""What is uploaded, and ready-made documents: text is sent as UTF-8, iterables as they come."""
ByteRange = Optional[Tuple[Optional[int], Optional[int]]]
"""(first, last), both inclusive; see :func:`oss2._ranges._make_range_string`."""
Path = Union[str, bytes, 'os.PathLike[Any]']
