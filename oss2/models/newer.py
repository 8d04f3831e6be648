"""What operations take and return that oss2 2.19.1 does not have."""
from __future__ import annotations

from typing import Any, List, Optional

from .._dates import http_to_unixtime
from .._xml import BOOL, INT, TIME, Kind, header, many, one
from ..compat import to_bytes
from ..exceptions import ClientError
from ._base import RequestResult, read_text, result, shape
from .listing import Owner
from .web import BucketTlsVersion, CipherSuite

__all__ = [
    'ActionResult', 'CloudBox', 'DefaultRetention', 'GetBucketMetadataConfigurationResult',
    'GetBucketObjectWormConfigurationResult', 'GetBucketOverwriteConfigResult', 'GetBucketPolicyStatusResult',
    'GetBucketStorageQuotaResult', 'GetObjectLegalHoldResult', 'GetObjectRetentionResult',
    'GetUserDefinedLogFieldsConfigResult', 'HttpsConfiguration', 'InventoryTableConfiguration', 'InvokeOperationResult',
    'JournalTableConfiguration', 'LegalHold', 'ListCloudBoxesResult', 'MetadataConfiguration', 'MetadataTable',
    'MetadataTables', 'ObjectRetention', 'ObjectWormConfiguration', 'OptionObjectResult', 'OverwriteConfiguration',
    'OverwriteRule', 'QuotaConfiguration', 'RtcConfiguration', 'SealAppendObjectResult', 'SemanticMetaQuery',
    'TableEncryption', 'UserDefinedLogFieldsConfiguration',
]


@result()
class ActionResult(RequestResult):
    """The answer to an action whose documents are free (DoMetaQueryAction, DoDataPipelineAction)."""

    body: str

    def __init__(self, resp: Any) -> None:
        super().__init__(resp)
        self.body = read_text(resp)


@result()
class InvokeOperationResult(RequestResult):
    """The answer to any request (:meth:`Bucket.invoke_operation`)."""

    body: bytes

    def __init__(self, resp: Any) -> None:
        super().__init__(resp)
        self.body = to_bytes(resp.read())


@shape('HttpsConfiguration')
class HttpsConfiguration(BucketTlsVersion):
    """Which versions and ciphers of TLS a bucket accepts (PutBucketHttpsConfig)."""

    cipher_suite: Optional[CipherSuite] = one('CipherSuite', CipherSuite, default=None)


@result()
class OptionObjectResult(RequestResult):
    """What a cross-origin request may do (OptionObject); None is what OSS did not send."""

    allow_origin: Optional[str] = header('Access-Control-Allow-Origin')
    allow_methods: Optional[str] = header('Access-Control-Allow-Methods')
    """Separated by commas, as the next two."""
    allow_headers: Optional[str] = header('Access-Control-Allow-Headers')
    expose_headers: Optional[str] = header('Access-Control-Expose-Headers')
    max_age: Optional[int] = header('Access-Control-Max-Age', int)
    """How many seconds this answer holds."""


@result('PolicyStatus')
class GetBucketPolicyStatusResult(RequestResult):
    """Whether a bucket's policy lets everybody in (GetBucketPolicyStatus)."""

    is_public: Optional[bool] = one('IsPublic', BOOL, default=None)


@shape('UserDefinedLogFieldsConfiguration')
class UserDefinedLogFieldsConfiguration:
    """Which headers and parameters go into the real-time log, at most six (PutUserDefinedLogFieldsConfig)."""

    header_set: List[str] = many('HeaderSet/header', factory=list)
    param_set: List[str] = many('ParamSet/parameter', factory=list)


@result('UserDefinedLogFieldsConfiguration')
class GetUserDefinedLogFieldsConfigResult(RequestResult, UserDefinedLogFieldsConfiguration):
    """Which headers and parameters go into the real-time log (GetUserDefinedLogFieldsConfig)."""


@shape('RtcConfiguration')
class RtcConfiguration:
    """Whether a rule replicates within minutes (PutBucketRTC)."""

    status: str = one('RTC/Status')
    """``enabled`` or ``disabled``."""
    rule_id: str = one('ID', required=True)


@shape('CloudBox')
class CloudBox:
    """OSS on the account's own premises."""

    id: Optional[str] = one('ID', default=None)
    name: Optional[str] = one('Name', default=None)
    region: Optional[str] = one('Region', default=None)
    control_endpoint: Optional[str] = one('ControlEndpoint', default=None)
    """For operations on buckets."""
    data_endpoint: Optional[str] = one('DataEndpoint', default=None)
    """For operations on objects."""
    alias: Optional[str] = one('Alias', default=None)


@result('ListCloudBoxResult')
class ListCloudBoxesResult(RequestResult):
    """A page of the account's cloud boxes (ListCloudBoxes)."""

    owner: Optional[Owner] = one('Owner', Owner, default=None)
    cloud_boxes: List[CloudBox] = many('CloudBoxes/CloudBox', CloudBox)
    is_truncated: bool = one('IsTruncated', BOOL, default=False)
    next_marker: str = one('NextMarker', default='')
    """Where the next page begins, '' on the last one."""


