"""AssumeRole and AssumeRoleWithOIDC, of an STS that is a local stub and verifies signatures."""
from __future__ import annotations

import logging
import pickle
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Callable, Dict, List
from urllib.parse import parse_qsl

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
    triple,
    without_credentials,
)
from rawserver import RawServer, Received, Sent, answer

from oss2 import _credentials_refresh, _credentials_sts, _rpc
from oss2.credentials import (
    AssumeRoleCredentialsProvider,
    CallbackCredentialsProvider,
    Credentials,
    OidcRoleCredentialsProvider,
    StaticCredentialsProvider,
)
from oss2.exceptions import ClientError

ROLE = 'acs:ram::123456789012****:role/adminrole'
IDP = 'acs:ram::113511544585****:oidc-provider/TestOidcIdp'
OIDC_TOKEN = 'eyJraWQiOi.planted-OIDC-token'
SOURCE = ('LTAIsourceKeyId', 'sourceSecret/+=', 'CAISsourceToken/+=')


class Sts:
    """Gives the answers of *answers* in turn, then the last one for ever."""

    def __init__(self, start: Callable[..., RawServer]) -> None:
        self.answers: List[Any] = [good()]
        self.calls: List[Dict[str, str]] = []
        self.server = start(self.give)
        self.url = self.server.url

    def give(self, request: Received) -> Sent:
        assert (request.method, request.target) == ('POST', '/')
        self.calls.append(dict(parse_qsl(request.body.decode(), strict_parsing=True)))
        sent = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return sent(self.calls[-1]) if callable(sent) else sent


def good(key_id: str = SECRETS[0], ends: float = NOW + 3600) -> Sent:
    credentials = document(key_id, ends, Code=None)
    return in_json({'RequestId': 'R', 'AssumedRoleUser': {'Arn': 'a'}, 'Credentials': credentials})


def error(status: int, code: str, message: str = 'You may not.') -> Sent:
    return in_json({'RequestId': 'REQUEST-ID', 'HostId': 'sts.aliyuncs.com', 'Code': code, 'Message': message}, status)


@pytest.fixture
def sts(raw_server: Any) -> Sts:
    return Sts(raw_server)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Clock:
    without_credentials(monkeypatch, tmp_path)
    return stopped_clock(monkeypatch, _credentials_refresh, _credentials_sts)


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    path = tmp_path / 'token'
    path.write_text(OIDC_TOKEN + '\n')
    return path


def assume(sts: Sts, source: Any = None, **options: Any) -> AssumeRoleCredentialsProvider:
    source = StaticCredentialsProvider(*SOURCE) if source is None else source
    return AssumeRoleCredentialsProvider(source, ROLE, sts_endpoint=sts.url, **options)


def test_the_documented_signature() -> None:
    params = {'Timestamp': '2016-02-23T12:46:24Z', 'Format': 'XML', 'AccessKeyId': 'testid',
              'Action': 'DescribeRegions', 'SignatureMethod': 'HMAC-SHA1',
              'SignatureNonce': '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
              'Version': '2014-05-26', 'SignatureVersion': '1.0'}
    assert _rpc.signature('GET', params, 'testsecret') == 'OLeaidS1JvxuMvnyHOwuJ+uX5qY='


def test_the_documented_encoding() -> None:
    assert _rpc.percent_encode('azAZ09-_.~ *+/"中') == 'azAZ09-_.~%20%2A%2B%2F%22%E4%B8%AD'


