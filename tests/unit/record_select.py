"""Record what oss2 2.19.1 sends for selects, and what it makes of their answers.

With an interpreter that has it: ``python -W ignore tests/unit/record_select.py > tests/unit/select.json``.
"""
import base64
import io
import itertools
import json
import struct
import sys
import zlib

import oss2
from oss2 import models, xml_utils
from oss2.select_response import SelectResponseAdapter

SQL = 'select _1, "姓名" from ossobject'
CSV = {'CsvHeaderInfo': 'Use', 'CommentCharacter': '#', 'RecordDelimiter': '\n', 'OutputRecordDelimiter': '\r\n',
       'FieldDelimiter': ',', 'OutputFieldDelimiter': '；', 'QuoteCharacter': '"', 'CompressionType': 'GZIP',
       'KeepAllColumns': True, 'OutputRawData': True, 'EnablePayloadCrc': True, 'OutputHeader': False,
       'SkipPartialDataRecord': True, 'MaxSkippedRecordsAllowed': 5, 'AllowQuotedRecordDelimiter': False,
       'LineRange': (1, 5)}
JSON = {'Json_Type': 'LINES', 'ParseJsonNumberAsString': True, 'CompressionType': 'None', 'OutputRawData': True,
        'EnablePayloadCrc': True, 'SkipPartialDataRecord': True, 'MaxSkippedRecordsAllowed': 0,
        'OutputRecordDelimiter': '|', 'SplitRange': (2, None)}
CSV_META = {'RecordDelimiter': '\n', 'FieldDelimiter': ',', 'QuoteCharacter': '"', 'CompressionType': 'None',
            'OverwriteIfExists': True}
JSON_META = {'Json_Type': 'LINES', 'CompressionType': 'None', 'OverwriteIfExists': False}


def pairs(params):
    """JSON keeps the order of pairs."""
    return None if params is None else [[name, value] for name, value in params.items()]


def some_select_params():
    yield from (None, {}, CSV, dict(reversed(list(CSV.items()))), JSON, dict(reversed(list(JSON.items()))))
    yield from ({name: value} for name, value in CSV.items())
    yield from ({'Json_Type': 'LINES', name: value} for name, value in JSON.items())
    yield from ({'Json_Type': kind, name: value} for kind in ('DOCUMENT', 'LINES') for name, value in CSV.items())
    yield from ({name: value} for name in ('LineRange', 'SplitRange')
                for value in ((0, 0), (1, None), (None, 4), (None, None), None))
    yield from ({'CompressionType': None}, {'Json_Type': 'LINES', 'CompressionType': None}, {'CsvHeaderInfo': None},
                {'KeepAllColumns': 'x'}, {'Json_Type': None}, {'Json_Type': 'lines'}, {'OverwriteIfExists': True},
                {'ParseJsonNumberAsString': True}, {'nonsense': 1}, {'LineRange': (1, 2), 'SplitRange': (3, 4)})


def some_meta_params():
    yield from (None, {}, CSV_META, dict(reversed(list(CSV_META.items()))), JSON_META)
    yield from ({name: value} for name, value in {**CSV, **CSV_META, **JSON}.items())
    yield from ({'Json_Type': 'LINES', name: value} for name, value in {**CSV, **CSV_META}.items())
    yield from ({'Json_Type': 'DOCUMENT'}, {'nonsense': 1})


def body(write, *args):
    try:
        return {'body': write(*args).decode('utf-8')}
    except oss2.exceptions.OssError as exc:
        return {'error': type(exc).__name__}


def requests():
    for params in some_select_params():
        yield {'params': pairs(params), **body(xml_utils.to_select_object, SQL, params)}


def meta_requests():
    for params in some_meta_params():
        yield {'params': pairs(params), **body(xml_utils.to_get_select_object_meta, params)}


class Answer:
    def __init__(self, content, headers):
        self.status = 206
        self.headers = oss2.CaseInsensitiveDict(headers)
        self.request_id = 'id'
        self.content = io.BytesIO(content)

    def __iter__(self):
        return iter(lambda: self.content.read(100), b'')


