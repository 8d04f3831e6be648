"""Bucket policies: their syntax, and what they say about a request."""
from __future__ import annotations

import ipaddress
import json
import re
from functools import lru_cache
from typing import Any, Callable, Dict, List, Optional, Tuple

from .._dates import iso8601_to_unixtime
from .addressing import parameters
from .errors import ApiError
from .messages import Request
from .records import Bucket

ALLOW, DENY = 'Allow', 'Deny'

_ELEMENTS = frozenset(('Effect', 'Action', 'NotAction', 'Principal', 'NotPrincipal', 'Resource', 'NotResource',
                       'Condition', 'Sid'))
#: object actions that have a twin for requests that name a version
_VERSIONED = frozenset(
    'oss:' + name for name in ('GetObject', 'DeleteObject', 'GetObjectAcl', 'PutObjectAcl', 'RestoreObject',
                               'GetObjectTagging', 'PutObjectTagging', 'DeleteObjectTagging'))
Statement = Dict[str, Any]
#: whether a request's value meets one of the policy's
_Compare = Callable[[str, str], bool]


def parse(body: bytes) -> Dict[str, Any]:
    """A policy document, checked.

    :raises ApiError: InvalidPolicyDocument
    """
    try:
        document = json.loads(body.decode('utf-8'))
    except UnicodeDecodeError as exc:
        raise _invalid('The bucket policy must be encoded in UTF-8.', '0030-00000004') from exc
    except ValueError as exc:
        raise _invalid('unknown char or syntax error') from exc
    if not isinstance(document, dict) or not isinstance(document.get('Version'), str):
        raise _invalid('invalid Version')
    if document['Version'] != '1':
        raise _invalid('the Version must be 1', '0030-00000002')
    statements = document.get('Statement')
    if not isinstance(statements, list) or not statements:
        raise _invalid('invalid Statement')
    for statement in statements:
        _check(statement)
    return document


def _check(statement: Any) -> None:
    if not isinstance(statement, dict) or not _ELEMENTS.issuperset(statement):
        raise _invalid('invalid Statement')
    if statement.get('Effect') not in (ALLOW, DENY):
        raise _invalid('invalid Effect')
    for name in ('Action', 'Principal', 'Resource'):
        given = [key for key in (name, 'Not' + name) if key in statement]
        if len(given) != 1 or not _texts(statement[given[0]]):
            raise _invalid('invalid ' + name)
        if any('**' in text for text in _texts(statement[given[0]])):
            raise _invalid('consecutive wildcards in ' + name, '0030-00000007')
    if any(not action.startswith('oss:') and action != '*' for action in _texts(_either(statement, 'Action'))):
        raise _invalid('invalid Action')
    if any(not resource.startswith('acs:oss:') and resource != '*'
           for resource in _texts(_either(statement, 'Resource'))):
        raise _invalid('invalid Resource')
    conditions = statement.get('Condition', {})
    if not isinstance(conditions, dict):
        raise _invalid('invalid Condition')
    for operator, keys in conditions.items():
        if operator not in _OPERATORS or not isinstance(keys, dict):
            raise _invalid('invalid Condition ' + operator)
        for key, values in keys.items():
            if not key.startswith(('acs:', 'oss:')) or not _texts(values):
                raise _invalid('invalid Condition ' + key)


def _invalid(message: str, ec: str = '0030-00000005') -> ApiError:
    return ApiError('InvalidPolicyDocument', message, ec, status=400)


def _texts(value: Any) -> List[str]:
    """A text or a list of texts as a list; empty for anything else."""
    values = value if isinstance(value, list) else [value]
    texts = [str(item).lower() if isinstance(item, bool) else str(item) for item in values
             if isinstance(item, (str, int))]
    return texts if len(texts) == len(values) else []


def _either(statement: Statement, name: str) -> Any:
    return statement.get(name, statement.get('Not' + name))


def is_public(document: Dict[str, Any]) -> bool:
    """Whether a policy lets everybody in: it allows something to all, under no condition."""
    return any(statement['Effect'] == ALLOW and '*' in _texts(statement.get('Principal', []))
               and not statement.get('Condition') for statement in document['Statement'])


def decide(document: Dict[str, Any], request: Request, bucket: Bucket, action: str, key: str,
           tags: Dict[str, str]) -> Optional[str]:
    """What a policy says about a request: :data:`ALLOW`, :data:`DENY`, or None, which is nothing.

    :param key: '' for the bucket itself
    :param tags: of the object that is there
    """
    verdict = None
    resource = bucket.name + '/' + key if key else bucket.name
    if action in _VERSIONED and 'versionId' in request.params:
        action += 'Version'
    for statement in document['Statement']:
        if (_concerns(statement, request, bucket.owner) and _named(statement, 'Action', action, True)
                and _named(statement, 'Resource', resource, False)
                and _holds(statement.get('Condition', {}), request, tags)):
            if statement['Effect'] == DENY:
                return DENY
            verdict = ALLOW
    return verdict


