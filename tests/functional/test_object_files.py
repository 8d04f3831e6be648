"""Objects as files, with the emulator."""
from __future__ import annotations

import csv
import gc
import gzip
import io
import random
import shutil
import tarfile
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from noise import noise

import oss2
from oss2 import _retry
from oss2.exceptions import (
    AccessDenied,
    ClientError,
    InconsistentError,
    NoSuchKey,
    ObjectNotAppendable,
    PositionNotEqualToLength,
    PreconditionFailed,
    RequestError,
    ServerError,
)

MIB = 1024 * 1024
CONTENT = noise(3 * MIB + 12345, random.Random(3))
TEXT = ''.join('第 %d 行, line %d\n' % (n, n) for n in range(30000))


@pytest.fixture(autouse=True)
def no_waits(monkeypatch):
    monkeypatch.setattr(_retry, 'delay', lambda attempt, asked=None: 0.0)


@pytest.fixture
def bucket(oss_bucket, oss_emulator):
    oss_bucket.put_object('key', CONTENT)
    oss_bucket.put_object('text', TEXT)
    oss_bucket.put_object('empty', b'')
    oss_emulator.requests.clear()
    return oss_bucket


@pytest.fixture
def small_parts(monkeypatch, oss_emulator):
    monkeypatch.setattr(oss2.defaults, 'min_part_size', 1)
    monkeypatch.setattr(oss_emulator.state, 'smallest_part', 1)


def requests(emulator, operation='GetObject'):
    return emulator.requests.find(operation=operation)


def ranges(emulator):
    return [request.headers['range'] for request in requests(emulator)]


def uploads(bucket):
    return bucket.list_multipart_uploads().upload_list


# Reading

@pytest.mark.behaviour(32)
def test_it_is_a_file(bucket):
    with bucket.open('key') as file:
        assert isinstance(file, io.BufferedReader)
        assert isinstance(file.raw, io.RawIOBase)
        assert (file.readable(), file.seekable(), file.writable(), file.closed) == (True, True, False, False)
        assert (file.name, file.mode) == ('key', 'rb')
        assert (file.raw.size, file.raw.etag) == (len(CONTENT), bucket.head_object('key').etag)
        with pytest.raises(io.UnsupportedOperation):
            file.write(b'x')
        with pytest.raises(OSError):
            file.fileno()
        with pytest.raises(OSError):
            file.truncate()
    assert file.closed
    for call in (file.read, file.tell, lambda: file.seek(0), lambda: file.raw.readinto(bytearray(1)), file.raw.readall):
        with pytest.raises(ValueError, match='closed'):
            call()
    file.close()


@pytest.mark.parametrize('size', [1000, 8192, 100000, MIB, 10 * MIB, -1])
@pytest.mark.behaviour(32)
def test_reading_on(size, bucket, oss_emulator):
    with bucket.open('key') as file:
        assert b''.join(iter(lambda: file.read(size), b'')) == CONTENT
        assert file.tell() == len(CONTENT)
        assert file.read(10) == b''
    # A few requests, of growing size, on one connection.
    assert len(requests(oss_emulator)) <= 4
    assert len({request.client for request in oss_emulator.requests}) == 1


def test_a_whole_object_is_one_request(bucket, oss_emulator):
    with bucket.open('key') as file:
        assert file.read() == CONTENT
    with bucket.open('empty') as file:
        assert file.read() == file.read(5) == b''
    assert ranges(oss_emulator) == ['bytes=0-%d' % (len(CONTENT) - 1)]


@pytest.mark.behaviour(32)
def test_random_reads(bucket):
    chance = random.Random(1)
    local = io.BytesIO(CONTENT)
    with bucket.open('key') as file:
        for _ in range(300):
            offset, whence = chance.choice([(chance.randint(0, len(CONTENT)), 0), (chance.randint(-20000, 20000), 1),
                                            (-chance.randint(0, 50000), 2), (chance.randint(0, 99), 2)])
            if whence == 1 and local.tell() + offset < 0:
                continue
            assert file.seek(offset, whence) == local.seek(offset, whence)
            size = chance.choice([0, 1, 100, 5000, 200000])
            assert file.read(size) == local.read(size)
            assert file.tell() == local.tell()


def test_seeking_to_nowhere(bucket):
    with bucket.open('key') as file:
        for arguments, error in (((-1,), ValueError), ((0, 5), ValueError), ((1.5,), TypeError)):
            with pytest.raises(error):
                file.raw.seek(*arguments)
        with pytest.raises(ValueError):
            file.seek(-len(CONTENT) - 1, 2)
        assert file.tell() == 0
        file.seek(10 * len(CONTENT))
        assert file.read() == b''


