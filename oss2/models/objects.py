"""Objects: what reading, writing and deleting them returns, and what these operations take."""
from __future__ import annotations

import json
from types import TracebackType
from typing import Any, Callable, Iterable, Iterator, List, Optional, Type
from urllib.parse import unquote

from .._dates import http_to_unixtime, iso8601_to_unixtime
from .._decoding import Decoded, split_encoding
from .._xml import BOOL, INT, KEY, header, many, one, plain
from ..headers import (
    OSS_EXPIRATION,
    OSS_HASH_CRC64_ECMA,
    OSS_LAST_ACCESS_TIME,
    OSS_NEXT_APPEND_POSITION,
    OSS_OBJECT_TYPE,
    OSS_OBJECT_WORM_LEGAL_HOLD,
    OSS_OBJECT_WORM_MODE,
    OSS_OBJECT_WORM_RETAIN_UNTIL_DATE,
    OSS_PROCESS_STATUS,
    OSS_RESTORE,
    OSS_SEALED_TIME,
    OSS_SYMLINK_TARGET,
    OSS_TAGGING_COUNT,
)
from ._base import RequestResult, close_response, legible, result, shape, unquoted

__all__ = [
    'HeadObjectResult', 'GetObjectMetaResult', 'GetSymlinkResult', 'PutObjectResult', 'AppendObjectResult',
    'GetObjectAclResult', 'BatchDeleteObjectVersion', 'BatchDeleteObjectVersionList', 'BatchDeleteObjectVersionResult',
    'BatchDeleteObjectsResult', 'RestoreJobParameters', 'ResotreJobParameters', 'RestoreConfiguration',
    'GetObjectResult', 'SealAppendObjectResult',
]


@result()
class HeadObjectResult(RequestResult):
    """An object's metadata (HeadObject). User metadata is in ``headers``; None is what OSS did not send."""

    object_type: Optional[str] = header(OSS_OBJECT_TYPE)
    """``Normal``, ``Multipart``, ``Appendable`` or ``Symlink``."""
    last_modified: int = header('last-modified', http_to_unixtime)
    """Unix seconds."""
    content_type: Optional[str] = header('content-type')
    content_length: int = header('content-length', int)
    etag: str = header('etag', unquoted)
    """Without quotes."""
    _server_crc: Optional[int] = header(OSS_HASH_CRC64_ECMA, int)

    last_access_time: Optional[int] = header(OSS_LAST_ACCESS_TIME, legible(http_to_unixtime))
    """Unix seconds; only where the bucket's access monitor is on."""
    sealed_time: Optional[int] = header(OSS_SEALED_TIME, legible(http_to_unixtime))
    """When appending was ended, Unix seconds."""
    expiration: Optional[str] = header(OSS_EXPIRATION)
    """The lifecycle rule that will delete the object, and when; as OSS sends it."""
    restore: Optional[str] = header(OSS_RESTORE)
    """Whether an archived object is being restored, and until when it is; as OSS sends it."""
    tagging_count: Optional[int] = header(OSS_TAGGING_COUNT, legible(int))
    process_status: Optional[str] = header(OSS_PROCESS_STATUS)
    object_worm_mode: Optional[str] = header(OSS_OBJECT_WORM_MODE)
    """``COMPLIANCE`` or ``GOVERNANCE``, for an object that is retained."""
    object_worm_retain_until_date: Optional[int] = header(
        OSS_OBJECT_WORM_RETAIN_UNTIL_DATE, legible(iso8601_to_unixtime))
    """Unix seconds."""
    object_worm_legal_hold: Optional[str] = header(OSS_OBJECT_WORM_LEGAL_HOLD)
    """``ON`` or ``OFF``."""

    @property
    def server_crc(self) -> Optional[int]:
        """The CRC-64 of the whole object, also in the answer to a range."""
        return self._server_crc


@result()
class GetObjectMetaResult(RequestResult):
    """The few metadata that cost least (GetObjectMeta)."""

    last_modified: int = header('last-modified', http_to_unixtime)
    content_length: int = header('content-length', int)
    etag: str = header('etag', unquoted)
    last_access_time: Optional[int] = header(OSS_LAST_ACCESS_TIME, legible(http_to_unixtime))
    """Unix seconds; only where the bucket's access monitor is on."""


@result()
class GetSymlinkResult(RequestResult):
    """Where a symbolic link leads (GetSymlink)."""

    target_key: Optional[str] = header(OSS_SYMLINK_TARGET, unquote)


@result()
class PutObjectResult(RequestResult):
    """What was stored (PutObject, UploadPart, CopyObject, CompleteMultipartUpload and their like)."""

    etag: str = header('etag', unquoted)
    crc: Optional[int] = header(OSS_HASH_CRC64_ECMA, int)
    """The CRC-64 of what OSS stored."""

    def callback_json(self) -> Any:
        """The JSON that the callback's server answered with; for a request with ``x-oss-callback``.

        :raises ValueError: the answer is not JSON
        """
        return json.loads(self.resp.read())


@result()
class AppendObjectResult(RequestResult):
    """Where the object ends now (AppendObject)."""

    etag: str = header('etag', unquoted)
    crc: Optional[int] = header(OSS_HASH_CRC64_ECMA, int)
    """The CRC-64 of the whole object."""
    next_position: int = header(OSS_NEXT_APPEND_POSITION, int)
    """Where the next piece has to be appended."""


@result('AccessControlPolicy')
class GetObjectAclResult(RequestResult):
    """Who may use an object (GetObjectAcl)."""

    acl: str = one('AccessControlList/Grant', default='', required=True)
    """One of the ``OBJECT_ACL_*`` constants."""


