"""GetObject with x-oss-process, ProcessObject and AsyncProcessObject: images, as they are asked for or stored."""
from __future__ import annotations

import json
import logging
import sqlite3
import threading
import uuid
from dataclasses import replace
from typing import Any, Dict, List, NamedTuple, Optional
from urllib.parse import parse_qsl, unquote

from .. import access, addressing
from ..contents import Body
from ..errors import ApiError, invalid_argument
from ..imaging import steps
from ..messages import Answer, Request
from ..records import Object
from ..routing import READ, operation
from ..store import Store
from . import _reading, objects

logger = logging.getLogger(__name__)

PARAMETER, ASYNC_PARAMETER = 'x-oss-process', 'x-oss-async-process'
_KIND = 'asyncProcess'
_MISSING = 'Image processing needs Pillow: run  pip install pillow'
_JSON = 'application/json'
#: what OSS processes beside images, and the emulator does not
_OTHERS = ('video', 'audio', 'doc', 'hls')
_OF_CONTENT = ('x-oss-hash-crc64ecma', 'content-md5', 'accept-ranges', 'content-encoding')


class Task(NamedTuple):
    """A task of AsyncProcessObject.

    :param key: of the object that is processed
    :param state: ``Running``, ``Succeeded`` or ``Failed``
    :param error: why it failed, else ''
    """

    id: str
    bucket: str
    key: str
    state: str
    error: str


class _Target(NamedTuple):
    bucket: str
    key: str


class _Process(NamedTuple):
    """What a process says: what to do, and where to put the result, None for into the answer."""

    work: str
    target: Optional[_Target]


class _Made(NamedTuple):
    data: bytes
    content_type: str


@operation('GetObject', 'object', 'GET', PARAMETER, access=READ, is_slow=True)
def get_processed(request: Request) -> Answer:
    """Answers an image processed by Pillow, or its info as JSON; other kinds of processing are not implemented."""
    found = _reading.find(request)
    target = objects.follow(request, found)
    _reading.check_conditions(request.headers, target, max(found.modified, target.modified))
    made = _run(request, target, _read_process(request, request.params[PARAMETER]).work)
    headers = _reading.description(request, found, target)
    for name in _OF_CONTENT:
        headers.pop(name, None)
    headers['content-type'] = made.content_type
    return Answer(200, headers, made.data)


@operation('ProcessObject', 'object', 'POST', PARAMETER, access=READ, action='oss:PostProcessTask', is_slow=True)
def process_object(request: Request) -> Answer:
    """Processes an image with Pillow and stores it where sys/saveas says."""
    process = _read_process(request, _text(request, PARAMETER))
    source = objects.follow(request, _reading.find(request))
    if process.target is None:
        made = _run(request, source, process.work)
        return Answer(200, {'content-type': made.content_type}, made.data)
    _check_target(request, process.target)
    made = _run(request, source, process.work)
    _store(request, process.target, made)
    return _told({'bucket': process.target.bucket, 'fileSize': len(made.data), 'object': process.target.key,
                  'status': 'OK'})


@operation('AsyncProcessObject', 'object', 'POST', ASYNC_PARAMETER, access=READ, action='oss:PostProcessTask',
           is_slow=True)
def async_process_object(request: Request) -> Answer:
    """Takes a task and processes images in the background; tasks for video, audio and documents fail."""
    process = _read_process(request, _text(request, ASYNC_PARAMETER), is_async=True)
    source = objects.follow(request, _reading.find(request))
    if process.target is None:
        raise ApiError('InvalidArgument', 'A task needs sys/saveas.', '', ArgumentName=ASYNC_PARAMETER)
    _check_target(request, process.target)
    task = process.work.partition('/')[0].capitalize() + '-' + str(uuid.uuid4())
    _note(request, task, 'Running')
    threading.Thread(target=_work, args=(request, source, process, task), name='oss2-emulator-process',
                     daemon=True).start()
    return _told({'EventId': '%s-%s' % (request.id, uuid.uuid4().hex[:8]), 'RequestId': request.id, 'TaskId': task})


def _told(document: Dict[str, Any]) -> Answer:
    return Answer(200, {'content-type': _JSON}, json.dumps(document).encode())


def _note(request: Request, task: str, state: str, error: str = '') -> None:
    request.state.store.save_setting(request.bucket, _KIND, {'state': state, 'error': error, 'key': request.key}, task)


def tasks(store: Store) -> List[Task]:
    """All tasks there have been, by bucket and id."""
    return [Task(task, bucket, found['key'], found['state'], found['error'])
            for bucket in store.names() for task, found in store.settings(bucket, _KIND)]


def _work(request: Request, source: Object, process: _Process, task: str) -> None:
    try:
        try:
            _store(request, process.target, _run(request, source, process.work))
        except ApiError as exc:
            logger.info('the task %s failed: %s', task, exc.message)
            _note(request, task, 'Failed', exc.message)
        else:
            _note(request, task, 'Succeeded')
    except sqlite3.Error:
        logger.debug('the emulator stopped while it processed an object', exc_info=True)