@pytest.mark.behaviour(32)
def test_lines_and_text(bucket):
    with bucket.open('text') as file:
        assert b''.join(file) == TEXT.encode()
        file.seek(0)
        assert file.readline() == '第 0 行, line 0\n'.encode()
        assert file.peek(3)[:3] == '第'.encode()
    with bucket.open('text', 'r') as file:
        assert file.read() == TEXT
        file.seek(0)
        assert file.readlines() == TEXT.splitlines(keepends=True)
    bucket.put_object('csv', '名称,值\r\n一,1\r\n'.encode('gbk'))
    with bucket.open('csv', 'r', encoding='gbk', newline='') as file:
        assert list(csv.reader(file)) == [['名称', '值'], ['一', '1']]
    with bucket.open('csv', 'r', encoding='ascii', errors='replace') as file:
        assert file.readline().endswith(',\ufffd\ufffd\n')


def test_a_step_forward_is_read_over_and_a_jump_is_asked_for(bucket, oss_emulator):
    with bucket.open('key') as file:
        file.raw.seek(10)
        assert file.raw.read(5) == CONTENT[10:15]
        file.raw.seek(100000)
        assert file.raw.read(5) == CONTENT[100000:100005]
        assert len(requests(oss_emulator)) == 1
        file.raw.seek(2 * MIB)
        assert file.raw.read(5) == CONTENT[2 * MIB:2 * MIB + 5]
        assert len(requests(oss_emulator)) == 2
    assert len({request.client for request in oss_emulator.requests}) == 1


def test_a_version(bucket):
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig('Enabled'))
    first = bucket.put_object('key', b'first').versionid
    bucket.put_object('key', b'second')
    with bucket.open('key', params={'versionId': first}) as file:
        assert file.read() == b'first'


@pytest.mark.behaviour(32)
def test_an_object_that_changes(bucket):
    with bucket.open('key') as file:
        assert file.read(10) == CONTENT[:10]
        bucket.put_object('key', CONTENT[::-1])
        file.seek(2 * MIB)
        with pytest.raises(PreconditionFailed):
            file.read(10)


def test_no_such_object(bucket):
    for mode in ('r', 'rb'):
        with pytest.raises(NoSuchKey):
            bucket.open('absent', mode)


def test_an_object_with_an_encoding_is_read_decoded(bucket):
    bucket.put_object('gz', gzip.compress(CONTENT), headers={'Content-Encoding': 'gzip'})
    with bucket.open('gz') as file:
        assert not file.seekable()
        assert file.read(100) + file.read() == CONTENT
    bucket.put_object('text.gz', gzip.compress(TEXT.encode()), headers={'Content-Encoding': 'gzip'})
    with bucket.open('text.gz', 'r') as file:
        assert file.read() == TEXT


def test_a_forgotten_reader_lets_its_connection_go(bucket):
    file = bucket.open('key')
    file.read(10)
    del file
    gc.collect()
    assert bucket.get_object('key').read() == CONTENT


# Formats that begin at their end

def archive(names=200):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, 'w') as file:
        for number in range(names):
            file.writestr('目录/%d' % number, CONTENT[number * 5000:number * 5000 + 10000])
    return buffer.getvalue()


@pytest.mark.behaviour(32)
def test_zip(bucket, oss_emulator):
    bucket.put_object('zip', archive())
    oss_emulator.requests.clear()
    with bucket.open('zip') as file, zipfile.ZipFile(file) as unpacked:
        assert len(unpacked.namelist()) == 200
        # The object's metadata, and its end, at once.
        assert len(oss_emulator.requests) == 2
        assert unpacked.read('目录/3') == CONTENT[15000:25000]
        assert unpacked.testzip() is None
    assert len({request.client for request in oss_emulator.requests}) == 1


def test_a_small_object_is_asked_for_once(bucket, oss_emulator):
    bucket.put_object('zip', archive(5))
    oss_emulator.requests.clear()
    with bucket.open('zip') as file, zipfile.ZipFile(file) as unpacked:
        assert unpacked.testzip() is None
    assert len(requests(oss_emulator)) == 1


class Pieces(io.RawIOBase):
    """A file to write of which only the pieces are kept, so that GiBs of one block cost nothing."""

    def __init__(self):
        super().__init__()
        self.pieces = []
        self.size = 0

    def writable(self):
        return True

    def tell(self):
        return self.size

    def write(self, data):
        if data:
            self.pieces.append(data)
        self.size += len(data)
        return len(data)


def put_pieces(bucket, key, pieces, block):
    """Store them in as many parts; those that are the block are copies of an object that holds it."""
    bucket.put_object('block', block)
    upload_id = bucket.init_multipart_upload(key).upload_id
    parts = []
    for number, piece in enumerate(pieces, 1):
        if piece is block:
            result = bucket.upload_part_copy(bucket.bucket_name, 'block', None, key, upload_id, number)
        else:
            result = bucket.upload_part(key, upload_id, number, piece)
        parts.append(oss2.models.PartInfo(number, result.etag, size=len(piece)))
    bucket.complete_multipart_upload(key, upload_id, parts)


