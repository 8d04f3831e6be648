"""The tables of metadata that OSS keeps of a bucket: of its changes and of its objects."""
from __future__ import annotations

from typing import Optional

from .._xml import INT, one
from ._base import RequestResult, result, shape

__all__ = [
    'GetBucketMetadataConfigurationResult', 'InventoryTableConfiguration', 'JournalTableConfiguration',
    'MetadataConfiguration', 'MetadataTable', 'MetadataTables', 'TableEncryption',
]


@shape('EncryptionConfiguration')
class TableEncryption:
    """How a table of metadata is encrypted."""

    sse_algorithm: Optional[str] = one('SseAlgorithm')
    """``AES256`` or ``SSE-KMS``."""
    kms_key_arn: Optional[str] = one('KmsKeyArn', default=None)
    """Only with ``SSE-KMS``."""


@shape('JournalTableConfiguration')
class JournalTableConfiguration:
    """The table of what changed in a bucket (UpdateBucketMetadataJournalTableConfiguration)."""

    expiration: Optional[str] = one('RecordExpiration/Expiration')
    """Whether records go after some time: ``ENABLED`` or ``DISABLED``."""
    days: Optional[int] = one('RecordExpiration/Days', INT, default=None)
    """After how many days, only with ``ENABLED``."""
    encryption: Optional[TableEncryption] = one('EncryptionConfiguration', TableEncryption, default=None)
    """Only when the table is made."""


@shape('InventoryTableConfiguration')
class InventoryTableConfiguration:
    """The table of a bucket's objects (UpdateBucketMetadataInventoryTableConfiguration)."""

    state: Optional[str] = one('ConfigurationState')
    """``ENABLED`` or ``DISABLED``."""
    encryption: Optional[TableEncryption] = one('EncryptionConfiguration', TableEncryption, default=None)
    """Only with ``ENABLED``."""


@shape('MetadataConfiguration')
class MetadataConfiguration:
    """The tables of metadata that OSS keeps of a bucket (CreateBucketMetadataConfiguration)."""

    journal: JournalTableConfiguration = one('JournalTableConfiguration', JournalTableConfiguration, required=True)
    inventory: Optional[InventoryTableConfiguration] = one(
        'InventoryTableConfiguration', InventoryTableConfiguration, default=None)


@shape('TableConfigurationResult')
class MetadataTable:
    """A table of metadata and its state; None is what OSS did not send."""

    state: Optional[str] = one('ConfigurationState', default=None)
    """``ENABLED`` or ``DISABLED``; only of the table of objects."""
    table_status: Optional[str] = one('TableStatus', default=None)
    """``CREATING``, ``BACKFILLING``, ``ACTIVE`` or ``FAILED``."""
    table_name: Optional[str] = one('TableName', default=None)
    table_arn: Optional[str] = one('TableArn', default=None)
    error_code: Optional[str] = one('Error/ErrorCode', default=None)
    error_message: Optional[str] = one('Error/ErrorMessage', default=None)
    expiration: Optional[str] = one('RecordExpiration/Expiration', default=None)
    """``ENABLED`` or ``DISABLED``; this and the next only of the table of changes."""
    days: Optional[int] = one('RecordExpiration/Days', INT, default=None)


@shape('MetadataConfigurationResult')
class MetadataTables:
    """The tables of metadata of a bucket."""

    table_bucket_arn: Optional[str] = one('DestinationResult/TableBucketArn', default=None)
    """Where they are."""
    table_bucket_type: Optional[str] = one('DestinationResult/TableBucketType', default=None)
    table_namespace: Optional[str] = one('DestinationResult/TableNamespace', default=None)
    journal: Optional[MetadataTable] = one('JournalTableConfigurationResult', MetadataTable, default=None)
    inventory: Optional[MetadataTable] = one('InventoryTableConfigurationResult', MetadataTable, default=None)


@result('MetadataConfigurationResult')
class GetBucketMetadataConfigurationResult(RequestResult, MetadataTables):
    """The tables of metadata of a bucket (GetBucketMetadataConfiguration)."""

    _inside: Optional[MetadataTables] = one('MetadataConfigurationResult', MetadataTables, default=None, sent=False)

    def _loaded(self) -> None:
        # The document may be wrapped in one more element.
        if self._inside is not None:
            self.__dict__.update(self._inside.__dict__)
        del self._inside
