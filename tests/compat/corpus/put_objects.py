"""Uploads in one request: PutObject and AppendObject, with every kind of body."""

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
    Client,
    File,
    Local,
    Memory,
    Progress,
    Reader,
    crc64,
    error,
    oss2,
)

area = Area('put_objects')
TEXT = 'OSS 对象存储: content of the object'
DATA = TEXT.encode('utf-8')
ETAG = '"7265F4D211B56873A381D321F586E4A9"'


def stored(data: bytes = DATA, **headers: str) -> Answer:
    sent = {
        'ETag': ETAG,
        'x-oss-hash-crc64ecma': crc64(data),
        'Content-MD5': 'cmX00hG1aHOjgdMh9YbkqQ==',
        'x-oss-server-time': '8',
    }
    sent.update({name.replace('_', '-'): value for name, value in headers.items()})
    return Answer(200, dict(sent))


# Kinds of body.
BODIES = {
    'str': (TEXT, DATA),
    'bytes': (DATA, DATA),
    'binary bytes': (bytes(range(256)), bytes(range(256))),
    'empty str': ('', b''),
    'empty bytes': (b'', b''),
    'file': (File(DATA), DATA),
    'file at an offset': (File(DATA, 5), DATA[5:]),
    'file at its end': (File(DATA, len(DATA)), b''),
    'empty file': (File(b''), b''),
    'BytesIO': (Memory(DATA), DATA),
    'BytesIO at an offset': (Memory(DATA, 7), DATA[7:]),
    'empty BytesIO': (Memory(b''), b''),
    'reader that cannot seek': (Reader(DATA), DATA),
    'empty reader': (Reader(b''), b''),
    'reader that reads short': (Reader(DATA, 3), DATA),
    'generator': (Chunks(DATA[:4], DATA[4:]), DATA),
    'empty generator': (Chunks(), b''),
    'file larger than a chunk': (File(DATA * 500), DATA * 500),
    'bytes larger than a chunk': (DATA * 500, DATA * 500),
    'reader larger than a chunk': (Reader(DATA * 500), DATA * 500),
}
for title, (body, data) in BODIES.items():
    area.add(title, Bucket.put_object('exampleobject.txt', body), stored(data))
    area.add(
        title + ', without crc', Bucket.put_object('exampleobject.txt', body), stored(data), V1.but(enable_crc=False)
    )
    area.add(
        title + ', with progress',
        Bucket.put_object('exampleobject.txt', body, progress_callback=Progress()),
        stored(data),
    )
    area.add(
        title,
        Bucket.append_object('exampleobject.txt', 0, body, init_crc=0),
        stored(data, x_oss_next_append_position=str(len(data))),
    )
    area.add(
        title + ', with progress',
        Bucket.append_object('exampleobject.txt', 0, body, progress_callback=Progress()),
        stored(data, x_oss_next_append_position=str(len(data))),
    )
for title, odd in {
    'bytearray': bytearray(DATA),
    'memoryview': memoryview(DATA),
    'list of bytes': [b'ab', b'cd'],
    'None': None,
    'int': 7,
    'dict': {'a': 'b'},
}.items():
    area.add(title, Bucket.put_object('exampleobject.txt', odd), stored(b'abcd' if title == 'list of bytes' else DATA))
area.add('text file', Bucket.put_object('exampleobject.txt', File(b'text', mode='r')), stored(b'text'))
area.add(
    'SizedFileAdapter',
    Bucket.put_object('exampleobject.txt', oss2.SizedFileAdapter(Memory(DATA), 10)),
    stored(DATA[:10]),
)

