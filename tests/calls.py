"""A sensible call of every operation there is, found by the names of the parameters."""
from __future__ import annotations

import inspect
import re
from typing import Any, Dict, List

import oss2
from oss2 import models

KEY = 'object.txt'

# Where a method's docstring names the operation of OSS's API that it is.
_OPERATION = re.compile(r'\([A-Z][A-Za-z0-9]+(, [A-Z][A-Za-z0-9]+)*\)')

# By the name of the parameter, wherever it is required; what is not here is a document.
ARGUMENTS: Dict[str, Any] = {
    'key': KEY, 'data': b'some data', 'position': 0, 'process': 'image/resize,w_100', 'key_list': [KEY, '其他/key'],
    'source_key': KEY, 'target_key': 'target', 'symlink_key': 'symlink', 'permission': 'private',
    'part_number': 2, 'target_part_number': 2, 'byte_range': (0, 9), 'headers': {'x-oss-meta-a': 'b'},
    'domain': 'www.example.com', 'accessPointName': 'point', 'access_point_name': 'point', 'targetType': 'ZRS',
    'taskId': 'task', 'task_id': 'task', 'inventory_id': 'inventory', 'rule_id': 'rule', 'uid': '12345',
    'styleName': 'style', 'content': 'image/resize,w_100', 'channel_name': 'channel', 'playlist_name': 'list.m3u8',
    'start_time': 1600000000, 'end_time': 1600003600, 'status': 'enabled', 'resourceGroupId': 'rg-1',
    'enabled': 'true', 'payer': 'Requester', 'policy': '{"Version": "1"}', 'accessPointPolicy': '{"Version": "1"}',
    'sql': 'select * from ossobject', 'resource_pool_name': 'pool', 'route': 'route', 'token': 'token',
    'fwd_status': 200,
}

DOCUMENT = '<Document/>'


def scene(bucket: oss2.Bucket, folder: Any) -> Dict[str, Any]:
    """Put into *bucket* what the operations need to succeed; arguments that name it."""
    bucket.put_object(KEY, b'0123456789' * 20)
    bucket.put_symlink(KEY, 'symlink')
    upload_id = bucket.init_multipart_upload(KEY).upload_id
    part = bucket.upload_part(KEY, upload_id, 1, b'part')
    path = folder / 'file'
    path.write_bytes(b'of a file')
    return {
        'upload_id': upload_id, 'target_upload_id': upload_id, 'source_bucket_name': bucket.bucket_name,
        'parts': [models.PartInfo(1, part.etag, size=4, part_crc=part.crc)], 'filename': str(path),
        'sign_url': bucket.sign_url('GET', KEY, 60), 'url to put to': bucket.sign_url('PUT', KEY, 60),
    }


def methods(cls: type) -> List[str]:
    """The names of the methods of Bucket or Service that are one operation of OSS; others are made of these."""
    return [name for name, value in inspect.getmembers(cls, inspect.isfunction)
            if not name.startswith('_') and _OPERATION.search(value.__doc__ or '')]


def without_scene(folder: Any) -> Dict[str, Any]:
    """Stands for what :func:`scene` returns, where nothing is to get to a server; *folder* is a `Path`."""
    file = folder / 'file'
    file.write_bytes(b'of a file')
    url = 'http://test-bucket.oss-cn-hangzhou.aliyuncs.com/key?Signature=s'
    return {'upload_id': 'id', 'target_upload_id': 'id', 'source_bucket_name': 'source', 'sign_url': url,
            'url to put to': url, 'parts': [models.PartInfo(1, 'etag')], 'filename': str(file)}


def arguments(cls: type, name: str, prepared: Dict[str, Any]) -> Dict[str, Any]:
    """Keyword arguments for a method.

    :param prepared: what :func:`scene` returned
    """
    found = {}
    for parameter in list(inspect.signature(getattr(cls, name)).parameters.values())[1:]:
        if parameter.default is parameter.empty and parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
            value = prepared.get(parameter.name, ARGUMENTS.get(parameter.name, DOCUMENT))
            found[parameter.name] = value.copy() if isinstance(value, (dict, list)) else value
    special = {
        'append_object': {'key': 'appendable'},
        'upload_part_copy': {'target_key': KEY},
        'put_object_with_url': {'sign_url': prepared.get('url to put to')},
        'put_object_with_url_from_file': {'sign_url': prepared.get('url to put to')},
        'complete_bucket_worm': {'worm_id': 'worm'},
        'extend_bucket_worm': {'worm_id': 'worm', 'retention_period_days': 3},
        'put_bucket_inventory_configuration': {'inventory_id': 'inventory'},
        'put_bucket_versioning': {'config': models.BucketVersioningConfig('Enabled')},
        'delete_object_versions': {'keylist_versions': models.BatchDeleteObjectVersionList(
            [models.BatchDeleteObjectVersion(KEY, 'null')])},
    }
    found.update(special.get(name, {}))
    return found
