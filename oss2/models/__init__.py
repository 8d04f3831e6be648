"""What goes into the operations and what comes out: requests' settings, results, and what these consist of."""
from __future__ import annotations

from .._streams import make_crc_adapter as make_crc_adapter
from .._streams import make_progress_adapter as make_progress_adapter
from .._xml import ResponseFormatError as ResponseFormatError
from ._base import RequestResult as RequestResult
from ._base import _hget as _hget
from .buckets import *  # noqa: F403
from .constants import *  # noqa: F403
from .listing import *  # noqa: F403
from .multipart import *  # noqa: F403
from .objects import *  # noqa: F403
