"""Where access keys come from.

A provider is any object with ``get_credentials()``; what that returns has ``get_access_key_id()``,
``get_access_key_secret()`` and ``get_security_token()``, or attributes of those names without ``get_``. It is asked for
every request, from any thread.

The providers here that ask somebody do so in one thread at a time and before the credentials end, go on with the old
ones while they are good, and raise :class:`oss2.exceptions.ClientError` rather than hand out expired ones. They survive
fork and can be pickled.
"""
from __future__ import annotations

import logging

from ._credentials import (
    Credentials,
    CredentialsProvider,
    EnvironmentVariableCredentialsProvider,
    StaticCredentialsProvider,
)
from ._credentials_chain import DefaultCredentialsProvider
from ._credentials_ecs import (
    DEFAULT_ECS_SESSION_EXPIRED_FACTOR,
    DEFAULT_ECS_SESSION_TOKEN_DURATION_SECONDS,
    EcsRamRoleCredential,
    EcsRamRoleCredentialsFetcher,
    EcsRamRoleCredentialsProvider,
    InstanceRoleCredentialsProvider,
)
from ._credentials_external import (
    CallbackCredentialsProvider,
    ProcessCredentialsProvider,
    UriCredentialsProvider,
)
from ._credentials_profile import ProfileCredentialsProvider
from ._credentials_sts import AssumeRoleCredentialsProvider, OidcRoleCredentialsProvider
from ._dates import to_unixtime
from .compat import to_unicode
from .exceptions import ClientError

logger = logging.getLogger(__name__)

__all__ = [
    'AssumeRoleCredentialsProvider', 'CallbackCredentialsProvider', 'ClientError', 'Credentials', 'CredentialsProvider',
    'DEFAULT_ECS_SESSION_EXPIRED_FACTOR', 'DEFAULT_ECS_SESSION_TOKEN_DURATION_SECONDS', 'DefaultCredentialsProvider',
    'EcsRamRoleCredential', 'EcsRamRoleCredentialsFetcher', 'EcsRamRoleCredentialsProvider',
    'EnvironmentVariableCredentialsProvider', 'InstanceRoleCredentialsProvider', 'OidcRoleCredentialsProvider',
    'ProcessCredentialsProvider', 'ProfileCredentialsProvider', 'StaticCredentialsProvider', 'UriCredentialsProvider',
    'logger', 'to_unicode', 'to_unixtime',
]
