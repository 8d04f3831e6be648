"""requests' HTTPAdapter over this library's connections, and a direct way through it.

A `requests.Session` spends most of a small call on work that a signed OSS request does not need: it parses the URL
three times, prepares headers twice, looks for proxies, netrc entries and cookies.  `exchange` goes from the adapter
straight to its urllib3 pool.  `Session.do_request` uses it when nothing of the user's asks for the long way.
"""
from __future__ import annotations

from functools import lru_cache
from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple, Union

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    LocationValueError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)
from urllib3.exceptions import SSLError as Urllib3SSLError
from urllib3.util import Timeout
from urllib3.util.retry import Retry

from . import exceptions
from ._connection import POOL_CLASSES

TimeoutSpec = Union[None, float, Tuple[Optional[float], Optional[float]]]

_NO_RETRIES = Retry(total=False, redirect=False)


class Target(NamedTuple):
    """Where one request goes, and how: what the direct way needs to know."""

    method: str
    scheme: str
    netloc: str
    path: str
    """Path and query, as they stand on the request line."""
    headers: Mapping[str, Any]
    body: Any
    timeout: TimeoutSpec
    verify: Any
    cert: Any


class OssAdapter(HTTPAdapter):
    """The adapter that `oss2.Session` mounts for http and https."""

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, **pool_kwargs)
        if not block:
            self.poolmanager.pool_classes_by_scheme = POOL_CLASSES
        self._pools: Dict[Any, Any] = {}

    def close(self) -> None:
        self._pools.clear()
        super().close()

    def _pool(self, target: Target) -> Any:
        key = (target.scheme, target.netloc, target.verify, target.cert)
        pool = self._pools.get(key)
        if pool is None or pool.pool is None:  # a closed pool has no queue: the manager has dropped it
            pool = self._pools[key] = self._find_pool(target)
        return pool

    def _find_pool(self, target: Target) -> Any:
        request = requests.PreparedRequest()
        request.url = f'{target.scheme}://{target.netloc}/'
        if hasattr(self, 'get_connection_with_tls_context'):  # requests 2.32 and newer
            return self.get_connection_with_tls_context(request, target.verify, proxies=None, cert=target.cert)
        pool = self.get_connection(request.url)
        self.cert_verify(pool, request.url, target.verify, target.cert)  # type: ignore[no-untyped-call]
        return pool

    def exchange(self, target: Target) -> Any:
        """Send one request and return urllib3's response, its body unread.

        :raises RequestError: the transport failed
        """
        pool, opened = None, 0
        try:
            pool = self._pool(target)
            opened = pool.num_connections
            return pool.urlopen(
                target.method, target.path, body=target.body, headers=target.headers, retries=_NO_RETRIES,
                redirect=False, assert_same_host=False, timeout=_timeout(target.timeout), preload_content=False,
                decode_content=False,
                chunked=target.body is not None and 'Content-Length' not in target.headers)
        except (HTTPError, OSError, ValueError) as exc:
            kept = pool is not None and pool.num_connections == opened and isinstance(exc, (ProtocolError, OSError))
            raise request_error(exc, kept) from exc

    def to_requests(self, target: Target, raw: Any) -> requests.Response:
        """The answer as the `requests.Response` that users find in `result.resp.response`."""
        request = requests.PreparedRequest()
        request.method, request.body = target.method, target.body
        request.url = f'{target.scheme}://{target.netloc}{target.path}'
        request.headers = CaseInsensitiveDict(target.headers)
        return self.build_response(request, raw)


@lru_cache(maxsize=64)
def _timeout(spec: TimeoutSpec) -> Timeout:
    if isinstance(spec, tuple):
        return Timeout(connect=spec[0], read=spec[1])
    return Timeout(connect=spec, read=spec)


def request_error(exc: BaseException, on_kept_connection: bool = False) -> exceptions.RequestError:
    """The library's error for a failure of the transport.

    `.exception` is of the class that requests uses for it, as programs test for `requests.exceptions.Timeout` and
    the like; its own cause is the original error.
    """
    cause = exc if isinstance(exc, requests.RequestException) else _as_requests(exc)
    if isinstance(cause, requests.ConnectTimeout):
        error: exceptions.RequestError = exceptions.ConnectTimeout(cause)
    elif isinstance(cause, requests.ReadTimeout):
        error = exceptions.ReadTimeout(cause)
    else:
        error = exceptions.RequestError(cause)
    error.from_network = True
    error.on_kept_connection = on_kept_connection
    return error


def _as_requests(exc: BaseException) -> requests.RequestException:
    if isinstance(exc, ConnectTimeoutError) and not isinstance(exc, NewConnectionError):
        return requests.ConnectTimeout(exc)
    if isinstance(exc, ReadTimeoutError):
        return requests.ReadTimeout(exc)
    if isinstance(exc, Urllib3SSLError):
        return requests.exceptions.SSLError(exc)
    if isinstance(exc, DecodeError):
        return requests.exceptions.ContentDecodingError(exc)
    if isinstance(exc, ProtocolError):
        return requests.ConnectionError(exc)
    if isinstance(exc, (LocationValueError, ValueError)):
        return requests.exceptions.InvalidURL(exc)
    return requests.ConnectionError(exc)


def body_error(exc: BaseException) -> exceptions.RequestError:
    """As `request_error`, for a failure while the answer's body is read."""
    return request_error(requests.exceptions.ChunkedEncodingError(exc) if isinstance(exc, ProtocolError) else exc)

