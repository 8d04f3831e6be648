"""Multipart uploads, against the emulator."""

from __future__ import annotations

import io

import pytest

import oss2
from oss2 import models
from oss2.exceptions import InconsistentError, NoSuchKey, NoSuchUpload, ServerError
from oss2.models import PartInfo

PART = bytes(range(256)) * 400
KEY = '中文/a b+c%.txt'


@pytest.fixture
def bucket(oss_bucket, oss_emulator):
    before = oss_emulator.state.smallest_part
    yield oss_bucket
    oss_emulator.state.smallest_part = before


def upload(bucket, key=KEY, parts=(PART, b'the end')):
    upload_id = bucket.init_multipart_upload(key).upload_id
    infos = []
    for number, data in enumerate(parts, 1):
        result = bucket.upload_part(key, upload_id, number, data)
        infos.append(PartInfo(number, result.etag, size=len(data), part_crc=result.crc))
    return upload_id, infos


@pytest.mark.parametrize('version', ['v1', 'v2', 'v4'])
def test_there_and_back(version, bucket, oss_emulator):
    auth = oss2.make_auth(oss_emulator.credentials.access_key_id, oss_emulator.credentials.access_key_secret, version)
    with oss_emulator.bucket(bucket.bucket_name, auth) as bucket:
        begun = bucket.init_multipart_upload(KEY, headers={'x-oss-meta-a': 'b', 'Content-Type': 'x/y'})
        assert isinstance(begun, models.InitMultipartUploadResult)
        calls = []
        first = bucket.upload_part(KEY, begun.upload_id, 1, io.BytesIO(PART), lambda *args: calls.append(args))
        assert calls[-1] == (len(PART), len(PART))
        last = bucket.upload_part(KEY, begun.upload_id, 7, 'Ende ü')
        parts = [
            PartInfo(7, last.etag, size=7, part_crc=last.crc),
            PartInfo(1, first.etag, size=len(PART), part_crc=first.crc),
        ]
        done = bucket.complete_multipart_upload(KEY, begun.upload_id, parts)
        assert isinstance(done, models.PutObjectResult)
        assert [part.part_number for part in parts] == [7, 1]
        got = bucket.get_object(KEY)
        assert got.read() == PART + 'Ende ü'.encode()
        assert got.client_crc == got.server_crc == done.crc
        assert (got.content_type, got.headers['x-oss-meta-a'], got.object_type) == ('x/y', 'b', 'Multipart')


def test_the_content_type_is_guessed_from_the_key(bucket):
    bucket.complete_multipart_upload(KEY, *upload(bucket))
    assert bucket.head_object(KEY).content_type == 'text/plain'


@pytest.mark.parametrize('max_parts', [1, 2, 1000])
def test_the_parts_so_far(max_parts, bucket, oss_emulator):
    oss_emulator.state.smallest_part = 1
    upload_id, infos = upload(bucket, parts=[b'%d' % number for number in range(5)])
    found = []
    marker, truncated = '', True
    while truncated:
        result = bucket.list_parts(KEY, upload_id, marker=marker, max_parts=max_parts)
        found += result.parts
        marker, truncated = result.next_marker, result.is_truncated
    for listed in (found, list(oss2.PartIterator(bucket, KEY, upload_id, max_parts=max_parts))):
        assert [(part.part_number, part.etag, part.size) for part in listed] == [
            (info.part_number, info.etag, 1) for info in infos
        ]
        assert all(isinstance(part.last_modified, int) for part in listed)
    bucket.complete_multipart_upload(KEY, upload_id, found)
    assert bucket.get_object(KEY).read() == b'01234'


def test_a_part_can_be_replaced(bucket):
    upload_id, _ = upload(bucket, parts=[b'old'])
    part = bucket.upload_part(KEY, upload_id, 1, b'new')
    bucket.complete_multipart_upload(KEY, upload_id, [PartInfo(1, part.etag)])
    assert bucket.get_object(KEY).read() == b'new'


def test_all_parts_there_are(bucket):
    upload_id, _ = upload(bucket)
    bucket.complete_multipart_upload(KEY, upload_id, None, headers={'x-oss-complete-all': 'yes'})
    assert bucket.get_object(KEY).read() == PART + b'the end'


