"""Uploading: every kind of data, from sources that read as they like."""

from __future__ import annotations

import array
import io
import os
import random
import threading
from contextlib import contextmanager

import pytest
import requests
from noise import noise
from rawserver import answer

import oss2
from oss2.exceptions import ClientError, InconsistentError, OssError, RequestError
from oss2.utils import Crc64

BODY = noise(70000, random.Random(1))
TEXT = '内容 text'


def crc_of(content):
    crc = Crc64()
    crc(content)
    return crc.crc


class Reader:
    """Only read(), at most *most* bytes at a time, fewer as it likes."""

    def __init__(self, content, most=None):
        self._source = io.BytesIO(content)
        self._most = most
        self._random = random.Random(most)

    def read(self, amt=-1):
        if self._most is None or amt == 0:
            return self._source.read(amt)
        size = self._random.randint(1, self._most)
        return self._source.read(size if amt is None or amt < 0 else min(size, amt))


class SeekableReader(Reader):
    """A file that reads short, and has a length."""

    def seek(self, *args):
        return self._source.seek(*args)

    def tell(self):
        return self._source.tell()


class OldFile(SeekableReader):
    """seek() of file-likes written before the io module returns nothing."""

    def seek(self, *args):
        self._source.seek(*args)


class WithLen(Reader):
    """A reader that tells its size by len()."""

    def __len__(self):
        return len(self._source.getbuffer())


class WithLenAttribute(Reader):
    """As requests' MultipartEncoder tells it."""

    @property
    def len(self):
        return len(self._source.getbuffer())


class Iterable:
    def __init__(self, content):
        self._content = content

    def __iter__(self):
        return iter([self._content[:10], b'', self._content[10:]])


def generated(content):
    yield from Iterable(content)


def file_at(content, path):
    path.write_bytes(b'before' + content)
    file = open(str(path), 'rb')
    file.seek(len(b'before'))
    return file


# name: (make the data from the content and a path, whether its length is known)
KINDS = {
    'bytes': (lambda content, path: content, True),
    'bytearray': (lambda content, path: bytearray(content), True),
    'memoryview': (lambda content, path: memoryview(content), True),
    'memoryview of a part': (lambda content, path: memoryview(b'ab' + content + b'c')[2 : 2 + len(content)], True),
    'memoryview with steps': (lambda content, path: memoryview(b''.join(b'%c-' % byte for byte in content))[::2], True),
    'file': (file_at, True),
    'BytesIO': (lambda content, path: io.BytesIO(content), True),
    'BytesIO at an offset': (lambda content, path: at_offset(io.BytesIO(b'1234' + content), 4), True),
    'BufferedReader': (lambda content, path: io.BufferedReader(io.BytesIO(content)), True),
    'short reads': (lambda content, path: SeekableReader(content, 5000), True),
    'old file': (lambda content, path: OldFile(content, 5000), True),
    'len()': (lambda content, path: WithLen(content, 5000), True),
    '.len': (lambda content, path: WithLenAttribute(content, 5000), True),
    'read() only': (lambda content, path: Reader(content, 5000), False),
    'iterable': (lambda content, path: Iterable(content), False),
    'generator': (lambda content, path: generated(content), False),
    'list': (lambda content, path: [content[:7], content[7:]], False),
    'tuple': (lambda content, path: (content[:7], bytearray(content[7:])), False),
}


def at_offset(file, offset):
    file.seek(offset)
    return file


@contextmanager
def closing(data):
    try:
        yield data
    finally:
        if isinstance(data, io.IOBase):
            assert not data.closed
            data.close()


OPERATIONS = {
    'put_object': lambda bucket, data, callback: bucket.put_object('key', data, progress_callback=callback),
    'append_object': lambda bucket, data, callback: bucket.append_object(
        'key', 0, data, progress_callback=callback, init_crc=0
    ),
    'upload_part': lambda bucket, data, callback: bucket.upload_part('key', 'id', 1, data, progress_callback=callback),
    'put_object_with_url': lambda bucket, data, callback: bucket.put_object_with_url(
        bucket.endpoint + '/test-bucket/key?Signature=s', data, progress_callback=callback
    ),
}


