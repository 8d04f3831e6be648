"""A folder to OSS and back: what changed since is transferred, and what fails does not stop the rest.

Runs against an OSS on this machine, the embedded emulator, unless the environment names another one; see quickstart.py.
"""
from __future__ import annotations

import os
import tempfile
from pathlib import Path

from quickstart import open_bucket

import oss2

PREFIX = 'folders/site'


def make_site(folder: Path) -> None:
    for name, content in (('index.html', b'<h1>Hello</h1>'), ('images/logo.png', os.urandom(100000)),
                          ('posts/2024/first.md', b'# First'), ('posts/2025/second.md', b'# Second')):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def upload(bucket: oss2.Bucket, folder: Path) -> None:
    try:
        result = oss2.transfer.upload_dir(bucket, folder, PREFIX, compare='crc')
    except oss2.transfer.FolderError as error:  # all the others are there
        for item in error.result.failed:
            print('  failed:', item.path, item.error)
        raise
    print(f'  {len(result.uploaded)} uploaded, {len(result.skipped)} were there already')


def main() -> None:
    with open_bucket() as bucket, tempfile.TemporaryDirectory() as temporary:
        folder, copy = Path(temporary, 'site'), Path(temporary, 'copy')
        make_site(folder)

        print('upload')
        upload(bucket, folder)
        (folder / 'index.html').write_bytes(b'<h1>Hello again</h1>')
        print('upload, after a change')
        upload(bucket, folder)

        print('what a download would write')
        plan = oss2.transfer.download_dir(bucket, PREFIX, copy, dry_run=True)
        for item in plan.downloaded:
            print(f'  {Path(item.path).relative_to(copy).as_posix()}, {item.size} bytes')

        result = oss2.transfer.download_dir(bucket, PREFIX, copy, progress_callback=show)
        same = all((copy / path.relative_to(folder)).read_bytes() == path.read_bytes()
                   for path in folder.rglob('*') if path.is_file())
        print(len(result.downloaded), 'downloaded, the same:', same)
        bucket.batch_delete_objects([info.key for info in oss2.ObjectIterator(bucket, prefix=PREFIX + '/')])


def show(consumed_bytes: int, total_bytes: object) -> None:
    if consumed_bytes == total_bytes:
        print('all', consumed_bytes, 'bytes are there')


if __name__ == '__main__':
    main()
