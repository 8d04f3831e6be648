"""Who may sign requests: accounts with their access keys, and temporary credentials of theirs."""
from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass, replace
from typing import Dict, Optional


@dataclass(frozen=True)
class Account:
    """An Alibaba Cloud account; ``id`` is the numeric user id that owns buckets."""

    name: str
    id: str


@dataclass(frozen=True)
class Credentials:
    """An access key; a temporary one has a token and an expiry in Unix seconds."""

    access_key_id: str
    access_key_secret: str
    security_token: str = ''
    expiration: Optional[float] = None

    def __repr__(self) -> str:
        return 'Credentials(access_key_id=%r)' % self.access_key_id


@dataclass(frozen=True)
class Identity:
    """An account and the credentials it shows."""

    account: Account
    credentials: Credentials


class Accounts:
    """The accounts an emulator knows; safe to call from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._accounts: Dict[str, Account] = {}
        self._keys: Dict[str, Identity] = {}

    def add(self, name: str, access_key_id: str, access_key_secret: str) -> Identity:
        """Give the account of that name, new or known, an access key."""
        with self._lock:
            number = int.from_bytes(hashlib.sha256(name.encode('utf-8')).digest()[:7], 'big') % 10 ** 16
            account = self._accounts.setdefault(name, Account(name, str(10 ** 16 + number)))
            identity = Identity(account, Credentials(access_key_id, access_key_secret))
            self._keys[access_key_id] = identity
            return identity

    def issue(self, account: Account, expiration: float) -> Credentials:
        """Temporary credentials that act for ``account`` until ``expiration``, Unix seconds."""
        credentials = Credentials('STS.' + secrets.token_hex(12), secrets.token_urlsafe(30), 'CAIS' +
                                  secrets.token_urlsafe(96), expiration)
        with self._lock:
            self._keys[credentials.access_key_id] = Identity(account, credentials)
        return credentials

    def expire_issued(self, moment: float) -> None:
        """Let all temporary credentials given out so far end at ``moment``, if not before."""
        with self._lock:
            for key_id, identity in self._keys.items():
                expiration = identity.credentials.expiration
                if expiration is not None:
                    shorter = replace(identity.credentials, expiration=min(expiration, moment))
                    self._keys[key_id] = replace(identity, credentials=shorter)

    def left(self, credentials: Credentials, now: float) -> float:
        """For how many seconds more temporary credentials are good."""
        identity = self.find(credentials.access_key_id)
        return 0.0 if identity is None else (identity.credentials.expiration or now) - now

    def find(self, access_key_id: str) -> Optional[Identity]:
        return self._keys.get(access_key_id)

    def by_id(self, account_id: str) -> Optional[Account]:
        with self._lock:
            return next((account for account in self._accounts.values() if account.id == account_id), None)
