"""How a bucket's objects are stored and paid for: encryption, access times, direct reads, payer, quota, group."""
from __future__ import annotations

from typing import Optional

from ..errors import ApiError, invalid_argument
from ..messages import Request
from ..schema import Shape, Tree, boolean, choice, maybe, number, one, text
from ._settings import Setting, serve, set_attributes

_ENCRYPTION = Shape(one('ApplyServerSideEncryptionByDefault', Shape(
    one('SSEAlgorithm', choice('KMS', 'AES256', 'SM4')), maybe('KMSMasterKeyID', text),
    maybe('KMSDataEncryption', choice('SM4')))))


def _check_encryption(request: Request, tree: Tree) -> None:
    rule = tree['ApplyServerSideEncryptionByDefault']
    if rule['SSEAlgorithm'] != 'KMS' and (rule.get('KMSMasterKeyID') or rule.get('KMSDataEncryption')):
        raise invalid_argument('SSEAlgorithm', rule['SSEAlgorithm'], 'KMSMasterKeyID is not applicable if the default '
                                                                     'sse algorithm is not KMS')


def _note_encryption(request: Request, tree: Optional[Tree]) -> None:
    chosen = None
    if tree is not None:
        rule = tree['ApplyServerSideEncryptionByDefault']
        chosen = {'algorithm': rule['SSEAlgorithm'], 'key_id': rule.get('KMSMasterKeyID'),
                  'data': rule.get('KMSDataEncryption')}
        chosen = {name: value for name, value in chosen.items() if value}
    set_attributes(request, encryption=chosen)


serve(Setting('encryption', 'ServerSideEncryptionRule', _ENCRYPTION,
              missing='NoSuchServerSideEncryptionRule'),
      'BucketEncryption', 'the default encryption', 'new objects answer its headers, their bytes are not encrypted',
      check=_check_encryption, effect=_note_encryption)


def _check_monitor(request: Request, tree: Tree) -> None:
    rules = (request.state.store.setting(request.bucket, 'lifecycle') or {}).get('Rule', [])
    if tree['Status'] == 'Disabled' and any('AtimeBase' in rule for rule in rules):
        raise ApiError('AccessMonitorInUse', 'A lifecycle rule by access time is set for the bucket.', status=409)


def _note_monitor(request: Request, tree: Optional[Tree]) -> None:
    set_attributes(request, access_monitor=(tree or {}).get('Status'))


serve(Setting('accessmonitor', 'AccessMonitorConfiguration', Shape(
    one('Status', choice('Enabled', 'Disabled')), maybe('AllowCopy', boolean)), default={'Status': 'Disabled'}),
    'BucketAccessMonitor', 'whether access times are kept', 'lifecycle rules go by them',
    check=_check_monitor, effect=_note_monitor, can_delete=False)


def _note_direct_read(request: Request, tree: Optional[Tree]) -> None:
    set_attributes(request, archive_direct_read=(tree or {}).get('Enabled'))


serve(Setting('bucketArchiveDirectRead', 'ArchiveDirectReadConfiguration',
              Shape(one('Enabled', boolean)), default={'Enabled': 'false'}),
      'BucketArchiveDirectRead', 'whether archived objects are read directly',
      'GetObject then returns those of the class Archive',
      effect=_note_direct_read, can_delete=False)


def _note_payer(request: Request, tree: Optional[Tree]) -> None:
    set_attributes(request, payer=(tree or {}).get('Payer'))


serve(Setting('requestPayment', 'RequestPaymentConfiguration', Shape(
    one('Payer', choice('BucketOwner', 'Requester'))), default={'Payer': 'BucketOwner'}),
    'BucketRequestPayment', 'who pays', 'other accounts have to send x-oss-request-payer',
    effect=_note_payer, can_delete=False)


def _note_group(request: Request, tree: Optional[Tree]) -> None:
    set_attributes(request, resource_group=(tree or {}).get('ResourceGroupId') or None)


serve(Setting('resourceGroup', 'BucketResourceGroupConfiguration', Shape(
    maybe('ResourceGroupId', text)), default={'ResourceGroupId': 'rg-default'}),
    'BucketResourceGroup', 'the resource group', 'ListBuckets finds the bucket by it',
    effect=_note_group, can_delete=False)

QUOTA = serve(Setting('quota', 'QuotaConfiguration', Shape(
    one('StorageQuota', number()), maybe('Mode', choice('Strict', 'Warning'))), missing='NoSuchStorageQuota'),
    'BucketStorageQuota', 'the quota', 'a strict one refuses uploads beyond it')


def _capacity(given: str) -> str:
    """-1, which is no limit, or a number of gigabytes."""
    if int(given) < -1:
        raise ValueError
    return str(int(given))


def _check_capacity(request: Request, tree: Tree) -> None:
    limit = int(tree['StorageCapacity'])
    if limit >= 0 and stored(request) > limit * 1024 ** 3:
        raise invalid_argument('StorageCapacity', limit, 'The bucket holds more than that already.')


CAPACITY = serve(Setting('qos', 'BucketUserQos', Shape(one('StorageCapacity', _capacity)),
                         default={'StorageCapacity': '-1'}),
                 'BucketStorageCapacity', 'the capacity', 'uploads beyond it are refused',
                 check=_check_capacity, can_delete=False)


def stored(request: Request) -> int:
    """Bytes that the bucket holds, parts of uploads included."""
    return sum(size for _, size in request.state.store.statistics(request.bucket).values())


def check_room(request: Request, more: int) -> None:
    """Refuse to store so many bytes more than the bucket may hold.

    :raises ApiError: QuotaExceeded
    """
    store = request.state.store
    quota, capacity = QUOTA.of(store, request.bucket), CAPACITY.of(store, request.bucket) or {}
    limits = []
    if quota is not None and quota.get('Mode', 'Strict') == 'Strict':
        limits.append(int(quota['StorageQuota']))
    if int(capacity.get('StorageCapacity', -1)) >= 0:
        limits.append(int(capacity['StorageCapacity']) * 1024 ** 3)
    if limits and stored(request) + more > min(limits):
        raise ApiError('QuotaExceeded', 'The storage of the bucket has exceeded its quota.', status=403)
