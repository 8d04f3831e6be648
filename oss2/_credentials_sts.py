"""Temporary credentials from STS, the service that lets identities play RAM roles."""
from __future__ import annotations

import logging
import os
import re
import time
import uuid
from typing import Any, Dict, Iterable, Mapping, Optional
from urllib.parse import quote, quote_plus

from . import _retry, _rpc
from ._credentials import Credentials, NotConfigured, from_document, is_switched_on, read_credentials, refresh_provider
from ._credentials_http import Answer, Timeout, ask, shown
from ._credentials_refresh import RefreshingCredentialsProvider
from ._secrets import MASK
from .exceptions import ClientError

logger = logging.getLogger(__name__)

VERSION = '2015-04-01'
SHORTEST_DURATION = 900

_ATTEMPTS = 3
_SESSION_NAME = re.compile(r'[\w.@-]{2,64}\Z', re.ASCII)
_STRING_TO_SIGN = re.compile(r'(?is)\W*(?:server )?string ?to ?sign.*')


class StsRefused(ClientError):
    """STS answered with an error; ``code`` is its name for it, such as ``NoPermission``."""

    def __init__(self, message: str, code: str, status: int) -> None:
        super().__init__(message)
        self.code = code
        self.is_transient = status >= 500 or status == 429 or code.startswith('Throttling')
        self.is_about_key = code.startswith(('InvalidAccessKeyId', 'InvalidSecurityToken', 'SecurityTokenExpired'))


class _RoleCredentialsProvider(RefreshingCredentialsProvider):
    """The credentials of a RAM role, renewed before they end.  A subclass has :meth:`_ask`."""

    def __init__(self, role_arn: Optional[str], role_session_name: Optional[str], duration: int, policy: Optional[str],
                 sts_endpoint: Optional[str], timeout: Timeout) -> None:
        super().__init__()
        self.role_arn = given('role_arn', role_arn, 'ALIBABA_CLOUD_ROLE_ARN')
        self.role_session_name = (role_session_name or os.getenv('ALIBABA_CLOUD_ROLE_SESSION_NAME')
                                  or 'oss2-python-%d' % time.time())
        if not _SESSION_NAME.match(self.role_session_name):
            raise ClientError('role_session_name %r must be 2 to 64 letters, digits and . @ - _'
                              % self.role_session_name)
        if not isinstance(duration, int) or duration < SHORTEST_DURATION:
            raise ClientError('duration must be an int of %d seconds or more, not %r' % (SHORTEST_DURATION, duration))
        self.duration = duration
        self.policy = policy
        self.sts_url = _sts_url(sts_endpoint)
        self.timeout = timeout

    def _params(self, action: str, **more: Optional[str]) -> Dict[str, str]:
        params = _rpc.common(action, VERSION, time.time(), uuid.uuid4().hex)
        params.update(RoleArn=self.role_arn, RoleSessionName=self.role_session_name,
                      DurationSeconds=str(self.duration))
        more['Policy'] = self.policy
        params.update((name, value) for name, value in more.items() if value)
        return params

    def _ask(self) -> Credentials:
        raise NotImplementedError  # pragma: no cover - both subclasses have their own

    def _fetch(self) -> Credentials:
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._ask()
            except ClientError as exc:
                passing = exc.is_transient if isinstance(exc, StsRefused) else isinstance(exc, _NoAnswer)
                if not passing or attempt == _ATTEMPTS:
                    raise
                logger.debug('asking STS again: %s', exc.message)
            time.sleep(_retry.delay(attempt))

    def _send(self, params: Mapping[str, str], secrets: Iterable[str]) -> Credentials:
        """
        :param secrets: what must not show in an error, though STS may repeat it
        :raises ClientError: STS gives no credentials
        """
        try:
            answer = ask('POST', self.sts_url, self.timeout, form=params)
        except ClientError as exc:
            raise _NoAnswer('%s: %s' % (params['Action'], exc.message)) from exc.__cause__
        if answer.status != 200:
            raise _refused(params['Action'], answer, [*secrets, params.get('Signature', '')])
        try:
            found = answer.document().get('Credentials')
            return from_document(found if isinstance(found, dict) else {})
        except ClientError as exc:
            raise ClientError('%s: the answer of STS is not what it should be: %s'
                              % (params['Action'], exc.message)) from exc


