"""RestoreObject: thawing archived objects."""
from __future__ import annotations

from typing import Tuple

from .. import xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request, integer
from ..routing import OWNER, operation
from . import _reading

_DAY = 24 * 3600
#: from slow to fast
_TIERS = ('Bulk', 'Standard', 'Expedited')
_MOST_DAYS = {'Archive': 7, 'ColdArchive': 365, 'DeepColdArchive': 365}


@operation('RestoreObject', 'object', 'POST', 'restore', access=OWNER)
def restore_object(request: Request) -> Answer:
    """Thaws an archived object within State.restore_seconds."""
    found = _reading.find(request)
    if found.storage_class not in _reading.FROZEN:
        raise ApiError('OperationNotSupported', ec='0016-00000702')
    days, tier = _wanted(request, found.storage_class)
    headers = _reading.version_header(request, found)
    if found.storage_class != 'Archive':
        headers['x-oss-object-restore-priority'] = tier
    old = found.attributes.get('restore') or {'ready': 0.0, 'expires': 0.0, 'tier': tier}
    status = 202
    ready = request.now + request.state.restore_seconds
    if request.now < old['expires']:
        status, ready = 200, old['ready']
        if request.now < old['ready']:
            is_upgrade = found.storage_class != 'Archive' and _TIERS.index(tier) > _TIERS.index(old['tier'])
            if not is_upgrade:
                raise ApiError('RestoreAlreadyInProgress')
    found.attributes['restore'] = {'ready': ready, 'expires': max(ready, request.now) + days * _DAY, 'tier': tier}
    request.state.store.change_object(found)
    return Answer(status, headers)


def _wanted(request: Request, storage_class: str) -> Tuple[int, str]:
    body = request.document()
    if not body:
        return 1, 'Standard'
    document = xml.parse(body, 'RestoreRequest')
    text = xml.text(document, 'Days') or '1'
    days = integer(text)
    if days is None or not 1 <= days <= _MOST_DAYS[storage_class]:
        raise invalid_argument('Days', text, 'The number of days is invalid.')
    tier = xml.text(document, 'JobParameters/Tier') or 'Standard'
    if tier not in _TIERS:
        raise ApiError('MalformedXML', ec='0016-00000703')
    return days, tier
