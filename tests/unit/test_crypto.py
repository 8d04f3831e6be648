"""Client-side encryption: what oss2 2.19.1 writes and reads, recorded by ``tests/compat/record_encryption.py``."""
from __future__ import annotations

import base64
import copy
import hmac
import json
import os
import pickle
import stat
import sys
import threading
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from fakes import FakeResponse, FakeSession, NoSession
from rawserver import answer

import oss2
from oss2 import credentials, crypto, exceptions, models, utils
from oss2.exceptions import (
    ClientError,
    InconsistentError,
    OpenApiFormatError,
    OpenApiServerError,
    RequestError,
)
from oss2.headers import RSA_NONE_OAEPWithSHA1AndMGF1Padding
from oss2.models import ContentCryptoMaterial, MultipartUploadCryptoContext

RECORDED = json.loads((Path(__file__).parents[1] / 'compat' / 'encryption.json').read_text())
CONTENT = base64.b64decode(RECORDED['content'])
KEY, IV = base64.b64decode(RECORDED['key']), base64.b64decode(RECORDED['iv'])
FILES = RECORDED['key_pairs'][0]['files']
PUBLIC, PRIVATE = FILES['pair.public_key.pem'], FILES['pair.private_key.pem']
PAIR = {'public_key': PUBLIC, 'private_key': PRIVATE}
DESCRIPTION = {'name': 'first', 'name2': '第二'}
PREFIX = 'x-oss-meta-client-side-encryption-'
PART = 102400
UPLOAD = b'<InitiateMultipartUploadResult><UploadId>ID</UploadId></InitiateMultipartUploadResult>'


def data(encoded):
    return base64.b64decode(encoded)


def text(content):
    return base64.b64encode(content).decode()


@pytest.fixture(autouse=True)
def fixed_keys(monkeypatch):
    monkeypatch.setattr(utils, 'random_key', lambda size: KEY[:size])
    monkeypatch.setattr(utils, 'random_iv', lambda: IV)


@pytest.fixture
def folder(tmp_path):
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    return tmp_path


class Kms:
    """A server that stands for KMS; what it encrypts is readable."""

    def __init__(self, raw_server):
        self.calls = []
        self.instead = []
        self.server = raw_server(self.answer)

    def answer(self, request):
        params = dict(parse_qsl(urlsplit(request.target).query, keep_blank_values=True))
        self.calls.append((request.method, params))
        if self.instead:
            return self.instead.pop(0)
        if params['Action'] == 'Decrypt':
            found = {'Plaintext': data(params['CiphertextBlob'])[4:].decode()}
        else:
            plaintext = text(KEY) if params['Action'] == 'GenerateDataKey' else params['Plaintext']
            found = {'Plaintext': plaintext, 'CiphertextBlob': text(b'kms:' + plaintext.encode())}
        return answer(json.dumps(found).encode(), headers={'Content-Type': 'application/json'})

    def provider(self, key_id='id', secret='secret', region='cn-hangzhou', cmk_id='master', **options):
        return oss2.AliKMSProvider(key_id, secret, region, cmk_id, endpoint=self.server.url, **options)

    def actions(self):
        return [params['Action'] for _, params in self.calls]


@pytest.fixture
def kms(raw_server):
    return Kms(raw_server)


@pytest.fixture
def make_provider(folder, kms):
    def make(name, description=None):
        if name == 'local':
            return oss2.LocalRsaProvider(str(folder), 'pair')
        if name == 'rsa':
            return oss2.RsaProvider(PAIR, mat_desc=description)
        return kms.provider(passphrase='a passphrase', mat_desc=description)

    return make


def bucket(provider, *answers, **options):
    return oss2.CryptoBucket(oss2.Auth('id', 'secret'), 'http://oss-cn-hangzhou.aliyuncs.com', 'a-bucket', provider,
                             session=FakeSession(*answers), **options)


def sent(req, body):
    headers = {name.lower(): value for name, value in req.headers.items()
               if value is not None and name.lower() not in ('authorization', 'date', 'user-agent')}
    return {'method': req.method, 'params': dict(req.params), 'headers': headers, 'body': body}


def check_request(request, recorded, provider):
    """The same, but for what RSA pads with random bytes: of that, what it stands for."""
    request, recorded = copy.deepcopy(request), copy.deepcopy(recorded)
    for found in (request['headers'], recorded['headers']):
        if found.get(PREFIX + 'wrap-alg', '').startswith('RSA'):
            assert provider.decrypt_encrypted_key(data(found.pop(PREFIX + 'key'))) == KEY
            assert provider.decrypt_encrypted_iv(data(found.pop(PREFIX + 'start'))) == IV
    assert request == recorded


def get(provider, headers, body, byte_range=None, **options):
    """What is read of an object that is answered as OSS does, and the range that was asked for."""
    headers, status = dict(headers), 200
    if byte_range:
        first, last = byte_range
        first -= first % 16
        last = len(body) - 1 if last is None else min(last, len(body) - 1)
        headers['Content-Range'] = f'bytes {first}-{last}/{len(body)}'
        body, status = body[first:last + 1], 206
    headers['Content-Length'] = str(len(body))
    source = bucket(provider, FakeResponse(status, headers, body))
    result = source.get_object('a key', byte_range=byte_range, **options)
    return result, source.session.last.headers.get('range')


