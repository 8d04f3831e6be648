"""A bucket and its configurations: every operation of Bucket that is not on an object, and Service but list_buckets."""

from __future__ import annotations

from typing import Any

from cases import (
    CNAME,
    PATH_STYLE,
    STS,
    STS_V4,
    V1,
    V2,
    V4,
    Answer,
    Area,
    Bucket,
    Chunks,
    Client,
    File,
    Memory,
    Reader,
    Service,
    error,
    models,
    oss2,
    xml,
)
from documents import ANSWERS
from inputs import INPUTS, QOS_SHAPES

area = Area('buckets')
OK, NONE = Answer(200), Answer(204)
WAYS = {'v1': V1, 'v2': V2, 'v4': V4, 'sts': STS, 'sts v4': STS_V4, 'path style': PATH_STYLE}
VERSION = 'CAEQNRiBgICb8o6D0BYiIDNlNzk5NGE2M2Y3ZjRhZTViYTAxZGE0ZTEyMWYy'
SSE = {'x-oss-server-side-encryption': 'KMS'}

# Operations that send a document: what they call it, and the arguments before it.
SENDS = {
    'put_bucket_logging': 'to_put_bucket_logging',
    'put_bucket_referer': 'to_put_bucket_referer',
    'put_bucket_website': 'to_put_bucket_website',
    'put_bucket_lifecycle': 'to_put_bucket_lifecycle',
    'put_bucket_cors': 'to_put_bucket_cors',
    'put_bucket_tagging': 'to_put_tagging',
    'put_bucket_encryption': 'to_put_bucket_encryption',
    'put_bucket_versioning': 'to_put_bucket_versioning',
    'put_bucket_request_payment': 'to_put_bucket_request_payment',
    'put_bucket_qos_info': 'to_put_qos_info',
    'set_bucket_storage_capacity': 'to_put_bucket_user_qos',
    'put_bucket_inventory_configuration': 'to_put_inventory_configuration',
    'init_bucket_worm': 'to_put_init_bucket_worm',
    'put_bucket_replication': 'to_put_bucket_replication',
    'delete_bucket_replication': 'to_delete_bucket_replication',
    'put_bucket_transfer_acceleration': 'to_put_bucket_transfer_acceleration',
    'put_bucket_access_monitor': 'to_put_bucket_access_monitor',
    'put_bucket_resource_group': 'to_put_bucket_resource_group',
    'put_async_fetch_task': 'to_put_async_fetch_task',
    'put_bucket_archive_direct_read': 'to_put_bucket_archive_direct_read',
    'put_bucket_https_config': 'to_do_bucket_https_config_request',
    'do_bucket_meta_query': 'to_do_bucket_meta_query_request',
    'create_access_point': 'to_do_create_access_point_request',
    'put_bucket_public_access_block': 'to_put_public_access_block_request',
}
ANSWER = {
    'init_bucket_worm': Answer(200, {'x-oss-worm-id': '1666E2CFB2B3418****'}),
    'put_async_fetch_task': xml(ANSWERS['async fetch made']),
    'do_bucket_meta_query': xml(ANSWERS['meta query']),
    'create_access_point': xml(ANSWERS['access point made']),
    'delete_bucket_replication': OK,
}
for name, function in SENDS.items():
    for title, args in INPUTS[function].items():
        area.add('sends ' + title, getattr(Bucket, name)(*args), ANSWER.get(name, OK))
RAW = b'<Some><Document>\xe4\xb8\xad</Document></Some>'
FORMS = {
    'str': RAW.decode('utf-8'),
    'bytes': RAW,
    'BytesIO': Memory(RAW),
    'file': File(RAW),
    'reader': Reader(RAW),
    'generator': Chunks(RAW[:6], RAW[6:]),
    'empty str': '',
    'empty bytes': b'',
    'None': None,
}
for name in (
    'put_bucket_cors',
    'put_bucket_lifecycle',
    'put_bucket_logging',
    'put_bucket_referer',
    'put_bucket_website',
    'put_bucket_versioning',
    'put_bucket_tagging',
    'put_bucket_policy',
    'put_bucket_encryption',
    'put_bucket_inventory_configuration',
):
    for title, document in FORMS.items():
        area.add('document as ' + title, getattr(Bucket, name)(document), OK)

