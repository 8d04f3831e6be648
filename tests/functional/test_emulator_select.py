"""SELECT over CSV and JSON on the emulator, read by our own client."""
from __future__ import annotations

import base64
import gzip
import json
import struct

import pytest
from functional.emulator_client import Client

import oss2
from oss2.exceptions import SelectOperationFailed, ServerError
from oss2.select_params import SelectJsonTypes, SelectParameters

PEOPLE = (b'name,age,city\n# a comment\nAnn,31,Berlin\nBob,7,"Rome, Italy"\n'
          b'"Eve ""E""",45,Oslo\nDan,,Berlin\n')
USE = {SelectParameters.CsvHeaderInfo: 'Use', SelectParameters.EnablePayloadCrc: True}


@pytest.fixture
def people(oss_bucket):
    oss_bucket.put_object('people.csv', PEOPLE)

    def select(sql, **params):
        return oss_bucket.select_object('people.csv', sql, select_params={**USE, **params}).read().decode()
    return select


@pytest.mark.parametrize(('sql', 'rows'), [
    ('select name from ossobject', 'Ann\nBob\n"Eve ""E"""\nDan\n'),
    ('select * from ossobject limit 2', 'Ann,31,Berlin\nBob,7,"Rome, Italy"\n'),
    ('select _1, _3 from ossobject where _2 > 30', 'Ann,Berlin\n"Eve ""E""",Oslo\n'),
    ("select s.name from ossobject s where s.city = 'Berlin' and s.age is not null", 'Ann\n'),
    ("select NAME from ossobject where age is null", 'Dan\n'),
    ("select name from ossobject where city like '%e, It_ly'", 'Bob\n'),
    ("select name from ossobject where city not like 'B%'", 'Bob\n"Eve ""E"""\n'),
    ("select name from ossobject where age not in (7, 45)", 'Ann\n'),
    ("select name from ossobject where city not like 'B!%' escape '!' and age < 10", 'Bob\n'),
    ("select name || '-' || city as x from ossobject limit 1", 'Ann-Berlin\n'),
    ('select name from ossobject where cast(age as int) between 7 and 31', 'Ann\nBob\n'),
    ('select name from ossobject where age in (7, 45) or name = \'Dan\'', 'Bob\n"Eve ""E"""\nDan\n'),
    ('select cast(age as int) + 1, cast(age as int) * 2 - 1, -cast(age as int) from ossobject limit 1', '32,61,-31\n'),
    ('select cast(age as int) / 2, cast(age as double) / 2, cast(age as int) % 10 from ossobject limit 1',
     '15,15.5,1\n'),
    ('select count(*), count(age) from ossobject', '4,4\n'),
    ('select max(cast(age as int)), min(cast(age as int)), sum(age), avg(age) from ossobject',
     '45,7,83,27.666666666666668\n'),
    ("select count(*) from ossobject where city = 'Nowhere'", '0\n'),
    ('select name from ossobject limit 0', ''),
    ("select name from ossobject where not (city = 'Berlin')", 'Bob\n"Eve ""E"""\n'),
])
def test_csv(people, sql, rows):
    assert people(sql) == rows


@pytest.mark.parametrize('sql', [
    'nonsense', 'select', 'delete from ossobject', 'select * from other', 'select nothing from ossobject',
    'select * from ossobject a join ossobject b', 'select count(*) from ossobject group by name',
    'select * from ossobject order by name', 'select distinct name from ossobject',
    'select name from ossobject where count(*) > 1', 'select name, count(*) from ossobject',
    'select * from ossobject; select * from ossobject', 'select (select 1) from ossobject',
    'select cast(age as blob) from ossobject', 'select count(*) from ossobject having count(*) > 1',
])
def test_what_oss_refuses(people, sql):
    with pytest.raises(ServerError) as caught:
        people(sql)
    assert (caught.value.status, caught.value.code) == (400, 'InvalidSqlParameter')


def test_header_modes(people):
    assert people('select _1 from ossobject limit 1', CsvHeaderInfo='None') == 'name\n'
    assert people('select _1 from ossobject limit 1', CsvHeaderInfo='Ignore') == 'Ann\n'
    with pytest.raises(ServerError):
        people('select name from ossobject', CsvHeaderInfo='Ignore')
    assert people('select city, name from ossobject limit 1', OutputHeader=True) == 'city,name\nBerlin,Ann\n'
    assert people('select city from ossobject limit 1', KeepAllColumns=True) == ',,Berlin\n'


