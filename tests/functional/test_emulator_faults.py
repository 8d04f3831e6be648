"""Faults on request, and the log of requests seen."""
from __future__ import annotations

import gzip
import http.client
import socket
import time

import pytest
from functional.emulator_client import Client, fresh, refused

import oss2

DATA = bytes(range(256)) * 40


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        client.put('k', DATA)
        client.emulator.requests.clear()
        yield client


@pytest.fixture
def faults(oss_emulator):
    return oss_emulator.faults


def closed(client):
    """Whether the server has closed the connection."""
    client.connection.sock.settimeout(5)
    try:
        return client.connection.sock.recv(1) == b''
    except ConnectionError:
        return True


class TestMatching:
    def test_so_many_requests(self, client, faults):
        fault = faults.fail(503, times=2)
        assert [client.get('k').status for _ in range(4)] == [503, 503, 200, 200]
        assert (fault.hits, fault.remaining) == (2, 0)

    def test_all_until_the_block_ends(self, client, faults):
        with faults.fail(500, times=None) as fault:
            assert {client.get('k').status for _ in range(5)} == {500}
        assert client.get('k').status == 200
        assert fault.hits == 5

    @pytest.mark.parametrize('match', [{'method': 'GET'}, {'method': 'get'}, {'key': 'k'}, {'key': '[a-k]*'},
                                       {'operation': 'GetObject'},
                                       {'method': 'GET', 'key': 'k', 'operation': 'GetObject'}])
    def test_conditions(self, client, faults, match):
        faults.fail(503, **match)
        assert client.send('PUT', 'other', body=b'').status == 200
        assert client.get('other').status == (503 if 'key' not in match else 200)
        assert client.get('k').status == (200 if 'key' not in match else 503)

    def test_several_kinds_at_once(self, client, faults):
        faults.chunked()
        faults.wrong_crc()
        reply = client.get('k')
        assert reply.headers['transfer-encoding'] == 'chunked'
        assert reply.headers['x-oss-hash-crc64ecma'] != client.get('k').headers['x-oss-hash-crc64ecma']

    def test_misspelt_conditions_are_refused(self, faults):
        with pytest.raises(TypeError, match='keys'):
            faults.fail(503, keys='k')

    def test_clear_and_reset_forget_them(self, client, faults, oss_emulator):
        faults.fail(503, times=None)
        faults.clear()
        assert client.get('k').status == 200
        faults.fail(503, times=None)
        oss_emulator.reset()
        assert client.send('PUT').status == 200


def test_fail(client, faults):
    faults.fail(503, 'ServiceUnavailable', 'come again', headers={'retry-after': '1'})
    reply = client.send('PUT', 'k', body=b'new')
    assert refused(reply, 503, 'ServiceUnavailable').findtext('Message') == 'come again'
    assert reply.headers['retry-after'] == '1'
    assert client.get('k').body == DATA


def test_fail_hides_no_body_from_the_next_request(client, faults):
    faults.fail(500, 'InternalError')
    assert client.send('PUT', 'k', body=b'x' * 2_000_000).status == 500
    assert client.get('k').body == DATA


def test_hang_for_a_while(client, faults):
    faults.hang(0.3)
    begun = time.monotonic()
    assert client.get('k').body == DATA
    assert time.monotonic() - begun >= 0.3


def test_hang_until_the_client_leaves(client, faults, oss_emulator):
    faults.hang()
    client.connection.timeout = 0.3
    client.connection.close()
    with pytest.raises(socket.timeout):
        client.get('k')
    client.close()
    client.connection.timeout = 20
    assert client.get('k').body == DATA


def test_redirect(client, faults):
    faults.redirect('http://127.0.0.1:1/elsewhere', 307)
    reply = client.get('k')
    assert (reply.status, reply.headers['location']) == (307, 'http://127.0.0.1:1/elsewhere')


@pytest.mark.parametrize('after', [0, 1000])
def test_cut_request(client, faults, after):
    faults.cut_request(after)
    with pytest.raises(ConnectionError):
        client.send('PUT', 'k', body=b'x' * 20_000_000)
    client.close()
    assert client.get('k').body == DATA


@pytest.mark.parametrize('after', [0, 1, 5000])
def test_cut_answer(client, faults, after):
    faults.cut_answer(after)
    with pytest.raises(http.client.IncompleteRead) as caught:
        client.get('k')
    assert caught.value.partial == DATA[:after]
    client.close()
    assert client.get('k').body == DATA


def test_cut_answer_to_a_client_that_reads_late(client, faults):
    data = DATA * 4000
    client.put('large', data)
    client.set_acl('public-read')
    faults.cut_answer(len(data) - 1)
    client.connection.request('GET', client.path('large'))
    time.sleep(0.3)
    with pytest.raises(http.client.IncompleteRead) as caught:
        client.connection.getresponse().read()
    assert caught.value.partial == data[:-1]
    client.close()


def test_a_chunked_answer_has_no_length_to_be_wrong(client, faults):
    faults.chunked(1000)
    faults.wrong_length(5)
    reply = client.get('k')
    assert (reply.body, reply.headers.get('content-length')) == (DATA, None)
    client.close()
    assert client.get('k').body == DATA


def test_drop_answer_after_doing_what_was_asked(client, faults):
    faults.drop_answer()
    with pytest.raises(ConnectionError):
        client.send('PUT', 'k', body=b'new')
    client.close()
    assert client.get('k').body == b'new'


def test_wrong_crc(client, faults):
    right = client.get('k').headers['x-oss-hash-crc64ecma']
    faults.wrong_crc()
    reply = client.get('k')
    assert reply.body == DATA
    assert reply.headers['x-oss-hash-crc64ecma'] != right
    assert client.get('k').headers['x-oss-hash-crc64ecma'] == right


