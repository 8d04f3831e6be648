"""What an emulator is at a moment: its data, its accounts, its settings."""
from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Optional, Tuple

from .accounts import Accounts, Identity
from .store import Store


@dataclass
class State:
    """Shared by all requests.

    :param region: such as ``cn-hangzhou``
    :param owner: the account the emulator was started with
    :param host: the host and port clients reach it at
    :param names: host names of its own, below which a first label is a bucket
    :param restore_seconds: how long thawing an archived object takes
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

    @property
    def location(self) -> str:
        return 'oss-' + self.region

    def now(self) -> float:
        return time.time()

    def cname(self, host: str) -> Optional[str]:
        """The bucket a custom domain is bound to."""
        return None
