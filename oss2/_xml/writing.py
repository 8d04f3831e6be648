"""Writing: documents of objects."""
from __future__ import annotations

from typing import Any, Callable, Iterable, List, Optional, Type

from ..exceptions import ClientError
from .documents import escape
from .fields import BOOL, TEXT, YES, Field, Kind


class _Node:
    """An element to write: the value of a field, or what surrounds those of `children`."""

    __slots__ = ('children', 'field', 'keep', 'sends', 'tag')

    def __init__(self, tag: str, field: Optional[Field], cls: Type[Any]) -> None:
        self.tag = tag
        self.field = field
        self.keep = tag in cls._kept
        self.sends: Optional[Callable[[Any, str], bool]] = getattr(cls, '_sends', None)
        self.children: List[_Node] = []


class _Writer:
    """Collects the text of one document.

    :param answer: the document is one that OSS sends: it has what only OSS sets, and booleans in its spelling
    """

    def __init__(self, answer: bool) -> None:
        self.out: List[str] = []
        self._answer = answer

    def object(self, tag: str, nodes: Iterable[_Node], obj: Any, keep: bool = True) -> None:
        """An element with the fields of an object; if it stays empty and not `keep`, none."""
        start = len(self.out)
        self.out.append('<%s>' % tag)
        for node in nodes:
            if node.field is None:
                self.object(node.tag, node.children, obj, node.keep)
            elif (self._answer or node.field.sent) and (node.sends is None or node.sends(obj, node.field.name)):
                self._field(node.tag, node.field, obj)
        if len(self.out) > start + 1:
            self.out.append('</%s>' % tag)
        elif keep:
            self.out[start] = '<%s />' % tag
        else:
            del self.out[start]

    def _field(self, tag: str, field: Field, obj: Any) -> None:
        value = getattr(obj, field.name)
        if field.many:
            if isinstance(value, (str, bytes)):
                value = (value,)  # one item, not a list of its characters
            elif field.spread is not None and value is not None:
                value = field.spread(value)
            for item in value or ():
                self.value(tag, field.kind, item)
        elif value is not None and (value or field.blank) and (value != '' or _takes_blank(field.kind)):
            self.value(tag, field.kind, value)
        elif field.if_none is not None:
            self.value(tag, TEXT, field.if_none)
        elif field.required:
            raise ClientError('a %s needs %s' % (type(obj).__name__, field.alias or field.name))

    def value(self, tag: str, kind: Any, value: Any) -> None:
        """An element with a value; ``a[]/b`` is an element within another."""
        outer, _, inner = tag.partition('[]/')
        if inner:
            self.out.append('<%s>' % outer)
            self.value(inner, kind, value)
            self.out.append('</%s>' % outer)
        elif not isinstance(kind, Kind):
            self.object(tag, _nodes_of(kind), value)
        else:
            text = escape((BOOL if self._answer and kind is YES else kind).dump(value))
            self.out.append('<%s>%s</%s>' % (tag, text, tag) if text else '<%s />' % tag)


def _takes_blank(kind: Any) -> bool:
    return isinstance(kind, Kind) and kind.text


def _nodes_of(cls: Type[Any]) -> List[_Node]:
    """The class's elements in the order in which they are sent, found out at its first use."""
    nodes: Optional[List[_Node]] = cls.__dict__.get('_nodes')
    if nodes is None:
        nodes = []
        fields = {field.name: field for field in cls._fields}
        for name in dict.fromkeys((*cls._order, *fields)):
            if fields[name].path not in (None, '.'):
                _add_node(nodes, fields[name], cls)
        cls._nodes = nodes
    return nodes


def _add_node(nodes: List[_Node], field: Field, cls: Type[Any]) -> None:
    path = str(field.path)
    outer = path.split('[]/')[0].split('/')[:-1]
    for tag in outer:
        group = next((node for node in nodes if node.tag == tag and node.field is None), None)
        if group is None:
            group = _Node(tag, None, cls)
            nodes.append(group)
        nodes = group.children
    nodes.append(_Node('/'.join(path.split('/')[len(outer):]), field, cls))


def to_document(obj: Any, cls: Optional[Type[Any]] = None) -> bytes:
    """Write an object as a document: that of a request, or for a result the answer it could have been read from.

    :param cls: whose declarations count if not those of the object's own class
    :raises ClientError: a value cannot be written
    """
    cls = cls or type(obj)
    writer = _Writer(getattr(cls, '_is_answer', False))
    own = next((field for field in cls._fields if field.path == '.'), None)
    if own is None:
        writer.object(cls._root, _nodes_of(cls), obj)
    else:
        writer.value(cls._root, own.kind, getattr(obj, own.name) or '')
    return ''.join(writer.out).encode('utf-8')
