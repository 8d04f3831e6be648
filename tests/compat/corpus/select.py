"""SelectObject and CreateSelectObjectMeta: requests, and the frames of their answers."""

from __future__ import annotations

import struct
import zlib

from cases import STS_V4, V2, V4, Answer, Area, Bucket, Local, Progress, error, oss2
from inputs import INPUTS

area = Area('select')
KEY = '数据/a.csv'
SQL = 'select _1, _2 from ossobject where _3 > 40'
DATA, CONTINUE, END, CSV_META, JSON_META = 8388609, 8388612, 8388613, 8388614, 8388615


def frame(kind: int, payload: bytes, version: int = 1, crc: bool = True, checksum: int = -1) -> bytes:
    """version, type, length, header checksum, payload, payload checksum; big-endian."""
    sums = zlib.crc32(payload) & 0xFFFFFFFF if crc else 0
    return (
        struct.pack('!II', version << 24 | kind, len(payload))
        + b'\0\0\0\0'
        + payload
        + struct.pack('!I', sums if checksum < 0 else checksum)
    )


def data(offset: int, content: bytes, **how: int) -> bytes:
    return frame(DATA, struct.pack('!Q', offset) + content, **how)


def end(scanned: int = 100, status: int = 206, message: bytes = b'', **how: int) -> bytes:
    return frame(END, struct.pack('!QQI', scanned, scanned, status) + message, **how)


def csv_meta(status: int = 200, splits: int = 2, rows: int = 30, columns: int = 4, message: bytes = b'') -> bytes:
    return frame(CSV_META, struct.pack('!QQIIQI', 50, 50, status, splits, rows, columns) + message)


def json_meta(status: int = 200, splits: int = 2, rows: int = 30, message: bytes = b'') -> bytes:
    return frame(JSON_META, struct.pack('!QQIIQ', 50, 50, status, splits, rows) + message)


def answered(body: bytes, framing: str = 'length', chunks: tuple = (), cut: int = -1, **headers: str) -> Answer:
    sent = {'x-oss-select-output-raw': 'false', 'Content-Type': 'application/octet-stream'}
    sent.update({name.replace('_', '-'): value for name, value in headers.items()})
    return Answer(206, dict(sent), body, framing, chunks, None if cut < 0 else cut)


ROWS = b'Tom,41\nJerry,42\n'
TWO = data(50, ROWS) + frame(CONTINUE, struct.pack('!Q', 60)) + data(100, 'Ann,中\n'.encode()) + end()
ANSWERS = {
    'two frames': answered(TWO),
    'chunked': answered(TWO, 'chunked', (5, 3, 20)),
    'one frame': answered(data(50, ROWS) + end()),
    'no rows': answered(end()),
    'continues first': answered(frame(CONTINUE, struct.pack('!Q', 10)) * 12 + data(50, ROWS) + end()),
    'end with an error': answered(data(50, ROWS) + end(status=400, message=b'InvalidCsvLine.The CSV line is invalid.')),
    'end with status 200': answered(data(50, ROWS) + end(status=200)),
    'wrong checksum': answered(data(50, ROWS, checksum=5) + end()),
    'no checksum': answered(data(50, ROWS, crc=False) + end(crc=False)),
    'wrong version': answered(data(50, ROWS, version=2) + end()),
    'unknown frame': answered(frame(8388999, b'12345678x') + end()),
    'cut in a frame': answered(TWO[:30]),
    'cut before the end frame': answered(data(50, ROWS)),
    'broken connection': answered(TWO, cut=30),
    'raw': answered(ROWS, x_oss_select_output_raw='true'),
    'raw, chunked': answered(ROWS, 'chunked', (4, 4), x_oss_select_output_raw='true'),
    'no raw header': Answer(206, {}, TWO),
    'empty body': answered(b''),
    'empty data frame': answered(data(50, b'') + end()),
    'every header': answered(
        TWO,
        Last_Modified='Fri, 24 Feb 2012 06:07:48 GMT',
        ETag='"A"',
        x_oss_hash_crc64ecma='5',
        x_oss_object_type='Normal',
        x_oss_version_id='v',
    ),
}
for title, answer in ANSWERS.items():
    for then in ('read', 'iterate'):
        area.add('%s, %s' % (title, then), Bucket.select_object(KEY, SQL), answer, then=then)
    area.add(
        '%s, with progress' % title, Bucket.select_object(KEY, SQL, progress_callback=Progress()), answer, then='read'
    )
    area.add(title, Bucket.select_object_to_file(KEY, Local('target', b'before'), SQL), answer)
    area.add(
        '%s, with progress' % title,
        Bucket.select_object_to_file(KEY, Local('target'), SQL, progress_callback=Progress()),
        answer,
    )
