"""The steps of image processing, read from ``image/resize,w_100/rotate,90`` and checked as OSS checks them."""
from __future__ import annotations

import base64
import binascii
import re
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple

from ..errors import ApiError, invalid_argument

#: a parameter's value from its text; a ValueError refuses it
Convert = Callable[[str], Any]

GRAVITIES = ('nw', 'north', 'ne', 'west', 'center', 'east', 'sw', 'south', 'se')
#: the formats OSS writes, and what the answer's Content-Type is for each
TYPES = {
    'jpg': 'image/jpeg', 'png': 'image/png', 'webp': 'image/webp', 'bmp': 'image/bmp', 'gif': 'image/gif',
    'tiff': 'image/tiff', 'heic': 'image/heic', 'avif': 'image/avif',
}
_SIDE = 16384
_NUMBER = re.compile('-?[0-9]{1,9}')
_COLOR = re.compile('[0-9a-fA-F]{6}')
#: steps that answer about the image and so stand alone
QUERIES = ('info', 'average-hue')


class Step(NamedTuple):
    """One action; a parameter without a name, as in ``rotate,90``, has the name ''."""

    action: str
    values: Dict[str, Any]


def _within(least: int, most: int) -> Convert:
    def convert(text: str) -> int:
        if _NUMBER.fullmatch(text) is None or not least <= int(text) <= most:
            raise ValueError
        return int(text)
    return convert


def _one_of(*known: str) -> Convert:
    def convert(text: str) -> str:
        if text not in known:
            raise ValueError
        return text
    return convert


def _color(text: str) -> str:
    if _COLOR.fullmatch(text) is None:
        raise ValueError
    return '#' + text


def decoded(text: str) -> str:
    """Text from the base64 of URLs, whose padding may be missing.

    :raises ValueError: it is none
    """
    try:
        return base64.b64decode(text + '=' * (-len(text) % 4), altchars=b'-_', validate=True).decode('utf-8')
    except binascii.Error as exc:
        raise ValueError from exc


_switch, _side, _percent = _within(0, 1), _within(1, _SIDE), _within(1, 100)
_WATERMARK: Dict[str, Convert] = {
    't': _within(0, 100), 'g': _one_of(*GRAVITIES), 'x': _within(0, 4096), 'y': _within(0, 4096),
    'voffset': _within(-1000, 1000), 'fill': _switch, 'padx': _within(0, 4096), 'pady': _within(0, 4096),
    'image': decoded, 'P': _percent, 'text': decoded, 'type': decoded, 'color': _color, 'size': _within(1, 1000),
    'shadow': _within(0, 100), 'rotate': _within(0, 360), 'order': _switch, 'align': _within(0, 2),
    'interval': _within(0, 1000),
}
_ACTIONS: Dict[str, Dict[str, Convert]] = {
    'resize': {'m': _one_of('lfit', 'mfit', 'fill', 'pad', 'fixed'), 'w': _within(0, _SIDE), 'h': _within(0, _SIDE),
               'l': _side, 's': _side, 'p': _within(1, 1000), 'limit': _switch, 'color': _color},
    'crop': {'x': _within(0, 2 ** 30), 'y': _within(0, 2 ** 30), 'w': _within(0, 2 ** 30),
             'h': _within(0, 2 ** 30), 'g': _one_of(*GRAVITIES)},
    'indexcrop': {'x': _within(1, 2 ** 30), 'y': _within(1, 2 ** 30), 'i': _within(0, 2 ** 30)},
    'circle': {'r': _within(1, 4096)}, 'rounded-corners': {'r': _within(1, 4096)},
    'blur': {'r': _within(1, 50), 's': _within(1, 50)}, 'quality': {'q': _percent, 'Q': _percent},
    'rotate': {'': _within(0, 360)}, 'auto-orient': {'': _switch}, 'format': {'': _one_of('jpeg', 'src', *TYPES)},
    'interlace': {'': _switch}, 'bright': {'': _within(-100, 100)}, 'contrast': {'': _within(-100, 100)},
    'sharpen': {'': _within(50, 399)}, 'watermark': _WATERMARK, 'info': {}, 'average-hue': {},
}
_REQUIRED = {'circle': ('r',), 'rounded-corners': ('r',), 'blur': ('r', 's')}
#: the EC of a bad value, where OSS documents one
_EC = {
    ('resize', 'w'): '0040-00000312', ('resize', 'h'): '0040-00000313', ('resize', 'l'): '0040-00000314',
    ('resize', 's'): '0040-00000315', ('resize', 'p'): '0040-00000317', ('resize', 'limit'): '0040-00000319',
    ('crop', 'w'): '0040-00000225', ('crop', 'h'): '0040-00000226', ('indexcrop', 'y'): '0040-00000224',
    ('circle', 'r'): '0040-00000233', ('rounded-corners', 'r'): '0040-00000237', ('rotate', ''): '0040-00000217',
    ('auto-orient', ''): '0040-00000215', ('watermark', 'rotate'): '0040-00000272',
}
_EC_ABSENT = {'rotate': '0040-00000216', 'auto-orient': '0040-00000214', 'resize': '0040-00000322'}


