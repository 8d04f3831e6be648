"""Which bucket and key a request is for: path style, virtual host, or a name bound to a bucket."""
from __future__ import annotations

import re
from typing import Callable, Dict, Optional, Tuple
from urllib.parse import unquote_plus, unquote_to_bytes

from .errors import ApiError

_IP = re.compile(r'\[[0-9a-fA-F:.]+\]|[0-9]{1,3}(\.[0-9]{1,3}){3}')
_ALIYUN = re.compile(r'(?:(?P<bucket>[^.]+)\.)?(?P<region>oss(-[a-z0-9-]+)?|[a-z0-9-]+\.oss|s3\.oss-[a-z0-9-]+)'
                     r'\.aliyuncs\.com')
_BUCKET_NAME = re.compile('[a-z0-9][a-z0-9-]{1,61}[a-z0-9]')
_REGION = re.compile(r'(?:^|\.)oss-(?P<region>[a-z0-9-]+?)(?:-internal)?\.aliyuncs\.com$')
_LONGEST_KEY = 1023


def is_bucket_name(name: str) -> bool:
    return _BUCKET_NAME.fullmatch(name) is not None


def split_host(netloc: str) -> str:
    """The host of a Host header, in lower case, without its port."""
    host = netloc.lower()
    if host.startswith('['):
        return host.partition(']')[0] + ']'
    return host.partition(':')[0]


def region_of(host: str) -> Optional[str]:
    """The region an OSS host name tells, None for other names."""
    found = _REGION.search(host)
    return None if found is None else found.group('region')


def bucket_of(host: str, bases: Tuple[str, ...], cname: Callable[[str], Optional[str]]) -> Optional[str]:
    """The bucket a host name tells; '' means the service; None means that the path tells it.

    :param bases: the emulator's own names
    :param cname: looks up a name bound to a bucket
    """
    if not host or host in bases or _IP.fullmatch(host):
        return None
    bound = cname(host)
    if bound is not None:
        return bound
    for base in bases:
        if host.endswith('.' + base):
            return host[:-len(base) - 1]
    found = _ALIYUN.fullmatch(host)
    if found is not None:
        return found.group('bucket') or None
    bucket, dot, _ = host.partition('.')
    return bucket if dot else None


def resource(raw_path: bytes, bucket: Optional[str]) -> Tuple[str, str]:
    """Bucket and key of a request.

    :param bucket: from the host; None when the path begins with it
    :raises ApiError: InvalidObjectName, InvalidBucketName
    """
    path = raw_path[1:] if raw_path.startswith(b'/') else raw_path
    if bucket is None:
        name, _, path = path.partition(b'/')
        bucket = unquote_to_bytes(name).decode('utf-8', 'replace')
    if bucket and not is_bucket_name(bucket):
        raise ApiError('InvalidBucketName', BucketName=bucket)
    try:
        key = unquote_to_bytes(path).decode('utf-8')
    except UnicodeDecodeError as exc:
        raise ApiError('InvalidObjectName', ec='0016-00000004',
                       ObjectName=unquote_to_bytes(path).decode('utf-8', 'replace')) from exc
    if key:
        check_key(key)
    return bucket, key


def check_key(key: str) -> None:
    """Refuse what OSS does not take as an object's name.

    :raises ApiError: InvalidObjectName
    """
    if len(key) > _LONGEST_KEY or len(key.encode('utf-8')) > _LONGEST_KEY:
        raise ApiError('InvalidObjectName', 'The length of object name must be less than 1024.', '0016-00000003',
                       ObjectName=key)
    if key[:1] in ('/', '\\', ''):
        raise ApiError('InvalidObjectName', ObjectName=key)


def parameters(query: bytes) -> Dict[str, str]:
    """Query parameters, decoded; a bare name has the value ''; of a repeated name the first counts."""
    found: Dict[str, str] = {}
    for item in query.decode('latin-1').split('&') if query else ():
        name, _, value = item.partition('=')
        if name:
            found.setdefault(_decode(name), _decode(value))
    return found


def _decode(text: str) -> str:
    return unquote_plus(text.encode('latin-1').decode('utf-8', 'replace')) if text else text
