"""An object's metadata, ACL, link, copies and end: everything on objects that is neither an upload nor a download."""

from __future__ import annotations

from cases import (
    ANONYMOUS,
    CNAME,
    PATH_STYLE,
    STS,
    STS_V2,
    STS_V4,
    V1,
    V2,
    V4,
    Answer,
    Area,
    Bucket,
    Chunks,
    Memory,
    error,
    models,
    oss2,
    xml,
)

area = Area('objects')
KEY = 'exampleobject.txt'
VERSION = 'CAEQMxiBgIC0vqDBzRciIGJjZGY0ZDU0MGM2ODRkMWZiMGQ5MjVjZGE2ZjY4ODVh'
WAYS = {
    'v1': V1,
    'v2': V2,
    'v4': V4,
    'sts': STS,
    'sts v2': STS_V2,
    'sts v4': STS_V4,
    'anonymous': ANONYMOUS,
    'path style': PATH_STYLE,
    'cname': CNAME,
}
# base64 of an error document, as HEAD errors carry it.
NO_SUCH_KEY = (
    'PD94bWwgdmVyc2lvbj0iMS4wIiBlbmNvZGluZz0iVVRGLTgiPz4KPEVycm9yPgogIDxDb2RlPk5vU3VjaEtleTwvQ29kZT4KICA8TWVzc2FnZT5UaGUgc3BlY2lmaWVkIGtleSBkb2'
    'VzIG5vdCBleGlzdC48L01lc3NhZ2U+CiAgPFJlcXVlc3RJZD41QzNEOTE3NUI2RkMyMDEyOTNBRDQ4OTA8L1JlcXVlc3RJZD4KICA8SG9zdElkPmV4YW1wbGVidWNrZXQub3NzLWNu'
    'LWhhbmd6aG91LmFsaXl1bmNzLmNvbTwvSG9zdElkPgogIDxLZXk+ZXhhbXBsZW9iamVjdC50eHQ8L0tleT4KICA8RUM+MDAyNi0wMDAwMDAwMTwvRUM+CjwvRXJyb3I+Cg=='
)
NO_SUCH_BUCKET = (
    'PD94bWwgdmVyc2lvbj0iMS4wIiBlbmNvZGluZz0iVVRGLTgiPz4KPEVycm9yPgogIDxDb2RlPk5vU3VjaEJ1Y2tldDwvQ29kZT4KICA8TWVzc2FnZT5UaGUgc3BlY2lmaWVkIGJ1Y2'
    'tldCBkb2VzIG5vdCBleGlzdC48L01lc3NhZ2U+CiAgPFJlcXVlc3RJZD41QzNEOTE3NUI2RkMyMDEyOTNBRDQ4OTA8L1JlcXVlc3RJZD4KICA8QnVja2V0TmFtZT5leGFtcGxlYnVj'
    'a2V0PC9CdWNrZXROYW1lPgo8L0Vycm9yPgo='
)
NO_KEY, NO_BUCKET = (
    Answer(404, {'x-oss-err': NO_SUCH_KEY, 'x-oss-ec': '0026-00000001'}),
    Answer(404, {'x-oss-err': NO_SUCH_BUCKET}),
)
HEAD_ERRORS = {
    'no such key': NO_KEY,
    'no such bucket': NO_BUCKET,
    '404 without x-oss-err': Answer(404),
    '403': Answer(403),
    '304': Answer(304),
    '412': Answer(412),
    '503': Answer(503),
    'unreadable x-oss-err': Answer(404, {'x-oss-err': '***'}),
    'no answer': Answer(framing='none'),
    '404 with EC': Answer(404, {'x-oss-ec': '0026-00000001'}),
    '400': Answer(400),
}
HEAD = {
    'Content-Type': 'image/jpeg',
    'Content-Length': '344606',
    'ETag': '"fba9dede5f27731c9771645a3986****"',
    'Last-Modified': 'Fri, 24 Feb 2012 06:07:48 GMT',
    'x-oss-object-type': 'Normal',
    'x-oss-storage-class': 'Archive',
    'x-oss-version-id': VERSION,
    'x-oss-restore': 'ongoing-request="false", expiry-date="Sun, 16 Apr 2017 08:12:33 GMT"',
    'x-oss-hash-crc64ecma': '5981764153023615706',
    'x-oss-server-side-encryption': 'KMS',
    'x-oss-server-side-encryption-key-id': '9468da86-3509-4f8d-a61e-6eab1eac****',
    'Accept-Ranges': 'bytes',
    'x-oss-next-append-position': '344606',
    'x-oss-tagging-count': '1',
    'x-oss-expiration': 'expiry-date="x", rule-id="y"',
    'x-oss-meta-author': 'a',
    'Cache-Control': 'no-cache',
    'Content-Disposition': 'inline',
    'Content-Encoding': 'identity',
    'Expires': 'Fri, 28 Feb 2025 05:38:42 GMT',
    'x-oss-transition-time': 'Thu, 31 Oct 2024 00:24:17 GMT',
    'x-oss-last-access-time': 'Thu, 14 Oct 2021 11:49:05 GMT',
    'Access-Control-Allow-Origin': '*',
    'x-oss-delete-marker': 'true',
    'x-oss-process-status': '{"a":1}',
    'x-oss-request-charged': 'requester',
}
BARE = Answer(200, {'Server': None, 'Date': None, 'x-oss-request-id': None, 'Content-Length': None})

