"""Client-side encryption: what is kept with an encrypted object, and reading one."""
from __future__ import annotations

import copy
import json
import re
from typing import Any, Dict, Mapping, Optional

from requests.structures import CaseInsensitiveDict

from .. import _streams
from .._decoding import Decoded, split_encoding
from .._digests import b64decode_from_string, b64encode_as_string
from .._xml import ResponseFormatError
from ..exceptions import ClientError, InconsistentError
from ..headers import (
    DEPRECATED_CLIENT_SIDE_ENCRYPTION_CEK_ALG,
    DEPRECATED_CLIENT_SIDE_ENCRYPTION_KEY,
    DEPRECATED_CLIENT_SIDE_ENCRYPTION_START,
    DEPRECATED_CLIENT_SIDE_ENCRYPTION_WRAP_ALG,
    DEPRECATED_CLIENT_SIDE_ENCRYTPION_MATDESC,
    KMS_ALI_WRAP_ALGORITHM,
    OSS_CLIENT_SIDE_ENCRYPTION_CEK_ALG,
    OSS_CLIENT_SIDE_ENCRYPTION_DATA_SIZE,
    OSS_CLIENT_SIDE_ENCRYPTION_KEY,
    OSS_CLIENT_SIDE_ENCRYPTION_PART_SIZE,
    OSS_CLIENT_SIDE_ENCRYPTION_START,
    OSS_CLIENT_SIDE_ENCRYPTION_UNENCRYPTED_CONTENT_LENGTH,
    OSS_CLIENT_SIDE_ENCRYPTION_UNENCRYPTED_CONTENT_MD5,
    OSS_CLIENT_SIDE_ENCRYPTION_WRAP_ALG,
    OSS_CLIENT_SIDE_ENCRYTPION_MATDESC,
    OSS_REQUEST_ID,
    RSA_NONE_OAEPWithSHA1AndMGF1Padding,
)

__all__ = ['ContentCryptoMaterial', 'MultipartUploadCryptoContext']

# What the deprecated format calls KMS; anything else it has stands for RSA with OAEP.
_DEPRECATED_KMS = 'kms'

_FIRST_BYTE = re.compile(r'\s*bytes\s+([0-9]+)-')


