"""Deleting many objects at once, against the emulator and against answers of our own."""
from __future__ import annotations

import re
from xml.sax.saxutils import escape

import pytest
from fakes import FakeResponse, FakeSession, NoSession, error

import oss2
from oss2.exceptions import AccessDenied, ClientError, InconsistentError, NoSuchBucket, ServerError
from oss2.models import BatchDeleteObjectVersion

KEYS = ['logs', 'logs/', 'logs/1', 'logs/2/a', 'logs/2/b', 'logs/control\x01', 'logs/中文', 'logsX', 'other']
LOGS = ['logs/', 'logs/1', 'logs/2/a', 'logs/2/b', 'logs/control\x01', 'logs/中文']


@pytest.fixture(params=[1, 2, 1000])
def bucket(request, oss_bucket, monkeypatch):
    monkeypatch.setattr('oss2.operations.deleting.LARGEST_PAGE', request.param)
    for key in KEYS:
        oss_bucket.put_object(key, b'12345')
    return oss_bucket


def keys_in(bucket):
    return [info.key for info in oss2.ObjectIterator(bucket, max_keys=1000)]


def versions_in(bucket):
    return [(info.key, info.versionid) for info in oss2.ObjectVersionIterator(bucket)]


@pytest.mark.behaviour(26)
def test_a_prefix(bucket):
    result = bucket.delete_prefix('logs/')
    assert isinstance(result, oss2.DeletePrefixResult)
    assert (result.keys, result.count, result.size, result.versions, result.dry_run) == (LOGS, 6, 30, [], False)
    assert keys_in(bucket) == ['logs', 'logsX', 'other']
    again = bucket.delete_prefix('logs/')
    assert (again.keys, again.count, again.size) == ([], 0, 0)


@pytest.mark.behaviour(26)
@pytest.mark.parametrize('versions', [False, True])
def test_a_dry_run_deletes_nothing(versions, bucket, oss_emulator):
    oss_emulator.requests.clear()
    result = bucket.delete_prefix('logs/', dry_run=True, versions=versions)
    assert (result.keys, result.count, result.size, result.dry_run) == (LOGS, 6, 30, True)
    assert {seen.method for seen in oss_emulator.requests} == {'GET'}
    assert keys_in(bucket) == KEYS


@pytest.mark.behaviour(26)
def test_versions_and_delete_markers(bucket):
    bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig(oss2.BUCKET_VERSIONING_ENABLE))
    bucket.put_object('logs/1', b'1234567')
    bucket.delete_object('logs/2/a')
    before = versions_in(bucket)

    result = bucket.delete_prefix('logs/')
    assert result.keys == [key for key in LOGS if key != 'logs/2/a']
    assert len(versions_in(bucket)) == len(before) + 5  # markers
    assert keys_in(bucket) == ['logs', 'logsX', 'other']

    expected = [pair for pair in versions_in(bucket) if pair[0].startswith('logs/')]
    result = bucket.delete_prefix('logs/', versions=True)
    assert result.keys == LOGS
    assert sorted((each.key, each.versionid) for each in result.versions) == sorted(expected)
    assert result.count == len(expected) == 6 + 1 + 1 + 5
    assert result.size == 6 * 5 + 7
    assert [key for key, _ in versions_in(bucket)] == ['logs', 'logsX', 'other']


@pytest.mark.behaviour(26)
@pytest.mark.parametrize('prefix', ['', b'', None, 5, ['logs/']], ids=repr)
def test_no_prefix_is_no_prefix(prefix):
    bucket = oss2.Bucket(oss2.Auth('a', 'b'), 'http://a.com', 'bucket', session=NoSession())
    for options in ({}, {'dry_run': True}, {'versions': True}):
        with pytest.raises(ClientError) as caught:
            bucket.delete_prefix(prefix, **options)
        assert repr(prefix) in caught.value.message


@pytest.mark.behaviour(26)
def test_it_goes_on_after_an_error(bucket, oss_emulator):
    with oss_emulator.faults.fail(403, 'AccessDenied', operation='DeleteMultipleObjects', times=1), \
            pytest.raises(AccessDenied):
        bucket.delete_prefix('logs/')
    assert bucket.delete_prefix('logs/').count == 6
    bucket.bucket_name = 'no-such-bucket'
    with pytest.raises(NoSuchBucket):
        bucket.delete_prefix('logs/')


