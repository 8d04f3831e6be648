"""dask.dataframe keeps Parquet in a bucket through oss://, with two worker processes."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import oss2

for _name in ('ossfs', 'dask.dataframe', 'distributed', 'pyarrow'):
    pytest.importorskip(_name, reason='%s is not installed: tox -e peers has it' % _name)

EXAMPLE = Path(__file__).parents[2] / 'examples' / 'dask_dataframe.py'
TOLD = """\
written: oss://%s/sales
read back: 3000 rows in 4 partitions
北京 1498500
杭州 1499500
深圳 1500500
of 2990 or more: 10 rows
"""


def run(environment):
    done = subprocess.run(
        [sys.executable, str(EXAMPLE)], capture_output=True, timeout=180, check=False,
        env=dict(environment, PYTHONPATH=str(Path(oss2.__file__).parents[1]), PYTHONIOENCODING='utf-8'))
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().replace('\r\n', '\n')


def test_the_example_runs_by_itself(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = run({name: value for name, value in os.environ.items() if not name.startswith('OSS_')})
    assert told == TOLD % 'frames'


def test_the_example_runs_elsewhere(tmp_path, monkeypatch, oss_emulator, oss_bucket):
    monkeypatch.chdir(tmp_path)
    account = oss_emulator.credentials
    told = run(dict(os.environ, OSS_ENDPOINT=oss_emulator.endpoint, OSS_BUCKET=oss_bucket.bucket_name,
                    OSS_ACCESS_KEY_ID=account.access_key_id, OSS_ACCESS_KEY_SECRET=account.access_key_secret))
    assert told == TOLD % oss_bucket.bucket_name
    written = sorted(info.key for info in oss2.ObjectIterator(oss_bucket, prefix='sales/part.'))
    assert written == ['sales/part.%d.parquet' % number for number in range(4)]
    assert oss_bucket.get_object(written[0]).read()[:4] == b'PAR1'
