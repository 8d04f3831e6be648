"""HTTP: Session, Request and Response, over requests."""
from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections import OrderedDict
from io import BytesIO
from typing import Any, Dict, Iterator, Mapping, Optional
from urllib.parse import urljoin, urlsplit

import requests
from requests.structures import CaseInsensitiveDict as CaseInsensitiveDict
from urllib3.response import HTTPResponse

from . import __version__, _retry, _streams
from . import defaults as defaults
from ._adapter import OssAdapter, Target, TimeoutSpec
from ._decoding import Decoded, Decoder
from ._secrets import hide_in_log, mask_secrets, show_in_log
from ._sending import direct_way, long_way
from ._streams import SizedFileAdapter as SizedFileAdapter
from ._streams import file_object_remaining_bytes as file_object_remaining_bytes
from ._timeouts import has_passed
from ._trust import CertSpec, FilePath, VerifySpec, configure
from ._wire import Content, Wire
from .compat import to_bytes as to_bytes
from .exceptions import RequestError as RequestError

logger = logging.getLogger(__name__)


def _machine() -> str:
    if hasattr(os, 'uname'):  # platform.uname() of Python 3.8 starts a process for what is not needed here
        name: Any = os.uname()
    else:  # pragma: no cover - Windows
        import platform

        name = platform.uname()
    return f'{name[0]}/{name[2]}/{name[4]}'


USER_AGENT = f'aliyun-sdk-python/{__version__}({_machine()};{sys.version.split()[0]})'

_CHUNK_SIZE = 8 * 1024

_REQUEST_ID = 'x-oss-request-id'


class HeaderDict(CaseInsensitiveDict):  # type: ignore[type-arg]
    """requests' CaseInsensitiveDict, quicker to copy and to ask."""

    _store: Any

    def __init__(self, data: Any = None) -> None:
        store = getattr(data, '_store', None)  # isinstance() costs more: this is an abstract base class's
        if type(store) is OrderedDict:
            self._store = store.copy()
            return
        items = data.items() if hasattr(data, 'items') else data or ()
        pairs = [(name.lower(), (name, value)) for name, value in items]
        self._store = OrderedDict(pairs)
        if len(pairs) != len(self._store) and hasattr(data, 'itermerged'):  # urllib3's, with a header that came twice
            self._store.update((name.lower(), (name, value)) for name, value in data.itermerged())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._store

    def get(self, name: str, default: Any = None) -> Any:
        item = self._store.get(name.lower())
        return default if item is None else item[1]

    def pairs(self) -> Any:
        """As `items()`, which looks each of them up."""
        return self._store.values()

    def lower_items(self) -> Any:
        return [(name, item[1]) for name, item in self._store.items()]

    def copy(self) -> HeaderDict:
        return HeaderDict(self)


class Request:
    """One request: where it goes and what it carries.  Signers write their headers into it.

    :param params: query parameters; a value of None is left out, '' gives a bare name
    :param headers: copied; a value of None suppresses a header
    :param data: str (sent as UTF-8), bytes, a file object or an iterable of bytes
    """

    retries: Optional[int] = None
    """How many times it is sent at most; None: `oss2.defaults.request_retries`."""
    deadline: Optional[float] = None
    """When its answer has to be read, by `time.monotonic`; None: no limit."""

    def __init__(self, method: str, url: str, data: Any = None, params: Optional[Mapping[str, Any]] = None,
                 headers: Optional[Mapping[str, Any]] = None, app_name: str = '',
                 proxies: Optional[Mapping[str, str]] = None, region: Optional[str] = None,
                 product: Optional[str] = None, cloudbox_id: Optional[str] = None) -> None:
        self.method = method
        self.url = url
        self.data = _convert_request_body(data)
        self.params: Dict[str, Any] = dict(params) if params else {}
        self.proxies = proxies
        self.region = region
        self.product = product
        self.cloudbox_id = cloudbox_id
        self.clock_offset = 0.0
        self.headers = HeaderDict(headers)
        if 'Accept-Encoding' not in self.headers:
            self.headers['Accept-Encoding'] = None  # what comes is what is stored, and its length and CRC hold
        if 'User-Agent' not in self.headers:
            self.headers['User-Agent'] = USER_AGENT + '/' + app_name if app_name else USER_AGENT


def _convert_request_body(data: Any) -> Any:
    """Text to bytes, and a seekable file to a body whose length is known.

    :raises ClientError: a file opened in text mode, or what cannot be sent at all
    """
    data = _streams._plain(data)
    if data is not None:
        _streams.check_sendable(data)
    if hasattr(data, '__len__') or hasattr(data, 'len'):
        return data
    if hasattr(data, 'seek') and hasattr(data, 'tell'):
        try:
            return SizedFileAdapter(data, file_object_remaining_bytes(data))
        except (OSError, ValueError):  # a pipe: its length shows at its end
            return data
    return data


