"""The bucket's lifecycle rules."""
from __future__ import annotations

import uuid
from typing import Dict, List, Optional, Tuple

from ..errors import ApiError, invalid_argument
from ..lifecycle import CLASSES
from ..messages import Request
from ..schema import Shape, Tree, boolean, choice, date, group, listed, many, maybe, number, one, shorter, text
from ._settings import Setting, serve

_MOST_RULES = 1000
_LONGEST_PREFIX = 1023

_TAG = Shape(one('Key', text), one('Value', text))
_MOVED = choice(*CLASSES[1:])
_OPTIONS = (maybe('IsAccessTime', boolean), maybe('ReturnToStdWhenVisit', boolean), maybe('AllowSmallFile', boolean))

_RULE = Shape(
    maybe('ID', shorter(255)), one('Prefix', text), one('Status', choice('Enabled', 'Disabled')),
    group('Expiration', maybe('Days', number(1)), maybe('CreatedBeforeDate', date), maybe('Date', date),
          maybe('ExpiredObjectDeleteMarker', boolean)),
    group('AbortMultipartUpload', maybe('Days', number(1)), maybe('CreatedBeforeDate', date)),
    many('Transition', Shape(maybe('Days', number(1)), maybe('CreatedBeforeDate', date), one('StorageClass', _MOVED),
                             *_OPTIONS)),
    many('Tag', _TAG),
    group('NoncurrentVersionExpiration', one('NoncurrentDays', number(1))),
    many('NoncurrentVersionTransition', Shape(one('NoncurrentDays', number(1)), one('StorageClass', _MOVED),
                                              *_OPTIONS)),
    maybe('AtimeBase', number()),
    group('Filter', maybe('ObjectSizeGreaterThan', number()), maybe('ObjectSizeLessThan', number()),
          many('Not', Shape(maybe('Prefix', text), maybe('Tag', _TAG)))))

_ACTIONS = ('Expiration', 'AbortMultipartUpload', 'Transition', 'NoncurrentVersionExpiration',
            'NoncurrentVersionTransition')


def _check(request: Request, tree: Tree) -> None:
    rules: List[Tree] = tree.get('Rule', [])
    if not rules:
        raise ApiError('MalformedXML', ec='0014-00000013')
    if len(rules) > _MOST_RULES:
        raise ApiError('MalformedXML', ec='0014-00000014')
    for rule in rules:
        rule.setdefault('ID', str(uuid.uuid4()))
        _check_rule(request, rule)
    if len({rule['ID'] for rule in rules}) != len(rules):
        raise invalid_argument('ID', '', 'Rule ID must be unique.')
    if (request.header('x-oss-allow-same-action-overlap') or '').lower() != 'true':
        for index, rule in enumerate(rules):
            for other in rules[:index]:
                _check_pair(other, rule)


def _check_rule(request: Request, rule: Tree) -> None:
    if len(rule['Prefix']) > _LONGEST_PREFIX:
        raise ApiError('InvalidArgument', 'The length of the prefix exceeds 1023.', '0014-00000022')
    if not any(name in rule for name in _ACTIONS):
        raise ApiError('MalformedXML', ec='0014-00000026', ErrorDetail='The rule %s has no action' % rule['ID'])
    for name in _ACTIONS:
        for action in listed(rule.get(name)):
            times = [key for key in ('Days', 'CreatedBeforeDate', 'Date', 'NoncurrentDays',
                                     'ExpiredObjectDeleteMarker') if key in action]
            if len(times) != 1:
                raise ApiError('MalformedXML', ErrorDetail='%s of the rule %s must have one time' % (name, rule['ID']))
            if 'Date' in times[0] and 'T00:00:00' not in action[times[0]]:
                raise invalid_argument(times[0], action[times[0]], "'Date' must be at midnight GMT")
            if action.get('IsAccessTime') == 'true':
                _check_monitored(request, action)
                rule.setdefault('AtimeBase', str(int(request.now)))
    _check_order(rule.get('Transition', []), rule.get('Expiration', {}), 'Days')
    _check_order(rule.get('NoncurrentVersionTransition', []), rule.get('NoncurrentVersionExpiration', {}),
                 'NoncurrentDays')
    if 'Tag' in rule and 'AbortMultipartUpload' in rule:
        raise invalid_argument('Tag', '', 'A rule with tags cannot abort multipart uploads.')


def _check_monitored(request: Request, action: Tree) -> None:
    if request.the_bucket().attributes.get('access_monitor') != 'Enabled':
        raise ApiError('MalformedXML', 'Access monitor must be enabled for rules by access time.')
    if 'ReturnToStdWhenVisit' not in action:
        raise ApiError('MalformedXML', ErrorDetail='ReturnToStdWhenVisit is needed where IsAccessTime is true')


def _check_order(moves: List[Tree], end: Tree, name: str) -> None:
    """The colder a storage class, the later; the end last."""
    days = sorted((CLASSES.index(move['StorageClass']), int(move[name])) for move in moves if name in move)
    times = [time for _, time in days] + ([int(end[name])] if name in end else [])
    if any(later <= earlier for earlier, later in zip(times, times[1:])):
        raise ApiError('InvalidArgument', 'Specified transition date must be less than the expiration date, and that '
                                          'of a warmer storage class less than that of a colder one.')


def _check_pair(first: Tree, second: Tree) -> None:
    """Refuse two rules that do the same to the same objects.

    :raises ApiError: InvalidArgument
    """
    if _tags(first) != _tags(second) or first.get('Filter') != second.get('Filter'):
        return
    prefixes = sorted((first['Prefix'], second['Prefix']), key=len)
    if not prefixes[1].startswith(prefixes[0]):
        return
    if prefixes[0] == prefixes[1]:
        raise ApiError('InvalidArgument', 'Two rules cannot have the same prefix.', '0014-00000085')
    kinds: Dict[str, Tuple[Optional[Tree], Optional[Tree]]] = {
        name: (first.get(name), second.get(name)) for name in _ACTIONS}
    for name, pair in kinds.items():
        classes = [{action.get('StorageClass') for action in listed(side)} for side in pair]
        if classes[0] & classes[1]:
            raise ApiError('InvalidArgument', 'Overlap for same action type %s' % name,
                           '0014-00000079' if 'Transition' in name else '0014-00000084')


def _tags(rule: Tree) -> List[Tuple[str, str]]:
    return sorted((tag['Key'], tag['Value']) for tag in rule.get('Tag', []))


serve(Setting('lifecycle', 'LifecycleConfiguration', Shape(many('Rule', _RULE)),
              missing='NoSuchLifecycle'),
      'BucketLifecycle', 'the lifecycle rules', 'Emulator.run_lifecycle does what they ask for',
      check=_check)
