"""Work that OSS does for an object: processing it, and fetching it from elsewhere."""
from __future__ import annotations

from typing import Any, Optional

from .._xml import BOOL, one, plain
from ._base import RequestResult, read_json, result, shape

__all__ = [
    'AsyncFetchTaskConfiguration', 'AsyncProcessObject', 'GetAsyncFetchTaskResult', 'ProcessObjectResult',
    'PutAsyncFetchTaskResult',
]


@result()
class ProcessObjectResult(RequestResult):
    """The processed object that was stored (ProcessObject)."""

    bucket: str
    fileSize: int
    object: str
    process_status: str
    """``OK`` if it went well."""

    def __init__(self, resp: Any) -> None:
        super().__init__(resp)
        answer = read_json(resp.read(), resp.headers)
        self.bucket = answer.get('bucket', '')
        self.fileSize = answer.get('fileSize', 0)
        self.object = answer.get('object', '')
        self.process_status = answer.get('status', '')


@result()
class AsyncProcessObject(RequestResult):
    """The processing that was begun (AsyncProcessObject)."""

    event_id: Optional[str] = plain(default=None)
    async_request_id: Optional[str] = plain(default=None)
    task_id: Optional[str] = plain(default=None)


@shape('AsyncFetchTaskConfiguration')
class AsyncFetchTaskConfiguration:
    """What OSS is to fetch, and where to store it (PutAsyncFetchTask)."""

    url: Optional[str] = one('Url', if_none='')
    object_name: Optional[str] = one('Object', if_none='')
    host: Optional[str] = one('Host', default=None)
    """The header to send to the origin."""
    content_md5: Optional[str] = one('ContentMD5', default=None)
    callback: Optional[str] = one('Callback', default=None)
    """As for ``x-oss-callback``."""
    ignore_same_key: Optional[bool] = one('IgnoreSameKey', BOOL, default=None)
    """Whether nothing is to happen if the object exists; OSS's default is yes."""
    callback_when_failed: Optional[bool] = one('CallbackWhenFailed', BOOL, default=None)


@result('AsyncFetchTaskResult')
class PutAsyncFetchTaskResult(RequestResult):
    """A fetch that was begun (PutAsyncFetchTask)."""

    task_id: Optional[str] = one('TaskId', default=None, required=True)

    def __init__(self, resp: Any, task_id: Optional[str] = None) -> None:
        super().__init__(resp)
        self.task_id = task_id


@result('AsyncFetchTaskInfo')
class GetAsyncFetchTaskResult(RequestResult):
    """A fetch and its state (GetAsyncFetchTask)."""

    task_id: Optional[str] = one('TaskId', default=None)
    task_state: Optional[str] = one('State', default=None)
    """One of the ``ASYNC_FETCH_TASK_STATE_*`` constants."""
    error_msg: Optional[str] = one('ErrorMsg', default=None)
    task_config: Optional[AsyncFetchTaskConfiguration] = one('TaskInfo', AsyncFetchTaskConfiguration, default=None)

    def __init__(self, resp: Any, task_id: Optional[str] = None, task_state: Optional[str] = None,
                 error_msg: Optional[str] = None, task_config: Optional[AsyncFetchTaskConfiguration] = None) -> None:
        super().__init__(resp)
        self.task_id = task_id
        self.task_state = task_state
        self.error_msg = error_msg
        self.task_config = task_config
