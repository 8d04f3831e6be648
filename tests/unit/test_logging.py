"""The log, and the handlers for programs that have none."""
from __future__ import annotations

import logging

import pytest

import oss2


@pytest.fixture
def name():
    """A logger that is as it was, behind the test."""
    name = 'oss2.tests'
    yield name
    logger = logging.getLogger(name)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(logging.NOTSET)


def test_to_a_file(name, tmp_path):
    path = tmp_path / 'log'
    path.write_text('before\n')
    oss2.set_file_logger(str(path), name, logging.INFO)
    logging.getLogger(name).info('message %d', 5)
    logging.getLogger(name).debug('hidden')
    lines = path.read_text().splitlines()
    assert lines[0] == 'before'
    assert len(lines) == 2
    assert 'oss2.tests [INFO]' in lines[1]
    assert lines[1].endswith(': message 5')


def test_to_stderr(name, capsys):
    oss2.set_stream_logger(name)
    logging.getLogger(name).debug('message')
    assert '[DEBUG]' in capsys.readouterr().err


def test_a_format_of_ones_own(name, tmp_path):
    oss2.set_file_logger(str(tmp_path / 'log'), name, logging.DEBUG, '<%(message)s>')
    logging.getLogger(name).debug('message')
    assert (tmp_path / 'log').read_text() == '<message>\n'


def test_called_twice_each_line_comes_once(name, tmp_path, capsys):
    for level in (logging.DEBUG, logging.INFO):
        oss2.set_stream_logger(name, level)
        oss2.set_file_logger(str(tmp_path / 'log'), name, level)
    oss2.set_file_logger(str(tmp_path / 'other'), name, logging.INFO)
    logging.getLogger(name).info('message')
    assert capsys.readouterr().err.count('message') == 1
    for file in ('log', 'other'):
        assert (tmp_path / file).read_text().count('message') == 1


def test_the_librarys_own_logger():
    assert oss2.logger is logging.getLogger('oss2')
    assert any(isinstance(handler, logging.NullHandler) for handler in oss2.logger.handlers)
