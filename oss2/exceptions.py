"""The errors of the library.

::

    OssError
     +-- ClientError                    wrong arguments; nothing was sent
     +-- RequestError                   the transport failed; .exception is the cause
     |    +-- RequestTimeout
     |         +-- ConnectTimeout
     |         +-- ReadTimeout
     |         +-- DeadlineExceeded
     +-- InconsistentError              a checksum or a length does not match
     |    +-- NotAllDeleted
     +-- OpenApiFormatError, OpenApiServerError     KMS, for client-side encryption
     +-- SelectOperationClientError     the answer to a select is not what it should be
     +-- ServerError                    OSS answered with an error
          +-- NotFound                  NoSuchBucket, NoSuchKey, NoSuchUpload, ...
          +-- Conflict                  BucketNotEmpty, PositionNotEqualToLength, ...
          +-- NotModified, PreconditionFailed, InvalidRange, AccessDenied, ...
"""
from __future__ import annotations

from typing import Any, Dict, Iterator, Mapping, Optional, Sequence, Tuple, Type
from xml.etree.ElementTree import ParseError as ElementTreeParseError  # noqa: F401

from . import _error_document, _hints
from ._pickling import picklable, restored
from ._secrets import mask_secrets
from .compat import to_string as to_string
from .headers import *  # noqa: F403 - programs read header names from here too, as 2.19.1 has them
from .headers import OSS_NEXT_APPEND_POSITION, OSS_REQUEST_ID

OSS_CLIENT_ERROR_STATUS = -1
OSS_REQUEST_ERROR_STATUS = -2
OSS_INCONSISTENT_ERROR_STATUS = -3
OSS_FORMAT_ERROR_STATUS = -4
OSS_SELECT_CLIENT_ERROR_STATUS = -5

_parse_error_body = _error_document.parse_body
_guess_error_details = _error_document.guess_details

_MAX_BODY = 1024 * 1024
_OSS_EC_HEADER = 'x-oss-ec'


class OssError(Exception):
    """What every error of the library derives from.

    Its text and ``repr`` show neither signatures nor security tokens; the attributes hold what came.
    """

    status: int
    """HTTP status, or one of the negative ``OSS_*_STATUS``."""
    request_id: str
    """OSS's number of the request, '' if there is none."""
    body: Any
    """The answer as it came, at most 1 MiB of it; for errors of the client, their text."""
    details: Mapping[str, Any]
    """The elements of the error document: ``Code``, ``Message``, ``EC`` and what the code adds."""
    code: str
    """OSS's name of the error, '' if there is none."""
    message: str
    ec: str
    """OSS's fine-grained error code such as ``0026-00000001``, '' if there is none."""
    recommend_doc: str
    """Address of OSS's page about this error, '' if there is none."""
    headers: Mapping[str, Any]
    attempts: int = 1
    """How many times the request was sent."""
    retries: Optional[int] = None
    """How many times it might have been, where that is known."""

    def __init__(self, status: int, headers: Mapping[str, Any], body: Any, details: Mapping[str, Any]) -> None:
        headers = {} if headers is None else headers
        details = {} if details is None else details
        self.status = status
        self.request_id = headers.get(OSS_REQUEST_ID, '')
        self.body = body
        self.details = details
        self.code = details.get('Code') or ''
        self.message = details.get('Message') or ''
        self.ec = details.get('EC') or headers.get(_OSS_EC_HEADER, '')
        self.recommend_doc = details.get('RecommendDoc') or ''
        self.headers = headers

    @property
    def hint(self) -> str:
        """What to try, for the commonest errors; '' for the others."""
        return _hints.hint_for(self.code, self.ec, self.details.get('Endpoint'))

    def __str__(self) -> str:
        return self._text(self.details)

    def _str_with_body(self) -> str:
        return self._text(self.body)

    def _text(self, details: Any) -> str:
        return mask_secrets(str({'status': self.status, OSS_REQUEST_ID: self.request_id, 'details': details}))

    def __repr__(self) -> str:
        return mask_secrets(super().__repr__())

    def __reduce__(self) -> Tuple[Any, ...]:
        return restored, (type(self), self.args, self.__dict__)


class ClientError(OssError):
    """An argument is wrong; nothing was sent."""

    def __init__(self, message: str) -> None:
        super().__init__(OSS_CLIENT_ERROR_STATUS, {}, 'ClientError: ' + str(message), {})
        self.message = mask_secrets(str(message)) or 'ClientError'

    def __str__(self) -> str:
        return self._str_with_body()


class RequestError(OssError):
    """The request could not be sent or its answer not be read; ``exception`` holds the cause."""

    on_kept_connection: bool = False
    """Whether the connection was one kept from an earlier request, which the server may have closed meanwhile."""
    from_network: bool = False
    """Whether a connection of this library's own failed, rather than a replaced ``Session.do_request``."""

    def __init__(self, e: Any) -> None:
        text = mask_secrets(str(e))
        super().__init__(OSS_REQUEST_ERROR_STATUS, {}, 'RequestError: ' + text, {})
        self.message = text or mask_secrets(repr(e))
        self.exception = e

    def __str__(self) -> str:
        return self._str_with_body()

    def __reduce__(self) -> Tuple[Any, ...]:
        cause = picklable(self.exception)
        args = tuple(cause if a is self.exception else a for a in self.args)
        return restored, (type(self), args, dict(self.__dict__, exception=cause))


