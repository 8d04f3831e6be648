"""What `oss2.models` has of live."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional, Union

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def create_live_channel_result(result: models.CreateLiveChannelResult) -> None:
    assert_type(result.status, str)
    assert_type(result.description, str)
    assert_type(result.target, models.LiveChannelInfoTarget)
    assert_type(result.last_modified, Optional[int])
    assert_type(result.name, Optional[str])
    assert_type(result.play_url, Optional[str])
    assert_type(result.publish_url, Optional[str])


def get_live_channel_history_result(result: models.GetLiveChannelHistoryResult) -> None:
    assert_type(result.records, List[models.LiveRecord])


def get_live_channel_result(result: models.GetLiveChannelResult) -> None:
    assert_type(result.status, str)
    assert_type(result.description, str)
    assert_type(result.target, models.LiveChannelInfoTarget)
    assert_type(result.last_modified, Optional[int])
    assert_type(result.name, Optional[str])
    assert_type(result.play_url, Optional[str])
    assert_type(result.publish_url, Optional[str])


def get_live_channel_stat_result(result: models.GetLiveChannelStatResult) -> None:
    assert_type(result.status, str)
    assert_type(result.remote_addr, str)
    assert_type(result.connected_time, Union[int, str])
    assert_type(result.video, Optional[models.LiveChannelVideoStat])
    assert_type(result.audio, Optional[models.LiveChannelAudioStat])


def get_vod_playlist_result(result: models.GetVodPlaylistResult) -> None:
    assert_type(result.playlist, str)


def list_live_channel_result(result: models.ListLiveChannelResult) -> None:
    assert_type(result.prefix, str)
    assert_type(result.marker, str)
    assert_type(result.max_keys, int)
    assert_type(result.is_truncated, bool)
    assert_type(result.next_marker, str)
    assert_type(result.channels, List[models.LiveChannelInfo])


def live_channel_audio_stat() -> models.LiveChannelAudioStat:
    value = models.LiveChannelAudioStat(codec='codec', sample_rate=1, bandwidth=1)
    assert_type(value.codec, str)
    assert_type(value.sample_rate, int)
    assert_type(value.bandwidth, int)
    return value


def live_channel_history() -> models.LiveChannelHistory:
    value = models.LiveChannelHistory()
    assert_type(value.records, List[models.LiveRecord])
    return value


def live_channel_info() -> models.LiveChannelInfo:
    value = models.LiveChannelInfo(
        status='Enabled', description='description', target=live_channel_info_target(),
        last_modified=1, name='name', play_url='play-url', publish_url='publish-url')
    assert_type(value.status, str)
    assert_type(value.description, str)
    assert_type(value.target, models.LiveChannelInfoTarget)
    assert_type(value.last_modified, Optional[int])
    assert_type(value.name, Optional[str])
    assert_type(value.play_url, Optional[str])
    assert_type(value.publish_url, Optional[str])
    return value


def live_channel_info_target() -> models.LiveChannelInfoTarget:
    value = models.LiveChannelInfoTarget(type='type', frag_duration=1, frag_count=1, playlist_name='playlist-name')
    assert_type(value.type, str)
    assert_type(value.frag_duration, Union[int, str])
    assert_type(value.frag_count, Union[int, str])
    assert_type(value.playlist_name, str)
    return value


def live_channel_list() -> models.LiveChannelList:
    value = models.LiveChannelList(
        prefix='prefix', marker='marker', max_keys=1, is_truncated=True, next_marker='next-marker')
    assert_type(value.prefix, str)
    assert_type(value.marker, str)
    assert_type(value.max_keys, int)
    assert_type(value.is_truncated, bool)
    assert_type(value.next_marker, str)
    assert_type(value.channels, List[models.LiveChannelInfo])
    return value


def live_channel_stat() -> models.LiveChannelStat:
    value = models.LiveChannelStat(
        status='Enabled', remote_addr='remote-addr', connected_time=1,
        video=live_channel_video_stat(), audio=live_channel_audio_stat())
    assert_type(value.status, str)
    assert_type(value.remote_addr, str)
    assert_type(value.connected_time, Union[int, str])
    assert_type(value.video, Optional[models.LiveChannelVideoStat])
    assert_type(value.audio, Optional[models.LiveChannelAudioStat])
    return value


def live_channel_video_stat() -> models.LiveChannelVideoStat:
    value = models.LiveChannelVideoStat(width=1, height=1, frame_rate=1, codec='codec', bandwidth=1)
    assert_type(value.width, int)
    assert_type(value.height, int)
    assert_type(value.frame_rate, int)
    assert_type(value.codec, str)
    assert_type(value.bandwidth, int)
    return value


def live_record() -> models.LiveRecord:
    value = models.LiveRecord(start_time=1, end_time=1, remote_addr='remote-addr')
    assert_type(value.start_time, Union[int, str])
    assert_type(value.end_time, Union[int, str])
    assert_type(value.remote_addr, str)
    return value
