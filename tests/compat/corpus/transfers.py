"""Resumable uploads and downloads with one thread: what they send, leave behind and take up again."""

from __future__ import annotations

import dataclasses
from typing import Any, Dict, List

from cases import STS_V4, V1, V4, Answer, Area, Checkpoint, Local, Progress, Top, Transfer, crc64, error, xml

area = Area('transfers')
KEY = '目录/文件.bin'
PART = 102400
DATA = bytes(range(256)) * 1000
PARTS = [DATA[:PART], DATA[PART : 2 * PART], DATA[2 * PART :]]
ID = '0004B9894A22E5B1888A1E29F823****'
MTIME = 1600000000.0
DENIED = error(403, 'AccessDenied')


def stored(data: bytes, etag: str = 'E') -> Answer:
    return Answer(200, {'ETag': '"%s"' % etag, 'x-oss-hash-crc64ecma': crc64(data)})


def listed(*numbers: int, size: int = PART) -> Answer:
    parts = ''.join(
        '<Part><PartNumber>%d</PartNumber><LastModified>2012-02-23T07:01:34.000Z</LastModified><ETag>"E%d"</ETag>'
        '<HashCrc64ecma>%s</HashCrc64ecma><Size>%d</Size></Part>' % (n, n, crc64(PARTS[n - 1]), size)
        for n in numbers
    )
    return xml(
        '<ListPartsResult><Bucket>b</Bucket><Key>k</Key><UploadId>%s</UploadId>'
        '<NextPartNumberMarker>%d</NextPartNumberMarker><IsTruncated>false</IsTruncated>%s</ListPartsResult>'
        % (ID, numbers[-1] if numbers else 0, parts)
    )


# What the server says to each request of an upload.
WHEN = {
    'initiate': r'^POST .*uploads=',
    'list': r'^GET .*uploadId=',
    'part1': r'^PUT .*partNumber=1\b',
    'part2': r'^PUT .*partNumber=2\b',
    'part3': r'^PUT .*partNumber=3\b',
    'complete': r'^POST .*uploadId=',
    'abort': r'^DELETE ',
}
ANSWERS = {
    'initiate': xml('<InitiateMultipartUploadResult><UploadId>%s</UploadId></InitiateMultipartUploadResult>' % ID),
    'list': listed(),
    'part1': stored(PARTS[0], 'E1'),
    'part2': stored(PARTS[1], 'E2'),
    'part3': stored(PARTS[2], 'E3'),
    'complete': Answer(
        200,
        {'ETag': '"whole"', 'x-oss-hash-crc64ecma': crc64(DATA), 'x-oss-version-id': 'v'},
        b'<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>',
    ),
    'abort': Answer(204),
}


def server(**changed: Answer) -> List[Answer]:
    return [
        dataclasses.replace(answer, when=WHEN[request]) for request, answer in dict(ANSWERS, **changed).items()
    ]


STORE: Dict[str, Any] = {
    'store': Checkpoint('upload', KEY, 'source'),
    'multipart_threshold': PART,
    'part_size': PART,
    'num_threads': 1,
}


def uploaded(title: str, answers: Any, data: bytes = DATA, client: Any = V1, **options: Any) -> None:
    area.add(title, Transfer.resumable_upload(KEY, Local('source', data), **dict(STORE, **options)), answers, client)


HEADERS = {
    'Content-Type': 'a/b',
    'x-oss-meta-a': 'b',
    'x-oss-object-acl': 'private',
    'x-oss-forbid-overwrite': 'true',
    'Content-MD5': 'abc',
    'x-oss-server-side-encryption': 'AES256',
    'x-oss-request-payer': 'requester',
    'x-oss-traffic-limit': '819200',
    'x-oss-storage-class': 'IA',
    'x-oss-tagging': 'a=b',
    'x-oss-callback': 'e30=',
}
uploaded('small', stored(b'small'), b'small')
uploaded('small, with everything', stored(b'small'), b'small', headers=HEADERS, progress_callback=Progress())
uploaded('just below the threshold', stored(DATA[: PART - 1]), DATA[: PART - 1])
uploaded('at the threshold', server(complete=dataclasses.replace(ANSWERS['complete'], headers={})), DATA[:PART])
uploaded('empty', stored(b''), b'')
uploaded('three parts', server())
uploaded('v4', server(), client=V4)
uploaded('sts v4', server(), client=STS_V4)
uploaded('without crc', server(), client=V1.but(enable_crc=False))
uploaded('progress', server(), progress_callback=Progress())
uploaded('headers', server(), headers=HEADERS)
uploaded('params', server(), params={'sequential': '', 'other': 'x'})
uploaded('part size below the least', server(), part_size=1000)
uploaded('wrong crc of the whole', server(complete=Answer(200, {'x-oss-hash-crc64ecma': '5'}, b'<A/>')))
uploaded('wrong crc of a part', server(part1=stored(b'other')))
uploaded('cannot begin', server(initiate=DENIED))
uploaded('cannot complete', server(complete=error(400, 'InvalidPart')))
for number in (1, 2, 3):
    uploaded('part %d denied' % number, server(**{'part%d' % number: DENIED}))
