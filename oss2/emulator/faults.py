"""Faults on request: what goes wrong with the next requests that match."""
from __future__ import annotations

import itertools
import threading
from collections import deque
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import TracebackType
from typing import Any, Deque, Dict, Iterator, List, Optional, Type

#: faults that are used up are still told of, the last ones
_MOST_SPENT = 1000


@dataclass(eq=False)
class Fault:
    """One thing that goes wrong; as a context manager it ends with the block.

    :param remaining: how many requests it still hits; None for all
    :param hits: how many it has hit
    :param id: its number among the faults of an emulator
    """

    kind: str
    remaining: Optional[int]
    method: Optional[str] = None
    key: Optional[str] = None
    operation: Optional[str] = None
    values: Dict[str, Any] = field(default_factory=dict)
    hits: int = 0
    owner: Optional[Faults] = field(default=None, repr=False)
    id: int = 0

    def matches(self, method: str, key: str, operation: str) -> bool:
        return ((self.method is None or self.method.upper() == method)
                and (self.key is None or fnmatchcase(key, self.key))
                and (self.operation is None or self.operation == operation))

    def __enter__(self) -> Fault:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], exc: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        if self.owner is not None:
            self.owner.remove(self)


class Faults:
    """The faults of an emulator; safe to call from any thread.

    Every method takes ``times`` (how many requests are hit, None for all) and the conditions ``method``, ``key`` (a
    pattern with ``*``, ``?`` and ``[...]``) and ``operation`` (the name in OSS's API, such as ``PutObject``). Different
    kinds may hit one request together.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: List[Fault] = []
        self._spent: Deque[Fault] = deque(maxlen=_MOST_SPENT)
        self._numbers = itertools.count(1)

    def __iter__(self) -> Iterator[Fault]:
        """Those at work and, behind them, the last that are used up."""
        with self._lock:
            return iter([*self._faults, *self._spent])

    def fail(self, status: int = 503, code: str = 'ServiceUnavailable', message: Optional[str] = None,
             headers: Optional[Dict[str, str]] = None, **match: Any) -> Fault:
        """Answer with an error instead of doing anything."""
        return self._add('fail', match, status=status, code=code, message=message, headers=headers)

    def hang(self, seconds: Optional[float] = None, **match: Any) -> Fault:
        """Be silent before doing anything; None means until the client goes away."""
        return self._add('hang', match, seconds=seconds)

    def redirect(self, location: str, status: int = 307, **match: Any) -> Fault:
        """Send the client elsewhere."""
        return self._add('redirect', match, location=location, status=status)

    def cut_request(self, after: int = 0, **match: Any) -> Fault:
        """Reset the connection when ``after`` bytes of the request's body have come."""
        return self._add('cut_request', match, after=after)

    def cut_answer(self, after: int = 0, **match: Any) -> Fault:
        """Do what was asked, then close the connection when ``after`` bytes of the answer's body have gone."""
        return self._add('cut_answer', match, after=after)

    def drop_answer(self, **match: Any) -> Fault:
        """Do what was asked, then reset the connection without an answer."""
        return self._add('drop_answer', match)

    def wrong_crc(self, **match: Any) -> Fault:
        """Answer with a ``x-oss-hash-crc64ecma`` that is not the object's."""
        return self._add('wrong_crc', match)

    def corrupt(self, **match: Any) -> Fault:
        """Flip the first bit of the answer's body."""
        return self._add('corrupt', match)

    def wrong_length(self, by: int = 1, **match: Any) -> Fault:
        """Announce a Content-Length that is off ``by`` so many bytes, and close the connection after the body."""
        return self._add('wrong_length', match, by=by)

    def chunked(self, size: int = 1024, **match: Any) -> Fault:
        """Answer with chunked encoding, no Content-Length, in pieces of ``size`` bytes."""
        return self._add('chunked', match, size=size)

    def gzip(self, **match: Any) -> Fault:
        """Answer gzipped, whatever the client accepts."""
        return self._add('gzip', match)

    def skew(self, seconds: float, **match: Any) -> Fault:
        """Let the server's clock be ahead by so many seconds, negative for behind."""
        return self._add('skew', match, seconds=seconds)

    def trickle(self, size: int = 1, delay: float = 0.01, **match: Any) -> Fault:
        """Send the answer's body ``size`` bytes at a time, ``delay`` seconds apart."""
        return self._add('trickle', match, size=size, delay=delay)

    def close_idle(self, **match: Any) -> Fault:
        """Answer as if the connection stayed open, then close it."""
        return self._add('close_idle', match)

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()
            self._spent.clear()

    def remove(self, fault: Fault) -> None:
        with self._lock:
            for kept in (self._faults, self._spent):
                if fault in kept:
                    kept.remove(fault)

    def take(self, method: str, key: str, operation: str) -> Dict[str, Fault]:
        """The faults that hit a request, by kind, each counted."""
        if not self._faults:
            return {}
        taken: Dict[str, Fault] = {}
        with self._lock:
            for fault in list(self._faults):
                if fault.kind in taken or not fault.matches(method, key, operation):
                    continue
                taken[fault.kind] = fault
                fault.hits += 1
                if fault.remaining is not None:
                    fault.remaining -= 1
                    if fault.remaining <= 0:
                        self._faults.remove(fault)
                        self._spent.append(fault)
        return taken

    def _add(self, kind: str, match: Dict[str, Any], **values: Any) -> Fault:
        times = match.pop('times', 1)
        unknown = set(match) - {'method', 'key', 'operation'}
        if unknown:
            raise TypeError('a fault has no argument %s; it takes times, method, key, operation' % ', '.join(
                sorted(unknown)))
        fault = Fault(kind, times, values=values, owner=self, id=next(self._numbers), **match)
        with self._lock:
            self._faults.append(fault)
        return fault
