"""The files of the web page."""
from __future__ import annotations

import os
from functools import lru_cache
from typing import Dict

from ..messages import Answer
from .calls import Call, Refused

_FOLDER = os.path.join(os.path.dirname(__file__), 'static')
_TYPES = {'html': 'text/html; charset=utf-8', 'css': 'text/css; charset=utf-8',
          'js': 'text/javascript; charset=utf-8', 'svg': 'image/svg+xml'}
_POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
           "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'")


def answer(call: Call, raw_path: bytes) -> Answer:
    """A file of the page.

    :raises Refused: there is none of that name
    """
    if call.method not in ('GET', 'HEAD'):
        raise Refused('the page is read with GET, not %s' % call.method, 405, {'allow': 'GET, HEAD'})
    if raw_path == b'/-':
        return Answer(308, {'location': '/-/'})
    name = call.path or 'index.html'
    found = _files().get(name)
    if found is None:
        raise Refused('there is no /-/%s' % call.path, 404)
    return Answer(200, {'content-type': _TYPES[name.rpartition('.')[2]], 'content-security-policy': _POLICY}, found)


@lru_cache(maxsize=1)
def _files() -> Dict[str, bytes]:
    found = {}
    for name in os.listdir(_FOLDER):
        with open(os.path.join(_FOLDER, name), 'rb') as file:
            found[name] = file.read()
    return found
