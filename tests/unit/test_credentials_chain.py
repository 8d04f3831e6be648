"""The default order, what it stops at, and what it says about it."""
from __future__ import annotations

import json
import logging
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, List

import pytest
from credential_sources import (
    NOW,
    SECRETS,
    Clock,
    assert_hides,
    chain,
    document,
    in_json,
    stopped_clock,
    without_credentials,
)
from rawserver import Received, Sent, answer

from oss2 import _credentials_ecs, _credentials_refresh, _credentials_sts
from oss2.credentials import DefaultCredentialsProvider
from oss2.exceptions import ClientError

ORDER = ['environment variables', 'OIDC role', 'profile of the Alibaba Cloud CLI', 'profile of the Alibaba Cloud SDKs',
         'role of the ECS instance', 'credentials URI']


class Places:
    """Every place where credentials may be, and a server that has the parts of STS, metadata service and URI."""

    def __init__(self, start: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        self.monkeypatch = monkeypatch
        self.metadata = answer(status=404, then='close')
        self.sts = in_json({'Credentials': document('of the OIDC role')})
        self.server = start(self.give)
        monkeypatch.setattr(_credentials_ecs, 'METADATA_URL', self.server.url + '/latest/roles/')
        monkeypatch.setenv('ALIBABA_CLOUD_STS_ENDPOINT', self.server.url)

    def give(self, request: Received) -> Sent:
        if request.target == '/uri':
            return in_json(document('of the URI'))
        if request.method == 'POST':
            return self.sts
        if request.method == 'PUT':
            return answer(status=404, then='close')
        if request.target == '/latest/roles/':
            return answer(b'my-role', then='close')
        return self.metadata

    @property
    def asked(self) -> List[str]:
        return [request.target for request in self.server.requests]

    def set_up(self, place: str) -> None:
        set_variable = self.monkeypatch.setenv
        if place == ORDER[0]:
            set_variable('OSS_ACCESS_KEY_ID', 'of the environment')
            set_variable('OSS_ACCESS_KEY_SECRET', SECRETS[1])
        elif place == ORDER[1]:
            (self.home / 'token').write_text('planted-OIDC-token')
            set_variable('ALIBABA_CLOUD_ROLE_ARN', 'role')
            set_variable('ALIBABA_CLOUD_OIDC_PROVIDER_ARN', 'idp')
            set_variable('ALIBABA_CLOUD_OIDC_TOKEN_FILE', str(self.home / 'token'))
        elif place == ORDER[2]:
            self.write_cli({'name': 'default', 'mode': 'AK', 'access_key_id': 'of the CLI',
                            'access_key_secret': SECRETS[1]})
        elif place == ORDER[3]:
            (self.home / '.alibabacloud').mkdir()
            (self.home / '.alibabacloud' / 'credentials').write_text(
                '[default]\ntype = access_key\naccess_key_id = of the SDKs\naccess_key_secret = %s\n' % SECRETS[1])
        elif place == ORDER[4]:
            self.metadata = in_json(document('of the instance'))
        else:
            set_variable('ALIBABA_CLOUD_CREDENTIALS_URI', self.server.url + '/uri')

    def write_cli(self, *profiles: Any) -> None:
        (self.home / '.aliyun').mkdir(exist_ok=True)
        (self.home / '.aliyun' / 'config.json').write_text(json.dumps({'profiles': profiles}))


KEYS = dict(zip(ORDER, ['of the environment', 'of the OIDC role', 'of the CLI', 'of the SDKs', 'of the instance',
                        'of the URI']))


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Clock:
    without_credentials(monkeypatch, tmp_path)
    return stopped_clock(monkeypatch, _credentials_refresh, _credentials_sts)


@pytest.fixture
def places(raw_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    return Places(raw_server, tmp_path, monkeypatch)


def outcomes(provider: DefaultCredentialsProvider) -> List[List[str]]:
    return [line.split(': ', 2)[:2] for line in provider.explain().splitlines()]


@pytest.mark.parametrize('first', range(6))
def test_the_order(first: int, places: Places) -> None:
    for place in ORDER[first:]:
        places.set_up(place)
    provider = DefaultCredentialsProvider()
    assert provider.get_credentials().get_access_key_id() == KEYS[ORDER[first]]
    assert outcomes(provider) == [[place, 'skipped' if n < first else 'in use' if n == first else 'not tried']
                                  for n, place in enumerate(ORDER)]
    assert '/uri' not in places.asked or first == 5


def test_nothing_set_up(places: Places, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    provider = DefaultCredentialsProvider()
    with pytest.raises(ClientError) as caught:
        provider.get_credentials()
    for words in (*ORDER, 'OSS_ACCESS_KEY_ID', 'ALIBABA_CLOUD_OIDC_TOKEN_FILE', 'config.json', 'credentials',
                  'HTTP status 404', 'ALIBABA_CLOUD_CREDENTIALS_URI'):
        assert words in caught.value.message
        assert words in provider.explain()


@pytest.mark.parametrize(('place', 'variables', 'message'), [
    (0, {'OSS_ACCESS_KEY_ID': 'id'}, 'OSS_ACCESS_KEY_SECRET'),
    (1, {'ALIBABA_CLOUD_OIDC_PROVIDER_ARN': 'idp', 'ALIBABA_CLOUD_ROLE_ARN': 'r'}, 'ALIBABA_CLOUD_OIDC_TOKEN_FILE'),
    (4, {'ALIBABA_CLOUD_ECS_METADATA': 'my-role'}, 'HTTP status 404'),
    (5, {'ALIBABA_CLOUD_CREDENTIALS_URI': 'ftp://x/'}, 'http://'),
])
def test_what_is_set_up_wrong_is_an_error(place: int, variables: Any, message: str, places: Places) -> None:
    places.set_up(ORDER[5])
    for name, value in variables.items():
        places.monkeypatch.setenv(name, value)
    provider = DefaultCredentialsProvider()
    with pytest.raises(ClientError, match=message) as caught:
        provider.get_credentials()
    assert caught.value.__cause__ is not None
    assert outcomes(provider)[place] == [ORDER[place], 'failed']
    assert all(outcome == 'not tried' for _, outcome in outcomes(provider)[place + 1:])


def test_a_role_that_cannot_be_assumed_does_not_make_it_act_as_the_node(places: Places) -> None:
    for place in (ORDER[1], ORDER[4]):
        places.set_up(place)
    places.sts = in_json({'Code': 'NoPermission', 'Message': 'You may not: planted-OIDC-token'}, 403)
    provider = DefaultCredentialsProvider()
    with pytest.raises(ClientError, match='NoPermission') as caught:
        provider.get_credentials()
    assert_hides(chain(caught.value) + provider.explain(), 'planted-OIDC-token')


def test_broken_profiles_are_an_error_and_those_of_others_are_not(places: Places) -> None:
    places.set_up(ORDER[3])
    places.write_cli({'name': 'default', 'mode': 'AK', 'access_key_id': 'x'})
    with pytest.raises(ClientError, match='access_key_secret'):
        DefaultCredentialsProvider().get_credentials()
    places.write_cli({'name': 'default', 'mode': 'OAuth'})
    assert DefaultCredentialsProvider().get_credentials().get_access_key_id() == 'of the SDKs'
    places.write_cli({'name': 'other', 'mode': 'AK'})
    provider = DefaultCredentialsProvider()
    assert provider.get_credentials().get_access_key_id() == 'of the SDKs'
    assert "no profile 'default'" in provider.explain()


@pytest.mark.parametrize(('variable', 'place'), [
    ('ALIBABA_CLOUD_CLI_PROFILE_DISABLED', 2), ('ALIBABA_CLOUD_IGNORE_PROFILE', 2),
    ('ALIBABA_CLOUD_ECS_METADATA_DISABLED', 4), ('ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS', 5),
])
def test_switched_off(variable: str, place: int, places: Places) -> None:
    places.set_up(ORDER[place])
    places.monkeypatch.setenv(variable, 'TRUE')
    provider = DefaultCredentialsProvider()
    with pytest.raises(ClientError, match=variable):
        provider.get_credentials()
    assert outcomes(provider)[place] == [ORDER[place], 'skipped']
    assert variable != 'ALIBABA_CLOUD_ECS_METADATA_DISABLED' or places.asked == []


def test_what_was_found_is_kept(places: Places) -> None:
    places.set_up(ORDER[5])
    provider = DefaultCredentialsProvider()
    provider.get_credentials()
    places.set_up(ORDER[0])
    assert provider.get_credentials().get_access_key_id() == 'of the URI'
    assert places.asked.count('/uri') == 1


def test_renewals_come_from_the_same_place_or_fail(places: Places, clock: Clock) -> None:
    places.set_up(ORDER[4])
    provider = DefaultCredentialsProvider()
    rejected = provider.get_credentials()
    places.metadata = in_json(document('renewed', NOW + 12 * 3600))
    assert provider.refresh_credentials(rejected) is True
    assert provider.get_credentials().get_access_key_id() == 'renewed'
    places.set_up(ORDER[5])
    places.metadata = answer(status=500, then='close')
    clock.now += 12 * 3600
    with pytest.raises(ClientError, match='500'):
        provider.get_credentials()
    assert 'HTTP status 500' in provider.explain().splitlines()[-1]


def test_looked_for_again_after_a_second(places: Places, clock: Clock) -> None:
    provider = DefaultCredentialsProvider()
    for _ in range(3):
        with pytest.raises(ClientError, match='there are no credentials'):
            provider.get_credentials()
    asked = len(places.asked)
    places.set_up(ORDER[5])
    with pytest.raises(ClientError):
        provider.get_credentials()
    assert len(places.asked) == asked
    clock.now += 1.1
    assert provider.get_credentials().get_access_key_id() == 'of the URI'


def test_many_threads_look_once(places: Places) -> None:
    places.set_up(ORDER[5])
    provider = DefaultCredentialsProvider()
    with ThreadPoolExecutor(32) as pool:
        found = {id(credentials) for credentials in pool.map(lambda _: provider.get_credentials(), range(64))}
    assert len(found) == 1
    assert places.asked.count('/uri') == 1


def test_nothing_secret_in_what_it_says(places: Places, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for place in ORDER:
        provider = DefaultCredentialsProvider()
        places.set_up(place)
        assert_hides(provider.explain() + repr(provider) + caplog.text, *SECRETS, *KEYS.values(), 'planted-OIDC-token')


def test_pickles(places: Places) -> None:
    provider = DefaultCredentialsProvider()
    with pytest.raises(ClientError):
        provider.get_credentials()
    places.set_up(ORDER[5])
    provider = pickle.loads(pickle.dumps(provider))
    assert provider.get_credentials().get_access_key_id() == 'of the URI'
    twin = pickle.loads(pickle.dumps(provider))
    assert twin.get_credentials().get_access_key_id() == 'of the URI'
    assert places.asked.count('/uri') == 1
    assert twin.explain() == provider.explain()