area.add('no such file', Transfer.resumable_upload(KEY, Local('absent'), **STORE), server())

RECORD = {
    'op_type': 'ResumableUpload',
    'upload_id': ID,
    'file_path': '<path>',
    'size': len(DATA),
    'mtime': MTIME,
    'bucket': 'examplebucket',
    'key': KEY,
    'part_size': PART,
}
LEFT_OUT = '<left out>'


def resumed(title: str, answers: Any, raw: bytes = b'', options: Any = None, **changed: Any) -> None:
    fields = None if raw else {k: v for k, v in dict(RECORD, **changed).items() if v != LEFT_OUT}
    uploaded(title, answers, store=Checkpoint('upload', KEY, 'source', fields, raw), **(options or {}))


resumed('resumed after part 1', server(list=listed(1)))
resumed('resumed, with progress', server(list=listed(1)), options={'progress_callback': Progress()})
resumed('resumed after two parts', server(list=listed(1, 2)))
resumed('resumed without parts', server(list=listed()))
resumed('resumed, part of a wrong size', server(list=listed(1, size=5)))
resumed('resumed, upload gone', [dataclasses.replace(error(404, 'NoSuchUpload'), when=WHEN['list']), *server()])
resumed('resumed, upload cannot be listed', server(list=DENIED))
for title, changed in {
    'file changed': {'mtime': 5.0},
    'size changed': {'size': 7},
    'another bucket': {'bucket': 'other'},
    'another key': {'key': 'other'},
    'another operation': {'op_type': 'Other'},
    'another part size': {'part_size': 204800},
    'no upload id': {'upload_id': LEFT_OUT},
    'upload id of a wrong type': {'upload_id': 5},
    'size of a wrong type': {'size': 'many'},
    'no part size': {'part_size': LEFT_OUT},
}.items():
    resumed('resumed, ' + title, server(), **changed)
for title, raw in {
    'not JSON': b'{"upload_id": ',
    'an array': b'[1]',
    'null': b'null',
    'not UTF-8': b'\xff\xfe',
}.items():
    resumed('record is ' + title, server(), raw)

# Downloads.
HEAD = {
    'Content-Type': 'application/octet-stream',
    'ETag': '"whole"',
    'Last-Modified': 'Fri, 24 Feb 2012 06:07:48 GMT',
    'x-oss-object-type': 'Normal',
}


def described(data: bytes = DATA, **headers: str) -> Answer:
    sent = dict(HEAD, **{'Content-Length': str(len(data)), 'x-oss-hash-crc64ecma': crc64(data)})
    return Answer(200, dict(sent, **headers), when='^HEAD ')


def served(crc: str = crc64(DATA), **changed: Answer) -> List[Answer]:
    answers = {'head': described(), 'all': Answer(200, dict(HEAD), DATA, when='^GET ')}
    for number, part in enumerate(PARTS):
        last = number * PART + len(part) - 1
        headers = {'Content-Range': 'bytes %d-%d/%d' % (number * PART, last, len(DATA)), 'x-oss-hash-crc64ecma': crc}
        when = 'bytes=%d-%d$' % (number * PART, last)
        answers['part%d' % (number + 1)] = Answer(206, dict(HEAD, **headers), part, when='(?i)range: ' + when)
    for name, answer in changed.items():
        answers[name] = dataclasses.replace(answer, when=answers[name].when)
    return [answers[name] for name in ('part1', 'part2', 'part3', 'head', 'all')]


