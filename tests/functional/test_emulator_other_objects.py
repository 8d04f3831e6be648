"""Copies, appendable objects, symbolic links, archived objects, ACLs of objects and deletion of many at once."""
from __future__ import annotations

import base64
import hashlib

import pytest
from functional.emulator_client import Client, fresh, refused

import oss2
from oss2._crc64 import Crc64


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        yield client


def copy(client, source, key, headers=None):
    return client.send('PUT', key, headers={'x-oss-copy-source': source, **(headers or {})})


class TestCopy:
    def test_content_metadata_and_tags_come_along(self, client):
        client.put('src/\u4e2d +', b'data', {
            'x-oss-meta-a': '1', 'Content-Type': 'text/x', 'x-oss-tagging': 'a=b', 'x-oss-object-acl': 'public-read',
            'x-oss-server-side-encryption': 'AES256'})
        reply = copy(client, '/test-bucket/src/%E4%B8%AD%20%2B', 'dst')
        assert reply.xml.tag == 'CopyObjectResult'
        assert reply.xml.findtext('ETag') == reply.headers['etag'] == '"%s"' % hashlib.md5(b'data').hexdigest().upper()
        assert reply.xml.findtext('LastModified').endswith('.000Z')
        found = client.get('dst')
        assert found.body == b'data'
        assert (found.headers['x-oss-meta-a'], found.headers['content-type']) == ('1', 'text/x')
        assert found.headers['x-oss-tagging-count'] == '1'
        assert found.headers['x-oss-hash-crc64ecma'] == reply.headers['x-oss-hash-crc64ecma']
        assert 'x-oss-server-side-encryption' not in found.headers
        assert client.send('GET', 'dst', {'acl': ''}).xml.findtext('AccessControlList/Grant') == 'default'

    def test_directives(self, client):
        client.put('src', b'data', {'x-oss-meta-a': '1', 'x-oss-tagging': 'a=b'})
        copy(client, '/test-bucket/src', 'dst', {'x-oss-metadata-directive': 'REPLACE', 'x-oss-meta-b': '2',
                                                 'x-oss-tagging-directive': 'Replace', 'x-oss-storage-class': 'IA'})
        headers = client.send('HEAD', 'dst').headers
        assert headers['x-oss-meta-b'] == '2'
        assert headers['x-oss-storage-class'] == 'IA'
        assert not {'x-oss-meta-a', 'x-oss-tagging-count'} & set(headers)
        refused(copy(client, '/test-bucket/src', 'dst', {'x-oss-metadata-directive': 'MERGE'}), 400, 'InvalidArgument')

    def test_onto_itself_replaces_the_metadata(self, client):
        client.put('k', b'data', {'x-oss-meta-a': '1', 'x-oss-object-acl': 'public-read'})
        copy(client, '/test-bucket/k', 'k', {'x-oss-meta-b': '2'})
        reply = client.get('k')
        assert reply.body == b'data'
        assert reply.headers['x-oss-meta-b'] == '2'
        assert 'x-oss-meta-a' not in reply.headers

    def test_conditions_on_the_source(self, client):
        etag = client.put('src', b'data').headers['etag']
        moment = oss2.http_to_unixtime(client.send('HEAD', 'src').headers['last-modified'])
        before, after = oss2.http_date(moment - 10), oss2.http_date(moment + 10)
        for name, value, status in [
                ('match', etag, 200), ('match', '"x"', 412), ('none-match', etag, 304), ('none-match', '"x"', 200),
                ('modified-since', before, 200), ('modified-since', after, 304),
                ('unmodified-since', before, 412), ('unmodified-since', after, 200)]:
            assert copy(client, '/test-bucket/src', 'dst', {'x-oss-copy-source-if-' + name: value}).status == status

    def test_sources_that_are_not_there(self, client):
        client.put('src')
        refused(copy(client, '/test-bucket/none', 'dst'), 404, 'NoSuchKey')
        refused(copy(client, '/no-such-bucket/src', 'dst'), 404, 'NoSuchBucket')
        for source in ('src', '/test-bucket', '/test-bucket/', ''):
            refused(copy(client, source, 'dst'), 400, 'InvalidArgument')

    def test_the_copy_outlives_the_source(self, client):
        client.put('src', b'x' * 200_000)
        copy(client, '/test-bucket/src', 'dst')
        client.send('DELETE', 'src')
        assert client.get('dst').body == b'x' * 200_000

    def test_between_accounts_the_source_must_be_readable(self, client, oss_emulator):
        client.put('private', b'1')
        client.put('public', b'2', {'x-oss-object-acl': 'public-read'})
        credentials = oss_emulator.add_account('other')
        other = Client(oss_emulator, oss2.Auth(credentials.access_key_id, credentials.access_key_secret))
        assert other.send('PUT', bucket='others-bucket').status == 200
        for key, status in (('private', 403), ('public', 200)):
            header = {'x-oss-copy-source': '/test-bucket/' + key}
            assert other.send('PUT', 'dst', headers=header, bucket='others-bucket').status == status
        other.close()


