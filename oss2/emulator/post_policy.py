"""The policy in a form: until when, and which fields and sizes its signer allows."""
from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any, Dict, List, Mapping

from .._dates import iso8601_to_unixtime
from .errors import ApiError

_ESCAPED_DOLLAR = re.compile(r'(?<!\\)((?:\\\\)*)\\\$')


def check(encoded: str, fields: Mapping[str, str], size: int, now: float) -> None:
    """Compare a form with its policy.

    :param encoded: the policy, in base64
    :param fields: by lower-case name, with that of the bucket
    :param size: of the file, bytes
    :raises ApiError: InvalidPolicyDocument, AccessDenied, EntityTooLarge, EntityTooSmall
    """
    policy = _decoded(encoded)
    try:
        expires = iso8601_to_unixtime(policy['expiration'])
    except (ValueError, TypeError, AttributeError) as exc:
        raise _invalid('invalid expiration', '') from exc
    if now >= expires:
        raise ApiError('AccessDenied', 'Invalid according to Policy: Policy expired.', '')
    if not isinstance(policy['conditions'], list):
        raise _invalid('conditions must be a list', '')
    for condition in policy['conditions']:
        if isinstance(condition, dict):
            for name, value in condition.items():
                _check_one(['eq', '$' + name, value], fields, size)
        elif isinstance(condition, list):
            _check_one(condition, fields, size)
        else:
            raise _invalid('a condition must be a map or a list', '0006-00000222')


def _decoded(encoded: str) -> Dict[str, Any]:
    try:
        text = base64.b64decode(encoded, validate=True).decode('utf-8')
        policy = json.loads(_ESCAPED_DOLLAR.sub(r'\1$', text))
    except (binascii.Error, ValueError) as exc:
        raise _invalid('invalid json', '0006-00000201') from exc
    if not isinstance(policy, dict):
        raise _invalid('invalid json', '0006-00000201')
    missing = {'expiration', 'conditions'} - policy.keys()
    if missing:
        ec = {1: '0006-00000207' if 'conditions' in missing else '0006-00000208', 2: '0006-00000209'}[len(missing)]
        raise _invalid('%s is missing' % ' and '.join(sorted(missing)), ec)
    unknown = sorted(policy.keys() - {'expiration', 'conditions'})
    if unknown:
        raise _invalid('unknown parameter %s' % unknown[0], '0006-00000206')
    return policy


def _check_one(condition: List[Any], fields: Mapping[str, str], size: int) -> None:
    kind = condition[0].lower() if condition and isinstance(condition[0], str) else ''
    if kind not in ('eq', 'starts-with', 'in', 'not-in', 'content-length-range'):
        raise _invalid('a condition has no matching mode', '0006-00000216')
    if len(condition) != 3:
        raise _invalid('a condition has three elements', '0006-00000218')
    if kind == 'content-length-range':
        _check_size(condition[1], condition[2], size)
        return
    name: Any = condition[1]
    wanted: Any = condition[2]
    is_list = kind in ('in', 'not-in')
    if not isinstance(name, str) or not isinstance(wanted, list if is_list else str):
        raise _invalid('a condition has an element of a wrong type', '0006-00000224')
    value = fields.get(name.lstrip('$').lower(), '').encode('latin-1').decode('utf-8', 'replace')
    if kind == 'eq':
        holds = value == wanted
    elif kind == 'starts-with':
        holds = value.startswith(str(wanted))
    else:
        holds = (value in wanted) is (kind == 'in')
    if not holds:
        raise ApiError('AccessDenied', 'Invalid according to Policy: Policy Condition failed: %s'
                       % json.dumps(condition, ensure_ascii=False), '0006-00000227')


def _check_size(least: Any, most: Any, size: int) -> None:
    if not all(isinstance(value, int) and value >= 0 for value in (least, most)) or least > most:
        raise _invalid('invalid content-length-range', '0006-00000221')
    if size > most:
        raise ApiError('EntityTooLarge', ec='0006-00000003', MaxSizeAllowed=most, ProposedSize=size)
    if size < least:
        raise ApiError('EntityTooSmall', ec='0006-00000004', MinSizeAllowed=least, ProposedSize=size)


def _invalid(why: str, ec: str) -> ApiError:
    return ApiError('InvalidPolicyDocument', 'Invalid Policy: %s.' % why, ec)