class _NoAnswer(ClientError):
    """STS could not be reached, or did not answer in time."""


class AssumeRoleCredentialsProvider(_RoleCredentialsProvider):
    """The credentials of a RAM role, got for other credentials (AssumeRole) and renewed before they end.

    :param source: who plays the role: any provider, asked at every renewal
    :param role_arn: ``acs:ram::ACCOUNT:role/NAME``; None: ``ALIBABA_CLOUD_ROLE_ARN``
    :param role_session_name: what the account's logs call this use of the role; None:
        ``ALIBABA_CLOUD_ROLE_SESSION_NAME``, and without it a name with the time
    :param duration: seconds that the credentials are good for, from 900 to what the role allows
    :param policy: JSON that narrows what the role allows; None: no narrower
    :param external_id: the external id that the role's trust policy asks for; None: none
    :param sts_endpoint: such as ``sts-vpc.cn-hangzhou.aliyuncs.com``; None: ``ALIBABA_CLOUD_STS_ENDPOINT``, the one of
        the region ``ALIBABA_CLOUD_STS_REGION``, else ``sts.aliyuncs.com``
    :param timeout: seconds for connecting and for each read, or a pair of both
    :raises ClientError: an argument cannot be right
    """

    def __init__(self, source: Any, role_arn: Optional[str] = None, role_session_name: Optional[str] = None,
                 duration: int = 3600, policy: Optional[str] = None, external_id: Optional[str] = None,
                 sts_endpoint: Optional[str] = None, timeout: Timeout = 10) -> None:
        super().__init__(role_arn, role_session_name, duration, policy, sts_endpoint, timeout)
        self.source = source
        self.external_id = external_id

    def _ask(self) -> Credentials:
        used = self.source.get_credentials()
        try:
            return self._assume(used)
        except StsRefused as exc:
            if not exc.is_about_key or not refresh_provider(self.source, used):
                raise
            logger.debug('asking STS with new credentials: %s', exc.message)
        return self._assume(self.source.get_credentials())

    def _assume(self, credentials: Any) -> Credentials:
        key_id, secret, token = read_credentials(credentials)
        if not key_id or not secret:
            raise ClientError('%s, which is to play the role, gave no access key' % type(self.source).__name__)
        params = self._params('AssumeRole', ExternalId=self.external_id)
        return self._send(_rpc.signed('POST', params, key_id, secret, token), (key_id, secret, token))

    def __repr__(self) -> str:
        return '%s(%r, %r)' % (type(self).__name__, self.source, self.role_arn)


