"""The calls to record and compare: one module an area."""

from __future__ import annotations

import importlib
import pkgutil
from typing import List

from cases import Area


def load() -> List[Area]:
    return [
        importlib.import_module('corpus.' + module).area
        for module in sorted(m.name for m in pkgutil.iter_modules(__path__))
    ]
