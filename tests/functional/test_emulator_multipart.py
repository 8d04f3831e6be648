"""Multipart uploads, against OSS's documentation of InitiateMultipartUpload and the operations that follow it."""
from __future__ import annotations

import hashlib
import os

import pytest
from functional.emulator_client import Client, fresh, refused

from oss2._crc64 import Crc64

PART = 100 * 1024


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        yield client


def begin(client, key='k', headers=None, **params):
    reply = client.send('POST', key, {'uploads': '', **params}, headers)
    assert reply.status == 200, reply
    assert reply.texts('Bucket') == ['test-bucket']
    return reply.xml.findtext('UploadId')


def upload(client, upload_id, number, body, key='k', headers=None):
    return client.send('PUT', key, {'partNumber': number, 'uploadId': upload_id}, headers, body)


def complete(client, upload_id, parts, key='k', headers=None, **params):
    body = '<CompleteMultipartUpload>%s</CompleteMultipartUpload>' % ''.join(
        '<Part><PartNumber>%s</PartNumber><ETag>%s</ETag></Part>' % part for part in parts)
    return client.send('POST', key, {'uploadId': upload_id, **params}, headers, body.encode())


def test_parts_become_one_object(client):
    upload_id = begin(client, headers={'x-oss-meta-a': '1', 'Content-Type': 'text/x', 'x-oss-tagging': 'a=b'})
    datas = {1: os.urandom(PART), 5: os.urandom(PART + 1), 8: b'end'}
    etags = {}
    for number in (8, 1, 5):
        reply = upload(client, upload_id, number, datas[number])
        assert reply.headers['etag'] == '"%s"' % hashlib.md5(datas[number]).hexdigest().upper()
        etags[number] = reply.headers['etag']
    whole = b''.join(datas[number] for number in sorted(datas))
    reply = complete(client, upload_id, sorted(etags.items()), **{'encoding-type': 'url'})
    assert reply.status == 200
    crc = Crc64()
    crc.update(whole)
    assert reply.headers['x-oss-hash-crc64ecma'] == str(crc.crc)
    assert [reply.xml.findtext(name) for name in ('Bucket', 'Key', 'EncodingType')] == ['test-bucket', 'k', 'url']
    assert reply.xml.findtext('Location').startswith('http://127.0.0.1:')
    found = client.get('k')
    assert found.body == whole
    assert found.headers['etag'] == reply.headers['etag'] == reply.xml.findtext('ETag')
    assert found.headers['x-oss-object-type'] == 'Multipart'
    assert found.headers['x-oss-meta-a'] == '1'
    assert found.headers['content-type'] == 'text/x'
    assert found.headers['x-oss-tagging-count'] == '1'
    assert 'content-md5' not in found.headers
    assert client.get('k', {'Range': 'bytes=%d-%d' % (PART - 1, 2 * PART + 2)}).body == whole[PART - 1:2 * PART + 3]
    refused(client.send('GET', 'k', {'uploadId': upload_id}), 404, 'NoSuchUpload')


def test_the_old_object_stays_until_the_upload_is_complete(client):
    client.put('k', b'old')
    upload_id = begin(client)
    upload(client, upload_id, 1, b'new')
    assert client.get('k').body == b'old'
    assert client.send('DELETE', 'k', {'uploadId': upload_id}).status == 204
    assert client.get('k').body == b'old'


def test_the_last_part_of_a_number_counts(client):
    upload_id = begin(client)
    old = upload(client, upload_id, 1, b'old').headers['etag']
    new = upload(client, upload_id, 1, b'new').headers['etag']
    refused(complete(client, upload_id, [(1, old)]), 400, 'InvalidPart')
    assert complete(client, upload_id, [(1, new)]).status == 200
    assert client.get('k').body == b'new'


def test_complete_all(client):
    upload_id = begin(client)
    upload(client, upload_id, 9, b'b')
    upload(client, upload_id, 2, b'a' * PART)
    header = {'x-oss-complete-all': 'yes'}
    refused(complete(client, upload_id, [(2, 'x')], headers=header), 400, 'InvalidArgument')
    assert client.send('POST', 'k', {'uploadId': upload_id}, header).status == 200
    assert client.get('k').body == b'a' * PART + b'b'


@pytest.mark.parametrize(('parts', 'code', 'ec'), [
    ([(2, 1), (1, 0)], 'InvalidPartOrder', '0042-00000209'), ([(1, 0), (1, 0)], 'InvalidPartOrder', '0042-00000209'),
    ([(3, 0)], 'InvalidPart', None), ([(1, 1)], 'InvalidPart', None),
    ([(1, 0), (2, 1)], 'EntityTooSmall', '0042-00000213'), ([(10001, 0)], 'InvalidArgument', '0017-00000220'),
    ([('one', 0)], 'MalformedXML', None), ([], 'MalformedXML', None)])
