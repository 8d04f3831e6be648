"""User metadata beyond ASCII."""
from __future__ import annotations

import pytest
from fuzz.bounded import bounded
from hypothesis import given
from hypothesis import strategies as st

import oss2
from oss2.exceptions import ClientError

TEXTS = st.text(st.characters(blacklist_categories=['Cs']))
NAMES = st.from_regex(r'[a-z0-9-]{1,20}', fullmatch=True)


@pytest.mark.behaviour(39)
def test_what_is_sent():
    metadata = {'title': '你好', 'X-OSS-Meta-Count': 5, 'Ratio': 0.5, 'plain': 'a b/c;d="e"', 'odd': ' 100%\n'}
    assert oss2.utils.encode_metadata(metadata) == {
        'x-oss-meta-title': '%E4%BD%A0%E5%A5%BD',
        'x-oss-meta-count': '5',
        'x-oss-meta-ratio': '0.5',
        'x-oss-meta-plain': 'a b/c;d="e"',
        'x-oss-meta-odd': '%20100%25%0A',
    }
    assert oss2.utils.encode_metadata({}) == {}


@pytest.mark.behaviour(39)
@bounded(100)
@given(st.dictionaries(NAMES, TEXTS))
def test_there_and_back(metadata):
    headers = oss2.utils.encode_metadata(metadata)
    assert all(value.isascii() and value.isprintable() and value == value.strip() for value in headers.values())
    assert oss2.utils.decode_metadata({'Content-Type': 'text/plain', **headers}) == metadata


@pytest.mark.behaviour(39)
@pytest.mark.parametrize(('stored', 'read'), [
    ('plain', 'plain'), ('100%', '100%'), ('%zz', '%zz'), ('%FF', '%FF'), ('', ''),
    ('你好'.encode().decode('latin-1'), '你好'),  # raw UTF-8, as http.client reads it
    ('é', 'é'),
])
def test_what_others_stored(stored, read):
    assert oss2.utils.decode_metadata(oss2.CaseInsensitiveDict({'X-Oss-Meta-A': stored, 'ETag': '"e"'})) == {'a': read}


@pytest.mark.behaviour(39)
@pytest.mark.parametrize(('metadata', 'said'), [
    ({'标题': 'a'}, '标题'), ({'': 'a'}, "''"), ({'a b': 'c'}, 'a b'), ({'a_b': 'c'}, 'a_b'), ({5: 'a'}, '5'),
    ({'a': None}, 'None'), ({'a': True}, 'bool'), ({'a': b'b'}, 'bytes'), ({'a': ['b']}, 'list'),
    ({'a': '\ud800'}, 'UTF-8'), ({'a': '1', 'A': '2'}, 'twice'),
])
def test_what_cannot_be_stored(metadata, said):
    with pytest.raises(ClientError) as caught:
        oss2.utils.encode_metadata(metadata)
    assert said in caught.value.message


@pytest.mark.behaviour(39)
def test_through_oss(oss_bucket):
    metadata = {'title': '你好, 世界', 'percent': '100%', 'spaces': '  x  ', 'count': '5'}
    oss_bucket.put_object('key', b'x', headers={'x-oss-storage-class': 'IA', **oss2.utils.encode_metadata(metadata)})
    assert oss2.utils.decode_metadata(oss_bucket.head_object('key').headers) == metadata
    with oss_bucket.get_object('key') as result:
        assert oss2.utils.decode_metadata(result.headers) == metadata
    oss_bucket.put_object('raw', b'x', headers={'x-oss-meta-title': '你好'.encode()})
    assert oss2.utils.decode_metadata(oss_bucket.head_object('raw').headers) == {'title': '你好'}
