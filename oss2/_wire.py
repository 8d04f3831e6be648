"""Reading the bytes of an answer off its connection."""
from __future__ import annotations

from typing import Any, Optional

import requests
from urllib3.exceptions import HTTPError

from ._adapter import body_error, request_error
from ._streams import BLOCK_SIZE
from ._timeouts import has_passed


class Wire:
    """The bytes of an answer as they travel.

    :param deadline: when they have to be read, by `time.monotonic`
    """

    def __init__(self, raw: Any, deadline: Optional[float] = None) -> None:
        self._raw = raw
        self._deadline = deadline

    def read(self, amt: Optional[int] = None) -> bytes:
        """The next bytes; b'' at the end.

        :raises RequestError: the connection failed or closed before the announced length
        """
        raw = self._raw
        if self._deadline is not None and has_passed(self._deadline):
            self.close()
            raise request_error(requests.exceptions.ReadTimeout('the deadline of the call has passed'),
                                deadline=self._deadline)
        if amt is not None and amt < 0:
            amt = None
        try:
            content: bytes = raw.read(amt, decode_content=False)
        except (HTTPError, OSError) as exc:
            raise body_error(exc, self._deadline) from exc
        # A blocking read gives less than it was asked for at the end only.
        if (amt is None or len(content) < amt) and getattr(raw, 'length_remaining', None):
            missing = raw.length_remaining
            self.close()
            raise request_error(requests.exceptions.ChunkedEncodingError(f'the answer ended {missing} bytes early'))
        return content

    def close(self) -> None:
        """Give up the rest; the connection is closed unless the body was read to its end."""
        raw = self._raw
        if getattr(raw, 'closed', True):
            getattr(raw, 'release_conn', lambda: None)()
        else:
            raw.close()


class Content:
    """The content of a `requests.Response` that has no urllib3 response below it, or one already read."""

    def __init__(self, response: Any) -> None:
        self._pieces = response.iter_content(BLOCK_SIZE)
        self._buffer = bytearray()

    def read(self, amt: Optional[int] = None) -> bytes:
        everything = amt is None or amt < 0
        while everything or len(self._buffer) < (amt or 0):
            try:
                self._buffer += next(self._pieces)
            except StopIteration:
                break
            except (requests.RequestException, HTTPError, OSError) as exc:
                raise body_error(exc) from exc
        end = len(self._buffer) if everything else amt
        content = bytes(self._buffer[:end])
        del self._buffer[:end]
        return content
