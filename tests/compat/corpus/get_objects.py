"""Downloads: GetObject with ranges, processing, progress and every framing of the answer; GetObject to a file."""

from __future__ import annotations

import struct
import zlib

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
    Local,
    Progress,
    crc64,
    error,
    oss2,
)

area = Area('get_objects')
DATA = 'OSS 对象存储: content of the object'.encode()
LONG = bytes(range(256)) * 80
KEY = 'exampleobject.txt'


def found(
    data: bytes = DATA, status: int = 200, framing: str = 'length', cut: int = -1, chunks: tuple = (), **headers: str
) -> Answer:
    sent = {
        'Content-Type': 'text/plain',
        'ETag': '"5B3C1A2E053D763E1B002CC607C5****"',
        'Last-Modified': 'Fri, 24 Feb 2012 06:07:48 GMT',
        'x-oss-object-type': 'Normal',
        'x-oss-hash-crc64ecma': crc64(data),
        'x-oss-storage-class': 'Standard',
        'Accept-Ranges': 'bytes',
    }
    sent.update({name.replace('_', '-'): value for name, value in headers.items()})
    return Answer(status, dict(sent), data, framing, chunks, None if cut < 0 else cut)


def gzipped(data: bytes) -> bytes:
    """A gzip file with one stored block: the same bytes with every version of zlib."""
    block = b'\x01' + struct.pack('<HH', len(data), len(data) ^ 0xFFFF) + data
    return b'\x1f\x8b\x08\0\0\0\0\0\0\xff' + block + struct.pack('<II', zlib.crc32(data), len(data))


NOT_FOUND = error(
    404, 'NoSuchKey', 'The specified key does not exist.', '  <Key>exampleobject.txt</Key>\n', '0026-00000001'
)

# What is read from the result, by every way to read and every framing.
THEN = [
    'read',
    'read 10',
    'read 1000000',
    'iterate',
    'with',
    'close',
    ('read', 'read'),
    ('read 10', 'read'),
    ('read', 'read 10'),
    ('read', 'close'),
]
FRAMINGS = {'length': {}, 'chunked': {'framing': 'chunked', 'chunks': (7, 1, 12)}, 'closed': {'framing': 'close'}}
for framing, how in FRAMINGS.items():
    for then in THEN:
        title = '%s, %s' % (then if isinstance(then, str) else ' and '.join(then), framing)
        area.add(title, Bucket.get_object(KEY), found(**how), then=then)
    area.add('not read, ' + framing, Bucket.get_object(KEY), found(**how))
    area.add(
        'read with progress, ' + framing,
        Bucket.get_object(KEY, progress_callback=Progress()),
        found(**how),
        then='read',
    )
    area.add(
        'read 10 with progress, ' + framing,
        Bucket.get_object(KEY, progress_callback=Progress()),
        found(**how),
        then='read 10',
    )
    area.add(
        'iterate with progress, ' + framing,
        Bucket.get_object(KEY, progress_callback=Progress()),
        found(**how),
        then='iterate',
    )
    area.add('read without crc, ' + framing, Bucket.get_object(KEY), found(**how), V1.but(enable_crc=False), 'read')
    area.add('read long, ' + framing, Bucket.get_object(KEY), found(LONG, **how), then='read')
    area.add('read 5000 of long, ' + framing, Bucket.get_object(KEY), found(LONG, **how), then='read 5000')
    area.add('iterate long, ' + framing, Bucket.get_object(KEY), found(LONG, **how), then='iterate')
    area.add('empty, ' + framing, Bucket.get_object(KEY), found(b'', **how), then='read')
    area.add('empty, read 10, ' + framing, Bucket.get_object(KEY), found(b'', **how), then='read 10')
    area.add(framing, Bucket.get_object_to_file(KEY, Local('target')), found(**how))
    area.add('long, ' + framing, Bucket.get_object_to_file(KEY, Local('target')), found(LONG, **how))
    area.add('empty, ' + framing, Bucket.get_object_to_file(KEY, Local('target')), found(b'', **how))
    area.add(
        'progress, ' + framing,
        Bucket.get_object_to_file(KEY, Local('target'), progress_callback=Progress()),
        found(**how),
    )
    area.add('over a file, ' + framing, Bucket.get_object_to_file(KEY, Local('target', b'before')), found(**how))
    area.add(
        'wrong crc, ' + framing,
        Bucket.get_object_to_file(KEY, Local('target', b'before')),
        found(x_oss_hash_crc64ecma='5', **how),
    )
    area.add(
        'wrong crc, unchecked, ' + framing,
        Bucket.get_object_to_file(KEY, Local('target')),
        found(x_oss_hash_crc64ecma='5', **how),
        V1.but(enable_crc=False),
    )
    area.add('wrong crc, ' + framing, Bucket.get_object(KEY), found(x_oss_hash_crc64ecma='5', **how), then='read')
