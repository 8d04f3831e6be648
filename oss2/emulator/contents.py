"""The bytes of objects and parts: immutable, counted, small ones in the index, large ones in files named by id.

A content is written once and never changed, so an object is either there as a whole or not at all. Copies share it;
a joined object (multipart, append, part copy) is a list of pieces of others.
"""
from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import threading
import uuid
import weakref
from typing import BinaryIO, Dict, Iterator, List, NamedTuple, Optional, Sequence, Set

from .._crc64 import Crc64

#: bytes up to which a content lives in the index
INLINE = 64 * 1024
_FLAGS = os.O_RDONLY | getattr(os, 'O_BINARY', 0) | getattr(os, 'O_NOFOLLOW', 0) | getattr(os, 'O_CLOEXEC', 0)

SCHEMA = """
CREATE TABLE IF NOT EXISTS contents (
  id TEXT PRIMARY KEY, refs INTEGER NOT NULL, size INTEGER NOT NULL, data BLOB, pieces TEXT
) WITHOUT ROWID;
"""


class Piece(NamedTuple):
    """Some bytes of another content."""

    content: str
    start: int
    length: int


class Body:
    """A request body that has arrived: its checksums, and its bytes in memory or in an uncommitted file."""

    __slots__ = ('crc', 'data', 'file', 'md5', 'size')

    def __init__(self, data: Optional[bytes], file: Optional[str], size: int, md5: bytes, crc: int) -> None:
        self.data = data
        self.file = file
        self.size = size
        self.md5 = md5
        self.crc = crc


