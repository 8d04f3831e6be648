"""Play one case against a library and put down, as plain data, what it sent and what it made of the answer."""

from __future__ import annotations

import copy
import json
import shutil
import sys
import tempfile
from typing import Any, Dict, List, Tuple
from xml.etree import ElementTree

import cases
from dump import Dumper, dump_bytes, dump_request
from recorder import Recorder
from surroundings import Surroundings, World, take_files, without_chance
from sweep import sweep


class Player:
    """Plays cases with one recorder; every host name leads to it, and the clock stands still."""

    def __init__(self, oss2: Any) -> None:
        self.oss2 = oss2
        self.recorder = Recorder()
        self.folder = tempfile.mkdtemp()
        self.surroundings = Surroundings(oss2, self.folder, self.recorder.address)

        # The recorder's thread and the caller's hand over to each other for every request.
        self._switch_interval = sys.getswitchinterval()
        sys.setswitchinterval(0.0005)

    def close(self) -> None:
        sys.setswitchinterval(self._switch_interval)
        self.recorder.close()
        shutil.rmtree(self.folder)

    def play(self, case: cases.Case) -> Dict[str, Any]:
        self.recorder.script(case.answers)
        folder = self.folder
        world = World(self.oss2, folder)
        try:
            with self.surroundings:
                outcome = self._run(case, world)
        finally:
            for closing in world.closing:
                closing.close()
            files = {
                name: dump_bytes(content)
                for name, content in take_files(folder).items()
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
        text = json.dumps(record, ensure_ascii=False, sort_keys=True)
        made: Dict[str, Any] = json.loads(without_chance(text, folder, world.names))
        return made

    def _run(self, case: cases.Case, world: World) -> Dict[str, Any]:
        last = case.answers[-1] if case.answers else None
        dumper = Dumper(self.oss2, last)
        outcome: Dict[str, Any] = {}
        try:
            args, kwargs = cases.build(case.call.args, world), cases.build(case.call.kwargs, world)
        except self.oss2.exceptions.OssError as e:
            return {'raises': dumper.error(e)}
        before = _plain_arguments(args, kwargs)
        session = self.oss2.Session()
        try:
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
            session.session.close()
        return outcome

    def _call(self, case: cases.Case, session: Any, args: Any, kwargs: Any, world: World) -> Any:
        call = case.call
        if call.of in ('Bucket', 'Service', 'Iterator', 'Transfer'):
            of = {'Iterator': 'Service' if call.name == 'BucketIterator' else 'Bucket', 'Transfer': 'Bucket'}.get(
                call.of, call.of
            )
            client = self._client(of, case.client, session, world)
            if call.of == 'Iterator':
                return list(getattr(self.oss2, call.name)(client, *args, **kwargs))
            if call.of == 'Transfer':
                return getattr(self.oss2, call.name)(client, *args, **kwargs)
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
