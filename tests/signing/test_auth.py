from __future__ import annotations

import logging
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, List
from urllib.parse import parse_qs, urlsplit

import pytest
from requests.structures import CaseInsensitiveDict

import oss2
from oss2 import _signing, auth
from oss2.credentials import Credentials, StaticCredentialsProvider
from oss2.exceptions import ClientError

NOW = 1700000000
KEY_ID, SECRET, TOKEN = 'LTAIsecretKeyId', 'theSecretOfTheKey', 'CAISsecurityToken+/='

EVERY_AUTH: Dict[str, Any] = {
    'v1': lambda: oss2.Auth(KEY_ID, SECRET), 'v2': lambda: oss2.AuthV2(KEY_ID, SECRET),
    'v4': lambda: oss2.AuthV4(KEY_ID, SECRET),
    'sts-v1': lambda: oss2.StsAuth(KEY_ID, SECRET, TOKEN), 'sts-v2': lambda: oss2.StsAuth(KEY_ID, SECRET, TOKEN, 'v2'),
    'sts-v4': lambda: oss2.StsAuth(KEY_ID, SECRET, TOKEN, 'v4'),
    'provider-v1': lambda: oss2.ProviderAuth(StaticCredentialsProvider(KEY_ID, SECRET, TOKEN)),
    'provider-v2': lambda: oss2.ProviderAuthV2(StaticCredentialsProvider(KEY_ID, SECRET, TOKEN)),
    'provider-v4': lambda: oss2.ProviderAuthV4(StaticCredentialsProvider(KEY_ID, SECRET, TOKEN)),
    'anonymous': oss2.AnonymousAuth,
}
every_auth = pytest.mark.parametrize('make', EVERY_AUTH.values(), ids=EVERY_AUTH.keys())
every_v4 = pytest.mark.parametrize('name', ['v4', 'sts-v4', 'provider-v4'])


class Request:
    method = 'GET'
    url = 'http://bucket.oss-cn-hangzhou.aliyuncs.com/key'
    data = None

    def __init__(self, params: Any = None, headers: Any = None, **more: Any) -> None:
        self.params = params or {}
        self.headers = CaseInsensitiveDict(headers or {})
        self.__dict__.update(more)


def regional(**more: Any) -> Request:
    return Request(**{'region': 'cn-hangzhou', 'product': 'oss', 'cloudbox_id': None, **more})


def signed(auth_object: Any, request: Request) -> Dict[str, Any]:
    auth_object._sign_request(request, 'bucket', 'key')
    return dict(request.headers)


@pytest.fixture(autouse=True)
def no_switch_and_frozen_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv('OSS_SIGNATURE_VERSION', raising=False)
    monkeypatch.setattr('oss2.auth.time.time', lambda: NOW)


@pytest.mark.parametrize('name', ['v1', 'v2', 'sts-v1', 'sts-v2', 'provider-v1', 'provider-v2', 'anonymous'])
def test_versions_1_and_2_need_no_more_of_a_request(name: str) -> None:
    class Minimal:
        __slots__ = ('data', 'headers', 'method', 'params', 'url')

    request: Any = Minimal()
    request.method, request.url, request.data, request.params, request.headers = 'GET', 'http://h/k', None, {}, {}
    EVERY_AUTH[name]()._sign_request(request, 'b', 'k')
    assert ('authorization' in request.headers) is (name != 'anonymous')
    assert EVERY_AUTH[name]()._sign_url(request, 'b', 'k', 60).startswith('http://h/k?')


@every_auth
def test_a_request_may_have_a_plain_dict_of_headers(make: Any) -> None:
    plain = regional()
    plain.headers = {'Content-Type': 'a/b', 'X-Oss-Meta-A': '1'}  # type: ignore[assignment]
    assert signed(make(), plain) == signed(make(), regional(headers={'Content-Type': 'a/b', 'X-Oss-Meta-A': '1'}))


@every_auth
def test_additional_headers_are_accepted_by_every_version(make: Any) -> None:
    request = regional(headers={'zz': '1'})
    with_names = make()._sign_url(request, 'bucket', 'key', 60, ['zz'])
    without = make()._sign_url(request, 'bucket', 'key', 60)
    lists = 'x-oss-additional-headers=zz' in with_names
    assert lists is (make().auth_version() in ('v2', 'v4'))
    assert lists or with_names == without


@every_auth
def test_signing_leaves_what_it_is_given(make: Any) -> None:
    params, names = {'acl': '', 'position': 1}, ['zz', 'aa']
    request = regional(params=params, headers={'zz': '1', 'aa': '2'})
    make()._sign_url(request, 'bucket', 'key', 60, names)
    assert dict(request.headers) == {'zz': '1', 'aa': '2'}
    make()._sign_request(request, 'bucket', 'key', names)
    assert request.params is params
    assert (params, names) == ({'acl': '', 'position': 1}, ['zz', 'aa'])
    make()._sign_rtmp_url('rtmp://h', 'bucket', 'channel', 60, params)
    assert params == {'acl': '', 'position': 1}


