"""Names for the parameters of a select, and for their values."""
from __future__ import annotations


class SelectJsonTypes:
    """Kinds of JSON."""

    DOCUMENT = 'DOCUMENT'
    """All of the object is one value."""
    LINES = 'LINES'
    """Each line is a value."""


class SelectParameters:
    """Keys of `select_params`, of :meth:`Bucket.select_object`; some are for CSV or for JSON only."""

    Json_Type = 'Json_Type'
    """One of :class:`SelectJsonTypes`; without it the object is CSV."""
    CompressionType = 'CompressionType'
    """``None`` or ``GZIP``, as a text."""
    SplitRange = 'SplitRange'
    """(first, last) of the splits to read, both inclusive, either may be None; they are counted by
    :meth:`Bucket.create_select_object_meta`."""
    LineRange = 'LineRange'
    """(first, last) of the lines to read, as SplitRange."""
    OutputRecordDelimiter = 'OutputRecordDelimiter'
    OutputRawData = 'OutputRawData'
    """True: the answer is the rows alone, without frames, and so without a checksum or an error after its beginning."""
    EnablePayloadCrc = 'EnablePayloadCrc'
    """True: each frame of the answer has a CRC-32, which is compared."""
    SkipPartialDataRecord = 'SkipPartialDataRecord'
    """True: leave out records that lack columns."""
    MaxSkippedRecordsAllowed = 'MaxSkippedRecordsAllowed'
    """How many records may be left out before the select fails."""

    CsvHeaderInfo = 'CsvHeaderInfo'
    """``None``: there is no line of headers; ``Ignore``: skip it; ``Use``: columns are called by it."""
    CommentCharacter = 'CommentCharacter'
    RecordDelimiter = 'RecordDelimiter'
    FieldDelimiter = 'FieldDelimiter'
    OutputFieldDelimiter = 'OutputFieldDelimiter'
    QuoteCharacter = 'QuoteCharacter'
    AllowQuotedRecordDelimiter = 'AllowQuotedRecordDelimiter'
    """False: no quoted field holds a line break; a select of a range of bytes needs that."""
    KeepAllColumns = 'KeepAllColumns'
    """True: columns that are not selected come as empty ones."""
    OutputHeader = 'OutputHeader'
    """True: the answer begins with a line of headers."""

    ParseJsonNumberAsString = 'ParseJsonNumberAsString'
    """True: numbers keep their digits."""

    OverwriteIfExists = 'OverwriteIfExists'
    """True: count again; of :meth:`Bucket.create_select_object_meta` only."""
