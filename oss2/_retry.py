"""When to send a request again, and how long to wait before: pure functions, time and chance passed in."""
from __future__ import annotations

import random
import time
from typing import Any, Callable, Mapping, Optional

import requests
from urllib3.exceptions import NewConnectionError

from ._dates import http_to_unixtime
from .exceptions import InconsistentError, RequestError, ServerError

FIRST_DELAY = 0.2
LONGEST_DELAY = 20.0

TRANSIENT_STATUSES = frozenset([408, 429, 500, 502, 503, 504])

# POST requests that do the same when they are sent twice.
_REPEATABLE_POSTS = ('delete', 'objectMeta')


def is_transient(error: BaseException) -> bool:
    """Whether the same request may well succeed a moment later."""
    if isinstance(error, ServerError):
        return error.status in TRANSIENT_STATUSES
    return isinstance(error, (RequestError, InconsistentError))


def may_resend(req: Any, error: Optional[RequestError] = None) -> bool:
    """Whether sending *req* twice does what sending it once does.

    An append, the completion of an upload and the like are not repeated, unless *error* says that nothing was sent.
    """
    if error is not None and was_never_sent(error):
        return True
    if req.method == 'POST':
        return any(name in req.params for name in _REPEATABLE_POSTS)
    # The second of two such puts would be refused because of the first.
    return not (req.method == 'PUT' and req.headers.get('x-oss-forbid-overwrite') == 'true')


def was_never_sent(error: RequestError) -> bool:
    """Whether there was not even a connection."""
    cause = error.exception
    if isinstance(cause, requests.ConnectTimeout):
        return True
    reason = cause.args[0] if isinstance(cause, requests.ConnectionError) and cause.args else None
    return isinstance(getattr(reason, 'reason', reason), NewConnectionError)


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
