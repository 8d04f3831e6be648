"""The RAM role of an ECS instance, of which the instance's metadata service gives credentials."""
from __future__ import annotations

import logging
import os
import re
import time
from typing import Dict, Optional

import requests

from ._credentials import Credentials, NotConfigured, from_document, is_switched_on, to_expiration
from ._credentials_http import Timeout, ask, shown
from ._credentials_refresh import RefreshingCredentialsProvider
from .exceptions import ClientError

logger = logging.getLogger(__name__)

DEFAULT_ECS_SESSION_TOKEN_DURATION_SECONDS = 3600 * 6
DEFAULT_ECS_SESSION_EXPIRED_FACTOR = 0.85

METADATA_URL = 'http://100.100.100.200/latest/meta-data/ram/security-credentials/'

_TOKEN_TIMEOUT = 2.0
_TOKEN_SECONDS = '60'
_TOKEN = re.compile(r'[\x21-\x7e]{1,4096}\Z')
_ROLE = re.compile(r'[\w.@-]{1,128}\Z', re.ASCII)


class EcsRamRoleCredential(Credentials):
    """Temporary credentials of the RAM role of an ECS instance.

    :param expiration: Unix time at which they end
    :param duration: seconds that they were good for when they were made
    :param expired_factor: part of *duration* after which to get new ones; None and 0 mean 0.85
    """

    expiration: float

    def __init__(self, access_key_id: str, access_key_secret: str, security_token: Optional[str], expiration: float,
                 duration: float, expired_factor: Optional[float] = None) -> None:
        super().__init__(access_key_id, access_key_secret, security_token, expiration)
        self.duration = duration
        self.expired_factor = expired_factor or DEFAULT_ECS_SESSION_EXPIRED_FACTOR

    def will_soon_expire(self) -> bool:
        """Whether it is time to get new ones."""
        return self.expiration - time.time() < self.lead()

    def lead(self) -> float:
        """How many seconds before the end it is time to get new ones."""
        return max(self.duration, 0) * (1 - self.expired_factor)

    def is_expired(self) -> bool:
        return time.time() >= self.expiration


class EcsRamRoleCredentialsFetcher:
    """Asks the metadata service of an ECS instance, in its hardened mode if it has it.

    :param auth_host: the whole URL, ``http://100.100.100.200/latest/meta-data/ram/security-credentials/ROLE``; one that
        ends with ``/`` leaves it to the service to name the role
    :param hardened_only: never ask in the normal mode
    """

    def __init__(self, auth_host: str, hardened_only: bool = False) -> None:
        self.auth_host = auth_host
        self.hardened_only = hardened_only

    def fetch(self, retry_times: int = 3, timeout: Timeout = 10) -> EcsRamRoleCredential:
        """Ask at most *retry_times* times (at least once).

        :param timeout: seconds for connecting and for each read, or a pair of both
        :raises ClientError: the last attempt failed; ``__cause__`` says how
        """
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._ask(timeout)
            except ClientError as exc:
                logger.debug('no credentials from %s: %s', shown(self.auth_host), exc.message)
                if attempt >= retry_times:
                    raise ClientError('no credentials from the ECS metadata service at %s: %s'
                                      % (shown(self.auth_host), exc.message)) from exc

    def _ask(self, timeout: Timeout) -> EcsRamRoleCredential:
        headers = self._token_header(timeout)
        url = self.auth_host
        if url.endswith('/'):
            url += self._role(headers, timeout)
        answer = ask('GET', url, timeout, headers, direct=True)
        if answer.status != 200:
            raise ClientError('it answered with HTTP status %d' % answer.status)
        document = answer.document()
        if document.get('Code') != 'Success':
            raise ClientError('it answered with code %s' % document.get('Code'))
        found = from_document(document)
        if found.expiration is None:
            raise ClientError('there is no Expiration in it')
        updated = to_expiration(document.get('LastUpdated'))
        duration = DEFAULT_ECS_SESSION_TOKEN_DURATION_SECONDS if updated is None else found.expiration - updated
        return EcsRamRoleCredential(found.access_key_id, found.access_key_secret, found.security_token,
                                    found.expiration, duration, DEFAULT_ECS_SESSION_EXPIRED_FACTOR)

    def _token_header(self, timeout: Timeout) -> Dict[str, str]:
        """What the hardened mode asks for; nothing where the service does not know that mode."""
        try:
            answer = ask('PUT', self.auth_host.partition('/latest/')[0] + '/latest/api/token', _short(timeout),
                         {'X-aliyun-ecs-metadata-token-ttl-seconds': _TOKEN_SECONDS}, direct=True)
            token = answer.body.decode('latin-1').strip()
            if answer.status == 200 and _TOKEN.match(token):
                return {'X-aliyun-ecs-metadata-token': token}
            problem = ClientError('it gives no token for the hardened mode: it answered with HTTP status %d'
                                  % answer.status)
        except ClientError as exc:
            # Nobody is there, for whatever mode; an answer that does not come may be lost on its way into a container.
            if isinstance(exc.__cause__, requests.ConnectTimeout):
                raise
            problem = exc
        if self.hardened_only:
            raise problem
        logger.debug('asking the metadata service in its normal mode: %s', problem.message)
        return {}

    def _role(self, headers: Dict[str, str], timeout: Timeout) -> str:
        answer = ask('GET', self.auth_host, timeout, headers, direct=True)
        if answer.status == 404:
            raise ClientError('this instance has no RAM role: attach one to it')
        name = (answer.body.decode('latin-1').split() or [''])[0]
        if answer.status != 200 or not _ROLE.match(name):
            raise ClientError('it does not name the role of this instance: it answered with HTTP status %d'
                              % answer.status)
        return name


