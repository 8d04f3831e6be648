"""Domain names bound to buckets, and their certificates."""
from __future__ import annotations

from typing import List, Optional

from .._xml import YES, many, one
from ._base import RequestResult, result, shape

__all__ = [
    'CertInfo', 'CertificateInfo', 'CnameInfo', 'CreateBucketCnameTokenResult', 'GetBucketCnameTokenResult',
    'ListBucketCnameResult', 'PutBucketCnameRequest',
]


@shape('CertificateConfiguration')
class CertInfo(RequestResult):
    """A certificate to bind to a domain name."""

    cert_id: Optional[str] = one('CertId', default=None)
    """The certificate's id at Certificate Management Service, instead of itself."""
    certificate: Optional[str] = one('Certificate', default=None)
    """PEM, as the next."""
    private_key: Optional[str] = one('PrivateKey', default=None)
    previous_cert_id: Optional[str] = one('PreviousCertId', default=None)
    """The certificate that is replaced; checked unless `force`."""
    force: Optional[bool] = one('Force', YES, default=None)
    delete_certificate: Optional[bool] = one('DeleteCertificate', YES, default=None)
    """Whether to unbind the certificate."""


@shape('Cname')
class PutBucketCnameRequest:
    """A domain name to bind to a bucket (PutCname)."""

    domain: str = one('Domain', if_none='')
    cert: Optional[CertInfo] = one('CertificateConfiguration', CertInfo, default=None)


@shape('BucketCnameConfiguration')
class CnameToPut:
    """The document that binds a domain name."""

    cname: PutBucketCnameRequest = one('Cname', PutBucketCnameRequest)


@shape('Certificate')
class CertificateInfo:
    """The certificate of a domain name; times as OSS sends them."""

    type: Optional[str] = one('Type', default=None, init=False)
    """``CAS`` or ``Upload``."""
    cert_id: Optional[str] = one('CertId', default=None, init=False)
    status: Optional[str] = one('Status', default=None, init=False)
    """``Enabled`` or ``Disabled``."""
    creation_date: Optional[str] = one('CreationDate', default=None, init=False)
    fingerprint: Optional[str] = one('Fingerprint', default=None, init=False)
    valid_start_date: Optional[str] = one('ValidStartDate', default=None, init=False)
    valid_end_date: Optional[str] = one('ValidEndDate', default=None, init=False)


@shape('Cname')
class CnameInfo(RequestResult):
    """A domain name bound to a bucket."""

    domain: Optional[str] = one('Domain', default=None, init=False)
    last_modified: Optional[str] = one('LastModified', default=None, init=False)
    """As OSS sends it."""
    status: Optional[str] = one('Status', default=None, init=False)  # type: ignore[assignment]
    """``Enabled`` or ``Disabled``."""
    is_purge_cdn_cache: Optional[str] = one('IsPurgeCdnCache', default=None, init=False)
    """``true`` or ``false``."""
    certificate: Optional[CertificateInfo] = one('Certificate', CertificateInfo, default=None, init=False)


@result('ListCnameResult')
class ListBucketCnameResult(RequestResult):
    """The domain names bound to a bucket (ListCname)."""

    bucket: Optional[str] = one('Bucket', default=None)
    owner: Optional[str] = one('Owner', default=None)
    cname: List[CnameInfo] = many('Cname', CnameInfo)


@shape('CnameToken')
class _CnameToken:
    bucket: Optional[str] = one('Bucket', default=None)
    cname: Optional[str] = one('Cname', default=None)
    token: Optional[str] = one('Token', default=None)
    """What a TXT record of the domain has to hold."""
    expire_time: Optional[str] = one('ExpireTime', default=None)
    """As OSS sends it."""


@result('CnameToken')
class CreateBucketCnameTokenResult(RequestResult, _CnameToken):
    """A token that proves who owns a domain (CreateCnameToken)."""


@result('CnameToken')
class GetBucketCnameTokenResult(RequestResult, _CnameToken):
    """A token that proves who owns a domain (GetCnameToken)."""
