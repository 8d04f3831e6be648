"""Every row of behaviours.tsv has a test that is marked with it, and where upstream can show it, it does."""

from __future__ import annotations

from behaviours import NOTHING, behaviours, seen
from marks import all_marks


def test_every_behaviour_has_a_test() -> None:
    shown = {str(row) for mark in all_marks('behaviour') if mark.tests for row in mark.rows}
    missing = ['%s %s' % (row.id, row.here) for row in behaviours() if row.id not in shown]
    assert not missing, '\n'.join(['behaviours without a test:', *missing])


def test_every_mark_is_on_a_test_and_names_rows() -> None:
    known = {int(row.id) if row.id.isdigit() else row.id for row in behaviours()}
    marks = all_marks('behaviour')
    wrong = ['%s: %s' % (mark.where, row) for mark in marks for row in mark.rows if row not in known]
    wrong += ['%s: on no test' % mark.where for mark in marks if not mark.tests or not mark.rows]
    assert not wrong, '\n'.join(wrong)


def test_the_rows_are_numbered_without_gaps() -> None:
    assert [row.id for row in behaviours()] == [str(number) for number in range(1, 51)] + [
        'D%d' % number for number in range(1, 19)]
    assert all(row.upstream and row.here and row.reason and row.before and row.unseen for row in behaviours())


def test_upstream_shows_each_row_or_it_is_said_why_not() -> None:
    wrong = ['%s: no marked test fails with 2.19.1' % row.id
             for row in behaviours() if not seen(row.id) and row.unseen == NOTHING]
    wrong += ['%s: %s' % (row.id, seen(row.id)) for row in behaviours() if seen(row.id) and row.unseen != NOTHING]
    assert not wrong, '\n'.join(['run tests/oracle/record.py, or mend behaviours.tsv:', *wrong])
