"""Who signed a request: versions 1, 2 and 4, in headers and in URLs, temporary credentials, clocks."""
from __future__ import annotations

import re
import time
import urllib.parse

import pytest
from functional.emulator_client import fresh, refused

import oss2

AUTHS = {'v1': oss2.Auth, 'v2': oss2.AuthV2, 'v4': oss2.AuthV4}
KEYS = ['k', 'a b+c/\u4e2d\u6587?&=#%', 'a//b', 'x\x01']


@pytest.fixture(params=sorted(AUTHS))
def version(request):
    return request.param


@pytest.fixture
def auth(oss_emulator, version):
    credentials = oss_emulator.credentials
    return AUTHS[version](credentials.access_key_id, credentials.access_key_secret)


@pytest.fixture
def client(oss_emulator, auth):
    with fresh(oss_emulator, auth) as client:
        yield client


def signed_url(client, method, key='k', expires=60, params=None, headers=None, auth=None, **options):
    request = oss2.http.Request(method, client.emulator.endpoint + client.path(key), params=dict(params or {}),
                                headers=dict(headers or {}), region=client.emulator.region, product='oss')
    for name in ('accept-encoding', 'user-agent'):
        request.headers.pop(name, None)
    url = (auth or client.auth)._sign_url(request, 'test-bucket', key, expires, **options)
    return url[len(client.emulator.endpoint):]


@pytest.mark.parametrize('key', KEYS)
def test_signed_headers(client, key):
    params = {'response-content-type': 'text/x; a="\u4e2d"', 'x-unknown': 'a+b c'}
    client.put(key, b'data', {'x-oss-meta-a': ' two  words ', 'Content-Type': 'text/plain'})
    reply = client.get(key, params=params)
    assert reply.body == b'data'
    assert client.send('GET', params={'prefix': key, 'encoding-type': 'url', 'max-keys': 5}).status == 200
    assert client.send('GET', bucket='').status == 200


def test_metadata_is_signed_as_utf8(client):
    request = oss2.http.Request('PUT', client.emulator.endpoint, headers={'x-oss-meta-a': '\u4e2d\u6587'},
                                region='cn-hangzhou', product='oss')
    client.auth._sign_request(request, 'test-bucket', 'k')
    headers = {name: value.encode() for name, value in request.headers.items() if value is not None}
    assert client.send_raw('PUT', client.path('k'), headers).status == 200


@pytest.mark.parametrize('key', KEYS)
def test_signed_urls(client, key):
    headers = {'Content-Type': 'text/x', 'x-oss-meta-a': '1'}
    assert client.send_raw('PUT', signed_url(client, 'PUT', key, headers=headers), headers, b'data').status == 200
    reply = client.send_raw('GET', signed_url(client, 'GET', key, params={'response-content-type': 'a/b'}), {})
    assert (reply.status, reply.body, reply.headers['content-type']) == (200, b'data', 'a/b')


def test_changed_requests_do_not_match(client, version):
    client.put('k', b'data')
    error = refused(client.send('GET', 'k', path='/test-bucket/other'), 403, 'SignatureDoesNotMatch')
    assert error.findtext('EC') == '0002-00000040'
    assert error.findtext('OSSAccessKeyId') == client.emulator.credentials.access_key_id
    text = error.findtext('StringToSign')
    assert bytes.fromhex(error.findtext('StringToSignBytes').replace(' ', '')).decode() == text
    assert text.startswith({'v1': 'GET\n', 'v2': 'GET\n', 'v4': 'OSS4-HMAC-SHA256\n'}[version])
    if version == 'v4':
        assert error.findtext('CanonicalRequest').startswith('GET\n/test-bucket/other\n')
    url = signed_url(client, 'GET')
    for_another = url.replace('/test-bucket/k?', '/test-bucket/other?')
    refused(client.send_raw('GET', for_another, {}), 403, 'SignatureDoesNotMatch')
    refused(client.send_raw('GET', url + '&versionId=null', {}), 403, 'SignatureDoesNotMatch')
    refused(client.send_raw('DELETE', url, {}), 403, 'SignatureDoesNotMatch')
    refused(client.send_raw('GET', url, {'x-oss-meta-a': '1'}), 403, 'SignatureDoesNotMatch')


