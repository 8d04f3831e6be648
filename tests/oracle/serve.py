"""An emulator of this library for a process that has oss2 2.19.1: started by remote.py, told by lines on its stdin.

Each line is a JSON list of a number, a dotted path from the emulator, positional and keyword arguments; it is answered
by a line of JSON with the number. A path that ends in ``=`` assigns. It reaches what tests reach in their own process.
"""
from __future__ import annotations

import dataclasses
import json
import sys
from functools import reduce
from typing import Any, Dict

from oss2.emulator import Emulator, Fault

_SETTINGS = ('endpoint', 'netloc', 'port', 'region', 'certificate', 'credentials', 'metadata_url', 'sts_endpoint',
             'kms_endpoint')


class Served:
    """One emulator, and the faults that the other side holds on to."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._faults: Dict[int, Fault] = {}

    def answer(self, line: str) -> str:
        number, path, args, kwargs = json.loads(line)
        try:
            return json.dumps({'to': number, 'value': self._do(path, args, kwargs)}, default=self._encoded)
        except Exception as exc:
            return json.dumps({'to': number, 'raises': type(exc).__name__, 'message': str(exc)})

    def _do(self, path: str, args: Any, kwargs: Any) -> Any:
        if path == 'fault':
            return self._faults[args[0]]
        if path == 'end fault':
            return self._emulator.faults.remove(self._faults[args[0]])
        if path == 'requests':
            return list(self._emulator.requests)
        owner, _, name = path.rpartition('.')
        holder = reduce(getattr, filter(None, owner.split('.')), self._emulator)
        if name.endswith('='):
            return setattr(holder, name[:-1], *args)
        value = getattr(holder, name)
        return value(*args, **kwargs) if callable(value) else value

    def _encoded(self, value: Any) -> Any:
        if isinstance(value, Fault):
            self._faults[id(value)] = value
            return {'id': id(value), 'kind': value.kind, 'remaining': value.remaining, 'hits': value.hits}
        if dataclasses.is_dataclass(value):
            return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {name: item for name, item in vars(value).items() if not name.startswith('_')}


def main() -> None:
    with Emulator(**json.loads(sys.argv[1])) as emulator:
        served = Served(emulator)
        print(json.dumps({name: getattr(emulator, name) for name in _SETTINGS}, default=served._encoded), flush=True)
        for line in sys.stdin:
            print(served.answer(line), flush=True)


if __name__ == '__main__':
    main()