class OidcRoleCredentialsProvider(_RoleCredentialsProvider):
    """The credentials of a RAM role, got for an OIDC token (AssumeRoleWithOIDC) and renewed before they end.

    In a pod of ACK with RRSA it needs no arguments.

    :param role_arn: ``acs:ram::ACCOUNT:role/NAME``; None: ``ALIBABA_CLOUD_ROLE_ARN``
    :param oidc_provider_arn: ``acs:ram::ACCOUNT:oidc-provider/NAME``; None: ``ALIBABA_CLOUD_OIDC_PROVIDER_ARN``
    :param oidc_token_file: file with the token, read at every renewal; None: ``ALIBABA_CLOUD_OIDC_TOKEN_FILE``
    :param role_session_name: what the account's logs call this use of the role; None:
        ``ALIBABA_CLOUD_ROLE_SESSION_NAME``, and without it a name with the time
    :param duration: seconds that the credentials are good for, from 900 to what the role allows
    :param policy: JSON that narrows what the role allows; None: no narrower
    :param sts_endpoint: as :class:`AssumeRoleCredentialsProvider` has it
    :param timeout: seconds for connecting and for each read, or a pair of both
    :raises ClientError: an argument cannot be right, or is given neither here nor in the environment
    """

    def __init__(self, role_arn: Optional[str] = None, oidc_provider_arn: Optional[str] = None,
                 oidc_token_file: Optional[str] = None, role_session_name: Optional[str] = None, duration: int = 3600,
                 policy: Optional[str] = None, sts_endpoint: Optional[str] = None, timeout: Timeout = 10) -> None:
        names = ('ALIBABA_CLOUD_OIDC_PROVIDER_ARN', 'ALIBABA_CLOUD_OIDC_TOKEN_FILE')
        if not any((oidc_provider_arn, oidc_token_file, *map(os.getenv, names))):
            raise NotConfigured('neither %s nor %s is set' % names)
        super().__init__(role_arn, role_session_name, duration, policy, sts_endpoint, timeout)
        self.oidc_provider_arn = given('oidc_provider_arn', oidc_provider_arn, names[0])
        self.oidc_token_file = given('oidc_token_file', oidc_token_file, names[1])

    def _ask(self) -> Credentials:
        try:
            with open(self.oidc_token_file, encoding='utf-8') as file:
                token = file.read().strip()
        except (OSError, ValueError) as exc:
            raise ClientError('the OIDC token cannot be read from %s: %s'
                              % (self.oidc_token_file, type(exc).__name__)) from exc
        if not token:
            raise ClientError('there is no OIDC token in %s: the file is empty' % self.oidc_token_file)
        params = self._params('AssumeRoleWithOIDC', OIDCProviderArn=self.oidc_provider_arn, OIDCToken=token)
        return self._send(params, (token,))

    def __repr__(self) -> str:
        return '%s(%r, %r, %r)' % (type(self).__name__, self.role_arn, self.oidc_provider_arn, self.oidc_token_file)


def given(name: str, value: Optional[str], variable: str) -> str:
    """An argument, or what the environment has in its place.

    :raises ClientError: neither is there
    """
    value = value or os.getenv(variable)
    if not value:
        raise ClientError('%s is missing: give it, or set %s' % (name, variable))
    return value


def endpoint_of(region: Optional[str], vpc: bool = False) -> Optional[str]:
    """The endpoint of STS in a region; None without one."""
    return 'sts%s.%s.aliyuncs.com' % ('-vpc' if vpc else '', region) if region else None


def _sts_url(endpoint: Optional[str]) -> str:
    endpoint = (endpoint or os.getenv('ALIBABA_CLOUD_STS_ENDPOINT')
                or endpoint_of(os.getenv('ALIBABA_CLOUD_STS_REGION'),
                               is_switched_on('ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED'))
                or 'sts.aliyuncs.com')
    if '://' not in endpoint:
        endpoint = 'https://' + endpoint
    if not endpoint.startswith(('https://', 'http://')):
        raise ClientError('the endpoint of STS must be a host name or begin with https://, not %r' % shown(endpoint))
    return endpoint.rstrip('/') + '/'


def _refused(action: str, answer: Answer, secrets: Iterable[str]) -> StsRefused:
    try:
        document = answer.document()
    except ClientError:
        document = {}
    code, text, request_id = (str(document.get(name) or '') for name in ('Code', 'Message', 'RequestId'))
    # On a wrong signature STS repeats all that was signed.
    text = _hidden(_STRING_TO_SIGN.sub('', text), secrets)[:500]
    told = ', '.join(filter(None, (code, text, request_id and 'request id ' + request_id)))
    return StsRefused('STS refuses %s with HTTP status %d%s' % (action, answer.status, told and ': ' + told),
                      code, answer.status)


def _hidden(text: str, secrets: Iterable[str]) -> str:
    for secret in filter(None, secrets):
        once = quote(secret, safe='-_.~')
        for form in (secret, once, quote(once, safe='-_.~'), quote_plus(secret)):
            text = text.replace(form, MASK)
    return text
