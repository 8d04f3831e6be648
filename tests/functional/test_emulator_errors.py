"""Error answers, and requests that are no requests: an OSS error or a closed connection, and never anything else."""
from __future__ import annotations

import logging
import os
import socket
import time

import pytest
from functional.emulator_client import fresh, refused

from oss2.emulator import Emulator


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        yield client


def test_an_error_document(client):
    reply = client.get('missing')
    assert reply.headers['content-type'] == 'application/xml'
    assert [child.tag for child in reply.error] == [
        'Code', 'Message', 'RequestId', 'HostId', 'Key', 'EC', 'RecommendDoc']
    assert reply.error.findtext('RequestId') == reply.headers['x-oss-request-id']
    assert reply.error.findtext('HostId') == '127.0.0.1'
    assert reply.error.findtext('EC') == reply.headers['x-oss-ec']


def test_an_error_to_head_is_in_the_headers(client):
    reply = client.send('HEAD', 'missing')
    assert (reply.status, reply.body) == (404, b'')
    assert reply.headers['x-oss-ec'] == '0026-00000001'
    assert [reply.error.findtext(name) for name in ('Code', 'Key', 'EC')] == ['NoSuchKey', 'missing', '0026-00000001']
    assert reply.error.findtext('RequestId') == reply.headers['x-oss-request-id']


def test_not_modified_has_no_body(client):
    etag = client.put('k', b'data').headers['etag']
    reply = client.get('k', {'If-None-Match': etag})
    assert (reply.status, reply.body, reply.headers['etag']) == (304, b'', etag)
    assert client.get('k').body == b'data'


@pytest.mark.parametrize(('method', 'key', 'params'), [
    ('PATCH', '', {}), ('PUT', '', {'location': ''}), ('DELETE', '', {'acl': ''}), ('POST', 'k', {}),
    ('PATCH', 'k', {})])
def test_methods_a_resource_does_not_have(client, method, key, params):
    refused(client.send(method, key, params), 405, 'MethodNotAllowed')


def test_what_the_emulator_lacks_it_does_not_mistake_for_something_else(client):
    """Only until it has them all: then any other of OSS's sub-resources serves here."""
    client.put('k')
    refused(client.send('GET', params={'vpcip': ''}), 501, 'NotImplemented')
    refused(client.send('PUT', 'k', headers={'x-oss-callback': 'e30='}), 400, 'InvalidArgument')


HOST = b'Host: 127.0.0.1\r\n'


def request(line, *headers, body=b''):
    return line + b' HTTP/1.1\r\n' + b''.join(header + b'\r\n' for header in (HOST[:-2], *headers)) + b'\r\n' + body


def document(body):
    return request(b'POST /test-bucket?delete', b'Content-Length: %d' % len(body), body=body)


