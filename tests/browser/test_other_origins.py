"""A page of another origin uploads to the emulator from a browser, where the bucket's rules allow it."""
from __future__ import annotations

import json
from contextlib import contextmanager

import oss2


@contextmanager
def allowed(bucket, origin):
    bucket.put_bucket_cors(oss2.models.BucketCors([oss2.models.CorsRule(
        [origin], ['PUT', 'POST', 'GET'], allowed_headers=['*'], expose_headers=['ETag'])]))
    yield
    bucket.delete_bucket_cors()


def post(page, form):
    return page.driver.execute_async_script('''
        const [url, fields, done] = arguments;
        const form = new FormData();
        for (const [name, value] of Object.entries(JSON.parse(fields))) form.append(name, value);
        form.append('file', new Blob(['by a form']), 'file.txt');
        fetch(url, {method: 'POST', body: form}).then((answer) => done([answer.status, answer.headers.get('ETag')]),
                                                      () => done([0, null]));''', form.url, json.dumps(dict(form)))


def test_by_a_form(page, elsewhere):
    bucket = page.emulator.bucket('shared')
    form = bucket.sign_post('posted', 60, fields={'success_action_status': '200'})
    page.expected += ['CORS policy', 'ERR_FAILED']
    page.driver.get(elsewhere)
    with allowed(bucket, elsewhere):
        status, etag = post(page, form)
    assert (status, etag) == (200, bucket.head_object('posted').headers['ETag'])
    assert bucket.get_object('posted').read() == b'by a form'
    assert post(page, form) == [0, None]


def test_by_a_signed_url(page, elsewhere):
    bucket = page.emulator.bucket('shared')
    headers = {'Content-Type': 'text/x-note', 'x-oss-meta-by': 'browser'}
    url = bucket.sign_url('PUT', 'put', 60, headers=headers)
    page.expected += ['CORS policy', 'ERR_FAILED', '403']
    page.driver.get(elsewhere)
    with allowed(bucket, elsewhere):
        assert page.fetch(url, method='PUT', headers=headers, body='by a URL')[0] == 200
        assert page.fetch(bucket.sign_url('GET', 'put', 60)) == [200, 'by a URL']
    assert bucket.head_object('put').headers['x-oss-meta-by'] == 'browser'
    assert page.fetch(url, method='PUT', headers=headers, body='again')[0] == 0
    assert bucket.get_object('put').read() == b'by a URL'


def test_not_from_an_origin_that_is_not_named(page, elsewhere):
    bucket = page.emulator.bucket('shared')
    page.expected += ['CORS policy', 'ERR_FAILED', '403']
    page.driver.get(elsewhere)
    with allowed(bucket, 'http://127.0.0.1:1'):
        assert page.fetch(bucket.sign_url('PUT', 'put', 60), method='PUT', body='1')[0] == 0
    assert not bucket.object_exists('put')
