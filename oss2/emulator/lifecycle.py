"""Lifecycle rules at work: what expires, what moves to another storage class, which uploads are given up."""
from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Tuple

from .._dates import iso8601_to_unixtime
from . import listing, protection
from .listing import Item, Page
from .records import Bucket, Object, Upload
from .schema import Tree, listed
from .state import State
from .store import Store

_DAY = 24 * 3600
_PAGE = 1000
#: from warm to cold; objects only ever get colder
CLASSES = ('Standard', 'IA', 'Archive', 'ColdArchive', 'DeepColdArchive')


class Done(NamedTuple):
    """What a rule has done to an object version or an upload.

    :param action: ``Expiration``, ``ExpiredObjectDeleteMarker``, ``NoncurrentVersionExpiration``, ``Transition``,
        ``NoncurrentVersionTransition`` or ``AbortMultipartUpload``
    :param version: the version's id, or the upload's
    """

    bucket: str
    rule: str
    action: str
    key: str
    version: str


def run(state: State, now: Optional[float] = None) -> List[Done]:
    """Do what the rules of all buckets ask for at a moment.

    A rule's days are counted to the second, whereas OSS acts on the midnight that follows.

    :param now: Unix seconds; None means the emulator's clock
    """
    moment = state.now() if now is None else now
    done: List[Done] = []
    for name in state.store.names():
        configuration = state.store.setting(name, 'lifecycle')
        if configuration is None:
            continue
        with state.store.transaction():
            done.extend(_Run(state, name, configuration, moment).all())
    return done


class _Run:
    """One bucket's turn."""

    def __init__(self, state: State, bucket: str, configuration: Tree, now: float) -> None:
        found = state.store.bucket(bucket)
        assert found is not None
        self._bucket: Bucket = found
        self._state, self._store, self._now = state, state.store, now
        self._rules = [rule for rule in configuration['Rule'] if rule['Status'] == 'Enabled']

    def all(self) -> Iterator[Done]:
        for _, group in groupby(list(versions(self._store, self._bucket.name)), key=lambda version: version.key):
            yield from self._key(list(group))
        for upload in list(_uploads(self._store, self._bucket.name)):
            for rule in self._rules:
                action = rule.get('AbortMultipartUpload')
                if (action and upload.key.startswith(rule['Prefix'])
                        and _is_due(action, upload.initiated, self._now)):
                    self._store.drop_upload(upload.id)
                    yield Done(self._bucket.name, rule['ID'], 'AbortMultipartUpload', upload.key, upload.id)
                    break

    def _key(self, versions: List[Object]) -> Iterator[Done]:
        """All versions of a key, the newest first."""
        later: Optional[Object] = None
        for version in versions:
            rules = [rule for rule in self._rules if matches(rule, version)]
            done = (self._current(rules, version, len(versions) == 1) if version.latest else
                    self._noncurrent(rules, version, later.modified if later is not None else version.modified))
            if done is not None:
                yield Done(self._bucket.name, done[0]['ID'], done[1], version.key, version.version)
            later = version

    def _current(self, rules: List[Tree], found: Object, is_alone: bool) -> Optional[Tuple[Tree, str]]:
        for rule in rules:
            action = rule.get('Expiration', {})
            if found.is_marker:
                if action.get('ExpiredObjectDeleteMarker') == 'true' and is_alone:
                    self._store.remove_object(found)
                    return rule, 'ExpiredObjectDeleteMarker'
            elif _is_due(action, found.modified, self._now):
                if self._bucket.versioning:
                    self._store.add_object(Object(found.bucket, found.key, 'DeleteMarker', found.owner, self._now))
                elif protection.is_kept(self._state, found, self._now):
                    continue
                else:
                    self._store.remove_object(found)
                return rule, 'Expiration'
        return self._move(rules, found, 'Transition', found.modified)

    def _noncurrent(self, rules: List[Tree], found: Object, since: float) -> Optional[Tuple[Tree, str]]:
        for rule in rules:
            days = rule.get('NoncurrentVersionExpiration', {}).get('NoncurrentDays')
            if (days is not None and self._now >= since + int(days) * _DAY
                    and not protection.is_kept(self._state, found, self._now)):
                self._store.remove_object(found)
                return rule, 'NoncurrentVersionExpiration'
        return self._move(rules, found, 'NoncurrentVersionTransition', since)

    def _move(self, rules: List[Tree], found: Object, element: str, since: float) -> Optional[Tuple[Tree, str]]:
        """Move a version to the coldest storage class that is due."""
        if found.is_marker or found.kind == 'Symlink':
            return None
        best: Optional[Tuple[int, Tree]] = None
        for rule in rules:
            for action in listed(rule.get(element)):
                rank = CLASSES.index(action['StorageClass'])
                if (_is_due(action, self._since(found, rule, action, since), self._now)
                        and rank > (best[0] if best is not None else CLASSES.index(found.storage_class))):
                    best = rank, rule
        if best is None:
            return None
        self._store.change_object(replace(
            found, storage_class=CLASSES[best[0]], attributes={**found.attributes, 'moved': self._now}))
        return best[1], element

    @staticmethod
    def _since(found: Object, rule: Tree, action: Tree, since: float) -> float:
        if action.get('IsAccessTime') == 'true':
            return last_access(found, rule)
        return since


