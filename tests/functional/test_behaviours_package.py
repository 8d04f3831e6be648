"""What installing and importing the package does, and what it says of itself."""
from __future__ import annotations

import inspect
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import oss2

PROJECT = Path(__file__).parents[2] / 'pyproject.toml'


def described():
    """The dependencies and classifiers: those of the installed package, if it is this one, else of the checkout."""
    try:
        installed = metadata.metadata('oss2')
        if installed['Version'] == oss2.__version__:
            required = [line for line in metadata.requires('oss2') if 'extra ==' not in line]
            return required, installed.get_all('Classifier')
    except metadata.PackageNotFoundError:
        pass
    text = PROJECT.read_text(encoding='utf-8')
    return [re.findall(r'"([^"]+)"', re.search(r'^%s = \[(.*?)^\]' % name, text, re.DOTALL | re.MULTILINE).group(1))
            for name in ('dependencies', 'classifiers')]


def run(program, *options):
    return subprocess.run([sys.executable, *options, '-c', program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)


@pytest.mark.behaviour(4)
def test_it_needs_five_packages():
    names = {re.match(r'[\w-]+', line).group().lower() for line in described()[0]}
    assert names == {'requests', 'crcmod', 'pycryptodome', 'six', 'fastcrc'}


@pytest.mark.behaviour(4, 44)
def test_what_few_programs_need_is_not_loaded():
    # What measures the coverage is there before.
    done = run('import sys; before = set(sys.modules); import oss2\n'
               'print(sorted({name.split(".")[0] for name in set(sys.modules) - before}'
               ' & {"Crypto", "cryptography", "aliyunsdkcore", "aliyunsdkkms", "jmespath", "sqlite3", "asyncio"}))')
    assert done.stdout.strip() == '[]'


@pytest.mark.behaviour(34)
def test_no_module_warns_when_it_is_compiled_and_imported(tmp_path):
    done = run('import importlib, pkgutil, oss2\n'
               'for module in pkgutil.walk_packages(oss2.__path__, "oss2."):\n'
               '    if not module.name.startswith("oss2.emulator"):\n'
               '        importlib.import_module(module.name)',
               # What is compiled already does not warn again.
               '-X', 'pycache_prefix=%s' % tmp_path, '-W', 'error')
    assert done.returncode == 0, done.stdout.splitlines()[-1]


@pytest.mark.behaviour(34)
def test_the_classifiers_name_the_pythons_it_is_tested_with():
    named = {name.rpartition(' ')[2] for name in described()[1] if re.search(r'Python :: [\d.]+$', name)}
    assert '%d.%d' % sys.version_info[:2] in named
    tox = PROJECT.with_name('tox.ini').read_text(encoding='utf-8')
    tested = re.search(r'py\{([\d,]+)\}', tox).group(1).split(',')
    assert named == {'3', *('%s.%s' % (version[0], version[1:]) for version in tested)}


@pytest.mark.behaviour(6)
def test_the_checksum_is_compiled():
    assert oss2.utils.crc64_backend in ('fastcrc', 'crcmod')


@pytest.mark.behaviour(49)
@pytest.mark.parametrize('cls', [oss2.Bucket, oss2.Service, oss2.CryptoBucket, oss2.Session])
def test_all_that_is_public_is_documented_in_english(cls):
    docs = {name: inspect.getdoc(member) for name, member in inspect.getmembers(cls, inspect.isfunction)
            if not name.startswith('_')}
    docs[cls.__name__] = inspect.getdoc(cls)
    wrong = [name for name, doc in docs.items() if not doc or re.search('[\u4e00-\u9fff]{4}', doc)]
    assert wrong == []


@pytest.mark.behaviour(49)
@pytest.mark.parametrize('function', [
    oss2.resumable_upload, oss2.resumable_download, oss2.make_auth, oss2.determine_part_size])
def test_functions_are_documented_in_english(function):
    assert not re.search('[\u4e00-\u9fff]{4}', inspect.getdoc(function))