def _text(request: Request, name: str) -> str:
    """The process, from the query or from a body like that of a form."""
    if request.params[name]:
        return request.params[name]
    body = request.document().decode('utf-8', 'replace').strip()
    found, _, text = body.partition('=')
    if found != name or not text:
        raise ApiError('InvalidArgument', 'The body has no %s.' % name, '', ArgumentName=name)
    text = text.partition('&')[0]
    return unquote(text) if '%' in text else text


def _read_process(request: Request, text: str, is_async: bool = False) -> _Process:
    work, *rest = text.split('|')
    target: Optional[_Target] = None
    for item in rest:
        name, _, options = item.partition(',')
        if name == 'sys/saveas':
            target = _saveas(request, options)
        elif name not in ('sys/notify', '/notify', 'sys/encrypt'):
            raise _invalid(item)
    if work.startswith('style/'):
        work = _style(request, work[len('style/'):])
    kind = work.partition('/')[0]
    if kind not in ('image', *_OTHERS) or '/' not in work:
        raise _invalid(text)
    if kind != 'image' and not is_async:
        raise ApiError('NotImplemented', 'The emulator processes images only, not %s.' % kind)
    if kind == 'image':
        steps.parse(work[len('image/'):])
    return _Process(work, target)


def _invalid(text: str) -> ApiError:
    return invalid_argument(PARAMETER, text, 'The process is invalid.', '')


def _style(request: Request, name: str) -> str:
    found = request.state.store.setting(request.bucket, 'style', name)
    if found is None:
        raise ApiError('NoSuchStyle', StyleName=name)
    content = str(found['Content'])
    return content if content.startswith('image/') else 'image/' + content


def _saveas(request: Request, options: str) -> _Target:
    names: Dict[str, str] = {}
    for item in options.split(','):
        name, _, text = item.partition('_')
        try:
            # Some add the notification without a pipe.
            names[name] = steps.decoded(text.partition('/')[0])
        except ValueError as exc:
            raise ApiError('BadRequest', 'Input is not base64 decoding.') from exc
    if not names.get('o'):
        raise ApiError('InvalidArgument', 'sys/saveas needs the name of an object.', '', ArgumentName='o')
    return _Target(names.get('b') or request.bucket, names['o'])


def _check_target(request: Request, target: _Target) -> None:
    """
    :raises ApiError: NoSuchBucket, AccessDenied, InvalidObjectName
    """
    bucket = replace(request, bucket=target.bucket).the_bucket()
    addressing.check_key(target.key)
    if bucket.owner != request.the_bucket().owner:
        raise ApiError('AccessDenied', 'The target bucket belongs to another account.')
    access.check(request, bucket, request.state.store.object(*target), is_write=True, key=target.key)


def _store(request: Request, target: Optional[_Target], made: _Made) -> None:
    assert target is not None
    put = replace(request, method='PUT', bucket=target.bucket, key=target.key, params={},
                  headers={'content-type': made.content_type}, body=None)
    body = _body(put, made.data)
    try:
        objects.new_object(put, body, 'Normal')
    finally:
        request.state.store.discard(body)


def _body(request: Request, data: bytes) -> Body:
    writer = request.state.store.contents.writer()
    writer.write(data)
    return writer.finish()


def _run(request: Request, source: Object, work: str) -> _Made:
    """Do the work on an object's bytes.

    :raises ApiError: NotImplemented: it is not about images, or Pillow is not installed
    """
    kind, _, text = work.partition('/')
    if kind != 'image':
        raise ApiError('NotImplemented', 'The emulator processes images only, not %s.' % kind)
    try:
        from ..imaging import actions, info, picture
    except ImportError as exc:
        raise ApiError('NotImplemented', _MISSING) from exc
    todo = steps.parse(text)
    _reading.check_thawed(request, source)
    data = _bytes(request, source)
    if todo[0].action == 'info':
        return _Made(info.info(data), _JSON)
    if todo[0].action == 'average-hue':
        return _Made(info.average_hue(data), _JSON)
    made = actions.process(data, todo, lambda name: _other(request, name))
    return _Made(picture.write(made), steps.TYPES[made.format])


def _bytes(request: Request, source: Object) -> bytes:
    if source.content is None:
        return b''
    reader = request.state.store.open(source.content)
    try:
        return b''.join(reader.chunks())
    finally:
        reader.close()


def _other(request: Request, name: str) -> bytes:
    """The object that a watermark names, as ``logo.png?x-oss-process=image/resize,w_30``.

    :raises ApiError: NoSuchKey, InvalidArgument
    """
    key, _, query = name.partition('?')
    found = request.state.store.object(request.bucket, key)
    if found is None or found.is_marker:
        raise ApiError('NoSuchKey', 'The watermark image does not exist.', Key=key)
    access.check(request, request.the_bucket(), found, is_write=False)
    work = dict(parse_qsl(query, keep_blank_values=True)).get(PARAMETER, '')
    if work in ('', 'image'):
        return _bytes(request, found)
    if '/watermark' in work or '/info' in work:
        raise ApiError('InvalidArgument', 'A watermark image cannot be processed so.',
                       '0040-00000373' if '/watermark' in work else '0040-00000374')
    return _run(request, found, work).data

