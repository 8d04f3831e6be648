"""Signed URLs, made and used, against the emulator; what they look like is compared with 2.19.1 in tests/signing."""

from __future__ import annotations

import logging
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

import oss2
from oss2.exceptions import AccessDenied, ClientError, NoSuchKey, ServerError

KEY = '中文/a b+c%?&=.txt'
BODY = bytes(range(256)) * 100


@pytest.fixture(params=['v1', 'v2', 'v4', 'stsv1', 'stsv2', 'stsv4'])
def bucket(request, oss_bucket, oss_emulator):
    if request.param.startswith('sts'):
        credentials = oss_emulator.temporary_credentials()
        auth = oss2.StsAuth(
            credentials.access_key_id, credentials.access_key_secret, credentials.security_token, request.param[3:]
        )
    else:
        credentials = oss_emulator.credentials
        auth = oss2.make_auth(credentials.access_key_id, credentials.access_key_secret, request.param)
    with oss_emulator.bucket(oss_bucket.bucket_name, auth) as bucket:
        yield bucket


@pytest.mark.parametrize('slash_safe', [False, True])
def test_reading_and_writing(slash_safe, bucket, tmp_path):
    url = bucket.sign_url('PUT', KEY, 60, slash_safe=slash_safe)
    assert bucket.put_object_with_url(url, BODY).status == 200
    (tmp_path / 'up').write_bytes(BODY + b'.')
    bucket.put_object_with_url_from_file(url, str(tmp_path / 'up'))
    url = bucket.sign_url('GET', KEY, 60, slash_safe=slash_safe)
    assert ('/a%20b' in url) is slash_safe
    calls = []
    result = bucket.get_object_with_url(url, progress_callback=lambda *args: calls.append(args))
    assert result.read() == BODY + b'.'
    assert calls[-1] == (len(BODY) + 1, len(BODY) + 1)
    bucket.get_object_with_url_to_file(url, str(tmp_path / 'down'), byte_range=(0, 9))
    assert (tmp_path / 'down').read_bytes() == BODY[:10]
    bucket.get_object_with_url_to_file(url, str(tmp_path / 'down'))
    assert (tmp_path / 'down').read_bytes() == BODY + b'.'


@pytest.mark.usefixtures('own_requests')
def test_whoever_holds_it_needs_no_library(bucket):
    bucket.put_object(KEY, BODY)
    with requests.Session() as session:
        assert session.get(bucket.sign_url('GET', KEY, 60), timeout=5).content == BODY
        assert session.put(bucket.sign_url('PUT', 'new', 60), data=BODY, timeout=5).status_code == 200
        assert session.head(bucket.sign_url('HEAD', 'new', 60), timeout=5).headers['Content-Length'] == str(len(BODY))
        assert session.delete(bucket.sign_url('DELETE', 'new', 60), timeout=5).status_code == 204
        assert session.get(bucket.sign_url('GET', 'new', 60), timeout=5).status_code == 404


@pytest.mark.behaviour(25)
def test_parameters(bucket):
    """Numbers too."""
    bucket.put_object(KEY, BODY)
    params = {
        'response-content-type': 'text/x; charset=utf-8',
        'response-content-disposition': 'attachment; filename="中 文"',
        'x-oss-traffic-limit': 819200,
    }
    url = bucket.sign_url('GET', KEY, 60, params=params)
    assert len(params) == 3
    with bucket.get_object_with_url(url) as result:
        assert result.content_type == 'text/x; charset=utf-8'
    tampered = url.replace('text%2Fx', 'text%2Fhtml')
    assert tampered != url
    with pytest.raises(ServerError) as caught:
        bucket.get_object_with_url(tampered)
    assert caught.value.code == 'SignatureDoesNotMatch'


def test_headers(bucket):
    headers = {'Content-Type': 'text/x', 'x-oss-meta-author': 'me'}
    url = bucket.sign_url('PUT', KEY, 60, headers=headers)
    bucket.put_object_with_url(url, BODY, headers=headers)
    assert bucket.head_object(KEY).headers['x-oss-meta-author'] == 'me'
    with pytest.raises(ServerError):
        bucket.put_object_with_url(url, BODY)
    assert len(headers) == 2


def test_a_url_for_one_thing_does_not_do_another(bucket):
    bucket.put_object(KEY, BODY)
    url = bucket.sign_url('GET', KEY, 60)
    with pytest.raises(ServerError):
        bucket.put_object_with_url(url, b'x')
    other = urlsplit(bucket.sign_url('GET', 'other', 60))
    with pytest.raises(ServerError):
        bucket.get_object_with_url(urlsplit(url)._replace(query=other.query).geturl())


