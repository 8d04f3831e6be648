"""Domains bound to a bucket, with the tokens that prove who owns them and their certificates."""
from __future__ import annotations

import hashlib
import secrets
from typing import Any, Dict, Optional

from .. import xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..routing import OWNER, operation
from ..schema import Shape, boolean, group, maybe, one, some, text
from ..times import http, iso

_TOKEN_SECONDS = 3 * 24 * 3600
_CERTIFICATE_SECONDS = 365 * 24 * 3600
_SHAPE = Shape(one('Cname', Shape(one('Domain', some), group(
    'CertificateConfiguration', maybe('CertId', text), maybe('Certificate', text), maybe('PrivateKey', text),
    maybe('PreviousCertId', text), maybe('Force', boolean), maybe('DeleteCertificate', boolean)))))


def _asked(request: Request) -> Dict[str, Any]:
    asked: Dict[str, Any] = _SHAPE.read(xml.parse(request.document(), 'BucketCnameConfiguration'))['Cname']
    domain = asked['Domain'] = asked['Domain'].lower()
    labels = domain.split('.')
    if len(labels) < 2 or len(domain) > 255 or not all(
            label and all(letter.isalnum() or letter in '-_*' for letter in label) for label in labels):
        raise invalid_argument('Domain', domain, 'The domain is invalid.')
    return asked


def _token_answer(request: Request, domain: str, token: Dict[str, Any]) -> Answer:
    return Answer.xml(xml.document('CnameToken', [
        ('Bucket', request.bucket), ('Cname', domain), ('Token', token['token']),
        ('ExpireTime', http(token['expires']))]))


@operation('CreateCnameToken', 'bucket', 'POST', 'cname&comp=token', access=OWNER)
def create_cname_token(request: Request) -> Answer:
    """Makes a token for a domain, good for three days; no DNS record is looked up."""
    domain = _asked(request)['Domain']
    token = {'token': secrets.token_hex(16), 'expires': request.now + _TOKEN_SECONDS}
    request.state.store.save_setting(request.bucket, 'cnameToken', token, domain)
    return _token_answer(request, domain, token)


@operation('GetCnameToken', 'bucket', 'GET', 'cname&comp=token', access=OWNER)
def get_cname_token(request: Request) -> Answer:
    """Returns the token of a domain."""
    domain = request.params['cname'].lower()
    found = request.state.store.setting(request.bucket, 'cnameToken', domain)
    if found is None or request.now >= found['expires']:
        raise ApiError('NoSuchCnameToken', Cname=domain)
    return _token_answer(request, domain, found)


@operation('PutCname', 'bucket', 'POST', 'cname&comp=add', access=OWNER)
def put_cname(request: Request) -> Answer:
    """Binds a domain to the bucket: requests with that Host reach it. Certificates are kept, not served."""
    store = request.state.store
    asked = _asked(request)
    domain = asked['Domain']
    with store.transaction():
        bound = request.state.cname(domain)
        if bound is not None and bound != request.bucket:
            raise ApiError('CnameDenied', 'The cname belongs to another bucket.', status=403, Cname=domain)
        old = store.setting(request.bucket, 'cname', domain) or {}
        kept = {'modified': request.now, 'status': 'Enabled',
                'certificate': _certificate(request, asked.get('CertificateConfiguration'), old.get('certificate'))}
        store.save_setting(request.bucket, 'cname', kept, domain)
    return Answer(200)


def _certificate(request: Request, asked: Optional[Dict[str, Any]],
                 old: Optional[Dict[str, Any]]) -> Optional[Dict[str, Any]]:
    if asked is None:
        return old
    if asked.get('DeleteCertificate') == 'true':
        return None
    previous = asked.get('PreviousCertId')
    if previous and asked.get('Force') != 'true' and (old is None or old['id'] != previous):
        raise invalid_argument('PreviousCertId', previous, 'The previous certificate is not that of the domain.')
    certificate, key = asked.get('Certificate'), asked.get('PrivateKey')
    if certificate and not key:
        raise invalid_argument('PrivateKey', '', 'The private key is missing.')
    if not certificate and not asked.get('CertId'):
        raise ApiError('MalformedXML')
    digest = hashlib.sha1((certificate or asked['CertId']).encode('utf-8')).hexdigest().upper()
    return {'id': asked.get('CertId') or str(int(digest[:8], 16)) + '-' + request.state.region,
            'type': 'Upload' if certificate else 'CAS', 'created': request.now,
            'fingerprint': ':'.join(digest[index:index + 2] for index in range(0, len(digest), 2))}


@operation('ListCname', 'bucket', 'GET', 'cname', access=OWNER)
def list_cname(request: Request) -> Answer:
    """Lists the domains of a bucket with their certificates."""
    found = request.state.store.settings(request.bucket, 'cname')
    return Answer.xml(xml.document('ListCnameResult', [
        ('Bucket', request.bucket), ('Owner', request.the_bucket().owner),
        *(_describe(domain, cname) for domain, cname in found)]))


def _describe(domain: str, cname: Dict[str, Any]) -> xml.Node:
    certificate = cname.get('certificate')
    return ('Cname', [
        ('Domain', domain), ('LastModified', iso(cname['modified'])), ('Status', cname['status']),
        ('Certificate', [
            ('Type', certificate['type']), ('CertId', certificate['id']), ('Status', 'Enabled'),
            ('CreationDate', http(certificate['created'])), ('Fingerprint', certificate['fingerprint']),
            ('ValidStartDate', http(certificate['created'])),
            ('ValidEndDate', http(certificate['created'] + _CERTIFICATE_SECONDS)),
        ]) if certificate else None])


@operation('DeleteCname', 'bucket', 'POST', 'cname&comp=delete', access=OWNER)
def delete_cname(request: Request) -> Answer:
    """Unbinds a domain."""
    domain = _asked(request)['Domain']
    with request.state.store.transaction():
        if request.state.store.setting(request.bucket, 'cname', domain) is None:
            raise ApiError('NoSuchCname', Cname=domain)
        request.state.store.drop_setting(request.bucket, 'cname', domain)
    return Answer(200)
