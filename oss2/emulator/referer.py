"""Hotlink protection: whether the page that a request comes from may link to the bucket."""
from __future__ import annotations

import re
from typing import List

from .errors import ApiError
from .messages import Request
from .schema import Tree, listed

_DENIED = 'You are denied by bucket referer policy.'


def check(request: Request) -> None:
    """Refuse a request from the wrong page. Only anonymous requests and signed URLs are looked at.

    :raises ApiError: AccessDenied
    """
    if 'authorization' in request.headers:
        return
    rules = request.state.store.setting(request.bucket, 'referer')
    if rules is None:
        return
    allowed, refused = _patterns(rules, 'RefererList'), _patterns(rules, 'RefererBlacklist')
    if not allowed and not refused:
        return
    page = request.header('referer') or ''
    if not page:
        if rules['AllowEmptyReferer'] == 'false':
            raise ApiError('AccessDenied', _DENIED, '0003-00000501')
        return
    if rules.get('AllowTruncateQueryString', 'true') == 'true':
        page = page.partition('?')[0]
    if rules.get('TruncatePath') == 'true':
        page = '/'.join(page.split('/')[:3])
    if any(_matches(pattern, page) for pattern in refused):
        raise ApiError('AccessDenied', _DENIED, '0003-00000502')
    if allowed and not any(_matches(pattern, page) for pattern in allowed):
        raise ApiError('AccessDenied', _DENIED, '0003-00000503')


def _patterns(rules: Tree, name: str) -> List[str]:
    return [pattern for pattern in listed(rules.get(name, {}).get('Referer')) if pattern]


def _matches(pattern: str, page: str) -> bool:
    """Whether a page's address begins with a pattern, in which ``*`` is any text and ``?`` one character."""
    return re.match(re.escape(pattern).replace(r'\*', '.*').replace(r'\?', '.'), page) is not None
