from __future__ import annotations

import pickle
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape as xml_escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oss2 import models, xml_utils
from oss2._xml import escape, is_xml_text, parse_document, reading
from oss2.exceptions import ClientError, OssError


class Response:
    status = 200
    request_id = '5F7B'
    headers = {'x-oss-request-id': '5F7B'}


def list_objects(document):
    return xml_utils.parse_list_objects(models.ListObjectsResult(Response()), document)


def contents(key='a', size='5', more=''):
    return ('<Contents><Key>%s</Key><LastModified>2012-02-24T08:43:07.000Z</LastModified><ETag>"E"</ETag>'
            '<Type>Normal</Type><Size>%s</Size><StorageClass>IA</StorageClass>%s</Contents>' % (key, size, more))


def page(*rows, head='', tail=''):
    return ('<ListBucketResult><Name>b</Name>%s<IsTruncated>false</IsTruncated>%s%s</ListBucketResult>'
            % (head, ''.join(rows), tail))


PAGE = page(contents())


# Documents from the network

BOMB = ('<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">%s]><a><IsTruncated>&f;</IsTruncated></a>'
        % ''.join('<!ENTITY %s "%s">' % (new, ('&%s;' % old) * 10) for old, new in zip('abcde', 'bcdef')))
EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><IsTruncated>&x;</IsTruncated></a>'
HARMLESS = '<!DOCTYPE a><a><IsTruncated>false</IsTruncated></a>'


def declared(text, encoding):
    return ('<?xml version="1.0" encoding="%s"?>' % encoding + text).encode(encoding)


@pytest.mark.parametrize('document', [BOMB, EXTERNAL, HARMLESS], ids=['bomb', 'external', 'harmless'])
@pytest.mark.parametrize('encode', [
    str, str.encode, lambda text: b'\xef\xbb\xbf' + text.encode(), lambda text: declared(text, 'utf-8'),
    lambda text: text.encode('utf-16'), lambda text: declared(text, 'utf-16'), lambda text: text.encode('utf-16-be'),
    lambda text: text.encode('utf-16-le'), lambda text: declared(text, 'iso-8859-1'),
    lambda text: declared(text, 'windows-1252'), lambda text: declared(text, 'utf-7'),
    lambda text: b'<?xml version="1.0" encoding="utf-7"?>' + text.replace('<', '+ADw-').encode(),
    lambda text: HARMLESS[:12] + page(*[contents()] * 200),
], ids=['str', 'utf-8', 'bom', 'declared', 'utf-16', 'declared utf-16', 'utf-16-be', 'utf-16-le', 'latin-1',
        'windows-1252', 'utf-7', 'utf-7 markup', 'long'])
def test_a_document_type_is_refused(document, encode):
    with pytest.raises(models.ResponseFormatError, match=r'document type|parse xml'):
        list_objects(encode(document))


@pytest.mark.parametrize('document', [b'', '', b'x', b'<a>', b'<a></b>', b'\xff\xfe', b'<a>\x01</a>', b'<a>&b;</a>',
                                      declared('<a/>', 'utf-8').replace(b'utf-8', b'no-such-encoding'),
                                      PAGE.encode()[:-1], PAGE.encode() + b'<x/>', '<a>中'.encode('gbk')])
def test_what_is_no_xml(document):
    with pytest.raises(models.ResponseFormatError) as caught:
        list_objects(document)
    for kind in (OssError, RuntimeError, ParseError, ValueError):
        assert isinstance(caught.value, kind)
    assert caught.value.request_id == '5F7B'
    assert caught.value.body == document
    assert caught.value.message == str(caught.value) != ''
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), copy.request_id, copy.status) == (str(caught.value), '5F7B', caught.value.status)


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-16', 'iso-8859-1', 'windows-1252', 'gb18030', 'utf-8-sig'])
def test_encodings(encoding):
    document = declared(page(contents('é')), encoding.replace('-sig', ''))
    if encoding == 'utf-8-sig':
        document = b'\xef\xbb\xbf' + document
    assert list_objects(document).object_list[0].key == 'é'


@pytest.mark.parametrize('rows', [1, 200])
def test_a_namespace_makes_no_difference(rows):
    plain = page(*[contents()] * rows, tail='<CommonPrefixes><Prefix>p</Prefix></CommonPrefixes>')
    named = plain.replace('<ListBucketResult>', '<ListBucketResult xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com">')
    result = list_objects(named)
    assert [o.key for o in result.object_list] == ['a'] * rows
    assert result.prefix_list == ['p']


@pytest.mark.parametrize('encoding', ['iso-8859-1', 'windows-1252', 'gb18030', 'utf-16', 'utf-8'])
def test_a_long_document_in_another_encoding(encoding):
    rows = [contents('é%d' % number) for number in range(300)]
    result = list_objects(declared(page(*rows), encoding))
    assert [o.key for o in result.object_list] == ['é%d' % number for number in range(300)]