def test_lists_of_parts_that_are_not_right(client, parts, code, ec):
    upload_id = begin(client)
    etags = [upload(client, upload_id, number, body).headers['etag'] for number, body in ((1, b'a'), (2, b'b'))]
    error = refused(complete(client, upload_id, [(number, etags[index]) for number, index in parts]), 400, code)
    assert error.findtext('EC') == ec
    assert client.send('GET', 'k', {'uploadId': upload_id}).status == 200


def test_malformed_list_of_parts(client):
    upload_id = begin(client)
    for body in (b'', b'<Complete', b'<Other/>'):
        assert client.send('POST', 'k', {'uploadId': upload_id}, body=body).status == 400


@pytest.mark.parametrize('number', ['0', '10001', 'STR', '-1'])
def test_part_numbers(client, number):
    error = refused(upload(client, begin(client), number, b''), 400, 'InvalidArgument')
    assert error.findtext('Message') == 'Part number must be an integer between 1 and 10000, inclusive.'
    assert (error.findtext('ArgumentName'), error.findtext('ArgumentValue')) == ('PartNumber', number)
    assert error.findtext('EC') == '0017-00000220'


def test_an_upload_without_a_part_number(client):
    error = refused(client.send('PUT', 'k', {'uploadId': begin(client)}), 400, 'InvalidArgument')
    assert error.findtext('EC') == '0017-00000219'


def test_unknown_uploads(client):
    upload_id = begin(client)
    for method, key, params in (
            ('PUT', 'k', {'partNumber': 1, 'uploadId': 'X'}),
            ('PUT', 'other', {'partNumber': 1, 'uploadId': upload_id}),
            ('POST', 'k', {'uploadId': 'X'}), ('DELETE', 'k', {'uploadId': 'X'}), ('GET', 'k', {'uploadId': 'X'})):
        error = refused(client.send(method, key, params), 404, 'NoSuchUpload')
        assert error.findtext('UploadId') == params['uploadId']
        assert error.findtext('EC') == '0017-00000244'


def test_list_parts_by_pages(client):
    upload_id = begin(client, '\u4e2d')
    for number in (1, 2, 5):
        upload(client, upload_id, number, b'x' * number, '\u4e2d')
    reply = client.send('GET', '\u4e2d', {'uploadId': upload_id, 'max-parts': 2, 'encoding-type': 'url'})
    assert reply.texts('Part/PartNumber') == ['1', '2']
    assert reply.texts('Part/Size') == ['1', '2']
    assert reply.texts('Part/ETag') == ['"%s"' % hashlib.md5(b'x' * number).hexdigest().upper() for number in (1, 2)]
    assert {name: reply.xml.findtext(name) for name in (
        'Bucket', 'Key', 'UploadId', 'MaxParts', 'NextPartNumberMarker', 'IsTruncated', 'EncodingType')} == {
        'Bucket': 'test-bucket', 'Key': '%E4%B8%AD', 'UploadId': upload_id, 'MaxParts': '2',
        'NextPartNumberMarker': '2', 'IsTruncated': 'true', 'EncodingType': 'url'}
    reply = client.send('GET', '\u4e2d', {'uploadId': upload_id, 'part-number-marker': 2})
    assert reply.texts('Part/PartNumber') == ['5']
    assert reply.xml.findtext('IsTruncated') == 'false'
    for name, value in (('max-parts', '1001'), ('max-parts', '0'), ('part-number-marker', 'x'), ('encoding-type', 'x')):
        refused(client.send('GET', '\u4e2d', {'uploadId': upload_id, name: value}), 400, 'InvalidArgument')


