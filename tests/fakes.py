"""What tests of this library's users put in the place of its parts."""
from __future__ import annotations

import io
from typing import Any, Iterator, List, Mapping, Optional, Union

from requests.structures import CaseInsensitiveDict


class FakeResponse:
    """An answer with only what the library may ask of one: no attribute can be added, none but these is there."""

    __slots__ = ('_body', 'headers', 'request_id', 'status')

    def __init__(self, status: int = 200, headers: Optional[Mapping[str, Any]] = None, body: bytes = b'') -> None:
        self.status = status
        self.headers = CaseInsensitiveDict(headers or {})
        self.request_id = self.headers.get('x-oss-request-id', 'FAKE')
        self._body = io.BytesIO(body)

    def read(self, amt: Optional[int] = None) -> Union[bytes, str]:
        return self._body.read(-1 if amt is None else amt) or ''

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self._body.read(1000), b'')


def error(status: int, code: str) -> FakeResponse:
    document = f'<?xml version="1.0"?><Error><Code>{code}</Code><Message>m</Message></Error>'
    return FakeResponse(status, {'x-oss-request-id': 'FAKE'}, document.encode())


class FakeSession:
    """A session whose answers are given; it keeps the requests, their bodies read.

    :param answers: one for each request, an exception is raised; then empty successes
    """

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.requests: List[Any] = []
        self.bodies: List[Optional[bytes]] = []
        self.timeouts: List[Any] = []

    def do_request(self, req: Any, timeout: Any) -> Any:
        self.requests.append(req)
        self.timeouts.append(timeout)
        self.bodies.append(body_of(req.data))
        answer = self.answers.pop(0) if self.answers else FakeResponse()
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def last(self) -> Any:
        return self.requests[-1]


def body_of(data: Any) -> Optional[bytes]:
    """The bytes that a request would send."""
    if data is None or isinstance(data, bytes):
        return data
    if hasattr(data, 'read'):
        return b''.join(iter(lambda: data.read(8192), b''))
    return b''.join(data)


class NoSession:
    """A session for what must not be sent."""

    def do_request(self, req: Any, timeout: Any) -> Any:
        raise AssertionError(f'sent: {req.method} {req.url}')
