"""Who gets in at the emulator: policies, the block of public access, requesters who pay, hotlink protection."""
from __future__ import annotations

import json

import pytest
from functional.emulator_client import BUCKET, fresh, refused

import oss2


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        client.put('public/a', b'data', {'x-oss-tagging': 'kind=open'})
        client.put('secret/a', b'data')
        yield client


def statement(effect, action, principal, resource=BUCKET + '/*', **condition):
    found = {'Effect': effect, 'Action': action, 'Principal': principal, 'Resource': 'acs:oss:*:*:' + resource}
    if condition:
        found['Condition'] = condition
    return found


def put_policy(client, *statements, version='1'):
    return client.send('PUT', params={'policy': ''},
                       body=json.dumps({'Version': version, 'Statement': statements}).encode())


def allow(client, *statements):
    assert put_policy(client, *statements).status == 200


def test_a_policy_comes_back_as_it_was_sent(client):
    error = refused(client.send('GET', params={'policy': ''}), 404, 'NoSuchBucketPolicy')
    assert error.findtext('EC') == '0030-00000006'
    text = json.dumps({'Version': '1', 'Statement': [statement('Allow', ['oss:GetObject'], ['*'])]}, indent=3).encode()
    assert client.send('PUT', params={'policy': ''}, body=text).status == 200
    assert client.send('GET', params={'policy': ''}).body == text
    assert client.send('DELETE', params={'policy': ''}).status == 204
    refused(client.send('GET', params={'policy': ''}), 404, 'NoSuchBucketPolicy')


def test_allowed_for_everybody(client, other, anonymous):
    refused(anonymous.get('public/a'), 403, 'AccessDenied')
    allow(client, statement('Allow', ['oss:GetObject'], ['*'], BUCKET + '/public/*'))
    assert anonymous.get('public/a').body == other.get('public/a').body == b'data'
    assert anonymous.send('HEAD', 'public/a').status == 200
    refused(anonymous.get('secret/a'), 403, 'AccessDenied')
    refused(anonymous.send('PUT', 'public/b'), 403, 'AccessDenied')
    refused(anonymous.send('GET'), 403, 'AccessDenied')


def test_allowed_for_an_account(oss_emulator, client, other, anonymous):
    allow(client, statement('Allow', 'oss:*', [oss_emulator.account_id('other')], BUCKET),
          statement('Allow', ['oss:PutObject', 'oss:Get*'], oss_emulator.account_id('other')))
    assert other.get('secret/a').body == b'data'
    other.put('new', b'x')
    assert other.send('GET').texts('Contents/Key') == ['new', 'public/a', 'secret/a']
    assert other.send('GET', params={'acl': ''}).status == 200
    refused(other.send('DELETE', 'new'), 403, 'AccessDenied')
    refused(anonymous.get('secret/a'), 403, 'AccessDenied')


def test_a_denial_wins(oss_emulator, client, other):
    account = [oss_emulator.account_id('other')]
    allow(client, statement('Allow', 'oss:*', account),
          statement('Deny', 'oss:GetObject', account, BUCKET + '/secret/*'))
    assert other.get('public/a').status == 200
    error = refused(other.get('secret/a'), 403, 'AccessDenied')
    assert (error.findtext('Message'), error.findtext('EC')) == ('Access denied by bucket policy.', '0003-00000101')
    client.set_acl('public-read')
    refused(other.get('secret/a'), 403, 'AccessDenied')


def test_everybody_is_not_the_owner_unless_there_is_a_condition(client):
    allow(client, statement('Deny', 'oss:GetObject', ['*']))
    assert client.get('public/a').status == 200
    allow(client, statement('Deny', 'oss:GetObject', ['*'], StringEquals={'acs:SourceVpc': 'vpc-1'}))
    assert client.get('public/a').status == 200
    allow(client, statement('Deny', 'oss:GetObject', ['*'], StringNotEquals={'acs:SourceVpc': 'vpc-1'}))
    refused(client.get('public/a'), 403, 'AccessDenied')


