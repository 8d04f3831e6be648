"""Replication rules: starting, doing, closing. The emulator keeps the rules and copies nothing."""
from __future__ import annotations

import uuid
from typing import List, Tuple

from .. import xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..routing import OWNER, STORED, operation
from ..schema import Shape, Tree, choice, group, many, maybe, one, shorter, some, text
from ..times import iso
from ._settings import set_attributes

_MOST_RULES = 100
#: regions that a bucket can be replicated to
LOCATIONS = ('oss-cn-beijing', 'oss-cn-hangzhou', 'oss-cn-hongkong', 'oss-cn-shanghai', 'oss-cn-shenzhen',
             'oss-ap-southeast-1', 'oss-eu-central-1', 'oss-us-west-1')

_RULE_FIELDS = (
    maybe('ID', shorter(255)), group('PrefixSet', many('Prefix', text, most=10)), maybe('Action', some),
    one('Destination', Shape(maybe('Bucket', some), maybe('Location', some),
                             maybe('TransferType', choice('internal', 'oss_acc')), maybe('Cloud', text),
                             maybe('CloudLocation', text))),
    maybe('HistoricalObjectReplication', choice('enabled', 'disabled')), maybe('SyncRole', text),
    group('SourceSelectionCriteria', group('SseKmsEncryptedObjects', maybe('Status', choice('Enabled', 'Disabled')))),
    group('EncryptionConfiguration', maybe('ReplicaKmsKeyID', text)))
_RULE = Shape(*_RULE_FIELDS, group('RTC', one('Status', choice('enabled', 'disabled'))))
_SHOWN = Shape(*_RULE_FIELDS, maybe('Status', some), group('RTC', maybe('Status', some)))
_CONFIGURATION = Shape(one('Rule', _RULE))
_ACTIONS = ('ALL', 'PUT', 'DELETE', 'ABORT')


def _rules(request: Request) -> List[Tuple[str, Tree]]:
    """The rules with their ids, in the order in which they were made; closed ones are gone by the next look."""
    found = request.state.store.settings(request.bucket, 'replication')
    return sorted(found, key=lambda item: float(item[1]['created']))


def _rule(request: Request, rule_id: str) -> Tree:
    found = request.state.store.setting(request.bucket, 'replication', rule_id)
    if found is None:
        raise ApiError('NoSuchReplicationRule', RuleId=rule_id)
    return found


def _status(request: Request, rule: Tree) -> str:
    """A rule starts for as long as archived objects thaw, then it is at work until it is closed."""
    if 'closed' in rule:
        return 'closing'
    return 'starting' if request.now < rule['created'] + request.state.restore_seconds else 'doing'


@operation('PutBucketReplication', 'bucket', 'POST', 'replication&comp=add', access=OWNER, effect=STORED)
def put_bucket_replication(request: Request) -> Answer:
    """Stores a replication rule, starting for State.restore_seconds, then doing; nothing is copied."""
    store = request.state.store
    rule = _CONFIGURATION.read(xml.parse(request.document(), 'ReplicationConfiguration'))['Rule']
    target = rule['Destination']
    if not target.get('Bucket') or not target.get('Location'):
        raise ApiError('MalformedXML', ErrorDetail='Destination must have Bucket and Location')
    if target['Bucket'] == request.bucket:
        raise invalid_argument('Bucket', target['Bucket'], 'A bucket cannot be replicated to itself.')
    if any(action not in _ACTIONS for action in rule.setdefault('Action', 'ALL').split(',')):
        raise invalid_argument('Action', rule['Action'], 'The action is invalid.')
    if 'SourceSelectionCriteria' in rule and not rule.get('SyncRole'):
        raise ApiError('MissingArgument', ArgumentName='SyncRole')
    target.setdefault('TransferType', 'internal')
    rule.setdefault('HistoricalObjectReplication', 'enabled')
    with store.transaction():
        _check_new(request, rule)
        rule.setdefault('ID', str(uuid.uuid4()))
        store.save_setting(request.bucket, 'replication', {'rule': rule, 'created': request.now}, rule['ID'])
        _note(request)
    return Answer(200, {'x-oss-replication-rule-id': rule['ID']})


def _check_new(request: Request, rule: Tree) -> None:
    old = _rules(request)
    if len(old) >= _MOST_RULES:
        raise ApiError('TooManyReplicationRules', 'The number of replication rules exceeds %d.' % _MOST_RULES)
    prefixes = rule.get('PrefixSet', {}).get('Prefix', [''])
    for rule_id, other in old:
        taken = other['rule'].get('PrefixSet', {}).get('Prefix', [''])
        overlap = any(one.startswith(two) or two.startswith(one) for one in prefixes for two in taken)
        if rule_id == rule.get('ID') or (other['rule']['Destination']['Bucket'] == rule['Destination']['Bucket']
                                         and overlap):
            raise ApiError('BucketReplicationAlreadyExist', 'The bucket replication configuration already exists.',
                           '0031-00000044', 409)


