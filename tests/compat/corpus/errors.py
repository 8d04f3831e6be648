"""Answers that are errors, in every form, and what becomes of them."""

from __future__ import annotations

import base64

from cases import V1, V4, Answer, Area, Bucket, Chunks, Client, File, Local, Reader, Service, error, xml

area = Area('errors')
GET, HEAD, PUT = Bucket.get_object('key'), Bucket.head_object('key'), Bucket.put_object('key', b'data')

CODES = [
    (400, 'MalformedXML'),
    (400, 'InvalidRequest'),
    (400, 'OperationNotSupported'),
    (409, 'RestoreAlreadyInProgress'),
    (400, 'InvalidArgument'),
    (400, 'InvalidDigest'),
    (400, 'InvalidObjectName'),
    (400, 'NotImplemented'),
    (400, 'InvalidEncryptionRequest'),
    (400, 'BucketReplicationAlreadyExist'),
    (404, 'NoSuchBucket'),
    (404, 'NoSuchKey'),
    (404, 'NoSuchUpload'),
    (404, 'NoSuchWebsiteConfiguration'),
    (404, 'NoSuchLifecycle'),
    (404, 'NoSuchCORSConfiguration'),
    (404, 'NoSuchLiveChannel'),
    (404, 'NoSuchBucketPolicy'),
    (404, 'NoSuchInventory'),
    (404, 'NoSuchReplicationRule'),
    (409, 'BucketNotEmpty'),
    (409, 'PositionNotEqualToLength'),
    (409, 'ObjectNotAppendable'),
    (409, 'ChannelStillLive'),
    (409, 'LiveChannelDisabled'),
    (412, 'PreconditionFailed'),
    (304, 'NotModified'),
    (403, 'AccessDenied'),
    (404, 'NoSuchServerSideEncryptionRule'),
    (400, 'InvalidEncryptionAlgorithmError'),
    (400, 'SelectOperationFailed'),
    (206, 'SelectOperationFailed'),
    (403, 'SignatureDoesNotMatch'),
    (400, 'ObjectAlreadyExists'),
    (409, 'ObjectAlreadyExists'),
    (400, 'PartNotSequential'),
    (404, 'NoSuchWORMConfiguration'),
    (403, 'WORMConfigurationLocked'),
    (400, 'InvalidWORMConfiguration'),
    (404, 'NoSuchTransferAccelerationConfiguration'),
    (404, 'SomethingElse'),
    (409, 'SomethingElse'),
    (412, 'SomethingElse'),
    (403, 'SomethingElse'),
    (400, 'SomethingElse'),
    (404, ''),
    (409, ''),
    (403, 'RequestTimeTooSkewed'),
    (403, 'InvalidAccessKeyId'),
    (403, 'SecurityTokenExpired'),
    (400, 'EntityTooLarge'),
    (405, 'MethodNotAllowed'),
    (408, 'RequestTimeout'),
    (411, 'MissingContentLength'),
    (416, 'InvalidRange'),
    (424, 'ErrorResponse'),
    (429, 'TooManyRequests'),
    (500, 'InternalError'),
    (501, 'NotImplemented'),
    (502, 'BadGateway'),
    (503, 'SlowDown'),
    (504, 'GatewayTimeout'),
    (404, 'nosuchkey'),
    (200, 'NoSuchKey'),
    (203, 'CallbackFailed'),
    (400, 'NoSuchKey'),
    (507, 'NotEnough'),
    (499, 'Closed'),
]
for status, code in CODES:
    if status not in (304, 200):
        area.add('%d %s' % (status, code), GET, error(status, code))
        area.add('%d %s' % (status, code), PUT, error(status, code))
    document = error(status, code).body
    area.add(
        '%d %s' % (status, code),
        HEAD,
        Answer(status, {'x-oss-err': base64.b64encode(document).decode('ascii'), 'x-oss-ec': '0001-00000001'}),
    )

