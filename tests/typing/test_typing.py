"""The sample satisfies type checkers, is complete, and what it says of types is so when it runs."""
from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import json
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, Iterator, List, Set, Tuple

import pytest

import oss2
from oss2 import models, xml_utils

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SAMPLE = HERE / 'sample'
INTERFACE = json.loads((HERE.parent / 'compat' / 'interface.json').read_text(encoding='utf-8'))

sys.path[:0] = [str(HERE), str(HERE.parent / 'wire')]

from checked import assert_type, declared, fits  # noqa: E402
from wire_documents import ANSWERS  # noqa: E402
from wire_dumps import Response  # noqa: E402


def run(tool: str, *arguments: str) -> None:
    if importlib.util.find_spec(tool) is None:
        pytest.skip('%s is not installed; it comes with the extra lint' % tool)
    # What is imported here is what is checked: the tree, or the package as it is installed.
    is_tree = Path(str(oss2.__file__)).parent.parent == ROOT
    environment = dict(os.environ, **({'MYPYPATH': str(ROOT)} if is_tree else {}))
    done = subprocess.run([sys.executable, '-m', tool, *arguments], cwd=str(ROOT), env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.behaviour(11)
def test_mypy() -> None:
    run('mypy', '--strict', str(SAMPLE))


@pytest.mark.behaviour(11)
def test_pyright() -> None:
    """As strict as it can be, by the settings in pyproject.toml."""
    run('pyright', '--pythonpath', sys.executable)


class Uses(ast.NodeVisitor):
    """What a module of the sample reads of objects of which class, and what it calls."""

    def __init__(self, source: str) -> None:
        self.attributes: Set[Tuple[str, str]] = set()
        self.called: Set[str] = set()
        self.named: Set[str] = set()
        self._classes: Dict[str, str] = {}
        self.visit(ast.parse(source))

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._classes = {argument.arg: argument.annotation.attr for argument in node.args.args
                         if isinstance(argument.annotation, ast.Attribute)}
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        target, value = node.targets[0], node.value
        if isinstance(target, ast.Name) and isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
            self._classes[target.id] = value.func.attr
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute):
            self.called.add(node.func.attr)
        self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name):
            if node.value.id in self._classes:
                self.attributes.add((self._classes[node.value.id], node.attr))
            elif node.value.id == 'oss2':
                self.named.add(node.attr)
        self.generic_visit(node)


@lru_cache(maxsize=None)
def uses() -> Uses:
    found = Uses('')
    for path in sorted(SAMPLE.glob('*.py')):
        if path.stem == 'refused':
            continue
        one = Uses(path.read_text(encoding='utf-8'))
        found.attributes |= one.attributes
        found.called |= one.called
        found.named |= one.named
    return found


def model_classes() -> List[Any]:
    return [cls for cls in vars(models).values() if inspect.isclass(cls) and cls.__module__ == 'oss2.models']


def public(names: Any) -> Set[str]:
    return {name for name in names if not name.startswith('_')}


def annotated(cls: Any) -> Set[str]:
    """The public attributes that the body of a class declares."""
    return public(vars(cls).get('__annotations__', ()))


def own_members(cls: Any) -> Set[str]:
    """What a class declares itself, and what it had of its own in 2.19.1."""
    recorded = INTERFACE['oss2.models']['classes'].get(cls.__name__, {})
    had = {name for kind in ('attributes', 'properties', 'methods') for name in public(recorded.get(kind, ()))}
    inherited = set().union(*(annotated(base) for base in cls.__mro__[1:]))
    members = public(name for name, value in vars(cls).items() if hasattr(type(value), '__get__'))
    return annotated(cls) | members | (had - inherited)


@pytest.mark.parametrize('cls', [oss2.Bucket, oss2.Service])
def test_every_operation_is_in_the_sample(cls: Any) -> None:
    operations = public(name for name, _ in inspect.getmembers(cls, inspect.isfunction))
    operations |= public(INTERFACE['oss2.api']['classes'][cls.__name__]['methods'])
    used = {name for owner, name in uses().attributes if owner == cls.__name__}
    assert operations - used == set(), 'belong into sample/operations.py'


