"""Callbacks: OSS tells a server of the user's that an object was uploaded, and hands its answer to the client.

Only servers on this machine are called. Calls are signed as OSS signs them, but with a key of the emulator's own.
"""
from __future__ import annotations

import base64
import binascii
import hashlib
import http.client
import ipaddress
import json
import re
import ssl
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional
from urllib.parse import quote, urlsplit

from . import callback_key, xml
from .errors import ApiError
from .messages import Answer, Request

#: the operations that call back
OPERATIONS = frozenset(('PutObject', 'PostObject', 'CompleteMultipartUpload'))

_TIMEOUT = 5
_MOST_URLS = 5
_LONGEST_ANSWER = 3 * 1024 * 1024
_VARIABLE = re.compile(r'\$\{([^}]*)\}')
_FORM_TYPE, _JSON_TYPE = 'application/x-www-form-urlencoded', 'application/json'


class _Failed(Exception):
    """A server could not be called, or did not answer as it must."""


@dataclass(frozen=True)
class Callback:
    """Whom to call after an upload, and what to tell.

    :param host: for the Host header, '' for that of the URL
    :param body: with variables such as ``${object}``
    :param variables: the user's own, by names that begin with ``x:``
    """

    urls: List[str]
    host: str
    body: str
    content_type: str
    variables: Dict[str, str] = field(default_factory=dict)


def asked(request: Request) -> Optional[Callback]:
    """The callback that a request asks for, in its headers or its URL.

    :raises ApiError: InvalidArgument
    """
    text = request.header('x-oss-callback') or request.params.get('callback')
    if not text:
        return None
    variables = request.header('x-oss-callback-var') or request.params.get('callback-var')
    return parse(text, _decoded('callback-var', variables) if variables else {})


def parse(text: str, variables: Dict[str, Any]) -> Callback:
    """A callback from its parameter: JSON, in base64.

    :raises ApiError: InvalidArgument
    """
    document = _decoded('callback', text)
    url, body = document.get('callbackUrl'), document.get('callbackBody')
    if not isinstance(url, str) or not url or not isinstance(body, str) or not body:
        raise _invalid('callback', 'The callback configuration needs callbackUrl and callbackBody.')
    urls = [(one if '://' in one else 'http://' + one) for one in url.split(';') if one]
    content_type = document.get('callbackBodyType') or _FORM_TYPE
    if len(urls) > _MOST_URLS or content_type not in (_FORM_TYPE, _JSON_TYPE):
        raise _invalid('callback', 'The callback configuration has too many URLs, or an unknown callbackBodyType.')
    if not all(name.startswith('x:') and isinstance(value, str) for name, value in variables.items()):
        raise _invalid('callback-var', 'The names of callback variables begin with x:, their values are strings.')
    return Callback(urls, str(document.get('callbackHost') or ''), body, content_type, dict(variables))


def _decoded(name: str, text: str) -> Dict[str, Any]:
    try:
        document = json.loads(base64.b64decode(text, validate=True).decode('utf-8'))
    except (binascii.Error, ValueError) as exc:
        raise _invalid(name, 'The %s configuration is not json format.' % name) from exc
    if not isinstance(document, dict):
        raise _invalid(name, 'The %s configuration is not json format.' % name)
    return document


def _invalid(name: str, message: str) -> ApiError:
    return ApiError('InvalidArgument', message, '', ArgumentName=name)


def answer(request: Request, callback: Callback, uploaded: Answer, key: str, operation: str) -> Answer:
    """Call, and answer what the server answers; 203 and CallbackFailed when it does not answer well. Blocks.

    :param uploaded: what would have been answered without a callback
    :param key: of the object that was uploaded
    """
    body = _filled(callback, _variables(request, uploaded, key, operation))
    failure = ''
    for url in callback.urls:
        try:
            answered = _call(request, callback, url, body, key)
        except (_Failed, OSError, ValueError, http.client.HTTPException) as exc:
            failure = str(exc) if isinstance(exc, _Failed) else 'Response connect failed: %s.' % type(exc).__name__
        else:
            return Answer(200, {**uploaded.headers, 'content-type': _JSON_TYPE}, answered)
    document = xml.document('Error', [
        ('Code', 'CallbackFailed'), ('Message', failure), ('RequestId', request.id), ('HostId', request.host)])
    return Answer(203, {**uploaded.headers, 'content-type': 'application/xml'}, document)


def _variables(request: Request, uploaded: Answer, key: str, operation: str) -> Dict[str, Any]:
    found = request.state.store.object(request.bucket, key)
    kind = '' if found is None else found.headers().get('content-type', '')
    return {
        'bucket': request.bucket, 'object': key, 'etag': uploaded.headers.get('etag', '').strip('"'),
        'size': 0 if found is None else found.size, 'mimeType': kind, 'clientIp': request.client,
        'crc64': uploaded.headers.get('x-oss-hash-crc64ecma', ''), 'reqId': request.id, 'operation': operation,
        'contentMd5': uploaded.headers.get('content-md5', ''),
    }


def _filled(callback: Callback, variables: Dict[str, Any]) -> bytes:
    """The body of the call. A variable that does not exist is empty."""
    is_json = callback.content_type == _JSON_TYPE

    def value(found: Any) -> str:
        known = callback.variables.get(found.group(1), variables.get(found.group(1), ''))
        return json.dumps(known, ensure_ascii=False) if is_json else quote(str(known), safe='')

    return _VARIABLE.sub(value, callback.body).encode('utf-8', 'surrogateescape')


def _call(request: Request, callback: Callback, url: str, body: bytes, key: str) -> bytes:
    parts = urlsplit(url)
    host = parts.hostname or ''
    if not is_loopback(host):
        raise _Failed('The emulator calls servers on this machine only, not %s.' % host)
    connection: http.client.HTTPConnection
    if parts.scheme == 'https':
        # Who runs both ends on one machine has no certificate to show.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection(host, parts.port, timeout=_TIMEOUT, context=context)
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=_TIMEOUT)
    path = parts.path or '/'
    key_url = '%s://%s%s' % (request.scheme, request.state.host, callback_key.PATH)
    try:
        connection.request('POST', path + ('?' + parts.query if parts.query else ''), body, {
            'Authorization': request.state.callback_key.sign(path, parts.query, body),
            'x-oss-pub-key-url': base64.b64encode(key_url.encode()).decode(), 'x-oss-signature-version': '1.0',
            'Host': callback.host or parts.netloc.rpartition('@')[2], 'Content-Type': callback.content_type,
            'Content-MD5': base64.b64encode(hashlib.md5(body).digest()).decode(),
            'User-Agent': 'aliyun-oss-callback', 'x-oss-bucket': request.bucket, 'x-oss-object': quote(key, safe='/'),
            'x-oss-request-id': request.id, 'x-oss-requester': request.account, 'x-oss-tag': 'CALLBACK',
        })
        response = connection.getresponse()
        data = response.read(_LONGEST_ANSWER + 1)
    finally:
        connection.close()
    if response.status != 200:
        raise _Failed('Error status : %d.' % response.status)
    if len(data) > _LONGEST_ANSWER:
        raise _Failed('Response body size is too big.')
    try:
        json.loads(data)
    except ValueError as exc:
        raise _Failed('Response body is not valid json format.') from exc
    return data


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its name or address alone; other names are not looked up."""
    if host == 'localhost':
        return True
    try:
        return ipaddress.ip_address(host.strip('[]')).is_loopback
    except ValueError:
        return False
