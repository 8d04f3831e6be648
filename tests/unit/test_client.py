"""The core of Bucket and Service: what becomes a request, what becomes of its answer. No network."""

from __future__ import annotations

import copy
import io
import pickle

import pytest
from fakes import FakeResponse, FakeSession, NoSession, error

import oss2
from oss2 import exceptions, models
from oss2.exceptions import ClientError, NoSuchKey, OssError, ServerError

ENDPOINT = 'https://oss-cn-hangzhou.aliyuncs.com'


def make(*answers, **options):
    return oss2.Bucket(oss2.Auth('key-id', 'key-secret'), ENDPOINT, 'bucket', session=FakeSession(*answers), **options)


AUTHS = [
    oss2.Auth('a', 'b'),
    oss2.AuthV2('a', 'b'),
    oss2.AuthV4('a', 'b'),
    oss2.StsAuth('a', 'b', 'c'),
    oss2.StsAuth('a', 'b', 'c', 'v4'),
    oss2.AnonymousAuth(),
    oss2.make_auth('a', 'b', 'v4'),
    oss2.ProviderAuth(oss2.StaticCredentialsProvider('a', 'b')),
    oss2.ProviderAuthV4(oss2.credentials.EnvironmentVariableCredentialsProvider()),
]


@pytest.mark.parametrize('auth', AUTHS, ids=lambda auth: type(auth).__name__)
def test_buckets_services_and_auths_pickle(auth, monkeypatch):
    monkeypatch.setenv('OSS_ACCESS_KEY_ID', 'a')
    monkeypatch.setenv('OSS_ACCESS_KEY_SECRET', 'b')
    bucket = oss2.Bucket(
        auth,
        ENDPOINT,
        'bucket',
        connect_timeout=(1, 2),
        app_name='app',
        region='cn-x',
        proxies={'http': 'p'},
        is_path_style=True,
        enable_crc=False,
    )
    service = oss2.Service(auth, ENDPOINT, region='cn-x')
    for made in (pickle.loads(pickle.dumps(bucket)), copy.deepcopy(bucket)):
        assert (
            made.bucket_name,
            made.endpoint,
            made.timeout,
            made.app_name,
            made.region,
            made.proxies,
            made.enable_crc,
        ) == ('bucket', ENDPOINT, (1, 2), 'app', 'cn-x', {'http': 'p'}, False)
        assert made._make_url('bucket', 'key') == ENDPOINT + '/bucket/key'
        made.session = FakeSession()
        made.delete_object('key')
        assert made.session.last.headers.get('authorization', '')[:3] == (
            '' if isinstance(auth, oss2.AnonymousAuth) else 'OSS'
        )
    for made in (pickle.loads(pickle.dumps(service)), copy.deepcopy(service)):
        assert made.endpoint == ENDPOINT
        made.close()
    bucket.close()
    service.close()


def test_results_pickle():
    headers = {'ETag': '"e"', 'Content-Length': '5', 'x-oss-request-id': 'THE-ID', 'x-oss-hash-crc64ecma': '5'}
    body = (b'<ListBucketResult><IsTruncated>false</IsTruncated>'
            b'<CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes></ListBucketResult>')

    class Answer:
        def __init__(self):
            self.status, self.headers, self.request_id = 200, headers, 'THE-ID'

        def read(self, amt=None):
            return body

    globals()['Answer'] = Answer
    Answer.__qualname__ = 'Answer'
    bucket = make(Answer(), Answer(), enable_crc=False)
    for result in (bucket.put_object('key', 'x'), bucket.list_objects()):
        made = pickle.loads(pickle.dumps(result))
        assert type(made) is type(result)
        assert (made.status, made.request_id) == (200, 'THE-ID')
    assert made.prefix_list == ['p/']
    entries = [
        models.PartInfo(1, 'e', 5),
        models.BucketCreateConfig('IA'),
        models.SimplifiedObjectInfo('k', 1, 'e', 'T', 5, 'S'),
    ]
    for entry in entries:
        assert vars(pickle.loads(pickle.dumps(entry))) == vars(entry)


