"""Writing and reading objects, against OSS's documentation of PutObject, GetObject, HeadObject and GetObjectMeta."""
from __future__ import annotations

import base64
import gzip
import hashlib
import os

import pytest
from functional.emulator_client import Client, fresh, refused

import oss2

# The check value of CRC-64/XZ, which OSS calls ECMA-182.
DIGITS, DIGITS_CRC = b'123456789', '11051210869376104954'
ODD_KEYS = ['a b', 'a+b', 'a%2Fb', 'a//b', 'a?b=c&d', 'a#b', '\u4e2d\u6587/\u952e', 'q\'"<&>', 'x\x01\x1fy', '.', '..',
            'trailing/', 'a/./b', 'a/../b', '?leading', '~!@$^*()_-=[]{}|;:,.', 'a\\b', '\U0001f600', 'a%20b',
            'a' * 1023, '\u952e' * 341]


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        yield client


def test_put_answers_with_etag_md5_and_crc(client):
    reply = client.put('digits', DIGITS)
    assert reply.headers['etag'] == '"25F9E794323B453885F5181F1B624D0B"'
    assert reply.headers['content-md5'] == base64.b64encode(hashlib.md5(DIGITS).digest()).decode()
    assert reply.headers['x-oss-hash-crc64ecma'] == DIGITS_CRC
    assert reply.body == b''


def test_every_answer_tells_server_date_and_a_request_id_of_its_own(client):
    replies = [client.put('k'), client.get('k'), client.get('missing'), client.send('GET', bucket='')]
    for reply in replies:
        assert reply.headers['server'] == 'AliyunOSS'
        assert oss2.http_to_unixtime(reply.headers['date']) > 0
    assert len({reply.headers['x-oss-request-id'] for reply in replies}) == len(replies)


def test_get_answers_with_content_and_description(client):
    client.put('digits', DIGITS, {'Content-Type': 'text/x-digits', 'Cache-Control': 'no-cache', 'x-oss-meta-Who': 'me',
                                  'Content-Disposition': 'attachment', 'Content-Language': 'en', 'Expires': 'never'})
    reply = client.get('digits')
    assert (reply.status, reply.body) == (200, DIGITS)
    for name, value in {
            'content-type': 'text/x-digits', 'cache-control': 'no-cache', 'x-oss-meta-who': 'me', 'content-length': '9',
            'content-disposition': 'attachment', 'content-language': 'en', 'expires': 'never', 'accept-ranges': 'bytes',
            'etag': '"25F9E794323B453885F5181F1B624D0B"', 'x-oss-object-type': 'Normal',
            'x-oss-storage-class': 'Standard', 'x-oss-hash-crc64ecma': DIGITS_CRC}.items():
        assert reply.headers[name] == value


@pytest.mark.parametrize('fault', ['', 'chunked', 'trickle', 'cut_answer'])
def test_headers_are_spelt_as_by_oss(fault, oss_bucket, oss_emulator):
    """Programs make plain dicts of them."""
    body = b'HTTP/1.1 200 OK\r\netag: x\r\n\r\netag: x\r\n'
    oss_bucket.put_object('key', body, headers={'x-oss-meta-Who': 'me', 'Cache-Control': 'no-cache'})
    if fault:
        getattr(oss_emulator.faults, fault)(len(body) if fault == 'cut_answer' else 7)
    result = oss_bucket.get_object('key')
    assert result.read() == body
    names = set(dict(result.headers))
    assert names >= {'Server', 'Date', 'Content-Type', 'ETag', 'Last-Modified', 'Accept-Ranges', 'Content-MD5',
                     'Cache-Control', 'x-oss-request-id', 'x-oss-hash-crc64ecma', 'x-oss-meta-who'}
    assert ('Transfer-Encoding' if fault == 'chunked' else 'Content-Length') in names


def test_head_is_get_without_a_body(client):
    client.put('digits', DIGITS, {'x-oss-meta-a': '1'})
    head, get = client.send('HEAD', 'digits'), client.get('digits')
    assert head.body == b''
    varying = ('date', 'x-oss-request-id', 'x-oss-server-time')
    assert {name: value for name, value in head.headers.items() if name not in varying} == {
        name: value for name, value in get.headers.items() if name not in varying}


@pytest.mark.parametrize('method', ['HEAD', 'GET'])
def test_object_meta_is_the_short_description(client, method):
    client.put('digits', DIGITS, {'x-oss-meta-a': '1', 'Content-Type': 'text/plain'})
    reply = client.send(method, 'digits', {'objectMeta': ''})
    assert reply.headers['etag'] == '"25F9E794323B453885F5181F1B624D0B"'
    assert 'last-modified' in reply.headers
    assert 'x-oss-meta-a' not in reply.headers
    assert reply.body == b''
    assert method == 'GET' or reply.headers['content-length'] == '9'


