"""Live channels: streams that are pushed to the bucket by RTMP, and playlists of what was recorded."""
from __future__ import annotations

from typing import Any, Optional, Union

from .. import models, xml_utils
from .._arguments import checked_name
from .._client import BucketClient
from .._typing import Data
from ..compat import to_string


class LiveOperations(BucketClient):
    """Live channels and their playlists; a channel is made before a stream can be pushed to it."""

    def create_live_channel(
            self, channel_name: str, input: Union[models.LiveChannelInfo, Data]) -> models.CreateLiveChannelResult:
        """Make a live channel, or change its settings (PutLiveChannel).

        :param input: a LiveChannelInfo, or a ready-made XML document
        :return: `publish_url` to push to and `play_url` to play from
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(input, models.LiveChannelInfo, xml_utils.to_create_live_channel)
        resp = self._object('PUT', channel_name, data=data, params={self.LIVE: ''})
        return self._parse_result(resp, xml_utils.parse_create_live_channel, models.CreateLiveChannelResult)

    def delete_live_channel(self, channel_name: str) -> models.RequestResult:
        """Delete a live channel; what was recorded stays (DeleteLiveChannel).

        :raises ChannelStillLive: a stream is being pushed to it
        """
        return models.RequestResult(self._object('DELETE', channel_name, params={self.LIVE: ''}))

    def get_live_channel(self, channel_name: str) -> models.GetLiveChannelResult:
        """Get a live channel's settings (GetLiveChannelInfo).

        :raises NoSuchLiveChannel: there is no such channel
        """
        resp = self._object('GET', channel_name, params={self.LIVE: ''})
        return self._parse_result(resp, xml_utils.parse_get_live_channel, models.GetLiveChannelResult)

    def list_live_channel(self, prefix: str = '', marker: str = '',
                          max_keys: int = 100) -> models.ListLiveChannelResult:
        """List the live channels whose names begin with *prefix* (ListLiveChannel).

        :param marker: '' for the first page, then `next_marker` of the last result, while `is_truncated`
        :param max_keys: most channels a page, at most 1000
        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params={
            self.LIVE: '', 'prefix': prefix, 'marker': marker, 'max-keys': str(max_keys)})
        return self._parse_result(resp, xml_utils.parse_list_live_channel, models.ListLiveChannelResult)

    def get_live_channel_stat(self, channel_name: str) -> models.GetLiveChannelStatResult:
        """Get the state of the stream that is being pushed (GetLiveChannelStat).

        :raises NoSuchLiveChannel: there is no such channel
        """
        resp = self._object('GET', channel_name, params={self.LIVE: '', self.COMP: self.STAT})
        return self._parse_result(resp, xml_utils.parse_live_channel_stat, models.GetLiveChannelStatResult)

    def put_live_channel_status(self, channel_name: str, status: str) -> models.RequestResult:
        """Let streams be pushed to a channel, or not (PutLiveChannelStatus).

        :param status: enabled or disabled
        :raises NoSuchLiveChannel: there is no such channel
        """
        return models.RequestResult(self._object('PUT', channel_name, params={
            self.LIVE: '', self.STATUS: checked_name(status, 'status')}))

    def get_live_channel_history(self, channel_name: str) -> models.GetLiveChannelHistoryResult:
        """Get when streams were pushed to a channel, at most the last ten, as `records` (GetLiveChannelHistory).

        :raises NoSuchLiveChannel: there is no such channel
        """
        resp = self._object('GET', channel_name, params={self.LIVE: '', self.COMP: 'history'})
        return self._parse_result(resp, xml_utils.parse_live_channel_history, models.GetLiveChannelHistoryResult)

    def post_vod_playlist(self, channel_name: str, playlist_name: str, start_time: int = 0,
                          end_time: int = 0) -> models.RequestResult:
        """Store a playlist of what was recorded (PostVodPlaylist).

        :param playlist_name: ends with .m3u8
        :param start_time: of the recording, as *end_time* in Unix seconds; at most a day lies between them
        :raises NoSuchLiveChannel: there is no such channel
        """
        key = _name(channel_name, 'channel_name') + '/' + _name(playlist_name, 'playlist_name')
        return models.RequestResult(self._object('POST', key, params={
            self.VOD: '', 'startTime': str(start_time), 'endTime': str(end_time)}))

    def get_vod_playlist(self, channel_name: str, start_time: int, end_time: int) -> models.GetVodPlaylistResult:
        """Get a playlist of what was recorded, as `playlist` (GetVodPlaylist).

        :param start_time: of the recording, as *end_time* in Unix seconds; at most a day lies between them
        :raises NoSuchLiveChannel: there is no such channel
        """
        return models.GetVodPlaylistResult(self._object('GET', channel_name, params={
            self.VOD: '', 'startTime': str(start_time), 'endTime': str(end_time)}))

    def sign_rtmp_url(self, channel_name: str, playlist_name: Optional[str], expires: int) -> str:
        """A URL to push a stream to, for a time.

        :param playlist_name: of the playlist to write, in place of the channel's own; None or '' for that
        :param expires: seconds from now
        """
        channel_name = _name(channel_name, 'channel_name')
        url = self._make_url(self.bucket_name, 'live').partition('://')[2]
        params = {'playlistName': playlist_name} if playlist_name else {}
        return str(self.auth._sign_rtmp_url(f'rtmp://{url}/{channel_name}', self.bucket_name, channel_name, expires,
                                            params))


def _name(value: Any, name: str) -> str:
    return str(to_string(checked_name(value, name)))
