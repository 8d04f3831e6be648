"""Wrong arguments raise ClientError, which names them and says what to do; nothing is sent."""

from __future__ import annotations

import inspect

import calls
import pytest
from fakes import NoSession

import oss2
from oss2.exceptions import ClientError

OPERATIONS = [(oss2.Bucket, name) for name in calls.methods(oss2.Bucket)]
OPERATIONS += [(oss2.Service, name) for name in calls.methods(oss2.Service)]

KEY_PARAMETERS = ('key', 'symlink_key', 'target_key', 'source_key')


def has(parameters, cls, name):
    return [each for each in parameters if each in inspect.signature(getattr(cls, name)).parameters]


def taking(*parameters):
    """Parametrises over the operations that have one of these."""
    found = [(cls, name, parameter) for cls, name in OPERATIONS for parameter in has(parameters, cls, name)]
    return pytest.mark.parametrize(
        ('cls', 'name', 'parameter'),
        found,
        ids=['%s.%s-%s' % (cls.__name__, name, parameter) for cls, name, parameter in found],
    )


def make(cls=oss2.Bucket, auth=None, endpoint='http://oss-cn-hangzhou.aliyuncs.com', **options):
    name = {'bucket_name': 'test-bucket'} if cls is oss2.Bucket else {}
    return cls(auth or oss2.AuthV4('key-id', 'key-secret'), endpoint, session=NoSession(), **name, **options)


def call(cls, name, tmp_path, **changed):
    arguments = {**calls.arguments(cls, name, calls.without_scene(tmp_path)), **changed}
    return getattr(make(cls), name)(**arguments)


