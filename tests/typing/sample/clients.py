"""What is around the operations: clients, credentials, iterators, errors, transfers, encryption, helpers."""
from __future__ import annotations

import datetime
import pathlib
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

import oss2
from oss2 import credentials, exceptions, http, models, select_response

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type

ENDPOINT = 'https://oss-cn-hangzhou.aliyuncs.com'


def auths() -> List[Any]:
    provider = oss2.StaticCredentialsProvider('id', 'secret', 'token')
    return [
        oss2.Auth('id', 'secret'), oss2.AuthV2('id', 'secret'), oss2.AuthV4('id', 'secret'), oss2.AnonymousAuth(),
        oss2.StsAuth('id', 'secret', 'token', auth_version=oss2.AUTH_VERSION_4), oss2.ProviderAuth(provider),
        oss2.ProviderAuthV2(provider), oss2.ProviderAuthV4(provider),
        oss2.make_auth('id', 'secret', oss2.AUTH_VERSION_2),
    ]


def bucket() -> oss2.Bucket:
    session = oss2.Session(pool_size=20)
    value = oss2.Bucket(
        oss2.AuthV4('id', 'secret'), ENDPOINT, 'bucket', is_cname=False, session=session, connect_timeout=5.5,
        app_name='app', enable_crc=True, proxies={'http': 'http://localhost:3128'}, region='cn-hangzhou',
        cloudbox_id=None, is_path_style=False, is_verify_object_strict=True)
    assert_type(value.bucket_name, str)
    assert_type(value.endpoint, str)
    assert_type(value.app_name, str)
    assert_type(value.enable_crc, bool)
    assert_type(value.proxies, Optional[Mapping[str, str]])
    assert_type(value.region, Optional[str])
    assert_type(value.product, str)
    assert_type(value.cloudbox_id, Optional[str])
    value.auth = oss2.StsAuth('id', 'secret', 'token')
    with oss2.Bucket(oss2.AnonymousAuth(), ENDPOINT, 'bucket', connect_timeout=(3, 60)) as opened:
        assert_type(opened, oss2.Bucket)
    return value


def options(bucket: oss2.Bucket, service: oss2.Service, encrypted: oss2.CryptoBucket) -> None:
    oss2.Bucket(oss2.AnonymousAuth(), ENDPOINT, 'bucket', connect_timeout=5, read_timeout=30, deadline=60.5, retries=2,
                verify_crc=True, range_standard=True, verify=False, ca_bundle='ca.pem', cert=('client.pem', 'key.pem'),
                trust_env=False)
    oss2.Service(oss2.AnonymousAuth(), ENDPOINT, read_timeout=30, deadline=60, retries=2, verify='ca.pem',
                 ca_bundle=pathlib.Path('ca.pem'), cert='client.pem', trust_env=True)
    oss2.Session(5, None, verify=True, ca_bundle='ca.pem', cert=('client.pem', pathlib.Path('key.pem')),
                 proxies={'https': 'http://proxy:3128'}, trust_env=False)
    assert_type(bucket.with_options(timeout=(1, None), deadline=5, retries=1), oss2.Bucket)
    assert_type(bucket.with_options(connect_timeout=1.5, read_timeout=None, enable_crc=False), oss2.Bucket)
    assert_type(bucket.with_options(verify_crc=True, range_standard=False), oss2.Bucket)
    assert_type(encrypted.with_options(deadline=None, retries=None), oss2.CryptoBucket)
    assert_type(service.with_options(timeout=None, connect_timeout=1, read_timeout=1, deadline=1, retries=1),
                oss2.Service)
    assert_type(bucket.deadline, Optional[float])
    assert_type(bucket.retries, Optional[int])
    assert_type(bucket.verify_crc, bool)
    assert_type(bucket.range_standard, bool)


def service() -> oss2.Service:
    value = oss2.Service(oss2.AuthV4('id', 'secret'), ENDPOINT, session=oss2.Session(), connect_timeout=5,
                         app_name='app', proxies=None, region='cn-hangzhou', cloudbox_id=None, is_path_style=False)
    with oss2.Service(oss2.AnonymousAuth(), ENDPOINT) as opened:
        assert_type(opened, oss2.Service)
    return value


