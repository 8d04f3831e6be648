"""The emulator as an object: its life, its addresses, its accounts, its fixtures."""
from __future__ import annotations

import ast
import http.client
import os
import socket
import ssl
import subprocess
import sys
import textwrap
import threading
from contextlib import closing
from pathlib import Path

import pytest
from functional.emulator_client import Client, fresh, refused

import oss2
from oss2.emulator import Emulator


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        yield client


class TestLife:
    def test_starts_answers_and_stops(self):
        with Emulator() as emulator:
            client = Client(emulator)
            assert client.send('GET', bucket='').status == 200
            port = emulator.port
        client.close()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(('127.0.0.1', port))

    def test_stops_although_clients_keep_connections(self):
        emulator = Emulator().start()
        clients = [Client(emulator) for _ in range(20)]
        for client in clients:
            client.send('GET', bucket='')
        emulator.stop()
        for client in clients:
            client.close()

    def test_stops_tls_although_clients_keep_connections(self):
        emulator = Emulator(tls=True).start()
        clients = [Client(emulator) for _ in range(3)]
        for client in clients:
            assert client.send('GET', bucket='').status == 200
        emulator.stop()
        for client in clients:
            client.close()

    def test_stop_twice_start_twice(self):
        emulator = Emulator().start()
        with pytest.raises(RuntimeError):
            emulator.start()
        emulator.stop()
        emulator.stop()
        with pytest.raises(RuntimeError):
            emulator.reset()

    def test_a_stopped_emulator_starts_again(self):
        emulator = Emulator()
        for _ in range(2):
            with emulator:
                client = Client(emulator)
                assert client.send('GET', bucket='').status == 200
                client.close()

    def test_a_port_in_use(self, oss_emulator):
        with pytest.raises(OSError):
            Emulator(port=oss_emulator.port).start()

    def test_two_at_once_know_nothing_of_each_other(self, client):
        with Emulator() as another:
            stranger = Client(another)
            assert stranger.send('GET', bucket='').texts('Buckets/Bucket') == []
            stranger.close()

    def test_listens_on_the_loopback_address_unless_told(self):
        with Emulator() as emulator:
            assert emulator.netloc.startswith('127.0.0.1:')
            addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
            for address in addresses - {'127.0.0.1', '127.0.1.1'}:
                with pytest.raises(OSError):
                    socket.create_connection((address, emulator.port), 1)


class TestUse:
    def test_a_bucket_that_is_ready(self):
        with Emulator() as emulator:
            bucket = emulator.bucket('my-bucket')
            assert isinstance(bucket, oss2.Bucket)
            bucket.put_object('k', b'data')
            assert bucket.get_object('k').read() == b'data'
            assert emulator.bucket('my-bucket').get_object('k').read() == b'data'

    @pytest.mark.parametrize('auth', [oss2.Auth, oss2.AuthV2, oss2.AuthV4])
    def test_a_bucket_with_an_auth_of_ones_own(self, client, auth):
        credentials = client.emulator.credentials
        bucket = client.emulator.bucket('b-1', auth=auth(credentials.access_key_id, credentials.access_key_secret))
        bucket.put_object('k', b'data')
        assert client.get('k', bucket='b-1').body == b'data'

    def test_a_bucket_over_tls(self):
        with Emulator(tls=True) as emulator:
            assert emulator.endpoint.startswith('https://')
            bucket = emulator.bucket('my-bucket')
            bucket.put_object('k', b'x' * 1_000_000)
            assert bucket.get_object('k').read() == b'x' * 1_000_000

    def test_reset_forgets_everything(self, client, oss_emulator):
        client.put('k', b'x' * 200_000)
        oss_emulator.faults.fail(500, times=None)
        oss_emulator.reset()
        assert len(oss_emulator.requests) == 0
        assert client.send('GET', bucket='').texts('Buckets/Bucket') == []
        refused(client.get('k'), 404, 'NoSuchBucket')

    @pytest.mark.behaviour(23)
    def test_fixtures(self, oss_emulator, oss_bucket):
        assert isinstance(oss_emulator, Emulator)
        assert oss_bucket.list_objects().object_list == []
        oss_bucket.put_object('left-behind', b'')

    def test_the_bucket_is_fresh_for_each_test(self, oss_bucket):
        assert oss_bucket.list_objects().object_list == []


