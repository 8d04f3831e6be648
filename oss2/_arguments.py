"""What callers pass: headers, keys, parameters and documents, copied, and checked before anything is sent."""
from __future__ import annotations

import re
from typing import Any, Dict, Mapping, Optional

from . import http
from ._digests import content_md5
from ._streams import check_binary
from .compat import to_bytes
from .exceptions import ClientError
from .headers import OSS_REQUEST_PAYER

Headers = Optional[Mapping[str, Any]]
Params = Optional[Mapping[str, Any]]

MAX_KEY_BYTES = 1023

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")


class CheckedHeaders(http.HeaderDict):
    """Headers that can be sent: a copy of the caller's, to which an operation adds its own."""


def checked_headers(headers: Headers) -> CheckedHeaders:
    """A copy of the caller's headers, unless it is one already.

    :raises ClientError: one cannot be sent
    """
    if type(headers) is CheckedHeaders:
        return headers
    copy = CheckedHeaders()
    if headers:
        for name, value in headers.items() if hasattr(headers, 'items') else _pairs(headers):
            copy[name] = _checked_header(name, value)
    return copy


def _pairs(headers: Any) -> Any:
    if isinstance(headers, (list, tuple)) and all(isinstance(pair, tuple) and len(pair) == 2 for pair in headers):
        return headers
    raise ClientError(f'headers must be a dict, not {type(headers).__name__} {headers!r}')


def _checked_header(name: Any, value: Any) -> Any:
    if not isinstance(name, str) or not _HEADER_NAME.match(name):
        raise ClientError(f'{name!r} cannot be the name of a header: use a str of ASCII letters, digits and hyphens')
    if value is None:
        return value
    if isinstance(value, bytes):
        if b'\n' in value or b'\r' in value:
            raise ClientError(f'header {name} must not hold line breaks: {value!r}')
        return value
    if not isinstance(value, str):
        raise ClientError(f'the value of header {name} must be a str, not {type(value).__name__} {value!r}: '
                          'convert it with str()')
    if not value.isascii() and not _travels(name.lower(), value):
        raise ClientError(f'header {name} cannot carry {value!r}: encode it, metadata with '
                          'oss2.utils.encode_metadata(), '
                          "others for example with urllib.parse.quote(), or pass the bytes value.encode('utf-8')")
    if '\n' in value or '\r' in value:
        raise ClientError(f'header {name} must not hold line breaks: {value!r}')
    return value


def _travels(name: str, value: str) -> bool:
    """Whether a value beyond ASCII reaches OSS as it was signed: signed are UTF-8, sent is Latin-1."""
    if name.startswith('x-oss-') or name in ('content-type', 'content-md5'):
        return False
    try:
        value.encode('latin-1')
    except UnicodeEncodeError:
        return False
    return True


def headers_named(headers: Headers, *names: str) -> Dict[str, Any]:
    """Those of *headers* that have one of the *names*, which are in lower case."""
    return {name: value for name, value in (headers or {}).items() if name.lower() in names}


def payer(headers: Headers) -> Dict[str, Any]:
    """What of the *headers* of a request belongs to all others that go with it: who pays."""
    return headers_named(headers, OSS_REQUEST_PAYER)


def checked_key(key: Any, name: str = 'key') -> Any:
    """:raises ClientError: *key* cannot be the key of an object"""
    if key is None or key == '' or key == b'':
        raise ClientError(f'{name} should not be null or empty.')
    try:
        if isinstance(key, str):
            size = len(key) if key.isascii() else len(key.encode('utf-8'))
        elif isinstance(key, bytes):
            key.decode('utf-8')
            size = len(key)
        else:
            raise ClientError(f'{name} must be a str, not {type(key).__name__} {key!r}')
    except UnicodeError as exc:
        raise ClientError(f'{name} {key!r} is no text that UTF-8 can hold: OSS names objects in UTF-8') from exc
    if size > MAX_KEY_BYTES:
        raise ClientError(f'{name} is {size} bytes long, OSS allows {MAX_KEY_BYTES}: {key[:60]!r}...')
    return key


def checked_text(name: str, value: Any) -> str:
    """:raises ClientError: *value*, a required argument, is missing; the request without it would mean another thing"""
    if not isinstance(value, str):
        raise ClientError(f'{name} must be a str, not {value!r}')
    return value


def copied_params(params: Params, **more: Any) -> Dict[str, Any]:
    """A copy of the caller's parameters with *more* of our own; '_' in a name stands for '-'."""
    copy: Dict[str, Any] = dict(params) if params else {}
    for name, value in more.items():
        copy[name.replace('_', '-')] = value
    return copy


def with_md5(headers: Headers, data: Any) -> CheckedHeaders:
    """A copy of *headers* with the Content-MD5 of *data*."""
    copy = checked_headers(headers)
    copy['Content-MD5'] = content_md5(data)
    return copy


def checked_document(document: Any, wanted: str) -> Any:
    """A ready-made document as the body of a request: a str as UTF-8, anything else as it is.

    :param wanted: what it should be, for the message
    :raises ClientError: it holds no bytes
    """
    if isinstance(document, (list, tuple)):
        sendable = all(isinstance(piece, (str, bytes)) for piece in document)
    else:
        sendable = hasattr(document, 'read') or (
            hasattr(document, '__iter__') and not isinstance(document, Mapping))
    if not sendable:
        what = 'None' if document is None else f'an object of type {type(document).__name__}'
        raise ClientError(f'{what} cannot be sent: pass {wanted} as str, bytes, a file object or an iterable of bytes')
    return to_bytes(document)


def digested(document: Any, headers: Headers = None) -> Dict[str, Any]:
    """A document and its Content-MD5, as arguments of a request.

    A file is read for that; what can only be iterated over goes without.

    :raises ClientError: the file is opened in text mode
    """
    if hasattr(document, 'read'):
        check_binary(document)
        document = document.read()
    if isinstance(document, (str, bytes, bytearray, memoryview)):
        headers = with_md5(headers, document)
    return {'data': document, 'headers': headers}


def checked_name(value: Any, name: str) -> Any:
    """:raises ClientError: *value* is missing, which says what an operation is about"""
    if value is None or value == '' or value == b'':
        raise ClientError(f'{name} should not be empty')
    return value
