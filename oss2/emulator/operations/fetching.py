"""PutAsyncFetchTask and GetAsyncFetchTask: objects fetched from servers on this machine."""
from __future__ import annotations

import http.client
import logging
import sqlite3
import threading
import uuid
from dataclasses import replace
from typing import Any, Dict, List, Tuple
from urllib.parse import urlsplit

from .. import callbacks, xml
from ..contents import Body
from ..errors import ApiError
from ..messages import Answer, Request
from ..routing import OWNER, operation
from . import _writing, objects

logger = logging.getLogger(__name__)

_KIND = 'asyncFetch'
_FIELDS = ('Url', 'Object', 'Host', 'ContentMD5', 'Callback', 'StorageClass', 'IgnoreSameKey', 'CallbackWhenFailed')
_TIMEOUT = 30
_PIECE = 256 * 1024


@operation('PutAsyncFetchTask', 'bucket', 'POST', 'asyncFetch', access=OWNER)
def put_async_fetch_task(request: Request) -> Answer:
    """Fetches an object in the background by http, from servers on this machine only."""
    _writing.check_md5(request)
    root = xml.parse(request.document(), 'AsyncFetchTaskConfiguration')
    config = {name: text for name in _FIELDS for text in [xml.text(root, name)] if text}
    if not config.get('Url') or not config.get('Object'):
        raise ApiError('MalformedXML')
    if config.get('Callback'):
        callbacks.parse(config['Callback'], {})
    task = uuid.uuid4().hex
    _save(request, task, 'Running', config, '')
    threading.Thread(target=_work, args=(request, task, config), name='oss2-emulator-fetch', daemon=True).start()
    return Answer.xml(xml.document('AsyncFetchTaskResult', [('TaskId', task)]))


@operation('GetAsyncFetchTask', 'bucket', 'GET', 'asyncFetch', access=OWNER)
def get_async_fetch_task(request: Request) -> Answer:
    """Tells the state of a fetch: Running, Success, Failed or FetchSuccessCallbackFailed."""
    task = request.header('x-oss-task-id') or ''
    found = request.state.store.setting(request.bucket, _KIND, task)
    if found is None:
        raise ApiError('NoSuchAsyncFetchTask', 'The specified task does not exist.', status=404, TaskId=task)
    info: List[xml.OptionalNode] = [(name, found['config'].get(name, '')) for name in _FIELDS]
    return Answer.xml(xml.document('AsyncFetchTaskInfo', [
        ('TaskId', task), ('State', found['state']), ('ErrorMsg', found['error']), ('TaskInfo', info)]))


def _save(request: Request, task: str, state: str, config: Dict[str, str], error: str) -> None:
    request.state.store.save_setting(request.bucket, _KIND, {'state': state, 'config': config, 'error': error}, task)


def _work(request: Request, task: str, config: Dict[str, str]) -> None:
    try:
        try:
            state, error = _fetch(request, config)
        except ApiError as exc:
            state, error = 'Failed', exc.message
        except (OSError, ValueError, http.client.HTTPException) as exc:
            state, error = 'Failed', 'The source cannot be read: %s.' % type(exc).__name__
        _save(request, task, state, config, error)
    except sqlite3.Error:
        logger.debug('the emulator stopped while it fetched an object', exc_info=True)


def _fetch(request: Request, config: Dict[str, str]) -> Tuple[str, str]:
    """Fetch an object; the task's state and its error."""
    put = replace(request, method='PUT', key=config['Object'], params={}, headers={}, body=None)
    if config.get('StorageClass'):
        put.headers = {'x-oss-storage-class': config['StorageClass']}
    store = request.state.store
    if config.get('IgnoreSameKey') == 'true' and store.object(put.bucket, put.key) is not None:
        return 'Success', ''
    body = download(request, config)
    try:
        if config.get('ContentMD5', _writing.base64_of(body.md5)) != _writing.base64_of(body.md5):
            raise ApiError('InvalidDigest')
        new = objects.new_object(put, body, 'Normal')
    finally:
        store.discard(body)
    if not config.get('Callback'):
        return 'Success', ''
    told = callbacks.answer(put, callbacks.parse(config['Callback'], {}), Answer(200, objects.written(put, new)),
                            put.key, 'AsyncFetch')
    return ('Success', '') if told.status == 200 else ('FetchSuccessCallbackFailed', 'The callback failed.')


def download(request: Request, config: Dict[str, str]) -> Body:
    """What the URL of a task has; the body's file is the caller's.

    :raises ApiError: InvalidArgument
    """
    parts = urlsplit(config['Url'])
    host = parts.hostname or ''
    if parts.scheme != 'http' or not callbacks.is_loopback(host):
        raise ApiError('InvalidArgument', 'The emulator fetches by http from servers on this machine only.')
    headers: Dict[str, Any] = {'Host': config['Host']} if config.get('Host') else {}
    connection = http.client.HTTPConnection(host, parts.port, timeout=_TIMEOUT)
    writer = request.state.store.contents.writer()
    try:
        connection.request('GET', (parts.path or '/') + ('?' + parts.query if parts.query else ''), headers=headers)
        response = connection.getresponse()
        if response.status != 200:
            raise ApiError('InvalidArgument', 'The source answered with status %d.' % response.status)
        for piece in iter(lambda: response.read(_PIECE), b''):
            writer.write(piece)
        if response.length:
            raise ApiError('InvalidArgument', 'The source ended before its time.')
        return writer.finish()
    except BaseException:
        writer.discard()
        raise
    finally:
        connection.close()
