"""Data that outlive the emulator: restarts, kills, and one folder for one emulator at a time."""
from __future__ import annotations

import hashlib
import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from functional.emulator_client import Client

from oss2.emulator import DataInUse, Emulator


@pytest.fixture
def folder(tmp_path):
    return str(tmp_path / 'data')


def files(folder):
    return [name for _, _, names in os.walk(os.path.join(folder, 'contents')) for name in names]


def test_everything_is_there_after_a_restart(folder):
    datas = {'small': b'x', 'large': os.urandom(300_000), 'empty': b''}
    with Emulator(data=folder) as emulator:
        client = Client(emulator)
        client.send('PUT', headers={'x-oss-acl': 'public-read'})
        client.send('PUT', params={'versioning': ''},
                    body=b'<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>')
        versions = {key: client.put(key, data, {'x-oss-meta-a': key}).headers['x-oss-version-id']
                    for key, data in datas.items()}
        client.send('DELETE', 'small')
        client.send('POST', 'log', {'append': '', 'position': 0}, body=b'abc')
        upload = client.send('POST', 'up', {'uploads': ''}).xml.findtext('UploadId')
        etag = client.send('PUT', 'up', {'partNumber': 1, 'uploadId': upload}, body=b'part').headers['etag']
        client.close()
    with Emulator(data=folder) as emulator:
        client = Client(emulator)
        assert client.send('GET', params={'acl': ''}).xml.findtext('AccessControlList/Grant') == 'public-read'
        assert client.send('GET').texts('Contents/Key') == ['empty', 'large', 'log']
        for key, data in datas.items():
            reply = client.get(key, params={'versionId': versions[key]})
            assert (reply.body, reply.headers['x-oss-meta-a']) == (data, key)
        assert client.send('POST', 'log', {'append': '', 'position': 3}, body=b'def').status == 200
        assert client.get('log').body == b'abcdef'
        part = '<Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>' % etag
        body = '<CompleteMultipartUpload>%s</CompleteMultipartUpload>' % part
        assert client.send('POST', 'up', {'uploadId': upload}, body=body.encode()).status == 200
        client.close()


def test_without_a_folder_nothing_is_left():
    with Emulator() as emulator:
        client = Client(emulator)
        client.send('PUT')
        client.put('k', b'x' * 200_000)
        temporary = emulator.state.store.contents._folder
        assert os.path.isdir(temporary)
        client.close()
    assert not os.path.exists(temporary)


def test_files_go_with_their_objects(folder):
    with Emulator(data=folder) as emulator:
        client = Client(emulator)
        client.send('PUT')
        client.put('a', b'1' * 200_000)
        client.send('PUT', 'b', headers={'x-oss-copy-source': '/test-bucket/a'})
        assert len(files(folder)) == 1
        client.send('DELETE', 'a')
        assert client.get('b').body == b'1' * 200_000
        client.put('b', b'2' * 300_000)
        assert len(files(folder)) == 1
        upload = client.send('POST', 'c', {'uploads': ''}).xml.findtext('UploadId')
        for number in (1, 1, 2):
            client.send('PUT', 'c', {'partNumber': number, 'uploadId': upload}, body=b'3' * 200_000)
        assert len(files(folder)) == 3
        client.send('POST', 'c', {'uploadId': upload}, {'x-oss-complete-all': 'yes'})
        assert client.get('c').body == b'3' * 400_000
        for key in ('b', 'c'):
            client.send('DELETE', key)
        assert files(folder) == []
        client.put('a', b'1' * 200_000)
        emulator.reset()
        assert files(folder) == []
        client.close()


def test_files_are_named_by_id_not_by_key(folder):
    with Emulator(data=folder) as emulator:
        client = Client(emulator)
        client.send('PUT')
        client.put('../../secret/name', b'x' * 200_000)
        client.close()
    (name,) = files(folder)
    assert len(name) == 32
    assert int(name, 16)


def test_one_folder_serves_one_emulator(folder):
    with Emulator(data=folder):
        with pytest.raises(DataInUse, match='open in another emulator'):
            Emulator(data=folder).start()
    with Emulator(data=folder):
        pass


def test_folders_of_another_version_are_refused(folder):
    with Emulator(data=folder):
        pass
    with sqlite3.connect(os.path.join(folder, 'index.sqlite3')) as database:
        database.execute('PRAGMA user_version = 99')
    database.close()
    with pytest.raises(DataInUse, match='another version'):
        Emulator(data=folder).start()


