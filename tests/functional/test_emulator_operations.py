"""Every operation that the library has is one that the emulator has."""
from __future__ import annotations

import calls
import pytest

import oss2
from oss2.emulator import operations, routing  # noqa: F401 - the former fills the latter's table

#: what answers that an argument or the state is wrong; anything else would be the emulator's fault
REFUSED = range(400, 500)


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
        raise AssertionError((name, error.status, error.code, error.message))


@pytest.mark.parametrize('name', calls.methods(oss2.Bucket))
def test_bucket_operations_are_known(bucket, tmp_path, name):
    error = call(bucket, name, calls.scene(bucket, tmp_path))
    check(name, error)


@pytest.mark.parametrize('name', calls.methods(oss2.Service))
def test_service_operations_are_known(bucket, service, tmp_path, name):
    error = call(service, name, calls.scene(bucket, tmp_path))
    check(name, error)


def test_every_operation_tells_what_it_does():
    rows = [row for rows in routing.TABLE.values() for row in rows]
    assert [row.name for row in rows if not row.summary.endswith('.')] == []
    effects = {row.name: row.effect for row in rows}
    assert set(effects.values()) == {routing.FULL, routing.STORED}
    assert (effects['PutBucketCors'], effects['PutBucketHttpsConfig']) == (routing.FULL, routing.STORED)
