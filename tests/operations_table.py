"""The operations of the emulator as tables, which stand in docs/emulator.md.

Run as a program it writes them there::

    python tests/operations_table.py
"""
from __future__ import annotations

from pathlib import Path
from typing import Iterator

import oss2.emulator.operations  # noqa: F401 - fills the table
from oss2.emulator.routing import TABLE, Operation

DOCUMENT = Path(__file__).parents[1] / 'docs' / 'emulator.md'
BEGIN = '<!-- operations: written by tests/operations_table.py -->\n'
END = '<!-- end of the operations -->\n'
_SCOPES = (('service', 'Of the account'), ('bucket', 'Of a bucket'), ('object', 'Of an object'))


def request_of(operation: Operation) -> str:
    """How a request asks for an operation: method, query, headers."""
    query = '&'.join(condition for condition in operation.conditions if condition[0] != '@')
    headers = ['`%s`' % condition[1:] for condition in operation.conditions if condition[0] == '@']
    line = '`%s%s`' % (operation.method, ' ?' + query if query else '')
    return line + (' with ' + ', '.join(headers) if headers else '')


def rows(scope: str) -> Iterator[Operation]:
    """The operations of a scope, those of the same resource together."""
    found = [row for (of, _), listed in TABLE.items() for row in listed if of == scope]
    methods = ('PUT', 'POST', 'GET', 'HEAD', 'OPTIONS', 'DELETE')
    return iter(sorted(found, key=lambda row: (
        [condition.lstrip('@').lower() for condition in row.conditions], methods.index(row.method), row.name)))


def description(operation: Operation) -> str:
    first = (operation.function.__doc__ or '').strip().partition('\n')[0]
    return first.replace('|', r'\|')


def tables() -> str:
    lines = []
    for scope, title in _SCOPES:
        lines += ['', '### ' + title, '', '| Operation | Request | What the emulator does |', '|---|---|---|']
        lines += ['| %s | %s | %s |' % (row.name, request_of(row), description(row)) for row in rows(scope)]
    return '\n'.join([*lines[1:], '', ''])


def written(document: str) -> str:
    """A document with the tables between the marks."""
    before, _, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError('docs/emulator.md has no place for the operations')
    return before + BEGIN + '\n' + tables() + END + after


if __name__ == '__main__':
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding='utf-8')), encoding='utf-8')
