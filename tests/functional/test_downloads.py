"""Downloading: every framing that HTTP has, every way of reading, and what becomes of the file when it fails."""
from __future__ import annotations

import contextlib
import io
import os
import shutil
import stat
import subprocess
import sys
import textwrap
import threading
import tracemalloc

import pytest
from rawserver import Sent, answer, compressed

import oss2
from oss2.exceptions import InconsistentError, NoSuchKey, OssError, RequestError
from oss2.utils import Crc64

FRAMINGS = ['length', 'chunked', 'close', 'gzip+length', 'gzip+chunked', 'gzip+close']

# Longer than a block, and no multiple of one.
BODY = b''.join(b'%d,' % (i * i) for i in range(60000))

posix_only = pytest.mark.skipif(os.name != 'posix', reason='what a path can be on POSIX')


def crc_of(content):
    crc = Crc64()
    crc(content)
    return crc.crc


def in_pieces(size):
    return lambda result: b''.join(iter(lambda: result.read(size), b''))


def mixed(result):
    """One way after another: a piece, a step of iterating, the rest."""
    return result.read(10) + next(iter(result), b'') + result.read()


def into_buffer(result):
    buffer = bytearray(4000)
    return b''.join(iter(lambda: bytes(buffer[:result.readinto(buffer)]), b''))


def copied(result):
    out = io.BytesIO()
    shutil.copyfileobj(result, out)
    return out.getvalue()


WAYS = {'read()': lambda result: result.read(), 'read(-1)': lambda result: result.read(-1), 'iterate': b''.join,
        'mixed': mixed, 'readinto': into_buffer, 'copyfileobj': copied,
        'buffered': lambda result: io.BufferedReader(result).read(),
        **{'read(%d)' % size: in_pieces(size) for size in (1, 1024, 16 * 1024, 1024 * 1024)}}


def body_for(way):
    return BODY[:3000] if way == 'read(1)' else BODY


@pytest.fixture(params=[False, True], ids=['', 'progress'])
def options(request):
    return {'progress_callback': lambda consumed, total: None} if request.param else {}


@pytest.fixture(params=[True, False], ids=['crc', 'no crc'])
def enable_crc(request):
    return request.param


@pytest.mark.behaviour(1)
@pytest.mark.parametrize('framing', FRAMINGS)
def test_every_way_of_reading_gives_the_same_bytes(framing, options, enable_crc, raw_server, make_bucket, tmp_path):
    server = raw_server(b'')
    bucket = make_bucket(server.url, enable_crc=enable_crc)
    for name, way in WAYS.items():
        server.answers = answer(body_for(name), framing=framing)
        with bucket.get_object('key', **options) as result:
            assert way(result) == body_for(name), name
            assert result.read() == b'', name
            assert result.read(5) == b'', name
            assert list(result) == [], name
    bucket.get_object_to_file('key', str(tmp_path / 'file'), **options)
    assert (tmp_path / 'file').read_bytes() == BODY


@pytest.mark.behaviour(1)
@pytest.mark.parametrize('framing', FRAMINGS)
def test_read_returns_as_much_as_was_asked_for(framing, raw_server, make_bucket):
    """Fewer bytes come only at the end: programs that unpack headers of fixed length count on it."""
    result = make_bucket(raw_server(answer(BODY, framing=framing)).url).get_object('key')
    sizes = [len(piece) for piece in iter(lambda: result.read(1500), b'')]
    assert set(sizes[:-1]) == {1500}
    assert sum(sizes) == len(BODY)


@pytest.mark.parametrize('framing', FRAMINGS)
@pytest.mark.parametrize('body', [b'', b'x'], ids=['empty', 'one byte'])
def test_tiny_bodies(framing, body, raw_server, make_bucket, tmp_path):
    bucket = make_bucket(raw_server(answer(body, framing=framing)).url)
    for name, way in WAYS.items():
        assert way(bucket.get_object('key')) == body, name
    bucket.get_object_to_file('key', str(tmp_path / 'file'))
    assert (tmp_path / 'file').read_bytes() == body


