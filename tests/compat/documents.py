"""Documents that OSS answers with, from its API pages, each with every element that an answer can have."""

from __future__ import annotations

QOS = '''
  <TotalUploadBandwidth>10</TotalUploadBandwidth>
  <IntranetUploadBandwidth>-1</IntranetUploadBandwidth>
  <ExtranetUploadBandwidth>2</ExtranetUploadBandwidth>
  <TotalDownloadBandwidth>11</TotalDownloadBandwidth>
  <IntranetDownloadBandwidth>-1</IntranetDownloadBandwidth>
  <ExtranetDownloadBandwidth>3</ExtranetDownloadBandwidth>
  <TotalQps>1000</TotalQps>
  <IntranetQps>-1</IntranetQps>
  <ExtranetQps>500</ExtranetQps>'''
INVENTORY = '''
<InventoryConfiguration>
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
    <Prefix>myprefix/</Prefix>
  </Filter>
  <IncludedObjectVersions>All</IncludedObjectVersions>
  <OptionalFields>
    <Field>Size</Field>
    <Field>LastModifiedDate</Field>
    <Field>ETag</Field>
    <Field>StorageClass</Field>
    <Field>IsMultipartUploaded</Field>
    <Field>EncryptionStatus</Field>
  </OptionalFields>
</InventoryConfiguration>'''
TRANSITION = '''
<BucketDataRedundancyTransition>
  <Bucket>examplebucket</Bucket>
  <TaskId>4be5beb0f74f490186311b268bf6****</TaskId>
  <Status>Processing</Status>
  <CreateTime>2023-11-17T08:40:17.000Z</CreateTime>
  <StartTime>2023-11-17T10:40:17.000Z</StartTime>
  <EndTime>2023-11-18T09:40:17.000Z</EndTime>
  <ProcessPercentage>50</ProcessPercentage>
  <EstimatedRemainingTime>16</EstimatedRemainingTime>
</BucketDataRedundancyTransition>'''
LIFECYCLE_TRANSITION = '''
    <Transition>
      <Days>30</Days>
      <StorageClass>IA</StorageClass>
      <IsAccessTime>true</IsAccessTime>
      <ReturnToStdWhenVisit>false</ReturnToStdWhenVisit>
      <AllowSmallFile>true</AllowSmallFile>
    </Transition>'''
NONCURRENT_TRANSITION = LIFECYCLE_TRANSITION.replace('Transition>', 'NoncurrentVersionTransition>').replace(
    'Days>', 'NoncurrentDays>'
)
LIFECYCLE_FILTER = '''
    <Filter>
      <ObjectSizeGreaterThan>500</ObjectSizeGreaterThan>
      <ObjectSizeLessThan>64000</ObjectSizeLessThan>
      <Not>
        <Prefix>abc/not1/</Prefix>
        <Tag><Key>key1</Key><Value>value1</Value></Tag>
      </Not>
      <Not>
        <Prefix>abc/not2/</Prefix>
      </Not>
    </Filter>'''
MIRROR_HEADERS = '''
<MirrorHeaders>
  <PassAll>true</PassAll>
  <Pass>myheader-key1</Pass>
  <Pass>myheader-key2</Pass>
  <Remove>myheader-key3</Remove>
  <Remove>myheader-key4</Remove>
  <Set><Key>myheader-key5</Key><Value>myheader-value5</Value></Set>
</MirrorHeaders>'''
CONDITION = '''
<Condition>
  <KeyPrefixEquals>abc/</KeyPrefixEquals>
  <HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>
  <IncludeHeader><Key>host</Key><Equals>test.oss-cn-beijing-internal.aliyuncs.com</Equals></IncludeHeader>
  <IncludeHeader><Key>host2</Key><Equals>other</Equals></IncludeHeader>
</Condition>'''
REDIRECT = (
    '''
<Redirect>
  <RedirectType>Mirror</RedirectType>
  <PassQueryString>true</PassQueryString>
  <MirrorURL>http://example.com/</MirrorURL>
  <MirrorURLSlave>http://slave.example.com/</MirrorURLSlave>
  <MirrorURLProbe>http://example.com/probe</MirrorURLProbe>
  <MirrorPassQueryString>true</MirrorPassQueryString>
  <MirrorFollowRedirect>true</MirrorFollowRedirect>
  <MirrorCheckMd5>false</MirrorCheckMd5>'''
    + MIRROR_HEADERS
    + '''
  <Protocol>http</Protocol>
  <HostName>example.com</HostName>
  <HttpRedirectCode>302</HttpRedirectCode>
  <ReplaceKeyPrefixWith>prefix/${key}</ReplaceKeyPrefixWith>
  <ReplaceKeyWith>prefix/${key}</ReplaceKeyWith>
  <EnableReplacePrefix>false</EnableReplacePrefix>
</Redirect>'''
)
ROUTING_RULE = '<RoutingRule><RuleNumber>1</RuleNumber>' + CONDITION + REDIRECT + '</RoutingRule>'

