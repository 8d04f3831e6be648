"""How the sources of credentials are asked over HTTP."""
from __future__ import annotations

import json
import re
from typing import Any, Dict, Mapping, NamedTuple, Optional, Tuple, Union
from urllib.parse import urlsplit, urlunsplit

import requests

from ._secrets import MASK, hidden_in_log
from .exceptions import ClientError

Timeout = Union[None, float, Tuple[Optional[float], Optional[float]]]


class Answer(NamedTuple):
    status: int
    body: bytes

    def document(self) -> Dict[str, Any]:
        """The answer as the JSON object that it is.

        :raises ClientError: it is something else
        """
        return json_object(self.body)


def ask(method: str, url: str, timeout: Timeout, headers: Optional[Mapping[str, str]] = None,
        form: Optional[Mapping[str, str]] = None, direct: bool = False) -> Answer:
    """Send one request.  Redirects are not followed, and .netrc is not read.

    :param timeout: seconds for connecting and for each read, or a pair of both
    :param direct: past all proxies
    :raises ClientError: there is no answer; its ``__cause__`` is the error of requests
    """
    with requests.Session() as session, hidden_in_log(_without_queries):
        session.trust_env = not direct
        try:
            response = session.request(method, url, headers=headers, data=form, timeout=timeout,
                                       allow_redirects=False, auth=_unchanged)
            return Answer(response.status_code, response.content)
        except (requests.RequestException, OSError, ValueError) as exc:
            error = exc
    # Outside of the handler: the text of the error itself has the whole URL.
    raise ClientError('no answer from %s: %s' % (shown(url), type(error).__name__)) from _shown_error(error, url)


def json_object(text: Union[str, bytes]) -> Dict[str, Any]:
    """
    :raises ClientError: *text* is no JSON, or no object in it
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        # Not chained: the error keeps the text, which may hold a secret.
        raise ClientError('what came is not JSON') from None
    if not isinstance(document, dict):
        raise ClientError('what came is JSON, but not an object')
    return document


def shown(url: str) -> str:
    """*url* without what may be secret in it: a user's name and password, the query."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition('@')[2], parts.path, MASK if parts.query else '', ''))


def _without_queries(text: str) -> str:
    return re.sub(r'\?[^\s"]+', '?' + MASK, text)


def _unchanged(request: Any) -> Any:
    return request


def _shown_error(error: Exception, url: str) -> Exception:
    parts = urlsplit(url)
    if not parts.query and '@' not in parts.netloc:
        return error
    text = type(error).__name__ + ' at ' + shown(url)
    return type(error)(text) if isinstance(error, requests.RequestException) else ValueError(text)
