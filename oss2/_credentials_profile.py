"""Profiles: the files in which the Alibaba Cloud CLI and other tools keep their users' credentials."""
from __future__ import annotations

import logging
import os
import re
from typing import Any, Callable, Dict, FrozenSet, Mapping, Optional, Tuple

from ._credentials import (
    Credentials,
    CredentialsProvider,
    NotConfigured,
    StaticCredentialsProvider,
    is_switched_on,
    refresh_provider,
    to_expiration,
)
from ._credentials_ecs import InstanceRoleCredentialsProvider
from ._credentials_external import ProcessCredentialsProvider, UriCredentialsProvider
from ._credentials_http import json_object
from ._credentials_refresh import Gate, have_ended
from ._credentials_sts import AssumeRoleCredentialsProvider, OidcRoleCredentialsProvider, endpoint_of
from .exceptions import ClientError

logger = logging.getLogger(__name__)

_WORD = re.compile(r'[A-Za-z_]{1,30}\Z')


def cli_file() -> str:
    """Where the Alibaba Cloud CLI keeps its profiles."""
    return os.getenv('ALIBABA_CLOUD_CONFIG_FILE') or os.path.expanduser(os.path.join('~', '.aliyun', 'config.json'))


def ini_file() -> str:
    """Where Alibaba Cloud's SDKs have their profiles."""
    named = os.getenv('ALIBABA_CLOUD_CREDENTIALS_FILE')
    if named:
        return named
    plain = os.path.expanduser(os.path.join('~', '.alibabacloud', 'credentials'))
    return plain + '.ini' if os.path.exists(plain + '.ini') else plain


class ProfileCredentialsProvider(CredentialsProvider):
    """The credentials of a profile, in whatever way the profile gets them.

    The file is read again when it has changed.

    :param name: None: ``ALIBABA_CLOUD_PROFILE``, and without it the one that the file says is the current one, or
        ``default``
    :param path: a file such as ``~/.aliyun/config.json`` or ``~/.alibabacloud/credentials``; None: the first of these
        that there is
    """

    def __init__(self, name: Optional[str] = None, path: Optional[str] = None) -> None:
        self.name = name or os.getenv('ALIBABA_CLOUD_PROFILE') or None
        self.path = None if path is None else os.path.expanduser(os.fspath(path))
        self._gate = Gate()
        self._loaded: Optional[Tuple[Any, CredentialsProvider]] = None

    def get_credentials(self) -> Any:
        """
        :raises ClientError: there is no such file or profile, or it gives no credentials
        """
        path = self._path()
        stamp = _stamp(path)
        loaded = self._loaded
        if loaded is None or loaded[0] != stamp:
            with self._gate:
                loaded = self._load(path, stamp)
        credentials = loaded[1].get_credentials()
        if isinstance(credentials, Credentials) and have_ended(credentials):
            raise ClientError('the security token in %s has expired: see what should put a new one there' % path)
        return credentials

    def refresh_credentials(self, rejected: Any = None) -> bool:
        loaded = self._loaded
        return loaded is not None and refresh_provider(loaded[1], rejected)

    def _path(self) -> str:
        if self.path is not None:
            return self.path
        path = cli_file()
        return path if os.path.exists(path) else ini_file()

    def _load(self, path: str, stamp: Any) -> Tuple[Any, CredentialsProvider]:
        known = self._loaded
        if known is not None and known[0] == stamp:
            return known
        try:
            provider = _read(path, self.name)
        except ClientError as exc:
            if known is None:
                raise
            # Somebody may be writing it this moment; what was there before is good for as long as OSS says so.
            logger.debug('going on with the profile as it was: %s', exc.message)
            provider = known[1]
        self._loaded = loaded = (stamp, provider)
        return loaded

    def __repr__(self) -> str:
        return '%s(%r, %r)' % (type(self).__name__, self.name, self.path)


def _stamp(path: str) -> Any:
    try:
        found = os.stat(path)
    except OSError:
        return None, path
    return found.st_mtime_ns, found.st_size, found.st_ino, path


def _read(path: str, name: Optional[str]) -> CredentialsProvider:
    try:
        with open(path, encoding='utf-8-sig') as file:
            text = file.read()
    except FileNotFoundError as exc:
        raise NotConfigured('there is no file %s' % path) from exc
    except (OSError, ValueError) as exc:
        raise ClientError('%s cannot be read: %s' % (path, type(exc).__name__)) from exc
    try:
        profiles, current = (_json_profiles if text.lstrip().startswith('{') else _ini_profiles)(text)
    except ClientError as exc:
        raise ClientError('%s holds no profiles: %s' % (path, exc.message)) from exc
    return _Profile(profiles, name or current, path, frozenset()).provider()


_Profiles = Dict[str, Mapping[str, Any]]


def _json_profiles(text: str) -> Tuple[_Profiles, str]:
    document = json_object(text)
    listed = document.get('profiles')
    if not isinstance(listed, list):
        raise ClientError('there is no list of profiles in it')
    return ({str(profile.get('name')): profile for profile in listed if isinstance(profile, dict)},
            str(document.get('current') or 'default'))


_MODE_OF_TYPE = {'access_key': 'AK', 'sts': 'StsToken', 'ram_role_arn': 'RamRoleArn', 'ecs_ram_role': 'EcsRamRole',
                 'oidc_role_arn': 'OIDC', 'credentials_uri': 'CredentialsURI'}
