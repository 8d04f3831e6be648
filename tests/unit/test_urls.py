"""Where requests go. ``values.json`` holds what oss2 2.19.1 makes of the same, recorded by ``record_values.py``."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from fakes import FakeSession

import oss2
from oss2._urls import _UrlMaker
from oss2.api import _normalize_endpoint
from oss2.exceptions import ClientError

RECORDED = json.loads(Path(__file__).with_name('values.json').read_text(encoding='utf-8'))

# Here 2.19.1 takes the scheme for the host, or refuses IPv6.
DIFFERENT = ('HTTP://A.com', 'ftp://a.com', 'http://[::1]:80')

CASES = [case for case in RECORDED['urls'] if case['endpoint'] not in DIFFERENT]


@pytest.mark.parametrize('case', CASES, ids=lambda case: '%s %s' % (case['endpoint'], ''.join(case['style'])))
def test_urls_are_those_of_upstream(case):
    expected = case['made']
    if expected is None:
        with pytest.raises(ClientError, match='endpoint'):
            oss2.Bucket(oss2.AnonymousAuth(), case['endpoint'], 'bucket')
        return
    bucket = oss2.Bucket(oss2.AnonymousAuth(), case['endpoint'], 'bucket', **case['style'])
    make = bucket._make_url
    assert (bucket.endpoint, make.scheme, make.netloc) == (expected['endpoint'], expected['scheme'], expected['netloc'])
    assert make('', '') == expected['service']
    for key, (url, slash_safe) in zip(RECORDED['keys'], expected['objects']):
        assert make('bucket', key) == url
        assert make('bucket', key, slash_safe=True) == slash_safe


@pytest.mark.parametrize(
    ('endpoint', 'expected'),
    [
        ('HTTP://A.com', 'http://A.com'),
        ('http://[::1]:80', 'http://[::1]:80'),
        ('[2001:db8::1]', 'http://[2001:db8::1]'),
        ('https://[fe80::1%25eth0]:8443/', 'https://[fe80::1%25eth0]:8443'),
    ],
)
def test_endpoints_that_upstream_does_not_take(endpoint, expected):
    bucket = oss2.Bucket(oss2.AnonymousAuth(), endpoint, 'bucket')
    assert bucket.endpoint == expected
    if '[' in expected:
        assert bucket._make_url('bucket', 'a/b') == expected + '/bucket/a%2Fb'


@pytest.mark.behaviour('D3')
@pytest.mark.parametrize(
    ('key', 'quoted', 'slash_safe'),
    [
        ('..', '%2E%2E', '%2E%2E'),
        ('.', '%2E', '%2E'),
        ('a/../b', 'a%2F..%2Fb', 'a/%2E%2E/b'),
        ('./a', '.%2Fa', '%2E/a'),
        ('a/.', 'a%2F.', 'a/%2E'),
        ('../..', '..%2F..', '%2E%2E/%2E%2E'),
        ('...', '...', '...'),
        ('.a', '.a', '.a'),
        ('a..', 'a..', 'a..'),
        ('a/.b/..c/d.', 'a%2F.b%2F..c%2Fd.', 'a/.b/..c/d.'),
    ],
)
def test_dots_that_a_url_library_would_drop(key, quoted, slash_safe):
    assert oss2._urls.quote_key(key) == quoted
    assert oss2._urls.quote_key(key, slash_safe=True) == slash_safe


@pytest.mark.parametrize(('name', 'is_valid', 'taken'), RECORDED['bucket_names'])
def test_bucket_names(name, is_valid, taken):
    assert oss2.is_valid_bucket_name(name) is is_valid
    if taken is None:
        with pytest.raises(ClientError):
            oss2.Bucket(oss2.AnonymousAuth(), 'http://a.com', name)
    else:
        assert oss2.Bucket(oss2.AnonymousAuth(), 'http://a.com', name).bucket_name == taken


@pytest.mark.parametrize(
    ('host', 'expected'),
    [*RECORDED['hosts'], ('[::1]', True), ('[::1]:80', True), ('[::1', False), ('::1]', False), ('', False)],
)
def test_hosts_without_subdomains(host, expected):
    assert oss2.utils.is_ip_or_localhost(host) is expected


@pytest.mark.parametrize(
    ('endpoint', 'expected'),
    [
        ('http://a.com', True),
        ('a.com', True),
        ('a.com:80', True),
        ('http://a.com/x', False),
        (None, False),
        ('', False),
        ('http://[::1]:80', True),
        ('http://a.com:x', False),
        (5, False),
        ('http://a b', False),
    ],
)
def test_valid_endpoints(endpoint, expected):
    assert oss2.is_valid_endpoint(endpoint) is expected


@pytest.mark.behaviour(3)
@pytest.mark.parametrize(
    ('netloc', 'region'),
    [
        ('oss-cn-hangzhou.aliyuncs.com', 'cn-hangzhou'),
        ('oss-cn-hangzhou-internal.aliyuncs.com', 'cn-hangzhou'),
        ('oss-cn-hangzhou.aliyuncs.com:80', 'cn-hangzhou'),
        ('OSS-CN-BEIJING.ALIYUNCS.COM', 'cn-beijing'),
        ('oss-us-west-1.aliyuncs.com', 'us-west-1'),
        ('oss-us-west-1-internal.aliyuncs.com', 'us-west-1'),
        ('oss-cn-hangzhou-finance.aliyuncs.com', 'cn-hangzhou-finance'),
        ('cn-hangzhou.oss.aliyuncs.com', 'cn-hangzhou'),
        ('s3.oss-cn-hangzhou.aliyuncs.com', 'cn-hangzhou'),
        ('s3.oss-cn-hangzhou-internal.aliyuncs.com', 'cn-hangzhou'),
        ('cn-hangzhou-internal.oss-data-acc.aliyuncs.com', 'cn-hangzhou'),
        ('oss-accelerate.aliyuncs.com', None),
        ('oss-accelerate-overseas.aliyuncs.com', None),
        ('a.com', None),
        ('oss-cn-hangzhou.example.com', None),
        ('127.0.0.1', None),
        ('[::1]:80', None),
        ('oss.aliyuncs.com', None),
        ('xoss-cn-hangzhou.aliyuncs.com', None),
    ],
)
def test_regions_that_endpoints_name(netloc, region):
    assert oss2._urls.region_of(netloc) == region


@pytest.mark.behaviour(3)
def test_which_region_a_request_has():
    """The one given, else the one that the endpoint names now."""
    session = FakeSession()
    for options, expected in (({}, 'cn-hangzhou'), ({'region': 'cn-beijing'}, 'cn-beijing')):
        bucket = oss2.Bucket(
            oss2.AuthV4('a', 'b'), 'https://oss-cn-hangzhou.aliyuncs.com', 'bucket', session=session, **options
        )
        bucket.delete_object('key')
        assert session.last.region == expected
        assert '/%s/oss/' % expected in session.last.headers['authorization']
        assert bucket.region == options.get('region')
    bucket.region = None
    bucket._make_url.netloc = 'oss-cn-shanghai.aliyuncs.com'
    bucket.delete_object('key')
    assert session.last.region == 'cn-shanghai'


# https://help.aliyun.com/en/oss/user-guide/regions-and-endpoints, /zh/oss/user-guide/access-oss-via-bucket-domain-name
@pytest.mark.behaviour(37)
@pytest.mark.parametrize(
    ('region', 'options', 'endpoint'),
    [
        ('cn-hangzhou', {}, 'https://oss-cn-hangzhou.aliyuncs.com'),
        ('oss-cn-hangzhou', {}, 'https://oss-cn-hangzhou.aliyuncs.com'),
        ('cn-hangzhou', {'scheme': 'http'}, 'http://oss-cn-hangzhou.aliyuncs.com'),
        ('cn-hangzhou', {'internal': True}, 'https://oss-cn-hangzhou-internal.aliyuncs.com'),
        ('cn-hangzhou', {'dualstack': True}, 'https://cn-hangzhou.oss.aliyuncs.com'),
        ('cn-hangzhou', {'accelerate': True}, 'https://oss-accelerate.aliyuncs.com'),
        ('us-west-1', {'accelerate': 'overseas'}, 'https://oss-accelerate-overseas.aliyuncs.com'),
        ('ap-southeast-1', {}, 'https://oss-ap-southeast-1.aliyuncs.com'),
        ('cn-hzfinance', {'internal': True}, 'https://oss-cn-hzfinance-internal.aliyuncs.com'),
    ],
)
def test_endpoints_of_regions(region, options, endpoint):
    assert oss2.endpoint_for(region, **options) == endpoint
    bucket = oss2.Bucket(oss2.AuthV4('a', 'b'), endpoint, 'bucket')
    assert bucket.endpoint == endpoint
    if not options.get('accelerate'):
        bare = region[4:] if region.startswith('oss-') else region
        assert '%%2F%s%%2Foss' % bare in bucket.sign_url('GET', 'key', 60)


@pytest.mark.behaviour(37)
@pytest.mark.parametrize(
    ('region', 'options', 'said'),
    [
        ('cn-hangzhou-internal', {}, "'cn-hangzhou-internal'"),
        ('oss-accelerate', {}, "'oss-accelerate'"),
        ('oss-oss-cn-hangzhou', {}, "'oss-oss-cn-hangzhou'"),
        ('', {}, "''"),
        (None, {}, 'None'),
        ('hangzhou', {}, "'hangzhou'"),
        ('CN-Hangzhou', {}, "'CN-Hangzhou'"),
        ('oss-cn-hangzhou.aliyuncs.com', {}, 'aliyuncs.com'),
        ('cn-hangzhou/', {}, "'cn-hangzhou/'"),
        ('cn-hangzhou', {'scheme': 'ftp'}, "'ftp'"),
        ('cn-hangzhou', {'accelerate': 'everywhere'}, "'everywhere'"),
        ('cn-hangzhou', {'internal': True, 'accelerate': True}, 'choose one'),
        ('cn-hangzhou', {'internal': True, 'dualstack': True}, 'choose one'),
    ],
)
def test_endpoints_that_there_are_not(region, options, said):
    with pytest.raises(ClientError, match=said):
        oss2.endpoint_for(region, **options)


@pytest.mark.behaviour(37)
@pytest.mark.parametrize(
    'endpoint',
    [
        'https://my-bucket.oss-cn-hangzhou.aliyuncs.com',
        'my-bucket.oss-cn-hangzhou-internal.aliyuncs.com',
        'https://my-bucket.oss-accelerate.aliyuncs.com',
        'https://my-bucket.oss-accelerate-overseas.aliyuncs.com:443',
        'https://my-bucket.cn-hangzhou.oss.aliyuncs.com',
        'https://My-Bucket.OSS-cn-hangzhou.aliyuncs.com',
    ],
)
def test_the_bucket_in_front_of_the_endpoint(endpoint):
    """The host would be my-bucket.my-bucket...: no such thing. A CNAME or a path is as good as ever."""
    with pytest.raises(ClientError, match='begins with the name of the bucket') as caught:
        oss2.Bucket(oss2.AnonymousAuth(), endpoint, 'my-bucket')
    assert 'is_cname=True' in caught.value.message
    assert oss2.Bucket(oss2.AnonymousAuth(), endpoint, 'my-bucket', is_cname=True)
    assert oss2.Bucket(oss2.AnonymousAuth(), endpoint, 'my-bucket', is_path_style=True)
    assert oss2.Bucket(oss2.AnonymousAuth(), endpoint, 'bucket')


@pytest.mark.behaviour(37)
@pytest.mark.parametrize(
    ('endpoint', 'bucket'),
    [
        ('https://cn-hangzhou.oss.aliyuncs.com', 'cn-hangzhou'),
        ('https://cn-hangzhou-internal.oss-data-acc.aliyuncs.com', 'cn-hangzhou-internal'),
        ('https://my-bucket.example.com', 'my-bucket'),
        ('https://oss-cn-hangzhou.aliyuncs.com', 'oss-cn-hangzhou'),
        ('https://my-bucket.oss.example.com', 'my-bucket'),
    ],
)
def test_endpoints_that_only_look_like_it(endpoint, bucket):
    assert oss2.Bucket(oss2.AnonymousAuth(), endpoint, bucket)._make_url(bucket, 'k') == endpoint.replace(
        '//', '//%s.' % bucket
    ) + '/k'


@pytest.mark.behaviour(37)
@pytest.mark.parametrize(
    'endpoint',
    ['https:/oss-cn-hangzhou.aliyuncs.com', 'https//oss-cn-hangzhou.aliyuncs.com', 'https://https://a.com', 'http',
     'htp://a.com', 'https:a.com'],
)
def test_schemes_that_are_misspelt(endpoint):
    """2.19.1 takes the scheme for the host, or fails without a word of it."""
    with pytest.raises(ClientError) as caught:
        oss2.Service(oss2.AnonymousAuth(), endpoint)
    assert endpoint in caught.value.message


@pytest.mark.parametrize(('endpoint', 'right'), [
    ('cn-hangzhou', 'https://oss-cn-hangzhou.aliyuncs.com'),
    ('https://ap-southeast-1', 'https://oss-ap-southeast-1.aliyuncs.com'),
    ('http://oss-cn-beijing/', 'https://oss-cn-beijing.aliyuncs.com'),
    ('oss-us-west-1-internal', 'https://oss-us-west-1-internal.aliyuncs.com'),
])
def test_a_region_is_no_endpoint(endpoint, right):
    with pytest.raises(ClientError) as caught:
        _normalize_endpoint(endpoint)
    assert caught.value.message.endswith('is a region, not a host: use ' + right)


@pytest.mark.parametrize('endpoint', ['http://oss-emulator', 'http://us-proxy', 'http://cn-hangzhou:9000', 'http://minio'])
def test_names_of_hosts_without_a_dot(endpoint):
    assert _normalize_endpoint(endpoint) == endpoint


@pytest.mark.behaviour(37)
def test_a_path_in_the_endpoint_is_told_of(caplog):
    """It was and is dropped: programs have such endpoints, and they work."""
    endpoint = 'https://user:secret@oss-of-this-test.aliyuncs.com/folder?x=1'
    for _ in range(3):
        bucket = oss2.Bucket(oss2.AnonymousAuth(), endpoint, 'bucket')
    assert bucket._make_url('bucket', 'k') == 'https://bucket.oss-of-this-test.aliyuncs.com/k'
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "'/folder?x=1'" in caplog.text
    assert 'secret' not in caplog.text
    oss2.Bucket(oss2.AnonymousAuth(), 'https://oss-of-this-test-too.aliyuncs.com/', 'bucket')
    assert len(caplog.records) == 1
    oss2.Bucket(oss2.AnonymousAuth(), 'https://signed.aliyuncs.com/key?OSSAccessKeyId=id&Signature=planted', 'bucket')
    assert 'planted' not in caplog.text


@pytest.mark.behaviour(46)
@pytest.mark.parametrize(
    ('options', 'arguments', 'url'),
    [
        ({}, {}, 'https://bucket.oss-cn-hangzhou.aliyuncs.com/a/%E4%B8%AD%20b%2B%3F.txt'),
        ({'is_path_style': True}, {}, 'https://oss-cn-hangzhou.aliyuncs.com/bucket/a/%E4%B8%AD%20b%2B%3F.txt'),
        ({'is_cname': True}, {}, 'https://oss-cn-hangzhou.aliyuncs.com/a/%E4%B8%AD%20b%2B%3F.txt'),
        ({}, {'cname': 'static.example.com'}, 'https://static.example.com/a/%E4%B8%AD%20b%2B%3F.txt'),
        ({}, {'cname': 'http://static.example.com:8080/'}, 'http://static.example.com:8080/a/%E4%B8%AD%20b%2B%3F.txt'),
        (
            {},
            {'params': {'x-oss-process': 'image/resize,w_100', 'versionId': 5}},
            'https://bucket.oss-cn-hangzhou.aliyuncs.com/a/%E4%B8%AD%20b%2B%3F.txt'
            '?x-oss-process=image%2Fresize%2Cw_100&versionId=5',
        ),
    ],
)
def test_addresses_of_objects(options, arguments, url):
    bucket = oss2.Bucket(oss2.Auth('a', 'b'), 'https://oss-cn-hangzhou.aliyuncs.com', 'bucket', **options)
    assert bucket.object_url('a/中 b+?.txt', **arguments) == url


@pytest.mark.behaviour(46)
def test_addresses_of_nothing():
    bucket = oss2.Bucket(oss2.Auth('a', 'b'), 'https://oss-cn-hangzhou.aliyuncs.com', 'bucket')
    for key in ('', None, 5):
        with pytest.raises(ClientError, match='key'):
            bucket.object_url(key)
    for cname in ('', 'ftp://a.com', 'a b', 5):
        with pytest.raises(ClientError, match='endpoint'):
            bucket.object_url('key', cname=cname)


def test_what_2_19_1_pickled_lacks_the_type():
    for endpoint, cname in (('http://oss-cn-hangzhou.aliyuncs.com', False), ('http://10.0.0.1', False),
                            ('http://files.example.com', True)):
        made = _UrlMaker(endpoint, cname, False)
        state = dict(vars(made))
        del state['type']
        again = _UrlMaker.__new__(_UrlMaker)
        again.__setstate__(state)
        assert again('a-bucket', 'key') == made('a-bucket', 'key')
