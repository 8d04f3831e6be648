"""What a bucket checks of what it reads, where it was asked to: checksums and ranges."""
from __future__ import annotations

import gzip
import io

import pytest
from rawserver import answer

import oss2
from oss2.exceptions import InconsistentError, InvalidRange
from oss2.utils import Crc64

BODY = bytes(range(256)) * 2000
CRC = 'x-oss-hash-crc64ecma'


def crc_of(content):
    crc = Crc64()
    crc(content)
    return crc.crc


READS = {
    'all': lambda result: result.read(),
    'blocks': lambda result: b''.join(iter(lambda: result.read(10000), b'')),
    'exactly': lambda result: result.read(len(BODY)),
    'a bit, and the rest': lambda result: result.read(10) + result.read(len(BODY) - 10),
    'iteration': b''.join,
    'buffered': lambda result: io.BufferedReader(result, 4096).read(),
}
# Without a length nobody can tell that what was read was all, but by reading on.
READS_TO_THE_END = [pytest.param(read, framing, id=f'{name}, {framing}') for name, read in READS.items()
                    for framing in ('length', 'chunked', 'close')
                    if framing == 'length' or name not in ('exactly', 'a bit, and the rest')]


@pytest.fixture(params=[{}, {'enable_crc': False}, {'progress_callback': print}], ids=['', 'no crc', 'progress'])
def ways(request):
    """Options of the bucket, and of the call."""
    options = dict(request.param)
    return ({'enable_crc': options.pop('enable_crc')} if 'enable_crc' in options else {}), options


@pytest.mark.behaviour(20)
class TestChecksums:
    @pytest.mark.parametrize(('read', 'framing'), READS_TO_THE_END)
    def test_corrupt_content_is_an_error_at_its_end(self, read, framing, ways, raw_server, make_bucket):
        options, of_call = ways
        wrong = crc_of(BODY) ^ 1
        server = raw_server(answer(BODY, framing=framing, headers={CRC: wrong}))
        bucket = make_bucket(server.url, verify_crc=True, **options)
        with pytest.raises(InconsistentError) as caught:
            read(bucket.get_object('some/key', **of_call))
        for part in ("'some/key'", str(wrong), str(crc_of(BODY)), 'RAW'):
            assert part in caught.value.message
        assert caught.value.request_id == 'RAW'
        server.answers = answer(BODY, framing=framing, headers={CRC: crc_of(BODY)})
        result = bucket.get_object('some/key', **of_call)
        assert read(result) == BODY
        assert result.read() == b''
        assert result.client_crc == crc_of(BODY)
        if framing != 'close':
            assert server.connections == 1

    def test_it_is_off_unless_asked_for(self, raw_server, make_bucket):
        server = raw_server(answer(BODY, headers={CRC: crc_of(BODY) ^ 1}))
        bucket = make_bucket(server.url)
        assert bucket.get_object('key').read() == BODY
        with pytest.raises(InconsistentError):
            bucket.with_options(verify_crc=True).get_object('key').read()
        assert bucket.get_object('key').read() == BODY
        assert make_bucket(server.url, verify_crc=True).with_options(verify_crc=False).get_object('key').read() == BODY

    def test_what_has_not_the_checksum_of_the_object(self, raw_server, make_bucket):
        """A range, a processed image, what is compressed, half a read, and answers without a checksum."""
        headers = {CRC: 5}
        server = raw_server(b'')
        bucket = make_bucket(server.url, verify_crc=True)
        server.answers = answer(BODY[:100], status=206, headers={'Content-Range': 'bytes 0-99/512000', **headers})
        assert bucket.get_object('key', byte_range=(0, 99)).read() == BODY[:100]
        assert bucket.get_object('key', headers={'Range': 'bytes=0-99'}).read() == BODY[:100]
        server.answers = answer(BODY, headers=headers)
        assert bucket.get_object('key', byte_range=(0, 99)).read() == BODY
        assert bucket.get_object('key', process='image/resize,w_1').read() == BODY
        assert bucket.get_object('key', params={'x-oss-process': 'image/resize,w_1'}).read() == BODY
        url = bucket.sign_url('GET', 'key', 60, params={'x-oss-process': 'image/resize,w_1'})
        assert bucket.get_object_with_url(url).read() == BODY
        with bucket.get_object('key') as result:
            assert result.read(1000) == BODY[:1000]
        server.answers = answer(BODY, framing='gzip+length', headers=headers)
        assert bucket.get_object('key').read() == BODY
        server.answers = answer(gzip.compress(BODY), headers={'Content-Encoding': 'unknown', **headers})
        assert bucket.get_object('key').read() == gzip.compress(BODY)
        server.answers = answer(BODY)
        assert bucket.get_object('key').read() == BODY

    def test_signed_urls_and_files(self, raw_server, make_bucket, tmp_path):
        server = raw_server(answer(BODY, headers={CRC: 5}))
        bucket = make_bucket(server.url, verify_crc=True, enable_crc=False)
        url = bucket.sign_url('GET', 'key', 60)
        for call in (lambda: bucket.get_object_with_url(url).read(),
                     lambda: bucket.get_object_to_file('key', str(tmp_path / 'file'))):
            with pytest.raises(InconsistentError) as caught:
                call()
            assert url.partition('Signature=')[2][:20] not in str(caught.value)
        assert list(tmp_path.iterdir()) == []

    def test_empty_objects(self, raw_server, make_bucket):
        server = raw_server(answer(b'', headers={CRC: 0}))
        bucket = make_bucket(server.url, verify_crc=True)
        assert bucket.get_object('key').read() == b''
        server.answers = answer(b'', headers={CRC: 5})
        with pytest.raises(InconsistentError):
            bucket.get_object('key').read()

    def test_encrypted_objects(self, oss_bucket, oss_emulator, tmp_path):
        """The checksum is that of the ciphertext."""
        bucket = oss2.CryptoBucket(oss_bucket.auth, oss_bucket.endpoint, oss_bucket.bucket_name,
                                   oss2.LocalRsaProvider(dir=str(tmp_path)), region=oss_bucket.region, verify_crc=True)
        with bucket:
            bucket.put_object('key', BODY)
            assert bucket.get_object('key').read() == BODY
            assert bucket.get_object('key', byte_range=(5, 99)).read() == BODY[5:100]
            with oss_emulator.faults.corrupt(method='GET'), pytest.raises(InconsistentError):
                bucket.get_object('key').read()
            with bucket.with_options(verify_crc=False).get_object('key') as result:
                assert result.read() == BODY


