"""Objects as files, and uploads of unknown length."""
from __future__ import annotations

import codecs
import io
from typing import Any, Iterator, Optional, Tuple, cast

from .. import models, utils
from .._arguments import Headers, Params, checked_headers, checked_key, copied_params
from .._client import BucketClient
from .._content_type import set_content_type
from .._object_reader import ObjectReader
from .._object_writer import ObjectAppender, ObjectWriter, TextWriter
from .._streams import ProgressCallback, _checked_bytes, _IterableAdapter, _plain, check_sendable
from .._typing import Data
from ..exceptions import ClientError

BUFFER_SIZE = 128 * 1024

# What is read of a source at a time.
BLOCK_SIZE = 1024 * 1024


class FileOperations(BucketClient):
    """Opening objects as files."""

    _part_block = 1
    """What the sizes of the parts of a file are multiples of."""

    def open(self, key: str, mode: str = 'rb', encoding: Optional[str] = None, errors: Optional[str] = None,
             newline: Optional[str] = None, part_size: Optional[int] = None, num_threads: int = 1,
             headers: Headers = None, params: Params = None) -> Any:
        """Open an object as a file, as the built-in `open` does.

        An object with a Content-Encoding is read decoded, and without seek.

        :param mode: rb or r reads, with seek; wb or w writes an object that appears as a whole when the file is
            closed, or not at all; ab or a appends to an appendable object
        :param encoding: of text, UTF-8 by default; with errors and newline as for the built-in `open`
        :param part_size: bytes that are kept before they are sent; None: `oss2.defaults.part_size`
        :param num_threads: parts that are uploaded at a time
        :param headers: of the object that is written, or of the requests that read
        :param params: of the requests that read; a `versionId` chooses the version
        :return: an :class:`io.BufferedReader`, :class:`io.TextIOWrapper` or :class:`io.BufferedIOBase`
        :raises NoSuchKey: there is no such object to read
        :raises PreconditionFailed: while reading: the object changed since it was opened
        """
        checked_key(key)
        kind = mode.replace('b', '').replace('t', '')
        if kind not in ('r', 'w', 'a') or len(mode) > 2:
            raise ClientError(f"mode {mode!r} is none of 'r', 'rb', 'w', 'wb', 'a', 'ab'")
        text = 'b' not in mode
        if not text and not (encoding is errors is newline is None):
            raise ClientError('encoding, errors and newline are for text: binary files have none')
        encoding = encoding or 'utf-8'
        if text:
            _check_text(encoding, errors, newline)
        if kind == 'r':
            reader = self._reader(key, headers, params)
            return io.TextIOWrapper(reader, encoding, errors, newline) if text else reader
        own = dict(set_content_type(checked_headers(headers), key))
        if kind == 'w':
            writer = ObjectWriter(self, key, part_size, num_threads, own)
            return TextWriter(writer, encoding, errors, newline) if text else writer
        self._check_appendable()
        appender = ObjectAppender(self, key, part_size, own)
        return io.TextIOWrapper(appender, encoding, errors, newline) if text else appender

    def _reader(self, key: str, headers: Headers, params: Params) -> io.BufferedReader:
        own = dict(checked_headers(headers))
        found = models.HeadObjectResult(self._object('HEAD', key, headers=own, params=params))
        if found.headers.get('Content-Encoding', 'identity') != 'identity':
            raw: Any = cast(Any, self).get_object(key, headers=own, params=params)
        else:
            raw = ObjectReader(self, key, found, copied_params(params), own)
        return io.BufferedReader(raw, BUFFER_SIZE)

    def _check_appendable(self) -> None:
        """:raises ClientError: nothing can be appended in this bucket"""

    def _begin_parts(self, key: str, headers: Any) -> Tuple[str, Any]:
        """Begin the upload of a file of unknown length: its id, and what its parts have in common."""
        return cast(Any, self).init_multipart_upload(key, headers=headers).upload_id, None

    def _send_part(self, key: str, upload_id: str, number: int, begin: int, content: memoryview, common: Any,
                   headers: Any) -> models.PutObjectResult:
        """Upload the part of a file that is at *begin*."""
        result: models.PutObjectResult = cast(Any, self).upload_part(key, upload_id, number, content, headers=headers)
        return result

    def upload_stream(self, key: str, data: Data, part_size: Optional[int] = None, num_threads: int = 1,
                      headers: Headers = None,
                      progress_callback: Optional[ProgressCallback] = None) -> models.PutObjectResult:
        """Upload data of unknown length, in parts; memory is at most `num_threads + 1` parts.

        Unlike a chunked :meth:`put_object`, it is not limited to 5 GB, and a failed part is sent again.

        :param data: an iterable of bytes, a file object opened in binary mode (read from its current position, not
            closed), or bytes
        :param progress_callback: called with (bytes taken from *data*, bytes in all or None)
        """
        data = _plain(data)
        check_sendable(data)
        if progress_callback:
            data = utils.make_progress_adapter(data, progress_callback)
        with self.open(key, 'wb', part_size=part_size, num_threads=num_threads, headers=headers) as out:
            for piece in _pieces(data):
                out.write(piece)
        result: models.PutObjectResult = out.result
        return result


def _check_text(encoding: str, errors: Optional[str], newline: Optional[str]) -> None:
    """Fail as `io.TextIOWrapper` would, but before there is a file: one that is forgotten is closed, and sent."""
    io.TextIOWrapper(io.BytesIO(), encoding, errors, newline)
    codecs.lookup_error(errors or 'strict')


def _pieces(data: Any) -> Iterator[Any]:
    if isinstance(data, (bytes, memoryview)):
        return iter([data])
    if hasattr(data, 'read'):
        return iter(lambda: _checked_bytes(data.read(BLOCK_SIZE), data), b'')
    return iter(_IterableAdapter(data))