def test_wrong_secrets_and_unknown_keys(client, version):
    key_id = client.emulator.credentials.access_key_id
    client.auth = AUTHS[version](key_id, 'wrong')
    refused(client.get('k'), 403, 'SignatureDoesNotMatch')
    client.auth = AUTHS[version]('nobody', 'wrong')
    error = refused(client.get('k'), 403, 'InvalidAccessKeyId')
    assert error.findtext('EC') == '0002-00000902'
    assert error.findtext('OSSAccessKeyId') == 'nobody'


def test_no_answer_shows_a_secret(client, oss_emulator):
    secret = oss_emulator.credentials.access_key_secret
    for reply in (client.send('GET', 'k', path='/test-bucket/x'), client.get('k')):
        assert secret.encode() not in reply.body
    assert secret not in repr(oss_emulator.credentials) + repr(oss_emulator) + repr(list(oss_emulator.requests))


@pytest.mark.parametrize('version', ['v2', 'v4'], indirect=True)
def test_additional_headers(client, version):
    client.put('k', b'data')
    url = signed_url(client, 'GET', headers={'x-y': '1', 'a-b': '2'}, in_additional_headers=['x-y', 'a-b'])
    assert client.send_raw('GET', url, {'x-y': '1', 'a-b': '2'}).status == 200
    refused(client.send_raw('GET', url, {'x-y': '1', 'a-b': '3'}), 403, 'SignatureDoesNotMatch')
    refused(client.send_raw('GET', url, {'x-y': '1'}), 403, 'SignatureDoesNotMatch')


class TestTemporaryCredentials:
    @pytest.fixture
    def sts(self, oss_emulator, version):
        def make(seconds=60, token=None):
            credentials = oss_emulator.temporary_credentials(seconds)
            return oss2.StsAuth(credentials.access_key_id, credentials.access_key_secret,
                                credentials.security_token if token is None else token, version)
        return make

    def test_are_good_for_their_time(self, client, sts):
        client.auth = sts()
        client.put('k', b'data')
        assert client.get('k').body == b'data'
        assert client.send_raw('GET', signed_url(client, 'GET', auth=sts()), {}).body == b'data'

    def test_expire(self, client, sts):
        client.auth = sts(seconds=-1)
        assert refused(client.get('k'), 403, 'SecurityTokenExpired').findtext('EC') == '0002-00000007'

    def test_need_their_own_token(self, client, sts):
        client.auth = sts(token='another')
        assert refused(client.get('k'), 403, 'InvalidSecurityToken').findtext('EC') == '0002-00000008'
        client.auth = sts(token='')
        assert refused(client.get('k'), 403, 'InvalidAccessKeyId').findtext('EC') == '0002-00000003'

    def test_permanent_keys_have_no_token(self, client, oss_emulator, version):
        credentials = oss_emulator.credentials
        client.auth = oss2.StsAuth(credentials.access_key_id, credentials.access_key_secret, 'token', version)
        refused(client.get('k'), 403, 'AccessKeyIdAndSecurityTokenNotMatch')


class TestClock:
    def test_fifteen_minutes_off_are_accepted(self, client, oss_emulator):
        for seconds in (-880, 880):
            with oss_emulator.faults.skew(seconds):
                assert client.get('k').code == 'NoSuchKey'

    def test_more_is_not(self, client, oss_emulator):
        for seconds in (-920, 920):
            with oss_emulator.faults.skew(seconds):
                error = refused(client.get('k'), 403, 'RequestTimeTooSkewed')
            assert error.findtext('EC') == '0002-00000504'
            assert error.findtext('MaxAllowedSkewMilliseconds') == '900000'
            difference = (oss2.iso8601_to_unixtime(error.findtext('ServerTime'))
                          - oss2.iso8601_to_unixtime(error.findtext('RequestTime')))
            assert abs(difference - seconds) < 10

    def test_urls_expire(self, client, oss_emulator):
        client.put('k', b'data')
        url = signed_url(client, 'GET', expires=100)
        with oss_emulator.faults.skew(90):
            assert client.send_raw('GET', url, {}).status == 200
        with oss_emulator.faults.skew(110):
            error = refused(client.send_raw('GET', url, {}), 403, 'AccessDenied')
        assert error.findtext('Message') == 'Request has expired.'
        assert error.findtext('EC') == '0002-00000069'
        expires, now = (oss2.iso8601_to_unixtime(error.findtext(name)) for name in ('Expires', 'ServerTime'))
        assert expires < now


