"""The operations. Importing this package fills the table in :mod:`oss2.emulator.routing`."""
from __future__ import annotations

from . import (
    acl,
    append,
    buckets,
    copying,
    cors,
    deleting,
    forms,
    lifecycle,
    listing,
    multipart,
    objects,
    policies,
    restore,
    retention,
    service,
    storage,
    symlinks,
    tagging,
    versioning,
    web,
    worm,
)

__all__ = [
    'acl', 'append', 'buckets', 'copying', 'cors', 'deleting', 'forms', 'lifecycle', 'listing', 'multipart', 'objects',
    'policies', 'restore', 'retention', 'service', 'storage', 'symlinks', 'tagging', 'versioning', 'web', 'worm',
]
