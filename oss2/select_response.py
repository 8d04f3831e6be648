"""The answer to a select: rows in frames, with a checksum each and a last one that tells how it went.

A frame is a version (1 byte), a type (3 bytes), the length of its payload (4 bytes), a checksum of these that is not
used (4 bytes), the payload, and the CRC-32 of the payload (4 bytes); numbers are big-endian.  A payload begins with the
offset that OSS has scanned up to (8 bytes).
"""
from __future__ import annotations

import logging
import struct
import zlib
from typing import Any, Callable, Iterator, Optional, Tuple

from .compat import to_bytes as to_bytes
from .exceptions import InconsistentError as InconsistentError
from .exceptions import OssError
from .exceptions import RequestError as RequestError
from .exceptions import SelectOperationClientError as SelectOperationClientError
from .exceptions import SelectOperationFailed as SelectOperationFailed
from .headers import OSS_REQUEST_ID

logger = logging.getLogger(__name__)

_RAW_OUTPUT = 'x-oss-select-output-raw'

_VERSION = 1
_HEAD = struct.Struct('>II4x')
_CHECKSUM = struct.Struct('>I')
_OFFSET = struct.Struct('>Q')
# Bytes scanned and HTTP status; then the message. Those of a meta also have splits, rows and, of CSV, columns.
_END = struct.Struct('>QI')
_CSV_META_END = struct.Struct('>QIIQI')
_JSON_META_END = struct.Struct('>QIIQ')


