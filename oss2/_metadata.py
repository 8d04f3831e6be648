"""User metadata of any text: percent-encoded in the headers, as they carry only ASCII."""
from __future__ import annotations

import re
from typing import Any, Dict, Mapping, Union
from urllib.parse import quote, unquote

from .exceptions import ClientError

PREFIX = 'x-oss-meta-'

# Printable ASCII but the percent sign: what most metadata is made of stays readable in consoles and other clients.
_PLAIN = ''.join(chr(code) for code in range(0x20, 0x7f) if chr(code) != '%')
_NAME = re.compile(r'[A-Za-z0-9-]+\Z')


def encode_metadata(metadata: Mapping[str, Union[str, int, float]]) -> Dict[str, str]:
    """The headers that store *metadata*: ``{'title': '你好'}`` becomes ``{'x-oss-meta-title': '%E4%BD%A0%E5%A5%BD'}``.

    Beyond printable ASCII, values are percent-encoded UTF-8, and so are the percent sign and spaces at either end;
    :func:`decode_metadata` turns it back. Numbers become their text. OSS stores names in lower case, and 8 KB in all.

    :param metadata: by name; a name may have the prefix ``x-oss-meta-`` or be without it
    :raises ClientError: a name or a value that cannot be stored
    """
    headers: Dict[str, str] = {}
    for name, value in metadata.items():
        bare = name[len(PREFIX):] if isinstance(name, str) and name.lower().startswith(PREFIX) else name
        if not isinstance(bare, str) or not _NAME.match(bare):
            raise ClientError(f'{name!r} cannot be the name of metadata: use ASCII letters, digits and hyphens')
        header = PREFIX + bare.lower()
        if header in headers:
            raise ClientError(f'the metadata {name!r} is there twice: OSS does not tell upper from lower case')
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise ClientError(f'the metadata {name!r} must be a str or a number, not {type(value).__name__} {value!r}')
        headers[header] = _encoded(str(value))
    return headers


def _encoded(text: str) -> str:
    try:
        quoted = quote(text, _PLAIN)
    except UnicodeError as exc:
        raise ClientError(f'the metadata value {text!r} is no text that UTF-8 can hold') from exc
    inner = quoted.strip(' ')
    if not inner:
        return '%20' * len(quoted)
    begin = len(quoted) - len(quoted.lstrip(' '))
    return '%20' * begin + inner + '%20' * (len(quoted) - begin - len(inner))


def decode_metadata(headers: Mapping[str, Any]) -> Dict[str, str]:
    """The user metadata among the *headers* of an answer, such as ``result.headers``: by name, without the prefix.

    Undoes what :func:`encode_metadata` did. A value that was stored as raw UTF-8 is read as such, one that is neither
    comes as it is.
    """
    return {name.lower()[len(PREFIX):]: _decoded(str(value)) for name, value in headers.items()
            if name.lower().startswith(PREFIX)}


def _decoded(value: str) -> str:
    if not value.isascii():
        try:
            value = value.encode('latin-1').decode('utf-8')  # headers are read as Latin-1
        except UnicodeError:
            return value
    try:
        return unquote(value, errors='strict')
    except UnicodeDecodeError:
        return value
