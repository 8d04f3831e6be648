"""Resumable downloads."""
from __future__ import annotations

import contextlib
import functools
import logging
import os
import random
import stat
import string
import threading
from typing import Any, Dict, List, Optional, Sequence

from . import _records, defaults, utils
from ._arguments import Headers, Params
from ._attempts import persistently
from ._checkpoint import ResumableDownloadStore
from ._crc64 import calc_obj_crc_from_parts
from ._files import silently_remove
from ._parallel import run, take_tasks
from ._parts import _determine_part_size_internal, _PartToProcess, missing_parts
from ._records import Record
from ._resumable import COPY_BLOCK, _ResumableOperation, crc_of_part
from ._streams import ProgressCallback
from .crypto_bucket import CryptoBucket
from .exceptions import InconsistentError
from .headers import IF_MATCH, IF_UNMODIFIED_SINCE

logger = logging.getLogger('oss2.resumable')

_MAX_MULTIGET_PART_COUNT = 100000

# Bytes that the name of a file may have.
LONGEST_NAME = 255


class _ObjectInfo:
    """What tells one state of an object from another."""

    def __init__(self) -> None:
        self.size: int = 0
        self.etag: Optional[str] = None
        self.mtime: Optional[int] = None

    @staticmethod
    def make(head_object_result: Any) -> _ObjectInfo:
        info = _ObjectInfo()
        info.size = head_object_result.content_length
        info.etag = head_object_result.etag
        info.mtime = head_object_result.last_modified
        return info


