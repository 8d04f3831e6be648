"""Buckets as such, against the emulator."""
from __future__ import annotations

import io
import socket

import pytest

import oss2
from oss2 import models
from oss2.exceptions import AccessDenied, BucketNotEmpty, NoSuchBucket, ServerError


@pytest.fixture(params=['v1', 'v2', 'v4'])
def auth(request, oss_bucket, oss_emulator):
    credentials = oss_emulator.credentials
    return oss2.make_auth(credentials.access_key_id, credentials.access_key_secret, request.param)


@pytest.fixture
def bucket(auth, oss_emulator):
    """Not created yet."""
    with oss2.Bucket(auth, oss_emulator.endpoint, 'new-bucket', region=oss_emulator.region) as bucket:
        yield bucket


def test_from_creation_to_deletion(bucket):
    with pytest.raises(NoSuchBucket):
        bucket.get_bucket_info()
    assert bucket.create_bucket().status == 200
    bucket.create_bucket()
    bucket.put_object('key', b'x')
    with pytest.raises(BucketNotEmpty):
        bucket.delete_bucket()
    bucket.delete_object('key')
    assert bucket.delete_bucket().status == 204
    with pytest.raises(NoSuchBucket):
        bucket.delete_bucket()


@pytest.mark.parametrize('make', [
    lambda: models.BucketCreateConfig(oss2.BUCKET_STORAGE_CLASS_IA, oss2.BUCKET_DATA_REDUNDANCY_TYPE_ZRS),
    lambda: '<CreateBucketConfiguration><StorageClass>IA</StorageClass><DataRedundancyType>ZRS</DataRedundancyType>'
            '</CreateBucketConfiguration>',
    lambda: b'<CreateBucketConfiguration><StorageClass>IA</StorageClass><DataRedundancyType>ZRS</DataRedundancyType>'
            b'</CreateBucketConfiguration>',
    lambda: io.BytesIO(b'<CreateBucketConfiguration><StorageClass>IA</StorageClass><DataRedundancyType>ZRS'
                       b'</DataRedundancyType></CreateBucketConfiguration>'),
    lambda: iter([b'<CreateBucketConfiguration><StorageClass>IA</StorageClass>',
                  b'<DataRedundancyType>ZRS</DataRedundancyType></CreateBucketConfiguration>']),
], ids=['class', 'str', 'bytes', 'file', 'iterable'])
def test_a_configuration_in_every_form(make, bucket):
    bucket.create_bucket(oss2.BUCKET_ACL_PUBLIC_READ, make())
    info = bucket.get_bucket_info()
    assert isinstance(info, models.GetBucketInfoResult)
    assert (info.name, info.storage_class, info.data_redundancy_type) == ('new-bucket', 'IA', 'ZRS')
    assert info.acl.grant == 'public-read'
    assert info.location == 'oss-cn-hangzhou'
    assert info.owner.id


def test_acls(bucket, oss_emulator):
    bucket.create_bucket()
    assert bucket.get_bucket_acl().acl == 'private'
    bucket.put_object('key', b'x')
    with oss2.Bucket(oss2.AnonymousAuth(), oss_emulator.endpoint, 'new-bucket') as anonymous:
        with pytest.raises(AccessDenied):
            anonymous.get_object('key')
        for acl in (oss2.BUCKET_ACL_PUBLIC_READ, oss2.BUCKET_ACL_PUBLIC_READ_WRITE):
            bucket.put_bucket_acl(acl)
            assert bucket.get_bucket_acl().acl == acl
            assert anonymous.get_object('key').read() == b'x'
        anonymous.put_object('key', b'y')
        bucket.put_bucket_acl(oss2.BUCKET_ACL_PRIVATE)
        with pytest.raises(AccessDenied):
            anonymous.get_object('key')


def test_what_it_holds(bucket):
    bucket.create_bucket()
    bucket.put_object('key', b'12345')
    bucket.init_multipart_upload('key')
    stat = bucket.get_bucket_stat()
    assert (stat.storage_size_in_bytes, stat.object_count, stat.multi_part_upload_count) == (5, 1, 1)
    assert bucket.get_bucket_location().location == 'oss-cn-hangzhou'


def test_a_bucket_of_others(bucket, oss_emulator):
    bucket.create_bucket()
    other = oss_emulator.add_account('other')
    auth = oss2.AuthV4(other.access_key_id, other.access_key_secret)
    with oss2.Bucket(auth, oss_emulator.endpoint, 'new-bucket', region=oss_emulator.region) as theirs:
        with pytest.raises(ServerError) as caught:
            theirs.create_bucket()
        assert caught.value.code == 'BucketAlreadyExists'
        for call in (theirs.list_objects, theirs.get_bucket_info, theirs.delete_bucket,
                     lambda: theirs.put_object('key', b'x')):
            with pytest.raises(AccessDenied):
                call()


def test_addressing_by_host(oss_bucket, oss_emulator, monkeypatch):
    """The bucket in front of the host, as with real endpoints; the emulator answers for names below localhost."""
    resolve = socket.getaddrinfo

    def local(host, *args, **kwargs):
        return resolve('127.0.0.1' if host == 'test-bucket.localhost' else host, *args, **kwargs)

    monkeypatch.setattr(socket, 'getaddrinfo', local)
    with oss2.Bucket(oss_bucket.auth, 'http://127.0.0.1:%d' % oss_emulator.port, 'test-bucket',
                     region=oss_emulator.region) as bucket:
        bucket._make_url = oss2.api._UrlMaker('http://localhost:%d' % oss_emulator.port, False, False)
        bucket._make_url.type = 0
        bucket.put_object('a/b', b'x')
        assert bucket.get_object('a/b').read() == b'x'
        url = bucket.sign_url('GET', 'a/b', 60)
        assert url.startswith('http://test-bucket.localhost:')
        assert bucket.get_object_with_url(url).read() == b'x'
        assert [info.key for info in bucket.list_objects().object_list] == ['a/b']