# Create, delete, ACL.
for title, permission in {
    'private': oss2.BUCKET_ACL_PRIVATE,
    'public-read': oss2.BUCKET_ACL_PUBLIC_READ,
    'public-read-write': oss2.BUCKET_ACL_PUBLIC_READ_WRITE,
    'empty': '',
    'None': None,
}.items():
    area.add('permission ' + title, Bucket.create_bucket(permission), Answer(200, {'Location': '/oss-example'}))
    area.add('permission ' + title, Bucket.put_bucket_acl(permission), OK)
for title, args in INPUTS['to_put_bucket_config'].items():
    area.add('configuration ' + title, Bucket.create_bucket('private', *args), OK)
for title, document in FORMS.items():
    area.add('document as ' + title, Bucket.create_bucket(input=document), OK)
area.add('headers', Bucket.create_bucket(headers={'x-oss-resource-group-id': 'rg-1', 'x-oss-acl': 'private'}), OK)
area.add(
    'permission and headers',
    Bucket.create_bucket('public-read', headers={'x-oss-acl': 'private', 'Content-Type': 'a/b'}),
    OK,
)
area.add(
    'taken', Bucket.create_bucket(), error(409, 'BucketAlreadyExists', more='<BucketName>examplebucket</BucketName>')
)
area.add('too many', Bucket.create_bucket(), error(400, 'TooManyBuckets'))
area.add('deleted', Bucket.delete_bucket(), NONE)
area.add(
    'not empty',
    Bucket.delete_bucket(),
    error(
        409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty.', '<BucketName>examplebucket</BucketName>'
    ),
)
area.add('no such bucket', Bucket.delete_bucket(), error(404, 'NoSuchBucket'))
area.add('503', Bucket.delete_bucket(), error(503, 'ServiceUnavailable'))
area.add(
    'headers',
    Bucket.put_bucket_lifecycle(
        INPUTS['to_put_bucket_lifecycle']['days'][0], {'x-oss-allow-same-action-overlap': 'true'}
    ),
    OK,
)
area.add('headers', Bucket.put_bucket_tagging(INPUTS['to_put_tagging']['two'][0], {'x-a': 'b'}), OK)
area.add('headers', Bucket.put_bucket_versioning(INPUTS['to_put_bucket_versioning']['on'][0], {'x-a': 'b'}), OK)
area.add('params', Bucket.delete_bucket_tagging({'tagging': 'k1,k2'}), NONE)
area.add('params of another', Bucket.delete_bucket_tagging({'a': '键'}), NONE)

