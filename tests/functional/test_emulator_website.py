"""Buckets of the emulator as websites, and domains bound to them."""
from __future__ import annotations

import pytest
from functional.emulator_client import BUCKET, Client, fresh, refused

DOMAIN = 'www.example.com'


@pytest.fixture
def client(oss_emulator):
    with fresh(oss_emulator) as client:
        client.set_acl('public-read')
        client.put('index.html', b'<index>', {'Content-Type': 'text/html'})
        client.put('docs/index.html', b'<docs>', {'Content-Type': 'text/html'})
        client.put('error.html', b'<lost>', {'Content-Type': 'text/html; charset=utf-8'})
        yield client


class Browser(Client):
    """Visits a bucket by a name, unsigned."""

    def __init__(self, emulator, host='%s.localhost' % BUCKET):
        super().__init__(emulator, auth=False)
        self.host = host

    def visit(self, path, method='GET', **headers):
        return self.send_raw(method, path, {'host': self.host, **headers})


@pytest.fixture
def browser(oss_emulator, client):
    browser = Browser(oss_emulator)
    yield browser
    browser.close()


def website(client, content):
    reply = client.send('PUT', params={'website': ''},
                        body=('<WebsiteConfiguration>%s</WebsiteConfiguration>' % content).encode())
    assert reply.status == 200, reply


INDEX = '<IndexDocument><Suffix>index.html</Suffix></IndexDocument>'
ERROR = '<ErrorDocument><Key>error.html</Key></ErrorDocument>'


def test_the_index_page(client, browser):
    refused(browser.visit('/'), 403, 'AccessDenied')
    website(client, INDEX)
    reply = browser.visit('/')
    assert (reply.status, reply.body, reply.headers['content-type']) == (200, b'<index>', 'text/html')
    assert browser.visit('/', 'HEAD').headers['content-length'] == '7'
    refused(browser.visit('/docs/'), 404, 'NoSuchKey')
    assert client.send('GET').xml.tag == 'ListBucketResult'


def test_index_pages_of_folders(client, browser):
    website(client, INDEX.replace('</Suffix>', '</Suffix><SupportSubDir>true</SupportSubDir>'))
    assert browser.visit('/docs/').body == b'<docs>'
    assert browser.visit('/').body == b'<index>'


@pytest.mark.parametrize(('more', 'status'), [('', 404), ('<HttpStatus>200</HttpStatus>', 200)])
def test_the_error_page(client, browser, more, status):
    website(client, INDEX + ERROR.replace('</Key>', '</Key>' + more))
    reply = browser.visit('/missing')
    assert (reply.status, reply.body, reply.headers['content-type']) == (status, b'<lost>', 'text/html; charset=utf-8')
    head = browser.visit('/missing', 'HEAD')
    assert (head.status, head.body, head.headers['content-length']) == (status, b'', '6')
    assert browser.visit('/index.html').body == b'<index>'
    refused(client.get('missing'), 404, 'NoSuchKey')


def test_an_error_page_that_is_not_there(client, browser):
    website(client, INDEX + ERROR)
    client.send('DELETE', 'error.html')
    refused(browser.visit('/missing'), 404, 'NoSuchKey')


def test_a_private_bucket_stays_private(client, browser):
    website(client, INDEX + ERROR)
    client.set_acl('private')
    refused(browser.visit('/'), 403, 'AccessDenied')
    refused(browser.visit('/missing'), 403, 'AccessDenied')


def rules(*bodies):
    return '<RoutingRules>%s</RoutingRules>' % ''.join(
        '<RoutingRule><RuleNumber>%d</RuleNumber>%s</RoutingRule>' % (number, body)
        for number, body in enumerate(bodies, 1))


def redirect(condition, target):
    return '<Condition>%s</Condition><Redirect><RedirectType>External</RedirectType>%s</Redirect>' % (condition, target)


