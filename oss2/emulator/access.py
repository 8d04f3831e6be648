"""Who may do what: policies, the ACLs of buckets and objects, the block of public access, who pays, hotlinks."""
from __future__ import annotations

import json
from typing import List, Optional

from . import policy, referer, routing
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
    policies = _policies(request, bucket)
    is_owner = request.account == bucket.owner
    found = None
    # Owners whom no policy binds may do anything, whatever the object: most requests need not look for it here.
    if request.key and (policies or not is_owner):
        found = request.state.store.object(bucket.name, request.key, request.params.get('versionId'))
    allowed = _by_policies(request, bucket, policies, operation.action, request.key, found)
    if not is_owner:
        _check_payer(request, bucket)
        if operation.access == routing.OWNER:
            if not allowed:
                raise ApiError('AccessDenied', 'Anonymous access is forbidden for this operation.'
                               if request.identity is None else 'The bucket you access does not belong to you.')
        elif not allowed:
            _by_acl(request, bucket, found, operation.access == routing.WRITE)
    if operation.access == routing.READ and request.key:
        referer.check(request)


def check(request: Request, bucket: Bucket, found: Optional[Object], is_write: bool, key: str = '',
          action: str = '') -> None:
    """Whether the requester may read or write an object other than the request's own.

    :param key: the object's, which need not exist
    :param action: as in policies; without it that of reading or writing
    :raises ApiError: AccessDenied
    """
    named = found.key if found is not None else key
    action = action or ('oss:PutObject' if is_write else 'oss:GetObject')
    allowed = _by_policies(request, bucket, _policies(request, bucket), action, named, found)
    if request.account != bucket.owner and not allowed:
        _by_acl(request, bucket, found, is_write)


def _policies(request: Request, bucket: Bucket) -> List[str]:
    """The policies a request is under: the bucket's, and that of the access point it comes through."""
    document = request.state.store.setting(bucket.name, 'policy')
    texts = [document['text']] if document is not None else []
    if request.access_point:
        point = request.state.store.setting(bucket.name, 'accessPoint', request.access_point) or {}
        texts.extend([point['policy']] if point.get('policy') else [])
    return texts


def _by_policies(request: Request, bucket: Bucket, policies: List[str], action: str, key: str,
                 found: Optional[Object]) -> bool:
    """Whether a policy allows it; if none does, the ACL decides.

    :raises ApiError: AccessDenied: one denies it
    """
    is_allowed = False
    for text in policies:
        rules = json.loads(text)
        verdict = policy.decide(rules, request, bucket, action, key, found.tags() if found is not None else {})
        if verdict == policy.DENY:
            raise ApiError('AccessDenied', 'Access denied by bucket policy.', '0003-00000101')
        if verdict == policy.ALLOW and not (policy.is_public(rules) and blocks_public(request, bucket)):
            is_allowed = True
    return is_allowed


def _by_acl(request: Request, bucket: Bucket, found: Optional[Object], is_write: bool) -> None:
    by_object = found is not None and found.acl != 'default'
    acl = found.acl if found is not None and by_object else bucket.acl
    if blocks_public(request, bucket):
        acl = 'private'
    if acl == 'public-read-write' or (acl == 'public-read' and not is_write):
        return
    raise ApiError('AccessDenied', 'You have no right to access this object.' if by_object else
                   'You have no right to access this object because of bucket acl.')


def of_account(account: str) -> str:
    """The name under which the settings of an account are stored; no bucket can have it."""
    return 'account:' + account


def blocks_public(request: Request, bucket: Bucket) -> bool:
    """Whether public access to a bucket is blocked: there, at its account or at the access point."""
    store = request.state.store
    if bucket.attributes.get('block_public_access') == 'true':
        return True
    account = store.setting(of_account(bucket.owner), 'publicAccessBlock')
    if account is not None and account['BlockPublicAccess'] == 'true':
        return True
    if not request.access_point:
        return False
    point = store.setting(bucket.name, 'accessPoint', request.access_point) or {}
    return bool(point.get('block_public_access') == 'true')


def check_acl(request: Request, bucket: Optional[Bucket], acl: str, what: str) -> None:
    """Refuse to set a public ACL where public access is blocked.

    :param bucket: None for one that is being made
    :param what: ``bucket`` or ``object``
    :raises ApiError: AccessDenied
    """
    if not acl.startswith('public'):
        return
    owner = Bucket('', request.account, 0) if bucket is None else bucket
    if blocks_public(request, owner):
        raise ApiError('AccessDenied', 'Put public %s acl is not allowed' % what,
                       '0015-00000204' if what == 'bucket' else '')


def _check_payer(request: Request, bucket: Bucket) -> None:
    """Refuse who does not say that he pays, where the requester has to.

    :raises ApiError: AccessDenied
    """
    if bucket.attributes.get('payer') != 'Requester':
        return
    if request.identity is None:
        raise ApiError('AccessDenied', 'Anonymous access is forbidden for a bucket whose requesters pay.',
                       '0003-00000701')
    asked = request.headers.get('x-oss-request-payer', request.params.get('x-oss-request-payer', ''))
    if asked.lower() != 'requester':
        raise ApiError('AccessDenied', 'Access denied for requester pay bucket',
                       '0003-00000703' if 'authorization' in request.headers else '0003-00000702')
