"""What the models share: how a class becomes a model, and the base of all results."""
from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Mapping, Optional, Sequence, Tuple, Type, TypeVar

from .._xml import ABSENT, Field, ResponseFormatError, header, many, one, plain

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:
    def dataclass_transform(**_: Any) -> Callable[[Any], Any]:
        return lambda decorator: decorator

_Class = TypeVar('_Class', bound=Type[Any])


@dataclass_transform(eq_default=False, field_specifiers=(one, many, plain, header))
def shape(root: str = '', *, sequence: Sequence[str] = (), kept: Iterable[str] = ()) -> Callable[[_Class], _Class]:
    """Make a class a value: its constructor takes the declared fields in their order.

    :param root: the tag of the document that holds such a value
    :param sequence: the attributes in the order in which they are sent, where it is not that of their declaration
    :param kept: tags around fields that are sent even if none of these is
    """
    def decorate(cls: _Class) -> _Class:
        _declare(cls, root, sequence, kept)
        cls._is_answer = False
        if '__init__' not in cls.__dict__:
            cls.__init__ = _Constructor(cls)
        return cls
    return decorate


def result(root: str = '', *, sequence: Sequence[str] = (), kept: Iterable[str] = ()) -> Callable[[_Class], _Class]:
    """Make a class a result: its constructor takes a response, its fields wait for the document."""
    def decorate(cls: _Class) -> _Class:
        _declare(cls, root, sequence, kept)
        cls._is_answer = True
        cls._of_headers = {**_EVERY_RESULT, **{field.header.lower(): field for field in cls._fields if field.header}}
        cls._without_headers = {field.name: None for field in cls._of_headers.values()}
        cls._of_document = tuple(field for field in cls._fields if not field.header)
        return cls
    return decorate


def _declare(cls: Type[Any], root: str, sequence: Sequence[str], kept: Iterable[str]) -> None:
    fields: Dict[str, Field] = {}
    for base in reversed(cls.__mro__[1:]):
        fields.update((field.name, field) for field in base.__dict__.get('_own_fields', ()))
    own = []
    for name, field in list(cls.__dict__.items()):
        if isinstance(field, Field):
            field.name = name
            own.append(field)
            delattr(cls, name)
    fields.update((field.name, field) for field in own)
    cls._own_fields = own
    cls._fields = tuple(fields.values())
    cls._root = root or getattr(cls, '_root', '')
    cls._order = tuple(sequence) or getattr(cls, '_order', ())
    cls._kept = frozenset(kept) or getattr(cls, '_kept', frozenset())
    # Values and results belong to oss2.models, in pickles and in what `repr` shows, wherever they are written down.
    cls.__module__ = 'oss2.models'


class _Constructor:
    """Stands for the ``__init__`` of a class until it is looked up: most programs use few of the models."""

    def __init__(self, cls: Type[Any]) -> None:
        self._cls = cls

    def __get__(self, obj: Any, owner: Any = None) -> Any:
        if self._cls.__dict__['__init__'] is self:
            self._cls.__init__ = _constructor(self._cls)
        return self._cls.__dict__['__init__'].__get__(obj, owner)


def _constructor(cls: Type[Any]) -> Callable[..., None]:
    """An ``__init__`` with a parameter for each field, as the dataclasses module makes it."""
    parameters = ['self']
    lines = []
    names: Dict[str, Any] = {}
    for field in cls._fields:
        new = '_new_' + field.name
        given = field.alias or field.name
        names[new] = field.factory
        if not field.init:
            lines.append('self.%s = %s' % (field.name, new + '()' if field.factory else repr(field.initial)))
        elif field.factory is not None:
            parameters.append(given + '=None')
            lines.append('self.%s = %s() if %s is None else %s' % (field.name, new, given, given))
        else:
            parameters.append(given if field.default is ABSENT else '%s=%r' % (given, field.default))
            lines.append('self.%s = %s' % (field.name, given))
    if hasattr(cls, '__post_init__'):
        lines.append('self.__post_init__()')
    exec('def __init__(%s):\n    %s' % (', '.join(parameters), '\n    '.join(lines or ['pass'])), names)
    init: Callable[..., None] = names['__init__']
    init.__qualname__ = cls.__name__ + '.__init__'
    init.__module__ = cls.__module__
    return init


