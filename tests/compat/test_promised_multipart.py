"""Promises about multipart uploads."""

from __future__ import annotations

import base64
import hashlib

import pytest
from promised import in_pages, query_of
from rawserver import answer

import oss2
from oss2.exceptions import NoSuchUpload, ServerError
from oss2.models import PartInfo

META = {'Content-Type': 'text/x-own', 'x-oss-meta-owner': 'me'}


@pytest.fixture
def small_parts(oss_emulator):
    """Parts may be smaller than OSS allows."""
    before = oss_emulator.state.smallest_part
    oss_emulator.state.smallest_part = 1
    yield
    oss_emulator.state.smallest_part = before


@pytest.mark.promise('S198', 'S199', 'S200', 'S201', 'S204', 'S205', 'S206', 'S213', 'S214', 'S215', 'S216', 'S217')
@pytest.mark.parametrize('make', [dict, oss2.CaseInsensitiveDict])
def test_a_multipart_upload(make, oss_bucket, oss_emulator, small_parts):
    """Headers of its beginning are metadata of the object; the parts may be given in any order."""
    key = '目录/key'
    upload_id = oss_bucket.init_multipart_upload(key, headers=make(META)).upload_id
    another = oss_bucket.init_multipart_upload(key).upload_id
    assert type(upload_id) is str
    assert upload_id != another
    parts = []
    for number, data in ((1, b'first,'), (2, b'second,'), (3, b'third')):
        result = oss_bucket.upload_part(key, upload_id, number, data)
        parts.append(PartInfo(number, result.etag))
    assert [(part.part_number, part.etag) for part in parts[:1]] == [(1, hashlib.md5(b'first,').hexdigest().upper())]
    assert not oss_bucket.object_exists(key)
    oss_bucket.complete_multipart_upload(key, upload_id, parts[::-1])
    assert oss_bucket.get_object(key).read() == b'first,second,third'
    headers = oss_bucket.head_object(key).headers
    assert {name: headers[name] for name in META} == META
    begun = oss_emulator.requests.find('InitiateMultipartUpload')[0]
    assert (begun.method, begun.key, 'uploads' in begun.params) == ('POST', key, True)


@pytest.mark.promise('S205', 'S206', 'S214', 'S215', 'S222', 'S223', 'S236', 'S237')
@pytest.mark.parametrize('wrong', ['key', 'upload_id'])
def test_key_and_upload_id_belong_together(wrong, oss_bucket):
    upload_id = oss_bucket.init_multipart_upload('key').upload_id
    part = oss_bucket.upload_part('key', upload_id, 1, b'x')
    names = ('other', upload_id) if wrong == 'key' else ('key', '0' * 32)
    for call in (lambda: oss_bucket.upload_part(*names, 1, b'x'),
                 lambda: oss_bucket.complete_multipart_upload(*names, [PartInfo(1, part.etag)]),
                 lambda: oss_bucket.abort_multipart_upload(*names), lambda: oss_bucket.list_parts(*names)):
        with pytest.raises(NoSuchUpload):
            call()
    assert [found.part_number for found in oss_bucket.list_parts('key', upload_id).parts] == [1]


@pytest.mark.promise('S207')
def test_part_numbers(oss_bucket, oss_emulator):
    upload_id = oss_bucket.init_multipart_upload('key').upload_id
    oss_bucket.upload_part('key', upload_id, 1, b'x')
    assert oss_emulator.requests[-1].params['partNumber'] == '1'
    with pytest.raises(ServerError, match='InvalidArgument'):
        oss_bucket.upload_part('key', upload_id, 0, b'x')
    assert [found.part_number for found in oss_bucket.list_parts('key', upload_id).parts] == [1]


@pytest.mark.promise('S208')
def test_a_part_from_a_file(oss_bucket, tmp_path):
    (tmp_path / 'file').write_bytes(b'not this,but this')
    upload_id = oss_bucket.init_multipart_upload('key').upload_id
    with open(str(tmp_path / 'file'), 'rb') as file:
        file.seek(9)
        oss_bucket.upload_part('key', upload_id, 1, file)
    assert [part.size for part in oss_bucket.list_parts('key', upload_id).parts] == [8]


@pytest.mark.promise('S210')
def test_the_md5_of_a_part(oss_bucket):
    upload_id = oss_bucket.init_multipart_upload('key').upload_id
    right, wrong = (base64.b64encode(hashlib.md5(data).digest()).decode() for data in (b'x', b'y'))
    oss_bucket.upload_part('key', upload_id, 1, b'x', headers={'Content-MD5': right})
    with pytest.raises(ServerError, match='InvalidDigest'):
        oss_bucket.upload_part('key', upload_id, 2, b'x', headers={'Content-MD5': wrong})


