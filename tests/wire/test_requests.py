"""What the library sends for its models, and what these hold, against oss2 2.19.1."""
from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.append(str(HERE))

from wire_dumps import RAISES, call, construct, of_2_19_1  # noqa: E402

REQUESTS = json.loads((HERE / 'requests.json').read_text('utf-8'))
MODELS = json.loads((HERE / 'models.json').read_text('utf-8'))
CLASSES = json.loads((HERE.parent / 'compat' / 'interface.json').read_text('utf-8'))['oss2.models']['classes']

_LIFECYCLE = 'BucketLifecycle([LifecycleRule("id", "logs/", %s)])'
_RULE = ('<LifecycleConfiguration><Rule><ID>id</ID><Prefix>logs/</Prefix><Status>Enabled</Status>%s</Rule>'
         '</LifecycleConfiguration>')
_NOT_SET = 'what is None is left out; 2.19.1 sends the text None'
_ONE_ITEM = 'a text is one item; 2.19.1 takes its characters for the items'

#: (function, arguments) -> (what is sent here, why)
DIFFERENT_REQUESTS = {
    ('to_batch_delete_objects_request', '["a\\rb"], True'): (
        '<Delete><Quiet>true</Quiet><Object><Key>a&#13;b</Key></Object></Delete>',
        'XML parsers read a bare CR as LF: 2.19.1 names another object'),
    ('to_batch_delete_objects_request', '["a\\x01b"], True'): (RAISES, 'no XML document can hold this character'),
    ('to_complete_upload_request', "[PartInfo(1, '\"quoted\"')]"): (
        '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"quoted"</ETag></Part>'
        '</CompleteMultipartUpload>',
        'an ETag is quoted once'),
    ('to_complete_upload_request', '[PartInfo(1, None)]'): (RAISES, 'a part without ETag cannot be meant'),
    ('to_put_bucket_versioning', 'BucketVersioningConfig()'): ('<VersioningConfiguration />', _NOT_SET),
    ('to_put_bucket_lifecycle', _LIFECYCLE % 'filter=LifecycleFilter(None, 0, 0)'): (
        _RULE % ('<Filter><ObjectSizeGreaterThan>0</ObjectSizeGreaterThan><ObjectSizeLessThan>0</ObjectSizeLessThan>'
                 '</Filter>'), '0 is a size; 2.19.1 drops it'),
    ('to_put_bucket_lifecycle', _LIFECYCLE % 'filter=LifecycleFilter([FilterNot("a", FilterNotTag())])'): (
        _RULE % '<Filter><Not><Prefix>a</Prefix></Not></Filter>',
        'a filter that was read without a tag is sent back without one'),
    ('to_put_bucket_lifecycle', _LIFECYCLE % 'noncurrent_version_expiration=NoncurrentVersionExpiration(None)'): (
        _RULE % '<NoncurrentVersionExpiration />', _NOT_SET),
    ('to_put_bucket_lifecycle', _LIFECYCLE % 'storage_transitions=[StorageTransition()]'): (
        _RULE % '<Transition />', _NOT_SET),
    ('to_put_bucket_referer', 'BucketReferer(False, "ab")'): (
        '<RefererConfiguration><AllowEmptyReferer>false</AllowEmptyReferer><RefererList><Referer>ab</Referer>'
        '</RefererList></RefererConfiguration>', _ONE_ITEM),
    ('to_put_bucket_referer', 'BucketReferer(False, None)'): (
        '<RefererConfiguration><AllowEmptyReferer>false</AllowEmptyReferer><RefererList /></RefererConfiguration>',
        'None is an empty list, as elsewhere; 2.19.1 fails'),
    ('to_do_bucket_https_config_request', 'BucketTlsVersion(True, "TLSv1.2")'): (
        '<HttpsConfiguration><TLS><Enable>true</Enable><TLSVersion>TLSv1.2</TLSVersion></TLS></HttpsConfiguration>',
        _ONE_ITEM),
    ('to_put_init_bucket_worm', 'None'): ('<InitiateWormConfiguration />', _NOT_SET),
    ('to_put_extend_bucket_worm', 'None'): ('<ExtendWormConfiguration />', _NOT_SET),
    ('to_put_bucket_replication', 'ReplicationRule(prefix_list="ab")'): (
        '<ReplicationConfiguration><Rule><Destination><Bucket /><Location /></Destination>'
        '<HistoricalObjectReplication>enabled</HistoricalObjectReplication><PrefixSet><Prefix>ab</Prefix></PrefixSet>'
        '</Rule></ReplicationConfiguration>', _ONE_ITEM),
    ('to_put_bucket_replication', 'ReplicationRule(action_list="PUT")'): (
        '<ReplicationConfiguration><Rule><Destination><Bucket /><Location /></Destination>'
        '<HistoricalObjectReplication>enabled</HistoricalObjectReplication><Action>PUT</Action></Rule>'
        '</ReplicationConfiguration>', _ONE_ITEM),
    ('to_do_bucket_meta_query_request', 'MetaQuery()'): ('<MetaQuery><Query /></MetaQuery>', _NOT_SET),
    ('to_put_bucket_user_qos', 'BucketUserQos()'): ('<BucketUserQos />', _NOT_SET),
}

_TARGET = {'.target.type': 'HLS', '.target.frag_duration': 5, '.target.frag_count': 3, '.target.playlist_name': '',
           '.target.': 'LiveChannelInfoTarget'}

#: constructor -> (attributes that differ, why)
DIFFERENT_MODELS = {
    'GetSymlinkResult(RESPONSE)': (
        {'.status': 200, '.versionid': None, '.delete_marker': None, '.target_key': None, '.': 'GetSymlinkResult'},
        'a response without the header makes 2.19.1 fail with TypeError'),
    'LiveChannelInfo(None, None, None, None, None, None, None)': (
        _TARGET, 'each gets a target of its own; 2.19.1 shares one, which None avoids'),
    'MetaQuery()': ({'.max_results': None}, '2.19.1 turns the number into text, and None into the text None'),
    'MetaQuery(None, None, None, None, None, None)': ({'.max_results': None}, 'as above'),
}


@pytest.mark.parametrize('function', sorted(REQUESTS))
def test_request(function):
    for arguments, recorded in REQUESTS[function].items():
        made = call(function, arguments)
        if (function, arguments) in DIFFERENT_REQUESTS:
            assert made != recorded
            recorded = DIFFERENT_REQUESTS[function, arguments][0]
        assert made == recorded, arguments


@pytest.mark.parametrize('expression', list(MODELS))
def test_model(expression):
    found, recorded = json.loads(json.dumps(construct(expression))), MODELS[expression]
    if RAISES not in (found, recorded):
        found = of_2_19_1(found, recorded, CLASSES)
    if expression in DIFFERENT_MODELS:
        assert found != recorded
        recorded = {k: v for k, v in ({} if recorded == RAISES else recorded).items() if k != '.target'}
        recorded.update(DIFFERENT_MODELS[expression][0])
    assert found == recorded


def test_each_difference_is_recorded():
    assert all(arguments in REQUESTS[function] for function, arguments in DIFFERENT_REQUESTS)
    assert set(DIFFERENT_MODELS) <= set(MODELS)
