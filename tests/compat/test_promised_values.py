"""Promises about what goes in and comes out everywhere: data, input, errors, ranges, pages, progress, times."""

from __future__ import annotations

import datetime
import io
import locale
import threading
import time

import pytest
import requests
from documents import ANSWERS
from promised import document, error, in_pages, is_progress, query_of
from rawserver import Sent, answer

import oss2
from oss2 import models
from oss2.exceptions import ClientError, NoSuchKey, NotFound, NotModified, OssError, RequestError, ServerError

TEXT = '文本 text'
RAW = TEXT.encode()


class OnlyReads:
    """A file-like object that cannot be sought in."""

    def __init__(self, content):
        self._file = io.BytesIO(content)

    def read(self, size=-1):
        return self._file.read(size)


def standing_at(file, position):
    file.seek(position)
    return file


# name: (makes the data, whether its length is known)
KINDS = {
    'text': (lambda: TEXT, True), 'bytes': (lambda: RAW, True), 'file': (lambda: io.BytesIO(RAW), True),
    'file, from where it stands': (lambda: standing_at(io.BytesIO(b'before' + RAW), 6), True),
    'only reads': (lambda: OnlyReads(RAW), False), 'iterable': (lambda: iter([RAW[:3], RAW[3:]]), False),
}
every_kind = pytest.mark.parametrize(('make', 'known'), KINDS.values(), ids=KINDS)
UPLOADS = [
    pytest.param(lambda bucket, data: bucket.put_object('key', data), marks=pytest.mark.promise('S100'),
                 id='put_object'),
    pytest.param(lambda bucket, data: bucket.append_object('key', 0, data), marks=pytest.mark.promise('S116'),
                 id='append_object'),
    pytest.param(lambda bucket, data: bucket.upload_part('key', 'ID', 1, data), marks=pytest.mark.promise('S208'),
                 id='upload_part'),
]
CONFIGURATIONS = {
    'put_bucket_cors': models.BucketCors([models.CorsRule(['*'], ['GET'])]),
    'put_bucket_lifecycle': models.BucketLifecycle([models.LifecycleRule('id', 'logs/')]),
    'put_bucket_logging': models.BucketLogging('logs', 'prefix/'),
    'put_bucket_referer': models.BucketReferer(True, ['http://a.com']),
    'put_bucket_website': models.BucketWebsite('index.html', 'error.html'),
    'create_live_channel': models.LiveChannelInfo(description='描述'),
}


def check_sent(request, known):
    assert request.body == RAW
    assert request.headers.get('content-length') == (str(len(RAW)) if known else None)
    assert request.headers.get('transfer-encoding') == (None if known else 'chunked')


@pytest.mark.promise('S040', 'S041', 'S042', 'S043', 'S044', 'S045')
@every_kind
@pytest.mark.parametrize('upload', UPLOADS)
def test_data(upload, make, known, raw_server, make_bucket):
    server = raw_server(answer())
    upload(make_bucket(server.url), make())
    check_sent(server.last, known)


@pytest.mark.promise('S046', 'S048', 'S049', 'S050', 'S051', 'S052')
@every_kind
@pytest.mark.parametrize('name', [
    pytest.param('put_bucket_cors', marks=pytest.mark.promise('S274')),
    pytest.param('put_bucket_lifecycle', marks=pytest.mark.promise('S282')),
    pytest.param('put_bucket_logging', marks=pytest.mark.promise('S291')),
    pytest.param('put_bucket_referer', marks=pytest.mark.promise('S299'))])
def test_input_of_the_kinds_of_data(name, make, known, raw_server, make_bucket):
    server = raw_server(answer())
    getattr(make_bucket(server.url), name)(make())
    check_sent(server.last, known)


