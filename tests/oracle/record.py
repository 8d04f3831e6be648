"""Run this library's tests with oss2 2.19.1 as ``oss2``, against this library's emulator, and record the outcomes.

    python tests/oracle/record.py [--python INTERPRETER] [--check | --look TEST ...]

oss2 2.19.1 comes from the package index into ``.oracle/`` (once). ``--check`` writes nothing, and fails when an outcome
is not the recorded one; ``--look`` runs these tests only and prints why they fail. Why all of them failed is in
``.oracle/reasons.json`` afterwards.
"""
from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, List, Sequence, Tuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT), str(HERE.parent), str(HERE.parent / 'compat'), str(HERE)]

import calls  # noqa: E402  (all of these are found by the line above)
from outcomes import FILE, HUNG, NOT_COLLECTED, compare, read, settled, suite, summary, text  # noqa: E402
from record import VERSION, oracle  # noqa: E402

import oss2  # noqa: E402

TOOLS = ['pytest>=8', 'pytest-timeout>=2', 'pytest-xdist>=3', 'hypothesis>=6']
SECONDS = 8
REASONS = ROOT / '.oracle' / 'reasons.json'


def interpreter(python: str) -> str:
    """An environment of oss2 2.19.1 that can run tests."""
    inside = oracle(python)
    ready = Path(inside).parent.parent / 'ready for tests'
    if not ready.exists():
        subprocess.check_call([inside, '-m', 'pip', 'install', '--quiet', *TOOLS])
        ready.write_text('\n'.join(TOOLS))
    return inside


def operations() -> Dict[str, List[str]]:
    """Those of this library that 2.19.1 has as well."""
    interface = json.loads((HERE.parent / 'compat' / 'recordings' / 'operations.json').read_text(encoding='utf-8'))
    return {cls.__name__: [name for name in calls.methods(cls) if name in interface[cls.__name__]]
            for cls in (oss2.Bucket, oss2.Service)}


def run(python: str, tests: List[str], others: Sequence[str] = ()) -> Tuple[Dict[str, str], Dict[str, str]]:
    """The outcomes of the tests, and for those that failed the words of it.

    :param others: the files of which only the tests that show a behaviour are run
    """
    with tempfile.TemporaryDirectory() as folder:
        job, outcomes = Path(folder, 'job.json'), Path(folder, 'outcomes.json')
        job.write_text(json.dumps({
            'operations': operations(), 'outcomes': str(outcomes), 'version': VERSION, 'others': list(others),
            'hang': [node for node, outcome in read().items() if outcome == HUNG],
        }))
        environment = dict(os.environ, OSS2_ORACLE_JOB=str(job), OSS2_EMULATOR_PYTHON=sys.executable,
                           PYTHONHASHSEED='0', PYTHONDONTWRITEBYTECODE='1', PYTHONPATH=str(HERE))
        subprocess.call([interpreter(python), '-m', 'pytest', '-q', '-p', 'plugin', '-p', 'no:cacheprovider',
                         '-n', '2', '--tb=no', '--continue-on-collection-errors', '-r', '', '-o', 'filterwarnings=',
                         '--timeout', str(SECONDS), '-c', str(ROOT / 'pyproject.toml'), '--rootdir', str(ROOT), *tests],
                        cwd=folder, env=environment)
        found, reasons = json.loads(outcomes.read_text(encoding='utf-8'))
        return found, reasons


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--python', default=sys.executable, help='interpreter to make the environment with')
    parser.add_argument('--check', action='store_true', help='write nothing; fail when an outcome has changed')
    parser.add_argument('--look', nargs='+', metavar='TEST', help='run these tests, and print why they fail')
    options = parser.parse_args()
    if options.look:
        found, reasons = run(options.python, [str(Path(test).absolute()) for test in options.look])
        for node, outcome in found.items():
            print(node, outcome, reasons.get(node, '').replace('\n', '\n    '), sep='\n    ')
        return
    whole, others = suite()
    found, reasons = run(options.python, [str(HERE.parent / file) for file in whole + others], others)
    found = settled(found)
    print(summary(found))
    broken = [node for node, outcome in found.items() if outcome == NOT_COLLECTED]
    if broken or not found:
        sys.exit('\n'.join(['nothing is recorded, as these were not collected:',
                            *('%s %s' % (node, reasons.get(node, '')) for node in broken)]))
    REASONS.write_text(json.dumps(reasons, ensure_ascii=False, indent=1), encoding='utf-8')
    if not options.check:
        FILE.write_text(text(found), encoding='utf-8')
        return
    changed = list(compare(read(), found))
    print('\n'.join(['not as recorded:', *changed] if changed else ['as recorded']))
    sys.exit(bool(changed))


if __name__ == '__main__':
    main()
