"""Forms that are signed here and sent to the emulator as a browser does, by a program that knows no OSS."""
from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time

import pytest
import requests
from functional.emulator_client import Client

import oss2
from oss2.exceptions import ClientError, NoSuchKey

BIG = bytes(range(256)) * 1200


@pytest.fixture(params=['v1', 'v2', 'v4', 'stsv1', 'stsv4'])
def bucket(request, oss_bucket, oss_emulator):
    if request.param.startswith('sts'):
        credentials = oss_emulator.temporary_credentials()
        auth = oss2.StsAuth(credentials.access_key_id, credentials.access_key_secret, credentials.security_token,
                            request.param[3:])
    else:
        credentials = oss_emulator.credentials
        auth = oss2.make_auth(credentials.access_key_id, credentials.access_key_secret, request.param)
    with oss_emulator.bucket(oss_bucket.bucket_name, auth) as bucket:
        yield bucket


@pytest.fixture
def session():
    with requests.Session() as session:
        session.trust_env = False
        yield session


def send(session, form, data=b'data', filename='cat.png', kind='image/png', **changed):
    fields = {name: value for name, value in {**form, **changed}.items() if value is not None}
    files = {'file': (filename, data, kind)}
    return session.post(form.url, data=fields, files=files, allow_redirects=False, timeout=10)


def refused(answer, status, code):
    assert answer.status_code == status, answer.text
    assert '<Code>%s</Code>' % code in answer.text
    return answer.text


@pytest.mark.behaviour(33)
class TestUploads:
    @pytest.mark.parametrize('data', [b'', b'data', b'\r\n--\r\n', BIG])
    def test_a_file_becomes_an_object(self, bucket, session, data):
        answer = send(session, bucket.sign_post('uploads/cat.png', 60), data)
        assert (answer.status_code, answer.content) == (204, b'')
        assert answer.headers['ETag'] == '"%s"' % hashlib.md5(data).hexdigest().upper()
        found = bucket.get_object('uploads/cat.png')
        assert found.read() == data
        assert found.content_type == 'image/png'

    def test_the_name_of_the_file(self, bucket, session):
        form = bucket.sign_post('uploads/${filename}', 60)
        assert send(session, form, filename='C:\\my photos\\cat.png').status_code == 204
        assert bucket.get_object('uploads/cat.png').read() == b'data'
        refused(send(session, form, key='elsewhere/cat.png'), 403, 'AccessDenied')

    def test_fields_become_headers(self, bucket, session):
        form = bucket.sign_post('k', 60, fields={
            'x-oss-meta-color': '\u7ea2', 'Cache-Control': 'no-cache', 'x-oss-object-acl': 'public-read',
            'x-oss-content-type': 'text/plain', 'x-oss-tagging': 'a=b'})
        assert send(session, form).status_code == 204
        head = bucket.head_object('k')
        assert head.headers['Cache-Control'] == 'no-cache'
        assert head.headers['x-oss-meta-color'].encode('latin-1').decode() == '\u7ea2'
        assert head.content_type == 'text/plain'
        assert bucket.get_object_acl('k').acl == 'public-read'
        assert bucket.get_object_tagging('k').tag_set.tagging_rule == {'a': 'b'}
        text = refused(send(session, form, **{'Cache-Control': 'max-age=60'}), 403, 'AccessDenied')
        assert '<EC>0006-00000227</EC>' in text

    def test_size_limits(self, bucket, session):
        form = bucket.sign_post('k', 60, [['content-length-range', 2, 4]])
        assert send(session, form, b'1234').status_code == 204
        assert '<EC>0006-00000003</EC>' in refused(send(session, form, b'12345'), 400, 'EntityTooLarge')
        assert '<EC>0006-00000004</EC>' in refused(send(session, form, b'1'), 400, 'EntityTooSmall')

    def test_conditions_on_what_the_holder_adds(self, bucket, session):
        form = bucket.sign_post(None, 60, [['starts-with', '$key', 'uploads/'], {'x-oss-meta-by': 'form'},
                                           ['in', '$x-oss-content-type', ['image/png', 'image/gif']],
                                           ['not-in', '$cache-control', ['no-cache']]])
        kind = {'x-oss-content-type': 'image/gif', 'x-oss-meta-by': 'form'}
        assert send(session, form, key='uploads/1', **kind).status_code == 204
        assert bucket.head_object('uploads/1').content_type == 'image/gif'
        refused(send(session, form, key='other', **kind), 403, 'AccessDenied')
        for other in ({'x-oss-content-type': 'text/html'}, {'x-oss-meta-by': 'hand'}):
            refused(send(session, form, key='uploads/1', **{**kind, **other}), 403, 'AccessDenied')
        refused(send(session, form, key='uploads/1', **{'Cache-Control': 'no-cache'}, **kind), 403, 'AccessDenied')

    @pytest.mark.parametrize(('status', 'answered'), [('200', 200), ('204', 204), ('201', 201), ('302', 204)])
    def test_the_status_asked_for(self, bucket, session, status, answered):
        answer = send(session, bucket.sign_post('a b', 60, fields={'success_action_status': status}))
        assert answer.status_code == answered
        if status == '201':
            assert '<Key>a b</Key>' in answer.text
            assert '<Location>%sa%%20b</Location>' % (bucket.sign_post('k', 60).url.rstrip('/') + '/') in answer.text
        else:
            assert answer.content == b''

    def test_redirects(self, bucket, session):
        answer = send(session, bucket.sign_post('a b', 60, fields={
            'success_action_redirect': 'http://localhost/done?x=1'}))
        assert answer.status_code == 303
        location = answer.headers['Location']
        assert location.startswith('http://localhost/done?x=1&bucket=%s&key=a+b&etag=' % bucket.bucket_name)

    def test_an_old_object_can_be_protected(self, bucket, session):
        form = bucket.sign_post('k', 60, fields={'x-oss-forbid-overwrite': 'true'})
        assert send(session, form).status_code == 204
        refused(send(session, form), 409, 'FileAlreadyExists')

    def test_it_expires(self, oss_emulator, bucket, session):
        form = bucket.sign_post('k', 600)
        with oss_emulator.faults.skew(601, times=1):
            text = refused(send(session, form), 403, 'AccessDenied')
        assert 'Policy expired' in text

    def test_what_was_signed_cannot_be_changed(self, bucket, session):
        form = bucket.sign_post('k', 60)
        policy = json.loads(base64.b64decode(form['policy']))
        policy['conditions'] = []
        changed = base64.b64encode(json.dumps(policy).encode()).decode()
        refused(send(session, form, policy=changed), 403, 'SignatureDoesNotMatch')
        with pytest.raises(NoSuchKey):
            bucket.get_object('k')

    def test_it_is_json(self, bucket):
        form = bucket.sign_post('k', 60)
        assert json.loads(json.dumps(form)) == form