class ContentCryptoMaterial:
    """What it takes to decrypt one object, itself encrypted; kept in the object's metadata.

    :param cipher: an :class:`oss2.utils.AESCipher`; of one that is to encrypt, ready to do so
    :param wrap_alg: how key and IV are encrypted
    :param encrypted_key: bytes, or the text that KMS gave for it
    :param mat_desc: the description of the master key, a dict
    """

    def __init__(self, cipher: Any, wrap_alg: Optional[str], encrypted_key: Any = None, encrypted_iv: Any = None,
                 mat_desc: Optional[Dict[str, str]] = None) -> None:
        self.cipher = cipher
        self.cek_alg: Optional[str] = cipher.alg
        self.wrap_alg: Optional[str] = wrap_alg
        self.encrypted_key = encrypted_key
        self.encrypted_iv = encrypted_iv
        self.mat_desc = mat_desc
        self.deprecated = False
        """Whether it was read from metadata in the deprecated format, x-oss-meta-oss-crypto-*."""

    def to_object_meta(self, headers: Optional[Mapping[str, Any]] = None,
                       multipart_upload_context: Optional[MultipartUploadCryptoContext] = None) -> Any:
        """A copy of *headers* with the metadata that the encrypted object is to have.

        :raises ClientError: key or IV is missing
        """
        if not self.encrypted_key or not self.encrypted_iv:
            raise ClientError('the crypto material holds no encrypted key and IV: make it with '
                              "the provider's create_content_material()")
        meta: CaseInsensitiveDict[Any] = CaseInsensitiveDict(headers or {})
        # These are about the content; what is sent is its ciphertext.
        for name, kept_as in (('Content-MD5', OSS_CLIENT_SIDE_ENCRYPTION_UNENCRYPTED_CONTENT_MD5),
                              ('Content-Length', OSS_CLIENT_SIDE_ENCRYPTION_UNENCRYPTED_CONTENT_LENGTH)):
            if name in meta:
                meta[kept_as] = meta.pop(name)
        meta[OSS_CLIENT_SIDE_ENCRYPTION_KEY] = b64encode_as_string(self.encrypted_key)
        meta[OSS_CLIENT_SIDE_ENCRYPTION_START] = b64encode_as_string(self.encrypted_iv)
        meta[OSS_CLIENT_SIDE_ENCRYPTION_CEK_ALG] = self.cek_alg
        meta[OSS_CLIENT_SIDE_ENCRYPTION_WRAP_ALG] = self.wrap_alg
        context = multipart_upload_context
        if context is not None and context.data_size and context.part_size:
            meta[OSS_CLIENT_SIDE_ENCRYPTION_DATA_SIZE] = str(context.data_size)
            meta[OSS_CLIENT_SIDE_ENCRYPTION_PART_SIZE] = str(context.part_size)
        if self.mat_desc:
            meta[OSS_CLIENT_SIDE_ENCRYTPION_MATDESC] = json.dumps(self.mat_desc)
        return meta

    def from_object_meta(self, headers: Mapping[str, Any]) -> None:
        """Take over what an object's metadata say.

        :raises InconsistentError: the object was encrypted by other algorithms than those of this material
        :raises OpenApiFormatError: key or IV is not base64
        :raises ResponseFormatError: the description is not JSON
        """
        meta: CaseInsensitiveDict[Any] = CaseInsensitiveDict(headers)
        own_wrap_alg = self.wrap_alg
        request_id = meta.get(OSS_REQUEST_ID, '')
        if DEPRECATED_CLIENT_SIDE_ENCRYPTION_KEY in meta:
            self._take_deprecated(meta)
        else:
            self._take_current(meta)
        if self.cek_alg and self.cek_alg != self.cipher.alg:
            raise InconsistentError(f'the object was encrypted with {self.cek_alg}, the crypto provider has '
                                    f'{self.cipher.alg}', request_id)
        if self.wrap_alg and self.wrap_alg != own_wrap_alg:
            raise InconsistentError(f"the object's key was encrypted with {self.wrap_alg}, the crypto provider has "
                                    f'{own_wrap_alg}', request_id)

    def _take_current(self, meta: Mapping[str, Any]) -> None:
        if OSS_CLIENT_SIDE_ENCRYPTION_KEY in meta:
            self.encrypted_key = b64decode_from_string(meta[OSS_CLIENT_SIDE_ENCRYPTION_KEY])
        if OSS_CLIENT_SIDE_ENCRYPTION_START in meta:
            self.encrypted_iv = b64decode_from_string(meta[OSS_CLIENT_SIDE_ENCRYPTION_START])
        self.cek_alg = meta.get(OSS_CLIENT_SIDE_ENCRYPTION_CEK_ALG)
        self.wrap_alg = meta.get(OSS_CLIENT_SIDE_ENCRYPTION_WRAP_ALG)
        self._take_description(meta, OSS_CLIENT_SIDE_ENCRYTPION_MATDESC)

    def _take_deprecated(self, meta: Mapping[str, Any]) -> None:
        self.deprecated = True
        self.encrypted_key = meta[DEPRECATED_CLIENT_SIDE_ENCRYPTION_KEY]
        self.encrypted_iv = meta.get(DEPRECATED_CLIENT_SIDE_ENCRYPTION_START)
        self.cek_alg = meta.get(DEPRECATED_CLIENT_SIDE_ENCRYPTION_CEK_ALG)
        if meta.get(DEPRECATED_CLIENT_SIDE_ENCRYPTION_WRAP_ALG) == _DEPRECATED_KMS:
            self.wrap_alg = KMS_ALI_WRAP_ALGORITHM
        else:
            self.wrap_alg = RSA_NONE_OAEPWithSHA1AndMGF1Padding
            self.encrypted_key = b64decode_from_string(self.encrypted_key)
            if self.encrypted_iv is not None:
                self.encrypted_iv = b64decode_from_string(self.encrypted_iv)
        self._take_description(meta, DEPRECATED_CLIENT_SIDE_ENCRYTPION_MATDESC)

    def _take_description(self, meta: Mapping[str, Any], name: str) -> None:
        text = meta.get(name)
        if not text:
            return
        try:
            description = json.loads(text)
        except ValueError as exc:
            raise ResponseFormatError(f'header {name}: {exc}', meta) from exc
        if description and not isinstance(description, dict):
            raise ResponseFormatError(f'header {name} must be a JSON object, not {text}', meta)
        self.mat_desc = description or None

    def is_unencrypted(self) -> bool:
        """Whether the object whose metadata this holds is not encrypted."""
        return self.encrypted_key is None and self.encrypted_iv is None \
            and self.cek_alg is None and self.wrap_alg is None


class MultipartUploadCryptoContext:
    """What the parts of an encrypted object have in common; `init_multipart_upload` completes it.

    :param data_size: bytes of the content in all
    :param part_size: bytes of each part but the last: a multiple of 16; None: chosen by `init_multipart_upload`
    """

    def __init__(self, data_size: Optional[int] = None, part_size: Optional[int] = None,
                 content_crypto_material: Optional[ContentCryptoMaterial] = None) -> None:
        self.content_crypto_material = content_crypto_material
        self.data_size = data_size
        self.part_size = part_size