WHOLE = error(
    404,
    'NoSuchKey',
    'The specified key does not exist.',
    '  <Key>a&amp;b 中</Key>\n  <RecommendDoc>https://api.aliyun.com/troubleshoot?q=0026-00000001</RecommendDoc>\n',
    '0026-00000001',
).body
LONG = error(403, 'SignatureDoesNotMatch', more='<StringToSign>%s</StringToSign>' % ('中文' * 1500)).body
BODIES = {
    'whole': WHOLE,
    'empty': b'',
    'not XML': b'upstream connect error',
    'html': b'<html><body><h1>502 Bad Gateway</h1></body></html>',
    'cut': WHOLE[:120],
    'cut in a character': WHOLE[: WHOLE.index('中'.encode()) + 1],
    'longer than 4096': LONG,
    'longer, code last': b'<Error><Message>' + b'x' * 5000 + b'</Message><Code>NoSuchKey</Code></Error>',
    'json': b'{"Code": "NoSuchKey"}',
    'no elements': b'<Error/>',
    'other root': b'<Fault><Code>NoSuchKey</Code></Fault>',
    'nested': b'<Error><Code>NoSuchKey</Code><More><Inner>1</Inner></More></Error>',
    'empty elements': b'<Error><Code></Code><Message/></Error>',
    'spaces': b'<Error><Code> NoSuchKey </Code></Error>',
    'namespace': b'<Error xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com"><Code>NoSuchKey</Code></Error>',
    'doubled code': b'<Error><Code>A</Code><Code>NoSuchKey</Code></Error>',
    'latin-1': b'<Error><Code>NoSuchKey</Code><Message>\xe9</Message></Error>',
    'binary': bytes(range(256)),
    'entities': b'<!DOCTYPE Error [<!ENTITY a "b">]><Error><Code>&a;</Code></Error>',
    'list at the root': b'<Code>NoSuchKey</Code>',
    'two roots': b'<Error/><Error/>',
}
for title, body in BODIES.items():
    for status in (404, 403, 503):
        area.add('body %s, %d' % (title, status), GET, Answer(status, {'Content-Type': 'application/xml'}, body))
    area.add('body %s, chunked' % title, GET, Answer(404, {}, body, 'chunked', (50,)))
    area.add('body ' + title, PUT, Answer(404, {}, body))
    area.add('x-oss-err ' + title, HEAD, Answer(404, {'x-oss-err': base64.b64encode(body).decode('ascii')}))
    area.add('body ' + title, Bucket.append_object('key', 0, b'd'), Answer(409, {}, body))
    area.add('body ' + title, Bucket.delete_object('key'), Answer(404, {}, body))
area.add('answer cut', GET, Answer(404, {}, WHOLE, cut=50))
area.add('chunked answer cut', GET, Answer(404, {}, WHOLE, 'chunked', (20,), 50))
for title, value in {
    'not base64': '***',
    'empty value': '',
    'wrong padding': 'abc',
    'text': 'aGVsbG8=',
    'URL-safe': base64.urlsafe_b64encode(b'\xff\xfe').decode(),
}.items():
    area.add('x-oss-err ' + title, HEAD, Answer(404, {'x-oss-err': value}))
    area.add('x-oss-err %s, 403' % title, HEAD, Answer(403, {'x-oss-err': value}))
area.add('x-oss-err in a GET', GET, Answer(404, {'x-oss-err': base64.b64encode(WHOLE).decode('ascii')}))
area.add(
    'x-oss-err and a body',
    GET,
    Answer(404, {'x-oss-err': base64.b64encode(WHOLE).decode('ascii')}, error(404, 'NoSuchBucket').body),
)
for title, headers in {
    'no request id': {'x-oss-request-id': None},
    'EC header only': {'x-oss-ec': '0001-1'},
    'two request ids': {'X-Oss-Request-Id': 'other'},
    'next position': {'x-oss-next-append-position': '5'},
    'location': {'Location': 'http://a/'},
}.items():
    area.add(title, GET, Answer(403, headers, error(403, 'AccessDenied', ec='0002-1').body))
    area.add(title + ', no body', GET, Answer(403, headers))
    area.add(title + ', 409', GET, Answer(409, headers, error(409, 'PositionNotEqualToLength').body))