# Operations that get a document: arguments, and the document with every element.
GETS = {
    'get_bucket_info': ((), 'bucket info'),
    'get_bucket_stat': ((), 'bucket stat'),
    'get_bucket_location': ((), 'location'),
    'get_bucket_acl': ((), 'acl'),
    'get_bucket_versioning': ((), 'versioning'),
    'get_bucket_logging': ((), 'logging'),
    'get_bucket_referer': ((), 'referer'),
    'get_bucket_website': ((), 'website'),
    'get_bucket_lifecycle': ((), 'lifecycle'),
    'get_bucket_cors': ((), 'cors'),
    'get_bucket_encryption': ((), 'encryption'),
    'get_bucket_tagging': ((), 'tagging'),
    'get_bucket_request_payment': ((), 'request payment'),
    'get_bucket_qos_info': ((), 'bucket qos'),
    'get_bucket_storage_capacity': ((), 'storage capacity'),
    'get_bucket_requester_qos_info': (('2666820',), 'requester qos'),
    'list_bucket_requester_qos_infos': (('token+/', 5), 'requester qos list'),
    'get_bucket_inventory_configuration': (('报告 1',), 'inventory'),
    'list_bucket_inventory_configurations': (('token+/',), 'inventories'),
    'get_bucket_worm': ((), 'worm'),
    'get_bucket_replication': ((), 'replication'),
    'get_bucket_replication_location': ((), 'replication locations'),
    'get_bucket_replication_progress': (('rule 1',), 'replication progress'),
    'get_bucket_transfer_acceleration': ((), 'transfer acceleration'),
    'create_bucket_cname_token': (('www.example.com',), 'cname token'),
    'get_bucket_cname_token': (('www.例子.com',), 'cname token'),
    'list_bucket_cname': ((), 'cnames'),
    'get_bucket_meta_query_status': ((), 'meta query status'),
    'get_bucket_access_monitor': ((), 'access monitor'),
    'get_bucket_resource_group': ((), 'resource group'),
    'get_bucket_style': (('风格 a',), 'style'),
    'list_bucket_style': ((), 'styles'),
    'get_bucket_archive_direct_read': ((), 'archive direct read'),
    'get_bucket_https_config': ((), 'https config'),
    'create_bucket_data_redundancy_transition': (('ZRS',), 'transition made'),
    'get_bucket_data_redundancy_transition': (('4be5',), 'transition'),
    'list_bucket_data_redundancy_transition': ((), 'transitions'),
    'get_access_point': (('ap-01',), 'access point'),
    'list_bucket_access_points': ((10, 'token+/'), 'access points'),
    'get_bucket_public_access_block': ((), 'public access block'),
    'get_access_point_public_access_block': (('ap-01',), 'public access block'),
    'get_bucket_callback_policy': ((), 'callback policies'),
    'get_async_fetch_task': (('abcd',), 'async fetch'),
    'do_bucket_meta_query': ((models.MetaQuery(max_results=5),), 'meta query'),
    'create_access_point': ((models.CreateAccessPointRequest('ap-01', 'internet'),), 'access point made'),
    'put_async_fetch_task': ((models.AsyncFetchTaskConfiguration('u', 'o'),), 'async fetch made'),
}
SERVICE_GETS = {
    'describe_regions': (('oss-cn-hangzhou',), 'regions'),
    'get_user_qos_info': ((), 'user qos'),
    'list_user_data_redundancy_transition': (('token+/', 5), 'transitions of a user'),
    'list_access_points': ((5, 'token+/'), 'access points'),
    'get_public_access_block': ((), 'public access block'),
    'list_resource_pools': (('token+/', 5), 'resource pools'),
    'get_resource_pool_info': (('资源 池',), 'resource pool'),
    'list_resource_pool_buckets': (('pool', 'token', 5), 'resource pool buckets'),
    'get_resource_pool_requester_qos_info': (('uid', 'pool'), 'requester qos'),
    'list_resource_pool_requester_qos_infos': (('pool', 'token', 5), 'resource pool requester qos'),
}


def bare(document: str) -> str:
    root = document.strip()[1:].split('>')[0]
    return '<%s/>' % root


def got(of: Any, name: str, args: Any, answer: str) -> None:
    call = getattr(of, name)(*args)
    area.add('every field', call, xml(ANSWERS[answer]))
    area.add('empty document', call, xml(bare(ANSWERS[answer])))
    area.add('empty body', call, OK)
    area.add('no such bucket', call, error(404, 'NoSuchBucket'))
    for title, client in WAYS.items():
        area.add('signed ' + title, call, error(403, 'AccessDenied'), client)


for name, (args, answer) in GETS.items():
    got(Bucket, name, args, answer)
for name, (args, answer) in SERVICE_GETS.items():
    got(Service, name, args, answer)
NOT_CONFIGURED = {
    'get_bucket_lifecycle': 'NoSuchLifecycle',
    'get_bucket_cors': 'NoSuchCORSConfiguration',
    'get_bucket_website': 'NoSuchWebsiteConfiguration',
    'get_bucket_policy': 'NoSuchBucketPolicy',
    'get_bucket_encryption': 'NoSuchServerSideEncryptionRule',
    'get_bucket_worm': 'NoSuchWORMConfiguration',
    'get_bucket_transfer_acceleration': 'NoSuchTransferAccelerationConfiguration',
    'get_bucket_replication': 'NoSuchReplicationConfiguration',
    'get_bucket_callback_policy': 'NoSuchCallbackPolicy',
    'get_bucket_qos_info': 'NoSuchBucketQosInfo',
}
for name, code in NOT_CONFIGURED.items():
    area.add('not configured', getattr(Bucket, name)(), error(404, code))
