"""Limits: bandwidth and queries a second, of accounts, buckets, requesters and resource pools; storage quotas."""
from __future__ import annotations

from typing import List, Optional

from .._xml import BOOL, INT, many, one
from ._base import RequestResult, result, shape

__all__ = [
    'BucketQosInfo', 'BucketUserQos', 'GetBucketQosInfoResult', 'GetBucketStorageQuotaResult', 'GetBucketUserQosResult',
    'GetUserQosInfoResult', 'ListBucketRequesterQoSInfosResult', 'ListResourcePoolBucketsResult',
    'ListResourcePoolRequesterQoSInfosResult', 'ListResourcePoolsResult', 'QoSConfiguration', 'QuotaConfiguration',
    'RequesterQoSInfo', 'RequesterQoSInfoResult', 'ResourcePoolBucketInfo', 'ResourcePoolInfo',
    'ResourcePoolInfoResult', 'UserQosInfo',
]


@shape('QoSConfiguration')
class _Limits:
    """Limits; bandwidth in Gbit/s, -1 for no limit of its own, None for what is not to be changed."""

    total_upload_bw: Optional[int] = one('TotalUploadBandwidth', INT, default=None)
    intranet_upload_bw: Optional[int] = one('IntranetUploadBandwidth', INT, default=None)
    extranet_upload_bw: Optional[int] = one('ExtranetUploadBandwidth', INT, default=None)
    total_download_bw: Optional[int] = one('TotalDownloadBandwidth', INT, default=None)
    intranet_download_bw: Optional[int] = one('IntranetDownloadBandwidth', INT, default=None)
    extranet_download_bw: Optional[int] = one('ExtranetDownloadBandwidth', INT, default=None)
    total_qps: Optional[int] = one('TotalQps', INT, default=None)
    intranet_qps: Optional[int] = one('IntranetQps', INT, default=None)
    extranet_qps: Optional[int] = one('ExtranetQps', INT, default=None)


@shape('QoSConfiguration')
class QoSConfiguration(_Limits):
    """The limits of a requester or a resource pool (PutBucketRequesterQoSInfo)."""


@shape('QoSConfiguration')
class QosSwitch:
    """The document of ``xml_utils.to_put_bucket_requester_qos_info``, which no operation of 2.19.1 sends."""

    enabled: bool = one('Enabled', BOOL)


@shape('QoSConfiguration')
class BucketQosInfo(_Limits):
    """The limits of a bucket (PutBucketQosInfo)."""


@result('QoSConfiguration')
class GetBucketQosInfoResult(RequestResult, BucketQosInfo):
    """The limits of a bucket (GetBucketQosInfo)."""


@shape('QoSConfiguration')
class _Region:
    region: Optional[str] = one('Region', default=None)


@shape('QoSConfiguration')
class UserQosInfo(_Limits, _Region):
    """The limits of an account in a region."""


@result('QoSConfiguration')
class GetUserQosInfoResult(RequestResult, UserQosInfo):
    """The limits of an account in a region (GetUserQosInfo)."""


@shape('BucketUserQos')
class BucketUserQos:
    """How much a bucket may hold (PutBucketStorageCapacity)."""

    storage_capacity: Optional[int] = one('StorageCapacity', INT, default=None)
    """GB, -1 for no limit."""


@result('BucketUserQos')
class GetBucketUserQosResult(RequestResult, BucketUserQos):
    """How much a bucket may hold (GetBucketStorageCapacity)."""


@shape('RequesterQoSInfo')
class RequesterQoSInfo:
    """The limits of a requester."""

    requester: Optional[str] = one('Requester', default=None)
    """The id of an account or a RAM user."""
    qos_configuration: Optional[QoSConfiguration] = one('QoSConfiguration', QoSConfiguration, default=None)


@result('RequesterQoSInfo')
class RequesterQoSInfoResult(RequestResult, RequesterQoSInfo):
    """The limits of a requester (GetBucketRequesterQoSInfo, GetResourcePoolRequesterQoSInfo)."""