@pytest.mark.behaviour(10)
@pytest.mark.parametrize('encoding', ['gzip', 'x-gzip', 'GZIP', 'deflate', 'raw deflate', 'identity', 'unheard-of'])
def test_content_encodings(encoding, raw_server, make_bucket, tmp_path):
    """What is not decoded comes as it is stored."""
    import zlib
    body = {'deflate': zlib.compress(BODY), 'raw deflate': zlib.compress(BODY)[2:-4], 'identity': BODY,
            'unheard-of': BODY}.get(encoding) or compressed(BODY)
    bucket = make_bucket(raw_server(answer(body, headers={
        'Content-Encoding': encoding.split()[-1], 'x-oss-hash-crc64ecma': crc_of(body)})).url)
    assert bucket.get_object('key').read() == BODY
    bucket.get_object_to_file('key', str(tmp_path / 'file'))
    assert (tmp_path / 'file').read_bytes() == BODY


def test_several_gzip_members(raw_server, make_bucket):
    body = compressed(BODY[:5000]) + compressed(b'') + compressed(BODY[5000:]) + b'\0' * 512
    bucket = make_bucket(raw_server(answer(body, headers={'Content-Encoding': 'gzip'})).url)
    assert bucket.get_object('key').read() == BODY
    assert in_pieces(100)(bucket.get_object('key')) == BODY


@pytest.mark.parametrize('way', ['read()', 'read(1024)', 'iterate'])
def test_content_that_is_not_what_its_encoding_says(way, raw_server, make_bucket):
    bucket = make_bucket(raw_server(answer(BODY, headers={'Content-Encoding': 'gzip'})).url)
    with bucket.get_object('key') as result, pytest.raises(InconsistentError) as caught:
        WAYS[way](result)
    assert caught.value.__cause__ is not None


@pytest.mark.behaviour(1)
@pytest.mark.parametrize('framing', FRAMINGS)
def test_a_body_that_is_cut_short_raises(framing, options, enable_crc, raw_server, make_bucket, tmp_path, no_retries):
    server = raw_server(b'')
    bucket = make_bucket(server.url, enable_crc=enable_crc)
    for name, way in WAYS.items():
        for cut in (0, 1, 900):
            server.answers = answer(body_for(name), framing=framing, cut=cut)
            with pytest.raises(OssError):
                way(bucket.get_object('key', **options))
                pytest.fail('%s of a body cut at %d bytes raised nothing' % (name, cut))
    with pytest.raises(OssError):
        bucket.get_object_to_file('key', str(tmp_path / 'file'), **options)
    assert os.listdir(str(tmp_path)) == []


@pytest.mark.parametrize('framing', ['length', 'chunked'])
def test_a_cut_body_says_what_happened(framing, raw_server, make_bucket, no_retries):
    result = make_bucket(raw_server(answer(BODY, framing=framing, cut=100)).url).get_object('key')
    with pytest.raises(RequestError) as caught:
        result.read()
    assert caught.value.message
    assert isinstance(caught.value.exception, Exception)
    assert caught.value.status == -2


