"""The examples, and all Python in the documentation, run against the emulator."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import oss2

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    path
    for path in [ROOT / 'README.md', ROOT / 'README.zh-CN.md', *sorted((ROOT / 'docs').glob('*.md'))]
    if path.exists()
]
# The one for Dask is run by tests/peers, which has what it needs.
EXAMPLES = sorted(path for path in (ROOT / 'examples').glob('*.py') if path.name != 'dask_dataframe.py')

# A snippet whose document says so above it is shown for what it would do elsewhere.
NOT_RUN = '<!-- not run -->'

_FENCE = re.compile(r'^```(\w*)')


@pytest.fixture
def here(oss_bucket, oss_emulator, monkeypatch, tmp_path):
    """Working folder and environment as the documents describe them."""
    monkeypatch.chdir(tmp_path)
    for name in ('HOME', 'USERPROFILE'):  # of the checkpoints
        monkeypatch.setenv(name, str(tmp_path))
    for name, value in {
        'OSS_ENDPOINT': oss_emulator.endpoint,
        'OSS_REGION': oss_emulator.region,
        'OSS_BUCKET': oss_bucket.bucket_name,
        'OSS_ACCESS_KEY_ID': oss_emulator.credentials.access_key_id,
        'OSS_ACCESS_KEY_SECRET': oss_emulator.credentials.access_key_secret,
    }.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def python_of(document):
    """Its Python as one program, each line where it stands in the document."""
    lines, language, is_run = [], None, True
    for line in document.read_text(encoding='utf-8').splitlines():
        fence = _FENCE.match(line)
        shown = ''
        if fence and language is None:
            language = fence.group(1) or 'text'
        elif fence:
            language, is_run = None, True
        elif language is None:
            if line.strip():
                is_run = line.strip() != NOT_RUN
        elif language == 'python' and is_run:
            shown = line
        lines.append(shown)
    return '\n'.join(lines)


@pytest.mark.parametrize('document', DOCUMENTS, ids=lambda path: path.name)
def test_the_python_in_the_documentation_runs(document, here):
    program = compile(python_of(document), str(document), 'exec', dont_inherit=True)
    names = {'__name__': '__main__', '__file__': str(document)}
    exec(program, names)
    for value in names.values():
        if isinstance(value, (oss2.Bucket, oss2.Service)):
            value.close()


def test_there_is_python_in_the_readme():
    assert 'bucket.put_object' in python_of(ROOT / 'README.md')


@pytest.mark.behaviour(49)
@pytest.mark.parametrize(
    ('example', 'where'),
    [*((path, 'by itself') for path in EXAMPLES), (ROOT / 'examples' / 'quickstart.py', 'elsewhere')],
    ids=lambda value: getattr(value, 'name', value),
)
def test_the_examples_run(example, where, here):
    """By themselves they start an emulator; with an environment they use the OSS it names."""
    environment = dict(os.environ, PYTHONPATH=str(Path(oss2.__file__).parents[1]), PYTHONIOENCODING='utf-8')
    if where == 'by itself':
        environment = {name: value for name, value in environment.items() if not name.startswith('OSS_')}
    done = subprocess.run(
        [sys.executable, '-W', 'error', str(example)],
        env=environment,
        cwd=str(here),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, '')
    assert done.stdout
