"""The aggregates of SelectObject: each folds a column's values as they come."""
from __future__ import annotations

from typing import Any, Callable, Protocol, Tuple


class Fold(Protocol):
    """An aggregate under way."""

    def add(self, value: Any) -> None: ...

    def result(self) -> Any: ...


class Count:
    def __init__(self) -> None:
        self._count = 0

    def add(self, value: Any) -> None:
        self._count += value is not None

    def result(self) -> int:
        return self._count


class Total:
    """A sum, or with ``is_mean`` the mean; of nothing it is null."""

    def __init__(self, is_mean: bool) -> None:
        self._is_mean = is_mean
        self._count, self._sum = 0, 0

    def add(self, value: Any) -> None:
        if value is not None:
            self._count += 1
            self._sum += value

    def result(self) -> Any:
        if not self._count:
            return None
        return self._sum / self._count if self._is_mean else self._sum


class Best:
    def __init__(self, choose: Callable[..., Any]) -> None:
        self._choose = choose
        self._best: Any = None

    def add(self, value: Any) -> None:
        if value is not None:
            self._best = value if self._best is None else self._choose(self._best, value, key=_order)

    def result(self) -> Any:
        return self._best


def _order(value: Any) -> Tuple[bool, Any]:
    is_number = isinstance(value, (int, float))
    return not is_number, value if is_number else str(value)