@pytest.mark.behaviour(28)
class TestRanges:
    def test_a_range_outside_the_object(self, oss_bucket, oss_emulator):
        oss_bucket.put_object('key', BODY)
        beyond = (len(BODY), len(BODY) + 5)
        assert oss_bucket.get_object('key', byte_range=beyond).read() == BODY  # as OSS has it, and 2.19.1
        assert 'x-oss-range-behavior' not in oss_emulator.requests[-1].headers
        bucket = oss_bucket.with_options(range_standard=True)
        with pytest.raises(InvalidRange) as caught:
            bucket.get_object('key', byte_range=beyond)
        assert caught.value.status == 416
        assert oss_emulator.requests[-1].headers['x-oss-range-behavior'] == 'standard'
        assert bucket.get_object('key', byte_range=(len(BODY) - 3, len(BODY) + 50)).read() == BODY[-3:]
        assert bucket.get_object('key', byte_range=(None, 5)).read() == BODY[-5:]
        assert bucket.get_object('key', byte_range=(5, None)).read() == BODY[5:]
        assert bucket.get_object('key').read() == BODY
        assert 'x-oss-range-behavior' not in oss_emulator.requests[-1].headers

    def test_the_callers_header_goes_first(self, raw_server, make_bucket):
        server = raw_server(answer(b'x', status=206))
        bucket = make_bucket(server.url, range_standard=True)
        bucket.get_object('key', headers={'Range': 'bytes=0-0'}).read()
        assert server.last.headers['x-oss-range-behavior'] == 'standard'
        bucket.get_object('key', byte_range=(0, 0), headers={'X-Oss-Range-Behavior': 'mine'}).read()
        assert server.last.headers['x-oss-range-behavior'] == 'mine'

    @pytest.mark.parametrize('byte_range', [(0, 98), (1, None), (1, 500), (None, 99)], ids=str)
    def test_more_than_was_asked_for(self, byte_range, raw_server, make_bucket, tmp_path):
        """As from a cache that knows nothing of ranges."""
        server = raw_server(answer(BODY[:100]))
        bucket = make_bucket(server.url, range_standard=True)
        for call in (lambda: bucket.get_object('key', byte_range=byte_range),
                     lambda: bucket.get_object_to_file('key', str(tmp_path / 'file'), byte_range=byte_range)):
            with pytest.raises(InconsistentError) as caught:
                call()
            assert str(byte_range) in caught.value.message
            assert caught.value.request_id == 'RAW'
        assert list(tmp_path.iterdir()) == []
        assert make_bucket(server.url).get_object('key', byte_range=byte_range).read() == BODY[:100]

    @pytest.mark.parametrize('byte_range', [(0, 99), (0, 500), (0, None), (None, 100), (None, 500), (None, None)],
                             ids=str)
    def test_all_of_it_because_that_was_asked_for(self, byte_range, raw_server, make_bucket):
        bucket = make_bucket(raw_server(answer(BODY[:100])).url, range_standard=True)
        assert bucket.get_object('key', byte_range=byte_range).read() == BODY[:100]

    def test_encrypted_objects(self, oss_bucket, oss_emulator, tmp_path):
        bucket = oss2.CryptoBucket(oss_bucket.auth, oss_bucket.endpoint, oss_bucket.bucket_name,
                                   oss2.LocalRsaProvider(dir=str(tmp_path)), region=oss_bucket.region,
                                   range_standard=True)
        with bucket:
            bucket.put_object('key', BODY)
            assert bucket.get_object('key', byte_range=(7, 1000)).read() == BODY[7:1001]
            with pytest.raises(InvalidRange):
                bucket.get_object('key', byte_range=(len(BODY) + 50, len(BODY) + 60))


@pytest.mark.parametrize('options', [{}, {'verify_crc': True}], ids=['plain', 'verified'])
@pytest.mark.parametrize('encoded', [True, False])
def test_the_stream_of_an_object_has_its_checksum(oss_emulator, oss_bucket, options, encoded):
    content = gzip.compress(b'content' * 1000) if encoded else b'content' * 1000
    oss_bucket.put_object('key', content, headers={'Content-Encoding': 'gzip'} if encoded else None)
    credentials = oss_emulator.credentials
    auth = oss2.AuthV4(credentials.access_key_id, credentials.access_key_secret)
    with oss2.Bucket(auth, oss_emulator.endpoint, oss_bucket.bucket_name, region=oss_emulator.region,
                     **options) as bucket:
        result = bucket.get_object('key')
        assert result.read() == b'content' * 1000
        assert result.stream.crc == result.client_crc == result.server_crc
