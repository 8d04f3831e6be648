"""Measure this checkout against oss2 2.19.1 (the oracle) and against bare HTTP (the floor).

    python tests/benchmarks/run.py                         all rows, in environments made under .benchmarks
    python tests/benchmarks/run.py --rows get_read,head    some rows
    python tests/benchmarks/run.py --write                 all rows, also stored in results.md

In each round the contestants take turns, so that noise of the machine hits all alike. Results are recorded,
never asserted.
"""
from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence

import environments
import payload
import table
from rows import Row, make_rows

HERE = Path(__file__).resolve().parent
CONTESTANTS = ('ours', 'oracle', 'floor')


class Failed(Exception):
    """A round that ended with an error: the contestant's traceback."""


class Worker:
    """A process that does rounds of one contestant."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process
        self.versions: Dict[str, str] = json.loads(self._receive())

    def ask(self, **request: Any) -> Dict[str, Any]:
        """:raises Failed: the round ended with an error"""
        self.process.stdin.write(json.dumps(request) + '\n')
        self.process.stdin.flush()
        answer = json.loads(self._receive())
        if 'error' in answer:
            raise Failed(answer['error'])
        return answer

    def _receive(self) -> str:
        line = self.process.stdout.readline()
        if not line:
            raise Failed(f'{" ".join(self.process.args)} ended')
        return line


@contextlib.contextmanager
def process(python: Path, script: str, arguments: Sequence[str], source: bool = False) -> Iterator[subprocess.Popen]:
    """Run a script of this directory, until the block ends."""
    environment = {name: value for name, value in os.environ.items() if name != 'PYTHONDONTWRITEBYTECODE'}
    if source:
        environment['PYTHONPATH'] = str(environments.ROOT)
        environment['PYTHONPYCACHEPREFIX'] = str(environments.cache() / 'bytecode')
    running = subprocess.Popen([str(python), str(HERE / script), *arguments], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, encoding='utf-8', env=environment)
    with running:
        try:
            yield running
        finally:
            running.kill()


def interpreters(options: argparse.Namespace) -> Dict[str, Path]:
    own = Path(sys.executable) if options.source else environments.ours()
    found = {'ours': own, 'floor': own}
    if not options.without_oracle:
        found['oracle'] = environments.oracle()
    return {name: found[name] for name in CONTESTANTS if name in found}


@contextlib.contextmanager
def workers(options: argparse.Namespace) -> Iterator[Dict[str, Worker]]:
    """The contestants, each in its process, and a server that they know."""
    quick = ['--quick'] if options.sizes is payload.QUICK else []
    pythons = interpreters(options)
    with contextlib.ExitStack() as stack:
        directory = stack.enter_context(tempfile.TemporaryDirectory(dir=options.directory))
        for key in (payload.LARGE, payload.HUGE):
            content = Path(directory, key)
            with content.open('wb') as file:
                payload.write_content(file, options.sizes.of(key))
        server = stack.enter_context(process(pythons['floor'], 'server.py', [*quick, str(content)]))
        port = server.stdout.readline().strip()
        if not port:
            raise Failed('the server ended')
        yield {name: Worker(stack.enter_context(
            process(python, 'worker.py', [*quick, name, port, directory], source=options.source and name == 'ours')))
            for name, python in pythons.items()}


def measure(row: Row, contestants: Dict[str, Worker], rounds: int) -> table.Measured:
    values: Dict[str, List[float]] = {name: [] for name in contestants}
    failed = set()
    order = list(contestants)
    for _ in range(rounds):
        order.append(order.pop(0))
        for name in order:
            if name in failed:
                continue
            try:
                value = contestants[name].ask(row=row.name)['value']
            except Failed as exc:
                print(f'{row.title}: {name} failed\n{exc}', file=sys.stderr)
                failed.add(name)
                continue
            if value is not None:
                values[name].append(value)
    for name in failed:
        values[name].clear()
    return table.Measured(row, values, frozenset(failed))


def parse(arguments: Optional[Sequence[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--rows', metavar='NAME,...', type=lambda names: names.split(','),
                        help='only these: ' + ', '.join(row.name for row in make_rows(payload.FULL)))
    parser.add_argument('--rounds', type=int, help='rounds a row; 11, or 1 with --quick')
    parser.add_argument('--source', action='store_true',
                        help='run the checkout and the floor with this interpreter, without installing')
    parser.add_argument('--without-oracle', action='store_true', help='do not measure oss2 2.19.1')
    parser.add_argument('--directory', type=Path, default=Path('/dev/shm') if os.path.isdir('/dev/shm') else None,
                        help='where files are read and written; memory where there is /dev/shm')
    parser.add_argument('--write', action='store_true', help='store the table in results.md')
    parser.add_argument('--profile', action='store_true', help="print profiles of ours' rounds, and no table")
    payload.add_sizes_option(parser)
    options = parser.parse_args(arguments)
    known = {row.name: row for row in make_rows(options.sizes)}
    unknown = set(options.rows or ()) - set(known)
    if unknown:
        parser.error(f'no such row: {", ".join(sorted(unknown))}')
    if options.write and (options.rows or options.sizes is payload.QUICK or options.without_oracle):
        parser.error('--write is for all rows at full size')
    options.rows = [known[name] for name in options.rows or known]
    options.rounds = options.rounds or (1 if options.sizes is payload.QUICK else 11)
    return options


def main(arguments: Optional[Sequence[str]] = None) -> int:
    options = parse(arguments)
    with workers(options) as contestants:
        if options.profile:
            for row in options.rows:
                print(f'{row.title}\n{contestants["ours"].ask(row=row.name, profile=True).get("profile", "none")}')
            return 0
        measured = []
        for row in options.rows:
            print(f'{row.title} ...', file=sys.stderr, flush=True)
            measured.append(measure(row, contestants, options.rounds))
        packages = {name: worker.versions for name, worker in contestants.items()}
    print(table.markdown(measured), end='')
    if options.write:
        (HERE / 'results.md').write_text(table.report(measured, options.rounds, packages), encoding='utf-8')
    return 1 if any(row.failed for row in measured) else 0


if __name__ == '__main__':
    try:
        sys.exit(main())
    except Failed as exc:
        sys.exit(str(exc))
