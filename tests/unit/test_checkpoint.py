"""Where checkpoints are kept, and what becomes of those that are broken."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

import oss2
from oss2 import _records
from oss2._records import finished_parts, is_download, is_upload, new_download, new_upload

UPLOAD = new_upload('ID', '/path', 250, 1600000000.5, 'bucket', '目录/key', 100)
PART = {'part_number': 1, 'start': 0, 'end': 100, 'part_crc': 7}
DOWNLOAD = dict(
    new_download('bucket', '目录/key', 250, 1600000000, 'ETAG', 100, '/path', '.tmp-abcdefghijkl'), parts=[PART]
)
MATERIAL = {
    'wrap_alg': 'RSA/NONE/PKCS1Padding',
    'cek_alg': 'AES/CTR/NoPadding',
    'encrypted_key': 'a2V5',
    'encrypted_iv': 'aXY=',
    'mat_desc': {'a': 'b'},
}


def md5(text):
    return hashlib.md5(text.encode('utf-8')).hexdigest()


def is_followed(record):
    return is_upload(record, 'bucket', '目录/key', False) or is_download(record, 'bucket', '目录/key')


@pytest.fixture(params=[oss2.ResumableStore, oss2.ResumableDownloadStore])
def store(request, tmp_path):
    return request.param(root=str(tmp_path))


# Places and names


def test_the_folders_are_those_of_2_19_1(tmp_path, monkeypatch):
    monkeypatch.setenv('HOME', str(tmp_path))
    monkeypatch.setenv('USERPROFILE', str(tmp_path))
    assert oss2.ResumableStore().dir == str(tmp_path / '.py-oss-upload')
    assert oss2.ResumableDownloadStore().dir == str(tmp_path / '.py-oss-download')
    assert oss2.make_upload_store(root=str(tmp_path / 'a')).dir == str(tmp_path / 'a' / '.py-oss-upload')
    assert oss2.make_download_store(root=str(tmp_path), dir='x').dir == str(tmp_path / 'x')
    assert os.path.isdir(str(tmp_path / 'a' / '.py-oss-upload'))


def test_the_names_are_those_of_2_19_1():
    name = '%s--%s' % (md5('oss://bucket/目录/key'), md5('/folder/文件'))
    assert oss2.ResumableStore.make_store_key('bucket', '目录/key', '/folder/文件') == name
    assert oss2.ResumableDownloadStore.make_store_key('bucket', '目录/key', '/folder/x/../文件') == name
    assert oss2.ResumableDownloadStore.make_store_key('bucket', 'key', '/folder/文件', 'V') == '%s--%s' % (
        md5('oss://bucket/key?versionid=V'),
        md5('/folder/文件'),
    )


def test_a_path_that_is_no_text_has_a_name():
    assert len(oss2.ResumableStore.make_store_key('bucket', 'key', os.fsdecode(b'/a/\xff'))) == 66


@pytest.mark.behaviour(36)
def test_a_home_that_cannot_be_written(tmp_path, monkeypatch, caplog):
    home = tmp_path / 'home'
    home.mkdir()
    access = os.access
    monkeypatch.setattr('os.access', lambda path, mode: not str(path).startswith(str(home)) and access(path, mode))
    check_elsewhere(home, tmp_path, monkeypatch, caplog)


@pytest.mark.behaviour(36)
def test_a_home_that_is_no_folder(tmp_path, monkeypatch, caplog):
    (tmp_path / 'home').write_bytes(b'')
    check_elsewhere(tmp_path / 'home', tmp_path, monkeypatch, caplog)


def check_elsewhere(home, tmp_path, monkeypatch, caplog):
    monkeypatch.setenv('HOME', str(home))
    monkeypatch.setenv('USERPROFILE', str(home))
    (tmp_path / 'temporary').mkdir()
    monkeypatch.setattr('tempfile.tempdir', str(tmp_path / 'temporary'))
    store = oss2.ResumableStore()
    assert Path(store.dir).parent == tmp_path / 'temporary'
    assert 'cannot be written' in caplog.text
    store.put('name', UPLOAD)
    assert oss2.ResumableStore().get('name') == UPLOAD
    if os.name == 'posix':
        assert stat.S_IMODE(os.stat(store.dir).st_mode) == 0o700


@pytest.mark.skipif(not hasattr(os, 'getuid'), reason='folders have no owner here')
def test_a_temporary_folder_of_somebody_else_is_not_used(tmp_path, monkeypatch):
    (tmp_path / 'home').write_bytes(b'')
    monkeypatch.setenv('HOME', str(tmp_path / 'home'))
    monkeypatch.setattr('tempfile.tempdir', str(tmp_path))
    theirs = oss2.ResumableStore().dir
    uid = os.getuid()
    monkeypatch.setattr('oss2._checkpoint._user_suffix', lambda: '-%d' % uid)
    monkeypatch.setattr('os.getuid', lambda: uid + 1)
    assert oss2.ResumableStore().dir != theirs


# Keeping and reading


def test_records_are_kept(store):
    assert store.get('name') is None
    store.put('name', UPLOAD)
    assert store.get('name') == UPLOAD
    store.put('name', DOWNLOAD)
    assert store.get('name') == DOWNLOAD
    assert os.listdir(store.dir) == ['name']
    assert json.loads(Path(store.dir, 'name').read_text(encoding='ascii')) == DOWNLOAD
    store.delete('name')
    store.delete('name')
    assert store.get('name') is None


@pytest.mark.behaviour(14)
def test_a_reader_never_sees_half_a_record(store):
    records = [dict(UPLOAD, upload_id=str(n) * 20000) for n in range(10)]
    store.put('name', records[0])
    done = threading.Event()
    seen = []

    def read():
        while not done.is_set():
            seen.append(store.get('name'))

    reader = threading.Thread(target=read)
    reader.start()
    for record in records * 10:
        store.put('name', record)
    done.set()
    reader.join()
    assert seen
    assert all(record in records for record in seen)


BROKEN = [b'', b'{"upload_id": ', b'\xff\xfe', b'[1]', b'null', b'5', b'"text"', b'[' * 100000, b'{} {}', b'\0' * 100]


@pytest.mark.parametrize('content', BROKEN, ids=lambda content: repr(content[:20]))
@pytest.mark.behaviour(14)
def test_what_is_no_record_is_none_and_goes_away(content, store, caplog):
    Path(store.dir, 'name').write_bytes(content)
    assert store.get('name') is None
    assert 'starts over' in caplog.text
    assert os.listdir(store.dir) == []


def test_a_folder_in_the_place_of_a_record_is_no_error(store, caplog):
    Path(store.dir, 'name').mkdir()
    assert store.get('name') is None
    store.put('name', UPLOAD)
    store.delete('name')
    assert [record.levelname for record in caplog.records] == ['WARNING'] * 4


def test_a_record_that_cannot_be_kept_is_no_error(store, caplog):
    os.rmdir(store.dir)
    store.put('name', UPLOAD)
    assert 'could not be resumed' in caplog.text


# Records that can be followed, and others


def test_whole_records_are_followed():
    assert is_upload(UPLOAD, 'bucket', '目录/key', False)
    assert is_download(DOWNLOAD, 'bucket', '目录/key')
    assert is_upload(dict(UPLOAD, content_crypto_material=MATERIAL), 'bucket', '目录/key', True)
    assert [part.part_crc for part in finished_parts(DOWNLOAD)] == [7]
    assert finished_parts(dict(DOWNLOAD, parts=[{k: v for k, v in PART.items() if k != 'part_crc'}]))


def test_more_fields_do_no_harm():
    assert is_followed(dict(UPLOAD, abspath='/path', more=[1]))


CHANGES = {
    'op_type': ['Other', None, 5],
    'bucket': ['other', None, 5],
    'key': ['other', None, 5],
    'file_path': [None, 5],
    'size': [-1, '250', 1.5, None, True, float('inf')],
    'part_size': [0, -1, '100', None, True, float('nan')],
    'mtime': ['1', None, True],
    'version': [2, 'new', None],
}


@pytest.mark.parametrize('record', [UPLOAD, DOWNLOAD], ids=['upload', 'download'])
@pytest.mark.parametrize(('name', 'value'), [(name, value) for name in CHANGES for value in CHANGES[name]])
@pytest.mark.behaviour(14)
def test_others_are_not(name, value, record):
    assert not is_followed(dict(record, **{name: value}))


@pytest.mark.parametrize('record', [UPLOAD, DOWNLOAD], ids=['upload', 'download'])
def test_every_field_is_needed(record):
    for name in record:
        assert not is_followed({k: v for k, v in record.items() if k != name}), name


@pytest.mark.parametrize(
    'upload_id', ['', 'a b', 'a\n', '\ud800', '中', 5, None, ['a']], ids=lambda value: type(value).__name__
)
def test_an_upload_id_that_is_none(upload_id):
    assert not is_followed(dict(UPLOAD, upload_id=upload_id))


@pytest.mark.parametrize(
    'suffix',
    ['', 'tmp', '/../../etc/passwd', '.tmp/../x', '.tmp-a\0', '.', 5, None],
    ids=lambda value: type(value).__name__,
)
def test_a_suffix_that_leads_elsewhere(suffix):
    assert not is_followed(dict(DOWNLOAD, tmp_suffix=suffix))


@pytest.mark.parametrize('etag', [5, None, ['a']], ids=lambda value: type(value).__name__)
def test_an_etag_that_is_none(etag):
    assert not is_followed(dict(DOWNLOAD, etag=etag))


@pytest.mark.parametrize(
    'parts',
    [
        None,
        {},
        'parts',
        [1],
        [None],
        [PART, PART],
        [dict(PART, start=1)],
        [dict(PART, end=101)],
        [dict(PART, end='100')],
        [dict(PART, part_number=0)],
        [dict(PART, part_number=4, start=300, end=400)],
        [dict(PART, part_number=True)],
        [dict(PART, part_crc='7')],
        [dict(PART, part_crc=-1)],
        [{}],
    ],
    ids=lambda value: type(value).__name__,
)
def test_parts_that_are_none_of_the_plan(parts):
    assert not is_followed(dict(DOWNLOAD, parts=parts))


def test_more_parts_than_there_can_be_are_not_counted():
    """A record of another program may ask for more than the memory holds."""
    assert not is_followed(dict(DOWNLOAD, size=10**18, part_size=1, parts=[]))
    assert not is_followed(dict(UPLOAD, size=10**18, part_size=1))


@pytest.mark.parametrize(
    'material',
    [
        None,
        [],
        'text',
        {},
        dict(MATERIAL, encrypted_key=5),
        dict(MATERIAL, encrypted_key='no base64!'),
        dict(MATERIAL, encrypted_iv='中'),
        dict(MATERIAL, mat_desc='text'),
        dict(MATERIAL, cek_alg=None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_keys_that_cannot_be_read(material):
    assert not is_upload(dict(UPLOAD, content_crypto_material=material), 'bucket', '目录/key', True)


def test_an_encrypted_upload_is_none_of_a_plain_bucket():
    assert not is_followed(dict(UPLOAD, content_crypto_material=MATERIAL))
    assert not is_upload(UPLOAD, 'bucket', '目录/key', True)


JUNK = [
    None,
    True,
    0,
    -1,
    2**70,
    0.5,
    float('nan'),
    float('inf'),
    '',
    'text',
    '\ud800',
    '\0',
    [],
    [[]],
    [{}],
    {},
    {'a': [None]},
]


@pytest.mark.parametrize(
    'record',
    [UPLOAD, DOWNLOAD, dict(UPLOAD, content_crypto_material=MATERIAL)],
    ids=['upload', 'download', 'encrypted upload'],
)
@pytest.mark.behaviour(14)
def test_no_record_raises(record):
    names = sorted(record)
    for one, other in zip(names, names[1:] + names[:1]):
        for junk in JUNK:
            for more in (JUNK[3], junk):
                changed = dict(record, **{one: junk, other: more})
                assert is_followed(changed) in (True, False)
                assert is_upload(changed, 'bucket', '目录/key', True) in (True, False)


def test_the_keys_of_both_ways_to_wrap_them():
    assert _records.key_and_iv({'content_crypto_material': MATERIAL}) == (b'key', b'iv')
    assert _records.key_and_iv({'content_crypto_material': dict(MATERIAL, wrap_alg='KMS/ALICLOUD')}) == ('a2V5', 'aXY=')


@pytest.mark.skipif(sys.platform == 'win32', reason='names of files are text there')
def test_a_folder_whose_name_is_no_text(tmp_path):
    store = oss2.ResumableStore(root=os.fsdecode(os.fsencode(str(tmp_path)) + b'/\xff'))
    store.put('name', UPLOAD)
    assert store.get('name') == UPLOAD
