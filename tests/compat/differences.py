"""Deliberate differences from oss2 2.19.1, as data; docs/differences.md is made from it.

python tests/compat/differences.py
"""

from __future__ import annotations

import functools
import json
import os
import re
from typing import Any, Iterable, List, NamedTuple, Optional, Tuple

from behaviours import table
from compare import Departure

DOCUMENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir, 'docs', 'differences.md')


class Place(NamedTuple):
    """Where a difference shows: in which cases, at which part of the record, and what the two values are.

    In every pattern `*` stands for any text and ` | ` separates alternatives. Values that are not text are
    matched as JSON.
    """

    cases: str
    at: str
    upstream: str = '*'
    ours: str = '*'

    def covers(self, case: str, departure: Departure) -> bool:
        return (
            matches(self.cases, case)
            and matches(self.at, departure.at)
            and matches(self.upstream, _text(departure.upstream))
            and matches(self.ours, _text(departure.ours))
        )


class Difference(NamedTuple):
    """:param before: how to have upstream's behaviour, when there is a way
    :param shown_by: the test that shows it, for what is not to be seen in one recorded call
    """

    group: str
    title: str
    change: str
    reason: str
    before: str
    places: Tuple[Place, ...] = ()
    shown_by: str = ''


def matches(pattern: str, text: str) -> bool:
    return _compiled(pattern).fullmatch(text) is not None


@functools.lru_cache(maxsize=None)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile('|'.join(re.escape(one).replace(r'\*', '.*') for one in pattern.split(' | ')), re.DOTALL)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def explained_by(case: str, departure: Departure) -> Optional[Tuple[Difference, Place]]:
    for difference in DIFFERENCES:
        for place in difference.places:
            if place.covers(case, departure):
                return difference, place
    return None


SENDING = 'What is sent'
READING = 'Downloads'
ANSWERS = 'What is made of an answer'
ERRORS = 'Errors'
SIGNING = 'Signatures, URLs and endpoints'
ARGUMENTS = 'Arguments'

NEVER = 'There is no switch.'
_THEN_FINE = ' | '.join(
    'errors/*, then fine: ' + call
    for call in (
        'GET',
        'HEAD',
        'PUT bytes',
        'PUT file',
        'DELETE',
        'part',
        'ACL',
        'batch delete',
        'copy',
        'to file',
        'from file',
        'list',
        'buckets',
        'v4',
    )
)
_APPENDS = 'errors/*, then fine: append | put_objects/append_object/503 | put_objects/append_object/no answer'
_RETRIED = (
    _THEN_FINE
    + ' | */503 | */503, * | errors/*, 503 | */no answer | */no answer, * | signed_urls/put_object_with_url*/cut '
    'short | ' + ' | '.join('errors/*/%d *' % status for status in (408, 429, 500, 502, 503, 504))
)
DIFFERENCES: List[Difference] = []


def difference(group: str, title: str, change: str, reason: str, *places: Place, before: str = NEVER) -> None:
    DIFFERENCES.append(Difference(group, title, change, reason, before, places))