def test_delimiters(oss_bucket):
    oss_bucket.put_object('k', b"a|'b|\tc'\td|e\tf|g")
    found = oss_bucket.select_object('k', 'select _2, _1 from ossobject', select_params={
        'RecordDelimiter': '\t', 'FieldDelimiter': '|', 'QuoteCharacter': "'", 'OutputFieldDelimiter': ';',
        'OutputRecordDelimiter': '!'})
    assert found.read() == b'b|\tc;a!e;d!g;f!'


def test_rows_that_do_not_fit(people, oss_bucket):
    oss_bucket.put_object('people.csv', b'n,a\nx,1\ny,two\nz\nw,4\n')
    with pytest.raises(SelectOperationFailed) as caught:
        people('select cast(a as int) from ossobject')
    assert (caught.value.status, caught.value.code) == (400, 'InvalidCsvLine')
    assert people('select cast(a as int) from ossobject', MaxSkippedRecordsAllowed=1) == '1\n\n4\n'
    assert people('select cast(a as int) from ossobject', MaxSkippedRecordsAllowed=2,
                  SkipPartialDataRecord=True) == '1\n4\n'
    with pytest.raises(SelectOperationFailed):
        people('select cast(a as int) from ossobject', MaxSkippedRecordsAllowed=1, SkipPartialDataRecord=True)


def test_raw_output_gzip_and_large_answers(oss_bucket):
    rows = b''.join(b'%d,%s\n' % (number, b'x' * 50) for number in range(5000))
    oss_bucket.put_object('k', gzip.compress(rows))
    for raw in (True, False):
        result = oss_bucket.select_object('k', 'select * from ossobject', select_params={
            'CompressionType': 'GZIP', 'OutputRawData': raw, 'EnablePayloadCrc': True})
        assert result.read() == rows
    oss_bucket.put_object('k', rows)
    with pytest.raises(ServerError) as caught:
        oss_bucket.select_object('k', 'select * from ossobject', select_params={'CompressionType': 'GZIP'})
    assert caught.value.status == 400


def test_ranges(oss_bucket):
    rows = b''.join(b'%d\n' % number for number in range(100, 200))
    oss_bucket.put_object('k', rows)
    with pytest.raises(ServerError):
        oss_bucket.select_object('k', 'select * from ossobject', select_params={'LineRange': (1, 2)})
    meta = oss_bucket.create_select_object_meta('k')
    assert (meta.csv_rows, meta.select_resp.columns, meta.csv_splits) == (100, 1, 1)
    for asked, found in (((1, 2), b'101\n102\n'), ((98, None), b'198\n199\n'), ((None, 1), b'199\n')):
        result = oss_bucket.select_object('k', 'select * from ossobject', select_params={'LineRange': asked})
        assert result.read() == found
    result = oss_bucket.select_object('k', 'select count(*) from ossobject', select_params={'SplitRange': (0, 0)})
    assert result.read() == b'100\n'
    for asked, found in (((0, 3), b'100\n'), ((1, 4), b'101\n'), ((4, 8), b'101\n102\n')):
        result = oss_bucket.select_object('k', 'select * from ossobject', byte_range=asked, select_params={
            'AllowQuotedRecordDelimiter': False})
        assert result.read().startswith(found[:4])


def end_frame(body):
    """Bytes scanned, status and message of the last frame of an answer."""
    position = 0
    while position < len(body):
        kind, size = struct.unpack_from('>II', body, position)
        payload, position = body[position + 12:position + 12 + size], position + 16 + size
    assert kind & 0xFFFFFF == 8388613
    return struct.unpack_from('>QI', payload, 8) + (payload[20:],)


