"""Promises about live channels, against the answers of the documentation, and the emulator, where nothing is pushed."""

from __future__ import annotations

import pytest
from documents import ANSWERS
from promised import document, in_pages, path_of, query_of
from rawserver import answer

from oss2 import models
from oss2.exceptions import InvalidArgument, NoSuchLiveChannel


@pytest.fixture
def server(raw_server):
    return raw_server(answer())


@pytest.fixture
def bucket(server, make_bucket):
    return make_bucket(server.url)


@pytest.mark.promise('S313', 'S314', 'S315', 'S316', 'S317')
def test_create_live_channel(server, bucket):
    server.answers = document(ANSWERS['live channel made'])
    target = models.LiveChannelInfoTarget(frag_duration=5, frag_count=3, playlist_name='list.m3u8')
    made = bucket.create_live_channel('channel', models.LiveChannelInfo('disabled', '描述', target))
    assert (server.last.method, path_of(server.last), query_of(server.last)) == (
        'PUT', '/test-bucket/channel', {'live': ''})
    assert server.last.body.decode() == (
        '<LiveChannelConfiguration><Description>描述</Description><Status>disabled</Status><Target><Type>HLS</Type>'
        '<FragDuration>5</FragDuration><FragCount>3</FragCount><PlaylistName>list.m3u8</PlaylistName></Target>'
        '</LiveChannelConfiguration>')
    assert made.publish_url == 'rtmp://test-bucket.oss-cn-hangzhou.aliyuncs.com/live/test-channel'
    assert made.play_url == 'http://test-bucket.oss-cn-hangzhou.aliyuncs.com/test-channel/playlist.m3u8'


@pytest.mark.promise('S319', 'S320')
def test_delete_live_channel(server, bucket):
    server.answers = answer(status=204)
    assert bucket.delete_live_channel('channel').status == 204
    assert (server.last.method, path_of(server.last), query_of(server.last)) == (
        'DELETE', '/test-bucket/channel', {'live': ''})


@pytest.mark.promise('S322', 'S323', 'S324')
def test_get_live_channel(server, bucket):
    server.answers = document(ANSWERS['live channel'])
    found = bucket.get_live_channel('channel')
    assert (server.last.method, query_of(server.last)) == ('GET', {'live': ''})
    assert (found.status, found.description) == ('enabled', 'a 描述')
    assert (found.target.type, found.target.playlist_name) == ('HLS', 'playlist.m3u8')
    assert (int(found.target.frag_duration), int(found.target.frag_count)) == (2, 4)


@pytest.mark.promise('S326', 'S327', 'S328', 'S329', 'S330')
def test_list_live_channel(server, bucket):
    server.answers = document(ANSWERS['live channels'])
    page = bucket.list_live_channel('test', 'm', 5)
    assert query_of(server.last) == {'live': '', 'prefix': 'test', 'marker': 'm', 'max-keys': '5'}
    assert [(channel.name, channel.status, channel.last_modified) for channel in page.channels] == [
        ('channel-0', 'disabled', 1469843661), ('channel-1', 'enabled', 1469843662)]
    assert (page.is_truncated, page.next_marker) == (True, 'channel-0')
    bucket.list_live_channel()
    assert query_of(server.last) == {'live': '', 'prefix': '', 'marker': '', 'max-keys': '100'}


@pytest.mark.promise('S332', 'S333', 'S334')
def test_get_live_channel_stat(server, bucket):
    server.answers = document(ANSWERS['live channel stat'])
    found = bucket.get_live_channel_stat('channel')
    assert query_of(server.last) == {'live': '', 'comp': 'stat'}
    assert (found.status, found.connected_time, found.remote_addr) == ('Live', 1472106315, '10.1.2.3:47745')
    assert (found.video.width, found.video.height, found.video.codec) == (1280, 536, 'H264')
    assert (found.audio.sample_rate, found.audio.codec) == (24000, 'ADPCM')


