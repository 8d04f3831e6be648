"""Lifecycle rules of the emulator: what is accepted, and what they do at a moment one chooses."""
from __future__ import annotations

import time

import pytest
from functional.emulator_client import BUCKET, fresh, refused

DAY = 24 * 3600


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        yield client


def put_rules(client, *rules, headers=None):
    document = '<LifecycleConfiguration>%s</LifecycleConfiguration>' % ''.join(rules)
    return client.send('PUT', params={'lifecycle': ''}, body=document.encode(), headers=headers)


def rule(name, prefix, actions, status='Enabled'):
    return '<Rule><ID>%s</ID><Prefix>%s</Prefix><Status>%s</Status>%s</Rule>' % (name, prefix, status, actions)


def expire(days):
    return '<Expiration><Days>%d</Days></Expiration>' % days


def done(oss_emulator, days):
    """What happens so many days from now: rule, action and key."""
    return [(item.rule, item.action, item.key) for item in oss_emulator.run_lifecycle(time.time() + days * DAY)]


def keys(client):
    return client.send('GET').texts('Contents/Key')


def versioned(client, status='Enabled'):
    client.send('PUT', params={'versioning': ''},
                body=b'<VersioningConfiguration><Status>%s</Status></VersioningConfiguration>' % status.encode())


def test_objects_expire_by_prefix(oss_emulator, client):
    for key in 'logs/a', 'logs/b', 'other':
        client.put(key)
    assert put_rules(client, rule('r', 'logs/', expire(3))).status == 200
    assert done(oss_emulator, 2) == []
    assert done(oss_emulator, 4) == [('r', 'Expiration', 'logs/a'), ('r', 'Expiration', 'logs/b')]
    assert keys(client) == ['other']
    assert done(oss_emulator, 4) == []


def test_a_disabled_rule_does_nothing(oss_emulator, client):
    client.put('k')
    put_rules(client, rule('r', '', expire(1), 'Disabled'))
    assert done(oss_emulator, 100) == []


def test_only_objects_with_all_tags_and_the_size(oss_emulator, client):
    client.put('tagged', b'12345', {'x-oss-tagging': 'a=1&b=2'})
    client.put('other', b'12345', {'x-oss-tagging': 'a=1'})
    client.put('small', b'1', {'x-oss-tagging': 'a=1&b=2'})
    put_rules(client, rule('r', '', expire(1) + '<Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value>2'
                           '</Value></Tag><Filter><ObjectSizeGreaterThan>4</ObjectSizeGreaterThan></Filter>'))
    assert done(oss_emulator, 2) == [('r', 'Expiration', 'tagged')]


def test_what_a_filter_excludes_stays(oss_emulator, client):
    client.put('a/keep/1')
    client.put('a/2', b'', {'x-oss-tagging': 'keep=yes'})
    client.put('a/3')
    put_rules(client, rule('r', 'a/', expire(1) + '<Filter><Not><Prefix>a/keep/</Prefix></Not><Not><Prefix>a/</Prefix>'
                           '<Tag><Key>keep</Key><Value>yes</Value></Tag></Not></Filter>'))
    assert done(oss_emulator, 2) == [('r', 'Expiration', 'a/3')]


def test_a_date(oss_emulator, client):
    client.put('k')
    before = '<Expiration><CreatedBeforeDate>%s-01-01T00:00:00.000Z</CreatedBeforeDate></Expiration>'
    put_rules(client, rule('r', '', before % '2001'))
    assert done(oss_emulator, 0) == []
    put_rules(client, rule('r', '', before % '2999'))
    assert done(oss_emulator, 0) == [('r', 'Expiration', 'k')]


def test_objects_grow_colder(oss_emulator, client):
    client.put('k', b'data')
    put_rules(client, rule('r', '', '<Transition><Days>10</Days><StorageClass>IA</StorageClass></Transition>'
                           '<Transition><Days>30</Days><StorageClass>Archive</StorageClass></Transition>' + expire(90)))
    assert done(oss_emulator, 11) == [('r', 'Transition', 'k')]
    assert client.send('HEAD', 'k').headers['x-oss-storage-class'] == 'IA'
    assert done(oss_emulator, 12) == []
    assert done(oss_emulator, 31) == [('r', 'Transition', 'k')]
    refused(client.get('k'), 403, 'InvalidObjectState')
    assert done(oss_emulator, 91) == [('r', 'Expiration', 'k')]