class Response(_streams.Body):
    """The answer to a request, its body unread.

    Built from a `requests.Response`; the session builds its own from urllib3's, and makes `.response` when asked.
    """

    attempts = 1
    retries: Optional[int] = None
    _deadline: Optional[float] = None

    def __init__(self, response: Any) -> None:
        self._response = response
        self._target: Optional[Target] = None
        self._adapter: Optional[OssAdapter] = None
        self._start(getattr(response, 'raw', None), response.status_code, response.headers)

    @classmethod
    def _direct(cls, raw: Any, target: Target, adapter: OssAdapter) -> Response:
        self = cls.__new__(cls)
        self._response = None
        self._target, self._adapter = target, adapter
        self._start(raw, raw.status, HeaderDict(raw.headers))
        return self

    def _start(self, raw: Any, status: int, headers: Any) -> None:
        self._raw = raw
        self.status = status
        self.headers: CaseInsensitiveDict[str] = headers
        self.request_id: str = headers.get(_REQUEST_ID, '')
        self.__all_read = False
        self._reader: Any = None

    @property
    def response(self) -> Any:
        """The `requests.Response`."""
        if self._response is None and self._adapter is not None and self._target is not None:
            self._response = self._adapter.to_requests(self._target, self._raw)
        return self._response

    @response.setter
    def response(self, value: Any) -> None:
        self._response = value

    def _is_unread(self) -> bool:
        """Whether the body is still to come from urllib3; a response built by others may be read already."""
        return isinstance(self._raw, HTTPResponse) and not getattr(self._response, '_content_consumed', False)

    def decoder(self) -> Optional[Decoder]:
        encoding = self.headers.get('Content-Encoding')
        if not encoding or not self._is_unread():
            return None
        return Decoder.for_encoding(encoding)

    def wire(self) -> Any:
        return Wire(self._raw, self._deadline)

    def _open(self) -> Any:
        """The reader of the content, made at the first read."""
        if not self._is_unread():
            return Content(self._response)
        encoding = self.headers.get('Content-Encoding')
        if not encoding:
            return self.wire()
        decoder = Decoder.for_encoding(encoding)
        if decoder is not None:
            return Decoded(self.wire(), decoder)
        return Content(self.response)  # requests knows more encodings, if their packages are there

    def read(self, amt: Optional[int] = None) -> bytes:
        """The next bytes of the content, at most *amt*; b'' at the end.  With None: all that is left.

        :raises RequestError: the connection failed, or closed before the announced length
        :raises InconsistentError: the content is not of the announced encoding
        """
        if self.__all_read:
            return b''
        reader = self._reader
        if reader is None:
            reader = self._reader = self._open()
        content: bytes = reader.read(amt)
        if amt is None or amt < 0 or (amt and not content):
            self.__all_read = True
        return content

    def __iter__(self) -> Iterator[bytes]:
        while True:
            content = self.read(_streams.BLOCK_SIZE)
            if not content:
                return
            yield content

    def load(self) -> None:
        """Read the body into memory, so that its connection is free for the next request."""
        raw = self._raw
        if not isinstance(raw, HTTPResponse):
            return
        body = self.wire().read()
        raw.release_conn()
        self._deadline = None  # it was for the wire
        if not body:
            return  # reading on gives nothing, as it should
        kept = HTTPResponse(body=BytesIO(body), headers=raw.headers, status=raw.status, version=raw.version,
                            reason=raw.reason, preload_content=False, decode_content=False)
        self._raw = kept
        if self._response is not None:
            self._response.raw = kept

    def close(self) -> None:
        """Free the connection; after a half-read body it is closed, not reused."""
        Wire(self._raw).close()

    def __repr__(self) -> str:
        return f'<oss2.http.Response [{self.status}] {self.request_id}>'


