"""Creating, deleting and describing buckets."""
from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, List, Tuple

from .. import addressing, xml
from ..access import BUCKET_ACLS, check_acl
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..records import Bucket
from ..routing import ACCOUNT, OWNER, operation
from ..times import iso
from ._writing import STORAGE_CLASSES, encryption

_REDUNDANCY = ('LRS', 'ZRS')
_MOST_BUCKETS = 100
#: the prefix of a storage class's counters in GetBucketStat
_COUNTERS = (('Standard', 'Standard'), ('InfrequentAccess', 'IA'), ('Archive', 'Archive'),
             ('ColdArchive', 'ColdArchive'), ('DeepColdArchive', 'DeepColdArchive'))
#: infrequently read objects count as at least this long
_LEAST_BILLED = 64 * 1024


@operation('PutBucket', 'bucket', 'PUT', access=ACCOUNT, needs_bucket=False)
def put_bucket(request: Request) -> Answer:
    """Makes a bucket, or changes the ACL of one that the account has."""
    store = request.state.store
    if not addressing.is_bucket_name(request.bucket):
        raise ApiError('InvalidBucketName', BucketName=request.bucket)
    new = _wanted(request)
    with store.transaction():
        old = store.bucket(request.bucket)
        if old is None:
            if len(store.buckets(request.account)) >= _MOST_BUCKETS:
                raise ApiError('TooManyBuckets')
            store.save_bucket(new)
            _save_settings(request, new)
        elif old.owner != request.account:
            raise ApiError('BucketAlreadyExists', BucketName=request.bucket)
        elif 'x-oss-acl' in request.headers:
            store.save_bucket(replace(old, acl=new.acl))
    return Answer(200, {'location': '/' + request.bucket})


def _save_settings(request: Request, new: Bucket) -> None:
    """Keep what the headers of PutBucket set, so that the operations for these settings know it too."""
    store, chosen = request.state.store, new.attributes
    if 'encryption' in chosen:
        rule = {'SSEAlgorithm': chosen['encryption']['algorithm']}
        if chosen['encryption'].get('key_id'):
            rule['KMSMasterKeyID'] = chosen['encryption']['key_id']
        store.save_setting(new.name, 'encryption', {'ApplyServerSideEncryptionByDefault': rule})
    if 'resource_group' in chosen:
        store.save_setting(new.name, 'resourceGroup', {'ResourceGroupId': chosen['resource_group']})
    tags = request.header('x-oss-bucket-tagging')
    if tags:
        store.save_setting(new.name, 'tagging', {'tags': addressing.parameters(tags.encode('latin-1'))})


def _wanted(request: Request) -> Bucket:
    acl = request.header('x-oss-acl') or 'private'
    if acl not in BUCKET_ACLS:
        raise invalid_argument('x-oss-acl', acl, 'The bucket acl is invalid.')
    check_acl(request, request.state.store.bucket(request.bucket), acl, 'bucket')
    storage_class, redundancy = 'Standard', 'LRS'
    body = request.document()
    if body:
        document = xml.parse(body, 'CreateBucketConfiguration')
        storage_class = xml.text(document, 'StorageClass') or storage_class
        redundancy = xml.text(document, 'DataRedundancyType') or redundancy
    if storage_class not in STORAGE_CLASSES:
        raise invalid_argument('StorageClass', storage_class, 'The storage class is invalid.')
    if redundancy not in _REDUNDANCY:
        raise invalid_argument('DataRedundancyType', redundancy, 'The data redundancy type is invalid.')
    attributes: Dict[str, Any] = {}
    if 'x-oss-server-side-encryption' in request.headers:
        attributes.update(encryption(request))
    if 'x-oss-resource-group-id' in request.headers:
        attributes['resource_group'] = request.headers['x-oss-resource-group-id']
    return Bucket(request.bucket, request.account, request.now, acl, storage_class, redundancy, '', attributes)