def errors():
    yield ClientError('wrong')
    yield exceptions.RequestError(OSError(5, 'broken'))
    yield exceptions.InconsistentError('differs', 'THE-ID')
    yield exceptions.make_exception(error(404, 'NoSuchKey'))
    yield exceptions.make_exception(error(503, 'Unheard'))
    yield exceptions.PositionNotEqualToLength(
        409, {'x-oss-next-append-position': '7'}, b'', {'Code': 'PositionNotEqualToLength'}
    )


@pytest.mark.parametrize('made', list(errors()), ids=lambda made: type(made).__name__)
def test_errors_pickle(made):
    for other in (pickle.loads(pickle.dumps(made)), copy.copy(made)):
        assert type(other) is type(made)
        assert (str(other), other.status, other.message, other.code, other.request_id) == (
            str(made),
            made.status,
            made.message,
            made.code,
            made.request_id,
        )
        assert getattr(other, 'next_position', None) == getattr(made, 'next_position', None)


def test_what_a_request_carries():
    bucket = make(app_name='app', proxies={'http': 'p'}, region='cn-y', connect_timeout=7)
    bucket.put_object('a/b', 'data', headers={'x-oss-meta-a': 'b'})
    req = bucket.session.last
    assert (req.method, req.url, req.params) == ('PUT', 'https://bucket.oss-cn-hangzhou.aliyuncs.com/a%2Fb', {})
    assert (req.proxies, req.region, req.product, req.cloudbox_id) == ({'http': 'p'}, 'cn-y', 'oss', None)
    assert req.headers['x-oss-meta-a'] == 'b'
    assert bucket.session.timeouts == [7]
    assert bucket.session.bodies == [b'data']


def test_keys_of_bytes_are_utf_8():
    bucket = make()
    bucket.delete_object('文'.encode())
    assert bucket.session.last.url.endswith('/%E6%96%87')


@pytest.mark.parametrize('status', [200, 201, 202, 203, 204, 206, 207, 0])
def test_successes(status):
    assert make(FakeResponse(status)).delete_object('key').status == status


@pytest.mark.parametrize('status', [199, 100, 300, 301, 304, 400, 404, 499, 500, 599, 600, 999])
def test_failures(status):
    with pytest.raises(ServerError) as caught:
        make(FakeResponse(status)).delete_object('key')
    assert caught.value.status == status


def test_the_answer_of_an_error_is_closed():
    """If it came over the network, which is where there is something to close."""
    closed = []

    class Answer(oss2.http.Response):
        def __init__(self):
            self.status, self.headers, self.request_id = 404, {}, ''

        def read(self, amt=None):
            return b'<Error><Code>NoSuchKey</Code></Error>'

        def close(self):
            closed.append(self)

    answer = Answer()
    with pytest.raises(NoSuchKey) as caught:
        make(answer).delete_object('key')
    assert closed == [answer]
    assert caught.value.received is True


def test_an_error_document_that_cannot_be_read():
    class Answer(FakeResponse):
        __slots__ = ()

        def read(self, amt=None):
            raise exceptions.RequestError(OSError('broken'))

    with pytest.raises(exceptions.NotFound) as caught:
        make(Answer(404)).delete_object('key')
    assert (caught.value.status, caught.value.body) == (404, b'')


def test_headers_are_not_looked_at_twice_and_never_changed():
    headers = oss2.CaseInsensitiveDict({'Content-Type': 'x/y', 'x-oss-meta-a': None})
    bucket = make()
    bucket.put_object('key', 'x', headers=headers)
    assert dict(headers) == {'Content-Type': 'x/y', 'x-oss-meta-a': None}
    bucket.session.last.headers['x-oss-meta-b'] = 'c'
    assert 'x-oss-meta-b' not in headers


@pytest.mark.parametrize(
    'document',
    ['<a/>', b'<a/>', io.BytesIO(b'<a/>'), [b'<a', b'/>'], bytearray(b'<a/>')],
    ids=lambda document: type(document).__name__,
)
def test_documents_ready_made(document):
    bucket = make()
    bucket.create_bucket(input=document)
    assert bucket.session.bodies == [b'<a/>']


