"""Versions, delete markers and the "null" version, against OSS's documentation of versioning."""
from __future__ import annotations

import pytest
from functional.emulator_client import Client, fresh, refused


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        yield client


def set_versioning(client, status):
    body = '<VersioningConfiguration><Status>%s</Status></VersioningConfiguration>' % status
    return client.send('PUT', params={'versioning': ''}, body=body.encode())


def versions(client, **params):
    """(key, version id, is latest, is a delete marker) in the order of the listing."""
    asked = {name.replace('_', '-'): value for name, value in params.items()}
    reply = client.send('GET', params={'versions': '', **asked})
    return [(item.findtext('Key'), item.findtext('VersionId'), item.findtext('IsLatest') == 'true',
             item.tag == 'DeleteMarker') for item in reply.xml if item.tag in ('Version', 'DeleteMarker')]


def test_status(client):
    assert client.send('GET', params={'versioning': ''}).xml.find('Status') is None
    assert client.send('GET', params={'bucketInfo': ''}).xml.find('Bucket/Versioning') is None
    for status in ('Enabled', 'Suspended'):
        assert set_versioning(client, status).status == 200
        assert client.send('GET', params={'versioning': ''}).xml.findtext('Status') == status
        assert client.send('GET', params={'bucketInfo': ''}).xml.findtext('Bucket/Versioning') == status
    refused(set_versioning(client, 'On'), 400, 'InvalidArgument')
    refused(client.send('PUT', params={'versioning': ''}, body=b'<x'), 400, 'MalformedXML')


def test_without_versioning_there_is_one_version_called_null(client):
    assert 'x-oss-version-id' not in client.put('k', b'1').headers
    client.put('k', b'2')
    assert versions(client) == [('k', 'null', True, False)]
    assert client.get('k', params={'versionId': 'null'}).body == b'2'


def test_enabled_buckets_keep_every_version(client):
    client.put('k', b'null')
    set_versioning(client, 'Enabled')
    first = client.put('k', b'1').headers['x-oss-version-id']
    second = client.put('k', b'2').headers['x-oss-version-id']
    assert versions(client) == [('k', second, True, False), ('k', first, False, False), ('k', 'null', False, False)]
    for version, body in ((first, b'1'), (second, b'2'), ('null', b'null')):
        for method in ('GET', 'HEAD'):
            reply = client.send(method, 'k', {'versionId': version})
            assert reply.headers['x-oss-version-id'] == version
            assert reply.body == (body if method == 'GET' else b'')
    assert client.get('k').headers['x-oss-version-id'] == second
    assert client.send('HEAD', 'k', {'objectMeta': '', 'versionId': first}).headers['content-length'] == '1'


def test_a_delete_marker_hides_the_object(client):
    set_versioning(client, 'Enabled')
    version = client.put('k', b'1').headers['x-oss-version-id']
    reply = client.send('DELETE', 'k')
    marker = reply.headers['x-oss-version-id']
    assert reply.headers['x-oss-delete-marker'] == 'true'
    for method in ('GET', 'HEAD'):
        reply = client.send(method, 'k')
        refused(reply, 404, 'NoSuchKey')
        assert reply.headers['x-oss-delete-marker'] == 'true'
        assert reply.headers['x-oss-version-id'] == marker
        reply = client.send(method, 'k', {'versionId': marker})
        error = refused(reply, 405, 'MethodNotAllowed')
        assert (error.findtext('Method'), error.findtext('ResourceType')) == (method, 'DeleteMarker')
        assert reply.headers['allow'] == 'DELETE'
    assert client.send('GET').texts('Contents/Key') == []
    assert versions(client) == [('k', marker, True, True), ('k', version, False, False)]
    reply = client.send('DELETE', 'k', {'versionId': marker})
    assert (reply.headers['x-oss-delete-marker'], reply.headers['x-oss-version-id']) == ('true', marker)
    assert client.get('k').body == b'1'


def test_deleting_a_version_is_for_good(client):
    set_versioning(client, 'Enabled')
    first = client.put('k', b'1').headers['x-oss-version-id']
    second = client.put('k', b'2').headers['x-oss-version-id']
    reply = client.send('DELETE', 'k', {'versionId': second})
    assert reply.headers['x-oss-version-id'] == second
    assert 'x-oss-delete-marker' not in reply.headers
    assert client.get('k').headers['x-oss-version-id'] == first
    refused(client.get('k', params={'versionId': second}), 404, 'NoSuchVersion')
    assert client.send('DELETE', 'k', {'versionId': second}).status == 204
    refused(client.send('DELETE', 'k', {'versionId': ''}), 400, 'InvalidArgument')


def test_suspended_buckets_write_the_null_version(client):
    set_versioning(client, 'Enabled')
    kept = client.put('k', b'kept').headers['x-oss-version-id']
    set_versioning(client, 'Suspended')
    for body in (b'1', b'2'):
        assert client.put('k', body).headers['x-oss-version-id'] == 'null'
    assert versions(client) == [('k', 'null', True, False), ('k', kept, False, False)]
    assert client.get('k', params={'versionId': 'null'}).body == b'2'
    reply = client.send('DELETE', 'k')
    assert (reply.headers['x-oss-version-id'], reply.headers['x-oss-delete-marker']) == ('null', 'true')
    assert versions(client) == [('k', 'null', True, True), ('k', kept, False, False)]


