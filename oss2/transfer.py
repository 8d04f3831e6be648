"""Folders to OSS and back: each file an object, and those that are the same left out.

::

    result = oss2.transfer.upload_dir(bucket, 'photos', 'backup/photos')
    oss2.transfer.download_dir(bucket, 'backup/photos', 'restored')
"""
from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, TypeVar, Union

from . import defaults
from ._arguments import Headers, headers_named, payer
from ._files import makedir_p
from ._folder_work import Item as Item
from ._folder_work import Work, in_threads
from ._folders import Found, check_name, clashes, ignores_case, key_prefix, target_of, walk
from ._resumable import crc_of_part
from ._streams import ProgressCallback
from .exceptions import ClientError, InconsistentError, OssError
from .headers import OSS_REQUEST_PAYER, OSS_TRAFFIC_LIMIT
from .iterators import ObjectIteratorV2
from .models import SimplifiedObjectInfo
from .resumable import resumable_download, resumable_upload

OSS_FOLDER_ERROR_STATUS = -6

# Failures that the text of an error names.
_SHOWN = 3


@dataclass
class UploadedFolder:
    """What :func:`upload_dir` did, or would do; each list in the order of the keys."""

    uploaded: List[Item] = field(default_factory=list)
    skipped: List[Item] = field(default_factory=list)
    failed: List[Item] = field(default_factory=list)


@dataclass
class DownloadedFolder:
    """What :func:`download_dir` did, or would do; each list in the order of the keys."""

    downloaded: List[Item] = field(default_factory=list)
    skipped: List[Item] = field(default_factory=list)
    failed: List[Item] = field(default_factory=list)


AnyFolder = TypeVar('AnyFolder', UploadedFolder, DownloadedFolder)
Known = TypeVar('Known')


class FolderError(OssError):
    """Some files of a folder were not transferred; all the others were.

    `__cause__` is the first of the failures, `result.failed` has them all.
    """

    def __init__(self, result: Union[UploadedFolder, DownloadedFolder]) -> None:
        self.result = result
        shown = '; '.join(f'{item.key}: {_told(item.error)}' for item in result.failed[:_SHOWN])
        more = len(result.failed) - _SHOWN
        text = f'{len(result.failed)} not transferred: {shown}' + (f'; and {more} more' if more > 0 else '')
        super().__init__(OSS_FOLDER_ERROR_STATUS, {}, text, {})
        self.args = (result,)
        self.message = text

    def __str__(self) -> str:
        return self._str_with_body()


def upload_dir(bucket: Any, folder: Any, prefix: str = '', compare: Optional[str] = 'time',
               follow_symlinks: bool = True, empty_folders: bool = False, num_threads: int = 4,
               headers: Headers = None, multipart_threshold: Optional[int] = None, part_size: Optional[int] = None,
               store: Any = None, progress_callback: Optional[ProgressCallback] = None,
               dry_run: bool = False) -> UploadedFolder:
    """Upload the files below a folder, but for those that are there already.

    A file's key is *prefix*, '/' and its path from the folder on.  Objects without a file are left alone.  Small files
    are uploaded side by side, large ones one after the other by :func:`oss2.resumable_upload`.

    :param compare: when a file is skipped.  'time': an object of its size was stored after the file was last changed,
        by the clocks of both; 'crc': an object has its size and CRC-64, which costs a request and reading the file;
        None: never
    :param follow_symlinks: upload what links lead to; otherwise they are skipped
    :param empty_folders: make an empty object `<folder>/` for each folder that is empty
    :param num_threads: files uploaded at a time, or parts of a large one
    :param headers: of each object
    :param multipart_threshold: bytes from which a file is large; None: `oss2.defaults.multipart_threshold`
    :param part_size: as for :func:`oss2.resumable_upload`
    :param store: as for :func:`oss2.resumable_upload`
    :param progress_callback: called with (bytes uploaded, bytes of all files that are not skipped)
    :param dry_run: upload nothing; the result tells what would be
    :raises FolderError: after all the others were uploaded, if some were not
    :raises OSError: there is no such folder
    """
    source, begin = os.fsdecode(folder), key_prefix(prefix)
    _check_compare(bucket, compare)
    result = UploadedFolder()
    found = [each for each in walk(source, follow_symlinks) if empty_folders or _is_to_see(each)]
    asked = payer(headers)
    stored = _listed(bucket, begin, asked) if compare and found else {}
    pairs = [(Item(each.path, begin + each.name, each.size, each.reason, each.error), each) for each in found]
    work = _left_to_do(
        pairs, lambda item, each: _is_uploaded(bucket, each, stored.get(item.key), compare, asked),
        num_threads if compare == 'crc' else 1, result)
    threshold = defaults.get(multipart_threshold, defaults.multipart_threshold)

    def upload(item: Item, each: Found, progress: Optional[ProgressCallback]) -> None:
        if each.name.endswith('/'):
            bucket.put_object(item.key, b'', headers=headers)
            return
        before = os.stat(item.path)
        resumable_upload(bucket, item.key, item.path, store, headers, threshold, part_size, progress, num_threads)
        now = os.stat(item.path)
        if (now.st_size, now.st_mtime) != (before.st_size, before.st_mtime):
            raise InconsistentError(f'{item.path} changed while it was uploaded: upload it again')

    Work(work, upload, threshold, num_threads, progress_callback).do(result.uploaded, result.failed, dry_run)
    return _checked(result)


