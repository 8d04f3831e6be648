"""Connections: requests' HTTPAdapter with pools that grow, and a direct way through it.

A `requests.Session` spends most of a small call on work that a signed OSS request does not need: it parses the URL
three times, prepares headers twice, looks for proxies, netrc entries and cookies.  `exchange` goes from the adapter
straight to its urllib3 pool.  `Session.do_request` uses it when nothing of the user's asks for the long way.
"""
from __future__ import annotations

import queue
import time
from collections import deque
from functools import lru_cache
from typing import Any, Deque, Dict, Mapping, NamedTuple, Optional, Tuple, Type, Union

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
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
from ._streams import BLOCK_SIZE

TimeoutSpec = Union[None, float, Tuple[Optional[float], Optional[float]]]

# Seconds.  OSS closes a connection that has been idle for about a minute.
IDLE_LIMIT = 60.0

_NO_RETRIES = Retry(total=False, redirect=False)


class _IdleConnections(queue.LifoQueue):  # type: ignore[type-arg]
    """The idle connections of a pool: as many as there were threads, each for at most IDLE_LIMIT."""

    def __init__(self, maxsize: int = 0) -> None:
        super().__init__(0)

    def _init(self, maxsize: int) -> None:
        self.idle: Deque[Tuple[float, Any]] = deque()

    def _qsize(self) -> int:
        return len(self.idle)

    def _put(self, item: Any) -> None:
        if item is None:  # urllib3 fills a new pool with placeholders: an empty pool opens connections anyway
            return
        now = time.monotonic()
        self.idle.append((now, item))
        while self.idle[0][0] < now - IDLE_LIMIT:
            self.idle.popleft()[1].close()

    def _get(self) -> Any:
        return self.idle.pop()[1]


class _Connection(HTTPConnection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blocksize = BLOCK_SIZE  # the default of 16 KiB halves the speed of an upload


class _SecureConnection(HTTPSConnection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blocksize = BLOCK_SIZE


class _Pool(HTTPConnectionPool):
    QueueCls = _IdleConnections
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    QueueCls = _IdleConnections
    ConnectionCls = _SecureConnection


_POOL_CLASSES: Dict[str, Type[HTTPConnectionPool]] = {'http': _Pool, 'https': _SecurePool}


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
            self.poolmanager.pool_classes_by_scheme = _POOL_CLASSES
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
        try:
            return self._pool(target).urlopen(
                target.method, target.path, body=target.body, headers=target.headers, retries=_NO_RETRIES,
                redirect=False, assert_same_host=False, timeout=_timeout(target.timeout), preload_content=False,
                decode_content=False,
                chunked=target.body is not None and 'Content-Length' not in target.headers)
        except (HTTPError, OSError, ValueError) as exc:
            raise request_error(exc) from exc

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


def request_error(exc: BaseException) -> exceptions.RequestError:
    """The library's error for a failure of the transport.

    `.exception` is of the class that requests uses for it, as programs test for `requests.exceptions.Timeout` and
    the like; its own cause is the original error.
    """
    if isinstance(exc, requests.RequestException):
        cause: requests.RequestException = exc
    else:
        cause = _as_requests(exc)
    if isinstance(cause, requests.ConnectTimeout):
        return exceptions.ConnectTimeout(cause)
    if isinstance(cause, requests.ReadTimeout):
        return exceptions.ReadTimeout(cause)
    return exceptions.RequestError(cause)


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
    if isinstance(exc, ProtocolError):
        return exceptions.RequestError(requests.exceptions.ChunkedEncodingError(exc))
    return request_error(exc)

