"""What protects objects: encryption by OSS, retention of the bucket and of single objects, rules on overwriting."""
from __future__ import annotations

from typing import Optional, Union

from .. import models, xml_utils
from .._arguments import Headers, Params, checked_headers, checked_name, copied_params, digested
from .._client import BucketClient
from .._typing import Data
from .._xml import to_document


class ProtectionOperations(BucketClient):
    """Encryption, retention (WORM), legal hold and protection from being overwritten."""

    def put_bucket_encryption(self, rule: Union[models.ServerSideEncryptionRule, Data]) -> models.RequestResult:
        """Set how OSS encrypts what is stored from now on (PutBucketEncryption).

        :param rule: a ServerSideEncryptionRule, or a ready-made XML document
        :raises InvalidEncryptionAlgorithmError: there is no such algorithm
        :raises MalformedXml: the document is not what OSS expects
        """
        data = self._document(rule, models.ServerSideEncryptionRule, xml_utils.to_put_bucket_encryption)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.ENCRYPTION: ''}))

    def get_bucket_encryption(self) -> models.GetServerSideEncryptionResult:
        """Get how OSS encrypts (GetBucketEncryption).

        :raises NoSuchServerSideEncryptionRule: it is not set
        """
        resp = self._get_bucket_config(self.ENCRYPTION)
        return self._parse_result(resp, xml_utils.parse_get_bucket_encryption, models.GetServerSideEncryptionResult)

    def delete_bucket_encryption(self) -> models.RequestResult:
        """Stop encrypting what is stored from now on (DeleteBucketEncryption).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.ENCRYPTION: ''}))

    def init_bucket_worm(self, retention_period_days: Optional[int] = None) -> models.InitBucketWormResult:
        """Begin a retention lock: objects can be neither deleted nor changed for so long (InitiateBucketWorm).

        It has to be locked by :meth:`complete_bucket_worm` within 24 hours, or is gone.

        :param retention_period_days: for each object, from its last change on
        :return: the lock's `worm_id`
        :raises NoSuchBucket: there is no such bucket
        """
        data = xml_utils.to_put_init_bucket_worm(retention_period_days)
        return models.InitBucketWormResult(self._bucket('POST', params={self.WORM: ''}, **digested(data)))

    def abort_bucket_worm(self) -> models.RequestResult:
        """Give up a retention lock that is not locked yet (AbortBucketWorm).

        :raises WORMConfigurationLocked: it is
        """
        return models.RequestResult(self._bucket('DELETE', params={self.WORM: ''}))

    def complete_bucket_worm(self, worm_id: Optional[str] = None) -> models.RequestResult:
        """Lock a retention lock for good (CompleteBucketWorm).

        :raises NoSuchWORMConfiguration: there is no such lock
        """
        return models.RequestResult(self._bucket('POST', params={self.WORM_ID: checked_name(worm_id, 'worm_id')}))

    def extend_bucket_worm(self, worm_id: Optional[str] = None,
                           retention_period_days: Optional[int] = None) -> models.RequestResult:
        """Make the time of a retention lock longer (ExtendBucketWorm); it cannot be made shorter.

        :param retention_period_days: the new one
        :raises NoSuchWORMConfiguration: there is no such lock
        """
        params = {self.WORM_ID: checked_name(worm_id, 'worm_id'), self.WORM_EXTEND: ''}
        data = xml_utils.to_put_extend_bucket_worm(retention_period_days)
        return models.RequestResult(self._bucket('POST', params=params, **digested(data)))

    def get_bucket_worm(self) -> models.GetBucketWormResult:
        """Get the bucket's retention lock (GetBucketWorm).

        :raises NoSuchWORMConfiguration: it has none
        """
        resp = self._get_bucket_config(self.WORM)
        return self._parse_result(resp, xml_utils.parse_get_bucket_worm_result, models.GetBucketWormResult)

    def put_bucket_object_worm_configuration(
            self, configuration: Union[models.ObjectWormConfiguration, Data]) -> models.RequestResult:
        """Let single objects be retained; there is no way back (PutBucketObjectWormConfiguration).

        :param configuration: an ObjectWormConfiguration, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(configuration, models.ObjectWormConfiguration, to_document)
        return models.RequestResult(self._bucket('PUT', params={self.OBJECT_WORM: ''}, **digested(data)))

    def get_bucket_object_worm_configuration(self) -> models.GetBucketObjectWormConfigurationResult:
        """Get whether single objects can be retained (GetBucketObjectWormConfiguration).

        :raises ServerError: they cannot; the status is 404
        """
        resp = self._get_bucket_config(self.OBJECT_WORM)
        return self._declared_result(resp, models.GetBucketObjectWormConfigurationResult)

    def put_bucket_overwrite_config(
            self, configuration: Union[models.OverwriteConfiguration, Data]) -> models.RequestResult:
        """Set which objects may not be overwritten (PutBucketOverwriteConfig).

        :param configuration: an OverwriteConfiguration, which replaces what is set; or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(configuration, models.OverwriteConfiguration, to_document)
        return models.RequestResult(self._bucket('PUT', params={self.OVERWRITE_CONFIG: ''}, **digested(data)))

    def get_bucket_overwrite_config(self) -> models.GetBucketOverwriteConfigResult:
        """Get which objects may not be overwritten, as `rules` (GetBucketOverwriteConfig).

        :raises ServerError: nothing is set; the status is 404
        """
        resp = self._get_bucket_config(self.OVERWRITE_CONFIG)
        return self._declared_result(resp, models.GetBucketOverwriteConfigResult)

    def delete_bucket_overwrite_config(self) -> models.RequestResult:
        """Let all objects be overwritten again (DeleteBucketOverwriteConfig).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.OVERWRITE_CONFIG: ''}))

    def put_object_retention(self, key: str, retention: Union[models.ObjectRetention, Data],
                             bypass_governance: bool = False, params: Params = None,
                             headers: Headers = None) -> models.RequestResult:
        """Set until when an object can be neither deleted nor overwritten (PutObjectRetention).

        :param retention: an ObjectRetention, or a ready-made XML document
        :param bypass_governance: also shorten what the mode GOVERNANCE protects; needs a permission of its own
        :param params: a `versionId` chooses the version
        :raises NoSuchKey: there is no such object
        """
        headers = checked_headers(headers)
        if bypass_governance:
            headers['x-oss-bypass-governance-retention'] = 'true'
        params = copied_params(params)
        params[self.RETENTION] = ''
        data = self._document(retention, models.ObjectRetention, to_document)
        return models.RequestResult(self._object('PUT', key, params=params, **digested(data, headers)))

    def get_object_retention(self, key: str, params: Params = None,
                             headers: Headers = None) -> models.GetObjectRetentionResult:
        """Get until when an object can be neither deleted nor overwritten (GetObjectRetention).

        :param params: a `versionId` chooses the version
        :raises NoSuchKey: there is no such object
        """
        params = copied_params(params)
        params[self.RETENTION] = ''
        resp = self._object('GET', key, params=params, headers=headers)
        return self._declared_result(resp, models.GetObjectRetentionResult)

    def put_object_legal_hold(self, key: str, legal_hold: Union[models.LegalHold, Data], params: Params = None,
                              headers: Headers = None) -> models.RequestResult:
        """Hold an object, so that it is neither deleted nor overwritten, or stop blocking it (PutObjectLegalHold).

        :param legal_hold: a LegalHold, or a ready-made XML document
        :param params: a `versionId` chooses the version
        :raises NoSuchKey: there is no such object
        """
        params = copied_params(params)
        params[self.LEGAL_HOLD] = ''
        data = self._document(legal_hold, models.LegalHold, to_document)
        return models.RequestResult(self._object('PUT', key, params=params, **digested(data, headers)))

    def get_object_legal_hold(self, key: str, params: Params = None,
                              headers: Headers = None) -> models.GetObjectLegalHoldResult:
        """Get whether an object is held, as `legal_hold_status`: ON or OFF (GetObjectLegalHold).

        :param params: a `versionId` chooses the version
        :raises NoSuchKey: there is no such object
        """
        params = copied_params(params)
        params[self.LEGAL_HOLD] = ''
        resp = self._object('GET', key, params=params, headers=headers)
        return self._declared_result(resp, models.GetObjectLegalHoldResult)

    def seal_append_object(self, key: str, position: int, headers: Headers = None) -> models.SealAppendObjectResult:
        """End the appending to an object; it can be repeated (SealAppendObject).

        :param position: the object's length
        :raises PositionNotEqualToLength: it is longer or shorter
        """
        return models.SealAppendObjectResult(self._object(
            'POST', key, params={self.SEAL: '', 'position': str(position)}, headers=headers))
