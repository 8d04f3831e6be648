"""What stands in the head of a request, as a server of plain sockets sees it."""
from __future__ import annotations

import io

import pytest
from rawserver import answer

EMPTY = {'bytes': lambda: b'', 'str': lambda: '', 'file': io.BytesIO}
UPLOADS = {
    'put_object': lambda bucket, data: bucket.put_object('key', data),
    'append_object': lambda bucket, data: bucket.append_object('key', 0, data),
    'upload_part': lambda bucket, data: bucket.upload_part('key', 'id', 1, data),
    'put_object_with_url': lambda bucket, data: bucket.put_object_with_url(bucket.endpoint + '/b/k?Signature=s', data),
}


@pytest.mark.behaviour(29)
@pytest.mark.parametrize('enable_crc', [True, False], ids=['crc', 'no crc'])
@pytest.mark.parametrize('upload', sorted(UPLOADS))
@pytest.mark.parametrize('data', ['bytes', 'str', 'file'])
def test_an_upload_of_nothing_has_a_length(data, upload, enable_crc, raw_server, make_bucket):
    server = raw_server(answer(headers={'x-oss-next-append-position': 0, 'ETag': '"e"'}))
    UPLOADS[upload](make_bucket(server.url, enable_crc=enable_crc), EMPTY[data]())
    assert server.last.headers['content-length'] == '0'
    assert 'transfer-encoding' not in server.last.headers
