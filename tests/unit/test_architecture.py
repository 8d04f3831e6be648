"""Imports point one way, and importing the package costs little."""

from __future__ import annotations

import ast
import functools
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import oss2

PACKAGE = Path(oss2.__file__).parent
FILES = {
    '.'.join(['oss2', *path.relative_to(PACKAGE).with_suffix('').parts]).replace('.__init__', ''): path
    for path in sorted(PACKAGE.rglob('*.py'))
}


@functools.lru_cache(maxsize=1)
def trees():
    return {module: ast.parse(path.read_text(encoding='utf-8')) for module, path in FILES.items()}


def is_for_type_checkers(node):
    return isinstance(node, ast.If) and 'TYPE_CHECKING' in ast.dump(node.test)


def nodes_of(tree, everywhere):
    """Import statements; those in functions only if *everywhere*."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif is_for_type_checkers(node) or (
            isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not everywhere
        ):
            continue
        else:
            yield from nodes_of(node, everywhere)


def imports_of(module, everywhere=False):
    """The modules of the package that a module imports; a name of a package counts as the package."""
    package = module if FILES[module].name == '__init__.py' else module.rpartition('.')[0]
    found = set()
    for node in nodes_of(trees()[module], everywhere):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names if alias.name.split('.')[0] == 'oss2')
            continue
        base = node.module or ''
        if node.level:
            parents = package.split('.')
            base = '.'.join(parents[: len(parents) - node.level + 1] + ([node.module] if node.module else []))
        if base.split('.')[0] == 'oss2':
            found.update(base + '.' + alias.name if base + '.' + alias.name in FILES else base for alias in node.names)
    return found - {module}


GRAPH = {module: imports_of(module) for module in FILES}


def reached_from(module):
    """All that importing a module imports, but for the package itself, which imports everything."""
    seen, to_do = set(), [module]
    while to_do:
        for found in GRAPH[to_do.pop()] - seen - {'oss2'}:
            seen.add(found)
            to_do.append(found)
    return seen


def room(name):
    """The modules of a room: a module, or a package and what is in it."""
    return [module for module in FILES if module == 'oss2.' + name or module.startswith('oss2.%s.' % name)]


CHAINS = [
    [['_dates', 'headers', 'defaults', 'compat'], ['_xml'], ['models'], ['xml_utils']],
    [['credentials', '_signing'], ['auth']],
    [['http', 'exceptions'], ['_client'], ['operations'], ['api'], ['iterators', 'crypto_bucket', 'resumable']],
]
PAIRS = [
    (lower, higher)
    for chain in CHAINS
    for index, level in enumerate(chain)
    for lower in level
    for later in chain[index + 1 :]
    for higher in later
]


def test_the_rooms_are_there():
    for name in {name for pair in PAIRS for name in pair}:
        assert room(name), name


@pytest.mark.parametrize(('lower', 'higher'), PAIRS)
def test_imports_point_one_way(lower, higher):
    above = set(room(higher))
    for module in room(lower):
        assert not reached_from(module) & above, module


def test_no_module_imports_itself_by_a_detour():
    for module in FILES:
        if module != 'oss2' and FILES[module].name != '__init__.py':
            assert module not in reached_from(module)


def test_nothing_imports_the_emulator():
    for module in FILES:
        if not module.startswith('oss2.emulator'):
            assert not {found for found in imports_of(module, everywhere=True) if found.startswith('oss2.emulator')}, (
                module
            )


def test_one_caller_of_the_seam_to_the_network():
    """And one that speaks to another service, KMS."""
    callers = set()
    for module, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == 'do_request':
                callers.add(module)
    assert callers - {'oss2._kms'} == {'oss2._client'}


def test_operations_do_not_touch_the_session():
    for module in room('operations'):
        text = FILES[module].read_text(encoding='utf-8')
        for name in ('self.session', 'import requests', 'urllib3'):
            assert name not in text, '%s has %s' % (module, name)


# What requests and its kin do at import is theirs: they come first.
PROGRAM = textwrap.dedent('''
    import sys
    import crcmod, fastcrc, requests, six
    before = set(sys.modules)
    opened = []

    def watch(event, args):
        if event.startswith('socket.') or event in ('subprocess.Popen', 'os.mkdir'):
            opened.append((event, args))
        elif event == 'open' and not str(args[0]).endswith(('.py', '.pyc', '.so', '.pyd')):
            opened.append((event, args))

    sys.addaudithook(watch)
    import oss2
    del watch
    print(opened)
    print(sorted({name.split('.')[0] for name in set(sys.modules) - before} & set(sys.argv[1].split())))
    print('oss2.emulator' in sys.modules)
''')


@pytest.mark.behaviour(44)
def test_importing_it_touches_nothing_and_imports_little():
    unwanted = 'Crypto Cryptodome uvicorn httptools h11 defusedxml pytest aliyunsdkcore asyncio sqlite3'
    environment = dict(os.environ, PYTHONPATH=str(PACKAGE.parent), PYTHONDONTWRITEBYTECODE='1')
    done = subprocess.run(
        [sys.executable, '-W', 'error', '-c', PROGRAM, unwanted],
        capture_output=True,
        env=environment,
        cwd=str(PACKAGE.parent),
        check=False,
    )
    assert done.stderr == b''
    assert done.stdout.decode().splitlines() == ['[]', '[]', 'False']


@pytest.mark.behaviour(11)
def test_the_library_is_typed_and_declares_its_names():
    assert (PACKAGE / 'py.typed').exists()
    missing = [name for name in oss2.__all__ if not hasattr(oss2, name)]
    assert missing == []
