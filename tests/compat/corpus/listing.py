"""Lists of objects, versions and buckets, one page at a time and by iterators."""

from __future__ import annotations

from cases import (
    ANONYMOUS,
    CNAME,
    PATH_STYLE,
    STS,
    STS_V2,
    STS_V4,
    V1,
    V2,
    V4,
    Answer,
    Area,
    Bucket,
    Client,
    Iterator,
    Service,
    error,
    xml,
)

area = Area('listing')
WAYS = {
    'v1': V1,
    'v2': V2,
    'v4': V4,
    'sts': STS,
    'sts v2': STS_V2,
    'sts v4': STS_V4,
    'anonymous': ANONYMOUS,
    'path style': PATH_STYLE,
    'cname': CNAME,
}
OWNER = '<Owner><ID>0022012****</ID><DisplayName>user_example</DisplayName></Owner>'
CONTENTS = '''
  <Contents>
    <Key>%E7%9B%AE%E5%BD%95%2Fmovie%20001%2B.avi</Key>
    <LastModified>2012-02-24T08:43:07.000Z</LastModified>
    <ETag>"5B3C1A2E053D763E1B002CC607C5****"</ETag>
    <Type>Normal</Type>
    <Size>344606</Size>
    <StorageClass>Standard</StorageClass>
    <TransitionTime>2024-04-23T07:21:42.000Z</TransitionTime>
    <RestoreInfo>ongoing-request="true"</RestoreInfo>
    <Owner>
      <ID>0022012****</ID>
      <DisplayName>user_example</DisplayName>
    </Owner>
  </Contents>'''
