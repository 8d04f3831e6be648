"""What oss2 2.19.1 signs, byte by byte; the data come from record.py."""
from __future__ import annotations

import json
import pathlib
from typing import Any, Dict, List

import pytest
from requests.structures import CaseInsensitiveDict

import oss2

HERE = pathlib.Path(__file__).parent
NOW = 1700000000.25
KEY = ('LTAI4FExampleKeyId', 'TheSecretThatSigns/Examples+30')
TOKEN = 'CAISexample+token/with=odd characters%'


class Request:
    """What a signer sees of a request: only version 4 looks at the last three."""

    def __init__(self, given: Dict[str, Any], version: str) -> None:
        self.method = given.get('method', 'GET')
        self.url = given.get('url', 'http://bucket.oss-cn-hangzhou.aliyuncs.com/key')
        self.params = decoded(given.get('params', {}))
        self.headers = CaseInsensitiveDict(decoded(given.get('headers', {})))
        self.data = None
        if version == 'v4':
            self.region = given.get('region', 'cn-hangzhou')
            self.product = given.get('product', 'oss')
            self.cloudbox_id = given.get('cloudbox_id')


def decoded(values: Dict[str, Any]) -> Dict[str, Any]:
    return {name: bytes.fromhex(value['bytes']) if isinstance(value, dict) else value for name, value in values.items()}


def load(name: str) -> List[Dict[str, Any]]:
    cases: List[Dict[str, Any]] = json.loads((HERE / name).read_text(encoding='utf-8'))
    return cases


def make_auth(name: str) -> Any:
    if name.startswith('sts'):
        return oss2.StsAuth(*KEY, TOKEN, name[-2:])
    return oss2.make_auth(*KEY, name)


def describe(case: Dict[str, Any]) -> str:
    return '%s %s %s' % (case['auth'], case.get('operation', case.get('bucket')), json.dumps(case['input']))


@pytest.fixture(autouse=True)
def frozen_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('oss2.auth.time.time', lambda: NOW)


@pytest.mark.parametrize('auth_name', ['v1', 'v2', 'v4', 'sts-v1', 'sts-v2', 'sts-v4'])
def test_a_signed_request_equals_upstreams(auth_name: str) -> None:
    for case in load('auth.json'):
        given = case['input']
        if case['auth'] != auth_name or case['operation'] != 'request':
            continue
        request = Request(given, auth_name[-2:])
        before = dict(request.headers)
        make_auth(auth_name)._sign_request(request, given.get('bucket', 'bucket'), given.get('key', 'key'),
                                           given.get('additional'))
        written = {name: value for name, value in request.headers.items() if before.get(name) != value}
        assert written == case['expect'], describe(case)
        assert request.params == decoded(given.get('params', {})), describe(case)


@pytest.mark.parametrize('auth_name', ['v1', 'v2', 'v4', 'sts-v1', 'sts-v2', 'sts-v4'])
def test_a_signed_url_equals_upstreams(auth_name: str) -> None:
    for case in load('auth.json'):
        given = case['input']
        if case['auth'] != auth_name or case['operation'] != 'url':
            continue
        request = Request(given, auth_name[-2:])
        url = make_auth(auth_name)._sign_url(request, given.get('bucket', 'bucket'), given.get('key', 'key'), 3600,
                                             given.get('additional'))
        assert url == case['expect'], describe(case)
        assert request.params == decoded(given.get('params', {})), describe(case)
        assert dict(request.headers) == decoded(given.get('headers', {})), describe(case)


@pytest.mark.parametrize('auth_name', ['v1', 'v2', 'v4', 'sts-v1', 'sts-v2', 'sts-v4'])
def test_a_signed_rtmp_url_equals_upstreams(auth_name: str) -> None:
    for case in load('auth.json'):
        given = case['input']
        if case['auth'] != auth_name or case['operation'] != 'rtmp':
            continue
        url = make_auth(auth_name)._sign_rtmp_url(
            'rtmp://bucket.oss-cn-hangzhou.aliyuncs.com/live/c', 'bucket', given['channel'], 3600, given['params'])
        assert url == case['expect'], describe(case)


@pytest.mark.behaviour(25)
@pytest.mark.parametrize('auth_name', ['v1', 'v2', 'v4', 'sts-v1', 'sts-v4'])
def test_the_url_that_a_bucket_signs_equals_upstreams(auth_name: str) -> None:
    for case in load('bucket.json'):
        if case['auth'] != auth_name:
            continue
        options = dict(case['bucket'])
        bucket = oss2.Bucket(make_auth(auth_name), options.pop('endpoint'), 'example-bucket', region='cn-hangzhou',
                             **options)
        assert bucket.sign_url(**case['input']) == case['expect'], describe(case)
