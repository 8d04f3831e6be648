"""Folders to the emulator and back: what is transferred, what is left out, and what is never written."""
from __future__ import annotations

import os
import pickle
import signal
import socket
import threading
import time

import pytest

import oss2
from oss2 import _retry
from oss2._folders import check_name, clashes, ignores_case
from oss2.exceptions import AccessDenied, ClientError, InconsistentError, NoSuchBucket, OssError
from oss2.transfer import FolderError, download_dir, upload_dir

pytestmark = pytest.mark.behaviour(41)

FILES = {'a.txt': b'first', 'empty': b'', 'sub/b.bin': bytes(range(256)) * 2000, 'sub/deep/文件.txt': b'third' * 100}
LARGE = 400 * 1024
SIZE = sum(map(len, FILES.values()))


@pytest.fixture(autouse=True)
def quick(monkeypatch, tmp_path):
    monkeypatch.setattr(_retry, 'delay', lambda attempt, asked=None: 0.0)
    for name in ('HOME', 'USERPROFILE'):
        monkeypatch.setenv(name, str(tmp_path / 'home'))
    (tmp_path / 'home').mkdir()


@pytest.fixture
def folder(tmp_path):
    """A folder whose files are some hours old."""
    root = tmp_path / 'folder'
    for name, content in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(str(path), (1600000000.5, 1600000000.5))
    return root


@pytest.fixture
def target(tmp_path):
    return tmp_path / 'target'


def files_in(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob('*') if path.is_file()}


def objects_in(bucket, prefix=''):
    return {info.key: bucket.get_object(info.key).read() for info in oss2.ObjectIterator(bucket, prefix=prefix)}


def keys(items):
    return [item.key for item in items]


def put_all(bucket, prefix='p/'):
    for name, content in FILES.items():
        bucket.put_object(prefix + name, content)


# There and back

@pytest.mark.parametrize('num_threads', [1, 3])
@pytest.mark.parametrize('prefix', ['', 'p', 'p/', 'p/目录'])
def test_there_and_back(prefix, num_threads, oss_bucket, folder, target):
    begin = prefix and prefix.rstrip('/') + '/'
    progress = []
    options = {'num_threads': num_threads, 'progress_callback': lambda *args: progress.append(args)}
    up = upload_dir(oss_bucket, folder, prefix, multipart_threshold=LARGE, part_size=102400, **options)
    assert objects_in(oss_bucket) == {begin + name: content for name, content in FILES.items()}
    assert keys(up.uploaded) == sorted(begin + name for name in FILES)
    assert [(item.path, item.size) for item in up.uploaded] == [
        (str(folder / name), len(content)) for name, content in sorted(FILES.items())]
    assert (up.skipped, up.failed) == ([], [])
    check_exact(progress)
    progress.clear()
    down = download_dir(oss_bucket, prefix, target, multiget_threshold=LARGE, part_size=102400, **options)
    assert files_in(target) == FILES
    assert keys(down.downloaded) == keys(up.uploaded)
    assert (down.skipped, down.failed) == ([], [])
    check_exact(progress)


def check_exact(progress, total=SIZE):
    assert progress[0] == (0, total)
    assert progress.count((total, total)) == 1
    assert progress[-1] == (total, total)
    assert all(earlier[0] < later[0] <= total for earlier, later in zip(progress, progress[1:]))


def test_large_ones_go_in_parts(oss_bucket, oss_emulator, folder, target):
    upload_dir(oss_bucket, folder, 'p', multipart_threshold=LARGE, part_size=102400)
    assert {request.key for request in oss_emulator.requests.find(operation='UploadPart')} == {'p/sub/b.bin'}
    assert len(oss_emulator.requests.find(operation='PutObject')) == 3
    oss_emulator.requests.clear()
    download_dir(oss_bucket, 'p', target, multiget_threshold=LARGE, part_size=102400)
    ranges = [request.key for request in oss_emulator.requests.find(operation='GetObject')
              if 'range' in request.headers]
    assert ranges == ['p/sub/b.bin'] * 5
    assert oss_bucket.head_object('p/sub/b.bin').object_type == 'Multipart'


