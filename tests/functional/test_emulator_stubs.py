"""The services beside OSS on the emulator's port, as the library's own clients use them."""
from __future__ import annotations

import base64
import json
import time
import urllib.parse

import pytest
import requests

import oss2
from oss2 import _rpc
from oss2._credentials_ecs import EcsRamRoleCredentialsFetcher
from oss2._kms import KmsClient
from oss2.credentials import (
    AssumeRoleCredentialsProvider,
    EcsRamRoleCredentialsProvider,
    OidcRoleCredentialsProvider,
    StaticCredentialsProvider,
)
from oss2.emulator import Emulator
from oss2.exceptions import ClientError, OpenApiServerError

ROLE = 'acs:ram::1234567890123456:role/reader'
PROVIDER = 'acs:ram::1234567890123456:oidc-provider/ack'


@pytest.fixture
def oss():
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def owner(oss):
    credentials = oss.credentials
    return StaticCredentialsProvider(credentials.access_key_id, credentials.access_key_secret)


def bucket_of(oss, provider):
    oss.bucket('stub-bucket')
    return oss.bucket('stub-bucket', oss2.ProviderAuthV4(provider))


def operations(oss):
    return [seen.operation for seen in oss.requests]


def jwt(**claims):
    parts = ({'alg': 'none'}, claims)
    texts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip('=') for part in parts]
    return '.'.join([*texts, 'signature'])


def call(oss, action, method='POST', secret=None, **params):
    """Call STS; the status and code of its answer."""
    common = _rpc.common(action, '2015-04-01', time.time(), str(time.perf_counter()))
    signed = _rpc.signed(method, {**common, 'RoleArn': ROLE, 'RoleSessionName': 'me', **params},
                         oss.credentials.access_key_id, secret or oss.credentials.access_key_secret)
    with requests.Session() as session:
        session.trust_env = False
        answer = session.request(method, oss.sts_endpoint + '/?' + _rpc.canonical_query(signed))
    return answer.status_code, answer.json()


class TestMetadata:
    def test_the_role_of_an_instance_signs_requests(self, oss):
        provider = EcsRamRoleCredentialsProvider(oss.metadata_url)
        bucket = bucket_of(oss, provider)
        bucket.put_object('k', b'data')
        assert bucket.get_object('k').read() == b'data'
        credentials = provider.get_credentials()
        assert credentials.get_access_key_id().startswith('STS.')
        assert credentials.get_security_token()
        assert 'Metadata' in operations(oss)

    def test_credentials_are_the_same_while_they_are_fresh(self, oss):
        fetcher = EcsRamRoleCredentialsFetcher(oss.metadata_url)
        first, second = fetcher.fetch(), fetcher.fetch()
        assert first.access_key_id == second.access_key_id
        assert first.duration == pytest.approx(6 * 3600, abs=2)
        oss.expire_credentials()
        assert fetcher.fetch().access_key_id != first.access_key_id

    def test_hardened_mode_wants_a_token(self, oss):
        oss.state.metadata.is_hardened = True
        assert EcsRamRoleCredentialsFetcher(oss.metadata_url, hardened_only=True).fetch().access_key_id
        with requests.Session() as session:
            session.trust_env = False
            assert session.get(oss.metadata_url).status_code == 403
            header = {'X-aliyun-ecs-metadata-token': 'wrong'}
            assert session.get(oss.metadata_url, headers=header).status_code == 403
            token_url = oss.metadata_url.partition('/latest/')[0] + '/latest/api/token'
            assert session.put(token_url).status_code == 400
            token = session.put(token_url, headers={'X-aliyun-ecs-metadata-token-ttl-seconds': '5'}).text
            answer = session.get(oss.metadata_url, headers={'X-aliyun-ecs-metadata-token': token})
            assert (answer.status_code, answer.text) == (200, 'emulator-role')
            assert session.get(oss.metadata_url + 'other', headers={
                'X-aliyun-ecs-metadata-token': token}).status_code == 404

    def test_faults_hit_it(self, oss):
        oss.faults.fail(503, 'ServiceUnavailable', operation='Metadata', times=2)
        with pytest.raises(ClientError, match='503'):
            EcsRamRoleCredentialsFetcher(oss.metadata_url).fetch(retry_times=1)


