"""Every row of promises.tsv has a test that is marked with it, and no test is marked with a row that is not there."""

from __future__ import annotations

from typing import List, Tuple

import pytest
from marks import all_marks, marks
from promised import promises


def test_every_promise_has_a_test() -> None:
    proven = {row for mark in all_marks('promise') if mark.tests for row in mark.rows}
    missing = ['%s %s' % (promise.id, promise.text) for promise in promises() if promise.id not in proven]
    assert not missing, '\n'.join(['promises without a test:', *missing])


def test_every_mark_is_on_a_test_and_names_rows() -> None:
    known = {promise.id for promise in promises()}
    wrong = ['%s: %s' % (mark.where, row) for mark in all_marks('promise') for row in mark.rows if row not in known]
    wrong += ['%s: on no test' % mark.where for mark in all_marks('promise') if not mark.tests or not mark.rows]
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
    assert [(mark.rows, bool(mark.tests)) for mark in marks('promise', source, '')] == found
