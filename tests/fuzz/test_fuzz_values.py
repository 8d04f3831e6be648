"""Dates, ranges, endpoints and keys that are anything."""
from __future__ import annotations

import datetime
import email.utils
import http.client
from urllib.parse import unquote, urlsplit

from fuzz.bounded import bounded, odd_text
from hypothesis import given
from hypothesis import strategies as st

import oss2
from oss2 import _dates
from oss2._ranges import _make_line_range_string, _make_range_string, _make_split_range_string
from oss2._urls import check_link, is_ip_or_localhost, is_valid_endpoint, region_of
from oss2.exceptions import ClientError

ISO = '2015-12-05T00:00:00.000Z'
HTTP = 'Sat, 05 Dec 2015 11:10:29 GMT'


@st.composite
def changed(draw, text):
    """*text* with a few characters exchanged."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        piece = draw(st.sampled_from(['', '0', '9', '-', ':', ' ', 'T', 'Z', '+08:00', '٣', '\n', 'é', '.']))
        text = text[:at] + piece + text[at + draw(st.integers(0, 2)):]
    return text


@bounded(100)
@given(st.one_of(odd_text, changed(ISO), changed(HTTP)))
def test_dates(text):
    """A date that is read is the one that others read there."""
    for convert in (_dates.iso8601_to_unixtime, _dates.iso8601_to_date, _dates.http_to_unixtime):
        try:
            value = convert(text)
        except ValueError:
            continue
        if convert is _dates.http_to_unixtime:
            assert value == email.utils.parsedate_to_datetime(text).timestamp()
        elif convert is _dates.iso8601_to_date:
            assert value.isoformat() == text[:10]
        else:
            moment = datetime.datetime.strptime(text[:19] + ' +0000', '%Y-%m-%dT%H:%M:%S %z')
            assert value == moment.timestamp()


POSITIONS = st.one_of(st.none(), st.integers(-5, 2 ** 65), st.booleans(), st.floats(), odd_text)
RANGES = st.one_of(POSITIONS, st.tuples(POSITIONS, POSITIONS), st.lists(POSITIONS, max_size=3),
                   st.dictionaries(odd_text, POSITIONS, max_size=2), st.binary(max_size=3))


@bounded(100)
@given(RANGES)
def test_ranges(value):
    """What a header says is what was given."""
    for make, unit in ((_make_range_string, 'bytes='), (_make_line_range_string, 'line-range='),
                       (_make_split_range_string, 'split-range=')):
        try:
            text = make(value)
        except ClientError as exc:
            assert exc.message
            continue
        first, last = (None, None) if value is None else value
        if first is None and last is None:
            assert text == ''
            continue
        assert text.isascii()
        written = text[len(unit):].split('-')
        assert text.startswith(unit)
        assert written == ['' if each is None else str(int(each)) for each in (first, last)]


ENDPOINTS = st.one_of(
    odd_text,
    st.tuples(st.sampled_from(['', 'http://', 'https://', 'HTTPS://', 'ftp://', '//', 'http:/', 'http://u:p@']),
              st.one_of(odd_text, st.sampled_from(['a.com', '[::1]', '[fe80::1%25eth0]', '127.0.0.1', 'localhost',
                                                   'oss-cn-hangzhou.aliyuncs.com', '中.com', 'a_b.com', 'a.com.'])),
              st.sampled_from(['', ':80', ':', ':99999', ':x', ':-1', ':٣']),
              st.sampled_from(['', '/', '/path', '?q', '#f', ' ', '\n', '\\x'])).map(''.join),
    st.sampled_from([None, 5, b'http://a.com', ['a.com']]))


@bounded(120)
@given(ENDPOINTS)
def test_endpoints(endpoint):
    """One that is taken makes a URL with a host that can be asked."""
    is_valid_endpoint(endpoint)
    try:
        bucket = oss2.Bucket(oss2.AnonymousAuth(), endpoint, 'bucket')
    except ClientError as exc:
        assert 'endpoint' in exc.message
        return
    url = bucket._make_url('bucket', 'key')
    parts = urlsplit(url)
    assert parts.scheme in ('http', 'https')
    assert parts.path.endswith('/key')
    assert parts.port is None or 0 <= parts.port <= 65535
    assert not set(url) & set(' \r\n\t\\@?#')
    is_ip_or_localhost(parts.netloc)
    region_of(parts.netloc)
    check_link(url)


@bounded(100)
@given(st.one_of(st.text(st.characters(blacklist_categories=['Cs']), min_size=1, max_size=30),
                 st.text('./%?#&+ \\\n\x00中', min_size=1, max_size=12)), st.booleans())
def test_keys(key, slash_safe):
    """A URL names the key, whoever reads it, and has no more than one line."""
    bucket = oss2.Bucket(oss2.AnonymousAuth(), 'https://a.com', 'bucket')
    url = bucket._make_url('bucket', key, slash_safe=slash_safe)
    assert url.isascii()
    path = url[len('https://bucket.a.com/'):]
    assert unquote(path) == key
    assert not set(path) & set('?# \r\n\t\\')
    assert not {'.', '..'} & set(path.split('/'))
    assert slash_safe or '/' not in path
    http.client.HTTPConnection('a.com')._validate_path('/' + path)
    assert bucket.object_url(key) == bucket._make_url('bucket', key, slash_safe=True)