def stored(request):
    """What OSS answers to an upload."""
    return answer(
        headers={
            'x-oss-hash-crc64ecma': crc_of(request.body),
            'ETag': '"e"',
            'x-oss-next-append-position': len(request.body),
        }
    )


@pytest.fixture
def server(raw_server):
    return raw_server(stored)


@pytest.fixture(params=[True, False], ids=['crc', 'no crc'])
def bucket(request, server, make_bucket):
    return make_bucket(server.url, enable_crc=request.param)


def check_framing(request, content, known):
    assert request.body == content
    if known:
        assert request.headers['content-length'] == str(len(content))
        assert 'transfer-encoding' not in request.headers
    else:
        assert request.headers['transfer-encoding'] == 'chunked'
        assert 'content-length' not in request.headers


@pytest.mark.promise('S040', 'S042', 'S043', 'S044', 'S045', 'S078', 'S100', 'S116', 'S208')
@pytest.mark.parametrize('kind', KINDS)
@pytest.mark.parametrize('content', [BODY, b''], ids=['', 'empty'])
@pytest.mark.behaviour(38)
def test_every_kind_of_data(kind, content, bucket, server, tmp_path):
    """Also empty: what has a length has the length 0."""
    make, known = KINDS[kind]
    for upload in OPERATIONS.values():
        for with_callback in (False, True):
            calls = []
            callback = (lambda *args, calls=calls: calls.append(args)) if with_callback else None
            with closing(make(content, tmp_path / 'file')) as data:
                upload(bucket, data, callback)
            check_framing(server.last, content, known)
            if with_callback:
                check_progress(calls, content, known)
    assert server.connections == 1


def check_progress(calls, content, known):
    consumed = [args[0] for args in calls]
    assert {args[1] for args in calls} <= {len(content) if known else None}
    assert consumed == sorted(consumed)
    if content:
        assert consumed[-1] == len(content)
        assert consumed.count(len(content)) == 1


@pytest.mark.promise('S041')
@pytest.mark.parametrize('operation', OPERATIONS)
def test_text_is_sent_as_utf_8(operation, bucket, server):
    calls = []
    for callback in (None, lambda *args: calls.append(args)):
        OPERATIONS[operation](bucket, TEXT, callback)
        check_framing(server.last, TEXT.encode(), True)
        OPERATIONS[operation](bucket, '', callback)
        check_framing(server.last, b'', True)
    assert calls[-1] == (len(TEXT.encode()), len(TEXT.encode()))


@pytest.mark.parametrize('way', ['direct', 'long'])
@pytest.mark.parametrize('name', ['Content-Length', 'content-length'])
def test_a_length_given_as_header(way, name, bucket, server):
    """Sent once: what the body knows of its length, or else what the header says."""
    if way == 'long':
        bucket.session.session.mount('http://', requests.adapters.HTTPAdapter())
    for announced, make in (('70000', lambda: BODY), ('70000', lambda: io.BytesIO(BODY)), ('5', lambda: BODY),
                            ('70000', lambda: Reader(BODY)), ('70000', lambda: iter([BODY[:9], BODY[9:], b'']))):
        bucket.put_object('key', make(), headers={name: announced})
        check_framing(server.last, BODY, True)
    bucket.put_object('key', b'', headers={name: '5'})
    check_framing(server.last, b'', True)
    bucket.get_object('key', headers={name: '5'}).read()
    assert 'content-length' not in server.last.headers


