"""The promises of the API reference, one row each, and what their tests share."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from rawserver import Received, Sent, answer

FILE = Path(__file__).with_name('promises.tsv')


class Promise(NamedTuple):
    """A row: its number, what kind of promise it is, and the promise."""

    id: str
    kind: str
    text: str


def promises(*kinds: str) -> List[Promise]:
    """The rows of these kinds, all of them if none is named."""
    rows = [Promise(*line.split('\t')) for line in FILE.read_text(encoding='utf-8').splitlines()]
    return [row for row in rows if not kinds or row.kind in kinds]


def named(promise: Promise) -> str:
    """What a promise calls itself where it is a parameter of a test."""
    return promise.id


def path_of(request: Received) -> str:
    """The path of a request, decoded."""
    return unquote(urlsplit(request.target).path)


def query_of(request: Received) -> Dict[str, str]:
    """The query of a request, decoded."""
    return dict(parse_qsl(urlsplit(request.target).query, keep_blank_values=True))


def document(body: str, **headers: Any) -> Sent:
    """An answer with a document."""
    return answer(body.encode(), headers={'Content-Type': 'application/xml', **headers})


def error(status: int, code: str) -> Sent:
    """An error that OSS answers with."""
    body = '<Error><Code>%s</Code><Message>why</Message><RequestId>RAW</RequestId></Error>' % code
    return answer(body.encode(), status=status)


def in_pages(first: Any, following: Any) -> List[Any]:
    """All pages of a listing: the first one, then as long as there are more what comes after it."""
    pages = [first]
    while pages[-1].is_truncated:
        pages.append(following(pages[-1]))
    return pages


def is_progress(calls: Sequence[Any], size: int, total: Any) -> bool:
    """Whether a callback was told of `size` bytes, never fewer than before, and of the total."""
    consumed = [call[0] for call in calls]
    return (all(len(call) == 2 and type(call[0]) is int and call[1] == total for call in calls)
            and consumed == sorted(consumed) and bool(consumed) and consumed[-1] == size)
