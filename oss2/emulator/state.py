"""What an emulator is at a moment: its data, its accounts, its settings."""
from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Tuple

from .access_log import AccessLog
from .accounts import Accounts, Credentials, Identity
from .callback_key import CallbackKey
from .store import Store


@dataclass
class Metadata:
    """What the ECS metadata service is at a moment.

    :param is_hardened: it answers only those who show a token
    :param seconds: how long the credentials it gives are good for
    :param tokens: when each expires, Unix seconds
    :param updated: when the credentials were made
    """

    is_hardened: bool = False
    seconds: float = 6 * 3600
    credentials: Optional[Credentials] = None
    updated: float = 0.0
    tokens: Dict[str, float] = field(default_factory=dict)


@dataclass
class State:
    """Shared by all requests.

    :param region: such as ``cn-hangzhou``
    :param owner: the account the emulator was started with
    :param host: the host and port clients reach it at
    :param names: host names of its own, below which a first label is a bucket
    :param restore_seconds: how long thawing an archived object takes
    :param resource_pools: by name; each may have ``limits``, ``buckets`` and ``created``, Unix seconds
    :param cloud_boxes: ids of the account's cloud boxes
    :param request_timeout: seconds a client may be silent within a request body
    """

    store: Store
    accounts: Accounts
    owner: Identity
    region: str
    host: str = ''
    names: Tuple[str, ...] = ('localhost',)
    restore_seconds: float = 1.0
    request_timeout: float = 30.0
    smallest_part: int = field(default=100 * 1024)
    resource_pools: Dict[str, Dict[str, Any]] = field(default_factory=dict)
    cloud_boxes: List[str] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)
    access_log: AccessLog = field(default_factory=AccessLog)
    callback_key: CallbackKey = field(default_factory=CallbackKey)

    @property
    def location(self) -> str:
        return 'oss-' + self.region

    def now(self) -> float:
        return time.time()

    def cname(self, host: str) -> Optional[str]:
        """The bucket a custom domain is bound to."""
        found = self.store.owners('cname', host)
        return found[0] if found else None
