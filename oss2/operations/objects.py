"""Objects: put, get, copy, delete."""
from __future__ import annotations

import shutil
from typing import Any, List, Optional, Sequence, Union, cast

from .. import models, utils, xml_utils
from .._arguments import Headers, Params, checked_headers, checked_key, copied_params, with_md5
from .._client import BucketClient
from .._files import check_target, replacing
from .._integrity import Verified
from .._ranges import _make_range_string
from .._streams import ProgressCallback
from .._typing import ByteRange, Data, Path
from .._urls import quote_key
from .._xml import is_xml_text
from ..compat import to_string
from ..exceptions import ClientError, InconsistentError
from ..headers import OSS_COPY_OBJECT_SOURCE, OSS_RANGE_BEHAVIOR

COPY_BLOCK = 1024 * 1024

# Most keys that one DeleteMultipleObjects takes.
MAX_DELETED_KEYS = 1000


def copy_source(bucket_name: str, key: str, params: Params) -> str:
    """The value of x-oss-copy-source; with a `versionId` in *params*, of that version."""
    source = '/' + bucket_name + '/' + quote_key(checked_key(key, 'source_key'))
    if params and params.get('versionId') is not None:
        source += '?versionId=' + quote_key(str(params['versionId']))
    return source


def watched_body(client: BucketClient, data: Any, progress_callback: Optional[ProgressCallback]) -> Any:
    """*data* as it is sent: with its progress told, and its CRC-64 computed if *client* compares it."""
    if progress_callback:
        data = utils.make_progress_adapter(data, progress_callback)
    return utils.make_crc_adapter(data) if client.enable_crc else data


def check_stored(client: BucketClient, operation: str, body: Any, result: models.PutObjectResult) -> None:
    """:raises InconsistentError: OSS stored something else than the :func:`watched_body` that was sent"""
    if client.enable_crc and result.crc is not None:
        utils.check_crc(operation, body.crc, result.crc, result.request_id)


