"""Every operation that is answered with a document, and answers without anything that may be absent."""

from __future__ import annotations

from typing import Any, Dict, Tuple

from cases import Area, Bucket, Service, models, xml

area = Area('bare_answers')

# Operations and their arguments.
OF_BUCKET: Dict[str, Tuple[Any, ...]] = {
    'batch_delete_objects': (['a'],),
    'create_access_point': (models.CreateAccessPointRequest('point', 'internet'),),
    'create_bucket_cname_token': ('www.example.com',),
    'create_bucket_data_redundancy_transition': ('ZRS',),
    'create_live_channel': ('channel', '<LiveChannelConfiguration/>'),
    'do_bucket_meta_query': ('<MetaQuery/>',),
    'get_access_point': ('point',),
    'get_access_point_public_access_block': ('point',),
    'get_async_fetch_task': ('task',),
    'get_bucket_access_monitor': (),
    'get_bucket_acl': (),
    'get_bucket_archive_direct_read': (),
    'get_bucket_callback_policy': (),
    'get_bucket_cname_token': ('www.example.com',),
    'get_bucket_cors': (),
    'get_bucket_data_redundancy_transition': ('task',),
    'get_bucket_encryption': (),
    'get_bucket_https_config': (),
    'get_bucket_info': (),
    'get_bucket_inventory_configuration': ('report',),
    'get_bucket_lifecycle': (),
    'get_bucket_location': (),
    'get_bucket_logging': (),
    'get_bucket_meta_query_status': (),
    'get_bucket_public_access_block': (),
    'get_bucket_qos_info': (),
    'get_bucket_referer': (),
    'get_bucket_replication': (),
    'get_bucket_replication_location': (),
    'get_bucket_replication_progress': ('rule',),
    'get_bucket_request_payment': (),
    'get_bucket_requester_qos_info': ('uid',),
    'get_bucket_resource_group': (),
    'get_bucket_stat': (),
    'get_bucket_storage_capacity': (),
    'get_bucket_style': ('style',),
    'get_bucket_tagging': (),
    'get_bucket_transfer_acceleration': (),
    'get_bucket_versioning': (),
    'get_bucket_website': (),
    'get_bucket_worm': (),
    'get_live_channel': ('channel',),
    'get_live_channel_history': ('channel',),
    'get_live_channel_stat': ('channel',),
    'get_object_acl': ('key',),
    'get_object_tagging': ('key',),
    'init_multipart_upload': ('key',),
    'list_bucket_access_points': (),
    'list_bucket_cname': (),
    'list_bucket_data_redundancy_transition': (),
    'list_bucket_inventory_configurations': (),
    'list_bucket_requester_qos_infos': (),
    'list_bucket_style': (),
    'list_live_channel': (),
    'list_multipart_uploads': (),
    'list_object_versions': (),
    'list_objects': (),
    'list_objects_v2': (),
    'list_parts': ('key', 'id'),
    'put_async_fetch_task': (models.AsyncFetchTaskConfiguration('http://www.example.com/', 'key'),),
}
OF_SERVICE: Dict[str, Tuple[Any, ...]] = {
    'describe_regions': (),
    'get_public_access_block': (),
    'get_resource_pool_info': ('pool',),
    'get_resource_pool_requester_qos_info': ('uid', 'pool'),
    'get_user_qos_info': (),
    'list_access_points': (),
    'list_buckets': (),
    'list_resource_pool_buckets': ('pool',),
    'list_resource_pool_requester_qos_infos': ('pool',),
    'list_resource_pools': (),
    'list_user_data_redundancy_transition': (),
}
for owner, operations in ((Bucket, OF_BUCKET), (Service, OF_SERVICE)):
    for name, args in operations.items():
        area.add('nothing', getattr(owner, name)(*args), xml('<Answer />'))
        area.add('the last page', getattr(owner, name)(*args), xml('<Answer><IsTruncated>false</IsTruncated></Answer>'))
        area.add(
            'something unknown',
            getattr(owner, name)(*args),
            xml('<Answer><IsTruncated>false</IsTruncated><Unknown a="b"><Name>x</Name>text</Unknown></Answer>'),
        )
