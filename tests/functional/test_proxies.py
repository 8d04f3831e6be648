"""Requests that pass a proxy: as they were signed, and with its password in no text."""
from __future__ import annotations

import logging
import pickle
import time
import traceback

import pytest
from proxyserver import ProxyServer
from rawserver import answer

import oss2
from oss2.emulator import Emulator
from oss2.exceptions import ClientError, RequestError

BODY = bytes(range(256)) * 40
USER_INFO = 'proxy-user:proxy-password'

pytestmark = pytest.mark.behaviour(16)


@pytest.fixture
def proxy():
    with ProxyServer() as server:
        yield server


@pytest.fixture
def strict_proxy():
    with ProxyServer(USER_INFO) as server:
        yield server


def bucket_of(emulator, **options):
    credentials = emulator.credentials
    auth = oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret)
    return oss2.Bucket(auth, emulator.endpoint, 'test-bucket', region=emulator.region, **options)


WAYS = {
    'Bucket': lambda emulator, proxies: bucket_of(emulator, proxies=proxies),
    'Session': lambda emulator, proxies: bucket_of(emulator, session=oss2.Session(proxies=proxies)),
    'session.session': lambda emulator, proxies: poked(bucket_of(emulator), proxies),
}


def poked(bucket, proxies):
    bucket.session.session.proxies.update(proxies)
    return bucket


@pytest.mark.parametrize('way', WAYS.values(), ids=list(WAYS))
@pytest.mark.parametrize('key', ['key', 'a/中 +%', '..', 'a/../b'])
def test_a_forwarding_proxy(way, key, proxy, oss_bucket, oss_emulator):
    with way(oss_emulator, {'http': proxy.url}) as bucket:
        bucket.put_object(key, BODY, headers={'x-oss-meta-a': 'b'})
        assert bucket.get_object(key).read() == BODY
        assert bucket.head_object(key).headers['x-oss-meta-a'] == 'b'
        assert [found.key for found in bucket.list_objects().object_list] == [key]
    assert [asked.method for asked in proxy.asked] == ['PUT', 'GET', 'HEAD', 'GET']
    assert all(asked.target.startswith(oss_emulator.endpoint) for asked in proxy.asked)


def test_a_tunnel(strict_proxy):
    """TLS goes through the proxy to OSS: the proxy sees a host, and one tunnel serves many requests."""
    with Emulator(tls=True) as emulator, emulator.bucket('test-bucket'):
        emulator.requests.clear()
        proxies = {'https': strict_proxy.url}
        with bucket_of(emulator, proxies=proxies, ca_bundle=emulator.certificate) as bucket:
            for number in range(3):
                bucket.put_object('key', BODY)
                assert bucket.get_object('key').read() == BODY, number
        assert len({seen.client for seen in emulator.requests}) == 1
        assert [(asked.method, asked.target) for asked in strict_proxy.asked] == [('CONNECT', emulator.netloc)]


@pytest.mark.behaviour(13, 16)
def test_a_tunnel_that_is_dug_again_has_the_time_of_its_own_call(proxy):
    with Emulator(tls=True) as emulator, emulator.bucket('test-bucket'):
        with bucket_of(emulator, proxies={'https': proxy.url}, ca_bundle=emulator.certificate) as bucket:
            bucket.with_options(deadline=2).put_object('key', BODY)
            time.sleep(2)
            proxy.hang_up()
            assert bucket.get_object('key').read() == BODY
        assert [asked.method for asked in proxy.asked] == ['CONNECT'] * 2


def test_a_proxy_of_the_environment(proxy, oss_bucket, oss_emulator, monkeypatch):
    """It is used unless the program says otherwise, for a host that no_proxy does not name."""
    oss_bucket.put_object('key', BODY)
    monkeypatch.setenv('http_proxy', proxy.url)
    with bucket_of(oss_emulator) as bucket:
        assert bucket.get_object('key').read() == BODY
        assert len(proxy.asked) == 1
        monkeypatch.setenv('no_proxy', oss_emulator.netloc.partition(':')[0])
        assert bucket.get_object('key').read() == BODY
        monkeypatch.delenv('no_proxy')
    with bucket_of(oss_emulator, trust_env=False) as bucket:
        assert bucket.get_object('key').read() == BODY
    assert len(proxy.asked) == 1