def matches(rule: Tree, found: Object) -> bool:
    """Whether a rule is about an object: by prefix, tags, size, and what its filter excludes."""
    if not found.key.startswith(rule['Prefix']):
        return False
    tags = found.tags()
    if any(tags.get(tag['Key']) != tag['Value'] for tag in listed(rule.get('Tag'))):
        return False
    chosen = rule.get('Filter', {})
    if not found.is_marker:
        if found.size <= int(chosen.get('ObjectSizeGreaterThan', -1)):
            return False
        if 'ObjectSizeLessThan' in chosen and found.size >= int(chosen['ObjectSizeLessThan']):
            return False
    return not any(_is_excluded(excluded, found) for excluded in listed(chosen.get('Not')))


def last_access(found: Object, rule: Tree) -> float:
    """When an object was last read; one that never was counts as read when the rule was made."""
    accessed = found.attributes.get('accessed')
    return max(found.modified, float(rule.get('AtimeBase', 0) if accessed is None else accessed))


def returns(configuration: Tree, found: Object) -> bool:
    """Whether an object becomes a Standard one when it is read."""
    return found.storage_class == 'IA' and any(
        action.get('ReturnToStdWhenVisit') == 'true' for rule in configuration['Rule']
        if rule['Status'] == 'Enabled' and matches(rule, found) for action in listed(rule.get('Transition')))


def _is_excluded(excluded: Tree, found: Object) -> bool:
    tag = excluded.get('Tag')
    has_tag = not tag or not tag.get('Key') or found.tags().get(tag['Key']) == tag.get('Value', '')
    return found.key.startswith(excluded.get('Prefix', '')) and has_tag


def expiry(configuration: Tree, found: Object) -> Optional[Tuple[float, str]]:
    """When an object expires, Unix seconds, and the id of the rule that says so."""
    times: List[Tuple[float, str]] = []
    for rule in configuration['Rule']:
        action = rule.get('Expiration', {})
        if rule['Status'] == 'Enabled' and matches(rule, found):
            if 'Days' in action:
                times.append((found.modified + int(action['Days']) * _DAY, rule['ID']))
            elif 'Date' in action:
                times.append((_time(action['Date']), rule['ID']))
    return min(times) if times else None


def _is_due(action: Any, since: float, now: float) -> bool:
    days = action.get('Days', action.get('NoncurrentDays'))
    if days is not None:
        return bool(now >= since + int(days) * _DAY)
    if 'CreatedBeforeDate' in action:
        return since < _time(action['CreatedBeforeDate'])
    return 'Date' in action and now >= _time(action['Date'])


def _time(text: str) -> float:
    return iso8601_to_unixtime(text[:19] + '.000Z')


def versions(store: Store, bucket: str) -> Iterator[Object]:
    """All versions of all objects, by key, the newest of a key first."""
    return _all(partial(listing.versions, store, bucket, '', ''), lambda found: found.version)


def _uploads(store: Store, bucket: str) -> Iterator[Upload]:
    return _all(partial(listing.uploads, store, bucket, '', ''), lambda found: found.id)


def _all(list_page: Callable[[str, str, int], Page[Item]], id_of: Callable[[Item], str]) -> Iterator[Item]:
    """What is on all pages of a listing without a delimiter."""
    key = found_id = ''
    while True:
        page = list_page(key, found_id, _PAGE)
        yield from page.items
        if not page.is_truncated:
            return
        last = page.items[-1]
        key, found_id = last.key, id_of(last)
