"""What `oss2.models` has of processing."""
from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def async_fetch_task_configuration() -> models.AsyncFetchTaskConfiguration:
    value = models.AsyncFetchTaskConfiguration(
        'url', 'object-name', host='host', content_md5='content-md5', callback='callback',
        ignore_same_key=True, callback_when_failed=True)
    assert_type(value.url, Optional[str])
    assert_type(value.object_name, Optional[str])
    assert_type(value.host, Optional[str])
    assert_type(value.content_md5, Optional[str])
    assert_type(value.callback, Optional[str])
    assert_type(value.ignore_same_key, Optional[bool])
    assert_type(value.callback_when_failed, Optional[bool])
    return value


def async_process_object(result: models.AsyncProcessObject) -> None:
    assert_type(result.event_id, Optional[str])
    assert_type(result.async_request_id, Optional[str])
    assert_type(result.task_id, Optional[str])


def get_async_fetch_task_result(result: models.GetAsyncFetchTaskResult) -> None:
    assert_type(result.task_id, Optional[str])
    assert_type(result.task_state, Optional[str])
    assert_type(result.error_msg, Optional[str])
    assert_type(result.task_config, Optional[models.AsyncFetchTaskConfiguration])


def process_object_result(result: models.ProcessObjectResult) -> None:
    assert_type(result.bucket, str)
    assert_type(result.fileSize, int)
    assert_type(result.object, str)
    assert_type(result.process_status, str)


def put_async_fetch_task_result(result: models.PutAsyncFetchTaskResult) -> None:
    assert_type(result.task_id, Optional[str])
