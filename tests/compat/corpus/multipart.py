"""The seven calls of a multipart upload, and the iterators over uploads and parts."""

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
    File,
    Iterator,
    Memory,
    Progress,
    Reader,
    crc64,
    error,
    models,
    oss2,
    xml,
)

area = Area('multipart')
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
KEY = 'multipart.data'
ID = '0004B9894A22E5B1888A1E29F823****'
DATA = b'content of a part'
PAYER = {'x-oss-request-payer': 'requester'}

INITIATED = '''
<?xml version="1.0" encoding="UTF-8"?>
<InitiateMultipartUploadResult>
  <Bucket>oss-example</Bucket>
  <Key>multipart.data</Key>
  <UploadId>0004B9894A22E5B1888A1E29F823****</UploadId>
  <EncodingType>url</EncodingType>
</InitiateMultipartUploadResult>'''
area.add('every field', Bucket.init_multipart_upload(KEY), xml(INITIATED))
area.add('empty document', Bucket.init_multipart_upload(KEY), xml('<InitiateMultipartUploadResult/>'))
area.add(
    'headers',
    Bucket.init_multipart_upload(
        KEY,
        headers={
            'x-oss-meta-a': 'b',
            'Content-Type': 'a/b',
            'x-oss-storage-class': 'IA',
            'x-oss-tagging': 'a=b',
            'x-oss-server-side-encryption': 'AES256',
            'x-oss-forbid-overwrite': 'true',
        },
    ),
    xml(INITIATED),
)
area.add('content type of the key', Bucket.init_multipart_upload('a.jpg'), xml(INITIATED))
area.add('key beyond XML', Bucket.init_multipart_upload('a\x01b'), xml(INITIATED))
for title, params in {
    'sequential': {'sequential': ''},
    'encoding-type': {'encoding-type': 'url'},
    'uploads given': {'uploads': 'x'},
    'empty': {},
}.items():
    area.add('params ' + title, Bucket.init_multipart_upload(KEY, params=params), xml(INITIATED))
for title, answer in {
    'error': error(403, 'AccessDenied'),
    '503': error(503, 'ServiceUnavailable'),
    'not XML': Answer(200, {}, b'hello'),
    'no answer': Answer(framing='none'),
}.items():
    area.add(title, Bucket.init_multipart_upload(KEY), answer)

PART = Answer(
    200,
    {
        'ETag': '"7265F4D211B56873A381D321F586****"',
        'x-oss-hash-crc64ecma': crc64(DATA),
        'Content-MD5': '1B2M2Y8AsgTpgAmY7Ph***==',
    },
)
EMPTY_PART = Answer(200, {'ETag': '"A"', 'x-oss-hash-crc64ecma': '0'})
for title, body in {
    'bytes': DATA,
    'str': DATA.decode(),
    'file': File(DATA),
    'BytesIO at an offset': Memory(b'xxx' + DATA, 3),
    'reader': Reader(DATA),
    'generator': Chunks(DATA[:3], DATA[3:]),
    'SizedFileAdapter': oss2.SizedFileAdapter(Memory(DATA + b'more'), len(DATA)),
    'bytearray': bytearray(DATA),
}.items():
    area.add('body ' + title, Bucket.upload_part(KEY, ID, 1, body), PART)
    area.add('body %s, with progress' % title, Bucket.upload_part(KEY, ID, 1, body, progress_callback=Progress()), PART)
    area.add('body %s, without crc' % title, Bucket.upload_part(KEY, ID, 1, body), PART, V1.but(enable_crc=False))
area.add('empty body', Bucket.upload_part(KEY, ID, 1, b''), EMPTY_PART)
area.add(
    'headers',
    Bucket.upload_part(KEY, ID, 1, DATA, headers={'Content-MD5': 'abc', 'x-oss-traffic-limit': '819200'}),
    PART,
)
area.add('positional', Bucket.upload_part(KEY, ID, 10000, DATA, None, PAYER), PART)
for number in ('7', 0, 10001, None):
    area.add('part number %r' % number, Bucket.upload_part(KEY, ID, number, DATA), PART)
