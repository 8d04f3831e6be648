"""Record the checkpoints that oss2 2.19.1 leaves, and that it goes on with those which this library leaves.

Run with an interpreter that has oss2 2.19.1, and given one that has this library::

    python -W ignore tests/compat/record_checkpoints.py PYTHON_WITH_THIS_LIBRARY > tests/compat/checkpoints.json

A transfer of three parts breaks off at its second.  The keys and IVs of contents are fixed.
"""
import hashlib
import io
import json
import logging
import os
import subprocess
import sys
import tempfile

import oss2
from oss2 import utils

PART = 102400
CONTENT = bytes(range(256)) * 1000
KEY = bytes(range(32))
IV = bytes(range(100, 108)) + bytes(8)
BUCKET, OBJECT, UPLOAD_ID = 'a-bucket', '目录/key', 'ID-1'
MODIFIED = 'Fri, 24 Feb 2012 06:07:48 GMT'
MTIME = 1600000000
STORES = {'upload': '.py-oss-upload', 'download': '.py-oss-download'}
CASES = [(kind, encrypted) for kind in sorted(STORES, reverse=True) for encrypted in (False, True)]


class BreaksOff(Exception):
    pass


class Answer:
    def __init__(self, status=200, headers=(), body=b''):
        self.status = status
        self.headers = oss2.CaseInsensitiveDict(headers)
        self.request_id = 'request'
        self.body = io.BytesIO(body)

    def read(self, amt=None):
        return self.body.read() if amt is None else self.body.read(amt)

    def __iter__(self):
        return iter(lambda: self.body.read(8192), b'')


class Server:
    """OSS with one object and one upload, as a session.

    :param breaks_off: do so at the second part
    :param parts: what was uploaded, by number
    :param stored: the object and its metadata
    """

    def __init__(self, breaks_off, parts=None, stored=b'', metadata=None):
        self.breaks_off = breaks_off
        self.parts = dict(parts or {})
        self.stored = stored
        self.metadata = dict(metadata or {})
        self.transfers = []
        self.begun = 0

    def do_request(self, req, timeout):
        number = req.params.get('partNumber')
        asked = req.headers.get('range')
        if number or asked:
            if self.breaks_off and (number == '2' or (asked or '').startswith('bytes=%d-' % PART)):
                raise BreaksOff
            self.transfers.append(number or asked)
        if 'uploads' in req.params:
            self.begun += 1
            self.metadata = {name: value for name, value in req.headers.items()
                             if name.lower().startswith('x-oss-meta-')}
            return Answer(body=b'<R><UploadId>%s</UploadId></R>' % UPLOAD_ID.encode())
        if number:
            self.parts[int(number)] = read_all(req.data)
            return stored(self.parts[int(number)])
        if req.method == 'GET' and 'uploadId' in req.params:
            return self.list_parts()
        if req.method == 'POST':
            self.stored = b''.join(content for _, content in sorted(self.parts.items()))
            return stored(self.stored)
        return self.read(req, asked)

    def list_parts(self):
        parts = ''.join(
            '<Part><PartNumber>%d</PartNumber><LastModified>2012-02-23T07:01:34.000Z</LastModified><ETag>"%s"</ETag>'
            '<Size>%d</Size></Part>' % (number, etag(content), len(content))
            for number, content in sorted(self.parts.items()))
        return Answer(body=('<R><NextPartNumberMarker>9</NextPartNumberMarker><IsTruncated>false</IsTruncated>%s</R>'
                            % parts).encode())

    def read(self, req, asked):
        headers = dict(self.metadata, **{'ETag': '"%s"' % etag(self.stored), 'Last-Modified': MODIFIED,
                                         'x-oss-hash-crc64ecma': crc(self.stored)})
        first, last = 0, len(self.stored) - 1
        if asked:
            first, last = (int(end) for end in asked[len('bytes='):].split('-'))
            headers['Content-Range'] = 'bytes %d-%d/%d' % (first, last, len(self.stored))
        headers['Content-Length'] = str(last + 1 - first)
        body = b'' if req.method == 'HEAD' else self.stored[first:last + 1]
        return Answer(206 if asked else 200, headers, body)


def stored(content):
    return Answer(200, {'ETag': '"%s"' % etag(content), 'x-oss-hash-crc64ecma': crc(content)})


def etag(content):
    return hashlib.md5(content).hexdigest().upper()


def crc(content):
    checksum = utils.Crc64()
    checksum(content)
    return str(checksum.crc)


def read_all(body):
    return body if isinstance(body, bytes) else b''.join(iter(lambda: body.read(8192), b''))


