"""Selects: SQL over the rows of CSV and JSON objects."""
from __future__ import annotations

from typing import Any, Mapping, Optional

from .. import models, xml_utils
from .._arguments import Headers, checked_headers
from .._client import UNCHANGED, BucketClient
from .._files import replacing
from .._ranges import _make_range_string
from .._streams import ProgressCallback
from .._timeouts import TimeoutSpec, pair
from .._typing import ByteRange, Path
from ..exceptions import ClientError
from ..select_params import SelectParameters

# Seconds. OSS may scan a large object for long before the first row is found.
PATIENCE = 3600

SelectParams = Optional[Mapping[str, Any]]


class SelectOperations(BucketClient):
    """Selecting rows of CSV and JSON objects, and counting them."""

    def select_object(self, key: str, sql: str, progress_callback: Optional[ProgressCallback] = None,
                      select_params: SelectParams = None, byte_range: ByteRange = None,
                      headers: Headers = None) -> models.SelectObjectResult:
        """Select rows of a CSV or JSON object (SelectObject).

        OSS is waited for up to an hour, whatever the bucket's timeout; a deadline holds.

        :param sql: such as select _1, _3 from ossobject where _2 > 45
        :param progress_callback: called now and then with (bytes scanned, None)
        :param select_params: by the keys of :class:`oss2.select_params.SelectParameters`; with a Json_Type the object
            is JSON, else CSV
        :param byte_range: (first, last) of the CSV object to select from, as for :meth:`get_object`; needs
            AllowQuotedRecordDelimiter False in *select_params*
        :return: a file-like object to read once; read to its end or closed, its connection is used again
        :raises SelectOperationClientError: there is no such parameter for this format
        :raises ClientError: a value in *select_params* is of a wrong type, or AllowQuotedRecordDelimiter is missing
        """
        request_headers = checked_headers(headers)
        text = _make_range_string(byte_range)
        if text:
            if not _is(select_params, SelectParameters.AllowQuotedRecordDelimiter, 'false'):
                raise ClientError('a byte_range may begin within a quoted field: rule that out with '
                                  'AllowQuotedRecordDelimiter False in select_params')
            request_headers['range'] = text
        resp = self._patiently('select', key, xml_utils.to_select_object(sql, select_params), select_params,
                               request_headers)
        return models.SelectObjectResult(resp, progress_callback,
                                         _is(select_params, SelectParameters.EnablePayloadCrc, 'true'))

    def select_object_to_file(self, key: str, filename: Path, sql: str,
                              progress_callback: Optional[ProgressCallback] = None, select_params: SelectParams = None,
                              headers: Headers = None) -> models.SelectObjectResult:
        """Write the rows of a select to a local file (SelectObject), as :meth:`select_object`.

        They are written beside *filename*, and take its place when the select has ended well; after a failure an
        existing file is as it was.

        :raises OSError: the file cannot be written
        :raises SelectOperationFailed: the select broke off
        :raises SelectOperationClientError: the answer is cut short or broken
        """
        result = self.select_object(key, sql, progress_callback=progress_callback, select_params=select_params,
                                    headers=headers)
        with result, replacing(filename) as out:
            for rows in result:
                out.write(rows)
        return result

    def create_select_object_meta(self, key: str, select_meta_params: SelectParams = None,
                                  headers: Headers = None) -> models.GetSelectObjectMetaResult:
        """Count rows and splits of a CSV or JSON object, or get what was counted before (CreateSelectObjectMeta).

        OSS is waited for up to an hour, whatever the bucket's timeout; a deadline holds.

        :param select_meta_params: as *select_params* of :meth:`select_object`; a Json_Type can only be LINES
        :raises SelectOperationFailed: the object is not in the format of the parameters
        :raises SelectOperationClientError: there is no such parameter for this format; or the answer is cut short
        """
        resp = self._patiently('meta', key, xml_utils.to_get_select_object_meta(select_meta_params),
                               select_meta_params, checked_headers(headers))
        return models.GetSelectObjectMetaResult(resp)

    def _patiently(self, what: str, key: str, data: bytes, params: SelectParams, headers: Any) -> Any:
        kind = 'json' if params and SelectParameters.Json_Type in params else 'csv'
        # Others use this bucket at the same time, with its own timeout.
        patient = self._with(_longer(self.timeout), UNCHANGED, UNCHANGED, UNCHANGED, UNCHANGED)
        return patient._object('POST', key, data=data, headers=headers, params={self.PROCESS: f'{kind}/{what}'})


def _longer(timeout: TimeoutSpec) -> TimeoutSpec:
    """The same time for connecting, but PATIENCE to wait for an answer; None waits for ever."""
    connect, read = pair(timeout)
    return connect, None if read is None else max(read, PATIENCE)


def _is(params: SelectParams, name: str, value: str) -> bool:
    return str((params or {}).get(name)).lower() == value
