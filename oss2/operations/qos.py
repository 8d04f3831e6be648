"""Limits of the bucket, and who answers for it: bandwidth, storage, requester, payer, resource group."""
from __future__ import annotations

from typing import Dict, Union

from .. import models, xml_utils
from .._arguments import checked_name, digested
from .._client import BucketClient
from .._typing import Data
from .._xml import to_document

LIMITS = (models.QoSConfiguration, models.BucketQosInfo, models.UserQosInfo)
Limits = Union[models.QoSConfiguration, models.BucketQosInfo, models.UserQosInfo, Data]


class QosOperations(BucketClient):
    """Limits of bandwidth, queries a second and storage; who pays."""

    def put_bucket_qos_info(self, bucket_qos_info: Limits) -> models.RequestResult:
        """Limit bandwidth and queries a second of the bucket (PutBucketQosInfo).

        :param bucket_qos_info: a BucketQosInfo, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(bucket_qos_info, LIMITS, xml_utils.to_put_qos_info)
        return models.RequestResult(self._bucket('PUT', params={self.QOS_INFO: ''}, **digested(data)))

    def get_bucket_qos_info(self) -> models.GetBucketQosInfoResult:
        """Get the bucket's limits (GetBucketQosInfo).

        :raises ServerError: it has none; the status is 404
        """
        resp = self._get_bucket_config(self.QOS_INFO)
        return self._parse_result(resp, xml_utils.parse_get_qos_info, models.GetBucketQosInfoResult)

    def delete_bucket_qos_info(self) -> models.RequestResult:
        """Remove the bucket's limits (DeleteBucketQosInfo).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.QOS_INFO: ''}))

    def put_bucket_requester_qos_info(self, uid: str, qos_configuration: Limits) -> models.RequestResult:
        """Limit what a requester uses of the bucket (PutBucketRequesterQosInfo).

        :param uid: id of the account or RAM user
        :param qos_configuration: a QoSConfiguration, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        params = self._requester(uid)
        data = self._document(qos_configuration, LIMITS, xml_utils.to_put_qos_info)
        return models.RequestResult(self._bucket('PUT', data=data, params=params))

    def get_bucket_requester_qos_info(self, uid: str) -> models.RequesterQoSInfoResult:
        """Get the limits of a requester (GetBucketRequesterQosInfo).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params=self._requester(uid))
        return self._parse_result(resp, xml_utils.parse_get_requester_qos_info, models.RequesterQoSInfoResult)

    def list_bucket_requester_qos_infos(self, continuation_token: str = '',
                                        max_keys: int = 100) -> models.ListBucketRequesterQoSInfosResult:
        """List the requesters that have limits (ListBucketRequesterQosInfos).

        :param continuation_token: '' for the first page, then `next_continuation_token` of the last result
        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params={self.REQUESTER_QOS_INFO: '', self.CONTINUATION_TOKEN: continuation_token,
                                           'max-keys': str(max_keys)})
        return self._parse_result(resp, xml_utils.parse_list_bucket_requester_qos_infos,
                                  models.ListBucketRequesterQoSInfosResult)

    def delete_bucket_requester_qos_info(self, uid: str) -> models.RequestResult:
        """Remove the limits of a requester (DeleteBucketRequesterQosInfo).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params=self._requester(uid)))

    def _requester(self, uid: str) -> Dict[str, str]:
        return {self.REQUESTER_QOS_INFO: '', self.QOS_REQUESTER: checked_name(uid, 'uid')}

    def set_bucket_storage_capacity(self, user_qos: Union[models.BucketUserQos, Data]) -> models.RequestResult:
        """Limit how much the bucket may hold (PutBucketStorageCapacity).

        :param user_qos: a BucketUserQos, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(user_qos, models.BucketUserQos, xml_utils.to_put_bucket_user_qos)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.USER_QOS: ''}))

    def get_bucket_storage_capacity(self) -> models.GetBucketUserQosResult:
        """Get how much the bucket may hold, as `storage_capacity` (GetBucketStorageCapacity).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.USER_QOS)
        return self._parse_result(resp, xml_utils.parse_get_bucket_user_qos, models.GetBucketUserQosResult)

    def put_bucket_storage_quota(self, configuration: Union[models.QuotaConfiguration, Data]) -> models.RequestResult:
        """Limit how much the bucket may hold, or warn of it (PutBucketStorageQuota).

        :param configuration: a QuotaConfiguration, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(configuration, models.QuotaConfiguration, to_document)
        return models.RequestResult(self._bucket('PUT', params={self.QUOTA: ''}, **digested(data)))

    def get_bucket_storage_quota(self) -> models.GetBucketStorageQuotaResult:
        """Get how much the bucket may hold, as `storage_quota` (GetBucketStorageQuota).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.QUOTA)
        return self._declared_result(resp, models.GetBucketStorageQuotaResult)

    def delete_bucket_storage_quota(self) -> models.RequestResult:
        """Let the bucket hold any amount (DeleteBucketStorageQuota).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.QUOTA: ''}))

    def put_bucket_request_payment(self, payer: str) -> models.RequestResult:
        """Set who pays for requests and traffic (PutBucketRequestPayment).

        :param payer: one of the PAYER_* constants
        :raises NoSuchBucket: there is no such bucket
        """
        data = xml_utils.to_put_bucket_request_payment(payer)
        return models.RequestResult(self._bucket('PUT', params={self.REQUESTPAYMENT: ''}, **digested(data)))

    def get_bucket_request_payment(self) -> models.GetBucketRequestPaymentResult:
        """Get who pays for requests and traffic, as `payer` (GetBucketRequestPayment).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.REQUESTPAYMENT)
        return self._parse_result(resp, xml_utils.parse_get_bucket_request_payment,
                                  models.GetBucketRequestPaymentResult)

    def put_bucket_resource_group(self, resourceGroupId: str) -> models.RequestResult:
        """Put the bucket into a resource group (PutBucketResourceGroup).

        :param resourceGroupId: '' for the account's default group
        :raises NoSuchBucket: there is no such bucket
        """
        data = xml_utils.to_put_bucket_resource_group(resourceGroupId)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.RESOURCE_GROUP: ''}))

    def get_bucket_resource_group(self) -> models.GetBucketResourceGroupResult:
        """Get the bucket's resource group, as `resource_group_id` (GetBucketResourceGroup).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.RESOURCE_GROUP)
        return self._parse_result(resp, xml_utils.parse_get_bucket_resource_group_result,
                                  models.GetBucketResourceGroupResult)