for name in ('head_object', 'get_object_meta', 'object_exists'):
    call = getattr(Bucket, name)
    area.add('every header', call(KEY), Answer(200, dict(HEAD)))
    area.add('no header', call(KEY), BARE)
    area.add('unreadable Last-Modified', call(KEY), Answer(200, dict(HEAD, **{'Last-Modified': 'never'})))
    area.add(
        'unreadable Content-Length', call(KEY), Answer(200, dict(HEAD, **{'Content-Length': 'many'}), framing='close')
    )
    for title, answer in HEAD_ERRORS.items():
        area.add(title, call(KEY), answer)
    for title, client in WAYS.items():
        area.add(
            'signed ' + title,
            call('目录/文件 1.txt', headers={'x-oss-request-payer': 'requester'}),
            Answer(200, dict(HEAD)),
            client,
        )
for title, params in {'version': {'versionId': VERSION}, 'empty': {}, 'other': {'a': '中 文', 'symlink': ''}}.items():
    area.add('params ' + title, Bucket.head_object(KEY, params=params), Answer(200, dict(HEAD)))
    area.add('params ' + title, Bucket.get_object_meta(KEY, params=params), Answer(200, dict(HEAD)))
area.add(
    'headers',
    Bucket.head_object(KEY, headers={'If-Match': '"a"', 'If-Modified-Since': 'Fri, 24 Feb 2012 06:07:48 GMT'}),
    Answer(200, dict(HEAD)),
    V2,
)
area.add('headers', Bucket.object_exists(KEY, headers={'If-Match': '"a"'}), Answer(200, dict(HEAD)))