@pytest.mark.behaviour(32)
def test_a_zip_of_a_gibibyte_is_opened_by_its_end(bucket, oss_emulator, small_parts, monkeypatch):
    """Without fetching megabytes for each step."""
    block, out = bytes(64 * MIB), Pieces()
    with monkeypatch.context() as patched:
        patched.setattr(zipfile, 'crc32', lambda data, crc=0: 0)  # of so much it takes its time
        with zipfile.ZipFile(out, 'w') as packed:
            with packed.open('large', 'w') as member:
                for _ in range(16):
                    member.write(block)
            packed.writestr('small', b'')
    put_pieces(bucket, 'zip', out.pieces, block)
    oss_emulator.requests.clear()
    with bucket.open('zip') as file, zipfile.ZipFile(file) as unpacked:
        assert [info.file_size for info in unpacked.infolist()] == [1024 * MIB, 0]
        assert bytes_asked_for(oss_emulator) <= 256 * 1024
        assert len(oss_emulator.requests) == 2
        with unpacked.open('large') as member:
            assert member.read(1000) == bytes(1000)
        assert bytes_asked_for(oss_emulator) <= 2 * 256 * 1024
        assert unpacked.read('small') == b''  # its header is in the end that was kept
    assert bytes_asked_for(oss_emulator) <= 2 * 256 * 1024
    assert len(requests(oss_emulator)) == 2


def bytes_asked_for(emulator):
    asked = [[int(end) for end in text[len('bytes='):].split('-')] for text in ranges(emulator)]
    return sum(last - first + 1 for first, last in asked)


def test_zip_is_written(bucket, small_parts):
    with bucket.open('zip', 'wb', part_size=50000) as file, zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED) as packed:
        for number in range(20):
            packed.writestr(str(number), CONTENT[number * 5000:number * 5000 + 50000])
    with bucket.open('zip') as file, zipfile.ZipFile(file) as unpacked:
        assert unpacked.testzip() is None
        assert unpacked.read('7') == CONTENT[35000:85000]


def test_tar_is_written_and_read(bucket):
    with bucket.open('tar.gz', 'wb') as file, tarfile.open(fileobj=file, mode='w:gz') as packed:
        info = tarfile.TarInfo('name')
        info.size = MIB
        packed.addfile(info, io.BytesIO(CONTENT))
    with bucket.open('tar.gz') as file, tarfile.open(fileobj=file) as unpacked:
        assert unpacked.extractfile('name').read() == CONTENT[:MIB]


@pytest.mark.behaviour(32)
def test_pandas(bucket):
    pandas = pytest.importorskip('pandas', reason='pandas is not installed')
    table = pandas.DataFrame({'a': range(50000), 'b': ['第 %d' % n for n in range(50000)]})
    with bucket.open('csv', 'w') as file:
        table.to_csv(file, index=False)
    with bucket.open('csv') as file:
        assert pandas.read_csv(file).equals(table)


@pytest.mark.behaviour(32)
def test_pyarrow(bucket, oss_emulator):
    pyarrow = pytest.importorskip('pyarrow', reason='pyarrow is not installed')
    parquet = pytest.importorskip('pyarrow.parquet', reason='pyarrow is not installed')
    table = pyarrow.table({name: [random.Random(5).random() for _ in range(30000)] for name in 'abcdefgh'})
    with bucket.open('parquet', 'wb') as file:
        parquet.write_table(table, file)
    oss_emulator.requests.clear()
    with bucket.open('parquet') as file:
        assert parquet.read_table(file, columns=['b']).equals(table.select(['b']))
    assert bytes_asked_for(oss_emulator) < table.nbytes // 2


# Faults while reading

@pytest.mark.parametrize('add', [
    lambda faults: faults.cut_answer(100000, operation='GetObject'),
    lambda faults: faults.drop_answer(operation='GetObject'),
    lambda faults: faults.fail(503, operation='GetObject', times=2),
    lambda faults: faults.wrong_length(-5, operation='GetObject'),
    lambda faults: faults.close_idle(operation='GetObject'),
    lambda faults: faults.trickle(100000, 0.001, operation='GetObject'),
    lambda faults: faults.chunked(10000, operation='GetObject'),
], ids=['cut', 'dropped', '503', 'length', 'closed', 'slow', 'chunked'])
@pytest.mark.parametrize('size', [50000, MIB, -1])
@pytest.mark.behaviour(32)
def test_what_may_pass_is_read_again(add, size, bucket, oss_emulator):
    with bucket.open('key') as file:
        add(oss_emulator.faults)
        assert b''.join(iter(lambda: file.read(size), b'')) == CONTENT


