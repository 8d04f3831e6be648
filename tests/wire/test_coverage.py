"""Every operation, field and function of the documents has a case."""
from __future__ import annotations

import builtins
import copy
import inspect
import json
import re
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Set, Tuple

import calls
import pytest
from fakes import FakeResponse, FakeSession

import oss2
from oss2 import models, xml_utils
from oss2._xml import INT, one, to_document
from oss2.models._base import result

HERE = Path(__file__).parent
sys.path.append(str(HERE))

from wire_documents import ANSWERS, variants  # noqa: E402
from wire_dumps import Response, evaluate  # noqa: E402
from wire_inputs import CALLS  # noqa: E402
from wire_newer import CASES  # noqa: E402

COMPAT = HERE.parent / 'compat'
OPERATIONS: Dict[str, List[str]] = json.loads((COMPAT / 'recordings' / 'operations.json').read_text('utf-8'))
CLASSES = json.loads((COMPAT / 'interface.json').read_text('utf-8'))['oss2.models']['classes']
MODELS = {cls for cls in vars(models).values() if inspect.isclass(cls) and hasattr(cls, '_own_fields')}
Seen = Set[Tuple[str, str]]

#: of arguments whose parts the functions of xml_utils take; tests/compat/corpus has the calls
TAKEN_APART = {('CallbackPolicy', 'callback_policies'), ('PutBucketCnameRequest', 'domain'),
               ('PutBucketCnameRequest', 'cert')}



def clients(answer: FakeResponse) -> Iterator[Any]:
    auth, session = oss2.Auth('key-id', 'key-secret'), FakeSession(answer)
    yield oss2.Bucket(auth, 'https://oss-cn-hangzhou.aliyuncs.com', 'examplebucket', session=session)
    yield oss2.Service(auth, 'https://oss-cn-hangzhou.aliyuncs.com', session=session)


def called(name: str, args: Any, answer: Any) -> Any:
    """What an operation returns for an answer: a document, headers, or None."""
    headers = answer if isinstance(answer, dict) else {}
    response = FakeResponse(200, headers, b'' if headers else (answer or '').encode())
    client = next(client for client in clients(response) if hasattr(client, name))
    return getattr(client, name)(*args)


def look_into(value: Any, seen: Seen) -> None:
    """Note which attributes of which classes hold something."""
    if isinstance(value, (list, tuple)):
        for item in value:
            look_into(item, seen)
    elif type(value).__module__ == 'oss2.models':
        for name, held in vars(value).items():
            if name != 'resp':
                if held is not None and held not in ('', [], {}):
                    seen.update((cls.__name__, name) for cls in type(value).__mro__)
                look_into(held, seen)


def fields() -> Iterator[Tuple[str, str, Any]]:
    for cls in sorted(MODELS, key=lambda cls: cls.__name__):
        for field in cls._own_fields:
            if not field.name.startswith('_'):
                yield cls.__name__, field.name, field


def test_every_field_of_a_document_is_in_one() -> None:
    seen: Seen = set()
    for parse, cls, document in ANSWERS.values():
        look_into(getattr(xml_utils, parse)(getattr(models, cls)(Response()), document.encode()), seen)
    for _, name, args, _, _, answer, _ in CASES:
        look_into((args, called(name, args, answer)), seen)
    for lists in CALLS.values():
        for arguments in lists:
            try:
                look_into(evaluate('(%s,)' % arguments), seen)
            except oss2.exceptions.ClientError:
                continue  # a model that refuses its arguments
    missing = [(cls, name) for cls, name, field in fields() if field.path and (cls, name) not in seen]
    assert set(missing) == TAKEN_APART, 'belong into wire_documents, wire_inputs or wire_newer'


def recorded_attributes() -> Seen:
    """What the results of 2.19.1 hold in the recordings."""
    seen: Seen = set()

    def look(value: Any) -> None:
        if isinstance(value, list):
            for item in value:
                look(item)
        elif isinstance(value, dict):
            for name, held in value.items():
                if 'class' in value and held not in (None, '', [], {}):
                    seen.add((value['class'], name))
                look(held)

    for path in sorted((COMPAT / 'recordings').glob('*.jsonl')):
        for line in path.read_text('utf-8').splitlines():
            if '"result"' in line:
                look(json.loads(line).get('result'))
    return seen


