"""The virtual environments of the contestants, made once under ``.benchmarks`` and used again."""
from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Callable, Sequence

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / '.benchmarks'
ORACLE = 'oss2==2.19.1'


def cache() -> Path:
    CACHE.mkdir(exist_ok=True)
    (CACHE / '.gitignore').write_text('*\n')
    return CACHE


def oracle() -> Path:
    """The interpreter of an environment that has the oracle."""
    return _environment('oracle', ORACLE, lambda: [ORACLE])


def ours() -> Path:
    """The interpreter of an environment that has this checkout, as it is now."""
    with tempfile.TemporaryDirectory() as directory:
        return _environment('ours', _digest(), lambda: ['--force-reinstall', _copy(Path(directory)) + '[emulator]'])


def _environment(name: str, stamp: str, requirements: Callable[[], Sequence[str]]) -> Path:
    home = cache() / f'{name}-{sys.version_info[0]}.{sys.version_info[1]}'
    python = home / ('Scripts/python.exe' if os.name == 'nt' else 'bin/python')
    stamped = home / 'stamp'
    if stamped.exists() and stamped.read_text() == stamp:
        return python
    print(f'installing {name} in {home}', file=sys.stderr)
    if not python.exists():
        venv.create(home, with_pip=True)
    _pip(python, requirements())
    stamped.write_text(stamp)
    return python


def _pip(python: Path, requirements: Sequence[str]) -> None:
    subprocess.run([str(python), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', *requirements],
                   stdout=sys.stderr, check=True)


def _sources() -> Sequence[Path]:
    package = (path for path in (ROOT / 'oss2').rglob('*') if path.is_file() and path.suffix != '.pyc')
    return sorted([*package, *ROOT.glob('pyproject.toml'), *ROOT.glob('setup.py'), *ROOT.glob('README*')])


def _digest() -> str:
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(b'%s\0%s\0' % (str(path.relative_to(ROOT)).encode(), path.read_bytes()))
    return digest.hexdigest()


def _copy(directory: Path) -> str:
    """Copy the sources, so that building leaves nothing in the checkout."""
    for path in _sources():
        target = directory / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return str(directory)
