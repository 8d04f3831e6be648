"""What credentials are, what provides them, and the providers that ask nobody."""
from __future__ import annotations

import datetime
import logging
import os
from typing import Any, Dict, Mapping, Optional, Tuple

from ._dates import iso8601_to_unixtime
from ._secrets import MASK
from .exceptions import ClientError

logger = logging.getLogger(__name__)


class Credentials:
    """An access key; with a security token (not '' and not None) a temporary one.

    :param expiration: Unix time at which they end; None: not known, or never
    """

    expiration: Optional[float] = None

    def __init__(self, access_key_id: str = '', access_key_secret: str = '',
                 security_token: Optional[str] = '', expiration: Optional[float] = None) -> None:
        self.access_key_id = access_key_id
        self.access_key_secret = access_key_secret
        self.security_token = security_token
        self.expiration = expiration

    def get_access_key_id(self) -> str:
        return self.access_key_id

    def get_access_key_secret(self) -> str:
        return self.access_key_secret

    def get_security_token(self) -> Optional[str]:
        return self.security_token

    def __repr__(self) -> str:
        known = ['%s=%r' % (name, MASK) for name in ('access_key_id', 'access_key_secret', 'security_token')
                 if getattr(self, name, None)]
        if self.expiration is not None:
            known.append('expiration=%r' % self.expiration)
        return '%s(%s)' % (type(self).__name__, ', '.join(known))


class CredentialsProvider:
    """What the providers derive from."""

    def get_credentials(self) -> Any:
        """The credentials to sign the next request with.

        :raises ClientError: there are none
        """
        return None

    def refresh_credentials(self, rejected: Any = None) -> bool:
        """Get new credentials, because OSS refused the others before their time.

        It never raises.

        :param rejected: the very object of :meth:`get_credentials` that was refused: if it has been replaced in the
            meantime, nothing is done; None: whatever there is now
        :return: whether there are others now, so that it makes sense to try again
        """
        return False


class StaticCredentialsProvider(CredentialsProvider):
    """Always the same credentials."""

    def __init__(self, access_key_id: str = '', access_key_secret: str = '',
                 security_token: Optional[str] = '') -> None:
        self.credentials = Credentials(access_key_id, access_key_secret, security_token)

    def get_credentials(self) -> Credentials:
        return self.credentials

    def __repr__(self) -> str:
        return '%s(%r)' % (type(self).__name__, self.credentials)


class NotConfigured(ClientError):
    """A source of credentials was not set up at all; one that was set up and fails raises another ClientError."""


class EnvironmentVariableCredentialsProvider(CredentialsProvider):
    """Credentials from the environment, read at every call.

    From ``OSS_ACCESS_KEY_ID``, ``OSS_ACCESS_KEY_SECRET`` and ``OSS_SESSION_TOKEN`` if one of the first two is set, else
    from ``ALIBABA_CLOUD_ACCESS_KEY_ID``, ``ALIBABA_CLOUD_ACCESS_KEY_SECRET`` and ``ALIBABA_CLOUD_SECURITY_TOKEN``.
    """

    _OSS = ('OSS_ACCESS_KEY_ID', 'OSS_ACCESS_KEY_SECRET', 'OSS_SESSION_TOKEN')
    _ALIBABA = ('ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN')

    def __init__(self) -> None:
        self.access_key_id = ''
        self.access_key_secret = ''
        self.security_token = ''

    def get_credentials(self) -> Credentials:
        """
        :raises ClientError: a variable is unset or empty; the message says which
        """
        for names in (self._OSS, self._ALIBABA):
            if os.getenv(names[0]) or os.getenv(names[1]):
                break
        else:
            raise NotConfigured('the environment variables OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET are not set or '
                                'are empty: set them to the access key')
        for name in names[:2]:
            if not os.getenv(name):
                raise ClientError('the environment variable %s is not set or is empty: set it to the access key' % name)
        return Credentials(os.environ[names[0]], os.environ[names[1]], os.getenv(names[2]))

    def __repr__(self) -> str:
        return '%s()' % type(self).__name__


