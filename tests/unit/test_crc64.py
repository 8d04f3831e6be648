"""CRC-64/XZ and CRC-32: known answers, every backend, and combining.

``crc64.json`` holds what oss2 2.19.1 answers, recorded by ``record_crc64.py``.
"""
from __future__ import annotations

import importlib.util
import json
import sys
import types
import warnings
from pathlib import Path

import crcmod
import pytest

import oss2._crc64
from oss2 import crc64_combine
from oss2._crc64 import Crc32, Crc64, calc_obj_crc_from_parts
from oss2.models import PartInfo

RECORDED = json.loads(Path(__file__).with_name('crc64.json').read_text())
KINDS = {'Crc64': Crc64, 'Crc32': Crc32}
PIECES = (b'', b'abc', bytearray(b'\0' * 1000), memoryview(bytes(range(256))))

NO_FASTCRC = {'fastcrc': None, 'fastcrc.crc64': None}
PURE_PYTHON = dict(NO_FASTCRC, **{'crcmod._crcfunext': None})


def crc64(data):
    checksum = Crc64()
    checksum(data)
    return checksum.crc


def fastcrc_with(xz):
    """The modules of a fastcrc whose only function is ``xz``."""
    package, crc64 = types.ModuleType('fastcrc'), types.ModuleType('fastcrc.crc64')
    crc64.xz = xz
    return {'fastcrc': package, 'fastcrc.crc64': crc64}


@pytest.fixture
def choose_backend(monkeypatch):
    """Load a copy of oss2._crc64 where the given modules are replaced, or missing when they are None."""
    def choose(modules):
        for name in ('crcmod', 'crcmod.crcmod'):  # they look for the extension when they are imported
            monkeypatch.delitem(sys.modules, name, raising=False)
        for name, module in modules.items():
            monkeypatch.setitem(sys.modules, name, module)
        spec = importlib.util.spec_from_file_location('oss2._crc64_again', oss2._crc64.__file__)
        copy = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(copy)
        return copy

    return choose


@pytest.mark.parametrize(('modules', 'backend'), [
    ({}, 'fastcrc'), (NO_FASTCRC, 'crcmod'), (PURE_PYTHON, 'crcmod-pure-python'),
])
def test_every_backend_gives_the_published_check_value_in_one_go_and_in_pieces(choose_backend, modules, backend):
    if backend == 'crcmod':
        pytest.importorskip('crcmod._crcfunext')
    module = choose_backend(modules)
    assert module.crc64_backend == backend
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        whole, pieces = module.Crc64(), module.Crc64()
        whole(b'123456789')
        for piece in (b'1234', b'', bytearray(b'56'), memoryview(b'789')):
            pieces.update(piece)
    assert whole.crc == pieces.crc == 0x995DC9BBDF1939FA


@pytest.mark.behaviour(6)
def test_the_pure_python_backend_warns_once_and_names_the_fix(choose_backend):
    module = choose_backend(PURE_PYTHON)
    checksum = module.Crc64()
    with pytest.warns(RuntimeWarning, match='pip install fastcrc') as caught:
        checksum.update(b'abc')
    assert [warning.filename for warning in caught] == [__file__]
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        checksum.update(b'abc')
        module.Crc64()(b'abc')


def test_a_fastcrc_that_reads_only_bytes_is_given_bytes(choose_backend):
    def xz(data, initial=0):
        if type(data) is not bytes:
            raise TypeError(f"argument 'data': {type(data).__name__!r} object cannot be converted to 'PyBytes'")
        return real(data, initial)

    real = pytest.importorskip('fastcrc.crc64').xz
    module = choose_backend(fastcrc_with(xz))
    assert module.crc64_backend == 'fastcrc'
    checksum = module.Crc64()
    for piece in PIECES:
        checksum(piece)
    assert checksum.crc == RECORDED['Crc64'][0]['crcs'][-1]
    with pytest.raises(TypeError):
        checksum(5)


def test_a_fastcrc_without_a_starting_value_is_not_used(choose_backend):
    assert choose_backend(fastcrc_with(lambda data: 0)).crc64_backend.startswith('crcmod')


@pytest.mark.parametrize('name', KINDS)
def test_running_checksums_are_those_recorded(name):
    for record in RECORDED[name]:
        checksum = KINDS[name](record['init'])
        crcs = [checksum.crc]
        for piece in PIECES:
            assert checksum(piece) is None
            crcs.append(checksum.crc)
        assert crcs == record['crcs']


@pytest.mark.parametrize('kind', KINDS.values())
@pytest.mark.parametrize(('data', 'error'), [
    ('abc', TypeError), (None, TypeError), (memoryview(b'abcd')[::2], BufferError),
])
def test_what_is_not_contiguous_bytes_is_refused(kind, data, error):
    with pytest.raises(error):
        kind().update(data)


@pytest.mark.parametrize('kind', KINDS.values())
@pytest.mark.parametrize('init_crc', [None, '5'])
def test_a_starting_value_is_a_number(kind, init_crc):
    with pytest.raises(TypeError):
        kind(init_crc)


