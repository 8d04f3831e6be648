"""The way to the wire: build, sign, send, raise, parse."""
from __future__ import annotations

import re
import time
from typing import Any, Callable, Dict, Mapping, Optional, Type, TypeVar, Union

from . import defaults, exceptions, http
from ._arguments import checked_document, checked_headers, checked_key
from ._dates import http_to_unixtime
from ._streams import rewind
from ._subresources import BucketSubresources
from ._timeouts import TimeoutSpec, checked, pair, time_left, with_connect, with_read
from ._trust import checked_proxies
from ._urls import _normalize_endpoint, _UrlMaker, region_of
from ._xml import load_into
from .compat import to_bytes, to_string
from .exceptions import ClientError, ServerError

T = TypeVar('T')
_Client = TypeVar('_Client', bound='_Base')

# What OSS says of credentials that others may by now have replaced.
_REFUSED_CREDENTIALS = ('SecurityTokenExpired', 'InvalidAccessKeyId', 'InvalidSecurityToken')

_APP_NAME = re.compile(r'[\x20-\x7e]*\Z')


class Unchanged:
    """The default of an argument for which None means something."""

    def __repr__(self) -> str:
        return 'UNCHANGED'


UNCHANGED = Unchanged()


class _Base:
    """What Service and Bucket share: where requests go, who signs them, and how they are sent."""

    # Here as well, for subclasses that do not call the constructor.
    deadline: Optional[float] = None
    """Seconds for one call, all of its attempts, the pauses between them and the reading of its answer; None: any."""
    retries: Optional[int] = None
    """How many times one request is sent at most; None: `oss2.defaults.request_retries`."""

    def __init__(self, auth: Any, endpoint: str, is_cname: bool, session: Any, connect_timeout: TimeoutSpec,
                 app_name: str = '', enable_crc: bool = True, proxies: Optional[Mapping[str, str]] = None,
                 region: Optional[str] = None, cloudbox_id: Optional[str] = None, is_path_style: bool = False,
                 is_verify_object_strict: bool = True, *, read_timeout: Optional[float] = None,
                 deadline: Optional[float] = None, retries: Optional[int] = None, **options: Any) -> None:
        self.auth = auth
        self.endpoint = _normalize_endpoint(endpoint)
        self.session = _session(session, options)
        self.timeout: TimeoutSpec = defaults.connect_timeout if connect_timeout is None else connect_timeout
        if read_timeout is not None:
            if isinstance(connect_timeout, tuple):
                raise ClientError('connect_timeout is a pair (connect, read) already: leave out read_timeout')
            self.timeout = with_read(self.timeout, read_timeout)
        if deadline is not None:
            self.deadline = checked('deadline', deadline)
        if retries is not None:
            self.retries = _checked_retries(retries)
        self.app_name: str = _checked_app_name(app_name)
        self.enable_crc = enable_crc
        self.proxies = None if proxies is None else checked_proxies(proxies)
        self.region = region
        self.product = 'oss'
        self.cloudbox_id = cloudbox_id
        if cloudbox_id is not None:
            self.product = 'oss-cloudbox'
        self._make_url = _UrlMaker(self.endpoint, is_cname, is_path_style)
        self.is_verify_object_strict = is_verify_object_strict

    def close(self) -> None:
        """Close the session's connections.  May be called twice."""
        close = getattr(self.session, 'close', None)
        if close is not None:
            close()

    def __enter__(self: T) -> T:
        return self

    def __exit__(self, *exc: Any) -> None:
        self.close()

    def _with(self: _Client, timeout: Any, connect_timeout: Any, read_timeout: Any, deadline: Any, retries: Any,
              **more: Any) -> _Client:
        """A copy with other settings, which shares everything else, the session above all."""
        changed: Dict[str, Any] = {name: value for name, value in more.items() if value is not None}
        if timeout is not UNCHANGED:
            if not (connect_timeout is read_timeout is UNCHANGED):
                raise ClientError('timeout is for connecting and reading: leave it out, or the other two')
            pair(timeout)
            changed['timeout'] = timeout
        else:
            spec = self.timeout
            if connect_timeout is not UNCHANGED:
                spec = with_connect(spec, connect_timeout)
            if read_timeout is not UNCHANGED:
                spec = with_read(spec, read_timeout)
            changed['timeout'] = spec
        if deadline is not UNCHANGED:
            changed['deadline'] = checked('deadline', deadline)
        if retries is not UNCHANGED:
            changed['retries'] = None if retries is None else _checked_retries(retries)
        copy: _Client = object.__new__(type(self))  # a class of the user's may make but one by itself
        copy.__dict__.update(self.__dict__, **changed)
        return copy

    def _end(self) -> Optional[float]:
        """When a call that begins now has to be over, by `time.monotonic`; None: no limit."""
        return None if self.deadline is None else time.monotonic() + self.deadline

    def _until(self: _Client, end: Optional[float]) -> _Client:
        """For a call of several requests: this client, whose next request has what is left of the time."""
        return self if end is None else self._with(UNCHANGED, UNCHANGED, UNCHANGED, time_left(end), UNCHANGED)

    def _do(self, method: str, bucket_name: str, key: Any, **kwargs: Any) -> Any:
        """Build, sign and send one request; its answer if that is a success.

        :param kwargs: data, params, headers of :class:`oss2.http.Request`
        :raises ServerError: OSS answered with an error
        :raises RequestError: there was no answer
        """
        key = to_string(key)
        kwargs['headers'] = checked_headers(kwargs.get('headers'))
        until = self._end()
        req = self._signed(method, bucket_name, key, kwargs, until)
        try:
            return _checked(self.session.do_request(req, timeout=self.timeout))
        except ServerError as exc:
            if not (exc.received and self._is_corrected(exc, req) and rewind(req.data)):
                raise
        req = self._signed(method, bucket_name, key, kwargs, until)
        return _checked(self.session.do_request(req, timeout=self.timeout))

    def _signed(self, method: str, bucket_name: str, key: str, kwargs: Dict[str, Any],
                until: Optional[float]) -> http.Request:
        req = http.Request(method, self._make_url(bucket_name, key), app_name=self.app_name, proxies=self.proxies,
                           region=self._effective_region(), product=self.product, cloudbox_id=self.cloudbox_id,
                           **kwargs)
        req.clock_offset = self._clock_offset()
        req.retries, req.deadline = self.retries, until
        self._signer('_sign_request')(req, bucket_name, key)
        return req

    def _signer(self, name: str) -> Any:
        try:
            return getattr(self.auth, name)
        except AttributeError as exc:
            raise ClientError('auth must be such as oss2.AuthV4(access_key_id, access_key_secret), not '
                              + type(self.auth).__name__) from exc

    def _clock_offset(self) -> float:
        """Seconds that OSS's clock is ahead of this one, as far as its answers told."""
        offset: float = getattr(self.session, 'clock_offset', 0.0)
        return offset

    def _is_corrected(self, error: ServerError, req: http.Request) -> bool:
        """Whether the cause of *error* was one that is mended now: the request is to be signed and sent again."""
        if error.code == 'RequestTimeTooSkewed' and defaults.clock_correction:
            try:
                self.session.clock_offset = http_to_unixtime(error.headers.get('Date', '')) - time.time()
            except ValueError:  # no such header, or no date
                return False
            return True
        if error.code in _REFUSED_CREDENTIALS:
            refresh = getattr(self.auth, 'refresh_credentials', None)  # users' own auths have none
            return refresh is not None and bool(refresh(req))
        return False

    def _do_url(self, method: str, sign_url: str, **kwargs: Any) -> Any:
        """As `_do`, with a URL that is signed already."""
        kwargs['headers'] = checked_headers(kwargs.get('headers'))
        req = http.Request(method, sign_url, app_name=self.app_name, proxies=self.proxies, **kwargs)
        req.retries, req.deadline = self.retries, self._end()
        return _checked(self.session.do_request(req, timeout=self.timeout))

    @staticmethod
    def _parse_result(resp: Any, parse_func: Callable[[Any, bytes], Any], klass: Type[T]) -> T:
        result = klass(resp)  # type: ignore[call-arg]
        parse_func(result, resp.read())
        return result

    def _declared_result(self, resp: Any, klass: Type[T]) -> T:
        """The result of an answer whose document is as *klass* declares it."""
        return self._parse_result(resp, lambda result, body: load_into(result, body, klass), klass)

    def _effective_region(self) -> Optional[str]:
        return self.region or region_of(self._make_url.netloc)

    @staticmethod
    def _document(input: Any, klass: Union[type, tuple], serialize: Callable[[Any], Any],  # type: ignore[type-arg]
                  optional: bool = False) -> Any:
        """A configuration as the body of a request: an object of *klass* as XML, anything else as it is.

        :param optional: None is no configuration
        :raises ClientError: it is neither of *klass* nor a document
        """
        if isinstance(input, klass):
            return to_bytes(serialize(input))
        if input is None and optional:
            return None
        names = ' or '.join(k.__name__ for k in (klass if isinstance(klass, tuple) else (klass,)))
        return checked_document(input, f'a {names}, or an XML document')


