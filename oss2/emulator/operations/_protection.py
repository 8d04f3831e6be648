"""What keeps objects from being changed or deleted: retention of the bucket and of single objects, legal hold."""
from __future__ import annotations

from typing import Any, Dict, Optional

from ..errors import ApiError
from ..messages import Request
from ..records import Object
from ..state import State

_DAY = 24 * 3600
#: an unlocked retention lock is gone after so long
LOCK_WITHIN = _DAY


def worm(state: State, bucket: str, now: float) -> Optional[Dict[str, Any]]:
    """The bucket's retention lock, None if it has none or did not lock it in time."""
    found = state.store.setting(bucket, 'worm')
    if found is not None and found['state'] == 'InProgress' and now >= found['created'] + LOCK_WITHIN:
        return None
    return found


def is_kept(state: State, found: Object, now: float, bypasses: bool = False) -> bool:
    """Whether a version may be neither deleted nor changed now.

    :param bypasses: what the mode GOVERNANCE protects is not kept
    """
    if found.is_marker:
        return False
    if found.attributes.get('legal_hold') == 'ON':
        return True
    retention = found.attributes.get('retention')
    if retention and now < retention['until'] and not (bypasses and retention['mode'] == 'GOVERNANCE'):
        return True
    lock = worm(state, found.bucket, now)
    return lock is not None and now < found.modified + int(lock['days']) * _DAY


def check_kept(request: Request, found: Optional[Object]) -> None:
    """Refuse to change or delete a version that is kept.

    :raises ApiError: FileImmutable
    """
    bypasses = request.headers.get('x-oss-bypass-governance-retention', '').lower() == 'true'
    if found is not None and is_kept(request.state, found, request.now, bypasses):
        raise ApiError('FileImmutable', Key=found.key)