def legible(load: Callable[[str], Any]) -> Callable[[Any], Any]:
    """As *load*, but None for what cannot be read: for what 2.19.1 knows nothing of, and so never fails for."""
    def loaded(value: Any) -> Any:
        try:
            return load(str(value))
        except ValueError:
            return None
    return loaded


def _named(name: str, field: Field) -> Field:
    field.name = name
    return field


# A listing of versions has an attribute of its own of the second name.
_EVERY_RESULT: Dict[str, Field] = {
    'x-oss-version-id': _named('versionid', header('x-oss-version-id')),
    'x-oss-delete-marker': _named('delete_marker', header('x-oss-delete-marker',
                                                          lambda value: str(value).lower() == 'true')),
}


def _hget(headers: Mapping[str, Any], key: str, converter: Callable[[Any], Any] = lambda value: value) -> Any:
    """The converted value of a header, None if it is not there."""
    try:
        value = headers[key]
    except KeyError:
        return None
    return converter(value)


def close_response(resp: Any) -> None:
    """Close a response, or what it wraps; one that has nothing to close is left alone."""
    close = getattr(resp, 'close', None) or getattr(getattr(resp, 'response', None), 'close', None)
    if close is not None:
        close()


def unquoted(etag: str) -> str:
    """An ETag without the quotes that a header or a document puts around it."""
    return etag.strip('"')


@result()
class RequestResult:
    """What every operation returns.

    It can be made from anything that has ``status``, ``headers`` and ``request_id``.
    """

    resp: Any
    """The response, :class:`oss2.http.Response`."""
    status: int
    """The HTTP status."""
    headers: Mapping[str, Any]
    """The headers of the response; names in any case."""
    request_id: str
    """OSS's number of the request."""
    versionid: Optional[str]
    """The version that was written or read, None in a bucket without versions."""
    delete_marker: Optional[bool]
    """Whether the version is a delete marker, None if OSS does not say."""

    def __init__(self, resp: Any) -> None:
        self.resp = resp
        self.status = resp.status
        self.headers = resp.headers
        self.request_id = resp.request_id
        attributes = self.__dict__
        wanted: Dict[str, Field] = type(self)._of_headers  # type: ignore[attr-defined]
        attributes.update(type(self)._without_headers)  # type: ignore[attr-defined]
        for name, value in _lower_items(resp.headers, wanted):
            if name in wanted:
                field = wanted[name]
                try:
                    attributes[field.name] = field.kind.load(value)
                except (ValueError, TypeError, AttributeError) as exc:
                    raise ResponseFormatError('header %s: %s' % (field.header, exc), resp.headers) from exc
        for field in type(self)._of_document:  # type: ignore[attr-defined]
            attributes[field.name] = field.initial


def _lower_items(headers: Mapping[str, Any], wanted: Mapping[str, Field]) -> Iterable[Tuple[str, Any]]:
    """The headers that are wanted, and maybe others, under their names in lower case."""
    lower_items = getattr(headers, 'lower_items', None)
    if lower_items is None or len(wanted) < 6:  # an answer has a dozen headers: more than that are asked for
        return [(name, headers[field.header]) for name, field in wanted.items() if field.header in headers]
    return lower_items()  # type: ignore[no-any-return]


def read_text(resp: Any) -> str:
    """The body of a response, which is UTF-8.

    :raises ResponseFormatError: it is not
    """
    body = resp.read()
    try:
        return body.decode('utf-8') if isinstance(body, bytes) else str(body)
    except UnicodeDecodeError as exc:
        raise ResponseFormatError('the answer is not UTF-8: %s' % exc, resp.headers, body) from exc


def read_json(body: Any, headers: Mapping[str, Any]) -> Dict[str, Any]:
    """The members of a JSON document, none if it is something else than an object.

    :raises ResponseFormatError: it is not JSON
    """
    try:
        document = json.loads(body)
    except ValueError as exc:
        raise ResponseFormatError('the answer is not JSON: %s' % exc, headers, body) from exc
    return document if isinstance(document, dict) else {}