def test_a_prefix_is_that_of_a_folder(oss_bucket, target):
    oss_bucket.put_object('photos/a', b'a')
    oss_bucket.put_object('photos2/b', b'b')
    oss_bucket.put_object('photos', b'c')
    download_dir(oss_bucket, 'photos', target)
    assert files_in(target) == {'a': b'a'}


def test_what_else_is_there_stays(oss_bucket, folder, target):
    oss_bucket.put_object('p/other', b'other')
    upload_dir(oss_bucket, folder, 'p')
    target.mkdir()
    (target / 'own').write_bytes(b'own')
    download_dir(oss_bucket, 'p', target)
    assert files_in(target) == dict(FILES, own=b'own', other=b'other')


def test_headers_are_those_of_each_object(oss_bucket, folder):
    upload_dir(oss_bucket, folder, headers={'x-oss-meta-a': 'b'}, multipart_threshold=LARGE)
    for name in FILES:
        assert oss_bucket.head_object(name).headers['x-oss-meta-a'] == 'b'
    assert oss_bucket.head_object('a.txt').content_type == 'text/plain'


# What is the same already

def test_a_second_time_nothing_is_transferred(oss_bucket, oss_emulator, folder, target):
    for _ in range(2):
        up = upload_dir(oss_bucket, folder, 'p')
        down = download_dir(oss_bucket, 'p', target)
        again = upload_dir(oss_bucket, target, 'p')
        oss_emulator.requests.clear()
    assert keys(up.skipped) == keys(down.skipped) == keys(again.skipped) == sorted('p/' + name for name in FILES)
    assert (up.uploaded, down.downloaded, again.uploaded) == ([], [], [])
    assert {item.reason for item in up.skipped} == {'it is there already'}


@pytest.mark.parametrize('compare', ['time', 'crc'])
def test_one_listing_tells_what_is_there(compare, oss_bucket, oss_emulator, folder, target):
    upload_dir(oss_bucket, folder, 'p')
    download_dir(oss_bucket, 'p', target)
    oss_emulator.requests.clear()
    upload_dir(oss_bucket, folder, 'p', compare=compare)
    download_dir(oss_bucket, 'p', target, compare=compare)
    heads = 2 * len(FILES) if compare == 'crc' else 0
    assert sorted(request.operation for request in oss_emulator.requests) == sorted(
        ['ListObjectsV2'] * 2 + ['HeadObject'] * heads)


def test_what_changed_is_transferred(oss_bucket, folder, target):
    upload_dir(oss_bucket, folder, 'p')
    download_dir(oss_bucket, 'p', target)
    (folder / 'a.txt').write_bytes(b'longer than before')
    os.utime(str(folder / 'a.txt'), (1600000000, 1600000000))
    (folder / 'sub' / 'b.bin').write_bytes(b'x' * len(FILES['sub/b.bin']))
    os.utime(str(folder / 'sub' / 'b.bin'), (time.time() + 1000, time.time() + 1000))
    assert keys(upload_dir(oss_bucket, folder, 'p').uploaded) == ['p/a.txt', 'p/sub/b.bin']
    os.utime(str(target / 'sub' / 'b.bin'), (1600000000, 1600000000))
    (target / 'empty').write_bytes(b'longer')
    assert keys(download_dir(oss_bucket, 'p', target).downloaded) == ['p/a.txt', 'p/empty', 'p/sub/b.bin']
    assert files_in(target) == files_in(folder)