# Copy and metadata.
COPIED = xml(
    '''
<?xml version="1.0" encoding="UTF-8"?>
<CopyObjectResult>
  <ETag>"C4CA4238A0B923820DCC509A6F75****"</ETag>
  <LastModified>2019-04-09T03:45:32.000Z</LastModified>
</CopyObjectResult>''',
    ETag='"C4CA4238A0B923820DCC509A6F75****"',
    x_oss_copy_source_version_id=VERSION,
    x_oss_version_id='v2',
    x_oss_hash_crc64ecma='3649234096****',
)
COPIED_CRC = Answer(
    200, {'ETag': '"C4CA"', 'x-oss-hash-crc64ecma': '7'}, b'<CopyObjectResult><ETag>"C4CA"</ETag></CopyObjectResult>'
)
area.add('within a bucket', Bucket.copy_object('examplebucket', 'source.txt', 'target.txt'), COPIED_CRC)
area.add('crc not a number', Bucket.copy_object('examplebucket', 'source.txt', 'target.txt'), COPIED)
area.add(
    'chunked answer',
    Bucket.copy_object('a', 'source.txt', 'target.txt'),
    Answer(200, {'ETag': '"C4CA"'}, b'<CopyObjectResult></CopyObjectResult>', 'chunked'),
)
area.add(
    'from another bucket',
    Bucket.copy_object(
        'otherbucket', 'source.txt', 'target.txt', headers={'x-oss-metadata-directive': 'REPLACE', 'x-oss-meta-a': 'b'}
    ),
    COPIED_CRC,
)
for title, key in {
    'Chinese': '目录/源 文件.txt',
    'reserved': 'a+b%20c?d=e&f#g/h~i*j!k\'l(m)n',
    'slashes': '//a//b/',
    'newline': 'a\nb',
    'quote': 'a"b',
    'dots': '../a/./b',
}.items():
    area.add('source key ' + title, Bucket.copy_object('examplebucket', key, 'target.txt'), COPIED_CRC)
    area.add('target key ' + title, Bucket.copy_object('examplebucket', 'source.txt', key), COPIED_CRC)
area.add(
    'version',
    Bucket.copy_object('examplebucket', 'source.txt', 'target.txt', params={'versionId': VERSION}),
    COPIED_CRC,
)
area.add(
    'version to quote',
    Bucket.copy_object('examplebucket', 'source.txt', 'target.txt', params={'versionId': 'a+b/c&d'}),
    COPIED_CRC,
)
area.add(
    'other params', Bucket.copy_object('examplebucket', 'source.txt', 'target.txt', params={'other': 'x'}), COPIED_CRC
)
area.add('empty params', Bucket.copy_object('examplebucket', 'source.txt', 'target.txt', params={}), COPIED_CRC)
area.add(
    'conditions',
    Bucket.copy_object(
        'examplebucket',
        'source.txt',
        'target.txt',
        headers=oss2.CaseInsensitiveDict(
            {
                'x-oss-copy-source-if-match': '"a"',
                'x-oss-copy-source-if-modified-since': 'Fri, 24 Feb 2012 06:07:48 GMT',
                'x-oss-tagging-directive': 'Replace',
                'x-oss-tagging': 'a=b',
                'x-oss-storage-class': 'IA',
            }
        ),
    ),
    COPIED_CRC,
)
area.add('not modified', Bucket.copy_object('examplebucket', 'source.txt', 'target.txt'), Answer(304))
area.add(
    'error in the answer', Bucket.copy_object('examplebucket', 'source.txt', 'target.txt'), error(404, 'NoSuchKey')
)
area.add('empty source bucket', Bucket.copy_object('', 'source.txt', 'target.txt'), COPIED_CRC)
for title, client in WAYS.items():
    area.add(
        'signed ' + title,
        Bucket.copy_object('otherbucket', '源.txt', '目标.txt', headers={'x-oss-meta-b': '1', 'x-oss-meta-a': '2'}),
        COPIED_CRC,
        client,
    )
    area.add(
        'signed ' + title,
        Bucket.update_object_meta('目录/文件.txt', {'Content-Type': 'text/x', 'x-oss-meta-a': 'b'}),
        COPIED_CRC,
        client,
    )
area.add(
    'CaseInsensitiveDict',
    Bucket.update_object_meta(KEY, oss2.CaseInsensitiveDict({'Content-Type': 'text/x'})),
    COPIED_CRC,
)
area.add('empty', Bucket.update_object_meta(KEY, {}), COPIED_CRC)
area.add('directive given', Bucket.update_object_meta(KEY, {'x-oss-metadata-directive': 'COPY'}), COPIED_CRC)
area.add('None', Bucket.update_object_meta(KEY, None), COPIED_CRC)
area.add('no such key', Bucket.update_object_meta(KEY, {}), error(404, 'NoSuchKey'))

