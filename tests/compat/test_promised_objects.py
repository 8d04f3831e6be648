"""Promises about objects: uploading, appending, downloading, deleting, listing, metadata, ACLs, symbolic links."""

from __future__ import annotations

import base64
import hashlib
import io

import pytest
from fakes import NoSession
from promised import error, in_pages, path_of, query_of
from rawserver import Sent, answer

import oss2
from oss2.exceptions import (
    ClientError,
    InconsistentError,
    NoSuchBucket,
    NoSuchKey,
    NotFound,
    ObjectNotAppendable,
    PositionNotEqualToLength,
    ServerError,
)

META = {'Content-Type': 'text/x-own', 'x-oss-meta-owner': 'me'}


@pytest.fixture
def missing(oss_bucket, oss_emulator):
    """A bucket that is not there."""
    with oss2.Bucket(oss_bucket.auth, oss_emulator.endpoint, 'missing-bucket', region=oss_emulator.region) as bucket:
        yield bucket


@pytest.mark.promise('S096', 'S097', 'S098', 'S100', 'S099')
def test_the_examples_of_put_object(oss_bucket, oss_emulator, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / 'local_file.txt').write_bytes(b'of a local file')
    bucket = oss_bucket
    bucket.put_object('readme.txt', 'content of readme.txt')
    with open('local_file.txt', 'rb') as f:
        bucket.put_object('remote_file.txt', f)
    assert bucket.get_object('readme.txt').read() == b'content of readme.txt'
    assert bucket.get_object('remote_file.txt').read() == b'of a local file'
    assert bucket.head_object('readme.txt').object_type == 'Normal'
    assert [seen.key for seen in oss_emulator.requests.find('PutObject')] == ['readme.txt', 'remote_file.txt']


@pytest.mark.promise('S101', 'S108', 'S117')
def test_headers_of_uploads_become_metadata(oss_bucket, tmp_path):
    (tmp_path / 'file').write_bytes(b'x')
    oss_bucket.put_object('put', b'x', headers=META)
    oss_bucket.put_object_from_file('from file', str(tmp_path / 'file'), headers=META)
    oss_bucket.append_object('appended', 0, b'x', headers=META)
    for key in ('put', 'from file', 'appended'):
        headers = oss_bucket.head_object(key).headers
        assert {name: headers[name] for name in META} == META
    wrong = base64.b64encode(hashlib.md5(b'something else').digest()).decode()
    for call in (lambda headers: oss_bucket.put_object('new', b'x', headers=headers),
                 lambda headers: oss_bucket.put_object_from_file('new', str(tmp_path / 'file'), headers=headers),
                 lambda headers: oss_bucket.append_object('new', 0, b'x', headers=headers)):
        with pytest.raises(ServerError, match='InvalidDigest'):
            call({'Content-MD5': wrong})
    assert not oss_bucket.object_exists('new')


@pytest.mark.promise('S105', 'S106', 'S107')
def test_put_object_from_file(oss_bucket, tmp_path):
    (tmp_path / '本地.txt').write_bytes(b'of a file')
    oss_bucket.put_object_from_file('远程.txt', str(tmp_path / '本地.txt'))
    assert oss_bucket.get_object('远程.txt').read() == b'of a file'
    assert oss_bucket.head_object('远程.txt').object_type == 'Normal'


@pytest.mark.promise('S112', 'S113', 'S114', 'S115')
def test_append_object(oss_bucket, oss_emulator):
    """First to a new object, then to what it has become."""
    first = oss_bucket.append_object('log', 0, b'first,')
    assert (type(first.next_position), first.next_position) == (int, 6)
    second = oss_bucket.append_object('log', first.next_position, b'second')
    assert second.next_position == 12 == oss_bucket.head_object('log').content_length
    assert oss_bucket.get_object('log').read() == b'first,second'
    assert [(seen.method, seen.params) for seen in oss_emulator.requests.find('AppendObject')] == [
        ('POST', {'append': '', 'position': '0'}), ('POST', {'append': '', 'position': '6'})]


