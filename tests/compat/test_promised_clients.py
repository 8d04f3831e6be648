"""Promises about Auth, Bucket, Service and Session."""

from __future__ import annotations

import base64
import doctest
import hashlib
import hmac

import pytest
from documents import ANSWERS
from fakes import FakeResponse, FakeSession, NoSession
from promised import document, path_of
from rawserver import answer

import oss2
from oss2.exceptions import AccessDenied, ClientError, InconsistentError, NoSuchBucket, ServerError

AUTHS = {
    'Auth': (oss2.Auth('key-id', 'key-secret'), 'OSS key-id:'),
    'StsAuth': (oss2.StsAuth('key-id', 'key-secret', 'token'), 'OSS key-id:'),
    'AnonymousAuth': (oss2.AnonymousAuth(), None),
}


def version_1(method, resource, headers, secret):
    """The signature of a request as the API reference describes version 1."""
    own = sorted((name, value) for name, value in headers.items() if name.startswith('x-oss-'))
    lines = [method, headers.get('content-md5', ''), headers.get('content-type', ''), headers['date'],
             *('%s:%s' % pair for pair in own), resource]
    digest = hmac.new(secret.encode(), '\n'.join(lines).encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def run_example(code):
    """Run lines as the reference prints them, and compare what they show."""
    example = doctest.DocTestParser().get_doctest(code, {}, 'the example', None, 0)
    assert len(example.examples) > 3
    report = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=report.append)
    assert not report, ''.join(report)


@pytest.fixture
def proxied(raw_server, monkeypatch):
    """A server that is sent what goes to any host: the printed endpoints can be used as they are."""
    server = raw_server(answer())
    monkeypatch.setenv('http_proxy', server.url)
    return server


@pytest.mark.promise('S002')
def test_auth_signs_with_version_1(raw_server, make_bucket):
    server = raw_server(answer())
    bucket = make_bucket(server.url, oss2.Auth('key-id', 'key-secret'))
    bucket.put_object('a/key', b'x', headers={'Content-Type': 'text/plain', 'x-oss-meta-b': 'c'})
    signature = version_1('PUT', '/test-bucket/a/key', server.last.headers, 'key-secret')
    assert server.last.headers['authorization'] == 'OSS key-id:' + signature


@pytest.mark.promise('S004')
def test_anonymous_requests_are_not_signed(raw_server, make_bucket):
    server = raw_server(answer())
    make_bucket(server.url, oss2.AnonymousAuth()).put_object('key', b'x')
    assert 'authorization' not in server.last.headers
    assert '?' not in server.last.target


@pytest.mark.promise('S005', 'S006')
@pytest.mark.parametrize(('acl', 'reads', 'writes'), [
    (oss2.BUCKET_ACL_PRIVATE, False, False), (oss2.BUCKET_ACL_PUBLIC_READ, True, False),
    (oss2.BUCKET_ACL_PUBLIC_READ_WRITE, True, True)])
def test_what_anonymous_callers_may_do(acl, reads, writes, oss_bucket, oss_emulator):
    oss_bucket.put_bucket_acl(acl)
    oss_bucket.put_object('key', b'content')
    with oss2.Bucket(oss2.AnonymousAuth(), oss_emulator.endpoint, oss_bucket.bucket_name) as anonymous:
        for allowed, call in ((reads, lambda: anonymous.get_object('key').read()),
                              (writes, lambda: anonymous.put_object('new', b'x')),
                              (False, anonymous.list_objects), (False, anonymous.get_bucket_acl),
                              (False, lambda: anonymous.put_bucket_acl(acl)), (False, anonymous.delete_bucket)):
            if allowed:
                call()
            else:
                with pytest.raises(AccessDenied):
                    call()
    assert oss_bucket.object_exists('new') is writes


@pytest.mark.promise('S006')
def test_anonymous_callers_cannot_use_the_service(oss_emulator):
    with oss2.Service(oss2.AnonymousAuth(), oss_emulator.endpoint) as service, pytest.raises(AccessDenied):
        service.list_buckets()


@pytest.mark.promise('S008', 'S010', 'S011', 'S012')
def test_temporary_credentials(raw_server, make_bucket, oss_bucket, oss_emulator):
    server = raw_server(answer())
    make_bucket(server.url, oss2.StsAuth('STS.id', 'STS-secret', 'the-token')).get_object('key')
    headers = server.last.headers
    assert headers['x-oss-security-token'] == 'the-token'
    assert headers['authorization'] == 'OSS STS.id:' + version_1('GET', '/test-bucket/key', headers, 'STS-secret')
    oss_bucket.put_object('key', b'content')
    good = oss_emulator.temporary_credentials()
    oss_bucket.auth = oss2.StsAuth(good.access_key_id, good.access_key_secret, good.security_token)
    assert oss_bucket.get_object('key').read() == b'content'


