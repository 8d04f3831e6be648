"""Who may do what, and who pays: policies of buckets, of callbacks, public access, request payment."""
from __future__ import annotations

from typing import Any, List, Optional

from .._xml import BOOL, YES, many, one
from ._base import RequestResult, read_text, result, shape

__all__ = [
    'CallbackPolicy', 'CallbackPolicyInfo', 'CallbackPolicyResult', 'GetAccessPointPublicAccessBlockResult',
    'GetBucketPolicyResult', 'GetBucketPolicyStatusResult', 'GetBucketPublicAccessBlockResult',
    'GetBucketRequestPaymentResult', 'GetPublicAccessBlockResult', 'PublicAccessBlockConfiguration',
]


@result()
class GetBucketPolicyResult(RequestResult):
    """The policy of a bucket (GetBucketPolicy)."""

    policy: str
    """JSON."""

    def __init__(self, resp: Any) -> None:
        super().__init__(resp)
        self.policy = read_text(resp)


@shape('PolicyItem')
class CallbackPolicyInfo(RequestResult):
    """A callback that uploads can name."""

    policy_name: Optional[str] = one('PolicyName', default=None)
    callback: Optional[str] = one('Callback', default=None)
    """What ``x-oss-callback`` would hold: base64 of JSON."""
    callback_var: Optional[str] = one('CallbackVar', default=None, if_none='')
    """What ``x-oss-callback-var`` would hold."""


@shape('BucketCallbackPolicy')
class CallbackPolicy:
    """The callbacks that uploads to a bucket can name (PutBucketCallbackPolicy)."""

    callback_policies: List[CallbackPolicyInfo] = many('PolicyItem', CallbackPolicyInfo, factory=list)


@result('BucketCallbackPolicy')
class CallbackPolicyResult(RequestResult):
    """The callbacks that uploads to a bucket can name (GetBucketCallbackPolicy)."""

    callback_policies: List[CallbackPolicyInfo] = many('PolicyItem', CallbackPolicyInfo)


@shape('PublicAccessBlockConfiguration')
class _AccessBlock:
    block_public_access: Optional[bool] = one('BlockPublicAccess', BOOL, default=None)


@shape('PublicAccessBlockConfiguration')
class PublicAccessBlockConfiguration(RequestResult, _AccessBlock):
    """Whether public access is blocked."""


@shape('PublicAccessBlockConfiguration')
class PublicAccessToBlock:
    """The document that blocks public access."""

    block_public_access: bool = one('BlockPublicAccess', YES)


@result('PublicAccessBlockConfiguration')
class GetPublicAccessBlockResult(RequestResult, _AccessBlock):
    """Whether public access to all of an account is blocked (GetPublicAccessBlock)."""


@result('PublicAccessBlockConfiguration')
class GetBucketPublicAccessBlockResult(RequestResult, _AccessBlock):
    """Whether public access to a bucket is blocked (GetBucketPublicAccessBlock)."""


@result('PublicAccessBlockConfiguration')
class GetAccessPointPublicAccessBlockResult(RequestResult, _AccessBlock):
    """Whether public access to an access point is blocked (GetAccessPointPublicAccessBlock)."""


@shape('RequestPaymentConfiguration')
class PayerToSet:
    """The document that says who pays."""

    payer: str = one('Payer', if_none='')


@result('RequestPaymentConfiguration')
class GetBucketRequestPaymentResult(RequestResult):
    """Who pays for requests and traffic (GetBucketRequestPayment)."""

    payer: Optional[str] = one('Payer', default='', absent=None)
    """``BucketOwner`` or ``Requester``."""


@result('PolicyStatus')
class GetBucketPolicyStatusResult(RequestResult):
    """Whether a bucket's policy lets everybody in (GetBucketPolicyStatus)."""

    is_public: Optional[bool] = one('IsPublic', BOOL, default=None)
