"""Record what oss2 2.19.1 does with the corpus.

    python tests/compat/record.py [--python INTERPRETER] [area ...]

Installs oss2 2.19.1 from the package index into `.oracle/` (once), plays the corpus there and writes `recordings/`.
Recording again gives the same files.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
from typing import Any, Dict, List

HERE = os.path.dirname(os.path.abspath(__file__))
RECORDINGS = os.path.join(HERE, 'recordings')
OPERATIONS = os.path.join(RECORDINGS, 'operations.json')
VERSION = '2.19.1'

sys.path.insert(0, HERE)


def oracle(python: str) -> str:
    """The interpreter of a virtual environment that has upstream's package."""
    version = subprocess.check_output(
        [python, '-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], text=True
    ).strip()
    folder = os.path.join(os.path.dirname(os.path.dirname(HERE)), '.oracle', version)
    inside = os.path.join(folder, 'Scripts' if os.name == 'nt' else 'bin', 'python')
    ready = os.path.join(folder, 'ready')
    if not os.path.exists(ready):
        subprocess.check_call([python, '-m', 'venv', '--clear', folder])
        subprocess.check_call([inside, '-m', 'pip', 'install', '--quiet', 'oss2==' + VERSION])
        with open(ready, 'w') as f:
            f.write(VERSION + '\n')
    return inside


def read_recording(area: str) -> Dict[str, Any]:
    with open(os.path.join(RECORDINGS, area + '.jsonl'), encoding='utf-8') as f:
        return {record['case']: record for record in map(json.loads, f)}


def record(areas: List[str]) -> None:
    """Runs inside the oracle's environment."""
    from corpus import load
    from play import Player

    import oss2

    if oss2.__version__ != VERSION:
        sys.exit('this is oss2 %s, not %s' % (oss2.__version__, VERSION))
    logging.getLogger('oss2').setLevel(logging.CRITICAL)
    player = Player(oss2)
    for area in load():
        if areas and area.name not in areas:
            continue
        with open(os.path.join(RECORDINGS, area.name + '.jsonl'), 'w', encoding='utf-8', newline='\n') as f:
            for id in sorted(area.cases):
                f.write(json.dumps(player.play(area.cases[id]), ensure_ascii=False, sort_keys=True) + '\n')
        print('%-16s %4d cases' % (area.name, len(area.cases)))
    player.close()
    with open(OPERATIONS, 'w', encoding='utf-8', newline='\n') as f:
        json.dump(operations(oss2), f, indent=1, sort_keys=True)
        f.write('\n')


def operations(oss2: Any) -> Dict[str, List[str]]:
    """Everything that the corpus has to have a case for."""
    found = {
        of: [n for n in dir(getattr(oss2, of)) if not n.startswith('_') and callable(getattr(getattr(oss2, of), n))]
        for of in ('Bucket', 'Service')
    }
    found['Iterator'] = [n for n in dir(oss2) if n.endswith(('Iterator', 'IteratorV2'))]
    found['xml_utils'] = [
        n
        for n in dir(oss2.xml_utils)
        if n.startswith(('parse_', 'to_', 'get_'))
        and getattr(getattr(oss2.xml_utils, n), '__module__', '') == 'oss2.xml_utils'
    ]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('areas', nargs='*', help='record these areas of the corpus only')
    parser.add_argument('--python', default=sys.executable, help='interpreter to make the environment with')
    parser.add_argument('--inside', action='store_true', help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        # A traceback would print lines of upstream's source.
        sys.tracebacklimit = 0
        record(options.areas)
        return
    environment = {k: v for k, v in os.environ.items() if k != 'PYTHONPATH'}
    environment.update(TZ='UTC', PYTHONHASHSEED='0')
    command = [oracle(options.python), os.path.abspath(__file__), '--inside'] + options.areas
    sys.exit(subprocess.call(command, cwd=HERE, env=environment))


if __name__ == '__main__':
    main()