def ciphertext(begin=0, end=None):
    cipher = utils.AESCTRCipher()
    cipher.initialize(KEY, IV, begin // 16)
    return cipher.encrypt(CONTENT[begin:end])


def make_bucket(server, encrypted, keys):
    arguments = (oss2.Auth('id', 'secret'), 'http://oss-cn-hangzhou.aliyuncs.com', BUCKET)
    if encrypted:
        return oss2.CryptoBucket(*arguments, crypto_provider=oss2.RsaProvider(keys), session=server)
    return oss2.Bucket(*arguments, session=server)


def transfer(kind, bucket, folder):
    """Upload `source` or download to `target`, with the store in *folder*."""
    if kind == 'upload':
        path = os.path.join(folder, 'source')
        if not os.path.exists(path):
            with open(path, 'wb') as file:
                file.write(CONTENT)
            os.utime(path, (MTIME, MTIME))
        oss2.resumable_upload(bucket, OBJECT, path, oss2.ResumableStore(folder), multipart_threshold=0, part_size=PART)
    else:
        oss2.resumable_download(bucket, OBJECT, os.path.join(folder, 'target'), 0, PART, num_threads=1,
                                store=oss2.ResumableDownloadStore(folder))


def begin(kind, encrypted, keys):
    """A transfer that breaks off: what it leaves behind."""
    source = Server(False)
    bucket = make_bucket(source, encrypted, keys)
    with tempfile.TemporaryDirectory() as folder:
        if kind == 'download':
            transfer('upload', bucket, folder)
        server = Server(True, {}, source.stored, source.metadata)
        try:
            transfer(kind, make_bucket(server, encrypted, keys), folder)
        except BreaksOff:
            pass
        else:
            raise AssertionError('it did not break off')
        return dict(left_in(folder, kind), kind=kind, encrypted=encrypted, metadata=server.metadata,
                    parts={str(number): etag(content) for number, content in server.parts.items()})


def left_in(folder, kind):
    name, = os.listdir(os.path.join(folder, STORES[kind]))
    with open(os.path.join(folder, STORES[kind], name)) as file:
        text = file.read()
    left = {'name': name.replace(md5_of_path(folder, kind), '<md5 of path>'),
            'record': text.replace(folder, '<folder>')}
    if kind == 'download':
        suffix = json.loads(text)['tmp_suffix']
        left['record'] = left['record'].replace(suffix, '<suffix>')
        with open(os.path.join(folder, 'target' + suffix), 'rb') as file:
            left['collected'] = etag(file.read())
    return left


def md5_of_path(folder, kind):
    path = os.path.join(folder, 'source' if kind == 'upload' else 'target')
    return hashlib.md5(path.encode()).hexdigest()


def finish(left, keys):
    """Go on with what another has left behind: the parts that were transferred; stops if the end is not right."""
    kind, encrypted = left['kind'], left['encrypted']
    whole = ciphertext() if encrypted else CONTENT
    parts = {1: whole[:PART]}
    assert left['parts'] == ({'1': etag(parts[1])} if kind == 'upload' else {}), left
    server = Server(False, parts if kind == 'upload' else {}, whole if kind == 'download' else b'', left['metadata'])
    with tempfile.TemporaryDirectory() as folder:
        suffix = '.tmp-abcdefghijkl'
        os.mkdir(os.path.join(folder, STORES[kind]))
        name = left['name'].replace('<md5 of path>', md5_of_path(folder, kind))
        with open(os.path.join(folder, STORES[kind], name), 'w') as file:
            file.write(left['record'].replace('<folder>', folder).replace('<suffix>', suffix))
        if kind == 'download':
            assert left['collected'] == etag(CONTENT[:PART])
            with open(os.path.join(folder, 'target' + suffix), 'wb') as file:
                file.write(CONTENT[:PART])
        transfer(kind, make_bucket(server, encrypted, keys), folder)
        if kind == 'download':
            with open(os.path.join(folder, 'target'), 'rb') as file:
                assert file.read() == CONTENT
        assert os.listdir(os.path.join(folder, STORES[kind])) == []
    assert server.stored == whole
    assert server.begun == 0, 'it began anew'
    return server.transfers


def fix_random():
    utils.random_key = lambda size: KEY[:size]
    utils.random_iv = lambda: IV


def main():
    logging.disable(logging.CRITICAL)
    fix_random()
    if sys.argv[1] == '--begin':
        keys = json.load(sys.stdin)
        json.dump([begin(kind, encrypted, keys) for kind, encrypted in CASES], sys.stdout)
        return
    assert oss2.__version__ == '2.19.1', oss2.__version__
    from Crypto.PublicKey import RSA
    pair = RSA.generate(2048)
    keys = {'private_key': pair.export_key().decode(), 'public_key': pair.publickey().export_key().decode()}
    own = [begin(kind, encrypted, keys) for kind, encrypted in CASES]
    ours = json.loads(subprocess.run([sys.argv[1], __file__, '--begin'], input=json.dumps(keys).encode(), check=True,
                                     stdout=subprocess.PIPE).stdout)
    fixture = {'keys': keys, 'left_by_2_19_1': [dict(left, transfers=finish(left, keys)) for left in own],
               'left_by_ours': [dict(left, transfers=finish(left, keys)) for left in ours]}
    json.dump(fixture, sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write('\n')


if __name__ == '__main__':
    main()
