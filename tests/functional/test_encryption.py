"""Client-side encryption over the wire, with a server that knows nothing of it."""
from __future__ import annotations

import gzip
import io
import random
import threading

import pytest
from noise import noise

import oss2
from oss2 import models
from oss2.exceptions import AccessDenied, ClientError, InconsistentError

PART = 102400
CONTENT = noise(300_001, random.Random(7))


@pytest.fixture(scope='module')
def key_pair():
    from Crypto.PublicKey import RSA
    key = RSA.generate(1024)
    return {'public_key': key.publickey().export_key(), 'private_key': key.export_key()}


@pytest.fixture
def crypto_bucket(oss_emulator, oss_bucket, key_pair):
    account = oss_emulator.credentials
    auth = oss2.AuthV4(account.access_key_id, account.access_key_secret)
    with oss2.CryptoBucket(auth, oss_emulator.endpoint, oss_bucket.bucket_name, oss2.RsaProvider(key_pair),
                           region=oss_emulator.region) as bucket:
        yield bucket


@pytest.mark.behaviour(42)
def test_only_ciphertext_is_stored(crypto_bucket, oss_bucket):
    result = crypto_bucket.put_object('key', CONTENT, headers={'x-oss-meta-color': 'red'})
    assert result.status == 200
    stored = oss_bucket.get_object('key')
    body = stored.read()
    assert len(body) == len(CONTENT)
    assert body != CONTENT
    assert stored.headers['x-oss-meta-color'] == 'red'
    found = crypto_bucket.get_object('key')
    assert found.read() == CONTENT
    assert found.client_crc == found.server_crc == result.crc


def test_no_two_objects_have_the_same_ciphertext(crypto_bucket, oss_bucket):
    for key in ('one', 'other'):
        crypto_bucket.put_object(key, CONTENT)
    assert oss_bucket.get_object('one').read() != oss_bucket.get_object('other').read()


@pytest.mark.parametrize('size', [0, 1, 15, 16, 17, 300_001])
def test_sizes(crypto_bucket, size):
    crypto_bucket.put_object('key', CONTENT[:size])
    assert crypto_bucket.get_object('key').read() == CONTENT[:size]


def test_files_and_iterables(crypto_bucket, tmp_path):
    source, target = tmp_path / 'source', tmp_path / 'target'
    source.write_bytes(CONTENT)
    crypto_bucket.put_object_from_file('file', str(source))
    crypto_bucket.put_object('open file', io.BytesIO(CONTENT))
    crypto_bucket.put_object('pieces', (CONTENT[i:i + 1000] for i in range(0, len(CONTENT), 1000)))
    for key in ('file', 'open file', 'pieces'):
        result = crypto_bucket.get_object_to_file(key, str(target))
        assert target.read_bytes() == CONTENT
        assert result.status == 200


@pytest.mark.parametrize('amount', [1, 7, 16, 4096, 10 ** 7])
def test_reading_in_pieces(crypto_bucket, amount):
    content = CONTENT[:5000]
    crypto_bucket.put_object('key', content)
    result = crypto_bucket.get_object('key')
    pieces = list(iter(lambda: result.read(amount), b''))
    assert b''.join(pieces) == content
    assert all(len(piece) == amount for piece in pieces[:-1])
    assert b''.join(crypto_bucket.get_object('key')) == content


@pytest.mark.parametrize('byte_range', [
    (0, 0), (0, 99), (1, 15), (15, 16), (16, 31), (17, 40), (4095, 100_000), (300_000, None), (5, None), (0, None)])
@pytest.mark.behaviour(42)
def test_ranges(crypto_bucket, tmp_path, byte_range):
    crypto_bucket.put_object('key', CONTENT)
    first, last = byte_range
    wanted = CONTENT[first:None if last is None else last + 1]
    result = crypto_bucket.get_object('key', byte_range=byte_range)
    assert result.content_length == len(wanted)
    assert result.read() == wanted
    target = tmp_path / 'target'
    crypto_bucket.get_object_to_file('key', str(target), byte_range=byte_range)
    assert target.read_bytes() == wanted


def test_a_range_past_the_end(crypto_bucket):
    crypto_bucket.put_object('key', CONTENT[:100])
    assert crypto_bucket.get_object('key', byte_range=(200, 300)).read() == CONTENT[:100]


def test_progress(crypto_bucket):
    progress = []
    crypto_bucket.put_object('key', CONTENT, progress_callback=lambda *args: progress.append(args))
    assert progress[-1] == (len(CONTENT), len(CONTENT))
    progress.clear()
    crypto_bucket.get_object('key', progress_callback=lambda *args: progress.append(args)).read()
    assert progress[-1] == (len(CONTENT), len(CONTENT))