def download_dir(bucket: Any, prefix: str, folder: Any, compare: Optional[str] = 'time', num_threads: int = 4,
                 headers: Headers = None, multiget_threshold: Optional[int] = None, part_size: Optional[int] = None,
                 store: Any = None, progress_callback: Optional[ProgressCallback] = None, dry_run: bool = False,
                 ignore_case: Optional[bool] = None) -> DownloadedFolder:
    """Download the objects below a prefix into a folder, but for those that are there already.

    A file's path from the folder on is the rest of the key behind *prefix* and '/'.  Its time becomes that of the
    object.  Files without an object are left alone.  An object whose key ends in '/' makes a folder.

    No file is written outside the folder: keys with `..`, backslashes, drive letters and the like fail, and so do
    those that symbolic links lead out of it, and two that would be one file.

    :param compare: when an object is skipped.  'time': a file has its size and time; 'crc': a file has its size and
        CRC-64, which costs a request and reading the file; None: never
    :param num_threads: objects downloaded at a time, or parts of a large one
    :param headers: as for :func:`oss2.resumable_download`
    :param multiget_threshold: bytes above which an object is large; None: `oss2.defaults.multiget_threshold`
    :param part_size: as for :func:`oss2.resumable_download`
    :param store: as for :func:`oss2.resumable_download`
    :param progress_callback: called with (bytes downloaded, bytes of all objects that are not skipped)
    :param dry_run: download nothing; the result tells what would be
    :param ignore_case: whether `a` and `A` are one file in the folder; None: it is found out
    :raises FolderError: after all the others were downloaded, if some were not
    :raises OSError: the folder is a file, or cannot be made
    """
    target, begin = os.fsdecode(folder), key_prefix(prefix)
    _check_compare(bucket, compare)
    result = DownloadedFolder()
    asked = payer(headers)
    listed = _listed(bucket, begin, asked)
    if not dry_run:
        makedir_p(target)
        os.scandir(target).close()
    names = {key: key[len(begin):] for key in listed if key != begin}
    clashing = clashes(names.values(), ignores_case(target) if ignore_case is None else ignore_case)
    pairs = [(_named(target, name, key, listed[key].size or 0, clashing.get(name)), listed[key])
             for key, name in names.items()]
    work = _left_to_do(
        pairs, lambda item, info: _is_downloaded(bucket, item, info, compare, asked),
        num_threads if compare == 'crc' else 1, result)
    threshold = defaults.get(multiget_threshold, defaults.multiget_threshold)
    sent = headers_named(headers, OSS_REQUEST_PAYER, OSS_TRAFFIC_LIMIT)

    def download(item: Item, info: SimplifiedObjectInfo, progress: Optional[ProgressCallback]) -> None:
        # A folder that was made meanwhile may be a link that leads elsewhere.
        target_of(target, item.key[len(begin):])
        if item.key.endswith('/'):
            os.makedirs(item.path, exist_ok=True)
            return
        os.makedirs(os.path.dirname(item.path), exist_ok=True)
        if item.size > threshold:
            resumable_download(bucket, item.key, item.path, threshold, part_size, progress, num_threads, store,
                               headers=sent)
        else:
            bucket.get_object_to_file(item.key, item.path, headers=sent, progress_callback=progress)
        if info.last_modified is not None:
            os.utime(item.path, (info.last_modified, info.last_modified))

    Work(work, download, threshold + 1, num_threads, progress_callback).do(result.downloaded, result.failed, dry_run)
    return _checked(result)


