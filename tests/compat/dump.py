"""Requests, results and exceptions as plain data."""

from __future__ import annotations

import base64
import datetime
import hashlib
from typing import Any, Dict, List, Optional

from recorder import DATE, REQUEST_ID, Seen

# What every request has is left out of a recording; where it is absent, the recording says null.
USUAL_HEADERS = {
    'accept': '*/*',
    'accept-encoding': 'identity',
    'date': DATE,
    'user-agent': '<user agent>',
    'host': 'examplebucket.oss-cn-hangzhou.aliyuncs.com',
}
# What most results say of the answer; recorded in one word when all of it holds.
USUAL_RESULT = {
    'status': 200,
    'request_id': REQUEST_ID,
    'headers': '<as answered>',
    'resp': '<response>',
    'versionid': None,
    'delete_marker': None,
}
# The details of an error beside its code, message and EC, when there are no others.
USUAL_DETAILS = {'RequestId': REQUEST_ID, 'HostId': 'examplebucket.oss-cn-hangzhou.aliyuncs.com'}
UNRECORDED_HEADERS = {'connection'}
LONGEST_KEPT = 3000
AS_ANSWERED = '<as answered>'


def dump_request(seen: Seen, user_agent: str) -> Dict[str, Any]:
    headers: Dict[str, Optional[str]] = {}
    for name, value in seen.headers:
        if name.lower() not in UNRECORDED_HEADERS:
            value = value.replace(user_agent, '<user agent>') if name.lower() == 'user-agent' else value
            headers[name.lower()] = value
    for name, usual in USUAL_HEADERS.items():
        if headers.get(name) == usual:
            del headers[name]
        else:
            headers.setdefault(name, None)
    # Framing headers are said by `framing` and the body itself.
    if headers.get('content-length') == str(len(seen.body)):
        del headers['content-length']
    if seen.framing == 'chunked':
        del headers['transfer-encoding']
    dumped: Dict[str, Any] = {'line': seen.line.replace(' HTTP/1.1', ''), 'headers': headers}
    if seen.framing != 'none':
        dumped['framing'] = seen.framing
    if seen.body:
        dumped['body'] = dump_bytes(seen.body)
    return dumped


def dump_bytes(data: bytes) -> Dict[str, Any]:
    if isinstance(data, str):
        return {'str': data}
    if len(data) > LONGEST_KEPT:
        return {'sha256': hashlib.sha256(data).hexdigest(), 'size': len(data)}
    try:
        return {'bytes': data.decode('utf-8')}
    except UnicodeDecodeError:
        return {'base64': base64.b64encode(data).decode('ascii')}


class Dumper:
    """Objects of the library as plain data: class name and every public attribute."""

    def __init__(self, oss2: Any, last: Any) -> None:
        self._oss2 = oss2
        self._last = last
        self._open: List[int] = []

    def value(self, value: Any) -> Any:
        if value is None or isinstance(value, (bool, int, float, str)):
            return value
        if isinstance(value, (bytes, bytearray)):
            return dump_bytes(bytes(value))
        if isinstance(value, (datetime.date, datetime.datetime)):
            return {'date': value.isoformat()}
        if isinstance(value, (list, tuple, set, frozenset)):
            items = [self.value(v) for v in value]
            return items if isinstance(value, list) else {type(value).__name__: items}
        if isinstance(value, dict) or hasattr(value, 'lower_items'):
            return self._mapping(dict(value))
        if type(value).__module__.split('.')[0] != 'oss2':
            return '<%s>' % type(value).__name__
        if isinstance(value, self._oss2.http.Response):
            return '<response>'
        return self._object(value)

    def _mapping(self, value: Dict[Any, Any]) -> Any:
        if self._last is not None and value and value == self._last.sent_headers():
            return AS_ANSWERED
        return {str(k): self.value(v) for k, v in value.items()}

    def _object(self, value: Any) -> Any:
        if id(value) in self._open:
            return '<itself>'
        self._open.append(id(value))
        dumped: Dict[str, Any] = {'class': type(value).__name__}
        names = {n for n in vars(value) if not n.startswith('_')}
        names |= {
            n for n in dir(type(value)) if not n.startswith('_') and isinstance(getattr(type(value), n), property)
        }
        for name in sorted(names):
            try:
                held = getattr(value, name)
            except Exception as e:
                dumped[name] = {'raises': type(e).__name__}
                continue
            if hasattr(held, 'read') and not isinstance(held, self._oss2.http.Response):
                dumped[name] = '<stream>'
            elif not callable(held):
                dumped[name] = self.value(held)
        self._open.pop()
        if all(name in dumped and dumped[name] == usual for name, usual in USUAL_RESULT.items()):
            for name in USUAL_RESULT:
                del dumped[name]
            dumped['answer'] = '<usual>'
        return dumped

    def error(self, e: Exception) -> Dict[str, Any]:
        """An exception. The words of an error made by the client are its own, and only told from no words."""
        dumped: Dict[str, Any] = {'class': type(e).__name__}
        if not isinstance(e, self._oss2.exceptions.OssError):
            return dumped
        from_server = isinstance(e, self._oss2.exceptions.ServerError)
        for name in sorted(vars(e)):
            held = getattr(e, name)
            if name.startswith('_'):
                continue
            if isinstance(held, Exception):
                dumped[name] = '<exception>'
            elif isinstance(held, (str, bytes)) and held and not from_server and name in ('body', 'message'):
                dumped[name] = '<words>'
            elif isinstance(held, bytes) and self._last is not None and held == self._last.body and held:
                dumped[name] = AS_ANSWERED
            else:
                dumped[name] = self.value(held)
        if from_server:
            if dumped.get('details') == dict(USUAL_DETAILS, Code=e.code, Message=e.message, EC=getattr(e, 'ec', '')):
                dumped['details'] = '<usual>'
            usual = {
                'status': e.status,
                'x-oss-request-id': getattr(e, 'request_id', None),
                'details': getattr(e, 'details', None),
            }
            dumped['str'] = '<usual>' if str(e) == str(usual) else str(e)
        return dumped
