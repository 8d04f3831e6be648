"""Work that is done again after a failure that may pass, and failures that leave open what was done."""
from __future__ import annotations

import logging
import time
from typing import Callable, TypeVar

from . import _retry
from .exceptions import OssError, RequestError, ServerError

logger = logging.getLogger(__name__)

T = TypeVar('T')


def may_pass(error: OssError) -> bool:
    """Whether the same work may well succeed a moment later.

    What a replaced `Session.do_request` raises or answers is meant to be seen: it is not tried again.
    """
    return _retry.is_transient(error) and _came_over_the_network(error)


def is_unclear(error: OssError) -> bool:
    """Whether OSS may have done what was asked, although it did not say so."""
    if isinstance(error, RequestError) and _retry.was_never_sent(error):
        return False
    return isinstance(error, (RequestError, ServerError)) and may_pass(error)


def _came_over_the_network(error: OssError) -> bool:
    if isinstance(error, ServerError):
        return error.received
    return not isinstance(error, RequestError) or error.from_network


def persistently(work: Callable[[], T], what: str) -> T:
    """The result of *work*, which is tried again after a failure that may pass.

    Requests are sent `oss2.defaults.request_retries` times in all, those counted that the session itself repeated.

    :param what: names the work in the log
    """
    attempts = 0
    while True:
        try:
            return work()
        except OssError as exc:
            attempts += exc.attempts
            if attempts >= _retry.most_attempts(exc) or not may_pass(exc):
                raise
            logger.debug('%s failed, attempt %d: %s', what, attempts, exc)
        time.sleep(_retry.delay(attempts))
