"""Rows of CSV and JSON objects, and how the rows that a query finds are written."""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, Iterator, List, Optional, Tuple

from .errors import ApiError
from .sql import Column, Path, Query, Row, Unfit


@dataclass
class Format:
    """What a request says of the object and of the answer.

    :param header: of CSV: ``None``, ``Ignore`` or ``Use``
    :param kind: of JSON: ``DOCUMENT`` or ``LINES``
    :param lines: first and last line to read, from 0
    :param most_skipped: rows that may be left out before the select fails
    """

    is_json: bool
    kind: str = ''
    header: str = 'None'
    record_delimiter: str = '\n'
    field_delimiter: str = ','
    quote: str = '"'
    comment: str = '#'
    quoted_delimiters: bool = True
    lines: Optional[Tuple[int, Optional[int]]] = None
    out_record_delimiter: str = '\n'
    out_field_delimiter: str = ','
    keep_all_columns: bool = False
    output_header: bool = False
    skip_partial: bool = False
    most_skipped: int = 0
    names: Dict[str, int] = field(default_factory=dict)


def lines(text: Iterable[str], delimiter: str) -> Iterator[str]:
    """The lines of a text that comes in pieces, without their delimiters; an empty last one does not count."""
    pending: List[str] = []
    for piece in text:
        # A delimiter of several characters may begin in one piece and end in the next.
        if delimiter not in piece and (len(delimiter) == 1 or not pending):
            pending.append(piece)
            continue
        *whole, rest = ''.join([*pending, piece]).split(delimiter)
        pending = [rest]
        yield from whole
    last = ''.join(pending)
    if last:
        yield from last.split(delimiter)


def csv_records(text: Iterable[str], form: Format) -> Iterator[List[str]]:
    """The records of a CSV text, comments and empty lines left out."""
    delimiter, quote = form.record_delimiter, form.quote
    found = lines(text, delimiter)
    for line in found:
        if quote and form.quoted_delimiters and line.count(quote) % 2:
            line = _quoted_line(line, found, delimiter, quote)
        if delimiter == '\n' and line.endswith('\r'):
            line = line[:-1]
        if line and not (form.comment and line.startswith(form.comment)):
            yield _fields(line, form) if quote and quote in line else line.split(form.field_delimiter)


def _quoted_line(line: str, following: Iterator[str], delimiter: str, quote: str) -> str:
    """A line with those behind it, up to the one in which its last quotation ends."""
    parts, is_open = [line], True
    for more in following:
        parts.append(more)
        is_open ^= more.count(quote) % 2 == 1
        if not is_open:
            break
    return delimiter.join(parts)


def _fields(line: str, form: Format) -> List[str]:
    found: List[str] = []
    quote, delimiter, position = form.quote, form.field_delimiter, 0
    while True:
        value = ''
        if line.startswith(quote, position):
            position += len(quote)
            while True:
                end = line.find(quote, position)
                if end < 0:
                    value, position = value + line[position:], len(line)
                    break
                value, position = value + line[position:end], end + len(quote)
                if not line.startswith(quote, position):
                    break
                value, position = value + quote, position + len(quote)
        end = line.find(delimiter, position)
        if end < 0:
            return [*found, value + line[position:]]
        found.append(value + line[position:end])
        position = end + len(delimiter)


def json_records(text: Iterable[str], form: Format, root: Path) -> Iterator[Any]:
    """The values that a query is about: each line, or what is at its root in the document, which is read as a whole."""
    try:
        for value in [json.loads(''.join(text))] if form.kind == 'DOCUMENT' else _values(text):
            yield from _below(value, root)
    except ValueError as exc:
        raise ApiError('InvalidJsonData', 'The object is not valid JSON.') from exc


def _values(text: Iterable[str]) -> Iterator[Any]:
    """The values in each line."""
    decoder = json.JSONDecoder()
    for line in lines(text, '\n'):
        line = line.strip()
        while line:
            value, end = decoder.raw_decode(line)
            yield value
            line = line[end:].lstrip()


def _below(value: Any, root: Path) -> Iterator[Any]:
    if not root:
        yield value
    elif root[0] == '*':
        for member in value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []:
            yield from _below(member, root[1:])
    elif _has(value, root[0]):
        yield from _below(value[root[0]], root[1:])