difference(
    SENDING,
    'Empty bodies have a length',
    'An upload of nothing (`b\'\'`, `\'\'`, an empty file) is sent with `Content-Length: 0`; it was sent chunked '
    'when CRC or progress was on.',
    'Proxies and signed URLs with a length refuse chunked bodies, and the length is known.',
    Place('*/empty*', 'requests/0/framing', 'chunked', 'length'),
    Place('*/*at its end*', 'requests/0/framing', 'chunked', 'length'),
    Place('*/content type of a folder*', 'requests/0/framing', 'chunked', 'length'),
    Place('*/body empty*', 'requests/0/framing', 'chunked', 'length'),
)
difference(
    SENDING,
    'Redirects',
    'A write never follows a redirect, and a read follows one only to the same host; any other 3xx is raised as '
    '`ServerError` with its `Location` header. '
    'Upstream followed all of them: it reported a PUT answered 302 as a success after sending a GET, and sent the '
    'security token to the other host.',
    'An object that was not stored must not look stored, and credentials must not leave the host they were meant for.',
    Place('errors/*/30*', 'outcome', '{"result": *}', '{"raises": "ServerError"}'),
    Place('errors/*/30*', 'raises/class', 'RequestError', 'ServerError'),
    Place('errors/*/30*', 'requests/1', '*', '<absent>'),
    Place('errors/*/30*', 'read', '*', '<absent>'),
)
difference(
    SENDING,
    'Dot segments stay in the key',
    'Keys and parts of keys that are `.` or `..` are sent percent-encoded, and signed URLs are sent as they are. '
    'Upstream sent `PUT /` for the key `..`.',
    'The HTTP layer removes dot segments from a path, so that another object, or the bucket, was addressed.',
    Place('keys/*/dot* | keys/*/*dots*', 'requests/0/line'),
    Place('keys/sign_url/dot* | keys/sign_url/*dots*', 'result'),
    Place('signed_urls/*_with_url*/url odd', 'requests/0/line'),
)
difference(
    SENDING,
    'Copy sources',
    'The `versionId` of a copy\'s source is percent-encoded, and other `params` of `copy_object` are sent; upstream '
    'wrote the version as it was and dropped the rest.',
    'A version id may hold `+` and `/`.',
    Place(
        'objects/copy_object/version to quote | multipart/upload_part_copy/params version',
        'requests/0/headers/x-oss-copy-source | requests/0/headers/authorization',
    ),
    Place('objects/copy_object/other params', 'requests/0/line'),
)
difference(
    SENDING,
    'Batch deletes',
    'More than 1000 keys are sent in several requests. A key that XML cannot carry (control characters) is deleted '
    'by a request of its own. '
    'A `str` in place of the list is refused, and so is an empty list of versions.',
    'The server refuses more than 1000 keys and documents that are not XML; a `str` was taken for a list of '
    'one-letter keys.',
    Place('objects/batch_delete_objects/1001 keys', 'requests/*'),
    Place(
        'objects/batch_delete_objects/control characters',
        'requests/0/* | result/deleted_keys/0 | result/delete_versions/0',
    ),
    Place(
        'objects/batch_delete_objects/str | objects/delete_object_versions/empty',
        'outcome',
        '{"result": *}',
        '{"raises": "ClientError"}',
    ),
    Place('objects/batch_delete_objects/str | objects/delete_object_versions/empty', 'requests', '*', '<absent>'),
)
difference(
    SENDING,
    'Uploads to keys that XML cannot carry',
    '`init_multipart_upload` and `list_parts` ask for `encoding-type=url` if the key has control characters that XML '
    'cannot carry.',
    'The answer names the key, and is no XML otherwise.',
    Place('multipart/*/key beyond XML', 'requests/0/line', '*', '*encoding-type=url*'),
)
difference(
    SENDING,
    'ETags given with quotes',
    '`complete_multipart_upload` takes `PartInfo` etags with or without quotes; upstream added a second pair.',
    'ListParts and other tools give the quoted form, and the server refuses `""etag""`.',
    Place('multipart/complete_multipart_upload/parts quoted etag', 'requests/0/body/bytes | requests/0/headers/*'),
    Place('xml_build/to_complete_upload_request/two', 'result/bytes'),
)
difference(
    SENDING,
    'Values that were never set',
    'A field of a configuration that is None is left out, and a limit of 0 is sent. Upstream sent the text `None` '
    'and dropped the 0.',
    'The server refuses `None`, and 0 is a limit.',
    Place('xml_build/*', 'result/bytes', '*None* | *none*', '*'),
    Place('xml_build/to_put_bucket_lifecycle/filter of zero', 'result/bytes'),
    Place(
        'buckets/*/sends * | buckets/extend_bucket_worm/* | objects/restore_object/days None',
        'requests/0/body/bytes',
        '*None* | *none* | *<Filter />*',
    ),
    Place(
        'buckets/*/sends * | buckets/extend_bucket_worm/* | objects/restore_object/days None',
        'requests/0/headers/authorization | requests/0/headers/content-md5 | requests/0/framing',
    ),
    Place(
        'xml_build/to_create_live_channel/no target | live_channels/create_live_channel/sends no target',
        'outcome',
        '{"raises": "AttributeError"}',
        '{"result": *}',
    ),
    Place('live_channels/create_live_channel/sends no target', 'requests', '<absent>'),
)
difference(
    SENDING,
    'Dates of lifecycle rules',
    'A `datetime` as the date of a lifecycle rule is sent as midnight UTC of its day, like a `date`.',
    'The server accepts midnight only.',
    Place('*/to_put_bucket_lifecycle/datetime', 'result/bytes'),
    Place(
        'buckets/put_bucket_lifecycle/sends datetime',
        'requests/0/body/bytes | requests/0/headers/authorization | requests/0/headers/content-md5',
    ),
)
difference(
    SENDING,
    'Passing failures are retried',
    'A call that may be repeated (reads, deletes, and writes whose body can be read again) is sent again, after a '
    'pause, when the connection breaks or the answer is 408, 429, 500, 502, 503 or 504; '
    'three times in all. What cannot be repeated (`init_multipart_upload`, bodies that cannot be rewound) is sent '
    'once. Upstream sent everything once.',
    'One reset of a connection should not fail an hour of work.',
    Place(_RETRIED, 'requests/1 | requests/2', '<absent>'),
    Place(_THEN_FINE, 'outcome', '{"raises": "ServerError"} | {"raises": "RequestError"}', '{"result": *}'),
    before='`oss2.defaults.request_retries = 1`.',
)
difference(
    SENDING,
    'Appends whose outcome is unknown',
    'When an `append_object` fails without saying whether it was done, the length of the object is asked for: the '
    'data is '
    'sent again when it is not there, and the append has succeeded when it is. Upstream raised.',
    'A blind second append would append twice, or fail with `PositionNotEqualToLength` after a success.',
    Place(_APPENDS, 'requests/1 | requests/2 | requests/3', '<absent>', '*"HEAD /*'),
    Place('errors/*, then fine: append', 'requests/2', '<absent>', '*"POST /*'),
    Place('errors/*, then fine: append', 'outcome', '{"raises": "*Error"}', '{"result": *}'),
    before='`oss2.defaults.request_retries = 1`.',
)
difference(
    SENDING,
    'A wrong clock is corrected',
    'After a 403 RequestTimeTooSkewed the request is signed again with the server\'s time and sent once more.',
    'The server says what time it is.',
    Place(
        'errors/*too skewed, then fine* | errors/*RequestTimeTooSkewed | errors/get_object/clock',
        'requests/1',
        '<absent>',
    ),
    Place('errors/*too skewed, then fine*', 'outcome', '{"raises": "ServerError"}', '{"result": *}'),
)
difference(
    SENDING,
    'Upload progress comes in larger steps',
    'The progress callback of an upload is called for every block that is handed to the network, and blocks are '
    'larger than upstream\'s 16 KiB. '
    'The last call still has the total.',
    'Small blocks cost more than the transfer itself on a fast network.',
    Place('put_objects/*/*progress*', 'progress/*'),
)
difference(
    SENDING,
    'Whether a missing object or a missing bucket',
    'When `object_exists` is answered 404 without saying what is missing, the bucket is asked for, and '
    '`NoSuchBucket` raised if it is the bucket that is missing. '
    'Upstream answered False.',
    'A HEAD answer may come without the `x-oss-err` header, and a wrong bucket name is not an absent object.',
    Place('objects/object_exists/404* | objects/object_exists/unreadable x-oss-err', 'requests/1', '<absent>'),
)

