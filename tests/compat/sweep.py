"""Every small damage to a document, and what a parse function then makes of it."""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ElementTree
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

from compare import compare


def sweep(parse: Callable[[Any], Any], document: str) -> Dict[str, Any]:
    """Damage -> the places where the result is not that of the whole document, or what is raised."""
    whole = _outcome(parse, ElementTree.fromstring(document))
    found: Dict[str, Any] = {}
    for name, damaged in damages(document):
        outcome = _outcome(parse, damaged)
        if set(outcome) == set(whole) == {'result'}:
            found[name] = {d.at or '/': d.ours for d in compare(whole['result'], outcome['result'], exact=True)}
        else:
            found[name] = outcome
    return {'whole': whole, 'damaged': {name: value for name, value in found.items() if value != {}}}


def _outcome(parse: Callable[[Any], Any], root: ElementTree.Element) -> Dict[str, Any]:
    try:
        return {'result': parse(root)}
    except Exception as e:
        return {'raises': type(e).__name__}


def damages(document: str) -> Iterator[Tuple[str, ElementTree.Element]]:
    """The first element of every path left out, emptied, garbled, padded with spaces or doubled."""
    root = ElementTree.fromstring(document)
    yield 'empty document', ElementTree.Element(root.tag)
    for path, index in _paths(root):
        for name, change in (
            ('without', _remove),
            ('emptied', _empty),
            ('garbled', _garble),
            ('padded', _pad),
            ('doubled', _double),
        ):
            damaged = copy.deepcopy(root)
            parent = damaged
            for step in index[:-1]:
                parent = parent[step]
            if change(parent, index[-1]):
                yield '%s %s' % (name, path), damaged


def _paths(root: ElementTree.Element) -> List[Tuple[str, List[int]]]:
    found: Dict[str, List[int]] = {}

    def walk(element: ElementTree.Element, path: str, index: List[int]) -> None:
        for i, child in enumerate(element):
            there = path + '/' + child.tag if path else child.tag
            found.setdefault(there, index + [i])
            walk(child, there, index + [i])

    walk(root, '', [])
    return list(found.items())


def _remove(parent: ElementTree.Element, i: int) -> Optional[bool]:
    parent.remove(parent[i])
    return True


def _empty(parent: ElementTree.Element, i: int) -> Optional[bool]:
    tail, tag = parent[i].tail, parent[i].tag
    parent[i].clear()
    parent[i].tail, parent[i].tag = tail, tag
    return True


def _garble(parent: ElementTree.Element, i: int) -> Optional[bool]:
    if len(parent[i]):
        return False
    parent[i].text = '?'
    return True


def _pad(parent: ElementTree.Element, i: int) -> Optional[bool]:
    if len(parent[i]):
        return False
    parent[i].text = '\n %s ' % (parent[i].text or '')
    return True


def _double(parent: ElementTree.Element, i: int) -> Optional[bool]:
    parent.insert(i, copy.deepcopy(parent[i]))
    return True
