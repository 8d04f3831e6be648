"""When a request is sent again, and how long is waited before."""
from __future__ import annotations

import pytest
import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

import oss2
from oss2 import _retry


def request(method, params=None, headers=None):
    return oss2.http.Request(method, 'http://bucket.example.com/key', params=params, headers=headers)


def test_delays_double_up_to_the_longest():
    longest = [_retry.delay(attempt, chance=lambda: 1.0) for attempt in range(1, 10)]
    assert longest[:4] == [_retry.FIRST_DELAY * factor for factor in (1, 2, 4, 8)]
    assert longest[-1] == _retry.LONGEST_DELAY
    assert longest == sorted(longest)


def test_a_random_half_of_the_delay_is_left_out():
    assert _retry.delay(1, chance=lambda: 0.0) == _retry.FIRST_DELAY / 2
    assert len({_retry.delay(3) for _ in range(20)}) > 1


def test_the_server_may_ask_for_more_but_not_for_ever():
    assert _retry.delay(1, asked=3.0) == 3.0
    assert _retry.delay(1, asked=3600.0) == _retry.LONGEST_DELAY
    assert _retry.delay(9, asked=0.1, chance=lambda: 1.0) == _retry.LONGEST_DELAY


@pytest.mark.parametrize(('value', 'seconds'), [
    ('7', 7.0), ('0.5', 0.5), ('Sat, 05 Dec 2015 11:10:29 GMT', 10.0), ('Sat, 05 Dec 2015 11:00:00 GMT', 0.0),
    ('soon', None), ('', None)])
def test_retry_after(value, seconds):
    assert _retry.retry_after({'Retry-After': value}, now=lambda: 1449313819.0) == seconds


@pytest.mark.parametrize(('method', 'params', 'headers', 'repeated'), [
    ('GET', {}, {}, True),
    ('HEAD', {}, {}, True),
    ('DELETE', {}, {}, True),
    ('PUT', {}, {}, True),
    ('PUT', {'uploadId': 'id', 'partNumber': '1'}, {}, True),
    ('PUT', {}, {'x-oss-forbid-overwrite': 'true'}, False),
    ('POST', {'delete': ''}, {}, True),
    ('POST', {'append': '', 'position': '0'}, {}, False),
    ('POST', {'uploadId': 'id'}, {}, False),
    ('POST', {'uploads': ''}, {}, False),
    ('POST', {'x-oss-process': 'image/info'}, {}, False),
])
def test_what_may_be_sent_twice(method, params, headers, repeated):
    assert _retry.may_resend(request(method, params, headers)) is repeated


def test_what_was_never_sent_may_be_sent_whatever_it_is():
    append = request('POST', {'append': '', 'position': '0'})
    refused = MaxRetryError(None, '/', NewConnectionError(None, 'refused'))
    for cause in (requests.ConnectTimeout('slow'), requests.ConnectionError(refused),
                  requests.ConnectionError(NewConnectionError(None, 'refused'))):
        assert _retry.may_resend(append, oss2.exceptions.RequestError(cause))
    for cause in (requests.ReadTimeout('slow'), requests.ConnectionError(ProtocolError('reset'))):
        assert not _retry.may_resend(append, oss2.exceptions.RequestError(cause))


@pytest.mark.parametrize(('error', 'transient'), [
    (oss2.exceptions.ServerError(503, {}, b'', {}), True),
    (oss2.exceptions.ServerError(429, {}, b'', {}), True),
    (oss2.exceptions.ServerError(501, {}, b'', {}), False),
    (oss2.exceptions.NoSuchKey(404, {}, b'', {}), False),
    (oss2.exceptions.RequestError(OSError('reset')), True),
    (oss2.exceptions.InconsistentError('short'), True),
    (oss2.exceptions.ClientError('wrong'), False),
])
def test_what_may_pass(error, transient):
    assert _retry.is_transient(error) is transient
