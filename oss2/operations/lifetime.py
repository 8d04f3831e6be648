"""What happens to objects over time: lifecycle, replication, inventories, redundancy, access times, direct reads."""
from __future__ import annotations

from typing import Any, Dict, Optional, Union

from .. import models, xml_utils
from .._arguments import Headers, Params, checked_name, copied_params, digested
from .._client import BucketClient
from .._typing import Data
from .._xml import to_document


class LifetimeOperations(BucketClient):
    """Lifecycle, replication, inventories, changes of redundancy, access monitoring and archived objects."""

    def put_bucket_lifecycle(
            self, input: Union[models.BucketLifecycle, Data], headers: Headers = None) -> models.RequestResult:
        """Replace the bucket's lifecycle rules (PutBucketLifecycle).

        :param input: a BucketLifecycle, or a ready-made XML document
        :param headers: such as x-oss-allow-same-action-overlap: true, for rules of overlapping prefixes
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(input, models.BucketLifecycle, xml_utils.to_put_bucket_lifecycle)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.LIFECYCLE: ''}, headers=headers))

    def get_bucket_lifecycle(self) -> models.GetBucketLifecycleResult:
        """Get the bucket's lifecycle rules, as `rules` (GetBucketLifecycle).

        :raises NoSuchLifecycle: it has none
        """
        resp = self._get_bucket_config(self.LIFECYCLE)
        return self._parse_result(resp, xml_utils.parse_get_bucket_lifecycle, models.GetBucketLifecycleResult)

    def delete_bucket_lifecycle(self) -> models.RequestResult:
        """Remove all lifecycle rules (DeleteBucketLifecycle).  It is no error if there are none.

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.LIFECYCLE: ''}))

    def put_bucket_replication(self, rule: Union[models.ReplicationRule, Data]) -> models.RequestResult:
        """Add a rule that replicates the bucket (PutBucketReplication).

        :param rule: a ReplicationRule, or a ready-made XML document
        :raises BucketReplicationAlreadyExist: there is such a rule
        """
        data = self._document(rule, models.ReplicationRule, xml_utils.to_put_bucket_replication)
        return models.RequestResult(self._bucket(
            'POST', params={self.REPLICATION: '', self.COMP: 'add'}, **digested(data)))

    def get_bucket_replication(self) -> models.GetBucketReplicationResult:
        """Get the rules that replicate the bucket, as `rule_list` (GetBucketReplication).

        :raises ServerError: it has none (code NoSuchReplicationConfiguration)
        """
        resp = self._get_bucket_config(self.REPLICATION)
        return self._parse_result(resp, xml_utils.parse_get_bucket_replication_result,
                                  models.GetBucketReplicationResult)

    def delete_bucket_replication(self, rule_id: str) -> models.RequestResult:
        """Remove a rule; what is being replicated is finished first (DeleteBucketReplication).

        :raises NoSuchReplicationRule: there is no such rule
        """
        data = xml_utils.to_delete_bucket_replication(checked_name(rule_id, 'rule_id'))
        return models.RequestResult(self._bucket(
            'POST', params={self.REPLICATION: '', self.COMP: 'delete'}, **digested(data)))

    def get_bucket_replication_location(self) -> models.GetBucketReplicationLocationResult:
        """Get the regions that the bucket can be replicated to (GetBucketReplicationLocation).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.REPLICATION_LOCATION)
        return self._parse_result(resp, xml_utils.parse_get_bucket_replication_location_result,
                                  models.GetBucketReplicationLocationResult)

    def get_bucket_replication_progress(self, rule_id: str) -> models.GetBucketReplicationProgressResult:
        """Get how far the replication by a rule is, as `progress` (GetBucketReplicationProgress).

        :raises NoSuchReplicationRule: there is no such rule
        """
        resp = self._bucket('GET', params={
            self.REPLICATION_PROGRESS: '', 'rule-id': checked_name(rule_id, 'rule_id')})
        return self._parse_result(resp, xml_utils.parse_get_bucket_replication_progress_result,
                                  models.GetBucketReplicationProgressResult)

    def put_bucket_rtc(self, configuration: Union[models.RtcConfiguration, Data]) -> models.RequestResult:
        """Have a rule replicate within minutes, or stop it (PutBucketRTC).

        :param configuration: an RtcConfiguration, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(configuration, models.RtcConfiguration, to_document)
        return models.RequestResult(self._bucket('PUT', params={self.RTC: ''}, **digested(data)))

    def put_bucket_inventory_configuration(self, inventory_configuration: Union[models.InventoryConfiguration, Data],
                                           inventory_id: Optional[str] = None) -> models.RequestResult:
        """Have the bucket's objects listed regularly, to a file in a bucket (PutBucketInventory).

        :param inventory_configuration: an InventoryConfiguration, or a ready-made XML document
        :param inventory_id: that of the document; an InventoryConfiguration has its own
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(inventory_configuration, models.InventoryConfiguration,
                              xml_utils.to_put_inventory_configuration)
        params = self._inventory(inventory_id or getattr(inventory_configuration, 'inventory_id', None))
        return models.RequestResult(self._bucket('PUT', params=params, **digested(data)))

    def get_bucket_inventory_configuration(self, inventory_id: str) -> models.GetInventoryConfigurationResult:
        """Get what an inventory lists, how often and where to (GetBucketInventory).

        :raises NoSuchInventory: there is no such inventory
        """
        resp = self._bucket('GET', params=self._inventory(inventory_id))
        return self._parse_result(resp, xml_utils.parse_get_bucket_inventory_configuration,
                                  models.GetInventoryConfigurationResult)

    def list_bucket_inventory_configurations(
            self, continuation_token: Optional[str] = None) -> models.ListInventoryConfigurationsResult:
        """List the bucket's inventories, 100 a page (ListBucketInventory).

        :param continuation_token: None for the first page, then `next_continuation_token` of the last result
        :raises NoSuchBucket: there is no such bucket
        """
        params = {self.INVENTORY: ''}
        if continuation_token is not None:
            params[self.CONTINUATION_TOKEN] = continuation_token
        return self._parse_result(self._bucket('GET', params=params),
                                  xml_utils.parse_list_bucket_inventory_configurations,
                                  models.ListInventoryConfigurationsResult)

    def delete_bucket_inventory_configuration(self, inventory_id: str) -> models.RequestResult:
        """Delete an inventory; the files it wrote stay (DeleteBucketInventory).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params=self._inventory(inventory_id)))

    def _inventory(self, inventory_id: Optional[str]) -> Dict[str, Any]:
        return {self.INVENTORY: '', self.INVENTORY_CONFIG_ID: checked_name(inventory_id, 'inventory_id')}

    def create_bucket_data_redundancy_transition(self,
                                                 targetType: str) -> models.CreateDataRedundancyTransitionResult:
        """Begin to change the redundancy of what is stored (CreateBucketDataRedundancyTransition).

        :param targetType: one of the BUCKET_DATA_REDUNDANCY_TYPE_* constants
        :return: the change's `task_id`
        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('POST', params={
            self.REDUNDANCY_TRANSITION: '', self.TARGET_REDUNDANCY_TYPE: checked_name(targetType, 'targetType')})
        return self._parse_result(resp, xml_utils.parse_create_data_redundancy_transition_result,
                                  models.CreateDataRedundancyTransitionResult)

    def get_bucket_data_redundancy_transition(self, taskId: str) -> models.DataRedundancyTransitionInfoResult:
        """Get how far a change of redundancy is (GetBucketDataRedundancyTransition).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._bucket('GET', params=self._transition(taskId))
        return self._parse_result(resp, xml_utils.parse_get_bucket_data_redundancy_transition,
                                  models.DataRedundancyTransitionInfoResult)

    def delete_bucket_data_redundancy_transition(self, taskId: str) -> models.RequestResult:
        """Give up a change of redundancy (DeleteBucketDataRedundancyTransition).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params=self._transition(taskId)))

    def list_bucket_data_redundancy_transition(self) -> models.ListBucketDataRedundancyTransitionResult:
        """List the bucket's changes of redundancy (ListBucketDataRedundancyTransition).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.REDUNDANCY_TRANSITION)
        return self._parse_result(resp, xml_utils.parse_list_bucket_data_redundancy_transition,
                                  models.ListBucketDataRedundancyTransitionResult)

    def _transition(self, task_id: str) -> Dict[str, Any]:
        return {self.REDUNDANCY_TRANSITION: '', self.REDUNDANCY_TRANSITION_TASK_ID: checked_name(task_id, 'taskId')}

    def put_bucket_access_monitor(self, status: str) -> models.RequestResult:
        """Have OSS note when objects were last accessed, for lifecycle rules, or stop it (PutBucketAccessMonitor).

        :param status: Enabled or Disabled
        :raises NoSuchBucket: there is no such bucket
        """
        data = xml_utils.to_put_bucket_access_monitor(status)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.ACCESS_MONITOR: ''}))

    def get_bucket_access_monitor(self) -> models.GetBucketAccessMonitorResult:
        """Get whether OSS notes when objects were last accessed (GetBucketAccessMonitor).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.ACCESS_MONITOR)
        return self._parse_result(resp, xml_utils.parse_get_bucket_access_monitor_result,
                                  models.GetBucketAccessMonitorResult)

    def put_bucket_archive_direct_read(self, enabled: bool = False) -> models.RequestResult:
        """Let objects of the class Archive be read without restoring them, or stop it (PutBucketArchiveDirectRead).

        :raises NoSuchBucket: there is no such bucket
        """
        data = xml_utils.to_put_bucket_archive_direct_read(enabled)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.ARCHIVE_DIRECT_READ: ''}))

    def get_bucket_archive_direct_read(self) -> models.GetBucketArchiveDirectReadResult:
        """Get whether archived objects are read without restoring them (GetBucketArchiveDirectRead).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.ARCHIVE_DIRECT_READ)
        return self._parse_result(resp, xml_utils.parse_get_bucket_archive_direct_read,
                                  models.GetBucketArchiveDirectReadResult)

    def clean_restored_object(self, key: str, params: Params = None, headers: Headers = None) -> models.RequestResult:
        """Drop the readable copy of an archived object before its time (CleanRestoredObject).

        :param params: a `versionId` chooses the version
        :raises Conflict: the object is not restored
        """
        params = copied_params(params)
        params[self.CLEAN_RESTORED_OBJECT] = ''
        return models.RequestResult(self._object('POST', key, params=params, headers=headers))
