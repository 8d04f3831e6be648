"""Dates as OSS writes them, to Unix seconds and back, whatever the process's locale and time zone."""
from __future__ import annotations

import calendar
import datetime
import math
import re
import time
from functools import lru_cache
from typing import Dict, Optional

_WEEKDAYS = ('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')
_MONTHS = ('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')
_EPOCH = datetime.date(1970, 1, 1).toordinal()

# A time of day is cut into pieces with their separators, so that one look-up both checks and converts a piece.
_HOURS: Dict[str, int] = {'%02d:' % n: n * 3600 for n in range(24)}
_MINUTES: Dict[str, int] = {'%02d:' % n: n * 60 for n in range(60)}
_ISO_SECONDS: Dict[str, int] = {'%02d%s' % (n, end): n for n in range(60) for end in ('.000Z', 'Z')}
_HTTP_SECONDS: Dict[str, int] = {'%02d GMT' % n: n for n in range(60)}

_FRACTION = re.compile(r'\.[0-9]+Z\Z')


@lru_cache(maxsize=1024)
def _iso_day(text: str) -> int:
    """The Unix time of midnight of a day written ``YYYY-MM-DDT``."""
    if len(text) != 11 or text[4] != '-' or text[7] != '-' or text[10] != 'T':
        raise KeyError(text)
    return _midnight(text[:4], text[5:7], text[8:10])


@lru_cache(maxsize=1024)
def _http_day(text: str) -> int:
    """The Unix time of midnight of a day written ``Sat, 05 Dec 2015`` and a blank."""
    if (len(text) != 17 or text[:3] not in _WEEKDAYS or text[8:11] not in _MONTHS
            or (text[3:5], text[7], text[11], text[16]) != (', ', ' ', ' ', ' ')):
        raise KeyError(text)
    return _midnight(text[12:16], '%02d' % (_MONTHS.index(text[8:11]) + 1), text[5:7])


def _midnight(year: str, month: str, day: str) -> int:
    digits = year + month + day
    if not (digits.isascii() and digits.isdigit()):
        raise KeyError(digits)
    return (datetime.date(int(year), int(month), int(day)).toordinal() - _EPOCH) * 86400


def iso8601_to_unixtime(time_string: str) -> int:
    """Convert an ISO 8601 UTC time, such as ``2015-12-05T00:00:00.000Z``, to Unix seconds.

    The fraction may have any number of digits or be absent; it is dropped.

    :raises ValueError: not such a time
    """
    try:
        return (_iso_day(time_string[:11]) + _HOURS[time_string[11:14]]
                + _MINUTES[time_string[14:17]] + _ISO_SECONDS[time_string[17:]])
    except KeyError:
        return _iso8601_slowly(time_string)


def _iso8601_slowly(time_string: str) -> int:
    whole = _FRACTION.sub('Z', time_string.rstrip('\n'))
    try:
        return _iso_day(whole[:11]) + _HOURS[whole[11:14]] + _MINUTES[whole[14:17]] + _ISO_SECONDS[whole[17:]]
    except KeyError:
        raise ValueError('%s is not in valid ISO8601 format' % time_string) from None


def iso8601_to_date(time_string: str) -> datetime.date:
    """Convert an ISO 8601 UTC time to the :class:`datetime.date` of its day in UTC.

    :raises ValueError: not such a time
    """
    return datetime.date.fromordinal(iso8601_to_unixtime(time_string) // 86400 + _EPOCH)


def date_to_iso8601(d: datetime.date) -> str:
    """Convert a :class:`datetime.date` or :class:`datetime.datetime` to ``2015-12-05T00:00:00.000Z``.

    A naive datetime is taken as UTC, an aware one is converted to it; a fraction of a second is dropped.
    """
    hour = minute = second = 0
    if isinstance(d, datetime.datetime):
        if d.utcoffset() is not None:
            d = d.astimezone(datetime.timezone.utc)
        hour, minute, second = d.hour, d.minute, d.second
    return '%04d-%02d-%02dT%02d:%02d:%02d.000Z' % (d.year, d.month, d.day, hour, minute, second)


def unixtime_to_iso8601(timeval: int) -> str:
    """Convert Unix seconds to ``2015-12-05T00:00:00.000Z``."""
    days, seconds = divmod(timeval, 86400)
    return '%sT%02d:%02d:%02d.000Z' % (
        datetime.date.fromordinal(days + _EPOCH).isoformat(), seconds // 3600, seconds // 60 % 60, seconds % 60)


def http_date(timeval: Optional[float] = None) -> str:
    """Convert Unix seconds to an HTTP date, such as ``Sat, 05 Dec 2015 11:10:29 GMT``.

    :param timeval: None means now; a fraction is dropped
    """
    days, seconds = divmod(math.floor(time.time() if timeval is None else timeval), 86400)
    day = datetime.date.fromordinal(days + _EPOCH)
    return '%s, %02d %s %04d %02d:%02d:%02d GMT' % (
        _WEEKDAYS[day.weekday()], day.day, _MONTHS[day.month - 1], day.year,
        seconds // 3600, seconds // 60 % 60, seconds % 60)


def http_to_unixtime(time_string: str) -> int:
    """Convert an HTTP date, such as ``Sat, 05 Dec 2015 11:10:29 GMT``, to Unix seconds.

    :raises ValueError: not such a date
    """
    try:
        return (_http_day(time_string[:17]) + _HOURS[time_string[17:20]]
                + _MINUTES[time_string[20:23]] + _HTTP_SECONDS[time_string[23:]])
    except KeyError:
        raise ValueError('%s is not in valid HTTP date format' % time_string) from None


def to_unixtime(time_string: str, format_string: str) -> int:
    """Convert a time in the notation of :meth:`datetime.datetime.strptime` to Unix seconds; UTC unless it has ``%z``.

    :raises ValueError: the time is not in that format
    """
    return calendar.timegm(datetime.datetime.strptime(time_string, format_string).utctimetuple())
