"""alibabacloud-oss-v2, Alibaba Cloud's second client for Python, does its work against the emulator."""
from __future__ import annotations

import datetime

import pytest

import oss2

v2 = pytest.importorskip('alibabacloud_oss_v2', reason='alibabacloud-oss-v2 is not installed: tox -e peers has it')

BUCKET = 'test-bucket'
KEYS = ['plain.txt', '中文/键 和 空格.txt', 'a+b&c=d?e#f%25%2F.txt', 'x//y/.z', "~!*'()<>\"", '\u00e9\U0001f600']
PIECE = 100 * 1024


@pytest.fixture(params=['V1-path', 'V1-host', 'V4-path', 'V4-host'])
def connect(request, oss_emulator, oss_bucket, hosts_file):
    """A function that makes a client, with both signatures, by paths and by host names."""
    version, style = request.param.split('-')
    host = '127.0.0.1' if style == 'path' else 'oss-cn-hangzhou.aliyuncs.com'

    def make(credentials=oss_emulator.credentials):
        provider = v2.credentials.StaticCredentialsProvider(
            credentials.access_key_id, credentials.access_key_secret, credentials.security_token or None)
        return v2.Client(v2.config.Config(
            region=oss_emulator.region, endpoint='http://%s:%d' % (host, oss_emulator.port),
            signature_version=version.lower(), credentials_provider=provider, retry_max_attempts=1))

    make.version, make.host = version, host
    return make


@pytest.fixture
def client(connect):
    return connect()


def put(client, key, body, **options):
    return client.put_object(v2.PutObjectRequest(bucket=BUCKET, key=key, body=body, **options))


def get(client, key, **options):
    return client.get_object(v2.GetObjectRequest(bucket=BUCKET, key=key, **options))


def refusal(call):
    """Status and code of the error that a call ends with."""
    with pytest.raises(v2.exceptions.OperationError) as caught:
        call()
    error = caught.value.unwrap()
    assert isinstance(error, v2.exceptions.ServiceError)
    assert error.request_id
    return error.status_code, error.code


def test_it_signs_and_addresses_as_it_was_asked_to(connect, oss_emulator):
    put(connect(), 'key', b'')
    seen = oss_emulator.requests[-1]
    assert (seen.operation, seen.status) == ('PutObject', 200)
    assert seen.headers['authorization'].startswith('OSS4-HMAC-SHA256 ' if connect.version == 'V4' else 'OSS ')
    assert seen.headers['host'].split(':')[0] == ('127.0.0.1' if connect.host == '127.0.0.1'
                                                  else 'test-bucket.oss-cn-hangzhou.aliyuncs.com')


def test_objects_come_back_as_they_went_under_any_key(client, oss_bucket):
    for key in KEYS:
        content = b'\x00\xff\r\n' + key.encode('utf-8')
        put(client, key, content, metadata={'author': 'me'}, content_type='text/x-peer')
        with get(client, key).body as body:
            assert body.read() == content
        head = client.head_object(v2.HeadObjectRequest(bucket=BUCKET, key=key))
        assert (head.metadata['author'], head.content_type, head.content_length) == ('me', 'text/x-peer', len(content))

        mine = oss_bucket.get_object(key)
        assert (mine.read(), mine.headers['x-oss-meta-author']) == (content, 'me')
        assert head.hash_crc64 == str(mine.server_crc)
        oss_bucket.put_object(key, b'from oss2')
        with get(client, key).body as body:
            assert body.read() == b'from oss2'
    assert sorted(info.key for info in oss2.ObjectIterator(oss_bucket)) == sorted(KEYS)


def test_it_gets_ranges_and_conditions(client):
    etag = put(client, 'key', b'0123456789').etag
    part = get(client, 'key', range_header='bytes=2-4')
    assert (part.status_code, part.content_range, part.body.read()) == (206, 'bytes 2-4/10', b'234')
    assert refusal(lambda: get(client, 'key', if_none_match=etag))[0] == 304
    assert refusal(lambda: get(client, 'key', if_match='"other"')) == (412, 'PreconditionFailed')


def test_it_lists_in_pages_and_by_folders(client, oss_bucket):
    for key in ('文件/一', '文件/二', '文件/内/三', 'top'):
        oss_bucket.put_object(key, b'12345')
    for paginator, ask, request in [
        (client.list_objects_paginator, client.list_objects, v2.ListObjectsRequest),
        (client.list_objects_v2_paginator, client.list_objects_v2, v2.ListObjectsV2Request),
    ]:
        pages = list(paginator(limit=2).iter_page(request(bucket=BUCKET)))
        assert [[(item.key, item.size) for item in page.contents] for page in pages] == [
            [('top', 5), ('文件/一', 5)], [('文件/二', 5), ('文件/内/三', 5)]]
        folder = ask(request(bucket=BUCKET, prefix='文件/', delimiter='/'))
        assert [item.key for item in folder.contents] == ['文件/一', '文件/二']
        assert [item.prefix for item in folder.common_prefixes] == ['文件/内/']


