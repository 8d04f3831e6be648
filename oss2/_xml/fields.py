"""What a declaration says: where an attribute stands in a document, and how its value is written there."""
from __future__ import annotations

from typing import Any, Callable, Iterable, List, NamedTuple, Optional
from urllib.parse import unquote

from .._dates import date_to_iso8601, iso8601_to_date, iso8601_to_unixtime, unixtime_to_iso8601
from ..exceptions import ClientError


class Kind(NamedTuple):
    """How a value is written in an element."""

    load: Callable[[str], Any]
    dump: Callable[[Any], str]
    text: bool = False
    """An empty element is the empty text; otherwise it counts as absent."""
    load_encoded: Optional[Callable[[str], Any]] = None
    """How to load it from a document that says ``<EncodingType>url</EncodingType>``."""


def as_is(text: str) -> str:
    return text


def _unquote(text: str) -> str:
    if '%' not in text:
        return text
    text = text.replace('%2F', '/')
    return unquote(text) if '%' in text else text


_BOOLEANS = {'true': True, 'false': False}


def _to_bool(text: str) -> bool:
    value = _BOOLEANS.get(text.lower())
    if value is None:
        raise ValueError('%r is not a boolean' % text)
    return value


def _strip_quotes(text: str) -> str:
    return text.strip('"')


def _to_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode('utf-8')
    raise ClientError('%r cannot be sent where a text is expected' % (value,))


TEXT = Kind(as_is, _to_text, text=True)
KEY = Kind(as_is, _to_text, text=True, load_encoded=_unquote)
ETAG = Kind(_strip_quotes, lambda value: '"%s"' % _strip_quotes(_to_text(value)), text=True)
INT = Kind(int, str)
FLOAT = Kind(float, str)
BOOL = Kind(_to_bool, lambda value: str(value).lower())
# As 2.19.1 sends these: True and False.
YES = Kind(_to_bool, str)
# Any value, kept as text when it is read.
WORD = Kind(as_is, str, text=True)
TIME = Kind(iso8601_to_unixtime, unixtime_to_iso8601)
DATE = Kind(iso8601_to_date, date_to_iso8601)

ABSENT: Any = object()


class Field:
    """What the declaration of one attribute says; made by :func:`one`, :func:`many`, :func:`plain`, :func:`header`."""

    __slots__ = ('absent', 'alias', 'blank', 'default', 'factory', 'gather', 'header', 'if_none', 'init', 'kind',
                 'many', 'name', 'path', 'required', 'sent', 'spread')

    def __init__(self, path: Optional[str], kind: Any, many: bool = False, default: Any = ABSENT,
                 factory: Optional[Callable[[], Any]] = None, absent: Any = ABSENT, required: bool = False,
                 if_none: Optional[str] = None, blank: bool = True, sent: bool = True, init: bool = True,
                 alias: str = '', header: str = '') -> None:
        self.name = ''
        self.sent = sent
        self.gather: Optional[Callable[[List[Any]], Any]] = None
        self.spread: Optional[Callable[[Any], Iterable[Any]]] = None
        self.alias = alias
        self.path = path
        self.kind = kind
        self.many = many
        self.default = default
        self.factory = factory
        self.absent = absent
        self.required = required
        self.if_none = if_none
        self.blank = blank
        self.init = init
        self.header = header

    @property
    def initial(self) -> Any:
        """The value in an object that nothing was loaded into."""
        if self.factory is not None:
            return self.factory()
        return [] if self.many else None if self.default is ABSENT else self.default

    @property
    def when_absent(self) -> Any:
        """The value in an object that was loaded from a document without the element."""
        if self.absent is not ABSENT:
            return self.absent
        return None if self.default is ABSENT else self.default


def one(path: str, kind: Any = TEXT, *, default: Any = ABSENT, factory: Optional[Callable[[], Any]] = None,
        absent: Any = ABSENT, required: bool = False, if_none: Optional[str] = None, blank: bool = True,
        sent: bool = True, init: bool = True, alias: str = '') -> Any:
    """Declare an attribute that one element holds.

    :param path: tags from the element of the object down, ``.`` for its own text
    :param kind: a :class:`Kind`, or the class of the object that the element holds
    :param default: the constructor's default; without it and ``factory`` the constructor demands the attribute
    :param factory: makes the value when the constructor is given None
    :param absent: the value when a document lacks the element, or a function that makes it; `default` if not given,
        None without that
    :param required: a document that lacks it cannot be loaded
    :param if_none: the text to send for None; without it there is no such element then
    :param blank: an empty value is sent
    :param sent: it is part of a request; otherwise only of answers
    :param init: the constructor takes it
    :param alias: its name in the constructor, if not that of the attribute
    """
    return Field(path, kind, False, default, factory, absent, required, if_none, blank, sent, init, alias)


def many(path: str, kind: Any = TEXT, *, default: Any = ABSENT, factory: Optional[Callable[[], Any]] = None,
         init: bool = True, alias: str = '', gather: Optional[Callable[[List[Any]], Any]] = None,
         spread: Optional[Callable[[Any], Iterable[Any]]] = None) -> Any:
    """Declare a list, one item for each element at `path`; ``a[]/b`` takes the first ``b`` of each ``a``.

    :param gather: makes the value from the items of a document, if it is no list
    :param spread: the items of such a value
    """
    field = Field(path, kind, True, default, factory, init=init, alias=alias)
    field.gather, field.spread = gather, spread
    return field


def plain(*, default: Any = ABSENT, factory: Optional[Callable[[], Any]] = None, init: bool = True,
          alias: str = '') -> Any:
    """Declare an attribute that no document holds."""
    return Field(None, TEXT, False, default, factory, init=init, alias=alias)


def header(name: str, load: Callable[[Any], Any] = as_is) -> Any:
    """Declare an attribute that a header of the response holds; None if there is no such header."""
    return Field(None, Kind(load, str), init=False, header=name)
