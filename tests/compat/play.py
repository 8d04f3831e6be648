"""Play one case against a library and put down, as plain data, what it sent and what it made of the answer."""

from __future__ import annotations

import base64
import contextlib
import copy
import datetime
import hashlib
import json
import mimetypes
import os
import shutil
import socket
import sys
import tempfile
import time
from typing import Any, Dict, Iterator, List, Optional, Tuple
from unittest import mock
from xml.etree import ElementTree

import cases
from recorder import DATE, REQUEST_ID, Recorder, Seen
from sweep import sweep

NOW = 1700000000.0
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
UNRECORDED_HEADERS = {'connection'}
LONGEST_KEPT = 3000
AS_ANSWERED = '<as answered>'

mimetypes.init([])


class World:
    """What the values of a case are made with: the library, a folder of its own, and notes taken while it plays."""

    def __init__(self, oss2: Any, folder: str) -> None:
        self.oss2 = oss2
        self.folder = folder
        self.progress: List[List[Any]] = []
        self.closing: List[Any] = []
        self.given: Dict[str, bytes] = {}


class Player:
    """Plays cases with one recorder; every host name leads to it, and the clock stands still."""

    def __init__(self, oss2: Any) -> None:
        self.oss2 = oss2
        self.recorder = Recorder()
        self.folder = tempfile.mkdtemp()

    def close(self) -> None:
        self.recorder.close()
        shutil.rmtree(self.folder)

    def play(self, case: cases.Case) -> Dict[str, Any]:
        self.recorder.script(case.answers)
        folder = self.folder
        world = World(self.oss2, folder)
        try:
            with _still_clock(), self._network(), _environment(folder), mock.patch.object(
                self.oss2.defaults, 'connect_timeout', 4
            ):
                outcome = self._run(case, world)
        finally:
            for closing in world.closing:
                closing.close()
            files = {
                name: dump_bytes(content)
                for name, content in _take_files(folder).items()
                if world.given.get(name) != content
            }
        record: Dict[str, Any] = {'case': case.id}
        if self.recorder.seen:
            record['requests'] = [dump_request(seen, self.oss2.http.USER_AGENT) for seen in self.recorder.seen]
        record.update(outcome)
        if world.progress:
            record['progress'] = world.progress
        if files:
            record['files'] = files
        return without(record, folder)

    def _run(self, case: cases.Case, world: World) -> Dict[str, Any]:
        last = case.answers[-1] if case.answers else None
        dumper = Dumper(self.oss2, last)
        session: Any = None
        outcome: Dict[str, Any] = {}
        try:
            try:
                args, kwargs = cases.build(case.call.args, world), cases.build(case.call.kwargs, world)
                before = _plain_arguments(args, kwargs)
                session = self.oss2.Session()
                made = self._call(case, session, args, kwargs, world)
                try:
                    _then(case.then, made, outcome)
                except Exception as e:
                    outcome['then raises'] = dumper.error(e)
                outcome['result'] = dumper.value(made)
            except Exception as e:
                outcome['raises'] = dumper.error(e)
            else:
                after = _plain_arguments(args, kwargs)
                if after != before:
                    outcome['arguments changed to'] = dumper.value(after)
        finally:
            if session is not None:
                session.session.close()
        return outcome

    def _call(self, case: cases.Case, session: Any, args: Any, kwargs: Any, world: World) -> Any:
        call = case.call
        if call.of in ('Bucket', 'Service', 'CryptoBucket', 'Iterator'):
            of = call.of
            if of == 'Iterator':
                of = 'Service' if call.name == 'BucketIterator' else 'Bucket'
            client = self._client(of, case.client, session, world)
            if call.of == 'Iterator':
                return list(getattr(self.oss2, call.name)(client, *args, **kwargs))
            return getattr(client, call.name)(*args, **kwargs)
        if call.of == 'sweep':
            return self._sweep(call, args)
        owner = self.oss2
        for part in filter(None, call.of.split('.')):
            owner = getattr(owner, part)
        made = getattr(owner, call.name)(*args, **kwargs)
        # A parse function fills in one of its arguments.
        filled = [arg for arg in args if type(arg).__module__.startswith('oss2.')]
        return filled[0] if made is None and filled else made

    def _sweep(self, call: cases.Call, args: Any) -> Any:
        function, dumper = getattr(self.oss2.xml_utils, call.name), Dumper(self.oss2, None)
        document, *made = args

        def parse(root: Any) -> Any:
            if not made:
                return dumper.value(function(root))
            result = made[0]()
            returned = function(result, ElementTree.tostring(root, encoding='utf-8'))
            return dumper.value(result if returned is None else returned)

        return sweep(parse, document)

    def _client(self, of: str, client: cases.Client, session: Any, world: World) -> Any:
        options = cases.build(client.options, world)
        name = [] if of == 'Service' else [client.bucket]
        return getattr(self.oss2, of)(
            make_auth(self.oss2, client.auth), client.endpoint, *name, session=session, **options
        )

    @contextlib.contextmanager
    def _network(self) -> Iterator[None]:
        def here(host: Any, port: Any, *rest: Any, **more: Any) -> List[Any]:
            return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, '', self.recorder.address)]

        with mock.patch('socket.getaddrinfo', here):
            yield


