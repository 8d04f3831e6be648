"""What `oss2.models` has of listing."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def owner() -> models.Owner:
    value = models.Owner('display-name', 'owner-id')
    assert_type(value.display_name, str)
    assert_type(value.id, str)
    return value


def simplified_object_info() -> models.SimplifiedObjectInfo:
    value = models.SimplifiedObjectInfo(
        'key', 1, 'etag', 'type', 1, 'Standard', owner=owner(), restore_info='restore-info')
    assert_type(value.key, str)
    assert_type(value.last_modified, Optional[int])
    assert_type(value.etag, Optional[str])
    assert_type(value.type, Optional[str])
    assert_type(value.size, Optional[int])
    assert_type(value.storage_class, Optional[str])
    assert_type(value.owner, Optional[models.Owner])
    assert_type(value.restore_info, Optional[str])
    assert_type(value.is_prefix(), bool)
    return value


def list_objects_result(result: models.ListObjectsResult) -> None:
    assert_type(result.is_truncated, bool)
    assert_type(result.next_marker, str)
    assert_type(result.object_list, List[models.SimplifiedObjectInfo])
    assert_type(result.prefix_list, List[str])


def list_objects_v2_result(result: models.ListObjectsV2Result) -> None:
    assert_type(result.is_truncated, bool)
    assert_type(result.next_continuation_token, str)
    assert_type(result.object_list, List[models.SimplifiedObjectInfo])
    assert_type(result.prefix_list, List[str])


def delete_marker_info(value: models.DeleteMarkerInfo) -> None:
    assert_type(value.key, str)
    assert_type(value.versionid, str)
    assert_type(value.is_latest, bool)
    assert_type(value.last_modified, Optional[int])
    assert_type(value.owner, models.Owner)


def object_version_info(value: models.ObjectVersionInfo) -> None:
    assert_type(value.key, str)
    assert_type(value.versionid, str)
    assert_type(value.is_latest, bool)
    assert_type(value.last_modified, Optional[int])
    assert_type(value.owner, models.Owner)
    assert_type(value.type, Optional[str])
    assert_type(value.storage_class, Optional[str])
    assert_type(value.size, Optional[int])
    assert_type(value.etag, Optional[str])
    assert_type(value.restore_info, Optional[str])


def list_object_versions_result(result: models.ListObjectVersionsResult) -> None:
    assert_type(result.delete_marker, List[models.DeleteMarkerInfo])
    assert_type(result.is_truncated, bool)
    assert_type(result.key_marker, str)
    assert_type(result.next_key_marker, str)
    assert_type(result.versionid_marker, str)
    assert_type(result.next_versionid_marker, str)
    assert_type(result.name, str)
    assert_type(result.owner, str)
    assert_type(result.prefix, str)
    assert_type(result.max_keys, Optional[int])
    assert_type(result.delimiter, str)
    assert_type(result.versions, List[models.ObjectVersionInfo])
    assert_type(result.common_prefix, List[str])
