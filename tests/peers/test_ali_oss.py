"""ali-oss, Alibaba Cloud's client for JavaScript, does its work against the emulator."""
from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

import oss2

HERE = Path(__file__).parent
KEYS = ['plain.txt', '中文/键 和 空格.txt', 'a+b&c=d?e#f%25%2F.txt', 'x//y/.z', "~!*'()<>\"", '\u00e9\U0001f600']
PIECE = 100 * 1024

if shutil.which('node') is None or shutil.which('npm') is None:
    pytest.skip('ali-oss runs on node and is installed by npm: neither or only one is on the PATH',
                allow_module_level=True)


class CallFailed(Exception):
    """What ali-oss threw."""

    def __init__(self, error):
        super().__init__('%(name)s: %(message)s' % error)
        self.name = error['name']
        self.code = error.get('code')
        self.status = error.get('status')
        self.request_id = error.get('request_id')


class Answer:
    """What ali-oss returned, and status and headers of the answer it came from."""

    def __init__(self, answer):
        self.result = answer['result']
        self.status = answer.get('status')
        self.headers = answer.get('headers')


@pytest.fixture(scope='session')
def installed(request, tmp_path_factory):
    """The folder with ali-oss, installed once for all environments of tox, or kept where pytest keeps its cache."""
    wanted = json.loads((HERE / 'package.json').read_text(encoding='utf-8'))['dependencies']['ali-oss']
    cache = getattr(request.config, 'cache', None)
    if 'TOX_WORK_DIR' in os.environ:
        base = Path(os.environ['TOX_WORK_DIR']) / 'ali-oss'
        base.mkdir(exist_ok=True)
    else:
        base = cache.mkdir('ali-oss') if cache is not None else tmp_path_factory.mktemp('ali-oss')
    folder = base / wanted
    if not folder.exists():
        with tempfile.TemporaryDirectory(dir=str(base)) as made:
            shutil.copy(str(HERE / 'package.json'), made)
            done = subprocess.run(
                [shutil.which('npm'), 'install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'],
                cwd=made, stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)
            assert done.returncode == 0, 'npm cannot install ali-oss:\n' + done.stderr.decode(errors='replace')
            try:
                os.rename(made, str(folder))
                os.mkdir(made)
            except OSError:
                assert folder.exists()  # another process was faster
    return folder


@pytest.fixture(scope='session')
def node(installed):
    """A function that lets a node process call ali-oss."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith('_proxy')}
    process = subprocess.Popen(['node', str(HERE / 'ali_oss.mjs'), str(installed)], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, env=environment)

    def call(client, method, arguments):
        line = json.dumps({'client': client, 'method': method, 'arguments': [_encoded(item) for item in arguments]})
        process.stdin.write(line.encode('ascii') + b'\n')
        process.stdin.flush()
        answer = json.loads(process.stdout.readline(), object_hook=_decoded)
        if 'error' in answer:
            raise CallFailed(answer['error'])
        return Answer(answer)

    yield call
    process.stdin.close()
    assert process.wait(20) == 0
    process.stdout.close()


def _encoded(value):
    if isinstance(value, bytes):
        return {'$bytes': base64.b64encode(value).decode('ascii')}
    return value


def _decoded(value):
    return base64.b64decode(value['$bytes']) if '$bytes' in value else value


class Client:
    """ali-oss with options; its methods by name."""

    def __init__(self, call, options):
        self._call = call
        self.options = options

    def with_options(self, **options):
        return Client(self._call, dict(self.options, **options))

    def __getattr__(self, method):
        return lambda *arguments: self._call(self.options, method, arguments)

    def sign(self, method, key, seconds=60):
        """A signed URL of the client's version."""
        if self.options['authorizationV4']:
            return self.signatureUrlV4(method, seconds, {'headers': {}, 'queries': {}}, key).result
        return self.signatureUrl(key, {'method': method, 'expires': seconds}).result


@pytest.fixture(params=['V1-path', 'V1-host', 'V4-path', 'V4-host'])
def client(request, node, oss_emulator, oss_bucket):
    """ali-oss for ``oss_bucket``, with both signatures, by paths and by host names."""
    version, style = request.param.split('-')
    host = 'localhost' if style == 'path' else 'oss-cn-hangzhou.aliyuncs.com'
    return Client(node, {
        'accessKeyId': oss_emulator.credentials.access_key_id,
        'accessKeySecret': oss_emulator.credentials.access_key_secret,
        'bucket': oss_bucket.bucket_name, 'region': 'oss-cn-hangzhou',
        'endpoint': 'http://%s:%d' % (host, oss_emulator.port), 'sldEnable': style == 'path',
        'authorizationV4': version == 'V4'})


