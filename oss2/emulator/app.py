"""The way of a request: addressed, routed, authenticated, authorized, received, answered. A bare ASGI application."""
from __future__ import annotations

import asyncio
import base64
import logging
import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, List, Optional, Tuple

from . import (
    access,
    access_log,
    addressing,
    auth,
    callbacks,
    console,
    cors,
    operations,  # noqa: F401 - fills the table of operations
    routing,
    sending,
    stubs,
    throttle,
    website,
    xml,
)
from .contents import INLINE, Body, Writer
from .errors import ApiError
from .faults import Fault, Faults
from .log import RequestLog, Seen
from .messages import Answer, Request, headers_of, integer
from .operations import mirroring
from .schema import Tree
from .state import State
from .times import http

logger = logging.getLogger(__name__)

_PIECE = 1024 * 1024
_LARGEST_BODY = 5 * 1024 ** 3
_BODY_METHODS = ('PUT', 'POST')


class Disconnected(Exception):
    """The client is gone, or was sent away; nobody waits for an answer."""


class Application:
    """Answers requests; one task per request, work that takes long in threads of its own."""

    def __init__(self, state: State, faults: Faults, log: RequestLog) -> None:
        self.state = state
        self.faults = faults
        self.log = log
        self.pool = ThreadPoolExecutor(4, 'oss2-emulator')

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope['raw_path'].startswith(b'/-') and console.is_for_console(self, scope):
            await console.serve(self, scope, receive, send)
        else:
            await _Exchange(self, scope, receive, send).run()

    def close(self) -> None:
        self.pool.shutdown(wait=False)