difference(
    READING,
    'Every framing gives the whole body',
    '`read(n)`, iteration and `get_object_to_file` give all bytes of a chunked answer. Upstream stopped after its '
    'first chunk.',
    'Answers are chunked when a proxy or the server compresses them; the rest was lost without an error.',
    Place('get_objects/*chunked', 'read * | read */* | iterate/* | files/target/* | progress/* | result/client_crc'),
    Place('get_objects/get_object_to_file/*chunked', 'outcome', '{"raises": "InconsistentError"}', '{"result": *}'),
    Place('errors/*chunked', 'raises/*'),
)
difference(
    READING,
    'The end of the body is reported to the progress callback',
    'A download without `Content-Length` calls the progress callback once more when the body ends.',
    'A progress bar has to know that it is over.',
    Place(
        'get_objects/get_object/read with progress, closed | get_objects/get_object/read with progress, chunked',
        'progress/1',
        '<absent>',
    ),
)
difference(
    READING,
    'CRC and length are those of the bytes that travelled',
    '`client_crc` of an object stored with `Content-Encoding: gzip` is over the encoded bytes, like the server\'s; '
    'such an object can be downloaded to a file. '
    'Upstream took the decoded bytes for both and always raised `InconsistentError`.',
    'The server\'s CRC and `Content-Length` are of the stored bytes.',
    Place('get_objects/*gzip*', 'result/client_crc'),
    Place('get_objects/get_object_to_file/*gzip*', 'outcome', '{"raises": "InconsistentError"}', '{"result": *}'),
)
difference(
    READING,
    'A failed download leaves the file as it was',
    '`get_object_to_file` writes beside the target and puts the file in its place when everything is there and '
    'checked, '
    'also with a signed URL. Upstream emptied the target first, and did not check what came from a signed URL.',
    'A missing object or a broken connection must not destroy the last good copy.',
    Place('*_to_file/*', 'files', '{"target": *}', '<absent>'),
    Place(
        'signed_urls/get_object_with_url_to_file/wrong crc',
        'outcome',
        '{"result": *}',
        '{"raises": "InconsistentError"}',
    ),
    before='Open the file and copy `get_object(...)` into it.',
)
difference(
    READING,
    'A body that ends too soon raises',
    'A body that is cut, in any framing, raises `RequestError` (with the cause in `.exception`); upstream let '
    'exceptions of requests through, or said nothing.',
    'One `except oss2.exceptions.OssError` is enough, and half an object is never taken for the whole.',
    Place('signed_urls/put_object_with_url*/cut short', 'outcome', '{"result": *}', '{"raises": "RequestError"}'),
    Place('*/cut* | select/*/broken connection*', 'then raises/class', 'ChunkedEncodingError', 'RequestError'),
    Place(
        '*/cut* | select/*/broken connection*',
        'raises/class',
        'ChunkedEncodingError | InconsistentError',
        'RequestError',
    ),
    Place('get_objects/*/cut short*chunked', 'then raises', '<absent>', '{*"class": "RequestError"*}'),
    Place('get_objects/*/cut short*chunked', 'outcome', '{"result": *}', '{"raises": "RequestError"}'),
    Place('get_objects/*/cut short*chunked', 'read * | iterate', '*', '<absent>'),
)