def test_a_url_that_has_expired(bucket, oss_emulator):
    url = bucket.sign_url('GET', KEY, 60)
    oss_emulator.faults.skew(3600)
    with pytest.raises(AccessDenied) as caught:
        bucket.get_object_with_url(url)
    query = parse_qs(urlsplit(url).query)
    for name in ('Signature', 'x-oss-signature', 'security-token', 'x-oss-security-token'):
        assert name not in query or query[name][0] not in str(caught.value)


def test_a_url_of_nothing(bucket, tmp_path):
    url = bucket.sign_url('GET', 'nothing', 60)
    with pytest.raises(NoSuchKey):
        bucket.get_object_with_url(url)
    with pytest.raises(NoSuchKey):
        bucket.get_object_with_url_to_file(url, str(tmp_path / 'file'))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.behaviour(25)
@pytest.mark.parametrize('version', ['v1', 'v2', 'v4', 'stsv1', 'stsv2', 'stsv4'])
def test_additional_headers(version, oss_bucket, oss_emulator):
    """Signed headers have to be sent as they were signed."""
    credentials = oss_emulator.temporary_credentials()
    auth = oss2.StsAuth(
        credentials.access_key_id, credentials.access_key_secret, credentials.security_token, version[-2:]
    )
    if not version.startswith('sts'):
        auth = oss2.make_auth(
            oss_emulator.credentials.access_key_id, oss_emulator.credentials.access_key_secret, version
        )
    oss_bucket.auth = auth
    oss_bucket.put_object(KEY, BODY)
    url = oss_bucket.sign_url(
        'GET',
        KEY,
        60,
        headers={'If-None-Match': 'etag', 'Host': urlsplit(oss_bucket.endpoint).netloc},
        additional_headers=['If-None-Match', 'host'],
    )
    assert oss_bucket.get_object_with_url(url, headers={'If-None-Match': 'etag'}).read() == BODY
    if version.endswith('v1'):  # signs none, and takes no offence
        return
    with pytest.raises(ServerError):
        oss_bucket.get_object_with_url(url, headers={'If-None-Match': 'other'})


@pytest.mark.behaviour('D13')
@pytest.mark.parametrize('version', ['v2', 'v4'])
def test_additional_headers_have_one_order(version, oss_bucket, oss_emulator):
    """2.19.1 sorts them by their first letter, or not at all, and OSS refuses what it signed."""
    credentials = oss_emulator.credentials
    oss_bucket.auth = oss2.make_auth(credentials.access_key_id, credentials.access_key_secret, version)
    oss_bucket.put_object(KEY, BODY)
    headers = {'If-Modified-Since': 'Sat, 05 Dec 2015 11:10:29 GMT', 'If-Match': '*', 'Accept': '*/*', 'Ab': '1'}
    for names in (['If-Modified-Since', 'if-match', 'Ab', 'Accept'], ['ab', 'accept', 'if-match', 'if-modified-since']):
        url = oss_bucket.sign_url('GET', KEY, 60, headers=headers, additional_headers=names)
        assert parse_qs(urlsplit(url).query)['x-oss-additional-headers'] == ['ab;accept;if-match;if-modified-since']
        del headers['If-Match']
        headers['If-Match'] = oss_bucket.head_object(KEY).headers['ETag']
        url = oss_bucket.sign_url('GET', KEY, 60, headers=headers, additional_headers=names)
        assert oss_bucket.get_object_with_url(url, headers=headers).read() == BODY


def test_anonymous(oss_bucket, oss_emulator):
    oss_bucket.put_object(KEY, BODY, headers={'x-oss-object-acl': 'public-read'})
    with oss2.Bucket(oss2.AnonymousAuth(), oss_emulator.endpoint, oss_bucket.bucket_name) as anonymous:
        url = anonymous.sign_url('GET', KEY, 60, params={'response-content-type': 'text/x'})
        assert url.startswith(oss_emulator.endpoint + '/test-bucket/%E4%B8%AD')
        with pytest.raises(ServerError):
            anonymous.get_object_with_url(url)  # response-* are for those who sign
        assert anonymous.get_object_with_url(url.partition('?')[0]).read() == BODY


@pytest.mark.behaviour(24)
def test_the_clock_of_oss_is_gone_by(bucket, oss_emulator):
    """A machine half an hour late makes URLs that are good, once it has spoken with OSS."""
    bucket.put_object(KEY, BODY)
    with oss_emulator.faults.skew(1800, times=None):
        bucket.head_object(KEY)
        assert bucket.session.clock_offset > 1700
        url = bucket.sign_url('GET', KEY, 60)
        assert bucket.get_object_with_url(url).read() == BODY
        bucket.session.clock_offset = 0.0
        with pytest.raises(AccessDenied):
            bucket.get_object_with_url(bucket.sign_url('GET', KEY, 60))