BARE_CONTENTS = (
    '<Contents><Key>a</Key><LastModified>2012-02-24T08:43:07.000Z</LastModified><ETag>"A"</ETag>'
    '<Type>Normal</Type><Size>0</Size><StorageClass>Standard</StorageClass></Contents>'
)
LIST = (
    '''
<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult>
  <Name>examplebucket</Name>
  <Prefix>fun%2F</Prefix>
  <Marker>test1.txt</Marker>
  <MaxKeys>100</MaxKeys>
  <Delimiter>%2F</Delimiter>
  <EncodingType>url</EncodingType>
  <IsTruncated>true</IsTruncated>
  <NextMarker>%E7%9B%AE%E5%BD%95%2Fmovie%20007.avi</NextMarker>
  '''
    + CONTENTS
    + CONTENTS.replace('Normal', 'Multipart').replace('<RestoreInfo>ongoing-request="true"</RestoreInfo>', '')
    + '''
  <CommonPrefixes><Prefix>fun%2Ftest%20a%2F</Prefix></CommonPrefixes>
  <CommonPrefixes><Prefix>fun%2F%E4%B8%AD%2F</Prefix></CommonPrefixes>
</ListBucketResult>'''
)
V1_PAGES = {
    'every field': LIST,
    'namespace': LIST.replace(
        '<ListBucketResult>', '<ListBucketResult xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com">'
    ),
    'not encoded': LIST.replace('<EncodingType>url</EncodingType>', ''),
    'last page': LIST.replace('>true<', '>false<'),
    'empty': '<ListBucketResult><Name>examplebucket</Name><Prefix></Prefix><Marker></Marker><MaxKeys>100</MaxKeys>'
    '<Delimiter></Delimiter><IsTruncated>false</IsTruncated></ListBucketResult>',
    'encoded prefix with plus': '<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>'
    '<CommonPrefixes><Prefix>a+b%2B/</Prefix></CommonPrefixes></ListBucketResult>',
    'bare contents': '<ListBucketResult><IsTruncated>false</IsTruncated>' + BARE_CONTENTS + '</ListBucketResult>',
    'contents without type': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('<Type>Normal</Type>', '')
    + '</ListBucketResult>',
    'contents without storage class': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('<StorageClass>Standard</StorageClass>', '')
    + '</ListBucketResult>',
    'no is-truncated': '<ListBucketResult>' + BARE_CONTENTS + '</ListBucketResult>',
    'empty document': '<ListBucketResult/>',
    'truncated without marker': '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>',
    'is-truncated in capitals': '<ListBucketResult><IsTruncated>TRUE</IsTruncated></ListBucketResult>',
    'is-truncated of spaces': '<ListBucketResult><IsTruncated> false </IsTruncated></ListBucketResult>',
    'unknown elements': '<ListBucketResult><IsTruncated>false</IsTruncated><New><Inner>1</Inner></New>'
    + BARE_CONTENTS.replace('<Size>', '<New>x</New><Size>')
    + '</ListBucketResult>',
    'empty key': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('<Key>a</Key>', '<Key></Key>')
    + '</ListBucketResult>',
    'spaces in a key': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('<Key>a</Key>', '<Key> a b </Key>')
    + '</ListBucketResult>',
    'entities in a key': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('<Key>a</Key>', '<Key>a&amp;b&lt;&#x4e2d;</Key>')
    + '</ListBucketResult>',
    'date without milliseconds': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('.000Z', 'Z')
    + '</ListBucketResult>',
    'date with milliseconds': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('.000Z', '.999Z')
    + '</ListBucketResult>',
    'size not a number': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('>0<', '>big<')
    + '</ListBucketResult>',
    'empty etag': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('"A"', '')
    + '</ListBucketResult>',
    'unquoted etag': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('"A"', 'A')
    + '</ListBucketResult>',
    'empty restore info': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('<Size>', '<RestoreInfo></RestoreInfo><Size>')
    + '</ListBucketResult>',
    'owner without name': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('<Size>', '<Owner><ID>1</ID></Owner><Size>')
    + '</ListBucketResult>',
    'CDATA key': '<ListBucketResult><IsTruncated>false</IsTruncated>'
    + BARE_CONTENTS.replace('<Key>a</Key>', '<Key><![CDATA[a&b]]></Key>')
    + '</ListBucketResult>',
}
ERRORS = {
    'no such bucket': error(404, 'NoSuchBucket'),
    '403': error(403, 'AccessDenied'),
    '503': error(503, 'ServiceUnavailable'),
    'no answer': Answer(framing='none'),
    'empty body': Answer(200),
    'not XML': Answer(200, {}, b'<html>'),
    'cut document': Answer(200, {}, LIST.strip().encode('utf-8')[:300]),
    'cut answer': Answer(200, {}, LIST.strip().encode('utf-8'), cut=300),
    'chunked': Answer(200, {}, LIST.strip().encode('utf-8'), 'chunked', (100, 7)),
}
V2_LIST = LIST.replace(
    '<Marker>test1.txt</Marker>',
    '<StartAfter>%E4%B8%AD%20a</StartAfter><ContinuationToken>CgJiYw--</ContinuationToken>',
).replace(
    '<NextMarker>%E7%9B%AE%E5%BD%95%2Fmovie%20007.avi</NextMarker>',
    '<NextContinuationToken>CgYxMC50eHQ%2B</NextContinuationToken><KeyCount>4</KeyCount>',
)
for title, document in V1_PAGES.items():
    area.add(title, Bucket.list_objects(), xml(document))
    area.add(title, Bucket.list_objects_v2(), xml(document.replace('NextMarker', 'NextContinuationToken')))
area.add('every field of v2', Bucket.list_objects_v2(), xml(V2_LIST))
area.add('every field of v2, owner asked for', Bucket.list_objects_v2(fetch_owner=True), xml(V2_LIST))

