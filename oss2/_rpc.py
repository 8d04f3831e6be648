"""The signature of Alibaba Cloud's RPC-style services, such as STS and KMS: pure, time and nonce passed in."""
from __future__ import annotations

import base64
import hashlib
import hmac
import time
from typing import Dict, Mapping
from urllib.parse import quote


def percent_encode(text: str) -> str:
    """Percent-encode all but letters, digits and ``-_.~``."""
    return quote(text, safe='-_.~')


def canonical_query(params: Mapping[str, str]) -> str:
    """The parameters as they are signed: sorted and percent-encoded."""
    return '&'.join(percent_encode(name) + '=' + percent_encode(params[name]) for name in sorted(params))


def signature(method: str, params: Mapping[str, str], access_key_secret: str) -> str:
    """Version 1.0 of the signature, HMAC-SHA1 in base64, of all parameters but ``Signature``."""
    text = method + '&%2F&' + percent_encode(canonical_query(params))
    mac = hmac.new((access_key_secret + '&').encode(), text.encode(), hashlib.sha1)
    return base64.b64encode(mac.digest()).decode()


def common(action: str, version: str, now: float, nonce: str) -> Dict[str, str]:
    """The parameters that every call has.

    :param now: Unix seconds
    :param nonce: unlike that of any other request
    """
    return {'Action': action, 'Version': version, 'Format': 'JSON', 'SignatureNonce': nonce,
            'Timestamp': time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(now))}


def signed(method: str, params: Mapping[str, str], access_key_id: str, access_key_secret: str,
           security_token: str = '') -> Dict[str, str]:
    """A copy of the parameters, with whose they are and the signature.

    :param security_token: '' if there is none
    """
    copy = dict(params, AccessKeyId=access_key_id, SignatureMethod='HMAC-SHA1', SignatureVersion='1.0')
    if security_token:
        copy['SecurityToken'] = security_token
    copy['Signature'] = signature(method, copy, access_key_secret)
    return copy