# Answers.
area.add(
    'every header of the answer',
    Bucket.put_object('exampleobject.txt', DATA),
    stored(
        x_oss_version_id='CAEQNhiBgMDJgZCA0BYiIDc4MGZjZGI2OTBjOTRmNTE5NmU5NmFhZjhjYmY0****',
        x_oss_delete_marker='true',
        Connection='keep-alive',
    ),
)
area.add(
    'no header in the answer',
    Bucket.put_object('exampleobject.txt', DATA),
    Answer(200, {'Server': None, 'Date': None, 'x-oss-request-id': None}),
)
area.add('delete marker false', Bucket.put_object('exampleobject.txt', DATA), stored(x_oss_delete_marker='false'))
area.add(
    'body in the answer',
    Bucket.put_object('exampleobject.txt', DATA, headers={'x-oss-callback': 'eyJjYWxsYmFja1VybCI6IiJ9'}),
    Answer(
        200, {'ETag': ETAG, 'Content-Type': 'application/json', 'x-oss-hash-crc64ecma': crc64(DATA)}, b'{"Status":"OK"}'
    ),
)
area.add(
    'callback failed', Bucket.put_object('exampleobject.txt', DATA), error(203, 'CallbackFailed', 'Error status : 301.')
)
area.add('wrong crc', Bucket.put_object('exampleobject.txt', DATA), stored(b'other'))
area.add(
    'wrong crc, without crc', Bucket.put_object('exampleobject.txt', DATA), stored(b'other'), V1.but(enable_crc=False)
)
area.add('crc not a number', Bucket.put_object('exampleobject.txt', DATA), stored(x_oss_hash_crc64ecma='abc'))
area.add('unquoted ETag', Bucket.put_object('exampleobject.txt', DATA), stored(ETag='7265F4D211B56873A381D321F586E4A9'))
area.add('no answer', Bucket.put_object('exampleobject.txt', DATA), Answer(framing='none'))
area.add('no answer to a generator', Bucket.put_object('exampleobject.txt', Chunks(DATA)), Answer(framing='none'))

# Request headers.
for title, headers in {
    'Content-Type': {'Content-Type': 'application/x-custom'},
    'content-type in lower case': {'content-type': 'application/x-custom'},
    'Content-MD5': {'Content-MD5': 'ICy5YqxZB1uWSwcVLSNLcA=='},
    'metadata': {'x-oss-meta-Author': 'someone', 'x-oss-meta-b': '2', 'x-oss-meta-A': '1', 'X-OSS-Meta-Upper': 'UPPER'},
    'metadata with spaces': {'x-oss-meta-a': '  spaces around  '},
    'empty metadata': {'x-oss-meta-a': ''},
    'several OSS headers': {
        'x-oss-object-acl': 'public-read',
        'x-oss-storage-class': 'IA',
        'x-oss-tagging': 'k1=v1&k2=v2',
        'x-oss-forbid-overwrite': 'true',
        'x-oss-server-side-encryption': 'KMS',
        'x-oss-traffic-limit': '819200',
    },
    'standard headers': {
        'Cache-Control': 'no-cache',
        'Content-Disposition': 'attachment; filename="a.txt"',
        'Content-Encoding': 'gzip',
        'Expires': 'Fri, 28 Feb 2025 05:38:42 GMT',
    },
    'Date': {'Date': 'Fri, 28 Feb 2020 05:38:42 GMT'},
    'x-oss-date': {'x-oss-date': 'Fri, 28 Feb 2020 05:38:42 GMT'},
    'User-Agent': {'User-Agent': 'mine/1.0'},
    'Accept-Encoding': {'Accept-Encoding': 'gzip'},
    'Host': {'Host': 'other.example.com'},
    'Content-Length': {'Content-Length': str(len(DATA))},
    'int value': {'x-oss-meta-a': 5},
    'None value': {'x-oss-meta-a': None},
    'bytes value': {'x-oss-meta-a': b'bytes'},
    'Chinese value': {'x-oss-meta-a': '中文'},
    'latin-1 value': {'x-oss-meta-a': 'é'},
    'latin-1 file name': {'Content-Disposition': 'attachment; filename="é.txt"'},
    'Chinese file name': {'Content-Disposition': 'attachment; filename="文.txt"'},
    'newline in a value': {'x-oss-meta-a': 'a\nb'},
    'empty dict': {},
}.items():
    for auth, client in {'v1': V1, 'v4': V4}.items():
        area.add(
            'headers %s, %s' % (title, auth),
            Bucket.put_object('exampleobject.txt', DATA, headers=headers),
            stored(),
            client,
        )
