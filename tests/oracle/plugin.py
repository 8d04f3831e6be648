"""For pytest where ``oss2`` is oss2 2.19.1: brings its own fixtures, and writes down what became of every test.

An outcome is ``passed``, ``skipped``, ``failed: <exception>`` or ``beyond: <what 2.19.1 does not have>``.
"""
from __future__ import annotations

import importlib.util
import json
import os
import re
import signal
import sys
import threading
from pathlib import Path
from typing import Any, Dict, List, Optional, Set, Tuple

import pytest

HERE = Path(__file__).parent
TESTS = HERE.parent
JOB = 'OSS2_ORACLE_JOB'
"""The environment variable that names a file: what :func:`record.run` has to say, as JSON."""

HANGING = 2
"""Seconds that a test gets which is known to hang."""


def _module(name: str, file: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, str(HERE / file))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


job: Dict[str, Any] = json.loads(Path(os.environ[JOB]).read_text(encoding='utf-8'))
absent = _module('oracle_absent', 'absent.py')
absent.install()

import oss2  # noqa: E402  (it is made ready first)

lent = _module('oracle_lent', 'lent.py')

remote = _module('oss2.emulator', 'remote.py')
oss2.emulator = remote
# Where the suite's conftest looks for the package's own plugin.
remote.pytest_plugin = sys.modules['oss2.emulator.pytest_plugin'] = remote

outcomes: Dict[str, str] = {}
reasons: Dict[str, str] = {}


def pytest_sessionstart() -> None:
    # Threads inherit it: those that a test leaves behind must not keep the process.
    threading.main_thread()._daemonic = True  # type: ignore[attr-defined]
    if oss2.__version__ != job['version']:
        pytest.exit('this is oss2 %s, not %s' % (oss2.__version__, job['version']))


def pytest_collection(session: Any) -> None:
    """The operations are found by docstrings that only this library has."""
    import calls
    calls.methods = lambda cls: job['operations'][cls.__name__]


def pytest_collection_modifyitems(items: Any) -> None:
    items[:] = [item for item in items if item.get_closest_marker('behaviour')
                or _name(item.nodeid).partition('::')[0] not in job['others']]
    for item in items:
        if _name(item.nodeid) in job['hang']:
            item.add_marker(pytest.mark.timeout(HANGING))


def pytest_collection_finish() -> None:
    absent.collected()


def pytest_collectreport(report: Any) -> None:
    if report.failed:
        _note(report.nodeid, 'failed: not collected', str(report.longrepr)[-300:])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: Any) -> None:
    absent.used.clear()
    # The row that is about closing.
    lent.take_back() if 17 in _rows(item) else lent.lend()


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: Any) -> Any:
    """2.19.1 logs what it signs with every call: the tests of that row tell, and the others have their own subject.

    Where a test has failed early, its server may wait for ever for somebody to connect.
    """
    if 15 not in _rows(item) and 'log_watch' in getattr(item, 'funcargs', ()):
        item.funcargs['log_watch'].found.clear()
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(HANGING)
    yield
    signal.alarm(0)


def _give_up(*args: Any) -> None:
    raise RuntimeError('the teardown hangs')


def _rows(item: Any) -> Set[Any]:
    return {row for mark in item.iter_markers('behaviour') for row in mark.args}


@pytest.hookimpl(hookwrapper=True)
def pytest_pyfunc_call(pyfuncitem: Any) -> Any:
    """Where an interrupt comes through that the library should have seen to, the other tests go on."""
    outcome = yield
    if outcome.excinfo is not None and issubclass(outcome.excinfo[0], KeyboardInterrupt):
        outcome.force_exception(RuntimeError('interrupted'))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: Any, call: Any) -> Any:
    report = (yield).get_result()
    # A traceback would show lines of the other library's source.
    report.longrepr = None if report.passed else ('', 0, '') if report.skipped else 'no traceback'
    if report.skipped:
        outcome: Tuple[str, str] = ('skipped', '')
    elif report.failed:
        outcome = _failure(call.excinfo)
    elif call.when == 'call':
        outcome = ('passed', '')
    else:
        return
    report.user_properties.append(('outcome', outcome))


def pytest_runtest_logreport(report: Any) -> None:
    for name, outcome in report.user_properties:
        # The first failure counts: what follows from it in the teardown does not.
        if name == 'outcome' and not outcomes.get(report.nodeid, 'passed').startswith(('failed', 'beyond')):
            _note(report.nodeid, *outcome)
    report.user_properties.clear()


def _name(node: str) -> str:
    return node[len('tests/'):] if node.startswith('tests/') else node


def _note(node: str, outcome: str, reason: str) -> None:
    node = _name(node)
    outcomes[node] = outcome
    if reason:
        reasons[node] = reason


def pytest_sessionfinish(session: Any) -> None:
    if not hasattr(session.config, 'workerinput'):
        Path(job['outcomes']).write_text(json.dumps([outcomes, reasons]), encoding='utf-8')


def _failure(info: Any) -> Tuple[str, str]:
    exc = info.value
    own = [entry for entry in info.traceback if str(entry.path).startswith(str(TESTS))]
    where = ' < '.join('%s:%d' % (entry.path.name, entry.lineno + 1) for entry in reversed(own))
    reason = '%s\n%s: %s' % (where, type(exc).__name__, str(exc)[:1500])
    lacking = _lacking(exc, str(info.traceback[-1].path)) or ', '.join(
        sorted({name[len(absent.MARK):] for name in absent.used}))
    if lacking:
        return 'beyond: ' + lacking, reason
    name = type(exc).__name__
    return 'failed: ' + ('Timeout' if name == 'Failed' and 'Timeout' in str(exc) else name), reason


def _lacking(exc: Any, raised_in: str) -> Optional[str]:
    """What the test itself, not the library, found missing."""
    text = str(exc)
    if absent.MARK in text:
        found: List[str] = re.findall(re.escape(absent.MARK) + r'([\w.]+)', text)
        return found[0]
    patched: List[str] = re.findall(r"^<(?:module|class) '(oss2[\w.]*)'.*> has no attribute '(\w+)'$", text)
    if patched:
        return '.'.join(patched[0])
    if not raised_in.startswith(str(TESTS)):
        return None
    if isinstance(exc, AttributeError) and exc.name:
        owner = exc.obj if isinstance(exc.obj, type) or hasattr(exc.obj, '__path__') else type(exc.obj)
        name = getattr(exc.obj, '__name__', None) or owner.__name__
        of = getattr(owner, '__module__', None) or name
        return '%s.%s' % (name, exc.name) if of.split('.')[0] == 'oss2' or name.split('.')[0] == 'oss2' else None
    if isinstance(exc, ImportError):
        return '%s' % (exc.name or text) if 'oss2' in text else None
    if isinstance(exc, TypeError):
        match = (re.search(r'(\S+)\(\) got an unexpected keyword argument \'(\w+)\'', text)
                 or re.search(r'(\S+)\(\) takes .*positional (argument)s? but', text)
                 or re.search(r'\'(\w+)\' object does not support the (context manager) protocol', text))
        return match and ' '.join(match.groups())
    return None
