"""Limits of bandwidth and queries of accounts, buckets, requesters and pools; they are kept, not enforced."""
from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from .. import xml
from ..access import of_account
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..routing import ACCOUNT, OWNER, STORED, operation
from ..schema import Shape, Tree, maybe
from ..times import iso
from ._settings import Setting, serve

_FIELDS = (
    'TotalUploadBandwidth', 'IntranetUploadBandwidth', 'ExtranetUploadBandwidth', 'TotalDownloadBandwidth',
    'IntranetDownloadBandwidth', 'ExtranetDownloadBandwidth', 'TotalQps', 'IntranetQps', 'ExtranetQps')
_REQUESTER = 'requesterQosInfo&qosRequester'
_POOL_REQUESTER = _REQUESTER + '&resourcePool'


def _limit(given: str) -> str:
    """-1, which is no limit, or a number: Gbit/s or queries a second."""
    if int(given) < -1:
        raise ValueError
    return str(int(given))


_LIMITS = Shape(*(maybe(name, _limit) for name in _FIELDS))
#: what an account has, unless it was given more
_ACCOUNT_LIMITS = {name: '-1' if 'Qps' in name or name[:5] != 'Total' else '10' for name in _FIELDS}


def _check(request: Request, tree: Tree) -> None:
    for kind in ('UploadBandwidth', 'DownloadBandwidth', 'Qps'):
        total = int(tree.get('Total' + kind, -1))
        for part in ('Intranet', 'Extranet'):
            if 0 <= total < int(tree.get(part + kind, -1)):
                raise invalid_argument(part + kind, tree[part + kind], 'A part cannot exceed the total.')


serve(Setting('qosInfo', 'QoSConfiguration', _LIMITS, missing='NoSuchQosConfiguration'),
      'BucketQosInfo', 'the limits of a bucket',
      check=_check)


@operation('GetUserQosInfo', 'service', 'GET', 'qosInfo', access=ACCOUNT, effect=STORED)
def get_user_qos_info(request: Request) -> Answer:
    """Returns fixed limits of the account."""
    return Answer.xml(xml.document('QoSConfiguration', [
        ('Region', request.state.location), *_LIMITS.nodes(_ACCOUNT_LIMITS)]))


# The limits of a requester are a bucket's or, under the name of the account, those of one of its pools.

def _read(request: Request) -> Tree:
    tree = _LIMITS.read(xml.parse(request.document(), 'QoSConfiguration'))
    _check(request, tree)
    return tree


def _answer(uid: str, tree: Optional[Tree]) -> Answer:
    if tree is None:
        raise ApiError('NoSuchQosConfiguration', Requester=uid)
    return Answer.xml(xml.document('RequesterQoSInfo', _row(uid, tree)))


def _row(uid: str, tree: Tree) -> List[xml.Node]:
    return [('Requester', uid), ('QoSConfiguration', _LIMITS.nodes(tree))]


def _page(request: Request, root: str, head: xml.Node, found: List[Tuple[str, List[xml.Node]]], row: str) -> Answer:
    """A page of a list, whose rows have names to continue from."""
    limit = request.number('max-keys', 100, 1, 1000)
    token = request.params.get('continuation-token', '')
    found = [item for item in found if item[0] > token]
    page, is_truncated = found[:limit], len(found) > limit
    return Answer.xml(xml.document(root, [
        head, ('ContinuationToken', token), ('NextContinuationToken', page[-1][0] if is_truncated else ''),
        ('IsTruncated', 'true' if is_truncated else 'false'), *((row, nodes) for _, nodes in page)]))


@operation('PutBucketRequesterQosInfo', 'bucket', 'PUT', _REQUESTER, access=OWNER, effect=STORED)
def put_bucket_requester(request: Request) -> Answer:
    """Stores the limits of a requester of the bucket."""
    request.state.store.save_setting(request.bucket, 'requesterQos', _read(request), request.params['qosRequester'])
    return Answer(200)


@operation('GetBucketRequesterQosInfo', 'bucket', 'GET', _REQUESTER, access=OWNER, effect=STORED)
def get_bucket_requester(request: Request) -> Answer:
    """Returns the limits of a requester of the bucket."""
    uid = request.params['qosRequester']
    return _answer(uid, request.state.store.setting(request.bucket, 'requesterQos', uid))


@operation('ListBucketRequesterQosInfos', 'bucket', 'GET', 'requesterQosInfo', access=OWNER, effect=STORED)
def list_bucket_requesters(request: Request) -> Answer:
    """Lists the limits of the bucket's requesters, paged."""
    found = request.state.store.settings(request.bucket, 'requesterQos')
    return _page(request, 'ListBucketRequesterQoSInfosResult', ('Bucket', request.bucket),
                 [(uid, _row(uid, tree)) for uid, tree in found], 'RequesterQoSInfo')


