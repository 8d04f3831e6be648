"""The requests an emulator has seen, for tests to assert on."""
from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Callable, Deque, Dict, Iterator, List, Optional, Sequence, Tuple, overload

_MOST = 10000


@dataclass
class Seen:
    """A request and how it was answered.

    :param operation: the operation's name in OSS's API, '' if it was not recognised
    :param headers: by lower-case name
    :param params: the query, decoded
    :param client: address and port of the connection, one pair per connection
    :param received: bytes of the request's body that arrived
    :param status: of the answer; None while there is none or when there never was one
    :param code: OSS's error code, '' for success
    :param time: when it came, Unix seconds
    :param seconds: how long it took; None while it is not over
    """

    method: str
    bucket: str
    key: str
    request_id: str
    client: Tuple[str, int]
    params: Dict[str, str] = field(default_factory=dict, repr=False)
    headers: Dict[str, str] = field(default_factory=dict, repr=False)
    operation: str = ''
    received: int = 0
    status: Optional[int] = None
    code: str = ''
    time: float = 0.0
    seconds: Optional[float] = None


class RequestLog(Sequence[Seen]):
    """The last requests, oldest first; safe to read while requests arrive."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: Deque[Seen] = deque(maxlen=_MOST)
        self._count = 0
        self._cleared = 0
        self.echo: Optional[Callable[[Seen, float], None]] = None

    def add(self, seen: Seen) -> None:
        with self._lock:
            self._seen.append(seen)
            self._count += 1

    def finish(self, seen: Seen, seconds: float) -> None:
        seen.seconds = seconds
        if self.echo is not None:
            self.echo(seen, seconds)

    def find(self, operation: Optional[str] = None, method: Optional[str] = None, key: Optional[str] = None,
             status: Optional[int] = None) -> List[Seen]:
        """Those that have all the given properties."""
        wanted = {name: value for name, value in (('operation', operation), ('method', method), ('key', key),
                                                  ('status', status)) if value is not None}
        return [seen for seen in self if all(getattr(seen, name) == value for name, value in wanted.items())]

    def since(self, index: int = 0) -> Tuple[int, int, List[Seen]]:
        """The requests from a number on, counted from 0 since the log was cleared.

        :return: how often it was cleared, the number of the first request returned, and the requests; all there are
            where the number is not reached yet, which means that the log was cleared
        """
        with self._lock:
            first = self._count - len(self._seen)
            skipped = max(0, index - first) if index <= self._count else 0
            return self._cleared, first + skipped, list(self._seen)[skipped:]

    def clear(self) -> None:
        with self._lock:
            self._seen.clear()
            self._count = 0
            self._cleared += 1

    @overload
    def __getitem__(self, index: int) -> Seen: ...

    @overload
    def __getitem__(self, index: slice) -> List[Seen]: ...

    def __getitem__(self, index: Any) -> Any:
        with self._lock:
            return list(self._seen)[index]

    def __len__(self) -> int:
        return len(self._seen)

    def __iter__(self) -> Iterator[Seen]:
        with self._lock:
            return iter(list(self._seen))

    def __repr__(self) -> str:
        return 'RequestLog(%r)' % list(self)
