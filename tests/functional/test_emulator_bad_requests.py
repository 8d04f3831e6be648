"""Requests that no client should send: an error of OSS or a closed connection, nothing worse, nothing elsewhere."""
from __future__ import annotations

import http.client
import logging
import os
import re
import socket
import urllib.parse
from contextlib import closing

import pytest
from functional.emulator_client import BUCKET, Client

import oss2
from oss2.emulator import Emulator, operations, routing  # noqa: F401 - operations fill the table of routing

TIMEOUT = 20
HEAD = b'Host: localhost\r\nConnection: close\r\n'


@pytest.fixture(scope='module')
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp('emulator') / 'data'


@pytest.fixture(scope='module')
def emulator(folder):
    """An emulator with a bucket for everybody, and a short patience."""
    with Emulator(data=str(folder)) as emulator:
        emulator.state.request_timeout = 0.3
        client = Client(emulator)
        assert client.send('PUT', headers={'x-oss-acl': 'public-read-write'}).status == 200
        client.put('k', b'0123456789')
        client.close()
        yield emulator


@pytest.fixture
def client(emulator):
    with closing(Client(emulator)) as client:
        yield client


@pytest.fixture(autouse=True)
def nothing_fails_inside(caplog):
    """An error that is not OSS's is logged with its traceback."""
    yield
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR or record.exc_info] == []


def exchange(emulator, data):
    """Send bytes, and read until the server closes the connection."""
    with closing(socket.create_connection(('127.0.0.1', emulator.port), TIMEOUT)) as connection:
        answer = b''
        try:
            connection.sendall(data)
            while True:
                piece = connection.recv(65536)
                if not piece:
                    return answer
                answer += piece
        except ConnectionError:
            return answer


def status_and_code(answer):
    found = re.search(rb'<Code>(\w+)</Code>', answer)
    return int(answer.split(b' ', 2)[1]), found.group(1).decode() if found else ''


def request(line, *headers, body=b''):
    return line + b' HTTP/1.1\r\n' + HEAD + b''.join(header + b'\r\n' for header in headers) + b'\r\n' + body


PUT = b'PUT /test-bucket/k'
GET = b'GET /test-bucket/k'

MALFORMED = {
    'no HTTP': b'\x00\xff\xfe no HTTP\r\n\r\n',
    'a version there is not': b'GET / HTTP/9.9\r\n' + HEAD + b'\r\n',
    'a method there is not': request(b'FROB /test-bucket/k'),
    'bytes that are no URL': request('GET /test-bucket/\u4e2d'.encode()),
    'a header with a zero byte': request(GET, b'x: a\x00b'),
    'a negative length': request(PUT, b'Content-Length: -1'),
    'a length in words': request(PUT, b'Content-Length: ten'),
    'a length beyond all numbers': request(PUT, b'Content-Length: ' + b'9' * 40),
    'two lengths': request(PUT, b'Content-Length: 1', b'Content-Length: 2', body=b'ab'),
    'a length and chunks': request(PUT, b'Content-Length: 1', b'Transfer-Encoding: chunked',
                                   body=b'1\r\na\r\n0\r\n\r\n'),
    'chunks of no size': request(PUT, b'Transfer-Encoding: chunked', body=b'zz\r\nabc'),
}


@pytest.mark.parametrize('name', sorted(MALFORMED))
def test_what_is_not_http(emulator, name):
    assert status_and_code(exchange(emulator, MALFORMED[name])) == (400, 'BadRequest')


