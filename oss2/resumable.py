"""Uploads and downloads in parts that go on where they broke off."""
from __future__ import annotations

import functools
import logging
import os
import random
import string
import threading
import time
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, TypeVar

from . import _retry, defaults, exceptions, iterators, models, utils
from ._checkpoint import _DOWNLOAD_TEMP_DIR as _DOWNLOAD_TEMP_DIR
from ._checkpoint import _UPLOAD_TEMP_DIR as _UPLOAD_TEMP_DIR
from ._checkpoint import Record
from ._checkpoint import ResumableDownloadStore as ResumableDownloadStore
from ._checkpoint import ResumableStore as ResumableStore
from ._checkpoint import _normalize_path as _normalize_path
from ._checkpoint import _ResumableStoreBase as _ResumableStoreBase
from ._checkpoint import make_download_store as make_download_store
from ._checkpoint import make_upload_store as make_upload_store
from ._client import Headers, Params
from ._crc64 import Crc64, calc_obj_crc_from_parts
from ._files import silently_remove
from ._parts import _determine_part_size_internal, _PartToProcess, _split_to_parts
from ._parts import determine_part_size as determine_part_size
from ._streams import ProgressCallback
from .api import Bucket as Bucket
from .compat import stringify as stringify
from .compat import to_string as to_string
from .compat import to_unicode as to_unicode
from .crypto_bucket import CryptoBucket
from .exceptions import InconsistentError
from .headers import *
from .headers import (
    IF_MATCH,
    IF_UNMODIFIED_SINCE,
    KMS_ALI_WRAP_ALGORITHM,
    OSS_OBJECT_ACL,
    OSS_REQUEST_PAYER,
    OSS_SERVER_SIDE_DATA_ENCRYPTION,
    OSS_SERVER_SIDE_ENCRYPTION,
    OSS_TRAFFIC_LIMIT,
)
from .iterators import PartIterator as PartIterator
from .models import PartInfo as PartInfo
from .task_queue import TaskQueue as TaskQueue
from .utils import b64decode_from_string as b64decode_from_string
from .utils import b64encode_as_string as b64encode_as_string

logger = logging.getLogger(__name__)

_MAX_MULTIGET_PART_COUNT = 100000

_COPY_BLOCK = 1024 * 1024
_PART_HEADERS = [OSS_REQUEST_PAYER, OSS_TRAFFIC_LIMIT]

T = TypeVar('T')


def resumable_upload(bucket: Bucket, key: str, filename: str, store: Any = None, headers: Headers = None,
                     multipart_threshold: Optional[int] = None, part_size: Optional[int] = None,
                     progress_callback: Optional[ProgressCallback] = None, num_threads: Optional[int] = None,
                     params: Params = None) -> models.PutObjectResult:
    """Upload a local file; called again after a failure, it goes on where it broke off.

    A file of less than *multipart_threshold* bytes is put in one request.

    :param store: where it keeps what it has done: a ResumableStore, or an object with its get, put, delete and
        make_store_key; None: a ResumableStore in the user's home
    :param multipart_threshold: bytes; None: `oss2.defaults.multipart_threshold`
    :param part_size: bytes; None: `oss2.defaults.part_size`
    :param progress_callback: called with (bytes uploaded, bytes in all)
    :param num_threads: parts uploaded at a time; None: `oss2.defaults.multipart_num_threads`
    :param params: {'sequential': ''} gives the object a Content-MD5
    :raises InconsistentError: the file changed meanwhile, or OSS has something else than the file
    """
    size = os.path.getsize(filename)
    if size >= defaults.get(multipart_threshold, defaults.multipart_threshold):
        uploader = _ResumableUploader(bucket, key, filename, size, store, part_size=part_size, headers=headers,
                                      progress_callback=progress_callback, num_threads=num_threads, params=params)
        return uploader.upload()
    with open(to_unicode(filename), 'rb') as source:
        return bucket.put_object(key, source, headers=headers, progress_callback=progress_callback)


