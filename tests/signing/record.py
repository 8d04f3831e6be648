"""Record what oss2 2.19.1 signs, as golden data for test_golden.py.

Run it with an interpreter that has oss2 2.19.1 installed (and not this tree on its path)::

    cd tests/signing && PYTHONHASHSEED=4 python record.py

It writes ``auth.json`` (auth objects given hand-made requests) and ``bucket.json`` (``Bucket.sign_url`` and the
requests of a few operations, over addressing styles and keys). Time stands still at ``NOW``.

A case with a ``reason`` is one where this library differs on purpose: 2.19.1 was given ``recorded_with`` instead of
``input``, and this library, given ``input``, must come to the same result.

2.19.1 joins the additional headers of version 2 from a set, so their order hangs on the hash seed; the script asks for
another seed if they did not come out sorted.
"""
import datetime
import json
import sys
from unittest import mock

import oss2

NOW = 1700000000
ACCESS_KEY_ID = 'LTAI4FExampleKeyId'
ACCESS_KEY_SECRET = 'TheSecretThatSigns/Examples+30'
SECURITY_TOKEN = 'CAISexample+token/with=odd characters%'

KEYS = [
    'key', 'a/b/c.txt', '', '中文/文件.txt', 'with space', 'a+b', '100%', 'a%2Fb', '/leading', 'double//slash',
    'trailing/',
    '?question', 'a?b&c=d#e', '..', 'a/../b', './x', '.', 'control\x01\x1f\x7f', 'newline\nkey', 'emoji\U0001f600',
    "~*!'()", '\\back\\slash', '"quoted"<xml>&', 'a=b;c:d@e,f$g', 'Ünïcödé',
]

PARAMS = [
    {'acl': ''},
    {'acl': '', 'versionId': 'CAEQ+/=='},
    {'uploadId': '0004B9895DBBB6EC98E36', 'partNumber': '3'},
    {'uploads': '', 'encoding-type': 'url'},
    {'prefix': '中 文/', 'delimiter': '/', 'marker': 'a+b&c', 'max-keys': '100'},
    {'response-content-type': 'text/plain; charset=utf-8',
     'response-content-disposition': 'attachment; filename="a b.txt"',
     'response-cache-control': 'no-cache', 'response-expires': 'Thu, 01 Jan 2026 00:00:00 GMT'},
    {'x-oss-process': 'image/resize,w_100|sys/saveas,o_YQ'},
    {'append': '', 'position': '0'},
    {'callback': 'eyJhIjoiYiJ9', 'callback-var': 'e30='},
    {'unsigned': 'value', 'Acl': 'upper', '~': '~', '*': '*', 'é': 'ü', 'a b': 'c d', 'empty': ''},
    {'x-oss-traffic-limit': '819200', 'x-oss-request-payer': 'requester', 'x-oss-ac-source-ip': '1.2.3.4'},
    {'continuation-token': 'tok+/=', 'list-type': '2', 'fetch-owner': 'true'},
    {'x-oss-async-process': 'video/convert', 'symlink': '', 'tagging': '', 'live': '', 'status': 'disabled',
     'comp': 'add'},
    {},
]

HEADERS = [
    {'Content-Type': 'text/plain'},
    {'Content-MD5': 'ICy5YqxZB1uWSwcVLSNLcA==', 'content-type': 'application/octet-stream'},
    {'x-oss-meta-author': 'foo@bar.com', 'X-OSS-Magic': 'abracadabra'},
    {'x-oss-meta-b': '2', 'x-oss-meta-a': '1', 'x-oss-meta-a-b': '3', 'x-oss-meta-A_C': '4', 'X-Oss-Acl': 'private'},
    {'x-oss-meta-inner': 'two  blanks\tand a tab', 'x-oss-meta-empty': ''},
    {'x-oss-meta-name': '中文', 'x-oss-meta-latin': 'é'},
    {'x-oss-meta-bytes': {'bytes': '中文'.encode().hex()}, 'x-oss-meta-gbk': {'bytes': '中文'.encode('gbk').hex()}},
    {'Range': 'bytes=0-99', 'If-Modified-Since': 'Fri, 13 Nov 2015 14:47:53 GMT', 'User-Agent': 'x', 'Host': 'h'},
    {'x-oss-copy-source': '/bucket/%E4%B8%AD%2Fkey?versionId=a', 'x-oss-tagging': 'k1=v1&k2=v2'},
    {'Date': 'preset', 'Authorization': 'preset', 'x-oss-security-token': 'preset'},
    {'x-oss-server-side-encryption': 'KMS', 'x-oss-callback': 'e30=', 'x-ossx': 'not signed',
     'Cache-Control': 'no-cache'},
]

