"""Queries over the metadata of a bucket's objects."""
from __future__ import annotations

from typing import List, Optional

from .._xml import FLOAT, INT, Kind, many, one
from ._base import RequestResult, legible, result, shape

__all__ = [
    'AggregationGroupInfo', 'AggregationsInfo', 'AggregationsRequest', 'DoBucketMetaQueryResult',
    'GetBucketMetaQueryResult', 'MetaQuery', 'MetaQueryAddress', 'MetaQueryAudioStream', 'MetaQueryFile',
    'MetaQuerySubtitle', 'MetaQueryVideoStream', 'OSSTaggingInfo', 'OSSUserMetaInfo', 'SemanticMetaQuery',
]


@shape('Aggregation')
class AggregationsRequest:
    """Something to compute over the objects found."""

    field: Optional[str] = one('Field', default=None)
    operation: Optional[str] = one('Operation', default=None)
    """``min``, ``max``, ``average``, ``sum``, ``count``, ``distinct`` or ``group``."""


@shape('MetaQuery')
class MetaQuery:
    """What to look for (DoMetaQuery)."""

    next_token: Optional[str] = one('NextToken', default=None)
    """That of the previous page."""
    max_results: Optional[int] = one('MaxResults', INT, default=None)
    query: Optional[str] = one('Query', default=None, if_none='')
    """JSON."""
    sort: Optional[str] = one('Sort', default=None)
    """The field to sort by."""
    order: Optional[str] = one('Order', default=None)
    """``asc`` or ``desc``."""
    aggregations: List[AggregationsRequest] = many('Aggregations/Aggregation', AggregationsRequest, factory=list)


@result('MetaQuery')
class GetBucketMetaQueryResult(RequestResult):
    """The state of a bucket's index (GetMetaQueryStatus); times as OSS sends them."""

    state: Optional[str] = one('State', default=None)
    phase: Optional[str] = one('Phase', default=None)
    create_time: Optional[str] = one('CreateTime', default=None)
    update_time: Optional[str] = one('UpdateTime', default=None)
    mode: Optional[str] = one('MetaQueryMode', default=None)
    """``basic`` or ``semantic``."""


@shape('Tagging')
class OSSTaggingInfo:
    """A tag of an object found."""

    key: Optional[str] = one('Key')
    value: Optional[str] = one('Value')


@shape('UserMeta')
class OSSUserMetaInfo:
    """Metadata of the user of an object found."""

    key: Optional[str] = one('Key')
    value: Optional[str] = one('Value')


_NUMBER = Kind(legible(int), str)
_SECONDS = Kind(legible(float), str)


@shape('VideoStream')
class MetaQueryVideoStream:
    """A video in an object found."""

    codec_name: Optional[str] = one('CodecName', default=None)
    language: Optional[str] = one('Language', default=None)
    bitrate: Optional[int] = one('Bitrate', _NUMBER, default=None)
    """Bits a second."""
    frame_rate: Optional[str] = one('FrameRate', default=None)
    """As OSS sends it, such as ``25/1``."""
    start_time: Optional[float] = one('StartTime', _SECONDS, default=None)
    """Seconds from the beginning of the object."""
    duration: Optional[float] = one('Duration', _SECONDS, default=None)
    """Seconds."""
    frame_count: Optional[int] = one('FrameCount', _NUMBER, default=None)
    bit_depth: Optional[int] = one('BitDepth', _NUMBER, default=None)
    pixel_format: Optional[str] = one('PixelFormat', default=None)
    color_space: Optional[str] = one('ColorSpace', default=None)
    height: Optional[int] = one('Height', _NUMBER, default=None)
    width: Optional[int] = one('Width', _NUMBER, default=None)