@pytest.mark.parametrize('way', ['direct', 'long'])
@pytest.mark.parametrize('announced', ['69999', '70001'])
def test_a_length_given_as_header_that_is_wrong(announced, way, oss_bucket):
    if way == 'long':
        oss_bucket.session.session.mount('http://', requests.adapters.HTTPAdapter())
    with pytest.raises(InconsistentError, match=f'than its header Content-Length says: {announced}'):
        oss_bucket.put_object('key', iter([BODY[:9], BODY[9:]]), headers={'Content-Length': announced})
    assert not oss_bucket.object_exists('key')
    with pytest.raises(ClientError, match="must be the number of bytes of the body, not 'many'"):
        oss_bucket.put_object('key', iter([BODY]), headers={'Content-Length': 'many'})


def test_headers_of_another_object_are_taken_over(oss_bucket):
    """As copies do that go through the program."""
    oss_bucket.put_object('a', BODY, headers={'x-oss-meta-a': 'b'})
    result = oss_bucket.get_object('a')
    oss_bucket.put_object('b', iter(result), headers=result.headers)
    assert oss_bucket.get_object('b').read() == BODY
    assert oss_bucket.head_object('b').headers['x-oss-meta-a'] == 'b'


def test_headers_as_pairs(bucket, server):
    bucket.put_object('key', b'', headers=[('x-oss-meta-a', 'b'), ('Content-Type', 'a/b')])
    assert server.last.headers['x-oss-meta-a'] == 'b'
    assert server.last.headers['content-type'] == 'a/b'
    for wrong in (['ab'], [('a', 'b', 'c')], 'ab', 5):
        with pytest.raises(ClientError, match='headers must be a dict, not'):
            bucket.put_object('key', b'', headers=wrong)


@pytest.mark.parametrize('known', [True, False], ids=['', 'chunked'])
@pytest.mark.parametrize('most', [1, 2, 3, 1000, 8192, 100000])
@pytest.mark.parametrize('progress', [False, True], ids=['', 'progress'])
@pytest.mark.behaviour(5)
def test_sources_that_read_short(most, known, progress, bucket, server):
    content = BODY[:500] if most < 4 else BODY
    calls = []
    OPERATIONS['put_object'](
        bucket,
        (SeekableReader if known else Reader)(content, most),
        (lambda *args: calls.append(args)) if progress else None,
    )
    check_framing(server.last, content, known)
    if progress:
        check_progress(calls, content, known)


def test_the_elements_of_an_array(bucket, server):
    """What counts are bytes, not elements."""
    numbers = array.array('I', range(100))
    bucket.put_object('key', memoryview(numbers))
    check_framing(server.last, numbers.tobytes(), True)


def test_changing_a_bytearray_meanwhile(bucket, server):
    """What was handed over is what is sent, and what its checksum is over."""
    data = bytearray(BODY)

    def callback(consumed, total):
        data[:] = b'changed'

    bucket.put_object('key', data, progress_callback=callback)
    assert server.last.body == BODY


@pytest.mark.parametrize('operation', OPERATIONS)
@pytest.mark.parametrize('progress', [False, True], ids=['', 'progress'])
@pytest.mark.behaviour(38)
def test_a_text_file_is_refused_before_anything_is_sent(operation, progress, bucket, server, tmp_path):
    (tmp_path / 'notes.txt').write_text('text')
    callback = (lambda consumed, total: None) if progress else None
    with open(str(tmp_path / 'notes.txt')) as file, pytest.raises(ClientError, match=r'notes\.txt.*binary'):
        OPERATIONS[operation](bucket, file, callback)
    with pytest.raises(ClientError, match='binary'):
        OPERATIONS[operation](bucket, io.StringIO('text'), callback)
    assert server.requests == []


def test_a_closed_file_is_refused_before_anything_is_sent(bucket, server, tmp_path):
    with open(str(tmp_path / 'file.bin'), 'wb+') as file:
        pass
    for operation in OPERATIONS.values():
        with pytest.raises(ClientError, match=r'file\.bin.*closed'):
            operation(bucket, file, None)
    assert server.requests == []


