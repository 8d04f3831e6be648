"""Handlers for the library's log, for programs that set up none of their own."""
from __future__ import annotations

import logging
from typing import Optional

FORMAT = '%(asctime)s %(name)s [%(levelname)s] %(thread)d : %(message)s'


def _add(name: str, handler: logging.Handler, level: int, format_string: Optional[str]) -> None:
    """Give the logger this handler, in place of one that the same call gave it before."""
    logger = logging.getLogger(name)
    handler.setFormatter(logging.Formatter(format_string or FORMAT))
    handler.setLevel(level)
    handler.set_name('oss2 {} {}'.format(type(handler).__name__, getattr(handler, 'baseFilename', '')))
    for old in [h for h in logger.handlers if h.get_name() == handler.get_name()]:
        logger.removeHandler(old)
        old.close()
    logger.addHandler(handler)
    logger.setLevel(level)


def set_file_logger(file_path: str, name: str = 'oss2', level: int = logging.INFO,
                    format_string: Optional[str] = None) -> None:
    """Write the log of *name* to a file, appending."""
    _add(name, logging.FileHandler(file_path), level, format_string)


def set_stream_logger(name: str = 'oss2', level: int = logging.DEBUG, format_string: Optional[str] = None) -> None:
    """Write the log of *name* to stderr."""
    _add(name, logging.StreamHandler(), level, format_string)