class TestAssumeRole:
    def test_what_is_sent(self, sts: Sts) -> None:
        provider = assume(sts, role_session_name='alice', duration=900, policy='{"Version": "1"}',
                          external_id='abcd1234')
        assert triple(provider.get_credentials()) == SECRETS
        call, = sts.calls
        signature = call.pop('Signature')
        assert signature == _rpc.signature('POST', call, SOURCE[1])
        assert len(call.pop('SignatureNonce')) >= 32
        assert call == {
            'Action': 'AssumeRole', 'Version': '2015-04-01', 'Format': 'JSON', 'Timestamp': '2030-03-17T17:46:40Z',
            'AccessKeyId': SOURCE[0], 'SecurityToken': SOURCE[2], 'SignatureMethod': 'HMAC-SHA1',
            'SignatureVersion': '1.0', 'RoleArn': ROLE, 'RoleSessionName': 'alice', 'DurationSeconds': '900',
            'Policy': '{"Version": "1"}', 'ExternalId': 'abcd1234'}

    def test_left_out_if_not_given(self, sts: Sts) -> None:
        assume(sts, StaticCredentialsProvider('id', 'secret')).get_credentials()
        assert sts.calls[0].keys().isdisjoint({'SecurityToken', 'Policy', 'ExternalId'})
        assert sts.calls[0]['DurationSeconds'] == '3600'
        assert sts.calls[0]['RoleSessionName'] == 'oss2-python-1900000000'

    def test_no_nonce_twice(self, sts: Sts, clock: Clock) -> None:
        provider = assume(sts)
        for n in range(3):
            sts.answers = [good('id%d' % n, clock.now + 3600)]
            provider.get_credentials()
            clock.now += 3500
        assert len({call['SignatureNonce'] for call in sts.calls}) == 3

    def test_the_environment_fills_in(self, sts: Sts, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv('ALIBABA_CLOUD_ROLE_ARN', 'acs:ram::1:role/env')
        monkeypatch.setenv('ALIBABA_CLOUD_ROLE_SESSION_NAME', 'env-session')
        monkeypatch.setenv('ALIBABA_CLOUD_STS_ENDPOINT', sts.url)
        AssumeRoleCredentialsProvider(StaticCredentialsProvider('id', 'secret')).get_credentials()
        assert (sts.calls[0]['RoleArn'], sts.calls[0]['RoleSessionName']) == ('acs:ram::1:role/env', 'env-session')

    @pytest.mark.parametrize(('environment', 'given', 'url'), [
        ({}, None, 'https://sts.aliyuncs.com/'),
        ({}, 'sts.cn-beijing.aliyuncs.com', 'https://sts.cn-beijing.aliyuncs.com/'),
        ({}, 'http://127.0.0.1:8000/', 'http://127.0.0.1:8000/'),
        ({'ALIBABA_CLOUD_STS_REGION': 'cn-hangzhou'}, None, 'https://sts.cn-hangzhou.aliyuncs.com/'),
        ({'ALIBABA_CLOUD_STS_REGION': 'cn-hangzhou', 'ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED': 'true'}, None,
         'https://sts-vpc.cn-hangzhou.aliyuncs.com/'),
        ({'ALIBABA_CLOUD_STS_REGION': 'cn-hangzhou', 'ALIBABA_CLOUD_STS_ENDPOINT': 'sts.example.com'}, None,
         'https://sts.example.com/'),
    ])
    def test_endpoint(self, environment: Any, given: Any, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        provider = AssumeRoleCredentialsProvider(StaticCredentialsProvider('i', 's'), ROLE, sts_endpoint=given)
        assert provider.sts_url == url

    @pytest.mark.parametrize(('options', 'message'), [
        ({'role_arn': None}, 'ALIBABA_CLOUD_ROLE_ARN'), ({'role_session_name': 'a b'}, "'a b'"),
        ({'role_session_name': 'x'}, '2 to 64'), ({'duration': 899}, '900'), ({'duration': '3600'}, "'3600'"),
        ({'sts_endpoint': 'ftp://x'}, 'https'),
    ])
    def test_wrong_arguments(self, options: Any, message: str) -> None:
        with pytest.raises(ClientError, match=message):
            AssumeRoleCredentialsProvider(StaticCredentialsProvider('i', 's'), **{'role_arn': ROLE, **options})

    def test_any_object_may_be_the_source(self, sts: Sts) -> None:
        class Source:
            def get_credentials(self) -> Any:
                return SimpleNamespace(access_key_id='i', access_key_secret='s', security_token=None)

        assert triple(assume(sts, Source()).get_credentials()) == SECRETS
        assert sts.calls[0]['AccessKeyId'] == 'i'

    def test_a_source_without_credentials(self, sts: Sts) -> None:
        class Failing:
            def get_credentials(self) -> Any:
                raise LookupError(SOURCE[1])

        with pytest.raises(ClientError, match='LookupError') as caught:
            assume(sts, Failing()).get_credentials()
        assert_hides(str(caught.value), *SOURCE)
        with pytest.raises(ClientError, match='no access key'):
            assume(sts, StaticCredentialsProvider()).get_credentials()
        assert sts.calls == []

    def test_the_source_is_asked_at_every_renewal(self, sts: Sts, clock: Clock) -> None:
        numbers = iter('12')
        provider = assume(sts, CallbackCredentialsProvider(lambda: ('id' + next(numbers), 's', 't', clock.now + 1000)))
        sts.answers = [good('one', NOW + 3600), good('two', NOW + 7200)]
        assert provider.get_credentials().access_key_id == 'one'
        clock.now += 3500
        assert provider.get_credentials().access_key_id == 'two'
        assert [call['AccessKeyId'] for call in sts.calls] == ['id1', 'id2']

    @pytest.mark.parametrize('code', ['InvalidAccessKeyId.NotFound', 'InvalidSecurityToken.Expired'])
    def test_a_source_whose_key_is_refused_is_renewed_once(self, code: str, sts: Sts, clock: Clock) -> None:
        numbers = iter('12')
        provider = assume(sts, CallbackCredentialsProvider(lambda: ('id' + next(numbers), 's', 't', clock.now + 1000)))
        sts.answers = [error(400, code), good()]
        assert triple(provider.get_credentials()) == SECRETS
        assert [call['AccessKeyId'] for call in sts.calls] == ['id1', 'id2']

    def test_a_permanent_key_that_is_refused(self, sts: Sts) -> None:
        sts.answers = [error(404, 'InvalidAccessKeyId.NotFound', 'Specified access key is not found.')]
        with pytest.raises(ClientError, match='Specified access key is not found'):
            assume(sts).get_credentials()
        assert len(sts.calls) == 1


class TestErrors:
    def test_what_sts_says(self, sts: Sts) -> None:
        sts.answers = [error(403, 'NoPermission', 'You are not authorized to do this action.')]
        with pytest.raises(ClientError, match=r'AssumeRole.*403.*NoPermission.*not authorized.*REQUEST-ID') as caught:
            assume(sts).get_credentials()
        assert caught.value.code == 'NoPermission'
        assert pickle.loads(pickle.dumps(caught.value)).code == 'NoPermission'
        assert len(sts.calls) == 1

    @pytest.mark.parametrize('bad', [error(503, 'ServiceUnavailable'), error(400, 'Throttling.User'),
                                     answer(b'<html>', 502, then='close'), Sent(b'', 'reset')])
    def test_passing_troubles_are_tried_again(self, bad: Sent, sts: Sts, clock: Clock) -> None:
        sts.answers = [bad, bad, good()]
        assert triple(assume(sts).get_credentials()) == SECRETS
        assert len(sts.calls) == 3
        assert len(clock.slept) == 2
        assert 0 < clock.slept[0] < clock.slept[1] * 2

    def test_not_for_ever(self, sts: Sts) -> None:
        sts.answers = [error(503, 'ServiceUnavailable')]
        with pytest.raises(ClientError, match='ServiceUnavailable'):
            assume(sts).get_credentials()
        assert len(sts.calls) == 3

    @pytest.mark.parametrize('bad', [
        answer(b'no json', then='close'), in_json([]), in_json({}), in_json({'Credentials': None}),
        in_json({'Credentials': 'x'}), in_json({'Credentials': document(AccessKeySecret=None)}),
        in_json({'Credentials': document(Expiration='soon')}),
    ])
    def test_an_answer_that_is_not_what_it_should_be(self, bad: Sent, sts: Sts) -> None:
        sts.answers = [bad]
        with pytest.raises(ClientError, match='AssumeRole') as caught:
            assume(sts).get_credentials()
        assert_hides(chain(caught.value), *SECRETS, *SOURCE)

    def test_nobody_there(self) -> None:
        provider = AssumeRoleCredentialsProvider(StaticCredentialsProvider(*SOURCE), ROLE,
                                                 sts_endpoint='http://127.0.0.1:1')
        with pytest.raises(ClientError, match=r'AssumeRole.*no answer from http://127\.0\.0\.1:1/') as caught:
            provider.get_credentials()
        assert caught.value.__cause__ is not None
        assert_hides(chain(caught.value), *SOURCE)

    def test_nothing_secret_shows_though_sts_repeats_it(self, sts: Sts, caplog: pytest.LogCaptureFixture) -> None:
        def repeat(call: Dict[str, str]) -> Sent:
            signed = {name: value for name, value in call.items() if name != 'Signature'}
            text = 'POST&%2F&' + _rpc.percent_encode(_rpc.canonical_query(signed))
            return error(400, 'IncompleteSignature', 'The signature %s of %s is wrong, token %s (%s). server string to '
                         'sign is:%s' % (call['Signature'], SOURCE[0], SOURCE[2], _rpc.percent_encode(SOURCE[2]), text))

        caplog.set_level(logging.DEBUG)
        sts.answers = [repeat]
        provider = assume(sts)
        with pytest.raises(ClientError, match='IncompleteSignature') as caught:
            provider.get_credentials()
        assert 'is wrong' in caught.value.message
        everything = chain(caught.value) + caplog.text + repr(provider)
        assert_hides(everything, *SOURCE, _rpc.percent_encode(SOURCE[2]), sts.calls[0]['Signature'])


class TestOidc:
    def test_what_is_sent(self, sts: Sts, token_file: Path) -> None:
        provider = OidcRoleCredentialsProvider(ROLE, IDP, str(token_file), 'pod', 1000, '{}', sts.url)
        assert triple(provider.get_credentials()) == SECRETS
        call, = sts.calls
        assert len(call.pop('SignatureNonce')) >= 32
        assert call == {'Action': 'AssumeRoleWithOIDC', 'Version': '2015-04-01', 'Format': 'JSON',
                        'Timestamp': '2030-03-17T17:46:40Z', 'RoleArn': ROLE, 'OIDCProviderArn': IDP,
                        'OIDCToken': OIDC_TOKEN, 'RoleSessionName': 'pod', 'DurationSeconds': '1000', 'Policy': '{}'}

    def test_from_the_environment_of_a_pod(self, sts: Sts, token_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv('ALIBABA_CLOUD_ROLE_ARN', ROLE)
        monkeypatch.setenv('ALIBABA_CLOUD_OIDC_PROVIDER_ARN', IDP)
        monkeypatch.setenv('ALIBABA_CLOUD_OIDC_TOKEN_FILE', str(token_file))
        assert triple(OidcRoleCredentialsProvider(sts_endpoint=sts.url).get_credentials()) == SECRETS
        assert (sts.calls[0]['RoleArn'], sts.calls[0]['OIDCProviderArn']) == (ROLE, IDP)

    def test_the_file_is_read_at_every_renewal(self, sts: Sts, token_file: Path, clock: Clock) -> None:
        provider = OidcRoleCredentialsProvider(ROLE, IDP, str(token_file), sts_endpoint=sts.url)
        provider.get_credentials()
        token_file.write_text('another')
        clock.now += 3500
        sts.answers = [good('new', clock.now + 3600)]
        provider.get_credentials()
        assert [call['OIDCToken'] for call in sts.calls] == [OIDC_TOKEN, 'another']

    @pytest.mark.parametrize('missing', [0, 1, 2])
    def test_what_is_missing_is_named(self, missing: int, monkeypatch: pytest.MonkeyPatch) -> None:
        names = ['ALIBABA_CLOUD_ROLE_ARN', 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN', 'ALIBABA_CLOUD_OIDC_TOKEN_FILE']
        for n, name in enumerate(names):
            if n != missing:
                monkeypatch.setenv(name, 'x')
        with pytest.raises(ClientError, match=names[missing]):
            OidcRoleCredentialsProvider()

    @pytest.mark.parametrize('content', [None, b'', b' \n', b'\xff'])
    def test_no_token(self, content: Any, sts: Sts, tmp_path: Path) -> None:
        path = tmp_path / 'oidc'
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ClientError, match='oidc'):
            OidcRoleCredentialsProvider(ROLE, IDP, str(path), sts_endpoint=sts.url).get_credentials()
        assert sts.calls == []

    def test_no_token_shows(self, sts: Sts, token_file: Path, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        sts.answers = [error(400, 'AuthenticationFail.OIDCToken.Expired', 'This OIDC token is expired: ' + OIDC_TOKEN)]
        provider = OidcRoleCredentialsProvider(ROLE, IDP, str(token_file), sts_endpoint=sts.url)
        with pytest.raises(ClientError, match=r'OIDCToken\.Expired') as caught:
            provider.get_credentials()
        assert_hides(chain(caught.value) + caplog.text + repr(provider), OIDC_TOKEN)


def test_pickles(sts: Sts, token_file: Path) -> None:
    oidc = OidcRoleCredentialsProvider(ROLE, IDP, str(token_file), sts_endpoint=sts.url)
    for provider in (assume(sts), oidc):
        provider.get_credentials()
        twin = pickle.loads(pickle.dumps(provider))
        assert triple(twin.get_credentials()) == SECRETS
        assert isinstance(twin.credentials, Credentials)
    assert len(sts.calls) == 2