class TestAddressing:
    """Each request asks for the object ``dir/k``, or for a listing."""

    @pytest.fixture
    def stored(self, client):
        client.put('dir/k', b'data', {'x-oss-object-acl': 'public-read'})
        client.auth = False
        return client

    @pytest.mark.parametrize('host', [
        'test-bucket.oss-cn-hangzhou.aliyuncs.com', 'test-bucket.oss-cn-hangzhou-internal.aliyuncs.com',
        'test-bucket.oss-accelerate.aliyuncs.com', 'test-bucket.localhost', 'TEST-BUCKET.localhost:1234',
        'test-bucket.oss.example.com'])
    def test_virtual_hosts(self, stored, host):
        for path in ('/dir/k', '/dir%2Fk'):
            assert stored.send_raw('GET', path, {'host': host}).body == b'data'
        assert stored.send_raw('GET', '/', {'host': host}).code == 'AccessDenied'

    @pytest.mark.parametrize('host', ['127.0.0.1', '127.0.0.1:80', 'localhost', 'localhost:9000', '[::1]:9000',
                                      '10.0.0.1', 'oss-cn-hangzhou.aliyuncs.com', 'oss'])
    def test_paths(self, stored, host):
        assert stored.send_raw('GET', '/test-bucket/dir/k', {'host': host}).body == b'data'
        assert stored.send_raw('GET', '/test-bucket/dir%2Fk?x=y', {'host': host}).body == b'data'
        for path in ('/test-bucket', '/test-bucket/', '/'):
            reply = stored.send_raw('GET', path, {'host': host})
            assert reply.error.findtext('Message') == 'Anonymous access is forbidden for this operation.'

    def test_the_host_is_told_in_errors(self, stored):
        reply = stored.send_raw('GET', '/none', {'host': 'test-bucket.oss-cn-hangzhou.aliyuncs.com'})
        assert reply.error.findtext('HostId') == 'test-bucket.oss-cn-hangzhou.aliyuncs.com'

    def test_slashes_belong_to_the_key(self, client):
        client.put('a//b', b'1')
        client.put('a/', b'2')
        client.auth = False
        client.emulator.state.store.save_bucket(
            oss2.emulator.records.Bucket('test-bucket', client.emulator.state.owner.account.id, 0, 'public-read'))
        assert client.send_raw('GET', '/test-bucket/a//b', {}).body == b'1'
        assert client.send_raw('GET', '/test-bucket/a/', {}).body == b'2'
        refused(client.send_raw('GET', '/test-bucket//a', {}), 400, 'InvalidObjectName')

    @pytest.mark.skipif(not socket.has_ipv6, reason='no IPv6')
    def test_ipv6(self):
        try:
            socket.create_server(('::1', 0), family=socket.AF_INET6).close()
        except OSError:
            pytest.skip('no IPv6')
        with Emulator(host='::1') as emulator:
            assert emulator.endpoint.startswith('http://[::1]:')
            client = Client(emulator)
            assert client.send('PUT').status == 200
            client.close()

    def test_parameters(self, client):
        client.put('a b', b'')
        for query in ('prefix=a%20b', 'prefix=a+b', 'prefix=a%20b&prefix=x', '&&prefix=a%20b&', 'prefix=a%20b&x=%'):
            request = oss2.http.Request('GET', client.emulator.endpoint)
            client.auth._sign_request(request, 'test-bucket', '')
            headers = {name: value for name, value in request.headers.items() if value is not None}
            assert client.send_raw('GET', '/test-bucket?' + query, headers).texts('Contents/Key') == ['a b']


def test_accounts_are_apart(client, oss_emulator):
    first, again = (oss_emulator.add_account('someone') for _ in range(2))
    assert first == again
    second_key = oss_emulator.add_account('someone', 'second-id', 'second-secret')
    clients = [Client(oss_emulator, oss2.Auth(credentials.access_key_id, credentials.access_key_secret))
               for credentials in (first, second_key)]
    assert clients[0].send('PUT', bucket='someones').status == 200
    assert clients[1].send('GET', bucket='someones').status == 200
    refused(client.send('GET', bucket='someones'), 403, 'AccessDenied')
    for each in clients:
        each.close()


def test_a_keep_alive_connection_serves_many_requests(client):
    for _ in range(50):
        client.put('k', b'data')
        assert client.get('k').body == b'data'
        assert client.send('HEAD', 'k').status == 200
        assert client.send('DELETE', 'k').status == 204
        assert client.get('k').status == 404
    assert len({seen.client for seen in client.emulator.requests}) == 1


def test_clients_that_ask_for_it_get_a_closed_connection(client):
    client.put('k', b'data', {'x-oss-object-acl': 'public-read'})
    client.auth = False
    reply = client.send_raw('GET', '/test-bucket/k', {'connection': 'close'})
    assert (reply.body, reply.headers['connection']) == (b'data', 'close')


