"""Objects that a bucket lacks and fetches from the site it mirrors."""
from __future__ import annotations

import http.client
from dataclasses import replace

from ..errors import ApiError
from ..messages import Request
from . import fetching, objects


def fetch(request: Request, source: str) -> None:
    """Store what a URL has as the object that a request is for.

    :raises ApiError: MirrorFailed
    """
    try:
        body = fetching.download(request, {'Url': source})
    except (ApiError, OSError, ValueError, http.client.HTTPException) as exc:
        raise ApiError('MirrorFailed', 'Mirror failed: %s cannot be read.' % source, status=424) from exc
    try:
        objects.new_object(replace(request, method='PUT', params={}, headers={}), body, 'Normal')
    finally:
        request.state.store.discard(body)
