"""Access points: names with policies of their own through which a bucket is reached."""
from __future__ import annotations

from typing import Any, List, Optional

from .._xml import BOOL, INT, many, one
from ._base import RequestResult, read_text, result, shape
from .policy import PublicAccessBlockConfiguration

__all__ = [
    'AccessPointEndpoints', 'AccessPointInfo', 'AccessPointVpcConfiguration', 'CreateAccessPointRequest',
    'CreateAccessPointResult', 'GetAccessPointPolicyResult', 'GetAccessPointResult', 'ListAccessPointResult',
]


@shape('VpcConfiguration')
class AccessPointVpcConfiguration(RequestResult):
    """The network that may use an access point."""

    vpc_id: Optional[str] = one('VpcId', default=None, if_none='')


@shape('CreateAccessPointConfiguration')
class CreateAccessPointRequest(RequestResult):
    """How an access point is made (CreateAccessPoint)."""

    access_point_name: Optional[str] = one('AccessPointName', default=None)
    network_origin: Optional[str] = one('NetworkOrigin', default=None)
    """``vpc`` or ``internet``."""
    vpc: Optional[AccessPointVpcConfiguration] = one('VpcConfiguration', AccessPointVpcConfiguration, default=None)


@result('CreateAccessPointResult')
class CreateAccessPointResult(RequestResult):
    """An access point that was made (CreateAccessPoint)."""

    access_point_arn: Optional[str] = one('AccessPointArn', default=None)
    alias: Optional[str] = one('Alias', default=None)
    """What can be used in place of the bucket's name."""


@shape('Endpoints')
class AccessPointEndpoints(RequestResult):
    """The addresses of an access point."""

    public_endpoint: Optional[str] = one('PublicEndpoint', default=None)
    internal_endpoint: Optional[str] = one('InternalEndpoint', default=None)


@result('GetAccessPointResult')
class GetAccessPointResult(RequestResult):
    """An access point (GetAccessPoint)."""

    access_point_name: Optional[str] = one('AccessPointName', default=None)
    bucket: Optional[str] = one('Bucket', default=None)
    account_id: Optional[str] = one('AccountId', default=None)
    network_origin: Optional[str] = one('NetworkOrigin', default=None)
    vpc: Optional[AccessPointVpcConfiguration] = one('VpcConfiguration', AccessPointVpcConfiguration, default=None)
    access_point_arn: Optional[str] = one('AccessPointArn', default=None)
    creation_date: Optional[str] = one('CreationDate', default=None)
    """As OSS sends it."""
    alias: Optional[str] = one('Alias', default=None)
    access_point_status: Optional[str] = one('Status', default=None)
    """``enable``, ``creating`` or ``deleting``."""
    endpoints: Optional[AccessPointEndpoints] = one('Endpoints', AccessPointEndpoints, default=None)
    public_access_block_configuration: Optional[PublicAccessBlockConfiguration] = one(
        'PublicAccessBlockConfiguration', PublicAccessBlockConfiguration, default=None)

    def _loaded(self) -> None:
        blocked = self.public_access_block_configuration
        if blocked is not None and blocked.block_public_access is None:
            self.public_access_block_configuration = None


@shape('AccessPoint')
class AccessPointInfo(RequestResult):
    """An access point in a listing."""

    access_point_name: Optional[str] = one('AccessPointName', default=None)
    bucket: Optional[str] = one('Bucket', default=None)
    network_origin: Optional[str] = one('NetworkOrigin', default=None)
    vpc: Optional[AccessPointVpcConfiguration] = one('VpcConfiguration', AccessPointVpcConfiguration, default=None)
    alias: Optional[str] = one('Alias', default=None)
    status: Optional[str] = one('Status', default=None)  # type: ignore[assignment]


@result('ListAccessPointsResult')
class ListAccessPointResult(RequestResult):
    """A page of access points (ListAccessPoints)."""

    account_id: Optional[str] = one('AccountId', default=None)
    max_keys: Optional[int] = one('MaxKeys', INT, default=None)
    is_truncated: Optional[bool] = one('IsTruncated', BOOL, default=None, required=True)
    next_continuation_token: Optional[str] = one('NextContinuationToken', default=None)
    marker: Optional[str] = one('Marker', default=None)
    access_points: List[AccessPointInfo] = many('AccessPoints/AccessPoint', AccessPointInfo)


@result()
class GetAccessPointPolicyResult(RequestResult):
    """The policy of an access point (GetAccessPointPolicy)."""

    policy: str
    """JSON."""

    def __init__(self, resp: Any) -> None:
        super().__init__(resp)
        self.policy = read_text(resp)

    @property
    def access_point_policy(self) -> str:
        """The same as ``policy``."""
        return self.policy
