"""XML that is not what it should be: answers and errors. What comes out is a result, or an error of the library."""
from __future__ import annotations

import base64
import re
from xml.sax.saxutils import escape

import pytest
from fakes import FakeResponse
from fuzz.bounded import ODD_TEXTS, bounded, damaged, odd_text
from hypothesis import given
from hypothesis import strategies as st
from wire.wire_documents import ANSWERS

import oss2
from oss2 import exceptions, models, xml_utils
from oss2.exceptions import OssError, ServerError

_LEAF = re.compile(r'>([^<>]*)</')


def check_answer(name, body):
    parse, cls, _ = ANSWERS[name]
    try:
        getattr(xml_utils, parse)(getattr(models, cls)(FakeResponse()), body)
    except OssError as exc:
        assert str(exc)
        assert exc.message


@pytest.mark.parametrize('name', sorted(ANSWERS))
@bounded(8)
@given(data=st.data())
def test_damaged_answers(name, data):
    check_answer(name, data.draw(damaged(ANSWERS[name][2].encode())))


@pytest.mark.behaviour(48)
@pytest.mark.parametrize('name', sorted(ANSWERS))
def test_answers_with_odd_texts(name):
    """One text at a time is something else."""
    document = ANSWERS[name][2]
    leaves = list(_LEAF.finditer(document))
    for number, odd in enumerate(ODD_TEXTS):
        leaf = leaves[number % len(leaves)] if leaves else None
        if leaf is not None:
            text = document[:leaf.start(1)] + escape(odd) + document[leaf.end(1):]
            check_answer(name, text.encode('utf-8'))


@pytest.mark.parametrize('name', sorted(ANSWERS))
@bounded(6)
@given(data=st.data())
def test_answers_with_any_texts(name, data):
    document = ANSWERS[name][2]
    odd = data.draw(odd_text)
    where = data.draw(st.integers(0, 40))
    count = 0

    def change(match):
        nonlocal count
        count += 1
        return '>%s</' % escape(odd) if count % 41 == where else match.group()

    check_answer(name, _LEAF.sub(change, document).encode('utf-8', 'replace'))


@bounded(60)
@given(body=st.one_of(st.binary(max_size=100), st.text(max_size=100).map(lambda text: text.encode('utf-8', 'replace'))),
       name=st.sampled_from(sorted(ANSWERS)))
def test_anything_as_an_answer(body, name):
    check_answer(name, body)


ERROR = ('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>没有 &lt;it&gt;</Message>'
         '<RequestId>5C3D9175B6FC201293AD4890</RequestId><HostId>b.oss-cn-hangzhou.aliyuncs.com</HostId><Key>中文/%00'
         '</Key><EC>0026-00000001</EC><RecommendDoc>https://api.aliyun.com/troubleshoot?q=0026-00000001</RecommendDoc>'
         '</Error>').encode()


def check_error(status, headers, body):
    error = exceptions.make_exception(FakeResponse(status, headers, body))
    assert isinstance(error, ServerError)
    assert error.status == status
    for text in (error.code, error.message, error.ec, error.recommend_doc, error.hint, error.request_id):
        assert isinstance(text, str)
    assert str(error)
    assert repr(error)
    assert all(isinstance(name, str) for name in error.details)
    return error


@bounded(80)
@given(body=st.one_of(damaged(ERROR), st.binary(max_size=60)),
       status=st.sampled_from([304, 400, 403, 404, 409, 416, 503]))
def test_damaged_errors(body, status):
    check_error(status, {}, body)
    check_error(status, {'x-oss-err': base64.b64encode(body).decode()}, b'')


@pytest.mark.behaviour(19)
def test_errors_cut_at_every_byte():
    """Whatever is whole of it is read."""
    for end in range(len(ERROR) + 1):
        error = check_error(404, {}, ERROR[:end])
        assert error.code == ('NoSuchKey' if b'</Code>' in ERROR[:end] else '')
        assert isinstance(error, oss2.exceptions.NoSuchKey) is (b'</Code>' in ERROR[:end])
        if b'</EC>' in ERROR[:end]:
            assert error.ec == '0026-00000001'
            assert error.message == '没有 <it>'


@bounded(60)
@given(value=odd_text, status=st.sampled_from([200, 400, 404, 409, 503]))
def test_odd_headers_of_errors(value, status):
    names = ['x-oss-err', 'x-oss-ec', 'x-oss-next-append-position', 'Content-Length', 'Retry-After', 'Location', 'Date']
    for name in names:
        check_error(status, {name: value}, b'')
        check_error(409, {name: value}, b'<Error><Code>PositionNotEqualToLength</Code></Error>')
