"""What the emulator keeps from being changed or deleted: retention, legal hold, rules on overwriting, quotas."""
from __future__ import annotations

import calendar
import time

import pytest
from functional.emulator_client import BUCKET, fresh, refused

DAY = 24 * 3600


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        yield client


@pytest.fixture
def clock(oss_emulator):
    """A function that moves the emulator's clock by days; :func:`dated` requests are of that time."""
    state, now = oss_emulator.state, oss_emulator.state.now

    def move(days):
        state.now = lambda: now() + days * DAY

    yield move
    state.now = now


def dated(oss_emulator):
    """A header that dates a request by the emulator's clock."""
    return {'x-oss-date': time.strftime('%a, %d %b %Y %H:%M:%S GMT', time.gmtime(oss_emulator.state.now()))}


def versioned(client):
    client.send('PUT', params={'versioning': ''},
                body=b'<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>')


def initiate(client, days, **options):
    document = '<InitiateWormConfiguration><RetentionPeriodInDays>%s</RetentionPeriodInDays>' \
               '</InitiateWormConfiguration>' % days
    return client.send('POST', params={'worm': ''}, body=document.encode(), **options)


def extend(client, worm_id, days):
    document = '<ExtendWormConfiguration><RetentionPeriodInDays>%d</RetentionPeriodInDays></ExtendWormConfiguration>'
    return client.send('POST', params={'wormId': worm_id, 'wormExtend': ''}, body=(document % days).encode())


def state(client, **options):
    document = client.send('GET', params={'worm': ''}, **options)
    return [document.xml.findtext(name) for name in ('State', 'RetentionPeriodInDays')]


def test_a_lock_is_begun_locked_and_made_longer(client):
    refused(client.send('GET', params={'worm': ''}), 404, 'NoSuchWORMConfiguration')
    worm_id = initiate(client, 1).headers['x-oss-worm-id']
    assert state(client) == ['InProgress', '1']
    refused(extend(client, worm_id, 2), 409, 'InvalidWORMConfiguration')
    refused(client.send('POST', params={'wormId': 'other'}), 404, 'NoSuchWORMConfiguration')
    assert client.send('POST', params={'wormId': worm_id}).status == 200
    assert state(client) == ['Locked', '1']
    refused(client.send('POST', params={'wormId': worm_id}), 409, 'WORMConfigurationLocked')
    refused(client.send('DELETE', params={'worm': ''}), 403, 'WORMConfigurationLocked')
    refused(initiate(client, 5), 409, 'WORMConfigurationLocked')
    refused(extend(client, worm_id, 1), 400, 'InvalidArgument')
    assert extend(client, worm_id, 2).status == 200
    assert state(client) == ['Locked', '2']


def test_a_lock_that_is_given_up(client):
    client.put('k', b'1')
    initiate(client, 1)
    refused(client.send('DELETE', 'k'), 409, 'FileImmutable')
    assert client.send('DELETE', params={'worm': ''}).status == 204
    assert client.send('DELETE', 'k').status == 204


def test_a_lock_that_is_not_locked_in_time(oss_emulator, client, clock):
    client.put('k', b'1')
    initiate(client, 10)
    clock(2)
    assert state(client, headers=dated(oss_emulator))[0] == 'Expired'
    assert client.send('DELETE', 'k', headers=dated(oss_emulator)).status == 204


def test_what_a_lock_keeps(oss_emulator, client, clock):
    client.put('k', b'old')
    client.send('POST', params={'wormId': initiate(client, 3).headers['x-oss-worm-id']})
    for reply in (client.send('DELETE', 'k'), client.send('PUT', 'k', body=b'new'),
                  client.send('PUT', 'k', headers={'x-oss-copy-source': '/%s/k' % BUCKET}),
                  client.send('POST', params={'delete': ''}, body=b'<Delete><Object><Key>k</Key></Object></Delete>')):
        assert refused(reply, 409, 'FileImmutable').findtext('EC') == '0026-00000005'
    client.put('new', b'also new objects can be written')
    assert client.get('k').body == b'old'
    clock(4)
    assert client.send('DELETE', 'k', headers=dated(oss_emulator)).status == 204


@pytest.mark.parametrize(('days', 'code', 'ec'), [
    ('0', 'InvalidArgument', '0027-00000002'), ('25551', 'InvalidArgument', '0027-00000002'),
    ('-32', 'InvalidArgument', '0027-00000002'), ('test', 'MalformedXML', '0027-00000005')])
