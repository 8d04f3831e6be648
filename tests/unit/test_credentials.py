from __future__ import annotations

import http.server
import json
import pickle
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Dict, Iterator, List, Tuple

import pytest

from oss2.credentials import (
    Credentials,
    CredentialsProvider,
    EcsRamRoleCredential,
    EcsRamRoleCredentialsFetcher,
    EcsRamRoleCredentialsProvider,
    EnvironmentVariableCredentialsProvider,
    StaticCredentialsProvider,
)
from oss2.exceptions import ClientError

SECRETS = ('LTAIsecretId', 'secretKey', 'secretToken')


class MetadataService:
    """What an ECS instance asks for its role: gives the answers of *answers* in turn, then the last one for ever."""

    def __init__(self) -> None:
        self.answers: List[Tuple[int, bytes]] = []
        self.paths: List[str] = []
        self.delay = 0.0
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.paths.append(self.path)
                time.sleep(service.delay)
                status, body = service.answers.pop(0) if len(service.answers) > 1 else service.answers[0]
                self.send_response(status)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = 'http://127.0.0.1:%d/latest/meta-data/ram/security-credentials/role' % self.server.server_port


@pytest.fixture
def metadata() -> Iterator[MetadataService]:
    service = MetadataService()
    thread = threading.Thread(target=service.server.serve_forever, kwargs={'poll_interval': 0.01})
    thread.start()
    yield service
    service.server.shutdown()
    thread.join()
    service.server.server_close()


def answer(ends_in: float = 3600, key_id: str = 'id', **changed: Any) -> Tuple[int, bytes]:
    now = time.time()
    document: Dict[str, Any] = {'AccessKeyId': key_id, 'AccessKeySecret': 'secret', 'SecurityToken': 'token',
                                'Expiration': ecs_time(now + ends_in), 'LastUpdated': ecs_time(now - 3600),
                                'Code': 'Success'}
    document.update(changed)
    return 200, json.dumps({name: value for name, value in document.items() if value is not None}).encode()


def ecs_time(seconds: float) -> str:
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(seconds))


def triple(credentials: Any) -> Tuple[Any, Any, Any]:
    return (credentials.get_access_key_id(), credentials.get_access_key_secret(), credentials.get_security_token())


def test_static_credentials() -> None:
    provider = StaticCredentialsProvider(*SECRETS)
    assert triple(provider.get_credentials()) == SECRETS
    assert provider.get_credentials() is provider.credentials
    assert triple(Credentials()) == ('', '', '')
    assert CredentialsProvider().get_credentials() is None


@pytest.mark.parametrize('make', [lambda: Credentials(*SECRETS), lambda: StaticCredentialsProvider(*SECRETS),
                                  lambda: EcsRamRoleCredential(*SECRETS, 0, 0)])
def test_no_secret_in_a_repr(make: Callable[[], Any]) -> None:
    assert 'access_key_id=' in repr(make())
    assert 'secret' not in repr(make()).replace('access_key_secret', '')


