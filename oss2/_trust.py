"""Which proxies requests pass, and which certificates are believed: what a `requests.Session` is told of it."""
from __future__ import annotations

import os
import sys
from typing import Any, Mapping, Optional, Tuple, Union
from urllib.parse import urlsplit

import requests

from .exceptions import ClientError

FilePath = Union[str, 'os.PathLike[str]']
CertSpec = Union[FilePath, Tuple[FilePath, FilePath]]
VerifySpec = Union[bool, FilePath]

# Names that requests would read a proxy from.
_PROXY_VARIABLES = {scheme: (scheme + '_proxy', scheme.upper() + '_PROXY', 'all_proxy', 'ALL_PROXY')
                    for scheme in ('http', 'https')}
_ENCODED_VARIABLES = {scheme: frozenset(map(os.fsencode, names)) for scheme, names in _PROXY_VARIABLES.items()}
# On these, requests also asks the system's settings.
_SYSTEM_PROXIES = sys.platform in ('darwin', 'win32')


def configure(session: requests.Session, verify: Any = None, ca_bundle: Any = None, cert: Any = None,
              proxies: Any = None, trust_env: Any = None) -> None:
    """Set what is not None.

    :raises ClientError: a file is not there, or *verify* and *ca_bundle* contradict one another
    """
    if ca_bundle is not None:
        if verify is False:
            raise ClientError('verify=False checks no certificate: leave it out, or ca_bundle')
        verify = _existing('ca_bundle', ca_bundle)
    elif isinstance(verify, (str, os.PathLike)):  # as requests takes it
        verify = _existing('verify', verify)
    if verify is not None:
        session.verify = verify
    if isinstance(cert, (tuple, list)):
        if len(cert) != 2:
            raise ClientError('cert must be a file, or a pair of files (certificate, key)')
        session.cert = _existing('cert', cert[0]), _existing('cert', cert[1])
    elif cert is not None:
        session.cert = _existing('cert', cert)
    if proxies is not None:
        session.proxies.update(checked_proxies(proxies))
    if trust_env is not None:
        session.trust_env = bool(trust_env)


def checked_proxies(proxies: Any) -> Mapping[str, str]:
    """:raises ClientError: *proxies* is no dict; what it is instead may hold a password, and is not shown"""
    if not isinstance(proxies, Mapping):
        raise ClientError("proxies must be a dict, such as {'https': 'http://proxy:3128'}, not a "
                          + type(proxies).__name__)
    return proxies


def proxies_in_environment(url: str) -> bool:
    if _SYSTEM_PROXIES:  # pragma: no cover - macOS and Windows
        return bool(requests.utils.get_environ_proxies(url))
    scheme = url.partition(':')[0]
    environ = os.environ
    # To find that a name is not there, os.environ raises and catches two errors, in Python; this is asked each time.
    encoded = getattr(environ, '_data', None)
    if isinstance(encoded, dict):
        return not encoded.keys().isdisjoint(_ENCODED_VARIABLES[scheme])
    return any(name in environ for name in _PROXY_VARIABLES[scheme])


def explicit_proxies(url: str, of_request: Optional[Mapping[str, str]], session: requests.Session) -> Any:
    """The proxies of the request, or the session's; those of the environment are for what these do not say."""
    explicit = {**session.proxies, **(of_request or {})}
    chosen = requests.utils.select_proxy(url, explicit) if explicit else None
    if chosen is not None:
        return {urlsplit(url).scheme: chosen}
    return None if of_request is None else dict(of_request)  # requests adds those of the environment


def _existing(name: str, path: Any) -> str:
    if not isinstance(path, (str, os.PathLike)):
        raise ClientError(f'{name} must be the path of a file, not {type(path).__name__}')
    text = str(path)
    if not os.path.exists(text):
        raise ClientError(f'{name} {text!r}: there is no such file')
    return text