@pytest.mark.promise('S062')
def test_a_silent_server_is_a_read_timeout(raw_server, make_bucket, no_retries):
    released = threading.Event()

    def answers(request):
        if request.target.endswith('/begun'):
            return Sent(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc')
        released.wait(5)
        return b''

    bucket = make_bucket(raw_server(answers).url, connect_timeout=(5, 0.1))
    with bucket.get_object('begun') as result, pytest.raises(oss2.exceptions.ReadTimeout):
        result.read()
    with pytest.raises(oss2.exceptions.ReadTimeout):
        bucket.get_object('silent')
    released.set()


@pytest.mark.behaviour(10)
@pytest.mark.parametrize('framing', FRAMINGS)
def test_a_wrong_checksum_fails_a_download_to_a_file(framing, options, raw_server, make_bucket, tmp_path):
    """The checksum is that of the bytes that travelled."""
    right = crc_of(compressed(BODY) if framing.startswith('gzip') else BODY)
    server = raw_server(answer(BODY, framing=framing, headers={'x-oss-hash-crc64ecma': right}))
    bucket = make_bucket(server.url)
    result = bucket.get_object_to_file('key', str(tmp_path / 'good'), **options)
    assert result.client_crc == result.server_crc == right
    server.answers = answer(BODY, framing=framing, headers={'x-oss-hash-crc64ecma': right ^ 1})
    with pytest.raises(InconsistentError) as caught:
        bucket.get_object_to_file('key', str(tmp_path / 'bad'), **options)
    assert caught.value.request_id == 'RAW'
    assert os.listdir(str(tmp_path)) == ['good']
    make_bucket(server.url, enable_crc=False).get_object_to_file('key', str(tmp_path / 'unchecked'), **options)
    assert (tmp_path / 'unchecked').read_bytes() == BODY


def test_the_checksum_of_a_whole_object_is_not_that_of_a_range(raw_server, make_bucket, tmp_path):
    bucket = make_bucket(raw_server(answer(BODY[:100], status=206, headers={
        'x-oss-hash-crc64ecma': crc_of(BODY), 'Content-Range': 'bytes 0-99/%d' % len(BODY)})).url)
    bucket.get_object_to_file('key', str(tmp_path / 'file'), byte_range=(0, 99))
    assert (tmp_path / 'file').read_bytes() == BODY[:100]
    result = bucket.get_object('key', byte_range=(0, 99))
    assert result.read() == BODY[:100]
    assert result.content_range == 'bytes 0-99/%d' % len(BODY)


def test_a_corrupt_object_to_a_file(oss_bucket, oss_emulator, tmp_path):
    oss_bucket.put_object('key', BODY)
    for fault in (oss_emulator.faults.corrupt, oss_emulator.faults.wrong_crc):
        with fault(method='GET'), pytest.raises(InconsistentError):
            oss_bucket.get_object_to_file('key', str(tmp_path / 'file'))
    for by in (1, -1):
        with oss_emulator.faults.wrong_length(by, method='GET'), pytest.raises(OssError):
            oss_bucket.get_object_to_file('key', str(tmp_path / 'file'))
    assert os.listdir(str(tmp_path)) == []


@pytest.mark.behaviour(5)
@pytest.mark.promise('S076', 'S079', 'S130', 'S141')
@pytest.mark.parametrize('framing', FRAMINGS)
def test_progress_of_a_download(framing, raw_server, make_bucket, tmp_path):
    """The total is the Content-Length, None without one; the bytes are those that travel."""
    bucket = make_bucket(raw_server(answer(BODY, framing=framing)).url)
    size = len(compressed(BODY)) if framing.startswith('gzip') else len(BODY)
    total = size if framing.endswith('length') else None
    for download in (lambda callback: bucket.get_object('key', progress_callback=callback).read(),
                     lambda callback: in_pieces(999)(bucket.get_object('key', progress_callback=callback)),
                     lambda callback: b''.join(bucket.get_object('key', progress_callback=callback)),
                     lambda callback: bucket.get_object_to_file('key', str(tmp_path / 'file'),
                                                                progress_callback=callback)):
        calls = []
        download(lambda *args: calls.append(args))
        consumed = [args[0] for args in calls]
        assert {args[1] for args in calls} == {total}
        assert consumed == sorted(consumed)
        assert consumed[-1] == size
        assert consumed.count(size) == 1


class Broken(Exception):
    """What a callback of the user's raises."""


@pytest.mark.parametrize('exception', [Broken, KeyboardInterrupt, SystemExit])
def test_what_a_callback_raises_comes_through(exception, raw_server, make_bucket, tmp_path):
    server = raw_server(answer(BODY))

    def callback(consumed, total):
        raise exception

    bucket = make_bucket(server.url)
    (tmp_path / 'file').write_bytes(b'before')
    with pytest.raises(exception):
        bucket.get_object_to_file('key', str(tmp_path / 'file'), progress_callback=callback)
    assert (tmp_path / 'file').read_bytes() == b'before'
    assert os.listdir(str(tmp_path)) == ['file']
    assert bucket.get_object('key').read() == BODY


@contextlib.contextmanager
def full_disk(limit):
    """No file can grow beyond *limit* bytes."""
    import resource
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


NOT_FOUND = answer(b'<Error><Code>NoSuchKey</Code></Error>', status=404)
FAILURES = {
    'not found': (NOT_FOUND, NoSuchKey),
    'cut': (answer(BODY, cut=1000), OssError),
    'cut in chunks': (answer(BODY, framing='chunked', cut=1000), OssError),
    'no body at all': (answer(BODY, cut=0), OssError),
    'wrong checksum': (answer(BODY, headers={'x-oss-hash-crc64ecma': '1'}), InconsistentError),
    'no answer': (Sent(b'', 'close'), RequestError),
    'redirected': (answer(status=302, headers={'Location': 'http://127.0.0.1:1/'}), oss2.exceptions.ServerError),
}


@pytest.mark.behaviour(7)
@pytest.mark.parametrize('failure', FAILURES)
@pytest.mark.parametrize('there_before', [True, False], ids=['file', 'no file'])
@pytest.mark.parametrize('by_url', [False, True], ids=['', 'by URL'])
def test_a_failed_download_leaves_the_folder_as_it_was(failure, there_before, by_url, raw_server, make_bucket, tmp_path,
                                                       no_retries):
    sent, exception = FAILURES[failure]
    server = raw_server(sent)
    bucket = make_bucket(server.url)
    path = tmp_path / 'file'
    if there_before:
        path.write_bytes(b'before')
        path.chmod(0o640)
    with pytest.raises(exception):
        if by_url:
            bucket.get_object_with_url_to_file(server.url + '/test-bucket/key?Signature=s', str(path))
        else:
            bucket.get_object_to_file('key', str(path))
    assert [entry.name for entry in tmp_path.iterdir()] == (['file'] if there_before else [])
    if there_before:
        assert path.read_bytes() == b'before'
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.behaviour(7)
@posix_only
def test_a_full_disk_leaves_the_folder_as_it_was(raw_server, make_bucket, tmp_path):
    bucket = make_bucket(raw_server(answer(BODY)).url)
    (tmp_path / 'file').write_bytes(b'before')
    with full_disk(10000), pytest.raises(OSError):
        bucket.get_object_to_file('key', str(tmp_path / 'file'))
    assert (tmp_path / 'file').read_bytes() == b'before'
    assert os.listdir(str(tmp_path)) == ['file']
    bucket.get_object_to_file('key', str(tmp_path / 'file'))
    assert (tmp_path / 'file').read_bytes() == BODY


@pytest.mark.promise('S063', 'S138')
def test_a_folder_that_is_not_there(raw_server, make_bucket, tmp_path):
    server = raw_server(answer(BODY))
    bucket = make_bucket(server.url)
    with pytest.raises(FileNotFoundError):
        bucket.get_object_to_file('key', str(tmp_path / 'folder' / 'file'))
    with pytest.raises(OSError):
        bucket.get_object_to_file('key', str(tmp_path))
    assert bucket.get_object('key').read() == BODY


def test_paths_of_every_kind(raw_server, make_bucket, tmp_path):
    bucket = make_bucket(raw_server(answer(BODY)).url)
    for path in (tmp_path / 'path', str(tmp_path / 'str'), os.fsencode(str(tmp_path / 'bytes')), tmp_path / '文件.txt'):
        bucket.get_object_to_file('key', path)
        with open(path, 'rb') as file:
            assert file.read() == BODY
    assert len(os.listdir(str(tmp_path))) == 4


def test_a_path_relative_to_the_working_folder(raw_server, make_bucket, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make_bucket(raw_server(answer(BODY)).url).get_object_to_file('key', 'file')
    assert (tmp_path / 'file').read_bytes() == BODY


@posix_only
@pytest.mark.parametrize('name', ['n' * 255, '文' * 85, '\U0001f600' * 63], ids=['ascii', 'chinese', 'emoji'])
def test_the_longest_file_names(name, raw_server, make_bucket, tmp_path):
    make_bucket(raw_server(answer(BODY)).url).get_object_to_file('key', tmp_path / name)
    assert os.listdir(str(tmp_path)) == [name]


@pytest.mark.behaviour(7)
@posix_only
def test_permissions_are_those_that_open_would_give(raw_server, make_bucket, tmp_path):
    bucket = make_bucket(raw_server(answer(BODY)).url)
    before = os.umask(0o027)
    try:
        bucket.get_object_to_file('key', tmp_path / 'new')
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / 'new').stat().st_mode) == 0o640
    for mode in (0o600, 0o755, 0o444):
        (tmp_path / 'old').touch()
        (tmp_path / 'old').chmod(mode)
        bucket.get_object_to_file('key', tmp_path / 'old')
        assert stat.S_IMODE((tmp_path / 'old').stat().st_mode) == mode