def test_what_a_killed_emulator_had_not_finished_is_swept_away(folder):
    with Emulator(data=folder) as emulator:
        client = Client(emulator)
        client.send('PUT')
        client.put('k', b'x' * 200_000)
        client.close()
    (kept,) = files(folder)
    os.makedirs(os.path.join(folder, 'contents', '00'), exist_ok=True)
    with open(os.path.join(folder, 'contents', '00', '00' * 16), 'wb') as file:
        file.write(b'half')
    with Emulator(data=folder):
        assert files(folder) == [kept]


def start_process(folder):
    process = subprocess.Popen([sys.executable, '-m', 'oss2.emulator', '--port', '0', '--data', folder],
                               stdout=subprocess.PIPE, universal_newlines=True)
    for line in process.stdout:
        if line.startswith('endpoint'):
            return process, int(line.rpartition(':')[2])
    raise AssertionError('no endpoint')


def content(key, number):
    """What the writer of a key writes for the so-manieth time; sizes below and above what the index holds itself."""
    head = ('%s %d ' % (key, number)).encode()
    return head + hashlib.sha256(head).digest() * (5 if key.startswith('small') else 8000)


class KeyWriter(threading.Thread):
    """Writes the same few keys again and again, until the emulator is gone."""

    def __init__(self, address, name):
        super().__init__(name=name)
        self.address = address
        #: by key, the number of the last write that was acknowledged and of the last that was begun
        self.acknowledged, self.begun = {}, {}

    def run(self):
        client = Client(self.address)
        try:
            for number in range(1_000_000):
                key = '%s-%d' % (self.name, number % 7)
                self.begun[key] = number
                client.put(key, content(key, number))
                self.acknowledged[key] = number
        except (OSError, http.client.HTTPException):
            pass
        finally:
            client.close()


@pytest.mark.skipif(os.name != 'posix', reason='needs kill -9')
def test_no_object_is_torn_or_lost_after_kill_9(folder):
    """An object is as it was last written, or as it was being written when the emulator was killed."""
    for _ in range(2):
        process, port = start_process(folder)
        client = Client(Address(port))
        client.send('PUT')
        client.close()
        writers = [KeyWriter(Address(port), name) for name in ('small-a', 'small-b', 'large-a', 'large-b')]
        for writer in writers:
            writer.start()
        deadline = time.monotonic() + 30
        while not all(len(writer.acknowledged) == 7 for writer in writers) and time.monotonic() < deadline:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        for writer in writers:
            writer.join()
        with Emulator(data=folder) as emulator:
            client = Client(emulator)
            for writer in writers:
                assert len(writer.acknowledged) == 7
                for key, number in writer.acknowledged.items():
                    reply = client.get(key)
                    assert reply.status == 200
                    possible = {content(key, number), content(key, writer.begun[key])}
                    assert reply.body in possible, (key, number, reply.body[:40])
                    assert hashlib.md5(reply.body).hexdigest().upper() == reply.headers['etag'].strip('"')
            referred = emulator.state.store.db.execute(
                'SELECT COUNT(*) FROM contents WHERE data IS NULL AND pieces IS NULL').fetchone()[0]
            assert len(files(folder)) == referred == 14
            client.close()


class Address:
    """Where an emulator of another process is."""

    certificate = None
    region = 'cn-hangzhou'

    def __init__(self, port):
        self.netloc = '127.0.0.1:%d' % port
        self.endpoint = 'http://' + self.netloc
        self.credentials = Emulator().credentials


def test_a_file_that_somebody_removed(folder):
    with Emulator(data=folder) as emulator:
        client = Client(emulator)
        client.send('PUT')
        client.put('k', b'x' * 200_000)
        (name,) = files(folder)
        os.unlink(emulator.state.store.contents.path(name))
        assert client.send('DELETE', 'k').status == 204
        assert client.get('k').status == 404
        client.close()


def test_a_file_that_somebody_cut(folder):
    """What is sent of it is not the object, and does not look like it."""
    with Emulator(data=folder) as emulator:
        client = Client(emulator)
        client.send('PUT')
        client.put('k', b'x' * 2_000_000)
        (name,) = files(folder)
        os.truncate(emulator.state.store.contents.path(name), 1_000_000)
        with pytest.raises((http.client.HTTPException, OSError)):
            client.get('k')
        client.close()


def test_an_index_that_cannot_be_read(folder, caplog):
    with Emulator(data=folder) as emulator:
        client = Client(emulator)
        client.send('PUT')
        database, emulator.state.store.db = emulator.state.store.db, None
        reply = client.get('k')
        emulator.state.store.db = database
        assert (reply.status, reply.code) == (500, 'InternalError')
        assert client.get('k').code == 'NoSuchKey'
        client.close()
    assert 'test-bucket/k failed' in caplog.text
