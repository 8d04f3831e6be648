"""Records of resumable transfers: what a checkpoint holds, and whether it can be followed.  Values in, values out.

The fields are those of oss2 2.19.1.  A record may have others besides, but one that says it is of a later `version`
is not followed.
"""
from __future__ import annotations

import base64
import re
from typing import Any, Dict, List, Mapping, Optional

from ._digests import b64encode_as_string
from ._parts import _PartToProcess, part_count, planned_part
from .headers import KMS_ALI_WRAP_ALGORITHM

Record = Dict[str, Any]

VERSION = 1

UPLOAD = 'ResumableUpload'
DOWNLOAD = 'ResumableDownload'

# More parts than any transfer has: a record that asks for more would fill the memory.
MOST_PARTS = 1_000_000

_UPLOAD_ID = re.compile(r'[\x21-\x7e]+\Z')
_SUFFIX = re.compile(r'\.[A-Za-z0-9_.-]{1,60}\Z')
_MATERIAL = ('wrap_alg', 'cek_alg', 'encrypted_key', 'encrypted_iv')


def new_upload(upload_id: str, path: str, size: int, mtime: float, bucket_name: str, key: str, part_size: int,
               material: Any = None) -> Record:
    """The record of an upload that was begun.

    :param material: the ContentCryptoMaterial of an encrypted one
    """
    record: Record = {'op_type': UPLOAD, 'upload_id': upload_id, 'file_path': path, 'size': size, 'mtime': mtime,
                      'bucket': bucket_name, 'key': key, 'part_size': part_size}
    if material is not None:
        record['content_crypto_material'] = {
            'wrap_alg': material.wrap_alg, 'cek_alg': material.cek_alg,
            'encrypted_key': _as_text(material.encrypted_key), 'encrypted_iv': _as_text(material.encrypted_iv),
            'mat_desc': material.mat_desc}
    return record


def is_upload(record: Record, bucket_name: str, key: str, encrypted: bool) -> bool:
    """Whether this tells of an upload to *key*, all that it takes to go on with it."""
    if not _is_of(record, UPLOAD, bucket_name, key):
        return False
    if not (isinstance(record.get('upload_id'), str) and _UPLOAD_ID.match(record['upload_id'])):
        return False
    material = record.get('content_crypto_material')
    return _is_material(material) if encrypted else material is None


def new_download(bucket_name: str, key: str, size: int, mtime: Optional[int], etag: Optional[str], part_size: int,
                 path: str, tmp_suffix: str) -> Record:
    """The record of a download that is begun."""
    return {'op_type': DOWNLOAD, 'bucket': bucket_name, 'key': key, 'size': size, 'mtime': mtime, 'etag': etag,
            'part_size': part_size, 'file_path': path, 'tmp_suffix': tmp_suffix, 'parts': []}


def is_download(record: Record, bucket_name: str, key: str) -> bool:
    """Whether this tells of a download of *key*, all that it takes to go on with it."""
    if not _is_of(record, DOWNLOAD, bucket_name, key) or not isinstance(record.get('etag'), str):
        return False
    if not (isinstance(record.get('tmp_suffix'), str) and _SUFFIX.match(record['tmp_suffix'])):
        return False
    return finished_parts(record) is not None


def finished_parts(record: Record) -> Optional[List[_PartToProcess]]:
    """The parts that a download's record lists; None if they are not distinct parts of its plan."""
    parts = record.get('parts')
    if not isinstance(parts, list):
        return None
    found: Dict[int, _PartToProcess] = {}
    for fields in parts:
        part = _part(fields)
        if part is None or not 1 <= part.part_number <= part_count(record['size'], record['part_size']) \
                or part != planned_part(part.part_number, record['size'], record['part_size']) \
                or part.part_number in found:
            return None
        found[part.part_number] = part
    return list(found.values())


def part_fields(part: _PartToProcess) -> Record:
    """A finished part as a download's record lists it."""
    return {'part_number': part.part_number, 'start': part.start, 'end': part.end, 'part_crc': part.part_crc}


def key_and_iv(record: Record) -> Any:
    """The pair (encrypted key, encrypted IV) of an encrypted upload's record, as the crypto provider made them.

    :raises ValueError: they are not base64
    """
    material = record['content_crypto_material']
    if material['wrap_alg'] == KMS_ALI_WRAP_ALGORITHM:
        return material['encrypted_key'], material['encrypted_iv']
    return tuple(base64.b64decode(material[name], validate=True) for name in ('encrypted_key', 'encrypted_iv'))


def _is_of(record: Record, operation: str, bucket_name: str, key: str) -> bool:
    if record.get('op_type') != operation or record.get('version', VERSION) != VERSION:
        return False
    if record.get('bucket') != bucket_name or record.get('key') != key or not isinstance(record.get('file_path'), str):
        return False
    if not all(_is_count(record.get(name)) for name in ('size', 'part_size')) or not _is_time(record.get('mtime')):
        return False
    size, part_size = record['size'], record['part_size']
    return bool(size == 0 or (part_size > 0 and part_count(size, part_size) <= MOST_PARTS))


def _is_material(material: Any) -> bool:
    if not isinstance(material, Mapping) or not all(isinstance(material.get(name), str) for name in _MATERIAL):
        return False
    if not (material.get('mat_desc') is None or isinstance(material['mat_desc'], Mapping)):
        return False
    try:
        key_and_iv({'content_crypto_material': material})
    except ValueError:  # no base64
        return False
    return True


def _part(fields: Any) -> Optional[_PartToProcess]:
    if not isinstance(fields, Mapping) or not all(_is_count(fields.get(name)) for name in ('part_number', 'start',
                                                                                           'end')):
        return None
    crc = fields.get('part_crc')
    if not (crc is None or _is_count(crc)):
        return None
    return _PartToProcess(fields['part_number'], fields['start'], fields['end'], crc)


def _as_text(encrypted: Any) -> Any:
    """An encrypted key or IV for JSON: KMS gives text, RSA bytes."""
    return b64encode_as_string(encrypted) if isinstance(encrypted, bytes) else encrypted


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_time(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
