"""Where access keys come from.

A provider is any object with ``get_credentials()``; what that returns has ``get_access_key_id()``,
``get_access_key_secret()`` and ``get_security_token()``, or attributes of those names without ``get_``. It is asked for
every request, from any thread.

The providers here that ask somebody do so in one thread at a time and before the credentials end, go on with the old
ones while they are good, and raise :class:`oss2.exceptions.ClientError` rather than hand out expired ones. They survive
fork and can be pickled.
"""
from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING, Any, List

from ._credentials import (
    Credentials,
    CredentialsProvider,
    EnvironmentVariableCredentialsProvider,
    StaticCredentialsProvider,
)
from ._dates import to_unixtime
from .compat import to_unicode
from .exceptions import ClientError

if TYPE_CHECKING:
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

logger = logging.getLogger(__name__)

# Imported when they are asked for: most programs need none of them.
_LATER = {
    'AssumeRoleCredentialsProvider': '_credentials_sts',
    'CallbackCredentialsProvider': '_credentials_external',
    'DEFAULT_ECS_SESSION_EXPIRED_FACTOR': '_credentials_ecs',
    'DEFAULT_ECS_SESSION_TOKEN_DURATION_SECONDS': '_credentials_ecs',
    'DefaultCredentialsProvider': '_credentials_chain',
    'EcsRamRoleCredential': '_credentials_ecs',
    'EcsRamRoleCredentialsFetcher': '_credentials_ecs',
    'EcsRamRoleCredentialsProvider': '_credentials_ecs',
    'InstanceRoleCredentialsProvider': '_credentials_ecs',
    'OidcRoleCredentialsProvider': '_credentials_sts',
    'ProcessCredentialsProvider': '_credentials_external',
    'ProfileCredentialsProvider': '_credentials_profile',
    'UriCredentialsProvider': '_credentials_external',
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    globals()[name] = getattr(importlib.import_module('.' + _LATER[name], __package__), name)
    return globals()[name]


def __dir__() -> List[str]:
    return sorted({*globals(), *_LATER})


__all__ = [
    'AssumeRoleCredentialsProvider', 'CallbackCredentialsProvider', 'ClientError', 'Credentials', 'CredentialsProvider',
    'DEFAULT_ECS_SESSION_EXPIRED_FACTOR', 'DEFAULT_ECS_SESSION_TOKEN_DURATION_SECONDS', 'DefaultCredentialsProvider',
    'EcsRamRoleCredential', 'EcsRamRoleCredentialsFetcher', 'EcsRamRoleCredentialsProvider',
    'EnvironmentVariableCredentialsProvider', 'InstanceRoleCredentialsProvider', 'OidcRoleCredentialsProvider',
    'ProcessCredentialsProvider', 'ProfileCredentialsProvider', 'StaticCredentialsProvider', 'UriCredentialsProvider',
    'logger', 'to_unicode', 'to_unixtime',
]