class TestAppend:
    def append(self, client, position, body, key='log', headers=None):
        return client.send('POST', key, {'append': '', 'position': position}, headers, body)

    def test_grows_the_object(self, client):
        pieces = [b'one', b'two' * 30_000, b'three', b'']
        whole, crc, etags = b'', Crc64(), set()
        for piece in pieces:
            reply = self.append(client, str(len(whole)), piece)
            whole += piece
            crc.update(piece)
            assert reply.status == 200
            assert reply.headers['x-oss-next-append-position'] == str(len(whole))
            assert reply.headers['x-oss-hash-crc64ecma'] == str(crc.crc)
            etags.add(reply.headers['etag'])
        found = client.get('log')
        assert found.body == whole
        assert found.headers['x-oss-object-type'] == 'Appendable'
        assert found.headers['x-oss-next-append-position'] == str(len(whole))
        assert len(etags) == 3
        assert client.send('GET').texts('Contents/Type') == ['Appendable']

    def test_the_first_request_sets_the_metadata(self, client):
        self.append(client, '0', b'1', headers={'x-oss-meta-a': '1', 'Content-Type': 'text/x'})
        self.append(client, '1', b'2', headers={'x-oss-meta-a': '2', 'Content-Type': 'text/y'})
        headers = client.send('HEAD', 'log').headers
        assert (headers['x-oss-meta-a'], headers['content-type']) == ('1', 'text/x')

    @pytest.mark.parametrize('position', ['0', '2', '4'])
    def test_wrong_positions(self, client, position):
        self.append(client, '0', b'abc')
        reply = self.append(client, position, b'x')
        assert refused(reply, 409, 'PositionNotEqualToLength').findtext('EC') == '0026-00000016'
        assert reply.headers['x-oss-next-append-position'] == '3'
        assert client.get('log').body == b'abc'

    def test_a_new_object_begins_at_0(self, client):
        reply = self.append(client, '5', b'x')
        refused(reply, 409, 'PositionNotEqualToLength')
        assert reply.headers['x-oss-next-append-position'] == '0'

    def test_other_objects_do_not_grow(self, client):
        client.put('k', b'abc')
        error = refused(self.append(client, '3', b'x', 'k'), 409, 'ObjectNotAppendable')
        assert error.findtext('EC') == '0026-00000017'

    def test_the_position_is_needed(self, client):
        error = refused(client.send('POST', 'log', {'append': ''}), 400, 'MissingArgument')
        assert error.findtext('EC') == '0016-00000501'
        assert refused(self.append(client, 'test', b''), 400, 'MissingArgument').findtext('EC') == '0016-00000502'

    def test_put_ends_it(self, client):
        self.append(client, '0', b'abc')
        client.put('log', b'abc')
        refused(self.append(client, '3', b'x'), 409, 'ObjectNotAppendable')

    def test_many_pieces(self, client):
        for number in range(200):
            assert self.append(client, str(number * 1000), b'%03d,' % number * 250).status == 200
        assert client.get('log').body == b''.join(b'%03d,' % number * 250 for number in range(200))
        assert client.get('log', {'Range': 'bytes=99998-100001'}).body == b'9,10'


