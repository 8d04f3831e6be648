"""A call of the control API, and why it may be refused."""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Dict, NoReturn, Optional
from urllib.parse import unquote

from ..messages import Answer

if TYPE_CHECKING:
    from ..app import Application


class Refused(Exception):
    """A call that is answered with an error.

    :param message: says what is wrong and what would be right
    """

    def __init__(self, message: str, status: int = 400, headers: Optional[Dict[str, str]] = None) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.headers = headers or {}


@dataclass
class Call:
    """One call.

    :param path: below ``/-/``, still encoded
    :param origin: scheme and host as the client addresses the emulator
    :param params: of the query, decoded
    :param body: as it came
    """

    app: Application
    method: str
    path: str
    origin: str
    client: str
    params: Dict[str, str]
    headers: Dict[str, str]
    body: bytes = b''
    fields: Dict[str, Any] = field(default_factory=dict)

    def last(self) -> str:
        """The last segment of the path, decoded."""
        return unquote(self.path.rpartition('/')[2])

    def read(self, *names: str) -> None:
        """Read the JSON object in the body into :attr:`fields`.

        :param names: those it may have
        :raises Refused: it is no JSON object, or has other names
        """
        if not self.body:
            return
        if self.headers.get('content-type', '').partition(';')[0].strip().lower() != 'application/json':
            raise Refused("the body must be sent with 'Content-Type: application/json'", 415)
        try:
            document = json.loads(self.body, parse_constant=_not_json)
        except (ValueError, RecursionError) as exc:
            raise Refused('the body is not JSON') from exc
        if not isinstance(document, dict):
            raise Refused('the body must be a JSON object')
        unknown = sorted(document.keys() - set(names))
        if unknown:
            raise Refused('%r is not known here; the body may have %s' % (
                unknown[0], ', '.join(repr(name) for name in names) or 'nothing'))
        self.fields = document

    def text(self, name: str, default: Optional[str] = None) -> str:
        """A field that is a text.

        :param default: None means that it must be there
        """
        value = self.fields.get(name)
        if value is None:
            value = default
        if value is None:
            raise Refused('%r is missing' % name)
        return checked_text(name, value)

    def number(self, name: str, default: Optional[float]) -> Optional[float]:
        value = self.fields.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > 1e11:
            raise Refused('%r must be a number of seconds, not %s' % (name, shown(value)))
        return value

    def texts(self, name: str) -> Dict[str, str]:
        """A field that is an object of texts, empty if it is absent."""
        value = self.fields.get(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise Refused('%r must be an object, not %s' % (name, shown(value)))
        return {checked_text(name, key): checked_text('%s.%s' % (name, key), one) for key, one in value.items()}


def checked_text(name: str, value: Any) -> str:
    if isinstance(value, str):
        try:
            value.encode('utf-8')
        except UnicodeEncodeError as exc:
            raise Refused('%r has half a surrogate pair' % name) from exc
        return value
    raise Refused('%r must be a string, not %s' % (name, shown(value)))


def shown(value: Any) -> str:
    """A value for an error, as JSON and not too long."""
    text = json.dumps(value)
    return text if len(text) <= 80 else text[:77] + '...'


def as_json(document: Any, status: int = 200, headers: Optional[Dict[str, str]] = None) -> Answer:
    return Answer(status, {'content-type': 'application/json', **(headers or {})}, json.dumps(document).encode('ascii'))


def _not_json(constant: str) -> NoReturn:
    raise ValueError('%s is not JSON' % constant)
