"""The console: a web page at ``/-/`` and, below ``/-/api/``, a control API in JSON, both for this machine alone.

No bucket can be named ``-``. What comes here is not in the log of requests, and no fault hits it.
"""
from __future__ import annotations

from .exchange import is_for_console, serve

__all__ = ['is_for_console', 'serve']
