"""What `oss2.models` has of qos."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def bucket_qos_info() -> models.BucketQosInfo:
    value = models.BucketQosInfo(
        total_upload_bw=1, intranet_upload_bw=1, extranet_upload_bw=1, total_download_bw=1,
        intranet_download_bw=1, extranet_download_bw=1, total_qps=1, intranet_qps=1, extranet_qps=1)
    assert_type(value.total_upload_bw, Optional[int])
    assert_type(value.intranet_upload_bw, Optional[int])
    assert_type(value.extranet_upload_bw, Optional[int])
    assert_type(value.total_download_bw, Optional[int])
    assert_type(value.intranet_download_bw, Optional[int])
    assert_type(value.extranet_download_bw, Optional[int])
    assert_type(value.total_qps, Optional[int])
    assert_type(value.intranet_qps, Optional[int])
    assert_type(value.extranet_qps, Optional[int])
    return value


def bucket_user_qos() -> models.BucketUserQos:
    value = models.BucketUserQos(storage_capacity=1)
    assert_type(value.storage_capacity, Optional[int])
    return value


def get_bucket_qos_info_result(result: models.GetBucketQosInfoResult) -> None:
    assert_type(result.total_upload_bw, Optional[int])
    assert_type(result.intranet_upload_bw, Optional[int])
    assert_type(result.extranet_upload_bw, Optional[int])
    assert_type(result.total_download_bw, Optional[int])
    assert_type(result.intranet_download_bw, Optional[int])
    assert_type(result.extranet_download_bw, Optional[int])
    assert_type(result.total_qps, Optional[int])
    assert_type(result.intranet_qps, Optional[int])
    assert_type(result.extranet_qps, Optional[int])


def get_bucket_user_qos_result(result: models.GetBucketUserQosResult) -> None:
    assert_type(result.storage_capacity, Optional[int])


def get_user_qos_info_result(result: models.GetUserQosInfoResult) -> None:
    assert_type(result.region, Optional[str])
    assert_type(result.total_upload_bw, Optional[int])
    assert_type(result.intranet_upload_bw, Optional[int])
    assert_type(result.extranet_upload_bw, Optional[int])
    assert_type(result.total_download_bw, Optional[int])
    assert_type(result.intranet_download_bw, Optional[int])
    assert_type(result.extranet_download_bw, Optional[int])
    assert_type(result.total_qps, Optional[int])
    assert_type(result.intranet_qps, Optional[int])
    assert_type(result.extranet_qps, Optional[int])


def list_bucket_requester_qo_s_infos_result(result: models.ListBucketRequesterQoSInfosResult) -> None:
    assert_type(result.bucket, Optional[str])
    assert_type(result.continuation_token, Optional[str])
    assert_type(result.next_continuation_token, Optional[str])
    assert_type(result.is_truncated, bool)
    assert_type(result.requester_qos_info, List[models.RequesterQoSInfo])


def list_resource_pool_buckets_result(result: models.ListResourcePoolBucketsResult) -> None:
    assert_type(result.resource_pool, Optional[str])
    assert_type(result.continuation_token, Optional[str])
    assert_type(result.next_continuation_token, Optional[str])
    assert_type(result.is_truncated, bool)
    assert_type(result.resource_pool_buckets, List[models.ResourcePoolBucketInfo])


def list_resource_pool_requester_qo_s_infos_result(result: models.ListResourcePoolRequesterQoSInfosResult) -> None:
    assert_type(result.resource_pool, Optional[str])
    assert_type(result.continuation_token, Optional[str])
    assert_type(result.next_continuation_token, Optional[str])
    assert_type(result.is_truncated, bool)
    assert_type(result.requester_qos_info, List[models.RequesterQoSInfo])


def list_resource_pools_result(result: models.ListResourcePoolsResult) -> None:
    assert_type(result.region, Optional[str])
    assert_type(result.owner, Optional[str])
    assert_type(result.continuation_token, Optional[str])
    assert_type(result.next_continuation_token, Optional[str])
    assert_type(result.is_truncated, bool)
    assert_type(result.resource_pool, List[models.ResourcePoolInfo])


def qo_s_configuration() -> models.QoSConfiguration:
    value = models.QoSConfiguration(
        total_upload_bw=1, intranet_upload_bw=1, extranet_upload_bw=1, total_download_bw=1,
        intranet_download_bw=1, extranet_download_bw=1, total_qps=1, intranet_qps=1, extranet_qps=1)
    assert_type(value.total_upload_bw, Optional[int])
    assert_type(value.intranet_upload_bw, Optional[int])
    assert_type(value.extranet_upload_bw, Optional[int])
    assert_type(value.total_download_bw, Optional[int])
    assert_type(value.intranet_download_bw, Optional[int])
    assert_type(value.extranet_download_bw, Optional[int])
    assert_type(value.total_qps, Optional[int])
    assert_type(value.intranet_qps, Optional[int])
    assert_type(value.extranet_qps, Optional[int])
    return value


def requester_qo_s_info() -> models.RequesterQoSInfo:
    value = models.RequesterQoSInfo(requester='requester', qos_configuration=qo_s_configuration())
    assert_type(value.requester, Optional[str])
    assert_type(value.qos_configuration, Optional[models.QoSConfiguration])
    return value


def requester_qo_s_info_result(result: models.RequesterQoSInfoResult) -> None:
    assert_type(result.requester, Optional[str])
    assert_type(result.qos_configuration, Optional[models.QoSConfiguration])


def resource_pool_bucket_info() -> models.ResourcePoolBucketInfo:
    value = models.ResourcePoolBucketInfo(name='name', join_time='join-time')
    assert_type(value.name, Optional[str])
    assert_type(value.join_time, Optional[str])
    return value


def resource_pool_info() -> models.ResourcePoolInfo:
    value = models.ResourcePoolInfo(name='name', create_time='create-time')
    assert_type(value.name, Optional[str])
    assert_type(value.create_time, Optional[str])
    return value


def resource_pool_info_result(result: models.ResourcePoolInfoResult) -> None:
    assert_type(result.region, Optional[str])
    assert_type(result.name, Optional[str])
    assert_type(result.owner, Optional[str])
    assert_type(result.create_time, Optional[str])
    assert_type(result.qos_configuration, Optional[models.QoSConfiguration])


def user_qos_info() -> models.UserQosInfo:
    value = models.UserQosInfo(
        region='region', total_upload_bw=1, intranet_upload_bw=1, extranet_upload_bw=1,
        total_download_bw=1, intranet_download_bw=1, extranet_download_bw=1, total_qps=1,
        intranet_qps=1, extranet_qps=1)
    assert_type(value.region, Optional[str])
    assert_type(value.total_upload_bw, Optional[int])
    assert_type(value.intranet_upload_bw, Optional[int])
    assert_type(value.extranet_upload_bw, Optional[int])
    assert_type(value.total_download_bw, Optional[int])
    assert_type(value.intranet_download_bw, Optional[int])
    assert_type(value.extranet_download_bw, Optional[int])
    assert_type(value.total_qps, Optional[int])
    assert_type(value.intranet_qps, Optional[int])
    assert_type(value.extranet_qps, Optional[int])
    return value
