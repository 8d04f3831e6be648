"""How a Bucket or Service is made: endpoints, bucket names, signature versions; and helpers of the package."""

from __future__ import annotations

from cases import V1, Answer, Area, Bucket, Client, Service, Top, crc64, oss2, xml

area = Area('clients')
OK = Answer(200, {'ETag': '"A"', 'x-oss-hash-crc64ecma': crc64(b'x')})
PUT = Bucket.put_object('a/b.txt', b'x')
LIST = xml(
    '<ListAllMyBucketsResult><Owner><ID>1</ID><DisplayName>n</DisplayName></Owner><Buckets/></ListAllMyBucketsResult>'
)

ENDPOINTS = [
    'oss-cn-hangzhou.aliyuncs.com',
    'http://oss-cn-hangzhou.aliyuncs.com',
    'http://oss-cn-hangzhou.aliyuncs.com/',
    'http://oss-cn-hangzhou.aliyuncs.com:80',
    'http://oss-cn-hangzhou.aliyuncs.com:8080',
    'http://oss-cn-hangzhou.aliyuncs.com/a/b',
    'http://oss-cn-hangzhou.aliyuncs.com/a?b=c',
    'HTTP://OSS-CN-HANGZHOU.ALIYUNCS.COM',
    '  http://oss-cn-hangzhou.aliyuncs.com  ',
    'http://user:pass@oss-cn-hangzhou.aliyuncs.com',
    'localhost',
    'http://localhost:9000',
    'http://LOCALHOST:9000',
    '192.0.2.7',
    'http://192.0.2.7:8080/base/',
    'http://256.0.0.1',
    'http://[2001:db8::1]',
    'http://[::1]:9000',
    '[::1]:9000',
    'oss-cn-hangzhou-internal.aliyuncs.com',
    'oss-accelerate.aliyuncs.com',
    'examplebucket.oss-cn-hangzhou.aliyuncs.com',
    '',
    ' ',
    'http://',
    'https://',
    'ftp://oss-cn-hangzhou.aliyuncs.com',
    'http:/oss',
    'a b',
    'http://a_b.com',
    'http://-a.com',
    'http://a..b',
    'http://中文.com',
    'oss-cn-hangzhou.aliyuncs.com:port',
    'http://oss-cn-hangzhou.aliyuncs.com#f',
    'http://oss',
    'oss-cn-hangzhou.aliyuncs.com\\@evil.com',
    'http://a.com?b',
    '//a.com',
    None,
    5,
]
for endpoint in ENDPOINTS:
    if not str(endpoint).startswith('https'):
        area.add('endpoint %r' % (endpoint,), PUT, OK, Client(endpoint=endpoint))
        area.add('endpoint %r' % (endpoint,), Service.list_buckets(), LIST, Client(endpoint=endpoint))
        area.add('endpoint %r, cname' % (endpoint,), PUT, OK, Client(endpoint=endpoint, options={'is_cname': True}))
        area.add(
            'endpoint %r, path style' % (endpoint,), PUT, OK, Client(endpoint=endpoint, options={'is_path_style': True})
        )
    area.add('endpoint %r' % (endpoint,), Bucket.sign_url('GET', 'a/b.txt', 60), (), Client(endpoint=endpoint))
    area.add('valid %r' % (endpoint,), Top.is_valid_endpoint(endpoint))
for endpoint in (
    'https://oss-cn-hangzhou.aliyuncs.com',
    'https://oss-cn-hangzhou.aliyuncs.com:443/x',
    'https://192.0.2.7',
    'HTTPS://oss-cn-hangzhou.aliyuncs.com',
):
    area.add('endpoint %r' % endpoint, Bucket.sign_url('GET', 'a/b.txt', 60), (), Client(endpoint=endpoint))

NAMES = [
    'abc',
    'a-b-c',
    'a' * 63,
    'a' * 64,
    'ab',
    'a',
    '',
    '  abc  ',
    'Abc',
    'a_b',
    'a.b',
    '-ab',
    'ab-',
    'a--b',
    '123',
    '1a-',
    '中文桶',
    'a b',
    'a/b',
    'a?b',
    'a\nb',
    '192.0.2.7',
    None,
    5,
    b'abc',
    'test-ap-01-5ea21ea8d5ce1cbdc8a1b94a0a70d-ossalias',
    'a' * 62 + '-',
]
for name in NAMES:
    area.add('bucket %r' % (name,), PUT, OK, Client(bucket=name))
    area.add('bucket %r, cname' % (name,), PUT, OK, Client(bucket=name, options={'is_cname': True}))
    area.add('bucket %r, path style' % (name,), PUT, OK, Client(bucket=name, options={'is_path_style': True}))
    if name not in (None, 5):
        area.add('valid bucket %r' % (name,), Top.is_valid_bucket_name(name))

for family in ('', 'provider-', 'provider-sts-', 'sts-', 'make-'):
    for version in ('v1', 'v2', 'v4'):
        for title, options in {'with region': {'region': 'cn-hangzhou'}, 'without region': {}}.items():
            client = Client(family + version, options=options)
            area.add(
                '%s%s, %s' % (family, version, title),
                Bucket.put_object('a.txt', b'x', headers={'x-oss-meta-a': 'b', 'Range': 'bytes=0-1'}),
                OK,
                client,
            )
            area.add(
                '%s%s, %s' % (family, version, title),
                Bucket.get_object('a.txt', params={'acl': '', 'versionId': 'v', 'other': 'o'}),
                OK,
                client,
            )
            area.add('%s%s, %s' % (family, version, title), Bucket.sign_url('GET', 'a.txt', 60), (), client)
            area.add(
                '%s%s, %s, additional headers' % (family, version, title),
                Bucket.sign_url(
                    'GET',
                    'a.txt',
                    60,
                    headers={'Range': 'bytes=0-1', 'x-oss-meta-b': 'c'},
                    additional_headers=['Range', 'Host', 'x-oss-meta-b'],
                ),
                (),
                client,
            )
            area.add('%s%s, %s' % (family, version, title), Service.list_buckets(), LIST, client)
            area.add(
                '%s%s, %s' % (family, version, title),
                Bucket.get_bucket_stat(),
                xml(
                    '<BucketStat><Storage>1</Storage><ObjectCount>2</ObjectCount>'
                    '<MultipartUploadCount>3</MultipartUploadCount></BucketStat>'
                ),
                client,
            )