class BucketClient(_Base, BucketSubresources):
    """A client of one bucket: what the families of operations call."""

    bucket_name: str

    def _object(self, method: str, key: Any, **kwargs: Any) -> Any:
        return self._do(method, self.bucket_name, checked_key(key), **kwargs)

    def _bucket(self, method: str, **kwargs: Any) -> Any:
        return self._do(method, self.bucket_name, '', **kwargs)

    def _get_bucket_config(self, config: str) -> Any:
        return self._bucket('GET', params={config: ''})


def _session(session: Any, options: Mapping[str, Any]) -> Any:
    """*session*, or a new one with these options.

    :raises ClientError: both are given: the session may serve others as well
    """
    given = {name: value for name, value in options.items() if value is not None}
    if not session:
        return http.Session(**given)
    if given:
        raise ClientError(f"{', '.join(sorted(given))} cannot be set for a session that is there already: give it to "
                          'oss2.Session')
    return session


def _checked_retries(retries: Any) -> int:
    if isinstance(retries, bool) or not isinstance(retries, int) or retries < 0:
        raise ClientError(f'retries must be how many times a request is sent at most, such as 3, not {retries!r}')
    return max(retries, 1)


def _checked(resp: Any) -> Any:
    # Wrappers that send later return a response of status 0 and take it out of the result.
    if resp.status // 100 in (2, 0):
        return resp
    raise _error_of(resp)  # kept in no variable: with its traceback that would be a cycle


def _error_of(resp: Any) -> ServerError:
    error = exceptions.make_exception(resp)
    if isinstance(resp, http.Response):
        error.received = True
        error.attempts, error.retries = resp.attempts, resp.retries
        resp.close()
    return error


def _checked_app_name(app_name: Any) -> Any:
    if app_name is None:  # as ''
        return app_name
    if not isinstance(app_name, str) or not _APP_NAME.match(app_name):
        raise ClientError(f'app_name {app_name!r} becomes part of the User-Agent header: use printable ASCII')
    return app_name
