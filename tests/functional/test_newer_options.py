"""Options and calls that 2.19.1 does not have, against the emulator."""
from __future__ import annotations

import pytest

import oss2
from oss2 import models


def test_whether_there_is_a_bucket_an_object_and_a_version(oss_bucket, oss_emulator):
    bucket = oss_bucket
    other = oss2.Bucket(bucket.auth, oss_emulator.endpoint, 'no-such-bucket', region=oss_emulator.region)
    assert bucket.bucket_exists() is True
    assert other.bucket_exists() is False
    with pytest.raises(oss2.exceptions.NoSuchBucket):
        other.object_exists('k')
    bucket.put_bucket_versioning(models.BucketVersioningConfig('Enabled'))
    version = bucket.put_object('k', b'1').versionid
    assert bucket.object_exists('k', version_id=version) is True
    bucket.delete_object('k')
    assert bucket.object_exists('k') is False
    assert bucket.object_exists('k', version_id=version) is True
    bucket.delete_object('k', params={'versionId': version})
    assert bucket.object_exists('k', version_id=version) is False


def test_any_request(oss_bucket):
    assert oss_bucket.invoke_operation('PUT', '目录/k', headers={'Content-Type': 'a/b'}, data=b'content').status == 200
    got = oss_bucket.invoke_operation('GET', '目录/k', params={'response-content-language': 'de'})
    assert (got.body, got.headers['Content-Type'], got.headers['Content-Language']) == (b'content', 'a/b', 'de')
    assert b'<Grant>private</Grant>' in oss_bucket.invoke_operation('GET', params={'acl': ''}).body
    with pytest.raises(oss2.exceptions.NoSuchKey):
        oss_bucket.invoke_operation('GET', 'absent')


def test_an_object_that_must_not_be_overwritten(oss_bucket):
    oss_bucket.put_object('k', b'1')
    with pytest.raises(oss2.exceptions.FileAlreadyExists):
        oss_bucket.put_object('k', b'2', headers={oss2.headers.OSS_FORBID_OVERWRITE: 'true'})
    assert oss_bucket.get_object('k').read() == b'1'


def test_the_ciphers_of_a_bucket(oss_bucket):
    oss_bucket.put_bucket_https_config(models.HttpsConfiguration(
        True, ['TLSv1.2'], models.CipherSuite(True, False, ['ECDHE-ECDSA-AES128-SHA256'], ['ECDHE-ECDSA-AES256-CCM8'])))
    found = oss_bucket.get_bucket_https_config()
    assert (found.tls_enabled, found.tls_version) == (True, ['TLSv1.2'])
    suite = found.cipher_suite
    assert (suite.enabled, suite.strong, suite.custom, suite.tls13_custom) == (
        True, False, ['ECDHE-ECDSA-AES128-SHA256'], ['ECDHE-ECDSA-AES256-CCM8'])


def test_an_inventory_of_every_month(oss_bucket):
    target = models.InventoryBucketDestination('100000000000000', 'acs:ram::1:role/r', oss_bucket.bucket_name, 'CSV')
    oss_bucket.put_bucket_inventory_configuration(models.InventoryConfiguration(
        'report', True, 'All', inventory_destination=models.InventoryDestination(target),
        inventory_schedule=models.InventorySchedule(models.INVENTORY_FREQUENCY_MONTHLY, 28), optional_fields=['Size'],
        incremental_inventory=models.IncrementalInventory(True, 600, ['SequenceNumber'])))
    found = oss_bucket.get_bucket_inventory_configuration('report')
    assert (found.inventory_schedule.frequency, found.inventory_schedule.day_of_month) == ('Monthly', 28)
    increments = found.incremental_inventory
    assert (increments.is_enabled, increments.frequency, increments.optional_fields) == (True, 600, ['SequenceNumber'])


def test_uploads_to_keys_that_xml_cannot_carry(oss_bucket):
    key = 'a\x01b'
    begun = oss_bucket.init_multipart_upload(key)
    assert begun.key == key
    part = oss_bucket.upload_part(key, begun.upload_id, 1, b'x')
    assert oss_bucket.list_parts(key, begun.upload_id).key == key
    oss_bucket.complete_multipart_upload(key, begun.upload_id, [models.PartInfo(1, part.etag)])
    assert oss_bucket.get_object(key).read() == b'x'


def test_buckets_by_tag(oss_bucket, oss_emulator):
    tags = models.TaggingRule()
    tags.add('k', 'v')
    oss_bucket.put_bucket_tagging(models.Tagging(tags))
    service = oss2.Service(oss_bucket.auth, oss_emulator.endpoint, region=oss_emulator.region)
    assert [each.name for each in service.list_buckets(tag_key='k', tag_value='v').buckets] == [oss_bucket.bucket_name]
    assert service.list_buckets(tag_key='k', tag_value='other').buckets == []