def resumable_download(bucket: Bucket, key: str, filename: str, multiget_threshold: Optional[int] = None,
                       part_size: Optional[int] = None, progress_callback: Optional[ProgressCallback] = None,
                       num_threads: Optional[int] = None, store: Any = None, params: Params = None,
                       headers: Headers = None) -> models.HeadObjectResult:
    """Download an object to a local file; called again after a failure, it goes on where it broke off.

    The content is written beside *filename*, which it replaces when it is all there and right.  An object of up to
    *multiget_threshold* bytes, and one with a Content-Encoding, is got in one request.

    :param multiget_threshold: bytes; None: `oss2.defaults.multiget_threshold`
    :param part_size: bytes; None: `oss2.defaults.multiget_part_size`
    :param progress_callback: called with (bytes downloaded, bytes in all)
    :param num_threads: parts downloaded at a time; None: `oss2.defaults.multiget_num_threads`
    :param store: as for :func:`resumable_upload`; None: a ResumableDownloadStore in the user's home
    :param params: a `versionId` chooses the version
    :param headers: x-oss-request-payer and x-oss-traffic-limit are sent with each request, others are not
    :return: the object's metadata
    :raises NoSuchKey: there is no such object
    :raises PreconditionFailed: the object changed meanwhile
    :raises InconsistentError: what arrived is not what is stored
    """
    valid_headers = _populate_valid_headers(headers, _PART_HEADERS)
    found = bucket.head_object(key, headers=valid_headers, params=params)
    threshold = defaults.get(multiget_threshold, defaults.multiget_threshold)
    if (found.content_length or 0) <= threshold or found.headers.get('Content-Encoding'):
        return bucket.get_object_to_file(key, filename, headers=valid_headers, progress_callback=progress_callback,
                                         params=params)
    downloader = _ResumableDownloader(bucket, key, filename, _ObjectInfo.make(found), part_size=part_size,
                                      progress_callback=progress_callback, num_threads=num_threads, store=store,
                                      params=params, headers=valid_headers)
    downloader.download(found.server_crc)
    return found


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


def _persistently(work: Callable[[], T], what: str) -> T:
    """The result of *work*, which is tried again after a failure that may pass, `request_retries` times in all."""
    attempt = 0
    while True:
        try:
            return work()
        except exceptions.OssError as exc:
            attempt += exc.attempts
            if attempt >= defaults.request_retries or not _retry.is_transient(exc):
                raise
            logger.debug('%s failed, attempt %d: %s', what, attempt, exc)
            time.sleep(_retry.delay(attempt))


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


class _ResumableOperation:
    """What upload and download share: the record of what is done, and progress."""

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
        record = self.__store.get(self.__record_key)
        return record if isinstance(record, dict) else None

    def _report_progress(self, consumed_size: int) -> None:
        if self.__progress_callback:
            with self.__plock:
                self.__progress_callback(consumed_size, self.size)

    def _process(self, parts: List[_PartToProcess], num_threads: int, process: Callable[[_PartToProcess], None],
                 producer: Callable[..., None], consumer: Callable[[Any], None]) -> None:
        """Process *parts*; after the first failure no further one is begun."""
        if num_threads <= 1 or len(parts) <= 1:
            for part in parts:
                process(part)
        else:
            TaskQueue(functools.partial(producer, parts), [consumer] * min(num_threads, len(parts))).run()