ARGUMENT = '<ArgumentName>max-keys</ArgumentName><ArgumentValue>abc</ArgumentValue>'
area.add('invalid argument', GET, error(400, 'InvalidArgument', more=ARGUMENT))
area.add(
    'invalid argument, name only', GET, error(400, 'InvalidArgument', more='<ArgumentName>max-keys</ArgumentName>')
)
area.add(
    'position',
    Bucket.append_object('key', 0, b'd'),
    error(409, 'PositionNotEqualToLength', headers={'x-oss-next-append-position': '77'}),
)
area.add(
    'position not a number',
    Bucket.append_object('key', 0, b'd'),
    error(409, 'PositionNotEqualToLength', headers={'x-oss-next-append-position': 'x'}),
)
area.add(
    'the other endpoint',
    GET,
    error(
        403,
        'AccessDenied',
        'The bucket you are attempting to access must be addressed using the specified endpoint.',
        '<Endpoint>oss-cn-beijing.aliyuncs.com</Endpoint><Bucket>examplebucket</Bucket>',
        '0003-00001403',
    ),
)
area.add('v1 switched off', GET, error(403, 'AccessDenied', ec='0002-00000080'))
area.add(
    'clock',
    GET,
    error(
        403,
        'RequestTimeTooSkewed',
        more='<MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>'
        '<RequestTime>2023-11-14T22:13:20.000Z</RequestTime>'
        '<ServerTime>2023-11-14T23:13:20.000Z</ServerTime>',
    ),
)

# Redirects.
for status in (301, 302, 303, 307, 308):
    for title, location in {
        'same host': 'http://examplebucket.oss-cn-hangzhou.aliyuncs.com/other',
        'another host': 'http://other.example.com/other',
        'relative': '/other',
        'none': None,
    }.items():
        script = [Answer(status, {'Location': location}), Answer(200, {'ETag': '"A"'}, b'')]
        area.add(
            '%d, %s' % (status, title),
            GET,
            [Answer(status, {'Location': location}), Answer(200, {}, b'target')],
            then='read',
        )
        area.add('%d, %s' % (status, title), PUT, script)
        area.add('%d, %s' % (status, title), Bucket.delete_object('key'), script)
        area.add('%d, %s' % (status, title), HEAD, script)
        area.add('%d, %s, sts' % (status, title), Bucket.get_object_meta('key'), script, Client('sts-v1'))
area.add('302, file', Bucket.put_object('key', File(b'data')), [Answer(302, {'Location': '/other'}), Answer(200)])

# Passing failures: an answer that a second attempt would get past.
FINE = Answer(200, {'ETag': '"A"', 'x-oss-hash-crc64ecma': '1'}, b'')
FINE_LISTS = {
    'list': xml('<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>'),
    'buckets': xml(
        '<ListAllMyBucketsResult><Owner><ID>1</ID><DisplayName>n</DisplayName></Owner><Buckets/>'
        '</ListAllMyBucketsResult>'
    ),
    'initiate': xml('<InitiateMultipartUploadResult><UploadId>i</UploadId></InitiateMultipartUploadResult>'),
    'batch delete': xml('<DeleteResult/>'),
}
for title, answer in {
    '500': error(500, 'InternalError'),
    '502': Answer(502, {}, b'bad gateway'),
    '503': error(503, 'ServiceUnavailable'),
    '504': Answer(504),
    '429': error(429, 'TooManyRequests'),
    '408': error(408, 'RequestTimeout'),
    '503 with Retry-After': error(503, 'SlowDown', headers={'Retry-After': '1'}),
    'hang-up': Answer(framing='none'),
    '501': Answer(501),
    'too skewed': error(403, 'RequestTimeTooSkewed'),
}.items():
    plain = V1.but(enable_crc=False)
    for name, call in {
        'GET': GET,
        'HEAD': HEAD,
        'PUT bytes': PUT,
        'PUT file': Bucket.put_object('key', File(b'data', 1)),
        'PUT reader': Bucket.put_object('key', Reader(b'data')),
        'PUT generator': Bucket.put_object('key', Chunks(b'da', b'ta')),
        'append': Bucket.append_object('key', 0, b'data'),
        'DELETE': Bucket.delete_object('key'),
        'part': Bucket.upload_part('key', 'id', 1, b'data'),
        'initiate': Bucket.init_multipart_upload('key'),
        'ACL': Bucket.put_bucket_acl('private'),
        'batch delete': Bucket.batch_delete_objects(['a']),
        'copy': Bucket.copy_object('b', 'k', 'key'),
        'to file': Bucket.get_object_to_file('key', Local('target')),
        'from file': Bucket.put_object_from_file('key', Local('source', b'data')),
        'list': Bucket.list_objects(),
        'buckets': Service.list_buckets(),
    }.items():
        area.add('%s, then fine: %s' % (title, name), call, [answer, FINE_LISTS.get(name, FINE)], plain)
area.add('503, then fine: v4', PUT, [error(503, 'ServiceUnavailable'), FINE], V4.but(enable_crc=False))
