"""The index of metadata: opened, queried, closed. The emulator keeps none: it looks at the objects themselves."""
from __future__ import annotations

import json
from typing import Any, Callable, Dict, List, Tuple

from .. import listing, xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..records import Object
from ..routing import OWNER, operation
from ..schema import Shape, Tree, choice, group, many, maybe, number, one, some, text
from ..times import iso

_MOST_RESULTS = 100
_SCANNING_SECONDS = 1.0
_PAGE = 1000
_QUERY = Shape(
    maybe('NextToken', text), maybe('MaxResults', number(0, _MOST_RESULTS)), maybe('Query', text), maybe('Sort', some),
    maybe('Order', choice('asc', 'desc')), group('MediaTypes', many('MediaType', some)), maybe('SimpleQuery', text),
    group('Aggregations', many('Aggregation', Shape(one('Field', some), one('Operation', choice(
        'min', 'max', 'average', 'sum', 'count', 'distinct', 'group'))), most=5)))
Value = Any
_NUMBERS = frozenset(('Size', 'OSSTaggingCount'))
_FIELDS: Dict[str, Callable[[Object], Value]] = {
    'Filename': lambda found: found.key,
    'Size': lambda found: found.size,
    'FileModifiedTime': lambda found: iso(found.modified),
    'FileCreateTime': lambda found: iso(found.modified),
    'OSSObjectType': lambda found: found.kind,
    'OSSStorageClass': lambda found: found.storage_class,
    'ObjectACL': lambda found: found.acl,
    'ETag': lambda found: '"%s"' % found.etag,
    'OSSCRC64': lambda found: '' if found.crc is None else str(found.crc),
    'OSSTaggingCount': lambda found: len(found.tags()),
    'ContentType': lambda found: found.headers().get('content-type', ''),
    'CacheControl': lambda found: found.headers().get('cache-control', ''),
    'ContentDisposition': lambda found: found.headers().get('content-disposition', ''),
    'ContentEncoding': lambda found: found.headers().get('content-encoding', ''),
    'ContentLanguage': lambda found: found.headers().get('content-language', ''),
    'ServerSideEncryption': lambda found: found.attributes.get('encryption', {}).get('algorithm', ''),
}


@operation('OpenMetaQuery', 'bucket', 'POST', 'metaQuery&comp=add', access=OWNER)
def open_meta_query(request: Request) -> Answer:
    """Opens the index of metadata, Ready for a second and then Running."""
    mode = request.params.get('mode', 'basic')
    if mode not in ('basic', 'semantic'):
        raise invalid_argument('mode', mode, 'The mode is invalid.')
    with request.state.store.transaction():
        if request.state.store.setting(request.bucket, 'metaQuery') is not None:
            raise ApiError('MetaQueryAlreadyExist', 'The bucket has a meta query already.', status=409)
        request.state.store.save_setting(request.bucket, 'metaQuery', {'mode': mode, 'created': request.now})
    return Answer(200)


def _opened(request: Request) -> Dict[str, Any]:
    found = request.state.store.setting(request.bucket, 'metaQuery')
    if found is None:
        raise ApiError('MetaQueryNotExist', 'The bucket has no meta query.', status=404, BucketName=request.bucket)
    return found


@operation('GetMetaQueryStatus', 'bucket', 'GET', 'metaQuery', access=OWNER)
def get_meta_query_status(request: Request) -> Answer:
    """Tells state, phase and mode of the index of metadata."""
    found = _opened(request)
    is_scanning = request.now < found['created'] + _SCANNING_SECONDS
    return Answer.xml(xml.document('MetaQueryStatus', [
        ('State', 'Ready' if is_scanning else 'Running'),
        ('Phase', 'FullScanning' if is_scanning else 'IncrementalScanning'),
        ('CreateTime', iso(found['created'])), ('UpdateTime', iso(request.now)),
        ('MetaQueryMode', found['mode'])]))


@operation('CloseMetaQuery', 'bucket', 'POST', 'metaQuery&comp=delete', access=OWNER)
def close_meta_query(request: Request) -> Answer:
    """Closes the index of metadata."""
    with request.state.store.transaction():
        _opened(request)
        request.state.store.drop_setting(request.bucket, 'metaQuery')
    return Answer(200)


@operation('DoMetaQuery', 'bucket', 'POST', 'metaQuery&comp=query', access=OWNER)
def do_meta_query(request: Request) -> Answer:
    """Queries, sorts and aggregates the objects as they are; nothing is known of their content."""
    opened = _opened(request)
    asked = _QUERY.read(xml.parse(request.document(), 'MetaQuery'))
    mode = request.params.get('mode', 'basic')
    if mode == 'semantic' and opened['mode'] != 'semantic':
        raise invalid_argument('mode', mode, 'The meta query was opened with the mode basic.')
    # The emulator does not know what is in a picture: searching by content finds what meets the other conditions.
    condition = asked.get('SimpleQuery', '') if mode == 'semantic' else asked.get('Query', '')
    query = _parse(condition) if condition else None
    found = [item for item in _objects(request) if query is None or _meets(query, item)]
    aggregations = _aggregations(asked)
    if aggregations and mode == 'basic':
        rows = [('Aggregation', _aggregate(field, what, found)) for field, what in aggregations]
        return Answer.xml(xml.document('MetaQuery', [('NextToken', ''), ('Files', []), ('Aggregations', rows)]))
    _sort(found, asked)
    start = _start(asked)
    limit = int(asked.get('MaxResults') or _MOST_RESULTS) or _MOST_RESULTS
    page = found[start:start + limit]
    token = str(start + limit) if start + limit < len(found) and mode == 'basic' else ''
    return Answer.xml(xml.document('MetaQuery', [
        ('NextToken', token), ('Files', [('File', _describe(item)) for item in page])]))