@pytest.mark.behaviour(33)
class TestSignature:
    """What the fields are made of, as OSS's documentation has it.

    - https://help.aliyun.com/en/oss/developer-reference/signature-version-1: base64(hmac-sha1(secret, policy))
    - https://help.aliyun.com/en/oss/developer-reference/signature-version-4-recommend: hex(hmac-sha256(key, policy)),
      with the key derived from the day, the region, ``oss`` and ``aliyun_v4_request``
    """

    SECRET = 'OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV'

    def form(self, monkeypatch, auth, **options):
        monkeypatch.setattr(time, 'time', lambda: 1_701_605_532.0)
        with oss2.Bucket(auth, 'https://oss-cn-hangzhou.aliyuncs.com', 'examplebucket', **options) as bucket:
            return bucket.sign_post('user/eric/1', 3600, [['content-length-range', 1, 10]])

    def test_version_1(self, monkeypatch):
        form = self.form(monkeypatch, oss2.Auth('44CF9590006BF252F707', self.SECRET))
        assert form.url == 'https://examplebucket.oss-cn-hangzhou.aliyuncs.com/'
        assert list(form) == ['key', 'OSSAccessKeyId', 'policy', 'Signature']
        assert form['OSSAccessKeyId'] == '44CF9590006BF252F707'
        assert json.loads(base64.b64decode(form['policy'])) == {
            'expiration': '2023-12-03T13:12:12.000Z',
            'conditions': [{'bucket': 'examplebucket'}, {'key': 'user/eric/1'}, ['content-length-range', 1, 10]]}
        digest = hmac.new(self.SECRET.encode(), form['policy'].encode(), hashlib.sha1).digest()
        assert base64.b64decode(form['Signature']) == digest

    def test_version_4(self, monkeypatch):
        form = self.form(monkeypatch, oss2.StsAuth('key-id', self.SECRET, 'token', 'v4'))
        signer = {'x-oss-signature-version': 'OSS4-HMAC-SHA256',
                  'x-oss-credential': 'key-id/20231203/cn-hangzhou/oss/aliyun_v4_request',
                  'x-oss-date': '20231203T121212Z', 'x-oss-security-token': 'token'}
        assert {name: form[name] for name in signer} == signer
        assert set(form) == {*signer, 'key', 'policy', 'x-oss-signature'}
        policy = json.loads(base64.b64decode(form['policy']))
        assert [condition for condition in policy['conditions'] if next(iter(condition)) in signer] == [
            {name: value} for name, value in signer.items()]
        key = b'aliyun_v4' + self.SECRET.encode()
        for part in (b'20231203', b'cn-hangzhou', b'oss', b'aliyun_v4_request', form['policy'].encode()):
            key = hmac.new(key, part, hashlib.sha256).digest()
        assert form['x-oss-signature'] == key.hex()

    def test_bad_arguments(self, oss_emulator, oss_bucket):
        for arguments, text in [
            (('', 60), 'key'), (('k', 0), 'expires'), (('k', '60'), 'expires'), (('k', 8 * 86400), '604800'),
            ((None, 60), 'starts-with'), (('k', 60, [['like', '$key', 'a']]), 'no condition'),
            (('k', 60, [['eq', '$key']]), 'no condition'), (('k', 60, [5]), 'no condition'),
            (('k', 60, (), {'a': 1}), "'a'"), (('k', 60, (), {'policy': 'x'}), "'policy'"),
        ]:
            with pytest.raises(ClientError, match=text):
                oss_bucket.sign_post(*arguments)
        with oss2.Bucket(oss2.AnonymousAuth(), oss_emulator.endpoint, 'some-bucket') as bucket:
            with pytest.raises(ClientError, match='no credentials'):
                bucket.sign_post('k', 60)
        with oss2.Bucket(oss2.AuthV4('id', 'secret'), 'http://127.0.0.1', 'some-bucket') as bucket:
            with pytest.raises(ClientError, match='region'):
                bucket.sign_post('k', 60)


