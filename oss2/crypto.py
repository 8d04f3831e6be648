"""Crypto providers: where the keys of client-side encryption come from, and how they are kept with the objects.

Each object is encrypted with a key and an IV of its own.  These are encrypted in turn with a master key, which the
provider has, and kept in the object's metadata.
"""
from __future__ import annotations

import abc
import copy
import json
import logging
import os
from functools import partial as partial
from typing import Any, Dict, Mapping, Optional, Tuple

from . import models, utils
from ._cipher import Encrypting
from ._kms import KmsClient, decoded
from ._rsa import KeyPair, local_key_pair
from .compat import to_bytes as to_bytes
from .compat import to_unicode as to_unicode
from .exceptions import ClientError as ClientError
from .exceptions import OpenApiFormatError as OpenApiFormatError
from .exceptions import OpenApiServerError as OpenApiServerError
from .headers import (
    KMS_ALI_WRAP_ALGORITHM,
    RSA_NONE_OAEPWithSHA1AndMGF1Padding,
    RSA_NONE_PKCS1Padding_WRAP_ALGORITHM,
)
from .utils import b64decode_from_string as b64decode_from_string
from .utils import b64encode_as_string as b64encode_as_string

# Errors of the SDK for KMS that 2.19.1 uses, under the names by which they could be caught here.
ClientException = ClientError
ServerException = OpenApiServerError

logger = logging.getLogger(__name__)

_LOCAL_RSA_TMP_DIR = '.oss-local-rsa'


class EncryptionMaterials:
    """A further master key, for objects that were encrypted with it.

    :param desc: its description, by which it is found: what `mat_desc` was when the objects were encrypted
    :param key_pair: {'public_key': ..., 'private_key': ...}, each in PEM; for :class:`RsaProvider`
    :param custom_master_key_id: for :class:`AliKMSProvider`
    :param passphrase: of the private key, or given to KMS as encryption context
    """

    def __init__(self, desc: Optional[Mapping[str, str]], key_pair: Optional[Mapping[str, Any]] = None,
                 custom_master_key_id: Optional[str] = None, passphrase: Optional[str] = None) -> None:
        self.desc = dict(_checked_dict(desc, 'mat_desc') or {})
        if key_pair and custom_master_key_id:
            raise ClientError('pass either key_pair or custom_master_key_id, not both')
        self.key_pair = _checked_dict(key_pair, 'key_pair')
        self.custom_master_key_id = custom_master_key_id
        self.passphrase = passphrase

    def add_description(self, key: str, value: str) -> None:
        self.desc[key] = value

    def add_descriptions(self, descriptions: Mapping[str, str]) -> None:
        self.desc.update(descriptions)


class BaseCryptoProvider(abc.ABC):
    """What a crypto provider is: derive from this to keep keys elsewhere.

    :param cipher: encrypts contents; an :class:`oss2.utils.AESCipher`
    :param mat_desc: description of the master key, kept with each object
    """

    cek_alg: Optional[str]
    wrap_alg: Optional[str]

    def __init__(self, cipher: Any, mat_desc: Optional[Mapping[str, str]] = None) -> None:
        if not cipher:
            raise ClientError('a crypto provider needs a cipher, such as oss2.utils.AESCTRCipher()')
        self.cipher = cipher
        self.cek_alg = None
        self.wrap_alg = None
        desc = _checked_dict(mat_desc, 'mat_desc')
        self.mat_desc: Optional[Dict[str, str]] = dict(desc) if desc else None
        self.encryption_materials_dict: Dict[Any, EncryptionMaterials] = {}

    @abc.abstractmethod
    def get_key(self) -> Any:
        """A new key for one content."""

    def get_iv(self) -> bytes:
        """A new IV for one content."""
        return self.cipher.get_iv()  # type: ignore[no-any-return]

    @staticmethod
    def make_encrypt_adapter(stream: Any, cipher: Any) -> Any:
        """A body that reads *stream* and encrypts it."""
        return utils.make_cipher_adapter(stream, Encrypting(cipher))

    @staticmethod
    def make_decrypt_adapter(stream: Any, cipher: Any, discard: int = 0) -> Any:
        """A file-like object that reads *stream* and decrypts it.

        :param discard: bytes of the content that are left out at its beginning
        """
        return utils.make_cipher_adapter(stream, cipher.decrypt, discard)

    @abc.abstractmethod
    def decrypt_encrypted_key(self, encrypted_key: Any) -> bytes:
        """The key that was encrypted with the master key."""

    @abc.abstractmethod
    def decrypt_encrypted_iv(self, encrypted_iv: Any) -> Any:
        """The IV that was encrypted with the master key."""

    @abc.abstractmethod
    def reset_encryption_materials(self, encryption_materials: EncryptionMaterials) -> Any:
        """A copy of this provider that has another master key."""

    def adjust_range(self, start: Optional[int], end: Optional[int]) -> Tuple[Optional[int], Optional[int]]:
        """The range to download in order to decrypt this one."""
        return self.cipher.adjust_range(start, end)  # type: ignore[no-any-return]

    @abc.abstractmethod
    def create_content_material(self) -> models.ContentCryptoMaterial:
        """A new key and IV, encrypted, with a cipher that is ready to encrypt one content with them."""

    def add_encryption_materials(self, encryption_materials: EncryptionMaterials) -> None:
        """Also decrypt objects that were encrypted with another master key; one without description is left out."""
        if not isinstance(encryption_materials, EncryptionMaterials):
            raise ClientError(f'encryption_materials must be EncryptionMaterials, not {type(encryption_materials)}')
        if encryption_materials.desc:
            self.encryption_materials_dict[_hashable(encryption_materials.desc)] = encryption_materials

    def get_encryption_materials(self, desc: Optional[Mapping[str, str]]) -> Optional[EncryptionMaterials]:
        """The master key of this description, None if none was added."""
        return self.encryption_materials_dict.get(_hashable(desc)) if desc else None

    def _content_material(self, key: bytes, encrypted_key: Any, iv: bytes,
                          encrypted_iv: Any) -> models.ContentCryptoMaterial:
        cipher = copy.copy(self.cipher)
        cipher.initialize(key, iv)
        return models.ContentCryptoMaterial(cipher, self.wrap_alg, encrypted_key, encrypted_iv, self.mat_desc)


