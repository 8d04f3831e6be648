"""Alibaba Cloud OSS (Object Storage Service) for Python."""
from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING, Any, List

__version__ = '2.20.0.dev0'

from . import (
    api,
    auth,
    compat,
    credentials,
    defaults,
    exceptions,
    headers,
    http,
    iterators,
    models,
    select_params,
    select_response,
    utils,
    xml_utils,
)
from ._logging import set_file_logger, set_stream_logger
from ._urls import endpoint_for
from .api import Bucket, DeletePrefixResult, PostForm, Service
from .auth import (
    AUTH_VERSION_1,
    AUTH_VERSION_2,
    AUTH_VERSION_4,
    AnonymousAuth,
    Auth,
    AuthV2,
    AuthV4,
    ProviderAuth,
    ProviderAuthV2,
    ProviderAuthV4,
    StsAuth,
    make_auth,
)
from .compat import to_bytes, to_string, to_unicode, urlparse, urlquote, urlunquote
from .credentials import (
    Credentials,
    CredentialsProvider,
    EnvironmentVariableCredentialsProvider,
    StaticCredentialsProvider,
)
from .http import CaseInsensitiveDict, Session
from .iterators import (
    BucketIterator,
    LiveChannelIterator,
    MultipartUploadIterator,
    ObjectIterator,
    ObjectIteratorV2,
    ObjectUploadIterator,
    ObjectVersionIterator,
    PartIterator,
)
from .models import (
    BUCKET_ACL_PRIVATE,
    BUCKET_ACL_PUBLIC_READ,
    BUCKET_ACL_PUBLIC_READ_WRITE,
    BUCKET_DATA_REDUNDANCY_TYPE_LRS,
    BUCKET_DATA_REDUNDANCY_TYPE_ZRS,
    BUCKET_STORAGE_CLASS_ARCHIVE,
    BUCKET_STORAGE_CLASS_COLD_ARCHIVE,
    BUCKET_STORAGE_CLASS_DEEP_COLD_ARCHIVE,
    BUCKET_STORAGE_CLASS_IA,
    BUCKET_STORAGE_CLASS_STANDARD,
    BUCKET_VERSIONING_ENABLE,
    BUCKET_VERSIONING_SUSPEND,
    KMS_DATA_ENCRYPTION_SM4,
    OBJECT_ACL_DEFAULT,
    OBJECT_ACL_PRIVATE,
    OBJECT_ACL_PUBLIC_READ,
    OBJECT_ACL_PUBLIC_READ_WRITE,
    SERVER_SIDE_ENCRYPTION_AES256,
    SERVER_SIDE_ENCRYPTION_KMS,
    SERVER_SIDE_ENCRYPTION_SM4,
)
from .utils import (
    SizedFileAdapter,
    content_type_by_name,
    date_to_iso8601,
    http_date,
    http_to_unixtime,
    is_valid_bucket_name,
    is_valid_endpoint,
    iso8601_to_date,
    iso8601_to_unixtime,
    make_progress_adapter,
)

if TYPE_CHECKING:
    from . import crypto, crypto_bucket, progress, resumable, task_queue, transfer
    from .credentials import (
        AssumeRoleCredentialsProvider,
        CallbackCredentialsProvider,
        DefaultCredentialsProvider,
        EcsRamRoleCredential,
        EcsRamRoleCredentialsProvider,
        InstanceRoleCredentialsProvider,
        OidcRoleCredentialsProvider,
        ProcessCredentialsProvider,
        ProfileCredentialsProvider,
        UriCredentialsProvider,
    )
    from .crypto import AliKMSProvider, EncryptionMaterials, LocalRsaProvider, RsaProvider
    from .crypto_bucket import CryptoBucket
    from .resumable import (
        ResumableDownloadStore,
        ResumableStore,
        cancel_resumable_download,
        cancel_resumable_upload,
        determine_part_size,
        make_download_store,
        make_upload_store,
        resumable_download,
        resumable_upload,
    )

# These modules, and the names in them, are imported when they are asked for: few programs need them.
_LATER = {
    'crypto': '', 'crypto_bucket': '', 'task_queue': '', 'AliKMSProvider': 'crypto', 'CryptoBucket': 'crypto_bucket',
    'EncryptionMaterials': 'crypto', 'LocalRsaProvider': 'crypto', 'RsaProvider': 'crypto', 'resumable': '',
    'ResumableDownloadStore': 'resumable', 'ResumableStore': 'resumable', 'determine_part_size': 'resumable',
    'make_download_store': 'resumable', 'make_upload_store': 'resumable', 'resumable_download': 'resumable',
    'resumable_upload': 'resumable', 'cancel_resumable_download': 'resumable', 'cancel_resumable_upload': 'resumable',
    'progress': '', 'transfer': '',
    'AssumeRoleCredentialsProvider': 'credentials',
    'CallbackCredentialsProvider': 'credentials',
    'DefaultCredentialsProvider': 'credentials',
    'EcsRamRoleCredential': 'credentials',
    'EcsRamRoleCredentialsProvider': 'credentials',
    'InstanceRoleCredentialsProvider': 'credentials',
    'OidcRoleCredentialsProvider': 'credentials',
    'ProcessCredentialsProvider': 'credentials',
    'ProfileCredentialsProvider': 'credentials',
    'UriCredentialsProvider': 'credentials',
}

