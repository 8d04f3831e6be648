"""The work on the files of a folder: in threads, each by itself, with the progress of all."""
from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

from ._parallel import run, take_tasks
from ._streams import ProgressCallback
from .exceptions import OssError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Item:
    """A file and its object."""

    path: str
    key: str
    size: int
    """Bytes; 0 for a folder."""
    reason: str = ''
    """Why it was skipped; '' for what was not."""
    error: Optional[Exception] = None
    """Why it failed: an OssError or OSError."""


def in_threads(tasks: Sequence[Any], do: Callable[[Any], None], num_threads: int) -> None:
    """Do each of the tasks, so many at a time."""
    def put_all(q: Any) -> None:
        for task in tasks:
            q.put(task)

    run(put_all, lambda q: take_tasks(q, do), min(num_threads, len(tasks)))


class Work:
    """Transfers: the small ones side by side, the large ones one after the other; a failure ends only its own.

    :param transfer: called with an item, what else is known of it, and a progress callback
    :param threshold: bytes from which one is large
    """

    def __init__(self, work: Sequence[Tuple[Item, Any]], transfer: Callable[..., None], threshold: int,
                 num_threads: int, progress_callback: Optional[ProgressCallback]) -> None:
        self._work = list(work)
        self._transfer = transfer
        self._threshold = threshold
        self._threads = num_threads
        self._progress = _Progress(progress_callback, sum(item.size for item, _ in work))
        self._lock = threading.Lock()

    def do(self, done: List[Item], failed: List[Item], dry_run: bool) -> None:
        """Sort the items into *done* and *failed*, in the order of their keys."""
        if dry_run:
            done.extend(item for item, _ in self._work)
        elif self._work:
            self._progress.begin()
            small = [pair for pair in self._work if pair[0].size < self._threshold]
            large = [pair for pair in self._work if pair[0].size >= self._threshold]
            in_threads(small, lambda pair: self._do_one(pair, done, failed), self._threads)
            for pair in large:
                self._do_one(pair, done, failed)
        for items in (done, failed):
            items.sort(key=lambda item: item.key)

    def _do_one(self, pair: Tuple[Item, Any], done: List[Item], failed: List[Item]) -> None:
        item, known = pair
        progress = self._progress.of(item)
        try:
            self._transfer(item, known, progress)
        except (OssError, OSError) as exc:
            logger.debug('%r and %r: %s', item.path, item.key, exc)
            with self._lock:
                failed.append(replace(item, error=exc))
            return
        with self._lock:
            done.append(item)
        self._progress.end(item)


class _Progress:
    """The progress of all, of that of each: exact, and at its end when all is done."""

    def __init__(self, callback: Optional[ProgressCallback], total: int) -> None:
        self._callback = callback
        self._total = total
        self._lock = threading.Lock()
        self._of_each: Dict[str, int] = {}
        self._sum = 0

    def begin(self) -> None:
        if self._callback:
            self._callback(0, self._total)

    def of(self, item: Item) -> Optional[ProgressCallback]:
        if self._callback is None:
            return None
        # The last byte counts when OSS has confirmed it.
        return lambda consumed, _: self._set(item.key, min(consumed, item.size - 1))

    def end(self, item: Item) -> None:
        if self._callback:
            self._set(item.key, item.size)

    def _set(self, key: str, consumed: int) -> None:
        with self._lock:
            change = max(0, consumed) - self._of_each.get(key, 0)
            self._of_each[key] = max(0, consumed)
            self._sum += change
            if change and self._callback:
                self._callback(self._sum, self._total)