def identity(credentials: Credentials) -> Tuple[Any, ...]:
    """What tells one issue of credentials from the next."""
    return credentials.access_key_id, credentials.security_token or '', credentials.expiration


_FIELDS = (
    ('access_key_id', ('AccessKeyId', 'access_key_id')),
    ('access_key_secret', ('AccessKeySecret', 'access_key_secret')),
    ('security_token', ('SecurityToken', 'security_token', 'sts_token')),
    ('expiration', ('Expiration', 'expiration')),
)


def from_document(document: Mapping[str, Any]) -> Credentials:
    """Credentials as STS and the metadata service write them, or as programs do that the Alibaba Cloud CLI runs.

    :raises ClientError: a field is missing or is not what it should be; the message has no value
    """
    values: Dict[str, Any] = {
        field: next((document[name] for name in names if document.get(name) not in (None, '')), '')
        for field, names in _FIELDS}
    for field, names in _FIELDS[:3]:
        if not isinstance(values[field], str):
            raise ClientError('%s is not a text in it' % names[0])
        if not values[field] and field != 'security_token':
            raise ClientError('there is no %s in it' % names[0])
    return Credentials(values['access_key_id'], values['access_key_secret'], values['security_token'],
                       to_expiration(values['expiration']))


def from_object(given: Any) -> Credentials:
    """Credentials as a program may have them: its own object, a dict, or a tuple in the order of :class:`Credentials`.

    :raises ClientError: there are none in it
    """
    if isinstance(given, Mapping):
        return from_document(given)
    if isinstance(given, (tuple, list)):
        if not 2 <= len(given) <= 4:
            raise ClientError('%d values are not credentials: it takes an access key id, its secret and, for a '
                              'temporary key, the security token and the expiration' % len(given))
        given = Credentials(*given)
    key = read_credentials(given)
    if not key[0] or not key[1]:
        raise ClientError('%s is no credentials: it has no access key' % type(given).__name__)
    return Credentials(*key, to_expiration(getattr(given, 'expiration', None)))


def read_credentials(credentials: Any) -> Tuple[Any, Any, Any]:
    """Key id, secret and token ('' if there is none), from any object with the getters or the attributes."""
    try:
        return (credentials.get_access_key_id(), credentials.get_access_key_secret(),
                credentials.get_security_token() or '')
    except AttributeError:
        return (getattr(credentials, 'access_key_id', None), getattr(credentials, 'access_key_secret', None),
                getattr(credentials, 'security_token', None) or '')


def refresh_provider(provider: Any, rejected: Any) -> bool:
    """:meth:`CredentialsProvider.refresh_credentials` of any object; False if it has none, or it fails."""
    method = getattr(provider, 'refresh_credentials', None)
    if method is None:
        return False
    try:
        return bool(method(rejected))
    except Exception as exc:  # it may be any object of the program
        logger.debug('no new credentials in place of the rejected ones: %s', type(exc).__name__)
        return False


def to_expiration(value: Any) -> Optional[float]:
    """Unix seconds of a point in time: such seconds, a datetime (UTC unless it says otherwise) or ISO 8601 text.

    :raises ClientError: it is none of these
    """
    if value is None or value == '':
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        try:
            return float(iso8601_to_unixtime(value))
        except ValueError:
            try:
                value = datetime.datetime.fromisoformat(value)
            except ValueError:
                # Neither shown nor chained: in the wrong order of arguments it may be the secret.
                raise ClientError('the expiration is no date such as 2030-01-02T15:04:05Z') from None
    if isinstance(value, datetime.datetime):
        return (value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)).timestamp()
    raise ClientError('an expiration is Unix seconds, a datetime or ISO 8601 text, not %s' % type(value).__name__)


def is_switched_on(variable: str) -> bool:
    """Whether an environment variable says yes."""
    return os.getenv(variable, '').strip().lower() in ('1', 'true', 'yes', 'on')
