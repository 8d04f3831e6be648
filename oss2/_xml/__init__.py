"""The mapping between OSS's XML documents and objects: one declaration of a field drives both reading and writing."""
from __future__ import annotations

from .documents import Document as Document
from .documents import ResponseFormatError as ResponseFormatError
from .documents import escape as escape
from .documents import is_xml_text as is_xml_text
from .documents import parse_document as parse_document
from .fields import ABSENT as ABSENT
from .fields import BOOL as BOOL
from .fields import DATE as DATE
from .fields import ETAG as ETAG
from .fields import FLOAT as FLOAT
from .fields import INT as INT
from .fields import KEY as KEY
from .fields import TEXT as TEXT
from .fields import TIME as TIME
from .fields import WORD as WORD
from .fields import YES as YES
from .fields import Field as Field
from .fields import Kind as Kind
from .fields import header as header
from .fields import many as many
from .fields import one as one
from .fields import plain as plain
from .reading import load_into as load_into
from .reading import plan_of as plan_of
from .writing import to_document as to_document
