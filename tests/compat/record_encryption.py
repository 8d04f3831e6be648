"""Record what oss2 2.19.1 encrypts, and what it makes of what this library encrypts.

Run with an interpreter that has oss2 2.19.1, and given one that has this library::

    python -W ignore tests/compat/record_encryption.py PYTHON_WITH_THIS_LIBRARY > tests/compat/encryption.json

The keys and IVs of contents are fixed, so that the requests of both are the same, but for the padding of RSA.
"""
import base64
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import oss2
from oss2 import utils
from oss2.headers import KMS_ALI_WRAP_ALGORITHM, RSA_NONE_OAEPWithSHA1AndMGF1Padding
from oss2.models import ContentCryptoMaterial, MultipartUploadCryptoContext

KEY = bytes(range(32))
IV = bytes(range(100, 108)) + bytes(4) + b'\xff\xff\xff\xf0'  # its last 4 bytes run over within the contents
COUNTER = 4096
CONTENT = bytes(range(256)) * 16
SIZES = [0, 1, 15, 16, 17, 1000, 4096]
RANGES = [(0, 0), (0, 15), (16, 31), (1, 16), (17, 40), (15, None), (4000, None), (0, None)]
DESCRIPTION = {'name': 'first', 'name2': '第二'}
PASSPHRASE = 'a passphrase'
PART_SIZE = 102400
UPLOAD_BLOCKS = 51  # of CONTENT, more than the upload needs
UPLOAD = b'<InitiateMultipartUploadResult><UploadId>ID</UploadId></InitiateMultipartUploadResult>'


def text(data):
    return base64.b64encode(data).decode()


def data(encoded):
    return base64.b64decode(encoded)


class Answer:
    """A response, as `Session.do_request` returns it."""

    def __init__(self, status=200, headers=(), body=b''):
        self.status = status
        self.headers = oss2.CaseInsensitiveDict(headers)
        self.request_id = 'id'
        self.body = io.BytesIO(body)

    def read(self, amt=None):
        return self.body.read() if amt is None else self.body.read(amt)

    def __iter__(self):
        return iter(lambda: self.body.read(1024), b'')