def frame(kind, payload, crc=None):
    crc = zlib.crc32(payload) if crc is None else crc
    return struct.pack('>BBHI4x', 1, 0x80, kind, len(payload)) + payload + struct.pack('>I', crc)


def rows(content, offset=0, crc=None):
    return frame(1, struct.pack('>Q', offset) + content, crc)


def going_on(offset):
    return frame(4, struct.pack('>Q', offset))


def end(status=200, message=b''):
    return frame(5, struct.pack('>QQI', 1000, 1000, status) + message)


def csv_meta_end(status=200, message=b''):
    return frame(6, struct.pack('>QQIIQI', 1000, 1000, status, 3, 5 << 32, 7) + message)


def json_meta_end(status=200, message=b''):
    return frame(7, struct.pack('>QQIIQ', 1000, 1000, status, 3, 5 << 32) + message)


ANSWERS = {
    'rows': [rows(b'a,b\n', 10), rows(b'c,d\n', 20), end()],
    'no rows': [end()],
    'an empty frame': [rows(b'', 10), rows(b'a,b\n', 20), end()],
    'rows and frames without': [rows('一'.encode(), 10), *[going_on(n) for n in range(30)], rows(b'a', 99), end()],
    'many frames': [*[rows(b'%d\n' % n, n) for n in range(35)], end()],
    'status 206': [rows(b'a,b\n', 10), end(206)],
    'a failure': [rows(b'a,b\n', 10), end(400, 'InvalidCsvLine.the line 3 has no column "姓名".'.encode())],
    'a failure without code': [end(400, b'something')],
    'a failure without message': [end(500)],
    'a wrong checksum': [rows(b'a,b\n', 10, crc=1), end()],
    'no checksum': [rows(b'a,b\n', 10, crc=0), end()],
    'an unknown frame': [rows(b'a,b\n', 10), frame(9, bytes(8)), end()],
    'csv meta': [going_on(10), csv_meta_end()],
    'json meta': [going_on(10), json_meta_end()],
    'failed csv meta': [csv_meta_end(400, b'InvalidCsvLine.it is none')],
    'failed json meta': [json_meta_end(400, b'InvalidJsonData.it is none')],
}


def read(content, headers, crc):
    progress = []
    adapter = SelectResponseAdapter(Answer(content, headers), lambda *args: progress.append(args), 5000, crc)
    record = {}
    try:
        record['read'] = base64.b64encode(adapter.read()).decode()
        record['progress'] = progress
        record.update((name, getattr(adapter, name)) for name in ('splits', 'rows', 'columns') if adapter.splits)
    except oss2.exceptions.OssError as exc:
        record['error'] = type(exc).__name__
        if isinstance(exc, oss2.exceptions.SelectOperationFailed):
            record.update(status=exc.status, code=exc.code.decode(), message=exc.message.decode())
    return record


def answers():
    for (name, frames), crc in itertools.product(ANSWERS.items(), (False, True)):
        content = b''.join(frames)
        yield {'name': name, 'crc': crc, 'content': base64.b64encode(content).decode(), **read(content, {}, crc)}
    raw = {'x-oss-select-output-raw': 'true'}
    yield {'name': 'raw', 'crc': False, 'headers': raw, 'content': base64.b64encode(b'a,b\n' * 70).decode(),
           **read(b'a,b\n' * 70, raw, False)}


def meta_results():
    for name in ('csv meta', 'json meta'):
        result = models.GetSelectObjectMetaResult(Answer(b''.join(ANSWERS[name]), {}))
        fields = ('rows', 'splits', 'csv_rows', 'csv_splits')
        yield {'name': name, **{field: getattr(result, field) for field in fields}}


json.dump({'sql': SQL, 'requests': list(requests()), 'meta_requests': list(meta_requests()),
           'answers': list(answers()), 'meta_results': list(meta_results())}, sys.stdout, indent=1)
sys.stdout.write('\n')