def _concerns(statement: Statement, request: Request, owner: str) -> bool:
    principals = _texts(_either(statement, 'Principal'))
    account = request.account
    # Without a condition, "everybody" does not mean the owner, who would lock himself out.
    everybody = '*' in principals and (account != owner or bool(statement.get('Condition')))
    is_meant = everybody or (bool(account) and any(
        _like(pattern, account) or ':%s:' % account in pattern for pattern in principals if pattern != '*'))
    return is_meant is ('Principal' in statement)


def _named(statement: Statement, element: str, name: str, ignores_case: bool) -> bool:
    patterns = _texts(_either(statement, element))
    if element == 'Resource':
        # acs:oss:<region>:<owner>:<bucket>/<key>
        patterns = [pattern.split(':', 4)[-1] for pattern in patterns]
    if ignores_case:
        name, patterns = name.lower(), [pattern.lower() for pattern in patterns]
    return any(_like(pattern, name) for pattern in patterns) is (element in statement)


def _holds(conditions: Dict[str, Dict[str, Any]], request: Request, tags: Dict[str, str]) -> bool:
    for operator, keys in conditions.items():
        compare, is_negated = _OPERATORS[operator]
        for key, values in keys.items():
            given = _value(request, key, tags)
            if operator == 'Null':
                if (given is None) is not (_texts(values)[0] == 'true'):
                    return False
            elif given is None:
                if not is_negated:
                    return False
            elif any(compare(value, given) for value in _texts(values)) is is_negated:
                return False
    return True


def _value(request: Request, key: str, tags: Dict[str, str]) -> Optional[str]:
    """What a request has of a condition key; None for nothing."""
    namespace, _, name = key.partition(':')
    if namespace == 'acs':
        known = {
            'SourceIp': request.client, 'UserAgent': request.headers.get('user-agent', ''),
            'SecureTransport': 'true' if request.scheme == 'https' else 'false',
            'CurrentTime': str(request.now), 'AccessId': '' if request.identity is None
            else request.identity.credentials.access_key_id,
        }
        return known.get(name)
    kind, _, tag = name.partition('/')
    if kind == 'ExistingObjectTag':
        return tags.get(tag)
    if kind == 'RequestObjectTag':
        return parameters(request.headers.get('x-oss-tagging', '').encode('latin-1')).get(tag)
    if name in ('Prefix', 'Delimiter', 'MaxKeys'):
        return request.params.get({'MaxKeys': 'max-keys'}.get(name, name.lower()))
    return request.headers.get(name.lower())


def _like(pattern: str, text: str) -> bool:
    return _pattern(pattern).fullmatch(text) is not None


@lru_cache(maxsize=512)
def _pattern(text: str) -> Any:
    """A text with ``*`` and ``?`` as a regular expression."""
    return re.compile(re.escape(text).replace(r'\*', '.*').replace(r'\?', '.'), re.DOTALL)


def _in_network(network: str, address: str) -> bool:
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def _numbers(compare: Callable[[float, float], bool]) -> _Compare:
    def ordered(expected: str, given: str) -> bool:
        try:
            return compare(float(given), float(expected))
        except ValueError:
            return False
    return ordered


def _times(compare: Callable[[float, float], bool]) -> _Compare:
    def ordered(expected: str, given: str) -> bool:
        try:
            return compare(float(given), iso8601_to_unixtime(_utc(expected)))
        except ValueError:
            return False
    return ordered


def _utc(text: str) -> str:
    """A time with or without fractions, with an offset or Z, in the form that all times have here."""
    found = re.fullmatch(r'(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]00:00)?', text)
    return found.group(1) + '.000Z' if found else text


_ORDERS: Dict[str, Callable[[float, float], bool]] = {
    'Equals': lambda given, expected: given == expected, 'LessThan': lambda given, expected: given < expected,
    'LessThanEquals': lambda given, expected: given <= expected,
    'GreaterThan': lambda given, expected: given > expected,
    'GreaterThanEquals': lambda given, expected: given >= expected,
}
#: by operator: the comparison, and whether its opposite is meant
_OPERATORS: Dict[str, Tuple[_Compare, bool]] = {
    'StringEquals': (lambda expected, given: expected == given, False),
    'StringNotEquals': (lambda expected, given: expected == given, True),
    'StringEqualsIgnoreCase': (lambda expected, given: expected.lower() == given.lower(), False),
    'StringNotEqualsIgnoreCase': (lambda expected, given: expected.lower() == given.lower(), True),
    'StringLike': (_like, False),
    'StringNotLike': (_like, True),
    'IpAddress': (_in_network, False),
    'NotIpAddress': (_in_network, True),
    'Bool': (lambda expected, given: expected.lower() == given.lower(), False),
    'Null': (lambda expected, given: False, False),
    **{'Numeric' + name: (_numbers(compare), False) for name, compare in _ORDERS.items()},
    'NumericNotEquals': (_numbers(_ORDERS['Equals']), True),
    **{'Date' + name: (_times(compare), False) for name, compare in _ORDERS.items()},
    'DateNotEquals': (_times(_ORDERS['Equals']), True),
}