@pytest.mark.promise('S119')
def test_the_checksum_of_what_was_appended_to(oss_bucket, oss_emulator):
    """With it, the checksum of the whole object is compared; without it, nothing is."""
    first = oss_bucket.append_object('log', 0, b'first,', init_crc=0)
    second = oss_bucket.append_object('log', 6, b'second', init_crc=first.crc)
    with pytest.raises(InconsistentError):
        oss_bucket.append_object('log', 12, b'third', init_crc=second.crc + 1)
    with oss_emulator.faults.wrong_crc(times=None):
        oss_bucket.append_object('other', 0, b'x')
        with pytest.raises(InconsistentError):
            oss_bucket.append_object('other', 1, b'x', init_crc=0)


@pytest.mark.promise('S121', 'S122', 'S123')
def test_errors_of_append_object(oss_bucket, missing):
    oss_bucket.append_object('log', 0, b'12345')
    with pytest.raises(PositionNotEqualToLength) as caught:
        oss_bucket.append_object('log', 3, b'x')
    assert (caught.value.status, caught.value.next_position) == (409, 5)
    oss_bucket.put_object('normal', b'12345')
    with pytest.raises(ObjectNotAppendable) as not_appendable:
        oss_bucket.append_object('normal', 5, b'x')
    assert not_appendable.value.status == 409
    with pytest.raises(NoSuchBucket):
        missing.append_object('log', 0, b'x')


@pytest.mark.promise('S125', 'S126', 'S133')
def test_the_example_of_get_object(oss_bucket, capsys):
    oss_bucket.put_object('readme.txt', 'hello world')
    result = oss_bucket.get_object('readme.txt')
    print(result.read())
    assert capsys.readouterr().out == "b'hello world'\n"
    with oss_bucket.get_object('readme.txt') as result, io.BufferedReader(result) as buffered:
        assert buffered.readline() == b'hello world'


@pytest.mark.promise('S131', 'S142', 'S132', 'S143')
@pytest.mark.parametrize(('process', 'params', 'query'), [
    ('image/resize,w_100', None, {'x-oss-process': 'image/resize,w_100'}),
    (None, {'response-content-type': 'a/b'}, {'response-content-type': 'a/b'}),
    ('image/info', {'versionId': 'v'}, {'x-oss-process': 'image/info', 'versionId': 'v'}), (None, None, {})])
def test_process_and_params(process, params, query, raw_server, make_bucket, tmp_path):
    """What comes is what OSS made of the object; the caller's dict stays as it was."""
    server = raw_server(answer(b'as processed'))
    bucket = make_bucket(server.url)
    given = None if params is None else dict(params)
    assert bucket.get_object('key', process=process, params=given).read() == b'as processed'
    assert query_of(server.last) == query
    bucket.get_object_to_file('key', str(tmp_path / 'file'), process=process, params=given)
    assert (tmp_path / 'file').read_bytes() == b'as processed'
    assert query_of(server.last) == query
    assert given == params


@pytest.mark.promise('S132', 'S143')
def test_params_are_signed(oss_bucket, tmp_path):
    oss_bucket.put_object('key', b'x')
    params = {'response-content-type': 'text/x-own'}
    assert oss_bucket.get_object('key', params=params).headers['content-type'] == 'text/x-own'
    result = oss_bucket.get_object_to_file('key', str(tmp_path / 'file'), params=params)
    assert result.headers['content-type'] == 'text/x-own'


@pytest.mark.promise('S134', 'S144', 'S196')
def test_downloads_of_nothing(oss_bucket, missing, tmp_path):
    for bucket, expected in ((oss_bucket, NoSuchKey), (missing, NoSuchBucket)):
        with pytest.raises(expected):
            bucket.get_object('nothing')
        with pytest.raises(expected):
            bucket.get_object_to_file('nothing', str(tmp_path / 'file'))
        with pytest.raises(expected):
            bucket.get_object_meta('nothing')
    assert list(tmp_path.iterdir()) == []


@pytest.mark.promise('S136', 'S137', 'S138')
def test_get_object_to_file(oss_bucket, tmp_path):
    oss_bucket.put_object('key', b'content')
    oss_bucket.put_object('other', b'other content')
    oss_bucket.get_object_to_file('key', str(tmp_path / '本地.txt'))
    assert (tmp_path / '本地.txt').read_bytes() == b'content'
    with pytest.raises(OSError):
        oss_bucket.get_object_to_file('key', str(tmp_path))