@pytest.mark.behaviour(46)
@pytest.mark.parametrize('key', [KEY, '..', 'a/../b', 'a//b/', "quo'te\"<>", 'line\nfeed', 'a;b=c&d'])
def test_addresses_of_public_objects(key, oss_bucket):
    """Anybody can read there, without this library."""
    oss_bucket.put_object(key, BODY, headers={'x-oss-object-acl': 'public-read'})
    oss_bucket.put_object('private', BODY)
    with requests.Session() as session:
        if '..' not in key:  # requests unescapes dots, and drops them, as browsers do
            assert session.get(oss_bucket.object_url(key), timeout=5).content == BODY
        assert session.get(oss_bucket.object_url('private'), timeout=5).status_code == 403
    assert oss_bucket.get_object_with_url(oss_bucket.object_url(key)).read() == BODY


@pytest.fixture
def fresh_warnings():
    for told in (oss2._urls._tell_of_plain_http, oss2._urls._tell_of_path):
        told.cache_clear()


@pytest.mark.behaviour(25)
@pytest.mark.parametrize(
    ('endpoint', 'warnings'),
    [
        ('http://oss-cn-hangzhou.aliyuncs.com', 1),
        ('oss-cn-hangzhou.aliyuncs.com', 1),
        ('https://oss-cn-hangzhou.aliyuncs.com', 0),
        ('http://localhost:9000', 0),
        ('http://127.0.0.1:9000', 0),
        ('http://[::1]:9000', 0),
    ],
)
def test_links_of_plain_http_are_warned_of_once(endpoint, warnings, caplog, fresh_warnings):
    bucket = oss2.Bucket(oss2.Auth('key-id', 'key-secret'), endpoint, 'bucket')
    for key in ('a', 'b', 'c'):
        bucket.sign_url('GET', key, 60)
    found = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len(found) == warnings
    assert all('https://' in text and 'Signature' not in text for text in found)


@pytest.mark.behaviour(3)
@pytest.mark.parametrize(
    'endpoint',
    ['https://oss-cn-hangzhou.aliyuncs.com', 'https://oss-cn-hangzhou-internal.aliyuncs.com',
     'https://cn-hangzhou.oss.aliyuncs.com'],
)
def test_the_region_of_a_url(endpoint):
    url = oss2.Bucket(oss2.AuthV4('id', 'secret'), endpoint, 'bucket').sign_url('GET', 'key', 60)
    assert '/cn-hangzhou/oss/aliyun_v4_request' in parse_qs(urlsplit(url).query)['x-oss-credential'][0]


@pytest.mark.behaviour(3)
@pytest.mark.parametrize('endpoint', ['https://oss-accelerate.aliyuncs.com', 'https://static.example.com'])
def test_no_region_to_be_found(endpoint):
    """2.19.1 makes a URL with an empty region, which OSS refuses."""
    for auth in (oss2.AuthV4('id', 'secret'), oss2.StsAuth('id', 'secret', 'token', 'v4')):
        with pytest.raises(ClientError, match="region='cn-hangzhou'"):
            oss2.Bucket(auth, endpoint, 'bucket').sign_url('GET', 'key', 60)
        oss2.Bucket(auth, endpoint, 'bucket', region='cn-hangzhou').sign_url('GET', 'key', 60)


@pytest.mark.behaviour(3)
@pytest.mark.parametrize('switch', ['defaults', 'environment'])
def test_one_switch_for_version_4(switch, monkeypatch):
    if switch == 'defaults':
        monkeypatch.setattr(oss2.defaults, 'signature_version', 'v4')
    else:
        monkeypatch.setenv('OSS_SIGNATURE_VERSION', 'v4')
    provider = oss2.StaticCredentialsProvider('id', 'secret')
    for auth in (oss2.Auth('id', 'secret'), oss2.ProviderAuth(provider), oss2.make_auth('id', 'secret'),
                 oss2.StsAuth('id', 'secret', 'token')):
        url = oss2.Bucket(auth, 'https://oss-cn-hangzhou.aliyuncs.com', 'bucket').sign_url('GET', 'key', 60)
        assert 'x-oss-signature-version=OSS4-HMAC-SHA256' in url
    for auth in (oss2.AuthV2('id', 'secret'), oss2.make_auth('id', 'secret', 'v2')):
        assert auth.auth_version() == 'v2'
