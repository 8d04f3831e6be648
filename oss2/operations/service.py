"""Operations on an account rather than a bucket."""
from __future__ import annotations

from .. import models, xml_utils
from .._client import Headers, Params, _Base
from .._subresources import ServiceSubresources


class ServiceOperations(_Base, ServiceSubresources):
    """What the account has."""

    def list_buckets(self, prefix: str = '', marker: str = '', max_keys: int = 100, params: Params = None,
                     headers: Headers = None) -> models.ListBucketsResult:
        """List the account's buckets (GetService, ListBuckets).

        :param marker: '' for the first page, then `next_marker` of the last result, while `is_truncated`
        :param max_keys: most buckets a page, at most 1000
        :param params: further ones, such as tag-key and tag-value
        """
        own = {'prefix': prefix, 'marker': marker, 'max-keys': str(max_keys)}
        own.update(params or {})
        resp = self._do('GET', '', '', params=own, headers=headers)
        return self._parse_result(resp, xml_utils.parse_list_buckets, models.ListBucketsResult)
