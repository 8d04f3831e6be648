"""Showing how far a transfer is: by a function of your own, by a bar of tqdm, and by several bars of rich at once.

The bars come with the extra `progress`; without it, only the first way is shown.
Runs against an OSS on this machine, the embedded emulator, unless the environment names another one; see quickstart.py.
"""
from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import Optional

from quickstart import open_bucket

import oss2
from oss2.progress import RichProgress, TqdmProgress

MIB = 1024 * 1024


def print_progress(consumed_bytes: int, total_bytes: Optional[int]) -> None:
    """Called with the bytes transferred so far and, where that is known, those in all."""
    if total_bytes:
        print(f'{100 * consumed_bytes // total_bytes} %')


def with_a_function(bucket: oss2.Bucket, path: str) -> None:
    oss2.resumable_upload(bucket, 'progress/data', path, multipart_threshold=0, part_size=MIB,
                          progress_callback=print_progress)


def with_a_bar(bucket: oss2.Bucket) -> None:
    with TqdmProgress(desc='progress/data', file=sys.stdout) as bar:
        bucket.get_object('progress/data', progress_callback=bar).read()


def with_several_bars(bucket: oss2.Bucket, path: str) -> None:
    from rich.progress import Progress

    def copy(key: str) -> None:
        bucket.put_object_from_file(key, path, progress_callback=RichProgress(key, display))

    with Progress() as display, ThreadPoolExecutor(3) as pool:
        for _ in pool.map(copy, [f'progress/copy-{number}' for number in range(3)]):
            pass


def main() -> None:
    with open_bucket() as bucket, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'data')
        with open(path, 'wb') as file:
            file.write(os.urandom(4 * MIB))
        with_a_function(bucket, path)
        if importlib.util.find_spec('tqdm'):
            with_a_bar(bucket)
        if importlib.util.find_spec('rich'):
            with_several_bars(bucket, path)
        bucket.batch_delete_objects([info.key for info in oss2.ObjectIterator(bucket, prefix='progress/')])


if __name__ == '__main__':
    main()
