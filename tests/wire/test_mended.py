"""What 2.19.1 gets wrong in requests, answers and errors: each test fails with it."""
import datetime
import time

import pytest
from fakes import FakeResponse, FakeSession, error

import oss2
from oss2 import models

ENDPOINT = 'https://oss-cn-hangzhou.aliyuncs.com'


def bucket(*answers, session=None):
    return oss2.Bucket(oss2.Auth('key-id', 'key-secret'), ENDPOINT, 'examplebucket',
                       session=session or FakeSession(*answers))


def refused(status, document='', headers=None):
    """The error of a call that is answered so."""
    body = ('<?xml version="1.0"?><Error>%s</Error>' % document).encode() if document else b''
    with pytest.raises(oss2.exceptions.OssError) as raised:
        bucket(FakeResponse(status, headers or {}, body)).get_object('k')
    return raised.value


def document(code, **elements):
    return ''.join('<%s>%s</%s>' % (name, text, name) for name, text in dict(elements, Code=code).items())


@pytest.mark.behaviour(19)
@pytest.mark.parametrize('length', [1400, 4096, 30000])
def test_a_long_error_document(length):
    found = refused(403, '<Key>%s</Key>' % ('键' * length) + document('SignatureDoesNotMatch', Message='m', EC='1'))
    assert type(found) is oss2.exceptions.SignatureDoesNotMatch
    assert (found.code, found.message, found.ec, found.details['Key']) == (
        'SignatureDoesNotMatch', 'm', '1', '键' * length)


@pytest.mark.behaviour(19)
@pytest.mark.parametrize('cut', [60, 200, 411, 412, 413])
def test_an_error_document_that_is_cut(cut):
    body = ('<Error><Code>NoSuchKey</Code><Key>%s</Key></Error>' % ('键' * 200)).encode()[:cut]
    with pytest.raises(oss2.exceptions.NoSuchKey):
        bucket(FakeResponse(404, {}, body)).get_object('k')


@pytest.mark.behaviour(19)
@pytest.mark.parametrize('headers', [{}, {'x-oss-next-append-position': 'x'}])
def test_an_append_that_is_not_told_where_the_end_is(headers):
    answer = FakeResponse(409, headers, b'<Error><Code>PositionNotEqualToLength</Code></Error>')
    with pytest.raises(oss2.exceptions.PositionNotEqualToLength) as raised:
        bucket(answer).append_object('k', 0, b'x')
    assert raised.value.next_position is None


@pytest.mark.behaviour(19)
def test_an_answer_to_head_that_has_its_document_in_a_header():
    encoded = oss2.utils.b64encode_as_string('<Error>%s</Error>' % document(
        'NoSuchKey', EC='0026-00000001', RecommendDoc='https://api.aliyun.com/troubleshoot?q=0026-00000001'))
    with pytest.raises(oss2.exceptions.NoSuchKey) as raised:
        bucket(FakeResponse(404, {'x-oss-err': encoded, 'x-oss-ec': '0026-00000001'})).head_object('k')
    assert (raised.value.code, raised.value.ec) == ('NoSuchKey', '0026-00000001')
    assert raised.value.recommend_doc == 'https://api.aliyun.com/troubleshoot?q=0026-00000001'


@pytest.mark.behaviour(19)
@pytest.mark.parametrize(('status', 'code', 'advice'), [
    (403, 'AccessDenied', 'RAM policy'), (403, 'SignatureDoesNotMatch', 'access key secret'),
    (403, 'InvalidAccessKeyId', 'does not exist'), (403, 'SecurityTokenExpired', 'new temporary credentials'),
    (403, 'RequestTimeTooSkewed', 'clock'), (404, 'NoSuchBucket', 'endpoint'), (404, 'NoSuchKey', 'case-sensitive'),
    (400, 'InvalidBucketName', '3 to 63'), (400, 'InvalidObjectName', 'does not begin with a slash'),
    (409, 'BucketAlreadyExists', 'choose another'),
    (409, 'BucketNotEmpty', 'unfinished uploads'), (403, 'InvalidObjectState', 'restore'),
    (403, 'SecondLevelDomainForbidden', 'is_path_style'), (403, 'UserDisable', 'unpaid'),
])
def test_the_commonest_errors_have_a_hint(status, code, advice):
    found = refused(status, document(code, Message='m'))
    assert advice in found.hint
    assert found.hint not in str(found)


