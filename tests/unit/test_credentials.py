from __future__ import annotations

import datetime
import pickle
from types import SimpleNamespace
from typing import Any, Callable

import pytest
from credential_sources import SECRETS, assert_hides, triple, without_credentials

import oss2
from oss2._credentials import from_document, from_object, to_expiration
from oss2.credentials import (
    Credentials,
    CredentialsProvider,
    EcsRamRoleCredential,
    EnvironmentVariableCredentialsProvider,
    StaticCredentialsProvider,
)
from oss2.exceptions import ClientError


def test_static_credentials() -> None:
    provider = StaticCredentialsProvider(*SECRETS)
    assert triple(provider.get_credentials()) == SECRETS
    assert provider.get_credentials() is provider.credentials
    assert triple(Credentials()) == ('', '', '')
    assert CredentialsProvider().get_credentials() is None


@pytest.mark.parametrize('make', [lambda: Credentials(*SECRETS), lambda: Credentials(*SECRETS, expiration=5),
                                  lambda: StaticCredentialsProvider(*SECRETS),
                                  lambda: EcsRamRoleCredential(*SECRETS, 0, 0)])
def test_no_secret_in_a_repr(make: Callable[[], Any]) -> None:
    assert 'access_key_id=' in repr(make())
    assert_hides(repr(make()))


def test_every_public_name_is_there() -> None:
    for name in oss2.credentials.__all__:
        assert getattr(oss2.credentials, name) is not None
    for name in (n for n in oss2.credentials.__all__ if n.endswith('Provider')):
        assert getattr(oss2, name) is getattr(oss2.credentials, name)
        assert name in dir(oss2)
        assert name in dir(oss2.credentials)
    with pytest.raises(AttributeError, match='no_such_name'):
        oss2.credentials.no_such_name  # noqa: B018


class TestEnvironment:
    OSS = ('OSS_ACCESS_KEY_ID', 'OSS_ACCESS_KEY_SECRET', 'OSS_SESSION_TOKEN')
    ALIBABA = ('ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN')

    @pytest.fixture(autouse=True)
    def empty(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
        without_credentials(monkeypatch, tmp_path)

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

    @pytest.mark.parametrize('names', [OSS, ALIBABA])
    @pytest.mark.parametrize('missing', [0, 1])
    @pytest.mark.parametrize('empty', [True, False])
    def test_a_missing_variable_is_named(self, names: Any, missing: int, empty: bool,
                                         monkeypatch: pytest.MonkeyPatch) -> None:
        for name in names:
            monkeypatch.setenv(name, 'x')
        monkeypatch.setenv(names[missing], '') if empty else monkeypatch.delenv(names[missing])
        with pytest.raises(ClientError, match=names[missing]):
            EnvironmentVariableCredentialsProvider().get_credentials()

    def test_nothing_set(self) -> None:
        with pytest.raises(ClientError, match='OSS_ACCESS_KEY_ID'):
            EnvironmentVariableCredentialsProvider().get_credentials()


class TestExpiration:
    @pytest.mark.parametrize(('given', 'seconds'), [
        (None, None), ('', None), (1893456000, 1893456000.0), (1893456000.5, 1893456000.5),
        ('2030-01-01T00:00:00Z', 1893456000.0), ('2030-01-01T00:00:00.250Z', 1893456000.0),
        ('2030-01-01T08:00:00+08:00', 1893456000.0), ('2030-01-01T00:00:00', 1893456000.0),
        (datetime.datetime(2030, 1, 1), 1893456000.0),
        (datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=-1))), 1893459600.0),
    ])
    def test_of_any_kind(self, given: Any, seconds: Any) -> None:
        assert to_expiration(given) == seconds

    @pytest.mark.parametrize('given', ['soon', True, [1], datetime.date(2030, 1, 1)])
    def test_of_no_kind(self, given: Any) -> None:
        with pytest.raises(ClientError, match='expiration'):
            to_expiration(given)

    def test_a_secret_in_its_place_does_not_show(self) -> None:
        with pytest.raises(ClientError) as caught:
            to_expiration(SECRETS[2])
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__
        assert_hides(str(caught.value))


class TestFromObject:
    @pytest.mark.parametrize('given', [
        Credentials(*SECRETS, 1893456000.0), (*SECRETS, 1893456000), [*SECRETS, '2030-01-01T00:00:00Z'],
        {'AccessKeyId': SECRETS[0], 'AccessKeySecret': SECRETS[1], 'SecurityToken': SECRETS[2],
         'Expiration': '2030-01-01T00:00:00Z'},
        {'access_key_id': SECRETS[0], 'access_key_secret': SECRETS[1], 'security_token': SECRETS[2],
         'expiration': datetime.datetime(2030, 1, 1)},
        {'mode': 'StsToken', 'access_key_id': SECRETS[0], 'access_key_secret': SECRETS[1], 'sts_token': SECRETS[2],
         'expiration': 1893456000},
        SimpleNamespace(access_key_id=SECRETS[0], access_key_secret=SECRETS[1], security_token=SECRETS[2],
                        expiration=1893456000),
    ])
    def test_of_any_kind(self, given: Any) -> None:
        credentials = from_object(given)
        assert triple(credentials) == SECRETS
        assert credentials.expiration == 1893456000

    @pytest.mark.parametrize('given', [('i', 's'), Credentials('i', 's'),
                                       {'access_key_id': 'i', 'access_key_secret': 's'}])
    def test_permanent(self, given: Any) -> None:
        credentials = from_object(given)
        assert triple(credentials) == ('i', 's', '')
        assert credentials.expiration is None

    @pytest.mark.parametrize('given', [None, 'text', (), ('i',), ('i', 's', 't', 1, 2), {}, {'access_key_id': 'i'},
                                       {'access_key_id': 1, 'access_key_secret': 's'}, Credentials('i', ''), object()])
    def test_of_no_kind(self, given: Any) -> None:
        with pytest.raises(ClientError):
            from_object(given)

    def test_no_value_in_the_error(self) -> None:
        with pytest.raises(ClientError, match='AccessKeyId') as caught:
            from_document({'AccessKeySecret': SECRETS[1], 'SecurityToken': SECRETS[2], 'AccessKeyId': None})
        assert_hides(str(caught.value))


@pytest.mark.parametrize('provider', [StaticCredentialsProvider(*SECRETS), EnvironmentVariableCredentialsProvider()])
def test_pickles(provider: Any) -> None:
    assert vars(pickle.loads(pickle.dumps(provider))).keys() == vars(provider).keys()
    assert provider.refresh_credentials(provider) is False
