"""The benchmarks run: what they find is recorded in results.md, not asserted here."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def run(*arguments):
    command = [sys.executable, str(HERE / 'run.py'), '--source', '--without-oracle', '--quick', *arguments]
    return subprocess.run(command, capture_output=True, encoding='utf-8', timeout=120)


def table_of(done):
    return [[cell.strip() for cell in line.strip('|\n').split('|')] for line in done.stdout.splitlines()]


@pytest.mark.skipif(sys.platform == 'win32', reason='peak memory is read from /proc or the resource module')
def test_every_row_has_a_value_of_ours():
    done = run()
    header, _, *rows = table_of(done)
    assert done.returncode == 0, done.stderr
    assert header == ['row', 'ours', 'oracle', 'floor', 'ours/oracle', 'ours/floor', 'target', 'met']
    assert len(rows) == 26
    for row in rows:
        assert float(row[1].split()[0]) >= 0, row
        assert row[2] == '-', 'the oracle was not asked for'


@pytest.mark.skipif(sys.platform == 'win32', reason='peak memory is read from /proc or the resource module')
def test_rows_can_be_chosen_and_profiled():
    done = run('--rows', 'get_small', '--profile')
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith('GET 1 KiB\n')
    assert 'cumtime' in done.stdout


@pytest.mark.parametrize(('arguments', 'complaint'), [
    (['--rows', 'get_smal'], 'no such row: get_smal'), (['--write'], '--write is for all rows at full size'),
])
def test_what_cannot_be_measured_is_refused(arguments, complaint):
    done = run(*arguments)
    assert done.returncode == 2
    assert complaint in done.stderr
