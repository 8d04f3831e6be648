"""Profiles in the files of the Alibaba Cloud CLI and of the SDKs."""
from __future__ import annotations

import json
import os
import pickle
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Dict, List
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
from rawserver import Received, Sent

from oss2 import _credentials_ecs, _credentials_profile, _credentials_refresh, _credentials_sts
from oss2.credentials import ProfileCredentialsProvider
from oss2.exceptions import ClientError

AK = {'name': 'ak', 'mode': 'AK', 'access_key_id': 'file-id', 'access_key_secret': 'file-secret'}


class Files:
    def __init__(self, home: Path) -> None:
        self.cli = home / '.aliyun' / 'config.json'
        self.ini = home / '.alibabacloud' / 'credentials'
        self.cli.parent.mkdir()
        self.ini.parent.mkdir()
        self._writes = 0

    def write_cli(self, *profiles: Dict[str, Any], current: Any = None) -> None:
        self.write(self.cli, json.dumps({'current': current or profiles[0]['name'], 'profiles': profiles}))

    def write(self, path: Path, text: str) -> None:
        path.write_text(text, encoding='utf-8')
        self._writes += 1
        os.utime(path, (self._writes, self._writes))


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Clock:
    without_credentials(monkeypatch, tmp_path)
    return stopped_clock(monkeypatch, _credentials_refresh, _credentials_sts)


class Sts:
    def __init__(self, start: Any) -> None:
        self.calls: List[Dict[str, str]] = []
        self.url = start(self.give).url

    def give(self, request: Received) -> Sent:
        self.calls.append(dict(parse_qsl(request.body.decode())))
        return in_json({'Credentials': document('role-of-' + self.calls[-1].get('AccessKeyId', 'nobody'))})


@pytest.fixture
def sts(raw_server: Any, monkeypatch: pytest.MonkeyPatch) -> Sts:
    sts = Sts(raw_server)
    monkeypatch.setenv('ALIBABA_CLOUD_STS_ENDPOINT', sts.url)
    return sts


def key_of(name: Any = None, **options: Any) -> str:
    return str(ProfileCredentialsProvider(name, **options).get_credentials().get_access_key_id())