def test_every_field_of_a_header_is_in_an_answer() -> None:
    seen = recorded_attributes()
    for _, name, args, _, _, answer, _ in CASES:
        look_into(called(name, args, answer), seen)
    missing = {(cls, name) for cls, name, field in fields() if field.header and (cls, name) not in seen}
    assert missing == set(), 'belong into tests/compat/corpus, or into wire_newer'


def test_every_function_of_xml_utils_is_recorded() -> None:
    recorded = {json.loads(line)['case'].split('/')[1] for area in ('xml_parse', 'xml_build')
                for line in (COMPAT / 'recordings' / (area + '.jsonl')).read_text('utf-8').splitlines()}
    assert len(OPERATIONS['xml_utils']) > 108
    assert set(OPERATIONS['xml_utils']) - recorded == set()


def test_every_newer_operation_has_a_case() -> None:
    newer = {name for cls in (oss2.Bucket, oss2.Service) for name in calls.methods(cls)
             if name not in OPERATIONS[cls.__name__]}
    assert len(newer) >= 28
    made_of_others = {'bucket_exists'}  # see test_options.py
    assert newer - {case[1] for case in CASES} == made_of_others, 'belong into wire_newer'


def test_every_operation_is_recorded_in_both_directions() -> None:
    """A request that was sent, and a result of its answer."""
    sent, read = set(), set()
    for path in sorted((COMPAT / 'recordings').glob('*.jsonl')):
        for line in path.read_text('utf-8').splitlines():
            record = json.loads(line)
            name = record['case'].split('/')[1]
            sent.update([name] if record.get('requests') else [])
            read.update([name] if record.get('result') is not None else [])
    operations = set(OPERATIONS['Bucket']) | set(OPERATIONS['Service'])
    assert operations - sent == {'sign_url', 'sign_rtmp_url'}
    assert operations - read == set()


def test_every_operation_names_errors_that_there_are() -> None:
    for cls in (oss2.Bucket, oss2.Service):
        for name in calls.methods(cls):
            named = re.findall(r':raises (\w+): \S', getattr(cls, name).__doc__)
            assert named, name
            for error in named:
                kind = getattr(oss2.exceptions, error, None) or getattr(models, error, None) or getattr(builtins, error)
                assert issubclass(kind, Exception), (name, error)


def test_one_line_declares_a_field() -> None:
    """As CONTRIBUTING.md has it: constructor, reading and writing follow from the declaration."""
    @result('BucketInfo')
    class Info(models.GetBucketInfoResult):
        newest: Optional[int] = one('Bucket/Newest', INT, default=None)

    document = b'<BucketInfo><Bucket><Name>b</Name><Newest>5</Newest></Bucket></BucketInfo>'
    assert Info(Response()).newest is None
    found = xml_utils.parse_get_bucket_info(Info(Response()), document)
    assert (found.name, found.newest) == ('b', 5)
    assert to_document(found) == document


@pytest.mark.parametrize('at', [at for at, case in enumerate(CASES) if isinstance(case[5], str)],
                         ids=lambda at: '%s-%d' % (CASES[at][1], at))
def test_answers_to_newer_operations_may_lack_any_element(at: int) -> None:
    _, name, args, _, _, answer, _ = CASES[at]
    whole = called(name, args, answer)
    for label, body in variants(answer):
        if label.startswith(('delete', 'empty')):
            found = called(name, args, body.decode())
            assert set(vars(found)) == set(vars(whole)), label


def test_a_field_without_a_case_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    field = copy.copy(models.BucketStat._fields[0])  # type: ignore[attr-defined]
    field.name, field.path = 'newest', 'Newest'
    monkeypatch.setattr(models.BucketStat, '_own_fields', [field])
    with pytest.raises(AssertionError, match='newest'):
        test_every_field_of_a_document_is_in_one()