class TestSts:
    def test_a_role_signs_requests(self, oss, owner):
        provider = AssumeRoleCredentialsProvider(owner, ROLE, sts_endpoint=oss.sts_endpoint)
        bucket = bucket_of(oss, provider)
        bucket.put_object('k', b'data')
        assert bucket.get_object('k').read() == b'data'
        assert operations(oss).count('AssumeRole') == 1

    def test_a_role_belongs_to_the_account_in_its_name(self, oss, owner):
        other = oss.add_account('other')
        identity = oss.state.accounts.find(other.access_key_id)
        bucket = oss.bucket('stub-bucket')
        bucket.put_object('k', b'data')
        arn = 'acs:ram::%s:role/reader' % identity.account.id
        provider = AssumeRoleCredentialsProvider(owner, arn, sts_endpoint=oss.sts_endpoint)
        stranger = oss2.Bucket(oss2.ProviderAuthV4(provider), oss.endpoint, 'stub-bucket', region=oss.region)
        with stranger, pytest.raises(oss2.exceptions.AccessDenied):
            stranger.get_object('k')

    def test_expired_credentials_are_replaced_and_the_request_is_sent_again(self, oss, owner):
        provider = AssumeRoleCredentialsProvider(owner, ROLE, sts_endpoint=oss.sts_endpoint)
        bucket = bucket_of(oss, provider)
        bucket.put_object('k', b'data')
        before = provider.get_credentials().get_access_key_id()
        oss.expire_credentials()
        oss.requests.clear()
        assert bucket.get_object('k').read() == b'data'
        assert provider.get_credentials().get_access_key_id() != before
        assert [(seen.operation, seen.status, seen.code) for seen in oss.requests] == [
            ('GetObject', 403, 'SecurityTokenExpired'), ('AssumeRole', 200, ''), ('GetObject', 200, '')]

    def test_expired_credentials_that_cannot_be_replaced(self, oss):
        credentials = oss.temporary_credentials()
        bucket = bucket_of(oss, StaticCredentialsProvider(
            credentials.access_key_id, credentials.access_key_secret, credentials.security_token))
        oss.expire_credentials()
        with pytest.raises(oss2.exceptions.ServerError) as caught:
            bucket.get_object('k')
        assert (caught.value.status, caught.value.code) == (403, 'SecurityTokenExpired')

    def test_temporary_credentials_may_play_a_role(self, oss):
        credentials = oss.temporary_credentials()
        source = StaticCredentialsProvider(credentials.access_key_id, credentials.access_key_secret,
                                           credentials.security_token)
        provider = AssumeRoleCredentialsProvider(source, ROLE, sts_endpoint=oss.sts_endpoint)
        assert provider.get_credentials().get_security_token() != credentials.security_token

    @pytest.mark.usefixtures('own_requests')
    def test_the_answer(self, oss):
        status, document = call(oss, 'AssumeRole', DurationSeconds='900')
        assert status == 200
        assert document['AssumedRoleUser']['Arn'] == 'acs:sts::1234567890123456:assumed-role/reader/me'
        expires = time.mktime(time.strptime(document['Credentials']['Expiration'], '%Y-%m-%dT%H:%M:%SZ'))
        now = time.mktime(time.gmtime())
        assert now + 890 <= expires <= now + 910
        assert call(oss, 'AssumeRole', 'GET')[0] == 200

    @pytest.mark.usefixtures('own_requests')
    @pytest.mark.parametrize(('params', 'status', 'code'), [
        ({'secret': 'wrong'}, 400, 'SignatureDoesNotMatch'),
        ({'Timestamp': '2020-01-01T00:00:00Z'}, 400, 'InvalidTimeStamp.Expired'),
        ({'Timestamp': 'yesterday'}, 400, 'InvalidTimeStamp.Format'),
        ({'RoleArn': 'reader'}, 400, 'InvalidParameter.RoleArn'),
        ({'RoleSessionName': 'a b'}, 400, 'InvalidParameter.RoleSessionName'),
        ({'DurationSeconds': '899'}, 400, 'InvalidParameter.DurationSeconds'),
        ({'Policy': '{'}, 400, 'InvalidParameter.PolicyGrammar'),
        ({'RoleArn': ''}, 400, 'MissingRoleArn'),
        ({'Version': '2000-01-01'}, 404, 'InvalidAction.NotFound'),
        ({'Format': 'XML'}, 400, 'InvalidParameter.Format'),
        ({'SecurityToken': 'of-nobody'}, 400, 'InvalidSecurityToken.MismatchWithAccessKey'),
    ])
    def test_refusals(self, oss, params, status, code):
        found, document = call(oss, 'AssumeRole', **params)
        assert (found, document['Code']) == (status, code)
        assert document['RequestId']

    @pytest.mark.usefixtures('own_requests')
    def test_tokens_of_temporary_keys(self, oss):
        for seconds, token, code in ((60, None, 'MissingSecurityToken'),
                                     (60, 'another', 'InvalidSecurityToken.MismatchWithAccessKey'),
                                     (-1, '', 'InvalidSecurityToken.Expired')):
            credentials = oss.temporary_credentials(seconds)
            signed = _rpc.signed('POST', _rpc.common('AssumeRole', '2015-04-01', time.time(), 'nonce'),
                                 credentials.access_key_id, credentials.access_key_secret,
                                 '' if token is None else token or credentials.security_token)
            assert self.refusal(oss, signed) == code

    @pytest.mark.usefixtures('own_requests')
    def test_other_signatures(self, oss):
        signed = _rpc.signed('POST', _rpc.common('AssumeRole', '2015-04-01', time.time(), 'nonce'), 'id', 'secret')
        for changed in ({'SignatureMethod': 'HMAC-SHA256'}, {'SignatureVersion': '2.0'}):
            assert self.refusal(oss, {**signed, **changed}) == 'InvalidParameter.SignatureMethod'

    def refusal(self, oss, params):
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(oss.sts_endpoint, data=params)
        assert answer.status_code == 400
        return answer.json()['Code']

    @pytest.mark.usefixtures('own_requests')
    def test_tokens_of_identity_providers_that_are_none(self, oss):
        """Nobody here can verify a token, so that anything passes for one."""
        for token, subject in ((jwt(sub='pod'), 'pod'), ('opaque', ''), ('a.b.c', ''), ('a.WzFd.c', '')):
            status, document = call(oss, 'AssumeRoleWithOIDC', OIDCProviderArn=PROVIDER, OIDCToken=token)
            assert (status, document['OIDCTokenInfo']['Subject']) == (200, subject)
        status, document = call(oss, 'AssumeRoleWithOIDC', OIDCProviderArn='ack', OIDCToken=jwt())
        assert (status, document['Code']) == (400, 'InvalidParameter.OIDCProviderArn')

    def test_unknown_keys(self, oss):
        provider = AssumeRoleCredentialsProvider(StaticCredentialsProvider('unknown', 'secret'), ROLE,
                                                 sts_endpoint=oss.sts_endpoint)
        with pytest.raises(ClientError, match=r'InvalidAccessKeyId\.NotFound'):
            provider.get_credentials()

    def test_a_token_of_an_identity_provider(self, oss, tmp_path):
        file = tmp_path / 'token'
        file.write_text(jwt(sub='pod', exp=time.time() + 60))
        provider = OidcRoleCredentialsProvider(ROLE, PROVIDER, str(file), sts_endpoint=oss.sts_endpoint)
        bucket = bucket_of(oss, provider)
        bucket.put_object('k', b'data')
        assert bucket.get_object('k').read() == b'data'
        file.write_text(jwt(sub='pod', exp=time.time() - 60))
        oss.expire_credentials()
        with pytest.raises(oss2.exceptions.ServerError):
            bucket.get_object('k')
        late = OidcRoleCredentialsProvider(ROLE, PROVIDER, str(file), sts_endpoint=oss.sts_endpoint)
        with pytest.raises(ClientError, match=r'AuthenticationFail\.OIDCToken\.Expired'):
            late.get_credentials()

    def test_by_the_name_it_has_in_the_cloud(self, oss):
        with requests.Session() as session:
            session.trust_env = False
            for host, code in (('sts.cn-hangzhou.aliyuncs.com', 'MissingAction'),
                               ('kms.cn-hangzhou.aliyuncs.com', 'MissingAction')):
                assert session.post(oss.endpoint, headers={'Host': host}).json()['Code'] == code
            url = oss.endpoint + '/latest/meta-data/ram/security-credentials/'
            assert session.get(url, headers={'Host': '100.100.100.200'}).text == 'emulator-role'
            # A bucket may be called like the service.
            assert b'NoSuchBucket' in session.get(
                oss.endpoint + '/k', headers={'Host': 'sts.oss-cn-hangzhou.aliyuncs.com'}).content


