"""Operations on an account rather than a bucket."""
from __future__ import annotations

from typing import Any, Dict, Optional

from .. import models, xml_utils
from .._arguments import Headers, Params, checked_document, checked_headers, checked_name, copied_params
from .._client import _Base
from .._subresources import ServiceSubresources
from .._typing import Data
from ..headers import OSS_RESOURCE_GROUP_ID
from .qos import LIMITS, Limits


class ServiceOperations(_Base, ServiceSubresources):
    """What the account has."""

    def _service(self, method: str, **kwargs: Any) -> Any:
        return self._do(method, '', '', **kwargs)

    def list_buckets(self, prefix: str = '', marker: str = '', max_keys: int = 100, params: Params = None,
                     headers: Headers = None, tag_key: Optional[str] = None, tag_value: Optional[str] = None,
                     tagging: Optional[str] = None, resource_group_id: Optional[str] = None
                     ) -> models.ListBucketsResult:
        """List the account's buckets (GetService, ListBuckets).

        :param marker: '' for the first page, then `next_marker` of the last result, while `is_truncated`
        :param max_keys: most buckets a page, at most 1000
        :param params: further ones
        :param tag_key: only buckets that have this tag
        :param tag_value: with *tag_key*: and this value of it
        :param tagging: only buckets that have all of these tags, such as "k1":"v1","k2":"v2"
        :param resource_group_id: only buckets of this resource group, such as rg-aek27tc; '' for the default one
        :raises AccessDenied: the identity that signed may not do this
        """
        own: Dict[str, Any] = {'prefix': prefix, 'marker': marker, 'max-keys': str(max_keys)}
        for name, value in (('tag-key', tag_key), ('tag-value', tag_value), ('tagging', tagging)):
            if value is not None:
                own[name] = value
        own.update(params or {})
        headers = checked_headers(headers)
        if resource_group_id is not None:
            headers[OSS_RESOURCE_GROUP_ID] = resource_group_id
        resp = self._service('GET', params=own, headers=headers)
        return self._parse_result(resp, xml_utils.parse_list_buckets, models.ListBucketsResult)

    def invoke_operation(self, method: str, params: Params = None, headers: Headers = None,
                         data: Any = None) -> models.InvokeOperationResult:
        """Send any request, signed, as :meth:`Bucket.invoke_operation`, about the account rather than a bucket.

        :raises ServerError: OSS answered with an error
        """
        return models.InvokeOperationResult(self._service(
            checked_name(method, 'method'), params=copied_params(params), headers=headers, data=data))

    def describe_regions(self, regions: str = '') -> models.DescribeRegionsResult:
        """Get the regions of OSS and their endpoints, as `regions` (DescribeRegions).

        :param regions: such as oss-cn-hangzhou, for that one; '' for all
        :raises AccessDenied: the identity that signed may not do this
        """
        resp = self._service('GET', params={self.REGIONS: regions})
        return self._parse_result(resp, xml_utils.parse_describe_regions, models.DescribeRegionsResult)

    def list_cloud_boxes(self, prefix: str = '', marker: str = '', max_keys: int = 100) -> models.ListCloudBoxesResult:
        """List the account's cloud boxes (ListCloudBoxes).

        :param marker: '' for the first page, then `next_marker` of the last result, while `is_truncated`
        :raises AccessDenied: the identity that signed may not do this
        """
        resp = self._service('GET', params={
            self.CLOUD_BOXES: '', 'prefix': prefix, 'marker': marker, 'max-keys': str(max_keys)})
        return self._declared_result(resp, models.ListCloudBoxesResult)

    def do_data_pipeline_action(self, action: str, params: Params = None, data: Data = b'') -> models.ActionResult:
        """Run an action on the account's data pipelines (DoDataPipelineAction).

        :param params: the action's own
        :param data: a document, for actions that take one
        :return: the answer's text, as `body`
        :raises AccessDenied: the identity that signed may not do this
        """
        own = {self.DATA_PIPELINE: '', self.ACTION: checked_name(action, 'action')}
        own.update(copied_params(params))
        return models.ActionResult(self._service('POST', params=own, data=checked_document(data, 'a document')))

    def write_get_object_response(self, route: str, token: str, fwd_status: str, data: Data,
                                  headers: Headers = None) -> models.RequestResult:
        """Answer a GetObject in its caller's place, from within a function (WriteGetObjectResponse).

        :param route: as *token* from the event that the function was given
        :param fwd_status: the HTTP status that the caller gets
        :param data: what the caller gets; as for :meth:`Bucket.put_object`
        :param headers: those of the caller's answer begin with x-oss-fwd-header-
        :raises AccessDenied: the identity that signed may not do this
        """
        headers = checked_headers(headers)
        headers['x-oss-request-route'] = checked_name(route, 'route')
        headers['x-oss-request-token'] = checked_name(token, 'token')
        if fwd_status:
            headers['x-oss-fwd-status'] = str(fwd_status)
        return models.RequestResult(self._service('POST', data=data, headers=headers,
                                                  params={self.WRITE_GET_OBJECT_RESPONSE: ''}))

    def list_user_data_redundancy_transition(
            self, continuation_token: str = '', max_keys: int = 100) -> models.ListUserDataRedundancyTransitionResult:
        """List the changes of redundancy of the account's buckets (ListUserDataRedundancyTransition).

        :param continuation_token: '' for the first page, then `next_continuation_token` of the last result
        :raises AccessDenied: the identity that signed may not do this
        """
        resp = self._service('GET', params=self._page({self.REDUNDANCY_TRANSITION: ''}, continuation_token, max_keys))
        return self._parse_result(resp, xml_utils.parse_list_user_data_redundancy_transition,
                                  models.ListUserDataRedundancyTransitionResult)

    def _page(self, params: Dict[str, Any], continuation_token: str, max_keys: int) -> Dict[str, Any]:
        params[self.CONTINUATION_TOKEN] = continuation_token
        params['max-keys'] = str(max_keys)
        return params

    def list_access_points(self, max_keys: int = 100, continuation_token: str = '') -> models.ListAccessPointResult:
        """List the account's access points (ListAccessPoints).

        :param continuation_token: '' for the first page, then `next_continuation_token` of the last result
        :raises AccessDenied: the identity that signed may not do this
        """
        resp = self._service('GET', params={self.ACCESS_POINT: '', 'max-keys': str(max_keys),
                                            self.CONTINUATION_TOKEN: continuation_token})
        return self._parse_result(resp, xml_utils.parse_list_access_point_result, models.ListAccessPointResult)

    def put_public_access_block(self, block_public_access: bool = False) -> models.RequestResult:
        """Block public access to all that the account has, or stop blocking it (PutPublicAccessBlock).

        :raises AccessDenied: the identity that signed may not do this
        """
        data = xml_utils.to_put_public_access_block_request(block_public_access)
        return models.RequestResult(self._service('PUT', data=data, params={self.PUBLIC_ACCESS_BLOCK: ''}))

    def get_public_access_block(self) -> models.GetPublicAccessBlockResult:
        """Get whether public access is blocked, as `block_public_access` (GetPublicAccessBlock).

        :raises AccessDenied: the identity that signed may not do this
        """
        resp = self._service('GET', params={self.PUBLIC_ACCESS_BLOCK: ''})
        return self._parse_result(resp, xml_utils.parse_get_public_access_block_result,
                                  models.GetPublicAccessBlockResult)

    def delete_public_access_block(self) -> models.RequestResult:
        """Remove the setting that blocks public access (DeletePublicAccessBlock).

        :raises AccessDenied: the identity that signed may not do this
        """
        return models.RequestResult(self._service('DELETE', params={self.PUBLIC_ACCESS_BLOCK: ''}))

    def get_user_qos_info(self) -> models.GetUserQosInfoResult:
        """Get the account's limits in the region (GetUserQosInfo).

        :raises AccessDenied: the identity that signed may not do this
        """
        resp = self._service('GET', params={self.QOS_INFO: ''})
        return self._parse_result(resp, xml_utils.parse_get_qos_info, models.GetUserQosInfoResult)

    def list_resource_pools(self, continuation_token: str = '', max_keys: int = 100) -> models.ListResourcePoolsResult:
        """List the account's resource pools (ListResourcePools).

        :param continuation_token: '' for the first page, then `next_continuation_token` of the last result
        :raises AccessDenied: the identity that signed may not do this
        """
        resp = self._service('GET', params=self._page({self.RESOURCE_POOL: ''}, continuation_token, max_keys))
        return self._parse_result(resp, xml_utils.parse_list_resource_pools, models.ListResourcePoolsResult)

    def get_resource_pool_info(self, resource_pool_name: str) -> models.ResourcePoolInfoResult:
        """Get a resource pool's limits and dates (GetResourcePoolInfo).

        :raises AccessDenied: the identity that signed may not do this
        """
        resp = self._service('GET', params={self.RESOURCE_POOL_INFO: '', **self._pool(resource_pool_name)})
        return self._parse_result(resp, xml_utils.parse_get_resource_pool_info, models.ResourcePoolInfoResult)

    def list_resource_pool_buckets(self, resource_pool_name: str, continuation_token: str = '',
                                   max_keys: int = 100) -> models.ListResourcePoolBucketsResult:
        """List the buckets of a resource pool (ListResourcePoolBuckets).

        :param continuation_token: '' for the first page, then `next_continuation_token` of the last result
        :raises AccessDenied: the identity that signed may not do this
        """
        resp = self._service('GET', params=self._page(
            {self.RESOURCE_POOL_BUCKETS: '', **self._pool(resource_pool_name)}, continuation_token, max_keys))
        return self._parse_result(resp, xml_utils.parse_list_resource_pool_buckets,
                                  models.ListResourcePoolBucketsResult)

    def put_resource_pool_requester_qos_info(self, uid: str, resource_pool_name: str,
                                             qos_configuration: Limits) -> models.RequestResult:
        """Limit what a requester uses of a resource pool (PutResourcePoolRequesterQosInfo).

        :param uid: id of the account or RAM user
        :param qos_configuration: a QoSConfiguration, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        """
        params = self._requester(uid, resource_pool_name)
        data = self._document(qos_configuration, LIMITS, xml_utils.to_put_qos_info)
        return models.RequestResult(self._service('PUT', data=data, params=params))

    def get_resource_pool_requester_qos_info(self, uid: str, resource_pool_name: str) -> models.RequesterQoSInfoResult:
        """Get the limits of a requester (GetResourcePoolRequesterQosInfo).

        :raises AccessDenied: the identity that signed may not do this
        """
        resp = self._service('GET', params=self._requester(uid, resource_pool_name))
        return self._parse_result(resp, xml_utils.parse_get_requester_qos_info, models.RequesterQoSInfoResult)

    def list_resource_pool_requester_qos_infos(
            self, resource_pool_name: str, continuation_token: str = '',
            max_keys: int = 100) -> models.ListResourcePoolRequesterQoSInfosResult:
        """List the requesters that have limits (ListResourcePoolRequesterQosInfos).

        :param continuation_token: '' for the first page, then `next_continuation_token` of the last result
        :raises AccessDenied: the identity that signed may not do this
        """
        resp = self._service('GET', params=self._page(
            {self.REQUESTER_QOS_INFO: '', **self._pool(resource_pool_name)}, continuation_token, max_keys))
        return self._parse_result(resp, xml_utils.parse_list_resource_pool_requester_qos_infos,
                                  models.ListResourcePoolRequesterQoSInfosResult)

    def delete_resource_pool_requester_qos_info(self, uid: str, resource_pool_name: str) -> models.RequestResult:
        """Remove the limits of a requester (DeleteResourcePoolRequesterQosInfo).

        :raises AccessDenied: the identity that signed may not do this
        """
        return models.RequestResult(self._service('DELETE', params=self._requester(uid, resource_pool_name)))

    def _pool(self, name: Optional[str]) -> Dict[str, Any]:
        return {self.RESOURCE_POOL: checked_name(name, 'resource_pool_name')}

    def _requester(self, uid: Optional[str], pool: Optional[str]) -> Dict[str, Any]:
        return {self.REQUESTER_QOS_INFO: '', self.QOS_REQUESTER: checked_name(uid, 'uid'), **self._pool(pool)}