def test_redirects(client, browser):
    website(client, INDEX + rules(
        redirect('<KeyPrefixEquals>old/</KeyPrefixEquals>',
                 '<Protocol>https</Protocol><HostName>new.example.com</HostName>'
                 '<ReplaceKeyPrefixWith>new/</ReplaceKeyPrefixWith><HttpRedirectCode>301</HttpRedirectCode>'),
        redirect('<HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>',
                 '<HostName>lost.example.com</HostName><ReplaceKeyWith>from-${key}</ReplaceKeyWith>'
                 '<PassQueryString>true</PassQueryString>')))
    reply = browser.visit('/old/a%20b?x=1')
    assert (reply.status, reply.headers['location']) == (301, 'https://new.example.com/new/a%20b')
    reply = browser.visit('/missing?x=1')
    assert (reply.status, reply.headers['location']) == (302, 'http://lost.example.com/from-missing?x=1')
    assert browser.visit('/index.html').status == 200


def test_a_redirect_by_a_header(client, browser):
    website(client, INDEX + rules(redirect('<IncludeHeader><Key>X-Beta</Key><Equals>yes</Equals></IncludeHeader>',
                                           '<HostName>beta.example.com</HostName>')))
    assert browser.visit('/index.html', **{'X-Beta': 'yes'}).headers['location'] == 'http://beta.example.com/index.html'
    assert browser.visit('/index.html', **{'X-Beta': 'no'}).status == 200


def test_the_configuration_comes_back_and_goes(client, browser):
    refused(client.send('GET', params={'website': ''}), 404, 'NoSuchWebsiteConfiguration')
    website(client, INDEX + ERROR)
    document = client.send('GET', params={'website': ''})
    assert (document.texts('IndexDocument/Suffix'), document.texts('ErrorDocument/Key')) == (
        ['index.html'], ['error.html'])
    assert client.send('DELETE', params={'website': ''}).status == 204
    refused(browser.visit('/'), 403, 'AccessDenied')


@pytest.mark.parametrize(('content', 'code'), [
    ('', 'MalformedXML'), ('<IndexDocument/>', 'MalformedXML'),
    ('<IndexDocument><Suffix>a/b</Suffix></IndexDocument>', 'InvalidArgument'),
    ('<ErrorDocument><Key></Key></ErrorDocument>', 'InvalidArgument'),
    (rules('<Redirect><RedirectType>Sideways</RedirectType></Redirect>'), 'MalformedXML'),
    (rules('<Redirect><RedirectType>Mirror</RedirectType><MirrorURL>http://a/</MirrorURL></Redirect>'),
     'InvalidArgument')])
def test_configurations_that_are_none(client, content, code):
    document = '<WebsiteConfiguration>%s</WebsiteConfiguration>' % content
    refused(client.send('PUT', params={'website': ''}, body=document.encode()), 400, code)


def cname(client, what, bucket=BUCKET, more=''):
    document = '<BucketCnameConfiguration><Cname><Domain>%s</Domain>%s</Cname></BucketCnameConfiguration>'
    return client.send('POST', params={'cname': '', 'comp': what}, body=(document % (DOMAIN, more)).encode(),
                       bucket=bucket)


def test_a_domain_bound_to_a_bucket(oss_emulator, client):
    browser = Browser(oss_emulator, DOMAIN)
    assert cname(client, 'add').status == 200
    website(client, INDEX)
    assert browser.visit('/').body == b'<index>'
    assert browser.visit('/docs/index.html').body == b'<docs>'
    assert client.send('GET', params={'cname': ''}).texts('Cname/Domain') == [DOMAIN]
    assert cname(client, 'delete').status == 200
    refused(browser.visit('/docs/index.html'), 404, 'NoSuchBucket')
    refused(cname(client, 'delete'), 404, 'NoSuchCname')
    browser.close()


def test_a_domain_has_one_bucket(client):
    client.send('PUT', bucket='other-bucket')
    assert cname(client, 'add').status == 200
    assert cname(client, 'add').status == 200
    refused(cname(client, 'add', 'other-bucket'), 403, 'CnameDenied')


def test_the_token_of_a_domain(client):
    refused(client.send('GET', params={'cname': DOMAIN, 'comp': 'token'}), 404, 'NoSuchCnameToken')
    made = cname(client, 'token').xml
    found = client.send('GET', params={'cname': DOMAIN, 'comp': 'token'}).xml
    assert [made.findtext(name) for name in ('Bucket', 'Cname')] == [BUCKET, DOMAIN]
    assert made.findtext('Token') == found.findtext('Token')


