"""Where requests go. ``values.json`` holds what oss2 2.19.1 makes of the same, recorded by ``record_values.py``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import FakeSession

import oss2
from oss2._urls import quote_key, region_of
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
    assert quote_key(key) == quoted
    assert quote_key(key, slash_safe=True) == slash_safe


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
    assert region_of(netloc) == region


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
