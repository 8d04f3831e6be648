"""Alibaba Cloud's Key Management Service: the three of its operations that client-side encryption needs."""
from __future__ import annotations

import base64
import json
import logging
import secrets
import time
from typing import Any, Dict, Mapping, Optional

from . import _retry, _rpc, defaults, http
from ._adapter import TimeoutSpec
from ._digests import b64encode_as_string
from .auth import _read_credentials
from .compat import to_string
from .credentials import StaticCredentialsProvider
from .exceptions import ClientError, OpenApiFormatError, OpenApiServerError, RequestError

logger = logging.getLogger(__name__)

VERSION = '2016-01-20'


class KmsClient:
    """Calls KMS; one may be used from many threads.

    :param region: such as cn-hangzhou
    :param credentials_provider: asked for every request
    :param endpoint: such as https://kms-vpc.cn-hangzhou.aliyuncs.com; None: the region's public one
    :param timeout: seconds for connecting and for each read, or a pair of both; None: `oss2.defaults.connect_timeout`
    """

    def __init__(self, region: str, credentials_provider: Any, endpoint: Optional[str] = None,
                 timeout: TimeoutSpec = None) -> None:
        if not endpoint and not region:
            raise ClientError('KMS needs a region such as cn-hangzhou, or an endpoint')
        endpoint = endpoint or f'kms.{region}.aliyuncs.com'
        self.region = region
        self.endpoint = (endpoint if '://' in endpoint else 'https://' + endpoint).rstrip('/')
        self.timeout = timeout
        self.session = http.Session()
        self._credentials_provider = credentials_provider

    @classmethod
    def with_key(cls, access_key_id: Optional[str], access_key_secret: Optional[str], security_token: Optional[str],
                 region: str, endpoint: Optional[str] = None) -> KmsClient:
        """A client that always signs with the same credentials.

        :param security_token: None or '' unless the access key is a temporary one
        """
        if not access_key_id or not access_key_secret:
            raise ClientError('KMS needs an access key: access_key_id and access_key_secret must not be empty')
        return cls(region, StaticCredentialsProvider(access_key_id, access_key_secret, security_token), endpoint)

    def generate_data_key(self, key_id: str, context: str, size: int) -> Any:
        """(key, the text that stands for the key encrypted) of a new random key (GenerateDataKey).

        :param key_id: the master key
        :param context: JSON that must be given again to decrypt it; '' for none
        :param size: bytes
        """
        answer = self._call('GenerateDataKey', {'KeyId': key_id, 'KeySpec': 'AES_256', 'NumberOfBytes': str(size),
                                                'EncryptionContext': context})
        return decoded(_field(answer, 'Plaintext')), _field(answer, 'CiphertextBlob')

    def encrypt(self, key_id: str, data: bytes, context: str) -> str:
        """The text that stands for *data* encrypted (Encrypt)."""
        answer = self._call('Encrypt', {'KeyId': key_id, 'Plaintext': b64encode_as_string(data),
                                        'EncryptionContext': context})
        return _field(answer, 'CiphertextBlob')

    def decrypt(self, blob: Any, context: str) -> str:
        """What was encrypted, in base64 as it was given to KMS (Decrypt)."""
        answer = self._call('Decrypt', {'CiphertextBlob': to_string(blob), 'EncryptionContext': context})
        return _field(answer, 'Plaintext')

    def _call(self, action: str, params: Mapping[str, str]) -> Any:
        """The answer's JSON.

        :raises OpenApiServerError: KMS answered with an error
        :raises OpenApiFormatError: its answer is no JSON
        :raises RequestError: there was no answer
        """
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._call_once(action, params)
            except (RequestError, OpenApiServerError) as exc:
                if attempt >= defaults.request_retries or not _is_transient(exc):
                    raise
                logger.debug('%s failed, trying again: %s', action, exc)
            time.sleep(_retry.delay(attempt))

    def _call_once(self, action: str, params: Mapping[str, str]) -> Any:
        query = _rpc.canonical_query(self._signed(action, params))
        timeout = defaults.connect_timeout if self.timeout is None else self.timeout
        resp = self.session.do_request(http.Request('POST', f'{self.endpoint}/?{query}'), timeout=timeout)
        body = resp.read()
        try:
            answer = json.loads(body)
        except ValueError as exc:
            if resp.status // 100 != 2:
                raise OpenApiServerError(resp.status, '', _text(body), '') from exc
            raise OpenApiFormatError(f'the answer of KMS to {action} is no JSON: {exc}') from exc
        if resp.status // 100 != 2:
            if not isinstance(answer, dict):
                answer = {}
            raise OpenApiServerError(resp.status, answer.get('RequestId', ''), answer.get('Message', ''),
                                     answer.get('Code', ''))
        return answer

    def _signed(self, action: str, params: Mapping[str, str]) -> Dict[str, str]:
        access_key_id, secret, token = _read_credentials(self._credentials_provider)
        common = _rpc.common(action, VERSION, time.time(), secrets.token_hex(16))
        return _rpc.signed('POST', {**params, **common, 'RegionId': self.region or ''}, access_key_id, secret, token)


def decoded(plaintext: str) -> bytes:
    """:raises OpenApiFormatError: it is not base64; what it is, is a secret"""
    try:
        return base64.b64decode(plaintext)
    except ValueError:
        raise OpenApiFormatError('the Plaintext in the answer of KMS is not base64') from None


def _text(body: bytes) -> str:
    return body[:1000].decode('utf-8', 'replace')


def _field(answer: Any, name: str) -> str:
    value = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(value, str):
        raise OpenApiFormatError(f'the answer of KMS has no {name}')
    return value


def _is_transient(error: Exception) -> bool:
    if isinstance(error, OpenApiServerError):
        return error.status >= 500 or error.code.startswith('Throttling') or error.code == 'Rejected.Throttling'
    return not (isinstance(error, RequestError) and _retry.was_never_sent(error))  # that was tried again already
