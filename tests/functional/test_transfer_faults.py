"""Transfers of all kinds while things go wrong: the right bytes or an error, and nothing left lying about."""
from __future__ import annotations

import random
import shutil

import pytest
from noise import noise

import oss2
from oss2 import _retry
from oss2.exceptions import OssError

TRANSFERS = 200
IN_PARTS = ['InitiateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload']
# The operations that a way of uploading is made of.
OPERATIONS = {
    'resumable_upload': [*IN_PARTS, 'ListParts'], 'put_object_from_file': ['PutObject'], 'upload_stream': IN_PARTS,
    'open': IN_PARTS, 'append_object': ['AppendObject'], 'append_object_auto': ['AppendObject', 'HeadObject'],
    'copy_object_auto': ['HeadObject', 'GetObjectAcl', 'InitiateMultipartUpload', 'UploadPartCopy',
                         'CompleteMultipartUpload'],
}
KEY = 'folder/文件'
MOST = 400000


@pytest.fixture(autouse=True)
def small_parts(monkeypatch, oss_emulator):
    monkeypatch.setattr(oss2.defaults, 'min_part_size', 1)
    monkeypatch.setattr(oss2.defaults, 'copy_threshold', 0)
    monkeypatch.setattr(oss_emulator.state, 'smallest_part', 1)
    monkeypatch.setattr(_retry, 'delay', lambda attempt, asked=None: 0.0)