def credentials_providers() -> List[credentials.CredentialsProvider]:
    given = oss2.Credentials('id', 'secret', 'token')
    assert_type(given.access_key_id, str)
    assert_type(given.get_access_key_id(), str)
    assert_type(given.get_access_key_secret(), str)
    assert_type(given.get_security_token(), Optional[str])

    class Own(oss2.CredentialsProvider):
        def get_credentials(self) -> oss2.Credentials:
            return given

    return [
        Own(), oss2.StaticCredentialsProvider('id', 'secret'), oss2.EnvironmentVariableCredentialsProvider(),
        oss2.EcsRamRoleCredentialsProvider('http://100.100.100.200/role', max_retries=3, timeout=10),
        oss2.InstanceRoleCredentialsProvider(role_name='role', hardened_only=True, max_retries=3, timeout=10),
        oss2.CallbackCredentialsProvider(lambda: given), oss2.DefaultCredentialsProvider(),
        oss2.ProfileCredentialsProvider(name='default', path='config.json'),
        oss2.ProcessCredentialsProvider(['command', 'argument'], timeout=10), oss2.UriCredentialsProvider('http://a.com'),
        oss2.AssumeRoleCredentialsProvider(oss2.StaticCredentialsProvider('id', 'secret'), 'acs:ram::1:role/a'),
        oss2.OidcRoleCredentialsProvider('acs:ram::1:role/a', 'acs:ram::1:oidc-provider/a', 'token-file'),
    ]


def role_credentials() -> oss2.EcsRamRoleCredential:
    value = oss2.EcsRamRoleCredential('id', 'secret', 'token', 1700000000, 3600, expired_factor=0.8)
    assert_type(value.expiration, float)
    assert_type(value.will_soon_expire(), bool)
    return value


def iterators(bucket: oss2.Bucket, service: oss2.Service) -> None:
    for info in oss2.BucketIterator(service, prefix='a', marker='', max_keys=100, max_retries=1):
        assert_type(info, models.SimplifiedBucketInfo)
    for found in oss2.ObjectIterator(bucket, prefix='a', delimiter='/', marker='', max_keys=100, headers={'a': 'b'},
                                     skip_self=True):
        assert_type(found, models.SimplifiedObjectInfo)
    for found in oss2.ObjectIteratorV2(bucket, start_after='a', fetch_owner=True, continuation_token=''):
        assert_type(found, models.SimplifiedObjectInfo)
    for version in oss2.ObjectVersionIterator(bucket, prefix='a', key_marker='', versionid_marker='', skip_self=True):
        assert_type(version, Union[models.ObjectVersionInfo, models.DeleteMarkerInfo, models.SimplifiedObjectInfo])
    for upload in oss2.MultipartUploadIterator(bucket, prefix='a', key_marker='', upload_id_marker='', max_uploads=10):
        assert_type(upload, models.MultipartUploadInfo)
    for upload in oss2.ObjectUploadIterator(bucket, 'key', max_uploads=10):
        assert_type(upload, models.MultipartUploadInfo)
    for part in oss2.PartIterator(bucket, 'key', 'id', marker='0', max_parts=10):
        assert_type(part, models.PartInfo)
    for channel in oss2.LiveChannelIterator(bucket, prefix='a', marker='', max_keys=10):
        assert_type(channel, models.LiveChannelInfo)
    deleted = bucket.delete_prefix('a/')
    assert_type(deleted.keys, List[str])
    assert_type(deleted.versions, List[models.BatchDeleteObjectVersion])
    assert_type((deleted.count, deleted.size), Tuple[int, int])
    assert_type(deleted.dry_run, bool)
    assert_type(next(oss2.ObjectIterator(bucket)), models.SimplifiedObjectInfo)
    assert_type(list(oss2.PartIterator(bucket, 'key', 'id')), List[models.PartInfo])


