"""Service and Bucket: what programs construct, assembled from the families of operations."""
from __future__ import annotations

import logging
from typing import Any, Mapping, Optional, TypeVar, Union

from . import defaults as defaults
from . import exceptions as exceptions
from . import http as http
from . import models as models
from . import utils as utils
from . import xml_utils as xml_utils
from ._client import UNCHANGED, Unchanged
from ._client import _Base as _Base
from ._ranges import _make_range_string as _make_range_string
from ._ranges import _range_internal as _range  # noqa: F401 - a private name that programs import
from ._timeouts import TimeoutSpec
from ._trust import CertSpec, FilePath, VerifySpec
from ._urls import _determine_endpoint_type as _determine_endpoint_type
from ._urls import _normalize_endpoint as _normalize_endpoint
from ._urls import _UrlMaker as _UrlMaker
from ._urls import check_bucket_name, check_endpoint_of
from .compat import to_string as to_string
from .compat import to_unicode as to_unicode
from .compat import urlparse as urlparse
from .compat import urlquote as urlquote
from .compat import urlunquote as urlunquote

# Programs find models, constants and helpers here as well as in their own modules.
from .exceptions import ClientError as ClientError
from .exceptions import InconsistentError as InconsistentError
from .headers import *
from .models import *
from .operations.access import AccessOperations
from .operations.access_points import AccessPointOperations
from .operations.addresses import AddressOperations
from .operations.appending import AppendOperations
from .operations.basic import BasicBucketOperations
from .operations.copying import CopyOperations
from .operations.deleting import DeletePrefixResult as DeletePrefixResult
from .operations.deleting import DeletingOperations
from .operations.files import FileOperations
from .operations.lifetime import LifetimeOperations
from .operations.listing import ListingOperations
from .operations.live import LiveOperations
from .operations.multipart import MultipartOperations
from .operations.object_info import ObjectInfoOperations
from .operations.objects import ObjectOperations
from .operations.post_policy import PostForm as PostForm
from .operations.post_policy import PostPolicyOperations
from .operations.processing import ProcessingOperations
from .operations.protection import ProtectionOperations
from .operations.qos import QosOperations
from .operations.query import QueryOperations
from .operations.select import SelectOperations
from .operations.service import ServiceOperations
from .operations.signed_urls import SignedUrlOperations
from .operations.tagging import TaggingOperations
from .operations.web import WebOperations
from .select_params import SelectJsonTypes as SelectJsonTypes
from .select_params import SelectParameters as SelectParameters
from .utils import b64decode_from_string as b64decode_from_string
from .utils import b64encode_as_string as b64encode_as_string
from .utils import http_to_unixtime as http_to_unixtime
from .utils import make_crc_adapter as make_crc_adapter
from .utils import make_progress_adapter as make_progress_adapter

logger = logging.getLogger(__name__)

_BucketT = TypeVar('_BucketT', bound='Bucket')
_ServiceT = TypeVar('_ServiceT', bound='Service')


class Service(ServiceOperations):
    """Operations on an account, such as listing its buckets.

    :param auth: who signs: Auth, StsAuth, AnonymousAuth or another class of :mod:`oss2.auth`
    :param endpoint: such as https://oss-cn-hangzhou.aliyuncs.com; without a scheme it is http
    :param session: a Session to share; without one, a new one is opened
    :param connect_timeout: seconds for connecting, and for each read; or a pair (connect, read)
    :param app_name: added to the User-Agent
    :param proxies: as requests takes them: {'https': 'http://proxy:3128'}
    :param region: such as cn-hangzhou, for V4 signatures; found out from the endpoint where that tells
    :param is_path_style: put the bucket into the path rather than in front of the host
    :param read_timeout: seconds for each read, where *connect_timeout* is for connecting only
    :param deadline: seconds for each call, all its attempts, the pauses between them and the reading of its answer
        included; None: no limit
    :param retries: how many times one request is sent at most, 1: never again; None: what
        `oss2.defaults.request_retries` says at the time
    :param verify: for the session that is opened, as `ca_bundle`, `cert` and `trust_env`: see :class:`oss2.Session`
    """

    def __init__(self, auth: Any, endpoint: str, session: Any = None, connect_timeout: TimeoutSpec = None,
                 app_name: str = '', proxies: Optional[Mapping[str, str]] = None, region: Optional[str] = None,
                 cloudbox_id: Optional[str] = None, is_path_style: bool = False, *,
                 read_timeout: Optional[float] = None, deadline: Optional[float] = None,
                 retries: Optional[int] = None, verify: Optional[VerifySpec] = None,
                 ca_bundle: Optional[FilePath] = None,
                 cert: Optional[CertSpec] = None, trust_env: Optional[bool] = None) -> None:
        super().__init__(auth, endpoint, False, session, connect_timeout, app_name=app_name, proxies=proxies,
                         region=region, cloudbox_id=cloudbox_id, is_path_style=is_path_style,
                         read_timeout=read_timeout, deadline=deadline, retries=retries, verify=verify,
                         ca_bundle=ca_bundle, cert=cert, trust_env=trust_env)

    def with_options(self: _ServiceT, *, timeout: Union[TimeoutSpec, Unchanged] = UNCHANGED,
                     connect_timeout: Union[Optional[float], Unchanged] = UNCHANGED,
                     read_timeout: Union[Optional[float], Unchanged] = UNCHANGED,
                     deadline: Union[Optional[float], Unchanged] = UNCHANGED,
                     retries: Union[Optional[int], Unchanged] = UNCHANGED) -> _ServiceT:
        """A copy for calls that take other settings; see :meth:`Bucket.with_options`."""
        return self._with(timeout, connect_timeout, read_timeout, deadline, retries)