def listing(keys, marker=''):
    contents = ''.join('<Contents><Key>%s</Key><LastModified>2015-12-05T00:00:00.000Z</LastModified><ETag>"e"</ETag>'
                       '<Type>Normal</Type><Size>1</Size><StorageClass>Standard</StorageClass></Contents>' % key
                       for key in keys)
    return FakeResponse(body=('<ListBucketResult><IsTruncated>%s</IsTruncated><NextMarker>%s</NextMarker>%s'
                              '</ListBucketResult>' % (str(bool(marker)).lower(), marker, contents)).encode())


def versions(*pairs):
    contents = ''.join('<Version><Key>%s</Key><VersionId>%s</VersionId><IsLatest>true</IsLatest></Version>' % pair
                       for pair in pairs)
    return FakeResponse(body=('<ListVersionsResult><IsTruncated>false</IsTruncated>%s</ListVersionsResult>'
                              % contents).encode())


def deleted(*items):
    parts = ('<Deleted><Key>%s</Key>%s</Deleted>' % (key, '<VersionId>%s</VersionId>' % version if version else '')
             for key, version in items)
    return FakeResponse(headers={'x-oss-request-id': 'DELETION'},
                        body=('<DeleteResult>%s</DeleteResult>' % ''.join(parts)).encode())


def faked(*answers):
    session = FakeSession(*answers)
    return oss2.Bucket(oss2.Auth('a', 'b'), 'http://a.com', 'bucket', session=session), session


@pytest.mark.behaviour(26)
def test_what_oss_left_is_named():
    """The rest is deleted all the same."""
    bucket, session = faked(listing(['p/1', 'p/2'], 'p/2'), listing(['p/3']),
                            deleted(('p/1', '')), deleted(('p/3', '')))
    with pytest.raises(oss2.exceptions.NotAllDeleted) as caught:
        bucket.delete_prefix('p/')
    assert caught.value.keys == ['p/2']
    assert "deleted 2 and left 1: 'p/2'" in caught.value.message
    assert caught.value.request_id == 'DELETION'
    assert isinstance(caught.value, InconsistentError)
    assert [request.method for request in session.requests] == ['GET', 'GET', 'POST', 'POST']

    bucket, _ = faked(versions(('p/1', 'v1'), ('p/1', 'v2')), deleted(('p/1', 'v2')))
    with pytest.raises(oss2.exceptions.NotAllDeleted, match=r"'p/1' \(version v1\)") as caught:
        bucket.delete_prefix('p/', versions=True)
    assert caught.value.keys == ['p/1']

    many = ['p/%03d' % number for number in range(100)]
    bucket, _ = faked(listing(many), deleted())
    with pytest.raises(oss2.exceptions.NotAllDeleted, match='and 90 more') as caught:
        bucket.delete_prefix('p/')
    assert caught.value.keys == many
    assert 'p/011' not in caught.value.message


@pytest.mark.behaviour(26, 'D5')
def test_a_listing_that_does_not_advance():
    bucket, session = faked(*[listing(['p/1'], 'p/1') for _ in range(2)], *[deleted(('p/1', ''))] * 18)
    with pytest.raises(InconsistentError, match="'p/1'"):
        bucket.delete_prefix('p/')
    assert len(session.requests) <= 3


def keys_sent(session):
    return [re.findall('<Key>(.*?)</Key>', body.decode(), re.DOTALL) for body in session.bodies if body]


@pytest.mark.behaviour(26)
def test_batches_of_a_thousand():
    keys = ['k%04d&' % number for number in range(2500)]
    answers = [deleted(*((escape(key), '') for key in keys[begin:begin + 1000])) for begin in (0, 1000, 2000)]
    bucket, session = faked(*answers)
    result = bucket.batch_delete_objects(iter(keys))
    assert result.deleted_keys == keys
    assert [len(batch) for batch in keys_sent(session)] == [1000, 1000, 500]

    pairs = [BatchDeleteObjectVersion('k%d' % number, 'v') for number in range(1001)]
    bucket, session = faked(deleted(*(('k%d' % number, 'v') for number in range(1000))), deleted(('k1000', 'v')))
    result = bucket.delete_object_versions(pairs)
    assert [each.key for each in result.delete_versions] == [pair.key for pair in pairs]
    assert [len(batch) for batch in keys_sent(session)] == [1000, 1]


