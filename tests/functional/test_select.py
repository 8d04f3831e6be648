"""Selects over the wire: rows as they come, cut answers, connections used again."""
from __future__ import annotations

import base64
import json
import socket
import threading
from pathlib import Path

import pytest
from rawserver import Sent, answer

from oss2.exceptions import OssError, RequestError, SelectOperationClientError, SelectOperationFailed

RECORDED = json.loads((Path(__file__).parents[1] / 'unit' / 'select.json').read_text())
ANSWERS = {(case['name'], case['crc']): case for case in RECORDED['answers']}
NAMES = [name for name, crc in ANSWERS if not crc]


def content_of(name):
    return base64.b64decode(ANSWERS[name, False]['content'])


@pytest.fixture
def selecting(raw_server, make_bucket):
    def select(*answers):
        remaining = list(answers)
        server = raw_server(lambda request: remaining.pop(0))
        return server, make_bucket(server.url)

    return select


@pytest.mark.parametrize('framing', ['length', 'chunked', 'close'])
@pytest.mark.parametrize('name', [name for name in NAMES if 'error' not in ANSWERS[name, False]])
def test_answers(selecting, name, framing):
    case = ANSWERS[name, False]
    _, bucket = selecting(answer(content_of(name), 206, case.get('headers'), framing))
    assert bucket.select_object('key', 'select 1').read() == base64.b64decode(case['read'])


@pytest.mark.parametrize('framing', ['length', 'chunked'])
def test_the_connection_is_used_again(selecting, framing, tmp_path):
    rows, meta = content_of('rows'), content_of('csv meta')
    server, bucket = selecting(
        *[answer(rows, 206, framing=framing)] * 3, answer(meta, framing=framing),
        answer(b'a,b\n', 206, {'x-oss-select-output-raw': 'true'}, framing), answer())
    bucket.select_object('key', 'select 1').read()
    list(bucket.select_object('key', 'select 1'))
    bucket.select_object_to_file('key', str(tmp_path / 'rows'), 'select 1')
    assert bucket.create_select_object_meta('key').rows == 5 << 32
    bucket.select_object('key', 'select 1').read()
    bucket.delete_object('key')
    assert server.connections == 1


def test_a_closed_result_frees_its_connection(selecting):
    server, bucket = selecting(answer(content_of('many frames'), 206, framing='chunked'), answer())
    with bucket.select_object('key', 'select 1') as result:
        assert result.read(2) == b'0\n'
    bucket.delete_object('key')
    assert server.wait_for_open_connections(1)


@pytest.mark.parametrize('framing', ['length', 'chunked', 'close'])
def test_cut_answers_raise(selecting, framing, tmp_path):
    content = content_of('rows')
    for size in (1, 11, 12, 25, len(content) - 1):
        _, bucket = selecting(*[answer(content, 206, framing=framing, cut=size)] * 2)
        with pytest.raises((SelectOperationClientError, RequestError)):
            bucket.select_object('key', 'select 1').read()
        with pytest.raises((SelectOperationClientError, RequestError)):
            bucket.select_object_to_file('key', str(tmp_path / 'rows'), 'select 1')
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize('name', [name for name in NAMES if 'error' in ANSWERS[name, False]])
def test_failures(selecting, name):
    server, bucket = selecting(answer(content_of(name), 206, framing='chunked'), answer())
    with pytest.raises(OssError) as caught:
        bucket.select_object('key', 'select 1').read()
    assert caught.value.request_id == 'RAW'
    bucket.delete_object('key')
    assert server.requests[1].method == 'DELETE'


def test_a_refused_select(selecting):
    error = b'<Error><Code>InvalidSqlParameter</Code><Message>bad</Message></Error>'
    _, bucket = selecting(answer(error, 400))
    with pytest.raises(OssError) as caught:
        bucket.select_object('key', 'select nothing')
    assert (caught.value.status, caught.value.code) == (400, 'InvalidSqlParameter')


def test_a_failed_meta(selecting):
    _, bucket = selecting(answer(content_of('failed csv meta')))
    with pytest.raises(SelectOperationFailed, match='InvalidCsvLine'):
        bucket.create_select_object_meta('key')


def test_rows_arrive_as_they_are_found(make_bucket):
    """The server sends the second frame when the rows of the first were read."""
    first_read = threading.Event()
    whole = content_of('rows')
    size = 12 + 8 + len(b'a,b\n') + 4
    frames = [whole[:size], whole[size:]]
    listener = socket.create_server(('127.0.0.1', 0))

    def serve():
        connection, _ = listener.accept()
        with connection:
            request = b''
            while b'</SelectRequest>' not in request:  # what is left unread would reset the connection at the end
                request += connection.recv(65536)
            connection.sendall(b'HTTP/1.1 206 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
            connection.sendall(b'%x\r\n%s\r\n' % (len(frames[0]), frames[0]))
            if first_read.wait(30):
                connection.sendall(b'%x\r\n%s\r\n0\r\n\r\n' % (len(frames[1]), frames[1]))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        result = make_bucket('http://127.0.0.1:%d' % listener.getsockname()[1]).select_object('key', 'select 1')
        assert next(result) == b'a,b\n'
        first_read.set()
        assert result.read() == b'c,d\n'
    finally:
        first_read.set()
        listener.close()
        thread.join()


def test_a_stalled_answer_is_waited_for_longer_than_the_timeout(make_bucket):
    """With a bucket's timeout of a moment, the answer to a select may take longer; that to others may not."""
    listener = socket.create_server(('127.0.0.1', 0))

    def serve():
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            threading.Event().wait(0.5)
            connection.sendall(answer(content_of('rows'), 206).data)
            connection.recv(65536)
            threading.Event().wait(0.5)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        bucket = make_bucket('http://127.0.0.1:%d' % listener.getsockname()[1], connect_timeout=0.1)
        assert bucket.select_object('key', 'select 1').read() == b'a,b\nc,d\n'
        with pytest.raises(RequestError):
            bucket.process_object('key', 'image/info')
    finally:
        listener.close()
        thread.join()


def test_progress(selecting):
    progress = []
    _, bucket = selecting(Sent(answer(content_of('many frames'), 206, framing='chunked').data))
    bucket.select_object('key', 'select 1', progress_callback=lambda *args: progress.append(args)).read()
    assert progress == [(9, None), (19, None), (29, None), (1000, None)]
