"""The table of operations: (scope, method, sub-resource) to the function that answers.

An operation is registered where it is written::

    @operation('GetBucketAcl', 'bucket', 'GET', 'acl', access=OWNER)
    def get_bucket_acl(request: Request) -> Answer:

A sub-resource is one or more conditions joined by ``&``, each a query parameter (``acl``), a parameter with its value
(``comp=add``) or a header (``@x-oss-copy-source``). Of the operations whose conditions hold, the one with most wins,
and of those the one with most values.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Callable, Dict, FrozenSet, List, Tuple

from .errors import ApiError
from .messages import Answer, Request

Function = Callable[[Request], Answer]

#: whom an operation serves: anyone, any account, who may read or write the object, or the bucket's owner
ANYONE, ACCOUNT, READ, WRITE, OWNER = 'anyone', 'account', 'read', 'write', 'owner'

#: what an operation does here: all that it does in OSS, or keep what it is told and return it
FULL, STORED = 'full', 'stored'

#: parameters that name a resource of their own; one that no operation serves must not fall through to a plain GET
_BUCKET_RESOURCES = frozenset((
    'accessPoint', 'accessPointPolicy', 'accessmonitor', 'acl', 'asyncFetch', 'bucketArchiveDirectRead',
    'bucketInfo', 'callback', 'cname', 'cloudboxes', 'comp', 'cors', 'dataPipeline', 'delete', 'encryption',
    'httpsConfig', 'inventory', 'legalHold', 'lifecycle', 'live', 'location', 'logging', 'metaQuery',
    'metadataConfiguration', 'metadataInventoryTable', 'metadataJournalTable', 'objectWorm', 'overwriteConfig',
    'policy', 'policyStatus', 'publicAccessBlock', 'qosInfo', 'qos', 'quota', 'redundancyTransition', 'referer',
    'regions', 'replication', 'replicationLocation', 'replicationProgress', 'requestPayment', 'requesterQosInfo',
    'resourceGroup', 'resourcePool', 'resourcePoolBuckets', 'resourcePoolInfo', 'resourcePoolBucketGroup',
    'resourcePoolBucketGroupQosInfo', 'rtc', 'stat', 'style', 'styleName', 'tagging', 'transferAcceleration',
    'uploads', 'userDefinedLogFieldsConfig', 'versioning', 'versions', 'vpcip', 'website', 'worm', 'wormExtend',
    'wormId', 'x-oss-write-get-object-response',
))
_OBJECT_RESOURCES = frozenset((
    'acl', 'append', 'asyncFetch', 'cleanRestoredObject', 'comp', 'legalHold', 'live', 'objectMeta',
    'retention', 'restore', 'seal', 'symlink', 'tagging', 'uploadId', 'uploads', 'vod', 'x-oss-async-process',
    'x-oss-process',
))
_RESOURCES = {'service': _BUCKET_RESOURCES, 'bucket': _BUCKET_RESOURCES, 'object': _OBJECT_RESOURCES}


@dataclass(frozen=True)
class Operation:
    """A row of the table.

    :param name: the operation's name in OSS's API
    :param action: the name it has in policies
    :param needs_bucket: the bucket must exist before the body is read
    :param is_slow: runs outside the event loop
    :param is_signed: False where not the request says who asks, but its body, or where nobody needs to
    :param effect: :data:`FULL`, or :data:`STORED` where nothing follows from what is kept
    """

    name: str
    scope: str
    method: str
    conditions: Tuple[str, ...]
    access: str
    action: str
    needs_bucket: bool
    is_slow: bool
    is_signed: bool
    effect: str
    function: Function

    @property
    def summary(self) -> str:
        """What the operation does here, in a line."""
        return (self.function.__doc__ or '').strip().partition('\n')[0]

    @cached_property
    def parameters(self) -> FrozenSet[str]:
        """The query parameters among the conditions."""
        return frozenset(condition.partition('=')[0] for condition in self.conditions if condition[0] != '@')


TABLE: Dict[Tuple[str, str], List[Operation]] = {}


def operation(name: str, scope: str, method: str, resource: str = '', *, access: str, action: str = '',
              needs_bucket: bool = True, is_slow: bool = False,
              is_signed: bool = True, effect: str = FULL) -> Callable[[Function], Function]:
    """Register the function below as an operation; see the module's docstring and :class:`Operation`."""
    def register(function: Function) -> Function:
        rows = TABLE.setdefault((scope, method), [])
        conditions = tuple(resource.split('&')) if resource else ()
        rows.append(Operation(name, scope, method, conditions, access, action or 'oss:' + name,
                              needs_bucket and scope != 'service', is_slow, is_signed, effect, function))
        rows.sort(key=lambda row: (-len(row.conditions), -sum('=' in condition for condition in row.conditions)))
        return function
    return register


def scope_of(request: Request) -> str:
    if request.key:
        return 'object'
    return 'bucket' if request.bucket else 'service'


def resolve(request: Request) -> Operation:
    """The operation a request asks for.

    :raises ApiError: MethodNotAllowed; NotImplemented for a resource the emulator does not have
    """
    scope = scope_of(request)
    # A preflight has the URL of the request that is to follow, and is about no resource itself.
    is_plain = not request.params or request.method == 'OPTIONS'
    asked = frozenset() if is_plain else _RESOURCES[scope] & request.params.keys()
    for row in TABLE.get((scope, request.method), ()):
        if row.parameters and not request.params:
            continue
        if all(_holds(condition, request) for condition in row.conditions) and (not asked or asked & row.parameters):
            return row
    lacking = sorted(asked - _served(scope))
    if lacking:
        raise ApiError('NotImplemented', 'The emulator does not have the sub-resource %r.' % lacking[0],
                       ArgumentName=lacking[0])
    raise ApiError('MethodNotAllowed', Method=request.method, ResourceType=min(asked, default=scope.capitalize()))


def asks_for_resource(request: Request) -> bool:
    """Whether a request is for a resource of a bucket or an object, rather than for these themselves."""
    return not _RESOURCES[scope_of(request)].isdisjoint(request.params)


def _holds(condition: str, request: Request) -> bool:
    if condition[0] == '@':
        return condition[1:] in request.headers
    name, equals, value = condition.partition('=')
    found = request.params.get(name)
    return found is not None and (not equals or found == value)


def _served(scope: str) -> FrozenSet[str]:
    """The query parameters that some operation of a scope is found by."""
    return frozenset().union(*(row.parameters for rows in TABLE.values() for row in rows if row.scope == scope))
