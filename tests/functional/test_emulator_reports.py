"""Access logs and inventories: what the emulator writes into buckets of its own accord, when it is told to."""
from __future__ import annotations

import gzip
import hashlib
import io
import json
import re

import pytest

import oss2
from oss2 import models
from oss2.exceptions import NoSuchKey, ServerError

#: Wed, 15 Jul 2020 00:30:00 GMT, 08:30 in Beijing
NOW = 1594773000

# The fields of a line, by their names in OSS's documentation.
FIELDS = ('Remote IP', 'Reserved', 'Reserved', 'Time', 'Request-URI', 'HTTP Status', 'SentBytes', 'RequestTime',
          'Referer', 'User-Agent', 'HostName', 'Request ID', 'LoggingFlag', 'Requester Aliyun ID', 'Operation',
          'Bucket', 'Key', 'ObjectSize', 'Server Cost Time', 'Error Code', 'Request Length', 'UserID',
          'Delta DataSize', 'Sync Request', 'StorageClass', 'TargetStorageClass', 'Transmission Acceleration',
          'Access Key ID', 'Bucket ARN')
_FIELD = re.compile(r'\[[^\]]*\]|"(?:[^"\\]|\\.)*"|\S+')


def lines(data):
    """The lines of a log, each by the names of the fields."""
    found = [_FIELD.findall(line) for line in data.decode().splitlines()]
    assert {len(line) for line in found} <= {len(FIELDS)}
    return [dict(zip(FIELDS, (field.strip('"') for field in line))) for line in found]


class TestLogging:
    @pytest.fixture
    def logged(self, oss_emulator, oss_bucket):
        logs = oss_emulator.bucket('log-bucket')
        oss_bucket.put_bucket_logging(models.BucketLogging('log-bucket', 'log/'))
        return oss_bucket, logs

    def test_requests_are_written_in_oss_s_format(self, oss_emulator, logged):
        bucket, logs = logged
        put = bucket.put_object('a b/中.txt', b'0123456789', headers={'Referer': 'http://a/"b"'})
        bucket.get_object('a b/中.txt', byte_range=(0, 3)).read()
        bucket.put_object('a b/中.txt', b'01234')
        with pytest.raises(NoSuchKey):
            bucket.get_object('none')
        (written,) = oss_emulator.run_logging(NOW)
        assert (written.bucket, written.target) == (bucket.bucket_name, 'log-bucket')
        assert written.key == 'log/%s2020-07-15-08-30-00-0000' % bucket.bucket_name
        found = lines(logs.get_object(written.key).read())
        assert [(line['Operation'], line['HTTP Status'], line['SentBytes'], line['ObjectSize'], line['Delta DataSize'],
                 line['Error Code']) for line in found if line['Operation'] != 'PutBucketLogging'] == [
            ('PutObject', '200', '0', '10', '10', '-'), ('GetObject', '206', '4', '10', '-', '-'),
            ('PutObject', '200', '0', '5', '-5', '-'),
            ('GetObject', '404', found[-1]['SentBytes'], '-', '-', 'NoSuchKey')]
        line = next(line for line in found if line['Operation'] == 'PutObject')
        assert line['Request ID'] == put.request_id
        assert line['Request-URI'] == 'PUT /%s/a%%20b%%2F%%E4%%B8%%AD.txt HTTP/1.1' % bucket.bucket_name
        assert line['Key'] == 'a%20b%2F%E4%B8%AD.txt'
        assert line['Referer'] == 'http://a/\\x22b\\x22'
        assert (line['Remote IP'], line['HostName'], line['LoggingFlag']) == ('127.0.0.1', '127.0.0.1', 'true')
        assert line['Access Key ID'] == oss_emulator.credentials.access_key_id
        assert line['UserID'] == line['Requester Aliyun ID'] == oss_emulator.account_id()
        assert line['StorageClass'] == 'Standard'
        assert re.fullmatch(r'\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0800\]', line['Time'])
        assert int(line['Request Length']) > 10

    def test_each_run_writes_what_is_new(self, oss_emulator, logged):
        bucket, logs = logged
        bucket.put_object('k', b'')
        (first,) = oss_emulator.run_logging(NOW)
        assert oss_emulator.run_logging(NOW) == []
        bucket.delete_object('k')
        (second,) = oss_emulator.run_logging(NOW)
        assert first.key != second.key
        assert [line['Operation'] for line in lines(logs.get_object(second.key).read())] == ['DeleteObject']

    def test_strangers_are_logged(self, oss_emulator, logged):
        bucket, logs = logged
        anonymous = oss2.Bucket(oss2.AnonymousAuth(), oss_emulator.endpoint, bucket.bucket_name,
                                session=bucket.session)
        with pytest.raises(oss2.exceptions.AccessDenied):
            anonymous.get_object('k')
        (written,) = oss_emulator.run_logging()
        line = lines(logs.get_object(written.key).read())[-1]
        assert (line['HTTP Status'], line['Error Code'], line['Requester Aliyun ID'], line['Access Key ID']) == (
            '403', 'AccessDenied', '-', '-')

    def test_nothing_is_logged_that_nobody_asked_for(self, oss_emulator, logged):
        bucket, logs = logged
        bucket.delete_bucket_logging()
        oss_emulator.run_logging()
        bucket.put_object('k', b'')
        logs.put_object('k', b'')
        assert oss_emulator.run_logging() == []

    def test_fields_of_the_user_s_own_are_checked(self, oss_bucket):
        for headers, parameters in ((['h%d' % n for n in range(4)], ['p1', 'p2', 'p3']), (['a_b'], []), (['a:b'], [])):
            config = models.UserDefinedLogFieldsConfiguration(headers, parameters)
            with pytest.raises(ServerError) as caught:
                oss_bucket.put_user_defined_log_fields_config(config)
            assert caught.value.code == 'InvalidArgument'
        config = models.UserDefinedLogFieldsConfiguration(['h-1', 'h.2'], ['p_1'])
        oss_bucket.put_user_defined_log_fields_config(config)
        assert oss_bucket.get_user_defined_log_fields_config().param_set == ['p_1']


