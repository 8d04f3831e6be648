"""TaskQueue: all tasks are done, the first failure ends it."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from oss2 import task_queue
from oss2.task_queue import TaskQueue


def produce(*tasks):
    def producer(queue):
        for task in tasks:
            queue.put(task)

    return producer


def collect(into):
    def consumer(queue):
        while queue.ok():
            task = queue.get()
            if task is None:
                break
            into.append(task)

    return consumer


def fail_at(wanted, error):
    def consumer(queue):
        while queue.ok():
            task = queue.get()
            if task is None:
                break
            if task == wanted:
                raise error

    return consumer


@pytest.mark.parametrize('consumers', [1, 2, 7])
def test_every_task_is_done_once(consumers):
    done = []
    assert TaskQueue(produce(*range(100)), [collect(done)] * consumers).run() is None
    assert sorted(done) == list(range(100))


def test_no_tasks():
    done = []
    TaskQueue(produce(), [collect(done)] * 3).run()
    assert done == []


def test_no_consumers():
    TaskQueue(produce(1, 2), []).run()


def test_may_run_again():
    done = []
    queue = TaskQueue(produce(1, 2), [collect(done)])
    queue.run()
    queue.run()
    assert done == [1, 2, 1, 2]


def test_may_run_again_after_a_failure():
    done, errors = [], [ValueError('wrong')]

    def consumer(queue):
        if errors:
            raise errors.pop()
        collect(done)(queue)

    queue = TaskQueue(produce(1, 2), [consumer])
    with pytest.raises(ValueError, match='wrong'):
        queue.run()
    queue.run()
    assert done == [1, 2]


def test_all_run_in_threads_of_their_own():
    threads = []

    def note(queue):
        threads.append(threading.current_thread())

    TaskQueue(note, [note, note]).run()
    assert len(set(threads)) == 3
    assert threading.current_thread() not in threads
    assert all(thread.daemon for thread in threads)


@pytest.mark.parametrize('error', [ValueError('wrong'), KeyboardInterrupt(), SystemExit(3)])
def test_the_error_of_a_consumer_is_raised(error):
    with pytest.raises(type(error)) as caught:
        TaskQueue(produce(*range(10)), [fail_at(4, error), collect([])]).run()
    assert caught.value is error
    names = [entry.name for entry in caught.traceback]
    assert names[-1] == 'consumer'


def test_the_error_of_the_producer_is_raised():
    def producer(queue):
        queue.put(1)
        raise KeyError('producer')

    with pytest.raises(KeyError, match='producer'):
        TaskQueue(producer, [collect([])] * 3).run()


def test_the_first_error_counts():
    first, second = ValueError('first'), ValueError('second')
    failed = threading.Event()

    def late(queue):
        failed.wait()
        while queue.ok():
            time.sleep(0.001)
        raise second

    def early(queue):
        failed.set()
        raise first

    with pytest.raises(ValueError, match='first'):
        TaskQueue(produce(1), [late, early]).run()


@pytest.mark.behaviour(14)
def test_others_stop_after_a_failure():
    done, failed = [], threading.Event()

    def failing(queue):
        queue.get()
        failed.set()
        raise ValueError('wrong')

    def slow(queue):
        failed.wait()
        while queue.ok():
            time.sleep(0.001)
        done.append(queue.ok())

    with pytest.raises(ValueError, match='wrong'):
        TaskQueue(produce(*range(1000)), [failing, slow]).run()
    assert done == [False]


def test_a_waiting_consumer_is_woken_by_a_failure():
    taken = []

    def waiting(queue):
        taken.append(queue.get())

    def failing(queue):
        raise ValueError('wrong')

    def producer(queue):
        while queue.ok():
            time.sleep(0.001)

    with pytest.raises(ValueError, match='wrong'):
        TaskQueue(producer, [waiting, failing]).run()
    assert taken == [None]


@pytest.mark.parametrize('started', [0, 1, 2])
@pytest.mark.parametrize('error', [RuntimeError("can't start new thread"), KeyboardInterrupt()], ids=['none', 'Ctrl-C'])
def test_threads_that_cannot_be_started(started, error, monkeypatch):
    start, threads, before = threading.Thread.start, [], set(threading.enumerate())

    def limited(thread):
        threads.append(thread)
        if len(threads) > started:
            raise error
        start(thread)

    monkeypatch.setattr(threading.Thread, 'start', limited)
    with pytest.raises(type(error)) as caught:
        TaskQueue(produce(1, 2, 3), [collect([]), collect([])]).run()
    assert caught.value is error
    assert len(threads) == started + 1
    assert set(threading.enumerate()) <= before


def test_a_consumer_may_leave_early():
    def leaves(queue):
        queue.get()

    TaskQueue(produce(1, 2, 3), [leaves]).run()


def test_none_is_no_task():
    with pytest.raises(AssertionError):
        TaskQueue(produce(None), [collect([])]).run()


def test_no_thread_is_left():
    before = set(threading.enumerate())
    with pytest.raises(ValueError, match='wrong'):
        TaskQueue(produce(*range(50)), [fail_at(3, ValueError('wrong'))] * 5).run()
    assert set(threading.enumerate()) <= before


@pytest.mark.skipif(not hasattr(os, 'fork'), reason='sends itself SIGINT')
@pytest.mark.behaviour(14)
def test_an_interrupt_waits_for_the_tasks_at_hand():
    program = textwrap.dedent('''
        import os, signal, time
        from oss2.task_queue import TaskQueue

        def producer(queue):
            for n in range(1000):
                queue.put(n)

        def consumer(queue):
            while queue.ok():
                if queue.get() is None:
                    break
                print('begun', flush=True)
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.2)
                print('ended', flush=True)

        try:
            TaskQueue(producer, [consumer]).run()
        except KeyboardInterrupt:
            print('interrupted', flush=True)
    ''')
    done = subprocess.run([sys.executable, '-c', program], stdout=subprocess.PIPE, text=True, check=True, timeout=60,
                          cwd=os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    lines = done.stdout.split()
    assert lines[-1] == 'interrupted'
    assert lines.count('begun') == lines.count('ended') < 1000
    assert signal.getsignal(signal.SIGINT) is not None


def test_a_long_task_is_waited_for(monkeypatch):
    monkeypatch.setattr(task_queue, '_LOOK', 0.001)
    done = []

    def slow(queue):
        time.sleep(0.1)
        done.append(1)

    TaskQueue(produce(), [slow]).run()
    assert done == [1]
