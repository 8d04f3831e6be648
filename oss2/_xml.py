"""The mapping between OSS's XML documents and objects: one declaration of a field drives reading and writing."""
from __future__ import annotations

import re
from typing import Any, Callable, Dict, Iterable, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Type, Union
from urllib.parse import unquote
from xml.etree.ElementTree import XML, Element, ParseError

from ._dates import date_to_iso8601, iso8601_to_date, iso8601_to_unixtime, unixtime_to_iso8601
from .exceptions import OSS_FORMAT_ERROR_STATUS, ClientError, OssError

Document = Union[bytes, str]


class ResponseFormatError(OssError, RuntimeError, ValueError, ParseError):
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


# Reading documents

_DECLARATION = re.compile(rb'''(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']''')
_ASCII_BASED = frozenset((b'utf-8', b'utf8', b'us-ascii', b'ascii', b'iso-8859-1', b'latin-1', b'latin1'))


def parse_document(body: Document) -> Element:
    """Parse a document from the network; namespaces are dropped.

    A document type is refused whatever its content, in any encoding: it is what declares entities.

    :raises ResponseFormatError: not well-formed, or with a document type
    """
    try:
        text = body if isinstance(body, str) else _readable(body)
        if ('<!DOCTYPE' if isinstance(text, str) else b'<!DOCTYPE') in text:  # type: ignore[operator]
            raise ResponseFormatError('parse xml: a document type is not accepted')
        root = XML(text)
    except ResponseFormatError:
        raise
    except (ParseError, LookupError, ValueError) as exc:
        raise ResponseFormatError('parse xml: %s' % exc) from exc
    if root.tag[0] == '{':
        for element in root.iter():
            element.tag = element.tag.rpartition('}')[2]
    return root


def _readable(body: bytes) -> Document:
    """The body itself if its markup is ASCII, otherwise its text, so that a search for markup cannot be fooled."""
    start = bytes(body[:2])
    if start in (b'\xff\xfe', b'\xfe\xff'):
        return bytes(body).decode('utf-16')
    if start == b'<\0' or start[:1] == b'\0':
        return bytes(body).decode('utf-16-le' if start == b'<\0' else 'utf-16-be')
    declared = _DECLARATION.match(body)
    if declared and declared.group(1).lower() not in _ASCII_BASED:
        return bytes(body).decode(declared.group(1).decode())
    return body


# Kinds of values

class Kind(NamedTuple):
    """How a value is written in an element."""

    load: Callable[[str], Any]
    dump: Callable[[Any], str]
    text: bool = False
    """An empty element is the empty text; otherwise it counts as absent."""
    load_encoded: Optional[Callable[[str], Any]] = None
    """How to load it from a document that says ``<EncodingType>url</EncodingType>``."""


def _as_is(text: str) -> str:
    return text


def _unquote(text: str) -> str:
    if '%' not in text:
        return text
    text = text.replace('%2F', '/')
    return unquote(text) if '%' in text else text


_BOOLEANS = {'true': True, 'false': False}


def _to_bool(text: str) -> bool:
    value = _BOOLEANS.get(text.lower())
    if value is None:
        raise ValueError('%r is not a boolean' % text)
    return value


def _strip_quotes(text: str) -> str:
    return text.strip('"')


def _to_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode('utf-8')
    raise ClientError('%r cannot be sent where a text is expected' % (value,))


TEXT = Kind(_as_is, _to_text, text=True)
KEY = Kind(_as_is, _to_text, text=True, load_encoded=_unquote)
ETAG = Kind(_strip_quotes, lambda value: '"%s"' % _strip_quotes(_to_text(value)), text=True)
INT = Kind(int, str)
FLOAT = Kind(float, str)
BOOL = Kind(_to_bool, lambda value: str(value).lower())
# As 2.19.1 sends these: True and False.
YES = Kind(_to_bool, str)
# Any value, kept as text when it is read.
WORD = Kind(_as_is, str, text=True)
TIME = Kind(iso8601_to_unixtime, unixtime_to_iso8601)
DATE = Kind(iso8601_to_date, date_to_iso8601)

# Fields

ABSENT: Any = object()


class Field:
    """What the declaration of one attribute says; made by :func:`one`, :func:`many`, :func:`plain`, :func:`header`."""

    __slots__ = ('absent', 'alias', 'blank', 'default', 'factory', 'header', 'if_none', 'init', 'kind', 'many', 'name',
                 'path', 'required', 'sent')

    def __init__(self, path: Optional[str], kind: Any, many: bool = False, default: Any = ABSENT,
                 factory: Optional[Callable[[], Any]] = None, absent: Any = ABSENT, required: bool = False,
                 if_none: Optional[str] = None, blank: bool = True, sent: bool = True, init: bool = True,
                 alias: str = '', header: str = '') -> None:
        self.name = ''
        self.sent = sent
        self.alias = alias
        self.path = path
        self.kind = kind
        self.many = many
        self.default = default
        self.factory = factory
        self.absent = absent
        self.required = required
        self.if_none = if_none
        self.blank = blank
        self.init = init
        self.header = header

    @property
    def initial(self) -> Any:
        """The value in an object that nothing was loaded into."""
        if self.factory is not None:
            return self.factory()
        return [] if self.many else None if self.default is ABSENT else self.default

    @property
    def when_absent(self) -> Any:
        """The value in an object that was loaded from a document without the element."""
        if self.absent is not ABSENT:
            return self.absent
        return None if self.default is ABSENT else self.default


