"""Running checksums: the CRC-64 that OSS keeps of every object (x-oss-hash-crc64ecma) and CRC-32."""
from __future__ import annotations

import functools
import warnings
import zlib
from typing import Any, Callable, Iterable

from .crc64_combine import mkCombineFun

_Fold = Callable[[Any, int], int]


def _load_backend() -> tuple[str, _Fold]:
    """The fastest CRC-64/XZ at hand: its name, and a function of bytes and the CRC of the bytes before them."""
    try:
        from fastcrc.crc64 import xz
        xz(b'', 0)
    except (ImportError, TypeError):  # absent, or a release whose functions take no starting value
        return _load_crcmod()
    try:
        xz(memoryview(b''), 0)
    except TypeError:  # a release that reads bytes only
        return 'fastcrc', lambda data, crc: int(xz(data if type(data) is bytes else memoryview(data).tobytes(), crc))
    return 'fastcrc', xz


def _load_crcmod() -> tuple[str, _Fold]:
    import crcmod

    fold: _Fold = crcmod.mkCrcFun(Crc64._POLY, initCrc=0, rev=True, xorOut=Crc64._XOROUT)
    try:
        import crcmod._crcfunext
    except ImportError:
        def fold_slowly(data: Any, crc: int) -> int:
            _warn_that_crc64_is_slow()
            return fold(data, crc)

        return 'crcmod-pure-python', fold_slowly
    return 'crcmod', fold


@functools.lru_cache(maxsize=None)
def _warn_that_crc64_is_slow() -> None:
    warnings.warn('the CRC-64 of transfers is computed in pure Python, at a few MB/s: run "pip install fastcrc"',
                  RuntimeWarning, stacklevel=4)


class Crc64:
    """A running CRC-64/XZ, as OSS computes it.

    :param init_crc: the CRC of what came before, 0 when nothing did
    """

    _POLY = 0x142F0E1EBA9EA3693
    _XOROUT = 0xFFFFFFFFFFFFFFFF

    def __init__(self, init_crc: int = 0) -> None:
        self._init_crc = self._crc = init_crc & 0xFFFFFFFFFFFFFFFF

    def __call__(self, data: Any) -> None:
        self._crc = _fold_crc64(data, self._crc)

    def restart(self) -> None:
        """Forget all data: begin again from the CRC that was given at first."""
        self._crc = self._init_crc

    def update(self, data: Any) -> None:
        """Go on over ``data``, any contiguous bytes-like object."""
        self._crc = _fold_crc64(data, self._crc)

    @property
    def crc(self) -> int:
        """The CRC so far."""
        return self._crc

    crcValue = crc

    @property
    def crc64(self) -> Crc64:
        """What runs the checksum, with ``update`` and ``crcValue``: this object."""
        return self

    @property
    def crc64_combineFun(self) -> Callable[[int, int, int], int]:
        """``combine`` as a function."""
        return _combiner(self._init_crc)

    def combine(self, crc1: int, crc2: int, len2: int) -> int:
        """The CRC of two byte strings joined, when both were begun with this object's ``init_crc``.

        :param len2: the length in bytes of the second
        """
        return _combiner(self._init_crc)(crc1, crc2, len2)


class Crc32:
    """A running CRC-32, as in zlib.

    :param init_crc: the CRC of what came before, 0 when nothing did
    """

    _POLY = 0x104C11DB7
    _XOROUT = 0xFFFFFFFF

    def __init__(self, init_crc: int = 0) -> None:
        self._crc = init_crc & 0xFFFFFFFF

    def __call__(self, data: Any) -> None:
        self._crc = zlib.crc32(data, self._crc)

    def update(self, data: Any) -> None:
        """Go on over ``data``, any contiguous bytes-like object."""
        self._crc = zlib.crc32(data, self._crc)

    @property
    def crc(self) -> int:
        """The CRC so far."""
        return self._crc

    crcValue = crc

    @property
    def crc32(self) -> Crc32:
        """What runs the checksum, with ``update`` and ``crcValue``: this object."""
        return self


@functools.lru_cache(maxsize=16)
def _combiner(init_crc: int) -> Callable[[int, int, int], int]:
    return mkCombineFun(Crc64._POLY, initCrc=init_crc, rev=True, xorOut=Crc64._XOROUT)


def calc_obj_crc_from_parts(parts: Iterable[Any], init_crc: int = 0) -> int | None:
    """The CRC of an object from those of its parts.

    :param parts: in their order in the object, each with ``part_crc`` and ``size`` in bytes (:class:`PartInfo`)
    :param init_crc: what the CRC of each part was begun with
    :return: None when the CRC or the size of any part is None, that is, unknown
    """
    combine = _combiner(init_crc & Crc64._XOROUT)
    crc = 0
    for part in parts:
        if part.part_crc is None or part.size is None:
            return None
        crc = combine(crc, part.part_crc, part.size)
    return crc


crc64_backend, _fold_crc64 = _load_backend()
