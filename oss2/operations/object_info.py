"""What is known about objects: metadata, existence, ACL, symbolic links, restoring."""
from __future__ import annotations

from typing import Optional, Union

from .. import models, xml_utils
from .._arguments import Headers, Params, checked_headers, checked_key, checked_name, checked_text, copied_params
from .._client import BucketClient
from .._typing import Data
from .._urls import quote_key
from ..exceptions import ServerError
from ..headers import OSS_OBJECT_ACL, OSS_SYMLINK_TARGET


def _is_missing(error: ServerError) -> bool:
    """Whether it is the object or the version that is not there, as far as OSS says."""
    return error.status == 404 and error.code in ('', 'NoSuchKey', 'NoSuchVersion')


class ObjectInfoOperations(BucketClient):
    """Metadata, ACLs, symbolic links and the restoring of archived objects."""

    def head_object(self, key: str, headers: Headers = None, params: Params = None) -> models.HeadObjectResult:
        """Get all metadata of an object, as `headers` of the result (HeadObject).

        :raises NotFound: there is no such object or bucket
        :raises NotModified: a condition in *headers* says so
        """
        return models.HeadObjectResult(self._object('HEAD', key, headers=headers, params=params))

    def get_object_meta(self, key: str, params: Params = None, headers: Headers = None) -> models.GetObjectMetaResult:
        """Get length, ETag and time of an object (GetObjectMeta); cheaper than :meth:`head_object`.

        :raises NoSuchKey: there is no such object
        """
        params = copied_params(params)
        params[self.OBJECTMETA] = ''
        return models.GetObjectMetaResult(self._object('HEAD', key, params=params, headers=headers))

    def object_exists(self, key: str, headers: Headers = None, version_id: Optional[str] = None) -> bool:
        """Whether there is such an object (GetObjectMeta).

        :param version_id: whether it has this version; None: whether it has one that is no delete marker and the latest
        :raises NoSuchBucket: there is no such bucket
        :raises ServerError: the version is a delete marker; the status is 405
        """
        params = None if version_id is None else {self.VERSIONID: checked_name(version_id, 'version_id')}
        end = self._end()
        try:
            self.get_object_meta(key, params, headers)
        except ServerError as exc:
            if not _is_missing(exc):
                raise
            if exc.code or not exc.received:
                return False
            # An answer to HEAD has no body.  Where its header does not say what is missing, a GET does.
            return self._until(end)._exists_by_get(key, params, headers)
        return True

    def _exists_by_get(self, key: str, params: Params, headers: Headers) -> bool:
        try:
            self._object('GET', key, params=copied_params(params, objectMeta=''), headers=headers).close()
        except ServerError as exc:
            if not _is_missing(exc):
                raise
            return False
        return True

    def put_object_acl(self, key: str, permission: str, params: Params = None,
                       headers: Headers = None) -> models.RequestResult:
        """Set an object's ACL (PutObjectACL).

        :param permission: one of the OBJECT_ACL_* constants; OBJECT_ACL_DEFAULT follows the bucket's
        :raises NoSuchKey: there is no such object
        """
        headers = checked_headers(headers)
        headers[OSS_OBJECT_ACL] = checked_text('permission', permission)
        params = copied_params(params)
        params[self.ACL] = ''
        return models.RequestResult(self._object('PUT', key, params=params, headers=headers))

    def get_object_acl(self, key: str, params: Params = None, headers: Headers = None) -> models.GetObjectAclResult:
        """Get an object's ACL, as `acl` (GetObjectACL).

        :raises NoSuchKey: there is no such object
        """
        params = copied_params(params)
        params[self.ACL] = ''
        resp = self._object('GET', key, params=params, headers=headers)
        return self._parse_result(resp, xml_utils.parse_get_object_acl, models.GetObjectAclResult)

    def put_symlink(self, target_key: str, symlink_key: str, headers: Headers = None) -> models.RequestResult:
        """Make *symlink_key* a symbolic link to *target_key* (PutSymlink).

        :param target_key: need not exist; must not be a symbolic link when it is read
        :raises FileAlreadyExists: x-oss-forbid-overwrite was set, and there is such an object
        """
        headers = checked_headers(headers)
        headers[OSS_SYMLINK_TARGET] = quote_key(checked_key(target_key, 'target_key'))
        return models.RequestResult(self._object('PUT', symlink_key, headers=headers, params={self.SYMLINK: ''}))

    def get_symlink(self, symlink_key: str, params: Params = None, headers: Headers = None) -> models.GetSymlinkResult:
        """Get where a symbolic link points, as `target_key` (GetSymlink).

        :raises NoSuchKey: there is no such symbolic link
        """
        params = copied_params(params)
        params[self.SYMLINK] = ''
        resp = self._object('GET', symlink_key, params=params, headers=headers)
        return self._parse_result(resp, xml_utils.parse_dummy_result, models.GetSymlinkResult)

    def restore_object(self, key: str, params: Params = None, headers: Headers = None,
                       input: Union[models.RestoreConfiguration, Data, None] = None) -> models.RequestResult:
        """Make an archived object readable for a while (RestoreObject).

        :param input: a RestoreConfiguration: days, and how fast; or a ready-made XML document
        :raises RestoreAlreadyInProgress: it is being restored
        """
        params = copied_params(params)
        params[self.RESTORE] = ''
        data = self._document(input, models.RestoreConfiguration, xml_utils.to_put_restore_config, optional=True)
        return models.RequestResult(self._object('POST', key, data=data, params=params, headers=headers))