@pytest.mark.promise('S047', 'S052', 'S274', 'S282', 'S291', 'S299', 'S305', 'S315')
@pytest.mark.parametrize('name', CONFIGURATIONS)
def test_input_of_the_class_concerned(name, raw_server, make_bucket):
    server = raw_server(document(ANSWERS['live channel made']))
    channel = ('channel',) if name == 'create_live_channel' else ()
    getattr(make_bucket(server.url), name)(*channel, CONFIGURATIONS[name])
    assert server.last.method == 'PUT'
    assert server.last.body.startswith(b'<')
    with pytest.raises(ClientError):
        make_bucket(server.url).put_object('key', CONFIGURATIONS[name])


@pytest.mark.promise('S057')
def test_the_list_of_buckets(raw_server):
    with oss2.Service(oss2.AnonymousAuth(), raw_server(document(ANSWERS['bucket list'])).url) as service:
        (bucket,) = service.list_buckets().buckets
    assert (bucket.name, bucket.location, bucket.creation_date) == ('app-base-oss', 'oss-cn-shanghai', 1392660763)


@pytest.mark.promise('S058')
def test_a_download_is_a_file(oss_bucket):
    oss_bucket.put_object('key', b'0123456789')
    with oss_bucket.get_object('key') as result:
        assert isinstance(result, models.GetObjectResult)
        assert (result.read(3), result.read(), result.read()) == (b'012', b'3456789', b'')


@pytest.mark.promise('S059', 'S060', 'S061', 'S062')
def test_three_kinds_of_errors(oss_bucket, oss_emulator, no_retries):
    kinds = (ClientError, ServerError, RequestError)
    for kind in kinds:
        assert issubclass(kind, OssError)
        assert [other for other in kinds if issubclass(kind, other)] == [kind]
    with pytest.raises(ClientError):
        oss_bucket.put_object('', b'x')
    with pytest.raises(ServerError) as caught:
        oss_bucket.get_object('nothing')
    assert (caught.value.status, caught.value.code) == (404, 'NoSuchKey')
    with oss_emulator.faults.drop_answer(times=None), pytest.raises(RequestError):
        oss_bucket.get_object('nothing')


@pytest.mark.promise('S061')
@pytest.mark.parametrize('status', [400, 403, 404, 409, 500, 503])
def test_every_unsuccessful_status_is_a_server_error(status, raw_server, make_bucket, no_retries):
    bucket = make_bucket(raw_server(error(status, 'Whatever')).url)
    for call in (lambda: bucket.get_object('key'), lambda: bucket.put_object('key', b'x'), bucket.list_objects):
        with pytest.raises(ServerError) as caught:
            call()
        assert (caught.value.status, caught.value.code, caught.value.request_id) == (status, 'Whatever', 'RAW')


@pytest.mark.promise('S062')
def test_timeouts_and_broken_connections(raw_server, make_bucket, no_retries):
    """Also while the body is being read."""
    leave = threading.Event()

    def silent(request):
        leave.wait(5)
        return Sent(b'', 'close')

    with pytest.raises(RequestError):
        make_bucket(raw_server(silent).url, connect_timeout=0.1).get_object('key')
    leave.set()
    result = make_bucket(raw_server(answer(b'content', cut=3)).url).get_object('key')
    with pytest.raises(RequestError):
        result.read()


@pytest.mark.promise('S063', 'S107', 'S138')
def test_errors_of_files(oss_bucket, tmp_path):
    oss_bucket.put_object('key', b'content')
    with pytest.raises(FileNotFoundError):
        oss_bucket.put_object_from_file('key', str(tmp_path / 'nothing'))
    with pytest.raises(OSError):
        oss_bucket.put_object_from_file('key', str(tmp_path))
    with pytest.raises(FileNotFoundError):
        oss_bucket.get_object_to_file('key', str(tmp_path / 'nowhere' / 'file'))
    with pytest.raises(FileNotFoundError):
        oss2.resumable_upload(oss_bucket, 'key', str(tmp_path / 'nothing'))


RANGES = [
    pytest.param((0, 99), 'bytes=0-99', slice(0, 100), marks=pytest.mark.promise('S066')),
    pytest.param((None, 99), 'bytes=-99', slice(-99, None), marks=pytest.mark.promise('S067')),
    pytest.param((100, None), 'bytes=100-', slice(100, None), marks=pytest.mark.promise('S068')),
]
CONTENT = bytes(range(200))


