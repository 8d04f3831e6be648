"""Reads the log of the library, and of what it sends requests with, for secrets that should not be in it."""
from __future__ import annotations

import logging
import re
from typing import Any, List, Set

LOGGERS = ('oss2', 'urllib3', 'requests')

# Those that tests sign with.
SECRETS = ('key-secret', 'sts-token', 'proxy-password')

# A signature or token, whoever's it is; masked, it is ***.
_SHAPES = re.compile(r'(?i)(?:signature|security-token)(?:=|%3d|:\s?)(?!\*\*\*)[^\s&]|authorization\W{1,4}OSS')


class LogWatch(logging.Handler):
    """A handler of all records, from DEBUG on, while the `with` block runs.

    `found` has those with a secret.
    """

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: List[str] = []
        self.secrets: Set[str] = set(SECRETS)
        self._levels = [(name, logging.getLogger(name).level) for name in LOGGERS]

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = self.format(record)
        except Exception:  # a test's own formatting error shows elsewhere
            return
        if _SHAPES.search(text) or any(secret in text for secret in self.secrets):
            self.found.append(f'{record.name}: {text}')

    def __enter__(self) -> LogWatch:
        for name in LOGGERS:
            logging.getLogger(name).addHandler(self)
            logging.getLogger(name).setLevel(logging.DEBUG)
        return self

    def __exit__(self, *exc: Any) -> None:
        for name, level in self._levels:
            logging.getLogger(name).removeHandler(self)
            logging.getLogger(name).setLevel(level)