REFUSED = {
    'a body that ends too early': (request(PUT, b'Content-Length: 100', body=b'ab'), 400, 'RequestTimeout'),
    'more than an object may have': (request(PUT, b'Content-Length: 99999999999999'), 400, 'EntityTooLarge'),
    'a method OSS does not have': (request(b'PATCH /test-bucket/k'), 405, 'MethodNotAllowed'),
    'a path that is a star': (request(b'OPTIONS *'), 400, 'InvalidBucketName'),
    'no Host': (b'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 403, 'AccessDenied'),
    'a Host that is none': (b'GET / HTTP/1.1\r\nHost: [\xff:a\r\nConnection: close\r\n\r\n', 403, 'AccessDenied'),
    'a key that is not UTF-8': (request(b'GET /test-bucket/%ff%fe'), 400, 'InvalidObjectName'),
    'a key whose percents mean nothing': (request(b'GET /test-bucket/%zz%e4'), 400, 'InvalidObjectName'),
    'a key that begins with a slash': (request(b'GET /test-bucket//etc/passwd'), 400, 'InvalidObjectName'),
    'a bucket that leads elsewhere': (request(b'PUT /..%2f..%2fetc/', b'Content-Length: 0'), 400, 'InvalidBucketName'),
    'a bucket of dots': (request(b'GET /../'), 400, 'InvalidBucketName'),
    'a copy from elsewhere': (request(PUT, b'x-oss-copy-source: /../../etc/passwd', b'Content-Length: 0'), 404,
                              'NoSuchBucket'),
    'a form that is none': (request(b'POST /test-bucket', b'Content-Type: multipart/form-data; boundary=x',
                                    b'Content-Length: 3', body=b'abc'), 400, 'MalformedPOSTRequest'),
    'a signature of nothing': (request(GET, b'Authorization: OSS4-HMAC-SHA256 Credential=////,Signature=\xff'), 403,
                               'AccessDenied'),
    'a V1 signature of nothing': (request(GET, b'Authorization: OSS \xff:\xfe', b'Date: never'), 403, 'AccessDenied'),
    'a date beyond all dates': (request(GET + b'?x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-date=99999999T999999Z'
                                              b'&x-oss-credential=a/b/c/d/e&x-oss-expires=9&x-oss-signature=z'), 403,
                                'AccessDenied'),
    'a range before the object, in the standard way': (
        request(GET, b'Range: bytes=-0', b'x-oss-range-behavior: standard'), 416, 'InvalidRange'),
}


@pytest.mark.parametrize('name', sorted(REFUSED))
def test_what_oss_refuses(emulator, name):
    data, status, code = REFUSED[name]
    answer = exchange(emulator, data)
    assert status_and_code(answer) == (status, code)
    assert b'x-oss-request-id' in answer


@pytest.mark.parametrize('asked', [
    b'bytes=-5--1', b'bytes=5-2', b'lines=0-3', b'bytes=', b'bytes=-', b'bytes=99999999999999999999-', b'\xff\xfe',
    b'bytes=0-1-2', b'bytes=10-', b'bytes=-11'])
def test_ranges_that_mean_nothing_are_ignored(emulator, asked):
    answer = exchange(emulator, request(GET, b'Range: ' + asked))
    assert answer.startswith(b'HTTP/1.1 200 ')
    assert answer.endswith(b'\r\n\r\n0123456789')


def test_a_url_without_end(emulator):
    # The parsers that uvicorn has differ in how much they read before they give up.
    assert exchange(emulator, request(b'GET /test-bucket/' + b'a' * 200_000)).startswith(b'HTTP/1.1 400 ')


def test_a_thousand_headers_and_parameters(emulator):
    headers = [b'x-header-%d: value' % number for number in range(1000)]
    assert exchange(emulator, request(GET, *headers)).endswith(b'0123456789')
    query = b'&'.join(b'parameter%d=value' % number for number in range(1000))
    assert exchange(emulator, request(GET + b'?' + query)).endswith(b'0123456789')
    metadata = [b'x-oss-meta-%d: value' % number for number in range(1000)]
    answer = exchange(emulator, request(PUT, b'Content-Length: 1', *metadata, body=b'a'))
    assert status_and_code(answer) == (400, 'MetadataTooLarge')


def test_a_body_longer_than_it_says(emulator):
    answer = exchange(emulator, request(b'PUT /test-bucket/long', b'Content-Length: 3', body=b'abcGET / HTTP/1.1\r\n'))
    assert answer.startswith(b'HTTP/1.1 200 ')
    assert answer.count(b'HTTP/1.1') == 1
    assert exchange(emulator, request(b'GET /test-bucket/long')).endswith(b'\r\n\r\nabc')


def test_one_bad_request_does_not_disturb_the_next(emulator, client):
    for data in MALFORMED.values():
        exchange(emulator, data)
        assert client.get('k').body == b'0123456789'


def test_keys_lead_nowhere(emulator, client, folder):
    keys = ['../../../outside', '..', '.', 'a/../../b', '..\\..\\outside', 'C:\\outside', 'a\x00b', '%2e%2e%2foutside',
            '~/outside', 'con', 'a' * 1023]
    for key in keys:
        client.put(key, os.urandom(70_000))
    listed = client.send('GET', params={'max-keys': 1000, 'encoding-type': 'url'}).texts('Contents/Key')
    assert set(keys) <= {urllib.parse.unquote_plus(key) for key in listed}
    above = folder.parent
    assert [entry.name for entry in above.iterdir()] == ['data']
    names = {name for _, _, files in os.walk(str(folder)) for name in files}
    assert all(re.fullmatch('[0-9a-f]{32}|index[.]sqlite3.*', name) for name in names)


@pytest.mark.skipif(not hasattr(os, 'symlink'), reason='needs symbolic links')
def test_a_symbolic_link_in_the_data_folder_leads_nowhere(tmp_path):
    """Someone links a file from elsewhere into the folder; it is neither served nor, when swept away, removed."""
    data, secret = tmp_path / 'data', tmp_path / 'secret'
    secret.write_bytes(b'secret')
    inside = tmp_path / 'elsewhere'
    inside.mkdir()
    (inside / ('ab' * 16)).write_bytes(b'kept')
    with Emulator(data=str(data)) as emulator, closing(Client(emulator)) as client:
        client.send('PUT')
        client.put('k', b'x' * 70_000)
    contents = data / 'contents'
    (contents / 'ab').mkdir(exist_ok=True)
    os.symlink(str(secret), str(contents / 'ab' / ('ab' * 16)))
    os.symlink(str(inside), str(contents / 'zz'))
    with Emulator(data=str(data)) as emulator, closing(Client(emulator)) as client:
        for key in ('secret', 'ab/' + 'ab' * 16, 'zz/' + 'ab' * 16):
            assert client.get(key).status == 404
        assert client.get('k').body == b'x' * 70_000
        assert client.send('GET').texts('Contents/Key') == ['k']
    assert secret.read_bytes() == b'secret'
    assert (inside / ('ab' * 16)).read_bytes() == b'kept'


@pytest.mark.skipif(not hasattr(os, 'symlink'), reason='needs symbolic links')
def test_the_file_of_an_object_replaced_by_a_link_is_not_followed(tmp_path):
    secret = tmp_path / 'secret'
    secret.write_bytes(b's' * 70_000)
    with Emulator(data=str(tmp_path / 'data')) as emulator, closing(Client(emulator)) as client:
        client.send('PUT')
        client.put('k', b'x' * 70_000)
        (path,) = [os.path.join(folder, name) for folder, _, names in os.walk(str(tmp_path / 'data' / 'contents'))
                   for name in names]
        os.unlink(path)
        os.symlink(str(secret), path)
        try:
            body = client.get('k').body
        except (OSError, http.client.HTTPException):
            body = b''
        assert b's' * 100 not in body


BOMB = (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><%s>&c;</%s>')
DOCUMENTS = [
    b'', b'no XML', b'<', b'<a/>', b'<a></b>', b'\x00\x01', b'\xff\xfe<\x00a\x00/\x00>\x00', b'<a>' * 3000,
    b'<?xml version="1.0" encoding="nonsense"?><a/>', b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>&x;</a>',
    BOMB % (b'Delete', b'Delete'), b'{"a": ', b'[' * 3000, b'{"Version": "1", "Statement": [1]}', b'null',
    b'<a xmlns="x:y">\xc3\x28</a>', b'callback=1&x=2', b'x-oss-process=', b'x-oss-process=image/|sys/saveas,o_%',
    b'<SelectRequest><Expression>Lg==</Expression></SelectRequest>',
]
ROOTS = (b'LifecycleConfiguration', b'CORSConfiguration', b'Tagging', b'Delete', b'CompleteMultipartUpload',
         b'MetaQuery', b'ReplicationConfiguration', b'InventoryConfiguration', b'WebsiteConfiguration',
         b'RestoreRequest', b'Retention', b'BucketCnameConfiguration', b'CreateBucketConfiguration',
         b'LiveChannelConfiguration')
SHAPED = [b'<%s>%s</%s>' % (root, inner, root) for root in ROOTS for inner in (
    b'', b'text', b'<Rule><ID>\x7f</ID></Rule>', b'<Object><Key/></Object>', b'<Part><PartNumber>x</PartNumber></Part>',
    b'<TagSet><Tag/></TagSet>', b'<Days>-1</Days>', b'<Mode>GOVERNANCE</Mode><RetainUntilDate>2999-99-99T00:00:00.000Z'
    b'</RetainUntilDate>', b'<Query>[[</Query>', b'<Query>{"Operation": "and", "SubQueries": 5}</Query>')]

WRITING = [(scope, row) for (scope, method), rows in sorted(routing.TABLE.items()) for row in rows
           if method in ('PUT', 'POST')]


@pytest.mark.parametrize('index', range(len(WRITING)),
                         ids=['%s %s %s' % (row.name, row.scope, '&'.join(row.conditions)) for _, row in WRITING])
def test_documents_that_mean_nothing(emulator, client, index):
    """Every operation that reads a document answers each of them, and not with an error of its own."""
    scope, row = WRITING[index]
    params, headers = {}, {}
    for condition in row.conditions:
        name, _, value = condition.partition('=')
        if name[0] == '@':
            headers[name[1:]] = '/%s/k' % BUCKET
        else:
            params[name] = value
    for name in ('uploadId', 'partNumber', 'position', 'inventoryId', 'styleName', 'wormId', 'qosRequester'):
        if name in params:
            params[name] = '1'
    for document in [*DOCUMENTS[index % 2::2], *SHAPED[index % 20::20]]:
        reply = client.send(row.method, 'fuzzed' if scope == 'object' else '', params, headers, document,
                            bucket='' if scope == 'service' else BUCKET)
        assert 200 <= reply.status < 500 or reply.status == 501, (document, reply)
        if reply.status >= 400:
            assert reply.code
        assert b'Traceback' not in reply.body
        assert b'root:' not in reply.body


def test_entities_are_not_expanded(client):
    for body in (BOMB % (b'Delete', b'Delete'), b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><Delete>&x;</Delete>'):
        reply = client.send('POST', params={'delete': ''}, body=body)
        assert (reply.status, reply.code) == (400, 'MalformedXML')


VALUES = ['', '-1', '0', '99999999999999999999', 'x', '\x00', '\u4e2d', '../..', '%', ' ', 'a' * 5000, '*', '1e9',
          "';--"]
PARAMETERS = ['max-keys', 'marker', 'prefix', 'delimiter', 'encoding-type', 'continuation-token', 'start-after',
              'key-marker', 'version-id-marker', 'upload-id-marker', 'max-uploads', 'max-parts', 'part-number-marker',
              'versionId', 'partNumber', 'uploadId', 'position', 'response-content-type', 'x-oss-process', 'symlink',
              'x-oss-traffic-limit', 'callback', 'callback-var', 'inventoryId', 'x-oss-ac-source-ip',
              'x-oss-request-payer', 'rule-id', 'comp', 'startTime', 'endTime', 'maxResults', 'nextToken', 'tagging',
              'status', 'x-oss-redundancy-transition-taskid', 'x-oss-target-redundancy-type', 'sequential']
READING = [(scope, row) for (scope, method), rows in sorted(routing.TABLE.items()) for row in rows
           if method in ('GET', 'HEAD', 'DELETE', 'OPTIONS')]


@pytest.mark.parametrize('index', range(len(READING)),
                         ids=['%s %s %s %s' % (row.name, row.method, row.scope, '&'.join(row.conditions))
                              for _, row in READING])
def test_parameters_that_mean_nothing(emulator, client, index):
    scope, row = READING[index]
    if row.name == 'DeleteBucket':
        return
    for turn, name in enumerate(PARAMETERS[index % 4::4]):
        params = {condition.partition('=')[0]: condition.partition('=')[2] for condition in row.conditions
                  if condition[0] != '@'}
        params[name] = VALUES[(turn + index) % len(VALUES)]
        headers = {condition[1:]: 'x' for condition in row.conditions if condition[0] == '@'}
        key = 'fuzzed' if row.method == 'DELETE' else 'k'
        reply = client.send(row.method, key if scope == 'object' else '', params, headers,
                            bucket='' if scope == 'service' else BUCKET)
        assert reply.status < 500 or reply.status == 501, (params, reply)


HEADERS = ['content-md5', 'content-type', 'x-oss-acl', 'x-oss-object-acl', 'x-oss-storage-class', 'x-oss-tagging',
           'x-oss-server-side-encryption', 'x-oss-forbid-overwrite', 'x-oss-meta-a', 'x-oss-callback', 'expires',
           'x-oss-callback-var', 'x-oss-traffic-limit', 'if-match', 'if-modified-since', 'range', 'referer', 'origin',
           'x-oss-copy-source', 'x-oss-copy-source-range', 'x-oss-metadata-directive', 'x-oss-tagging-directive',
           'x-oss-object-worm-mode', 'x-oss-object-worm-retain-until-date', 'x-oss-symlink-target', 'accept-encoding',
           'x-oss-process', 'x-oss-security-token', 'x-oss-range-behavior', 'cache-control', 'x-oss-resource-group-id']


JUNK = ['', '-1', 'x', '\xff\xfe', '\t', '/a/b?versionId=', 'a' * 9000, '%zz', 'bytes=9-1', '=&=',
        '99999999999999999999']


@pytest.mark.parametrize('method', ['PUT', 'POST', 'GET', 'HEAD', 'DELETE'])
@pytest.mark.parametrize('params', ['', 'append', 'symlink'])
def test_headers_that_mean_nothing(emulator, client, method, params):
    query = {params: ''} if params else {}
    if params == 'append':
        query['position'] = '0'
    turn = len(method) * len(params)
    for name in HEADERS:
        turn += 1
        value = JUNK[turn % len(JUNK)]
        reply = client.send(method, 'fuzzed-headers', query, {name: value},
                            b'data' if method in ('PUT', 'POST') else None)
        assert reply.status < 500 or reply.status == 501, (name, value, reply)


def test_forms_that_mean_nothing(client):
    boundary = b'--x\r\n'
    part = b'Content-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    file = b'Content-Disposition: form-data; name="file"; filename="f"\r\n\r\ndata\r\n--x--\r\n'
    bodies = [b'', b'--x', boundary, boundary * 100, b'--x--', boundary + part % (b'key', b'k'), boundary + file,
              boundary + part % (b'key', b'\xff') + boundary + file, boundary + part % (b'', b'') + boundary + file,
              boundary + part % (b'key', b'../${filename}') + boundary + part % (b'policy', b'e30=') + boundary + file,
              boundary + b'\r\n\r\n' + boundary + file, boundary + part % (b'key', b'a' * 3_000_000) + boundary + file]
    for body in bodies:
        reply = client.send('POST', headers={'content-type': 'multipart/form-data; boundary=x'}, body=body)
        assert reply.status < 500, (body[:200], reply)


def test_the_services_beside_oss(emulator):
    with closing(http.client.HTTPConnection('127.0.0.1', emulator.port, timeout=TIMEOUT)) as connection:
        for path in ('/_ecs', '/_ecs/../../etc/passwd', '/_sts', '/_sts?Action=%00', '/_kms?Action=Decrypt', '/_kms',
                     '/_callback', '/_callback/%2e%2e', '/_ecs/latest/api/token'):
            for method in ('GET', 'POST', 'PUT', 'DELETE'):
                for body in (None, b'\xff\xfe', b'Action=AssumeRole&Timestamp=x&AccessKeyId=%ff'):
                    connection.request(method, path, body, {'Host': 'localhost'})
                    reply = connection.getresponse()
                    text = reply.read()
                    assert reply.status < 500, (method, path, text)
                    assert b'Traceback' not in text


def test_signed_urls_cut_at_any_place(emulator, client):
    bucket = emulator.bucket(BUCKET)
    for auth in (oss2.Auth, oss2.AuthV2, oss2.AuthV4):
        credentials = emulator.credentials
        bucket.auth = auth(credentials.access_key_id, credentials.access_key_secret)
        url = urllib.parse.urlsplit(bucket.sign_url('GET', 'k', 60))
        for end in range(0, len(url.query), 7):
            reply = client.send_raw('GET', url.path + '?' + url.query[:end], {'host': url.netloc})
            assert reply.status in (200, 400, 403), reply
