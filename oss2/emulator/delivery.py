"""Objects that the emulator writes of its own accord: logs and inventories."""
from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Dict, Optional

from .messages import Request

if TYPE_CHECKING:
    from .records import Object
    from .state import State


def store(state: State, bucket: str, key: str, data: bytes, content_type: str, now: float,
          headers: Optional[Dict[str, str]] = None) -> Object:
    """Write an object as if its bucket's owner did.

    :param headers: further headers of the upload, by lower-case name
    :raises ApiError: the bucket is gone or does not take it
    """
    from .operations import objects
    request = Request(state, uuid.uuid4().hex[:24].upper(), 'PUT', 'http', '', '', bucket, key, {},
                      {'content-type': content_type, **(headers or {})}, now)
    writer = state.store.contents.writer()
    writer.write(data)
    body = writer.finish()
    try:
        return objects.new_object(request, body, 'Normal')
    finally:
        state.store.discard(body)
