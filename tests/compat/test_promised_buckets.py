"""Promises about buckets and their settings."""

from __future__ import annotations

import pytest

import oss2
from oss2 import models
from oss2.exceptions import (
    AccessDenied,
    BucketNotEmpty,
    ClientError,
    NoSuchBucket,
    NoSuchCors,
    NoSuchLifecycle,
    NoSuchWebsite,
)

ACLS = [oss2.BUCKET_ACL_PRIVATE, oss2.BUCKET_ACL_PUBLIC_READ, oss2.BUCKET_ACL_PUBLIC_READ_WRITE]


@pytest.fixture
def new_bucket(oss_bucket, oss_emulator):
    """A bucket that is not there yet."""
    with oss2.Bucket(oss_bucket.auth, oss_emulator.endpoint, 'new-bucket', region=oss_emulator.region) as bucket:
        yield bucket


@pytest.mark.promise('S253', 'S254')
@pytest.mark.parametrize('acl', [None, *ACLS])
def test_create_bucket(acl, new_bucket, oss_emulator):
    """Private unless asked for something else; nothing is sent that was not asked for."""
    with pytest.raises(NoSuchBucket):
        new_bucket.get_bucket_info()
    new_bucket.create_bucket(acl)
    (seen,) = [seen for seen in oss_emulator.requests.find('PutBucket') if seen.bucket == 'new-bucket']
    assert (seen.method, seen.headers.get('x-oss-acl')) == ('PUT', acl)
    assert new_bucket.get_bucket_acl().acl == (acl or oss2.BUCKET_ACL_PRIVATE)


@pytest.mark.promise('S255', 'S256')
def test_the_storage_class_of_a_new_bucket(new_bucket):
    config = models.BucketCreateConfig(oss2.BUCKET_STORAGE_CLASS_IA, oss2.BUCKET_DATA_REDUNDANCY_TYPE_ZRS)
    new_bucket.create_bucket(oss2.BUCKET_ACL_PUBLIC_READ, config)
    info = new_bucket.get_bucket_info()
    assert (info.storage_class, info.data_redundancy_type, info.acl.grant) == ('IA', 'ZRS', 'public-read')


@pytest.mark.promise('S261', 'S263')
def test_delete_bucket(new_bucket, oss_emulator):
    """Neither objects nor unfinished uploads may be in it."""
    new_bucket.create_bucket()
    new_bucket.put_object('key', b'x')
    upload_id = new_bucket.init_multipart_upload('key').upload_id
    with pytest.raises(BucketNotEmpty) as caught:
        new_bucket.delete_bucket()
    assert caught.value.status == 409
    new_bucket.delete_object('key')
    with pytest.raises(BucketNotEmpty):
        new_bucket.delete_bucket()
    new_bucket.abort_multipart_upload('key', upload_id)
    assert new_bucket.delete_bucket().status == 204
    with pytest.raises(NoSuchBucket):
        new_bucket.get_bucket_info()


@pytest.mark.promise('S265', 'S266')
def test_get_bucket_location(oss_bucket, oss_emulator):
    assert oss_bucket.get_bucket_location().location == 'oss-' + oss_emulator.region
    assert oss_emulator.requests[-1].params == {'location': ''}


@pytest.mark.promise('S268', 'S269', 'S271')
@pytest.mark.parametrize('acl', ACLS)
def test_bucket_acls(acl, oss_bucket):
    oss_bucket.put_bucket_acl('public-read' if acl == 'private' else 'private')
    oss_bucket.put_bucket_acl(acl)
    assert oss_bucket.get_bucket_acl().acl == acl


@pytest.fixture
def sent(monkeypatch):
    """The bodies of the requests that are sent to the emulator."""
    bodies = []
    send = oss2.Session.do_request

    def do_request(self, req, timeout):
        bodies.append(req.data)
        return send(self, req, timeout=timeout)

    monkeypatch.setattr(oss2.Session, 'do_request', do_request)
    return bodies


