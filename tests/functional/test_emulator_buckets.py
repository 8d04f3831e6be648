"""Buckets and who may use them, against OSS's documentation of the operations on buckets."""
from __future__ import annotations

import pytest
from functional.emulator_client import fresh, refused

import oss2


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        yield client


def create(client, name, headers=None, storage_class=None, redundancy=None):
    body = '<CreateBucketConfiguration>%s%s</CreateBucketConfiguration>' % (
        '' if storage_class is None else '<StorageClass>%s</StorageClass>' % storage_class,
        '' if redundancy is None else '<DataRedundancyType>%s</DataRedundancyType>' % redundancy)
    return client.send('PUT', headers=headers, body=body.encode() if storage_class or redundancy else b'', bucket=name)


@pytest.mark.parametrize('name', ['abc', 'a' * 63, '0-0', 'a-b-c'])
def test_names(client, name):
    assert create(client, name).status == 200
    assert client.send('GET', params={'bucketInfo': ''}, bucket=name).xml.findtext('Bucket/Name') == name


@pytest.mark.parametrize('name', ['ab', 'a' * 64, 'Abc', '-abc', 'abc-', 'a_b', 'a.b', '..', 'a%2Fb'])
def test_names_that_are_not_allowed(client, name):
    refused(client.send('PUT', path='/' + name, bucket=name), 400, 'InvalidBucketName')


def test_creating_twice_is_fine_for_the_owner_only(client, other):
    assert create(client, 'mine').status == 200
    assert create(client, 'mine').status == 200
    refused(create(other, 'mine'), 409, 'BucketAlreadyExists')


def test_info(client):
    create(client, 'described', {'x-oss-acl': 'public-read', 'x-oss-resource-group-id': 'rg-1'}, 'IA', 'ZRS')
    info = client.send('GET', params={'bucketInfo': ''}, bucket='described').xml.find('Bucket')
    assert {name: info.findtext(name) for name in (
        'Name', 'Location', 'StorageClass', 'DataRedundancyType', 'AccessControlList/Grant', 'ResourceGroupId',
        'ServerSideEncryptionRule/SSEAlgorithm', 'ExtranetEndpoint', 'IntranetEndpoint', 'TransferAcceleration')} == {
        'Name': 'described', 'Location': 'oss-cn-hangzhou', 'StorageClass': 'IA', 'DataRedundancyType': 'ZRS',
        'AccessControlList/Grant': 'public-read', 'ResourceGroupId': 'rg-1',
        'ServerSideEncryptionRule/SSEAlgorithm': 'None', 'ExtranetEndpoint': client.emulator.netloc,
        'IntranetEndpoint': client.emulator.netloc, 'TransferAcceleration': 'Disabled'}
    assert info.findtext('Owner/ID') == client.emulator.state.owner.account.id
    assert oss2.iso8601_to_unixtime(info.findtext('CreationDate')) > 0
    assert info.find('Versioning') is None
    client.put('k', bucket='described')
    assert client.send('HEAD', 'k', bucket='described').headers['x-oss-storage-class'] == 'IA'


@pytest.mark.parametrize(('headers', 'storage_class', 'redundancy'), [
    ({'x-oss-acl': 'mine'}, None, None), ({}, 'Cheap', None), ({}, 'IA', 'XRS')])
def test_values_that_are_not_allowed(client, headers, storage_class, redundancy):
    refused(create(client, 'refused', headers, storage_class, redundancy), 400, 'InvalidArgument')
    refused(client.send('GET', params={'bucketInfo': ''}, bucket='refused'), 404, 'NoSuchBucket')


def test_malformed_configuration(client):
    refused(client.send('PUT', body=b'<Create', bucket='refused'), 400, 'MalformedXML')


def test_location(client):
    reply = client.send('GET', params={'location': ''})
    assert (reply.xml.tag, reply.xml.text) == ('LocationConstraint', 'oss-cn-hangzhou')


