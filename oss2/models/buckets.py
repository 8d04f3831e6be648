"""Buckets: how they are made, listed and described."""
from __future__ import annotations

from typing import List, Optional

from .._xml import BOOL, INT, TIME, many, one
from ._base import RequestResult, result, shape
from .listing import Owner, marker, nobody
from .protection import ServerSideEncryptionRule

__all__ = [
    'BucketCreateConfig', 'SimplifiedBucketInfo', 'ListBucketsResult',
    'AccessControlList', 'BucketInfo', 'GetBucketInfoResult', 'BucketStat',
    'GetBucketStatResult', 'GetBucketLocationResult', 'GetBucketAclResult', 'BucketVersioningConfig',
    'GetBucketVersioningResult',
]


@shape('CreateBucketConfiguration')
class BucketCreateConfig:
    """How a bucket is made (PutBucket)."""

    storage_class: str = one('StorageClass', if_none='')
    """One of the ``BUCKET_STORAGE_CLASS_*`` constants."""
    data_redundancy_type: Optional[str] = one('DataRedundancyType', default=None)
    """One of the ``BUCKET_DATA_REDUNDANCY_TYPE_*`` constants."""


@shape('Bucket')
class SimplifiedBucketInfo:
    """A bucket in a listing."""

    name: str = one('Name', required=True)
    location: Optional[str] = one('Location')
    creation_date: Optional[int] = one('CreationDate', TIME)
    """Unix seconds."""
    extranet_endpoint: Optional[str] = one('ExtranetEndpoint')
    intranet_endpoint: Optional[str] = one('IntranetEndpoint')
    storage_class: Optional[str] = one('StorageClass')
    region: Optional[str] = one('Region', default=None)
    resource_group_id: Optional[str] = one('ResourceGroupId', default=None)


@result('ListAllMyBucketsResult')
class ListBucketsResult(RequestResult):
    """A page of the account's buckets (ListBuckets)."""

    is_truncated: bool = one('IsTruncated', BOOL, default=False)
    next_marker: str = one('NextMarker', default='', absent=None)
    """Where the next page begins, '' on the last one."""
    buckets: List[SimplifiedBucketInfo] = many('Buckets/Bucket', SimplifiedBucketInfo)
    owner: Owner = one('Owner', Owner, factory=nobody)

    def _loaded(self) -> None:
        self.next_marker = marker(self, 'NextMarker', self.next_marker)


@shape('AccessControlList')
class AccessControlList:
    """Who may use a bucket."""

    grant: Optional[str] = one('Grant')
    """One of the ``BUCKET_ACL_*`` constants."""


@shape('BucketInfo')
class BucketInfo:
    """A bucket."""

    name: Optional[str] = one('Bucket/Name', default=None)
    owner: Optional[Owner] = one('Bucket/Owner', Owner, default=None)
    location: Optional[str] = one('Bucket/Location', default=None)
    storage_class: Optional[str] = one('Bucket/StorageClass', default=None)
    intranet_endpoint: Optional[str] = one('Bucket/IntranetEndpoint', default=None)
    extranet_endpoint: Optional[str] = one('Bucket/ExtranetEndpoint', default=None)
    creation_date: Optional[str] = one('Bucket/CreationDate', default=None)
    """As OSS sends it, such as ``2013-07-31T10:56:21.000Z``."""
    acl: Optional[AccessControlList] = one('Bucket/AccessControlList', AccessControlList, default=None)
    data_redundancy_type: Optional[str] = one('Bucket/DataRedundancyType', default=None)
    comment: Optional[str] = one('Bucket/Comment', default=None)
    bucket_encryption_rule: Optional[ServerSideEncryptionRule] = one(
        'Bucket/ServerSideEncryptionRule', ServerSideEncryptionRule, default=None)
    versioning_status: Optional[str] = one('Bucket/Versioning', default=None)
    """``Enabled`` or ``Suspended``, None if versioning was never set."""
    access_monitor: Optional[str] = one('Bucket/AccessMonitor', default=None)
    transfer_acceleration: Optional[str] = one('Bucket/TransferAcceleration', default=None)
    cross_region_replication: Optional[str] = one('Bucket/CrossRegionReplication', default=None)
    resource_group_id: Optional[str] = one('Bucket/ResourceGroupId', default=None)

    def _loaded(self) -> None:
        rule = self.bucket_encryption_rule
        if rule is not None and rule.sse_algorithm == 'None':  # OSS's word for a bucket without such a rule
            rule.sse_algorithm = rule.kms_master_keyid = rule.kms_data_encryption = None


