"""requests' HTTPAdapter over this library's connections, and a direct way through it.

A `requests.Session` spends most of a small call on work that a signed OSS request does not need: it parses the URL
three times, prepares headers twice, looks for proxies, netrc entries and cookies.  `exchange` goes from the adapter
straight to its urllib3 pool.  `Session.do_request` uses it when nothing of the user's asks for the long way.
"""
from __future__ import annotations

import socket
from typing import Any, Dict, Mapping, NamedTuple, Optional

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
from urllib3.util.retry import Retry

from . import _streams, exceptions
from ._connection import POOL_CLASSES
from ._secrets import mask_secrets
from ._timeouts import TimeoutSpec as TimeoutSpec
from ._timeouts import has_passed, limits

_NO_RETRIES = Retry(total=False, redirect=False)


class _OneAttempt(Retry):
    """requests' retries, that is none; the error's text, which has the URL, shows no signature."""

    def increment(self, method: Any = None, url: Any = None,  # type: ignore[override]
                  *args: Any, **kwargs: Any) -> Retry:
        return super().increment(method, mask_secrets(url) if url else url, *args, **kwargs)


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
    deadline: Optional[float] = None
    """When all has to be over, by `time.monotonic`."""


class OssAdapter(HTTPAdapter):
    """The adapter that `oss2.Session` mounts for http and https."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_retries.total == 0:
            self.max_retries = _OneAttempt(0, read=False)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, **pool_kwargs)
        if not block:
            self.poolmanager.pool_classes_by_scheme = POOL_CLASSES
        self._pools: Dict[Any, Any] = {}

    def proxy_manager_for(self, proxy: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not self._pool_block:  # type: ignore[attr-defined]
            manager.pool_classes_by_scheme = POOL_CLASSES
        return manager

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
        if not hasattr(self, 'get_connection_with_tls_context'):  # pragma: no cover - requests older than 2.32
            pool = self.get_connection(request.url)
            self.cert_verify(pool, request.url, target.verify, target.cert)  # type: ignore[no-untyped-call]
            return pool
        return self.get_connection_with_tls_context(request, target.verify, proxies=None, cert=target.cert)

    def exchange(self, target: Target) -> Any:
        """Send one request and return urllib3's response, its body unread.

        :raises RequestError: the transport failed
        """
        timeout = limits(target.timeout, target.deadline)
        pool, opened = None, 0
        try:
            pool = self._pool(target)
            opened = pool.num_connections
            return pool.urlopen(
                target.method, target.path, body=target.body, headers=target.headers, retries=_NO_RETRIES,
                redirect=False, assert_same_host=False, timeout=timeout, preload_content=False,
                decode_content=False,
                chunked=target.body is not None and 'Content-Length' not in target.headers)
        except (HTTPError, OSError, ValueError) as exc:
            kept = pool is not None and pool.num_connections == opened and isinstance(exc, (ProtocolError, OSError))
            if isinstance(exc, ValueError) and came_from_body(exc):
                raise
            raise request_error(exc, kept, target.deadline, target.netloc) from exc

    def to_requests(self, target: Target, raw: Any) -> requests.Response:
        """The answer as the `requests.Response` that users find in `result.resp.response`."""
        request = requests.PreparedRequest()
        request.method, request.body = target.method, target.body
        request.url = f'{target.scheme}://{target.netloc}{target.path}'
        request.headers = CaseInsensitiveDict(target.headers)
        return self.build_response(request, raw)


def came_from_body(exc: BaseException) -> bool:
    """Whether it was the source of the request's body that failed, which is the caller's."""
    seen: Optional[BaseException] = exc
    while seen is not None:
        frame = seen.__traceback__
        while frame is not None:
            if frame.tb_frame.f_globals is vars(_streams):
                return True
            frame = frame.tb_next
        seen = next((cause for cause in seen.args if isinstance(cause, BaseException)), None)
    return False


def request_error(exc: BaseException, on_kept_connection: bool = False, deadline: Optional[float] = None,
                  netloc: str = '') -> exceptions.RequestError:
    """The library's error for a failure of the transport.

    `.exception` is of the class that requests uses for it, as programs test for `requests.exceptions.Timeout` and
    the like; its own cause is the original error.

    :param deadline: when the call had to be over, by `time.monotonic`
    :param netloc: where the connection was to go, for failures that do not tell
    """
    cause = exc if isinstance(exc, requests.RequestException) else _as_requests(exc, netloc)
    error: exceptions.RequestError
    if has_passed(deadline):
        error = exceptions.DeadlineExceeded(cause)
    elif isinstance(cause, requests.ConnectTimeout):
        error = exceptions.ConnectTimeout(cause)
    elif isinstance(cause, requests.ReadTimeout):
        error = exceptions.ReadTimeout(cause)
    elif _is_timeout(cause):
        error = exceptions.RequestTimeout(cause)
    else:
        error = exceptions.RequestError(cause)
    error.from_network = not came_from_body(exc)
    error.on_kept_connection = on_kept_connection and error.from_network
    return error


def _is_timeout(cause: BaseException) -> bool:
    """Whether sending took too long: urllib3 calls that an aborted connection."""
    seen: Any = cause
    while isinstance(seen, (requests.RequestException, ProtocolError)) and seen.args:
        seen = seen.args[-1]
    return isinstance(seen, socket.timeout)


def _as_requests(exc: BaseException, netloc: str) -> requests.RequestException:
    if isinstance(exc, ConnectTimeoutError) and not isinstance(exc, NewConnectionError):
        cause = requests.ConnectTimeout(exc.args[-1])  # the first one is the connection
        cause.__cause__ = exc
        return cause
    if isinstance(exc, ReadTimeoutError):
        return requests.ReadTimeout(exc)
    if isinstance(exc, Urllib3SSLError):
        failure = requests.exceptions.SSLError(f'{netloc}: {exc}' if netloc else exc)
        failure.__cause__ = exc
        return failure
    if isinstance(exc, DecodeError):
        return requests.exceptions.ContentDecodingError(exc)
    if isinstance(exc, ProtocolError):
        return requests.ConnectionError(exc)
    if isinstance(exc, LocationValueError):
        return requests.exceptions.InvalidURL(exc)
    if isinstance(exc, ValueError):
        return requests.exceptions.InvalidHeader(exc)
    return requests.ConnectionError(exc)


def body_error(exc: BaseException, deadline: Optional[float] = None) -> exceptions.RequestError:
    """As `request_error`, for a failure while the answer's body is read."""
    return request_error(requests.exceptions.ChunkedEncodingError(exc) if isinstance(exc, ProtocolError) else exc,
                         deadline=deadline)

