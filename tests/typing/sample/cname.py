"""What `oss2.models` has of cname."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def cert_info() -> models.CertInfo:
    value = models.CertInfo(
        cert_id='cert-id', certificate='certificate', private_key='private-key',
        previous_cert_id='previous-cert-id', force=True, delete_certificate=True)
    assert_type(value.cert_id, Optional[str])
    assert_type(value.certificate, Optional[str])
    assert_type(value.private_key, Optional[str])
    assert_type(value.previous_cert_id, Optional[str])
    assert_type(value.force, Optional[bool])
    assert_type(value.delete_certificate, Optional[bool])
    return value


def certificate_info() -> models.CertificateInfo:
    value = models.CertificateInfo()
    assert_type(value.type, Optional[str])
    assert_type(value.cert_id, Optional[str])
    assert_type(value.status, Optional[str])
    assert_type(value.creation_date, Optional[str])
    assert_type(value.fingerprint, Optional[str])
    assert_type(value.valid_start_date, Optional[str])
    assert_type(value.valid_end_date, Optional[str])
    return value


def cname_info() -> models.CnameInfo:
    value = models.CnameInfo()
    assert_type(value.domain, Optional[str])
    assert_type(value.last_modified, Optional[str])
    assert_type(value.status, Optional[str])
    assert_type(value.is_purge_cdn_cache, Optional[str])
    assert_type(value.certificate, Optional[models.CertificateInfo])
    return value


def create_bucket_cname_token_result(result: models.CreateBucketCnameTokenResult) -> None:
    assert_type(result.bucket, Optional[str])
    assert_type(result.cname, Optional[str])
    assert_type(result.token, Optional[str])
    assert_type(result.expire_time, Optional[str])


def get_bucket_cname_token_result(result: models.GetBucketCnameTokenResult) -> None:
    assert_type(result.bucket, Optional[str])
    assert_type(result.cname, Optional[str])
    assert_type(result.token, Optional[str])
    assert_type(result.expire_time, Optional[str])


def list_bucket_cname_result(result: models.ListBucketCnameResult) -> None:
    assert_type(result.bucket, Optional[str])
    assert_type(result.owner, Optional[str])
    assert_type(result.cname, List[models.CnameInfo])


def put_bucket_cname_request() -> models.PutBucketCnameRequest:
    value = models.PutBucketCnameRequest('domain', cert=cert_info())
    assert_type(value.domain, str)
    assert_type(value.cert, Optional[models.CertInfo])
    return value
