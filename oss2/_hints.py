"""Hints: what to try after the commonest errors of OSS."""
from __future__ import annotations

from typing import Optional

_USE_V4 = ('OSS takes only signature version 4 here: use oss2.AuthV4 or OSS_SIGNATURE_VERSION=v4, and tell Bucket or '
           'Service the region')

# By fine-grained code where there is one, else by code.
_HINTS = {
    '0002-00000034': _USE_V4,
    '0002-00000080': _USE_V4,
    '0002-00000069': 'the signed URL is good no more: sign a new one, with a longer expires if it has to last',
    '0002-00000226': 'version 4 signed for another region than the bucket has: give Bucket or Service the right one, '
                     "such as region='cn-hangzhou'",
    'AccessDenied': 'the identity that signed may not do this: check its RAM policy, the bucket policy and the ACLs, '
                    'and that temporary credentials are given with their security token',
    'SignatureDoesNotMatch': 'check the access key secret, for version 4 the region, and that nothing between here '
                             'and OSS changes headers or the URL; a signed URL must be used with the method and '
                             'headers it was signed for',
    'InvalidAccessKeyId': 'the access key does not exist, is disabled, or is a temporary one that needs its security '
                          'token: see oss2.StsAuth',
    'SecurityTokenExpired': 'get new temporary credentials, or use a credentials provider that does',
    'InvalidSecurityToken': 'the security token does not belong to this access key, or has expired',
    'RequestTimeTooSkewed': "this machine's clock is more than 15 minutes off: set it",
    'NoSuchBucket': 'check the name of the bucket and that the endpoint is the one of its region',
    'NoSuchKey': 'keys are case-sensitive and do not begin with a slash',
    'InvalidObjectName': 'a key does not begin with a slash or a backslash, and has 1 to 1023 bytes in UTF-8',
    'InvalidBucketName': 'a bucket is named with 3 to 63 lower-case letters, digits and hyphens',
    'BucketAlreadyExists': 'bucket names are shared by all accounts: choose another',
    'BucketNotEmpty': 'delete its objects, their versions, unfinished uploads and live channels first',
    'InvalidObjectState': 'the object is archived: restore it first, see Bucket.restore_object',
    'SecondLevelDomainForbidden': 'OSS refuses path-style addresses: leave is_path_style out',
    'UserDisable': 'the account is disabled, often for an unpaid bill',
}


def hint_for(code: str, ec: str, endpoint: Optional[str]) -> str:
    """The hint for an error; '' if there is none.

    :param ec: the fine-grained code
    :param endpoint: the one that the error document names, if it does
    """
    hint = _HINTS.get(ec) or _HINTS.get(code, '')
    if endpoint and code == 'AccessDenied':
        return 'this bucket belongs to another endpoint: use %s' % endpoint
    if endpoint and code == 'SecondLevelDomainForbidden':
        return '%s; the endpoint of this bucket is %s' % (hint, endpoint)
    return hint