difference(
    ANSWERS,
    'Answers that cannot be read',
    'A body that is no XML, lacks an element that the result stands on, or has a value that cannot be converted, '
    'raises `ResponseFormatError`, an `OssError` and a `RuntimeError`. '
    'Upstream raised `RuntimeError`, `xml.etree.ElementTree.ParseError`, `ValueError` and others.',
    'A gateway that answers with a page of its own is an error of the service, not of the program.',
    Place(
        '*',
        'raises/class | result/damaged/*/raises',
        'RuntimeError | ParseError | ValueError | JSONDecodeError | UnicodeDecodeError',
        'ResponseFormatError',
    ),
    Place('xml_parse/*', 'result/damaged/*/raises', 'RuntimeError', 'ValueError'),
    before='`except RuntimeError` still works for documents that lack an element.',
)
difference(
    ANSWERS,
    'Elements that are missing or empty',
    'An element that is missing, empty or unknown gives None or an empty value, unless the result means nothing '
    'without it. Upstream raised for most of them.',
    'The server may leave out what does not apply, and its documents change.',
    Place('xml_parse/*', 'result/damaged/*', '{"raises": *}'),
    Place(
        '*',
        'outcome',
        '{"raises": "RuntimeError"} | {"raises": "UnboundLocalError"} | {"raises": "KeyError"}',
        '{"result": *}',
    ),
    Place(
        'xml_parse/* | buckets/get_* | bare_answers/*',
        'outcome',
        '{"raises": "AttributeError"} | {"raises": "TypeError"}',
        '{"result": *}',
    ),
    Place('objects/get_symlink/no header', 'outcome', '{"raises": "TypeError"}', '{"result": *}'),
    Place('xml_parse/parse_stat_*/None', 'raises/class', 'AttributeError', 'TypeError'),
    Place('listing/*/date with*', 'outcome', '{"raises": "ValueError"}', '{"result": *}'),
)
difference(
    ANSWERS,
    'Fields that were lost',
    'Routing rules have every field of the redirect whatever its type, a lifecycle expiration has every date, '
    '`worm_state` and the `part_crc` of listed parts are read, and lists that come in more than one container are '
    'whole.',
    'The document has them.',
    Place(
        '*website* | xml_parse/parse_routing_rule_redirect/*',
        'result/*redirect/* | result/whole/result/* | result/damaged/*',
    ),
    Place('*worm*', 'result/*worm_state', 'null | <absent>'),
    Place(
        'xml_parse/parse_lifecycle_expiration/* | xml_parse/parse_lifecycle_abort_multipart_upload/*',
        'result/whole/result/* | result/damaged/*',
    ),
    Place('*/list_parts/* | */parse_list_parts/*', 'result/*part_crc*', 'null'),
    Place('xml_parse/parse_list_parts/*', 'result/damaged/*HashCrc64ecma*', '<absent>'),
    Place('xml_parse/*', 'result/damaged/doubled *', '<absent>'),
)
difference(
    ANSWERS,
    'Answers to SQL queries',
    'Frames that are cut, missing or of another version raise `SelectOperationClientError`, which has the request id; '
    'the `code` and `message` of a `SelectOperationFailed` are text; a status of 206 is a success of '
    '`create_select_object_meta` as well. Upstream took a cut answer for the end, put the message in the place of the '
    'request id, and gave bytes.',
    'Half a result must not look like a whole one.',
    Place('select/*', 'then raises', '<absent>', '{*"class": "SelectOperationClientError"*}'),
    Place('select/*', 'outcome', '{"result": *}', '{"raises": "SelectOperationClientError"}'),
    Place('select/*', 'outcome', '{"raises": "StreamConsumedError"}', '{"result": *}'),
    Place('select/*', 'raises/class', 'StreamConsumedError', 'SelectOperationClientError'),
    Place('select/*/cut* | select/*/wrong version*', 'read | iterate | progress', '*', '<absent>'),
    Place('select/*', 'raises/code | raises/message | then raises/code | then raises/message', '{"bytes": *}'),
    Place('select/*', 'raises/str | then raises/str', '*b\'*'),
    Place('select/*/unknown frame*', '*/request_id | */x-oss-request-id', 'Unexpected frame type*'),
    Place('select/create_select_object_meta/* 206', 'outcome', '{"raises": "SelectOperationFailed"}', '{"result": *}'),
)
difference(
    SENDING,
    'Iterators of objects ask for large pages',
    '`ObjectIterator` and `ObjectIteratorV2` ask for 1000 entries at a time when `max_keys` is left out; upstream '
    'asked for 100.',
    'A listing takes a tenth of the requests, and of the price.',
    Place(
        'listing/ObjectIterator/* | listing/ObjectIteratorV2/*',
        'requests/*/line | requests/*/query/max-keys',
        '*100*',
        '*1000*',
    ),
    before='Pass `max_keys=100`.',
)
difference(
    ANSWERS,
    'Iterators go on after a broken connection',
    'Iterators ask again for a page when the connection broke, as they do for 5xx answers.',
    'A long listing met a closed connection sooner or later.',
    Place('listing/*/no answer', 'outcome', '{"raises": "RequestError"}', '{"result": *}'),
    before='`max_retries=0`.',
)
difference(
    ANSWERS,
    'x-oss-delete-marker: false',
    '`delete_marker` is False when the header says `false`; upstream took any value for True.',
    'That is what the header says.',
    Place('*/delete marker false', 'result/delete_marker', 'true', 'false'),
)
difference(
    ANSWERS,
    'Dates with or without fractions',
    '`iso8601_to_unixtime` and `iso8601_to_date` take `2015-12-05T00:00:00Z` and fractions other than `.000`.',
    'Both are ISO 8601, and both occur in answers.',
    Place('clients/iso8601_to_*', 'outcome', '{"raises": "ValueError"}', '{"result": *}'),
)

