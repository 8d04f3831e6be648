"""The rows over the least that could do them: urllib3 for small requests, http.client with large blocks for large ones.

No credentials, no checksum, no errors handled: what a client of OSS cannot go below. Rows without such a thing have no
method here.
"""
from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
from pathlib import Path
from typing import Callable
from xml.etree import ElementTree

import payload
import urllib3
from contestant import Contestant, peak_growth
from fastcrc.crc64 import xz
from payload import BUCKET, LARGE, MEDIUM, MIB, SMALL, Sizes


class Floor(Contestant):
    def __init__(self, sizes: Sizes, port: int, directory: Path) -> None:
        super().__init__(sizes, port, directory)
        self.pool = urllib3.PoolManager()
        self.url = f'http://127.0.0.1:{port}/{BUCKET}/'
        self.connection = http.client.HTTPConnection('127.0.0.1', port, blocksize=MIB)

    def sign_v1(self) -> float:
        """The hashes of a signature alone."""
        text = b'PUT\n\nimage/jpeg\nWed, 01 May 2024 08:00:00 GMT\n/bucket/photos/2024/image.jpg' * 2
        return self.repeat(lambda: base64.b64encode(hmac.new(b'benchmark-secret', text, hashlib.sha1).digest()),
                           10 * self.sizes.calls)

    def sign_v4(self) -> float:
        """The hashes of a signature alone, with the day's key at hand."""
        text = b'PUT\n\nimage/jpeg\nWed, 01 May 2024 08:00:00 GMT\n/bucket/photos/2024/image.jpg' * 4
        return self.repeat(lambda: hmac.new(b'benchmark-secret' * 2, hashlib.sha256(text).digest() * 4,
                                            hashlib.sha256).hexdigest(), 10 * self.sizes.calls)

    def put_small(self) -> float:
        data = payload.content(self.sizes.small)
        return self.repeat(lambda: self.pool.request('PUT', self.url + SMALL, body=data), self.sizes.calls)

    def get_small(self) -> float:
        return self.repeat(lambda: self.pool.request('GET', self.url + SMALL).data, self.sizes.calls)

    def head(self) -> float:
        return self.repeat(lambda: self.pool.request('HEAD', self.url + SMALL), self.sizes.calls)

    def list_keys(self) -> float:
        """Received and parsed to a tree, of which nothing is read."""
        return self.repeat(lambda: ElementTree.fromstring(self.pool.request('GET', self.url).data),
                           self.sizes.lists) / 1000

    def list_versions(self) -> float:
        return self.repeat(lambda: ElementTree.fromstring(self.pool.request('GET', self.url + '?versions').data),
                           self.sizes.lists) / 1000

    def get_read(self) -> float:
        return self.rate(lambda: self._get(len), self.sizes.large)

    get_iterate = get_read

    def get_file(self) -> float:
        self.target.unlink(missing_ok=True)
        with open(self.target, 'wb', buffering=0) as file:
            return self.rate(lambda: self._get(file.write), self.sizes.large)

    def _get(self, consume: Callable[[memoryview], object]) -> None:
        self.connection.request('GET', f'/{BUCKET}/{LARGE}')
        with self.connection.getresponse() as response:
            view = memoryview(bytearray(MIB))
            left = self.sizes.large
            while left:
                received = response.readinto(view)
                consume(view[:received])
                left -= received

    def put_file(self) -> float:
        return self.rate(self._put_file, self.sizes.large)

    def _put_file(self) -> None:
        with open(self.source, 'rb', buffering=0) as file:
            self.connection.request('PUT', f'/{BUCKET}/{LARGE}', file, {'Content-Length': str(self.sizes.large)})
            self._finish()

    def put_bytes(self) -> float:
        data = payload.content(self.sizes.large)
        return self.rate(lambda: self._put_bytes(data), self.sizes.large)

    def _put_bytes(self, data: bytes) -> None:
        self.connection.request('PUT', f'/{BUCKET}/{LARGE}', data)
        self._finish()

    def _finish(self) -> None:
        with self.connection.getresponse() as response:
            response.read()
            assert response.status == 200

    def crc64(self) -> float:
        data = payload.content(self.sizes.checksum)
        return self.rate(lambda: xz(data, 0), len(data))

    def memory_read(self) -> float:
        self.connection.request('HEAD', f'/{BUCKET}/{SMALL}')
        self._finish()
        return peak_growth(self._read)

    def _read(self) -> bytes:
        self.connection.request('GET', f'/{BUCKET}/{MEDIUM}')
        with self.connection.getresponse() as response:
            return response.read()

    def memory_put(self) -> float:
        self.connection.request('HEAD', f'/{BUCKET}/{SMALL}')
        self._finish()
        return peak_growth(self._put_file)
