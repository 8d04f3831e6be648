"""Inventories at work: lists of a bucket's objects as compressed CSV, and the manifest that names them."""
from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import time
import uuid
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional
from urllib.parse import quote

from . import delivery, lifecycle
from .records import Object
from .schema import Tree, listed
from .state import State
from .times import iso

_VERSION = '2019-09-01'
_ROWS_IN_A_FILE = 1_000_000


class Report(NamedTuple):
    """An inventory that was made.

    :param bucket: whose objects are listed
    :param target: the bucket it is in
    :param manifest: the key of its manifest.json; '' if it was not made
    :param error: why it was not made, else ''
    """

    bucket: str
    inventory: str
    target: str
    manifest: str
    error: str = ''


def run(state: State, now: Optional[float] = None) -> List[Report]:
    """Make the reports of all inventories that are enabled, whatever their schedule.

    :param now: Unix seconds, as if it were that time; None means the emulator's clock
    """
    moment = state.now() if now is None else now
    done: List[Report] = []
    for bucket in state.store.names():
        for name, tree in state.store.settings(bucket, 'inventory'):
            if tree['IsEnabled'] == 'true':
                done.append(_report(state, bucket, name, tree, moment))
    return done


def _report(state: State, bucket: str, name: str, tree: Tree, now: float) -> Report:
    destination = tree['Destination']['OSSBucketDestination']
    target = destination['Bucket'].rpartition(':')[2]
    if destination['Format'] != 'CSV':
        return Report(bucket, name, target, '', 'The emulator writes inventories as CSV only.')
    if state.store.bucket(target) is None:
        return Report(bucket, name, target, '', 'The destination bucket does not exist.')
    prefix = destination.get('Prefix', '').rstrip('/')
    folder = '%s%s/%s/' % (prefix + '/' if prefix else '', bucket, name)
    columns = _columns(tree)
    headers = _encryption(destination.get('Encryption', {}))
    files = []
    for data in _files(state, bucket, tree, columns, now):
        key = '%sdata/%s.csv.gz' % (folder, uuid.uuid4())
        delivery.store(state, target, key, data, 'application/x-gzip', now, headers)
        files.append({'MD5checksum': hashlib.md5(data).hexdigest().upper(), 'key': key, 'size': len(data)})
    manifest = json.dumps({
        'creationTimestamp': str(int(now)), 'destinationBucket': target, 'fileFormat': 'CSV',
        'fileSchema': ', '.join(columns), 'files': files, 'sourceBucket': bucket, 'version': _VERSION,
    }, indent=4).encode()
    scan = time.strftime('%Y-%m-%dT%H-%MZ', time.gmtime(now))
    key = '%s%s/manifest.json' % (folder, scan)
    delivery.store(state, target, key, manifest, 'application/json', now, headers)
    delivery.store(state, target, '%s%s/manifest.checksum' % (folder, scan),
                   hashlib.md5(manifest).hexdigest().upper().encode(), 'application/octet-stream', now, headers)
    links = ''.join('oss://%s/%s\n' % (target, file['key']) for file in files)
    delivery.store(state, target, '%shive/dt=%s/symlink.txt' % (folder, scan), links.encode(), 'text/plain', now,
                   headers)
    if tree['Schedule']['Frequency'] == 'Once' and tree.get('AutoDelete') == 'true':
        state.store.drop_setting(bucket, 'inventory', name)
    return Report(bucket, name, target, key)


def _encryption(chosen: Tree) -> Dict[str, str]:
    if 'SSE-KMS' in chosen:
        return {'x-oss-server-side-encryption': 'KMS',
                'x-oss-server-side-encryption-key-id': chosen['SSE-KMS']['KeyId']}
    return {'x-oss-server-side-encryption': 'AES256'} if 'SSE-OSS' in chosen else {}


def _columns(tree: Tree) -> List[str]:
    versions = ['VersionId', 'IsLatest', 'IsDeleteMarker'] if tree['IncludedObjectVersions'] == 'All' else []
    return ['Bucket', 'Key', *versions, *listed(tree.get('OptionalFields', {}).get('Field'))]


def _files(state: State, bucket: str, tree: Tree, columns: List[str], now: float) -> Iterator[bytes]:
    """The data files, the last of them not full; an empty one for a bucket without objects."""
    out, rows, is_first = io.StringIO(), 0, True
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator='\n')
    for found in lifecycle.versions(state.store, bucket):
        if _is_listed(found, tree):
            writer.writerow([_FIELDS[column](found) for column in columns])
            rows += 1
        if rows == _ROWS_IN_A_FILE:
            yield _packed(out, now)
            out.seek(0)
            out.truncate()
            rows, is_first = 0, False
    if rows or is_first:
        yield _packed(out, now)


def _packed(out: io.StringIO, now: float) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode='wb', mtime=int(now)) as file:
        file.write(out.getvalue().encode('utf-8'))
    return packed.getvalue()


def _is_listed(found: Object, tree: Tree) -> bool:
    if tree['IncludedObjectVersions'] == 'Current' and (not found.latest or found.is_marker):
        return False
    chosen = tree.get('Filter', {})
    classes = [name.strip() for name in chosen.get('StorageClass', '').split(',') if name.strip()]
    return (found.key.startswith(chosen.get('Prefix', ''))
            and _is_within(found.modified, chosen, 'LastModifyBeginTimeStamp', 'LastModifyEndTimeStamp')
            and _is_within(found.size, chosen, 'LowerSizeBound', 'UpperSizeBound')
            and (not classes or 'All' in classes or found.storage_class in classes))


def _is_within(value: float, chosen: Tree, least: str, most: str) -> bool:
    return int(chosen.get(least, 0)) <= value and (most not in chosen or value <= int(chosen[most]))


def _flag(value: Any) -> str:
    return 'true' if value else 'false'


_FIELDS: Dict[str, Callable[[Object], object]] = {
    'Bucket': lambda found: found.bucket,
    'Key': lambda found: quote(found.key, safe=''),
    'VersionId': lambda found: found.version,
    'IsLatest': lambda found: _flag(found.latest),
    'IsDeleteMarker': lambda found: _flag(found.is_marker),
    'Size': lambda found: '' if found.is_marker else found.size,
    'LastModifiedDate': lambda found: iso(found.modified),
    'TransitionTime': lambda found: iso(found.attributes['moved']) if 'moved' in found.attributes else '',
    'LastAccessTime': lambda found: iso(found.attributes['accessed']) if 'accessed' in found.attributes else '',
    'ETag': lambda found: found.etag,
    'StorageClass': lambda found: '' if found.is_marker else found.storage_class,
    'IsMultipartUploaded': lambda found: _flag(found.kind == 'Multipart'),
    'EncryptionStatus': lambda found: _flag(found.attributes.get('encryption')),
    'ObjectAcl': lambda found: found.acl,
    'TaggingCount': lambda found: len(found.tags()),
    'ObjectType': lambda found: '' if found.is_marker else found.kind,
    'Crc64': lambda found: '' if found.crc is None else found.crc,
}