difference(
    ERRORS,
    'Errors have a message',
    '`message` of errors made by the client (`ClientError`, `RequestError`, `InconsistentError`) says what `str()` '
    'says; upstream left it empty.',
    'Programs log `e.message`.',
    Place('*', 'raises/message | then raises/message', '', '<words>'),
)
difference(
    ERRORS,
    'Wrong arguments raise ClientError',
    'What cannot be sent (a key, header, range, body or name of the wrong type, a text file, an endpoint that is '
    'none) raises `ClientError` before anything is sent. '
    'Upstream raised TypeError, AttributeError, IndexError or UnicodeEncodeError from somewhere inside, or sent '
    'nonsense.',
    'One error, with the value and the fix in its words.',
    Place('*', 'raises/class', 'TypeError | AttributeError | IndexError | UnicodeEncodeError', 'ClientError'),
    Place('clients/*/endpoint *', 'raises/class', 'ValueError | LocationParseError', 'ClientError'),
    Place('put_objects/put_object/headers newline in a value, *', 'raises/class', 'RequestError', 'ClientError'),
    Place(
        'clients/*/endpoint \'ftp:* | clients/*/endpoint \'http:/oss\'*',
        'outcome',
        '{"result": *}',
        '{"raises": "ClientError"}',
    ),
    Place('clients/*/endpoint \'ftp:* | clients/*/endpoint \'http:/oss\'*', 'requests', '*', '<absent>'),
    Place('put_objects/put_object/headers latin-1 value, *', 'outcome', '{"result": *}', '{"raises": "ClientError"}'),
    Place('put_objects/put_object/headers latin-1 value, *', 'requests', '*', '<absent>'),
    Place('get_objects/*/range, *', 'outcome', '{"result": *}', '{"raises": "ClientError"}'),
    Place('get_objects/*/range, *', 'requests | read | files', '*', '<absent>'),
    Place(
        'objects/put_symlink/target empty | buckets/write_get_object_response/*',
        'outcome',
        '{"result": *}',
        '{"raises": "ClientError"}',
    ),
    Place('objects/put_symlink/target empty | buckets/write_get_object_response/*', 'requests', '*', '<absent>'),
    Place('clients/is_valid_*', 'outcome', '{"raises": "TypeError"}', '{"result": false}'),
    Place('xml_build/to_get_select_json_object_meta/document', 'outcome', '{"result": *}', '{"raises": "Select*"}'),
    Place('clients/*\'http://a..b\'*', 'outcome | result'),
)
difference(
    ERRORS,
    'What has to be named may not be empty',
    'An upload id, rule, style, task, domain, access point, WORM id, permission or document that is None raises '
    '`ClientError` before anything is sent, and so does an empty one that would '
    'address the bucket as a whole; so does `update_object_meta(key, None)`. Upstream sent the request without it.',
    'Without the upload id, an abort is a DELETE of the object.',
    Place(
        'multipart/*/upload id None | objects/update_object_meta/None',
        'outcome',
        '{"result": *}',
        '{"raises": "ClientError"}',
    ),
    Place('multipart/*/upload id None | objects/update_object_meta/None', 'requests', '*', '<absent>'),
    Place(
        'buckets/*/argument * | buckets/*/arguments * | buckets/*/sends None | buckets/*/sends empty | '
        'buckets/*/document as None | buckets/*/no id | buckets/put_bucket_acl/permission empty',
        'outcome',
        '{"result": *}',
        '{"raises": "ClientError"}',
    ),
    Place(
        'buckets/*/argument * | buckets/*/arguments * | buckets/*/sends None | buckets/*/sends empty | '
        'buckets/*/document as None | buckets/*/no id | buckets/put_bucket_acl/permission empty',
        'requests',
        '*',
        '<absent>',
    ),
    Place('buckets/*/argument *', 'raises/class', 'ParseError', 'ClientError'),
    Place(
        'live_channels/*/document as None | live_channels/*/no playlist | tagging/*/document as None | '
        'tagging/*/process *',
        'outcome',
        '{"result": *}',
        '{"raises": "ClientError"}',
    ),
    Place(
        'live_channels/*/document as None | live_channels/*/no playlist | tagging/*/document as None | '
        'tagging/*/process *',
        'requests',
        '*',
        '<absent>',
    ),
)
difference(
    ERRORS,
    'Keys longer than OSS allows',
    'A key of more than 1023 bytes raises `ClientError`.',
    'The server refuses it; an upload need not be sent first.',
    Place('keys/*/too long*', 'outcome', '{"result": *}', '{"raises": "ClientError"}'),
    Place('keys/*/too long*', 'requests', '*', '<absent>'),
)
difference(
    ERRORS,
    'Error documents are read whole',
    'The class, `code`, `message` and `ec` of an error are right for documents of any length, cut or with bytes that '
    'are no UTF-8, and for HEAD answers with only `x-oss-ec`. '
    'Upstream read 4096 bytes, or the first chunk, and raised UnicodeDecodeError or a bare `ServerError`. Entities '
    'in error documents are not expanded.',
    'A SignatureDoesNotMatch with a long string to sign is longer than 4096 bytes.',
    Place('errors/*', 'raises/class', 'UnicodeDecodeError', '*'),
    Place(
        'errors/*/body * | errors/*/x-oss-err *',
        'raises/class | raises/code | raises/details/* | raises/message | raises/body',
    ),
    Place('errors/get_object/answer cut', 'raises/class', 'ChunkedEncodingError', 'NotFound'),
    Place('errors/*/chunked answer cut', 'raises/body/bytes'),
    Place('errors/* | objects/*/404 with EC', 'raises/ec', ''),
)
difference(
    ERRORS,
    'More precise classes',
    'A 404 or 409 without a code is `NotFound` or `Conflict` and its `code` is `\'\'`, a 416 is `InvalidRange`, and '
    'a 409 PositionNotEqualToLength without its header keeps its class, with `next_position` None.',
    '`except NotFound` should not depend on whether the body could be read.',
    Place('errors/*', 'raises/class', 'ServerError', 'NotFound | Conflict | InvalidRange | PositionNotEqualToLength'),
    Place('errors/append_object/position not a number', 'raises/class', 'ValueError', 'PositionNotEqualToLength'),
    Place(
        'put_objects/append_object/position not equal to length, no header',
        'raises/class',
        'ServerError',
        'PositionNotEqualToLength',
    ),
    Place('get_objects/get_object/range standard', 'raises/class', 'ServerError', 'InvalidRange'),
)
difference(
    ERRORS,
    'InconsistentError has the request id',
    '`request_id` of an `InconsistentError` is the request\'s; upstream left it empty, or put an object there.',
    'It is what support asks for.',
    Place('*', 'raises/request_id | raises/headers/x-oss-request-id', '', '5C3D9175B6FC201293AD4890'),
)