for title, answer in {
    'wrong crc': Answer(200, {'ETag': '"A"', 'x-oss-hash-crc64ecma': '5'}),
    'no crc': Answer(200, {'ETag': '"A"'}),
    'no header': Answer(200),
    'no such upload': error(404, 'NoSuchUpload', more='<UploadId>x</UploadId>'),
    '503': error(503, 'ServiceUnavailable'),
    'no answer': Answer(framing='none'),
}.items():
    area.add(title, Bucket.upload_part(KEY, ID, 1, DATA), answer)

COPIED = Answer(
    200,
    {'Content-Type': 'application/xml', 'x-oss-copy-source-version-id': 'v1'},
    b'''<?xml version="1.0" encoding="UTF-8"?>
<CopyPartResult>
    <LastModified>2014-07-17T06:27:54.000Z</LastModified>
    <ETag>"5B3C1A2E053D763E1B002CC607C5****"</ETag>
</CopyPartResult>''',
)
COPIED_ETAG = Answer(200, {'ETag': '"5B3C1A2E053D763E1B002CC607C5****"', 'x-oss-hash-crc64ecma': '5'}, COPIED.body)
for title, byte_range in {
    'first': (0, 99),
    'open end': (100, None),
    'last': (None, 99),
    'all': (None, None),
    'None': None,
    'list': [0, 99],
    'empty': (),
}.items():
    area.add(
        'range ' + title, Bucket.upload_part_copy('otherbucket', '源/a b+.txt', byte_range, KEY, ID, 1), COPIED_ETAG
    )
area.add('no ETag header', Bucket.upload_part_copy('otherbucket', 'source', (0, 99), KEY, ID, 1), COPIED)
area.add(
    'headers',
    Bucket.upload_part_copy(
        'otherbucket', 'source', (0, 99), KEY, ID, 1, headers={'x-oss-copy-source-if-match': '"a"'}
    ),
    COPIED_ETAG,
)
for title, params in {'version': {'versionId': 'CAEQNh+/'}, 'other': {'other': 'x'}, 'empty': {}}.items():
    area.add(
        'params ' + title,
        Bucket.upload_part_copy('otherbucket', 'source', (0, 99), KEY, ID, 1, params=params),
        COPIED_ETAG,
    )
for title, answer in {
    'no such key': error(404, 'NoSuchKey'),
    'too small': error(400, 'InvalidArgument'),
    '503': error(503, 'ServiceUnavailable'),
}.items():
    area.add(title, Bucket.upload_part_copy('otherbucket', 'source', (0, 99), KEY, ID, 1), answer)

COMPLETED = Answer(
    200,
    {
        'Content-Type': 'application/xml',
        'ETag': '"B864DB6A936D376F9F8D3ED3BBE540****"',
        'x-oss-hash-crc64ecma': crc64(DATA),
        'x-oss-version-id': 'v1',
    },
    b'''<?xml version="1.0" encoding="UTF-8"?>
<CompleteMultipartUploadResult>
    <EncodingType>url</EncodingType>
    <Location>http://oss-example.oss-cn-hangzhou.aliyuncs.com/multipart.data</Location>
    <Bucket>oss-example</Bucket>
    <Key>multipart.data</Key>
    <ETag>"B864DB6A936D376F9F8D3ED3BBE540****"</ETag>
</CompleteMultipartUploadResult>''',
)
P = models.PartInfo
TWO = [P(1, 'ETAG1', size=4, part_crc=int(crc64(DATA[:4]))), P(2, 'ETAG2', size=13, part_crc=int(crc64(DATA[4:])))]
for title, parts in {
    'two parts': [P(1, 'ETAG1'), P(2, 'ETAG2')],
    'unsorted': [P(3, 'ETAG3'), P(1, 'ETAG1'), P(2, 'ETAG2')],
    'with crc': TWO,
    'unsorted with crc': TWO[::-1],
    'some with crc': [TWO[0], P(2, 'ETAG2')],
    'wrong crc': [P(1, 'E', size=17, part_crc=5)],
    'crc 0': [P(1, 'E', size=0, part_crc=0), P(2, 'E', size=17, part_crc=int(crc64(DATA)))],
    'crc without size': [P(1, 'E', part_crc=5)],
    'quoted etag': [P(1, '"E"')],
    'etag of odd text': [P(1, 'a<&>"b')],
    'number as str': [P('2', 'E')],
    'empty': [],
    'None': None,
    'tuple': (P(2, 'B'), P(1, 'A')),
    'crc as str': [P(1, 'E', size=17, part_crc=crc64(DATA))],
}.items():
    area.add('parts ' + title, Bucket.complete_multipart_upload(KEY, ID, parts), COMPLETED)
