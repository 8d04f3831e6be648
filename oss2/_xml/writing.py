"""Writing: documents of objects."""
from __future__ import annotations

from typing import Any, Callable, Iterable, List, Optional, Type

from ..exceptions import ClientError
from .documents import escape
from .fields import TEXT, Field, Kind


class _Node:
    """An element to write: the value of a field, or what surrounds those of `children`."""

    __slots__ = ('children', 'field', 'keep', 'sends', 'tag')

    def __init__(self, tag: str, field: Optional[Field], cls: Type[Any]) -> None:
        self.tag = tag
        self.field = field
        self.keep = tag in cls._kept
        self.sends: Optional[Callable[[Any, str], bool]] = getattr(cls, '_sends', None)
        self.children: List[_Node] = []

    def write(self, obj: Any, out: List[str]) -> None:
        if self.field is None:
            _write_around(self.tag, self.children, obj, out, self.keep)
            return
        if self.sends is not None and not self.sends(obj, self.field.name):
            return
        value = getattr(obj, self.field.name)
        if self.field.many:
            if isinstance(value, (str, bytes)):
                value = (value,)  # one item, not a list of its characters
            if self.field.spread is not None and value is not None:
                value = self.field.spread(value)
            for item in value or ():
                _write_value(self.tag, self.field.kind, item, out)
        elif value is not None and (value or self.field.blank):
            _write_value(self.tag, self.field.kind, value, out)
        elif self.field.if_none is not None:
            _write_value(self.tag, TEXT, self.field.if_none, out)
        elif self.field.required:
            raise ClientError('a %s needs %s' % (type(obj).__name__, self.field.alias or self.field.name))


def _write_value(tag: str, kind: Any, value: Any, out: List[str]) -> None:
    outer, _, inner = tag.partition('[]/')
    if inner:
        out.append('<%s>' % outer)
        _write_value(inner, kind, value, out)
        out.append('</%s>' % outer)
    elif not isinstance(kind, Kind):
        _write_around(tag, _nodes_of(kind), value, out, keep=True)
    else:
        text = escape(kind.dump(value))
        out.append('<%s>%s</%s>' % (tag, text, tag) if text else '<%s />' % tag)


def _write_around(tag: str, nodes: Iterable[_Node], obj: Any, out: List[str], keep: bool) -> None:
    start = len(out)
    out.append('<%s>' % tag)
    for node in nodes:
        node.write(obj, out)
    if len(out) > start + 1:
        out.append('</%s>' % tag)
    elif keep:
        out[start] = '<%s />' % tag
    else:
        del out[start]


def _nodes_of(cls: Type[Any]) -> List[_Node]:
    """The class's elements in the order in which they are sent, found out at its first use."""
    nodes: Optional[List[_Node]] = cls.__dict__.get('_nodes')
    if nodes is None:
        nodes = []
        fields = {field.name: field for field in cls._fields}
        for name in cls._order or fields:
            field = fields[name]
            if field.path and field.path != '.' and field.sent:
                _add_node(nodes, field, cls)
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
    """Write an object as a document.

    :param cls: whose declarations count if not those of the object's own class
    :raises ClientError: a value cannot be written
    """
    cls = cls or type(obj)
    out: List[str] = []
    own = next((field for field in cls._fields if field.path == '.'), None)
    if own is not None:
        _write_value(cls._root, own.kind, getattr(obj, own.name) or '', out)
    else:
        _write_around(cls._root, _nodes_of(cls), obj, out, keep=True)
    return ''.join(out).encode('utf-8')
