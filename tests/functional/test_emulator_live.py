"""Live channels, and objects that the emulator fetches itself, by our own client."""
from __future__ import annotations

import base64
import hashlib
import json
import threading
import time

import pytest
from rawserver import answer

from oss2.emulator import Emulator
from oss2.exceptions import InvalidArgument, NoSuchLiveChannel, ServerError
from oss2.models import AsyncFetchTaskConfiguration, LiveChannelInfo, LiveChannelInfoTarget


def make(bucket, name='channel', **more):
    target = LiveChannelInfoTarget(frag_duration=2, frag_count=4, playlist_name='list.m3u8')
    return bucket.create_live_channel(name, LiveChannelInfo(target=target, **more))


class TestLiveChannels:
    def test_a_channel_is_as_it_was_made(self, oss_emulator, oss_bucket):
        made = make(oss_bucket, description='of mine \u4e2d')
        base = '%s/%s' % (oss_emulator.netloc, oss_bucket.bucket_name)
        assert made.publish_url == 'rtmp://%s/live/channel' % base
        assert made.play_url == 'http://%s/channel/list.m3u8' % base
        found = oss_bucket.get_live_channel('channel')
        assert (found.status, found.description) == ('enabled', 'of mine \u4e2d')
        assert (int(found.target.frag_duration), int(found.target.frag_count)) == (2, 4)
        assert (found.target.type, found.target.playlist_name) == ('HLS', 'list.m3u8')

    def test_status(self, oss_bucket):
        make(oss_bucket)
        assert oss_bucket.get_live_channel_stat('channel').status == 'Idle'
        oss_bucket.put_live_channel_status('channel', 'disabled')
        assert oss_bucket.get_live_channel('channel').status == 'disabled'
        assert oss_bucket.get_live_channel_stat('channel').status == 'Disabled'
        assert oss_bucket.get_live_channel_history('channel').records == []
        with pytest.raises(InvalidArgument):
            oss_bucket.put_live_channel_status('channel', 'paused')

    def test_listing(self, oss_bucket):
        for name in ('a1', 'a2', 'a3', 'b1'):
            make(oss_bucket, name)
        page = oss_bucket.list_live_channel('a', max_keys=2)
        assert ([channel.name for channel in page.channels], page.is_truncated) == (['a1', 'a2'], True)
        page = oss_bucket.list_live_channel('a', page.next_marker, 2)
        assert ([channel.name for channel in page.channels], page.is_truncated) == (['a3'], False)
        assert page.channels[0].publish_url.endswith('/live/a3')
        oss_bucket.delete_live_channel('a1')
        assert [channel.name for channel in oss_bucket.list_live_channel().channels] == ['a2', 'a3', 'b1']

    def test_channels_that_are_none(self, oss_bucket):
        for call in (oss_bucket.get_live_channel, oss_bucket.get_live_channel_stat,
                     oss_bucket.get_live_channel_history):
            with pytest.raises(NoSuchLiveChannel):
                call('none')
        with pytest.raises(InvalidArgument):
            oss_bucket.create_live_channel('channel', LiveChannelInfo(target=LiveChannelInfoTarget(
                playlist_name='list.txt')))

    def test_playlists(self, oss_bucket):
        make(oss_bucket)
        now = int(time.time())
        with pytest.raises(InvalidArgument):
            oss_bucket.get_vod_playlist('channel', now - 60, now + 60)
        for number in range(3):
            oss_bucket.put_object('channel/%d.ts' % number, b'segment')
        text = oss_bucket.get_vod_playlist('channel', now - 60, now + 60).playlist
        lines = text.splitlines()
        assert lines[0] == '#EXTM3U'
        assert [line for line in lines if not line.startswith('#')] == ['0.ts', '1.ts', '2.ts']
        oss_bucket.post_vod_playlist('channel', 'vod.m3u8', now - 60, now + 60)
        stored = oss_bucket.get_object('channel/vod.m3u8')
        assert stored.read().decode() == text
        assert stored.content_type == 'application/x-mpegURL'
        with pytest.raises(InvalidArgument):
            oss_bucket.get_vod_playlist('channel', now, now + 2 * 86400)


