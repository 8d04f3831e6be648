"""Renewal: one request at a time, before the end, with a pause after a failure, and never an expired credential."""
from __future__ import annotations

import copy
import logging
import os
import pickle
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, List

import pytest
from credential_sources import NOW, SECRETS, Clock, assert_hides, chain, stopped_clock, triple

from oss2 import _credentials_refresh
from oss2.credentials import CallbackCredentialsProvider, Credentials
from oss2.exceptions import ClientError


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return stopped_clock(monkeypatch, _credentials_refresh)


class Source:
    """Gives credentials that last so many seconds, numbered; an exception is raised."""

    def __init__(self, clock: Clock, *lives: Any) -> None:
        self.clock = clock
        self.lives = list(lives)
        self.calls = 0

    def __call__(self) -> Any:
        self.calls += 1
        life = self.lives.pop(0) if len(self.lives) > 1 else self.lives[0]
        if isinstance(life, Exception):
            raise life
        if isinstance(life, Credentials):
            return life
        return Credentials('id%d' % self.calls, 'secret', 'token', None if life is None else self.clock.now + life)


def key_of(provider: Any) -> str:
    return provider.get_credentials().get_access_key_id()


def test_asks_once_while_they_are_good(clock: Clock) -> None:
    source = Source(clock, 3600)
    provider = CallbackCredentialsProvider(source)
    first = provider.get_credentials()
    clock.now += 3600 * 0.8
    assert provider.get_credentials() is first
    assert source.calls == 1


@pytest.mark.behaviour(12)
def test_renewed_before_the_end(clock: Clock) -> None:
    provider = CallbackCredentialsProvider(Source(clock, 3600))
    provider.get_credentials()
    clock.now += 3600 * 0.86
    assert key_of(provider) == 'id2'


def test_a_fleet_does_not_renew_at_one_moment(clock: Clock) -> None:
    providers = [CallbackCredentialsProvider(Source(clock, 10000)) for _ in range(50)]
    for provider in providers:
        provider.get_credentials()
    renewed_at = {}
    for second in range(8000, 8600, 50):
        clock.now = NOW + second
        for n, provider in enumerate(providers):
            if n not in renewed_at and key_of(provider) == 'id2':
                renewed_at[n] = second
    assert len(renewed_at) == 50
    assert len(set(renewed_at.values())) > 1
    assert min(renewed_at.values()) >= 8200
    assert max(renewed_at.values()) <= 8500


@pytest.mark.behaviour(12)
@pytest.mark.parametrize('attempts', [1, 3])
def test_many_threads_make_one_request(attempts: int, clock: Clock) -> None:
    together = threading.Barrier(32)
    asked = threading.Event()

    def slow() -> Any:
        calls.append(1)
        asked.wait(0.05)
        return Credentials('id', 'secret', 'token', clock.now + 3600)

    calls: List[int] = []
    provider = CallbackCredentialsProvider(slow)

    def get(_: int) -> Any:
        together.wait()
        return provider.get_credentials()

    with ThreadPoolExecutor(32) as pool:
        for attempt in range(attempts):
            found = list(pool.map(get, range(32)))
            assert {id(credentials) for credentials in found} == {id(provider.credentials)}
            assert len(calls) == attempt + 1
            clock.now += 10000


def test_threads_that_wait_share_a_failure(clock: Clock) -> None:
    together = threading.Barrier(32)
    asked = threading.Event()

    def failing() -> Any:
        calls.append(1)
        asked.wait(0.05)
        raise ValueError(SECRETS[1])

    calls: List[int] = []
    provider = CallbackCredentialsProvider(failing)

    def get(_: int) -> BaseException:
        together.wait()
        try:
            provider.get_credentials()
        except ClientError as exc:
            return exc
        raise AssertionError('no error')

    with ThreadPoolExecutor(32) as pool:
        errors = list(pool.map(get, range(32)))
    assert len(calls) == 1
    assert all('ValueError' in error.message and error.__cause__ is not None for error in errors)
    assert_hides(''.join(str(error) for error in errors))


def test_others_go_on_with_the_old_ones_while_one_thread_renews(clock: Clock) -> None:
    asked, answered = threading.Event(), threading.Event()

    def source() -> Any:
        if provider.credentials is not None:
            asked.set()
            assert answered.wait(5)
        return Credentials('new' if provider.credentials else 'old', 's', 't', clock.now + 1000)

    provider = CallbackCredentialsProvider(source)
    provider.get_credentials()
    clock.now += 900
    renewing = threading.Thread(target=provider.get_credentials)
    renewing.start()
    assert asked.wait(5)
    assert key_of(provider) == 'old'
    answered.set()
    renewing.join()
    assert key_of(provider) == 'new'