def test_a_checksum_tells_what_the_time_does_not(oss_bucket, folder, target):
    upload_dir(oss_bucket, folder, 'p')
    download_dir(oss_bucket, 'p', target)
    (folder / 'a.txt').write_bytes(b'other')
    os.utime(str(folder / 'a.txt'), (1600000000, 1600000000))
    assert upload_dir(oss_bucket, folder, 'p').uploaded == []
    assert keys(upload_dir(oss_bucket, folder, 'p', compare='crc').uploaded) == ['p/a.txt']
    found = os.stat(str(target / 'a.txt'))
    (target / 'a.txt').write_bytes(b'mixed')
    os.utime(str(target / 'a.txt'), (found.st_mtime, oss_bucket.head_object('p/a.txt').last_modified))
    assert download_dir(oss_bucket, 'p', target).downloaded == []
    assert keys(download_dir(oss_bucket, 'p', target, compare='crc').downloaded) == ['p/a.txt']
    for path in target.rglob('*'):
        os.utime(str(path), (1, 1))
    assert download_dir(oss_bucket, 'p', target, compare='crc').downloaded == []
    assert files_in(target) == files_in(folder)


def test_all_is_transferred_on_demand(oss_bucket, oss_emulator, folder, target):
    upload_dir(oss_bucket, folder, 'p')
    download_dir(oss_bucket, 'p', target)
    oss_emulator.requests.clear()
    assert len(upload_dir(oss_bucket, folder, 'p', compare=None).uploaded) == len(FILES)
    assert {request.operation for request in oss_emulator.requests} == {'PutObject'}
    assert len(download_dir(oss_bucket, 'p', target, compare=None).downloaded) == len(FILES)


def test_a_dry_run_changes_nothing(oss_bucket, oss_emulator, folder, target):
    result = upload_dir(oss_bucket, folder, 'p', dry_run=True)
    assert keys(result.uploaded) == sorted('p/' + name for name in FILES)
    assert objects_in(oss_bucket) == {}
    put_all(oss_bucket)
    oss_bucket.put_object('p/a.txt', b'changed')
    os.utime(str(folder / 'a.txt'), (1600000000, 1600000000))
    result = upload_dir(oss_bucket, folder, 'p', dry_run=True)
    assert (keys(result.uploaded), len(result.skipped)) == (['p/a.txt'], 3)
    result = download_dir(oss_bucket, 'p', target, dry_run=True)
    assert keys(result.downloaded) == sorted('p/' + name for name in FILES)
    assert not target.exists()
    assert oss_bucket.get_object('p/a.txt').read() == b'changed'


# Failures

def test_one_failure_does_not_lose_the_others(oss_bucket, oss_emulator, folder, target):
    for key in ('p/a.txt', 'p/sub/b.bin'):
        oss_emulator.faults.fail(403, 'AccessDenied', key=key, times=None)
    progress = []
    with pytest.raises(FolderError) as caught:
        upload_dir(oss_bucket, folder, 'p', multipart_threshold=LARGE,
                   progress_callback=lambda *args: progress.append(args))
    result = caught.value.result
    assert keys(result.failed) == ['p/a.txt', 'p/sub/b.bin']
    assert all(isinstance(item.error, AccessDenied) for item in result.failed)
    assert keys(result.uploaded) == ['p/empty', 'p/sub/deep/文件.txt']
    assert isinstance(caught.value, OssError)
    assert caught.value.__cause__ is result.failed[0].error
    assert 'p/a.txt: AccessDenied: ' in str(caught.value)
    assert caught.value.message in str(caught.value)
    assert progress[-1][0] < SIZE
    oss_emulator.faults.clear()
    assert keys(upload_dir(oss_bucket, folder, 'p').uploaded) == ['p/a.txt', 'p/sub/b.bin']
    oss_emulator.faults.fail(403, 'AccessDenied', key='p/empty', operation='GetObject', times=None)
    with pytest.raises(FolderError) as caught:
        download_dir(oss_bucket, 'p', target)
    assert keys(caught.value.result.failed) == ['p/empty']
    assert len(caught.value.result.downloaded) == 3
    assert sorted(files_in(target)) == sorted(set(FILES) - {'empty'})


def test_an_error_of_many_names_some_and_travels_between_processes(oss_bucket, oss_emulator, folder):
    for number in range(5):
        (folder / ('more%d' % number)).write_bytes(b'x')
    with oss_emulator.faults.fail(403, 'AccessDenied', operation='PutObject', times=None):
        with pytest.raises(FolderError, match=r'9 not transferred: a.txt: AccessDenied: .*; and 6 more') as caught:
            upload_dir(oss_bucket, folder)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), keys(copy.result.failed)) == (str(caught.value), keys(caught.value.result.failed))


