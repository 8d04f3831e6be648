"""Listings and their iterators, against the emulator."""
from __future__ import annotations

import pytest
from fakes import FakeResponse, FakeSession

import oss2
from oss2 import models
from oss2.exceptions import InconsistentError, NoSuchBucket, RequestError, ServerError

KEYS = ['%2F', '&amp;<x>', "'\"", '+', ' ', '...', '.a', '?', 'a', 'a b', 'a+b', 'a//b', 'a/', 'a/b', 'a/b/c', 'a/b/d',
        'b%20c', 'control\x01\x1f', 'line\nfeed', 'z\U0001f600', 'é', '中文', '中文/文件', '中文/目录/文件', '\uffff']


@pytest.fixture
def bucket(oss_bucket):
    for key in KEYS:
        oss_bucket.put_object(key, key.encode())
    return oss_bucket


def in_order(keys):
    """OSS sorts by the bytes of UTF-8."""
    return sorted(keys, key=lambda key: key.encode())


def all_v1(bucket, **arguments):
    result = bucket.list_objects(**arguments)
    pages = [result]
    while result.is_truncated:
        result = bucket.list_objects(marker=result.next_marker, **arguments)
        pages.append(result)
    return pages


def all_v2(bucket, **arguments):
    result = bucket.list_objects_v2(**arguments)
    pages = [result]
    while result.is_truncated:
        result = bucket.list_objects_v2(continuation_token=result.next_continuation_token, **arguments)
        pages.append(result)
    return pages


def keys_of(pages):
    return [info.key for page in pages for info in page.object_list]


def prefixes_of(pages):
    return [prefix for page in pages for prefix in page.prefix_list]


@pytest.mark.parametrize('listing', [all_v1, all_v2])
@pytest.mark.parametrize('max_keys', [1, 2, 7, 1000])
def test_pages(listing, max_keys, bucket):
    pages = listing(bucket, max_keys=max_keys)
    assert keys_of(pages) == in_order(KEYS)
    assert {len(page.object_list) for page in pages[:-1]} <= {max_keys}
    assert [page.is_truncated for page in pages] == [True] * (len(pages) - 1) + [False]


@pytest.mark.parametrize('listing', [all_v1, all_v2])
@pytest.mark.parametrize('prefix', ['', 'a', 'a/', '中', 'a b', '+', '%', '&', 'nothing'])
@pytest.mark.parametrize('max_keys', [1, 1000])
def test_prefixes_and_delimiters(listing, prefix, max_keys, bucket):
    matching = [key for key in KEYS if key.startswith(prefix)]
    assert keys_of(listing(bucket, prefix=prefix, max_keys=max_keys)) == in_order(matching)
    pages = listing(bucket, prefix=prefix, delimiter='/', max_keys=max_keys)
    folded = {prefix + key[len(prefix):].partition('/')[0] + '/' for key in matching if '/' in key[len(prefix):]}
    assert keys_of(pages) == in_order(key for key in matching if '/' not in key[len(prefix):])
    assert prefixes_of(pages) == in_order(folded)


def test_where_a_listing_begins(bucket):
    keys = in_order(KEYS)
    assert keys_of([bucket.list_objects(marker=keys[5], max_keys=3)]) == keys[6:9]
    assert keys_of([bucket.list_objects_v2(start_after=keys[5], max_keys=3)]) == keys[6:9]


def test_what_an_entry_tells(oss_bucket):
    put = oss_bucket.put_object('中文', b'12345', headers={'x-oss-storage-class': 'IA'})
    head = oss_bucket.head_object('中文')
    for entry in (oss_bucket.list_objects().object_list[0],
                  oss_bucket.list_objects_v2(fetch_owner=True).object_list[0]):
        assert (entry.key, entry.size, entry.etag, entry.type, entry.storage_class, entry.last_modified) == (
            '中文', 5, put.etag, 'Normal', 'IA', head.last_modified)
        assert entry.owner.id
        assert not entry.is_prefix()
    assert oss_bucket.list_objects_v2().object_list[0].owner is None


def test_an_empty_bucket(oss_bucket):
    for result in (oss_bucket.list_objects(), oss_bucket.list_objects_v2()):
        assert (result.object_list, result.prefix_list, result.is_truncated) == ([], [], False)
    assert list(oss2.ObjectIterator(oss_bucket)) == list(oss2.ObjectIteratorV2(oss_bucket)) == []


@pytest.mark.parametrize('cls', [oss2.ObjectIterator, oss2.ObjectIteratorV2])
@pytest.mark.parametrize('max_keys', [1, 4, 1000])
def test_iterators_of_objects(cls, max_keys, bucket):
    assert [entry.key for entry in cls(bucket, max_keys=max_keys)] == in_order(KEYS)
    entries = list(cls(bucket, prefix='a', delimiter='/', max_keys=max_keys))
    assert [(entry.key, entry.is_prefix()) for entry in entries] == [
        ('a', False), ('a b', False), ('a+b', False), ('a/', True)]
    iterator = cls(bucket, prefix='中')
    assert next(iterator).key == iterator.next().key[:2] == '中文'
    assert [entry.key for entry in iterator] == ['中文/目录/文件']
    with pytest.raises(StopIteration):
        next(iterator)