class RequestTimeout(RequestError):
    """OSS took too long."""


class ConnectTimeout(RequestTimeout):
    """No connection within the time for connecting."""


class ReadTimeout(RequestTimeout):
    """No answer, or no further piece of it, within the time for reading."""


class DeadlineExceeded(RequestTimeout):
    """The call was not over, all attempts and the reading of its answer included, within its deadline."""


class InconsistentError(OssError):
    """What arrived is not what was sent: a checksum or a length differs.

    :param request_id: the request's number, or a response or result that has one
    """

    def __init__(self, message: str, request_id: Any = '') -> None:
        if not isinstance(request_id, str):
            request_id = getattr(request_id, 'request_id', None) or ''
            self.args = (message, request_id)
        super().__init__(OSS_INCONSISTENT_ERROR_STATUS, {OSS_REQUEST_ID: request_id},
                         'InconsistentError: ' + str(message), {})
        self.message = str(message) or 'InconsistentError'

    def __str__(self) -> str:
        return self._str_with_body()


class NotAllDeleted(InconsistentError):
    """OSS reported success, but left some of the objects that it was to delete: their keys are in ``keys``."""

    keys: Sequence[str] = ()


class OpenApiFormatError(OssError):
    """The answer of another Alibaba Cloud service cannot be understood."""

    def __init__(self, message: str) -> None:
        super().__init__(OSS_FORMAT_ERROR_STATUS, {}, message, {})
        self.message = str(message) or 'OpenApiFormatError'

    def __str__(self) -> str:
        return self._str_with_body()


class OpenApiServerError(OssError):
    """Another Alibaba Cloud service answered with an error."""

    def __init__(self, status: int, request_id: str, message: str, error_code: str) -> None:
        super().__init__(status, {OSS_REQUEST_ID: request_id}, '', {'Code': error_code, 'Message': message})


class ServerError(OssError):
    """OSS answered with an error; the subclasses are named after its codes."""

    received: bool = False
    """Whether the answer came over the network, rather than from a replaced ``Session.do_request``."""

    @property
    def location(self) -> Optional[str]:
        """Where a 3xx answer points to; None if it does not say."""
        return self.headers.get('Location') or self.headers.get('location')


class NotFound(ServerError):
    status = 404
    code = ''


class MalformedXml(ServerError):
    status = 400
    code = 'MalformedXML'


class InvalidRequest(ServerError):
    status = 400
    code = 'InvalidRequest'


class OperationNotSupported(ServerError):
    status = 400
    code = 'OperationNotSupported'


class RestoreAlreadyInProgress(ServerError):
    status = 409
    code = 'RestoreAlreadyInProgress'


class InvalidArgument(ServerError):
    """An argument that OSS refuses: ``name`` and ``value`` say which, None where OSS does not say."""

    status = 400
    code = 'InvalidArgument'

    def __init__(self, status: int, headers: Mapping[str, Any], body: Any, details: Mapping[str, Any]) -> None:
        super().__init__(status, headers, body, details)
        self.name: Optional[str] = self.details.get('ArgumentName')
        self.value: Optional[str] = self.details.get('ArgumentValue')


class InvalidDigest(ServerError):
    status = 400
    code = 'InvalidDigest'


class InvalidObjectName(ServerError):
    status = 400
    code = 'InvalidObjectName'


class NotImplemented(ServerError):
    status = 400
    code = 'NotImplemented'


class InvalidEncryptionRequest(ServerError):
    status = 400
    code = 'InvalidEncryptionRequest'


class BucketReplicationAlreadyExist(ServerError):
    status = 400
    code = 'BucketReplicationAlreadyExist'


class NoSuchBucket(NotFound):
    status = 404
    code = 'NoSuchBucket'


class NoSuchKey(NotFound):
    status = 404
    code = 'NoSuchKey'


class NoSuchUpload(NotFound):
    status = 404
    code = 'NoSuchUpload'


class NoSuchWebsite(NotFound):
    status = 404
    code = 'NoSuchWebsiteConfiguration'


class NoSuchLifecycle(NotFound):
    status = 404
    code = 'NoSuchLifecycle'


class NoSuchCors(NotFound):
    status = 404
    code = 'NoSuchCORSConfiguration'


class NoSuchLiveChannel(NotFound):
    status = 404
    code = 'NoSuchLiveChannel'


class NoSuchBucketPolicy(NotFound):
    status = 404
    code = 'NoSuchBucketPolicy'


class NoSuchInventory(NotFound):
    status = 404
    code = 'NoSuchInventory'


class NoSuchReplicationRule(NotFound):
    status = 404
    code = 'NoSuchReplicationRule'


class NoSuchServerSideEncryptionRule(NotFound):
    status = 404
    code = 'NoSuchServerSideEncryptionRule'


