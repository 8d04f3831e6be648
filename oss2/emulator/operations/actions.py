"""Datasets of a bucket's metadata and data pipelines of an account: operations that are told by an action."""
from __future__ import annotations

import re
from typing import Any, Callable, Dict, List, Tuple
from xml.etree.ElementTree import Element

from .. import xml
from ..access import of_account
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..routing import ACCOUNT, OWNER, STORED, operation
from ..times import iso

_DATASET = re.compile('[a-zA-Z0-9_-]{1,128}')
_PIPELINE = re.compile('[a-zA-Z0-9_-]{1,64}')
_OPTIONS = (('description', 'Description'), ('workflowParameters', 'WorkflowParameters'),
            ('datasetConfig', 'DatasetConfig'))
_SECRETS = frozenset(('ApiKey', 'APIKey'))
Action = Callable[[Request], Answer]


@operation('DoMetaQueryAction', 'bucket', 'POST', 'metaQuery&action', access=OWNER, action='oss:MetaQuery',
           effect=STORED)
def do_meta_query_action(request: Request) -> Answer:
    """Keeps datasets and returns them: create, get, update, list, delete."""
    if request.state.store.setting(request.bucket, 'metaQuery') is None:
        raise ApiError('MetaQueryNotExist', 'The bucket has no meta query.', status=404, BucketName=request.bucket)
    return _run(request, _DATASET_ACTIONS)


@operation('DoDataPipelineAction', 'service', 'POST', 'dataPipeline&action', access=ACCOUNT, effect=STORED)
def do_data_pipeline_action(request: Request) -> Answer:
    """Keeps data pipelines and returns them: put, get, list, delete; none runs."""
    return _run(request, _PIPELINE_ACTIONS)


def _run(request: Request, actions: Dict[str, Action]) -> Answer:
    action = request.params['action']
    if action not in actions:
        raise invalid_argument('action', action, 'The action must be one of %s.' % ', '.join(sorted(actions)))
    return actions[action](request)


def _list_page(request: Request, place: Tuple[str, str], most: int) -> Tuple[List[Tuple[str, Any]], str]:
    """A page of settings by name, and the token of the next."""
    limit = request.number('maxResults', 100, 0, most) or 100
    prefix, token = request.params.get('prefix', ''), request.params.get('nextToken', '')
    found = [item for item in request.state.store.settings(*place) if item[0].startswith(prefix) and item[0] > token]
    return found[:limit], found[limit - 1][0] if len(found) > limit else ''


def _dataset_name(request: Request) -> str:
    name = request.params.get('datasetName', '')
    if _DATASET.fullmatch(name) is None:
        raise invalid_argument('datasetName', name, 'The dataset name is invalid.')
    return name


def _dataset(request: Request) -> Tuple[str, Dict[str, Any]]:
    name = _dataset_name(request)
    found = request.state.store.setting(request.bucket, 'dataset', name)
    if found is None:
        raise ApiError('DatasetNotExist', 'The dataset does not exist.', status=404, DatasetName=name)
    return name, found


def _chosen(request: Request) -> Dict[str, str]:
    return {name: request.params[name] for name, _ in _OPTIONS if name in request.params}


def _create_dataset(request: Request) -> Answer:
    name = _dataset_name(request)
    if request.state.store.setting(request.bucket, 'dataset', name) is not None:
        raise ApiError('ResourceAlreadyExists', 'The dataset exists already.', DatasetName=name)
    kept = {'created': request.now, 'updated': request.now, 'options': _chosen(request)}
    request.state.store.save_setting(request.bucket, 'dataset', kept, name)
    return Answer.xml(xml.document('CreateDatasetResponse', [('Dataset', _describe(request, name, kept))]))


def _get_dataset(request: Request) -> Answer:
    name, found = _dataset(request)
    return Answer.xml(xml.document('GetDatasetResponse', [('Dataset', _describe(request, name, found))]))


