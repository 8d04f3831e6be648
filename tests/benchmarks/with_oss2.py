"""The rows over oss2: this checkout's and the oracle's, by what both have in common."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Dict

import payload
from contestant import Contestant, peak_growth, timed
from payload import BUCKET, HUGE, LARGE, MEDIUM, MIB, SMALL, Sizes

import oss2
import oss2.http
import oss2.models
import oss2.utils

MEASURE_IMPORT = 'import requests, time; start = time.perf_counter(); import oss2; print(time.perf_counter() - start)'


class Oss2(Contestant):
    def __init__(self, sizes: Sizes, port: int, directory: Path) -> None:
        super().__init__(sizes, port, directory)
        self.auth = oss2.Auth('LTAI-benchmark-id', 'benchmark-secret')
        self.auth_v4 = oss2.AuthV4('LTAI-benchmark-id', 'benchmark-secret')
        self.bucket = oss2.Bucket(self.auth, f'http://127.0.0.1:{port}', BUCKET)

    def request(self) -> Any:
        headers: Dict[str, str] = {
            'Content-Type': 'image/jpeg', 'Content-MD5': 'XrY7u+Ae7tCTyyK7j1rNww==', 'Content-Length': '1024',
            'x-oss-storage-class': 'IA', 'x-oss-object-acl': 'private', 'x-oss-meta-author': 'benchmark',
        }
        return oss2.http.Request('PUT', f'http://{BUCKET}.oss-cn-hangzhou.aliyuncs.com/photos/2024/image.jpg',
                                 data=b'', headers=headers, region='cn-hangzhou', product='oss')

    def sign_v1(self) -> float:
        requests = [self.request() for _ in range(10 * self.sizes.calls)]
        return self.each(lambda request: self.auth._sign_request(request, BUCKET, 'photos/2024/image.jpg'), requests)

    def sign_v4(self) -> float:
        requests = [self.request() for _ in range(10 * self.sizes.calls)]
        return self.each(lambda request: self.auth_v4._sign_request(request, BUCKET, 'photos/2024/image.jpg'), requests)

    def put_small(self) -> float:
        data = payload.content(self.sizes.small)
        return self.repeat(lambda: self.bucket.put_object(SMALL, data), self.sizes.calls)

    def get_small(self) -> float:
        return self.repeat(lambda: self.bucket.get_object(SMALL).read(), self.sizes.calls)

    def head(self) -> float:
        return self.repeat(lambda: self.bucket.head_object(SMALL), self.sizes.calls)

    def list_keys(self) -> float:
        return self.repeat(self._list_keys, self.sizes.lists) / 1000

    def _list_keys(self) -> None:
        assert len(self.bucket.list_objects(max_keys=1000).object_list) == self.sizes.keys

    def list_versions(self) -> float:
        return self.repeat(self._list_versions, self.sizes.lists) / 1000

    def _list_versions(self) -> None:
        page = self.bucket.list_object_versions(max_keys=1000)
        assert len(page.versions) + len(page.delete_marker) == self.sizes.keys

    def get_read(self) -> float:
        return self.rate(self._get_read, self.sizes.large)

    def _get_read(self) -> None:
        result = self.bucket.get_object(LARGE)
        left = self.sizes.large
        while left:
            left -= len(result.read(MIB))
        assert result.read(MIB) in (b'', '')

    def get_iterate(self) -> float:
        return self.rate(self._get_iterate, self.sizes.large)

    def _get_iterate(self) -> None:
        assert sum(map(len, self.bucket.get_object(LARGE))) == self.sizes.large

    def get_file(self) -> float:
        self.target.unlink(missing_ok=True)
        return self.rate(lambda: self.bucket.get_object_to_file(LARGE, str(self.target)), self.sizes.large)

    def put_file(self) -> float:
        return self.rate(lambda: self.bucket.put_object_from_file(LARGE, str(self.source)), self.sizes.large)

    def put_bytes(self) -> float:
        data = payload.content(self.sizes.large)
        return self.rate(lambda: self.bucket.put_object(LARGE, data), self.sizes.large)

    def resumable_upload(self) -> float:
        return self.rate(self._upload_in_parts, self.sizes.huge)

    def _upload_in_parts(self) -> None:
        oss2.resumable_upload(
            self.bucket, HUGE, str(self.huge), store=oss2.ResumableStore(root=str(self.directory)),
            multipart_threshold=0, part_size=self.sizes.part, num_threads=self.sizes.threads)

    def resumable_download(self) -> float:
        self.target.unlink(missing_ok=True)
        return self.rate(self._download_in_parts, self.sizes.huge)

    def _download_in_parts(self) -> None:
        oss2.resumable_download(
            self.bucket, HUGE, str(self.target), store=oss2.ResumableDownloadStore(root=str(self.directory)),
            multiget_threshold=0, part_size=self.sizes.part, num_threads=self.sizes.threads)

    def crc64(self) -> float:
        data, checksum = payload.content(self.sizes.checksum), oss2.utils.Crc64()
        return self.rate(lambda: checksum(data), len(data))

    def crc64_new(self) -> float:
        return self.repeat(oss2.utils.Crc64, 10 * self.sizes.calls)

    def combine(self) -> float:
        """``calc_obj_crc_from_parts`` over parts of 8 MiB, of which the last is shorter.

        The oracle takes the better part of a minute for all, so it does 1 in 100 of them: its time is proportional.
        """
        share = 1 if hasattr(oss2.utils, 'crc64_backend') else min(100, self.sizes.parts // 2)
        count = self.sizes.parts // share
        sizes = [8 * MIB] * (count - 1) + [5 * MIB + 12345]
        parts = [oss2.models.PartInfo(n, 'etag', size, part_crc=n * 0x9E3779B97F4A7C15 % 2 ** 64)
                 for n, size in enumerate(sizes, 1)]
        return 1000 * share * timed(lambda: oss2.utils.calc_obj_crc_from_parts(parts))

    def import_time(self) -> float:
        done = subprocess.run([sys.executable, '-c', MEASURE_IMPORT], stdout=subprocess.PIPE, check=True)
        return 1000 * float(done.stdout)

    def memory_read(self) -> float:
        self.bucket.get_object(SMALL).read()
        return peak_growth(lambda: self.bucket.get_object(MEDIUM).read())

    def memory_put(self) -> float:
        self.bucket.put_object(SMALL, payload.content(self.sizes.small))
        return peak_growth(lambda: self.bucket.put_object_from_file(LARGE, str(self.source)))

    def memory_upload(self) -> float:
        self.bucket.put_object(SMALL, payload.content(self.sizes.small))
        return peak_growth(self._upload_in_parts)

    def memory_download(self) -> float:
        self.bucket.get_object(SMALL).read()
        self.target.unlink(missing_ok=True)
        return peak_growth(self._download_in_parts)