def make_auth(oss2: Any, kind: str) -> Any:
    if kind == 'anonymous':
        return oss2.AnonymousAuth()
    family, _, version = kind.rpartition('-')
    key = (cases.ACCESS_KEY_ID, cases.ACCESS_KEY_SECRET)
    if family == 'sts':
        return oss2.StsAuth(key[0], key[1], cases.SECURITY_TOKEN, auth_version=version)
    if family == 'make':
        return oss2.make_auth(key[0], key[1], auth_version=version)
    suffix = {'v1': '', 'v2': 'V2', 'v4': 'V4'}[version]
    if family == 'provider':
        return getattr(oss2, 'ProviderAuth' + suffix)(oss2.StaticCredentialsProvider(*key))
    if family == 'provider-sts':
        provider = oss2.StaticCredentialsProvider(key[0], key[1], cases.SECURITY_TOKEN)
        return getattr(oss2, 'ProviderAuth' + suffix)(provider)
    return getattr(oss2, 'Auth' + suffix)(*key)


@contextlib.contextmanager
def _still_clock() -> Iterator[None]:
    gmtime, localtime, real = time.gmtime, time.localtime, datetime.datetime

    class Stopped(real):  # type: ignore[misc, valid-type]
        @classmethod
        def utcnow(cls) -> Any:
            return real(1970, 1, 1) + datetime.timedelta(seconds=NOW)

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return real.fromtimestamp(NOW, tz)

    with contextlib.ExitStack() as patches:
        for name, stopped in (
            ('time', lambda: NOW),
            ('sleep', lambda seconds: None),
            ('gmtime', lambda at=None: gmtime(NOW if at is None else at)),
            ('localtime', lambda at=None: localtime(NOW if at is None else at)),
        ):
            patches.enter_context(mock.patch('time.' + name, stopped))
        for name, module in list(sys.modules.items()):
            if name == 'datetime' or (name.startswith('oss2.') and vars(module).get('datetime') is real):
                patches.enter_context(mock.patch.object(module, 'datetime', Stopped))
        yield


@contextlib.contextmanager
def _environment(folder: str) -> Iterator[None]:
    plain = {k: v for k, v in os.environ.items() if not k.lower().endswith('_proxy') and not k.startswith('OSS')}
    plain.update(HOME=folder, NETRC=os.path.join(folder, 'absent'), no_proxy='*')
    with mock.patch.dict(os.environ, plain, clear=True):
        yield


def _take_files(folder: str) -> Dict[str, bytes]:
    """Read and remove what the case left in its folder."""
    found: Dict[str, bytes] = {}
    for parent, folders, names in os.walk(folder, topdown=False):
        for name in names:
            path = os.path.join(parent, name)
            if name != 'opened':
                with open(path, 'rb') as f:
                    found[os.path.relpath(path, folder)] = f.read()
            os.remove(path)
        for name in folders:
            os.rmdir(os.path.join(parent, name))
    return found


def _plain_arguments(args: Any, kwargs: Any) -> Any:
    """The arguments that a call could write into: those made of dicts and lists."""
    numbered = dict(enumerate(args), **kwargs) if isinstance(kwargs, dict) else {}
    return copy.deepcopy(
        {
            str(k): dict(v) if isinstance(v, dict) else v
            for k, v in numbered.items()
            if isinstance(v, (dict, list)) and _is_plain(v)
        }
    )


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_plain(v) for v in value.values())
    if isinstance(value, list):
        return all(_is_plain(v) for v in value)
    return value is None or isinstance(value, (str, bytes, int, float))


def _then(steps: Tuple[str, ...], made: Any, outcome: Dict[str, Any]) -> None:
    for step in steps:
        what, _, size = step.partition(' ')
        if what == 'read' and size:
            pieces: List[bytes] = []
            while not pieces or (pieces[-1] and len(pieces) < 2000):
                pieces.append(made.read(int(size)))
            outcome[step] = dump_bytes(b''.join(pieces))
        elif what == 'read':
            outcome[step] = dump_bytes(made.read())
        elif what == 'iterate':
            outcome[step] = dump_bytes(b''.join(made))
        elif what == 'close':
            made.close()
        elif what == 'with':
            with made as inside:
                outcome[step] = dump_bytes(inside.read())
        else:
            raise ValueError(step)


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
            usual = {
                'status': e.status,
                'x-oss-request-id': getattr(e, 'request_id', None),
                'details': getattr(e, 'details', None),
            }
            dumped['str'] = '<usual>' if str(e) == str(usual) else str(e)
        return dumped


def without(record: Dict[str, Any], folder: str) -> Dict[str, Any]:
    """The record with the case's folder called `<folder>`."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    made: Dict[str, Any] = json.loads(text.replace(json.dumps(folder)[1:-1], '<folder>'))
    return made
