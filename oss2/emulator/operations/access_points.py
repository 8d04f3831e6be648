"""Access points: names through which a bucket is reached, with policies of their own."""
from __future__ import annotations

import re
import uuid
from typing import Any, Dict, List, Optional, Tuple

from .. import xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..routing import ACCOUNT, OWNER, operation
from ..schema import Shape, choice, maybe, one, some
from .policies import block_answer, check_document, read_block

_NAME = re.compile('[a-z0-9][a-z0-9-]{1,17}[a-z0-9]')
_SHAPE = Shape(one('AccessPointName', some), one('NetworkOrigin', choice('internet', 'vpc')),
               maybe('VpcConfiguration', Shape(maybe('VpcId', some))))
_BY_NAME = '&@x-oss-access-point-name'
Point = Dict[str, Any]


def _name(request: Request) -> str:
    return request.headers['x-oss-access-point-name']


def _point(request: Request, name: Optional[str] = None) -> Point:
    """The access point that a request names.

    :raises ApiError: NoSuchAccessPoint
    """
    name = _name(request) if name is None else name
    found = request.state.store.setting(request.bucket, 'accessPoint', name)
    if found is None or _status(request, found) == 'deleted':
        raise ApiError('NoSuchAccessPoint', AccessPointName=name)
    return found


def _status(request: Request, point: Point) -> str:
    """Both making and deleting one take as long as archived objects to thaw."""
    if 'deleted' in point:
        return 'deleting' if request.now < point['deleted'] + request.state.restore_seconds else 'deleted'
    return 'creating' if request.now < point['created'] + request.state.restore_seconds else 'enable'


def _save(request: Request, point: Point) -> None:
    request.state.store.save_setting(request.bucket, 'accessPoint', point, point['name'])


@operation('CreateAccessPoint', 'bucket', 'PUT', 'accessPoint', access=OWNER)
def create_access_point(request: Request) -> Answer:
    """Makes an access point, creating for State.restore_seconds; its alias works at once, a VPC is not enforced."""
    store = request.state.store
    asked = _SHAPE.read(xml.parse(request.document(), 'CreateAccessPointConfiguration'))
    name, vpc = asked['AccessPointName'], asked.get('VpcConfiguration', {}).get('VpcId', '')
    if _NAME.fullmatch(name) is None or name.endswith('-ossalias'):
        raise invalid_argument('AccessPointName', name, 'The access point name is invalid.')
    if asked['NetworkOrigin'] == 'vpc' and not vpc:
        raise invalid_argument('VpcId', '', 'The VPC is missing.')
    with store.transaction():
        if any(point['name'] == name for _, point in _all(request)):
            raise ApiError('AccessPointAlreadyExists', 'The access point exists already.', status=409,
                           AccessPointName=name)
        point = {'name': name, 'origin': asked['NetworkOrigin'], 'vpc': vpc, 'created': request.now,
                 'alias': '%s-%s-ossalias' % (name, uuid.uuid4().hex[:24])}
        _save(request, point)
        store.save_setting('', 'alias', {'bucket': request.bucket, 'point': name}, point['alias'])
    return Answer.xml(xml.document('CreateAccessPointResult', [
        ('AccessPointArn', _arn(request, point)), ('Alias', point['alias'])]))


def _arn(request: Request, point: Point) -> str:
    return 'acs:oss:%s:%s:accesspoint/%s' % (request.state.region, request.account, point['name'])


def _all(request: Request) -> List[Tuple[str, Point]]:
    """The account's access points with their buckets, by name."""
    store = request.state.store
    found = [(bucket.name, point) for bucket in store.buckets(request.account)
             for _, point in store.settings(bucket.name, 'accessPoint') if _status(request, point) != 'deleted']
    return sorted(found, key=lambda pair: str(pair[1]['name']))


@operation('GetAccessPoint', 'bucket', 'GET', 'accessPoint' + _BY_NAME, access=OWNER)
def get_access_point(request: Request) -> Answer:
    """Describes an access point."""
    point = _point(request)
    return Answer.xml(xml.document('GetAccessPointResult', [
        ('AccessPointName', point['name']), ('Bucket', request.bucket), ('AccountId', request.the_bucket().owner),
        ('NetworkOrigin', point['origin']), ('VpcConfiguration', [('VpcId', point['vpc'])]),
        ('AccessPointArn', _arn(request, point)), ('CreationDate', str(int(point['created']))),
        ('Alias', point['alias']), ('Status', _status(request, point)),
        ('Endpoints', [('PublicEndpoint', '%s.%s' % (point['alias'], request.state.host)),
                       ('InternalEndpoint', '%s.%s' % (point['alias'], request.state.host))]),
        ('PublicAccessBlockConfiguration', [
            ('BlockPublicAccess', point.get('block_public_access', 'false'))])]))


