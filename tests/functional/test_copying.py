"""Copies of any size, and renaming."""
from __future__ import annotations

import random

import pytest
from noise import noise

import oss2
from oss2 import _retry
from oss2.exceptions import AccessDenied, ClientError, InconsistentError, NotFound, PreconditionFailed

CONTENT = noise(50000, random.Random(1))
OTHER = CONTENT[::-1]
KEY = '目录/来源 source.txt'
HEADERS = {
    'Content-Type': 'a/b', 'Cache-Control': 'no-cache', 'Content-Disposition': 'attachment; filename=a.txt',
    'Content-Language': 'zh', 'Expires': 'Fri, 24 Feb 2012 06:07:48 GMT', 'x-oss-meta-name': 'value',
    'x-oss-tagging': 'k1=v1&k%202=v%2B2', 'x-oss-object-acl': 'public-read', 'x-oss-storage-class': 'IA'}
KEPT = [name for name in HEADERS if name not in ('x-oss-tagging', 'x-oss-object-acl')]


@pytest.fixture(autouse=True)
def no_waits(monkeypatch):
    monkeypatch.setattr(_retry, 'delay', lambda attempt, asked=None: 0.0)


@pytest.fixture
def prepared(oss_bucket, oss_emulator, monkeypatch):
    """A function that makes a bucket where larger objects than this are copied in parts."""
    def prepare(threshold):
        monkeypatch.setattr(oss2.defaults, 'copy_threshold', threshold)
        monkeypatch.setattr(oss2.defaults, 'copy_part_size', 12000)
        monkeypatch.setattr(oss2.defaults, 'min_part_size', 1)
        monkeypatch.setattr(oss_emulator.state, 'smallest_part', 1)
        oss_bucket.put_object(KEY, CONTENT, headers=HEADERS)
        oss_emulator.requests.clear()
        return oss_bucket

    return prepare


@pytest.fixture
def in_parts(prepared):
    return prepared(len(CONTENT) - 1)


@pytest.fixture(params=[0, -1], ids=['in one', 'in parts'])
def bucket(request, prepared):
    return prepared(len(CONTENT) + request.param)


def is_in_parts():
    return oss2.defaults.copy_threshold < len(CONTENT)


def operations(emulator):
    return [request.operation for request in emulator.requests]


def copy(bucket, target='target', **options):
    return bucket.copy_object_auto(bucket.bucket_name, KEY, target, **options)


def check_kept(bucket, key):
    found = bucket.head_object(key)
    assert {name: found.headers[name] for name in KEPT} == {name: HEADERS[name] for name in KEPT}
    assert bucket.get_object_acl(key).acl == 'public-read'
    assert bucket.get_object_tagging(key).tag_set.tagging_rule == {'k1': 'v1', 'k 2': 'v+2'}
    assert bucket.get_object(key).read() == CONTENT


@pytest.mark.parametrize('num_threads', [1, 3, None])
@pytest.mark.behaviour(31)
def test_a_copy_has_all_of_its_source(num_threads, bucket, oss_emulator):
    progress = []
    result = copy(bucket, num_threads=num_threads, progress_callback=lambda *args: progress.append(args))
    assert isinstance(result, oss2.models.PutObjectResult)
    found = bucket.head_object('target')
    assert (result.etag, result.crc) == (found.etag, found.server_crc)
    check_kept(bucket, 'target')
    check_kept(bucket, KEY)
    assert progress[-1] == (len(CONTENT), len(CONTENT))
    assert [done for done, _ in progress] == sorted({done for done, _ in progress})
    parts = len(oss_emulator.requests.find(operation='UploadPartCopy'))
    assert parts == (5 if is_in_parts() else 0)


def test_what_is_not_set_stays_unset(bucket, oss_emulator):
    bucket.put_object(KEY, CONTENT)
    copy(bucket)
    assert bucket.get_object_acl('target').acl == 'default'
    assert bucket.head_object('target').content_type == 'text/plain'
    assert 'GetObjectTagging' not in operations(oss_emulator)


def test_headers_of_the_copy(bucket):
    headers = {'x-oss-object-acl': 'private', 'x-oss-storage-class': 'Standard', 'Content-Type': 'ignored/here',
               'x-oss-tagging': 'ignored=too'}
    copy(bucket, headers=headers)
    found = bucket.head_object('target')
    assert bucket.get_object_acl('target').acl == 'private'
    assert (found.headers['x-oss-storage-class'], found.content_type) == ('Standard', 'a/b')
    assert bucket.get_object_tagging('target').tag_set.tagging_rule == {'k1': 'v1', 'k 2': 'v+2'}
    assert len(headers) == 4