def case_id(case):
    return '%s, %s bytes' % (case['provider'], case.get('size', case.get('data_size')))


@pytest.mark.parametrize('case', RECORDED['objects'], ids=case_id)
@pytest.mark.behaviour(42)
def test_put_as_2_19_1(case, make_provider):
    provider = make_provider(case['provider'], case['description'])
    into = bucket(provider)
    into.put_object('a key', CONTENT[:case['size']], headers=case['given_headers'])
    check_request(sent(into.session.last, text(into.session.bodies[0])), case['request'], provider)


@pytest.mark.parametrize('case', RECORDED['objects'], ids=case_id)
@pytest.mark.behaviour(42)
def test_get_what_2_19_1_put(case, make_provider):
    provider = make_provider(case['provider'], case['description'])
    result, _ = get(provider, case['request']['headers'], data(case['request']['body']))
    assert result.read() == CONTENT[:case['size']]
    assert result.content_length == case['size']


@pytest.mark.parametrize('case', RECORDED['uploads'], ids=case_id)
@pytest.mark.behaviour(42)
def test_upload_as_2_19_1(case, make_provider):
    provider = make_provider(case['provider'])
    into = bucket(provider, FakeResponse(body=UPLOAD))
    context = MultipartUploadCryptoContext(case['data_size'], case['part_size'])
    content = (CONTENT * 60)[:case['data_size']]
    into.init_multipart_upload('a key', upload_context=context)
    for number in (1, 2, 3):
        part = content[(number - 1) * PART:number * PART]
        into.upload_part('a key', 'ID', number, part, upload_context=context)
    bodies = [text(into.session.bodies[0] or b'')]
    bodies += [{'size': len(body), 'begin': text(body[:64]), 'end': text(body[-64:])}
               for body in into.session.bodies[1:]]
    for req, body, recorded in zip(into.session.requests, bodies, case['requests']):
        check_request(sent(req, body), recorded, provider)
    whole = b''.join(into.session.bodies[1:])
    headers = case['requests'][0]['headers']
    assert get(provider, headers, whole)[0].read() == content
    assert get(provider, headers, whole, (PART - 3, PART + 9))[0].read() == content[PART - 3:PART + 10]


@pytest.mark.behaviour(42)
def test_2_19_1_read_all_of_this_kind():
    """The script that recorded this has stopped unless 2.19.1 decrypted what this library wrote."""
    read = {(case['provider'], case['size']) for case in RECORDED['read_of_ours']}
    assert read == {(case['provider'], case.get('size', case.get('data_size')))
                    for case in RECORDED['objects'] + RECORDED['uploads']}


@pytest.mark.behaviour(42)
@pytest.mark.parametrize('case', RECORDED['streams_of_ours'], ids=case_id)
def test_2_19_1_read_what_was_written_as_a_file(case, make_provider):
    """This is what it read: in parts, and without the sizes that nobody knew at the begin."""
    provider = make_provider(case['provider'])
    into = bucket(provider, FakeResponse(body=UPLOAD), *[FakeResponse(200, {'ETag': '"E"'})] * 4)
    with into.open('a key', 'wb', part_size=case['part_size']) as file:
        file.write((CONTENT * 60)[:case['data_size']])
    bodies = [text(into.session.bodies[0] or b'')]
    bodies += [{'size': len(body), 'begin': text(body[:64]), 'end': text(body[-64:])}
               for body in into.session.bodies[1:-1]]
    assert len(bodies) == len(case['requests']) == 4
    for req, body, recorded in zip(into.session.requests, bodies, case['requests']):
        check_request(sent(req, body), recorded, provider)


@pytest.mark.parametrize('case', RECORDED['ranges'], ids=lambda case: str(case['range']))
def test_ranges_as_2_19_1(case, make_provider):
    written = next(item for item in RECORDED['objects'] if (item['provider'], item['size']) == ('rsa', 4096))
    result, asked = get(make_provider('rsa', DESCRIPTION), written['request']['headers'],
                        data(written['request']['body']), case['range'])
    assert asked == case['request_range']
    content = data(case['content'])
    assert result.content_length == len(content)
    assert b''.join(iter(lambda: result.read(1000), b'')) == content


@pytest.mark.parametrize('case', RECORDED['deprecated'], ids=lambda case: case['provider'])
@pytest.mark.behaviour(42)
def test_deprecated_format(case, make_provider):
    for reading in case['reads']:
        result, asked = get(make_provider(case['provider']), case['headers'], data(case['body']), reading['range'])
        assert asked == reading['request_range']
        assert result.read() == data(reading['content'])


@pytest.mark.parametrize('case', RECORDED['metadata'], ids=str)
def test_metadata_as_2_19_1(case):
    material = ContentCryptoMaterial(utils.AESCTRCipher(), case['wrap_alg'])
    if 'error' in case:
        with pytest.raises(getattr(exceptions, case['error'])):
            material.from_object_meta(case['headers'])
        return
    material.from_object_meta(case['headers'])
    assert {name: text(value) if isinstance(value, bytes) else value for name, value in vars(material).items()
            if name != 'cipher'} == case['material']
    assert material.is_unencrypted() is case['unencrypted']