class TestMalformed:
    @pytest.fixture
    def plain(self, oss_emulator):
        with fresh(oss_emulator) as client:
            client.auth = False
            yield client

    @pytest.mark.parametrize(('authorization', 'ec'), [
        ('OSSxxx id:signature', '0002-00000061'), ('Basic abc', '0002-00000061'), ('OSS id', '0002-00000062'),
        ('OSS  :signature', '0002-00000062'), ('OSS2 AccessKeyId:id,', '0002-00000102'),
        ('OSS4-HMAC-SHA256 Credential=id/20221220/us-east-1/oss/abc,Signature=18', '0002-00000213'),
        ('OSS4-HMAC-SHA256 Credential=,Signature=18', '0002-00000213')])
    def test_headers(self, plain, authorization, ec):
        headers = {'Authorization': authorization, 'Date': oss2.http_date(),
                   'x-oss-date': time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}
        error = refused(plain.send_raw('GET', '/test-bucket/k', headers), 400, 'InvalidArgument')
        assert error.findtext('Message') == 'Authorization header is invalid.'
        assert error.findtext('EC') == ec

    @pytest.mark.parametrize('date', [None, 'yesterday', 'Tue, 20 Dec 22 08:48:18 GMT', '20221399T999999Z'])
    def test_dates(self, plain, date):
        headers = {'Authorization': 'OSS id:signature', **({} if date is None else {'Date': date})}
        error = refused(plain.send_raw('GET', '/test-bucket/k', headers), 403, 'AccessDenied')
        assert error.findtext('EC') == '0002-00000503'

    @pytest.mark.parametrize(('query', 'ec'), [
        ('OSSAccessKeyId=a&Signature=b', '0002-00000067'), ('OSSAccessKeyId=a&Signature=b&Expires=', '0002-00000067'),
        ('OSSAccessKeyId=a&Signature=b&Expires=abc', '0002-00000070'),
        ('OSSAccessKeyId=a&Signature=b&Expires=99999999999999999999', '0002-00000070')])
    def test_urls_of_version_1(self, plain, query, ec):
        error = refused(plain.send_raw('GET', '/test-bucket/k?' + query, {}), 403, 'AccessDenied')
        assert error.findtext('EC') == ec

    @pytest.mark.parametrize(('changes', 'status', 'ec'), [
        ({'x-oss-credential': 'id/2022-12-20/cn-hangzhou/oss/abc'}, 400, '0002-00000224'),
        ({'x-oss-expires': '-1'}, 400, None), ({'x-oss-expires': '9' * 5000}, 400, None),
        ({'x-oss-expires': '604801'}, 400, None), ({'x-oss-date': 'today'}, 403, '0002-00000503'),
        ({'x-oss-signature': ''}, 403, '0003-00000001'), ({'x-oss-signature-version': 'OSS9'}, 400, None)])
    def test_urls_of_version_4(self, plain, changes, status, ec):
        credentials = plain.emulator.credentials
        url = signed_url(plain, 'GET', auth=oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret))
        path, _, query = url.partition('?')
        params = {**dict(urllib.parse.parse_qsl(query)), **changes}
        reply = plain.send_raw('GET', path + '?' + urllib.parse.urlencode(params), {})
        assert (reply.status, reply.error.findtext('EC')) == (status, ec), reply

    def test_header_and_url_at_once(self, plain):
        query = '?OSSAccessKeyId=a&Signature=b&Expires=1'
        reply = plain.send_raw('GET', '/test-bucket/k' + query, {'Authorization': 'OSS a:b'})
        refused(reply, 400, 'InvalidArgument')