@pytest.mark.parametrize(
    'name',
    [
        'a',
        'ab',
        '-abc',
        'abc-',
        'ABC',
        'a.b',
        'a_b',
        'a' * 64,
        '',
        None,
        5,
        b'abc',
        '中文桶',
        'a b c',
        'abc\n-',
        'bucket/key',
        ['abc'],
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.promise('S021')
def test_bucket_names(name):
    with pytest.raises(ClientError) as caught:
        oss2.Bucket(oss2.AnonymousAuth(), 'http://a.com', name)
    assert repr(name) in caught.value.message
    assert '3 to 63' in caught.value.message


@pytest.mark.parametrize('name', ['abc', 'a' * 63, '1ab', 'a--b', ' abc '])
def test_good_bucket_names(name):
    assert oss2.Bucket(oss2.AnonymousAuth(), 'http://a.com', name).bucket_name == name.strip()


@pytest.mark.parametrize(
    'endpoint',
    [
        '',
        None,
        ' ',
        5,
        b'http://a.com',
        'ftp://a.com',
        's3://a.com',
        'a b.com',
        'http://',
        'http:///path',
        'http://a.com:port',
        'http://a.com:99999',
        'http://a.com:-1',
        'http://[::1',
        'http://[zz::1]',
        'http://[::1]x',
        'http://a,b.com',
        'http://a\n.com',
        '::1',
    ],
    ids=lambda value: type(value).__name__,
)
def test_endpoints(endpoint):
    for make in (
        lambda: oss2.Bucket(oss2.AnonymousAuth(), endpoint, 'bucket'),
        lambda: oss2.Service(oss2.AnonymousAuth(), endpoint),
    ):
        with pytest.raises(ClientError) as caught:
            make()
        assert 'endpoint' in caught.value.message
        assert str(endpoint) in caught.value.message


@pytest.mark.promise('S026')
@pytest.mark.parametrize(
    'app_name', ['中文', 'a\nb', 'a\rb', 'a\0b', 'é', 5, b'app'], ids=lambda value: type(value).__name__
)
def test_app_names(app_name):
    with pytest.raises(ClientError) as caught:
        make(app_name=app_name)
    assert repr(app_name) in caught.value.message


def check_refused(value, said, action):
    try:
        action()
    except ClientError as exc:
        for text in said:
            assert text in exc.message
    else:
        pytest.fail('%r was taken' % (value,))


BAD_KEYS = [
    ('', 'empty'),
    (None, 'empty'),
    (b'', 'empty'),
    ('k' * 1024, '1024 bytes'),
    ('文' * 342, '1026 bytes'),
    (b'k' * 1024, '1024 bytes'),
    (5, 'int'),
    (['k'], 'list'),
    ('\ud800', 'UTF-8'),
    (b'\xff', 'UTF-8'),
]


@taking(*KEY_PARAMETERS)
def test_keys(cls, name, parameter, tmp_path):
    for key, said in BAD_KEYS:
        check_refused(key, [said], lambda key=key: call(cls, name, tmp_path, **{parameter: key}))


def test_the_longest_keys(oss_bucket):
    for key in ('k' * 1023, '文' * 341):
        oss_bucket.put_object(key, 'x')
        assert oss_bucket.get_object(key).read() == b'x'


BAD_HEADERS = [
    ({'x-oss-meta-name': '中文'}, ['x-oss-meta-name', '中文', 'oss2.utils.encode_metadata', 'quote']),
    ({'x-oss-meta-name': 5}, ['x-oss-meta-name', '5', 'str']),
    ({'x-oss-meta-name': 1.5}, ['x-oss-meta-name', '1.5', 'str']),
    ({'x-oss-meta-name': ['a']}, ['x-oss-meta-name', 'list']),
    ({'x-oss-meta-name': True}, ['x-oss-meta-name', 'bool']),
    ({'x-oss-meta-name': 'a\nInjected: b'}, ['x-oss-meta-name']),
    ({'x-oss-meta-name': 'a\r\nInjected: b'}, ['x-oss-meta-name']),
    ({'x-oss-meta-name': b'a\nInjected: b'}, ['x-oss-meta-name']),
    ({'x-oss-meta-中文': 'a'}, ['x-oss-meta-中文']),
    ({'x-oss-meta name': 'a'}, ['x-oss-meta name']),
    ({'x-oss-meta-a:b\nc': 'a'}, ['x-oss-meta-a:b']),
    ({'': 'a'}, ["''"]),
    ({5: 'a'}, ['5']),
    ({None: 'a'}, ['None']),
]


@pytest.mark.behaviour(39)
@taking('headers')
def test_headers(cls, name, parameter, tmp_path):
    for headers, said in BAD_HEADERS:
        check_refused(headers, said, lambda headers=headers: call(cls, name, tmp_path, headers=headers))


def test_headers_that_can_be_sent(oss_bucket):
    headers = {
        'x-oss-meta-a': 'latin é'.encode(),
        'X-Oss-Meta-B': '',
        'x-oss-meta-c': 'tab\tinside',
        'x-oss-meta-d': None,
    }
    oss_bucket.put_object('key', 'x', headers=headers)
    found = oss_bucket.head_object('key').headers
    assert found['x-oss-meta-a'].encode('latin-1') == 'latin é'.encode()
    assert found['x-oss-meta-c'] == 'tab\tinside'
    assert 'x-oss-meta-d' not in found
    assert len(headers) == 4


@pytest.mark.parametrize('headers', [['x-oss-meta-a'], 'x-oss-meta-a: b', 5], ids=lambda value: type(value).__name__)
def test_what_are_no_headers(headers):
    with pytest.raises(ClientError, match='headers'):
        make().put_object('key', 'x', headers=headers)


BAD_RANGES = [(5, 2), (-1, 3), (3, -1), (0.5, 2), (0,), (0, 1, 2), 5, 'bytes=0-1', (True, 5), (None, 'x'), {}, b'01']


@taking('byte_range')
def test_byte_ranges(cls, name, parameter, tmp_path):
    for byte_range in BAD_RANGES:
        check_refused(
            byte_range,
            [repr(byte_range)],
            lambda byte_range=byte_range: call(cls, name, tmp_path, byte_range=byte_range),
        )


@pytest.mark.promise('S151', 'S152')
@pytest.mark.parametrize(
    'keys',
    [
        [],
        (),
        None,
        '',
        'key',
        b'key',
        pytest.param(iter([]), id='empty iterator'),
        [''],
        ['good', None],
        [5],
        5,
        ['k' * 1024],
    ],
    ids=lambda value: type(value).__name__,
)
def test_keys_to_delete(keys):
    with pytest.raises(ClientError) as caught:
        make().batch_delete_objects(keys)
    assert 'key' in caught.value.message


@pytest.mark.parametrize(
    'versions', [[], None, oss2.models.BatchDeleteObjectVersionList([])], ids=['list', 'None', 'class']
)
def test_no_versions_to_delete(versions):
    with pytest.raises(ClientError, match='keylist_versions'):
        make().delete_object_versions(versions)


@pytest.mark.parametrize(
    'auth',
    [oss2.Auth('a', 'b'), oss2.AuthV2('a', 'b'), oss2.AuthV4('a', 'b'), oss2.AnonymousAuth()],
    ids=['v1', 'v2', 'v4', 'anonymous'],
)
@pytest.mark.parametrize('key', ['', None, ' ', 5])
def test_keys_to_sign(auth, key):
    with pytest.raises(ClientError) as caught:
        make(auth=auth).sign_url('GET', key, 60)
    assert repr(key) in caught.value.message


def test_a_question_mark_at_the_beginning_of_a_key_to_sign():
    """Under V1 the URL would mean the bucket with these parameters."""
    for auth in (oss2.Auth('a', 'b'), oss2.StsAuth('a', 'b', 'c'), oss2.make_auth('a', 'b')):
        with pytest.raises(ClientError, match=r'\?'):
            make(auth=auth).sign_url('GET', '?acl', 60)
        assert '%3Facl' in make(auth=auth, is_verify_object_strict=False).sign_url('GET', '?acl', 60)
    assert '%3Facl' in make(auth=oss2.AuthV4('a', 'b')).sign_url('GET', '?acl', 60)


@pytest.mark.behaviour(3)
def test_a_url_for_more_than_seven_days():
    make().sign_url('GET', 'key', 7 * 24 * 3600)
    with pytest.raises(ClientError, match='7 days'):
        make().sign_url('GET', 'key', 7 * 24 * 3600 + 1)
    with pytest.raises(ClientError, match='number of seconds'):
        make().sign_url('GET', 'key', 'tomorrow')


@pytest.mark.behaviour(3)
def test_version_4_without_a_region():
    """Neither a request nor a URL: with an empty region in it, it would be refused."""
    for _name, endpoint in (('no region', 'http://oss.example.com'), ('', 'http://127.0.0.1:8080')):
        bucket = make(endpoint=endpoint)
        for call in (
            lambda bucket=bucket: bucket.get_object('key'),
            lambda bucket=bucket: bucket.sign_url('GET', 'key', 60),
        ):
            with pytest.raises(ClientError, match="region='cn-hangzhou'"):
                call()
    assert '%2Fcn-beijing%2F' in make(endpoint='http://127.0.0.1:8080', region='cn-beijing').sign_url('GET', 'key', 60)


@pytest.mark.parametrize(('key_id', 'secret'), [(None, 'b'), ('a', None), (5, 'b')])
@pytest.mark.parametrize('auth', [oss2.Auth, oss2.AuthV2, oss2.AuthV4])
def test_access_keys(auth, key_id, secret):
    with pytest.raises(ClientError, match='access_key_'):
        auth(key_id, secret)


def test_a_document_that_is_none():
    for call in (lambda bucket: bucket.put_bucket_versioning(5), lambda bucket: bucket.put_bucket_versioning(object())):
        with pytest.raises(ClientError) as caught:
            call(make())
        assert 'BucketVersioningConfig' in caught.value.message


def test_messages_hold_no_secrets():
    secret = 'TheVerySecretKey'
    bucket = make(auth=oss2.StsAuth('id', secret, 'TheToken', 'v4'))
    for call in (
        lambda: bucket.get_object('', headers={'x': 'y'}),
        lambda: bucket.sign_url('GET', 'k', 10**9),
        lambda: bucket.put_object('k', 5),
    ):
        with pytest.raises(ClientError) as caught:
            call()
        for text in (str(caught.value), repr(caught.value), repr(bucket.auth)):
            assert secret not in text
            assert 'TheToken' not in text


@pytest.mark.parametrize('auth', [
    oss2.StsAuth('id', 'secret', 'sts-token-of-this-test\n'),
    oss2.StsAuth('id', 'secret', 'sts-token-of-this-test\r', 'v4'),
    oss2.ProviderAuth(oss2.StaticCredentialsProvider('sts-token-of-this-test\n', 'secret')),
], ids=['token', 'token of v4', 'key'])
def test_credentials_with_a_line_break(auth, raw_server, make_bucket):
    """Nothing is sent, and the error does not show what http.client would show."""
    server = raw_server(b'')
    bucket = make_bucket(server.url, auth=auth, region='cn-hangzhou')
    with pytest.raises(ClientError, match='line break') as caught:
        bucket.get_object('key')
    assert 'of-this-test' not in str(caught.value) + repr(caught.value)
    assert not server.requests


@pytest.mark.promise('S025')
def test_no_app_name():
    assert make(app_name=None).app_name is None