@shape('AudioStream')
class MetaQueryAudioStream:
    """A sound in an object found."""

    codec_name: Optional[str] = one('CodecName', default=None)
    bitrate: Optional[int] = one('Bitrate', _NUMBER, default=None)
    """Bits a second."""
    sample_rate: Optional[int] = one('SampleRate', _NUMBER, default=None)
    """Hertz."""
    start_time: Optional[float] = one('StartTime', _SECONDS, default=None)
    duration: Optional[float] = one('Duration', _SECONDS, default=None)
    channels: Optional[int] = one('Channels', _NUMBER, default=None)
    language: Optional[str] = one('Language', default=None)


@shape('Subtitle')
class MetaQuerySubtitle:
    """Subtitles in an object found."""

    codec_name: Optional[str] = one('CodecName', default=None)
    language: Optional[str] = one('Language', default=None)
    start_time: Optional[float] = one('StartTime', _SECONDS, default=None)
    duration: Optional[float] = one('Duration', _SECONDS, default=None)


@shape('Address')
class MetaQueryAddress:
    """Where an object found was made."""

    address_line: Optional[str] = one('AddressLine', default=None)
    city: Optional[str] = one('City', default=None)
    country: Optional[str] = one('Country', default=None)
    district: Optional[str] = one('District', default=None)
    language: Optional[str] = one('Language', default=None)
    province: Optional[str] = one('Province', default=None)
    township: Optional[str] = one('Township', default=None)


@shape('File')
class MetaQueryFile:
    """An object found; times as OSS sends them, and None for what it did not send.

    What follows ``oss_user_meta`` comes in answers to queries with the mode semantic.
    """

    file_name: Optional[str] = one('Filename', default=None, init=False)
    size: Optional[int] = one('Size', INT, default=None, absent=0, init=False)
    file_modified_time: Optional[str] = one('FileModifiedTime', default=None, init=False)
    file_create_time: Optional[str] = one('FileCreateTime', default=None, init=False)
    file_access_time: Optional[str] = one('FileAccessTime', default=None, init=False)
    oss_object_type: Optional[str] = one('OSSObjectType', default=None, init=False)
    oss_storage_class: Optional[str] = one('OSSStorageClass', default=None, init=False)
    object_acl: Optional[str] = one('ObjectACL', default=None, init=False)
    etag: Optional[str] = one('ETag', default=None, init=False)
    """As OSS sends it, with quotes."""
    oss_crc64: Optional[str] = one('OSSCRC64', default=None, init=False)
    oss_tagging_count: Optional[int] = one('OSSTaggingCount', INT, default=None, absent=0, init=False)
    oss_tagging: List[OSSTaggingInfo] = many('OSSTagging/Tagging', OSSTaggingInfo, factory=list, init=False)
    oss_user_meta: List[OSSUserMetaInfo] = many('OSSUserMeta/UserMeta', OSSUserMetaInfo, factory=list, init=False)
    uri: Optional[str] = one('URI', default=None, init=False)
    """Such as ``oss://bucket/key``."""
    oss_uri: Optional[str] = one('OSSURI', default=None, init=False)
    content_type: Optional[str] = one('ContentType', default=None, init=False)
    content_md5: Optional[str] = one('ContentMd5', default=None, init=False)
    content_encoding: Optional[str] = one('ContentEncoding', default=None, init=False)
    content_language: Optional[str] = one('ContentLanguage', default=None, init=False)
    content_disposition: Optional[str] = one('ContentDisposition', default=None, init=False)
    cache_control: Optional[str] = one('CacheControl', default=None, init=False)
    file_hash: Optional[str] = one('FileHash', default=None, init=False)
    media_type: Optional[str] = one('MediaType', default=None, init=False)
    """``image``, ``video``, ``audio`` or ``document``."""
    oss_expiration: Optional[str] = one('OSSExpiration', default=None, init=False)
    access_control_allow_origin: Optional[str] = one('AccessControlAllowOrigin', default=None, init=False)
    access_control_request_method: Optional[str] = one('AccessControlRequestMethod', default=None, init=False)
    server_side_encryption: Optional[str] = one('ServerSideEncryption', default=None, init=False)
    server_side_encryption_customer_algorithm: Optional[str] = one(
        'ServerSideEncryptionCustomerAlgorithm', default=None, init=False)
    server_side_data_encryption: Optional[str] = one('ServerSideDataEncryption', default=None, init=False)
    server_side_encryption_key_id: Optional[str] = one('ServerSideEncryptionKeyId', default=None, init=False)
    produce_time: Optional[str] = one('ProduceTime', default=None, init=False)
    lat_long: Optional[str] = one('LatLong', default=None, init=False)
    """Latitude and longitude, separated by a comma."""
    addresses: List[MetaQueryAddress] = many('Addresses/Address', MetaQueryAddress, factory=list, init=False)
    image_height: Optional[int] = one('ImageHeight', _NUMBER, default=None, init=False)
    """Pixels, as the next three."""
    image_width: Optional[int] = one('ImageWidth', _NUMBER, default=None, init=False)
    video_height: Optional[int] = one('VideoHeight', _NUMBER, default=None, init=False)
    video_width: Optional[int] = one('VideoWidth', _NUMBER, default=None, init=False)
    video_streams: List[MetaQueryVideoStream] = many(
        'VideoStreams/VideoStream', MetaQueryVideoStream, factory=list, init=False)
    audio_streams: List[MetaQueryAudioStream] = many(
        'AudioStreams/AudioStream', MetaQueryAudioStream, factory=list, init=False)
    subtitles: List[MetaQuerySubtitle] = many('Subtitles/Subtitle', MetaQuerySubtitle, factory=list, init=False)
    bitrate: Optional[int] = one('Bitrate', _NUMBER, default=None, init=False)
    """Bits a second."""
    duration: Optional[float] = one('Duration', _SECONDS, default=None, init=False)
    """Seconds."""
    title: Optional[str] = one('Title', default=None, init=False)
    artist: Optional[str] = one('Artist', default=None, init=False)
    album: Optional[str] = one('Album', default=None, init=False)
    album_artist: Optional[str] = one('AlbumArtist', default=None, init=False)
    composer: Optional[str] = one('Composer', default=None, init=False)
    performer: Optional[str] = one('Performer', default=None, init=False)


