"""x-oss-traffic-limit: how fast an object may travel."""
from __future__ import annotations

from typing import Optional

from .errors import ApiError
from .messages import Request, integer

NAME = 'x-oss-traffic-limit'

_LEAST, _MOST = 245760, 838860800


def rate(request: Request) -> Optional[float]:
    """Bytes a second that a request may take, None for as many as it can.

    :raises ApiError: InvalidArgument
    """
    text = request.header(NAME) or request.params.get(NAME)
    if not text or not request.key:
        return None
    bits = integer(text)
    if bits is None or not _LEAST <= bits <= _MOST:
        raise ApiError('InvalidArgument', 'The traffic limit must be a number of bits a second from %d to %d.'
                       % (_LEAST, _MOST), ArgumentName=NAME, ArgumentValue=text)
    return bits / 8
