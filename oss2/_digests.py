"""MD5 and base64, as OSS wants them in headers."""
from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any, Union

from .compat import to_bytes, to_string
from .exceptions import OpenApiFormatError


def b64encode_as_string(data: Union[str, bytes]) -> str:
    return base64.b64encode(to_bytes(data)).decode('ascii')


def b64decode_from_string(data: Union[str, bytes]) -> bytes:
    """:raises OpenApiFormatError: *data* is not base64"""
    try:
        return base64.b64decode(to_string(data))
    except (TypeError, ValueError, binascii.Error) as exc:
        raise OpenApiFormatError('Base64 Error: ' + to_string(data)) from exc


def _md5(data: Any) -> Any:
    return hashlib.md5(to_bytes(data))


def content_md5(data: Union[str, bytes]) -> str:
    """The value of a Content-MD5 header for *data*: base64 of its MD5."""
    return b64encode_as_string(_md5(data).digest())


def md5_string(data: Union[str, bytes]) -> str:
    """MD5 of *data* as 32 lower-case hexadecimal digits."""
    return str(_md5(data).hexdigest())
