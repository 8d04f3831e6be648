"""What a case is played in: a clock that stands still, a network that leads here, a folder of its own."""

from __future__ import annotations

import datetime
import hashlib
import mimetypes
import os
import re
import socket
import sys
import time
from typing import Any, Dict, List, Tuple

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


class Surroundings:
    """While entered: the clock stands at NOW, nobody sleeps, every host name leads to `address`.

    Proxies and credentials of the environment are out of sight, and the home is `folder`.
    """

    def __init__(self, oss2: Any, folder: str, address: Tuple[str, int]) -> None:
        here = [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, '', address)]
        gmtime, localtime = time.gmtime, time.localtime
        self._changes: List[Tuple[Any, str, Any]] = [
            (time, 'time', lambda: NOW),
            (time, 'sleep', lambda seconds: None),
            (time, 'gmtime', lambda at=None: gmtime(NOW if at is None else at)),
            (time, 'localtime', lambda at=None: localtime(NOW if at is None else at)),
            (datetime, 'datetime', StoppedDatetime),
            (socket, 'getaddrinfo', lambda *asked, **more: here),
            (oss2.defaults, 'connect_timeout', 4),
            (mimetypes, '_db', _types()),
        ]
        for name, module in list(sys.modules.items()):
            if name.startswith('oss2.') and vars(module).get('datetime') is datetime.datetime:
                self._changes.append((module, 'datetime', StoppedDatetime))
        self._folder = folder
        self._before: List[Any] = []
        self._environment: Dict[str, str] = {}

    def __enter__(self) -> None:
        self._before = [getattr(owner, name) for owner, name, _ in self._changes]
        for owner, name, value in self._changes:
            setattr(owner, name, value)
        self._environment = dict(os.environ)
        for name in self._environment:
            if name.lower().endswith('_proxy') or name.startswith('OSS'):
                del os.environ[name]
        os.environ.update(HOME=self._folder, NETRC=os.path.join(self._folder, 'absent'), no_proxy='*')

    def __exit__(self, *raised: Any) -> None:
        for (owner, name, _), value in zip(self._changes, self._before):
            setattr(owner, name, value)
        for name in set(os.environ) - set(self._environment):
            del os.environ[name]
        for name, text in self._environment.items():
            if os.environ.get(name) != text:
                os.environ[name] = text


_datetime = datetime.datetime


class StoppedDatetime(_datetime):
    @classmethod
    def utcnow(cls) -> Any:
        return _datetime(1970, 1, 1) + datetime.timedelta(seconds=NOW)

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return _datetime.fromtimestamp(NOW, tz)


def _types() -> mimetypes.MimeTypes:
    types = mimetypes.MimeTypes()
    types.types_map = ({}, dict(TYPES))
    return types


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