area.add(
    'parts wrong crc, without crc',
    Bucket.complete_multipart_upload(KEY, ID, [P(1, 'E', size=17, part_crc=5)]),
    COMPLETED,
    V1.but(enable_crc=False),
)
area.add('all parts', Bucket.complete_multipart_upload(KEY, ID, None, headers={'x-oss-complete-all': 'yes'}), COMPLETED)
area.add(
    'headers',
    Bucket.complete_multipart_upload(
        KEY, ID, TWO, headers={'x-oss-object-acl': 'private', 'x-oss-forbid-overwrite': 'true'}
    ),
    COMPLETED,
)
area.add(
    'callback',
    Bucket.complete_multipart_upload(KEY, ID, TWO, headers={'x-oss-callback': 'e30='}),
    Answer(
        200,
        {'ETag': '"A"', 'Content-Type': 'application/json', 'x-oss-hash-crc64ecma': crc64(DATA)},
        b'{"Status":"OK"}',
    ),
)
for title, answer in {
    'no header': Answer(200),
    'no such upload': error(404, 'NoSuchUpload'),
    'invalid part': error(400, 'InvalidPart'),
    'error after 200': error(200, 'InternalError'),
    'part too small': error(400, 'EntityTooSmall'),
    '503': error(503, 'ServiceUnavailable'),
    'no answer': Answer(framing='none'),
}.items():
    area.add(title, Bucket.complete_multipart_upload(KEY, ID, TWO), answer)
area.add('aborted', Bucket.abort_multipart_upload(KEY, ID), Answer(204))
area.add('headers', Bucket.abort_multipart_upload(KEY, ID, headers=PAYER), Answer(204))
area.add('no such upload', Bucket.abort_multipart_upload(KEY, ID), error(404, 'NoSuchUpload'))
area.add('503', Bucket.abort_multipart_upload(KEY, ID), error(503, 'ServiceUnavailable'))

UPLOADS = '''
<?xml version="1.0" encoding="UTF-8"?>
<ListMultipartUploadsResult>
    <Bucket>oss-example</Bucket>
    <KeyMarker>%E7%9B%AE%20a</KeyMarker>
    <UploadIdMarker>0004</UploadIdMarker>
    <NextKeyMarker>%E7%9B%AE%20oss.avi</NextKeyMarker>
    <NextUploadIdMarker>0004B99B8E707874FC2D692FA5D77D3F</NextUploadIdMarker>
    <Delimiter>%2F</Delimiter>
    <Prefix>a%2F</Prefix>
    <EncodingType>url</EncodingType>
    <MaxUploads>1000</MaxUploads>
    <IsTruncated>true</IsTruncated>
    <Upload>
        <Key>%E7%9B%AE%20multipart%2B.data</Key>
        <UploadId>0004B999EF518A1FE585B0C9360D****</UploadId>
        <StorageClass>Standard</StorageClass>
        <Initiated>2012-02-23T04:18:23.000Z</Initiated>
    </Upload>
    <Upload>
        <Key>oss.avi</Key>
        <UploadId>0004B99B8E707874FC2D692FA5D7****</UploadId>
        <Initiated>2012-02-23T06:14:27.000Z</Initiated>
    </Upload>
    <CommonPrefixes><Prefix>a%2F%E7%9B%AE%2F</Prefix></CommonPrefixes>
</ListMultipartUploadsResult>'''
for title, document in {
    'every field': UPLOADS,
    'not encoded': UPLOADS.replace('<EncodingType>url</EncodingType>', ''),
    'last page': UPLOADS.replace('>true<', '>false<'),
    'empty': '<ListMultipartUploadsResult><Bucket>b</Bucket><KeyMarker/><UploadIdMarker/><NextKeyMarker/>'
    '<NextUploadIdMarker/><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>',
    'empty document': '<ListMultipartUploadsResult/>',
    'bare upload': '<ListMultipartUploadsResult><IsTruncated>false</IsTruncated><Upload><Key>a</Key></Upload>'
    '</ListMultipartUploadsResult>',
    'no markers': '<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>',
}.items():
    area.add(title, Bucket.list_multipart_uploads(), xml(document))
