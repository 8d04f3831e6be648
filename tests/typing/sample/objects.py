"""What `oss2.models` has of objects."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def head_object_result(result: models.HeadObjectResult) -> None:
    assert_type(result.object_type, Optional[str])
    assert_type(result.last_modified, int)
    assert_type(result.content_type, Optional[str])
    assert_type(result.content_length, int)
    assert_type(result.etag, str)
    assert_type(result.server_crc, Optional[int])
    assert_type(result.last_access_time, Optional[int])
    assert_type(result.sealed_time, Optional[int])
    assert_type(result.expiration, Optional[str])
    assert_type(result.restore, Optional[str])
    assert_type(result.tagging_count, Optional[int])
    assert_type(result.process_status, Optional[str])
    assert_type(result.object_worm_mode, Optional[str])
    assert_type(result.object_worm_retain_until_date, Optional[int])
    assert_type(result.object_worm_legal_hold, Optional[str])


def get_object_meta_result(result: models.GetObjectMetaResult) -> None:
    assert_type(result.last_access_time, Optional[int])
    assert_type(result.last_modified, int)
    assert_type(result.content_length, int)
    assert_type(result.etag, str)


def get_symlink_result(result: models.GetSymlinkResult) -> None:
    assert_type(result.target_key, Optional[str])


def put_object_result(result: models.PutObjectResult) -> None:
    assert_type(result.etag, str)
    assert_type(result.crc, Optional[int])
    assert_type(result.callback_json(), Any)


def append_object_result(result: models.AppendObjectResult) -> None:
    assert_type(result.etag, str)
    assert_type(result.crc, Optional[int])
    assert_type(result.next_position, int)


def get_object_acl_result(result: models.GetObjectAclResult) -> None:
    assert_type(result.acl, str)


def batch_delete_object_version() -> models.BatchDeleteObjectVersion:
    value = models.BatchDeleteObjectVersion(key='key', versionid='versionid')
    assert_type(value.key, str)
    assert_type(value.versionid, str)
    return value


def batch_delete_object_version_list() -> models.BatchDeleteObjectVersionList:
    value = models.BatchDeleteObjectVersionList(object_version_list=[batch_delete_object_version()])
    assert_type(value.object_version_list, List[models.BatchDeleteObjectVersion])
    value.append(batch_delete_object_version())
    assert_type(value.len(), int)
    return value


def batch_delete_object_version_result() -> models.BatchDeleteObjectVersionResult:
    value = models.BatchDeleteObjectVersionResult(
        'key', versionid='versionid', delete_marker=True,
        delete_marker_versionid='delete-marker-versionid')
    assert_type(value.key, str)
    assert_type(value.versionid, str)
    assert_type(value.delete_marker, bool)
    assert_type(value.delete_marker_versionid, str)
    return value


def batch_delete_objects_result(result: models.BatchDeleteObjectsResult) -> None:
    assert_type(result.deleted_keys, List[str])
    assert_type(result.delete_versions, List[models.BatchDeleteObjectVersionResult])


def restore_job_parameters() -> models.RestoreJobParameters:
    value = models.RestoreJobParameters('tier')
    assert_type(value.tier, str)
    return value


def resotre_job_parameters() -> models.ResotreJobParameters:
    value = models.ResotreJobParameters('tier')
    assert_type(value.tier, str)
    return value


def restore_configuration() -> models.RestoreConfiguration:
    value = models.RestoreConfiguration(1, job_parameters=restore_job_parameters())
    assert_type(value.days, int)
    assert_type(value.job_parameters, Optional[models.RestoreJobParameters])
    return value


def get_object_result(result: models.GetObjectResult) -> None:
    assert_type(result.object_type, Optional[str])
    assert_type(result.last_modified, int)
    assert_type(result.content_type, Optional[str])
    assert_type(result.content_length, Optional[int])
    assert_type(result.etag, str)
    assert_type(result.content_range, Optional[str])
    assert_type(result.stream, Any)
    assert_type(result.client_crc, Optional[int])
    assert_type(result.closed, bool)
    assert_type(result.server_crc, Optional[int])
    result.close()
    result.flush()
    assert_type(result.read(), bytes)
    assert_type(result.read1(), bytes)
    assert_type(result.readable(), bool)
    assert_type(result.readinto(bytearray(10)), int)
    assert_type(result.seekable(), bool)
    assert_type(result.writable(), bool)