@pytest.mark.promise('S129', 'S140', 'S165')
def test_conditions_in_headers(oss_bucket, tmp_path):
    etag = oss_bucket.put_object('key', b'x').etag
    for headers in ({'If-Match': '"%s"' % etag}, oss2.CaseInsensitiveDict({'if-match': '"%s"' % etag})):
        assert oss_bucket.get_object('key', headers=headers).read() == b'x'
    for call in (lambda headers: oss_bucket.get_object('key', headers=headers),
                 lambda headers: oss_bucket.get_object_to_file('key', str(tmp_path / 'file'), headers=headers),
                 lambda headers: oss_bucket.head_object('key', headers=headers)):
        with pytest.raises(oss2.exceptions.PreconditionFailed):
            call({'If-Match': '"another"'})


@pytest.mark.promise('S146', 'S147')
def test_delete_object(oss_bucket):
    for key in ('key', 'other'):
        oss_bucket.put_object(key, b'x')
    oss_bucket.delete_object('key')
    assert [info.key for info in oss_bucket.list_objects().object_list] == ['other']


@pytest.mark.promise('S150', 'S152')
def test_batch_delete_objects(oss_bucket, oss_emulator):
    for key in ('a', '目录/b', 'c'):
        oss_bucket.put_object(key, b'x')
    assert oss_bucket.batch_delete_objects(['a', '目录/b']).deleted_keys == ['a', '目录/b']
    assert [info.key for info in oss_bucket.list_objects().object_list] == ['c']
    (seen,) = oss_emulator.requests.find('DeleteMultipleObjects')
    assert (seen.method, 'delete' in seen.params, 'content-md5' in seen.headers) == ('POST', True, True)


@pytest.mark.promise('S151', 'S152')
def test_nothing_to_delete_is_refused():
    bucket = oss2.Bucket(oss2.AnonymousAuth(), 'http://a.com', 'test-bucket', session=NoSession())
    with pytest.raises(ClientError):
        bucket.batch_delete_objects([])


@pytest.mark.promise('S155', 'S156', 'S157', 'S158', 'S159')
def test_list_objects(oss_bucket, oss_emulator):
    for key in ('logs/a', 'logs/b', 'logs/old/c', 'logs/old/d', 'other'):
        oss_bucket.put_object(key, b'x')
    page = oss_bucket.list_objects(prefix='logs/', delimiter='/')
    assert [info.key for info in page.object_list] == ['logs/a', 'logs/b']
    assert page.prefix_list == ['logs/old/']
    deeper = oss_bucket.list_objects(prefix='logs/old/')
    assert [info.key for info in deeper.object_list] == ['logs/old/c', 'logs/old/d']
    pages = in_pages(oss_bucket.list_objects(delimiter='/', prefix='logs/', max_keys=2), lambda page:
                     oss_bucket.list_objects(delimiter='/', prefix='logs/', max_keys=2, marker=page.next_marker))
    assert [(len(page.object_list), len(page.prefix_list)) for page in pages] == [(2, 0), (0, 1)]
    oss_bucket.list_objects()
    params = oss_emulator.requests[-1].params
    assert params['max-keys'] == '100'
    assert not any(params.get(name) for name in ('prefix', 'delimiter', 'marker'))


@pytest.mark.promise('S162', 'S163')
def test_head_object(oss_bucket, capsys):
    oss_bucket.put_object('readme.txt', b'content', headers={'x-oss-meta-owner': 'me'})
    result = oss_bucket.head_object('readme.txt')
    print(result.content_type)
    assert capsys.readouterr().out == 'text/plain\n'
    assert (result.headers['x-oss-meta-owner'], result.headers['Content-Length']) == ('me', '7')


@pytest.mark.promise('S167')
def test_head_object_of_nothing(oss_bucket, missing, raw_server, make_bucket):
    """Whether or not the answer, which has no body, says what is missing."""
    silent = make_bucket(raw_server(answer(status=404)).url)
    for bucket in (oss_bucket, missing, silent):
        with pytest.raises(NotFound) as caught:
            bucket.head_object('nothing')
        assert caught.value.status == 404


@pytest.mark.promise('S169')
def test_object_exists(oss_bucket):
    oss_bucket.put_object('key', b'x')
    assert oss_bucket.object_exists('key') is True
    assert oss_bucket.object_exists('nothing') is False


@pytest.mark.promise('S170')
@pytest.mark.parametrize(('status', 'code', 'expected'), [
    (404, 'NoSuchBucket', NoSuchBucket), (403, 'AccessDenied', ServerError), (500, 'InternalError', ServerError)])
