"""Who may do what with a bucket: policies, callbacks, public access."""
from __future__ import annotations

from typing import Any

from .. import models, xml_utils
from .._arguments import checked_document, digested
from .._client import BucketClient
from .._typing import Data

_POLICY = "the policy's JSON"


class AccessOperations(BucketClient):
    """Policies of the bucket and of callbacks, and the block of public access."""

    def put_bucket_policy(self, policy: Data) -> models.RequestResult:
        """Set the bucket's policy (PutBucketPolicy).

        :param policy: JSON; str, bytes, a file object or an iterable of bytes
        :raises NoSuchBucket: there is no such bucket
        """
        data = checked_document(policy, _POLICY)
        return models.RequestResult(self._bucket('PUT', params={self.POLICY: ''}, **digested(data)))

    def get_bucket_policy(self) -> models.GetBucketPolicyResult:
        """Get the bucket's policy, as `policy`: JSON text (GetBucketPolicy).

        :raises NoSuchBucketPolicy: it has none
        """
        return models.GetBucketPolicyResult(self._get_bucket_config(self.POLICY))

    def delete_bucket_policy(self) -> models.RequestResult:
        """Remove the bucket's policy (DeleteBucketPolicy).  It is no error if there is none.

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.POLICY: ''}))

    def get_bucket_policy_status(self) -> models.GetBucketPolicyStatusResult:
        """Get whether the bucket's policy lets everybody in, as `is_public` (GetBucketPolicyStatus).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.POLICY_STATUS)
        return self._declared_result(resp, models.GetBucketPolicyStatusResult)

    def put_bucket_callback_policy(self, callbackPolicy: Any) -> models.RequestResult:
        """Set the callbacks that uploads can name (PutBucketCallbackPolicy).

        :param callbackPolicy: a list of CallbackPolicyInfo, which replaces what is set; or a ready-made XML document
        :raises NoSuchBucket: there is no such bucket
        """
        data = callbackPolicy or []
        if isinstance(data, models.CallbackPolicy):
            data = data.callback_policies
        if not isinstance(data, (str, bytes)) and not hasattr(data, 'read'):
            data = xml_utils.to_do_bucket_callback_policy_request(data)
        return models.RequestResult(self._bucket('PUT', data=data, params=self._callback_policy()))

    def get_bucket_callback_policy(self) -> models.CallbackPolicyResult:
        """Get the callbacks that uploads can name, as `callback_policies` (GetBucketCallbackPolicy).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params=self._callback_policy())
        return self._parse_result(resp, xml_utils.parse_callback_policy_result, models.CallbackPolicyResult)

    def delete_bucket_callback_policy(self) -> models.RequestResult:
        """Remove the callbacks that uploads can name (DeleteBucketCallbackPolicy).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params=self._callback_policy()))

    def _callback_policy(self) -> Any:
        return {self.POLICY: '', self.COMP: self.CALLBACK}

    def put_bucket_public_access_block(self, block_public_access: bool = False) -> models.RequestResult:
        """Block public access to the bucket, or stop blocking it (PutBucketPublicAccessBlock).

        :raises NoSuchBucket: there is no such bucket
        """
        data = xml_utils.to_put_public_access_block_request(block_public_access)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.PUBLIC_ACCESS_BLOCK: ''}))

    def get_bucket_public_access_block(self) -> models.GetBucketPublicAccessBlockResult:
        """Get whether public access is blocked, as `block_public_access` (GetBucketPublicAccessBlock).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.PUBLIC_ACCESS_BLOCK)
        return self._parse_result(resp, xml_utils.parse_get_public_access_block_result,
                                  models.GetBucketPublicAccessBlockResult)

    def delete_bucket_public_access_block(self) -> models.RequestResult:
        """Remove the setting that blocks public access (DeleteBucketPublicAccessBlock).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.PUBLIC_ACCESS_BLOCK: ''}))
