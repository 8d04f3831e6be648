"""The tags of objects and of buckets."""
from __future__ import annotations

from typing import Dict
from xml.etree.ElementTree import Element

from .. import protection, xml
from ..errors import ApiError
from ..messages import Answer, Request
from ..records import Object
from ..routing import OWNER, operation
from ..schema import Shape, group, many, one, text
from . import _reading, _writing

_TAGGING = Shape(group('TagSet', many('Tag', Shape(one('Key', text), one('Value', text)))))
_MOST_BUCKET_TAGS = 20
_LONGEST_KEY = 64
_LONGEST_VALUE = 128
_RESERVED = ('http://', 'https://', 'aliyun', 'acs:')


@operation('PutObjectTagging', 'object', 'PUT', 'tagging', access=OWNER)
def put_object_tagging(request: Request) -> Answer:
    """Stores the tags of an object version; lifecycle rules and policies go by them."""
    tags = _tags(request)
    _writing.check_tags(tags)
    return _set(request, tags, 200)


@operation('GetObjectTagging', 'object', 'GET', 'tagging', access=OWNER)
def get_object_tagging(request: Request) -> Answer:
    """Returns the tags of an object version."""
    found = _tagged(request)
    return Answer.xml(_document(found.tags()), _reading.version_header(request, found))


@operation('DeleteObjectTagging', 'object', 'DELETE', 'tagging', access=OWNER)
def delete_object_tagging(request: Request) -> Answer:
    """Removes the tags of an object version."""
    return _set(request, {}, 204)


def _set(request: Request, tags: Dict[str, str], status: int) -> Answer:
    with request.state.store.transaction():
        found = _tagged(request)
        protection.check_kept(request, found)
        found.attributes['tags'] = tags
        request.state.store.change_object(found)
    return Answer(status, _reading.version_header(request, found))


def _tagged(request: Request) -> Object:
    """The object whose tags these are: of a symlink its target."""
    found = _reading.find(request)
    if found.kind != 'Symlink':
        return found
    target = request.state.store.object(found.bucket, found.attributes['target'])
    if target is None or target.is_marker:
        raise ApiError('SymlinkTargetNotExist', SymlinkTarget=found.attributes['target'])
    return target


@operation('PutBucketTags', 'bucket', 'PUT', 'tagging', access=OWNER, action='oss:PutBucketTagging')
def put_bucket_tags(request: Request) -> Answer:
    """Stores the tags of a bucket; ListBuckets finds it by them."""
    tags = _tags(request)
    _check_bucket_tags(tags)
    request.state.store.save_setting(request.bucket, 'tagging', {'tags': tags})
    return Answer(200)


@operation('GetBucketTags', 'bucket', 'GET', 'tagging', access=OWNER, action='oss:GetBucketTagging')
def get_bucket_tags(request: Request) -> Answer:
    """Returns the tags of a bucket."""
    return Answer.xml(_document(_bucket_tags(request)))


@operation('DeleteBucketTags', 'bucket', 'DELETE', 'tagging', access=OWNER, action='oss:DeleteBucketTagging')
def delete_bucket_tags(request: Request) -> Answer:
    """Removes all tags of a bucket, or those that are named."""
    store = request.state.store
    names = request.params['tagging']
    with store.transaction():
        left = _bucket_tags(request) if names else {}
        for name in names.split(','):
            left.pop(name, None)
        if left:
            store.save_setting(request.bucket, 'tagging', {'tags': left})
        else:
            store.drop_setting(request.bucket, 'tagging')
    return Answer(204)


def _bucket_tags(request: Request) -> Dict[str, str]:
    found: Dict[str, str] = (request.state.store.setting(request.bucket, 'tagging') or {}).get('tags', {})
    return found


def _tags(request: Request) -> Dict[str, str]:
    """The tags in a request's document.

    :raises ApiError: MalformedXML, InvalidTag
    """
    _writing.check_md5(request)
    root: Element = xml.parse(request.document(), 'Tagging')
    if root.find('TagSet') is None:
        raise ApiError('MalformedXML')
    tags: Dict[str, str] = {}
    for tag in _TAGGING.read(root)['TagSet'].get('Tag', []):
        if tag['Key'] in tags:
            raise ApiError('InvalidTag', 'The tag keys are not unique.')
        tags[tag['Key']] = tag['Value']
    return tags


def _check_bucket_tags(tags: Dict[str, str]) -> None:
    if len(tags) > _MOST_BUCKET_TAGS:
        raise ApiError('InvalidTag', 'Bucket tags cannot be greater than %d.' % _MOST_BUCKET_TAGS)
    for name, value in tags.items():
        if not 1 <= len(name.encode('utf-8', 'replace')) <= _LONGEST_KEY:
            raise ApiError('InvalidTag', 'The TagKey you have provided is invalid.')
        if name.lower().startswith(_RESERVED):
            raise ApiError('InvalidTag', 'The prefix of the TagKey you have provided is invalid.',
                           '0010-00000002' if name.startswith('acs') else '0010-00000207')
        if len(value.encode('utf-8', 'replace')) > _LONGEST_VALUE:
            raise ApiError('InvalidTag', 'The TagValue you have provided is invalid.', '0010-00000219')


def _document(tags: Dict[str, str]) -> bytes:
    return xml.document('Tagging', [
        ('TagSet', [('Tag', [('Key', name), ('Value', value)]) for name, value in tags.items()])])
