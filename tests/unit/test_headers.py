from __future__ import annotations

from typing import Any, Dict

import pytest

from oss2 import auth, exceptions, headers

KMS = {'x-oss-server-side-encryption': 'KMS'}


@pytest.mark.parametrize(('arguments', 'expected'), [
    ((), {}),
    (('AES256',), {'x-oss-server-side-encryption': 'AES256'}),
    (('AES256', 'id'), {'x-oss-server-side-encryption': 'AES256'}),
    (('KMS',), KMS),
    (('KMS', ''), KMS),
    (('KMS', 'id'), {**KMS, 'x-oss-server-side-encryption-key-id': 'id'}),
    (('SM4', 'id'), {}),
])
def test_asking_for_encryption_replaces_what_was_asked_before(arguments: Any, expected: Dict[str, str]) -> None:
    before = {'x-oss-server-side-encryption': 'x', 'x-oss-server-side-encryption-key-id': 'y'}
    made = headers.RequestHeader(before, a='b')
    made.set_server_side_encryption(*arguments)
    assert made == {'a': 'b', **expected}


def test_a_request_header_is_made_like_a_dict() -> None:
    for made in (headers.RequestHeader([('a', 1)]), headers.RequestHeader({'a': 1}), headers.RequestHeader(a=1)):
        assert made == {'a': 1}
        assert isinstance(made, dict)


def test_the_names_are_importable_where_programs_look_for_them() -> None:
    names = [name for name in vars(headers) if name.isupper()] + ['RSA_NONE_PKCS1Padding_WRAP_ALGORITHM']
    for module in (auth, exceptions):
        for name in names:
            assert getattr(module, name) == getattr(headers, name)