def test_a_failure_that_stays_is_raised(bucket, oss_emulator):
    with bucket.open('key') as file:
        with oss_emulator.faults.cut_answer(10, operation='GetObject', times=None) as fault:
            with pytest.raises(RequestError):
                file.read(1000)
            assert fault.hits == oss2.defaults.request_retries
        with oss_emulator.faults.fail(503, operation='GetObject', times=None) as fault:
            with pytest.raises(ServerError):
                file.read(1000)
            assert fault.hits == oss2.defaults.request_retries
        assert file.read(1000) == CONTENT[:1000]


def test_an_object_refused(bucket, oss_emulator):
    with bucket.open('key') as file, oss_emulator.faults.fail(403, 'AccessDenied', times=None) as fault:
        with pytest.raises(AccessDenied):
            file.read(1000)
        assert fault.hits == 1


@pytest.mark.parametrize('size', [50000, -1])
def test_content_that_is_not_what_is_stored(size, bucket, oss_emulator):
    with bucket.open('key') as file:
        oss_emulator.faults.corrupt(operation='GetObject')
        with pytest.raises(InconsistentError, match='CRC-64'):
            while file.read(size):
                pass


def test_an_answer_that_is_not_the_range_asked_for(bucket, monkeypatch):
    original = bucket.get_object
    for change, error in ((lambda result: setattr(result, 'status', 200), ClientError),
                          (lambda result: setattr(result, 'content_range', 'bytes 0-9/10'), InconsistentError)):
        def get_object(*args, change=change, **kwargs):
            result = original(*args, **kwargs)
            change(result)
            return result

        monkeypatch.setattr(bucket, 'get_object', get_object)
        with bucket.open('key') as file:
            file.seek(MIB)
            with pytest.raises(error):
                file.read(10)


def test_a_connection_that_breaks_behind_what_was_wanted(bucket, oss_emulator):
    with bucket.open('key') as file:
        oss_emulator.faults.cut_answer(150000, operation='GetObject')
        assert file.read(10) == CONTENT[:10]
        file.seek(2 * MIB)
        assert file.read(10) == CONTENT[2 * MIB:2 * MIB + 10]


def test_the_checksum_can_be_left_out(bucket, oss_emulator):
    bucket.enable_crc = False
    with bucket.open('key') as file:
        oss_emulator.faults.corrupt(operation='GetObject')
        assert len(file.read()) == len(CONTENT)


def test_an_encrypted_object(make_encrypted):
    bucket = make_encrypted()
    with bucket.open('key', 'wb') as file:
        file.write(CONTENT)
    with bucket.open('key') as file:
        assert file.read() == CONTENT
        for offset in (0, 1, 17, MIB + 5, len(CONTENT) - 3):
            file.seek(offset)
            assert file.read(1000) == CONTENT[offset:offset + 1000]


@pytest.mark.behaviour(42)
@pytest.mark.parametrize(('part_size', 'num_threads'), [(1, 1), (1000, 3), (100000, 2)])
def test_an_encrypted_object_is_written_in_parts(part_size, num_threads, oss_bucket, oss_emulator, make_encrypted,
                                                 small_parts, monkeypatch):
    """Of any length, which nobody has to know before."""
    monkeypatch.setattr('oss2._object_writer.PARTS_OF_A_SIZE', 50)
    content = CONTENT[:min(300 * part_size, len(CONTENT)) + 7]
    bucket = make_encrypted()
    oss_emulator.faults.fail(503, 'ServiceUnavailable', operation='UploadPart', times=2)
    oss_emulator.faults.cut_request(500, operation='UploadPart')
    with bucket.open('key', 'wb', part_size=part_size, num_threads=num_threads,
                     headers={'x-oss-meta-a': 'b'}) as file:
        file.write(content)
    found = bucket.get_object('key')
    assert (found.read(), found.headers['x-oss-meta-a']) == (content, 'b')
    assert bucket.get_object('key', byte_range=(part_size + 1, None)).read() == content[part_size + 1:]
    assert oss_bucket.get_object('key').read() != content
    assert bucket.head_object('key').object_type == 'Multipart'
    bucket.upload_stream('stream', iter([content[:10], content[10:]]), part_size=part_size)
    assert bucket.get_object('stream').read() == content
    bucket.put_object('whole', b'x')
    # What tells how to decrypt it is that of an object that was put whole.
    crypto = 'x-oss-meta-client-side-encryption-'
    assert {name for name in found.headers if name.lower().startswith(crypto)} == {
        name for name in bucket.head_object('whole').headers if name.lower().startswith(crypto)}


# Writing

