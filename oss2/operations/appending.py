"""Appendable objects."""
from __future__ import annotations

from typing import Optional

from .. import http, models, utils
from .._appending import Append, append_to_end
from .._arguments import Headers, checked_headers, checked_key
from .._client import BucketClient
from .._streams import ProgressCallback
from .._typing import Data


class AppendOperations(BucketClient):
    """Appending to objects."""

    def append_object(self, key: str, position: int, data: Data, headers: Headers = None,
                      progress_callback: Optional[ProgressCallback] = None,
                      init_crc: Optional[int] = None) -> models.AppendObjectResult:
        """Append to an object, or begin an appendable one (AppendObject).

        When the connection breaks and nobody knows whether OSS has appended, the object is looked at: if *data* is at
        *position*, that is the result; if nothing is, it is sent again; otherwise the failure is raised.

        :param position: the object's length so far: 0, or `next_position` of the last result
        :param init_crc: CRC-64 of what is there already: `crc` of the last result, 0 for a new object; without it
            the checksum is not compared
        :raises PositionNotEqualToLength: the object is longer or shorter; `next_position` tells
        :raises ObjectNotAppendable: it was not begun by an append
        :raises InconsistentError: OSS stored something else than was sent
        """
        headers = utils.set_content_type(checked_headers(headers), checked_key(key))
        source = body = http._convert_request_body(data)
        if progress_callback:
            body = utils.make_progress_adapter(body, progress_callback)
        checked = False
        if self.enable_crc and init_crc is not None:
            body, checked = utils.make_crc_adapter(body, init_crc), True
        result = Append(self, key, position, source, body, checked, headers).send()
        if checked and result.crc is not None:
            utils.check_crc('append object', body.crc, result.crc, result.request_id)
        return result

    def append_object_auto(self, key: str, data: Data, headers: Headers = None,
                           progress_callback: Optional[ProgressCallback] = None) -> models.AppendObjectResult:
        """Append to the end of an object, wherever that is, or begin an appendable one.

        The end is looked for before, and again when somebody else appends first.  The checksum is compared.

        :param data: as for :meth:`append_object`; it has to be read again after a race, so not an iterator
        :raises ObjectNotAppendable: it was not begun by an append
        :raises PositionNotEqualToLength: others append all the time, or *data* cannot be read again
        """
        checked_key(key)
        own, source = checked_headers(headers), http._convert_request_body(data)
        return append_to_end(self, key, source, own, lambda bucket, position, crc: bucket.append_object(
            key, position, source, own, progress_callback, crc))