VERSIONS = '''
<?xml version="1.0" encoding="UTF-8"?>
<ListVersionsResult>
  <Name>examplebucket-1250000000</Name>
  <Prefix>fun%2F</Prefix>
  <KeyMarker>a%20b</KeyMarker>
  <VersionIdMarker>CAEQEhiBgMCw8A0BYiIGMzNDE1YjRl</VersionIdMarker>
  <MaxKeys>100</MaxKeys>
  <Delimiter>%2F</Delimiter>
  <EncodingType>url</EncodingType>
  <IsTruncated>true</IsTruncated>
  <NextKeyMarker>%E4%B8%AD%20c</NextKeyMarker>
  <NextVersionIdMarker>CAEQGBiBgICa8o6D0BYi</NextVersionIdMarker>
  <DeleteMarker>
    <Key>%E7%9B%AE%20exam.jpg</Key>
    <VersionId>CAEQMxiBgICAof2D0BYiIDJhMGE3N2M1YTI1NDQzOGY5NTkyNTI3MGYyMzJm****</VersionId>
    <IsLatest>false</IsLatest>
    <LastModified>2019-04-09T07:27:28.000Z</LastModified>
    <Owner><ID>1234512528586****</ID><DisplayName>12345125285864390</DisplayName></Owner>
  </DeleteMarker>
  <Version>
    <Key>%E7%9B%AE%20exam.jpg</Key>
    <VersionId>CAEQMxiBgMDNoP2D0BYiIDE3MWUxNzgxZDQxNTRiODI5OGYwZGMwNGY3MzZjN****</VersionId>
    <IsLatest>true</IsLatest>
    <LastModified>2019-04-09T07:27:28.000Z</LastModified>
    <ETag>"250F8A0AE989679A22926A875F0A2****"</ETag>
    <Type>Normal</Type>
    <Size>93731</Size>
    <StorageClass>Standard</StorageClass>
    <TransitionTime>2024-04-23T07:21:42.000Z</TransitionTime>
    <RestoreInfo>ongoing-request="false", expiry-date="Thu, 24 Sep 2020 12:40:33 GMT"</RestoreInfo>
    <Owner><ID>1234512528586****</ID><DisplayName>12345125285864390</DisplayName></Owner>
  </Version>
  <CommonPrefixes><Prefix>fun%2Ftest%20a%2F</Prefix></CommonPrefixes>
</ListVersionsResult>'''
BARE_VERSION = (
    '<Version><Key>a</Key><VersionId>null</VersionId><IsLatest>true</IsLatest>'
    '<LastModified>2019-04-09T07:27:28.000Z</LastModified><ETag>"A"</ETag>'
    '<Size>1</Size></Version>'
)
for title, document in {
    'every field': VERSIONS,
    'not encoded': VERSIONS.replace('<EncodingType>url</EncodingType>', ''),
    'last page': VERSIONS.replace('<IsTruncated>true', '<IsTruncated>false'),
    'empty': '<ListVersionsResult><Name>examplebucket</Name><Prefix/><KeyMarker/><VersionIdMarker/>'
    '<MaxKeys>100</MaxKeys><Delimiter/><IsTruncated>false</IsTruncated></ListVersionsResult>',
    'bare version': '<ListVersionsResult><IsTruncated>false</IsTruncated>' + BARE_VERSION + '</ListVersionsResult>',
    'bare delete marker': '<ListVersionsResult><IsTruncated>false</IsTruncated><DeleteMarker><Key>a</Key>'
    '</DeleteMarker></ListVersionsResult>',
    'empty document': '<ListVersionsResult/>',
}.items():
    area.add(title, Bucket.list_object_versions(), xml(document))
for name, document in {'list_objects': LIST, 'list_objects_v2': V2_LIST, 'list_object_versions': VERSIONS}.items():
    for title, answer in ERRORS.items():
        if not answer.body.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult'):
            area.add(title, getattr(Bucket, name)(), answer)
    area.add('cut document', getattr(Bucket, name)(), Answer(200, {}, document.strip().encode('utf-8')[:300]))
    area.add('cut answer', getattr(Bucket, name)(), Answer(200, {}, document.strip().encode('utf-8'), cut=300))
    area.add('chunked', getattr(Bucket, name)(), Answer(200, {}, document.strip().encode('utf-8'), 'chunked', (100, 7)))

# Requests.
ODD = {
    'Chinese': '目录/',
    'plus and space': 'a+ b',
    'percent': '%2F',
    'slashes': '//',
    'control': '\x01',
    'emoji': '\U0001f600',
    'ampersand': 'a&b=c',
}
for title, odd in ODD.items():
    area.add('prefix ' + title, Bucket.list_objects(prefix=odd, delimiter=odd, marker=odd), xml(LIST))
    area.add(
        'prefix ' + title,
        Bucket.list_objects_v2(prefix=odd, delimiter=odd, start_after=odd, continuation_token=odd),
        xml(V2_LIST),
    )
    area.add(
        'prefix ' + title,
        Bucket.list_object_versions(prefix=odd, delimiter=odd, key_marker=odd, versionid_marker=odd),
        xml(VERSIONS),
    )
HEADERS = {'x-oss-request-payer': 'requester'}
for title, client in WAYS.items():
    area.add('signed ' + title, Bucket.list_objects('目录/', '/', '目录/a', 1000, HEADERS), xml(LIST), client)
    area.add(
        'signed ' + title,
        Bucket.list_objects_v2('目录/', '/', 'token+/=', '目录/a', True, 'url', 1000, HEADERS),
        xml(V2_LIST),
        client,
    )
    area.add(
        'signed ' + title,
        Bucket.list_object_versions('目录/', '/', '目录/a', 1000, 'version', HEADERS),
        xml(VERSIONS),
        client,
    )
