"""Where requests go: endpoints, bucket names and the styles of addressing."""
from __future__ import annotations

import ipaddress
import logging
import re
from functools import lru_cache
from typing import Any, Dict, Optional, Tuple, Union
from urllib.parse import quote, urlsplit

from ._secrets import mask_secrets
from .exceptions import ClientError

logger = logging.getLogger(__name__)

_BUCKET_NAME = re.compile(r'[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\Z')
# Letters of any script: an internationalised name is the business of the HTTP stack.
_HOST = re.compile(r'[\w-]+(?:\.[\w-]+)*\.?\Z')
_PORT = re.compile(r'0{0,100}[0-9]{1,5}\Z')
_REGION = re.compile(
    r'(?:oss-(?!accelerate)([a-z]+(?:-[a-z0-9]+)+?)(?:-internal)?'  # oss-cn-hangzhou[-internal].aliyuncs.com
    r'|s3\.oss-([a-z]+(?:-[a-z0-9]+)+?)(?:-internal)?'
    r'|([a-z]+(?:-[a-z0-9]+)+?)(?:-internal)?\.oss(?:-data-acc)?)\.aliyuncs\.com\Z')  # dual stack: cn-hangzhou.oss
_REGION_NAME = re.compile(r'(?:oss-)?((?!oss-|accelerate)[a-z]+(?:-[a-z0-9]+)+)(?<!-internal)\Z')
_REGION_ALONE = re.compile(r'oss-(?:cn|ap|us|eu|me)-[a-z]+(?:-[0-9]+)?(?:-internal)?\Z'
                           r'|(?:cn|ap|us|eu|me)-(?:hangzhou|shanghai|qingdao|beijing|zhangjiakou|huhehaote|wulanchabu'
                           r'|shenzhen|heyuan|guangzhou|chengdu|nanjing|fuzhou|hongkong|west|east|central'
                           r'|southeast|northeast)(?:-[0-9]+)?\Z')
_ACCELERATE = {True: 'oss-accelerate', 'overseas': 'oss-accelerate-overseas'}
_DOT_SEGMENT = re.compile(r'(?<![^/])\.{1,2}(?![^/])')

_ENDPOINT_TYPE_ALIYUN = 0
_ENDPOINT_TYPE_CNAME = 1
_ENDPOINT_TYPE_IP = 2
_ENDPOINT_TYPE_PATH_STYLE = 3


def is_valid_bucket_name(name: Any) -> bool:
    """3 to 63 lower-case letters, digits and hyphens, no hyphen at either end."""
    return isinstance(name, str) and bool(_BUCKET_NAME.match(name))


def check_bucket_name(name: Any) -> str:
    """*name* without surrounding blanks.

    :raises ClientError: it cannot be the name of a bucket
    """
    stripped = name.strip() if isinstance(name, str) else name
    if not is_valid_bucket_name(stripped):
        raise ClientError(f'The bucket_name is invalid, please check it: {name!r}. A bucket name has 3 to 63 '
                          'characters: lower-case letters, digits and hyphens, with no hyphen at either end.')
    return str(stripped)


def _split_host(netloc: str) -> Tuple[str, Optional[str]]:
    """(host without brackets, port or None).

    :raises ValueError: no host and port
    """
    if netloc.startswith('['):
        host, bracket, rest = netloc[1:].partition(']')
        ipaddress.IPv6Address(host.split('%')[0])
        if not bracket or (rest and not rest.startswith(':')):
            raise ValueError(netloc)
        return host, rest[1:] if rest else None
    host, colon, port = netloc.partition(':')
    return host, port if colon else None


def is_ip_or_localhost(netloc: str) -> bool:
    """Whether *netloc* (host, or host:port) is an IP address or localhost: such hosts have no subdomains."""
    try:
        host = _split_host(netloc)[0]
        if host.lower() == 'localhost':
            return True
        ipaddress.ip_address(host.split('%')[0])
    except ValueError:
        return False
    return True


def _is_valid_netloc(netloc: str) -> bool:
    try:
        host, port = _split_host(netloc)
    except ValueError:
        return False
    if port is not None and not (_PORT.match(port) and int(port) <= 65535):
        return False
    return netloc.startswith('[') or bool(_HOST.match(host))


