"""Request, Response and Session, without a network."""

from __future__ import annotations

import copy
import io
import os
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st
from urllib3.response import HTTPResponse

import oss2
from oss2 import http
from oss2._sending import encode_params
from oss2.exceptions import ClientError, RequestError
from oss2.http import CaseInsensitiveDict, HeaderDict, Request, Response

BODY = bytes(range(256)) * 40


def test_what_a_request_starts_with():
    params, headers = {'a': 'b', 'none': None}, {'X-A': 'b'}
    req = Request(
        'PUT',
        'http://a.com/k',
        data='文',
        params=params,
        headers=headers,
        app_name='app',
        proxies={'http': 'p'},
        region='cn-x',
        product='oss',
        cloudbox_id='cb',
    )
    assert (req.method, req.url, req.data) == ('PUT', 'http://a.com/k', '文'.encode())
    assert (req.proxies, req.region, req.product, req.cloudbox_id) == ({'http': 'p'}, 'cn-x', 'oss', 'cb')
    assert req.params == params
    assert req.params is not params
    req.headers['x-new'] = 'c'
    assert headers == {'X-A': 'b'}
    assert dict(req.headers) == {
        'X-A': 'b',
        'Accept-Encoding': None,
        'User-Agent': oss2.http.USER_AGENT + '/app',
        'x-new': 'c',
    }
    assert Request('GET', 'http://a.com', headers={'accept-encoding': 'gzip', 'user-agent': 'mine'}).headers == {
        'accept-encoding': 'gzip',
        'user-agent': 'mine',
    }


@pytest.mark.parametrize(
    ('data', 'expected'),
    [(b'a', b'a'), ('文', '文'.encode()), (bytearray(b'a'), b'a'), (None, None), ('', b''), (b'', b'')],
)
def test_bodies_that_stay(data, expected):
    assert Request('PUT', 'http://a.com', data=data).data == expected


def test_bodies_that_become_sized():
    file = io.BytesIO(b'0123')
    file.seek(1)
    req = Request('PUT', 'http://a.com', data=file)
    assert (req.data.len, req.data.read()) == (3, b'123')
    with pytest.raises(ClientError):
        Request('PUT', 'http://a.com', data=io.StringIO('text'))


header_names = st.sampled_from(['ETag', 'etag', 'X-A', 'x-a', 'Content-Type', 'é', ''])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(header_names, st.one_of(st.none(), st.text(max_size=3))), max_size=8), header_names)
def test_headers_are_those_of_requests(pairs, name):
    ours, theirs = HeaderDict(pairs), CaseInsensitiveDict(pairs)
    assert isinstance(ours, CaseInsensitiveDict)
    assert ours == theirs
    assert theirs == ours
    assert list(ours.items()) == list(theirs.items())
    assert list(ours.lower_items()) == list(theirs.lower_items())
    assert (name in ours, ours.get(name), ours.get(name, 5)) == (name in theirs, theirs.get(name), theirs.get(name, 5))
    assert len(ours) == len(theirs)
    for made in (ours.copy(), HeaderDict(ours), HeaderDict(theirs), pickle.loads(pickle.dumps(ours))):
        assert made == theirs
        made['new'] = 'x'
        assert 'new' not in ours
    theirs['x-A'] = ours['x-A'] = 'changed'
    assert list(ours.items()) == list(theirs.items())
    del theirs['X-a'], ours['X-a']
    assert list(ours.items()) == list(theirs.items())
    assert 5 not in ours


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=5),
        st.one_of(st.none(), st.text(max_size=8), st.integers(), st.lists(st.text(max_size=3), max_size=3)),
        max_size=5,
    )
)
def test_parameters_are_encoded_as_requests_does(params):
    prepared = requests.Request('GET', 'http://a.com/', params=params).prepare()
    query = encode_params(params)
    assert prepared.url.partition('?')[2] == query


def response(body=BODY, headers=None, status=200, length=True):
    raw = HTTPResponse(
        body=io.BytesIO(body),
        preload_content=False,
        decode_content=False,
        status=status,
        headers=dict({'Content-Length': str(len(body))} if length else {}, **(headers or {})),
    )
    made = requests.adapters.HTTPAdapter().build_response(requests.Request('GET', 'http://a.com').prepare(), raw)
    return Response(made)


def test_reading_a_response():
    made = response(headers={'x-oss-request-id': 'THE-ID', 'ETag': '"e"'})
    assert (made.status, made.request_id, made.headers['etag']) == (200, 'THE-ID', '"e"')
    assert made.read(0) == b''
    assert made.read(10) == BODY[:10]
    assert b''.join(made) == BODY[10:]
    assert made.read() == made.read(5) == b''
    assert response().read(-1) == BODY
    assert 'THE-ID' in repr(made)


def test_a_response_shorter_than_it_says():
    for read in (
        lambda made: made.read(),
        lambda made: made.read(10**6),
        lambda made: b''.join(made),
        lambda made: [made.read(1000) for _ in range(100)],
    ):
        with pytest.raises(RequestError, match=r'early|Incomplete|broken'):
            read(response(headers={'Content-Length': str(len(BODY) + 1)}, length=False))