_FIELD_OF_OPTION = {'security_token': 'sts_token', 'role_arn': 'ram_role_arn', 'role_name': 'ram_role_name',
                    'role_session_name': 'ram_session_name', 'role_session_expiration': 'expired_seconds',
                    'oidc_token_file_path': 'oidc_token_file'}


def _ini_profiles(text: str) -> Tuple[_Profiles, str]:
    """The sections of an .ini file in the words of the CLI."""
    import configparser  # needed by few

    parser = configparser.ConfigParser(interpolation=None, strict=False, inline_comment_prefixes=('#',),
                                       default_section='')
    try:
        parser.read_string(text)
    except configparser.Error:
        # Not chained: the error repeats the line, which may hold a secret.
        raise ClientError('it is neither JSON nor an .ini file') from None
    profiles: _Profiles = {}
    for name in parser.sections():
        section = parser[name]
        profile: Dict[str, Any] = {_FIELD_OF_OPTION.get(option, option): value for option, value in section.items()}
        kind = profile.pop('type', '')
        profile['mode'] = _MODE_OF_TYPE.get(kind, kind)
        profiles[name] = profile
    return profiles, 'default'


class _Profile:
    """One profile of a file, which may refer to the others.

    :param within: the profiles that refer to this one
    """

    def __init__(self, profiles: _Profiles, name: str, path: str, within: FrozenSet[str]) -> None:
        if name not in profiles:
            raise NotConfigured('there is no profile %r in %s' % (name, path))
        if name in within:
            raise ClientError('the profile %r in %s has itself as its source' % (name, path))
        self._profiles = profiles
        self._fields = profiles[name]
        self._where = 'the profile %r in %s' % (name, path)
        self._path = path
        self._within = within | {name}

    def provider(self) -> CredentialsProvider:
        """
        :raises ClientError: the profile cannot be used
        """
        if str(self._fields.get('enable', 'true')).lower() == 'false':
            raise NotConfigured('%s is not enabled' % self._where)
        mode = self._fields.get('mode') or ('StsToken' if self.get('sts_token') else 'AK')
        if not isinstance(mode, str) or mode not in _MODES:
            # In a file that is damaged anything may stand there, secrets too.
            shown = mode if isinstance(mode, str) and _WORD.match(mode) else 'unknown'
            raise NotConfigured('%s is of mode %s, and only these can be used here: %s'
                                % (self._where, shown, ', '.join(_MODES)))
        try:
            return _MODES[mode](self)
        except NotConfigured:
            raise
        except ClientError as exc:
            raise ClientError('%s: %s' % (self._where, exc.message)) from exc

    def get(self, field: str) -> Optional[str]:
        value = self._fields.get(field)
        return str(value) if value else None

    def need(self, field: str) -> str:
        value = self.get(field)
        if value is None:
            raise ClientError('it has no %s' % field)
        return value

    def key(self) -> StaticCredentialsProvider:
        return StaticCredentialsProvider(self.need('access_key_id'), self.need('access_key_secret'),
                                         self.get('sts_token') or '')

    def token(self) -> StaticCredentialsProvider:
        self.need('sts_token')
        provider = self.key()
        expiration = self._fields.get('sts_expiration')
        if isinstance(expiration, (int, float)) and expiration > 0:
            provider.credentials.expiration = to_expiration(expiration)
        return provider

    def role_of_key(self) -> CredentialsProvider:
        return self._role(self.key())

    def role_of_profile(self) -> CredentialsProvider:
        source = _Profile(self._profiles, self.need('source_profile'), self._path, self._within)
        return self._role(source.provider())

    def _role(self, source: CredentialsProvider) -> CredentialsProvider:
        return AssumeRoleCredentialsProvider(
            source, self.need('ram_role_arn'), self.get('ram_session_name'), self._duration(), self.get('policy'),
            self.get('external_id'), self._endpoint())

    def oidc(self) -> CredentialsProvider:
        return OidcRoleCredentialsProvider(
            self.need('ram_role_arn'), self.need('oidc_provider_arn'), self.get('oidc_token_file'),
            self.get('ram_session_name'), self._duration(), self.get('policy'), self._endpoint())

    def instance_role(self) -> CredentialsProvider:
        return InstanceRoleCredentialsProvider(self.get('ram_role_name'))

    def process(self) -> CredentialsProvider:
        _check_external()
        return ProcessCredentialsProvider(self.need('process_command'))

    def uri(self) -> CredentialsProvider:
        _check_external()
        return UriCredentialsProvider(self.need('credentials_uri'))

    def _duration(self) -> int:
        text = self.get('expired_seconds') or '3600'
        try:
            return int(text)
        except ValueError as exc:
            raise ClientError('its expired_seconds is not a whole number of seconds') from exc

    def _endpoint(self) -> Optional[str]:
        return self.get('sts_endpoint') or endpoint_of(self.get('sts_region'), self._fields.get('enable_vpc') is True)


_MODES: Dict[str, Callable[[_Profile], CredentialsProvider]] = {
    'AK': _Profile.key,
    'StsToken': _Profile.token,
    'RamRoleArn': _Profile.role_of_key,
    'ChainableRamRoleArn': _Profile.role_of_profile,
    'EcsRamRole': _Profile.instance_role,
    'OIDC': _Profile.oidc,
    'External': _Profile.process,
    'CredentialsURI': _Profile.uri,
}


def _check_external() -> None:
    if is_switched_on('ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS'):
        raise ClientError('ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids to use it')