for encoding in ('', None, 'other'):
    area.add('encoding type %r' % encoding, Bucket.list_objects_v2(encoding_type=encoding), xml(V2_LIST))
for keys in (0, 1, 1000, 1001, -1, '10', None):
    area.add('max keys %r' % keys, Bucket.list_objects(max_keys=keys), xml(LIST))
    area.add('max keys %r' % keys, Bucket.list_objects_v2(max_keys=keys), xml(V2_LIST))
    area.add('max keys %r' % keys, Bucket.list_object_versions(max_keys=keys), xml(VERSIONS))
area.add('prefix None', Bucket.list_objects(prefix=None), xml(LIST))
area.add('prefix bytes', Bucket.list_objects(prefix='目'.encode()), xml(LIST))

# Iterators over several pages.


def page(keys: str, following: str = '', prefixes: str = '', marker: str = 'NextMarker') -> Answer:
    contents = ''.join(
        '<Contents><Key>%s</Key><LastModified>2012-02-24T08:43:07.000Z</LastModified><ETag>"A"</ETag>'
        '<Type>Normal</Type><Size>1</Size>'
        '<StorageClass>Standard</StorageClass></Contents>' % key
        for key in keys.split()
    )
    common = ''.join('<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>' % prefix for prefix in prefixes.split())
    more = (
        '<IsTruncated>true</IsTruncated><%s>%s</%s>' % (marker, following, marker)
        if following
        else '<IsTruncated>false</IsTruncated>'
    )
    return xml('<ListBucketResult><EncodingType>url</EncodingType>%s%s%s</ListBucketResult>' % (more, contents, common))


PAGES = [page('a c', 'c'), page('e%20f g', 'z%2B', 'b/ d/'), page('', 'zz'), page('zzz')]
V2_PAGES = [
    page('a c', 'token%2B1', marker='NextContinuationToken'),
    page('e%20f g', 'token2', 'b/ d/', 'NextContinuationToken'),
    page('zzz'),
]
for name, pages in {'ObjectIterator': PAGES, 'ObjectIteratorV2': V2_PAGES}.items():
    listed = getattr(Iterator, name)
    area.add('several pages', listed(), pages)
    area.add('one page', listed(), [page('b a', prefixes='c/ aa/')])
    area.add('nothing', listed(), [page('')])
    area.add('arguments', listed(prefix='目录/', delimiter='/', max_keys=2, headers=HEADERS), pages)
    area.add('no retries', listed(max_retries=0), pages)
    area.add('error', listed(), error(404, 'NoSuchBucket'))
    area.add('error on the second page', listed(), [pages[0], error(403, 'AccessDenied')])
    area.add('500 once', listed(), [error(500, 'InternalError'), page('a')])
    area.add(
        '503 twice on the second page',
        listed(),
        [pages[0], error(503, 'ServiceUnavailable'), error(503, 'ServiceUnavailable'), page('z')],
    )
    area.add('503 for ever', listed(), error(503, 'ServiceUnavailable'))
    area.add('503 for ever, one retry', listed(max_retries=1), error(503, 'ServiceUnavailable'))
    area.add('no answer', listed(), [pages[0], Answer(framing='none'), pages[-1]])
area.add('marker', Iterator.ObjectIterator(marker='目录/a'), PAGES)
area.add(
    'token and start-after',
    Iterator.ObjectIteratorV2(continuation_token='t', start_after='目录', fetch_owner=True, encoding_type=''),
    V2_PAGES,
)