@pytest.mark.promise('S064', 'S065', 'S128', 'S139')
@pytest.mark.parametrize(('byte_range', 'header', 'part'), RANGES)
def test_ranges_of_a_download(byte_range, header, part, oss_bucket, oss_emulator, tmp_path):
    oss_bucket.put_object('key', CONTENT)
    assert oss_bucket.get_object('key', byte_range=byte_range).read() == CONTENT[part]
    assert oss_emulator.requests[-1].headers['range'] == header
    oss_bucket.get_object_to_file('key', str(tmp_path / 'file'), byte_range=byte_range)
    assert (tmp_path / 'file').read_bytes() == CONTENT[part]
    assert oss_emulator.requests[-1].headers['range'] == header


@pytest.mark.promise('S064', 'S065', 'S069')
@pytest.mark.parametrize(('byte_range', 'header', 'part'), RANGES)
def test_ranges_of_a_copied_part(byte_range, header, part, raw_server, make_bucket):
    server = raw_server(document('<CopyPartResult><ETag>"E"</ETag></CopyPartResult>', ETag='"E"'))
    make_bucket(server.url).upload_part_copy('source-bucket', 'source', byte_range, 'target', 'ID', 1)
    assert server.last.headers['x-oss-copy-source-range'] == header
    assert server.last.headers['x-oss-copy-source'] == '/source-bucket/source'
    assert query_of(server.last) == {'uploadId': 'ID', 'partNumber': '1'}


@pytest.mark.promise('S064', 'S069')
def test_a_part_copied_from_a_range(oss_bucket):
    oss_bucket.put_object('source', CONTENT)
    upload_id = oss_bucket.init_multipart_upload('key').upload_id
    part = oss_bucket.upload_part_copy(oss_bucket.bucket_name, 'source', (100, None), 'key', upload_id, 1)
    oss_bucket.complete_multipart_upload('key', upload_id, [models.PartInfo(1, part.etag)])
    assert oss_bucket.get_object('key').read() == CONTENT[100:]


@pytest.mark.promise('S070', 'S071', 'S072')
def test_pages(oss_bucket, oss_emulator):
    """The first page needs no marker; the last one says that it is the last."""
    uploads = []
    for key in ('a', 'b', 'c'):
        oss_bucket.put_object(key, b'x')
        uploads.append(oss_bucket.init_multipart_upload(key).upload_id)
        oss_bucket.upload_part('a', uploads[0], len(uploads), b'x')
    for name in ('bucket-1', 'bucket-2'):
        oss_emulator.bucket(name).close()
    with oss2.Service(oss_bucket.auth, oss_emulator.endpoint, region=oss_emulator.region) as service:
        buckets = in_pages(service.list_buckets(max_keys=1),
                           lambda page: service.list_buckets(max_keys=1, marker=page.next_marker))
    objects = in_pages(oss_bucket.list_objects(max_keys=1),
                       lambda page: oss_bucket.list_objects(max_keys=1, marker=page.next_marker))
    multipart = in_pages(
        oss_bucket.list_multipart_uploads(max_uploads=1), lambda page: oss_bucket.list_multipart_uploads(
            max_uploads=1, key_marker=page.next_key_marker, upload_id_marker=page.next_upload_id_marker))
    parts = in_pages(oss_bucket.list_parts('a', uploads[0], max_parts=1),
                     lambda page: oss_bucket.list_parts('a', uploads[0], max_parts=1, marker=page.next_marker))
    assert [bucket.name for page in buckets for bucket in page.buckets] == ['bucket-1', 'bucket-2', 'test-bucket']
    assert [info.key for page in objects for info in page.object_list] == ['a', 'b', 'c']
    assert [info.upload_id for page in multipart for info in page.upload_list] == uploads
    assert [part.part_number for page in parts for part in page.parts] == [1, 2, 3]
    for pages in (buckets, objects, multipart, parts):
        assert [page.is_truncated for page in pages] == [True, True, False]