def test_acl(client):
    for acl in ('public-read', 'public-read-write', 'private'):
        assert client.send('PUT', params={'acl': ''}, headers={'x-oss-acl': acl}).status == 200
        reply = client.send('GET', params={'acl': ''})
        assert reply.xml.findtext('AccessControlList/Grant') == acl
    refused(client.send('PUT', params={'acl': ''}, headers={'x-oss-acl': 'default'}), 400, 'InvalidArgument')


def test_stat_counts_by_storage_class(client):
    client.put('a', b'x' * 100)
    client.put('b', b'x' * 100_000, {'x-oss-storage-class': 'IA'})
    client.put('c', b'x', {'x-oss-storage-class': 'IA'})
    upload = client.send('POST', 'd', {'uploads': ''}).xml.findtext('UploadId')
    client.send('PUT', 'd', {'partNumber': 1, 'uploadId': upload}, body=b'x' * 10)
    stat = {item.tag: int(item.text) for item in client.send('GET', params={'stat': ''}).xml}
    assert {name: stat[name] for name in (
        'Storage', 'ObjectCount', 'MultipartUploadCount', 'LiveChannelCount', 'MultipartPartCount', 'DeleteMarkerCount',
        'StandardStorage', 'StandardObjectCount', 'InfrequentAccessStorage', 'InfrequentAccessRealStorage',
        'InfrequentAccessObjectCount', 'ArchiveObjectCount')} == {
        'Storage': 100_111, 'ObjectCount': 3, 'MultipartUploadCount': 1, 'LiveChannelCount': 0, 'MultipartPartCount': 1,
        'DeleteMarkerCount': 0, 'StandardStorage': 100, 'StandardObjectCount': 1,
        'InfrequentAccessStorage': 100_000 + 64 * 1024, 'InfrequentAccessRealStorage': 100_001,
        'InfrequentAccessObjectCount': 2, 'ArchiveObjectCount': 0}
    assert stat['LastModifiedTime'] > 1_600_000_000


def test_delete(client):
    client.put('k')
    refused(client.send('DELETE'), 409, 'BucketNotEmpty')
    client.send('DELETE', 'k')
    assert client.send('DELETE').status == 204
    for reply in (client.send('DELETE'), client.send('PUT', 'k'), client.get('k'), client.send('GET')):
        assert refused(reply, 404, 'NoSuchBucket').findtext('BucketName') == 'test-bucket'


def test_a_new_bucket_of_an_old_name_is_empty_and_plain(client):
    client.send('PUT', params={'versioning': ''},
                body=b'<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>')
    client.send('PUT', params={'acl': ''}, headers={'x-oss-acl': 'public-read'})
    client.send('DELETE')
    client.send('PUT')
    info = client.send('GET', params={'bucketInfo': ''}).xml.find('Bucket')
    assert (info.find('Versioning'), info.findtext('AccessControlList/Grant')) == (None, 'private')


class TestListBuckets:
    def names(self, client, **params):
        reply = client.send('GET', params={name.replace('_', '-'): value for name, value in params.items()}, bucket='')
        assert reply.status == 200
        return reply.texts('Buckets/Bucket/Name')

    def test_elements(self, client):
        create(client, 'another', storage_class='IA')
        reply = client.send('GET', bucket='')
        assert reply.xml.tag == 'ListAllMyBucketsResult'
        assert reply.xml.findtext('Owner/ID') == client.emulator.state.owner.account.id
        bucket = reply.xml.find('Buckets/Bucket')
        assert {name: bucket.findtext(name) for name in (
            'Name', 'Location', 'Region', 'StorageClass', 'ExtranetEndpoint', 'IntranetEndpoint',
            'ResourceGroupId')} == {
            'Name': 'another', 'Location': 'oss-cn-hangzhou', 'Region': 'cn-hangzhou', 'StorageClass': 'IA',
            'ExtranetEndpoint': client.emulator.netloc, 'IntranetEndpoint': client.emulator.netloc,
            'ResourceGroupId': 'rg-default'}
        assert bucket.findtext('CreationDate').endswith('.000Z')

    def test_pages(self, client):
        for name in ('a-1', 'a-2', 'b-1'):
            create(client, name)
        assert self.names(client) == ['a-1', 'a-2', 'b-1', 'test-bucket']
        assert self.names(client, prefix='a-') == ['a-1', 'a-2']
        assert self.names(client, marker='a-2') == ['b-1', 'test-bucket']
        reply = client.send('GET', params={'max-keys': 1, 'prefix': 'a-'}, bucket='')
        assert [reply.xml.findtext(name) for name in ('Prefix', 'MaxKeys', 'IsTruncated', 'NextMarker')] == [
            'a-', '1', 'true', 'a-1']
        for value in ('0', '1001', 'x'):
            refused(client.send('GET', params={'max-keys': value}, bucket=''), 400, 'InvalidArgument')

    def test_each_account_sees_its_own(self, client, other, anonymous):
        create(other, 'theirs')
        assert self.names(client) == ['test-bucket']
        assert self.names(other) == ['theirs']
        refused(anonymous.send('GET', bucket=''), 403, 'AccessDenied')