def test_the_certificate_of_a_domain(client):
    certificate = '<CertificateConfiguration>%s</CertificateConfiguration>'
    cname(client, 'add', more=certificate % '<Certificate>C</Certificate><PrivateKey>K</PrivateKey>')
    listed = client.send('GET', params={'cname': ''})
    assert listed.texts('Cname/Certificate/Type') == ['Upload']
    assert len(listed.texts('Cname/Certificate/Fingerprint')[0].split(':')) == 20
    cname(client, 'add', more=certificate % '<DeleteCertificate>true</DeleteCertificate>')
    assert client.send('GET', params={'cname': ''}).texts('Cname/Certificate') == []


def mirror(client, url):
    website(client, INDEX + ERROR + rules(
        '<Condition><KeyPrefixEquals>far/</KeyPrefixEquals><HttpErrorCodeReturnedEquals>404'
        '</HttpErrorCodeReturnedEquals></Condition><Redirect><RedirectType>Mirror</RedirectType><MirrorURL>%s</MirrorURL>'
        '</Redirect>' % url))


def test_what_is_missing_comes_from_the_site_that_is_mirrored(oss_emulator, client, browser):
    client.send('PUT', bucket='origin-bucket', headers={'x-oss-acl': 'public-read'})
    client.put('far/a b', b'mirrored', bucket='origin-bucket')
    mirror(client, oss_emulator.endpoint + '/origin-bucket/')
    assert client.get('far/a b').body == b'mirrored'
    client.send('DELETE', 'far/a b', bucket='origin-bucket')
    assert browser.visit('/far/a%20b').body == b'mirrored'
    refused(client.get('far/none'), 424, 'MirrorFailed')
    refused(client.get('near/none'), 404, 'NoSuchKey')


def test_more_conditions_of_redirects(client, browser):
    website(client, INDEX + rules(redirect(
        '<KeySuffixEquals>.html</KeySuffixEquals><IncludeHeader><Key>X-Beta</Key><StartsWith>y</StartsWith>'
        '<EndsWith>s</EndsWith></IncludeHeader>', '<HostName>beta.example.com</HostName>')))
    client.put('plain.txt', b'text')
    assert browser.visit('/index.html', **{'X-Beta': 'yes'}).status == 302
    for path, value in (('/index.html', 'no'), ('/index.html', 'yet'), ('/plain.txt', 'yes')):
        assert browser.visit(path, **{'X-Beta': value}).status == 200


def test_a_redirect_within_the_endpoint(oss_emulator, client):
    """Where the bucket is in the path, it stays there."""
    website(client, INDEX + rules(redirect('<HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>',
                                           '<ReplaceKeyWith>index.html</ReplaceKeyWith>')))
    visitor = Browser(oss_emulator, oss_emulator.netloc)
    reply = visitor.visit('/%s/missing' % BUCKET)
    assert (reply.status, reply.headers['location']) == (302, '%s/%s/index.html' % (oss_emulator.endpoint, BUCKET))
    visitor.close()


def test_a_mirror_with_another_prefix(oss_emulator, client):
    client.send('PUT', bucket='origin-bucket', headers={'x-oss-acl': 'public-read'})
    client.put('near/a', b'mirrored', bucket='origin-bucket')
    website(client, INDEX + rules(
        '<Condition><KeyPrefixEquals>far/</KeyPrefixEquals><HttpErrorCodeReturnedEquals>404'
        '</HttpErrorCodeReturnedEquals></Condition><Redirect><RedirectType>Mirror</RedirectType><MirrorURL>%s</MirrorURL>'
        '<ReplaceKeyPrefixWith>near/</ReplaceKeyPrefixWith></Redirect>' % (oss_emulator.endpoint + '/origin-bucket/')))
    assert client.get('far/a').body == b'mirrored'


def test_an_error_page_that_nobody_may_read(client, browser):
    website(client, INDEX + ERROR)
    assert client.send('PUT', 'error.html', {'acl': ''}, {'x-oss-object-acl': 'private'}).status == 200
    refused(browser.visit('/missing'), 404, 'NoSuchKey')