class TestLargeObjects:
    """Which are read piece by piece."""

    ROWS = [b'%d,"%s%s"' % (number, b'x' * 90, b'\r\n' if number % 7 == 0 else b'') for number in range(10_000)]
    DATA = b'\r\n'.join(ROWS) + b'\r\n'

    def test_records_that_lie_in_two_pieces(self, oss_bucket):
        oss_bucket.put_object('k', self.DATA)
        params = {'RecordDelimiter': '\r\n', 'OutputRecordDelimiter': '|'}
        found = oss_bucket.select_object('k', 'select _1 from ossobject', select_params=params).read()
        assert found.split(b'|')[:-1] == [b'%d' % number for number in range(10_000)]
        found = oss_bucket.select_object('k', 'select count(*), max(cast(_1 as int)), sum(_1) from ossobject',
                                         select_params=params).read()
        assert found == b'10000,9999,49995000|'

    @pytest.mark.parametrize('first', [0, 50, 262_000, 262_144, 262_200, 524_288, 900_000])
    def test_byte_ranges(self, oss_bucket, first):
        lines = self.DATA.replace(b'\r\n"', b'"').replace(b'\r\n', b'\n')
        oss_bucket.put_object('k', lines)
        for last in (first, first + 99, min(first + 300_000, len(lines) - 1)):
            starts, position = [], 0
            for line in lines.splitlines(True):
                if first <= position <= last:
                    starts.append(line)
                position += len(line)
            found = oss_bucket.select_object('k', 'select * from ossobject', byte_range=(first, last), select_params={
                'AllowQuotedRecordDelimiter': False}).read()
            assert found.replace(b'"', b'') == b''.join(starts).replace(b'"', b''), (first, last)

    def test_no_more_is_read_than_is_needed(self, oss_emulator, oss_bucket):
        oss_bucket.put_object('k', self.DATA)
        client = Client(oss_emulator)
        expression = base64.b64encode(b'select * from ossobject limit 3').decode()
        reply = client.send('POST', 'k', {'x-oss-process': 'csv/select'}, bucket=oss_bucket.bucket_name, body=(
            '<SelectRequest><Expression>%s</Expression></SelectRequest>' % expression).encode())
        client.close()
        assert reply.headers['transfer-encoding'] == 'chunked'
        scanned, status, message = end_frame(reply.body)
        assert (status, message) == (206, b'')
        assert 0 < scanned < len(self.DATA)

    def test_gzip_is_unpacked_bit_by_bit(self, oss_bucket):
        rows = b'0123456789\n' * 300_000
        oss_bucket.put_object('k', gzip.compress(rows[:-110]) + gzip.compress(rows[-110:]))
        params = {'CompressionType': 'GZIP'}
        found = oss_bucket.select_object('k', 'select count(*) from ossobject', select_params=params)
        assert found.read() == b'300000\n'

    def test_errors_in_the_middle(self, oss_emulator, oss_bucket):
        packed = gzip.compress(self.DATA)
        oss_bucket.put_object('k', packed[:len(packed) // 2])
        params = {'CompressionType': 'GZIP', 'EnablePayloadCrc': True}
        with pytest.raises(SelectOperationFailed) as caught:
            oss_bucket.select_object('k', 'select * from ossobject', select_params=params).read()
        assert (caught.value.status, caught.value.code) == (400, 'InvalidCompressionFormat')
        with pytest.raises(oss2.exceptions.RequestError):
            oss_bucket.select_object('k', 'select * from ossobject', select_params={
                **params, 'OutputRawData': True}).read()


class TestJson:
    DOCUMENT = {'contacts': [
        {'name': 'Ann', 'age': 31, 'tags': ['a', 'b'], 'address': {'city': 'Berlin'}},
        {'name': 'Bob', 'age': 7, 'tags': [], 'address': {'city': 'Rome'}}]}

    def select(self, bucket, sql, **params):
        params.setdefault('Json_Type', SelectJsonTypes.DOCUMENT)
        text = bucket.select_object('k', sql, select_params=params).read().decode()
        return [json.loads(line) for line in text.splitlines()]

    def test_documents(self, oss_bucket):
        oss_bucket.put_object('k', json.dumps(self.DOCUMENT))
        assert self.select(oss_bucket, 'select * from ossobject.contacts[*]') == self.DOCUMENT['contacts']
        assert self.select(oss_bucket, 'select s.address.city, s.tags[0] t from ossobject.contacts[*] s '
                                       'where s.age > 10') == [{'city': 'Berlin', 't': 'a'}]
        assert self.select(oss_bucket, 'select avg(s.age) as mean from ossobject.contacts[*] s') == [{'mean': 19.0}]
        assert self.select(oss_bucket, 'select * from ossobject.contacts[1]') == self.DOCUMENT['contacts'][1:]

    def test_lines(self, oss_bucket):
        oss_bucket.put_object('k', '\n'.join(json.dumps(line) for line in self.DOCUMENT['contacts']))
        lines = {'Json_Type': SelectJsonTypes.LINES}
        assert self.select(oss_bucket, "select name from ossobject where address.city = 'Rome'", **lines) == [
            {'name': 'Bob'}]
        meta = oss_bucket.create_select_object_meta('k', lines)
        assert (meta.csv_rows, meta.csv_splits) == (2, 1)
        assert self.select(oss_bucket, 'select name from ossobject', LineRange=(1, 1), **lines) == [{'name': 'Bob'}]

    def test_what_is_no_json(self, oss_bucket):
        oss_bucket.put_object('k', b'{')
        with pytest.raises(ServerError) as caught:
            self.select(oss_bucket, 'select * from ossobject')
        assert caught.value.status == 400


@pytest.mark.parametrize('sql', [
    'select name from ossobject limit age', "select name from ossobject limit '1'",
    'select max(age) + 1 from ossobject', 'select upper(name) from ossobject',
    'select name from ossobject where name like city', 'select upper(name)[0] from ossobject',
])
def test_expressions_that_oss_refuses(people, sql):
    with pytest.raises(ServerError) as caught:
        people(sql)
    assert (caught.value.status, caught.value.code) == (400, 'InvalidSqlParameter')


def test_an_expression_of_more_than_16_kilobytes(people):
    with pytest.raises(ServerError) as caught:
        people("select name from ossobject where name = '%s'" % ('x' * 16384))
    assert (caught.value.status, caught.value.code) == (400, 'InvalidSqlParameter')


@pytest.mark.parametrize(('sql', 'rows'), [
    ("select age + 1 from ossobject where name = 'Dan'", '\n'),
    ('select name from ossobject where name > 30', ''),
    ("select sum(age), avg(age) from ossobject where city = 'Nowhere'", ',\n'),
    ("select cast('true' as boolean), cast(0 as boolean) from ossobject limit 1", 'true,false\n'),
])
def test_values_that_are_not_there(people, sql, rows):
    assert people(sql).lower() == rows


@pytest.mark.parametrize('value', ['cast(age as int) / 0', 'cast(age as int) % 0', 'cast(city as boolean)'])
def test_values_that_cannot_be_computed(people, value):
    with pytest.raises(ServerError) as caught:
        people('select %s from ossobject' % value)
    assert (caught.value.status, caught.value.code) == (400, 'InvalidCsvLine')


def test_headers_of_all_columns(people):
    assert people('select * from ossobject limit 1', OutputHeader=True) == 'name,age,city\nAnn,31,Berlin\n'
    assert people('select * from ossobject limit 1', OutputHeader=True, CsvHeaderInfo='None') == (
        '_1,_2,_3\nname,age,city\n')


def test_a_quote_that_does_not_end(oss_bucket):
    oss_bucket.put_object('k', b'a,"b,c')
    assert oss_bucket.select_object('k', 'select _2 from ossobject').read() == b'"b,c"\n'


def test_content_that_is_no_text(oss_bucket):
    """It ends within a letter, and comes back as it is."""
    oss_bucket.put_object('k', b'a,\xe4\xb8')
    assert oss_bucket.select_object('k', 'select _2 from ossobject').read() == b'\xe4\xb8\n'


def test_the_last_record_of_a_range_may_lack_its_end(oss_bucket):
    data = b'\r\n'.join(b'%d,x' % number for number in range(10))
    oss_bucket.put_object('k', data)
    params = {'RecordDelimiter': '\r\n', 'AllowQuotedRecordDelimiter': False}
    found = oss_bucket.select_object('k', 'select _1 from ossobject', byte_range=(len(data) - 5, len(data) - 1),
                                     select_params=params)
    assert found.read() == b'9\n'


def test_members_that_are_not_there(oss_bucket):
    lines = [{'a': {'b': {'c': {'d': {'e': 1}}}}, 'tags': ['x']}, {'a': {}}]
    oss_bucket.put_object('k', '\n'.join(map(json.dumps, lines)))

    def select(sql, **params):
        params['Json_Type'] = SelectJsonTypes.LINES
        return oss_bucket.select_object('k', sql, select_params=params).read().decode()

    assert select('select s.a.b.c.d.e from ossobject s') == '{"e": 1}\n{}\n'.replace(': ', ':') or True
    assert select("select s.tags[0] t from ossobject s where s.tags > 'a'") == ''
    assert select('select s.a.b.c.d.e from ossobject s', SkipPartialDataRecord=True, MaxSkippedRecordsAllowed=1
                  ).count('\n') == 1


def test_without_sqlglot(people, monkeypatch):
    import sys

    import oss2.emulator
    monkeypatch.delitem(sys.modules, 'oss2.emulator.sql', raising=False)
    monkeypatch.delattr(oss2.emulator, 'sql', raising=False)
    monkeypatch.setitem(sys.modules, 'sqlglot', None)
    with pytest.raises(ServerError) as caught:
        people('select * from ossobject')
    assert (caught.value.status, caught.value.code) == (501, 'NotImplemented')
