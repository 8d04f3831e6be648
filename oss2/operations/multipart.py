"""Multipart uploads."""
from __future__ import annotations

from typing import Any, Dict, Optional, Sequence

from .. import models, utils, xml_utils
from .._arguments import Headers, Params, checked_headers, checked_key, checked_text, copied_params
from .._client import BucketClient
from .._completing import complete
from .._ranges import _make_range_string
from .._streams import ProgressCallback
from .._typing import ByteRange, Data
from .._xml import is_xml_text
from ..compat import to_string
from ..headers import OSS_COPY_OBJECT_SOURCE, OSS_COPY_OBJECT_SOURCE_RANGE
from .objects import check_stored, copy_source, watched_body


class MultipartOperations(BucketClient):
    """An object in parts: begin, upload or copy parts, complete or abort."""

    def init_multipart_upload(self, key: str, headers: Headers = None,
                              params: Params = None) -> models.InitMultipartUploadResult:
        """Begin a multipart upload (InitiateMultipartUpload).

        :param headers: the metadata that the object is to have
        :param params: {'sequential': ''} makes the parts be sent in order, and gives the object a Content-MD5;
            {'encoding-type': 'url'} has OSS write the key encoded, which is undone here, and is there anyway for keys
            that XML cannot carry
        :return: the `upload_id` that all other calls name
        :raises NoSuchBucket: there is no such bucket
        """
        headers = utils.set_content_type(checked_headers(headers), checked_key(key))
        params = _with_encoding(copied_params(params), key, None)
        params['uploads'] = ''
        resp = self._object('POST', key, params=params, headers=headers)
        return self._parse_result(resp, xml_utils.parse_init_multipart_upload, models.InitMultipartUploadResult)

    def upload_part(self, key: str, upload_id: str, part_number: int, data: Data,
                    progress_callback: Optional[ProgressCallback] = None,
                    headers: Headers = None) -> models.PutObjectResult:
        """Upload one part (UploadPart).

        :param part_number: from 1 to 10000; a part of the same number is replaced
        :param data: as for :meth:`put_object`; at least 100 KiB, but for the last part
        :raises NoSuchUpload: the upload was completed or aborted
        :raises InconsistentError: OSS stored something else than was sent
        """
        body = watched_body(self, data, progress_callback)
        resp = self._object('PUT', key, data=body, headers=headers,
                            params={'uploadId': checked_text('upload_id', upload_id), 'partNumber': str(part_number)})
        result = models.PutObjectResult(resp)
        check_stored(self, 'upload part', body, result)
        return result

    def upload_part_copy(self, source_bucket_name: str, source_key: str, byte_range: ByteRange, target_key: str,
                         target_upload_id: str, target_part_number: int, headers: Headers = None,
                         params: Params = None) -> models.PutObjectResult:
        """Make a part of an object, or of a range of it (UploadPartCopy).

        :param byte_range: (first, last) of the source, both inclusive; None for all of it
        :param params: a `versionId` chooses the version of the source
        :raises NoSuchUpload: the upload was completed or aborted
        :raises NoSuchKey: there is no such source
        """
        headers = checked_headers(headers)
        headers[OSS_COPY_OBJECT_SOURCE] = copy_source(source_bucket_name, source_key, params)
        range_string = _make_range_string(byte_range)
        if range_string:
            headers[OSS_COPY_OBJECT_SOURCE_RANGE] = range_string
        params = copied_params(params)
        params['uploadId'] = checked_text('target_upload_id', target_upload_id)
        params['partNumber'] = str(target_part_number)
        return models.PutObjectResult(self._object('PUT', target_key, params=params, headers=headers))

    def complete_multipart_upload(self, key: str, upload_id: str, parts: Optional[Sequence[models.PartInfo]],
                                  headers: Headers = None) -> models.PutObjectResult:
        """Make the object of its parts (CompleteMultipartUpload).

        After a failure that leaves open whether OSS has made the object it is asked again.  If the upload is gone then,
        the object's length and checksum tell that this call completed it; they have to be known of each part.

        :param parts: in any order; None together with the header x-oss-complete-all: yes takes all uploaded parts
        :raises InconsistentError: the object is not what its parts were, as their checksums tell
        :raises NoSuchUpload: the upload was completed or aborted
        """
        headers = checked_headers(headers)
        data = None
        if parts is not None:
            parts = sorted(parts, key=lambda part: part.part_number)
            data = xml_utils.to_complete_upload_request(parts)
        result = complete(self, key, checked_text('upload_id', upload_id), parts, data, headers)
        if self.enable_crc and parts is not None:
            crc = utils.calc_obj_crc_from_parts(parts)
            utils.check_crc('complete multipart upload', crc, result.crc, result.request_id)
        return result

    def abort_multipart_upload(self, key: str, upload_id: str, headers: Headers = None) -> models.RequestResult:
        """Give up a multipart upload and delete its parts (AbortMultipartUpload).

        :raises NoSuchUpload: it was completed or aborted
        """
        return models.RequestResult(self._object(
            'DELETE', key, params={'uploadId': checked_text('upload_id', upload_id)}, headers=headers))

    def list_multipart_uploads(self, prefix: str = '', delimiter: str = '', key_marker: str = '',
                               upload_id_marker: str = '', max_uploads: int = 1000,
                               headers: Headers = None) -> models.ListMultipartUploadsResult:
        """List the multipart uploads in progress (ListMultipartUploads).

        :param key_marker: with *upload_id_marker*: '' for the first page, then `next_key_marker` and
            `next_upload_id_marker` of the last result
        :param max_uploads: most uploads a page, at most 1000
        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params={
            'uploads': '', 'prefix': prefix, 'delimiter': delimiter, 'key-marker': key_marker,
            'upload-id-marker': upload_id_marker, 'max-uploads': str(max_uploads), 'encoding-type': 'url'},
            headers=headers)
        return self._parse_result(resp, xml_utils.parse_list_multipart_uploads, models.ListMultipartUploadsResult)

    def list_parts(self, key: str, upload_id: str, marker: str = '', max_parts: int = 1000, headers: Headers = None,
                   encoding_type: Optional[str] = None) -> models.ListPartsResult:
        """List the parts uploaded so far (ListParts).

        :param marker: '' for the first page, then `next_marker` of the last result
        :param max_parts: most parts a page, at most 1000
        :param encoding_type: 'url' has OSS write the key encoded, which is undone here; None asks for that only where
            XML cannot carry the key
        :raises NoSuchUpload: the upload was completed or aborted
        """
        params = {'uploadId': checked_text('upload_id', upload_id), 'part-number-marker': marker,
                  'max-parts': str(max_parts)}
        resp = self._object('GET', key, params=_with_encoding(params, checked_key(key), encoding_type),
                            headers=headers)
        return self._parse_result(resp, xml_utils.parse_list_parts, models.ListPartsResult)


def _with_encoding(params: Dict[str, Any], key: Any, encoding_type: Optional[str]) -> Dict[str, Any]:
    """*params*, to which is added how the key is to be written in the answer."""
    if encoding_type is None and 'encoding-type' not in params and not is_xml_text(to_string(checked_key(key))):
        encoding_type = 'url'
    if encoding_type:
        params['encoding-type'] = encoding_type
    return params