def test_the_current_version_gets_a_delete_marker(oss_emulator, client):
    versioned(client)
    client.put('k', b'1')
    client.put('k', b'2')
    put_rules(client, rule('r', '', expire(1) + '<NoncurrentVersionExpiration><NoncurrentDays>5</NoncurrentDays>'
                           '</NoncurrentVersionExpiration>'))
    assert done(oss_emulator, 2) == [('r', 'Expiration', 'k')]
    listed = client.send('GET', params={'versions': ''})
    assert (len(listed.xml.findall('Version')), len(listed.xml.findall('DeleteMarker'))) == (2, 1)
    refused(client.get('k'), 404, 'NoSuchKey')


def test_noncurrent_versions_expire_by_when_they_were_replaced(oss_emulator, client):
    versioned(client)
    client.put('k', b'1')
    client.put('k', b'2')
    put_rules(client, rule('r', '', '<NoncurrentVersionTransition><NoncurrentDays>2</NoncurrentDays><StorageClass>IA'
                           '</StorageClass></NoncurrentVersionTransition><NoncurrentVersionExpiration>'
                           '<NoncurrentDays>5</NoncurrentDays></NoncurrentVersionExpiration>'))
    assert done(oss_emulator, 3) == [('r', 'NoncurrentVersionTransition', 'k')]
    assert done(oss_emulator, 6) == [('r', 'NoncurrentVersionExpiration', 'k')]
    assert client.get('k').body == b'2'


def test_delete_markers_that_hide_nothing(oss_emulator, client):
    versioned(client)
    client.put('full', b'1')
    for key in 'full', 'empty':
        client.send('DELETE', key)
    put_rules(client, rule('r', '', '<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker>'
                           '</Expiration>'))
    assert done(oss_emulator, 0) == [('r', 'ExpiredObjectDeleteMarker', 'empty')]


def test_uploads_are_given_up(oss_emulator, client):
    for key in 'big/1', 'other':
        client.send('POST', key, {'uploads': ''})
    put_rules(client, rule('r', 'big/', '<AbortMultipartUpload><Days>2</Days></AbortMultipartUpload>'))
    assert done(oss_emulator, 1) == []
    assert done(oss_emulator, 3) == [('r', 'AbortMultipartUpload', 'big/1')]
    assert client.send('GET', params={'uploads': ''}).texts('Upload/Key') == ['other']


def test_more_objects_than_a_page(oss_emulator, client):
    for number in range(1100):
        client.put('k%04d' % number)
    put_rules(client, rule('r', '', expire(1)))
    assert len(oss_emulator.run_lifecycle(time.time() + 2 * DAY)) == 1100
    assert keys(client) == []


def test_the_expiry_is_told(client):
    put_rules(client, rule('my rule', 'logs/', expire(3)))
    for reply in client.put('logs/a', b'1'), client.send('HEAD', 'logs/a'), client.get('logs/a'):
        assert reply.headers['x-oss-expiration'].endswith('GMT", rule-id="my%20rule"')
    assert 'x-oss-expiration' not in client.put('other').headers


def test_the_rules_come_back(client):
    refused(client.send('GET', params={'lifecycle': ''}), 404, 'NoSuchLifecycle')
    put_rules(client, rule('r', 'p', expire(3)),
              '<Rule><Prefix>q</Prefix><Status>Enabled</Status>%s</Rule>' % expire(1))
    document = client.send('GET', params={'lifecycle': ''})
    assert document.texts('Rule/Prefix') == ['p', 'q']
    assert document.texts('Rule/ID')[0] == 'r'
    assert len(document.texts('Rule/ID')[1]) == 36
    assert client.send('DELETE', params={'lifecycle': ''}).status == 204
    assert client.send('DELETE', params={'lifecycle': ''}).status == 204
    refused(client.send('GET', params={'lifecycle': ''}), 404, 'NoSuchLifecycle')


