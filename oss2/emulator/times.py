"""Times as OSS writes them."""
from __future__ import annotations

import time
from functools import lru_cache

from .._dates import http_date


def iso(moment: float) -> str:
    """Unix seconds as ``2015-12-05T00:00:00.000Z``, the form in XML."""
    return _iso(int(moment))


def http(moment: float) -> str:
    """Unix seconds as ``Sat, 05 Dec 2015 11:10:29 GMT``, the form in headers."""
    return _http(int(moment))


@lru_cache(maxsize=1024)
def _iso(seconds: int) -> str:
    return time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime(seconds))


_http = lru_cache(maxsize=1024)(http_date)
