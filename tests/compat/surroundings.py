"""What a case is played in: a clock that stands still, a network that leads here, a folder of its own."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import mimetypes
import os
import re
import socket
import sys
import time
from typing import Any, Dict, Iterator, List, Tuple
from unittest import mock

NOW = 1700000000.0
# Python's own table changes from version to version.
TYPES = {
    '.avi': 'video/x-msvideo',
    '.css': 'text/css',
    '.csv': 'text/csv',
    '.doc': 'application/msword',
    '.html': 'text/html',
    '.jpg': 'image/jpeg',
    '.json': 'application/json',
    '.md': 'text/markdown',
    '.mp3': 'audio/mpeg',
    '.mp4': 'video/mp4',
    '.pdf': 'application/pdf',
    '.png': 'image/png',
    '.svg': 'image/svg+xml',
    '.tar': 'application/x-tar',
    '.txt': 'text/plain',
    '.wasm': 'application/wasm',
    '.xls': 'application/vnd.ms-excel',
    '.xml': 'text/xml',
    '.zip': 'application/zip',
}


class World:
    """What the values of a case are made with: the library, a folder of its own, and notes taken while it plays."""

    def __init__(self, oss2: Any, folder: str) -> None:
        self.oss2 = oss2
        self.folder = folder
        self.progress: List[List[Any]] = []
        self.closing: List[Any] = []
        self.given: Dict[str, bytes] = {}
        self.names: List[str] = []


@contextlib.contextmanager
def surroundings(oss2: Any, folder: str, address: Tuple[str, int]) -> Iterator[None]:
    """Everything below at once."""
    here = [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, '', address)]
    with contextlib.ExitStack() as entered:
        entered.enter_context(still_clock())
        entered.enter_context(environment(folder))
        entered.enter_context(mock.patch('socket.getaddrinfo', return_value=here))
        entered.enter_context(mock.patch.object(oss2.defaults, 'connect_timeout', 4))
        entered.enter_context(mock.patch.object(mimetypes, '_db', _types()))
        yield


def _types() -> mimetypes.MimeTypes:
    types = mimetypes.MimeTypes()
    types.types_map = ({}, dict(TYPES))
    return types


@contextlib.contextmanager
def still_clock() -> Iterator[None]:
    gmtime, localtime, real = time.gmtime, time.localtime, datetime.datetime

    class Stopped(real):  # type: ignore[misc, valid-type]
        @classmethod
        def utcnow(cls) -> Any:
            return real(1970, 1, 1) + datetime.timedelta(seconds=NOW)

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return real.fromtimestamp(NOW, tz)

    with contextlib.ExitStack() as patches:
        for name, stopped in (
            ('time', lambda: NOW),
            ('sleep', lambda seconds: None),
            ('gmtime', lambda at=None: gmtime(NOW if at is None else at)),
            ('localtime', lambda at=None: localtime(NOW if at is None else at)),
        ):
            patches.enter_context(mock.patch('time.' + name, stopped))
        for name, module in list(sys.modules.items()):
            if name == 'datetime' or (name.startswith('oss2.') and vars(module).get('datetime') is real):
                patches.enter_context(mock.patch.object(module, 'datetime', Stopped))
        yield


@contextlib.contextmanager
def environment(folder: str) -> Iterator[None]:
    plain = {k: v for k, v in os.environ.items() if not k.lower().endswith('_proxy') and not k.startswith('OSS')}
    plain.update(HOME=folder, NETRC=os.path.join(folder, 'absent'), no_proxy='*')
    with mock.patch.dict(os.environ, plain, clear=True):
        yield


def take_files(folder: str) -> Dict[str, bytes]:
    """Read and remove what the case left in its folder."""
    found: Dict[str, bytes] = {}
    for parent, folders, names in os.walk(folder, topdown=False):
        for name in names:
            path = os.path.join(parent, name)
            if name != 'opened':
                with open(path, 'rb') as f:
                    found[os.path.relpath(path, folder)] = f.read()
            os.remove(path)
        for name in folders:
            os.rmdir(os.path.join(parent, name))
    return found


def without_chance(text: str, folder: str, names: List[str]) -> str:
    """JSON text with the case's folder, the checkpoint names made of it and random suffixes replaced."""
    for name in names:
        made = hashlib.md5(os.path.join(folder, name).encode('utf-8')).hexdigest()
        text = text.replace(made, '<md5 of %s>' % name)
    return re.sub(r'\.tmp-[A-Za-z]{12}', '.tmp-<random>', text.replace(folder, '<folder>'))