class Session:
    """Requests of the same Session share connections.

    :param pool_size: connections that requests' own adapters keep; this library's pools grow to the threads in use
    :param adapter: a `requests.adapters.HTTPAdapter` of your own, for http and https
    :param verify: False accepts any certificate of the server, and with it anybody who can get between; a path is
        the same as *ca_bundle*
    :param ca_bundle: file or folder of the certificates that the server's is checked against, in PEM
    :param cert: a client certificate: a file that holds it and its key, or a pair of files (certificate, key), in PEM
    :param proxies: {'http': ..., 'https': ...}, URLs that may have a name and password; before those of the environment
    :param trust_env: False leaves aside what the environment says of proxies and certificates
    :raises ClientError: a file is not there, or *verify* and *ca_bundle* contradict one another

    All of these can be set later as well, on the `requests.Session` that is the attribute `session`.
    """

    clock_offset: float = 0.0
    """Seconds that OSS's clock is ahead of this machine's, as far as is known."""

    _process: Optional[int] = None

    def __init__(self, pool_size: Optional[int] = None, adapter: Any = None, *, verify: Optional[VerifySpec] = None,
                 ca_bundle: Optional[FilePath] = None, cert: Optional[CertSpec] = None,
                 proxies: Optional[Mapping[str, str]] = None, trust_env: Optional[bool] = None) -> None:
        self.session = requests.Session()
        configure(self.session, verify, ca_bundle, cert, proxies, trust_env)
        size = defaults.get(pool_size, defaults.connection_pool_size)
        for prefix in ('http://', 'https://'):
            self.session.mount(prefix, adapter or OssAdapter(pool_connections=size, pool_maxsize=size))

    def do_request(self, req: Any, timeout: TimeoutSpec) -> Response:
        """Send *req* and return its answer, whatever its status.

        The body of an answer to GET, and of one that streams (select), is left to be read; others are loaded.
        A request that may be repeated is sent again after a failure that may pass, `oss2.defaults.request_retries`
        times in all, if its body can be rewound.

        :param timeout: seconds for connecting and for each read, or a pair (connect, read); None waits for ever
        :raises RequestError: there is no answer
        """
        if self._process != os.getpid():
            self._after_fork()
        most = _retry.most_attempts(req)
        deadline = getattr(req, 'deadline', None)
        attempt, replayed = 0, False
        while True:
            attempt += 1
            try:
                hiding = hide_in_log(mask_secrets)
                try:
                    response = self._exchange(req, timeout)
                finally:
                    show_in_log(hiding)
            except RequestError as exc:
                exc.attempts, exc.retries = attempt, most
                # OSS had closed a connection that was kept: its request may go out once more in any case.
                stale = exc.on_kept_connection and not replayed
                if not (stale or attempt < most) or not _retry.may_repeat(req, exc):
                    raise
                pause = 0.0 if stale else _retry.delay(attempt)
                if has_passed(deadline, pause) or not _streams.rewind(req.data):
                    raise
                replayed = True
                logger.debug('%s %s failed, attempt %d: %s', req.method, req.url.split('?', 1)[0], attempt, exc)
                _retry.forget_frames(exc)
            else:
                response.attempts, response.retries = attempt, most
                if response.status not in _retry.TRANSIENT_STATUSES or attempt >= most or not _retry.may_resend(req):
                    return response
                pause = _retry.delay(attempt, _retry.retry_after(response.headers))
                if has_passed(deadline, pause) or not _streams.rewind(req.data):
                    return response
                response.close()
            if pause:
                time.sleep(pause)

    def _exchange(self, req: Any, timeout: TimeoutSpec) -> Response:
        """One attempt; redirects within the host are followed by reads."""
        response = self._send(req, req.url, req.params, timeout)
        hops = 0
        while _is_redirect_to_follow(req, response) and hops < self.session.max_redirects:
            hops += 1
            url = urljoin(req.url, response.headers['Location'])
            response.load()
            response = self._send(req, url, None, timeout)
        if req.method != 'GET' and 'x-oss-process' not in (req.params or ()):
            response.load()
        if logger.isEnabledFor(logging.DEBUG):
            logger.debug('%s %s: %s, request id %s', req.method, req.url.split('?', 1)[0], response.status,
                         response.request_id)
        return response

    def close(self) -> None:
        """Close all connections.  May be called twice; a request after it opens new ones."""
        self.session.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *exc: Any) -> None:
        self.close()

    def __getstate__(self) -> Dict[str, Any]:
        return {k: v for k, v in self.__dict__.items() if k != '_process'}

    def _after_fork(self) -> None:
        """A child that used its parent's sockets would read answers meant for the parent."""
        with _fork_lock:
            here = os.getpid()
            if self._process == here:
                return
            if self._process is not None:
                for adapter in self.session.adapters.values():
                    if hasattr(adapter, '__setstate__'):
                        adapter.__setstate__(adapter.__getstate__())  # as after unpickling: new, empty pools
            self._process = here

    def _send(self, req: Any, url: str, params: Any, timeout: TimeoutSpec) -> Response:
        direct = direct_way(self.session, req, url, params, timeout)
        if direct is None:
            response = Response(long_way(self.session, req, url, params, timeout))
            response._deadline = getattr(req, 'deadline', None)
            return response
        adapter, target = direct
        raw = adapter.exchange(target)
        response = Response._direct(raw, target, adapter)
        if target.deadline is not None:
            response._deadline = target.deadline
        if 'Set-Cookie' in response.headers:
            self.session.cookies.update(response.response.cookies)
        return response

def _is_redirect_to_follow(req: Any, response: Response) -> bool:
    """Reads may be sent on within the same host; nothing is written elsewhere, and no token leaves the host."""
    if response.status not in (301, 302, 303, 307, 308) or req.method not in ('GET', 'HEAD'):
        return False
    location = response.headers.get('Location')
    if not location or not location.isascii():
        return False
    try:
        here, there = urlsplit(req.url), urlsplit(urljoin(req.url, location))
    except ValueError:
        return False
    return (here.scheme, here.netloc) == (there.scheme, there.netloc)


def _renew_fork_lock() -> None:
    """In a child: a thread that held the lock is not there to let it go."""
    global _fork_lock
    _fork_lock = threading.Lock()


_fork_lock = threading.Lock()
if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=_renew_fork_lock)
