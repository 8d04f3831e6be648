"""Answers of OSS, each with every element that it can have, and variants of them that lack or empty single elements.

Structure and values follow the sample answers in OSS's API reference; elements that its samples leave out are added.
"""
from __future__ import annotations

from typing import Dict, Iterator, Tuple
from xml.etree import ElementTree

_OWNER = '<Owner><ID>0022012</ID><DisplayName>user_example</DisplayName></Owner>'

_QOS = ('<TotalUploadBandwidth>10</TotalUploadBandwidth><IntranetUploadBandwidth>-1</IntranetUploadBandwidth>'
        '<ExtranetUploadBandwidth>11</ExtranetUploadBandwidth><TotalDownloadBandwidth>12</TotalDownloadBandwidth>'
        '<IntranetDownloadBandwidth>13</IntranetDownloadBandwidth>'
        '<ExtranetDownloadBandwidth>14</ExtranetDownloadBandwidth>'
        '<TotalQps>1000</TotalQps><IntranetQps>0</IntranetQps><ExtranetQps>999</ExtranetQps>')

_REQUESTER_QOS = ('<RequesterQoSInfo><Requester>133</Requester><QoSConfiguration>%s</QoSConfiguration>'
                  '</RequesterQoSInfo>' % _QOS)

_INVENTORY = '''<InventoryConfiguration>
  <Id>report1</Id>
  <IsEnabled>true</IsEnabled>
  <Destination>
    <OSSBucketDestination>
      <Format>CSV</Format>
      <AccountId>100000000000000</AccountId>
      <RoleArn>acs:ram::100000000000000:role/AliyunOSSRole</RoleArn>
      <Bucket>acs:oss:::bucket_0001</Bucket>
      <Prefix>prefix1</Prefix>
      <Encryption><SSE-KMS><KeyId>keyId</KeyId></SSE-KMS></Encryption>
    </OSSBucketDestination>
  </Destination>
  <Schedule><Frequency>Daily</Frequency></Schedule>
  <Filter>
    <LastModifyBeginTimeStamp>1637883649</LastModifyBeginTimeStamp>
    <LastModifyEndTimeStamp>1638347592</LastModifyEndTimeStamp>
    <LowerSizeBound>1024</LowerSizeBound>
    <UpperSizeBound>1048576</UpperSizeBound>
    <StorageClass>Standard,IA</StorageClass>
    <Prefix>myprefix/%2F</Prefix>
  </Filter>
  <IncludedObjectVersions>All</IncludedObjectVersions>
  <OptionalFields><Field>Size</Field><Field>LastModifiedDate</Field><Field>ETag</Field></OptionalFields>
</InventoryConfiguration>'''

_INVENTORY_MONTHLY = '''<InventoryConfiguration>
  <Id>report2</Id>
  <IsEnabled>true</IsEnabled>
  <Destination><OSSBucketDestination><Format>CSV</Format><AccountId>100000000000000</AccountId>
    <RoleArn>acs:ram::100000000000000:role/AliyunOSSRole</RoleArn><Bucket>acs:oss:::bucket_0001</Bucket>
  </OSSBucketDestination></Destination>
  <Schedule><Frequency>Monthly</Frequency><DayOfMonth>28</DayOfMonth></Schedule>
  <IncludedObjectVersions>Current</IncludedObjectVersions>
  <OptionalFields><Field>Size</Field></OptionalFields>
  <IncrementalInventory>
    <IsEnabled>true</IsEnabled>
    <Schedule><Frequency>600</Frequency></Schedule>
    <OptionalFields><Field>SequenceNumber</Field><Field>RecordType</Field></OptionalFields>
  </IncrementalInventory>
  <AutoDelete>false</AutoDelete>
</InventoryConfiguration>'''

SEMANTIC_ANSWER = '''<MetaQuery>
  <Files>
    <File>
      <URI>oss://examplebucket/photos/sunset.jpg</URI>
      <OSSURI>oss://examplebucket/photos/sunset.jpg</OSSURI>
      <Filename>photos/sunset.jpg</Filename>
      <Size>2097152</Size>
      <ContentType>image/jpeg</ContentType>
      <ETag>"D41D8CD98F00B204E9800998ECF8427E"</ETag>
      <ContentMd5>1B2M2Y8AsgTpgAmY7PhCfg==</ContentMd5>
      <OSSCRC64>12345678901234567890</OSSCRC64>
      <FileHash>abc123def456</FileHash>
      <ContentEncoding>gzip</ContentEncoding>
      <ContentLanguage>zh-CN</ContentLanguage>
      <ContentDisposition>attachment; filename="sunset.jpg"</ContentDisposition>
      <CacheControl>max-age=3600</CacheControl>
      <MediaType>image</MediaType>
      <OSSStorageClass>Standard</OSSStorageClass>
      <ObjectACL>default</ObjectACL>
      <OSSExpiration>2024-12-01T12:00:00.000Z</OSSExpiration>
      <AccessControlAllowOrigin>https://aliyundoc.com</AccessControlAllowOrigin>
      <AccessControlRequestMethod>PUT</AccessControlRequestMethod>
      <ServerSideEncryption>KMS</ServerSideEncryption>
      <ServerSideEncryptionCustomerAlgorithm>SM4</ServerSideEncryptionCustomerAlgorithm>
      <ServerSideDataEncryption>SM4</ServerSideDataEncryption>
      <ServerSideEncryptionKeyId>9468da86-3509-4f8d-a61e-6eab1eac****</ServerSideEncryptionKeyId>
      <ProduceTime>2021-06-29T14:50:15.200000000+08:00</ProduceTime>
      <LatLong>30.134390,120.074997</LatLong>
      <Addresses><Address><AddressLine>a street</AddressLine><City>Hangzhou</City><Country>China</Country>
        <District>Yuhang</District><Language>zh-Hans</Language><Province>Zhejiang</Province>
        <Township>Wenyi</Township></Address></Addresses>
      <ImageHeight>500</ImageHeight>
      <ImageWidth>270</ImageWidth>
    </File>
    <File>
      <URI>oss://examplebucket/sample.mp4</URI>
      <Filename>sample.mp4</Filename>
      <Size>1000</Size>
      <VideoWidth>1080</VideoWidth>
      <VideoHeight>1920</VideoHeight>
      <VideoStreams><VideoStream><CodecName>h264</CodecName><Language>en</Language><Bitrate>5407765</Bitrate>
        <FrameRate>25/1</FrameRate><StartTime>0.5</StartTime><Duration>22.88</Duration><FrameCount>572</FrameCount>
        <BitDepth>8</BitDepth><PixelFormat>yuv420p</PixelFormat><ColorSpace>bt709</ColorSpace><Height>720</Height>
        <Width>1280</Width></VideoStream></VideoStreams>
      <AudioStreams><AudioStream><CodecName>aac</CodecName><Bitrate>320087</Bitrate><SampleRate>48000</SampleRate>
        <StartTime>0.0235</StartTime><Duration>3.690667</Duration><Channels>2</Channels><Language>en</Language>
        </AudioStream></AudioStreams>
      <Subtitles><Subtitle><CodecName>mov_text</CodecName><Language>en</Language><StartTime>0.0</StartTime>
        <Duration>71.378</Duration></Subtitle></Subtitles>
      <Bitrate>5407765</Bitrate>
      <Duration>15.263</Duration>
      <Title>test</Title>
      <Artist>Jane</Artist>
      <Album>FirstAlbum</Album>
      <AlbumArtist>Jenny</AlbumArtist>
      <Composer>Jane</Composer>
      <Performer>June</Performer>
    </File>
  </Files>
</MetaQuery>'''