class _ResumableUploader(_ResumableOperation):
    """One resumable upload.  Programs subclass and patch it, also by its mangled names."""

    def __init__(self, bucket: Any, key: str, filename: str, size: int, store: Any = None, headers: Headers = None,
                 part_size: Optional[int] = None, progress_callback: Optional[ProgressCallback] = None,
                 num_threads: Optional[int] = None, params: Params = None) -> None:
        super().__init__(bucket, key, filename, size, store or ResumableStore(), progress_callback=progress_callback)
        self.__op = 'ResumableUpload'
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
        """Upload what is missing, and make the object of it."""
        self.__load_record()
        missing = self.__get_parts_to_upload(self.__finished_parts)
        self.__finished_size = sum(part.size or 0 for part in self.__finished_parts)
        self._report_progress(self.__finished_size)
        self._process(missing, self.__num_threads, self.__upload_part,
                      lambda parts, q: self.__producer(q, parts), self.__consumer)
        self.__check_unchanged()
        headers = _populate_valid_headers(self.__headers, [OSS_REQUEST_PAYER, OSS_OBJECT_ACL])
        result = self.bucket.complete_multipart_upload(self.key, self.__upload_id, self.__finished_parts,
                                                       headers=headers)
        self._del_record()
        return result  # type: ignore[no-any-return]

    def __producer(self, q: Any, parts_to_upload: Sequence[_PartToProcess] = ()) -> None:
        for part in parts_to_upload:
            q.put(part)

    def __consumer(self, q: Any) -> None:
        while q.ok():
            part = q.get()
            if part is None:
                break
            self.__upload_part(part)

    def __upload_part(self, part: _PartToProcess) -> None:
        result = _persistently(functools.partial(self.__send_part, part), f'part {part.part_number} of {self.key}')
        self.__finish_part(PartInfo(part.part_number, result.etag or '', size=part.size, part_crc=result.crc))

    def __send_part(self, part: _PartToProcess) -> models.PutObjectResult:
        headers = _populate_valid_headers(self.__headers, _PART_HEADERS)
        context = {'upload_context': self.__upload_context} if self.__encryption else {}
        with open(to_unicode(self.filename), 'rb') as source:
            source.seek(part.start, os.SEEK_SET)
            result: models.PutObjectResult = self.bucket.upload_part(
                self.key, self.__upload_id, part.part_number, utils.SizedFileAdapter(source, part.size),
                headers=headers, **context)
        return result

    def __finish_part(self, part_info: PartInfo) -> None:
        with self.__lock:
            self.__finished_parts.append(part_info)
            self.__finished_size += part_info.size or 0
            finished = self.__finished_size
            self._report_progress(finished)

    def __load_record(self) -> None:
        """Take up the upload that the record tells of, or begin one."""
        record = self._get_record()
        if record is not None and not self.__is_record_sane(record):
            logger.warning('the checkpoint of %s is not one of an upload, it starts over', self.key)
            record = None
        if record is not None and self.__file_changed(record):
            logger.info('%s changed since its upload was begun, it starts over', self.filename)
            self.__abandon(record)
            record = None
        if record is not None and not self.__upload_exists(record['upload_id']):
            record = None
        if record is None:
            record = self.__begin()
        self.__record = record
        self.__part_size = record['part_size']
        self.__upload_id = record['upload_id']
        if self.__encryption and self.__upload_context is None:
            self.__upload_context = self.__restored_context(record)
        self.__finished_parts = self.__get_finished_parts()

    def __begin(self) -> Record:
        params = _populate_valid_params(self.__params, ['sequential'])
        part_size = determine_part_size(self.size, self.__part_size)
        if self.__encryption:
            part_size += -part_size % 16  # a part must begin where a block of the cipher does
            context = models.MultipartUploadCryptoContext(self.size, part_size)
            upload_id = self.bucket.init_multipart_upload(self.key, self.__headers, params, context).upload_id
            self.__upload_context = context
        else:
            upload_id = self.bucket.init_multipart_upload(self.key, headers=self.__headers, params=params).upload_id
        record: Record = {'op_type': self.__op, 'upload_id': upload_id, 'file_path': self._abspath,
                          'size': self.size, 'mtime': self.__mtime, 'bucket': self.bucket.bucket_name,
                          'key': self.key, 'part_size': part_size}
        if self.__record_upload_context:
            material = self.__upload_context.content_crypto_material
            record['content_crypto_material'] = {
                'wrap_alg': material.wrap_alg, 'cek_alg': material.cek_alg,
                'encrypted_key': _kept(material.encrypted_key), 'encrypted_iv': _kept(material.encrypted_iv),
                'mat_desc': material.mat_desc}
        self._put_record(record)
        return record

    def __restored_context(self, record: Record) -> Any:
        kept = record['content_crypto_material']
        material = models.ContentCryptoMaterial(
            self.bucket.crypto_provider.cipher, kept['wrap_alg'], _taken_up(kept, 'encrypted_key'),
            _taken_up(kept, 'encrypted_iv'), kept.get('mat_desc'))
        return models.MultipartUploadCryptoContext(self.size, record['part_size'], material)

    def __abandon(self, record: Record) -> None:
        """Abort the upload of a record that is not followed, as its parts would be paid for."""
        try:
            self.bucket.abort_multipart_upload(self.key, record['upload_id'])
        except exceptions.OssError as exc:
            logger.debug('the upload %s of %s was not aborted: %s', record['upload_id'], self.key, exc)

    def __get_finished_parts(self) -> List[PartInfo]:
        """The parts that OSS has and that are parts of this file."""
        headers = _filter_invalid_headers(self.__headers,
                                          [OSS_SERVER_SIDE_ENCRYPTION, OSS_SERVER_SIDE_DATA_ENCRYPTION])
        planned = {part.part_number: part for part in _split_to_parts(self.size, self.__part_size)}
        finished = []
        for info in iterators.PartIterator(self.bucket, self.key, self.__upload_id or '', headers=headers):
            part = planned.get(info.part_number)
            if part is not None and info.size == part.size and self.__holds_the_same(part, info.part_crc):
                finished.append(info)
        return finished

    def __holds_the_same(self, part: _PartToProcess, part_crc: Optional[int]) -> bool:
        """Whether the uploaded part has the bytes of the file, as far as checksums tell."""
        if part_crc is None or self.__encryption or not self.bucket.enable_crc:
            return True
        crc = Crc64()
        with open(to_unicode(self.filename), 'rb') as source:
            source.seek(part.start)
            rest = utils.SizedFileAdapter(source, part.size)
            for block in iter(lambda: rest.read(_COPY_BLOCK), b''):
                crc.update(block)
        return crc.crc == part_crc

    def __get_parts_to_upload(self, parts_uploaded: Sequence[PartInfo]) -> List[_PartToProcess]:
        uploaded = {part.part_number for part in parts_uploaded}
        return [part for part in _split_to_parts(self.size, self.__part_size) if part.part_number not in uploaded]

    def __is_record_sane(self, record: Record) -> bool:
        for name in ('upload_id', 'file_path', 'bucket', 'key'):
            if not isinstance(record.get(name), str):
                return False
        if not all(_is_count(record.get(name)) for name in ('size', 'part_size')) or not _is_time(record.get('mtime')):
            return False
        material = record.get('content_crypto_material')
        if self.__encryption != isinstance(material, dict):
            return False
        if material is not None and not all(isinstance(material.get(name), str)
                                            for name in ('wrap_alg', 'cek_alg', 'encrypted_key', 'encrypted_iv')):
            return False
        return bool(record.get('op_type') == self.__op and record['bucket'] == self.bucket.bucket_name
                and record['key'] == self.key and (record['part_size'] > 0 or record['size'] == 0))

    def __file_changed(self, record: Record) -> bool:
        return bool(record['mtime'] != self.__mtime or record['size'] != self.size)

    def __check_unchanged(self) -> None:
        """:raises InconsistentError: the file is not the one that was uploaded"""
        now = os.stat(self.filename)
        if now.st_size == self.size and now.st_mtime == self.__mtime:
            return
        if self.__record is not None:
            self.__abandon(self.__record)
        self._del_record()
        raise InconsistentError(f'{self.filename} changed while it was uploaded: the upload is given up')

    def __upload_exists(self, upload_id: str) -> bool:
        headers = _populate_valid_headers(self.__headers, [OSS_REQUEST_PAYER])
        try:
            self.bucket.list_parts(self.key, upload_id, max_parts=1, headers=headers)
        except exceptions.NoSuchUpload:
            return False
        return True