def decrypting_stream(result: Any, crypto_provider: Any, discard: int) -> Any:
    """The content of a :class:`GetObjectResult`, decrypted if its metadata say that it is encrypted.

    `content_length` of the result becomes that of what is left after *discard*.

    :param discard: bytes before those that are wanted, in the answer to a range that was made to begin at a block
    :raises ClientError: the provider does not have the key
    :raises InconsistentError: the metadata are incomplete, or name other algorithms than the provider's
    """
    try:
        stream = _decrypting(result, crypto_provider, discard)
    except BaseException:
        result.close()
        raise
    return stream


def _decrypting(result: Any, provider: Any, discard: int) -> Any:
    material = ContentCryptoMaterial(provider.cipher, provider.wrap_alg)
    material.from_object_meta(result.headers)
    if discard and result.content_length is not None:
        result.content_length -= discard
    if material.is_unencrypted():
        return _streams.make_cipher_adapter(result.stream, _unchanged, discard) if discard else result.stream
    # What was encoded is the content, not the ciphertext.
    stream, decoder = _before_decoding(result)
    stream = provider.make_decrypt_adapter(stream, open_material(provider, material, first_byte(result)),
                                           discard)
    return stream if decoder is None else Decoded(stream, decoder)


def _unchanged(content: bytes) -> bytes:
    return content


def _before_decoding(result: Any) -> Any:
    stream = result.stream
    if isinstance(stream, Decoded):
        return stream.source, stream._decoder
    if stream is result.resp:
        return split_encoding(stream)
    return stream, None


def first_byte(result: Any) -> int:
    """Where in the object the content of this answer begins.

    :raises InconsistentError: it is a part of the object, and does not say which
    """
    content_range = result.headers.get('Content-Range')
    found = _FIRST_BYTE.match(content_range or '')
    if found:
        return int(found.group(1))
    if content_range or result.status == 206:
        raise InconsistentError(f'the answer has status {result.status} and Content-Range {content_range!r}: it '
                                'cannot be decrypted without knowing where in the object it begins', result.request_id)
    return 0


def provider_for(provider: Any, material: ContentCryptoMaterial) -> Any:
    """The provider whose master key has the description that is in *material*.

    :raises ClientError: neither this provider's nor one added to it
    """
    if (material.mat_desc or None) == (provider.mat_desc or None):
        return provider
    found = provider.get_encryption_materials(material.mat_desc) if material.mat_desc else None
    if not found:
        raise ClientError(f'no encryption materials match the description of the object, {material.mat_desc}; the '
                          f'crypto provider has {provider.mat_desc}: add others with add_encryption_materials()')
    return provider.reset_encryption_materials(found)


def open_material(provider: Any, material: ContentCryptoMaterial, begin: int) -> Any:
    """A cipher that is ready to decrypt an object from the byte *begin* on."""
    if not material.encrypted_key or not material.encrypted_iv:
        raise InconsistentError("the metadata of the object lack its encrypted key or IV: it cannot be decrypted")
    provider = provider_for(provider, material)
    key = provider.decrypt_encrypted_key(material.encrypted_key)
    if material.deprecated and material.wrap_alg == KMS_ALI_WRAP_ALGORITHM:
        iv = provider.decrypt_encrypted_iv(material.encrypted_iv, True)
    else:
        iv = provider.decrypt_encrypted_iv(material.encrypted_iv)
    return cipher_at(provider.cipher, key, iv, begin, material.deprecated)


def cipher_at(template: Any, key: bytes, iv: Any, begin: int, deprecated: bool = False) -> Any:
    """A copy of *template* that goes on at the byte *begin* of a content.

    :param iv: in the deprecated format the counter in decimal digits
    :raises ClientError: *begin* is not 0, and the cipher cannot begin elsewhere
    """
    cipher = copy.copy(template)
    offset = skipped = 0
    if begin:
        if not hasattr(cipher, 'calc_offset'):
            raise ClientError(f'{type(cipher).__name__} cannot read a range: it has no calc_offset()')
        block = cipher.adjust_range(begin, None)[0]
        offset, skipped = cipher.calc_offset(block), begin - block
    if deprecated:
        try:
            counter = int(iv)
        except ValueError as exc:
            raise InconsistentError('the IV of the object is not a number, as it is in the deprecated format') from exc
        cipher.initial_by_counter(key, counter + offset)
    else:
        cipher.initialize(key, iv, offset)
    if skipped:
        cipher.decrypt(bytes(skipped))
    return cipher