class Wire:
    """A session that answers from a list and keeps the requests."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.sent = []

    def do_request(self, req, timeout):
        body = req.data
        if hasattr(body, 'read'):
            body = body.read()
        elif body is not None and not isinstance(body, (bytes, str)):
            body = b''.join(body)
        headers = {name.lower(): value for name, value in req.headers.items()
                   if value is not None and name.lower() not in ('authorization', 'date', 'user-agent')}
        self.sent.append({'method': req.method, 'params': dict(req.params), 'headers': headers,
                          'body': text(utils.to_bytes(body or b''))})
        return self.answers.pop(0) if self.answers else Answer()


def bucket(provider, *answers):
    return oss2.CryptoBucket(oss2.Auth('id', 'secret'), 'http://oss-cn-hangzhou.aliyuncs.com', 'a-bucket', provider,
                             session=Wire(*answers))


class Kms:
    """Stands for KMS: what it encrypts is readable.  Answers both kinds of client."""

    def __init__(self):
        self.calls = []

    def answer(self, action, params):
        self.calls.append([action, {name: str(value) for name, value in params.items()}])
        if action == 'Decrypt':
            return {'Plaintext': data(params['CiphertextBlob'])[4:].decode()}
        plaintext = text(KEY) if action == 'GenerateDataKey' else params['Plaintext']
        return {'Plaintext': plaintext, 'CiphertextBlob': text(b'kms:' + plaintext.encode())}

    def attach(self, provider):
        client = provider.kms_client
        client._call = self.answer
        client.do_action_with_exception = lambda req: json.dumps(
            self.answer(req.get_action_name(), req.get_query_params())).encode()
        return provider


class Providers:
    """The three kinds, over the same key pair."""

    def __init__(self, folder, key_pair):
        self.folder = folder
        self.kms = Kms()
        self.key_pair = key_pair

    def make(self, name, description=None):
        if name == 'local':
            return oss2.LocalRsaProvider(self.folder, 'pair')
        if name == 'rsa':
            return oss2.RsaProvider(self.key_pair, mat_desc=description)
        return self.kms.attach(oss2.AliKMSProvider('id', 'secret', 'cn-hangzhou', 'master', passphrase=PASSPHRASE,
                                                   mat_desc=description))


def write_objects(providers):
    """One request each for contents of some sizes."""
    for name in ('local', 'rsa', 'kms'):
        description = DESCRIPTION if name != 'local' else None
        for size in SIZES:
            headers = {'Content-MD5': utils.content_md5(CONTENT[:size]), 'Content-Length': str(size),
                       'x-oss-meta-color': 'red', 'Content-Type': 'text/plain'} if size == 17 else None
            into = bucket(providers.make(name, description))
            into.put_object('a key', CONTENT[:size], headers=headers)
            yield {'provider': name, 'description': description, 'size': size, 'given_headers': headers,
                   'request': into.session.sent[0]}


def write_parts(providers):
    for name in ('local', 'rsa', 'kms'):
        into = bucket(providers.make(name), Answer(body=UPLOAD))
        context = MultipartUploadCryptoContext(2 * PART_SIZE + 100, PART_SIZE)
        content = CONTENT * UPLOAD_BLOCKS
        into.init_multipart_upload('a key', upload_context=context)
        for number in (1, 2, 3):
            part = content[(number - 1) * PART_SIZE:min(number * PART_SIZE, context.data_size)]
            into.upload_part('a key', 'ID', number, part, upload_context=context)
        yield {'provider': name, 'data_size': context.data_size, 'part_size': PART_SIZE,
               'requests': into.session.sent}


def write_streams(providers):
    """What only this library does: uploads in parts of contents whose length nobody knows before."""
    for name in ('local', 'rsa', 'kms'):
        size = 2 * PART_SIZE + 100
        into = bucket(providers.make(name), Answer(body=UPLOAD), *[Answer(headers={'ETag': '"E"'})] * 4)
        with into.open('a key', 'wb', part_size=PART_SIZE) as file:
            file.write((CONTENT * UPLOAD_BLOCKS)[:size])
        yield {'provider': name, 'data_size': size, 'part_size': PART_SIZE, 'requests': into.session.sent[:-1]}


def shortened(uploads):
    """Without most of the bytes of the parts."""
    for item in uploads:
        for request in item['requests'][1:]:
            whole = data(request['body'])
            request['body'] = {'size': len(whole), 'begin': text(whole[:64]), 'end': text(whole[-64:])}
    return uploads


def read(providers, name, description, headers, body, byte_range=None):
    """What is read of an object; as OSS would send it, with ranges."""
    headers = dict(headers)
    status = 200
    if byte_range:
        first, last = byte_range
        first -= first % 16
        last = len(body) - 1 if last is None else min(last, len(body) - 1)
        headers['Content-Range'] = 'bytes %d-%d/%d' % (first, last, len(body))
        body, status = body[first:last + 1], 206
    source = bucket(providers.make(name, description), Answer(status, headers, body))
    content = source.get_object('a key', byte_range=byte_range).read()
    return {'range': byte_range, 'request_range': source.session.sent[0]['headers'].get('range'),
            'content': text(content)}


def deprecated_objects(providers):
    """Objects in the format that came before, which 2.19.1 reads but does not write."""
    from Crypto.Cipher import PKCS1_OAEP
    from Crypto.PublicKey import RSA
    cipher = utils.AESCTRCipher()
    cipher.initial_by_counter(KEY, COUNTER)
    body = cipher.encrypt(CONTENT)
    wrap = PKCS1_OAEP.new(RSA.import_key(providers.key_pair['public_key'])).encrypt
    rsa = {'x-oss-meta-oss-crypto-key': text(wrap(KEY)), 'x-oss-meta-oss-crypto-start': text(wrap(b'%d' % COUNTER)),
           'x-oss-meta-oss-cek-alg': 'AES/CTR/NoPadding', 'x-oss-meta-oss-wrap-alg': 'rsa'}
    kms = {'x-oss-meta-oss-crypto-key': text(b'kms:' + text(KEY).encode()),
           'x-oss-meta-oss-crypto-start': text(b'kms:%d' % COUNTER),
           'x-oss-meta-oss-cek-alg': 'AES/CTR/NoPadding', 'x-oss-meta-oss-wrap-alg': 'kms'}
    for name, headers in (('local', rsa), ('kms', kms)):
        yield {'provider': name, 'headers': headers, 'body': text(body),
               'reads': [read(providers, name, None, headers, body, pair) for pair in [None, *RANGES]]}


def metadata():
    """What 2.19.1 takes from metadata that are not as it writes them: what is in the material then, or the error."""
    prefix = 'x-oss-meta-client-side-encryption-'
    full = {prefix + 'key': text(b'key'), prefix + 'start': text(b'iv'), prefix + 'cek-alg': 'AES/CTR/NoPadding',
            prefix + 'wrap-alg': RSA_NONE_OAEPWithSHA1AndMGF1Padding, prefix + 'matdesc': '{"a": "b"}'}
    old = 'x-oss-meta-oss-'
    before = {old + 'crypto-key': text(b'key'), old + 'crypto-start': text(b'iv'),
              old + 'cek-alg': 'AES/CTR/NoPadding', old + 'wrap-alg': 'rsa'}
    cases = [full, {}, {name.upper(): value for name, value in full.items()}, {**full, **before}]
    cases += [{n: v for n, v in full.items() if n != name} for name in full]
    cases += [{n: v for n, v in before.items() if n != name} for name in before]
    cases += [{**full, prefix + name: value} for name, value in (
        ('wrap-alg', 'rsa'), ('wrap-alg', KMS_ALI_WRAP_ALGORITHM), ('cek-alg', 'AES/GCM/NoPadding'),
        ('matdesc', 'null'), ('matdesc', ''), ('key', 'abc'))]
    cases += [{**before, old + name: value} for name, value in (
        ('wrap-alg', 'kms'), ('wrap-alg', 'other'), ('cek-alg', 'other'), ('crypto-matdesc', '{"a": "b"}'))]
    for headers in cases:
        for own in (RSA_NONE_OAEPWithSHA1AndMGF1Padding, KMS_ALI_WRAP_ALGORITHM):
            material = ContentCryptoMaterial(utils.AESCTRCipher(), own)
            record = {'headers': headers, 'wrap_alg': own}
            try:
                material.from_object_meta(headers)
            except oss2.exceptions.OssError as exc:
                record['error'] = type(exc).__name__
            else:
                record['material'] = {
                    name: text(value) if isinstance(value, bytes) else value for name, value in vars(material).items()
                    if name != 'cipher'}
                record['unencrypted'] = material.is_unencrypted()
            yield record


def ciphers():
    for key_byte in (0, 255):
        for iv in (IV, bytes(16), b'\xff' * 8 + bytes(8), b'\0' * 15 + b'\xfe'):
            for offset in (0, 1, 6400):
                cipher = utils.AESCTRCipher()
                cipher.initialize(bytes([key_byte]) * 32, iv, offset)
                yield {'key': text(bytes([key_byte]) * 32), 'iv': text(iv), 'offset': offset,
                       'encrypted': text(cipher.encrypt(CONTENT[:50]) + cipher.encrypt(CONTENT[50:100]))}


def sizes():
    cipher = utils.AESCTRCipher()
    wanted = (None, 0, 1, 10, 16, 100, 102384, 102400, 102401, 102416, 10 ** 8, 10 ** 8 + 1)
    for size in (1, 100, 160000, 160001, 10 ** 6, 10485760, 1024000000, 1024000001, 10 ** 12):
        for part_size in wanted:
            yield {'data_size': size, 'part_size': part_size, 'determined': cipher.determine_part_size(size, part_size),
                   'valid': None if part_size is None else cipher.is_valid_part_size(part_size, size)}


def adjusted():
    cipher = utils.AESCTRCipher()
    for pair in ((0, 10), (15, 20), (16, 20), (17, None), (None, 5), (None, None), (33, 30)):
        yield [pair, cipher.adjust_range(*pair)]


def local_files():
    """The key pairs that LocalRsaProvider writes."""
    for passphrase in (None, PASSPHRASE):
        with tempfile.TemporaryDirectory() as folder:
            oss2.LocalRsaProvider(folder, 'pair', passphrase)
            found = {path.name: path.read_text() for path in sorted(Path(folder).iterdir())}
            yield {'passphrase': passphrase, 'files': found}


def fix_random():
    utils.random_key = lambda size: KEY[:size]
    utils.random_iv = lambda: IV


def with_files(files, work):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_text(content)
        pair = {'public_key': files['pair.public_key.pem'], 'private_key': files['pair.private_key.pem']}
        return work(Providers(folder, pair))


def written(providers):
    return {'objects': list(write_objects(providers)), 'uploads': list(write_parts(providers)),
            'key_pairs': list(local_files())}


def opens(pair):
    """That 2.19.1 can use the files of a key pair that another wrote; stops if it cannot."""
    def use(providers):
        provider = oss2.LocalRsaProvider(providers.folder, 'pair', pair['passphrase'])
        assert provider.decrypt_encrypted_key(provider.create_content_material().encrypted_key) == KEY

    with_files(pair['files'], use)


def reads_of(providers, other):
    """That 2.19.1 reads what another wrote with the same keys; stops if it does not."""
    for item in other['objects']:
        body = data(item['request']['body'])
        found = read(providers, item['provider'], item['description'], item['request']['headers'], body)
        assert data(found.pop('content')) == CONTENT[:item['size']], item
        yield {'provider': item['provider'], 'size': item['size'], 'headers': item['request']['headers'], **found}
    for item in other['uploads'] + other['streams']:
        body = b''.join(data(request['body']) for request in item['requests'][1:])
        headers = item['requests'][0]['headers']
        for pair in (None, (0, 99), (PART_SIZE - 1, PART_SIZE + 20), (2 * PART_SIZE + 50, None)):
            found = read(providers, item['provider'], None, headers, body, pair)
            first, last = pair or (0, None)
            whole = (CONTENT * UPLOAD_BLOCKS)[:item['data_size']]
            assert data(found.pop('content')) == whole[first:None if last is None else last + 1], (item, pair)
            yield {'provider': item['provider'], 'size': item['data_size'], 'headers': headers, **found}


def main():
    fix_random()
    if sys.argv[1] == '--write':
        json.dump(with_files(json.load(sys.stdin), lambda providers: {
            **written(providers), 'streams': list(write_streams(providers))}), sys.stdout)
        return
    assert oss2.__version__ == '2.19.1', oss2.__version__
    files = next(local_files())['files']

    def record(providers):
        own = written(providers)
        own['key_pairs'][0]['files'] = files
        shortened(own['uploads'])
        result = {'key': text(KEY), 'iv': text(IV), 'content': text(CONTENT), **own,
                  'kms_calls': providers.kms.calls[:]}
        result['ranges'] = [read(providers, 'rsa', DESCRIPTION, item['request']['headers'],
                                 data(item['request']['body']), pair)
                            for item in own['objects'] if (item['provider'], item['size']) == ('rsa', 4096)
                            for pair in RANGES]
        result['deprecated'] = list(deprecated_objects(providers))
        ours = json.loads(subprocess.run([sys.argv[1], __file__, '--write'], input=json.dumps(files), check=True,
                                         stdout=subprocess.PIPE, text=True).stdout)
        result['read_of_ours'] = list(reads_of(providers, ours))
        result['streams_of_ours'] = shortened(ours['streams'])
        for pair in ours['key_pairs']:
            opens(pair)
        return result

    fixture = with_files(files, record)
    fixture.update(metadata=list(metadata()), ciphers=list(ciphers()), sizes=list(sizes()), adjusted=list(adjusted()))
    json.dump(fixture, sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write('\n')


main()
