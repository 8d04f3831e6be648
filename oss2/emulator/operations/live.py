"""Live channels and playlists of what they recorded. Nobody can push a stream here, so a channel is never live."""
from __future__ import annotations

from typing import Any, Dict, List

from .. import addressing, listing, xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request, integer
from ..records import Object
from ..routing import OWNER, STORED, operation
from ..times import iso
from . import objects

_KIND = 'live'
_DAY = 24 * 3600
_STATES = ('enabled', 'disabled')


@operation('PutLiveChannel', 'object', 'PUT', 'live', access=OWNER, effect=STORED)
def put_live_channel(request: Request) -> Answer:
    """Makes a live channel, to which no stream can be pushed."""
    root = xml.parse(request.document(), 'LiveChannelConfiguration')
    if xml.text(root, 'Target/Type') != 'HLS':
        raise invalid_argument('Type', xml.text(root, 'Target/Type') or '')
    status = xml.text(root, 'Status') or 'enabled'
    playlist = xml.text(root, 'Target/PlaylistName') or 'playlist.m3u8'
    description = xml.text(root, 'Description') or ''
    if status not in _STATES:
        raise invalid_argument('Status', status)
    if not playlist.endswith('.m3u8') or not 6 <= len(playlist) <= 128:
        raise invalid_argument('PlaylistName', playlist)
    if len(description) > 128:
        raise invalid_argument('Description', description)
    request.state.store.save_setting(request.bucket, _KIND, {
        'description': description, 'status': status, 'modified': request.now, 'playlist': playlist,
        'duration': _number(xml.text(root, 'Target/FragDuration'), 'FragDuration', 5),
        'count': _number(xml.text(root, 'Target/FragCount'), 'FragCount', 3),
    }, request.key)
    return Answer.xml(xml.document('CreateLiveChannelResult', _urls(request, request.key, playlist)))


def _number(text: Any, name: str, default: int) -> int:
    value = integer(text) if text else default
    if value is None or not 1 <= value <= 100:
        raise invalid_argument(name, text)
    return value


def _urls(request: Request, channel: str, playlist: str) -> List[xml.OptionalNode]:
    state = request.state
    base = request.netloc
    if addressing.bucket_of(request.host, state.names, state.cname) is None:
        base += '/' + request.bucket
    return [('PublishUrls', [('Url', 'rtmp://%s/live/%s' % (base, channel))]),
            ('PlayUrls', [('Url', '%s://%s/%s/%s' % (request.scheme, base, channel, playlist))])]


def _channel(request: Request, name: str) -> Dict[str, Any]:
    found = request.state.store.setting(request.bucket, _KIND, name)
    if found is None:
        raise ApiError('NoSuchLiveChannel', LiveChannelName=name)
    return found


@operation('GetLiveChannelInfo', 'object', 'GET', 'live', access=OWNER, effect=STORED)
def get_live_channel(request: Request) -> Answer:
    """Describes a live channel."""
    found = _channel(request, request.key)
    return Answer.xml(xml.document('LiveChannelConfiguration', [
        ('Description', found['description']), ('Status', found['status']),
        ('Target', [('Type', 'HLS'), ('FragDuration', found['duration']), ('FragCount', found['count']),
                    ('PlaylistName', found['playlist'])]),
    ]))


@operation('DeleteLiveChannel', 'object', 'DELETE', 'live', access=OWNER, effect=STORED)
def delete_live_channel(request: Request) -> Answer:
    """Removes a live channel."""
    request.state.store.drop_setting(request.bucket, _KIND, request.key)
    return Answer(204)


@operation('PutLiveChannelStatus', 'object', 'PUT', 'live&status', access=OWNER, effect=STORED)
def put_live_channel_status(request: Request) -> Answer:
    """Enables or disables a live channel."""
    status = request.params['status']
    if status not in _STATES:
        raise invalid_argument('status', status)
    found = _channel(request, request.key)
    request.state.store.save_setting(request.bucket, _KIND, {**found, 'status': status}, request.key)
    return Answer(200)