class Conflict(ServerError):
    status = 409
    code = ''


class BucketNotEmpty(Conflict):
    status = 409
    code = 'BucketNotEmpty'


class PositionNotEqualToLength(Conflict):
    """An append not at the object's end; ``next_position`` is that end in bytes, None if OSS does not say."""

    status = 409
    code = 'PositionNotEqualToLength'

    def __init__(self, status: int, headers: Mapping[str, Any], body: Any, details: Mapping[str, Any]) -> None:
        super().__init__(status, headers, body, details)
        self.next_position: Optional[int]
        try:
            self.next_position = int(self.headers[OSS_NEXT_APPEND_POSITION])
        except (KeyError, TypeError, ValueError):
            self.next_position = None


class ObjectNotAppendable(Conflict):
    status = 409
    code = 'ObjectNotAppendable'


class FileAlreadyExists(Conflict):
    """There is such an object, and the request had ``x-oss-forbid-overwrite: true`` or a rule says the same."""

    status = 409
    code = 'FileAlreadyExists'


class ChannelStillLive(Conflict):
    status = 409
    code = 'ChannelStillLive'


class LiveChannelDisabled(Conflict):
    status = 409
    code = 'LiveChannelDisabled'


class PreconditionFailed(ServerError):
    status = 412
    code = 'PreconditionFailed'


class NotModified(ServerError):
    status = 304
    code = ''


class InvalidRange(ServerError):
    """The range lies outside the object, and the request asked for standard range behaviour."""

    status = 416
    code = 'InvalidRange'


class AccessDenied(ServerError):
    status = 403
    code = 'AccessDenied'


class InvalidEncryptionAlgorithmError(ServerError):
    status = 400
    code = 'InvalidEncryptionAlgorithmError'


class SelectOperationFailed(ServerError):
    """A select broke off after its answer had begun."""

    code = 'SelectOperationFailed'

    def __init__(self, status: int, code: str, message: str, request_id: str = '') -> None:
        super().__init__(status, {OSS_REQUEST_ID: request_id}, message, {'Code': code, 'Message': message})

    def __str__(self) -> str:
        return mask_secrets(str({'status': self.status, 'code': self.code, 'details': self.message}))


class SelectOperationClientError(OssError):
    """The answer to a select is cut short or broken."""

    def __init__(self, message: str, request_id: str) -> None:
        super().__init__(OSS_SELECT_CLIENT_ERROR_STATUS, {OSS_REQUEST_ID: request_id},
                         'SelectOperationClientError: ' + str(message), {})
        self.message = str(message) or 'SelectOperationClientError'

    def __str__(self) -> str:
        return mask_secrets(str({OSS_REQUEST_ID: self.request_id, 'message': self.message}))


class SignatureDoesNotMatch(ServerError):
    status = 403
    code = 'SignatureDoesNotMatch'


class ObjectAlreadyExists(ServerError):
    status = 400
    code = 'ObjectAlreadyExists'


class PartNotSequential(ServerError):
    status = 400
    code = 'PartNotSequential'


class NoSuchWORMConfiguration(ServerError):
    status = 404
    code = 'NoSuchWORMConfiguration'


class WORMConfigurationLocked(ServerError):
    status = 403
    code = 'WORMConfigurationLocked'


class InvalidWORMConfiguration(ServerError):
    status = 400
    code = 'InvalidWORMConfiguration'


class NoSuchTransferAccelerationConfiguration(ServerError):
    status = 404
    code = 'NoSuchTransferAccelerationConfiguration'


def make_exception(resp: Any) -> ServerError:
    """The error for an answer of OSS.

    :param resp: anything with ``status``, ``headers`` and ``read(amt)``; it is read to its end or for 1 MiB
    """
    body = _read_body(resp)
    details = _parse_error_body(body) or _error_document.parse_header(resp.headers)
    klass = (_OSS_ERROR_TO_EXCEPTION.get((resp.status, details.get('Code') or ''))
             or _CLASS_OF_STATUS.get(resp.status, ServerError))
    return klass(resp.status, resp.headers, body, details)


def _read_body(resp: Any) -> Any:
    # The status says that the request failed: a document that cannot be read must not hide it.
    try:
        return resp.read(_MAX_BODY)
    except (OssError, OSError):
        return b''


def _walk_subclasses(klass: Type[ServerError]) -> Iterator[Type[ServerError]]:
    for sub in klass.__subclasses__():
        yield sub
        yield from _walk_subclasses(sub)


_OSS_ERROR_TO_EXCEPTION: Dict[Tuple[int, str], Type[ServerError]] = {
    (sub.status, sub.code): sub for sub in _walk_subclasses(ServerError) if hasattr(sub, 'status')}

# An answer of this status is always this error, whatever code it has.
_CLASS_OF_STATUS: Dict[int, Type[ServerError]] = {416: InvalidRange}

# Names that 2.19.1 leaves behind here and programs import.
klass: Type[ServerError] = NoSuchTransferAccelerationConfiguration
status: int = klass.status
code: str = klass.code