@result()
class SealAppendObjectResult(RequestResult):
    """An object that nothing is appended to any more (SealAppendObject)."""

    sealed_time: Optional[int] = header('x-oss-sealed-time', http_to_unixtime)
    """When that was first asked for, Unix seconds."""


@shape('Rule')
class OverwriteRule:
    """Objects that may not be overwritten; all of the bucket without a prefix and a suffix."""

    id: Optional[str] = one('ID', default=None)
    """Chosen by OSS if None."""
    action: str = one('Action', default='forbid')
    prefix: Optional[str] = one('Prefix', default=None)
    suffix: Optional[str] = one('Suffix', default=None)
    principals: List[str] = many('Principals/Principal', factory=list)
    """Ids of those who may not overwrite them, everybody if empty."""


@shape('OverwriteConfiguration')
class OverwriteConfiguration:
    """Which objects may not be overwritten, at most 100 rules (PutBucketOverwriteConfig)."""

    rules: List[OverwriteRule] = many('Rule', OverwriteRule, factory=list)


@result('OverwriteConfiguration')
class GetBucketOverwriteConfigResult(RequestResult, OverwriteConfiguration):
    """Which objects may not be overwritten (GetBucketOverwriteConfig)."""


# An empty element means the same as none.
_NAME = Kind(str, str)


@shape('Retention')
class ObjectRetention:
    """Until when an object can be neither deleted nor overwritten (PutObjectRetention)."""

    mode: Optional[str] = one('Mode')
    """``COMPLIANCE``: for everybody; ``GOVERNANCE``: for all but those with a permission of its own."""
    retain_until_date: Optional[int] = one('RetainUntilDate', TIME)
    """Unix seconds."""


@result('Retention')
class GetObjectRetentionResult(RequestResult, ObjectRetention):
    """Until when an object can be neither deleted nor overwritten (GetObjectRetention)."""

    mode: Optional[str] = one('Mode', _NAME, default=None)
    """None, as the date, if nothing is set."""
    retain_until_date: Optional[int] = one('RetainUntilDate', TIME, default=None)


@shape('LegalHold')
class LegalHold:
    """Whether an object is held (PutObjectLegalHold)."""

    status: str = one('Status', required=True)
    """``ON`` or ``OFF``."""


@result('LegalHold')
class GetObjectLegalHoldResult(RequestResult):
    """Whether an object is held (GetObjectLegalHold)."""

    legal_hold_status: Optional[str] = one('Status', default=None)
    """``ON`` or ``OFF``."""


@shape('DefaultRetention')
class DefaultRetention:
    """How long objects are retained that say nothing else.

    :raises ClientError: there is no mode, or both days and years are given, or neither
    """

    mode: Optional[str] = one('Mode')
    """``COMPLIANCE`` or ``GOVERNANCE``."""
    days: Optional[int] = one('Days', INT, default=None)
    years: Optional[int] = one('Years', INT, default=None)

    def __post_init__(self) -> None:
        if not self.mode:
            raise ClientError('mode should be COMPLIANCE or GOVERNANCE, not %r' % (self.mode,))
        if (self.days is None) == (self.years is None):
            raise ClientError('choose one of days and years: days is %r, years %r' % (self.days, self.years))


@shape('ObjectWormConfiguration')
class ObjectWormConfiguration:
    """Whether single objects can be retained (PutBucketObjectWormConfiguration)."""

    object_worm_enabled: Optional[str] = one('ObjectWormEnabled', default='Enabled', absent=None)
    """``Enabled``: there is no other value."""
    default_retention: Optional[DefaultRetention] = one('Rule/DefaultRetention', DefaultRetention, default=None)


@result('ObjectWormConfiguration')
class GetBucketObjectWormConfigurationResult(RequestResult, ObjectWormConfiguration):
    """Whether single objects can be retained (GetBucketObjectWormConfiguration)."""

    object_worm_enabled: Optional[str] = one('ObjectWormEnabled', default=None)


@shape('MetaQuery', sequence=('max_results', 'query', 'media_types', 'simple_query'))
class SemanticMetaQuery:
    """What to look for by content, in an index that was opened with the mode semantic (DoMetaQuery)."""

    query: str = one('Query', required=True)
    """In plain words."""
    media_types: List[str] = many('MediaTypes/MediaType', factory=list)
    """Some of ``image``, ``video``, ``audio`` and ``document``."""
    simple_query: Optional[str] = one('SimpleQuery', default=None)
    """JSON: conditions on metadata."""
    max_results: Optional[int] = one('MaxResults', INT, default=None)


@shape('QuotaConfiguration')
class QuotaConfiguration:
    """How much a bucket may hold (PutBucketStorageQuota)."""

    storage_quota: Optional[int] = one('StorageQuota', INT)
    """Bytes."""
    mode: Optional[str] = one('Mode', default=None)
    """``Strict``: nothing above it is stored; ``Warning``: it is."""


@result('QuotaConfiguration')
class GetBucketStorageQuotaResult(RequestResult, QuotaConfiguration):
    """How much a bucket may hold (GetBucketStorageQuota)."""

    storage_quota: Optional[int] = one('StorageQuota', INT, default=None)


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