@pytest.mark.behaviour(26)
def test_a_batch_that_fails_is_raised():
    bucket, session = faked(deleted(*(('k%d' % number, '') for number in range(1000))), error(403, 'AccessDenied'))
    with pytest.raises(AccessDenied):
        bucket.batch_delete_objects(['k%d' % number for number in range(2001)])
    assert len(session.requests) == 2


@pytest.mark.behaviour(26)
@pytest.mark.parametrize('keys', ['key', b'key', 5], ids=repr)
def test_one_key_is_no_list_of_keys(keys):
    """Its characters would be deleted."""
    bucket = oss2.Bucket(oss2.Auth('a', 'b'), 'http://a.com', 'bucket', session=NoSession())
    with pytest.raises(ClientError, match=re.escape('[%r]' % (keys,))):
        bucket.batch_delete_objects(keys)


@pytest.mark.behaviour(26)
def test_keys_that_xml_cannot_carry(oss_bucket, oss_emulator):
    keys = ['a', 'b\x01', 'c\x1f', '\ufffe', 'line\nfeed', 'tab\t', '<&>']
    for key in [*keys, 'kept']:
        oss_bucket.put_object(key, b'x')
    oss_emulator.requests.clear()
    result = oss_bucket.batch_delete_objects(keys)
    assert sorted(result.deleted_keys) == sorted(keys)
    assert keys_in(oss_bucket) == ['kept']
    assert [seen.operation for seen in oss_emulator.requests][:4] == [
        'DeleteMultipleObjects', 'DeleteObject', 'DeleteObject', 'DeleteObject']


def test_objects_under_retention(oss_bucket, oss_emulator):
    """OSS refuses; nothing is told to be deleted that is not."""
    oss_bucket.put_object('p/1', b'x')
    with oss_emulator.faults.fail(409, 'FileImmutable', operation='DeleteMultipleObjects'), \
            pytest.raises(ServerError) as caught:
        oss_bucket.delete_prefix('p/')
    assert caught.value.code == 'FileImmutable'
    assert keys_in(oss_bucket) == ['p/1']


@pytest.mark.behaviour(26)
@pytest.mark.parametrize('dry_run', [False, True])
def test_a_listing_of_other_keys(dry_run):
    """What was not asked for is not deleted, whatever is between here and OSS."""
    page = ('<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>%s</ListBucketResult>'
            % ''.join('<Contents><Key>%s</Key><LastModified>2024-05-01T08:00:00.000Z</LastModified><ETag>"A"</ETag>'
                      '<Type>Normal</Type><Size>1</Size><StorageClass>Standard</StorageClass></Contents>' % key
                      for key in ('logs/1', 'other')))
    session = FakeSession(FakeResponse(body=page.encode()))
    bucket = oss2.Bucket(oss2.AnonymousAuth(), 'http://oss.test', 'bucket', session=session)
    with pytest.raises(InconsistentError, match="'other'"):
        bucket.delete_prefix('logs/', dry_run=dry_run)
    assert [request.method for request in session.requests] == ['GET']


def test_the_result_shows_what_it_did(bucket):
    assert repr(bucket.delete_prefix('logs/', dry_run=True)) == '<DeletePrefixResult dry_run=True count=6 size=30>'


def test_a_listing_of_other_keys_deletes_nothing():
    listing = ('<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>other</Key><ETag>"e"</ETag>'
               '<LastModified>2012-02-24T08:43:07.000Z</LastModified><Size>5</Size><Type>Normal</Type>'
               '<StorageClass>Standard</StorageClass></Contents></ListBucketResult>')
    session = FakeSession(FakeResponse(body=listing.encode()))
    bucket = oss2.Bucket(oss2.Auth('id', 'secret'), 'http://oss-cn-hangzhou.aliyuncs.com', 'a-bucket', session=session)
    with pytest.raises(InconsistentError, match='other'):
        bucket.delete_prefix('logs/')
    assert [req.method for req in session.requests] == ['GET']
