"""TLS: whose certificates are believed, and which is shown."""
from __future__ import annotations

import logging
import ssl
import warnings
from pathlib import Path

import pytest
from rawserver import answer

import oss2
from oss2.emulator import Emulator
from oss2.emulator.certificate import _certificate
from oss2.exceptions import ClientError, RequestError

BODY = bytes(range(256)) * 40

pytestmark = pytest.mark.behaviour(16)


@pytest.fixture(scope='module')
def emulator():
    with Emulator(tls=True) as server, server.bucket('test-bucket') as bucket:
        bucket.put_object('key', BODY)
        yield server


def bucket_of(emulator, **options):
    credentials = emulator.credentials
    auth = oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret)
    return oss2.Bucket(auth, emulator.endpoint, 'test-bucket', region=emulator.region, **options)


def service_of(emulator, **options):
    credentials = emulator.credentials
    auth = oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret)
    return oss2.Service(auth, emulator.endpoint, region=emulator.region, **options)


def test_an_unknown_certificate_is_refused(emulator, no_retries):
    with bucket_of(emulator) as bucket, pytest.raises(RequestError) as caught:
        bucket.get_object('key')
    assert 'certificate' in caught.value.message
    assert emulator.netloc in caught.value.message


def test_a_ca_bundle(emulator, tmp_path):
    """For Bucket, Service, CryptoBucket and a Session they share; also as what requests calls it."""
    with bucket_of(emulator, ca_bundle=emulator.certificate) as bucket:
        assert bucket.get_object('key').read() == BODY
    with bucket_of(emulator, verify=emulator.certificate) as bucket:
        assert bucket.get_object('key').read() == BODY
    with service_of(emulator, ca_bundle=emulator.certificate) as service:
        assert [found.name for found in service.list_buckets().buckets] == ['test-bucket']
    with oss2.Session(ca_bundle=emulator.certificate) as session:
        assert bucket_of(emulator, session=session).get_object('key').read() == BODY
    provider = oss2.LocalRsaProvider(dir=str(tmp_path))
    with oss2.CryptoBucket(bucket.auth, emulator.endpoint, 'test-bucket', provider, region=emulator.region,
                           ca_bundle=emulator.certificate) as encrypted:
        encrypted.put_object('encrypted', BODY)
        assert encrypted.get_object('encrypted').read() == BODY


def test_no_check_at_all(emulator):
    for make in (lambda: bucket_of(emulator, verify=False),
                 lambda: bucket_of(emulator, session=oss2.Session(verify=False))):
        with make() as bucket, warnings.catch_warnings():
            warnings.simplefilter('ignore')  # urllib3 warns of it, as it should
            assert bucket.get_object('key').read() == BODY
    with bucket_of(emulator, verify=False) as bucket, pytest.warns(Warning, match='verification'):
        bucket.get_object('key').read()


@pytest.mark.parametrize('long_way', [False, True], ids=['', 'long way'])
def test_the_environment_is_for_what_the_program_does_not_say(long_way, emulator, monkeypatch, tmp_path, no_retries):
    def make(**options):
        bucket = bucket_of(emulator, **options)
        if long_way:
            bucket.session.session.hooks['response'] = [lambda *args, **kwargs: None]
        return bucket

    def get(bucket):
        return bucket.get_object('key').read()

    other = tmp_path / 'other.pem'
    other.write_text(ssl.DER_cert_to_PEM_cert(new_certificate()[0]))
    monkeypatch.setenv('REQUESTS_CA_BUNDLE', str(other))
    with make(ca_bundle=emulator.certificate) as bucket:
        assert get(bucket) == BODY
    with make(verify=False) as bucket, warnings.catch_warnings():
        warnings.simplefilter('ignore')
        assert get(bucket) == BODY
    with make() as bucket, pytest.raises(RequestError):
        get(bucket)
    monkeypatch.setenv('REQUESTS_CA_BUNDLE', emulator.certificate)
    with make() as bucket:
        assert get(bucket) == BODY
    with make(trust_env=False) as bucket, pytest.raises(RequestError):
        get(bucket)


def new_certificate():
    """A certificate for this machine that is signed by itself, and its key."""
    from Crypto.PublicKey import ECC
    key = ECC.generate(curve='P-256')
    return _certificate(key, ['localhost'], ['127.0.0.1']), key.export_key(format='PEM')


def write_pair(folder, name):
    certificate, key = new_certificate()
    paths = str(folder / (name + '.pem')), str(folder / (name + '.key'))
    for path, text in zip(paths, (ssl.DER_cert_to_PEM_cert(certificate), key + '\n')):
        with open(path, 'w', encoding='ascii') as file:
            file.write(text)
    return paths


@pytest.fixture
def demanding_server(raw_server, tmp_path):
    """A server that shows one certificate and demands another; the files of both pairs."""
    server_pair, client_pair = write_pair(tmp_path, 'server'), write_pair(tmp_path, 'client')
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*server_pair)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(client_pair[0])
    return raw_server(answer(BODY), context=context), server_pair, client_pair


