"""Appends and completions whose outcome is not told, and appends to wherever the end is."""
from __future__ import annotations

import io
import random
import threading
from unittest.mock import patch

import pytest
from fakes import error
from noise import noise

import oss2
from oss2 import _retry
from oss2.exceptions import (
    ClientError,
    InconsistentError,
    NoSuchBucket,
    NoSuchUpload,
    ObjectNotAppendable,
    PositionNotEqualToLength,
    RequestError,
    ServerError,
)
from oss2.utils import Crc64

FIRST = noise(30000, random.Random(1))
MORE = noise(50000, random.Random(2))
SAME_SIZE = MORE[::-1]


@pytest.fixture(autouse=True)
def no_waits(monkeypatch):
    monkeypatch.setattr(_retry, 'delay', lambda attempt, asked=None: 0.0)


@pytest.fixture
def bucket(oss_bucket, oss_emulator):
    oss_bucket.append_object('key', 0, FIRST)
    oss_emulator.requests.clear()
    return oss_bucket


def crc_of(content):
    crc = Crc64()
    crc(content)
    return crc.crc


def operations(emulator):
    return [request.operation for request in emulator.requests]


DATA = {
    'bytes': lambda: MORE, 'bytearray': lambda: bytearray(MORE), 'file': lambda: io.BytesIO(MORE),
    'file from within': lambda: within(io.BytesIO(b'before' + MORE)), 'memoryview': lambda: memoryview(MORE),
}
NEVER_DONE = {
    'cut': lambda faults, times: faults.cut_request(20000, operation='AppendObject', times=times),
    '503': lambda faults, times: faults.fail(503, 'ServiceUnavailable', operation='AppendObject', times=times),
    '500': lambda faults, times: faults.fail(500, 'InternalError', operation='AppendObject', times=times),
}


def within(file):
    file.seek(len(b'before'))
    return file


# An append whose answer is lost

@pytest.mark.parametrize('crc', [True, False], ids=['crc', 'no crc'])
@pytest.mark.parametrize('init_crc', [crc_of(FIRST), None], ids=['init_crc', 'no init_crc'])
@pytest.mark.parametrize('data', DATA.values(), ids=list(DATA))
@pytest.mark.behaviour(50)
def test_what_was_appended_is_not_appended_again(data, init_crc, crc, bucket, oss_emulator):
    bucket.enable_crc = crc
    oss_emulator.faults.drop_answer(operation='AppendObject')
    progress = []
    result = bucket.append_object('key', len(FIRST), data(), init_crc=init_crc,
                                  progress_callback=lambda *args: progress.append(args))
    assert isinstance(result, oss2.models.AppendObjectResult)
    assert (result.status, result.next_position) == (200, len(FIRST + MORE))
    assert result.crc == crc_of(FIRST + MORE)
    assert result.etag == bucket.head_object('key').etag
    assert bucket.get_object('key').read() == FIRST + MORE
    assert operations(oss_emulator).count('AppendObject') == 1
    assert progress[-1] == (len(MORE), len(MORE))
    assert progress.count(progress[-1]) == 1


@pytest.mark.parametrize('times', [1, 2])
@pytest.mark.parametrize('init_crc', [crc_of(FIRST), None], ids=['init_crc', 'no init_crc'])
@pytest.mark.parametrize('data', DATA.values(), ids=list(DATA))
@pytest.mark.parametrize('fault', NEVER_DONE.values(), ids=list(NEVER_DONE))
@pytest.mark.behaviour(50)
def test_what_was_not_appended_is_sent_again(fault, data, init_crc, times, bucket, oss_emulator):
    fault(oss_emulator.faults, times)
    result = bucket.append_object('key', len(FIRST), data(), init_crc=init_crc)
    assert result.next_position == len(FIRST + MORE)
    assert bucket.get_object('key').read() == FIRST + MORE


@pytest.mark.parametrize('fault', NEVER_DONE.values(), ids=list(NEVER_DONE))
def test_the_first_append(fault, oss_bucket, oss_emulator):
    fault(oss_emulator.faults, 1)
    oss_bucket.append_object('new', 0, MORE, init_crc=0)
    oss_emulator.faults.drop_answer(operation='AppendObject')
    oss_bucket.append_object('empty', 0, b'')
    assert oss_bucket.get_object('new').read() == MORE
    assert oss_bucket.get_object('empty').read() == b''


