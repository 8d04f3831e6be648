"""Buckets that keep versions, against the emulator."""
from __future__ import annotations

import pytest

import oss2
from oss2 import models
from oss2.exceptions import NoSuchKey, ServerError

KEY = '中文/a b+c%?&.txt'


@pytest.fixture(params=['v1', 'v4'])
def bucket(request, oss_bucket, oss_emulator):
    credentials = oss_emulator.credentials
    auth = oss2.make_auth(credentials.access_key_id, credentials.access_key_secret, request.param)
    with oss_emulator.bucket(oss_bucket.bucket_name, auth) as bucket:
        assert bucket.get_bucket_versioning().status is None
        bucket.put_bucket_versioning(models.BucketVersioningConfig(oss2.BUCKET_VERSIONING_ENABLE))
        assert bucket.get_bucket_versioning().status == 'Enabled'
        yield bucket


def test_reading_a_version(bucket, tmp_path):
    first = bucket.put_object(KEY, b'first').versionid
    second = bucket.put_object(KEY, b'second', headers={'x-oss-meta-a': 'b'}).versionid
    assert first != second
    assert bucket.get_object(KEY).read() == b'second'
    params = {'versionId': first}
    got = bucket.get_object(KEY, params=params)
    assert (got.read(), got.versionid) == (b'first', first)
    bucket.get_object_to_file(KEY, str(tmp_path / 'file'), params=params)
    assert (tmp_path / 'file').read_bytes() == b'first'
    assert bucket.head_object(KEY, params=params).content_length == 5
    assert bucket.get_object_meta(KEY, params=params).content_length == 5
    url = bucket.sign_url('GET', KEY, 60, params=params)
    assert bucket.get_object_with_url(url).read() == b'first'
    bucket.put_object_acl(KEY, 'public-read', params=params)
    assert bucket.get_object_acl(KEY, params=params).acl == 'public-read'
    assert bucket.get_object_acl(KEY).acl == 'default'
    assert params == {'versionId': first}


def test_copying_a_version(bucket):
    first = bucket.put_object(KEY, b'first').versionid
    bucket.put_object(KEY, b'second')
    bucket.copy_object(bucket.bucket_name, KEY, 'copy', params={'versionId': first})
    assert bucket.get_object('copy').read() == b'first'
    upload_id = bucket.init_multipart_upload('parts').upload_id
    part = bucket.upload_part_copy(bucket.bucket_name, KEY, None, 'parts', upload_id, 1, params={'versionId': first})
    bucket.complete_multipart_upload('parts', upload_id, [models.PartInfo(1, part.etag)])
    assert bucket.get_object('parts').read() == b'first'


def test_deleting(bucket):
    first = bucket.put_object(KEY, b'first').versionid
    second = bucket.put_object(KEY, b'second').versionid
    marker = bucket.delete_object(KEY)
    assert marker.delete_marker is True
    with pytest.raises(NoSuchKey):
        bucket.get_object(KEY)
    assert not bucket.object_exists(KEY)
    gone = bucket.delete_object(KEY, params={'versionId': marker.versionid})
    assert (gone.delete_marker, gone.versionid) == (True, marker.versionid)
    assert bucket.get_object(KEY).read() == b'second'
    bucket.delete_object(KEY, params={'versionId': second})
    assert bucket.get_object(KEY).read() == b'first'
    with pytest.raises(ServerError) as caught:
        bucket.get_object(KEY, params={'versionId': second})
    assert (caught.value.status, caught.value.code) == (404, 'NoSuchVersion')
    assert bucket.get_object(KEY, params={'versionId': first}).delete_marker in (None, False)


@pytest.mark.parametrize('max_keys', [1, 2, 1000])
def test_listing_versions(max_keys, bucket):
    expected = []
    for key in ('a', 'a/b', KEY):
        versions = [bucket.put_object(key, b'%d' % number).versionid for number in range(2)]
        versions.append(bucket.delete_object(key).versionid)
        expected += [(key, versionid) for versionid in reversed(versions)]
    found, latest = [], set()
    arguments = {}
    while True:
        result = bucket.list_object_versions(max_keys=max_keys, **arguments)
        for entry in result.versions + result.delete_marker:
            found.append((entry.key, entry.versionid))
            if entry.is_latest:
                latest.add((entry.key, entry.versionid))
        if not result.is_truncated:
            break
        arguments = {'key_marker': result.next_key_marker, 'versionid_marker': result.next_versionid_marker}
    assert sorted(found) == sorted(expected)
    assert latest == {expected[0], expected[3], expected[6]}
    folded = bucket.list_object_versions(prefix='a', delimiter='/')
    assert folded.common_prefix == ['a/']
    assert {entry.key for entry in folded.versions} == {'a'}


def test_deleting_many_versions(bucket):
    versions = models.BatchDeleteObjectVersionList()
    expected = []
    for key in ('a', KEY):
        versionid = bucket.put_object(key, b'x').versionid
        versions.append(models.BatchDeleteObjectVersion(key, versionid))
        expected.append((key, versionid))
    assert versions.len() == 2
    deleted = bucket.delete_object_versions(versions).delete_versions
    assert [(entry.key, entry.versionid) for entry in deleted] == expected
    assert bucket.list_object_versions().versions == []
    bucket.put_object('a', b'x')
    made = bucket.batch_delete_objects(['a'])
    assert made.deleted_keys == ['a']
    assert made.delete_versions[0].delete_marker is True
    assert made.delete_versions[0].delete_marker_versionid == bucket.list_object_versions().delete_marker[0].versionid


def test_suspending(bucket):
    kept = bucket.put_object(KEY, b'kept').versionid
    bucket.put_bucket_versioning(models.BucketVersioningConfig(oss2.BUCKET_VERSIONING_SUSPEND))
    assert bucket.get_bucket_versioning().status == 'Suspended'
    for content in (b'one', b'two'):
        assert bucket.put_object(KEY, content).versionid == 'null'
    assert [entry.versionid for entry in bucket.list_object_versions().versions] == ['null', kept]
    assert bucket.get_object(KEY, params={'versionId': kept}).read() == b'kept'
