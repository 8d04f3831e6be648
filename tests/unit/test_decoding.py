"""From the bytes that travelled to the content."""

from __future__ import annotations

import gzip
import io
import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oss2._decoding import Decoded, Decoder
from oss2.exceptions import InconsistentError

CONTENT = b''.join(b'%d,' % (i * i) for i in range(30000))


def raw_deflate(content):
    return zlib.compress(content)[2:-4]


ENCODERS = {
    'gzip': gzip.compress,
    'deflate': zlib.compress,
    'raw deflate': raw_deflate,
    'two members': lambda content: gzip.compress(content[:100]) + gzip.compress(content[100:]),
    'padded': lambda content: gzip.compress(content) + bytes(300),
}


def decoded(body, encoding='gzip'):
    decoder = Decoder.for_encoding(encoding)
    assert decoder is not None
    return Decoded(io.BytesIO(body), decoder)


def encoding_of(name):
    return 'deflate' if 'deflate' in name else 'gzip'


@pytest.mark.parametrize('name', ENCODERS)
def test_all_at_once_and_in_pieces(name):
    for content in (b'', b'x', CONTENT):
        body = ENCODERS[name](content)
        assert decoded(body, encoding_of(name)).read() == content
        assert decoded(body, encoding_of(name)).read(-1) == content
        assert b''.join(decoded(body, encoding_of(name))) == content
        reader = decoded(body, encoding_of(name))
        assert b''.join(iter(lambda: reader.read(777), b'')) == content
        assert reader.read() == b''


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(ENCODERS)),
    st.integers(1, 50),
    st.lists(st.integers(0, 400), max_size=20),
    st.binary(max_size=500),
)
def test_however_it_arrives_and_is_read(name, piece, sizes, content):
    class Source:
        def __init__(self, body):
            self._body = io.BytesIO(body)

        def read(self, amt=None):
            return self._body.read(min(piece, amt))

    decoder = Decoder.for_encoding(encoding_of(name))
    assert decoder is not None
    reader = Decoded(Source(ENCODERS[name](content)), decoder)
    found = b''
    for size in sizes:
        got = reader.read(size)
        found += got
        assert len(got) == size or found == content
    assert found + reader.read() == content


@pytest.mark.parametrize('name', ['gzip', 'deflate', 'two members'])
def test_cut_short(name):
    body = ENCODERS[name](CONTENT)
    for cut in (1, 5, 20, len(body) // 2, len(body) - 1):
        with pytest.raises(InconsistentError):
            decoded(body[:cut], encoding_of(name)).read()
        reader = decoded(body[:cut], encoding_of(name))
        with pytest.raises(InconsistentError):
            while reader.read(1000):
                pass


def test_damaged():
    body = bytearray(gzip.compress(CONTENT))
    for position in random.Random(1).sample(range(20, len(body) - 4), 20):
        damaged = bytearray(body)
        damaged[position] ^= 255
        with pytest.raises(InconsistentError):
            decoded(bytes(damaged)).read()


@pytest.mark.parametrize(
    ('encoding', 'known'),
    [
        ('gzip', True),
        ('x-gzip', True),
        (' GZip ', True),
        ('deflate', True),
        ('br', False),
        ('zstd', False),
        ('identity', False),
        ('', False),
        ('gzip, gzip', False),
    ],
)
def test_which_encodings_are_known(encoding, known):
    assert (Decoder.for_encoding(encoding) is not None) is known


def test_closing_it_closes_the_answer():
    answer = io.BytesIO(gzip.compress(CONTENT))
    decoder = Decoder.for_encoding('gzip')
    assert decoder is not None
    reader = Decoded(answer, decoder)
    assert reader.read(10) == CONTENT[:10]
    reader.close()
    assert answer.closed


def test_memory_is_bounded_by_what_is_read():
    """A few bytes of a body that unpacks to a lot do not unpack all of it."""
    import tracemalloc

    body = gzip.compress(bytes(64 * 1024 * 1024))
    tracemalloc.start()
    try:
        assert decoded(body).read(1000) == bytes(1000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * 1024 * 1024
