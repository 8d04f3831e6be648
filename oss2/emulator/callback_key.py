"""The key pair that callbacks are signed with; who is called fetches the public one from the emulator."""
from __future__ import annotations

import base64
import threading
from typing import Any, Optional
from urllib.parse import unquote_to_bytes

#: the path below the emulator's address at which the public key is
PATH = '/_callback/callback_pub_key_v1.pem'

_BITS = 1024
_EXPONENT = 65537


class CallbackKey:
    """Made when it is first needed, and kept as long as the emulator runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: Optional[Any] = None

    def _pair(self) -> Any:
        with self._lock:
            if self._key is None:
                self._key = _generate()
            return self._key

    def public(self) -> bytes:
        """The public key as PEM."""
        pem: bytes = self._pair().public_key().export_key()
        return pem + b'\n'

    def sign(self, path: str, query: str, body: bytes) -> str:
        """The signature of a callback, in base64: RSA over the MD5 of path, query and body.

        :param path: as it stands in the URL; what is signed is the path decoded
        """
        from Crypto.Hash import MD5
        from Crypto.Signature import pkcs1_15
        signed = unquote_to_bytes(path) + (b'?' + query.encode() if query else b'') + b'\n' + body
        return base64.b64encode(pkcs1_15.new(self._pair()).sign(MD5.new(signed))).decode()


def _generate() -> Any:
    """A key; from plain primes, as the strong ones of ``RSA.generate`` take a second to find."""
    from Crypto.PublicKey import RSA
    from Crypto.Util.number import getPrime
    while True:
        first, second = getPrime(_BITS // 2), getPrime(_BITS // 2)
        modulus, order = first * second, (first - 1) * (second - 1)
        if first != second and modulus.bit_length() == _BITS and order % _EXPONENT:
            return RSA.construct((modulus, _EXPONENT, pow(_EXPONENT, -1, order), first, second))
