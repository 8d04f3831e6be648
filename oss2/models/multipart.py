"""Multipart uploads: their parts and the pages that list them."""
from __future__ import annotations

from typing import Iterable, List, Optional

from .._xml import BOOL, ETAG, INT, KEY, TIME, Kind, many, one
from ._base import RequestResult, legible, result, shape
from .listing import kept_marker

__all__ = [
    'InitMultipartUploadResult', 'PartInfo', 'ListPartsResult', 'MultipartUploadInfo', 'ListMultipartUploadsResult',
]

_NUMBER = Kind(legible(int), str)


@result('InitiateMultipartUploadResult')
class InitMultipartUploadResult(RequestResult):
    """An upload that was begun (InitiateMultipartUpload)."""

    upload_id: str = one('UploadId', default=None, required=True)
    bucket: Optional[str] = one('Bucket', default=None)
    key: Optional[str] = one('Key', KEY, default=None)


@shape('Part')
class PartInfo:
    """A part of a multipart upload."""

    part_number: int = one('PartNumber', INT, required=True)
    etag: str = one('ETag', ETAG, required=True)
    """As the upload of the part returned it, without quotes."""
    size: Optional[int] = one('Size', INT, default=None)
    last_modified: Optional[int] = one('LastModified', TIME, default=None)
    """Unix seconds."""
    part_crc: Optional[int] = one('HashCrc64ecma', INT, default=None)
    """The CRC-64 of the part, not sent; with one for each part and their sizes the whole object is checked."""


@shape('Part')
class _CompletedPart:
    """What is sent of a :class:`PartInfo` when its upload is completed."""

    part_number: int = one('PartNumber', INT, required=True)
    etag: str = one('ETag', ETAG, required=True)


@shape('CompleteMultipartUpload')
class PartsToComplete:
    """The document that completes an upload."""

    parts: Iterable[PartInfo] = many('Part', _CompletedPart)


@result('ListPartsResult')
class ListPartsResult(RequestResult):
    """A page of the parts that were uploaded (ListParts)."""

    is_truncated: bool = one('IsTruncated', BOOL, default=False, required=True)
    next_marker: str = one('NextPartNumberMarker', default='', absent=None)
    """Where the next page begins."""
    parts: List[PartInfo] = many('Part', PartInfo)
    bucket: Optional[str] = one('Bucket', default=None)
    key: Optional[str] = one('Key', KEY, default=None)
    upload_id: Optional[str] = one('UploadId', default=None)
    max_parts: Optional[int] = one('MaxParts', _NUMBER, default=None)
    """Most parts a page, as asked for."""

    def _loaded(self) -> None:
        self.next_marker = kept_marker(self, 'NextPartNumberMarker', self.next_marker)


@shape('Upload')
class MultipartUploadInfo:
    """An upload in progress, or a common prefix of several keys: then only ``key`` is set."""

    key: str = one('Key', KEY, required=True)
    upload_id: Optional[str] = one('UploadId', required=True)
    initiation_date: Optional[int] = one('Initiated', TIME)
    """Unix seconds."""

    def is_prefix(self) -> bool:
        """Whether this is a common prefix."""
        return self.upload_id is None


@result('ListMultipartUploadsResult')
class ListMultipartUploadsResult(RequestResult):
    """A page of the uploads in progress (ListMultipartUploads)."""

    is_truncated: bool = one('IsTruncated', BOOL, default=False, required=True)
    next_key_marker: str = one('NextKeyMarker', KEY, default='', absent=None)
    next_upload_id_marker: str = one('NextUploadIdMarker', default='', absent=None)
    upload_list: List[MultipartUploadInfo] = many('Upload', MultipartUploadInfo)
    prefix_list: List[str] = many('CommonPrefixes[]/Prefix', KEY)

    def _loaded(self) -> None:
        self.next_key_marker = kept_marker(self, 'NextKeyMarker', self.next_key_marker)
        self.next_upload_id_marker = kept_marker(self, 'NextUploadIdMarker', self.next_upload_id_marker)
