"""The XML that describes an error, whole or cut short: reading it never raises."""
from __future__ import annotations

import base64
import binascii
import re
from typing import Any, Dict, Mapping
from xml.etree import ElementTree

from .compat import to_bytes

_HEADER = 'x-oss-err'
_ELEMENT = re.compile(rb'<([A-Za-z][\w.-]*)>([^<]*)</\1>')
_ENTITIES = {'&quot;': '"', '&apos;': "'"}


def parse_body(body: Any) -> Dict[str, Any]:
    """The elements of an error document and their text (None where there is none); {} if it is no such document.

    :param body: bytes or str
    """
    text = to_bytes(body)
    # A document type declares entities, which a small document can make huge; OSS sends none.
    if not isinstance(text, bytes) or b'<!DOCTYPE' in text:
        return guess_details(text)
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, LookupError):
        return guess_details(text)
    if _local_name(root.tag) != 'Error':
        return {}
    return {_local_name(child.tag): child.text for child in root}


def parse_header(headers: Mapping[str, Any]) -> Dict[str, Any]:
    """The same for the answer to a HEAD request, which carries the document in a header."""
    encoded = headers.get(_HEADER)
    if not encoded:
        return {}
    try:
        return parse_body(base64.b64decode(encoded))
    except (binascii.Error, TypeError, ValueError):
        return {}


def guess_details(body: Any) -> Dict[str, Any]:
    """What can be made out of a document that is cut short or not quite XML: the elements that are whole."""
    text = to_bytes(body)
    start = text.find(b'<Error') if isinstance(text, (bytes, bytearray)) else -1
    if start < 0:
        return {}
    from xml.sax.saxutils import unescape  # for this alone: few programs ever come here

    details: Dict[str, Any] = {}
    for name, value in _ELEMENT.findall(text, start):
        details.setdefault(name.decode(), unescape(value.decode('utf-8', 'replace'), _ENTITIES))
    return details


def _local_name(tag: str) -> str:
    return tag.rpartition('}')[2]