@pytest.mark.promise('S336', 'S337', 'S338')
@pytest.mark.parametrize('status', ['enabled', 'disabled'])
def test_put_live_channel_status(status, server, bucket):
    bucket.put_live_channel_status('channel', status)
    assert (server.last.method, path_of(server.last), query_of(server.last)) == (
        'PUT', '/test-bucket/channel', {'live': '', 'status': status})


@pytest.mark.promise('S340', 'S341', 'S342')
@pytest.mark.parametrize('number', [0, 1, 10])
def test_get_live_channel_history(number, server, bucket):
    """As many as OSS tells of, which are ten at most."""
    record = ('<LiveRecord><StartTime>2016-07-30T01:53:%02d.000Z</StartTime>'
              '<EndTime>2016-07-30T01:54:%02d.000Z</EndTime><RemoteAddr>10.101.194.148:%d</RemoteAddr></LiveRecord>')
    records = ''.join(record % (i, i, 56861 + i) for i in range(number))
    server.answers = document('<LiveChannelHistory>%s</LiveChannelHistory>' % records)
    found = bucket.get_live_channel_history('channel').records
    assert query_of(server.last) == {'live': '', 'comp': 'history'}
    assert [(each.start_time, each.end_time, each.remote_addr) for each in found] == [
        (1469843580 + i, 1469843640 + i, '10.101.194.148:%d' % (56861 + i)) for i in range(number)]


@pytest.mark.promise('S344', 'S345', 'S346', 'S347', 'S348')
def test_post_vod_playlist(server, bucket):
    bucket.post_vod_playlist('channel', '列表.m3u8', 1472020031, 1472020226)
    assert (server.last.method, path_of(server.last)) == ('POST', '/test-bucket/channel/列表.m3u8')
    assert query_of(server.last) == {'vod': '', 'startTime': '1472020031', 'endTime': '1472020226'}
    bucket.post_vod_playlist('channel', '列表.m3u8')
    assert query_of(server.last) == {'vod': '', 'startTime': '0', 'endTime': '0'}


@pytest.mark.promise('S322', 'S332', 'S340')
def test_a_channel_that_is_not_there(server, bucket):
    body = b'<Error><Code>NoSuchLiveChannel</Code></Error>'
    server.answers = answer(body, status=404)
    for call in (bucket.get_live_channel, bucket.get_live_channel_stat, bucket.get_live_channel_history):
        with pytest.raises(NoSuchLiveChannel):
            call('channel')


@pytest.mark.promise('S313', 'S319', 'S322', 'S326', 'S327', 'S328', 'S329', 'S332', 'S336', 'S338', 'S340')
def test_a_channel_from_its_making_to_its_end(oss_bucket):
    for name in ('first', 'second', 'other'):
        made = oss_bucket.create_live_channel(name, models.LiveChannelInfo(description='描述 ' + name))
        assert made.publish_url.startswith('rtmp://')
        assert made.publish_url.endswith('/live/' + name)
    assert oss_bucket.get_live_channel('second').description == '描述 second'
    pages = in_pages(oss_bucket.list_live_channel(max_keys=2),
                     lambda page: oss_bucket.list_live_channel(marker=page.next_marker, max_keys=2))
    assert [[channel.name for channel in page.channels] for page in pages] == [['first', 'other'], ['second']]
    assert [channel.name for channel in oss_bucket.list_live_channel(prefix='s').channels] == ['second']
    assert oss_bucket.get_live_channel_stat('first').status == 'Idle'
    oss_bucket.put_live_channel_status('first', 'disabled')
    assert oss_bucket.get_live_channel('first').status == 'disabled'
    assert oss_bucket.get_live_channel_stat('first').status == 'Disabled'
    with pytest.raises(InvalidArgument):
        oss_bucket.put_live_channel_status('first', 'paused')
    assert oss_bucket.get_live_channel_history('first').records == []
    oss_bucket.delete_live_channel('first')
    with pytest.raises(NoSuchLiveChannel):
        oss_bucket.get_live_channel('first')