@posix_only
def test_a_symbolic_link_stays_and_its_target_is_replaced(raw_server, make_bucket, tmp_path):
    server = raw_server(answer(BODY))
    bucket = make_bucket(server.url)
    for name in ('there', 'dangling'):
        (tmp_path / name).mkdir()
        target, link = tmp_path / name / 'target', tmp_path / (name + '-link')
        if name == 'there':
            target.write_bytes(b'before')
        link.symlink_to(target)
        server.answers = NOT_FOUND
        with pytest.raises(NoSuchKey):
            bucket.get_object_to_file('key', link)
        assert os.listdir(str(target.parent)) == (['target'] if name == 'there' else [])
        server.answers = answer(BODY)
        bucket.get_object_to_file('key', link)
        assert link.is_symlink()
        assert target.read_bytes() == BODY
        assert os.listdir(str(target.parent)) == ['target']


@posix_only
def test_a_pipe_is_written_to(raw_server, make_bucket, tmp_path):
    bucket = make_bucket(raw_server(answer(BODY)).url)
    os.mkfifo(str(tmp_path / 'pipe'))
    read = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / 'pipe').read_bytes()))
    reader.start()
    bucket.get_object_to_file('key', tmp_path / 'pipe')
    reader.join()
    assert read == [BODY]
    assert stat.S_ISFIFO((tmp_path / 'pipe').stat().st_mode)


