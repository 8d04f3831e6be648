"""Ranges as header values. ``values.json`` holds what oss2 2.19.1 makes of the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oss2 import api, utils
from oss2.exceptions import ClientError

RECORDED = json.loads(Path(__file__).with_name('values.json').read_text(encoding='utf-8'))['ranges']
FUNCTIONS = [api._make_range_string, utils._make_line_range_string, utils._make_split_range_string]


@pytest.mark.parametrize(
    ('pair', 'expected'), [(row[0], row[1:]) for row in RECORDED], ids=lambda value: type(value).__name__
)
def test_ranges_are_those_of_upstream(pair, expected):
    for kind in (list, tuple):
        given = pair if pair is None else kind(pair)
        assert [function(given) for function in FUNCTIONS] == expected


def test_numbers_of_other_kinds():
    class Number:
        def __index__(self):
            return 5

        def __ge__(self, other):
            return int(other) <= 5

        def __lt__(self, other):
            return int(other) > 5

        def __gt__(self, other):
            return int(other) < 5

        def __str__(self):
            return '5'

    assert api._make_range_string((Number(), 10)) == 'bytes=5-10'
    assert api._make_range_string((0, 10**15)) == 'bytes=0-1000000000000000'


@pytest.mark.parametrize('function', FUNCTIONS)
@pytest.mark.parametrize(
    'wrong',
    [
        (5, 2),
        (-1, 3),
        (0, -1),
        (0.5, 1),
        (0,),
        (1, 2, 3),
        5,
        'bytes=0-1',
        (True, 2),
        (None, None, None),
        {},
        set(),
        b'01',
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_range(function, wrong):
    with pytest.raises(ClientError) as caught:
        function(wrong)
    assert repr(wrong) in caught.value.message