def test_encoded_content(crypto_bucket, oss_bucket):
    crypto_bucket.put_object('key', gzip.compress(CONTENT), headers={'Content-Encoding': 'gzip'})
    assert crypto_bucket.get_object('key').read() == CONTENT
    crypto_bucket.enable_crc = False
    assert crypto_bucket.get_object('key', headers={'Accept-Encoding': 'gzip'}).read() == CONTENT


def test_signed_url(crypto_bucket, tmp_path):
    crypto_bucket.put_object('key', CONTENT)
    url = crypto_bucket.sign_url('GET', 'key', 60)
    assert crypto_bucket.get_object_with_url(url).read() == CONTENT
    assert crypto_bucket.get_object_with_url(url, byte_range=(21, 99)).read() == CONTENT[21:100]
    crypto_bucket.get_object_with_url_to_file(url, str(tmp_path / 'target'), byte_range=(21, 99))
    assert (tmp_path / 'target').read_bytes() == CONTENT[21:100]


def upload(bucket, key, content, part_size=PART):
    context = models.MultipartUploadCryptoContext(len(content), part_size)
    upload_id = bucket.init_multipart_upload(key, upload_context=context).upload_id
    parts = []
    for begin in reversed(range(0, len(content), context.part_size)):
        part = content[begin:begin + context.part_size]
        number = begin // context.part_size + 1
        result = bucket.upload_part(key, upload_id, number, part, upload_context=context)
        parts.append(models.PartInfo(number, result.etag, size=len(part), part_crc=result.crc))
    return bucket.complete_multipart_upload(key, upload_id, parts)


@pytest.mark.behaviour(42)
def test_multipart_upload(crypto_bucket):
    upload(crypto_bucket, 'key', CONTENT)
    assert crypto_bucket.get_object('key').read() == CONTENT
    assert crypto_bucket.get_object('key', byte_range=(PART - 5, PART + 5)).read() == CONTENT[PART - 5:PART + 6]


def test_parts_of_other_sizes_never_become_an_object(crypto_bucket):
    context = models.MultipartUploadCryptoContext(len(CONTENT), PART)
    upload_id = crypto_bucket.init_multipart_upload('key', upload_context=context).upload_id
    with pytest.raises(ClientError):
        crypto_bucket.upload_part('key', upload_id, 1, CONTENT[:PART + 16], upload_context=context)
    crypto_bucket.abort_multipart_upload('key', upload_id)


