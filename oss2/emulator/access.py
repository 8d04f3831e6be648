"""Who may do what: the ACLs of buckets and objects."""
from __future__ import annotations

from typing import Optional

from . import routing
from .errors import ApiError
from .messages import Request
from .records import Bucket, Object

BUCKET_ACLS = ('private', 'public-read', 'public-read-write')
OBJECT_ACLS = ('default', *BUCKET_ACLS)


def authorize(request: Request, operation: routing.Operation) -> None:
    """Let an operation pass or refuse it.

    :raises ApiError: AccessDenied; NoSuchBucket
    """
    if operation.access == routing.ANYONE:
        return
    if operation.access == routing.ACCOUNT:
        if request.identity is None:
            raise ApiError('AccessDenied', 'Anonymous access is forbidden for this operation.')
        return
    bucket = request.the_bucket()
    if request.account == bucket.owner:
        return
    if operation.access == routing.OWNER:
        if request.identity is None:
            raise ApiError('AccessDenied', 'Anonymous access is forbidden for this operation.')
        raise ApiError('AccessDenied', 'The bucket you access does not belong to you.')
    found = None
    if request.key:
        found = request.state.store.object(bucket.name, request.key, request.params.get('versionId'))
    check(request, bucket, found, operation.access == routing.WRITE)


def check(request: Request, bucket: Bucket, found: Optional[Object], is_write: bool) -> None:
    """Whether the requester may read or write an object, by its ACL or, failing that, the bucket's.

    :raises ApiError: AccessDenied
    """
    if request.account == bucket.owner:
        return
    by_object = found is not None and found.acl != 'default'
    acl = found.acl if found is not None and by_object else bucket.acl
    if acl == 'public-read-write' or (acl == 'public-read' and not is_write):
        return
    raise ApiError('AccessDenied', 'You have no right to access this object.' if by_object else
                   'You have no right to access this object because of bucket acl.')
