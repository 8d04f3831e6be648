"""Record what oss2 2.19.1 makes of CRCs.

With an interpreter that has it: ``python tests/unit/record_crc64.py > tests/unit/crc64.json``.
"""
import json
import random

from oss2 import crc64_combine, utils
from oss2.models import PartInfo

POLY = utils.Crc64._POLY
ALL_ONES = 0xFFFFFFFFFFFFFFFF


def combined():
    rng = random.Random(64)
    for init in (0, -1, 5):
        for rev in (True, False):
            for xor_out in (0, 9, ALL_ONES):
                for length in (0, 1, 5, 8192, rng.getrandbits(40)):
                    args = [rng.getrandbits(64), rng.getrandbits(64), length]
                    combine = crc64_combine.mkCombineFun(POLY, init, rev, xor_out)
                    yield {'make': [POLY, init, rev, xor_out], 'args': args, 'crc': combine(*args)}


def combined64():
    for poly in (POLY & ALL_ONES, 0xC96C5795D7870F42):
        for init in (0, ALL_ONES, 7):
            for rev in (True, False):
                args = [poly, init, rev, ALL_ONES, 5, 6, 7]
                yield {'args': args, 'crc': crc64_combine._combine64(*args)}


def running(name):
    for init in (0, 5, -1, 1 << 65):
        checksum = getattr(utils, name)(init)
        crcs = [checksum.crc]
        for piece in (b'', b'abc', bytearray(b'\0' * 1000), memoryview(bytes(range(256)))):
            checksum(piece)
            crcs.append(checksum.crc)
        yield {'init': init, 'crcs': crcs}


def of_parts():
    rng = random.Random(65)
    for init in (0, 7):
        for sizes in ([], [6], [6, 5], [102400] * 3 + [17]):
            crcs = [rng.getrandbits(64) for _ in sizes]
            parts = [PartInfo(n + 1, 'etag', size, part_crc=crc) for n, (size, crc) in enumerate(zip(sizes, crcs))]
            yield {'init': init, 'sizes': sizes, 'crcs': crcs, 'crc': utils.calc_obj_crc_from_parts(parts, init)}


def matrices():
    rng = random.Random(66)
    mat = [rng.getrandbits(64) for _ in range(64)]
    square = [0] * 64
    crc64_combine.gf2_matrix_square(square, mat)
    vectors = [0, 1, 0x123456789ABCDEF, ALL_ONES]
    return {'mat': mat, 'square': square, 'vectors': vectors,
            'products': [crc64_combine.gf2_matrix_times(mat, vec) for vec in vectors]}


def parameters():
    return {
        'degrees': [[poly, crc64_combine._verifyPoly(poly)] for poly in (0x107, 0x11021, 0x1864CFB, 0x104C11DB7, POLY)],
        'params': [[args, crc64_combine._verifyParams(*args)]
                   for args in ([POLY, -1, 0], [POLY, 1 << 64, 1 << 65], [0x11021, -1, 5])],
        'bitrev': [[args, crc64_combine._bitrev(*args)]
                   for args in ([1, 64], [0, 64], [0x123456789, 64], [6, 3], [9, 3], [1 << 70, 64], [1, 0], [-1, 8])],
    }


print(json.dumps({
    'combined': list(combined()), 'combined64': list(combined64()), 'Crc64': list(running('Crc64')),
    'Crc32': list(running('Crc32')), 'of_parts': list(of_parts()), 'matrices': matrices(), 'parameters': parameters(),
}, indent=1))
