"""KMS: GenerateDataKey, Encrypt and Decrypt, with master keys that exist as soon as they are named."""
from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from typing import Any, Dict

from ..errors import ApiError
from ..messages import Request, integer
from . import rpc

SERVICE = rpc.Service('KMS', '2016-01-20')

_NONCE, _TAG = 12, 16
_SIZES = {'AES_256': 32, 'AES_128': 16}
_MOST_BYTES = 1024
_MOST_TEXT = 6 * 1024


@SERVICE.action('GenerateDataKey')
def generate_data_key(request: Request, params: Dict[str, str]) -> Dict[str, Any]:
    account = rpc.authenticate(request, params).account.id
    spec = params.get('KeySpec') or 'AES_256'
    if spec not in _SIZES:
        raise ApiError('InvalidParameter', 'The specified parameter KeySpec is not valid.')
    size = integer(params.get('NumberOfBytes') or str(_SIZES[spec]))
    if size is None or not 1 <= size <= _MOST_BYTES:
        raise ApiError('InvalidParameter', 'The specified parameter NumberOfBytes is not valid.')
    text = base64.b64encode(os.urandom(size)).decode()
    return {**_encrypted(account, params, text), 'Plaintext': text}


@SERVICE.action('Encrypt')
def encrypt(request: Request, params: Dict[str, str]) -> Dict[str, Any]:
    account = rpc.authenticate(request, params).account.id
    text = rpc.need(params, 'Plaintext')
    if len(text.encode()) > _MOST_TEXT * 4 // 3 + 4:
        raise ApiError('InvalidParameter', 'The specified parameter Plaintext is not valid.')
    return _encrypted(account, params, text)


@SERVICE.action('Decrypt')
def decrypt(request: Request, params: Dict[str, str]) -> Dict[str, Any]:
    from Crypto.Cipher import AES
    account = rpc.authenticate(request, params).account.id
    blob = rpc.need(params, 'CiphertextBlob')
    try:
        data = base64.b64decode(blob, validate=True)
        key_id = data[1:1 + data[0]].decode()
        sealed = data[1 + data[0]:]
        cipher = AES.new(_master_key(account, key_id), AES.MODE_GCM, nonce=sealed[:_NONCE], mac_len=_TAG)
        cipher.update(_context(params))
        text = cipher.decrypt_and_verify(sealed[_NONCE:-_TAG], sealed[-_TAG:]).decode()
    except (ValueError, IndexError) as exc:
        raise ApiError('InvalidParameter', 'The specified parameter is not valid: the ciphertext, or the encryption '
                                           'context, is not what Encrypt gave or got.') from exc
    return {'KeyId': key_id, 'KeyVersionId': _version(account, key_id), 'Plaintext': text}


def _encrypted(account: str, params: Dict[str, str], text: str) -> Dict[str, Any]:
    from Crypto.Cipher import AES
    key_id = rpc.need(params, 'KeyId')
    name = key_id.encode()
    if len(name) > 255:
        raise ApiError('Forbidden.KeyNotFound', 'The specified Key is not found.', status=404)
    nonce = os.urandom(_NONCE)
    cipher = AES.new(_master_key(account, key_id), AES.MODE_GCM, nonce=nonce, mac_len=_TAG)
    cipher.update(_context(params))
    sealed, tag = cipher.encrypt_and_digest(text.encode())
    blob = bytes([len(name)]) + name + nonce + sealed + tag
    return {'KeyId': key_id, 'KeyVersionId': _version(account, key_id),
            'CiphertextBlob': base64.b64encode(blob).decode()}


def _master_key(account: str, key_id: str) -> bytes:
    # The same in every run, so that what was stored by one can be read in another.
    return hmac.new(b'oss2-emulator', ('%s/%s' % (account, key_id)).encode(), hashlib.sha256).digest()


def _version(account: str, key_id: str) -> str:
    return hashlib.sha256(_master_key(account, key_id)).hexdigest()[:32]


def _context(params: Dict[str, str]) -> bytes:
    """The encryption context in one form, whatever the order of its members."""
    text = params.get('EncryptionContext')
    if not text:
        return b''
    try:
        context = json.loads(text)
    except ValueError:
        context = None
    if not isinstance(context, dict):
        raise ApiError('InvalidParameter', 'The specified parameter EncryptionContext is not valid.')
    return json.dumps(context, sort_keys=True).encode()