def parse(text: str) -> List[Step]:
    """The steps of a process.

    :param text: what follows ``image/``
    :raises ApiError: InvalidArgument
    """
    found = [_step(item) for item in text.split('/') if item]
    if not found:
        raise ApiError('InvalidArgument', 'The image processing has no action.', '0040-00000212')
    if len(found) > 1 and any(step.action in QUERIES for step in found):
        raise ApiError('InvalidArgument', 'The actions %s cannot stand beside others.' % ' and '.join(QUERIES), '')
    return found


def _step(text: str) -> Step:
    action, *items = text.split(',')
    known = _ACTIONS.get(action)
    if known is None:
        raise ApiError('InvalidArgument', 'The action %s is not supported.' % action, '0040-00000213')
    values: Dict[str, Any] = {}
    for item in items:
        name, given = _pair(item, '' in known)
        if name in values and not name:
            raise ApiError('InvalidArgument', 'The action %s takes one value.' % action, '0040-00000203')
        values[name] = _value(action, known, name, given)
    if not values and (known and action != 'watermark'):
        raise ApiError('InvalidArgument', 'The action %s needs a value.' % action, _EC_ABSENT.get(action, ''))
    _check(action, values)
    return Step(action, values)


def _pair(item: str, is_plain: bool) -> Tuple[str, str]:
    if is_plain:
        return '', item
    name, _, given = item.partition('_')
    return name, given


def _value(action: str, known: Dict[str, Convert], name: str, given: str) -> Any:
    convert: Optional[Convert] = known.get(name)
    try:
        if convert is None:
            raise ValueError
        return convert(given)
    except ValueError as exc:
        if action == 'watermark' and name in ('image', 'text', 'type'):
            raise ApiError('BadRequest', 'Input is not base64 decoding.') from exc
        raise _invalid(action, name, given) from exc


def _invalid(action: str, name: str, given: object) -> ApiError:
    return invalid_argument(name or action, given, 'The value: %s of parameter: %s is invalid.'
                            % (given, name or action), _EC.get((action, name), ''))


def _check(action: str, values: Dict[str, Any]) -> None:
    """What no single value shows."""
    for name in _REQUIRED.get(action, ()):
        if name not in values:
            raise ApiError('InvalidArgument', 'The action %s needs the parameter %s.' % (action, name), '')
    if action == 'resize':
        if values.get('w') == 0 and values.get('h') == 0:
            raise ApiError('InvalidArgument', 'Width and height cannot both be 0.', '0040-00000321')
        for name in ('w', 'h'):
            if values.get(name) == 0:
                raise _invalid(action, name, 0)
        if not values.keys() & {'w', 'h', 'l', 's', 'p'}:
            raise ApiError('InvalidArgument', 'The action resize needs a size.', '0040-00000322')
    if action == 'indexcrop' and len(values.keys() & {'x', 'y'}) != 1:
        raise ApiError('InvalidArgument', 'The action indexcrop needs either x or y.', '0040-00000230')
    if action == 'watermark' and not (values.get('image') or values.get('text')):
        raise ApiError('MissingArgument', 'A watermark needs an image or a text.')
    if action == 'watermark' and len(values.get('text', '').encode('utf-8')) > 64 * 3:
        raise _invalid(action, 'text', '...')
