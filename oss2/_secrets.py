"""Takes signatures, tokens and secret keys out of text that people will read."""
from __future__ import annotations

import logging
import re
from contextvars import ContextVar
from typing import Callable, Match, Optional

MASK = '***'

# Cheap test first: nearly all text has nothing to hide.
_SUSPECT = re.compile(r'(?i)signature|token|authorization|secret|\bOSS [^\s:]+:|://[^\s@]*@')

# A proxy's user and password, which may hold what should have been percent-encoded.
_USER_INFO = re.compile(r"""(?<=://)(?:[^\s/@:]*:(?!\d{1,5}/)[^\s"'<>]+|[^\s/]+)(?=@)""")

_AUTHORIZATION = re.compile(
    r'''(?ix) (authorization ["']? \s* [:=] \s* ["']?) (?: OSS\S* \s+ [^"'\\\n<]+ | [^"'\\\s<]+ )''')
_V1_VALUE = re.compile(r'\b(OSS [^\s:"\'\\]+:)[A-Za-z0-9+/]{8,}={0,2}')

# A name, then how its value may follow: as an XML element, quoted in a dict, or bare in a URL or a header.
_VALUE = re.compile(r"""(?ix)
    (?<![/\w]) (security[-_]?token | signature(?:provided)? | (?:access[-_]?)?key[-_]?secret)
    (?:
        (>) [^<]+
      | (["']?\s*[:=]\s*b?) (["']) (?: \\. | (?!\4). )*
      | (["']?\s*[:=]\s*) [^\s"'\\&<>,;)}\]]+
    )""")

# OSS repeats the string to sign as hexadecimal bytes.
_HEX = re.compile(r"""(?ix) ( (?:StringToSign|CanonicalRequest)Bytes (?: > | ["']:\s*["'] ) ) ([0-9a-f\ ]+)""")
_HEX_TOKEN = b'security-token'.hex()


def _value(found: Match[str]) -> str:
    name, element, quoted, quote, bare = found.groups()
    return name + (element or (quoted + quote if quote else bare)) + MASK


def _hex(found: Match[str]) -> str:
    return found.group(1) + MASK if _HEX_TOKEN in found.group(2).replace(' ', '').lower() else found.group(0)


def mask_secrets(text: str) -> str:
    """*text* with the values of signatures, security tokens, secret keys and Authorization headers as ``***``."""
    if not _SUSPECT.search(text):
        return text
    text = _AUTHORIZATION.sub(r'\1' + MASK, text)
    text = _USER_INFO.sub(MASK, text)
    text = _V1_VALUE.sub(r'\1' + MASK, text)
    text = _VALUE.sub(_value, text)
    return _HEX.sub(_hex, text)


_hiding: ContextVar[Optional[Callable[[str], str]]] = ContextVar('oss2_hiding', default=None)


# What `hidden_in_log` does, for each request: calls of Python cost a part of a small one.
hide_in_log, show_in_log = _hiding.set, _hiding.reset


class hidden_in_log:
    """In the block, what urllib3 logs passes through *hide*: it writes down whole URLs."""

    __slots__ = ('_hide', '_token')

    def __init__(self, hide: Callable[[str], str] = mask_secrets) -> None:
        self._hide = hide

    def __enter__(self) -> None:
        self._token = hide_in_log(self._hide)

    def __exit__(self, *exc: object) -> None:
        show_in_log(self._token)


def _hide(record: logging.LogRecord) -> bool:
    hide = _hiding.get()
    if hide is not None:
        text = record.getMessage()
        shown = hide(text)
        if shown != text:
            record.msg, record.args = shown, ()
    return True


# They log for the whole program: what is not this library's is left as it is.
for _name in ('urllib3.connection', 'urllib3.connectionpool', 'urllib3.util.retry'):
    logging.getLogger(_name).addFilter(_hide)