def test_metadata_and_tags_are_replaced(bucket):
    copy(bucket, headers={'x-oss-metadata-directive': 'REPLACE', 'Content-Type': 'c/d', 'x-oss-meta-new': 'n',
                          'x-oss-tagging-directive': 'Replace', 'x-oss-tagging': 'new=tag'})
    found = bucket.head_object('target')
    assert (found.content_type, found.headers['x-oss-meta-new']) == ('c/d', 'n')
    assert 'x-oss-meta-name' not in found.headers
    assert 'Cache-Control' not in found.headers
    assert bucket.get_object_tagging('target').tag_set.tagging_rule == {'new': 'tag'}


def test_from_another_bucket_and_of_a_version(bucket, oss_emulator, make_bucket):
    other = make_bucket(oss_emulator.endpoint, bucket.auth, 'other-bucket', region=oss_emulator.region)
    other.create_bucket()
    other.put_bucket_versioning(oss2.models.BucketVersioningConfig('Enabled'))
    version = other.put_object(KEY, CONTENT, headers=HEADERS).versionid
    other.put_object(KEY, b'newer')
    bucket.copy_object_auto('other-bucket', KEY, 'target', params={'versionId': version})
    check_kept(bucket, 'target')
    bucket.copy_object_auto('other-bucket', KEY, 'target')
    assert bucket.get_object('target').read() == b'newer'


def test_a_condition_of_the_callers(bucket):
    for headers in ({'x-oss-copy-source-if-match': '"other"'}, {'x-oss-copy-source-if-none-match': '*'}):
        with pytest.raises((PreconditionFailed, oss2.exceptions.NotModified)):
            copy(bucket, headers=headers)
    assert not bucket.object_exists('target')
    copy(bucket, headers={'x-oss-copy-source-if-match': '*'})
    check_kept(bucket, 'target')


def test_an_object_that_must_not_be_replaced(bucket):
    bucket.put_object('target', b'before')
    with pytest.raises(oss2.exceptions.ServerError) as caught:
        copy(bucket, headers={'x-oss-forbid-overwrite': 'true'})
    assert caught.value.status == 409
    assert bucket.get_object('target').read() == b'before'
    assert bucket.list_multipart_uploads().upload_list == []


def change_after(bucket, operation):
    """The source changes after the first request of this kind."""
    original = bucket._do

    def do(method, bucket_name, key, **kwargs):
        response = original(method, bucket_name, key, **kwargs)
        if operation(method, kwargs):
            bucket._do = original
            original('PUT', bucket_name, KEY, data=OTHER)
        return response

    bucket._do = do


@pytest.mark.behaviour(31)
def test_a_source_that_changes_is_noticed(bucket):
    change_after(bucket, lambda method, kwargs: method == 'HEAD')
    with pytest.raises(PreconditionFailed):
        copy(bucket)
    assert not bucket.object_exists('target')
    assert bucket.list_multipart_uploads().upload_list == []


@pytest.mark.behaviour(31)
def test_a_source_that_changes_between_parts(in_parts):
    change_after(in_parts, lambda method, kwargs: 'partNumber' in (kwargs.get('params') or {}))
    with pytest.raises(PreconditionFailed):
        copy(in_parts)
    assert not in_parts.object_exists('target')
    assert in_parts.list_multipart_uploads().upload_list == []


@pytest.mark.parametrize('operation', ['InitiateMultipartUpload', 'UploadPartCopy', 'CompleteMultipartUpload'])
@pytest.mark.parametrize('num_threads', [1, 3])
@pytest.mark.behaviour(31)
def test_a_failure_leaves_nothing(operation, num_threads, in_parts, oss_emulator):
    with oss_emulator.faults.fail(403, 'AccessDenied', operation=operation, times=None), pytest.raises(AccessDenied):
        copy(in_parts, num_threads=num_threads)
    assert not in_parts.object_exists('target')
    assert in_parts.list_multipart_uploads().upload_list == []


