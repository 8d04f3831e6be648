"""Buckets as such: create, delete, information, ACL, versioning."""
from __future__ import annotations

from typing import Optional, Union

from .. import models, xml_utils
from .._client import BucketClient, Headers, _checked_headers, checked_text, digested
from .._typing import Data
from ..headers import OSS_CANNED_ACL


class BasicBucketOperations(BucketClient):
    """Creating, deleting and describing the bucket."""

    def create_bucket(self, permission: Optional[str] = None,
                      input: Union[models.BucketCreateConfig, Data, None] = None,
                      headers: Headers = None) -> models.RequestResult:
        """Create the bucket (PutBucket); no error if it is there and yours.

        :param permission: one of the BUCKET_ACL_* constants; without it the bucket is private
        :param input: a BucketCreateConfig: storage class and redundancy; or a ready-made XML document
        """
        headers = _checked_headers(headers)
        if permission:
            headers[OSS_CANNED_ACL] = permission
        data = self._document(input, models.BucketCreateConfig, xml_utils.to_put_bucket_config, optional=True)
        return models.RequestResult(self._bucket('PUT', headers=headers, data=data))

    def delete_bucket(self) -> models.RequestResult:
        """Delete the bucket (DeleteBucket).

        :raises BucketNotEmpty: it has objects, versions, unfinished uploads or live channels
        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE'))

    def get_bucket_info(self) -> models.GetBucketInfoResult:
        """Get the bucket's properties: times, places, classes, owner (GetBucketInfo)."""
        resp = self._get_bucket_config(self.BUCKET_INFO)
        return self._parse_result(resp, xml_utils.parse_get_bucket_info, models.GetBucketInfoResult)

    def get_bucket_stat(self) -> models.GetBucketStatResult:
        """Get how much the bucket holds: bytes and objects, by storage class (GetBucketStat)."""
        resp = self._get_bucket_config(self.STAT)
        return self._parse_result(resp, xml_utils.parse_get_bucket_stat, models.GetBucketStatResult)

    def get_bucket_location(self) -> models.GetBucketLocationResult:
        """Get the bucket's region, as `location`, such as oss-cn-hangzhou (GetBucketLocation)."""
        resp = self._get_bucket_config(self.LOCATION)
        return self._parse_result(resp, xml_utils.parse_get_bucket_location, models.GetBucketLocationResult)

    def put_bucket_acl(self, permission: str) -> models.RequestResult:
        """Set the bucket's ACL (PutBucketAcl).

        :param permission: one of the BUCKET_ACL_* constants
        """
        headers = {OSS_CANNED_ACL: checked_text('permission', permission)}
        return models.RequestResult(self._bucket('PUT', headers=headers, params={self.ACL: ''}))

    def get_bucket_acl(self) -> models.GetBucketAclResult:
        """Get the bucket's ACL, as `acl` (GetBucketAcl)."""
        resp = self._get_bucket_config(self.ACL)
        return self._parse_result(resp, xml_utils.parse_get_bucket_acl, models.GetBucketAclResult)

    def put_bucket_versioning(
            self, config: Union[models.BucketVersioningConfig, Data], headers: Headers = None) -> models.RequestResult:
        """Keep versions of the bucket's objects, or stop to (PutBucketVersioning).

        :param config: a BucketVersioningConfig, or a ready-made XML document
        """
        data = self._document(config, models.BucketVersioningConfig, xml_utils.to_put_bucket_versioning)
        return models.RequestResult(self._bucket('PUT', params={self.VERSIONING: ''}, **digested(data, headers)))

    def get_bucket_versioning(self) -> models.GetBucketVersioningResult:
        """Get whether the bucket keeps versions, as `status`: None if that was never set (GetBucketVersioning)."""
        resp = self._get_bucket_config(self.VERSIONING)
        return self._parse_result(resp, xml_utils.parse_get_bucket_versioning, models.GetBucketVersioningResult)
