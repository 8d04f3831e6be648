"""``python -m oss2.emulator``: serve until Ctrl-C or SIGTERM."""
from __future__ import annotations

import argparse
import ipaddress
import os
import signal
import sys
import threading
from typing import List, Optional
from urllib.parse import quote

from . import server
from .log import Seen
from .store import DataInUse


def _arguments(argv: Optional[List[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser('python -m oss2.emulator', description='OSS on this machine.')
    parser.add_argument('--port', type=int, default=9000, help='0 takes a free one (default 9000)')
    parser.add_argument('--host', default='127.0.0.1', help='address to listen on (default 127.0.0.1)')
    parser.add_argument('--data', metavar='FOLDER', help='keep the data here over restarts (default: in memory)')
    parser.add_argument('--access-key-id', default=server.ACCESS_KEY_ID)
    parser.add_argument('--access-key-secret', default=server.ACCESS_KEY_SECRET)
    parser.add_argument('--region', default=server.REGION, help='region of the buckets (default %(default)s)')
    parser.add_argument('--tls', action='store_true', help='serve HTTPS with a certificate made for this run')
    parser.add_argument('--verbose', action='store_true', help='one line a request')
    return parser.parse_args(argv)


def main(argv: Optional[List[str]] = None) -> int:
    args = _arguments(argv)
    emulator = server.Emulator(args.port, args.host, args.data, args.access_key_id, args.access_key_secret, args.tls,
                               args.region)
    stop = threading.Event()
    for name in ('SIGINT', 'SIGTERM', 'SIGBREAK'):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *ignored: stop.set())
    try:
        emulator.start()
    except (ImportError, OSError, OverflowError, DataInUse) as exc:
        print('cannot start: %s' % exc, file=sys.stderr)
        return 1
    if args.verbose:
        emulator.requests.echo = _echo
    _announce(emulator, args)
    while not stop.is_set():
        # A bare wait() cannot be interrupted by Ctrl-C on Windows.
        stop.wait(0.5 if sys.platform == 'win32' else None)
    emulator.stop()
    _say('stopped')
    return 0


def _say(line: str) -> None:
    try:
        print(line, flush=True)
    except BrokenPipeError:
        # Who started it reads no more. What is in the buffer now, Python would try to write once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _announce(emulator: server.Emulator, args: argparse.Namespace) -> None:
    _say('endpoint           %s' % emulator.endpoint)
    _say('region             %s' % emulator.region)
    _say('access key id      %s' % emulator.credentials.access_key_id)
    _say('access key secret  %s' % emulator.credentials.access_key_secret)
    if emulator.certificate is not None:
        _say('certificate        %s' % emulator.certificate)
    _say('console            %s/-/' % emulator.endpoint)
    _say('data               %s' % (args.data or 'in memory'))
    _say('ECS metadata       %s' % emulator.metadata_url)
    _say('STS                %s' % emulator.sts_endpoint)
    _say('KMS                %s' % emulator.kms_endpoint)
    if not _is_loopback(args.host):
        _say('note: it listens on %s, so other machines can reach it' % (args.host or 'all addresses'))
    _say('Ctrl-C stops it')


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == 'localhost'


def _echo(seen: Seen, seconds: float) -> None:
    _say('%s /%s%s %s %s%s %.0f ms' % (
        seen.method, seen.bucket, '/' + quote(seen.key) if seen.key else '', seen.operation or '-',
        seen.status or 'no answer', ' ' + seen.code if seen.code else '', seconds * 1000))


if __name__ == '__main__':
    sys.exit(main())