def test_what_cannot_be_read_is_refused_before_anything_is_sent(bucket, server, tmp_path):
    """Else what was just written would be stored as nothing."""
    with open(str(tmp_path / 'file.bin'), 'wb') as file:
        file.write(b'content')
        for operation in OPERATIONS.values():
            with pytest.raises(ClientError, match=r'file\.bin.*not open for reading'):
                operation(bucket, file, None)
    with pytest.raises(ClientError, match='put_object_from_file'):
        bucket.put_object('key', tmp_path / 'file.bin')
    assert server.requests == []


@pytest.mark.parametrize(
    'data', [5, 1.5, pytest.param(object(), id='object'), {'a': 1}, True, type], ids=lambda value: type(value).__name__
)
def test_what_is_no_data(data, bucket, server):
    with pytest.raises(ClientError) as caught:
        bucket.put_object('key', data)
    assert type(data).__name__ in caught.value.message
    assert server.requests == []


class TextReader:
    left = 3

    def read(self, amt=None):
        self.left -= 1
        return 'text' if self.left > 0 else ''


@pytest.mark.parametrize(
    'data', [TextReader, lambda: iter([5]), lambda: [b'good', object()]], ids=['text', 'numbers', 'objects']
)
def test_data_that_turns_out_wrong_while_it_is_sent(data, bucket, server, no_retries):
    with pytest.raises(ClientError):
        bucket.put_object('key', data())
    assert bucket.put_object('key', 'good').status == 200


@pytest.mark.parametrize('progress', [False, True], ids=['', 'progress'])
def test_a_source_that_ends_early(progress, bucket, server, tmp_path, no_retries):
    """A file that shrinks: OSS must not store a shorter object as if it were whole."""
    callback = (lambda consumed, total: None) if progress else None
    path = tmp_path / 'file'
    path.write_bytes(BODY)

    class Shrinking(io.FileIO):
        def read(self, amt=-1):
            os.truncate(str(path), 1000)
            return super().read(amt)

    with Shrinking(str(path)) as data, pytest.raises(InconsistentError, match='1000 of 70000'):
        bucket.put_object('key', data, progress_callback=callback)
    assert server.requests == []
    assert bucket.put_object('key', 'good').status == 200


def test_a_file_that_grows_meanwhile(bucket, server, tmp_path):
    """What was there at the beginning is sent."""
    path = tmp_path / 'file'
    path.write_bytes(BODY)

    def callback(consumed, total):
        with open(str(path), 'ab') as more:
            more.write(b'more')

    bucket.put_object_from_file('key', str(path), progress_callback=callback)
    check_framing(server.last, BODY, True)


class Failing:
    """A source whose disk fails."""

    def __init__(self, exception, seekable):
        self._exception = exception
        self._left = 2
        if seekable:
            self.seek = lambda *args: 100000
            self.tell = lambda: 0

    def read(self, amt=-1):
        self._left -= 1
        if self._left < 0:
            raise self._exception
        return b'x' * 10


@pytest.mark.parametrize('seekable', [True, False])
def test_a_source_that_fails(seekable, bucket, server, no_retries):
    """The connection, on which half a request went out, is not used again."""

    class Mine(Exception):
        pass

    with pytest.raises(Mine):
        bucket.put_object('key', Failing(Mine(), seekable))
    with pytest.raises(KeyboardInterrupt):
        bucket.put_object('key', Failing(KeyboardInterrupt(), seekable))
    with pytest.raises((OSError, OssError)):
        bucket.put_object('key', Failing(OSError(5, 'Input/output error'), seekable))
    assert bucket.put_object('key', 'good').status == 200
    assert [request.body for request in server.requests] == [b'good']


@pytest.mark.behaviour(38)
def test_where_a_file_stands_afterwards(bucket, server):
    """Behind the last byte that was sent."""
    data = io.BytesIO(b'12345')
    data.seek(2)
    bucket.put_object('key', data)
    assert server.last.body == b'345'
    assert data.tell() == 5


