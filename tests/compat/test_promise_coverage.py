"""Every row of promises.tsv has a test that is marked with it, and no test is marked with a row that is not there."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path
from typing import Iterator, List, NamedTuple, Tuple

import pytest
from promised import promises

TESTS = Path(__file__).parent.parent


class Mark(NamedTuple):
    """A use of the marker, and whether it is on a test: above one, or among the marks of a parameter."""

    where: str
    rows: List[str]
    is_on_a_test: bool


def is_marker(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == 'promise'


def places_for_marks(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef) and node.name.startswith('test'):
        yield from node.decorator_list
    if isinstance(node, ast.keyword) and node.arg == 'marks':
        yield from ast.walk(node.value)


def marks(source: str, where: str) -> Iterator[Mark]:
    nodes = list(ast.walk(ast.parse(source)))
    on_tests = {id(place) for node in nodes for place in places_for_marks(node)}
    for node in filter(is_marker, nodes):
        rows = [argument.value if isinstance(argument, ast.Constant) else ast.dump(argument) for argument in node.args]
        yield Mark('%s:%d' % (where, node.lineno), rows, id(node) in on_tests)


@lru_cache(maxsize=None)
def all_marks() -> List[Mark]:
    """Read from the files of the whole suite, whichever tests of it are being run."""
    return [mark for path in sorted(TESTS.rglob('*.py'))
            for mark in marks(path.read_text(encoding='utf-8'), str(path.relative_to(TESTS)))]


def test_every_promise_has_a_test() -> None:
    proven = {row for mark in all_marks() if mark.is_on_a_test for row in mark.rows}
    missing = ['%s %s' % (promise.id, promise.text) for promise in promises() if promise.id not in proven]
    assert not missing, '\n'.join(['promises without a test:', *missing])


def test_every_mark_is_on_a_test_and_names_rows() -> None:
    known = {promise.id for promise in promises()}
    wrong = ['%s: %s' % (mark.where, row) for mark in all_marks() for row in mark.rows if row not in known]
    wrong += ['%s: on no test' % mark.where for mark in all_marks() if not mark.is_on_a_test or not mark.rows]
    assert not wrong, '\n'.join(wrong)


def test_the_rows_are_numbered_without_gaps() -> None:
    assert [promise.id for promise in promises()] == ['S%03d' % number for number in range(1, 349)]
    assert all(promise.kind and promise.text for promise in promises())


@pytest.mark.parametrize(('source', 'found'), [
    ("@pytest.mark.promise('S001', 'S002')\ndef test_it(): pass", [(['S001', 'S002'], True)]),
    ("@pytest.mark.promise('S001')\n@other\nclass TestIt: pass", [(['S001'], False)]),
    ("@pytest.mark.promise('S001')\ndef helper(): pass", [(['S001'], False)]),
    ("CASES = [pytest.param(1, marks=[pytest.mark.promise('S001')]), pytest.param(2)]", [(['S001'], True)]),
    ("pytest.mark.promise('S001')", [(['S001'], False)]),
    ("def test_it(): pass", []),
])
def test_how_marks_are_found(source: str, found: List[Tuple[List[str], bool]]) -> None:
    assert [(mark.rows, mark.is_on_a_test) for mark in marks(source, '')] == found
