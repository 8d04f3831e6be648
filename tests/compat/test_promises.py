"""Promises that hold for many operations alike: signatures, constants, keys, headers, and the classes of results."""

from __future__ import annotations

import ast
import base64
import hashlib
import inspect
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import pytest
from documents import ANSWERS
from promised import document, named, path_of, promises, query_of
from rawserver import Sent, answer

import oss2
from oss2 import models

KEY = '目录/a b+c?%&.txt'
NOT_GIVEN = inspect.Parameter.empty


def promised_parameters(call: ast.Call) -> List[Tuple[str, Any]]:
    """Names and defaults of a printed signature."""
    required = [(argument.id, NOT_GIVEN) for argument in call.args if isinstance(argument, ast.Name)]
    return required + [(str(keyword.arg), ast.literal_eval(keyword.value)) for keyword in call.keywords]


@pytest.mark.promise(
    'S001', 'S003', 'S007', 'S015', 'S028', 'S038', 'S095', 'S104', 'S111', 'S124', 'S135', 'S145', 'S149', 'S154',
    'S161', 'S168', 'S171', 'S180', 'S183', 'S189', 'S197', 'S203', 'S212', 'S220', 'S225', 'S234', 'S241', 'S247',
    'S252', 'S260', 'S264', 'S267', 'S270', 'S272', 'S276', 'S278', 'S280', 'S284', 'S287', 'S289', 'S293', 'S295',
    'S297', 'S301', 'S303', 'S307', 'S310', 'S312', 'S318', 'S321', 'S325', 'S331', 'S335', 'S339', 'S343')
@pytest.mark.parametrize('promise', promises('signature'), ids=named)
def test_signatures(promise):
    """The printed parameters are the first ones; those behind them have defaults, and may go by name only."""
    call = ast.parse(promise.text, mode='eval').body
    assert isinstance(call, ast.Call)
    target: Any = oss2
    for name in promise.text.partition('(')[0].split('.'):
        target = getattr(target, name)
    found = list(inspect.signature(target).parameters.values())
    if not inspect.isclass(target):
        assert found.pop(0).name == 'self'
    wanted = promised_parameters(call)
    assert [(each.name, each.default) for each in found[:len(wanted)]] == wanted
    assert {each.kind for each in found[:len(wanted)]} <= {inspect.Parameter.POSITIONAL_OR_KEYWORD}
    assert {each.kind for each in found} <= {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY}
    assert NOT_GIVEN not in [each.default for each in found[len(wanted):]]


@pytest.mark.promise('S014', 'S175', 'S176', 'S177', 'S178', 'S257', 'S258', 'S259')
@pytest.mark.parametrize('promise', promises('constant'), ids=named)
def test_constants(promise):
    name, _, value = promise.text.partition(' = ')
    assert getattr(oss2, name) == ast.literal_eval(value)


@pytest.mark.parametrize('test', ['test_signatures', 'test_constants', 'test_results'])
def test_the_rows_a_test_is_marked_with_are_those_it_tries(test):
    marks = globals()[test].pytestmark
    rows = {row.id for mark in marks if mark.name == 'parametrize' for row in mark.args[1]}
    assert rows == {id for mark in marks if mark.name == 'promise' for id in mark.args}


