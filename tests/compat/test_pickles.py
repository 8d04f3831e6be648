"""Clients that oss2 2.19.1 pickled work here."""
from __future__ import annotations

import base64
import copy
import json
import pickle
from pathlib import Path

import pytest
from rawserver import answer

RECORDED = json.loads((Path(__file__).parent / 'pickles.json').read_text())


def client(name):
    return pickle.loads(base64.b64decode(RECORDED[name]))


@pytest.mark.parametrize('name', [name for name in RECORDED if name != 'Service'])
def test_a_bucket(name, raw_server):
    server = raw_server(answer(b'content'))
    bucket = client(name)
    assert bucket.timeout == 7
    assert bucket._make_url('test-bucket', 'key') == 'http://test-bucket.oss-cn-hangzhou.aliyuncs.com/key'
    bucket.session.session.proxies['http'] = server.url
    for each in (bucket, bucket.with_options(timeout=5), copy.deepcopy(bucket), pickle.loads(pickle.dumps(bucket))):
        with each:
            assert each.get_object('key').read() == b'content'
            assert each.put_object('key', b'x').status == 200
    assert {request.target for request in server.requests} == {'http://test-bucket.oss-cn-hangzhou.aliyuncs.com/key'}


def test_a_service(raw_server):
    server = raw_server(answer(b'<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>'))
    with client('Service') as service:
        service.session.session.proxies['http'] = server.url
        assert service.list_buckets().buckets == []
