"""What goes into the operations and what comes out: requests' settings, results, and what these consist of."""
from __future__ import annotations

import logging

# 2.19.1 has these here as well, and programs import or replace them here.
from requests.structures import CaseInsensitiveDict as CaseInsensitiveDict

from .._dates import http_to_unixtime as http_to_unixtime
from .._digests import b64decode_from_string as b64decode_from_string
from .._digests import b64encode_as_string as b64encode_as_string
from .._streams import make_crc_adapter as make_crc_adapter
from .._streams import make_progress_adapter as make_progress_adapter
from .._xml import ResponseFormatError as ResponseFormatError
from ..compat import to_string as to_string
from ..compat import urlquote as urlquote
from ..compat import urlunquote as urlunquote
from ..exceptions import ClientError as ClientError
from ..exceptions import InconsistentError as InconsistentError
from ..headers import *
from ..headers import RequestHeader as RequestHeader
from ._base import RequestResult as RequestResult
from ._base import _hget as _hget
from .access_points import *
from .answers import *
from .buckets import *
from .cname import *
from .constants import *
from .encryption import *
from .inventory import *
from .lifecycle import *
from .listing import *
from .live import *
from .meta_query import *
from .metadata_tables import *
from .multipart import *
from .objects import *
from .policy import *
from .processing import *
from .protection import *
from .qos import *
from .replication import *
from .select import *
from .settings import *
from .tagging import *
from .web import *

logger = logging.getLogger(__name__)