@pytest.mark.behaviour(42)
def test_kms_is_called_as_2_19_1_does(kms, make_provider):
    recorded = RECORDED['kms_calls'][:2]
    into = bucket(make_provider('kms'))
    into.put_object('a key', CONTENT)
    for (method, params), (action, wanted) in zip(kms.calls, recorded):
        assert method == 'POST'
        assert params['Action'] == action
        assert {name: params[name] for name in wanted} == wanted
    written = into.session.last.headers
    assert get(make_provider('kms'), written, into.session.bodies[0])[0].read() == CONTENT
    assert [params['EncryptionContext'] for _, params in kms.calls[2:]] == ['{"x-passphrase":"a passphrase"}'] * 2
    assert kms.actions()[2:] == ['Decrypt', 'Decrypt']


def test_what_every_call_of_kms_has(kms):
    kms.provider().get_key()
    kms.provider().get_key()
    (_, one), (_, other) = kms.calls
    common = {'Version': '2016-01-20', 'Format': 'JSON', 'RegionId': 'cn-hangzhou', 'AccessKeyId': 'id',
              'SignatureMethod': 'HMAC-SHA1', 'SignatureVersion': '1.0'}
    assert {name: one[name] for name in common} == common
    assert one['SignatureNonce'] != other['SignatureNonce']
    assert 'SecurityToken' not in one


def rpc_signature(method, params, secret):
    """As the API's page about signatures of RPC style has it."""
    query = '&'.join(f'{quote(name, safe="~")}={quote(value, safe="~")}' for name, value in sorted(params.items()))
    return text(hmac.new(f'{secret}&'.encode(), f'{method}&%2F&{quote(query, safe="~")}'.encode(), 'sha1').digest())


def test_signature_of_kms_calls(kms):
    example = {'Format': 'XML', 'AccessKeyId': 'testid', 'Action': 'DescribeRegions', 'SignatureMethod': 'HMAC-SHA1',
               'SignatureNonce': '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf', 'SignatureVersion': '1.0',
               'Timestamp': '2016-02-23T12:46:24Z', 'Version': '2014-05-26'}
    assert rpc_signature('GET', example, 'testsecret') == 'OLeaidS1JvxuMvnyHOwuJ+uX5qY='
    kms.provider(passphrase='密 码~*+', sts_token='a/b+c=').create_content_material()
    for method, params in kms.calls:
        assert params.pop('Signature') == rpc_signature(method, params, 'secret')


@pytest.mark.behaviour(42)
def test_token_of_a_temporary_key(kms):
    kms.provider(sts_token='token').get_key()
    assert kms.calls[0][1]['SecurityToken'] == 'token'


@pytest.mark.behaviour(42)
def test_any_credentials_provider(kms):
    given = credentials.StaticCredentialsProvider('other-id', 'other-secret', 'other-token')
    provider = oss2.AliKMSProvider(None, None, 'cn-hangzhou', 'master', credentials_provider=given,
                                   endpoint=kms.server.url)
    assert provider.get_key() == (KEY, text(b'kms:' + text(KEY).encode()))
    assert (kms.calls[0][1]['AccessKeyId'], kms.calls[0][1]['SecurityToken']) == ('other-id', 'other-token')


def test_endpoint_of_kms():
    assert oss2.AliKMSProvider('id', 'secret', 'cn-hangzhou', 'm').kms_client.endpoint \
        == 'https://kms.cn-hangzhou.aliyuncs.com'
    with pytest.raises(ClientError, match='region'):
        oss2.AliKMSProvider('id', 'secret', '', 'm')


@pytest.mark.parametrize('passphrase', ['a "quoted" one', 'back\\slash', '密码'])
@pytest.mark.behaviour('D10')
def test_passphrase_is_encoded_as_json(kms, passphrase):
    kms.provider(passphrase=passphrase).get_key()
    assert json.loads(kms.calls[0][1]['EncryptionContext']) == {'x-passphrase': passphrase}


def test_errors_of_kms(kms):
    kms.instead = [answer(b'{"Code":"Forbidden.KeyNotFound","Message":"no such key","RequestId":"RID"}', 404)]
    with pytest.raises(OpenApiServerError) as caught:
        kms.provider().get_key()
    error = caught.value
    assert (error.status, error.code, error.message, error.request_id) \
        == (404, 'Forbidden.KeyNotFound', 'no such key', 'RID')


def test_an_error_of_kms_that_is_no_object(kms):
    kms.instead = [answer(b'["who are you?"]', 403)]
    with pytest.raises(OpenApiServerError) as caught:
        kms.provider().get_key()
    assert (caught.value.status, caught.value.code, caught.value.request_id) == (403, '', '')


@pytest.mark.parametrize(('body', 'words'), [
    (b'<html>', 'no JSON'), (b'{}', 'no Plaintext'), (b'[]', 'no Plaintext'), (b'{"Plaintext": 5}', 'no Plaintext'),
    (b'{"Plaintext": "x"}', 'not base64'),
])
def test_answers_of_kms_that_are_none(kms, body, words):
    kms.instead = [answer(body)]
    with pytest.raises(OpenApiFormatError, match=words):
        kms.provider().decrypt_encrypted_key(b'abc')


