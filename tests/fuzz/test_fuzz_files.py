"""Files and programs' answers that a user, another program or a crash may have changed: checkpoints, credentials."""
from __future__ import annotations

import json

import pytest
from fuzz.bounded import bounded, damaged, nested_json, odd_text
from hypothesis import given
from hypothesis import strategies as st

import oss2
from oss2 import _credentials, _records
from oss2._credentials_ecs import EcsRamRoleCredentialsFetcher
from oss2._credentials_http import Answer, json_object
from oss2._credentials_profile import ProfileCredentialsProvider
from oss2.exceptions import ClientError

UPLOAD = {'op_type': 'ResumableUpload', 'upload_id': '0004B999EF5A239BB9138C6227D69F95', 'file_path': '/tmp/file',
          'size': 10485760, 'mtime': 1700000000.5, 'bucket': 'bucket', 'key': 'key', 'part_size': 1048576}
DOWNLOAD = {'op_type': 'ResumableDownload', 'bucket': 'bucket', 'key': 'key', 'size': 300, 'mtime': 1700000000,
            'etag': 'ETAG', 'part_size': 100, 'file_path': '/tmp/file', 'tmp_suffix': '.tmp-abc',
            'parts': [{'part_number': 1, 'start': 0, 'end': 100, 'part_crc': 5}]}
ENCRYPTED = dict(UPLOAD, content_crypto_material={
    'wrap_alg': 'rsa', 'cek_alg': 'AES/CTR/NoPadding', 'encrypted_key': 'AAAA', 'encrypted_iv': 'AAAA',
    'mat_desc': None})


def use(store, name):
    record = store.get(name)
    assert record is None or isinstance(record, dict)
    if record is None:
        return
    assert store.get(name) == record or record != record  # NaN is never equal
    for encrypted in (False, True):
        if _records.is_upload(record, 'bucket', 'key', encrypted):
            assert record['part_size'] > 0 or record['size'] == 0
            if encrypted:
                assert len(_records.key_and_iv(record)) == 2
    if _records.is_download(record, 'bucket', 'key'):
        parts = _records.finished_parts(record)
        assert all(0 <= part.start <= part.end <= record['size'] for part in parts)
        assert len({part.part_number for part in parts}) == len(parts)


@bounded(60)
@given(body=st.one_of(damaged(json.dumps(UPLOAD).encode()), damaged(json.dumps(DOWNLOAD).encode()),
                      damaged(json.dumps(ENCRYPTED).encode()), st.binary(max_size=50),
                      nested_json().map(lambda value: json.dumps(value).encode())))
def test_checkpoints_that_were_damaged(body, tmp_path):
    """They count as none, and are gone; never an error."""
    store = oss2.ResumableStore(root=str(tmp_path))
    (tmp_path / '.py-oss-upload' / 'name').write_bytes(body)
    use(store, 'name')


@bounded(60)
@given(record=st.sampled_from([UPLOAD, DOWNLOAD, ENCRYPTED]), data=st.data(),
       value=nested_json([10 ** 20, -1, 0, True]))
def test_checkpoints_with_other_values(record, data, value, tmp_path):
    changed = json.loads(json.dumps(record))
    holders = [changed] + [each for each in (changed.get('content_crypto_material'), *changed.get('parts', ())) if each]
    holder = data.draw(st.sampled_from(holders))
    holder[data.draw(st.sampled_from(sorted(holder)))] = value
    store = oss2.ResumableStore(root=str(tmp_path))
    store.put('name', changed)
    use(store, 'name')


CLI = {'current': 'default', 'profiles': [
    {'name': 'default', 'mode': 'AK', 'access_key_id': 'THE-ID', 'access_key_secret': 'THE-SECRET'},
    {'name': 'sts', 'mode': 'StsToken', 'access_key_id': 'THE-ID', 'access_key_secret': 'THE-SECRET',
     'sts_token': 'THE-TOKEN', 'sts_expiration': 4000000000},
    {'name': 'chained', 'mode': 'ChainableRamRoleArn', 'source_profile': 'default', 'ram_role_arn': 'a'},
    {'name': 'oidc', 'mode': 'OIDC', 'ram_role_arn': 'a', 'oidc_provider_arn': 'b', 'oidc_token_file': '/no/file'}]}
