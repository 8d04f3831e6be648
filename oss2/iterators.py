"""Iterators over listings of any length; they ask for page after page."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Generic, Iterator, List, Mapping, Optional, Tuple, Type, TypeVar, Union

from . import _retry, defaults
from . import http as http
from .exceptions import RequestError, ServerError
from .models import (
    DeleteMarkerInfo,
    LiveChannelInfo,
    MultipartUploadInfo,
    ObjectVersionInfo,
    PartInfo,
    SimplifiedBucketInfo,
    SimplifiedObjectInfo,
)
from .operations.listing import LARGEST_PAGE, check_advance

Entry = TypeVar('Entry')
Headers = Optional[Mapping[str, Any]]


class _Unsaid(int):
    """A default of 2.19.1, to be told from the same number said by the caller."""


# The signature is that of 2.19.1. Who does not care how large a page is wants few requests.
_OBJECTS_A_PAGE = _Unsaid(100)


if TYPE_CHECKING:
    class _Of(Generic[Entry]):
        pass
else:
    class _Of:
        """typing.Generic would hide the constructors' parameters from inspect under Python 3.8."""

        def __class_getitem__(cls, entry: Any) -> Type[Any]:
            return cls


class _BaseIterator(_Of[Entry]):
    """Goes through the entries of all pages.

    A subclass has `_fetch()`, which puts a page into `entries` and returns (is_truncated, next_marker).
    """

    _is_default = False
    """Whether nobody said how often a page is to be asked for."""

    def __init__(self, marker: str, max_retries: Optional[int]) -> None:
        self.is_truncated = True
        self.next_marker = marker
        self.max_retries = defaults.get(max_retries, defaults.request_retries)
        self._is_default = max_retries is None
        self.entries: List[Entry] = []

    def _fetch(self) -> Tuple[bool, str]:
        raise NotImplementedError  # pragma: no cover - every iterator has its own

    def _position(self) -> Any:
        """What the next request asks from."""
        return self.next_marker

    def __iter__(self) -> Iterator[Entry]:
        return self

    def __next__(self) -> Entry:
        while not self.entries:
            if not self.is_truncated:
                raise StopIteration
            before = self._position()
            self.fetch_with_retry()
            if self.is_truncated:
                check_advance(before, self._position())
        return self.entries.pop(0)

    def next(self) -> Entry:
        return self.__next__()

    def _most_attempts(self) -> int:
        client = getattr(self, 'bucket', None) or getattr(self, 'service', None)
        own = getattr(client, 'retries', None)
        return own if self._is_default and isinstance(own, int) else self.max_retries

    def fetch_with_retry(self) -> None:
        """Fetch a page; failures of the server and of the network are tried again, `max_retries` times in all."""
        attempts, most = 0, self._most_attempts()
        while True:
            try:
                with _retry.at_most(most - attempts):
                    self.is_truncated, self.next_marker = self._fetch()
                return
            except (ServerError, RequestError) as exc:
                attempts += exc.attempts
                if attempts >= most or (isinstance(exc, ServerError) and exc.status // 100 != 5):
                    raise


def _merged(entries: List[Any], prefixes: List[Any]) -> List[Any]:
    if prefixes:
        entries = sorted(entries + prefixes, key=lambda entry: entry.key)
    return entries


def _without(key: str, entries: List[Any]) -> List[Any]:
    return [entry for entry in entries if entry.key != key] if key else entries


def _entries(result: Any, skipped: str) -> List[Any]:
    """Objects and common prefixes of a page in their order, but for the object *skipped*."""
    return _merged(_without(skipped, result.object_list), _prefix_entries(result.prefix_list))


def _prefix_entries(prefixes: List[str]) -> List[SimplifiedObjectInfo]:
    return [SimplifiedObjectInfo(prefix, None, None, None, None, None) for prefix in prefixes]


def _copied(headers: Headers) -> Dict[str, Any]:
    return dict(headers or {})


class BucketIterator(_BaseIterator[SimplifiedBucketInfo]):
    """The account's buckets, as :class:`oss2.models.SimplifiedBucketInfo`.

    :param max_keys: buckets a page
    :param max_retries: how often a page is asked for; None: as often as the client sends a request
    """

    def __init__(self, service: Any, prefix: str = '', marker: str = '', max_keys: int = 100,
                 max_retries: Optional[int] = None) -> None:
        super().__init__(marker, max_retries)
        self.service = service
        self.prefix = prefix
        self.max_keys = max_keys

    def _fetch(self) -> Tuple[bool, str]:
        result = self.service.list_buckets(prefix=self.prefix, marker=self.next_marker, max_keys=self.max_keys)
        self.entries = result.buckets
        return result.is_truncated, result.next_marker


class ObjectIterator(_BaseIterator[SimplifiedObjectInfo]):
    """The objects of a bucket, as :class:`oss2.models.SimplifiedObjectInfo`, in the order of their keys.

    With a delimiter, common prefixes are among them: entries whose `is_prefix()` is true.

    :param max_keys: entries a page; left out, 1000, the most that OSS gives
    :param max_retries: how often a page is asked for; None: as often as the client sends a request
    :param skip_self: leave out the object whose key is *prefix* itself: the mark of a folder
    """

    def __init__(self, bucket: Any, prefix: str = '', delimiter: str = '', marker: str = '',
                 max_keys: int = _OBJECTS_A_PAGE, max_retries: Optional[int] = None, headers: Headers = None,
                 skip_self: bool = False) -> None:
        super().__init__(marker, max_retries)
        self.bucket = bucket
        self.prefix = prefix
        self.delimiter = delimiter
        self.max_keys = LARGEST_PAGE if max_keys is _OBJECTS_A_PAGE else max_keys
        self.headers = _copied(headers)
        self.skip_self = skip_self

    def _fetch(self) -> Tuple[bool, str]:
        result = self.bucket.list_objects(prefix=self.prefix, delimiter=self.delimiter, marker=self.next_marker,
                                          max_keys=self.max_keys, headers=self.headers)
        self.entries = _entries(result, self.prefix if self.skip_self else '')
        return result.is_truncated, result.next_marker


class ObjectIteratorV2(_BaseIterator[SimplifiedObjectInfo]):
    """As :class:`ObjectIterator`, by ListObjectsV2.

    :param start_after: list keys behind this one
    :param fetch_owner: ask for each object's owner
    """

    def __init__(self, bucket: Any, prefix: str = '', delimiter: str = '', continuation_token: str = '',
                 start_after: str = '', fetch_owner: bool = False, encoding_type: str = 'url',
                 max_keys: int = _OBJECTS_A_PAGE, max_retries: Optional[int] = None, headers: Headers = None,
                 skip_self: bool = False) -> None:
        super().__init__(continuation_token, max_retries)
        self.bucket = bucket
        self.prefix = prefix
        self.delimiter = delimiter
        self.start_after = start_after
        self.fetch_owner = fetch_owner
        self.encoding_type = encoding_type
        self.max_keys = LARGEST_PAGE if max_keys is _OBJECTS_A_PAGE else max_keys
        self.headers = _copied(headers)
        self.skip_self = skip_self

    def _fetch(self) -> Tuple[bool, str]:
        result = self.bucket.list_objects_v2(
            prefix=self.prefix, delimiter=self.delimiter, continuation_token=self.next_marker,
            start_after=self.start_after, fetch_owner=self.fetch_owner, encoding_type=self.encoding_type,
            max_keys=self.max_keys, headers=self.headers)
        self.entries = _entries(result, self.prefix if self.skip_self else '')
        return result.is_truncated, result.next_continuation_token


class ObjectVersionIterator(_BaseIterator[Union[ObjectVersionInfo, DeleteMarkerInfo, SimplifiedObjectInfo]]):
    """The versions of objects, as :class:`oss2.models.ObjectVersionInfo`, and their delete markers, as
    :class:`oss2.models.DeleteMarkerInfo`, in the order of their keys, of one key from the latest on.

    With a delimiter, common prefixes are among them, as :class:`oss2.models.SimplifiedObjectInfo`.

    :param key_marker: list keys behind this one; with *versionid_marker* also this key's versions behind that one
    :param max_keys: entries a page, at most 1000
    :param max_retries: how often a page is asked for; None: as often as the client sends a request
    :param skip_self: leave out the versions of the key that is *prefix* itself
    """

    def __init__(self, bucket: Any, prefix: str = '', delimiter: str = '', key_marker: str = '',
                 versionid_marker: str = '', max_keys: int = 1000, max_retries: Optional[int] = None,
                 headers: Headers = None, skip_self: bool = False) -> None:
        super().__init__(key_marker, max_retries)
        self.bucket = bucket
        self.prefix = prefix
        self.delimiter = delimiter
        self.next_versionid_marker = versionid_marker
        self.max_keys = max_keys
        self.headers = _copied(headers)
        self.skip_self = skip_self

    def _position(self) -> Any:
        return self.next_marker, self.next_versionid_marker

    def _fetch(self) -> Tuple[bool, str]:
        result = self.bucket.list_object_versions(
            prefix=self.prefix, delimiter=self.delimiter, key_marker=self.next_marker,
            versionid_marker=self.next_versionid_marker, max_keys=self.max_keys, headers=self.headers)
        found = _without(self.prefix if self.skip_self else '', [*result.versions, *result.delete_marker])
        # OSS lists the markers apart from the versions; of one key, the latest comes first in both.
        found.sort(key=lambda info: (info.key, not info.is_latest, -(info.last_modified or 0)))
        self.entries = _merged(found, _prefix_entries(result.common_prefix))
        self.next_versionid_marker = result.next_versionid_marker
        return result.is_truncated, result.next_key_marker


class _UploadIterator(_BaseIterator[MultipartUploadInfo]):
    next_upload_id_marker: str

    def _position(self) -> Any:
        return self.next_marker, self.next_upload_id_marker


class MultipartUploadIterator(_UploadIterator):
    """The multipart uploads in progress, as :class:`oss2.models.MultipartUploadInfo`.

    With a delimiter, common prefixes are among them: entries whose `is_prefix()` is true.
    """

    def __init__(self, bucket: Any, prefix: str = '', delimiter: str = '', key_marker: str = '',
                 upload_id_marker: str = '', max_uploads: int = 1000, max_retries: Optional[int] = None,
                 headers: Headers = None) -> None:
        super().__init__(key_marker, max_retries)
        self.bucket = bucket
        self.prefix = prefix
        self.delimiter = delimiter
        self.next_upload_id_marker = upload_id_marker
        self.max_uploads = max_uploads
        self.headers = _copied(headers)

    def _fetch(self) -> Tuple[bool, str]:
        result = self.bucket.list_multipart_uploads(
            prefix=self.prefix, delimiter=self.delimiter, key_marker=self.next_marker,
            upload_id_marker=self.next_upload_id_marker, max_uploads=self.max_uploads, headers=self.headers)
        self.entries = _merged(result.upload_list,
                               [MultipartUploadInfo(prefix, None, None) for prefix in result.prefix_list])
        self.next_upload_id_marker = result.next_upload_id_marker
        return result.is_truncated, result.next_key_marker


class ObjectUploadIterator(_UploadIterator):
    """The multipart uploads in progress of one key, as :class:`oss2.models.MultipartUploadInfo`."""

    def __init__(self, bucket: Any, key: str, max_uploads: int = 1000, max_retries: Optional[int] = None,
                 headers: Headers = None) -> None:
        super().__init__('', max_retries)
        self.bucket = bucket
        self.key = key
        self.next_upload_id_marker = ''
        self.max_uploads = max_uploads
        self.headers = _copied(headers)

    def _fetch(self) -> Tuple[bool, str]:
        result = self.bucket.list_multipart_uploads(
            prefix=self.key, key_marker=self.next_marker, upload_id_marker=self.next_upload_id_marker,
            max_uploads=self.max_uploads, headers=self.headers)
        self.entries = [upload for upload in result.upload_list if upload.key == self.key]
        self.next_upload_id_marker = result.next_upload_id_marker
        # Keys come in order: behind this one there is none of its uploads.
        more = result.is_truncated and (result.next_key_marker or '') <= self.key
        return more, result.next_key_marker


class PartIterator(_BaseIterator[PartInfo]):
    """The uploaded parts of a multipart upload, as :class:`oss2.models.PartInfo`."""

    def __init__(self, bucket: Any, key: str, upload_id: str, marker: str = '0', max_parts: int = 1000,
                 max_retries: Optional[int] = None, headers: Headers = None) -> None:
        super().__init__(marker, max_retries)
        self.bucket = bucket
        self.key = key
        self.upload_id = upload_id
        self.max_parts = max_parts
        self.headers = _copied(headers)

    def _fetch(self) -> Tuple[bool, str]:
        result = self.bucket.list_parts(self.key, self.upload_id, marker=self.next_marker, max_parts=self.max_parts,
                                        headers=self.headers)
        self.entries = result.parts
        return result.is_truncated, result.next_marker


class LiveChannelIterator(_BaseIterator[LiveChannelInfo]):
    """The live channels of a bucket, as :class:`oss2.models.LiveChannelInfo`."""

    def __init__(self, bucket: Any, prefix: str = '', marker: str = '', max_keys: int = 100,
                 max_retries: Optional[int] = None) -> None:
        super().__init__(marker, max_retries)
        self.bucket = bucket
        self.prefix = prefix
        self.max_keys = max_keys

    def _fetch(self) -> Tuple[bool, str]:
        result = self.bucket.list_live_channel(prefix=self.prefix, marker=self.next_marker, max_keys=self.max_keys)
        self.entries = result.channels
        return result.is_truncated, result.next_marker
