"""What a case of the corpus is made of: a client, a call, the answers it gets, and what is done with the result."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import os
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Iterable, List, Optional, Sequence, Tuple, Union

from recorder import Answer

ACCESS_KEY_ID = 'LTAI5tExampleKeyId'
ACCESS_KEY_SECRET = 'ExampleKeySecretForTests'
SECURITY_TOKEN = 'CAISexample+token/with=signs'


class Later:
    """A value that needs the library under test or the case's folder, made when the case is played."""

    def build(self, world: Any) -> Any:
        raise NotImplementedError


def build(value: Any, world: Any) -> Any:
    """Replace every `Later` in `value`, also inside containers; containers are copied."""
    if isinstance(value, Later):
        return value.build(world)
    if type(value) in (list, tuple):
        return type(value)(build(v, world) for v in value)
    if type(value) is dict:
        return {k: build(v, world) for k, v in value.items()}
    return value


class Name(Later):
    """`oss2.a.b`: the attribute itself, or, when called, what calling it gives."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __getattr__(self, name: str) -> Name:
        if name.startswith('__'):
            raise AttributeError(name)
        return Name('%s.%s' % (self._path, name) if self._path else name)

    def __call__(self, *args: Any, **kwargs: Any) -> Made:
        return Made(self, args, kwargs)

    def build(self, world: Any) -> Any:
        found = world.oss2
        for part in self._path.split('.'):
            found = getattr(found, part)
        return found


class Made(Later):
    """An object of the library: constructor call, then attributes set, then methods called."""

    def __init__(self, name: Name, args: Tuple[Any, ...], kwargs: Dict[str, Any]) -> None:
        self._name, self._args, self._kwargs = name, args, kwargs
        self._steps: List[Callable[[Any, Any], Any]] = []

    def set(self, **attributes: Any) -> Made:
        for name, value in attributes.items():
            self._steps.append(lambda made, world, name=name, value=value: setattr(made, name, build(value, world)))
        return self

    def do(self, method: str, *args: Any) -> Made:
        self._steps.append(lambda made, world: getattr(made, method)(*build(args, world)))
        return self

    def build(self, world: Any) -> Any:
        made = self._name.build(world)(*build(self._args, world), **build(self._kwargs, world))
        for step in self._steps:
            step(made, world)
        return made


oss2 = Name('')
models = Name('models')


class Memory(Later):
    """A BytesIO, read up to `at`."""

    def __init__(self, content: bytes, at: int = 0) -> None:
        self.content, self.at = content, at

    def build(self, world: Any) -> Any:
        made = io.BytesIO(self.content)
        made.seek(self.at)
        return made


class File(Memory):
    """A file opened for reading, at offset `at`."""

    def __init__(self, content: bytes, at: int = 0, mode: str = 'rb') -> None:
        super().__init__(content, at)
        self.mode = mode

    def build(self, world: Any) -> Any:
        path = os.path.join(world.folder, 'opened')
        with open(path, 'wb') as f:
            f.write(self.content)
        made = open(path, self.mode)
        world.closing.append(made)
        made.seek(self.at)
        return made


class Local(Later):
    """A path in the case's folder, with `content` in it or, for None, absent."""

    def __init__(self, name: str, content: Optional[bytes] = None) -> None:
        self.name, self.content = name, content

    def build(self, world: Any) -> Any:
        path = os.path.join(world.folder, self.name)
        world.names.append(self.name)
        if self.content is not None:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'wb') as f:
                f.write(self.content)
            os.utime(path, (1600000000, 1600000000))
            world.given[self.name] = self.content
        return path


class Checkpoint(Later):
    """A store whose folder has the checkpoint of an earlier transfer between `key` and the file `name`.

    `fields` go into the record; `<path>` in a value is the path of the file. `beside` is further files.
    """

    def __init__(
        self,
        kind: str,
        key: str,
        name: str,
        fields: Optional[Dict[str, Any]] = None,
        raw: bytes = b'',
        beside: Optional[Dict[str, bytes]] = None,
    ) -> None:
        self.kind, self.key, self.name, self.fields, self.raw = kind, key, name, fields, raw
        self.beside = beside or {}

    def build(self, world: Any) -> Any:
        path = os.path.join(world.folder, self.name)
        made = [hashlib.md5(text.encode('utf-8')).hexdigest() for text in ('oss://examplebucket/' + self.key, path)]
        where = '.py-oss-%s/%s--%s' % (self.kind, made[0], made[1])
        if self.fields is not None:
            fields = {k: path if v == '<path>' else v for k, v in self.fields.items()}
            Local(where, json.dumps(fields).encode('utf-8')).build(world)
        elif self.raw:
            Local(where, self.raw).build(world)
        for name, content in self.beside.items():
            Local(name, content).build(world)
        store = world.oss2.ResumableStore if self.kind == 'upload' else world.oss2.ResumableDownloadStore
        return store(root=world.folder)


class _OnlyReads:
    def __init__(self, content: bytes, most: int) -> None:
        self._source, self._most = io.BytesIO(content), most

    def read(self, size: int = -1) -> bytes:
        return self._source.read(self._most if size < 0 or (self._most > 0 and size > self._most) else size)


class Reader(Later):
    """A file-like object that can only be read; at most `most` bytes a time when given."""

    def __init__(self, content: bytes, most: int = -1) -> None:
        self.content, self.most = content, most

    def build(self, world: Any) -> Any:
        return _OnlyReads(self.content, self.most)


