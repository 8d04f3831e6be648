"""Credentials that somebody else keeps: a service at a URI, a program, a function of the caller's."""
from __future__ import annotations

import ipaddress
import logging
import os
from typing import Any, Callable, List, Optional, Sequence, Union
from urllib.parse import urlsplit

from ._credentials import Credentials, NotConfigured, from_document, from_object
from ._credentials_http import Timeout, ask, json_object, shown
from ._credentials_refresh import RefreshingCredentialsProvider
from .exceptions import ClientError

logger = logging.getLogger(__name__)

_VARIABLE = 'ALIBABA_CLOUD_CREDENTIALS_URI'


class UriCredentialsProvider(RefreshingCredentialsProvider):
    """The credentials that an HTTP service gives, renewed before they end.

    It answers a GET with ``{"Code": "Success", "AccessKeyId": ..., "AccessKeySecret": ..., "SecurityToken": ...,
    "Expiration": "2030-01-02T15:04:05Z"}``.

    :param uri: None: ``ALIBABA_CLOUD_CREDENTIALS_URI``
    :param timeout: seconds for connecting and for each read, or a pair of both
    :raises ClientError: there is no URI, or one of another kind
    """

    def __init__(self, uri: Optional[str] = None, timeout: Timeout = 10) -> None:
        super().__init__()
        uri = uri or os.getenv(_VARIABLE)
        if not uri:
            raise NotConfigured('%s is not set' % _VARIABLE)
        try:
            parts = urlsplit(uri)
            host = parts.hostname
        except ValueError as exc:
            raise ClientError('the credentials URI is none') from exc
        if parts.scheme not in ('http', 'https') or not host:
            raise ClientError('a credentials URI begins with http:// or https:// and a host, unlike %r' % shown(uri))
        self.uri = uri
        self.timeout = timeout
        self._direct = _is_local(host)

    def _fetch(self) -> Credentials:
        try:
            answer = ask('GET', self.uri, self.timeout, direct=self._direct)
            if answer.status != 200:
                raise ClientError('it answered with HTTP status %d' % answer.status)
            document = answer.document()
            if document.get('Code', 'Success') != 'Success':
                raise ClientError('it answered with code %s' % document['Code'])
            return from_document(document)
        except ClientError as exc:
            raise ClientError('no credentials from the credentials URI %s: %s'
                              % (shown(self.uri), exc.message)) from exc

    def __repr__(self) -> str:
        return '%s(%r)' % (type(self).__name__, shown(self.uri))


def _is_local(host: str) -> bool:
    """Whether it is this machine, or one on the same link, to which no proxy leads."""
    if host == 'localhost':
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_link_local


class ProcessCredentialsProvider(RefreshingCredentialsProvider):
    """The credentials that a program prints, run again before they end.

    It prints a JSON object: ``access_key_id``, ``access_key_secret``, for a temporary key ``sts_token``, and
    ``expiration`` if it knows it; the names of :class:`UriCredentialsProvider` will do, too.  What else it has to say
    goes to stderr.

    :param command: a list of the program and its arguments, or a line that is split as a shell does; no shell runs it
    :param timeout: seconds that it may take
    :raises ClientError: it is empty
    """

    def __init__(self, command: Union[str, Sequence[str]], timeout: Optional[float] = 60) -> None:
        super().__init__()
        self.command = command
        self.timeout = timeout
        self._arguments = _arguments(command)

    def _fetch(self) -> Credentials:
        import subprocess  # needed by few, and slow to import

        program = os.path.basename(_program(self._arguments))
        problem: Exception
        try:
            # stderr is the user's: what the program says there may be secret, so that it is not for our messages.
            done = subprocess.run(self._arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  timeout=self.timeout, check=False)
        except subprocess.TimeoutExpired:
            # The error has all arguments and what was printed so far.
            problem = TimeoutError('%s took more than %s seconds' % (program, self.timeout))
        except (OSError, ValueError) as exc:
            problem = exc
        else:
            if done.returncode:
                raise ClientError('no credentials from the program %s: it ended with code %d, see what it wrote to '
                                  'stderr' % (program, done.returncode))
            try:
                document = json_object(done.stdout)
                if document.get('mode', 'AK') not in ('AK', 'StsToken'):
                    raise ClientError('the mode in it is neither AK nor StsToken')
                return from_document(document)
            except ClientError as error:
                raise ClientError('no credentials from what the program %s printed: %s'
                                  % (program, error.message)) from error
        raise ClientError('no credentials from the program %s: %s' % (program, problem)) from problem

    def __repr__(self) -> str:
        return '%s(%r)' % (type(self).__name__, _program(self._arguments))


def _arguments(command: Union[str, Sequence[str]]) -> Union[str, List[str]]:
    if isinstance(command, str):
        if os.name == 'nt' and command.strip():
            return command  # pragma: no cover - Windows, where every program splits its own line
        import shlex

        try:
            command = shlex.split(command)
        except ValueError as exc:
            raise ClientError('the command cannot be split into arguments: %s' % exc) from exc
    if not command:
        raise ClientError('the command is empty: give a program that prints credentials')
    return [os.fspath(argument) for argument in command]


def _program(arguments: Union[str, List[str]]) -> str:
    return arguments.split()[0] if isinstance(arguments, str) else arguments[0]


class CallbackCredentialsProvider(RefreshingCredentialsProvider):
    """The credentials that a function returns, called again before they end.

    It may be called from any thread, but not from two at a time.

    :param function: without arguments; returns :class:`Credentials` or any object with ``access_key_id``,
        ``access_key_secret``, ``security_token`` and ``expiration``, a dict with these or with the names that STS uses,
        or a tuple in that order.  Without an expiration, temporary credentials are asked for again after ten minutes,
        and others when OSS refuses them.
    """

    def __init__(self, function: Callable[[], Any]) -> None:
        super().__init__()
        if not callable(function):
            raise ClientError('a function that returns credentials was expected, not %s' % type(function).__name__)
        self.function = function

    def _fetch(self) -> Credentials:
        try:
            return from_object(self.function())
        except ClientError as exc:
            raise ClientError('no credentials from %r: %s' % (self, exc.message)) from exc

    def __repr__(self) -> str:
        return '%s(%s)' % (type(self).__name__, getattr(self.function, '__name__', type(self.function).__name__))

