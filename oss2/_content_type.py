"""Content types, guessed from the names of keys and files."""
from __future__ import annotations

import mimetypes
import os
from typing import Any, Optional

# Types that Python's table lacks on some platforms, or gives differently.
_EXTRA_TYPES_MAP = {
    '.js': 'application/javascript',
    '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    '.xltx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.template',
    '.potx': 'application/vnd.openxmlformats-officedocument.presentationml.template',
    '.ppsx': 'application/vnd.openxmlformats-officedocument.presentationml.slideshow',
    '.pptx': 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    '.sldx': 'application/vnd.openxmlformats-officedocument.presentationml.slide',
    '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    '.dotx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.template',
    '.xlam': 'application/vnd.ms-excel.addin.macroEnabled.12',
    '.xlsb': 'application/vnd.ms-excel.sheet.binary.macroEnabled.12',
    '.apk': 'application/vnd.android.package-archive',
}


def content_type_by_name(name: Any) -> Optional[str]:
    """The MIME type that *name*'s extension stands for, or None if it stands for none."""
    name = os.fsdecode(name)
    ext = os.path.splitext(name)[1].lower()
    if not ext:
        return None
    return _EXTRA_TYPES_MAP.get(ext) or mimetypes.guess_type(name)[0]


def set_content_type(headers: Any, name: Any) -> Any:
    """Add a Content-Type guessed from *name* to *headers*, in place, unless they have one.

    :param headers: None makes a new dict
    :return: the headers
    """
    if headers is None:
        headers = {}
    if 'Content-Type' in headers or any(str(header).lower() == 'content-type' for header in headers):
        return headers
    content_type = content_type_by_name(name)
    if content_type:
        headers['Content-Type'] = content_type
    return headers
