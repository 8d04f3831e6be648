"""The ACLs of buckets and objects."""
from __future__ import annotations

from dataclasses import replace
from typing import Dict, Optional

from .. import xml
from ..access import BUCKET_ACLS, OBJECT_ACLS, check_acl
from ..errors import invalid_argument
from ..messages import Answer, Request
from ..routing import OWNER, operation
from . import _reading


@operation('PutBucketAcl', 'bucket', 'PUT', 'acl', access=OWNER)
def put_bucket_acl(request: Request) -> Answer:
    """Sets the ACL of a bucket, which is enforced for other accounts and anonymous requests."""
    asked = request.header('x-oss-acl') or ''
    if asked not in BUCKET_ACLS:
        raise invalid_argument('x-oss-acl', asked, 'The bucket acl is invalid.')
    check_acl(request, request.the_bucket(), asked, 'bucket')
    request.state.store.save_bucket(replace(request.the_bucket(), acl=asked))
    return Answer(200)


@operation('GetBucketAcl', 'bucket', 'GET', 'acl', access=OWNER)
def get_bucket_acl(request: Request) -> Answer:
    """Returns the ACL of a bucket."""
    bucket = request.the_bucket()
    return _policy(bucket.owner, bucket.acl)


@operation('PutObjectAcl', 'object', 'PUT', 'acl', access=OWNER)
def put_object_acl(request: Request) -> Answer:
    """Sets the ACL of an object version, which goes before that of the bucket."""
    asked = request.header('x-oss-object-acl') or ''
    if asked not in OBJECT_ACLS:
        raise invalid_argument('x-oss-object-acl', asked, 'The object acl is invalid.')
    check_acl(request, request.the_bucket(), asked, 'object')
    found = _reading.find(request, marker_status=404)
    found.acl = asked
    request.state.store.change_object(found)
    return Answer(200, _reading.version_header(request, found))


@operation('GetObjectAcl', 'object', 'GET', 'acl', access=OWNER)
def get_object_acl(request: Request) -> Answer:
    """Returns the ACL of an object version."""
    found = _reading.find(request, marker_status=404)
    return _policy(request.the_bucket().owner, found.acl, _reading.version_header(request, found))


def _policy(owner: str, grant: str, headers: Optional[Dict[str, str]] = None) -> Answer:
    return Answer.xml(xml.document('AccessControlPolicy', [
        ('Owner', [('ID', owner), ('DisplayName', owner)]),
        ('AccessControlList', [('Grant', grant)]),
    ]), headers)
