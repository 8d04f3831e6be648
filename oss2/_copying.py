"""Copies within OSS that keep all of an object, in one request or in parts."""
from __future__ import annotations

import functools
import logging
import threading
from typing import Any, Dict, List, Mapping, Optional
from urllib.parse import quote

from . import defaults, models, utils, xml_utils
from ._arguments import Headers, Params, checked_headers, checked_key, headers_named, payer
from ._attempts import persistently
from ._parallel import run, take_tasks
from ._parts import _PartToProcess, _split_to_parts, determine_part_size
from ._streams import ProgressCallback
from .exceptions import OssError
from .headers import OSS_FORBID_OVERWRITE, OSS_OBJECT_ACL, OSS_OBJECT_TAGGING, OSS_REQUEST_PAYER
from .operations.multipart import MultipartOperations

logger = logging.getLogger(__name__)

# What of an object's headers a copy takes over, besides x-oss-meta-*.
_METADATA = ('content-type', 'cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires')
_USER_METADATA = 'x-oss-meta-'

_STORAGE_CLASS = 'x-oss-storage-class'
_METADATA_DIRECTIVE = 'x-oss-metadata-directive'
_TAGGING_DIRECTIVE = 'x-oss-tagging-directive'
_SOURCE_CONDITION = 'x-oss-copy-source-if-'


def copy(bucket: Any, source: Source, target_key: str, part_size: Optional[int], num_threads: Optional[int],
         progress_callback: Optional[ProgressCallback]) -> models.PutObjectResult:
    """Copy, and compare checksums."""
    if source.is_symlink or source.size <= defaults.copy_threshold:
        result: models.PutObjectResult = bucket.copy_object(source.bucket_name, source.key, target_key, source.headers,
                                                            source.version)
        if progress_callback:
            progress_callback(source.size, source.size)
    else:
        size = determine_part_size(source.size, part_size or defaults.copy_part_size)
        threads = defaults.get(num_threads, defaults.multipart_num_threads)
        result = CopyInParts(bucket, source, target_key, size, threads, progress_callback).copy()
    if bucket.enable_crc and not source.is_symlink:
        utils.check_crc('copy object', source.found.server_crc, result.crc, result.request_id)
    return result


class Source:
    """What is copied, and the headers of its copy.

    :param headers: those of the caller
    """

    def __init__(self, bucket: Any, bucket_name: str, key: str, headers: Headers, params: Params) -> None:
        self._bucket = bucket
        self.bucket_name = bucket_name
        self.key = checked_key(key, 'source_key')
        self.version: Dict[str, Any] = {}
        if params and params.get('versionId') is not None:
            self.version['versionId'] = params['versionId']
        self.headers = checked_headers(headers)
        self.payer = payer(self.headers)
        self.found = self.look()
        self.size = self.found.content_length or 0
        self.is_symlink = self.found.object_type == 'Symlink'
        self._complete_headers()

    def look(self) -> models.HeadObjectResult:
        return models.HeadObjectResult(self._request('HEAD', {}))

    def _request(self, method: str, params: Mapping[str, Any]) -> Any:
        return self._bucket._do(method, self.bucket_name, self.key, params={**params, **self.version},
                                headers=self.payer)

    def _complete_headers(self) -> None:
        """Add to the headers what of the source the copy is to keep, and what makes a change noticed."""
        headers, found = self.headers, self.found.headers
        # Without its ACL, a private object could become one that all may read.
        if OSS_OBJECT_ACL not in headers:
            acl = self._bucket._parse_result(self._request('GET', {'acl': ''}), xml_utils.parse_get_object_acl,
                                             models.GetObjectAclResult).acl
            if acl != models.OBJECT_ACL_DEFAULT:
                headers[OSS_OBJECT_ACL] = acl
        if _STORAGE_CLASS in found and not self.is_symlink:
            headers.setdefault(_STORAGE_CLASS, found[_STORAGE_CLASS])
        guard = _SOURCE_CONDITION + 'match'
        if 'ETag' in found and not self.is_symlink and headers.get(guard, '*') == '*':
            headers[guard] = found['ETag']

    def conditions(self) -> Dict[str, Any]:
        """The headers of each request that reads the source."""
        own = {name: value for name, value in self.headers.items() if name.lower().startswith(_SOURCE_CONDITION)}
        return {**own, **self.payer}

    def headers_of_upload(self) -> Dict[str, Any]:
        """The headers of a multipart upload that do what those of a CopyObject would."""
        given, found = self.headers, self.found.headers
        new_metadata = str(given.get(_METADATA_DIRECTIVE, '')).upper() == 'REPLACE'
        new_tags = str(given.get(_TAGGING_DIRECTIVE, '')).upper() == 'REPLACE'
        headers = {name: value for name, value in (given if new_metadata else found).items() if _is_metadata(name)}
        headers.update(self._bucket._kept_in_copies(found))
        if new_tags:
            headers.update(headers_named(given, OSS_OBJECT_TAGGING))
        elif int(found.get('x-oss-tagging-count') or 0):
            headers[OSS_OBJECT_TAGGING] = self._tags()
        apart = (_METADATA_DIRECTIVE, _TAGGING_DIRECTIVE, OSS_OBJECT_TAGGING)
        headers.update((name, value) for name, value in given.items()
                       if not (_is_metadata(name) or name.lower() in apart
                               or name.lower().startswith('x-oss-copy-source')))
        return headers

    def _tags(self) -> str:
        result = self._bucket._parse_result(self._request('GET', {'tagging': ''}), xml_utils.parse_get_tagging,
                                            models.GetTaggingResult)
        rules = result.tag_set.tagging_rule
        return '&'.join(f'{quote(key, safe="")}={quote(value, safe="")}' for key, value in rules.items())


