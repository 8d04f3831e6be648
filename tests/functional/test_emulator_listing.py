"""Listings of objects, against OSS's documentation of ListObjects and ListObjectsV2."""
from __future__ import annotations

import pytest
from functional.emulator_client import fresh, refused

import oss2

KEYS = ['a', 'b/1', 'b/2', 'b/c/1', 'b0', 'c/1', 'd', '\u4e2d/1', '\U0001f600']


@pytest.fixture(scope='module')
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        for key in KEYS:
            client.put(key, b'abc')
        yield client


def listed(client, **params):
    return client.send('GET', params={name.replace('_', '-'): value for name, value in params.items()})


def test_the_elements_of_a_listing(client):
    reply = listed(client, prefix='b/', marker='b/1', max_keys=2, delimiter='/')
    assert reply.headers['content-type'] == 'application/xml'
    assert reply.xml.tag == 'ListBucketResult'
    assert {item.tag: item.text or '' for item in reply.xml if len(item) == 0} == {
        'Name': 'test-bucket', 'Prefix': 'b/', 'Marker': 'b/1', 'MaxKeys': '2', 'Delimiter': '/',
        'IsTruncated': 'false'}
    item = reply.xml.find('Contents')
    assert {child.tag: child.text for child in item if len(child) == 0 and child.tag != 'LastModified'} == {
        'Key': 'b/2', 'ETag': '"900150983CD24FB0D6963F7D28E17F72"', 'Type': 'Normal', 'Size': '3',
        'StorageClass': 'Standard'}
    assert oss2.iso8601_to_unixtime(item.findtext('LastModified')) > 0
    assert item.findtext('Owner/ID') == item.findtext('Owner/DisplayName') == client.emulator.state.owner.account.id


def test_keys_are_in_the_order_of_their_bytes(client):
    assert listed(client).texts('Contents/Key') == sorted(KEYS, key=lambda key: key.encode())


@pytest.mark.parametrize(('params', 'keys', 'prefixes'), [
    ({'delimiter': '/'}, ['a', 'b0', 'd', '\U0001f600'], ['b/', 'c/', '\u4e2d/']),
    ({'delimiter': '/', 'prefix': 'b'}, ['b0'], ['b/']),
    ({'delimiter': '/', 'prefix': 'b/'}, ['b/1', 'b/2'], ['b/c/']),
    ({'delimiter': '/', 'prefix': 'b/c'}, [], ['b/c/']),
    ({'prefix': 'b/'}, ['b/1', 'b/2', 'b/c/1'], []),
    ({'prefix': 'nothing'}, [], []),
    ({'prefix': 'b/', 'marker': 'a'}, ['b/1', 'b/2', 'b/c/1'], []),
    ({'prefix': 'b/', 'marker': 'z'}, [], []),
    ({'marker': 'c/1'}, ['d', '\u4e2d/1', '\U0001f600'], []),
    ({'delimiter': '/', 'marker': 'b/'}, ['b0', 'd', '\U0001f600'], ['c/', '\u4e2d/']),
    ({'delimiter': '/', 'marker': 'b/1'}, ['b0', 'd', '\U0001f600'], ['b/', 'c/', '\u4e2d/']),
    ({'delimiter': '1'}, ['a', 'b/2', 'b0', 'd', '\U0001f600'], ['b/1', 'b/c/1', 'c/1', '\u4e2d/1']),
    ({'delimiter': '/c/'}, ['a', 'b/1', 'b/2', 'b0', 'c/1', 'd', '\u4e2d/1', '\U0001f600'], ['b/c/'])])
def test_prefix_delimiter_and_marker(client, params, keys, prefixes):
    reply = listed(client, **params)
    assert reply.texts('Contents/Key') == keys
    assert reply.texts('CommonPrefixes/Prefix') == prefixes


