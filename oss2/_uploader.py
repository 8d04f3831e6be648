"""Resumable uploads."""
from __future__ import annotations

import functools
import logging
import os
import threading
from typing import Any, List, Optional, Sequence

from . import _records, defaults, exceptions, iterators, models, utils
from ._arguments import Headers, Params
from ._attempts import persistently
from ._checkpoint import ResumableStore
from ._parallel import run, take_tasks
from ._parts import _PartToProcess, determine_part_size, missing_parts, part_count, planned_part
from ._records import Record
from ._resumable import (
    _filter_invalid_headers,
    _populate_valid_headers,
    _populate_valid_params,
    _ResumableOperation,
    crc_of_part,
)
from ._streams import ProgressCallback
from .crypto_bucket import CryptoBucket
from .exceptions import ClientError, InconsistentError
from .headers import (
    OSS_CALLBACK,
    OSS_CALLBACK_VAR,
    OSS_FORBID_OVERWRITE,
    OSS_OBJECT_ACL,
    OSS_REQUEST_PAYER,
    OSS_SERVER_SIDE_DATA_ENCRYPTION,
    OSS_SERVER_SIDE_ENCRYPTION,
    OSS_TRAFFIC_LIMIT,
)
from .models import PartInfo

logger = logging.getLogger('oss2.resumable')

# Headers of the object that count when it is made, not when its upload begins.
OF_COMPLETION = [OSS_REQUEST_PAYER, OSS_OBJECT_ACL, OSS_FORBID_OVERWRITE, OSS_CALLBACK, OSS_CALLBACK_VAR]


