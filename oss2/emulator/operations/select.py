"""SelectObject and CreateSelectObjectMeta: SQL over the rows of CSV and JSON objects, answered in frames."""
from __future__ import annotations

import base64
import binascii
import re
import struct
import zlib
from typing import Any, Dict, Iterator, List, Optional, Tuple
from xml.etree.ElementTree import Element

from .. import xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request, integer
from ..records import Object
from ..routing import READ, operation
from . import _reading
from .objects import follow

_DATA, _END, _CSV_META_END, _JSON_META_END = 8388609, 8388613, 8388614, 8388615
_FRAME_SIZE = 64 * 1024
#: bytes of a split, which are whole rows
_SPLIT = 1024 * 1024
_RANGE = re.compile(r'(line|split)-range=(\d*)-(\d*)')
_HEADERS = {'none': 'None', 'ignore': 'Ignore', 'use': 'Use', '': 'None'}
_MISSING = 'SELECT needs sqlglot: run  pip install "oss2[emulator]"'


@operation('SelectObject', 'object', 'POST', 'x-oss-process=csv/select', access=READ, action='oss:GetObject',
           is_slow=True)
def select_csv(request: Request) -> Answer:
    return _select(request, False)


@operation('SelectObject', 'object', 'POST', 'x-oss-process=json/select', access=READ, action='oss:GetObject',
           is_slow=True)
def select_json(request: Request) -> Answer:
    return _select(request, True)


@operation('CreateSelectObjectMeta', 'object', 'POST', 'x-oss-process=csv/meta', access=READ,
           action='oss:GetObject', is_slow=True)
def csv_meta(request: Request) -> Answer:
    return _meta(request, False)


@operation('CreateSelectObjectMeta', 'object', 'POST', 'x-oss-process=json/meta', access=READ,
           action='oss:GetObject', is_slow=True)
def json_meta(request: Request) -> Answer:
    return _meta(request, True)


def _select(request: Request, is_json: bool) -> Answer:
    try:
        from .. import selecting, sql
    except ImportError as exc:
        raise ApiError('NotImplemented', _MISSING) from exc
    root = xml.parse(request.document(), 'SelectRequest')
    query = sql.parse(_decoded(root, 'Expression', ''))
    if query.root and not is_json:
        raise ApiError('InvalidSqlParameter', 'The SQL expression is invalid: CSV has no paths.')
    form = _format(root, is_json)
    found = _object(request)
    data = _data(request, found, root)
    form.lines = _line_range(root, found, form.lines)
    if not is_json:
        data = _bytes_asked(request, data, form.record_delimiter.encode(), len(data))
    with_crc = _flag(root, 'OutputSerialization/EnablePayloadCrc')
    rows = selecting.select(data.decode('utf-8', 'surrogateescape'), form, query)
    pieces, error = _collected(rows)
    raw = _flag(root, 'OutputSerialization/OutputRawData')
    if error is not None and (raw or not pieces):
        raise error
    body = b''.join(pieces)
    headers = {'content-type': 'application/octet-stream', 'x-oss-select-output-raw': str(raw).lower(),
               'etag': '"%s"' % found.etag}
    if raw:
        return Answer(206, headers, body)
    frames = [_frame(_DATA, len(data), body[start:start + _FRAME_SIZE], with_crc)
              for start in range(0, len(body), _FRAME_SIZE)]
    status, message = (206, '') if error is None else (error.status, '%s.%s' % (error.code, error.message))
    frames.append(_frame(_END, len(data), struct.pack('>QI', len(data), status) + message.encode(), with_crc))
    return Answer(206, headers, b''.join(frames))


def _collected(rows: Iterator[str]) -> Tuple[List[bytes], Optional[ApiError]]:
    """The rows, and the error that ended them."""
    pieces: List[bytes] = []
    try:
        for row in rows:
            pieces.append(row.encode('utf-8', 'surrogateescape'))
    except ApiError as exc:
        return pieces, exc
    return pieces, None


def _frame(kind: int, offset: int, payload: bytes, with_crc: bool) -> bytes:
    payload = struct.pack('>Q', offset) + payload
    crc = zlib.crc32(payload) if with_crc else 0
    return struct.pack('>III', 1 << 24 | kind, len(payload), 0) + payload + struct.pack('>I', crc)


