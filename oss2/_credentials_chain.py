"""The credentials that are there: the places where Alibaba Cloud's tools look for them, in their order."""
from __future__ import annotations

import os
from typing import Any, Callable, Dict, List, NamedTuple, Optional

from ._credentials import (
    CredentialsProvider,
    EnvironmentVariableCredentialsProvider,
    NotConfigured,
    is_switched_on,
    refresh_provider,
)
from ._credentials_ecs import InstanceRoleCredentialsProvider
from ._credentials_external import UriCredentialsProvider
from ._credentials_profile import ProfileCredentialsProvider, cli_file, ini_file
from ._credentials_refresh import Failure, Gate
from ._credentials_sts import OidcRoleCredentialsProvider
from ._secrets import mask_secrets
from .exceptions import ClientError

_PROBE_TIMEOUT = (1.0, 5.0)


class Attempt(NamedTuple):
    """One place, and what came of looking there."""

    source: str
    outcome: str
    """``in use``, ``skipped``, ``failed`` or ``not tried``."""
    reason: str


def _cli_profile() -> CredentialsProvider:
    for variable in ('ALIBABA_CLOUD_CLI_PROFILE_DISABLED', 'ALIBABA_CLOUD_IGNORE_PROFILE'):
        if is_switched_on(variable):
            raise NotConfigured('%s says not to look' % variable)
    return ProfileCredentialsProvider(path=cli_file())


def _ini_profile() -> CredentialsProvider:
    return ProfileCredentialsProvider(path=ini_file())


def _instance_role() -> CredentialsProvider:
    if os.getenv('ALIBABA_CLOUD_ECS_METADATA'):
        return InstanceRoleCredentialsProvider()
    return _ProbedInstanceRole(max_retries=1, timeout=_PROBE_TIMEOUT)


class _ProbedInstanceRole(InstanceRoleCredentialsProvider):
    """The role of an instance, of which nobody said that there is one."""

    def get_credentials(self) -> Any:
        try:
            return super().get_credentials()
        except ClientError as exc:
            if self.credentials is None:
                raise NotConfigured(exc.message) from exc
            raise


def _uri() -> CredentialsProvider:
    if is_switched_on('ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS'):
        raise NotConfigured('ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS forbids to use it')
    return UriCredentialsProvider()


_SOURCES: Dict[str, Callable[[], CredentialsProvider]] = {
    'environment variables': EnvironmentVariableCredentialsProvider,
    'OIDC role': OidcRoleCredentialsProvider,
    'profile of the Alibaba Cloud CLI': _cli_profile,
    'profile of the Alibaba Cloud SDKs': _ini_profile,
    'role of the ECS instance': _instance_role,
    'credentials URI': _uri,
}


class DefaultCredentialsProvider(CredentialsProvider):
    """The first credentials there are, in the order in which Alibaba Cloud's tools look for them.

    Environment variables, OIDC role, ``~/.aliyun/config.json``, ``~/.alibabacloud/credentials``, role of the ECS
    instance, credentials URI.  Where nothing is set up, the next place is tried; what is set up but gives none is an
    error, rather than a reason to act as somebody else.  The place that was found first is the only one asked from
    then on.
    """

    def __init__(self) -> None:
        self._gate = Gate()
        self._selected: Optional[CredentialsProvider] = None
        self._attempts: List[Attempt] = []
        self._failure: Optional[Failure] = None

    def get_credentials(self) -> Any:
        """
        :raises ClientError: there are none; it says why for each place
        """
        selected = self._selected
        if selected is None:
            with self._gate:
                selected = self._selected or self._select()
        return selected.get_credentials()

    def refresh_credentials(self, rejected: Any = None) -> bool:
        return self._selected is not None and refresh_provider(self._selected, rejected)

    def explain(self) -> str:
        """Where credentials were looked for, and for each place why they came from there or did not.

        Looks for them, if that was not done yet.  Nothing in it is secret.
        """
        try:
            self.get_credentials()
        except ClientError as exc:
            if self._selected is not None:
                return '%s\nthey cannot be renewed: %s' % (self._explanation('\n'), mask_secrets(exc.message))
        return self._explanation('\n')

    def _explanation(self, separator: str) -> str:
        return separator.join('%s: %s%s' % (attempt.source, attempt.outcome, attempt.reason and ': ' + attempt.reason)
                              for attempt in self._attempts)

    def _select(self) -> CredentialsProvider:
        if self._failure is not None and self._failure.stands(usable=False):
            raise self._failure.again()
        attempts: List[Attempt] = []
        selected = error = None
        for source, make in _SOURCES.items():
            outcome, reason = 'not tried', ''
            if selected is None and error is None:
                try:
                    provider = make()
                    provider.get_credentials()
                    selected, outcome = provider, 'in use'
                except NotConfigured as exc:
                    outcome, reason = 'skipped', mask_secrets(exc.message)
                except ClientError as exc:
                    error, outcome, reason = exc, 'failed', mask_secrets(exc.message)
            attempts.append(Attempt(source, outcome, reason))
        self._attempts = attempts
        if selected is not None:
            self._selected = selected
            return selected
        failure = ClientError('there are no credentials: ' + self._explanation('; '))
        failure.__cause__ = error
        self._failure = Failure.now(failure, None)
        raise failure

    def __getstate__(self) -> Dict[str, Any]:
        return dict(self.__dict__, _failure=None)

    def __repr__(self) -> str:
        return '%s(%s)' % (type(self).__name__, '' if self._selected is None else repr(self._selected))
