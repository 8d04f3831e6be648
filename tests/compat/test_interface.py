"""Every name of oss2 2.19.1 is where it was, and can be used as it could.

A function may take more parameters, behind those of 2.19.1 and with defaults; a class may have more members and bases.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import warnings
from typing import Any, Dict, Iterator, List, Tuple

import pytest
from interface import NOT_MADE, instance, plain, signature
from record_interface import read

import oss2

RECORDED = read()
NOTHING = '<no default>'


def parameters(written: str) -> List[Tuple[str, str]]:
    """Names and defaults as written; stars belong to the names."""
    arguments = ast.parse('def f(%s): pass' % written).body[0].args  # type: ignore[attr-defined]
    defaults = [NOTHING] * (len(arguments.args) - len(arguments.defaults)) + [
        ast.dump(default) for default in arguments.defaults]
    found = [(argument.arg, default) for argument, default in zip(arguments.args, defaults)]
    for star, argument in (('*', arguments.vararg), ('**', arguments.kwarg)):
        if argument is not None:
            found.append((star + argument.arg, NOTHING))
    return found


ANY = parameters('x=...')[0][1]


def difference(wanted: str, found: str) -> str:
    """What a call that fits the wanted signature may find different, '' for nothing."""
    promised = [each for each in parameters(wanted) if not each[0].startswith('*')]
    own = parameters(found)
    for star in ('*', '**'):
        if any(name.strip('*') and name.count('*') == len(star) for name, _ in parameters(wanted)) and not any(
                name.count('*') == len(star) for name, _ in own):
            return '(%s) does not take %s of (%s)' % (found, star, wanted)
    own = [each for each in own if not each[0].startswith('*')]
    for (name, default), (own_name, own_default) in zip(promised, own):
        same = default == own_default or (default == ANY and own_default != NOTHING)
        if name != own_name or not same:
            return '%s of (%s) should be as in (%s)' % (own_name, found, wanted)
    if len(own) < len(promised) or any(default == NOTHING for _, default in own[len(promised):]):
        return '(%s) should be (%s), and more with defaults' % (found, wanted)
    return ''


def class_differences(cls: Any, wanted: Dict[str, Any]) -> Iterator[Tuple[str, str]]:
    if not inspect.isclass(cls):
        yield '', 'is no class'
        return
    missing = set(wanted.get('bases', ())) - {base.__name__ for base in cls.__mro__}
    if missing:
        yield '', 'does not derive from ' + ', '.join(sorted(missing))
    if 'constructor' in wanted:
        yield '()', difference(wanted['constructor'], signature(cls))
    for name, written in wanted.get('methods', {}).items():
        yield '.' + name, difference(written, signature(getattr(cls, name))) if hasattr(cls, name) else 'missing'
    for name, value in wanted.get('constants', {}).items():
        yield '.' + name, '' if getattr(cls, name, NOTHING) == value else 'should be %r' % (value,)
    if cls.__name__ not in NOT_MADE:
        made = instance(oss2, cls)
        for name in wanted.get('attributes', []) + wanted.get('properties', []):
            yield '.' + name, '' if hasattr(made, name) else 'missing'


def differences(module: Any, wanted: Dict[str, Any]) -> Iterator[Tuple[str, str]]:
    for name, value in wanted.get('constants', {}).items():
        own = getattr(module, name, NOTHING)
        yield name, '' if plain(own) and own == value else 'should be %r' % (value,)
    for name, written in wanted.get('functions', {}).items():
        own = getattr(module, name, None)
        yield name, difference(written, signature(own)) if callable(own) else 'missing'
    for name, members in wanted.get('classes', {}).items():
        if not hasattr(module, name):
            yield name, 'missing'
            continue
        for where, what in class_differences(getattr(module, name), members):
            yield name + where, what
    for name in wanted.get('others', ()):
        yield name, '' if hasattr(module, name) else 'cannot be imported from here'


@pytest.mark.parametrize('name', sorted(RECORDED))
def test_the_interface_of_2_19_1(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', DeprecationWarning)
        module = importlib.import_module(name)
        found = ['%s.%s: %s' % (name, where, what) for where, what in differences(module, RECORDED[name]) if what]
    assert not found, '\n'.join(found)


def test_names_are_promised_that_are_shown() -> None:
    """`from oss2 import *` gives no less than it did, but for modules."""
    own = {name for name in RECORDED['oss2']['others'] + list(RECORDED['oss2']['functions'])
           if not name.startswith('_') and name != 'logger'}
    assert own - set(oss2.__all__) - {name for name in own if inspect.ismodule(getattr(oss2, name))} == set()


@pytest.mark.parametrize(('wanted', 'found', 'fits'), [
    ('a, b=1', 'a, b=1', True), ('a, b=1', 'a, b=1, c=None', True), ('a, b=1', 'a, b=1, c=None, **d', True),
    ('a, b=...', 'a, b=None', True), ('a, b=...', 'a, b', False), ('a, b=1', 'a, b=2', False),
    ('a, b=1', 'a, b=None', False), ('a, b=1', 'b, a=1', False), ('a, b', 'a', False), ('a', 'a, b', False),
    ('a', 'a=1', False), ('a=None', 'a', False), ('*a', '*b', True), ('a, **b', 'a, b=None', False),
    ('*a', '**a', False), ('a=1', 'a=True', False), ("a='x'", "a='x'", True),
])
def test_what_counts_as_a_difference(wanted: str, found: str, fits: bool) -> None:
    assert (difference(wanted, found) == '') is fits


@pytest.mark.parametrize('change', [
    {'functions': {'http_date': 'timeval'}}, {'functions': {'no_such_function': ''}}, {'others': ['NoSuchName']},
    {'constants': {'_CHUNK_SIZE': 1}}, {'constants': {'NO_SUCH_CONSTANT': None}}, {'classes': {'NoSuchClass': {}}},
    {'classes': {'Crc64': {'bases': ['Crc32']}}}, {'classes': {'Crc64': {'methods': {'no_such_method': ''}}}},
    {'classes': {'Crc64': {'attributes': ['no_such_attribute']}}},
    {'classes': {'Crc64': {'constructor': 'init_crc=1'}}},
    {'classes': {'Crc64': {'constants': {'_POLY': 1}}}}, {'classes': {'http_date': {}}},
])
def test_differences_are_found(change: Dict[str, Any]) -> None:
    assert [what for _, what in differences(oss2.utils, change) if what]