TRANSITION = '<Transition><Days>%d</Days><StorageClass>%s</StorageClass></Transition>'


@pytest.mark.parametrize(('rules', 'code', 'ec'), [
    ([], 'MalformedXML', '0014-00000013'),
    ([rule('r', '', '')], 'MalformedXML', None),
    ([rule('r', '', expire(0))], 'MalformedXML', None),
    ([rule('r', '', '<Expiration></Expiration>')], 'MalformedXML', None),
    ([rule('r', '', '<Expiration><Days>1</Days><CreatedBeforeDate>2020-01-01T00:00:00.000Z</CreatedBeforeDate>'
           '</Expiration>')], 'MalformedXML', None),
    ([rule('r', '', '<Expiration><CreatedBeforeDate>2020-01-01T08:00:00.000Z</CreatedBeforeDate></Expiration>')],
     'InvalidArgument', None),
    ([rule('r', '', expire(1), 'On')], 'MalformedXML', None),
    ([rule('r', 'p' * 1024, expire(1))], 'InvalidArgument', '0014-00000022'),
    ([rule('r', 'a', expire(1)), rule('r', 'b', expire(1))], 'InvalidArgument', None),
    ([rule('1', 'a', expire(1)), rule('2', 'a', TRANSITION % (1, 'IA'))], 'InvalidArgument', '0014-00000085'),
    ([rule('1', 'a', expire(1)), rule('2', 'a/b', expire(2))], 'InvalidArgument', '0014-00000084'),
    ([rule('1', 'a', TRANSITION % (1, 'IA')), rule('2', 'a/b', TRANSITION % (2, 'IA'))], 'InvalidArgument',
     '0014-00000079'),
    ([rule('r', '', TRANSITION % (9, 'IA') + expire(9))], 'InvalidArgument', None),
    ([rule('r', '', TRANSITION % (9, 'IA') + TRANSITION % (8, 'Archive'))], 'InvalidArgument', None),
    ([rule('r', '', TRANSITION % (9, 'Warm'))], 'MalformedXML', None)])
def test_rules_that_are_none(client, rules, code, ec):
    error = refused(put_rules(client, *rules), 400, code)
    assert ec is None or error.findtext('EC') == ec
    refused(client.send('GET', params={'lifecycle': ''}), 404, 'NoSuchLifecycle')


def test_overlap_where_it_is_allowed(client):
    rules = rule('1', 'a', expire(1)), rule('2', 'a/b', expire(2))
    assert put_rules(client, *rules, headers={'x-oss-allow-same-action-overlap': 'true'}).status == 200


def test_rules_by_access_time_need_the_monitor(client):
    by_access = ('<Transition><Days>1</Days><StorageClass>IA</StorageClass><IsAccessTime>true</IsAccessTime>'
                 '<ReturnToStdWhenVisit>false</ReturnToStdWhenVisit></Transition>')
    refused(put_rules(client, rule('r', '', by_access)), 400, 'MalformedXML')
    client.send('PUT', params={'accessmonitor': ''},
                body=b'<AccessMonitorConfiguration><Status>Enabled</Status></AccessMonitorConfiguration>')
    assert put_rules(client, rule('r', '', by_access)).status == 200
    refused(client.send('PUT', params={'accessmonitor': ''}, body=b'<AccessMonitorConfiguration><Status>Disabled'
                        b'</Status></AccessMonitorConfiguration>'), 409, 'AccessMonitorInUse')


def test_a_run_is_told_in_full(oss_emulator, client):
    client.put('k')
    put_rules(client, rule('r', '', expire(1)))
    (item,) = oss_emulator.run_lifecycle(time.time() + 2 * DAY)
    assert item == (BUCKET, 'r', 'Expiration', 'k', 'null')
    assert oss_emulator.run_lifecycle() == []


