"""Small stand-ins for the services around OSS that its clients call: ECS metadata, STS and KMS.

They share the emulator's port. Each is found by a path no bucket can have, or by the host name it has in the cloud.
"""
from __future__ import annotations

import re
from typing import Callable, Dict, Optional, Tuple

from ..messages import Answer, Request
from . import kms, metadata, rpc, sts
from .rpc import refusal

#: by the first segment of the path; no bucket's name begins with an underscore
_BY_PATH = {'_ecs': 'metadata', '_sts': 'sts', '_kms': 'kms'}
_HOST = re.compile(r'(?P<service>sts|kms)(?:-vpc)?(?:\.(?!oss-)[a-z0-9-]+)?\.aliyuncs\.com')
_METADATA_HOST = '100.100.100.200'
_SERVICES: Dict[str, Callable[[Request], Answer]] = {
    'metadata': metadata.answer, 'sts': sts.SERVICE.answer, 'kms': kms.SERVICE.answer,
}


def find(host: str, path: str) -> Optional[Tuple[str, str]]:
    """The service a request is for, and the path below it; None when it is for OSS."""
    segment, _, below = path.lstrip('/').partition('/')
    if segment in _BY_PATH:
        return _BY_PATH[segment], '/' + below
    if host == _METADATA_HOST:
        return 'metadata', path
    found = _HOST.fullmatch(host)
    return None if found is None else (found.group('service'), path)


def operation_name(request: Request) -> str:
    """What a request asks a service for, as faults and the log name it: the action, or ``Metadata``."""
    return 'Metadata' if request.service == 'metadata' else rpc.parameters(request).get('Action', '')


def answer(request: Request) -> Answer:
    return _SERVICES[request.service](request)


__all__ = ['answer', 'find', 'operation_name', 'refusal']