class ObjectOperations(BucketClient):
    """Putting, getting, copying and deleting objects."""

    verify_crc: bool = False
    range_standard: bool = False

    def put_object(self, key: str, data: Data, headers: Headers = None,
                   progress_callback: Optional[ProgressCallback] = None) -> models.PutObjectResult:
        """Upload an object (PutObject).

        :param data: str (sent as UTF-8), bytes, a file object opened in binary mode (sent from its current position,
            not closed) or an iterable of bytes (sent chunked)
        :param headers: such as Content-Type, x-oss-meta-*, x-oss-storage-class; without a Content-Type it is guessed
            from *key*
        :param progress_callback: called with (bytes sent, bytes in all or None)
        :raises InconsistentError: OSS stored something else than was sent
        :raises FileAlreadyExists: x-oss-forbid-overwrite was set, and there is such an object
        """
        headers = utils.set_content_type(checked_headers(headers), checked_key(key))
        body = watched_body(self, data, progress_callback)
        result = models.PutObjectResult(self._object('PUT', key, data=body, headers=headers))
        check_stored(self, 'put object', body, result)
        return result

    def put_object_from_file(self, key: str, filename: Path, headers: Headers = None,
                             progress_callback: Optional[ProgressCallback] = None) -> models.PutObjectResult:
        """Upload a local file (PutObject), as :meth:`put_object`; the Content-Type is guessed from *filename*.

        :raises OSError: the file cannot be read
        """
        headers = utils.set_content_type(checked_headers(headers), filename)
        with open(filename, 'rb') as source:
            return self.put_object(key, source, headers=headers, progress_callback=progress_callback)

    def get_object(self, key: str, byte_range: ByteRange = None, headers: Headers = None,
                   progress_callback: Optional[ProgressCallback] = None, process: Optional[str] = None,
                   params: Params = None) -> models.GetObjectResult:
        """Download an object (GetObject).

        :param byte_range: (first, last), both inclusive, either may be None: (None, 99) are the last 99 bytes
        :param progress_callback: called with (bytes received, bytes in all or None)
        :param process: an x-oss-process such as image/resize,w_100: the content is its result
        :param params: such as versionId, response-content-type
        :return: a file-like object to read once; read to its end or closed, its connection is used again
        :raises NoSuchKey: there is no such object
        :raises NotModified: a condition in *headers* says so
        :raises InvalidRange: *byte_range* lies outside the object, and the bucket was made with range_standard
        :raises InconsistentError: there is more than *byte_range*, and the bucket was made with range_standard; with
            verify_crc, `read` raises it as well
        """
        request_headers = _with_range(headers, byte_range, self.range_standard)
        params = copied_params(params)
        if process:
            params[self.PROCESS] = process
        resp = self._object('GET', key, headers=request_headers, params=params)
        result = models.GetObjectResult(resp, progress_callback, self.enable_crc or self.verify_crc)
        if self.range_standard and byte_range:
            _check_range(result, byte_range)
        return self._verified(result, key, 'range' not in request_headers and self.PROCESS not in params)

    def _verified(self, result: models.GetObjectResult, name: Any, whole: bool) -> models.GetObjectResult:
        """*result*, whose checksum is compared at its end if the bucket was made so and it can be.

        The checksum that comes with a range is still that of the whole object; that of a compressed object is not the
        one of its content.
        """
        if self.verify_crc and whole and result.status == 200 and result.server_crc is not None \
                and not result.headers.get('Content-Encoding'):
            result.stream = Verified(result.stream, result.content_length, lambda: utils.check_crc(
                f'get object {name!r}', result.client_crc, result.server_crc, result.request_id))
        return result

    def get_object_to_file(self, key: str, filename: Path, byte_range: ByteRange = None, headers: Headers = None,
                           progress_callback: Optional[ProgressCallback] = None, process: Optional[str] = None,
                           params: Params = None) -> models.GetObjectResult:
        """Download an object to a local file (GetObject), as :meth:`get_object`.

        The content is written beside *filename*, and takes its place when length and checksum are right; after a
        failure an existing file is as it was.

        :raises OSError: the file cannot be written
        :raises InconsistentError: what arrived is not what is stored
        """
        check_target(filename)
        result = self.get_object(key, byte_range=byte_range, headers=headers, progress_callback=progress_callback,
                                 process=process, params=params)
        return self._save(result, filename, whole=byte_range is None and not process)

    def _save(self, result: models.GetObjectResult, filename: Any, whole: bool) -> models.GetObjectResult:
        with result, replacing(filename) as out:
            length = None if result.headers.get('Content-Encoding') else result.content_length
            if length is None:
                shutil.copyfileobj(result, out, COPY_BLOCK)
            else:
                utils.copyfileobj_and_verify(result, out, length, COPY_BLOCK, request_id=result.request_id)
            # The checksum that comes with a range is still that of the whole object.
            if self.enable_crc and whole and result.status == 200 and result.server_crc is not None:
                utils.check_crc('get object', result.client_crc, result.server_crc, result.request_id)
        return result

    def copy_object(self, source_bucket_name: str, source_key: str, target_key: str, headers: Headers = None,
                    params: Params = None) -> models.PutObjectResult:
        """Copy an object into this bucket (CopyObject).

        :param headers: such as x-oss-metadata-directive (COPY or REPLACE), x-oss-copy-source-if-match
        :param params: a `versionId` chooses the version of the source
        :raises NoSuchKey: there is no such source
        """
        headers = checked_headers(headers)
        headers[OSS_COPY_OBJECT_SOURCE] = copy_source(source_bucket_name, source_key, params)
        params = copied_params(params)
        params.pop('versionId', None)
        return models.PutObjectResult(self._object('PUT', target_key, headers=headers, params=params))

    def update_object_meta(self, key: str, headers: Headers) -> models.PutObjectResult:
        """Replace an object's metadata: copy it onto itself (CopyObject).

        :param headers: all metadata that the object is to have, such as Content-Type and x-oss-meta-*
        :raises NoSuchKey: there is no such object
        """
        if headers is None:
            raise ClientError('update_object_meta replaces all metadata by that in headers: None would remove it all; '
                              'pass {} if that is meant')
        headers = checked_headers(headers)
        headers['x-oss-metadata-directive'] = 'REPLACE'
        return self.copy_object(self.bucket_name, key, key, headers=headers)

    def delete_object(self, key: str, params: Params = None, headers: Headers = None) -> models.RequestResult:
        """Delete an object (DeleteObject).  It is no error if there is none.

        :param params: a `versionId` deletes that version for good; without it, a bucket with versions gets a marker
        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._object('DELETE', key, params=params, headers=headers))

    def batch_delete_objects(self, key_list: Sequence[str],
                             headers: Headers = None) -> models.BatchDeleteObjectsResult:
        """Delete many objects (DeleteMultipleObjects), in requests of at most 1000 keys.

        :param key_list: keys; no error for those that are not there
        :return: the keys deleted, as `deleted_keys`
        :raises ClientError: the list is empty, or is a str, which would stand for its single characters
        """
        if key_list and (isinstance(key_list, (str, bytes)) or not hasattr(key_list, '__iter__')):
            raise ClientError(f'key_list must be a list of keys, not {key_list!r}: pass [{key_list!r}]')
        keys = [to_string(checked_key(key)) for key in key_list or ()]
        if not keys:
            raise ClientError('key_list should not be empty')
        # XML has no way to write some control characters: objects of such names are deleted one by one.
        writable = [key for key in keys if is_xml_text(key)]
        result = None
        if writable:
            result = self._delete_in_batches(writable, xml_utils.to_batch_delete_objects_request, headers)
        for key in keys:
            if not is_xml_text(key):
                single = models.BatchDeleteObjectsResult(self._object('DELETE', key, headers=headers))
                result = result or single
                result.deleted_keys.append(key)
                result.delete_versions.append(models.BatchDeleteObjectVersionResult(key, single.versionid or ''))
        return cast(models.BatchDeleteObjectsResult, result)

    def delete_object_versions(self, keylist_versions: Union[models.BatchDeleteObjectVersionList,
                                                             Sequence[models.BatchDeleteObjectVersion]],
                               headers: Headers = None) -> models.BatchDeleteObjectsResult:
        """Delete many versions of objects (DeleteMultipleObjects), in requests of at most 1000.

        :param keylist_versions: a BatchDeleteObjectVersionList, or a list of BatchDeleteObjectVersion
        :return: what was deleted, as `delete_versions`
        :raises NoSuchBucket: there is no such bucket
        """
        if not keylist_versions:
            raise ClientError('keylist_versions should not be empty')
        versions: Any = getattr(keylist_versions, 'object_version_list', keylist_versions)
        if not versions:
            raise ClientError('keylist_versions should not be empty')

        def document(chunk: List[Any], quiet: bool) -> Any:
            return xml_utils.to_batch_delete_objects_version_request(
                models.BatchDeleteObjectVersionList(chunk), quiet)

        return self._delete_in_batches(list(versions), document, headers)

    def _delete_in_batches(self, items: List[Any], document: Any,
                           headers: Headers) -> models.BatchDeleteObjectsResult:
        merged = None
        for begin in range(0, len(items), MAX_DELETED_KEYS):
            data = document(items[begin:begin + MAX_DELETED_KEYS], False)
            resp = self._bucket('POST', data=data, params={'delete': '', 'encoding-type': 'url'},
                                headers=with_md5(headers, data))
            result = self._parse_result(resp, xml_utils.parse_batch_delete_objects, models.BatchDeleteObjectsResult)
            if merged is None:
                merged = result
            else:
                merged.deleted_keys += result.deleted_keys
                merged.delete_versions += result.delete_versions
        return cast(models.BatchDeleteObjectsResult, merged)


def _with_range(headers: Headers, byte_range: Any, standard: bool = False) -> Any:
    copy = checked_headers(headers)
    text = _make_range_string(byte_range)
    if text:
        copy['range'] = text
    if standard and 'range' in copy:
        copy.setdefault(OSS_RANGE_BEHAVIOR, 'standard')
    return copy


def _check_range(result: models.GetObjectResult, byte_range: Any) -> None:
    """:raises InconsistentError: the answer is the whole object, and more than the range"""
    first, last = byte_range
    if result.status != 200 or (first is None and last is None):
        return
    length = result.content_length
    if first is None:
        is_all = length is not None and length <= last
    else:
        is_all = first == 0 and (last is None or (length is not None and length <= last + 1))
    if not is_all:
        result.close()
        raise InconsistentError(f'the answer to the range {byte_range!r} is the whole object', result.request_id)

