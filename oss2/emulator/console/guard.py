"""Who may ask: programs and browsers on this machine, and no web page of anybody else.

A page from elsewhere can make a browser send requests to this machine. Its name gives it away where it has bound one to
the loopback address, otherwise the headers by which browsers tell where a request comes from.
"""
from __future__ import annotations

import ipaddress
from typing import Any, Dict

from .. import addressing
from ..state import State
from .calls import Refused


def check_client(scope: Any, headers: Dict[str, str], state: State) -> None:
    """Refuse other machines, and requests to a name that is not the emulator's own.

    :raises Refused: with status 403
    """
    client, server = (scope.get('client') or ('',))[0], (scope.get('server') or ('',))[0]
    # What comes from the address it goes to has not left this machine.
    if not _is_loopback(client) and client != server:
        raise Refused('the console is for programs on the same machine', 403)
    host = addressing.split_host(headers.get('host', ''))
    if host not in state.names and not _is_ip(host):
        raise Refused('the Host header does not name this emulator: address it as %s' % state.host, 403)


def check_origin(headers: Dict[str, str], origin: str) -> None:
    """Refuse what a page of another origin makes a browser send.

    :param origin: the emulator's own
    :raises Refused: with status 403
    """
    if headers.get('origin', origin).lower() != origin.lower():
        raise Refused('requests of pages from another origin are refused', 403)
    if headers.get('sec-fetch-site', 'none') not in ('same-origin', 'none'):
        raise Refused('requests of pages from another site are refused', 403)


def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, 'ipv4_mapped', None)
    return bool((mapped or address).is_loopback)


def _is_ip(host: str) -> bool:
    """Whether a host is an address, which no name server can bind to another."""
    try:
        ipaddress.ip_address(host.strip('[]'))
    except ValueError:
        return False
    return True
