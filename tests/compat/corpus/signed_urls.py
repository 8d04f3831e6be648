"""Signed URLs: making them, by every version, and using them."""

from __future__ import annotations

from cases import (
    ANONYMOUS,
    CNAME,
    PATH_STYLE,
    STS,
    STS_V2,
    STS_V4,
    V1,
    V2,
    V4,
    Answer,
    Area,
    Bucket,
    Chunks,
    Client,
    File,
    Local,
    Progress,
    Reader,
    crc64,
    error,
    oss2,
)

area = Area('signed_urls')
KEY = '目录/文件 1+.txt'
WAYS = {
    'v1': V1,
    'v2': V2,
    'v4': V4,
    'sts': STS,
    'sts v2': STS_V2,
    'sts v4': STS_V4,
    'anonymous': ANONYMOUS,
    'path style': PATH_STYLE,
    'cname': CNAME,
    'path style v4': V4.but(is_path_style=True),
    'cname v4': Client('v4', 'http://img.example.com', options={'is_cname': True, 'region': 'cn-hangzhou'}),
    'cname v2': Client('v2', 'http://img.example.com', options={'is_cname': True}),
    'https': Client(endpoint='https://oss-cn-hangzhou.aliyuncs.com'),
    'cloud box': Client('v4', options={'region': 'cn-hangzhou', 'cloudbox_id': 'cb-123'}),
    'provider with token': Client('provider-sts-v4', options={'region': 'cn-hangzhou'}),
}
HEADERS = {
    'none': None,
    'empty': {},
    'content': {'Content-Type': 'text/plain', 'Content-MD5': 'ICy5YqxZB1uWSwcVLSNLcA=='},
    'metadata': {'x-oss-meta-b': '2', 'X-Oss-Meta-A': '1'},
    'metadata with spaces': {'x-oss-meta-b': '2', 'X-Oss-Meta-A': ' 1 '},
    'acl': {'x-oss-object-acl': 'public-read', 'x-oss-storage-class': 'IA'},
    'range': {'Range': 'bytes=0-9', 'If-Modified-Since': 'Fri, 24 Feb 2012 06:07:48 GMT'},
    'other': {'X-Other': 'x', 'Host': 'h', 'Date': 'd'},
    'case-insensitive': oss2.CaseInsensitiveDict({'CONTENT-TYPE': 'a/b'}),
    'token': {'x-oss-security-token': 'mine'},
    'x-oss-date': {'x-oss-date': 'Fri, 24 Feb 2012 06:07:48 GMT'},
}
PARAMS = {
    'empty': {},
    'subresource': {'acl': '', 'versionId': 'CAEQNh+/=', 'uploadId': 'u', 'partNumber': '3'},
    'response': {
        'response-content-type': 'text/html; charset=utf-8',
        'response-content-disposition': 'attachment; filename="中 文.txt"',
    },
    'process': {'x-oss-process': 'image/resize,m_fixed,w_100,h_100/rotate,90'},
    'other': {'b': '1', 'a': '中 +&/?=', 'B': '', 'x-oss-traffic-limit': '819200', 'x-oss-ac-source-ip': '127.0.0.1'},
    'None': {'acl': None},
    'int': {'partNumber': 3},
    'empty name': {'': ''},
    'Expires': {'Expires': '5'},
    'callback': {'callback': 'eyJ9', 'callback-var': 'e30='},
}
for way, client in WAYS.items():
    for method in ('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'get'):
        area.add('%s, %s' % (method, way), Bucket.sign_url(method, KEY, 3600), (), client)
    for safe in (False, True):
        area.add(
            'slash_safe %s, %s' % (safe, way), Bucket.sign_url('GET', '/a//b/c d/?e', 60, slash_safe=safe), (), client
        )
    for title, headers in HEADERS.items():
        area.add('headers %s, %s' % (title, way), Bucket.sign_url('PUT', KEY, 60, headers=headers), (), client)
    for title, params in PARAMS.items():
        area.add('params %s, %s' % (title, way), Bucket.sign_url('GET', KEY, 60, params=params), (), client)
    for expires in (0, 1, -5, 604800, 604801, 10**9, 60.5, '60', None):
        area.add('expires %r, %s' % (expires, way), Bucket.sign_url('GET', KEY, expires), (), client)
    for title, additional in {
        'list': ['X-Other', 'host'],
        'set': {'host'},
        'empty': [],
        'absent header': ['x-absent'],
        'tuple': ('Host', 'X-Other', 'Range'),
        'standard': ['content-type', 'x-oss-meta-a'],
        'unsorted': ['range', 'if-match', 'host', 'x-other'],
    }.items():
        area.add(
            'additional headers %s, %s' % (title, way),
            Bucket.sign_url(
                'GET',
                KEY,
                60,
                headers={
                    'Host': 'h',
                    'X-Other': 'x',
                    'Range': 'bytes=0-1',
                    'If-Match': 'a',
                    'Content-Type': 't',
                    'x-oss-meta-a': 'm',
                },
                additional_headers=additional,
            ),
            (),
            client,
        )
    area.add(
        'everything, ' + way,
        Bucket.sign_url('PUT', KEY, 60, {'Content-Type': 'a/b', 'x-oss-meta-a': '1'}, {'acl': '', 'z': '中'}, True),
        (),
        client,
    )
    area.add(way, Bucket.sign_rtmp_url('test-channel', 'playlist.m3u8', 3600), (), client)
    area.add('odd names, ' + way, Bucket.sign_rtmp_url('频道 a', '列 表+.m3u8', 1), (), client)
    area.add('no playlist, ' + way, Bucket.sign_rtmp_url('test-channel', '', 3600), (), client)

DATA = '通过签名 URL'.encode()
URL = 'http://examplebucket.oss-cn-hangzhou.aliyuncs.com/%E7%9B%AE%2Fa%20b?OSSAccessKeyId=LTAI&Expires=1700003600&Signature=a%2Bb%2Fc%3D'
V4_URL = (
    'http://examplebucket.oss-cn-hangzhou.aliyuncs.com/a/b?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=LTAI%2F20231114%2Fcn-hangzhou%2Foss%2Faliyun_v4_request'
    '&x-oss-date=20231114T221320Z&x-oss-expires=60&x-oss-signature=0011'
)
STORED = Answer(
    200, {'ETag': '"7265F4D211B56873A381D321F586****"', 'x-oss-hash-crc64ecma': crc64(DATA), 'x-oss-version-id': 'v'}
)
FOUND = Answer(
    200,
    {
        'ETag': '"5B3C"',
        'Content-Type': 'text/plain',
        'Last-Modified': 'Fri, 24 Feb 2012 06:07:48 GMT',
        'x-oss-object-type': 'Normal',
        'x-oss-hash-crc64ecma': crc64(DATA),
    },
    DATA,
)
for title, url in {
    'v1': URL,
    'v4': V4_URL,
    'odd': 'http://examplebucket.oss-cn-hangzhou.aliyuncs.com/a//b/../c?x=+%20&y&z=',
    'path style': 'http://192.0.2.7:8080/examplebucket/a?Signature=x',
    'fragment': URL + '#f',
    'Chinese': 'http://examplebucket.oss-cn-hangzhou.aliyuncs.com/目录/a b?a=中',
    'not a URL': 'nothing',
    'empty': '',
}.items():
    area.add('url ' + title, Bucket.put_object_with_url(url, DATA), STORED)
    area.add('url ' + title, Bucket.put_object_with_url_from_file(url, Local('local.txt', DATA)), STORED)
    area.add('url ' + title, Bucket.get_object_with_url(url), FOUND, then='read')
    area.add('url ' + title, Bucket.get_object_with_url_to_file(url, Local('target')), FOUND)
for way, client in WAYS.items():
    if way != 'https':
        area.add('client ' + way, Bucket.put_object_with_url(URL, DATA, headers={'x-oss-meta-a': 'b'}), STORED, client)
        area.add('client ' + way, Bucket.get_object_with_url(URL, headers={'x-oss-meta-a': 'b'}), FOUND, client, 'read')
for title, body in {
    'str': DATA.decode('utf-8'),
    'file': File(DATA),
    'reader': Reader(DATA),
    'generator': Chunks(DATA),
    'empty': b'',
    'bytearray': bytearray(DATA),
}.items():
    answer = Answer(200, {'ETag': '"A"', 'x-oss-hash-crc64ecma': '0' if title == 'empty' else crc64(DATA)})
    area.add('body ' + title, Bucket.put_object_with_url(URL, body), answer)
    area.add(
        'body %s, with progress' % title, Bucket.put_object_with_url(URL, body, progress_callback=Progress()), answer
    )
    area.add('body %s, without crc' % title, Bucket.put_object_with_url(URL, body), answer, V1.but(enable_crc=False))
for title, headers in {
    'content type': {'Content-Type': 'a/b'},
    'metadata': {'x-oss-meta-A': '1'},
    'user agent': {'User-Agent': 'mine'},
    'accept encoding': {'Accept-Encoding': 'gzip'},
}.items():
    area.add('headers ' + title, Bucket.put_object_with_url(URL, DATA, headers=headers), STORED)
    area.add(
        'headers ' + title,
        Bucket.put_object_with_url_from_file(
            URL, Local('local.txt', DATA), headers=headers, progress_callback=Progress()
        ),
        STORED,
    )
    area.add('headers ' + title, Bucket.get_object_with_url(URL, headers=headers), FOUND, then='read')
    area.add(
        'headers ' + title,
        Bucket.get_object_with_url_to_file(URL, Local('target'), headers=headers, progress_callback=Progress()),
        FOUND,
    )
for title, byte_range in {'first': (0, 9), 'open end': (5, None), 'last': (None, 5), 'all': (None, None)}.items():
    part = Answer(206, {'Content-Range': 'bytes 0-9/20', 'x-oss-hash-crc64ecma': crc64(DATA)}, DATA[:10])
    area.add('range ' + title, Bucket.get_object_with_url(URL, byte_range), part, then='read')
    area.add('range ' + title, Bucket.get_object_with_url_to_file(URL, Local('target'), byte_range), part)
area.add('progress', Bucket.get_object_with_url(URL, progress_callback=Progress()), FOUND, then='read')
area.add('app name', Bucket.get_object_with_url(URL), FOUND, V1.but(app_name='mine'), 'read')
for title, answer in {
    'expired': error(403, 'AccessDenied', 'Request has expired.', '<Expires>2023-11-14T22:13:20.000Z</Expires>'),
    '503': error(503, 'ServiceUnavailable'),
    'no answer': Answer(framing='none'),
    'wrong crc': Answer(200, {'x-oss-hash-crc64ecma': '5'}, DATA),
    'cut short': Answer(200, {}, DATA, cut=5),
}.items():
    area.add(title, Bucket.put_object_with_url(URL, DATA), answer)
    area.add(title, Bucket.put_object_with_url_from_file(URL, Local('local.txt', DATA)), answer)
    area.add(title, Bucket.get_object_with_url(URL), answer, then='read')
    area.add(title, Bucket.get_object_with_url_to_file(URL, Local('target', b'before')), answer)
area.add('no such file', Bucket.put_object_with_url_from_file(URL, Local('absent')), STORED)
area.add('no such folder', Bucket.get_object_with_url_to_file(URL, Local('absent/target')), FOUND)