def test_what_may_pass_is_tried_again(oss_bucket, oss_emulator, folder, target):
    progress = []
    oss_emulator.faults.fail(503, 'ServiceUnavailable', times=2, operation='PutObject')
    upload_dir(oss_bucket, folder, 'p', num_threads=1, progress_callback=lambda *args: progress.append(args))
    assert progress[-1] == (SIZE, SIZE)
    assert progress.count((SIZE, SIZE)) == 1
    oss_emulator.faults.cut_answer(1000, times=2, operation='GetObject')
    progress.clear()
    download_dir(oss_bucket, 'p', target, num_threads=1, progress_callback=lambda *args: progress.append(args))
    assert progress[-1] == (SIZE, SIZE)
    assert files_in(target) == FILES


@pytest.mark.parametrize('size', [10, LARGE])
def test_a_file_that_changes_is_told(size, oss_bucket, tmp_path):
    root = tmp_path / 'root'
    root.mkdir()
    path = root / 'log'
    path.write_bytes(b'x' * size)

    def grow(consumed, total):
        if consumed:
            with open(str(path), 'ab') as file:
                file.write(b'more')

    with pytest.raises(FolderError, match='changed') as caught:
        upload_dir(oss_bucket, root, multipart_threshold=LARGE, progress_callback=grow)
    assert isinstance(caught.value.__cause__, InconsistentError)


def test_no_such_folder_or_bucket(oss_bucket, oss_emulator, folder, target, tmp_path):
    oss_emulator.requests.clear()
    with pytest.raises(FileNotFoundError):
        upload_dir(oss_bucket, tmp_path / 'absent')
    with pytest.raises(NotADirectoryError):
        upload_dir(oss_bucket, folder / 'a.txt')
    for prefix in ('/p', '\\p', b'p'):
        for call in (lambda p: upload_dir(oss_bucket, folder, p), lambda p: download_dir(oss_bucket, p, target)):
            with pytest.raises(ClientError):
                call(prefix)
    for call in (upload_dir, lambda bucket, path, **options: download_dir(bucket, 'p', path, **options)):
        with pytest.raises(ClientError, match='compare'):
            call(oss_bucket, folder, compare='size')
    assert len(oss_emulator.requests) == 0
    with pytest.raises(OSError):
        download_dir(oss_bucket, 'p', folder / 'a.txt')
    oss_bucket.bucket_name = 'absent-bucket'
    with pytest.raises(NoSuchBucket):
        upload_dir(oss_bucket, folder)
    with pytest.raises(NoSuchBucket):
        download_dir(oss_bucket, 'p', target)
    assert not target.exists()


def test_an_error_of_the_callback_ends_it(oss_bucket, folder, target):
    def fail(consumed, total):
        if consumed:
            raise KeyError('mine')

    with pytest.raises(KeyError, match='mine'):
        upload_dir(oss_bucket, folder, progress_callback=fail)


@pytest.mark.skipif(os.name == 'nt', reason='there is no such signal')
def test_ctrl_c_ends_it(oss_bucket, tmp_path):
    root = tmp_path / 'root'
    root.mkdir()
    for number in range(50):
        (root / str(number)).write_bytes(b'x')
    before = {thread for thread in threading.enumerate() if not thread.name.startswith('oss2-emulator')}

    def interrupt(consumed, total):
        if consumed == 5:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.3)  # the main thread sees it meanwhile

    with pytest.raises(KeyboardInterrupt):
        upload_dir(oss_bucket, root, num_threads=2, progress_callback=interrupt)
    after = {thread for thread in threading.enumerate() if not thread.name.startswith('oss2-emulator')}
    assert after <= before
    assert 5 <= len(objects_in(oss_bucket)) < 10


# Names