@pytest.mark.parametrize('failure', [
    answer(b'{"Code":"ServiceUnavailable"}', 503), answer(b'<html>', 502), answer(b'{"Code":"Throttling.User"}', 400),
    answer(b'{"Plain', cut=3),
])
def test_passing_failures_of_kms(kms, failure, monkeypatch):
    monkeypatch.setattr(oss2._retry, 'FIRST_DELAY', 0.0)
    kms.instead = [failure, failure]
    assert kms.provider().get_key()[0] == KEY
    assert len({params['SignatureNonce'] for _, params in kms.calls}) == 3
    kms.instead = [failure] * 3
    with pytest.raises((OpenApiServerError, RequestError)):
        kms.provider().get_key()


def test_no_secret_in_errors(kms, no_retries):
    provider = kms.provider(secret='planted-secret', sts_token='planted-token')
    kms.server.close()
    with pytest.raises(RequestError) as caught:
        provider.get_key()
    assert 'planted' not in str(caught.value) + repr(caught.value) + caught.value.message
    assert 'planted' not in repr(provider) + repr(provider.kms_client)


def test_kms_without_keys(kms):
    with pytest.raises(ClientError, match='access_key_id'):
        kms.provider(secret=None)
    with pytest.raises(ClientError, match='cmk_id'):
        kms.provider(cmk_id=None).create_content_material()


def test_the_key_of_an_upload_is_decrypted_once(kms, make_provider):
    into = bucket(make_provider('kms'), FakeResponse(body=UPLOAD))
    context = MultipartUploadCryptoContext(5 * PART, PART)
    into.init_multipart_upload('a key', upload_context=context)
    for number in range(1, 6):
        into.upload_part('a key', 'ID', number, bytes(PART), upload_context=context)
    assert kms.actions() == ['GenerateDataKey', 'Encrypt', 'Decrypt', 'Decrypt']


@pytest.mark.skipif(sys.platform == 'win32', reason='Windows has no such permissions')
@pytest.mark.behaviour('D6')
def test_private_key_is_for_its_owner_only(tmp_path):
    oss2.LocalRsaProvider(str(tmp_path / 'new'), 'pair')
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / 'new').iterdir()}
    assert modes == {'pair.private_key.pem': 0o600, 'pair.public_key.pem': modes['pair.public_key.pem']}
    assert modes['pair.public_key.pem'] & 0o600 == 0o600


def test_default_place_of_local_keys(tmp_path, monkeypatch):
    monkeypatch.setenv('HOME', str(tmp_path))
    monkeypatch.setenv('USERPROFILE', str(tmp_path))
    oss2.LocalRsaProvider()
    assert sorted(path.name for path in (tmp_path / '.oss-local-rsa').iterdir()) \
        == ['.private_key.pem', '.public_key.pem']
    assert crypto._LOCAL_RSA_TMP_DIR == '.oss-local-rsa'


def test_local_keys_are_kept(tmp_path):
    material = oss2.LocalRsaProvider(str(tmp_path)).create_content_material()
    assert oss2.LocalRsaProvider(str(tmp_path)).decrypt_encrypted_key(material.encrypted_key) == KEY


def test_names_of_local_keys(tmp_path):
    oss2.LocalRsaProvider(str(tmp_path / 'deep' / 'er'), 'k', pub_key_suffix='.pub', private_key_suffix='.priv')
    assert sorted(path.name for path in (tmp_path / 'deep' / 'er').iterdir()) == ['k.priv', 'k.pub']


@pytest.mark.parametrize('case', RECORDED['key_pairs'], ids=lambda case: str(case['passphrase']))
def test_local_keys_of_2_19_1(case, tmp_path):
    for name, content in case['files'].items():
        (tmp_path / name).write_text(content)
    provider = oss2.LocalRsaProvider(str(tmp_path), 'pair', case['passphrase'])
    assert provider.decrypt_encrypted_key(provider.create_content_material().encrypted_key) == KEY


def test_local_keys_without_pycryptodome(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, 'Crypto.PublicKey', None)
    with pytest.raises(ClientError, match='pip install pycryptodome'):
        oss2.LocalRsaProvider(str(tmp_path))


def test_local_keys_where_there_are_no_hard_links(tmp_path, monkeypatch):
    def link(source, target):
        raise PermissionError(1, 'Operation not permitted')

    monkeypatch.setattr(os, 'link', link)
    material = oss2.LocalRsaProvider(str(tmp_path)).create_content_material()
    assert sorted(path.name for path in tmp_path.iterdir()) == ['.private_key.pem', '.public_key.pem']
    monkeypatch.undo()
    assert oss2.LocalRsaProvider(str(tmp_path)).decrypt_encrypted_key(material.encrypted_key) == KEY


def test_passphrase_of_local_keys(tmp_path):
    oss2.LocalRsaProvider(str(tmp_path), passphrase='pass')
    assert b'ENCRYPTED' in (tmp_path / '.private_key.pem').read_bytes()
    for wrong in (None, 'other'):
        with pytest.raises(ClientError, match='RSA key'):
            oss2.LocalRsaProvider(str(tmp_path), passphrase=wrong)


def test_a_private_key_is_never_replaced(folder):
    (folder / 'pair.public_key.pem').unlink()
    provider = oss2.LocalRsaProvider(str(folder), 'pair')
    assert provider.decrypt_encrypted_key(provider.create_content_material().encrypted_key) == KEY
    assert (folder / 'pair.private_key.pem').read_text() == PRIVATE
    assert (folder / 'pair.public_key.pem').exists()