def one(path: str, kind: Any = TEXT, *, default: Any = ABSENT, factory: Optional[Callable[[], Any]] = None,
        absent: Any = ABSENT, required: bool = False, if_none: Optional[str] = None, blank: bool = True,
        sent: bool = True, init: bool = True, alias: str = '') -> Any:
    """Declare an attribute that one element holds.

    :param path: tags from the element of the object down, ``.`` for its own text
    :param kind: a :class:`Kind`, or the class of the object that the element holds
    :param default: the constructor's default; without it and ``factory`` the constructor demands the attribute
    :param factory: makes the value when the constructor is given None
    :param absent: the value when a document lacks the element; `default` if not given, None without that
    :param required: a document that lacks it cannot be loaded
    :param if_none: the text to send for None; without it there is no such element then
    :param blank: an empty text is sent
    :param sent: it is sent at all
    :param init: the constructor takes it
    :param alias: its name in the constructor, if not that of the attribute
    """
    return Field(path, kind, False, default, factory, absent, required, if_none, blank, sent, init, alias)


def many(path: str, kind: Any = TEXT, *, default: Any = ABSENT, factory: Optional[Callable[[], Any]] = None,
         absent: Any = ABSENT, init: bool = True, alias: str = '') -> Any:
    """Declare a list, one item for each element at `path`; ``a[]/b`` takes the first ``b`` of each ``a``."""
    return Field(path, kind, True, default, factory, absent, init=init, alias=alias)


def plain(*, default: Any = ABSENT, factory: Optional[Callable[[], Any]] = None, init: bool = True,
          alias: str = '') -> Any:
    """Declare an attribute that no document holds."""
    return Field(None, TEXT, False, default, factory, init=init, alias=alias)


def header(name: str, load: Callable[[Any], Any] = _as_is) -> Any:
    """Declare an attribute that a header of the response holds; None if there is no such header."""
    return Field(None, Kind(load, str), init=False, header=name)


# Plans for reading: an object's elements by tag, each with what to do

_LEAF_TEXT, _LEAF_CONVERTED, _LEAF_VALUE, _INSIDE, _OBJECT, _ITEM, _ITEM_OBJECT, _ITEM_INSIDE = range(8)
_Steps = Dict[str, Tuple[int, str, Any]]


class Plan:
    """A class's declarations, arranged for loading its objects."""

    __slots__ = ('absent', 'cls', 'factories', 'lists', 'loaded', 'own_text', 'required', 'steps')

    def __init__(self, cls: Type[Any], encoded: bool) -> None:
        self.cls = cls
        self.steps: _Steps = {}
        self.absent: Dict[str, Any] = {}
        self.factories: List[Tuple[str, Callable[[], Any]]] = []
        self.lists: List[Tuple[str, Any]] = []
        self.required: List[Field] = []
        self.own_text: Optional[Field] = None
        self.loaded: Optional[Callable[[Any], None]] = getattr(cls, '_loaded', None)
        for field in cls._fields:
            if not field.header:
                self._add(field, encoded)

    def _add(self, field: Field, encoded: bool) -> None:
        self.absent[field.name] = ABSENT if field.required else field.when_absent
        if field.required:
            self.required.append(field)
        if field.many:
            self.lists.append((field.name, field.absent))
        elif field.factory and field.absent is ABSENT:
            self.factories.append((field.name, field.factory))
        if field.path == '.':
            self.own_text = field
        elif field.path:
            _add_step(self.steps, field, field.path.split('/'), encoded)

    def load(self, element: Element) -> Any:
        """A new object with what `element` holds; no constructor runs."""
        result = self.cls.__new__(self.cls)
        result.__dict__ = self.values(element)
        if self.loaded is not None:
            self.loaded(result)
        return result

    def values(self, element: Element) -> Dict[str, Any]:
        """The attributes that `element` and the defaults give."""
        values = self.absent.copy()
        for name, _ in self.lists:
            values[name] = []
        for name, factory in self.factories:
            values[name] = factory()
        _walk(element, self.steps, values)
        for name, absent in self.lists:
            values[name].reverse()
            if absent is not ABSENT and not values[name]:
                values[name] = absent
        if self.own_text is not None and element.text is not None:
            values[self.own_text.name] = self.own_text.kind.load(element.text)
        for field in self.required:
            if values[field.name] is ABSENT:
                raise ResponseFormatError('parse xml: %s could not be found under %s' % (field.path, element.tag))
        return values