# Buckets.
BUCKETS = '''
<?xml version="1.0" encoding="UTF-8"?>
<ListAllMyBucketsResult>
  <Prefix>my</Prefix>
  <Marker>mybucket</Marker>
  <MaxKeys>10</MaxKeys>
  <IsTruncated>true</IsTruncated>
  <NextMarker>mybucket10</NextMarker>
  <Owner>
    <ID>51264</ID>
    <DisplayName>51264</DisplayName>
  </Owner>
  <Buckets>
    <Bucket>
      <Comment></Comment>
      <CreationDate>2014-02-17T18:12:43.000Z</CreationDate>
      <ExtranetEndpoint>oss-cn-shanghai.aliyuncs.com</ExtranetEndpoint>
      <IntranetEndpoint>oss-cn-shanghai-internal.aliyuncs.com</IntranetEndpoint>
      <Location>oss-cn-shanghai</Location>
      <Name>app-base-oss</Name>
      <Region>cn-shanghai</Region>
      <ResourceGroupId>rg-aek27tc********</ResourceGroupId>
      <StorageClass>Standard</StorageClass>
    </Bucket>
    <Bucket>
      <CreationDate>2014-02-25T11:21:04.000Z</CreationDate>
      <ExtranetEndpoint>oss-cn-hangzhou.aliyuncs.com</ExtranetEndpoint>
      <IntranetEndpoint>oss-cn-hangzhou-internal.aliyuncs.com</IntranetEndpoint>
      <Location>oss-cn-hangzhou</Location>
      <Name>mybucket</Name>
      <StorageClass>IA</StorageClass>
    </Bucket>
  </Buckets>
</ListAllMyBucketsResult>'''
for title, document in {
    'every field': BUCKETS,
    'no buckets': '<ListAllMyBucketsResult><Owner><ID>1</ID><DisplayName>n</DisplayName></Owner><Buckets/>'
    '</ListAllMyBucketsResult>',
    'no owner': '<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>',
    'empty document': '<ListAllMyBucketsResult/>',
    'not truncated': BUCKETS.replace('>true<', '>false<'),
    'truncated without marker': BUCKETS.replace('<NextMarker>mybucket10</NextMarker>', ''),
    'bare bucket': '<ListAllMyBucketsResult><Buckets><Bucket><Name>a</Name></Bucket></Buckets>'
    '</ListAllMyBucketsResult>',
}.items():
    area.add(title, Service.list_buckets(), xml(document))
for title, client in WAYS.items():
    if title != 'cname':
        area.add(
            'signed ' + title,
            Service.list_buckets(
                'my', 'mybucket', 1000, {'tag-key': '键', 'tag-value': '值'}, {'x-oss-resource-group-id': 'rg-1'}
            ),
            xml(BUCKETS),
            client,
        )
for title, params in {
    'tag': {'tag-key': 'a', 'tag-value': 'b'},
    'regionList': {'regionList': ''},
    'prefix too': {'prefix': 'other'},
    'empty': {},
}.items():
    area.add('params ' + title, Service.list_buckets(prefix='p', params=params), xml(BUCKETS))
area.add('error', Service.list_buckets(), error(403, 'SignatureDoesNotMatch', more='<StringToSign>GET</StringToSign>'))
for endpoint in (
    'https://oss-cn-hangzhou.aliyuncs.com/path?q=1',
    'oss-cn-hangzhou.aliyuncs.com:8080',
    'http://localhost:9000',
    'http://192.0.2.7',
):
    if not endpoint.startswith('https'):
        area.add('endpoint ' + endpoint, Service.list_buckets(), xml(BUCKETS), Client(endpoint=endpoint))
area.add('path style asked for', Service.list_buckets(), xml(BUCKETS), V1.but(is_path_style=True))
area.add('app name', Service.list_buckets(), xml(BUCKETS), V1.but(app_name='mine'))


def buckets(names: str, following: str = '') -> Answer:
    listed = ''.join(
        '<Bucket><CreationDate>2014-02-17T18:12:43.000Z</CreationDate><Location>oss-cn-hangzhou</Location>'
        '<Name>%s</Name><ExtranetEndpoint>e</ExtranetEndpoint>'
        '<IntranetEndpoint>i</IntranetEndpoint><StorageClass>Standard</StorageClass></Bucket>' % name
        for name in names.split()
    )
    more = (
        '<IsTruncated>true</IsTruncated><NextMarker>%s</NextMarker>' % following
        if following
        else '<IsTruncated>false</IsTruncated>'
    )
    return xml(
        '<ListAllMyBucketsResult><Owner><ID>1</ID><DisplayName>n</DisplayName></Owner>%s<Buckets>%s</Buckets>'
        '</ListAllMyBucketsResult>' % (more, listed)
    )


area.add('several pages', Iterator.BucketIterator(), [buckets('a b', 'b'), buckets('c', 'c'), buckets('d')])
area.add(
    'arguments',
    Iterator.BucketIterator(prefix='p', marker='m', max_keys=2, max_retries=1),
    [buckets('a b', 'b'), buckets('d')],
)
area.add('nothing', Iterator.BucketIterator(), [buckets('')])
area.add('500 once', Iterator.BucketIterator(), [error(500, 'InternalError'), buckets('a')])
area.add('error', Iterator.BucketIterator(), error(403, 'AccessDenied'))
