"""Settings that are a value or two: acceleration, access times, styles, resource groups; regions, cloud boxes."""
from __future__ import annotations

from typing import List, Optional

from .._xml import BOOL, WORD, many, one
from ._base import RequestResult, result, shape
from .listing import Owner

__all__ = [
    'AccessMonitorInfo', 'BucketStyleInfo', 'CloudBox', 'DescribeRegionsResult', 'GetBucketAccessMonitorResult',
    'GetBucketArchiveDirectReadResult', 'GetBucketResourceGroupResult', 'GetBucketStyleResult',
    'GetBucketTransferAccelerationResult', 'ListBucketStyleResult', 'ListCloudBoxesResult', 'RegionInfo',
]


@shape('AccessMonitorConfiguration')
class AccessMonitorInfo:
    """Whether OSS notes when objects are accessed (PutBucketAccessMonitor)."""

    status: Optional[str] = one('Status', if_none='')
    """``Enabled``, ``Disabled``, ``Enabling`` or ``Disabling``."""


@result('AccessMonitorConfiguration')
class GetBucketAccessMonitorResult(RequestResult):
    """Whether OSS notes when objects are accessed (GetBucketAccessMonitor)."""

    access_monitor: Optional[AccessMonitorInfo] = one('.', AccessMonitorInfo, default=None)


@shape('TransferAccelerationConfiguration')
class AccelerationToSet:
    """The document that switches transfer acceleration."""

    enabled: Optional[str] = one('Enabled', WORD)


@result('TransferAccelerationConfiguration')
class GetBucketTransferAccelerationResult(RequestResult):
    """Whether a bucket is reached faster from afar (GetBucketTransferAcceleration)."""

    enabled: Optional[str] = one('Enabled', default=None)
    """``true`` or ``false``."""


@shape('ArchiveDirectReadConfiguration')
class DirectReadToSet:
    """The document that switches direct reading of archived objects."""

    enabled: bool = one('Enabled', BOOL)


@result('ArchiveDirectReadConfiguration')
class GetBucketArchiveDirectReadResult(RequestResult):
    """Whether archived objects are read without restoring them (GetBucketArchiveDirectRead)."""

    enabled: Optional[bool] = one('Enabled', BOOL, default=None)


@shape('BucketResourceGroupConfiguration')
class ResourceGroupToSet:
    """The document that puts a bucket into a resource group."""

    resource_group_id: Optional[str] = one('ResourceGroupId', if_none='')


@result('BucketResourceGroupConfiguration')
class GetBucketResourceGroupResult(RequestResult):
    """The resource group of a bucket (GetBucketResourceGroup)."""

    resource_group_id: Optional[str] = one('ResourceGroupId', default=None)


@shape('Style')
class StyleToPut:
    """The document that defines a style."""

    content: Optional[str] = one('Content', if_none='')


@shape('Style')
class _Style:
    name: Optional[str] = one('Name', default=None)
    content: Optional[str] = one('Content', default=None)
    """Such as ``image/resize,p_50``."""
    create_time: Optional[str] = one('CreateTime', default=None)
    last_modify_time: Optional[str] = one('LastModifyTime', default=None)


@shape('Style')
class BucketStyleInfo(RequestResult, _Style):
    """An image style of a bucket; times as OSS sends them."""


@result('Style')
class GetBucketStyleResult(RequestResult, _Style):
    """An image style of a bucket (GetStyle); times as OSS sends them."""


@result('StyleList')
class ListBucketStyleResult(RequestResult):
    """The image styles of a bucket (ListStyle)."""

    styles: List[BucketStyleInfo] = many('Style', BucketStyleInfo)


@shape('RegionInfo')
class RegionInfo(RequestResult):
    """A region and its addresses."""

    region: Optional[str] = one('Region', default=None)
    internet_endpoint: Optional[str] = one('InternetEndpoint', default=None)
    internal_endpoint: Optional[str] = one('InternalEndpoint', default=None)
    accelerate_endpoint: Optional[str] = one('AccelerateEndpoint', default=None)


@result('RegionInfoList')
class DescribeRegionsResult(RequestResult):
    """The regions of OSS (DescribeRegions)."""

    regions: List[RegionInfo] = many('RegionInfo', RegionInfo)


@shape('CloudBox')
class CloudBox:
    """OSS on the account's own premises."""

    id: Optional[str] = one('ID', default=None)
    name: Optional[str] = one('Name', default=None)
    region: Optional[str] = one('Region', default=None)
    control_endpoint: Optional[str] = one('ControlEndpoint', default=None)
    """For operations on buckets."""
    data_endpoint: Optional[str] = one('DataEndpoint', default=None)
    """For operations on objects."""
    alias: Optional[str] = one('Alias', default=None)


@result('ListCloudBoxResult')
class ListCloudBoxesResult(RequestResult):
    """A page of the account's cloud boxes (ListCloudBoxes)."""

    owner: Optional[Owner] = one('Owner', Owner, default=None)
    cloud_boxes: List[CloudBox] = many('CloudBoxes/CloudBox', CloudBox)
    is_truncated: bool = one('IsTruncated', BOOL, default=False)
    next_marker: str = one('NextMarker', default='')
    """Where the next page begins, '' on the last one."""
