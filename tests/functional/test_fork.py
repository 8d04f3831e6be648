"""After fork() a child never uses its parent's connections."""
from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest
from rawserver import answer

pytestmark = pytest.mark.skipif(not hasattr(os, 'fork'), reason='no fork() here')

SIZE = 5000

# A process of its own: the one that runs the tests has threads, and forking it is another matter.
PROGRAM = textwrap.dedent('''
    import os, sys, oss2

    bucket = oss2.Bucket(oss2.AnonymousAuth(), sys.argv[1], 'test-bucket')
    SIZE = int(sys.argv[2])

    def get(key):
        body = bucket.get_object(key).read()
        return body == (key.encode() + b' ') * SIZE

    def work(name):
        wrong = 0
        for number in range(15):
            wrong += not get('%s-%d' % (name, number))
        return wrong

    half_read = bucket.get_object('half')
    half_read.read(1000)
    assert get('parent')
    children = []
    for number in range(4):
        child = os.fork()
        if not child:
            code = 100
            try:
                code = work('child%d' % number)
            finally:
                sys.stderr.flush()
                os._exit(code)
        children.append(child)
    wrong = [work('parent')]
    wrong += [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) if hasattr(os, 'waitstatus_to_exitcode')
              else os.waitpid(child, 0)[1] for child in children]
    assert half_read.read() == (b'half ' * SIZE)[1000:]
    bucket.close()
    print(wrong)
''')


@pytest.mark.behaviour(8)
def test_children_read_their_own_objects(raw_server):
    server = raw_server(lambda request: answer((request.target.rpartition('/')[2].encode() + b' ') * SIZE))
    done = subprocess.run([sys.executable, '-W', 'error', '-c', PROGRAM, server.url, str(SIZE)],
                          capture_output=True, check=False)
    assert (done.stdout.decode(), done.stderr.decode()) == ('[0, 0, 0, 0, 0]\n', '')
    # Two of the parent's, one of which was half read, and one of each child's.
    assert server.connections == 6


def test_a_fork_in_the_middle_of_a_first_request(raw_server):
    """Another thread holds a lock, which the child has nobody to release."""
    program = textwrap.dedent('''
        import os, signal, sys, oss2
        from oss2 import http

        with http._fork_lock:
            child = os.fork()
        if not child:
            signal.alarm(20)
            oss2.Bucket(oss2.AnonymousAuth(), sys.argv[1], 'test-bucket').get_object('key').read()
            os._exit(0)
        print(os.waitpid(child, 0)[1])
    ''')
    server = raw_server(answer(b'content'))
    done = subprocess.run([sys.executable, '-W', 'error', '-c', program, server.url], capture_output=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (b'0', b'')
