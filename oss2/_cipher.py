"""AES in counter mode, with which the client encrypts contents; PyCryptodome is imported at the first use."""
from __future__ import annotations

import abc
import os
import sys
from typing import Any, Optional, Tuple

from . import defaults
from .exceptions import ClientError

AES_CTR = 'AES/CTR/NoPadding'
AES_GCM = 'AES/GCM/NoPadding'

_AES_256_KEY_SIZE = 32
_AES_BLOCK_LEN = 16
_AES_BLOCK_BITS_LEN = 8 * _AES_BLOCK_LEN

_COUNTER_MASK = (1 << _AES_BLOCK_BITS_LEN) - 1


def missing_package(exc: ImportError) -> ClientError:
    """The error for an interpreter without PyCryptodome, or with another package of the same module name."""
    return ClientError(f'client-side encryption needs PyCryptodome ({exc}): pip install pycryptodome')


def random_key(key_len: int) -> bytes:
    """A new key.

    :param key_len: bytes
    """
    return os.urandom(key_len)


def random_iv() -> bytes:
    """A new IV: the counter's first value. Its 4 zero bytes leave room to count in, so that no two overlap."""
    return os.urandom(8) + bytes(4) + os.urandom(4)


def iv_to_big_int(iv: bytes) -> int:
    """The counter that 16 bytes stand for.

    :raises ClientError: it has not 16 bytes
    """
    if not isinstance(iv, (bytes, bytearray, memoryview)) or len(iv) != _AES_BLOCK_LEN:
        raise ClientError(f'an IV must be {_AES_BLOCK_LEN} bytes')
    return int.from_bytes(iv, 'big')


def change_endianness_if_needed(bytes_array: Any) -> None:
    """Reverse a bytearray or list in place, where the machine is little-endian."""
    if sys.byteorder == 'little':
        bytes_array.reverse()


class AESCipher(abc.ABC):
    """What a cipher for contents is: derive from this to use another.

    A cipher is a template until it is initialized; crypto providers copy it for each content.
    """

    alg: Optional[str]
    """Its name in the metadata of objects."""

    def __init__(self) -> None:
        self.alg = None
        self.key_len = _AES_256_KEY_SIZE
        self.block_size_len = _AES_BLOCK_LEN
        self.block_size_len_in_bits = _AES_BLOCK_BITS_LEN

    @abc.abstractmethod
    def get_key(self) -> bytes:
        """A new random key."""

    @abc.abstractmethod
    def get_iv(self) -> bytes:
        """A new random IV."""

    @abc.abstractmethod
    def initialize(self, key: bytes, iv: bytes, off: int = 0) -> None:
        """Make it ready for one content.

        :param off: blocks of the content that are skipped
        """

    @abc.abstractmethod
    def encrypt(self, raw: bytes) -> bytes:
        """The next bytes of the content, encrypted."""

    @abc.abstractmethod
    def decrypt(self, enc: bytes) -> bytes:
        """The next bytes of the content, decrypted."""

    @abc.abstractmethod
    def determine_part_size(self, data_size: int, excepted_part_size: Optional[int] = None) -> int:
        """A part size, in bytes, with which a content of *data_size* bytes can be uploaded.

        :param excepted_part_size: the size that is wanted
        """

    def adjust_range(self, start: Optional[int], end: Optional[int]) -> Tuple[Optional[int], Optional[int]]:
        """The range to download in order to decrypt this one."""
        return start, end

    def is_block_aligned(self, offset: Optional[int]) -> bool:
        """Whether a block begins at *offset*."""
        return (offset or 0) % self.block_size_len == 0

    def is_valid_part_size(self, part_size: int, data_size: Optional[int] = None) -> bool:
        """Whether a content of *data_size* bytes can be uploaded in parts of *part_size*."""
        return True