class TestEnvironment:
    OSS = ('OSS_ACCESS_KEY_ID', 'OSS_ACCESS_KEY_SECRET', 'OSS_SESSION_TOKEN')
    ALIBABA = ('ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN')

    @pytest.fixture(autouse=True)
    def empty(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in self.OSS + self.ALIBABA:
            monkeypatch.delenv(name, raising=False)

    @pytest.mark.parametrize('names', [OSS, ALIBABA])
    def test_read_at_every_call(self, names: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        provider = EnvironmentVariableCredentialsProvider()
        for n in '12':
            for name in names:
                monkeypatch.setenv(name, name + n)
            assert triple(provider.get_credentials()) == tuple(name + n for name in names)
        monkeypatch.delenv(names[2])
        assert not provider.get_credentials().get_security_token()

    def test_the_two_sets_are_not_mixed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in self.ALIBABA + self.OSS[:2]:
            monkeypatch.setenv(name, name)
        assert triple(EnvironmentVariableCredentialsProvider().get_credentials()) == (*self.OSS[:2], None)
        monkeypatch.delenv('OSS_ACCESS_KEY_SECRET')
        with pytest.raises(ClientError, match='OSS_ACCESS_KEY_SECRET'):
            EnvironmentVariableCredentialsProvider().get_credentials()

    @pytest.mark.parametrize('missing', OSS[:2])
    @pytest.mark.parametrize('empty', [True, False])
    def test_a_missing_variable_is_named(self, missing: str, empty: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in self.OSS:
            monkeypatch.setenv(name, 'x')
        monkeypatch.setenv(missing, '') if empty else monkeypatch.delenv(missing)
        with pytest.raises(ClientError, match=missing):
            EnvironmentVariableCredentialsProvider().get_credentials()


class TestEcsCredential:
    @pytest.mark.parametrize(('left', 'soon', 'factor'), [
        (1000, False, None), (155, False, None), (145, True, None), (-1, True, None), (590, True, 0.4),
        (610, False, 0.4), (155, False, 0),
    ])
    def test_when_to_renew(self, left: float, soon: bool, factor: Any) -> None:
        credential = EcsRamRoleCredential('i', 's', 't', time.time() + left, 1000, factor)
        assert credential.will_soon_expire() is soon
        assert credential.is_expired() is (left < 0)
        assert triple(credential) == ('i', 's', 't')


class TestEcsFetcher:
    def test_asks_the_url_it_was_given(self, metadata: MetadataService) -> None:
        metadata.answers = [answer(Expiration='2099-01-01T00:00:00Z', LastUpdated='2098-12-31T18:00:00Z')]
        credential = EcsRamRoleCredentialsFetcher(metadata.url).fetch()
        assert triple(credential) == ('id', 'secret', 'token')
        assert (credential.expiration, credential.duration, credential.expired_factor) == (4070908800, 21600, 0.85)
        assert metadata.paths == ['/latest/meta-data/ram/security-credentials/role']

    def test_six_hours_if_it_does_not_say(self, metadata: MetadataService) -> None:
        metadata.answers = [answer(LastUpdated=None)]
        assert EcsRamRoleCredentialsFetcher(metadata.url).fetch().duration == 6 * 3600

    @pytest.mark.parametrize('bad', [
        (500, b'x'), (404, b''), (200, b'no json'), (200, b'[1]'), (200, b'\xff'), answer(Code='Failed'),
        answer(Code=None), answer(Expiration=None), answer(Expiration='soon'), answer(LastUpdated='late'),
        answer(AccessKeyId=None), answer(AccessKeySecret=None),
    ])
    def test_a_bad_answer_is_asked_for_again_then_raised(self, bad: Any, metadata: MetadataService) -> None:
        metadata.answers = [bad]
        with pytest.raises(ClientError, match='metadata') as caught:
            EcsRamRoleCredentialsFetcher(metadata.url).fetch(retry_times=2)
        assert caught.value.__cause__ is not None
        assert len(metadata.paths) == 2
        metadata.answers = [bad, answer()]
        assert triple(EcsRamRoleCredentialsFetcher(metadata.url).fetch()) == ('id', 'secret', 'token')

    def test_neither_proxies_nor_netrc(self, metadata: MetadataService, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv('http_proxy', 'http://127.0.0.1:1')
        monkeypatch.setenv('all_proxy', 'http://127.0.0.1:1')
        metadata.answers = [answer()]
        assert EcsRamRoleCredentialsFetcher(metadata.url).fetch(1).get_access_key_id() == 'id'

    def test_nobody_there(self) -> None:
        with pytest.raises(ClientError, match='at http://127'):
            EcsRamRoleCredentialsFetcher('http://127.0.0.1:1/role').fetch(1, timeout=1)


class TestEcsProvider:
    def test_asks_once(self, metadata: MetadataService) -> None:
        metadata.answers = [answer()]
        provider = EcsRamRoleCredentialsProvider(metadata.url)
        assert provider.get_credentials() is provider.get_credentials()
        assert len(metadata.paths) == 1

    def test_renews_before_the_end(self, metadata: MetadataService) -> None:
        metadata.answers = [answer(60, 'old'), answer(3600, 'new')]
        provider = EcsRamRoleCredentialsProvider(metadata.url)
        assert [provider.get_credentials().get_access_key_id() for _ in range(3)] == ['old', 'new', 'new']

    def test_a_failed_renewal_is_not_tried_at_every_call(self, metadata: MetadataService) -> None:
        metadata.answers = [answer(60), (500, b'')]
        provider = EcsRamRoleCredentialsProvider(metadata.url, max_retries=2)
        assert [provider.get_credentials().get_access_key_id() for _ in range(5)] == ['id'] * 5
        assert len(metadata.paths) == 1 + 2

    def test_expired_credentials_are_never_handed_out(self, metadata: MetadataService) -> None:
        metadata.answers = [answer(-60), (500, b'')]
        provider = EcsRamRoleCredentialsProvider(metadata.url, max_retries=1)
        provider.credentials = provider.fetcher.fetch(1)
        with pytest.raises(ClientError, match='500'):
            provider.get_credentials()
        metadata.answers = [answer(3600, 'new')]
        assert provider.get_credentials().get_access_key_id() == 'new'

    def test_many_threads_ask_once(self, metadata: MetadataService) -> None:
        metadata.answers = [answer()]
        metadata.delay = 0.05
        provider = EcsRamRoleCredentialsProvider(metadata.url)
        with ThreadPoolExecutor(16) as pool:
            found = list(pool.map(lambda _: provider.get_credentials(), range(64)))
        assert {id(credential) for credential in found} == {id(provider.credentials)}
        assert len(metadata.paths) == 1

    def test_pickles(self, metadata: MetadataService) -> None:
        metadata.answers = [answer()]
        provider = EcsRamRoleCredentialsProvider(metadata.url, 2, 5)
        provider.get_credentials()
        copy = pickle.loads(pickle.dumps(provider))
        assert triple(copy.get_credentials()) == ('id', 'secret', 'token')
        assert (copy.max_retries, copy.timeout, copy.fetcher.auth_host) == (2, 5, metadata.url)
        copy.credentials = None
        copy.get_credentials()
        assert len(metadata.paths) == 2