class SelectResponseAdapter:
    """Reads the frames of an answer.

    :param response: the answer: an iterable of bytes, with `headers`; if it has `read`, that is called
    :param progress_callback: called now and then with (bytes scanned, *content_length*)
    :param enable_crc: compare the checksums of the frames; OSS computes them if EnablePayloadCrc was asked for
    """

    _CHUNK_SIZE = 8 * 1024
    _CONTINIOUS_FRAME_TYPE = 8388612
    _DATA_FRAME_TYPE = 8388609
    _END_FRAME_TYPE = 8388613
    _META_END_FRAME_TYPE = 8388614
    _JSON_META_END_FRAME_TYPE = 8388615
    _FRAMES_FOR_PROGRESS_UPDATE = 10

    def __init__(self, response: Any, progress_callback: Optional[Callable[[int, Optional[int]], Any]] = None,
                 content_length: Optional[int] = None, enable_crc: bool = False) -> None:
        self.response = response
        self.callback = progress_callback
        self.content_length = content_length
        self.enable_crc = enable_crc
        self.request_id: str = response.headers.get(OSS_REQUEST_ID, '') or getattr(response, 'request_id', '')
        self.output_raw_data = str(response.headers.get(_RAW_OUTPUT, '')).lower() == 'true'
        """Whether the answer is the rows alone."""
        self.resp_content_iter: Iterator[bytes] = iter(self._pieces())
        self.raw_buffer = b''
        self.raw_buffer_offset = 0
        self.payload = b''
        self.check_sum_flag = 0
        self.frame_data = b''
        """Rows of the frame read last."""
        self.frame_length = 0
        self.frame_off_set = 0
        self.frames_since_last_progress_report = 0
        self.file_offset = 0
        """Bytes of the object that were scanned."""
        self.finished = 0
        """Whether the last frame was read."""
        self.final_status: Optional[int] = None
        """The HTTP status in it."""
        self.splits = 0
        self.rows = 0
        self.columns = 0
        self._error: Optional[OssError] = None

    def read(self, amt: Optional[int] = None) -> bytes:
        """The next *amt* bytes of rows, fewer only at the end; all that are left for None.

        :raises SelectOperationFailed: the select broke off
        :raises SelectOperationClientError: the answer is cut short or broken
        :raises InconsistentError: a checksum is wrong
        """
        if amt is not None and amt < 0:
            amt = None
        pieces = []
        size = 0
        while (amt is None or size < amt) and self._fill():
            end = self.frame_length if amt is None else min(self.frame_length, self.frame_off_set + amt - size)
            pieces.append(self.frame_data[self.frame_off_set:end])
            size += end - self.frame_off_set
            self.frame_off_set = end
        return b''.join(pieces)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        """What is left of a frame's rows; errors as those of :meth:`read`."""
        if not self._fill():
            raise StopIteration
        rows = self.frame_data[self.frame_off_set:self.frame_length]
        self.frame_off_set = self.frame_length
        return rows

    next = __next__

    def read_raw(self, amt: int) -> bytes:
        """The next *amt* bytes of the answer, as they came.

        :raises SelectOperationClientError: there are not so many
        """
        while len(self.raw_buffer) - self.raw_buffer_offset < amt:
            piece = self._next_piece(amt - len(self.raw_buffer) + self.raw_buffer_offset)
            if not piece:
                raise self._broken('it ended in the middle of a frame, or without the last one')
            self.raw_buffer = self.raw_buffer[self.raw_buffer_offset:] + piece
            self.raw_buffer_offset = 0
        begin = self.raw_buffer_offset
        self.raw_buffer_offset += amt
        return self.raw_buffer[begin:self.raw_buffer_offset]

    def read_next_frame(self) -> None:
        """Read one frame; rows that it has are then in `frame_data`."""
        self.frame_data, self.frame_length, self.frame_off_set = b'', 0, 0
        version_and_type, size = _HEAD.unpack(self.read_raw(_HEAD.size))
        kind = version_and_type & 0xFFFFFF
        if version_and_type >> 24 != _VERSION:
            raise self._broken(f'version {version_and_type >> 24} of frames is unknown')
        if size < _OFFSET.size:
            raise self._broken(f'a frame with a payload of {size} bytes')
        block = self.read_raw(size + _CHECKSUM.size)
        self.payload = block[:size]
        self._check_crc(kind, _CHECKSUM.unpack_from(block, size)[0])
        self.file_offset = _OFFSET.unpack_from(block)[0]
        if kind in (self._DATA_FRAME_TYPE, self._CONTINIOUS_FRAME_TYPE):
            if kind == self._DATA_FRAME_TYPE:
                self.frame_data = self.payload[_OFFSET.size:]
                self.frame_length = len(self.frame_data)
            self._report_progress()
        elif kind == self._END_FRAME_TYPE:
            self._end(_END)
            if self.callback is not None:
                self.callback(self.file_offset, self.content_length)
        elif kind == self._META_END_FRAME_TYPE:
            self.splits, self.rows, self.columns = self._end(_CSV_META_END)
        elif kind == self._JSON_META_END_FRAME_TYPE:
            self.splits, self.rows = self._end(_JSON_META_END)
        else:
            raise self._broken(f'frames of type {kind} are unknown')

    def _fill(self) -> bool:
        """Whether there are rows to take, of the frame at hand or a next one."""
        while self.frame_off_set >= self.frame_length:
            if self._error is not None:
                raise self._error
            if self.finished:
                return False
            if self.output_raw_data:
                self._next_raw_rows()
            else:
                self.read_next_frame()
        return True

    def _next_raw_rows(self) -> None:
        self.frame_data = self._next_piece(self._CHUNK_SIZE)
        self.frame_length, self.frame_off_set = len(self.frame_data), 0
        if not self.frame_data:
            self.finished = 1

    def _check_crc(self, kind: int, received: int) -> None:
        if not self.enable_crc:
            return
        self.check_sum_flag = 1
        computed = zlib.crc32(self.payload)
        # Only frames with rows are known to have one always.
        if received != computed and (received or kind == self._DATA_FRAME_TYPE):
            raise self._failed(InconsistentError(
                f'the CRC-32 of a frame is {computed}, OSS says {received}', self.request_id))

    def _report_progress(self) -> None:
        self.frames_since_last_progress_report += 1
        if self.callback is not None and self.frames_since_last_progress_report >= self._FRAMES_FOR_PROGRESS_UPDATE:
            self.callback(self.file_offset, self.content_length)
            self.frames_since_last_progress_report = 0

    def _end(self, layout: struct.Struct) -> Tuple[int, ...]:
        """Take in the last frame: what it has besides the status."""
        body = self.payload[_OFFSET.size:]
        if len(body) < _END.size:
            raise self._broken(f'a last frame with a payload of {len(self.payload)} bytes')
        self.final_status = status = _END.unpack_from(body)[1]
        self.finished = 1
        if status // 100 != 2:
            code, dot, message = body[layout.size:].decode('utf-8', 'replace').partition('.')
            if not dot:
                code, message = '', code
            raise self._failed(SelectOperationFailed(status, code, message, self.request_id))
        if len(body) < layout.size:
            raise self._broken(f'a last frame with a payload of {len(self.payload)} bytes')
        if self._next_piece(self._CHUNK_SIZE):  # normally the end: the connection is free for the next request
            self._close()
        return layout.unpack_from(body)[2:]

    def _broken(self, what: str) -> OssError:
        return self._failed(SelectOperationClientError(
            f'the answer to the select cannot be read: {what}', self.request_id))

    def _failed(self, error: OssError) -> OssError:
        """*error*, which is raised again when rows are asked for again: those before it are not all."""
        self._error = error
        self.finished = 1
        self._close()
        return error

    def _close(self) -> None:
        if hasattr(self.response, 'close'):
            self.response.close()

    def _pieces(self) -> Iterator[bytes]:
        return iter(()) if hasattr(self.response, 'read') else iter(self.response)

    def _next_piece(self, amt: int) -> bytes:
        """Up to *amt* bytes, or more if the answer can only be iterated over; b'' at its end.

        Not to ask for more than a frame needs has rows arrive as OSS finds them.
        """
        if hasattr(self.response, 'read'):
            return self.response.read(amt) or b''
        for piece in self.resp_content_iter:
            if piece:
                return piece
        return b''