def configuration(target, name='list', versions='Current', prefix=None, fields=(), frequency='Daily', **more):
    destination = models.InventoryBucketDestination(
        account_id='1', role_arn='acs:ram::1:role/a', bucket=target, inventory_format=more.pop('format', 'CSV'),
        prefix=more.pop('folder', None), sse_oss_encryption=more.pop('encryption', None))
    return models.InventoryConfiguration(
        inventory_id=name, is_enabled=more.pop('enabled', True), included_object_versions=versions,
        inventory_schedule=models.InventorySchedule(frequency), optional_fields=list(fields),
        inventory_filter=None if prefix is None else models.InventoryFilter(prefix),
        inventory_destination=models.InventoryDestination(bucket_destination=destination))


class TestInventory:
    @pytest.fixture
    def reports(self, oss_emulator, oss_bucket):
        return oss_emulator.bucket('report-bucket')

    def read(self, reports, report):
        """The manifest of a report, checked, and the rows of its files."""
        manifest = reports.get_object(report.manifest).read()
        checksum = reports.get_object(report.manifest.replace('manifest.json', 'manifest.checksum')).read()
        assert checksum.decode() == hashlib.md5(manifest).hexdigest().upper()
        found = json.loads(manifest)
        rows = []
        for file in found['files']:
            data = reports.get_object(file['key']).read()
            assert (file['size'], file['MD5checksum']) == (len(data), hashlib.md5(data).hexdigest().upper())
            text = gzip.decompress(data).decode()
            rows += [[cell[1:-1] for cell in line.split(',')] for line in io.StringIO(text).read().splitlines()]
        return found, rows

    def test_layout_and_manifest(self, oss_emulator, oss_bucket, reports):
        oss_bucket.put_object('a/中.txt', b'12345')
        oss_bucket.put_object('b', b'', headers={'x-oss-storage-class': 'IA'})
        etag = oss_bucket.head_object('b').etag
        oss_bucket.put_bucket_inventory_configuration(configuration(
            'report-bucket', folder='lists', fields=['Size', 'ETag', 'StorageClass', 'IsMultipartUploaded',
                                                     'EncryptionStatus']))
        (report,) = oss_emulator.run_inventory(NOW)
        name = oss_bucket.bucket_name
        assert report == (name, 'list', 'report-bucket', 'lists/%s/list/2020-07-15T00-30Z/manifest.json' % name, '')
        manifest, rows = self.read(reports, report)
        key = manifest['files'][0]['key']
        assert re.fullmatch('lists/%s/list/data/[0-9a-f-]{36}[.]csv[.]gz' % name, key)
        assert {part: value for part, value in manifest.items() if part != 'files'} == {
            'creationTimestamp': str(NOW), 'destinationBucket': 'report-bucket', 'fileFormat': 'CSV',
            'fileSchema': 'Bucket, Key, Size, ETag, StorageClass, IsMultipartUploaded, EncryptionStatus',
            'sourceBucket': name, 'version': '2019-09-01'}
        assert rows == [
            [name, 'a%2F%E4%B8%AD.txt', '5', hashlib.md5(b'12345').hexdigest().upper(), 'Standard', 'false', 'false'],
            [name, 'b', '0', etag, 'IA', 'false', 'false']]
        link = reports.get_object('lists/%s/list/hive/dt=2020-07-15T00-30Z/symlink.txt' % name).read()
        assert link.decode() == 'oss://report-bucket/%s\n' % key

    def test_versions_and_filters(self, oss_emulator, oss_bucket, reports):
        oss_bucket.put_bucket_versioning(models.BucketVersioningConfig('Enabled'))
        old = oss_bucket.put_object('in/k', b'1').versionid
        new = oss_bucket.put_object('in/k', b'22').versionid
        marker = oss_bucket.delete_object('in/k').versionid
        oss_bucket.put_object('out', b'')
        oss_bucket.put_object('in/l', b'333', headers={'x-oss-tagging': 'a=b'})
        oss_bucket.put_bucket_inventory_configuration(configuration(
            'report-bucket', 'all', 'All', 'in/', fields=['Size', 'TaggingCount', 'ObjectType']))
        oss_bucket.put_bucket_inventory_configuration(configuration('report-bucket', 'current', prefix='in/'))
        oss_bucket.put_bucket_inventory_configuration(configuration('report-bucket', 'off', enabled=False))
        everything, current = oss_emulator.run_inventory()
        manifest, rows = self.read(reports, everything)
        assert manifest['fileSchema'] == (
            'Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, TaggingCount, ObjectType')
        assert [row[1:] for row in rows[:3]] == [
            ['in%2Fk', marker, 'true', 'true', '', '0', ''], ['in%2Fk', new, 'false', 'false', '2', '0', 'Normal'],
            ['in%2Fk', old, 'false', 'false', '1', '0', 'Normal']]
        assert rows[3][1] == 'in%2Fl'
        assert rows[3][-2:] == ['1', 'Normal']
        assert [row[1] for row in self.read(reports, current)[1]] == ['in%2Fl']

    def test_encryption_and_empty_buckets(self, oss_emulator, oss_bucket, reports):
        oss_bucket.put_bucket_inventory_configuration(configuration(
            'report-bucket', encryption=models.InventoryServerSideEncryptionOSS()))
        (report,) = oss_emulator.run_inventory()
        manifest, rows = self.read(reports, report)
        assert (rows, len(manifest['files'])) == ([], 1)
        assert reports.head_object(report.manifest).headers['x-oss-server-side-encryption'] == 'AES256'

    def test_encryption_with_a_key(self, oss_emulator, oss_bucket, reports):
        made = configuration('report-bucket')
        made.inventory_destination.bucket_destination.sse_kms_encryption = (
            models.InventoryServerSideEncryptionKMS('my-key'))
        oss_bucket.put_bucket_inventory_configuration(made)
        (report,) = oss_emulator.run_inventory()
        found = reports.head_object(report.manifest).headers
        assert (found['x-oss-server-side-encryption'], found['x-oss-server-side-encryption-key-id']) == (
            'KMS', 'my-key')

    def test_a_single_inventory_may_go_with_its_report(self, oss_emulator, oss_bucket, reports):
        for name, auto_delete in (('kept', False), ('gone', True)):
            made = configuration('report-bucket', name, frequency='Once')
            made.auto_delete = auto_delete
            oss_bucket.put_bucket_inventory_configuration(made)
        assert [report.inventory for report in oss_emulator.run_inventory()] == ['gone', 'kept']
        assert [report.inventory for report in oss_emulator.run_inventory()] == ['kept']

    @pytest.mark.parametrize(('count', 'files'), [(4, 2), (5, 3)])
    def test_a_report_in_several_files(self, oss_emulator, oss_bucket, reports, monkeypatch, count, files):
        from oss2.emulator import inventory_report
        monkeypatch.setattr(inventory_report, '_ROWS_IN_A_FILE', 2)
        keys = ['k%d' % number for number in range(count)]
        for key in keys:
            oss_bucket.put_object(key, b'')
        oss_bucket.put_bucket_inventory_configuration(configuration('report-bucket'))
        (report,) = oss_emulator.run_inventory()
        manifest, rows = self.read(reports, report)
        assert (len(manifest['files']), [row[1] for row in rows]) == (files, keys)

    def test_a_destination_that_is_gone(self, oss_emulator, oss_bucket, reports):
        oss_bucket.put_bucket_inventory_configuration(configuration('report-bucket'))
        reports.delete_bucket()
        (report,) = oss_emulator.run_inventory()
        assert (report.manifest, 'does not exist' in report.error) == ('', True)

    def test_what_cannot_be_made_is_told(self, oss_emulator, oss_bucket, reports):
        oss_bucket.put_bucket_inventory_configuration(configuration('report-bucket', format='Parquet'))
        (report,) = oss_emulator.run_inventory()
        assert (report.manifest, 'CSV only' in report.error) == ('', True)
        assert list(oss2.ObjectIterator(reports)) == []