def test_documents_with_a_digest():
    """A file is read for it; what can only be iterated over goes without."""
    for document, digest in (('<a/>', True), (b'<a/>', True), (io.BytesIO(b'<a/>'), True), (iter([b'<a/>']), False)):
        bucket = make()
        bucket.put_bucket_versioning(document)
        assert bucket.session.bodies == [b'<a/>']
        assert ('Content-MD5' in bucket.session.last.headers) is digest
    with pytest.raises(ClientError):
        make().put_bucket_versioning(io.StringIO('<a/>'))


def test_every_failure_is_an_oss_error():
    for exception in (
        ClientError,
        ServerError,
        exceptions.RequestError,
        exceptions.InconsistentError,
        exceptions.ReadTimeout,
        NoSuchKey,
    ):
        assert issubclass(exception, OssError)


def test_a_service():
    document = (
        b'<ListAllMyBucketsResult><IsTruncated>true</IsTruncated><NextMarker>b</NextMarker><Buckets><Bucket>'
        b'<Name>a</Name><Location>oss-cn-x</Location><CreationDate>2015-12-05T00:00:00.000Z</CreationDate>'
        b'<StorageClass>Standard</StorageClass></Bucket></Buckets></ListAllMyBucketsResult>'
    )
    session = FakeSession(FakeResponse(body=document))
    params = {'tag-key': 'k'}
    result = oss2.Service(oss2.Auth('a', 'b'), ENDPOINT, session=session).list_buckets('p', 'm', 5, params)
    assert session.last.params == {'prefix': 'p', 'marker': 'm', 'max-keys': '5', 'tag-key': 'k'}
    assert session.last.url == ENDPOINT + '/'
    assert params == {'tag-key': 'k'}
    assert ([bucket.name for bucket in result.buckets], result.is_truncated, result.next_marker) == (['a'], True, 'b')


def test_reading_the_examples_of_the_reference():
    """`oss2.Service(auth, 'oss-cn-hangzhou.aliyuncs.com')` has no scheme; results have the repr of any object."""
    assert (
        oss2.Service(oss2.Auth('a', 'b'), 'oss-cn-hangzhou.aliyuncs.com').endpoint
        == 'http://oss-cn-hangzhou.aliyuncs.com'
    )
    result = make().put_object('readme.txt', 'content of the object')
    assert repr(result).startswith('<oss2.models.PutObjectResult object at 0x')


def test_cloud_boxes():
    bucket = oss2.Bucket(
        oss2.AuthV4('a', 'b'),
        'http://cb-1.cn-x.oss-cloudbox.aliyuncs.com',
        'bucket',
        session=FakeSession(),
        region='cn-x',
        cloudbox_id='cb-1',
    )
    bucket.delete_object('key')
    assert (bucket.session.last.product, bucket.session.last.cloudbox_id) == ('oss-cloudbox', 'cb-1')
    assert '/cb-1/oss-cloudbox/' in bucket.session.last.headers['authorization']


def test_nothing_is_sent_by_constructors():
    oss2.Bucket(oss2.Auth('a', 'b'), ENDPOINT, 'bucket', session=NoSession())
    oss2.Service(oss2.Auth('a', 'b'), ENDPOINT, session=NoSession())


@pytest.mark.parametrize('auth', [('key id', 'secret'), 'secret', None], ids=['tuple', 'str', 'None'])
def test_what_cannot_sign(auth):
    bucket = oss2.Bucket(auth, ENDPOINT, 'bucket', session=NoSession(), region='cn-hangzhou')
    for call in (lambda: bucket.put_object('key', b''), lambda: bucket.sign_url('GET', 'key', 60)):
        with pytest.raises(ClientError, match=r'AuthV4.*not ' + type(auth).__name__) as caught:
            call()
        assert 'secret' not in caught.value.message.replace('access_key_secret', '')


def test_a_key_that_was_never_set():
    for auth in (oss2.Auth, oss2.AuthV2, oss2.AuthV4):
        with pytest.raises(ClientError, match='access_key_secret must be a str, not NoneType: is it set'):
            auth('key id', None)
