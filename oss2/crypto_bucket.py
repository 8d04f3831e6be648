"""CryptoBucket: a Bucket that encrypts what it uploads and decrypts what it downloads."""
from __future__ import annotations

import logging
import threading
from typing import Any, Dict, Mapping, NoReturn, Optional, Sequence, Tuple
from weakref import WeakKeyDictionary

from . import _ranges, http, models
from ._arguments import Headers, Params, checked_headers, checked_key, copied_params
from ._ranges import _make_range_string
from ._streams import ProgressCallback, _get_data_size, _plain
from ._timeouts import TimeoutSpec
from ._trust import CertSpec, FilePath, VerifySpec
from .api import Bucket
from .compat import parse_qs as parse_qs
from .compat import urlsplit as urlsplit
from .crypto import BaseCryptoProvider
from .exceptions import ClientError, InconsistentError
from .headers import *  # noqa: F403 - programs find constants, models and helpers here as well
from .headers import OSS_ENCRYPTION_CLIENT, OSS_RANGE_BEHAVIOR
from .models import *  # noqa: F403
from .models.encryption import cipher_at, first_byte, provider_for
from .operations.objects import _check_range

logger = logging.getLogger(__name__)

# The metadata without which an encrypted object cannot be read.
_KEPT = ('x-oss-meta-client-side-encryption-', 'x-oss-meta-oss-crypto-', 'x-oss-meta-oss-cek-alg',
         'x-oss-meta-oss-wrap-alg')