# Each with a file that has the content, and into which it can be written.
TRANSFERS = [
    pytest.param(lambda bucket, path, callback: bucket.put_object('key', CONTENT, progress_callback=callback),
                 marks=pytest.mark.promise('S102'), id='put_object'),
    pytest.param(lambda bucket, path, callback: bucket.put_object_from_file('key', str(path),
                                                                            progress_callback=callback),
                 marks=pytest.mark.promise('S109'), id='put_object_from_file'),
    pytest.param(lambda bucket, path, callback: bucket.append_object('new', 0, CONTENT, progress_callback=callback),
                 marks=pytest.mark.promise('S118'), id='append_object'),
    pytest.param(lambda bucket, path, callback: bucket.upload_part(
        'key', bucket.init_multipart_upload('key').upload_id, 1, CONTENT, progress_callback=callback),
        marks=pytest.mark.promise('S209'), id='upload_part'),
    pytest.param(lambda bucket, path, callback: bucket.get_object('key', progress_callback=callback).read(),
                 marks=pytest.mark.promise('S130'), id='get_object'),
    pytest.param(lambda bucket, path, callback: bucket.get_object_to_file('key', str(path), progress_callback=callback),
                 marks=pytest.mark.promise('S141'), id='get_object_to_file'),
    pytest.param(lambda bucket, path, callback: oss2.resumable_upload(bucket, 'key', str(path),
                                                                      progress_callback=callback),
                 marks=pytest.mark.promise('S074'), id='resumable_upload'),
]


@pytest.mark.promise('S073', 'S075', 'S076', 'S077')
@pytest.mark.parametrize('transfer', TRANSFERS)
def test_progress(transfer, oss_bucket, tmp_path):
    oss_bucket.put_object('key', CONTENT)
    (tmp_path / 'file').write_bytes(CONTENT)
    calls = []
    transfer(oss_bucket, tmp_path / 'file', lambda *args: calls.append(args))
    assert is_progress(calls, len(CONTENT), len(CONTENT))


@pytest.mark.promise('S078')
@every_kind
def test_the_total_of_an_upload(make, known, oss_bucket):
    calls = []
    oss_bucket.put_object('key', make(), progress_callback=lambda *args: calls.append(args))
    assert is_progress(calls, len(RAW), len(RAW) if known else None)


@pytest.mark.promise('S079')
@pytest.mark.parametrize(('framing', 'total'), [('length', len(CONTENT)), ('chunked', None), ('close', None)])
def test_the_total_of_a_download(framing, total, raw_server, make_bucket):
    bucket = make_bucket(raw_server(answer(CONTENT, framing=framing)).url)
    calls = []
    bucket.get_object('key', progress_callback=lambda *args: calls.append(args)).read()
    assert is_progress(calls, len(CONTENT), total)


@pytest.mark.promise('S080', 'S081', 'S082')
def test_times_of_the_server(oss_bucket, oss_emulator, raw_server, make_bucket):
    """Unix seconds, also where the answer has an HTTP date or ISO 8601."""
    before = int(time.time())
    oss_bucket.put_object('key', b'x')
    head = oss_bucket.head_object('key')
    with oss2.Service(oss_bucket.auth, oss_emulator.endpoint, region=oss_emulator.region) as service:
        created = service.list_buckets().buckets[0].creation_date
    (listed,) = oss_bucket.list_objects().object_list
    for found in (head.last_modified, listed.last_modified, oss_bucket.get_object_meta('key').last_modified, created):
        assert type(found) is int
        assert before - 5 <= found <= time.time() + 5
    server = raw_server(answer(headers={'Last-Modified': 'Sat, 05 Dec 2015 11:04:39 GMT'}))
    assert make_bucket(server.url).head_object('key').last_modified == 1449313479
    server.answers = document(ANSWERS['object list'])
    assert make_bucket(server.url).list_objects().object_list[0].last_modified == 1330072987


