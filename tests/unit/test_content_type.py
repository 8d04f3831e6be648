"""Content types by name. ``values.json`` holds what oss2 2.19.1 answers."""
from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import oss2
from oss2.utils import content_type_by_name, set_content_type

RECORDED = json.loads(Path(__file__).with_name('values.json').read_text(encoding='utf-8'))['content_types']


@pytest.mark.parametrize(('name', 'expected'), RECORDED)
def test_types_are_those_of_upstream(name, expected):
    assert content_type_by_name(name) == expected
    assert content_type_by_name(os.fsencode(name)) == expected
    assert content_type_by_name(Path(name)) == (expected if not name.endswith('/') else None)


@pytest.mark.parametrize('given', ['Content-Type', 'content-type', 'CONTENT-TYPE'])
@pytest.mark.parametrize('kind', [dict, oss2.CaseInsensitiveDict])
def test_a_type_that_is_given_stays(given, kind):
    headers = kind({given: 'x/y'})
    assert set_content_type(headers, 'a.txt') is headers
    assert dict(headers) == {given: 'x/y'}


def test_headers_without_a_type():
    headers = {'x-oss-meta-a': 'b'}
    assert set_content_type(headers, 'a.txt') is headers
    assert headers == {'x-oss-meta-a': 'b', 'Content-Type': 'text/plain'}
    assert set_content_type(None, 'a.txt') == {'Content-Type': 'text/plain'}
    assert set_content_type(None, 'none') == {}