def test_many_clients_at_once(client, oss_emulator):
    failures = []

    def work(number):
        mine = Client(oss_emulator)
        try:
            for turn in range(20):
                key, data = 'k-%d' % number, b'%d-%d' % (number, turn) * (1 if turn % 2 else 20_000)
                mine.put(key, data)
                if mine.get(key).body != data:
                    failures.append((number, turn))
        except (OSError, AssertionError, http.client.HTTPException) as exc:
            failures.append((number, exc))
        finally:
            mine.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_thousand_small_objects_from_eight_threads(client, oss_emulator):
    failures = []

    def work(number):
        with closing(Client(oss_emulator)) as mine:
            try:
                for turn in range(125):
                    key, data = 'k-%d-%d' % (number, turn), os.urandom(1024)
                    mine.put(key, data)
                    if mine.get(key).body != data:
                        failures.append(key)
            except (OSError, AssertionError, http.client.HTTPException) as exc:
                failures.append((number, exc))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert client.send('GET', params={'stat': ''}).xml.findtext('ObjectCount') == '1000'


class TestImports:
    FOLDER = Path(oss2.__file__).parent

    def imported(self, path):
        for node in ast.walk(ast.parse(path.read_text(encoding='utf-8'))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ('.' * node.level + (node.module or '') + '.' + alias.name for alias in node.names)

    def test_nothing_in_the_library_imports_the_emulator(self):
        for path in self.FOLDER.rglob('*.py'):
            if 'emulator' not in path.relative_to(self.FOLDER).parts:
                assert not [name for name in self.imported(path) if 'emulator' in name], path

    def test_the_library_needs_none_of_its_packages(self):
        code = '''
            import sys
            for name in ('uvicorn', 'httptools', 'defusedxml', 'h11', 'click'):
                sys.modules[name] = None
            import oss2
            assert 'oss2.emulator' not in sys.modules
            import oss2.emulator
            try:
                oss2.emulator.Emulator().start()
            except ImportError as exc:
                print(exc)
        '''
        done = subprocess.run([sys.executable, '-c', textwrap.dedent(code)], stdout=subprocess.PIPE, check=True)
        assert b'pip install uvicorn httptools defusedxml sqlglot' in done.stdout

    def test_the_store_knows_no_http(self):
        for name in ('store', 'contents', 'records', 'listing'):
            names = list(self.imported(self.FOLDER / 'emulator' / (name + '.py')))
            assert not [imported for imported in names if imported.split('.')[-1] in (
                'messages', 'errors', 'routing', 'app', 'http', 'ApiError', 'Request', 'Answer', 'xml')]


def test_temporary_credentials_of_another_account(client, oss_emulator):
    client.put('k', b'data')
    credentials = oss_emulator.temporary_credentials(account='stranger')
    stranger = Client(oss_emulator, oss2.StsAuth(credentials.access_key_id, credentials.access_key_secret,
                                                 credentials.security_token))
    refused(stranger.get('k'), 403, 'AccessDenied')
    assert stranger.send('PUT', bucket='their-bucket').status == 200
    assert stranger.send('GET', bucket='').xml.findtext('Owner/ID') == oss_emulator.account_id('stranger')
    stranger.close()


def test_the_log_shows_what_is_in_it(client, oss_emulator):
    oss_emulator.requests.clear()
    client.get('k')
    assert repr(oss_emulator.requests).startswith("RequestLog([Seen(")
    assert "'GetObject'" in repr(oss_emulator.requests)


def test_a_server_that_does_not_come_up(monkeypatch):
    import uvicorn

    async def serve(server, sockets):
        raise OSError('no event loop today')

    monkeypatch.setattr(uvicorn.Server, 'serve', serve)
    emulator = Emulator()
    with pytest.raises(RuntimeError, match='could not start') as caught:
        emulator.start()
    assert 'today' in str(caught.value.__cause__)
    monkeypatch.undo()
    with emulator:
        assert emulator.bucket('later-bucket').get_bucket_info().name == 'later-bucket'


@pytest.mark.parametrize('names', [['localhost'], ['%s.example' % (letter * 60) for letter in 'abcdef']], ids=len)
def test_certificates_of_any_length(raw_server, tmp_path, names):
    from rawserver import answer

    from oss2.emulator import certificate
    path = str(tmp_path / 'certificate.pem')
    server = raw_server(lambda received: answer(b'data'), context=certificate.make_context(path, names, ['127.0.0.1']))
    context = ssl.create_default_context(cafile=path)
    with socket.create_connection(('127.0.0.1', int(server.url.rpartition(':')[2]))) as plain:
        with context.wrap_socket(plain, server_hostname=names[-1]) as connection:
            found = {value for kind, value in connection.getpeercert()['subjectAltName'] if kind == 'DNS'}
    assert found == set(names)