class TestSymlink:
    def link(self, client, key, target, headers=None):
        return client.send('PUT', key, {'symlink': ''}, {'x-oss-symlink-target': target, **(headers or {})})

    def test_leads_to_its_target(self, client):
        etag = client.put('t/\u4e2d', b'data', {'x-oss-meta-a': 'target', 'Content-Type': 'text/x'}).headers['etag']
        reply = self.link(client, 'link', 't%2F%E4%B8%AD', {'x-oss-meta-a': 'link', 'Content-Type': 'text/y'})
        assert reply.status == 200
        assert reply.headers['etag'] != etag
        for method in ('GET', 'HEAD'):
            found = client.send(method, 'link')
            assert found.headers['etag'] == etag
            assert found.headers['content-length'] == '4'
            assert found.headers['x-oss-object-type'] == 'Symlink'
            assert (found.headers['x-oss-meta-a'], found.headers['content-type']) == ('link', 'text/y')
        assert client.get('link').body == b'data'

    def test_get_symlink(self, client):
        etag = self.link(client, 'link', 't%2F%E4%B8%AD', {'x-oss-meta-a': 'link'}).headers['etag']
        reply = client.send('GET', 'link', {'symlink': ''})
        assert reply.headers['x-oss-symlink-target'] == 't%2F%E4%B8%AD'
        assert (reply.headers['etag'], reply.headers['x-oss-meta-a'], reply.body) == (etag, 'link', b'')
        client.put('k')
        assert refused(client.send('GET', 'k', {'symlink': ''}), 400, 'NotSymlink').findtext('EC') == '0043-00000101'
        refused(client.send('GET', 'none', {'symlink': ''}), 404, 'NoSuchKey')

    def test_dead_and_chained_links(self, client):
        self.link(client, 'dead', 'nothing')
        self.link(client, 'chain', 'dead')
        assert refused(client.get('dead'), 404, 'SymlinkTargetNotExist').findtext('EC') == '0026-00000012'
        refused(client.send('HEAD', 'dead'), 404, 'SymlinkTargetNotExist')
        refused(client.get('chain'), 400, 'InvalidTargetType')

    def test_the_target_is_needed(self, client):
        error = refused(client.send('PUT', 'link', {'symlink': ''}), 400, 'InvalidArgument')
        assert error.findtext('EC') == '0043-00000001'

    def test_deleting_a_link_leaves_the_target(self, client):
        client.put('k', b'data')
        self.link(client, 'link', 'k')
        client.send('DELETE', 'link')
        assert client.get('k').body == b'data'

    def test_both_acls_are_checked(self, client):
        client.put('k', b'data')
        self.link(client, 'link', 'k', {'x-oss-object-acl': 'public-read'})
        client.auth = False
        refused(client.get('link'), 403, 'AccessDenied')


