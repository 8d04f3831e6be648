"""What the auths do when OSS refuses the credentials of a request."""
from __future__ import annotations

from types import SimpleNamespace
from typing import Any, List

import pytest
from credential_sources import SECRETS, Clock, stopped_clock

import oss2
from oss2 import _credentials_refresh
from oss2.http import Request

AUTHS = [oss2.ProviderAuth, oss2.ProviderAuthV2, oss2.ProviderAuthV4]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return stopped_clock(monkeypatch, _credentials_refresh)


def signed(auth: Any) -> Request:
    req = Request('GET', 'http://bucket.example.com/key', region='cn-hangzhou')
    auth._sign_request(req, 'bucket', 'key')
    return req


def key_of(auth: Any) -> str:
    return str(auth.credentials_provider.get_credentials().get_access_key_id())


class Rotating:
    """Any object with ``get_credentials()``; it has others when it is told."""

    def __init__(self, *keys: Any) -> None:
        self.keys = keys

    def get_credentials(self) -> Any:
        return SimpleNamespace(**dict(zip(('access_key_id', 'access_key_secret', 'security_token'), self.keys)))


def numbered(calls: List[int]) -> Any:
    calls.append(1)
    return 'STS.id%d' % len(calls), 'secret', 'token%d' % len(calls)


@pytest.mark.parametrize('auth_class', AUTHS)
class TestProviders:
    def test_others_are_got(self, auth_class: Any) -> None:
        calls: List[int] = []
        auth = auth_class(oss2.CallbackCredentialsProvider(lambda: numbered(calls)))
        req = signed(auth)
        assert auth.refresh_credentials(req) is True
        assert key_of(auth) == 'STS.id2'

    def test_many_requests_signed_with_the_same_renew_once(self, auth_class: Any) -> None:
        calls: List[int] = []
        auth = auth_class(oss2.CallbackCredentialsProvider(lambda: numbered(calls)))
        requests = [signed(auth) for _ in range(10)]
        assert [auth.refresh_credentials(req) for req in requests] == [True] * 10
        assert len(calls) == 2

    def test_no_use_in_trying_again_with_the_same(self, auth_class: Any) -> None:
        for provider in (oss2.StaticCredentialsProvider(*SECRETS), oss2.StaticCredentialsProvider('id', 'secret'),
                         oss2.CallbackCredentialsProvider(lambda: SECRETS), Rotating(*SECRETS)):
            auth = auth_class(provider)
            assert auth.refresh_credentials(signed(auth)) is False

    def test_any_object_that_has_others_by_now(self, auth_class: Any) -> None:
        provider = Rotating('id', 'secret', 'token')
        auth = auth_class(provider)
        req = signed(auth)
        assert auth.refresh_credentials(req) is False
        for others in (('id2', 'secret', 'token'), ('id', 'secret', 'token2'), ('id', 'secret', None)):
            provider.keys = others
            assert auth.refresh_credentials(req) is True

    def test_it_never_raises(self, auth_class: Any) -> None:
        class Failing(Rotating):
            def get_credentials(self) -> Any:
                if len(self.keys) == 2:
                    return super().get_credentials()
                raise RuntimeError(SECRETS[1])

            def refresh_credentials(self) -> bool:
                raise RuntimeError

        provider = Failing('id', 'secret')
        auth = auth_class(provider)
        req = signed(auth)
        assert auth.refresh_credentials(req) is False
        provider.keys = ()
        assert auth.refresh_credentials(req) is False
        auth.credentials_provider = oss2.CredentialsProvider()
        assert auth.refresh_credentials(req) is False

    def test_a_source_that_fails(self, auth_class: Any) -> None:
        answers: List[Any] = [('id', 'secret', 'token')]
        auth = auth_class(oss2.CallbackCredentialsProvider(lambda: answers.pop()))
        assert auth.refresh_credentials(signed(auth)) is False
        assert key_of(auth) == 'id'


@pytest.mark.parametrize('version', ['v1', 'v2', 'v4'])
def test_fixed_temporary_credentials(version: str) -> None:
    auth = oss2.StsAuth(*SECRETS, version)
    assert auth.refresh_credentials(signed(auth)) is False
    # A program that has put a new StsAuth in the place of the old one, while a request was under way.
    assert oss2.StsAuth('new', 'secret', 'token', version).refresh_credentials(signed(auth)) is True


def test_nobody() -> None:
    auth = oss2.AnonymousAuth()
    assert auth.refresh_credentials(signed(auth)) is False
