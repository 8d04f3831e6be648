"""Forms as browsers send them: multipart/form-data, its fields, and its one file as a content of its own."""
from __future__ import annotations

import mmap
import re
from dataclasses import dataclass
from typing import Dict, Optional, Tuple, Union

from .contents import Body, Writer
from .errors import ApiError
from .messages import Request

Data = Union[bytes, mmap.mmap]

_BOUNDARY = re.compile(r'multipart/form-data\s*;.*\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.I)
_NAME = re.compile(r';\s*name="([^"]*)"', re.I)
_FILENAME = re.compile(r';\s*filename="([^"]*)"', re.I)
_LONGEST_FIELD = 2 * 1024 * 1024
_PIECE = 1024 * 1024
_ESCAPES = (('%22', '"'), ('%0D', '\r'), ('%0A', '\n'))


@dataclass
class Form:
    """A form that has arrived.

    :param fields: by lower-case name; those behind the file do not count
    :param file: bytes of the file, for the caller to keep or discard
    :param filename: without folders, '' when it has none
    :param content_type: of the file, '' when it has none
    """

    fields: Dict[str, str]
    file: Body
    filename: str
    content_type: str


def parse(request: Request) -> Form:
    """The form in a request's body.

    :raises ApiError: MalformedPOSTRequest, IncorrectNumberOfFilesInPOSTRequest, FieldItemTooLong
    """
    found = _BOUNDARY.match(request.header('content-type') or '')
    if found is None:
        raise ApiError('MalformedPOSTRequest', ec='0006-00000101')
    delimiter = b'--' + (found.group(1) or found.group(2)).encode('latin-1')
    body = request.payload()
    writer = request.state.store.contents.writer()
    try:
        if body.file is None:
            return _parse(body.data or b'', delimiter, writer)
        with request.state.store.contents.file(body.file) as file:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _parse(data, delimiter, writer)
    except BaseException:
        writer.discard()
        raise


def _parse(data: Data, delimiter: bytes, writer: Writer) -> Form:
    fields: Dict[str, str] = {}
    start = data.find(delimiter)
    if start < 0:
        raise ApiError('MalformedPOSTRequest', ec='0006-00000101')
    while True:
        start += len(delimiter)
        if data[start:start + 2] == b'--':
            raise ApiError('IncorrectNumberOfFilesInPOSTRequest')
        end_of_head = data.find(b'\r\n\r\n', start)
        end = data.find(b'\r\n' + delimiter, end_of_head + 2) if end_of_head >= 0 else -1
        if end < 0:
            raise ApiError('MalformedPOSTRequest', ec='0006-00000101')
        name, filename, content_type = _head(bytes(data[start:end_of_head]))
        first = end_of_head + 4
        if name.lower() == 'file':
            for offset in range(first, end, _PIECE):
                writer.write(bytes(data[offset:min(offset + _PIECE, end)]))
            return Form(fields, writer.finish(), filename or '', content_type)
        if end - first > _LONGEST_FIELD:
            raise ApiError('FieldItemTooLong', 'A form field exceeds the length limit.')
        # Header values are latin-1 here, so that those of fields are like those of headers.
        fields.setdefault(name.lower(), bytes(data[first:end]).decode('latin-1'))
        start = end + 2


def _head(raw: bytes) -> Tuple[str, Optional[str], str]:
    """Name, file name and content type of a part."""
    name, filename, content_type = '', None, ''
    for line in raw.decode('utf-8', 'replace').split('\r\n'):
        header, _, value = line.partition(':')
        if header.strip().lower() == 'content-type':
            content_type = value.strip()
        if header.strip().lower() != 'content-disposition':
            continue
        found = _NAME.search(value)
        name = _unescaped(found.group(1)) if found else ''
        found = _FILENAME.search(value)
        filename = None if found is None else _unescaped(found.group(1)).replace('\\', '/').rpartition('/')[2]
    return name, filename, content_type


def _unescaped(text: str) -> str:
    for code, character in _ESCAPES:
        text = text.replace(code, character)
    return text
