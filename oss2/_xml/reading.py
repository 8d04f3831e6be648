"""Reading: objects of documents."""
from __future__ import annotations

from itertools import repeat
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Type
from xml.etree.ElementTree import Element

from .documents import Document, ResponseFormatError, parse_document, utf8_text
from .fields import ABSENT, Field, Kind, as_is
from .rows import Path, take_places, take_rows

# What to do with an element, by its tag.
_LEAF_TEXT, _LEAF_CONVERTED, _LEAF_VALUE, _INSIDE, _OBJECT, _ITEM, _ITEM_OBJECT, _ITEM_INSIDE = range(8)
_LEAVES = frozenset((_LEAF_TEXT, _LEAF_CONVERTED, _LEAF_VALUE))
_NOTHING = (_LEAF_TEXT, '', None)
_Steps = Dict[str, Tuple[int, str, Any]]

# Documents longer than this may be lists; below, the parser is as fast.
_LONG = 8192


class Plan:
    """A class's declarations, arranged for loading its objects."""

    __slots__ = ('absent', 'cls', 'encoded', 'factories', 'lists', 'loaded', 'make', 'own', 'required', 'row_tags',
                 'steps')

    def __init__(self, cls: Type[Any], encoded: bool) -> None:
        self.cls = cls
        self.steps: _Steps = {}
        self.absent: Dict[str, Any] = {}
        self.factories: List[Tuple[str, Callable[[], Any]]] = []
        self.lists: List[Field] = []
        self.required: List[Field] = []
        self.encoded = encoded
        self.make: Optional[Callable[..., Any]] = None
        self.own: Optional[Field] = None
        self.loaded: Optional[Callable[[Any], None]] = getattr(cls, '_loaded', None)
        for field in cls._fields:
            if not field.header:
                self._add(field, encoded)
        plain_lists = {field.name for field in self.lists if field.gather is None}
        self.row_tags = tuple(tag for tag, (what, name, _) in self.steps.items()
                              if what == _ITEM_OBJECT and name in plain_lists)

    def _add(self, field: Field, encoded: bool) -> None:
        self.absent[field.name] = field.when_absent
        if field.required:
            self.required.append(field)
        if field.many:
            self.lists.append(field)
        elif callable(field.absent):
            self.factories.append((field.name, field.absent))
        elif field.factory and field.absent is ABSENT:
            self.factories.append((field.name, field.factory))
        if field.path == '.':
            self.own = field
        elif field.path:
            _add_step(self.steps, field, field.path.split('/'), encoded)

    def load(self, element: Element) -> Any:
        """A new object with what `element` holds; no constructor runs."""
        result: Any = object.__new__(self.cls)
        result.__dict__ = self.values(element)
        if self.loaded is not None:
            self.loaded(result)
        return result

    def values(self, element: Element) -> Dict[str, Any]:
        """The attributes that `element` and the defaults give."""
        values: Dict[str, Any] = {field.name: [] for field in self.lists}
        _walk(element, self.steps, values)
        if self.own is not None:
            if not isinstance(self.own.kind, Kind):
                values[self.own.name] = plan_of(self.own.kind, self.encoded).load(element)
            elif element.text is not None:
                values[self.own.name] = self.own.kind.load(element.text)
        return self.completed(values, element.tag)

    def completed(self, values: Dict[str, Any], tag: str) -> Dict[str, Any]:
        """`values` and those of the elements that were not there."""
        for field in self.required:
            if field.name not in values:
                raise ResponseFormatError('parse xml: %s could not be found under %s' % (field.path, tag))
        for field in self.lists:
            if field.gather is not None:
                values[field.name] = field.gather(values[field.name])
        for name, factory in self.factories:
            if name not in values:
                values[name] = factory()
        return {**self.absent, **values}


    def load_rows(self, paths: Sequence[Path], columns: Sequence[Sequence[str]]) -> Optional[List[Any]]:
        """The objects that the rows of a list hold, None if that takes more than their texts.

        :param paths: where the texts stand within their row
        :param columns: the texts of all rows for each path
        """
        if self.lists or self.loaded is not None or self.own is not None:
            return None
        found: Dict[str, Sequence[Any]] = {}
        deeper: Dict[str, Tuple[List[Path], List[Sequence[str]]]] = {}
        for path, column in zip(paths, columns):
            what, name, how = self.steps.get(path[0], _NOTHING)
            if what == _OBJECT and len(path) > 1:
                inner = deeper.setdefault(path[0], ([], []))
                inner[0].append(path[1:])
                inner[1].append(column)
            elif what not in _LEAVES or len(path) > 1:
                return None
            elif name:
                found[name] = self._converted(what, name, how, column)
        for tag, (inner_paths, inner_columns) in deeper.items():
            _, name, plan = self.steps[tag]
            objects = plan.load_rows(inner_paths, inner_columns)
            if objects is None or name in found:
                return None
            found[name] = objects
        if not found or any(field.name not in found for field in self.required):
            return None
        return self._objects(found, len(columns[0]))

    def _converted(self, what: int, name: str, how: Any, column: Sequence[str]) -> Sequence[Any]:
        if what == _LEAF_TEXT:
            return column
        if what == _LEAF_CONVERTED:
            return list(map(how, column))
        absent = self.absent[name]
        return [how(text) if text else absent for text in column]

    def _objects(self, found: Dict[str, Sequence[Any]], count: int) -> List[Any]:
        made = {name: [factory() for _ in range(count)] for name, factory in self.factories if name not in found}
        columns = [found.get(name) or made.get(name) or repeat(absent) for name, absent in self.absent.items()]
        if self.make is None:
            self.make = _maker(self.cls, tuple(self.absent))
        return list(map(self.make, *columns))


