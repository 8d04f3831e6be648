"""The index over the metadata of the bucket's objects: opened, queried, closed; its tables."""
from __future__ import annotations

from typing import Any, Dict, Optional, Union

from .. import models, xml_utils
from .._arguments import Params, checked_document, checked_name, copied_params, digested
from .._client import BucketClient
from .._typing import Data
from .._xml import to_document


class QueryOperations(BucketClient):
    """Queries over metadata, and tables of metadata."""

    def open_bucket_meta_query(self, mode: Optional[str] = None) -> models.RequestResult:
        """Have OSS keep an index of the objects' metadata (OpenMetaQuery).

        :param mode: basic, or semantic for searching by content; None leaves it to OSS: basic
        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('POST', params=self._meta_query('add', mode)))

    def get_bucket_meta_query_status(self) -> models.GetBucketMetaQueryResult:
        """Get the state of the index (GetMetaQueryStatus).

        :raises ServerError: there is none; the status is 404
        """
        resp = self._get_bucket_config(self.META_QUERY)
        return self._parse_result(resp, xml_utils.parse_get_bucket_meta_query_result, models.GetBucketMetaQueryResult)

    def do_bucket_meta_query(self, do_meta_query_request: Union[models.MetaQuery, models.SemanticMetaQuery, Data],
                             mode: Optional[str] = None) -> models.DoBucketMetaQueryResult:
        """Find objects by their metadata (DoMetaQuery).

        :param do_meta_query_request: a MetaQuery, a SemanticMetaQuery, or a ready-made XML document
        :param mode: that with which the index was opened: basic or semantic; None for that of the query
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        if isinstance(do_meta_query_request, models.SemanticMetaQuery):
            mode = mode or 'semantic'
        data = self._document(do_meta_query_request, (models.MetaQuery, models.SemanticMetaQuery), _query)
        resp = self._bucket('POST', data=data, params=self._meta_query('query', mode))
        return self._parse_result(resp, xml_utils.parse_do_bucket_meta_query_result, models.DoBucketMetaQueryResult)

    def close_bucket_meta_query(self) -> models.RequestResult:
        """Have OSS drop the index (CloseMetaQuery).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('POST', params=self._meta_query('delete', None)))

    def _meta_query(self, what: str, mode: Optional[str]) -> Dict[str, str]:
        params = {self.META_QUERY: '', self.COMP: what}
        if mode is not None:
            params['mode'] = mode
        return params

    def do_meta_query_action(self, action: str, params: Params = None, data: Data = b'') -> models.ActionResult:
        """Run an action on the index's datasets, such as createDataset (DoMetaQueryAction).

        :param params: the action's own, such as datasetName
        :param data: a document, for actions that take one
        :return: the answer's text, as `body`
        :raises NoSuchBucket: there is no such bucket
        """
        own = {self.META_QUERY: '', self.ACTION: checked_name(action, 'action')}
        own.update(copied_params(params))
        return models.ActionResult(self._bucket('POST', params=own, data=checked_document(data, 'a document')))

    def create_bucket_metadata_configuration(
            self, configuration: Union[models.MetadataConfiguration, Data]) -> models.RequestResult:
        """Have OSS keep tables of the objects' metadata and of its changes (CreateBucketMetadataConfiguration).

        :param configuration: a MetadataConfiguration, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(configuration, models.MetadataConfiguration, to_document)
        return models.RequestResult(self._bucket('POST', params={self.METADATA_CONFIGURATION: ''}, **digested(data)))

    def get_bucket_metadata_configuration(self) -> models.GetBucketMetadataConfigurationResult:
        """Get where the tables of metadata are, and their state (GetBucketMetadataConfiguration).

        :raises ServerError: there are none; the status is 404
        """
        resp = self._get_bucket_config(self.METADATA_CONFIGURATION)
        return self._declared_result(resp, models.GetBucketMetadataConfigurationResult)

    def delete_bucket_metadata_configuration(self) -> models.RequestResult:
        """Have OSS stop keeping tables of metadata (DeleteBucketMetadataConfiguration).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.METADATA_CONFIGURATION: ''}))

    def update_bucket_metadata_inventory_table_configuration(
            self, configuration: Union[models.InventoryTableConfiguration, Data]) -> models.RequestResult:
        """Begin or stop keeping the table of all objects (UpdateBucketMetadataInventoryTableConfiguration).

        :param configuration: an InventoryTableConfiguration, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(configuration, models.InventoryTableConfiguration, to_document)
        return models.RequestResult(self._bucket('PUT', params={self.METADATA_INVENTORY_TABLE: ''}, **digested(data)))

    def update_bucket_metadata_journal_table_configuration(
            self, configuration: Union[models.JournalTableConfiguration, Data]) -> models.RequestResult:
        """Set how long changes stay in their table (UpdateBucketMetadataJournalTableConfiguration).

        :param configuration: a JournalTableConfiguration, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(configuration, models.JournalTableConfiguration, to_document)
        return models.RequestResult(self._bucket('PUT', params={self.METADATA_JOURNAL_TABLE: ''}, **digested(data)))


def _query(query: Any) -> bytes:
    if isinstance(query, models.SemanticMetaQuery):
        return to_document(query)
    return xml_utils.to_do_bucket_meta_query_request(query)
