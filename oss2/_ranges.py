"""Ranges of bytes, lines and splits, as header and parameter values.

A range is a pair (first, last), both inclusive and either may be None: (0, 99) are the first 100 bytes, (None, 99)
the last 99, (100, None) all from the 101st on.
"""
from __future__ import annotations

import re
from typing import Any, Optional, Sequence

from .exceptions import ClientError

_DIGITS = re.compile(r'[0-9]{1,20}\Z')


def _range_internal(start: Optional[int], last: Optional[int]) -> str:
    def text(pos: Optional[int]) -> str:
        return '' if pos is None else str(pos)

    return text(start) + '-' + text(last)


def _checked(name: str, value: Any) -> Optional[Sequence[Any]]:
    """The pair, or None if it stands for everything.

    :raises ClientError: it is no pair of whole numbers with first <= last
    """
    if value is None:
        return None
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise ClientError(f'{name} must be a pair (first, last), not {value!r}')
    first, last = (_position(name, value, pos) for pos in value)
    if first is None and last is None:
        return None
    if first is not None and last is not None and first > last:
        raise ClientError(f'{name} {value!r} is upside down: first must not be greater than last')
    return first, last


def _position(name: str, value: Any, pos: Any) -> Optional[int]:
    if isinstance(pos, str) and _DIGITS.match(pos):
        return int(pos)
    if pos is None or (hasattr(pos, '__index__') and not isinstance(pos, bool) and pos >= 0):
        return None if pos is None else int(pos)
    raise ClientError(f'{name} must hold whole numbers from 0 up, or None, not {value!r}')


def _make_range_string(range: Any) -> str:
    """The value of a Range header, '' for everything."""
    pair = _checked('byte_range', range)
    return 'bytes=' + _range_internal(*pair) if pair else ''


def _make_line_range_string(range: Any) -> str:
    pair = _checked('LineRange', range)
    return 'line-range=' + _range_internal(*pair) if pair else ''


def _make_split_range_string(range: Any) -> str:
    pair = _checked('SplitRange', range)
    return 'split-range=' + _range_internal(*pair) if pair else ''