def _note(request: Request) -> None:
    set_attributes(request, replication='Enabled' if _rules(request) else None)


@operation('GetBucketReplication', 'bucket', 'GET', 'replication', access=OWNER, effect=STORED)
def get_bucket_replication(request: Request) -> Answer:
    """Returns the replication rules with their states."""
    found = _rules(request)
    if not found:
        raise ApiError('NoSuchReplicationConfiguration', BucketName=request.bucket)
    answer = Answer.xml(xml.document('ReplicationConfiguration', [
        ('Rule', _SHOWN.nodes({**rule['rule'], 'Status': _status(request, rule), 'RTC': _rtc(rule)}))
        for _, rule in found]))
    with request.state.store.transaction():
        for rule_id, rule in found:
            if 'closed' in rule and request.now >= rule['closed'] + request.state.restore_seconds:
                request.state.store.drop_setting(request.bucket, 'replication', rule_id)
        _note(request)
    return answer


def _rtc(rule: Tree) -> Tree:
    asked = rule['rule'].get('RTC', {}).get('Status', 'disabled')
    return {'Status': asked if asked == 'disabled' else 'enabling' if 'closed' in rule else 'enabled'}


@operation('DeleteBucketReplication', 'bucket', 'POST', 'replication&comp=delete', access=OWNER, effect=STORED)
def delete_bucket_replication(request: Request) -> Answer:
    """Closes a replication rule, which is gone after State.restore_seconds."""
    rule_id = Shape(one('ID', some)).read(xml.parse(request.document(), 'ReplicationRules'))['ID']
    with request.state.store.transaction():
        if not _rules(request):
            return Answer(200)
        rule = _rule(request, rule_id)
        if 'closed' in rule:
            return Answer(204)
        rule['closed'] = request.now
        request.state.store.save_setting(request.bucket, 'replication', rule, rule_id)
    return Answer(200)


@operation('GetBucketReplicationLocation', 'bucket', 'GET', 'replicationLocation', access=OWNER, effect=STORED)
def get_replication_location(request: Request) -> Answer:
    """Lists regions to replicate to."""
    others = [location for location in LOCATIONS if location != request.state.location]
    return Answer.xml(xml.document('ReplicationLocation', [
        *(('Location', location) for location in others),
        ('LocationTransferTypeConstraint', [
            ('LocationTransferType', [('Location', location), ('TransferTypes', [('Type', 'oss_acc')])])
            for location in others]),
        ('LocationRTCConstraint', [('Location', location) for location in others])]))


@operation('GetBucketReplicationProgress', 'bucket', 'GET', 'replicationProgress', access=OWNER, effect=STORED)
def get_replication_progress(request: Request) -> Answer:
    """Tells a progress that no copy stands behind."""
    rule_id = request.params.get('rule-id', '')
    rule = _rule(request, rule_id)
    kept = rule['rule']
    is_starting = _status(request, rule) == 'starting'
    history = kept['HistoricalObjectReplication'] == 'enabled' and not is_starting
    return Answer.xml(xml.document('ReplicationProgress', [('Rule', [
        ('ID', rule_id),
        ('PrefixSet', [('Prefix', prefix) for prefix in kept['PrefixSet'].get('Prefix', [])])
        if 'PrefixSet' in kept else None,
        ('Action', kept['Action']),
        ('Destination', [(name, kept['Destination'][name]) for name in ('Bucket', 'Location', 'TransferType')]),
        ('Status', _status(request, rule)), ('HistoricalObjectReplication', kept['HistoricalObjectReplication']),
        ('Progress', [('HistoricalObject', '1.0' if history else '0.0'), ('NewObject', iso(request.now))])
        if not is_starting else None])]))


@operation('PutBucketRTC', 'bucket', 'PUT', 'rtc', access=OWNER, action='oss:PutBucketReplication', effect=STORED)
def put_bucket_rtc(request: Request) -> Answer:
    """Stores whether a replication rule has a time control."""
    asked = Shape(one('RTC', Shape(one('Status', choice('enabled', 'disabled')))), one('ID', some)).read(
        xml.parse(request.document(), 'ReplicationRule' if b'<ReplicationRule' in request.document()
                  else 'RtcConfiguration'))
    with request.state.store.transaction():
        rule = _rule(request, asked['ID'])
        rule['rule']['RTC'] = asked['RTC']
        request.state.store.save_setting(request.bucket, 'replication', rule, asked['ID'])
    return Answer(200)