@pytest.mark.promise('S273', 'S274', 'S275', 'S277', 'S279')
def test_cors(oss_bucket, sent):
    rule = models.CorsRule(['http://a.com', '*.b.com'], ['GET', 'PUT'], ['x-oss-*'], ['ETag'], 60)
    oss_bucket.put_bucket_cors(models.BucketCors([rule, models.CorsRule(['*'], ['HEAD'])]))
    assert sent[-1].startswith(b'<CORSConfiguration><CORSRule>')
    first, second = oss_bucket.get_bucket_cors().rules
    assert vars(first) == vars(rule)
    assert (second.allowed_origins, second.allowed_methods) == (['*'], ['HEAD'])
    oss_bucket.delete_bucket_cors()
    with pytest.raises(NoSuchCors):
        oss_bucket.get_bucket_cors()


@pytest.mark.promise('S281', 'S282', 'S283', 'S285', 'S286', 'S288')
def test_lifecycle(oss_bucket, sent):
    rule = models.LifecycleRule('old logs', 'logs/', expiration=models.LifecycleExpiration(days=30))
    oss_bucket.put_bucket_lifecycle(models.BucketLifecycle([rule]))
    assert sent[-1].startswith(b'<LifecycleConfiguration><Rule><ID>old logs</ID>')
    (found,) = oss_bucket.get_bucket_lifecycle().rules
    assert (found.id, found.prefix, found.status, found.expiration.days) == ('old logs', 'logs/', 'Enabled', 30)
    for _ in range(2):
        assert oss_bucket.delete_bucket_lifecycle().status == 204
    with pytest.raises(NoSuchLifecycle) as caught:
        oss_bucket.get_bucket_lifecycle()
    assert caught.value.status == 404


@pytest.mark.promise('S290', 'S291', 'S292', 'S294', 'S296')
def test_logging(oss_bucket, oss_emulator, sent):
    oss_emulator.bucket('logs-bucket').close()
    oss_bucket.put_bucket_logging(models.BucketLogging('logs-bucket', 'prefix-'))
    assert sent[-1].startswith(b'<BucketLoggingStatus><LoggingEnabled>')
    found = oss_bucket.get_bucket_logging()
    assert (found.target_bucket, found.target_prefix) == ('logs-bucket', 'prefix-')
    oss_bucket.delete_bucket_logging()
    found = oss_bucket.get_bucket_logging()
    assert (found.target_bucket, found.target_prefix) == ('', '')


@pytest.mark.promise('S298', 'S299', 'S300', 'S302')
def test_referer(oss_bucket, sent):
    """It protects at once."""
    oss_bucket.put_object('key', b'x')
    oss_bucket.put_bucket_acl('public-read')
    oss_bucket.put_bucket_referer(models.BucketReferer(False, ['http://a.com', 'https://*.b.com']))
    assert b'<RefererList><Referer>http://a.com</Referer><Referer>https://*.b.com</Referer>' in sent[-1]
    found = oss_bucket.get_bucket_referer()
    assert (found.allow_empty_referer, found.referers) == (False, ['http://a.com', 'https://*.b.com'])
    with oss2.Bucket(oss2.AnonymousAuth(), oss_bucket.endpoint, oss_bucket.bucket_name) as anonymous:
        assert anonymous.get_object('key', headers={'Referer': 'http://a.com'}).read() == b'x'
        with pytest.raises(AccessDenied):
            anonymous.get_object('key', headers={'Referer': 'http://c.com'})


@pytest.mark.promise('S304', 'S305', 'S306', 'S308', 'S309', 'S311')
def test_website(oss_bucket, sent):
    oss_bucket.put_bucket_website(models.BucketWebsite('index.html', 'error.html'))
    assert b'<IndexDocument><Suffix>index.html</Suffix></IndexDocument>' in sent[-1]
    found = oss_bucket.get_bucket_website()
    assert (found.index_file, found.error_file) == ('index.html', 'error.html')
    oss_bucket.delete_bucket_website()
    with pytest.raises(NoSuchWebsite) as caught:
        oss_bucket.get_bucket_website()
    assert (caught.value.status, caught.value.code) == (404, 'NoSuchWebsiteConfiguration')


@pytest.mark.promise('S255')
def test_a_new_buckets_configuration_must_be_one(new_bucket):
    with pytest.raises(ClientError):
        new_bucket.create_bucket(input=5)
