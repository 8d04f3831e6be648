"""Cross-origin rules: which one a request meets, and the headers that tell a browser so."""
from __future__ import annotations

import re
from typing import Dict, List, Optional

from .errors import ApiError
from .messages import Request
from .schema import Tree, listed

_NOT_ALLOWED = ("CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, "
                "request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted "
                "by the resource's CORS spec.")


def preflight(request: Request) -> Dict[str, str]:
    """The headers that answer an OPTIONS request.

    :raises ApiError: AccessForbidden, InvalidArgument
    """
    origin, method = request.header('origin'), request.header('access-control-request-method')
    if not origin or not method:
        raise ApiError('InvalidArgument', 'CORSResponse: Bad request: the headers Origin and '
                                          'Access-Control-Request-Method are needed.')
    configuration = request.state.store.setting(request.bucket, 'cors')
    if configuration is None:
        raise ApiError('AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.')
    asked = [name.strip() for name in (request.header('access-control-request-headers') or '').split(',')]
    asked = [name for name in asked if name]
    rule = _rule(configuration, origin, method, asked)
    if rule is None:
        raise ApiError('AccessForbidden', _NOT_ALLOWED)
    headers = _headers(configuration, rule, origin)
    if asked:
        headers['access-control-allow-headers'] = ', '.join(asked)
    return headers


def of_answer(request: Request) -> Dict[str, str]:
    """The headers that any other answer gets; none if the request is of the bucket's own origin or no rule is met."""
    origin = request.header('origin')
    if not origin or not request.bucket or request.method == 'OPTIONS':
        return {}
    configuration = request.state.store.setting(request.bucket, 'cors')
    if configuration is None:
        return {}
    rule = _rule(configuration, origin, request.method, [])
    if rule is not None:
        return _headers(configuration, rule, origin)
    return {'vary': 'Origin'} if configuration.get('ResponseVary') == 'true' else {}


def _rule(configuration: Tree, origin: str, method: str, headers: List[str]) -> Optional[Tree]:
    """The first rule that is met."""
    for rule in configuration['CORSRule']:
        if (any(_like(pattern, origin) for pattern in rule['AllowedOrigin']) and method in rule['AllowedMethod']
                and all(any(_like(pattern.lower(), name.lower()) for pattern in listed(rule.get('AllowedHeader')))
                        for name in headers)):
            found: Tree = rule
            return found
    return None


def _headers(configuration: Tree, rule: Tree, origin: str) -> Dict[str, str]:
    headers = {
        'access-control-allow-origin': '*' if '*' in rule['AllowedOrigin'] else origin,
        'access-control-allow-methods': ', '.join(rule['AllowedMethod']),
        'access-control-max-age': rule.get('MaxAgeSeconds', '0'),
    }
    if 'ExposeHeader' in rule:
        headers['access-control-expose-headers'] = ', '.join(rule['ExposeHeader'])
    if configuration.get('ResponseVary') == 'true' or headers['access-control-allow-origin'] != '*':
        headers['vary'] = 'Origin'
    return headers


def _like(pattern: str, text: str) -> bool:
    """Whether a text is a pattern's, which may have one ``*``."""
    return re.fullmatch('.*'.join(re.escape(part) for part in pattern.split('*')), text) is not None