area.add('not configured', Bucket.get_bucket_inventory_configuration('a'), error(404, 'NoSuchInventory'))
area.add('no rule', Bucket.get_bucket_replication_progress('a'), error(404, 'NoSuchReplicationRule'))
for title, document in {
    'no prefix set': ANSWERS['replication'].replace(
        '<PrefixSet><Prefix>source1</Prefix><Prefix>video</Prefix></PrefixSet>', ''
    ),
    'no rules': '<ReplicationConfiguration/>',
}.items():
    area.add(title, Bucket.get_bucket_replication(), xml(document))
for title, document in {
    'none': '<BucketLoggingStatus></BucketLoggingStatus>',
    'empty prefix': ANSWERS['logging'].replace('mybucket-access_log/', ''),
}.items():
    area.add(title, Bucket.get_bucket_logging(), xml(document))
for title, document in {
    'never set': '<VersioningConfiguration/>',
    'suspended': '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>',
}.items():
    area.add(title, Bucket.get_bucket_versioning(), xml(document))
area.add(
    'with a declaration',
    Bucket.get_bucket_info(),
    xml('<?xml version="1.0" encoding="UTF-8"?>\n' + ANSWERS['bucket info'].strip()),
)
area.add(
    'chunked',
    Bucket.get_bucket_info(),
    Answer(200, {}, ANSWERS['bucket info'].strip().encode('utf-8'), 'chunked', (5, 20)),
)
area.add('not XML', Bucket.get_bucket_info(), Answer(200, {}, b'<html>'))
area.add('SSE-OSS', Bucket.get_bucket_inventory_configuration('a'), xml(ANSWERS['inventory, SSE-OSS']))
area.add('no rules', Bucket.get_bucket_lifecycle(), xml('<LifecycleConfiguration/>'))
area.add('no encryption', Bucket.get_bucket_info(), xml(ANSWERS['bucket info'].replace('KMS<', 'None<')))
area.add(
    'AES256',
    Bucket.get_bucket_encryption(),
    xml(
        '<ServerSideEncryptionRule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>'
        '</ApplyServerSideEncryptionByDefault></ServerSideEncryptionRule>'
    ),
)
area.add(
    'only the old fields',
    Bucket.get_bucket_stat(),
    xml(
        '<BucketStat><Storage>1</Storage><ObjectCount>2</ObjectCount><MultipartUploadCount>3</MultipartUploadCount>'
        '</BucketStat>'
    ),
)
area.add(
    'no index',
    Bucket.get_bucket_website(),
    xml('<WebsiteConfiguration><ErrorDocument><Key>e</Key></ErrorDocument></WebsiteConfiguration>'),
)
area.add(
    'condition without prefix',
    Bucket.get_bucket_website(),
    xml(ANSWERS['website'].replace('<KeyPrefixEquals>abc/</KeyPrefixEquals>', '')),
)
area.add(
    'condition without code',
    Bucket.get_bucket_website(),
    xml(ANSWERS['website'].replace('<HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>', '')),
)
area.add('default arguments', Bucket.list_bucket_requester_qos_infos(), xml(ANSWERS['requester qos list']))
area.add('default arguments', Bucket.list_bucket_inventory_configurations(), xml(ANSWERS['inventories']))
area.add('default arguments', Bucket.list_bucket_access_points(), xml(ANSWERS['access points']))
area.add('all', Service.describe_regions(), xml(ANSWERS['regions']))
area.add('default arguments', Service.list_user_data_redundancy_transition(), xml(ANSWERS['transitions of a user']))
area.add('default arguments', Service.list_access_points(), xml(ANSWERS['access points']))
area.add('default arguments', Service.list_resource_pools(), xml(ANSWERS['resource pools']))
area.add('default arguments', Service.list_resource_pool_buckets('pool'), xml(ANSWERS['resource pool buckets']))
area.add(
    'default arguments',
    Service.list_resource_pool_requester_qos_infos('pool'),
    xml(ANSWERS['resource pool requester qos']),
)
for name in ('get_resource_pool_info', 'list_resource_pool_buckets', 'list_resource_pool_requester_qos_infos'):
    for value in ('', None):
        area.add('pool %r' % value, getattr(Service, name)(value), xml('<A/>'))