class TestRestore:
    def restore(self, client, key, days=None, tier=None):
        body = '<RestoreRequest>%s%s</RestoreRequest>' % (
            '' if days is None else '<Days>%s</Days>' % days,
            '' if tier is None else '<JobParameters><Tier>%s</Tier></JobParameters>' % tier)
        return client.send('POST', key, {'restore': ''}, body=body.encode() if days or tier else b'')

    @pytest.fixture(autouse=True)
    def slow(self, oss_emulator):
        oss_emulator.state.restore_seconds = 1000
        yield
        oss_emulator.state.restore_seconds = 1.0

    def test_frozen_then_thawing(self, client):
        client.put('k', b'ice', {'x-oss-storage-class': 'Archive'})
        assert refused(client.get('k'), 403, 'InvalidObjectState').findtext('EC') == '0016-00000404'
        assert 'x-oss-restore' not in client.send('HEAD', 'k').headers
        assert self.restore(client, 'k').status == 202
        assert client.send('HEAD', 'k').headers['x-oss-restore'] == 'ongoing-request="true"'
        assert client.send('GET').texts('Contents/RestoreInfo') == ['ongoing-request="true"']
        refused(client.get('k'), 403, 'InvalidObjectState')
        refused(self.restore(client, 'k'), 409, 'RestoreAlreadyInProgress')

    def test_restored_at_once(self, client, oss_emulator):
        oss_emulator.state.restore_seconds = 0
        client.put('k', b'ice', {'x-oss-storage-class': 'ColdArchive'})
        assert self.restore(client, 'k', 3, 'Bulk').headers['x-oss-object-restore-priority'] == 'Bulk'
        status = client.send('HEAD', 'k').headers['x-oss-restore']
        assert status.startswith('ongoing-request="false", expiry-date="')
        expiry = oss2.http_to_unixtime(status.split('"')[3])
        now = oss2.http_to_unixtime(client.send('HEAD', 'k').headers['date'])
        assert abs(expiry - now - 3 * 24 * 3600) < 60
        assert client.get('k').body == b'ice'
        assert self.restore(client, 'k', 5).status == 200

    def test_only_a_faster_tier_replaces_a_running_job(self, client):
        client.put('k', b'ice', {'x-oss-storage-class': 'ColdArchive'})
        assert self.restore(client, 'k', 1, 'Standard').status == 202
        refused(self.restore(client, 'k', 1, 'Bulk'), 409, 'RestoreAlreadyInProgress')
        assert self.restore(client, 'k', 1, 'Expedited').status == 200

    def test_bad_requests(self, client):
        client.put('k', b'ice', {'x-oss-storage-class': 'Archive'})
        client.put('warm', b'')
        refused(self.restore(client, 'warm'), 400, 'OperationNotSupported')
        refused(self.restore(client, 'k', 8), 400, 'InvalidArgument')
        refused(self.restore(client, 'k', 'x'), 400, 'InvalidArgument')
        assert refused(self.restore(client, 'k', 1, 'Test'), 400, 'MalformedXML').findtext('EC') == '0016-00000703'
        refused(client.send('POST', 'k', {'restore': ''}, body=b'<Restore'), 400, 'MalformedXML')
        refused(self.restore(client, 'none'), 404, 'NoSuchKey')


class TestDeleteMany:
    def delete(self, client, keys, quiet=None, headers=None, **params):
        body = '<Delete>%s%s</Delete>' % ('' if quiet is None else '<Quiet>%s</Quiet>' % quiet,
                                          ''.join('<Object><Key>%s</Key></Object>' % key for key in keys))
        return client.send('POST', params={'delete': '', **params}, headers=headers, body=body.encode())

    def test_lists_what_it_deleted(self, client):
        for key in ('a', '\u4e2d'):
            client.put(key)
        reply = self.delete(client, ['a', '\u4e2d', 'none'])
        assert reply.texts('Deleted/Key') == ['a', '\u4e2d', 'none']
        assert client.send('GET').texts('Contents/Key') == []

    def test_quietly(self, client):
        client.put('a')
        reply = self.delete(client, ['a'], 'true')
        assert (reply.status, reply.body) == (200, b'')
        refused(client.get('a'), 404, 'NoSuchKey')

    def test_encoded(self, client):
        reply = self.delete(client, ['a/\u4e2d'], **{'encoding-type': 'url'})
        assert reply.xml.findtext('EncodingType') == 'url'
        assert reply.texts('Deleted/Key') == ['a%2F%E4%B8%AD']
        assert self.delete(client, ['a/b'], headers={'Encoding-Type': 'url'}).texts('Deleted/Key') == ['a%2Fb']

    def test_at_most_a_thousand(self, client):
        assert len(self.delete(client, range(1000)).texts('Deleted/Key')) == 1000
        refused(self.delete(client, range(1001)), 400, 'MalformedXML')

    @pytest.mark.parametrize('body', [
        b'', b'<Delete>', b'<Delete/>', b'<Other/>', b'<Delete><Object/></Delete>', b'\xff\xfe', b'{"a": 1}',
        b'<!DOCTYPE a [<!ENTITY x "y">]><Delete><Object><Key>&x;</Key></Object></Delete>',
        b'<?xml version="1.0" encoding="none"?><Delete><Object><Key>a</Key></Object></Delete>'])
    def test_malformed(self, client, body):
        refused(client.send('POST', params={'delete': ''}, body=body), 400, 'MalformedXML')

    def test_content_md5(self, client):
        client.put('a')
        wrong = base64.b64encode(hashlib.md5(b'other').digest()).decode()
        refused(self.delete(client, ['a'], headers={'Content-MD5': wrong}), 400, 'InvalidDigest')
        assert client.get('a').status == 200

    def test_namespaces_do_not_matter(self, client):
        client.put('a')
        body = b'<Delete xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com"><Object><Key>a</Key></Object></Delete>'
        assert client.send('POST', params={'delete': ''}, body=body).texts('Deleted/Key') == ['a']


