"""How the bucket meets browsers: cross-origin rules, website, referers, logs, domain names, TLS, acceleration."""
from __future__ import annotations

from typing import Dict, Optional, Union

from .. import models, xml_utils
from .._arguments import checked_key, checked_name, digested
from .._client import BucketClient
from .._typing import Data
from .._xml import to_document


class WebOperations(BucketClient):
    """Settings of the bucket as a server on the web."""

    def put_bucket_cors(self, input: Union[models.BucketCors, Data]) -> models.RequestResult:
        """Replace the bucket's cross-origin rules (PutBucketCors).

        :param input: a BucketCors, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(input, models.BucketCors, xml_utils.to_put_bucket_cors)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.CORS: ''}))

    def get_bucket_cors(self) -> models.GetBucketCorsResult:
        """Get the bucket's cross-origin rules, as `rules` (GetBucketCors).

        :raises NoSuchCors: it has none
        """
        resp = self._get_bucket_config(self.CORS)
        return self._parse_result(resp, xml_utils.parse_get_bucket_cors, models.GetBucketCorsResult)

    def delete_bucket_cors(self) -> models.RequestResult:
        """Remove all cross-origin rules (DeleteBucketCors).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.CORS: ''}))

    def option_object(self, key: str, origin: str, request_method: str,
                      request_headers: Optional[str] = None) -> models.OptionObjectResult:
        """Ask as a browser does whether a cross-origin request is allowed (OptionObject).

        :param origin: where the page comes from, such as https://www.example.com
        :param request_method: that of the request to come, such as PUT
        :param request_headers: names of the headers of the request to come, separated by commas
        :raises AccessDenied: it is not allowed
        """
        headers = {'Origin': checked_name(origin, 'origin'),
                   'Access-Control-Request-Method': checked_name(request_method, 'request_method')}
        if request_headers:
            headers['Access-Control-Request-Headers'] = request_headers
        return models.OptionObjectResult(self._do('OPTIONS', self.bucket_name, checked_key(key), headers=headers))

    def put_bucket_website(self, input: Union[models.BucketWebsite, Data]) -> models.RequestResult:
        """Have the bucket serve as a static website (PutBucketWebsite).

        :param input: a BucketWebsite, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(input, models.BucketWebsite, xml_utils.to_put_bucket_website)
        return models.RequestResult(self._bucket('PUT', params={self.WEBSITE: ''}, **digested(data)))

    def get_bucket_website(self) -> models.GetBucketWebsiteResult:
        """Get how the bucket serves as a static website (GetBucketWebsite).

        :raises NoSuchWebsite: it does not
        """
        resp = self._get_bucket_config(self.WEBSITE)
        return self._parse_result(resp, xml_utils.parse_get_bucket_website, models.GetBucketWebsiteResult)

    def delete_bucket_website(self) -> models.RequestResult:
        """Stop serving as a static website (DeleteBucketWebsite).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.WEBSITE: ''}))

    def put_bucket_referer(self, input: Union[models.BucketReferer, Data]) -> models.RequestResult:
        """Set from which pages the bucket may be linked to (PutBucketReferer).

        :param input: a BucketReferer, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(input, models.BucketReferer, xml_utils.to_put_bucket_referer)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.REFERER: ''}))

    def get_bucket_referer(self) -> models.GetBucketRefererResult:
        """Get from which pages the bucket may be linked to (GetBucketReferer).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.REFERER)
        return self._parse_result(resp, xml_utils.parse_get_bucket_referer, models.GetBucketRefererResult)

    def put_bucket_logging(self, input: Union[models.BucketLogging, Data]) -> models.RequestResult:
        """Set where the bucket's access logs go (PutBucketLogging).

        :param input: a BucketLogging, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(input, models.BucketLogging, xml_utils.to_put_bucket_logging)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.LOGGING: ''}))

    def get_bucket_logging(self) -> models.GetBucketLoggingResult:
        """Get where the bucket's access logs go (GetBucketLogging).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.LOGGING)
        return self._parse_result(resp, xml_utils.parse_get_bucket_logging, models.GetBucketLoggingResult)

    def delete_bucket_logging(self) -> models.RequestResult:
        """Turn the bucket's access logs off (DeleteBucketLogging).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.LOGGING: ''}))

    def put_user_defined_log_fields_config(
            self, configuration: Union[models.UserDefinedLogFieldsConfiguration, Data]) -> models.RequestResult:
        """Set which headers and parameters of requests go into the real-time log (PutUserDefinedLogFieldsConfig).

        :param configuration: a UserDefinedLogFieldsConfiguration, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(configuration, models.UserDefinedLogFieldsConfiguration, to_document)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.USER_DEFINED_LOG_FIELDS: ''}))

    def get_user_defined_log_fields_config(self) -> models.GetUserDefinedLogFieldsConfigResult:
        """Get which headers and parameters go into the real-time log (GetUserDefinedLogFieldsConfig).

        :raises ServerError: none are set; the status is 404
        """
        resp = self._get_bucket_config(self.USER_DEFINED_LOG_FIELDS)
        return self._declared_result(resp, models.GetUserDefinedLogFieldsConfigResult)

    def delete_user_defined_log_fields_config(self) -> models.RequestResult:
        """Have no headers and parameters in the real-time log (DeleteUserDefinedLogFieldsConfig).

        :raises NoSuchBucket: there is no such bucket
        """
        return models.RequestResult(self._bucket('DELETE', params={self.USER_DEFINED_LOG_FIELDS: ''}))

    def create_bucket_cname_token(self, domain: str) -> models.CreateBucketCnameTokenResult:
        """Make a token that proves who owns a domain, for a TXT record of it (CreateCnameToken).

        :raises NoSuchBucket: there is no such bucket
        """
        data = xml_utils.to_bucket_cname_configuration(checked_name(domain, 'domain'))
        resp = self._bucket('POST', data=data, params=self._cname('token'))
        return self._parse_result(resp, xml_utils.parse_create_bucket_cname_token,
                                  models.CreateBucketCnameTokenResult)

    def get_bucket_cname_token(self, domain: str) -> models.GetBucketCnameTokenResult:
        """Get the token that was made for a domain (GetCnameToken).

        :raises NoSuchBucket: there is no such bucket
        """
        params = {self.CNAME: checked_name(domain, 'domain'), self.COMP: 'token'}
        return self._parse_result(self._bucket('GET', params=params), xml_utils.parse_get_bucket_cname_token,
                                  models.GetBucketCnameTokenResult)

    def put_bucket_cname(self, input: Union[models.PutBucketCnameRequest, Data]) -> models.RequestResult:
        """Bind a domain to the bucket, or change its certificate (PutCname).

        :param input: a PutBucketCnameRequest, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(input, models.PutBucketCnameRequest, _cname_configuration)
        return models.RequestResult(self._bucket('POST', data=data, params=self._cname('add')))

    def list_bucket_cname(self) -> models.ListBucketCnameResult:
        """List the domains bound to the bucket, as `cname` (ListCname).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.CNAME)
        return self._parse_result(resp, xml_utils.parse_list_bucket_cname, models.ListBucketCnameResult)

    def delete_bucket_cname(self, domain: str) -> models.RequestResult:
        """Unbind a domain (DeleteCname).

        :raises NoSuchBucket: there is no such bucket
        """
        data = xml_utils.to_bucket_cname_configuration(checked_name(domain, 'domain'))
        return models.RequestResult(self._bucket('POST', data=data, params=self._cname('delete')))

    def _cname(self, what: str) -> Dict[str, str]:
        return {self.CNAME: '', self.COMP: what}

    def put_bucket_https_config(self, httpsConfig: Union[models.BucketTlsVersion, Data]) -> models.RequestResult:
        """Set which versions and ciphers of TLS the bucket accepts (PutBucketHttpsConfig).

        :param httpsConfig: a BucketTlsVersion, an HttpsConfiguration, or a ready-made XML document
        :raises MalformedXml: the document is not what OSS expects
        :raises NoSuchBucket: there is no such bucket
        """
        data = self._document(httpsConfig, models.BucketTlsVersion, _https_configuration)
        return models.RequestResult(self._bucket('PUT', data=data, params={self.HTTPS_CONFIG: ''}))

    def get_bucket_https_config(self) -> models.HttpsConfigResult:
        """Get which versions of TLS the bucket accepts (GetBucketHttpsConfig).

        :raises NoSuchBucket: there is no such bucket
        """
        resp = self._get_bucket_config(self.HTTPS_CONFIG)
        return self._parse_result(resp, xml_utils.parse_get_bucket_https_config, models.HttpsConfigResult)

    def put_bucket_transfer_acceleration(self, enabled: str) -> models.RequestResult:
        """Let the bucket be reached faster from afar, by another endpoint, or stop it (PutBucketTransferAcceleration).

        :param enabled: 'true' or 'false'
        :raises NoSuchBucket: there is no such bucket
        """
        data = xml_utils.to_put_bucket_transfer_acceleration(enabled)
        return models.RequestResult(self._bucket('PUT', params={self.TRANSFER_ACCELERATION: ''}, **digested(data)))

    def get_bucket_transfer_acceleration(self) -> models.GetBucketTransferAccelerationResult:
        """Get whether the bucket is reached faster from afar (GetBucketTransferAcceleration).

        :raises NoSuchTransferAccelerationConfiguration: that was never set
        """
        resp = self._get_bucket_config(self.TRANSFER_ACCELERATION)
        return self._parse_result(resp, xml_utils.parse_get_bucket_transfer_acceleration_result,
                                  models.GetBucketTransferAccelerationResult)


def _cname_configuration(request: models.PutBucketCnameRequest) -> bytes:
    return xml_utils.to_bucket_cname_configuration(checked_name(request.domain, 'domain'), request.cert)


def _https_configuration(configuration: models.BucketTlsVersion) -> bytes:
    if isinstance(configuration, models.HttpsConfiguration):
        return to_document(configuration)
    return xml_utils.to_do_bucket_https_config_request(configuration)
