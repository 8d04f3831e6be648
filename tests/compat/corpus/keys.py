"""Keys that some layer could spoil, by every way to sign and to address."""

from __future__ import annotations

from cases import ANONYMOUS, CNAME, PATH_STYLE, STS, STS_V2, STS_V4, V1, V2, V4, Answer, Area, Bucket, crc64

area = Area('keys')
KEYS = {
    'Chinese': '目录/文件.txt',
    'space': 'a b',
    'leading space': ' a',
    'trailing space': 'a ',
    'plus': 'a+b',
    'percent': '100%',
    'percent encoded': 'a%2Fb%20c',
    'leading slash': '/a',
    'trailing slash': 'a/',
    'double slash': 'a//b',
    'only slashes': '//',
    'slash': '/',
    'dot': '.',
    'dots': '..',
    'dot segments': 'a/./b/../c',
    'leading dots': '../a',
    'trailing dots': 'a/..',
    'hidden': '.hidden',
    'question mark': 'a?b',
    'leading question mark': '?acl',
    'number sign': 'a#b',
    'ampersand': 'a&b=c',
    'control': 'a\x01\x1f\x7fb',
    'newline': 'a\nb\rc',
    'tab': 'a\tb',
    'emoji': 'a\U0001f600',
    'combining': 'e\u0301',
    'quotes': 'a"b\'c',
    'brackets': 'a[b]{c}<d>',
    'unreserved': "-_.~",
    'sub-delims': "!*'();:@=$,",
    'backslash': 'a\\b',
    'pipe and caret': 'a|b^c`d',
    'semicolon': 'a;b',
    'Latin-1': 'é',
    'long': 'k' * 1023,
    'bytes': '中文'.encode(),
    'nul': 'a\0b',
    'URL': 'http://example.com/a',
    'int': 5,
    'non-character': '\ufffe',
    'right to left': '\u202ea',
}
WAYS = {
    'v1': V1,
    'v2': V2,
    'v4': V4,
    'path style': PATH_STYLE,
    'path style v4': V4.but(is_path_style=True),
    'cname': CNAME,
    'sts': STS,
    'sts v4': STS_V4,
}
OK = Answer(200, {'ETag': '"A"', 'x-oss-hash-crc64ecma': crc64(b'x'), 'Content-Length': '0'})
for title, key in KEYS.items():
    for way, client in WAYS.items():
        if not isinstance(key, bytes):
            area.add('%s, %s' % (title, way), Bucket.put_object(key, b'x'), OK, client)
        area.add('%s, %s' % (title, way), Bucket.sign_url('GET', key, 60), (), client)
        area.add('%s, slash safe, %s' % (title, way), Bucket.sign_url('GET', key, 60, slash_safe=True), (), client)
    area.add('%s, v1' % title, Bucket.get_object_meta(key), OK)
    area.add('%s, v4' % title, Bucket.delete_object(key), Answer(204), V4)
    area.add('%s, v2' % title, Bucket.head_object(key), OK, V2)
for title, key in {'empty': '', 'None': None, 'too long': 'k' * 1024, 'surrogate': 'a\udc80b'}.items():
    for way, client in {
        'v1': V1,
        'v2': V2,
        'v4': V4,
        'path style': PATH_STYLE,
        'anonymous': ANONYMOUS,
        'sts v2': STS_V2,
    }.items():
        area.add('%s, %s' % (title, way), Bucket.put_object(key, b'x'), OK, client)
        area.add('%s, %s' % (title, way), Bucket.get_object(key), OK, client)
        area.add('%s, %s' % (title, way), Bucket.delete_object(key), Answer(204), client)
        area.add('%s, %s' % (title, way), Bucket.head_object(key), OK, client)
        area.add('%s, %s' % (title, way), Bucket.sign_url('GET', key, 60), (), client)