def test_it_copies_with_old_and_new_metadata(client, oss_bucket):
    oss_bucket.put_object('源/a b+c', b'content', headers={'x-oss-meta-kept': 'yes'})
    client.copy_object(v2.CopyObjectRequest(bucket=BUCKET, key='same', source_key='源/a b+c'))
    client.copy_object(v2.CopyObjectRequest(bucket=BUCKET, key='other', source_bucket=BUCKET, source_key='源/a b+c',
                                            metadata_directive='REPLACE', metadata={'new': '1'}))
    assert oss_bucket.get_object('same').headers['x-oss-meta-kept'] == 'yes'
    other = oss_bucket.get_object('other')
    assert (other.read(), other.headers['x-oss-meta-new']) == (b'content', '1')
    assert 'x-oss-meta-kept' not in other.headers


def test_its_transfer_managers_move_files_in_parts(client, oss_bucket, tmp_path):
    content = bytes(range(256)) * 1000
    source, copy = tmp_path / 'source', tmp_path / 'copy'
    source.write_bytes(content)
    client.uploader(part_size=PIECE, parallel_num=2).upload_file(
        v2.PutObjectRequest(bucket=BUCKET, key='大/file'), str(source))
    mine = oss_bucket.get_object('大/file')
    assert (mine.read(), mine.object_type) == (content, 'Multipart')
    client.downloader(part_size=PIECE, parallel_num=2).download_file(
        v2.GetObjectRequest(bucket=BUCKET, key='大/file'), str(copy))
    assert copy.read_bytes() == content
    client.copier(part_size=PIECE, parallel_num=2, multipart_copy_threshold=PIECE).copy(
        v2.CopyObjectRequest(bucket=BUCKET, key='copy', source_bucket=BUCKET, source_key='大/file'))
    assert oss_bucket.get_object('copy').read() == content


def test_it_uploads_part_by_part_and_gives_up(client, oss_bucket):
    oss_bucket.put_object('source', b's' * PIECE)
    upload = {'bucket': BUCKET, 'key': 'steps'}
    upload['upload_id'] = client.initiate_multipart_upload(v2.InitiateMultipartUploadRequest(**upload)).upload_id
    first = client.upload_part_copy(v2.UploadPartCopyRequest(
        part_number=1, source_bucket=BUCKET, source_key='source', **upload))
    second = client.upload_part(v2.UploadPartRequest(part_number=2, body=b'end', **upload))
    listed = client.list_multipart_uploads(v2.ListMultipartUploadsRequest(bucket=BUCKET))
    assert [item.key for item in listed.uploads] == ['steps']
    parts = client.list_parts(v2.ListPartsRequest(**upload)).parts
    assert [(part.part_number, part.size) for part in parts] == [(1, PIECE), (2, 3)]

    def complete(*etags):
        return client.complete_multipart_upload(v2.CompleteMultipartUploadRequest(
            complete_multipart_upload=v2.CompleteMultipartUpload(
                parts=[v2.UploadPart(part_number=number, etag=etag) for number, etag in enumerate(etags, 1)]),
            **upload))

    assert refusal(lambda: complete('"not it"')) == (400, 'InvalidPart')
    assert complete(first.etag, second.etag).key == 'steps'
    assert oss_bucket.get_object('steps').read() == b's' * PIECE + b'end'

    upload = {'bucket': BUCKET, 'key': 'given up'}
    upload['upload_id'] = client.initiate_multipart_upload(v2.InitiateMultipartUploadRequest(**upload)).upload_id
    client.abort_multipart_upload(v2.AbortMultipartUploadRequest(**upload))
    assert refusal(lambda: client.list_parts(v2.ListPartsRequest(**upload))) == (404, 'NoSuchUpload')


def test_its_signed_urls_are_good_for_one_thing(client, oss_bucket, fetch):
    key, soon = '签名/a b+c.txt', datetime.timedelta(seconds=60)
    put_url = client.presign(v2.PutObjectRequest(bucket=BUCKET, key=key, content_type='text/x-peer'), expires=soon)
    assert fetch('PUT', put_url.url, b'by URL', put_url.signed_headers)[0] == 200
    mine = oss_bucket.get_object(key)
    assert (mine.read(), mine.content_type) == (b'by URL', 'text/x-peer')
    get_url = client.presign(v2.GetObjectRequest(bucket=BUCKET, key=key), expires=soon).url
    assert fetch('GET', get_url) == (200, b'by URL')

    for url in (put_url.url, get_url.replace('a%20b', 'other')):
        status, body = fetch('GET', url)
        assert (status, b'<Code>SignatureDoesNotMatch</Code>' in body) == (403, True)