INI = ('[default]\ntype = access_key\naccess_key_id = THE-ID\naccess_key_secret = THE-SECRET\n'
       '[sts]\ntype = sts\naccess_key_id = THE-ID\naccess_key_secret = THE-SECRET\nsecurity_token = THE-TOKEN\n'
       '[role]\ntype = ram_role_arn\naccess_key_id = THE-ID\naccess_key_secret = THE-SECRET\nrole_arn = r\n'
       'role_session_expiration = 900 # seconds\n')


@pytest.fixture
def no_network(monkeypatch):
    """Profiles may send to other services: nothing answers, and no program runs."""
    def refused(*args, **kwargs):
        raise ClientError('no network')

    for module in ('_credentials_sts', '_credentials_external', '_credentials_ecs'):
        monkeypatch.setattr('oss2.%s.ask' % module, refused)
    monkeypatch.setattr('time.sleep', lambda seconds: None)
    monkeypatch.setattr('subprocess.run', lambda *args, **kwargs: refused())
    for name in ('ALIBABA_CLOUD_PROFILE', 'ALIBABA_CLOUD_ROLE_ARN', 'ALIBABA_CLOUD_ECS_METADATA_DISABLED'):
        monkeypatch.delenv(name, raising=False)


def check_profiles(path, body, name):
    path.write_bytes(body)
    try:
        found = ProfileCredentialsProvider(name, str(path)).get_credentials()
    except ClientError as exc:
        for secret in ('THE-SECRET', 'THE-TOKEN'):
            assert secret not in exc.message
            assert secret not in repr(exc)
        return
    assert isinstance(found.access_key_id, str)
    assert isinstance(found.access_key_secret, str)


NAMES = st.sampled_from([None, 'default', 'sts', 'chained', 'oidc', 'role'])


@bounded(50)
@given(body=st.one_of(damaged(json.dumps(CLI).encode()), damaged(INI.encode()), st.binary(max_size=60)), name=NAMES)
def test_profiles_that_were_damaged(body, name, tmp_path, no_network):
    check_profiles(tmp_path / 'profiles', body, name)


@bounded(50)
@given(data=st.data(), name=NAMES, value=nested_json(['default', 'chained', 'AK', 'StsToken', 'RamRoleArn', 'OIDC']))
def test_profiles_with_other_values(data, name, value, tmp_path, no_network):
    document = json.loads(json.dumps(CLI))
    holder = data.draw(st.sampled_from([document, *document['profiles']]))
    holder[data.draw(st.sampled_from(sorted(holder)))] = value
    check_profiles(tmp_path / 'profiles', json.dumps(document).encode(), name)


@bounded(40)
@given(section=odd_text, option=st.sampled_from(['type', 'access_key_id', 'role_session_expiration', 'enable', 'x']),
       value=odd_text)
def test_ini_files_with_other_values(section, option, value, tmp_path, no_network):
    text = INI + '[%s]\n%s = %s\n' % (section, option, value)
    for name in (section, 'default', 'role'):
        check_profiles(tmp_path / 'profiles.ini', text.encode('utf-8', 'replace'), name or None)


GIVEN = {'Code': 'Success', 'AccessKeyId': 'THE-ID', 'AccessKeySecret': 'THE-SECRET', 'SecurityToken': 'THE-TOKEN',
         'Expiration': '2099-12-05T00:00:00Z', 'LastUpdated': '2024-12-05T00:00:00Z'}


def check_document(body):
    """As a URI, a program and the metadata service give it."""
    def of_metadata():
        fetcher = EcsRamRoleCredentialsFetcher('http://100.100.100.200/latest/meta-data/ram/security-credentials/role')
        return fetcher.fetch(1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr('oss2._credentials_ecs.ask', lambda *args, **kwargs: Answer(200, body))
        for read in (lambda: _credentials.from_document(json_object(body)), of_metadata):
            try:
                found = read()
            except ClientError as exc:
                assert 'THE-SECRET' not in exc.message
                continue
            assert found.access_key_id
            assert found.access_key_secret
            assert found.expiration is None or isinstance(found.expiration, (int, float))
            assert 'THE-SECRET' not in repr(found)


@bounded(40)
@given(body=st.one_of(damaged(json.dumps(GIVEN).encode()), st.binary(max_size=40),
                      nested_json().map(lambda value: json.dumps(value).encode())))
def test_credentials_documents_that_were_damaged(body):
    check_document(body)


@bounded(60)
@given(name=st.sampled_from(sorted(GIVEN)), value=nested_json([0, -1, 10 ** 30, True]))
def test_credentials_documents_with_other_values(name, value):
    check_document(json.dumps(dict(GIVEN, **{name: value})).encode())