def test_parts_made_of_objects(bucket, oss_emulator):
    source = PART + PART[::-1]
    with oss_emulator.bucket('other-bucket') as other:
        other.put_object('源 ?&+', source)
        upload_id = bucket.init_multipart_upload(KEY).upload_id
        parts = [
            PartInfo(number, bucket.upload_part_copy('other-bucket', '源 ?&+', byte_range, KEY, upload_id, number).etag)
            for number, byte_range in enumerate([None, (100, None), (100, 102499), (None, 5)], 1)
        ]
    bucket.complete_multipart_upload(KEY, upload_id, parts)
    assert bucket.get_object(KEY).read() == source + source[100:] + source[100:102500] + source[-5:]


@pytest.mark.parametrize('max_uploads', [1, 3, 1000])
def test_uploads_in_progress(max_uploads, bucket):
    keys = ['a', 'a', 'a b', 'a/b', 'a/c', '中文', '+%']
    begun = sorted(
        ((key, bucket.init_multipart_upload(key).upload_id) for key in keys),
        key=lambda pair: (pair[0].encode(), pair[1]),
    )
    found = []
    markers = {}
    while True:
        result = bucket.list_multipart_uploads(max_uploads=max_uploads, **markers)
        found += [(entry.key, entry.upload_id) for entry in result.upload_list]
        if not result.is_truncated:
            break
        markers = {'key_marker': result.next_key_marker, 'upload_id_marker': result.next_upload_id_marker}
    assert sorted(found) == sorted(begun)
    assert [key for key, _ in found] == [key for key, _ in begun]
    uploads = list(oss2.MultipartUploadIterator(bucket, max_uploads=max_uploads))
    assert [(entry.key, entry.upload_id) for entry in uploads] == found
    assert all(isinstance(entry.initiation_date, int) for entry in uploads)
    own = [(entry.key, entry.upload_id) for entry in oss2.ObjectUploadIterator(bucket, 'a', max_uploads=max_uploads)]
    assert own == [pair for pair in found if pair[0] == 'a']
    folded = [
        (entry.key, entry.is_prefix())
        for entry in oss2.MultipartUploadIterator(bucket, prefix='a', delimiter='/', max_uploads=max_uploads)
    ]
    assert folded == [('a', False), ('a', False), ('a b', False), ('a/', True)]


def test_giving_up(bucket):
    upload_id, parts = upload(bucket)
    assert bucket.abort_multipart_upload(KEY, upload_id).status == 204
    for call in (
        lambda: bucket.abort_multipart_upload(KEY, upload_id),
        lambda: bucket.list_parts(KEY, upload_id),
        lambda: bucket.upload_part(KEY, upload_id, 1, b'x'),
        lambda: bucket.complete_multipart_upload(KEY, upload_id, parts),
    ):
        with pytest.raises(NoSuchUpload):
            call()
    assert bucket.list_multipart_uploads().upload_list == []
    with pytest.raises(NoSuchKey):
        bucket.head_object(KEY)


def test_what_oss_refuses(bucket):
    upload_id, parts = upload(bucket, parts=[b'small', b'parts'])
    for wrong, code in (
        (parts, 'EntityTooSmall'),
        ([PartInfo(3, parts[0].etag)], 'InvalidPart'),
        ([PartInfo(1, '0' * 32)], 'InvalidPart'),
    ):
        with pytest.raises(ServerError) as caught:
            bucket.complete_multipart_upload(KEY, upload_id, wrong)
        assert caught.value.code == code


def test_checksums_of_the_parts_make_that_of_the_object(bucket):
    upload_id, parts = upload(bucket)
    parts[1].part_crc ^= 1
    with pytest.raises(InconsistentError):
        bucket.complete_multipart_upload(KEY, upload_id, parts)
    upload_id, parts = upload(bucket)
    parts[1].part_crc ^= 1
    bucket.enable_crc = False
    bucket.complete_multipart_upload(KEY, upload_id, parts)


def test_what_arrived_of_a_part_is_not_what_was_sent(bucket, oss_emulator):
    upload_id, _ = upload(bucket)
    with oss_emulator.faults.wrong_crc(operation='UploadPart'), pytest.raises(InconsistentError):
        bucket.upload_part(KEY, upload_id, 3, PART)
