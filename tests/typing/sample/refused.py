"""What type checkers refuse: a `type: ignore` where there is nothing to ignore is an error, too."""
from __future__ import annotations

import oss2
from oss2 import models


def refused(bucket: oss2.Bucket) -> None:
    bucket.put_object('key', 5)  # type: ignore[arg-type]
    bucket.put_object('key', None)  # type: ignore[arg-type]
    bucket.put_object(5, b'data')  # type: ignore[arg-type]
    bucket.put_object('key')  # type: ignore[call-arg]
    bucket.put_object('key', 'data', header={})  # type: ignore[call-arg]
    bucket.get_object('key', byte_range='bytes=0-9')  # type: ignore[arg-type]
    bucket.get_object('key', byte_range=(0, 1, 2))  # type: ignore[arg-type]
    bucket.upload_part('key', 'id', '1', b'data')  # type: ignore[arg-type]
    bucket.append_object('key', '0', b'data')  # type: ignore[arg-type]
    bucket.put_bucket_cors(models.BucketLifecycle())  # type: ignore[arg-type]
    bucket.put_bucket_lifecycle(None)  # type: ignore[arg-type]
    bucket.complete_multipart_upload('key', 'id', [('1', 'etag')])  # type: ignore[list-item]
    bucket.list_objects(max_keys='10')  # type: ignore[arg-type]
    models.PartInfo('1', 'etag')  # type: ignore[arg-type]
    models.PartInfo(1)  # type: ignore[call-arg]
    models.CorsRule(allowed_origin=['*'])  # type: ignore[call-arg]


def read_wrongly(bucket: oss2.Bucket) -> None:
    page = bucket.list_objects()
    print(page.objects)  # type: ignore[attr-defined]
    print(min(found.last_modified for found in page.object_list))  # type: ignore[type-var]
    text: str = bucket.get_object('key').read()  # type: ignore[assignment]
    print(text)
    for found in oss2.ObjectIterator(bucket):
        print(found.name)  # type: ignore[attr-defined]
    crc: int = bucket.put_object('key', b'data').crc  # type: ignore[assignment]
    print(crc)