logger = logging.getLogger('oss2')
logger.addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    module = importlib.import_module(f'.{_LATER[name] or name}', __name__)
    globals()[name] = getattr(module, name) if _LATER[name] else module
    return globals()[name]


def __dir__() -> List[str]:
    return sorted({*globals(), *_LATER})


__all__ = [
    'AliKMSProvider', 'AnonymousAuth', 'api', 'AssumeRoleCredentialsProvider', 'Auth', 'auth', 'AUTH_VERSION_1',
    'AUTH_VERSION_2', 'AUTH_VERSION_4', 'AuthV2', 'AuthV4', 'Bucket', 'BUCKET_ACL_PRIVATE',
    'BUCKET_ACL_PUBLIC_READ', 'BUCKET_ACL_PUBLIC_READ_WRITE', 'BUCKET_DATA_REDUNDANCY_TYPE_LRS',
    'BUCKET_DATA_REDUNDANCY_TYPE_ZRS', 'BUCKET_STORAGE_CLASS_ARCHIVE', 'BUCKET_STORAGE_CLASS_COLD_ARCHIVE',
    'BUCKET_STORAGE_CLASS_DEEP_COLD_ARCHIVE', 'BUCKET_STORAGE_CLASS_IA', 'BUCKET_STORAGE_CLASS_STANDARD',
    'BUCKET_VERSIONING_ENABLE', 'BUCKET_VERSIONING_SUSPEND', 'BucketIterator', 'CallbackCredentialsProvider',
    'cancel_resumable_download', 'cancel_resumable_upload', 'CaseInsensitiveDict', 'compat',
    'content_type_by_name', 'Credentials', 'credentials', 'CredentialsProvider', 'crypto', 'crypto_bucket',
    'CryptoBucket', 'date_to_iso8601', 'DefaultCredentialsProvider', 'defaults', 'DeletePrefixResult',
    'determine_part_size',
    'EcsRamRoleCredential', 'EcsRamRoleCredentialsProvider', 'EncryptionMaterials',
    'endpoint_for', 'EnvironmentVariableCredentialsProvider', 'exceptions', 'headers', 'http', 'http_date',
    'http_to_unixtime',
    'InstanceRoleCredentialsProvider', 'is_valid_bucket_name', 'is_valid_endpoint', 'iso8601_to_date',
    'iso8601_to_unixtime', 'iterators', 'KMS_DATA_ENCRYPTION_SM4', 'LiveChannelIterator', 'LocalRsaProvider',
    'logger', 'make_auth', 'make_download_store', 'make_progress_adapter', 'make_upload_store', 'models',
    'MultipartUploadIterator', 'OBJECT_ACL_DEFAULT', 'OBJECT_ACL_PRIVATE', 'OBJECT_ACL_PUBLIC_READ',
    'OBJECT_ACL_PUBLIC_READ_WRITE', 'ObjectIterator', 'ObjectIteratorV2', 'ObjectUploadIterator',
    'ObjectVersionIterator',
    'OidcRoleCredentialsProvider', 'PartIterator', 'PostForm', 'ProcessCredentialsProvider',
    'ProfileCredentialsProvider', 'progress',
    'ProviderAuth', 'ProviderAuthV2', 'ProviderAuthV4', 'resumable', 'resumable_download', 'resumable_upload',
    'ResumableDownloadStore', 'ResumableStore', 'RsaProvider', 'select_params', 'select_response',
    'SERVER_SIDE_ENCRYPTION_AES256', 'SERVER_SIDE_ENCRYPTION_KMS', 'SERVER_SIDE_ENCRYPTION_SM4', 'Service',
    'Session', 'set_file_logger', 'set_stream_logger', 'SizedFileAdapter', 'StaticCredentialsProvider',
    'StsAuth', 'task_queue', 'to_bytes', 'to_string', 'to_unicode', 'transfer', 'UriCredentialsProvider', 'urlparse',
    'urlquote', 'urlunquote', 'utils', 'xml_utils',
]