@pytest.mark.parametrize('version', [1, 2])
@pytest.mark.parametrize('size', [1, 2, 3, 100])
@pytest.mark.parametrize('delimiter', ['', '/'])
def test_pages_join_to_the_whole(client, delimiter, size, version):
    found, more, pages = [], {}, 0
    while True:
        reply = listed(client, delimiter=delimiter, max_keys=size, **({'list_type': 2} if version == 2 else {}), **more)
        page = reply.texts('Contents/Key') + reply.texts('CommonPrefixes/Prefix')
        assert len(page) <= size
        found += page
        pages += 1
        if reply.xml.findtext('IsTruncated') == 'false':
            assert reply.xml.find('NextMarker') is None
            assert reply.xml.find('NextContinuationToken') is None
            break
        more = ({'marker': reply.xml.findtext('NextMarker')} if version == 1 else
                {'continuation_token': reply.xml.findtext('NextContinuationToken')})
    whole = ['a', 'b0', 'd', '\U0001f600', 'b/', 'c/', '\u4e2d/'] if delimiter else KEYS
    assert sorted(found) == sorted(whole)
    assert pages == -(-len(whole) // size)


def test_version_2(client):
    reply = listed(client, list_type=2, start_after='c/1', fetch_owner='true', max_keys=2, prefix='')
    assert reply.texts('Contents/Key') == ['d', '\u4e2d/1']
    assert reply.xml.findtext('KeyCount') == '2'
    assert reply.xml.findtext('StartAfter') == 'c/1'
    assert reply.xml.find('Marker') is None
    assert len(reply.xml.findall('Contents/Owner/ID')) == 2
    token = reply.xml.findtext('NextContinuationToken')
    reply = listed(client, list_type=2, continuation_token=token)
    assert reply.xml.findtext('ContinuationToken') == token
    assert reply.texts('Contents/Key') == ['\U0001f600']
    assert reply.xml.find('Contents/Owner') is None
    refused(listed(client, list_type=2, continuation_token='!'), 400, 'InvalidArgument')


def test_key_count_includes_common_prefixes(client):
    assert listed(client, list_type=2, delimiter='/').xml.findtext('KeyCount') == '7'


@pytest.mark.parametrize('version', [1, 2])
def test_url_encoding(client, version):
    params = {'list_type': 2, 'start_after': 'd'} if version == 2 else {'marker': 'd'}
    reply = listed(client, encoding_type='url', delimiter='/', **params)
    assert reply.xml.findtext('EncodingType') == 'url'
    assert reply.xml.findtext('Delimiter') == '%2F'
    assert reply.texts('Contents/Key') == ['%F0%9F%98%80']
    assert reply.texts('CommonPrefixes/Prefix') == ['%E4%B8%AD%2F']


@pytest.mark.parametrize(('name', 'value'), [('max_keys', '1001'), ('max_keys', '0'), ('max_keys', '-1'),
                                             ('max_keys', 'x'), ('max_keys', '9' * 5000), ('prefix', 'p' * 1024),
                                             ('marker', 'm' * 1024), ('encoding_type', 'hex')])
def test_arguments_that_are_not_allowed(client, name, value):
    error = refused(listed(client, **{name: value}), 400, 'InvalidArgument')
    assert error.findtext('ArgumentName') == name.replace('_', '-')


def test_a_page_has_100_keys_unless_told(client):
    client.send('PUT', bucket='many-keys')
    for number in range(101):
        client.put('%03d' % number, bucket='many-keys')
    reply = client.send('GET', bucket='many-keys')
    assert len(reply.texts('Contents/Key')) == 100
    assert (reply.xml.findtext('MaxKeys'), reply.xml.findtext('NextMarker')) == ('100', '099')
    assert len(client.send('GET', params={'max-keys': 1000}, bucket='many-keys').texts('Contents/Key')) == 101


def test_a_delimiter_after_which_nothing_sorts(client):
    last = '\U0010ffff'
    for key in (last + 'a', last + 'b'):
        client.put(key)
    reply = client.send('GET', params={'delimiter': last, 'marker': KEYS[-1]})
    assert reply.texts('CommonPrefixes/Prefix') == [last]
    assert reply.texts('Contents/Key') == []
    assert reply.xml.findtext('IsTruncated') == 'false'
    for key in (last + 'a', last + 'b'):
        client.send('DELETE', key)