class CryptoBucket(Bucket):
    """A bucket whose objects are encrypted before they are sent and decrypted as they arrive.

    Objects that are not encrypted are read as they are.  Keys and IVs, encrypted, are kept in the objects' metadata.

    :param crypto_provider: has the master key; a :class:`oss2.crypto.BaseCryptoProvider`

    The other parameters are those of :class:`oss2.Bucket`.
    """

    def __init__(self, auth: Any, endpoint: str, bucket_name: str, crypto_provider: Any, is_cname: bool = False,
                 session: Any = None, connect_timeout: TimeoutSpec = None, app_name: str = '',
                 enable_crc: bool = True, proxies: Optional[Mapping[str, str]] = None, region: Optional[str] = None,
                 cloudbox_id: Optional[str] = None, is_path_style: bool = False,
                 is_verify_object_strict: bool = True, *, read_timeout: Optional[float] = None,
                 deadline: Optional[float] = None, retries: Optional[int] = None, verify_crc: bool = False,
                 range_standard: bool = False, verify: Optional[VerifySpec] = None,
                 ca_bundle: Optional[FilePath] = None,
                 cert: Optional[CertSpec] = None, trust_env: Optional[bool] = None) -> None:
        if not isinstance(crypto_provider, BaseCryptoProvider):
            raise ClientError(f'crypto_provider must be a BaseCryptoProvider, not {type(crypto_provider).__name__}')
        super().__init__(auth, endpoint, bucket_name, is_cname=is_cname, session=session,
                         connect_timeout=connect_timeout, app_name=app_name, enable_crc=enable_crc, proxies=proxies,
                         region=region, cloudbox_id=cloudbox_id, is_path_style=is_path_style,
                         is_verify_object_strict=is_verify_object_strict, read_timeout=read_timeout,
                         deadline=deadline, retries=retries, verify_crc=verify_crc, range_standard=range_standard,
                         verify=verify, ca_bundle=ca_bundle, cert=cert, trust_env=trust_env)
        self.crypto_provider = crypto_provider
        self.upload_contexts: Dict[str, Any] = {}
        self.upload_contexts_lock = threading.Lock()
        self.user_agent = '/'.join(filter(None, (http.USER_AGENT, app_name, OSS_ENCRYPTION_CLIENT)))
        # Decrypting the key of an upload costs two calls of KMS: not for each part of it.
        self._data_keys: WeakKeyDictionary[Any, Tuple[bytes, Any]] = WeakKeyDictionary()

    def __getstate__(self) -> Dict[str, Any]:
        return {name: value for name, value in self.__dict__.items()
                if name not in ('upload_contexts_lock', '_data_keys')}

    def __setstate__(self, state: Dict[str, Any]) -> None:
        self.__dict__.update(state, upload_contexts_lock=threading.Lock(), _data_keys=WeakKeyDictionary())

    def _init_user_agent(self, headers: Any) -> None:
        if 'User-Agent' in headers:
            headers['User-Agent'] = f"{headers['User-Agent']}/{OSS_ENCRYPTION_CLIENT}"
        else:
            headers['User-Agent'] = self.user_agent

    def _crypto_headers(self, headers: Headers) -> Any:
        headers = checked_headers(headers)
        self._init_user_agent(headers)
        return headers

    def put_object(self, key: str, data: Any, headers: Headers = None,
                   progress_callback: Optional[ProgressCallback] = None) -> models.PutObjectResult:
        """Encrypt and upload an object, as :meth:`oss2.Bucket.put_object`.

        :param headers: Content-MD5 and Content-Length are those of *data*; they are kept in the metadata
        """
        checked_key(key)
        headers = self._crypto_headers(headers)
        material = self.crypto_provider.create_content_material()
        data = self.crypto_provider.make_encrypt_adapter(data, material.cipher)
        return super().put_object(key, data, material.to_object_meta(headers), progress_callback)

    def get_object(self, key: str, byte_range: Any = None, headers: Headers = None,
                   progress_callback: Optional[ProgressCallback] = None, process: Optional[str] = None,
                   params: Params = None) -> models.GetObjectResult:
        """Download and decrypt an object, as :meth:`oss2.Bucket.get_object`.

        :param byte_range: (first, last) as there, but (None, last) is refused
        :raises ClientError: the object was encrypted with a master key that the crypto provider does not have
        :raises InconsistentError: the object was encrypted by another algorithm
        """
        if process or (params and self.PROCESS in params):
            _unsupported('processing an object')
        request_headers, begin, discard = self._block_range(headers, byte_range)
        if begin is not None and self.range_standard:
            request_headers.setdefault(OSS_RANGE_BEHAVIOR, 'standard')
        resp = self._object('GET', key, headers=request_headers, params=copied_params(params))
        result = self._decrypted(resp, progress_callback, begin, discard, key)
        if begin is not None and self.range_standard:
            _check_range(result, byte_range)
        return result

    def get_object_with_url(self, sign_url: str, byte_range: Any = None, headers: Headers = None,
                            progress_callback: Optional[ProgressCallback] = None) -> models.GetObjectResult:
        """Download and decrypt an object by a signed URL, as :meth:`get_object`."""
        request_headers, begin, discard = self._block_range(headers, byte_range)
        resp = self._do_url('GET', sign_url, headers=request_headers)
        return self._decrypted(resp, progress_callback, begin, discard, urlsplit(sign_url).path)

    def _block_range(self, headers: Headers, byte_range: Any) -> Tuple[Any, Optional[int], int]:
        """Headers with a range that begins at a block of the cipher, where that is, and how much comes before the
        wanted one; None for where if it is not known.
        """
        request_headers = self._crypto_headers(headers)
        # Ciphertext does not shrink; and an answer that OSS encoded looks like content that was stored encoded.
        request_headers.pop('Accept-Encoding', None)
        pair = _ranges._checked('byte_range', byte_range)
        if pair is None:
            return request_headers, None, 0
        first, last = pair
        if first is None:
            raise ClientError(f'byte_range {byte_range!r}: an encrypted object cannot be read from its end; pass '
                              '(first, last)')
        begin, last = self.crypto_provider.adjust_range(first, last)
        request_headers['range'] = _make_range_string((begin, last))
        return request_headers, begin, first - (begin or 0)

    def _decrypted(self, resp: Any, progress_callback: Optional[ProgressCallback], begin: Optional[int],
                   discard: int, key: str) -> models.GetObjectResult:
        if resp.status == 200:
            discard = 0  # the range was ignored: this is all of the object
        result = models.GetObjectResult(resp, progress_callback, self.enable_crc or self.verify_crc,
                                        self.crypto_provider, discard)
        if begin is not None and result.status == 206 and result.content_range and first_byte(result) != begin:
            result.close()
            raise InconsistentError(f'the answer is the range {result.content_range}, not from {begin} on',
                                    result.request_id)
        return self._verified(result, key, begin is None)

    def copy_object(self, source_bucket_name: str, source_key: str, target_key: str, headers: Headers = None,
                    params: Params = None) -> models.PutObjectResult:
        """Copy an object, as :meth:`oss2.Bucket.copy_object`; if new metadata replace the old ones
        (x-oss-metadata-directive), those that it takes to decrypt the object are kept.
        """
        headers = checked_headers(headers)
        if str(headers.get('x-oss-metadata-directive', '')).upper() == 'REPLACE':
            version = {'versionId': params['versionId']} if params and params.get('versionId') is not None else None
            source = self._do('HEAD', source_bucket_name, checked_key(source_key, 'source_key'), params=version)
            kept = {name: value for name, value in source.headers.items() if name.lower().startswith(_KEPT)}
            if kept and not any(name.lower().startswith(_KEPT) for name in headers):
                headers.update(kept)
                if 'ETag' in source.headers:  # the key of one content is of no use with another
                    headers.setdefault('x-oss-copy-source-if-match', source.headers['ETag'])
        return super().copy_object(source_bucket_name, source_key, target_key, headers, params)

    def _kept_in_copies(self, headers: Mapping[str, Any]) -> Dict[str, Any]:
        return {name: value for name, value in headers.items() if name.lower().startswith(_KEPT)}

    def init_multipart_upload(self, key: str, headers: Headers = None, params: Params = None,
                              upload_context: Optional[models.MultipartUploadCryptoContext] = None
                              ) -> models.InitMultipartUploadResult:
        """Begin a multipart upload of an encrypted object, as :meth:`oss2.Bucket.init_multipart_upload`.

        :param upload_context: with its `data_size`; gets `part_size`, if it has none, and the crypto material, and
            then goes with each :meth:`upload_part`
        :raises ClientError: there is no data_size, or the part_size is too small or not a multiple of 16
        """
        checked_key(key)
        context = upload_context
        if context is None or not context.data_size:
            raise ClientError('pass upload_context=MultipartUploadCryptoContext(data_size=...): an encrypted object '
                              'is uploaded in parts of a size that is known before')
        cipher = self.crypto_provider.cipher
        part_size = context.part_size
        if not part_size:
            part_size = cipher.determine_part_size(context.data_size)
        elif not cipher.is_valid_part_size(part_size, context.data_size):
            raise ClientError(f'part_size {part_size} is invalid for {context.data_size} bytes: cipher and OSS need a '
                              'multiple of 16 from 102400 up that makes at most 10000 parts')
        headers = self._crypto_headers(headers)
        material = self.crypto_provider.create_content_material()
        full = models.MultipartUploadCryptoContext(context.data_size, part_size, material)
        result = super().init_multipart_upload(key, material.to_object_meta(headers, full), params)
        context.part_size, context.content_crypto_material = part_size, material
        return result

    def upload_part(self, key: str, upload_id: str, part_number: int, data: Any,
                    progress_callback: Optional[ProgressCallback] = None, headers: Headers = None,
                    upload_context: Optional[models.MultipartUploadCryptoContext] = None) -> models.PutObjectResult:
        """Encrypt and upload one part, as :meth:`oss2.Bucket.upload_part`.

        :param data: as many bytes as the context's `part_size`, but for the last part
        :param upload_context: the one that :meth:`init_multipart_upload` completed
        :raises ClientError: *data* is not of that size: the object could not be decrypted
        :raises InconsistentError: the context is of another algorithm than the crypto provider; or *data*, whose size
            could not be known before, was too short
        """
        context = upload_context
        material = getattr(context, 'content_crypto_material', None)
        if context is None or material is None or not context.part_size:
            raise ClientError('pass the upload_context that init_multipart_upload completed')
        if material.cek_alg != self.crypto_provider.cipher.alg or material.wrap_alg != self.crypto_provider.wrap_alg:
            raise InconsistentError(f'the upload is encrypted by {material.cek_alg} and {material.wrap_alg}, the '
                                    f'crypto provider has {self.crypto_provider.cipher.alg} and '
                                    f'{self.crypto_provider.wrap_alg}')
        part_number = int(part_number)
        if part_number < 1:
            raise ClientError(f'part_number {part_number}: parts are numbered from 1')
        begin = (part_number - 1) * context.part_size
        data = _plain(data)
        size = _get_data_size(data)
        _check_part_size(part_number, size, context, ClientError)
        headers = self._crypto_headers(headers)
        encrypting = _PartCipher(cipher_at(self.crypto_provider.cipher, *self._data_key(material), begin),
                                 context.part_size)
        data = self.crypto_provider.make_encrypt_adapter(data, encrypting)
        result = super().upload_part(key, upload_id, part_number, data, progress_callback,
                                     material.to_object_meta(headers, context))
        if size is None:
            _check_part_size(part_number, encrypting.size, context, InconsistentError)
        return result

    @property
    def _part_block(self) -> int:  # type: ignore[override]
        return getattr(self.crypto_provider.cipher, 'block_size_len', None) or 1

    def _begin_parts(self, key: str, headers: Headers) -> Tuple[str, Any]:
        material = self.crypto_provider.create_content_material()
        # As an object that is put whole: sizes that are not known yet are not needed to decrypt it.
        result = super().init_multipart_upload(key, material.to_object_meta(self._crypto_headers(headers)))
        return result.upload_id or '', material

    def _send_part(self, key: str, upload_id: str, number: int, begin: int, content: memoryview, common: Any,
                   headers: Headers) -> models.PutObjectResult:
        cipher = cipher_at(self.crypto_provider.cipher, *self._data_key(common), begin)
        data = self.crypto_provider.make_encrypt_adapter(content, cipher)
        return super().upload_part(key, upload_id, number, data, headers=self._crypto_headers(headers))

    def _data_key(self, material: models.ContentCryptoMaterial) -> Tuple[bytes, Any]:
        with self.upload_contexts_lock:
            known = self._data_keys.get(material)
            if known is None:
                provider = self.crypto_provider
                if provider.get_encryption_materials(material.mat_desc):
                    provider = provider_for(provider, material)
                known = (provider.decrypt_encrypted_key(material.encrypted_key),
                         provider.decrypt_encrypted_iv(material.encrypted_iv))
                self._data_keys[material] = known
        return known

    def complete_multipart_upload(self, key: str, upload_id: str, parts: Optional[Sequence[models.PartInfo]],
                                  headers: Headers = None) -> models.PutObjectResult:
        """Make the object of its parts, as :meth:`oss2.Bucket.complete_multipart_upload`."""
        return super().complete_multipart_upload(key, upload_id, parts, self._crypto_headers(headers))

    def abort_multipart_upload(self, key: str, upload_id: str, headers: Headers = None) -> models.RequestResult:
        """Give up a multipart upload, as :meth:`oss2.Bucket.abort_multipart_upload`."""
        return super().abort_multipart_upload(key, upload_id, headers)

    def put_object_with_url(self, sign_url: str, data: Any, headers: Headers = None,
                            progress_callback: Optional[ProgressCallback] = None) -> NoReturn:
        """:raises ClientError: always: the metadata of an encrypted object would have to be signed"""
        _unsupported('put_object_with_url')

    def append_object(self, key: str, position: int, data: Any, headers: Headers = None,
                      progress_callback: Optional[ProgressCallback] = None,
                      init_crc: Optional[int] = None) -> NoReturn:
        """:raises ClientError: always"""
        _unsupported('append_object')

    def append_object_auto(self, key: str, data: Any, headers: Headers = None,
                           progress_callback: Optional[ProgressCallback] = None) -> NoReturn:
        """:raises ClientError: always"""
        _unsupported('append_object_auto')

    def _check_appendable(self) -> None:
        _unsupported('opening an object to append to it')

    def upload_part_copy(self, source_bucket_name: str, source_key: str, byte_range: Any, target_key: str,
                         target_upload_id: str, target_part_number: int, headers: Headers = None,
                         params: Params = None) -> NoReturn:
        """:raises ClientError: always: what is copied is encrypted with another key"""
        _unsupported('upload_part_copy')

    def process_object(self, key: str, process: str, headers: Headers = None) -> NoReturn:
        """:raises ClientError: always: OSS has the ciphertext only"""
        _unsupported('process_object')

    def select_object(self, key: str, sql: str, progress_callback: Any = None,
                      select_params: Optional[Mapping[str, Any]] = None, byte_range: Any = None,
                      headers: Headers = None) -> NoReturn:
        """:raises ClientError: always: OSS has the ciphertext only"""
        _unsupported('select_object')

    def create_select_object_meta(self, key: str, select_meta_params: Optional[Mapping[str, Any]] = None,
                                  headers: Headers = None) -> NoReturn:
        """:raises ClientError: always: OSS has the ciphertext only"""
        _unsupported('create_select_object_meta')


def _unsupported(what: str) -> NoReturn:
    raise ClientError(f'CryptoBucket does not support {what}: use a Bucket for objects that are not encrypted')


class _PartCipher:
    """The cipher of a part, which counts what goes through it."""

    def __init__(self, cipher: Any, part_size: int) -> None:
        self._cipher = cipher
        self._part_size = part_size
        self.size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cipher, name)

    def restart(self) -> bool:
        self.size = 0
        restart = getattr(self._cipher, 'restart', None)
        return restart is not None and bool(restart())

    def encrypt(self, content: bytes) -> Any:
        self.size += len(content)
        if self.size > self._part_size:  # it would be encrypted with the keystream of the next part
            raise ClientError(f'the part is longer than the part_size of its upload context, {self._part_size}')
        return self._cipher.encrypt(content)


def _check_part_size(number: int, size: Optional[int], context: models.MultipartUploadCryptoContext,
                     error: Any) -> None:
    part_size = context.part_size or 0
    if size is None or size == part_size:
        return
    if size < part_size and (number - 1) * part_size + size >= (context.data_size or 0):
        return  # the last one
    raise error(f'part {number} has {size} bytes, but its upload context says {part_size} for each part and '
                f'{context.data_size} in all: the object could not be decrypted')