def errors() -> None:
    for error in (exceptions.NoSuchKey(404, {}, b'', {'Code': 'NoSuchKey'}), exceptions.ClientError('wrong'),
                  exceptions.RequestError(OSError('gone')), exceptions.DeadlineExceeded(OSError('late')),
                  exceptions.InconsistentError('differs', 'id')):
        assert_type(error.status, int)
        assert_type(error.request_id, str)
        assert_type(error.code, str)
        assert_type(error.message, str)
        assert_type(error.ec, str)
        assert_type(error.hint, str)
        assert_type(error.headers, Mapping[str, Any])
        assert_type(error.details, Mapping[str, Any])
    assert_type(exceptions.NotAllDeleted('left', 'id').keys, Sequence[str])
    moved = exceptions.PositionNotEqualToLength(409, {'x-oss-next-append-position': '5'}, b'', {})
    assert_type(moved.next_position, Optional[int])
    wrong = exceptions.InvalidArgument(400, {}, b'', {'ArgumentName': 'a', 'ArgumentValue': 'b'})
    assert_type(wrong.name, Optional[str])
    assert_type(wrong.value, Optional[str])


def requests_and_responses(request: http.Request, response: http.Response) -> None:
    assert_type(request.method, str)
    assert_type(request.url, str)
    assert_type(response.status, int)
    assert_type(response.request_id, str)
    assert_type(response.read(), bytes)
    assert_type(response.read(10), bytes)
    for piece in response:
        assert_type(piece, bytes)


def selects(adapter: select_response.SelectResponseAdapter) -> None:
    assert_type(adapter.read(10), bytes)
    assert_type(adapter.rows, int)
    assert_type(adapter.splits, int)
    assert_type(adapter.columns, int)
    for piece in adapter:
        assert_type(piece, bytes)


def transfers(bucket: oss2.Bucket) -> None:
    def progress(bytes_consumed: int, total_bytes: Optional[int]) -> None:
        pass

    uploaded = oss2.resumable_upload(
        bucket, 'key', 'file', store=oss2.ResumableStore(root='folder'), headers={'x-oss-meta-a': 'b'},
        multipart_threshold=102400, part_size=102400, progress_callback=progress, num_threads=4, params={})
    assert_type(uploaded, models.PutObjectResult)
    downloaded = oss2.resumable_download(
        bucket, 'key', 'file', multiget_threshold=102400, part_size=102400, progress_callback=progress, num_threads=4,
        store=oss2.ResumableDownloadStore(root='folder'), params={}, headers={})
    assert_type(downloaded, models.HeadObjectResult)
    assert_type(oss2.determine_part_size(1000000, preferred_size=102400), int)
    assert_type(oss2.make_upload_store(root='folder'), oss2.ResumableStore)
    assert_type(oss2.make_download_store(root='folder'), oss2.ResumableDownloadStore)
    oss2.cancel_resumable_upload(bucket, 'key', 'file', store=oss2.ResumableStore(root='folder'))
    oss2.cancel_resumable_download(bucket, 'key', 'file', store=oss2.ResumableDownloadStore(root='folder'))
    with open('file', 'rb') as file:
        bucket.upload_part('key', 'id', 1, oss2.SizedFileAdapter(file, 1000))
        bucket.put_object('key', oss2.make_progress_adapter(file, progress, 1000))


def folders(bucket: oss2.Bucket, bar: oss2.progress.TqdmProgress) -> None:
    up = oss2.transfer.upload_dir(
        bucket, 'folder', 'prefix', compare='crc', follow_symlinks=False, empty_folders=True, num_threads=4,
        headers={'x-oss-storage-class': 'IA'}, multipart_threshold=1, part_size=1, store=oss2.ResumableStore('folder'),
        progress_callback=bar, dry_run=True)
    down = oss2.transfer.download_dir(
        bucket, 'prefix', 'folder', compare=None, num_threads=4, headers={}, multiget_threshold=1, part_size=1,
        store=oss2.ResumableDownloadStore('folder'), progress_callback=oss2.progress.RichProgress('folder'),
        dry_run=True, ignore_case=True)
    assert_type(up, oss2.transfer.UploadedFolder)
    assert_type(down, oss2.transfer.DownloadedFolder)
    for items in (up.uploaded, up.skipped, up.failed, down.downloaded, down.skipped, down.failed):
        assert_type(items, List[oss2.transfer.Item])
        for item in items:
            assert_type(item.path, str)
            assert_type(item.key, str)
            assert_type(item.size, int)
            assert_type(item.reason, str)
            assert_type(item.error, Optional[Exception])


