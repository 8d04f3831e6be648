"""The role of an ECS instance, of a metadata service that is a local stub."""
from __future__ import annotations

import logging
import pickle
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, List

import pytest
import requests
from credential_sources import (
    NOW,
    SECRETS,
    Clock,
    assert_hides,
    chain,
    document,
    in_json,
    stopped_clock,
    triple,
    without_credentials,
)
from rawserver import RawServer, Received, Sent, answer

from oss2 import _credentials_ecs, _credentials_refresh
from oss2.credentials import (
    EcsRamRoleCredential,
    EcsRamRoleCredentialsFetcher,
    EcsRamRoleCredentialsProvider,
    InstanceRoleCredentialsProvider,
)
from oss2.exceptions import ClientError

PATH = '/latest/meta-data/ram/security-credentials/'
TOKEN_PATH = '/latest/api/token'
TOKEN = 'AwEA-metadata-token=='


class Metadata:
    """A metadata service: gives the answers of *answers* in turn, then the last one for ever."""

    def __init__(self, start: Callable[..., RawServer]) -> None:
        self.answers: List[Sent] = [in_json(document())]
        self.token: Sent = text('', 404)
        self.hardened_only = False
        self.roles: Sent = text('my-role')
        self.server = start(self.give)
        self.url = self.server.url + PATH + 'my-role'

    def give(self, request: Received) -> Sent:
        if request.method == 'PUT':
            assert request.target == TOKEN_PATH
            assert 1 <= int(request.headers['x-aliyun-ecs-metadata-token-ttl-seconds']) <= 21600
            return self.token
        if self.hardened_only and request.headers.get('x-aliyun-ecs-metadata-token') != TOKEN:
            return text('', 403)
        if request.target == PATH:
            return self.roles
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def asked(self) -> List[str]:
        return [request.target for request in self.server.requests if request.method == 'GET']


def text(body: str, status: int = 200) -> Sent:
    return answer(body.encode(), status, then='close')


@pytest.fixture
def metadata(raw_server: Any) -> Metadata:
    return Metadata(raw_server)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return stopped_clock(monkeypatch, _credentials_refresh, _credentials_ecs)


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    without_credentials(monkeypatch, tmp_path)


class TestCredential:
    @pytest.mark.parametrize(('left', 'soon', 'factor'), [
        (1000, False, None), (155, False, None), (145, True, None), (-1, True, None), (590, True, 0.4),
        (610, False, 0.4), (155, False, 0),
    ])
    def test_when_to_renew(self, left: float, soon: bool, factor: Any, clock: Clock) -> None:
        credential = EcsRamRoleCredential('i', 's', 't', NOW + left, 1000, factor)
        assert credential.will_soon_expire() is soon
        assert credential.is_expired() is (left < 0)
        assert triple(credential) == ('i', 's', 't')

    def test_by_the_clock_of_the_machine(self) -> None:
        assert EcsRamRoleCredential('i', 's', 't', time.time() - 1, 1000).is_expired()
        assert not EcsRamRoleCredential('i', 's', 't', time.time() + 1000, 1000).will_soon_expire()


