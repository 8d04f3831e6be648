"""Bodies on their way: counting, checksums, ciphers, and sources that read as they like."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oss2 import _streams, utils
from oss2._crc64 import Crc64
from oss2.exceptions import ClientError, InconsistentError
from oss2.utils import (
    SizedFileAdapter,
    check_crc,
    copyfileobj_and_verify,
    file_object_remaining_bytes,
    make_cipher_adapter,
    make_crc_adapter,
    make_progress_adapter,
)

quick = settings(max_examples=100, deadline=None)


def crc_of(content):
    crc = Crc64()
    crc(content)
    return crc.crc


class Source:
    """Gives the next bytes in pieces of given sizes, whatever is asked for, but not more than that."""

    def __init__(self, content, sizes):
        self._file = io.BytesIO(content)
        self._sizes = list(sizes)

    def read(self, amt=-1):
        if amt == 0:
            return b''
        if not self._sizes:
            return self._file.read(amt)
        size = self._sizes.pop(0)
        return self._file.read(size if amt is None or amt < 0 else min(size, amt))


class SizedSource(Source):
    def seek(self, *args):
        return self._file.seek(*args)

    def tell(self):
        return self._file.tell()


contents = st.binary(max_size=300)
piece_sizes = st.lists(st.integers(1, 40), max_size=50)


@quick
@given(
    contents,
    piece_sizes,
    st.lists(st.integers(0, 50), max_size=20),
    st.booleans(),
    st.sampled_from([(True, False), (False, True), (True, True)]),
)
def test_whatever_is_stacked_the_bytes_are_the_same(content, given_sizes, read_sizes, sized, stages):
    progress, crc = stages
    calls = []
    body = (SizedSource if sized else Source)(content, given_sizes)
    if progress:
        body = make_progress_adapter(body, lambda *args: calls.append(args))
    if crc:
        body = make_crc_adapter(body)
    found = b''
    for size in read_sizes:
        piece = body.read(size)
        assert len(piece) <= size
        found += piece
    # A source of unknown length that answers read() with less than all of it says that this is the end.
    found += body.read() if sized else b''.join(iter(lambda: body.read(100), b''))
    assert found == content
    assert body.read() == b''
    if crc:
        assert body.crc == crc_of(content)
    if progress and content:
        consumed = [call[0] for call in calls]
        assert calls[-1] == (len(content), len(content) if sized else None)
        assert consumed.count(len(content)) == 1
        assert consumed == sorted(consumed)


@quick
@given(st.lists(st.binary(max_size=50), max_size=10), st.booleans())
def test_iterables(pieces, progress):
    calls = []
    body = iter(pieces)
    if progress:
        body = make_progress_adapter(body, lambda *args: calls.append(args))
    body = make_crc_adapter(body)
    assert b''.join(body) == b''.join(pieces)
    assert body.crc == crc_of(b''.join(pieces))
    if progress and b''.join(pieces):
        assert calls[-1] == (len(b''.join(pieces)), None)


@pytest.mark.parametrize('size', [0, 1, 5, 300])
def test_iterating_over_a_body(size):
    content = bytes(size)
    assert b''.join(make_crc_adapter(content)) == content
    assert b''.join(make_crc_adapter(io.BytesIO(content))) == content
    assert b''.join(make_crc_adapter(Source(content, [1] * size))) == content


def test_lengths():
    for data, expected in (
        (b'abc', 3),
        ('文', 3),
        (bytearray(b'ab'), 2),
        (memoryview(b'abcd'), 4),
        (io.BytesIO(b'abc'), 3),
        (b'', 0),
        ('', 0),
        (io.BytesIO(), 0),
        (SizedFileAdapter(io.BytesIO(b'abcdef'), 5), 5),
    ):
        for body in (
            make_crc_adapter(data),
            make_progress_adapter(data, lambda *args: None),
            make_crc_adapter(make_progress_adapter(data, lambda *args: None)),
        ):
            assert body.len == expected
            assert bool(body) is True  # requests takes what is false for no body at all
    for data in (iter([b'a']), Source(b'a', [])):
        assert not hasattr(make_crc_adapter(data), 'len')


def test_a_checksum_that_goes_on():
    body = make_crc_adapter(b'world', init_crc=crc_of(b'hello '))
    body.read()
    assert body.crc == crc_of(b'hello world')


@pytest.mark.parametrize('discard', [1, 5, 16])
def test_bytes_that_do_not_count(discard):
    content = bytes(range(100))
    for make in (io.BytesIO, lambda data: Source(data, [3] * 50)):
        body = make_crc_adapter(make(content), discard=discard)
        body.read()
        while body.read(10):
            pass
        assert body.crc == crc_of(content[discard:])


def upside_down(content):
    return bytes(255 - byte for byte in content)


@pytest.mark.parametrize('discard', [0, 1, 16])
@pytest.mark.parametrize('sizes', [[], [1] * 100, [7] * 20])
def test_ciphers(discard, sizes):
    content = bytes(range(100))
    for source in (io.BytesIO(content), Source(content, sizes)):
        body = make_cipher_adapter(source, upside_down, discard=discard)
        found = b''.join(iter(lambda body=body: body.read(9), b''))
        assert found == upside_down(content)[discard:]
    assert b''.join(make_cipher_adapter(iter([content]), upside_down)) == upside_down(content)


def test_the_checksum_of_an_upload_is_over_what_travels():
    body = make_crc_adapter(make_progress_adapter(make_cipher_adapter(b'content', upside_down), lambda *args: None))
    assert body.read() == upside_down(b'content')
    assert body.crc == crc_of(upside_down(b'content'))


def test_a_source_that_ends_early():
    class Short(SizedSource):
        def read(self, amt=-1):
            return super().read(amt) if self.tell() < 10 else b''

    for make in (
        make_crc_adapter,
        lambda data: make_progress_adapter(data, lambda *args: None),
        lambda data: SizedFileAdapter(data, 100),
    ):
        with pytest.raises(InconsistentError, match='10 of 100'):
            body = make(Short(bytes(100), [5] * 3))
            while body.read(5):
                pass


@pytest.mark.parametrize(
    'make',
    [
        make_crc_adapter,
        lambda data: make_progress_adapter(data, print),
        lambda data: make_cipher_adapter(data, upside_down),
    ],
)
@pytest.mark.parametrize('data', [5, object(), {'a': 1}, io.StringIO('text')], ids=lambda value: type(value).__name__)
def test_what_is_no_data(make, data):
    with pytest.raises(ClientError):
        make(data)


def test_remaining_bytes_of_a_file(tmp_path):
    (tmp_path / 'file').write_bytes(b'0123456789')
    with open(str(tmp_path / 'file'), 'rb') as file:
        assert file_object_remaining_bytes(file) == 10
        file.seek(4)
        assert file_object_remaining_bytes(file) == 6
        assert file.tell() == 4


def test_a_part_of_a_file():
    file = io.BytesIO(b'0123456789')
    file.seek(2)
    part = SizedFileAdapter(file, 5)
    assert (part.len, part.read(2), part.read(), part.read(), part.read(5)) == (5, b'23', b'456', b'', b'')
    assert file.tell() == 7


def test_copying_with_a_length():
    for size in (0, 1, 100):
        out = io.BytesIO()
        copyfileobj_and_verify(Source(bytes(size), [1] * size), out, size, chunk_size=7)
        assert out.getvalue() == bytes(size)
    for wrong in (99, 101):
        with pytest.raises(InconsistentError, match=r'100.*%d' % wrong) as caught:
            copyfileobj_and_verify(io.BytesIO(bytes(100)), io.BytesIO(), wrong, request_id='THE-ID')
        assert caught.value.request_id == 'THE-ID'


def test_comparing_checksums():
    for client, server in ((5, 5), (None, 5), (5, None), (None, None), (0, 0)):
        check_crc('put object', client, server, 'id')
    for client, server in ((5, 6), (0, 5), (5, 0)):
        with pytest.raises(InconsistentError) as caught:
            check_crc('put object', client, server, 'THE-ID')
        assert caught.value.request_id == 'THE-ID'
        for text in ('put object', str(client), str(server), 'THE-ID'):
            assert text in caught.value.message


def test_sizes_that_show_at_the_end_only(tmp_path):
    class Unseekable:
        def seek(self, *args):
            raise io.UnsupportedOperation('seek')

        def tell(self):
            return 0

        def read(self, amt=-1):
            return b''

    assert utils._get_data_size(Unseekable()) is None
    assert utils._get_data_size(None) is None
    assert utils._get_data_size(memoryview(b'abcd').cast('H')) == 4


SOURCES = {
    'bytes': lambda: b'content', 'sized': lambda: io.BytesIO(b'content'), 'readable': lambda: Source(b'content', [3]),
    'iterable': lambda: iter([b'con', b'tent']),
}


@pytest.mark.parametrize('name', SOURCES)
def test_a_stage_without_a_checksum_has_that_of_the_stage_below(name):
    body = make_progress_adapter(make_crc_adapter(SOURCES[name]()), lambda *args: None)
    assert b''.join(body) == b'content'
    assert body.crc == crc_of(b'content')


def test_closing_reaches_the_answer_and_no_file():
    class Answer(_streams.Body):
        closed = False

        def read(self, amt=None):
            return b''

        def close(self):
            self.closed = True

    answer, file = Answer(), io.BytesIO(b'content')
    for source in (answer, file):
        make_progress_adapter(make_crc_adapter(source), lambda *args: None).close()
    assert answer.closed
    assert not file.closed


@pytest.mark.parametrize('name', ['bytes', 'sized', 'readable'])
def test_reading_nothing(name):
    body = make_crc_adapter(SOURCES[name]())
    assert body.read(0) == b''
    assert b''.join(body) == b'content'


class Sized:
    """Tells how long it is, but cannot go back."""

    def __init__(self, content):
        self._file = io.BytesIO(content)
        self.len = len(content)

    def read(self, amt=-1):
        return self._file.read(amt)


class Broken(SizedSource):
    def tell(self):
        raise OSError(29, 'Illegal seek')


@pytest.mark.parametrize(('make', 'again'), [
    (lambda: make_crc_adapter(b'content'), True),
    (lambda: make_crc_adapter(io.BytesIO(b'content')), True),
    (lambda: make_crc_adapter(make_progress_adapter(io.BytesIO(b'content'), print)), True),
    (lambda: SizedFileAdapter(io.BytesIO(b'content'), 7), True),
    (lambda: SizedFileAdapter(Broken(b'content', []), 7), False),
    (lambda: make_crc_adapter(Sized(b'content')), False),
    (lambda: make_crc_adapter(make_progress_adapter(Sized(b'content'), print)), False),
    (lambda: make_crc_adapter(SizedFileAdapter(Broken(b'content', []), 7)), False),
    (lambda: make_cipher_adapter(b'content', upside_down), False),
    (lambda: utils._BytesAndFileAdapter(b'content', size=7, crc_callback=lambda content: None), False),
    (lambda: make_crc_adapter(iter([b'content'])), False),
], ids=range(11))
def test_beginning_again(make, again):
    body = make()
    assert _streams.rewind(body)
    assert (body.read(3) if hasattr(body, 'read') else next(iter(body)))
    assert _streams.rewind(body) is again
    if again:
        assert body.read() == b'content'
