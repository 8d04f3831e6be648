"""The examples of OSS's own documentation.

- version 1: https://help.aliyun.com/document_detail/31951.html; of the URL, what its formula gives for the example
- version 4: https://www.alibabacloud.com/help/en/oss/developer-reference/recommend-to-use-signature-version-4; its
  signing key does not belong to the secret that the page shows, so key and canonical request are checked one by one
- RTMP: https://www.alibabacloud.com/help/en/oss/developer-reference/rtmp-ingest-urls-and-signatures
"""
from __future__ import annotations

import hashlib
import hmac

import pytest

from oss2 import _signing

V1_SECRET = 'OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV'

V4_CANONICAL_REQUEST = b"""PUT
/examplebucket/exampleobject

content-disposition:attachment
content-length:3
content-md5:ICy5YqxZB1uWSwcVLSNLcA==
content-type:text/plain
x-oss-content-sha256:UNSIGNED-PAYLOAD
x-oss-date:20250411T064124Z

content-disposition;content-length
UNSIGNED-PAYLOAD"""

V4_STRING_TO_SIGN = b"""OSS4-HMAC-SHA256
20250411T064124Z
20250411/cn-hangzhou/oss/aliyun_v4_request
c46d96390bdbc2d739ac9363293ae9d710b14e48081fcb22cd8ad54b63136eca"""


def test_version_1_in_a_header() -> None:
    text = _signing.v1_string_to_sign('PUT', 'oss-example', 'nelson', [
        ('content-md5', 'ODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM='),
        ('content-type', 'text/html'),
        ('date', 'Thu, 17 Nov 2005 18:49:58 GMT'),
        ('host', 'oss-example.oss-cn-hangzhou.aliyuncs.com'),
        ('x-oss-meta-author', 'foo@bar.com'),
        ('x-oss-magic', 'abracadabra'),
    ], {})
    assert text == (b'PUT\nODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM=\ntext/html\nThu, 17 Nov 2005 18:49:58 GMT\n'
                    b'x-oss-magic:abracadabra\nx-oss-meta-author:foo@bar.com\n/oss-example/nelson')
    assert _signing.v1_signature(V1_SECRET, text) == '26NBxoKdsyly4EDv6inkoDft/yA='


def test_version_1_in_a_url() -> None:
    text = _signing.v1_string_to_sign('GET', 'oss-example', 'oss-api.pdf', [], {}, '1141889120')
    assert text == b'GET\n\n\n1141889120\n/oss-example/oss-api.pdf'
    assert _signing.v1_signature(V1_SECRET, text) == 'EwaNTn1erJGkimiJ9WmXgwnANLc='


def test_version_4() -> None:
    headers = [('content-disposition', 'attachment'), ('content-length', '3'),
               ('content-md5', 'ICy5YqxZB1uWSwcVLSNLcA=='), ('content-type', 'text/plain'),
               ('x-oss-content-sha256', 'UNSIGNED-PAYLOAD'), ('x-oss-date', '20250411T064124Z')]
    names = _signing.additional_names(['Content-Length', 'content-disposition', 'Content-Type'], headers, v4=True)
    canonical = _signing.v4_canonical_request('PUT', 'examplebucket', 'exampleobject', reversed(headers), {}, names)
    assert canonical == V4_CANONICAL_REQUEST
    scope = _signing.v4_scope('20250411T064124Z', 'cn-hangzhou', 'oss')
    assert _signing.v4_string_to_sign(canonical, '20250411T064124Z', scope) == V4_STRING_TO_SIGN


def test_version_4s_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    key = bytes.fromhex('3543b7686e65eda71e5e5ca19d548d78423c37e8ddba4dc9d83f90228b457c76')
    monkeypatch.setattr(_signing, 'v4_signing_key', lambda secret, scope: key)
    signature = _signing.v4_signature('', V4_STRING_TO_SIGN, '20250411/cn-hangzhou/oss/aliyun_v4_request')
    assert signature == '053edbf550ebd239b32a9cdfd93b0b2b3f2d223083aa61f75e9ac16856d61f23'


def test_version_4s_signing_key_is_derived_as_documented() -> None:
    key = b'aliyun_v4' + b'secret'
    for part in (b'20250411', b'cn-hangzhou', b'oss', b'aliyun_v4_request'):
        key = hmac.new(key, part, hashlib.sha256).digest()
    for _ in range(2):  # made, then remembered
        assert _signing.v4_signing_key('secret', '20250411/cn-hangzhou/oss/aliyun_v4_request') == key


@pytest.mark.parametrize(('bucket', 'key', 'params', 'uri', 'query'), [
    ('', '', {}, b'/', b''),
    ('examplebucket', '', {'acl': ''}, b'/examplebucket/', b'acl'),
    ('examplebucket', '', {'prefix': 'somePrefix', 'marker': 'someMarker', 'max-keys': '20'}, b'/examplebucket/',
     b'marker=someMarker&max-keys=20&prefix=somePrefix'),
])
def test_version_4s_canonical_uri_and_query(bucket: str, key: str, params: object, uri: bytes, query: bytes) -> None:
    lines = _signing.v4_canonical_request('GET', bucket, key, [], params, ()).split(b'\n')  # type: ignore[arg-type]
    assert lines[1:3] == [uri, query]


def test_rtmp() -> None:
    text = _signing.rtmp_string_to_sign('examplebucket', 'test-channel', {'b': '2', 'a': '1'}, 1141889120)
    assert text == b'1141889120\na:1\nb:2\n/examplebucket/test-channel'
