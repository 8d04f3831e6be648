"""What the contestants share: where the server is, the files they use, and how a round is timed."""
from __future__ import annotations

import gc
import resource
import sys
import time
from pathlib import Path
from typing import Callable, Sequence, TypeVar

from payload import HUGE, LARGE, MIB, Sizes

T = TypeVar('T')


class Contestant:
    """Each method named in ``rows`` does one round and returns its value in the row's unit.

    :param directory: holds the contents of the large objects, under their keys, and what is downloaded
    """

    def __init__(self, sizes: Sizes, port: int, directory: Path) -> None:
        self.sizes = sizes
        self.port = port
        self.source = directory / LARGE
        self.huge = directory / HUGE
        self.directory = directory
        self.target = directory / f'download-{type(self).__name__.lower()}'

    def each(self, call: Callable[[T], object], items: Sequence[T]) -> float:
        """Microseconds that a call takes, on average over ``items``."""
        def calls() -> None:
            for item in items:
                call(item)

        return timed(calls) / len(items) * 1e6

    def repeat(self, call: Callable[[], object], times: int) -> float:
        """Microseconds that a call takes, on average over ``times`` calls."""
        def calls() -> None:
            for _ in range(times):
                call()

        return timed(calls) / times * 1e6

    def rate(self, call: Callable[[], object], size: int) -> float:
        """MiB a second of a call that moves ``size`` bytes."""
        return size / MIB / timed(call)


def timed(call: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def peak_growth(call: Callable[[], object]) -> float:
    """MiB by which the process's resident memory grows at most during a call, in a process that did nothing large yet.

    The kernel's high-water mark sees every allocator: Python's, libc's and those of extensions, while tracemalloc sees
    the first only. It is read from /proc where there is one, as ru_maxrss begins there with that of the parent process.
    """
    try:
        Path('/proc/self/clear_refs').write_text('5')  # the mark starts again from what is resident now
    except OSError:
        pass
    before = _high_water()
    result = call()
    growth = _high_water() - before
    del result
    return growth / MIB


def _high_water() -> int:
    try:
        status = Path('/proc/self/status').read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == 'darwin' else 1024)
    return int(status.partition('VmHWM:')[2].split()[0]) * 1024
