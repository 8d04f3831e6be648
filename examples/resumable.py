"""A transfer of a large file that breaks off, and goes on where it did.

Runs against an OSS on this machine, the embedded emulator, unless the environment names another one; see quickstart.py.
"""
from __future__ import annotations

import filecmp
import os
import tempfile
from typing import Optional

from quickstart import open_bucket

import oss2

MIB = 1024 * 1024
KEY = 'resumable/backup.tar'


class PowerCut(Exception):
    """What ends the first attempt here; it might as well be a lost network or kill -9."""


def cut_power_half_way(consumed_bytes: int, total_bytes: Optional[int]) -> None:
    if total_bytes and consumed_bytes >= total_bytes // 2:
        raise PowerCut


def show(consumed_bytes: int, total_bytes: Optional[int]) -> None:
    print(f'  {consumed_bytes // MIB} of {(total_bytes or 0) // MIB} MiB')


def main() -> None:
    with open_bucket() as bucket, tempfile.TemporaryDirectory() as folder:
        path, copy = os.path.join(folder, 'backup.tar'), os.path.join(folder, 'copy.tar')
        with open(path, 'wb') as file:
            file.write(os.urandom(8 * MIB))

        # Where the checkpoints are: without a store, in the home folder.
        up, down = oss2.ResumableStore(root=folder), oss2.ResumableDownloadStore(root=folder)
        parts = {'part_size': MIB, 'num_threads': 2}

        for name, callback in (('first attempt', cut_power_half_way), ('second attempt', show)):
            print('upload,', name)
            try:
                result = oss2.resumable_upload(bucket, KEY, path, store=up, multipart_threshold=4 * MIB,
                                               progress_callback=callback, **parts)
                print('  done, ETag', result.etag)
            except PowerCut:
                print('  broke off')

        for name, callback in (('first attempt', cut_power_half_way), ('second attempt', show)):
            print('download,', name)
            try:
                found = oss2.resumable_download(bucket, KEY, copy, store=down, multiget_threshold=4 * MIB,
                                                progress_callback=callback, **parts)
                print('  done,', found.content_length, 'bytes, CRC-64', found.server_crc)
            except PowerCut:
                print('  broke off, and there is no half a file:', os.path.exists(copy))

        print('the same:', filecmp.cmp(path, copy, shallow=False))
        bucket.delete_object(KEY)


if __name__ == '__main__':
    main()
