"""Access points of a bucket: made, described, deleted; their policies and their block of public access."""
from __future__ import annotations

from typing import Dict, Union

from .. import models, xml_utils
from .._arguments import checked_document, checked_name
from .._client import BucketClient
from .._typing import Data


class AccessPointOperations(BucketClient):
    """Names with policies of their own through which the bucket is reached."""

    def create_access_point(
            self, accessPoint: Union[models.CreateAccessPointRequest, Data]) -> models.CreateAccessPointResult:
        """Make an access point (CreateAccessPoint).

        :param accessPoint: a CreateAccessPointRequest, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(accessPoint, models.CreateAccessPointRequest,
                              xml_utils.to_do_create_access_point_request)
        resp = self._bucket('PUT', data=data, params={self.ACCESS_POINT: ''})
        return self._parse_result(resp, xml_utils.parse_create_access_point_result, models.CreateAccessPointResult)

    def get_access_point(self, accessPointName: str) -> models.GetAccessPointResult:
        """Describe an access point (GetAccessPoint).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params={self.ACCESS_POINT: ''}, headers=self._access_point(accessPointName))
        return self._parse_result(resp, xml_utils.parse_get_access_point_result, models.GetAccessPointResult)

    def delete_access_point(self, accessPointName: str) -> models.RequestResult:
        """Delete an access point (DeleteAccessPoint).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.ACCESS_POINT: ''},
                                                 headers=self._access_point(accessPointName)))

    def list_bucket_access_points(self, max_keys: int = 100,
                                  continuation_token: str = '') -> models.ListAccessPointResult:
        """List the bucket's access points (ListAccessPoints).

        :param continuation_token: '' for the first page, then `next_continuation_token` of the last result
        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params={self.ACCESS_POINT: '', 'max-keys': str(max_keys),
                                           self.CONTINUATION_TOKEN: continuation_token})
        return self._parse_result(resp, xml_utils.parse_list_access_point_result, models.ListAccessPointResult)

    def put_access_point_policy(self, accessPointName: str, accessPointPolicy: Data) -> models.RequestResult:
        """Set an access point's policy (PutAccessPointPolicy).

        :param accessPointPolicy: JSON; str, bytes, a file object or an iterable of bytes
        :raises NoSuchBucket: there is no such bucket
        """
        data = checked_document(accessPointPolicy, "the policy's JSON")
        return models.RequestResult(self._bucket('PUT', data=data, params={self.ACCESS_POINT_POLICY: ''},
                                                 headers=self._access_point(accessPointName)))

    def get_access_point_policy(self, accessPointName: str) -> models.GetAccessPointPolicyResult:
        """Get an access point's policy, as `policy`: JSON text (GetAccessPointPolicy).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.GetAccessPointPolicyResult(self._bucket('GET', params={self.ACCESS_POINT_POLICY: ''},
                                                              headers=self._access_point(accessPointName)))

    def delete_access_point_policy(self, accessPointName: str) -> models.RequestResult:
        """Remove an access point's policy (DeleteAccessPointPolicy).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.ACCESS_POINT_POLICY: ''},
                                                 headers=self._access_point(accessPointName)))

    def _access_point(self, name: str) -> Dict[str, str]:
        return {self.OSS_ACCESS_POINT_NAME: checked_name(name, 'accessPointName')}

    def put_access_point_public_access_block(self, access_point_name: str,
                                             block_public_access: bool = False) -> models.RequestResult:
        """Block public access through an access point, or stop blocking it (PutAccessPointPublicAccessBlock).

        :raises NoSuchBucket: there is no such bucket
        """
        data = xml_utils.to_put_public_access_block_request(block_public_access)
        return models.RequestResult(self._bucket('PUT', data=data, params=self._block(access_point_name)))

    def get_access_point_public_access_block(self, access_point_name: str) -> models.GetBucketPublicAccessBlockResult:
        """Get whether public access is blocked, as `block_public_access` (GetAccessPointPublicAccessBlock).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params=self._block(access_point_name))
        return self._parse_result(resp, xml_utils.parse_get_public_access_block_result,
                                  models.GetBucketPublicAccessBlockResult)

    def delete_access_point_public_access_block(self, access_point_name: str) -> models.RequestResult:
        """Remove the setting that blocks public access (DeleteAccessPointPublicAccessBlock).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params=self._block(access_point_name)))

    def _block(self, name: str) -> Dict[str, str]:
        return {self.PUBLIC_ACCESS_BLOCK: '', self.OSS_ACCESS_POINT_NAME: checked_name(name, 'access_point_name')}
