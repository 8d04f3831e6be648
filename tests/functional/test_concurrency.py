"""One Bucket, many threads: each gets its own, and they wait for nobody."""
from __future__ import annotations

import asyncio
import functools
import gc
import logging
import sys
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest
from rawserver import answer

import oss2
from oss2.models import PartInfo

THREADS = 64
PART = 100 * 1024


def content_of(name, size):
    return (name.encode() + b'/') * (size // (len(name) + 1) + 1)


def all_sorts_of_calls(bucket, number):
    """The life of a few objects that nobody else has; wrong bodies show by their content."""
    mine = 'thread-%03d' % number
    key = mine + '/object'
    body = content_of(mine, 3000 + number)
    stored = bucket.put_object(key, body, headers={'x-oss-meta-owner': mine})
    head = bucket.head_object(key)
    assert (head.content_length, head.headers['x-oss-meta-owner'], head.etag) == (len(body), mine, stored.etag)
    assert bucket.get_object(key).read() == body
    assert bucket.get_object(key, byte_range=(10, 99)).read() == body[10:100]
    bucket.copy_object(bucket.bucket_name, key, mine + '/copy')
    upload_id = bucket.init_multipart_upload(mine + '/parts').upload_id
    pieces = [content_of(mine + '-1', PART)[:PART], content_of(mine + '-2', 500)]
    parts = [PartInfo(n, bucket.upload_part(mine + '/parts', upload_id, n, piece).etag, len(piece))
             for n, piece in enumerate(pieces, 1)]
    bucket.complete_multipart_upload(mine + '/parts', upload_id, parts)
    assert b''.join(bucket.get_object(mine + '/parts')) == b''.join(pieces)
    assert bucket.append_object(mine + '/log', 0, body).next_position == len(body)
    with pytest.raises(oss2.exceptions.NoSuchKey) as caught:
        bucket.get_object(mine + '/nothing')
    assert caught.value.details['Key'] == mine + '/nothing'
    names = sorted(mine + end for end in ('/object', '/copy', '/parts', '/log'))
    assert [found.key for found in bucket.list_objects(prefix=mine).object_list] == names
    bucket.with_options(read_timeout=50).delete_object(mine + '/copy')
    assert not bucket.object_exists(mine + '/copy')
    half = bucket.get_object(mine + '/parts')
    assert half.read(1000) == pieces[0][:1000]
    half.close()
    bucket.batch_delete_objects(names)
    assert bucket.list_objects(prefix=mine).object_list == []
    return mine


@pytest.mark.behaviour(45)
def test_all_sorts_of_calls_in_many_threads(oss_bucket, oss_emulator, caplog):
    """No thread sees anything of another's."""
    with caplog.at_level('DEBUG', 'urllib3'), ThreadPoolExecutor(THREADS) as pool:
        futures = [pool.submit(all_sorts_of_calls, oss_bucket, number) for number in range(THREADS)]
        assert [future.result() for future in futures] == ['thread-%03d' % number for number in range(THREADS)]
    assert oss_bucket.list_objects().object_list == []
    assert not [record for record in caplog.records if record.levelname not in ('DEBUG', 'INFO')]


@pytest.mark.behaviour(45, 13)
def test_a_copy_with_other_options_does_not_touch_other_threads(oss_bucket):
    """The read timeout of the one is not that of the others, nor is a select's."""
    seen = set()
    done = threading.Event()

    def watch():
        while not done.is_set():
            seen.add((oss_bucket.timeout, oss_bucket.deadline, oss_bucket.retries))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for number in range(20):
            copy = oss_bucket.with_options(timeout=(1, 2), deadline=30, retries=number + 1)
            copy.put_object('key', b'a,b\n')
            copy.head_object('key')
    finally:
        done.set()
        watcher.join()
    assert seen == {(oss2.defaults.connect_timeout, None, None)}


@pytest.mark.behaviour(21)
def test_a_resumable_transfer_of_many_threads_uses_its_connections_again(raw_server, make_bucket, tmp_path, caplog):
    """64 threads, 192 parts: 64 connections."""
    source = tmp_path / 'source'
    source.write_bytes(b'x' * (3 * THREADS * PART))
    meeting = threading.Barrier(THREADS)

    def answers(request):
        if request.method == 'PUT':
            try:
                meeting.wait(5)
            except threading.BrokenBarrierError:
                pass
            return answer(headers={'ETag': '"e"'})
        if request.method == 'GET':
            return answer(b'<ListPartsResult><IsTruncated>false</IsTruncated></ListPartsResult>')
        if 'uploads' in request.target:
            return answer(b'<InitiateMultipartUploadResult><UploadId>U</UploadId></InitiateMultipartUploadResult>')
        return answer(b'<CompleteMultipartUploadResult/>', headers={'ETag': '"e"'})

    server = raw_server(answers)
    bucket = make_bucket(server.url, enable_crc=False)
    with caplog.at_level('DEBUG', 'urllib3'):
        oss2.resumable_upload(bucket, 'key', str(source), store=oss2.ResumableStore(root=str(tmp_path)),
                              multipart_threshold=1, part_size=PART, num_threads=THREADS)
    parts = [request for request in server.requests if request.method == 'PUT']
    assert len(parts) == 3 * THREADS
    assert server.connections == THREADS
    assert not [record for record in caplog.records if 'pool is full' in record.getMessage()]


def run_in_thread(call, *args, **kwargs):
    """asyncio.to_thread, which 3.8 does not have."""
    if sys.version_info >= (3, 9):
        return asyncio.to_thread(call, *args, **kwargs)
    return asyncio.get_running_loop().run_in_executor(None, functools.partial(call, *args, **kwargs))


@pytest.mark.behaviour(22, 45)
def test_one_bucket_from_coroutines(oss_bucket):
    async def life_of_an_object(number):
        key, body = 'key-%d' % number, content_of(str(number), 2000)
        await run_in_thread(oss_bucket.put_object, key, body)
        result = await run_in_thread(oss_bucket.get_object, key)
        pieces = []
        while True:  # each piece in whatever thread is free
            piece = await run_in_thread(result.read, 500)
            if not piece:
                break
            pieces.append(piece)
        with pytest.raises(oss2.exceptions.NoSuchKey):
            await run_in_thread(oss_bucket.get_object, 'nothing')
        return b''.join(pieces) == body

    async def main():
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(16))
        return await asyncio.gather(*[life_of_an_object(number) for number in range(100)])

    assert all(asyncio.run(main()))
    assert len(oss_bucket.list_objects().object_list) == 100


@pytest.mark.behaviour(43)
def test_many_small_calls_leave_nothing_behind(raw_server, make_bucket):
    server = raw_server(lambda request: answer(b'x' * 100, status=404 if request.target.endswith('nothing') else 200))
    bucket = make_bucket(server.url)
    url = bucket.sign_url('GET', 'key', 60)

    def calls(times):
        for _ in range(times):
            bucket.get_object('key').read()
            bucket.put_object('key', b'x')
            bucket.with_options(deadline=50).head_object('key')
            bucket.get_object_with_url(url).read()
            try:
                bucket.get_object('nothing')
            except oss2.exceptions.ServerError:
                pass
            server.requests.clear()

    def growth(times):
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        calls(times)
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before

    logging.disable()  # pytest keeps all records
    calls(50)  # what is made once
    tracemalloc.start()
    try:
        # Other threads of this process may allocate something meanwhile; a leak shows every time.
        assert any(growth(200) < 20_000 for _ in range(3))  # 20 bytes a call
    finally:
        tracemalloc.stop()
        logging.disable(logging.NOTSET)
