"""Local files: replaced as a whole or left alone."""
from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from typing import Any, BinaryIO, Iterator

# Behind such a name is what a process has open, maybe a regular file: a new one in its place would not be that.
_OPEN_FILE = re.compile(r'/dev/(stdout|stderr|fd/[0-9]+)\Z|/proc/[^/]+/fd/[0-9]+\Z')


def makedir_p(dirpath: str) -> None:
    """Make a folder and its parents; no error if it is there."""
    try:
        os.makedirs(dirpath)
    except OSError as exc:
        if exc.errno != errno.EEXIST:
            raise


def silently_remove(filename: str) -> None:
    """Remove a file; no error if there is none."""
    try:
        os.remove(filename)
    except FileNotFoundError:
        pass


def force_rename(src: str, dst: str) -> None:
    """Rename *src* to *dst*, which is replaced if it is there."""
    try:
        os.rename(src, dst)
    except FileExistsError:  # pragma: no cover - Windows
        os.replace(src, dst)


def check_target(filename: Any) -> None:
    """Fail before anything is fetched, if *filename* cannot be written for the folder it is in.

    :raises OSError: there is no such folder, or it is one itself
    """
    folder = os.path.dirname(os.path.realpath(filename))
    if not os.path.isdir(folder):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(filename))
    if os.path.isdir(filename):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(filename))


@contextlib.contextmanager
def replacing(filename: Any) -> Iterator[BinaryIO]:
    """A file to write that takes *filename*'s place when the block ends well.

    Until then an existing file is as it was, and after an error nothing new is left behind.  Permissions are those
    of the file replaced, or what `open()` gives a new one; a symbolic link stays, and its target is replaced.
    Devices, pipes and files that are open under another name (/dev/stdout) are written directly.
    """
    filename = os.fspath(filename)
    if _OPEN_FILE.match(os.fsdecode(filename)) or (os.path.exists(filename) and not os.path.isfile(filename)):
        with open(filename, 'wb') as out:
            yield out
        return
    target = os.path.realpath(filename)
    temporary = _beside(target)
    made = _made(temporary, filename)
    try:
        with made as out:
            with contextlib.suppress(FileNotFoundError):
                os.chmod(temporary, stat.S_IMODE(os.stat(target).st_mode))
            yield out
        os.replace(temporary, target)
    except BaseException:
        silently_remove(temporary)
        raise


def _made(temporary: Any, filename: Any) -> BinaryIO:
    """:raises OSError: the folder cannot be written to; it names the caller's file"""
    try:
        return open(temporary, 'xb')
    except OSError as exc:
        raise type(exc)(exc.errno, exc.strerror, filename) from exc


def _beside(target: Any) -> Any:
    folder, name = os.path.split(target)
    suffix = f'.{os.urandom(6).hex()}.tmp'
    if isinstance(name, bytes):
        return os.path.join(folder, b'.' + name[:200] + suffix.encode('ascii'))
    return os.path.join(folder, '.' + name[:50] + suffix)  # a name has at most 255 bytes, a character up to 4
