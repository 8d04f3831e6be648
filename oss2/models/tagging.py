"""Tags of objects and buckets."""
from __future__ import annotations

from typing import Any, Dict, List
from urllib.parse import quote

from .._xml import KEY, many, one, plain
from ..exceptions import ClientError
from ._base import RequestResult, result, shape

__all__ = ['GetTaggingResult', 'Tagging', 'TaggingRule']

_MAX_KEY_LENGTH = 128
_MAX_VALUE_LENGTH = 256


@shape('Tag')
class Tag:
    """A tag as documents hold it."""

    key: str = one('Key', KEY, required=True)
    value: str = one('Value', KEY, default='', if_none='')


def as_tags(rules: Any) -> List[Tag]:
    """The tags of a dictionary."""
    return [Tag(key, value) for key, value in rules.items()]


def as_rules(tags: List[Tag]) -> TaggingRule:
    """The tags as users see them."""
    rules = TaggingRule()
    rules.tagging_rule.update((tag.key, tag.value) for tag in tags)
    return rules


@shape('TagSet')
class TaggingRule:
    """Tags by their keys, in ``tagging_rule``."""

    tagging_rule: Dict[str, str] = plain(factory=dict, init=False)

    def add(self, key: str, value: str) -> None:
        """Set a tag.

        :raises ClientError: the key is empty or longer than 128 characters, or the value is longer than 256
        """
        for name, text, longest in (('key', key, _MAX_KEY_LENGTH), ('value', value, _MAX_VALUE_LENGTH)):
            if not isinstance(text, str) and (text or name == 'value'):
                raise ClientError('Tagging %s should be a str, not %r' % (name, text))
            if text and len(text) > longest:
                raise ClientError('Tagging %s is too long: %d characters of at most %d' % (name, len(text), longest))
        if not key:
            raise ClientError('Tagging key should not be empty')
        self.tagging_rule[key] = value

    def delete(self, key: str) -> None:
        """Remove a tag.

        :raises KeyError: there is no such tag
        """
        del self.tagging_rule[key]

    def len(self) -> int:
        """How many tags there are."""
        return len(self.tagging_rule)

    def to_query_string(self) -> str:
        """The tags as the header ``x-oss-tagging`` wants them."""
        return '&'.join('%s=%s' % (quote(key, '~'), quote(value, '~')) for key, value in self.tagging_rule.items())


@shape('Tagging', kept=('TagSet',))
class Tagging:
    """The tags of an object or a bucket (PutObjectTagging, PutBucketTags)."""

    tag_set: TaggingRule = plain(factory=TaggingRule, alias='tagging_rules')
    _tags: List[Tag] = many('TagSet/Tag', Tag, init=False)

    @property
    def _tags(self) -> List[Tag]:  # type: ignore[no-redef]
        return as_tags(self.tag_set.tagging_rule)

    def _loaded(self) -> None:
        self.tag_set = as_rules(self.__dict__.pop('_tags'))


@result('Tagging')
class GetTaggingResult(RequestResult, Tagging):
    """The tags of an object or a bucket (GetObjectTagging, GetBucketTags)."""
