"""TaskQueue: a producer and consumers in threads, until all is done or one fails."""
from __future__ import annotations

import functools
import logging
import queue
import threading
from typing import Any, Callable, List, Optional, Sequence, Tuple

logger = logging.getLogger(__name__)

# Seconds between looks at whether a thread has ended: on Windows, Ctrl-C does not interrupt an endless wait.
_LOOK = 1.0


class TaskQueue:
    """Runs a producer, which calls :meth:`put`, and consumers, which call :meth:`get`, each in a thread.

    :param producer: called with this object; returns when there are no more tasks
    :param consumers: each called with this object; to return when :meth:`get` returns None or :meth:`ok` False
    """

    def __init__(self, producer: Callable[[TaskQueue], Any], consumers: Sequence[Callable[[TaskQueue], Any]]) -> None:
        self.__producer = producer
        self.__consumers = list(consumers)
        self.__threads: List[Tuple[threading.Thread, threading.Event]] = []
        self.__queue: queue.Queue[Any] = queue.Queue()
        self.__lock = threading.Lock()
        self.__exc: Optional[BaseException] = None

    def run(self) -> None:
        """Start all, and wait until all have returned.

        :raises BaseException: the first one that any of them raised; Ctrl-C too stops the others first, each after the
            task at hand
        """
        self.__threads = []
        try:
            self.__start(self.__produce)
            for consumer in self.__consumers:
                self.__start(functools.partial(consumer, self))
            self.__join()
        except BaseException as exc:
            self.__fail(exc)
            self.__join()
        self.__queue = queue.Queue()  # a failure leaves tasks and ends in it
        if self.__exc is not None:
            try:
                raise self.__exc
            finally:
                self.__exc = None  # or it and its traceback would keep each other, and what this holds, alive

    def put(self, data: Any) -> None:
        """Add a task: anything but None."""
        assert data is not None
        self.__queue.put(data)

    def get(self) -> Any:
        """Take a task, waiting for one; None when there are no more."""
        return self.__queue.get()

    def ok(self) -> bool:
        """Whether nothing has failed so far."""
        with self.__lock:
            return self.__exc is None

    def __start(self, work: Callable[[], Any]) -> None:
        ended = threading.Event()
        thread = threading.Thread(target=self.__run, args=(work, ended), daemon=True)
        self.__threads.append((thread, ended))
        thread.start()

    def __run(self, work: Callable[[], Any], ended: threading.Event) -> None:
        try:
            work()
        except BaseException as exc:
            self.__fail(exc)
        finally:
            ended.set()

    def __join(self) -> None:
        for thread, ended in self.__threads:
            if thread.ident is None:  # Ctrl-C came before it was started
                continue
            # Not by the thread itself: before Python 3.13 one whose join() was interrupted counts as ended.
            while not ended.wait(_LOOK):
                pass
            thread.join()

    def __produce(self) -> None:
        try:
            self.__producer(self)
        finally:
            self.__put_end()

    def __put_end(self) -> None:
        for _ in self.__consumers:
            self.__queue.put(None)

    def __fail(self, exc: BaseException) -> None:
        with self.__lock:
            if self.__exc is None:
                self.__exc = exc
        logger.debug('a task failed: %s', exc)
        self.__put_end()