@pytest.mark.promise('S009')
def test_a_new_auth_is_used_from_the_next_request_on(oss_bucket, oss_emulator):
    oss_bucket.put_object('key', b'content')
    expired, good = (oss_emulator.temporary_credentials(seconds) for seconds in (-1, 60))
    oss_bucket.auth = oss2.StsAuth(expired.access_key_id, expired.access_key_secret, expired.security_token)
    with pytest.raises(ServerError) as caught:
        oss_bucket.get_object('key')
    assert caught.value.code == 'SecurityTokenExpired'
    oss_bucket.auth = oss2.StsAuth(good.access_key_id, good.access_key_secret, good.security_token)
    assert oss_bucket.get_object('key').read() == b'content'


@pytest.mark.promise('S013')
@pytest.mark.parametrize(('version', 'begin'), [
    ({}, 'OSS STS'), ({'auth_version': oss2.AUTH_VERSION_1}, 'OSS STS'),
    ({'auth_version': 'v2'}, 'OSS2 AccessKeyId:STS'),
    ({'auth_version': 'v4'}, 'OSS4-HMAC-SHA256 Credential=STS')])
def test_the_version_of_temporary_credentials(version, begin, oss_bucket, oss_emulator):
    good = oss_emulator.temporary_credentials()
    oss_bucket.auth = oss2.StsAuth(good.access_key_id, good.access_key_secret, good.security_token, **version)
    assert oss_bucket.put_object('key', b'x').status == 200
    assert oss_emulator.requests[-1].headers['authorization'].startswith(begin)


@pytest.mark.promise('S016')
def test_a_bucket_from_its_making_to_its_end(oss_bucket, oss_emulator):
    with oss2.Bucket(oss_bucket.auth, oss_emulator.endpoint, 'another-bucket', region=oss_emulator.region) as bucket:
        with pytest.raises(NoSuchBucket):
            bucket.put_object('key', b'x')
        bucket.create_bucket()
        bucket.put_object('key', b'content')
        assert bucket.get_object('key').read() == b'content'
        bucket.delete_object('key')
        bucket.delete_bucket()
        with pytest.raises(NoSuchBucket):
            bucket.list_objects()


@pytest.mark.promise('S017', 'S018', 'S019', 'S020', 'S021')
def test_the_example_of_bucket(proxied):
    run_example("""
        >>> import oss2
        >>> auth = oss2.Auth('your-access-key-id', 'your-access-key-secret')
        >>> bucket = oss2.Bucket(auth, 'http://oss-cn-hangzhou.aliyuncs.com', 'your-bucket')
        >>> bucket.put_object('readme.txt', 'content of the object')
        <oss2.models.PutObjectResult object at 0x...>
        >>> bucket.session.session.close()
        """)
    assert proxied.last.method == 'PUT'
    assert proxied.last.target == 'http://your-bucket.oss-cn-hangzhou.aliyuncs.com/readme.txt'
    assert proxied.last.body == b'content of the object'
    assert proxied.last.headers['authorization'].startswith('OSS your-access-key-id:')


@pytest.mark.promise('S029', 'S030', 'S031', 'S032', 'S033', 'S034')
def test_the_example_of_service(proxied):
    proxied.answers = document(ANSWERS['bucket list'])
    run_example("""
        >>> import oss2
        >>> auth = oss2.Auth('your-access-key-id', 'your-access-key-secret')
        >>> service = oss2.Service(auth, 'oss-cn-hangzhou.aliyuncs.com')
        >>> service.list_buckets()
        <oss2.models.ListBucketsResult object at 0x...>
        >>> [bucket.name for bucket in service.list_buckets().buckets]
        ['app-base-oss']
        >>> service.session.session.close()
        """)
    assert proxied.last.target.startswith('http://oss-cn-hangzhou.aliyuncs.com/?')
    assert proxied.last.headers['authorization'].startswith('OSS your-access-key-id:')


@pytest.mark.promise('S029')
def test_the_service_lists_all_buckets(oss_bucket, oss_emulator):
    oss_emulator.bucket('second-bucket').close()
    with oss2.Service(oss_bucket.auth, oss_emulator.endpoint, region=oss_emulator.region) as service:
        assert [bucket.name for bucket in service.list_buckets().buckets] == ['second-bucket', 'test-bucket']


@pytest.mark.promise('S031')
def test_an_endpoint_without_scheme(proxied, make_bucket):
    make_bucket('oss-cn-hangzhou.aliyuncs.com').get_object('key').read()
    assert proxied.last.target == 'http://test-bucket.oss-cn-hangzhou.aliyuncs.com/key'


@pytest.mark.promise('S019', 'S033')
@pytest.mark.parametrize(('auth', 'begin'), AUTHS.values(), ids=AUTHS)
def test_any_auth(auth, begin, raw_server, make_bucket):
    server = raw_server(document(ANSWERS['bucket list']))
    make_bucket(server.url, auth).get_object('key').read()
    with oss2.Service(auth, server.url) as service:
        service.list_buckets()
    for request in server.requests:
        found = request.headers.get('authorization')
        assert found is None if begin is None else found.startswith(begin)


