"""What each action does to a picture."""
from __future__ import annotations

from typing import Any, Callable, Dict, List

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from . import geometry, picture, watermark
from .picture import Picture
from .steps import Step

#: gets the bytes of another object of the bucket, processed as its name asks
Fetch = Callable[[str], bytes]


def process(data: bytes, steps: List[Step], fetch: Fetch) -> Picture:
    """A picture after all steps.

    :raises ApiError: InvalidArgument, BadRequest, ImageTooLarge, NotImplemented
    """
    found = picture.read(data)
    for step in steps:
        if step.action == 'watermark':
            watermark.apply(found, step.values, fetch)
        else:
            _ACTIONS[step.action](found, step.values)
    return found


def _resize(found: Picture, values: Dict[str, Any]) -> None:
    plan = geometry.resize(found.size, values)

    def resized(frame: Any) -> Any:
        if frame.size != plan.size:
            frame = frame.resize(plan.size, Image.Resampling.LANCZOS)
        if plan.canvas is None or plan.canvas == plan.size:
            return frame
        if values['m'] == 'fill':
            return frame.crop(geometry.middle(plan.size, plan.canvas))
        canvas = Image.new(frame.mode, plan.canvas, values.get('color', '#FFFFFF'))
        canvas.paste(frame, geometry.place(plan.canvas, plan.size, 'center'))
        return canvas
    found.change(resized)


def _crop(found: Picture, values: Dict[str, Any]) -> None:
    box = geometry.crop(found.size, values)
    found.change(lambda frame: frame.crop(box))


def _index_crop(found: Picture, values: Dict[str, Any]) -> None:
    box = geometry.index_crop(found.size, values)
    found.change(lambda frame: frame.crop(box))


def _circle(found: Picture, values: Dict[str, Any]) -> None:
    radius = min(values['r'], min(found.size) // 2) or 1
    box = geometry.middle(found.size, (2 * radius, 2 * radius))
    found.change(lambda frame: _masked(frame.crop(box), radius))


def _rounded(found: Picture, values: Dict[str, Any]) -> None:
    radius = min(values['r'], min(found.size) // 2)
    found.change(lambda frame: _masked(frame, radius))


def _masked(frame: Any, radius: int) -> Any:
    """A frame whose corners are round and transparent."""
    mask = Image.new('L', frame.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, frame.width - 1, frame.height - 1), radius, fill=255)
    frame = frame.convert('RGBA')
    frame.putalpha(ImageChops.multiply(frame.getchannel('A'), mask))
    return frame


def _rotate(found: Picture, values: Dict[str, Any]) -> None:
    def rotated(frame: Any) -> Any:
        if not values[''] % 90:
            return frame.rotate(-values[''], expand=True)
        fill = (255, 255, 255) if frame.mode == 'RGB' else (255, 255, 255, 0)
        return frame.rotate(-values[''], Image.Resampling.BICUBIC, expand=True, fillcolor=fill)
    found.change(rotated)


def _orient(found: Picture, values: Dict[str, Any]) -> None:
    if values['']:
        found.turn_upright()


def _format(found: Picture, values: Dict[str, Any]) -> None:
    if values[''] != 'src':
        found.format = 'jpg' if values[''] == 'jpeg' else values['']


def _quality(found: Picture, values: Dict[str, Any]) -> None:
    found.quality = values.get('Q') or max(1, round(found.source_quality * values['q'] / 100))


def _interlace(found: Picture, values: Dict[str, Any]) -> None:
    found.is_progressive = bool(values[''])


def _blur(found: Picture, values: Dict[str, Any]) -> None:
    # Beyond the radius nothing of a pixel is spread, so that it bounds the deviation.
    found.change(lambda frame: frame.filter(ImageFilter.GaussianBlur(min(values['r'], values['s']))))


def _bright(found: Picture, values: Dict[str, Any]) -> None:
    found.change(lambda frame: _enhanced(frame, ImageEnhance.Brightness, values['']))


def _contrast(found: Picture, values: Dict[str, Any]) -> None:
    found.change(lambda frame: _enhanced(frame, ImageEnhance.Contrast, values['']))


def _enhanced(frame: Any, kind: Any, by: int) -> Any:
    """A frame enhanced by -100 to 100 percent; Pillow would also enhance its transparency."""
    changed = kind(frame.convert('RGB')).enhance(1 + by / 100)
    if frame.mode == 'RGBA':
        changed.putalpha(frame.getchannel('A'))
    return changed


def _sharpen(found: Picture, values: Dict[str, Any]) -> None:
    found.change(lambda frame: frame.filter(ImageFilter.UnsharpMask(2, values[''], 0)))


_ACTIONS: Dict[str, Callable[[Picture, Dict[str, Any]], None]] = {
    'resize': _resize, 'crop': _crop, 'indexcrop': _index_crop, 'circle': _circle, 'rounded-corners': _rounded,
    'rotate': _rotate, 'auto-orient': _orient, 'format': _format, 'quality': _quality, 'interlace': _interlace,
    'blur': _blur, 'bright': _bright, 'contrast': _contrast, 'sharpen': _sharpen,
}
