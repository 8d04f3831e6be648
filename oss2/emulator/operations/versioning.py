"""Whether a bucket keeps versions."""
from __future__ import annotations

from dataclasses import replace

from .. import xml
from ..errors import invalid_argument
from ..messages import Answer, Request
from ..routing import OWNER, operation


@operation('PutBucketVersioning', 'bucket', 'PUT', 'versioning', access=OWNER)
def put_bucket_versioning(request: Request) -> Answer:
    """Enables or suspends versioning."""
    status = xml.text(xml.parse(request.document(), 'VersioningConfiguration'), 'Status')
    if status not in ('Enabled', 'Suspended'):
        raise invalid_argument('Status', status or '', 'The versioning status is invalid.')
    request.state.store.save_bucket(replace(request.the_bucket(), versioning=status))
    return Answer(200)


@operation('GetBucketVersioning', 'bucket', 'GET', 'versioning', access=OWNER)
def get_bucket_versioning(request: Request) -> Answer:
    """Tells whether versioning is enabled, suspended or was never set."""
    status = request.the_bucket().versioning
    return Answer.xml(xml.document('VersioningConfiguration', [('Status', status) if status else None]))