def test_the_running_value_is_found_under_its_old_names():
    checksum = Crc64()
    checksum.crc64.update(b'123456789')
    assert checksum.crc64.crcValue == checksum.crc == 0x995DC9BBDF1939FA
    checksum = Crc32()
    checksum.crc32.update(b'123456789')
    assert checksum.crc32.crcValue == checksum.crc == 0xCBF43926


def test_combining_gives_what_was_recorded():
    for record in RECORDED['combined']:
        assert crc64_combine.mkCombineFun(*record['make'])(*record['args']) == record['crc'], record
    for record in RECORDED['combined64']:
        assert crc64_combine._combine64(*record['args']) == record['crc'], record


@pytest.mark.parametrize('init', [0, ~0, 0x123456789])
@pytest.mark.parametrize('rev', [True, False])
@pytest.mark.parametrize('xor_out', [0, Crc64._XOROUT])
def test_combining_equals_the_crc_of_the_joined_bytes(init, rev, xor_out):
    crc = crcmod.mkCrcFun(Crc64._POLY, initCrc=init, rev=rev, xorOut=xor_out)
    combine = crc64_combine.mkCombineFun(Crc64._POLY, init, rev, xor_out)
    for first, second in ((b'hello ', b'world'), (b'', b'a'), (b'a', b''), (bytes(range(256)) * 33, b'\0' * 1000)):
        assert combine(crc(first), crc(second), len(second)) == crc(first + second)


@pytest.mark.behaviour(6)
def test_combining_is_associative_over_terabytes():
    combine = Crc64().combine
    first, second, third = 0x1234567812345678, 0x8765432187654321, 0xFFFFFFFFFFFFFFFF
    for length in (5 * 2 ** 30, 48 * 2 ** 40 + 12345):
        left = combine(combine(first, second, length), third, length + 1)
        right = combine(first, combine(second, third, length + 1), 2 * length + 1)
        assert left == right


def test_combine_of_an_object_goes_by_its_starting_value():
    seeded = Crc64(7)
    assert seeded.combine(5, 6, 7) == seeded.crc64_combineFun(5, 6, 7)
    assert seeded.combine(5, 6, 7) == crc64_combine.mkCombineFun(Crc64._POLY, 7, True, Crc64._XOROUT)(5, 6, 7)
    assert seeded.combine(5, 6, 7) != Crc64().combine(5, 6, 7)


@pytest.mark.parametrize(('args', 'error'), [
    ((-1, 0, 1), ValueError), ((1 << 64, 0, 1), ValueError), ((0, 1 << 64, 1), ValueError), ((0, 0, -1), ValueError),
    ((None, 0, 1), TypeError), ((0, '0', 1), TypeError), ((0, 0, None), TypeError), ((0, 0, 1.5), TypeError),
])
def test_combining_refuses_what_no_crc_and_no_length_can_be(args, error):
    with pytest.raises(error):
        Crc64().combine(*args)


@pytest.mark.parametrize('poly', [0, 5, -1, 1 << 70, Crc64._POLY & Crc64._XOROUT, Crc32._POLY])
def test_polynomials_of_another_degree_are_refused(poly):
    with pytest.raises(ValueError):
        crc64_combine.mkCombineFun(poly)


def test_the_helpers_of_combining_give_what_was_recorded():
    recorded = RECORDED['matrices']
    square = [0] * crc64_combine.GF2_DIM
    crc64_combine.gf2_matrix_square(square, recorded['mat'])
    assert square == recorded['square']
    products = [crc64_combine.gf2_matrix_times(recorded['mat'], vec) for vec in recorded['vectors']]
    assert products == recorded['products']
    recorded = RECORDED['parameters']
    assert [[poly, crc64_combine._verifyPoly(poly)] for poly, _ in recorded['degrees']] == recorded['degrees']
    assert [[args, list(crc64_combine._verifyParams(*args))] for args, _ in recorded['params']] == recorded['params']
    assert [[args, crc64_combine._bitrev(*args)] for args, _ in recorded['bitrev']] == recorded['bitrev']


def parts_of(sizes, crcs):
    return [PartInfo(n, 'etag', size, part_crc=crc) for n, (size, crc) in enumerate(zip(sizes, crcs), 1)]


def test_the_crc_of_an_object_from_its_parts_is_the_recorded_one():
    for record in RECORDED['of_parts']:
        assert calc_obj_crc_from_parts(parts_of(record['sizes'], record['crcs']), record['init']) == record['crc']


def test_a_part_whose_crc_is_0_counts():
    zero = b'\x05\xca`\x8a\xe7\x13j\x0f'
    assert crc64(zero) == 0
    pieces = [b'hello', zero, b'world', b'']
    parts = parts_of([len(piece) for piece in pieces], [crc64(piece) for piece in pieces])
    assert calc_obj_crc_from_parts(parts) == crc64(b''.join(pieces))


def test_an_unknown_crc_or_size_gives_none():
    assert calc_obj_crc_from_parts(parts_of([5, 6], [1, None])) is None
    assert calc_obj_crc_from_parts(parts_of([5, None], [1, 2])) is None