class TestAccess:
    OWNERS_ONLY = [('GET', {}), ('GET', {'acl': ''}), ('PUT', {'acl': ''}), ('GET', {'bucketInfo': ''}), ('DELETE', {}),
                   ('GET', {'stat': ''}), ('GET', {'location': ''}), ('GET', {'versioning': ''}),
                   ('GET', {'uploads': ''}), ('GET', {'versions': ''}), ('GET', {'list-type': '2'})]

    @pytest.mark.parametrize(('method', 'params'), OWNERS_ONLY)
    def test_buckets_belong_to_their_owner(self, client, other, anonymous, method, params):
        client.set_acl('public-read-write')
        error = refused(other.send(method, params=params), 403, 'AccessDenied')
        assert error.findtext('Message') == 'The bucket you access does not belong to you.'
        error = refused(anonymous.send(method, params=params), 403, 'AccessDenied')
        assert error.findtext('Message') == 'Anonymous access is forbidden for this operation.'

    @pytest.mark.parametrize(('acl', 'can_read', 'can_write'), [
        ('private', False, False), ('public-read', True, False), ('public-read-write', True, True)])
    def test_objects_follow_the_acl(self, client, other, anonymous, acl, can_read, can_write):
        client.put('k', b'data')
        client.set_acl(acl)
        for stranger in (other, anonymous):
            assert stranger.get('k').status == (200 if can_read else 403)
            assert stranger.get('none').status == (404 if can_read else 403)
            assert stranger.send('PUT', 'new', body=b'x').status == (200 if can_write else 403)
            assert stranger.send('POST', 'new', {'uploads': ''}).status == (200 if can_write else 403)
            body = b'<Delete><Object><Key>new</Key></Object></Delete>'
            assert stranger.send('POST', params={'delete': ''}, body=body).status == (200 if can_write else 403)
        error = anonymous.get('k')
        if not can_read:
            assert refused(error, 403, 'AccessDenied').findtext('Message') == (
                'You have no right to access this object because of bucket acl.')
            assert error.headers['x-oss-ec'] == '0003-00000001'

    def test_what_strangers_write_belongs_to_the_bucket_owner(self, client, anonymous):
        client.set_acl('public-read-write')
        anonymous.put('k', b'x')
        assert client.send('GET').xml.findtext('Contents/Owner/ID') == client.emulator.state.owner.account.id

    def test_nobody_creates_buckets_anonymously(self, anonymous):
        refused(anonymous.send('PUT', bucket='new-bucket'), 403, 'AccessDenied')


def test_creating_again_changes_the_acl(client):
    for acl, expected in (('public-read', 'public-read'), (None, 'public-read'), ('private', 'private')):
        assert client.send('PUT', headers={'x-oss-acl': acl} if acl else {}).status == 200
        assert client.send('GET', params={'acl': ''}).xml.findtext('AccessControlList/Grant') == expected


def test_the_key_of_the_encryption_may_be_named(client):
    headers = {'x-oss-server-side-encryption': 'KMS', 'x-oss-server-side-encryption-key-id': 'my-key'}
    assert client.send('PUT', bucket='made-bucket', headers=headers).status == 200
    assert client.send('GET', params={'encryption': ''}, bucket='made-bucket').texts(
        'ApplyServerSideEncryptionByDefault/KMSMasterKeyID') == ['my-key']