area.add(
    'prefix',
    Bucket.list_multipart_uploads(
        prefix='目录/', delimiter='/', key_marker='目录/a +', upload_id_marker='0004', max_uploads=10
    ),
    xml(UPLOADS),
)
area.add('error', Bucket.list_multipart_uploads(), error(404, 'NoSuchBucket'))

PARTS = '''
<?xml version="1.0" encoding="UTF-8"?>
<ListPartsResult>
    <Bucket>multipart_upload</Bucket>
    <Key>multipart.data</Key>
    <UploadId>0004B999EF5A239BB9138C6227D6****</UploadId>
    <NextPartNumberMarker>5</NextPartNumberMarker>
    <PartNumberMarker>0</PartNumberMarker>
    <MaxParts>1000</MaxParts>
    <StorageClass>Standard</StorageClass>
    <EncodingType>url</EncodingType>
    <IsTruncated>true</IsTruncated>
    <Part>
        <PartNumber>1</PartNumber>
        <LastModified>2012-02-23T07:01:34.000Z</LastModified>
        <ETag>"3349DC700140D7F86A0784842780****"</ETag>
        <HashCrc64ecma>1234567890</HashCrc64ecma>
        <Size>6291456</Size>
    </Part>
    <Part>
        <PartNumber>5</PartNumber>
        <LastModified>2012-02-23T07:02:03.000Z</LastModified>
        <ETag>"7265F4D211B56873A381D321F586****"</ETag>
        <Size>1024</Size>
    </Part>
</ListPartsResult>'''
for title, document in {
    'every field': PARTS,
    'last page': PARTS.replace('>true<', '>false<'),
    'empty document': '<ListPartsResult/>',
    'empty': '<ListPartsResult><NextPartNumberMarker/><IsTruncated>false</IsTruncated></ListPartsResult>',
    'bare part': '<ListPartsResult><IsTruncated>false</IsTruncated><NextPartNumberMarker>1</NextPartNumberMarker>'
    '<Part><PartNumber>1</PartNumber></Part></ListPartsResult>',
    'no marker': '<ListPartsResult><IsTruncated>false</IsTruncated></ListPartsResult>',
}.items():
    area.add(title, Bucket.list_parts(KEY, ID), xml(document))
area.add('marker', Bucket.list_parts(KEY, ID, marker='5', max_parts=10, headers=PAYER), xml(PARTS))
area.add('key beyond XML', Bucket.list_parts('a\x01b', ID), xml(PARTS))
area.add('int marker', Bucket.list_parts(KEY, ID, marker=5), xml(PARTS))
area.add('no such upload', Bucket.list_parts(KEY, ID), error(404, 'NoSuchUpload'))

for title, client in WAYS.items():
    title = 'signed ' + title
    area.add(
        title,
        Bucket.init_multipart_upload('目录/文件 1.txt', headers={'x-oss-meta-a': 'b'}, params={'sequential': ''}),
        xml(INITIATED),
        client,
    )
    area.add(title, Bucket.upload_part('目录/文件 1.txt', ID, 3, DATA), PART, client)
    area.add(
        title,
        Bucket.upload_part_copy('otherbucket', '源', (0, 9), '目录/文件 1.txt', ID, 3, params={'versionId': 'v'}),
        COPIED_ETAG,
        client,
    )
    area.add(title, Bucket.complete_multipart_upload('目录/文件 1.txt', ID, TWO), COMPLETED, client)
    area.add(title, Bucket.abort_multipart_upload('目录/文件 1.txt', ID), Answer(204), client)
    area.add(title, Bucket.list_multipart_uploads('目录/', '/', '目录/a', '0004', 10, PAYER), xml(UPLOADS), client)
    area.add(title, Bucket.list_parts('目录/文件 1.txt', ID, '5', 10, PAYER), xml(PARTS), client)