def _update_dataset(request: Request) -> Answer:
    name, found = _dataset(request)
    found = {**found, 'updated': request.now, 'options': {**found['options'], **_chosen(request)}}
    request.state.store.save_setting(request.bucket, 'dataset', found, name)
    return Answer.xml(xml.document('UpdateDatasetResponse', [('Dataset', _describe(request, name, found))]))


def _list_datasets(request: Request) -> Answer:
    page, token = _list_page(request, (request.bucket, 'dataset'), 200)
    return Answer.xml(xml.document('ListDatasetsResponse', [
        ('Datasets', [('Dataset', _describe(request, name, found)) for name, found in page]), ('NextToken', token)]))


def _delete_dataset(request: Request) -> Answer:
    name, _ = _dataset(request)
    request.state.store.drop_setting(request.bucket, 'dataset', name)
    return Answer.xml(xml.document('DeleteDatasetResponse', []))


def _describe(request: Request, name: str, found: Dict[str, Any]) -> List[xml.OptionalNode]:
    statistics = request.params.get('withStatistics', '').lower() == 'true'
    return [
        ('DatasetName', name), ('CreateTime', iso(found['created'])), ('UpdateTime', iso(found['updated'])),
        *((element, found['options'][option]) for option, element in _OPTIONS if option in found['options']),
        ('FileCount', 0) if statistics else None, ('TotalFileSize', 0) if statistics else None]


_DATASET_ACTIONS: Dict[str, Action] = {
    'createDataset': _create_dataset, 'getDataset': _get_dataset, 'updateDataset': _update_dataset,
    'listDatasets': _list_datasets, 'deleteDataset': _delete_dataset,
}


def _pipeline_place(request: Request) -> Tuple[str, str]:
    return of_account(request.account), 'dataPipeline'


def _pipeline(request: Request) -> Tuple[str, Dict[str, Any]]:
    name = request.params.get('dataPipelineName', '')
    found = request.state.store.setting(*_pipeline_place(request), name)
    if found is None:
        raise ApiError('DataPipelineNotExist', 'The data pipeline does not exist.', status=404, DataPipelineName=name)
    return name, found


def _put_pipeline(request: Request) -> Answer:
    root = xml.parse(request.document(), 'DataPipelineConfiguration')
    name = xml.text(root, 'DataPipelineName') or ''
    if _PIPELINE.fullmatch(name) is None:
        raise invalid_argument('DataPipelineName', name, 'The name of the data pipeline is invalid.')
    request.state.store.save_setting(*_pipeline_place(request), {
        'nodes': _nodes(root), 'created': request.now}, name)
    return Answer(200)


def _nodes(root: Element) -> List[Any]:
    """An element's children as they can be stored and written again; keys of others are masked."""
    return [[child.tag, _nodes(child) if len(child) else 'sk-****' if child.tag in _SECRETS else child.text or '']
            for child in root]


def _pipeline_nodes(found: Dict[str, Any]) -> List[xml.Node]:
    return [*found['nodes'], ('Status', 'Running'), ('CreateTime', iso(found['created']))]


def _get_pipeline(request: Request) -> Answer:
    return Answer.xml(xml.document('DataPipelineConfiguration', _pipeline_nodes(_pipeline(request)[1])))


def _list_pipelines(request: Request) -> Answer:
    page, token = _list_page(request, _pipeline_place(request), 100)
    return Answer.xml(xml.document('ListDataPipelineConfigurationsResult', [
        ('DataPipelineConfigurations', [('DataPipelineConfiguration', _pipeline_nodes(found)) for _, found in page]),
        ('NextToken', token)]))


def _delete_pipeline(request: Request) -> Answer:
    name, _ = _pipeline(request)
    request.state.store.drop_setting(*_pipeline_place(request), name)
    return Answer(204)


_PIPELINE_ACTIONS: Dict[str, Action] = {
    'putDataPipelineConfiguration': _put_pipeline, 'getDataPipelineConfiguration': _get_pipeline,
    'listDataPipelineConfigurations': _list_pipelines, 'deleteDataPipelineConfiguration': _delete_pipeline,
}