def test_corrupt(client, faults):
    faults.corrupt()
    reply = client.get('k')
    assert reply.body == bytes([DATA[0] ^ 1]) + DATA[1:]
    assert client.get('k').body == DATA


def test_wrong_length(client, faults):
    faults.wrong_length(5)
    with pytest.raises(http.client.IncompleteRead) as caught:
        client.get('k')
    assert caught.value.partial == DATA
    client.close()
    faults.wrong_length(-5)
    reply = client.get('k')
    assert (reply.body, reply.headers['content-length']) == (DATA[:-5], str(len(DATA) - 5))


@pytest.mark.parametrize('key', ['k', 'empty', 'large'])
def test_chunked(client, faults, key):
    datas = {'k': DATA, 'empty': b'', 'large': DATA * 50}
    client.put(key, datas[key])
    faults.chunked(1000)
    reply = client.get(key)
    assert reply.headers['transfer-encoding'] == 'chunked'
    assert 'content-length' not in reply.headers
    assert reply.body == datas[key]


def test_gzip(client, faults):
    faults.gzip()
    reply = client.get('k')
    assert reply.headers['content-encoding'] == 'gzip'
    assert gzip.decompress(reply.body) == DATA


def test_trickle(client, faults):
    faults.trickle(size=len(DATA) // 4, delay=0.05)
    begun = time.monotonic()
    assert client.get('k').body == DATA
    assert time.monotonic() - begun >= 0.15


def test_close_idle(client, faults):
    faults.close_idle()
    reply = client.get('k')
    assert (reply.body, reply.headers['connection']) == (DATA, 'keep-alive')
    assert closed(client)


@pytest.mark.parametrize('kind', ['cut_answer', 'drop_answer', 'wrong_length', 'chunked', 'gzip', 'close_idle',
                                  'wrong_crc', 'corrupt'])
def test_every_distortion_goes_with_every_answer(client, faults, kind):
    for method, key in (('HEAD', 'k'), ('GET', 'none'), ('HEAD', 'none'), ('DELETE', 'none'), ('GET', '')):
        getattr(faults, kind)()
        try:
            client.send(method, key)
        except (http.client.HTTPException, OSError):
            pass
        faults.clear()
        client.close()
    assert client.get('k').body == DATA


def test_stopping_does_not_wait_for_hanging_requests(client):
    from oss2.emulator import Emulator
    emulator = Emulator().start()
    hanging = Client(emulator)
    emulator.faults.hang()
    hanging.connection.request('GET', '/')
    deadline = time.monotonic() + 5
    while not emulator.requests and time.monotonic() < deadline:
        time.sleep(0.01)
    begun = time.monotonic()
    emulator.stop()
    assert time.monotonic() - begun < 2
    hanging.close()


class TestLog:
    def test_what_a_request_was(self, client, oss_emulator):
        client.send('PUT', 'a b', headers={'x-oss-meta-a': '1'}, body=b'abc')
        client.send('GET', 'none', {'versionId': 'null'})
        client.send('GET', bucket='')
        put, get, listing = oss_emulator.requests
        assert (put.method, put.bucket, put.key, put.operation, put.status, put.code, put.received) == (
            'PUT', 'test-bucket', 'a b', 'PutObject', 200, '', 3)
        assert put.headers['x-oss-meta-a'] == '1'
        assert (get.operation, get.status, get.code) == ('GetObject', 404, 'NoSuchVersion')
        assert get.params == {'versionId': 'null'}
        assert (listing.operation, listing.bucket, listing.key) == ('ListBuckets', '', '')
        assert len({seen.request_id for seen in oss_emulator.requests}) == 3

    def test_finding(self, client, oss_emulator):
        client.get('k')
        client.get('none')
        requests = oss_emulator.requests
        assert [seen.key for seen in requests.find(operation='GetObject')] == ['k', 'none']
        assert [seen.key for seen in requests.find(status=404, method='GET')] == ['none']
        assert requests.find(key='other') == []
        assert len(requests) == 2
        assert requests[-1].key == 'none'
        requests.clear()
        assert list(requests) == []

    def test_connections_can_be_counted(self, client, oss_emulator):
        for _ in range(3):
            client.get('k')
        assert len({seen.client for seen in oss_emulator.requests}) == 1
        client.close()
        client.get('k')
        assert len({seen.client for seen in oss_emulator.requests}) == 2

    def test_requests_without_an_answer(self, client, faults, oss_emulator):
        faults.cut_request()
        with pytest.raises(ConnectionError):
            client.get('k')
        assert oss_emulator.requests[-1].status is None


def test_a_status_that_has_no_name(client, faults):
    faults.fail(599, 'Strange')
    faults.trickle(100, 0.0)
    reply = client.get('k')
    assert (reply.status, reply.code) == (599, 'Strange')
    faults.fail(599, 'Strange')
    faults.cut_answer(10)
    with pytest.raises(http.client.IncompleteRead) as caught:
        client.get('k')
    assert len(caught.value.partial) == 10


def test_a_large_answer_that_is_cut_for_a_slow_client(client, faults):
    """The server does not keep more of it than the client can take soon."""
    data = b'x' * 30_000_000
    client.put('large', data)
    faults.cut_answer(len(data) - 1)
    client.connection.request('GET', client.path('large'), headers=signed(client, 'large'))
    time.sleep(0.3)
    with pytest.raises(http.client.IncompleteRead) as caught:
        client.connection.getresponse().read()
    assert len(caught.value.partial) == len(data) - 1
    client.close()


def signed(client, key):
    request = oss2.http.Request('GET', client.emulator.endpoint, region=client.emulator.region, product='oss')
    client.auth._sign_request(request, 'test-bucket', key)
    return {name: value for name, value in request.headers.items() if value is not None}
