"""PostObject: uploads by HTML forms, whose signed policy says what they may contain."""
from __future__ import annotations

import hmac
from dataclasses import replace
from typing import Dict, Optional, Tuple
from urllib.parse import quote, urlencode

from ... import _signing
from .. import access, addressing, auth, callbacks, form, post_policy, xml
from ..accounts import Identity
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..routing import ANYONE, TABLE, operation
from . import _writing, objects

_V1_FIELDS = ('ossaccesskeyid', 'policy', 'signature')
_V4_FIELDS = ('x-oss-signature-version', 'x-oss-credential', 'x-oss-date', 'x-oss-signature', 'policy')
#: fields that are about the form and no headers of the object
_OWN_FIELDS = frozenset((*_V1_FIELDS, *_V4_FIELDS, 'x-oss-security-token', 'x-oss-content-type'))
_LONGEST_LIFE = 7 * 24 * 3600


@operation('PostObject', 'bucket', 'POST', access=ANYONE, action='oss:PutObject', is_signed=False, is_slow=True)
def post_object(request: Request) -> Answer:
    """Stores the file of a form, if the policy in the form allows it; calls back if asked to."""
    _writing.check_body(request)
    sent = form.parse(request)
    try:
        callback = _callback(sent.fields)
        answer, key = _store(request, sent)
    finally:
        request.state.store.discard(sent.file)
    return answer if callback is None else callbacks.answer(request, callback, answer, key, 'PostObject')


def _callback(fields: Dict[str, str]) -> Optional[callbacks.Callback]:
    text = fields.get('callback')
    if not text:
        return None
    return callbacks.parse(text, {name: _text(value) for name, value in fields.items() if name.startswith('x:')})


def _store(request: Request, sent: form.Form) -> Tuple[Answer, str]:
    """Store the file; the answer, and the key it has got."""
    fields = sent.fields
    if not fields.get('key'):
        raise ApiError('IncorrectNumberOfFilesInPOSTRequest', 'The form has no field key.')
    identity = _signer(request, fields)
    if identity is not None:
        post_policy.check(fields['policy'], {**fields, 'bucket': request.bucket}, sent.file.size, request.now)
    key = _text(fields['key']).replace('${filename}', sent.filename)
    addressing.check_key(key)
    put = replace(request, method='PUT', key=key, identity=identity, body=sent.file,
                  headers=_headers(fields, sent.content_type))
    row = next(row for row in TABLE['object', 'PUT'] if row.name == 'PutObject')
    access.authorize(put, row)
    new = objects.new_object(put, sent.file, 'Normal')
    headers = objects.written(put, new)
    location = '%s://%s%s/%s' % (request.scheme, request.netloc, request.path.rstrip('/'), quote(key))
    redirect = _text(fields.get('success_action_redirect', ''))
    if redirect.startswith(('http://', 'https://')):
        query = urlencode({'bucket': request.bucket, 'key': key, 'etag': headers['etag']})
        return Answer(303, {**headers, 'location': redirect + ('&' if '?' in redirect else '?') + query}), key
    status = fields.get('success_action_status')
    if status == '201':
        return Answer(201, {**headers, 'content-type': 'application/xml', 'location': location}, xml.document(
            'PostResponse', [('Bucket', request.bucket), ('Location', location), ('Key', key),
                             ('ETag', headers['etag'])])), key
    return Answer(200 if status == '200' else 204, headers), key


def _headers(fields: Dict[str, str], content_type: str) -> Dict[str, str]:
    """The fields that are headers of the object."""
    found = {name: value for name, value in fields.items()
             if name in _writing.KEPT_HEADERS or (name.startswith('x-oss-') and name not in _OWN_FIELDS)}
    kind = fields.get('x-oss-content-type') or content_type.encode('utf-8').decode('latin-1')
    if kind:
        found['content-type'] = kind
    return found


def _text(value: str) -> str:
    return value.encode('latin-1').decode('utf-8', 'replace')


def _signer(request: Request, fields: Dict[str, str]) -> Optional[Identity]:
    """Who signed a form; None when nobody did.

    :raises ApiError: it is signed, and wrongly
    """
    version = fields.get('x-oss-signature-version')
    if version is not None and version != _signing.V4_ALGORITHM:
        raise invalid_argument('x-oss-signature-version', version)
    names = _V4_FIELDS if version else _V1_FIELDS
    present = [name for name in names if fields.get(name)]
    if not present:
        return None
    if len(present) < len(names):
        missing = next(name for name in names if name not in present)
        raise ApiError('InvalidArgument', 'Bucket POST must contain the field %r. If it is specified, please check '
                                          'the order of the fields: the file must be the last one.' % missing,
                       '0002-00000703' if 'signature' in missing else '', ArgumentName=missing)
    key_id, scope = _v4_scope(request, fields) if version else (fields['ossaccesskeyid'], '')
    identity = auth.find(request, key_id, fields.get('x-oss-security-token', ''))
    secret, signed = identity.credentials.access_key_secret, fields['policy'].encode('latin-1')
    if version:
        expected, given = _signing.v4_signature(secret, signed, scope), fields['x-oss-signature']
    else:
        expected, given = _signing.v1_signature(secret, signed), fields['signature']
    if not hmac.compare_digest(given.encode('latin-1'), expected.encode()):
        raise ApiError('SignatureDoesNotMatch', ec='0002-00000705', OSSAccessKeyId=key_id, SignatureProvided=given,
                       StringToSign=_text(fields['policy']))
    return identity


def _v4_scope(request: Request, fields: Dict[str, str]) -> Tuple[str, str]:
    moment = auth.v4_time(fields['x-oss-date'])
    if moment > request.now + auth.MOST_SKEW:
        raise ApiError('AccessDenied', 'Request is not valid yet.', '')
    if request.now > moment + _LONGEST_LIFE:
        raise ApiError('AccessDenied', 'Request has expired.', '')
    return auth.read_scope(request, fields['x-oss-credential'], fields['x-oss-date'], 'x-oss-credential')
