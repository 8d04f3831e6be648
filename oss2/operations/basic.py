"""Buckets as such: create, delete, information, ACL, versioning."""
from __future__ import annotations

from typing import Any, Optional, Union

from .. import models, xml_utils
from .._arguments import (
    Headers,
    Params,
    checked_headers,
    checked_key,
    checked_name,
    checked_text,
    copied_params,
    digested,
)
from .._client import BucketClient
from .._typing import Data
from ..exceptions import NoSuchBucket
from ..headers import OSS_CANNED_ACL


class BasicBucketOperations(BucketClient):
    """Creating, deleting and describing the bucket."""

    def create_bucket(self, permission: Optional[str] = None,
                      input: Union[models.BucketCreateConfig, Data, None] = None,
                      headers: Headers = None) -> models.RequestResult:
        """Create the bucket (PutBucket); no error if it is there and yours.

        :param permission: one of the BUCKET_ACL_* constants; without it the bucket is private
        :param input: a BucketCreateConfig: storage class and redundancy; or a ready-made XML document
        :param headers: such as x-oss-resource-group-id, x-oss-bucket-tagging and x-oss-agentic-bucket
        :raises Conflict: the name is taken; the code is BucketAlreadyExists
        """
        headers = checked_headers(headers)
        if permission:
            headers[OSS_CANNED_ACL] = permission
        data = self._document(input, models.BucketCreateConfig, xml_utils.to_put_bucket_config, optional=True)
        return models.RequestResult(self._bucket('PUT', headers=headers, data=data))

    def bucket_exists(self) -> bool:
        """Whether there is such a bucket, of whatever account (GetBucketAcl).

        :raises AccessDenied: there is, but the ACL may not be seen
        :raises ServerError: OSS does not say whether there is
        """
        try:
            self.get_bucket_acl()
        except NoSuchBucket:
            return False
        return True

    def invoke_operation(self, method: str, key: str = '', params: Params = None, headers: Headers = None,
                         data: Any = None) -> models.InvokeOperationResult:
        """Send any request, signed: for operations of OSS that have no method here.

        :param method: of HTTP, such as GET
        :param key: the object that it is about; '' for the bucket
        :param params: the query; '' gives a bare name, such as {'acl': ''}. Signatures of version 1 cover only the
            names of sub-resources that are known here, those of version 4 all of it
        :param data: as for :meth:`put_object`
        :return: `status`, `headers` and the whole `body` as bytes
        :raises ServerError: OSS answered with an error
        """
        return models.InvokeOperationResult(self._do(
            checked_name(method, 'method'), self.bucket_name, checked_key(key) if key else '', headers=headers,
            params=copied_params(params), data=data))

    def delete_bucket(self) -> models.RequestResult:
        """Delete the bucket (DeleteBucket).

        :raises BucketNotEmpty: it has objects, versions, unfinished uploads or live channels
        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE'))

    def get_bucket_info(self) -> models.GetBucketInfoResult:
        """Get the bucket's properties: times, places, classes, owner (GetBucketInfo).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.BUCKET_INFO)
        return self._parse_result(resp, xml_utils.parse_get_bucket_info, models.GetBucketInfoResult)

    def get_bucket_stat(self) -> models.GetBucketStatResult:
        """Get how much the bucket holds: bytes and objects, by storage class (GetBucketStat).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.STAT)
        return self._parse_result(resp, xml_utils.parse_get_bucket_stat, models.GetBucketStatResult)

    def get_bucket_location(self) -> models.GetBucketLocationResult:
        """Get the bucket's region, as `location`, such as oss-cn-hangzhou (GetBucketLocation).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.LOCATION)
        return self._parse_result(resp, xml_utils.parse_get_bucket_location, models.GetBucketLocationResult)

    def put_bucket_acl(self, permission: str) -> models.RequestResult:
        """Set the bucket's ACL (PutBucketAcl).

        :param permission: one of the BUCKET_ACL_* constants
        :raises NoSuchBucket: there is no such bucket
        """
        headers = {OSS_CANNED_ACL: checked_text('permission', permission)}
        return models.RequestResult(self._bucket('PUT', headers=headers, params={self.ACL: ''}))

    def get_bucket_acl(self) -> models.GetBucketAclResult:
        """Get the bucket's ACL, as `acl` (GetBucketAcl).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.ACL)
        return self._parse_result(resp, xml_utils.parse_get_bucket_acl, models.GetBucketAclResult)

    def put_bucket_versioning(
            self, config: Union[models.BucketVersioningConfig, Data], headers: Headers = None) -> models.RequestResult:
        """Keep versions of the bucket's objects, or stop blocking it (PutBucketVersioning).

        :param config: a BucketVersioningConfig, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(config, models.BucketVersioningConfig, xml_utils.to_put_bucket_versioning)
        return models.RequestResult(self._bucket('PUT', params={self.VERSIONING: ''}, **digested(data, headers)))

    def get_bucket_versioning(self) -> models.GetBucketVersioningResult:
        """Get whether the bucket keeps versions, as `status`: None if that was never set (GetBucketVersioning).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.VERSIONING)
        return self._parse_result(resp, xml_utils.parse_get_bucket_versioning, models.GetBucketVersioningResult)