difference(
    SIGNING,
    'Additional headers are sorted',
    'The list of additional headers of V2 and V4 signatures is sorted. Upstream sorted V4\'s by their first letter '
    'only, and V2\'s order changed from process to process.',
    'The text that is signed has them sorted, and the server compares.',
    Place('*', 'requests/0/headers/authorization', '*AdditionalHeaders*', '*AdditionalHeaders*'),
    Place(
        'clients/sign_url/*additional headers | signed_urls/sign_url/additional headers *',
        'result',
        '*x-oss-additional-headers*',
        '*x-oss-additional-headers*',
    ),
)
difference(
    SIGNING,
    'sign_url with additional_headers works for every auth class',
    '`StsAuth` passes `additional_headers` on, and V1, which has none, ignores them; both raised TypeError.',
    'The same program has to work with temporary credentials.',
    Place(
        'clients/sign_url/*additional headers | signed_urls/sign_url/additional headers *',
        'outcome',
        '{"raises": "TypeError"}',
        '{"result": *}',
    ),
)
difference(
    SIGNING,
    'The region comes from the endpoint',
    'V4 takes the region from public and internal endpoints when `region` is not given; where that cannot be, '
    '`sign_url` raises `ClientError` as requests do. '
    'Upstream refused requests and made URLs with an empty region.',
    'The server refuses an empty region.',
    Place('clients/*v4* | clients/put_object/region *', 'outcome', '{"raises": "ClientError"}', '{"result": *}'),
    Place('clients/*v4* | clients/put_object/region None', 'requests', '<absent>'),
    Place('clients/put_object/region \'\'', 'requests/0/headers/authorization'),
    Place('clients/sign_url/*v4*without region*', 'result', '*%2F20231114%2F%2Foss*', '*%2F20231114%2Fcn-*'),
    Place('clients/sign_url/v4 without region at *', 'outcome', '{"result": *}', '{"raises": "ClientError"}'),
)
difference(
    SIGNING,
    'Expiry of signed URLs',
    '`expires` has to be a number of seconds, for V4 of 7 days at most, otherwise `ClientError`; fractions are '
    'dropped. Upstream signed anything.',
    'The server refuses such a URL.',
    Place('signed_urls/sign_url/expires *', 'outcome', '{"result": *}', '{"raises": "ClientError"}'),
    Place('signed_urls/sign_url/expires 60.5*', 'result'),
    Place('signed_urls/sign_url/expires \'60\'*', 'outcome', '{"raises": "TypeError"}', '{"result": *}'),
)
difference(
    SIGNING,
    'Header values with spaces around them',
    'Spaces around a header value are not signed and not sent. Upstream signed them (the server does not see them) '
    'and could not send them.',
    'They are not part of a header value in HTTP.',
    Place('signed_urls/sign_url/headers metadata with spaces*', 'result'),
    Place(
        'put_objects/put_object/headers metadata with spaces*', 'outcome', '{"raises": "RequestError"}', '{"result": *}'
    ),
    Place('put_objects/put_object/headers metadata with spaces*', 'requests', '<absent>'),
)
difference(
    SIGNING,
    'x-oss-date in a signed URL',
    'A V1 URL is signed for its `Expires` also when the headers have `x-oss-date`; upstream signed the date in its '
    'place.',
    'The server takes `Expires` from the URL.',
    Place('signed_urls/sign_url/headers x-oss-date*', 'result'),
)
difference(
    SIGNING,
    'Endpoints',
    'IPv6 addresses in brackets are endpoints (in path style), and the scheme may be in capitals.',
    '`HTTP://host` was taken for a host called `http`. A host in capitals stays so in signed URLs.',
    Place('clients/*::1* | clients/*2001:db8*', 'outcome', '{"raises": "ClientError"}', '{"result": *}'),
    Place('clients/*::1* | clients/*2001:db8*', 'requests', '<absent>'),
    Place(
        'clients/is_valid_endpoint/*::1* | clients/is_valid_endpoint/*2001:db8* | clients/is_valid_endpoint/*HTTP*',
        'result',
        'false',
        'true',
    ),
    Place('clients/sign_url/*LOCALHOST*', 'result', '*localhost*', '*LOCALHOST*'),
    Place('clients/*HTTP*', 'result | requests/0/headers/host', '*http* | <absent>'),
)
difference(
    SIGNING,
    'Endpoints that cannot be meant',
    'An endpoint of Alibaba Cloud that begins with the name of the bucket, one whose scheme is misspelt '
    '(`https:/host`), and a region alone (`cn-hangzhou`, `oss-cn-hangzhou`) raise `ClientError`.',
    'Upstream sent to `bucket.bucket.oss-...`, or to a host called `https` or `bucket.cn-hangzhou`.',
    Place(
        "clients/*/endpoint 'examplebucket.oss-cn-hangzhou.aliyuncs.com'", 'outcome', '*', '{"raises": "ClientError"}'
    ),
    Place("clients/*/endpoint 'examplebucket.oss-cn-hangzhou.aliyuncs.com'", 'requests', '*', '<absent>'),
)

difference(
    ARGUMENTS,
    'Arguments are not written into',
    'No call changes the `params` or `headers` that it is given. Upstream added its own entries to the caller\'s dict.',
    'A dict that was used twice sent `uploadId` or a signature of the last call.',
    Place('*', 'arguments changed to', '*', '<absent>'),
)
difference(
    ARGUMENTS,
    'Numbers and None as parameters',
    'Values of `params` may be numbers, and those that are None are left out, with every signature version. Upstream '
    'raised TypeError, or with V1 signed what it then did not send.',
    '`{\'partNumber\': 3}` is what one writes.',
    Place(
        'get_objects/get_object/params * | signed_urls/sign_url/params *',
        'outcome',
        '{"raises": "TypeError"}',
        '{"result": *}',
    ),
    Place('get_objects/get_object/params *', 'requests | read', '<absent>'),
    Place('get_objects/get_object/params None value, v1', 'requests/0/headers/authorization'),
)
difference(
    ARGUMENTS,
    'More kinds of bodies, headers and keys',
    'Bodies may be any bytes-like object or a list of bytes, a header that is None is left out, a body of unknown '
    'length may come with its Content-Length, '
    'and documents of every configuration may be given as file objects and iterables.',
    'They worked in some calls and not in others.',
    Place(
        'put_objects/* | multipart/upload_part/body bytearray* | signed_urls/put_object_with_url/body bytearray*',
        'outcome',
        '{"raises": "AttributeError"}',
        '{"result": *}',
    ),
    Place(
        'put_objects/* | multipart/upload_part/body bytearray* | signed_urls/put_object_with_url/body bytearray*',
        'requests | progress',
        '<absent>',
    ),
    Place('put_objects/put_object/headers None value*', 'outcome', '{"raises": "TypeError"}', '{"result": *}'),
    Place('buckets/*/document as *', 'outcome', '{"raises": "TypeError"}', '{"result": *}'),
    Place('buckets/*/document as *', 'requests', '<absent>'),
    Place(
        'buckets/put_bucket_qos_info/sends user | buckets/write_get_object_response/int status',
        'outcome',
        '{"raises": "TypeError"}',
        '{"result": *}',
    ),
    Place(
        'buckets/put_bucket_qos_info/sends user | buckets/write_get_object_response/int status', 'requests', '<absent>'
    ),
)