@pytest.mark.parametrize('name', [
    '../a', 'a/../../b', '..', '.', './a', 'a/./b', '/etc/passwd', 'a//b', '//a', '..\\a', 'a\\b', 'C:/a', 'c:a',
    'a/d:b', 'a\0b', '/'])
def test_names_that_are_never_written(name, oss_bucket, target, tmp_path):
    key = 'p/' + name
    oss_bucket.put_object('p/good', b'good')
    before = files_in(tmp_path)
    with pytest.raises(ClientError):
        check_name(name, False)
    if '\0' not in name:  # which OSS does not take
        oss_bucket.put_object(key, b'' if name.endswith('/') else b'evil')
        with pytest.raises(FolderError) as caught:
            download_dir(oss_bucket, 'p', target)
        item, = caught.value.result.failed
        assert item.key == key
        assert isinstance(item.error, ClientError)
        assert files_in(tmp_path) == dict(before, **{'target/good': b'good'})


@pytest.mark.parametrize('name', ['a:b', 'aux', 'a/NUL.txt', 'com1', 'a?', 'a ', 'a.', 'x/a./b', 'a\x01b', 'a|b', 'b"'])
def test_names_that_windows_does_not_take(name):
    with pytest.raises(ClientError):
        check_name(name, True)


@pytest.mark.parametrize('name', [
    'a', 'a/b', 'a/', 'a..b', '...a', '..a/b', 'auxiliary', 'a b', 'com', 'nul1', '文件', '.a'])
def test_names_that_are_written(name):
    check_name(name, True)
    check_name(name, False)


def test_names_that_clash():
    assert clashes(['a', 'A', 'b', 'c/d', 'C/e', 'f'], False) == {}
    assert set(clashes(['a', 'A', 'b', 'c/d', 'C/e', 'f'], True)) == {'a'}
    assert set(clashes(['x/a', 'x/A', 'x/Ä', 'x/ä', 'x/A\u0308'], True)) == {'x/a', 'x/Ä', 'x/ä'}
    assert set(clashes(['a', 'a/b', 'c/', 'c/d', 'e'], False)) == {'a'}
    assert set(clashes(['a', 'A/b'], True)) == {'a'}
    assert set(clashes(['a', 'a/'], False)) == {'a'}


def test_case_clashes(oss_bucket, target):
    oss_bucket.put_object('p/A', b'upper')
    oss_bucket.put_object('p/a', b'lower')
    with pytest.raises(FolderError, match="'a' and 'A' are one file") as caught:
        download_dir(oss_bucket, 'p', target, ignore_case=True)
    assert (keys(caught.value.result.downloaded), keys(caught.value.result.failed)) == (['p/A'], ['p/a'])
    assert files_in(target) == {'A': b'upper'}


def test_whether_case_counts_is_found_out(tmp_path):
    path = tmp_path / 'Probe'
    path.mkdir()
    assert ignores_case(str(path)) is ignores_case(str(path / 'absent' / 'x')) is (tmp_path / 'pROBE').exists()


def test_an_object_that_is_a_folder_too(oss_bucket, target):
    oss_bucket.put_object('p/a', b'file')
    oss_bucket.put_object('p/a/b', b'below')
    with pytest.raises(FolderError, match='makes it a folder'):
        download_dir(oss_bucket, 'p', target)
    assert files_in(target) == {'a/b': b'below'}


def test_a_file_where_a_folder_is(oss_bucket, target):
    oss_bucket.put_object('p/a', b'file')
    oss_bucket.put_object('p/b/c', b'below')
    (target / 'a').mkdir(parents=True)
    (target / 'b').write_bytes(b'own')
    with pytest.raises(FolderError) as caught:
        download_dir(oss_bucket, 'p', target)
    assert keys(caught.value.result.failed) == ['p/a', 'p/b/c']
    assert all(isinstance(item.error, OSError) for item in caught.value.result.failed)
    assert files_in(target) == {'b': b'own'}


# Links, empty folders and what is no file