def test_loading_a_response():
    """Its body can be read behind that, also through requests."""
    made = response()
    made.load()
    assert made.response.content == BODY
    made = response()
    made.load()
    assert made.read(10) + made.read() == BODY
    made.close()


def test_closing_a_response():
    for read in (None, 10):
        made = response()
        made.read(read)
        made.close()
        made.close()


def test_the_response_of_requests_can_be_replaced():
    made = response()
    other = requests.Response()
    made.response = other
    assert made.response is other


def test_a_response_that_requests_has_read_already():
    inner = requests.Response()
    inner.status_code, inner._content, inner._content_consumed = 404, b'content', True
    made = Response(inner)
    assert (made.status, made.read(3), made.read()) == (404, b'con', b'tent')
    assert made.request_id == ''


def test_sessions_pickle():
    session = oss2.Session()
    session.session.headers['X-A'] = 'b'
    session.session.verify = False
    for made in (pickle.loads(pickle.dumps(session)), copy.deepcopy(session)):
        assert isinstance(made.session, requests.Session)
        assert made.session.headers['X-A'] == 'b'
        assert made.session.verify is False
        made.close()
        made.close()
    session.close()


def test_the_size_of_the_pool(monkeypatch):
    monkeypatch.setattr(oss2.defaults, 'connection_pool_size', 17)
    for made, size in ((oss2.Session(), 17), (oss2.Session(pool_size=3), 3)):
        for prefix in ('http://', 'https://'):
            assert made.session.get_adapter(prefix)._pool_maxsize == size
        made.close()


class Failing:
    """What requests reads from in the place of urllib3's answers; users' adapters give such."""

    def __init__(self, error):
        self._error = error
        self.closed = False

    def read(self, amt=-1):
        raise self._error

    def close(self):
        self.closed = True


@pytest.mark.parametrize('error', [OSError('broken'), requests.ConnectionError('broken')], ids=['OSError', 'requests'])
def test_an_answer_of_a_users_adapter_that_breaks_off(error):
    inner = requests.Response()
    inner.status_code, inner.raw = 200, Failing(error)
    made = Response(inner)
    with pytest.raises(RequestError, match='broken'):
        made.read()
    made.load()
    made.close()


def test_a_header_of_the_session_that_cannot_be_sent(raw_server, make_bucket, no_retries):
    bucket = make_bucket(raw_server(lambda request: None).url)
    bucket.session.session.headers['X-Bad'] = 'a\r\nb: c'
    with pytest.raises(RequestError) as caught:
        bucket.get_object('key')
    assert isinstance(caught.value.__cause__, (ValueError, requests.exceptions.InvalidHeader))


def test_timeouts_of_a_users_adapter(raw_server, make_bucket):
    """It gets numbers, as requests documents them."""
    from rawserver import answer
    seen = []

    class Adapter(requests.adapters.HTTPAdapter):
        def send(self, request, **options):
            seen.append(options['timeout'])
            return super().send(request, **options)

    bucket = make_bucket(raw_server(answer(b'data')).url, connect_timeout=3, read_timeout=5)
    bucket.session.session.mount('http://', Adapter())
    assert bucket.get_object('key').read() == b'data'
    assert seen == [(3, 5)]


def test_an_environment_that_somebody_has_replaced(monkeypatch, raw_server, make_bucket):
    from rawserver import answer
    there, proxy = raw_server(answer(b'there')), raw_server(answer(b'proxy'))
    bucket = make_bucket(there.url)
    for name, expected in (('http_proxy', b'proxy'), ('other', b'there')):
        monkeypatch.setattr('os.environ', {name: proxy.url})
        assert bucket.get_object('key').read() == expected
        monkeypatch.undo()


@pytest.mark.skipif(not hasattr(os, 'fork'), reason='no fork() here')
def test_threads_that_come_together_in_a_child_renew_the_connections_once(raw_server, make_bucket, monkeypatch):
    """What a fork leaves: a session that says it is another process's."""
    from rawserver import answer
    bucket = make_bucket(raw_server(answer(b'data')).url)
    bucket.get_object('key').read()
    lock, at_the_door, both_wait = http._fork_lock, [], threading.Event()

    class Door:
        def __enter__(self):
            at_the_door.append(1)
            if len(at_the_door) == 2:
                both_wait.set()
            assert both_wait.wait(20)
            lock.acquire()

        def __exit__(self, *exc):
            lock.release()

    monkeypatch.setattr(http, '_fork_lock', Door())
    bucket.session._process = -1
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda key: bucket.get_object(key).read(), ['a', 'b']))
    assert found == [b'data', b'data']
    assert len(at_the_door) == 2
    assert bucket.session._process == os.getpid()


def test_a_header_that_comes_twice(raw_server, make_bucket):
    """As requests has it: one value, both of them."""
    head = b'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nETag: "a"\r\nVary: Origin\r\nvary: Accept\r\nVary: Range\r\n\r\n'
    result = make_bucket(raw_server(head).url).head_object('key')
    assert result.headers['Vary'] == result.resp.response.headers['Vary'] == 'Origin, Accept, Range'
    assert result.headers['ETag'] == '"a"'
