"""What `oss2.models` has of access points."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def access_point_endpoints() -> models.AccessPointEndpoints:
    value = models.AccessPointEndpoints(public_endpoint='public-endpoint', internal_endpoint='internal-endpoint')
    assert_type(value.public_endpoint, Optional[str])
    assert_type(value.internal_endpoint, Optional[str])
    return value


def access_point_info() -> models.AccessPointInfo:
    value = models.AccessPointInfo(
        access_point_name='access-point-name', bucket='bucket', network_origin='network-origin',
        vpc=access_point_vpc_configuration(), alias='alias', status='Enabled')
    assert_type(value.access_point_name, Optional[str])
    assert_type(value.bucket, Optional[str])
    assert_type(value.network_origin, Optional[str])
    assert_type(value.vpc, Optional[models.AccessPointVpcConfiguration])
    assert_type(value.alias, Optional[str])
    assert_type(value.status, Optional[str])
    return value


def access_point_vpc_configuration() -> models.AccessPointVpcConfiguration:
    value = models.AccessPointVpcConfiguration(vpc_id='vpc-id')
    assert_type(value.vpc_id, Optional[str])
    return value


def create_access_point_request() -> models.CreateAccessPointRequest:
    value = models.CreateAccessPointRequest(
        access_point_name='access-point-name', network_origin='network-origin',
        vpc=access_point_vpc_configuration())
    assert_type(value.access_point_name, Optional[str])
    assert_type(value.network_origin, Optional[str])
    assert_type(value.vpc, Optional[models.AccessPointVpcConfiguration])
    return value


def create_access_point_result(result: models.CreateAccessPointResult) -> None:
    assert_type(result.access_point_arn, Optional[str])
    assert_type(result.alias, Optional[str])


def get_access_point_policy_result(result: models.GetAccessPointPolicyResult) -> None:
    assert_type(result.policy, str)
    assert_type(result.access_point_policy, str)


def get_access_point_result(result: models.GetAccessPointResult) -> None:
    assert_type(result.access_point_name, Optional[str])
    assert_type(result.bucket, Optional[str])
    assert_type(result.account_id, Optional[str])
    assert_type(result.network_origin, Optional[str])
    assert_type(result.vpc, Optional[models.AccessPointVpcConfiguration])
    assert_type(result.access_point_arn, Optional[str])
    assert_type(result.creation_date, Optional[str])
    assert_type(result.alias, Optional[str])
    assert_type(result.access_point_status, Optional[str])
    assert_type(result.endpoints, Optional[models.AccessPointEndpoints])
    assert_type(result.public_access_block_configuration, Optional[models.PublicAccessBlockConfiguration])


def list_access_point_result(result: models.ListAccessPointResult) -> None:
    assert_type(result.account_id, Optional[str])
    assert_type(result.max_keys, Optional[int])
    assert_type(result.is_truncated, Optional[bool])
    assert_type(result.next_continuation_token, Optional[str])
    assert_type(result.marker, Optional[str])
    assert_type(result.access_points, List[models.AccessPointInfo])