def test_periods_that_are_none(client, days, code, ec):
    assert refused(initiate(client, days), 400, code).findtext('EC') == ec


WORM = b'<ObjectWormConfiguration><ObjectWormEnabled>Enabled</ObjectWormEnabled>%s</ObjectWormConfiguration>'


def enable(client, rule=b''):
    versioned(client)
    assert client.send('PUT', params={'objectWorm': ''}, body=WORM % rule).status == 200


def retain(client, key, days, mode='COMPLIANCE', headers=None, **params):
    until = time.strftime('%Y-%m-%dT%H:%M:%S.000Z', time.gmtime(time.time() + days * DAY))
    document = '<Retention><Mode>%s</Mode><RetainUntilDate>%s</RetainUntilDate></Retention>' % (mode, until)
    return client.send('PUT', key, {'retention': '', **params}, headers, document.encode())


def test_retention_of_objects_has_to_be_enabled(client):
    client.put('k', b'1')
    refused(client.send('GET', params={'objectWorm': ''}), 404, 'NoSuchObjectWormConfiguration')
    refused(retain(client, 'k', 1), 400, 'InvalidRequest')
    refused(client.send('PUT', params={'objectWorm': ''}, body=WORM % b''), 400, 'InvalidRequest')
    enable(client)
    assert client.send('GET', params={'objectWorm': ''}).texts('ObjectWormEnabled') == ['Enabled']
    refused(initiate(client, 1), 400, 'InvalidRequest')


def test_a_version_that_is_retained(client):
    enable(client)
    version = client.put('k', b'1').headers['x-oss-version-id']
    refused(client.send('GET', 'k', {'retention': ''}), 404, 'NoSuchObjectRetention')
    assert retain(client, 'k', 2).status == 200
    document = client.send('GET', 'k', {'retention': ''})
    assert document.xml.findtext('Mode') == 'COMPLIANCE'
    head = client.send('HEAD', 'k').headers
    assert head['x-oss-object-worm-mode'] == 'COMPLIANCE'
    assert head['x-oss-object-worm-retain-until-date'] == document.xml.findtext('RetainUntilDate')
    refused(client.send('DELETE', 'k', {'versionId': version}), 409, 'FileImmutable')
    refused(retain(client, 'k', 1), 403, 'AccessDenied')
    assert retain(client, 'k', 3).status == 200
    assert client.send('DELETE', 'k').headers['x-oss-delete-marker'] == 'true'
    assert client.get('k', params={'versionId': version}).body == b'1'


def test_governance_can_be_bypassed(client):
    enable(client)
    version = client.put('k', b'1').headers['x-oss-version-id']
    bypass = {'x-oss-bypass-governance-retention': 'true'}
    retain(client, 'k', 2, 'GOVERNANCE')
    refused(retain(client, 'k', 1, 'GOVERNANCE'), 403, 'AccessDenied')
    assert retain(client, 'k', 1, 'GOVERNANCE', bypass).status == 200
    refused(client.send('DELETE', 'k', {'versionId': version}), 409, 'FileImmutable')
    assert client.send('DELETE', 'k', {'versionId': version}, bypass).status == 204


def test_the_default_retention_of_new_objects(client):
    client.put('before', b'1')
    enable(client, b'<Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>2</Days></DefaultRetention></Rule>')
    client.put('k', b'1')
    until = client.send('GET', 'k', {'retention': ''}).xml.findtext('RetainUntilDate')
    left = calendar.timegm(time.strptime(until, '%Y-%m-%dT%H:%M:%S.000Z')) - time.time()
    assert 2 * DAY - 60 < left <= 2 * DAY
    refused(client.send('GET', 'before', {'retention': ''}), 404, 'NoSuchObjectRetention')


def test_retention_asked_for_with_the_object(client):
    asked = {'x-oss-object-worm-mode': 'GOVERNANCE', 'x-oss-object-worm-retain-until-date': '2999-01-01T00:00:00.000Z',
             'x-oss-object-worm-legal-hold': 'ON'}
    refused(client.send('PUT', 'k', headers=asked), 400, 'InvalidRequest')
    enable(client)
    client.put('k', b'1', asked)
    head = client.send('HEAD', 'k').headers
    assert {name: head[name] for name in asked} == asked


