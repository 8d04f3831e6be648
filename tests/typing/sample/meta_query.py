"""What `oss2.models` has of meta query."""
from __future__ import annotations

from typing import TYPE_CHECKING, List, Optional

from oss2 import models

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:
    from checked import assert_type


def aggregation_group_info() -> models.AggregationGroupInfo:
    value = models.AggregationGroupInfo('value', 1)
    assert_type(value.value, Optional[str])
    assert_type(value.count, int)
    return value


def aggregations_info() -> models.AggregationsInfo:
    value = models.AggregationsInfo()
    assert_type(value.field, Optional[str])
    assert_type(value.operation, Optional[str])
    assert_type(value.value, Optional[float])
    assert_type(value.groups, List[models.AggregationGroupInfo])
    return value


def aggregations_request() -> models.AggregationsRequest:
    value = models.AggregationsRequest(field='field', operation='operation')
    assert_type(value.field, Optional[str])
    assert_type(value.operation, Optional[str])
    return value


def do_bucket_meta_query_result(result: models.DoBucketMetaQueryResult) -> None:
    assert_type(result.next_token, Optional[str])
    assert_type(result.files, List[models.MetaQueryFile])
    assert_type(result.aggregations, List[models.AggregationsInfo])


def get_bucket_meta_query_result(result: models.GetBucketMetaQueryResult) -> None:
    assert_type(result.state, Optional[str])
    assert_type(result.phase, Optional[str])
    assert_type(result.create_time, Optional[str])
    assert_type(result.update_time, Optional[str])
    assert_type(result.mode, Optional[str])


def meta_query() -> models.MetaQuery:
    value = models.MetaQuery(
        next_token='next-token', max_results=1, query='query', sort='sort', order='order',
        aggregations=[aggregations_request()])
    assert_type(value.next_token, Optional[str])
    assert_type(value.max_results, Optional[int])
    assert_type(value.query, Optional[str])
    assert_type(value.sort, Optional[str])
    assert_type(value.order, Optional[str])
    assert_type(value.aggregations, List[models.AggregationsRequest])
    return value


def meta_query_address() -> models.MetaQueryAddress:
    value = models.MetaQueryAddress(
        address_line='line', city='city', country='country', district='district', language='language',
        province='province', township='township')
    assert_type(value.address_line, Optional[str])
    assert_type(value.city, Optional[str])
    assert_type(value.country, Optional[str])
    assert_type(value.district, Optional[str])
    assert_type(value.language, Optional[str])
    assert_type(value.province, Optional[str])
    assert_type(value.township, Optional[str])
    return value


def meta_query_audio_stream() -> models.MetaQueryAudioStream:
    value = models.MetaQueryAudioStream(
        codec_name='aac', bitrate=1, sample_rate=1, start_time=0.5, duration=1.5, channels=2, language='en')
    assert_type(value.codec_name, Optional[str])
    assert_type(value.bitrate, Optional[int])
    assert_type(value.sample_rate, Optional[int])
    assert_type(value.start_time, Optional[float])
    assert_type(value.duration, Optional[float])
    assert_type(value.channels, Optional[int])
    assert_type(value.language, Optional[str])
    return value


def meta_query_file() -> models.MetaQueryFile:
    value = models.MetaQueryFile()
    assert_type(value.file_name, Optional[str])
    assert_type(value.size, Optional[int])
    assert_type(value.file_modified_time, Optional[str])
    assert_type(value.file_create_time, Optional[str])
    assert_type(value.file_access_time, Optional[str])
    assert_type(value.oss_object_type, Optional[str])
    assert_type(value.oss_storage_class, Optional[str])
    assert_type(value.object_acl, Optional[str])
    assert_type(value.etag, Optional[str])
    assert_type(value.oss_crc64, Optional[str])
    assert_type(value.oss_tagging_count, Optional[int])
    assert_type(value.oss_tagging, List[models.OSSTaggingInfo])
    assert_type(value.oss_user_meta, List[models.OSSUserMetaInfo])
    assert_type(value.uri, Optional[str])
    assert_type(value.oss_uri, Optional[str])
    assert_type(value.content_type, Optional[str])
    assert_type(value.content_md5, Optional[str])
    assert_type(value.content_encoding, Optional[str])
    assert_type(value.content_language, Optional[str])
    assert_type(value.content_disposition, Optional[str])
    assert_type(value.cache_control, Optional[str])
    assert_type(value.file_hash, Optional[str])
    assert_type(value.media_type, Optional[str])
    assert_type(value.oss_expiration, Optional[str])
    assert_type(value.access_control_allow_origin, Optional[str])
    assert_type(value.access_control_request_method, Optional[str])
    assert_type(value.server_side_encryption, Optional[str])
    assert_type(value.server_side_encryption_customer_algorithm, Optional[str])
    assert_type(value.server_side_data_encryption, Optional[str])
    assert_type(value.server_side_encryption_key_id, Optional[str])
    assert_type(value.produce_time, Optional[str])
    assert_type(value.lat_long, Optional[str])
    assert_type(value.addresses, List[models.MetaQueryAddress])
    assert_type(value.image_height, Optional[int])
    assert_type(value.image_width, Optional[int])
    assert_type(value.video_height, Optional[int])
    assert_type(value.video_width, Optional[int])
    assert_type(value.video_streams, List[models.MetaQueryVideoStream])
    assert_type(value.audio_streams, List[models.MetaQueryAudioStream])
    assert_type(value.subtitles, List[models.MetaQuerySubtitle])
    assert_type(value.bitrate, Optional[int])
    assert_type(value.duration, Optional[float])
    assert_type(value.title, Optional[str])
    assert_type(value.artist, Optional[str])
    assert_type(value.album, Optional[str])
    assert_type(value.album_artist, Optional[str])
    assert_type(value.composer, Optional[str])
    assert_type(value.performer, Optional[str])
    return value


def meta_query_subtitle() -> models.MetaQuerySubtitle:
    value = models.MetaQuerySubtitle(codec_name='text', language='en', start_time=0.0, duration=1.5)
    assert_type(value.codec_name, Optional[str])
    assert_type(value.language, Optional[str])
    assert_type(value.start_time, Optional[float])
    assert_type(value.duration, Optional[float])
    return value


def meta_query_video_stream() -> models.MetaQueryVideoStream:
    value = models.MetaQueryVideoStream(
        codec_name='h264', language='en', bitrate=1, frame_rate='25/1', start_time=0.5, duration=1.5, frame_count=1,
        bit_depth=8, pixel_format='yuv420p', color_space='bt709', height=1, width=1)
    assert_type(value.codec_name, Optional[str])
    assert_type(value.language, Optional[str])
    assert_type(value.bitrate, Optional[int])
    assert_type(value.frame_rate, Optional[str])
    assert_type(value.start_time, Optional[float])
    assert_type(value.duration, Optional[float])
    assert_type(value.frame_count, Optional[int])
    assert_type(value.bit_depth, Optional[int])
    assert_type(value.pixel_format, Optional[str])
    assert_type(value.color_space, Optional[str])
    assert_type(value.height, Optional[int])
    assert_type(value.width, Optional[int])
    return value


def oss_tagging_info() -> models.OSSTaggingInfo:
    value = models.OSSTaggingInfo('key', 'value')
    assert_type(value.key, Optional[str])
    assert_type(value.value, Optional[str])
    return value


def oss_user_meta_info() -> models.OSSUserMetaInfo:
    value = models.OSSUserMetaInfo('key', 'value')
    assert_type(value.key, Optional[str])
    assert_type(value.value, Optional[str])
    return value
