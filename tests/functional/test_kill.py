"""Processes that are killed in the middle of a transfer: begun again, it comes to the right end."""
from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time

import pytest
from noise import noise

import oss2
from oss2 import _retry

pytestmark = pytest.mark.skipif(not hasattr(os, 'fork'), reason='there is neither fork nor kill -9')

KILLS = 30

# Waits for jobs, and does each in a child of its own: to start one takes no time.
PROGRAM = textwrap.dedent('''
    import json, os, sys
    import oss2, oss2.resumable

    oss2.defaults.min_part_size = 1
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            bucket = oss2.Bucket(oss2.AuthV4(*job['key']), job['endpoint'], job['bucket'], region=job['region'])
            getattr(oss2, job['transfer'])(bucket, *job['arguments'], store=getattr(oss2, job['store'])(job['root']),
                                           **job['options'])
            os._exit(0)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)
''')


@pytest.fixture
def start(oss_bucket, oss_emulator, tmp_path):
    """A function that begins a transfer in another process and returns its id, and one that waits for that process.

    The latter returns whether it was killed.
    """
    credentials = oss_emulator.credentials
    where = {'key': [credentials.access_key_id, credentials.access_key_secret], 'endpoint': oss_emulator.endpoint,
             'region': oss_emulator.region, 'bucket': oss_bucket.bucket_name, 'root': str(tmp_path)}
    environment = dict(os.environ, PYTHONPATH=os.path.dirname(os.path.dirname(oss2.__file__)))
    process = subprocess.Popen([sys.executable, '-c', PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               env=environment, encoding='ascii')

    def begin(**job):
        process.stdin.write(json.dumps(dict(where, **job)) + '\n')
        process.stdin.flush()
        return int(process.stdout.readline())

    yield begin, lambda: os.WIFSIGNALED(int(process.stdout.readline()))
    process.stdin.close()
    process.stdout.close()
    process.wait()


@pytest.fixture(autouse=True)
def small_parts(monkeypatch, oss_emulator):
    monkeypatch.setattr(oss2.defaults, 'min_part_size', 1)
    monkeypatch.setattr(oss_emulator.state, 'smallest_part', 1)
    monkeypatch.setattr(_retry, 'delay', lambda attempt, asked=None: 0.0)


def kill_after(requests, emulator, begin, wait, chance, **job):
    """Kill it when the emulator has seen so many requests, and a moment later; whether it was still there."""
    before = len(emulator.requests)
    child = begin(**job)
    deadline = time.monotonic() + 5
    while len(emulator.requests) < before + requests and time.monotonic() < deadline:
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            break
        time.sleep(0.0005)
    time.sleep(chance.random() * 0.003)
    try:
        os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        pass
    return wait()


def object_of(bucket):
    try:
        return bucket.get_object('key').read()
    except oss2.exceptions.NoSuchKey:
        return None


def files_in(folder):
    return sorted(path.name for path in folder.rglob('*') if path.is_file())


@pytest.mark.behaviour(14, 36)
def test_uploads_and_downloads_that_are_killed(start, oss_bucket, oss_emulator, tmp_path):
    chance = random.Random(5)
    source, target = tmp_path / 'source', tmp_path / 'target'
    killed, rounds, saved, shapes = 0, 0, 0, set()
    while killed < KILLS:
        rounds += 1
        content = noise(chance.choice([1, 5000, 65536, 300000]), chance)
        parts = chance.randint(1, 20)
        options = {'part_size': -(-len(content) // parts), 'num_threads': chance.randint(1, 4)}
        for transfer, operation, threshold, store, path in (
                ('resumable_upload', 'UploadPart', 'multipart_threshold', 'ResumableStore', source),
                ('resumable_download', 'GetObject', 'multiget_threshold', 'ResumableDownloadStore', target)):
            source.write_bytes(content)
            before = object_of(oss_bucket)
            job = {'transfer': transfer, 'store': store, 'arguments': ['key', str(path)],
                   'options': dict(options, **{threshold: 0})}
            for _ in range(chance.randint(1, 3)):
                killed += kill_after(chance.randint(0, parts + 3), oss_emulator, *start, chance, **job)
                # Not half of it is there, nor half of what came before.
                assert transfer == 'resumable_upload' or not target.exists() or target.read_bytes() == content
                assert transfer == 'resumable_download' or object_of(oss_bucket) in (before, content)
            shapes.add((transfer, len(content), options['num_threads']))
            oss_emulator.requests.clear()
            result = getattr(oss2, transfer)(oss_bucket, 'key', str(path),
                                             store=getattr(oss2, store)(str(tmp_path)), **job['options'])
            assert result.headers['x-oss-hash-crc64ecma']
            moved = len(oss_emulator.requests.find(operation=operation))
            planned = -(-len(content) // options['part_size'])
            assert moved <= planned
            saved += planned - moved
            assert path.read_bytes() == oss_bucket.get_object('key').read() == content
            # Between the answer that has an upload's id and the checkpoint nothing can be known of it.
            assert not [info for info in oss_bucket.list_multipart_uploads().upload_list
                        if oss_bucket.list_parts('key', info.upload_id).parts]
        assert files_in(tmp_path) == ['source', 'target']
        target.unlink()
        oss_emulator.requests.clear()
    assert rounds < 30, 'most children were gone before they could be killed'
    assert saved > KILLS, 'they began anew'
    assert len(shapes) > 8