class TestFetcher:
    def test_asks_the_url_it_was_given(self, metadata: Metadata) -> None:
        metadata.answers = [in_json(document(Expiration='2099-01-01T00:00:00Z', LastUpdated='2098-12-31T18:00:00Z'))]
        credential = EcsRamRoleCredentialsFetcher(metadata.url).fetch()
        assert triple(credential) == SECRETS
        assert (credential.expiration, credential.duration, credential.expired_factor) == (4070908800, 21600, 0.85)
        assert metadata.asked == [PATH + 'my-role']

    def test_six_hours_if_it_does_not_say(self, metadata: Metadata) -> None:
        assert EcsRamRoleCredentialsFetcher(metadata.url).fetch().duration == 6 * 3600

    @pytest.mark.parametrize('bad', [
        text('x', 500), text('', 404), text('no json'), in_json([1]), answer(b'\xff', then='close'),
        in_json(document(Code='Failed')), in_json(document(Code=None)), in_json(document(Expiration=None)),
        in_json(document(Expiration='soon')), in_json(document(LastUpdated='late')),
        in_json(document(AccessKeyId=None)), in_json(document(AccessKeySecret=None)), in_json(document(AccessKeyId=5)),
        answer(b'12345', cut=2, then='close'), Sent(b'', 'reset'),
        answer(status=302, headers={'Location': '/elsewhere'}),
    ])
    def test_a_bad_answer_is_asked_for_again_then_raised(self, bad: Sent, metadata: Metadata,
                                                         caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        metadata.answers = [bad]
        with pytest.raises(ClientError, match='metadata') as caught:
            EcsRamRoleCredentialsFetcher(metadata.url).fetch(retry_times=2)
        assert caught.value.__cause__ is not None
        assert metadata.asked == [PATH + 'my-role'] * 2
        assert_hides(chain(caught.value) + caplog.text)
        metadata.answers = [bad, in_json(document())]
        assert triple(EcsRamRoleCredentialsFetcher(metadata.url).fetch()) == SECRETS

    @pytest.mark.behaviour(16)
    def test_neither_proxies_nor_netrc(self, metadata: Metadata, monkeypatch: pytest.MonkeyPatch,
                                       tmp_path: Any) -> None:
        for name in ('http_proxy', 'HTTP_PROXY', 'all_proxy'):
            monkeypatch.setenv(name, 'http://127.0.0.1:1')
        (tmp_path / '.netrc').write_text('default login me password mine\n')
        (tmp_path / '.netrc').chmod(0o600)
        assert triple(EcsRamRoleCredentialsFetcher(metadata.url).fetch(1)) == SECRETS
        assert all('authorization' not in request.headers for request in metadata.server.requests)

    def test_nobody_there(self) -> None:
        with pytest.raises(ClientError, match='at http://127'):
            EcsRamRoleCredentialsFetcher('http://127.0.0.1:1/role').fetch(1, timeout=1)


class TestHardenedMode:
    def test_shows_the_token(self, metadata: Metadata) -> None:
        metadata.token, metadata.hardened_only = text(TOKEN + '\n'), True
        assert triple(EcsRamRoleCredentialsFetcher(metadata.url).fetch(1)) == SECRETS
        assert metadata.server.last.headers['x-aliyun-ecs-metadata-token'] == TOKEN

    @pytest.mark.parametrize('token', [text('', 404), text('', 405), text('', 501), Sent(b'', 'reset'),
                                       text('<html>not a token</html>')])
    def test_the_normal_mode_where_there_is_no_other(self, token: Sent, metadata: Metadata) -> None:
        metadata.token = token
        assert triple(EcsRamRoleCredentialsFetcher(metadata.url).fetch(1)) == SECRETS
        assert 'x-aliyun-ecs-metadata-token' not in metadata.server.last.headers

    def test_nobody_is_there_for_whatever_mode(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = []

        def send(adapter: Any, request: Any, **options: Any) -> Any:
            asked.append(request.method)
            raise requests.ConnectTimeout('in time')

        monkeypatch.setattr(requests.adapters.HTTPAdapter, 'send', send)
        with pytest.raises(ClientError, match='ConnectTimeout'):
            EcsRamRoleCredentialsFetcher('http://100.100.100.200' + PATH + 'my-role').fetch(1)
        assert asked == ['PUT']

    def test_never_the_normal_mode_if_told_so(self, metadata: Metadata) -> None:
        with pytest.raises(ClientError, match=r'hardened mode.*404'):
            EcsRamRoleCredentialsFetcher(metadata.url, hardened_only=True).fetch(1)
        assert metadata.asked == []
        provider = EcsRamRoleCredentialsProvider(metadata.url, hardened_only=True)
        with pytest.raises(ClientError, match='hardened mode'):
            provider.get_credentials()

    def test_a_hidden_token_does_not_show(self, metadata: Metadata, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        metadata.token, metadata.answers = text(TOKEN), [text('', 500)]
        with pytest.raises(ClientError) as caught:
            EcsRamRoleCredentialsFetcher(metadata.url).fetch(2)
        assert_hides(chain(caught.value) + caplog.text, TOKEN)


class TestInstanceRole:
    @pytest.fixture(autouse=True)
    def here(self, metadata: Metadata, monkeypatch: pytest.MonkeyPatch) -> None:
        assert _credentials_ecs.METADATA_URL == 'http://100.100.100.200' + PATH
        monkeypatch.setattr(_credentials_ecs, 'METADATA_URL', metadata.server.url + PATH)

    def test_the_role_that_the_instance_has(self, metadata: Metadata) -> None:
        metadata.token, metadata.hardened_only = text(TOKEN), True
        metadata.roles = text('my-role\n')
        assert triple(InstanceRoleCredentialsProvider().get_credentials()) == SECRETS
        assert metadata.asked == [PATH, PATH + 'my-role']

    def test_the_role_one_says(self, metadata: Metadata, monkeypatch: pytest.MonkeyPatch) -> None:
        InstanceRoleCredentialsProvider('one').get_credentials()
        monkeypatch.setenv('ALIBABA_CLOUD_ECS_METADATA', 'two')
        InstanceRoleCredentialsProvider().get_credentials()
        assert metadata.asked == [PATH + 'one', PATH + 'two']

    @pytest.mark.parametrize(('roles', 'message'), [
        (text('', 404), 'no RAM role'), (text(''), 'does not name'), (text('<html/>'), 'does not name'),
        (text('role', 500), '500'),
    ])
    def test_no_role(self, roles: Sent, message: str, metadata: Metadata) -> None:
        metadata.roles = roles
        with pytest.raises(ClientError, match=message):
            InstanceRoleCredentialsProvider(max_retries=1).get_credentials()

    def test_the_environment_forbids(self, metadata: Metadata, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv('ALIBABA_CLOUD_IMDSV1_DISABLED', 'true')
        with pytest.raises(ClientError, match='hardened mode'):
            InstanceRoleCredentialsProvider().get_credentials()
        assert triple(InstanceRoleCredentialsProvider(hardened_only=False).get_credentials()) == SECRETS
        monkeypatch.setenv('ALIBABA_CLOUD_ECS_METADATA_DISABLED', 'True')
        with pytest.raises(ClientError, match='ALIBABA_CLOUD_ECS_METADATA_DISABLED'):
            InstanceRoleCredentialsProvider()

    def test_no_path_in_a_name(self) -> None:
        with pytest.raises(ClientError, match='no name of a RAM role'):
            InstanceRoleCredentialsProvider('../api')


class TestProvider:
    def test_asks_once(self, metadata: Metadata, clock: Clock) -> None:
        provider = EcsRamRoleCredentialsProvider(metadata.url)
        assert provider.get_credentials() is provider.get_credentials()
        assert len(metadata.asked) == 1

    def test_renews_before_the_end(self, metadata: Metadata, clock: Clock) -> None:
        metadata.answers = [in_json(document('old', NOW + 60)), in_json(document('new'))]
        provider = EcsRamRoleCredentialsProvider(metadata.url)
        assert [provider.get_credentials().get_access_key_id() for _ in range(3)] == ['old', 'new', 'new']

    def test_a_failed_renewal_is_not_tried_at_every_call(self, metadata: Metadata, clock: Clock) -> None:
        metadata.answers = [in_json(document('id', NOW + 60)), text('', 500)]
        provider = EcsRamRoleCredentialsProvider(metadata.url, max_retries=2)
        assert [provider.get_credentials().get_access_key_id() for _ in range(5)] == ['id'] * 5
        assert len(metadata.asked) == 1 + 2

    def test_expired_credentials_are_never_handed_out(self, metadata: Metadata, clock: Clock) -> None:
        metadata.answers = [in_json(document('old', NOW + 60)), text('', 500)]
        provider = EcsRamRoleCredentialsProvider(metadata.url, max_retries=1)
        provider.credentials = provider.fetcher.fetch(1)
        clock.now += 60
        with pytest.raises(ClientError, match='500'):
            provider.get_credentials()
        metadata.answers = [in_json(document('new'))]
        clock.now += 2
        assert provider.get_credentials().get_access_key_id() == 'new'

    def test_many_threads_ask_once(self, metadata: Metadata, clock: Clock) -> None:
        provider = EcsRamRoleCredentialsProvider(metadata.url)
        with ThreadPoolExecutor(32) as pool:
            found = list(pool.map(lambda _: provider.get_credentials(), range(64)))
        assert {id(credential) for credential in found} == {id(provider.credentials)}
        assert len(metadata.asked) == 1

    def test_pickles(self, metadata: Metadata, clock: Clock) -> None:
        provider = EcsRamRoleCredentialsProvider(metadata.url, 2, 5)
        provider.get_credentials()
        copy = pickle.loads(pickle.dumps(provider))
        assert triple(copy.get_credentials()) == SECRETS
        assert (copy.max_retries, copy.timeout, copy.fetcher.auth_host) == (2, 5, metadata.url)
        copy.credentials = None
        copy.get_credentials()
        assert len(metadata.asked) == 2
        assert_hides(repr(provider) + repr(provider.credentials))