def test_a_client_certificate(demanding_server, make_bucket, tmp_path, no_retries):
    server, server_pair, client_pair = demanding_server
    both = tmp_path / 'both.pem'
    both.write_text(''.join(Path(path).read_text() for path in client_pair))
    for cert in (client_pair, list(client_pair), str(both)):
        bucket = make_bucket(server.url, ca_bundle=server_pair[0], cert=cert)
        for _ in range(2):
            assert bucket.get_object('key').read() == BODY
    assert server.connections == 3
    bucket = make_bucket(server.url, session=oss2.Session(ca_bundle=server_pair[0], cert=client_pair))
    assert bucket.get_object('key').read() == BODY
    received = len(server.requests)
    for options in ({}, {'cert': write_pair(tmp_path, 'somebody')}):
        with pytest.raises(RequestError):
            make_bucket(server.url, ca_bundle=server_pair[0], **options).get_object('key').read()
    assert len(server.requests) == received


def test_the_pokes_of_old_programs(demanding_server, make_bucket):
    server, server_pair, client_pair = demanding_server
    bucket = make_bucket(server.url)
    bucket.session.session.verify = server_pair[0]
    bucket.session.session.cert = client_pair
    assert bucket.get_object('key').read() == BODY


@pytest.mark.parametrize(('options', 'text'), [
    ({'ca_bundle': '/nowhere/ca.pem'}, "ca_bundle '/nowhere/ca.pem': there is no such file"),
    ({'ca_bundle': 5}, 'ca_bundle must be the path of a file, not int'),
    ({'verify': '/nowhere/ca.pem'}, "verify '/nowhere/ca.pem': there is no such file"),
    ({'cert': '/nowhere/cert.pem'}, "cert '/nowhere/cert.pem': there is no such file"),
    ({'cert': (__file__, '/nowhere/key.pem')}, "cert '/nowhere/key.pem': there is no such file"),
    ({'cert': (__file__,)}, 'a pair of files'),
    ({'verify': False, 'ca_bundle': __file__}, 'verify=False checks no certificate'),
], ids=lambda value: ' '.join(value) if isinstance(value, dict) else None)
def test_what_cannot_be(options, text):
    for make in (lambda: oss2.Session(**options),
                 lambda: oss2.Service(oss2.AnonymousAuth(), 'https://a.com', **options),
                 lambda: oss2.Bucket(oss2.AnonymousAuth(), 'https://a.com', 'bucket', **options)):
        with pytest.raises(ClientError) as caught:
            make()
        assert text in caught.value.message


@pytest.mark.parametrize('options', [{'verify': False}, {'ca_bundle': __file__}, {'cert': __file__},
                                     {'trust_env': False}, {'trust_env': True}], ids=' '.join)
def test_a_session_that_is_there_keeps_its_settings(options):
    """It may serve others, to whom they do not apply."""
    with oss2.Session() as session:
        for make in (lambda: oss2.Service(oss2.AnonymousAuth(), 'https://a.com', session=session, **options),
                     lambda: oss2.Bucket(oss2.AnonymousAuth(), 'https://a.com', 'bucket', session=session,
                                         **options)):
            with pytest.raises(ClientError, match=r'{} cannot be set .* oss2\.Session'.format(*options)):
                make()
        assert (session.session.verify, session.session.cert, session.session.trust_env) == (True, None, True)


def test_a_server_that_does_not_answer_the_handshake(make_bucket):
    """It is a connection that was not made in time: nothing was sent, and it is not tried again."""
    import socket
    with socket.create_server(('127.0.0.1', 0)) as silent:
        bucket = make_bucket('https://127.0.0.1:%d' % silent.getsockname()[1], connect_timeout=0.1)
        with pytest.raises(oss2.exceptions.ConnectTimeout) as caught:
            bucket.get_object('key')
    assert caught.value.attempts == 1
    assert 'timed out' in caught.value.message


@pytest.mark.behaviour(13)
def test_a_deadline_over_tls(emulator):
    with bucket_of(emulator, ca_bundle=emulator.certificate, deadline=0.5) as bucket:
        with emulator.faults.trickle(size=10, delay=0.01), pytest.raises(oss2.exceptions.DeadlineExceeded):
            bucket.get_object('key').read()
        assert bucket.with_options(deadline=30).get_object('key').read() == BODY


@pytest.mark.behaviour(15)
def test_signed_urls_in_urllib3s_log(emulator, caplog):
    with bucket_of(emulator, ca_bundle=emulator.certificate) as bucket, caplog.at_level(logging.DEBUG):
        url = bucket.sign_url('GET', 'key', 60)
        assert bucket.get_object_with_url(url).read() == BODY
    lines = [record.getMessage() for record in caplog.records if record.name.startswith('urllib3')]
    assert any('/test-bucket/key?' in line and 'x-oss-signature=***' in line for line in lines)
    assert url.partition('x-oss-signature=')[2].partition('&')[0] not in '\n'.join(lines)