def test_the_hint_of_a_signed_url_that_has_ended():
    found = refused(403, document('AccessDenied', EC='0002-00000069', Message='Request has expired.'))
    assert 'sign a new one' in found.hint
    assert 'RAM' not in found.hint


@pytest.mark.behaviour(3)
@pytest.mark.parametrize('ec', ['0002-00000080', '0002-00000034'])
def test_the_hint_where_version_1_is_switched_off(ec):
    assert 'version 4' in refused(403, document('AccessDenied', EC=ec)).hint
    assert 'AuthV4' in refused(403, document('InvalidArgument'), {'x-oss-ec': ec}).hint


@pytest.mark.behaviour(37)
@pytest.mark.parametrize('code', ['AccessDenied', 'SecondLevelDomainForbidden'])
def test_the_hint_names_the_right_endpoint(code):
    found = refused(403, document(code, Endpoint='oss-cn-beijing.aliyuncs.com'))
    assert 'oss-cn-beijing.aliyuncs.com' in found.hint


def test_an_object_that_must_not_be_overwritten():
    with pytest.raises(oss2.exceptions.FileAlreadyExists) as raised:
        bucket(error(409, 'FileAlreadyExists')).put_object('k', b'x', headers={'x-oss-forbid-overwrite': 'true'})
    assert isinstance(raised.value, oss2.exceptions.Conflict)
    assert (raised.value.status, raised.value.code) == (409, 'FileAlreadyExists')


@pytest.mark.behaviour(47)
def test_what_is_no_delete_marker():
    assert bucket(FakeResponse(200, {'x-oss-delete-marker': 'false'})).get_object('k').delete_marker is False


@pytest.mark.behaviour(47)
def test_a_time_without_fractions():
    assert oss2.utils.iso8601_to_unixtime('2015-12-05T00:00:00Z') == 1449273600


@pytest.mark.behaviour(47)
def test_a_wrong_checksum_tells_the_request():
    answer = FakeResponse(200, {'x-oss-hash-crc64ecma': '1', 'x-oss-request-id': 'R', 'ETag': '"E"'})
    with pytest.raises(oss2.exceptions.InconsistentError) as raised:
        bucket(answer).put_object('k', b'x')
    assert raised.value.request_id == 'R'


BOMB = ('<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">%s]><ListBucketResult><IsTruncated>false</IsTruncated>'
        '<Contents><Key>&d;</Key></Contents></ListBucketResult>'
        % ''.join('<!ENTITY %s "%s">' % (new, ('&%s;' % old) * 10) for old, new in zip('abc', 'bcd')))
EXTERNAL = ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><ListBucketResult><IsTruncated>false</IsTruncated>'
            '<Contents><Key>&x;</Key></Contents></ListBucketResult>')


@pytest.mark.behaviour(48)
@pytest.mark.parametrize('listing', [BOMB, EXTERNAL], ids=['expansion', 'external'])
def test_entities_are_refused(listing):
    with pytest.raises(oss2.exceptions.OssError, match='document type is not accepted'):
        bucket(FakeResponse(200, {}, listing.encode())).list_objects()


@pytest.mark.behaviour(48)
def test_elements_that_are_missing_or_unknown():
    page = bucket(FakeResponse(200, {}, b'<ListBucketResult><IsTruncated>false</IsTruncated><New><Key/></New>'
                                        b'<Contents><Key>k</Key><New/></Contents></ListBucketResult>')).list_objects()
    assert [(found.key, found.size, found.etag, found.owner) for found in page.object_list] == [('k', None, None, None)]