class _Exchange:
    """One request and its answer."""

    def __init__(self, application: Application, scope: Any, receive: Any, send: Any) -> None:
        self._app = application
        self._state = application.state
        self._scope = scope
        self._receive = receive
        self._outgoing = sending.Outgoing(scope, receive, send, application.pool)
        self._request_id = '%08X%s' % (int(time.time()), os.urandom(8).hex().upper())
        self._now = self._state.now()
        self._started = time.perf_counter()
        self._served = 0.0
        self._faults: Dict[str, Fault] = {}
        self._headers: Dict[str, str] = {}
        self._cross_origin: Dict[str, str] = {}
        self._is_unread = False
        self._rate: Optional[float] = None
        self._entry: Optional[access_log.Entry] = None
        self._seen = Seen(scope['method'], '', '', self._request_id, tuple(scope.get('client') or ('', 0)),
                          headers=self._headers, time=self._now)

    async def run(self) -> None:
        self._app.log.add(self._seen)
        try:
            try:
                answer = await self._answer()
            except ApiError as exc:
                answer = self._refusal(exc)
            except (Disconnected, asyncio.CancelledError):
                raise
            except RecursionError:
                answer = self._refusal(ApiError('InvalidArgument', 'The request is nested too deeply.'))
            except Exception:
                logger.exception('%s %s/%s failed', self._seen.method, self._seen.bucket, self._seen.key)
                answer = self._refusal(ApiError('InternalError'))
            self._seen.status = answer.status
            self._served = time.perf_counter() - self._started
            await self._send(answer)
        except Disconnected:
            await self._outgoing.gone()
        except asyncio.CancelledError:
            # Only stopping the emulator cancels a request; nobody waits for the task behind it.
            self._outgoing.abort()
            await self._outgoing.gone()
        finally:
            self._finish(time.perf_counter() - self._started)

    def _finish(self, seconds: float) -> None:
        seen = self._seen
        self._app.log.finish(seen, seconds)
        if self._entry is not None:
            self._state.access_log.end(self._entry, None if seen.status is None else access_log.Outcome(
                seen.operation, seen.status, seen.code, seen.received, self._outgoing.sent, seconds, self._served))

    async def _answer(self) -> Answer:
        request = self._parse()
        if request.service:
            return await self._answer_of_stub(request)
        seen = self._seen
        self._entry = self._state.access_log.begin(request)
        # Of refusals too: a browser shows a page no error without them.
        self._cross_origin = cors.of_answer(request)
        operation: Optional[routing.Operation] = None
        refused: Optional[ApiError] = None
        try:
            operation = routing.resolve(request)
            seen.operation = operation.name
        except ApiError as exc:
            refused = exc
        self._faults = self._app.faults.take(request.method, request.key, seen.operation)
        if self._faults:
            early = await self._fail_early(request)
            if early is not None:
                return early
        if operation is None or operation.is_signed:
            request.identity = auth.authenticate(request)
        self._reach(request)
        site = website.configuration(request)
        if site is not None:
            return await self._visit(request, site)
        if operation is None:
            raise refused or ApiError('MethodNotAllowed')
        return await self._perform(request, operation)

    def _reach(self, request: Request) -> None:
        """Put the bucket in the place of the access point that a request comes through."""
        if request.bucket.endswith('-ossalias'):
            found = self._state.store.setting('', 'alias', request.bucket)
            if found is not None:
                request.bucket, request.access_point = found['bucket'], found['point']
                self._cross_origin = cors.of_answer(request)

    async def _visit(self, request: Request, site: Tree) -> Answer:
        page = website.redirect(request, site, 0)
        if page is not None:
            return page
        request.key = website.index_key(request, site) or request.key
        operation = routing.resolve(request)
        self._seen.operation = operation.name
        try:
            return await self._perform(request, operation)
        except ApiError as exc:
            source = website.mirror_source(request, site, exc)
            if source is None:
                page = website.error_page(request, site, exc)
                if page is None:
                    raise
                return page
        await self._in_thread(mirroring.fetch, request, source)
        return await self._perform(request, operation)

    async def _perform(self, request: Request, operation: routing.Operation) -> Answer:
        access.authorize(request, operation)
        if operation.needs_bucket:
            request.the_bucket()
        callback = callbacks.asked(request) if operation.name in callbacks.OPERATIONS else None
        self._rate = throttle.rate(request)
        if request.method in _BODY_METHODS:
            request.body = await self._body(request)
        try:
            if operation.is_slow:
                answer: Answer = await self._in_thread(operation.function, request)
            else:
                answer = operation.function(request)
        finally:
            if request.body is not None:
                self._state.store.discard(request.body)
        answer.rate = self._rate
        if callback is not None:
            answer = await self._in_thread(callbacks.answer, request, callback, answer, request.key, operation.name)
        return answer

    async def _answer_of_stub(self, request: Request) -> Answer:
        try:
            request.body = await self._body(request)
            self._seen.operation = stubs.operation_name(request)
            self._faults = self._app.faults.take(request.method, '', self._seen.operation)
            early = await self._fail_early(request) if self._faults else None
            return early or stubs.answer(request)
        except ApiError as exc:
            self._seen.code = exc.code
            return stubs.refusal(request, exc)

    def _parse(self) -> Request:
        scope, headers = self._scope, self._headers
        headers.update(headers_of(scope))
        self._is_unread = headers.get('expect', '').lower() == '100-continue'
        netloc = headers.get('host', '')
        host = addressing.split_host(netloc)
        params = self._seen.params = addressing.parameters(scope['query_string'])
        raw_path = scope['raw_path']
        target = raw_path.decode('latin-1')
        if scope['query_string']:
            target += '?' + scope['query_string'].decode('latin-1')
        stub = stubs.find(host, raw_path.decode('latin-1'))
        if stub is not None:
            return Request(self._state, self._request_id, scope['method'], scope['scheme'], host, netloc, '', '',
                           params, headers, self._now, stub[1], service=stub[0])
        bucket, key = addressing.resource(
            raw_path, addressing.bucket_of(host, self._state.names, self._state.cname))
        self._seen.bucket, self._seen.key = bucket, key
        return Request(self._state, self._request_id, scope['method'], scope['scheme'], host, netloc, bucket, key,
                       params, headers, self._now, raw_path.decode('latin-1'), self._seen.client[0], target)

    async def _fail_early(self, request: Request) -> Optional[Answer]:
        faults = self._faults
        if 'skew' in faults:
            self._now += faults['skew'].values['seconds']
            request.now = self._now
        if 'hang' in faults:
            await self._outgoing.hang(faults['hang'].values['seconds'])
            if self._outgoing.is_closed():
                raise Disconnected
        if 'fail' in faults:
            values = faults['fail'].values
            raise ApiError(values['code'], values['message'], status=values['status'], headers=values['headers'])
        if 'redirect' in faults:
            values = faults['redirect'].values
            return Answer(values['status'], {'location': values['location']})
        if 'cut_request' in faults and not faults['cut_request'].values['after']:
            self._outgoing.reset()
            raise Disconnected
        return None

    async def _body(self, request: Request) -> Body:
        declared = integer(request.headers.get('content-length', '0'))
        if declared is not None and declared > _LARGEST_BODY:
            raise ApiError('EntityTooLarge', MaxSizeAllowed=_LARGEST_BODY, ProposedSize=declared)
        self._is_unread = False
        writer = self._state.store.contents.writer()
        try:
            return await self._fill(writer)
        except BaseException:
            writer.discard()
            raise

    async def _fill(self, writer: Writer) -> Body:
        pending: List[bytes] = []
        size, more, started = 0, True, time.perf_counter()
        cut = self._faults.get('cut_request')
        while more:
            chunk, more = await self._receive_some()
            self._seen.received += len(chunk)
            if self._seen.received > _LARGEST_BODY:
                raise ApiError('EntityTooLarge', MaxSizeAllowed=_LARGEST_BODY)
            if cut is not None and self._seen.received >= cut.values['after']:
                self._outgoing.reset()
                raise Disconnected
            pending.append(chunk)
            size += len(chunk)
            if self._rate is not None:
                await asyncio.sleep(self._seen.received / self._rate - (time.perf_counter() - started))
            if size >= _PIECE:
                await self._in_thread(writer.write, b''.join(pending))
                pending, size = [], 0
        data = b''.join(pending)
        if writer.size or len(data) > INLINE:
            await self._in_thread(writer.write, data)
        elif data:
            writer.write(data)
        return writer.finish()

    async def _receive_some(self) -> Tuple[bytes, bool]:
        try:
            message = await asyncio.wait_for(self._receive(), self._state.request_timeout)
        except asyncio.TimeoutError as exc:
            self._is_unread = True
            raise ApiError('RequestTimeout') from exc
        if message['type'] == 'http.disconnect':
            raise Disconnected
        return message.get('body', b''), message.get('more_body', False)

    async def _in_thread(self, function: Any, *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._app.pool, function, *args)

    def _refusal(self, exc: ApiError) -> Answer:
        self._seen.code = exc.code
        headers = dict(exc.headers)
        if exc.ec:
            headers['x-oss-ec'] = exc.ec
        if exc.status == 304:
            return Answer(304, headers)
        body = xml.document('Error', [
            ('Code', exc.code), ('Message', exc.message), ('RequestId', self._request_id),
            ('HostId', addressing.split_host(self._headers.get('host', ''))), *exc.elements.items(),
            ('EC', exc.ec) if exc.ec else None,
            ('RecommendDoc', 'https://api.aliyun.com/troubleshoot?q=' + exc.ec) if exc.ec else None,
        ])
        if self._scope['method'] == 'HEAD':
            headers['x-oss-err'] = base64.b64encode(body).decode()
            return Answer(exc.status, headers)
        headers['content-type'] = 'application/xml'
        return Answer(exc.status, headers, body)

    def _connection(self) -> str:
        asked = self._headers.get('connection', '').lower()
        # A client that got no 100 Continue may or may not send its body now: start over.
        if self._is_unread or asked == 'close' or self._scope['http_version'] == '1.0':
            return 'close'
        return 'keep-alive'

    async def _send(self, answer: Answer) -> None:
        headers = {
            'server': 'AliyunOSS', 'date': http(self._now), 'connection': self._connection(),
            'x-oss-request-id': self._request_id, **answer.headers, **self._cross_origin,
            'x-oss-server-time': str(int(self._served * 1000)),
        }
        try:
            await self._outgoing.send(answer, headers, self._faults)
        finally:
            if answer.reader is not None:
                answer.reader.close()
