"""Listings of objects and versions."""
from __future__ import annotations

from typing import Any

from .. import models, xml_utils
from .._arguments import Headers
from .._client import BucketClient
from ..exceptions import InconsistentError

# Most entries that OSS lists at once.
LARGEST_PAGE = 1000


def check_advance(begin: Any, following: Any) -> None:
    """
    :param begin: the marker of a page that others follow
    :param following: the marker of the next one
    :raises InconsistentError: they are the same; the listing would never end
    """
    if following == begin:
        raise InconsistentError('the listing is truncated, but its next page begins where this one did: '
                                f'{begin!r}')


class ListingOperations(BucketClient):
    """One page at a time; the iterators of the package go through all pages."""

    def list_objects(self, prefix: str = '', delimiter: str = '', marker: str = '', max_keys: int = 100,
                     headers: Headers = None) -> models.ListObjectsResult:
        """List objects whose keys begin with *prefix* (GetBucket, ListObjects).

        :param delimiter: keys that share what comes before it, behind the prefix, become one entry of `prefix_list`
        :param marker: '' for the first page, then `next_marker` of the last result, while `is_truncated`
        :param max_keys: most objects and prefixes together, at most 1000
        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params={
            'prefix': prefix, 'delimiter': delimiter, 'marker': marker, 'max-keys': str(max_keys),
            'encoding-type': 'url'}, headers=headers)
        return self._parse_result(resp, xml_utils.parse_list_objects, models.ListObjectsResult)

    def list_objects_v2(self, prefix: str = '', delimiter: str = '', continuation_token: str = '',
                        start_after: str = '', fetch_owner: bool = False, encoding_type: str = 'url',
                        max_keys: int = 100, headers: Headers = None) -> models.ListObjectsV2Result:
        """List objects (GetBucketV2, ListObjectsV2), as :meth:`list_objects`.

        :param continuation_token: '' for the first page, then `next_continuation_token` of the last result
        :param start_after: list keys behind this one
        :param fetch_owner: ask for each object's owner
        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params={
            'list-type': '2', 'prefix': prefix, 'delimiter': delimiter, 'continuation-token': continuation_token,
            'start-after': start_after, 'fetch-owner': str(fetch_owner).lower(), 'max-keys': str(max_keys),
            'encoding-type': encoding_type}, headers=headers)
        return self._parse_result(resp, xml_utils.parse_list_objects_v2, models.ListObjectsV2Result)

    def list_object_versions(self, prefix: str = '', delimiter: str = '', key_marker: str = '', max_keys: int = 100,
                             versionid_marker: str = '', headers: Headers = None) -> models.ListObjectVersionsResult:
        """List the versions and delete markers of objects (GetBucketVersions, ListObjectVersions).

        :param key_marker: with *versionid_marker*: '' for the first page, then `next_key_marker` and
            `next_versionid_marker` of the last result
        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params={
            'prefix': prefix, 'delimiter': delimiter, 'key-marker': key_marker,
            'version-id-marker': versionid_marker, 'max-keys': str(max_keys), 'encoding-type': 'url',
            self.VERSIONS: ''}, headers=headers)
        return self._parse_result(resp, xml_utils.parse_list_object_versions, models.ListObjectVersionsResult)
