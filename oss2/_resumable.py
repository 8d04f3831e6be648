"""What resumable uploads and downloads share: their record, their progress, and the headers of each request."""
from __future__ import annotations

import functools
import os
import threading
from typing import Any, Optional, Sequence

from ._arguments import Headers, Params
from ._crc64 import Crc64
from ._records import Record
from ._streams import ProgressCallback, SizedFileAdapter
from .compat import to_string

COPY_BLOCK = 1024 * 1024


class _ResumableOperation:
    """One transfer.

    :param store: keeps its record, see :class:`oss2.resumable.ResumableStore`
    :param versionid: None for the current version
    """

    def __init__(self, bucket: Any, key: str, filename: str, size: int, store: Any,
                 progress_callback: Optional[ProgressCallback] = None, versionid: Optional[str] = None) -> None:
        self.bucket = bucket
        self.key = to_string(key)
        self.filename = filename
        self.size = size
        self._abspath = os.path.abspath(filename)
        self.__store = store
        names = (self.bucket.bucket_name, self.key, self._abspath)
        self.__record_key = store.make_store_key(*names, versionid) if versionid else store.make_store_key(*names)
        self.__plock = threading.Lock()
        self.__progress_callback = progress_callback

    def _del_record(self) -> None:
        self.__store.delete(self.__record_key)

    def _put_record(self, record: Record) -> None:
        self.__store.put(self.__record_key, record)

    def _get_record(self) -> Any:
        return self.__store.get(self.__record_key)

    def _report_progress(self, consumed_size: int) -> None:
        if self.__progress_callback:
            with self.__plock:
                self.__progress_callback(consumed_size, self.size)


def crc_of_part(path: str, start: int, size: int) -> Optional[int]:
    """The CRC-64 of *size* bytes of a file from *start* on; None if it has not so many."""
    crc = Crc64()
    with open(path, 'rb') as source:
        if source.seek(0, os.SEEK_END) < start + size:
            return None
        source.seek(start)
        for block in iter(functools.partial(SizedFileAdapter(source, size).read, COPY_BLOCK), b''):
            crc.update(block)
    return crc.crc


def _filter_invalid_headers(headers: Headers = None, invalid_keys: Optional[Sequence[str]] = None) -> Any:
    """A copy of *headers* without those named; None for None."""
    if headers is None:
        return None
    unwanted = {name.lower() for name in invalid_keys or ()}
    return {name: value for name, value in headers.items() if name.lower() not in unwanted}


def _populate_valid_headers(headers: Headers = None, valid_keys: Optional[Sequence[str]] = None) -> Any:
    """Those of *headers* that are named, as they are named; None for None."""
    if headers is None:
        return None
    given = {name.lower(): value for name, value in headers.items()}
    return {name: given[name.lower()] for name in valid_keys or () if name.lower() in given}


def _populate_valid_params(params: Params = None, valid_keys: Optional[Sequence[str]] = None) -> Any:
    """Those of *params* that are named; None for None."""
    if params is None:
        return None
    return {name: params[name] for name in valid_keys or () if name in params}