def test_a_copy_that_is_interrupted_leaves_nothing(in_parts):
    def interrupt(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(in_parts, progress_callback=interrupt)
    assert in_parts.list_multipart_uploads().upload_list == []


@pytest.mark.parametrize('operation', ['HeadObject', 'InitiateMultipartUpload', 'UploadPartCopy', 'CopyObject',
                                       'CompleteMultipartUpload'])
def test_what_may_pass_is_tried_again(operation, bucket, oss_emulator):
    oss_emulator.faults.fail(503, operation=operation, times=2)
    copy(bucket)
    check_kept(bucket, 'target')


def test_a_wrong_checksum(bucket, oss_emulator):
    with oss_emulator.faults.wrong_crc(operation='HeadObject'), pytest.raises(InconsistentError):
        copy(bucket)
    oss_emulator.faults.wrong_crc(operation='HeadObject')
    bucket.enable_crc = False
    copy(bucket)


def test_a_symbolic_link_stays_one(bucket):
    bucket.put_symlink(KEY, 'link')
    bucket.copy_object_auto(bucket.bucket_name, 'link', 'target')
    assert bucket.get_symlink('target').target_key == KEY
    assert bucket.get_object('target').read() == CONTENT


def test_an_encrypted_object_stays_readable(bucket, make_encrypted):
    encrypted = make_encrypted()
    encrypted.put_object(KEY, CONTENT, headers={'x-oss-meta-name': 'value'})
    copy(encrypted)
    copy(encrypted, 'replaced', headers={'x-oss-metadata-directive': 'REPLACE', 'x-oss-meta-new': 'n'})
    for target in ('target', 'replaced'):
        assert encrypted.get_object(target).read() == CONTENT
    assert 'x-oss-meta-name' not in encrypted.head_object('replaced').headers


def test_who_pays_is_told_in_every_request(bucket, oss_emulator):
    copy(bucket, headers={'x-oss-request-payer': 'requester'})
    assert all(request.headers.get('x-oss-request-payer') == 'requester' for request in oss_emulator.requests)


def test_who_pays_is_told_when_a_copy_is_given_up(bucket, oss_emulator):
    if not is_in_parts():
        pytest.skip('it is one request')
    with oss_emulator.faults.fail(403, 'AccessDenied', operation='UploadPartCopy'), pytest.raises(AccessDenied):
        copy(bucket, headers={'x-oss-request-payer': 'requester'})
    assert operations(oss_emulator)[-1] == 'AbortMultipartUpload'
    assert all(request.headers.get('x-oss-request-payer') == 'requester' for request in oss_emulator.requests)


@pytest.mark.parametrize('keys', [('', 'target'), (KEY, ''), (None, 'target'), (KEY, None), (KEY, 5)], ids=repr)
def test_keys_that_are_none(keys, bucket, oss_emulator):
    for call in (lambda: bucket.copy_object_auto(bucket.bucket_name, *keys), lambda: bucket.move_object(*keys)):
        with pytest.raises(ClientError):
            call()
    assert len(oss_emulator.requests) == 0


def test_no_such_source(bucket):
    for call in (lambda: bucket.copy_object_auto(bucket.bucket_name, 'absent', 'target'),
                 lambda: bucket.move_object('absent', 'target')):
        with pytest.raises(NotFound):
            call()


# Renaming

@pytest.mark.behaviour(31)
def test_renaming(bucket, oss_emulator):
    result = bucket.move_object(KEY, 'target')
    assert result.etag == bucket.head_object('target').etag
    check_kept(bucket, 'target')
    assert not bucket.object_exists(KEY)
    assert operations(oss_emulator).count('GetObjectAcl') == 2  # one of them of this test


def test_moving_from_another_bucket(bucket, oss_emulator, make_bucket):
    other = make_bucket(oss_emulator.endpoint, bucket.auth, 'other-bucket', region=oss_emulator.region)
    other.create_bucket()
    other.move_object(KEY, KEY, source_bucket_name=bucket.bucket_name)
    check_kept(other, KEY)
    assert not bucket.object_exists(KEY)


def test_an_object_is_not_moved_onto_itself(bucket, oss_emulator):
    with pytest.raises(ClientError, match='itself'):
        bucket.move_object(KEY, KEY)
    assert len(oss_emulator.requests) == 0


@pytest.mark.behaviour(31)
def test_a_source_that_changes_is_not_deleted(bucket):
    last = 'POST' if is_in_parts() else 'PUT'
    change_after(bucket, lambda method, kwargs: method == last and 'uploads' not in (kwargs.get('params') or {}))
    with pytest.raises(InconsistentError, match='not deleted'):
        bucket.move_object(KEY, 'target')
    assert bucket.get_object(KEY).read() == OTHER
    assert bucket.get_object('target').read() == CONTENT


@pytest.mark.parametrize('operation', ['copy', 'GetObjectAcl'])
@pytest.mark.behaviour(31)
def test_a_move_that_fails_deletes_nothing(operation, bucket, oss_emulator):
    if operation == 'copy':
        operation = 'UploadPartCopy' if is_in_parts() else 'CopyObject'
    with oss_emulator.faults.fail(403, 'AccessDenied', operation=operation, times=None), pytest.raises(AccessDenied):
        bucket.move_object(KEY, 'target')
    check_kept(bucket, KEY)
    assert not bucket.object_exists('target')