def _told(error: Optional[Exception]) -> str:
    if isinstance(error, OssError):
        return ': '.join(filter(None, (error.code, error.message)))
    return str(error)


def _check_compare(bucket: Any, compare: Optional[str]) -> None:
    if compare not in ('time', 'crc', None):
        raise ClientError(f"compare must be 'time', 'crc' or None, not {compare!r}")
    if compare == 'crc' and hasattr(bucket, 'crypto_provider'):
        raise ClientError("compare='crc' is not for a CryptoBucket: the CRC-64 of its objects is of the ciphertext")


def _is_to_see(found: Found) -> bool:
    """Whether this is a file, or a folder that could not be read."""
    return not found.name.endswith('/') or found.error is not None


def _listed(bucket: Any, prefix: str, headers: Headers) -> Dict[str, SimplifiedObjectInfo]:
    return {info.key: info for info in ObjectIteratorV2(bucket, prefix=prefix, headers=headers)}


def _named(folder: str, name: str, key: str, size: int, clash: Optional[str]) -> Item:
    path = os.path.join(folder, name)
    try:
        check_name(name, os.name == 'nt')
        path = target_of(folder, name)
        if clash:
            raise ClientError(clash)
        if name.endswith('/') and size:
            raise ClientError(f'{key!r} has content, but the name of a folder')
    except (OssError, OSError) as exc:
        return Item(path, key, size, error=exc)
    return Item(path, key, size)


def _left_to_do(pairs: Sequence[Tuple[Item, Known]], is_same: Callable[[Item, Known], bool], num_threads: int,
                result: Union[UploadedFolder, DownloadedFolder]) -> List[Tuple[Item, Known]]:
    """Those of the *pairs* that are to be transferred; the others go into the *result*, as skipped or failed.

    :param is_same: whether one is there already
    """
    compared: Dict[int, Item] = {}

    def compare(index: int) -> None:
        item, known = pairs[index]
        if item.error is None and not item.reason:
            try:
                if is_same(item, known):
                    item = replace(item, reason='it is there already')
            except (OssError, OSError) as exc:
                item = replace(item, error=exc)
        compared[index] = item

    in_threads(range(len(pairs)), compare, num_threads)
    items = [compared[index] for index in range(len(pairs))]
    result.failed.extend(item for item in items if item.error is not None)
    result.skipped.extend(item for item in items if item.error is None and item.reason)
    return [(item, known) for item, (_, known) in zip(items, pairs) if item.error is None and not item.reason]


def _is_uploaded(bucket: Any, found: Found, stored: Optional[SimplifiedObjectInfo], compare: Optional[str],
                 headers: Headers) -> bool:
    if compare is None or stored is None or stored.size != found.size:
        return False
    if compare == 'crc':
        return _same_crc(bucket, stored, found.path, headers)
    return found.name.endswith('/') or (stored.last_modified or 0) >= found.mtime


def _is_downloaded(bucket: Any, item: Item, info: SimplifiedObjectInfo, compare: Optional[str],
                   headers: Headers) -> bool:
    if item.key.endswith('/'):
        return os.path.isdir(item.path)
    if compare is None or not os.path.isfile(item.path):
        return False
    there = os.stat(item.path)
    if there.st_size != info.size:
        return False
    if compare == 'crc':
        return _same_crc(bucket, info, item.path, headers)
    return int(there.st_mtime) == info.last_modified


def _same_crc(bucket: Any, info: SimplifiedObjectInfo, path: str, headers: Headers) -> bool:
    if info.key.endswith('/'):
        return True
    expected = bucket.head_object(info.key, headers=headers).server_crc
    return expected is not None and crc_of_part(path, 0, info.size or 0) == expected


def _checked(result: AnyFolder) -> AnyFolder:
    """:raises FolderError: some failed"""
    result.skipped.sort(key=lambda item: item.key)
    if result.failed:
        raise FolderError(result) from result.failed[0].error
    return result