_TRANSITION = ('<BucketDataRedundancyTransition><Bucket>examplebucket</Bucket>'
               '<TaskId>4be5beb0f74f490186311b268bf6</TaskId>'
               '<Status>Processing</Status><CreateTime>2023-11-17T09:11:58.000Z</CreateTime>'
               '<StartTime>2023-11-17T09:14:58.000Z</StartTime><EndTime>2023-11-18T09:14:58.000Z</EndTime>'
               '<ProcessPercentage>50</ProcessPercentage><EstimatedRemainingTime>16</EstimatedRemainingTime>'
               '</BucketDataRedundancyTransition>')

_CONTENTS = ('<Contents><Key>fun%2Fmovie%20001.avi</Key><LastModified>2012-02-24T08:43:07.000Z</LastModified>'
             '<ETag>"5B3C1A2E053D763E1B002CC607C5A0FE1****"</ETag><Type>Normal</Type><Size>344606</Size>'
             '<StorageClass>ColdArchive</StorageClass><RestoreInfo>ongoing-request="true"</RestoreInfo>' + _OWNER
             + '</Contents><Contents><Key>%E4%B8%AD+&amp;%26</Key><LastModified>2012-02-24T08:43:27.000Z</LastModified>'
             '<ETag>"250F8A0AE989679A22926A875F0A2****"</ETag><Type>Multipart</Type><Size>0</Size>'
             '<StorageClass>Standard</StorageClass></Contents>'
             '<CommonPrefixes><Prefix>fun%2Fa%20b%2F</Prefix></CommonPrefixes>'
             '<CommonPrefixes><Prefix>fun%2Fmovie%2F</Prefix></CommonPrefixes>')

_REDIRECT_EXTERNAL = ('<Redirect><RedirectType>External</RedirectType><PassQueryString>true</PassQueryString>'
                      '<ReplaceKeyPrefixWith>prefix/${key}</ReplaceKeyPrefixWith><Protocol>http</Protocol>'
                      '<HostName>example.com</HostName><HttpRedirectCode>302</HttpRedirectCode></Redirect>')

_REDIRECT_MIRROR = ('<Redirect><RedirectType>Mirror</RedirectType><PassQueryString>true</PassQueryString>'
                    '<MirrorURL>http://example.com/</MirrorURL>'
                    '<MirrorURLSlave>http://slave.example.com/</MirrorURLSlave>'
                    '<MirrorURLProbe>http://probe.example.com/</MirrorURLProbe>'
                    '<MirrorPassQueryString>true</MirrorPassQueryString>'
                    '<MirrorFollowRedirect>false</MirrorFollowRedirect><MirrorCheckMd5>false</MirrorCheckMd5>'
                    '<MirrorHeaders><PassAll>true</PassAll><Pass>myheader-key1</Pass><Pass>myheader-key2</Pass>'
                    '<Remove>myheader-key3</Remove><Remove>myheader-key4</Remove>'
                    '<Set><Key>myheader-key5</Key><Value>myheader-value5</Value></Set></MirrorHeaders></Redirect>')

_WEBSITE = ('<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix><SupportSubDir>true</SupportSubDir>'
            '<Type>0</Type></IndexDocument><ErrorDocument><Key>error.html</Key><HttpStatus>404</HttpStatus>'
            '</ErrorDocument><RoutingRules><RoutingRule><RuleNumber>1</RuleNumber><Condition>'
            '<KeyPrefixEquals>abc/</KeyPrefixEquals>'
            '<HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>'
            '<IncludeHeader><Key>host</Key><Equals>a.example.com</Equals></IncludeHeader>'
            '<IncludeHeader><Key>x-a</Key><Equals>b</Equals></IncludeHeader></Condition>%s</RoutingRule>'
            '</RoutingRules></WebsiteConfiguration>')

_LIVE_STAT = ('<LiveChannelStat><Status>Live</Status><ConnectedTime>2016-08-25T06:25:15.000Z</ConnectedTime>'
              '<RemoteAddr>10.1.2.3:47745</RemoteAddr><Video><Width>1280</Width><Height>536</Height>'
              '<FrameRate>24</FrameRate><Bandwidth>72513</Bandwidth><Codec>H264</Codec></Video>'
              '<Audio><Bandwidth>6519</Bandwidth><SampleRate>44100</SampleRate><Codec>ADPCM</Codec></Audio>'
              '</LiveChannelStat>')

_PROGRESS = ('<ReplicationProgress><Rule><ID>test_replication_1</ID><PrefixSet><Prefix>source_image</Prefix>'
             '<Prefix>video</Prefix></PrefixSet><Action>PUT</Action><Destination><Bucket>target-bucket</Bucket>'
             '<Location>oss-cn-beijing</Location><TransferType>oss_acc</TransferType></Destination>'
             '<Status>doing</Status><HistoricalObjectReplication>enabled</HistoricalObjectReplication>'
             '<Progress><HistoricalObject>0.85</HistoricalObject><NewObject>2015-09-24T15:28:14.000Z</NewObject>'
             '</Progress></Rule></ReplicationProgress>')

_CNAME_TOKEN = ('<CnameToken><Bucket>mybucket</Bucket><Cname>example.com</Cname>'
                '<Token>be1d49d863dea9ffeff3df7d6455</Token>'
                '<ExpireTime>Wed, 23 Feb 2022 21:16:37 GMT</ExpireTime></CnameToken>')

