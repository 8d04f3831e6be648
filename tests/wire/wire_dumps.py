"""Objects as plain data that can be stored and compared, under whichever oss2 is installed."""
from __future__ import annotations

import datetime
import inspect
from typing import Any, Dict, List

from requests.structures import CaseInsensitiveDict
from wire_documents import ANSWERS, variants
from wire_inputs import CALLS, CONSTRUCTIONS, names

import oss2.models
import oss2.xml_utils

RAISES = 'raises'
_OF_RESPONSE = ('resp', 'headers', 'request_id')


class Response:
    """All that a result needs of a response."""

    status = 200
    request_id = '5F7B'

    def __init__(self, headers: Any = None, body: bytes = b'') -> None:
        self.headers = CaseInsensitiveDict(headers or {})
        self.body = body

    def read(self, amt: Any = None) -> bytes:
        return self.body


def dump(value: Any) -> Any:
    """Plain data with the attributes of `value`, of the values in it, and their classes."""
    if isinstance(value, (list, tuple)):
        return [dump(item) for item in value]
    if isinstance(value, dict):
        return {str(key): dump(item) for key, item in value.items()}
    if isinstance(value, datetime.date):
        return 'date ' + value.isoformat()
    if isinstance(value, float):
        return 'float %r' % value
    if isinstance(value, Response):
        return 'the response'
    if hasattr(value, '__dict__'):
        attributes = {name: dump(item) for name, item in vars(value).items()
                      if name not in _OF_RESPONSE and not name.startswith('_')}
        return dict(attributes, **{'': type(value).__name__})
    return value


def flat(value: Any, path: str = '') -> Dict[str, Any]:
    """A dump with one entry for each leaf."""
    if isinstance(value, dict) and value:
        return {p: v for key, item in value.items() for p, v in flat(item, '%s.%s' % (path, key)).items()}
    if isinstance(value, list) and value:
        return {p: v for i, item in enumerate(value) for p, v in flat(item, '%s[%d]' % (path, i)).items()}
    return {path: value}


def of_2_19_1(dump: Dict[str, Any], recorded: Dict[str, Any], classes: Dict[str, Any]) -> Dict[str, Any]:
    """The entries of a flat dump but for attributes that oss2 2.19.1 does not have.

    :param recorded: its own dump
    :param classes: what tests/compat/interface.json says of its classes
    """
    return {path: value for path, value in dump.items() if path in recorded or not _is_newer(path, dump, classes)}


def _is_newer(path: str, dump: Dict[str, Any], classes: Dict[str, Any]) -> bool:
    owner = ''
    for step in path.split('.')[1:]:
        known = classes.get(dump.get(owner + '.', ''))
        attribute = step.partition('[')[0]
        if known is not None and attribute and not _has(known, attribute, classes):
            return True
        owner += '.' + step
    return False


def _has(known: Dict[str, Any], attribute: str, classes: Dict[str, Any]) -> bool:
    return attribute in known.get('attributes', ()) or any(
        _has(classes[base], attribute, classes) for base in known.get('bases', ()) if base in classes)


def change(before: Dict[str, Any], after: Dict[str, Any]) -> List[Any]:
    """What has to be removed from the one and set in it to get the other."""
    gone = sorted(set(before) - set(after))
    return [gone, {path: value for path, value in after.items() if path not in before or before[path] != value}]


def answer(name: str, body: bytes) -> Any:
    parse_name, class_name, _ = ANSWERS[name]
    result = getattr(oss2.models, class_name)(Response())
    try:
        getattr(oss2.xml_utils, parse_name)(result, body)
    except Exception:
        return RAISES
    return flat(dump(result))


def answers() -> Dict[str, Any]:
    """For each document the dump, and for each variant of it how it differs."""
    out = {}
    for name, (_, _, document) in ANSWERS.items():
        whole = answer(name, document.encode('utf-8'))
        changes = {}
        for label, body in variants(document):
            found = answer(name, body)
            if found != whole:
                changes[label] = found if found == RAISES else change(whole, found)
        out[name] = {'whole': whole, 'changes': changes}
    return out


def evaluate(expression: str) -> Any:
    return eval(expression, names(oss2.models, Response()))


def call(function: str, arguments: str) -> Any:
    """The text that a function of `xml_utils` makes."""
    try:
        made = getattr(oss2.xml_utils, function)(*evaluate('(%s,)' % arguments))
    except Exception:
        return RAISES
    return made.decode('utf-8') if isinstance(made, bytes) else made


def construct(expression: str) -> Any:
    """The attributes that a constructor sets."""
    try:
        return flat(dump(evaluate(expression)))
    except Exception:
        return RAISES


def constructions() -> List[str]:
    """Calls of each constructor: with what it demands, with everything, with None for everything, by keyword."""
    out = list(CONSTRUCTIONS)
    for name, cls in sorted(vars(oss2.models).items()):
        if not inspect.isclass(cls) or cls.__module__ != 'oss2.models' or 'Select' in name:
            continue
        parameters = list(inspect.signature(cls.__init__).parameters.values())[1:]
        if any(p.kind is not p.POSITIONAL_OR_KEYWORD for p in parameters):
            parameters = []
        if parameters and parameters[0].name == 'resp':
            out.append('%s(RESPONSE)' % name)
            continue
        demanded = [p.name for p in parameters if p.default is p.empty]
        out.append('%s(%s)' % (name, ', '.join(map(repr, demanded))))
        out.append('%s(%s)' % (name, ', '.join(repr(p.name) for p in parameters)))
        out.append('%s(%s)' % (name, ', '.join('%s=%r' % (p.name, p.name) for p in parameters)))
        out.append('%s(%s)' % (name, ', '.join('None' for _ in parameters)))
    return list(dict.fromkeys(out))


def requests() -> Dict[str, Any]:
    """For each call of a function the text it makes."""
    return {function: {arguments: call(function, arguments) for arguments in calls}
            for function, calls in CALLS.items()}


def models() -> Dict[str, Any]:
    """For each call of a constructor the attributes it sets."""
    return {expression: construct(expression) for expression in constructions()}