def test_iterators_ask_for_the_next_page_when_it_is_needed(bucket, oss_emulator):
    oss_emulator.requests.clear()
    iterator = oss2.ObjectIterator(bucket, max_keys=5)
    assert len(oss_emulator.requests) == 0
    for _ in range(5):
        next(iterator)
    assert len(oss_emulator.requests) == 1
    next(iterator)
    assert len(oss_emulator.requests) == 2


def test_headers_of_an_iterator(bucket, oss_emulator):
    oss_emulator.requests.clear()
    headers = {'x-oss-request-payer': 'requester'}
    for iterator in (oss2.ObjectIterator(bucket, headers=headers), oss2.ObjectIteratorV2(bucket, headers=headers),
                     oss2.MultipartUploadIterator(bucket, headers=headers),
                     oss2.ObjectUploadIterator(bucket, 'key', headers=headers)):
        list(iterator)
    assert [seen.headers.get('x-oss-request-payer') for seen in oss_emulator.requests] == ['requester'] * 4
    assert headers == {'x-oss-request-payer': 'requester'}


@pytest.mark.behaviour(27)
@pytest.mark.parametrize('cls', [oss2.ObjectIterator, oss2.ObjectIteratorV2])
def test_skip_self(cls, bucket):
    """The object that marks a folder is not in the folder."""
    assert [entry.key for entry in cls(bucket, prefix='a/')] == ['a/', 'a//b', 'a/b', 'a/b/c', 'a/b/d']
    assert [entry.key for entry in cls(bucket, prefix='a/', skip_self=True)] == ['a//b', 'a/b', 'a/b/c', 'a/b/d']
    assert [entry.key for entry in cls(bucket, prefix='a/', delimiter='/', max_keys=1, skip_self=True)] == [
        'a//', 'a/b', 'a/b/']
    assert [entry.key for entry in cls(bucket, skip_self=True)] == in_order(KEYS)
    assert list(cls(bucket, prefix='b%20c', skip_self=True)) == []


@pytest.mark.behaviour(27)
def test_pages_of_a_thousand():
    """Who asks for 100, the default of 2.19.1, gets them; who does not say goes through a listing in a tenth of it."""
    for max_keys, asked in ((None, '1000'), (100, '100'), (7, '7')):
        for cls in (oss2.ObjectIterator, oss2.ObjectIteratorV2):
            session = FakeSession(FakeResponse(body=page('ListBucketResult').read().replace(b'true', b'false')))
            bucket = oss2.Bucket(oss2.Auth('a', 'b'), 'http://a.com', 'bucket', session=session)
            assert list(cls(bucket, **({'max_keys': max_keys} if max_keys else {}))) == []
            assert session.last.params['max-keys'] == asked


@pytest.mark.behaviour(27, 'D5')
@pytest.mark.parametrize('max_keys', [1, 2, 1000])
def test_versions(max_keys, oss_bucket, oss_emulator):
    """Versions and delete markers by key, from the latest on."""
    oss_bucket.put_bucket_versioning(models.BucketVersioningConfig(oss2.BUCKET_VERSIONING_ENABLE))
    expected = []
    for key in ('a/', 'a/b', 'a/中/c'):
        written = [oss_bucket.put_object(key, b'1').versionid, oss_bucket.put_object(key, b'22').versionid]
        if key == 'a/b':
            written.append(oss_bucket.delete_object(key).versionid)
        expected += [(key, version) for version in reversed(written)]
    found = list(oss2.ObjectVersionIterator(oss_bucket, prefix='a/', max_keys=max_keys))
    assert sorted((info.key, info.versionid) for info in found) == sorted(expected)
    assert [info.key for info in found] == [key for key, _ in expected]
    if max_keys == 1000:
        latest = [info for info in found if info.is_latest]
        assert [(info.key, info.versionid) for info in latest] == [expected[0], expected[2], expected[5]]
        assert isinstance(latest[1], models.DeleteMarkerInfo)
    folded = oss2.ObjectVersionIterator(oss_bucket, prefix='a/', delimiter='/', max_keys=max_keys, skip_self=True)
    assert [info.key for info in folded] == ['a/b', 'a/b', 'a/b', 'a/中/']
    oss_emulator.faults.fail(503, times=1)
    from_b = oss2.ObjectVersionIterator(oss_bucket, key_marker='a/', headers={'x-oss-request-payer': 'requester'})
    assert {info.key for info in from_b} == {'a/b', 'a/中/c'}


