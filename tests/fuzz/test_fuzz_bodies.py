"""Bodies: whatever a source gives at a time, what is sent are its bytes, with the right checksum and progress."""
from __future__ import annotations

import io

import pytest
from fuzz.bounded import bounded
from hypothesis import given
from hypothesis import strategies as st

import oss2
from oss2 import _streams, utils
from oss2._crc64 import Crc64
from oss2.exceptions import InconsistentError

DATA = bytes(range(256)) * 20


class Source:
    """A file that gives at most so many bytes a read, those of *sizes* one after the other."""

    def __init__(self, data, sizes):
        self._data = io.BytesIO(data)
        self._sizes = sizes
        self._number = 0

    def read(self, amt=None):
        size = self._sizes[self._number % len(self._sizes)]
        self._number += 1
        return self._data.read(size if amt is None or amt < 0 else min(amt, size))


class WholeSource(Source):
    """As files do, `read()` gives all that is left."""

    def read(self, amt=None):
        return self._data.read() if amt is None or amt < 0 else super().read(amt)


class SeekableSource(WholeSource):
    def seek(self, *args):
        self._number = 0
        return self._data.seek(*args)

    def tell(self):
        return self._data.tell()


def pieces(data, sizes):
    at = number = 0
    while at < len(data):
        size = sizes[number % len(sizes)]
        number += 1
        yield data[at:at + size]
        at += size


SIZES = st.lists(st.integers(1, 700), min_size=1, max_size=6)
LENGTHS = st.one_of(st.sampled_from([0, 1, 16, 17]), st.integers(0, len(DATA)))
SOURCES = {
    'bytes': lambda data, sizes: data,
    'bytearray': lambda data, sizes: bytearray(data),
    'memoryview': lambda data, sizes: memoryview(data),
    'file': lambda data, sizes: io.BytesIO(data),
    'seekable': SeekableSource,
    'readable': WholeSource,
    'iterable': pieces,
    'list': lambda data, sizes: list(pieces(data, sizes)),
}


def crc_of(data):
    crc = Crc64()
    crc(data)
    return crc.crc


def adapted(source, size, progress, crc, cipher):
    body = source
    if cipher:
        body = utils.make_cipher_adapter(body, lambda block: bytes(byte ^ 0x5A for byte in block))
    if progress is not None:
        body = utils.make_progress_adapter(body, lambda *args: progress.append(args), size)
    if crc:
        body = utils.make_crc_adapter(body)
    return body


def drained(body, amounts):
    """Read, or iterated over if *amounts* is empty."""
    if not amounts or not hasattr(body, 'read'):
        return b''.join(body)
    found, number = [], 0
    while True:
        content = body.read(amounts[number % len(amounts)])
        number += 1
        if not content:
            return b''.join(found)
        found.append(content)


@pytest.mark.parametrize('kind', sorted(SOURCES))
@bounded(40)
@given(length=LENGTHS, sizes=SIZES, amounts=st.lists(st.one_of(st.none(), st.integers(1, 900)), max_size=4),
       with_progress=st.booleans(), crc=st.booleans(), cipher=st.booleans())
def test_stages(kind, length, sizes, amounts, with_progress, crc, cipher):
    data = DATA[:length]
    progress = [] if with_progress else None
    source = SOURCES[kind](data, sizes)
    body = adapted(source, None, progress, crc, cipher)
    sent = data if not cipher else bytes(byte ^ 0x5A for byte in data)
    if body is source:
        return
    assert drained(body, amounts) == sent
    if crc:
        assert body.crc == crc_of(sent)
    if progress:
        assert progress[-1][0] == length
        consumed = [args[0] for args in progress]
        assert consumed == sorted(consumed)
        if progress[-1][1] is not None:
            assert progress.count((length, length)) == 1


@pytest.mark.parametrize('with_progress', [False, True])
@bounded(40)
@given(length=LENGTHS, announced=LENGTHS, sizes=SIZES,
       amounts=st.lists(st.one_of(st.none(), st.just(-1), st.integers(1, 900)), min_size=1, max_size=4))
def test_sizes_that_are_announced(with_progress, length, announced, sizes, amounts):
    """As many bytes are sent as were announced, or none is taken for an upload."""
    progress = []
    told = (lambda *args: progress.append(args)) if with_progress else None
    for body in (utils.SizedFileAdapter(Source(DATA[:length], sizes), announced),
                 _streams._BytesAndFileAdapter(Source(DATA[:length], sizes), size=announced,
                                               progress_callback=told, crc_callback=Crc64())):
        assert _streams._get_data_size(body) == announced
        if announced > length:
            with pytest.raises(InconsistentError):
                drained(body, amounts)
            continue
        assert drained(body, amounts) == DATA[:announced]
    if announced <= length:
        assert body.crc == crc_of(DATA[:announced])
        assert progress[-1:] == ([(announced, announced)] if with_progress and announced else [])


@pytest.mark.parametrize('kind', ['bytes', 'file', 'seekable', 'memoryview'])
@bounded(40)
@given(length=LENGTHS, sizes=SIZES, before=st.integers(0, 900), skipped=st.integers(0, 40), crc=st.booleans(),
       with_progress=st.booleans())
def test_beginning_again(kind, length, sizes, before, skipped, crc, with_progress):
    """A body that is rewound is sent again from where the file stood."""
    data = DATA[:length]
    source = SOURCES[kind](data, sizes)
    if hasattr(source, 'seek'):
        source.seek(min(skipped, length))
        data = data[skipped:]
    progress = [] if with_progress else None
    body = adapted(source, None if hasattr(source, 'seek') and kind == 'file' else len(data), progress, crc, False)
    if body is source:
        return
    if before:
        body.read(before)
    if not _streams.rewind(body):
        return
    assert drained(body, [300]) == data
    if crc:
        assert body.crc == crc_of(data)
    if with_progress and data:
        assert progress[-1] == (len(data), len(data))


@pytest.mark.parametrize('crc', [False, True])
@bounded(40)
@given(length=LENGTHS, sizes=SIZES, amounts=st.lists(st.one_of(st.none(), st.integers(1, 900)), max_size=4),
       with_progress=st.booleans(), announced=st.booleans())
def test_answers(crc, length, sizes, amounts, with_progress, announced):
    """A result gives the bytes of its answer, read or iterated over, whatever arrives at a time."""
    data = DATA[:length]

    class Answer(Source):
        status = 200
        request_id = 'id'
        headers = oss2.CaseInsensitiveDict({'Content-Length': str(length)} if announced else {})

        def __iter__(self):
            return iter(lambda: self.read(50), b'')

        def read(self, amt=None):
            return self._data.read() if amt is None else Source.read(self, amt)

    progress = []
    result = oss2.models.GetObjectResult(Answer(data, sizes), (lambda *args: progress.append(args))
                                         if with_progress else None, crc)
    assert drained(result, amounts) == data
    if crc:
        assert result.client_crc == crc_of(data)
    if with_progress and length:
        assert progress[-1] == (length, length if announced else None)