def is_valid_endpoint(endpoint: Any) -> bool:
    """Whether *endpoint* is `[scheme://]host[:port]`, nothing more."""
    if not endpoint or not isinstance(endpoint, str):
        return False
    return _is_valid_netloc(endpoint.split('://', 1)[-1])


def endpoint_for(region: str, internal: bool = False, accelerate: Union[bool, str] = False, dualstack: bool = False,
                 scheme: str = 'https') -> str:
    """The endpoint of a region of Alibaba Cloud, such as https://oss-cn-hangzhou.aliyuncs.com; nothing is looked up.

    :param region: such as cn-hangzhou, or oss-cn-hangzhou
    :param internal: the one for machines of Alibaba Cloud in the same region, whose traffic is free
    :param accelerate: the one for transfer acceleration, which has to be switched on for the bucket; 'overseas' is the
        one for clients outside the Chinese mainland. It does not name the region: give it to Bucket for V4 signatures
    :param dualstack: the one that has IPv6 addresses too; not all regions have it
    :param scheme: https or http
    :raises ClientError: that is no region, or these go not together
    """
    match = _REGION_NAME.match(region) if isinstance(region, str) else None
    if not match:
        raise ClientError(f"region must be such as 'cn-hangzhou', not {region!r}")
    if scheme not in ('http', 'https'):
        raise ClientError(f"scheme must be 'https' or 'http', not {scheme!r}")
    if accelerate not in (False, *_ACCELERATE):
        raise ClientError(f"accelerate must be True, False or 'overseas', not {accelerate!r}")
    if bool(internal) + bool(accelerate) + bool(dualstack) > 1:
        raise ClientError('an endpoint is internal, accelerated or dual-stack: choose one')
    if accelerate:
        host = _ACCELERATE[accelerate]
    elif dualstack:
        host = match.group(1) + '.oss'
    else:
        host = 'oss-' + match.group(1) + ('-internal' if internal else '')
    return f'{scheme}://{host}.aliyuncs.com'


def _normalize_endpoint(endpoint: Any) -> str:
    """`scheme://host[:port]`; without a scheme it is http, and a path is dropped, which is logged.

    :raises ClientError: there is no host in it, or the scheme is not http or https
    """
    if not isinstance(endpoint, str) or not endpoint.strip():
        raise ClientError('the endpoint must be a str such as https://oss-cn-hangzhou.aliyuncs.com, '
                          f'not {endpoint!r}')
    text = endpoint.strip()
    scheme, separator, rest = text.partition('://')
    if not separator:
        scheme, rest = 'http', text
    scheme = scheme.lower()
    if scheme not in ('http', 'https'):
        raise ClientError(f'the endpoint {endpoint!r} has the scheme {scheme!r}: use http or https')
    authority = re.split(r'[/?#]', rest, maxsplit=1)[0]
    netloc = authority.rpartition('@')[2]
    if netloc.endswith(':'):
        netloc = netloc[:-1]
    if netloc in ('http', 'https') and not (separator and netloc == rest):
        raise ClientError(f'the endpoint {endpoint!r} has no host: check what is around its scheme, as in '
                          f'{netloc}://oss-cn-hangzhou.aliyuncs.com')
    if not _is_valid_netloc(netloc):
        raise ClientError(f'The endpoint you has specified is not valid, endpoint: {endpoint}: it must be '
                          '[http://|https://]host[:port]')
    if _REGION_ALONE.match(netloc):
        raise ClientError(f'the endpoint {endpoint!r} is a region, not a host: use https://'
                          + (netloc if netloc.startswith('oss-') else 'oss-' + netloc) + '.aliyuncs.com')
    if rest[len(authority):].strip('/'):
        _tell_of_path(netloc, rest[len(authority):])
    return scheme + '://' + netloc


@lru_cache(maxsize=128)
def _tell_of_path(netloc: str, path: str) -> None:
    """Once for each: programs of 2.19.1 have such endpoints, and it does no more than drop the path either."""
    logger.warning('the endpoint %s was given with %r behind it, which is not used', netloc, mask_secrets(path))