def test_a_lost_private_key_is_no_reason_to_make_another(folder):
    (folder / 'pair.private_key.pem').unlink()
    with pytest.raises(ClientError, match='no private key'):
        oss2.LocalRsaProvider(str(folder), 'pair')
    assert (folder / 'pair.public_key.pem').read_text() == PUBLIC


def test_processes_that_begin_together_share_a_key(tmp_path):
    made, start = [], threading.Barrier(4)

    def make():
        start.wait()
        made.append(oss2.LocalRsaProvider(str(tmp_path)))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    for one in made:
        encrypted = one.create_content_material().encrypted_key
        assert [other.decrypt_encrypted_key(encrypted) for other in made] == [KEY] * 4
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize('pair', [
    {'public_key': 'junk'}, {'private_key': 'junk'}, {'public_key': PUBLIC, 'private_key': PUBLIC[:100]}, None, 'text'])
def test_key_pairs_that_are_none(pair):
    with pytest.raises(ClientError, match='key'):
        oss2.RsaProvider(pair)


@pytest.mark.parametrize('padding', ['rsa', 'local'])
@pytest.mark.parametrize('encrypted', [b'x', b'x' * 256, None])
def test_keys_that_cannot_be_decrypted(padding, encrypted, make_provider):
    with pytest.raises(ClientError, match='cannot be decrypted'):
        make_provider(padding).decrypt_encrypted_key(encrypted)


def test_half_a_key_pair():
    encrypting = oss2.RsaProvider({'public_key': PUBLIC.encode()})
    decrypting = oss2.RsaProvider({'private_key': PRIVATE.encode()})
    encrypted = encrypting.create_content_material().encrypted_key
    assert decrypting.decrypt_encrypted_key(encrypted) == KEY
    with pytest.raises(ClientError, match='only encrypt'):
        encrypting.decrypt_encrypted_key(encrypted)
    with pytest.raises(ClientError, match='only decrypt'):
        decrypting.create_content_material()


@pytest.mark.behaviour('D12')
def test_providers_do_not_share_a_cipher():
    assert oss2.RsaProvider(PAIR).cipher is not oss2.RsaProvider(PAIR).cipher
    own = utils.AESCTRCipher()
    assert oss2.RsaProvider(PAIR, cipher=own).cipher is own


@pytest.mark.parametrize('name', ['local', 'rsa', 'kms'])
def test_providers_and_buckets_are_pickled(name, make_provider):
    provider = make_provider(name)
    written = bucket(provider)
    written.put_object('a key', CONTENT)
    again = pickle.loads(pickle.dumps(bucket(provider)))
    again.session.answers = [FakeResponse(200, written.session.last.headers, written.session.bodies[0])]
    assert again.get_object('a key').read() == CONTENT


def other_key_pair():
    from Crypto.PublicKey import RSA
    key = RSA.generate(1024)
    return {'public_key': key.publickey().export_key(), 'private_key': key.export_key()}


def test_objects_of_former_master_keys():
    before, others = oss2.RsaProvider(PAIR, mat_desc={'key': '1'}), other_key_pair()
    written = bucket(before)
    written.put_object('a key', CONTENT)
    now = oss2.RsaProvider(others, mat_desc={'key': '2'})

    def read():
        return get(now, written.session.last.headers, written.session.bodies[0])[0].read()

    with pytest.raises(ClientError, match='add_encryption_materials'):
        read()
    now.add_encryption_materials(oss2.EncryptionMaterials({'key': '1'}, key_pair=PAIR))
    assert read() == CONTENT


def test_former_master_keys_of_kms(kms):
    written = bucket(kms.provider(mat_desc={'key': '1'}, passphrase='first'))
    written.put_object('a key', CONTENT)
    now = kms.provider(mat_desc={'key': '2'})
    now.add_encryption_materials(oss2.EncryptionMaterials({'key': '1'}, custom_master_key_id='m', passphrase='first'))
    assert get(now, written.session.last.headers, written.session.bodies[0])[0].read() == CONTENT
    assert json.loads(kms.calls[-1][1]['EncryptionContext']) == {'x-passphrase': 'first'}
    again = now.reset_encryption_materials(oss2.EncryptionMaterials({'key': '3'}, custom_master_key_id='m3'))
    assert (again.custom_master_key_id, again.mat_desc, now.custom_master_key_id) == ('m3', {'key': '3'}, 'master')


@pytest.mark.parametrize('description', ['{}', 'null', '""', '[]'])
def test_no_description_in_other_words(description):
    written = bucket(oss2.RsaProvider(PAIR))
    written.put_object('a key', CONTENT)
    headers = {**written.session.last.headers, PREFIX + 'matdesc': description}
    assert get(oss2.RsaProvider(PAIR), headers, written.session.bodies[0])[0].read() == CONTENT


def test_descriptions(make_provider):
    given = {'a': 'b'}
    materials = oss2.EncryptionMaterials(given, key_pair=PAIR)
    materials.add_description('c', 'd')
    materials.add_descriptions({'e': 'f'})
    assert given == {'a': 'b'}
    provider = make_provider('rsa')
    provider.add_encryption_materials(materials)
    assert provider.get_encryption_materials({'e': 'f', 'c': 'd', 'a': 'b'}) is materials
    assert provider.get_encryption_materials({'a': 'b'}) is None
    assert provider.get_encryption_materials(None) is None
    provider.add_encryption_materials(oss2.EncryptionMaterials({'a': {'deep': ['x']}}, key_pair=PAIR))
    assert provider.get_encryption_materials({'a': {'deep': ['x']}}).desc == {'a': {'deep': ['x']}}
    provider.add_encryption_materials(oss2.EncryptionMaterials(None, key_pair=PAIR))
    assert provider.get_encryption_materials({}) is None


