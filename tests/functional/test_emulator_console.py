"""The emulator's control API and the files of its page, below ``/-/``."""
from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

import oss2
from oss2.emulator import Emulator
from oss2.emulator.console import api, guard, pages
from oss2.emulator.console.calls import Refused

STATIC = Path(pages.__file__).parent / 'static'


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    @property
    def json(self):
        assert self.headers['content-type'] == 'application/json'
        return json.loads(self.body)


class Console:
    """Sends what it is told; a body that is no text goes as JSON."""

    def __init__(self, emulator):
        self.emulator = emulator

    def raw(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(*self.emulator.netloc.split(':'), timeout=20)
        try:
            connection.request(method, path, body, headers or {})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def __call__(self, method, path, body=None, headers=None):
        headers = dict(headers or {})
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        if body is not None:
            headers.setdefault('Content-Type', 'application/json')
        return self.raw(method, '/-/api/' + path, body, headers)

    def refused(self, status, *args, **kwargs):
        answer = self(*args, **kwargs)
        assert answer.status == status, answer.body
        return answer.json['error']


@pytest.fixture
def console(oss_emulator, own_requests):
    oss_emulator.reset()
    yield Console(oss_emulator)
    oss_emulator.faults.clear()


class TestState:
    def test_tells_how_to_reach_it(self, console, oss_emulator):
        oss_emulator.bucket('b-2')
        oss_emulator.bucket('a-1')
        assert console('GET', 'state').json == {
            'endpoint': oss_emulator.endpoint, 'region': 'cn-hangzhou',
            'access_key_id': oss_emulator.credentials.access_key_id,
            'access_key_secret': oss_emulator.credentials.access_key_secret, 'buckets': ['a-1', 'b-2']}

    def test_reset_forgets_everything(self, console, oss_emulator):
        oss_emulator.bucket('a-1').put_object('k', b'')
        oss_emulator.faults.fail(times=None)
        answer = console('POST', 'reset')
        assert (answer.status, answer.body) == (204, b'')
        assert console('GET', 'state').json['buckets'] == []
        assert console('GET', 'requests').json['requests'] == []
        assert console('GET', 'faults').json['faults'] == []

    def test_a_bucket_is_made(self, console, oss_emulator):
        assert console('POST', 'buckets', {'name': 'made-here', 'acl': 'public-read'}).status == 204
        bucket = oss_emulator.bucket('made-here')
        assert bucket.get_bucket_acl().acl == 'public-read'
        bucket.put_object('k', b'1')
        assert console('POST', 'buckets', {'name': 'made-here'}).status == 204
        assert bucket.get_object('k').read() == b'1'

    def test_a_bucket_that_cannot_be(self, console):
        assert console('POST', 'buckets', {'name': 'NO'}).json['code'] == 'InvalidBucketName'
        assert console('POST', 'buckets', {'name': '-'}).status == 400
        assert 'acl' in console.refused(400, 'POST', 'buckets', {'name': 'good', 'acl': 'open'}).lower()
        assert "'name' is missing" in console.refused(400, 'POST', 'buckets', {})
        assert "'name' must be a string, not 7" in console.refused(400, 'POST', 'buckets', {'name': 7})

    def test_the_endpoint_with_tls(self):
        with Emulator(tls=True) as emulator:
            state = requests.get(emulator.endpoint + '/-/api/state', verify=emulator.certificate, timeout=20).json()
            assert state['endpoint'] == emulator.endpoint


class TestRequests:
    def test_tells_of_requests_and_not_of_itself(self, console, oss_emulator):
        oss_emulator.bucket('log-1').put_object('a b/中', b'12345')
        found = console('GET', 'requests').json['requests']
        assert [one['operation'] for one in found] == ['PutBucket', 'PutObject']
        put = found[1]
        assert {name: put[name] for name in ('method', 'bucket', 'key', 'received', 'status', 'code', 'index')} == {
            'method': 'PUT', 'bucket': 'log-1', 'key': 'a b/中', 'received': 5, 'status': 200, 'code': '', 'index': 1}
        assert put['client'][0] == '127.0.0.1'
        assert put['headers']['authorization'].startswith('OSS4-HMAC-SHA256 ')
        assert put['request_id'] == oss_emulator.requests[1].request_id
        assert abs(put['time'] - time.time()) < 60
        assert 0 < put['seconds'] < 60

    def test_is_filtered(self, console, oss_emulator):
        bucket = oss_emulator.bucket('log-1')
        bucket.put_object('k', b'')
        assert not bucket.object_exists('other')

        def keys(query):
            return [one['key'] for one in console('GET', 'requests?' + query).json['requests']]

        assert keys('operation=PutObject') == ['k']
        assert keys('method=HEAD&key=other') == keys('status=404') == ['other']
        assert keys('status=404&key=k') == []

    def test_goes_on_where_it_was(self, console, oss_emulator):
        bucket = oss_emulator.bucket('log-1')
        first = console('GET', 'requests').json
        assert first['next'] == 1
        bucket.put_object('k', b'')
        second = console('GET', 'requests?since=1').json
        assert [one['operation'] for one in second['requests']] == ['PutObject']
        assert second['next'] == 2
        assert console('GET', 'requests?since=2').json['requests'] == []

    def test_a_log_that_was_cleared_begins_anew(self, console, oss_emulator):
        bucket = oss_emulator.bucket('log-1')
        for _ in range(3):
            bucket.put_object('k', b'')
        before = console('GET', 'requests').json
        assert console('DELETE', 'requests').status == 204
        bucket.delete_object('k')
        after = console('GET', 'requests?since=%d' % before['next']).json
        assert after['cleared'] == before['cleared'] + 1
        assert [(one['index'], one['operation']) for one in after['requests']] == [(0, 'DeleteObject')]

    def test_counts_on_when_the_oldest_are_dropped(self):
        log = oss2.emulator.RequestLog()
        for number in range(10003):
            log.add(oss2.emulator.Seen('GET', 'b', str(number), '', ('', 0)))
        _, first, seen = log.since(0)
        assert (first, len(seen), seen[0].key) == (3, 10000, '3')
        assert [(log.since(10002)[1], log.since(10002)[2][0].key)] == [(10002, '10002')]

    def test_a_filter_that_is_none(self, console):
        assert "'opration'" in console.refused(400, 'GET', 'requests?opration=PutObject')
        assert 'since must be a number' in console.refused(400, 'GET', 'requests?since=x')
        assert 'status must be a number' in console.refused(400, 'GET', 'requests?status=4xx')


class TestFaults:
    def test_hits_and_is_told_of(self, console, oss_emulator):
        bucket = oss_emulator.bucket('faulty')
        added = console('POST', 'faults', {'kind': 'fail', 'values': {'status': 400, 'code': 'Broken'}, 'times': 2,
                                           'method': 'PUT', 'key': 'logs/*', 'operation': 'PutObject'})
        assert added.status == 201
        for _ in range(2):
            with pytest.raises(oss2.exceptions.ServerError) as caught:
                bucket.put_object('logs/1', b'')
            assert (caught.value.status, caught.value.code) == (400, 'Broken')
        bucket.put_object('logs/1', b'')
        assert console('GET', 'faults').json['faults'] == [{
            'id': added.json['id'], 'kind': 'fail', 'remaining': 0, 'hits': 2, 'method': 'PUT', 'key': 'logs/*',
            'operation': 'PutObject', 'values': {'status': 400, 'code': 'Broken', 'message': None, 'headers': None}}]

    def test_a_value_may_be_null(self, console):
        assert console('POST', 'faults', {'kind': 'fail', 'values': {'message': None}}).status == 201
        [fault] = console('GET', 'faults').json['faults']
        assert fault['values']['message'] is None

    def test_none_hits_the_console(self, console, oss_emulator):
        oss_emulator.bucket('faulty')
        console('POST', 'faults', {'kind': 'fail', 'times': None})
        assert console('GET', 'state').status == 200
        assert console('GET', 'oss/faulty').status == 200
        [fault] = console('GET', 'faults').json['faults']
        assert (fault['hits'], fault['remaining']) == (0, None)

    def test_one_is_removed(self, console):
        ids = [console('POST', 'faults', {'kind': 'hang'}).json['id'] for _ in range(3)]
        assert console('DELETE', 'faults/%s' % ids[1]).status == 204
        assert [one['id'] for one in console('GET', 'faults').json['faults']] == [ids[0], ids[2]]
        assert 'there is no fault' in console.refused(404, 'DELETE', 'faults/%s' % ids[1])
        assert console('DELETE', 'faults').status == 204
        assert console('GET', 'faults').json['faults'] == []

    def test_every_kind_there_is_in_python(self, console):
        kinds = console('GET', 'kinds').json
        names = {one['kind'] for one in kinds['kinds']}
        assert {'fail', 'hang', 'redirect', 'cut_request', 'cut_answer', 'drop_answer', 'wrong_crc', 'corrupt',
                'wrong_length', 'chunked', 'gzip', 'skew', 'trickle', 'close_idle'} <= names
        assert {'PutObject', 'ListObjectsV2', 'CompleteMultipartUpload'} <= set(kinds['operations'])
        needed = {'string': 'http://127.0.0.1/', 'number': 1.5, 'integer': 1}
        for one in kinds['kinds']:
            values = {value['name']: needed[value['type']] for value in one['values'] if value['required']}
            assert console('POST', 'faults', {'kind': one['kind'], 'values': values}).status == 201, one
        assert [fault['kind'] for fault in console('GET', 'faults').json['faults']] == [
            one['kind'] for one in kinds['kinds']]

    @pytest.mark.parametrize(('fault', 'message'), [
        ({}, "'kind' is missing"),
        ({'kind': 'explode'}, "there is no kind of fault 'explode'"),
        ({'kind': 'clear'}, "there is no kind of fault 'clear'"),
        ({'kind': '_add'}, "there is no kind of fault '_add'"),
        ({'kind': 'fail', 'values': {'stat': 1}}, "fail takes no value 'stat'; it takes status, code"),
        ({'kind': 'fail', 'values': {'status': '503'}}, "'values.status' must be of type integer, not \"503\""),
        ({'kind': 'fail', 'values': {'status': 99}}, "'values.status' must be from 200 to 599"),
        ({'kind': 'fail', 'values': {'status': True}}, "'values.status' must be of type integer"),
        ({'kind': 'fail', 'values': {'headers': {'a': 'b\r\nc: d'}}}, 'cannot be sent in a header'),
        ({'kind': 'fail', 'values': []}, "'values' must be an object"),
        ({'kind': 'redirect'}, "redirect needs the value 'location'"),
        ({'kind': 'redirect', 'values': {'location': 'a\nb'}}, 'cannot be sent in a header'),
        ({'kind': 'trickle', 'values': {'size': 0}}, "'values.size' must be from 1"),
        ({'kind': 'hang', 'times': 0}, "'times' must be an integer of 1 or more"),
        ({'kind': 'hang', 'times': 1.5}, "'times' must be an integer of 1 or more"),
        ({'kind': 'hang', 'key': 3}, "'key' must be a string, not 3"),
        ({'kind': 'hang', 'bucket': 'b'}, "'bucket' is not known here"),
        ({'kind': 'skew', 'values': {'seconds': 1e10}}, "'values.seconds' must be at most 1e9"),
    ], ids=range(18))
    def test_what_cannot_be(self, console, fault, message):
        assert message in console.refused(400, 'POST', 'faults', fault)
        assert console('GET', 'faults').json['faults'] == []


class TestTools:
    def test_lifecycle_as_if_it_were_later(self, console, oss_emulator):
        bucket = oss_emulator.bucket('aging')
        bucket.put_object('old', b'')
        bucket.put_bucket_lifecycle(oss2.models.BucketLifecycle([oss2.models.LifecycleRule(
            'rule', '', expiration=oss2.models.LifecycleExpiration(days=1))]))
        assert console('POST', 'lifecycle', {'now': None}).json == {'done': []}
        done = console('POST', 'lifecycle', {'now': time.time() + 3 * 24 * 3600}).json['done']
        assert [(one['bucket'], one['key'], one['rule']) for one in done] == [('aging', 'old', 'rule')]
        assert not bucket.object_exists('old')

    def test_temporary_credentials_are_good_for_a_time(self, console, oss_emulator):
        oss_emulator.bucket('sts-1')

        def use(duration):
            given = console('POST', 'sts', {'duration': duration}).json
            auth = oss2.StsAuth(given['access_key_id'], given['access_key_secret'], given['security_token'])
            with oss2.Bucket(auth, oss_emulator.endpoint, 'sts-1') as bucket:
                bucket.put_object('k', b'')
            return given

        assert abs(use(600)['expiration'] - time.time() - 600) < 60
        with pytest.raises(oss2.exceptions.ServerError) as caught:
            use(-1)
        assert caught.value.code == 'SecurityTokenExpired'

    @pytest.mark.parametrize('duration', ['long', True, 1e300, [1], 1e10], ids=str)
    def test_durations_that_are_none(self, console, duration):
        assert "'duration' must be" in console.refused(400, 'POST', 'sts', {'duration': duration})


class TestSigning:
    @pytest.mark.parametrize('version', [1, 2, 4])
    @pytest.mark.parametrize('key', ['a/b c', '中文', '<script>"\'&', 'line\nbreak', 'a//b', 'a/../b', '%2F+'],
                             ids=range(7))
    def test_urls_put_and_get(self, console, oss_emulator, version, key):
        oss_emulator.bucket('signed')
        for method, body in (('PUT', b'data'), ('GET', None)):
            url = console('POST', 'sign', {'method': method, 'bucket': 'signed', 'key': key, 'version': version}
                          ).json['url']
            parts = urlsplit(url)
            answer = console.raw(method, '%s?%s' % (parts.path, parts.query), body)
            assert answer.status == 200, answer.body
        assert answer.body == b'data'

    def test_urls_with_parameters_and_headers(self, console, oss_emulator):
        oss_emulator.bucket('signed')
        url = console('POST', 'sign', {'method': 'PUT', 'bucket': 'signed', 'key': 'k', 'headers': {
            'Content-Type': 'text/x-a', 'x-oss-meta-a': '1'}}).json['url']
        sent = {'Content-Type': 'text/x-a', 'x-oss-meta-a': '1'}
        assert requests.put(url, data=b'data', headers=sent, timeout=20).status_code == 200
        assert requests.put(url, data=b'data', headers={**sent, 'x-oss-meta-a': '2'}, timeout=20).status_code == 403
        url = console('POST', 'sign', {'bucket': 'signed', 'key': 'k', 'params': {
            'response-content-disposition': 'attachment; filename="é"'}}).json['url']
        got = requests.get(url, timeout=20)
        assert (got.content, got.headers['Content-Type']) == (b'data', 'text/x-a')
        assert got.headers['Content-Disposition'].startswith('attachment')

    def test_urls_of_buckets_and_of_the_service(self, console, oss_emulator):
        oss_emulator.bucket('signed')
        for bucket, params, expected in (('signed', {'acl': ''}, b'<AccessControlPolicy>'), ('', {}, b'<Name>signed')):
            url = console('POST', 'sign', {'bucket': bucket, 'params': params}).json['url']
            assert expected in requests.get(url, timeout=20).content

    def test_urls_lead_to_where_the_client_found_it(self, console, oss_emulator):
        host = 'localhost:%d' % oss_emulator.port
        url = console('POST', 'sign', {'bucket': 'signed', 'key': 'k'}, headers={'Host': host}).json['url']
        assert url.startswith('http://%s/signed/k?' % host)

    @pytest.mark.parametrize('version', [1, 4])
    def test_forms(self, console, oss_emulator, version):
        bucket = oss_emulator.bucket('signed')
        form = console('POST', 'form', {
            'bucket': 'signed', 'key': 'in/${filename}', 'version': version, 'fields': {'success_action_status': '201'},
            'conditions': [['content-length-range', 0, 5]]}).json
        done = requests.post(form['url'], data=form['fields'], files={'file': ('文件 "1".txt', b'12345')}, timeout=20)
        assert done.status_code == 201, done.text
        assert [one.key for one in bucket.list_objects(prefix='in/').object_list] == ['in/文件 "1".txt']
        refused = requests.post(form['url'], data=form['fields'], files={'file': ('b', b'123456')}, timeout=20)
        assert refused.status_code == 400

    @pytest.mark.parametrize(('path', 'body', 'message'), [
        ('sign', {'bucket': 'b-1', 'key': 'k', 'method': 'BREW'}, "'method' must be one of GET"),
        ('sign', {'key': 'k'}, "'key' needs a 'bucket'"),
        ('sign', {'bucket': 'b-1', 'key': 'k', 'params': ['acl']}, "'params' must be an object"),
        ('sign', {'bucket': '../x', 'key': 'k'}, "'bucket' is no bucket's name"),
        ('sign', {'bucket': 'b-1', 'key': '\ud800'}, 'half a surrogate pair'),
        ('sign', {'bucket': 'b-1', 'key': 'k' * 2000}, 'less than 1024'),
        ('sign', {'bucket': 'b-1', 'key': 'k', 'expires': 0}, "'expires' must be from 1 to 604800 seconds"),
        ('sign', {'bucket': 'b-1', 'key': 'k', 'version': 3}, "'version' must be 1, 2 or 4"),
        ('sign', {'bucket': 'b-1', 'key': 'k', 'params': {'a': 1}}, "'params.a' must be a string, not 1"),
        ('form', {'bucket': 'b-1'}, "'key' is missing"),
        ('form', {'bucket': 'b-1', 'key': 'k', 'conditions': [['like', 1]]}, 'is no condition'),
        ('form', {'bucket': 'b-1', 'key': 'k', 'conditions': {'a': 'b'}}, "'conditions' must be an array"),
        ('form', {'bucket': 'b-1', 'key': 'k', 'fields': {'policy': 'x'}}, "the field 'policy' is not for you"),
    ], ids=range(13))
    def test_what_cannot_be_signed(self, console, path, body, message):
        assert message in console.refused(400, 'POST', path, body)


class TestLooking:
    def test_answers_as_oss_does_and_leaves_no_trace(self, console, oss_emulator):
        bucket = oss_emulator.bucket('seen-1')
        bucket.put_object('a/中 b', b'12345', headers={'x-oss-meta-x': 'y'})
        oss_emulator.requests.clear()
        assert b'<Name>seen-1</Name>' in console('GET', 'oss/').body
        listed = console('GET', 'oss/seen-1?list-type=2&encoding-type=url').body
        assert b'<Key>a%2F%E4%B8%AD%20b</Key>' in listed
        head = console('HEAD', 'oss/seen-1/a%2F%E4%B8%AD%20b')
        assert (head.status, head.headers['x-oss-meta-x'], head.body) == (200, 'y', b'')
        assert console('GET', 'oss/nobody-1').json['code'] == 'NoSuchBucket'
        assert console('GET', 'oss/seen-1/k?acl').json['code'] == 'NoSuchKey'
        assert len(oss_emulator.requests) == 0

    def test_gives_no_data_and_changes_nothing(self, console, oss_emulator):
        oss_emulator.bucket('seen-1').put_object('k', b'12345')
        assert 'POST /-/api/sign' in console.refused(400, 'GET', 'oss/seen-1/k')
        for method in ('PUT', 'DELETE', 'POST'):
            assert 'takes GET and HEAD' in console.refused(405, method, 'oss/seen-1')

    def test_settings(self, console, oss_emulator):
        bucket = oss_emulator.bucket('seen-1')
        bucket.put_bucket_tagging(oss2.models.Tagging(oss2.models.TaggingRule()))
        policy = ('{"Version":"1","Statement":[{"Effect":"Deny","Action":["oss:PutObject"],"Principal":["1234"],'
                  '"Resource":["acs:oss:*:*:seen-1/*"]}]}')
        bucket.put_bucket_policy(policy)
        found = {one['name']: one for one in console('GET', 'settings/seen-1').json['settings']}
        assert found['policy'] == {'name': 'policy', 'is_set': True, 'document': policy, 'error': None}
        assert found['tagging']['is_set']
        assert not found['cors']['is_set']
        assert found['cors']['error'] == 'The CORS Configuration does not exist.'
        assert not found['referer']['is_set']
        assert '<RefererConfiguration>' in found['referer']['document']
        assert console('GET', 'settings/nobody-1').json['code'] == 'NoSuchBucket'


class TestErrors:
    def test_no_such_route(self, console):
        assert 'there is no /-/api/nothing; there are /-/api/state' in console.refused(404, 'GET', 'nothing')
        assert console.refused(404, 'GET', '')
        answer = console('PATCH', 'state')
        assert (answer.status, answer.headers['allow']) == (405, 'GET')

    @pytest.mark.parametrize(('body', 'message'), [
        ('{', 'is not JSON'), (b'\xff', 'is not JSON'), ('[]', 'must be a JSON object'), ('"a"', 'a JSON object'),
        ('[' * 100000, 'is not JSON'), ('{"now": NaN}', 'is not JSON'), ('{"now": 1, "x": 1}', "'x' is not known"),
    ], ids=range(7))
    def test_bodies_that_are_none(self, console, body, message):
        assert message in console.refused(400, 'POST', 'lifecycle', body)

    def test_bodies_must_say_that_they_are_json(self, console):
        for kind in ('text/plain', 'application/x-www-form-urlencoded', ''):
            message = console.refused(415, 'POST', 'faults', {'kind': 'fail'}, headers={'Content-Type': kind})
            assert 'Content-Type: application/json' in message
        assert console('POST', 'sts', {}, headers={'Content-Type': 'Application/JSON; charset=utf-8'}).status == 200

    def test_bodies_that_are_too_long(self, console):
        assert 'longer than' in console.refused(413, 'POST', 'faults', b' ' * (2 * 1024 * 1024))

    def test_a_client_that_goes_away_while_it_sends(self, console, oss_emulator, caplog):
        connection = socket.create_connection(('127.0.0.1', oss_emulator.port))
        connection.sendall(b'POST /-/api/faults HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{')
        connection.close()
        assert console('GET', 'state').status == 200
        assert not [record for record in caplog.records if record.levelname == 'ERROR']

    def test_a_fault_of_the_console_itself_shows_no_traceback(self, console, monkeypatch, caplog):
        def fail(call):
            raise RuntimeError('inside')

        monkeypatch.setitem(api.ROUTES, 'state', {'GET': fail})
        assert console('GET', 'state').json == {'error': 'the emulator has failed; its log says how'}
        assert 'inside' in caplog.text

    def test_stopping_does_not_wait_for_it(self):
        emulator = Emulator().start()
        connection = socket.create_connection(('127.0.0.1', emulator.port))
        connection.sendall(b'POST /-/api/faults HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n'
                           b'Content-Length: 100\r\nExpect: 100-continue\r\n\r\n')
        assert connection.recv(100).startswith(b'HTTP/1.1 100')  # it waits for the body
        stopped = threading.Thread(target=emulator.stop)
        stopped.start()
        stopped.join(10)
        assert not stopped.is_alive()
        connection.close()


class TestGuard:
    @pytest.mark.parametrize('headers', [
        {'Origin': 'http://evil.example'}, {'Origin': 'null'}, {'Sec-Fetch-Site': 'cross-site'},
        {'Sec-Fetch-Site': 'same-site'}, {'Host': 'evil'}, {'Host': ''},
    ], ids=str)
    @pytest.mark.parametrize(('method', 'path'), [('GET', 'state'), ('POST', 'reset'), ('GET', 'oss/kept-1')])
    def test_pages_from_elsewhere(self, console, oss_emulator, headers, method, path):
        oss_emulator.bucket('kept-1')
        answer = console(method, path, headers=headers)
        assert answer.status == 403
        assert list(answer.json) == ['error']
        assert not [name for name in answer.headers if name.startswith('access-control')]
        assert console('GET', 'state').json['buckets'] == ['kept-1']

    def test_a_page_of_another_port_is_from_elsewhere(self, console):
        assert console.refused(403, 'POST', 'reset', headers={'Origin': 'http://127.0.0.1:1'})

    def test_a_preflight_gets_no_permission(self, console):
        answer = console('OPTIONS', 'reset', headers={
            'Origin': 'http://evil.example', 'Access-Control-Request-Method': 'POST'})
        assert answer.status == 403
        assert not [name for name in answer.headers if name.startswith('access-control')]

    def test_a_name_bound_to_this_machine_is_a_bucket_and_not_the_console(self, console):
        answer = console('GET', 'state', headers={'Host': 'evil.example.com'})
        assert b'<Code>NoSuchBucket</Code>' in answer.body

    @pytest.mark.parametrize('headers', [
        {}, {'Origin': 'own', 'Sec-Fetch-Site': 'same-origin'}, {'Sec-Fetch-Site': 'none'}], ids=str)
    def test_its_own_page_and_programs(self, console, oss_emulator, headers):
        if 'Origin' in headers:
            headers = {**headers, 'Origin': oss_emulator.endpoint}
        assert console('POST', 'reset', headers=headers).status == 204

    @pytest.mark.parametrize('host', ['localhost:%d', 'LOCALHOST', '127.0.0.1', '[::1]:%d'])
    def test_names_of_this_machine(self, console, oss_emulator, host):
        host = host % oss_emulator.port if '%' in host else host
        assert console('GET', 'state', headers={'Host': host}).status == 200

    @pytest.mark.parametrize(('client', 'server', 'is_local'), [
        ('127.0.0.1', '127.0.0.1', True), ('127.8.0.1', '127.0.0.1', True), ('::1', '::1', True),
        ('::ffff:127.0.0.1', '::', True), ('192.168.1.5', '192.168.1.5', True), ('192.168.1.9', '192.168.1.5', False),
        ('10.0.0.1', '0.0.0.0', False), ('::ffff:10.0.0.1', '::', False), ('', '127.0.0.1', False)])
    def test_only_this_machine(self, oss_emulator, client, server, is_local):
        scope = {'client': (client, 1), 'server': (server, 2)}
        if is_local:
            guard.check_client(scope, {'host': '127.0.0.1'}, oss_emulator.state)
        else:
            with pytest.raises(Refused):
                guard.check_client(scope, {'host': '127.0.0.1'}, oss_emulator.state)


class TestPage:
    def test_it_is_all_there(self, console):
        page = console.raw('GET', '/-/')
        assert page.status == 200
        assert page.headers['content-type'] == 'text/html; charset=utf-8'
        named = set(re.findall(r'(?:href|src)="([\w.]+)"', page.body.decode()))
        assert {'console.js', 'console.css', 'icon.svg'} <= named
        for name in sorted(named | {path.name for path in STATIC.iterdir()}):
            answer = console.raw('GET', '/-/' + name)
            assert answer.status == 200, name
            assert answer.headers['x-content-type-options'] == 'nosniff'
            if name.endswith('.js'):
                assert answer.headers['content-type'].startswith('text/javascript')
                for other in re.findall(r"from '\./([\w.]+)'", answer.body.decode()):
                    assert (STATIC / other).is_file()

    def test_nothing_but_its_own_scripts_may_run(self, console):
        page = console.raw('GET', '/-/')
        policy = dict(directive.split(' ', 1) for directive in page.headers['content-security-policy'].split('; '))
        assert policy['default-src'] == "'none'"
        assert policy['script-src'] == policy['style-src'] == policy['connect-src'] == "'self'"
        assert policy['frame-ancestors'] == "'none'"
        text = page.body.decode()
        assert not re.search(r'<script(?![^>]* src=)|<style|\son\w+=|\sstyle=|https?://', text)
        for path in STATIC.glob('*.js'):
            assert not re.search(r'innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|https?://(?!www\.w3\.org/)',
                                 path.read_text(encoding='utf-8')), path

    def test_where_it_begins(self, console):
        answer = console.raw('GET', '/-')
        assert (answer.status, answer.headers['location']) == (308, '/-/')
        assert console.raw('HEAD', '/-/').body == b''
        assert console.raw('GET', '/-/nothing.js').status == 404
        assert console.raw('GET', '/-/../app.py').status == 404
        assert console.raw('GET', '/-/%2e%2e/pages.py').status == 404
        assert console.raw('POST', '/-/', b'').status == 405

    def test_a_link_from_elsewhere_opens_it(self, console):
        assert console.raw('GET', '/-/', headers={'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate'}
                           ).status == 200

    def test_nothing_of_it_is_logged(self, console, oss_emulator):
        console.raw('GET', '/-/')
        console('GET', 'state')
        console('GET', 'nothing')
        assert len(oss_emulator.requests) == 0

    def test_the_key_of_that_name_is_an_object(self, console, oss_emulator):
        """Where the host names the bucket, the path is all key."""
        bucket = oss_emulator.bucket('dash-1')
        bucket.put_object('-/api/state', b'mine')
        url = urlsplit(bucket.sign_url('GET', '-/api/state', 60))
        answer = console.raw('GET', '/-/api/state?' + url.query,
                             headers={'Host': 'dash-1.localhost:%d' % oss_emulator.port})
        assert (answer.status, answer.body) == (200, b'mine')
