"""Faults as JSON: their kinds, and what values each takes, read off :class:`oss2.emulator.Faults`."""
from __future__ import annotations

import inspect
import typing
from functools import lru_cache
from typing import Any, Dict, List, Optional, Tuple

from ..faults import Fault, Faults
from .calls import Call, Refused, checked_text, shown

_NAMES: Dict[Any, str] = {int: 'integer', float: 'number', str: 'string', Dict[str, str]: 'object'}


def as_dict(fault: Fault) -> Dict[str, Any]:
    return {'id': fault.id, 'kind': fault.kind, 'remaining': fault.remaining, 'hits': fault.hits,
            'method': fault.method, 'key': fault.key, 'operation': fault.operation, 'values': fault.values}


@lru_cache(maxsize=None)
def _kinds() -> Dict[str, Dict[str, Tuple[Any, Any]]]:
    """By kind and name of a value: its type, and its default or ``inspect.Parameter.empty``."""
    found: Dict[str, Dict[str, Tuple[Any, Any]]] = {}
    for name, method in vars(Faults).items():
        if name.startswith('_') or not inspect.isfunction(method) or typing.get_type_hints(method).get(
                'return') is not Fault:
            continue
        hints = typing.get_type_hints(method)
        parameters = list(inspect.signature(method).parameters.values())[1:]
        found[name] = {one.name: (hints[one.name], one.default) for one in parameters if one.kind != one.VAR_KEYWORD}
    return found


def kinds() -> List[Dict[str, Any]]:
    """What there is, for a form to offer."""
    return [{
        'kind': kind,
        'description': inspect.getdoc(getattr(Faults, kind)),
        'values': [{
            'name': name, 'type': _NAMES[_plain(hint)],
            'required': default is inspect.Parameter.empty,
            'default': None if default is inspect.Parameter.empty else default,
        } for name, (hint, default) in values.items()],
    } for kind, values in _kinds().items()]


def add(call: Call) -> Fault:
    """The fault that a call describes, from now on at work.

    :raises Refused: it cannot be
    """
    kind = call.text('kind')
    known = _kinds().get(kind)
    if known is None:
        raise Refused('there is no kind of fault %r; there are %s' % (kind, ', '.join(_kinds())))
    given = call.fields.get('values')
    if given is None:
        given = {}
    if not isinstance(given, dict):
        raise Refused("'values' must be an object, not %s" % shown(given))
    unknown = sorted(given.keys() - known.keys())
    if unknown:
        raise Refused('%s takes no value %r; it takes %s' % (kind, unknown[0], ', '.join(known) or 'none'))
    values = {name: _checked(name, value, known[name][0]) for name, value in given.items()}
    lacking = [name for name, (_, default) in known.items() if default is inspect.Parameter.empty]
    lacking = [name for name in lacking if name not in values]
    if lacking:
        raise Refused('%s needs the value %r' % (kind, lacking[0]))
    _check_numbers(values)
    match = {name: call.text(name) for name in ('method', 'key', 'operation') if call.fields.get(name) is not None}
    fault: Fault = getattr(call.app.faults, kind)(**values, **match, times=_times(call))
    return fault


def _times(call: Call) -> Optional[int]:
    times = call.fields.get('times', 1)
    if times is None or (isinstance(times, int) and not isinstance(times, bool) and times >= 1):
        return times
    raise Refused("'times' must be an integer of 1 or more, or null for all requests, not %s" % shown(times))


def _checked(name: str, value: Any, hint: Any) -> Any:
    plain = _plain(hint)
    if value is None and plain is not hint:
        return None
    name = 'values.' + name
    if plain is str:
        return checked_text(name, value)
    if plain == Dict[str, str]:
        if isinstance(value, dict):
            return {_header(name, key): _header(name, one) for key, one in value.items()}
    elif not isinstance(value, bool) and isinstance(value, int if plain is int else (int, float)):
        return value
    raise Refused('%r must be of type %s, not %s' % (name, _NAMES[plain], shown(value)))


def _header(name: str, value: Any) -> str:
    text = checked_text(name, value)
    if any(not 32 <= ord(character) < 256 for character in text):
        raise Refused('%r: %s cannot be sent in a header' % (name, shown(text)))
    return text


def _check_numbers(values: Dict[str, Any]) -> None:
    """Refuse numbers with which no answer could be sent."""
    if 'location' in values:
        _header('values.location', values['location'])
    for name, least, most in (('status', 200, 599), ('size', 1, 2 ** 30), ('after', 0, 2 ** 40), ('delay', 0, 3600)):
        if values.get(name) is not None and not least <= values[name] <= most:
            raise Refused('%r must be from %d to %d, not %s' % ('values.' + name, least, most, values[name]))
    if 'seconds' in values and values['seconds'] is not None and abs(values['seconds']) > 1e9:
        raise Refused("'values.seconds' must be at most 1e9, not %s" % values['seconds'])


def _plain(hint: Any) -> Any:
    """The type in an ``Optional``; any other as it is."""
    arguments = [one for one in getattr(hint, '__args__', ()) if one is not type(None)]
    return arguments[0] if getattr(hint, '__origin__', None) is typing.Union else hint
