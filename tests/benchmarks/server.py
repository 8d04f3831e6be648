"""The server that the contestants talk to: answers made beforehand, over plain sockets, one thread a connection.

It runs in a process of its own and does as little as it can, so that the clients are what is measured.
Prints its port when it listens.
"""
from __future__ import annotations

import argparse
import re
import socket
import threading
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Dict, List, Optional, Tuple
from urllib.parse import quote

import payload
from fastcrc.crc64 import xz as crc64
from payload import BUCKET, HUGE, LARGE, MEDIUM, MIB, SMALL, Sizes

RANGE = re.compile(rb'\r\nrange: *bytes=(\d+)-(\d+)', re.IGNORECASE)
CONTENT_LENGTH = re.compile(rb'\r\ncontent-length: *(\d+)', re.IGNORECASE)
ENTRY = ('<Contents><Key>{key}</Key><LastModified>2024-05-01T08:{minute:02}:{second:02}.000Z</LastModified>'
         '<ETag>"{etag:032X}"</ETag><Type>Normal</Type><Size>{size}</Size><StorageClass>Standard</StorageClass>'
         '<Owner><ID>1305433695553186</ID><DisplayName>1305433695553186</DisplayName></Owner></Contents>')
# Of ten versions, one is a delete marker.
VERSION = ENTRY.replace('Contents', 'Version').replace('</Key>', '</Key><VersionId>{etag:032x}</VersionId><IsLatest>'
                                                       '{latest}</IsLatest>')
MARKER = ('<DeleteMarker><Key>{key}</Key><VersionId>{etag:032x}</VersionId><IsLatest>{latest}</IsLatest>'
          '<LastModified>2024-05-01T08:{minute:02}:{second:02}.000Z</LastModified>'
          '<Owner><ID>1305433695553186</ID><DisplayName>1305433695553186</DisplayName></Owner></DeleteMarker>')


class Answer:
    """What a request gets, and how long its body has to be.

    :param file: holds the body, *length* bytes from *begin* on
    """

    def __init__(self, headers: Dict[str, object], body: bytes = b'', file: Optional[BinaryIO] = None,
                 length: Optional[int] = None, takes: int = 0, begin: int = 0, status: str = '200 OK') -> None:
        fields = {
            'Server': 'AliyunOSS',
            'Date': 'Wed, 01 May 2024 08:00:00 GMT',
            'Content-Length': len(body) if length is None else length,
            'Connection': 'keep-alive',
            'x-oss-request-id': '6631F5A0C0D8C33233F4A8B1',
            'x-oss-server-time': 12,
            **headers,
        }
        head = f'HTTP/1.1 {status}\r\n' + ''.join(f'{name}: {value}\r\n' for name, value in fields.items()) + '\r\n'
        self.first = head.encode() + body
        self.file = file
        self.length = length
        self.takes = takes
        self.begin = begin

    def send(self, connection: socket.socket) -> None:
        connection.sendall(self.first)
        if self.file is not None:
            connection.sendfile(self.file, self.begin, self.length)


REFUSAL = b'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'


def listing(keys: int) -> bytes:
    entries = ''.join(
        ENTRY.format(key=quote(f'photos/2024/05/camera {n % 7}/image-{n:06}.jpg', safe=''), minute=n // 60 % 60,
                     second=n % 60, etag=n * 0x9E3779B97F4A7C15F39CC0605CEDC835 % (1 << 128), size=n * 7919)
        for n in range(keys))
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult><Name>{BUCKET}</Name><Prefix></Prefix>'
            f'<Marker></Marker><MaxKeys>{keys}</MaxKeys><Delimiter></Delimiter><EncodingType>url</EncodingType>'
            f'<IsTruncated>false</IsTruncated>{entries}</ListBucketResult>').encode()


def versions(count: int) -> bytes:
    entries = ''.join(
        (MARKER if n % 10 == 3 else VERSION).format(
            key=quote(f'photos/2024/05/camera {n % 7}/image-{n // 2:06}.jpg', safe=''), minute=n // 60 % 60,
            second=n % 60, etag=n * 0x9E3779B97F4A7C15F39CC0605CEDC835 % (1 << 128), size=n * 7919,
            latest='false' if n % 2 else 'true')
        for n in range(count))
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<ListVersionsResult><Name>{BUCKET}</Name><Prefix></Prefix>'
            f'<KeyMarker></KeyMarker><VersionIdMarker></VersionIdMarker><MaxKeys>{count}</MaxKeys><Delimiter></Delimiter>'
            f'<EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>{entries}</ListVersionsResult>').encode()


