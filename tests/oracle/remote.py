"""Takes the place of ``oss2.emulator`` where ``oss2`` is oss2 2.19.1: the same interface, to an emulator elsewhere."""
from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Dict, List

import pytest

import oss2

PYTHON = 'OSS2_EMULATOR_PYTHON'
"""The environment variable that names the interpreter with this library."""

# What else there is in the package is absent here, and not unheard of.
__path__: List[str] = []

ROOT = Path(__file__).resolve().parents[2]


class Emulator:
    """An emulator in a process of its own; what it is asked goes there and back."""

    def __init__(self, **options: Any) -> None:
        self._options = options
        self._lock = threading.Lock()
        self._process: Any = None
        self._asked = 0
        self._buckets: List[Any] = []
        self.faults = Faults(self)
        self.requests = Requests(self)
        self.state = State(self)

    def start(self) -> Emulator:
        self._process = subprocess.Popen(
            [os.environ[PYTHON], str(Path(__file__).with_name('serve.py')), json.dumps(self._options)], cwd=str(ROOT),
            env=dict(os.environ, PYTHONPATH=str(ROOT)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        settings: Dict[str, Any] = json.loads(self._process.stdout.readline())
        settings['credentials'] = SimpleNamespace(**settings['credentials'])
        vars(self).update(settings)
        return self

    def stop(self) -> None:
        for bucket in self._buckets:
            bucket.session.session.close()
        with self._process as process:
            process.stdin.close()
            process.wait()

    def __enter__(self) -> Emulator:
        return self.start()

    def __exit__(self, *exc: Any) -> None:
        self.stop()

    def ask(self, path: str, *args: Any, **kwargs: Any) -> Any:
        with self._lock:
            number = self._asked = self._asked + 1
            self._process.stdin.write(json.dumps([number, path, args, kwargs]) + '\n')
            self._process.stdin.flush()
            answer = json.loads(self._process.stdout.readline())
            # A test that was ended for the time it took may have left an answer behind.
            while answer['to'] != number:
                answer = json.loads(self._process.stdout.readline())
        if 'raises' in answer:
            raise RuntimeError('the emulator raised %(raises)s: %(message)s' % answer)
        return answer['value']

    def bucket(self, name: str, auth: Any = None, **options: Any) -> Any:
        if auth is None:
            auth = oss2.AuthV4(self.credentials.access_key_id, self.credentials.access_key_secret)
        options.setdefault('region', self.region)
        bucket = oss2.Bucket(auth, self.endpoint, name, **options)
        bucket.session.session.trust_env = False
        if self.certificate is not None:
            bucket.session.session.verify = self.certificate
        self._buckets.append(bucket)
        bucket.create_bucket()
        return bucket

    def add_account(self, *args: Any, **kwargs: Any) -> Any:
        return SimpleNamespace(**self.ask('add_account', *args, **kwargs))

    def temporary_credentials(self, *args: Any, **kwargs: Any) -> Any:
        return SimpleNamespace(**self.ask('temporary_credentials', *args, **kwargs))

    def expire_credentials(self) -> None:
        self.ask('expire_credentials')

    def account_id(self, *args: Any, **kwargs: Any) -> Any:
        return self.ask('account_id', *args, **kwargs)

    def run_lifecycle(self, *args: Any, **kwargs: Any) -> Any:
        return [SimpleNamespace(**done) for done in self.ask('run_lifecycle', *args, **kwargs)]

    def reset(self) -> None:
        self.ask('reset')


class State:
    """The settings of the emulator that tests change: plain values only."""

    def __init__(self, emulator: Emulator) -> None:
        vars(self).update(_emulator=emulator, _before={})

    def __getattr__(self, name: str) -> Any:
        return self._emulator.ask('state.' + name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._before.setdefault(name, getattr(self, name))
        self._emulator.ask('state.%s=' % name, value)

    def __delattr__(self, name: str) -> None:
        """How pytest's monkeypatch takes back an attribute that it finds in no dict."""
        setattr(self, name, self._before.pop(name))


class Faults:
    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def __getattr__(self, kind: str) -> Any:
        def add(*args: Any, **kwargs: Any) -> Any:
            answer = self._emulator.ask('faults.' + kind, *args, **kwargs)
            return answer and Fault(self._emulator, answer['id'])
        return add


class Fault:
    def __init__(self, emulator: Emulator, id: int) -> None:
        self._emulator = emulator
        self._id = id

    def __getattr__(self, name: str) -> Any:
        return self._emulator.ask('fault', self._id)[name]

    def __enter__(self) -> Fault:
        return self

    def __exit__(self, *exc: Any) -> None:
        self._emulator.ask('end fault', self._id)


class Requests(Sequence):  # type: ignore[type-arg]
    """The log, asked for each time it is looked at."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def _all(self) -> List[Any]:
        return [_seen(**seen) for seen in self._emulator.ask('requests')]

    def find(self, *args: Any, **kwargs: Any) -> List[Any]:
        return [_seen(**seen) for seen in self._emulator.ask('requests.find', *args, **kwargs)]

    def clear(self) -> None:
        self._emulator.ask('requests.clear')

    def __getitem__(self, index: Any) -> Any:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())


def _seen(**fields: Any) -> SimpleNamespace:
    return SimpleNamespace(**dict(fields, client=tuple(fields['client'])))


@pytest.fixture(scope='session')
def oss_emulator() -> Any:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def oss_bucket(oss_emulator: Any) -> Any:
    oss_emulator.reset()
    bucket = oss_emulator.bucket('test-bucket')
    yield bucket
    bucket.session.session.close()
    oss_emulator.reset()
