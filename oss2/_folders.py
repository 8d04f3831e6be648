"""Folders as objects: which files there are, which names are safe to write, and which objects are the same already."""
from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from typing import Dict, Iterable, Iterator, Optional, Tuple

from .exceptions import ClientError

_DRIVE = re.compile(r'[A-Za-z]:')

# What Windows does not take in a name, or takes for something else than a file.
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\x01-\x1f]|[. ]\Z|(?i:(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z))')


@dataclass(frozen=True)
class Found:
    """What a folder holds.

    :param name: path from the folder on, with '/'; that of a folder ends in one
    :param mtime: Unix seconds
    :param reason: why it is not to be uploaded, '' if it is
    :param error: why it cannot be
    """

    path: str
    name: str
    size: int = 0
    mtime: float = 0.0
    reason: str = ''
    error: Optional[OSError] = None


def key_prefix(prefix: str) -> str:
    """What the keys of a folder's objects begin with: '' or something that ends in '/'.

    :raises ClientError: no key may begin so
    """
    if not isinstance(prefix, str):
        raise ClientError(f'prefix must be a str, not {type(prefix).__name__}')
    if prefix.startswith(('/', '\\')):
        raise ClientError(f'prefix {prefix!r}: no key begins with a slash, leave it out')
    return prefix if not prefix or prefix.endswith('/') else prefix + '/'


def walk(folder: str, follow_symlinks: bool) -> Iterator[Found]:
    """The files below *folder*, and the folders in it that are empty.

    :raises OSError: it is no folder, or cannot be read
    """
    os.scandir(folder).close()
    return _walk(folder, '', follow_symlinks, ())


def _walk(folder: str, prefix: str, follow: bool, above: Tuple[Tuple[int, int], ...]) -> Iterator[Found]:
    try:
        info = os.stat(folder)
        if (info.st_dev, info.st_ino) in above:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), folder)
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as exc:
        yield Found(folder, prefix, error=exc)
        return
    if prefix and not entries:
        yield Found(folder, prefix)
    for entry in entries:
        if entry.is_symlink() and not follow:
            yield Found(entry.path, prefix + entry.name, reason='it is a symbolic link')
        elif entry.is_dir():
            yield from _walk(entry.path, f'{prefix}{entry.name}/', follow, (*above, (info.st_dev, info.st_ino)))
        else:
            yield _file(entry.path, prefix + entry.name)


def _file(path: str, name: str) -> Found:
    try:
        info = os.stat(path)
    except OSError as exc:  # a link to nothing, or a file that is gone
        return Found(path, name, error=exc)
    reason = '' if stat.S_ISREG(info.st_mode) else 'it is no regular file'
    return Found(path, name, info.st_size, info.st_mtime, reason)


def check_name(name: str, on_windows: bool) -> None:
    """:raises ClientError: written below a folder, the rest of a key that this is would be elsewhere or something else

    :param on_windows: whether Windows's further rules count
    """
    for part in (name[:-1] if name.endswith('/') else name).split('/'):
        if part in ('', '.', '..'):
            why = 'its path is absolute or has an empty step, "." or ".."'
        elif '\\' in part or '\0' in part:
            why = 'it has a backslash or a NUL'
        elif _DRIVE.match(part):
            why = 'it has a drive letter'
        elif on_windows and _NOT_ON_WINDOWS.search(part):
            why = 'Windows does not take such a name'
        else:
            continue
        raise ClientError(f'{name!r} is not written to a file: {why}')


def clashes(names: Iterable[str], ignore_case: bool) -> Dict[str, str]:
    """Those of the *names* that cannot be files beside the others, and why."""
    found: Dict[str, str] = {}
    first: Dict[str, str] = {}
    parents: Dict[str, str] = {}
    ordered = sorted(names)
    for name in ordered:
        plain = _folded(name, ignore_case)
        other = first.setdefault(plain, name)
        if other != name:
            found[name] = f'{name!r} and {other!r} are one file here'
        steps = plain.rstrip('/').split('/')
        for end in range(1, len(steps) + name.endswith('/')):
            parents.setdefault('/'.join(steps[:end]), name)
    for name in ordered:
        below = parents.get(_folded(name, ignore_case))
        if below is not None and not name.endswith('/'):
            found[name] = f'{name!r} cannot be a file, as {below!r} makes it a folder'
    return found


def _folded(name: str, ignore_case: bool) -> str:
    return unicodedata.normalize('NFC', name).casefold() if ignore_case else name


def ignores_case(folder: str) -> bool:
    """Whether 'a' and 'A' are one file in *folder*, as far as its path tells."""
    path = os.path.realpath(folder)
    while True:
        parent, name = os.path.split(path)
        if not name:
            return os.name == 'nt'
        if name.swapcase() != name and os.path.exists(path):
            try:
                return os.path.samefile(path, os.path.join(parent, name.swapcase()))
            except OSError:
                return False
        path = parent


def target_of(folder: str, name: str) -> str:
    """The path to write an object to, where `check_name` has nothing against its name.

    :raises ClientError: a symbolic link on the way leads out of *folder*, or a pipe or a device is there
    """
    path = os.path.join(folder, *name.rstrip('/').split('/'))
    root, real = os.path.realpath(folder), os.path.realpath(path)
    try:
        is_below = os.path.commonpath([root, real]) == root
    except ValueError:  # pragma: no cover - Windows, on another drive
        is_below = False
    if not is_below:
        raise ClientError(f'{name!r} is not written to a file: a symbolic link leads out of the folder')
    if os.path.exists(real) and not (os.path.isfile(real) or os.path.isdir(real)):
        raise ClientError(f'{name!r} is not written: {path} is neither a file nor a folder')
    return path
