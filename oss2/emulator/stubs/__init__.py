"""Small stand-ins for the services around OSS that its clients call: ECS metadata, STS, KMS and the key of callbacks.

They share the emulator's port. Each is found by a path no bucket can have, or by the host name it has in the cloud.
"""
from __future__ import annotations

import re
from typing import Callable, Dict, Optional, Tuple

from ..messages import Answer, Request
from . import callback_keys, kms, metadata, rpc, sts
from .rpc import refusal

#: by the first segment of the path; no bucket's name begins with an underscore
_BY_PATH = {'_ecs': 'metadata', '_sts': 'sts', '_kms': 'kms', '_callback': 'callback'}
_HOST = re.compile(r'(?P<service>sts|kms)(?:-vpc)?(?:\.(?!oss-)[a-z0-9-]+)?\.aliyuncs\.com')
_BY_HOST = {'100.100.100.200': 'metadata', callback_keys.HOST: 'callback'}
_SERVICES: Dict[str, Callable[[Request], Answer]] = {
    'metadata': metadata.answer, 'callback': callback_keys.answer, 'sts': sts.SERVICE.answer, 'kms': kms.SERVICE.answer,
}


def find(host: str, path: str) -> Optional[Tuple[str, str]]:
    """The service a request is for, and the path below it; None when it is for OSS."""
    segment, _, below = path.lstrip('/').partition('/')
    if segment in _BY_PATH:
        return _BY_PATH[segment], '/' + below
    if host in _BY_HOST:
        return _BY_HOST[host], path
    found = _HOST.fullmatch(host)
    return None if found is None else (found.group('service'), path)


def operation_name(request: Request) -> str:
    """What a request asks a service for, as faults and the log name it: the action, ``Metadata`` or ``Callback``."""
    if request.service in ('metadata', 'callback'):
        return request.service.capitalize()
    return rpc.parameters(request).get('Action', '')


def answer(request: Request) -> Answer:
    return _SERVICES[request.service](request)


__all__ = ['answer', 'find', 'operation_name', 'refusal']
