"""OSS on this machine, for tests and for work without an account; the extra ``emulator`` brings what it needs.

In Python::

    with oss2.emulator.Emulator() as oss:
        bucket = oss.bucket('my-bucket')

and from a shell ``python -m oss2.emulator --port 9000 --data ./oss-data``.
"""
from __future__ import annotations

from .accounts import Credentials
from .faults import Fault, Faults
from .log import RequestLog, Seen
from .server import Emulator
from .store import DataInUse

__all__ = ['Credentials', 'DataInUse', 'Emulator', 'Fault', 'Faults', 'RequestLog', 'Seen']
