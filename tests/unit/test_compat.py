from __future__ import annotations

import json
from typing import Any

import pytest

from oss2 import compat, defaults


@pytest.mark.parametrize(('value', 'as_bytes', 'as_text'), [
    ('中', b'\xe4\xb8\xad', '中'),
    (b'\xe4\xb8\xad', b'\xe4\xb8\xad', '中'),
    ('', b'', ''),
    (1, 1, 1),
    (None, None, None),
    ([b'x'], [b'x'], [b'x']),
    (bytearray(b'x'), bytearray(b'x'), bytearray(b'x')),
])
def test_text_and_bytes(value: Any, as_bytes: Any, as_text: Any) -> None:
    assert compat.to_bytes(value) == as_bytes
    assert compat.to_string(value) == compat.to_unicode(value) == as_text
    assert type(compat.to_bytes(value)) is type(as_bytes)
    assert type(compat.to_string(value)) is type(as_text)


@pytest.mark.parametrize('value', ['x', b'x', {'a': [b'b', None]}, 1])
def test_stringify_returns_what_it_is_given(value: Any) -> None:
    assert compat.stringify(value) is value


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnicodeDecodeError):
        compat.to_string(b'\xff')


def test_names_of_two_pythons() -> None:
    assert (compat.is_py2, compat.is_py3, compat.is_py33) == (False, True, False)
    assert (compat.bytes, compat.str, compat.builtin_str) == (bytes, str, str)
    assert compat.json is json
    assert compat.urlquote('a b/', '') == 'a%20b%2F'
    assert compat.urlunquote('a%20b') == 'a b'
    assert compat.urlparse('http://h/p').netloc == compat.urlsplit('http://h/p').netloc == 'h'
    assert compat.parse_qs('a=1&a=2') == {'a': ['1', '2']}


@pytest.mark.parametrize(('value', 'expected'), [(None, 5), (0, 0), (3, 3), ('', '')])
def test_a_default_is_for_none_only(value: Any, expected: Any) -> None:
    assert defaults.get(value, 5) == expected
