"""The emulator in a process of its own, and how many requests a second it answers."""
from __future__ import annotations

import contextlib
import importlib.util
import subprocess
import sys
import threading
from typing import Callable, Iterator, List

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
def emulator() -> Iterator[str]:
    """An emulator, until the block ends; its endpoint."""
    command = [sys.executable, '-m', 'oss2.emulator', '--port', '0']
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding='utf-8') as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[1]
        finally:
            process.terminate()
            process.wait()


def bucket(endpoint: str) -> oss2.Bucket:
    """The benchmark's bucket there, made."""
    auth = oss2.AuthV4('emulator-access-key-id', 'emulator-access-key-secret')
    made = oss2.Bucket(auth, endpoint, 'benchmark-bucket', region='cn-hangzhou')
    made.create_bucket()
    return made


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
