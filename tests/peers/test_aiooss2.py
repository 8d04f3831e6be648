"""aiooss2, an asynchronous client built on oss2, does its work with this oss2 beneath it."""
from __future__ import annotations

import asyncio

import pytest

import oss2

aiooss2 = pytest.importorskip('aiooss2', reason='aiooss2 is not installed: tox -e peers has it')

KEYS = ['plain.txt', '中文/键 和 空格.txt', 'a+b&c=d?e#f%25%2F.txt', 'x//y/.z']
PIECE = 100 * 1024


@pytest.fixture(params=['Auth', 'AuthV2', 'StsAuth'])
def run(request, oss_emulator, oss_bucket):
    """A function that runs ``work(bucket)`` to its end, with an asynchronous bucket."""
    account = oss_emulator.credentials
    if request.param == 'StsAuth':
        account = oss_emulator.temporary_credentials()
        auth = oss2.StsAuth(account.access_key_id, account.access_key_secret, account.security_token)
    else:
        auth = getattr(oss2, request.param)(account.access_key_id, account.access_key_secret)

    async def with_bucket(work, name):
        async with aiooss2.AioBucket(auth, oss_emulator.endpoint, name) as bucket:
            return await work(bucket)

    return lambda work, name=oss_bucket.bucket_name: asyncio.run(with_bucket(work, name))


def test_objects_come_back_as_they_went_under_any_key(run, oss_bucket):
    async def work(bucket):
        for key in KEYS:
            content = b'\x00\xff\r\n' + key.encode('utf-8')
            done = await bucket.put_object(key, content, headers={'x-oss-meta-author': 'me'})
            assert isinstance(done, oss2.models.PutObjectResult)
            head = await bucket.head_object(key)
            assert isinstance(head, oss2.models.HeadObjectResult)
            assert (head.content_length, head.headers['x-oss-meta-author']) == (len(content), 'me')
            async with await bucket.get_object(key) as result:
                assert await result.read() == content
            async with await bucket.get_object(key, byte_range=(1, 2)) as result:
                assert await result.read() == content[1:3]
            assert await bucket.object_exists(key)

    run(work)
    assert sorted(info.key for info in oss2.ObjectIterator(oss_bucket)) == sorted(KEYS)
    for key in KEYS:
        assert oss_bucket.get_object(key).read() == b'\x00\xff\r\n' + key.encode('utf-8')


def test_it_lists_copies_and_deletes(run, oss_bucket):
    for key in KEYS:
        oss_bucket.put_object(key, key)

    async def work(bucket):
        found = [info.key async for info in aiooss2.AioObjectIterator(bucket, max_keys=2)]
        assert found == sorted(KEYS)
        page = await bucket.list_objects(prefix='中', delimiter='/')
        assert page.prefix_list == ['中文/']
        await bucket.copy_object(bucket.bucket_name, KEYS[1], 'copy')
        async with await bucket.get_object('copy') as result:
            assert (await result.read()).decode() == KEYS[1]
        done = await bucket.batch_delete_objects(KEYS)
        assert sorted(done.deleted_keys) == sorted(KEYS)
        assert (await bucket.delete_object('copy')).status == 204
        assert not await bucket.object_exists('copy')

    run(work)


def test_it_moves_files_whole_and_in_parts(run, oss_bucket, tmp_path, monkeypatch):
    monkeypatch.setenv('HOME', str(tmp_path))
    content = bytes(range(256)) * 1000
    source, copy = tmp_path / 'source', tmp_path / 'copy'
    source.write_bytes(content)

    async def work(bucket):
        await bucket.put_object_from_file('whole', str(source))
        await bucket.get_object_to_file('whole', str(copy))
        assert copy.read_bytes() == content
        await aiooss2.resumable_upload(bucket, '大/file', str(source), multipart_threshold=PIECE, part_size=PIECE)
        copy.unlink()
        await aiooss2.resumable_download(bucket, '大/file', str(copy), multiget_threshold=PIECE, part_size=PIECE)
        assert copy.read_bytes() == content

    run(work)
    mine = oss_bucket.get_object('大/file')
    assert (mine.read(), mine.object_type) == (content, 'Multipart')


def test_it_uploads_part_by_part_and_appends(run, oss_bucket):
    async def work(bucket):
        upload_id = (await bucket.init_multipart_upload('steps')).upload_id
        first = await bucket.upload_part('steps', upload_id, 1, b's' * PIECE)
        second = await bucket.upload_part('steps', upload_id, 2, b'end')
        listed = await bucket.list_parts('steps', upload_id)
        assert [(part.part_number, part.size) for part in listed.parts] == [(1, PIECE), (2, 3)]
        await bucket.complete_multipart_upload(
            'steps', upload_id, [oss2.models.PartInfo(1, first.etag), oss2.models.PartInfo(2, second.etag)])
        upload_id = (await bucket.init_multipart_upload('given up')).upload_id
        assert [item.key for item in (await bucket.list_multipart_uploads()).upload_list] == ['given up']
        await bucket.abort_multipart_upload('given up', upload_id)

        done = await bucket.append_object('log', 0, b'one ')
        assert (await bucket.append_object('log', done.next_position, b'two')).next_position == 7

    run(work)
    assert oss_bucket.get_object('steps').read() == b's' * PIECE + b'end'
    assert oss_bucket.get_object('log').read() == b'one two'


def test_errors_are_those_of_oss2(run):
    async def absent(bucket):
        await bucket.get_object('absent')

    async def head(bucket):
        await bucket.head_object('absent')

    async def append(bucket):
        await bucket.put_object('there', b'')
        await bucket.append_object('there', 0, b'')

    for work, name, error in [
        (absent, 'test-bucket', oss2.exceptions.NoSuchKey), (head, 'test-bucket', oss2.exceptions.NotFound),
        (absent, 'no-such-bucket', oss2.exceptions.NoSuchBucket),
        (append, 'test-bucket', oss2.exceptions.ObjectNotAppendable),
    ]:
        with pytest.raises(error) as caught:
            run(work, name)
        assert caught.value.request_id