class TestRegion:
    def signed_for(self, client, region, product='oss'):
        request = oss2.http.Request('GET', client.emulator.endpoint, region=region, product=product)
        credentials = client.emulator.credentials
        oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret)._sign_request(request, 'test-bucket', 'k')
        return {name: value for name, value in request.headers.items() if value is not None}

    @pytest.fixture
    def plain(self, oss_emulator):
        with fresh(oss_emulator) as client:
            client.auth = False
            yield client

    @pytest.mark.parametrize('region', ['cn-beijing', 'oss-cn-hangzhou', 'hangzhou'])
    def test_must_be_the_buckets(self, plain, region):
        reply = plain.send_raw('GET', '/test-bucket/k', self.signed_for(plain, region))
        error = refused(reply, 400, 'InvalidArgument')
        assert error.findtext('Message') == 'Invalid signing region in Authorization header.'
        assert error.findtext('EC') == '0002-00000226'

    def test_is_told_by_the_host_name(self, plain):
        for host in ('oss-cn-beijing.aliyuncs.com', 'oss-cn-beijing-internal.aliyuncs.com'):
            headers = {**self.signed_for(plain, 'cn-beijing'), 'host': 'test-bucket.' + host}
            assert plain.send_raw('GET', '/k', headers).code == 'NoSuchKey'

    def test_product(self, plain):
        reply = plain.send_raw('GET', '/test-bucket/k', self.signed_for(plain, 'cn-hangzhou', 's3'))
        assert refused(reply, 400, 'InvalidArgument').findtext('EC') == '0002-00000227'


class TestVersion4:
    """What only version 4 has."""

    @pytest.fixture
    def plain(self, oss_emulator):
        with fresh(oss_emulator) as client:
            client.put('k', b'data')
            client.auth = False
            yield client

    def send(self, plain, change):
        """Send a request whose headers were changed after they were signed."""
        request = oss2.http.Request('GET', plain.emulator.endpoint, region=plain.emulator.region, product='oss')
        credentials = plain.emulator.credentials
        oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret)._sign_request(request, 'test-bucket', 'k')
        headers = {name.lower(): value for name, value in request.headers.items() if value is not None}
        change(headers)
        return plain.send_raw('GET', '/test-bucket/k', headers)

    def test_a_header_without_a_signature(self, plain):
        def change(headers):
            headers['authorization'] = headers['authorization'].partition('Signature=')[0] + 'Signature='

        refused(self.send(plain, change), 400, 'InvalidArgument')

    def test_a_scope_of_another_day(self, plain):
        def change(headers):
            headers['authorization'] = re.sub(r'/\d{8}/', '/20200101/', headers['authorization'])

        error = refused(self.send(plain, change), 400, 'InvalidArgument')
        assert 'signing date' in error.findtext('Message')

    def test_the_date_may_be_in_the_header_date(self, plain):
        now = time.time()
        timestamp = time.strftime('%Y%m%dT%H%M%SZ', time.gmtime(now))
        credentials = plain.emulator.credentials
        scope = oss2._signing.v4_scope(timestamp, plain.emulator.region, 'oss')
        canonical = oss2._signing.v4_canonical_request(
            'GET', 'test-bucket', 'k', [('x-oss-content-sha256', 'UNSIGNED-PAYLOAD')], {})
        text = oss2._signing.v4_string_to_sign(canonical, timestamp, scope)
        signature = oss2._signing.v4_signature(credentials.access_key_secret, text, scope)
        reply = plain.send_raw('GET', '/test-bucket/k', {
            'date': time.strftime('%a, %d %b %Y %H:%M:%S GMT', time.gmtime(now)),
            'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
            'Authorization': 'OSS4-HMAC-SHA256 Credential=%s/%s,Signature=%s' % (
                credentials.access_key_id, scope, signature)})
        assert (reply.status, reply.body) == (200, b'data')

    def test_a_url_of_the_future(self, plain, oss_emulator):
        credentials = plain.emulator.credentials
        auth = oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret)
        url = signed_url(plain, 'GET', auth=auth)
        with oss_emulator.faults.skew(-1000):
            error = refused(plain.send_raw('GET', url, {}), 403, 'AccessDenied')
        assert error.findtext('Message') == 'Request is not valid yet.'
