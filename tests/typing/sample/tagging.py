"""What `oss2.models` has of tagging."""
from __future__ import annotations

from typing import TYPE_CHECKING, Dict

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def get_tagging_result(result: models.GetTaggingResult) -> None:
    assert_type(result.tag_set, models.TaggingRule)


def tagging() -> models.Tagging:
    value = models.Tagging(tagging_rules=tagging_rule())
    assert_type(value.tag_set, models.TaggingRule)
    return value


def tagging_rule() -> models.TaggingRule:
    value = models.TaggingRule()
    assert_type(value.tagging_rule, Dict[str, str])
    value.add('key', 'value')
    value.delete('key')
    assert_type(value.len(), int)
    assert_type(value.to_query_string(), str)
    return value