@posix_only
def test_a_device_is_written_to(raw_server, make_bucket, terminal):
    path, wait_for = terminal
    make_bucket(raw_server(answer(BODY)).url).get_object_to_file('key', path)
    assert wait_for(len(BODY)) == BODY
    assert stat.S_ISCHR(os.stat(path).st_mode)


STDOUT_PROGRAM = textwrap.dedent('''
    import sys, oss2
    print('before', flush=True)
    with oss2.Bucket(oss2.AnonymousAuth(), sys.argv[1], 'test-bucket') as bucket:
        bucket.get_object_to_file('key', '/dev/stdout')
    print('after', flush=True)
''')


@posix_only
@pytest.mark.parametrize('kind', ['pipe', 'file'])
def test_standard_output_as_the_target(kind, raw_server, tmp_path):
    """Whatever it is redirected to, what the program prints around the download is there as well."""
    server = raw_server(answer(b'the object\n'))
    command = [sys.executable, '-W', 'error', '-c', STDOUT_PROGRAM, server.url]
    if kind == 'pipe':
        out = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    else:
        with open(str(tmp_path / 'out'), 'ab') as file:
            subprocess.run(command, stdout=file, check=True)
        out = (tmp_path / 'out').read_bytes()
        assert os.listdir(str(tmp_path)) == ['out']
    assert out.replace(b'before\n', b'') == b'the object\nafter\n'


def test_the_result_of_a_download_to_a_file(oss_bucket, tmp_path):
    oss_bucket.put_object('key.txt', BODY, headers={'x-oss-meta-a': 'b'})
    result = oss_bucket.get_object_to_file('key.txt', str(tmp_path / 'file'))
    assert isinstance(result, oss2.models.GetObjectResult)
    assert (result.status, result.content_length, result.content_type) == (200, len(BODY), 'text/plain')
    assert result.headers['x-oss-meta-a'] == 'b'
    assert result.client_crc == result.server_crc == crc_of(BODY)


@pytest.mark.behaviour(43, 'D18')
@pytest.mark.skipif(sys.version_info < (3, 10), reason='http.client joins pieces, or copies, before 3.10')
def test_reading_everything_takes_little_more_memory_than_the_content(enable_crc, options, raw_server, make_bucket):
    size = 32 * 1024 * 1024
    bucket = make_bucket(raw_server(answer(bytes(size))).url, enable_crc=enable_crc)
    result = bucket.get_object('key', **options)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        assert len(result.read()) == size
        peak = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    assert peak < size + 1024 * 1024


def test_a_result_is_what_the_standard_library_takes_for_a_file(oss_bucket, tmp_path):
    import csv
    import tarfile
    oss_bucket.put_object('lines.csv', 'a,一\nb,二\n')
    with oss_bucket.get_object('lines.csv') as result:
        rows = list(csv.reader(io.TextIOWrapper(io.BufferedReader(result), 'utf-8')))
    assert rows == [['a', '一'], ['b', '二']]
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode='w:gz') as tar:
        tar.addfile(tarfile.TarInfo('empty'))
    oss_bucket.put_object('archive', archive.getvalue())
    with oss_bucket.get_object('archive') as result, tarfile.open(fileobj=result, mode='r|gz') as tar:
        assert tar.getnames() == ['empty']
