"""Tags of objects and buckets in the emulator."""
from __future__ import annotations

import pytest
from functional.emulator_client import BUCKET, fresh, refused


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        client.put('k', b'data')
        yield client


def tagging(*pairs):
    tags = ''.join('<Tag><Key>%s</Key><Value>%s</Value></Tag>' % pair for pair in pairs)
    return ('<Tagging><TagSet>%s</TagSet></Tagging>' % tags).encode()


def put(client, document, key='k', **params):
    return client.send('PUT', key, {'tagging': '', **params}, body=document)


def tags(client, key='k', **params):
    document = client.send('GET', key, {'tagging': '', **params}).xml
    assert document.tag == 'Tagging'
    return {tag.findtext('Key'): tag.findtext('Value') or '' for tag in document.findall('TagSet/Tag')}


def test_tags_of_an_object_are_replaced_and_removed(client):
    assert tags(client) == {}
    assert put(client, tagging(('a', '1'), ('b c', ''))).status == 200
    assert tags(client) == {'a': '1', 'b c': ''}
    assert client.send('HEAD', 'k').headers['x-oss-tagging-count'] == '2'
    assert put(client, tagging(('z', '9'))).status == 200
    assert tags(client) == {'z': '9'}
    assert client.send('DELETE', 'k', {'tagging': ''}).status == 204
    assert tags(client) == {}


def test_tags_belong_to_a_version(client):
    client.send('PUT', params={'versioning': ''},
                body=b'<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>')
    first = client.put('v', b'1').headers['x-oss-version-id']
    second = client.put('v', b'2').headers['x-oss-version-id']
    put(client, tagging(('n', '1')), 'v', versionId=first)
    put(client, tagging(('n', '2')), 'v')
    assert (tags(client, 'v', versionId=first), tags(client, 'v', versionId=second)) == ({'n': '1'}, {'n': '2'})


@pytest.mark.parametrize('pairs', [
    [(str(number), '') for number in range(11)], [('k' * 129, '')], [('k', 'v' * 257)], [('', 'v')], [('a#b', '')],
    [('a', '\u4e2d')], [('a', '1'), ('a', '2')]])
def test_tags_beyond_the_limits(client, pairs):
    refused(put(client, tagging(*pairs)), 400, 'InvalidTag')
    assert tags(client) == {}


@pytest.mark.parametrize('document', [
    b'', b'no', b'<Other/>', b'<Tagging/>', b'<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>',
    b'<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value><More/></Tag></TagSet></Tagging>'])
def test_documents_that_are_no_tagging(client, document):
    refused(put(client, document), 400, 'MalformedXML')


def test_limits_are_inclusive(client):
    pairs = [('k' * 127 + str(number), 'v' * 256) for number in range(10)]
    assert put(client, tagging(*pairs)).status == 200
    assert tags(client) == dict(pairs)


def test_tags_of_a_bucket_go_one_by_one(client):
    assert put(client, tagging(('a', '1'), ('b', '2'), ('\u4e2d', '3')), '').status == 200
    assert tags(client, '') == {'a': '1', 'b': '2', '\u4e2d': '3'}
    assert client.send('DELETE', params={'tagging': 'a,none'}).status == 204
    assert tags(client, '') == {'b': '2', '\u4e2d': '3'}
    assert client.send('DELETE', params={'tagging': ''}).status == 204
    assert tags(client, '') == {}


@pytest.mark.parametrize(('pairs', 'ec'), [
    ([('Aliyun-x', '')], '0010-00000207'), ([('http://x', '')], '0010-00000207'), ([('acs:x', '')], '0010-00000002'),
    ([(str(number), '') for number in range(21)], None), ([('k' * 65, '')], None), ([('k', 'v' * 129)], None)])
def test_bucket_tags_beyond_the_limits(client, pairs, ec):
    error = refused(put(client, tagging(*pairs), ''), 400, 'InvalidTag')
    assert ec is None or error.findtext('EC') == ec


def test_buckets_are_listed_by_tag(client):
    put(client, tagging(('team', 'red')), '')
    client.send('PUT', bucket='other-bucket')

    def names(**params):
        return client.send('GET', bucket='', params=params).texts('Buckets/Bucket/Name')

    assert names() == ['other-bucket', BUCKET]
    assert names(**{'tag-key': 'team'}) == names(**{'tag-key': 'team', 'tag-value': 'red'}) == [BUCKET]
    assert names(**{'tag-key': 'team', 'tag-value': 'blue'}) == names(**{'tag-key': 'none'}) == []


def test_the_tags_of_a_symbolic_link_are_those_of_its_target(client):
    client.put('target')
    for name, target in (('link', 'target'), ('broken', 'nothing')):
        assert client.send('PUT', name, {'symlink': ''}, {'x-oss-symlink-target': target}).status == 200
    assert put(client, tagging(('a', '1')), 'link').status == 200
    assert tags(client, 'target') == tags(client, 'link') == {'a': '1'}
    refused(client.send('GET', 'broken', {'tagging': ''}), 404, 'SymlinkTargetNotExist')