area.add('make_auth of an unknown version', PUT, OK, Client('make-v9'))
area.add('sts of an unknown version', PUT, OK, Client('sts-v9'))
for region in ('', 'cn-hangzhou ', 'oss-cn-hangzhou', 'us-west-1', None):
    area.add('region %r' % (region,), PUT, OK, Client('v4', options={'region': region}))
area.add(
    'region of another endpoint',
    PUT,
    OK,
    Client('v4', 'http://oss-us-west-1.aliyuncs.com', options={'region': 'cn-hangzhou'}),
)
for endpoint in (
    'http://oss-cn-beijing-internal.aliyuncs.com',
    'http://oss-accelerate.aliyuncs.com',
    'http://img.example.com',
    'http://s3.oss-cn-hangzhou.aliyuncs.com',
    'http://192.0.2.7',
):
    area.add('v4 without region at ' + endpoint, PUT, OK, Client('v4', endpoint))
    area.add('v4 without region at ' + endpoint, Bucket.sign_url('GET', 'a.txt', 60), (), Client('v4', endpoint))
for options in (
    {'app_name': 'app'},
    {'app_name': '应用'},
    {'app_name': ''},
    {'enable_crc': False},
    {'connect_timeout': 5},
    {'connect_timeout': (3, 7)},
    {'cloudbox_id': 'cb-123'},
    {'is_path_style': True, 'is_cname': True},
    {'is_verify_object_strict': False},
    {'proxies': {}},
):
    for auth in ('v1', 'v4'):
        options = dict({'region': 'cn-hangzhou'} if auth == 'v4' else {}, **options)
        area.add(
            '%s, options %s' % (auth, ', '.join('%s=%r' % pair for pair in sorted(options.items()))),
            PUT,
            OK,
            Client(auth, options=options),
        )
for strict in (True, False):
    for key in ('?acl', '?', 'a?b', '??'):
        for auth in ('v1', 'v2'):
            client = Client(auth, options={'is_verify_object_strict': strict})
            area.add('strict %s, %s, %s' % (strict, key, auth), Bucket.sign_url('GET', key, 60), (), client)
            area.add('strict %s, %s, %s' % (strict, key, auth), Bucket.put_object(key, b'x'), OK, client)

# Helpers at the top of the package.
for value in ('text', b'bytes', '中文', b'\xe4\xb8\xad', '', None, 5):
    for name in ('to_bytes', 'to_string', 'to_unicode'):
        area.add(repr(value), getattr(Top, name)(value))
for value in (None, 0, 1449313829, 1449313829.9, -1):
    area.add(repr(value), Top.http_date(value))
for value in (
    'Sat, 05 Dec 2015 11:10:29 GMT',
    'Sat, 05 Dec 2015 11:10:29',
    'Sat, 5 Dec 2015 11:10:29 GMT',
    'Saturday, 05-Dec-15 11:10:29 GMT',
    'Sat, 05 Xyz 2015 11:10:29 GMT',
    '',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Sun, 05 Dec 2015 11:10:29 GMT',
    'Sat, 31 Feb 2015 11:10:29 GMT',
    'sat, 05 dec 2015 11:10:29 gmt',
    ' Sat, 05 Dec 2015 11:10:29 GMT ',
    '周六, 05 Dec 2015 11:10:29 GMT',
):
    area.add(repr(value), Top.http_to_unixtime(value))
for value in (
    '2015-12-05T00:00:00.000Z',
    '2015-12-05T00:00:00Z',
    '2015-12-05T00:00:00.123Z',
    '2015-12-05T23:59:59.000Z',
    '2015-12-05',
    '',
    '2015-12-05T00:00:00+08:00',
    '2015-13-05T00:00:00.000Z',
    '1970-01-01T00:00:00.000Z',
    '2016-02-29T12:00:00.000Z',
):
    area.add(repr(value), Top.iso8601_to_unixtime(value))
    area.add(repr(value), Top.iso8601_to_date(value))
for name in (
    'a.txt',
    'a.JPG',
    'a',
    'a.',
    '.txt',
    'a/b.html',
    'a.tar.gz',
    'a.unknown',
    'a.7z',
    'a.apk',
    'a.b/c',
    'a.avi',
    'a.xml.zip',
):
    area.add(name, Top.content_type_by_name(name))
area.add('date', Top.date_to_iso8601(oss2.iso8601_to_date('2015-12-05T00:00:00.000Z')))
for value in ('a b/c+', '中', "~!*'()", b'\xe4', '', 5):
    area.add(repr(value), Top.urlquote(value))
    area.add('%r, nothing safe' % (value,), Top.urlquote(value, ''))
    if isinstance(value, str):
        area.add(repr(value), Top.urlunquote(value))
area.add('app name of the service', Service.list_buckets(), LIST, V1.but(app_name='app'))