@pytest.mark.parametrize('args', [('text',), ({}, 'text'), ({}, PAIR, 'master')])
def test_materials_that_are_none(args):
    with pytest.raises(ClientError):
        oss2.EncryptionMaterials(*args)


def test_local_keys_have_no_others(make_provider):
    with pytest.raises(ClientError, match='RsaProvider'):
        make_provider('local').reset_encryption_materials(oss2.EncryptionMaterials({'a': 'b'}, key_pair=PAIR))
    with pytest.raises(ClientError, match='EncryptionMaterials'):
        make_provider('local').add_encryption_materials(None)


class Plain(crypto.BaseCryptoProvider):
    """A provider of somebody's own: it encrypts nothing."""

    def __init__(self, cipher=None, mat_desc=None):
        super().__init__(cipher or utils.AESCTRCipher(), mat_desc)
        self.wrap_alg = 'none'

    def get_key(self):
        return self.cipher.get_key()

    def decrypt_encrypted_key(self, encrypted_key):
        return encrypted_key

    def decrypt_encrypted_iv(self, encrypted_iv):
        return encrypted_iv

    def reset_encryption_materials(self, encryption_materials):
        return Plain(self.cipher, encryption_materials.desc)

    def create_content_material(self):
        cipher = copy.copy(self.cipher)
        key, iv = self.get_key(), self.get_iv()
        cipher.initialize(key, iv)
        return ContentCryptoMaterial(cipher, self.wrap_alg, key, iv, self.mat_desc)


METADATA = {PREFIX + 'key': text(KEY), PREFIX + 'start': text(IV), PREFIX + 'cek-alg': 'AES/CTR/NoPadding',
            PREFIX + 'wrap-alg': 'none'}


def encrypted(content=CONTENT):
    cipher = utils.AESCTRCipher()
    cipher.initialize(KEY, IV)
    return cipher.encrypt(content)


def test_a_provider_of_ones_own():
    into = bucket(Plain())
    into.put_object('a key', CONTENT)
    assert into.session.bodies == [encrypted()]
    assert get(Plain(), METADATA, encrypted(), (20, 30))[0].read() == CONTENT[20:31]


def test_a_cipher_of_ones_own():
    class Reversing(utils.AESCipher):
        def __init__(self):
            super().__init__()
            self.alg = 'reversing'

        def get_key(self):
            return b'key'

        get_iv = get_key

        def initialize(self, key, iv, off=0):
            self.used = key, iv, off

        def encrypt(self, raw):
            return raw[::-1]

        decrypt = encrypt

        def determine_part_size(self, data_size, excepted_part_size=None):
            return 5

    provider = Plain(Reversing())
    into = bucket(provider)
    into.put_object('a key', b'hello')
    assert into.session.bodies == [b'olleh']
    headers = {**METADATA, PREFIX + 'cek-alg': 'reversing'}
    assert get(provider, headers, b'olleh')[0].read() == b'hello'
    with pytest.raises(ClientError, match='cannot read a range'):
        get(provider, headers, bytes(50), (16, 20))


def test_provider_is_needed():
    for wrong in (None, 'x'):
        with pytest.raises(ClientError, match='crypto_provider'):
            oss2.CryptoBucket(oss2.Auth('id', 'secret'), 'http://a.com', 'a-bucket', wrong)
    with pytest.raises(ClientError, match='cipher'):
        super(Plain, Plain()).__init__(None)


def test_user_agent():
    into = bucket(Plain(), app_name='app')
    assert into.user_agent == oss2.http.USER_AGENT + '/app/OssEncryptionClient'
    into.put_object('a key', b'x')
    into.get_object('a key', headers={'User-Agent': 'own'})
    into.head_object('a key')
    agents = [req.headers['User-Agent'] for req in into.session.requests]
    assert agents == [into.user_agent, 'own/OssEncryptionClient', oss2.http.USER_AGENT + '/app']


def test_arguments_are_left_alone():
    headers = {'Content-MD5': 'md5', 'x-oss-meta-color': 'red'}
    material = Plain().create_content_material()
    for given in (headers, oss2.CaseInsensitiveDict(headers)):
        into = bucket(Plain())
        into.put_object('a key', b'x', headers=given)
        assert dict(given) == headers
        material.to_object_meta(given)
        assert dict(given) == headers
    with pytest.raises(ClientError, match='create_content_material'):
        ContentCryptoMaterial(utils.AESCTRCipher(), 'w').to_object_meta()


@pytest.mark.parametrize('source', [b'hello', 'hello', bytearray(b'hello'), iter([b'he', b'llo'])], ids=type)
def test_kinds_of_content(source):
    into = bucket(Plain())
    into.put_object('a key', source)
    assert into.session.bodies == [encrypted(b'hello')]


