"""The table of results, as Markdown, and the facts of the machine that it is from."""
from __future__ import annotations

import datetime
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Dict, FrozenSet, List, Optional, Sequence

from rows import Row

HEADER = ('row', 'ours', 'oracle', 'floor', 'ours/oracle', 'ours/floor', 'target', 'met')


@dataclass
class Measured:
    """The values of a row's rounds, by contestant; none where a contestant has no such row."""

    row: Row
    values: Dict[str, List[float]]
    failed: FrozenSet[str] = frozenset()

    def median(self, contestant: str) -> Optional[float]:
        values = self.values.get(contestant)
        return median(values) if values else None

    def ratio(self, contestant: str) -> Optional[float]:
        """The median of the rounds' ratios: what slows a whole round down cancels out."""
        pairs = zip(self.values.get('ours', ()), self.values.get(contestant, ()))
        ratios = [ours / other for ours, other in pairs if other]
        return median(ratios) if ratios else None

    def met(self) -> Optional[bool]:
        """Whether every aim is reached; None where there is none, or nothing to compare with."""
        row = self.row
        checks = []
        for aim, value in ((row.at_oracle, self.ratio('oracle')), (row.at_floor, self.ratio('floor'))):
            if aim is not None:
                if value is None:
                    return None
                checks.append(row.reaches(value, aim))
        if row.limit is not None:
            ours = self.median('ours')
            if ours is None:
                return None
            checks.append(row.reaches(ours, row.limit))
        return all(checks) if checks else None

    def cells(self) -> List[str]:
        row = self.row
        values = ['failed' if name in self.failed else quantity(self.median(name), row.unit)
                  for name in ('ours', 'oracle', 'floor')]
        ratios = [number(self.ratio(name)) for name in ('oracle', 'floor')]
        met = {True: 'yes', False: 'no', None: '-'}[self.met()]
        return [row.title, *values, *ratios, target(row), met]


def target(row: Row) -> str:
    aims = []
    if row.at_oracle is not None:
        aims.append(f'{row.bound} {row.at_oracle:g} oracle')
    if row.at_floor is not None:
        aims.append(f'{row.bound} {row.at_floor:g} floor')
    if row.limit is not None:
        aims.append(f'{row.bound} {row.limit:g} {row.unit}')
    return ', '.join(aims) or '-'


def number(value: Optional[float]) -> str:
    if value is None:
        return '-'
    if abs(value) >= 100:
        return f'{value:.0f}'
    return f'{value:.1f}' if abs(value) >= 10 else f'{value:.2f}'


def quantity(value: Optional[float], unit: str) -> str:
    return '-' if value is None else f'{number(value)} {unit}'


def markdown(measured: Sequence[Measured]) -> str:
    lines = [HEADER, *(row.cells() for row in measured)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEADER))]
    padded = [[cell.ljust(width) if n == 0 else cell.rjust(width) for n, (cell, width) in enumerate(zip(line, widths))]
              for line in lines]
    rule = ['-' * width if n == 0 else '-' * (width - 1) + ':' for n, width in enumerate(widths)]
    return ''.join(f'| {" | ".join(cells)} |\n' for cells in [padded[0], rule, *padded[1:]])


def machine() -> Dict[str, str]:
    return {
        'date': datetime.date.today().isoformat(),
        'CPU': f'{_cpu_model()}, {os.cpu_count()} cores',
        'load': _load(),
        'system': f'{platform.system()} {platform.release()}',
        'Python': f'{platform.python_implementation()} {platform.python_version()}',
    }


def _load() -> str:
    """How busy the machine was, the benchmark's own processes included."""
    if not hasattr(os, 'getloadavg'):
        return 'unknown'
    return f'{os.getloadavg()[1]:.1f} on average over the last 5 minutes'


def _cpu_model() -> str:
    try:
        lines = Path('/proc/cpuinfo').read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(':')[2].strip() for line in lines if line.startswith('model name')), platform.machine())


def report(measured: Sequence[Measured], rounds: int, packages: Dict[str, Dict[str, str]]) -> str:
    facts = machine()
    for contestant, versions in packages.items():
        facts[contestant] = ', '.join(f'{name} {version}' for name, version in versions.items())
    return ('# Results\n\n'
            f'Written by `python tests/benchmarks/run.py --write`: medians of {rounds} rounds, in each of which the\n'
            'contestants take turns; a ratio is the median of the ratios of each round. The oracle is oss2 2.19.1;\n'
            'the floor is urllib3 for small requests and http.client with blocks of 1 MiB for large ones, without\n'
            'checksums. MiB/s and GET/s: more is better; all else: less is better. Combining is measured on 1 in\n'
            '100 parts for the oracle, and multiplied. The emulator answers from a process of its own.\n\n'
            + markdown(measured) + '\n'
            + ''.join(f'* {name}: {fact}\n' for name, fact in facts.items()))