def test_a_pipe(bucket, server):
    """It can be asked to seek, and refuses."""
    out, into = os.pipe()
    writer = threading.Thread(target=lambda: os.write(into, b'through a pipe') and os.close(into))
    writer.start()
    with open(out, 'rb') as data:
        bucket.put_object('key', data)
    writer.join()
    check_framing(server.last, b'through a pipe', False)


def test_files_by_name(bucket, server, tmp_path):
    path = tmp_path / 'local.json'
    path.write_bytes(BODY)
    url = bucket.endpoint + '/test-bucket/key?Signature=s'
    for name in (path, str(path), os.fsencode(str(path))):
        for upload in (
            lambda name: bucket.put_object_from_file('remote.txt', name),
            lambda name: bucket.put_object_with_url_from_file(url, name),
        ):
            upload(name)
            check_framing(server.last, BODY, True)
        with pytest.raises(FileNotFoundError):
            bucket.put_object_from_file('key', str(tmp_path / 'nothing'))
        with pytest.raises(OSError):
            bucket.put_object_from_file('key', str(tmp_path))
    bucket.put_object_from_file('remote.txt', str(path))
    assert server.last.headers['content-type'] == 'application/json'
    bucket.put_object_from_file('remote.txt', str(path), headers={'content-type': 'a/b'})
    assert server.last.headers['content-type'] == 'a/b'
    path.write_bytes(b'')
    bucket.put_object_from_file('key', str(path))
    check_framing(server.last, b'', True)