@pytest.mark.parametrize(('condition', 'passes'), [
    ({'IpAddress': {'acs:SourceIp': ['127.0.0.0/8']}}, True),
    ({'IpAddress': {'acs:SourceIp': '10.0.0.1'}}, False),
    ({'NotIpAddress': {'acs:SourceIp': '127.0.0.1'}}, False),
    ({'StringLike': {'acs:UserAgent': 'curl/*'}}, True),
    ({'StringNotLike': {'acs:UserAgent': 'curl/*'}}, False),
    ({'StringEqualsIgnoreCase': {'acs:UserAgent': 'CURL/1.0'}}, True),
    ({'Bool': {'acs:SecureTransport': True}}, False),
    ({'Bool': {'acs:SecureTransport': 'false'}}, True),
    ({'DateGreaterThan': {'acs:CurrentTime': '2020-01-01T00:00:00Z'}}, True),
    ({'DateLessThan': {'acs:CurrentTime': '2020-01-01T00:00:00+00:00'}}, False),
    ({'StringEquals': {'oss:ExistingObjectTag/kind': 'open'}}, True),
    ({'StringEquals': {'oss:ExistingObjectTag/kind': ['a', 'closed']}}, False),
    ({'StringEquals': {'oss:x-oss-meta-a': 'b'}}, False),
    ({'IpAddress': {'acs:SourceIp': 'here'}}, False),
    ({'NotIpAddress': {'acs:SourceIp': 'here'}}, True),
    ({'DateGreaterThan': {'acs:CurrentTime': 'long ago'}}, False),
    ({'NumericEquals': {'acs:UserAgent': '1'}}, False),
    ({'Null': {'oss:x-oss-meta-a': 'true'}}, True),
    ({'Null': {'oss:x-oss-meta-a': False}}, False),
    ({'Null': {'acs:UserAgent': 'false'}}, True),
    ({'Bool': {'acs:SecureTransport': 'false'}, 'StringLike': {'acs:UserAgent': 'wget/*'}}, False)])
def test_conditions(client, anonymous, condition, passes):
    allow(client, statement('Allow', 'oss:GetObject', '*', **condition))
    assert anonymous.get('public/a', {'User-Agent': 'curl/1.0'}).status == (200 if passes else 403)


def test_listing_only_a_prefix(client, oss_emulator, other):
    allow(client, statement('Allow', 'oss:ListObjects', oss_emulator.account_id('other'), BUCKET,
                            StringLike={'oss:Prefix': ['public/*']}))
    assert other.send('GET', params={'prefix': 'public/'}).texts('Contents/Key') == ['public/a']
    refused(other.send('GET', params={'prefix': 'secret/'}), 403, 'AccessDenied')
    refused(other.send('GET'), 403, 'AccessDenied')


def test_other_keys_of_a_request_are_looked_at(client, oss_emulator, other):
    account = [oss_emulator.account_id('other')]
    allow(client, statement('Allow', ['oss:GetObject', 'oss:PutObject', 'oss:DeleteObject'], account,
                            BUCKET + '/public/*'))
    source = {'x-oss-copy-source': '/%s/secret/a' % BUCKET}
    refused(other.send('PUT', 'public/copy', headers=source), 403, 'AccessDenied')
    assert other.send('PUT', 'public/copy', headers={'x-oss-copy-source': '/%s/public/a' % BUCKET}).status == 200
    keys = '<Delete><Object><Key>public/copy</Key></Object>%s</Delete>'
    refused(other.send('POST', params={'delete': ''}, body=(keys % '<Object><Key>secret/a</Key></Object>').encode()),
            403, 'AccessDenied')
    assert client.get('public/copy').status == 200
    assert other.send('POST', params={'delete': ''}, body=(keys % '').encode()).status == 200


@pytest.mark.parametrize(('body', 'ec'), [
    (b'', '0030-00000005'), (b'\xff', '0030-00000004'), (b'[]', '0030-00000005'),
    (b'{"Version": 1, "Statement": []}', '0030-00000005'), (b'{"Version": "2", "Statement": [{}]}', '0030-00000002'),
    (b'{"Version": "1", "Statement": []}', '0030-00000005')])
def test_documents_that_are_no_policy(client, body, ec):
    error = refused(client.send('PUT', params={'policy': ''}, body=body), 400, 'InvalidPolicyDocument')
    assert error.findtext('EC') == ec


@pytest.mark.parametrize('change', [
    {'Effect': 'Maybe'}, {'Action': []}, {'Action': 's3:GetObject'}, {'Principal': None}, {'Resource': 'bucket/*'},
    {'Resource': ['acs:oss:*:*:a**']}, {'Condition': {'Never': {'acs:SourceIp': '1'}}},
    {'Condition': {'StringEquals': {'aws:SourceIp': '1'}}}, {'More': 1}])
def test_statements_that_are_none(client, change):
    refused(put_policy(client, {**statement('Allow', 'oss:GetObject', '*'), **change}), 400, 'InvalidPolicyDocument')


def test_the_status_of_a_policy(client):
    def status():
        return client.send('GET', params={'policyStatus': ''}).xml.findtext('IsPublic')

    assert status() == 'false'
    allow(client, statement('Allow', 'oss:GetObject', ['*'], IpAddress={'acs:SourceIp': '10.0.0.1'}))
    assert status() == 'false'
    allow(client, statement('Allow', 'oss:GetObject', ['*']))
    assert status() == 'true'


