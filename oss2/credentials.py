"""Where access keys come from.

A provider is any object with ``get_credentials()``; what that returns has ``get_access_key_id()``,
``get_access_key_secret()`` and ``get_security_token()``, or attributes of those names without ``get_``. It is asked for
every request, from any thread.
"""
from __future__ import annotations

import json
import logging
import os
import threading
import time
from typing import Any, Dict, Optional

import requests

from ._dates import to_unixtime
from ._secrets import MASK
from .compat import to_unicode
from .exceptions import ClientError

logger = logging.getLogger(__name__)

DEFAULT_ECS_SESSION_TOKEN_DURATION_SECONDS = 3600 * 6
DEFAULT_ECS_SESSION_EXPIRED_FACTOR = 0.85

_ECS_TIME_FORMAT = '%Y-%m-%dT%H:%M:%SZ'
_SECONDS_BETWEEN_REFRESHES = 10


class Credentials:
    """An access key; with a security token (not '' and not None) a temporary one."""

    def __init__(self, access_key_id: str = '', access_key_secret: str = '',
                 security_token: Optional[str] = '') -> None:
        self.access_key_id = access_key_id
        self.access_key_secret = access_key_secret
        self.security_token = security_token

    def get_access_key_id(self) -> str:
        return self.access_key_id

    def get_access_key_secret(self) -> str:
        return self.access_key_secret

    def get_security_token(self) -> Optional[str]:
        return self.security_token

    def __repr__(self) -> str:
        known = ', '.join('%s=%r' % (name, MASK) for name in ('access_key_id', 'access_key_secret', 'security_token')
                          if getattr(self, name, None))
        return '%s(%s)' % (type(self).__name__, known)


class CredentialsProvider:
    """What the providers derive from."""

    def get_credentials(self) -> Any:
        """The credentials to sign the next request with.

        :raises ClientError: there are none
        """
        return None


class StaticCredentialsProvider(CredentialsProvider):
    """Always the same credentials."""

    def __init__(self, access_key_id: str = '', access_key_secret: str = '',
                 security_token: Optional[str] = '') -> None:
        self.credentials = Credentials(access_key_id, access_key_secret, security_token)

    def get_credentials(self) -> Credentials:
        return self.credentials

    def __repr__(self) -> str:
        return '%s(%r)' % (type(self).__name__, self.credentials)


class EnvironmentVariableCredentialsProvider(CredentialsProvider):
    """Credentials from the environment, read at every call.

    From ``OSS_ACCESS_KEY_ID``, ``OSS_ACCESS_KEY_SECRET`` and ``OSS_SESSION_TOKEN`` if one of the first two is set, else
    from ``ALIBABA_CLOUD_ACCESS_KEY_ID``, ``ALIBABA_CLOUD_ACCESS_KEY_SECRET`` and ``ALIBABA_CLOUD_SECURITY_TOKEN``.
    """

    def __init__(self) -> None:
        self.access_key_id = ''
        self.access_key_secret = ''
        self.security_token = ''

    def get_credentials(self) -> Credentials:
        """
        :raises ClientError: a variable is unset or empty; the message says which
        """
        names = ('OSS_ACCESS_KEY_ID', 'OSS_ACCESS_KEY_SECRET', 'OSS_SESSION_TOKEN')
        if not (os.getenv(names[0]) or os.getenv(names[1])) and os.getenv('ALIBABA_CLOUD_ACCESS_KEY_ID'):
            names = ('ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN')
        for name in names[:2]:
            if not os.getenv(name):
                raise ClientError('the environment variable %s is not set or is empty: set it to the access key' % name)
        return Credentials(os.environ[names[0]], os.environ[names[1]], os.getenv(names[2]))


class EcsRamRoleCredential(Credentials):
    """Temporary credentials of the RAM role of an ECS instance.

    :param expiration: Unix time at which they end
    :param duration: seconds that they were good for when they were made
    :param expired_factor: part of *duration* after which to get new ones; None and 0 mean 0.85
    """

    def __init__(self, access_key_id: str, access_key_secret: str, security_token: Optional[str], expiration: float,
                 duration: float, expired_factor: Optional[float] = None) -> None:
        super().__init__(access_key_id, access_key_secret, security_token)
        self.expiration = expiration
        self.duration = duration
        self.expired_factor = expired_factor or DEFAULT_ECS_SESSION_EXPIRED_FACTOR

    def will_soon_expire(self) -> bool:
        """Whether it is time to get new ones."""
        return self.expiration - time.time() < max(self.duration, 0) * (1 - self.expired_factor)

    def is_expired(self) -> bool:
        return time.time() >= self.expiration


