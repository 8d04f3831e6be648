"""Signed URLs: made here, used by whoever holds one."""
from __future__ import annotations

from typing import Optional, Sequence
from urllib.parse import urlsplit

from .. import http, models
from .._arguments import Headers, Params, copied_params
from .._files import check_target
from .._streams import ProgressCallback
from .._typing import ByteRange, Data, Path
from .._urls import check_link
from ..compat import to_string
from ..exceptions import ClientError
from .objects import ObjectOperations, _with_range, check_stored, watched_body


class SignedUrlOperations(ObjectOperations):
    """Signing URLs, and requests by URLs that are signed already."""

    def sign_url(self, method: str, key: str, expires: int, headers: Headers = None, params: Params = None,
                 slash_safe: bool = False, additional_headers: Optional[Sequence[str]] = None) -> str:
        """A URL that lets its holder do one thing with one object, for a time.

        It begins as the endpoint does: for one of plain http a warning is logged, once for each host.

        :param method: such as GET or PUT
        :param expires: seconds from now, by OSS's clock as far as it is known; with V4 signatures at most 7 days
        :param headers: those the holder must send, such as Content-Type
        :param params: those in the URL, such as versionId, response-content-disposition, x-oss-process
        :param slash_safe: keep `/` in the key as it is, rather than as %2F
        :param additional_headers: names of further headers to sign (V2 and V4)
        :raises ClientError: the key is empty, or begins with `?` under V1, which would change the URL's meaning; V4
            has no region, or more than 7 days
        """
        key = to_string(key)
        if not isinstance(key, str) or not key.strip():
            raise ClientError(f'The key is invalid, please check it: {key!r}')
        if self.is_verify_object_strict and key.startswith('?'):
            raise ClientError(f'The key cannot start with `?`, please check it: {key!r}')
        req = http.Request(method, self._make_url(self.bucket_name, key, slash_safe), params=copied_params(params),
                           headers=headers, region=self._effective_region(),
                           product=self.product, cloudbox_id=self.cloudbox_id)
        req.clock_offset = self._clock_offset()
        if additional_headers is None:
            url = self._signer('_sign_url')(req, self.bucket_name, key, expires)
        else:
            url = self._signer('_sign_url')(req, self.bucket_name, key, expires,
                                            in_additional_headers=additional_headers)
        url = str(url)
        check_link(url)
        return url

    def put_object_with_url(self, sign_url: str, data: Data, headers: Headers = None,
                            progress_callback: Optional[ProgressCallback] = None) -> models.PutObjectResult:
        """Upload by a signed URL (PutObject), as :meth:`put_object`.

        :param headers: must hold those that were signed; no Content-Type is added
        :raises SignatureDoesNotMatch: the URL was signed for other headers or another method
        """
        body = watched_body(self, data, progress_callback)
        result = models.PutObjectResult(self._do_url('PUT', sign_url, data=body, headers=headers))
        check_stored(self, 'put object', body, result)
        return result

    def put_object_with_url_from_file(self, sign_url: str, filename: Path, headers: Headers = None,
                                      progress_callback: Optional[ProgressCallback] = None
                                      ) -> models.PutObjectResult:
        """Upload a local file by a signed URL (PutObject).

        :raises SignatureDoesNotMatch: the URL was signed for other headers or another method
        """
        with open(filename, 'rb') as source:
            return self.put_object_with_url(sign_url, source, headers=headers, progress_callback=progress_callback)

    def get_object_with_url(self, sign_url: str, byte_range: ByteRange = None, headers: Headers = None,
                            progress_callback: Optional[ProgressCallback] = None) -> models.GetObjectResult:
        """Download by a signed URL (GetObject), as :meth:`get_object`.

        :raises NoSuchKey: there is no such object
        """
        resp = self._do_url('GET', sign_url, headers=_with_range(headers, byte_range))
        result = models.GetObjectResult(resp, progress_callback, self.enable_crc or self.verify_crc)
        return self._verified(result, urlsplit(sign_url).path, byte_range is None and 'x-oss-process=' not in sign_url)

    def get_object_with_url_to_file(self, sign_url: str, filename: Path, byte_range: ByteRange = None,
                                    headers: Headers = None, progress_callback: Optional[ProgressCallback] = None
                                    ) -> models.GetObjectResult:
        """Download to a local file by a signed URL (GetObject), as :meth:`get_object_to_file`.

        :raises NoSuchKey: there is no such object
        """
        check_target(filename)
        result = self.get_object_with_url(sign_url, byte_range=byte_range, headers=headers,
                                          progress_callback=progress_callback)
        return self._save(result, filename, whole=byte_range is None and 'x-oss-process=' not in sign_url)