area.add('not read', Bucket.select_object(KEY, SQL), ANSWERS['two frames'])
area.add('closed', Bucket.select_object(KEY, SQL), ANSWERS['two frames'], then='close')
area.add('read twice', Bucket.select_object(KEY, SQL), ANSWERS['two frames'], then=('read', 'read'))
for function in ('to_select_csv_object', 'to_select_json_object'):
    for title, (sql, params) in INPUTS[function].items():
        if params is not None:
            area.add(
                '%s, %s' % (function[10:13], title),
                Bucket.select_object(KEY, sql, select_params=params),
                ANSWERS['two frames'],
                then='read',
            )
for title, params in {
    'csv': {'CsvHeaderInfo': 'Use'},
    'json': {'Json_Type': 'LINES'},
    'constants': {oss2.select_params.SelectParameters.Json_Type: oss2.select_params.SelectJsonTypes.DOCUMENT},
}.items():
    if title != 'constants':
        area.add(
            'params ' + title,
            Bucket.select_object_to_file(KEY, Local('target'), SQL, select_params=params),
            ANSWERS['two frames'],
        )
for byte_range in ((0, 9), (5, None), (None, 5)):
    area.add(
        'range %s-%s' % byte_range,
        Bucket.select_object(KEY, SQL, byte_range=byte_range),
        ANSWERS['two frames'],
        then='read',
    )
area.add(
    'headers',
    Bucket.select_object(KEY, SQL, headers={'x-oss-request-payer': 'requester'}),
    ANSWERS['two frames'],
    then='read',
)
for title, answer in {
    'no such key': error(404, 'NoSuchKey'),
    'bad SQL': error(400, 'InvalidSqlParameter'),
    '503': error(503, 'ServiceUnavailable'),
    'no answer': Answer(framing='none'),
}.items():
    area.add(title, Bucket.select_object(KEY, SQL), answer, then='read')
    area.add(title, Bucket.select_object_to_file(KEY, Local('target', b'before'), SQL), answer)
    area.add(title, Bucket.create_select_object_meta(KEY), answer)

METAS = {
    'csv': answered(csv_meta()),
    'csv after continues': answered(frame(CONTINUE, struct.pack('!Q', 10)) * 3 + csv_meta()),
    'json': answered(json_meta()),
    'csv failed': answered(csv_meta(400, message=b'Bad.csv')),
    'json failed': answered(json_meta(400, message=b'Bad.json')),
    'csv 206': answered(csv_meta(206)),
    'json 206': answered(json_meta(206)),
    'nothing': answered(b''),
    'cut': answered(csv_meta()[:20]),
    'chunked': answered(csv_meta(), 'chunked', (3, 9)),
}
for title, answer in METAS.items():
    area.add(
        'answer ' + title,
        Bucket.create_select_object_meta(KEY, {'Json_Type': 'LINES'} if 'json' in title else None),
        Answer(200, answer.headers, answer.body, answer.framing, answer.chunks),
    )
for function in ('to_get_select_csv_object_meta', 'to_get_select_json_object_meta'):
    for title, (params,) in INPUTS[function].items():
        if params is not None:
            area.add(
                '%s, %s' % (function[14:17], title),
                Bucket.create_select_object_meta(KEY, params),
                Answer(200, {}, json_meta() if 'json' in function else csv_meta()),
            )
area.add(
    'headers',
    Bucket.create_select_object_meta(KEY, headers={'x-oss-request-payer': 'requester'}),
    Answer(200, {}, csv_meta()),
)
for title, client in {'v2': V2, 'v4': V4, 'sts v4': STS_V4}.items():
    area.add('signed ' + title, Bucket.select_object(KEY, SQL), ANSWERS['two frames'], client, 'read')
    area.add('signed ' + title, Bucket.create_select_object_meta(KEY), Answer(200, {}, csv_meta()), client)
