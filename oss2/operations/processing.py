"""Work that OSS does on objects: processing, image styles, fetching from elsewhere."""
from __future__ import annotations

from typing import Any, Dict, Union

from .. import models, xml_utils
from .._arguments import Headers, checked_name, digested
from .._client import BucketClient
from .._typing import Data
from ..compat import to_string
from ..headers import OSS_TASK_ID


class ProcessingOperations(BucketClient):
    """Processing of objects, styles for it, and fetching of objects by OSS itself."""

    def process_object(self, key: str, process: str, headers: Headers = None) -> models.ProcessObjectResult:
        """Process an object and store the result (ProcessObject).

        :param process: what to do and where to store it, such as image/resize,w_100|sys/saveas,o_<key>,b_<bucket>,
            both names in URL-safe base64
        :raises NoSuchKey: there is no such object
        """
        return models.ProcessObjectResult(self._process(self.PROCESS, key, process, headers))

    def async_process_object(self, key: str, process: str, headers: Headers = None) -> models.AsyncProcessObject:
        """Begin to process an object, such as a video (AsyncProcessObject).

        :param process: such as video/convert,f_mp4|sys/saveas,o_<key>,b_<bucket>, both names in URL-safe base64
        :return: the `task_id`
        :raises NoSuchKey: there is no such object
        """
        resp = self._process(self.ASYNC_PROCESS, key, process, headers)
        return self._parse_result(resp, xml_utils.parse_async_process_object, models.AsyncProcessObject)

    def _process(self, kind: str, key: str, process: str, headers: Headers) -> Any:
        data = f"{kind}={to_string(checked_name(process, 'process'))}"
        return self._object('POST', key, data=data, params={kind: ''}, headers=headers)

    def put_bucket_style(self, styleName: str, content: str) -> models.RequestResult:
        """Give a name to a way of processing images (PutStyle).

        :param content: such as image/resize,p_50
        :raises NoSuchBucket: there is no such bucket
        """
        params = self._style(styleName)
        data = xml_utils.to_put_bucket_style(content)
        return models.RequestResult(self._bucket('PUT', data=data, params=params))

    def get_bucket_style(self, styleName: str) -> models.GetBucketStyleResult:
        """Get an image style (GetStyle).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params=self._style(styleName))
        return self._parse_result(resp, xml_utils.parse_get_bucket_style_result, models.GetBucketStyleResult)

    def list_bucket_style(self) -> models.ListBucketStyleResult:
        """List the bucket's image styles, as `styles` (ListStyle).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.STYLE)
        return self._parse_result(resp, xml_utils.parse_list_bucket_style, models.ListBucketStyleResult)

    def delete_bucket_style(self, styleName: str) -> models.RequestResult:
        """Delete an image style (DeleteStyle).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params=self._style(styleName)))

    def _style(self, name: str) -> Dict[str, str]:
        return {self.STYLE: '', self.STYLE_NAME: checked_name(name, 'styleName')}

    def put_async_fetch_task(
            self, task_config: Union[models.AsyncFetchTaskConfiguration, Data]) -> models.PutAsyncFetchTaskResult:
        """Have OSS fetch an object from a URL (PutAsyncFetchTask).

        :param task_config: an AsyncFetchTaskConfiguration, or a ready-made XML document
        :return: the `task_id`
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(task_config, models.AsyncFetchTaskConfiguration, xml_utils.to_put_async_fetch_task)
        resp = self._bucket('POST', params={self.ASYNC_FETCH: ''}, **digested(data))
        return self._parse_result(resp, xml_utils.parse_put_async_fetch_task_result, models.PutAsyncFetchTaskResult)

    def get_async_fetch_task(self, task_id: str) -> models.GetAsyncFetchTaskResult:
        """Get how far a fetch is (GetAsyncFetchTask).

        :return: `task_state` is one of the ASYNC_FETCH_TASK_STATE_* constants
        :raises NoSuchBucket: there is no such bucket
        """
        headers = {OSS_TASK_ID: checked_name(task_id, 'task_id')}
        resp = self._bucket('GET', params={self.ASYNC_FETCH: ''}, headers=headers)
        return self._parse_result(resp, xml_utils.parse_get_async_fetch_task_result, models.GetAsyncFetchTaskResult)
