"""Live channels and video on demand."""

from __future__ import annotations

from cases import ANONYMOUS, PATH_STYLE, STS_V4, V1, V2, V4, Answer, Area, Bucket, Iterator, error, models, xml
from documents import ANSWERS
from inputs import INPUTS

area = Area('live_channels')
WAYS = {'v1': V1, 'v2': V2, 'v4': V4, 'sts v4': STS_V4, 'anonymous': ANONYMOUS, 'path style': PATH_STYLE}
NAME = '频道 1'
PLAYLIST = b'#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:7.120,\n1543895706266.ts\n#EXT-X-ENDLIST\n'
NOTHING = Answer(200)

for title, args in INPUTS['to_create_live_channel'].items():
    area.add('sends ' + title, Bucket.create_live_channel(NAME, *args), xml(ANSWERS['live channel made']))
for title, document in {
    'str': '<LiveChannelConfiguration/>',
    'bytes': b'<LiveChannelConfiguration/>',
    'None': None,
}.items():
    area.add('document as ' + title, Bucket.create_live_channel(NAME, document), xml(ANSWERS['live channel made']))
for name, args, answer in (
    ('get_live_channel', (NAME,), 'live channel'),
    ('list_live_channel', ('目录/', 'm +', 10), 'live channels'),
    ('get_live_channel_stat', (NAME,), 'live channel stat'),
    ('get_live_channel_history', (NAME,), 'live channel history'),
    ('create_live_channel', (NAME, models.LiveChannelInfo()), 'live channel made'),
):
    call = getattr(Bucket, name)(*args)
    area.add('every field', call, xml(ANSWERS[answer]))
    area.add('empty document', call, xml('<%s/>' % ANSWERS[answer].strip()[1:].split('>')[0]))
    area.add('no such channel', call, error(404, 'NoSuchLiveChannel'))
    for title, client in WAYS.items():
        area.add('signed ' + title, call, error(403, 'AccessDenied'), client)
area.add('idle', Bucket.get_live_channel_stat(NAME), xml('<LiveChannelStat><Status>Idle</Status></LiveChannelStat>'))
area.add(
    'disabled', Bucket.get_live_channel_stat(NAME), xml('<LiveChannelStat><Status>Disabled</Status></LiveChannelStat>')
)
area.add('default arguments', Bucket.list_live_channel(), xml(ANSWERS['live channels']))
area.add(
    'nothing',
    Bucket.list_live_channel(),
    xml(
        '<ListLiveChannelResult><Prefix></Prefix><Marker></Marker><MaxKeys>100</MaxKeys>'
        '<IsTruncated>false</IsTruncated><NextMarker></NextMarker></ListLiveChannelResult>'
    ),
)
area.add('never', Bucket.get_live_channel_history(NAME), xml('<LiveChannelHistory/>'))
for name, args in {
    'delete_live_channel': (NAME,),
    'put_live_channel_status': (NAME, 'disabled'),
    'post_vod_playlist': (NAME, '列表.m3u8', 1472020031, 1472020226),
}.items():
    call = getattr(Bucket, name)(*args)
    area.add('answered 200', call, NOTHING)
    area.add('answered 204', call, Answer(204))
    area.add('no such channel', call, error(404, 'NoSuchLiveChannel'))
    area.add('still live', call, error(409, 'ChannelStillLive'))
    for title, client in WAYS.items():
        area.add('signed ' + title, call, NOTHING, client)
area.add('enabled', Bucket.put_live_channel_status(NAME, 'enabled'), NOTHING)
area.add('another status', Bucket.put_live_channel_status(NAME, 'other'), error(400, 'InvalidArgument'))
area.add('default arguments', Bucket.post_vod_playlist(NAME, 'a.m3u8'), NOTHING)
area.add('no end', Bucket.post_vod_playlist(NAME, 'a.m3u8', 5), NOTHING)
area.add('no playlist', Bucket.post_vod_playlist(NAME, ''), NOTHING)
area.add(
    'playlist',
    Bucket.get_vod_playlist(NAME, 1472020031, 1472020226),
    Answer(200, {'Content-Type': 'application/x-mpegURL', 'x-oss-version-id': 'v'}, PLAYLIST),
)
area.add('empty', Bucket.get_vod_playlist(NAME, 0, 0), NOTHING)
area.add('times as str', Bucket.get_vod_playlist(NAME, '1', '2'), Answer(200, {}, PLAYLIST))
area.add('not found', Bucket.get_vod_playlist(NAME, 1, 2), error(404, 'NoSuchLiveChannel'))
for title, client in WAYS.items():
    area.add('signed ' + title, Bucket.get_vod_playlist(NAME, 1, 2), Answer(200, {}, PLAYLIST), client)


def page(names: str, following: str = '') -> Answer:
    listed = ''.join(
        '<LiveChannel><Name>%s</Name><Description></Description><Status>disabled</Status>'
        '<LastModified>2016-07-30T01:54:21.000Z</LastModified><PublishUrls><Url>p</Url></PublishUrls>'
        '<PlayUrls><Url>q</Url></PlayUrls></LiveChannel>' % name
        for name in names.split()
    )
    return xml(
        '<ListLiveChannelResult><Prefix></Prefix><Marker></Marker><MaxKeys>2</MaxKeys><IsTruncated>%s</IsTruncated>'
        '<NextMarker>%s</NextMarker>%s</ListLiveChannelResult>' % ('true' if following else 'false', following, listed)
    )


area.add('several pages', Iterator.LiveChannelIterator(), [page('a b', 'b'), page('c')])
area.add('arguments', Iterator.LiveChannelIterator(prefix='p', marker='m', max_keys=2), [page('a b', 'b'), page('c')])
area.add('nothing', Iterator.LiveChannelIterator(), page(''))
area.add('500 once', Iterator.LiveChannelIterator(), [error(500, 'InternalError'), page('a')])
area.add('error', Iterator.LiveChannelIterator(), error(404, 'NoSuchBucket'))
