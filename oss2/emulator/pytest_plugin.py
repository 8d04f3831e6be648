"""Fixtures: ``oss_emulator``, one for the session, and ``oss_bucket``, a fresh bucket for each test."""
from __future__ import annotations

from typing import TYPE_CHECKING, Iterator

import pytest

if TYPE_CHECKING:
    import oss2

    from .server import Emulator


@pytest.fixture(scope='session')
def oss_emulator() -> Iterator[Emulator]:
    """An :class:`oss2.emulator.Emulator` that runs as long as the session."""
    from .server import Emulator
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def oss_bucket(oss_emulator: Emulator) -> Iterator[oss2.Bucket]:
    """An empty :class:`oss2.Bucket`; data, faults and the log of requests are forgotten before and after the test."""
    oss_emulator.reset()
    bucket = oss_emulator.bucket('test-bucket')
    yield bucket
    bucket.session.session.close()
    oss_emulator.reset()
