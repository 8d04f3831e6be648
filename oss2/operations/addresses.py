"""Addresses of objects that anybody may read."""
from __future__ import annotations

from typing import Optional

from .._arguments import Params, checked_key
from .._client import BucketClient
from .._signing import query_pair
from .._urls import _normalize_endpoint, _UrlMaker
from ..compat import to_string


class AddressOperations(BucketClient):
    """Addresses without a signature; :meth:`sign_url` makes those for private objects."""

    def object_url(self, key: str, cname: Optional[str] = None, params: Params = None) -> str:
        """The address of an object without any signature, for objects that everybody may read; nothing is sent.

        Slashes in the key stay slashes. It begins as the endpoint does: that of an internal network is no use outside.

        :param cname: a domain that is bound to the bucket, or that a CDN serves it under, such as
            https://static.example.com; without a scheme it gets that of the endpoint; None: the endpoint's domain
        :param params: those in the URL, such as versionId, x-oss-process
        :raises ClientError: the key is empty, or the domain none
        """
        key = to_string(checked_key(key))
        if cname is None:
            url: str = self._make_url(self.bucket_name, key, slash_safe=True)
        else:
            if isinstance(cname, str) and '://' not in cname:
                cname = f'{self._make_url.scheme}://{cname.strip()}'
            url = _UrlMaker(_normalize_endpoint(cname), True, False)(self.bucket_name, key, slash_safe=True)
        pairs = [query_pair(name, value) for name, value in (params or {}).items()]
        return url + '?' + '&'.join(pairs) if pairs else url
