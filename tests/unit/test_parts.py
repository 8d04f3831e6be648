"""Planning of transfers in parts."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oss2
from oss2 import resumable
from oss2._parts import missing_parts, part_count, planned_part
from oss2.resumable import _determine_part_size_internal, _PartToProcess, _split_to_parts, determine_part_size

SIZES = st.integers(1, 10 ** 6)


@given(total=SIZES, part_size=st.integers(1000, 10 ** 6))
def test_the_parts_cover_every_byte_once(total, part_size):
    parts = _split_to_parts(total, part_size)
    assert [part.part_number for part in parts] == list(range(1, len(parts) + 1))
    assert parts[0].start == 0
    assert parts[-1].end == total
    for before, after in zip(parts, parts[1:]):
        assert before.end == after.start
        assert before.size == part_size
    assert 1 <= parts[-1].size <= part_size
    assert len(parts) == part_count(total, part_size)
    assert parts == [planned_part(part.part_number, total, part_size) for part in parts]


def test_nothing_is_one_empty_part():
    part, = _split_to_parts(0, 0)
    assert (part.part_number, part.start, part.end, part.size) == (1, 0, 0, 0)
    assert part_count(0, 0) == 1


@given(total=SIZES, part_size=st.integers(1000, 10 ** 6), data=st.data())
@pytest.mark.behaviour(14)
def test_what_is_missing_and_what_is_done_are_all(total, part_size, data):
    numbers = set(range(1, part_count(total, part_size) + 1))
    done = data.draw(st.sets(st.sampled_from(sorted(numbers))))
    assert {part.part_number for part in missing_parts(total, part_size, done)} == numbers - done


@given(total=st.integers(0, 1 << 50), preferred=st.integers(1, 1 << 40))
def test_an_upload_has_parts_that_oss_takes(total, preferred):
    size = determine_part_size(total, preferred)
    if size < total:
        assert size >= oss2.defaults.min_part_size
        assert size % preferred == 0
    assert part_count(total, size) <= oss2.defaults.max_part_count


@given(total=st.integers(0, 1 << 50), preferred=st.integers(1, 1 << 40), most=st.integers(1, 100000))
def test_there_are_never_more_parts_than_may_be(total, preferred, most):
    assert part_count(total, _determine_part_size_internal(total, preferred, most)) <= most


def test_the_limits_are_read_when_they_are_needed(monkeypatch):
    monkeypatch.setattr(oss2.defaults, 'part_size', 1000)
    monkeypatch.setattr(oss2.defaults, 'min_part_size', 10)
    assert determine_part_size(5000) == 1000
    monkeypatch.setattr(oss2.defaults, 'max_part_count', 2)
    assert determine_part_size(5000) == 4000


@pytest.mark.parametrize('size', [0, -1])
def test_a_part_size_that_is_none(size):
    with pytest.raises(oss2.exceptions.ClientError, match='part_size'):
        _determine_part_size_internal(100, size, 10)


def test_parts_are_values():
    part = _PartToProcess(1, 0, 100, 5)
    assert part == _PartToProcess(1, 0, 100)
    assert hash(part) == hash(_PartToProcess(1, 0, 100))
    assert len({part, _PartToProcess(1, 0, 100), _PartToProcess(1, 0, 99), _PartToProcess(2, 0, 100)}) == 3
    assert part != (1, 0, 100)
    assert (part.size, part.part_crc) == (100, 5)
    assert part._PartToProcess__key == (1, 0, 100)


HEADERS = {'X-Oss-Meta-A': 'b', 'x-oss-request-payer': 'requester', 'Content-Type': 'a/b'}


def test_headers_are_picked_without_regard_to_case():
    assert resumable._filter_invalid_headers(HEADERS, ['x-oss-meta-a']) == {
        'x-oss-request-payer': 'requester', 'Content-Type': 'a/b'}
    assert resumable._populate_valid_headers(HEADERS, ['content-type', 'absent']) == {'content-type': 'a/b'}
    assert resumable._populate_valid_params({'sequential': '', 'other': 'x'}, ['sequential']) == {'sequential': ''}
    assert len(HEADERS) == 3
    for function in (resumable._filter_invalid_headers, resumable._populate_valid_headers,
                     resumable._populate_valid_params):
        assert function(None, ['a']) is None
        assert function({}, None) == {}


def test_a_part_shows_what_it_is():
    assert repr(_PartToProcess(2, 100, 250)) == '<part 2: 100 to 250>'
