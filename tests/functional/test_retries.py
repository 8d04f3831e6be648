"""Requests that are sent again, seen from the server."""
from __future__ import annotations

import io
import time

import pytest

import oss2
from oss2 import _retry

BODY = bytes(range(256)) * 2000


@pytest.fixture(autouse=True)
def waits(monkeypatch):
    """The waits between attempts, which are left out."""
    seen = []
    monkeypatch.setattr(_retry, 'delay', lambda attempt, asked=None: seen.append((attempt, asked)) or 0.0)
    return seen


@pytest.fixture
def seen(oss_emulator, oss_bucket):
    """The requests that the emulator sees."""
    oss_emulator.requests.clear()
    return oss_emulator.requests


@pytest.mark.behaviour(2)
def test_a_put_is_repeated_until_it_succeeds(oss_bucket, oss_emulator, seen, waits):
    oss_emulator.faults.fail(503, 'ServiceUnavailable', times=2)
    assert oss_bucket.put_object('key', BODY).status == 200
    assert [request.status for request in seen] == [503, 503, 200]
    assert waits == [(1, None), (2, None)]
    assert oss_bucket.get_object('key').read() == BODY


@pytest.mark.behaviour(2)
def test_a_file_is_sent_again_from_where_it_stood(oss_bucket, oss_emulator, seen):
    source = io.BytesIO(b'before' + BODY)
    source.seek(6)
    progress = []
    oss_emulator.faults.fail(500, 'InternalError', times=1)
    oss_bucket.put_object('key', source, progress_callback=lambda done, total: progress.append((done, total)))
    assert oss_bucket.get_object('key').read() == BODY
    assert progress[-1] == (len(BODY), len(BODY))
    assert source.tell() == 6 + len(BODY)


@pytest.mark.behaviour(2)
def test_what_cannot_be_read_again_is_sent_once(oss_bucket, oss_emulator, seen):
    oss_emulator.faults.fail(503, 'ServiceUnavailable', times=1)
    with pytest.raises(oss2.exceptions.ServerError) as caught:
        oss_bucket.put_object('key', iter([BODY]))
    assert caught.value.attempts == 1
    assert len(seen) == 1


@pytest.mark.behaviour(2)
def test_the_error_tells_how_often_it_was_tried(oss_bucket, oss_emulator, seen):
    oss_emulator.faults.fail(503, 'ServiceUnavailable', times=3)
    with pytest.raises(oss2.exceptions.ServerError) as caught:
        oss_bucket.get_object('key')
    assert caught.value.attempts == 3
    assert len(seen) == 3


@pytest.mark.behaviour(2)
def test_retries_are_off_with_one_attempt(oss_bucket, oss_emulator, seen, monkeypatch):
    monkeypatch.setattr(oss2.defaults, 'request_retries', 1)
    oss_emulator.faults.fail(503, 'ServiceUnavailable', times=1)
    with pytest.raises(oss2.exceptions.ServerError):
        oss_bucket.get_object('key')
    assert len(seen) == 1


def test_what_the_server_refuses_is_not_repeated(oss_bucket, seen):
    with pytest.raises(oss2.exceptions.NoSuchKey) as caught:
        oss_bucket.get_object('key')
    assert caught.value.attempts == 1
    assert len(seen) == 1


def test_a_lost_answer_to_a_read_is_asked_for_again(oss_bucket, oss_emulator, seen):
    oss_bucket.put_object('key', BODY)
    oss_emulator.requests.clear()
    oss_emulator.faults.drop_answer(times=1)
    assert oss_bucket.get_object('key').read() == BODY
    assert len(seen) == 2


@pytest.mark.parametrize('call', [
    lambda bucket: bucket.init_multipart_upload('key'),
    lambda bucket: bucket.put_object('key', BODY, headers={'x-oss-forbid-overwrite': 'true'}),
])
def test_a_lost_answer_to_what_cannot_be_done_twice_is_an_error(oss_bucket, oss_emulator, seen, call):
    oss_emulator.faults.drop_answer(times=1)
    with pytest.raises(oss2.exceptions.RequestError) as caught:
        call(oss_bucket)
    assert caught.value.attempts == 1
    assert len(seen) == 1


@pytest.mark.behaviour(2)
def test_retry_after_is_heard(raw_server, make_bucket, waits):
    answers = iter([b'HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n',
                    b'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'])
    server = raw_server(lambda request: next(answers))
    assert make_bucket(server.url).get_object('key').read() == b'ok'
    assert waits == [(1, 7.0)]


@pytest.mark.behaviour(24)
def test_a_wrong_clock_is_corrected_by_the_servers(oss_bucket, oss_emulator, seen):
    with oss_emulator.faults.skew(3600, times=100):
        oss_bucket.put_object('key', BODY)
        assert [request.status for request in seen] == [403, 200]
        oss_emulator.requests.clear()
        url = oss_bucket.sign_url('GET', 'key', 60)
        assert oss_bucket.get_object_with_url(url).read() == BODY
        assert oss_bucket.get_object('key').read() == BODY
        assert [request.status for request in seen] == [200, 200]
    assert 3590 < oss_bucket.session.clock_offset < 3610


@pytest.mark.behaviour(24)
def test_the_clock_correction_can_be_turned_off(oss_bucket, oss_emulator, seen, monkeypatch):
    monkeypatch.setattr(oss2.defaults, 'clock_correction', False)
    with oss_emulator.faults.skew(3600, times=100), pytest.raises(oss2.exceptions.ServerError) as caught:
        oss_bucket.put_object('key', BODY)
    assert caught.value.code == 'RequestTimeTooSkewed'
    assert len(seen) == 1


def test_iterators_do_not_multiply_the_attempts(oss_bucket, oss_emulator, seen):
    oss_emulator.faults.fail(503, 'ServiceUnavailable', times=20)
    with pytest.raises(oss2.exceptions.ServerError):
        list(oss2.ObjectIterator(oss_bucket))
    assert len(seen) == 3
    oss_emulator.faults.clear()


def test_a_connection_refused_is_tried_again_whatever_is_sent(make_bucket, raw_server):
    server = raw_server(b'')
    url = server.url
    server.close()
    with pytest.raises(oss2.exceptions.RequestError) as caught:
        make_bucket(url).append_object('key', 0, b'data')
    assert caught.value.attempts == 3


def test_the_real_waits_are_short(monkeypatch, oss_bucket, oss_emulator):
    monkeypatch.undo()
    slept = []
    monkeypatch.setattr(time, 'sleep', slept.append)
    oss_emulator.faults.fail(503, 'ServiceUnavailable', times=2)
    oss_bucket.put_object('key', b'data')
    assert len(slept) >= 2
    assert sum(slept[:2]) < 1
