"""A certificate for this machine, made for one run."""
from __future__ import annotations

import datetime
import ipaddress
import os
import ssl
from typing import Any, Sequence

_EC_PUBLIC_KEY, _P256, _ECDSA_SHA256 = '1.2.840.10045.2.1', '1.2.840.10045.3.1.7', '1.2.840.10045.4.3.2'
_COMMON_NAME, _ALTERNATIVES, _CONSTRAINTS = '2.5.4.3', '2.5.29.17', '2.5.29.19'
_DAY = datetime.timedelta(days=1)


def make_context(path: str, names: Sequence[str], addresses: Sequence[str]) -> ssl.SSLContext:
    """A server's TLS context with a new key and a certificate signed by itself.

    :param path: where the certificate goes, for clients to trust
    """
    from Crypto.PublicKey import ECC
    key = ECC.generate(curve='P-256')
    certificate = ssl.DER_cert_to_PEM_cert(_certificate(key, names, addresses))
    with open(path, 'w', encoding='ascii') as file:
        file.write(certificate)
    private = path + '.key'
    descriptor = os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, 'w', encoding='ascii') as file:
        file.write(key.export_key(format='PEM') + '\n')
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(path, private)
    os.unlink(private)
    return context


def _certificate(key: Any, names: Sequence[str], addresses: Sequence[str]) -> bytes:
    from Crypto.Hash import SHA256
    from Crypto.Signature import DSS
    from Crypto.Util.asn1 import DerBitString, DerInteger, DerObjectId, DerOctetString, DerSequence
    algorithm = DerSequence([DerObjectId(_ECDSA_SHA256)])
    name = DerSequence([_set(DerSequence([DerObjectId(_COMMON_NAME), _tagged(0x0C, b'oss2 emulator')]).encode())])
    now = datetime.datetime.now(datetime.timezone.utc)
    validity = DerSequence([_time(now - _DAY), _time(now + 365 * _DAY)])
    public = DerSequence([DerSequence([DerObjectId(_EC_PUBLIC_KEY), DerObjectId(_P256)]),
                          DerBitString(key.public_key().export_key(format='SEC1'))])
    alternatives = b''.join([
        *(_tagged(0x82, item.encode('ascii')) for item in names),
        *(_tagged(0x87, ipaddress.ip_address(item).packed) for item in addresses)])
    extensions = DerSequence([
        DerSequence([DerObjectId(_ALTERNATIVES), DerOctetString(_tagged(0x30, alternatives))]),
        DerSequence([DerObjectId(_CONSTRAINTS), _tagged(0x01, b'\xff'),
                     DerOctetString(_tagged(0x30, _tagged(0x01, b'\xff')))])])
    body = DerSequence([
        _tagged(0xA0, DerInteger(2).encode()), DerInteger(int.from_bytes(os.urandom(15), 'big') | 1), algorithm, name,
        validity, name, public, _tagged(0xA3, extensions.encode())]).encode()
    signature = DSS.new(key, 'fips-186-3', encoding='der').sign(SHA256.new(body))
    whole: bytes = DerSequence([body, algorithm, DerBitString(signature)]).encode()
    return whole


def _set(content: bytes) -> bytes:
    return _tagged(0x31, content)


def _time(moment: datetime.datetime) -> bytes:
    return _tagged(0x18, moment.strftime('%Y%m%d%H%M%SZ').encode('ascii'))


def _tagged(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, 'big')
    return bytes([tag, 0x80 | len(octets)]) + octets + content


