"""Where a recording of upstream and what our library did are not the same."""

from __future__ import annotations

import json
from typing import Any, Dict, Iterator, NamedTuple

ABSENT = '<absent>'


class Departure(NamedTuple):
    """One place; `at` is like `requests/0/headers/host`, `result/owner/id` or `raises/class`.

    `outcome` is the place when only one of the two raises.
    """

    at: str
    upstream: Any
    ours: Any

    def __str__(self) -> str:
        return '%s: upstream %s, ours %s' % (self.at, _short(self.upstream), _short(self.ours))


def compare_records(upstream: Dict[str, Any], ours: Dict[str, Any]) -> Iterator[Departure]:
    if ('raises' in upstream) != ('raises' in ours):
        yield Departure('outcome', _outcome(upstream), _outcome(ours))
        upstream, ours = _without_outcome(upstream), _without_outcome(ours)
    yield from compare(upstream, ours)


def compare(upstream: Any, ours: Any, at: str = '', exact: bool = False) -> Iterator[Departure]:
    """Numbers are the same only with the same type.

    Unless `exact`, an object of ours may have attributes that upstream's has not.
    Objects of two classes are one departure, whatever else they hold.
    """
    if isinstance(upstream, dict) and isinstance(ours, dict):
        yield from _compare_dicts(upstream, ours, at, exact)
    elif isinstance(upstream, list) and isinstance(ours, list):
        for i in range(max(len(upstream), len(ours))):
            yield from compare(
                upstream[i] if i < len(upstream) else ABSENT,
                ours[i] if i < len(ours) else ABSENT,
                _join(at, str(i)),
                exact,
            )
    elif json.dumps(upstream) != json.dumps(ours):
        yield Departure(at, upstream, ours)


def _compare_dicts(upstream: Dict[str, Any], ours: Dict[str, Any], at: str, exact: bool) -> Iterator[Departure]:
    if upstream.get('class') != ours.get('class'):
        yield Departure(_join(at, 'class'), upstream.get('class', ABSENT), ours.get('class', ABSENT))
        return
    if at and ('raises' in upstream) != ('raises' in ours):
        yield Departure(at, upstream, ours)
        return
    may_grow = 'class' in upstream and not exact
    for name in sorted(set(upstream) | set(ours)):
        if name in upstream or not may_grow:
            yield from compare(upstream.get(name, ABSENT), ours.get(name, ABSENT), _join(at, name), exact)


def forget_newer(upstream: Dict[str, Any], ours: Dict[str, Any]) -> None:
    """Leave out of our sweep what it says of attributes that upstream's objects have not."""
    whole = upstream['result']['whole'].get('result')
    damaged = ours['result']['damaged']
    for name, places in list(damaged.items()):
        if not {'raises', 'result'} & set(places):
            damaged[name] = {at: value for at, value in places.items() if not _is_newer(whole, at)}
            if not damaged[name]:
                del damaged[name]


def _is_newer(whole: Any, at: str) -> bool:
    for step in at.split('/'):
        if isinstance(whole, list):
            if int(step) >= len(whole):
                return False
            whole = whole[int(step)]
        elif not isinstance(whole, dict) or step not in whole:
            return isinstance(whole, dict) and 'class' in whole
        else:
            whole = whole[step]
    return False


def _outcome(record: Dict[str, Any]) -> Any:
    if 'raises' in record:
        return {'raises': record['raises']['class']}
    return {'result': record['result']} if 'result' in record else ABSENT


def _without_outcome(record: Dict[str, Any]) -> Dict[str, Any]:
    return {name: value for name, value in record.items() if name not in ('raises', 'result')}


def _join(at: str, name: str) -> str:
    return at + '/' + name if at else name


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) < 300 else text[:300] + '...'
