"""Resumable transfers with the emulator: what is sent, what is kept, and what is right in the end."""
from __future__ import annotations

import filecmp
import gzip
import json
import os
import random
import signal
import stat
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from noise import noise

import oss2
from oss2 import _retry
from oss2.exceptions import InconsistentError, NotFound, OssError, PreconditionFailed

PART = 100 * 1024
CONTENT = noise(5 * PART + 12345, random.Random(1))
OTHER = noise(len(CONTENT), random.Random(2))
NUMBERS = [1, 2, 3, 4, 5, 6]
RANGES = ['bytes=%d-%d' % (n * PART, min((n + 1) * PART, len(CONTENT)) - 1) for n in range(6)]


class Stop(BaseException):
    """Ends a transfer where a test wants it."""


def stop_after(parts):
    def callback(done, total):
        if done >= parts * PART:
            raise Stop

    return callback


@pytest.fixture(autouse=True)
def no_waits(monkeypatch):
    monkeypatch.setattr(_retry, 'delay', lambda attempt, asked=None: 0.0)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / 'source 文件'
    path.write_bytes(CONTENT)
    os.utime(str(path), (1600000000, 1600000000))
    return path


@pytest.fixture
def target(tmp_path):
    return tmp_path / 'target 文件'


@pytest.fixture
def upload(oss_bucket, source, tmp_path):
    def run(bucket=oss_bucket, key='目录/key', path=source, **options):
        options = {'multipart_threshold': 0, 'part_size': PART, **options}
        return oss2.resumable_upload(bucket, key, path, oss2.ResumableStore(str(tmp_path)), **options)

    return run


@pytest.fixture
def download(oss_bucket, target, tmp_path):
    def run(bucket=oss_bucket, key='目录/key', path=str(target), **options):
        options = {'multiget_threshold': 0, 'part_size': PART, 'num_threads': 1, **options}
        return oss2.resumable_download(bucket, key, path, store=oss2.ResumableDownloadStore(str(tmp_path)), **options)

    return run


@pytest.fixture
def stored(oss_bucket):
    """The object that downloads are of."""
    oss_bucket.put_object('目录/key', CONTENT)


def record_in(folder):
    path, = [path for name in ('.py-oss-upload', '.py-oss-download') for path in (folder / name).glob('*')]
    return path


def files_in(folder):
    return sorted(path.name for path in folder.rglob('*') if path.is_file())


def parts_sent(emulator):
    return [int(request.params['partNumber']) for request in emulator.requests.find(operation='UploadPart')]


def ranges_asked_for(emulator):
    return [request.headers['range'] for request in emulator.requests.find(operation='GetObject')]


def content_of(bucket, key='目录/key'):
    return bucket.get_object(key).read()


def own_threads():
    """Those that are not the emulator's."""
    return {thread for thread in threading.enumerate() if not thread.name.startswith('oss2-emulator')}


# There and back

SIZES = [0, 1, PART - 1, PART, PART + 1, 3 * PART, len(CONTENT)]