# What names an object or a live channel: the operation, and its other arguments.
NAMED = [
    pytest.param('put_object', 'key', {'data': b'x'}, marks=pytest.mark.promise('S099')),
    pytest.param('put_object_from_file', 'key', {'filename': __file__}, marks=pytest.mark.promise('S106')),
    pytest.param('append_object', 'key', {'position': 0, 'data': b'x'}, marks=pytest.mark.promise('S113')),
    pytest.param('get_object', 'key', {}, marks=pytest.mark.promise('S127')),
    pytest.param('get_object_to_file', 'key', {'filename': 'file'}, marks=pytest.mark.promise('S137')),
    pytest.param('delete_object', 'key', {}, marks=pytest.mark.promise('S147')),
    pytest.param('head_object', 'key', {}, marks=pytest.mark.promise('S164')),
    pytest.param('put_object_acl', 'key', {'permission': 'private'}, marks=pytest.mark.promise('S173')),
    pytest.param('update_object_meta', 'key', {'headers': {}}, marks=pytest.mark.promise('S186')),
    pytest.param('get_object_meta', 'key', {}, marks=pytest.mark.promise('S194')),
    pytest.param('init_multipart_upload', 'key', {}, marks=pytest.mark.promise('S200')),
    pytest.param('upload_part', 'key', {'upload_id': 'ID+1', 'part_number': 1, 'data': b'x'},
                 marks=pytest.mark.promise('S205', 'S206')),
    pytest.param('complete_multipart_upload', 'key', {'upload_id': 'ID+1', 'parts': [models.PartInfo(1, 'E')]},
                 marks=pytest.mark.promise('S214', 'S215')),
    pytest.param('abort_multipart_upload', 'key', {'upload_id': 'ID+1'}, marks=pytest.mark.promise('S222', 'S223')),
    pytest.param('list_parts', 'key', {'upload_id': 'ID+1'}, marks=pytest.mark.promise('S236', 'S237')),
    pytest.param('put_symlink', 'symlink_key', {'target_key': 'target'}, marks=pytest.mark.promise('S244')),
    pytest.param('get_symlink', 'symlink_key', {}, marks=pytest.mark.promise('S249')),
    pytest.param('create_live_channel', 'channel_name', {'input': models.LiveChannelInfo()},
                 marks=pytest.mark.promise('S314')),
    pytest.param('delete_live_channel', 'channel_name', {}, marks=pytest.mark.promise('S320')),
    pytest.param('get_live_channel', 'channel_name', {}, marks=pytest.mark.promise('S323')),
    pytest.param('get_live_channel_stat', 'channel_name', {}, marks=pytest.mark.promise('S333')),
    pytest.param('put_live_channel_status', 'channel_name', {'status': 'disabled'}, marks=pytest.mark.promise('S337')),
    pytest.param('get_live_channel_history', 'channel_name', {}, marks=pytest.mark.promise('S341')),
    pytest.param('post_vod_playlist', 'channel_name', {'playlist_name': 'list.m3u8'},
                 marks=pytest.mark.promise('S345')),
]
# The documents that the operations above do not succeed without.
ANSWERED = {
    'init_multipart_upload': 'upload made', 'list_parts': 'part list', 'create_live_channel': 'live channel made',
    'get_live_channel': 'live channel', 'get_live_channel_stat': 'live channel stat',
    'get_live_channel_history': 'live channel history',
}


@pytest.mark.parametrize(('operation', 'parameter', 'others'), NAMED)
def test_names_reach_the_server(operation, parameter, others, raw_server, make_bucket, tmp_path, monkeypatch):
    """Whatever characters are in them."""
    monkeypatch.chdir(tmp_path)
    server = raw_server(document(ANSWERS[ANSWERED[operation]]) if operation in ANSWERED else answer())
    getattr(make_bucket(server.url), operation)(**{parameter: KEY}, **others)
    following = '/list.m3u8' if operation == 'post_vod_playlist' else ''
    assert path_of(server.last) == '/test-bucket/' + KEY + following
    assert query_of(server.last).get('uploadId') == others.get('upload_id')


# What takes headers: the operation, and its other arguments.
TAKING_HEADERS = [
    pytest.param('put_object', ('key', b'x'), marks=pytest.mark.promise('S101')),
    pytest.param('put_object_from_file', ('key', __file__), marks=pytest.mark.promise('S108')),
    pytest.param('append_object', ('key', 0, b'x'), marks=pytest.mark.promise('S117')),
    pytest.param('get_object', ('key',), marks=pytest.mark.promise('S129')),
    pytest.param('get_object_to_file', ('key', 'file'), marks=pytest.mark.promise('S140')),
    pytest.param('head_object', ('key',), marks=pytest.mark.promise('S165')),
    pytest.param('update_object_meta', ('key',), marks=pytest.mark.promise('S187')),
    pytest.param('init_multipart_upload', ('key',), marks=pytest.mark.promise('S201')),
    pytest.param('upload_part', ('key', 'ID', 1, b'x'), marks=pytest.mark.promise('S210')),
    pytest.param('complete_multipart_upload', ('key', 'ID', [models.PartInfo(1, 'E')]),
                 marks=pytest.mark.promise('S218')),
    pytest.param('put_symlink', ('target', 'link'), marks=pytest.mark.promise('S245')),
]
MD5 = base64.b64encode(hashlib.md5(b'x').digest()).decode()
HEADERS = {'content-TYPE': 'text/x-promised', 'Content-MD5': MD5, 'X-Oss-Meta-Promised': 'kept', 'x-oss-promised': 'a'}