@pytest.mark.promise('S216', 'S217')
def test_the_list_of_parts(raw_server, make_bucket):
    """Number and ETag of each; the other arguments of PartInfo may be left out."""
    server = raw_server(answer())
    parts = [PartInfo(1, 'FIRST'), PartInfo(part_number=2, etag='2ND')]
    make_bucket(server.url).complete_multipart_upload('key', 'ID', parts)
    assert server.last.method == 'POST'
    assert query_of(server.last) == {'uploadId': 'ID'}
    body = server.last.body.decode().replace('&quot;', '').replace('"', '')
    assert '<Part><PartNumber>1</PartNumber><ETag>FIRST</ETag></Part>' in body
    assert '<Part><PartNumber>2</PartNumber><ETag>2ND</ETag></Part>' in body
    for arguments in ((), (1,)):
        with pytest.raises(TypeError):
            PartInfo(*arguments)


@pytest.mark.promise('S218')
def test_headers_of_the_end(oss_bucket):
    oss_bucket.put_object('key', b'before')
    upload_id = oss_bucket.init_multipart_upload('key').upload_id
    part = oss_bucket.upload_part('key', upload_id, 1, b'x')
    with pytest.raises(ServerError, match='FileAlreadyExists'):
        oss_bucket.complete_multipart_upload('key', upload_id, [PartInfo(1, part.etag)],
                                             headers={'x-oss-forbid-overwrite': 'true'})
    assert oss_bucket.get_object('key').read() == b'before'


@pytest.mark.promise('S221', 'S222', 'S223')
def test_abort_multipart_upload(oss_bucket, oss_emulator):
    kept, aborted = (oss_bucket.init_multipart_upload('key').upload_id for _ in range(2))
    oss_bucket.abort_multipart_upload('key', aborted)
    seen = oss_emulator.requests[-1]
    assert (seen.method, seen.params['uploadId']) == ('DELETE', aborted)
    assert [upload.upload_id for upload in oss_bucket.list_multipart_uploads().upload_list] == [kept]


@pytest.mark.promise('S226', 'S227', 'S228', 'S229', 'S230', 'S231', 'S232')
def test_list_multipart_uploads(oss_bucket, oss_emulator):
    """By keys, and those of one key by their ids."""
    ids = {}
    for key in ('logs/a', 'logs/a', 'logs/old/b', 'other'):
        ids.setdefault(key, []).append(oss_bucket.init_multipart_upload(key).upload_id)
    page = oss_bucket.list_multipart_uploads(prefix='logs/', delimiter='/')
    assert [(upload.key, upload.upload_id) for upload in page.upload_list] == [
        ('logs/a', upload_id) for upload_id in sorted(ids['logs/a'])]
    assert page.prefix_list == ['logs/old/']
    pages = in_pages(oss_bucket.list_multipart_uploads(max_uploads=1), lambda page: oss_bucket.list_multipart_uploads(
        max_uploads=1, key_marker=page.next_key_marker, upload_id_marker=page.next_upload_id_marker))
    assert (pages[0].next_key_marker, pages[0].next_upload_id_marker) == ('logs/a', min(ids['logs/a']))
    assert [len(page.upload_list) for page in pages] == [1, 1, 1, 1]
    assert {upload.upload_id for page in pages for upload in page.upload_list} == {
        upload_id for of_key in ids.values() for upload_id in of_key}
    oss_bucket.list_multipart_uploads()
    params = oss_emulator.requests[-1].params
    assert params['max-uploads'] == '1000'
    assert not any(params.get(name) for name in ('prefix', 'delimiter', 'key-marker', 'upload-id-marker'))


@pytest.mark.promise('S235', 'S236', 'S237', 'S238', 'S239')
def test_list_parts(oss_bucket, oss_emulator):
    upload_id = oss_bucket.init_multipart_upload('key').upload_id
    another = oss_bucket.init_multipart_upload('key').upload_id
    for number in (1, 2, 3):
        oss_bucket.upload_part('key', upload_id, number, b'x' * number)
    assert oss_bucket.list_parts('key', another).parts == []
    pages = in_pages(oss_bucket.list_parts('key', upload_id, max_parts=2), lambda page: oss_bucket.list_parts(
        'key', upload_id, marker=page.next_marker, max_parts=2))
    assert [[(part.part_number, part.size) for part in page.parts] for page in pages] == [[(1, 1), (2, 2)], [(3, 3)]]
    oss_bucket.list_parts('key', upload_id)
    params = oss_emulator.requests[-1].params
    assert (params.get('part-number-marker', ''), params['max-parts']) == ('', '1000')