def test_a_long_document_that_is_no_utf_8():
    document = page(*[contents('é')] * 300).encode('iso-8859-1')
    with pytest.raises(models.ResponseFormatError, match='parse xml'):
        list_objects(document)


@pytest.mark.parametrize('more', [
    '<Owner><ID><Part>1</Part></ID></Owner>', '<Owner><ID>1</ID><ID>2</ID></Owner>',
    '<Owner><ID>1</ID></Owner><Owner><ID>2</ID></Owner>', '<Owner>text</Owner>',
])
def test_owners_that_are_not_as_usual(more):
    short, long = (list_objects(page(*[contents(more=more)] * rows)) for rows in (1, 300))
    assert len(long.object_list) == 300
    assert {o.owner.id for o in long.object_list} == {short.object_list[0].owner.id}


def test_unknown_elements_are_ignored():
    result = list_objects(page(contents(more='<New><Key>x</Key></New>'), head='<New>1</New>', tail='<Contents2/>'))
    assert [o.key for o in result.object_list] == ['a']


@pytest.mark.parametrize('tag', ['LastModified', 'ETag', 'Type', 'Size', 'StorageClass'])
def test_what_describes_an_object_may_be_missing(tag):
    row = contents()
    start, end = row.index('<%s>' % tag), row.index('</%s>' % tag) + len(tag) + 3
    found = list_objects(page(row[:start] + row[end:])).object_list[0]
    assert found.key == 'a'
    assert [name for name, value in vars(found).items() if value is None] == [
        {'LastModified': 'last_modified', 'ETag': 'etag', 'Type': 'type', 'Size': 'size',
         'StorageClass': 'storage_class'}[tag], 'owner', 'restore_info']


@pytest.mark.parametrize(('document', 'missing'), [
    (page('<Contents><Size>5</Size></Contents>'), 'Key'), ('<a/>', 'IsTruncated'),
    ('<html><body/></html>', 'IsTruncated'), ('<a><IsTruncated/></a>', 'IsTruncated'),
    ('<a><IsTruncated>true</IsTruncated></a>', 'NextMarker'),
])
def test_what_a_page_cannot_do_without(document, missing):
    with pytest.raises(RuntimeError, match=missing):
        list_objects(document)


@pytest.mark.parametrize('document', [
    page(contents(size='x')), page(contents(size='1.5')), page(contents().replace('2012', '20l2')),
    PAGE.replace('>false<', '>maybe<'),
])
def test_a_value_that_cannot_be_read(document):
    with pytest.raises(models.ResponseFormatError):
        list_objects(document)


# The two ways of reading a long list

TEXTS = st.one_of(
    st.text(st.characters(blacklist_categories=('Cs',)), max_size=12),
    st.sampled_from(['', ' ', 'a%20b', '%E4%B8%AD', '%zz', 'a+b', ']]', ']', '<', '&', '>', '"', 'a\nb', '中', '😀']))
RAW = st.sampled_from(['<![CDATA[x]]>', '<!-- -->', '&#65;', '&amp;', '&lt;', '&nbsp;', ']]>', 'a>b', '\r\n', '\x01',
                       '\ufffe', '<b>x</b>', '<b/>'])
ELEMENTS = st.sampled_from(['Key', 'LastModified', 'ETag', 'Size', 'RestoreInfo', 'Owner', 'Unknown', 'Empty', 'space'])


@st.composite
def elements(draw):
    out = []
    for tag in draw(st.lists(ELEMENTS, max_size=7)):
        text = draw(st.one_of(TEXTS.map(xml_escape), TEXTS.map(xml_escape), TEXTS.map(xml_escape), RAW))
        if tag == 'space':
            out.append(draw(st.sampled_from([' ', '\n  ', '\t', 'x', '\r'])))
        elif tag == 'Empty':
            out.append(draw(st.sampled_from(['<Type/>', '<Type />', '<Owner/>', '<Size/>', '<Owner></Owner>'])))
        elif tag == 'Owner':
            out.append('<Owner>%s<ID>%s</ID></Owner>' % (draw(st.sampled_from(['', ' ', 'x'])), text))
        else:
            value = {'Size': '5', 'LastModified': '2012-02-24T08:43:07.000Z'}.get(tag)
            out.append('<%s>%s</%s>' % (tag, value if value and draw(st.booleans()) else text, tag))
    return ''.join(out)


@st.composite
def documents(draw):
    rows = []
    for inner in draw(st.lists(elements(), max_size=3)):
        tag = draw(st.sampled_from(['Contents', 'Contents', 'Contents', 'CommonPrefixes']))
        key = draw(st.sampled_from(['<Key>k</Key>', '<Key>k</Key>', '']))
        rows.append('<%s>%s%s</%s>%s' % (tag, key, inner, tag, draw(st.sampled_from(['', '', '\n', '<Contents/>']))))
    rows += rows[:draw(st.integers(0, 2))]
    head = draw(st.sampled_from(['', '<EncodingType>url</EncodingType>', '<!-- <Contents><Key>c</Key></Contents> -->']))
    return page(*rows, head=head, tail=draw(st.sampled_from(['', '<X>%s</X>' % contents(), contents(), '<'])))