def test_every_member_of_every_model_is_in_the_sample() -> None:
    missing = ['%s.%s' % (cls.__name__, name) for cls in model_classes() for name in sorted(own_members(cls))
               if (cls.__name__, name) not in uses().attributes]
    assert not missing, '\n'.join(['belong into the module of sample/ that is named as theirs:', *missing])


def test_every_input_is_made_in_the_sample() -> None:
    made = [cls.__name__ for cls in model_classes()
            if inspect.signature(cls).parameters and 'resp' not in inspect.signature(cls).parameters]
    assert len(made) > 80
    assert set(made) - uses().called == set()


def test_every_class_and_function_of_the_package_is_in_the_sample() -> None:
    names = public(INTERFACE['oss2']['others']) | set(INTERFACE['oss2']['functions']) | public(oss2.__all__)
    names = {name for name in names if inspect.isclass(getattr(oss2, name)) or inspect.isfunction(getattr(oss2, name))}
    assert names - uses().named == set(), 'belong into sample/clients.py'


def test_the_sample_is_read_rightly() -> None:
    found = Uses('def f(a: models.A):\n    b = oss2.B(1)\n    g(a.x, b.y.z, c.w, oss2.h())\n')
    assert found.attributes == {('A', 'x'), ('B', 'y')}
    assert (found.called, found.named) == ({'B', 'h'}, {'B', 'h'})


OF_MODELS = {path.stem for path in SAMPLE.glob('*.py')} - {'__init__', 'clients', 'operations', 'program', 'refused'}


@pytest.mark.parametrize('module', sorted(OF_MODELS))
def test_inputs_hold_what_they_declare(module: str) -> None:
    """The functions that make inputs also run."""
    for name, function in sorted(vars(importlib.import_module('sample.' + module)).items()):
        if inspect.isfunction(function) and not inspect.signature(function).parameters:
            assert isinstance(function(), object), name


def objects_in(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from objects_in(each)
    elif type(value).__module__ == 'oss2.models':
        yield value
        for each in vars(value).values():
            yield from objects_in(each)


HEADERS = {
    'Content-Length': '5', 'Content-Type': 'a/b', 'ETag': '"E"', 'Last-Modified': 'Sat, 05 Dec 2015 11:10:29 GMT',
    'x-oss-hash-crc64ecma': '5', 'x-oss-next-append-position': '5', 'x-oss-symlink-target': 'a%2Fb',
    'x-oss-object-type': 'Normal', 'x-oss-version-id': 'v', 'x-oss-delete-marker': 'true', 'Content-Range': 'x',
    'x-oss-request-id': 'id'}
OF_HEADERS = ['HeadObjectResult', 'GetObjectResult', 'GetObjectMetaResult', 'GetSymlinkResult', 'PutObjectResult',
              'AppendObjectResult', 'RequestResult']


@pytest.mark.parametrize('name', sorted(ANSWERS) + OF_HEADERS)
def test_results_hold_what_they_declare(name: str) -> None:
    if name in ANSWERS:
        parse, cls, document = ANSWERS[name]
        result = getattr(xml_utils, parse)(getattr(models, cls)(Response(HEADERS)), document.encode())
    else:
        result = getattr(models, name)(Response(HEADERS))
    for found in objects_in(result):
        # Some values derive from RequestResult, as they did in 2.19.1, and have nothing of it.
        undone = set() if hasattr(found, 'resp') else set(declared(models.RequestResult)) - set(vars(found))
        wrong = ['%s.%s is %r, declared as %s' % (type(found).__name__, attribute, getattr(found, attribute), hint)
                 for attribute, hint in declared(type(found)).items()
                 if attribute not in undone and not fits(getattr(found, attribute), hint)]
        assert not wrong, '\n'.join(wrong)


@pytest.mark.parametrize(('value', 'expected', 'outcome'), [
    (1, int, True), (True, int, False), (1, float, True), ('1', int, False), (None, None, True), ([1], List[int], True),
    (['1'], List[int], False), ({'a': 1}, Dict[str, int], True), ({'a': '1'}, Dict[str, int], False), ((), Any, True),
])
def test_how_types_are_checked(value: Any, expected: Any, outcome: bool) -> None:
    assert fits(value, expected) is outcome
    if outcome:
        assert assert_type(value, expected) is value
    else:
        with pytest.raises(AssertionError):
            assert_type(value, expected)