@pytest.mark.promise('S094')
@pytest.mark.parametrize('make', [dict, oss2.CaseInsensitiveDict])
@pytest.mark.parametrize(('operation', 'arguments'), TAKING_HEADERS)
def test_headers_reach_the_server(operation, arguments, make, raw_server, make_bucket, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    server = raw_server(document(ANSWERS['upload made']))
    headers = make(HEADERS)
    getattr(make_bucket(server.url), operation)(*arguments, headers=headers)
    sent = server.last.headers
    assert {name: sent.get(name.lower()) for name in HEADERS} == HEADERS
    assert headers == make(HEADERS)


@pytest.mark.parametrize(('operation', 'arguments'), TAKING_HEADERS)
def test_headers_may_be_none(operation, arguments, raw_server, make_bucket, tmp_path, monkeypatch):
    """Which is as if they were not given; what replaces all metadata demands them."""
    monkeypatch.chdir(tmp_path)
    server = raw_server(document(ANSWERS['upload made']))
    call = getattr(make_bucket(server.url), operation)
    if operation == 'update_object_meta':
        with pytest.raises(TypeError):
            call(*arguments)
        assert not server.requests
        return
    call(*arguments, headers=None)
    call(*arguments)
    first, second = ({name: value for name, value in request.headers.items() if name not in ('date', 'authorization')}
                     for request in server.requests)
    assert first == second
    assert 'x-oss-promised' not in first


class Case(NamedTuple):
    """Arguments of an operation, what OSS answers, and attributes of the result."""

    arguments: Tuple[Any, ...] = ()
    answer: Optional[Sent] = None
    values: Dict[str, Any] = {}


STORED = answer(headers={'ETag': '"5EB63BBB"', 'x-oss-hash-crc64ecma': '5981764153023615706',
                         'x-oss-next-append-position': '11'})
DESCRIBED = answer(headers={'ETag': '"5EB63BBB"', 'Content-Type': 'text/plain', 'x-oss-object-type': 'Normal',
                            'Last-Modified': 'Sat, 05 Dec 2015 11:10:29 GMT'})
DATA = b'hello world'

# For the rows of the kind "returns": what the operation is called with and answered, and what the result says.
RETURNS = {
    'put_object': Case(('k', DATA), STORED, {'etag': '5EB63BBB', 'crc': 5981764153023615706}),
    'put_object_from_file': Case(('k', 'hello'), STORED, {'etag': '5EB63BBB', 'crc': 5981764153023615706}),
    'append_object': Case(('k', 0, DATA), STORED, {'next_position': 11, 'etag': '5EB63BBB'}),
    'delete_object': Case(('k',), answer(status=204), {'status': 204}),
    'batch_delete_objects': Case((['k'],), document(ANSWERS['deleted']), {'deleted_keys': ['目录/a+b c+.jpg']}),
    'list_objects': Case((), document(ANSWERS['object list']), {
        'next_marker': '目录/movie 007.avi', 'is_truncated': True, 'prefix_list': ['fun/test a/']}),
    'head_object': Case(('k',), DESCRIBED, {'content_type': 'text/plain', 'object_type': 'Normal', 'etag': '5EB63BBB',
                                            'last_modified': 1449313829}),
    'put_object_acl': Case(('k', 'private'), answer()),
    'get_object_acl': Case(('k',), document(ANSWERS['acl']), {'acl': 'public-read'}),
    'update_object_meta': Case(('k', {'x-oss-meta-a': 'b'}), document('<CopyObjectResult/>')),
    'get_object_meta': Case(('k',), DESCRIBED, {'etag': '5EB63BBB', 'last_modified': 1449313829}),
    'init_multipart_upload': Case(('k',), document(ANSWERS['upload made']),
                                  {'upload_id': '0004B9894A22E5B1888A1E29F823****'}),
    'upload_part': Case(('k', 'ID', 1, DATA), STORED, {'etag': '5EB63BBB'}),
    'complete_multipart_upload': Case(('k', 'ID', [models.PartInfo(1, 'E')]), STORED, {'etag': '5EB63BBB'}),
    'abort_multipart_upload': Case(('k', 'ID'), answer(status=204)),
    'list_multipart_uploads': Case((), document(ANSWERS['upload list']), {
        'is_truncated': True, 'next_key_marker': '目 oss.avi',
        'next_upload_id_marker': '0004B99B8E707874FC2D692FA5D77D3F', 'prefix_list': ['a/目/']}),
    'list_parts': Case(('k', 'ID'), document(ANSWERS['part list']), {'is_truncated': True, 'next_marker': '5'}),
    'put_symlink': Case(('target', 'link'), STORED),
    'get_symlink': Case(('link',), answer(headers={'x-oss-symlink-target': 'a%2Fb'}), {'target_key': 'a/b'}),
    'delete_bucket': Case((), answer(status=204)),
    'get_bucket_location': Case((), document(ANSWERS['location']), {'location': 'oss-cn-hangzhou'}),
    'get_bucket_acl': Case((), document(ANSWERS['acl']), {'acl': 'public-read'}),
    'get_bucket_cors': Case((), document(ANSWERS['cors']), {'response_vary': False}),
    'get_bucket_lifecycle': Case((), document(ANSWERS['lifecycle'])),
    'get_bucket_logging': Case((), document(ANSWERS['logging']), {
        'target_bucket': 'mybucketlogs', 'target_prefix': 'mybucket-access_log/'}),
    'get_bucket_referer': Case((), document(ANSWERS['referer']), {
        'allow_empty_referer': False, 'referers': ['http://www.aliyun.com', 'https://www.*.com']}),
    'get_bucket_website': Case((), document(ANSWERS['website']), {
        'index_file': 'index.html', 'error_file': 'error.html'}),
    'create_live_channel': Case(('c', models.LiveChannelInfo()), document(ANSWERS['live channel made']), {
        'publish_url': 'rtmp://test-bucket.oss-cn-hangzhou.aliyuncs.com/live/test-channel',
        'play_url': 'http://test-bucket.oss-cn-hangzhou.aliyuncs.com/test-channel/playlist.m3u8'}),
    'get_live_channel': Case(('c',), document(ANSWERS['live channel']), {
        'status': 'enabled', 'description': 'a 描述'}),
    'list_live_channel': Case((), document(ANSWERS['live channels']), {
        'is_truncated': True, 'next_marker': 'channel-0', 'prefix': 'test', 'max_keys': 1}),
    'get_live_channel_stat': Case(('c',), document(ANSWERS['live channel stat']), {
        'status': 'Live', 'remote_addr': '10.1.2.3:47745', 'connected_time': 1472106315}),
    'get_live_channel_history': Case(('c',), document(ANSWERS['live channel history'])),
}


@pytest.mark.promise(
    'S103', 'S110', 'S120', 'S148', 'S153', 'S160', 'S166', 'S179', 'S182', 'S188', 'S195', 'S202', 'S211', 'S219',
    'S224', 'S233', 'S240', 'S246', 'S250', 'S262', 'S266', 'S271', 'S277', 'S285', 'S294', 'S302', 'S308', 'S317',
    'S324', 'S330', 'S334', 'S342')
@pytest.mark.parametrize('promise', [row for row in promises('returns') if row.text.startswith('Bucket.')], ids=named)
def test_results(promise, raw_server, make_bucket, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / 'hello').write_bytes(DATA)
    name, _, promised = promise.text[len('Bucket.'):].partition(': ')
    case = RETURNS[name]
    result = getattr(make_bucket(raw_server(case.answer).url), name)(*case.arguments)
    assert isinstance(result, getattr(models, promised))
    assert isinstance(result, models.RequestResult)
    assert {attribute: getattr(result, attribute) for attribute in case.values} == case.values


@pytest.mark.promise('S054', 'S055', 'S056')
def test_every_result_tells_status_headers_and_request_id(raw_server, make_bucket):
    result = make_bucket(raw_server(answer(status=204, headers={'X-Own': 'a'})).url).delete_object('key')
    assert (result.status, result.request_id) == (204, 'RAW')
    assert result.headers['x-own'] == result.headers['X-OWN'] == 'a'


@pytest.mark.promise('S053')
def test_most_operations_return_request_results(raw_server, make_bucket):
    """Those of the reference that have no row of the kind "returns", and the service."""
    server = raw_server(answer())
    bucket = make_bucket(server.url)
    config = b'<Configuration/>'
    for operation, arguments in {
            'create_bucket': (), 'put_bucket_acl': ('private',), 'put_bucket_cors': (config,), 'delete_bucket_cors': (),
            'put_bucket_lifecycle': (config,), 'delete_bucket_lifecycle': (), 'put_bucket_logging': (config,),
            'delete_bucket_logging': (), 'put_bucket_referer': (config,), 'put_bucket_website': (config,),
            'delete_bucket_website': (), 'delete_live_channel': ('c',), 'put_live_channel_status': ('c', 'enabled'),
            'post_vod_playlist': ('c', 'a.m3u8'), 'get_object': ('k',)}.items():
        assert isinstance(getattr(bucket, operation)(*arguments), models.RequestResult), operation
    server.answers = document(ANSWERS['bucket list'])
    with oss2.Service(oss2.Auth('key-id', 'key-secret'), server.url) as service:
        assert isinstance(service.list_buckets(), models.RequestResult)
