"""Signed URLs and forms for the emulator's own account, made by the library."""
from __future__ import annotations

from typing import Any, Dict, Tuple
from urllib.parse import quote

from .. import addressing
from .calls import Call, Refused, shown

_METHODS = ('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS')
_VERSIONS = {'1': 'v1', '2': 'v2', '4': 'v4'}
_EXPIRES = 900
_LONGEST_EXPIRY = 7 * 24 * 3600


def sign_url(call: Call) -> str:
    """A URL for one request to the service, a bucket or an object."""
    from ...http import Request
    method = call.text('method', 'GET').upper()
    if method not in _METHODS:
        raise Refused("'method' must be one of %s" % ', '.join(_METHODS))
    bucket, key = call.text('bucket', ''), call.text('key', '')
    if key and not bucket:
        raise Refused("'key' needs a 'bucket'")
    if bucket:
        _check_bucket(bucket)
    if key:
        addressing.check_key(key)
    url = call.origin + '/' + (bucket + '/' if bucket else '') + quote(key, safe='')
    request = Request(method, url, params=call.texts('params'), headers=call.texts('headers'),
                      region=call.app.state.region, product='oss')
    return str(_auth(call)._sign_url(request, bucket, key, _expires(call)))


def sign_form(call: Call) -> Tuple[str, Dict[str, str]]:
    """The URL and the fields of a form that uploads one object."""
    import oss2
    name, key = call.text('bucket'), call.text('key')
    _check_bucket(name)
    conditions = call.fields.get('conditions') or []
    if not isinstance(conditions, list):
        raise Refused("'conditions' must be an array, not %s" % shown(conditions))
    bucket = oss2.Bucket(_auth(call), call.origin, name, region=call.app.state.region)
    try:
        form = bucket.sign_post(key, _expires(call), conditions, call.texts('fields'))
    except oss2.exceptions.ClientError as exc:
        raise Refused(str(exc.body)) from exc
    finally:
        bucket.close()
    # In path style, also below a name of its own where the library would make the bucket a part of the host.
    return '%s/%s' % (call.origin, name), dict(form)


def _auth(call: Call) -> Any:
    from ...auth import make_auth
    version = call.fields.get('version', 4)
    chosen = _VERSIONS.get(str(version).lstrip('v'))
    if chosen is None:
        raise Refused("'version' must be 1, 2 or 4, not %s" % shown(version))
    credentials = call.app.state.owner.credentials
    return make_auth(credentials.access_key_id, credentials.access_key_secret, chosen)


def _check_bucket(name: str) -> None:
    if not addressing.is_bucket_name(name):
        raise Refused("'bucket' is no bucket's name: %s" % shown(name))


def _expires(call: Call) -> int:
    expires = call.number('expires', _EXPIRES)
    if expires is None or not 1 <= expires <= _LONGEST_EXPIRY:
        raise Refused("'expires' must be from 1 to %d seconds, not %s" % (_LONGEST_EXPIRY, shown(expires)))
    return int(expires)