@pytest.mark.parametrize('fault', NEVER_DONE.values(), ids=list(NEVER_DONE))
def test_it_is_given_up_after_the_attempts_that_are_allowed(fault, bucket, oss_emulator):
    fault(oss_emulator.faults, None)
    with pytest.raises((RequestError, ServerError)):
        bucket.append_object('key', len(FIRST), MORE)
    assert operations(oss_emulator).count('AppendObject') == oss2.defaults.request_retries
    oss_emulator.faults.clear()
    assert bucket.get_object('key').read() == FIRST


def test_what_cannot_be_read_again_is_not_sent_again(bucket, oss_emulator):
    for data in (iter([MORE]), [MORE[:5], MORE[5:]]):
        oss_emulator.faults.fail(503, operation='AppendObject')
        with pytest.raises(ServerError):
            bucket.append_object('key', len(FIRST), data)
    assert operations(oss_emulator) == ['AppendObject'] * 2


class Rival(oss2.Session):
    """While an append is lost on its way, somebody else appends."""

    rival = None
    content = b''

    def do_request(self, req, timeout):
        if 'append' in req.params and Rival.rival is not None:
            rival, Rival.rival = Rival.rival, None
            rival.append_object('key', len(FIRST), self.content)
            error = RequestError(Exception('lost'))
            error.from_network = True
            raise error
        return super().do_request(req, timeout)


@pytest.mark.parametrize('init_crc', [crc_of(FIRST), None], ids=['init_crc', 'no init_crc'])
@pytest.mark.parametrize('theirs', [SAME_SIZE, MORE[:-1], MORE + b'x'], ids=['same size', 'shorter', 'longer'])
@pytest.mark.behaviour(50)
def test_what_somebody_else_has_appended_is_not_taken_for_it(theirs, init_crc, bucket, oss_emulator, make_bucket):
    mine = make_bucket(oss_emulator.endpoint, bucket.auth, region=oss_emulator.region, session=Rival())
    Rival.rival, Rival.content = bucket, theirs
    with pytest.raises(RequestError, match='lost'):
        mine.append_object('key', len(FIRST), MORE, init_crc=init_crc)
    assert bucket.get_object('key').read() == FIRST + theirs


@pytest.mark.behaviour(50)
def test_an_append_that_arrives_late(bucket, oss_emulator, monkeypatch):
    """The first attempt is still under way when it is asked for; the second finds it done."""
    heads = []
    original = oss2.models.HeadObjectResult

    def head(resp):
        result = original(resp)
        if not heads:
            result.content_length = len(FIRST)
        heads.append(result)
        return result

    monkeypatch.setattr(oss2.models, 'HeadObjectResult', head)
    oss_emulator.faults.drop_answer(operation='AppendObject')
    assert bucket.append_object('key', len(FIRST), MORE, init_crc=crc_of(FIRST)).next_position == len(FIRST + MORE)
    assert operations(oss_emulator) == ['AppendObject', 'HeadObject', 'AppendObject', 'HeadObject']
    assert bucket.get_object('key').read() == FIRST + MORE


def test_if_the_object_cannot_be_looked_at_the_failure_is_raised(bucket, oss_emulator):
    oss_emulator.faults.drop_answer(operation='AppendObject')
    oss_emulator.faults.fail(403, 'AccessDenied', operation='HeadObject')
    with pytest.raises(RequestError):
        bucket.append_object('key', len(FIRST), MORE)
    oss_emulator.faults.drop_answer(operation='AppendObject')
    oss_emulator.faults.fail(403, 'AccessDenied', operation='GetObject')
    with pytest.raises(RequestError):
        bucket.append_object('key', len(FIRST + MORE), MORE)


def test_who_pays_is_told_when_the_object_is_looked_at(bucket, oss_emulator):
    for fault in (oss_emulator.faults.drop_answer, oss_emulator.faults.cut_request):
        fault(operation='AppendObject')
        bucket.append_object('key', bucket.head_object('key').content_length, MORE,
                             headers={'x-oss-request-payer': 'requester', 'x-oss-meta-a': 'b'})
    looks = [request for request in oss_emulator.requests if request.operation in ('HeadObject', 'GetObject')]
    assert sum(request.headers.get('x-oss-request-payer') == 'requester' for request in looks) == 3
    assert not any('x-oss-meta-a' in request.headers for request in looks)


@pytest.mark.parametrize('failure', [{'side_effect': RequestError(Exception('of a test'))},
                                     {'return_value': error(503, 'ServiceUnavailable')}])
