"""Credentials of a URI, a program and a function."""
from __future__ import annotations

import json
import logging
import os
import pickle
import shlex
import sys
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
    iso,
    stopped_clock,
    triple,
    without_credentials,
)
from rawserver import Sent, answer

from oss2 import _credentials_refresh
from oss2.credentials import CallbackCredentialsProvider, ProcessCredentialsProvider, UriCredentialsProvider
from oss2.exceptions import ClientError


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Clock:
    without_credentials(monkeypatch, tmp_path)
    return stopped_clock(monkeypatch, _credentials_refresh)


class TestUri:
    def test_what_is_asked(self, raw_server: Any) -> None:
        server = raw_server(in_json(document()))
        provider = UriCredentialsProvider(server.url + '/?user=me')
        assert triple(provider.get_credentials()) == SECRETS
        assert provider.credentials is not None
        assert provider.credentials.expiration == NOW + 6 * 3600
        assert (server.last.method, server.last.target) == ('GET', '/?user=me')

    def test_from_the_environment(self, raw_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv('ALIBABA_CLOUD_CREDENTIALS_URI', raw_server(in_json(document(Code=None))).url)
        assert triple(UriCredentialsProvider().get_credentials()) == SECRETS
        monkeypatch.delenv('ALIBABA_CLOUD_CREDENTIALS_URI')
        with pytest.raises(ClientError, match='ALIBABA_CLOUD_CREDENTIALS_URI'):
            UriCredentialsProvider()

    @pytest.mark.parametrize('uri', ['localhost', '/path', 'file:///etc/passwd', 'ftp://host/', 'http://', 'http://[x/'])
    def test_no_uri_of_ours(self, uri: str) -> None:
        with pytest.raises(ClientError, match='credentials URI'):
            UriCredentialsProvider(uri)

    @pytest.mark.parametrize('bad', [
        in_json(document(), 500), in_json(document(Code='Failed')), in_json(document(AccessKeySecret=None)),
        in_json(document(Expiration='soon')), answer(b'no json ' + SECRETS[1].encode(), then='close'), in_json('x'),
        answer(status=302, headers={'Location': '/elsewhere'}), Sent(b'', 'reset'),
    ])
    def test_a_bad_answer(self, bad: Sent, raw_server: Any, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG, 'oss2')
        server = raw_server(bad)
        provider = UriCredentialsProvider(server.url.replace('//', '//me:planted-password@') + '/?token=planted-query')
        with pytest.raises(ClientError, match='from the credentials URI http://127') as caught:
            provider.get_credentials()
        assert len(server.requests) == 1
        assert_hides(chain(caught.value) + caplog.text + repr(provider), *SECRETS, 'planted-password', 'planted-query')

    def test_proxies_lead_to_other_machines_only(self, raw_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        proxy = raw_server(in_json(document('of-the-proxy')))
        local = raw_server(in_json(document('local')))
        for name in ('http_proxy', 'HTTP_PROXY'):
            monkeypatch.setenv(name, proxy.url)
        assert UriCredentialsProvider(local.url).get_credentials().access_key_id == 'local'
        assert UriCredentialsProvider('http://broker.invalid/c').get_credentials().access_key_id == 'of-the-proxy'
        assert proxy.last.target == 'http://broker.invalid/c'
        by_name = UriCredentialsProvider(local.url.replace('127.0.0.1', 'localhost'))
        assert by_name.get_credentials().access_key_id == 'local'

    def test_renewed(self, raw_server: Any, clock: Clock) -> None:
        answers = [in_json(document('one')), in_json(document('two', NOW + 20 * 3600))]
        provider = UriCredentialsProvider(raw_server(lambda request: answers.pop(0)).url)
        assert provider.get_credentials().access_key_id == 'one'
        clock.now += 6 * 3600 - 1
        assert provider.get_credentials().access_key_id == 'two'

    def test_pickles(self, raw_server: Any) -> None:
        provider = UriCredentialsProvider(raw_server(in_json(document())).url)
        assert triple(pickle.loads(pickle.dumps(provider)).get_credentials()) == SECRETS


CLI_OUTPUT = {'mode': 'StsToken', 'access_key_id': SECRETS[0], 'access_key_secret': SECRETS[1], 'sts_token': SECRETS[2]}


def printing(content: Any, *more: str) -> List[str]:
    text = content if isinstance(content, str) else json.dumps(content)
    return [sys.executable, '-c', 'import sys; print(%r); %s' % (text, '; '.join(more))]


class TestProcess:
    @pytest.mark.parametrize('output', [CLI_OUTPUT, {**CLI_OUTPUT, 'expiration': iso(NOW + 60)}, document()])
    @pytest.mark.parametrize('as_line', [
        False, pytest.param(True, marks=pytest.mark.skipif(os.name == 'nt', reason='no shell words there'))])
    def test_what_it_prints(self, output: Any, as_line: bool) -> None:
        command = printing(output)
        line = ' '.join(map(shlex.quote, command))
        assert triple(ProcessCredentialsProvider(line if as_line else command).get_credentials()) == SECRETS

    def test_a_permanent_key(self) -> None:
        output = {'mode': 'AK', 'access_key_id': 'i', 'access_key_secret': 's'}
        assert triple(ProcessCredentialsProvider(printing(output)).get_credentials()) == ('i', 's', '')

    def test_no_shell(self, tmp_path: Path) -> None:
        target = tmp_path / 'made'
        command = [*printing(CLI_OUTPUT, 'assert sys.argv[1:] == ["; touch", "$HOME"]'), '; touch', '$HOME']
        assert triple(ProcessCredentialsProvider(command).get_credentials()) == SECRETS
        assert not target.exists()

    def test_it_cannot_ask_questions(self) -> None:
        command = printing(CLI_OUTPUT, 'assert sys.stdin.read() == ""')
        assert triple(ProcessCredentialsProvider(command).get_credentials()) == SECRETS

    @pytest.mark.parametrize(('command', 'message'), [
        (printing(CLI_OUTPUT, 'sys.exit(3)'), 'code 3'), (printing('no json ' + SECRETS[1]), 'JSON'),
        (printing({**CLI_OUTPUT, 'mode': 'RamRoleArn'}), 'mode'), (printing([CLI_OUTPUT]), 'object'),
        (printing({**CLI_OUTPUT, 'access_key_secret': ''}), 'AccessKeySecret'), (['/no/such/program'], 'program'),
        (printing({**CLI_OUTPUT, 'expiration': iso(NOW - 60)}), '60 seconds ago'),
    ])
    def test_no_credentials(self, command: Any, message: str, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        provider = ProcessCredentialsProvider([*command, '--key=planted-argument'])
        with pytest.raises(ClientError, match=message) as caught:
            provider.get_credentials()
        assert_hides(chain(caught.value) + caplog.text + repr(provider), *SECRETS, 'planted-argument')

    def test_too_slow(self) -> None:
        command = [sys.executable, '-c', 'print("planted-output", flush=True); import time; time.sleep(60)',
                   'planted-argument']
        with pytest.raises(ClientError, match=r'more than 0\.2 seconds') as caught:
            ProcessCredentialsProvider(command, timeout=0.2).get_credentials()
        assert_hides(chain(caught.value), 'planted-output', 'planted-argument')

    @pytest.mark.parametrize('command', ['', '  ', [], '"unclosed'])
    def test_no_command(self, command: Any) -> None:
        with pytest.raises(ClientError, match='command'):
            ProcessCredentialsProvider(command)

    def test_pickles(self) -> None:
        provider = ProcessCredentialsProvider(printing(CLI_OUTPUT))
        assert triple(pickle.loads(pickle.dumps(provider)).get_credentials()) == SECRETS


class TestCallback:
    def test_expiration_is_honoured(self, clock: Clock) -> None:
        ends = [NOW + 100, NOW + 1000]
        provider = CallbackCredentialsProvider(lambda: {'access_key_id': 'id%d' % len(ends), 'access_key_secret': 's',
                                                        'security_token': 't', 'expiration': iso(ends.pop(0))})
        assert provider.get_credentials().access_key_id == 'id2'
        clock.now += 50
        assert provider.get_credentials().access_key_id == 'id2'
        clock.now += 49
        assert provider.get_credentials().access_key_id == 'id1'

    @pytest.mark.parametrize('returned', [None, 'text', {}, ('id',), ('id', SECRETS[1], SECRETS[2], 'no date')])
    def test_it_returns_something_else(self, returned: Any) -> None:
        def named() -> Any:
            return returned

        with pytest.raises(ClientError, match='named') as caught:
            CallbackCredentialsProvider(named).get_credentials()
        assert_hides(chain(caught.value))

    def test_it_raises(self) -> None:
        def named() -> Any:
            raise KeyError('vault')

        with pytest.raises(ClientError, match='named.*KeyError') as caught:  # noqa: RUF043
            CallbackCredentialsProvider(named).get_credentials()
        assert isinstance(caught.value.__cause__, KeyError)

    def test_no_function(self) -> None:
        with pytest.raises(ClientError, match='Credentials'):
            CallbackCredentialsProvider(CallbackCredentialsProvider(lambda: None))  # type: ignore[arg-type]