def test_objects_that_are_not_encrypted():
    headers = {'Content-Type': 'text/plain'}
    assert get(Plain(), headers, CONTENT)[0].read() == CONTENT
    result, asked = get(Plain(), headers, CONTENT, (20, 30))
    assert asked == 'bytes=16-30'
    assert result.content_length == 11
    assert result.read() == CONTENT[20:31]


@pytest.mark.parametrize('headers', [METADATA, {}], ids=['encrypted', 'not encrypted'])
def test_a_range_that_the_server_ignores(headers):
    body = encrypted() if headers else CONTENT
    source = bucket(Plain(), FakeResponse(200, {**headers, 'Content-Length': str(len(body))}, body))
    result = source.get_object('a key', byte_range=(20, 30))
    assert result.content_length == len(CONTENT)
    assert result.read() == CONTENT


def test_a_range_in_the_headers():
    source = bucket(Plain(), FakeResponse(206, {**METADATA, 'Content-Range': 'bytes 21-30/4096'}, encrypted()[21:31]))
    assert source.get_object('a key', headers={'Range': 'bytes=21-30'}).read() == CONTENT[21:31]


@pytest.mark.parametrize('content_range', [None, 'bytes */4096', 'nonsense', 'bytes 32-47/4096'])
def test_a_range_of_unknown_place(content_range):
    headers = {**METADATA, 'Content-Range': content_range} if content_range else METADATA
    with pytest.raises(InconsistentError, match=r'range|Content-Range'):
        bucket(Plain(), FakeResponse(206, headers, bytes(16))).get_object('a key', byte_range=(16, 31))


@pytest.mark.parametrize('missing', ['key', 'start'])
def test_metadata_that_lack_something(missing):
    headers = {name: value for name, value in METADATA.items() if name != PREFIX + missing}
    with pytest.raises(InconsistentError, match='lack'):
        get(Plain(), headers, encrypted())


@pytest.mark.parametrize('description', ['{', '[1]', '"x"'])
def test_a_description_that_is_none(description):
    with pytest.raises(models.ResponseFormatError, match='matdesc'):
        get(Plain(), {**METADATA, PREFIX + 'matdesc': description}, encrypted())


def test_an_iv_that_is_none(make_provider):
    case = next(case for case in RECORDED['deprecated'] if case['provider'] == 'kms')
    headers = {**case['headers'], 'x-oss-meta-oss-crypto-start': text(b'kms:words')}
    with pytest.raises(InconsistentError, match='not a number'):
        get(make_provider('kms'), headers, b'')


def test_ranges_from_the_end_are_refused():
    using = oss2.CryptoBucket(oss2.Auth('id', 'secret'), 'http://a.com', 'a-bucket', Plain(), session=NoSession())
    for read in (using.get_object, using.get_object_with_url):
        with pytest.raises(ClientError, match='from its end'):
            read('http://a.com/key', byte_range=(None, 5))


def test_what_cannot_be_encrypted_is_refused(tmp_path):
    using = oss2.CryptoBucket(oss2.Auth('id', 'secret'), 'http://a.com', 'a-bucket', Plain(), session=NoSession())
    target = tmp_path / 'new'
    refused = [
        lambda: using.put_object_with_url('url', b'x'), lambda: using.append_object('key', 0, b'x'),
        lambda: using.put_object_with_url_from_file('url', __file__),
        lambda: using.select_object('key', 'select 1'), lambda: using.create_select_object_meta('key'),
        lambda: using.select_object_to_file('key', str(target), 'select 1'),
        lambda: using.upload_part_copy('source', 'key', None, 'key', 'ID', 1),
        lambda: using.process_object('key', 'process'), lambda: using.get_object('key', process='process'),
        lambda: using.get_object('key', params={'x-oss-process': 'process'}),
    ]
    for operation in refused:
        with pytest.raises(ClientError, match='CryptoBucket does not support'):
            operation()
    assert not target.exists()


def test_new_metadata_keep_what_it_takes_to_decrypt():
    using = bucket(Plain(), FakeResponse(200, {**METADATA, 'ETag': '"E"', 'x-oss-meta-old': '1'}))
    using.update_object_meta('a key', {'x-oss-meta-color': 'red'})
    head, copied = using.session.requests
    assert head.method == 'HEAD'
    assert {name: copied.headers[name] for name in METADATA} == METADATA
    assert copied.headers['x-oss-meta-color'] == 'red'
    assert copied.headers['x-oss-copy-source-if-match'] == '"E"'
    assert 'x-oss-meta-old' not in copied.headers


def test_copies_with_new_metadata():
    using = bucket(Plain(), FakeResponse(200, METADATA))
    using.copy_object('other-bucket', 'source', 'target', headers={'x-oss-metadata-directive': 'replace'},
                      params={'versionId': 'V'})
    head, copied = using.session.requests
    assert 'other-bucket' in head.url
    assert head.params == {'versionId': 'V'}
    assert copied.headers[PREFIX + 'key'] == METADATA[PREFIX + 'key']
    using.copy_object('other-bucket', 'source', 'target')
    assert len(using.session.requests) == 3


def begun(data_size, part_size, provider=None):
    using = bucket(provider or Plain(), FakeResponse(body=UPLOAD))
    context = MultipartUploadCryptoContext(data_size, part_size)
    using.init_multipart_upload('a key', upload_context=context)
    return using, context