@lru_cache(maxsize=128)
def _tell_of_plain_http(netloc: str) -> None:
    if not is_ip_or_localhost(netloc):
        logger.warning('signed URLs of %s are plain http: whoever is on the way can read and use them; begin the '
                       'endpoint with https://', netloc)


def check_link(url: str) -> None:
    """Log a warning, once for each host, if *url* is to be handed out but not encrypted; not for hosts of a test."""
    if url.startswith('http://'):
        _tell_of_plain_http(url[len('http://'):].partition('/')[0])


@lru_cache(maxsize=128)
def region_of(netloc: str) -> Optional[str]:
    """The region that an endpoint of Alibaba Cloud names, such as cn-hangzhou, or None if it names none."""
    match = _REGION.match(netloc.split(':')[0].lower())
    return next((group for group in match.groups() if group), None) if match else None


def _determine_endpoint_type(netloc: str, is_cname: bool, bucket_name: str, is_path_style: bool) -> int:
    if is_ip_or_localhost(netloc):
        return _ENDPOINT_TYPE_IP
    if is_cname:
        return _ENDPOINT_TYPE_CNAME
    if is_path_style:
        return _ENDPOINT_TYPE_PATH_STYLE
    return _ENDPOINT_TYPE_ALIYUN


def check_endpoint_of(make_url: _UrlMaker, bucket_name: str) -> None:
    """:raises ClientError: the endpoint is that of OSS with this bucket's name in front, which would get there twice"""
    host = make_url.netloc.partition(':')[0].lower()
    if make_url.type != _ENDPOINT_TYPE_ALIYUN or not host.startswith(bucket_name + '.'):
        return
    rest = host[len(bucket_name) + 1:]
    if region_of(host) is None and (region_of(rest) or rest.startswith('oss-accelerate')) \
            and rest.endswith('.aliyuncs.com'):
        right = make_url.netloc[len(bucket_name) + 1:]
        raise ClientError(f'the endpoint {make_url.netloc} begins with the name of the bucket, which would be put in '
                          f'front of it once more: use {make_url.scheme}://{right}, or is_cname=True')


def quote_key(key: str, slash_safe: bool = False) -> str:
    """*key* for the path of a URL.

    A segment `.` or `..` is escaped too: URL libraries on the way would drop it, and the request would name another
    resource.
    """
    quoted = quote(key, '/' if slash_safe else '')
    if '.' in quoted and (slash_safe or quoted in ('.', '..')):
        quoted = _DOT_SEGMENT.sub(lambda match: match.group().replace('.', '%2E'), quoted)
    return quoted


class _UrlMaker:
    """Makes the URLs of a service, its buckets and their objects.

    `scheme` and `netloc` may be assigned to send later requests elsewhere.
    """

    def __init__(self, endpoint: str, is_cname: bool, is_path_style: bool) -> None:
        parts = urlsplit(endpoint)
        self.scheme = parts.scheme
        self.netloc = parts.netloc
        self.is_cname = is_cname
        self.is_path_style = is_path_style
        self.type = _determine_endpoint_type(self.netloc, is_cname, '', is_path_style)

    def __setstate__(self, state: Dict[str, Any]) -> None:
        self.__dict__.update(state)
        if 'type' not in state:  # pickled by 2.19.1
            self.type = _determine_endpoint_type(self.netloc, self.is_cname, '', self.is_path_style)

    def __call__(self, bucket_name: str, key: str, slash_safe: bool = False) -> str:
        """The URL of an object, of a bucket if *key* is empty, or of the service if both are."""
        base = self.scheme + '://'
        key = quote_key(key, slash_safe) if key else ''
        if self.type == _ENDPOINT_TYPE_CNAME:
            return base + self.netloc + '/' + key
        if not bucket_name:
            return base + self.netloc + '/' + key
        if self.type == _ENDPOINT_TYPE_ALIYUN:
            return base + bucket_name + '.' + self.netloc + '/' + key
        return base + self.netloc + '/' + bucket_name + '/' + key