@pytest.mark.parametrize('key', ODD_KEYS)
def test_keys_survive_the_way(client, key):
    client.put(key, key.encode())
    assert client.get(key).body == key.encode()
    assert client.send('HEAD', key).status == 200
    listed = client.send('GET', params={'encoding-type': 'url'}).texts('Contents/Key')
    assert [oss2.compat.urlunquote(name) for name in listed] == [key]
    assert client.send('DELETE', key).status == 204
    assert client.get(key).code == 'NoSuchKey'


def test_dots_and_slashes_that_are_not_encoded_are_part_of_the_key(client):
    for key in ('a/../b', 'a/./b', 'a//b', '..'):
        client.put(key, b'here', path='/test-bucket/' + key)
        assert client.get(key).body == b'here'


@pytest.mark.parametrize(('key', 'ec'), [('/a', '0016-00000005'), ('\\a', '0016-00000005'),
                                         ('a' * 1024, '0016-00000003')])
def test_names_that_oss_refuses(client, key, ec):
    error = refused(client.send('PUT', key), 400, 'InvalidObjectName')
    assert error.findtext('EC') == ec


def test_missing_object(client):
    error = refused(client.get('nothing/here'), 404, 'NoSuchKey')
    assert error.findtext('Message') == 'The specified key does not exist.'
    assert error.findtext('Key') == 'nothing/here'
    assert error.findtext('EC') == '0026-00000001'


def test_content_type_is_guessed_from_the_key(client):
    for key, expected in (('a.html', 'text/html'), ('a.png', 'image/png'), ('a', 'application/octet-stream')):
        client.put(key)
        assert client.get(key).headers['content-type'] == expected


def test_metadata_may_be_any_bytes(client):
    client.set_acl('public-read-write')
    client.auth = False
    value = '\u4e2d\u6587'.encode() + b'\xff'
    reply = client.send_raw('PUT', '/test-bucket/k', {'x-oss-meta-a': value})
    assert reply.status == 200
    assert client.get('k').headers['x-oss-meta-a'].encode('latin-1') == value


def test_metadata_beyond_8_kilobytes_is_refused(client):
    headers = {'x-oss-meta-%d' % number: 'v' * 1000 for number in range(9)}
    assert client.send('PUT', 'k', headers=headers).status == 400


@pytest.mark.parametrize(('md5', 'ec'), [(base64.b64encode(hashlib.md5(b'other').digest()).decode(), '0017-00000503'),
                                         ('!', '0017-00000502'), ('YWJj', '0017-00000502')])
def test_content_md5_is_checked(client, md5, ec):
    error = refused(client.send('PUT', 'k', headers={'Content-MD5': md5}, body=b'body'), 400, 'InvalidDigest')
    assert error.findtext('EC') == ec
    assert client.get('k').code == 'NoSuchKey'


def test_a_refused_body_leaves_no_file_behind(client, oss_emulator):
    client.put('big', b'x' * 200_000)
    folder = oss_emulator.state.store.contents._folder
    before = sorted(os.walk(folder))
    client.send('PUT', 'k', headers={'Content-MD5': 'YWJj'}, body=b'y' * 200_000)
    assert [names for _, _, names in sorted(os.walk(folder)) if names] == [names for _, _, names in before if names]


def test_forbid_overwrite(client):
    header = {'x-oss-forbid-overwrite': 'true'}
    client.put('k', b'first', header)
    error = refused(client.send('PUT', 'k', headers=header, body=b'second'), 409, 'FileAlreadyExists')
    assert error.findtext('EC') == '0026-00000002'
    assert client.get('k').body == b'first'
    client.put('k', b'third', {'x-oss-forbid-overwrite': 'false'})
    error = refused(client.send('PUT', 'k', headers={'x-oss-forbid-overwrite': 'abc'}), 400, 'InvalidArgument')
    assert error.findtext('EC') == '0017-00000279'


def test_a_body_must_have_a_length_or_be_chunked(client):
    client.set_acl('public-read-write')
    client.auth = False
    client.connection.putrequest('PUT', '/test-bucket/k')
    client.connection.endheaders()
    assert client.connection.getresponse().status == 411


