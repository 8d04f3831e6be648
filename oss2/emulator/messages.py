"""A request as operations see it, and the answer they give."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Dict, Iterator, Mapping, Optional, Protocol

from .contents import Body
from .errors import ApiError, invalid_argument
from .records import Bucket

if TYPE_CHECKING:
    from .accounts import Identity
    from .state import State

#: bytes an XML request may have; a batch of 1000 deletes and a list of 10,000 parts fit
DOCUMENT_LIMIT = 8 * 1024 * 1024


_INTEGER = re.compile('[0-9]{1,18}')


def integer(text: str) -> Optional[int]:
    """A non-negative number as clients write it; None for anything else."""
    return int(text) if _INTEGER.fullmatch(text) else None


def headers_of(scope: Any) -> Dict[str, str]:
    """The headers of an ASGI request by lower-case name; values as latin-1, those of one name joined."""
    headers: Dict[str, str] = {}
    for raw_name, raw_value in scope['headers']:
        name, value = raw_name.decode('latin-1'), raw_value.decode('latin-1').strip(' \t')
        headers[name] = headers[name] + ', ' + value if name in headers else value
    return headers


@dataclass
class Request:
    """One request, already routed and authorized when an operation gets it.

    :param bucket: '' for requests to the service
    :param key: '' for requests to the service or a bucket
    :param params: query parameters, decoded; of a repeated one the first
    :param headers: by lower-case name; values as latin-1, so that any bytes survive
    :param host: the Host header without its port
    :param now: the server's clock, Unix seconds
    :param service: which of the services beside OSS it is for, '' for OSS
    :param client: the address that the request came from
    :param target: path and query as they were sent
    :param access_point: name of the one that the request came through, '' if it came to the bucket itself
    """

    state: State
    id: str
    method: str
    scheme: str
    host: str
    netloc: str
    bucket: str
    key: str
    params: Dict[str, str]
    headers: Mapping[str, str]
    now: float
    path: str = ''
    client: str = ''
    target: str = ''
    access_point: str = ''
    identity: Optional[Identity] = None
    body: Optional[Body] = None
    service: str = ''

    def header(self, name: str) -> Optional[str]:
        return self.headers.get(name)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """The value of a query parameter that is a number; ``default`` when it is absent or empty.

        :raises ApiError: InvalidArgument
        """
        text = self.params.get(name, '')
        value = integer(text) if text else default
        if value is None or not least <= value <= most:
            message = 'Argument %s must be an integer between %d and %d.' % (name, least, most)
            raise invalid_argument(name, text, message)
        return value

    def the_bucket(self) -> Bucket:
        """The bucket the request is for.

        :raises ApiError: NoSuchBucket
        """
        found = self.state.store.bucket(self.bucket)
        if found is None:
            raise ApiError('NoSuchBucket', BucketName=self.bucket)
        return found

    @property
    def account(self) -> str:
        """The id of the account that asks, '' for anonymous."""
        return '' if self.identity is None else self.identity.account.id

    def payload(self) -> Body:
        """The body, empty if none was sent."""
        return self.body or Body(b'', None, 0, b'', 0)

    def document(self) -> bytes:
        """The body of a request that carries XML or JSON.

        :raises ApiError: MalformedXML: it is too long to be one
        """
        body = self.payload()
        if body.data is not None:
            return body.data
        if body.size > DOCUMENT_LIMIT or body.file is None:
            raise ApiError('MalformedXML')
        with self.state.store.contents.file(body.file) as file:
            return file.read()


class Source(Protocol):
    """The bytes of an answer: of an object, or made while they are sent.

    ``size`` is None when it is not known before; ``whole`` returns None when they are not in memory anyway.
    """

    @property
    def size(self) -> Optional[int]: ...

    def whole(self) -> Optional[bytes]: ...

    def chunks(self) -> Iterator[bytes]: ...

    def close(self) -> None: ...


@dataclass
class Answer:
    """What to send back: ``body``, or the bytes of ``reader``, which the server closes.

    :param rate: bytes a second to send it at; None for as many as there can be
    """

    status: int = 200
    headers: Dict[str, str] = field(default_factory=dict)
    body: bytes = b''
    reader: Optional[Source] = None
    is_gzipped: bool = False
    rate: Optional[float] = None

    @classmethod
    def xml(cls, body: bytes, headers: Optional[Dict[str, str]] = None) -> Answer:
        return cls(200, {'content-type': 'application/xml', **(headers or {})}, body)
