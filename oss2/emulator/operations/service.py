"""Operations on no bucket in particular."""
from __future__ import annotations

from typing import List

from .. import xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request, integer
from ..records import Bucket
from ..routing import ACCOUNT, STORED, operation
from ..times import iso
from .replication import LOCATIONS

_MOST = 1000


@operation('ListBuckets', 'service', 'GET', access=ACCOUNT)
def list_buckets(request: Request) -> Answer:
    """Lists the buckets of the account by prefix, marker, tag and resource group."""
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


@operation('DescribeRegions', 'service', 'GET', 'regions', access=ACCOUNT)
def describe_regions(request: Request) -> Answer:
    """Lists some regions, with the endpoints that OSS has there."""
    asked = request.params['regions']
    found = [location for location in sorted({*LOCATIONS, request.state.location}) if asked in ('', location)]
    if not found:
        raise ApiError('NoSuchRegion', asked, status=404)
    return Answer.xml(xml.document('RegionInfoList', [('RegionInfo', [
        ('Region', location), ('InternetEndpoint', location + '.aliyuncs.com'),
        ('InternalEndpoint', location + '-internal.aliyuncs.com'),
        ('AccelerateEndpoint', 'oss-accelerate.aliyuncs.com')]) for location in found]))


@operation('ListCloudBoxes', 'service', 'GET', 'cloudboxes', access=ACCOUNT, effect=STORED)
def list_cloud_boxes(request: Request) -> Answer:
    """Lists the cloud boxes that a test has put into State.cloud_boxes."""
    prefix, marker = request.params.get('prefix', ''), request.params.get('marker', '')
    limit = request.number('max-keys', 100, 1, _MOST)
    found = [box for box in request.state.cloud_boxes if box.startswith(prefix) and box > marker]
    page, is_truncated = sorted(found)[:limit], len(found) > limit
    return Answer.xml(xml.document('ListCloudBoxResult', [
        ('Owner', [('ID', request.account), ('DisplayName', request.account)]),
        ('Prefix', prefix), ('Marker', marker), ('MaxKeys', limit),
        ('IsTruncated', 'true' if is_truncated else 'false'),
        ('NextMarker', page[-1]) if is_truncated else None,
        ('CloudBoxes', [('CloudBox', [
            ('ID', box), ('Name', box), ('Region', request.state.region),
            ('ControlEndpoint', '%s.%s.oss-cloudbox-control.aliyuncs.com' % (box, request.state.region)),
            ('DataEndpoint', '%s.%s.oss-cloudbox.aliyuncs.com' % (box, request.state.region))]) for box in page])]))


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


@operation('WriteGetObjectResponse', 'service', 'POST', 'x-oss-write-get-object-response', access=ACCOUNT)
def write_get_object_response(request: Request) -> Answer:
    """Refuses every token, as the emulator runs no functions that could have one."""
    for name in ('x-oss-request-route', 'x-oss-request-token', 'x-oss-fwd-status'):
        if not request.header(name):
            raise ApiError('MissingArgument', 'The header %s is missing.' % name, ArgumentName=name)
    if integer(request.headers['x-oss-fwd-status']) is None:
        raise invalid_argument('x-oss-fwd-status', request.headers['x-oss-fwd-status'])
    raise ApiError('InvalidArgument', 'No GetObject waits for an answer with this token.', '',
                   ArgumentName='x-oss-request-token')