difference(
    ARGUMENTS,
    'One text where a list is wanted',
    'A `str` in place of a list of methods, origins, headers or actions is a list of one. Upstream took its letters.',
    '`G`, `E` and `T` are no methods.',
    Place('xml_build/*/one as str | xml_build/*/actions as str', 'result/bytes'),
    Place(
        'buckets/*/sends one as str | buckets/*/sends actions as str',
        'requests/0/body/bytes | requests/0/headers/authorization | requests/0/headers/content-md5',
    ),
)

TRANSFERS = 'Resumable transfers'
difference(
    TRANSFERS,
    'resumable_download returns a result',
    'It returns the result of the HEAD or GET that it made; upstream returned None.',
    'The version and the metadata of what was downloaded are there anyway.',
    Place('transfers/resumable_download/*', 'result', 'null'),
)
difference(
    TRANSFERS,
    'Parts are retried',
    'A part that fails in passing, was cut or has a wrong checksum is transferred again, three times in all.',
    'One bad part should not fail a large transfer.',
    Place(
        'transfers/*/part cut short | transfers/*/wrong crc of a part | transfers/*/resumed, another part size | '
        'transfers/*/part size below the least',
        'requests/*',
        '<absent>',
    ),
    Place('transfers/*/part cut short', 'raises/class', 'ChunkedEncodingError', 'RequestError'),
    before='`oss2.defaults.request_retries = 1`.',
)
difference(
    TRANSFERS,
    'Checkpoints that do not fit',
    'A record that is no JSON object, is of another bucket or has parts that do not fit its part size is dropped, '
    'and the '
    'transfer starts anew. A listed part counts only with the right size. When the file has changed, the upload that '
    'was '
    'begun for the old one is aborted. A download whose checksum is wrong at the end leaves nothing to be taken up. '
    'Upstream raised TypeError, mixed the parts, and left the old upload behind.',
    'The result has to be the file, and parts that are left behind are paid for.',
    Place('transfers/*/record is an array', 'outcome', '{"raises": "TypeError"}', '{"result": *}'),
    Place('transfers/*/record is an array', 'requests | requests/* | files | progress', '<absent>'),
    Place(
        'transfers/resumable_upload/resumed, another bucket | transfers/resumable_upload/resumed, another key',
        'requests/0/*',
    ),
    Place(
        'transfers/resumable_download/resumed, another bucket | transfers/resumable_download/resumed, another part '
        'size',
        'outcome | progress/* | requests/* | files/*',
    ),
    Place('transfers/resumable_upload/resumed, part of a wrong size', 'requests/*'),
    Place('transfers/*_upload/resumed, file changed | transfers/*_upload/resumed, size changed', 'requests/*'),
    Place('transfers/resumable_download/wrong crc of the whole', 'files', '*', '<absent>'),
)
difference(
    TRANSFERS,
    'Headers that count when the object is made',
    '`resumable_upload` sends `x-oss-forbid-overwrite`, `x-oss-callback` and `x-oss-callback-var` also when it '
    'completes the upload. Upstream sent them only when it began.',
    'An object that appeared meanwhile was overwritten nevertheless, and OSS calls back when an upload is completed.',
    Place(
        'transfers/resumable_upload/headers',
        'requests/*/headers/x-oss-callback | requests/*/headers/x-oss-callback-var | '
        'requests/*/headers/x-oss-forbid-overwrite',
        '<absent>',
    ),
    Place('transfers/resumable_upload/headers', 'requests/5/headers/authorization'),
)


BEYOND = 'Beyond a single call'


def elsewhere(title: str, change: str, reason: str, shown_by: str, before: str = NEVER) -> None:
    DIFFERENCES.append(Difference(BEYOND, title, change, reason, before, shown_by=shown_by))


