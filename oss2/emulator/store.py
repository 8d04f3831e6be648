"""The index of everything the emulator holds, in SQLite: in memory, or in a folder where it outlives the process."""
from __future__ import annotations

import base64
import json
import os
import sqlite3
import threading
import uuid
from contextlib import contextmanager
from typing import Any, Dict, Iterator, List, Optional, Tuple

from . import contents
from .records import NULL_VERSION, Bucket, Object, Part, Upload

_SCHEMA = contents.SCHEMA + """
CREATE TABLE IF NOT EXISTS buckets (
  name TEXT PRIMARY KEY, owner TEXT NOT NULL, created REAL NOT NULL, acl TEXT NOT NULL, storage_class TEXT NOT NULL,
  redundancy TEXT NOT NULL, versioning TEXT NOT NULL, attributes TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS objects (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL,
  latest INTEGER NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL, modified REAL NOT NULL, size INTEGER NOT NULL,
  etag TEXT NOT NULL, md5 TEXT, crc TEXT, acl TEXT NOT NULL, storage_class TEXT NOT NULL, content TEXT,
  attributes TEXT NOT NULL, UNIQUE (bucket, key, version)
);
CREATE UNIQUE INDEX IF NOT EXISTS latest_objects ON objects (bucket, key) WHERE latest = 1;
CREATE INDEX IF NOT EXISTS object_versions ON objects (bucket, key, sequence DESC);
CREATE TABLE IF NOT EXISTS uploads (
  id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, owner TEXT NOT NULL, initiated REAL NOT NULL,
  acl TEXT NOT NULL, storage_class TEXT NOT NULL, attributes TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bucket_uploads ON uploads (bucket, key, id);
CREATE TABLE IF NOT EXISTS parts (
  upload TEXT NOT NULL, number INTEGER NOT NULL, content TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
  crc TEXT NOT NULL, modified REAL NOT NULL, PRIMARY KEY (upload, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS settings (
  bucket TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (bucket, kind, id)
) WITHOUT ROWID;
"""

_SCHEMA_VERSION = 1

OBJECT_COLUMNS = ('sequence, bucket, key, version, latest, kind, owner, modified, size, etag, md5, crc, acl, '
                  'storage_class, content, attributes')
_CURRENT = 'SELECT %s FROM objects WHERE bucket = ? AND key = ? AND latest = 1' % OBJECT_COLUMNS
_VERSION = 'SELECT %s FROM objects WHERE bucket = ? AND key = ? AND version = ?' % OBJECT_COLUMNS
_UPLOAD_COLUMNS = 'id, bucket, key, owner, initiated, acl, storage_class, attributes'


class DataInUse(Exception):
    """The data folder cannot be used: another emulator has it open, or another version has written it."""


def new_version_id() -> str:
    """A version id like OSS's: long, opaque, safe in a URL."""
    return 'CAEQ' + base64.urlsafe_b64encode(uuid.uuid4().bytes * 3)[:60].decode().replace('-', '.')