@pytest.mark.parametrize('num_threads', [1, 4])
@pytest.mark.parametrize('piece', [1, 777, 100000, 5 * MIB])
@pytest.mark.parametrize('size', [0, 1, 99999, 100000, 100001, 1000000])
def test_writing(size, piece, num_threads, bucket, small_parts):
    if piece == 1:
        size = min(size, 1000)
    with bucket.open('new', 'wb', part_size=100000, num_threads=num_threads, headers={'x-oss-meta-a': 'b'}) as file:
        for begin in range(0, size, piece):
            assert file.write(memoryview(CONTENT)[begin:min(size, begin + piece)]) == min(piece, size - begin)
        assert file.tell() == size
    found = bucket.head_object('new')
    assert (found.etag, found.headers['x-oss-meta-a']) == (file.result.etag, 'b')
    assert found.object_type == ('Multipart' if size >= 100000 else 'Normal')
    assert bucket.get_object('new').read() == CONTENT[:size]
    assert uploads(bucket) == []


def test_it_is_a_file_to_write(bucket):
    with bucket.open('new.txt', 'wb') as file:
        assert isinstance(file, io.BufferedIOBase)
        assert (file.readable(), file.seekable(), file.writable(), file.closed) == (False, False, True, False)
        assert (file.name, file.mode) == ('new.txt', 'wb')
        for call in (file.read, lambda: file.seek(0), file.fileno):
            with pytest.raises(OSError):
                call()
        with pytest.raises(TypeError, match='bytes-like'):
            file.write('text')
        file.writelines([b'a', bytearray(b'b'), memoryview(b'c')])
        file.flush()
        assert not bucket.object_exists('new.txt')
    assert bucket.get_object('new.txt').read() == b'abc'
    assert bucket.head_object('new.txt').content_type == 'text/plain'
    for call in (lambda: file.write(b'x'), file.tell, file.flush):
        with pytest.raises(ValueError, match='closed'):
            call()
    file.close()
    file.discard()
    assert bucket.object_exists('new.txt')


def test_text_is_written(bucket, small_parts):
    with bucket.open('new', 'w', part_size=50000) as file:
        for line in TEXT.splitlines(keepends=True):
            file.write(line)
    assert bucket.get_object('new').read().decode() == TEXT
    with bucket.open('new', 'w', encoding='gbk', newline='\r\n') as file:
        print('第', '行', file=file)
    assert bucket.get_object('new').read() == '第 行\r\n'.encode('gbk')


@pytest.mark.parametrize('mode', ['w', 'wb'])
@pytest.mark.parametrize('size', [10, 500000])
def test_an_exception_gives_the_object_up(mode, size, bucket, small_parts):
    bucket.put_object('new', b'before')
    with pytest.raises(KeyError, match='mine'), bucket.open('new', mode, part_size=100000) as file:
        file.write('x' * size if mode == 'w' else b'x' * size)
        raise KeyError('mine')
    assert file.closed
    assert bucket.get_object('new').read() == b'before'
    assert uploads(bucket) == []


@pytest.mark.parametrize('mode', ['w', 'wb'])
@pytest.mark.parametrize('size', [10, 500000])
def test_a_forgotten_writer_gives_the_object_up(mode, size, bucket, small_parts):
    file = bucket.open('new', mode, part_size=100000, num_threads=3)
    file.write('x' * size if mode == 'w' else b'x' * size)
    with pytest.warns(ResourceWarning, match="'new' was not closed"):
        file = gc.collect()
    assert not bucket.object_exists('new')
    assert uploads(bucket) == []


def test_a_forgotten_writer_where_warnings_are_errors(bucket, small_parts):
    """What a finalizer raises goes nowhere: the upload is aborted before."""
    file = bucket.open('new', 'wb', part_size=1000)
    file.write(CONTENT[:5000])
    with pytest.raises(ResourceWarning):
        file.__del__()
    assert file.closed
    assert uploads(bucket) == []


def test_a_text_file_that_was_detached(bucket):
    text = bucket.open('new', 'w')
    text.write('text')
    file = text.detach()
    del text
    gc.collect()
    file.close()
    assert bucket.get_object('new').read() == b'text'


@pytest.mark.parametrize('mode', ['r', 'w', 'a'])
@pytest.mark.parametrize('options', [{'encoding': 'absent'}, {'errors': 'absent'}, {'newline': 'x'}],
                         ids=['encoding', 'errors', 'newline'])
def test_text_of_no_kind_makes_no_object(mode, options, bucket, oss_emulator):
    with pytest.raises((LookupError, ValueError)):
        bucket.open('new', mode, **options)
    gc.collect()
    assert len(oss_emulator.requests) == 0