class Parts:
    """The object that is transferred in parts."""

    def __init__(self, sizes: Sizes, file: BinaryIO) -> None:
        self.path = f'/{BUCKET}/{HUGE}'.encode()
        self.size = sizes.huge
        self.file = file
        self.stored = stored(sizes.huge)

    def answer(self, method: bytes, query: bytes, head: bytes, length: int) -> Answer:
        if method == b'PUT':
            return Answer(stored(length), takes=length)
        if method == b'POST':
            body = b'<R><UploadId>0004B9895DBBB6EC98E36</UploadId></R>' if query.startswith(b'uploads') else b''
            return Answer(self.stored, body, takes=length)
        if b'uploadId' in query:
            return Answer({}, b'<R><NextPartNumberMarker>0</NextPartNumberMarker><IsTruncated>false</IsTruncated></R>')
        if method == b'HEAD':
            return Answer(self.stored, length=self.size)
        asked = RANGE.search(head)
        first, last = map(int, asked.groups()) if asked else (0, self.size - 1)
        return Answer({**self.stored, 'Content-Range': f'bytes {first}-{last}/{self.size}'}, file=self.file,
                      begin=first, length=last + 1 - first, status='206 Partial Content')


@lru_cache(maxsize=None)
def stored(size: int) -> Dict[str, object]:
    """Headers of so many bytes of the content; of each part too, as parts begin where the content repeats itself."""
    checksum = 0
    for begin in range(0, size, MIB):
        checksum = crc64(payload.content(min(MIB, size - begin)), checksum)
    return {'ETag': '"5B3C1A2E053D763E1B002CC607C5A0FE"', 'x-oss-hash-crc64ecma': checksum,
            'Last-Modified': 'Wed, 01 May 2024 07:00:00 GMT', 'x-oss-object-type': 'Normal'}


def make_answers(sizes: Sizes, file: BinaryIO) -> Dict[Tuple[bytes, bytes], Answer]:
    """The answer to each method and path; ``file`` holds the content of the largest object, and so of all."""
    root, document = f'/{BUCKET}/'.encode(), {'Content-Type': 'application/xml'}
    answers = {(b'GET', root): Answer(document, listing(sizes.keys)),
               (b'GET', root + b'?versions'): Answer(document, versions(sizes.keys))}
    for key in (SMALL, MEDIUM, LARGE):
        path, size = f'/{BUCKET}/{key}'.encode(), sizes.of(key)
        data = payload.content(size)
        etag = {'ETag': '"5B3C1A2E053D763E1B002CC607C5A0FE"', 'x-oss-hash-crc64ecma': crc64(data)}
        stored = {'Content-Type': 'application/octet-stream', 'Accept-Ranges': 'bytes', **etag,
                  'Last-Modified': 'Wed, 01 May 2024 07:00:00 GMT', 'x-oss-object-type': 'Normal',
                  'x-oss-storage-class': 'Standard'}
        answers[b'PUT', path] = Answer(etag, takes=size)
        answers[b'HEAD', path] = Answer(stored, length=size)
        answers[b'GET', path] = Answer(stored, data) if key == SMALL else Answer(stored, file=file, length=size)
    return answers


def serve(connection: socket.socket, answers: Dict[Tuple[bytes, bytes], Answer], parts: Parts) -> None:
    """Answer the requests of a connection until the client closes it."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    buffer = bytearray(MIB)
    view = memoryview(buffer)
    with connection:
        while True:
            filled, end = 0, -1
            while end < 0:
                received = connection.recv_into(view[filled:])
                if not received:
                    return
                filled += received
                end = buffer.find(b'\r\n\r\n', 0, filled)
            head = bytes(view[:end])
            declared = CONTENT_LENGTH.search(head)
            length = int(declared.group(1)) if declared else 0
            left = length - (filled - end - 4)
            while left > 0:
                received = connection.recv_into(view, min(left, MIB))
                if not received:
                    return
                left -= received
            method, target = head.split(b' ', 2)[:2]
            path, _, query = target.partition(b'?')
            if b'versions' in query:
                path += b'?versions'
            answer = parts.answer(method, query, head, length) if path == parts.path else answers.get((method, path))
            if answer is None or answer.takes != length:
                connection.sendall(REFUSAL)
                return
            answer.send(connection)


def serve_quietly(connection: socket.socket, answers: Dict[Tuple[bytes, bytes], Answer], parts: Parts) -> None:
    try:
        serve(connection, answers, parts)
    except ConnectionError:
        pass  # the client went away


def main(arguments: Optional[List[str]] = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('content', type=Path, help='a file that holds the content of the largest object')
    payload.add_sizes_option(parser)
    options = parser.parse_args(arguments)
    with options.content.open('rb') as file, socket.create_server(('127.0.0.1', 0)) as listener:
        answers, parts = make_answers(options.sizes, file), Parts(options.sizes, file)
        print(listener.getsockname()[1], flush=True)
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve_quietly, args=(connection, answers, parts), daemon=True).start()


if __name__ == '__main__':
    main()
