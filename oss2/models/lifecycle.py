"""Lifecycle rules: when OSS deletes objects or moves them to another storage class by itself."""
from __future__ import annotations

import datetime
from typing import Any, Iterable, List, Optional

from .._xml import BOOL, DATE, INT, WORD, YES, many, one
from ..exceptions import ClientError
from ._base import RequestResult, result, shape
from .tagging import Tag, Tagging, as_rules, as_tags

__all__ = [
    'AbortMultipartUpload', 'BucketLifecycle', 'FilterNot', 'FilterNotTag', 'GetBucketLifecycleResult',
    'LifecycleExpiration', 'LifecycleFilter', 'LifecycleRule', 'NoncurrentVersionExpiration',
    'NoncurrentVersionStorageTransition', 'StorageTransition',
]


def _at_most_one(owner: Any, *names: str) -> None:
    given = [name for name in names if getattr(owner, name) is not None]
    if len(given) > 1:
        raise ClientError('%s should not be specified together in a %s' % (' and '.join(given), type(owner).__name__))


@shape('Expiration')
class LifecycleExpiration:
    """When objects are deleted; one of these at most.

    :raises ClientError: there are several
    """

    days: Optional[int] = one('Days', INT, default=None)
    """Days after the last modification."""
    date: Optional[datetime.date] = one('Date', DATE, default=None)
    """From this day on, every day; midnight UTC."""
    created_before_date: Optional[datetime.date] = one('CreatedBeforeDate', DATE, default=None)
    """Objects last modified before this day."""
    expired_detete_marker: Optional[bool] = one('ExpiredObjectDeleteMarker', YES, default=None)
    """Delete markers that have no older version left."""

    def __post_init__(self) -> None:
        _at_most_one(self, 'days', 'date', 'created_before_date', 'expired_detete_marker')


@shape('AbortMultipartUpload')
class AbortMultipartUpload:
    """When the parts of uploads that were not completed are deleted; one of these at most.

    :raises ClientError: there are both
    """

    days: Optional[int] = one('Days', INT, default=None)
    created_before_date: Optional[datetime.date] = one('CreatedBeforeDate', DATE, default=None)

    def __post_init__(self) -> None:
        _at_most_one(self, 'days', 'created_before_date')


@shape('Transition', sequence=(
    'storage_class', 'is_access_time', 'return_to_std_when_visit', 'allow_small_file', 'days', 'created_before_date'))
class StorageTransition:
    """When objects move to another storage class.

    :raises ClientError: there are both `days` and `created_before_date`
    """

    days: Optional[int] = one('Days', INT, default=None)
    created_before_date: Optional[datetime.date] = one('CreatedBeforeDate', DATE, default=None)
    storage_class: Optional[str] = one('StorageClass', default=None)
    """One of the ``BUCKET_STORAGE_CLASS_*`` constants."""
    is_access_time: Optional[bool] = one('IsAccessTime', BOOL, default=None)
    """Whether the days count from the last access."""
    return_to_std_when_visit: Optional[bool] = one('ReturnToStdWhenVisit', BOOL, default=None)
    """Whether an access moves the object back."""
    allow_small_file: Optional[bool] = one('AllowSmallFile', BOOL, default=None)
    """Whether objects below 64 KiB move as well."""

    def __post_init__(self) -> None:
        _at_most_one(self, 'days', 'created_before_date')


@shape('NoncurrentVersionExpiration')
class NoncurrentVersionExpiration:
    """When versions are deleted that are not current."""

    noncurrent_days: Optional[int] = one('NoncurrentDays', INT)
    """Days after the version was superseded."""