class Scene:
    """A bucket, a local file, and what the object and the file hold before a transfer."""

    def __init__(self, bucket, folder, chance):
        self.bucket = bucket
        self.chance = chance
        self.folder = folder
        self.local = folder / 'local'
        self.content = noise(chance.choice([0, 1, 1000, 70000, MOST]), chance)
        self.part_size = -(-max(1, len(self.content)) // chance.randint(1, 8))
        self.threads = chance.randint(1, 3)
        self.stores = {'upload': oss2.ResumableStore(str(folder)), 'download': oss2.ResumableDownloadStore(str(folder))}

    def uploads(self):
        """Name of the way: a function that uploads the content."""
        bucket, parts = self.bucket, {'part_size': self.part_size, 'num_threads': self.threads}
        return {
            'resumable_upload': lambda: oss2.resumable_upload(
                bucket, KEY, self.local, self.stores['upload'], multipart_threshold=0, **parts),
            'put_object_from_file': lambda: bucket.put_object_from_file(KEY, self.local),
            'upload_stream': lambda: bucket.upload_stream(KEY, self.pieces(), **parts),
            'open': self.write,
            'append_object': lambda: bucket.append_object(KEY, 0, self.content, init_crc=0),
            'append_object_auto': lambda: bucket.append_object_auto(KEY, self.content),
            'copy_object_auto': lambda: bucket.copy_object_auto(bucket.bucket_name, 'source', KEY, **parts),
        }

    def downloads(self):
        bucket = self.bucket
        return {
            'resumable_download': lambda: oss2.resumable_download(
                bucket, KEY, self.local, 0, self.part_size, num_threads=self.threads, store=self.stores['download']),
            'get_object_to_file': lambda: bucket.get_object_to_file(KEY, self.local),
            'open': self.read,
        }

    def pieces(self):
        for begin in range(0, len(self.content), 50000):
            yield self.content[begin:begin + 50000]

    def write(self):
        with self.bucket.open(KEY, 'wb', part_size=self.part_size, num_threads=self.threads) as out:
            out.writelines(self.pieces())

    def read(self):
        found = self.folder / 'found'
        with self.bucket.open(KEY) as source, open(str(found), 'wb') as out:
            shutil.copyfileobj(source, out, 30000)
        found.replace(self.local)

    def object(self):
        try:
            return self.bucket.get_object(KEY).read()
        except oss2.exceptions.NoSuchKey:
            return None

    def leftovers(self):
        """Files of transfers, and uploads in progress that hold something."""
        files = [path.name for path in self.folder.rglob('*') if path.is_file() and path.name not in ('local', 'found')]
        return files + [info.upload_id for info in self.bucket.list_multipart_uploads().upload_list
                        if self.bucket.list_parts(info.key, info.upload_id).parts]


def add_faults(faults, chance, operations):
    """Some of what a network and a server do, at some of the requests to come."""
    kinds = [
        lambda **match: faults.fail(chance.choice([500, 502, 503]), 'ServiceUnavailable', **match),
        lambda **match: faults.cut_request(chance.randint(0, 60000), **match),
        lambda **match: faults.cut_answer(chance.randint(0, 60000), **match),
        faults.drop_answer, faults.wrong_crc, faults.corrupt, faults.close_idle,
        lambda **match: faults.wrong_length(chance.choice([-1, 1, 100]), **match),
        lambda **match: faults.trickle(4000, 0.0005, **match),
        lambda **match: faults.chunked(3000, **match),
    ]
    return [chance.choice(kinds)(operation=chance.choice(operations), times=chance.choice([1, 1, 2, 3, 8]))
            for _ in range(chance.randint(1, 3))]


@pytest.mark.parametrize('seed', range(2))
@pytest.mark.behaviour(2, 14)
def test_uploads(seed, oss_bucket, oss_emulator, tmp_path):
    chance = random.Random(seed)
    failed, hit = 0, 0
    for _ in range(TRANSFERS // 4):
        scene = Scene(oss_bucket, tmp_path, chance)
        scene.local.write_bytes(scene.content)
        oss_bucket.put_object('source', scene.content)
        oss_bucket.delete_object(KEY)
        name = chance.choice(sorted(scene.uploads()))
        before = None if 'append' in name else b'before'
        if before:
            oss_bucket.put_object(KEY, before)
        faults = add_faults(oss_emulator.faults, chance, OPERATIONS[name])
        try:
            scene.uploads()[name]()
        except OssError:
            oss_emulator.faults.clear()
            failed += 1
            assert scene.object() in (before, scene.content), name
            if name == 'resumable_upload':
                scene.uploads()[name]()
                assert scene.object() == scene.content
        else:
            oss_emulator.faults.clear()
            assert scene.object() == scene.content, name
        assert scene.leftovers() == [], name
        hit += any(fault.hits for fault in faults)
    assert hit > TRANSFERS // 8
    assert failed < hit


@pytest.mark.parametrize('seed', range(2))
@pytest.mark.behaviour(7, 36)
def test_downloads(seed, oss_bucket, oss_emulator, tmp_path):
    chance = random.Random(seed)
    failed, hit = 0, 0
    for _ in range(TRANSFERS // 4):
        scene = Scene(oss_bucket, tmp_path, chance)
        scene.local.write_bytes(b'before')
        oss_bucket.put_object(KEY, scene.content)
        name = chance.choice(sorted(scene.downloads()))
        faults = add_faults(oss_emulator.faults, chance, ['HeadObject', 'GetObject'])
        try:
            scene.downloads()[name]()
        except OssError:
            oss_emulator.faults.clear()
            failed += 1
            assert scene.local.read_bytes() == b'before', name
            scene.downloads()[name]()
        oss_emulator.faults.clear()
        assert scene.local.read_bytes() == scene.content, name
        assert scene.leftovers() == [], name
        hit += any(fault.hits for fault in faults)
    assert hit > TRANSFERS // 8
    assert failed < hit


ONCE_A_PART = {
    '503': (lambda faults, operation: faults.fail(503, 'ServiceUnavailable', operation=operation), 2),
    'reset in the request': (lambda faults, operation: faults.cut_request(500, operation=operation), 2),
    'reset in the answer': (lambda faults, operation: faults.cut_answer(10, operation=operation), 2),
    'no answer': (lambda faults, operation: faults.drop_answer(operation=operation), 2),
    'idle connection closed': (lambda faults, operation: faults.close_idle(operation=operation), 1),
    'slow': (lambda faults, operation: faults.trickle(500, 0.001, operation=operation), 1),
}


@pytest.mark.behaviour(2, 14, 36)
@pytest.mark.parametrize(('transfer', 'kind'), [
    (transfer, kind) for transfer, none in (('upload', 'reset in the answer'), ('download', 'reset in the request'))
    for kind in sorted(ONCE_A_PART) if kind != none])
def test_every_part_has_a_fault_once(transfer, kind, oss_bucket, oss_emulator, tmp_path):
    content, parts = noise(20000, random.Random(1)), 10
    add, attempts = ONCE_A_PART[kind]
    operation = {'upload': 'UploadPart', 'download': 'GetObject'}[transfer]
    path, store, added = tmp_path / 'file', {'root': str(tmp_path)}, []

    def add_another(done, total):
        if done < total:
            added.append(add(oss_emulator.faults, operation))

    options = {'part_size': len(content) // parts, 'num_threads': 1, 'progress_callback': add_another}
    if transfer == 'upload':
        path.write_bytes(content)
        oss_emulator.requests.clear()
        oss2.resumable_upload(oss_bucket, KEY, path, oss2.ResumableStore(**store), multipart_threshold=0, **options)
    else:
        oss_bucket.put_object(KEY, content)
        oss_emulator.requests.clear()
        oss2.resumable_download(oss_bucket, KEY, path, 0, store=oss2.ResumableDownloadStore(**store), **options)
    sent = oss_emulator.requests.find(operation=operation)
    assert [fault.hits for fault in added] == [1] * parts
    assert len(sent) == attempts * parts
    assert path.read_bytes() == oss_bucket.get_object(KEY).read() == content
    assert [found.name for found in tmp_path.rglob('*') if found.is_file()] == ['file']
    assert oss_bucket.list_multipart_uploads().upload_list == []
