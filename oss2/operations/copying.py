"""Copies of objects of any size, and renaming."""
from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from .. import models
from .._arguments import Headers, Params, checked_key
from .._client import BucketClient
from .._copying import Source, copy
from .._streams import ProgressCallback
from ..exceptions import ClientError, InconsistentError


class CopyOperations(BucketClient):
    """Copying and moving within OSS, in one request or in parts."""

    def copy_object_auto(self, source_bucket_name: str, source_key: str, target_key: str, headers: Headers = None,
                         params: Params = None, part_size: Optional[int] = None, num_threads: Optional[int] = None,
                         progress_callback: Optional[ProgressCallback] = None) -> models.PutObjectResult:
        """Copy an object of any size into this bucket, with its metadata, tags, ACL and storage class.

        Up to `oss2.defaults.copy_threshold` bytes are copied in one request, more in parts, which are given up after a
        failure.  A source that changes meanwhile is noticed.

        :param headers: as for :meth:`copy_object`; x-oss-object-acl and x-oss-storage-class replace the source's
        :param params: a `versionId` chooses the version of the source
        :param part_size: bytes; None: `oss2.defaults.copy_part_size`
        :param num_threads: parts copied at a time; None: `oss2.defaults.multipart_num_threads`
        :param progress_callback: called with (bytes copied, bytes in all)
        :raises NoSuchKey: there is no such source
        :raises PreconditionFailed: the source changed meanwhile
        :raises InconsistentError: the copy is not what the source was
        """
        checked_key(target_key, 'target_key')
        source = Source(self, source_bucket_name, source_key, headers, params)
        return copy(self, source, target_key, part_size, num_threads, progress_callback)

    def move_object(self, source_key: str, target_key: str, source_bucket_name: Optional[str] = None,
                    headers: Headers = None, part_size: Optional[int] = None, num_threads: Optional[int] = None,
                    progress_callback: Optional[ProgressCallback] = None) -> models.PutObjectResult:
        """Rename an object: copy it as :meth:`copy_object_auto` does, and delete the source.

        :param source_bucket_name: where it is; None: in this bucket
        :raises NoSuchKey: there is no such source
        :raises InconsistentError: the source changed meanwhile: both are left
        """
        checked_key(target_key, 'target_key')
        source_bucket_name = source_bucket_name or self.bucket_name
        if (source_bucket_name, source_key) == (self.bucket_name, target_key):
            raise ClientError(f'{source_key!r} cannot be moved onto itself')
        source = Source(self, source_bucket_name, source_key, headers, None)
        result = copy(self, source, target_key, part_size, num_threads, progress_callback)
        if source.look().headers.get('ETag') != source.found.headers.get('ETag'):
            raise InconsistentError(f'{source_key!r} changed while it was moved: it is not deleted', result.request_id)
        self._do('DELETE', source_bucket_name, source_key, headers=source.payer)
        return result

    def _kept_in_copies(self, headers: Mapping[str, Any]) -> Dict[str, Any]:
        """What of the source's metadata stays also when new ones replace them."""
        return {}
