"""Access logs: a line for each request to a bucket that keeps one, and the objects they are delivered in."""
from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Deque, Dict, List, NamedTuple, Optional, Tuple
from urllib.parse import quote

from . import delivery
from .records import Bucket

if TYPE_CHECKING:
    from .messages import Request
    from .state import State

_MOST = 100_000
#: seconds to wait for the end of requests under way
_PATIENCE = 1.0
#: OSS writes the time of Beijing
_ZONE = 8 * 3600


class Delivered(NamedTuple):
    """A log object that was written.

    :param bucket: whose requests it tells of
    :param target: the bucket it is in
    """

    bucket: str
    target: str
    key: str


@dataclass
class Entry:
    """A request to a bucket that keeps a log, while it is under way.

    :param size: of the object before the request, None if there was none
    """

    request: Request
    bucket: Bucket
    size: Optional[int]


@dataclass
class Outcome:
    """How a request was answered.

    :param code: OSS's error code, '' for success
    :param received: bytes of its body
    :param sent: bytes of the answer's body
    :param seconds: from its first byte to the answer's last
    :param served: seconds until the answer began
    """

    operation: str
    status: int
    code: str
    received: int
    sent: int
    seconds: float
    served: float


class AccessLog:
    """The lines that are not delivered yet; they are lost when the emulator stops, as OSS's may be."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._lines: Dict[str, Deque[str]] = {}
        self._open: Dict[str, Entry] = {}

    def begin(self, request: Request) -> Optional[Entry]:
        """Note a request to a bucket that keeps a log, which :meth:`end` is told of; None for other buckets."""
        bucket = request.state.store.bucket(request.bucket)
        if bucket is None or not bucket.attributes.get('log_bucket'):
            return None
        found = request.state.store.object(bucket.name, request.key) if request.key else None
        entry = Entry(request, bucket, None if found is None else found.size)
        with self._changed:
            self._open[request.id] = entry
        return entry

    def end(self, entry: Entry, outcome: Optional[Outcome]) -> None:
        """
        :param outcome: None for a request that got no answer
        """
        text = None if outcome is None else line(entry, outcome)
        with self._changed:
            self._open.pop(entry.request.id, None)
            if text is not None:
                self._lines.setdefault(entry.bucket.name, deque(maxlen=_MOST)).append(text)
            self._changed.notify_all()

    def clear(self) -> None:
        with self._changed:
            self._lines.clear()

    def _settle(self) -> None:
        """Wait for the requests under way: a client may have an answer whose line is not written yet."""
        with self._changed:
            begun = set(self._open)
            self._changed.wait_for(lambda: not begun & self._open.keys(), _PATIENCE)

    def deliver(self, state: State, now: Optional[float] = None) -> List[Delivered]:
        """Write the lines of each bucket as an object into the bucket it has named for that.

        :param now: Unix seconds, which name the objects; None means the emulator's clock
        """
        moment = state.now() if now is None else now
        self._settle()
        done: List[Delivered] = []
        for name in state.store.names():
            bucket = state.store.bucket(name)
            target = state.store.bucket(bucket.attributes.get('log_bucket', '')) if bucket is not None else None
            if bucket is None or target is None:
                continue
            with self._changed:
                lines = self._lines.pop(name, None)
            if lines:
                key = _new_key(state, target, bucket, moment)
                delivery.store(state, target.name, key, ''.join(lines).encode('utf-8', 'replace'), 'text/plain', moment)
                done.append(Delivered(name, target.name, key))
        return done


def _new_key(state: State, target: Bucket, bucket: Bucket, moment: float) -> str:
    stem = '%s%s%s-' % (bucket.attributes.get('log_prefix') or '', bucket.name,
                        time.strftime('%Y-%m-%d-%H-%M-%S', time.gmtime(moment + _ZONE)))
    number = 0
    while state.store.object(target.name, '%s%04d' % (stem, number)) is not None:
        number += 1
    return '%s%04d' % (stem, number)


def line(entry: Entry, outcome: Outcome) -> str:
    """A request as a line in the format that OSS documents."""
    request, bucket = entry.request, entry.bucket
    found = request.state.store.object(bucket.name, request.key) if request.key else None
    size = None if found is None else found.size
    identity = request.identity
    fields: Tuple[object, ...] = (
        request.client or '-', '-', '-',
        time.strftime('[%d/%b/%Y:%H:%M:%S +0800]', time.gmtime(request.now + _ZONE)),
        _quoted('%s %s HTTP/1.1' % (request.method, request.target)), outcome.status, outcome.sent,
        round(outcome.seconds * 1000), _quoted(request.header('referer')), _quoted(request.header('user-agent')),
        _quoted(request.host), _quoted(request.id), _quoted('true'), _quoted(request.account),
        _quoted(outcome.operation), _quoted(bucket.name), _quoted(quote(request.key, safe='')),
        '-' if size is None else size, round(outcome.served * 1000), _quoted(outcome.code),
        _length(request) + outcome.received, _quoted(bucket.owner), _change(request, entry.size, size), _quoted('-'),
        _quoted(bucket.storage_class if found is None else found.storage_class), _quoted('-'), _quoted('-'),
        _quoted('' if identity is None else identity.credentials.access_key_id),
        _quoted('acs:oss:%s:%s:%s' % (request.state.location, bucket.owner, bucket.name)))
    return ' '.join(map(str, fields)) + '\n'


def _quoted(text: Optional[str]) -> str:
    """A field in quotes, ``-`` for an empty one; what would end the field or the line is escaped."""
    if not text:
        return '"-"'
    escaped = text.encode('latin-1', 'replace').decode('utf-8', 'replace') if not text.isascii() else text
    return '"%s"' % ''.join(_escaped(letter) for letter in escaped)


def _escaped(letter: str) -> str:
    return '\\x%02X' % ord(letter) if letter in '"\\' or letter < ' ' or letter == '\x7f' else letter


def _length(request: Request) -> int:
    """Bytes of a request's line and headers."""
    head = len(request.method) + len(request.target) + len(' HTTP/1.1\r\n') + len('\r\n') + 1
    return head + sum(len(name) + len(value) + 4 for name, value in request.headers.items())


def _change(request: Request, before: Optional[int], after: Optional[int]) -> object:
    """How much a write changed the size of an object; ``-`` for requests that write none."""
    if request.method not in ('PUT', 'POST') or (before is None and after is None):
        return '-'
    return (after or 0) - (before or 0)
