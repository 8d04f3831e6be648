from __future__ import annotations

import inspect
import io
import pickle

import pytest
from requests.structures import CaseInsensitiveDict

from oss2 import models, xml_utils
from oss2.exceptions import ClientError, OssError

MODELS = sorted((name, cls) for name, cls in vars(models).items()
                if inspect.isclass(cls) and hasattr(cls, '_fields') and 'Select' not in name)
NAMES = [name for name, _ in MODELS]


class Response:
    """All that a result may ask of a response."""

    def __init__(self, headers=None, body=b'', status=200):
        self.status = status
        self.headers = CaseInsensitiveDict(headers or {})
        self.request_id = '5F7B'
        self._body = io.BytesIO(body)

    def read(self, amt=None):
        return self._body.read() if amt is None else self._body.read(amt)

    def __iter__(self):
        return iter(lambda: self.read(4), b'')


def made(cls):
    """An object of a model, with as little as its constructor takes."""
    values = {'rule_num': 1, 'condition': models.Condition(), 'redirect': models.Redirect('Internal'),
              'redirect_type': 'Internal', 'mode': 'GOVERNANCE', 'days': 1}
    parameters = list(inspect.signature(cls).parameters.values())
    if parameters and parameters[0].name == 'resp':
        return cls(Response(body=b'{}'))
    return cls(**{p.name: values.get(p.name, p.name) for p in parameters
                  if p.default is p.empty or p.name in values})


# What holds for all models

def test_there_are_as_many_as_in_2_19_1():
    assert len(NAMES) >= 170


@pytest.mark.parametrize('cls', [cls for _, cls in MODELS], ids=NAMES)
def test_models_are_plain_objects(cls):
    obj = made(cls)
    assert cls.__module__ == 'oss2.models'
    assert repr(obj).startswith('<oss2.models.%s object at' % cls.__name__)
    assert not hasattr(cls, '__slots__')
    assert obj in {obj}
    assert obj != made(cls)
    if not isinstance(obj, models.RequestResult) or not hasattr(obj, 'resp'):
        assert set(vars(pickle.loads(pickle.dumps(obj)))) == set(vars(obj))
    assert all(not isinstance(value, property) for value in vars(obj).values())


@pytest.mark.parametrize('cls', [cls for _, cls in MODELS], ids=NAMES)
def test_mutable_defaults_are_not_shared(cls):
    first, second = made(cls), made(cls)
    for name, value in vars(first).items():
        if isinstance(value, (list, dict)) or type(value).__module__ == 'oss2.models':
            assert value is not vars(second)[name], name


def test_a_constructor_shows_its_parameters():
    signature = str(inspect.signature(models.PartInfo))
    assert signature == '(part_number, etag, size=None, last_modified=None, part_crc=None)'
    assert list(inspect.signature(models.Owner.__init__).parameters) == ['self', 'display_name', 'owner_id']


def test_a_constructor_refuses_what_it_does_not_know():
    with pytest.raises(TypeError):
        models.PartInfo(1)
    with pytest.raises(TypeError):
        models.PartInfo(1, 'e', colour='red')


def test_models_can_be_derived_from():
    class Part(models.PartInfo):
        def __init__(self, number):
            super().__init__(number, 'e', size=5)
            self.mine = True

    part = Part(3)
    assert (part.part_number, part.etag, part.size, part.mine) == (3, 'e', 5, True)

    class Page(models.ListObjectsResult):
        def first(self):
            return self.object_list[0].key

    page = xml_utils.parse_list_objects(Page(Response()), (
        '<a><IsTruncated>false</IsTruncated><Contents><Key>k</Key></Contents></a>'))
    assert page.first() == 'k'


def test_parsing_does_not_validate():
    document = ('<W><RoutingRules><RoutingRule><Redirect><RedirectType>New</RedirectType><MirrorURL>x</MirrorURL>'
                '</Redirect></RoutingRule></RoutingRules></W>')
    result = xml_utils.parse_get_bucket_website(models.GetBucketWebsiteResult(Response()), document)
    assert result.rules[0].redirect.redirect_type == 'New'
    assert result.rules[0].rule_num is None


@pytest.mark.parametrize('condition', [
    '', '<Condition/>', '<Condition><KeyPrefixEquals>k</KeyPrefixEquals></Condition>',
    '<Condition><HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals></Condition>'])
