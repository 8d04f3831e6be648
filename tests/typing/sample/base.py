"""What `oss2.models` has of base."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def request_result(result: models.RequestResult) -> None:
    assert_type(result.resp, Any)
    assert_type(result.status, int)
    assert_type(result.headers, Mapping[str, Any])
    assert_type(result.request_id, str)
    assert_type(result.versionid, Optional[str])
    assert_type(result.delete_marker, Optional[bool])