def test_parts_in_threads(crypto_bucket):
    context = models.MultipartUploadCryptoContext(len(CONTENT), PART)
    upload_id = crypto_bucket.init_multipart_upload('key', upload_context=context).upload_id
    parts = {}

    def send(number):
        part = CONTENT[(number - 1) * PART:number * PART]
        result = crypto_bucket.upload_part('key', upload_id, number, part, upload_context=context)
        parts[number] = models.PartInfo(number, result.etag, size=len(part), part_crc=result.crc)

    threads = [threading.Thread(target=send, args=(number,)) for number in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    crypto_bucket.complete_multipart_upload('key', upload_id, list(parts.values()))
    assert crypto_bucket.get_object('key').read() == CONTENT


def test_nothing_is_appended(crypto_bucket, oss_emulator):
    oss_emulator.requests.clear()
    for call in (lambda: crypto_bucket.append_object('key', 0, b'x'), lambda: crypto_bucket.open('key', 'ab'),
                 lambda: crypto_bucket.append_object_auto('key', b'x'), lambda: crypto_bucket.open('key', 'a')):
        with pytest.raises(ClientError, match='CryptoBucket does not support'):
            call()
    assert len(oss_emulator.requests) == 0


@pytest.mark.behaviour('D11')
@pytest.mark.parametrize('operation', ['PutObject', 'GetObject', 'InitiateMultipartUpload', 'UploadPart',
                                       'CompleteMultipartUpload', 'AbortMultipartUpload'])
def test_errors_of_oss_are_the_real_ones(operation, crypto_bucket, oss_emulator):
    crypto_bucket.put_object('key', CONTENT)
    context = models.MultipartUploadCryptoContext(len(CONTENT), PART)
    upload_id = crypto_bucket.init_multipart_upload('key', upload_context=context).upload_id
    calls = {
        'PutObject': lambda: crypto_bucket.put_object('key', CONTENT),
        'GetObject': lambda: crypto_bucket.get_object('key'),
        'InitiateMultipartUpload': lambda: crypto_bucket.init_multipart_upload('key', upload_context=context),
        'UploadPart': lambda: crypto_bucket.upload_part('key', upload_id, 1, CONTENT[:PART], upload_context=context),
        'CompleteMultipartUpload': lambda: crypto_bucket.complete_multipart_upload('key', upload_id, []),
        'AbortMultipartUpload': lambda: crypto_bucket.abort_multipart_upload('key', upload_id)}
    with oss_emulator.faults.fail(403, 'AccessDenied', operation=operation), pytest.raises(AccessDenied):
        calls[operation]()


def test_new_metadata_leave_the_object_readable(crypto_bucket):
    crypto_bucket.put_object('key', CONTENT, headers={'x-oss-meta-color': 'red'})
    crypto_bucket.update_object_meta('key', {'x-oss-meta-color': 'blue'})
    crypto_bucket.copy_object(crypto_bucket.bucket_name, 'key', 'copy')
    crypto_bucket.copy_object(crypto_bucket.bucket_name, 'copy', 'new',
                              headers={'x-oss-metadata-directive': 'REPLACE', 'x-oss-meta-color': 'green'})
    for key, color in (('key', 'blue'), ('copy', 'blue'), ('new', 'green')):
        result = crypto_bucket.get_object(key)
        assert result.read() == CONTENT
        assert result.headers['x-oss-meta-color'] == color


def test_plain_objects(crypto_bucket, oss_bucket):
    oss_bucket.put_object('key', CONTENT)
    assert crypto_bucket.get_object('key').read() == CONTENT
    assert crypto_bucket.get_object('key', byte_range=(21, 99)).read() == CONTENT[21:100]


def test_corrupt_ciphertext(crypto_bucket, oss_emulator, tmp_path):
    crypto_bucket.put_object('key', CONTENT)
    oss_emulator.faults.corrupt(times=1, operation='GetObject')
    with pytest.raises(InconsistentError):
        crypto_bucket.get_object_to_file('key', str(tmp_path / 'target'))
    assert list(tmp_path.iterdir()) == []


def test_an_object_of_another_key(crypto_bucket, oss_emulator):
    crypto_bucket.put_object('key', CONTENT)
    from Crypto.PublicKey import RSA
    other = RSA.generate(1024)
    crypto_bucket.crypto_provider = oss2.RsaProvider({'private_key': other.export_key()})
    oss_emulator.requests.clear()
    for _ in range(3):
        with pytest.raises(ClientError, match='key'):
            crypto_bucket.get_object('key')
    crypto_bucket.head_object('key')


def test_many_threads(crypto_bucket):
    errors = []

    def work(number):
        content = CONTENT[number:number + 5000]
        for turn in range(5):
            key = f'{number}-{turn}'
            crypto_bucket.put_object(key, content)
            if crypto_bucket.get_object(key, byte_range=(number, None)).read() != content[number:]:
                errors.append(key)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_a_failed_upload_is_sent_again(crypto_bucket, oss_emulator):
    oss_emulator.faults.fail(503, 'ServiceUnavailable', times=2, operation='PutObject')
    crypto_bucket.put_object('key', CONTENT)
    assert crypto_bucket.get_object('key').read() == CONTENT


def test_a_range_in_pieces(crypto_bucket):
    crypto_bucket.put_object('key', CONTENT)
    for amount in (1, 3, 1000):
        result = crypto_bucket.get_object('key', byte_range=(21, 2500))
        pieces = list(iter(lambda: result.read(amount), b''))
        assert b''.join(pieces) == CONTENT[21:2501]
        assert max(map(len, pieces)) == amount


@pytest.mark.parametrize('make', [bytes, io.BytesIO], ids=['bytes', 'file'])
def test_a_failed_part_is_sent_again(crypto_bucket, oss_emulator, make):
    context = models.MultipartUploadCryptoContext(len(CONTENT), PART)
    upload_id = crypto_bucket.init_multipart_upload('key', upload_context=context).upload_id
    parts = []
    for number, begin in enumerate(range(0, len(CONTENT), PART), 1):
        oss_emulator.faults.cut_request(5000, operation='UploadPart')
        part = CONTENT[begin:begin + PART]
        result = crypto_bucket.upload_part('key', upload_id, number, make(part), upload_context=context)
        parts.append(models.PartInfo(number, result.etag, size=len(part), part_crc=result.crc))
    crypto_bucket.complete_multipart_upload('key', upload_id, parts)
    assert crypto_bucket.get_object('key').read() == CONTENT


def test_a_provider_sees_the_cipher_of_a_part(oss_emulator, oss_bucket, key_pair):
    class Provider(oss2.RsaProvider):
        seen = []

        def make_encrypt_adapter(self, stream, cipher):
            self.seen.append((cipher.alg, cipher.block_size_len))
            return super().make_encrypt_adapter(stream, cipher)

    account = oss_emulator.credentials
    auth = oss2.AuthV4(account.access_key_id, account.access_key_secret)
    with oss2.CryptoBucket(auth, oss_emulator.endpoint, oss_bucket.bucket_name, Provider(key_pair),
                           region=oss_emulator.region) as bucket:
        upload(bucket, 'key', CONTENT)
        assert bucket.get_object('key').read() == CONTENT
    assert set(Provider.seen) == {('AES/CTR/NoPadding', 16)}