def test_object_exists_raises(status, code, expected, raw_server, make_bucket, no_retries, oss_bucket, missing):
    """Also if the answer to HEAD does not say what is missing, as oss2 2.19.1 needs it to."""
    def answers(request):
        return Sent(b'HTTP/1.1 %d Status\r\nContent-Length: 0\r\n\r\n' % status) if request.method == 'HEAD' else error(
            status, code)

    with pytest.raises(expected):
        make_bucket(raw_server(answers).url).object_exists('key')
    with pytest.raises(NoSuchBucket):
        missing.object_exists('key')


@pytest.mark.promise('S172', 'S173', 'S174', 'S181', 'S182')
@pytest.mark.parametrize('acl', [
    oss2.OBJECT_ACL_DEFAULT, oss2.OBJECT_ACL_PRIVATE, oss2.OBJECT_ACL_PUBLIC_READ, oss2.OBJECT_ACL_PUBLIC_READ_WRITE])
def test_object_acls(acl, oss_bucket):
    for key in ('key', 'other'):
        oss_bucket.put_object(key, b'x', headers={'x-oss-object-acl': 'public-read' if acl == 'private' else 'private'})
    before = oss_bucket.get_object_acl('other').acl
    oss_bucket.put_object_acl('key', acl)
    assert oss_bucket.get_object_acl('key').acl == acl
    assert oss_bucket.get_object_acl('other').acl == before


@pytest.mark.promise('S184', 'S185', 'S186', 'S187')
@pytest.mark.parametrize('make', [dict, oss2.CaseInsensitiveDict])
def test_update_object_meta(make, oss_bucket, oss_emulator):
    oss_bucket.put_object('key', b'content', headers={'x-oss-meta-old': 'gone'})
    headers = make(META)
    oss_bucket.update_object_meta('key', headers)
    assert oss_emulator.requests[-1].headers['x-oss-metadata-directive'] == 'REPLACE'
    found = oss_bucket.head_object('key').headers
    assert {name: found[name] for name in META} == META
    assert 'x-oss-meta-old' not in found
    assert oss_bucket.get_object('key').read() == b'content'
    assert headers == make(META)


@pytest.mark.promise('S190', 'S191', 'S192', 'S193', 'S194')
def test_get_object_meta(oss_bucket, oss_emulator):
    etag = oss_bucket.put_object('key', b'content').etag
    meta = oss_bucket.get_object_meta('key')
    assert (type(meta.last_modified), meta.content_length, meta.etag) == (int, 7, etag)
    assert meta.last_modified == oss_bucket.head_object('key').last_modified
    assert '"' not in meta.etag
    assert oss_emulator.requests.find('GetObjectMeta')[0].method == 'HEAD'


@pytest.mark.promise('S242', 'S243', 'S244', 'S245', 'S248', 'S249')
def test_symbolic_links(oss_bucket):
    oss_bucket.put_object('目标', b'content')
    oss_bucket.put_symlink('目标', 'link', headers={'x-oss-meta-owner': 'me'})
    assert oss_bucket.get_symlink('link').target_key == '目标'
    assert oss_bucket.get_object('link').read() == b'content'
    assert oss_bucket.get_symlink('link').headers['x-oss-meta-owner'] == 'me'
    oss_bucket.put_symlink('link', 'link to a link')
    with pytest.raises(ServerError) as caught:
        oss_bucket.get_object('link to a link')
    assert caught.value.code == 'InvalidTargetType'


@pytest.mark.promise('S242', 'S243')
def test_the_target_of_a_link_is_sent_in_a_header(raw_server, make_bucket):
    server = raw_server(answer())
    make_bucket(server.url).put_symlink('目录/a b', 'link')
    assert (server.last.method, path_of(server.last), query_of(server.last)) == (
        'PUT', '/test-bucket/link', {'symlink': ''})
    assert server.last.headers['x-oss-symlink-target'] == '%E7%9B%AE%E5%BD%95%2Fa%20b'


@pytest.mark.promise('S251')
def test_links_that_are_not_there(oss_bucket, missing):
    with pytest.raises(NoSuchKey):
        oss_bucket.get_symlink('nothing')
    with pytest.raises(NoSuchBucket):
        missing.get_symlink('nothing')
