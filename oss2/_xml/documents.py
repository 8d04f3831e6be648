"""XML as text: parsing what comes from the network, escaping what goes there."""
from __future__ import annotations

import re
from typing import Any, Mapping, Optional, Union
from xml.etree.ElementTree import XML, Element, ParseError

from ..exceptions import OSS_FORMAT_ERROR_STATUS, ClientError, OssError

#: What a document comes as.
Document = Union[bytes, str]


class ResponseFormatError(OssError, RuntimeError, ValueError, ParseError):  # type: ignore[misc]
    """OSS's answer is not what it should be: no XML, something essential is missing, or a value cannot be read.

    It also derives from what oss2 2.19.1 raises in these cases.
    """

    def __init__(self, message: str, headers: Optional[Mapping[str, Any]] = None, body: Any = b'') -> None:
        OssError.__init__(self, OSS_FORMAT_ERROR_STATUS, headers or {}, body, {})
        self.message = message
        self.args = (message,)

    def add_answer(self, headers: Mapping[str, Any], body: Any) -> None:
        """Note which answer this is about."""
        OssError.__init__(self, self.status, headers, body, {})
        self.message = str(self)

    def __str__(self) -> str:
        return str(self.args[0])


_DECLARATION = re.compile(rb'''(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']''')
_ASCII_BASED = frozenset((b'utf-8', b'utf8', b'us-ascii', b'ascii', b'iso-8859-1', b'latin-1', b'latin1'))


def parse_document(body: Document) -> Element:
    """Parse a document from the network; namespaces are dropped.

    A document type is refused whatever its content, in any encoding: it is what declares entities.

    :raises ResponseFormatError: not well-formed, or with a document type
    """
    try:
        readable = body if isinstance(body, str) else _readable(body)
        has_type = '<!DOCTYPE' in readable if isinstance(readable, str) else b'<!DOCTYPE' in readable
        root = None if has_type else XML(readable)
    except (ParseError, LookupError, ValueError) as exc:
        raise ResponseFormatError('parse xml: %s' % exc) from exc
    if root is None:
        raise ResponseFormatError('parse xml: a document type is not accepted')
    if root.tag[0] == '{':
        for element in root.iter():
            element.tag = element.tag.rpartition('}')[2]
    return root


def utf8_text(body: Document) -> Optional[str]:
    """The text of a document in UTF-8, None if it is or claims to be in another encoding."""
    readable = body if isinstance(body, str) else _readable(body)
    if isinstance(readable, str):
        return readable
    declared = _DECLARATION.match(readable)
    if declared and declared.group(1).lower() not in (b'utf-8', b'utf8'):
        return None
    try:
        return readable.decode('utf-8')
    except UnicodeDecodeError:
        return None


def _readable(body: bytes) -> Document:
    """The body itself if its markup is ASCII, otherwise its text, so that a search for markup cannot be fooled."""
    body = bytes(body)
    start = body[:2]
    if start in (b'\xff\xfe', b'\xfe\xff'):
        return body.decode('utf-16')
    if start == b'<\0':
        return body.decode('utf-16-le')
    if start[:1] == b'\0':
        return body.decode('utf-16-be')
    declared = _DECLARATION.match(body)
    if declared and declared.group(1).lower() not in _ASCII_BASED:
        return body.decode(declared.group(1).decode())
    return body


_ESCAPES = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;'}
# These, and what XML cannot hold: most control characters, surrogates, two that are no characters.
_SPECIAL = re.compile(r'[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]')


def is_xml_text(text: str) -> bool:
    """Whether XML can carry `text`: most control characters it cannot, however they are written."""
    return all(match.group() in _ESCAPES for match in _SPECIAL.finditer(text))


def escape(text: str) -> str:
    """Write `text` as the content of an element.

    :raises ClientError: it has a character that XML cannot carry
    """
    return _SPECIAL.sub(_escaped, text) if _SPECIAL.search(text) else text


def _escaped(match: Any) -> str:
    character = match.group()
    if character not in _ESCAPES:
        raise ClientError('%r of %r cannot be sent: XML has no way to write it' % (character, match.string))
    return _ESCAPES[character]