def test_chunked_bodies(client):
    body = b'1\r\na\r\n186A0\r\n' + b'b' * 100_000 + b'\r\n1\r\nc\r\n0\r\n\r\n'
    client.put('k', body, {'Transfer-Encoding': 'chunked'})
    assert client.get('k').body == b'a' + b'b' * 100_000 + b'c'


@pytest.mark.parametrize('size', [0, 1, 64 * 1024, 64 * 1024 + 1, 3 * 1024 * 1024 + 7])
def test_sizes_around_the_places_where_content_is_kept(client, size):
    data = os.urandom(size)
    reply = client.put('k', data)
    assert reply.headers['etag'] == '"%s"' % hashlib.md5(data).hexdigest().upper()
    assert client.get('k').body == data
    middle = client.get('k', {'Range': 'bytes=%d-%d' % (size // 2, size // 2)})
    assert middle.body == (data[size // 2:size // 2 + 1] if size else b'')


def test_an_object_is_replaced_as_a_whole(client):
    client.put('k', b'x' * 200_000, {'x-oss-meta-a': '1', 'x-oss-object-acl': 'public-read'})
    client.put('k', b'y')
    reply = client.get('k')
    assert reply.body == b'y'
    assert 'x-oss-meta-a' not in reply.headers
    assert client.send('GET', 'k', {'acl': ''}).texts('AccessControlList/Grant') == ['default']


RANGES = [
    # A thousand bytes; https://help.aliyun.com/document_detail/39571.htm tells which ranges are served.
    ('bytes=0-499', (206, 0, 500), (206, 0, 500)),
    ('bytes=500-999', (206, 500, 1000), (206, 500, 1000)),
    ('bytes=-500', (206, 500, 1000), (206, 500, 1000)),
    ('bytes=500-', (206, 500, 1000), (206, 500, 1000)),
    ('bytes=0-', (206, 0, 1000), (206, 0, 1000)),
    ('bytes=0-499,500-999', (206, 0, 500), (206, 0, 500)),
    ('byte=0-499', (200, 0, 1000), (200, 0, 1000)),
    ('bytes=0-1000', (200, 0, 1000), (206, 0, 1000)),
    ('bytes=500-2000', (200, 0, 1000), (206, 500, 1000)),
    ('bytes=1000-2000', (200, 0, 1000), 416),
    ('bytes=1000-', (200, 0, 1000), 416),
    ('bytes=-2000', (200, 0, 1000), (206, 0, 1000)),
    ('bytes=9-3', (200, 0, 1000), (200, 0, 1000)),
    ('bytes=-5-3', (200, 0, 1000), (200, 0, 1000)),
    ('bytes=-', (200, 0, 1000), (200, 0, 1000)),
]


@pytest.mark.parametrize('is_standard', [False, True])
@pytest.mark.parametrize(('asked', 'usual', 'standard'), RANGES)
def test_ranges(client, asked, usual, standard, is_standard):
    data = bytes(range(250)) * 4
    client.put('k', data)
    headers = {'Range': asked, **({'x-oss-range-behavior': 'standard'} if is_standard else {})}
    reply = client.get('k', headers)
    expected = standard if is_standard else usual
    if expected == 416:
        refused(reply, 416, 'InvalidRange')
        return
    status, first, end = expected
    assert (reply.status, reply.body) == (status, data[first:end])
    assert reply.headers.get('content-range') == ('bytes %d-%d/1000' % (first, end - 1) if status == 206 else None)
    assert reply.headers['x-oss-hash-crc64ecma'] == client.send('HEAD', 'k').headers['x-oss-hash-crc64ecma']


def test_conditions(client):
    etag = client.put('k', b'data').headers['etag']
    modified = oss2.http_to_unixtime(client.send('HEAD', 'k').headers['last-modified'])
    before, after = oss2.http_date(modified - 10), oss2.http_date(modified + 10)
    for method in ('GET', 'HEAD'):
        for headers, status in [
                ({'If-Match': etag}, 200), ({'If-Match': '"other"'}, 412), ({'If-None-Match': etag}, 304),
                ({'If-None-Match': '"other"'}, 200), ({'If-Modified-Since': before}, 200),
                ({'If-Modified-Since': oss2.http_date(modified)}, 304), ({'If-Modified-Since': after}, 304),
                ({'If-Modified-Since': 'nonsense'}, 200), ({'If-Unmodified-Since': before}, 412),
                ({'If-Unmodified-Since': oss2.http_date(modified)}, 200), ({'If-Unmodified-Since': after}, 200)]:
            reply = client.send(method, 'k', headers=headers)
            assert reply.status == status, (method, headers)
            if status != 412:
                assert reply.body == (b'data' if (method, status) == ('GET', 200) else b'')
    error = refused(client.get('k', {'If-Match': '"other"'}), 412, 'PreconditionFailed')
    assert error.findtext('EC') == '0017-00001001'


def test_response_headers_can_be_overridden(client):
    client.put('k', b'data', {'Content-Type': 'text/plain'})
    asked = {'response-content-type': 'text/x', 'response-content-language': 'zh', 'response-expires': 'soon',
             'response-cache-control': 'no-store', 'response-content-disposition': 'attachment; filename="\u4e2d.txt"',
             'response-content-encoding': 'x'}
    reply = client.get('k', params=asked)
    assert {name: reply.headers[name[9:]].encode('latin-1').decode() for name in asked} == asked
    refused(client.get('k', params={'response-content-type': 'a\r\nSet-Cookie: b'}), 400, 'InvalidArgument')


def test_anonymous_requests_cannot_override_response_headers(client):
    client.put('k', b'data', {'x-oss-object-acl': 'public-read'})
    client.auth = False
    assert client.get('k').body == b'data'
    refused(client.get('k', params={'response-content-type': 'a'}), 400, 'InvalidArgument')


def test_text_is_compressed_when_asked_for(client):
    text = b'a line of text\n' * 100
    client.put('k', text, {'Content-Type': 'text/plain'})
    reply = client.get('k', {'Accept-Encoding': 'gzip'})
    assert gzip.decompress(reply.body) == text
    assert reply.headers['content-encoding'] == 'gzip'
    assert 'etag' not in reply.headers
    assert 'content-length' not in reply.headers
    client.put('small', b'x' * 1023, {'Content-Type': 'text/plain'})
    client.put('image', text, {'Content-Type': 'image/png'})
    asked = {'Accept-Encoding': 'gzip'}
    for key, headers in (('k', {'Accept-Encoding': 'identity'}), ('small', asked), ('image', asked),
                         ('k', {**asked, 'Range': 'bytes=0-1'})):
        assert 'content-encoding' not in client.get(key, headers).headers


@pytest.mark.parametrize(('header', 'code'), [
    ({'x-oss-storage-class': 'Cheap'}, 'InvalidArgument'), ({'x-oss-object-acl': 'mine'}, 'InvalidArgument'),
    ({'x-oss-server-side-encryption': 'ROT13'}, 'InvalidEncryptionAlgorithmError'),
    ({'x-oss-tagging': 'a=b=c'}, 'InvalidTag'), ({'x-oss-tagging': 'a=b&a=c'}, 'InvalidTag'),
    ({'x-oss-tagging': '&'.join('k%d=v' % number for number in range(11))}, 'InvalidTag'),
    ({'x-oss-tagging': 'k' * 129 + '=v'}, 'InvalidTag'), ({'x-oss-tagging': 'k=' + 'v' * 257}, 'InvalidTag'),
    ({'x-oss-tagging': 'k=%2A'}, 'InvalidTag')])
def test_headers_with_values_that_are_not_allowed(client, header, code):
    refused(client.send('PUT', 'k', headers=header), 400, code)


def test_tags_are_counted_and_encryption_is_told(client):
    reply = client.put('k', b'', {'x-oss-tagging': 'a=1&b=c%20d',
                                  'x-oss-server-side-encryption': 'KMS', 'x-oss-server-side-encryption-key-id': 'id'})
    for headers in (reply.headers, client.send('HEAD', 'k').headers):
        assert headers['x-oss-server-side-encryption'] == 'KMS'
        assert headers['x-oss-server-side-encryption-key-id'] == 'id'
    assert client.send('HEAD', 'k').headers['x-oss-tagging-count'] == '2'


def test_delete_answers_204_also_for_nothing(client):
    client.put('k')
    assert [client.send('DELETE', 'k').status for _ in range(2)] == [204, 204]


def test_an_object_being_read_outlives_its_deletion(client, oss_emulator):
    data = os.urandom(8 * 1024 * 1024)
    client.put('k', data)
    reader = Client(oss_emulator)
    with oss_emulator.faults.trickle(size=1024 * 1024, delay=0.05):
        reader.connection.request('GET', *_signed(reader, 'GET', 'k'))
        response = reader.connection.getresponse()
        assert response.read(10) == data[:10]
        assert client.send('DELETE', 'k').status == 204
        assert response.read() == data[10:]
    reader.close()


def _signed(client, method, key):
    request = oss2.http.Request(method, client.emulator.endpoint)
    client.auth._sign_request(request, 'test-bucket', key)
    return client.path(key), None, {name: value for name, value in request.headers.items() if value is not None}
