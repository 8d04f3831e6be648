"""Helpers that programs import from `oss2.utils`; each lives in the module named after what it does."""
from __future__ import annotations

import logging
from email.utils import formatdate as formatdate

from . import defaults as defaults
from ._cipher import _AES_256_KEY_SIZE as _AES_256_KEY_SIZE
from ._cipher import _AES_BLOCK_BITS_LEN as _AES_BLOCK_BITS_LEN
from ._cipher import _AES_BLOCK_LEN as _AES_BLOCK_LEN
from ._cipher import (
    AES_CTR,
    AES_GCM,
    AESCipher,
    AESCTRCipher,
    change_endianness_if_needed,
    iv_to_big_int,
    random_iv,
    random_key,
)
from ._content_type import _EXTRA_TYPES_MAP as _EXTRA_TYPES_MAP
from ._content_type import content_type_by_name, set_content_type
from ._crc64 import Crc32, Crc64, calc_obj_crc_from_parts, crc64_backend
from ._dates import date_to_iso8601, http_date, http_to_unixtime, iso8601_to_date, iso8601_to_unixtime, to_unixtime
from ._digests import b64decode_from_string, b64encode_as_string, content_md5, md5_string
from ._files import force_rename, makedir_p, silently_remove
from ._integrity import check_crc, copyfileobj_and_verify
from ._metadata import decode_metadata, encode_metadata
from ._ranges import _make_line_range_string as _make_line_range_string
from ._ranges import _make_split_range_string as _make_split_range_string
from ._ranges import _range_internal as _range_internal
from ._streams import (
    SizedFileAdapter,
    file_object_remaining_bytes,
    make_cipher_adapter,
    make_crc_adapter,
    make_progress_adapter,
)
from ._streams import _BytesAndFileAdapter as _BytesAndFileAdapter
from ._streams import _FileLikeAdapter as _FileLikeAdapter
from ._streams import _get_data_size as _get_data_size
from ._streams import _has_data_size_attr as _has_data_size_attr
from ._streams import _invoke_cipher_callback as _invoke_cipher_callback
from ._streams import _invoke_crc_callback as _invoke_crc_callback
from ._streams import _invoke_progress_callback as _invoke_progress_callback
from ._streams import _IterableAdapter as _IterableAdapter
from ._urls import is_ip_or_localhost, is_valid_bucket_name, is_valid_endpoint
from .compat import to_bytes, to_string, to_unicode
from .compat import urlparse as urlparse
from .crc64_combine import mkCombineFun as mkCombineFun
from .exceptions import ClientError, InconsistentError, OpenApiFormatError, RequestError

logger = logging.getLogger(__name__)

_CHUNK_SIZE = 8 * 1024


def how_many(m: int, n: int) -> int:
    """Pieces of at most *n* that make *m*."""
    return (m + n - 1) // n


__all__ = [
    'AES_CTR', 'AES_GCM', 'AESCipher', 'AESCTRCipher', 'change_endianness_if_needed', 'iv_to_big_int', 'random_iv',
    'random_key',
    'b64decode_from_string', 'b64encode_as_string', 'calc_obj_crc_from_parts', 'check_crc', 'ClientError',
    'content_md5', 'content_type_by_name', 'copyfileobj_and_verify', 'Crc32', 'Crc64', 'crc64_backend',
    'date_to_iso8601', 'decode_metadata', 'defaults', 'encode_metadata',
    'file_object_remaining_bytes', 'force_rename', 'how_many', 'http_date',
    'http_to_unixtime', 'InconsistentError', 'is_ip_or_localhost', 'is_valid_bucket_name', 'is_valid_endpoint',
    'iso8601_to_date', 'iso8601_to_unixtime', 'make_cipher_adapter', 'make_crc_adapter', 'make_progress_adapter',
    'makedir_p', 'md5_string', 'OpenApiFormatError', 'RequestError', 'set_content_type', 'silently_remove',
    'SizedFileAdapter', 'to_bytes', 'to_string', 'to_unicode', 'to_unixtime',
]