# Operations that send no document and get none.
POLICY = '{"Version":"1","Statement":[{"Action":["oss:PutObject"],"Effect":"Allow","Resource":["acs:oss:*:123:*"]}]}'
QOS = models.QoSConfiguration(total_qps=5)
PLAIN = {
    'delete_bucket_cors': (),
    'delete_bucket_lifecycle': (),
    'delete_bucket_logging': (),
    'delete_bucket_website': (),
    'delete_bucket_encryption': (),
    'delete_bucket_tagging': (),
    'delete_bucket_policy': (),
    'delete_bucket_callback_policy': (),
    'delete_bucket_qos_info': (),
    'delete_bucket_requester_qos_info': ('2666',),
    'delete_bucket_inventory_configuration': ('报告',),
    'abort_bucket_worm': (),
    'complete_bucket_worm': ('1666E2CFB',),
    'extend_bucket_worm': ('1666E2CFB', 3),
    'open_bucket_meta_query': (),
    'close_bucket_meta_query': (),
    'delete_bucket_style': ('风格 a',),
    'delete_bucket_data_redundancy_transition': ('4be5',),
    'delete_access_point': ('ap-01',),
    'delete_access_point_policy': ('ap-01',),
    'delete_bucket_public_access_block': (),
    'delete_access_point_public_access_block': ('ap-01',),
    'put_bucket_policy': (POLICY,),
    'put_access_point_policy': ('ap-01', POLICY),
    'put_access_point_public_access_block': ('ap-01', True),
    'put_bucket_style': ('风格 a', 'image/resize,p_50'),
    'put_bucket_callback_policy': ([models.CallbackPolicyInfo('first', 'e30=', 'v')],),
    'put_bucket_requester_qos_info': ('2666', QOS),
    'put_bucket_cname': (
        models.PutBucketCnameRequest('www.example.com', models.CertInfo('493', 'c', 'k', 'p', True, False)),
    ),
    'delete_bucket_cname': ('www.example.com',),
    'put_bucket_acl': ('public-read',),
    'create_bucket': (),
    'delete_bucket': (),
}
SERVICE_PLAIN = {
    'put_public_access_block': (True,),
    'delete_public_access_block': (),
    'put_resource_pool_requester_qos_info': ('uid', 'pool', QOS),
    'delete_resource_pool_requester_qos_info': ('uid', 'pool'),
}
for of, operations in ((Bucket, PLAIN), (Service, SERVICE_PLAIN)):
    for name, plain in operations.items():
        call = getattr(of, name)(*plain)
        area.add('answered 200', call, Answer(200, {'x-oss-version-id': 'v', 'x-oss-delete-marker': 'true'}))
        area.add('answered 204', call, NONE)
        for title, client in WAYS.items():
            area.add('signed ' + title, call, OK, client)
area.add(
    'policy', Bucket.get_bucket_policy(), Answer(200, {'Content-Type': 'application/json'}, POLICY.encode('utf-8'))
)
area.add('chinese', Bucket.get_bucket_policy(), Answer(200, {}, '{"中": "文"}'.encode()))
area.add('not UTF-8', Bucket.get_bucket_policy(), Answer(200, {}, b'{"a": "\xff"}'))
area.add('empty', Bucket.get_bucket_policy(), OK)
area.add(
    'policy',
    Bucket.get_access_point_policy('ap-01'),
    Answer(200, {'Content-Type': 'application/json'}, POLICY.encode('utf-8')),
)
area.add('not configured', Bucket.get_access_point_policy('ap-01'), error(404, 'NoSuchAccessPointPolicy'))
area.add('domain only', Bucket.put_bucket_cname(models.PutBucketCnameRequest('www.example.com')), OK)
for title, args in INPUTS['to_do_bucket_callback_policy_request'].items():
    area.add('sends ' + title, Bucket.put_bucket_callback_policy(*args), OK)
