"""The tests' markers ``promise`` and ``behaviour``, read from the files, whichever tests are being run."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterator, List, NamedTuple, Sequence, Tuple

TESTS = Path(__file__).resolve().parent.parent


class Mark(NamedTuple):
    """A use of a marker.

    :param tests: those that it marks: one below it, or all of a class or a module; '' for one whose parameter it is on
    """

    path: str
    line: int
    rows: List[Any]
    tests: List[str]

    @property
    def where(self) -> str:
        return '%s:%d' % (self.path, self.line)

    @property
    def nodes(self) -> List[str]:
        """The tests as pytest calls them."""
        return ['%s::%s' % (self.path, test) for test in self.tests if test]


def _is_marker(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name


def _tests(node: ast.AST, inside: str) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef) and child.name.startswith('test'):
            yield inside + child.name
        elif isinstance(child, ast.ClassDef):
            yield from _tests(child, '%s%s::' % (inside, child.name))


def _places(node: ast.AST, inside: str) -> Iterator[Tuple[ast.AST, List[str]]]:
    """Where marks may stand, each with the tests that they mark."""
    for child in ast.iter_child_nodes(node):
        below = inside
        if isinstance(child, ast.FunctionDef) and child.name.startswith('test'):
            for decorator in child.decorator_list:
                yield decorator, [inside + child.name]
        elif isinstance(child, ast.ClassDef):
            below = '%s%s::' % (inside, child.name)
            for decorator in child.decorator_list:
                yield decorator, list(_tests(child, below))
        elif isinstance(child, ast.Assign) and [ast.dump(one) for one in child.targets] == [_PYTESTMARK]:
            for part in ast.walk(child.value):
                yield part, list(_tests(node, inside))
        elif isinstance(child, ast.keyword) and child.arg == 'marks':
            for part in ast.walk(child.value):
                yield part, ['']
        yield from _places(child, below)


_PYTESTMARK = ast.dump(ast.Name(id='pytestmark', ctx=ast.Store()))


def marks(name: str, source: str, path: str) -> Iterator[Mark]:
    if name not in source:
        return
    tree = ast.parse(source)
    marked = {id(place): tests for place, tests in _places(tree, '')}
    for node in ast.walk(tree):
        if _is_marker(node, name):
            assert isinstance(node, ast.Call)
            rows = [one.value if isinstance(one, ast.Constant) else ast.dump(one) for one in node.args]
            yield Mark(path, node.lineno, rows, marked.get(id(node), []))


@lru_cache(maxsize=None)
def all_marks(name: str) -> Sequence[Mark]:
    return [mark for path in sorted(TESTS.rglob('*.py'))
            for mark in marks(name, path.read_text(encoding='utf-8'), path.relative_to(TESTS).as_posix())]
