"""The emulator in a process of its own, and how many requests a second it answers."""
from __future__ import annotations

import contextlib
import functools
import http.client
import importlib.util
import subprocess
import sys
import threading
from typing import Callable, Iterator, List
from urllib.parse import urlsplit

from contestant import timed

import oss2

MEASURE = '''\
import time
import oss2
begin = time.perf_counter()
from oss2.emulator import Emulator
emulator = Emulator().start()
started = time.perf_counter()
emulator.bucket('benchmark-bucket').put_object('key', b'data')
stopping = time.perf_counter()
emulator.stop()
print(started - begin, time.perf_counter() - stopping)
'''


def is_there() -> bool:
    """Whether this oss2 has an emulator."""
    return importlib.util.find_spec('oss2.emulator') is not None


@contextlib.contextmanager
def emulator() -> Iterator[oss2.Bucket]:
    """An emulator, until the block ends; a bucket there."""
    command = [sys.executable, '-m', 'oss2.emulator', '--port', '0']
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding='utf-8') as process:
        try:
            assert process.stdout is not None
            endpoint = process.stdout.readline().split()[1]
            auth = oss2.AuthV4('emulator-access-key-id', 'emulator-access-key-secret')
            with oss2.Bucket(auth, endpoint, 'benchmark-bucket', region='cn-hangzhou') as bucket:
                bucket.create_bucket()
                yield bucket
        finally:
            process.terminate()
            process.wait()


@contextlib.contextmanager
def plain_clients(url: str, count: int) -> Iterator[List[Callable[[], object]]]:
    """Calls of http.client that get a URL, over a connection each."""
    address = urlsplit(url)

    def get(connection: http.client.HTTPConnection) -> None:
        connection.request('GET', f'{address.path}?{address.query}')
        with connection.getresponse() as response:
            response.read()
            assert response.status == 200

    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(contextlib.closing(http.client.HTTPConnection(address.netloc)))
                       for _ in range(count)]
        yield [functools.partial(get, connection) for connection in connections]


def rate(clients: List[Callable[[], object]], calls: int) -> float:
    """Calls a second, of clients side by side that do so many in all."""
    def client(call: Callable[[], object]) -> None:
        for _ in range(calls // len(clients)):
            call()

    def all_of_them() -> None:
        threads = [threading.Thread(target=client, args=(call,)) for call in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    for _ in range(10):
        for call in clients:
            call()
    return calls / timed(all_of_them)


def start_and_stop() -> List[float]:
    """Milliseconds that an emulator takes to start, and to stop, in a new process that has imported the library."""
    done = subprocess.run([sys.executable, '-c', MEASURE], stdout=subprocess.PIPE, check=True)
    return [1000 * float(seconds) for seconds in done.stdout.split()]
