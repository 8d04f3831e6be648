"""Cross-origin rules of the emulator: preflight requests, and the headers of other answers."""
from __future__ import annotations

import pytest
from functional.emulator_client import fresh, refused

RULES = b"""<CORSConfiguration>
<CORSRule><AllowedOrigin>https://app.example.com</AllowedOrigin><AllowedOrigin>http://*.example.org</AllowedOrigin>
<AllowedMethod>PUT</AllowedMethod><AllowedMethod>GET</AllowedMethod><AllowedHeader>x-oss-*</AllowedHeader>
<AllowedHeader>Content-Type</AllowedHeader><ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-oss-request-id</ExposeHeader>
<MaxAgeSeconds>600</MaxAgeSeconds></CORSRule>
<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>HEAD</AllowedMethod></CORSRule>
</CORSConfiguration>"""


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        client.put('k', b'data')
        assert client.send('PUT', params={'cors': ''}, body=RULES).status == 200
        yield client


@pytest.fixture
def browser(anonymous):
    return anonymous


def preflight(browser, origin, method, headers='', key='k'):
    asked = {'Origin': origin, 'Access-Control-Request-Method': method}
    if headers:
        asked['Access-Control-Request-Headers'] = headers
    return browser.send('OPTIONS', key, headers=asked)


def cross_origin(reply):
    return {name[len('access-control-'):]: value for name, value in reply.headers.items()
            if name.startswith('access-control-')}


@pytest.mark.parametrize('key', ['k', 'missing', ''])
@pytest.mark.parametrize('origin', ['https://app.example.com', 'http://a.b.example.org'])
def test_a_preflight_that_meets_a_rule(browser, origin, key):
    reply = preflight(browser, origin, 'PUT', 'X-Oss-Meta-A, content-type', key)
    assert (reply.status, reply.body, reply.headers['vary']) == (200, b'', 'Origin')
    assert cross_origin(reply) == {
        'allow-origin': origin, 'allow-methods': 'PUT, GET', 'allow-headers': 'X-Oss-Meta-A, content-type',
        'expose-headers': 'ETag, x-oss-request-id', 'max-age': '600'}


def test_any_origin(browser):
    reply = preflight(browser, 'null', 'HEAD')
    assert cross_origin(reply) == {'allow-origin': '*', 'allow-methods': 'HEAD', 'max-age': '0'}
    assert 'vary' not in reply.headers


@pytest.mark.parametrize(('origin', 'method', 'headers'), [
    ('http://app.example.com', 'PUT', ''), ('https://app.example.com.evil.net', 'PUT', ''),
    ('https://app.example.com', 'DELETE', ''), ('https://app.example.com', 'PUT', 'Authorization'),
    ('http://x', 'HEAD', 'x-any')])
def test_a_preflight_that_meets_none(browser, origin, method, headers):
    error = refused(preflight(browser, origin, method, headers), 403, 'AccessForbidden')
    assert error.findtext('Message').startswith('CORSResponse: This CORS request is not allowed.')


def test_a_preflight_without_its_headers(browser):
    refused(browser.send('OPTIONS', 'k', headers={'Origin': 'http://a'}), 400, 'InvalidArgument')


def test_a_bucket_without_rules(client, browser):
    assert client.send('DELETE', params={'cors': ''}).status == 204
    refused(client.send('GET', params={'cors': ''}), 404, 'NoSuchCORSConfiguration')
    error = refused(preflight(browser, 'http://a', 'GET'), 403, 'AccessForbidden')
    assert 'CORS is not enabled' in error.findtext('Message')
    assert cross_origin(client.get('k', {'Origin': 'https://app.example.com'})) == {}


def test_other_answers_carry_the_headers_too(oss_emulator, client, browser):
    origin = {'Origin': 'https://app.example.com'}
    good, refusal = client.get('k', origin), browser.get('k', origin)
    assert (good.status, good.body, refusal.status) == (200, b'data', 403)
    forged = browser.get('k', {**origin, 'Authorization': 'OSS emulator-access-key-id:forged'})
    with oss_emulator.faults.fail(503):
        failure = client.get('k', origin)
    assert (forged.code, failure.status) == ('AccessDenied', 503)
    for reply in good, refusal, forged, failure, client.get('missing', origin):
        assert cross_origin(reply) == {
            'allow-origin': origin['Origin'], 'allow-methods': 'PUT, GET', 'max-age': '600',
            'expose-headers': 'ETag, x-oss-request-id'}
    assert cross_origin(client.get('k')) == cross_origin(client.get('k', {'Origin': 'http://other'})) == {}


def test_vary_where_it_is_asked_for(client):
    client.send('PUT', params={'cors': ''}, body=RULES.replace(
        b'</CORSConfiguration>', b'<ResponseVary>true</ResponseVary></CORSConfiguration>'))
    assert client.send('HEAD', 'k', headers={'Origin': 'http://any'}).headers['vary'] == 'Origin'
    assert client.get('k', {'Origin': 'http://any'}).headers['vary'] == 'Origin'


@pytest.mark.parametrize(('rule', 'code'), [
    ('', 'MalformedXML'), ('<AllowedOrigin>*</AllowedOrigin>', 'MalformedXML'),
    ('<AllowedMethod>GET</AllowedMethod>', 'MalformedXML'),
    ('<AllowedOrigin>*</AllowedOrigin><AllowedMethod>PATCH</AllowedMethod>', 'MalformedXML'),
    ('<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><MaxAgeSeconds>x</MaxAgeSeconds>',
     'MalformedXML'),
    ('<AllowedOrigin>*.a.*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>', 'InvalidArgument'),
    ('<AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><ExposeHeader>x-*</ExposeHeader>',
     'InvalidArgument')])
def test_rules_that_are_none(client, rule, code):
    document = '<CORSConfiguration><CORSRule>%s</CORSRule></CORSConfiguration>' % rule
    refused(client.send('PUT', params={'cors': ''}, body=document.encode()), 400, code)


def test_too_many_rules(client):
    rule = '<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>'
    for amount, status in (20, 200), (21, 400):
        document = '<CORSConfiguration>%s</CORSConfiguration>' % (rule * amount)
        assert client.send('PUT', params={'cors': ''}, body=document.encode()).status == status


@pytest.mark.parametrize('params', [
    {'partNumber': '1', 'uploadId': 'x'}, {'uploads': ''}, {'append': '', 'position': '0'},
    {'Expires': '1', 'OSSAccessKeyId': 'a', 'Signature': 'of the PUT'},
    {'x-oss-signature-version': 'OSS4-HMAC-SHA256', 'x-oss-signature': 'of the PUT', 'x-oss-expires': '60',
     'x-oss-date': '20260101T000000Z', 'x-oss-credential': 'a/20260101/cn-hangzhou/oss/aliyun_v4_request'},
], ids=['part', 'uploads', 'append', 'v1', 'v4'])
def test_a_preflight_has_the_url_of_the_request_to_come(browser, params):
    """With its signature, which is for another method, and its sub-resource."""
    reply = browser.send('OPTIONS', 'k', params, headers={
        'Origin': 'https://app.example.com', 'Access-Control-Request-Method': 'PUT'})
    assert (reply.status, cross_origin(reply)['allow-methods']) == (200, 'PUT, GET')