area.add(
    'headers CaseInsensitiveDict',
    Bucket.put_object(
        'exampleobject.txt', DATA, headers=oss2.CaseInsensitiveDict({'X-Oss-Meta-A': '1', 'Content-Type': 'text/x'})
    ),
    stored(),
)
area.add(
    'headers of class RequestHeader',
    Bucket.put_object(
        'exampleobject.txt',
        DATA,
        headers=oss2.headers.RequestHeader().do('set_server_side_encryption', 'KMS', 'key-id'),
    ),
    stored(),
)
area.add(
    'headers of class RequestHeader, AES256',
    Bucket.put_object(
        'exampleobject.txt',
        DATA,
        headers=oss2.headers.RequestHeader().do('set_server_side_encryption', oss2.SERVER_SIDE_ENCRYPTION_AES256),
    ),
    stored(),
)

# Content types come from the key, or from the file name.
for suffix in [
    'txt',
    'html',
    'jpg',
    'png',
    'json',
    'xml',
    'pdf',
    'mp4',
    'apk',
    'ipa',
    'tar.gz',
    'gz',
    'zip',
    'js',
    'css',
    'docx',
    'xlsx',
    'pptx',
    'svg',
    'wasm',
    'webp',
    'mp3',
    'JPG',
    'none-such',
    'csv',
    'doc',
    'xls',
    'md',
]:
    area.add('content type of .' + suffix, Bucket.put_object('name.' + suffix, b'x'), stored(b'x'))
area.add('content type without suffix', Bucket.put_object('name', b'x'), stored(b'x'))
area.add('content type of a folder', Bucket.put_object('folder/', b''), stored(b''))
area.add(
    'content type of the file, not the key',
    Bucket.put_object_from_file('name', Local('local.html', b'x')),
    stored(b'x'),
)
area.add(
    'content type of the key, not the file',
    Bucket.put_object_from_file('name.html', Local('local', b'x')),
    stored(b'x'),
)
area.add('content type of both', Bucket.put_object_from_file('name.html', Local('local.jpg', b'x')), stored(b'x'))

# Files.
area.add('file', Bucket.put_object_from_file('exampleobject.txt', Local('local.txt', DATA)), stored())
area.add('empty file', Bucket.put_object_from_file('exampleobject.txt', Local('local.txt', b'')), stored(b''))
area.add(
    'progress',
    Bucket.put_object_from_file('exampleobject.txt', Local('local.txt', DATA * 1000), progress_callback=Progress()),
    stored(DATA * 1000),
)
area.add(
    'headers',
    Bucket.put_object_from_file('exampleobject.txt', Local('local.txt', DATA), headers={'x-oss-meta-a': 'b'}),
    stored(),
)
area.add(
    'content type given',
    Bucket.put_object_from_file('exampleobject.txt', Local('local.txt', DATA), headers={'Content-Type': 'a/b'}),
    stored(),
)
area.add('no such file', Bucket.put_object_from_file('exampleobject.txt', Local('absent.txt')), stored())
area.add('a directory', Bucket.put_object_from_file('exampleobject.txt', Local('')), stored())
area.add('wrong crc', Bucket.put_object_from_file('exampleobject.txt', Local('local.txt', DATA)), stored(b'other'))
area.add(
    'error', Bucket.put_object_from_file('exampleobject.txt', Local('local.txt', DATA)), error(403, 'AccessDenied')
)