@operation('DeleteBucket', 'bucket', 'DELETE', access=OWNER)
def delete_bucket(request: Request) -> Answer:
    """Removes an empty bucket with its settings."""
    store = request.state.store
    with store.transaction():
        if not store.is_empty(request.bucket):
            raise ApiError('BucketNotEmpty', BucketName=request.bucket)
        store.drop_bucket(request.bucket)
    return Answer(204)


@operation('GetBucketLocation', 'bucket', 'GET', 'location', access=OWNER)
def get_bucket_location(request: Request) -> Answer:
    """Tells the region."""
    return Answer.xml(xml.document('LocationConstraint', request.state.location))


@operation('GetBucketInfo', 'bucket', 'GET', 'bucketInfo', access=OWNER)
def get_bucket_info(request: Request) -> Answer:
    """Describes the bucket and its settings."""
    bucket = request.the_bucket()
    chosen = bucket.attributes
    encrypted = chosen.get('encryption') or {}
    return Answer.xml(xml.document('BucketInfo', [('Bucket', [
        ('AccessMonitor', chosen.get('access_monitor', 'Disabled')),
        ('BlockPublicAccess', chosen.get('block_public_access', 'false')),
        ('Comment', ''),
        ('CreationDate', iso(bucket.created)),
        ('CrossRegionReplication', chosen.get('replication', 'Disabled')),
        ('DataRedundancyType', bucket.redundancy),
        ('ExtranetEndpoint', request.state.host),
        ('IntranetEndpoint', request.state.host),
        ('Location', request.state.location),
        ('Name', bucket.name),
        ('ResourceGroupId', chosen.get('resource_group', 'rg-default')),
        ('StorageClass', bucket.storage_class),
        ('TransferAcceleration', chosen.get('transfer_acceleration', 'Disabled')),
        ('Versioning', bucket.versioning) if bucket.versioning else None,
        ('Owner', [('DisplayName', bucket.owner), ('ID', bucket.owner)]),
        ('AccessControlList', [('Grant', bucket.acl)]),
        ('ServerSideEncryptionRule', [
            ('SSEAlgorithm', encrypted.get('algorithm', 'None')),
            ('KMSMasterKeyID', encrypted['key_id']) if encrypted.get('key_id') else None,
            ('KMSDataEncryption', encrypted['data']) if encrypted.get('data') else None]),
        ('BucketPolicy', [('LogBucket', chosen.get('log_bucket', '')), ('LogPrefix', chosen.get('log_prefix', ''))]),
    ])]))


@operation('GetBucketStat', 'bucket', 'GET', 'stat', access=OWNER)
def get_bucket_stat(request: Request) -> Answer:
    """Counts objects and bytes by storage class, as they are at that moment."""
    store = request.state.store
    counted = store.statistics(request.bucket)

    def total(what: str) -> Tuple[int, int]:
        rows = [value for (_, kind), value in counted.items() if kind == what]
        return sum(row[0] for row in rows), sum(row[1] for row in rows)

    parts = total('part')
    rows: List[xml.OptionalNode] = [
        ('Storage', total('object')[1] + parts[1]), ('ObjectCount', total('object')[0]),
        ('MultipartUploadCount', store.upload_count(request.bucket)),
        ('LiveChannelCount', len(store.settings(request.bucket, 'live'))),
        ('LastModifiedTime', int(request.now)),
        ('MultipartPartCount', parts[0]), ('MultipartPartStorage', parts[1]),
        ('DeleteMarkerCount', total('marker')[0]),
    ]
    for name, storage_class in _COUNTERS:
        count, size = counted.get((storage_class, 'object'), (0, 0))
        if storage_class == 'Standard':
            rows.append((name + 'Storage', size))
        else:
            billed = store.billed_size(request.bucket, storage_class, _LEAST_BILLED)
            rows.extend([(name + 'Storage', billed), (name + 'RealStorage', size)])
        rows.append((name + 'ObjectCount', count))
        part_count, part_size = counted.get((storage_class, 'part'), (0, 0))
        rows.extend([(name + 'MultipartPartCount', part_count), (name + 'MultipartPartStorage', part_size)])
    return Answer.xml(xml.document('BucketStat', rows))
