"""Fixtures of the tests that talk to the emulator without the library; each module has a `client` of its own."""
from __future__ import annotations

import pytest
from functional.emulator_client import Client

import oss2


@pytest.fixture
def other(oss_emulator, client):
    """A client of another account."""
    credentials = oss_emulator.add_account('other')
    stranger = Client(oss_emulator, oss2.Auth(credentials.access_key_id, credentials.access_key_secret))
    yield stranger
    stranger.close()


@pytest.fixture
def anonymous(oss_emulator, client):
    """A client that signs nothing."""
    stranger = Client(oss_emulator, auth=False)
    yield stranger
    stranger.close()
