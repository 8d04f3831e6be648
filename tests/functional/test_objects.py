"""Objects, there and back, against the emulator."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from noise import noise

import oss2
from oss2 import models
from oss2.exceptions import (
    AccessDenied,
    NoSuchBucket,
    NoSuchKey,
    NotFound,
    NotModified,
    ObjectNotAppendable,
    PositionNotEqualToLength,
    PreconditionFailed,
    ServerError,
)

BODY = bytes(range(256)) * 400

KEYS = [
    'key',
    'a/b/c.txt',
    '中文/文件.txt',
    'with space',
    'a+b',
    '100%',
    'a%2Fb',
    'trailing/',
    'double//slash',
    '...',
    'control\x01\x1f\x7f',
    'new\nline',
    'tab\tkey',
    'emoji\U0001f600',
    'q?x=y&z#f',
    "~*!'()",
    '"<xml>&\'',
    'a=b;c:d@e,f$g',
    'Ünïcödé',
    ' ',
    'a' * 1023,
    '?acl',
    '&amp;',
]
DOTS = ['..', '.', 'a/../b', './x', 'a/..', '../../etc/passwd']


def make_auth(kind, emulator):
    credentials = emulator.credentials
    if kind.startswith('sts'):
        credentials = emulator.temporary_credentials()
        return oss2.StsAuth(
            credentials.access_key_id, credentials.access_key_secret, credentials.security_token, kind[3:]
        )
    return oss2.make_auth(credentials.access_key_id, credentials.access_key_secret, kind)


@pytest.fixture(params=['v1', 'v2', 'v4', 'stsv1', 'stsv4'])
def bucket(request, oss_bucket, oss_emulator):
    with oss_emulator.bucket(oss_bucket.bucket_name, make_auth(request.param, oss_emulator)) as bucket:
        yield bucket


@pytest.mark.parametrize('keys', [KEYS, DOTS], ids=['', 'dots'])
def test_every_key_in_every_operation(keys, bucket):
    """A part of the keys where only the kind of credentials differs."""
    keys = keys[::5] if isinstance(bucket.auth, oss2.StsAuth) else keys
    for number, key in enumerate(keys):
        content = b'%d' % number
        put = bucket.put_object(key, content, headers={'x-oss-meta-number': str(number)})
        assert bucket.get_object(key).read() == content, key
        assert bucket.head_object(key).etag == put.etag == bucket.get_object_meta(key).etag
        assert bucket.object_exists(key)
        bucket.put_object_acl(key, oss2.OBJECT_ACL_PUBLIC_READ)
        assert bucket.get_object_acl(key).acl == oss2.OBJECT_ACL_PUBLIC_READ
        bucket.copy_object(bucket.bucket_name, key, 'copy/' + key[:1000])
        assert bucket.get_object('copy/' + key[:1000]).read() == content, key
        bucket.put_symlink(key, 'link')
        assert bucket.get_symlink('link').target_key == key
        assert bucket.get_object('link').read() == content, key
        bucket.update_object_meta(key, {'x-oss-meta-number': 'new'})
        assert bucket.head_object(key).headers['x-oss-meta-number'] == 'new'
        for slash_safe in (True, False):
            if key.strip() and (key != '?acl' or bucket.auth.auth_version() != 'v1'):
                url = bucket.sign_url('GET', key, 60, slash_safe=slash_safe)
                assert bucket.get_object_with_url(url).read() == content, key
    listed = [info.key for info in oss2.ObjectIterator(bucket, max_keys=7)]
    expected = sorted({*keys, *('copy/' + key[:1000] for key in keys), 'link'}, key=str.encode)
    assert listed == expected
    assert sorted(bucket.batch_delete_objects(keys[::2]).deleted_keys) == sorted(keys[::2])
    for key in keys[1::2]:
        bucket.delete_object(key)
    assert [key for key in keys if bucket.object_exists(key)] == []


@pytest.mark.behaviour('D3')
def test_dots_reach_the_server_escaped(raw_server, make_bucket):
    """No layer on the way may take them for folders."""
    from rawserver import answer

    server = raw_server(answer())
    bucket = make_bucket(server.url)
    targets = {'..': '/%2E%2E', '.': '/%2E', 'a/../b': '/a%2F..%2Fb', '...': '/...', './x': '/.%2Fx'}
    for key, target in targets.items():
        bucket.delete_object(key)
        assert server.last.target == '/test-bucket' + target
    safe = {'..': '/%2E%2E', 'a/../b': '/a/%2E%2E/b', 'a/.': '/a/%2E', './x': '/%2E/x', 'a/.../b.c': '/a/.../b.c'}
    for key, target in safe.items():
        url = bucket.sign_url('GET', key, 60, slash_safe=True)
        bucket.get_object_with_url(url).read()
        assert server.last.target.startswith('/test-bucket' + target + '?')


@pytest.mark.parametrize('size', [0, 1, 1000, 256 * 1024, 3 * 1024 * 1024 + 7])
def test_sizes(size, oss_bucket, tmp_path):
    content = noise(size, random.Random(size))
    result = oss_bucket.put_object('key', content)
    assert isinstance(result, models.PutObjectResult)
    assert oss_bucket.head_object('key').content_length == size
    got = oss_bucket.get_object('key')
    assert got.read() == content
    assert got.client_crc == got.server_crc == result.crc
    (tmp_path / 'up').write_bytes(content)
    oss_bucket.put_object_from_file('file', str(tmp_path / 'up'))
    oss_bucket.get_object_to_file('file', str(tmp_path / 'down'))
    assert (tmp_path / 'down').read_bytes() == content


@pytest.mark.parametrize(
    ('byte_range', 'expected'),
    [
        (None, BODY),
        ((None, None), BODY),
        ((0, 99), BODY[:100]),
        ((None, 99), BODY[-99:]),
        ((100, None), BODY[100:]),
        ((5, 5), BODY[5:6]),
        ((0, 10**9), BODY),
        ((len(BODY) - 1, None), BODY[-1:]),
        ([3, 4], BODY[3:5]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_ranges(byte_range, expected, bucket, tmp_path):
    bucket.put_object('key', BODY)
    for enable_crc in (True, False):
        bucket.enable_crc = enable_crc
        calls = []
        result = bucket.get_object('key', byte_range=byte_range, progress_callback=lambda *args: calls.append(args))
        assert result.read() == expected
        assert calls[-1] == (len(expected), len(expected))
        bucket.get_object_to_file('key', str(tmp_path / 'file'), byte_range=byte_range)
        assert (tmp_path / 'file').read_bytes() == expected
        url = bucket.sign_url('GET', 'key', 60)
        assert bucket.get_object_with_url(url, byte_range=byte_range).read() == expected


def test_a_range_past_the_end(oss_bucket):
    oss_bucket.put_object('key', b'0123456789')
    with pytest.raises(oss2.exceptions.InvalidRange):
        oss_bucket.get_object('key', byte_range=(100, 200), headers={'x-oss-range-behavior': 'standard'})


def test_metadata(bucket):
    headers = {
        'x-oss-meta-author': 'me',
        'Content-Type': 'text/x-test',
        'Cache-Control': 'no-cache',
        'Content-Disposition': 'attachment; filename="a b.txt"',
        'x-oss-object-acl': 'public-read',
    }
    before = int(time.time()) - 2
    put = bucket.put_object('key', b'12345', headers=headers)
    assert (put.status, len(put.request_id)) == (200, 24)
    head = bucket.head_object('key')
    assert (head.content_type, head.content_length, head.object_type, head.etag) == (
        'text/x-test',
        5,
        'Normal',
        put.etag,
    )
    assert before <= head.last_modified <= time.time() + 2
    for name, value in headers.items():
        if name != 'x-oss-object-acl':
            assert head.headers[name] == value
    meta = bucket.get_object_meta('key')
    assert (meta.content_length, meta.etag, meta.last_modified) == (5, put.etag, head.last_modified)
    got = bucket.get_object(
        'key', params={'response-content-type': 'text/plain', 'response-cache-control': 'max-age=1'}
    )
    assert (got.content_type, got.headers['cache-control']) == ('text/plain', 'max-age=1')
    got.close()
    bucket.update_object_meta('key', {'x-oss-meta-other': 'you'})
    head = bucket.head_object('key')
    assert 'x-oss-meta-author' not in head.headers
    assert head.headers['x-oss-meta-other'] == 'you'
    assert bucket.get_object('key').read() == b'12345'


def test_conditions(bucket):
    etag = bucket.put_object('key', b'x').etag
    past, future = oss2.http_date(1000000000), oss2.http_date(int(time.time()) + 1000)
    for headers in (
        {'If-Match': etag},
        {'If-None-Match': 'other'},
        {'If-Modified-Since': past},
        {'If-Unmodified-Since': future},
    ):
        assert bucket.get_object('key', headers=headers).read() == b'x'
    for headers in ({'If-None-Match': etag}, {'If-Modified-Since': future}):
        with pytest.raises(NotModified):
            bucket.get_object('key', headers=headers)
        with pytest.raises(NotModified):
            bucket.head_object('key', headers=headers)
    for headers in ({'If-Match': 'other'}, {'If-Unmodified-Since': past}):
        with pytest.raises(PreconditionFailed):
            bucket.get_object('key', headers=headers)
    with pytest.raises(ServerError) as caught:
        bucket.put_object('key', b'y', headers={'x-oss-forbid-overwrite': 'true'})
    assert caught.value.code == 'FileAlreadyExists'
    assert bucket.get_object('key').read() == b'x'


def test_what_is_not_there(bucket):
    for call in (
        lambda: bucket.get_object('nothing'),
        lambda: bucket.head_object('nothing'),
        lambda: bucket.get_object_meta('nothing'),
        lambda: bucket.get_object_acl('nothing'),
        lambda: bucket.get_symlink('nothing'),
        lambda: bucket.copy_object(bucket.bucket_name, 'nothing', 'key'),
        lambda: bucket.put_object_acl('nothing', 'private'),
    ):
        with pytest.raises(NoSuchKey) as caught:
            call()
        assert isinstance(caught.value, NotFound)
        assert caught.value.status == 404
        assert len(caught.value.request_id) == 24
    assert bucket.delete_object('nothing').status == 204


def test_a_bucket_that_is_not_there(bucket):
    bucket.bucket_name = 'no-such-bucket'
    for call in (
        lambda: bucket.get_object('key'),
        lambda: bucket.object_exists('key'),
        lambda: bucket.put_object('key', 'x'),
        lambda: bucket.list_objects(),
        lambda: bucket.head_object('key'),
        lambda: bucket.delete_bucket(),
    ):
        with pytest.raises(NoSuchBucket):
            call()


@pytest.mark.behaviour('D4')
@pytest.mark.parametrize(('code', 'exists'), [('NoSuchKey', False), ('NoSuchBucket', None)])
def test_existence_where_head_does_not_say_what_is_missing(code, exists, raw_server, make_bucket):
    """A HEAD answered without x-oss-err is followed by a GET, whose document tells."""
    from rawserver import answer

    def answers(request):
        if request.method == 'HEAD':
            return answer(status=404)
        return answer(b'<Error><Code>%s</Code></Error>' % code.encode(), status=404)

    server = raw_server(answers)
    bucket = make_bucket(server.url)
    if exists is None:
        with pytest.raises(NoSuchBucket):
            bucket.object_exists('key')
    else:
        assert bucket.object_exists('key') is exists
    assert [request.method for request in server.requests] == ['HEAD', 'GET']
    assert server.connections == 1


def test_existence_that_one_may_not_ask_for(raw_server, make_bucket):
    from rawserver import answer

    def answers(request):
        if request.method == 'HEAD':
            return answer(status=404)
        return answer(b'<Error><Code>AccessDenied</Code></Error>', status=403)

    with pytest.raises(AccessDenied):
        make_bucket(raw_server(answers).url).object_exists('key')
    there = raw_server(lambda request: answer(status=404 if request.method == 'HEAD' else 200))
    assert make_bucket(there.url).object_exists('key')


def test_append(bucket):
    content = b''
    position, crc = 0, 0
    for piece in (b'first ', b'', 'zweites ü '.encode(), b'third'):
        result = bucket.append_object('key', position, piece, init_crc=crc)
        content += piece
        position, crc = result.next_position, result.crc
        assert position == len(content)
    assert bucket.get_object('key').read() == content
    assert bucket.head_object('key').object_type == 'Appendable'
    with pytest.raises(PositionNotEqualToLength) as caught:
        bucket.append_object('key', 1, b'x')
    assert caught.value.next_position == len(content)
    bucket.put_object('normal', b'x')
    with pytest.raises(ObjectNotAppendable):
        bucket.append_object('normal', 1, b'x')
    with pytest.raises(oss2.exceptions.InconsistentError):
        bucket.append_object('key', position, b'x', init_crc=5)


def test_copies(bucket, oss_emulator):
    bucket.put_object('源/key', BODY, headers={'x-oss-meta-a': 'b', 'Content-Type': 'text/x'})
    etag = bucket.head_object('源/key').etag
    with oss_emulator.bucket('other-bucket') as other:
        result = other.copy_object(bucket.bucket_name, '源/key', 'ziel')
        assert result.etag == etag
        head = other.head_object('ziel')
        assert (head.content_type, head.headers['x-oss-meta-a']) == ('text/x', 'b')
    bucket.copy_object(
        bucket.bucket_name, '源/key', 'replaced', headers={'x-oss-metadata-directive': 'REPLACE', 'x-oss-meta-c': 'd'}
    )
    head = bucket.head_object('replaced')
    assert 'x-oss-meta-a' not in head.headers
    assert head.headers['x-oss-meta-c'] == 'd'
    with pytest.raises(PreconditionFailed):
        bucket.copy_object(bucket.bucket_name, '源/key', 'x', headers={'x-oss-copy-source-if-match': 'other'})


def test_acls(oss_bucket, oss_emulator):
    oss_bucket.put_object('key', b'x')
    with oss2.Bucket(oss2.AnonymousAuth(), oss_emulator.endpoint, oss_bucket.bucket_name) as anonymous:
        with pytest.raises(AccessDenied):
            anonymous.get_object('key')
        oss_bucket.put_object_acl('key', oss2.OBJECT_ACL_PUBLIC_READ)
        assert anonymous.get_object('key').read() == b'x'
        with pytest.raises(AccessDenied):
            anonymous.put_object('key', b'y')
        oss_bucket.put_object_acl('key', oss2.OBJECT_ACL_PUBLIC_READ_WRITE)
        anonymous.put_object('key', b'y')
        oss_bucket.put_object_acl('key', oss2.OBJECT_ACL_DEFAULT)
        with pytest.raises(AccessDenied):
            anonymous.get_object('key')
        assert oss_bucket.get_object_acl('key').acl == 'default'


def test_deleting_many(bucket):
    keys = ['k%04d' % number for number in range(2100)]
    for key in keys[:3]:
        bucket.put_object(key, b'')
    result = bucket.batch_delete_objects(keys)
    assert result.deleted_keys == keys
    assert not bucket.object_exists(keys[0])
    assert bucket.batch_delete_objects(tuple(keys[:1])).deleted_keys == keys[:1]
    assert bucket.batch_delete_objects(key for key in keys[:2]).deleted_keys == keys[:2]


def test_restoring_an_archived_object(oss_bucket, oss_emulator):
    oss_emulator.state.restore_seconds = 0
    oss_bucket.put_object('cold', b'x', headers={'x-oss-storage-class': 'Archive'})
    with pytest.raises(ServerError) as caught:
        oss_bucket.get_object('cold')
    assert caught.value.code == 'InvalidObjectState'
    assert oss_bucket.restore_object('cold', input=models.RestoreConfiguration(2)).status == 202
    assert oss_bucket.get_object('cold').read() == b'x'


def test_wrong_credentials(oss_bucket, oss_emulator):
    credentials = oss_emulator.credentials
    for auth, exception in (
        (oss2.AuthV4(credentials.access_key_id, 'wrong'), oss2.exceptions.SignatureDoesNotMatch),
        (oss2.Auth(credentials.access_key_id, 'wrong'), oss2.exceptions.SignatureDoesNotMatch),
        (oss2.AuthV4('wrong', credentials.access_key_secret), ServerError),
    ):
        with oss2.Bucket(auth, oss_emulator.endpoint, oss_bucket.bucket_name, region=oss_emulator.region) as bucket:
            with pytest.raises(exception) as caught:
                bucket.put_object('key', BODY)
            assert caught.value.status == 403
            assert credentials.access_key_secret not in str(caught.value)
            with pytest.raises(exception):
                bucket.object_exists('key')


def test_expired_temporary_credentials(oss_bucket, oss_emulator):
    credentials = oss_emulator.temporary_credentials(-10)
    auth = oss2.StsAuth(credentials.access_key_id, credentials.access_key_secret, credentials.security_token, 'v4')
    with oss2.Bucket(auth, oss_emulator.endpoint, oss_bucket.bucket_name, region=oss_emulator.region) as bucket:
        with pytest.raises(ServerError) as caught:
            bucket.get_object('key')
        assert caught.value.status == 403
        assert credentials.security_token not in str(caught.value)
        new = oss_emulator.temporary_credentials()
        bucket.auth = oss2.StsAuth(new.access_key_id, new.access_key_secret, new.security_token, 'v4')
        bucket.put_object('key', 'x')


@pytest.mark.parametrize('enable_crc', [True, False])
def test_one_bucket_from_many_threads(enable_crc, oss_bucket, oss_emulator):
    """Mixed operations; every body is the one that belongs to its key."""
    oss_bucket.enable_crc = enable_crc
    threads, turns = 16, 3
    start = threading.Barrier(threads)

    def body_of(name, size):
        return (name.encode() + b' ') * size

    def work(number):
        rng = random.Random(number)
        start.wait(10)
        for turn in range(turns):
            name = 'thread-%d/%d' % (number, turn)
            size = rng.choice([0, 1, 100, 20000])
            oss_bucket.put_object(name, body_of(name, size), headers={'x-oss-meta-name': name})
            assert oss_bucket.get_object(name).read() == body_of(name, size)
            half = oss_bucket.get_object(name, byte_range=(0, 2))
            if turn % 3:
                assert half.read() == body_of(name, size)[:3]
            half.close()
            assert oss_bucket.head_object(name).headers['x-oss-meta-name'] == name
            listed = oss_bucket.list_objects('thread-%d/' % number, max_keys=1000).object_list
            assert len(listed) == turn + 1
            with pytest.raises(NoSuchKey) as caught:
                oss_bucket.get_object(name + '/nothing')
            assert caught.value.details['Key'] == name + '/nothing'
            upload_id = oss_bucket.init_multipart_upload(name + '/parts').upload_id
            part = oss_bucket.upload_part(name + '/parts', upload_id, 1, body_of(name, 10))
            oss_bucket.complete_multipart_upload(name + '/parts', upload_id, [models.PartInfo(1, part.etag)])
            assert b''.join(oss_bucket.get_object(name + '/parts')) == body_of(name, 10)
            oss_bucket.delete_object(name + '/parts')
        return True

    with ThreadPoolExecutor(threads) as pool:
        assert all(pool.map(work, range(threads)))
    # A result that is closed half-read takes its connection with it.
    assert len({seen.client for seen in oss_emulator.requests}) <= threads + threads * turns // 3