MIXED = [
    {'method': 'PUT', 'key': '目录/a b+c.txt', 'params': {'partNumber': '1', 'uploadId': 'x'},
         'headers': {'Content-MD5': 'm', 'x-oss-meta-z': 'z'}},
    {'method': 'POST', 'key': 'key', 'params': {'delete': ''}, 'headers': {'Content-Type': 'application/xml'}},
    {'method': 'HEAD', 'key': 'a/b', 'params': {'objectMeta': ''}},
    {'method': 'DELETE', 'key': 'k', 'params': {'versionId': 'null'}},
    {'method': 'GET', 'bucket': '', 'key': ''},
    {'method': 'GET', 'bucket': '', 'key': '', 'params': {'qosInfo': ''}},
    {'method': 'PUT', 'bucket': 'bucket', 'key': '', 'params': {'lifecycle': ''}, 'headers': {'Content-MD5': 'm'}},
    {'method': 'OPTIONS', 'key': 'k', 'headers': {'Origin': 'http://x'}},
]

# (input, what 2.19.1 is given instead, why, the versions and, if not both, the operation it is about)
DIFFERENT = [
    ({'headers': {'x-oss-meta-a': 'trailing  ', 'Content-Type': '\ttext/plain '}},
     {'headers': {'x-oss-meta-a': 'trailing', 'Content-Type': 'text/plain'}},
     'blanks around a value are no part of it in HTTP, so OSS never sees them', 'v1 v2 v4'),
    ({'params': {'partNumber': 1, 'uploadId': 'x'}}, {'params': {'partNumber': '1', 'uploadId': 'x'}},
     '2.19.1 raises TypeError for numbers', 'v1 v2 v4'),
    ({'params': {'append': '', 'position': 0}}, {'params': {'append': '', 'position': '0'}},
     '2.19.1 takes the number 0 for no value', 'v1 v2 v4'),
    ({'params': {'acl': None, 'versionId': 'x'}}, {'params': {'versionId': 'x'}},
     'a parameter that is None is not sent; 2.19.1 signs it with version 1 and raises TypeError with the others',
     'v1 v2 v4 request'),
    ({'params': {'acl': None, 'versionId': 'x'}}, {'params': {'acl': '', 'versionId': 'x'}},
     'in a URL None is a bare name; 2.19.1 raises TypeError with versions 2 and 4', 'v2 v4 url'),
    ({'params': {'acl': {'bytes': ''}, 'versionId': {'bytes': '6162'}}}, {'params': {'acl': '', 'versionId': 'ab'}},
     '2.19.1 raises TypeError for bytes with version 1', 'v1'),
    ({'headers': {'x-oss-meta-a': '1', 'x-oss-meta-none': None}}, {'headers': {'x-oss-meta-a': '1'}},
     'a header that is None is not sent; 2.19.1 raises TypeError', 'v1 v2 v4'),
    ({'headers': {'x-oss-meta-number': 5}}, {'headers': {'x-oss-meta-number': '5'}},
     '2.19.1 raises TypeError for numbers', 'v1 v2 v4'),
    ({'headers': {'zb': '1', 'za': '2', 'range': 'x'}, 'additional': ['zb', 'za', 'Range']},
     {'headers': {'zb': '1', 'za': '2', 'range': 'x'}, 'additional': ['za', 'zb', 'Range']},
     'D13: additional headers are listed in the order in which they are signed', 'v4'),
    ({'headers': {'za': '2'}, 'additional': ['missing', 'ZA', 'za']}, {'headers': {'za': '2'}, 'additional': ['za']},
     'a header that the request does not have cannot be signed, and none is listed twice', 'v2 v4'),
    ({'headers': {'za': '2'}, 'additional': 'za'}, {'headers': {'za': '2'}, 'additional': ['za']},
     '2.19.1 takes a single name for a list of letters', 'v2 v4'),
]

