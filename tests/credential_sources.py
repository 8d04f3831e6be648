"""What the tests of the credentials providers share: a clock, answers of the sources, an environment without any."""
from __future__ import annotations

import json
import os
import time
from typing import Any, Dict, List, Tuple

from rawserver import Sent, answer

SECRETS = ('LTAIplantedKeyId', 'plantedSecret+/=', 'CAISplantedToken+/=')
NOW = 1_900_000_000.0


class Clock:
    """Takes the place of the module `time`; it only runs when told to."""

    def __init__(self) -> None:
        self.now = NOW
        self.slept: List[float] = []

    def time(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now - NOW

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def stopped_clock(monkeypatch: Any, *modules: Any) -> Clock:
    """A clock that these modules of the library look at."""
    clock = Clock()
    for module in modules:
        monkeypatch.setattr(module, 'time', clock)
    return clock


def without_credentials(monkeypatch: Any, home: Any) -> None:
    """An environment and a home directory in which no credentials are to be found."""
    for name in list(os.environ):
        if name.startswith(('ALIBABA_CLOUD_', 'OSS_')):
            monkeypatch.delenv(name)
    monkeypatch.setenv('HOME', str(home))
    monkeypatch.setenv('USERPROFILE', str(home))


def iso(seconds: float) -> str:
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(seconds))


def document(key_id: str = SECRETS[0], ends: float = NOW + 6 * 3600, **changed: Any) -> Dict[str, Any]:
    """Credentials as the metadata service writes them; a field that is None is left out."""
    fields = {'Code': 'Success', 'AccessKeyId': key_id, 'AccessKeySecret': SECRETS[1], 'SecurityToken': SECRETS[2],
              'Expiration': iso(ends), **changed}
    return {name: value for name, value in fields.items() if value is not None}


def in_json(content: Any, status: int = 200) -> Sent:
    return answer(json.dumps(content).encode(), status, {'Content-Type': 'application/json'}, then='close')


def triple(credentials: Any) -> Tuple[Any, Any, Any]:
    return (credentials.get_access_key_id(), credentials.get_access_key_secret(), credentials.get_security_token())


def chain(error: BaseException) -> str:
    """All texts that a traceback of *error* has."""
    texts = []
    current: Any = error
    while current is not None:
        texts += [str(current), repr(current)]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return '\n'.join(texts)


def assert_hides(text: str, *secrets: str) -> None:
    for secret in secrets or SECRETS:
        assert secret not in text
