from __future__ import annotations

import calendar
import datetime
import locale
import time

import pytest
from fuzz.bounded import bounded
from hypothesis import given
from hypothesis import strategies as st

import oss2
from oss2 import utils

SECONDS = st.integers(-62135596800, 253402300799)  # the years 1 to 9999

ZONES = ['UTC', 'America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati']


@pytest.fixture(params=ZONES)
def zone(request, monkeypatch):
    monkeypatch.setenv('TZ', request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.behaviour('D2')
@pytest.mark.skipif(not hasattr(time, 'tzset'), reason='the time zone cannot be changed')
def test_examples_of_the_reference_hold_in_every_zone(zone):
    assert utils.http_date(1449313829) == 'Sat, 05 Dec 2015 11:10:29 GMT'
    assert utils.http_to_unixtime('Sat, 05 Dec 2015 11:10:29 GMT') == 1449313829
    assert utils.iso8601_to_unixtime('2015-12-05T00:00:00.000Z') == 1449273600
    assert utils.iso8601_to_date('2015-12-05T00:00:00.000Z') == datetime.date(2015, 12, 5)
    assert utils.date_to_iso8601(datetime.date(2015, 12, 5)) == '2015-12-05T00:00:00.000Z'
    assert utils.to_unixtime('2015-12-05', '%Y-%m-%d') == 1449273600


def test_http_date_is_english_in_every_locale():
    before = locale.setlocale(locale.LC_ALL)
    for name in ('zh_CN.UTF-8', 'de_DE.UTF-8', 'fr_FR.UTF-8', 'ja_JP.UTF-8'):
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        try:
            assert utils.http_date(1449313829) == 'Sat, 05 Dec 2015 11:10:29 GMT'
            assert utils.http_to_unixtime('Sat, 05 Dec 2015 11:10:29 GMT') == 1449313829
        finally:
            locale.setlocale(locale.LC_ALL, before)
        return
    pytest.skip('only the C locale is installed')


def test_http_date_of_now():
    before = int(time.time())
    assert before <= utils.http_to_unixtime(utils.http_date()) <= time.time()


@bounded(100)
@given(SECONDS)
def test_http_dates_there_and_back(seconds):
    text = utils.http_date(seconds)
    assert utils.http_to_unixtime(text) == seconds
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
    assert calendar.day_abbr[moment.weekday()] == text[:3]


@bounded(100)
@given(SECONDS)
def test_iso8601_there_and_back(seconds):
    text = oss2._dates.unixtime_to_iso8601(seconds)
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
    assert text == moment.isoformat(timespec='milliseconds') + 'Z'
    assert utils.iso8601_to_unixtime(text) == seconds
    assert utils.iso8601_to_date(text) == moment.date()
    assert utils.date_to_iso8601(moment) == text


@pytest.mark.parametrize(('seconds', 'text'), [
    (1449313829.9, 'Sat, 05 Dec 2015 11:10:29 GMT'), (0, 'Thu, 01 Jan 1970 00:00:00 GMT'),
    (-0.5, 'Wed, 31 Dec 1969 23:59:59 GMT'), (-1, 'Wed, 31 Dec 1969 23:59:59 GMT'),
])
def test_a_fraction_of_a_second_is_dropped(seconds, text):
    assert utils.http_date(seconds) == text


@pytest.mark.behaviour(47)
@pytest.mark.parametrize('text', ['2015-12-05T01:02:03Z', '2015-12-05T01:02:03.0Z', '2015-12-05T01:02:03.999Z',
                                  '2015-12-05T01:02:03.000000Z', '2015-12-05T01:02:03.123456789Z'])
def test_the_fraction_may_have_any_length(text):
    assert utils.iso8601_to_unixtime(text) == 1449277323
    assert utils.iso8601_to_date(text) == datetime.date(2015, 12, 5)


@pytest.mark.parametrize('text', [
    '', 'x', '2015-12-05', '2015-12-05 01:02:03.000Z', '2015-12-05T01:02:03', '2015-12-05T01:02:03.Z',
    '2015-12-05T24:00:00.000Z', '2015-12-05T23:60:00.000Z', '2015-12-05T23:59:60.000Z', '2015-02-31T00:00:00.000Z',
    '2015-13-01T00:00:00.000Z', '0000-12-05T00:00:00.000Z', ' 2015-12-05T00:00:00.000Z', '2015-12-05T00:00:00.000z',
    '2015-1-5T0:0:0.000Z', '2015-12-05T00:00:00.000+08:00', '+015-12-05T00:00:00.000Z', '2015-12-05T00:00:29 GMT',
    '٣015-12-05T00:00:00.000Z', '2015-12-0５T00:00:00.000Z',
])
def test_what_is_no_iso8601(text):
    for convert in (utils.iso8601_to_unixtime, utils.iso8601_to_date):
        with pytest.raises(ValueError):
            convert(text)


@pytest.mark.parametrize('text', [
    '', 'x', 'Sat, 5 Dec 2015 11:10:29 GMT', 'sat, 05 dec 2015 11:10:29 gmt', 'Sat, 05 Dec 2015 11:10:29',
    'Xxx, 05 Dec 2015 11:10:29 GMT', 'Sat, 05 Xxx 2015 11:10:29 GMT', 'Sat, 31 Feb 2015 11:10:29 GMT',
    'Sat, 05 Dec 2015 24:10:29 GMT', 'Sat, 05 Dec 2015 11:10:60 GMT', 'Sat, 05 Dec 2015 11:10:29 UTC',
    'Sat, 05 Dec 2015 11:10:29.000Z', 'Saturday, 05-Dec-15 11:10:29 GMT',
])
def test_what_is_no_http_date(text):
    with pytest.raises(ValueError):
        utils.http_to_unixtime(text)


@pytest.mark.parametrize('wrong', [None, 5, b'2015-12-05T00:00:00.000Z'])
def test_only_text_is_a_date(wrong):
    with pytest.raises((TypeError, ValueError)):
        utils.iso8601_to_unixtime(wrong)
    with pytest.raises((TypeError, ValueError)):
        utils.http_to_unixtime(wrong)


def test_an_aware_datetime_is_converted():
    shanghai = datetime.timezone(datetime.timedelta(hours=8))
    assert utils.date_to_iso8601(datetime.datetime(2015, 12, 5, tzinfo=shanghai)) == '2015-12-04T16:00:00.000Z'
    assert utils.to_unixtime('2015-12-05 +0800', '%Y-%m-%d %z') == 1449273600 - 8 * 3600
