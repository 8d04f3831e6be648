"""ossfs, which makes a file system of buckets, does its work with this oss2 beneath it."""
from __future__ import annotations

import asyncio

import pytest

import oss2

ossfs = pytest.importorskip('ossfs', reason='ossfs is not installed: tox -e peers has it')

CONTENT = bytes(range(256)) * 40


@pytest.fixture
def fs(oss_emulator, oss_bucket):
    """A file system of the emulator that remembers nothing of other tests."""
    account = oss_emulator.credentials
    return ossfs.OSSFileSystem(endpoint=oss_emulator.endpoint, key=account.access_key_id,
                               secret=account.access_key_secret, skip_instance_cache=True)


@pytest.fixture
def tree(oss_bucket):
    for key in ('a/one.txt', 'a/b/two.txt', 'a/b/文件 +.txt', 'top.csv'):
        oss_bucket.put_object(key, key)
    return oss_bucket


def test_it_tells_what_is_there(fs, tree):
    assert [item.strip('/') for item in fs.ls('', detail=False)] == ['test-bucket']
    assert [item.rstrip('/') for item in sorted(fs.ls('test-bucket', detail=False))] == [
        'test-bucket/a', 'test-bucket/top.csv']
    assert sorted(fs.ls('test-bucket/a/b', detail=False)) == ['test-bucket/a/b/two.txt', 'test-bucket/a/b/文件 +.txt']
    info = fs.info('test-bucket/a/one.txt')
    assert (info['type'], info['size']) == ('file', len('a/one.txt'))
    assert fs.info('test-bucket/a')['type'] == 'directory'
    assert (fs.isdir('test-bucket/a/b'), fs.isfile('test-bucket/a/b')) == (True, False)
    assert fs.exists('oss://test-bucket/top.csv')
    assert not fs.exists('test-bucket/none')
    assert fs.size('test-bucket/top.csv') == 7
    with pytest.raises(FileNotFoundError):
        fs.info('test-bucket/none')


def test_it_walks_finds_and_globs(fs, tree):
    walked = [(path, sorted(folders), sorted(files)) for path, folders, files in fs.walk('test-bucket')]
    assert walked == [('test-bucket', ['a'], ['top.csv']), ('test-bucket/a', ['b'], ['one.txt']),
                      ('test-bucket/a/b', [], ['two.txt', '文件 +.txt'])]
    assert sorted(fs.find('test-bucket')) == ['test-bucket/a/b/two.txt', 'test-bucket/a/b/文件 +.txt',
                                              'test-bucket/a/one.txt', 'test-bucket/top.csv']
    assert sorted(fs.glob('test-bucket/a/**/*.txt')) == ['test-bucket/a/b/two.txt', 'test-bucket/a/b/文件 +.txt',
                                                         'test-bucket/a/one.txt']
    assert fs.glob('test-bucket/*.csv') == ['test-bucket/top.csv']
    assert fs.du('test-bucket/a') == sum(len(key.encode()) for key in ('a/one.txt', 'a/b/two.txt', 'a/b/文件 +.txt'))


def test_it_reads_and_writes_like_files(fs, oss_bucket):
    with fs.open('test-bucket/新/file', 'wb') as file:
        file.write(CONTENT[:5000])
        file.write(CONTENT[5000:])
    assert oss_bucket.get_object('新/file').read() == CONTENT
    with fs.open('test-bucket/新/file', 'rb', block_size=1000) as file:
        assert file.read(10) == CONTENT[:10]
        file.seek(-10, 2)
        assert file.read() == CONTENT[-10:]
        file.seek(3000)
        assert file.read(2000) == CONTENT[3000:5000]
    with fs.open('test-bucket/text', 'w', encoding='utf-8') as file:
        file.write('一\n二\n')
    with fs.open('test-bucket/text', 'r', encoding='utf-8') as file:
        assert list(file) == ['一\n', '二\n']
    with fs.open('test-bucket/text', 'ab') as file:
        file.write('三'.encode())
    assert oss_bucket.get_object('text').read().decode() == '一\n二\n三'
    with pytest.raises(FileNotFoundError):
        fs.open('test-bucket/none', 'rb')


def test_it_writes_large_files_block_by_block(fs, oss_bucket, oss_emulator):
    content = CONTENT * 1200
    with fs.open('test-bucket/large', 'wb', block_size=5 * 2 ** 20) as file:
        file.write(content)
    assert [seen.status for seen in oss_emulator.requests.find('AppendObject')] == [200, 200]
    mine = oss_bucket.get_object('large')
    assert (mine.read(), mine.object_type) == (content, 'Appendable')
    assert fs.cat_file('test-bucket/large', start=2 ** 20, end=2 ** 20 + 9) == content[2 ** 20:2 ** 20 + 10]


