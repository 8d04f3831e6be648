"""Tags of objects and buckets."""
from __future__ import annotations

from typing import Any, Dict, Iterable, List
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


def as_tags(rules: TaggingRule) -> List[Tag]:
    """The tags as documents hold them."""
    return [Tag(key, value) for key, value in rules.tagging_rule.items()]


def as_rules(tags: Iterable[Any]) -> TaggingRule:
    """The tags as users see them."""
    rules = TaggingRule()
    rules.tagging_rule.update((tag.key, tag.value) for tag in tags)
    return rules


def _check_text(name: str, text: Any, longest: int) -> None:
    if not isinstance(text, (str, bytes)):
        raise ClientError('Tagging %s should be a str, not %r' % (name, text))
    if len(text) > longest:
        raise ClientError('Tagging %s is too long: %d characters of at most %d' % (name, len(text), longest))


@shape('TagSet')
class TaggingRule:
    """Tags by their keys, in ``tagging_rule``."""

    tagging_rule: Dict[str, str] = plain(factory=dict, init=False)

    def add(self, key: str, value: str) -> None:
        """Set a tag.

        :raises ClientError: the key is empty or longer than 128 characters, or the value is longer than 256
        """
        if not key:
            raise ClientError('Tagging key should not be empty')
        _check_text('key', key, _MAX_KEY_LENGTH)
        _check_text('value', value, _MAX_VALUE_LENGTH)
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
        return '&'.join('%s=%s' % (quote(key, ''), quote(value, '')) for key, value in self.tagging_rule.items())


@shape('Tagging', kept=('TagSet',))
class Tagging:
    """The tags of an object or a bucket (PutObjectTagging, PutBucketTags)."""

    tag_set: TaggingRule = many('TagSet/Tag', Tag, factory=TaggingRule, alias='tagging_rules',
                                gather=as_rules, spread=as_tags)


@result('Tagging')
class GetTaggingResult(RequestResult, Tagging):
    """The tags of an object or a bucket (GetObjectTagging, GetBucketTags)."""
