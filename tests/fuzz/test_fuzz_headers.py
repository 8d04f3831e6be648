"""Headers of answers that are not what they should be."""
from __future__ import annotations

import pytest
from fakes import FakeResponse, FakeSession
from fuzz.bounded import ODD_TEXTS, bounded, odd_text
from hypothesis import given
from hypothesis import strategies as st
from rawserver import Sent, answer

import oss2
from oss2.exceptions import OssError, ServerError

NAMES = ['x-oss-hash-crc64ecma', 'Content-Length', 'Last-Modified', 'x-oss-next-append-position', 'Content-Range',
         'x-oss-symlink-target', 'x-oss-object-type', 'x-oss-version-id', 'x-oss-delete-marker', 'ETag',
         'Content-Encoding', 'x-oss-tagging-count', 'x-oss-request-id', 'Date', 'x-oss-meta-a', 'x-oss-err']

CALLS = {
    'put_object': lambda bucket: bucket.put_object('k', b'x'),
    'head_object': lambda bucket: bucket.head_object('k'),
    'get_object': lambda bucket: bucket.get_object('k').read(),
    'get_object with progress': lambda bucket: bucket.get_object('k', progress_callback=lambda *args: None).read(),
    'get_object of a range': lambda bucket: bucket.get_object('k', byte_range=(0, 3)).read(2),
    'get_object_meta': lambda bucket: bucket.get_object_meta('k'),
    'append_object': lambda bucket: bucket.append_object('k', 0, b'x', init_crc=0),
    'get_symlink': lambda bucket: bucket.get_symlink('k'),
    'upload_part': lambda bucket: bucket.upload_part('k', 'id', 1, b'x'),
    'copy_object': lambda bucket: bucket.copy_object('b', 'k', 'k'),
    'delete_object': lambda bucket: bucket.delete_object('k'),
    'decode_metadata': lambda bucket: oss2.utils.decode_metadata(bucket.head_object('k').headers),
}


def check(call, headers):
    session = FakeSession(*[FakeResponse(headers=headers, body=b'<a/>') for _ in range(3)])
    bucket = oss2.Bucket(oss2.Auth('a', 'b'), 'http://a.com', 'bucket', session=session)
    try:
        CALLS[call](bucket)
    except OssError as exc:
        assert exc.message


@pytest.mark.parametrize('call', sorted(CALLS))
def test_odd_headers(call):
    for name in NAMES:
        for value in ODD_TEXTS:
            check(call, {name: value})


@pytest.mark.parametrize('call', sorted(CALLS))
@bounded(12)
@given(headers=st.dictionaries(st.sampled_from(NAMES), odd_text, min_size=1, max_size=4))
def test_any_headers(call, headers):
    check(call, headers)


@pytest.mark.behaviour(24)
def test_odd_clocks_of_oss(raw_server, make_bucket):
    """A clock that cannot be read corrects nothing."""
    body = b'<Error><Code>RequestTimeTooSkewed</Code></Error>'
    dates = [text for text in ODD_TEXTS if text.isascii() and text.isprintable() and len(text) < 1000
             and text != 'Sat, 05 Dec 2015 11:10:29 GMT']
    left = iter(dates)
    bucket = make_bucket(raw_server(lambda request: answer(body, 403, {'Date': next(left)})).url)
    for _ in dates:
        with pytest.raises(ServerError) as caught:
            bucket.put_object('k', b'x')
        assert caught.value.code == 'RequestTimeTooSkewed'
    assert bucket.session.clock_offset == 0.0


OVER_A_CONNECTION = ['put_object', 'get_object', 'head_object', 'get_object with progress']


@pytest.mark.parametrize('call', OVER_A_CONNECTION)
def test_odd_headers_over_a_connection(call, raw_server, make_bucket, no_retries):
    """As HTTP has them: a length that is none, an encoding that is unknown. Each call gets a part of them."""
    sent = [(name, value) for name in [*NAMES, 'Transfer-Encoding', 'Connection', 'Location', 'Retry-After']
            for value in ODD_TEXTS if len(value) < 1000][OVER_A_CONNECTION.index(call)::len(OVER_A_CONNECTION)]
    left = iter(sent)

    def respond(request):
        name, value = next(left)
        length = '' if name == 'Content-Length' else 'Content-Length: 4\r\n'
        return Sent(f'HTTP/1.1 200 OK\r\n{name}: {value}\r\n{length}\r\nbody'.encode(), 'close')

    bucket = make_bucket(raw_server(respond).url, connect_timeout=5)
    for _ in sent:
        try:
            CALLS[call](bucket)
        except OssError as exc:
            assert exc.message