@pytest.mark.parametrize('way', WAYS.values(), ids=list(WAYS))
def test_what_the_program_says_goes_before_the_environment(way, proxy, oss_bucket, oss_emulator, monkeypatch):
    oss_bucket.put_object('key', BODY)
    monkeypatch.setenv('http_proxy', 'http://127.0.0.1:1')
    monkeypatch.setenv('HTTP_PROXY', 'http://127.0.0.1:1')
    for scheme in ('http', 'all'):
        with way(oss_emulator, {scheme: proxy.url}) as bucket:
            assert bucket.get_object('key').read() == BODY
    assert len(proxy.asked) == 2


def test_name_and_password(strict_proxy, oss_bucket, oss_emulator):
    oss_bucket.put_object('key', BODY)
    with bucket_of(oss_emulator, proxies={'http': strict_proxy.url}) as bucket:
        assert bucket.get_object('key').read() == BODY
    assert strict_proxy.asked[0].authorization.startswith('Basic ')
    assert 'proxy-authorization' not in oss_emulator.requests[-1].headers


@pytest.mark.parametrize('way', WAYS.values(), ids=list(WAYS))
def test_the_password_is_shown_nowhere(way, strict_proxy, oss_bucket, oss_emulator, caplog, no_retries):
    """Neither where the proxy works, nor where it refuses, is gone, or its URL is wrong."""
    good = strict_proxy.url
    texts = []
    with caplog.at_level(logging.DEBUG):
        for url in (good, good.replace('proxy-user', 'somebody'), good.replace(strict_proxy.netloc, '127.0.0.1:1'),
                    good.replace('http:', 'nonsense:')):
            with way(oss_emulator, {'http': url}) as bucket:
                texts.append(repr(bucket) + repr(bucket.session))
                try:
                    bucket.put_object('key', BODY)
                except oss2.exceptions.OssError as exc:
                    texts += [str(exc), repr(exc), exc.message, repr(pickle.loads(pickle.dumps(exc))),
                              ''.join(traceback.format_exception(type(exc), exc, exc.__traceback__))]
    assert len(texts) == 4 + 3 * 5
    assert len(caplog.records) > 4
    assert 'proxy-password' not in '\n'.join(texts + [record.getMessage() for record in caplog.records])


def test_a_proxy_that_is_not_there(oss_emulator, no_retries):
    with bucket_of(oss_emulator, proxies={'http': 'http://127.0.0.1:1'}) as bucket, \
            pytest.raises(RequestError) as caught:
        bucket.get_object('key')
    assert 'proxy' in caught.value.message
    assert 'oss2._connection' not in caught.value.message
    assert '_Connection(' not in caught.value.message


def test_the_callers_proxies_stay_as_they_are(oss_emulator, no_retries, monkeypatch):
    monkeypatch.setenv('http_proxy', 'http://127.0.0.1:1')
    proxies = {'https': 'http://127.0.0.1:2'}
    with bucket_of(oss_emulator, proxies=proxies) as bucket, pytest.raises(RequestError, match='proxy'):
        bucket.get_object('key')
    assert proxies == {'https': 'http://127.0.0.1:2'}


def test_what_is_no_proxies():
    for make in (lambda proxies: oss2.Session(proxies=proxies),
                 lambda proxies: oss2.Bucket(oss2.AnonymousAuth(), 'http://a.com', 'bucket', proxies=proxies)):
        with pytest.raises(ClientError, match='proxies must be a dict') as caught:
            make('http://name:password@proxy:3128')
        assert 'password' not in str(caught.value)


@pytest.mark.behaviour(15, 16)
def test_signed_urls_through_a_proxy(raw_server, proxy, make_bucket, caplog, no_retries):
    """urllib3 writes requests to the log, and into its errors."""
    server = raw_server(answer(BODY))
    bucket = make_bucket(server.url, auth=oss2.StsAuth('key-id', 'key-secret', 'sts-token'),
                         proxies={'http': proxy.url})
    url = bucket.sign_url('GET', 'key', 60)
    with caplog.at_level(logging.DEBUG):
        assert bucket.get_object_with_url(url).read() == BODY
        proxy.close()
        with pytest.raises(RequestError) as caught:
            bucket.get_object_with_url(url)
    assert server.requests[0].target.endswith(url.partition('?')[2])
    signature = url.partition('Signature=')[2].partition('&')[0]
    trace = traceback.format_exception(type(caught.value), caught.value, caught.value.__traceback__)
    text = '\n'.join([record.getMessage() for record in caplog.records] + [str(caught.value), *trace])
    assert 'urllib3' in {record.name.partition('.')[0] for record in caplog.records}
    assert signature not in text
    assert 'sts-token' not in text