def test_it_moves_between_here_and_there(fs, oss_bucket, tmp_path):
    local = tmp_path / 'local'
    (local / 'sub').mkdir(parents=True)
    (local / 'one').write_bytes(CONTENT)
    (local / 'sub' / '二').write_bytes(b'two')
    fs.put(str(local), 'test-bucket/up', recursive=True)
    assert oss_bucket.get_object('up/one').read() == CONTENT
    assert oss_bucket.get_object('up/sub/二').read() == b'two'
    fs.get('test-bucket/up', str(tmp_path / 'down'), recursive=True)
    assert (tmp_path / 'down' / 'one').read_bytes() == CONTENT
    assert (tmp_path / 'down' / 'sub' / '二').read_bytes() == b'two'


def test_it_gets_pieces(fs, oss_bucket):
    oss_bucket.put_object('one', CONTENT)
    oss_bucket.put_object('two', b'0123456789')
    one, two = 'test-bucket/one', 'test-bucket/two'
    pieces = fs.cat_ranges([one, two, one], [0, 3, 100], [5, 6, 200])
    # It reads up to the end and that byte too, with oss2 2.18.4 beneath as well.
    assert pieces == [CONTENT[:6], b'3456', CONTENT[100:201]]
    assert fs.cat([one, two]) == {one: CONTENT, two: b'0123456789'}
    assert (fs.head(two, 4), fs.tail(two, 4)) == (b'0123', b'6789')


def test_it_copies_moves_and_removes(fs, tree):
    fs.cp('test-bucket/top.csv', 'test-bucket/副本.csv')
    fs.mv('test-bucket/a/one.txt', 'test-bucket/moved.txt')
    assert tree.get_object('副本.csv').read() == b'top.csv'
    assert tree.get_object('moved.txt').read() == b'a/one.txt'
    assert not tree.object_exists('a/one.txt')
    fs.rm('test-bucket/a', recursive=True)
    fs.rm_file('test-bucket/top.csv')
    assert sorted(info.key for info in oss2.ObjectIterator(tree)) == ['moved.txt', '副本.csv']
    fs.touch('test-bucket/empty')
    assert fs.size('test-bucket/empty') == 0


def test_pandas_reads_and_writes_through_it(oss_emulator, oss_bucket):
    pandas = pytest.importorskip('pandas')
    account = oss_emulator.credentials
    options = {'endpoint': oss_emulator.endpoint, 'key': account.access_key_id, 'secret': account.access_key_secret}
    frame = pandas.DataFrame({'城市': ['北京', '杭州'], 'amount': [1, 2]})
    frame.to_csv('oss://test-bucket/表/sales.csv', index=False, storage_options=options)
    assert oss_bucket.get_object('表/sales.csv').read().decode().split() == ['城市,amount', '北京,1', '杭州,2']
    assert pandas.read_csv('oss://test-bucket/表/sales.csv', storage_options=options).equals(frame)


def test_temporary_credentials_work_until_they_expire(oss_emulator, tree):
    def make(credentials):
        return ossfs.OSSFileSystem(
            endpoint=oss_emulator.endpoint, key=credentials.access_key_id, secret=credentials.access_key_secret,
            token=credentials.security_token, skip_instance_cache=True)

    assert make(oss_emulator.temporary_credentials()).cat('test-bucket/top.csv') == b'top.csv'
    with pytest.raises(OSError, match='SecurityTokenExpired'):
        make(oss_emulator.temporary_credentials(-1)).cat('test-bucket/top.csv')


def test_its_asynchronous_file_system_works_too(oss_emulator, oss_bucket):
    account = oss_emulator.credentials

    async def work():
        fs = ossfs.AioOSSFileSystem(endpoint=oss_emulator.endpoint, key=account.access_key_id, asynchronous=True,
                                    secret=account.access_key_secret, skip_instance_cache=True)
        session = await fs.set_session()
        try:
            await fs._pipe_file('test-bucket/d/文件', CONTENT)
            assert await fs._cat_file('test-bucket/d/文件') == CONTENT
            assert await fs._cat_file('test-bucket/d/文件', start=3, end=9) == CONTENT[3:10]
            assert (await fs._info('test-bucket/d/文件'))['size'] == len(CONTENT)
            assert await fs._ls('test-bucket/d', detail=False) == ['test-bucket/d/文件']
            await fs._cp_file('test-bucket/d/文件', 'test-bucket/d/copy')
            await fs._rm_file('test-bucket/d/文件')
        finally:
            if session is not None:
                await session.close()

    asyncio.run(work())
    assert [info.key for info in oss2.ObjectIterator(oss_bucket)] == ['d/copy']
