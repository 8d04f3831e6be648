"""How long a call may take: to connect, to wait for OSS, and in all."""
from __future__ import annotations

import time
from functools import lru_cache
from typing import Any, Optional, Tuple, Union

from urllib3.util import Timeout

from .exceptions import ClientError

TimeoutSpec = Union[None, float, Tuple[Optional[float], Optional[float]]]

# A socket takes a timeout of 0 for: do not wait at all.
_SHORTEST = 0.001
# Timers end a little early or late.
_TOLERANCE = 0.005
# Seconds. Beyond this, some systems' calls fail.
_LONGEST = 1e9


class Limits(Timeout):
    """urllib3's Timeout for a request whose times differ, or whose reading has an end.

    :param deadline: when everything has to be over, by `time.monotonic`; None for never
    """

    def __init__(self, connect: Optional[float], read: Optional[float], deadline: Optional[float] = None) -> None:
        super().__init__(connect=connect, read=read)
        self._pair = connect, read
        self.deadline = deadline

    def clone(self) -> Limits:
        return Limits(*self._pair, self.deadline)

    @property
    def connect_timeout(self) -> Optional[float]:
        return self._within(self._pair[0])

    @property
    def read_timeout(self) -> Optional[float]:
        return self._within(self._pair[1])

    def _within(self, seconds: Optional[float]) -> Optional[float]:
        if self.deadline is None:
            return seconds
        left = time_left(self.deadline)
        return left if seconds is None else min(seconds, left)


def limits(spec: TimeoutSpec, deadline: Optional[float] = None) -> Timeout:
    """As urllib3 takes it.

    :raises ClientError: it is no number of seconds, nor a pair of them
    """
    try:
        return _without_deadline(spec) if deadline is None else Limits(*pair(spec), deadline)
    except TypeError:  # a list, which cannot be looked up, and is refused
        return Limits(*pair(spec), deadline)


@lru_cache(maxsize=64)
def _without_deadline(spec: TimeoutSpec) -> Timeout:
    connect, read = pair(spec)
    return Timeout(connect=connect, read=read) if connect == read else Limits(connect, read)


def pair(spec: TimeoutSpec) -> Tuple[Optional[float], Optional[float]]:
    """The seconds for connecting and for each read; None for ever.

    :raises ClientError: *spec* is no number of seconds, nor a pair of them
    """
    if not isinstance(spec, tuple):
        return checked('timeout', spec), checked('timeout', spec)
    if len(spec) != 2:
        raise ClientError(f'timeout {spec!r}: pass a number of seconds, or a pair (connect, read)')
    return checked('connect_timeout', spec[0]), checked('read_timeout', spec[1])


def checked(name: str, seconds: Any) -> Optional[float]:
    """:raises ClientError: *seconds* is neither None nor a number above 0"""
    if seconds is None:
        return None
    try:
        number = float(seconds)
    except (TypeError, ValueError):
        number = 0.0
    if isinstance(seconds, (bool, str, bytes)) or not number > 0:
        raise ClientError(f'{name} must be a number of seconds above 0, or None to wait for ever, not {seconds!r}')
    return min(number, _LONGEST)


def with_read(spec: TimeoutSpec, read: Any) -> TimeoutSpec:
    """*spec* with another time for reading."""
    connect = spec[0] if isinstance(spec, tuple) else spec
    return connect, checked('read_timeout', read)


def with_connect(spec: TimeoutSpec, connect: Any) -> TimeoutSpec:
    """*spec* with another time for connecting."""
    read = spec[1] if isinstance(spec, tuple) else spec
    return checked('connect_timeout', connect), read


def time_left(deadline: float) -> float:
    """Seconds; at least so many that they can be waited for."""
    return max(deadline - time.monotonic(), _SHORTEST)


def has_passed(deadline: Optional[float], pause: float = 0.0) -> bool:
    """Whether it is too late, or will be after a *pause*."""
    return deadline is not None and time.monotonic() + pause >= deadline - _TOLERANCE