def test_legal_hold(client):
    enable(client)
    version = client.put('k', b'1').headers['x-oss-version-id']

    def hold(status):
        return client.send('PUT', 'k', {'legalHold': ''}, body=b'<LegalHold><Status>%s</Status></LegalHold>' % status)

    def held():
        return client.send('GET', 'k', {'legalHold': ''}).xml.findtext('Status')

    assert (held(), hold(b'ON').status, held()) == ('OFF', 200, 'ON')
    refused(client.send('DELETE', 'k', {'versionId': version}), 409, 'FileImmutable')
    assert (hold(b'OFF').status, held()) == (200, 'OFF')
    assert client.send('DELETE', 'k', {'versionId': version}).status == 204


def test_rules_on_overwriting(client):
    refused(client.send('GET', params={'overwriteConfig': ''}), 404, 'NoSuchOverwriteConfig')
    document = b'<OverwriteConfiguration><Rule><ID>r</ID><Action>forbid</Action><Prefix>logs/</Prefix>' \
               b'<Suffix>.txt</Suffix></Rule></OverwriteConfiguration>'
    assert client.send('PUT', params={'overwriteConfig': ''}, body=document).status == 200
    assert client.send('GET', params={'overwriteConfig': ''}).texts('Rule/Suffix') == ['.txt']
    for key in 'logs/a.txt', 'logs/a.bin', 'a.txt':
        client.put(key, b'1')
    for key in 'logs/a.bin', 'a.txt':
        client.put(key, b'2')
    refused(client.send('PUT', 'logs/a.txt', body=b'2'), 409, 'FileAlreadyExists')
    refused(client.send('PUT', 'logs/a.txt', headers={'x-oss-copy-source': '/%s/a.txt' % BUCKET}), 409,
            'FileAlreadyExists')
    assert client.send('DELETE', 'logs/a.txt').status == 204
    client.put('logs/a.txt', b'2')
    assert client.send('DELETE', params={'overwriteConfig': ''}).status == 204
    client.put('logs/a.txt', b'3')


def test_rules_on_overwriting_for_some(oss_emulator, client):
    document = '<OverwriteConfiguration><Rule><Action>forbid</Action><Principals><Principal>%s</Principal>' \
               '</Principals></Rule></OverwriteConfiguration>'
    client.put('k', b'1')
    client.send('PUT', params={'overwriteConfig': ''}, body=(document % '12345').encode())
    client.put('k', b'2')
    client.send('PUT', params={'overwriteConfig': ''}, body=(document % oss_emulator.account_id()).encode())
    refused(client.send('PUT', 'k', body=b'3'), 409, 'FileAlreadyExists')


def append(client, position, body=b'data'):
    return client.send('POST', 'log', {'append': '', 'position': position}, body=body)


def test_a_sealed_object(client):
    append(client, 0)
    refused(client.send('POST', 'log', {'seal': '', 'position': 3}), 409, 'PositionNotEqualToLength')
    sealed = client.send('POST', 'log', {'seal': '', 'position': 4}).headers['x-oss-sealed-time']
    assert client.send('POST', 'log', {'seal': '', 'position': 4}).headers['x-oss-sealed-time'] == sealed
    assert client.send('HEAD', 'log').headers['x-oss-sealed-time'] == sealed
    refused(append(client, 4), 409, 'ObjectSealed')
    assert client.get('log').body == b'data'


def test_a_restored_object_is_cleaned(oss_emulator, client):
    client.put('k', b'data', {'x-oss-storage-class': 'Archive'})
    refused(client.send('POST', 'k', {'cleanRestoredObject': ''}), 409, 'ArchiveRestoreNotFinished')
    oss_emulator.state.restore_seconds, before = 0, oss_emulator.state.restore_seconds
    client.send('POST', 'k', {'restore': ''})
    oss_emulator.state.restore_seconds = before
    assert client.get('k').body == b'data'
    assert client.send('POST', 'k', {'cleanRestoredObject': ''}).status == 200
    refused(client.get('k'), 403, 'InvalidObjectState')


def test_direct_reads_of_archived_objects(client):
    client.put('k', b'data', {'x-oss-storage-class': 'Archive'})
    client.put('cold', b'data', {'x-oss-storage-class': 'ColdArchive'})
    document = b'<ArchiveDirectReadConfiguration><Enabled>true</Enabled></ArchiveDirectReadConfiguration>'
    assert client.send('PUT', params={'bucketArchiveDirectRead': ''}, body=document).status == 200
    assert client.get('k').body == b'data'
    refused(client.get('cold'), 403, 'InvalidObjectState')


