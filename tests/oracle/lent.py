"""Lends 2.19.1 ``close()`` and ``with``, which it lacks: most tests use them, and few are about them."""
from __future__ import annotations

from typing import Any, Dict

import oss2


def _enter(self: Any) -> Any:
    return self


def _close(self: Any, *exc: Any) -> None:
    session = getattr(self, 'session', None)
    # A Bucket has a Session, and that one of requests.
    getattr(session, 'session', session).close()


def _leave(self: Any, *exc: Any) -> None:
    self.close()


_LENT: Dict[type, Dict[str, Any]] = {
    oss2.api._Base: {'close': _close, '__enter__': _enter, '__exit__': _leave},
    oss2.Session: {'close': _close, '__enter__': _enter, '__exit__': _leave},
    oss2.models.GetObjectResult: {'__enter__': _enter, '__exit__': _leave},
}


def lend() -> None:
    for cls, methods in _LENT.items():
        for name, method in methods.items():
            if not hasattr(cls, name):
                setattr(cls, name, method)


def take_back() -> None:
    for cls, methods in _LENT.items():
        for name, method in methods.items():
            if vars(cls).get(name) is method:
                delattr(cls, name)
