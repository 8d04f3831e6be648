"""Tags of objects and of the bucket."""
from __future__ import annotations

from typing import Union

from .. import models, xml_utils
from .._arguments import Headers, Params, copied_params
from .._client import BucketClient
from .._typing import Data


class TaggingOperations(BucketClient):
    """Pairs of key and value that lifecycle rules, policies and bills go by."""

    def put_object_tagging(self, key: str, tagging: Union[models.Tagging, Data], headers: Headers = None,
                           params: Params = None) -> models.RequestResult:
        """Replace an object's tags (PutObjectTagging).

        :param tagging: a Tagging, at most 10 tags; or a ready-made XML document
        :param params: a `versionId` chooses the version
        :raises NoSuchKey: there is no such object
        """
        params = copied_params(params)
        params[self.TAGGING] = ''
        data = self._document(tagging, models.Tagging, xml_utils.to_put_tagging)
        return models.RequestResult(self._object('PUT', key, data=data, params=params, headers=headers))

    def get_object_tagging(self, key: str, params: Params = None, headers: Headers = None) -> models.GetTaggingResult:
        """Get an object's tags, as `tag_set` (GetObjectTagging).

        :param params: a `versionId` chooses the version
        :raises NoSuchKey: there is no such object
        """
        params = copied_params(params)
        params[self.TAGGING] = ''
        resp = self._object('GET', key, params=params, headers=headers)
        return self._parse_result(resp, xml_utils.parse_get_tagging, models.GetTaggingResult)

    def delete_object_tagging(self, key: str, params: Params = None, headers: Headers = None) -> models.RequestResult:
        """Remove all of an object's tags (DeleteObjectTagging).

        :param params: a `versionId` chooses the version
        :raises NoSuchKey: there is no such object
        """
        params = copied_params(params)
        params[self.TAGGING] = ''
        return models.RequestResult(self._object('DELETE', key, params=params, headers=headers))

    def put_bucket_tagging(self, tagging: Union[models.Tagging, Data], headers: Headers = None) -> models.RequestResult:
        """Replace the bucket's tags (PutBucketTags).

        :param tagging: a Tagging, at most 20 tags; or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(tagging, models.Tagging, xml_utils.to_put_tagging)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.TAGGING: ''}, headers=headers))

    def get_bucket_tagging(self) -> models.GetTaggingResult:
        """Get the bucket's tags, as `tag_set` (GetBucketTags).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.TAGGING)
        return self._parse_result(resp, xml_utils.parse_get_tagging, models.GetTaggingResult)

    def delete_bucket_tagging(self, params: Params = None) -> models.RequestResult:
        """Remove the bucket's tags (DeleteBucketTags).

        :param params: {'tagging': 'key1,key2'} removes these only
        :raises NoSuchBucket: there is no such bucket
        """
        params = copied_params(params)
        params.setdefault(self.TAGGING, '')
        return models.RequestResult(self._bucket('DELETE', params=params))