def encryption() -> oss2.CryptoBucket:
    pair = {'public_key': 'pem', 'private_key': 'pem'}
    provider = oss2.RsaProvider(pair, passphrase='secret', mat_desc={'name': 'key'})
    provider.add_encryption_materials(oss2.EncryptionMaterials({'name': 'old'}, key_pair=pair))
    oss2.LocalRsaProvider(dir='folder', key='name', passphrase='secret')
    oss2.AliKMSProvider('id', 'secret', 'cn-hangzhou', 'key-id', sts_token=None, passphrase=None, mat_desc={'a': 'b'})
    bucket = oss2.CryptoBucket(oss2.AuthV4('id', 'secret'), ENDPOINT, 'bucket', provider, region='cn-hangzhou')
    context = models.MultipartUploadCryptoContext(1000000, 102400)
    assert_type(context.data_size, Optional[int])
    assert_type(context.part_size, Optional[int])
    assert_type(context.content_crypto_material, Optional[models.ContentCryptoMaterial])
    begun = bucket.init_multipart_upload('key', upload_context=context)
    assert_type(begun, models.InitMultipartUploadResult)
    assert_type(bucket.upload_part('key', begun.upload_id, 1, b'x', upload_context=context), models.PutObjectResult)
    assert_type(bucket.get_object('key'), models.GetObjectResult)
    return bucket


def crypto_material(material: models.ContentCryptoMaterial) -> None:
    assert_type(material.cek_alg, Optional[str])
    assert_type(material.wrap_alg, Optional[str])
    assert_type(material.deprecated, bool)
    assert_type(material.is_unencrypted(), bool)


def helpers() -> None:
    assert_type(oss2.endpoint_for('cn-hangzhou', internal=True), str)
    assert_type(oss2.endpoint_for('cn-hangzhou', accelerate='overseas', dualstack=False, scheme='http'), str)
    assert_type(oss2.utils.encode_metadata({'title': '你好'}), Dict[str, str])
    assert_type(oss2.utils.decode_metadata({'x-oss-meta-title': 'a'}), Dict[str, str])
    assert_type(oss2.http_date(1449313829), str)
    assert_type(oss2.http_date(), str)
    assert_type(oss2.http_to_unixtime('Sat, 05 Dec 2015 11:10:29 GMT'), int)
    assert_type(oss2.iso8601_to_unixtime('2015-12-05T00:00:00.000Z'), int)
    assert_type(oss2.iso8601_to_date('2015-12-05T00:00:00.000Z'), datetime.date)
    assert_type(oss2.date_to_iso8601(datetime.date(2015, 12, 5)), str)
    assert_type(oss2.content_type_by_name('a.txt'), Optional[str])
    assert_type(oss2.is_valid_bucket_name('bucket'), bool)
    assert_type(oss2.is_valid_endpoint(ENDPOINT), bool)
    text: str = oss2.to_string(b'a')
    data: bytes = oss2.to_bytes(oss2.to_unicode(text))
    assert_type(oss2.urlquote('a/b', safe=''), str)
    assert_type(oss2.urlunquote('a%2Fb'), str)
    assert_type(oss2.urlparse(ENDPOINT).netloc, str)
    print(data)
    oss2.set_stream_logger('oss2', 10)
    oss2.set_file_logger('file.log', 'oss2', 10)
    oss2.defaults.connect_timeout = 30
    oss2.defaults.request_retries = 1