def test_what_a_replaced_do_request_does_is_seen_after_one_call(failure, bucket):
    for call in (lambda: bucket.append_object('key', 0, b'x', init_crc=0),
                 lambda: bucket.complete_multipart_upload('key', 'id', [oss2.models.PartInfo(1, 'e', 1, part_crc=1)])):
        with patch('oss2.Session.do_request', **failure) as do_request, pytest.raises((RequestError, ServerError)):
            call()
        assert do_request.call_count == 1


def test_without_retries_it_is_sent_once(bucket, oss_emulator, no_retries):
    oss_emulator.faults.fail(503, operation='AppendObject')
    with pytest.raises(ServerError):
        bucket.append_object('key', len(FIRST), MORE)
    assert operations(oss_emulator).count('AppendObject') == 1


# Wherever the end is

@pytest.mark.behaviour(50)
def test_appending_to_the_end(oss_bucket, oss_emulator):
    content = b''
    for number in range(4):
        piece = b'%d' % number * 1000
        content += piece
        result = oss_bucket.append_object_auto('key', io.BytesIO(piece), headers={'x-oss-meta-a': 'b'})
        assert (result.next_position, result.crc) == (len(content), crc_of(content))
    assert oss_bucket.get_object('key').read() == content
    assert oss_bucket.head_object('key').headers['x-oss-meta-a'] == 'b'


@pytest.mark.behaviour(50)
def test_many_append_at_once(oss_bucket):
    """Each piece is there once, and whole."""
    def work(number):
        for _ in range(5):
            oss_bucket.append_object_auto('key', b'%d' % number * 100)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    content = oss_bucket.get_object('key').read()
    assert sorted(content[n:n + 100] for n in range(0, len(content), 100)) == sorted(
        b'%d' % number * 100 for number in range(5) for _ in range(5))


def test_the_end_is_not_looked_for_without_end(bucket, oss_emulator):
    with oss_emulator.faults.fail(409, 'PositionNotEqualToLength', operation='AppendObject', times=None) as fault, \
            pytest.raises(PositionNotEqualToLength):
        bucket.append_object_auto('key', b'x')
    assert fault.hits <= 30
    with oss_emulator.faults.fail(409, 'PositionNotEqualToLength', operation='AppendObject', times=None) as fault, \
            pytest.raises(PositionNotEqualToLength):
        bucket.append_object_auto('key', iter([b'x']))
    assert fault.hits == 1


def test_what_cannot_be_appended_to(bucket):
    bucket.put_object('normal', b'x')
    with pytest.raises(ObjectNotAppendable):
        bucket.append_object_auto('normal', b'x')
    for key, data in (('', b'x'), ('key', 5)):
        with pytest.raises(ClientError):
            bucket.append_object_auto(key, data)
    bucket.bucket_name = 'absent-bucket'
    with pytest.raises(NoSuchBucket):
        bucket.append_object_auto('key', b'x')


# Completing an upload

def begun(bucket, key='key'):
    upload_id = bucket.init_multipart_upload(key).upload_id
    part = bucket.upload_part(key, upload_id, 1, MORE)
    return upload_id, [oss2.models.PartInfo(1, part.etag, len(MORE), part_crc=part.crc)]


@pytest.mark.parametrize('add', [
    lambda faults: faults.drop_answer(operation='CompleteMultipartUpload'),
    lambda faults: faults.drop_answer(operation='CompleteMultipartUpload', times=2),
    lambda faults: faults.cut_request(10, operation='CompleteMultipartUpload'),
    lambda faults: faults.fail(503, 'ServiceUnavailable', operation='CompleteMultipartUpload', times=2),
], ids=['dropped', 'dropped twice', 'cut', '503'])
@pytest.mark.parametrize('crc', [True, False], ids=['crc', 'no crc'])
def test_a_completion_is_found_out(crc, add, oss_bucket, oss_emulator):
    oss_bucket.enable_crc = crc
    upload_id, parts = begun(oss_bucket)
    add(oss_emulator.faults)
    result = oss_bucket.complete_multipart_upload('key', upload_id, parts)
    assert isinstance(result, oss2.models.PutObjectResult)
    found = oss_bucket.head_object('key')
    assert (result.etag, result.crc) == (found.etag, found.server_crc)
    assert oss_bucket.get_object('key').read() == MORE
    assert oss_bucket.list_multipart_uploads().upload_list == []


