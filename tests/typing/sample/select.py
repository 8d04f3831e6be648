"""What `oss2.models` has of select."""
from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from oss2 import models
from oss2.select_response import SelectResponseAdapter

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def select_object_result(result: models.SelectObjectResult) -> None:
    assert_type(result.object_type, Optional[str])
    assert_type(result.last_modified, int)
    assert_type(result.content_type, Optional[str])
    assert_type(result.content_length, Optional[int])
    assert_type(result.etag, str)
    assert_type(result.select_resp, SelectResponseAdapter)
    assert_type(result.server_crc, Optional[int])
    result.close()
    assert_type(result.read(), bytes)


def get_select_object_meta_result(result: models.GetSelectObjectMetaResult) -> None:
    assert_type(result.object_type, Optional[str])
    assert_type(result.last_modified, int)
    assert_type(result.content_type, Optional[str])
    assert_type(result.content_length, Optional[int])
    assert_type(result.etag, str)
    assert_type(result.select_resp, SelectResponseAdapter)
    assert_type(result.rows, int)
    assert_type(result.splits, int)
    assert_type(result.csv_rows, int)
    assert_type(result.csv_splits, int)
    assert_type(result.server_crc, Optional[int])
