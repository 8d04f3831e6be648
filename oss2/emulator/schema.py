"""The documents that settings are kept in: one declaration checks what a client sends and writes what it gets back."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional, Union
from xml.etree.ElementTree import Element

from .._dates import iso8601_to_unixtime
from .errors import ApiError
from .xml import Node

#: a document as it is stored: by the element's name its text, its own tree, or a list of either
Tree = Dict[str, Any]
#: the text to keep for the text that was sent; a ValueError refuses it
Convert = Callable[[str], str]

_DATE = re.compile(r'\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z?')


@dataclass(frozen=True)
class Field:
    """A child element.

    :param most: None for any number; a field of which there may be several is a list in the tree
    """

    name: str
    kind: Union[Convert, Shape]
    least: int = 0
    most: Optional[int] = 1

    def read(self, parent: Element) -> Any:
        found = [self._value(child) for child in parent.findall(self.name)]
        values = [value for value in found if value is not None]
        if len(values) < self.least or (self.most is not None and len(values) > self.most):
            raise malformed('%s has %d elements %s' % (parent.tag, len(values), self.name))
        if self.most == 1:
            return values[0] if values else None
        return values or None

    def _value(self, element: Element) -> Any:
        if isinstance(self.kind, Shape):
            return self.kind.read(element)
        given = (element.text or '').strip() if self.kind is not text else element.text or ''
        if not given and self.kind is not text:
            # Clients send empty elements for what they do not set.
            return None
        try:
            return self.kind(given)
        except ValueError as exc:
            raise malformed('%s cannot be %s' % (self.name, given[:100])) from exc

    def nodes(self, value: Any) -> List[Node]:
        values = value if isinstance(value, list) else [value]
        if isinstance(self.kind, Shape):
            return [(self.name, self.kind.nodes(item)) for item in values]
        return [(self.name, item) for item in values]


class Shape:
    """An element that has children, in the order in which they are written."""

    def __init__(self, *fields: Field) -> None:
        self.fields = fields
        self._names = frozenset(field.name for field in fields)

    def read(self, element: Element) -> Tree:
        """The tree of an element.

        :raises ApiError: MalformedXML
        """
        for child in element:
            if child.tag not in self._names:
                raise malformed('%s has no element %s' % (element.tag, child.tag))
        found = ((field.name, field.read(element)) for field in self.fields)
        return {name: value for name, value in found if value is not None}

    def nodes(self, tree: Tree) -> List[Node]:
        """The children to write for a tree."""
        return [node for field in self.fields if field.name in tree for node in field.nodes(tree[field.name])]


def malformed(detail: str) -> ApiError:
    return ApiError('MalformedXML', ErrorDetail=detail)


def one(name: str, kind: Union[Convert, Shape]) -> Field:
    """An element that must be there."""
    return Field(name, kind, least=1)


def maybe(name: str, kind: Union[Convert, Shape]) -> Field:
    return Field(name, kind)


def many(name: str, kind: Union[Convert, Shape], least: int = 0, most: Optional[int] = None) -> Field:
    return Field(name, kind, least, most)


def group(name: str, *fields: Field) -> Field:
    """An optional element with children."""
    return Field(name, Shape(*fields))


def text(given: str) -> str:
    """Any text, blanks kept."""
    return given


def some(given: str) -> str:
    """Text that is not empty."""
    return given


def boolean(given: str) -> str:
    if given.lower() not in ('true', 'false'):
        raise ValueError
    return given.lower()


def number(least: int = 0, most: int = 2 ** 63) -> Convert:
    def convert(given: str) -> str:
        if not least <= int(given) <= most:
            raise ValueError
        return str(int(given))
    return convert


def choice(*values: str) -> Convert:
    def convert(given: str) -> str:
        if given not in values:
            raise ValueError
        return given
    return convert


def shorter(limit: int) -> Convert:
    """Text of at most so many characters."""
    def convert(given: str) -> str:
        if len(given) > limit:
            raise ValueError
        return given
    return convert


def date(given: str) -> str:
    """A time in ISO 8601."""
    if _DATE.fullmatch(given) is None:
        raise ValueError
    iso8601_to_unixtime(given[:19] + '.000Z')
    return given


def listed(values: Union[Any, List[Any], None]) -> List[Any]:
    """What a tree has of a field, however often."""
    if values is None:
        return []
    return values if isinstance(values, list) else [values]
