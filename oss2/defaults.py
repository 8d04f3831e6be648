"""Settings that programs assign to at run time: read them when they are needed, not at import.

Sizes are in bytes, times in seconds.
"""
from __future__ import annotations

from typing import Optional, TypeVar

_T = TypeVar('_T')

connect_timeout = 60
"""How long to wait for a connection, and for each piece of an answer."""

request_retries = 3
"""How many times one request is sent at most; 1 switches retries off."""

multipart_threshold = 10 * 1024 * 1024
"""Files of this size and larger are uploaded in parts by ``resumable_upload``."""

multipart_num_threads = 1
"""Threads that ``resumable_upload`` uploads with."""

part_size = 10 * 1024 * 1024
"""Preferred size of an uploaded part."""

max_part_count = 10000
"""Most parts an upload may have, as OSS has it."""

min_part_size = 100 * 1024
"""Least size of a part but the last, as OSS has it."""

connection_pool_size = 10
"""Idle connections that a session keeps for each host."""

multiget_threshold = 100 * 1024 * 1024
"""Objects of this size and larger are downloaded in parts by ``resumable_download``."""

multiget_num_threads = 4
"""Threads that ``resumable_download`` downloads with."""

multiget_part_size = 10 * 1024 * 1024
"""Preferred size of a downloaded part."""

copy_threshold = 1024 * 1024 * 1024
"""Objects larger than this are copied in parts by ``copy_object_auto``: what OSS copies in one request."""

copy_part_size = 128 * 1024 * 1024
"""Preferred size of a copied part."""

clock_correction = True
"""Whether a request that OSS refuses for its time is signed again by OSS's clock, which the session then goes by."""

signature_version: Optional[str] = None
"""``'v4'`` makes the auth classes that sign with version 1 unless told otherwise sign with version 4.

None asks the environment variable ``OSS_SIGNATURE_VERSION``, and without it leaves each class its own version.
"""


def get(value: Optional[_T], default_value: _T) -> _T:
    """*value*, or *default_value* where it is None."""
    return default_value if value is None else value