@operation('GetLiveChannelStat', 'object', 'GET', 'live&comp=stat', access=OWNER, effect=STORED)
def get_live_channel_stat(request: Request) -> Answer:
    """Tells that a channel is Idle or Disabled."""
    status = 'Disabled' if _channel(request, request.key)['status'] == 'disabled' else 'Idle'
    return Answer.xml(xml.document('LiveChannelStat', [('Status', status)]))


@operation('GetLiveChannelHistory', 'object', 'GET', 'live&comp=history', access=OWNER, effect=STORED)
def get_live_channel_history(request: Request) -> Answer:
    """Returns an empty history."""
    _channel(request, request.key)
    return Answer.xml(xml.document('LiveChannelHistory', []))


@operation('ListLiveChannel', 'bucket', 'GET', 'live', access=OWNER, effect=STORED)
def list_live_channel(request: Request) -> Answer:
    """Lists the live channels of a bucket, paged."""
    prefix, marker = request.params.get('prefix', ''), request.params.get('marker', '')
    limit = request.number('max-keys', 100, 1, 1000)
    found = [(name, channel) for name, channel in request.state.store.settings(request.bucket, _KIND)
             if name.startswith(prefix) and name > marker]
    page, is_truncated = found[:limit], len(found) > limit
    return Answer.xml(xml.document('ListLiveChannelResult', [
        ('Prefix', prefix), ('Marker', marker), ('MaxKeys', limit), ('IsTruncated', str(is_truncated).lower()),
        ('NextMarker', page[-1][0]) if is_truncated else None,
        *(('LiveChannel', [
            ('Name', name), ('Description', channel['description']), ('Status', channel['status']),
            ('LastModified', iso(channel['modified'])), *_urls(request, name, channel['playlist'])])
          for name, channel in page),
    ]))


@operation('PostVodPlaylist', 'object', 'POST', 'vod', access=OWNER)
def post_vod_playlist(request: Request) -> Answer:
    """Writes a playlist of the segments that lie below the channel in a span of time."""
    channel, _, name = request.key.rpartition('/')
    if not name.endswith('.m3u8'):
        raise invalid_argument('PlaylistName', name)
    text = _playlist(request, channel)
    writer = request.state.store.contents.writer()
    writer.write(text)
    request.headers = {'content-type': 'application/x-mpegURL'}
    new = objects.new_object(request, writer.finish(), 'Normal')
    return Answer(200, objects.written(request, new))


@operation('GetVodPlaylist', 'object', 'GET', 'vod', access=OWNER)
def get_vod_playlist(request: Request) -> Answer:
    """Returns a playlist of the segments that lie below the channel in a span of time."""
    return Answer(200, {'content-type': 'application/x-mpegURL'}, _playlist(request, request.key))


def _playlist(request: Request, channel: str) -> bytes:
    """The segments below a channel's name that were stored in a time.

    :raises ApiError: NoSuchLiveChannel, InvalidArgument
    """
    duration = _channel(request, channel)['duration']
    start, end = (integer(request.params.get(name, '')) for name in ('startTime', 'endTime'))
    if start is None or end is None or not start < end <= start + _DAY:
        raise invalid_argument('endTime', request.params.get('endTime', ''),
                               'The end of the period must be after its beginning, by a day at most.')
    names = [found.key[len(channel) + 1:] for found in _segments(request, channel)
             if start <= found.modified <= end]
    if not names:
        raise ApiError('InvalidArgument', 'No ts file found in specified time period.')
    lines = ['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-MEDIA-SEQUENCE:0', '#EXT-X-TARGETDURATION:%d' % duration]
    for name in names:
        lines += ['#EXTINF:%.3f,' % duration, name]
    return '\n'.join([*lines, '#EXT-X-ENDLIST', '']).encode()


def _segments(request: Request, channel: str) -> List[Object]:
    with request.state.store.lock:
        page = listing.objects(request.state.store, request.bucket, channel + '/', '', '', 1_000_000)
    return sorted((found for found in page.items if found.key.endswith('.ts')),
                  key=lambda found: (found.modified, found.key))
