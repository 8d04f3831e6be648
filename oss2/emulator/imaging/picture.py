"""A picture between being read and being written: its frames and how it is to be encoded."""
from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, List, Optional

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ..errors import ApiError
from .steps import TYPES

_MOST_BYTES = 20 * 1024 * 1024
_MOST_PIXELS = 250_000_000
_NAMES = {'JPEG': 'jpg', 'MPO': 'jpg', 'HEIF': 'heic', **{name.upper(): name for name in TYPES if name != 'jpg'}}
_PILLOW = {'jpg': 'JPEG', 'heic': 'HEIF', **{name: name.upper() for name in TYPES if name not in ('jpg', 'heic')}}
_ALPHA = ('png', 'webp', 'gif', 'tiff', 'avif', 'heic')
_QUALITY = {'jpg': 80, 'webp': 80, 'avif': 75, 'heic': 75}
#: the sum of the luminance table that the JPEG standard suggests, which is that of quality 50
_TABLE_SUM = 3689
_ORIENTATION = 0x0112


@dataclass
class Picture:
    """An image, which may move.

    :param format: one of OSS's names, such as ``jpg``
    :param durations: of the frames, in milliseconds
    :param quality: from 1 to 100, None for the format's own
    :param exif: EXIF data to write again
    """

    frames: List[Any]
    format: str
    durations: List[int] = field(default_factory=list)
    loop: int = 0
    quality: Optional[int] = None
    source_quality: int = 100
    is_progressive: bool = False
    exif: Optional[bytes] = None

    @property
    def size(self) -> Any:
        return self.frames[0].size

    def change(self, function: Callable[[Any], Any]) -> None:
        """Do the same to every frame."""
        self.frames = [function(frame) for frame in self.frames]

    def turn_upright(self) -> None:
        """Turn it as its EXIF data says, and forget that they did."""
        if self.exif is None:
            return
        for index, frame in enumerate(self.frames):
            frame.info['exif'] = self.exif
            turned = self.frames[index] = ImageOps.exif_transpose(frame)
            turned.info = {}
        exif = Image.Exif()
        exif.load(self.exif)
        exif[_ORIENTATION] = 1
        self.exif = exif.tobytes()


def opened(data: bytes, ec: str = '0040-00000005') -> Any:
    """The image that bytes are, its pixels not decoded yet.

    :raises ApiError: InvalidArgument, ImageTooLarge
    """
    if len(data) > _MOST_BYTES:
        raise ApiError('ImageTooLarge', 'The image has more than 20 MB.')
    try:
        image = Image.open(io.BytesIO(data))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        raise _too_many() from exc
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as exc:
        raise ApiError('InvalidArgument', 'This image format is not supported.', ec) from exc
    if image.format not in _NAMES:
        raise ApiError('InvalidArgument', 'This image format is not supported.', ec)
    if image.width * image.height > _MOST_PIXELS:
        raise _too_many()
    return image


def _too_many() -> ApiError:
    return ApiError('ImageTooLarge', 'The image has more than 250,000,000 pixels.', '0040-00000012')


def name_of(image: Any) -> str:
    """OSS's name of an image's format."""
    return _NAMES[image.format]


def read(data: bytes) -> Picture:
    """A picture from the bytes of an object.

    :raises ApiError: InvalidArgument, ImageTooLarge
    """
    image = opened(data)
    picture = Picture([], name_of(image), source_quality=_quality_of(image), loop=image.info.get('loop', 0),
                      exif=image.info.get('exif'))
    try:
        for frame in ImageSequence.Iterator(image):
            picture.durations.append(frame.info.get('duration', 0))
            picture.frames.append(_plain(frame))
    except (OSError, ValueError, SyntaxError, EOFError) as exc:
        raise ApiError('InvalidArgument', 'The image cannot be decoded.', '') from exc
    return picture


def _plain(frame: Any) -> Any:
    """A frame in RGB, with alpha if it has any."""
    has_alpha = frame.mode in ('RGBA', 'LA', 'PA', 'La') or 'transparency' in frame.info
    plain = frame.convert('RGBA' if has_alpha else 'RGB')
    plain.info = {}
    return plain


def _quality_of(image: Any) -> int:
    """The quality a JPEG was written with, told from its tables; 100 for other formats."""
    tables: Dict[int, Any] = getattr(image, 'quantization', None) or {}
    if not tables.get(0):
        return 100
    scale = 100 * sum(tables[0]) / _TABLE_SUM
    return int(max(1, min(100, round((200 - scale) / 2 if scale <= 100 else 5000 / scale))))


def write(picture: Picture) -> bytes:
    """The bytes of a picture in its format.

    :raises ApiError: NotImplemented: this Pillow cannot write the format
    """
    name = _PILLOW[picture.format]
    Image.init()
    if name not in Image.SAVE:
        raise ApiError('NotImplemented', 'The Pillow that is installed cannot write %s.' % picture.format)
    frames = [_fit_for(picture.format, frame) for frame in picture.frames]
    options: Dict[str, Any] = {}
    if picture.format in _QUALITY:
        options['quality'] = picture.quality or _QUALITY[picture.format]
    if picture.format == 'jpg':
        options['progressive'] = picture.is_progressive
    if picture.exif and picture.format in ('jpg', 'webp'):
        options['exif'] = picture.exif
    if picture.format in ('gif', 'webp') and len(frames) > 1:
        options.update(save_all=True, append_images=frames[1:], loop=picture.loop, duration=picture.durations)
    if picture.format == 'gif':
        options['disposal'] = 2
    out = io.BytesIO()
    frames[0].save(out, name, **options)
    return out.getvalue()


def _fit_for(name: str, frame: Any) -> Any:
    """A frame in a mode that a format has; where it has no transparency, white shows through."""
    if frame.mode != 'RGBA' or name in _ALPHA:
        return frame
    flat = Image.new('RGB', frame.size, '#FFFFFF')
    flat.paste(frame, mask=frame.getchannel('A'))
    return flat