ADDITIONAL = [
    {'headers': {'Range': 'bytes=0-1', 'zz': '1', 'aa': '2'}, 'additional': ['Range']},
    {'headers': {'Range': 'bytes=0-1', 'zz': '1', 'aa': '2'}, 'additional': ['aa', 'ZZ']},
    {'headers': {'Range': 'bytes=0-1'}, 'additional': []},
    {'headers': {'Host': 'examplebucket.oss-cn-hangzhou.aliyuncs.com'}, 'additional': ['host']},
    {'headers': {'Content-Type': 'c', 'x-oss-a': '1', 'zz': '2'}, 'additional': ['zz']},
]

SCOPES = [
    {'region': 'cn-hangzhou', 'product': 'oss-cloudbox', 'cloudbox_id': 'cb-f8z7yvzgwfkl9q0h'},
    {'region': 'us-west-1', 'product': 'oss'},
]

RTMP = [
    {'channel': 'channel', 'params': {'playlistName': 'playlist.m3u8'}},
    {'channel': 'channel', 'params': {}},
    {'channel': '频道', 'params': {'playlistName': 'p l.m3u8', 'b': '1', 'A': ''}},
]

ENDPOINTS = [
    {'endpoint': 'http://oss-cn-hangzhou.aliyuncs.com'},
    {'endpoint': 'https://oss-cn-hangzhou.aliyuncs.com'},
    {'endpoint': 'oss-cn-hangzhou.aliyuncs.com:8080'},
    {'endpoint': 'https://img.example.com', 'is_cname': True},
    {'endpoint': 'https://oss.example.com', 'is_path_style': True},
    {'endpoint': 'http://127.0.0.1:9000'},
    {'endpoint': 'http://localhost:9000'},
]


class FrozenDatetime(datetime.datetime):
    @classmethod
    def utcnow(cls):
        return datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=NOW)


class Request:
    """What a signer sees of a request."""

    def __init__(self, given):
        self.method = given.get('method', 'GET')
        self.url = given.get('url', 'http://bucket.oss-cn-hangzhou.aliyuncs.com/key')
        self.params = {name: decoded(value) for name, value in given.get('params', {}).items()}
        self.headers = oss2.CaseInsensitiveDict(
            {name: decoded(value) for name, value in given.get('headers', {}).items()})
        self.data = None
        self.region = given.get('region', 'cn-hangzhou')
        self.product = given.get('product', 'oss')
        self.cloudbox_id = given.get('cloudbox_id')


def decoded(value):
    return bytes.fromhex(value['bytes']) if isinstance(value, dict) else value


def make_auth(name):
    version = name[-2:]
    if name.startswith('sts'):
        return oss2.StsAuth(ACCESS_KEY_ID, ACCESS_KEY_SECRET, SECURITY_TOKEN, version)
    return oss2.make_auth(ACCESS_KEY_ID, ACCESS_KEY_SECRET, version)


def sign(auth_name, operation, given):
    auth = make_auth(auth_name)
    more = ()
    if 'additional' in given:
        more = (given['additional'],)
        if auth_name.startswith('sts'):
            auth = auth._StsAuth__auth
    request = Request(given)
    before = dict(request.headers)
    bucket, key = given.get('bucket', 'bucket'), given.get('key', 'key')
    if operation == 'url':
        return auth._sign_url(request, bucket, key, given.get('expires', 3600), *more)
    auth._sign_request(request, bucket, key, *more)
    found = {name: value for name, value in request.headers.items() if before.get(name) != value}
    listed = found['authorization'].partition('AdditionalHeaders:')[2].partition(',')[0].split(';')
    if listed != sorted(listed):
        sys.exit('the additional headers of version 2 are not sorted: run again with another PYTHONHASHSEED')
    return found