class _RsaProvider(BaseCryptoProvider):
    """What the providers with an RSA key pair share."""

    _keys: KeyPair

    def get_key(self) -> bytes:
        return self.cipher.get_key()  # type: ignore[no-any-return]

    def decrypt_encrypted_key(self, encrypted_key: Any) -> bytes:
        """:raises ClientError: it was not encrypted with this key pair"""
        return self._keys.decrypt(encrypted_key)

    def decrypt_encrypted_iv(self, encrypted_iv: Any) -> bytes:
        """:raises ClientError: it was not encrypted with this key pair"""
        return self._keys.decrypt(encrypted_iv)

    def create_content_material(self) -> models.ContentCryptoMaterial:
        key, iv = self.get_key(), self.get_iv()
        return self._content_material(key, self._keys.encrypt(key), iv, self._keys.encrypt(iv))


class LocalRsaProvider(_RsaProvider):
    """Encrypts keys with an RSA key pair in two local files; makes a pair if there is none.

    Without the private key what was encrypted with it is lost: keep a copy.

    :param dir: folder of the files; None: `.oss-local-rsa` in the home folder
    :param key: what the files' names begin with
    :param passphrase: of the private key; a new one is encrypted with it
    :param cipher: None: AES-256 in counter mode
    :raises ClientError: the files hold no keys, the passphrase is wrong, or only the private key is missing
    """

    DEFAULT_PUB_KEY_SUFFIX = '.public_key.pem'
    DEFAULT_PRIV_KEY_SUFFIX = '.private_key.pem'

    def __init__(self, dir: Optional[str] = None, key: str = '', passphrase: Optional[str] = None, cipher: Any = None,
                 pub_key_suffix: str = DEFAULT_PUB_KEY_SUFFIX,
                 private_key_suffix: str = DEFAULT_PRIV_KEY_SUFFIX) -> None:
        super().__init__(cipher or utils.AESCTRCipher())
        self.wrap_alg = RSA_NONE_OAEPWithSHA1AndMGF1Padding
        folder = dir or os.path.join(os.path.expanduser('~'), _LOCAL_RSA_TMP_DIR)
        public_key, private_key = local_key_pair(os.path.join(folder, key + pub_key_suffix),
                                                  os.path.join(folder, key + private_key_suffix), passphrase)
        self._keys = KeyPair(RSA_NONE_OAEPWithSHA1AndMGF1Padding, public_key, private_key, passphrase)

    def reset_encryption_materials(self, encryption_materials: EncryptionMaterials) -> Any:
        raise ClientError('LocalRsaProvider has one key pair only: use RsaProvider for objects of several')


