"""Answers to a select that are not what they should be."""
from __future__ import annotations

import struct
import zlib

import pytest
from fakes import FakeResponse
from fuzz.bounded import bounded, damaged
from hypothesis import given
from hypothesis import strategies as st

from oss2.exceptions import OssError
from oss2.select_response import SelectResponseAdapter

ROWS = [b'a,b,c\n', b'1,2,3\n' * 50, '中,文\n'.encode()]


def frame(kind, offset, payload):
    payload = struct.pack('>Q', offset) + payload
    return struct.pack('>BBHII', 1, kind >> 16, kind & 0xFFFF, len(payload), 0) + payload \
        + struct.pack('>I', zlib.crc32(payload))


END = frame(8388613, 999, struct.pack('>QI', 999, 200))
ANSWER = b''.join(frame(8388609, 100 * number, rows) + frame(8388612, 100 * number, b'')
                  for number, rows in enumerate(ROWS)) + END
META = frame(8388614, 9, struct.pack('>QIIQI', 9, 200, 1, 5, 3) + b'.')


def read(body, crc, amt, iterated):
    response = FakeResponse(headers={'x-oss-request-id': 'id'}, body=body)
    if iterated:
        response = Pieces(body, amt)
    adapter = SelectResponseAdapter(response, lambda consumed, total: None, 1000, enable_crc=crc)
    return b''.join(adapter) if amt is None else b''.join(iter(lambda: adapter.read(amt), b''))


class Pieces:
    """An answer that can only be iterated over."""

    def __init__(self, body, size):
        self.headers = {}
        self.pieces = [body[at:at + (size or 7)] for at in range(0, len(body), size or 7)]

    def __iter__(self):
        return iter(self.pieces)


@pytest.mark.parametrize('iterated', [False, True])
@pytest.mark.parametrize('amt', [None, 1, 5, 100000])
def test_the_whole_answer(amt, iterated):
    assert read(ANSWER, True, amt, iterated) == b''.join(ROWS)


@pytest.mark.parametrize('iterated', [False, True])
@pytest.mark.parametrize('crc', [False, True])
@bounded(50)
@given(body=st.one_of(damaged(ANSWER), damaged(META), st.binary(max_size=60)), amt=st.sampled_from([None, 3, 1000]))
def test_damaged_answers(body, crc, amt, iterated):
    """With checksums, what is read without an error are the rows."""
    try:
        rows = read(body, crc, amt, iterated)
    except OssError:
        return
    if crc and body.startswith(ANSWER[:len(ANSWER) - len(END)]):
        assert rows.startswith(b''.join(ROWS))


@pytest.mark.parametrize('iterated', [False, True])
def test_answers_cut_at_every_byte(iterated):
    for end in range(len(ANSWER)):
        with pytest.raises(OssError):
            read(ANSWER[:end], False, None, iterated)


@bounded(60)
@given(sizes=st.lists(st.integers(1, 300), min_size=1, max_size=30), amt=st.integers(1, 400))
def test_pieces_of_any_size(sizes, amt):
    pieces, at = [], 0
    for size in sizes * (len(ANSWER) // sum(sizes) + 1):
        pieces.append(ANSWER[at:at + size])
        at += size
    response = Pieces(b'', 1)
    response.pieces = pieces
    adapter = SelectResponseAdapter(response, None, None, enable_crc=True)
    assert b''.join(iter(lambda: adapter.read(amt), b'')) == b''.join(ROWS)