class CopyInParts:
    """A copy by a multipart upload."""

    def __init__(self, bucket: Any, source: Source, target_key: str, part_size: int, num_threads: int,
                 progress_callback: Optional[ProgressCallback]) -> None:
        self._bucket = bucket
        self._source = source
        self._key = target_key
        self._planned = _split_to_parts(source.size, part_size)
        self._threads = min(num_threads, len(self._planned))
        self._progress_callback = progress_callback
        self._parts: List[models.PartInfo] = []
        self._lock = threading.Lock()
        self._upload_id = ''

    def copy(self) -> models.PutObjectResult:
        bucket, headers = self._bucket, self._source.headers_of_upload()
        # Of the base class: a copy of something encrypted needs no keys.
        begin = functools.partial(MultipartOperations.init_multipart_upload, bucket, self._key, headers=headers)
        self._upload_id = persistently(begin, f'the copy to {self._key}').upload_id or ''
        try:
            self._report()
            run(self._produce, self._consume, self._threads)
            return MultipartOperations.complete_multipart_upload(
                bucket, self._key, self._upload_id, self._parts,
                headers=headers_named(headers, OSS_REQUEST_PAYER, OSS_OBJECT_ACL, OSS_FORBID_OVERWRITE))
        except BaseException:
            self._abort(payer(headers))
            raise

    def _produce(self, q: Any) -> None:
        for part in self._planned:
            q.put(part)

    def _consume(self, q: Any) -> None:
        take_tasks(q, self._copy_part)

    def _copy_part(self, part: _PartToProcess) -> None:
        source = self._source
        result = MultipartOperations.upload_part_copy(
            self._bucket, source.bucket_name, source.key, (part.start, part.end - 1), self._key, self._upload_id,
            part.part_number, headers=source.conditions(), params=source.version)
        with self._lock:
            self._parts.append(models.PartInfo(part.part_number, result.etag or '', part.size, part_crc=result.crc))
            self._report()

    def _report(self) -> None:
        if self._progress_callback:
            self._progress_callback(sum(part.size or 0 for part in self._parts), self._source.size)

    def _abort(self, headers: Dict[str, Any]) -> None:
        try:
            self._bucket.abort_multipart_upload(self._key, self._upload_id, headers=headers)
        except OssError as exc:
            logger.warning('the upload %s of %s could not be aborted: %s', self._upload_id, self._key, exc)


def _is_metadata(name: str) -> bool:
    name = name.lower()
    return name in _METADATA or name.startswith(_USER_METADATA)
