"""Inventories: regular lists of a bucket's objects."""
from __future__ import annotations

import re
from typing import List

from .. import xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..routing import OWNER, operation
from ..schema import Shape, Tree, boolean, choice, group, many, maybe, number, one, some, text

_MOST = 1000
_PAGE = 100
_ID = re.compile('[A-Za-z0-9_-]{1,64}')
_DESTINATION_BUCKET = re.compile('acs:oss:::(.+)')

_SHAPE = Shape(
    one('Id', some), one('IsEnabled', boolean),
    group('Filter', maybe('Prefix', text), maybe('LastModifyBeginTimeStamp', number()),
          maybe('LastModifyEndTimeStamp', number()), maybe('LowerSizeBound', number()),
          maybe('UpperSizeBound', number()), maybe('StorageClass', text)),
    one('Destination', Shape(one('OSSBucketDestination', Shape(
        one('Format', choice('CSV', 'Parquet', 'ORC')), one('AccountId', some), one('RoleArn', some),
        one('Bucket', some), maybe('Prefix', text),
        group('Encryption', maybe('SSE-OSS', text), group('SSE-KMS', one('KeyId', some))))))),
    one('Schedule', Shape(one('Frequency', choice('Daily', 'Weekly', 'Monthly', 'Once')),
                          maybe('DayOfMonth', number(1, 31)))),
    one('IncludedObjectVersions', choice('All', 'Current')),
    group('OptionalFields', many('Field', choice(
        'Size', 'LastModifiedDate', 'ETag', 'StorageClass', 'IsMultipartUploaded', 'EncryptionStatus', 'ObjectAcl',
        'TaggingCount', 'ObjectType', 'Crc64', 'TransitionTime', 'LastAccessTime'))),
    group('IncrementalInventory', maybe('IsEnabled', boolean), group('Schedule', maybe('Frequency', number())),
          group('OptionalFields', many('Field', some))),
    maybe('AutoDelete', boolean))


@operation('PutBucketInventory', 'bucket', 'PUT', 'inventory&inventoryId', access=OWNER)
def put_bucket_inventory(request: Request) -> Answer:
    """Stores an inventory, whose reports Emulator.run_inventory makes; CSV only."""
    store = request.state.store
    name = request.params['inventoryId']
    tree = _SHAPE.read(xml.parse(request.document(), 'InventoryConfiguration'))
    if tree['Id'] != name:
        raise invalid_argument('inventoryId', name, 'The inventory id is not that of the document.', '0020-00000043')
    if _ID.fullmatch(name) is None:
        raise invalid_argument('inventoryId', name, 'The inventory id is invalid.')
    _check_destination(request, tree['Destination']['OSSBucketDestination']['Bucket'])
    with store.transaction():
        if store.setting(request.bucket, 'inventory', name) is not None:
            raise ApiError('InventoryAlreadyExist', 'The inventory already exist.', '0020-00000042', 409)
        if len(store.settings(request.bucket, 'inventory')) >= _MOST:
            raise ApiError('InventoryExceedLimit', 'The number of inventories exceeds %d.' % _MOST)
        store.save_setting(request.bucket, 'inventory', tree, name)
    return Answer(200)


def _check_destination(request: Request, given: str) -> None:
    found = _DESTINATION_BUCKET.fullmatch(given)
    if found is None:
        raise invalid_argument('Bucket', given, 'The destination bucket is invalid.', '0020-00000032')
    bucket = request.state.store.bucket(found.group(1))
    if bucket is None or bucket.owner != request.the_bucket().owner:
        raise invalid_argument('Bucket', given, 'The destination bucket does not exist.', '0020-00000033')


@operation('GetBucketInventory', 'bucket', 'GET', 'inventory&inventoryId', access=OWNER)
def get_bucket_inventory(request: Request) -> Answer:
    """Returns an inventory."""
    return Answer.xml(xml.document('InventoryConfiguration', _SHAPE.nodes(_found(request))))


def _found(request: Request) -> Tree:
    found = request.state.store.setting(request.bucket, 'inventory', request.params['inventoryId'])
    if found is None:
        raise ApiError('NoSuchInventory', InventoryId=request.params['inventoryId'])
    return found


@operation('ListBucketInventory', 'bucket', 'GET', 'inventory', access=OWNER, action='oss:GetBucketInventory')
def list_bucket_inventory(request: Request) -> Answer:
    """Lists the inventories of a bucket, 100 a page."""
    token = request.params.get('continuation-token', '')
    found = [item for item in request.state.store.settings(request.bucket, 'inventory') if item[0] > token]
    page, is_truncated = found[:_PAGE], len(found) > _PAGE
    rows: List[xml.Node] = [('InventoryConfiguration', _SHAPE.nodes(tree)) for _, tree in page]
    return Answer.xml(xml.document('ListInventoryConfigurationsResult', [
        *rows, ('IsTruncated', 'true' if is_truncated else 'false'),
        ('NextContinuationToken', page[-1][0]) if is_truncated else None]))


@operation('DeleteBucketInventory', 'bucket', 'DELETE', 'inventory&inventoryId', access=OWNER)
def delete_bucket_inventory(request: Request) -> Answer:
    """Removes an inventory; its reports stay."""
    with request.state.store.transaction():
        _found(request)
        request.state.store.drop_setting(request.bucket, 'inventory', request.params['inventoryId'])
    return Answer(204)
