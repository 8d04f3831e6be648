"""The way of a request to the console: guarded, received, routed, answered."""
from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from .. import addressing, sending
from ..errors import ApiError
from ..messages import Answer, headers_of
from . import api, guard, pages
from .calls import Call, Refused, as_json

if TYPE_CHECKING:
    from ..app import Application

logger = logging.getLogger(__name__)

_LARGEST_BODY = 1024 * 1024
_HEADERS = {
    'server': 'AliyunOSS', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'no-referrer',
}


def is_for_console(app: Application, scope: Any) -> bool:
    """Whether a request whose path begins with ``/-`` is for the console, and not for an object of the bucket that its
    host names.
    """
    path = scope['raw_path']
    if path != b'/-' and not path.startswith(b'/-/'):
        return False
    host = addressing.split_host(headers_of(scope).get('host', ''))
    return addressing.bucket_of(host, app.state.names, app.state.cname) is None


async def serve(app: Application, scope: Any, receive: Any, send: Any) -> None:
    """Answer a request to the console."""
    outgoing = sending.Outgoing(scope, receive, send, app.pool)
    try:
        answer = await _answer(app, scope, receive)
        headers = {**_HEADERS, **answer.headers}
        headers.setdefault('connection', 'keep-alive')
        await outgoing.send(answer, headers, {})
    except asyncio.CancelledError:
        # Only stopping the emulator cancels a request.
        outgoing.abort()
        await outgoing.gone()
    except ConnectionError:
        await outgoing.gone()


async def _answer(app: Application, scope: Any, receive: Any) -> Answer:
    headers = headers_of(scope)
    call = Call(app, scope['method'], scope['raw_path'].decode('latin-1')[3:],
                '%s://%s' % (scope['scheme'], headers.get('host', '')), (scope.get('client') or ('',))[0],
                addressing.parameters(scope['query_string']), headers)
    try:
        guard.check_client(scope, headers, app.state)
        if not call.path.startswith('api/'):
            return pages.answer(call, scope['raw_path'])
        guard.check_origin(headers, call.origin)
        call.body = await _body(receive)
        return await asyncio.get_running_loop().run_in_executor(app.pool, api.answer, call)
    except Refused as exc:
        return as_json({'error': exc.message}, exc.status, exc.headers)
    except ApiError as exc:
        return as_json({'error': exc.message, 'code': exc.code}, exc.status)
    except (ConnectionError, asyncio.CancelledError):
        raise
    except Exception:
        logger.exception('%s /-/%s failed', call.method, call.path)
        return as_json({'error': 'the emulator has failed; its log says how'}, 500)


async def _body(receive: Any) -> bytes:
    received = bytearray()
    more = True
    while more:
        message = await receive()
        if message['type'] == 'http.disconnect':
            raise ConnectionError('the client is gone')
        received += message.get('body', b'')
        more = message.get('more_body', False)
        if len(received) > _LARGEST_BODY:
            raise Refused('the body is longer than %d bytes' % _LARGEST_BODY, 413, {'connection': 'close'})
    return bytes(received)