def test_both_conditions_of_a_routing_rule_are_optional(condition):
    document = ('<W><RoutingRules><RoutingRule><RuleNumber>1</RuleNumber>%s</RoutingRule></RoutingRules></W>'
                % condition)
    rule, = xml_utils.parse_get_bucket_website(models.GetBucketWebsiteResult(Response()), document).rules
    assert (rule.condition is None) == (condition == '')


def test_settings_that_were_read_can_be_sent_back():
    document = ('<LifecycleConfiguration><Rule><ID>a</ID><Prefix>b</Prefix><Status>Enabled</Status>'
                '<Expiration><Days>3</Days></Expiration><Filter><Not><Prefix>c</Prefix></Not></Filter></Rule>'
                '</LifecycleConfiguration>')
    rules = xml_utils.parse_get_bucket_lifecycle(models.GetBucketLifecycleResult(Response()), document).rules
    assert xml_utils.to_put_bucket_lifecycle(models.BucketLifecycle(rules)).decode() == document


# Results and their headers

def test_a_result_holds_the_response():
    response = Response({'x-oss-version-id': 'v', 'X-Oss-Request-Id': 'r'})
    result = models.RequestResult(response)
    assert (result.resp, result.status, result.request_id, result.versionid) == (response, 200, '5F7B', 'v')
    assert result.headers is response.headers


@pytest.mark.parametrize(('value', 'expected'), [('true', True), ('false', False), ('TRUE', True), ('False', False)])
def test_delete_marker(value, expected):
    assert models.RequestResult(Response({'x-oss-delete-marker': value})).delete_marker is expected


def test_no_delete_marker():
    assert models.RequestResult(Response()).delete_marker is None


@pytest.mark.parametrize('length', ['12', 12])
def test_metadata_of_an_object(length):
    result = models.HeadObjectResult(Response({
        'ETag': '"ABC"', 'Content-Length': length, 'Content-Type': 'text/plain', 'x-oss-object-type': 'Normal',
        'Last-Modified': 'Sat, 05 Dec 2015 11:10:29 GMT', 'x-oss-hash-crc64ecma': '18446744073709551615'}))
    assert (result.etag, result.content_length, result.content_type) == ('ABC', 12, 'text/plain')
    assert (result.last_modified, result.object_type) == (1449313829, 'Normal')
    assert result.server_crc == 2 ** 64 - 1


@pytest.mark.parametrize('cls', [
    models.RequestResult, models.PutObjectResult, models.AppendObjectResult, models.GetObjectResult,
    models.HeadObjectResult, models.GetObjectMetaResult, models.InitMultipartUploadResult, models.ListObjectsResult])
def test_a_response_without_status_and_headers_will_do(cls):
    class Pending:
        status, headers, request_id = 0, {}, ''

    pending = Pending()
    result = cls(pending)
    assert result.resp is pending
    assert result.status == 0


@pytest.mark.parametrize(('cls', 'headers'), [
    (models.PutObjectResult, {'x-oss-hash-crc64ecma': 'x'}), (models.HeadObjectResult, {'content-length': ''}),
    (models.HeadObjectResult, {'last-modified': 'yesterday'}), (models.HeadObjectResult, {'last-modified': 5}),
    (models.AppendObjectResult, {'x-oss-next-append-position': '1.5'}), (models.PutObjectResult, {'etag': 5})])
def test_a_header_that_cannot_be_read(cls, headers):
    with pytest.raises(models.ResponseFormatError, match=next(iter(headers))) as caught:
        cls(Response({'x-oss-request-id': '5F7B', **headers}))
    assert isinstance(caught.value, OssError)
    assert caught.value.request_id == '5F7B'


def test_a_key_in_a_header_is_decoded():
    assert models.GetSymlinkResult(Response({'x-oss-symlink-target': 'a%2Fb%20%E4%B8%AD+c'})).target_key == 'a/b 中+c'


@pytest.mark.parametrize('cls', [models.GetBucketPolicyResult, models.GetVodPlaylistResult,
                                 models.GetAccessPointPolicyResult])
def test_a_result_that_is_text(cls):
    attribute = 'playlist' if cls is models.GetVodPlaylistResult else 'policy'
    assert getattr(cls(Response(body='中'.encode())), attribute) == '中'
    with pytest.raises(models.ResponseFormatError, match='UTF-8'):
        cls(Response(body=b'\xff'))


