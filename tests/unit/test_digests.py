"""MD5 and base64. ``values.json`` holds what oss2 2.19.1 answers."""
from __future__ import annotations

import json
from pathlib import Path

import pytest

from oss2 import utils
from oss2.exceptions import OpenApiFormatError

RECORDED = json.loads(Path(__file__).with_name('values.json').read_text(encoding='utf-8'))


@pytest.mark.parametrize(('text', 'digest', 'header', 'encoded'), RECORDED['digests'])
def test_digests_are_those_of_upstream(text, digest, header, encoded):
    for data in (text, text.encode()):
        assert utils.md5_string(data) == digest
        assert utils.content_md5(data) == header
        assert utils.b64encode_as_string(data) == encoded
    for given in (encoded, encoded.encode()):
        assert utils.b64decode_from_string(given) == text.encode()


def test_what_is_no_base64():
    with pytest.raises(OpenApiFormatError) as caught:
        utils.b64decode_from_string('abc')
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize(('m', 'n', 'expected'), RECORDED['how_many'])
def test_how_many(m, n, expected):
    assert utils.how_many(m, n) == expected
