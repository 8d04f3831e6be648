"""What keeps objects from being changed or deleted: retention of the bucket and of single objects, legal hold."""
from __future__ import annotations

import re
from typing import Any, Dict, Optional

from .._dates import iso8601_to_unixtime
from .errors import ApiError, invalid_argument
from .messages import Request
from .records import Bucket, Object
from .state import State
from .times import iso

#: where the setting that lets single objects be retained is stored
OBJECT_WORM_KIND = 'objectWorm'
#: where the rules on overwriting are stored
OVERWRITE_KIND = 'overwriteConfig'

_DAY = 24 * 3600
_YEAR = 365 * _DAY
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


def check_overwrite_rules(request: Request, bucket: Bucket, existing: Optional[Object]) -> None:
    """Refuse to replace an object that a rule of the bucket protects.

    :raises ApiError: FileAlreadyExists
    """
    if existing is None or existing.is_marker or bucket.versioning == 'Enabled':
        return
    for rule in (request.state.store.setting(bucket.name, OVERWRITE_KIND) or {}).get('Rule', []):
        principals = rule.get('Principals', {}).get('Principal', ['*'])
        if (existing.key.startswith(rule.get('Prefix', '')) and existing.key.endswith(rule.get('Suffix', ''))
                and any(re.fullmatch(re.escape(text).replace(r'\*', '.*'), request.account) for text in principals)):
            raise ApiError('FileAlreadyExists', Key=existing.key)


def retain(request: Request, new: Object) -> None:
    """Give an object about to be stored the retention that the request or the bucket's default asks for.

    :raises ApiError: InvalidRequest, InvalidArgument
    """
    setting = request.state.store.setting(new.bucket, OBJECT_WORM_KIND)
    mode, until, hold = (request.headers.get('x-oss-object-worm-' + name) for name in (
        'mode', 'retain-until-date', 'legal-hold'))
    if setting is None:
        if mode or until or hold:
            raise ApiError('InvalidRequest', 'Object worm is not enabled for the bucket.')
        return
    rule = setting.get('Rule', {}).get('DefaultRetention')
    if hold:
        if hold not in ('ON', 'OFF'):
            raise invalid_argument('x-oss-object-worm-legal-hold', hold)
        new.attributes['legal_hold'] = hold
    if mode or until:
        if mode not in ('COMPLIANCE', 'GOVERNANCE'):
            raise invalid_argument('x-oss-object-worm-mode', mode or '')
        new.attributes['retention'] = {'mode': mode, 'until': _moment(until or '', request.now)}
    elif rule is not None:
        seconds = int(rule['Days']) * _DAY if 'Days' in rule else int(rule['Years']) * _YEAR
        new.attributes['retention'] = {'mode': rule['Mode'], 'until': request.now + seconds}


def _moment(text: str, now: float) -> float:
    try:
        moment = iso8601_to_unixtime(text[:19] + '.000Z')
    except ValueError as exc:
        raise invalid_argument('x-oss-object-worm-retain-until-date', text) from exc
    if moment <= now:
        raise invalid_argument('x-oss-object-worm-retain-until-date', text, 'The date must be in the future.')
    return moment


def headers(found: Object) -> Dict[str, str]:
    """The response headers that tell an object's retention."""
    shown = {}
    retention = found.attributes.get('retention')
    if retention:
        shown['x-oss-object-worm-mode'] = retention['mode']
        shown['x-oss-object-worm-retain-until-date'] = iso(retention['until'])
    if found.attributes.get('legal_hold'):
        shown['x-oss-object-worm-legal-hold'] = found.attributes['legal_hold']
    return shown
