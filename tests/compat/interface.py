"""Names, signatures, constants and attributes of whichever oss2 is installed, as plain data."""

from __future__ import annotations

import importlib
import inspect
import io
import pkgutil
from typing import Any, Callable, Dict, Iterator, List, Optional, Type

from corpus.select import csv_meta
from requests.structures import CaseInsensitiveDict

# Methods that the language calls.
PROTOCOLS = {'__call__', '__contains__', '__enter__', '__exit__', '__getitem__', '__iter__', '__len__', '__next__'}
# The values of these are the version's own.
FREE = {'USER_AGENT'}


class Answer:
    """All that the constructor of a result asks of a response."""

    status = 200
    request_id = 'id'

    def __init__(self, body: bytes = b'{}') -> None:
        self.headers = CaseInsensitiveDict({'Content-Length': '1', 'x-oss-symlink-target': 'key'})
        self._body = io.BytesIO(body)

    def read(self, amt: Optional[int] = None) -> bytes:
        return self._body.read(-1 if amt is None else amt)

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self._body.read(10), b'')


class Sent:
    """All that the constructor of a response asks of an answer of requests."""

    status_code = 200
    headers: Dict[str, str] = {}


# Arguments for what a constructor demands, by name; None for what is not here.
ARGUMENTS = {
    'headers': {}, 'body': b'', 'details': {}, 'message': 'message', 'e': ValueError('exception'),
    'access_key_id': 'id', 'access_key_secret': 'secret', 'security_token': 'token', 'auth_host': 'http://a.com',
    'desc': {}, 'key_pair': {'public_key': 'a', 'private_key': 'b'}, 'method': 'GET', 'url': 'http://a.com', 'size': 1,
    'file_object': io.BytesIO(b'1'), 'response': Sent(), 'endpoint': 'http://a.com', 'bucket_name': 'bucket',
}
# The same for single classes, given the package.
MADE: Dict[str, Callable[[Any], Dict[str, Any]]] = {
    'Bucket': lambda oss2: {'auth': oss2.AnonymousAuth()},
    'Service': lambda oss2: {'auth': oss2.AnonymousAuth()},
    'CryptoBucket': lambda oss2: {'auth': oss2.AnonymousAuth(), 'crypto_provider': provider(oss2)},
    'BaseCryptoProvider': lambda oss2: {'cipher': oss2.utils.AESCTRCipher()},
    'ContentCryptoMaterial': lambda oss2: {'cipher': oss2.utils.AESCTRCipher()},
    'PositionNotEqualToLength': lambda oss2: {'headers': {'x-oss-next-append-position': '1'}},
    'SelectResponseAdapter': lambda oss2: {'response': Answer()},
    'GetSelectObjectMetaResult': lambda oss2: {'resp': Answer(csv_meta())},
    'Redirect': lambda oss2: {'redirect_type': 'Internal'},
    'RoutingRule': lambda oss2: {'rule_num': 1, 'condition': instance(oss2, oss2.models.Condition),
                                 'redirect': instance(oss2, oss2.models.Redirect)},
    'AliKMSProvider': lambda oss2: {'region': 'cn-hangzhou', 'cmk_id': 'key'},
}
# What cannot be made without keys of RSA or work to do, and a name that is left over from a loop.
NOT_MADE = {'LocalRsaProvider', 'RsaProvider', 'TaskQueue', 'klass'}


def provider(oss2: Any) -> Any:
    return instance(oss2, oss2.crypto.BaseCryptoProvider)


def instance(oss2: Any, cls: Type[Any]) -> Any:
    """An object of a class; an abstract one counts as complete.

    :raises Exception: none can be made
    """
    # Of the constructor: before Python 3.9 a generic class shows the signature of Generic.__new__.
    taken = inspect.signature(cls.__init__).parameters if cls.__init__ is not object.__init__ else {}
    arguments = {each.name: Answer() if each.name == 'resp' else ARGUMENTS.get(each.name)
                 for each in list(taken.values())[1:]
                 if each.default is each.empty and 'VAR' not in each.kind.name}
    arguments.update(MADE.get(cls.__name__, lambda oss2: {})(oss2))
    missing = getattr(cls, '__abstractmethods__', ())
    return (type(cls.__name__, (cls,), dict.fromkeys(missing)) if missing else cls)(**arguments)


def attributes(oss2: Any, cls: Type[Any]) -> List[str]:
    """The public names that an object of a class has of its own."""
    if cls.__name__ in NOT_MADE:
        return []
    made = instance(oss2, cls)
    return sorted(name for name in vars(made) if not name.startswith('_'))


def plain(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float, bool))


def signature(function: Any) -> str:
    """Parameters as they would be written; `...` for defaults that are objects."""
    written = []
    for each in inspect.signature(function).parameters.values():
        star = {'VAR_POSITIONAL': '*', 'VAR_KEYWORD': '**'}.get(each.kind.name, '')
        default = '' if each.default is each.empty else '=%s' % (repr(each.default) if plain(each.default) else '...')
        written.append(star + each.name + default)
    return ', '.join(written)


def describe_class(oss2: Any, cls: Type[Any]) -> Dict[str, Any]:
    """What is its own, or that of a private class it derives from."""
    own = [base for base in cls.__mro__
           if base is cls or (base.__module__.startswith('oss2') and base.__name__[0] == '_')]
    found: Dict[str, Any] = {'bases': [base.__name__ for base in cls.__mro__[1:] if base is not object]}
    if any('__init__' in vars(base) for base in own):
        found['constructor'] = signature(cls)
    for name in sorted({name for base in own for name in vars(base)}):
        if name.startswith('_') and name not in PROTOCOLS:
            continue
        value = inspect.getattr_static(cls, name)
        if isinstance(value, property):
            found.setdefault('properties', []).append(name)
        elif inspect.isroutine(value):
            found.setdefault('methods', {})[name] = signature(getattr(cls, name))
        elif plain(value):
            found.setdefault('constants', {})[name] = value
    inherited = {name for base in cls.__mro__[1:] if base.__module__.startswith('oss2') and base not in own
                 for name in attributes(oss2, base)}
    found['attributes'] = [name for name in attributes(oss2, cls) if name not in inherited]
    return {key: value for key, value in found.items() if value or key == 'constructor'}


def describe_module(oss2: Any, module: Any) -> Dict[str, Any]:
    """Its public names, by what they are; `others` are those that come from elsewhere, and objects."""
    found: Dict[str, Any] = {'classes': {}, 'functions': {}, 'constants': {}, 'others': []}
    for name, value in sorted(vars(module).items()):
        if name.startswith('_') or inspect.ismodule(value) or type(value).__module__ == '__future__':
            continue
        is_own = getattr(value, '__module__', None) == module.__name__
        if inspect.isclass(value) and is_own:
            found['classes'][name] = describe_class(oss2, value)
        elif inspect.isfunction(value) and is_own:
            found['functions'][name] = signature(value)
        elif plain(value) and name not in FREE:
            found['constants'][name] = value
        else:
            found['others'].append(name)
    return {key: value for key, value in found.items() if value}


def describe(oss2: Any) -> Dict[str, Any]:
    """Every public module."""
    names = [oss2.__name__] + sorted(
        '%s.%s' % (oss2.__name__, each.name) for each in pkgutil.iter_modules(oss2.__path__) if each.name[0] != '_')
    return {name: describe_module(oss2, importlib.import_module(name)) for name in names}
