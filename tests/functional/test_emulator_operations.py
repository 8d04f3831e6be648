"""Every operation that the library has is one that the emulator has."""
from __future__ import annotations

import calls
import pytest

import oss2

#: what answers that an argument or the state is wrong; anything else would be the emulator's fault
REFUSED = range(400, 500)

#: what the emulator does not do yet, and says so
LACKING = frozenset(('async_process_object',))


@pytest.fixture
def bucket(oss_emulator):
    oss_emulator.reset()
    return oss_emulator.bucket('test-bucket')


@pytest.fixture
def service(oss_emulator):
    credentials = oss_emulator.credentials
    with oss2.Service(oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret), oss_emulator.endpoint,
                      region=oss_emulator.region) as service:
        service.session.session.trust_env = False
        yield service


def call(client, name, prepared):
    """Call an operation and read what there is to read; the error that it is refused with, or None."""
    try:
        result = getattr(client, name)(**calls.arguments(type(client), name, prepared))
        if hasattr(result, 'read'):
            result.read()
    except oss2.exceptions.ServerError as exc:
        return exc
    return None


def check(name, error):
    if error is not None and error.status not in REFUSED:
        assert (error.status, name in LACKING) == (501, True), (error.code, error.message)


@pytest.mark.parametrize('name', calls.methods(oss2.Bucket))
def test_bucket_operations_are_known(bucket, tmp_path, name):
    error = call(bucket, name, calls.scene(bucket, tmp_path))
    check(name, error)


@pytest.mark.parametrize('name', calls.methods(oss2.Service))
def test_service_operations_are_known(bucket, service, tmp_path, name):
    error = call(service, name, calls.scene(bucket, tmp_path))
    check(name, error)
