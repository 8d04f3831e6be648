"""The error answers of OSS: one table of codes, one exception that carries an error to the client."""
from __future__ import annotations

import re
from typing import Dict, NamedTuple, Optional


class Known(NamedTuple):
    """What OSS answers for an error code unless an operation says more."""

    status: int
    message: str
    ec: str = ''


_NOT_XML = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
_MD5_MISMATCH = 'The Content-MD5 you specified did not match what we received.'
_NO_UPLOAD = ('The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted '
              'or completed.')
_WRONG_SIGNATURE = ('The request signature we calculated does not match the signature you provided. '
                    'Check your key and signing method.')
_INVALID_PART = ("One or more of the specified parts could not be found or the specified entity tag might not have "
                 "matched the part's entity tag.")

CODES: Dict[str, Known] = {
    'AccessDenied': Known(403, 'AccessDenied', '0003-00000001'),
    'AccessForbidden': Known(403, 'CORSResponse: This CORS request is not allowed.'),
    'BucketAlreadyExists': Known(409, 'The requested bucket name is not available. The bucket namespace is shared by '
                                      'all users of the system. Please select a different name and try again.',
                                 '0015-00000104'),
    'BucketNotEmpty': Known(409, 'The bucket you tried to delete is not empty.', '0015-00000301'),
    'EntityTooLarge': Known(400, 'Your proposed upload exceeds the maximum allowed object size.'),
    'EntityTooSmall': Known(400, 'Your proposed upload is smaller than the minimum allowed size.', '0042-00000213'),
    'FileImmutable': Known(409, 'The object you specified is immutable.', '0026-00000005'),
    'FieldItemTooLong': Known(400, 'A form field exceeds the length limit.'),
    'FileAlreadyExists': Known(409, 'The object you specified already exists and can not be overwritten.',
                               '0026-00000002'),
    'IncorrectNumberOfFilesInPOSTRequest': Known(400, 'POST requires exactly one file upload per request.'),
    'InternalError': Known(500, 'We encountered an internal error. Please try again.'),
    'InvalidAccessKeyId': Known(403, 'The OSS Access Key Id you provided does not exist in our records.',
                                '0002-00000902'),
    'InvalidArgument': Known(400, 'The argument is invalid.'),
    'InvalidBucketName': Known(400, 'The specified bucket is not valid.', '0015-00000001'),
    'InvalidDigest': Known(400, _MD5_MISMATCH, '0017-00000503'),
    'InvalidEncryptionAlgorithmError': Known(400, 'The Encryption Method specified is not supported.'),
    'InvalidObjectName': Known(400, 'The specified object is not valid.', '0016-00000005'),
    'InvalidObjectState': Known(403, "The operation is not valid for the object's state", '0016-00000404'),
    'InvalidPart': Known(400, _INVALID_PART),
    'InvalidPartOrder': Known(400, 'The list of parts was not in ascending order. '
                                   'Parts list must specified in order by part number.', '0042-00000209'),
    'InvalidPolicyDocument': Known(400, 'The policy is invalid.', '0006-00000201'),
    'InvalidRange': Known(416, 'The requested range cannot be satisfied'),
    'InvalidSecurityToken': Known(403, 'The security token you provided is invalid.', '0002-00000008'),
    'InvalidTag': Known(400, 'The tag is invalid.', '0010-00000217'),
    'InvalidTargetType': Known(400, 'The symbolic link points to another symbolic link.'),
    'MalformedPOSTRequest': Known(400, 'The body of your POST request is not well-formed multipart/form-data.'),
    'MalformedXML': Known(400, 'The XML you provided was not well-formed or did not validate against our published '
                               'schema.'),
    'MethodNotAllowed': Known(405, 'The specified method is not allowed against this resource.'),
    'MissingArgument': Known(400, 'Missing Some Required Arguments.'),
    'MissingContentLength': Known(411, 'You must provide the Content-Length HTTP header.'),
    'NoSuchBucketPolicy': Known(404, 'The bucket policy does not exist', '0030-00000006'),
    'NoSuchCORSConfiguration': Known(404, 'The CORS Configuration does not exist.', '0034-00000001'),
    'NoSuchCallbackPolicy': Known(404, 'The callback policy does not exist.'),
    'NoSuchCname': Known(404, 'The specified cname does not exist.'),
    'NoSuchCnameToken': Known(404, 'The specified cname token does not exist.'),
    'NoSuchAccessPoint': Known(404, 'The specified access point does not exist.'),
    'NoSuchAccessPointPolicy': Known(404, 'The specified access point policy does not exist.'),
    'NoSuchDataRedundancyTransition': Known(404, 'The specified data redundancy transition does not exist.'),
    'NoSuchInventory': Known(404, 'The specified inventory does not exist.'),
    'NoSuchLiveChannel': Known(404, 'The specified live channel does not exist.'),
    'NoSuchLifecycle': Known(404, 'No Row found in Lifecycle Table.'),
    'NoSuchMetadataConfiguration': Known(404, 'The specified metadata configuration does not exist.'),
    'NoSuchObjectWormConfiguration': Known(404, 'The object worm configuration does not exist.'),
    'NoSuchObjectRetention': Known(404, 'The specified object has no retention.'),
    'NoSuchOverwriteConfig': Known(404, 'The overwrite configuration does not exist.'),
    'NoSuchQosConfiguration': Known(404, 'The specified qos configuration does not exist.'),
    'NoSuchReplicationConfiguration': Known(404, 'The bucket has no replication configuration.'),
    'NoSuchReplicationRule': Known(404, 'The specified replication rule does not exist.'),
    'NoSuchResourcePool': Known(404, 'The specified resource pool does not exist.'),
    'NoSuchServerSideEncryptionRule': Known(404, 'The server side encryption configuration was not found.',
                                            '0005-00000004'),
    'NoSuchStorageQuota': Known(404, 'The storage quota does not exist.'),
    'NoSuchStyle': Known(404, 'The specified style does not exist.'),
    'NoSuchTransferAccelerationConfiguration': Known(404, 'The transfer acceleration configuration does not exist.'),
    'NoSuchUserDefinedLogFieldsConfig': Known(404, 'The user defined log fields config does not exist.'),
    'NoSuchWORMConfiguration': Known(404, 'The WORM Configuration does not exist.'),
    'NoSuchWebsiteConfiguration': Known(404, 'The specified bucket does not have a website configuration.'),
    'NoSuchBucket': Known(404, 'The specified bucket does not exist.', '0015-00000101'),
    'NoSuchKey': Known(404, 'The specified key does not exist.', '0026-00000001'),
    'NoSuchUpload': Known(404, _NO_UPLOAD, '0017-00000244'),
    'NoSuchVersion': Known(404, 'The specified version does not exist.', '0026-00000001'),
    'NotImplemented': Known(501, 'A header you provided implies functionality that is not implemented.'),
    'NotModified': Known(304, 'Not Modified'),
    'ObjectNotAppendable': Known(409, 'The object is not appendable', '0026-00000017'),
    'OperationNotSupported': Known(400, 'The operation is not supported for this resource'),
    'PositionNotEqualToLength': Known(409, 'Position is not equal to file length', '0026-00000016'),
    'PreconditionFailed': Known(412, 'At least one of the pre-conditions you specified did not hold.',
                                '0017-00001001'),
    'RequestTimeTooSkewed': Known(403, 'The difference between the request time and the current time is too large.',
                                  '0002-00000504'),
    'RequestTimeout': Known(400, 'Your socket connection to the server was not read from or written to within the '
                                 'timeout period. Idle connections will be closed.'),
    'RestoreAlreadyInProgress': Known(409, 'The restore operation is in progress.', '0016-00000701'),
    'SecurityTokenExpired': Known(403, 'The security token you provided has expired.', '0002-00000007'),
    'ServiceUnavailable': Known(503, 'Please reduce your request rate.'),
    'SignatureDoesNotMatch': Known(403, _WRONG_SIGNATURE, '0002-00000040'),
    'SymlinkTargetNotExist': Known(404, 'The symlink target object does not exist', '0026-00000012'),
    'TooManyBuckets': Known(400, 'You have attempted to create more buckets than allowed.'),
}


class ApiError(Exception):
    """An error that is the answer to a request.

    :param code: OSS's error code; one of :data:`CODES` gives status, message and EC
    :param headers: extra response headers
    :param elements: extra elements of the error document, in order
    """

    def __init__(self, code: str, message: Optional[str] = None, ec: Optional[str] = None,
                 status: Optional[int] = None, headers: Optional[Dict[str, str]] = None, **elements: object) -> None:
        known = CODES.get(code) or Known(400, code)
        self.code = code
        self.message = known.message if message is None else message
        self.ec = known.ec if ec is None else ec
        self.status = known.status if status is None else status
        self.headers = headers or {}
        # A key may hold what XML cannot carry, but an error has to be read.
        self.elements = {name: _NOT_XML.sub('\ufffd', str(value)) for name, value in elements.items()}
        super().__init__('%s %s: %s' % (self.status, code, self.message))


def invalid_argument(name: str, value: object, message: Optional[str] = None, ec: Optional[str] = None) -> ApiError:
    """InvalidArgument with the two elements that name the culprit."""
    return ApiError('InvalidArgument', message, ec, ArgumentName=name, ArgumentValue=value)