# Delete.
area.add('deleted', Bucket.delete_object(KEY), Answer(204))
area.add(
    'delete marker made',
    Bucket.delete_object(KEY),
    Answer(204, {'x-oss-delete-marker': 'true', 'x-oss-version-id': VERSION}),
)
area.add(
    'delete marker false',
    Bucket.delete_object(KEY),
    Answer(204, {'x-oss-delete-marker': 'false', 'x-oss-version-id': VERSION}),
)
area.add(
    'version', Bucket.delete_object(KEY, params={'versionId': VERSION}), Answer(204, {'x-oss-version-id': VERSION})
)
area.add('headers', Bucket.delete_object(KEY, headers={'x-oss-request-payer': 'requester'}), Answer(204))
area.add('200', Bucket.delete_object(KEY), Answer(200))
area.add('no such bucket', Bucket.delete_object(KEY), error(404, 'NoSuchBucket'))
area.add('503', Bucket.delete_object(KEY), error(503, 'ServiceUnavailable'))
for title, client in WAYS.items():
    area.add(
        'signed ' + title, Bucket.delete_object('目录/文件 1.txt', params={'versionId': VERSION}), Answer(204), client
    )

DELETED = xml('''
<?xml version="1.0" encoding="UTF-8"?>
<DeleteResult>
  <EncodingType>url</EncodingType>
  <Deleted>
    <Key>%E7%9B%AE%E5%BD%95%2Fa+b%20c%2B.jpg</Key>
    <DeleteMarker>true</DeleteMarker>
    <DeleteMarkerVersionId>CAEQMhiBgIDXiaaB0BYiIGQzYmRkZGUxMTM1ZDRjOTZhNjk4YjRjMTAyZjhlMmQ2</DeleteMarkerVersionId>
  </Deleted>
  <Deleted>
    <Key>test.jpg</Key>
    <VersionId>CAEQNRiBgIDyz.6C0BYiIGQ2NWEwNmVhNTA3ZTQ3MzM5ODliYjM1ZTdjYjA4****</VersionId>
    <DeleteMarker>false</DeleteMarker>
  </Deleted>
  <Deleted>
    <Key>plain</Key>
  </Deleted>
</DeleteResult>''')
UNENCODED = xml('<DeleteResult><Deleted><Key>%E7%9B%AE</Key></Deleted><Deleted><Key></Key></Deleted></DeleteResult>')
QUIET = Answer(200)
KEYS = [
    'multipart.data',
    '目录/文件 1.txt',
    'a&b<c>d"e\'f',
    ' leading and trailing ',
    'a+b%20',
    'line\nbreak',
    'tab\there',
    '\U0001f600',
    '//',
    'a]]>b',
]
for title, answer in {
    'every field': DELETED,
    'bare': UNENCODED,
    'empty document': xml('<DeleteResult/>'),
    'empty body': QUIET,
    'not XML': Answer(200, {}, b'gateway says hello'),
    'cut document': Answer(200, {}, b'<DeleteResult><Deleted><Key>a</Key>'),
}.items():
    area.add(title, Bucket.batch_delete_objects(['a', 'b']), answer)
    area.add(
        title,
        Bucket.delete_object_versions(models.BatchDeleteObjectVersionList([models.BatchDeleteObjectVersion('a', 'v')])),
        answer,
    )