@pytest.mark.skipif(os.name == 'nt', reason='links need a privilege there')
def test_links_that_lead_out_are_not_written_through(oss_bucket, target, tmp_path):
    outside = tmp_path / 'outside'
    outside.mkdir()
    (outside / 'file').write_bytes(b'own')
    target.mkdir()
    (target / 'folder').symlink_to(outside)
    (target / 'file').symlink_to(outside / 'file')
    (target / 'dangling').symlink_to(outside / 'new')
    (target / 'inside').mkdir()
    (target / 'link').symlink_to(target / 'inside')
    for name in ('folder/file', 'folder/new', 'file', 'dangling', 'link/fine'):
        oss_bucket.put_object('p/' + name, b'evil')
    with pytest.raises(FolderError, match='leads out') as caught:
        download_dir(oss_bucket, 'p', target)
    assert keys(caught.value.result.failed) == ['p/dangling', 'p/file', 'p/folder/file', 'p/folder/new']
    assert files_in(outside) == {'file': b'own'}
    assert (target / 'inside' / 'fine').read_bytes() == b'evil'


@pytest.mark.skipif(os.name == 'nt', reason='links need a privilege there')
def test_links_are_followed_or_skipped(oss_bucket, folder, tmp_path):
    outside = tmp_path / 'outside'
    outside.mkdir()
    (outside / 'x').write_bytes(b'x')
    (folder / 'to-file').symlink_to(outside / 'x')
    (folder / 'to-folder').symlink_to(outside)
    result = upload_dir(oss_bucket, folder, 'skipped', follow_symlinks=False)
    assert [(item.key, item.reason) for item in result.skipped] == [
        ('skipped/to-file', 'it is a symbolic link'), ('skipped/to-folder', 'it is a symbolic link')]
    assert objects_in(oss_bucket, 'skipped/') == {'skipped/' + name: content for name, content in FILES.items()}
    upload_dir(oss_bucket, folder, 'followed')
    assert objects_in(oss_bucket, 'followed/').keys() == {
        'followed/' + name for name in [*FILES, 'to-file', 'to-folder/x']}


@pytest.mark.skipif(os.name == 'nt', reason='links need a privilege there')
def test_links_to_nothing_and_in_circles_fail(oss_bucket, folder):
    (folder / 'broken').symlink_to(folder / 'absent')
    (folder / 'sub' / 'up').symlink_to(folder)
    with pytest.raises(FolderError) as caught:
        upload_dir(oss_bucket, folder, 'p')
    assert keys(caught.value.result.failed) == ['p/broken', 'p/sub/up/']
    assert objects_in(oss_bucket) == {'p/' + name: content for name, content in FILES.items()}


@pytest.mark.skipif(not hasattr(os, 'mkfifo'), reason='there are no pipes with names')
def test_what_is_no_file(oss_bucket, folder, target):
    os.mkfifo(str(folder / 'pipe'))
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(folder / 's'))
        result = upload_dir(oss_bucket, folder, 'p')
    assert [(item.key, item.reason) for item in result.skipped] == [
        ('p/pipe', 'it is no regular file'), ('p/s', 'it is no regular file')]
    oss_bucket.put_object('p/pipe', b'x')
    target.mkdir()
    os.mkfifo(str(target / 'pipe'))
    with pytest.raises(FolderError, match='neither a file nor a folder'):
        download_dir(oss_bucket, 'p', target)
    assert len(files_in(target)) == len(FILES)


@pytest.mark.skipif(not hasattr(os, 'getuid') or os.getuid() == 0, reason='root may read everything')
def test_a_folder_that_cannot_be_read(oss_bucket, folder):
    os.chmod(str(folder / 'sub'), 0)
    try:
        with pytest.raises(FolderError) as caught:
            upload_dir(oss_bucket, folder)
    finally:
        os.chmod(str(folder / 'sub'), 0o700)
    assert keys(caught.value.result.failed) == ['sub/']
    assert keys(caught.value.result.uploaded) == ['a.txt', 'empty']