def test_a_result_that_is_json():
    body = b'{"bucket": "b", "fileSize": 3, "object": "o", "status": "OK"}'
    result = models.ProcessObjectResult(Response(body=body))
    assert (result.bucket, result.fileSize, result.object, result.process_status) == ('b', 3, 'o', 'OK')
    with pytest.raises(models.ResponseFormatError, match='JSON'):
        models.ProcessObjectResult(Response(body=b'<html>'))
    task = xml_utils.parse_async_process_object(
        models.AsyncProcessObject(Response()), b'{"EventId": "e", "RequestId": "r", "TaskId": "t"}')
    assert (task.event_id, task.async_request_id, task.task_id) == ('e', 'r', 't')


def test_the_answer_of_a_callback():
    assert models.PutObjectResult(Response(body=b'{"Status": "OK"}')).callback_json() == {'Status': 'OK'}


# Reading an object

def test_an_object_is_a_file():
    with models.GetObjectResult(Response(body=b'0123456789')) as result:
        assert (result.read(3), result.read(), result.read()) == (b'012', b'3456789', b'')
    assert result.closed
    result.close()


def test_the_stream_is_the_response_if_nothing_is_to_be_done():
    response = Response(body=b'abc')
    assert models.GetObjectResult(response).stream is response
    assert models.GetObjectResult(response).client_crc is None
    assert b''.join(models.GetObjectResult(response)) == b'abc'


def test_the_checksum_grows_while_reading():
    result = models.GetObjectResult(Response({'x-oss-hash-crc64ecma': '5'}, b'0123456789'), crc_enabled=True)
    assert (result.client_crc, result.server_crc) == (0, 5)
    result.read(3)
    partly = result.client_crc
    assert result.read() == b'3456789'
    assert partly not in (0, result.client_crc)
    assert result.client_crc == 2838902930144391966


def test_progress_is_told():
    told = []
    result = models.GetObjectResult(Response({'Content-Length': '10'}, b'0123456789'), lambda *a: told.append(a))
    assert result.read() == b'0123456789'
    assert told[-1] == (10, 10)


def test_adapters_that_programs_replace_are_used(monkeypatch):
    monkeypatch.setattr(models, 'make_progress_adapter', lambda data, callback, size=None: ('progress', data, size))
    monkeypatch.setattr(models, 'make_crc_adapter', lambda data, init_crc=0, discard=0: ('crc', data, discard))
    response = Response({'Content-Length': '10'})
    result = models.GetObjectResult(response, print, crc_enabled=True, discard=3)
    assert result.stream == ('crc', ('progress', response, 10), 3)


def test_the_standard_library_reads_an_object():
    text = io.TextIOWrapper(models.GetObjectResult(Response(body='a\n中\nc'.encode())), 'utf-8')
    assert list(text) == ['a\n', '中\n', 'c']
    buffered = io.BufferedReader(models.GetObjectResult(Response(body=b'ab\ncd')), 2)
    assert buffered.readline() == b'ab\n'
    assert buffered.read() == b'cd'


# Tags

def test_tags():
    rules = models.TaggingRule()
    rules.add('a/b ', '=&')
    rules.add('c', '')
    rules.add('c', '1')
    assert rules.to_query_string() == 'a%2Fb%20=%3D%26&c=1'
    assert rules.len() == 2
    rules.delete('c')
    assert rules.tagging_rule == {'a/b ': '=&'}
    with pytest.raises(KeyError):
        rules.delete('c')


@pytest.mark.parametrize(('key', 'value'), [
    ('', 'v'), (None, 'v'), ('k' * 129, 'v'), ('k', 'v' * 257), (5, 'v'), ('k', None)])
def test_tags_that_oss_refuses(key, value):
    rules = models.TaggingRule()
    with pytest.raises(ClientError, match='Tagging'):
        rules.add(key, value)
    assert rules.len() == 0


# Names kept from 2.19.1

def test_misspelt_names_have_a_right_one_beside_them():
    assert models.FIELD_STORAG_CLASS == models.FIELD_STORAGE_CLASS == 'StorageClass'
    assert vars(models.ResotreJobParameters('Bulk')) == vars(models.RestoreJobParameters('Bulk'))
    listing = models.ListInventoryConfigurationsResult(Response())
    listing.continuaiton_token = 't'
    assert listing.continuation_token == 't'


def test_hget():
    assert models._hget(CaseInsensitiveDict({'A': '1'}), 'a', int) == 1
    assert models._hget({}, 'a', int) is None
