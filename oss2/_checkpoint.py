"""Checkpoints of resumable transfers: where they are kept, and reading and writing them.

Place, names and fields are those of oss2 2.19.1, so that a transfer begun by either goes on with the other: a JSON file
a transfer, in `~/.py-oss-upload` or `~/.py-oss-download`, named `md5(oss://bucket/key)--md5(path)`.
"""
from __future__ import annotations

import contextlib
import glob
import json
import logging
import os
import secrets
import tempfile
from typing import Optional

from ._digests import md5_string
from ._files import makedir_p, silently_remove
from ._records import Record

logger = logging.getLogger('oss2.resumable')

_UPLOAD_TEMP_DIR = '.py-oss-upload'
_DOWNLOAD_TEMP_DIR = '.py-oss-download'


def _normalize_path(path: str) -> str:
    return os.path.normpath(os.path.normcase(path))


def _store_key(bucket_name: str, key: str, filename: str, version_id: Optional[str] = None) -> str:
    resource = f'oss://{bucket_name}/{key}'
    if version_id:
        resource += f'?versionid={version_id}'
    # A name that is no valid Unicode is one nevertheless.
    return md5_string(resource) + '--' + md5_string(_normalize_path(filename).encode('utf-8', 'surrogatepass'))


def _default_folder(name: str) -> str:
    """The folder of checkpoints in the user's home, or a temporary one where that cannot be written."""
    folder = os.path.join(os.path.expanduser('~'), name)
    try:
        makedir_p(folder)
    except OSError as exc:
        logger.debug('%r cannot be made: %s', folder, exc)
    if _is_writable(folder):
        return folder
    temporary = os.path.join(tempfile.gettempdir(), name + _user_suffix())
    with contextlib.suppress(OSError):
        os.mkdir(temporary, 0o700)
    if not (_is_writable(temporary) and _is_own(temporary)):
        temporary = tempfile.mkdtemp(prefix=name)
    logger.warning('checkpoints go to %r, as %r cannot be written', temporary, folder)
    return temporary


def _is_writable(folder: str) -> bool:
    return os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK)


def _is_own(folder: str) -> bool:
    """Records say where to write: those that another user may have left in a shared folder are not to be trusted."""
    return not hasattr(os, 'getuid') or os.stat(folder).st_uid == os.getuid()


def _user_suffix() -> str:
    return '-%d' % os.getuid() if hasattr(os, 'getuid') else ''


class _ResumableStoreBase:
    """A folder of checkpoints.

    A checkpoint that cannot be kept or read costs the resumption, not the transfer: it is logged, and no error.

    :param root: the folder that *dir* is in; None: the user's home, or a temporary folder where that cannot be
        written
    """

    def __init__(self, root: Optional[str], dir: str) -> None:
        if root is None:
            self.dir = _default_folder(dir)
        else:
            self.dir = os.path.join(root, dir)
            makedir_p(self.dir)

    def get(self, key: str) -> Optional[Record]:
        """The record, or None.  One that is torn or foreign counts as none, and is removed."""
        path = self.__path(key)
        try:
            with open(path, encoding='utf-8') as source:
                record = json.load(source)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as exc:
            logger.warning('the checkpoint %r cannot be read, the transfer starts over: %s', path, exc)
            record = None
        else:
            if isinstance(record, dict):
                return record
            logger.warning('the checkpoint %r is not one, the transfer starts over', path)
        self.delete(key)
        return None

    def put(self, key: str, value: Record) -> None:
        """Keep the record: whole, or not at all."""
        path, text = self.__path(key), json.dumps(value)
        temporary = f'{path}.{secrets.token_hex(4)}.tmp'
        try:
            with open(temporary, 'x', encoding='ascii') as out:
                out.write(text)
            os.replace(temporary, path)
        except OSError as exc:
            silently_remove(temporary)
            logger.warning('the checkpoint %r cannot be written, so the transfer could not be resumed: %s', path, exc)

    def delete(self, key: str) -> None:
        path = self.__path(key)
        # A process that was killed while it wrote has left a temporary file.
        for name in [path, *glob.glob(glob.escape(path) + '.*.tmp')]:
            try:
                silently_remove(name)
            except OSError as exc:
                logger.warning('the checkpoint %r cannot be removed: %s', name, exc)

    def __path(self, key: str) -> str:
        return os.path.join(self.dir, key)


class ResumableStore(_ResumableStoreBase):
    """Where :func:`oss2.resumable_upload` keeps what it has done."""

    def __init__(self, root: Optional[str] = None, dir: Optional[str] = None) -> None:
        super().__init__(root, dir or _UPLOAD_TEMP_DIR)

    @staticmethod
    def make_store_key(bucket_name: str, key: str, filename: str) -> str:
        return _store_key(bucket_name, key, filename)


class ResumableDownloadStore(_ResumableStoreBase):
    """Where :func:`oss2.resumable_download` keeps what it has done."""

    def __init__(self, root: Optional[str] = None, dir: Optional[str] = None) -> None:
        super().__init__(root, dir or _DOWNLOAD_TEMP_DIR)

    @staticmethod
    def make_store_key(bucket_name: str, key: str, filename: str, version_id: Optional[str] = None) -> str:
        return _store_key(bucket_name, key, filename, version_id)


def make_upload_store(root: Optional[str] = None, dir: Optional[str] = None) -> ResumableStore:
    return ResumableStore(root=root, dir=dir)


def make_download_store(root: Optional[str] = None, dir: Optional[str] = None) -> ResumableDownloadStore:
    return ResumableDownloadStore(root=root, dir=dir)
