"""``python -m oss2.emulator``."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request

import pytest

POSIX = pytest.mark.skipif(os.name != 'posix', reason='signals of POSIX')


class Process:
    def __init__(self, *arguments, environment=None):
        self.process = subprocess.Popen([sys.executable, '-m', 'oss2.emulator', '--port', '0', *arguments],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True,
                                        env={**os.environ, **(environment or {})})
        self.lines = []
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if line.startswith('Ctrl-C'):
                break

    def value(self, name):
        return next(line[len(name):].strip() for line in self.lines if line.startswith(name))

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out.splitlines(), err


@pytest.fixture
def start():
    processes = []

    def begin(*arguments, **options):
        processes.append(Process(*arguments, **options))
        return processes[-1]

    yield begin
    for process in processes:
        if process.process.poll() is None:
            process.process.terminate()
        if not process.process.stdout.closed:
            process.process.communicate()


@POSIX
@pytest.mark.parametrize('number', [signal.SIGINT, signal.SIGTERM])
def test_prints_where_it_is_and_stops_cleanly(start, number):
    process = start()
    assert process.value('endpoint').startswith('http://127.0.0.1:')
    assert process.value('console') == process.value('endpoint') + '/-/'
    assert process.value('region') == 'cn-hangzhou'
    assert process.value('access key id') == 'emulator-access-key-id'
    assert process.value('access key secret') == 'emulator-access-key-secret'
    assert process.value('data') == 'in memory'
    for name, path in (('ECS metadata', '/_ecs/latest/meta-data/ram/security-credentials/'), ('STS', '/_sts'),
                       ('KMS', '/_kms')):
        assert process.value(name) == process.value('endpoint') + path
    assert process.stop(number) == (0, ['stopped'], '')


@POSIX
def test_takes_what_it_is_told(start, tmp_path):
    folder = str(tmp_path / 'data')
    process = start('--access-key-id', 'me', '--access-key-secret', 'mine', '--region', 'cn-beijing', '--data', folder)
    assert [process.value(name) for name in ('access key id', 'access key secret', 'region', 'data')] == [
        'me', 'mine', 'cn-beijing', folder]
    assert os.path.exists(os.path.join(folder, 'index.sqlite3'))


@POSIX
def test_verbose_prints_one_line_a_request_and_no_signature(start):
    process = start('--verbose')
    url = process.value('endpoint') + '/test-bucket/a%20b?OSSAccessKeyId=a&Signature=secret&Expires=1'
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url)
    _, lines, _ = process.stop()
    assert lines[0].startswith('GET /test-bucket/a%20b GetObject 403 AccessDenied ')
    assert 'secret' not in lines[0]
    assert lines[1:] == ['stopped']


@POSIX
def test_goes_on_when_nobody_reads_what_it_says(start):
    running = start('--verbose')
    running.process.stdout.close()
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(running.value('console')) as page:
        assert page.status == 200
    for _ in range(2):
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(running.value('endpoint') + '/bucket/key')
    running.process.terminate()
    with running.process.stderr as errors:
        assert errors.read() == ''
    assert running.process.wait() == 0


@POSIX
def test_says_when_others_can_reach_it(start):
    assert any('other machines can reach it' in line for line in start('--host', '0.0.0.0').lines)
    for host in ('127.0.0.1', 'localhost'):
        assert not any('other machines' in line for line in start('--host', host).lines)


@POSIX
def test_tls(start):
    process = start('--tls')
    assert process.value('endpoint').startswith('https://127.0.0.1:')
    with open(process.value('certificate'), encoding='ascii') as file:
        assert file.read().startswith('-----BEGIN CERTIFICATE-----')


def run(*arguments, **options):
    return subprocess.run([sys.executable, '-m', 'oss2.emulator', *arguments], capture_output=True, text=True,
                          timeout=60, **options)


@pytest.mark.parametrize('module', ['uvicorn', 'defusedxml'])
def test_says_what_to_install(tmp_path, module):
    (tmp_path / (module + '.py')).write_text('raise ImportError("blocked")')
    path = os.pathsep.join([str(tmp_path), os.getcwd()])
    done = run('--port', '0', env={**os.environ, 'PYTHONPATH': path})
    assert done.returncode == 1
    assert 'pip install uvicorn httptools defusedxml sqlglot' in done.stderr
    assert 'Traceback' not in done.stderr


def test_a_port_in_use(oss_emulator):
    done = run('--port', str(oss_emulator.port))
    assert done.returncode == 1
    assert done.stderr.startswith('cannot start: ')
    assert 'Traceback' not in done.stderr


def test_help_names_every_option():
    done = run('--help')
    for option in ('--port', '--host', '--data', '--access-key-id', '--access-key-secret', '--tls', '--verbose'):
        assert option in done.stdout
