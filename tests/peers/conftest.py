"""The emulator as clients that others wrote see it: fixtures that lead them to it."""
from __future__ import annotations

import http.client
import socket
from urllib.parse import urlsplit

import pytest


@pytest.fixture
def fetch(oss_emulator):
    """A function that sends one request to the emulator, whatever host its URL names, and returns status and body."""
    def send(method, url, body=None, headers=None):
        parts = urlsplit(url)
        connection = http.client.HTTPConnection('127.0.0.1', oss_emulator.port, timeout=20)
        try:
            connection.request(method, parts.path + ('?' + parts.query if parts.query else ''), body,
                               {'Host': parts.netloc, **(headers or {})})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    return send


@pytest.fixture
def hosts_file(monkeypatch):
    """All names of OSS lead to this machine, as entries of a hosts file would have it."""
    ask = socket.getaddrinfo

    def answer(host, *args, **kwargs):
        name = host.decode('ascii') if isinstance(host, bytes) else host
        return ask('127.0.0.1' if name and name.endswith('.aliyuncs.com') else host, *args, **kwargs)

    monkeypatch.setattr(socket, 'getaddrinfo', answer)
