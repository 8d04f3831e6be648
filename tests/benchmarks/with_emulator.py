"""The rows that only this checkout has: the emulator, in a process of its own."""
from __future__ import annotations

import contextlib
import functools
import http.client
import subprocess
import sys
import threading
from typing import Callable, Iterator, List
from urllib.parse import urlsplit

import payload
from contestant import timed
from payload import BUCKET, SMALL
from with_oss2 import Oss2

import oss2
from oss2.emulator.server import ACCESS_KEY_ID, ACCESS_KEY_SECRET, REGION

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


@contextlib.contextmanager
def emulator(size: int) -> Iterator[oss2.Bucket]:
    """An emulator, until the block ends: a bucket there, with an object of a size."""
    command = [sys.executable, '-m', 'oss2.emulator', '--port', '0']
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding='utf-8') as process:
        try:
            assert process.stdout is not None
            endpoint = process.stdout.readline().split()[1]
            auth = oss2.AuthV4(ACCESS_KEY_ID, ACCESS_KEY_SECRET)
            with oss2.Bucket(auth, endpoint, BUCKET, region=REGION) as bucket:
                bucket.create_bucket()
                bucket.put_object(SMALL, payload.content(size))
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


class Ours(Oss2):
    def emulator_get(self) -> float:
        with emulator(self.sizes.small) as bucket:
            with plain_clients(bucket.sign_url('GET', SMALL, 3600), self.sizes.threads) as clients:
                return rate(clients, 20 * self.sizes.calls)

    def emulator_get_by_oss2(self) -> float:
        with emulator(self.sizes.small) as bucket:
            return rate([lambda: bucket.get_object(SMALL).read()] * self.sizes.threads, 20 * self.sizes.calls)

    def emulator_start(self) -> float:
        return start_and_stop()[0]

    def emulator_stop(self) -> float:
        return start_and_stop()[1]
