"""What travels: the sizes of a benchmark, and bytes that client and server both know beforehand."""
from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import BinaryIO

KIB = 1 << 10
MIB = 1 << 20

BUCKET = 'benchmark-bucket'
SMALL, MEDIUM, LARGE, HUGE = 'small.bin', 'medium.bin', 'large.bin', 'huge.bin'

BLOCK = bytes((7 * n + n // 256) % 256 for n in range(64 * KIB)) * 16


@dataclass(frozen=True)
class Sizes:
    small: int = KIB
    medium: int = 32 * MIB
    large: int = 256 * MIB
    huge: int = 1024 * MIB
    part: int = 10 * MIB
    threads: int = 4
    checksum: int = 16 * MIB
    keys: int = 1000
    parts: int = 10000
    calls: int = 100
    lists: int = 5

    def of(self, key: str) -> int:
        return {SMALL: self.small, MEDIUM: self.medium, LARGE: self.large, HUGE: self.huge}[key]


FULL = Sizes()
QUICK = Sizes(medium=MIB, large=2 * MIB, huge=5 * MIB, part=2 * MIB, checksum=MIB, keys=10, parts=10, calls=3, lists=1)


def content(size: int) -> bytes:
    whole, rest = divmod(size, len(BLOCK))
    return BLOCK * whole + BLOCK[:rest]


def write_content(file: BinaryIO, size: int) -> None:
    whole, rest = divmod(size, len(BLOCK))
    for _ in range(whole):
        file.write(BLOCK)
    file.write(BLOCK[:rest])


def add_sizes_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('--quick', dest='sizes', action='store_const', const=QUICK, default=FULL,
                        help='tiny sizes, to see that everything runs')
