"""The tables of metadata that OSS keeps of a bucket: of its changes and of its objects. The emulator fills none."""
from __future__ import annotations

from typing import Any, Dict, List, Optional

from .. import xml
from ..errors import ApiError
from ..messages import Answer, Request
from ..routing import OWNER, STORED, operation
from ..schema import Shape, Tree, choice, group, maybe, number, one, some
from ._writing import check_md5

_KIND = 'metadataConfiguration'
_SWITCH = choice('ENABLED', 'DISABLED')
_ENCRYPTION = group('EncryptionConfiguration', one('SseAlgorithm', choice('AES256', 'SSE-KMS')),
                    maybe('KmsKeyArn', some))
_JOURNAL = Shape(one('RecordExpiration', Shape(one('Expiration', _SWITCH), maybe('Days', number(1)))), _ENCRYPTION)
_INVENTORY = Shape(one('ConfigurationState', _SWITCH), _ENCRYPTION)
_CONFIGURATION = Shape(one('JournalTableConfiguration', _JOURNAL), maybe('InventoryTableConfiguration', _INVENTORY))


def _check(journal: Tree) -> None:
    record = journal['RecordExpiration']
    if (record['Expiration'] == 'ENABLED') != ('Days' in record):
        raise ApiError('MalformedXML', ErrorDetail='Days is needed where records expire, and only there')


def _found(request: Request) -> Dict[str, Any]:
    found = request.state.store.setting(request.bucket, _KIND)
    if found is None:
        raise ApiError('NoSuchMetadataConfiguration', BucketName=request.bucket)
    return found


@operation('CreateBucketMetadataConfiguration', 'bucket', 'POST', _KIND, access=OWNER, effect=STORED)
def create_configuration(request: Request) -> Answer:
    """Stores the metadata tables, which get ACTIVE within State.restore_seconds and stay empty."""
    check_md5(request)
    tree = _CONFIGURATION.read(xml.parse(request.document(), 'MetadataConfiguration'))
    _check(tree['JournalTableConfiguration'])
    with request.state.store.transaction():
        if request.state.store.setting(request.bucket, _KIND) is not None:
            raise ApiError('MetadataConfigurationAlreadyExists', 'The bucket has a metadata configuration already.',
                           status=409)
        request.state.store.save_setting(request.bucket, _KIND, {**tree, 'created': request.now})
    return Answer(200)


@operation('GetBucketMetadataConfiguration', 'bucket', 'GET', _KIND, access=OWNER, effect=STORED)
def get_configuration(request: Request) -> Answer:
    """Describes the metadata tables."""
    found = _found(request)
    owner = request.the_bucket().owner
    arn = 'acs:osstables:%s:%s:bucket/acs-oss' % (request.state.region, owner)
    namespace = 'b_' + request.bucket.replace('-', '_')
    status = 'CREATING' if request.now < found['created'] + request.state.restore_seconds else 'ACTIVE'

    def table(kind: str, *rest: Optional[xml.Node]) -> List[xml.OptionalNode]:
        return [('TableStatus', status), ('TableName', kind), ('TableArn', '%s/table/%s.%s' % (arn, namespace, kind)),
                *rest]

    journal = found['JournalTableConfiguration']['RecordExpiration']
    inventory = found.get('InventoryTableConfiguration')
    rows: List[xml.OptionalNode] = [
        ('DestinationResult', [('TableBucketArn', arn), ('TableBucketType', 'acs'), ('TableNamespace', namespace)]),
        ('JournalTableConfigurationResult', table('journal', ('RecordExpiration', [
            ('Expiration', journal['Expiration']), ('Days', journal['Days']) if 'Days' in journal else None])))]
    if inventory is not None:
        state = ('ConfigurationState', inventory['ConfigurationState'])
        rows.append(('InventoryTableConfigurationResult', table('inventory', state)
                     if inventory['ConfigurationState'] == 'ENABLED' else [state]))
    return Answer.xml(xml.document('GetBucketMetadataConfigurationResult', [('MetadataConfigurationResult', rows)]))


@operation('DeleteBucketMetadataConfiguration', 'bucket', 'DELETE', _KIND, access=OWNER, effect=STORED)
def delete_configuration(request: Request) -> Answer:
    """Removes the metadata tables."""
    request.state.store.drop_setting(request.bucket, _KIND)
    return Answer(204)


@operation('UpdateBucketMetadataInventoryTableConfiguration', 'bucket', 'PUT', 'metadataInventoryTable', access=OWNER,
           effect=STORED)
def update_inventory_table(request: Request) -> Answer:
    """Changes the inventory table, which stays empty."""
    return _update(request, 'InventoryTableConfiguration', _INVENTORY)


@operation('UpdateBucketMetadataJournalTableConfiguration', 'bucket', 'PUT', 'metadataJournalTable', access=OWNER,
           effect=STORED)
def update_journal_table(request: Request) -> Answer:
    """Changes the journal table, which stays empty."""
    return _update(request, 'JournalTableConfiguration', _JOURNAL)


def _update(request: Request, root: str, shape: Shape) -> Answer:
    check_md5(request)
    tree = shape.read(xml.parse(request.document(), root))
    if root == 'JournalTableConfiguration':
        _check(tree)
    with request.state.store.transaction():
        request.state.store.save_setting(request.bucket, _KIND, {**_found(request), root: tree})
    return Answer(200)