class TestKms:
    @pytest.fixture
    def client(self, oss, owner):
        return KmsClient(oss.region, owner, oss.kms_endpoint)

    def test_data_keys(self, client):
        key, blob = client.generate_data_key('master', '', 32)
        assert len(key) == 32
        assert base64.b64decode(client.decrypt(blob, '')) == key
        assert client.generate_data_key('master', '', 32)[0] != key

    def test_the_context_is_part_of_the_key(self, client):
        blob = client.encrypt('master', b'data', '{"a":"1","b":"2"}')
        assert base64.b64decode(client.decrypt(blob, '{"b":"2","a":"1"}')) == b'data'
        for context in ('', '{"a":"1"}'):
            with pytest.raises(OpenApiServerError) as caught:
                client.decrypt(blob, context)
            assert (caught.value.status, caught.value.code) == (400, 'InvalidParameter')

    def test_other_accounts_have_other_keys(self, oss, client):
        blob = client.encrypt('master', b'data', '')
        other = oss.add_account('other')
        stranger = KmsClient.with_key(other.access_key_id, other.access_key_secret, None, oss.region,
                                      oss.kms_endpoint)
        with pytest.raises(OpenApiServerError):
            stranger.decrypt(blob, '')

    def test_ciphertexts_outlive_an_emulator(self, client):
        blob = client.encrypt('master', b'data', '')
        with Emulator() as later:
            again = KmsClient.with_key(later.credentials.access_key_id, later.credentials.access_key_secret, None,
                                       later.region, later.kms_endpoint)
            assert base64.b64decode(again.decrypt(blob, '')) == b'data'

    @pytest.mark.parametrize('blob', ['AAAA', 'not base64', 'BW1hc3Rlcg=='])
    def test_what_is_no_ciphertext(self, client, blob):
        with pytest.raises(OpenApiServerError) as caught:
            client.decrypt(blob, '')
        assert caught.value.code == 'InvalidParameter'

    @pytest.mark.parametrize(('action', 'params', 'code'), [
        ('GenerateDataKey', {'KeySpec': 'AES_512'}, 'InvalidParameter'),
        ('GenerateDataKey', {'NumberOfBytes': '1025'}, 'InvalidParameter'),
        ('GenerateDataKey', {'NumberOfBytes': 'many'}, 'InvalidParameter'),
        ('Encrypt', {'Plaintext': 'A' * 9000}, 'InvalidParameter'),
        ('Encrypt', {'Plaintext': 'AAAA', 'KeyId': 'k' * 256}, 'Forbidden.KeyNotFound'),
        ('Encrypt', {'Plaintext': 'AAAA', 'EncryptionContext': '{'}, 'InvalidParameter'),
        ('Encrypt', {'Plaintext': 'AAAA', 'EncryptionContext': '[]'}, 'InvalidParameter'),
    ], ids=lambda value: str(value)[:40])
    def test_refusals(self, client, action, params, code):
        with pytest.raises(OpenApiServerError) as caught:
            client._call(action, {'KeyId': 'master', **params})
        assert caught.value.code == code

    def test_client_side_encryption(self, oss):
        credentials = oss.credentials
        auth = oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret)
        provider = oss2.AliKMSProvider(credentials.access_key_id, credentials.access_key_secret, oss.region, 'master',
                                       passphrase='context', endpoint=oss.kms_endpoint)
        plain = oss.bucket('stub-bucket')
        content = b'0123456789' * 20_000
        with oss2.CryptoBucket(auth, oss.endpoint, 'stub-bucket', provider, region=oss.region) as bucket:
            bucket.put_object('k', content)
            assert plain.get_object('k').read() != content
            assert bucket.get_object('k').read() == content
            assert bucket.get_object('k', byte_range=(5, 9)).read() == content[5:10]
        other = oss2.AliKMSProvider(credentials.access_key_id, credentials.access_key_secret, oss.region, None,
                                    endpoint=oss.kms_endpoint)
        with oss2.CryptoBucket(auth, oss.endpoint, 'stub-bucket', other, region=oss.region) as bucket:
            with pytest.raises(OpenApiServerError):
                bucket.get_object('k')

    def test_requests_without_parameters(self, oss):
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(oss.kms_endpoint + '/?' + urllib.parse.urlencode({
                'Action': 'Encrypt', 'Version': '2016-01-20'}))
        assert (answer.status_code, answer.json()['Code']) == (400, 'MissingAccessKeyId')
