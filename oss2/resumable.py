"""Uploads and downloads in parts that go on where they broke off."""
from __future__ import annotations

import logging
import os
from typing import Any, Optional

from . import _records, defaults, models
from . import exceptions as exceptions
from . import http as http
from . import iterators as iterators
from . import utils as utils
from ._arguments import Headers, Params
from ._checkpoint import _DOWNLOAD_TEMP_DIR as _DOWNLOAD_TEMP_DIR
from ._checkpoint import _UPLOAD_TEMP_DIR as _UPLOAD_TEMP_DIR
from ._checkpoint import ResumableDownloadStore as ResumableDownloadStore
from ._checkpoint import ResumableStore as ResumableStore
from ._checkpoint import _normalize_path as _normalize_path
from ._checkpoint import _ResumableStoreBase as _ResumableStoreBase
from ._checkpoint import make_download_store as make_download_store
from ._checkpoint import make_upload_store as make_upload_store
from ._downloader import _MAX_MULTIGET_PART_COUNT as _MAX_MULTIGET_PART_COUNT
from ._downloader import _ObjectInfo as _ObjectInfo
from ._downloader import _ResumableDownloader as _ResumableDownloader
from ._downloader import path_of_tmp_file
from ._files import check_target, silently_remove
from ._parts import _determine_part_size_internal as _determine_part_size_internal
from ._parts import _PartToProcess as _PartToProcess
from ._parts import _split_to_parts as _split_to_parts
from ._parts import determine_part_size as determine_part_size
from ._resumable import _filter_invalid_headers as _filter_invalid_headers
from ._resumable import _populate_valid_headers as _populate_valid_headers
from ._resumable import _populate_valid_params as _populate_valid_params
from ._resumable import _ResumableOperation as _ResumableOperation
from ._streams import ProgressCallback
from ._uploader import _ResumableUploader as _ResumableUploader
from .api import Bucket as Bucket
from .compat import stringify as stringify
from .compat import to_string as to_string
from .compat import to_unicode as to_unicode
from .crypto_bucket import CryptoBucket as CryptoBucket
from .exceptions import NoSuchUpload
from .headers import *
from .headers import OSS_REQUEST_PAYER, OSS_TRAFFIC_LIMIT
from .iterators import PartIterator as PartIterator
from .models import PartInfo as PartInfo
from .task_queue import TaskQueue as TaskQueue
from .utils import b64decode_from_string as b64decode_from_string
from .utils import b64encode_as_string as b64encode_as_string

logger = logging.getLogger(__name__)


def resumable_upload(bucket: Bucket, key: str, filename: Any, store: Any = None, headers: Headers = None,
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
    :param params: {'sequential': ''} gives the object a Content-MD5; its parts are uploaded one after the other
    :raises InconsistentError: the file changed meanwhile, or OSS has something else than the file
    """
    filename = os.fsdecode(filename)
    size = os.path.getsize(filename)
    if size >= defaults.get(multipart_threshold, defaults.multipart_threshold):
        uploader = _ResumableUploader(bucket, key, filename, size, store, part_size=part_size, headers=headers,
                                      progress_callback=progress_callback, num_threads=num_threads, params=params)
        return uploader.upload()
    with open(filename, 'rb') as source:
        return bucket.put_object(key, source, headers=headers, progress_callback=progress_callback)


def cancel_resumable_upload(bucket: Bucket, key: str, filename: Any, store: Any = None,
                            headers: Headers = None) -> None:
    """Give up a resumable upload that broke off: its parts are deleted, and its checkpoint is forgotten.

    It is no error if there is none.

    :param store: the one that the upload was given
    :param headers: x-oss-request-payer is sent, others are not
    """
    store = ResumableStore() if store is None else store
    name = store.make_store_key(bucket.bucket_name, to_string(key), os.path.abspath(os.fsdecode(filename)))
    record = store.get(name)
    if isinstance(record, dict) and isinstance(record.get('upload_id'), str):
        try:
            bucket.abort_multipart_upload(key, record['upload_id'],
                                          headers=_populate_valid_headers(headers, [OSS_REQUEST_PAYER]))
        except NoSuchUpload:
            logger.debug('the upload %s of %s is gone already', record['upload_id'], key)
    store.delete(name)


def resumable_download(bucket: Bucket, key: str, filename: Any, multiget_threshold: Optional[int] = None,
                       part_size: Optional[int] = None, progress_callback: Optional[ProgressCallback] = None,
                       num_threads: Optional[int] = None, store: Any = None, params: Params = None,
                       headers: Headers = None) -> models.HeadObjectResult:
    """Download an object to a local file; called again after a failure, it goes on where it broke off.

    The content is written beside *filename*, which it replaces when it is all there and right.  An object of up to
    *multiget_threshold* bytes, one with a Content-Encoding, and one that goes to a device or a pipe are got in one
    request.

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
    :raises OSError: the file cannot be written
    """
    filename = os.fsdecode(filename)
    check_target(filename)
    valid_headers = _populate_valid_headers(headers, [OSS_REQUEST_PAYER, OSS_TRAFFIC_LIMIT])
    found = bucket.head_object(key, headers=valid_headers, params=params)
    threshold = defaults.get(multiget_threshold, defaults.multiget_threshold)
    in_one = found.headers.get('Content-Encoding') or (os.path.exists(filename) and not os.path.isfile(filename))
    if in_one or (found.content_length or 0) <= threshold:
        return bucket.get_object_to_file(key, filename, headers=valid_headers, progress_callback=progress_callback,
                                         params=params)
    downloader = _ResumableDownloader(bucket, key, filename, _ObjectInfo.make(found), part_size=part_size,
                                      progress_callback=progress_callback, num_threads=num_threads, store=store,
                                      params=params, headers=valid_headers)
    downloader.download(found.server_crc)
    return found


def cancel_resumable_download(bucket: Bucket, key: str, filename: Any, store: Any = None,
                              params: Params = None) -> None:
    """Give up a resumable download that broke off: what was got is removed, and its checkpoint is forgotten.

    It is no error if there is none.  *filename* itself is left alone.

    :param store: the one that the download was given
    :param params: the `versionId` that the download was given
    """
    store, path = ResumableDownloadStore() if store is None else store, os.path.abspath(os.fsdecode(filename))
    version = (params or {}).get('versionId')
    name = store.make_store_key(bucket.bucket_name, to_string(key), path, *([version] if version else []))
    record = store.get(name)
    if isinstance(record, dict) and _records.is_download(record, bucket.bucket_name, to_string(key)):
        silently_remove(path_of_tmp_file(path, record['tmp_suffix']))
    store.delete(name)