@pytest.mark.parametrize(('mode', 'status'), [('', 403), ('<Mode>Strict</Mode>', 403), ('<Mode>Warning</Mode>', 200)])
def test_a_quota(client, mode, status):
    refused(client.send('GET', params={'quota': ''}), 404, 'NoSuchStorageQuota')
    document = '<QuotaConfiguration><StorageQuota>10</StorageQuota>%s</QuotaConfiguration>' % mode
    assert client.send('PUT', params={'quota': ''}, body=document.encode()).status == 200
    client.put('k', b'12345678')
    assert client.send('PUT', 'l', body=b'123').status == status
    assert append(client, 0, b'123').status == status
    assert client.send('DELETE', params={'quota': ''}).status == 204
    client.put('m', b'12345678')


@pytest.mark.parametrize('headers', [
    {'legal-hold': 'MAYBE'}, {'mode': 'SOMETIMES'}, {'retain-until-date': '2999-01-01T00:00:00.000Z'},
    {'mode': 'GOVERNANCE'}, {'mode': 'GOVERNANCE', 'retain-until-date': 'tomorrow'},
    {'mode': 'GOVERNANCE', 'retain-until-date': '2020-01-01T00:00:00.000Z'},
], ids=lambda headers: ' '.join(headers.values()))
def test_retention_that_is_none(client, headers):
    enable(client)
    refused(client.send('PUT', 'k', headers={'x-oss-object-worm-' + name: text for name, text in headers.items()}), 400,
            'InvalidArgument')
    refused(client.get('k'), 404, 'NoSuchKey')


def test_what_else_cannot_be_retained(client):
    assert client.send('POST', 'old', {'append': '', 'position': '0'}, body=b'1').status == 200
    enable(client)
    refused(retain(client, 'old', 1), 400, 'OperationNotSupported')
    refused(client.send('POST', 'new', {'append': '', 'position': '0'}, body=b'1'), 400, 'OperationNotSupported')
    client.put('k', b'1')
    refused(retain(client, 'k', -1), 400, 'InvalidArgument')


def test_a_lock_and_retention_do_not_go_together(client):
    assert initiate(client, 1).status == 200
    versioned(client)
    refused(client.send('PUT', params={'objectWorm': ''}, body=WORM % b''), 400, 'InvalidRequest')


def test_a_lock_needs_versions_or_none(client):
    client.send('PUT', params={'versioning': ''},
                body=b'<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>')
    assert refused(initiate(client, 1), 400, 'InvalidRequest').findtext('EC') == '0027-00000003'


def test_a_lock_is_not_locked_too_late(oss_emulator, client, clock):
    worm_id = initiate(client, 1).headers['x-oss-worm-id']
    clock(1.1)
    refused(client.send('POST', params={'wormId': worm_id}, headers=dated(oss_emulator)), 409,
            'InvalidWORMConfiguration')


def test_a_capacity(client):
    def limit(gigabytes):
        body = '<BucketUserQos><StorageCapacity>%d</StorageCapacity></BucketUserQos>' % gigabytes
        return client.send('PUT', params={'qos': ''}, body=body.encode())

    client.put('k', b'1')
    refused(limit(0), 400, 'InvalidArgument')
    assert limit(1).status == 200
    assert limit(-1).status == 200


def test_nothing_is_left_of_what_was_refused(tmp_path):
    """Large bodies are files before it is known whether they may become objects."""
    from contextlib import closing

    from functional.emulator_client import Client

    from oss2.emulator import Emulator

    with Emulator(data=str(tmp_path / 'data')) as emulator, closing(Client(emulator)) as client:
        client.send('PUT')
        client.put('k', b'1')
        assert client.send('PUT', params={'quota': ''}, body=b'<QuotaConfiguration><StorageQuota>0</StorageQuota>'
                                                             b'</QuotaConfiguration>').status == 200
        reply = client.send('PUT', 'large', body=bytes(300_000))
        assert reply.status == 403
        files = [path for path in (tmp_path / 'data' / 'contents').rglob('*') if path.is_file()]
        assert files == []
        assert client.get('k').body == b'1'