def test_it_deletes_one_and_many(client, oss_bucket):
    for key in [*KEYS, 'kept']:
        oss_bucket.put_object(key, b'')
    for key in (KEYS[0], 'never there'):
        done = client.delete_object(v2.DeleteObjectRequest(bucket=BUCKET, key=key))
        assert done.status_code == 204
    done = client.delete_multiple_objects(v2.DeleteMultipleObjectsRequest(
        bucket=BUCKET, encoding_type='url', objects=[v2.DeleteObject(key=key) for key in KEYS[1:]]))
    assert sorted(item.key for item in done.deleted_objects) == sorted(KEYS[1:])
    assert [info.key for info in oss2.ObjectIterator(oss_bucket)] == ['kept']


def test_it_works_with_versions(client):
    client.put_bucket_versioning(v2.PutBucketVersioningRequest(
        bucket=BUCKET, versioning_configuration=v2.VersioningConfiguration(status='Enabled')))
    assert client.get_bucket_versioning(
        v2.GetBucketVersioningRequest(bucket=BUCKET)).version_status == 'Enabled'
    old = put(client, 'key', b'old').version_id
    put(client, 'key', b'new')
    deleted = client.delete_object(v2.DeleteObjectRequest(bucket=BUCKET, key='key'))
    assert deleted.delete_marker
    assert refusal(lambda: get(client, 'key')) == (404, 'NoSuchKey')
    listed = client.list_object_versions(v2.ListObjectVersionsRequest(bucket=BUCKET))
    assert [(item.size, item.is_latest) for item in listed.version] == [(3, False), (3, False)]
    assert [item.version_id for item in listed.delete_marker] == [deleted.version_id]
    assert get(client, 'key', version_id=old).body.read() == b'old'
    client.delete_object(v2.DeleteObjectRequest(bucket=BUCKET, key='key', version_id=deleted.version_id))
    assert get(client, 'key').body.read() == b'new'


def test_errors_are_those_of_oss(connect, oss_emulator):
    client = connect()
    put(client, 'there', b'')
    account = oss_emulator.credentials
    wrong = connect(type(account)(account.access_key_id, 'wrong'))
    unknown = connect(type(account)('unknown', account.access_key_secret))
    for call, status, code in [
        (lambda: get(client, 'absent'), 404, 'NoSuchKey'),
        (lambda: client.head_object(v2.HeadObjectRequest(bucket=BUCKET, key='absent')), 404, 'NoSuchKey'),
        (lambda: client.get_bucket_info(v2.GetBucketInfoRequest(bucket='no-such-bucket')), 404, 'NoSuchBucket'),
        (lambda: get(wrong, 'there'), 403, 'SignatureDoesNotMatch'),
        (lambda: get(unknown, 'there'), 403, 'InvalidAccessKeyId'),
        (lambda: put(client, 'there', b'', forbid_overwrite='true'), 409, 'FileAlreadyExists'),
        (lambda: client.append_object(v2.AppendObjectRequest(bucket=BUCKET, key='there', position=0, body=b'')), 409,
         'ObjectNotAppendable'),
        (lambda: client.delete_bucket(v2.DeleteBucketRequest(bucket=BUCKET)), 409, 'BucketNotEmpty'),
        (lambda: client.get_bucket_cors(v2.GetBucketCorsRequest(bucket=BUCKET)), 404, 'NoSuchCORSConfiguration'),
    ]:
        assert refusal(call) == (status, code)
    assert client.is_object_exist(BUCKET, 'there')
    assert not client.is_object_exist(BUCKET, 'absent')
    assert not client.is_bucket_exist('no-such-bucket')


