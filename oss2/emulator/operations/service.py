"""Operations on no bucket in particular."""
from __future__ import annotations

from typing import List

from .. import xml
from ..messages import Answer, Request
from ..records import Bucket
from ..routing import ACCOUNT, operation
from ..times import iso

_MOST = 1000


@operation('ListBuckets', 'service', 'GET', access=ACCOUNT)
def list_buckets(request: Request) -> Answer:
    prefix, marker = request.params.get('prefix', ''), request.params.get('marker', '')
    limit = request.number('max-keys', 100, 1, _MOST)
    found = [bucket for bucket in request.state.store.buckets(request.account)
             if bucket.name.startswith(prefix) and bucket.name > marker and _is_tagged(request, bucket)
             and bucket.attributes.get('resource_group', 'rg-default') == request.headers.get(
                 'x-oss-resource-group-id', bucket.attributes.get('resource_group', 'rg-default'))]
    page, is_truncated = found[:limit], len(found) > limit
    owner = request.account
    head: List[xml.OptionalNode] = []
    if is_truncated or prefix or marker or 'max-keys' in request.params:
        head = [('Prefix', prefix), ('Marker', marker), ('MaxKeys', limit),
                ('IsTruncated', 'true' if is_truncated else 'false'),
                ('NextMarker', page[-1].name) if is_truncated else None]
    return Answer.xml(xml.document('ListAllMyBucketsResult', [
        *head,
        ('Owner', [('ID', owner), ('DisplayName', owner)]),
        ('Buckets', [('Bucket', _describe(request, bucket)) for bucket in page]),
    ]))


def _is_tagged(request: Request, bucket: Bucket) -> bool:
    key, value = request.params.get('tag-key'), request.params.get('tag-value')
    if not key:
        return True
    tags = (request.state.store.setting(bucket.name, 'tagging') or {}).get('tags', {})
    return key in tags and value in (None, '', tags[key])


def _describe(request: Request, bucket: Bucket) -> List[xml.OptionalNode]:
    return [
        ('Comment', ''), ('CreationDate', iso(bucket.created)), ('ExtranetEndpoint', request.state.host),
        ('IntranetEndpoint', request.state.host), ('Location', request.state.location), ('Name', bucket.name),
        ('Region', request.state.region), ('StorageClass', bucket.storage_class),
        ('ResourceGroupId', bucket.attributes.get('resource_group', 'rg-default')),
    ]