@pytest.mark.promise('S020', 'S021', 'S022')
@pytest.mark.parametrize(('endpoint', 'options', 'target'), [
    ('http://oss-cn-hangzhou.aliyuncs.com', {}, 'http://test-bucket.oss-cn-hangzhou.aliyuncs.com/key'),
    ('http://oss-cn-hangzhou.aliyuncs.com', {'is_cname': False}, 'http://test-bucket.oss-cn-hangzhou.aliyuncs.com/key'),
    ('http://static.example.com', {'is_cname': True}, 'http://static.example.com/key')])
def test_where_requests_go(endpoint, options, target, proxied, make_bucket):
    make_bucket(endpoint, **options).get_object('key').read()
    assert proxied.last.target == target
    assert proxied.last.headers['host'] == target.split('/')[2]


@pytest.mark.promise('S021')
def test_bucket_names(raw_server, make_bucket):
    server = raw_server(answer())
    make_bucket(server.url, name='other-bucket').get_object('key').read()
    assert path_of(server.last) == '/other-bucket/key'
    with pytest.raises(ClientError):
        make_bucket(server.url, name='No Bucket')


@pytest.mark.promise('S023', 'S035', 'S039')
def test_sessions(raw_server):
    """A shared session's requests go over one connection, those of two sessions over two."""
    server = raw_server(document(ANSWERS['bucket list']))
    auth = oss2.Auth('key-id', 'key-secret')
    with oss2.Session() as session:
        for _ in range(2):
            bucket = oss2.Bucket(auth, server.url, 'test-bucket', session=session)
            service = oss2.Service(auth, server.url, session=session)
            assert bucket.session is service.session is session
            bucket.get_object('key').read()
            service.list_buckets()
    assert server.connections == 1
    with oss2.Bucket(auth, server.url, 'test-bucket', session=None) as bucket, \
            oss2.Service(auth, server.url, session=None) as service:
        assert isinstance(bucket.session, oss2.Session)
        assert isinstance(service.session, oss2.Session)
        assert bucket.session is not service.session
        bucket.get_object('key').read()
        service.list_buckets()
    assert server.connections == 3


@pytest.mark.promise('S024', 'S036')
@pytest.mark.parametrize(('options', 'timeout'), [
    ({'connect_timeout': 3.5}, 3.5), ({}, oss2.defaults.connect_timeout), ({'connect_timeout': None}, 60)])
def test_connect_timeout(options, timeout):
    """None is the default; the time is given to whatever connects."""
    session = FakeSession(FakeResponse(), FakeResponse(body=ANSWERS['bucket list'].encode()))
    auth = oss2.Auth('key-id', 'key-secret')
    oss2.Bucket(auth, 'http://a.com', 'test-bucket', session=session, **options).delete_object('key')
    oss2.Service(auth, 'http://a.com', session=session, **options).list_buckets()
    assert session.timeouts == [timeout, timeout]


@pytest.mark.promise('S025', 'S037')
def test_app_name(raw_server, make_bucket):
    server = raw_server(document(ANSWERS['bucket list']))
    auth = oss2.Auth('key-id', 'key-secret')
    for options, suffix in (({'app_name': 'my-app'}, ')/my-app'), ({'app_name': ''}, ')'), ({}, ')')):
        make_bucket(server.url, **options).get_object('key').read()
        assert server.last.headers['user-agent'].endswith(suffix)
        with oss2.Service(auth, server.url, **options) as service:
            service.list_buckets()
        assert server.last.headers['user-agent'].endswith(suffix)


@pytest.mark.promise('S026', 'S037')
@pytest.mark.parametrize('name', ['a\r\nx-oss-meta-b: c', '应用', 'a\0'], ids=ascii)
def test_an_app_name_that_is_no_header_is_refused(name):
    auth = oss2.Auth('key-id', 'key-secret')
    with pytest.raises(ClientError):
        oss2.Bucket(auth, 'http://oss-cn-hangzhou.aliyuncs.com', 'test-bucket', session=NoSession(), app_name=name)
    with pytest.raises(ClientError):
        oss2.Service(auth, 'http://oss-cn-hangzhou.aliyuncs.com', session=NoSession(), app_name=name)


@pytest.mark.promise('S027')
def test_enable_crc(oss_bucket, oss_emulator, tmp_path):
    """Checksums are compared unless that is turned off."""
    assert oss_bucket.enable_crc is True
    unchecked = oss_emulator.bucket(oss_bucket.bucket_name, enable_crc=False)
    assert unchecked.enable_crc is False
    oss_bucket.put_object('key', b'content')
    calls = {'put': lambda bucket: bucket.put_object('key', b'content'),
             'get': lambda bucket: bucket.get_object_to_file('key', str(tmp_path / 'file'))}
    for call in calls.values():
        with oss_emulator.faults.wrong_crc(times=None):
            with pytest.raises(InconsistentError):
                call(oss_bucket)
            call(unchecked)
    unchecked.close()