def _format(root: Element, is_json: bool) -> Any:
    from .. import selecting
    source, out = ('InputSerialization/JSON', 'OutputSerialization/JSON') if is_json else (
        'InputSerialization/CSV', 'OutputSerialization/CSV')
    header = (xml.text(root, source + '/FileHeaderInfo') or '').lower()
    kind = (xml.text(root, source + '/Type') or '').upper()
    if header not in _HEADERS:
        raise invalid_argument('FileHeaderInfo', header, ec='0016-00000827')
    if is_json and kind not in ('DOCUMENT', 'LINES'):
        raise invalid_argument('Type', kind)
    skipped = xml.text(root, 'Options/MaxSkippedRecordsAllowed') or '0'
    if integer(skipped) is None:
        raise invalid_argument('MaxSkippedRecordsAllowed', skipped)
    return selecting.Format(
        is_json, kind, _HEADERS[header], _decoded(root, source + '/RecordDelimiter', '\n'),
        _decoded(root, source + '/FieldDelimiter', ','), _decoded(root, source + '/QuoteCharacter', '"'),
        _decoded(root, source + '/CommentCharacter', '#'),
        _flag(root, source + '/AllowQuotedRecordDelimiter', 'true'), None,
        _decoded(root, out + '/RecordDelimiter', '\n'), _decoded(root, out + '/FieldDelimiter', ','),
        _flag(root, 'OutputSerialization/KeepAllColumns'), _flag(root, 'OutputSerialization/OutputHeader'),
        _flag(root, 'Options/SkipPartialDataRecord'), integer(skipped) or 0)


def _decoded(root: Element, path: str, default: str) -> str:
    text = xml.text(root, path)
    if not text:
        return default
    try:
        return base64.b64decode(text, validate=True).decode('utf-8')
    except (binascii.Error, ValueError) as exc:
        raise invalid_argument(path.rpartition('/')[2], text) from exc


def _flag(root: Element, path: str, default: str = 'false') -> bool:
    return (xml.text(root, path) or default).lower() == 'true'


def _object(request: Request) -> Object:
    target = follow(request, _reading.find(request))
    _reading.check_thawed(request, target)
    return target


def _data(request: Request, found: Object, root: Element) -> bytes:
    reader = request.state.store.open(found.content or '') if found.content else None
    try:
        data = b'' if reader is None else b''.join(reader.chunks())
    finally:
        if reader is not None:
            reader.close()
    compression = (xml.text(root, 'InputSerialization/CompressionType') or 'None').upper()
    if compression not in ('NONE', 'GZIP'):
        raise invalid_argument('CompressionType', compression)
    if compression == 'GZIP':
        try:
            return zlib.decompress(data, 31)
        except zlib.error as exc:
            raise ApiError('InvalidCompressionFormat', 'The object is not in the format of gzip.') from exc
    return data


def _bytes_asked(request: Request, data: bytes, delimiter: bytes, size: int) -> bytes:
    """The records that begin within the range of bytes asked for."""
    part = _reading.byte_range(request.header('range'), size, False)
    if part is None:
        return data
    start, length = part
    first = 0
    if start:
        found = data.find(delimiter, start - len(delimiter))
        first = size if found < 0 else found + len(delimiter)
    last = data.find(delimiter, max(start + length - len(delimiter), 0))
    return data[first:size if last < 0 else last + len(delimiter)]


def _line_range(root: Element, found: Object, lines: Any) -> Any:
    text = xml.text(root, 'InputSerialization/CSV/Range') or xml.text(root, 'InputSerialization/JSON/Range')
    if not text:
        return lines
    asked = _RANGE.fullmatch(text)
    meta: Dict[str, Any] = found.attributes.get('select_meta') or {}
    if asked is None:
        raise invalid_argument('Range', text)
    if not meta:
        raise ApiError('InvalidRange', 'A range of lines or splits needs CreateSelectObjectMeta first.', status=400)
    total = len(meta['splits']) if asked.group(1) == 'split' else meta['rows']
    if asked.group(2):
        first, last = int(asked.group(2)), int(asked.group(3)) if asked.group(3) else total - 1
    else:
        first, last = max(total - int(asked.group(3) or 0), 0), total - 1
    if asked.group(1) == 'line':
        return first, last
    bounds = [*meta['splits'], meta['rows']]
    return (bounds[first] if first < total else meta['rows']), bounds[min(last + 1, total)] - 1


def _meta(request: Request, is_json: bool) -> Answer:
    from .. import selecting
    root = xml.parse(request.document(), 'JsonMetaRequest' if is_json else 'CsvMetaRequest')
    form = _format(root, is_json)
    found = _object(request)
    data = _data(request, found, root)
    rows = columns = size = 0
    splits: List[int] = []
    text = data.decode('utf-8', 'surrogateescape')
    for record in selecting.json_records(text, form, ()) if is_json else selecting.csv_records(text, form):
        if not splits or size >= _SPLIT:
            splits.append(rows)
            size = 0
        size += len(str(record)) if is_json else sum(map(len, record)) + len(record)
        columns = columns or (0 if is_json else len(record))
        rows += 1
    found.attributes['select_meta'] = {'rows': rows, 'splits': splits}
    request.state.store.change_object(found)
    end = struct.pack('>QIIQ', len(data), 200, len(splits), rows)
    if not is_json:
        end += struct.pack('>I', columns)
    return Answer(200, {'content-type': 'application/octet-stream'},
                  _frame(_JSON_META_END if is_json else _CSV_META_END, len(data), end, True))