elsewhere(
    'Connections are used again',
    'Calls one after the other go over one connection, also after errors and answers whose body nobody reads.',
    'Upstream opened a connection for each `object_exists`, copy, completed upload and callback.',
    'functional/test_connections.py::test_sequential_calls_of_an_operation_use_one_connection',
)
elsewhere(
    'Threads get the connections they need',
    'There is no limit of ten connections that makes others be thrown away.',
    'Upstream lost keep-alive above ten threads, with a warning.',
    'functional/test_connections.py::test_many_threads_use_as_many_connections_and_no_more',
)
elsewhere(
    'close() and with',
    '`Bucket`, `Service` and `Session` can be closed and used in a `with` statement.',
    'Sockets stayed open until they were collected.',
    'functional/test_connections.py::test_close_and_with',
)
elsewhere(
    'A child process has connections of its own',
    'After `fork()` the child does not use the connections of its parent.',
    'Children of upstream read the bodies of each other.',
    'functional/test_fork.py::test_children_read_their_own_objects',
)
elsewhere(
    'Sources that read short',
    'An upload goes on until the source says that it is at its end, whatever it returned before.',
    'Upstream sent too few bytes and waited, or reported more progress than there was.',
    'functional/test_uploads.py::test_sources_that_read_short',
)
elsewhere(
    'A length among the headers',
    'An iterable is sent with the `Content-Length` that `headers` give it, and raises when it has another length; '
    'headers may also be pairs. Upstream sent the length and chunks with it.',
    'HTTP forbids both at once, and servers refuse it.',
    'functional/test_uploads.py::test_a_length_given_as_header',
)
elsewhere(
    'Sources that fail',
    'What a source raises while it is being uploaded is raised by the upload. Upstream could store an empty object and '
    'report a success.',
    'Half a file must not look stored.',
    'functional/test_uploads.py::test_a_source_that_fails',
)
elsewhere(
    'Encrypted objects',
    'Any range of an encrypted object is decrypted, also with signed URLs, and has its own length; what is not '
    'encrypted is left as it is; what is compressed is decompressed after it is decrypted; `update_object_meta` and '
    'copies keep what an object is decrypted with, and parts that do not fit are refused. Upstream gave bytes that '
    'meant nothing in some of these cases, and left objects behind that nobody can read in others.',
    'What was encrypted has to be readable afterwards.',
    'functional/test_encryption.py::test_new_metadata_leave_the_object_readable',
)
elsewhere(
    'Resumable transfers of every file',
    'Paths may be `pathlib.Path`, names as long as the file system allows, and targets devices or symbolic links; '
    'empty files may be transferred in parts.',
    'Upstream raised TypeError, OSError or ZeroDivisionError, or replaced the link.',
    'functional/test_resumable.py::test_kinds_of_paths',
)
elsewhere(
    'Dates do not depend on the time zone',
    '`iso8601_to_date` gives the date in UTC.',
    'West of Greenwich upstream gave the day before.',
    'unit/test_dates.py::test_examples_of_the_reference_hold_in_every_zone',
)
elsewhere(
    'Every error can be pickled',
    'Errors come through `multiprocessing` with all their fields.',
    'A `RequestError` of upstream killed the worker that raised it.',
    'unit/test_exceptions.py::test_every_error_pickles',
)
elsewhere(
    'Logging',
    'Without a handler nothing is printed, and expected outcomes are logged at DEBUG.',
    'Upstream printed the traceback of an absent object.',
    'compat/test_seams.py::test_without_a_handler_nothing_is_printed',
)
elsewhere(
    'Warnings in the log',
    'The logger `oss2` warns, once for each host, of a path in the endpoint, which is dropped as ever, and of signed '
    'URLs of plain http.',
    'Both work, and are seldom meant.',
    'functional/test_signed_urls.py::test_links_of_plain_http_are_warned_of_once',
)
elsewhere(
    'Secrets stay out of messages',
    'No key, token or signature stands in the text of an error.',
    'Messages end up in logs and issue trackers.',
    'functional/test_bad_input.py::test_messages_hold_no_secrets',
)
elsewhere(
    'Proxies that the program sets go before those of the environment',
    '`proxies` of a Bucket, a Service or `session.session` hold, whatever `http_proxy` and its like say.',
    'With upstream the environment replaced what was set on `session.session`.',
    'functional/test_proxies.py::test_what_the_program_says_goes_before_the_environment',
)
elsewhere(
    'Certificates that the program sets go before those of the environment',
    '`session.session.verify` holds, also where `REQUESTS_CA_BUNDLE` is set.',
    'With upstream the environment replaced it, `verify = False` as well.',
    'functional/test_tls.py::test_the_environment_is_for_what_the_program_does_not_say',
)
elsewhere(
    'The time for connecting is for connecting',
    'Of a `connect_timeout=(connect, read)` the second bounds each wait for OSS to take a piece of an upload.',
    'With upstream it was the first, so that a short one broke uploads over slow lines.',
    'functional/test_timeouts.py::test_a_slow_upload_does_not_count_as_connecting',
)
elsewhere(
    'Times that are none',
    'A timeout that is no number above 0, or no pair of them, raises a `ClientError`.',
    'Upstream raised a `ValueError`, when the first request was sent, which `except OssError` misses.',
    'functional/test_timeouts.py::test_times_that_contradict_one_another',
)
elsewhere(
    'Signed URLs in the log of urllib3',
    'What urllib3 logs of the requests of this library shows `***` for signatures and security tokens.',
    'With DEBUG on, upstream wrote whole signed URLs to the log.',
    'functional/test_faults.py::test_the_log_of_calls_that_fail_has_no_secret',
)


def document() -> str:
    lines = [
        '# Differences from oss2 2.19.1',
        '',
        'Programs written for oss2 2.19.1 run unchanged, except where that version lost data, hid an error or raised '
        'the wrong thing.',
        'This page lists every such place. It is made from `tests/compat/differences.py`; `tests/compat` plays '
        'thousands of calls',
        'against recordings of oss2 2.19.1 and fails for any difference that is not listed here, and for any that',
        'is listed and gone.',
        '',
    ]
    for group in _groups(DIFFERENCES):
        lines += ['## ' + group, '']
        for one in DIFFERENCES:
            if one.group == group:
                lines += ['### ' + one.title, '', one.change, '', 'Why: %s' % one.reason, '']
                if one.before != NEVER:
                    lines += ['To have the old behaviour: %s' % one.before, '']
    lines += [
        '## What bit the users of oss2 2.19.1',
        '',
        'What users ran into, one row each, and what becomes of it here. The last column names a test of this library '
        'that fails',
        'when it is run with oss2 2.19.1 (`tests/oracle` does that, against the emulator), or what that version does '
        'not have.',
        '',
        *table(),
        '',
    ]
    return '\n'.join(lines)


def _groups(differences: Iterable[Difference]) -> List[str]:
    return list(dict.fromkeys(one.group for one in differences))


if __name__ == '__main__':
    with open(DOCUMENT, 'w', encoding='utf-8', newline='\n') as f:
        f.write(document())
