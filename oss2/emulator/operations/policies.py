"""The bucket's policy, the block of public access, and the policy of callbacks."""
from __future__ import annotations

import json
from typing import Optional

from .. import access, policy, xml
from ..errors import ApiError
from ..messages import Answer, Request
from ..routing import ACCOUNT, OWNER, STORED, operation
from ..schema import Shape, Tree, boolean, many, maybe, some, text
from ._settings import set_attributes
from ._writing import check_md5

_LARGEST_POLICY = 16 * 1024
_BLOCK = Shape(maybe('BlockPublicAccess', boolean))
_CALLBACKS = Shape(many('PolicyItem', Shape(maybe('PolicyName', some), maybe('Callback', some),
                                            maybe('CallbackVar', text)), most=20))


@operation('PutBucketPolicy', 'bucket', 'PUT', 'policy', access=OWNER)
def put_bucket_policy(request: Request) -> Answer:
    """Stores a policy, which decides over all later requests to the bucket."""
    check_md5(request)
    body = request.document()
    check_document(request, body)
    request.state.store.save_setting(request.bucket, 'policy', {'text': body.decode('utf-8')})
    return Answer(200)


def check_document(request: Request, body: bytes) -> None:
    """Refuse what is no policy, or one that opens to the public what is closed to it.

    :raises ApiError: InvalidPolicyDocument, AccessDenied
    """
    if len(body) > _LARGEST_POLICY:
        raise ApiError('PolicySizeLimitExceed', 'The size of the policy exceeds 16 KB.', status=400)
    document = policy.parse(body)
    if policy.is_public(document) and access.blocks_public(request, request.the_bucket()):
        raise ApiError('AccessDenied', 'Put public bucket policy is not allowed.', '')


@operation('GetBucketPolicy', 'bucket', 'GET', 'policy', access=OWNER)
def get_bucket_policy(request: Request) -> Answer:
    """Returns the policy as it was put."""
    found = request.state.store.setting(request.bucket, 'policy')
    if found is None:
        raise ApiError('NoSuchBucketPolicy', BucketName=request.bucket)
    return Answer(200, {'content-type': 'application/json'}, found['text'].encode('utf-8'))


@operation('DeleteBucketPolicy', 'bucket', 'DELETE', 'policy', access=OWNER)
def delete_bucket_policy(request: Request) -> Answer:
    """Removes the policy."""
    request.state.store.drop_setting(request.bucket, 'policy')
    return Answer(204)


@operation('GetBucketPolicyStatus', 'bucket', 'GET', 'policyStatus', access=OWNER)
def get_bucket_policy_status(request: Request) -> Answer:
    """Tells whether the policy allows something to everybody."""
    found = request.state.store.setting(request.bucket, 'policy')
    is_public = found is not None and policy.is_public(json.loads(found['text']))
    return Answer.xml(xml.document('PolicyStatus', [('IsPublic', 'true' if is_public else 'false')]))


@operation('PutBucketCallbackPolicy', 'bucket', 'PUT', 'policy&comp=callback', access=OWNER, effect=STORED)
def put_callback_policy(request: Request) -> Answer:
    """Stores callback policies; no upload calls back by them."""
    tree = _CALLBACKS.read(xml.parse(request.document(), 'BucketCallbackPolicy'))
    names = [item.get('PolicyName') for item in tree.get('PolicyItem', [])]
    if None in names or len(set(names)) != len(names) or not all('Callback' in item for item in tree['PolicyItem']):
        raise ApiError('MalformedXML')
    request.state.store.save_setting(request.bucket, 'callback', tree)
    return Answer(200)


@operation('GetBucketCallbackPolicy', 'bucket', 'GET', 'policy&comp=callback', access=OWNER, effect=STORED)
def get_callback_policy(request: Request) -> Answer:
    """Returns the callback policies."""
    found = request.state.store.setting(request.bucket, 'callback')
    if found is None:
        raise ApiError('NoSuchCallbackPolicy', BucketName=request.bucket)
    return Answer.xml(xml.document('BucketCallbackPolicy', _CALLBACKS.nodes(found)))


@operation('DeleteBucketCallbackPolicy', 'bucket', 'DELETE', 'policy&comp=callback', access=OWNER, effect=STORED)
def delete_callback_policy(request: Request) -> Answer:
    """Removes the callback policies."""
    request.state.store.drop_setting(request.bucket, 'callback')
    return Answer(204)


def read_block(request: Request) -> Tree:
    """What a request says about public access."""
    return {'BlockPublicAccess': 'false', **_BLOCK.read(xml.parse(request.document(),
                                                                  'PublicAccessBlockConfiguration'))}


def block_answer(value: Optional[str]) -> Answer:
    return Answer.xml(xml.document('PublicAccessBlockConfiguration', [('BlockPublicAccess', value or 'false')]))


@operation('PutBucketPublicAccessBlock', 'bucket', 'PUT', 'publicAccessBlock', access=OWNER)
def put_bucket_block(request: Request) -> Answer:
    """Blocks public access to the bucket: public ACLs and policies no longer count and cannot be set."""
    set_attributes(request, block_public_access=read_block(request)['BlockPublicAccess'])
    return Answer(200)


@operation('GetBucketPublicAccessBlock', 'bucket', 'GET', 'publicAccessBlock', access=OWNER)
def get_bucket_block(request: Request) -> Answer:
    """Tells whether public access to the bucket is blocked."""
    return block_answer(request.the_bucket().attributes.get('block_public_access'))


@operation('DeleteBucketPublicAccessBlock', 'bucket', 'DELETE', 'publicAccessBlock', access=OWNER)
def delete_bucket_block(request: Request) -> Answer:
    """Lets public ACLs and policies count again."""
    set_attributes(request, block_public_access=None)
    return Answer(204)


@operation('PutPublicAccessBlock', 'service', 'PUT', 'publicAccessBlock', access=ACCOUNT)
def put_block(request: Request) -> Answer:
    """Blocks public access to all buckets of the account."""
    request.state.store.save_setting(access.of_account(request.account), 'publicAccessBlock', read_block(request))
    return Answer(200)


@operation('GetPublicAccessBlock', 'service', 'GET', 'publicAccessBlock', access=ACCOUNT)
def get_block(request: Request) -> Answer:
    """Tells whether public access to the buckets of the account is blocked."""
    found = request.state.store.setting(access.of_account(request.account), 'publicAccessBlock') or {}
    return block_answer(found.get('BlockPublicAccess'))


@operation('DeletePublicAccessBlock', 'service', 'DELETE', 'publicAccessBlock', access=ACCOUNT)
def delete_block(request: Request) -> Answer:
    """Lets public ACLs and policies of the account's buckets count again."""
    request.state.store.drop_setting(access.of_account(request.account), 'publicAccessBlock')
    return Answer(204)
