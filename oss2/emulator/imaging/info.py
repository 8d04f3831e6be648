"""What is told of an image: its size, format and EXIF data, and its average colour."""
from __future__ import annotations

import json
from typing import Any, Dict

from PIL import ExifTags, ImageStat

from . import picture


def info(data: bytes) -> bytes:
    """The answer to ``image/info``.

    :raises ApiError: InvalidArgument, ImageTooLarge
    """
    image = picture.opened(data)
    name = picture.name_of(image)
    found = {
        'FileSize': len(data), 'Format': name, 'FrameCount': getattr(image, 'n_frames', 1),
        'ImageHeight': image.height, 'ImageWidth': image.width, 'ResolutionUnit': 1, 'XResolution': '1/1',
        'YResolution': '1/1',
    }
    if name != 'png':
        found.update(_exif(image))
    document = {key: {'value': str(found[key])} for key in sorted(found)}
    return json.dumps(document, indent=2, ensure_ascii=False).encode('utf-8', 'replace')


def _exif(image: Any) -> Dict[str, str]:
    exif = image.getexif()
    found: Dict[str, str] = {}
    tags = [(ExifTags.TAGS, exif), (ExifTags.TAGS, exif.get_ifd(0x8769)), (ExifTags.GPSTAGS, exif.get_ifd(0x8825))]
    for names, values in tags:
        for number, value in values.items():
            name = names.get(number)
            if name is not None and name not in ('ExifOffset', 'GPSInfo', 'MakerNote'):
                found[name] = _written(value)
    if 0x8769 in exif:
        found['ExifTag'] = str(exif[0x8769])
    return found


def _written(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode('latin-1').strip('\x00 ')
    if isinstance(value, tuple):
        return ' '.join(_written(item) for item in value)
    if not isinstance(value, (int, str)) and hasattr(value, 'denominator'):
        return '%d/%d' % (value.numerator, value.denominator)
    return str(value).strip('\x00 ')


def average_hue(data: bytes) -> bytes:
    """The answer to ``image/average-hue``.

    :raises ApiError: InvalidArgument, ImageTooLarge
    """
    frame = picture.read(data).frames[0].convert('RGB')
    colors = [round(mean) for mean in ImageStat.Stat(frame).mean]
    return json.dumps({'RGB': '0x%02x%02x%02x' % tuple(colors)}).encode()
