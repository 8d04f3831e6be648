"""Rows: long lists in documents, read without building a tree of their elements.

Almost all of a page of a listing is elements of one shape, such as a thousand of::

    <Contents><Key>a</Key><LastModified>2012-02-24T08:43:07.000Z</LastModified>...</Contents>

Such a stretch is matched row after row with a regular expression that is made from the first row. The expression
takes nothing but that shape with plain texts in it, so what it matches is well-formed; the rest of the document goes
through the parser, with one empty element in place of the stretch. Whatever does not fit makes the caller use the
parser for all of it.
"""
from __future__ import annotations

import re
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple
from xml.etree.ElementTree import Element

_TAG = re.compile(r'<([^<>]*)>')
_PLAIN_TAG = re.compile(r'/?[A-Za-z][A-Za-z0-9_.-]*/?\Z')
_TEXT = '([^<]*)'
# What the parser refuses in a text, or changes.
_CONTROLS = bytes((*range(9), *range(11, 32)))
_NO_TEXTS = (']]', '\ufffe', '\uffff')
_OTHER_ENTITY = re.compile('&(?!(?:amp|lt|gt|quot|apos);)')
_SPACE = r'[ \t\n]*'
_ENTITIES = (('&lt;', '<'), ('&gt;', '>'), ('&quot;', '"'), ('&apos;', "'"), ('&amp;', '&'))

Path = Tuple[str, ...]


class Rows(NamedTuple):
    """Rows of one shape: where each text of a row stands, and the texts of all rows."""

    tag: str
    paths: Tuple[Path, ...]
    texts: List[Tuple[str, ...]]
    has_entities: bool

    def columns(self) -> List[Sequence[str]]:
        """The texts by their paths."""
        columns: List[Sequence[str]] = list(zip(*self.texts))
        return [[_unescape(text) for text in column] for column in columns] if self.has_entities else columns


class Stretch(NamedTuple):
    """A document whose long list was taken out."""

    rest: str
    rows: List[Rows]


class _Shape(NamedTuple):
    tag: str
    paths: Tuple[Path, ...]
    match: Any


_shapes: Dict[Tuple[str, ...], Optional[_Shape]] = {}


def take_rows(text: str, tags: Tuple[str, ...]) -> Optional[Stretch]:
    """Take the elements of `tags` out of a document, None if they are not as described above."""
    start = min((place for place in (text.find('<%s>' % tag) for tag in tags) if place >= 0), default=-1)
    if start < 0 or not _is_plain(text):
        return None
    rows: List[Rows] = []
    place = start
    has_entities = '&' in text
    latest: Dict[str, Tuple[_Shape, Rows]] = {}
    shape: Optional[_Shape] = None
    while True:
        found = shape.match(text, place) if shape else None
        if found is None:
            shape, found = _next_shape(text, place, tags, [known for known, _ in latest.values()])
            if shape is None:
                break
            if shape.tag not in latest or latest[shape.tag][0] is not shape:
                latest[shape.tag] = shape, Rows(shape.tag, shape.paths, [], has_entities)
                rows.append(latest[shape.tag][1])
            texts = latest[shape.tag][1].texts
        texts.append(found.groups())
        place = found.end()
    if not rows:
        return None
    before, after = text[:start], text[place:]
    if _may_hide_rows(before) or _may_hide_rows(after):
        return None
    left = ''.join('<%s/>' % tag for tag in dict.fromkeys(r.tag for r in rows))
    return Stretch(before + left + after, rows)


def _next_shape(text: str, place: int, tags: Tuple[str, ...], known: List[_Shape]) -> Tuple[Optional[_Shape], Any]:
    """The shape of the row that begins at `place` and its match, None if there is none.

    :param known: shapes to try first: rows of two kinds may take turns
    """
    for shape in known:
        found = shape.match(text, place)
        if found is not None:
            return shape, found
    new = _shape_at(text, place, tags)
    found = new.match(text, place) if new else None
    return (new, found) if found is not None else (None, None)


def _may_hide_rows(text: str) -> bool:
    """Whether comments, CDATA or instructions, other than a declaration at the beginning, are in a text."""
    return '<!' in text or text.find('<?', 1) >= 0 or (text.startswith('<?') and '?>' not in text)


def _is_plain(text: str) -> bool:
    """Whether the texts between tags are what they look like, but for the common entities."""
    encoded = text.encode('utf-8', 'surrogatepass')
    return (len(encoded.translate(None, _CONTROLS)) == len(encoded) and not _OTHER_ENTITY.search(text)
            and not any(characters in text for characters in _NO_TEXTS))


def take_places(root: Element, stretch: Stretch) -> bool:
    """Remove the elements that stand for the rows; False if there are others of their kind, or they stand elsewhere."""
    for tag in {r.tag for r in stretch.rows}:
        places = root.findall(tag)
        if len(places) != 1 or sum(1 for _ in root.iter(tag)) != 1:
            return False
        root.remove(places[0])
    return True


def _unescape(text: str) -> str:
    if '&' in text:
        for entity, character in _ENTITIES:
            text = text.replace(entity, character)
    return text


def _shape_at(text: str, place: int, tags: Tuple[str, ...]) -> Optional[_Shape]:
    """The shape of the row that begins at `place`, None if there is none, or not a plain one."""
    for tag in tags:
        if text.startswith('<%s>' % tag, place):
            end = text.find('</%s>' % tag, place)
            break
    else:
        return None
    if end < 0 or end - place > 65536:
        return None
    key = tuple(_TAG.findall(text, place, end))
    if key not in _shapes:
        if len(_shapes) >= 256:
            _shapes.clear()
        _shapes[key] = _new_shape(key)
    return _shapes[key]


def _new_shape(tags: Tuple[str, ...]) -> Optional[_Shape]:
    """The shape of a row with these tags, the first one opening the row, whose closing tag follows them."""
    row = tags[0]
    pattern = ['<%s>' % row]
    paths: List[Path] = []
    inside: List[str] = []
    containers = set()
    rest = [*tags[1:], '/' + row]
    for index, tag in enumerate(rest):
        if not _PLAIN_TAG.match(tag):
            return None
        if not tag.startswith('/'):
            pattern.append(_SPACE + '<%s>' % tag)
            if tag.endswith('/'):
                pattern.append('()')
                paths.append((*inside, tag[:-1]))
                continue
            inside.append(tag)
            if tuple(inside) in containers:
                return None
        elif tag[1:] != (inside[-1] if inside else row):
            return None
        elif inside and rest[index - 1] == inside[-1]:  # an element that was just opened holds a text
            pattern.append(_TEXT + '<%s>' % tag)
            paths.append(tuple(inside))
            inside.pop()
        else:
            pattern.append(_SPACE + '<%s>' % tag)
            containers.add(tuple(inside))
            del inside[-1:]
    if inside or len(set(paths)) < len(paths):
        return None
    return _Shape(row, tuple(paths), re.compile(''.join(pattern) + _SPACE).match)