@operation('ListAccessPoints', 'bucket', 'GET', 'accessPoint', access=OWNER)
def list_bucket_access_points(request: Request) -> Answer:
    """Lists the access points of a bucket, paged."""
    return _page(request, [pair for pair in _all(request) if pair[0] == request.bucket])


@operation('ListAccessPoints', 'service', 'GET', 'accessPoint', access=ACCOUNT)
def list_access_points(request: Request) -> Answer:
    """Lists the access points of the account, paged."""
    return _page(request, _all(request))


def _page(request: Request, found: List[Tuple[str, Point]]) -> Answer:
    limit = request.number('max-keys', 100, 1, 1000)
    token = request.params.get('continuation-token', '')
    found = [pair for pair in found if pair[1]['name'] > token]
    page, is_truncated = found[:limit], len(found) > limit
    return Answer.xml(xml.document('ListAccessPointsResult', [
        ('IsTruncated', 'true' if is_truncated else 'false'),
        ('NextContinuationToken', page[-1][1]['name'] if is_truncated else ''), ('MaxKeys', limit),
        ('AccountId', request.account),
        ('AccessPoints', [('AccessPoint', [
            ('Bucket', bucket), ('AccessPointName', point['name']), ('Alias', point['alias']),
            ('NetworkOrigin', point['origin']), ('VpcConfiguration', [('VpcId', point['vpc'])]),
            ('Status', _status(request, point)),
        ]) for bucket, point in page])]))


@operation('DeleteAccessPoint', 'bucket', 'DELETE', 'accessPoint' + _BY_NAME, access=OWNER)
def delete_access_point(request: Request) -> Answer:
    """Removes an access point, deleting for State.restore_seconds, and its alias at once."""
    with request.state.store.transaction():
        point = _point(request)
        point.setdefault('deleted', request.now)
        _save(request, point)
        request.state.store.drop_setting('', 'alias', point['alias'])
    return Answer(204)


@operation('PutAccessPointPolicy', 'bucket', 'PUT', 'accessPointPolicy' + _BY_NAME, access=OWNER)
def put_access_point_policy(request: Request) -> Answer:
    """Stores the policy of an access point, which decides over requests through it."""
    body = request.document()
    check_document(request, body)
    with request.state.store.transaction():
        _save(request, {**_point(request), 'policy': body.decode('utf-8')})
    return Answer(200)


@operation('GetAccessPointPolicy', 'bucket', 'GET', 'accessPointPolicy' + _BY_NAME, access=OWNER)
def get_access_point_policy(request: Request) -> Answer:
    """Returns the policy of an access point."""
    text = _point(request).get('policy')
    if text is None:
        raise ApiError('NoSuchAccessPointPolicy', AccessPointName=_name(request))
    return Answer(200, {'content-type': 'application/json'}, text.encode('utf-8'))


@operation('DeleteAccessPointPolicy', 'bucket', 'DELETE', 'accessPointPolicy' + _BY_NAME, access=OWNER)
def delete_access_point_policy(request: Request) -> Answer:
    """Removes the policy of an access point."""
    with request.state.store.transaction():
        _save(request, {**_point(request), 'policy': None})
    return Answer(204)


# A block of public access is asked for by parameter, unlike the rest.
_BLOCK = 'publicAccessBlock&x-oss-access-point-name'


def _blocked(request: Request) -> Point:
    return _point(request, request.params['x-oss-access-point-name'])


@operation('PutAccessPointPublicAccessBlock', 'bucket', 'PUT', _BLOCK, access=OWNER)
def put_access_point_block(request: Request) -> Answer:
    """Blocks public access through an access point."""
    with request.state.store.transaction():
        value = read_block(request)['BlockPublicAccess']
        _save(request, {**_blocked(request), 'block_public_access': value})
    return Answer(200)


@operation('GetAccessPointPublicAccessBlock', 'bucket', 'GET', _BLOCK, access=OWNER)
def get_access_point_block(request: Request) -> Answer:
    """Tells whether public access through an access point is blocked."""
    return block_answer(_blocked(request).get('block_public_access'))


@operation('DeleteAccessPointPublicAccessBlock', 'bucket', 'DELETE', _BLOCK, access=OWNER)
def delete_access_point_block(request: Request) -> Answer:
    """Lets public access through an access point again."""
    with request.state.store.transaction():
        _save(request, {**_blocked(request), 'block_public_access': 'false'})
    return Answer(204)