def _short(timeout: Timeout) -> Timeout:
    """*timeout*, but for each part at most what a service on the same machine needs."""
    parts = timeout if isinstance(timeout, tuple) else (timeout, timeout)
    connect, read = (_TOKEN_TIMEOUT if part is None else min(part, _TOKEN_TIMEOUT) for part in parts)
    return connect, read


class EcsRamRoleCredentialsProvider(RefreshingCredentialsProvider):
    """The credentials of the RAM role of an ECS instance, renewed before they end.

    :class:`InstanceRoleCredentialsProvider` is the same and knows the address.

    :param auth_host: the whole URL, ``http://100.100.100.200/latest/meta-data/ram/security-credentials/ROLE``
    :param max_retries: how many times to ask for new ones before giving up
    :param timeout: seconds that each time may take for connecting and for each read, or a pair of both
    :param hardened_only: never ask in the normal mode
    """

    def __init__(self, auth_host: str, max_retries: int = 3, timeout: Timeout = 10,
                 hardened_only: bool = False) -> None:
        super().__init__()
        self.credentials: Optional[EcsRamRoleCredential] = None
        self.fetcher = EcsRamRoleCredentialsFetcher(auth_host, hardened_only)
        self.max_retries = max_retries
        self.timeout = timeout

    def _fetch(self) -> Credentials:
        return self.fetcher.fetch(self.max_retries, self.timeout)

    def _lead(self, credentials: Credentials) -> float:
        return credentials.lead() if isinstance(credentials, EcsRamRoleCredential) else super()._lead(credentials)

    def __repr__(self) -> str:
        return '%s(%r)' % (type(self).__name__, shown(self.fetcher.auth_host))


class InstanceRoleCredentialsProvider(EcsRamRoleCredentialsProvider):
    """The credentials of the RAM role of the ECS instance that the program runs on, renewed before they end.

    :param role_name: None: ``ALIBABA_CLOUD_ECS_METADATA``, and without it the role that the instance has
    :param hardened_only: never ask the metadata service in its normal mode; None: as ``ALIBABA_CLOUD_IMDSV1_DISABLED``
        says
    :param max_retries: how many times to ask for new ones before giving up
    :param timeout: seconds that each time may take for connecting and for each read, or a pair of both
    :raises ClientError: ``ALIBABA_CLOUD_ECS_METADATA_DISABLED`` forbids it
    """

    def __init__(self, role_name: Optional[str] = None, hardened_only: Optional[bool] = None, max_retries: int = 3,
                 timeout: Timeout = 10) -> None:
        if is_switched_on('ALIBABA_CLOUD_ECS_METADATA_DISABLED'):
            raise NotConfigured('ALIBABA_CLOUD_ECS_METADATA_DISABLED forbids to ask the ECS metadata service')
        role_name = role_name or os.getenv('ALIBABA_CLOUD_ECS_METADATA') or ''
        if role_name and not _ROLE.match(role_name):
            raise ClientError('%r is no name of a RAM role: it has letters, digits and . @ - _' % role_name)
        if hardened_only is None:
            hardened_only = is_switched_on('ALIBABA_CLOUD_IMDSV1_DISABLED')
        super().__init__(METADATA_URL + role_name, max_retries, timeout, hardened_only)
