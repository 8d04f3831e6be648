"""SelectObject and CreateSelectObjectMeta: SQL over the rows of CSV and JSON objects, answered in frames.

An object is read piece by piece, and frames are sent while it is read; only a JSON document is needed as a whole.
"""
from __future__ import annotations

import base64
import binascii
import codecs
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
_PIECE = 256 * 1024
#: bytes of a split, which are whole rows
_SPLIT = 1024 * 1024
_RANGE = re.compile(r'(line|split)-range=(\d*)-(\d*)')
_HEADERS = {'none': 'None', 'ignore': 'Ignore', 'use': 'Use', '': 'None'}
_MISSING = 'SELECT needs sqlglot: run  pip install sqlglot'


@operation('SelectObject', 'object', 'POST', 'x-oss-process=csv/select', access=READ, action='oss:GetObject',
           is_slow=True)
def select_csv(request: Request) -> Answer:
    """Runs SQL over the rows of a CSV object, with sqlglot, and answers in frames or raw."""
    return _select(request, False)


@operation('SelectObject', 'object', 'POST', 'x-oss-process=json/select', access=READ, action='oss:GetObject',
           is_slow=True)
def select_json(request: Request) -> Answer:
    """Runs SQL over the records of a JSON object, with sqlglot, and answers in frames or raw."""
    return _select(request, True)


@operation('CreateSelectObjectMeta', 'object', 'POST', 'x-oss-process=csv/meta', access=READ,
           action='oss:GetObject', is_slow=True)
def csv_meta(request: Request) -> Answer:
    """Counts rows, columns and splits of a CSV object, for ranges of lines and splits."""
    return _meta(request, False)


@operation('CreateSelectObjectMeta', 'object', 'POST', 'x-oss-process=json/meta', access=READ,
           action='oss:GetObject', is_slow=True)
def json_meta(request: Request) -> Answer:
    """Counts records and splits of a JSON object, for ranges of lines and splits."""
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
    form.lines = _line_range(root, found, form.lines)
    source = _Source(request, found, root, _asked_bytes(request, found, form))
    raw = _flag(root, 'OutputSerialization/OutputRawData')
    rows = selecting.select(source.text(), form, query)
    answer = _Frames(source, rows, raw, _flag(root, 'OutputSerialization/EnablePayloadCrc'))
    try:
        answer.begin()
    except BaseException:
        answer.close()
        raise
    return Answer(206, {'content-type': 'application/octet-stream', 'x-oss-select-output-raw': str(raw).lower(),
                        'etag': '"%s"' % found.etag}, reader=answer)


class _Frames:
    """The answer, made while the object is read; :meth:`begin` makes the first frame, so that its error is known."""

    size = None

    def __init__(self, source: _Source, rows: Iterator[str], is_raw: bool, with_crc: bool) -> None:
        self._source = source
        self._rows = rows
        self._is_raw = is_raw
        self._with_crc = with_crc
        self._frames = self._made()
        self._first: Optional[bytes] = None

    def begin(self) -> None:
        """
        :raises ApiError: before any row was found
        """
        self._first = next(self._frames, None)

    def whole(self) -> Optional[bytes]:
        return None

    def chunks(self) -> Iterator[bytes]:
        if self._first is not None:
            yield self._first
            yield from self._frames

    def close(self) -> None:
        self._source.close()

    def _made(self) -> Iterator[bytes]:
        sent = False
        try:
            for data in _gathered(self._rows):
                yield data if self._is_raw else self._frame(_DATA, data)
                sent = True
            status, message = 206, ''
        except ApiError as exc:
            # An answer without frames has no place for an error: it breaks off.
            if self._is_raw or not sent:
                raise
            status, message = exc.status, '%s.%s' % (exc.code, exc.message)
        if not self._is_raw:
            yield self._frame(_END, struct.pack('>QI', self._source.scanned, status) + message.encode())

    def _frame(self, kind: int, data: bytes) -> bytes:
        return _frame(kind, self._source.scanned, data, self._with_crc)


def _gathered(rows: Iterator[str]) -> Iterator[bytes]:
    """The rows in pieces for a frame each; those before an error come before it."""
    pieces: List[bytes] = []
    size = 0
    error: Optional[ApiError] = None
    try:
        for row in rows:
            pieces.append(row.encode('utf-8', 'surrogateescape'))
            size += len(pieces[-1])
            if size >= _FRAME_SIZE:
                yield b''.join(pieces)
                pieces, size = [], 0
    except ApiError as exc:
        error = exc
    if pieces:
        yield b''.join(pieces)
    if error is not None:
        raise error


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


