"""Iterators over pages that a fake hands out; with real pages in tests/functional/test_listing.py."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import requests

import oss2
from oss2.exceptions import InconsistentError, NoSuchBucket, RequestError, ServerError
from oss2.models import MultipartUploadInfo, SimplifiedObjectInfo

UNAVAILABLE = ServerError(503, {}, b'', {'Code': 'ServiceUnavailable'})
BROKEN = RequestError(requests.ConnectionError('broken'))
MISSING = NoSuchBucket(404, {}, b'', {'Code': 'NoSuchBucket'})


def entry(key):
    return SimplifiedObjectInfo(key, 1, 'etag', 'Normal', 5, 'Standard')


class Bucket:
    """Answers listings from a list of pages; an exception is raised."""

    def __init__(self, *pages):
        self.pages = list(pages)
        self.calls = []

    def _next(self, *args, **arguments):
        self.calls.append(arguments)
        page = self.pages.pop(0)
        if isinstance(page, Exception):
            raise page
        return page

    list_objects = list_objects_v2 = list_parts = list_multipart_uploads = list_live_channel = list_buckets = _next


def page(keys, marker='', prefixes=()):
    return SimpleNamespace(
        object_list=[entry(key) for key in keys],
        prefix_list=list(prefixes),
        is_truncated=bool(marker),
        next_marker=marker,
        next_continuation_token=marker,
    )


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr('time.sleep', lambda seconds: None)


CLASSES = {oss2.ObjectIterator: 'marker', oss2.ObjectIteratorV2: 'continuation_token'}


@pytest.mark.parametrize('cls', CLASSES)
def test_pages(cls):
    bucket = Bucket(page(['a', 'b'], 'b'), page([], 'c'), page(['d', 'f'], prefixes=['e/']))
    iterator = cls(bucket, prefix='p', delimiter='/', max_keys=2, headers={'x-oss-request-payer': 'requester'})
    assert iter(iterator) is iterator
    assert [(info.key, info.is_prefix()) for info in iterator] == [
        ('a', False),
        ('b', False),
        ('d', False),
        ('e/', True),
        ('f', False),
    ]
    assert [call[CLASSES[cls]] for call in bucket.calls] == ['', 'b', 'c']
    assert all(
        (call['prefix'], call['delimiter'], call['max_keys'], call['headers'])
        == ('p', '/', 2, {'x-oss-request-payer': 'requester'})
        for call in bucket.calls
    )
    assert list(iterator) == []


@pytest.mark.behaviour(27)
@pytest.mark.parametrize('cls', CLASSES)
@pytest.mark.parametrize('failure', [UNAVAILABLE, BROKEN], ids=['unavailable', 'broken'])
def test_a_page_is_asked_for_again(cls, failure):
    bucket = Bucket(failure, page(['a'], 'a'), failure, failure, page(['b']))
    assert [info.key for info in cls(bucket, max_retries=3)] == ['a', 'b']
    assert [call[CLASSES[cls]] for call in bucket.calls] == ['', '', 'a', 'a', 'a']


@pytest.mark.parametrize('failure', [UNAVAILABLE, BROKEN], ids=['unavailable', 'broken'])
def test_not_for_ever(failure):
    for attempts in (1, 2, 5):
        bucket = Bucket(*[failure] * 10)
        with pytest.raises(type(failure)):
            list(oss2.ObjectIterator(bucket, max_retries=attempts))
        assert len(bucket.calls) == attempts


def test_the_default_is_read_when_the_iterator_is_made(monkeypatch):
    for attempts in (1, 4):
        monkeypatch.setattr(oss2.defaults, 'request_retries', attempts)
        bucket = Bucket(*[UNAVAILABLE] * 10)
        with pytest.raises(ServerError):
            list(oss2.ObjectIterator(bucket))
        assert len(bucket.calls) == attempts


def test_the_default_is_that_of_the_client():
    for own, said, attempts in ((1, None, 1), (5, None, 5), (1, 2, 2)):
        bucket = Bucket(*[UNAVAILABLE] * 10)
        bucket.retries = own
        with pytest.raises(ServerError):
            list(oss2.ObjectIterator(bucket, max_retries=said))
        assert len(bucket.calls) == attempts


def test_what_will_not_pass_is_raised_at_once():
    bucket = Bucket(MISSING, page(['a']))
    iterator = oss2.ObjectIterator(bucket, max_retries=5)
    with pytest.raises(NoSuchBucket):
        next(iterator)
    assert len(bucket.calls) == 1


def test_going_on_after_an_error():
    """Nothing is lost: the page that failed is the next one."""
    bucket = Bucket(page(['a'], 'a'), MISSING, page(['b']))
    iterator = oss2.ObjectIterator(bucket)
    assert next(iterator).key == 'a'
    with pytest.raises(NoSuchBucket):
        next(iterator)
    assert next(iterator).key == 'b'


@pytest.mark.behaviour(27, 'D5')
def test_a_marker_that_stays():
    for pages in ([page(['a'], 'm'), page(['b'], 'm'), page(['c'], 'm')], [page([], 'm')] * 3):
        bucket = Bucket(*pages)
        with pytest.raises(InconsistentError, match="'m'"):
            list(oss2.ObjectIterator(bucket))
        assert len(bucket.calls) == 2


def upload(key, upload_id):
    return MultipartUploadInfo(key, upload_id, 5)


def uploads(entries, key_marker='', id_marker='', prefixes=()):
    return SimpleNamespace(
        upload_list=[upload(*pair) for pair in entries],
        prefix_list=list(prefixes),
        is_truncated=bool(key_marker),
        next_key_marker=key_marker,
        next_upload_id_marker=id_marker,
    )


def test_uploads():
    bucket = Bucket(
        uploads([('a', '1'), ('c', '1')], 'c', '1', ['b/']), uploads([('c', '2')], 'c', '2'), uploads([('d', '1')])
    )
    found = [
        (info.key, info.upload_id, info.is_prefix()) for info in oss2.MultipartUploadIterator(bucket, delimiter='/')
    ]
    assert found == [('a', '1', False), ('b/', None, True), ('c', '1', False), ('c', '2', False), ('d', '1', False)]
    assert [(call['key_marker'], call['upload_id_marker']) for call in bucket.calls] == [
        ('', ''),
        ('c', '1'),
        ('c', '2'),
    ]


def test_uploads_of_one_key_end_with_it():
    """Keys come in order: what is behind it need not be asked for."""
    bucket = Bucket(
        uploads([('key', '1')], 'key', '1'), uploads([('key', '2'), ('key2', '1')], 'key2', '1'), uploads([])
    )
    assert [info.upload_id for info in oss2.ObjectUploadIterator(bucket, 'key')] == ['1', '2']
    assert len(bucket.calls) == 2


def test_parts():
    pages = [
        SimpleNamespace(parts=['one', 'two'], is_truncated=True, next_marker='2'),
        SimpleNamespace(parts=['three'], is_truncated=False, next_marker=''),
    ]
    bucket = Bucket(*pages)
    assert list(oss2.PartIterator(bucket, 'key', 'id', max_parts=2)) == ['one', 'two', 'three']
    assert [(call['marker'], call['max_parts']) for call in bucket.calls] == [('0', 2), ('2', 2)]


def test_buckets_and_live_channels():
    for cls, name in ((oss2.BucketIterator, 'buckets'), (oss2.LiveChannelIterator, 'channels')):
        pages = [
            SimpleNamespace(**{name: ['one'], 'is_truncated': True, 'next_marker': 'one'}),
            SimpleNamespace(**{name: ['two'], 'is_truncated': False, 'next_marker': ''}),
        ]
        source = Bucket(*pages)
        assert list(cls(source, prefix='p', max_keys=1)) == ['one', 'two']
        assert [(call['marker'], call['prefix'], call['max_keys']) for call in source.calls] == [
            ('', 'p', 1),
            ('one', 'p', 1),
        ]