# Answers, by the name of what they describe.
ANSWERS = {
    'bucket info': '''
<BucketInfo>
  <Bucket>
    <AccessMonitor>Enabled</AccessMonitor>
    <CreationDate>2013-07-31T10:56:21.000Z</CreationDate>
    <ExtranetEndpoint>oss-cn-hangzhou.aliyuncs.com</ExtranetEndpoint>
    <IntranetEndpoint>oss-cn-hangzhou-internal.aliyuncs.com</IntranetEndpoint>
    <Location>oss-cn-hangzhou</Location>
    <StorageClass>Standard</StorageClass>
    <TransferAcceleration>Disabled</TransferAcceleration>
    <CrossRegionReplication>Disabled</CrossRegionReplication>
    <DataRedundancyType>LRS</DataRedundancyType>
    <HierarchicalNamespace>Enabled</HierarchicalNamespace>
    <Name>oss-example</Name>
    <ResourceGroupId>rg-aek27tc********</ResourceGroupId>
    <Owner>
      <DisplayName>username</DisplayName>
      <ID>27183473914****</ID>
    </Owner>
    <AccessControlList>
      <Grant>private</Grant>
    </AccessControlList>
    <Comment>test</Comment>
    <ServerSideEncryptionRule>
      <SSEAlgorithm>KMS</SSEAlgorithm>
      <KMSMasterKeyID>9468da86-3509-4f8d-a61e-6eab1eac****</KMSMasterKeyID>
      <KMSDataEncryption>SM4</KMSDataEncryption>
    </ServerSideEncryptionRule>
    <Versioning>Enabled</Versioning>
    <BlockPublicAccess>true</BlockPublicAccess>
    <BucketPolicy>
      <LogBucket>examplebucket</LogBucket>
      <LogPrefix>log/</LogPrefix>
    </BucketPolicy>
  </Bucket>
</BucketInfo>''',
    'bucket stat': '''
<BucketStat>
  <Storage>1600</Storage>
  <ObjectCount>230</ObjectCount>
  <MultipartUploadCount>40</MultipartUploadCount>
  <LiveChannelCount>4</LiveChannelCount>
  <MultipartPartCount>128</MultipartPartCount>
  <DeleteMarkerCount>12</DeleteMarkerCount>
  <LastModifiedTime>1643341269</LastModifiedTime>
  <StandardStorage>430</StandardStorage>
  <StandardObjectCount>66</StandardObjectCount>
  <InfrequentAccessStorage>2359296</InfrequentAccessStorage>
  <InfrequentAccessRealStorage>360</InfrequentAccessRealStorage>
  <InfrequentAccessObjectCount>54</InfrequentAccessObjectCount>
  <ArchiveStorage>2949120</ArchiveStorage>
  <ArchiveRealStorage>450</ArchiveRealStorage>
  <ArchiveObjectCount>74</ArchiveObjectCount>
  <ColdArchiveStorage>2359296</ColdArchiveStorage>
  <ColdArchiveRealStorage>361</ColdArchiveRealStorage>
  <ColdArchiveObjectCount>36</ColdArchiveObjectCount>
  <DeepColdArchiveStorage>23594961</DeepColdArchiveStorage>
  <DeepColdArchiveRealStorage>10</DeepColdArchiveRealStorage>
  <DeepColdArchiveObjectCount>16</DeepColdArchiveObjectCount>
</BucketStat>''',
    'location': '<LocationConstraint>oss-cn-hangzhou</LocationConstraint>',
    'acl': '''
<AccessControlPolicy>
  <Owner><ID>00220120222</ID><DisplayName>user_example</DisplayName></Owner>
  <AccessControlList><Grant>public-read</Grant></AccessControlList>
</AccessControlPolicy>''',
    'versioning': '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
    'logging': '''
<BucketLoggingStatus>
  <LoggingEnabled>
    <TargetBucket>mybucketlogs</TargetBucket>
    <TargetPrefix>mybucket-access_log/</TargetPrefix>
    <LoggingRole>AliyunOSSLoggingDefaultRole</LoggingRole>
  </LoggingEnabled>
</BucketLoggingStatus>''',
    'referer': '''
<RefererConfiguration>
  <AllowEmptyReferer>false</AllowEmptyReferer>
  <AllowTruncateQueryString>true</AllowTruncateQueryString>
  <TruncatePath>true</TruncatePath>
  <RefererList>
    <Referer>http://www.aliyun.com</Referer>
    <Referer>https://www.*.com</Referer>
  </RefererList>
  <RefererBlacklist>
    <Referer>http://www.refuse.com</Referer>
    <Referer>http://www.refuse1.com</Referer>
  </RefererBlacklist>
</RefererConfiguration>''',
    'website': '''
<WebsiteConfiguration>
  <IndexDocument><Suffix>index.html</Suffix><SupportSubDir>true</SupportSubDir><Type>0</Type></IndexDocument>
  <ErrorDocument><Key>error.html</Key><HttpStatus>404</HttpStatus></ErrorDocument>
  <RoutingRules>'''
    + ROUTING_RULE
    + '''
    <RoutingRule>
      <RuleNumber>2</RuleNumber>
      <Condition><KeyPrefixEquals>abc/</KeyPrefixEquals><HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals></Condition>
      <Redirect><RedirectType>AliCDN</RedirectType><Protocol>http</Protocol><HostName>example.com</HostName><PassQueryString>false</PassQueryString>
        <ReplaceKeyWith>prefix/${key}</ReplaceKeyWith><HttpRedirectCode>301</HttpRedirectCode></Redirect>
    </RoutingRule>
  </RoutingRules>
</WebsiteConfiguration>''',
    'lifecycle': '''
<LifecycleConfiguration>
  <Rule>
    <ID>delete after one day</ID>
    <Prefix>logs1/</Prefix>
    <Status>Enabled</Status>
    <AtimeBase>1631698332</AtimeBase>
    <Tag><Key>key1</Key><Value>value1</Value></Tag>
    <Tag><Key>key2</Key><Value></Value></Tag>
    <Expiration><Days>1</Days></Expiration>
    <AbortMultipartUpload><Days>2</Days></AbortMultipartUpload>'''
    + LIFECYCLE_TRANSITION
    + '''
    <Transition><Days>60</Days><StorageClass>Archive</StorageClass></Transition>
    <NoncurrentVersionExpiration><NoncurrentDays>10</NoncurrentDays></NoncurrentVersionExpiration>'''
    + NONCURRENT_TRANSITION
    + LIFECYCLE_FILTER
    + '''
  </Rule>
  <Rule>
    <ID>by date</ID>
    <Prefix>data/</Prefix>
    <Status>Disabled</Status>
    <Expiration><Date>2022-10-11T00:00:00.000Z</Date></Expiration>
    <AbortMultipartUpload><CreatedBeforeDate>2016-11-01T00:00:00.000Z</CreatedBeforeDate></AbortMultipartUpload>
    <Transition><CreatedBeforeDate>2016-11-02T00:00:00.000Z</CreatedBeforeDate><StorageClass>IA</StorageClass></Transition>
  </Rule>
  <Rule>
    <ID>created before</ID>
    <Prefix></Prefix>
    <Status>Enabled</Status>
    <Expiration><CreatedBeforeDate>2015-12-11T00:00:00.000Z</CreatedBeforeDate></Expiration>
  </Rule>
  <Rule>
    <ID>delete markers</ID>
    <Prefix>a</Prefix>
    <Status>Enabled</Status>
    <Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>
  </Rule>
</LifecycleConfiguration>''',
    'cors': '''
<CORSConfiguration>
  <CORSRule>
    <AllowedOrigin>*</AllowedOrigin>
    <AllowedOrigin>http://www.example.com</AllowedOrigin>
    <AllowedMethod>PUT</AllowedMethod>
    <AllowedMethod>GET</AllowedMethod>
    <AllowedHeader>Authorization</AllowedHeader>
    <AllowedHeader>x-oss-*</AllowedHeader>
    <ExposeHeader>x-oss-test</ExposeHeader>
    <ExposeHeader>x-oss-test1</ExposeHeader>
    <MaxAgeSeconds>100</MaxAgeSeconds>
  </CORSRule>
  <CORSRule>
    <AllowedOrigin>http://www.a.com</AllowedOrigin>
    <AllowedMethod>GET</AllowedMethod>
  </CORSRule>
  <ResponseVary>false</ResponseVary>
</CORSConfiguration>''',
    'encryption': '''
<ServerSideEncryptionRule>
  <ApplyServerSideEncryptionByDefault>
    <SSEAlgorithm>KMS</SSEAlgorithm>
    <KMSMasterKeyID>9468da86-3509-4f8d-a61e-6eab1eac****</KMSMasterKeyID>
    <KMSDataEncryption>SM4</KMSDataEncryption>
  </ApplyServerSideEncryptionByDefault>
</ServerSideEncryptionRule>''',
    'tagging': '''
<Tagging>
  <TagSet>
    <Tag><Key>a</Key><Value>1</Value></Tag>
    <Tag><Key>键 b</Key><Value>值</Value></Tag>
  </TagSet>
</Tagging>''',
    'tagging, encoded': '<Tagging><EncodingType>url</EncodingType><TagSet><Tag><Key>%E9%94%AE%20b</Key>'
    '<Value>a%2Bb+c</Value></Tag></TagSet></Tagging>',
    'request payment': '<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>',
    'bucket qos': '<QoSConfiguration>' + QOS + '</QoSConfiguration>',
    'user qos': '<UserQoS><Region>oss-cn-hangzhou</Region>' + QOS + '</UserQoS>',
    'requester qos': '<RequesterQoSInfo><Requester>266682080000****</Requester><QoSConfiguration>'
    + QOS
    + '</QoSConfiguration></RequesterQoSInfo>',
    'requester qos list': '''
<ListBucketRequesterQoSInfosResult>
  <Bucket>test-bucket</Bucket>
  <ContinuationToken>123456</ContinuationToken>
  <NextContinuationToken>234567</NextContinuationToken>
  <IsTruncated>true</IsTruncated>
  <RequesterQoSInfo><Requester>266682080000****</Requester><QoSConfiguration>'''
    + QOS
    + '''</QoSConfiguration></RequesterQoSInfo>
  <RequesterQoSInfo><Requester>266682080001****</Requester><QoSConfiguration><TotalQps>5</TotalQps></QoSConfiguration></RequesterQoSInfo>
</ListBucketRequesterQoSInfosResult>''',
    'resource pools': '''
<ListResourcePoolsResult>
  <Region>oss-cn-shanghai</Region>
  <Owner>1032307xxxx72056</Owner>
  <ContinuationToken>abcd</ContinuationToken>
  <NextContinuationToken>xyz</NextContinuationToken>
  <IsTruncated>true</IsTruncated>
  <ResourcePool><Name>resource-pool-for-ai</Name><CreateTime>2024-11-29T08:42:32.000Z</CreateTime></ResourcePool>
  <ResourcePool><Name>resource-pool-for-video</Name><CreateTime>2024-11-29T08:42:33.000Z</CreateTime></ResourcePool>
</ListResourcePoolsResult>''',
    'resource pool': '''
<GetResourcePoolInfoResponse>
  <Region>oss-cn-shanghai</Region>
  <Name>resource-pool-for-ai</Name>
  <Owner>1032307xxxx72056</Owner>
  <CreateTime>2024-11-29T08:42:32.000Z</CreateTime>
  <QoSConfiguration>'''
    + QOS
    + '''</QoSConfiguration>
</GetResourcePoolInfoResponse>''',
    'resource pool buckets': '''
<ListResourcePoolBucketsResult>
  <ResourcePool>resource-pool-for-ai</ResourcePool>
  <ContinuationToken>abcd</ContinuationToken>
  <NextContinuationToken>defg</NextContinuationToken>
  <IsTruncated>true</IsTruncated>
  <ResourcePoolBucket><Name>examplebucket</Name><JoinTime>2024-11-29T08:42:32.000Z</JoinTime></ResourcePoolBucket>
  <ResourcePoolBucket><Name>otherbucket</Name><JoinTime>2024-11-29T08:42:33.000Z</JoinTime></ResourcePoolBucket>
</ListResourcePoolBucketsResult>''',
    'resource pool requester qos': '''
<ListResourcePoolRequesterQoSInfosResult>
  <ResourcePool>resource-pool-for-ai</ResourcePool>
  <ContinuationToken>abcd</ContinuationToken>
  <NextContinuationToken>defg</NextContinuationToken>
  <IsTruncated>true</IsTruncated>
  <RequesterQoSInfo><Requester>266682080000****</Requester><QoSConfiguration>'''
    + QOS
    + '''</QoSConfiguration></RequesterQoSInfo>
</ListResourcePoolRequesterQoSInfosResult>''',
    'storage capacity': '<BucketUserQos><StorageCapacity>100</StorageCapacity></BucketUserQos>',
    'inventory': INVENTORY,
    'inventories': '<ListInventoryConfigurationsResult>'
    + INVENTORY
    + INVENTORY.replace('report1', 'report2').replace('<SSE-KMS><KeyId>keyId</KeyId></SSE-KMS>', '<SSE-OSS></SSE-OSS>')
    + '''
  <ContinuationToken>before</ContinuationToken>
  <IsTruncated>true</IsTruncated>
  <NextContinuationToken>after</NextContinuationToken>
</ListInventoryConfigurationsResult>''',
    'inventory, SSE-OSS': INVENTORY.replace('<SSE-KMS><KeyId>keyId</KeyId></SSE-KMS>', '<SSE-OSS></SSE-OSS>'),
    'worm': '''
<WormConfiguration>
  <WormId>1666E2CFB2B3418****</WormId>
  <State>Locked</State>
  <RetentionPeriodInDays>1</RetentionPeriodInDays>
  <CreationDate>2020-10-15T15:50:32.000Z</CreationDate>
  <ExpirationDate>2020-10-18T15:50:32.000Z</ExpirationDate>
</WormConfiguration>''',
    'replication': '''
<ReplicationConfiguration>
  <Rule>
    <ID>test_replication_1</ID>
    <PrefixSet><Prefix>source1</Prefix><Prefix>video</Prefix></PrefixSet>
    <Action>PUT</Action>
    <Destination>
      <Bucket>destbucket</Bucket>
      <Cloud>testcloud</Cloud>
      <CloudLocation>testcloud-location</CloudLocation>
      <Location>oss-cn-beijing</Location>
      <TransferType>oss_acc</TransferType>
    </Destination>
    <Status>doing</Status>
    <HistoricalObjectReplication>enabled</HistoricalObjectReplication>
    <SyncRole>aliyunramrole</SyncRole>
    <RTC><Status>enabled</Status></RTC>
    <SourceSelectionCriteria><SseKmsEncryptedObjects><Status>Enabled</Status></SseKmsEncryptedObjects></SourceSelectionCriteria>
    <EncryptionConfiguration><ReplicaKmsKeyID>c4d49f85-ee30-426b-a5ed-95e9139d****</ReplicaKmsKeyID></EncryptionConfiguration>
  </Rule>
  <Rule>
    <ID>test_replication_2</ID>
    <Action>ALL</Action>
    <Destination><Bucket>other</Bucket><Location>oss-cn-hangzhou</Location></Destination>
    <Status>starting</Status>
    <HistoricalObjectReplication>disabled</HistoricalObjectReplication>
  </Rule>
</ReplicationConfiguration>''',
    'replication locations': '''
<ReplicationLocation>
  <Location>oss-cn-beijing</Location>
  <Location>oss-cn-qingdao</Location>
  <LocationTransferTypeConstraint>
    <LocationTransferType>
      <Location>oss-cn-hongkong</Location>
      <TransferTypes><Type>oss_acc</Type></TransferTypes>
    </LocationTransferType>
    <LocationTransferType>
      <Location>oss-us-west-1</Location>
      <TransferTypes><Type>oss_acc</Type></TransferTypes>
    </LocationTransferType>
  </LocationTransferTypeConstraint>
  <LocationRTCConstraint><Location>oss-cn-hangzhou</Location></LocationRTCConstraint>
</ReplicationLocation>''',
    'replication progress': '''
<ReplicationProgress>
  <Rule>
    <ID>test_replication_1</ID>
    <PrefixSet><Prefix>source_image</Prefix><Prefix>video</Prefix></PrefixSet>
    <Action>PUT</Action>
    <Destination><Bucket>target-bucket</Bucket><Location>oss-cn-beijing</Location><TransferType>oss_acc</TransferType></Destination>
    <Status>doing</Status>
    <HistoricalObjectReplication>enabled</HistoricalObjectReplication>
    <Progress>
      <HistoricalObject>0.85</HistoricalObject>
      <NewObject>2015-09-24T15:28:14.000Z</NewObject>
    </Progress>
  </Rule>
</ReplicationProgress>''',
    'transfer acceleration': '<TransferAccelerationConfiguration><Enabled>true</Enabled>'
    '</TransferAccelerationConfiguration>',
    'cname token': '''
<CnameToken>
  <Bucket>bucket</Bucket>
  <Cname>www.example.com</Cname>
  <Token>be1d49d863dea9ffeff3df7d6455****</Token>
  <ExpireTime>Wed, 23 Feb 2022 21:16:37 GMT</ExpireTime>
</CnameToken>''',
    'cnames': '''
<ListCnameResult>
  <Bucket>targetbucket</Bucket>
  <Owner>testowner</Owner>
  <Cname>
    <Domain>example.com</Domain>
    <LastModified>2021-09-15T02:35:07.000Z</LastModified>
    <Status>Enabled</Status>
    <IsPurgeCdnCache>true</IsPurgeCdnCache>
    <Certificate>
      <Type>CAS</Type>
      <CertId>493****-cn-hangzhou</CertId>
      <Status>Enabled</Status>
      <CreationDate>Wed, 15 Sep 2021 02:35:06 GMT</CreationDate>
      <Fingerprint>DE:01:CF:EC:7C:A7:98:CB:D8:6E:FB:1D:97:EB:A9:64:1D:4E:**:**</Fingerprint>
      <ValidStartDate>Wed, 12 Apr 2023 10:14:51 GMT</ValidStartDate>
      <ValidEndDate>Mon, 4 May 2048 10:14:51 GMT</ValidEndDate>
    </Certificate>
  </Cname>
  <Cname>
    <Domain>example.org</Domain>
    <LastModified>2021-09-15T02:34:58.000Z</LastModified>
    <Status>Enabled</Status>
  </Cname>
</ListCnameResult>''',
    'meta query status': '''
<MetaQueryStatus>
  <State>Running</State>
  <Phase>FullScanning</Phase>
  <CreateTime>2021-08-02T10:49:17.289372919+08:00</CreateTime>
  <UpdateTime>2021-08-02T10:49:17.289372919+08:00</UpdateTime>
  <MetaQueryMode>basic</MetaQueryMode>
</MetaQueryStatus>''',
    'meta query': '''
<MetaQuery>
  <NextToken>MTIzNDU2NzgnV9zYW1wbGVvYmplY3QxLmpw****</NextToken>
  <Files>
    <File>
      <Filename>exampleobject.txt</Filename>
      <Size>120</Size>
      <FileModifiedTime>2021-06-29T15:04:05.000000000Z07:00</FileModifiedTime>
      <FileCreateTime>2021-06-28T15:04:05.000000000Z07:00</FileCreateTime>
      <FileAccessTime>2021-06-27T15:04:05.000000000Z07:00</FileAccessTime>
      <OSSObjectType>Normal</OSSObjectType>
      <OSSStorageClass>Standard</OSSStorageClass>
      <ObjectACL>default</ObjectACL>
      <ETag>"fba9dede5f27731c9771645a3986****"</ETag>
      <OSSCRC64>4858A48BD1466884</OSSCRC64>
      <OSSTaggingCount>2</OSSTaggingCount>
      <OSSTagging>
        <Tagging><Key>owner</Key><Value>John</Value></Tagging>
        <Tagging><Key>type</Key><Value>document</Value></Tagging>
      </OSSTagging>
      <OSSUserMeta>
        <UserMeta><Key>x-oss-meta-location</Key><Value>hangzhou</Value></UserMeta>
      </OSSUserMeta>
    </File>
    <File>
      <Filename>bare.txt</Filename>
      <Size>0</Size>
      <FileModifiedTime>2021-06-29T15:04:05.000000000Z07:00</FileModifiedTime>
      <OSSObjectType>Normal</OSSObjectType>
      <OSSStorageClass>Standard</OSSStorageClass>
      <ObjectACL>default</ObjectACL>
      <ETag>"A"</ETag>
    </File>
  </Files>
  <Aggregations>
    <Aggregation>
      <Field>Size</Field>
      <Operation>sum</Operation>
      <Value>839794720</Value>
    </Aggregation>
    <Aggregation>
      <Field>Size</Field>
      <Operation>group</Operation>
      <Groups>
        <Group><Value>518</Value><Count>1</Count></Group>
        <Group><Value>581</Value><Count>2</Count></Group>
      </Groups>
    </Aggregation>
  </Aggregations>
</MetaQuery>''',
    'access monitor': '<AccessMonitorConfiguration><Status>Enabled</Status></AccessMonitorConfiguration>',
    'resource group': '<BucketResourceGroupConfiguration><ResourceGroupId>rg-xxxxxx</ResourceGroupId>'
    '</BucketResourceGroupConfiguration>',
    'style': '''
<Style>
  <Name>imagestyle</Name>
  <Content>image/resize,p_50</Content>
  <CreateTime>Wed, 20 May 2020 12:07:15 GMT</CreateTime>
  <LastModifyTime>Wed, 21 May 2020 12:07:15 GMT</LastModifyTime>
  <Category>image</Category>
</Style>''',
    'styles': '''
<StyleList>
  <Style>
    <Name>imagestyle</Name><Content>image/resize,p_50</Content>
    <CreateTime>Wed, 20 May 2020 12:07:15 GMT</CreateTime><LastModifyTime>Wed, 21 May 2020 12:07:15 GMT</LastModifyTime>
  </Style>
  <Style>
    <Name>imagestyle1</Name><Content>image/resize,w_200</Content>
    <CreateTime>Wed, 20 May 2020 12:08:04 GMT</CreateTime><LastModifyTime>Wed, 21 May 2020 12:08:04 GMT</LastModifyTime>
  </Style>
</StyleList>''',
    'archive direct read': '<ArchiveDirectReadConfiguration><Enabled>true</Enabled></ArchiveDirectReadConfiguration>',
    'https config': '''
<HttpsConfiguration>
  <TLS><Enable>true</Enable><TLSVersion>TLSv1.2</TLSVersion><TLSVersion>TLSv1.3</TLSVersion></TLS>
</HttpsConfiguration>''',
    'transition': TRANSITION,
    'transition made': '<BucketDataRedundancyTransition><TaskId>4be5beb0f74f490186311b268bf6****</TaskId>'
    '</BucketDataRedundancyTransition>',
    'transitions': '<ListBucketDataRedundancyTransition>'
    + TRANSITION
    + TRANSITION.replace('4be5', '5be5')
    + '</ListBucketDataRedundancyTransition>',
    'transitions of a user': '<ListBucketDataRedundancyTransition>'
    + TRANSITION
    + TRANSITION.replace('4be5', '5be5')
    + '''
  <IsTruncated>true</IsTruncated>
  <NextContinuationToken>abc</NextContinuationToken>
</ListBucketDataRedundancyTransition>''',
    'access point made': '''
<CreateAccessPointResult>
  <AccessPointArn>acs:oss:ap-southeast-2:128364106451****:accesspoint/ap-01</AccessPointArn>
  <Alias>ap-01-45ee7945007a2f0bcb595f63e2215c****-ossalias</Alias>
</CreateAccessPointResult>''',
    'access point': '''
<GetAccessPointResult>
  <AccessPointName>ap-01</AccessPointName>
  <Bucket>oss-example</Bucket>
  <AccountId>111933544165****</AccountId>
  <NetworkOrigin>vpc</NetworkOrigin>
  <VpcConfiguration><VpcId>vpc-t4nlw426y44rd3iq4****</VpcId></VpcConfiguration>
  <AccessPointArn>arn:acs:oss:cn-hangzhou:111933544165****:accesspoint/ap-01</AccessPointArn>
  <CreationDate>1626769503</CreationDate>
  <Alias>ap-01-ossalias</Alias>
  <Status>enable</Status>
  <Endpoints>
    <PublicEndpoint>ap-01.oss-cn-hangzhou.oss-accesspoint.aliyuncs.com</PublicEndpoint>
    <InternalEndpoint>ap-01.oss-cn-hangzhou-internal.oss-accesspoint.aliyuncs.com</InternalEndpoint>
  </Endpoints>
  <PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration>
</GetAccessPointResult>''',
    'access points': '''
<ListAccessPointsResult>
  <IsTruncated>true</IsTruncated>
  <NextContinuationToken>abc</NextContinuationToken>
  <AccountId>111933544165****</AccountId>
  <Marker>m</Marker>
  <MaxKeys>3</MaxKeys>
  <AccessPoints>
    <AccessPoint>
      <Bucket>oss-example</Bucket>
      <AccessPointName>ap-01</AccessPointName>
      <Alias>ap-01-ossalias</Alias>
      <NetworkOrigin>vpc</NetworkOrigin>
      <VpcConfiguration><VpcId>vpc-t4nlw426y44rd3iq4****</VpcId></VpcConfiguration>
      <Status>enable</Status>
    </AccessPoint>
    <AccessPoint>
      <Bucket>oss-example</Bucket>
      <AccessPointName>ap-02</AccessPointName>
      <Alias>ap-02-ossalias</Alias>
      <NetworkOrigin>internet</NetworkOrigin>
      <VpcConfiguration><VpcId></VpcId></VpcConfiguration>
      <Status>enable</Status>
    </AccessPoint>
  </AccessPoints>
</ListAccessPointsResult>''',
    'public access block': '<PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess>'
    '</PublicAccessBlockConfiguration>',
    'callback policies': '''
<BucketCallbackPolicy>
  <PolicyItem><PolicyName>first</PolicyName><Callback>e1wiY2FsbGJhY2tVcmxcIjpcInd3dy5hYmMuY29tL2NhbGxiYWNrXCJ9</Callback><CallbackVar></CallbackVar></PolicyItem>
  <PolicyItem><PolicyName>second</PolicyName><Callback>e1w</Callback><CallbackVar>e1wieDphXCI6XCJhXCJ9</CallbackVar></PolicyItem>
</BucketCallbackPolicy>''',
    'regions': '''
<RegionInfoList>
  <RegionInfo>
    <Region>oss-cn-hangzhou</Region>
    <InternetEndpoint>oss-cn-hangzhou.aliyuncs.com</InternetEndpoint>
    <InternalEndpoint>oss-cn-hangzhou-internal.aliyuncs.com</InternalEndpoint>
    <AccelerateEndpoint>oss-accelerate.aliyuncs.com</AccelerateEndpoint>
  </RegionInfo>
  <RegionInfo>
    <Region>oss-cn-shanghai</Region>
    <InternetEndpoint>oss-cn-shanghai.aliyuncs.com</InternetEndpoint>
    <InternalEndpoint>oss-cn-shanghai-internal.aliyuncs.com</InternalEndpoint>
    <AccelerateEndpoint>oss-accelerate.aliyuncs.com</AccelerateEndpoint>
  </RegionInfo>
</RegionInfoList>''',
    'async fetch made': '<AsyncFetchTaskResult><TaskId>abcd</TaskId></AsyncFetchTaskResult>',
    'async fetch': '''
<AsyncFetchTaskInfo>
  <TaskId>abcd</TaskId>
  <State>Success</State>
  <ErrorMsg>no error</ErrorMsg>
  <TaskInfo>
    <Url>http://www.example.com/a.jpg</Url>
    <Object>目录/a.jpg</Object>
    <Host>www.example.com</Host>
    <ContentMD5>ICy5YqxZB1uWSwcVLSNLcA==</ContentMD5>
    <Callback>eyJjYWxsYmFja1VybCI6Ind3dy5hYmMuY29tL2NhbGxiYWNrIn0=</Callback>
    <IgnoreSameKey>false</IgnoreSameKey>
  </TaskInfo>
</AsyncFetchTaskInfo>''',
    'live channel made': '''
<CreateLiveChannelResult>
  <PublishUrls><Url>rtmp://test-bucket.oss-cn-hangzhou.aliyuncs.com/live/test-channel</Url></PublishUrls>
  <PlayUrls><Url>http://test-bucket.oss-cn-hangzhou.aliyuncs.com/test-channel/playlist.m3u8</Url></PlayUrls>
</CreateLiveChannelResult>''',
    'live channel': '''
<LiveChannelConfiguration>
  <Description>a 描述</Description>
  <Status>enabled</Status>
  <Target>
    <Type>HLS</Type>
    <FragDuration>2</FragDuration>
    <FragCount>4</FragCount>
    <PlaylistName>playlist.m3u8</PlaylistName>
  </Target>
</LiveChannelConfiguration>''',
    'live channels': '''
<ListLiveChannelResult>
  <Prefix>test</Prefix>
  <Marker>m</Marker>
  <MaxKeys>1</MaxKeys>
  <IsTruncated>true</IsTruncated>
  <NextMarker>channel-0</NextMarker>
  <LiveChannel>
    <Name>channel-0</Name>
    <Description>a</Description>
    <Status>disabled</Status>
    <LastModified>2016-07-30T01:54:21.000Z</LastModified>
    <PublishUrls><Url>rtmp://test-bucket.oss-cn-hangzhou.aliyuncs.com/live/channel-0</Url></PublishUrls>
    <PlayUrls><Url>http://test-bucket.oss-cn-hangzhou.aliyuncs.com/channel-0/playlist.m3u8</Url></PlayUrls>
  </LiveChannel>
  <LiveChannel>
    <Name>channel-1</Name>
    <Description></Description>
    <Status>enabled</Status>
    <LastModified>2016-07-30T01:54:22.000Z</LastModified>
    <PublishUrls><Url>rtmp://b/live/channel-1</Url></PublishUrls>
    <PlayUrls><Url>http://b/channel-1/playlist.m3u8</Url></PlayUrls>
  </LiveChannel>
</ListLiveChannelResult>''',
    'live channel stat': '''
<LiveChannelStat>
  <Status>Live</Status>
  <ConnectedTime>2016-08-25T06:25:15.000Z</ConnectedTime>
  <RemoteAddr>10.1.2.3:47745</RemoteAddr>
  <Video><Width>1280</Width><Height>536</Height><FrameRate>24</FrameRate><Bandwidth>72513</Bandwidth><Codec>H264</Codec></Video>
  <Audio><Bandwidth>6519</Bandwidth><SampleRate>24000</SampleRate><Codec>ADPCM</Codec></Audio>
</LiveChannelStat>''',
    'live channel history': '''
<LiveChannelHistory>
  <LiveRecord><StartTime>2016-07-30T01:53:21.000Z</StartTime><EndTime>2016-07-30T01:53:31.000Z</EndTime><RemoteAddr>10.101.194.148:56861</RemoteAddr></LiveRecord>
  <LiveRecord><StartTime>2016-07-30T01:53:35.000Z</StartTime><EndTime>2016-07-30T01:53:45.000Z</EndTime><RemoteAddr>10.101.194.148:57126</RemoteAddr></LiveRecord>
</LiveChannelHistory>''',
    'object list': '''
<ListBucketResult>
  <Name>examplebucket</Name>
  <Prefix>fun%2F</Prefix>
  <Marker>test1.txt</Marker>
  <ContinuationToken>CgJiYw--</ContinuationToken>
  <MaxKeys>100</MaxKeys>
  <KeyCount>3</KeyCount>
  <Delimiter>%2F</Delimiter>
  <EncodingType>url</EncodingType>
  <IsTruncated>true</IsTruncated>
  <NextMarker>%E7%9B%AE%E5%BD%95%2Fmovie%20007.avi</NextMarker>
  <NextContinuationToken>CgYxMC50eHQ-</NextContinuationToken>
  <Contents>
    <Key>%E7%9B%AE%E5%BD%95%2Fmovie%20001%2B.avi</Key>
    <LastModified>2012-02-24T08:43:07.000Z</LastModified>
    <ETag>"5B3C1A2E053D763E1B002CC607C5****"</ETag>
    <Type>Normal</Type>
    <Size>344606</Size>
    <StorageClass>Standard</StorageClass>
    <RestoreInfo>ongoing-request="true"</RestoreInfo>
    <Owner><ID>0022012****</ID><DisplayName>user_example</DisplayName></Owner>
  </Contents>
  <CommonPrefixes><Prefix>fun%2Ftest%20a%2F</Prefix></CommonPrefixes>
</ListBucketResult>''',
    'version list': '''
<ListVersionsResult>
  <Name>examplebucket</Name>
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
    <RestoreInfo>ongoing-request="false"</RestoreInfo>
    <Owner><ID>1234512528586****</ID><DisplayName>12345125285864390</DisplayName></Owner>
  </Version>
  <CommonPrefixes><Prefix>fun%2Ftest%20a%2F</Prefix></CommonPrefixes>
</ListVersionsResult>''',
    'bucket list': '''
<ListAllMyBucketsResult>
  <Prefix>my</Prefix>
  <Marker>mybucket</Marker>
  <MaxKeys>10</MaxKeys>
  <IsTruncated>true</IsTruncated>
  <NextMarker>mybucket10</NextMarker>
  <Owner><ID>51264</ID><DisplayName>51264</DisplayName></Owner>
  <Buckets>
    <Bucket>
      <CreationDate>2014-02-17T18:12:43.000Z</CreationDate>
      <ExtranetEndpoint>oss-cn-shanghai.aliyuncs.com</ExtranetEndpoint>
      <IntranetEndpoint>oss-cn-shanghai-internal.aliyuncs.com</IntranetEndpoint>
      <Location>oss-cn-shanghai</Location>
      <Name>app-base-oss</Name>
      <Region>cn-shanghai</Region>
      <ResourceGroupId>rg-aek27tc********</ResourceGroupId>
      <StorageClass>Standard</StorageClass>
    </Bucket>
  </Buckets>
</ListAllMyBucketsResult>''',
    'upload made': '<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>k</Key>'
    '<UploadId>0004B9894A22E5B1888A1E29F823****</UploadId></InitiateMultipartUploadResult>',
    'upload list': '''
<ListMultipartUploadsResult>
  <Bucket>oss-example</Bucket>
  <KeyMarker>%E7%9B%AE%20a</KeyMarker>
  <UploadIdMarker>0004</UploadIdMarker>
  <NextKeyMarker>%E7%9B%AE%20oss.avi</NextKeyMarker>
  <NextUploadIdMarker>0004B99B8E707874FC2D692FA5D77D3F</NextUploadIdMarker>
  <Delimiter>%2F</Delimiter>
  <Prefix>a%2F</Prefix>
  <EncodingType>url</EncodingType>
  <MaxUploads>1000</MaxUploads>
  <IsTruncated>true</IsTruncated>
  <Upload>
    <Key>%E7%9B%AE%20multipart%2B.data</Key>
    <UploadId>0004B999EF518A1FE585B0C9360D****</UploadId>
    <StorageClass>Standard</StorageClass>
    <Initiated>2012-02-23T04:18:23.000Z</Initiated>
  </Upload>
  <CommonPrefixes><Prefix>a%2F%E7%9B%AE%2F</Prefix></CommonPrefixes>
</ListMultipartUploadsResult>''',
    'part list': '''
<ListPartsResult>
  <Bucket>multipart_upload</Bucket>
  <Key>multipart.data</Key>
  <UploadId>0004B999EF5A239BB9138C6227D6****</UploadId>
  <NextPartNumberMarker>5</NextPartNumberMarker>
  <PartNumberMarker>0</PartNumberMarker>
  <MaxParts>1000</MaxParts>
  <IsTruncated>true</IsTruncated>
  <Part>
    <PartNumber>1</PartNumber>
    <LastModified>2012-02-23T07:01:34.000Z</LastModified>
    <ETag>"3349DC700140D7F86A0784842780****"</ETag>
    <HashCrc64ecma>1234567890</HashCrc64ecma>
    <Size>6291456</Size>
  </Part>
</ListPartsResult>''',
    'deleted': '''
<DeleteResult>
  <EncodingType>url</EncodingType>
  <Deleted>
    <Key>%E7%9B%AE%E5%BD%95%2Fa+b%20c%2B.jpg</Key>
    <VersionId>CAEQNRiBgIDyz.6C0BYiIGQ2NWEwNmVhNTA3ZTQ3MzM5ODliYjM1ZTdjYjA4****</VersionId>
    <DeleteMarker>true</DeleteMarker>
    <DeleteMarkerVersionId>CAEQMhiBgIDXiaaB0BYiIGQzYmRkZGUxMTM1ZDRjOTZhNjk4YjRjMTAyZjhlMmQ2</DeleteMarkerVersionId>
  </Deleted>
</DeleteResult>''',
    'async process': '{"EventId":"3D7-1XxFtV2t3VtcOn2CXqI2ldsMN3i","RequestId":"8DF65942-D483-5E7E-BC1A-B25C617A9C32",'
    '"TaskId":"MediaConvert-d2280366-cd33-48f7-90c6-a0dab65bed63"}',
}