@shape('Group')
class AggregationGroupInfo:
    """How many objects have a value."""

    value: Optional[str] = one('Value')
    count: int = one('Count', INT, absent=0)


@shape('Aggregation')
class AggregationsInfo:
    """Something computed over the objects found."""

    field: Optional[str] = one('Field', default=None, init=False)
    operation: Optional[str] = one('Operation', default=None, init=False)
    value: Optional[float] = one('Value', FLOAT, default=None, absent=0.0, init=False)
    groups: List[AggregationGroupInfo] = many('Groups/Group', AggregationGroupInfo, factory=list, init=False)


@result('MetaQuery')
class DoBucketMetaQueryResult(RequestResult):
    """The objects found (DoMetaQuery)."""

    next_token: Optional[str] = one('NextToken', default=None)
    """For the next page, '' on the last one."""
    files: List[MetaQueryFile] = many('Files/File', MetaQueryFile)
    aggregations: List[AggregationsInfo] = many('Aggregations/Aggregation', AggregationsInfo)


@shape('MetaQuery', sequence=('max_results', 'query', 'media_types', 'simple_query'))
class SemanticMetaQuery:
    """What to look for by content, in an index that was opened with the mode semantic (DoMetaQuery)."""

    query: str = one('Query', required=True)
    """In plain words."""
    media_types: List[str] = many('MediaTypes/MediaType', factory=list)
    """Some of ``image``, ``video``, ``audio`` and ``document``."""
    simple_query: Optional[str] = one('SimpleQuery', default=None)
    """JSON: conditions on metadata."""
    max_results: Optional[int] = one('MaxResults', INT, default=None)
