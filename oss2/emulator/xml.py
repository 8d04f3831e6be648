"""XML as the emulator reads and writes it: small trees of tuples out, checked elements in."""
from __future__ import annotations

import re
from typing import Iterable, List, Optional, Tuple, Union
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as Safe
from defusedxml.common import DefusedXmlException

from .errors import ApiError

#: an element: its name and either its text or its children; a child that is None is left out
Node = Tuple[str, Union[str, int, Iterable['OptionalNode'], None]]
OptionalNode = Union[Node, None]

_SPECIAL = re.compile('[&<>"\x00-\x08\x0b-\x1f\ufffe\uffff]')
_NAMED = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}


def escape(text: str) -> str:
    """Text as XML content; what XML 1.0 cannot carry becomes a character reference, which no parser accepts either."""
    if _SPECIAL.search(text) is None:
        return text
    return _SPECIAL.sub(lambda found: _NAMED.get(found.group()) or '&#%d;' % ord(found.group()), text)


def document(name: str, content: Union[str, Iterable[OptionalNode]]) -> bytes:
    """A document with one root element, as bytes."""
    out: List[str] = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    _write(out, name, content, 0)
    return ''.join(out).encode('utf-8', 'surrogatepass')


def _write(out: List[str], name: str, value: Union[str, int, Iterable[OptionalNode], None], depth: int) -> None:
    indent = '  ' * depth
    if value is None or value == '':
        out.append('%s<%s></%s>\n' % (indent, name, name))
    elif isinstance(value, (str, int)):
        out.append('%s<%s>%s</%s>\n' % (indent, name, escape(str(value)), name))
    else:
        out.append('%s<%s>\n' % (indent, name))
        for child in value:
            if child is not None:
                _write(out, child[0], child[1], depth + 1)
        out.append('%s</%s>\n' % (indent, name))


def parse(body: bytes, root: str) -> Element:
    """The root element of a request document, namespaces dropped.

    :raises ApiError: MalformedXML: not XML, entities or a DTD in it, or another root element
    """
    try:
        element: Element = Safe.fromstring(body, forbid_dtd=True)
    except (Safe.ParseError, DefusedXmlException, ValueError, LookupError) as exc:
        raise ApiError('MalformedXML') from exc
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag.startswith('{'):
            node.tag = node.tag.partition('}')[2]
    if element.tag != root:
        raise ApiError('MalformedXML')
    return element


def text(element: Element, path: str) -> Optional[str]:
    """The text of a descendant, '' when it is empty, None when there is none."""
    found = element.find(path)
    return None if found is None else found.text or ''