class _ResumableDownloader(_ResumableOperation):
    """One resumable download.  Programs subclass and patch it, also by its mangled names."""

    def __init__(self, bucket: Any, key: str, filename: str, objectInfo: _ObjectInfo,
                 part_size: Optional[int] = None, store: Any = None,
                 progress_callback: Optional[ProgressCallback] = None, num_threads: Optional[int] = None,
                 params: Params = None, headers: Headers = None) -> None:
        versionid = (params or {}).get('versionId')
        super().__init__(bucket, key, filename, objectInfo.size, ResumableDownloadStore() if store is None else store,
                         progress_callback=progress_callback, versionid=versionid)
        self.objectInfo = objectInfo
        self.__op = _records.DOWNLOAD
        self.__encryption = isinstance(bucket, CryptoBucket)
        self.__part_size = _determine_part_size_internal(
            self.size, defaults.get(part_size, defaults.multiget_part_size), _MAX_MULTIGET_PART_COUNT)
        if self.__encryption:
            self.__part_size += -self.__part_size % 16  # a part is decrypted from a block of the cipher on
        self.__tmp_file: Optional[str] = None
        self.__num_threads = defaults.get(num_threads, defaults.multiget_num_threads)
        self.__finished_parts: List[_PartToProcess] = []
        self.__finished_size = 0
        self.__params = params
        self.__headers = headers
        self.__lock = threading.Lock()
        self.__record: Record = {}

    def download(self, server_crc: Optional[int] = None) -> None:
        """Download what is missing, and put it into place.

        :param server_crc: the object's CRC-64, None if it is not known
        :raises PreconditionFailed: the object changed meanwhile
        :raises InconsistentError: what arrived is not what is stored
        """
        self.__load_record()
        missing = self.__get_parts_to_download()
        tmp_file = self.__tmp_file or ''
        if not self.__finished_parts:
            with open(tmp_file, 'ab'):
                pass  # each part opens it again, at its own position
            self.__take_permissions(tmp_file, stat.S_IRUSR | stat.S_IWUSR)
        if os.path.getsize(tmp_file) > self.size:  # of whomever: no part would overwrite that
            os.truncate(tmp_file, self.size)
        if self.size:
            self._report_progress(self.__finished_size)
        run(functools.partial(self.__producer, parts_to_download=missing), self.__consumer,
            min(self.__num_threads, len(missing)))
        self.__check_whole(server_crc)
        self.__put_into_place(tmp_file)
        self._del_record()

    def __producer(self, q: Any, parts_to_download: Sequence[_PartToProcess] = ()) -> None:
        for part in parts_to_download:
            q.put(part)

    def __consumer(self, q: Any) -> None:
        take_tasks(q, self.__download_part)

    def __download_part(self, part: _PartToProcess) -> None:
        persistently(functools.partial(self.__fetch_part, part), f'part {part.part_number} of {self.key}')
        self.__finish_part(part)

    def __fetch_part(self, part: _PartToProcess) -> None:
        if not part.size:
            part.part_crc = 0
            return
        headers: Dict[str, Any] = dict(self.__headers or {})
        headers[IF_MATCH] = self.objectInfo.etag
        if self.objectInfo.mtime is not None:
            headers[IF_UNMODIFIED_SINCE] = utils.http_date(self.objectInfo.mtime)
        with open(self.__tmp_file or '', 'rb+') as out:
            out.seek(part.start, os.SEEK_SET)
            with self.bucket.get_object(self.key, byte_range=(part.start, part.end - 1), headers=headers,
                                        params=self.__params) as result:
                _copy_exactly(result, out, part)
                part.part_crc = result.client_crc

    def __finish_part(self, part: _PartToProcess) -> None:
        with self.__lock:
            self.__finished_parts.append(part)
            self.__finished_size += part.size
            self.__record['parts'].append(_records.part_fields(part))
            self._put_record(self.__record)
            self._report_progress(self.__finished_size)

    def __load_record(self) -> None:
        """Take up the download that the record tells of, or begin one."""
        record = self._get_record()
        if record is not None and not self.__can_be_followed(record):
            self._del_record()
            record = None
        if record is None:
            record = _records.new_download(self.bucket.bucket_name, self.key, self.size, self.objectInfo.mtime,
                                           self.objectInfo.etag, self.__part_size, self._abspath,
                                           self.__gen_tmp_suffix())
            self._put_record(record)
        self.__part_size = record['part_size']
        self.__tmp_file = path_of_tmp_file(self._abspath, record['tmp_suffix'])
        self.__finished_parts = [part for part in _records.finished_parts(record) or ()
                                 if self.__is_in_file(part, self.__tmp_file)]
        self.__record = dict(record, parts=[_records.part_fields(part) for part in self.__finished_parts])
        self.__finished_size = sum(part.size for part in self.__finished_parts)

    def __can_be_followed(self, record: Any) -> bool:
        if not isinstance(record, dict) or not self.__is_record_sane(record):
            logger.warning('the checkpoint of %s is not one of this download, which starts over', self.key)
            return False
        tmp_file = path_of_tmp_file(self._abspath, record['tmp_suffix'])
        if self.__is_remote_changed(record):
            logger.warning('%s changed since its download was begun, it starts over', self.key)
            silently_remove(tmp_file)
            return False
        return os.path.isfile(tmp_file)

    def __is_in_file(self, part: _PartToProcess, tmp_file: str) -> bool:
        """Whether the file has the bytes that the record says were got."""
        if self.__encryption or part.part_crc is None:
            return os.path.getsize(tmp_file) >= part.end
        return crc_of_part(tmp_file, part.start, part.size) == part.part_crc

    def __get_parts_to_download(self) -> List[_PartToProcess]:
        return missing_parts(self.size, self.__part_size, {part.part_number for part in self.__finished_parts})

    def __is_record_sane(self, record: Record) -> bool:
        return _records.is_download(record, self.bucket.bucket_name, self.key)

    def __is_remote_changed(self, record: Record) -> bool:
        return bool(record['mtime'] != self.objectInfo.mtime or record['size'] != self.size
                    or record['etag'] != self.objectInfo.etag)

    def __gen_tmp_suffix(self) -> str:
        return '.tmp-' + ''.join(random.choice(string.ascii_lowercase) for _ in range(12))

    def __check_whole(self, server_crc: Optional[int]) -> None:
        """:raises InconsistentError: the parts are not those of the object; they are thrown away"""
        if not self.bucket.enable_crc:
            return
        crc = calc_obj_crc_from_parts(sorted(self.__finished_parts, key=lambda part: part.part_number))
        if crc is not None and server_crc is not None and crc != server_crc:
            silently_remove(self.__tmp_file or '')
            self._del_record()
        utils.check_crc('resumable download', crc, server_crc, '')

    def __put_into_place(self, tmp_file: str) -> None:
        self.__take_permissions(tmp_file, 0)
        utils.force_rename(tmp_file, os.path.realpath(self._abspath))

    def __take_permissions(self, tmp_file: str, more: int) -> None:
        """Those of the file that is replaced, if there is one: others may not read what they could not before."""
        with contextlib.suppress(OSError):
            os.chmod(tmp_file, stat.S_IMODE(os.stat(os.path.realpath(self._abspath)).st_mode) | more)


def path_of_tmp_file(path: str, suffix: str) -> str:
    """Where the parts of a download to *path* are collected."""
    # Behind a symbolic link may be another file system, to which a file cannot be renamed.
    folder, name = os.path.split(os.path.realpath(path))
    encoded, room = os.fsencode(name), LONGEST_NAME - len(suffix)
    if len(encoded) > room:
        name = encoded[:room].decode('utf-8', 'ignore')
    return os.path.join(folder, name) + suffix


def _copy_exactly(result: Any, out: Any, part: _PartToProcess) -> None:
    """Write the bytes of a part, and no other: those beside it may be there already.

    :raises InconsistentError: there are fewer or more, or they are of another range
    """
    if result.content_range and not result.content_range.startswith(f'bytes {part.start}-'):
        raise InconsistentError(f'the answer for part {part.part_number} is the range {result.content_range}, not '
                                f'from {part.start} on', result.request_id)
    left = part.size
    while left > 0:
        content = result.read(min(left, COPY_BLOCK))
        if not content:
            raise InconsistentError(f'the answer for part {part.part_number} ended {left} bytes early',
                                    result.request_id)
        out.write(content)
        left -= len(content)
    if result.read(1):
        raise InconsistentError(f'the answer for part {part.part_number} is longer than its {part.size} bytes',
                                result.request_id)