class RsaProvider(_RsaProvider):
    """Encrypts keys with an RSA key pair.

    :param key_pair: {'public_key': ..., 'private_key': ...}, each in PEM; one of them is enough to only encrypt or
        only decrypt
    :param passphrase: of the private key
    :param cipher: None: AES-256 in counter mode
    :param mat_desc: description of the key pair, kept with each object
    :raises ClientError: a text is no key, or the passphrase is wrong
    """

    def __init__(self, key_pair: Mapping[str, Any], passphrase: Optional[str] = None, cipher: Any = None,
                 mat_desc: Optional[Mapping[str, str]] = None) -> None:
        super().__init__(cipher or utils.AESCTRCipher(), mat_desc)
        self.wrap_alg = RSA_NONE_PKCS1Padding_WRAP_ALGORITHM
        if _checked_dict(key_pair, 'key_pair') is None:
            raise ClientError("RsaProvider needs key_pair={'public_key': ..., 'private_key': ...}")
        self._keys = KeyPair(RSA_NONE_PKCS1Padding_WRAP_ALGORITHM, key_pair.get('public_key'),
                              key_pair.get('private_key'), passphrase)

    def reset_encryption_materials(self, encryption_materials: EncryptionMaterials) -> RsaProvider:
        return RsaProvider(encryption_materials.key_pair, encryption_materials.passphrase,
                           self.cipher, encryption_materials.desc)


class AliKMSProvider(BaseCryptoProvider):
    """Encrypts keys with a master key in Alibaba Cloud's Key Management Service.

    :param region: of KMS, such as cn-hangzhou
    :param cmk_id: the master key; None is enough to only decrypt
    :param sts_token: the security token, if the access key is a temporary one
    :param passphrase: given to KMS as encryption context: nothing is decrypted without it
    :param cipher: None: AES-256 in counter mode
    :param mat_desc: description of the master key, kept with each object
    :param credentials_provider: asked for every call of KMS, instead of the access key and token, which are then None
    :param endpoint: of KMS, such as https://kms-vpc.cn-hangzhou.aliyuncs.com; None: the region's public one

    Its methods raise OpenApiServerError for an error of KMS, OpenApiFormatError for an answer that cannot be
    understood, and RequestError if there was none.
    """

    def __init__(self, access_key_id: Optional[str], access_key_secret: Optional[str], region: str,
                 cmk_id: Optional[str], sts_token: Optional[str] = None, passphrase: Optional[str] = None,
                 cipher: Any = None, mat_desc: Optional[Mapping[str, str]] = None, credentials_provider: Any = None,
                 endpoint: Optional[str] = None) -> None:
        super().__init__(cipher or utils.AESCTRCipher(), mat_desc)
        self.wrap_alg = KMS_ALI_WRAP_ALGORITHM
        self.custom_master_key_id = cmk_id
        self.sts_token = sts_token
        self.context = _encryption_context(passphrase)
        if credentials_provider is not None:
            self.kms_client = KmsClient(region, credentials_provider, endpoint)
        else:
            self.kms_client = KmsClient.with_key(access_key_id, access_key_secret, sts_token, region, endpoint)

    def get_key(self) -> Any:
        """(key, the text that stands for it encrypted) of a new key."""
        return self.kms_client.generate_data_key(self._master_key(), self.context, self.cipher.key_len)

    def decrypt_encrypted_key(self, encrypted_key: Any) -> bytes:
        return decoded(self.kms_client.decrypt(encrypted_key, self.context))

    def decrypt_encrypted_iv(self, encrypted_iv: Any, deprecated: bool = False) -> Any:
        """
        :param deprecated: as it is in the deprecated format: a text, which was given to KMS without base64
        """
        text = self.kms_client.decrypt(encrypted_iv, self.context)
        return text if deprecated else decoded(text)

    def create_content_material(self) -> models.ContentCryptoMaterial:
        key, encrypted_key = self.get_key()
        iv = self.get_iv()
        encrypted_iv = self.kms_client.encrypt(self._master_key(), iv, self.context)
        return self._content_material(key, encrypted_key, iv, encrypted_iv)

    def reset_encryption_materials(self, encryption_materials: EncryptionMaterials) -> AliKMSProvider:
        provider = copy.copy(self)
        provider.mat_desc = dict(encryption_materials.desc)
        provider.custom_master_key_id = encryption_materials.custom_master_key_id
        provider.context = _encryption_context(encryption_materials.passphrase)
        return provider

    def _master_key(self) -> str:
        if not self.custom_master_key_id:
            raise ClientError('AliKMSProvider needs the id of a master key to encrypt with: pass cmk_id')
        return self.custom_master_key_id


def _encryption_context(passphrase: Optional[str]) -> str:
    if not passphrase:
        return ''
    return json.dumps({'x-passphrase': passphrase}, separators=(',', ':'), ensure_ascii=False)


def _checked_dict(value: Any, name: str) -> Any:
    if value is not None and not isinstance(value, Mapping):
        raise ClientError(f'{name} must be a dict, not {type(value).__name__}')
    return value


def _hashable(desc: Mapping[str, Any]) -> Any:
    try:
        return frozenset(desc.items())
    except TypeError:  # a value is a list or a dict, as another program may have written it
        return json.dumps(desc, sort_keys=True)