@pytest.mark.parametrize('context', [
    None, MultipartUploadCryptoContext(), MultipartUploadCryptoContext(0, PART),
    MultipartUploadCryptoContext(10 ** 6, PART + 1), MultipartUploadCryptoContext(10 ** 6, 160),
    MultipartUploadCryptoContext(10 ** 12, PART)])
def test_uploads_that_cannot_be(context):
    using = oss2.CryptoBucket(oss2.Auth('id', 'secret'), 'http://a.com', 'a-bucket', Plain(), session=NoSession())
    with pytest.raises(ClientError, match=r'data_size|part_size'):
        using.init_multipart_upload('a key', upload_context=context)


def test_part_size_is_chosen():
    _, context = begun(10 ** 6, None)
    assert context.part_size == oss2.defaults.part_size
    assert context.content_crypto_material.encrypted_key == KEY


def test_init_sends_what_it_is_given():
    using = bucket(Plain(), FakeResponse(body=UPLOAD))
    using.init_multipart_upload('a key', headers={'x-oss-meta-color': 'red'}, params={'sequential': ''},
                                upload_context=MultipartUploadCryptoContext(10 ** 6))
    assert using.session.last.params == {'sequential': '', 'uploads': ''}
    assert using.session.last.headers['x-oss-meta-color'] == 'red'


@pytest.mark.parametrize(('number', 'size'), [(1, PART - 1), (1, PART + 1), (2, 0), (3, 99), (3, PART + 16)])
def test_parts_of_a_wrong_size(number, size):
    using, context = begun(2 * PART + 100, PART)
    with pytest.raises(ClientError, match=f'part {number} has {size} bytes'):
        using.upload_part('a key', 'ID', number, bytes(size), upload_context=context)
    assert len(using.session.requests) == 1


def test_parts_of_unknown_size():
    using, context = begun(2 * PART + 100, PART)
    using.upload_part('a key', 'ID', 1, iter([bytes(PART - 5), bytes(5)]), upload_context=context)
    with pytest.raises(InconsistentError, match='part 2 has 5 bytes'):
        using.upload_part('a key', 'ID', 2, iter([bytes(5)]), upload_context=context)
    with pytest.raises(ClientError, match='longer'):
        using.upload_part('a key', 'ID', 2, iter([bytes(PART), b'x']), upload_context=context)
    using.upload_part('a key', 'ID', 3, iter([bytes(100)]), upload_context=context)


@pytest.mark.parametrize('context', [None, MultipartUploadCryptoContext(), MultipartUploadCryptoContext(10 ** 6, PART)])
def test_parts_without_context(context):
    with pytest.raises(ClientError, match='upload_context'):
        bucket(Plain()).upload_part('a key', 'ID', 1, bytes(PART), upload_context=context)


def test_parts_of_another_provider(make_provider):
    _, context = begun(10 ** 6, PART)
    with pytest.raises(InconsistentError, match=RSA_NONE_OAEPWithSHA1AndMGF1Padding):
        bucket(make_provider('local')).upload_part('a key', 'ID', 1, bytes(PART), upload_context=context)


def test_an_upload_that_began_under_a_former_master_key():
    provider = oss2.RsaProvider(PAIR, mat_desc={'key': '1'})
    before = bucket(provider, FakeResponse(body=UPLOAD))
    context = MultipartUploadCryptoContext(10 ** 6, PART)
    before.init_multipart_upload('a key', upload_context=context)
    now = oss2.RsaProvider(other_key_pair(), mat_desc={'key': '2'})
    now.add_encryption_materials(oss2.EncryptionMaterials({'key': '1'}, key_pair=PAIR))
    goes_on = bucket(now)
    for using in (before, goes_on):
        using.upload_part('a key', 'ID', 1, bytes(PART), upload_context=context)
    assert goes_on.session.bodies[-1] == before.session.bodies[-1] != bytes(PART)


def test_part_numbers():
    using, context = begun(10 ** 6, PART)
    with pytest.raises(ClientError, match='part_number 0'):
        using.upload_part('a key', 'ID', 0, bytes(PART), upload_context=context)
    using.upload_part('a key', 'ID', '2', bytes(PART), upload_context=context)
    assert using.session.last.params['partNumber'] == '2'


def test_complete_and_abort():
    using = bucket(Plain())
    using.complete_multipart_upload('a key', 'ID', [models.PartInfo(1, 'etag')], headers={'x-oss-a': 'b'})
    assert using.session.last.headers['User-Agent'] == using.user_agent
    assert using.session.last.headers['x-oss-a'] == 'b'
    using.abort_multipart_upload('a key', 'ID', headers={'x-oss-a': 'b'})
    assert (using.session.last.method, using.session.last.headers['x-oss-a']) == ('DELETE', 'b')


def test_a_body_can_begin_again():
    adapter = Plain().make_encrypt_adapter(CONTENT, Plain().create_content_material().cipher)
    first = adapter.read()
    stage = adapter.cipher_callback
    assert stage.restart()
    assert stage(CONTENT) == first == encrypted()


def test_names():
    assert oss2.crypto.EncryptionMaterials is oss2.EncryptionMaterials
    assert {'CryptoBucket', 'RsaProvider', 'LocalRsaProvider', 'AliKMSProvider', 'crypto', 'task_queue'} <= {*dir(oss2)}
    with pytest.raises(AttributeError, match='nonsense'):
        oss2.nonsense  # noqa: B018
