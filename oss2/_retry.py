"""When to send a request again, and how long to wait before: pure functions, time and chance passed in."""
from __future__ import annotations

import contextlib
import random
import time
from contextvars import ContextVar
from typing import Any, Callable, Iterator, Mapping, Optional

import requests
from urllib3.exceptions import NewConnectionError

from . import defaults
from ._dates import http_to_unixtime
from .exceptions import ConnectTimeout, DeadlineExceeded, InconsistentError, RequestError, ServerError
from .headers import OSS_FORBID_OVERWRITE

FIRST_DELAY = 0.2
LONGEST_DELAY = 20.0

TRANSIENT_STATUSES = frozenset([408, 429, 500, 502, 503, 504])

# POST requests that do the same when they are sent twice.
_REPEATABLE_POSTS = ('delete', 'objectMeta')


_limit: ContextVar[Optional[int]] = ContextVar('oss2_retry_limit', default=None)


def most_attempts(req: Any = None) -> int:
    """How often a request may be sent: as its client was told, or `oss2.defaults.request_retries`; or fewer, where an
    iterator counts attempts of its own.

    :param req: the request, or the error that it ended with
    """
    wanted = getattr(req, 'retries', None)
    if wanted is None:
        wanted = defaults.request_retries
    limit = _limit.get()
    most: int = wanted if limit is None else min(limit, wanted)
    return most


@contextlib.contextmanager
def at_most(attempts: int) -> Iterator[None]:
    """In the block, requests are sent at most so often."""
    token = _limit.set(attempts)
    try:
        yield
    finally:
        _limit.reset(token)


def is_transient(error: BaseException) -> bool:
    """Whether the same request may well succeed a moment later."""
    if isinstance(error, ServerError):
        return error.status in TRANSIENT_STATUSES
    return isinstance(error, (RequestError, InconsistentError)) and not isinstance(error, DeadlineExceeded)


def may_resend(req: Any, error: Optional[RequestError] = None) -> bool:
    """Whether sending *req* twice does what sending it once does.

    An append, the completion of an upload and the like are not repeated, unless *error* says that nothing was sent.
    """
    if error is not None and was_never_sent(error):
        return True
    if req.method == 'POST':
        return any(name in req.params for name in _REPEATABLE_POSTS)
    # The second of two such puts would be refused because of the first.
    return not (req.method == 'PUT' and req.headers.get(OSS_FORBID_OVERWRITE) == 'true')


def may_repeat(req: Any, error: RequestError) -> bool:
    """Whether *req* may be sent again after *error*.

    Not where no connection was made in the time there is for it, nor where the source of the body failed: neither is
    likely to be better a moment later, and the first would make the caller wait for a multiple of that time.
    """
    return error.from_network and not isinstance(error, (ConnectTimeout, DeadlineExceeded)) and may_resend(req, error)


def was_never_sent(error: RequestError) -> bool:
    """Whether there was not even a connection."""
    cause = error.exception
    if isinstance(cause, requests.ConnectTimeout):
        return True
    reason = cause.args[0] if isinstance(cause, requests.ConnectionError) and cause.args else None
    return isinstance(getattr(reason, 'reason', reason), NewConnectionError)


def forget_frames(error: BaseException) -> None:
    """Let go of the frames that *error* and its causes came through.

    In urllib3's frames the errors stand in variables. Such a cycle would keep what the frames hold, up to the answer
    of a later attempt and its socket, until the garbage collector runs.
    """
    seen: Optional[BaseException] = error
    while seen is not None:
        seen.__traceback__ = None
        seen = seen.__cause__ or seen.__context__


def retry_after(headers: Mapping[str, Any], now: Callable[[], float] = time.time) -> Optional[float]:
    """Seconds that the Retry-After header asks for, None without one."""
    value = headers.get('Retry-After')
    if not value:
        return None
    try:
        return float(value)
    except ValueError:
        pass
    try:
        seconds: float = http_to_unixtime(value) - now()
    except ValueError:
        return None
    return max(0.0, seconds)


def delay(attempt: int, asked: Optional[float] = None, chance: Callable[[], float] = random.random) -> float:
    """Seconds to wait after the failed *attempt* (from 1), at most 20.

    The time doubles with each attempt, and a random half of it is left out, so that many clients do not come back at
    once.

    :param asked: seconds that the server asked for: never less than these
    """
    seconds = min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** (attempt - 1)) * (0.5 + chance() / 2)
    if asked is not None:
        seconds = max(seconds, min(asked, LONGEST_DELAY))
    return seconds