@pytest.mark.behaviour(27)
@pytest.mark.parametrize('cls', [oss2.ObjectIterator, oss2.ObjectIteratorV2])
def test_iterators_survive_a_failure_a_page(cls, bucket, oss_emulator, monkeypatch):
    """No key is lost, none comes twice."""
    monkeypatch.setattr('oss2._retry.time.sleep', lambda seconds: None, raising=False)
    iterator = cls(bucket, max_keys=5)
    faults = [lambda: oss_emulator.faults.fail(503), oss_emulator.faults.drop_answer,
              lambda: oss_emulator.faults.cut_answer(100)]
    keys = []
    for number in range(len(KEYS)):
        if number % 5 == 0:
            faults[number // 5 % 3]()
        keys.append(next(iterator).key)
    assert keys == in_order(KEYS)


def test_iterators_give_up(bucket, oss_emulator, no_retries):
    with oss_emulator.faults.fail(503, times=None), pytest.raises(ServerError):
        list(oss2.ObjectIterator(bucket))
    with oss_emulator.faults.drop_answer(times=None), pytest.raises(RequestError):
        list(oss2.ObjectIteratorV2(bucket))
    bucket.bucket_name = 'no-such-bucket'
    oss_emulator.requests.clear()
    with pytest.raises(NoSuchBucket):
        list(oss2.ObjectIterator(bucket, max_retries=5))
    assert len(oss_emulator.requests) == 1


def page(root, *elements):
    text = ''.join('<%s>%s</%s>' % (name, value, name) for name, value in elements)
    return FakeResponse(body=('<%s><IsTruncated>true</IsTruncated>%s</%s>' % (root, text, root)).encode())


CONTENTS = ('Contents', '<Key>k</Key><LastModified>2015-12-05T00:00:00.000Z</LastModified><ETag>"e"</ETag>'
                        '<Type>Normal</Type><Size>1</Size><StorageClass>Standard</StorageClass>')


@pytest.mark.behaviour(27, 'D5')
@pytest.mark.parametrize(('make', 'answers'), [
    (lambda bucket: oss2.ObjectIterator(bucket), page('ListBucketResult', ('NextMarker', 'same'))),
    (lambda bucket: oss2.ObjectIterator(bucket), page('ListBucketResult', ('NextMarker', 'same'), CONTENTS)),
    (lambda bucket: oss2.ObjectIteratorV2(bucket), page('ListBucketResult', ('NextContinuationToken', 'same'))),
    (lambda bucket: oss2.MultipartUploadIterator(bucket),
     page('ListMultipartUploadsResult', ('NextKeyMarker', 'k'), ('NextUploadIdMarker', 'u'))),
    (lambda bucket: oss2.ObjectVersionIterator(bucket),
     page('ListVersionsResult', ('NextKeyMarker', 'k'), ('NextVersionIdMarker', 'v'))),
    (lambda bucket: oss2.PartIterator(bucket, 'key', 'id'), page('ListPartsResult', ('NextPartNumberMarker', '5'))),
], ids=['objects', 'objects with entries', 'objects v2', 'uploads', 'versions', 'parts'])
def test_a_listing_that_does_not_advance(make, answers):
    """It would go on for ever; it ends after the marker came back once."""
    body = answers.read()
    session = FakeSession(*[FakeResponse(body=body) for _ in range(20)])
    bucket = oss2.Bucket(oss2.Auth('a', 'b'), 'http://a.com', 'bucket', session=session)
    with pytest.raises(InconsistentError):
        list(make(bucket))
    assert len(session.requests) <= 2


def test_buckets(oss_bucket, oss_emulator):
    names = ['bucket-%d' % number for number in range(5)]
    for name in names:
        oss_emulator.bucket(name).close()
    with oss2.Service(oss_bucket.auth, oss_emulator.endpoint, region=oss_emulator.region) as service:
        result = service.list_buckets(max_keys=2)
        assert isinstance(result, models.ListBucketsResult)
        assert [bucket.name for bucket in result.buckets] == names[:2]
        assert result.is_truncated is True
        result = service.list_buckets(marker=result.next_marker)
        assert [bucket.name for bucket in result.buckets] == [*names[2:], oss_bucket.bucket_name]
        assert (result.is_truncated, result.next_marker or '') == (False, '')
        info = result.buckets[0]
        assert (info.location, info.storage_class) == ('oss-cn-hangzhou', 'Standard')
        assert isinstance(info.creation_date, int)
        assert [bucket.name for bucket in oss2.BucketIterator(service, prefix='bucket-', max_keys=2)] == names
        assert service.list_buckets(prefix='nothing').buckets == []
    with oss2.Service(oss2.AnonymousAuth(), oss_emulator.endpoint) as service, \
            pytest.raises(oss2.exceptions.AccessDenied):
        service.list_buckets()
