"""Watermarks: a text or another object of the bucket, laid over a picture."""
from __future__ import annotations

import re
from typing import Any, Callable, Dict

from PIL import Image, ImageDraw, ImageFont

from ..errors import ApiError
from . import geometry, picture
from .picture import Picture

#: a step that only watermarks know: so many percent of the picture below
_SHARE = re.compile(r'/resize,P_([1-9][0-9]?|100)(?=/|$)')


def apply(found: Picture, values: Dict[str, Any], fetch: Callable[[str], bytes]) -> None:
    """Lay a watermark over every frame.

    :param fetch: gets the bytes of the object that a watermark is
    """
    mark = _mark(found, values, fetch)
    if values.get('rotate'):
        mark = mark.rotate(-values['rotate'], Image.Resampling.BICUBIC, expand=True)
    opacity = values.get('t', 100)
    if opacity < 100:
        mark.putalpha(mark.getchannel('A').point(lambda alpha: alpha * opacity // 100))
    found.change(lambda frame: _over(frame, mark, values))


def _mark(found: Picture, values: Dict[str, Any], fetch: Callable[[str], bytes]) -> Any:
    if not values.get('image'):
        return _text(values)
    image = _image(found, values, fetch)
    if not values.get('text'):
        return image
    return _beside(image, _text(values), values)


def _image(found: Picture, values: Dict[str, Any], fetch: Callable[[str], bytes]) -> Any:
    name, share = values['image'], values.get('P')
    asked = _SHARE.search(name)
    if asked is not None:
        name, share = name.replace(asked.group(), ''), min(100, int(asked.group(1)))
    image = picture.opened(fetch(name), '0040-00000027').convert('RGBA')
    if share is None:
        return image
    width = max(1, found.size[0] * share // 100)
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _text(values: Dict[str, Any]) -> Any:
    """The text as an image of its own, with its shadow.

    Pillow's own font is used whatever ``type`` says, as OSS's fonts are not there.
    """
    size = values.get('size', 40)
    try:
        font: Any = ImageFont.load_default(size)
    except (ImportError, OSError):
        # A Pillow without FreeType has one font in one size.
        font = ImageFont.load_default()
    try:
        left, top, right, bottom = (int(edge) for edge in font.getbbox(values['text']))
    except UnicodeEncodeError as exc:
        raise ApiError('WatermarkError', 'The font of this Pillow does not have these letters.') from exc
    shift = max(1, size // 20) if values.get('shadow') else 0
    image = Image.new('RGBA', (max(1, right - left) + shift, max(1, bottom - top) + shift))
    draw = ImageDraw.Draw(image)
    if shift:
        shade = Image.new('RGBA', image.size)
        ImageDraw.Draw(shade).text((shift - left, shift - top), values['text'],
                                   fill=(0, 0, 0, 255 * values['shadow'] // 100), font=font)
        image.alpha_composite(shade)
    draw.text((-left, -top), values['text'], fill=values.get('color', '#000000'), font=font)
    return image


def _beside(image: Any, text: Any, values: Dict[str, Any]) -> Any:
    """Image and text in a row."""
    first, second = (text, image) if values.get('order') else (image, text)
    gap = values.get('interval', 0)
    height = max(first.height, second.height)
    row = Image.new('RGBA', (first.width + gap + second.width, height))
    align = values.get('align', 2)
    for part, left in ((first, 0), (second, first.width + gap)):
        free = height - part.height
        row.paste(part, (left, (0, free // 2, free)[align]))
    return row


def _over(frame: Any, mark: Any, values: Dict[str, Any]) -> Any:
    canvas = Image.new('RGBA', frame.size)
    if values.get('fill'):
        for left in range(0, frame.width, mark.width + values.get('padx', 0)):
            for top in range(0, frame.height, mark.height + values.get('pady', 0)):
                canvas.paste(mark, (left, top))
    else:
        canvas.paste(mark, geometry.watermark(frame.size, mark.size, values))
    return Image.alpha_composite(frame.convert('RGBA'), canvas).convert(frame.mode)