BAD_REQUESTS = {
    'garbage': b'\x00\x01\x02 garbage\r\n\r\n',
    'no host': b'GET / HTTP/1.1\r\n\r\n',
    'an old version': b'GET /test-bucket/k HTTP/1.0\r\n\r\n',
    'a bucket above the root': request(b'GET /../../etc/passwd'),
    'a bucket above the root, encoded': request(b'PUT /%2e%2e/%2e%2e%2fetc', b'Content-Length: 0'),
    'a key above the root': request(b'PUT /test-bucket/../../../tmp/x', b'Content-Length: 1', body=b'x'),
    'a key above the root, encoded': request(b'PUT /test-bucket/..%2f..%2ftmp%2fx', b'Content-Length: 1', body=b'x'),
    'a key that is a path': request(b'PUT /test-bucket/%2ftmp%2fx', b'Content-Length: 1', body=b'x'),
    'a key with a null byte': request(b'PUT /test-bucket/a%00b', b'Content-Length: 1', body=b'x'),
    'a key that is not UTF-8': request(b'GET /test-bucket/%ff%fe'),
    'a path that is not ASCII': request(b'GET /test-bucket/\xe4\xb8\xad'),
    'a full URL': request(b'GET http://test-bucket.oss-cn-hangzhou.aliyuncs.com/k'),
    'no path': request(b'OPTIONS *'),
    'a tunnel': request(b'CONNECT localhost:1'),
    'an unknown method': request(b'BREW /test-bucket/k'),
    'a thousand headers': request(b'GET /test-bucket/k', *(b'x-h-%d: %s' % (n, b'v' * 50) for n in range(1000))),
    'a huge header': request(b'GET /test-bucket/k', b'x-h: ' + b'v' * 2_000_000),
    'a huge path': request(b'GET /test-bucket/' + b'k' * 200_000),
    'a thousand parameters': request(b'GET /test-bucket?' + b'&'.join(b'p%d=v' % n for n in range(1000))),
    'a length that is no number': request(b'PUT /test-bucket/new', b'Content-Length: many'),
    'a negative length': request(b'PUT /test-bucket/new', b'Content-Length: -1'),
    'two lengths': request(b'PUT /test-bucket/new', b'Content-Length: 1', b'Content-Length: 2', body=b'ab'),
    'a length and chunks': request(b'PUT /test-bucket/new', b'Content-Length: 1', b'Transfer-Encoding: chunked',
                                   body=b'0\r\n\r\n'),
    'a length beyond all bounds': request(b'PUT /test-bucket/new', b'Content-Length: 99999999999999'),
    'chunks that are none': request(b'PUT /test-bucket/new', b'Transfer-Encoding: chunked', body=b'zz\r\nabc\r\n'),
    'a range that is no number': request(b'GET /test-bucket/k', 'Range: bytes=\u0663-\u0665'.encode()),
    'a range beyond all bounds': request(b'GET /test-bucket/k', b'Range: bytes=0-' + b'9' * 5000),
    'a control character in a header': request(b'PUT /test-bucket/new', b'Content-Length: 0', b'x-oss-meta-a: a\x01b'),
    'a version that is a path': request(b'GET /test-bucket/k?versionId=../../x'),
    'a continuation that is none': request(b'GET /test-bucket?list-type=2&continuation-token=%ff'),
    'an unpaired surrogate': request(b'GET /test-bucket?prefix=%ED%A0%80'),
    'an upgrade': request(b'GET /test-bucket/k', b'Connection: Upgrade', b'Upgrade: websocket',
                          b'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', b'Sec-WebSocket-Version: 13'),
    'XML that ends early': document(b'<Delete>'),
    'XML with entities': document(b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]>'
                                  b'<Delete><Object><Key>&z;</Key></Object></Delete>'),
    'XML with an outer file': document(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><Delete/>'),
    'XML in no known encoding': document(b'<?xml version="1.0" encoding="none"?><Delete/>'),
    'XML a hundred thousand levels deep': document(b'<a>' * 100_000),
}


def exchange(port, data):
    """Send bytes, then read until the server has answered and closed, or is silent."""
    with socket.create_connection(('127.0.0.1', port)) as connection:
        connection.settimeout(5)
        received = b''
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while True:
                chunk = connection.recv(65536)
                if not chunk:
                    return received
                received += chunk
        except ConnectionError:
            return received


def settles(condition):
    """Whether a condition comes true soon: the server may learn later than the client that a connection is gone."""
    for _ in range(500):
        if condition():
            return True
        time.sleep(0.01)
    return False


@pytest.fixture(scope='module')
def open_emulator(tmp_path_factory):
    """An emulator with a bucket that everybody may write to, and the folder of its data."""
    folder = tmp_path_factory.mktemp('above') / 'data'
    with Emulator(data=str(folder)) as emulator:
        with fresh(emulator) as client:
            client.set_acl('public-read-write')
            client.put('k', b'x' * 2000)
            yield emulator, folder


@pytest.mark.parametrize('data', BAD_REQUESTS.values(), ids=BAD_REQUESTS.keys())
def test_bad_requests(open_emulator, caplog, data):
    emulator, folder = open_emulator
    with caplog.at_level(logging.DEBUG):
        received = exchange(emulator.port, data)
    assert not [record for record in caplog.records if record.levelno > logging.WARNING or record.exc_info]
    if received:
        status = int(received.split(b' ', 2)[1])
        assert received.startswith(b'HTTP/1.1 ')
        assert b'Server: AliyunOSS' in received
        assert 200 <= status < 500
        assert status < 400 or b'<Error>' in received
    assert b'Traceback' not in received
    assert b'root:' not in received
    assert settles(lambda: {name for _, _, names in os.walk(folder.parent) for name in names} <= {
        'index.sqlite3', 'index.sqlite3-wal', 'index.sqlite3-shm'})
    assert exchange(emulator.port, request(b'GET /test-bucket/k', b'Connection: close')).endswith(b'x' * 2000)