def _aggregations(asked: Tree) -> List[Tuple[str, str]]:
    """Field and operation of each aggregation that is asked for."""
    return [(item['Field'], item['Operation']) for item in asked.get('Aggregations', {}).get('Aggregation', [])]


def _start(asked: Tree) -> int:
    token = asked.get('NextToken', '')
    if token and not token.isdecimal():
        raise invalid_argument('NextToken', token, 'The token is invalid.')
    return int(token or 0)


def _objects(request: Request) -> List[Object]:
    found: List[Object] = []
    marker = ''
    while True:
        page = listing.objects(request.state.store, request.bucket, '', '', marker, _PAGE)
        found.extend(page.items)
        if not page.is_truncated:
            return found
        marker = page.last_key


def _parse(condition: str) -> Dict[str, Any]:
    try:
        query = json.loads(condition)
    except ValueError as exc:
        raise invalid_argument('Query', condition, 'The query is not JSON.') from exc
    _check(query, condition)
    checked: Dict[str, Any] = query
    return checked


def _check(query: Any, condition: str) -> None:
    if not isinstance(query, dict) or not isinstance(query.get('Operation'), str):
        raise invalid_argument('Query', condition, 'The query is invalid.')
    if query['Operation'] in ('and', 'or', 'not'):
        parts = query.get('SubQueries')
        if not isinstance(parts, list) or not parts:
            raise invalid_argument('Query', condition, 'SubQueries is missing.')
        for part in parts:
            _check(part, condition)
        return
    if query['Operation'] not in _COMPARISONS or 'Value' not in query:
        raise invalid_argument('Query', condition, 'The operation %s is invalid.' % query['Operation'])
    _field(query.get('Field', ''))


def _field(name: str) -> Callable[[Object], Value]:
    if name in _FIELDS:
        return _FIELDS[name]
    kind, _, key = name.partition('.')
    if kind == 'OSSTagging' and key:
        return lambda found: found.tags().get(key)
    if kind == 'OSSUserMeta' and key:
        header = key.lower() if key.lower().startswith('x-oss-meta-') else 'x-oss-meta-' + key.lower()
        return lambda found: found.headers().get(header)
    raise invalid_argument('Field', name, 'The field is invalid.')


def _meets(query: Dict[str, Any], found: Object) -> bool:
    what = query['Operation']
    if what in ('and', 'or', 'not'):
        results = [_meets(part, found) for part in query['SubQueries']]
        return all(results) if what == 'and' else any(results) is (what == 'or')
    value, expected = _field(query['Field'])(found), str(query['Value'])
    if value is None:
        return False
    if query['Field'] in _NUMBERS:
        try:
            return _COMPARISONS[what](value, int(expected))
        except ValueError as exc:
            raise invalid_argument('Value', expected, 'The value must be a number.') from exc
    if query['Field'].startswith('File') and query['Field'] != 'Filename':
        value, expected = value[:19], expected[:19]
    return _COMPARISONS[what](value, expected)


_COMPARISONS: Dict[str, Callable[[Value, Value], bool]] = {
    'eq': lambda value, expected: bool(value == expected),
    'gt': lambda value, expected: bool(value > expected),
    'gte': lambda value, expected: bool(value >= expected),
    'lt': lambda value, expected: bool(value < expected),
    'lte': lambda value, expected: bool(value <= expected),
    'match': lambda value, expected: str(expected).lower() in str(value).lower(),
    'prefix': lambda value, expected: str(value).startswith(str(expected)),
}


def _sort(found: List[Object], asked: Tree) -> None:
    field = asked.get('Sort')
    if field:
        value_of = _field(field)
        found.sort(key=lambda item: (value_of(item) is None, value_of(item) or 0 if field in _NUMBERS
                                     else value_of(item) or ''), reverse=asked.get('Order') != 'asc')


def _aggregate(field: str, what: str, found: List[Object]) -> List[xml.OptionalNode]:
    value_of = _field(field)
    values = [value for value in map(value_of, found) if value is not None]
    head: List[xml.OptionalNode] = [('Field', field), ('Operation', what)]
    if what == 'group':
        groups = sorted({str(value) for value in values})
        return [*head, ('Groups', [('Group', [('Value', name), ('Count', sum(str(value) == name for value in values))])
                                   for name in groups])]
    if what in ('min', 'max', 'average', 'sum') and field not in _NUMBERS:
        raise invalid_argument('Operation', what, 'The field %s has no numbers.' % field)
    return [*head, ('Value', str(_AGGREGATES[what](values)))]


_AGGREGATES: Dict[str, Callable[[List[Value]], Value]] = {
    'min': lambda values: min(values, default=0),
    'max': lambda values: max(values, default=0),
    'sum': sum,
    'average': lambda values: sum(values) / len(values) if values else 0,
    'count': len,
    'distinct': lambda values: len(set(values)),
}


def _describe(found: Object) -> List[xml.OptionalNode]:
    tags = found.tags()
    meta = {name: value for name, value in found.headers().items() if name.startswith('x-oss-meta-')}
    names = ('Filename', 'Size', 'FileModifiedTime', 'OSSObjectType', 'OSSStorageClass', 'ObjectACL', 'ETag',
             'OSSCRC64', 'ContentType')
    return [
        *((name, _FIELDS[name](found)) for name in names),
        ('OSSTaggingCount', len(tags)) if tags else None,
        ('OSSTagging', [('Tagging', [('Key', key), ('Value', value)]) for key, value in tags.items()])
        if tags else None,
        ('OSSUserMeta', [('UserMeta', [('Key', key), ('Value', value)]) for key, value in meta.items()])
        if meta else None,
    ]
