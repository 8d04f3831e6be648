"""What `oss2.models` has of multipart."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def init_multipart_upload_result(result: models.InitMultipartUploadResult) -> None:
    assert_type(result.upload_id, str)
    assert_type(result.bucket, Optional[str])
    assert_type(result.key, Optional[str])


def part_info() -> models.PartInfo:
    value = models.PartInfo(1, 'etag', size=1, last_modified=1, part_crc=1)
    assert_type(value.part_number, int)
    assert_type(value.etag, str)
    assert_type(value.size, Optional[int])
    assert_type(value.last_modified, Optional[int])
    assert_type(value.part_crc, Optional[int])
    return value


def list_parts_result(result: models.ListPartsResult) -> None:
    assert_type(result.is_truncated, bool)
    assert_type(result.next_marker, str)
    assert_type(result.parts, List[models.PartInfo])
    assert_type(result.bucket, Optional[str])
    assert_type(result.key, Optional[str])
    assert_type(result.upload_id, Optional[str])
    assert_type(result.max_parts, Optional[int])


def multipart_upload_info() -> models.MultipartUploadInfo:
    value = models.MultipartUploadInfo('key', 'upload-id', 1)
    assert_type(value.key, str)
    assert_type(value.upload_id, Optional[str])
    assert_type(value.initiation_date, Optional[int])
    assert_type(value.is_prefix(), bool)
    return value


def list_multipart_uploads_result(result: models.ListMultipartUploadsResult) -> None:
    assert_type(result.is_truncated, bool)
    assert_type(result.next_key_marker, str)
    assert_type(result.next_upload_id_marker, str)
    assert_type(result.upload_list, List[models.MultipartUploadInfo])
    assert_type(result.prefix_list, List[str])
