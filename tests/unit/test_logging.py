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


@pytest.mark.behaviour('D17')
def test_called_twice_each_line_comes_once(name, tmp_path, capsys):
    for level in (logging.DEBUG, logging.INFO):
        oss2.set_stream_logger(name, level)
        oss2.set_file_logger(str(tmp_path / 'log'), name, level)
    oss2.set_file_logger(str(tmp_path / 'other'), name, logging.INFO)
    logging.getLogger(name).info('message')
    assert capsys.readouterr().err.count('message') == 1
    for file in ('log', 'other'):
        assert (tmp_path / file).read_text().count('message') == 1


@pytest.mark.behaviour('D17')
def test_a_program_that_sets_it_up_in_two_places_has_one_handler(name, tmp_path):
    for _ in range(3):
        oss2.set_stream_logger(name)
        oss2.set_file_logger(str(tmp_path / 'log'), name)
    assert [type(handler) for handler in logging.getLogger(name).handlers] == [logging.StreamHandler,
                                                                               logging.FileHandler]


@pytest.mark.behaviour(15)
def test_the_librarys_own_logger():
    assert oss2.logger is logging.getLogger('oss2')
    assert any(isinstance(handler, logging.NullHandler) for handler in oss2.logger.handlers)


SIGNED = '/key?OSSAccessKeyId=id&Expires=1&Signature=c2VjcmV0%3D&security-token=planted'


@pytest.mark.behaviour(15)
def test_what_urllib3_logs_for_others_is_left_alone(caplog):
    """Only in the block, and only in its thread."""
    import threading

    from oss2._secrets import hidden_in_log

    logger = logging.getLogger('urllib3.connectionpool')

    def say():
        logger.debug('%s "%s"', 'GET', SIGNED)

    with caplog.at_level(logging.DEBUG, 'urllib3'):
        say()
        with hidden_in_log():
            say()
            logger.debug('%s', 'nothing to hide')
            other = threading.Thread(target=say)
            other.start()
            other.join()
        say()
    whole = 'GET "%s"' % SIGNED
    assert [record.getMessage() for record in caplog.records] == [
        whole, 'GET "/key?OSSAccessKeyId=id&Expires=1&Signature=***&security-token=***"', 'nothing to hide', whole,
        whole]


@pytest.fixture(autouse=True)
def _own(own_requests):
    """The signed URLs here are meant to be logged."""


@pytest.mark.behaviour(15)
@pytest.mark.parametrize(('text', 'shown'), [
    ('http://user:pass@proxy:3128/', 'http://***@proxy:3128/'),
    ('http://user:pa@ss@proxy:3128', 'http://***@proxy:3128'),
    ('http://user:pa/ss@proxy:3128', 'http://***@proxy:3128'),
    ('http://user@proxy and http://:pass@proxy', 'http://***@proxy and http://***@proxy'),
    ('http://host/photo@2x.png', None), ('http://host:8080/photo@2x.png', None), ('oss://bucket/a@b', None),
])
def test_users_and_passwords_in_urls(text, shown):
    from oss2._secrets import mask_secrets

    assert mask_secrets('parse: %s' % text) == 'parse: %s' % (shown or text)