def test_it_signs_and_addresses_as_it_was_asked_to(client, oss_emulator, request):
    client.put('key', b'')
    seen = oss_emulator.requests[-1]
    scheme = 'OSS4-HMAC-SHA256 ' if client.options['authorizationV4'] else 'OSS '
    host = 'localhost' if client.options['sldEnable'] else 'test-bucket.oss-cn-hangzhou.aliyuncs.com'
    assert (seen.operation, seen.status) == ('PutObject', 200)
    assert seen.headers['authorization'].startswith(scheme)
    assert seen.headers['host'] == '%s:%d' % (host, oss_emulator.port)


def test_objects_come_back_as_they_went_under_any_key(client, oss_bucket):
    for key in KEYS:
        content = b'\x00\xff\r\n' + key.encode('utf-8')
        client.put(key, content, {'meta': {'author': 'me'}, 'mime': 'text/x-peer'})
        assert client.get(key).result['content'] == content
        head = client.head(key)
        assert head.result['meta'] == {'author': 'me'}
        assert (head.headers['content-type'], head.headers['content-length']) == ('text/x-peer', str(len(content)))

        mine = oss_bucket.get_object(key)
        assert (mine.read(), mine.headers['x-oss-meta-author']) == (content, 'me')
        oss_bucket.put_object(key, b'from Python')
        assert client.get(key).result['content'] == b'from Python'
    assert sorted(info.key for info in oss2.ObjectIterator(oss_bucket)) == sorted(KEYS)


def test_it_gets_ranges_and_conditions(client):
    client.put('key', b'0123456789')
    part = client.get('key', {'headers': {'Range': 'bytes=2-4'}})
    assert (part.status, part.result['content']) == (206, b'234')
    etag = client.head('key').headers['etag']
    assert client.get('key', {'headers': {'If-None-Match': etag}}).status == 304
    with pytest.raises(CallFailed) as caught:
        client.get('key', {'headers': {'If-Match': '"other"'}})
    assert (caught.value.status, caught.value.code) == (412, 'PreconditionFailed')


def test_it_lists_in_pages_and_by_folders(client, oss_bucket):
    for key in ('文件/一', '文件/二', '文件/内/三', 'top'):
        oss_bucket.put_object(key, b'12345')
    for method, marker, next_marker in (('list', 'marker', 'nextMarker'),
                                        ('listV2', 'continuation-token', 'nextContinuationToken')):
        found, query = [], {'max-keys': 2}
        while True:
            page = getattr(client, method)(query).result
            found.extend((item['name'], item['size']) for item in page['objects'])
            if not page['isTruncated']:
                break
            query = {'max-keys': 2, marker: page[next_marker]}
        assert found == [('top', 5), ('文件/一', 5), ('文件/二', 5), ('文件/内/三', 5)]
        folder = getattr(client, method)({'prefix': '文件/', 'delimiter': '/'}).result
        assert [item['name'] for item in folder['objects']] == ['文件/一', '文件/二']
        assert folder['prefixes'] == ['文件/内/']


def test_it_copies_with_old_and_new_metadata(client, oss_bucket):
    oss_bucket.put_object('源/a b+c', b'content', headers={'x-oss-meta-kept': 'yes'})
    client.copy('same', '源/a b+c')
    client.copy('other', '源/a b+c', {'meta': {'new': '1'}})
    assert oss_bucket.get_object('same').headers['x-oss-meta-kept'] == 'yes'
    other = oss_bucket.get_object('other')
    assert (other.read(), other.headers['x-oss-meta-new']) == (b'content', '1')
    assert 'x-oss-meta-kept' not in other.headers


def test_it_uploads_in_parts(client, oss_bucket):
    content = bytes(range(256)) * 1000
    done = client.multipartUpload('大/file', content, {'partSize': PIECE, 'parallel': 2, 'meta': {'parts': '3'}})
    assert done.status == 200
    mine = oss_bucket.get_object('大/file')
    assert (mine.read(), mine.headers['x-oss-meta-parts'], mine.object_type) == (content, '3', 'Multipart')
    assert mine.headers['etag'].endswith('-3"')