class _ResumableUploader(_ResumableOperation):
    """One resumable upload.  Programs subclass and patch it, also by its mangled names."""

    def __init__(self, bucket: Any, key: str, filename: str, size: int, store: Any = None, headers: Headers = None,
                 part_size: Optional[int] = None, progress_callback: Optional[ProgressCallback] = None,
                 num_threads: Optional[int] = None, params: Params = None) -> None:
        super().__init__(bucket, key, filename, size, ResumableStore() if store is None else store,
                         progress_callback=progress_callback)
        self.__op = _records.UPLOAD
        self.__headers = headers
        self.__part_size = defaults.get(part_size, defaults.part_size)
        self.__mtime = os.path.getmtime(filename)
        self.__num_threads = defaults.get(num_threads, defaults.multipart_num_threads)
        self.__upload_id: Optional[str] = None
        self.__params = params
        self.__lock = threading.Lock()
        self.__record: Optional[Record] = None
        self.__finished_size = 0
        self.__finished_parts: List[PartInfo] = []
        self.__encryption = isinstance(bucket, CryptoBucket)
        self.__record_upload_context = self.__encryption
        self.__upload_context: Any = None

    def upload(self) -> models.PutObjectResult:
        """Upload what is missing, and make the object of it.

        :raises InconsistentError: the file changed meanwhile, or OSS has something else than the file
        """
        self.__load_record()
        missing = self.__get_parts_to_upload(self.__finished_parts)
        self.__finished_size = sum(part.size or 0 for part in self.__finished_parts)
        if self.size:
            self._report_progress(self.__finished_size)
        run(functools.partial(self.__producer, parts_to_upload=missing), self.__consumer, self.__threads_for(missing))
        self.__check_unchanged()
        headers = _populate_valid_headers(self.__headers, OF_COMPLETION)
        result = self.bucket.complete_multipart_upload(self.key, self.__upload_id, self.__finished_parts,
                                                       headers=headers)
        self._del_record()
        return result  # type: ignore[no-any-return]

    def __threads_for(self, parts: Sequence[_PartToProcess]) -> int:
        if self.__params and 'sequential' in self.__params:
            return 1  # OSS takes the parts in their order only
        return min(self.__num_threads, len(parts))

    def __producer(self, q: Any, parts_to_upload: Sequence[_PartToProcess] = ()) -> None:
        for part in parts_to_upload:
            q.put(part)

    def __consumer(self, q: Any) -> None:
        take_tasks(q, self.__upload_part)

    def __upload_part(self, part: _PartToProcess) -> None:
        result = persistently(functools.partial(self.__send_part, part), f'part {part.part_number} of {self.key}')
        self.__finish_part(PartInfo(part.part_number, result.etag or '', size=part.size, part_crc=result.crc))

    def __send_part(self, part: _PartToProcess) -> models.PutObjectResult:
        headers = _populate_valid_headers(self.__headers, [OSS_REQUEST_PAYER, OSS_TRAFFIC_LIMIT])
        context = {'upload_context': self.__upload_context} if self.__encryption else {}
        with open(self.filename, 'rb') as source:
            source.seek(part.start, os.SEEK_SET)
            result: models.PutObjectResult = self.bucket.upload_part(
                self.key, self.__upload_id, part.part_number, utils.SizedFileAdapter(source, part.size),
                headers=headers, **context)
        return result

    def __finish_part(self, part_info: PartInfo) -> None:
        with self.__lock:
            self.__finished_parts.append(part_info)
            self.__finished_size += part_info.size or 0
            self._report_progress(self.__finished_size)

    def __load_record(self) -> None:
        """Take up the upload that the record tells of, or begin one."""
        record = self._get_record()
        if record is not None and not self.__can_be_followed(record):
            self._del_record()
            record = None
        if record is None:
            record = self.__begin()
        self.__record = record
        self.__part_size = record['part_size']
        self.__upload_id = record['upload_id']
        self.__finished_parts = self.__get_finished_parts()

    def __can_be_followed(self, record: Any) -> bool:
        if not isinstance(record, dict) or not self.__is_record_sane(record):
            logger.warning('the checkpoint of %s is not one of this upload, which starts over', self.key)
            return False
        if self.__file_changed(record):
            logger.warning('%r changed since its upload was begun, it starts over', self.filename)
            self.__abandon(record['upload_id'])
            return False
        if not self.__upload_exists(record['upload_id']):
            logger.info('the upload %s of %s is gone, it starts over', record['upload_id'], self.key)
            return False
        return self.__upload_context is not None or not self.__encryption or self.__restore_context(record)

    def __begin(self) -> Record:
        params = _populate_valid_params(self.__params, ['sequential'])
        part_size = determine_part_size(self.size, self.__part_size)
        if self.__encryption:
            part_size += -part_size % 16  # a part must begin where a block of the cipher does
            self.__upload_context = models.MultipartUploadCryptoContext(self.size, part_size)
            begin = functools.partial(self.bucket.init_multipart_upload, self.key, self.__headers, params,
                                      self.__upload_context)
        else:
            begin = functools.partial(self.bucket.init_multipart_upload, self.key, headers=self.__headers,
                                      params=params)
        upload_id = persistently(begin, f'the upload of {self.key}').upload_id
        material = self.__upload_context.content_crypto_material if self.__record_upload_context else None
        record = _records.new_upload(upload_id, self._abspath, self.size, self.__mtime, self.bucket.bucket_name,
                                     self.key, part_size, material)
        self._put_record(record)
        return record

    def __restore_context(self, record: Record) -> bool:
        """Take up the keys of an encrypted upload; whether they can be used."""
        kept = record['content_crypto_material']
        key, iv = _records.key_and_iv(record)
        material = models.ContentCryptoMaterial(self.bucket.crypto_provider.cipher, kept['wrap_alg'], key, iv,
                                                kept.get('mat_desc'))
        try:
            if (kept['cek_alg'], kept['wrap_alg']) != (material.cek_alg, self.bucket.crypto_provider.wrap_alg):
                raise InconsistentError(f'it is encrypted by {kept["cek_alg"]} and {kept["wrap_alg"]}')
            self.bucket._data_key(material)
        except (ClientError, InconsistentError, TypeError, ValueError) as exc:
            logger.warning('the upload of %s starts over, as the crypto provider cannot go on with it: %s',
                           self.key, exc)
            self.__abandon(record['upload_id'])
            return False
        self.__upload_context = models.MultipartUploadCryptoContext(self.size, record['part_size'], material)
        return True

    def __abandon(self, upload_id: str) -> None:
        """Abort an upload that is not gone on with, as its parts would be paid for."""
        headers = _populate_valid_headers(self.__headers, [OSS_REQUEST_PAYER])
        try:
            self.bucket.abort_multipart_upload(self.key, upload_id, **({'headers': headers} if headers else {}))
        except exceptions.OssError as exc:
            logger.warning('the upload %s of %s was not aborted: %s', upload_id, self.key, exc)

    def __get_finished_parts(self) -> List[PartInfo]:
        """The parts that OSS has and that are parts of this file."""
        headers = _filter_invalid_headers(self.__headers,
                                          [OSS_SERVER_SIDE_ENCRYPTION, OSS_SERVER_SIDE_DATA_ENCRYPTION])
        found = iterators.PartIterator(self.bucket, self.key, self.__upload_id or '', headers=headers)
        return [info for info in found if self.__is_of_file(info)]

    def __is_of_file(self, info: PartInfo) -> bool:
        """Whether an uploaded part is one of this file, as far as its number, size and checksum tell."""
        if not 1 <= info.part_number <= part_count(self.size, self.__part_size):
            return False
        part = planned_part(info.part_number, self.size, self.__part_size)
        if info.size != part.size:
            return False
        if self.__encryption or not self.bucket.enable_crc:
            return True
        crc = crc_of_part(self.filename, part.start, part.size)
        if info.part_crc is None:
            info.part_crc = crc  # the whole object's tells in the end
        return crc is not None and crc == info.part_crc

    def __get_parts_to_upload(self, parts_uploaded: Sequence[PartInfo]) -> List[_PartToProcess]:
        return missing_parts(self.size, self.__part_size, {part.part_number for part in parts_uploaded})

    def __is_record_sane(self, record: Record) -> bool:
        return _records.is_upload(record, self.bucket.bucket_name, self.key, self.__encryption)

    def __file_changed(self, record: Record) -> bool:
        return bool(record['mtime'] != self.__mtime or record['size'] != self.size)

    def __check_unchanged(self) -> None:
        """:raises InconsistentError: the file is not the one that was uploaded"""
        now = os.stat(self.filename)
        if now.st_size == self.size and now.st_mtime == self.__mtime:
            return
        self.__abandon(self.__upload_id or '')
        self._del_record()
        raise InconsistentError(f'{self.filename} changed while it was uploaded: the upload is given up')

    def __upload_exists(self, upload_id: str) -> bool:
        headers = _populate_valid_headers(self.__headers, [OSS_REQUEST_PAYER])
        try:
            self.bucket.list_parts(self.key, upload_id, marker='0', max_parts=1, headers=headers)
        except exceptions.NoSuchUpload:
            return False
        return True
