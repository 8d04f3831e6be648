"""The CRC of two byte strings joined, from the CRC of each and the length of the second.

A CRC is the remainder of a polynomial over GF(2), so appending ``len2`` bytes multiplies the first remainder by
``x**(8*len2)``. That power is found by repeated squaring and turned once per length into tables, one per byte of a CRC:
parts of an upload have equal sizes, and each further one costs eight look-ups.
"""
from __future__ import annotations

import functools
import operator
from typing import Callable, Sequence

GF2_DIM = 64

is_py3 = True
xrange = range
long = int


def mkCombineFun(poly: int, initCrc: int = ~0, rev: bool = True, xorOut: int = 0) -> Callable[[int, int, int], int]:
    """Make ``combine(crc1, crc2, len2)`` for a CRC, described as for ``crcmod.mkCrcFun``.

    :param poly: the polynomial with its highest term, of degree 64
    :param initCrc: the CRC of no bytes
    :param rev: the CRC takes the lowest bit of each byte first
    :raises ValueError: the polynomial is not of degree 64
    """
    degree, init_crc, xor_out = _verifyParams(poly, initCrc, xorOut)
    if degree != GF2_DIM:
        raise ValueError(f'only CRCs of {GF2_DIM} bits can be combined, not of {degree}')
    terms = poly & (1 << GF2_DIM) - 1
    if rev:
        terms = _bitrev(terms, GF2_DIM)
    register = init_crc ^ xor_out

    def combine_fun(crc1: int, crc2: int, len2: int) -> int:
        return _combine64(terms, register, rev, xor_out, crc1, crc2, len2)

    return combine_fun


def gf2_matrix_times(mat: Sequence[int], vec: int) -> int:
    """Multiply a matrix over GF(2), given as a list of its columns, by a vector."""
    total = 0
    column = 0
    while vec:
        if vec & 1:
            total ^= mat[column]
        vec >>= 1
        column += 1
    return total


def gf2_matrix_square(square: list[int], mat: Sequence[int]) -> None:
    """Fill ``square`` with the columns of ``mat`` times ``mat``."""
    for n in range(GF2_DIM):
        square[n] = gf2_matrix_times(mat, mat[n])


def _combine64(poly: int, initCrc: int, rev: bool, xorOut: int, crc1: int, crc2: int, len2: int) -> int:
    """Combine two CRCs.

    :param poly: the polynomial without its highest term, mirrored if ``rev``
    :param initCrc: what the register starts with, before ``xorOut``
    :param len2: the length in bytes of what ``crc2`` was taken of; 0 gives ``crc1``
    :raises ValueError: a CRC is not an unsigned 64-bit number, or the length is negative
    """
    if (crc1 | crc2) >> GF2_DIM:
        raise ValueError(f'a CRC is an unsigned number of {GF2_DIM} bits: {crc1}, {crc2}')
    length = operator.index(len2)
    if length < 0:
        raise ValueError(f'a length is not negative: {length}')
    if length == 0:
        return crc1
    combined = crc2
    remainder = crc1 ^ initCrc ^ xorOut
    for table, byte in zip(_shift_tables(poly, bool(rev), length), remainder.to_bytes(8, 'little')):
        combined ^= table[byte]
    return combined


@functools.lru_cache(maxsize=32)
def _shift_tables(poly: int, rev: bool, length: int) -> tuple[list[int], ...]:
    """Tables, one per byte of a CRC from the lowest, whose entries add up to the CRC times ``x**(8*length)``."""
    modulus = 1 << GF2_DIM | (_bitrev(poly, GF2_DIM) if rev else poly)
    column = _power_of_x(8 * length, modulus)
    columns = []
    for _ in range(GF2_DIM):
        columns.append(column)
        column <<= 1
        if column >> GF2_DIM:
            column ^= modulus
    if rev:
        columns = [_bitrev(column, GF2_DIM) for column in reversed(columns)]
    return tuple(_sums(columns[n:n + 8]) for n in range(0, GF2_DIM, 8))


def _sums(columns: Sequence[int]) -> list[int]:
    """The sums over GF(2) of every choice of ``columns``, at the index whose bits name the choice."""
    sums = [0]
    for column in columns:
        sums += [column ^ partial for partial in sums]
    return sums


def _power_of_x(exponent: int, modulus: int) -> int:
    power = 1
    for bit in range(exponent.bit_length()):
        if exponent >> bit & 1:
            power = _multiply(power, _x_squared_times(bit, modulus), modulus)
    return power


@functools.lru_cache(maxsize=256)
def _x_squared_times(times: int, modulus: int) -> int:
    """``x`` squared ``times`` times: ``x**(2**times)``."""
    if times == 0:
        return 2
    root = _x_squared_times(times - 1, modulus)
    return _multiply(root, root, modulus)


def _multiply(a: int, b: int, modulus: int) -> int:
    """The product of two polynomials over GF(2), whose coefficients are bits, modulo a third of degree 64."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        b >>= 1
        a <<= 1
        if a >> GF2_DIM:
            a ^= modulus
    return product


def _bitrev(x: int, n: int) -> int:
    """The lowest ``n`` bits of ``x`` in reverse order."""
    return int(format(x & (1 << n) - 1, f'0{n}b')[::-1], 2)


def _verifyPoly(poly: int) -> int:
    """The degree of a polynomial given with its highest term."""
    poly = int(poly)
    for degree in (8, 16, 24, 32, 64):
        if poly >> degree == 1:
            return degree
    raise ValueError(f'the degree of the polynomial must be 8, 16, 24, 32 or 64: {poly:#x}')


def _verifyParams(poly: int, initCrc: int, xorOut: int) -> tuple[int, int, int]:
    """The degree of ``poly``, and the other two cut to that many bits."""
    degree = _verifyPoly(poly)
    mask = (1 << degree) - 1
    return degree, int(initCrc) & mask, int(xorOut) & mask