def test_a_text_file_that_is_discarded(bucket, small_parts):
    for size in (5, 5000):
        file = bucket.open('new', 'w', part_size=1000)
        file.write('x' * size)
        file.discard()
        file.discard()
        assert file.closed
        file.close()
    assert not bucket.object_exists('new')
    assert uploads(bucket) == []
    with bucket.open('new', 'w') as file:
        file.write('text')
    assert file.result.etag == bucket.head_object('new').etag
    file.discard()
    assert bucket.object_exists('new')


def test_an_upload_that_cannot_be_aborted(bucket, oss_emulator, small_parts, caplog):
    file = bucket.open('new', 'wb', part_size=1000)
    file.write(CONTENT[:5000])
    with oss_emulator.faults.fail(403, 'AccessDenied', operation='AbortMultipartUpload'):
        file.discard()
    assert file.closed
    assert 'could not be aborted' in caplog.text


def test_a_writer_that_is_discarded(bucket, small_parts):
    file = bucket.open('new', 'wb', part_size=1000)
    file.write(CONTENT[:5000])
    file.discard()
    file.close()
    assert not bucket.object_exists('new')
    assert uploads(bucket) == []


@pytest.mark.parametrize('add', [
    lambda faults: faults.fail(503, operation='UploadPart', times=2),
    lambda faults: faults.cut_request(5000, operation='UploadPart'),
    lambda faults: faults.wrong_crc(operation='UploadPart'),
    lambda faults: faults.drop_answer(operation='UploadPart', times=2),
    lambda faults: faults.fail(500, operation='InitiateMultipartUpload'),
    lambda faults: faults.drop_answer(operation='CompleteMultipartUpload'),
    lambda faults: faults.fail(503, operation='CompleteMultipartUpload', times=2),
    lambda faults: faults.close_idle(times=5),
], ids=['503', 'cut', 'crc', 'dropped', 'begin', 'complete dropped', 'complete 503', 'closed'])
def test_what_may_pass_is_written_again(add, bucket, oss_emulator, small_parts):
    add(oss_emulator.faults)
    with bucket.open('new', 'wb', part_size=400000, num_threads=2) as file:
        file.write(CONTENT)
    assert bucket.get_object('new').read() == CONTENT
    assert not [info for info in uploads(bucket) if bucket.list_parts('new', info.upload_id).parts]


@pytest.mark.parametrize('operation', ['InitiateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload', 'PutObject'])
@pytest.mark.parametrize('num_threads', [1, 4])
def test_a_failure_that_stays_gives_the_object_up(operation, num_threads, bucket, oss_emulator, small_parts):
    size = 1000 if operation == 'PutObject' else 500000
    with oss_emulator.faults.fail(403, 'AccessDenied', operation=operation, times=None), \
            pytest.raises(AccessDenied), \
            bucket.open('new', 'wb', part_size=50000, num_threads=num_threads) as file:
        for begin in range(0, size, 1000):
            file.write(CONTENT[begin:begin + 1000])
    assert file.closed
    assert not bucket.object_exists('new')
    assert uploads(bucket) == []


def test_headers_go_where_they_belong(bucket, oss_emulator, small_parts):
    headers = {'x-oss-request-payer': 'requester', 'x-oss-traffic-limit': '819200', 'x-oss-object-acl': 'private',
               'x-oss-forbid-overwrite': 'true', 'x-oss-meta-a': 'b', 'Content-Type': 'a/b'}

    def sent(operation):
        return {name for request in requests(oss_emulator, operation) for name in map(str.lower, headers)
                if name in request.headers}

    with bucket.open('new', 'wb', part_size=1000, headers=headers) as file:
        file.write(CONTENT[:5000])
    assert sent('InitiateMultipartUpload') == set(map(str.lower, headers))
    assert sent('UploadPart') == {'x-oss-request-payer', 'x-oss-traffic-limit'}
    assert sent('CompleteMultipartUpload') == {'x-oss-request-payer', 'x-oss-object-acl', 'x-oss-forbid-overwrite'}
    with pytest.raises(ServerError) as caught, bucket.open('new', 'wb', headers=headers) as file:
        file.write(CONTENT[:5000])
    assert caught.value.status == 409


def test_an_object_that_must_not_be_replaced_and_appears_meanwhile(bucket, small_parts):
    file = bucket.open('new', 'wb', part_size=1000, headers={'x-oss-forbid-overwrite': 'true'})
    file.write(CONTENT[:5000])
    bucket.put_object('new', b'theirs')
    with pytest.raises(ServerError) as caught:
        file.close()
    assert caught.value.status == 409
    assert bucket.get_object('new').read() == b'theirs'
    assert uploads(bucket) == []


