"""STS: AssumeRole and AssumeRoleWithOIDC give temporary credentials of an account."""
from __future__ import annotations

import base64
import json
import re
from typing import Any, Dict

from ..accounts import Account
from ..errors import ApiError
from ..messages import Request, integer
from ..times import iso
from . import rpc

SERVICE = rpc.Service('STS', '2015-04-01')

_ROLE = re.compile(r'acs:ram::([0-9]+):role/([\w.@/-]{1,128})', re.ASCII)
_PROVIDER = re.compile(r'acs:ram::[0-9]+:oidc-provider/[\w.-]{1,128}', re.ASCII)
_SESSION = re.compile(r'[\w.@-]{2,64}', re.ASCII)
_SHORTEST, _LONGEST = 900, 43200


@SERVICE.action('AssumeRole')
def assume_role(request: Request, params: Dict[str, str]) -> Dict[str, Any]:
    return _assume(request, params, rpc.authenticate(request, params).account)


@SERVICE.action('AssumeRoleWithOIDC')
def assume_role_with_oidc(request: Request, params: Dict[str, str]) -> Dict[str, Any]:
    """Play a role for a token of an identity provider, whose signature nobody here can verify."""
    if _PROVIDER.fullmatch(rpc.need(params, 'OIDCProviderArn')) is None:
        raise ApiError('InvalidParameter.OIDCProviderArn', 'The parameter OIDCProviderArn is wrongly formed.')
    claims = _claims(rpc.need(params, 'OIDCToken'))
    if isinstance(claims.get('exp'), (int, float)) and request.now >= claims['exp']:
        raise ApiError('AuthenticationFail.OIDCToken.Expired', 'This OIDC Token is expired.')
    answer = _assume(request, params, request.state.owner.account)
    audience = claims.get('aud', '')
    answer['OIDCTokenInfo'] = {
        'Subject': claims.get('sub', ''), 'Issuer': claims.get('iss', ''),
        'ClientIds': ','.join(audience) if isinstance(audience, list) else audience,
    }
    return answer


def _assume(request: Request, params: Dict[str, str], default: Account) -> Dict[str, Any]:
    """Credentials of the account that the role belongs to; of ``default`` when the emulator does not know it."""
    role = _ROLE.fullmatch(rpc.need(params, 'RoleArn'))
    if role is None:
        raise ApiError('InvalidParameter.RoleArn', 'The parameter RoleArn is wrongly formed.')
    session = rpc.need(params, 'RoleSessionName')
    if _SESSION.fullmatch(session) is None:
        raise ApiError('InvalidParameter.RoleSessionName', 'The parameter RoleSessionName is wrongly formed.')
    seconds = integer(params.get('DurationSeconds', '3600'))
    if seconds is None or not _SHORTEST <= seconds <= _LONGEST:
        raise ApiError('InvalidParameter.DurationSeconds', 'The Min/Max value of DurationSeconds is 15min/12hr.')
    _check_policy(params.get('Policy'))
    accounts = request.state.accounts
    credentials = accounts.issue(accounts.by_id(role.group(1)) or default, request.now + seconds)
    return {
        'AssumedRoleUser': {
            'Arn': 'acs:sts::%s:assumed-role/%s/%s' % (role.group(1), role.group(2), session),
            'AssumedRoleId': '%s:%s' % (role.group(1), session),
        },
        'Credentials': {
            'AccessKeyId': credentials.access_key_id, 'AccessKeySecret': credentials.access_key_secret,
            'SecurityToken': credentials.security_token, 'Expiration': short_iso(credentials.expiration or 0),
        },
    }


def short_iso(moment: float) -> str:
    """Unix seconds as STS writes them, without milliseconds."""
    return iso(moment).replace('.000', '')


def _check_policy(policy: Any) -> None:
    if not policy:
        return
    try:
        document = json.loads(policy)
    except ValueError:
        document = None
    if not isinstance(document, dict) or 'Statement' not in document:
        raise ApiError('InvalidParameter.PolicyGrammar', 'The parameter Policy has not passed grammar check.')


def _claims(token: str) -> Dict[str, Any]:
    """What a JSON Web Token says; nothing of a token that is not one."""
    parts = token.split('.')
    if len(parts) != 3:
        return {}
    try:
        found = json.loads(base64.urlsafe_b64decode(parts[1] + '=' * (-len(parts[1]) % 4)))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
