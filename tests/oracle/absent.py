"""Stand-ins for what oss2 2.19.1 does not have, so that a test module which imports one of them can be collected.

A stand-in may be imported, named in a parameter and patched. Whoever calls it, catches it or counts with it finds out:
the test is then about something that 2.19.1 lacks.
"""
from __future__ import annotations

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Iterator, List, Optional, Sequence

MARK = 'absent in 2.19.1:'

used: List[str] = []
"""The stand-ins that were called or caught since the list was emptied."""

collecting = True


class Absence(AttributeError):
    """A test has used what 2.19.1 does not have."""


class _Absent(type):
    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if collecting:
            return cls
        used.append(cls.__name__)
        raise Absence(cls.__name__)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith('__') or name in ('pytestmark', '_pytestfixturefunction'):
            raise AttributeError(name)
        return stand_in('%s.%s' % (cls.__name__[len(MARK):], name))

    def __iter__(cls) -> Iterator[Any]:
        cls()
        return iter(())

    def __and__(cls, other: Any) -> Any:
        return cls()

    def __subclasscheck__(cls, other: type) -> bool:
        used.append(cls.__name__)
        return cls in other.__mro__

    def __instancecheck__(cls, value: Any) -> bool:
        return cls.__subclasscheck__(type(value))


def stand_in(name: str) -> Any:
    return _Absent(MARK + name, (Exception,), {})


class _Finder(MetaPathFinder, Loader):
    """Comes last: finds the modules of oss2 that nothing else has found."""

    def find_spec(self, name: str, path: Optional[Sequence[Any]], target: Any = None) -> Optional[ModuleSpec]:
        parent, _, last = name.rpartition('.')
        # What looks for `oss2.Session` tries a module first.
        is_absent = parent.split('.')[0] == 'oss2' and last not in vars(sys.modules[parent])
        return ModuleSpec(name, self) if is_absent else None

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        _lend(module)


def _lend(module: ModuleType) -> None:
    def lent(name: str) -> Any:
        if name.startswith('__'):
            raise AttributeError(name)
        return stand_in('%s.%s' % (module.__name__, name))
    vars(module)['__getattr__'] = lent


def install() -> None:
    """Let any name of oss2 be imported."""
    import oss2
    sys.meta_path.append(_Finder())
    for name, module in list(sys.modules.items()):
        if name == oss2.__name__ or name.startswith('oss2.'):
            _lend(module)


def collected() -> None:
    """From now on the modules of 2.19.1 have what they have."""
    global collecting
    collecting = False
    for name, module in list(sys.modules.items()):
        if name.split('.')[0] == 'oss2' and getattr(module, '__file__', None):
            vars(module).pop('__getattr__', None)
