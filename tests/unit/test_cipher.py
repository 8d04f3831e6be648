"""AES in counter mode, as oss2 2.19.1 has it; recorded by ``tests/compat/record_encryption.py``."""
from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from oss2 import _cipher, defaults, utils
from oss2.exceptions import ClientError
from oss2.utils import AESCipher, AESCTRCipher

RECORDED = json.loads((Path(__file__).parents[1] / 'compat' / 'encryption.json').read_text())
CONTENT = base64.b64decode(RECORDED['content'])
KEY, IV = base64.b64decode(RECORDED['key']), base64.b64decode(RECORDED['iv'])


def initialized(offset=0):
    cipher = AESCTRCipher()
    cipher.initialize(KEY, IV, offset)
    return cipher


@pytest.mark.parametrize('case', RECORDED['ciphers'], ids=lambda case: '%(key)s %(iv)s %(offset)s' % case)
def test_encrypts_as_2_19_1(case):
    cipher = AESCTRCipher()
    cipher.initialize(base64.b64decode(case['key']), base64.b64decode(case['iv']), case['offset'])
    assert cipher.encrypt(CONTENT[:33]) + cipher.encrypt(b'') + cipher.encrypt(CONTENT[33:100]) \
        == base64.b64decode(case['encrypted'])


@pytest.mark.parametrize('kind', [bytes, bytearray, memoryview])
def test_decrypts_what_it_encrypted(kind):
    assert initialized().decrypt(kind(initialized().encrypt(kind(CONTENT)))) == CONTENT


def test_offset_is_in_blocks():
    whole = initialized().encrypt(CONTENT)
    assert initialized(3).encrypt(CONTENT[48:]) == whole[48:]


def test_counter_runs_over():
    cipher = AESCTRCipher()
    cipher.initialize(KEY, b'\xff' * 16)
    whole = cipher.encrypt(CONTENT)
    cipher.initialize(KEY, b'\xff' * 16, 2)
    assert cipher.encrypt(CONTENT[32:]) == whole[32:]


def test_restart():
    cipher = initialized(2)
    first = cipher.encrypt(CONTENT)
    assert cipher.restart()
    assert cipher.encrypt(CONTENT) == first
    assert not AESCTRCipher().restart()


@pytest.mark.parametrize('case', RECORDED['sizes'], ids=str)
def test_part_sizes(case):
    cipher = AESCTRCipher()
    assert cipher.determine_part_size(case['data_size'], case['part_size']) == case['determined']
    if case['part_size'] is not None:
        assert cipher.is_valid_part_size(case['part_size'], case['data_size']) is case['valid']


def test_part_sizes_follow_the_defaults(monkeypatch):
    monkeypatch.setattr(defaults, 'part_size', 1000)
    assert AESCTRCipher().determine_part_size(100) == 1008
    monkeypatch.setattr(defaults, 'min_part_size', 160)
    assert AESCTRCipher().is_valid_part_size(160, 1000)
    assert not AESCTRCipher().is_valid_part_size(144, 1000)


@pytest.mark.parametrize(('given', 'adjusted'), RECORDED['adjusted'], ids=str)
def test_adjusted_ranges(given, adjusted):
    assert AESCTRCipher().adjust_range(*given) == tuple(adjusted)


def test_offsets():
    cipher = AESCTRCipher()
    assert [cipher.calc_offset(offset) for offset in (0, 16, 160)] == [0, 1, 10]
    assert cipher.is_block_aligned(None)
    with pytest.raises(ClientError, match='offset 17 is not aligned'):
        cipher.calc_offset(17)


@pytest.mark.parametrize(('key', 'iv', 'words'), [
    (KEY, IV[:8], '16 bytes'), (KEY, 'x' * 16, '16 bytes'), (b'short', IV, 'AES key'), (None, IV, 'AES key'),
])
def test_keys_and_ivs_that_are_none(key, iv, words):
    with pytest.raises(ClientError, match=words) as caught:
        AESCTRCipher().initialize(key, iv)
    assert 'short' not in str(caught.value)


def test_a_cipher_without_key():
    with pytest.raises(ClientError, match='initialize'):
        AESCTRCipher().encrypt(b'x')


def test_random_keys():
    assert len(utils.random_key(32)) == 32
    assert len({utils.random_key(16) for _ in range(100)}) == 100
    ivs = {utils.random_iv() for _ in range(100)}
    assert len(ivs) == 100
    assert {(len(iv), iv[8:12]) for iv in ivs} == {(16, bytes(4))}


def test_random_functions_can_be_replaced(monkeypatch):
    monkeypatch.setattr(utils, 'random_key', lambda size: b'K' * size)
    monkeypatch.setattr(utils, 'random_iv', lambda: b'I' * 16)
    assert AESCTRCipher().get_key() == b'K' * 32
    assert AESCTRCipher().get_iv() == b'I' * 16


def test_numbers_and_byte_order():
    assert utils.iv_to_big_int(bytes(14) + b'\1\2') == 258
    numbers = bytearray(b'\1\2\3')
    utils.change_endianness_if_needed(numbers)
    assert numbers == (b'\3\2\1' if sys.byteorder == 'little' else b'\1\2\3')


def test_names():
    assert (utils.AES_CTR, utils.AES_GCM) == ('AES/CTR/NoPadding', 'AES/GCM/NoPadding')
    cipher = AESCTRCipher()
    assert (cipher.alg, cipher.key_len, cipher.block_size_len, cipher.block_size_len_in_bits) \
        == ('AES/CTR/NoPadding', 32, 16, 128)
    with pytest.raises(TypeError, match='abstract'):
        AESCipher()


def test_what_another_cipher_need_not_define():
    class Other(AESCipher):
        get_key = get_iv = initialize = encrypt = decrypt = determine_part_size = None

    cipher = Other()
    assert cipher.alg is None
    assert cipher.adjust_range(17, 30) == (17, 30)
    assert cipher.is_valid_part_size(17)
    assert not _cipher.Encrypting(cipher).restart()


def test_pycryptodome_is_imported_at_first_use():
    program = ("import sys, oss2, oss2.crypto_bucket; cipher = oss2.utils.AESCTRCipher(); "
               "assert not any(name.startswith('Crypto') for name in sys.modules); "
               "cipher.initialize(bytes(32), bytes(16)); assert 'Crypto' in sys.modules")
    subprocess.run([sys.executable, '-c', program], check=True, cwd=str(Path(__file__).parents[2]))


def test_without_pycryptodome(monkeypatch):
    monkeypatch.setitem(sys.modules, 'Crypto.Cipher', None)
    with pytest.raises(ClientError, match='pip install pycryptodome') as caught:
        AESCTRCipher().initialize(KEY, IV)
    assert isinstance(caught.value.__cause__, ImportError)