# Every way to sign and to address.
for title, client in {
    'v2': V2,
    'v4': V4,
    'sts': STS,
    'sts v2': STS_V2,
    'sts v4': STS_V4,
    'anonymous': ANONYMOUS,
    'path style': PATH_STYLE,
    'cname': CNAME,
}.items():
    area.add(
        'signed ' + title,
        Bucket.put_object('目录/文件 1.txt', DATA, headers={'x-oss-meta-a': 'b', 'Content-MD5': 'abc'}),
        stored(),
        client,
    )
    area.add(
        'signed ' + title,
        Bucket.append_object('目录/文件 1.txt', 10, DATA),
        stored(x_oss_next_append_position='50'),
        client,
    )
    area.add(
        'signed ' + title, Bucket.put_object_from_file('目录/文件 1.txt', Local('local.txt', DATA)), stored(), client
    )

# Append.
NEXT = {'x_oss_next_append_position': '100'}
area.add('at 0', Bucket.append_object('exampleobject.txt', 0, DATA), stored(**NEXT))
area.add(
    'further on', Bucket.append_object('exampleobject.txt', 63, DATA, headers={'x-oss-meta-a': 'b'}), stored(**NEXT)
)
area.add('position as str', Bucket.append_object('exampleobject.txt', '63', DATA), stored(**NEXT))
area.add('negative position', Bucket.append_object('exampleobject.txt', -1, DATA), error(400, 'InvalidArgument'))
area.add(
    'crc of the whole',
    Bucket.append_object('exampleobject.txt', 3, DATA, init_crc=int(crc64(b'abc'))),
    stored(b'abc' + DATA, **NEXT),
)
area.add(
    'wrong crc of the whole',
    Bucket.append_object('exampleobject.txt', 3, DATA, init_crc=5),
    stored(b'abc' + DATA, **NEXT),
)
area.add('wrong crc unasked', Bucket.append_object('exampleobject.txt', 3, DATA), stored(b'abc' + DATA, **NEXT))
area.add(
    'init_crc without crc',
    Bucket.append_object('exampleobject.txt', 3, DATA, init_crc=5),
    stored(b'abc', **NEXT),
    V1.but(enable_crc=False),
)
area.add('no next position', Bucket.append_object('exampleobject.txt', 0, DATA), stored())
area.add(
    'no crc in the answer',
    Bucket.append_object('exampleobject.txt', 0, DATA, init_crc=0),
    Answer(200, {'x-oss-next-append-position': '5'}),
)
area.add('version id', Bucket.append_object('exampleobject.txt', 0, DATA), stored(x_oss_version_id='null', **NEXT))
area.add(
    'position not equal to length',
    Bucket.append_object('exampleobject.txt', 0, DATA),
    error(
        409,
        'PositionNotEqualToLength',
        'Position is not equal to file length',
        ec='0026-00000016',
        headers={'x-oss-next-append-position': '1717'},
    ),
)
area.add(
    'position not equal to length, no header',
    Bucket.append_object('exampleobject.txt', 0, DATA),
    error(409, 'PositionNotEqualToLength', 'Position is not equal to file length'),
)
area.add(
    'object not appendable',
    Bucket.append_object('exampleobject.txt', 0, DATA),
    error(409, 'ObjectNotAppendable', 'The object is not appendable'),
)
area.add('content type of .html', Bucket.append_object('a.html', 0, DATA), stored(**NEXT))
area.add('no answer', Bucket.append_object('exampleobject.txt', 0, DATA), Answer(framing='none'))
area.add('503', Bucket.append_object('exampleobject.txt', 0, DATA), error(503, 'ServiceUnavailable'))

# app_name goes into the user agent.
area.add('app name', Bucket.put_object('exampleobject.txt', DATA), stored(), V1.but(app_name='ossutil-like/1.0'))
area.add(
    'cloud box',
    Bucket.put_object('exampleobject.txt', DATA),
    stored(),
    Client(
        'v4',
        'http://cb-f8z7yvzgwfkl9q0h.cn-hangzhou.oss-cloudbox.aliyuncs.com',
        options={'region': 'cn-hangzhou', 'cloudbox_id': 'cb-f8z7yvzgwfkl9q0h'},
    ),
)