@shape('NoncurrentVersionTransition')
class NoncurrentVersionStorageTransition:
    """When versions that are not current move to another storage class."""

    noncurrent_days: Optional[int] = one('NoncurrentDays', INT)
    storage_class: Optional[str] = one('StorageClass')
    is_access_time: Optional[bool] = one('IsAccessTime', BOOL, default=None)
    return_to_std_when_visit: Optional[bool] = one('ReturnToStdWhenVisit', BOOL, default=None)
    allow_small_file: Optional[bool] = one('AllowSmallFile', BOOL, default=None)


@shape('Tag')
class FilterNotTag:
    """A tag that exempts objects from a rule."""

    key: Optional[str] = one('Key', default=None, if_none='')
    value: Optional[str] = one('Value', default=None, if_none='')


@shape('Not')
class FilterNot:
    """Objects that are exempt from a rule: those below a prefix, with a tag, or both."""

    prefix: Optional[str] = one('Prefix', default=None, if_none='')
    tag: Optional[FilterNotTag] = one('Tag', FilterNotTag, default=None, absent=FilterNotTag)

    def _sends(self, name: str) -> bool:
        if name != 'tag' or self.tag is None:
            return True
        return (self.tag.key, self.tag.value) != (None, None)


@shape('Filter', sequence=('object_size_greater_than', 'object_size_less_than', 'filter_not'))
class LifecycleFilter:
    """What a rule applies to, within its prefix and tags."""

    filter_not: List[FilterNot] = many('Not', FilterNot, factory=list)
    object_size_greater_than: Optional[int] = one('ObjectSizeGreaterThan', INT, default=None)
    object_size_less_than: Optional[int] = one('ObjectSizeLessThan', INT, default=None)


@shape('Tag')
class RuleTag:
    """A tag that objects have to have for a rule to apply."""

    key: str = one('Key', required=True)
    value: str = one('Value', default='', if_none='')


def _tagging_of(tags: List[RuleTag]) -> Optional[Tagging]:
    return Tagging(as_rules(tags)) if tags else None


def _tags_of(tagging: Tagging) -> Iterable[Tag]:
    return as_tags(tagging.tag_set)


@shape('Rule')
class LifecycleRule:
    """A rule for the objects below a prefix."""

    ENABLED = 'Enabled'
    DISABLED = 'Disabled'

    id: str = one('ID', WORD, if_none='')
    """'' lets OSS choose one."""
    prefix: str = one('Prefix', if_none='')
    """'' means all objects of the bucket."""
    status: str = one('Status', default=ENABLED, if_none='')
    expiration: Optional[LifecycleExpiration] = one('Expiration', LifecycleExpiration, default=None)
    abort_multipart_upload: Optional[AbortMultipartUpload] = one(
        'AbortMultipartUpload', AbortMultipartUpload, default=None)
    storage_transitions: Optional[List[StorageTransition]] = many('Transition', StorageTransition, default=None)
    tagging: Optional[Tagging] = many('Tag', RuleTag, default=None, gather=_tagging_of, spread=_tags_of)
    noncurrent_version_expiration: Optional[NoncurrentVersionExpiration] = one(
        'NoncurrentVersionExpiration', NoncurrentVersionExpiration, default=None)
    noncurrent_version_sotrage_transitions: Optional[List[NoncurrentVersionStorageTransition]] = many(
        'NoncurrentVersionTransition', NoncurrentVersionStorageTransition, default=None)
    atime_base: Optional[int] = one('AtimeBase', INT, default=None, absent=0, sent=False)
    """From when OSS knows of accesses, Unix seconds; set by OSS."""
    filter: Optional[LifecycleFilter] = one('Filter', LifecycleFilter, default=None, absent=LifecycleFilter)


@shape('LifecycleConfiguration')
class BucketLifecycle:
    """The lifecycle rules of a bucket (PutBucketLifecycle)."""

    rules: List[LifecycleRule] = many('Rule', LifecycleRule, factory=list)


@result('LifecycleConfiguration')
class GetBucketLifecycleResult(RequestResult, BucketLifecycle):
    """The lifecycle rules of a bucket (GetBucketLifecycle)."""