def block(client, value, bucket=BUCKET):
    document = '<PublicAccessBlockConfiguration><BlockPublicAccess>%s</BlockPublicAccess>' \
               '</PublicAccessBlockConfiguration>' % value
    assert client.send('PUT', params={'publicAccessBlock': ''}, body=document.encode(), bucket=bucket).status == 200


@pytest.mark.parametrize('place', [BUCKET, ''], ids=['bucket', 'account'])
def test_blocked_public_access(client, anonymous, place):
    client.set_acl('public-read')
    assert anonymous.get('public/a').status == 200
    block(client, 'true', place)
    refused(anonymous.get('public/a'), 403, 'AccessDenied')
    error = refused(client.send('PUT', params={'acl': ''}, headers={'x-oss-acl': 'public-read'}), 403, 'AccessDenied')
    assert error.findtext('EC') == '0015-00000204'
    refused(client.send('PUT', 'k', headers={'x-oss-object-acl': 'public-read'}), 403, 'AccessDenied')
    refused(put_policy(client, statement('Allow', 'oss:GetObject', ['*'])), 403, 'AccessDenied')
    assert client.send('GET', params={'publicAccessBlock': ''}, bucket=place).texts('BlockPublicAccess') == ['true']
    assert client.send('DELETE', params={'publicAccessBlock': ''}, bucket=place).status == 204
    assert anonymous.get('public/a').status == 200


def test_requesters_pay(client, other, anonymous):
    client.set_acl('public-read')
    document = b'<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>'
    assert client.send('PUT', params={'requestPayment': ''}, body=document).status == 200
    assert client.get('public/a').status == 200
    error = refused(other.get('public/a'), 403, 'AccessDenied')
    assert error.findtext('EC') == '0003-00000703'
    assert other.get('public/a', {'x-oss-request-payer': 'requester'}).body == b'data'
    refused(anonymous.get('public/a', {'x-oss-request-payer': 'requester'}), 403, 'AccessDenied')


def put_referers(client, empty, allowed=(), refused_=(), more=''):
    lists = ''.join('<%s>%s</%s>' % (name, ''.join('<Referer>%s</Referer>' % page for page in pages), name)
                    for name, pages in (('RefererList', allowed), ('RefererBlacklist', refused_)))
    document = '<RefererConfiguration><AllowEmptyReferer>%s</AllowEmptyReferer>%s%s</RefererConfiguration>' % (
        empty, more, lists)
    assert client.send('PUT', params={'referer': ''}, body=document.encode()).status == 200


@pytest.mark.parametrize(('page', 'ec'), [
    (None, '0003-00000501'), ('http://www.good.com', None), ('http://www.good.com/page?x=1', None),
    ('https://a.wild.com/', None), ('http://bad.wild.com/', '0003-00000502'), ('http://else.com', '0003-00000503')])
def test_referers(client, anonymous, page, ec):
    client.set_acl('public-read')
    put_referers(client, 'false', ['http://www.good.com', 'http*://*.wild.com'], ['http://bad.*'])
    reply = anonymous.get('public/a', {'Referer': page} if page else {})
    if ec is None:
        assert reply.body == b'data'
    else:
        assert refused(reply, 403, 'AccessDenied').findtext('EC') == ec
    assert client.get('public/a', {'Referer': page} if page else {}).status == 200


def test_empty_referers_may_be_let_in(client, anonymous):
    client.set_acl('public-read')
    put_referers(client, 'true', ['http://www.good.com'])
    assert anonymous.get('public/a').status == 200
    refused(anonymous.get('public/a', {'Referer': 'http://else.com'}), 403, 'AccessDenied')
    put_referers(client, 'true')
    assert anonymous.get('public/a', {'Referer': 'http://else.com'}).status == 200


def test_signed_urls_are_looked_at_too(oss_emulator, client, anonymous):
    put_referers(client, 'false', ['http://www.good.com'])
    credentials = oss_emulator.credentials
    bucket = oss2.Bucket(oss2.Auth(credentials.access_key_id, credentials.access_key_secret), oss_emulator.endpoint,
                         BUCKET)
    path = bucket.sign_url('GET', 'public/a', 60)[len(oss_emulator.endpoint):]
    assert anonymous.send_raw('GET', path, {'Referer': 'http://www.good.com/'}).status == 200
    refused(anonymous.send_raw('GET', path, {}), 403, 'AccessDenied')