@operation('DeleteBucketRequesterQosInfo', 'bucket', 'DELETE', _REQUESTER, access=OWNER, effect=STORED)
def delete_bucket_requester(request: Request) -> Answer:
    """Removes the limits of a requester of the bucket."""
    request.state.store.drop_setting(request.bucket, 'requesterQos', request.params['qosRequester'])
    return Answer(204)


# Resource pools are not made by an operation of OSS: State.resource_pools has them, by name.

def _pool(request: Request) -> Tuple[str, Dict[str, Any]]:
    name = request.params['resourcePool']
    found = request.state.resource_pools.get(name)
    if found is None:
        raise ApiError('NoSuchResourcePool', ResourcePool=name)
    return name, found


def _created(request: Request, pool: Dict[str, Any]) -> str:
    return iso(float(pool.get('created', request.now)))


@operation('ListResourcePools', 'service', 'GET', 'resourcePool', access=ACCOUNT, effect=STORED)
def list_resource_pools(request: Request) -> Answer:
    """Lists the resource pools that a test has put into State.resource_pools."""
    found: List[Tuple[str, List[xml.Node]]] = [
        (name, [('Name', name), ('CreateTime', _created(request, pool))])
        for name, pool in sorted(request.state.resource_pools.items())]
    answer = _page(request, 'ListResourcePoolsResult', ('Region', request.state.location), found, 'ResourcePool')
    answer.body = answer.body.replace(b'</Region>', b'</Region>\n  <Owner>%s</Owner>' % request.account.encode(), 1)
    return answer


@operation('GetResourcePoolInfo', 'service', 'GET', 'resourcePoolInfo&resourcePool', access=ACCOUNT, effect=STORED)
def get_resource_pool_info(request: Request) -> Answer:
    """Describes a resource pool and its limits."""
    name, pool = _pool(request)
    return Answer.xml(xml.document('GetResourcePoolInfoResponse', [
        ('Region', request.state.location), ('Name', name), ('Owner', request.account),
        ('CreateTime', _created(request, pool)),
        ('QoSConfiguration', _LIMITS.nodes({**_ACCOUNT_LIMITS, **pool.get('limits', {})}))]))


@operation('ListResourcePoolBuckets', 'service', 'GET', 'resourcePoolBuckets&resourcePool', access=ACCOUNT,
           effect=STORED)
def list_resource_pool_buckets(request: Request) -> Answer:
    """Lists the buckets of a resource pool."""
    name, pool = _pool(request)
    found: List[Tuple[str, List[xml.Node]]] = [
        (bucket, [('Name', bucket), ('JoinTime', _created(request, pool))])
        for bucket in sorted(pool.get('buckets', ()))]
    return _page(request, 'ListResourcePoolBucketsResult', ('ResourcePool', name), found, 'ResourcePoolBucket')


def _place(request: Request) -> Tuple[str, str]:
    """Where the limits of a pool's requesters are stored."""
    return of_account(request.account), 'requesterQos of ' + _pool(request)[0]


@operation('PutResourcePoolRequesterQosInfo', 'service', 'PUT', _POOL_REQUESTER, access=ACCOUNT, effect=STORED)
def put_pool_requester(request: Request) -> Answer:
    """Stores the limits of a requester of a resource pool."""
    account, kind = _place(request)
    request.state.store.save_setting(account, kind, _read(request), request.params['qosRequester'])
    return Answer(200)


@operation('GetResourcePoolRequesterQosInfo', 'service', 'GET', _POOL_REQUESTER, access=ACCOUNT, effect=STORED)
def get_pool_requester(request: Request) -> Answer:
    """Returns the limits of a requester of a resource pool."""
    account, kind = _place(request)
    uid = request.params['qosRequester']
    return _answer(uid, request.state.store.setting(account, kind, uid))


@operation('ListResourcePoolRequesterQosInfos', 'service', 'GET', 'requesterQosInfo&resourcePool', access=ACCOUNT,
           effect=STORED)
def list_pool_requesters(request: Request) -> Answer:
    """Lists the limits of the requesters of a resource pool."""
    account, kind = _place(request)
    found = request.state.store.settings(account, kind)
    return _page(request, 'ListResourcePoolRequesterQoSInfosResult', ('ResourcePool', _pool(request)[0]),
                 [(uid, _row(uid, tree)) for uid, tree in found], 'RequesterQoSInfo')


@operation('DeleteResourcePoolRequesterQosInfo', 'service', 'DELETE', _POOL_REQUESTER, access=ACCOUNT, effect=STORED)
def delete_pool_requester(request: Request) -> Answer:
    """Removes the limits of a requester of a resource pool."""
    account, kind = _place(request)
    request.state.store.drop_setting(account, kind, request.params['qosRequester'])
    return Answer(204)