@pytest.mark.parametrize('num_threads', [1, 3])
@pytest.mark.parametrize('size', SIZES)
@pytest.mark.behaviour(36)
def test_there_and_back(size, num_threads, upload, download, oss_bucket, oss_emulator, source, target, tmp_path):
    source.write_bytes(CONTENT[:size])
    progress = []
    oss_emulator.requests.clear()
    result = upload(num_threads=num_threads, progress_callback=lambda *args: progress.append(args),
                    headers={'x-oss-meta-a': 'b'})
    assert isinstance(result, oss2.models.PutObjectResult)
    assert sorted(parts_sent(oss_emulator)) == list(range(1, max(1, -(-size // PART)) + 1))
    assert content_of(oss_bucket) == CONTENT[:size]
    assert progress[-1] == (size, size)
    progress.clear()
    found = download(num_threads=num_threads, progress_callback=lambda *args: progress.append(args))
    assert target.read_bytes() == CONTENT[:size]
    assert (found.content_length, found.etag, found.server_crc) == (size, result.etag, result.crc)
    assert found.headers['x-oss-meta-a'] == 'b'
    assert progress[-1:] == [(size, size)] * bool(size)
    assert files_in(tmp_path) == ['source 文件', 'target 文件']


def test_small_ones_go_in_one_request(upload, download, oss_bucket, oss_emulator, target):
    oss_emulator.requests.clear()
    upload(multipart_threshold=len(CONTENT) + 1)
    download(multiget_threshold=len(CONTENT))
    assert [request.operation for request in oss_emulator.requests] == ['PutObject', 'HeadObject', 'GetObject']
    assert target.read_bytes() == CONTENT
    oss_emulator.requests.clear()
    upload(multipart_threshold=len(CONTENT))
    download(multiget_threshold=len(CONTENT) - 1)
    assert len(oss_emulator.requests.find(operation='UploadPart')) == 6
    assert ranges_asked_for(oss_emulator) == RANGES


@pytest.mark.parametrize('convert', [str, os.fsencode, lambda path: path, lambda path: os.path.relpath(str(path))])
def test_kinds_of_paths(convert, upload, download, oss_bucket, source, target):
    upload(path=convert(source))
    download(path=convert(target))
    assert target.read_bytes() == CONTENT


def test_encrypted_there_and_back(upload, download, oss_bucket, make_encrypted, target):
    bucket = make_encrypted()
    upload(bucket, part_size=PART + 1)
    assert content_of(bucket) == CONTENT
    assert content_of(oss_bucket) != CONTENT
    for part_size in (PART, PART + 1, PART + 15):
        download(bucket, part_size=part_size, num_threads=3)
        assert target.read_bytes() == CONTENT


def test_a_version(upload, download, oss_bucket, target):
    oss_bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig('Enabled'))
    first = upload().versionid
    oss_bucket.put_object('目录/key', b'second')
    assert download(params={'versionId': first}).versionid == first
    assert target.read_bytes() == CONTENT
    download()
    assert target.read_bytes() == b'second'


@pytest.mark.behaviour(10, 36)
def test_content_with_an_encoding(download, oss_bucket, target):
    oss_bucket.put_object('目录/key', gzip.compress(CONTENT), headers={'Content-Encoding': 'gzip'})
    download()
    assert target.read_bytes() == CONTENT


@pytest.mark.behaviour(21)
def test_connections_are_as_many_as_threads_and_used_again(upload, download, oss_bucket, oss_emulator):
    oss_bucket.close()
    oss_emulator.requests.clear()
    for _ in range(2):
        upload(num_threads=6)
        download(num_threads=6)
    assert len({request.client for request in oss_emulator.requests}) <= 6


# Going on

@pytest.mark.parametrize('done', range(6))
@pytest.mark.behaviour(14)
def test_an_upload_goes_on(done, upload, oss_bucket, oss_emulator, tmp_path):
    with pytest.raises(Stop):
        upload(progress_callback=stop_after(done))
    record = json.loads(record_in(tmp_path).read_text())
    assert record == {
        'op_type': 'ResumableUpload', 'upload_id': record['upload_id'], 'file_path': str(tmp_path / 'source 文件'),
        'size': len(CONTENT), 'mtime': 1600000000.0, 'bucket': 'test-bucket', 'key': '目录/key', 'part_size': PART}
    oss_emulator.requests.clear()
    progress = []
    upload(part_size=2 * PART, progress_callback=lambda *args: progress.append(args))
    assert parts_sent(oss_emulator) == NUMBERS[done:]
    assert progress[0] == (done * PART, len(CONTENT))
    assert content_of(oss_bucket) == CONTENT
    assert files_in(tmp_path) == ['source 文件']
    assert oss_bucket.list_multipart_uploads().upload_list == []


@pytest.mark.parametrize('done', range(6))
def test_a_download_goes_on(done, stored, download, oss_emulator, target, tmp_path):
    target.write_bytes(b'before')
    with pytest.raises(Stop):
        download(progress_callback=stop_after(done))
    assert target.read_bytes() == b'before'
    record = json.loads(record_in(tmp_path).read_text())
    assert (record['op_type'], record['key'], record['part_size'], len(record['parts'])) == (
        'ResumableDownload', '目录/key', PART, done)
    oss_emulator.requests.clear()
    progress = []
    download(part_size=2 * PART, progress_callback=lambda *args: progress.append(args))
    # The size of the parts that are there holds.
    assert ranges_asked_for(oss_emulator) == RANGES[done:]
    assert progress[0] == (done * PART, len(CONTENT))
    assert target.read_bytes() == CONTENT
    assert files_in(tmp_path) == ['target 文件']


def test_an_encrypted_upload_goes_on(upload, make_encrypted, oss_emulator):
    bucket = make_encrypted()
    with pytest.raises(Stop):
        upload(bucket, progress_callback=stop_after(2))
    oss_emulator.requests.clear()
    upload(bucket)
    assert parts_sent(oss_emulator) == NUMBERS[2:]
    assert content_of(bucket) == CONTENT


def test_an_encrypted_download_goes_on(upload, download, make_encrypted, oss_emulator, target):
    bucket = make_encrypted()
    upload(bucket)
    with pytest.raises(Stop):
        download(bucket, progress_callback=stop_after(2))
    oss_emulator.requests.clear()
    download(bucket)
    assert ranges_asked_for(oss_emulator) == RANGES[2:]
    assert target.read_bytes() == CONTENT


def test_an_encrypted_upload_with_another_key_starts_over(upload, make_encrypted, oss_bucket, oss_emulator, caplog):
    with pytest.raises(Stop):
        upload(make_encrypted(), progress_callback=stop_after(2))
    oss_emulator.requests.clear()
    bucket = make_encrypted()
    upload(bucket)
    assert parts_sent(oss_emulator) == NUMBERS
    assert content_of(bucket) == CONTENT
    assert 'starts over' in caplog.text
    assert oss_bucket.list_multipart_uploads().upload_list == []


def test_an_encrypted_upload_by_another_algorithm_starts_over(upload, make_encrypted, tmp_path, caplog):
    bucket = make_encrypted()
    with pytest.raises(Stop):
        upload(bucket, progress_callback=stop_after(2))
    path = record_in(tmp_path)
    record = json.loads(path.read_text())
    record['content_crypto_material']['cek_alg'] = 'AES/GCM/NoPadding'
    path.write_text(json.dumps(record))
    upload(bucket)
    assert content_of(bucket) == CONTENT
    assert 'AES/GCM/NoPadding' in caplog.text


@pytest.mark.parametrize('change', [{'op_type': 'Other'}, {'size': 5}, {'part_size': 0}, {'upload_id': 'other'},
                                    {'version': 2, 'chunks': []}, {'key': None}])
@pytest.mark.behaviour(14)
def test_an_upload_starts_over(change, upload, oss_bucket, oss_emulator, tmp_path, caplog):
    caplog.set_level('INFO', 'oss2')
    with pytest.raises(Stop):
        upload(progress_callback=stop_after(2))
    path = record_in(tmp_path)
    path.write_text(json.dumps(dict(json.loads(path.read_text()), **change)))
    oss_emulator.requests.clear()
    upload()
    assert parts_sent(oss_emulator) == NUMBERS
    assert content_of(oss_bucket) == CONTENT
    assert 'starts over' in caplog.text


@pytest.mark.parametrize('content', [b'', b'{"op_type', b'[1]', b'null', b'\xff'])
@pytest.mark.parametrize('kind', ['upload', 'download'])
@pytest.mark.behaviour(14, 36)
def test_broken_checkpoints(kind, content, upload, download, oss_bucket, target, tmp_path, caplog):
    run = {'upload': upload, 'download': download}[kind]
    oss_bucket.put_object('目录/key', CONTENT)
    with pytest.raises(Stop):
        run(progress_callback=stop_after(2))
    record_in(tmp_path).write_bytes(content)
    run()
    assert content_of(oss_bucket) == CONTENT
    assert kind == 'upload' or target.read_bytes() == CONTENT
    assert 'starts over' in caplog.text


# Parts that are not what they should be

def replace_part(bucket, number, content):
    upload_id, = [info.upload_id for info in bucket.list_multipart_uploads().upload_list]
    bucket.upload_part('目录/key', upload_id, number, content)


@pytest.mark.parametrize(('number', 'content'), [
    (2, b'short'), (2, OTHER[:PART]), (2, CONTENT[:PART]), (1, CONTENT[:PART + 1]), (7, CONTENT[:PART]),
    (10000, b'beyond')], ids=['size', 'content', 'place', 'more', 'next', 'last'])
@pytest.mark.behaviour(14)
def test_parts_of_somebody_else_do_not_get_into_the_object(number, content, upload, oss_bucket, oss_emulator):
    with pytest.raises(Stop):
        upload(progress_callback=stop_after(3))
    replace_part(oss_bucket, number, content)
    oss_emulator.requests.clear()
    result = upload()
    assert parts_sent(oss_emulator) == sorted({number} & {1, 2, 3} | {4, 5, 6})
    assert content_of(oss_bucket) == CONTENT
    assert result.crc == oss_bucket.head_object('目录/key').server_crc


@pytest.mark.behaviour(14)
def test_if_the_list_has_no_checksums_that_of_the_object_tells(upload, oss_bucket, monkeypatch):
    def without_checksums(result, body, parse=oss2.xml_utils.parse_list_parts):
        parse(result, body)
        for part in result.parts:
            part.part_crc = None

    monkeypatch.setattr(oss2.xml_utils, 'parse_list_parts', without_checksums)
    with pytest.raises(Stop):
        upload(progress_callback=stop_after(3))
    replace_part(oss_bucket, 2, OTHER[:PART])
    with pytest.raises(InconsistentError, match='CRC'):
        upload()
    upload()
    assert content_of(oss_bucket) == CONTENT


@pytest.mark.parametrize('damage', [
    lambda file: file.truncate(2 * PART + 5), lambda file: file.truncate(0), lambda file: file.write(b'damage'),
    lambda file: (file.seek(2 * PART + 100), file.write(b'damage'))], ids=['cut', 'emptied', 'begin', 'middle'])
def test_what_was_damaged_is_got_again(damage, stored, download, target, tmp_path, oss_emulator):
    with pytest.raises(Stop):
        download(progress_callback=stop_after(3))
    collected, = tmp_path.glob('target*.tmp-*')
    with open(str(collected), 'r+b') as file:
        damage(file)
    oss_emulator.requests.clear()
    download()
    assert target.read_bytes() == CONTENT
    assert set(RANGES[3:]) < set(ranges_asked_for(oss_emulator))


@pytest.mark.parametrize('done', [0, 3])
def test_more_than_there_should_be_is_cut_off(done, stored, download, target, tmp_path):
    with pytest.raises(Stop):
        download(progress_callback=stop_after(done))
    collected, = tmp_path.glob('target*.tmp-*')
    with open(str(collected), 'r+b') as file:
        file.seek(len(CONTENT))
        file.write(b'more')
    download()
    assert target.read_bytes() == CONTENT


# Changes meanwhile

@pytest.mark.parametrize('content', [OTHER, CONTENT + b'more', CONTENT[:-1]], ids=['other', 'longer', 'shorter'])
def test_a_file_that_changed_starts_over(content, upload, oss_bucket, oss_emulator, source, caplog):
    with pytest.raises(Stop):
        upload(progress_callback=stop_after(2))
    source.write_bytes(content)
    upload()
    assert content_of(oss_bucket) == content
    assert oss_bucket.list_multipart_uploads().upload_list == []
    assert 'changed' in caplog.text


@pytest.mark.behaviour(14)
def test_a_file_that_changes_is_noticed(upload, oss_bucket, source, tmp_path):
    oss_bucket.put_object('目录/key', b'before')

    def callback(done, total):
        if done == 2 * PART:
            source.write_bytes(OTHER)

    with pytest.raises(InconsistentError, match='changed'):
        upload(progress_callback=callback)
    assert content_of(oss_bucket) == b'before'
    assert oss_bucket.list_multipart_uploads().upload_list == []
    assert files_in(tmp_path) == ['source 文件']


def test_an_upload_that_is_gone_starts_over(upload, oss_bucket, oss_emulator):
    with pytest.raises(Stop):
        upload(progress_callback=stop_after(2))
    info, = oss_bucket.list_multipart_uploads().upload_list
    oss_bucket.abort_multipart_upload('目录/key', info.upload_id)
    upload()
    assert content_of(oss_bucket) == CONTENT


def test_an_object_that_changed_starts_over(stored, download, oss_bucket, oss_emulator, target, tmp_path, caplog):
    with pytest.raises(Stop):
        download(progress_callback=stop_after(2))
    oss_bucket.put_object('目录/key', OTHER)
    download()
    assert target.read_bytes() == OTHER
    assert files_in(tmp_path) == ['target 文件']
    assert 'changed' in caplog.text


def test_an_object_that_changes_is_noticed(stored, download, oss_bucket, target, tmp_path):
    def callback(done, total):
        if done == 2 * PART:
            oss_bucket.put_object('目录/key', OTHER)

    target.write_bytes(b'before')
    with pytest.raises(PreconditionFailed):
        download(progress_callback=callback)
    assert target.read_bytes() == b'before'
    download()
    assert target.read_bytes() == OTHER
    assert files_in(tmp_path) == ['target 文件']


# The file that is written

@pytest.mark.skipif(os.name == 'nt', reason='permissions and links are others there')
@pytest.mark.behaviour(36)
def test_the_target_keeps_its_permissions_and_links(stored, download, target, tmp_path):
    (tmp_path / 'elsewhere').mkdir()
    real = tmp_path / 'elsewhere' / 'real'
    real.write_bytes(b'before')
    os.chmod(str(real), 0o640)
    target.symlink_to(real)
    download()
    assert target.is_symlink()
    assert real.read_bytes() == CONTENT
    assert stat.S_IMODE(os.stat(str(real)).st_mode) == 0o640
    assert os.listdir(str(tmp_path / 'elsewhere')) == ['real']


@pytest.mark.skipif(os.name == 'nt', reason='permissions are others there')
@pytest.mark.behaviour(7)
def test_others_cannot_read_what_they_could_not_before(stored, download, target, tmp_path):
    """Not even while it is collected."""
    modes = set()

    def look(done, total):
        modes.update(stat.S_IMODE(os.stat(str(path)).st_mode) for path in tmp_path.glob('target*.tmp-*'))

    for mode, meanwhile in ((0o600, 0o600), (0o440, 0o640)):
        target.write_bytes(b'secret')
        target.chmod(mode)
        modes.clear()
        download(progress_callback=look)
        assert modes == {meanwhile}
        assert stat.S_IMODE(os.stat(str(target)).st_mode) == mode
        target.unlink()


@pytest.mark.parametrize('name', ['n' * 255, '名' * 85], ids=['ascii', 'chinese'])
def test_the_longest_names(name, stored, download, tmp_path):
    path = tmp_path / name
    with pytest.raises(Stop):
        download(path=path, progress_callback=stop_after(2))
    download(path=path)
    assert path.read_bytes() == CONTENT
    assert files_in(tmp_path) == [name]


def test_a_device_is_written_to(stored, download, terminal, tmp_path):
    path, wait_for = terminal
    download(path=path)
    assert wait_for(len(CONTENT)) == CONTENT
    assert stat.S_ISCHR(os.stat(path).st_mode)
    assert files_in(tmp_path) == []


def test_targets_that_cannot_be_written(stored, download, oss_emulator, tmp_path):
    oss_emulator.requests.clear()
    with pytest.raises(FileNotFoundError):
        download(path=tmp_path / 'absent' / 'file')
    with pytest.raises(IsADirectoryError):
        download(path=tmp_path)
    assert len(oss_emulator.requests) == 0


def test_no_such_object(download, tmp_path):
    with pytest.raises(NotFound):
        download()
    assert files_in(tmp_path) == []


@pytest.mark.parametrize('num_threads', [1, 4])
@pytest.mark.behaviour(36)
def test_an_object_whose_checksum_is_wrong(num_threads, stored, download, oss_emulator, target, tmp_path):
    with oss_emulator.faults.corrupt(operation='GetObject', times=1), pytest.raises(InconsistentError, match='CRC'):
        download(num_threads=num_threads)
    assert files_in(tmp_path) == []
    download(num_threads=num_threads)
    assert target.read_bytes() == CONTENT


# Giving up

def test_cancelling_an_upload(upload, oss_bucket, source, tmp_path):
    with pytest.raises(Stop):
        upload(progress_callback=stop_after(2))
    source.unlink()
    for _ in range(2):
        oss2.cancel_resumable_upload(oss_bucket, '目录/key', source, oss2.ResumableStore(str(tmp_path)))
        assert oss_bucket.list_multipart_uploads().upload_list == []
        assert files_in(tmp_path) == []


def test_cancelling_an_upload_that_is_gone(upload, oss_bucket, source, tmp_path):
    with pytest.raises(Stop):
        upload(progress_callback=stop_after(2))
    info, = oss_bucket.list_multipart_uploads().upload_list
    oss_bucket.abort_multipart_upload('目录/key', info.upload_id)
    oss2.cancel_resumable_upload(oss_bucket, '目录/key', source, oss2.ResumableStore(str(tmp_path)))
    assert files_in(tmp_path) == ['source 文件']


def test_an_upload_that_cannot_be_aborted_is_told_of(upload, oss_bucket, oss_emulator, source, caplog):
    with pytest.raises(Stop):
        upload(progress_callback=stop_after(2))
    source.write_bytes(OTHER)
    with oss_emulator.faults.fail(403, 'AccessDenied', operation='AbortMultipartUpload'):
        upload()
    assert content_of(oss_bucket) == OTHER
    assert 'was not aborted' in caplog.text


@pytest.mark.behaviour(36)
def test_cancelling_a_download(stored, download, oss_bucket, target, tmp_path):
    target.write_bytes(b'before')
    with pytest.raises(Stop):
        download(progress_callback=stop_after(2))
    for _ in range(2):
        oss2.cancel_resumable_download(oss_bucket, '目录/key', target, oss2.ResumableDownloadStore(str(tmp_path)))
        assert files_in(tmp_path) == ['target 文件']
    assert target.read_bytes() == b'before'


@pytest.mark.skipif(os.name == 'nt', reason='there is no such signal')
@pytest.mark.behaviour(14)
def test_ctrl_c_waits_for_the_threads(stored, upload, download, oss_bucket, oss_emulator, target, tmp_path):
    """Nothing goes on behind the program's back, and what was done is kept."""
    def callback(done, total):
        if done == 2 * PART:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.3)  # the main thread sees it meanwhile

    for run, operation in ((upload, 'UploadPart'), (download, 'GetObject')):
        before = own_threads()
        oss_emulator.requests.clear()
        with pytest.raises(KeyboardInterrupt):
            run(num_threads=2, progress_callback=callback)
        assert own_threads() <= before
        sent = len(oss_emulator.requests.find(operation=operation))
        assert 2 <= sent <= 4
        run(num_threads=2)
        assert len(oss_emulator.requests.find(operation=operation)) == 6
    assert target.read_bytes() == content_of(oss_bucket) == CONTENT


PAYER = {'x-oss-request-payer': 'requester'}


def test_headers_go_where_they_belong(upload, download, oss_bucket, oss_emulator, source, tmp_path):
    """Who pays is told with each request, and what an object must not overwrite when it is made."""
    oss_emulator.requests.clear()
    with pytest.raises(Stop):
        upload(headers=PAYER, progress_callback=stop_after(2))
    source.write_bytes(OTHER)
    with pytest.raises(Stop):
        upload(headers=PAYER, progress_callback=stop_after(2))
    oss2.cancel_resumable_upload(oss_bucket, '目录/key', source, oss2.ResumableStore(str(tmp_path)), PAYER)
    upload(headers=dict(PAYER, **{'x-oss-forbid-overwrite': 'true', 'x-oss-meta-a': 'b'}))
    download(headers=dict(PAYER, **{'x-oss-meta-a': 'b'}))
    assert len(oss_emulator.requests.find(operation='AbortMultipartUpload')) == 2
    assert {request.headers.get('x-oss-request-payer') for request in oss_emulator.requests} == {'requester'}
    assert {request.operation for request in oss_emulator.requests if 'x-oss-meta-a' in request.headers} == {
        'InitiateMultipartUpload', 'ListParts'}
    last, = oss_emulator.requests.find(operation='CompleteMultipartUpload')
    assert last.headers['x-oss-forbid-overwrite'] == 'true'


def test_an_object_that_must_not_be_replaced_and_appears_meanwhile(upload, oss_bucket):
    def callback(done, total):
        if done == 2 * PART:
            oss_bucket.put_object('目录/key', b'theirs')

    with pytest.raises(OssError) as caught:
        upload(headers={'x-oss-forbid-overwrite': 'true'}, progress_callback=callback)
    assert caught.value.status == 409
    assert content_of(oss_bucket) == b'theirs'


# Two at once

def at_once(run, times=2):
    """What each of several threads raised, or None."""
    barrier, outcomes = threading.Barrier(times), []

    def work():
        barrier.wait()
        try:
            run()
        except Exception as exc:
            outcomes.append(exc)
        else:
            outcomes.append(None)

    threads = [threading.Thread(target=work) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.parametrize('done', [None, 0, 2])
@pytest.mark.parametrize('kind', ['upload', 'download'])
@pytest.mark.behaviour(14)
def test_two_transfers_of_the_same_at_once(kind, done, stored, upload, download, oss_bucket, target):
    """Neither spoils the other's work: what is there in the end is right, and one of them says that it is."""
    run = {'upload': upload, 'download': download}[kind]
    for _ in range(5):
        if done is not None:
            with pytest.raises(Stop):
                run(progress_callback=stop_after(done))
        outcomes = at_once(lambda: run(num_threads=2))
        assert None in outcomes
        assert all(outcome is None or isinstance(outcome, (OssError, OSError)) for outcome in outcomes), outcomes
        assert content_of(oss_bucket) == CONTENT
        if kind == 'download':
            assert target.read_bytes() == CONTENT
            target.unlink()


# Memory

PROGRAM = textwrap.dedent('''
    import json, sys, tracemalloc
    import oss2, oss2.resumable

    job = json.loads(sys.stdin.read())
    bucket = oss2.Bucket(oss2.AuthV4(*job['key']), job['endpoint'], job['bucket'], region=job['region'])
    bucket.put_object('small', b'x')
    bucket.get_object('small').read()
    root, part = job['root'], {'part_size': 8 << 20, 'num_threads': 4}
    upload, download = oss2.ResumableStore(root), oss2.ResumableDownloadStore(root)

    def pieces():
        with open(root + '/source', 'rb') as source:
            yield from iter(lambda: source.read(100000), b'')

    for transfer in (
            lambda: oss2.resumable_upload(bucket, 'key', root + '/source', upload, multipart_threshold=0, **part),
            lambda: oss2.resumable_download(bucket, 'key', root + '/target', 0, store=download, **part),
            lambda: bucket.upload_stream('key', pieces(), part_size=4 << 20, num_threads=4)):
        tracemalloc.start()
        transfer()
        print(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
''')


@pytest.mark.behaviour(43)
def test_memory_is_that_of_the_threads_not_of_the_file(oss_bucket, oss_emulator, tmp_path):
    with open(str(tmp_path / 'source'), 'wb') as file:
        for _ in range(128):
            file.write(os.urandom(1 << 20))
    credentials = oss_emulator.credentials
    job = {'key': [credentials.access_key_id, credentials.access_key_secret], 'endpoint': oss_emulator.endpoint,
           'region': oss_emulator.region, 'bucket': oss_bucket.bucket_name, 'root': str(tmp_path)}
    done = subprocess.run([sys.executable, '-c', PROGRAM], input=json.dumps(job), stdout=subprocess.PIPE, timeout=60,
                          env=dict(os.environ, PYTHONPATH=os.path.dirname(os.path.dirname(oss2.__file__))),
                          encoding='ascii', check=True)
    upload, download, stream = (int(line) / (1 << 20) for line in done.stdout.split())
    assert upload < 8
    assert download < 16
    # One part in each thread, one that fills, and one that is handed over.
    assert stream < 4 * (4 + 2)
    assert filecmp.cmp(str(tmp_path / 'source'), str(tmp_path / 'target'), shallow=False)


@pytest.mark.parametrize('threshold', [0, -1])
def test_an_empty_object_may_be_downloaded_in_parts(oss_bucket, tmp_path, threshold):
    oss_bucket.put_object('empty', b'')
    target = tmp_path / 'target'
    target.write_bytes(b'before')
    oss2.resumable_download(oss_bucket, 'empty', str(target), multiget_threshold=threshold)
    assert target.read_bytes() == b''
