"""What the store keeps: buckets, object versions, uploads and parts, as plain values."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Optional

#: the version id of an object written while its bucket kept no versions
NULL_VERSION = 'null'


@dataclass
class Bucket:
    """A bucket.

    :param created: Unix seconds
    :param versioning: '' until it was first set, then ``Enabled`` or ``Suspended``
    :param attributes: everything else that is one value per bucket, by name
    """

    name: str
    owner: str
    created: float
    acl: str = 'private'
    storage_class: str = 'Standard'
    redundancy: str = 'LRS'
    versioning: str = ''
    attributes: Dict[str, Any] = field(default_factory=dict)


@dataclass
class Object:
    """One version of an object, or a delete marker.

    :param sequence: grows with every version written; 0 before it is stored
    :param kind: ``Normal``, ``Appendable``, ``Multipart``, ``Symlink`` or ``DeleteMarker``
    :param etag: without quotes
    :param md5: base64, None when it is not known
    :param modified: Unix seconds
    :param acl: ``default`` means the bucket's
    :param content: id of its bytes, None for symlinks and delete markers
    :param attributes: headers, user metadata, tags and whatever else belongs to this version, by name
    """

    bucket: str
    key: str
    kind: str
    owner: str
    modified: float
    version: str = NULL_VERSION
    sequence: int = 0
    latest: bool = True
    size: int = 0
    etag: str = ''
    md5: Optional[str] = None
    crc: Optional[int] = None
    acl: str = 'default'
    storage_class: str = 'Standard'
    content: Optional[str] = None
    attributes: Dict[str, Any] = field(default_factory=dict)

    @property
    def is_marker(self) -> bool:
        return self.kind == 'DeleteMarker'

    def headers(self) -> Dict[str, str]:
        """The HTTP headers that were stored with the object, by lower-case name."""
        found: Dict[str, str] = self.attributes.get('headers', {})
        return found

    def tags(self) -> Dict[str, str]:
        found: Dict[str, str] = self.attributes.get('tags', {})
        return found


@dataclass
class Upload:
    """A multipart upload in progress; ``attributes`` become the object's."""

    id: str
    bucket: str
    key: str
    owner: str
    initiated: float
    acl: str = 'default'
    storage_class: str = 'Standard'
    attributes: Dict[str, Any] = field(default_factory=dict)


@dataclass
class Part:
    """An uploaded part; ``etag`` without quotes."""

    upload: str
    number: int
    content: str
    size: int
    etag: str
    crc: int
    modified: float
