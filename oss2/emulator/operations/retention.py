"""Retention and legal hold of single objects, rules on overwriting, and the end of appending."""
from __future__ import annotations

import uuid

from ..._dates import iso8601_to_unixtime
from .. import xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..protection import OBJECT_WORM_KIND, OVERWRITE_KIND
from ..records import Object
from ..routing import OWNER, WRITE, operation
from ..schema import Shape, Tree, choice, date, group, many, maybe, number, one, shorter, some
from ..times import http, iso
from . import _reading
from ._settings import Setting, serve
from .append import position_of

_MODES = choice('COMPLIANCE', 'GOVERNANCE')
_RETENTION = Shape(one('Mode', _MODES), one('RetainUntilDate', date))


def _check_object_worm(request: Request, tree: Tree) -> None:
    rule = tree.get('Rule', {}).get('DefaultRetention')
    if rule is not None and ('Days' in rule) == ('Years' in rule):
        raise ApiError('MalformedXML', ErrorDetail='DefaultRetention must have either Days or Years')
    if request.the_bucket().versioning != 'Enabled':
        raise ApiError('InvalidRequest', 'Versioning must be enabled for object worm.')
    if request.state.store.setting(request.bucket, 'worm') is not None:
        raise ApiError('InvalidRequest', 'The bucket has a retention lock.')


serve(Setting(OBJECT_WORM_KIND, 'ObjectWormConfiguration', Shape(
    one('ObjectWormEnabled', choice('Enabled')),
    group('Rule', one('DefaultRetention', Shape(one('Mode', _MODES), maybe('Days', number(1, 36500)),
                                                maybe('Years', number(1, 100)))))),
    missing='NoSuchObjectWormConfiguration'),
      'BucketObjectWormConfiguration', 'how single objects are retained', 'new objects get the default retention',
      check=_check_object_worm, can_delete=False)


@operation('PutObjectRetention', 'object', 'PUT', 'retention', access=OWNER)
def put_object_retention(request: Request) -> Answer:
    """Keeps an object version until a date, in the mode COMPLIANCE or GOVERNANCE."""
    asked = _RETENTION.read(xml.parse(request.document(), 'Retention'))
    until = iso8601_to_unixtime(asked['RetainUntilDate'][:19] + '.000Z')
    if until <= request.now:
        raise invalid_argument('RetainUntilDate', asked['RetainUntilDate'], 'The retain until date must be in the '
                                                                           'future.')
    with request.state.store.transaction():
        found = _worm_object(request)
        old = found.attributes.get('retention')
        if old is not None and request.now < old['until']:
            bypasses = (request.header('x-oss-bypass-governance-retention') or '').lower() == 'true'
            is_weaker = until < old['until'] or (old['mode'] == 'COMPLIANCE' != asked['Mode'])
            if is_weaker and not (bypasses and old['mode'] == 'GOVERNANCE'):
                raise ApiError('AccessDenied', 'The retention of the object can only be extended.', '')
        found.attributes['retention'] = {'mode': asked['Mode'], 'until': until}
        request.state.store.change_object(found)
    return Answer(200, _reading.version_header(request, found))


@operation('GetObjectRetention', 'object', 'GET', 'retention', access=OWNER)
def get_object_retention(request: Request) -> Answer:
    """Tells until when an object version is kept."""
    found = _reading.find(request)
    retention = found.attributes.get('retention')
    if retention is None:
        raise ApiError('NoSuchObjectRetention', Key=found.key)
    return Answer.xml(xml.document('Retention', [
        ('Mode', retention['mode']), ('RetainUntilDate', iso(retention['until']))]),
        _reading.version_header(request, found))


@operation('PutObjectLegalHold', 'object', 'PUT', 'legalHold', access=OWNER)
def put_object_legal_hold(request: Request) -> Answer:
    """Keeps an object version until the hold is off."""
    asked = Shape(one('Status', choice('ON', 'OFF'))).read(xml.parse(request.document(), 'LegalHold'))
    with request.state.store.transaction():
        found = _worm_object(request)
        found.attributes['legal_hold'] = asked['Status']
        request.state.store.change_object(found)
    return Answer(200, _reading.version_header(request, found))


@operation('GetObjectLegalHold', 'object', 'GET', 'legalHold', access=OWNER)
def get_object_legal_hold(request: Request) -> Answer:
    """Tells whether an object version is held."""
    found = _reading.find(request)
    return Answer.xml(xml.document('LegalHold', [('Status', found.attributes.get('legal_hold', 'OFF'))]),
                      _reading.version_header(request, found))


def _worm_object(request: Request) -> Object:
    """The version the request is for, in a bucket that lets single objects be retained.

    :raises ApiError: InvalidRequest
    """
    if request.state.store.setting(request.bucket, OBJECT_WORM_KIND) is None:
        raise ApiError('InvalidRequest', 'Object worm is not enabled for the bucket.')
    found = _reading.find(request)
    if found.kind == 'Appendable':
        raise ApiError('OperationNotSupported', 'Appendable objects cannot be retained.')
    return found


_RULE = Shape(maybe('ID', shorter(255)), one('Action', choice('forbid')), maybe('Prefix', shorter(1023)),
              maybe('Suffix', shorter(1023)), group('Principals', many('Principal', some)))


def _check_overwrite_rules(request: Request, tree: Tree) -> None:
    for rule in tree['Rule']:
        rule.setdefault('ID', str(uuid.uuid4()))
    if len({rule['ID'] for rule in tree['Rule']}) != len(tree['Rule']):
        raise invalid_argument('ID', '', 'Rule ID must be unique.')


serve(Setting(OVERWRITE_KIND, 'OverwriteConfiguration', Shape(many('Rule', _RULE, least=1, most=100)),
              missing='NoSuchOverwriteConfig'),
      'BucketOverwriteConfig', 'the rules against overwriting', 'they are enforced',
      check=_check_overwrite_rules)


@operation('SealAppendObject', 'object', 'POST', 'seal', access=WRITE, action='oss:PutObject')
def seal_append_object(request: Request) -> Answer:
    """Ends appending to an object for good."""
    store = request.state.store
    position = position_of(request)
    with store.transaction():
        found = _reading.find(request)
        if found.kind != 'Appendable':
            raise ApiError('ObjectNotAppendable', Key=request.key)
        if position != found.size:
            raise ApiError('PositionNotEqualToLength', headers={'x-oss-next-append-position': str(found.size)},
                           Key=request.key)
        found.attributes.setdefault('sealed', request.now)
        store.change_object(found)
    return Answer(200, {'x-oss-sealed-time': http(found.attributes['sealed']),
                        **_reading.version_header(request, found)})


@operation('CleanRestoredObject', 'object', 'POST', 'cleanRestoredObject', access=OWNER, action='oss:RestoreObject')
def clean_restored_object(request: Request) -> Answer:
    """Lets a restored object freeze at once."""
    with request.state.store.transaction():
        found = _reading.find(request)
        if found.storage_class not in _reading.FROZEN:
            raise ApiError('OperationNotSupported')
        status = _reading.restore_status(found, request.now)
        if status is None or 'true' in status:
            raise ApiError('ArchiveRestoreNotFinished', "The archive file's restore is not finished.",
                           '0016-00000719', 409)
        del found.attributes['restore']
        request.state.store.change_object(found)
    return Answer(200, _reading.version_header(request, found))
