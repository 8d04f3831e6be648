"""The bucket's retention lock: begun, locked within a day or gone, then only ever made longer."""
from __future__ import annotations

import uuid
from typing import Any, Dict, Optional

from .. import xml
from ..errors import ApiError
from ..messages import Answer, Request, integer
from ..protection import LOCK_WITHIN
from ..routing import OWNER, operation
from ..times import iso

_MOST_DAYS = 25550


@operation('InitiateBucketWorm', 'bucket', 'POST', 'worm', access=OWNER)
def initiate_bucket_worm(request: Request) -> Answer:
    """Begins a retention lock, InProgress for a day, in which objects are kept already."""
    store = request.state.store
    days = _days(request, 'InitiateWormConfiguration')
    with store.transaction():
        if request.the_bucket().versioning == 'Suspended':
            raise ApiError('InvalidRequest', 'A retention lock cannot be set while versioning is suspended.',
                           '0027-00000003')
        if store.setting(request.bucket, 'objectWorm') is not None:
            raise ApiError('InvalidRequest', 'The bucket lets single objects be retained.')
        old = _found(request)
        if old is not None and _state(old, request.now) != 'Expired':
            raise ApiError('WORMConfigurationLocked' if old['state'] == 'Locked' else 'WORMConfigurationExist',
                           'The bucket has a retention lock already.', status=409)
        worm_id = uuid.uuid4().hex.upper()
        store.save_setting(request.bucket, 'worm', {
            'id': worm_id, 'state': 'InProgress', 'days': days, 'created': request.now})
    return Answer(200, {'x-oss-worm-id': worm_id})


@operation('AbortBucketWorm', 'bucket', 'DELETE', 'worm', access=OWNER)
def abort_bucket_worm(request: Request) -> Answer:
    """Gives up a retention lock that is not locked."""
    with request.state.store.transaction():
        found = _found(request)
        if found is not None and found['state'] == 'Locked':
            raise ApiError('WORMConfigurationLocked', 'The WORM Configuration is locked.', status=403)
        request.state.store.drop_setting(request.bucket, 'worm')
    return Answer(204)


@operation('CompleteBucketWorm', 'bucket', 'POST', 'wormId', access=OWNER)
def complete_bucket_worm(request: Request) -> Answer:
    """Locks the retention for good; objects can be neither changed nor deleted while it lasts."""
    with request.state.store.transaction():
        found = _named(request)
        if found['state'] == 'Locked':
            raise ApiError('WORMConfigurationLocked', 'The WORM Configuration is locked.', status=409)
        if _state(found, request.now) == 'Expired':
            raise ApiError('InvalidWORMConfiguration', 'The WORM Configuration has expired.', status=409)
        request.state.store.save_setting(request.bucket, 'worm', {**found, 'state': 'Locked'})
    return Answer(200)


@operation('ExtendBucketWorm', 'bucket', 'POST', 'wormId&wormExtend', access=OWNER)
def extend_bucket_worm(request: Request) -> Answer:
    """Makes a locked retention longer."""
    days = _days(request, 'ExtendWormConfiguration')
    with request.state.store.transaction():
        found = _named(request)
        if found['state'] != 'Locked':
            raise ApiError('InvalidWORMConfiguration', 'The WORM Configuration is not locked.', status=409)
        if days <= found['days']:
            raise ApiError('InvalidArgument', 'The retention period can only be made longer.',
                           ArgumentName='RetentionPeriodInDays', ArgumentValue=days)
        request.state.store.save_setting(request.bucket, 'worm', {**found, 'days': days})
    return Answer(200)


@operation('GetBucketWorm', 'bucket', 'GET', 'worm', access=OWNER)
def get_bucket_worm(request: Request) -> Answer:
    """Tells days and state of the retention lock: InProgress, Locked or Expired."""
    found = _found(request)
    if found is None:
        raise ApiError('NoSuchWORMConfiguration', BucketName=request.bucket)
    return Answer.xml(xml.document('WormConfiguration', [
        ('WormId', found['id']), ('State', _state(found, request.now)), ('RetentionPeriodInDays', found['days']),
        ('CreationDate', iso(found['created'])),
        ('ExpirationDate', iso(found['created'] + LOCK_WITHIN)) if found['state'] == 'InProgress' else None]))


def _found(request: Request) -> Optional[Dict[str, Any]]:
    return request.state.store.setting(request.bucket, 'worm')


def _named(request: Request) -> Dict[str, Any]:
    found = _found(request)
    if found is None or found['id'] != request.params['wormId']:
        raise ApiError('NoSuchWORMConfiguration', BucketName=request.bucket)
    return found


def _state(found: Dict[str, Any], now: float) -> str:
    if found['state'] == 'InProgress' and now >= found['created'] + LOCK_WITHIN:
        return 'Expired'
    state: str = found['state']
    return state


def _days(request: Request, root: str) -> int:
    text = (xml.text(xml.parse(request.document(), root), 'RetentionPeriodInDays') or '').strip()
    days = integer(text)
    if days is None:
        negative = text.startswith('-') and integer(text[1:]) is not None
        raise ApiError('InvalidArgument' if negative else 'MalformedXML', ec='0027-00000002' if negative
                       else '0027-00000005', ArgumentName='RetentionPeriodInDays', ArgumentValue=text)
    if not 1 <= days <= _MOST_DAYS:
        raise ApiError('InvalidArgument', 'The retention period must be 1 to %d days.' % _MOST_DAYS, '0027-00000002',
                       ArgumentName='RetentionPeriodInDays', ArgumentValue=text)
    return days
