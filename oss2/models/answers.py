"""Answers that are handed over as they came, of operations whose documents are free."""
from __future__ import annotations

from typing import Any

from ..compat import to_bytes
from ._base import RequestResult, read_text, result

__all__ = ['ActionResult', 'InvokeOperationResult']


@result()
class ActionResult(RequestResult):
    """The answer to an action whose documents are free (DoMetaQueryAction, DoDataPipelineAction)."""

    body: str

    def __init__(self, resp: Any) -> None:
        super().__init__(resp)
        self.body = read_text(resp)


@result()
class InvokeOperationResult(RequestResult):
    """The answer to any request (:meth:`Bucket.invoke_operation`)."""

    body: bytes

    def __init__(self, resp: Any) -> None:
        super().__init__(resp)
        self.body = to_bytes(resp.read())