def test_a_failed_renewal_leaves_the_old_ones(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    source = Source(clock, 1000, RuntimeError(SECRETS[1]))
    provider = CallbackCredentialsProvider(source)
    provider.get_credentials()
    clock.now += 900
    assert [key_of(provider) for _ in range(100)] == ['id1'] * 100
    assert source.calls == 2
    assert 'RuntimeError' in caplog.text
    assert_hides(caplog.text)


def test_the_pause_grows_from_5_seconds_to_60(clock: Clock) -> None:
    source = Source(clock, 100000, RuntimeError())
    provider = CallbackCredentialsProvider(source)
    provider.get_credentials()
    clock.now += 90000
    asked_at = []
    for _ in range(300):
        before = source.calls
        provider.get_credentials()
        if source.calls > before:
            asked_at.append(clock.now)
        clock.now += 1
    pauses = [later - earlier for earlier, later in zip(asked_at, asked_at[1:])]
    assert pauses == [5, 10, 20, 40, 60, 60, 60]


def test_a_success_ends_the_pauses(clock: Clock) -> None:
    source = Source(clock, 1000, RuntimeError(), 1000, RuntimeError())
    provider = CallbackCredentialsProvider(source)
    provider.get_credentials()
    clock.now += 900
    provider.get_credentials()
    clock.now += 6
    assert key_of(provider) == 'id3'
    clock.now += 900
    provider.get_credentials()
    clock.now += 6
    provider.get_credentials()
    assert source.calls == 5


@pytest.mark.behaviour(12)
def test_expired_ones_are_never_handed_out(clock: Clock) -> None:
    reason = RuntimeError('the reason')
    provider = CallbackCredentialsProvider(Source(clock, 1000, reason, reason, reason, 1000))
    provider.get_credentials()
    clock.now += 1000
    for _ in range(3):
        with pytest.raises(ClientError, match='RuntimeError') as caught:
            provider.get_credentials()
        assert 'the reason' in chain(caught.value)
        clock.now += 1.5
    assert key_of(provider) == 'id5'


def test_without_any_the_failure_stands_for_a_second(clock: Clock) -> None:
    source = Source(clock, RuntimeError(), 1000)
    provider = CallbackCredentialsProvider(source)
    for _ in range(10):
        with pytest.raises(ClientError, match='RuntimeError'):
            provider.get_credentials()
    assert source.calls == 1
    clock.now += 1.1
    assert key_of(provider) == 'id2'


def test_the_pause_of_the_good_days_ends_with_them(clock: Clock) -> None:
    source = Source(clock, 1000, RuntimeError(), RuntimeError(), RuntimeError(), 1000)
    provider = CallbackCredentialsProvider(source)
    provider.get_credentials()
    for moment in (900, 970, 998):
        clock.now = NOW + moment
        provider.get_credentials()
    clock.now = NOW + 1001
    assert key_of(provider) == 'id5'


def test_what_comes_expired_is_no_use(clock: Clock) -> None:
    provider = CallbackCredentialsProvider(Source(clock, -60))
    with pytest.raises(ClientError, match=r'60 seconds ago.*clock'):
        provider.get_credentials()
    assert provider.credentials is None


def test_what_comes_expired_does_not_replace_what_is_good(clock: Clock) -> None:
    provider = CallbackCredentialsProvider(Source(clock, 1000, -60))
    provider.get_credentials()
    clock.now += 900
    assert key_of(provider) == 'id1'


def test_a_source_that_still_has_the_same_is_not_asked_at_every_call(clock: Clock) -> None:
    same = Credentials('id', 'secret', 'token', NOW + 1000)
    source = Source(clock, same)
    provider = CallbackCredentialsProvider(source)
    provider.get_credentials()
    clock.now += 900
    for _ in range(10):
        assert key_of(provider) == 'id'
    assert source.calls == 2


def test_permanent_ones_are_not_asked_for_again(clock: Clock) -> None:
    source = Source(clock, Credentials('id', 'secret'))
    provider = CallbackCredentialsProvider(source)
    provider.get_credentials()
    clock.now += 10 ** 8
    provider.get_credentials()
    assert source.calls == 1


def test_a_token_without_a_date_is_asked_for_again_after_ten_minutes(clock: Clock) -> None:
    source = Source(clock, None, None, RuntimeError())
    provider = CallbackCredentialsProvider(source)
    provider.get_credentials()
    clock.now += 599
    assert key_of(provider) == 'id1'
    clock.now += 2
    assert key_of(provider) == 'id2'
    clock.now += 10 ** 6
    assert key_of(provider) == 'id2'


class TestForced:
    def test_gets_others(self, clock: Clock) -> None:
        provider = CallbackCredentialsProvider(Source(clock, 3600))
        rejected = provider.get_credentials()
        assert provider.refresh_credentials(rejected) is True
        assert key_of(provider) == 'id2'

    def test_nothing_is_done_about_credentials_that_are_replaced_already(self, clock: Clock) -> None:
        source = Source(clock, 3600)
        provider = CallbackCredentialsProvider(source)
        rejected = provider.get_credentials()
        with ThreadPoolExecutor(32) as pool:
            assert all(pool.map(lambda _: provider.refresh_credentials(rejected), range(32)))
        assert source.calls == 2

    def test_says_no_if_the_source_has_no_others(self, clock: Clock) -> None:
        source = Source(clock, Credentials('id', 'secret', 'token', NOW + 3600))
        provider = CallbackCredentialsProvider(source)
        assert provider.refresh_credentials(provider.get_credentials()) is False
        assert key_of(provider) == 'id'
        assert source.calls == 2

    def test_says_no_if_the_source_fails(self, clock: Clock) -> None:
        source = Source(clock, 3600, RuntimeError(), 3600)
        provider = CallbackCredentialsProvider(source)
        assert provider.refresh_credentials(provider.get_credentials()) is False
        assert key_of(provider) == 'id1'
        clock.now += 6
        assert key_of(provider) == 'id3'

    def test_not_more_often_than_every_ten_seconds(self, clock: Clock) -> None:
        source = Source(clock, 3600)
        provider = CallbackCredentialsProvider(source)
        outcomes = []
        for _ in range(25):
            outcomes.append(provider.refresh_credentials(provider.get_credentials()))
            clock.now += 1
        assert source.calls == 1 + 3
        assert [n for n, outcome in enumerate(outcomes) if outcome] == [0, 10, 20]

    def test_before_there_are_any(self, clock: Clock) -> None:
        provider = CallbackCredentialsProvider(Source(clock, 3600))
        assert provider.refresh_credentials() is True
        assert key_of(provider) == 'id1'


def test_a_source_that_asks_its_own_provider_does_not_hang(clock: Clock) -> None:
    provider = CallbackCredentialsProvider(lambda: provider.get_credentials())
    with pytest.raises(ClientError, match='by itself'):
        provider.get_credentials()


def give() -> Any:
    return Credentials(*SECRETS, NOW + 10 ** 9)


@pytest.mark.parametrize('duplicate', [lambda p: pickle.loads(pickle.dumps(p)), copy.copy, copy.deepcopy])
def test_copies(duplicate: Callable[[Any], Any]) -> None:
    provider = CallbackCredentialsProvider(give)
    assert triple(duplicate(provider).get_credentials()) == SECRETS
    provider.get_credentials()
    twin = duplicate(provider)
    assert triple(twin.credentials) == SECRETS
    assert twin.refresh_credentials(twin.credentials) is False
    assert_hides(repr(twin) + repr(provider))


FORKING = textwrap.dedent('''
    import os, sys, threading, time
    from oss2.credentials import CallbackCredentialsProvider, Credentials

    asked, answered = threading.Event(), threading.Event()

    def source():
        if os.getpid() == parent:
            asked.set()
            answered.wait(20)
        return Credentials('id%d' % (os.getpid() == parent), 's', 't', time.time() + 3600)

    parent = os.getpid()
    provider = CallbackCredentialsProvider(source)
    thread = threading.Thread(target=provider.get_credentials)
    thread.start()
    asked.wait(20)  # the thread holds the lock now
    child = os.fork()
    if not child:
        code = 1
        try:
            code = 0 if provider.get_credentials().get_access_key_id() == 'id0' else 2
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    answered.set()
    thread.join()
    print(status, provider.get_credentials().get_access_key_id())
''')


@pytest.mark.skipif(not hasattr(os, 'fork'), reason='no fork() here')
def test_a_child_forked_during_a_renewal_does_its_own() -> None:
    # Newer Pythons warn of a fork while there are threads, which is what this is about.
    done = subprocess.run([sys.executable, '-W', 'ignore::DeprecationWarning', '-c', FORKING], capture_output=True,
                          check=False, timeout=60)
    assert (done.stdout.decode(), done.stderr.decode()) == ('0 id1\n', '')