def test_it_uploads_part_by_part_and_gives_up(client, oss_bucket):
    oss_bucket.put_object('source', b's' * PIECE)
    upload_id = client.initMultipartUpload('steps').result['uploadId']
    first = client.uploadPartCopy('steps', upload_id, 1, '0-%d' % (PIECE - 1), {
        'sourceKey': 'source', 'sourceBucketName': oss_bucket.bucket_name}).result
    second = client.uploadPart('steps', upload_id, 2, b'end').result
    assert [item['name'] for item in client.listUploads({'max-uploads': 10}).result['uploads']] == ['steps']
    parts = client.listParts('steps', upload_id, {'max-parts': 10}).result['parts']
    assert [(part['PartNumber'], part['Size']) for part in parts] == [('1', str(PIECE)), ('2', '3')]
    with pytest.raises(CallFailed) as caught:
        client.completeMultipartUpload('steps', upload_id, [{'number': 1, 'etag': '"not it"'}])
    assert caught.value.code == 'InvalidPart'
    client.completeMultipartUpload('steps', upload_id, [{'number': 1, 'etag': first['etag']},
                                                        {'number': 2, 'etag': second['etag']}])
    assert oss_bucket.get_object('steps').read() == b's' * PIECE + b'end'

    upload_id = client.initMultipartUpload('given up').result['uploadId']
    client.abortMultipartUpload('given up', upload_id)
    with pytest.raises(CallFailed) as caught:
        client.listParts('given up', upload_id)
    assert (caught.value.status, caught.value.code) == (404, 'NoSuchUpload')


def test_its_signed_urls_are_good_for_one_thing(client, oss_bucket, fetch):
    key = '签名/a b+c.txt'
    put = client.sign('PUT', key)
    assert fetch('PUT', put, b'by URL')[0] == 200
    assert oss_bucket.get_object(key).read() == b'by URL'
    assert fetch('GET', client.sign('GET', key)) == (200, b'by URL')

    status, body = fetch('GET', put)
    assert (status, b'<Code>SignatureDoesNotMatch</Code>' in body) == (403, True)
    status, body = fetch('GET', client.sign('GET', key).replace('a%20b', 'other'))
    assert (status, b'<Code>SignatureDoesNotMatch</Code>' in body) == (403, True)


def test_it_deletes_one_and_many(client, oss_bucket):
    for key in [*KEYS, 'kept']:
        oss_bucket.put_object(key, b'')
    assert client.delete(KEYS[0]).status == 204
    assert client.delete('never there').status == 204
    deleted = client.deleteMulti(KEYS[1:]).result['deleted']
    assert sorted(item['Key'] for item in deleted) == sorted(KEYS[1:])
    assert [info.key for info in oss2.ObjectIterator(oss_bucket)] == ['kept']


def test_it_works_with_versions(client):
    client.putBucketVersioning('test-bucket', 'Enabled')
    assert client.getBucketVersioning('test-bucket').result['versionStatus'] == 'Enabled'
    old = client.put('key', b'old').headers['x-oss-version-id']
    client.put('key', b'new')
    client.delete('key')
    with pytest.raises(CallFailed, match='NoSuchKey'):
        client.get('key')
    listed = client.getBucketVersions({'prefix': 'key'}).result
    assert [(item['size'], item['isLatest']) for item in listed['objects']] == [(3, False), (3, False)]
    marker, = listed['deleteMarker']
    assert marker['name'] == 'key'
    assert client.get('key', {'versionId': old}).result['content'] == b'old'
    client.delete('key', {'versionId': marker['versionId']})
    assert client.get('key').result['content'] == b'new'