class TestEmulator:
    """Forms that this library does not make."""

    @pytest.fixture
    def signed(self, oss_emulator, oss_bucket, session):
        """A function that sends a policy, signed with version 1."""
        def post(policy, /, **changed):
            text = policy if isinstance(policy, str) else json.dumps(policy)
            encoded = base64.b64encode(text.encode()).decode()
            credentials = oss_emulator.credentials
            digest = hmac.new(credentials.access_key_secret.encode(), encoded.encode(), hashlib.sha1).digest()
            form = oss_bucket.sign_post('k', 60)
            fields = {'key': 'k', 'OSSAccessKeyId': credentials.access_key_id, 'policy': encoded,
                      'Signature': base64.b64encode(digest).decode(), **changed}
            fields = {name: value for name, value in fields.items() if value is not None}
            return session.post(form.url, data=fields, files={'file': ('f', b'data')}, timeout=10)
        return post

    @pytest.mark.parametrize(('policy', 'ec'), [
        ('{', '0006-00000201'), ({}, '0006-00000209'), ({'expiration': '2090-01-01T00:00:00.000Z'}, '0006-00000207'),
        ({'conditions': []}, '0006-00000208'), ([], '0006-00000201'),
        ({'conditions': [], 'expiration': '2090-01-01T00:00:00.000Z', 'test': 1}, '0006-00000206'),
        ({'conditions': [123], 'expiration': '2090-01-01T00:00:00.000Z'}, '0006-00000222'),
        ({'conditions': [['$key']], 'expiration': '2090-01-01T00:00:00.000Z'}, '0006-00000216'),
        ({'conditions': [['starts-with', '$key', 'a', 'b']], 'expiration': '2090-01-01T00:00:00.000Z'},
         '0006-00000218'),
        ({'conditions': [['content-length-range', 10, 'test']], 'expiration': '2090-01-01T00:00:00.000Z'},
         '0006-00000221'),
        ({'conditions': [['not-in', 'cache-control', 'no-cache']], 'expiration': '2090-01-01T00:00:00.000Z'},
         '0006-00000224'),
    ])
    def test_policies_that_are_none(self, signed, policy, ec):
        """The examples of https://help.aliyun.com/en/oss/user-guide/0006-00000201 and its neighbours."""
        assert '<EC>%s</EC>' % ec in refused(signed(policy), 400, 'InvalidPolicyDocument')

    @pytest.mark.parametrize('policy', [
        {'conditions': [], 'expiration': 'soon'}, {'conditions': [], 'expiration': 5},
        {'conditions': {}, 'expiration': '2090-01-01T00:00:00.000Z'},
    ], ids=['no date', 'a number', 'no list'])
    def test_other_policies_that_are_none(self, signed, policy):
        refused(signed(policy), 400, 'InvalidPolicyDocument')

    def test_times_of_version_4(self, oss_emulator, oss_bucket, session):
        credentials = oss_emulator.credentials
        auth = oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret)
        with oss_emulator.bucket(oss_bucket.bucket_name, auth) as bucket:
            form = bucket.sign_post('k', 60)
        for seconds, message in ((-1000, 'Request is not valid yet'), (8 * 86400, 'Request has expired')):
            with oss_emulator.faults.skew(seconds):
                assert message in refused(send(session, form), 403, 'AccessDenied')
        refused(send(session, form, **{'x-oss-signature-version': 'OSS5-HMAC'}), 400, 'InvalidArgument')

    def test_escaped_dollars(self, signed):
        policy = r'{"expiration":"2090-01-01T00:00:00Z","conditions":[["eq","$key","\${filename}"]]}'
        assert signed(policy, key='${filename}').status_code == 204
        refused(signed(policy), 403, 'AccessDenied')

    @pytest.mark.parametrize('missing', ['OSSAccessKeyId', 'policy', 'Signature'])
    def test_fields_that_belong_together(self, signed, missing):
        policy = {'expiration': '2090-01-01T00:00:00.000Z', 'conditions': []}
        refused(signed(policy, **{missing: None}), 400, 'InvalidArgument')
        refused(signed(policy, OSSAccessKeyId='unknown'), 403, 'InvalidAccessKeyId')

    def test_anonymous_forms(self, oss_bucket, session):
        url = oss_bucket.sign_post('k', 60).url
        files = {'file': ('f', b'data')}
        refused(session.post(url, data={'key': 'k'}, files=files, timeout=10), 403, 'AccessDenied')
        oss_bucket.put_bucket_acl('public-read-write')
        assert session.post(url, data={'key': 'k'}, files=files, timeout=10).status_code == 204
        assert oss_bucket.get_object('k').read() == b'data'
        # Signatures in headers are not looked at.
        assert session.post(url, data={'key': 'k'}, files=files, headers={'Authorization': 'OSS a:b'},
                            timeout=10).status_code == 204

    def test_what_is_no_form(self, oss_bucket, session):
        url = oss_bucket.sign_post('k', 60).url
        head = {'Content-Type': 'multipart/form-data; boundary=b'}
        for body in (b'', b'nothing', b'--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nk'):
            refused(session.post(url, data=body, headers=head, timeout=10), 400, 'MalformedPOSTRequest')
        refused(session.post(url, data=b'x', timeout=10), 400, 'MalformedPOSTRequest')
        refused(session.post(url, files={'key': (None, 'k')}, timeout=10), 400, 'IncorrectNumberOfFilesInPOSTRequest')
        refused(session.post(url, files={'file': ('f', b'x')}, timeout=10), 400, 'IncorrectNumberOfFilesInPOSTRequest')

    def test_no_such_bucket(self, oss_emulator):
        client = Client(oss_emulator, False)
        reply = client.send('POST', bucket='no-such-bucket', body=b'x')
        assert (reply.status, reply.code) == (404, 'NoSuchBucket')
        client.close()