@result('ListBucketRequesterQoSInfosResult')
class ListBucketRequesterQoSInfosResult(RequestResult):
    """A page of the requesters that have limits for a bucket (ListBucketRequesterQoSInfos)."""

    bucket: Optional[str] = one('Bucket', default=None)
    continuation_token: Optional[str] = one('ContinuationToken', default='', absent=None)
    next_continuation_token: Optional[str] = one('NextContinuationToken', default='', absent=None)
    is_truncated: bool = one('IsTruncated', BOOL, default=False, required=True)
    requester_qos_info: List[RequesterQoSInfo] = many('RequesterQoSInfo', RequesterQoSInfo)


@shape('ResourcePool')
class ResourcePoolInfo(RequestResult):
    """A resource pool in a listing."""

    name: Optional[str] = one('Name', default=None)
    create_time: Optional[str] = one('CreateTime', default=None)


@result('GetResourcePoolInfoResponse')
class ResourcePoolInfoResult(RequestResult):
    """A resource pool (GetResourcePoolInfo)."""

    region: Optional[str] = one('Region', default=None)
    name: Optional[str] = one('Name', default=None)
    owner: Optional[str] = one('Owner', default=None)
    create_time: Optional[str] = one('CreateTime', default=None)
    qos_configuration: Optional[QoSConfiguration] = one('QoSConfiguration', QoSConfiguration, default=None)


@result('ListResourcePoolsResult')
class ListResourcePoolsResult(RequestResult):
    """A page of the account's resource pools (ListResourcePools)."""

    region: Optional[str] = one('Region', default=None)
    owner: Optional[str] = one('Owner', default=None)
    continuation_token: Optional[str] = one('ContinuationToken', default='', absent=None)
    next_continuation_token: Optional[str] = one('NextContinuationToken', default='', absent=None)
    is_truncated: bool = one('IsTruncated', BOOL, default=False, required=True)
    resource_pool: List[ResourcePoolInfo] = many('ResourcePool', ResourcePoolInfo)


@shape('ResourcePoolBucket')
class ResourcePoolBucketInfo(RequestResult):
    """A bucket of a resource pool."""

    name: Optional[str] = one('Name', default=None)
    join_time: Optional[str] = one('JoinTime', default=None)


@result('ListResourcePoolBucketsResult')
class ListResourcePoolBucketsResult(RequestResult):
    """A page of the buckets of a resource pool (ListResourcePoolBuckets)."""

    resource_pool: Optional[str] = one('ResourcePool', default=None)
    continuation_token: Optional[str] = one('ContinuationToken', default='', absent=None)
    next_continuation_token: Optional[str] = one('NextContinuationToken', default='', absent=None)
    is_truncated: bool = one('IsTruncated', BOOL, default=False, required=True)
    resource_pool_buckets: List[ResourcePoolBucketInfo] = many('ResourcePoolBucket', ResourcePoolBucketInfo)


@result('ListResourcePoolRequesterQoSInfosResult')
class ListResourcePoolRequesterQoSInfosResult(RequestResult):
    """A page of the requesters that have limits for a resource pool (ListResourcePoolRequesterQoSInfos)."""

    resource_pool: Optional[str] = one('ResourcePool', default=None)
    continuation_token: Optional[str] = one('ContinuationToken', default='', absent=None)
    next_continuation_token: Optional[str] = one('NextContinuationToken', default='', absent=None)
    is_truncated: bool = one('IsTruncated', BOOL, default=False, required=True)
    requester_qos_info: List[RequesterQoSInfo] = many('RequesterQoSInfo', RequesterQoSInfo)


@shape('QuotaConfiguration')
class QuotaConfiguration:
    """How much a bucket may hold (PutBucketStorageQuota)."""

    storage_quota: Optional[int] = one('StorageQuota', INT)
    """Bytes."""
    mode: Optional[str] = one('Mode', default=None)
    """``Strict``: nothing above it is stored; ``Warning``: it is."""


@result('QuotaConfiguration')
class GetBucketStorageQuotaResult(RequestResult, QuotaConfiguration):
    """How much a bucket may hold (GetBucketStorageQuota)."""

    storage_quota: Optional[int] = one('StorageQuota', INT, default=None)
