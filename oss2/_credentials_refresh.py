"""When to renew credentials that end, and who does it: one thread at a time, before the end, not too often."""
from __future__ import annotations

import logging
import math
import os
import random
import threading
import time
import weakref
from typing import Any, NamedTuple, Optional, Tuple

from ._credentials import Credentials, CredentialsProvider, identity
from .exceptions import ClientError

logger = logging.getLogger(__name__)

_EARLY = 0.15
"""The part of their life that credentials still have when they are renewed."""
_SPREAD = 1.2
"""Up to this many times as early, so that the processes of a fleet do not all ask at once."""
_UNDATED = 600.0
"""Seconds after which to ask again about a token of which nobody said when it ends."""
_FIRST_PAUSE = 5.0
_LONGEST_PAUSE = 60.0
_PAUSE_WITHOUT = 1.0
"""Seconds during which a failure stands for those who have nothing else to sign with."""
_BETWEEN_FORCED = 10.0


class Gate:
    """A lock that one thread at a time passes; it is open in a forked child, and pickles as a new one."""

    def __init__(self) -> None:
        self.reopen()
        _gates.add(self)

    def reopen(self) -> None:
        self._lock = threading.Lock()
        self._owner = 0

    def enter(self, wait: bool = True) -> bool:
        """Whether this thread may pass now, and has to :meth:`leave`.

        :raises ClientError: it would wait for itself
        """
        if self._owner == threading.get_ident():
            raise ClientError('the credentials provider, while it gets credentials, is asked for them by itself')
        if not self._lock.acquire(blocking=wait):
            return False
        self._owner = threading.get_ident()
        return True

    def leave(self) -> None:
        self._owner = 0
        self._lock.release()

    def __enter__(self) -> None:
        self.enter()

    def __exit__(self, *exc: Any) -> None:
        self.leave()

    def __reduce__(self) -> Tuple[Any, ...]:
        return Gate, ()


_gates: weakref.WeakSet[Gate] = weakref.WeakSet()


def _reopen_gates() -> None:
    for gate in _gates:
        gate.reopen()


if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=_reopen_gates)


class Failure(NamedTuple):
    """An attempt that failed; for a time it stands for further ones."""

    error: Optional[ClientError]
    """None if the source answered well, but had nothing new."""
    at: float
    pause: float

    @classmethod
    def now(cls, error: Optional[ClientError], last: Optional[Failure]) -> Failure:
        pause = _FIRST_PAUSE if last is None else min(last.pause * 2, _LONGEST_PAUSE)
        return cls(error, time.monotonic(), pause)

    def stands(self, usable: bool) -> bool:
        """Whether it is too early for another attempt.

        :param usable: there still are credentials to sign with
        """
        if usable:
            return time.monotonic() < self.at + self.pause
        return self.error is not None and time.monotonic() < self.at + _PAUSE_WITHOUT

    def again(self) -> ClientError:
        """The error for whoever comes while it stands."""
        error = ClientError(self.error.message if self.error else '')
        error.__cause__ = self.error
        return error


class _Progress:
    """What one process knows about the renewals of one provider; a pickled provider starts anew."""

    def __init__(self) -> None:
        self.gate = Gate()
        self.plan: Optional[Tuple[Credentials, float]] = None
        self.failure: Optional[Failure] = None
        self.forced_at = -math.inf

    def __reduce__(self) -> Tuple[Any, ...]:
        return _Progress, ()


class RefreshingCredentialsProvider(CredentialsProvider):
    """Credentials that are renewed before they end.  A subclass has :meth:`_fetch`.

    ``credentials`` are the last ones, None before the first.
    """

    def __init__(self) -> None:
        self.credentials: Optional[Credentials] = None
        self._progress = _Progress()

    def _fetch(self) -> Credentials:
        """New credentials from their source, within a reasonable time.

        :raises ClientError: it gives none
        """
        raise NotImplementedError  # pragma: no cover - every subclass has its own

    def _lead(self, credentials: Credentials) -> float:
        """How many seconds before the end of *credentials*, which have just come, to renew them."""
        return max((credentials.expiration or 0) - time.time(), 0) * _EARLY

    def get_credentials(self) -> Any:
        """The credentials to sign with now.  One thread renews them; the others go on with the old, as long as they are
        good, or wait for it.

        :raises ClientError: they have ended, or there never were any, and there are no new ones; it says why
        """
        known = self.credentials
        if known is not None and not self._is_due(known):
            return known
        gate = self._progress.gate
        if known is not None and not have_ended(known):
            if gate.enter(wait=False):
                try:
                    self._renew()
                finally:
                    gate.leave()
        else:
            with gate:
                self._renew()
        return self.credentials

    def refresh_credentials(self, rejected: Any = None) -> bool:
        try:
            with self._progress.gate:
                known = self.credentials
                if rejected is not None and known is not None and known is not rejected:
                    return True
                return self._force(known)
        except ClientError as exc:
            logger.debug('no new credentials in place of the rejected ones: %s', exc)
            return False

    def _renew(self) -> None:
        progress = self._progress
        known = self.credentials
        usable = known is not None and not have_ended(known)
        if usable and known is not None and not self._is_due(known):
            return  # while this thread waited, another one did it
        if progress.failure is not None and progress.failure.stands(usable):
            if usable:
                return
            raise progress.failure.again()
        try:
            self._replace(known)
        except ClientError as exc:
            if not usable:
                raise
            logger.debug('going on with the credentials there are: %s', exc)

    def _force(self, known: Optional[Credentials]) -> bool:
        progress = self._progress
        now = time.monotonic()
        if now - progress.forced_at < _BETWEEN_FORCED:
            return False
        progress.forced_at = now
        if known is not None:
            progress.plan = (known, -math.inf)
        return self._replace(known)

    def _replace(self, known: Optional[Credentials]) -> bool:
        """Whether the source has others than *known*.

        :raises ClientError: it has none
        """
        progress = self._progress
        try:
            fresh = self._fetched()
            if have_ended(fresh):
                raise ClientError('the newest credentials there are have ended %d seconds ago: see what provides them, '
                                  "and whether this machine's clock is right" % (time.time() - (fresh.expiration or 0)))
        except ClientError as exc:
            progress.failure = Failure.now(exc, progress.failure)
            raise
        if known is not None and identity(fresh) == identity(known):
            if fresh.expiration is None:
                progress.plan = (known, self._due_time(known))
            else:
                progress.failure = Failure.now(None, progress.failure)
            return False
        progress.plan = (fresh, self._due_time(fresh))
        self.credentials = fresh
        progress.failure = None
        return True

    def _fetched(self) -> Credentials:
        try:
            return self._fetch()
        except ClientError:
            raise
        except Exception as exc:  # a part of it may be the program's own
            # The text of the error may hold anything.
            raise ClientError('no credentials from %r: %s' % (self, type(exc).__name__)) from exc

    def _is_due(self, known: Credentials) -> bool:
        plan = self._progress.plan
        if plan is None or plan[0] is not known:
            plan = self._progress.plan = (known, self._due_time(known))
        return time.time() >= plan[1]

    def _due_time(self, known: Credentials) -> float:
        if known.expiration is None:
            return time.time() + _UNDATED if known.security_token else math.inf
        return known.expiration - self._lead(known) * random.uniform(1, _SPREAD)


def have_ended(credentials: Credentials) -> bool:
    return credentials.expiration is not None and time.time() >= credentials.expiration