class Bucket(SignedUrlOperations, CopyOperations, DeletingOperations, ObjectOperations, AppendOperations,
             ObjectInfoOperations, FileOperations, ListingOperations, MultipartOperations, TaggingOperations,
             ProcessingOperations, SelectOperations, LiveOperations, BasicBucketOperations, AccessOperations,
             AccessPointOperations, ProtectionOperations, LifetimeOperations, WebOperations, QosOperations,
             QueryOperations, PostPolicyOperations, AddressOperations):
    """Operations on a bucket and its objects.

    One Bucket may be used from many threads.  After a fork, a child opens connections of its own.

    :param bucket_name: 3 to 63 lower-case letters, digits and hyphens
    :param is_cname: the endpoint is a domain of your own that is bound to the bucket
    :param enable_crc: compare the CRC-64 of what is sent or received with what OSS says it is
    :param is_verify_object_strict: under V1, refuse to sign a URL for a key that begins with `?`
    :param verify_crc: compare the CRC-64 of each object that `get_object` reads to its end, and raise
        InconsistentError with the last bytes if it differs; not of ranges, processed or compressed content
    :param range_standard: ask for `byte_range` in the standard way (x-oss-range-behavior): one that lies outside the
        object raises InvalidRange, and an answer with more than was asked for InconsistentError; without it, OSS
        answers such a range with the whole object

    The other parameters are those of :class:`Service`.
    """

    def __init__(self, auth: Any, endpoint: str, bucket_name: str, is_cname: bool = False, session: Any = None,
                 connect_timeout: TimeoutSpec = None, app_name: str = '', enable_crc: bool = True,
                 proxies: Optional[Mapping[str, str]] = None, region: Optional[str] = None,
                 cloudbox_id: Optional[str] = None, is_path_style: bool = False,
                 is_verify_object_strict: bool = True, *, read_timeout: Optional[float] = None,
                 deadline: Optional[float] = None, retries: Optional[int] = None, verify_crc: bool = False,
                 range_standard: bool = False, verify: Optional[VerifySpec] = None,
                 ca_bundle: Optional[FilePath] = None,
                 cert: Optional[CertSpec] = None, trust_env: Optional[bool] = None) -> None:
        super().__init__(auth, endpoint, is_cname, session, connect_timeout, app_name=app_name,
                         enable_crc=enable_crc, proxies=proxies, region=region, cloudbox_id=cloudbox_id,
                         is_path_style=is_path_style, is_verify_object_strict=is_verify_object_strict,
                         read_timeout=read_timeout, deadline=deadline, retries=retries, verify=verify,
                         ca_bundle=ca_bundle, cert=cert, trust_env=trust_env)
        self.verify_crc = verify_crc
        self.range_standard = range_standard
        self.bucket_name = check_bucket_name(bucket_name)
        check_endpoint_of(self._make_url, self.bucket_name)
        if not _signs_with_v1(self.auth):
            self.is_verify_object_strict = False

    # Programs call these two by their mangled names, for subresources that 2.19.1 has no method for.

    def __do_object(self, method: str, key: Any, **kwargs: Any) -> Any:
        return self._do(method, self.bucket_name, key, **kwargs)

    def __do_bucket(self, method: str, **kwargs: Any) -> Any:
        return self._do(method, self.bucket_name, '', **kwargs)

    def with_options(self: _BucketT, *, timeout: Union[TimeoutSpec, Unchanged] = UNCHANGED,
                     connect_timeout: Union[Optional[float], Unchanged] = UNCHANGED,
                     read_timeout: Union[Optional[float], Unchanged] = UNCHANGED,
                     deadline: Union[Optional[float], Unchanged] = UNCHANGED,
                     retries: Union[Optional[int], Unchanged] = UNCHANGED, enable_crc: Optional[bool] = None,
                     verify_crc: Optional[bool] = None, range_standard: Optional[bool] = None) -> _BucketT:
        """A copy for calls that take other settings; what is left out stays as it is here.

        ::

            bucket.with_options(read_timeout=5, retries=1).head_object('key')

        The copy costs next to nothing, and shares everything else, the session and its connections above all: closing
        it closes these. Other threads may use this bucket meanwhile.

        :param timeout: seconds for connecting, and for each read; a pair (connect, read); None: wait for ever
        :param connect_timeout: seconds for connecting only; None: wait for ever
        :param read_timeout: seconds for each read only; None: wait for ever
        :param deadline: seconds for each call; None: no limit
        :param retries: how many times one request is sent at most; None: `oss2.defaults.request_retries`
        :param enable_crc: as in the constructor, like the others; None: as it is here
        :raises ClientError: a number is not above 0, or *timeout* comes with one of the two it stands for
        """
        return self._with(timeout, connect_timeout, read_timeout, deadline, retries, enable_crc=enable_crc,
                          verify_crc=verify_crc, range_standard=range_standard)


def _signs_with_v1(auth: Any) -> bool:
    """Anything may be handed over as auth: what is not known to sign otherwise counts as V1."""
    version = getattr(auth, 'auth_version', None)
    return version is None or version() == 'v1'