class EcsRamRoleCredentialsFetcher:
    """Asks the metadata service of an ECS instance.

    :param auth_host: the whole URL, ``http://100.100.100.200/latest/meta-data/ram/security-credentials/ROLE``
    """

    def __init__(self, auth_host: str) -> None:
        self.auth_host = auth_host

    def fetch(self, retry_times: int = 3, timeout: float = 10) -> EcsRamRoleCredential:
        """Ask at most *retry_times* times (at least once), each within *timeout* seconds.

        :raises ClientError: the last attempt failed; ``__cause__`` says how
        """
        for attempts_left in reversed(range(max(retry_times, 1))):
            try:
                return self._ask(timeout)
            except (requests.RequestException, ClientError, ValueError, KeyError, TypeError, AttributeError) as exc:
                logger.debug('no credentials from %s: %s', self.auth_host, type(exc).__name__)
                if not attempts_left:
                    raise ClientError('no credentials from the ECS metadata service at %s: %s'
                                      % (self.auth_host, getattr(exc, 'message', '') or repr(exc))) from exc
        raise AssertionError('unreachable')

    def _ask(self, timeout: float) -> EcsRamRoleCredential:
        with requests.Session() as session:
            # The address is the instance's own: neither the proxies nor the .netrc of the environment are for it.
            session.trust_env = False
            response = session.get(self.auth_host, timeout=timeout)
        if response.status_code != 200:
            raise ClientError('it answered with HTTP status %d' % response.status_code)
        answer: Dict[str, Any] = json.loads(to_unicode(response.content))
        if answer.get('Code') != 'Success':
            raise ClientError('it answered with code %s' % answer.get('Code'))
        expiration = to_unixtime(answer['Expiration'], _ECS_TIME_FORMAT)
        updated = answer.get('LastUpdated')
        duration = (expiration - to_unixtime(updated, _ECS_TIME_FORMAT) if updated
                    else DEFAULT_ECS_SESSION_TOKEN_DURATION_SECONDS)
        return EcsRamRoleCredential(answer['AccessKeyId'], answer['AccessKeySecret'], answer.get('SecurityToken'),
                                    expiration, duration, DEFAULT_ECS_SESSION_EXPIRED_FACTOR)


class EcsRamRoleCredentialsProvider(CredentialsProvider):
    """The credentials of the RAM role of an ECS instance, renewed before they end.

    :param auth_host: the whole URL, ``http://100.100.100.200/latest/meta-data/ram/security-credentials/ROLE``
    :param max_retries: how many times to ask for new ones before giving up
    :param timeout: seconds that each time may take
    """

    def __init__(self, auth_host: str, max_retries: int = 3, timeout: float = 10) -> None:
        self.fetcher = EcsRamRoleCredentialsFetcher(auth_host)
        self.max_retries = max_retries
        self.timeout = timeout
        self.credentials: Optional[EcsRamRoleCredential] = None
        self._next_refresh = 0.0
        self.__lock = threading.Lock()

    def get_credentials(self) -> EcsRamRoleCredential:
        """
        :raises ClientError: they have ended, or there never were any, and the metadata service gives no new ones
        """
        known = self.credentials
        if known is not None and not known.will_soon_expire():
            return known
        usable = known is not None and not known.is_expired()
        # One thread asks; the others go on with what there is, as long as it is good.
        if self.__lock.acquire(blocking=not usable):
            try:
                self._refresh()
            finally:
                self.__lock.release()
        assert self.credentials is not None
        return self.credentials

    def _refresh(self) -> None:
        known = self.credentials
        usable = known is not None and not known.is_expired()
        if usable and (not known.will_soon_expire() or time.monotonic() < self._next_refresh):  # type: ignore[union-attr]
            return
        try:
            self.credentials = self.fetcher.fetch(self.max_retries, self.timeout)
        except ClientError:
            if not usable:
                raise
            self._next_refresh = time.monotonic() + _SECONDS_BETWEEN_REFRESHES
            logger.debug('going on with the credentials there are', exc_info=True)

    def __getstate__(self) -> Dict[str, Any]:
        state = self.__dict__.copy()
        del state['_EcsRamRoleCredentialsProvider__lock']
        state['_next_refresh'] = 0.0  # the other process has another monotonic clock
        return state

    def __setstate__(self, state: Dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.__lock = threading.Lock()