area.add('odd keys', Bucket.batch_delete_objects(KEYS), QUIET)
area.add('control characters', Bucket.batch_delete_objects(['a\x01b']), QUIET)
area.add('one key', Bucket.batch_delete_objects(['a']), QUIET)
area.add('tuple', Bucket.batch_delete_objects(('a', 'b')), QUIET)
area.add('str', Bucket.batch_delete_objects('abc'), QUIET)
area.add('bytes keys', Bucket.batch_delete_objects([b'a']), QUIET)
area.add('empty', Bucket.batch_delete_objects([]), QUIET)
area.add('None', Bucket.batch_delete_objects(None), QUIET)
area.add('1001 keys', Bucket.batch_delete_objects(['key-%04d' % i for i in range(1001)]), QUIET)
area.add('headers', Bucket.batch_delete_objects(['a'], headers={'x-oss-request-payer': 'requester'}), QUIET)
area.add('malformed', Bucket.batch_delete_objects(['a']), error(400, 'MalformedXML'))
VERSIONS = models.BatchDeleteObjectVersionList(
    [
        models.BatchDeleteObjectVersion('目录/a&b.txt', VERSION),
        models.BatchDeleteObjectVersion('b', None),
        models.BatchDeleteObjectVersion('c', ''),
        models.BatchDeleteObjectVersion(key='d'),
    ]
)
area.add('several', Bucket.delete_object_versions(VERSIONS), QUIET)
area.add(
    'appended',
    Bucket.delete_object_versions(
        models.BatchDeleteObjectVersionList().do('append', models.BatchDeleteObjectVersion('k', 'v'))
    ),
    QUIET,
)
area.add('empty', Bucket.delete_object_versions(models.BatchDeleteObjectVersionList()), QUIET)
area.add('None', Bucket.delete_object_versions(None), QUIET)
for title, client in WAYS.items():
    area.add('signed ' + title, Bucket.batch_delete_objects(['a', '文']), DELETED, client)
    area.add(
        'signed ' + title,
        Bucket.delete_object_versions(VERSIONS, headers={'x-oss-request-payer': 'requester'}),
        DELETED,
        client,
    )

# ACL.
ACL = xml(
    '''
<?xml version="1.0" ?>
<AccessControlPolicy>
    <Owner>
        <ID>0022012****</ID>
        <DisplayName>0022012****</DisplayName>
    </Owner>
    <AccessControlList>
        <Grant>public-read </Grant>
    </AccessControlList>
</AccessControlPolicy>''',
    x_oss_version_id=VERSION,
)
for permission in ('default', 'private', 'public-read', 'public-read-write', '', None, 'none-such'):
    area.add(
        'permission %s' % permission, Bucket.put_object_acl(KEY, permission), Answer(200, {'x-oss-version-id': VERSION})
    )
area.add('constant', Bucket.put_object_acl(KEY, oss2.OBJECT_ACL_PUBLIC_READ), Answer(200))
area.add(
    'version',
    Bucket.put_object_acl(KEY, 'private', params={'versionId': VERSION}, headers={'x-oss-request-payer': 'requester'}),
    Answer(200),
)
area.add(
    'x-oss-object-acl given',
    Bucket.put_object_acl(KEY, 'private', headers={'x-oss-object-acl': 'public-read'}),
    Answer(200),
)
area.add('every field', Bucket.get_object_acl(KEY), ACL)
area.add(
    'bare',
    Bucket.get_object_acl(KEY),
    xml('<AccessControlPolicy><AccessControlList><Grant>default</Grant></AccessControlList></AccessControlPolicy>'),
)
area.add('empty document', Bucket.get_object_acl(KEY), xml('<AccessControlPolicy/>'))
area.add(
    'version',
    Bucket.get_object_acl(KEY, params={'versionId': VERSION}, headers={'x-oss-request-payer': 'requester'}),
    ACL,
)
area.add('no such key', Bucket.get_object_acl(KEY), error(404, 'NoSuchKey'))
area.add('no such key', Bucket.put_object_acl(KEY, 'private'), error(404, 'NoSuchKey'))

# Links.
LINK = Answer(
    200,
    {
        'x-oss-symlink-target': '%E7%9B%AE%E5%BD%95%2Fa%20b%2B.txt',
        'ETag': '"0A477B89B4602AA8DECB8E19BFD4****"',
        'x-oss-version-id': VERSION,
        'Last-Modified': 'Fri, 24 Feb 2012 06:07:48 GMT',
    },
)
for title, key in {
    'plain': 'target.txt',
    'Chinese': '目录/目标 1.txt',
    'reserved': 'a+b%20c?d=e&f#g',
    'newline': 'a\nb',
    'empty': '',
    'slash': '/a',
}.items():
    area.add('target ' + title, Bucket.put_symlink(key, 'link'), Answer(200, {'ETag': '"0A47"'}))
    area.add('link ' + title, Bucket.put_symlink('target', key), Answer(200, {'ETag': '"0A47"'}))
