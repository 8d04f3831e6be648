"""Record the public interface of oss2 2.19.1 as interface.json.

    python tests/compat/record_interface.py [--python INTERPRETER]

Uses the environment that record.py makes.  Recording again gives the same file.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import warnings
from typing import Any, Dict, Iterator

HERE = os.path.dirname(os.path.abspath(__file__))
RECORDING = os.path.join(HERE, 'interface.json')

sys.path.insert(0, HERE)


def lines(value: Any) -> Iterator[str]:
    """JSON in which what is short is on one line."""
    line = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if not isinstance(value, dict) or len(line) <= 160:
        yield line
        return
    yield '{'
    for number, name in enumerate(sorted(value)):
        first, *others = lines(value[name])
        inside = [json.dumps(name) + ': ' + first, *others]
        yield from inside[:-1]
        yield inside[-1] + (',' if number + 1 < len(value) else '')
    yield '}'


def record() -> None:
    """Runs inside the oracle's environment."""
    from interface import describe
    from record import VERSION

    warnings.simplefilter('ignore')
    import oss2

    if oss2.__version__ != VERSION:
        sys.exit('this is oss2 %s, not %s' % (oss2.__version__, VERSION))
    with open(RECORDING, 'w', encoding='utf-8', newline='\n') as file:
        file.writelines(line + '\n' for line in lines(describe(oss2)))


def read() -> Dict[str, Any]:
    with open(RECORDING, encoding='utf-8') as file:
        return dict(json.load(file))


def main() -> None:
    from record import oracle

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--python', default=sys.executable, help='interpreter to make the environment with')
    parser.add_argument('--inside', action='store_true', help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        # A traceback would print lines of upstream's source.
        sys.tracebacklimit = 0
        record()
        return
    environment = {name: value for name, value in os.environ.items() if name != 'PYTHONPATH'}
    command = [oracle(options.python), os.path.abspath(__file__), '--inside']
    sys.exit(subprocess.call(command, cwd=HERE, env=environment))


if __name__ == '__main__':
    main()
