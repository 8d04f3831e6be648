"""Pages of a bucket's objects, versions and uploads: prefix, delimiter, marker, limit."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Generic, List, Optional, Tuple, TypeVar, Union

from .records import Object, Upload
from .store import OBJECT_COLUMNS, Store, load_object, load_upload

_BATCH = 256
_LAST = '\U0010ffff'

Item = TypeVar('Item', Object, Upload)
#: rows at or after (key, position); the position orders rows of one key
_Fetch = Callable[[str, Any, int], List[Item]]


@dataclass
class Page(Generic[Item]):
    """Some of a listing, in order, and what the next page begins after."""

    items: List[Item] = field(default_factory=list)
    prefixes: List[str] = field(default_factory=list)
    is_truncated: bool = False
    last: Union[Item, str, None] = None

    @property
    def last_key(self) -> str:
        if self.last is None or isinstance(self.last, str):
            return self.last or ''
        return self.last.key


def after(text: str) -> Optional[str]:
    """The least string greater than every string that begins with ``text``; None if there is none."""
    while text:
        if text[-1] != _LAST:
            code = ord(text[-1]) + 1
            return text[:-1] + chr(0xE000 if 0xD800 <= code <= 0xDFFF else code)
        text = text[:-1]
    return None


def objects(store: Store, bucket: str, prefix: str, delimiter: str, marker: str, limit: int) -> Page[Object]:
    """Current versions, delete markers left out, after the key ``marker``."""
    end = after(prefix) if prefix else None

    def fetch(key: str, position: Any, amount: int) -> List[Object]:
        rows = store.db.execute(
            "SELECT %s FROM objects WHERE bucket = ? AND latest = 1 AND kind != 'DeleteMarker' AND key %s ? AND "
            '(? IS NULL OR key < ?) ORDER BY key LIMIT ?' % (OBJECT_COLUMNS, '>=' if position is None else '>'),
            (bucket, key, end, end, amount)).fetchall()
        return [load_object(row) for row in rows]

    with store.lock:
        return _page(fetch, prefix, delimiter, marker, True, lambda item: True, limit)


def versions(store: Store, bucket: str, prefix: str, delimiter: str, marker: str, version: str,
             limit: int) -> Page[Object]:
    """All versions and delete markers, the newest of a key first, after a key or after one version of it."""
    end = after(prefix) if prefix else None
    found = store.object(bucket, marker, version) if version else None

    def fetch(key: str, position: Any, amount: int) -> List[Object]:
        newest = 1 << 62 if position is None else position
        rows = store.db.execute(
            'SELECT %s FROM objects WHERE bucket = ? AND (key > ? OR (key = ? AND sequence < ?)) AND '
            '(? IS NULL OR key < ?) ORDER BY key, sequence DESC LIMIT ?' % OBJECT_COLUMNS,
            (bucket, key, key, newest, end, end, amount)).fetchall()
        return [load_object(row) for row in rows]

    position = -1 if found is None else found.sequence
    with store.lock:
        return _page(fetch, prefix, delimiter, marker, position, lambda item: item.sequence, limit)


def uploads(store: Store, bucket: str, prefix: str, delimiter: str, marker: str, upload: str,
            limit: int) -> Page[Upload]:
    """Uploads in progress by key and id, after a key or after one upload of it."""
    end = after(prefix) if prefix else None

    def fetch(key: str, position: Any, amount: int) -> List[Upload]:
        rows = store.db.execute(
            'SELECT id, bucket, key, owner, initiated, acl, storage_class, attributes FROM uploads WHERE bucket = ? '
            'AND (key > ? OR (key = ? AND id > ?)) AND (? IS NULL OR key < ?) ORDER BY key, id LIMIT ?',
            (bucket, key, key, position or '', end, end, amount)).fetchall()
        return [load_upload(row) for row in rows]

    with store.lock:
        return _page(fetch, prefix, delimiter, marker, upload or _LAST, lambda item: item.id, limit)


def _page(fetch: _Fetch[Item], prefix: str, delimiter: str, marker: str, marker_position: Any,
          position_of: Callable[[Item], Any], limit: int) -> Page[Item]:
    """One page; common prefixes count as items. A position of None includes all rows of its key."""
    page: Page[Item] = Page()
    place: Tuple[str, Any] = (marker, marker_position) if marker >= prefix and marker else (prefix, None)
    while True:
        batch = fetch(place[0], place[1], min(_BATCH, limit - len(page.items) - len(page.prefixes) + 1))
        for item in batch:
            common = _common_prefix(item.key, prefix, delimiter)
            if common is None or common != marker:
                if len(page.items) + len(page.prefixes) == limit:
                    page.is_truncated = True
                    return page
                if common is None:
                    page.items.append(item)
                    page.last = item
                else:
                    page.prefixes.append(common)
                    page.last = common
            place = (item.key, position_of(item))
            if common is not None:
                beyond = after(common)
                if beyond is None:
                    return page
                place = (beyond, None)
                break
        else:
            if not batch:
                return page


def _common_prefix(key: str, prefix: str, delimiter: str) -> Optional[str]:
    if not delimiter:
        return None
    index = key.find(delimiter, len(prefix))
    return None if index < 0 else key[:index + len(delimiter)]