def test_temporary_credentials_work_until_they_expire(connect, oss_bucket, oss_emulator, fetch):
    oss_bucket.put_object('key', b'content')
    soon, request = datetime.timedelta(seconds=60), v2.GetObjectRequest(bucket=BUCKET, key='key')
    good, late = oss_emulator.temporary_credentials(), oss_emulator.temporary_credentials(-1)
    another = type(good)(good.access_key_id, good.access_key_secret, 'another')
    assert fetch('GET', connect(good).presign(request, expires=soon).url) == (200, b'content')
    for credentials, code in ((late, b'SecurityTokenExpired'), (another, b'InvalidSecurityToken')):
        status, body = fetch('GET', connect(credentials).presign(request, expires=soon).url)
        assert (status, b'<Code>%s</Code>' % code in body) == (403, True)

    if connect.version == 'V1':
        # Its header is called security-token; OSS documents x-oss-security-token alone.
        assert refusal(lambda: get(connect(good), 'key')) == (403, 'InvalidAccessKeyId')
    else:
        assert get(connect(good), 'key').body.read() == b'content'
        assert refusal(lambda: get(connect(late), 'key')) == (403, 'SecurityTokenExpired')
        assert refusal(lambda: get(connect(another), 'key')) == (403, 'InvalidSecurityToken')


def test_it_appends_links_and_tags(client, oss_bucket):
    with client.append_file(BUCKET, 'log') as log:
        log.write(b'id,name\n1,one\n')
        log.write('2,二\n'.encode())
    assert oss_bucket.get_object('log').read().decode() == 'id,name\n1,one\n2,二\n'
    with client.open_file(BUCKET, 'log') as log:
        log.seek(3)
        assert log.read(4) == b'name'
    client.put_symlink(v2.PutSymlinkRequest(bucket=BUCKET, key='link', symlink_target='log'))
    assert client.get_symlink(v2.GetSymlinkRequest(bucket=BUCKET, key='link')).target == 'log'
    client.put_object_tagging(v2.PutObjectTaggingRequest(bucket=BUCKET, key='log', tagging=v2.Tagging(
        tag_set=v2.TagSet(tags=[v2.Tag(key='stage', value='raw')]))))
    tags = client.get_object_tagging(v2.GetObjectTaggingRequest(bucket=BUCKET, key='log')).tag_set.tags
    assert [(tag.key, tag.value) for tag in tags] == [('stage', 'raw')]


def test_it_sets_up_buckets(client):
    client.put_bucket(v2.PutBucketRequest(
        bucket='another-bucket', acl='public-read',
        create_bucket_configuration=v2.CreateBucketConfiguration(storage_class='IA')))
    listed = client.list_buckets(v2.ListBucketsRequest()).buckets
    assert [(item.name, item.storage_class) for item in listed] == [('another-bucket', 'IA'), (BUCKET, 'Standard')]
    assert client.get_bucket_acl(v2.GetBucketAclRequest(bucket='another-bucket')).acl == 'public-read'
    info = client.get_bucket_info(v2.GetBucketInfoRequest(bucket='another-bucket')).bucket_info
    assert (info.location, info.storage_class) == ('oss-cn-hangzhou', 'IA')

    client.put_bucket_lifecycle(v2.PutBucketLifecycleRequest(
        bucket=BUCKET, lifecycle_configuration=v2.LifecycleConfiguration(rules=[v2.LifecycleRule(
            id='old logs', prefix='日志/', status='Enabled', expiration=v2.LifecycleRuleExpiration(days=3))])))
    rule, = client.get_bucket_lifecycle(
        v2.GetBucketLifecycleRequest(bucket=BUCKET)).lifecycle_configuration.rules
    assert (rule.id, rule.prefix, rule.status, rule.expiration.days) == ('old logs', '日志/', 'Enabled', 3)
    client.put_bucket_cors(v2.PutBucketCorsRequest(
        bucket=BUCKET, cors_configuration=v2.CORSConfiguration(cors_rules=[v2.CORSRule(
            allowed_origins=['https://example.com'], allowed_methods=['GET', 'PUT'])])))
    rule, = client.get_bucket_cors(v2.GetBucketCorsRequest(bucket=BUCKET)).cors_configuration.cors_rules
    assert (rule.allowed_origins, rule.allowed_methods) == (['https://example.com'], ['GET', 'PUT'])
    client.delete_bucket(v2.DeleteBucketRequest(bucket='another-bucket'))
    assert not client.is_bucket_exist('another-bucket')


def test_it_finds_the_emulator_as_its_proxy(oss_emulator, oss_bucket, monkeypatch):
    monkeypatch.setenv('http_proxy', oss_emulator.endpoint)
    account = oss_emulator.credentials
    client = v2.Client(v2.config.Config(
        region=oss_emulator.region, endpoint='http://oss-cn-hangzhou.aliyuncs.com', retry_max_attempts=1,
        credentials_provider=v2.credentials.StaticCredentialsProvider(
            account.access_key_id, account.access_key_secret)))
    put(client, '代理/a b', b'by proxy')
    assert oss_bucket.get_object('代理/a b').read() == b'by proxy'
    assert oss_emulator.requests.find('PutObject')[0].headers['host'] == 'test-bucket.oss-cn-hangzhou.aliyuncs.com'