@result('BucketInfo')
class GetBucketInfoResult(RequestResult, BucketInfo):
    """A bucket (GetBucketInfo)."""

    name: Optional[str] = one('Bucket/Name', default=None, required=True)


@shape('BucketStat')
class BucketStat:
    """How much a bucket holds; storage in bytes, None for what OSS did not send."""

    storage_size_in_bytes: Optional[int] = one('Storage', INT)
    object_count: Optional[int] = one('ObjectCount', INT)
    multi_part_upload_count: Optional[int] = one('MultipartUploadCount', INT)
    live_channel_count: Optional[int] = one('LiveChannelCount', INT, default=None)
    last_modified_time: Optional[int] = one('LastModifiedTime', INT, default=None)
    """When these numbers were taken, Unix seconds."""
    standard_storage: Optional[int] = one('StandardStorage', INT, default=None)
    standard_object_count: Optional[int] = one('StandardObjectCount', INT, default=None)
    infrequent_access_storage: Optional[int] = one('InfrequentAccessStorage', INT, default=None)
    """What is charged; an object counts for at least 64 KiB. The real size is in ``infrequent_access_real_storage``."""
    infrequent_access_real_storage: Optional[int] = one('InfrequentAccessRealStorage', INT, default=None)
    infrequent_access_object_count: Optional[int] = one('InfrequentAccessObjectCount', INT, default=None)
    archive_storage: Optional[int] = one('ArchiveStorage', INT, default=None)
    archive_real_storage: Optional[int] = one('ArchiveRealStorage', INT, default=None)
    archive_object_count: Optional[int] = one('ArchiveObjectCount', INT, default=None)
    cold_archive_storage: Optional[int] = one('ColdArchiveStorage', INT, default=None)
    cold_archive_real_storage: Optional[int] = one('ColdArchiveRealStorage', INT, default=None)
    cold_archive_object_count: Optional[int] = one('ColdArchiveObjectCount', INT, default=None)
    multipart_part_count: Optional[int] = one('MultipartPartCount', INT, default=None)
    delete_marker_count: Optional[int] = one('DeleteMarkerCount', INT, default=None)
    deep_cold_archive_storage: Optional[int] = one('DeepColdArchiveStorage', INT, default=None)
    deep_cold_archive_real_storage: Optional[int] = one('DeepColdArchiveRealStorage', INT, default=None)
    deep_cold_archive_object_count: Optional[int] = one('DeepColdArchiveObjectCount', INT, default=None)


@result('BucketStat')
class GetBucketStatResult(RequestResult, BucketStat):
    """How much a bucket holds (GetBucketStat)."""

    storage_size_in_bytes: Optional[int] = one('Storage', INT, default=0, absent=None)
    object_count: Optional[int] = one('ObjectCount', INT, default=0, absent=None)
    multi_part_upload_count: Optional[int] = one('MultipartUploadCount', INT, default=0)


@result('LocationConstraint')
class GetBucketLocationResult(RequestResult):
    """The region of a bucket (GetBucketLocation)."""

    location: Optional[str] = one('.', default='', absent=None)
    """Such as ``oss-cn-hangzhou``."""


@result('AccessControlPolicy')
class GetBucketAclResult(RequestResult):
    """Who may use a bucket (GetBucketAcl)."""

    acl: str = one('AccessControlList/Grant', default='', required=True)
    """One of the ``BUCKET_ACL_*`` constants."""


@shape('VersioningConfiguration')
class BucketVersioningConfig:
    """Whether a bucket keeps versions (PutBucketVersioning)."""

    status: Optional[str] = one('Status', default=None)
    """``Enabled`` or ``Suspended``, None if versioning was never set."""


@result('VersioningConfiguration')
class GetBucketVersioningResult(RequestResult, BucketVersioningConfig):
    """Whether a bucket keeps versions (GetBucketVersioning); ``status`` is that of versioning, not of HTTP."""

    status: Optional[str]  # type: ignore[assignment]
