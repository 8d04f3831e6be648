"""Fixtures of the whole suite, and the modules beside this one for all tests to import."""
from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

import oss2

# Test modules are imported by path; what they share is found here.
sys.path.insert(0, str(Path(__file__).parent))

from logwatch import LogWatch
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


@pytest.fixture(scope='session')
def log_watch():
    with LogWatch() as watch:
        yield watch


@pytest.fixture(autouse=True)
def no_secret_is_logged(log_watch, request):
    """All tests run with the log at DEBUG, and none of them may find a secret in it."""
    if 'oss_emulator' in request.fixturenames:
        log_watch.secrets.add(request.getfixturevalue('oss_emulator').credentials.access_key_secret)
    log_watch.found.clear()
    yield
    assert not log_watch.found, 'the log has secrets: %s' % log_watch.found[0]


@pytest.fixture
def own_requests(log_watch):
    """For a test that uses signed URLs without the library: urllib3 logs them."""
    yield
    log_watch.found.clear()


@pytest.fixture
def raw_server():
    """A function that starts a :class:`rawserver.RawServer`; all of them are closed behind the test."""
    servers = []

    def start(answers, host='127.0.0.1', context=None):
        server = RawServer(answers, host, context)
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
def make_encrypted(oss_bucket, oss_emulator):
    """A function that makes a CryptoBucket over the bucket, with a master key of its own."""
    from Crypto.PublicKey import RSA
    buckets = []

    def make():
        key = RSA.generate(1024)
        provider = oss2.RsaProvider({'private_key': key.export_key().decode(),
                                     'public_key': key.publickey().export_key().decode()})
        buckets.append(oss2.CryptoBucket(oss_bucket.auth, oss_emulator.endpoint, oss_bucket.bucket_name, provider,
                                         region=oss_emulator.region))
        return buckets[-1]

    yield make
    for bucket in buckets:
        bucket.close()


@pytest.fixture
def no_retries(monkeypatch):
    """One attempt a request, so that a failure shows at once."""
    monkeypatch.setattr(oss2.defaults, 'request_retries', 1)


@pytest.fixture
def terminal():
    """A device that nothing can replace by a file: the path of a terminal, and a function that waits for n bytes."""
    pty = pytest.importorskip('pty')
    import tty
    master, slave = pty.openpty()
    tty.setraw(slave)
    written, arrived = bytearray(), threading.Condition()

    def keep():
        while True:
            try:
                some = os.read(master, 65536)
            except OSError:  # nobody has the other end open any more
                return
            with arrived:
                written.extend(some)
                arrived.notify_all()

    def wait_for(size):
        with arrived:
            arrived.wait_for(lambda: len(written) >= size, 10)
            return bytes(written)

    reader = threading.Thread(target=keep, name='terminal')
    reader.start()
    yield os.ttyname(slave), wait_for
    os.close(slave)
    reader.join()
    os.close(master)