for framing, how in {'length': {}, 'chunked': {'framing': 'chunked', 'chunks': (10,)}}.items():
    for then in ('read', 'read 10', 'iterate', ('read', 'read')):
        title = then if isinstance(then, str) else ' and '.join(then)
        area.add('cut short, %s, %s' % (title, framing), Bucket.get_object(KEY), found(cut=20, **how), then=then)
    area.add('cut short, ' + framing, Bucket.get_object_to_file(KEY, Local('target', b'before')), found(cut=20, **how))
    area.add(
        'cut short without crc, ' + framing,
        Bucket.get_object_to_file(KEY, Local('target')),
        found(cut=20, **how),
        V1.but(enable_crc=False),
    )

# Encoded content.
ZIPPED = gzipped(DATA * 20)
GZIP = {'Content_Encoding': 'gzip', 'x_oss_hash_crc64ecma': crc64(ZIPPED)}
for framing, how in FRAMINGS.items():
    for then in ('read', 'read 10', 'iterate'):
        area.add(
            'stored gzip, %s, %s' % (then, framing),
            Bucket.get_object(KEY),
            found(ZIPPED, **dict(GZIP, **how)),
            then=then,
        )
    area.add(
        'gzip asked for, ' + framing,
        Bucket.get_object(KEY, headers={'Accept-Encoding': 'gzip'}),
        found(ZIPPED, **dict(GZIP, **how)),
        then='read',
    )
    area.add(
        'stored gzip, ' + framing, Bucket.get_object_to_file(KEY, Local('target')), found(ZIPPED, **dict(GZIP, **how))
    )
    area.add(
        'gzip asked for, ' + framing,
        Bucket.get_object_to_file(KEY, Local('target'), headers={'Accept-Encoding': 'gzip'}),
        found(ZIPPED, **dict(GZIP, **how)),
    )

# Headers of the answer.
area.add(
    'every header',
    Bucket.get_object(KEY),
    found(
        x_oss_version_id='CAEQNRiBgICb8o6D0BYiIDNlNzk5NGE2M2Y3ZjRhZTViYTAxZGE0ZTEyMWYyYTU5',
        x_oss_delete_marker='true',
        Content_Range='bytes 0-9/100',
        x_oss_tagging_count='2',
        x_oss_expiration='expiry-date="Fri, 24 Feb 2023 00:00:00 GMT", rule-id="rule1"',
        Content_Disposition='inline',
        x_oss_meta_author='someone',
        x_oss_server_side_encryption='KMS',
        x_oss_server_side_encryption_key_id='9468da86',
    ),
    then='read',
)
area.add(
    'no header',
    Bucket.get_object(KEY),
    Answer(200, {'Server': None, 'Date': None, 'x-oss-request-id': None}, DATA),
    then='read',
)
area.add('unreadable Last-Modified', Bucket.get_object(KEY), found(Last_Modified='yesterday'), then='read')
area.add('unreadable crc', Bucket.get_object(KEY), found(x_oss_hash_crc64ecma='abc'), then='read')
area.add('delete marker false', Bucket.get_object(KEY), found(x_oss_delete_marker='false'), then='read')
area.add('UTF-8 metadata', Bucket.get_object(KEY), found(x_oss_meta_name='中文'), then='read')

# Ranges.
RANGES = {
    'first bytes': (0, 9),
    'open end': (10, None),
    'last bytes': (None, 10),
    'one byte': (0, 0),
    'all': (None, None),
    'list': [0, 9],
    'str numbers': ('0', '9'),
    'reversed': (9, 0),
    'negative': (-5, 3),
    'beyond the end': (1000, 2000),
    'zero last bytes': (None, 0),
    'floats': (0.0, 9.0),
    'str': 'bytes=0-9',
    'one number': (5,),
    'empty': (),
}
for title, byte_range in RANGES.items():
    part = found(DATA[:10], 206, Content_Range='bytes 0-9/%d' % len(DATA), x_oss_hash_crc64ecma=crc64(DATA))
    area.add('range, ' + title, Bucket.get_object(KEY, byte_range), part, then='read')
    area.add('range, ' + title, Bucket.get_object_to_file(KEY, Local('target'), byte_range), part)
area.add(
    'range given as header too',
    Bucket.get_object(KEY, (0, 9), headers={'Range': 'bytes=5-6'}),
    found(DATA[:10], 206),
    then='read',
)
area.add(
    'range with progress',
    Bucket.get_object(KEY, (0, 9), progress_callback=Progress()),
    found(DATA[:10], 206),
    then='read',
)
area.add('range not honoured', Bucket.get_object(KEY, (1000, 2000)), found(), then='read')
area.add('range not honoured', Bucket.get_object_to_file(KEY, Local('target'), (1000, 2000)), found())
area.add(
    'range standard',
    Bucket.get_object(KEY, (1000, 2000), headers={'x-oss-range-behavior': 'standard'}),
    error(
        416,
        'InvalidRange',
        'The requested range cannot be satisfied',
        '<ActualObjectSize>41</ActualObjectSize><RangeRequested>bytes=1000-2000</RangeRequested>',
    ),
)