def test_list_uploads_by_pages(client):
    ids = {key: sorted(begin(client, key) for _ in range(2)) for key in ('a/1', 'a/2', 'b')}
    everything = [(key, upload_id) for key in sorted(ids) for upload_id in ids[key]]
    found, marker = [], {}
    while True:
        reply = client.send('GET', params={'uploads': '', 'max-uploads': 2, **marker})
        found += zip(reply.texts('Upload/Key'), reply.texts('Upload/UploadId'))
        assert len(found) <= 6
        if reply.xml.findtext('IsTruncated') == 'false':
            break
        marker = {'key-marker': reply.xml.findtext('NextKeyMarker'),
                  'upload-id-marker': reply.xml.findtext('NextUploadIdMarker')}
    assert found == everything
    reply = client.send('GET', params={'uploads': '', 'delimiter': '/'})
    assert reply.texts('CommonPrefixes/Prefix') == ['a/']
    assert reply.texts('Upload/Key') == ['b', 'b']
    reply = client.send('GET', params={'uploads': '', 'key-marker': 'a/1'})
    assert reply.texts('Upload/Key') == ['a/2', 'a/2', 'b', 'b']
    assert client.send('GET', params={'uploads': '', 'prefix': 'a/2'}).texts('Upload/Key') == ['a/2', 'a/2']


def test_copies_as_parts(client):
    source = os.urandom(300_000)
    client.put('src/\u4e2d +', source)
    upload_id = begin(client)
    header = {'x-oss-copy-source': '/test-bucket/src/%E4%B8%AD%20%2B'}
    first = upload(client, upload_id, 1, b'', headers={**header, 'x-oss-copy-source-range': 'bytes=5-199999'})
    second = upload(client, upload_id, 2, b'', headers=header)
    assert first.xml.findtext('ETag') == '"%s"' % hashlib.md5(source[5:200_000]).hexdigest().upper()
    client.send('DELETE', 'src/\u4e2d +')
    parts = [(number, reply.xml.findtext('ETag')) for number, reply in ((1, first), (2, second))]
    assert complete(client, upload_id, parts).status == 200
    assert client.get('k').body == source[5:200_000] + source
    for source, headers, status in (('/test-bucket/none', {}, 404), ('nonsense', {}, 400),
                                    ('/test-bucket/k', {'x-oss-copy-source-if-match': 'x'}, 412),
                                    ('/test-bucket/k', {'x-oss-copy-source-range': 'bytes=9999999-'}, 416)):
        headers = {'x-oss-copy-source': source, **headers}
        assert upload(client, begin(client), 1, b'', headers=headers).status == status


def test_sequential_uploads_take_parts_in_order(client):
    upload_id = begin(client, sequential='')
    assert upload(client, upload_id, 1, b'a').status == 200
    refused(upload(client, upload_id, 3, b'a'), 400, 'InvalidArgument')
    assert upload(client, upload_id, 2, b'a').status == 200


def test_forbid_overwrite(client):
    client.put('k', b'there')
    header = {'x-oss-forbid-overwrite': 'true'}
    refused(client.send('POST', 'k', {'uploads': ''}, header), 409, 'FileAlreadyExists')
    upload_id = begin(client)
    etag = upload(client, upload_id, 1, b'new').headers['etag']
    refused(complete(client, upload_id, [(1, etag)], headers=header), 409, 'FileAlreadyExists')


def test_an_upload_in_progress_keeps_the_bucket(client):
    upload_id = begin(client)
    refused(client.send('DELETE'), 409, 'BucketNotEmpty')
    client.send('DELETE', 'k', {'uploadId': upload_id})
    assert client.send('DELETE').status == 204


def test_many_small_parts(client, oss_emulator):
    oss_emulator.state.smallest_part = 1
    try:
        upload_id = begin(client)
        etags = [(number, upload(client, upload_id, number, b'%d,' % number).headers['etag'])
                 for number in range(1, 301)]
        assert complete(client, upload_id, etags).status == 200
        assert client.get('k').body == b''.join(b'%d,' % number for number in range(1, 301))
    finally:
        oss_emulator.state.smallest_part = PART


def test_a_symbolic_link_is_no_source_of_a_part(client):
    client.put('k', b'data')
    assert client.send('PUT', 'link', {'symlink': ''}, {'x-oss-symlink-target': 'k'}).status == 200
    reply = upload(client, begin(client), 1, b'', headers={'x-oss-copy-source': '/test-bucket/link'})
    refused(reply, 400, 'OperationNotSupported')


def test_a_source_that_changes_while_it_is_read(client, oss_emulator, monkeypatch):
    from oss2.emulator.operations import multipart

    class Changing(multipart.Crc64):
        def update(self, data):
            super().update(data)
            other = Client(oss_emulator)
            other.put('src', b'new')
            other.close()

    client.put('src', b'old')
    upload_id = begin(client)
    monkeypatch.setattr(multipart, 'Crc64', Changing)
    refused(upload(client, upload_id, 1, b'', headers={'x-oss-copy-source': '/test-bucket/src'}), 412,
            'PreconditionFailed')
    assert client.send('GET', 'k', {'uploadId': upload_id}).texts('Part/PartNumber') == []
