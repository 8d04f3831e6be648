"""XML documents under the names that oss2 2.19.1 has for reading and writing them; the models do the work."""
from __future__ import annotations

from typing import Any, Callable, Iterable, Type

from . import models
from ._xml import Document, load_into, to_document
from .models.multipart import PartsToComplete
from .models.objects import KeysToDelete, VersionsToDelete


def _parser(cls: Type[Any]) -> Callable[[Any, Document], Any]:
    def parse(result: Any, body: Document) -> Any:
        load_into(result, body, cls)
        return result
    return parse


def parse_dummy_result(result: Any, body: Document) -> Any:
    """For an answer without a document."""
    return result


parse_list_objects = _parser(models.ListObjectsResult)
parse_list_objects_v2 = _parser(models.ListObjectsV2Result)
parse_list_object_versions = _parser(models.ListObjectVersionsResult)
parse_batch_delete_objects = _parser(models.BatchDeleteObjectsResult)
parse_get_object_acl = _parser(models.GetObjectAclResult)

parse_init_multipart_upload = _parser(models.InitMultipartUploadResult)
parse_list_parts = _parser(models.ListPartsResult)
parse_list_multipart_uploads = _parser(models.ListMultipartUploadsResult)

parse_list_buckets = _parser(models.ListBucketsResult)
parse_get_bucket_info = _parser(models.GetBucketInfoResult)
parse_get_bucket_stat = _parser(models.GetBucketStatResult)
parse_get_bucket_location = _parser(models.GetBucketLocationResult)
parse_get_bucket_acl = _parser(models.GetBucketAclResult)
parse_get_bucket_versioning = _parser(models.GetBucketVersioningResult)
parse_get_bucket_encryption = _parser(models.GetServerSideEncryptionResult)


def to_batch_delete_objects_request(keys: Iterable[Any], quiet: bool) -> bytes:
    return to_document(KeysToDelete(quiet, keys))


def to_batch_delete_objects_version_request(objectVersions: models.BatchDeleteObjectVersionList, quiet: bool) -> bytes:
    return to_document(VersionsToDelete(quiet, objectVersions.object_version_list))


def to_complete_upload_request(parts: Iterable[models.PartInfo]) -> bytes:
    return to_document(PartsToComplete(parts))


def to_put_bucket_config(bucket_config: models.BucketCreateConfig) -> bytes:
    return to_document(bucket_config)


def to_put_bucket_versioning(bucket_version_config: models.BucketVersioningConfig) -> bytes:
    return to_document(bucket_version_config)


def to_put_restore_config(restore_config: models.RestoreConfiguration) -> bytes:
    return to_document(restore_config)
