"""Forms: uploads from a browser, straight to the bucket, within the limits of a signed policy."""
from __future__ import annotations

import base64
import json
import time
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

from .. import _signing
from .._client import BucketClient
from .._dates import unixtime_to_iso8601
from ..auth import AUTH_VERSION_4, _read_credentials
from ..compat import to_string
from ..exceptions import ClientError

Condition = Union[Mapping[str, str], Sequence[Any]]

LONGEST_EXPIRY = 7 * 24 * 3600

_FILENAME = '${filename}'
_MODES = ('eq', 'starts-with', 'in', 'not-in', 'content-length-range')


class PostForm(Dict[str, str]):
    """The fields of a form, by name; the file follows them as the last field, `file`.

    :param url: where the form is sent, in a POST of multipart/form-data
    """

    def __init__(self, url: str, fields: Mapping[str, str]) -> None:
        super().__init__(fields)
        self.url = url


class PostPolicyOperations(BucketClient):
    """Signing forms."""

    def sign_post(self, key: Optional[str], expires: int, conditions: Sequence[Condition] = (),
                  fields: Optional[Mapping[str, str]] = None) -> PostForm:
        """A form by which its holder may upload objects, for a time, as PostObject; nothing is sent.

        ``requests.post(form.url, data=form, files={'file': file})`` uploads with it. It is signed with version 4 by an
        auth of that version, with version 1 by others.

        :param key: of the object; in it ``${filename}`` stands for the name of the file, and what follows it is not
            enforced; None: the holder adds the field `key`, which *conditions* must then limit
        :param expires: seconds from now; with V4 signatures at most 7 days
        :param conditions: what the form must fulfil beside the fields it has: ``['content-length-range', 0, 1048576]``,
            ``['starts-with', '$content-type', 'image/']``, ``['in', '$content-type', ['image/png', 'image/gif']]``
        :param fields: further fields, which the holder cannot change: success_action_status, x-oss-object-acl,
            Content-Type and so on
        :raises ClientError: the auth has no credentials, or an argument cannot be right
        """
        own = _checked_fields(fields)
        policy: List[Condition] = [{'bucket': self.bucket_name}]
        if key is not None:
            own['key'] = _checked_key(key)
            policy.append(_key_condition(own['key']))
        elif not any(_name(condition) == 'key' for condition in conditions):
            raise ClientError("without a key anything could be overwritten: limit it with a condition such as "
                              "['starts-with', '$key', 'uploads/']")
        policy.extend(_checked_condition(condition) for condition in conditions)
        named = {_name(condition) for condition in policy}
        policy.extend({name: value} for name, value in own.items() if name.lower() not in named)
        return PostForm(self._make_url(self.bucket_name, ''), self._signed_form(own, policy, _checked_expiry(expires)))

    def _signed_form(self, fields: Dict[str, str], policy: List[Condition], expires: int) -> Dict[str, str]:
        provider = getattr(self.auth, 'credentials_provider', None)
        if provider is None:
            raise ClientError('%s has no credentials to sign a form with' % type(self.auth).__name__)
        access_key_id, secret, token = _read_credentials(provider)
        now = time.time() + self._clock_offset()
        version = getattr(self.auth, 'auth_version', None)
        if version is None or version() != AUTH_VERSION_4:
            encoded = _encoded(policy, now + expires)
            if token:
                fields['x-oss-security-token'] = token
            return {**fields, 'OSSAccessKeyId': access_key_id, 'policy': encoded,
                    'Signature': _signing.v1_signature(secret, encoded.encode())}
        if expires > LONGEST_EXPIRY:
            raise ClientError('a form signed with version 4 is good for 7 days at most: expires must not be more than '
                              '%d seconds, but is %d' % (LONGEST_EXPIRY, expires))
        timestamp = _signing.v4_timestamp(now)
        scope = _signing.v4_scope(timestamp, self._region_of_forms(), self.product)
        signer = {'x-oss-signature-version': _signing.V4_ALGORITHM, 'x-oss-credential': access_key_id + '/' + scope,
                  'x-oss-date': timestamp}
        if token:
            signer['x-oss-security-token'] = token
        encoded = _encoded([*policy, *({name: value} for name, value in signer.items())], now + expires)
        return {**fields, **signer, 'policy': encoded,
                'x-oss-signature': _signing.v4_signature(secret, encoded.encode(), scope)}

    def _region_of_forms(self) -> str:
        region = self.cloudbox_id or self._effective_region()
        if not region:
            raise ClientError("signature version 4 needs the region of the bucket: give Bucket one, such as "
                              "region='cn-hangzhou'")
        return region


def _encoded(policy: Sequence[Condition], expiration: float) -> str:
    document = {'expiration': unixtime_to_iso8601(int(expiration)), 'conditions': list(policy)}
    return base64.b64encode(json.dumps(document, ensure_ascii=False).encode('utf-8')).decode()


def _checked_fields(fields: Optional[Mapping[str, str]]) -> Dict[str, str]:
    copy: Dict[str, str] = {}
    for name, value in (fields or {}).items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise ClientError(f'the field {name!r} must be a str, as its value, which is {value!r}')
        if name.lower() in ('key', 'file', 'policy'):
            raise ClientError(f'the field {name!r} is not for you to set: the key is an argument, the others are made')
        copy[name] = value
    return copy


def _checked_key(key: Any) -> str:
    text = to_string(key)
    if not isinstance(text, str) or not text:
        raise ClientError(f'key must be a str that is not empty, not {key!r}')
    return text


def _key_condition(key: str) -> Condition:
    # OSS matches a field before it puts the name of the file in.
    prefix, found, _ = key.partition(_FILENAME)
    return ['starts-with', '$key', prefix] if found else {'key': key}


def _checked_condition(condition: Any) -> Condition:
    if isinstance(condition, Mapping):
        if all(isinstance(name, str) and isinstance(value, str) for name, value in condition.items()):
            return dict(condition)
    elif isinstance(condition, (list, tuple)) and len(condition) == 3 and condition[0] in _MODES:
        return list(condition)
    raise ClientError(f"{condition!r} is no condition: use {{'name': 'value'}}, or a list of a mode "
                      f"({', '.join(_MODES)}) and two more elements")


def _name(condition: Any) -> str:
    """The field that a condition is about, in lower case; '' for none."""
    if isinstance(condition, Mapping):
        return str(next(iter(condition), '')).lower()
    return str(condition[1]).lstrip('$').lower() if len(condition) == 3 and condition[0] in _MODES else ''


def _checked_expiry(expires: Any) -> int:
    if isinstance(expires, bool) or not isinstance(expires, (int, float)) or expires <= 0:
        raise ClientError(f'expires must be a number of seconds above 0, not {expires!r}')
    return int(expires)