class Writer:
    """Takes a body in pieces; moves from memory to a file when it grows beyond :data:`INLINE`."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._buffer = bytearray()
        self._file: Optional[BinaryIO] = None
        self._id: Optional[str] = None
        self._md5 = hashlib.md5()
        self._crc = Crc64()
        self.size = 0

    def write(self, data: bytes) -> None:
        self._md5.update(data)
        self._crc.update(data)
        self.size += len(data)
        if self._file is not None:
            self._file.write(data)
            return
        self._buffer += data
        if len(self._buffer) > INLINE:
            self._id = self._contents.reserve()
            self._file = open(self._contents.path(self._id), 'xb')  # noqa: SIM115 - closed by finish or discard
            self._file.write(self._buffer)
            self._buffer.clear()

    def finish(self) -> Body:
        data = None
        if self._file is None:
            data = bytes(self._buffer)
        else:
            self._file.close()
        return Body(data, self._id, self.size, self._md5.digest(), self._crc.crc)

    def discard(self) -> None:
        """Forget what was written; harmless when done twice."""
        if self._file is not None and self._id is not None:
            self._file.close()
            self._contents.forget(self._id)


class Reader:
    """Reads bytes of a content; what it reads stays until it is closed, even if the object is deleted meanwhile."""

    def __init__(self, contents: Contents, pieces: Sequence[Piece], data: Dict[str, bytes]) -> None:
        self._contents = contents
        self._pieces = pieces
        self._data = data
        self._pinned = {piece.content for piece in pieces if piece.content not in data}
        contents.pin(self._pinned)
        self.size = sum(piece.length for piece in pieces)

    def whole(self) -> Optional[bytes]:
        """All bytes at once when they are in memory anyway, else None."""
        if len(self._pieces) == 1 and self._pieces[0].content in self._data:
            piece = self._pieces[0]
            data = self._data[piece.content]
            return data if piece.length == len(data) else data[piece.start:piece.start + piece.length]
        return None if self._pieces else b''

    def chunks(self, amount: int = 256 * 1024) -> Iterator[bytes]:
        """The bytes, in chunks of at most ``amount``; blocks on the disk."""
        for piece in self._pieces:
            if piece.content in self._data:
                yield self._data[piece.content][piece.start:piece.start + piece.length]
                continue
            with self._contents.file(piece.content) as file:
                file.seek(piece.start)
                left = piece.length
                while left:
                    chunk = file.read(min(amount, left))
                    if not chunk:
                        raise OSError('%s is shorter than its index says' % piece.content)
                    left -= len(chunk)
                    yield chunk

    def close(self) -> None:
        self._contents.unpin(self._pinned)
        self._pinned = set()


class Contents:
    """Contents in the index ``db`` and in the folder of files beside it.

    Every method that touches ``db`` is called with the store's lock held; pins and files have a lock of their own.

    :param folder: where the files go; None makes a temporary folder when the first one is needed
    """

    def __init__(self, db: sqlite3.Connection, folder: Optional[str]) -> None:
        self._db = db
        self._folder = folder
        self._temporary: Optional[weakref.finalize[..., Contents]] = None
        self._lock = threading.Lock()
        self._pins: Dict[str, int] = {}
        self._dead: Set[str] = set()
        if folder is not None:
            os.makedirs(folder, exist_ok=True)
            self._sweep(folder)

    def writer(self) -> Writer:
        return Writer(self)

    def add(self, body: Body) -> str:
        """Keep a body that has arrived; counted once."""
        content = body.file or uuid.uuid4().hex
        self._db.execute('INSERT INTO contents VALUES (?, 1, ?, ?, NULL)', (content, body.size, body.data))
        return content

    def join(self, pieces: Sequence[Piece]) -> str:
        """Keep pieces of other contents, which must be leaves, as one content; counted once."""
        content = uuid.uuid4().hex
        size = sum(piece.length for piece in pieces)
        self._db.execute('INSERT INTO contents VALUES (?, 1, ?, NULL, ?)',
                         (content, size, json.dumps([piece for piece in pieces if piece.length])))
        for leaf in {piece.content for piece in pieces if piece.length}:
            self.retain(leaf)
        return content

    def retain(self, content: str) -> None:
        self._db.execute('UPDATE contents SET refs = refs + 1 WHERE id = ?', (content,))

    def release(self, content: str) -> List[str]:
        """Count one owner less; returns the ids of files to :meth:`forget` once the transaction is committed."""
        refs, in_index, pieces = self._db.execute(
            'SELECT refs, data IS NOT NULL, pieces FROM contents WHERE id = ?', (content,)).fetchone()
        if refs > 1:
            self._db.execute('UPDATE contents SET refs = refs - 1 WHERE id = ?', (content,))
            return []
        self._db.execute('DELETE FROM contents WHERE id = ?', (content,))
        if pieces is None:
            return [] if in_index else [content]
        files: List[str] = []
        for leaf in sorted({piece[0] for piece in json.loads(pieces)}):
            files.extend(self.release(leaf))
        return files

    def pieces(self, content: str, start: int = 0, length: Optional[int] = None) -> List[Piece]:
        """The leaves that hold ``length`` bytes from ``start``; None means to the end."""
        size, pieces = self._db.execute('SELECT size, pieces FROM contents WHERE id = ?', (content,)).fetchone()
        end = size if length is None else start + length
        leaves = [Piece(content, 0, size)] if pieces is None else [Piece(*piece) for piece in json.loads(pieces)]
        return list(_cut(leaves, start, end))

    def open(self, content: str, start: int = 0, length: Optional[int] = None) -> Reader:
        """A reader of ``length`` bytes from ``start``; the caller closes it."""
        row = self._db.execute('SELECT size, data FROM contents WHERE id = ?', (content,)).fetchone()
        if row[1] is not None:
            end = row[0] if length is None else start + length
            return Reader(self, [Piece(content, start, end - start)], {content: row[1]})
        pieces = self.pieces(content, start, length)
        data: Dict[str, bytes] = {}
        for leaf in {piece.content for piece in pieces}:
            kept = self._db.execute('SELECT data FROM contents WHERE id = ?', (leaf,)).fetchone()[0]
            if kept is not None:
                data[leaf] = kept
        return Reader(self, pieces, data)

    def reserve(self) -> str:
        """An id for a new file, its folder made."""
        content = uuid.uuid4().hex
        os.makedirs(os.path.dirname(self.path(content)), exist_ok=True)
        return content

    def path(self, content: str) -> str:
        with self._lock:
            if self._folder is None:
                self._folder = tempfile.mkdtemp(prefix='oss2-emulator-')
                self._temporary = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return os.path.join(self._folder, content[:2], content)

    def file(self, content: str) -> BinaryIO:
        """A file of a content, open for reading; a link in its place is not followed.

        :raises OSError: it is gone, or is a link
        """
        return open(os.open(self.path(content), _FLAGS), 'rb')

    def pin(self, contents: Set[str]) -> None:
        with self._lock:
            for content in contents:
                self._pins[content] = self._pins.get(content, 0) + 1

    def unpin(self, contents: Set[str]) -> None:
        with self._lock:
            for content in contents:
                self._pins[content] -= 1
                if not self._pins[content]:
                    del self._pins[content]
            gone = self._dead & contents - set(self._pins)
            self._dead -= gone
        for content in gone:
            self._unlink(content)

    def forget(self, content: str) -> None:
        """Remove a file that nothing refers to any more, at once or when its last reader is closed."""
        with self._lock:
            if content in self._pins:
                self._dead.add(content)
                return
        self._unlink(content)

    def _unlink(self, content: str) -> None:
        try:
            os.unlink(self.path(content))
        except FileNotFoundError:
            pass

    def close(self) -> None:
        if self._temporary is not None:
            self._temporary()

    def _sweep(self, folder: str) -> None:
        """Remove files that a killed process had written but not committed, and links, which are not the emulator's."""
        for name in os.listdir(folder):
            below = os.path.join(folder, name)
            if os.path.islink(below):
                os.unlink(below)
                continue
            for content in os.listdir(below) if os.path.isdir(below) else ():
                path = os.path.join(below, content)
                is_known = self._db.execute('SELECT 1 FROM contents WHERE id = ?', (content,)).fetchone() is not None
                if not is_known and (os.path.islink(path) or not os.path.isdir(path)):
                    os.unlink(path)


def _cut(leaves: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    """The parts of ``leaves``, laid end to end, that lie between two offsets."""
    offset = 0
    for leaf in leaves:
        first, last = max(start, offset), min(end, offset + leaf.length)
        if first < last:
            yield Piece(leaf.content, leaf.start + first - offset, last - first)
        offset += leaf.length
