"""Names and fixed values of HTTP headers."""
from __future__ import annotations

from typing import Any, Dict, Optional

OSS_USER_METADATA_PREFIX = 'x-oss-meta-'

OSS_CANNED_ACL = 'x-oss-acl'

IF_UNMODIFIED_SINCE = 'If-Unmodified-Since'
IF_MATCH = 'If-Match'

OSS_COPY_OBJECT_SOURCE = 'x-oss-copy-source'
OSS_COPY_OBJECT_SOURCE_RANGE = 'x-oss-copy-source-range'

OSS_REQUEST_ID = 'x-oss-request-id'
OSS_SECURITY_TOKEN = 'x-oss-security-token'
OSS_NEXT_APPEND_POSITION = 'x-oss-next-append-position'
OSS_HASH_CRC64_ECMA = 'x-oss-hash-crc64ecma'
OSS_OBJECT_TYPE = 'x-oss-object-type'
OSS_OBJECT_ACL = 'x-oss-object-acl'
OSS_SYMLINK_TARGET = 'x-oss-symlink-target'
OSS_TASK_ID = 'x-oss-task-id'

OSS_SERVER_SIDE_ENCRYPTION = 'x-oss-server-side-encryption'
OSS_SERVER_SIDE_ENCRYPTION_KEY_ID = 'x-oss-server-side-encryption-key-id'
OSS_SERVER_SIDE_DATA_ENCRYPTION = 'x-oss-server-side-data-encryption'

OSS_CLIENT_SIDE_ENCRYPTION_KEY = 'x-oss-meta-client-side-encryption-key'
OSS_CLIENT_SIDE_ENCRYPTION_START = 'x-oss-meta-client-side-encryption-start'
OSS_CLIENT_SIDE_ENCRYPTION_CEK_ALG = 'x-oss-meta-client-side-encryption-cek-alg'
OSS_CLIENT_SIDE_ENCRYPTION_WRAP_ALG = 'x-oss-meta-client-side-encryption-wrap-alg'
OSS_CLIENT_SIDE_ENCRYTPION_MATDESC = 'x-oss-meta-client-side-encryption-matdesc'
OSS_CLIENT_SIDE_ENCRYPTION_UNENCRYPTED_CONTENT_LENGTH = 'x-oss-meta-client-side-encryption-unencrypted-content-length'
OSS_CLIENT_SIDE_ENCRYPTION_UNENCRYPTED_CONTENT_MD5 = 'x-oss-meta-client-side-encryption-unencrypted-content-md5'
OSS_CLIENT_SIDE_ENCRYPTION_DATA_SIZE = 'x-oss-meta-client-side-encryption-data-size'
OSS_CLIENT_SIDE_ENCRYPTION_PART_SIZE = 'x-oss-meta-client-side-encryption-part-size'

DEPRECATED_CLIENT_SIDE_ENCRYPTION_KEY = 'x-oss-meta-oss-crypto-key'
DEPRECATED_CLIENT_SIDE_ENCRYPTION_START = 'x-oss-meta-oss-crypto-start'
DEPRECATED_CLIENT_SIDE_ENCRYPTION_CEK_ALG = 'x-oss-meta-oss-cek-alg'
DEPRECATED_CLIENT_SIDE_ENCRYPTION_WRAP_ALG = 'x-oss-meta-oss-wrap-alg'
DEPRECATED_CLIENT_SIDE_ENCRYTPION_MATDESC = 'x-oss-meta-oss-crypto-matdesc'
DEPRECATED_CLIENT_SIDE_ENCRYPTION_UNENCRYPTED_CONTENT_LENGTH = 'x-oss-meta-oss-crypto-unencrypted-content-length'
DEPRECATED_CLIENT_SIDE_ENCRYPTION_UNENCRYPTED_CONTENT_MD5 = 'x-oss-meta-oss-crypto-unencrypted-content-md5'

OSS_OBJECT_TAGGING = 'x-oss-tagging'
OSS_OBJECT_TAGGING_COPY_DIRECTIVE = 'x-oss-tagging-directive'
OSS_METADATA_DIRECTIVE = 'x-oss-metadata-directive'

OSS_REQUEST_PAYER = 'x-oss-request-payer'
OSS_TRAFFIC_LIMIT = 'x-oss-traffic-limit'
OSS_ALLOW_ACTION_OVERLAP = 'x-oss-allow-same-action-overlap'

OSS_STORAGE_CLASS = 'x-oss-storage-class'
OSS_CALLBACK = 'x-oss-callback'
OSS_CALLBACK_VAR = 'x-oss-callback-var'
OSS_FORBID_OVERWRITE = 'x-oss-forbid-overwrite'
OSS_RANGE_BEHAVIOR = 'x-oss-range-behavior'
OSS_COMPLETE_ALL = 'x-oss-complete-all'

OSS_OBJECT_WORM_MODE = 'x-oss-object-worm-mode'
OSS_OBJECT_WORM_RETAIN_UNTIL_DATE = 'x-oss-object-worm-retain-until-date'
OSS_OBJECT_WORM_LEGAL_HOLD = 'x-oss-object-worm-legal-hold'
OSS_BYPASS_GOVERNANCE_RETENTION = 'x-oss-bypass-governance-retention'

OSS_EXPIRATION = 'x-oss-expiration'
OSS_LAST_ACCESS_TIME = 'x-oss-last-access-time'
OSS_PROCESS_STATUS = 'x-oss-process-status'
OSS_RESTORE = 'x-oss-restore'
OSS_SEALED_TIME = 'x-oss-sealed-time'
OSS_TAGGING_COUNT = 'x-oss-tagging-count'

OSS_RESOURCE_GROUP_ID = 'x-oss-resource-group-id'
OSS_BUCKET_TAGGING = 'x-oss-bucket-tagging'
OSS_AGENTIC_BUCKET = 'x-oss-agentic-bucket'

RSA_NONE_PKCS1Padding_WRAP_ALGORITHM = 'RSA/NONE/PKCS1Padding'
RSA_NONE_OAEPWithSHA1AndMGF1Padding = 'RSA/NONE/OAEPWithSHA-1AndMGF1Padding'
KMS_ALI_WRAP_ALGORITHM = 'KMS/ALICLOUD'
OSS_ENCRYPTION_CLIENT = 'OssEncryptionClient'


class RequestHeader(Dict[str, Any]):
    """Request headers, with a helper for server-side encryption; made like a ``dict``."""

    def __init__(self, *arg: Any, **kw: Any) -> None:
        super().__init__(*arg, **kw)

    def set_server_side_encryption(self, algorithm: Optional[str] = None, cmk_id: Optional[str] = None) -> None:
        """Ask OSS to encrypt the object, replacing what was asked for before.

        :param algorithm: ``'AES256'`` or ``'KMS'``; anything else asks for no encryption
        :param cmk_id: the KMS key; None and '' mean the account's default key. Only used with ``'KMS'``
        """
        self.pop(OSS_SERVER_SIDE_ENCRYPTION, None)
        self.pop(OSS_SERVER_SIDE_ENCRYPTION_KEY_ID, None)
        if algorithm in ('AES256', 'KMS'):
            self[OSS_SERVER_SIDE_ENCRYPTION] = algorithm
        if algorithm == 'KMS' and cmk_id:
            self[OSS_SERVER_SIDE_ENCRYPTION_KEY_ID] = cmk_id
