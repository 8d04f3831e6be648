"""Appends whose outcome is found out when OSS did not say it, and appends to wherever the end is."""
from __future__ import annotations

import logging
import time
from typing import Any, Callable, Optional, Tuple

from . import _retry, models
from ._arguments import Headers, payer
from ._attempts import is_unclear
from ._client import BucketClient
from ._crc64 import Crc64
from ._streams import BLOCK_SIZE, _get_data_size, rewind
from ._timeouts import has_passed
from .exceptions import NotFound, OssError, PositionNotEqualToLength

logger = logging.getLogger(__name__)

# How often the end is looked for anew, when others append all the time.
MOST_RACES = 20


def append_to_end(bucket: Any, key: str, source: Any, headers: Headers,
                  append: Callable[[Any, int, Optional[int]], models.AppendObjectResult]
                  ) -> models.AppendObjectResult:
    """Append at the end of an object, found anew as often as somebody else appends first.

    :param source: what *append* sends
    :param append: called with the bucket, the position and the CRC-64 of what is there
    """
    races, end = 0, bucket._end()
    while True:
        position, crc = _end_of(bucket._until(end), key, payer(headers))
        try:
            return append(bucket._until(end), position, crc)
        except PositionNotEqualToLength as exc:
            races += 1
            if races > MOST_RACES or not rewind(source):
                raise
            logger.debug('%s grew meanwhile, its end is no longer %d: %s', key, position, exc)


def _end_of(bucket: BucketClient, key: str, headers: Headers) -> Tuple[int, Optional[int]]:
    """Length and CRC-64 of an object; (0, 0) if there is none."""
    try:
        found = models.HeadObjectResult(bucket._object('HEAD', key, headers=headers))
    except NotFound as exc:
        if exc.code not in ('', 'NoSuchKey'):
            raise
        return 0, 0
    return found.content_length or 0, found.server_crc


class Append:
    """One append, sent until it is clear what became of it.

    :param source: the data; *body* is the same, with what counts and checks it
    :param checked: whether *body* computes the CRC-64 of the whole object
    """

    def __init__(self, bucket: BucketClient, key: str, position: int, source: Any, body: Any, checked: bool,
                 headers: Any) -> None:
        self._bucket = bucket
        self._key = key
        self._position = position
        self._source = source
        self._body = body
        self._checked = checked
        self._headers = headers
        self._size = None if isinstance(source, (list, tuple)) else _get_data_size(source)
        self._end = bucket._end()

    def send(self) -> models.AppendObjectResult:
        unclear: Optional[OssError] = None
        attempts = 0
        while True:
            try:
                return models.AppendObjectResult(self._bucket._until(self._end)._object(
                    'POST', self._key, data=self._body, headers=self._headers,
                    params={'append': '', 'position': str(self._position)}))
            except PositionNotEqualToLength:
                # After an unclear attempt it may be that one, still under way when it was asked for.
                if unclear is None:
                    raise
            except OssError as exc:
                if not is_unclear(exc):
                    raise
                unclear = exc
                attempts += exc.attempts
            done = self._outcome(unclear)
            if done is not None:
                return done
            pause = _retry.delay(attempts)
            if attempts >= _retry.most_attempts(unclear) or has_passed(self._end, pause) or not rewind(self._body):
                raise unclear
            logger.debug('appending to %s at %d again, attempt %d: %s', self._key, self._position, attempts, unclear)
            time.sleep(pause)

    def _outcome(self, unclear: OssError) -> Optional[models.AppendObjectResult]:
        """What an unclear attempt has appended; None for nothing.

        :raises OssError: *unclear*, if that cannot be told
        """
        if self._size is None:
            raise unclear
        found = self._look(unclear)
        length = 0 if found is None else found.content_length
        if found is not None and length == self._position + self._size:
            if not self._is_there(found):
                raise unclear
            result = models.AppendObjectResult(found.resp)
            result.next_position = length
            return result
        if length != self._position:
            raise unclear
        return None

    def _look(self, unclear: OssError) -> Optional[models.HeadObjectResult]:
        try:
            return models.HeadObjectResult(self._bucket._until(self._end)._object(
                'HEAD', self._key, headers=payer(self._headers)))
        except NotFound:
            return None
        except OssError as exc:
            logger.debug('%s cannot be looked at: %s', self._key, exc)
        raise unclear

    def _is_there(self, found: models.HeadObjectResult) -> bool:
        """Whether the object ends in the data, rather than in as much of somebody else's."""
        if self._checked and found.server_crc is not None:
            return bool(self._body.offset == self._size and self._body.crc == found.server_crc)
        if not self._size:
            return True
        if not rewind(self._source):
            return False
        last = self._position + self._size - 1
        try:
            end = self._bucket._until(self._end)._object('GET', self._key, headers=dict(
                payer(self._headers), range=f'bytes={self._position}-{last}'))
            return _crc_of(end) == _crc_of(self._source)
        except OssError as exc:
            logger.debug('the end of %s cannot be read: %s', self._key, exc)
            return False


def _crc_of(source: Any) -> int:
    crc = Crc64()
    if isinstance(source, (bytes, memoryview)):
        crc.update(source)
    else:
        for block in iter(lambda: source.read(BLOCK_SIZE), b''):
            crc.update(block)
    return crc.crc
