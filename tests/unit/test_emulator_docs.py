"""docs/emulator.md tells of the operations that the emulator has."""
from __future__ import annotations

import re
import shutil
import subprocess

import operations_table
import pytest

from oss2.emulator import Emulator

OPERATIONS = [row for scope in ('service', 'bucket', 'object') for row in operations_table.rows(scope)]


def test_the_tables_are_up_to_date():
    document = operations_table.DOCUMENT.read_text(encoding='utf-8')
    assert document == operations_table.written(document), 'run python tests/operations_table.py'


@pytest.mark.parametrize('scope', ['service', 'bucket', 'object'])
def test_no_two_operations_answer_the_same_request(scope):
    requests = [operations_table.request_of(row) for row in operations_table.rows(scope)]
    assert sorted(set(requests)) == sorted(requests)


def test_every_operation_says_what_the_emulator_does():
    lacking = [row.name for row in OPERATIONS if not operations_table.description(row).endswith('.')]
    assert lacking == []


@pytest.mark.skipif(shutil.which('curl') is None or shutil.which('bash') is None, reason='needs bash and curl')
def test_the_calls_of_the_control_api_are_answered():
    calls, = re.findall(r'^```sh\n(api=.*?)^```', operations_table.DOCUMENT.read_text(encoding='utf-8'), re.S | re.M)
    with Emulator() as oss:
        calls = calls.replace('http://127.0.0.1:9000', oss.endpoint)
        done = subprocess.run(['bash', '-e', '-c', 'curl() { command curl -fsS "$@" || exit 1; }\n' + calls],
                              capture_output=True, check=False, timeout=60)
    assert done.stderr == b''
    assert done.returncode == 0