# Parameters and headers.
for auth, client in {
    'v1': V1,
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
        'signed ' + auth,
        Bucket.get_object(
            '目录/文件 1.txt',
            (0, 9),
            headers={'If-Modified-Since': 'Fri, 24 Feb 2012 06:07:48 GMT'},
            params={
                'versionId': 'CAEQNhiBgM0BYiIDc4MGZjZGI2OTBjOTRmNTE5NmU5NmFhZjhjYmY0',
                'response-content-type': 'text/plain; charset=utf-8',
                'other': '中 文&+/?=~',
            },
        ),
        found(),
        client,
        'read',
    )
    area.add(
        'signed ' + auth,
        Bucket.get_object_to_file('目录/文件 1.txt', Local('target'), process='image/resize,w_100'),
        found(),
        client,
    )
    area.add(
        'processed ' + auth,
        Bucket.get_object('图.jpg', process='image/resize,m_fixed,w_100,h_100/rotate,90', params={'a': 'b'}),
        found(),
        client,
        'read',
    )
PARAMS = {
    'empty value': {'acl': ''},
    'None value': {'acl': None},
    'int': {'n': 5},
    'bool': {'b': True},
    'reserved': {'a': "!*'()~-_. /"},
    'order': {'b': '1', 'a': '2', 'B': '3', 'A': '4', 'versionId': 'x', 'symlink': ''},
    'Chinese name': {'名': '值'},
    'response': {
        'response-content-type': 'a/b',
        'response-content-language': 'zh',
        'response-expires': 'e',
        'response-cache-control': 'c',
        'response-content-disposition': 'attachment; filename="中.txt"',
        'response-content-encoding': 'gzip',
    },
    'empty': {},
    'traffic limit': {'x-oss-traffic-limit': '819200'},
    'empty name': {'': 'a'},
}
for title, params in PARAMS.items():
    for auth, client in {'v1': V1, 'v2': V2, 'v4': V4}.items():
        area.add('params %s, %s' % (title, auth), Bucket.get_object(KEY, params=params), found(), client, 'read')
HEADERS = {
    'conditions': {
        'If-Modified-Since': 'Fri, 24 Feb 2012 06:07:48 GMT',
        'If-Unmodified-Since': 'Fri, 24 Feb 2012 06:07:48 GMT',
        'If-Match': '"5B3C1A2E053D763E1B002CC607C5****"',
        'If-None-Match': '"A"',
    },
    'gzip': {'Accept-Encoding': 'gzip'},
    'identity': {'accept-encoding': 'identity'},
    'payer': {'x-oss-request-payer': 'requester'},
    'traffic limit': {'x-oss-traffic-limit': '819200'},
}
for title, headers in HEADERS.items():
    for auth, client in {'v1': V1, 'v2': V2, 'v4': V4}.items():
        area.add('headers %s, %s' % (title, auth), Bucket.get_object(KEY, headers=headers), found(), client, 'read')
    area.add('headers ' + title, Bucket.get_object_to_file(KEY, Local('target'), headers=headers), found())
area.add(
    'headers CaseInsensitiveDict',
    Bucket.get_object(KEY, headers=oss2.CaseInsensitiveDict({'If-Match': '"A"'})),
    found(),
    then='read',
)
area.add(
    'process only', Bucket.get_object(KEY, process='image/info'), found(b'{"FileSize":{"value":"21839"}}'), then='read'
)
area.add('empty process', Bucket.get_object(KEY, process=''), found(), then='read')
area.add(
    'process and params',
    Bucket.get_object_to_file(KEY, Local('target'), process='image/info', params={'a': 'b'}),
    found(),
)

# Errors, and what becomes of the target.
for title, answer in {
    'no such key': NOT_FOUND,
    '403': error(403, 'AccessDenied'),
    '503': error(503, 'ServiceUnavailable'),
    '304': Answer(304),
    '412': error(412, 'PreconditionFailed', more='<Condition>If-Match</Condition>'),
    'no answer': Answer(framing='none'),
    'archived': error(403, 'InvalidObjectState', 'The operation is not valid for the object\'s state'),
}.items():
    area.add(title, Bucket.get_object(KEY), answer, then='read')
    area.add(title + ', new file', Bucket.get_object_to_file(KEY, Local('target')), answer)
    area.add(title + ', over a file', Bucket.get_object_to_file(KEY, Local('target', b'before')), answer)
area.add('no such folder', Bucket.get_object_to_file(KEY, Local('absent/target')), found())
area.add('target is a folder', Bucket.get_object_to_file(KEY, Local('')), found())
