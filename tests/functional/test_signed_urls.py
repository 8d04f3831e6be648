"""Signed URLs, made and used, against the emulator; what they look like is compared with 2.19.1 in tests/signing."""

from __future__ import annotations

import time
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

import oss2
from oss2.exceptions import AccessDenied, NoSuchKey, ServerError

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


def test_whoever_holds_it_needs_no_library(bucket):
    bucket.put_object(KEY, BODY)
    with requests.Session() as session:
        assert session.get(bucket.sign_url('GET', KEY, 60), timeout=5).content == BODY
        assert session.put(bucket.sign_url('PUT', 'new', 60), data=BODY, timeout=5).status_code == 200
        assert session.head(bucket.sign_url('HEAD', 'new', 60), timeout=5).headers['Content-Length'] == str(len(BODY))
        assert session.delete(bucket.sign_url('DELETE', 'new', 60), timeout=5).status_code == 204
        assert session.get(bucket.sign_url('GET', 'new', 60), timeout=5).status_code == 404


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


def test_a_url_that_has_expired(bucket, monkeypatch):
    an_hour_ago = time.time() - 3600
    monkeypatch.setattr('oss2.auth.time', SimpleNamespace(time=lambda: an_hour_ago))
    url = bucket.sign_url('GET', KEY, 60)
    monkeypatch.undo()
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


@pytest.mark.parametrize('version', ['v2', 'v4', 'stsv2', 'stsv4'])
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
    with pytest.raises(ServerError):
        oss_bucket.get_object_with_url(url, headers={'If-None-Match': 'other'})


def test_anonymous(oss_bucket, oss_emulator):
    oss_bucket.put_object(KEY, BODY, headers={'x-oss-object-acl': 'public-read'})
    with oss2.Bucket(oss2.AnonymousAuth(), oss_emulator.endpoint, oss_bucket.bucket_name) as anonymous:
        url = anonymous.sign_url('GET', KEY, 60, params={'response-content-type': 'text/x'})
        assert url.startswith(oss_emulator.endpoint + '/test-bucket/%E4%B8%AD')
        with pytest.raises(ServerError):
            anonymous.get_object_with_url(url)  # response-* are for those who sign
        assert anonymous.get_object_with_url(url.partition('?')[0]).read() == BODY