def auth_cases():
    for auth in ('v1', 'v2', 'v4', 'sts-v1', 'sts-v2', 'sts-v4'):
        version = auth[-2:]
        inputs = [({'key': key}, None, None) for key in KEYS]
        inputs += [({'params': params}, None, None) for params in PARAMS]
        inputs += [({'method': 'PUT', 'headers': headers}, None, None) for headers in HEADERS]
        inputs += [(mixed, None, None) for mixed in MIXED]
        if version != 'v1':
            inputs += [(given, None, None) for given in ADDITIONAL]
        if version == 'v4':
            inputs += [(given, None, None) for given in SCOPES]
        for operation, other in (('request', 'url'), ('url', 'request')):
            different = [(given, instead, reason) for given, instead, reason, about in DIFFERENT
                         if version in about and other not in about]
            for given, instead, reason in inputs + different:
                yield auth, operation, given, instead, reason
        for rtmp in RTMP:
            yield auth, 'rtmp', rtmp, None, None


def record_auth():
    for auth, operation, given, instead, reason in auth_cases():
        case = {'auth': auth, 'operation': operation, 'input': given}
        if reason:
            case.update(recorded_with=instead, reason=reason)
        asked = instead or given
        if operation == 'rtmp':
            case['expect'] = make_auth(auth)._sign_rtmp_url(
                'rtmp://bucket.oss-cn-hangzhou.aliyuncs.com/live/c', 'bucket', given['channel'], 3600,
                dict(given['params']))
        else:
            case['expect'] = sign(auth, operation, asked)
        yield case


def record_bucket():
    for auth in ('v1', 'v2', 'v4', 'sts-v1', 'sts-v4'):
        for where in ENDPOINTS:
            options = {name: value for name, value in where.items() if name != 'endpoint'}
            bucket = oss2.Bucket(make_auth(auth), where['endpoint'], 'example-bucket', region='cn-hangzhou', **options)
            for key in KEYS:
                if key in ('', '.', '..') or (auth.endswith('v1') and key.startswith('?')):
                    continue  # this library sends dots so that nothing removes them; the others are refused
                if auth not in ('v1', 'v4') and key not in ('a/b/c.txt', '中文/文件.txt'):
                    continue
                for slash_safe in (False, True):
                    if slash_safe and ('/' not in key or './' in key):
                        continue
                    given = {'method': 'GET', 'key': key, 'expires': 3600, 'slash_safe': slash_safe}
                    yield {'auth': auth, 'bucket': where, 'input': given, 'expect': bucket.sign_url(**given)}
            for params, headers in (({'x-oss-process': 'image/resize,w_1'}, None),
                                    ({'response-content-type': 'a/b c'}, {'x-oss-meta-a': '中'})):
                given = {'method': 'PUT', 'key': 'a/b', 'expires': 60, 'params': params, 'headers': headers}
                yield {'auth': auth, 'bucket': where, 'input': given, 'expect': bucket.sign_url(
                    'PUT', 'a/b', 60, params=dict(params), headers=dict(headers or {}))}


def write(path, cases):
    with open(path, 'w', encoding='utf-8') as f:
        f.write('[\n')
        f.write(',\n'.join(json.dumps(case, ensure_ascii=False) for case in cases))
        f.write('\n]\n')


def main():
    if oss2.__version__ != '2.19.1':
        sys.exit('this is oss2 %s, not 2.19.1' % oss2.__version__)
    with mock.patch('time.time', return_value=NOW + 0.25), mock.patch('oss2.auth.datetime', FrozenDatetime):
        write('auth.json', list(record_auth()))
        write('bucket.json', list(record_bucket()))


if __name__ == '__main__':
    main()