class Store:
    """Buckets, object versions, uploads and their bytes. Knows no HTTP; safe to call from any thread.

    :param folder: where the data live; None keeps them in memory, large bodies in a temporary folder
    :raises DataInUse: another process has the folder open
    """

    def __init__(self, folder: Optional[str] = None) -> None:
        self.lock = threading.RLock()
        self._depth = 0
        self._garbage: List[str] = []
        self._buckets: Dict[str, Bucket] = {}
        self._settings: Dict[Tuple[str, str, str], Optional[str]] = {}
        if folder is None:
            self.db = sqlite3.connect(':memory:', check_same_thread=False, isolation_level=None)
            self.contents = self._create(None)
            return
        os.makedirs(folder, exist_ok=True)
        self.db = sqlite3.connect(os.path.join(folder, 'index.sqlite3'), timeout=0.2, check_same_thread=False,
                                  isolation_level=None)
        try:
            self.db.execute('PRAGMA locking_mode = EXCLUSIVE')
            self.db.execute('PRAGMA journal_mode = WAL')
            self.db.execute('PRAGMA synchronous = NORMAL')
            self.contents = self._create(os.path.join(folder, 'contents'))
        except DataInUse:
            self.db.close()
            raise
        except sqlite3.OperationalError as exc:
            self.db.close()
            raise DataInUse('the data folder %r is open in another emulator: %s' % (folder, exc)) from exc

    def _create(self, folder: Optional[str]) -> contents.Contents:
        if self.db.execute('PRAGMA user_version').fetchone()[0] not in (0, _SCHEMA_VERSION):
            raise DataInUse('the data folder was written by another version of the emulator')
        self.db.executescript(_SCHEMA)
        self.db.execute('PRAGMA user_version = %d' % _SCHEMA_VERSION)
        self._load_buckets()
        return contents.Contents(self.db, folder)

    def _load_buckets(self) -> None:
        rows = self.db.execute('SELECT name, owner, created, acl, storage_class, redundancy, versioning, attributes '
                               'FROM buckets')
        self._buckets = {row[0]: Bucket(*[*row[:7], json.loads(row[7])]) for row in rows}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; transactions nest, the outermost commits."""
        with self.lock:
            if self._depth == 0:
                self.db.execute('BEGIN')
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self.db.execute('ROLLBACK')
                    self._garbage.clear()
                    self._settings.clear()
                    self._load_buckets()
                raise
            self._depth -= 1
            if self._depth:
                return
            self.db.execute('COMMIT')
            garbage, self._garbage = self._garbage, []
        for content in garbage:
            self.contents.forget(content)

    def _release(self, content: Optional[str]) -> None:
        if content is not None:
            self._garbage.extend(self.contents.release(content))

    def clear(self) -> None:
        """Forget everything."""
        with self.transaction():
            self._garbage.extend(row[0] for row in self.db.execute(
                'SELECT id FROM contents WHERE data IS NULL AND pieces IS NULL'))
            for table in ('buckets', 'objects', 'uploads', 'parts', 'settings', 'contents'):
                self.db.execute('DELETE FROM ' + table)
            self._buckets.clear()
            self._settings.clear()

    def close(self) -> None:
        with self.lock:
            self.db.close()
        self.contents.close()

    # buckets

    def bucket(self, name: str) -> Optional[Bucket]:
        return self._buckets.get(name)

    def buckets(self, owner: str) -> List[Bucket]:
        """An account's buckets, by name."""
        with self.lock:
            return sorted((bucket for bucket in self._buckets.values() if bucket.owner == owner),
                          key=lambda bucket: bucket.name)

    def names(self) -> List[str]:
        """The names of all buckets."""
        with self.lock:
            return sorted(self._buckets)

    def save_bucket(self, bucket: Bucket) -> None:
        """Create or change a bucket."""
        with self.transaction():
            self.db.execute('INSERT OR REPLACE INTO buckets VALUES (?, ?, ?, ?, ?, ?, ?, ?)', (
                bucket.name, bucket.owner, bucket.created, bucket.acl, bucket.storage_class, bucket.redundancy,
                bucket.versioning, json.dumps(bucket.attributes)))
            self._buckets[bucket.name] = bucket

    def is_empty(self, bucket: str) -> bool:
        """Whether a bucket holds no object version, delete marker or upload."""
        with self.lock:
            return not any(self.db.execute('SELECT 1 FROM %s WHERE bucket = ? LIMIT 1' % table, (bucket,)).fetchone()
                           for table in ('objects', 'uploads'))

    def drop_bucket(self, name: str) -> None:
        """Remove an empty bucket and its settings."""
        with self.transaction():
            self.db.execute('DELETE FROM settings WHERE bucket = ?', (name,))
            self.db.execute('DELETE FROM buckets WHERE name = ?', (name,))
            self._buckets.pop(name, None)
            self._settings.clear()

    # settings: documents of a bucket's sub-resources, one or, with ids, several of a kind

    def setting(self, bucket: str, kind: str, setting_id: str = '') -> Optional[Dict[str, Any]]:
        # Remembered, because every request asks whether there is a policy, a retention lock and so on.
        place = bucket, kind, setting_id
        with self.lock:
            if place not in self._settings:
                row = self.db.execute('SELECT document FROM settings WHERE bucket = ? AND kind = ? AND id = ?',
                                      place).fetchone()
                self._settings[place] = None if row is None else row[0]
            text = self._settings[place]
        return None if text is None else json.loads(text)

    def settings(self, bucket: str, kind: str) -> List[Tuple[str, Dict[str, Any]]]:
        """All settings of a kind with their ids, by id."""
        with self.lock:
            rows = self.db.execute('SELECT id, document FROM settings WHERE bucket = ? AND kind = ? ORDER BY id',
                                   (bucket, kind)).fetchall()
        return [(row[0], json.loads(row[1])) for row in rows]

    def owners(self, kind: str, setting_id: str) -> List[str]:
        """The buckets that have a setting of a kind and id."""
        with self.lock:
            rows = self.db.execute('SELECT bucket FROM settings WHERE kind = ? AND id = ?', (kind, setting_id))
            return [row[0] for row in rows]

    def save_setting(self, bucket: str, kind: str, document: Dict[str, Any], setting_id: str = '') -> None:
        with self.transaction():
            self.db.execute('INSERT OR REPLACE INTO settings VALUES (?, ?, ?, ?)',
                            (bucket, kind, setting_id, json.dumps(document)))
            self._settings.pop((bucket, kind, setting_id), None)

    def drop_setting(self, bucket: str, kind: str, setting_id: str = '') -> None:
        with self.transaction():
            self.db.execute('DELETE FROM settings WHERE bucket = ? AND kind = ? AND id = ?',
                            (bucket, kind, setting_id))
            self._settings.pop((bucket, kind, setting_id), None)

    # object versions

    def object(self, bucket: str, key: str, version: Optional[str] = None) -> Optional[Object]:
        """A version, delete markers included; None asks for the current one."""
        query, values = _CURRENT, [bucket, key]
        if version is not None:
            query, values = _VERSION, [bucket, key, version]
        with self.lock:
            row = self.db.execute(query, values).fetchone()
        return None if row is None else load_object(row)

    def add_object(self, new: Object, version: Optional[str] = None) -> Object:
        """Make ``new`` the current version; what it replaces depends on the bucket's versioning.

        ``new.content`` must have been counted for it already.

        :param version: ``null`` for an object that never gets a version id of its own
        """
        with self.transaction():
            bucket = self._buckets[new.bucket]
            if bucket.versioning == 'Enabled' and version is None:
                new.version = new_version_id()
            else:
                new.version = NULL_VERSION
                self._drop(self.object(new.bucket, new.key, NULL_VERSION))
            self.db.execute('UPDATE objects SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1',
                            (new.bucket, new.key))
            new.latest = True
            cursor = self.db.execute('INSERT INTO objects (%s) VALUES (NULL%s)' % (OBJECT_COLUMNS, ', ?' * 15), (
                new.bucket, new.key, new.version, True, *_object_values(new)))
            new.sequence = cursor.lastrowid or 0
        return new

    def change_object(self, changed: Object) -> None:
        """Change a version in place; its key, version id and place in the history stay."""
        with self.transaction():
            content = self.db.execute('SELECT content FROM objects WHERE sequence = ?',
                                      (changed.sequence,)).fetchone()[0]
            self.db.execute(
                'UPDATE objects SET kind = ?, owner = ?, modified = ?, size = ?, etag = ?, md5 = ?, crc = ?, acl = ?, '
                'storage_class = ?, content = ?, attributes = ? WHERE sequence = ?',
                (*_object_values(changed), changed.sequence))
            if content != changed.content:
                self._release(content)

    def remove_object(self, gone: Object) -> None:
        """Remove one version for good; the newest of the others becomes the current one."""
        with self.transaction():
            self._drop(gone)
            if gone.latest:
                self.db.execute(
                    'UPDATE objects SET latest = 1 WHERE sequence = (SELECT sequence FROM objects WHERE bucket = ? '
                    'AND key = ? ORDER BY sequence DESC LIMIT 1)', (gone.bucket, gone.key))

    def _drop(self, gone: Optional[Object]) -> None:
        if gone is not None:
            self.db.execute('DELETE FROM objects WHERE sequence = ?', (gone.sequence,))
            self._release(gone.content)

    def open(self, content: str, start: int = 0, length: Optional[int] = None) -> contents.Reader:
        """A reader of a content, which the caller closes."""
        with self.lock:
            return self.contents.open(content, start, length)

    def statistics(self, bucket: str) -> Dict[Tuple[str, str], Tuple[int, int]]:
        """Number and total bytes of versions and parts, by (storage class, ``object``, ``marker`` or ``part``)."""
        with self.lock:
            rows = self.db.execute(
                "SELECT storage_class, CASE kind WHEN 'DeleteMarker' THEN 'marker' ELSE 'object' END AS what, "
                'COUNT(*), SUM(size) FROM objects WHERE bucket = ? GROUP BY storage_class, what UNION ALL '
                "SELECT storage_class, 'part', COUNT(*), SUM(size) FROM uploads JOIN parts ON upload = id "
                'WHERE bucket = ? GROUP BY storage_class', (bucket, bucket)).fetchall()
        return {(row[0], row[1]): (row[2], row[3]) for row in rows}

    def billed_size(self, bucket: str, storage_class: str, least: int) -> int:
        """Total bytes of a storage class when each object counts at least ``least``."""
        with self.lock:
            return int(self.db.execute(
                "SELECT COALESCE(SUM(MAX(size, ?)), 0) FROM objects WHERE bucket = ? AND storage_class = ? AND "
                "kind != 'DeleteMarker'", (least, bucket, storage_class)).fetchone()[0])

    def holds(self, content: str) -> bool:
        """Whether anything refers to a content."""
        with self.lock:
            return self.db.execute('SELECT 1 FROM contents WHERE id = ?', (content,)).fetchone() is not None

    def discard(self, body: contents.Body) -> None:
        """Forget the content of a body if nothing came to refer to it."""
        if body.file is not None and not self.holds(body.file):
            self.contents.forget(body.file)

    # multipart uploads

    def add_upload(self, new: Upload) -> None:
        with self.transaction():
            self.db.execute('INSERT INTO uploads VALUES (?, ?, ?, ?, ?, ?, ?, ?)', (
                new.id, new.bucket, new.key, new.owner, new.initiated, new.acl, new.storage_class,
                json.dumps(new.attributes)))

    def upload(self, bucket: str, key: str, upload_id: str) -> Optional[Upload]:
        with self.lock:
            row = self.db.execute('SELECT %s FROM uploads WHERE id = ? AND bucket = ? AND key = ?' % _UPLOAD_COLUMNS,
                                  (upload_id, bucket, key)).fetchone()
        return None if row is None else load_upload(row)

    def upload_count(self, bucket: str) -> int:
        with self.lock:
            return int(self.db.execute('SELECT COUNT(*) FROM uploads WHERE bucket = ?', (bucket,)).fetchone()[0])

    def put_part(self, part: Part) -> None:
        """Keep a part, in place of one with the same number."""
        with self.transaction():
            old = self.db.execute('SELECT content FROM parts WHERE upload = ? AND number = ?',
                                  (part.upload, part.number)).fetchone()
            self.db.execute('INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?, ?)', (
                part.upload, part.number, part.content, part.size, part.etag, str(part.crc), part.modified))
            if old is not None:
                self._release(old[0])

    def parts(self, upload: str, after: int = 0, limit: int = -1) -> List[Part]:
        """Parts by number; -1 means all."""
        with self.lock:
            rows = self.db.execute(
                'SELECT upload, number, content, size, etag, crc, modified FROM parts WHERE upload = ? AND number > ? '
                'ORDER BY number LIMIT ?', (upload, after, limit)).fetchall()
        return [Part(row[0], row[1], row[2], row[3], row[4], int(row[5]), row[6]) for row in rows]

    def drop_upload(self, upload: str) -> None:
        """Remove an upload with its parts."""
        with self.transaction():
            for part in self.parts(upload):
                self._release(part.content)
            self.db.execute('DELETE FROM parts WHERE upload = ?', (upload,))
            self.db.execute('DELETE FROM uploads WHERE id = ?', (upload,))


def load_object(row: Tuple[Any, ...]) -> Object:
    """An object from a row of :data:`OBJECT_COLUMNS`."""
    return Object(
        sequence=row[0], bucket=row[1], key=row[2], version=row[3], latest=bool(row[4]), kind=row[5], owner=row[6],
        modified=row[7], size=row[8], etag=row[9], md5=row[10], crc=None if row[11] is None else int(row[11]),
        acl=row[12], storage_class=row[13], content=row[14], attributes=json.loads(row[15]))


def load_upload(row: Tuple[Any, ...]) -> Upload:
    return Upload(*[*row[:7], json.loads(row[7])])


def _object_values(source: Object) -> Tuple[Any, ...]:
    return (source.kind, source.owner, source.modified, source.size, source.etag, source.md5,
            None if source.crc is None else str(source.crc), source.acl, source.storage_class, source.content,
            json.dumps(source.attributes))