area.add(
    'headers',
    Bucket.put_symlink(
        't', 'l', headers={'x-oss-meta-a': 'b', 'x-oss-forbid-overwrite': 'true', 'x-oss-symlink-target': 'other'}
    ),
    Answer(200),
)
area.add('every header', Bucket.get_symlink('link'), LINK)
area.add('plus in the target', Bucket.get_symlink('link'), Answer(200, {'x-oss-symlink-target': 'a+b'}))
area.add('unencoded target', Bucket.get_symlink('link'), Answer(200, {'x-oss-symlink-target': '目标'}))
area.add('no header', Bucket.get_symlink('link'), Answer(200, dict(BARE.headers, **{'Content-Length': '0'})))
area.add(
    'version',
    Bucket.get_symlink('link', params={'versionId': VERSION}, headers={'x-oss-request-payer': 'requester'}),
    LINK,
)
area.add('not a link', Bucket.get_symlink('link'), error(400, 'NotSymlink', 'The object is not symlink object'))
area.add('no such key', Bucket.get_symlink('link'), error(404, 'NoSuchKey'))

# Restore.
RESTORE = models.RestoreConfiguration(3, models.RestoreJobParameters('Bulk'))
area.add(
    'accepted',
    Bucket.restore_object(KEY),
    Answer(202, {'x-oss-object-restore-priority': 'Standard', 'x-oss-version-id': VERSION}),
)
area.add('already restored', Bucket.restore_object(KEY), Answer(200))
area.add(
    'in progress',
    Bucket.restore_object(KEY),
    error(409, 'RestoreAlreadyInProgress', 'The restore operation is in progress.'),
)
area.add(
    'not archived',
    Bucket.restore_object(KEY),
    error(400, 'OperationNotSupported', 'The operation is not supported for this resource'),
)
area.add('configuration', Bucket.restore_object(KEY, input=RESTORE), Answer(202))
area.add(
    'misspelt job parameters',
    Bucket.restore_object(
        KEY,
        input=models.RestoreConfiguration(
            days=1, job_parameters=models.ResotreJobParameters(oss2.models.RESTORE_TIER_EXPEDITED)
        ),
    ),
    Answer(202),
)
area.add('days only', Bucket.restore_object(KEY, input=models.RestoreConfiguration(5)), Answer(202))
area.add('days None', Bucket.restore_object(KEY, input=models.RestoreConfiguration(None)), Answer(202))
area.add(
    'version',
    Bucket.restore_object(KEY, params={'versionId': VERSION}, headers={'x-oss-request-payer': 'requester'}),
    Answer(202),
)
for title, document in {
    'str': '<RestoreRequest><Days>2</Days></RestoreRequest>',
    'bytes': b'<RestoreRequest><Days>2</Days></RestoreRequest>',
    'BytesIO': Memory(b'<RestoreRequest><Days>2</Days></RestoreRequest>'),
    'generator': Chunks(b'<RestoreRequest>', b'</RestoreRequest>'),
}.items():
    area.add('document as ' + title, Bucket.restore_object(KEY, input=document), Answer(202))
for title, client in WAYS.items():
    area.add('signed ' + title, Bucket.put_object_acl('目录/文件.txt', 'private'), Answer(200), client)
    area.add('signed ' + title, Bucket.get_object_acl('目录/文件.txt', params={'versionId': VERSION}), ACL, client)
    area.add('signed ' + title, Bucket.put_symlink('目录/文件.txt', '链接'), Answer(200), client)
    area.add('signed ' + title, Bucket.get_symlink('链接', params={'versionId': VERSION}), LINK, client)
    area.add(
        'signed ' + title,
        Bucket.restore_object('目录/文件.txt', params={'versionId': VERSION}, input=RESTORE),
        Answer(202),
        client,
    )
