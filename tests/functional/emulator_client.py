"""A client that knows nothing but HTTP: it sends what it is told, signed with an auth of oss2, no more."""
from __future__ import annotations

import base64
import http.client
import ssl
import urllib.parse
from contextlib import contextmanager
from xml.etree import ElementTree

import oss2

BUCKET = 'test-bucket'


class Reply:
    """An answer: status, headers by lower-case name, body; for XML also its elements."""

    def __init__(self, response):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    @property
    def xml(self):
        return ElementTree.fromstring(self.body)

    @property
    def error(self):
        """The error document, also the one that an answer to HEAD carries in a header."""
        encoded = self.headers.get('x-oss-err')
        return ElementTree.fromstring(base64.b64decode(encoded) if encoded else self.body)

    @property
    def code(self):
        return self.error.findtext('Code')

    def texts(self, path):
        return [element.text or '' for element in self.xml.findall(path)]

    def __repr__(self):
        return 'Reply(%d, %r)' % (self.status, self.body[:500])


class Client:
    """One connection to an emulator.

    :param auth: None signs with version 1 for the emulator's own account; False signs nothing
    """

    def __init__(self, emulator, auth=None):
        self.emulator = emulator
        if auth is None:
            credentials = emulator.credentials
            auth = oss2.Auth(credentials.access_key_id, credentials.access_key_secret)
        self.auth = auth
        host, _, port = emulator.netloc.rpartition(':')
        if emulator.certificate is None:
            self.connection = http.client.HTTPConnection(host.strip('[]'), int(port), timeout=20)
        else:
            context = ssl.create_default_context(cafile=emulator.certificate)
            self.connection = http.client.HTTPSConnection(host.strip('[]'), int(port), timeout=20, context=context)

    def send(self, method, key='', params=None, headers=None, body=None, bucket=BUCKET, path=None):
        """Send a request and read its answer.

        :param path: sent as it is, in place of the path of bucket and key
        """
        request = oss2.http.Request(method, self.emulator.endpoint, params=dict(params or {}),
                                    headers=dict(headers or {}), region=self.emulator.region, product='oss')
        for name in ('accept-encoding', 'user-agent'):
            if name not in {given.lower() for given in headers or {}}:
                request.headers.pop(name, None)
        if self.auth:
            self.auth._sign_request(request, bucket, key)
        sent = {name: value for name, value in request.headers.items() if value is not None}
        return self.send_raw(method, path or self.path(key, params, bucket), sent, body)

    def path(self, key='', params=None, bucket=BUCKET):
        path = '/' + (bucket + '/' if bucket else '') + urllib.parse.quote(key, safe='')
        pairs = [(urllib.parse.quote(name, safe=''), urllib.parse.quote(str(value), safe=''))
                 for name, value in (params or {}).items()]
        query = '&'.join(name + '=' + value if value else name for name, value in pairs)
        return path + ('?' + query if query else '')

    def send_raw(self, method, target, headers, body=None):
        """Send headers as they are: a value may be bytes."""
        self.connection.putrequest(method, target, skip_accept_encoding=True, skip_host='host' in headers)
        for name, value in headers.items():
            self.connection.putheader(name, value)
        names = {name.lower() for name in headers}
        if 'content-length' not in names and 'transfer-encoding' not in names and (body or method in ('PUT', 'POST')):
            self.connection.putheader('Content-Length', str(len(body or b'')))
        self.connection.endheaders(body)
        return Reply(self.connection.getresponse())

    def put(self, key, body=b'', headers=None, **options):
        reply = self.send('PUT', key, headers=headers, body=body, **options)
        assert reply.status == 200, reply
        return reply

    def get(self, key, headers=None, params=None, **options):
        return self.send('GET', key, params, headers, **options)

    def set_acl(self, acl):
        """Set the ACL of the bucket."""
        assert self.send('PUT', params={'acl': ''}, headers={'x-oss-acl': acl}).status == 200

    def close(self):
        self.connection.close()


@contextmanager
def fresh(emulator, auth=None):
    """A client of an emulator that holds nothing but an empty bucket."""
    emulator.reset()
    client = Client(emulator, auth)
    assert client.send('PUT').status == 200
    yield client
    client.close()
    emulator.reset()


def refused(reply, status, code):
    """Assert an error answer; returns its document."""
    assert (reply.status, reply.code) == (status, code), reply
    return reply.error
