"""Transfers that oss2 2.19.1 began go on here, and those begun here go on there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from record_checkpoints import begin, finish

from oss2 import utils

RECORDED = json.loads((Path(__file__).parent / 'checkpoints.json').read_text())
# The padding of what RSA encrypts is random.
RANDOM = ('encrypted_key', 'encrypted_iv')


@pytest.fixture(autouse=True)
def fixed_keys(monkeypatch):
    from record_checkpoints import IV, KEY

    monkeypatch.setattr(utils, 'random_key', lambda size: KEY[:size])
    monkeypatch.setattr(utils, 'random_iv', lambda: IV)


def title(left):
    return '%s%s' % (left['kind'], ', encrypted' if left['encrypted'] else '')


def without_chance(text):
    record = json.loads(text)
    for name in RANDOM:
        if 'content_crypto_material' in record:
            record['content_crypto_material'][name] = '<random>'
    return json.dumps(record)


@pytest.mark.parametrize('left', RECORDED['left_by_2_19_1'], ids=title)
@pytest.mark.behaviour(14)
def test_what_2_19_1_began_goes_on_here(left):
    """The same parts are transferred that 2.19.1 itself would."""
    assert finish(left, RECORDED['keys']) == left['transfers']
    assert len(left['transfers']) == 2


@pytest.mark.parametrize('left', RECORDED['left_by_ours'], ids=title)
@pytest.mark.behaviour(14)
def test_what_is_begun_here_is_what_2_19_1_went_on_with(left):
    now = begin(left['kind'], left['encrypted'], RECORDED['keys'])
    assert without_chance(now['record']) == without_chance(left['record'])
    for name in ('name', 'parts', 'collected'):
        assert now.get(name) == left.get(name)
    assert len(left['transfers']) == 2


def test_both_write_the_same():
    for ours, theirs in zip(RECORDED['left_by_ours'], RECORDED['left_by_2_19_1']):
        assert without_chance(ours['record']) == without_chance(theirs['record'])
        assert ours['name'] == theirs['name']