def _maker(cls: Type[Any], names: Sequence[str]) -> Callable[..., Any]:
    """A function that makes an object with these attributes, without its constructor: the fastest way there is."""
    parameters = ['v%d' % i for i in range(len(names))]
    lines = ['def make(%s):' % ', '.join(parameters), ' obj = new(cls)']
    lines += [' obj.%s = %s' % pair for pair in zip(names, parameters)]
    scope: Dict[str, Any] = {'new': object.__new__, 'cls': cls}
    exec('\n'.join([*lines, ' return obj']), scope)
    make: Callable[..., Any] = scope['make']
    return make


def _walk(element: Element, steps: _Steps, values: Dict[str, Any]) -> None:
    """Load an element's children; of several elements where one should be, the first counts."""
    for child in element:
        step = steps.get(child.tag)
        if step is None:
            continue
        what, name, how = step
        if what == _INSIDE:
            _walk(child, how, values)
        elif what == _ITEM_OBJECT:
            values[name].append(how.load(child))
        elif what == _ITEM:
            values[name].append(how(child.text or ''))
        elif what == _ITEM_INSIDE:
            item: Dict[str, Any] = {}
            _walk(child, how, item)
            values[name].extend(item.values())
        elif name in values:
            continue
        elif what == _LEAF_TEXT:
            values[name] = child.text or ''
        elif what == _LEAF_CONVERTED:
            values[name] = how(child.text or '')
        elif what == _OBJECT:
            values[name] = how.load(child)
        elif child.text:
            values[name] = how(child.text)


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
        elif load is as_is:
            what = _LEAF_TEXT
        else:
            what = _LEAF_CONVERTED if field.kind.text else _LEAF_VALUE
        steps[tag] = (what, field.name, load)


def plan_of(cls: Type[Any], encoded: bool = False) -> Plan:
    """The class's plan, made at its first use.

    :param encoded: for documents that say ``<EncodingType>url</EncodingType>``
    """
    name = '_plan_encoded' if encoded else '_plan'
    plan: Optional[Plan] = cls.__dict__.get(name)
    if plan is None:
        plan = Plan(cls, encoded)
        setattr(cls, name, plan)
    return plan


def load_into(result: Any, body: Document, cls: Type[Any]) -> None:
    """Set the attributes of `result` from a document.

    :param cls: whose declarations count
    :raises ResponseFormatError: the document cannot be read as what the class declares
    """
    try:
        values = _values_of_rows(body, cls) if len(body) > _LONG else None
        if values is None:
            root = parse_document(body)
            values = plan_of(cls, _is_encoded(root)).values(root)
        result.__dict__.update(values)
        loaded = plan_of(cls).loaded
        if loaded is not None:
            loaded(result)
    except ResponseFormatError as exc:
        exc.add_answer(getattr(result, 'headers', {}), body)
        raise
    except (ValueError, OverflowError) as exc:
        raise ResponseFormatError('parse xml: %s' % exc, getattr(result, 'headers', {}), body) from exc


def _is_encoded(root: Element) -> bool:
    return root.findtext('EncodingType') == 'url'


def _values_of_rows(body: Document, cls: Type[Any]) -> Optional[Dict[str, Any]]:
    """The attributes that a document with a long list gives, None if it is to be read in the ordinary way."""
    tags = plan_of(cls).row_tags
    text = utf8_text(body) if tags else None
    stretch = take_rows(text, tags) if text else None
    if stretch is None:
        return None
    root = parse_document(stretch.rest)
    if not take_places(root, stretch):
        return None
    plan = plan_of(cls, _is_encoded(root))
    lists: Dict[str, List[Any]] = {}
    for rows in stretch.rows:
        _, name, row_plan = plan.steps[rows.tag]
        objects = row_plan.load_rows(rows.paths, rows.columns())
        if objects is None:
            return None
        lists.setdefault(name, []).extend(objects)
    return {**plan.values(root), **lists}