def test_another_object_is_not_taken_for_the_completed_one(oss_bucket, oss_emulator):
    upload_id, parts = begun(oss_bucket)
    oss_bucket.abort_multipart_upload('key', upload_id)
    for content in (SAME_SIZE, None):
        if content is None:
            oss_bucket.delete_object('key')
        else:
            oss_bucket.put_object('key', content)
        oss_emulator.faults.fail(503, operation='CompleteMultipartUpload')
        with pytest.raises(NoSuchUpload) as caught:
            oss_bucket.complete_multipart_upload('key', upload_id, parts)
        assert isinstance(caught.value.__cause__, ServerError)
        assert caught.value.__cause__.status == 503


def test_what_is_not_known_of_the_parts_cannot_tell(oss_bucket, oss_emulator):
    for change in ({'part_crc': None}, {'size': None}):
        upload_id, parts = begun(oss_bucket)
        for name, value in change.items():
            setattr(parts[0], name, value)
        oss_emulator.faults.drop_answer(operation='CompleteMultipartUpload')
        with pytest.raises(NoSuchUpload):
            oss_bucket.complete_multipart_upload('key', upload_id, parts)


def test_an_upload_that_is_gone_at_once_is_not_looked_for(oss_bucket, oss_emulator):
    upload_id, parts = begun(oss_bucket)
    oss_bucket.complete_multipart_upload('key', upload_id, parts)
    oss_emulator.requests.clear()
    with pytest.raises(NoSuchUpload):
        oss_bucket.complete_multipart_upload('key', upload_id, parts)
    assert operations(oss_emulator) == ['CompleteMultipartUpload']


def test_a_completion_with_a_callback_is_sent_once(oss_bucket, oss_emulator):
    """What the callback's server says could not be had a second time."""
    upload_id, parts = begun(oss_bucket)
    oss_emulator.faults.drop_answer(operation='CompleteMultipartUpload')
    oss_emulator.requests.clear()
    with pytest.raises(RequestError):
        oss_bucket.complete_multipart_upload('key', upload_id, parts, headers={'X-Oss-Callback': 'e30='})
    assert operations(oss_emulator) == ['CompleteMultipartUpload']


def test_a_completion_that_must_not_overwrite(oss_bucket, oss_emulator):
    """The object that is in its way is its own."""
    upload_id, parts = begun(oss_bucket)
    oss_emulator.faults.drop_answer(operation='CompleteMultipartUpload')
    result = oss_bucket.complete_multipart_upload('key', upload_id, parts, headers={'x-oss-forbid-overwrite': 'true'})
    assert result.crc == crc_of(MORE)
    upload_id, parts = begun(oss_bucket)
    with pytest.raises(ServerError) as caught:
        oss_bucket.complete_multipart_upload('key', upload_id, parts, headers={'x-oss-forbid-overwrite': 'true'})
    assert caught.value.status == 409


def test_who_pays_is_told_when_a_completed_object_is_looked_at(oss_bucket, oss_emulator):
    upload_id, parts = begun(oss_bucket)
    oss_emulator.faults.drop_answer(operation='CompleteMultipartUpload')
    oss_emulator.requests.clear()
    oss_bucket.complete_multipart_upload('key', upload_id, parts, headers={'x-oss-request-payer': 'requester'})
    assert {request.headers.get('x-oss-request-payer') for request in oss_emulator.requests} == {'requester'}
    assert operations(oss_emulator)[-1] == 'HeadObject'


def test_a_wrong_checksum_of_the_whole(oss_bucket, oss_emulator):
    upload_id, parts = begun(oss_bucket)
    parts[0].part_crc += 1
    with pytest.raises(InconsistentError):
        oss_bucket.complete_multipart_upload('key', upload_id, parts)


def test_what_cannot_be_read_again_cannot_be_compared(bucket, oss_emulator):
    """Its size is known, so that the object may end in it, or in as much of somebody else's."""
    class Pipe:
        def __init__(self, content):
            self._file = io.BytesIO(content)
            self.len = len(content)

        def read(self, amt=-1):
            return self._file.read(amt)

    with oss2.Bucket(bucket.auth, oss_emulator.endpoint, bucket.bucket_name, enable_crc=False,
                     region=oss_emulator.region) as unchecked:
        unchecked.session.session.trust_env = False
        oss_emulator.faults.drop_answer(operation='AppendObject')
        with pytest.raises(RequestError):
            unchecked.append_object('key', len(FIRST), Pipe(MORE))
    assert operations(oss_emulator).count('AppendObject') == 1
    assert bucket.get_object('key').read() == FIRST + MORE
