"""What `oss2.models` has of settings."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def access_monitor_info() -> models.AccessMonitorInfo:
    value = models.AccessMonitorInfo('Enabled')
    assert_type(value.status, Optional[str])
    return value


def bucket_style_info() -> models.BucketStyleInfo:
    value = models.BucketStyleInfo(
        name='name', content='content', create_time='create-time',
        last_modify_time='last-modify-time')
    assert_type(value.name, Optional[str])
    assert_type(value.content, Optional[str])
    assert_type(value.create_time, Optional[str])
    assert_type(value.last_modify_time, Optional[str])
    return value


def describe_regions_result(result: models.DescribeRegionsResult) -> None:
    assert_type(result.regions, List[models.RegionInfo])


def get_bucket_access_monitor_result(result: models.GetBucketAccessMonitorResult) -> None:
    assert_type(result.access_monitor, Optional[models.AccessMonitorInfo])


def get_bucket_archive_direct_read_result(result: models.GetBucketArchiveDirectReadResult) -> None:
    assert_type(result.enabled, Optional[bool])


def get_bucket_resource_group_result(result: models.GetBucketResourceGroupResult) -> None:
    assert_type(result.resource_group_id, Optional[str])


def get_bucket_style_result(result: models.GetBucketStyleResult) -> None:
    assert_type(result.name, Optional[str])
    assert_type(result.content, Optional[str])
    assert_type(result.create_time, Optional[str])
    assert_type(result.last_modify_time, Optional[str])


def get_bucket_transfer_acceleration_result(result: models.GetBucketTransferAccelerationResult) -> None:
    assert_type(result.enabled, Optional[str])


def list_bucket_style_result(result: models.ListBucketStyleResult) -> None:
    assert_type(result.styles, List[models.BucketStyleInfo])


def region_info() -> models.RegionInfo:
    value = models.RegionInfo(
        region='region', internet_endpoint='internet-endpoint',
        internal_endpoint='internal-endpoint', accelerate_endpoint='accelerate-endpoint')
    assert_type(value.region, Optional[str])
    assert_type(value.internet_endpoint, Optional[str])
    assert_type(value.internal_endpoint, Optional[str])
    assert_type(value.accelerate_endpoint, Optional[str])
    return value
