"""OSS's own operations, done for the emulator's own account without a signature, a log line or a fault.

So a page can show what there is and change nothing that a test looks at.
"""
from __future__ import annotations

import os
from dataclasses import replace
from typing import Any, Dict

from .. import addressing, routing
from ..contents import Body
from ..errors import ApiError
from ..messages import Answer, Request
from .calls import Call, Refused, as_json

#: those that give an object's data, or do something for which GET is only the method
_NOT_TO_BE_LOOKED_AT = frozenset(('GetObject',))
_SETTINGS = ('lifecycle', 'cors', 'policy', 'website', 'logging', 'referer', 'encryption', 'tagging', 'requestPayment',
             'worm', 'replication', 'inventory', 'style', 'cname', 'httpsConfig', 'transferAcceleration',
             'accessmonitor', 'publicAccessBlock', 'resourceGroup', 'bucketArchiveDirectRead')


def look(call: Call) -> Answer:
    """What OSS answers to a GET or HEAD, as XML where OSS does so; the path goes on as that of OSS does."""
    raw_path = call.path[len('api/oss'):].encode('latin-1')
    bucket, key = addressing.resource(raw_path, None)
    request = _request(call, call.method, bucket, key, call.headers)
    operation = routing.resolve(request)
    if operation.name in _NOT_TO_BE_LOOKED_AT:
        raise Refused('objects are downloaded by signed URLs: POST /-/api/sign makes them')
    if operation.needs_bucket:
        request.the_bucket()
    answer = operation.function(request)
    # It is shown, never run, whatever its type is.
    answer.headers['content-security-policy'] = "sandbox; default-src 'none'"
    return answer


def settings(call: Call) -> Answer:
    """The settings of a bucket: for each what OSS answers to a GET of it, and whether somebody has put it.

    :raises ApiError: NoSuchBucket
    """
    request = _request(call, 'GET', call.last(), '', call.headers)
    request.the_bucket()
    return as_json({'settings': [_setting(replace(request, params={name: ''}), name) for name in _SETTINGS]})


def _setting(request: Request, name: str) -> Dict[str, Any]:
    is_set = bool(request.state.store.settings(request.bucket, name))
    try:
        answer = routing.resolve(request).function(request)
    except ApiError as exc:
        return {'name': name, 'is_set': False, 'document': None, 'error': exc.message}
    return {'name': name, 'is_set': is_set, 'document': answer.body.decode('utf-8'), 'error': None}


def create_bucket(call: Call, name: str, headers: Dict[str, str]) -> None:
    """As PutBucket does.

    :raises ApiError: InvalidBucketName, BucketAlreadyExists and so on
    """
    request = _request(call, 'PUT', name, '', headers)
    request.params = {}
    request.body = Body(b'', None, 0, b'', 0)
    routing.resolve(request).function(request)


def _request(call: Call, method: str, bucket: str, key: str, headers: Dict[str, str]) -> Request:
    state = call.app.state
    netloc = call.origin.partition('://')[2]
    return Request(state, os.urandom(12).hex().upper(), method, call.origin.partition('://')[0],
                   addressing.split_host(netloc), netloc, bucket, key, call.params, headers, state.now(),
                   client=call.client, identity=state.owner)
