"""The main job, end to end: a bucket, an object, and back.

Runs against an OSS on this machine, the embedded emulator, unless the environment names another one:
OSS_ENDPOINT, OSS_REGION, OSS_ACCESS_KEY_ID, OSS_ACCESS_KEY_SECRET and OSS_BUCKET.
"""
from __future__ import annotations

import contextlib
import os
import tempfile
from typing import Iterator

import oss2


@contextlib.contextmanager
def open_bucket() -> Iterator[oss2.Bucket]:
    if 'OSS_ENDPOINT' in os.environ:
        auth = oss2.AuthV4(os.environ['OSS_ACCESS_KEY_ID'], os.environ['OSS_ACCESS_KEY_SECRET'])
        with oss2.Bucket(auth, os.environ['OSS_ENDPOINT'], os.environ['OSS_BUCKET'],
                         region=os.environ.get('OSS_REGION')) as bucket:
            yield bucket
    else:
        from oss2.emulator import Emulator
        with Emulator() as oss:
            auth = oss2.AuthV4(oss.credentials.access_key_id, oss.credentials.access_key_secret)
            with oss2.Bucket(auth, oss.endpoint, 'quickstart', region=oss.region) as bucket:
                bucket.create_bucket()
                yield bucket


def main() -> None:
    with open_bucket() as bucket:
        result = bucket.put_object('hello.txt', 'Hello, OSS!', headers={'x-oss-meta-author': 'me'})
        print('put hello.txt:', result.status, 'ETag', result.etag)

        content = bucket.get_object('hello.txt').read()
        print('got back:', content.decode())

        part = bucket.get_object('hello.txt', byte_range=(0, 4)).read()
        print('its first five bytes:', part.decode())

        head = bucket.head_object('hello.txt')
        print('about it:', head.content_length, 'bytes,', head.content_type,
              'by', head.headers['x-oss-meta-author'])

        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'hello.txt')
            bucket.get_object_to_file('hello.txt', path)
            bucket.put_object_from_file('folder/copy.txt', path)

        for info in oss2.ObjectIterator(bucket):
            print('in the bucket:', info.key, info.size, 'bytes')

        url = bucket.sign_url('GET', 'hello.txt', 60)
        print('by a signed URL:', bucket.get_object_with_url(url).read().decode())

        bucket.batch_delete_objects(['hello.txt', 'folder/copy.txt'])
        try:
            bucket.get_object('hello.txt')
        except oss2.exceptions.NoSuchKey as exc:
            print('and gone again:', exc.code)


if __name__ == '__main__':
    main()