DOWN: Dict[str, Any] = {
    'store': Checkpoint('download', KEY, 'target'),
    'multiget_threshold': PART,
    'part_size': PART,
    'num_threads': 1,
}


def downloaded(title: str, answers: Any, client: Any = V1, before: Any = None, **options: Any) -> None:
    call = Transfer.resumable_download(KEY, Local('target', before), **dict(DOWN, **options))
    area.add(title, call, [dataclasses.replace(a, when='(?m)' + a.when) for a in answers], client)


SMALL = [described(b'small'), Answer(200, {'ETag': '"whole"', 'x-oss-hash-crc64ecma': crc64(b'small')}, b'small')]
EMPTY = [described(b''), Answer(200, {'ETag': '"whole"', 'x-oss-hash-crc64ecma': '0'})]
PAYER = {'x-oss-request-payer': 'requester', 'x-oss-traffic-limit': '819200', 'x-oss-meta-a': 'b', 'If-Match': '"o"'}
downloaded('small', SMALL)
downloaded('small, with progress', SMALL, progress_callback=Progress())
downloaded('empty', EMPTY)
downloaded('three parts', served())
downloaded('v4', served(), V4)
downloaded('over a file', served(), before=b'before')
downloaded('progress', served(), progress_callback=Progress())
downloaded('without crc', served(), V1.but(enable_crc=False))
downloaded('params and headers', served(), params={'versionId': 'v', 'other': 'x'}, headers=PAYER)
downloaded('wrong crc of the whole', served('5', head=described(**{'x-oss-hash-crc64ecma': '5'})))
downloaded('no such key', [Answer(404)])
downloaded('changed meanwhile', served(part2=error(412, 'PreconditionFailed')), before=b'before')
for number in (1, 2, 3):
    downloaded('part %d denied' % number, served(**{'part%d' % number: DENIED}))
downloaded('part cut short', served(part2=dataclasses.replace(served()[1], cut=10)))

DOWN_RECORD = {
    'op_type': 'ResumableDownload',
    'bucket': 'examplebucket',
    'key': KEY,
    'size': len(DATA),
    'mtime': 1330063668,
    'etag': 'whole',
    'file_path': '<path>',
    'part_size': PART,
    'tmp_suffix': '.tmp-abcdefghijkl',
    'parts': [{'start': 0, 'end': PART, 'part_number': 1, 'part_crc': int(crc64(PARTS[0]))}],
}


def download_resumed(title: str, answers: Any, raw: bytes = b'', partly: bytes = PARTS[0], **changed: Any) -> None:
    fields = None if raw else {k: v for k, v in dict(DOWN_RECORD, **changed).items() if v != LEFT_OUT}
    beside = {'target.tmp-abcdefghijkl': partly} if partly else {}
    store = Checkpoint('download', KEY, 'target', fields, raw, beside)
    downloaded(title, answers, store=store, progress_callback=Progress())


download_resumed('resumed after part 1', served())
download_resumed('resumed, object changed', served(head=described(ETag='"other"')))
download_resumed('resumed, no temporary file', served(), partly=b'')
for title, changed in {
    'size changed': {'size': 7},
    'another time': {'mtime': 5},
    'another bucket': {'bucket': 'other'},
    'another operation': {'op_type': 'Other'},
    'another part size': {'part_size': 204800},
    'no parts': {'parts': []},
    'parts left out': {'parts': LEFT_OUT},
    'no suffix': {'tmp_suffix': LEFT_OUT},
    'etag of a wrong type': {'etag': 5},
}.items():
    download_resumed('resumed, ' + title, served(), **changed)
for title, raw in {'not JSON': b'{"parts": ', 'an array': b'[1]', 'null': b'null'}.items():
    download_resumed('record is ' + title, served(), raw)

for size, preferred in (
    (0, None),
    (1, None),
    (10 * 1024 * 1024, None),
    (1 << 40, None),
    (5, 1),
    (100, 1000),
    (1 << 30, 102400),
    (1 << 30, 1 << 20),
    (5 << 40, 102400),
    (100000, 7),
    (1 << 46, None),
):
    area.add('%s of %s' % (preferred, size), Top.determine_part_size(size, preferred))
