"""Changes of a bucket's data redundancy: queueing, processing, finished."""
from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any, Dict, List, Tuple

from .. import xml
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..routing import ACCOUNT, OWNER, operation
from ..times import iso

_KIND = 'redundancyTransition'
_BY_TASK = _KIND + '&x-oss-redundancy-transition-taskid'
Task = Dict[str, Any]


@operation('CreateBucketDataRedundancyTransition', 'bucket', 'POST', _KIND, access=OWNER)
def create_transition(request: Request) -> Answer:
    """Begins to change the redundancy: Queueing, Processing, Finished within State.restore_seconds."""
    store = request.state.store
    target = request.params.get('x-oss-target-redundancy-type', '')
    if target not in ('LRS', 'ZRS'):
        raise invalid_argument('x-oss-target-redundancy-type', target, 'The target redundancy type is invalid.')
    with store.transaction():
        bucket = request.the_bucket()
        if bucket.redundancy == target:
            raise ApiError('BucketDataRedundancyTransitionTaskConflict', 'The bucket has that redundancy already.',
                           status=409)
        if any(_status(request, task) in ('Queueing', 'Processing') for _, task in _tasks(request, bucket.name)):
            raise ApiError('BucketDataRedundancyTransitionTaskConflict', 'A task of the bucket is not finished.',
                           status=409)
        task_id = uuid.uuid4().hex
        store.save_setting(bucket.name, _KIND, {'created': request.now, 'target': target}, task_id)
        store.save_bucket(replace(bucket, redundancy=target))
    return Answer.xml(xml.document('BucketDataRedundancyTransition', [('TaskId', task_id)]))


def _status(request: Request, task: Task) -> str:
    """Tasks take as long as archived objects to thaw."""
    passed = request.now - task['created']
    if passed >= request.state.restore_seconds:
        return 'Finished'
    return 'Processing' if passed >= request.state.restore_seconds / 2 else 'Queueing'


def _tasks(request: Request, bucket: str) -> List[Tuple[str, Task]]:
    return sorted(request.state.store.settings(bucket, _KIND), key=lambda item: float(item[1]['created']))


def _describe(request: Request, bucket: str, task_id: str, task: Task) -> List[xml.OptionalNode]:
    status = _status(request, task)
    seconds = request.state.restore_seconds
    return [
        ('Bucket', bucket), ('TaskId', task_id), ('Status', status), ('CreateTime', iso(task['created'])),
        ('StartTime', iso(task['created'] + seconds / 2)) if status != 'Queueing' else None,
        ('ProcessPercentage', {'Processing': 50, 'Finished': 100}[status]) if status != 'Queueing' else None,
        ('EstimatedRemainingTime', 0 if status == 'Finished' else 1) if status != 'Queueing' else None,
        ('EndTime', iso(task['created'] + seconds)) if status == 'Finished' else None,
    ]


@operation('GetBucketDataRedundancyTransition', 'bucket', 'GET', _BY_TASK, access=OWNER)
def get_transition(request: Request) -> Answer:
    """Tells how far a change of redundancy is."""
    task_id, task = _found(request)
    return Answer.xml(xml.document('BucketDataRedundancyTransition',
                                   _describe(request, request.bucket, task_id, task)))


def _found(request: Request) -> Tuple[str, Task]:
    task_id = request.params['x-oss-redundancy-transition-taskid']
    task = request.state.store.setting(request.bucket, _KIND, task_id)
    if task is None:
        raise ApiError('NoSuchDataRedundancyTransition', TaskId=task_id)
    return task_id, task


@operation('DeleteBucketDataRedundancyTransition', 'bucket', 'DELETE', _BY_TASK, access=OWNER)
def delete_transition(request: Request) -> Answer:
    """Takes back a change of redundancy that is not processed yet."""
    with request.state.store.transaction():
        task_id, task = _found(request)
        if _status(request, task) == 'Processing':
            raise ApiError('BucketDataRedundancyTransitionTaskConflict', 'The task is being processed.', status=409)
        if _status(request, task) == 'Queueing':
            before = 'LRS' if task['target'] == 'ZRS' else 'ZRS'
            request.state.store.save_bucket(replace(request.the_bucket(), redundancy=before))
        request.state.store.drop_setting(request.bucket, _KIND, task_id)
    return Answer(204)


@operation('ListBucketDataRedundancyTransition', 'bucket', 'GET', _KIND, access=OWNER)
def list_bucket_transitions(request: Request) -> Answer:
    """Lists the changes of redundancy of a bucket."""
    return Answer.xml(xml.document('ListBucketDataRedundancyTransition', [
        ('BucketDataRedundancyTransition', _describe(request, request.bucket, task_id, task))
        for task_id, task in _tasks(request, request.bucket)]))


@operation('ListUserDataRedundancyTransition', 'service', 'GET', _KIND, access=ACCOUNT)
def list_user_transitions(request: Request) -> Answer:
    """Lists the changes of redundancy of the account's buckets, paged."""
    limit = request.number('max-keys', 100, 1, 100)
    token = request.params.get('continuation-token', '')
    found = [(bucket.name, task_id, task) for bucket in request.state.store.buckets(request.account)
             for task_id, task in _tasks(request, bucket.name)]
    found = sorted((item for item in found if item[1] > token), key=lambda item: item[1])
    page, is_truncated = found[:limit], len(found) > limit
    return Answer.xml(xml.document('ListBucketDataRedundancyTransition', [
        *(('BucketDataRedundancyTransition', _describe(request, *item)) for item in page),
        ('IsTruncated', 'true' if is_truncated else 'false'),
        ('NextContinuationToken', page[-1][1]) if is_truncated else None]))
