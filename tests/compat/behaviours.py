"""behaviours.tsv: what bit the users of oss2 2.19.1, what this library does, and the tests that show it."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Dict, List, NamedTuple

from marks import TESTS, all_marks

sys.path.append(str(TESTS / 'oracle'))

from outcomes import function, read

FILE = TESTS / 'compat' / 'behaviours.tsv'
NOTHING = '-'


class Behaviour(NamedTuple):
    """A row.

    :param before: how to have upstream's behaviour, '-' if there is no way or no reason
    :param unseen: why no test can show what upstream does, '-' if one does
    """

    id: str
    upstream: str
    here: str
    reason: str
    before: str
    unseen: str


@lru_cache(maxsize=None)
def behaviours() -> List[Behaviour]:
    return [Behaviour(*line.split('\t')) for line in FILE.read_text(encoding='utf-8').splitlines()]


@lru_cache(maxsize=None)
def outcomes_of_functions() -> Dict[str, List[str]]:
    """With 2.19.1, of all cases of a test."""
    found: Dict[str, List[str]] = {}
    for node, outcome in read().items():
        found.setdefault(function(node), []).append(outcome)
    return found


def tests_of(row: str) -> List[str]:
    return sorted({node for mark in all_marks('behaviour') if row in map(str, mark.rows) for node in mark.nodes})


def seen(row: str) -> str:
    """What the tests of a row show of 2.19.1: a test that fails there, else what is not there, else ''."""
    outcomes = outcomes_of_functions()
    for node in tests_of(row):
        if any(outcome.startswith('failed') for outcome in outcomes.get(node, ())):
            return '`%s` fails' % node.rpartition('::')[2]
    for node in tests_of(row):
        for outcome in outcomes.get(node, ()):
            if outcome.startswith('beyond'):
                return '`%s` is not there' % outcome.partition(': ')[2]
    return ''


def table() -> List[str]:
    lines = ['| | oss2 2.19.1 | this library | why | to have the old behaviour | seen with 2.19.1 |', '|-' * 6 + '|']
    for row in behaviours():
        before = '' if row.before == NOTHING else row.before
        unseen = '' if row.unseen == NOTHING else row.unseen
        lines.append('| ' + ' | '.join(
            [row.id, row.upstream, row.here, row.reason, before, seen(row.id) or unseen]) + ' |')
    return lines