@pytest.mark.promise('S081', 'S083')
def test_if_modified_since(oss_bucket):
    oss_bucket.put_object('key', b'x')
    at = oss_bucket.head_object('key').last_modified
    with pytest.raises(NotModified):
        oss_bucket.get_object('key', headers={'If-Modified-Since': oss2.http_date(at)})
    assert oss_bucket.get_object('key', headers={'If-Modified-Since': oss2.http_date(at - 1)}).read() == b'x'


@pytest.mark.promise('S082')
def test_dates_of_lifecycle_rules(raw_server, make_bucket):
    server = raw_server(answer())
    rule = models.LifecycleRule('id', 'logs/', expiration=models.LifecycleExpiration(date=datetime.date(2015, 12, 5)))
    make_bucket(server.url).put_bucket_lifecycle(models.BucketLifecycle([rule]))
    assert b'<Date>2015-12-05T00:00:00.000Z</Date>' in server.last.body
    server.answers = document(ANSWERS['lifecycle'])
    rules = make_bucket(server.url).get_bucket_lifecycle().rules
    assert rules[1].expiration.date == datetime.date(2022, 10, 11)


@pytest.mark.promise('S083', 'S084', 'S085', 'S086')
def test_http_dates():
    assert oss2.http_date(1449313829) == 'Sat, 05 Dec 2015 11:10:29 GMT'
    assert oss2.http_to_unixtime('Sat, 05 Dec 2015 11:10:29 GMT') == 1449313829
    for seconds in (0, 951782399, 951782400, 4102444799):
        assert oss2.http_to_unixtime(oss2.http_date(seconds)) == seconds


ZONES = ['UTC0', 'PST8PDT,M3.2.0,M11.1.0', 'CST-8', 'LINT-14', 'BIT12']


@pytest.fixture(params=ZONES)
def zone(request, monkeypatch):
    if not hasattr(time, 'tzset'):
        pytest.skip('the time zone of a process can be set on POSIX only')
    monkeypatch.setenv('TZ', request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.promise('S088', 'S089', 'S090', 'S091', 'S092', 'S093')
def test_iso_dates(zone):
    date = oss2.iso8601_to_date('2015-12-05T00:00:00.000Z')
    assert (type(date), date) == (datetime.date, datetime.date(2015, 12, 5))
    assert oss2.date_to_iso8601(date) == '2015-12-05T00:00:00.000Z'
    assert oss2.iso8601_to_unixtime('2015-12-05T00:00:00.000Z') == 1449273600
    assert oss2.iso8601_to_unixtime('2015-12-05T11:04:39.000Z') == 1449313479


@pytest.mark.promise('S085', 'S086')
def test_http_dates_everywhere(zone):
    assert oss2.http_date(1449313829) == 'Sat, 05 Dec 2015 11:10:29 GMT'
    assert oss2.http_to_unixtime('Sat, 05 Dec 2015 11:10:29 GMT') == 1449313829


@pytest.mark.promise('S087')
def test_http_dates_in_another_language(monkeypatch):
    """Whatever strftime would say."""
    monkeypatch.setattr(time, 'strftime', lambda *args: '六, 05 12月 2015 11:10:29 GMT')
    before = locale.setlocale(locale.LC_TIME)
    for name in ('zh_CN.UTF-8', 'de_DE.UTF-8', 'ja_JP.UTF-8', 'C'):
        try:
            locale.setlocale(locale.LC_TIME, name)
        except locale.Error:
            continue
        try:
            assert oss2.http_date(1449313829) == 'Sat, 05 Dec 2015 11:10:29 GMT'
            assert oss2.http_to_unixtime('Sat, 05 Dec 2015 11:10:29 GMT') == 1449313829
        finally:
            locale.setlocale(locale.LC_TIME, before)


@pytest.mark.promise('S094')
def test_the_recommended_type_of_headers():
    assert oss2.CaseInsensitiveDict is requests.structures.CaseInsensitiveDict
    assert oss2.CaseInsensitiveDict({'Content-Type': 'a'})['content-type'] == 'a'


@pytest.mark.promise('S061')
def test_some_server_errors_have_classes_of_their_own():
    assert issubclass(NoSuchKey, NotFound)
    assert issubclass(NotFound, ServerError)
