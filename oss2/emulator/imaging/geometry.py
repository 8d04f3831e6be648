"""Where things go: sizes and places of image processing, as plain numbers."""
from __future__ import annotations

from typing import Any, Dict, NamedTuple, Optional, Tuple

from ..errors import ApiError

Size = Tuple[int, int]
#: left, top, right, bottom
Box = Tuple[int, int, int, int]

_MOST_PIXELS = 4096 * 4096


class Resize(NamedTuple):
    """How to resize: first to a size, then cut from the middle to, or pad up to, the size of the canvas."""

    size: Size
    canvas: Optional[Size] = None


def resize(source: Size, values: Dict[str, Any]) -> Resize:
    """What the parameters of resize ask for.

    :raises ApiError: InvalidArgument: the result has too many pixels
    """
    plan = _plan(source, values)
    for width, height in (plan.size, plan.canvas or (1, 1)):
        if width * height > _MOST_PIXELS:
            raise ApiError('InvalidArgument', 'The image would have more than 4096 x 4096 pixels.', '0040-00000007')
    return plan


def _plan(source: Size, values: Dict[str, Any]) -> Resize:
    may_grow = values.get('limit', 1) == 0
    wanted = _wanted(source, values)
    if wanted is None:
        # OSS takes a percentage as it is, be it above 100.
        return Resize(_scaled(source, values['p'] / 100))
    mode = values.get('m', 'lfit')
    width, height = wanted
    factors = [goal / side for goal, side in zip(wanted, source) if goal]
    if mode == 'fixed' and width and height:
        return Resize((width, height) if may_grow or max(factors) <= 1 else source)
    factor = max(factors) if mode in ('mfit', 'fill') else min(factors)
    if factor > 1 and not may_grow:
        return Resize(source)
    is_framed = mode in ('fill', 'pad') and bool(width and height)
    return Resize(_scaled(source, factor), (width, height) if is_framed else None)


def _wanted(source: Size, values: Dict[str, Any]) -> Optional[Size]:
    """Width and height asked for, 0 where either may be anything; None for a percentage."""
    if values.get('w') or values.get('h'):
        return values.get('w', 0), values.get('h', 0)
    if 'l' in values or 's' in values:
        longer, shorter = values.get('l', 0), values.get('s', 0)
        return (longer, shorter) if source[0] >= source[1] else (shorter, longer)
    return None


def _scaled(source: Size, factor: float) -> Size:
    return max(1, round(source[0] * factor)), max(1, round(source[1] * factor))


def middle(source: Size, size: Size) -> Box:
    """The part of a size in the middle of an image."""
    left, top = (source[0] - size[0]) // 2, (source[1] - size[1]) // 2
    return left, top, left + size[0], top + size[1]


def place(canvas: Size, size: Size, gravity: str) -> Tuple[int, int]:
    """The upper left corner of something put into one of the nine fields of a canvas."""
    left = 0 if gravity in ('nw', 'west', 'sw') else (
        canvas[0] - size[0] if gravity in ('ne', 'east', 'se') else (canvas[0] - size[0]) // 2)
    top = 0 if gravity in ('nw', 'north', 'ne') else (
        canvas[1] - size[1] if gravity in ('sw', 'south', 'se') else (canvas[1] - size[1]) // 2)
    return left, top


def crop(source: Size, values: Dict[str, Any]) -> Box:
    """The part that crop asks for, as far as the image goes.

    :raises ApiError: BadRequest: it begins outside the image
    """
    size = min(values.get('w') or source[0], source[0]), min(values.get('h') or source[1], source[1])
    left, top = place(source, size, values.get('g', 'nw'))
    left, top = left + values.get('x', 0), top + values.get('y', 0)
    if left >= source[0] or top >= source[1]:
        raise ApiError('BadRequest', "Advance cut's position is out of image.")
    return left, top, min(left + size[0], source[0]), min(top + size[1], source[1])


def index_crop(source: Size, values: Dict[str, Any]) -> Box:
    """One of the slices of an image; the whole image if there is none of that number."""
    axis = 0 if 'x' in values else 1
    length = values['x' if axis == 0 else 'y']
    start = length * values.get('i', 0)
    if start >= source[axis]:
        return 0, 0, source[0], source[1]
    end = min(start + length, source[axis])
    return (start, 0, end, source[1]) if axis == 0 else (0, start, source[0], end)


def watermark(canvas: Size, size: Size, values: Dict[str, Any]) -> Tuple[int, int]:
    """Where the upper left corner of a watermark goes; its margins count from the edges it is near to."""
    gravity = values.get('g', 'se')
    left, top = place(canvas, size, gravity)
    x, y = values.get('x', 10), values.get('y', 10)
    if gravity in ('nw', 'west', 'sw'):
        left += x
    elif gravity in ('ne', 'east', 'se'):
        left -= x
    if gravity in ('nw', 'north', 'ne'):
        top += y
    elif gravity in ('sw', 'south', 'se'):
        top -= y
    else:
        top -= values.get('voffset', 0)
    return left, top