@every_auth
def test_signing_twice_is_signing_once(make: Any) -> None:
    request = regional(headers={'x-oss-meta-a': '1'})
    assert signed(make(), request) == signed(make(), request) == signed(make(), regional(headers={'x-oss-meta-a': '1'}))


@every_auth
def test_an_auth_pickles(make: Any) -> None:
    copy = pickle.loads(pickle.dumps(make()))
    assert copy.auth_version() == make().auth_version()
    assert signed(copy, regional()) == signed(make(), regional())


@every_auth
def test_no_secret_in_a_repr(make: Any) -> None:
    for secret in (KEY_ID, SECRET, TOKEN):
        assert secret not in repr(make())
    assert type(make()).__name__ in repr(make())


@every_auth
def test_no_secret_in_the_log(make: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    request = regional(params={'acl': ''})
    made: List[str] = [make()._sign_url(request, 'bucket', 'key', 60)]
    made += signed(make(), request).values()
    for secret in (SECRET, TOKEN, 'CAISsecurityToken'):
        assert secret not in caplog.text
    query = parse_qs(urlsplit(made[0]).query)
    for name in ('Signature', 'x-oss-signature', 'security-token', 'x-oss-security-token'):
        assert query.get(name, [SECRET])[0] not in caplog.text
    assert isinstance(make(), oss2.AnonymousAuth) or '/bucket' in caplog.text.replace('%2F', '/')


def test_many_threads_share_an_auth() -> None:
    for name in ('v1', 'v4', 'sts-v4'):
        shared = EVERY_AUTH[name]()
        keys = ['key-%d' % (n % 50) for n in range(2000)]

        def sign(key: str, shared: Any = shared) -> str:
            request = regional()
            shared._sign_request(request, 'bucket', key)
            return str(request.headers['authorization'])

        with ThreadPoolExecutor(16) as pool:
            found = dict(zip(keys, pool.map(sign, keys)))
        assert found == {key: sign(key) for key in keys}
        assert len(set(found.values())) == 50


def test_blanks_around_a_key_are_no_part_of_it() -> None:
    for kind in (oss2.Auth, oss2.AuthV2, oss2.AuthV4):
        assert signed(kind(' %s\n' % KEY_ID, '\t%s ' % SECRET), regional()) == signed(kind(KEY_ID, SECRET), regional())


@pytest.mark.parametrize('kind', [oss2.Auth, oss2.AuthV2, oss2.AuthV4])
@pytest.mark.parametrize(('arguments', 'named'), [((None, 'x'), 'access_key_id'), (('x', None), 'access_key_secret')])
def test_a_missing_key_is_named(kind: Any, arguments: Any, named: str) -> None:
    with pytest.raises(ClientError, match=named):
        kind(*arguments)


def test_bytes_are_a_key_too() -> None:
    assert signed(oss2.Auth(KEY_ID.encode(), SECRET.encode()), regional()) == signed(EVERY_AUTH['v1'](), regional())


class TestProviders:
    def test_any_object_with_get_credentials(self) -> None:
        class Key:
            access_key_id, access_key_secret, security_token = KEY_ID, SECRET, TOKEN

        class Provider:
            def get_credentials(self) -> Any:
                return Key()

        for kind, name in ((oss2.ProviderAuth, 'v1'), (oss2.ProviderAuthV2, 'v2'), (oss2.ProviderAuthV4, 'v4')):
            assert signed(kind(Provider()), regional()) == signed(EVERY_AUTH['sts-' + name](), regional())

    def test_asked_once_for_each_request(self) -> None:
        class Provider:
            asked = 0

            def get_credentials(self) -> Credentials:
                self.asked += 1
                return Credentials('id-%d' % self.asked, SECRET, None)

        provider = Provider()
        shared = oss2.ProviderAuth(provider)
        assert signed(shared, regional())['authorization'].startswith('OSS id-1:')
        assert 'OSSAccessKeyId=id-2&' in shared._sign_url(regional(), 'b', 'k', 60)
        assert 'OSSAccessKeyId=id-3&' in shared._sign_rtmp_url('rtmp://h', 'b', 'c', 60, {})

    def test_may_be_replaced(self) -> None:
        shared = oss2.Auth('old', 'old')
        shared.credentials_provider = StaticCredentialsProvider(KEY_ID, SECRET)
        assert signed(shared, regional()) == signed(EVERY_AUTH['v1'](), regional())

    @pytest.mark.parametrize('given', [None, Credentials(KEY_ID, None), Credentials(None, SECRET)])  # type: ignore[arg-type]
    def test_that_has_none(self, given: Any) -> None:
        class Empty:
            def get_credentials(self) -> Any:
                return given

        with pytest.raises(ClientError, match='Empty') as caught:
            signed(oss2.ProviderAuth(Empty()), regional())
        assert SECRET not in str(caught.value)


class TestVersion4:
    @every_v4
    @pytest.mark.parametrize('region', [None, ''])
    def test_a_region_is_needed(self, name: str, region: Any) -> None:
        with pytest.raises(ClientError, match="region='cn-hangzhou'"):
            signed(EVERY_AUTH[name](), regional(region=region))
        with pytest.raises(ClientError, match="region='cn-hangzhou'"):
            EVERY_AUTH[name]()._sign_url(regional(region=region), 'bucket', 'key', 60)
        with pytest.raises(ClientError, match="region='cn-hangzhou'"):
            signed(EVERY_AUTH[name](), Request())

    @every_v4
    def test_a_url_is_good_for_a_week_at_most(self, name: str) -> None:
        assert 'x-oss-expires=604800&' in EVERY_AUTH[name]()._sign_url(regional(), 'bucket', 'key', 604800)
        with pytest.raises(ClientError, match='604800'):
            EVERY_AUTH[name]()._sign_url(regional(), 'bucket', 'key', 604801)

    def test_a_cloud_box_stands_for_the_region(self) -> None:
        headers = signed(EVERY_AUTH['v4'](), regional(region=None, product=None, cloudbox_id='cb-1'))
        assert '/20231114/cb-1/oss-cloudbox/aliyun_v4_request' in headers['authorization']

    @pytest.mark.parametrize(('url', 'host'), [
        ('http://bucket.OSS-cn-hangzhou.aliyuncs.com/key', 'bucket.oss-cn-hangzhou.aliyuncs.com'),
        ('https://bucket.example.com:443/key', 'bucket.example.com'), ('http://127.0.0.1:9000/b/k', '127.0.0.1:9000'),
        ('http://[::1]:80/b/k', '[::1]'),
    ])
    def test_host_may_be_signed(self, url: str, host: str) -> None:
        for names in (['host'], ['Host']):
            asked = EVERY_AUTH['v4']()._sign_url(regional(url=url), 'bucket', 'key', 60, names)
            with_header = EVERY_AUTH['v4']()._sign_url(regional(url=url, headers={'host': host}), 'bucket', 'key', 60,
                                                       ['host'])
            assert asked == with_header
            assert 'x-oss-additional-headers=host' in asked

    def test_the_signing_keys_that_are_remembered_are_few(self) -> None:
        for n in range(500):
            _signing.v4_signing_key('secret', '%08d/r/oss/aliyun_v4_request' % n)
        assert len(_signing._signing_keys) <= 64


@pytest.mark.parametrize('expires', [None, 'soon', object()])
def test_expires_must_be_a_number(expires: Any) -> None:
    for name in ('v1', 'v2', 'v4'):
        with pytest.raises(ClientError, match='expires'):
            EVERY_AUTH[name]()._sign_url(regional(), 'bucket', 'key', expires)
        with pytest.raises(ClientError, match='expires'):
            EVERY_AUTH[name]()._sign_rtmp_url('rtmp://h', 'bucket', 'channel', expires, {})


@pytest.mark.parametrize('expires', [60.7, '60'])
def test_expires_is_taken_in_whole_seconds(expires: Any) -> None:
    for name in ('v1', 'v2', 'v4'):
        assert (EVERY_AUTH[name]()._sign_url(regional(), 'bucket', 'key', expires)
                == EVERY_AUTH[name]()._sign_url(regional(), 'bucket', 'key', 60))


def test_a_version_1_urls_date_is_its_expiry_whatever_the_headers_say() -> None:
    request = regional(headers={'x-oss-date': 'Thu, 17 Nov 2005 18:49:58 GMT'})
    url = EVERY_AUTH['v1']()._sign_url(request, 'bucket', 'key', 60)
    text = 'GET\n\n\n%d\nx-oss-date:Thu, 17 Nov 2005 18:49:58 GMT\n/bucket/key' % (NOW + 60)
    assert parse_qs(urlsplit(url).query)['Signature'] == [_signing.v1_signature(SECRET, text.encode())]


def test_a_url_that_has_a_query_gets_more_of_it() -> None:
    for make in EVERY_AUTH.values():
        url = make()._sign_url(regional(url='http://h/k?x=1', params={'acl': ''}), 'bucket', 'key', 60)
        assert url.startswith('http://h/k?x=1&acl')


@pytest.mark.parametrize('name', ['v1', 'v2', 'v4'])
def test_the_clock_may_be_corrected(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = signed(EVERY_AUTH[name](), regional())
    url = EVERY_AUTH[name]()._sign_url(regional(), 'bucket', 'key', 60)
    monkeypatch.setattr('oss2.auth.time.time', lambda: NOW - 3600.5)
    assert signed(EVERY_AUTH[name](), regional()) != now
    assert signed(EVERY_AUTH[name](), regional(clock_offset=3600.5)) == now
    assert EVERY_AUTH[name]()._sign_url(regional(clock_offset=3600.5), 'bucket', 'key', 60) == url


@pytest.mark.parametrize('name', sorted(['policyStatus', 'userDefinedLogFieldsConfig', 'rtc', 'cleanRestoredObject',
                                         'cloudboxes', 'seal', 'overwriteConfig', 'retention', 'legalHold',
                                         'objectWorm', 'quota', 'metadataConfiguration', 'metadataInventoryTable',
                                         'metadataJournalTable', 'dataPipeline', 'MetaQuery', 'action']))
def test_version_1_signs_the_newer_sub_resources(name: str) -> None:
    assert signed(EVERY_AUTH['v1'](), regional(params={name: ''})) != signed(EVERY_AUTH['v1'](), regional())


class TestSwitch:
    UNTOLD: Dict[str, Any] = {
        'v1': lambda: oss2.Auth(KEY_ID, SECRET), 'sts-v1': lambda: oss2.StsAuth(KEY_ID, SECRET, TOKEN),
        'provider-v1': EVERY_AUTH['provider-v1'], 'make': lambda: oss2.make_auth(KEY_ID, SECRET),
    }

    @pytest.fixture(params=['environment', 'defaults'])
    def v4_on(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        if request.param == 'environment':
            monkeypatch.setenv('OSS_SIGNATURE_VERSION', 'V4')
        else:
            monkeypatch.setattr('oss2.defaults.signature_version', 'v4')
            monkeypatch.setenv('OSS_SIGNATURE_VERSION', 'v2')

    @pytest.mark.usefixtures('v4_on')
    @pytest.mark.parametrize('make', UNTOLD.values(), ids=UNTOLD.keys())
    def test_version_4_for_all_that_are_not_told(self, make: Any) -> None:
        assert make().auth_version() == 'v4'
        assert signed(make(), regional())['authorization'].startswith('OSS4-HMAC-SHA256 ')
        assert 'x-oss-signature-version=OSS4' in make()._sign_url(regional(), 'bucket', 'key', 60)
        assert pickle.loads(pickle.dumps(make())).auth_version() == 'v4'

    @pytest.mark.usefixtures('v4_on')
    def test_version_2_stays(self) -> None:
        assert [EVERY_AUTH[name]().auth_version() for name in ('v2', 'sts-v2', 'provider-v2')] == ['v2'] * 3

    @pytest.mark.parametrize('make', UNTOLD.values(), ids=UNTOLD.keys())
    def test_version_1_without_it(self, make: Any) -> None:
        assert make().auth_version() == 'v1'

    def test_an_auth_keeps_the_version_it_was_made_with(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = oss2.Auth(KEY_ID, SECRET)
        monkeypatch.setenv('OSS_SIGNATURE_VERSION', 'v4')
        assert made.auth_version() == 'v1'
        assert signed(made, regional())['authorization'].startswith('OSS ')

    def test_a_wrong_value_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv('OSS_SIGNATURE_VERSION', '4')
        with pytest.raises(ClientError, match='OSS_SIGNATURE_VERSION'):
            oss2.Auth(KEY_ID, SECRET)


@pytest.mark.parametrize('version', ['v3', '', None, 'x'])
def test_an_unknown_version_is_version_1(version: Any) -> None:
    assert type(oss2.make_auth(KEY_ID, SECRET, version)) is oss2.Auth
    assert oss2.StsAuth(KEY_ID, SECRET, TOKEN, version).auth_version() == 'v1'


def test_what_else_programs_import() -> None:
    assert auth.v2_uri_encode('a b/~中') == 'a%20b%2F~%E4%B8%AD'
    assert auth._param_to_quoted_query('a/b', 'c d') == 'a%2Fb=c%20d'
    assert [auth._param_to_quoted_query('a', value) for value in ('', None, 0, 5)] == ['a', 'a', 'a=0', 'a=5']
    assert auth.DEFAULT_SIGNED_HEADERS == ['content-type', 'content-md5']
    assert auth.hmac.new(b'', b'', auth.hashlib.sha1).hexdigest() == 'fbdb1d1b18aa6c08324b7d64b71fb76370690e1d'
    assert isinstance(auth.logger, auth.logging.Logger)
    assert auth.datetime.fromtimestamp(0, None)