def test_content_types_are_guessed_from_the_key(bucket, server):
    for key, expected in (
        ('a/b.txt', 'text/plain'),
        ('a.JPG', 'image/jpeg'),
        ('中.html', 'text/html'),
        ('a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
        ('none', None),
        ('a.unheard-of', None),
    ):
        bucket.put_object(key, 'x')
        assert server.last.headers.get('content-type') == expected, key
        bucket.append_object(key, 0, 'x')
        assert server.last.headers.get('content-type') == expected, key
        bucket.put_object(key, 'x', headers={'Content-Type': 'x/y'})
        assert server.last.headers['content-type'] == 'x/y'


def test_what_arrived_is_not_what_was_sent(raw_server, make_bucket):
    server = raw_server(answer(headers={'x-oss-hash-crc64ecma': '1', 'x-oss-request-id': 'THE-ID'}))
    bucket = make_bucket(server.url)
    for operation in OPERATIONS.values():
        with pytest.raises(InconsistentError, match='CRC') as caught:
            operation(bucket, BODY, None)
        assert caught.value.request_id == 'THE-ID'
        operation(make_bucket(server.url, enable_crc=False), BODY, None)
    bucket.append_object('key', 0, BODY)  # without init_crc there is nothing to compare


def test_an_answer_without_a_checksum(raw_server, make_bucket):
    bucket = make_bucket(raw_server(answer()).url)
    for operation in OPERATIONS.values():
        assert operation(bucket, BODY, None).crc is None


def test_a_refusal_while_the_body_is_still_being_sent(oss_bucket, oss_emulator, no_retries):
    with oss_emulator.faults.cut_request(after=1000, times=None), pytest.raises(RequestError):
        oss_bucket.put_object('key', bytes(30 * 1024 * 1024))
    assert not oss_bucket.object_exists('key')


def test_expect_nothing_of_the_body_of_a_successful_upload(raw_server, make_bucket):
    """The answer to an upload with a callback has a body: it is there to read, and its connection is free."""
    server = raw_server(answer(b'{"Status": "OK"}', headers={'Content-Type': 'application/json'}, framing='chunked'))
    bucket = make_bucket(server.url)
    results = [bucket.put_object('key', BODY, headers={'x-oss-callback': 'e30='}) for _ in range(3)]
    assert [result.callback_json() for result in results] == [{'Status': 'OK'}] * 3
    assert server.connections == 1


def test_user_agent_and_host(server, make_bucket):
    bucket = make_bucket(server.url, app_name='my-app')
    bucket.put_object('key', 'x')
    agent = server.last.headers['user-agent']
    assert agent.startswith('aliyun-sdk-python/%s(' % oss2.__version__)
    assert agent.endswith('/my-app')
    assert server.last.headers['host'] == server.netloc
    make_bucket(server.url).put_object('key', 'x', headers={'User-Agent': 'mine'})
    assert server.last.headers['user-agent'] == 'mine'


# Progress

def progress_of(bucket, way, content, folder, callback):
    """Transfer *content* in one of the ways there are."""
    path, small = str(folder / 'file'), {'part_size': 102400, 'progress_callback': callback}
    (folder / 'file').write_bytes(content)
    bucket.put_object('source', content)
    ways = {
        'bytes': lambda: bucket.put_object('key', content, progress_callback=callback),
        'file': lambda: bucket.put_object_from_file('key', path, progress_callback=callback),
        'text': lambda: bucket.put_object('key', content.decode('latin-1'), progress_callback=callback),
        'append': lambda: bucket.append_object('appended', 0, content, progress_callback=callback),
        'append_auto': lambda: bucket.append_object_auto('more', content, progress_callback=callback),
        'part': lambda: bucket.upload_part('key', bucket.init_multipart_upload('key').upload_id, 1, content,
                                           progress_callback=callback),
        'stream': lambda: bucket.upload_stream('key', io.BytesIO(content), **small),
        'resumable_upload': lambda: oss2.resumable_upload(
            bucket, 'key', path, oss2.ResumableStore(str(folder)), multipart_threshold=0, num_threads=3, **small),
        'copy': lambda: bucket.copy_object_auto(bucket.bucket_name, 'source', 'key', num_threads=2, **small),
        'get': lambda: bucket.get_object('source', progress_callback=callback).read(),
        'get in pieces': lambda: list(bucket.get_object('source', progress_callback=callback)),
        'get to a file': lambda: bucket.get_object_to_file('source', path, progress_callback=callback),
        'resumable_download': lambda: oss2.resumable_download(
            bucket, 'source', path, 0, store=oss2.ResumableDownloadStore(str(folder)), num_threads=3, **small),
    }
    ways[way]()


WAYS = ['bytes', 'file', 'text', 'append', 'append_auto', 'part', 'stream', 'resumable_upload', 'copy', 'get',
        'get in pieces', 'get to a file', 'resumable_download']


@pytest.mark.behaviour(5)
@pytest.mark.parametrize('size', [1, 102400, 300001])
@pytest.mark.parametrize('way', WAYS)
def test_progress_is_exact(way, size, oss_bucket, tmp_path, monkeypatch):
    """It never goes back or beyond, and ends at all of it, once."""
    monkeypatch.setattr(oss2.defaults, 'copy_threshold', 200000)
    content = (b'content' * size)[:size]
    progress = []
    progress_of(oss_bucket, way, content, tmp_path, lambda *args: progress.append(args))
    assert {total for _, total in progress} == {size}
    assert progress[-1] == (size, size)
    done = [consumed for consumed, _ in progress]
    assert done == sorted(set(done))


@pytest.mark.behaviour(5)
@pytest.mark.parametrize('way', WAYS)
def test_progress_of_nothing(way, oss_bucket, tmp_path):
    progress = []
    progress_of(oss_bucket, way, b'', tmp_path, lambda *args: progress.append(args))
    assert progress in ([], [(0, 0)])


@pytest.mark.behaviour('D7')
def test_a_part_of_a_file_ends_in_bytes():
    part = oss2.SizedFileAdapter(io.BytesIO(b'content'), 3)
    assert [part.read(2), part.read(2), part.read(2), part.read()] == [b'co', b'n', b'', b'']
    assert all(isinstance(oss2.SizedFileAdapter(io.BytesIO(b''), 0).read(*amount), bytes) for amount in ((), (5,)))