@shape('Object')
class BatchDeleteObjectVersion:
    """A version to delete."""

    key: str = one('Key', KEY, factory=str, if_none='')
    versionid: str = one('VersionId', factory=str, blank=False)


@shape('Delete')
class BatchDeleteObjectVersionList:
    """The versions to delete in one call (DeleteMultipleObjects), at most 1000."""

    object_version_list: List[BatchDeleteObjectVersion] = many('Object', BatchDeleteObjectVersion, factory=list)

    def append(self, object_version: BatchDeleteObjectVersion) -> None:
        """Add a version."""
        self.object_version_list.append(object_version)

    def len(self) -> int:
        """How many there are."""
        return len(self.object_version_list)


@shape('Delete')
class KeysToDelete:
    """The document that names keys to delete."""

    quiet: bool = one('Quiet', BOOL)
    keys: Iterable[str] = many('Object[]/Key', KEY)


@shape('Delete')
class VersionsToDelete:
    """The document that names versions to delete."""

    quiet: bool = one('Quiet', BOOL)
    versions: Iterable[BatchDeleteObjectVersion] = many('Object', BatchDeleteObjectVersion)


@shape('Deleted')
class BatchDeleteObjectVersionResult:
    """One deleted key or version."""

    key: str = one('Key', KEY, required=True)
    versionid: str = one('VersionId', factory=str)
    """The version that was deleted, '' if none was named."""
    delete_marker: bool = one('DeleteMarker', BOOL, factory=bool)
    """Whether a delete marker was made or deleted."""
    delete_marker_versionid: str = one('DeleteMarkerVersionId', factory=str)


@result('DeleteResult')
class BatchDeleteObjectsResult(RequestResult):
    """What was deleted (DeleteMultipleObjects); empty for a quiet request."""

    deleted_keys: List[str] = plain(factory=list)
    delete_versions: List[BatchDeleteObjectVersionResult] = many('Deleted', BatchDeleteObjectVersionResult)

    def _loaded(self) -> None:
        self.deleted_keys = [deleted.key for deleted in self.delete_versions]


@shape('JobParameters')
class RestoreJobParameters:
    """How fast a cold-archived object is restored."""

    tier: str = one('Tier')
    """One of the ``RESTORE_TIER_*`` constants."""


@shape('JobParameters')
class ResotreJobParameters:
    """:class:`RestoreJobParameters`, as oss2 2.19.1 spells it as well."""

    tier: str = one('Tier')


@shape('RestoreRequest')
class RestoreConfiguration:
    """How an archived object is restored (RestoreObject)."""

    days: int = one('Days', INT)
    """How long the restored object can be read."""
    job_parameters: Optional[RestoreJobParameters] = one('JobParameters', RestoreJobParameters, default=None)


@result()
class GetObjectResult(HeadObjectResult):
    """An object's content as a file to read once (GetObject), and its metadata.

    It is to be closed, or read to its end, so that its connection can be used again.
    """

    content_length: Optional[int]  # type: ignore[assignment]
    """None for a content whose length OSS did not know when it began to send, such as a compressed one."""
    content_range: Optional[str] = header('content-range')
    """Such as ``bytes 0-99/1000``, None for the whole object."""
    stream: Any
    """What :meth:`read` reads from: the response itself if there is nothing to count, check or decrypt."""

    def __init__(self, resp: Any, progress_callback: Optional[Callable[[int, Optional[int]], Any]] = None,
                 crc_enabled: bool = False, crypto_provider: Any = None, discard: int = 0) -> None:
        from .. import models  # programs replace the adapters there

        super().__init__(resp)
        self._checksummed: Any = None
        self._closed = False
        self.stream = resp
        if progress_callback or crc_enabled:
            self.stream, decoder = split_encoding(resp)
            if progress_callback:
                self.stream = models.make_progress_adapter(self.stream, progress_callback, self.content_length)
            if crc_enabled:
                self.stream = self._checksummed = models.make_crc_adapter(self.stream, discard=discard)
            if decoder is not None:
                self.stream = Decoded(self.stream, decoder)
        if crypto_provider:
            from .encryption import decrypting_stream

            self.stream = decrypting_stream(self, crypto_provider, discard)

    def read(self, amt: Optional[int] = None) -> bytes:
        """Read `amt` bytes, fewer only at the end; all that is left for None.

        :raises RequestError: the connection broke or was cut short
        """
        content: bytes = self.stream.read(amt)
        return content

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.stream)

    def close(self) -> None:
        """Let go of the connection; what was not read is lost."""
        self._closed = True
        close_response(self.resp)

    def __enter__(self) -> GetObjectResult:
        return self

    def __exit__(self, exc_type: Optional[Type[BaseException]], exc_val: Optional[BaseException],
                 exc_tb: Optional[TracebackType]) -> None:
        self.close()

    @property
    def client_crc(self) -> Optional[int]:
        """The CRC-64 of what was read so far, None unless it is computed."""
        return None if self._checksummed is None else self._checksummed.crc

    # What the standard library asks of a binary file, so that io.BufferedReader and io.TextIOWrapper take it.

    @property
    def closed(self) -> bool:
        return self._closed

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def flush(self) -> None:
        pass

    def readinto(self, buffer: Any) -> int:
        content = self.read(len(buffer))
        buffer[:len(content)] = content
        return len(content)

    def read1(self, size: int = -1) -> bytes:
        return self.read(16384 if size < 0 else size)


@result()
class SealAppendObjectResult(RequestResult):
    """An object that nothing is appended to any more (SealAppendObject)."""

    sealed_time: Optional[int] = header(OSS_SEALED_TIME, http_to_unixtime)
    """When that was first asked for, Unix seconds."""