#: name -> (function of xml_utils, class of models, document)
ANSWERS: Dict[str, Tuple[str, str, str]] = {
    'list_objects': ('parse_list_objects', 'ListObjectsResult', (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult><Name>examplebucket</Name><Prefix>fun%2F</Prefix>'
        '<Marker/><MaxKeys>100</MaxKeys><Delimiter>%2F</Delimiter><EncodingType>url</EncodingType>'
        '<IsTruncated>true</IsTruncated><NextMarker>fun%2Fa%20b%2F</NextMarker>' + _CONTENTS + '</ListBucketResult>')),
    'list_objects_plain': ('parse_list_objects', 'ListObjectsResult', (
        '<ListBucketResult><Name>examplebucket</Name><Prefix/><Marker>a%20b</Marker><MaxKeys>100</MaxKeys><Delimiter/>'
        '<IsTruncated>false</IsTruncated>' + _CONTENTS + '</ListBucketResult>')),
    'list_objects_v2': ('parse_list_objects_v2', 'ListObjectsV2Result', (
        '<ListBucketResult><Name>examplebucket</Name><Prefix>a/</Prefix><MaxKeys>3</MaxKeys><Delimiter>/</Delimiter>'
        '<EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>'
        '<NextContinuationToken>CgJiYw%3D%3D</NextContinuationToken><KeyCount>3</KeyCount>'
        '<StartAfter>a%2Fb</StartAfter><ContinuationToken>Cg</ContinuationToken>' + _CONTENTS + '</ListBucketResult>')),
    'list_object_versions': ('parse_list_object_versions', 'ListObjectVersionsResult', (
        '<ListVersionsResult><Name>oss-example</Name><Prefix>p%2F</Prefix><KeyMarker>exam%20ple</KeyMarker>'
        '<VersionIdMarker>CAEQMxiBgICbof2D0BYiIGRhZjgw%2A</VersionIdMarker><MaxKeys>100</MaxKeys>'
        '<Delimiter>%2F</Delimiter>'
        '<EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextKeyMarker>p%2Fz%20</NextKeyMarker>'
        '<NextVersionIdMarker>CAEQ%2A</NextVersionIdMarker>'
        '<DeleteMarker><Key>p%2Fexa%20mple</Key><VersionId>CAEQMxiBgICAof2D0BYiIDJhMGE3N2M1YTI1%2A</VersionId>'
        '<IsLatest>false</IsLatest><LastModified>2019-04-09T07:27:28.000Z</LastModified>'
        '<Owner><ID>1234512528586****</ID><DisplayName>12345125285864390</DisplayName></Owner></DeleteMarker>'
        '<Version><Key>p%2Fexa%20mple</Key><VersionId>CAEQMxiBgMDNoP2D0BYiIDE3MWUxNzgxZDQxNTRiODI5OGYw%2A</VersionId>'
        '<IsLatest>true</IsLatest><LastModified>2019-04-09T07:27:28.000Z</LastModified>'
        '<ETag>"250F8A0AE989679A22926A875F0A2****"</ETag><Type>Normal</Type><Size>93731</Size>'
        '<StorageClass>Standard</StorageClass><RestoreInfo>ongoing-request="false"</RestoreInfo>'
        '<Owner><ID>1234512528586****</ID><DisplayName>12345125285864390</DisplayName></Owner></Version>'
        '<CommonPrefixes><Prefix>p%2Fa%20b%2F</Prefix></CommonPrefixes></ListVersionsResult>')),
    'batch_delete_objects': ('parse_batch_delete_objects', 'BatchDeleteObjectsResult', (
        '<DeleteResult><EncodingType>url</EncodingType><Deleted><Key>multipart%2Fa%20b.data</Key>'
        '<VersionId>CAEQNRiBgIDyz%2A</VersionId><DeleteMarker>true</DeleteMarker>'
        '<DeleteMarkerVersionId>CAEQMhiBgIDXiaaB0BYiIGQzYmRkZGUxMTM1ZDRjOTZhNjk4YjRjMTAyZjhl%2A'
        '</DeleteMarkerVersionId></Deleted><Deleted><Key>test.jpg</Key></Deleted></DeleteResult>')),
    'get_object_acl': ('parse_get_object_acl', 'GetObjectAclResult', (
        '<AccessControlPolicy>' + _OWNER + '<AccessControlList><Grant>public-read</Grant></AccessControlList>'
        '</AccessControlPolicy>')),
    'get_tagging': ('parse_get_tagging', 'GetTaggingResult', (
        '<Tagging><TagSet><Tag><Key>a%20</Key><Value>1%2B</Value></Tag><Tag><Key>b</Key><Value/></Tag></TagSet>'
        '</Tagging>')),
    'get_tagging_encoded': ('parse_get_tagging', 'GetTaggingResult', (
        '<Tagging><EncodingType>url</EncodingType><TagSet><Tag><Key>a%20</Key><Value>1%2B</Value></Tag></TagSet>'
        '</Tagging>')),
    'init_multipart_upload': ('parse_init_multipart_upload', 'InitMultipartUploadResult', (
        '<InitiateMultipartUploadResult><EncodingType>url</EncodingType><Bucket>oss-example</Bucket>'
        '<Key>multi%20part</Key>'
        '<UploadId>0004B9894A22E5B1888A1E29F823%20</UploadId></InitiateMultipartUploadResult>')),
    'list_parts': ('parse_list_parts', 'ListPartsResult', (
        '<ListPartsResult><EncodingType>url</EncodingType><Bucket>multipart_upload</Bucket><Key>multi%20part</Key>'
        '<UploadId>0004B999EF5A239BB9138C6227D6</UploadId><PartNumberMarker>0</PartNumberMarker>'
        '<NextPartNumberMarker>5</NextPartNumberMarker><MaxParts>1000</MaxParts><IsTruncated>true</IsTruncated>'
        '<Part><PartNumber>1</PartNumber><LastModified>2012-02-23T07:01:34.000Z</LastModified>'
        '<ETag>"3349DC700140D7F86A0784842780****"</ETag><Size>6291456</Size><HashCrc64ecma>5</HashCrc64ecma></Part>'
        '<Part><PartNumber>2</PartNumber><LastModified>2012-02-23T07:01:12.000Z</LastModified>'
        '<ETag>"3349DC700140D7F86A0784842780****"</ETag><Size>0</Size></Part></ListPartsResult>')),
    'list_multipart_uploads': ('parse_list_multipart_uploads', 'ListMultipartUploadsResult', (
        '<ListMultipartUploadsResult><EncodingType>url</EncodingType><Bucket>oss-example</Bucket><KeyMarker/>'
        '<UploadIdMarker/><NextKeyMarker>oss%2Fa%20b</NextKeyMarker>'
        '<NextUploadIdMarker>0004B99B8E707874FC2D692FA5D7%20</NextUploadIdMarker><Delimiter/><Prefix/>'
        '<MaxUploads>1000</MaxUploads><IsTruncated>true</IsTruncated>'
        '<Upload><Key>multi%20part.data</Key><UploadId>0004B999EF518A1FE585B0C9%20</UploadId>'
        '<Initiated>2012-02-23T04:18:23.000Z</Initiated></Upload>'
        '<CommonPrefixes><Prefix>a%20b%2F</Prefix></CommonPrefixes></ListMultipartUploadsResult>')),
    'list_buckets': ('parse_list_buckets', 'ListBucketsResult', (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ListAllMyBucketsResult><Prefix>my</Prefix><Marker>mybucket</Marker>'
        '<MaxKeys>10</MaxKeys><IsTruncated>true</IsTruncated><NextMarker>mybucket10</NextMarker>' + _OWNER +
        '<Buckets><Bucket><CreationDate>2014-02-07T18:12:43.000Z</CreationDate>'
        '<ExtranetEndpoint>oss-cn-shanghai.aliyuncs.com</ExtranetEndpoint>'
        '<IntranetEndpoint>oss-cn-shanghai-internal.aliyuncs.com</IntranetEndpoint>'
        '<Location>oss-cn-shanghai</Location><Name>app-base-oss</Name><Region>cn-shanghai</Region>'
        '<StorageClass>Standard</StorageClass><ResourceGroupId>rg-default-id</ResourceGroupId></Bucket>'
        '<Bucket><CreationDate>2014-02-05T11:21:04.000Z</CreationDate>'
        '<ExtranetEndpoint>oss-cn-hangzhou.aliyuncs.com</ExtranetEndpoint>'
        '<IntranetEndpoint>oss-cn-hangzhou-internal.aliyuncs.com</IntranetEndpoint>'
        '<Location>oss-cn-hangzhou</Location><Name>mybucket</Name><StorageClass>IA</StorageClass></Bucket>'
        '</Buckets></ListAllMyBucketsResult>')),
    'get_bucket_info': ('parse_get_bucket_info', 'GetBucketInfoResult', (
        '<BucketInfo><Bucket><AccessMonitor>Enabled</AccessMonitor>'
        '<CreationDate>2013-07-31T10:56:21.000Z</CreationDate>'
        '<ExtranetEndpoint>oss-cn-hangzhou.aliyuncs.com</ExtranetEndpoint>'
        '<IntranetEndpoint>oss-cn-hangzhou-internal.aliyuncs.com</IntranetEndpoint><Location>oss-cn-hangzhou</Location>'
        '<StorageClass>Standard</StorageClass><TransferAcceleration>Disabled</TransferAcceleration>'
        '<CrossRegionReplication>Disabled</CrossRegionReplication><DataRedundancyType>LRS</DataRedundancyType>'
        '<HierarchicalNamespace>Enabled</HierarchicalNamespace><Name>oss-example</Name>'
        '<ResourceGroupId>rg-aek27tc</ResourceGroupId><Owner><DisplayName>username</DisplayName><ID>27183473914</ID>'
        '</Owner><AccessControlList><Grant>private</Grant></AccessControlList><Comment>test</Comment>'
        '<Versioning>Enabled</Versioning><ServerSideEncryptionRule><SSEAlgorithm>KMS</SSEAlgorithm>'
        '<KMSMasterKeyID>shUhih687675</KMSMasterKeyID><KMSDataEncryption>SM4</KMSDataEncryption>'
        '</ServerSideEncryptionRule><BucketPolicy><LogBucket>examplebucket</LogBucket><LogPrefix>log/</LogPrefix>'
        '</BucketPolicy><BlockPublicAccess>true</BlockPublicAccess></Bucket></BucketInfo>')),
    'get_bucket_info_unencrypted': ('parse_get_bucket_info', 'GetBucketInfoResult', (
        '<BucketInfo><Bucket><CreationDate>2013-07-31T10:56:21.000Z</CreationDate>'
        '<ExtranetEndpoint>e</ExtranetEndpoint>'
        '<IntranetEndpoint>i</IntranetEndpoint><Location>oss-cn-hangzhou</Location><StorageClass>IA</StorageClass>'
        '<Name>oss-example</Name><Owner><DisplayName>username</DisplayName><ID>27183473914</ID></Owner>'
        '<AccessControlList><Grant>private</Grant></AccessControlList><ServerSideEncryptionRule>'
        '<SSEAlgorithm>None</SSEAlgorithm><KMSMasterKeyID>a</KMSMasterKeyID><KMSDataEncryption>b</KMSDataEncryption>'
        '</ServerSideEncryptionRule></Bucket></BucketInfo>')),
    'get_bucket_stat': ('parse_get_bucket_stat', 'GetBucketStatResult', (
        '<BucketStat><Storage>1600</Storage><ObjectCount>230</ObjectCount>'
        '<MultipartUploadCount>40</MultipartUploadCount>'
        '<LiveChannelCount>4</LiveChannelCount><LastModifiedTime>1643341269</LastModifiedTime>'
        '<StandardStorage>430</StandardStorage><StandardObjectCount>66</StandardObjectCount>'
        '<InfrequentAccessStorage>2359296</InfrequentAccessStorage>'
        '<InfrequentAccessRealStorage>360</InfrequentAccessRealStorage>'
        '<InfrequentAccessObjectCount>54</InfrequentAccessObjectCount><ArchiveStorage>2949120</ArchiveStorage>'
        '<ArchiveRealStorage>450</ArchiveRealStorage><ArchiveObjectCount>74</ArchiveObjectCount>'
        '<ColdArchiveStorage>2359296</ColdArchiveStorage><ColdArchiveRealStorage>361</ColdArchiveRealStorage>'
        '<ColdArchiveObjectCount>36</ColdArchiveObjectCount><MultipartPartCount>7</MultipartPartCount>'
        '<DeleteMarkerCount>8</DeleteMarkerCount><DeepColdArchiveStorage>2</DeepColdArchiveStorage>'
        '<DeepColdArchiveRealStorage>3</DeepColdArchiveRealStorage>'
        '<DeepColdArchiveObjectCount>1</DeepColdArchiveObjectCount></BucketStat>')),
    'get_bucket_location': ('parse_get_bucket_location', 'GetBucketLocationResult', (
        '<LocationConstraint>oss-cn-hangzhou</LocationConstraint>')),
    'get_bucket_acl': ('parse_get_bucket_acl', 'GetBucketAclResult', (
        '<AccessControlPolicy>' + _OWNER + '<AccessControlList><Grant>private</Grant></AccessControlList>'
        '</AccessControlPolicy>')),
    'get_bucket_versioning': ('parse_get_bucket_versioning', 'GetBucketVersioningResult', (
        '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>')),
    'describe_regions': ('parse_describe_regions', 'DescribeRegionsResult', (
        '<RegionInfoList><RegionInfo><Region>oss-cn-hangzhou</Region>'
        '<InternetEndpoint>oss-cn-hangzhou.aliyuncs.com</InternetEndpoint>'
        '<InternalEndpoint>oss-cn-hangzhou-internal.aliyuncs.com</InternalEndpoint>'
        '<AccelerateEndpoint>oss-accelerate.aliyuncs.com</AccelerateEndpoint></RegionInfo>'
        '<RegionInfo><Region>oss-cn-shanghai</Region></RegionInfo></RegionInfoList>')),
    'get_bucket_lifecycle': ('parse_get_bucket_lifecycle', 'GetBucketLifecycleResult', (
        '<LifecycleConfiguration><Rule><ID>delete%20after one day</ID><Prefix>logs1%2F</Prefix><Status>Enabled</Status>'
        '<Expiration><Days>1</Days></Expiration><AbortMultipartUpload><Days>2</Days></AbortMultipartUpload>'
        '<Transition><Days>30</Days><StorageClass>IA</StorageClass><IsAccessTime>true</IsAccessTime>'
        '<ReturnToStdWhenVisit>false</ReturnToStdWhenVisit><AllowSmallFile>true</AllowSmallFile></Transition>'
        '<Transition><CreatedBeforeDate>2017-01-01T00:00:00.000Z</CreatedBeforeDate>'
        '<StorageClass>Archive</StorageClass></Transition>'
        '<Tag><Key>k%201</Key><Value>v%202</Value></Tag><Tag><Key>k2</Key><Value>v2</Value></Tag>'
        '<NoncurrentVersionExpiration><NoncurrentDays>10</NoncurrentDays></NoncurrentVersionExpiration>'
        '<NoncurrentVersionTransition><NoncurrentDays>5</NoncurrentDays><StorageClass>IA</StorageClass>'
        '<IsAccessTime>true</IsAccessTime><ReturnToStdWhenVisit>true</ReturnToStdWhenVisit>'
        '<AllowSmallFile>false</AllowSmallFile></NoncurrentVersionTransition>'
        '<NoncurrentVersionTransition><NoncurrentDays>6</NoncurrentDays><StorageClass>Archive</StorageClass>'
        '</NoncurrentVersionTransition>'
        '<Filter><ObjectSizeGreaterThan>500</ObjectSizeGreaterThan><ObjectSizeLessThan>64000</ObjectSizeLessThan>'
        '<Not><Prefix>logs1/no%20t/</Prefix><Tag><Key>key%201</Key><Value>value1</Value></Tag></Not>'
        '<Not><Prefix>abc/</Prefix></Not></Filter><AtimeBase>1631698332</AtimeBase></Rule>'
        '<Rule><ID>r2</ID><Prefix/><Status>Disabled</Status><Expiration><Date>2022-10-11T00:00:00.000Z</Date>'
        '</Expiration>'
        '<AbortMultipartUpload><CreatedBeforeDate>2015-11-11T00:00:00.000Z</CreatedBeforeDate></AbortMultipartUpload>'
        '</Rule><Rule><ID>r3</ID><Prefix>a</Prefix><Status>Enabled</Status>'
        '<Expiration><CreatedBeforeDate>2002-10-11T00:00:00.000Z</CreatedBeforeDate></Expiration></Rule>'
        '<Rule><ID>r4</ID><Prefix>b</Prefix><Status>Enabled</Status>'
        '<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>'
        '</LifecycleConfiguration>')),
    'get_bucket_lifecycle_encoded': ('parse_get_bucket_lifecycle', 'GetBucketLifecycleResult', (
        '<LifecycleConfiguration><EncodingType>url</EncodingType><Rule><ID>a%20b</ID><Prefix>logs1%2F</Prefix>'
        '<Status>Enabled</Status><Tag><Key>k%201</Key><Value>v%202</Value></Tag><Filter><Not><Prefix>c%20d</Prefix>'
        '<Tag><Key>e%20f</Key><Value>g%20h</Value></Tag></Not></Filter></Rule></LifecycleConfiguration>')),
    'get_bucket_cors': ('parse_get_bucket_cors', 'GetBucketCorsResult', (
        '<CORSConfiguration><CORSRule><AllowedOrigin>http://www.a.com</AllowedOrigin>'
        '<AllowedOrigin>http://*.b.com</AllowedOrigin><AllowedMethod>GET</AllowedMethod>'
        '<AllowedMethod>PUT</AllowedMethod>'
        '<AllowedHeader>Authorization</AllowedHeader><AllowedHeader>x-a</AllowedHeader>'
        '<ExposeHeader>x-oss-test1</ExposeHeader><ExposeHeader>x-oss-test2</ExposeHeader>'
        '<MaxAgeSeconds>100</MaxAgeSeconds></CORSRule><CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule>'
        '<ResponseVary>false</ResponseVary></CORSConfiguration>')),
    'get_bucket_referer': ('parse_get_bucket_referer', 'GetBucketRefererResult', (
        '<RefererConfiguration><AllowEmptyReferer>true</AllowEmptyReferer>'
        '<AllowTruncateQueryString>true</AllowTruncateQueryString><TruncatePath>true</TruncatePath>'
        '<RefererList><Referer>http://www.aliyun.com</Referer><Referer>https://www.?.aliyuncs.com</Referer>'
        '</RefererList>'
        '<RefererBlacklist><Referer>http://www.refuse.com</Referer><Referer>https://*.hack.com</Referer>'
        '</RefererBlacklist></RefererConfiguration>')),
    'get_bucket_logging': ('parse_get_bucket_logging', 'GetBucketLoggingResult', (
        '<BucketLoggingStatus><LoggingEnabled><TargetBucket>mybucketlogs</TargetBucket>'
        '<TargetPrefix>mybucket-access_log/%2F</TargetPrefix></LoggingEnabled></BucketLoggingStatus>')),
    'get_bucket_website_mirror': ('parse_get_bucket_website', 'GetBucketWebsiteResult', _WEBSITE % _REDIRECT_MIRROR),
    'get_bucket_website_external': (
        'parse_get_bucket_website', 'GetBucketWebsiteResult', _WEBSITE % _REDIRECT_EXTERNAL),
    'get_bucket_website_internal': ('parse_get_bucket_website', 'GetBucketWebsiteResult', _WEBSITE % (
        '<Redirect><RedirectType>Internal</RedirectType><ReplaceKeyWith>key</ReplaceKeyWith></Redirect>')),
    'get_bucket_https_config': ('parse_get_bucket_https_config', 'HttpsConfigResult', (
        '<HttpsConfiguration><TLS><Enable>true</Enable><TLSVersion>TLSv1.2</TLSVersion><TLSVersion>TLSv1.3</TLSVersion>'
        '</TLS><CipherSuite><Enable>true</Enable><StrongCipherSuite>false</StrongCipherSuite>'
        '<CustomCipherSuite>ECDHE-ECDSA-AES128-SHA256</CustomCipherSuite>'
        '<TLS13CustomCipherSuite>ECDHE-ECDSA-AES256-CCM8</TLS13CustomCipherSuite></CipherSuite>'
        '</HttpsConfiguration>')),
    'get_bucket_encryption': ('parse_get_bucket_encryption', 'GetServerSideEncryptionResult', (
        '<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>KMS</SSEAlgorithm>'
        '<KMSMasterKeyID>9468da86-3509-4f8d-a61e-6eab1eac</KMSMasterKeyID><KMSDataEncryption>SM4</KMSDataEncryption>'
        '</ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>')),
    'get_bucket_worm': ('parse_get_bucket_worm_result', 'GetBucketWormResult', (
        '<WormConfiguration><WormId>1666E2CFB2B3418</WormId><State>Locked</State>'
        '<RetentionPeriodInDays>1</RetentionPeriodInDays><CreationDate>2020-10-15T15:50:32</CreationDate>'
        '<ExpirationDate>2021-10-15T15:50:32</ExpirationDate></WormConfiguration>')),
    'create_data_redundancy_transition': (
        'parse_create_data_redundancy_transition_result', 'CreateDataRedundancyTransitionResult', (
            '<BucketDataRedundancyTransition><TaskId>4be5beb0f74f490186311b268bf6</TaskId>'
            '</BucketDataRedundancyTransition>')),
    'get_bucket_data_redundancy_transition': (
        'parse_get_bucket_data_redundancy_transition', 'DataRedundancyTransitionInfoResult', _TRANSITION),
    'list_bucket_data_redundancy_transition': (
        'parse_list_bucket_data_redundancy_transition', 'ListBucketDataRedundancyTransitionResult',
        '<ListBucketDataRedundancyTransition>' + _TRANSITION + '</ListBucketDataRedundancyTransition>'),
    'list_user_data_redundancy_transition': (
        'parse_list_user_data_redundancy_transition', 'ListUserDataRedundancyTransitionResult',
        '<ListBucketDataRedundancyTransition><IsTruncated>false</IsTruncated>'
        '<NextContinuationToken>a</NextContinuationToken>'
        + _TRANSITION + '</ListBucketDataRedundancyTransition>'),
    'get_bucket_inventory': ('parse_get_bucket_inventory_configuration', 'GetInventoryConfigurationResult', _INVENTORY),
    'get_bucket_inventory_monthly': (
        'parse_get_bucket_inventory_configuration', 'GetInventoryConfigurationResult', _INVENTORY_MONTHLY),
    'get_bucket_inventory_oss': (
        'parse_get_bucket_inventory_configuration', 'GetInventoryConfigurationResult',
        _INVENTORY.replace('<SSE-KMS><KeyId>keyId</KeyId></SSE-KMS>', '<SSE-OSS/>')),
    'list_bucket_inventory': (
        'parse_list_bucket_inventory_configurations', 'ListInventoryConfigurationsResult',
        '<ListInventoryConfigurationsResult>' + _INVENTORY + '<ContinuationToken>a%20</ContinuationToken>'
        '<IsTruncated>true</IsTruncated><NextContinuationToken>b%20</NextContinuationToken>'
        '</ListInventoryConfigurationsResult>'),
    'get_bucket_replication': ('parse_get_bucket_replication_result', 'GetBucketReplicationResult', (
        '<ReplicationConfiguration><Rule><ID>test_replication_1</ID><PrefixSet><Prefix>source1</Prefix>'
        '<Prefix>video%20</Prefix></PrefixSet><Action>PUT,DELETE</Action><Destination><Bucket>destbucket</Bucket>'
        '<Location>oss-cn-beijing</Location><TransferType>oss_acc</TransferType><Cloud>c</Cloud>'
        '<CloudLocation>l</CloudLocation></Destination><Status>doing</Status>'
        '<HistoricalObjectReplication>enabled</HistoricalObjectReplication>'
        '<SyncRole>aliyunramrole</SyncRole><RTC><Status>enabled</Status></RTC><EncryptionConfiguration>'
        '<ReplicaKmsKeyID>c4d49f85-ee30-426b-a5ed-95e9139d</ReplicaKmsKeyID></EncryptionConfiguration>'
        '<SourceSelectionCriteria><SseKmsEncryptedObjects><Status>Enabled</Status></SseKmsEncryptedObjects>'
        '</SourceSelectionCriteria></Rule><Rule><ID>b</ID><Action>ALL</Action><Destination><Bucket>x</Bucket>'
        '<Location>y</Location></Destination><Status>starting</Status>'
        '<HistoricalObjectReplication>disabled</HistoricalObjectReplication></Rule></ReplicationConfiguration>')),
    'get_bucket_replication_location': (
        'parse_get_bucket_replication_location_result', 'GetBucketReplicationLocationResult', (
            '<ReplicationLocation><Location>oss-cn-beijing</Location><Location>oss-cn-qingdao</Location>'
            '<LocationTransferTypeConstraint><LocationTransferType><Location>oss-cn-hongkong</Location>'
            '<TransferTypes><Type>oss_acc</Type><Type>internal</Type></TransferTypes></LocationTransferType>'
            '<LocationTransferType><Location>oss-us-west-1</Location><TransferTypes><Type>oss_acc</Type>'
            '</TransferTypes>'
            '</LocationTransferType></LocationTransferTypeConstraint>'
            '<LocationRTCConstraint><Location>oss-cn-qingdao</Location></LocationRTCConstraint>'
            '</ReplicationLocation>')),
    'get_bucket_replication_progress': (
        'parse_get_bucket_replication_progress_result', 'GetBucketReplicationProgressResult', _PROGRESS),
    'get_bucket_meta_query': ('parse_get_bucket_meta_query_result', 'GetBucketMetaQueryResult', (
        '<MetaQueryStatus><State>Running</State><Phase>FullScanning</Phase>'
        '<CreateTime>2021-08-02T10:49:17.289372919+08:00</CreateTime>'
        '<UpdateTime>2021-08-02T10:49:17.289372919+08:00</UpdateTime><MetaQueryMode>basic</MetaQueryMode>'
        '</MetaQueryStatus>')),
    'do_bucket_meta_query': ('parse_do_bucket_meta_query_result', 'DoBucketMetaQueryResult', (
        '<MetaQuery><NextToken>MTIzNDU2NzgyNzU1ODAw%20</NextToken><Files><File>'
        '<Filename>exampleobject%20.txt</Filename>'
        '<Size>120</Size><FileModifiedTime>2021-06-29T15:04:05.000000000Z07:00</FileModifiedTime>'
        '<FileCreateTime>2021-06-28T15:04:05Z</FileCreateTime><FileAccessTime>2021-06-27T15:04:05Z</FileAccessTime>'
        '<OSSObjectType>Normal</OSSObjectType><OSSStorageClass>Standard</OSSStorageClass><ObjectACL>default</ObjectACL>'
        '<ETag>"fba9dede5f27731c9771645a3986****"</ETag><OSSCRC64>4858A48BD1466884</OSSCRC64>'
        '<OSSTaggingCount>2</OSSTaggingCount><OSSTagging><Tagging><Key>owner</Key><Value>John</Value></Tagging>'
        '<Tagging><Key>type</Key><Value>document</Value></Tagging></OSSTagging><OSSUserMeta><UserMeta>'
        '<Key>x-oss-meta-location</Key><Value>hangzhou</Value></UserMeta></OSSUserMeta></File></Files>'
        '<Aggregations><Aggregation><Field>Size</Field><Operation>sum</Operation><Value>839794720.5</Value>'
        '</Aggregation>'
        '<Aggregation><Field>Size</Field><Operation>group</Operation><Groups><Group><Value>518</Value><Count>1</Count>'
        '</Group><Group><Value>581</Value><Count>2</Count></Group></Groups></Aggregation></Aggregations></MetaQuery>')),
    'do_bucket_meta_query_semantic': ('parse_do_bucket_meta_query_result', 'DoBucketMetaQueryResult', SEMANTIC_ANSWER),
    'get_bucket_request_payment': ('parse_get_bucket_request_payment', 'GetBucketRequestPaymentResult', (
        '<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>')),
    'get_public_access_block': ('parse_get_public_access_block_result', 'GetPublicAccessBlockResult', (
        '<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess>'
        '</PublicAccessBlockConfiguration>')),
    'get_bucket_public_access_block': ('parse_get_public_access_block_result', 'GetBucketPublicAccessBlockResult', (
        '<PublicAccessBlockConfiguration><BlockPublicAccess>false</BlockPublicAccess>'
        '</PublicAccessBlockConfiguration>')),
    'get_access_point_public_access_block': (
        'parse_get_public_access_block_result', 'GetAccessPointPublicAccessBlockResult', (
            '<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess>'
            '</PublicAccessBlockConfiguration>')),
    'get_callback_policy': ('parse_callback_policy_result', 'CallbackPolicyResult', (
        '<BucketCallbackPolicy><PolicyItem><PolicyName>first</PolicyName><Callback>e1wiY2FsbGJh</Callback>'
        '<CallbackVar>e1wieDp2YXIxXCI6</CallbackVar></PolicyItem><PolicyItem><PolicyName>second</PolicyName>'
        '<Callback>e1wiY2</Callback></PolicyItem></BucketCallbackPolicy>')),
    'get_bucket_access_monitor': ('parse_get_bucket_access_monitor_result', 'GetBucketAccessMonitorResult', (
        '<AccessMonitorConfiguration><Status>Enabled</Status></AccessMonitorConfiguration>')),
    'get_bucket_archive_direct_read': ('parse_get_bucket_archive_direct_read', 'GetBucketArchiveDirectReadResult', (
        '<ArchiveDirectReadConfiguration><Enabled>true</Enabled></ArchiveDirectReadConfiguration>')),
    'get_bucket_transfer_acceleration': (
        'parse_get_bucket_transfer_acceleration_result', 'GetBucketTransferAccelerationResult', (
            '<TransferAccelerationConfiguration><Enabled>true</Enabled></TransferAccelerationConfiguration>')),
    'get_bucket_resource_group': ('parse_get_bucket_resource_group_result', 'GetBucketResourceGroupResult', (
        '<BucketResourceGroupConfiguration><ResourceGroupId>rg-xxxxxx</ResourceGroupId>'
        '</BucketResourceGroupConfiguration>')),
    'get_bucket_style': ('parse_get_bucket_style_result', 'GetBucketStyleResult', (
        '<Style><Name>imagestyle</Name><Content>image/resize,p_50</Content><Category>image</Category>'
        '<CreateTime>Wed, 20 May 2020 12:07:15 GMT</CreateTime>'
        '<LastModifyTime>Wed, 21 May 2020 12:07:15 GMT</LastModifyTime></Style>')),
    'list_bucket_style': ('parse_list_bucket_style', 'ListBucketStyleResult', (
        '<StyleList><Style><Name>imagestyle</Name><Content>image/resize,p_50</Content>'
        '<CreateTime>Wed, 20 May 2020 12:07:15 GMT</CreateTime>'
        '<LastModifyTime>Wed, 21 May 2020 12:07:15 GMT</LastModifyTime></Style><Style><Name>imagestyle1</Name>'
        '<Content>image/resize,w_200</Content></Style></StyleList>')),
    'get_bucket_qos_info': ('parse_get_qos_info', 'GetBucketQosInfoResult',
                            '<QoSConfiguration>' + _QOS + '</QoSConfiguration>'),
    'get_user_qos_info': ('parse_get_qos_info', 'GetUserQosInfoResult',
                          '<QoSConfiguration><Region>oss-cn-hangzhou</Region>' + _QOS + '</QoSConfiguration>'),
    'get_bucket_user_qos': ('parse_get_bucket_user_qos', 'GetBucketUserQosResult', (
        '<BucketUserQos><StorageCapacity>100</StorageCapacity></BucketUserQos>')),
    'get_requester_qos_info': ('parse_get_requester_qos_info', 'RequesterQoSInfoResult', _REQUESTER_QOS),
    'list_bucket_requester_qos_infos': (
        'parse_list_bucket_requester_qos_infos', 'ListBucketRequesterQoSInfosResult',
        '<ListBucketRequesterQoSInfosResult><Bucket>b</Bucket><ContinuationToken>a</ContinuationToken>'
        '<NextContinuationToken>c</NextContinuationToken><IsTruncated>true</IsTruncated>' + _REQUESTER_QOS
        + '<RequesterQoSInfo><Requester>134</Requester></RequesterQoSInfo></ListBucketRequesterQoSInfosResult>'),
    'list_resource_pools': ('parse_list_resource_pools', 'ListResourcePoolsResult', (
        '<ListResourcePoolsResult><Region>oss-cn-shanghai</Region><Owner>1032307xxxx72056</Owner>'
        '<ContinuationToken>abcd</ContinuationToken><NextContinuationToken>xyz</NextContinuationToken>'
        '<IsTruncated>true</IsTruncated><ResourcePool><Name>resource-pool-for-ai</Name>'
        '<CreateTime>2024-11-29T08:42:32.000Z</CreateTime></ResourcePool><ResourcePool><Name>p2</Name></ResourcePool>'
        '</ListResourcePoolsResult>')),
    'get_resource_pool_info': (
        'parse_get_resource_pool_info', 'ResourcePoolInfoResult',
        '<GetResourcePoolInfoResponse><Region>oss-cn-shanghai</Region><Name>resource-pool-for-ai</Name>'
        '<Owner>1032307xxxx72056</Owner><CreateTime>2024-11-29T08:42:32.000Z</CreateTime><QoSConfiguration>' + _QOS
        + '</QoSConfiguration></GetResourcePoolInfoResponse>'),
    'list_resource_pool_buckets': ('parse_list_resource_pool_buckets', 'ListResourcePoolBucketsResult', (
        '<ListResourcePoolBucketsResult><ResourcePool>pool</ResourcePool><ContinuationToken>abcd</ContinuationToken>'
        '<NextContinuationToken>defg</NextContinuationToken><IsTruncated>false</IsTruncated><ResourcePoolBucket>'
        '<Name>bucket1</Name><JoinTime>2024-11-29T08:42:32.000Z</JoinTime></ResourcePoolBucket><ResourcePoolBucket>'
        '<Name>bucket2</Name></ResourcePoolBucket></ListResourcePoolBucketsResult>')),
    'list_resource_pool_requester_qos_infos': (
        'parse_list_resource_pool_requester_qos_infos', 'ListResourcePoolRequesterQoSInfosResult',
        '<ListResourcePoolRequesterQoSInfosResult><ResourcePool>pool</ResourcePool>'
        '<ContinuationToken>a</ContinuationToken>'
        '<NextContinuationToken>c</NextContinuationToken><IsTruncated>true</IsTruncated>' + _REQUESTER_QOS
        + '</ListResourcePoolRequesterQoSInfosResult>'),
    'create_access_point': ('parse_create_access_point_result', 'CreateAccessPointResult', (
        '<CreateAccessPointResult>'
        '<AccessPointArn>acs:oss:cn-hangzhou:128364106451xxxx:accesspoint/ap-01</AccessPointArn>'
        '<Alias>ap-01-45ee7945007a2f0bcb595f63e2215cb51b-ossalias</Alias></CreateAccessPointResult>')),
    'get_access_point': ('parse_get_access_point_result', 'GetAccessPointResult', (
        '<GetAccessPointResult><AccessPointName>ap-01</AccessPointName><Bucket>oss-example</Bucket>'
        '<AccountId>111933544165xxxx</AccountId><NetworkOrigin>vpc</NetworkOrigin><VpcConfiguration>'
        '<VpcId>vpc-t4nlw426y44rd3iq4xxxx</VpcId></VpcConfiguration>'
        '<AccessPointArn>arn:acs:oss:cn-hangzhou:111933544165xxxx:accesspoint/ap-01</AccessPointArn>'
        '<CreationDate>1626769503</CreationDate><Alias>ap-01-ossalias</Alias><Status>enable</Status><Endpoints>'
        '<PublicEndpoint>ap-01.oss-cn-hangzhou.oss-accesspoint.aliyuncs.com</PublicEndpoint>'
        '<InternalEndpoint>ap-01.oss-cn-hangzhou-internal.oss-accesspoint.aliyuncs.com</InternalEndpoint></Endpoints>'
        '<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>'
        '</GetAccessPointResult>')),
    'list_access_point': ('parse_list_access_point_result', 'ListAccessPointResult', (
        '<ListAccessPointsResult><IsTruncated>true</IsTruncated><NextContinuationToken>abc</NextContinuationToken>'
        '<AccountId>111933544165xxxx</AccountId><Marker>m</Marker><MaxKeys>3</MaxKeys><AccessPoints><AccessPoint>'
        '<Bucket>oss-example</Bucket><AccessPointName>ap-01</AccessPointName><Alias>ap-01-ossalias</Alias>'
        '<NetworkOrigin>vpc</NetworkOrigin><VpcConfiguration><VpcId>vpc-t4nlw426y44rd3iq4xxxx</VpcId>'
        '</VpcConfiguration>'
        '<Status>enable</Status></AccessPoint></AccessPoints></ListAccessPointsResult>')),
    'list_bucket_cname': ('parse_list_bucket_cname', 'ListBucketCnameResult', (
        '<ListCnameResult><Bucket>targetbucket</Bucket><Owner>testowner</Owner><Cname><Domain>example.com</Domain>'
        '<LastModified>2021-09-15T02:35:07.000Z</LastModified><Status>Enabled</Status>'
        '<IsPurgeCdnCache>true</IsPurgeCdnCache><Certificate><Type>CAS</Type><CertId>493****-cn-hangzhou</CertId>'
        '<Status>Enabled</Status><CreationDate>Wed, 15 Sep 2021 02:35:06 GMT</CreationDate>'
        '<Fingerprint>DE:01:CF:EC:7C:A7:98:CB:D8:6E:FB:1D:97:EB:A9:64:1D:4E:**:**</Fingerprint>'
        '<ValidStartDate>Wed, 12 Apr 2023 10:14:51 GMT</ValidStartDate>'
        '<ValidEndDate>Mon, 4 May 2048 10:14:51 GMT</ValidEndDate></Certificate></Cname><Cname>'
        '<Domain>example.org</Domain><LastModified>2021-09-15T02:34:58.000Z</LastModified><Status>Enabled</Status>'
        '</Cname></ListCnameResult>')),
    'create_bucket_cname_token': (
        'parse_create_bucket_cname_token', 'CreateBucketCnameTokenResult', _CNAME_TOKEN),
    'get_bucket_cname_token': ('parse_get_bucket_cname_token', 'GetBucketCnameTokenResult', _CNAME_TOKEN),
    'put_async_fetch_task': ('parse_put_async_fetch_task_result', 'PutAsyncFetchTaskResult', (
        '<AsyncFetchTaskResult><TaskId>uss_task%20</TaskId></AsyncFetchTaskResult>')),
    'get_async_fetch_task': ('parse_get_async_fetch_task_result', 'GetAsyncFetchTaskResult', (
        '<AsyncFetchTaskInfo><TaskId>t</TaskId><State>Failed</State><ErrorMsg>no such host</ErrorMsg><TaskInfo>'
        '<Url>http://example.com/a%20b</Url><Object>object%20name</Object><Host>example.com</Host>'
        '<ContentMD5>md5==</ContentMD5><Callback>eyJ</Callback><CallbackWhenFailed>true</CallbackWhenFailed>'
        '<IgnoreSameKey>false</IgnoreSameKey></TaskInfo></AsyncFetchTaskInfo>')),
    'create_live_channel': ('parse_create_live_channel', 'CreateLiveChannelResult', (
        '<CreateLiveChannelResult><PublishUrls>'
        '<Url>rtmp://test-bucket.oss-cn-hangzhou.aliyuncs.com/live/test-channel</Url>'
        '</PublishUrls><PlayUrls><Url>http://test-bucket.oss-cn-hangzhou.aliyuncs.com/test-channel/playlist.m3u8</Url>'
        '</PlayUrls></CreateLiveChannelResult>')),
    'get_live_channel': ('parse_get_live_channel', 'GetLiveChannelResult', (
        '<LiveChannelConfiguration><Description>my channel</Description><Status>disabled</Status><Target>'
        '<Type>HLS</Type>'
        '<FragDuration>2</FragDuration><FragCount>4</FragCount><PlaylistName>playlist.m3u8</PlaylistName></Target>'
        '</LiveChannelConfiguration>')),
    'list_live_channel': ('parse_list_live_channel', 'ListLiveChannelResult', (
        '<ListLiveChannelResult><Prefix>ch%20</Prefix><Marker>m%20</Marker><MaxKeys>1</MaxKeys>'
        '<IsTruncated>true</IsTruncated><NextMarker>channel-0%20</NextMarker><LiveChannel><Name>channel-0</Name>'
        '<Description>d</Description><Status>disabled</Status><LastModified>2016-07-30T01:54:21.000Z</LastModified>'
        '<PublishUrls><Url>rtmp://test-bucket.oss-cn-hangzhou.aliyuncs.com/live/channel-0</Url></PublishUrls>'
        '<PlayUrls><Url>http://test-bucket.oss-cn-hangzhou.aliyuncs.com/channel-0/playlist.m3u8</Url></PlayUrls>'
        '</LiveChannel></ListLiveChannelResult>')),
    'list_live_channel_last_page': ('parse_list_live_channel', 'ListLiveChannelResult', (
        '<ListLiveChannelResult><Prefix></Prefix><Marker></Marker><MaxKeys>1</MaxKeys>'
        '<IsTruncated>false</IsTruncated><NextMarker/></ListLiveChannelResult>')),
    'live_channel_stat': ('parse_live_channel_stat', 'GetLiveChannelStatResult', _LIVE_STAT),
    'live_channel_stat_idle': ('parse_live_channel_stat', 'GetLiveChannelStatResult', (
        '<LiveChannelStat><Status>Idle</Status></LiveChannelStat>')),
    'live_channel_history': ('parse_live_channel_history', 'GetLiveChannelHistoryResult', (
        '<LiveChannelHistory><LiveRecord><StartTime>2016-07-30T01:53:21.000Z</StartTime>'
        '<EndTime>2016-07-30T01:53:31.000Z</EndTime><RemoteAddr>10.101.194.148:56861</RemoteAddr></LiveRecord>'
        '<LiveRecord><StartTime>2016-07-30T01:53:35.000Z</StartTime><EndTime>2016-07-30T01:53:45.000Z</EndTime>'
        '<RemoteAddr>10.101.194.148:57126</RemoteAddr></LiveRecord></LiveChannelHistory>')),
}


def variants(document: str) -> Iterator[Tuple[str, bytes]]:
    """The document, and for each of its elements: without it, with it emptied, with it twice, with true for false."""
    yield 'whole', document.encode('utf-8')
    count = sum(1 for _ in ElementTree.XML(document).iter())
    for change in (_delete, _empty, _double, _flip):
        for index in range(1, count):
            root = ElementTree.XML(document)
            parents = {child: parent for parent in root.iter() for child in parent}
            element = list(root.iter())[index]
            if change is _flip and element.text not in _FLIPPED:
                continue
            change(parents[element], element)
            yield '%s %d %s' % (change.__name__[1:], index, element.tag), ElementTree.tostring(root, 'utf-8')


_FLIPPED = {'true': 'false', 'false': 'true'}


def _delete(parent: ElementTree.Element, element: ElementTree.Element) -> None:
    parent.remove(element)


def _empty(parent: ElementTree.Element, element: ElementTree.Element) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _double(parent: ElementTree.Element, element: ElementTree.Element) -> None:
    second = ElementTree.SubElement(parent, element.tag)
    second.text = _FLIPPED.get(element.text or '', '7')


def _flip(parent: ElementTree.Element, element: ElementTree.Element) -> None:
    element.text = _FLIPPED[element.text or '']
