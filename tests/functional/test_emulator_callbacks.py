"""Callbacks to a server of the user's, and limits of speed."""
from __future__ import annotations

import base64
import json
import time
import urllib.parse

import pytest
import requests
from Crypto.Hash import MD5
from Crypto.PublicKey import RSA
from Crypto.Signature import pkcs1_15
from rawserver import answer

import oss2
from oss2.emulator import certificate
from oss2.exceptions import ServerError

FORM = 'bucket=${bucket}&object=${object}&size=${size}&etag=${etag}&mine=${x:mine}&none=${none}'


def encoded(document):
    return base64.b64encode(json.dumps(document).encode()).decode()


def headers_for(url, body=FORM, variables=None, **more):
    found = {'x-oss-callback': encoded({'callbackUrl': url, 'callbackBody': body, **more})}
    if variables is not None:
        found['x-oss-callback-var'] = encoded(variables)
    return found


@pytest.fixture
def server(raw_server):
    return raw_server(lambda received: answer(b'{"ok": true}', headers={'Content-Type': 'application/json'}))


def url_of(server, path='/called?a=b'):
    return server.url + path


class TestCallbacks:
    def test_a_put_is_told(self, oss_bucket, server):
        result = oss_bucket.put_object('a b/\u4e2d', b'data', headers=headers_for(
            url_of(server), variables={'x:mine': 'a&b'}))
        assert result.status == 200
        assert json.loads(result.resp.read()) == {'ok': True}
        (call,) = server.requests
        assert (call.method, call.target) == ('POST', '/called?a=b')
        assert call.headers['content-type'] == 'application/x-www-form-urlencoded'
        assert call.headers['x-oss-bucket'] == oss_bucket.bucket_name
        assert urllib.parse.parse_qs(call.body.decode(), keep_blank_values=True) == {
            'bucket': [oss_bucket.bucket_name], 'object': ['a b/\u4e2d'], 'size': ['4'], 'mine': ['a&b'],
            'etag': [result.etag], 'none': ['']}

    def test_in_json(self, oss_bucket, server):
        body = '{"key":${object},"size":${size},"type":${mimeType},"mine":${x:mine}}'
        oss_bucket.put_object('k"', b'data', headers=headers_for(
            url_of(server), body, {'x:mine': '\u4e2d'}, callbackBodyType='application/json', callbackHost='my.host'))
        (call,) = server.requests
        assert json.loads(call.body) == {'key': 'k"', 'size': 4, 'type': 'application/octet-stream', 'mine': '\u4e2d'}
        assert (call.headers['content-type'], call.headers['host']) == ('application/json', 'my.host')

    def test_multipart_uploads(self, oss_bucket, server):
        upload_id = oss_bucket.init_multipart_upload('k').upload_id
        part = oss_bucket.upload_part('k', upload_id, 1, b'data')
        result = oss_bucket.complete_multipart_upload('k', upload_id, [oss2.models.PartInfo(1, part.etag)],
                                                      headers=headers_for(url_of(server)))
        assert result.status == 200
        assert 'size=4' in server.requests[0].body.decode()
        assert len(server.requests) == 1

    def test_forms(self, oss_bucket, server):
        callback = headers_for(url_of(server))['x-oss-callback']
        form = oss_bucket.sign_post('k', 60, fields={'callback': callback, 'x:mine': 'me'})
        with requests.Session() as session:
            session.trust_env = False
            reply = session.post(form.url, data=form, files={'file': b'data'}, timeout=10)
        assert (reply.status_code, reply.json()) == (200, {'ok': True})
        assert 'mine=me' in server.requests[0].body.decode()

    def test_signed_urls(self, oss_bucket, server):
        url = oss_bucket.sign_url('PUT', 'k', 60, params={'callback': headers_for(url_of(server))['x-oss-callback']})
        assert oss_bucket.put_object_with_url(url, b'data').status == 200
        assert len(server.requests) == 1

    def test_the_next_server_is_called_when_one_fails(self, oss_bucket, server):
        urls = 'http://127.0.0.1:1/;' + url_of(server)
        assert oss_bucket.put_object('k', b'data', headers=headers_for(urls)).status == 200
        assert len(server.requests) == 1

    @pytest.mark.parametrize(('sent', 'message'), [
        (answer(b'{}', 500), 'Error status : 500.'), (answer(b'no json'), 'Response body is not valid json format.')])
    def test_failures_leave_the_object(self, oss_bucket, raw_server, sent, message):
        server = raw_server(lambda received: sent)
        result = oss_bucket.put_object('k', b'data', headers=headers_for(url_of(server)))
        assert result.status == 203
        body = result.resp.read().decode()
        assert '<Code>CallbackFailed</Code>' in body
        assert message in body
        assert oss_bucket.get_object('k').read() == b'data'

    @pytest.mark.parametrize('path', ['/', '/called', '/%E4%B8%AD%20a/b?x=%E4%B8%AD&y'])
    def test_calls_are_signed(self, oss_bucket, server, path):
        """As OSS's documentation tells servers to verify it: RSA over the MD5 of the decoded path and the body."""
        oss_bucket.put_object('k', b'data', headers=headers_for(url_of(server, path)))
        (call,) = server.requests
        with requests.Session() as session:
            session.trust_env = False
            pem = session.get(base64.b64decode(call.headers['x-oss-pub-key-url']).decode(), timeout=10).content
        target, mark, query = call.target.partition('?')
        signed = urllib.parse.unquote_to_bytes(target) + (mark + query).encode() + b'\n' + call.body
        verifier = pkcs1_15.new(RSA.import_key(pem))
        signature = base64.b64decode(call.headers['authorization'])
        verifier.verify(MD5.new(signed), signature)
        with pytest.raises(ValueError):
            verifier.verify(MD5.new(signed + b'!'), signature)

    def test_the_key_is_where_it_is_in_the_cloud(self, oss_emulator):
        with requests.Session() as session:
            session.trust_env = False
            url = oss_emulator.endpoint + '/callback_pub_key_v1.pem'
            reply = session.get(url, headers={'Host': 'gosspublic.alicdn.com'}, timeout=10)
            assert reply.content.startswith(b'-----BEGIN PUBLIC KEY-----')
            for method, path, status in (('GET', '/_callback/other', 404),
                                         ('PUT', '/_callback/callback_pub_key_v1.pem', 405)):
                assert session.request(method, oss_emulator.endpoint + path, timeout=10).status_code == status

    @pytest.mark.parametrize('url', ['http://192.0.2.1/', 'http://example.invalid/'])
    def test_other_machines_are_not_called(self, oss_bucket, url):
        result = oss_bucket.put_object('k', b'data', headers=headers_for(url))
        assert result.status == 203
        assert b'this machine only' in result.resp.read()

    def test_by_the_name_of_this_machine(self, oss_bucket, server):
        url = url_of(server).replace('127.0.0.1', 'localhost')
        assert oss_bucket.put_object('k', b'data', headers=headers_for(url)).status == 200
        assert server.last.headers['host'].startswith('localhost:')

    def test_over_tls_by_any_certificate(self, oss_bucket, raw_server, tmp_path):
        context = certificate.make_context(str(tmp_path / 'certificate.pem'), ['elsewhere.example'], [])
        server = raw_server(lambda received: answer(b'{}'), context=context)
        assert oss_bucket.put_object('k', b'data', headers=headers_for(server.url)).status == 200
        assert server.last.method == 'POST'

    def test_answers_that_are_too_long(self, oss_bucket, raw_server):
        server = raw_server(lambda received: answer(b'"%s"' % (b'x' * 3 * 1024 * 1024)))
        result = oss_bucket.put_object('k', b'data', headers=headers_for(server.url))
        assert result.status == 203
        assert b'too big' in result.resp.read()

    @pytest.mark.parametrize('callback', [
        'e30=', 'no base64', encoded([]), encoded({'callbackUrl': 'http://a'}),
        encoded({'callbackUrl': 'http://a', 'callbackBody': 'b', 'callbackBodyType': 'text/plain'})])
    def test_what_is_no_callback(self, oss_bucket, callback):
        with pytest.raises(ServerError) as caught:
            oss_bucket.put_object('k', b'data', headers={'x-oss-callback': callback})
        assert (caught.value.status, caught.value.code) == (400, 'InvalidArgument')
        assert not oss_bucket.object_exists('k')


class TestTrafficLimit:
    LIMIT = 8 * 1024 * 30
    """Bits: 30 KiB a second."""

    def test_both_directions(self, oss_bucket):
        data = b'x' * 15 * 1024
        headers = {oss2.headers.OSS_TRAFFIC_LIMIT: str(self.LIMIT)}
        for transfer in (lambda: oss_bucket.put_object('k', data, headers=headers),
                         lambda: oss_bucket.get_object('k', headers=headers).read(),
                         lambda: oss_bucket.get_object('k', params={'x-oss-traffic-limit': str(self.LIMIT)}).read()):
            started = time.perf_counter()
            transfer()
            assert time.perf_counter() - started > 0.25
        assert oss_bucket.get_object('k').read() == data

    @pytest.mark.parametrize('limit', ['245759', '838860801', 'fast'])
    def test_limits_of_the_limit(self, oss_bucket, limit):
        for call in (lambda **more: oss_bucket.put_object('k', b'', **more),
                     lambda **more: oss_bucket.get_object('k', **more)):
            with pytest.raises(ServerError) as caught:
                call(headers={'x-oss-traffic-limit': limit})
            assert caught.value.code == 'InvalidArgument'