def everything(result):
    return (result.is_truncated, result.next_marker, result.prefix_list,
            [dict(vars(o), owner=o.owner and vars(o.owner)) for o in result.object_list])


@settings(max_examples=300, deadline=None)
@given(documents())
def test_a_long_list_is_read_as_a_short_one(document):
    found = []
    for limit in (len(document), 0):
        before, reading._LONG = reading._LONG, limit
        try:
            found.append(everything(list_objects(document)))
        except models.ResponseFormatError:
            found.append('raises')
        finally:
            reading._LONG = before
    assert found[0] == found[1]


@pytest.mark.parametrize(('parse', 'cls', 'document'), [
    (xml_utils.parse_list_objects, models.ListObjectsResult, page(*[contents('k%d' % i) for i in range(300)])),
    (xml_utils.parse_list_objects, models.ListObjectsResult, page(*[
        contents('a&amp;b', more='<Owner><ID>1</ID><DisplayName>2</DisplayName></Owner>' if i % 3 else '') + '\n'
        for i in range(300)])),
    (xml_utils.parse_list_object_versions, models.ListObjectVersionsResult,
     page(*['<%s><Key>k</Key><VersionId>v</VersionId></%s>' % ((('Version', 'DeleteMarker')[i % 2],) * 2)
            for i in range(300)])),
    (xml_utils.parse_list_parts, models.ListPartsResult, page(*[
        '<Part><PartNumber>1</PartNumber><ETag>"e"</ETag></Part>'] * 300)),
], ids=['objects', 'owners', 'versions', 'parts'])
def test_a_page_of_a_listing_is_read_without_a_tree(parse, cls, document, monkeypatch):
    seen = []
    monkeypatch.setattr(reading, 'parse_document', lambda body: seen.append(len(body)) or parse_document(body))
    result = parse(cls(Response()), document.encode())
    assert sum(len(v) for v in vars(result).values() if isinstance(v, list)) == 300
    assert max(seen) < 500 < len(document)


@pytest.mark.parametrize('row', ['<Contents><Size>1</Size></Contents>', '<Contents><Other>1</Other></Contents>'])
@pytest.mark.parametrize('rows', [1, 400])
def test_objects_without_a_key_are_no_objects(row, rows):
    with pytest.raises(models.ResponseFormatError, match='Key could not be found under Contents'):
        list_objects(page(*[row] * rows))


# Documents to send

def test_text_is_escaped():
    assert escape('a&b<c>d\re\n\t"\'中') == 'a&amp;b&lt;c&gt;d&#13;e\n\t"\'中'


@given(st.text(st.characters(blacklist_categories=())))
def test_what_can_be_escaped_is_read_back_and_the_rest_refused(text):
    if is_xml_text(text):
        assert parse_document('<a>%s</a>' % escape(text)).text in (text, text or None)
    else:
        with pytest.raises(ClientError, match='XML'):
            escape(text)


@pytest.mark.parametrize('keys', ['abc', b'abc'])
def test_one_key_is_not_a_list_of_keys(keys):
    with pytest.raises(ClientError, match='list'):
        xml_utils.to_batch_delete_objects_request(keys, True)


@pytest.mark.parametrize('key', [1, None, True, ['a'], '\x00', '\ud800', '\uffff'])
def test_a_key_that_cannot_be_sent(key):
    with pytest.raises(ClientError, match='cannot be sent'):
        xml_utils.to_batch_delete_objects_request([key], True)


# Names that programs import

def test_find_tag_and_find_bool():
    root = parse_document('<a><b>1</b><c/><d>true</d><e>false</e><f><g>2</g></f></a>')
    assert [xml_utils._find_tag(root, path) for path in ('b', 'c', 'f/g')] == ['1', '', '2']
    assert (xml_utils._find_bool(root, 'd'), xml_utils._find_bool(root, 'e')) == (True, False)
    for find, path in ((xml_utils._find_tag, 'x'), (xml_utils._find_bool, 'x'), (xml_utils._find_bool, 'b')):
        with pytest.raises(RuntimeError, match=path):
            find(root, path)


@pytest.mark.parametrize('row', [
    '<Contents><Key>a</Key>', '<Contents><Key>a</Size></Contents>', '<Contents><Key>a</Contents></Key>',
], ids=['no end', 'another end', 'crossed'])
def test_a_long_document_with_a_broken_row(row):
    for document in (page(row, *[contents()] * 300), page(*[contents()] * 300, row)):
        with pytest.raises(models.ResponseFormatError, match='parse xml'):
            list_objects(document)


def test_a_long_document_with_a_long_row():
    keys = ['a' * 100_000, 'b', 'c' * 70_000] * 50
    assert [o.key for o in list_objects(page(*map(contents, keys))).object_list] == keys
