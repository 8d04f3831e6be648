"""Selects: the rows that match, and what is counted of an object."""
from __future__ import annotations

from types import TracebackType
from typing import Any, Callable, Iterator, Optional, Type

from ..select_response import SelectResponseAdapter
from ._base import result
from .objects import HeadObjectResult

__all__ = ['SelectObjectResult', 'GetSelectObjectMetaResult', 'SelectResponseAdapter']


@result()
class SelectObjectResult(HeadObjectResult):
    """The rows that a select found, to read once (SelectObject).

    It is to be closed, or read to its end, so that its connection can be used again.
    """

    content_length: Optional[int]  # type: ignore[assignment]
    """None, as OSS does not know it when it begins to send."""
    select_resp: SelectResponseAdapter
    """Reads the answer."""

    def __init__(self, resp: Any, progress_callback: Optional[Callable[[int, Optional[int]], Any]] = None,
                 crc_enabled: bool = False) -> None:
        super().__init__(resp)
        self.select_resp = SelectResponseAdapter(resp, progress_callback, None, crc_enabled)

    def read(self, amt: Optional[int] = None) -> bytes:
        """The next *amt* bytes of rows, fewer only at the end; all that are left for None.

        :raises SelectOperationFailed: the select broke off
        :raises SelectOperationClientError: the answer is cut short or broken
        :raises InconsistentError: a checksum is wrong
        :raises RequestError: the connection broke
        """
        return self.select_resp.read(amt)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        """Some more rows, not cut at their ends; errors as those of :meth:`read`."""
        return next(self.select_resp)

    def close(self) -> None:
        """Let go of the connection; what was not read is lost."""
        close = getattr(self.resp, 'close', None) or getattr(getattr(self.resp, 'response', None), 'close', None)
        if close is not None:
            close()

    def __enter__(self) -> SelectObjectResult:
        return self

    def __exit__(self, exc_type: Optional[Type[BaseException]], exc_val: Optional[BaseException],
                 exc_tb: Optional[TracebackType]) -> None:
        self.close()


@result()
class GetSelectObjectMetaResult(HeadObjectResult):
    """How many rows and splits an object has (CreateSelectObjectMeta)."""

    content_length: Optional[int]  # type: ignore[assignment]
    select_resp: SelectResponseAdapter
    """Has read the answer; its `columns` are those of CSV."""
    rows: int
    splits: int
    csv_rows: int
    """`rows`, also of JSON."""
    csv_splits: int
    """`splits`, also of JSON."""

    def __init__(self, resp: Any) -> None:
        super().__init__(resp)
        self.select_resp = SelectResponseAdapter(resp)
        self.select_resp.read()
        self.csv_rows = self.rows = self.select_resp.rows
        self.csv_splits = self.splits = self.select_resp.splits