def test_an_access_point(oss_emulator, client, other):
    document = b'<CreateAccessPointConfiguration><AccessPointName>point-1</AccessPointName>' \
               b'<NetworkOrigin>internet</NetworkOrigin></CreateAccessPointConfiguration>'
    made = client.send('PUT', params={'accessPoint': ''}, body=document)
    alias = made.xml.findtext('Alias')
    assert made.xml.findtext('AccessPointArn').endswith(':accesspoint/point-1')
    assert client.get('public/a', bucket=alias).body == b'data'
    refused(other.get('public/a', bucket=alias), 403, 'AccessDenied')
    name = {'x-oss-access-point-name': 'point-1'}
    policy = json.dumps({'Version': '1', 'Statement': [
        statement('Allow', 'oss:GetObject', [oss_emulator.account_id('other')])]}).encode()
    assert client.send('PUT', params={'accessPointPolicy': ''}, headers=name, body=policy).status == 200
    assert other.get('public/a', bucket=alias).body == b'data'
    refused(other.get('public/a'), 403, 'AccessDenied')
    refused(client.send('PUT', params={'accessPoint': ''}, body=document), 409, 'AccessPointAlreadyExists')
    assert client.send('DELETE', params={'accessPoint': ''}, headers=name).status == 204
    refused(client.get('public/a', bucket=alias), 404, 'NoSuchBucket')


def test_versions_have_their_own_actions(client, other, oss_emulator):
    client.send('PUT', params={'versioning': ''},
                body=b'<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>')
    version = client.put('public/a', b'new').headers['x-oss-version-id']
    account = oss_emulator.account_id('other')
    allow(client, statement('Allow', 'oss:GetObject', [account]))
    assert other.get('public/a').body == b'new'
    refused(other.get('public/a', params={'versionId': version}), 403, 'AccessDenied')
    allow(client, statement('Allow', 'oss:GetObjectVersion', [account]))
    assert other.get('public/a', params={'versionId': version}).body == b'new'


def test_pages_of_a_listing_may_be_limited(client, other, oss_emulator):
    allow(client, statement('Allow', 'oss:ListObjects', [oss_emulator.account_id('other')], BUCKET,
                            NumericLessThanEquals={'oss:MaxKeys': '10'}))
    assert other.send('GET', params={'max-keys': '10'}).texts('Contents/Key') == ['public/a', 'secret/a']
    refused(other.send('GET', params={'max-keys': '11'}), 403, 'AccessDenied')
    refused(other.send('GET'), 403, 'AccessDenied')


def test_tags_of_new_objects_may_be_asked_for(client, other, oss_emulator):
    allow(client, statement('Allow', 'oss:PutObject', [oss_emulator.account_id('other')],
                            StringEquals={'oss:RequestObjectTag/kind': 'open'}))
    assert other.send('PUT', 'k', headers={'x-oss-tagging': 'kind=open&x=y'}).status == 200
    refused(other.send('PUT', 'k', headers={'x-oss-tagging': 'kind=closed'}), 403, 'AccessDenied')
    refused(other.send('PUT', 'k'), 403, 'AccessDenied')


def test_the_paths_of_referers_may_not_count(client, anonymous):
    client.set_acl('public-read')
    for truncated, status in (('true', 200), ('false', 403)):
        put_referers(client, 'false', ['http://www.good.com'], ['http://www.good.com/bad'],
                     '<TruncatePath>%s</TruncatePath>' % truncated)
        assert anonymous.get('public/a', {'Referer': 'http://www.good.com/bad/page'}).status == status


def test_the_policy_of_an_access_point(client):
    document = b'<CreateAccessPointConfiguration><AccessPointName>point-1</AccessPointName>' \
               b'<NetworkOrigin>internet</NetworkOrigin></CreateAccessPointConfiguration>'
    assert client.send('PUT', params={'accessPoint': ''}, body=document).status == 200
    name = {'x-oss-access-point-name': 'point-1'}
    refused(client.send('GET', params={'accessPointPolicy': ''}, headers=name), 404, 'NoSuchAccessPointPolicy')
    policy = json.dumps({'Version': '1', 'Statement': [statement('Deny', 'oss:GetObject', ['1'])]}).encode()
    assert client.send('PUT', params={'accessPointPolicy': ''}, headers=name, body=policy).status == 200
    assert client.send('GET', params={'accessPointPolicy': ''}, headers=name).body == policy
    assert client.send('DELETE', params={'accessPointPolicy': ''}, headers=name).status == 204
    refused(client.send('GET', params={'accessPointPolicy': ''}, headers=name), 404, 'NoSuchAccessPointPolicy')
    block = {'publicAccessBlock': '', 'x-oss-access-point-name': 'point-1'}
    body = (b'<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess>'
            b'</PublicAccessBlockConfiguration>')
    assert client.send('PUT', params=block, body=body).status == 200
    assert client.send('GET', params=block).texts('BlockPublicAccess') == ['true']
    assert client.send('DELETE', params=block).status == 204
    assert client.send('GET', params=block).texts('BlockPublicAccess') == ['false']
