"""A process that holds one contestant and does a round of a row whenever it is asked for one.

Reads a JSON request a line, ``{"row": name}``, optionally with ``"profile": true``, and answers one line each:
``{"value": number or null}``, ``{"profile": text}`` or ``{"error": text}``. Its first line tells versions of packages.
"""
from __future__ import annotations

import argparse
import cProfile
import io
import json
import pstats
import subprocess
import sys
import traceback
from importlib import metadata
from pathlib import Path
from typing import Any, Dict, Set

import payload
from contestant import Contestant
from rows import Row, make_rows

PACKAGES = ('oss2', 'requests', 'urllib3', 'crcmod', 'fastcrc')


def make_contestant(options: argparse.Namespace) -> Contestant:
    if options.contestant == 'floor':
        from with_floor import Floor

        return Floor(options.sizes, options.port, options.directory)
    if options.contestant == 'ours':
        from with_emulator import Ours

        return Ours(options.sizes, options.port, options.directory)
    from with_oss2 import Oss2

    return Oss2(options.sizes, options.port, options.directory)


def versions() -> Dict[str, str]:
    found = {}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            pass
    return found


class Worker:
    def __init__(self, options: argparse.Namespace) -> None:
        self.contestant = make_contestant(options)
        self.rows: Dict[str, Row] = {row.name: row for row in make_rows(options.sizes)}
        self.warm: Set[str] = set()

    def answer(self, row: str, profile: bool = False) -> Dict[str, Any]:
        run = getattr(self.contestant, row, None)
        if run is None:
            return {'value': None}
        if self.rows[row].isolated:
            again = [sys.executable, __file__, *sys.argv[1:], '--once', row]
            return json.loads(subprocess.run(again, stdout=subprocess.PIPE, check=True).stdout)
        if row not in self.warm:
            run()
            self.warm.add(row)
        if profile:
            return {'profile': profile_of(run)}
        return {'value': run()}


def profile_of(run: Any) -> str:
    profiler = cProfile.Profile()
    profiler.runcall(run)
    text = io.StringIO()
    pstats.Stats(profiler, stream=text).strip_dirs().sort_stats('tottime').print_stats(25)
    return text.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('contestant', choices=['ours', 'oracle', 'floor'])
    parser.add_argument('port', type=int)
    parser.add_argument('directory', type=Path)
    parser.add_argument('--once', metavar='ROW', help='do one round of a row and end')
    payload.add_sizes_option(parser)
    options = parser.parse_args()
    if options.once:
        print(json.dumps({'value': getattr(make_contestant(options), options.once)()}))
        return
    worker = Worker(options)
    print(json.dumps(versions()), flush=True)
    for line in sys.stdin:
        try:
            answer = worker.answer(**json.loads(line))
        except Exception:
            answer = {'error': traceback.format_exc()}
        print(json.dumps(answer), flush=True)


if __name__ == '__main__':
    main()
