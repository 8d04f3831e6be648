"""Completing an upload, so that it is clear in the end whether the object was made."""
from __future__ import annotations

import logging
import time
from typing import Any, Optional, Sequence

from . import _retry, models
from ._arguments import payer
from ._attempts import is_unclear
from ._client import BucketClient
from ._crc64 import calc_obj_crc_from_parts
from ._timeouts import has_passed
from .exceptions import OssError
from .headers import OSS_CALLBACK

logger = logging.getLogger(__name__)


# What the second of two completions is told, the latter if it must not overwrite an object.
ALREADY_DONE = ('NoSuchUpload', 'FileAlreadyExists', 'ObjectAlreadyExists')


def complete(bucket: BucketClient, key: str, upload_id: str, parts: Optional[Sequence[models.PartInfo]], data: Any,
             headers: Any) -> models.PutObjectResult:
    """Send *data*, the document of the *parts*, until it is clear what became of it."""
    unclear: Optional[OssError] = None
    attempts, end = 0, bucket._end()
    while True:
        try:
            return models.PutObjectResult(bucket._until(end)._object(
                'POST', key, params={'uploadId': upload_id}, data=data, headers=headers))
        except OssError as exc:
            if unclear is not None and exc.code in ALREADY_DONE:
                found = _find_made_of(bucket._until(end), parts or (), key, headers)
                if found is None:
                    raise exc from unclear
                return found
            attempts += exc.attempts
            pause = _retry.delay(attempts)
            # What the callback's server answered could not be had a second time.
            if attempts >= _retry.most_attempts(exc) or not is_unclear(exc) or OSS_CALLBACK in headers \
                    or has_passed(end, pause):
                raise
            unclear = exc
        logger.debug('completing the upload %s of %s again, attempt %d: %s', upload_id, key, attempts, unclear)
        time.sleep(pause)


def _find_made_of(bucket: BucketClient, parts: Sequence[models.PartInfo], key: str,
                  headers: Any) -> Optional[models.PutObjectResult]:
    """The object, if it is the one that these parts make."""
    crc = calc_obj_crc_from_parts(parts)
    if not parts or crc is None:
        return None
    try:
        found = models.HeadObjectResult(bucket._object('HEAD', key, headers=payer(headers)))
    except OssError as exc:
        logger.debug('%s cannot be looked at: %s', key, exc)
        return None
    same = found.server_crc == crc and found.content_length == sum(part.size or 0 for part in parts)
    return models.PutObjectResult(found.resp) if same else None
