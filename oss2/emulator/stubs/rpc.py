"""Alibaba Cloud's RPC-style services: actions with parameters in, JSON out, a signature over all parameters."""
from __future__ import annotations

import calendar
import hmac
import json
import time
from typing import Any, Callable, Dict

from ... import _rpc
from .. import addressing
from ..accounts import Identity
from ..errors import ApiError
from ..messages import Answer, Request

#: (request, parameters) to the fields of the answer
Action = Callable[[Request, Dict[str, str]], Dict[str, Any]]

_MOST_SKEW = 15 * 60
_NEEDED = ('Signature', 'SignatureMethod', 'SignatureVersion', 'SignatureNonce', 'Timestamp')


def parameters(request: Request) -> Dict[str, str]:
    """The parameters of a call, of the query and of the form."""
    found = dict(request.params)
    if request.header('content-type') is not None:
        kind = (request.header('content-type') or '').partition(';')[0].strip().lower()
        if kind == 'application/x-www-form-urlencoded':
            found.update(addressing.parameters(request.document()))
    return found


class Service:
    """The actions of one service.

    :param version: of its API
    """

    def __init__(self, name: str, version: str) -> None:
        self._name = name
        self._version = version
        self._actions: Dict[str, Action] = {}

    def action(self, name: str) -> Callable[[Action], Action]:
        """Register the function below as an action."""
        def register(function: Action) -> Action:
            self._actions[name] = function
            return function
        return register

    def answer(self, request: Request) -> Answer:
        params = parameters(request)
        name = need(params, 'Action')
        if need(params, 'Version') != self._version or name not in self._actions:
            raise ApiError('InvalidAction.NotFound', 'The emulator does not have the action %s of version %s of %s.'
                           % (name, params['Version'], self._name), status=404)
        if params.get('Format', 'JSON').upper() != 'JSON':
            raise ApiError('InvalidParameter.Format', 'The emulator answers in JSON only.')
        return json_answer(200, {'RequestId': request.id, **self._actions[name](request, params)})


def need(params: Dict[str, str], name: str) -> str:
    """The value of a parameter.

    :raises ApiError: MissingXXX: it is absent or empty
    """
    if not params.get(name):
        raise ApiError('Missing' + name, '%s is mandatory for this action.' % name)
    return params[name]


def json_answer(status: int, fields: Dict[str, Any]) -> Answer:
    return Answer(status, {'content-type': 'application/json;charset=utf-8'}, json.dumps(fields).encode())


def refusal(request: Request, exc: ApiError) -> Answer:
    """An error as these services write it."""
    return json_answer(exc.status, {'RequestId': request.id, 'HostId': request.host, 'Code': exc.code,
                                    'Message': exc.message})


def authenticate(request: Request, params: Dict[str, str]) -> Identity:
    """Who signed a call.

    :raises ApiError: nobody did, or it is signed wrongly
    """
    key_id = need(params, 'AccessKeyId')
    for name in _NEEDED:
        need(params, name)
    if (params['SignatureMethod'], params['SignatureVersion']) != ('HMAC-SHA1', '1.0'):
        raise ApiError('InvalidParameter.SignatureMethod', 'The emulator verifies HMAC-SHA1 of version 1.0 only.')
    _check_time(request, params['Timestamp'])
    identity = request.state.accounts.find(key_id)
    if identity is None:
        raise ApiError('InvalidAccessKeyId.NotFound', 'Specified access key is not found.', status=404)
    credentials = identity.credentials
    token = params.get('SecurityToken', '')
    if credentials.security_token and not token:
        raise ApiError('MissingSecurityToken', 'SecurityToken is mandatory for this action.')
    if not hmac.compare_digest(token.encode(), credentials.security_token.encode()):
        raise ApiError('InvalidSecurityToken.MismatchWithAccessKey',
                       'Specified SecurityToken mismatch with the AccessKey.')
    if credentials.expiration is not None and request.now >= credentials.expiration:
        raise ApiError('InvalidSecurityToken.Expired', 'Specified SecurityToken is expired.')
    signed = {name: value for name, value in params.items() if name != 'Signature'}
    expected = _rpc.signature(request.method, signed, credentials.access_key_secret)
    if not hmac.compare_digest(params['Signature'].encode(), expected.encode()):
        raise ApiError('SignatureDoesNotMatch', 'Specified signature is not matched with our calculation.',
                       status=400)
    return identity


def _check_time(request: Request, text: str) -> None:
    try:
        moment = calendar.timegm(time.strptime(text, '%Y-%m-%dT%H:%M:%SZ'))
    except ValueError as exc:
        raise ApiError('InvalidTimeStamp.Format', 'Specified time stamp or date value is not well formatted.') from exc
    if abs(request.now - moment) > _MOST_SKEW:
        raise ApiError('InvalidTimeStamp.Expired', 'Specified time stamp or date value is expired.')
