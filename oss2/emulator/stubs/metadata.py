"""The metadata service of an ECS instance: its RAM role, the role's credentials, tokens for the hardened mode."""
from __future__ import annotations

import secrets

from ..accounts import Credentials
from ..errors import ApiError
from ..messages import Answer, Request, integer
from . import rpc
from .sts import short_iso

ROLE = 'emulator-role'
ROLES_PATH = '/latest/meta-data/ram/security-credentials/'

_TOKEN_PATH = '/latest/api/token'
_TTL = 'x-aliyun-ecs-metadata-token-ttl-seconds'
_TOKEN = 'x-aliyun-ecs-metadata-token'
_LONGEST_TTL = 21600


def answer(request: Request) -> Answer:
    if request.path == _TOKEN_PATH and request.method == 'PUT':
        return _text(_new_token(request))
    if request.method != 'GET':
        raise ApiError('MethodNotAllowed')
    _check_token(request)
    if request.path == ROLES_PATH:
        return _text(ROLE)
    if request.path == ROLES_PATH + ROLE:
        return _credentials(request)
    raise ApiError('NotFound', 'The instance has nothing at this path.', status=404)


def _text(text: str) -> Answer:
    return Answer(200, {'content-type': 'text/plain'}, text.encode())


def _new_token(request: Request) -> str:
    seconds = integer(request.header(_TTL) or '')
    if seconds is None or not 1 <= seconds <= _LONGEST_TTL:
        raise ApiError('BadRequest', '%s must be a number from 1 to %d.' % (_TTL, _LONGEST_TTL))
    token = secrets.token_urlsafe(40)
    request.state.metadata.tokens[token] = request.now + seconds
    return token


def _check_token(request: Request) -> None:
    metadata = request.state.metadata
    token = request.header(_TOKEN)
    if token is None and not metadata.is_hardened:
        return
    if request.now >= metadata.tokens.get(token or '', 0):
        raise ApiError('Forbidden', 'The token is missing, wrong or expired.', status=403)


def _credentials(request: Request) -> Answer:
    """The credentials the instance has; new ones when less than half of their life is left."""
    state = request.state
    metadata = state.metadata
    found = metadata.credentials
    if found is None or state.accounts.left(found, request.now) < metadata.seconds / 2:
        found = state.accounts.issue(state.owner.account, request.now + metadata.seconds)
        metadata.credentials, metadata.updated = found, request.now
    return rpc.json_answer(200, {
        'AccessKeyId': found.access_key_id, 'AccessKeySecret': found.access_key_secret,
        'SecurityToken': found.security_token, 'Expiration': _expiration(found),
        'LastUpdated': short_iso(metadata.updated), 'Code': 'Success',
    })


def _expiration(credentials: Credentials) -> str:
    return short_iso(credentials.expiration or 0)