def test_listing_by_pages_visits_every_version_once(client):
    set_versioning(client, 'Enabled')
    for key in ('a', 'b/1', 'b/2'):
        for body in (b'1', b'2'):
            client.put(key, body)
    client.send('DELETE', 'b/1')
    everything = versions(client)
    assert [entry[0] for entry in everything] == ['a', 'a', 'b/1', 'b/1', 'b/1', 'b/2', 'b/2']
    found, marker = [], {}
    while True:
        reply = client.send('GET', params={'versions': '', 'max-keys': 2, **marker})
        found += [(item.findtext('Key'), item.findtext('VersionId')) for item in reply.xml
                  if item.tag in ('Version', 'DeleteMarker')]
        if reply.xml.findtext('IsTruncated') == 'false':
            break
        marker = {'key-marker': reply.xml.findtext('NextKeyMarker'),
                  'version-id-marker': reply.xml.findtext('NextVersionIdMarker')}
    assert found == [entry[:2] for entry in everything]
    reply = client.send('GET', params={'versions': '', 'delimiter': '/'})
    assert reply.texts('CommonPrefixes/Prefix') == ['b/']
    assert reply.texts('Version/Key') == ['a', 'a']
    assert [entry[0] for entry in versions(client, prefix='b/2')] == ['b/2', 'b/2']
    assert [entry[0] for entry in versions(client, key_marker='b/1')] == ['b/2', 'b/2']
    refused(client.send('GET', params={'versions': '', 'version-id-marker': 'x'}), 400, 'InvalidArgument')


def test_listing_describes_versions(client):
    set_versioning(client, 'Enabled')
    client.put('k', b'abc', {'x-oss-storage-class': 'IA'})
    item = client.send('GET', params={'versions': ''}).xml.find('Version')
    assert [item.findtext(name) for name in ('ETag', 'Type', 'Size', 'StorageClass')] == [
        '"900150983CD24FB0D6963F7D28E17F72"', 'Normal', '3', 'IA']
    assert item.findtext('Owner/ID') == item.findtext('Owner/DisplayName') != ''
    assert item.findtext('LastModified').endswith('.000Z')


def test_copies_take_and_make_versions(client):
    set_versioning(client, 'Enabled')
    first = client.put('k', b'1').headers['x-oss-version-id']
    second = client.put('k', b'2').headers['x-oss-version-id']
    reply = client.send('PUT', 'k', headers={'x-oss-copy-source': '/test-bucket/k?versionId=' + first})
    assert reply.headers['x-oss-copy-source-version-id'] == first
    assert reply.headers['x-oss-version-id'] not in (first, second)
    assert client.get('k').body == b'1'
    marker = client.send('DELETE', 'k').headers['x-oss-version-id']
    for version, code in (('', 'NoSuchKey'), ('?versionId=' + marker, 'NoSuchKey'), ('?versionId=x', 'NoSuchVersion')):
        refused(client.send('PUT', 'c', headers={'x-oss-copy-source': '/test-bucket/k' + version}), 404, code)


def test_acls_belong_to_versions(client):
    set_versioning(client, 'Enabled')
    first = client.put('k', b'1').headers['x-oss-version-id']
    client.put('k', b'2')
    reply = client.send('PUT', 'k', {'acl': '', 'versionId': first}, {'x-oss-object-acl': 'public-read'})
    assert reply.headers['x-oss-version-id'] == first
    grants = [client.send('GET', 'k', {'acl': '', **version}).xml.findtext('AccessControlList/Grant')
              for version in ({'versionId': first}, {})]
    assert grants == ['public-read', 'default']
    anonymous = Client(client.emulator, auth=False)
    assert anonymous.get('k', params={'versionId': first}).body == b'1'
    refused(anonymous.get('k'), 403, 'AccessDenied')
    anonymous.close()
    marker = client.send('DELETE', 'k').headers['x-oss-version-id']
    refused(client.send('GET', 'k', {'acl': '', 'versionId': marker}), 404, 'NoSuchKey')


def test_batch_delete_of_versions(client):
    set_versioning(client, 'Enabled')
    first = client.put('k', b'1').headers['x-oss-version-id']
    item = '<Object><Key>k</Key><VersionId>%s</VersionId></Object>' % first
    body = '<Delete><Object><Key>k</Key></Object>%s</Delete>' % item
    reply = client.send('POST', params={'delete': ''}, body=body.encode())
    plain, by_version = reply.xml.findall('Deleted')
    assert plain.findtext('DeleteMarker') == 'true'
    assert plain.find('VersionId') is None
    assert by_version.findtext('VersionId') == first
    assert by_version.find('DeleteMarker') is None
    assert versions(client) == [('k', plain.findtext('DeleteMarkerVersionId'), True, True)]


def test_appending_and_versions(client):
    set_versioning(client, 'Enabled')
    reply = client.send('POST', 'log', {'append': '', 'position': '0'}, body=b'one')
    assert reply.headers['x-oss-version-id'] == 'null'
    client.send('POST', 'log', {'append': '', 'position': '3'}, body=b'two')
    assert versions(client) == [('log', 'null', True, False)]
    client.put('log', b'other')
    assert client.get('log', params={'versionId': 'null'}).body == b'onetwo'
    refused(client.send('POST', 'log', {'append': '', 'position': '5'}), 409, 'ObjectNotAppendable')


def test_a_bucket_with_versions_is_not_empty(client):
    set_versioning(client, 'Enabled')
    client.put('k')
    client.send('DELETE', 'k')
    refused(client.send('DELETE'), 409, 'BucketNotEmpty')
    for _, version, _, _ in versions(client):
        client.send('DELETE', 'k', {'versionId': version})
    assert client.send('DELETE').status == 204


def test_forbid_overwrite_is_ignored(client):
    set_versioning(client, 'Enabled')
    client.put('k', b'1')
    client.put('k', b'2', {'x-oss-forbid-overwrite': 'true'})
    assert len(versions(client)) == 2