class Chunks(Later):
    """A generator of these pieces."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces

    def build(self, world: Any) -> Any:
        return (piece for piece in self.pieces)


class Element(Later):
    """A parsed document; a list of its children for `children`."""

    def __init__(self, document: str, children: bool = False) -> None:
        self.document, self.children = document, children

    def build(self, world: Any) -> Any:
        root = ElementTree.fromstring(self.document)
        return list(root) if self.children else root


class Fresh(Later):
    """A function that makes a new `models.<name>`, of an answer without headers when it is a result."""

    def __init__(self, name: str, result: bool = True) -> None:
        self.name, self.result = name, result

    def build(self, world: Any) -> Any:
        made = getattr(world.oss2.models, self.name)
        return (lambda: made(Answered())) if self.result else made


class Answered:
    """The least that a result is made of."""

    status = 200
    headers: Dict[str, str] = {}
    request_id = ''


class Progress(Later):
    """A progress callback; what it is told is recorded."""

    def build(self, world: Any) -> Any:
        return lambda *told: world.progress.append(list(told))


@dataclass
class Call:
    """`of` is Bucket, Service, a dotted module of oss2, or `''` for `oss2` itself.

    For Iterator and Transfer, classes and functions of `oss2`, the Bucket is put before the arguments; an iterator is
    listed.
    """

    of: str
    name: str
    args: Tuple[Any, ...]
    kwargs: Dict[str, Any]


class Calls:
    """`Bucket.put_object('key', b'data')` written as data."""

    def __init__(self, of: str) -> None:
        self._of = of

    def __getattr__(self, name: str) -> Callable[..., Call]:
        if name.startswith('__'):
            raise AttributeError(name)
        return lambda *args, **kwargs: Call(self._of, name, args, kwargs)


Bucket = Calls('Bucket')
Service = Calls('Service')
Iterator = Calls('Iterator')
Transfer = Calls('Transfer')
Xml = Calls('xml_utils')
Top = Calls('')
Sweep = Calls('sweep')


@dataclass(frozen=True)
class Client:
    """How the Bucket or Service is made.

    :param auth: `v1` `v2` `v4` `sts-v1` `sts-v2` `sts-v4` `provider-v1` ... `make-v1` ... or `anonymous`
    :param options: further keyword arguments of the constructor
    """

    auth: str = 'v1'
    endpoint: str = 'http://oss-cn-hangzhou.aliyuncs.com'
    bucket: str = 'examplebucket'
    options: Dict[str, Any] = field(default_factory=dict)

    def but(self, **options: Any) -> Client:
        return Client(self.auth, self.endpoint, self.bucket, dict(self.options, **options))


V1 = Client()
V2 = Client('v2')
V4 = Client('v4', options={'region': 'cn-hangzhou'})
STS = Client('sts-v1')
STS_V2 = Client('sts-v2')
STS_V4 = Client('sts-v4', options={'region': 'cn-hangzhou'})
ANONYMOUS = Client('anonymous')
PATH_STYLE = Client(endpoint='http://192.0.2.7:8080')
CNAME = Client(endpoint='http://img.example.com', options={'is_cname': True})


@dataclass
class Case:
    """One call of the corpus.

    :param then: what is done with the result: `read`, `read 5` (until the end), `iterate`, `close`, `with`
    """

    id: str
    call: Call
    answers: Sequence[Answer]
    client: Client
    then: Tuple[str, ...] = ()


class Area:
    """The cases of one module of the corpus; they are recorded in one file of the same name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cases: Dict[str, Case] = {}

    def add(
        self,
        title: str,
        call: Call,
        answers: Union[Answer, Iterable[Answer]] = (),
        client: Client = V1,
        then: Union[str, Tuple[str, ...]] = (),
    ) -> None:
        """The case is called `area/operation/title`."""
        id = '%s/%s/%s' % (self.name, call.name, title)
        if id in self.cases:
            raise ValueError('two cases are called %r' % id)
        self.cases[id] = Case(
            id,
            call,
            [answers] if isinstance(answers, Answer) else list(answers),
            client,
            (then,) if isinstance(then, str) else then,
        )


def error(
    status: int,
    code: str,
    message: str = 'A message.',
    more: str = '',
    ec: str = '0000-00000000',
    headers: Optional[Dict[str, Optional[str]]] = None,
) -> Answer:
    """An error document as OSS writes it; `more` is extra elements."""
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n  <Code>%s</Code>\n  <Message>%s</Message>\n'
        '  <RequestId>5C3D9175B6FC201293AD4890</RequestId>\n  '
        '<HostId>examplebucket.oss-cn-hangzhou.aliyuncs.com</HostId>\n'
        '%s  <EC>%s</EC>\n</Error>\n'
    ) % (code, message, more, ec)
    sent: Dict[str, Optional[str]] = {'Content-Type': 'application/xml', 'x-oss-ec': ec}
    sent.update(headers or {})
    return Answer(status, sent, body.encode('utf-8'))


def xml(body: str, status: int = 200, **headers: str) -> Answer:
    """An XML document as the answer; keyword `x_oss_version_id` is the header `x-oss-version-id`."""
    sent: Dict[str, Optional[str]] = {'Content-Type': 'application/xml'}
    sent.update({name.replace('_', '-'): value for name, value in headers.items()})
    return Answer(status, sent, body.strip().encode('utf-8'))


def _crc64_table() -> List[int]:
    table = list(range(256))
    for _ in range(8):
        table = [(crc >> 1) ^ (0xC96C5795D7870F42 if crc & 1 else 0) for crc in table]
    return table


_CRC64_TABLE = _crc64_table()


@functools.lru_cache(maxsize=None)
def crc64(data: bytes) -> str:
    """CRC-64/XZ of `data` in decimal, as OSS sends it in x-oss-hash-crc64ecma."""
    crc = 0xFFFFFFFFFFFFFFFF
    for byte in data:
        crc = _CRC64_TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return str(crc ^ 0xFFFFFFFFFFFFFFFF)
