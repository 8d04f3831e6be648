"""The operations. Importing this package fills the table in :mod:`oss2.emulator.routing`."""
from __future__ import annotations

from . import (
    acl,
    append,
    buckets,
    copying,
    deleting,
    listing,
    multipart,
    objects,
    restore,
    service,
    symlinks,
    versioning,
)

__all__ = [
    'acl', 'append', 'buckets', 'copying', 'deleting', 'listing', 'multipart', 'objects', 'restore', 'service',
    'symlinks', 'versioning',
]