class TestObjectAcl:
    def test_default_follows_the_bucket(self, client):
        client.put('k', b'data')
        anonymous = Client(client.emulator, auth=False)
        for bucket_acl, object_acl, can_read, can_write in [
                ('private', 'default', False, False), ('public-read', 'default', True, False),
                ('public-read-write', 'default', True, True), ('private', 'public-read', True, False),
                ('private', 'public-read-write', True, True), ('public-read-write', 'private', False, False)]:
            client.set_acl(bucket_acl)
            reply = client.send('PUT', 'k', {'acl': ''}, {'x-oss-object-acl': object_acl})
            assert reply.status == 200
            assert anonymous.get('k').status == (200 if can_read else 403)
            assert anonymous.send('HEAD', 'k').status == (200 if can_read else 403)
            assert anonymous.send('POST', 'k', {'append': '', 'position': 'x'}).status == (400 if can_write else 403)
            assert anonymous.send('DELETE', 'k').status == (204 if can_write else 403)
            client.put('k', b'data')
        anonymous.close()

    def test_document(self, client):
        client.put('k', b'', {'x-oss-object-acl': 'public-read'})
        reply = client.send('GET', 'k', {'acl': ''})
        assert reply.xml.tag == 'AccessControlPolicy'
        assert reply.xml.findtext('Owner/ID') == reply.xml.findtext('Owner/DisplayName') != ''
        assert reply.xml.findtext('AccessControlList/Grant') == 'public-read'
        refused(client.send('PUT', 'k', {'acl': ''}, {'x-oss-object-acl': 'mine'}), 400, 'InvalidArgument')
        refused(client.send('PUT', 'none', {'acl': ''}, {'x-oss-object-acl': 'private'}), 404, 'NoSuchKey')

    def test_only_the_owner_sees_and_sets_it(self, client, oss_emulator):
        client.put('k', b'', {'x-oss-object-acl': 'public-read-write'})
        credentials = oss_emulator.add_account('other')
        for auth in (False, oss2.Auth(credentials.access_key_id, credentials.access_key_secret)):
            other = Client(oss_emulator, auth)
            refused(other.send('GET', 'k', {'acl': ''}), 403, 'AccessDenied')
            refused(other.send('PUT', 'k', {'acl': ''}, {'x-oss-object-acl': 'private'}), 403, 'AccessDenied')
            other.close()


class TestVersioned:
    @pytest.fixture(autouse=True)
    def versioning(self, client):
        assert client.send('POST', 'log', {'append': '', 'position': '0'}, body=b'1').status == 200
        assert client.send('PUT', params={'versioning': ''}, body=b'<VersioningConfiguration><Status>Enabled</Status>'
                                                                  b'</VersioningConfiguration>').status == 200

    def test_appendable_objects_are_not_copied(self, client):
        refused(copy(client, '/test-bucket/log', 'dst'), 400, 'OperationNotSupported')

    def test_appending_begins_anew_behind_a_delete_marker(self, client):
        client.send('DELETE', 'new')
        assert client.send('POST', 'new', {'append': '', 'position': '0'}, body=b'2').status == 200
        assert client.get('new').body == b'2'