def _walk(element: Element, steps: _Steps, values: Dict[str, Any]) -> None:
    """Load an element's children, last to first: of several elements where one should be, the first counts."""
    for child in element[::-1]:
        step = steps.get(child.tag)
        if step is None:
            continue
        what, name, how = step
        if what == _LEAF_TEXT:
            values[name] = child.text or ''
        elif what == _LEAF_CONVERTED:
            values[name] = how(child.text or '')
        elif what == _LEAF_VALUE:
            if child.text:
                values[name] = how(child.text)
        elif what == _ITEM_OBJECT:
            values[name].append(how.load(child))
        elif what == _OBJECT:
            values[name] = how.load(child)
        elif what == _INSIDE:
            _walk(child, how, values)
        elif what == _ITEM:
            values[name].append(how(child.text or ''))
        else:
            item: Dict[str, Any] = {}
            _walk(child, how, item)
            if item:
                values[name].append(item[name])


def _add_step(steps: _Steps, field: Field, path: Sequence[str], encoded: bool, item: bool = False) -> None:
    tag, rest = path[0], path[1:]
    if tag.endswith('[]'):
        inside: _Steps = {}
        _add_step(inside, field, rest, encoded, item=True)
        steps[tag[:-2]] = (_ITEM_INSIDE, field.name, inside)
    elif rest:
        _, _, deeper = steps.setdefault(tag, (_INSIDE, '', {}))
        _add_step(deeper, field, rest, encoded, item)
    elif not isinstance(field.kind, Kind):
        what = _ITEM_OBJECT if field.many and not item else _OBJECT
        steps[tag] = (what, field.name, plan_of(field.kind, encoded))
    else:
        load = field.kind.load_encoded if encoded and field.kind.load_encoded else field.kind.load
        if field.many and not item:
            what = _ITEM
        elif load is _as_is:
            what = _LEAF_TEXT
        else:
            what = _LEAF_CONVERTED if field.kind.text else _LEAF_VALUE
        steps[tag] = (what, field.name, load)


def plan_of(cls: Type[Any], encoded: bool = False) -> Plan:
    """The class's plan, made at its first use.

    :param encoded: for documents that say ``<EncodingType>url</EncodingType>``
    """
    name = '_plan_encoded' if encoded else '_plan'
    plan = cls.__dict__.get(name)
    if plan is None:
        plan = Plan(cls, encoded)
        setattr(cls, name, plan)
    return plan  # type: ignore[no-any-return]


def load_into(result: Any, body: Document, cls: Type[Any]) -> None:
    """Set the attributes of `result` from a document.

    :param cls: whose declarations count if `result` is of some other kind
    :raises ResponseFormatError: the document cannot be read as what the class declares
    """
    try:
        root = parse_document(body)
        plan = plan_of(type(result) if isinstance(result, cls) else cls, root.findtext('EncodingType') == 'url')
        result.__dict__.update(plan.values(root))
        if plan.loaded is not None:
            plan.loaded(result)
    except ResponseFormatError as exc:
        exc.add_answer(getattr(result, 'headers', {}), body)
        raise
    except (ValueError, OverflowError) as exc:
        raise ResponseFormatError('parse xml: %s' % exc, getattr(result, 'headers', {}), body) from exc


# Writing documents

_UNWRITABLE = '[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]'
_SPECIAL = re.compile('[&<>\r]|' + _UNWRITABLE)
_ESCAPES = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;'}


def is_xml_text(text: str) -> bool:
    """Whether XML can carry `text`: most control characters it cannot, however they are written."""
    return re.search(_UNWRITABLE, text) is None


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


class _Node:
    """An element to write: the value of a field, or what surrounds those of `children`."""

    __slots__ = ('children', 'field', 'keep', 'sends', 'tag')

    def __init__(self, tag: str, field: Optional[Field], cls: Type[Any]) -> None:
        self.tag = tag
        self.field = field
        self.keep = tag in cls._kept
        self.sends: Optional[Callable[[Any, str], bool]] = getattr(cls, '_sends', None)
        self.children: List['_Node'] = []

    def write(self, obj: Any, out: List[str]) -> None:
        if self.field is None:
            _write_around(self.tag, self.children, obj, out, self.keep)
            return
        if self.sends is not None and not self.sends(obj, self.field.name):
            return
        value = getattr(obj, self.field.name)
        if self.field.many:
            for item in value or ():
                _write_value(self.tag, self.field.kind, item, out)
        elif value is not None and (self.field.blank or value != ''):
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
    own_text = next((field for field in cls._fields if field.path == '.'), None)
    if own_text is not None:
        _write_value(cls._root, own_text.kind, getattr(obj, own_text.name) or '', out)
    else:
        _write_around(cls._root, _nodes_of(cls), obj, out, keep=True)
    return ''.join(out).encode('utf-8')
