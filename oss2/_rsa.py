"""RSA key pairs, and the files that hold one."""
from __future__ import annotations

import logging
import os
import secrets
from typing import Any, Optional, Tuple

from ._cipher import missing_package
from ._files import makedir_p, silently_remove
from .compat import to_bytes
from .exceptions import ClientError
from .headers import RSA_NONE_OAEPWithSHA1AndMGF1Padding

logger = logging.getLogger(__name__)

BITS = 2048


def import_key(text: Any, passphrase: Optional[str]) -> Any:
    """PyCryptodome's key of a PEM text.

    :raises ClientError: it is no key, or the passphrase is wrong
    """
    try:
        return _rsa().import_key(to_bytes(text), passphrase=passphrase)
    except (ValueError, IndexError, TypeError) as exc:
        raise ClientError(f'this is no RSA key that can be read: {exc}') from exc


def _rsa() -> Any:
    try:
        from Crypto.PublicKey import RSA
    except ImportError as exc:
        raise missing_package(exc) from exc
    return RSA


class KeyPair:
    """A key pair with a padding; either key may be None.  Pickled as texts, as PyCryptodome's keys cannot be.

    :param padding: as it is called in the metadata of objects
    :param public_key: in PEM
    :param private_key: in PEM
    :param passphrase: of the private key
    :raises ClientError: a text is no key, or the passphrase is wrong
    """

    def __init__(self, padding: str, public_key: Any, private_key: Any, passphrase: Optional[str]) -> None:
        self._padding = padding
        self._texts = (public_key, private_key, passphrase)
        self._public = self._padded(public_key)
        self._private = self._padded(private_key)

    def __reduce__(self) -> Tuple[Any, ...]:
        return KeyPair, (self._padding, *self._texts)

    def _padded(self, text: Any) -> Any:
        if text is None:
            return None
        key = import_key(text, self._texts[2])
        if self._padding == RSA_NONE_OAEPWithSHA1AndMGF1Padding:
            from Crypto.Cipher import PKCS1_OAEP

            return PKCS1_OAEP.new(key)
        from Crypto.Cipher import PKCS1_v1_5

        return PKCS1_v1_5.new(key)

    def encrypt(self, data: bytes) -> bytes:
        """:raises ClientError: there is no public key"""
        if self._public is None:
            raise ClientError('the key pair has no public_key: it can only decrypt')
        return self._public.encrypt(data)  # type: ignore[no-any-return]

    def decrypt(self, data: Any) -> bytes:
        """:raises ClientError: there is no private key, or *data* was not encrypted with this pair"""
        if self._private is None:
            raise ClientError('the key pair has no private_key: it can only encrypt')
        try:
            if self._padding == RSA_NONE_OAEPWithSHA1AndMGF1Padding:
                content = self._private.decrypt(data)
            else:
                content = self._private.decrypt(data, None)
        except (ValueError, TypeError) as exc:
            raise ClientError(f'the key or IV of the object cannot be decrypted, check the key pair: {exc}') from exc
        if not content:  # so PyCryptodome says it, as None or b''
            raise ClientError('the key or IV of the object cannot be decrypted, check the key pair')
        return content  # type: ignore[no-any-return]


def local_key_pair(public_path: str, private_path: str, passphrase: Optional[str]) -> Tuple[bytes, bytes]:
    """The texts in two files, in PEM; of a new key pair, if there are no files.

    :raises ClientError: there is a public key without the private one
    """
    if not os.path.exists(private_path):
        if os.path.exists(public_path):
            raise ClientError(f'there is a public key {public_path}, but no private key {private_path}: put it there, '
                              'or take the public key away to have a new pair made')
        logger.warning('there is no key pair %s, %s: making one', public_path, private_path)
        _make_private_key(private_path, passphrase)
    with open(private_path, 'rb') as source:
        private_key = source.read()
    if not os.path.exists(public_path):
        _write_new(public_path, import_key(private_key, passphrase).publickey().export_key() + b'\n', 0o644)
    with open(public_path, 'rb') as source:
        return source.read(), private_key


def _make_private_key(path: str, passphrase: Optional[str]) -> None:
    key = _rsa().generate(BITS)
    if passphrase:
        text = key.export_key(passphrase=passphrase, pkcs=8, protection='scryptAndAES256-CBC')
    else:
        text = key.export_key()
    _write_new(path, text + b'\n', 0o600)


def _write_new(path: str, content: bytes, mode: int) -> None:
    """Write a file, all at once and never with more permissions than *mode*, unless another process was first."""
    makedir_p(os.path.dirname(path) or '.')
    temporary = f'{path}.{secrets.token_hex(6)}.tmp'
    try:
        with open(temporary, 'xb', opener=lambda name, flags: os.open(name, flags, mode)) as out:
            out.write(content)
        try:
            os.link(temporary, path)
        except FileExistsError:
            return
        except (OSError, NotImplementedError, AttributeError):  # no hard links here
            os.rename(temporary, path)
    finally:
        silently_remove(temporary)