class TestWhich:
    def test_the_current_one_unless_another_is_named(self, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
        files.write_cli({**AK, 'name': 'one', 'access_key_id': '1'}, {**AK, 'name': 'two', 'access_key_id': '2'},
                        {**AK, 'name': 'default', 'access_key_id': '3'}, current='two')
        assert key_of() == '2'
        assert key_of('one') == '1'
        monkeypatch.setenv('ALIBABA_CLOUD_PROFILE', 'default')
        assert key_of() == '3'
        assert key_of('one') == '1'

    def test_the_file_of_the_cli_before_that_of_the_sdks(self, files: Files) -> None:
        files.write(files.ini, '[default]\ntype = access_key\naccess_key_id = ini\naccess_key_secret = s\n')
        assert key_of() == 'ini'
        files.write_cli({**AK, 'name': 'default'})
        assert key_of() == 'file-id'
        assert key_of(path=str(files.ini)) == 'ini'
        assert key_of(path='~/.alibabacloud/credentials') == 'ini'

    def test_files_that_the_environment_names(self, files: Files, tmp_path: Path,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
        files.write(tmp_path / 'a', '[default]\ntype = access_key\naccess_key_id = a\naccess_key_secret = s\n')
        monkeypatch.setenv('ALIBABA_CLOUD_CREDENTIALS_FILE', str(tmp_path / 'a'))
        assert key_of() == 'a'
        files.write(tmp_path / 'b', json.dumps({'profiles': [{**AK, 'name': 'default', 'access_key_id': 'b'}]}))
        monkeypatch.setenv('ALIBABA_CLOUD_CONFIG_FILE', str(tmp_path / 'b'))
        assert key_of() == 'b'

    def test_ini_with_its_suffix(self, files: Files) -> None:
        files.write(files.ini.with_suffix('.ini'),
                    '[default]\ntype = access_key\naccess_key_id = suffix\naccess_key_secret = s\n')
        assert key_of() == 'suffix'

    def test_none(self, files: Files) -> None:
        with pytest.raises(ClientError, match='there is no file'):
            ProfileCredentialsProvider().get_credentials()
        files.write_cli(AK)
        with pytest.raises(ClientError, match="no profile 'other'"):
            ProfileCredentialsProvider('other').get_credentials()


class TestModes:
    def test_key(self, files: Files) -> None:
        files.write_cli({**AK, 'sts_token': ''})
        assert triple(ProfileCredentialsProvider().get_credentials()) == ('file-id', 'file-secret', '')

    @pytest.mark.parametrize('mode', [{'mode': 'StsToken'}, {}])
    def test_token(self, mode: Any, files: Files) -> None:
        files.write_cli({'name': 'x', **mode, 'access_key_id': 'i', 'access_key_secret': 's', 'sts_token': 't'})
        assert triple(ProfileCredentialsProvider().get_credentials()) == ('i', 's', 't')

    def test_a_token_that_has_ended(self, files: Files, clock: Clock) -> None:
        files.write_cli({**AK, 'mode': 'StsToken', 'sts_token': 't', 'sts_expiration': NOW + 100})
        provider = ProfileCredentialsProvider()
        provider.get_credentials()
        clock.now += 100
        with pytest.raises(ClientError, match='has expired'):
            provider.get_credentials()
        files.write_cli({**AK, 'mode': 'StsToken', 'sts_token': 'new', 'sts_expiration': NOW + 1000})
        assert provider.get_credentials().get_security_token() == 'new'

    def test_role_of_a_key(self, files: Files, sts: Sts) -> None:
        files.write_cli({**AK, 'mode': 'RamRoleArn', 'sts_token': 'source-token', 'ram_role_arn': 'acs:ram::1:role/r',
                         'ram_session_name': 'me', 'expired_seconds': 900, 'external_id': 'ext', 'policy': '{}'})
        assert key_of() == 'role-of-file-id'
        wanted = {'Action': 'AssumeRole', 'RoleArn': 'acs:ram::1:role/r', 'RoleSessionName': 'me', 'ExternalId': 'ext',
                  'DurationSeconds': '900', 'Policy': '{}', 'SecurityToken': 'source-token'}
        assert {name: sts.calls[0].get(name) for name in wanted} == wanted

    def test_role_in_a_region(self, files: Files) -> None:
        role = {**AK, 'mode': 'RamRoleArn', 'ram_role_arn': 'acs:ram::1:role/r', 'sts_endpoint': 'http://127.0.0.1:1'}
        files.write_cli(role)
        with pytest.raises(ClientError, match=r'127\.0\.0\.1:1'):
            ProfileCredentialsProvider().get_credentials()

    def test_roles_in_a_chain(self, files: Files, sts: Sts) -> None:
        role = {'mode': 'ChainableRamRoleArn', 'ram_role_arn': 'acs:ram::1:role/r'}
        files.write_cli({'name': 'far', 'source_profile': 'near', **role},
                        {'name': 'near', 'source_profile': 'ak', **role}, AK)
        assert key_of('far') == 'role-of-role-of-file-id'

    def test_roles_in_a_circle(self, files: Files) -> None:
        role = {'mode': 'ChainableRamRoleArn', 'ram_role_arn': 'acs:ram::1:role/r'}
        files.write_cli({'name': 'a', 'source_profile': 'b', **role}, {'name': 'b', 'source_profile': 'a', **role})
        with pytest.raises(ClientError, match='itself'):
            ProfileCredentialsProvider().get_credentials()

    def test_oidc(self, files: Files, sts: Sts, tmp_path: Path) -> None:
        (tmp_path / 'token').write_text('oidc-token')
        files.write_cli({'name': 'o', 'mode': 'OIDC', 'oidc_provider_arn': 'idp', 'ram_role_arn': 'role',
                         'oidc_token_file': str(tmp_path / 'token'), 'ram_session_name': 'pod'})
        assert key_of() == 'role-of-nobody'
        assert (sts.calls[0]['Action'], sts.calls[0]['OIDCToken']) == ('AssumeRoleWithOIDC', 'oidc-token')

    def test_instance_role(self, files: Files, raw_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        server = raw_server(lambda request: in_json(document('ecs'), 404 if request.method == 'PUT' else 200))
        monkeypatch.setattr(_credentials_ecs, 'METADATA_URL', server.url + '/latest/')
        files.write_cli({'name': 'e', 'mode': 'EcsRamRole', 'ram_role_name': 'my-role'})
        assert key_of() == 'ecs'
        assert server.last.target == '/latest/my-role'

    def test_uri_and_process(self, files: Files, raw_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        program = ' '.join("'%s'" % word for word in (
            sys.executable, '-c', 'print(%s)' % json.dumps(json.dumps({**AK, 'access_key_id': 'printed'}))))
        uri = raw_server(in_json(document())).url
        files.write_cli({'name': 'uri', 'mode': 'CredentialsURI', 'credentials_uri': uri},
                        {'name': 'process', 'mode': 'External', 'process_command': program})
        assert key_of('uri') == SECRETS[0]
        assert key_of('process') == 'printed'
        monkeypatch.setenv('ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS', 'true')
        for name in ('uri', 'process'):
            with pytest.raises(ClientError, match='ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS'):
                ProfileCredentialsProvider(name).get_credentials()

    @pytest.mark.parametrize(('profile', 'message'), [
        ({**AK, 'access_key_secret': ''}, "profile 'ak'.*access_key_secret"),
        ({**AK, 'mode': 'StsToken'}, 'sts_token'), ({**AK, 'mode': 'RamRoleArn'}, 'ram_role_arn'),
        ({**AK, 'mode': 'RamRoleArn', 'ram_role_arn': 'r', 'expired_seconds': 'x'}, 'expired_seconds'),
        ({'name': 'x', 'mode': 'ChainableRamRoleArn'}, 'source_profile'), ({'name': 'x', 'mode': 'OAuth'}, 'OAuth.*AK'),
        ({'name': 'x', 'mode': 'External'}, 'process_command'),
        ({'name': 'x', 'mode': 'CredentialsURI'}, 'credentials_uri'),
        ({'name': 'x', 'mode': 'OIDC', 'ram_role_arn': 'r'}, 'oidc_provider_arn'),
    ])
    def test_what_is_wrong_is_named(self, profile: Any, message: str, files: Files) -> None:
        files.write_cli(profile)
        with pytest.raises(ClientError, match=message):
            ProfileCredentialsProvider().get_credentials()


class TestIni:
    def test_the_documented_file(self, files: Files, sts: Sts) -> None:
        files.write(files.ini, '''
[default]                          # default setting
enable = true                      # Enable
type = access_key                  # Certification type: access_key
access_key_id = foo                # Key
access_key_secret = b%r            # Secret

[client2]
enable = false
type = ecs_ram_role
role_name = EcsRamRoleTest

[client3]
type = ram_role_arn
region_id = cn-test
policy = test
access_key_id = bar
access_key_secret = secret
role_arn = role_arn
role_session_name = session_name

[client4]
type = rsa_key_pair
''')
        assert triple(ProfileCredentialsProvider().get_credentials()) == ('foo', 'b%r', '')
        assert key_of('client3') == 'role-of-bar'
        assert (sts.calls[0]['RoleArn'], sts.calls[0]['RoleSessionName']) == ('role_arn', 'session_name')
        with pytest.raises(ClientError, match='not enabled'):
            ProfileCredentialsProvider('client2').get_credentials()
        with pytest.raises(ClientError, match='rsa_key_pair'):
            ProfileCredentialsProvider('client4').get_credentials()

    def test_other_types(self, files: Files, sts: Sts, raw_server: Any, tmp_path: Path) -> None:
        (tmp_path / 'token').write_text('oidc-token')
        files.write(files.ini, '''
[sts]
type = sts
access_key_id = i
access_key_secret = s
security_token = t
[uri]
type = credentials_uri
credentials_uri = %s
[oidc]
type = oidc_role_arn
role_arn = role
oidc_provider_arn = idp
oidc_token_file_path = %s
''' % (raw_server(in_json(document())).url, tmp_path / 'token'))
        assert triple(ProfileCredentialsProvider('sts').get_credentials()) == ('i', 's', 't')
        assert key_of('uri') == SECRETS[0]
        assert key_of('oidc') == 'role-of-nobody'


@pytest.mark.parametrize('content', [
    '{"profiles": [{"access_key_secret": "planted"}', '{"profiles": "planted"}', 'access_key_secret = planted',
    '[default]\naccess_key_secret planted\n', '[default\nplanted',
])
def test_a_broken_file_does_not_show_what_is_in_it(content: str, files: Files) -> None:
    files.write(files.cli, content)
    with pytest.raises(ClientError, match=r'config\.json holds no profiles') as caught:
        ProfileCredentialsProvider().get_credentials()
    assert_hides(chain(caught.value), 'planted')


def test_a_file_that_cannot_be_read(files: Files) -> None:
    files.cli.mkdir()
    with pytest.raises(ClientError, match='cannot be read'):
        ProfileCredentialsProvider().get_credentials()


def test_byte_order_mark(files: Files) -> None:
    files.write(files.cli, '\ufeff' + json.dumps({'profiles': [{**AK, 'name': 'default'}]}))
    assert key_of() == 'file-id'


class TestChanges:
    def test_a_changed_file_is_read_again(self, files: Files) -> None:
        files.write_cli(AK)
        provider = ProfileCredentialsProvider()
        first = provider.get_credentials()
        assert provider.get_credentials() is first
        files.write_cli({**AK, 'access_key_id': 'changed'})
        assert provider.get_credentials().get_access_key_id() == 'changed'

    def test_a_half_written_file_changes_nothing(self, files: Files) -> None:
        files.write_cli(AK)
        provider = ProfileCredentialsProvider()
        provider.get_credentials()
        files.write(files.cli, '{"profiles": [')
        assert provider.get_credentials().get_access_key_id() == 'file-id'
        files.cli.unlink()
        assert provider.get_credentials().get_access_key_id() == 'file-id'
        files.write_cli({**AK, 'access_key_id': 'changed'})
        assert provider.get_credentials().get_access_key_id() == 'changed'

    def test_forced(self, files: Files, sts: Sts) -> None:
        files.write_cli(AK, {**AK, 'name': 'role', 'mode': 'RamRoleArn', 'ram_role_arn': 'r'})
        provider = ProfileCredentialsProvider()
        assert provider.refresh_credentials() is False
        assert provider.refresh_credentials(provider.get_credentials()) is False
        role = ProfileCredentialsProvider('role')
        rejected = role.get_credentials()
        assert role.refresh_credentials(rejected) is False  # the same again
        assert len(sts.calls) == 2


def test_pickles(files: Files) -> None:
    files.write_cli(AK)
    provider = ProfileCredentialsProvider()
    for _ in range(2):
        twin = pickle.loads(pickle.dumps(provider))
        assert twin.get_credentials().get_access_key_id() == 'file-id'
        provider.get_credentials()
    assert_hides(repr(provider), 'file-secret')


def test_a_profile_that_cannot_be_used_is_named(files: Files) -> None:
    """Also when another one leads to it."""
    files.write_cli({**AK, 'name': 'base', 'enable': 'false'},
                    {'name': 'role', 'mode': 'ChainableRamRoleArn', 'source_profile': 'base', 'ram_role_arn': 'r'},
                    current='role')
    with pytest.raises(ClientError, match=r"the profile 'base' in .* is not enabled"):
        ProfileCredentialsProvider().get_credentials()


def test_threads_that_come_together_read_the_file_once(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write_cli(AK)
    provider = ProfileCredentialsProvider()
    gate, read, at_the_gate, reads = provider._gate, _credentials_profile._read, [], []
    second_waits = threading.Event()

    class Door:
        def __enter__(self) -> None:
            at_the_gate.append(1)
            if len(at_the_gate) == 2:
                second_waits.set()
            gate.enter()

        def __exit__(self, *exc: Any) -> None:
            gate.leave()

    def slow(*args: Any) -> Any:
        reads.append(args)
        assert second_waits.wait(20)
        return read(*args)

    monkeypatch.setattr(provider, '_gate', Door())
    monkeypatch.setattr(_credentials_profile, '_read', slow)
    with ThreadPoolExecutor(2) as pool:
        found = [done.result() for done in [pool.submit(provider.get_credentials) for _ in range(2)]]
    assert found[0] is found[1]
    assert len(reads) == 1
