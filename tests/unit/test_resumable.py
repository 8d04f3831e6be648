"""Resumable transfers without a network: their order, their threads, and what programs outside hold on to."""

from __future__ import annotations

import functools
import threading
from unittest.mock import patch

import pytest
from fakes import FakeResponse

import oss2
from oss2 import _retry, models, resumable
from oss2._crc64 import Crc64
from oss2.exceptions import AccessDenied, InconsistentError, NoSuchUpload, RequestError, ServerError
from oss2.resumable import TaskQueue, _ObjectInfo, _PartToProcess, _ResumableDownloader, _ResumableUploader

PART = 100
CONTENT = bytes(range(256)) * 4  # 11 parts
NUMBERS = list(range(1, 12))


def crc_of(content):
    crc = Crc64()
    crc(content)
    return crc.crc


def stored(content, etag='etag'):
    return FakeResponse(
        200,
        {
            'ETag': '"%s"' % etag,
            'x-oss-hash-crc64ecma': crc_of(content),
            'Content-Length': len(content),
            'Last-Modified': 'Fri, 24 Feb 2012 06:07:48 GMT',
        },
        content,
    )


def server_error(status=503, code='ServiceUnavailable', received=True):
    error = (AccessDenied if status == 403 else ServerError)(status, {}, b'', {'Code': code})
    error.received = received
    return error