def _has(value: Any, step: Any) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def records(text: Iterable[str], form: Format, query: Query) -> Iterator[Any]:
    """The records in the range asked for; those of CSV without its header, whose names go to the format."""
    found: Iterator[Any] = json_records(text, form, query.root) if form.is_json else csv_records(text, form)
    for number, record in enumerate(found):
        if not form.is_json and number == 0 and form.header != 'None':
            form.names.update((name.strip().lower(), index) for index, name in reversed(list(enumerate(record))))
            continue
        if form.lines is not None:
            first, last = form.lines
            if last is not None and number > last:
                return
            if number < first:
                continue
        yield record


def _row(record: Any, form: Format) -> Row:
    return (lambda path: _member(record, path, form)) if form.is_json else (lambda path: _cell(record, path, form))


def _cell(record: List[str], path: Path, form: Format) -> Any:
    name = str(path[-1])
    index = form.names.get(name.lower()) if form.header == 'Use' else None
    if index is None:
        if not (name.startswith('_') and name[1:].isdigit() and int(name[1:])):
            raise ApiError('InvalidSqlParameter', 'The SQL expression is invalid: there is no column %s.' % name)
        index = int(name[1:]) - 1
    if index < len(record):
        return record[index]
    if form.skip_partial:
        raise Unfit('a row lacks a column')
    return None


def _member(record: Any, path: Path, form: Format) -> Any:
    for step in path:
        if _has(record, step):
            record = record[step]
        elif form.skip_partial:
            raise Unfit('a record lacks a member')
        else:
            return None
    return record


def select(text: Iterable[str], form: Format, query: Query) -> Iterator[str]:
    """The rows of the answer, each with its delimiter.

    :raises ApiError: also after some rows: more do not fit than may be left out
    """
    skipped = sent = 0
    folds = [column.aggregate() for column in query.columns or () if column.aggregate is not None]
    header_due = form.output_header and not form.is_json
    for record in records(text, form, query):
        if header_due:
            header_due = False
            yield _csv(_header(form, query, record), form)
        if query.limit is not None and sent >= query.limit and not query.is_aggregate:
            return
        row = _row(record, form)
        try:
            if query.where is not None and query.where(row) is not True:
                continue
            if query.columns is None:
                values = record
            else:
                values = [column.value(row) for column in query.columns]
        except Unfit as exc:
            skipped += 1
            if skipped > form.most_skipped:
                raise ApiError('InvalidCsvLine' if not form.is_json else 'InvalidJsonRecord', str(exc)) from exc
            continue
        sent += 1
        if query.is_aggregate:
            for fold, value in zip(folds, values):
                fold.add(value)
        else:
            yield _written(values, record, form, query)
    if query.is_aggregate and query.limit != 0:
        totals = [fold.result() for fold in folds]
        yield _json(query.columns or [], totals, form) if form.is_json else _csv(totals, form)


def _header(form: Format, query: Query, record: List[str]) -> List[str]:
    if query.columns is None:
        known = {index: name for name, index in form.names.items()}
        return [known.get(index, '_%d' % (index + 1)) for index in range(len(record))]
    return [column.name for column in query.columns]


def _written(values: Any, record: Any, form: Format, query: Query) -> str:
    if form.is_json:
        if query.columns is None:
            return json.dumps(values, ensure_ascii=False, separators=(',', ':')) + form.out_record_delimiter
        return _json(query.columns, values, form)
    if form.keep_all_columns and query.columns is not None and all(column.path for column in query.columns):
        kept = {_index(column, form) for column in query.columns}
        values = [value if index in kept else '' for index, value in enumerate(record)]
    return _csv(values, form)


def _index(column: Column, form: Format) -> int:
    name = str(column.path[-1]).lower()
    return form.names[name] if name in form.names else int(name[1:]) - 1


def _json(columns: List[Column], values: List[Any], form: Format) -> str:
    named = {column.name: value for column, value in zip(columns, values)}
    return json.dumps(named, ensure_ascii=False, separators=(',', ':')) + form.out_record_delimiter


def _csv(values: List[Any], form: Format) -> str:
    return form.out_field_delimiter.join(_quoted(value, form) for value in values) + form.out_record_delimiter


def _quoted(value: Any, form: Format) -> str:
    if value is None:
        return ''
    text = str(value).lower() if isinstance(value, bool) else str(value)
    special = (form.out_field_delimiter, form.out_record_delimiter, form.quote)
    if form.quote and any(mark in text for mark in special if mark):
        return form.quote + text.replace(form.quote, form.quote * 2) + form.quote
    return text
