"""Sending one request: straight over this library's connections, or through all of requests.

The direct way is taken when nothing of the user's asks for what requests does on the long one.
"""
from __future__ import annotations

import os
import re
from typing import Any, Dict, Iterable, Iterator, Mapping, Optional, Tuple
from urllib.parse import urlencode

import requests
from urllib3.exceptions import HTTPError

from . import _streams
from ._adapter import OssAdapter, Target, TimeoutSpec, request_error
from ._timeouts import Limits, pair
from ._trust import explicit_proxies, proxies_in_environment
from .exceptions import ClientError, InconsistentError

# A URL that goes on the wire as it stands: nothing to encode, no user name, no fragment.
_CLEAN_URL = re.compile(r'(https?)://([A-Za-z0-9._:\-\[\]]+)(/[!-"$-~]*)\Z')

# What the long way looks like when nobody has replaced a part of it.
_PLAIN_STEPS = {name: getattr(requests.Session, name) for name in ('request', 'send', 'get_adapter')}
_PLAIN_SEND = requests.adapters.HTTPAdapter.send


def direct_way(session: requests.Session, req: Any, url: str, params: Any,
               timeout: TimeoutSpec) -> Optional[Tuple[OssAdapter, Target]]:
    """The adapter and target, or None when something of the user's needs requests' own handling."""
    clean = _CLEAN_URL.match(url)
    if clean is None or type(session) is not requests.Session or not _is_plain(session):
        return None
    if req.proxies or session.proxies or session.auth or session.cookies or session.params \
            or session.hooks.get('response'):
        return None
    if session.trust_env and proxies_in_environment(url):
        return None
    scheme, netloc, path = clean.groups()
    adapters = session.adapters
    adapter = adapters.get(scheme + '://') if len(adapters) == 2 else session.get_adapter(url)
    if type(adapter) is not OssAdapter or OssAdapter.send is not _PLAIN_SEND:
        return None
    verify = session.verify
    if scheme == 'http':
        verify = True
    elif session.trust_env and verify is True:
        verify = os.environ.get('REQUESTS_CA_BUNDLE') or os.environ.get('CURL_CA_BUNDLE') or True
    query = encode_params(params)
    if query:
        path += ('&' if '?' in path else '?') + query
    headers, body = _prepare(req, session.headers)
    cert = tuple(session.cert) if isinstance(session.cert, list) else session.cert
    target = Target(req.method, scheme, netloc, path, headers, body, timeout, verify, cert,
                    getattr(req, 'deadline', None))
    return adapter, target


def long_way(session: requests.Session, req: Any, url: str, params: Any, timeout: TimeoutSpec) -> requests.Response:
    """The answer by way of `session.request`, its body unread.

    :raises RequestError: there is none
    """
    exact = None
    if _CLEAN_URL.match(url) and not session.params:
        query = encode_params(params)
        exact = url + (('&' if '?' in url else '?') + query if query else '')
    body = _body(req)
    if body is not None and _streams._get_data_size(body) == 0:
        body = b''  # requests would send an empty adapter chunked
    headers = req.headers
    if 'Content-Length' in headers:  # requests finds it out, except for an empty body
        headers = _without_length(headers)
    deadline = getattr(req, 'deadline', None)
    more: Dict[str, Any] = {}
    if session.verify is not True:  # what is set goes before what is in the environment
        more['verify'] = session.verify
    try:
        return session.request(
            req.method, url, data=body, params=params, headers=headers, stream=True,
            timeout=_timeout(session, url, timeout, deadline), proxies=explicit_proxies(url, req.proxies, session),
            allow_redirects=False, auth=session.auth or _Exact(exact), **more)
    except (requests.RequestException, HTTPError) as exc:
        raise request_error(exc, deadline=deadline) from exc


def encode_params(params: Optional[Mapping[str, Any]]) -> str:
    """The query, without parameters that are None."""
    if not params:
        return ''
    return urlencode([(k, v) for k, v in params.items() if v is not None], doseq=True)


def _timeout(session: requests.Session, url: str, timeout: TimeoutSpec, deadline: Optional[float]) -> Any:
    """As requests takes it; adapters of the user's may know numbers only."""
    connect, read = pair(timeout)
    if connect == read and deadline is None:
        return timeout
    limits = Limits(connect, read, deadline)
    if type(session.get_adapter(url)) is OssAdapter:
        return limits
    return limits.connect_timeout, limits.read_timeout


class _Exact:
    """Keeps requests from changing what was signed.

    As the request's `auth` it stops requests from replacing the Authorization header by an entry of ~/.netrc, and
    puts back the URL, in which requests collapses `.` and `..`.
    """

    def __init__(self, url: Optional[str]) -> None:
        self._url = url

    def __call__(self, prepared: Any) -> Any:
        if self._url is not None:
            prepared.url = self._url
        return prepared


def _is_plain(session: Any) -> bool:
    if not session.__dict__.keys().isdisjoint(_PLAIN_STEPS):
        return False
    cls = requests.Session
    return cls.request is _PLAIN_STEPS['request'] and cls.send is _PLAIN_STEPS['send'] \
        and cls.get_adapter is _PLAIN_STEPS['get_adapter']


def _prepare(req: Any, defaults_of_session: Mapping[str, Any]) -> Tuple[Dict[str, Any], Any]:
    """Headers and body as urllib3 takes them."""
    headers = {}
    own = req.headers
    for name, value in defaults_of_session.items():
        if value is not None and name not in own:
            headers[name] = value
    for name, value in getattr(own, 'pairs', own.items)():
        if value is not None:
            headers[name] = value
    body = _body(req)
    if isinstance(body, _streams._BytesAndFileAdapter) and body.in_one_piece():
        body = body.read()
    if 'Content-Length' in own:
        headers = _without_length(headers)
    if 'Transfer-Encoding' not in own:
        size = 0 if body is None else _streams._get_data_size(body)
        if body is not None or req.method not in ('GET', 'HEAD'):
            if size is not None:
                headers['Content-Length'] = str(size)
            else:
                headers['Transfer-Encoding'] = 'chunked'
    return headers, body


def _body(req: Any) -> Any:
    """The body of a request as one of the kinds that check what they read, and know where it should end."""
    body = req.data
    if body is None or isinstance(body, bytes):
        return body
    if not isinstance(body, (_streams._Stages, _streams.SizedFileAdapter)):
        body = _streams._adapt(body, None, None, None, None, 0)
    announced = req.headers.get('Content-Length')
    if announced is None or _streams._get_data_size(body) is not None:
        return body
    return _Announced(body, announced)


def _without_length(headers: Mapping[str, Any]) -> Dict[str, Any]:
    return {name: value for name, value in headers.items() if name.lower() != 'content-length'}


class _Announced:
    """A body of unknown size whose size the caller gave as the header Content-Length.

    :raises ClientError: *size* is no number of bytes
    """

    def __init__(self, body: Iterable[bytes], size: Any) -> None:
        try:
            self.len = int(size)
        except (TypeError, ValueError) as exc:
            raise ClientError(f'header Content-Length must be the number of bytes of the body, not {size!r}') from exc
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        """:raises InconsistentError: there are fewer bytes, or more: the last of them are not sent then"""
        left, held = self.len, b''
        for content in self._body:
            left -= len(content)
            if left < 0:
                break
            if held:
                yield held
            held = content
        if left:
            what = 'fewer' if left > 0 else 'more'
            raise InconsistentError(f'the body has {what} bytes than its header Content-Length says: {self.len}')
        if held:
            yield held