class TestAsyncFetch:
    def ended(self, bucket, config):
        task_id = bucket.put_async_fetch_task(config).task_id
        for _ in range(500):
            result = bucket.get_async_fetch_task(task_id)
            if result.task_state != 'Running':
                return result
            time.sleep(0.01)
        raise AssertionError('the task does not end')

    def test_an_object_is_fetched(self, oss_bucket, raw_server):
        data = b'data' * 50_000
        server = raw_server(lambda received: answer(data))
        digest = base64.b64encode(hashlib.md5(data).digest()).decode()
        result = self.ended(oss_bucket, AsyncFetchTaskConfiguration(
            server.url + '/a?b=c', 'fetched', host='my.host', content_md5=digest))
        assert (result.task_state, result.error_msg) == ('Success', '')
        assert (result.task_config.url, result.task_config.object_name) == (server.url + '/a?b=c', 'fetched')
        assert oss_bucket.get_object('fetched').read() == data
        assert (server.requests[0].target, server.requests[0].headers['host']) == ('/a?b=c', 'my.host')

    @pytest.mark.parametrize(('sent', 'options'), [
        (answer(b'', 404), {}), (answer(b'data', cut=2), {}), (answer(b'data'), {'content_md5': 'wrong'})])
    def test_what_cannot_be_fetched(self, oss_bucket, raw_server, sent, options):
        server = raw_server(lambda received: sent)
        result = self.ended(oss_bucket, AsyncFetchTaskConfiguration(server.url, 'fetched', **options))
        assert result.task_state == 'Failed'
        assert result.error_msg
        assert not oss_bucket.object_exists('fetched')

    def test_nobody_is_there(self, oss_bucket):
        result = self.ended(oss_bucket, AsyncFetchTaskConfiguration('http://127.0.0.1:1/', 'fetched'))
        assert (result.task_state, 'cannot be read' in result.error_msg) == ('Failed', True)

    def test_an_object_that_is_there_may_stay(self, oss_bucket, raw_server):
        server = raw_server(lambda received: answer(b'new'))
        config = AsyncFetchTaskConfiguration(server.url, 'fetched', ignore_same_key=True)
        assert self.ended(oss_bucket, config).task_state == 'Success'
        oss_bucket.put_object('fetched', b'old')
        assert self.ended(oss_bucket, config).task_state == 'Success'
        assert oss_bucket.get_object('fetched').read() == b'old'
        assert len(server.requests) == 1

    def test_the_storage_class_may_be_chosen(self, oss_bucket, raw_server):
        server = raw_server(lambda received: answer(b'new'))
        document = ('<AsyncFetchTaskConfiguration><Url>%s</Url><Object>fetched</Object><StorageClass>IA</StorageClass>'
                    '</AsyncFetchTaskConfiguration>' % server.url)
        assert self.ended(oss_bucket, document).task_state == 'Success'
        assert oss_bucket.head_object('fetched').headers['x-oss-storage-class'] == 'IA'

    @pytest.mark.filterwarnings('error::pytest.PytestUnhandledThreadExceptionWarning')
    def test_the_emulator_stops_meanwhile(self, raw_server):
        asked, stopped = threading.Event(), threading.Event()

        def late(received):
            asked.set()
            stopped.wait(20)
            return answer(b'data')

        server = raw_server(late)
        with Emulator() as emulator, emulator.bucket('fetching-bucket') as bucket:
            bucket.put_async_fetch_task(AsyncFetchTaskConfiguration(server.url, 'fetched'))
            assert asked.wait(20)
            (thread,) = [thread for thread in threading.enumerate() if thread.name == 'oss2-emulator-fetch']
        stopped.set()
        thread.join(20)
        assert not thread.is_alive()

    def test_other_machines_are_not_asked(self, oss_bucket):
        result = self.ended(oss_bucket, AsyncFetchTaskConfiguration('http://192.0.2.1/', 'fetched'))
        assert (result.task_state, 'this machine' in result.error_msg) == ('Failed', True)

    def test_callbacks(self, oss_bucket, raw_server):
        status = [200]
        server = raw_server(lambda received: answer(b'{}', status[0] if received.method == 'POST' else 200))
        callback = base64.b64encode(json.dumps({
            'callbackUrl': server.url, 'callbackBody': 'o=${object}'}).encode()).decode()
        config = AsyncFetchTaskConfiguration(server.url, 'fetched', callback=callback)
        assert self.ended(oss_bucket, config).task_state == 'Success'
        assert server.requests[-1].body == b'o=fetched'
        status[0] = 500
        assert self.ended(oss_bucket, config).task_state == 'FetchSuccessCallbackFailed'

    def test_unknown_tasks(self, oss_bucket):
        with pytest.raises(ServerError) as caught:
            oss_bucket.get_async_fetch_task('unknown')
        assert caught.value.status == 404
