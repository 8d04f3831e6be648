"""Local files: replaced as a whole or left alone. The rest is in tests/functional/test_downloads.py."""
from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from oss2._files import replacing
from oss2.utils import force_rename, makedir_p, silently_remove


class Broken(BaseException):
    """Neither Exception nor Interrupt."""


@pytest.mark.parametrize('before', [b'before', None])
@pytest.mark.parametrize('kind', [str, Path, os.fsencode])
@pytest.mark.behaviour(7)
def test_replacing(before, kind, tmp_path):
    path = tmp_path / 'file'
    if before is not None:
        path.write_bytes(before)
    with replacing(kind(str(path))) as out:
        out.write(b'after')
        out.flush()
        assert (path.read_bytes() if path.exists() else None) == before
    assert path.read_bytes() == b'after'
    assert os.listdir(str(tmp_path)) == ['file']


@pytest.mark.parametrize('before', [b'before', None])
@pytest.mark.parametrize('exception', [ValueError, KeyboardInterrupt, Broken, GeneratorExit])
@pytest.mark.behaviour(7)
def test_a_failure_changes_nothing(before, exception, tmp_path):
    path = tmp_path / 'file'
    if before is not None:
        path.write_bytes(before)
    with pytest.raises(exception), replacing(path) as out:
        out.write(b'after')
        raise exception
    assert os.listdir(str(tmp_path)) == ([] if before is None else ['file'])
    assert before is None or path.read_bytes() == before


def test_the_error_names_the_file_that_was_asked_for(monkeypatch):
    def read_only(*args):
        raise OSError(errno.EROFS, 'Read-only file system', args[0])

    monkeypatch.setattr('builtins.open', read_only)
    monkeypatch.setattr('os.remove', read_only)
    with pytest.raises(OSError, match=r"Read-only file system: 'some file'\Z"), replacing('some file'):
        pass


def test_two_at_once_do_not_mix(tmp_path):
    path = tmp_path / 'file'
    with replacing(path) as first, replacing(path) as second:
        first.write(b'first' * 1000)
        second.write(b'second')
    assert path.read_bytes() == b'first' * 1000
    assert os.listdir(str(tmp_path)) == ['file']


def test_what_others_have_open_stays_as_it_was(tmp_path):
    """It is another file that takes the name."""
    path = tmp_path / 'file'
    path.write_bytes(b'before')
    with open(str(path), 'rb') as reader:
        with replacing(path) as out:
            out.write(b'after')
        assert reader.read() == b'before'


@pytest.mark.skipif(os.name != 'posix', reason='permissions as POSIX has them')
@pytest.mark.behaviour(7)
def test_others_cannot_read_what_they_could_not_before(tmp_path):
    """Not even while it is written."""
    path = tmp_path / 'file'
    path.write_bytes(b'secret')
    path.chmod(0o600)
    with replacing(path) as out:
        out.write(b'new secret')
        modes = {stat.S_IMODE(entry.stat().st_mode) for entry in tmp_path.iterdir()}
    assert modes == {0o600}


def test_makedir_p(tmp_path):
    for _ in range(2):
        makedir_p(str(tmp_path / 'a' / 'b'))
    assert (tmp_path / 'a' / 'b').is_dir()
    (tmp_path / 'file').touch()
    with pytest.raises(OSError):
        makedir_p(str(tmp_path / 'file' / 'a'))


def test_silently_remove(tmp_path):
    (tmp_path / 'file').touch()
    silently_remove(str(tmp_path / 'file'))
    silently_remove(str(tmp_path / 'file'))
    assert os.listdir(str(tmp_path)) == []
    with pytest.raises(OSError):
        silently_remove(str(tmp_path))


def test_force_rename(tmp_path):
    (tmp_path / 'a').write_text('a')
    (tmp_path / 'b').write_text('b')
    force_rename(str(tmp_path / 'a'), str(tmp_path / 'b'))
    assert (tmp_path / 'b').read_text() == 'a'
    assert os.listdir(str(tmp_path)) == ['b']
    with pytest.raises(OSError):
        force_rename(str(tmp_path / 'nothing'), str(tmp_path / 'b'))
    assert (tmp_path / 'b').read_text() == 'a'


def test_a_folder_that_takes_no_file(tmp_path, monkeypatch):
    """The error names the caller's file, not the one that would have become it."""
    def refuse(name, mode):
        raise PermissionError(13, 'Permission denied', name)

    monkeypatch.setattr('oss2._files.open', refuse, raising=False)
    target = str(tmp_path / 'file')
    with pytest.raises(PermissionError) as caught, replacing(target):
        pass
    assert caught.value.filename == target
    assert list(tmp_path.iterdir()) == []
