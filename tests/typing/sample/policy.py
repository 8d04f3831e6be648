"""What `oss2.models` has of policy."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def callback_policy() -> models.CallbackPolicy:
    value = models.CallbackPolicy(callback_policies=[callback_policy_info()])
    assert_type(value.callback_policies, List[models.CallbackPolicyInfo])
    return value


def callback_policy_info() -> models.CallbackPolicyInfo:
    value = models.CallbackPolicyInfo(policy_name='policy-name', callback='callback', callback_var='callback-var')
    assert_type(value.policy_name, Optional[str])
    assert_type(value.callback, Optional[str])
    assert_type(value.callback_var, Optional[str])
    return value


def callback_policy_result(result: models.CallbackPolicyResult) -> None:
    assert_type(result.callback_policies, List[models.CallbackPolicyInfo])


def get_access_point_public_access_block_result(result: models.GetAccessPointPublicAccessBlockResult) -> None:
    assert_type(result.block_public_access, Optional[bool])


def get_bucket_policy_result(result: models.GetBucketPolicyResult) -> None:
    assert_type(result.policy, str)


def get_bucket_public_access_block_result(result: models.GetBucketPublicAccessBlockResult) -> None:
    assert_type(result.block_public_access, Optional[bool])


def get_bucket_request_payment_result(result: models.GetBucketRequestPaymentResult) -> None:
    assert_type(result.payer, Optional[str])


def get_public_access_block_result(result: models.GetPublicAccessBlockResult) -> None:
    assert_type(result.block_public_access, Optional[bool])


def public_access_block_configuration() -> models.PublicAccessBlockConfiguration:
    value = models.PublicAccessBlockConfiguration(block_public_access=True)
    assert_type(value.block_public_access, Optional[bool])
    return value
