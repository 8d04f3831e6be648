"""The XML of SelectObject and CreateSelectObjectMeta, from dicts of parameters."""
from __future__ import annotations

from typing import Any, Callable, Dict, FrozenSet, Mapping, Optional
from xml.etree.ElementTree import Element, SubElement, tostring

from ._digests import b64encode_as_string
from ._ranges import _make_line_range_string, _make_split_range_string
from .exceptions import ClientError, SelectOperationClientError
from .select_params import SelectJsonTypes, SelectParameters

Params = Optional[Mapping[str, Any]]

_P = SelectParameters


def _encoded(name: str, value: Any) -> str:
    if not isinstance(value, (str, bytes)):
        raise ClientError(f'{name} must be a str, not {type(value).__name__} {value!r}')
    return b64encode_as_string(value)


def _plain(name: str, value: Any) -> Optional[str]:
    return None if value is None else str(value)


def _always(name: str, value: Any) -> str:
    return str(value)


class _Part:
    """Where a parameter goes: the path below the root, and how its value is written."""

    def __init__(self, path: str, write: Callable[[str, Any], Optional[str]]) -> None:
        self.path = path
        self.write = write


_IN, _OUT = 'InputSerialization', 'OutputSerialization'

_RANGES: Dict[str, _Part] = {
    _P.LineRange: _Part('{in}/Range', lambda name, value: _make_line_range_string(value)),
    _P.SplitRange: _Part('{in}/Range', lambda name, value: _make_split_range_string(value)),
}

_COMMON: Dict[str, _Part] = {
    _P.OutputRecordDelimiter: _Part('{out}/RecordDelimiter', _encoded),
    _P.OutputRawData: _Part(_OUT + '/OutputRawData', _always),
    _P.EnablePayloadCrc: _Part(_OUT + '/EnablePayloadCrc', _always),
    _P.SkipPartialDataRecord: _Part('Options/SkipPartialDataRecord', _always),
    _P.MaxSkippedRecordsAllowed: _Part('Options/MaxSkippedRecordsAllowed', _always),
}

_CSV: Dict[str, _Part] = {
    **_COMMON, **_RANGES,
    _P.CompressionType: _Part(_IN + '/CompressionType', _always),
    _P.CsvHeaderInfo: _Part('{in}/FileHeaderInfo', _plain),
    _P.CommentCharacter: _Part('{in}/CommentCharacter', _encoded),
    _P.RecordDelimiter: _Part('{in}/RecordDelimiter', _encoded),
    _P.FieldDelimiter: _Part('{in}/FieldDelimiter', _encoded),
    _P.QuoteCharacter: _Part('{in}/QuoteCharacter', _encoded),
    _P.AllowQuotedRecordDelimiter: _Part('{in}/AllowQuotedRecordDelimiter', _always),
    _P.OutputFieldDelimiter: _Part('{out}/FieldDelimiter', _encoded),
    _P.KeepAllColumns: _Part(_OUT + '/KeepAllColumns', _always),
    _P.OutputHeader: _Part(_OUT + '/OutputHeader', _always),
}

_JSON: Dict[str, _Part] = {
    **_COMMON,
    _P.CompressionType: _Part(_IN + '/CompressionType', _plain),
    _P.ParseJsonNumberAsString: _Part('{in}/ParseJsonNumberAsString', _always),
}

_JSON_LINES: Dict[str, _Part] = {**_JSON, **_RANGES}

# The compression is base64 here, unlike in a select: that is what 2.19.1 sends.
_JSON_META: Dict[str, _Part] = {
    _P.CompressionType: _Part(_IN + '/CompressionType', _encoded),
    _P.OverwriteIfExists: _Part('OverwriteIfExists', _always),
}

_CSV_META: Dict[str, _Part] = {
    **_JSON_META,
    _P.RecordDelimiter: _Part('{in}/RecordDelimiter', _encoded),
    _P.FieldDelimiter: _Part('{in}/FieldDelimiter', _encoded),
    _P.QuoteCharacter: _Part('{in}/QuoteCharacter', _encoded),
}


