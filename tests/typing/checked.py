"""What a type checker says of the sample, asserted of values at run time."""
from __future__ import annotations

import collections.abc
import datetime
import typing
from typing import Any, Dict, Union

import oss2
from oss2.select_response import SelectResponseAdapter

# Where the annotations of models are evaluated: they stand in several modules.
NAMES = {**vars(typing), **vars(oss2.models), 'datetime': datetime, 'SelectResponseAdapter': SelectResponseAdapter}


def fits(value: Any, expected: Any) -> bool:
    """Whether a value is of a type; a bool is no int here, an int is a float."""
    origin = typing.get_origin(expected)
    arguments = typing.get_args(expected)
    if expected is Any:
        return True
    if expected is None:
        return value is None
    if origin is Union:
        return any(fits(value, each) for each in arguments)
    if origin is list:
        return type(value) is list and all(fits(each, arguments[0]) for each in value)
    if origin in (dict, collections.abc.Mapping):
        key, of = arguments
        return isinstance(value, origin) and all(fits(k, key) and fits(v, of) for k, v in value.items())
    if expected in (bool, int, str):
        return type(value) is expected
    return isinstance(value, (int, float) if expected is float else origin or expected)


def assert_type(value: Any, expected: Any) -> Any:
    assert fits(value, expected), '%r is no %s' % (value, expected)
    return value


def declared(cls: type) -> Dict[str, Any]:
    """The types of the public attributes that a class and its bases declare."""
    return {name: hint for name, hint in typing.get_type_hints(cls, NAMES).items() if not name.startswith('_')}