for title, shape in QOS_SHAPES.items():
    area.add('sends ' + title, Bucket.put_bucket_requester_qos_info('uid', shape), OK)
    area.add('sends ' + title, Service.put_resource_pool_requester_qos_info('uid', 'pool', shape), OK)
for title, args in INPUTS['to_put_bucket_style'].items():
    area.add('sends ' + title, Bucket.put_bucket_style('name', *args), OK)
for title, args in INPUTS['to_put_public_access_block_request'].items():
    area.add('sends ' + title, Bucket.put_access_point_public_access_block('ap-01', *args), OK)
    area.add('sends ' + title, Service.put_public_access_block(*args), OK)
for title, value in {'empty': '', 'None': None}.items():
    for of, name, rest in (
        (Bucket, 'get_bucket_requester_qos_info', ()),
        (Bucket, 'delete_bucket_requester_qos_info', ()),
        (Bucket, 'get_bucket_style', ()),
        (Bucket, 'get_access_point', ()),
        (Bucket, 'put_bucket_requester_qos_info', (QOS,)),
        (Bucket, 'get_bucket_inventory_configuration', ()),
        (Bucket, 'delete_bucket_replication', ()),
        (Bucket, 'get_async_fetch_task', ()),
        (Bucket, 'create_bucket_cname_token', ()),
        (Bucket, 'delete_bucket_cname', ()),
        (Bucket, 'get_bucket_replication_progress', ()),
        (Bucket, 'delete_access_point', ()),
        (Bucket, 'put_access_point_policy', (POLICY,)),
        (Bucket, 'create_bucket_data_redundancy_transition', ()),
        (Bucket, 'delete_bucket_data_redundancy_transition', ()),
    ):
        if (name, title) != ('delete_bucket_replication', 'None'):
            area.add('argument ' + title, getattr(of, name)(value, *rest), OK)
for worm_id, days in ((None, None), ('w', None), (None, 5), ('w', '5')):
    area.add('arguments %r, %r' % (worm_id, days), Bucket.extend_bucket_worm(worm_id, days), OK)
area.add('no id', Bucket.complete_bucket_worm(), OK)
area.add('no header', Bucket.init_bucket_worm(1), OK)
area.add('in a cname', Bucket.get_bucket_info(), xml(ANSWERS['bucket info']), CNAME)

# WriteGetObjectResponse.
for title, body in {
    'bytes': b'data',
    'str': '数据',
    'file': File(b'from a file'),
    'reader': Reader(b'read'),
    'generator': Chunks(b'a', b'b'),
    'empty': b'',
    'None': None,
}.items():
    area.add(
        title,
        Service.write_get_object_response(
            'test-ap-process-name-123-opap.oss-cn-hangzhou.oss-object-process.aliyuncs.com', 'token', '200', body
        ),
        OK,
    )
area.add(
    'headers',
    Service.write_get_object_response(
        'route.example.com',
        'OSSV1#token',
        '206',
        b'data',
        {'x-oss-fwd-header-Content-Type': 'a/b', 'x-oss-fwd-header-ETag': '"A"'},
    ),
    OK,
    V4,
)
area.add('int status', Service.write_get_object_response('route.example.com', 't', 200, b'data'), OK)
for title, route in {
    'with a scheme': 'https://route.example.com',
    'http': 'http://route.example.com',
    'empty': '',
    'None': None,
    'path': 'route.example.com/a',
}.items():
    if title != 'with a scheme':
        area.add('route ' + title, Service.write_get_object_response(route, 't', '200', b'data'), OK)
for title, (token, status) in {'no token': ('', '200'), 'no status': ('t', ''), 'neither': (None, None)}.items():
    area.add(title, Service.write_get_object_response('route.example.com', token, status, b'd'), OK)
area.add('denied', Service.write_get_object_response('route.example.com', 't', '200', b'd'), error(403, 'AccessDenied'))
area.add(
    'service at another endpoint',
    Service.write_get_object_response('route.example.com', 't', '200', b'd'),
    OK,
    Client('v4', 'http://oss-cn-beijing.aliyuncs.com', options={'region': 'cn-beijing'}),
)