def to_select_object(sql: str, select_params: Params) -> bytes:
    """The body of SelectObject.

    :raises SelectOperationClientError: there is no such parameter for this format
    :raises ClientError: a value is of a wrong type
    """
    if _is_json(select_params):
        return to_select_json_object(sql, select_params)
    return to_select_csv_object(sql, select_params)


def to_select_csv_object(sql: str, select_params: Params) -> bytes:
    root = _select(sql, 'CSV')
    return _document(root, 'CSV', select_params, _CSV, 'a select')


def to_select_json_object(sql: str, select_params: Params) -> bytes:
    root = _select(sql, 'JSON')
    kind = _json_type(select_params)
    SubElement(_at(root, _IN + '/JSON'), 'Type').text = kind
    places = _JSON_LINES if kind == SelectJsonTypes.LINES else _JSON
    return _document(root, 'JSON', select_params, places, 'a select', frozenset((_P.Json_Type,)))


def to_get_select_object_meta(meta_param: Params) -> bytes:
    """The body of CreateSelectObjectMeta.

    :raises SelectOperationClientError: there is no such parameter for this format, or the JSON is not of lines
    :raises ClientError: a value is of a wrong type
    """
    if _is_json(meta_param):
        return to_get_select_json_object_meta(meta_param)
    return to_get_select_csv_object_meta(meta_param)


def to_get_select_csv_object_meta(csv_meta_param: Params) -> bytes:
    root = Element('CsvMetaRequest')
    _at(root, _IN + '/CSV')
    return _document(root, 'CSV', csv_meta_param, _CSV_META, 'the meta')


def to_get_select_json_object_meta(json_meta_param: Params) -> bytes:
    root = Element('JsonMetaRequest')
    kind = _json_type(json_meta_param)
    if kind != SelectJsonTypes.LINES:
        raise SelectOperationClientError(f'only JSON of Json_Type LINES can be counted, not {kind!r}', '')
    SubElement(_at(root, _IN + '/JSON'), 'Type').text = kind
    return _document(root, 'JSON', json_meta_param, _JSON_META, 'the meta', frozenset((_P.Json_Type,)))


def _is_json(params: Params) -> bool:
    return bool(params) and _P.Json_Type in params  # type: ignore[operator]


def _json_type(params: Params) -> Optional[str]:
    if not _is_json(params):
        raise ClientError('Json_Type is missing: pass SelectJsonTypes.LINES or SelectJsonTypes.DOCUMENT')
    return _plain(_P.Json_Type, params[_P.Json_Type])  # type: ignore[index]


def _select(sql: str, kind: str) -> Element:
    root = Element('SelectRequest')
    SubElement(root, 'Expression').text = _encoded('sql', sql)
    _at(root, f'{_IN}/{kind}')
    _at(root, f'{_OUT}/{kind}')
    SubElement(root, 'Options')
    return root


def _document(root: Element, kind: str, params: Params, places: Mapping[str, _Part], what: str,
              written: FrozenSet[str] = frozenset()) -> bytes:
    """Add the parameters in the order that they have in *params*."""
    inside = {'in': f'{_IN}/{kind}', 'out': f'{_OUT}/{kind}'}
    for name, value in (params or {}).items():
        if name in written:
            continue
        if name not in places:
            raise SelectOperationClientError(f'{name} is no parameter of {what} of {kind}', '')
        path, _, tag = places[name].path.format(**inside).rpartition('/')
        SubElement(_at(root, path), tag).text = places[name].write(name, value)
    return tostring(root, encoding='utf-8')  # type: ignore[no-any-return]


def _at(element: Element, path: str) -> Element:
    """The element at *path* below this one, made if it is not there."""
    for tag in filter(None, path.split('/')):
        found = element.find(tag)
        element = SubElement(element, tag) if found is None else found
    return element