class TestBodies:
    @pytest.mark.parametrize('sent', [0, 100_000])
    def test_that_end_early_leave_no_object(self, open_emulator, sent):
        emulator, folder = open_emulator
        line = request(b'PUT /test-bucket/short', b'Content-Length: 200000')
        assert exchange(emulator.port, line + b'x' * sent) == b''
        assert b'NoSuchKey' in exchange(emulator.port, request(b'GET /test-bucket/short', b'Connection: close'))
        assert settles(lambda: not [name for _, _, names in os.walk(folder / 'contents') for name in names])

    def test_that_never_come_time_out(self, open_emulator):
        emulator, _ = open_emulator
        emulator.state.request_timeout = 0.2
        try:
            with socket.create_connection(('127.0.0.1', emulator.port)) as connection:
                connection.settimeout(10)
                connection.sendall(request(b'PUT /test-bucket/new', b'Content-Length: 10') + b'abc')
                received = b''.join(iter(lambda: connection.recv(65536), b''))
        finally:
            emulator.state.request_timeout = 30.0
        assert received.startswith(b'HTTP/1.1 400 ')
        assert b'<Code>RequestTimeout</Code>' in received

    def test_are_not_asked_for_when_they_are_refused(self, oss_emulator, client):
        with socket.create_connection(('127.0.0.1', oss_emulator.port)) as connection:
            connection.settimeout(10)
            connection.sendall(request(b'PUT /test-bucket/new', b'Content-Length: 10', b'Expect: 100-continue'))
            received = b''.join(iter(lambda: connection.recv(65536), b''))
        assert received.startswith(b'HTTP/1.1 403 ')
        assert b'Connection: close' in received

    def test_are_asked_for_when_they_are_welcome(self, open_emulator):
        emulator, _ = open_emulator
        with socket.create_connection(('127.0.0.1', emulator.port)) as connection:
            connection.settimeout(10)
            connection.sendall(request(b'PUT /test-bucket/e', b'Content-Length: 3', b'Expect: 100-continue',
                                       b'Connection: close'))
            assert connection.recv(65536) == b'HTTP/1.1 100 Continue\r\n\r\n'
            connection.sendall(b'abc')
            assert connection.recv(65536).startswith(b'HTTP/1.1 200 ')

    def test_of_refused_requests_do_not_spoil_the_connection(self, client):
        client.auth = False
        for size in (10, 1_000_000):
            refused(client.send('PUT', 'k', body=b'x' * size), 403, 'AccessDenied')
        assert len({seen.client for seen in client.emulator.requests[-2:]}) == 1

    def test_that_are_broken_off_leave_no_file(self, open_emulator):
        emulator, folder = open_emulator
        with socket.create_connection(('127.0.0.1', emulator.port)) as connection:
            connection.sendall(request(b'PUT /test-bucket/new', b'Content-Length: 9000000') + b'x' * 8_000_000)
            assert settles(lambda: [name for _, _, names in os.walk(folder / 'contents') for name in names])
        assert settles(lambda: not [name for _, _, names in os.walk(folder / 'contents') for name in names])

    def test_in_chunks_beyond_all_bounds(self, client, monkeypatch):
        from oss2.emulator import app
        monkeypatch.setattr(app, '_LARGEST_BODY', 1000)
        reply = client.send('PUT', 'k', headers={'Transfer-Encoding': 'chunked'}, body=iter([b'5\r\nabcde\r\n'] * 300))
        refused(reply, 400, 'EntityTooLarge')

    def test_of_documents_beyond_all_bounds(self, client):
        from oss2.emulator import messages
        body = b'<Delete>%s</Delete>' % (b' ' * messages.DOCUMENT_LIMIT)
        refused(client.send('POST', params={'delete': ''}, body=body), 400, 'MalformedXML')


def test_a_request_that_is_nested_too_deeply(client, monkeypatch):
    from oss2.emulator.operations import objects

    def deeper(*args):
        return deeper(*args)

    monkeypatch.setattr(objects._reading, 'find', deeper)
    reply = client.get('k')
    refused(reply, 400, 'InvalidArgument')
    assert 'nested too deeply' in reply.error.findtext('Message')
