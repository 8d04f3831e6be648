"""Tags of objects, and processing of objects on the server."""

from __future__ import annotations

from cases import CNAME, PATH_STYLE, STS, STS_V4, V1, V2, V4, Answer, Area, Bucket, Chunks, Memory, error, models, xml
from documents import ANSWERS
from inputs import INPUTS

area = Area('tagging')
WAYS = {'v1': V1, 'v2': V2, 'v4': V4, 'sts': STS, 'sts v4': STS_V4, 'path style': PATH_STYLE, 'cname': CNAME}
KEY = '目录/文件 1.txt'
VERSION = {'versionId': 'CAEQNhiBgM0BYiIDc4MGZjZGI2OTBjOTRmNTE5NmU5NmFhZjhjYmY0'}
PAYER = {'x-oss-request-payer': 'requester'}
TAGS = INPUTS['to_put_tagging']['two'][0]
RULE = models.TaggingRule

for title, args in INPUTS['to_put_tagging'].items():
    area.add('sends ' + title, Bucket.put_object_tagging(KEY, *args), Answer(200, {'x-oss-version-id': 'v'}))
for title, document in {
    'str': '<Tagging/>',
    'bytes': b'<Tagging/>',
    'BytesIO': Memory(b'<Tagging/>'),
    'generator': Chunks(b'<Tag', b'ging/>'),
    'None': None,
}.items():
    area.add('document as ' + title, Bucket.put_object_tagging(KEY, document), Answer(200))
area.add('version', Bucket.put_object_tagging(KEY, TAGS, headers=PAYER, params=VERSION), Answer(200))
area.add(
    'version',
    Bucket.get_object_tagging(KEY, params=VERSION, headers=PAYER),
    xml(ANSWERS['tagging'], x_oss_version_id='v'),
)
area.add(
    'version', Bucket.delete_object_tagging(KEY, params=VERSION, headers=PAYER), Answer(204, {'x-oss-version-id': 'v'})
)
area.add('every field', Bucket.get_object_tagging(KEY), xml(ANSWERS['tagging']))
area.add('encoded', Bucket.get_object_tagging(KEY), xml(ANSWERS['tagging, encoded']))
area.add('no tags', Bucket.get_object_tagging(KEY), xml('<Tagging><TagSet></TagSet></Tagging>'))
area.add('empty document', Bucket.get_object_tagging(KEY), xml('<Tagging/>'))
area.add('empty body', Bucket.get_object_tagging(KEY), Answer(200))
area.add('deleted', Bucket.delete_object_tagging(KEY), Answer(204))
for name, args in {
    'put_object_tagging': (KEY, TAGS),
    'get_object_tagging': (KEY,),
    'delete_object_tagging': (KEY,),
}.items():
    area.add('no such key', getattr(Bucket, name)(*args), error(404, 'NoSuchKey'))
    for title, client in WAYS.items():
        area.add('signed ' + title, getattr(Bucket, name)(*args), error(403, 'AccessDenied'), client)
for title, tags in {
    'one': RULE().do('add', 'a', 'b'),
    'odd': RULE().do('add', '键 +', '值&=').do('add', 'b', ''),
    'removed': RULE().do('add', 'a', 'b').do('delete', 'a'),
    'empty': RULE(),
}.items():
    area.add('TaggingRule, ' + title, Bucket.put_object_tagging('k', models.Tagging(tags)), Answer(200))

# Processing.
MADE = Answer(
    200, {'Content-Type': 'application/json'}, b'{"bucket":"","fileSize":3267,"object":"dest.jpg","status":"OK"}'
)
SAVE = 'image/resize,w_100|sys/saveas,o_ZGVzdC5qcGc=,b_ZXhhbXBsZWJ1Y2tldA=='
for title, answer in {
    'made': MADE,
    'empty body': Answer(200),
    'not JSON': Answer(200, {}, b'hello'),
    'bare': Answer(200, {}, b'{}'),
    'chinese': Answer(200, {}, '{"bucket":"b","fileSize":1,"object":"图.jpg","status":"OK"}'.encode()),
    'no such key': error(404, 'NoSuchKey'),
    '503': error(503, 'ServiceUnavailable'),
}.items():
    area.add(title, Bucket.process_object('图.jpg', SAVE), answer)
    area.add(title, Bucket.async_process_object('视频.mp4', 'video/convert,f_avi'), answer)
area.add(
    'task',
    Bucket.async_process_object('视频.mp4', 'video/convert,f_avi'),
    Answer(200, {}, ANSWERS['async process'].encode('utf-8')),
)
for title, process in {'chinese': 'image/watermark,text_中文 a+b&c', 'empty': '', 'None': None}.items():
    area.add('process ' + title, Bucket.process_object('a.jpg', process), MADE)
    area.add(
        'process ' + title,
        Bucket.async_process_object('a.jpg', process),
        Answer(200, {}, ANSWERS['async process'].encode('utf-8')),
    )
area.add('headers', Bucket.process_object('a.jpg', SAVE, headers=PAYER), MADE)
area.add(
    'headers',
    Bucket.async_process_object('a.jpg', SAVE, headers=PAYER),
    Answer(200, {}, ANSWERS['async process'].encode('utf-8')),
)
for title, client in WAYS.items():
    area.add('signed ' + title, Bucket.process_object('图.jpg', SAVE), MADE, client)
    area.add(
        'signed ' + title,
        Bucket.async_process_object('图.jpg', SAVE),
        Answer(200, {}, ANSWERS['async process'].encode('utf-8')),
        client,
    )
