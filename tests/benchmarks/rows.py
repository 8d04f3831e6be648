"""The rows of the table: what is measured, in which unit, and what is aimed at."""
from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional

from payload import MIB, Sizes

RATE = 'MiB/s'
REQUESTS = 'GET/s'


@dataclass(frozen=True)
class Row:
    """One line of the table, named after the method that contestants have for it.

    :param at_oracle: the aim for ours divided by the oracle's; at_floor, by the floor's: at least this for a rate, and
        otherwise at most
    :param limit: the aim for ours in ``unit``: likewise at least or at most this
    :param isolated: each round has a process of its own
    """

    name: str
    title: str
    unit: str
    at_oracle: Optional[float] = None
    at_floor: Optional[float] = None
    limit: Optional[float] = None
    isolated: bool = False

    @property
    def bound(self) -> str:
        return '≥' if self.unit in (RATE, REQUESTS) else '≤'

    def reaches(self, value: float, aim: float) -> bool:
        return value >= aim if self.bound == '≥' else value <= aim


def make_rows(sizes: Sizes) -> List[Row]:
    large, medium = f'{sizes.large // MIB} MiB', f'{sizes.medium // MIB} MiB'
    parts = f'{sizes.huge // MIB} MiB, parts of {sizes.part // MIB} MiB, {sizes.threads} threads'
    return [
        Row('sign_v1', 'sign a PUT, V1', 'µs'),
        Row('sign_v4', 'sign a PUT, V4', 'µs'),
        Row('put_small', 'PUT 1 KiB', 'µs', at_oracle=0.33, at_floor=1.4),
        Row('get_small', 'GET 1 KiB', 'µs', at_oracle=0.33, at_floor=1.4),
        Row('head', 'HEAD', 'µs'),
        Row('list_keys', f'list {sizes.keys} keys', 'ms', at_oracle=0.4),
        Row('list_versions', f'list {sizes.keys} versions', 'ms', at_oracle=0.4),
        Row('get_read', f'GET {large}, read(1 MiB)', RATE, at_oracle=4.5, at_floor=0.8),
        Row('get_iterate', f'GET {large}, iteration', RATE),
        Row('get_file', f'GET {large}, to a file', RATE, at_oracle=4),
        Row('put_file', f'PUT {large}, from a file', RATE, at_oracle=2.8, at_floor=0.8),
        Row('put_bytes', f'PUT {large}, from bytes', RATE),
        Row('resumable_upload', f'resumable upload, {parts}', RATE, at_oracle=3),
        Row('resumable_download', f'resumable download, {parts}', RATE, at_oracle=3),
        Row('crc64', f'Crc64 of {sizes.checksum // MIB} MiB', RATE),
        Row('crc64_new', 'Crc64()', 'µs', limit=2),
        Row('combine', f'combine {sizes.parts} part CRCs', 'ms', limit=50),
        Row('import_time', 'import oss2, beyond requests', 'ms', limit=40),
        Row('memory_read', f'peak memory, read() of {medium}', 'MiB', limit=sizes.medium / MIB + 1, isolated=True),
        Row('memory_put', f'peak memory, PUT {large} from a file', 'MiB', isolated=True),
        Row('memory_upload', f'peak memory, resumable upload, {parts}', 'MiB', limit=64, isolated=True),
        Row('memory_download', f'peak memory, resumable download, {parts}', 'MiB', limit=64, isolated=True),
        Row('emulator_get', f'emulator: GET 1 KiB, {sizes.threads} threads of http.client', REQUESTS, limit=1500),
        Row('emulator_get_by_oss2', f'emulator: GET 1 KiB, {sizes.threads} threads of oss2', REQUESTS),
        Row('emulator_start', 'emulator: start', 'ms', limit=300),
        Row('emulator_stop', 'emulator: stop', 'ms', limit=1000),
    ]