@pytest.mark.behaviour('D2')
@pytest.mark.skipif(not hasattr(time, 'tzset'), reason='the time zone cannot be changed')
def test_a_date_is_the_same_west_of_greenwich(monkeypatch):
    monkeypatch.setenv('TZ', 'America/Los_Angeles')
    time.tzset()
    try:
        assert oss2.utils.iso8601_to_date('2015-12-05T00:00:00.000Z') == datetime.date(2015, 12, 5)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.behaviour('D8')
def test_a_checksum_of_0_is_a_checksum():
    crc = oss2.utils.Crc64()
    crc.update(b'content')
    parts = [models.PartInfo(1, 'E', size=7, part_crc=crc.crc), models.PartInfo(2, 'F', size=0, part_crc=0)]
    assert oss2.utils.calc_obj_crc_from_parts(parts) == crc.crc


@pytest.mark.behaviour('D9')
def test_the_version_of_a_copys_source():
    session = FakeSession(FakeResponse(200, {'ETag': '"E"'}))
    bucket(session=session).copy_object('b', 'k', 'l', params={'versionId': 'a+b/c', 'x-oss-traffic-limit': '819200'})
    assert session.last.headers['x-oss-copy-source'] == '/b/k?versionId=a%2Bb%2Fc'
    assert session.last.params == {'x-oss-traffic-limit': '819200'}


@pytest.mark.behaviour('D12')
def test_live_channels_have_targets_of_their_own():
    first, second = models.LiveChannelInfo(), models.LiveChannelInfo()
    first.target.frag_count = 7
    assert second.target.frag_count == 3


@pytest.mark.behaviour('D15')
@pytest.mark.parametrize('condition', [
    '', '<Condition><KeyPrefixEquals>k</KeyPrefixEquals></Condition>',
    '<Condition><HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals></Condition>'],
    ids=['none', 'prefix', 'error'])
def test_a_routing_rule_with_one_condition_or_none(condition):
    rule, = bucket(FakeResponse(200, {}, (
        '<WebsiteConfiguration><IndexDocument><Suffix>i</Suffix></IndexDocument><ErrorDocument><Key>e</Key>'
        '</ErrorDocument><RoutingRules><RoutingRule><RuleNumber>1</RuleNumber>%s<Redirect>'
        '<RedirectType>AliCDN</RedirectType></Redirect></RoutingRule></RoutingRules></WebsiteConfiguration>'
        % condition).encode())).get_bucket_website().rules
    assert rule.redirect.redirect_type == 'AliCDN'
    assert [getattr(rule.condition, name, None) for name in ('key_prefix_equals', 'http_err_code_return_equals')] == [
        'k' if 'Prefix' in condition else None, 404 if '404' in condition else None]


@pytest.mark.behaviour('D16')
@pytest.mark.parametrize(('call', 'sent'), [
    (lambda bucket: bucket.put_bucket_versioning(models.BucketVersioningConfig()), b'<VersioningConfiguration />'),
    (lambda bucket: bucket.init_bucket_worm(), b'<InitiateWormConfiguration />'),
    (lambda bucket: bucket.extend_bucket_worm('id'), b'<ExtendWormConfiguration />'),
], ids=['versioning', 'init worm', 'extend worm'])
def test_what_is_none_is_left_out(call, sent):
    session = FakeSession()
    call(bucket(session=session))
    assert session.bodies == [sent]


@pytest.mark.behaviour('D16')
def test_a_size_of_0_is_a_size():
    rule = models.LifecycleRule('id', 'logs/', expiration=models.LifecycleExpiration(days=3),
                                filter=models.LifecycleFilter(None, 0, 5))
    session = FakeSession()
    bucket(session=session).put_bucket_lifecycle(models.BucketLifecycle([rule]))
    assert b'<ObjectSizeGreaterThan>0</ObjectSizeGreaterThan>' in session.bodies[0]