@pytest.mark.skipif(os.name == 'nt', reason='names are Unicode there')
def test_a_file_whose_name_is_no_text(oss_bucket, folder):
    path = os.path.join(os.fsencode(str(folder)), b'\xff')
    try:
        open(path, 'wb').close()
    except OSError:
        pytest.skip('the file system does not take such a name')
    with pytest.raises(FolderError) as caught:
        upload_dir(oss_bucket, folder)
    item, = caught.value.result.failed
    assert isinstance(item.error, ClientError)
    assert len(caught.value.result.uploaded) == len(FILES)


def test_empty_folders(oss_bucket, folder, target):
    (folder / 'void' / 'inner').mkdir(parents=True)
    assert len(upload_dir(oss_bucket, folder, 'p').uploaded) == len(FILES)
    assert keys(upload_dir(oss_bucket, folder, 'p', empty_folders=True).uploaded) == ['p/void/inner/']
    assert keys(upload_dir(oss_bucket, folder, 'p', empty_folders=True, compare='crc').uploaded) == []
    assert oss_bucket.get_object('p/void/inner/').read() == b''
    oss_bucket.put_object('p/', b'')
    oss_bucket.put_object('p/wrong/', b'content')
    with pytest.raises(FolderError, match='name of a folder') as caught:
        download_dir(oss_bucket, 'p', target)
    assert keys(caught.value.result.failed) == ['p/wrong/']
    assert (target / 'void' / 'inner').is_dir()
    assert not (target / 'wrong').exists()
    oss_bucket.delete_object('p/wrong/')
    assert download_dir(oss_bucket, 'p', target, compare=None).failed == []
    assert 'p/void/inner/' in keys(download_dir(oss_bucket, 'p', target).skipped)


def test_many_are_listed_in_pages(oss_bucket, monkeypatch, folder, target):
    upload_dir(oss_bucket, folder, 'p')
    monkeypatch.setattr('oss2.iterators.LARGEST_PAGE', 2)
    download_dir(oss_bucket, 'p', target)
    assert files_in(target) == FILES
    assert len(upload_dir(oss_bucket, folder, 'p').skipped) == len(FILES)


def test_encrypted(oss_bucket, make_encrypted, folder, target):
    bucket = make_encrypted()
    upload_dir(bucket, folder, 'p', multipart_threshold=LARGE)
    assert oss_bucket.get_object('p/a.txt').read() != FILES['a.txt']
    download_dir(bucket, 'p', target)
    assert files_in(target) == FILES
    assert len(upload_dir(bucket, folder, 'p').skipped) == len(FILES)
    with pytest.raises(ClientError, match='CryptoBucket'):
        upload_dir(bucket, folder, 'p', compare='crc')


def test_what_cannot_be_compared_has_failed(oss_bucket, oss_emulator, folder, target):
    upload_dir(oss_bucket, folder, 'p')
    oss_emulator.faults.fail(403, 'AccessDenied', key='p/a.txt', operation='HeadObject', times=None)
    oss_emulator.faults.fail(403, 'AccessDenied', key='p/a.txt', operation='GetObjectMeta', times=None)
    with pytest.raises(FolderError) as caught:
        upload_dir(oss_bucket, folder, 'p', compare='crc')
    assert keys(caught.value.result.failed) == ['p/a.txt']
    assert isinstance(caught.value.result.failed[0].error, AccessDenied)
    assert len(caught.value.result.skipped) == len(FILES) - 1


@pytest.mark.skipif(os.name == 'nt', reason='case never counts there')
def test_where_no_letter_is_in_the_path_case_counts():
    assert not ignores_case('/')


@pytest.mark.parametrize('compare', ['time', 'crc'])
def test_who_pays_is_said_with_each_request(compare, oss_bucket, oss_emulator, folder, target):
    headers = {'x-oss-request-payer': 'requester'}
    oss_emulator.requests.clear()
    for _ in range(2):
        upload_dir(oss_bucket, folder, compare=compare, headers=headers)
        download_dir(oss_bucket, '', target, compare=compare, headers=headers)
    assert len(oss_emulator.requests) > len(FILES)
    assert {request.headers.get('x-oss-request-payer') for request in oss_emulator.requests} == {'requester'}