class MemoryBucket:
    """What transfers need of a bucket; *fail* is called with the number of each part, and may raise."""

    bucket_name = 'bucket'
    enable_crc = True

    def __init__(self, fail=lambda number: None):
        self.fail = fail
        self.objects = {}
        self.uploads = {}
        self.tried = []
        self.aborted = []
        self.threads = set()

    def _begin(self, number):
        self.tried.append(number)
        self.threads.add(threading.get_ident())
        self.fail(number)

    def init_multipart_upload(self, key, headers=None, params=None):
        result = models.InitMultipartUploadResult(FakeResponse())
        result.upload_id = 'upload-%d' % len(self.uploads)
        self.uploads[result.upload_id] = {}
        return result

    def list_parts(self, key, upload_id, marker='', max_parts=1000, headers=None):
        if upload_id not in self.uploads:
            raise NoSuchUpload(404, {}, b'', {'Code': 'NoSuchUpload'})
        result = models.ListPartsResult(FakeResponse())
        result.parts = [
            models.PartInfo(number, 'etag', len(content), part_crc=crc_of(content))
            for number, content in sorted(self.uploads[upload_id].items())
        ]
        result.is_truncated = False
        return result

    def upload_part(self, key, upload_id, part_number, data, headers=None):
        self._begin(part_number)
        content = b''.join(iter(functools.partial(data.read, 30), b''))
        self.uploads[upload_id][part_number] = content
        return models.PutObjectResult(stored(content))

    def complete_multipart_upload(self, key, upload_id, parts, headers=None):
        found = self.uploads.pop(upload_id)
        self.objects[key] = b''.join(found[part.part_number] for part in sorted(parts, key=lambda p: p.part_number))
        return models.PutObjectResult(stored(self.objects[key]))

    def abort_multipart_upload(self, key, upload_id):
        self.aborted.append(upload_id)
        self.uploads.pop(upload_id, None)

    def head_object(self, key, headers=None, params=None):
        return models.HeadObjectResult(stored(self.objects[key]))

    def get_object(self, key, byte_range=None, headers=None, params=None):
        first, last = byte_range
        self._begin(first // PART + 1)
        assert headers['If-Match'] == 'etag'
        return models.GetObjectResult(FakeResponse(206, {}, self.objects[key][first : last + 1]), crc_enabled=True)


@pytest.fixture(autouse=True)
def waits(monkeypatch):
    seen = []
    monkeypatch.setattr(_retry, 'delay', lambda attempt, asked=None: seen.append(attempt) or 0.0)
    return seen


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(oss2.defaults, 'min_part_size', 1)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / 'source'
    path.write_bytes(CONTENT)
    return str(path)


@pytest.fixture(params=['upload', 'download'])
def transfer(request, source, tmp_path):
    """A function of a bucket and options that transfers CONTENT, and checks that it has arrived."""

    def upload(bucket, **options):
        result = oss2.resumable_upload(
            bucket,
            'key',
            source,
            store=oss2.ResumableStore(str(tmp_path)),
            multipart_threshold=0,
            part_size=PART,
            **options,
        )
        assert bucket.objects['key'] == CONTENT
        return result

    def download(bucket, **options):
        bucket.objects['key'] = CONTENT
        target = tmp_path / 'target'
        result = oss2.resumable_download(
            bucket,
            'key',
            str(target),
            store=oss2.ResumableDownloadStore(str(tmp_path)),
            multiget_threshold=0,
            part_size=PART,
            **options,
        )
        assert target.read_bytes() == CONTENT
        return result

    return {'upload': upload, 'download': download}[request.param]


def names_in(folder):
    return sorted(path.name for path in folder.rglob('*') if path.is_file())


# Order and threads


def test_one_thread_is_the_callers(transfer):
    bucket = MemoryBucket()
    result = transfer(bucket, num_threads=1)
    assert bucket.tried == NUMBERS
    assert bucket.threads == {threading.get_ident()}
    assert isinstance(result, (models.PutObjectResult, models.HeadObjectResult))
    assert result.etag == 'etag'


@pytest.mark.parametrize('num_threads', [2, 5, 50])
def test_threads(transfer, num_threads):
    bucket = MemoryBucket()
    transfer(bucket, num_threads=num_threads)
    assert sorted(bucket.tried) == NUMBERS
    assert threading.get_ident() not in bucket.threads
    assert len(bucket.threads) <= min(num_threads, len(NUMBERS))


def test_sequential_parts_are_sent_in_order(source, tmp_path):
    bucket = MemoryBucket()
    oss2.resumable_upload(
        bucket,
        'key',
        source,
        oss2.ResumableStore(str(tmp_path)),
        multipart_threshold=0,
        part_size=PART,
        num_threads=5,
        params={'sequential': ''},
    )
    assert bucket.tried == NUMBERS


@pytest.mark.behaviour(14)
def test_the_first_hard_failure_stops_all(transfer):
    """Each of the others ends with the part that it has in hand."""
    failing = []
    begun = threading.Event()

    def fail(number):
        if number == 3:
            failing.append(threading.current_thread())
            begun.set()
            raise server_error(403, 'AccessDenied')
        assert begun.wait(10)
        failing[0].join(10)

    bucket = MemoryBucket(fail)
    with pytest.raises(AccessDenied):
        transfer(bucket, num_threads=4)
    assert len(bucket.tried) <= 4
    assert bucket.tried.count(3) == 1
    assert not bucket.threads & {thread.ident for thread in threading.enumerate()}


@pytest.mark.behaviour(14)
def test_it_goes_on_where_it_broke_off(transfer):
    def fail(number):
        if number == 7:
            raise server_error(403, 'AccessDenied')

    bucket = MemoryBucket(fail)
    with pytest.raises(AccessDenied):
        transfer(bucket, num_threads=1)
    assert bucket.tried == NUMBERS[:7]
    bucket.fail, bucket.tried = lambda number: None, []
    progress = []
    transfer(bucket, num_threads=1, progress_callback=lambda *args: progress.append(args))
    assert bucket.tried == NUMBERS[6:]
    assert progress[0] == (600, len(CONTENT))
    assert progress[-1] == (len(CONTENT), len(CONTENT))


# Failures that may pass


@pytest.mark.parametrize(
    'make', [server_error, lambda: InconsistentError('crc'), lambda: from_network(RequestError(Exception('reset')))]
)
@pytest.mark.behaviour(14)
def test_a_part_is_tried_again(transfer, make, waits):
    failures = {4: 2, 6: 1}

    def fail(number):
        if failures.get(number):
            failures[number] -= 1
            raise make()

    bucket = MemoryBucket(fail)
    progress = []
    transfer(bucket, num_threads=1, progress_callback=lambda *args: progress.append(args))
    assert bucket.tried == sorted([*NUMBERS, 4, 4, 6])
    assert waits == [1, 2, 1]
    check_exact(progress)


def from_network(error):
    error.from_network = True
    return error


def test_a_part_is_given_up_after_the_attempts_that_are_allowed(transfer, waits, monkeypatch):
    monkeypatch.setattr(oss2.defaults, 'request_retries', 4)

    def fail(number):
        raise server_error()

    bucket = MemoryBucket(fail)
    with pytest.raises(ServerError):
        transfer(bucket, num_threads=1)
    assert bucket.tried == [1, 1, 1, 1]
    assert waits == [1, 2, 3]


def test_what_the_session_has_repeated_is_not_repeated_again(transfer):
    def fail(number):
        error = server_error()
        error.attempts = 3
        raise error

    bucket = MemoryBucket(fail)
    with pytest.raises(ServerError):
        transfer(bucket, num_threads=1)
    assert bucket.tried == [1]


@pytest.mark.parametrize(
    'error',
    [
        server_error(received=False),
        RequestError(Exception('of a test')),
        server_error(403, 'AccessDenied'),
        OSError('x'),
        KeyError('x'),
    ],
    ids=repr,
)
def test_other_failures_are_seen_at_once(transfer, error):
    """Also what a program's test raises in the place of `Session.do_request`."""

    def fail(number):
        raise error

    bucket = MemoryBucket(fail)
    with pytest.raises(type(error)) as caught:
        transfer(bucket, num_threads=1)
    assert caught.value is error
    assert bucket.tried == [1]


# Progress


def check_exact(progress):
    """From what was there to all, each step more than the last, and all of it once."""
    done, totals = zip(*progress)
    assert set(totals) == {len(CONTENT)}
    assert list(done) == sorted(set(done))
    assert done[-1] == len(CONTENT)


@pytest.mark.parametrize('num_threads', [1, 4])
@pytest.mark.behaviour(5)
def test_progress(transfer, num_threads):
    progress = []
    transfer(MemoryBucket(), num_threads=num_threads, progress_callback=lambda *args: progress.append(args))
    assert progress[0] == (0, len(CONTENT))
    assert len(progress) == 1 + len(NUMBERS)
    check_exact(progress)


@pytest.mark.behaviour(5)
def test_progress_when_all_is_there(source, tmp_path):
    def upload(bucket, **options):
        return oss2.resumable_upload(
            bucket, 'key', source, oss2.ResumableStore(str(tmp_path)), multipart_threshold=0, part_size=PART, **options
        )

    bucket = MemoryBucket()
    with patch.object(bucket, 'complete_multipart_upload', side_effect=server_error(403)), pytest.raises(AccessDenied):
        upload(bucket)
    progress, bucket.tried = [], []
    upload(bucket, progress_callback=lambda *args: progress.append(args))
    assert progress == [(len(CONTENT), len(CONTENT))]
    assert bucket.tried == []


def test_a_callback_that_fails_ends_the_transfer(transfer):
    def callback(done, total):
        if done:
            raise KeyError('mine')

    with pytest.raises(KeyError, match='mine'):
        transfer(MemoryBucket(), num_threads=3, progress_callback=callback)


def test_an_empty_file_in_parts(tmp_path):
    (tmp_path / 'empty').write_bytes(b'')
    bucket, progress = MemoryBucket(), []
    oss2.resumable_upload(
        bucket,
        'key',
        str(tmp_path / 'empty'),
        oss2.ResumableStore(str(tmp_path)),
        multipart_threshold=0,
        progress_callback=lambda *args: progress.append(args),
    )
    assert bucket.objects['key'] == b''
    assert progress == [(0, 0)]


# What is left behind


def test_nothing_is_left_behind(transfer, tmp_path):
    transfer(MemoryBucket(), num_threads=3)
    assert names_in(tmp_path) in (['source'], ['source', 'target'])


@pytest.mark.behaviour(14)
def test_a_source_that_changes_is_noticed(source, tmp_path):
    def fail(number):
        if number == 5:
            with open(source, 'ab') as file:
                file.write(b'more')

    bucket = MemoryBucket(fail)
    with pytest.raises(InconsistentError, match='changed'):
        oss2.resumable_upload(
            bucket, 'key', source, oss2.ResumableStore(str(tmp_path)), multipart_threshold=0, part_size=PART
        )
    assert bucket.objects == {}
    assert bucket.aborted == ['upload-0']
    assert names_in(tmp_path) == ['source']


@pytest.mark.behaviour(14)
def test_a_source_that_shrinks_is_noticed(source, tmp_path):
    def fail(number):
        if number == 5:
            with open(source, 'r+b') as file:
                file.truncate(520)

    bucket = MemoryBucket(fail)
    with pytest.raises(InconsistentError):
        oss2.resumable_upload(
            bucket, 'key', source, oss2.ResumableStore(str(tmp_path)), multipart_threshold=0, part_size=PART
        )
    assert bucket.objects == {}


class LongAnswers(MemoryBucket):
    """Its answers to some ranges have other lengths than they should."""

    def __init__(self, more):
        super().__init__()
        self.more = more

    def get_object(self, key, byte_range=None, headers=None, params=None):
        result = super().get_object(key, byte_range, headers, params)
        if byte_range[0] == 300:
            content = self.objects[key][300 : 400 + self.more]
            return models.GetObjectResult(FakeResponse(206, {}, content), crc_enabled=True)
        return result


@pytest.mark.parametrize('more', [-100, -1, 1, 500])
@pytest.mark.behaviour(36)
def test_an_answer_of_another_length_never_harms_the_parts_beside_it(more, tmp_path):
    bucket = LongAnswers(more)
    bucket.objects['key'] = CONTENT
    with pytest.raises(InconsistentError):
        oss2.resumable_download(
            bucket,
            'key',
            str(tmp_path / 'target'),
            0,
            PART,
            store=oss2.ResumableDownloadStore(str(tmp_path)),
            num_threads=1,
        )
    (collected,) = tmp_path.glob('target.tmp-*')
    assert collected.read_bytes()[:300] == CONTENT[:300]
    assert len(collected.read_bytes()) <= 400
    assert not (tmp_path / 'target').exists()


def test_an_answer_of_another_range_is_refused(tmp_path):
    class Elsewhere(MemoryBucket):
        def get_object(self, key, byte_range=None, headers=None, params=None):
            result = super().get_object(key, byte_range, headers, params)
            result.content_range = 'bytes 0-99/%d' % len(CONTENT)
            return result

    bucket = Elsewhere()
    bucket.enable_crc = False
    bucket.objects['key'] = CONTENT
    with pytest.raises(InconsistentError, match='bytes 0-99'):
        oss2.resumable_download(
            bucket,
            'key',
            str(tmp_path / 'target'),
            0,
            PART,
            num_threads=1,
            store=oss2.ResumableDownloadStore(str(tmp_path)),
        )


# Stores of other kinds


class DictStore(dict):
    """A store of a program's own: three methods and a name."""

    def put(self, key, value):
        self[key] = dict(value)

    def delete(self, key):
        self.pop(key, None)

    @staticmethod
    def make_store_key(bucket_name, key, filename, *version):
        return (bucket_name, key, *version)


def test_a_store_of_ones_own(source, tmp_path):
    def fail(number):
        raise server_error(403)

    store, bucket = DictStore(), MemoryBucket(fail)
    with pytest.raises(AccessDenied):
        oss2.resumable_upload(bucket, 'key', source, store, multipart_threshold=0, part_size=PART)
    assert store['bucket', 'key']['upload_id'] == 'upload-0'
    bucket.fail = lambda number: None
    oss2.resumable_upload(bucket, 'key', source, store, multipart_threshold=0, part_size=PART)
    assert store == {}
    oss2.resumable_download(bucket, 'key', str(tmp_path / 'target'), 0, PART, store=store, params={'versionId': 'V'})
    assert (tmp_path / 'target').read_bytes() == CONTENT


@pytest.mark.parametrize(
    'record', [[1], 'text', 5, {}, {'op_type': 'ResumableUpload'}], ids=lambda value: type(value).__name__
)
@pytest.mark.behaviour(14)
def test_a_store_that_returns_nonsense(record, transfer, caplog):
    store = DictStore()
    store.get = lambda key: record
    with patch('oss2.ResumableStore', return_value=store), patch('oss2.ResumableDownloadStore', return_value=store):
        transfer(MemoryBucket())
    assert 'starts over' in caplog.text


# What programs outside hold on to

UPLOADER = (
    '__op __num_threads __part_size __mtime __finished_parts __finished_size __upload_id __headers __params '
    '__encryption __upload_context __record_upload_context __load_record __get_parts_to_upload __producer '
    '__consumer __upload_part __finish_part __is_record_sane __file_changed __upload_exists'
)
DOWNLOADER = (
    '__finished_parts __finished_size __headers __num_threads __params __tmp_file __part_size __load_record '
    '__get_parts_to_download __finish_part __download_part'
)
PLAIN = '_report_progress _del_record _put_record _get_record _abspath size filename key bucket'


def test_the_attributes(source, tmp_path):
    uploader = _ResumableUploader(MemoryBucket(), 'key', source, len(CONTENT), oss2.ResumableStore(str(tmp_path)))
    downloader = _ResumableDownloader(
        MemoryBucket(), 'key', source, info_of(CONTENT), store=oss2.ResumableDownloadStore(str(tmp_path))
    )
    for name in UPLOADER.split():
        assert hasattr(uploader, '_ResumableUploader' + name), name
    for name in DOWNLOADER.split():
        assert hasattr(downloader, '_ResumableDownloader' + name), name
    for each in (uploader, downloader):
        for name in PLAIN.split():
            assert hasattr(each, name), name
    assert uploader._ResumableUploader__part_size == oss2.defaults.part_size
    assert uploader._ResumableUploader__upload_id is None
    assert downloader._ResumableDownloader__tmp_file is None
    assert downloader.objectInfo.etag == 'etag'
    assert oss2.ResumableStore(str(tmp_path))._ResumableStoreBase__path('name').endswith('name')


def info_of(content):
    return _ObjectInfo.make(models.HeadObjectResult(stored(content)))


class OwnUploader(_ResumableUploader):
    """A subclass that has the order of things to itself, by the mangled names."""

    def upload(self):
        self._ResumableUploader__load_record()
        parts = self._ResumableUploader__get_parts_to_upload(self._ResumableUploader__finished_parts)
        self._report_progress(self._ResumableUploader__finished_size)
        q = TaskQueue(
            functools.partial(self._ResumableUploader__producer, parts_to_upload=parts),
            [self._ResumableUploader__consumer] * self._ResumableUploader__num_threads,
        )
        q.run()
        result = self.bucket.complete_multipart_upload(
            self.key, self._ResumableUploader__upload_id, self._ResumableUploader__finished_parts
        )
        self._del_record()
        return result


class OwnDownloader(_ResumableDownloader):
    def download(self, server_crc=None):
        self._ResumableDownloader__load_record()
        parts = self._ResumableDownloader__get_parts_to_download()
        open(self._ResumableDownloader__tmp_file, 'a').close()
        q = TaskQueue(
            functools.partial(self._ResumableDownloader__producer, parts_to_download=parts),
            [self._ResumableDownloader__consumer] * self._ResumableDownloader__num_threads,
        )
        q.run()
        resumable.utils.force_rename(self._ResumableDownloader__tmp_file, self.filename)
        self._del_record()


def test_subclasses_that_have_their_own_order(source, tmp_path):
    bucket = MemoryBucket()
    progress = []
    uploader = OwnUploader(
        bucket,
        'key',
        source,
        len(CONTENT),
        oss2.ResumableStore(str(tmp_path)),
        part_size=PART,
        num_threads=3,
        progress_callback=lambda *args: progress.append(args),
    )
    assert uploader.upload().etag == 'etag'
    assert bucket.objects['key'] == CONTENT
    check_exact(progress)
    OwnDownloader(
        bucket,
        'key',
        str(tmp_path / 'target'),
        info_of(CONTENT),
        part_size=PART,
        num_threads=3,
        store=oss2.ResumableDownloadStore(str(tmp_path)),
    ).download()
    assert (tmp_path / 'target').read_bytes() == CONTENT
    assert names_in(tmp_path) == ['source', 'target']


@pytest.mark.parametrize('num_threads', [1, 3])
@pytest.mark.parametrize('name', ['__upload_part', '__consumer', '__producer', '__finish_part', '__load_record'])
def test_methods_of_an_upload_are_patched(name, num_threads, source, tmp_path):
    check_patched(
        _ResumableUploader,
        '_ResumableUploader' + name,
        lambda: oss2.resumable_upload(
            MemoryBucket(),
            'key',
            source,
            oss2.ResumableStore(str(tmp_path)),
            multipart_threshold=0,
            part_size=PART,
            num_threads=num_threads,
        ),
    )


@pytest.mark.parametrize('num_threads', [1, 3])
@pytest.mark.parametrize('name', ['__download_part', '__consumer', '__producer', '__finish_part', '__load_record'])
def test_methods_of_a_download_are_patched(name, num_threads, tmp_path):
    bucket = MemoryBucket()
    bucket.objects['key'] = CONTENT
    check_patched(
        _ResumableDownloader,
        '_ResumableDownloader' + name,
        lambda: oss2.resumable_download(
            bucket,
            'key',
            str(tmp_path / 'target'),
            0,
            PART,
            num_threads=num_threads,
            store=oss2.ResumableDownloadStore(str(tmp_path)),
        ),
    )


def check_patched(cls, name, run):
    original = getattr(cls, name)
    with patch.object(cls, name, autospec=True, side_effect=original) as method:
        run()
    assert method.called


def test_classes_and_functions_are_looked_up_in_the_module(source, tmp_path):
    with patch('oss2.resumable._ResumableUploader') as uploader:
        oss2.resumable_upload(MemoryBucket(), 'key', source, multipart_threshold=0)
    assert uploader.called
    bucket = MemoryBucket()
    bucket.objects['key'] = CONTENT
    with patch('oss2.resumable._ResumableDownloader') as downloader:
        oss2.resumable_download(bucket, 'key', str(tmp_path / 'target'), multiget_threshold=0)
    assert downloader.called


def test_steps_by_hand(source, tmp_path):
    """One part after the other, as programs with a loop of their own do it."""
    bucket = MemoryBucket()
    uploader = _ResumableUploader(
        bucket, 'key', source, len(CONTENT), oss2.ResumableStore(str(tmp_path)), part_size=PART
    )
    uploader._ResumableUploader__load_record()
    record = uploader._get_record()
    assert uploader._ResumableUploader__is_record_sane(record)
    assert not uploader._ResumableUploader__file_changed(record)
    assert uploader._ResumableUploader__upload_exists(record['upload_id'])
    assert not uploader._ResumableUploader__upload_exists('other')
    uploader._ResumableUploader__upload_part(_PartToProcess(2, 100, 200))
    assert uploader._ResumableUploader__finished_size == 100
    assert [part.part_number for part in uploader._ResumableUploader__finished_parts] == [2]
    assert uploader.upload().etag == 'etag'
    assert bucket.tried == [2, *[number for number in NUMBERS if number != 2]]
    assert bucket.objects['key'] == CONTENT