def test_errors_are_those_of_oss(client):
    client.put('there', b'')
    other = client.with_options(bucket='no-such-bucket')
    wrong = client.with_options(accessKeySecret='wrong')
    unknown = client.with_options(accessKeyId='unknown')
    for call, status, code in [
        (lambda: client.get('absent'), 404, 'NoSuchKey'),
        (lambda: client.head('absent'), 404, 'NoSuchKey'),
        (lambda: other.get('key'), 404, 'NoSuchBucket'),
        (lambda: wrong.get('there'), 403, 'SignatureDoesNotMatch'),
        (lambda: unknown.get('there'), 403, 'InvalidAccessKeyId'),
        (lambda: client.put('there', b'', {'headers': {'x-oss-forbid-overwrite': 'true'}}), 409, 'FileAlreadyExists'),
        (lambda: client.append('there', b'', {'position': '0'}), 409, 'ObjectNotAppendable'),
        (lambda: client.deleteBucket('test-bucket'), 409, 'BucketNotEmpty'),
        (lambda: client.getBucketLifecycle('test-bucket'), 404, 'NoSuchLifecycle'),
    ]:
        with pytest.raises(CallFailed) as caught:
            call()
        assert (caught.value.status, caught.value.code) == (status, code)
        assert caught.value.name == code + 'Error'
        assert caught.value.request_id


def test_temporary_credentials_work_until_they_expire(client, oss_emulator, fetch):
    good = oss_emulator.temporary_credentials()
    late = oss_emulator.temporary_credentials(-1)
    temporary = client.with_options(accessKeyId=good.access_key_id, accessKeySecret=good.access_key_secret,
                                    stsToken=good.security_token)
    temporary.put('key', b'temporary')
    assert temporary.get('key').result['content'] == b'temporary'
    assert fetch('GET', temporary.sign('GET', 'key')) == (200, b'temporary')
    for credentials, code in ((late, 'SecurityTokenExpired'), (good, 'InvalidSecurityToken')):
        token = credentials.security_token if credentials is late else 'another'
        refused = client.with_options(accessKeyId=credentials.access_key_id, stsToken=token,
                                      accessKeySecret=credentials.access_key_secret)
        with pytest.raises(CallFailed) as caught:
            refused.get('key')
        assert (caught.value.status, caught.value.code) == (403, code)


def test_it_appends_links_tags_and_sets_acls(client, oss_bucket, fetch):
    assert client.append('log', b'one ').result['nextAppendPosition'] == '4'
    assert client.append('log', b'two', {'position': '4'}).result['nextAppendPosition'] == '7'
    client.putSymlink('link', 'log', {'meta': {'kind': 'link'}})
    assert client.getSymlink('link').result['targetName'] == 'log'
    assert client.get('link').result['content'] == b'one two'
    client.putObjectTagging('log', {'stage': 'raw', 'a b': 'c+d'})
    assert client.getObjectTagging('log').result['tag'] == {'stage': 'raw', 'a b': 'c+d'}

    address = '%(endpoint)s/log' % client.options
    address = address.replace('/log', '/test-bucket/log') if client.options['sldEnable'] else address.replace(
        '//', '//test-bucket.')
    assert fetch('GET', address)[0] == 403
    client.putACL('log', 'public-read')
    assert client.getACL('log').result['acl'] == 'public-read'
    assert fetch('GET', address) == (200, b'one two')


def test_it_sets_up_buckets(client, oss_emulator):
    client.putBucket('another-bucket', {'storageClass': 'IA', 'acl': 'public-read'})
    assert {item['name']: item['storageClass'] for item in client.listBuckets().result['buckets']} == {
        'another-bucket': 'IA', 'test-bucket': 'Standard'}
    assert client.getBucketACL('another-bucket').result['acl'] == 'public-read'
    assert client.getBucketLocation('another-bucket').result['location'] == 'oss-cn-hangzhou'
    assert client.getBucketInfo('another-bucket').result['bucket']['StorageClass'] == 'IA'

    client.putBucketLifecycle('test-bucket', [{'id': 'old logs', 'prefix': '日志/', 'status': 'Enabled',
                                               'expiration': {'days': 3}}])
    assert client.getBucketLifecycle('test-bucket').result['rules'] == [
        {'id': 'old logs', 'prefix': '日志/', 'status': 'Enabled', 'expiration': {'days': '3'}}]
    client.putBucketCORS('test-bucket', [{'allowedOrigin': 'https://example.com', 'allowedMethod': ['GET', 'PUT']}])
    assert client.getBucketCORS('test-bucket').result['rules'] == [
        {'allowedOrigin': 'https://example.com', 'allowedMethod': ['GET', 'PUT']}]
    client.putBucketTags('test-bucket', {'team': 'peers'})
    assert client.getBucketTags('test-bucket').result['tag'] == {'team': 'peers'}
    client.deleteBucket('another-bucket')
    assert [item['name'] for item in client.listBuckets().result['buckets']] == ['test-bucket']
