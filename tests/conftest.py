"""Fixtures of the whole suite, and the modules beside this one for all tests to import."""
from __future__ import annotations

import sys
from pathlib import Path

import pytest

import oss2

# Test modules are imported by path; what they share is found here.
sys.path.insert(0, str(Path(__file__).parent))

from rawserver import RawServer

# What the machine's environment may hold, and no test may depend on.
_VARIABLES = ('http_proxy', 'https_proxy', 'all_proxy', 'no_proxy', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NETRC',
              'OSS_SIGNATURE_VERSION')


def pytest_configure(config):
    # As an installed package the emulator brings this plugin itself.
    from oss2.emulator import pytest_plugin
    if not config.pluginmanager.is_registered(pytest_plugin):
        config.pluginmanager.register(pytest_plugin)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def raw_server():
    """A function that starts a :class:`rawserver.RawServer`; all of them are closed behind the test."""
    servers = []

    def start(answers, host='127.0.0.1'):
        server = RawServer(answers, host)
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def make_bucket():
    """A function that makes a Bucket for an endpoint; all of them are closed behind the test."""
    buckets = []

    def make(endpoint, auth=None, name='test-bucket', **options):
        bucket = oss2.Bucket(auth or oss2.Auth('key-id', 'key-secret'), endpoint, name, **options)
        buckets.append(bucket)
        return bucket

    yield make
    for bucket in buckets:
        bucket.close()


@pytest.fixture
def no_retries(monkeypatch):
    """One attempt a request, so that a failure shows at once."""
    monkeypatch.setattr(oss2.defaults, 'request_retries', 1)