class AESCTRCipher(AESCipher):
    """AES-256 in counter mode, big-endian, without padding: ciphertext and content are of the same length."""

    def __init__(self) -> None:
        super().__init__()
        self.alg = AES_CTR
        self.__cipher: Any = None
        self.__start: Optional[Tuple[bytes, int]] = None

    def get_key(self) -> bytes:
        from . import utils  # programs replace the functions there

        return utils.random_key(self.key_len)

    def get_iv(self) -> bytes:
        from . import utils

        return utils.random_iv()

    def initialize(self, key: bytes, iv: bytes, offset: int = 0) -> None:
        """Make it ready for one content.

        :param iv: 16 bytes
        :param offset: blocks of 16 bytes of the content that are skipped
        :raises ClientError: key or IV is not of the right length
        """
        self.initial_by_counter(key, iv_to_big_int(iv) + offset)

    def initial_by_counter(self, key: bytes, counter: int) -> None:
        """As :meth:`initialize`, with the IV as a number.

        :raises ClientError: there is no AES key of this length
        """
        try:
            from Crypto.Cipher import AES
        except ImportError as exc:
            raise missing_package(exc) from exc
        first = (counter & _COUNTER_MASK).to_bytes(_AES_BLOCK_LEN, 'big')
        try:
            self.__cipher = AES.new(key, AES.MODE_CTR, nonce=b'', initial_value=first)
        except (TypeError, ValueError) as exc:
            raise ClientError(f'this is no AES key: {exc}') from exc
        self.__start = key, counter

    def restart(self) -> bool:
        """Go back to where it was initialized; whether it was."""
        if self.__start is None:
            return False
        self.initial_by_counter(*self.__start)
        return True

    def encrypt(self, raw: bytes) -> bytes:
        return self._initialized().encrypt(raw)  # type: ignore[no-any-return]

    def decrypt(self, enc: bytes) -> bytes:
        return self._initialized().encrypt(enc)  # type: ignore[no-any-return]

    def _initialized(self) -> Any:
        if self.__cipher is None:
            raise ClientError('the cipher has no key yet: call initialize() first')
        return self.__cipher

    def adjust_range(self, start: Optional[int], end: Optional[int]) -> Tuple[Optional[int], Optional[int]]:
        if start and (end is None or start <= end):
            start -= start % self.block_size_len
        return start, end

    def calc_offset(self, offset: int) -> int:
        """The blocks before *offset*.

        :raises ClientError: no block begins there
        """
        if not self.is_block_aligned(offset):
            raise ClientError(f'offset {offset} is not aligned to the blocks of {self.block_size_len} bytes')
        return offset // self.block_size_len

    def is_valid_part_size(self, part_size: int, data_size: Optional[int]) -> bool:  # type: ignore[override]
        """Whether parts begin at blocks, and neither they are too small for OSS nor too many."""
        if part_size is None or part_size < defaults.min_part_size or not self.is_block_aligned(part_size):
            return False
        return data_size is None or data_size <= part_size * defaults.max_part_count

    def determine_part_size(self, data_size: int, excepted_part_size: Optional[int] = None) -> int:
        """A part size, in bytes, with which a content of *data_size* bytes can be uploaded.

        :param excepted_part_size: taken, or a little more to reach the end of a block, unless that makes too many
            parts
        """
        if excepted_part_size and data_size <= excepted_part_size * defaults.max_part_count:
            if self.is_valid_part_size(excepted_part_size, data_size):
                return excepted_part_size
            return self._next_block(excepted_part_size)
        part_size = defaults.part_size
        while data_size > part_size * defaults.max_part_count:
            part_size *= 2
        return part_size if self.is_block_aligned(part_size) else self._next_block(part_size)

    def _next_block(self, size: int) -> int:
        return (size // self.block_size_len + 1) * self.block_size_len


class Encrypting:
    """A cipher as a stage of a body that is sent: called with content, it gives ciphertext."""

    def __init__(self, cipher: Any) -> None:
        self._cipher = cipher

    def __call__(self, content: bytes) -> bytes:
        return self._cipher.encrypt(content)  # type: ignore[no-any-return]

    def restart(self) -> bool:
        """Begin again, as the body does; whether the cipher can."""
        restart = getattr(self._cipher, 'restart', None)
        return restart is not None and bool(restart())
