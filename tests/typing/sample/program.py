"""Programs as they are written: what one call returns goes into the next, unasked for None and uncast."""
from __future__ import annotations

import os
import shutil
import sys
from typing import Dict, Iterator, List

import oss2
from oss2.models import (
    BucketCors,
    BucketLifecycle,
    CorsRule,
    LifecycleExpiration,
    LifecycleRule,
    PartInfo,
    Tagging,
    TaggingRule,
)


def progress(consumed_bytes: int, total_bytes: int | None) -> None:
    if total_bytes:
        print(f'{100 * consumed_bytes // total_bytes}%')


def multipart_upload(bucket: oss2.Bucket, key: str, filename: str) -> str:
    total_size = os.path.getsize(filename)
    part_size = oss2.determine_part_size(total_size, preferred_size=100 * 1024)
    upload_id = bucket.init_multipart_upload(key).upload_id
    parts: List[PartInfo] = []
    with open(filename, 'rb') as file:
        offset = 0
        while offset < total_size:
            size = min(part_size, total_size - offset)
            result = bucket.upload_part(key, upload_id, len(parts) + 1, oss2.SizedFileAdapter(file, size))
            parts.append(PartInfo(len(parts) + 1, result.etag))
            offset += size
    return bucket.complete_multipart_upload(key, upload_id, parts).etag


def copy_in_parts(bucket: oss2.Bucket, source: str, target: str) -> None:
    total_size = bucket.head_object(source).content_length
    part_size = oss2.determine_part_size(total_size)
    upload_id = bucket.init_multipart_upload(target).upload_id
    parts: List[PartInfo] = []
    for number, begin in enumerate(range(0, total_size, part_size), 1):
        last = min(begin + part_size, total_size) - 1
        result = bucket.upload_part_copy(bucket.bucket_name, source, (begin, last), target, upload_id, number)
        parts.append(PartInfo(number, result.etag))
    bucket.complete_multipart_upload(target, upload_id, parts)


def append_twice(bucket: oss2.Bucket, key: str) -> int:
    result = bucket.append_object(key, 0, 'first')
    result = bucket.append_object(key, result.next_position, b'second')
    return result.next_position


def names(bucket: oss2.Bucket) -> Iterator[str]:
    for found in oss2.ObjectIterator(bucket, delimiter='/'):
        if not found.is_prefix():
            yield found.key


def all_pages(bucket: oss2.Bucket) -> Dict[str, int]:
    sizes: Dict[str, int] = {}
    marker = ''
    while True:
        page = bucket.list_objects(marker=marker)
        for found in page.object_list:
            sizes[found.key] = found.size or 0
        if not page.is_truncated:
            return sizes
        marker = page.next_marker


def download(bucket: oss2.Bucket, key: str) -> bytes:
    with bucket.get_object(key, byte_range=(0, 99), progress_callback=progress) as result, open(key, 'wb') as file:
        shutil.copyfileobj(result, file)
    text = bucket.get_object(key).read().decode()
    sys.stdout.write(text)
    return b''.join(bucket.get_object(key))


def configure(bucket: oss2.Bucket) -> None:
    bucket.put_bucket_cors(BucketCors([CorsRule(allowed_origins=['*'], allowed_methods=['GET', 'HEAD'])]))
    bucket.put_bucket_cors('<CORSConfiguration/>')
    rule = LifecycleRule('id', 'logs/', status=LifecycleRule.ENABLED, expiration=LifecycleExpiration(days=30))
    bucket.put_bucket_lifecycle(BucketLifecycle([rule]))
    tags = TaggingRule()
    tags.add('key', 'value')
    bucket.put_object_tagging('key', Tagging(tags))
    for name, value in bucket.get_object_tagging('key').tag_set.tagging_rule.items():
        print(name, value)


def upload_if_missing(bucket: oss2.Bucket, key: str) -> None:
    try:
        print(bucket.get_object_meta(key).last_modified)
    except oss2.exceptions.NoSuchKey as exc:
        print(exc.request_id, exc.details.get('Code'))
        bucket.put_object(key, iter([b'a', b'b']), headers={'Content-Type': 'text/plain'})
    except oss2.exceptions.ServerError as exc:
        print(exc.status, exc.code, exc.message)
        raise
