"""Tasks done in threads, or in turn by the caller's own."""
from __future__ import annotations

from collections import deque
from typing import Any, Callable, Deque

from .task_queue import TaskQueue


class _InTurn:
    """A TaskQueue without threads: what was put is taken by the same thread afterwards."""

    def __init__(self) -> None:
        self._tasks: Deque[Any] = deque()

    def put(self, data: Any) -> None:
        self._tasks.append(data)

    def get(self) -> Any:
        return self._tasks.popleft() if self._tasks else None

    def ok(self) -> bool:
        return True


def run(producer: Callable[..., Any], consumer: Callable[[Any], Any], num_threads: int) -> None:
    """Let *consumer* do what *producer* puts, in so many threads; after the first failure nothing further is begun.

    One thread is the caller's own.
    """
    if num_threads > 1:
        TaskQueue(producer, [consumer] * num_threads).run()
    else:
        tasks = _InTurn()
        producer(tasks)
        consumer(tasks)


def take_tasks(q: Any, do: Callable[[Any], Any]) -> None:
    """What a consumer does."""
    while q.ok():
        task = q.get()
        if task is None:
            break
        do(task)