class _Source:
    """The text of an object, read piece by piece.

    :param part: the bytes in which the records begin that are asked for, and the delimiter; None for all
    """

    def __init__(self, request: Request, found: Object, root: Element,
                 part: Optional[Tuple[int, int, bytes]] = None) -> None:
        compression = (xml.text(root, 'InputSerialization/CompressionType') or 'None').upper()
        if compression not in ('NONE', 'GZIP'):
            raise invalid_argument('CompressionType', compression)
        self._is_packed = compression == 'GZIP'
        self._part = part
        self._reader = request.state.store.open(found.content) if found.content else None
        #: bytes read so far, unpacked
        self.scanned = 0

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()

    def text(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder('utf-8')('surrogateescape')
        data = self._unpacked() if self._is_packed else self._plain()
        for piece in self._counted(data) if self._part is None else _clipped(self._counted(data), *self._part):
            text = decoder.decode(piece)
            if text:
                yield text
        rest = decoder.decode(b'', True)
        if rest:
            yield rest

    def _counted(self, data: Iterator[bytes]) -> Iterator[bytes]:
        for piece in data:
            self.scanned += len(piece)
            yield piece

    def _plain(self) -> Iterator[bytes]:
        if self._reader is not None:
            yield from self._reader.chunks()

    def _unpacked(self) -> Iterator[bytes]:
        """The members of a gzip file, one behind the other."""
        unpacker, has_more = zlib.decompressobj(31), False
        try:
            for piece in self._plain():
                while piece or has_more:
                    if unpacker.eof:
                        unpacker = zlib.decompressobj(31)
                    unpacked = unpacker.decompress(piece, _PIECE)
                    has_more = len(unpacked) == _PIECE and not unpacker.eof
                    piece = unpacker.unconsumed_tail or unpacker.unused_data
                    yield unpacked
        except zlib.error as exc:
            raise ApiError('InvalidCompressionFormat', 'The object is not in the format of gzip.') from exc
        if not unpacker.eof:
            raise ApiError('InvalidCompressionFormat', 'The object is not in the format of gzip.')


def _asked_bytes(request: Request, found: Object, form: Any) -> Optional[Tuple[int, int, bytes]]:
    """Start and end of the bytes that a CSV request asks for, and what ends a record."""
    part = None if form.is_json else _reading.byte_range(request.header('range'), found.size, False)
    return None if part is None else (part[0], part[0] + part[1], form.record_delimiter.encode())


def _clipped(data: Iterator[bytes], start: int, end: int, delimiter: bytes) -> Iterator[bytes]:
    """Of data in pieces the records that begin within some bytes."""
    width = len(delimiter)
    buffer, offset, is_in = b'', 0, start == 0
    for piece in data:
        buffer += piece
        if not is_in:
            # What ends right before the first byte lets a record begin at it.
            found = buffer.find(delimiter, max(start - width - offset, 0))
            if found < 0:
                kept = buffer[-(width - 1):] if width > 1 else b''
                offset += len(buffer) - len(kept)
                buffer = kept
                continue
            offset, buffer, is_in = offset + found + width, buffer[found + width:], True
        if offset >= end:
            return
        found = buffer.find(delimiter, max(end - width - offset, 0)) if offset + len(buffer) >= end - width else -1
        if found >= 0:
            yield buffer[:found + width]
            return
        kept = buffer[-(width - 1):] if width > 1 else b''
        yield buffer[:len(buffer) - len(kept)]
        offset, buffer = offset + len(buffer) - len(kept), kept
    if is_in and buffer:
        yield buffer


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
    rows = columns = size = 0
    splits: List[int] = []
    source = _Source(request, found, root)
    try:
        text = source.text()
        for record in selecting.json_records(text, form, ()) if is_json else selecting.csv_records(text, form):
            if not splits or size >= _SPLIT:
                splits.append(rows)
                size = 0
            size += len(str(record)) if is_json else sum(map(len, record)) + len(record)
            columns = columns or (0 if is_json else len(record))
            rows += 1
    finally:
        source.close()
    found.attributes['select_meta'] = {'rows': rows, 'splits': splits}
    request.state.store.change_object(found)
    end = struct.pack('>QIIQ', source.scanned, 200, len(splits), rows)
    if not is_json:
        end += struct.pack('>I', columns)
    return Answer(200, {'content-type': 'application/octet-stream'},
                  _frame(_JSON_META_END if is_json else _CSV_META_END, source.scanned, end, True))