@pytest.mark.behaviour(43)
def test_large_files_have_larger_and_larger_parts(bucket, small_parts, monkeypatch, oss_emulator):
    monkeypatch.setattr('oss2._object_writer.PARTS_OF_A_SIZE', 5)
    with bucket.open('new', 'wb', part_size=1000) as file:
        file.write(CONTENT[:50000])
    parts = requests(oss_emulator, 'UploadPart')
    assert [request.received for request in parts] == [1000] * 5 + [2000] * 5 + [4000] * 5 + [8000, 7000]
    assert bucket.get_object('new').read() == CONTENT[:50000]


# Appending

def test_appending(bucket, oss_emulator):
    for number in range(3):
        with bucket.open('log', 'ab', part_size=1000) as file:
            assert file.tell() == number * 3010
            file.write(b'a' * 10)
            file.write(b'b' * 3000)
            assert file.tell() == (number + 1) * 3010
        assert file.result.next_position == (number + 1) * 3010
    assert bucket.get_object('log').read() == (b'a' * 10 + b'b' * 3000) * 3
    assert bucket.head_object('log').object_type == 'Appendable'
    with bucket.open('log', 'a', encoding='utf-8') as file:
        file.write('第')
        file.flush()
        assert bucket.get_object('log').read().endswith('第'.encode())


def test_appending_nothing_makes_the_object_once(bucket, oss_emulator):
    with bucket.open('log', 'ab') as file:
        file.flush()
        assert not bucket.object_exists('log')
    assert bucket.get_object('log').read() == b''
    with bucket.open('log', 'ab') as file:
        pass
    assert len(requests(oss_emulator, 'AppendObject')) == 1
    assert file.closed


def test_several_append_to_one_object(bucket):
    files = [bucket.open('log', 'ab') for _ in range(3)]
    for number in range(5):
        for file in files:
            file.write(b'%d' % number * 10)
            file.flush()
    for file in files:
        file.close()
    assert bucket.get_object('log').read() == b''.join(b'%d' % number * 30 for number in range(5))


def test_who_pays_is_told_with_each_request(bucket, oss_emulator):
    with bucket.open('log', 'ab', headers={'x-oss-request-payer': 'requester'}) as file:
        file.write(b'x')
    assert [request.headers.get('x-oss-request-payer') for request in oss_emulator.requests] == ['requester'] * 2


@pytest.mark.behaviour(50)
@pytest.mark.parametrize('arrived', [True, False], ids=['arrived', 'lost'])
@pytest.mark.parametrize('others', [b'', b'theirs'], ids=['alone', 'others'])
@pytest.mark.parametrize('before', [b'', b'before'], ids=['new', 'there'])
def test_what_may_have_been_appended_is_not_appended_twice(arrived, others, before, bucket, oss_emulator):
    """Closing the file tries again what could neither be appended nor looked at."""
    if before:
        bucket.append_object('log', 0, before)
    with pytest.raises(RequestError), bucket.open('log', 'ab') as file:
        file.write(b'first')
        fault = oss_emulator.faults.drop_answer if arrived else lambda **match: oss_emulator.faults.cut_request(
            0, times=oss2.defaults.request_retries, **match)
        fault(operation='AppendObject')
        oss_emulator.faults.fail(403, 'AccessDenied', operation='HeadObject')
        try:
            file.flush()
        finally:
            oss_emulator.faults.clear()
            if others:
                bucket.append_object_auto('log', others)
            file.write(b'second')
    ours = before + b'first' + others + b'second' if arrived else before + others + b'firstsecond'
    assert bucket.get_object('log').read() == ours


def test_appending_in_no_bucket(bucket):
    bucket.bucket_name = 'absent-bucket'
    with pytest.raises(oss2.exceptions.NoSuchBucket):
        bucket.open('log', 'ab')


def test_appending_to_what_cannot_be_appended_to(bucket):
    file = bucket.open('key', 'ab')
    file.write(b'x')
    for call in (file.flush, file.close):
        with pytest.raises(ObjectNotAppendable):
            call()
    assert file.closed
    assert bucket.get_object('key').read() == CONTENT


@pytest.mark.parametrize('add', [
    lambda faults: faults.drop_answer(operation='AppendObject', times=2),
    lambda faults: faults.cut_request(50, operation='AppendObject'),
    lambda faults: faults.fail(503, operation='AppendObject', times=2),
], ids=['dropped', 'cut', '503'])
def test_appending_through_failures(add, bucket, oss_emulator):
    add(oss_emulator.faults)
    with bucket.open('log', 'ab', part_size=1000) as file:
        for number in range(10):
            file.write(b'%d' % number * 999)
    assert bucket.get_object('log').read() == b''.join(b'%d' % number * 999 for number in range(10))


# Modes

@pytest.mark.parametrize('mode', ['', 'x', 'rw', 'r+', 'rb+', 'b', 'bt', 'rbt', 'rr', 'U'])
def test_other_modes(mode, bucket, oss_emulator):
    with pytest.raises(ClientError, match='mode'):
        bucket.open('key', mode)
    assert len(oss_emulator.requests) == 0