for title, upload_id in {'empty': '', 'None': None, 'odd': 'a+/=&b'}.items():
    area.add('upload id ' + title, Bucket.upload_part(KEY, upload_id, 1, DATA), PART)
    area.add('upload id ' + title, Bucket.complete_multipart_upload(KEY, upload_id, TWO), COMPLETED)
    area.add('upload id ' + title, Bucket.abort_multipart_upload(KEY, upload_id), Answer(204))
    area.add('upload id ' + title, Bucket.list_parts(KEY, upload_id), xml(PARTS))


def uploads(names: str, key: str = '', upload: str = '', prefixes: str = '') -> Answer:
    listed = ''.join(
        '<Upload><Key>%s</Key><UploadId>%s</UploadId><Initiated>2012-02-23T04:18:23.000Z</Initiated></Upload>'
        % tuple(n.split(':'))
        for n in names.split()
    )
    common = ''.join('<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>' % prefix for prefix in prefixes.split())
    more = (
        '<IsTruncated>%s</IsTruncated><NextKeyMarker>%s</NextKeyMarker><NextUploadIdMarker>%s</NextUploadIdMarker>'
        % ('true' if key else 'false', key, upload)
    )
    return xml(
        '<ListMultipartUploadsResult><EncodingType>url</EncodingType>%s%s%s</ListMultipartUploadsResult>'
        % (more, listed, common)
    )


def parts(numbers: str, following: str = '') -> Answer:
    listed = ''.join(
        '<Part><PartNumber>%s</PartNumber><LastModified>2012-02-23T07:01:34.000Z</LastModified><ETag>"A"</ETag>'
        '<Size>5</Size></Part>' % n
        for n in numbers.split()
    )
    return xml(
        '<ListPartsResult><IsTruncated>%s</IsTruncated>'
        '<NextPartNumberMarker>%s</NextPartNumberMarker>%s</ListPartsResult>'
        % ('true' if following else 'false', following, listed)
    )


AGAIN = [error(500, 'InternalError')]
UPLOAD_PAGES = [uploads('a:1 a:2', 'a', '2', 'b/'), uploads('c%20d:3', 'c%20d', '3'), uploads('z:4')]
area.add('several pages', Iterator.MultipartUploadIterator(), UPLOAD_PAGES)
area.add(
    'arguments',
    Iterator.MultipartUploadIterator(
        prefix='目录/', delimiter='/', key_marker='k', upload_id_marker='u', max_uploads=2, headers=PAYER
    ),
    UPLOAD_PAGES,
)
area.add('nothing', Iterator.MultipartUploadIterator(), uploads(''))
area.add('500 once', Iterator.MultipartUploadIterator(), AGAIN + UPLOAD_PAGES)
area.add('error', Iterator.MultipartUploadIterator(), error(404, 'NoSuchBucket'))
area.add('one object', Iterator.ObjectUploadIterator('a'), [uploads('a:1 a:2', 'a', '2'), uploads('a:3 ab:4')])
area.add('stops at another key', Iterator.ObjectUploadIterator('a'), [uploads('a:1 b:2', 'b', '2'), uploads('b:3')])
area.add('key that is not there', Iterator.ObjectUploadIterator('b'), [uploads('a:1 c:2', 'c', '2'), uploads('d:3')])
area.add(
    'arguments',
    Iterator.ObjectUploadIterator('目 录', max_uploads=2, headers=PAYER),
    uploads('%E7%9B%AE%20%E5%BD%95:1'),
)
area.add('500 once', Iterator.ObjectUploadIterator('a'), AGAIN + [uploads('a:1')])
area.add('several pages', Iterator.PartIterator(KEY, ID), [parts('1 2', '2'), parts('3 4', '4'), parts('5')])
area.add(
    'arguments', Iterator.PartIterator(KEY, ID, marker='2', max_parts=2, headers=PAYER), [parts('3 4', '4'), parts('5')]
)
area.add('nothing', Iterator.PartIterator(KEY, ID), parts(''))
area.add('500 once', Iterator.PartIterator(KEY, ID), AGAIN + [parts('1')])
area.add('no such upload', Iterator.PartIterator(KEY, ID), error(404, 'NoSuchUpload'))