def test_rules_by_access_time(oss_emulator, client):
    client.send('PUT', params={'accessmonitor': ''},
                body=b'<AccessMonitorConfiguration><Status>Enabled</Status></AccessMonitorConfiguration>')
    for key in 'read', 'unread':
        client.put(key, b'data')
    put_rules(client, rule('r', '', '<Transition><Days>5</Days><StorageClass>IA</StorageClass><IsAccessTime>true'
                           '</IsAccessTime><ReturnToStdWhenVisit>true</ReturnToStdWhenVisit></Transition>'))
    assert done(oss_emulator, 6) == [('r', 'Transition', 'read'), ('r', 'Transition', 'unread')]
    assert client.get('read').body == b'data'
    classes = [client.send('HEAD', key).headers['x-oss-storage-class'] for key in ('read', 'unread')]
    assert classes == ['Standard', 'IA']
    assert 'x-oss-last-access-time' in client.send('HEAD', 'read', {'objectMeta': ''}).headers


def test_sizes_below_a_limit(oss_emulator, client):
    client.put('small', b'1')
    client.put('large', b'12345')
    put_rules(client, rule('r', '', expire(1) + '<Filter><ObjectSizeLessThan>5</ObjectSizeLessThan></Filter>'))
    assert done(oss_emulator, 2) == [('r', 'Expiration', 'small')]


def test_what_is_retained_does_not_expire(oss_emulator, client):
    client.put('k')
    assert client.send('POST', params={'worm': ''}, body=b'<InitiateWormConfiguration><RetentionPeriodInDays>10'
                       b'</RetentionPeriodInDays></InitiateWormConfiguration>').status == 200
    worm_id = client.send('GET', params={'worm': ''}).xml.findtext('WormId')
    assert client.send('POST', params={'wormId': worm_id}).status == 200
    put_rules(client, rule('r', '', expire(1)))
    assert done(oss_emulator, 2) == []
    assert done(oss_emulator, 11) == [('r', 'Expiration', 'k')]


def test_a_date_of_expiry_is_told(client):
    date = '<Expiration><Date>2999-01-01T00:00:00.000Z</Date></Expiration>'
    assert put_rules(client, rule('r', '', date)).status == 200
    client.put('k')
    assert client.send('HEAD', 'k').headers['x-oss-expiration'] == (
        'expiry-date="Tue, 01 Jan 2999 00:00:00 GMT", rule-id="r"')


def test_more_uploads_than_a_page(oss_emulator, client, monkeypatch):
    from oss2.emulator import lifecycle
    monkeypatch.setattr(lifecycle, '_PAGE', 2)
    for number in range(5):
        client.send('POST', 'k%d' % (number // 2), {'uploads': ''})
    put_rules(client, rule('r', '', '<AbortMultipartUpload><Days>2</Days></AbortMultipartUpload>'))
    assert done(oss_emulator, 3) == [('r', 'AbortMultipartUpload', 'k%d' % (number // 2)) for number in range(5)]


def test_buckets_without_rules_stay_as_they_are(oss_emulator, client):
    client.send('PUT', bucket='other-bucket')
    client.put('k', bucket='other-bucket')
    client.put('k')
    put_rules(client, rule('r', '', expire(1)))
    assert [item.bucket for item in oss_emulator.run_lifecycle(time.time() + 2 * DAY)] == [BUCKET]
    assert client.get('k', bucket='other-bucket').status == 200


def test_an_empty_element_is_none(client):
    assert put_rules(client, rule('', 'p', expire(1))).status == 200
    assert len(client.send('GET', params={'lifecycle': ''}).xml.findtext('Rule/ID')) == 36


def test_rules_for_other_tags_may_share_a_prefix(client):
    tag = '<Tag><Key>k</Key><Value>%s</Value></Tag>'
    assert put_rules(client, rule('1', 'a', expire(1) + tag % 1), rule('2', 'a', expire(1) + tag % 2)).status == 200


def test_rules_by_access_time_say_what_a_visit_does(client):
    client.send('PUT', params={'accessmonitor': ''},
                body=b'<AccessMonitorConfiguration><Status>Enabled</Status></AccessMonitorConfiguration>')
    transition = ('<Transition><Days>1</Days><StorageClass>IA</StorageClass><IsAccessTime>true</IsAccessTime>'
                  '</Transition>')
    refused(put_rules(client, rule('r', '', transition)), 400, 'MalformedXML')