@pytest.mark.parametrize('option', [{'encoding': 'utf-8'}, {'errors': 'strict'}, {'newline': ''}])
def test_binary_files_have_no_encoding(option, bucket):
    with pytest.raises(ClientError, match='text'):
        bucket.open('key', 'rb', **option)


# Streams

@pytest.mark.parametrize('data', [
    lambda: iter([b'', CONTENT[:100], memoryview(CONTENT)[100:200000], bytearray(CONTENT[200000:])]),
    lambda: io.BytesIO(CONTENT), lambda: CONTENT, lambda: bytearray(CONTENT), lambda: memoryview(CONTENT),
    lambda: [CONTENT[:5], CONTENT[5:]]], ids=['iterator', 'file', 'bytes', 'bytearray', 'memoryview', 'list'])
def test_streams(data, bucket, small_parts):
    progress = []
    result = bucket.upload_stream('new', data(), part_size=MIB, num_threads=2,
                                  progress_callback=lambda *args: progress.append(args))
    assert bucket.get_object('new').read() == CONTENT
    assert result.etag == bucket.head_object('new').etag
    assert progress[-1][0] == len(CONTENT)


def test_a_stream_of_text_is_utf8(bucket):
    bucket.upload_stream('new', TEXT)
    assert bucket.get_object('new').read().decode() == TEXT


def test_a_stream_that_fails(bucket, small_parts):
    def pieces():
        yield CONTENT
        raise KeyError('mine')

    with pytest.raises(KeyError, match='mine'):
        bucket.upload_stream('new', pieces(), part_size=MIB)
    assert not bucket.object_exists('new')
    assert uploads(bucket) == []


@pytest.mark.parametrize('data', [5, io.StringIO('text'), None], ids=lambda value: type(value).__name__)
def test_what_is_no_stream(data, bucket, oss_emulator):
    with pytest.raises(ClientError):
        bucket.upload_stream('new', data)
    assert len(oss_emulator.requests) == 0


def test_a_stream_of_text_is_sent_as_utf_8(bucket):
    bucket.upload_stream('new', iter(['文', b'ab', bytearray(b'c'), 'd']))
    assert bucket.get_object('new').read() == '文abcd'.encode()


@pytest.mark.parametrize('progress', [None, lambda *consumed: None], ids=['plain', 'progress'])
def test_a_stream_of_something_else(bucket, progress):
    class Text:
        def read(self, size=-1):
            return 'text'

    for data, told in ((iter([b'a', 5]), 'yielded int'), (Text(), 'Text returned text')):
        with pytest.raises(ClientError, match=told):
            bucket.upload_stream('new', data, progress_callback=progress)
        assert not bucket.object_exists('new')


# Several at once

def test_many_files_at_once(bucket, small_parts):
    def work(number):
        key, content = 'key-%d' % number, CONTENT[number * 1000:number * 1000 + 500000]
        with bucket.open(key, 'wb', part_size=90000, num_threads=2) as file:
            shutil.copyfileobj(io.BytesIO(content), file, 10000)
        with bucket.open(key) as file:
            return file.read(7) + file.read() == content

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(24)))
    assert uploads(bucket) == []


def test_threads_that_share_a_reader(bucket):
    """Each read is whole, though nobody knows of where."""
    with bucket.open('key') as file, ThreadPoolExecutor(4) as pool:
        pieces = list(pool.map(lambda _: file.read(10000), range(100)))
    assert sorted(pieces) == sorted(CONTENT[n * 10000:(n + 1) * 10000] for n in range(100))


def test_threads_that_share_a_writer(bucket, small_parts):
    with bucket.open('new', 'wb', part_size=50000, num_threads=2) as file, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: file.write(b'%02d' % number * 5000), range(20)))
    content = bucket.get_object('new').read()
    assert sorted(content[n:n + 10000] for n in range(0, 200000, 10000)) == [b'%02d' % n * 5000 for n in range(20)]


def test_no_thread_is_left(bucket, small_parts):
    with bucket.open('new', 'wb', part_size=1000, num_threads=4) as file:
        file.write(CONTENT[:50000])
    assert not [thread for thread in threading.enumerate() if thread.name.startswith('oss2-writer')]


def test_somebody_who_is_always_first(oss_bucket, oss_emulator, monkeypatch):
    oss_bucket.append_object('log', 0, b'first')
    oss_emulator.faults.fail(409, 'PositionNotEqualToLength', operation='AppendObject', times=None)
    file = oss_bucket.open('log', 'ab')
    file.write(b'second')
    with pytest.raises(PositionNotEqualToLength):
        file.close()
    assert file.closed
    file.close()
    assert oss_bucket.get_object('log').read() == b'first'
