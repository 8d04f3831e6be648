"""Deleting all objects of a prefix."""
from __future__ import annotations

from typing import Any, Callable, Iterator, List, Optional, Sequence, Set, Tuple

from .. import models
from .._arguments import Headers
from .._xml import is_xml_text
from ..compat import to_string
from ..exceptions import ClientError, InconsistentError, NotAllDeleted
from .listing import LARGEST_PAGE, ListingOperations, check_advance
from .objects import ObjectOperations

_NAMED_IN_ERRORS = 10

_Key = Tuple[str, str]


class DeletePrefixResult:
    """What :meth:`oss2.Bucket.delete_prefix` deleted, or would delete."""

    dry_run: bool
    """Whether nothing was deleted."""
    keys: List[str]
    """The keys of the objects, in the order of the listing; each once."""
    versions: List[models.BatchDeleteObjectVersion]
    """The versions and delete markers; only filled if versions were asked for."""
    size: int
    """Bytes in all."""

    def __init__(self, dry_run: bool, keys: Optional[List[str]] = None,
                 versions: Optional[List[models.BatchDeleteObjectVersion]] = None, size: int = 0) -> None:
        self.dry_run = dry_run
        self.keys = [] if keys is None else keys
        self.versions = [] if versions is None else versions
        self.size = size

    def __repr__(self) -> str:
        return f'<{type(self).__name__} dry_run={self.dry_run} count={self.count} size={self.size}>'

    @property
    def count(self) -> int:
        """How many objects, or versions and delete markers."""
        return len(self.versions or self.keys)


class DeletingOperations(ObjectOperations, ListingOperations):
    """Deletions that are made of listings and batches."""

    def delete_prefix(self, prefix: str, dry_run: bool = False, versions: bool = False,
                      headers: Headers = None) -> DeletePrefixResult:
        """Delete all objects whose keys begin with *prefix*, a page of the listing at a time.

        Objects that appear meanwhile may stay. After an error the same call goes on where it stopped.

        :param prefix: must not be empty; to end at the bounds of a folder it ends with a slash
        :param dry_run: list only, and tell what would be deleted
        :param versions: delete every version and delete marker, for good; without it a bucket with versions keeps
            them, and gets a delete marker for each object
        :param headers: of all requests, such as x-oss-request-payer
        :raises ClientError: the prefix is empty, or no str
        :raises NotAllDeleted: OSS did not delete all that it was asked to; `keys` has what is left
        """
        prefix = _checked_prefix(prefix)
        result = DeletePrefixResult(bool(dry_run))
        left: List[_Key] = []
        request_id = ''
        for page in self._pages_of_versions(prefix, headers) if versions else self._pages_of_keys(prefix, headers):
            for info, _ in page:
                if not info.key.startswith(prefix):
                    raise InconsistentError(f'the listing of {prefix!r} has the key {info.key!r}: nothing of this page '
                                            'is deleted')
            gone = {(info.key, version) for info, version in page}
            if page and not dry_run:
                request_id, gone = self._delete_page([(info.key, version) for info, version in page], headers)
            for info, version in page:
                if (info.key, version) not in gone and (info.key, '') not in gone:
                    left.append((info.key, version))
                    continue
                if not result.keys or result.keys[-1] != info.key:
                    result.keys.append(info.key)
                if version:
                    result.versions.append(models.BatchDeleteObjectVersion(info.key, version))
                result.size += getattr(info, 'size', None) or 0
        if left:
            raise _not_all_deleted(left, result.count, request_id)
        return result

    def _pages_of_keys(self, prefix: str, headers: Headers) -> Iterator[List[Tuple[Any, str]]]:
        def fetch(marker: str) -> Tuple[List[Tuple[Any, str]], bool, str]:
            page = self.list_objects(prefix=prefix, marker=marker, max_keys=LARGEST_PAGE, headers=headers)
            return [(info, '') for info in page.object_list], page.is_truncated, page.next_marker

        return _pages(fetch, '')

    def _pages_of_versions(self, prefix: str, headers: Headers) -> Iterator[List[Tuple[Any, str]]]:
        def fetch(marker: _Key) -> Tuple[List[Tuple[Any, str]], bool, _Key]:
            page = self.list_object_versions(prefix=prefix, key_marker=marker[0], versionid_marker=marker[1],
                                             max_keys=LARGEST_PAGE, headers=headers)
            found: List[Any] = [*page.versions, *page.delete_marker]
            found.sort(key=lambda info: info.key)
            return ([(info, info.versionid) for info in found], page.is_truncated,
                    (page.next_key_marker, page.next_versionid_marker))

        return _pages(fetch, ('', ''))

    def _delete_page(self, page: Sequence[_Key], headers: Headers) -> Tuple[str, Set[_Key]]:
        """(request id, what is gone)."""
        if not page[0][1]:
            done = self.batch_delete_objects([key for key, _ in page], headers=headers)
            return done.request_id, {(key, '') for key in done.deleted_keys}
        gone: Set[_Key] = set()
        request_id = ''
        batch = [models.BatchDeleteObjectVersion(key, version) for key, version in page if is_xml_text(key)]
        if batch:
            done = self.delete_object_versions(batch, headers=headers)
            request_id = done.request_id
            gone.update((each.key, each.versionid) for each in done.delete_versions)
        for key, version in page:
            if not is_xml_text(key):
                request_id = self.delete_object(key, params={'versionId': version}, headers=headers).request_id
                gone.add((key, version))
        return request_id, gone


def _checked_prefix(prefix: Any) -> str:
    text = to_string(prefix)
    if not isinstance(text, str) or not text:
        raise ClientError(f'delete_prefix needs a prefix that is a str and not empty, not {prefix!r}: it would delete '
                          'all objects of the bucket. If that is meant, go through oss2.ObjectIterator(bucket) and '
                          'call batch_delete_objects')
    return text


def _pages(fetch: Callable[[Any], Tuple[List[Tuple[Any, str]], bool, Any]],
           marker: Any) -> Iterator[List[Tuple[Any, str]]]:
    """Each page comes after the next one was fetched: what a marker names is still there when OSS looks for it.

    :raises InconsistentError: the listing does not advance; it would never end
    """
    page, is_truncated, following = fetch(marker)
    while is_truncated:
        check_advance(marker, following)
        before, marker = page, following
        page, is_truncated, following = fetch(marker)
        yield before
    yield page


def _not_all_deleted(left: List[_Key], count: int, request_id: str) -> NotAllDeleted:
    named = ', '.join(repr(key) + (f' (version {version})' if version else '')
                      for key, version in left[:_NAMED_IN_ERRORS])
    more = f' and {len(left) - _NAMED_IN_ERRORS} more' if len(left) > _NAMED_IN_ERRORS else ''
    error = NotAllDeleted(f'OSS deleted {count} and left {len(left)}: {named}{more}', request_id)
    error.keys = [key for key, _ in left]
    return error
