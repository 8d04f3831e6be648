"""Text and bytes helpers, under the names that programs import from here."""
from __future__ import annotations

import json as json
import sys as sys
from typing import Any
from urllib.parse import parse_qs as parse_qs
from urllib.parse import quote as urlquote
from urllib.parse import unquote as urlunquote
from urllib.parse import urlparse as urlparse
from urllib.parse import urlsplit as urlsplit

__all__ = [
    'builtin_str', 'bytes', 'is_py2', 'is_py3', 'is_py33', 'json', 'parse_qs', 'str', 'stringify', 'sys',
    'to_bytes', 'to_string', 'to_unicode', 'urlparse', 'urlquote', 'urlsplit', 'urlunquote',
]

is_py2 = False
is_py3 = True
is_py33 = False

builtin_str = str
bytes = bytes
str = str


def to_bytes(data: Any) -> Any:
    """Encode text as UTF-8; anything else comes back as it is."""
    return data.encode('utf-8') if isinstance(data, builtin_str) else data


def to_string(data: Any) -> Any:
    """Decode bytes as UTF-8; anything else comes back as it is.

    :raises UnicodeDecodeError: the bytes are not UTF-8
    """
    return data.decode('utf-8') if isinstance(data, bytes) else data


to_unicode = to_string


def stringify(input: Any) -> Any:
    """What JSON made of text is already native text here: returns *input*."""
    return input