class _ResumableDownloader(_ResumableOperation):
    """One resumable download.  Programs subclass and patch it, also by its mangled names."""

    def __init__(self, bucket: Any, key: str, filename: str, objectInfo: _ObjectInfo,
                 part_size: Optional[int] = None, store: Any = None,
                 progress_callback: Optional[ProgressCallback] = None, num_threads: Optional[int] = None,
                 params: Params = None, headers: Headers = None) -> None:
        versionid = (params or {}).get('versionId')
        super().__init__(bucket, key, filename, objectInfo.size, store or ResumableDownloadStore(),
                         progress_callback=progress_callback, versionid=versionid)
        self.objectInfo = objectInfo
        self.__op = 'ResumableDownload'
        self.__part_size = _determine_part_size_internal(
            self.size, defaults.get(part_size, defaults.multiget_part_size), _MAX_MULTIGET_PART_COUNT)
        if isinstance(bucket, CryptoBucket):
            self.__part_size += -self.__part_size % 16
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
        """
        self.__load_record()
        missing = self.__get_parts_to_download()
        self._report_progress(self.__finished_size)
        tmp_file = self.__tmp_file or ''
        with open(tmp_file, 'ab'):
            pass  # each part opens it again, at its own position
        self._process(missing, self.__num_threads, self.__download_part,
                      lambda parts, q: self.__producer(q, parts), self.__consumer)
        if self.bucket.enable_crc:
            parts = sorted(self.__finished_parts, key=lambda part: part.part_number)
            crc = calc_obj_crc_from_parts(parts)
            if crc is not None and server_crc is not None and crc != server_crc:
                silently_remove(tmp_file)
                self._del_record()
            utils.check_crc('resumable download', crc, server_crc, '')
        utils.force_rename(tmp_file, self.filename)
        self._del_record()

    def __producer(self, q: Any, parts_to_download: Sequence[_PartToProcess] = ()) -> None:
        for part in parts_to_download:
            q.put(part)

    def __consumer(self, q: Any) -> None:
        while q.ok():
            part = q.get()
            if part is None:
                break
            self.__download_part(part)

    def __download_part(self, part: _PartToProcess) -> None:
        _persistently(functools.partial(self.__fetch_part, part), f'part {part.part_number} of {self.key}')
        self.__finish_part(part)

    def __fetch_part(self, part: _PartToProcess) -> None:
        headers: Dict[str, Any] = dict(self.__headers or {})
        headers[IF_MATCH] = self.objectInfo.etag
        headers[IF_UNMODIFIED_SINCE] = utils.http_date(self.objectInfo.mtime)
        with open(self.__tmp_file or '', 'rb+') as out:
            out.seek(part.start, os.SEEK_SET)
            with self.bucket.get_object(self.key, byte_range=(part.start, part.end - 1), headers=headers,
                                        params=self.__params) as result:
                utils.copyfileobj_and_verify(result, out, part.size, _COPY_BLOCK, request_id=result.request_id)
                part.part_crc = result.client_crc

    def __finish_part(self, part: _PartToProcess) -> None:
        with self.__lock:
            self.__finished_parts.append(part)
            self.__finished_size += part.size
            self.__record['parts'].append({'part_number': part.part_number, 'start': part.start, 'end': part.end,
                                           'part_crc': part.part_crc})
            self._put_record(self.__record)
            self._report_progress(self.__finished_size)

    def __load_record(self) -> None:
        """Take up the download that the record tells of, or begin one."""
        record = self._get_record()
        if record is not None and not self.__is_record_sane(record):
            logger.warning('the checkpoint of %s is not one of a download, it starts over', self.key)
            record = None
        if record is not None:
            tmp_file = self._abspath + record['tmp_suffix']
            if self.__is_remote_changed(record) or not os.path.exists(tmp_file):
                silently_remove(tmp_file)
                record = None
        if record is None:
            record = {'op_type': self.__op, 'bucket': self.bucket.bucket_name, 'key': self.key, 'size': self.size,
                      'mtime': self.objectInfo.mtime, 'etag': self.objectInfo.etag, 'part_size': self.__part_size,
                      'file_path': self._abspath, 'tmp_suffix': self.__gen_tmp_suffix(), 'parts': []}
            self._put_record(record)
        self.__record = record
        self.__part_size = record['part_size']
        self.__tmp_file = self._abspath + record['tmp_suffix']
        self.__finished_parts = [_PartToProcess(part['part_number'], part['start'], part['end'], part['part_crc'])
                                 for part in record['parts']]
        self.__finished_size = sum(part.size for part in self.__finished_parts)

    def __get_parts_to_download(self) -> List[_PartToProcess]:
        finished = set(self.__finished_parts)
        return [part for part in _split_to_parts(self.size, self.__part_size) if part not in finished]

    def __is_record_sane(self, record: Record) -> bool:
        for name in ('etag', 'tmp_suffix', 'file_path', 'bucket', 'key'):
            if not isinstance(record.get(name), str):
                return False
        if not all(_is_count(record.get(name)) for name in ('size', 'part_size')) or not record['part_size']:
            return False
        if record.get('op_type') != self.__op or record['bucket'] != self.bucket.bucket_name \
                or record['key'] != self.key or not _is_time(record.get('mtime')):
            return False
        if os.path.basename(record['tmp_suffix']) != record['tmp_suffix'] or not record['tmp_suffix']:
            return False
        return self.__are_parts_sane(record.get('parts'), record)

    @staticmethod
    def __are_parts_sane(parts: Any, record: Record) -> bool:
        """Whether these are distinct parts of the plan."""
        if not isinstance(parts, list):
            return False
        planned = set(_split_to_parts(record['size'], record['part_size']))
        seen = set()
        for part in parts:
            if not isinstance(part, dict) or not all(_is_count(part.get(name))
                                                     for name in ('part_number', 'start', 'end')):
                return False
            if part.get('part_crc') is not None and not _is_count(part['part_crc']):
                return False
            found = _PartToProcess(part['part_number'], part['start'], part['end'])
            if found not in planned or found in seen:
                return False
            part.setdefault('part_crc', None)
            seen.add(found)
        return True

    def __is_remote_changed(self, record: Record) -> bool:
        return bool(record['mtime'] != self.objectInfo.mtime or record['size'] != self.size
                    or record['etag'] != self.objectInfo.etag)

    def __gen_tmp_suffix(self) -> str:
        return '.tmp-' + ''.join(random.choice(string.ascii_lowercase) for _ in range(12))


def _kept(encrypted: Any) -> Any:
    """An encrypted key or IV as a record has it: KMS gives text, RSA bytes."""
    return b64encode_as_string(encrypted) if isinstance(encrypted, bytes) else encrypted


def _taken_up(kept: Mapping[str, Any], name: str) -> Any:
    return kept[name] if kept['wrap_alg'] == KMS_ALI_WRAP_ALGORITHM else b64decode_from_string(kept[name])


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_time(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
