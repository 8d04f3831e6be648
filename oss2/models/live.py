"""Live channels: video streams that are pushed to a bucket by RTMP."""
from __future__ import annotations

from typing import List, Optional, Union

from .._xml import BOOL, INT, TIME, WORD, many, one
from ._base import RequestResult, read_text, result, shape
from .listing import marker

__all__ = [
    'CreateLiveChannelResult', 'GetLiveChannelHistoryResult', 'GetLiveChannelResult', 'GetLiveChannelStatResult',
    'GetVodPlaylistResult', 'ListLiveChannelResult', 'LiveChannelAudioStat', 'LiveChannelHistory', 'LiveChannelInfo',
    'LiveChannelInfoTarget', 'LiveChannelList', 'LiveChannelStat', 'LiveChannelVideoStat', 'LiveRecord',
]


@shape('Target')
class LiveChannelInfoTarget:
    """How the stream is stored."""

    type: str = one('Type', default='HLS', if_none='')
    frag_duration: Union[int, str] = one('FragDuration', WORD, default=5)
    """Seconds a file; text in an answer, as the next."""
    frag_count: Union[int, str] = one('FragCount', WORD, default=3)
    """Files in the playlist."""
    playlist_name: str = one('PlaylistName', default='')
    """Ends with ``.m3u8``."""


@shape('LiveChannel')
class LiveChannelInfo:
    """A live channel (PutLiveChannel)."""

    status: str = one('Status', default='enabled', if_none='')
    """``enabled`` or ``disabled``."""
    description: str = one('Description', default='', if_none='')
    target: LiveChannelInfoTarget = one('Target', LiveChannelInfoTarget, factory=LiveChannelInfoTarget)
    last_modified: Optional[int] = one('LastModified', TIME, default=None)
    """Unix seconds; this and the rest are set by OSS."""
    name: Optional[str] = one('Name', default=None)
    play_url: Optional[str] = one('PlayUrls/Url', default=None)
    publish_url: Optional[str] = one('PublishUrls/Url', default=None)


@shape('LiveChannelConfiguration')
class ChannelToCreate:
    """The document that creates a live channel."""

    description: str = one('Description', if_none='')
    status: str = one('Status', if_none='')
    target: LiveChannelInfoTarget = one('Target', LiveChannelInfoTarget)


@result('CreateLiveChannelResult')
class CreateLiveChannelResult(RequestResult, LiveChannelInfo):
    """Where to push the stream to and play it from (PutLiveChannel)."""

    status: str  # type: ignore[assignment]


@result('LiveChannelConfiguration')
class GetLiveChannelResult(RequestResult, LiveChannelInfo):
    """A live channel (GetLiveChannelInfo); ``status`` is that of the channel, not of HTTP."""

    status: str  # type: ignore[assignment]


@shape('ListLiveChannelResult')
class LiveChannelList:
    """A page of live channels."""

    prefix: str = one('Prefix', default='')
    marker: str = one('Marker', default='')
    max_keys: int = one('MaxKeys', INT, default=100)
    is_truncated: bool = one('IsTruncated', BOOL, default=False)
    next_marker: str = one('NextMarker', default='')
    channels: List[LiveChannelInfo] = many('LiveChannel', LiveChannelInfo, factory=list, init=False)


@result('ListLiveChannelResult')
class ListLiveChannelResult(RequestResult, LiveChannelList):
    """A page of the live channels of a bucket (ListLiveChannel)."""

    is_truncated: bool = one('IsTruncated', BOOL, default=False, required=True)
    next_marker: str = one('NextMarker', default='', absent=None)

    def _loaded(self) -> None:
        self.next_marker = marker(self, 'NextMarker', self.next_marker)


@shape('Video')
class LiveChannelVideoStat:
    """The video of a stream."""

    width: int = one('Width', INT, default=0)
    height: int = one('Height', INT, default=0)
    frame_rate: int = one('FrameRate', INT, default=0)
    codec: str = one('Codec', default='')
    bandwidth: int = one('Bandwidth', INT, default=0)
    """Bytes a second."""


@shape('Audio')
class LiveChannelAudioStat:
    """The audio of a stream."""

    codec: str = one('Codec', default='')
    sample_rate: int = one('SampleRate', INT, default=0)
    bandwidth: int = one('Bandwidth', INT, default=0)
    """Bytes a second."""


@shape('LiveChannelStat')
class LiveChannelStat:
    """The state of a stream."""

    status: str = one('Status', default='')
    """``Disabled``, ``Live`` or ``Idle``."""
    remote_addr: str = one('RemoteAddr', default='')
    """Who pushes the stream."""
    connected_time: Union[int, str] = one('ConnectedTime', TIME, default='')
    """Unix seconds, '' unless the stream is live."""
    video: Optional[LiveChannelVideoStat] = one('Video', LiveChannelVideoStat, default=None)
    audio: Optional[LiveChannelAudioStat] = one('Audio', LiveChannelAudioStat, default=None)


@result('LiveChannelStat')
class GetLiveChannelStatResult(RequestResult, LiveChannelStat):
    """The state of a stream (GetLiveChannelStat); ``status`` is that of the stream, not of HTTP."""

    status: str  # type: ignore[assignment]


@shape('LiveRecord')
class LiveRecord:
    """A push of a stream."""

    start_time: Union[int, str] = one('StartTime', TIME, default='')
    """Unix seconds."""
    end_time: Union[int, str] = one('EndTime', TIME, default='')
    remote_addr: str = one('RemoteAddr', default='')


@shape('LiveChannelHistory')
class LiveChannelHistory:
    """The last pushes of a stream, at most ten."""

    records: List[LiveRecord] = many('LiveRecord', LiveRecord, factory=list, init=False)


@result('LiveChannelHistory')
class GetLiveChannelHistoryResult(RequestResult, LiveChannelHistory):
    """The last pushes of a stream, at most ten (GetLiveChannelHistory)."""


@result()
class GetVodPlaylistResult(RequestResult):
    """A playlist (GetVodPlaylist)."""

    playlist: str

    def __init__(self, resp: object) -> None:
        super().__init__(resp)
        self.playlist = read_text(resp)
