"""Progress bars of tqdm and rich as progress callbacks."""
from __future__ import annotations

import io
import sys

import pytest

from oss2.progress import RichProgress, TqdmProgress

STEPS = [(0, 100), (40, 100), (0, 100), (60, 100), (100, 100)]


@pytest.fixture
def tqdm():
    return pytest.importorskip('tqdm', reason='tqdm is not installed')


@pytest.fixture
def rich():
    return pytest.importorskip('rich.progress', reason='rich is not installed')


def test_a_bar_of_tqdm(tqdm):
    out = io.StringIO()
    with TqdmProgress(desc='a file', file=out, mininterval=0, ascii=True) as progress:
        assert isinstance(progress.bar, tqdm.tqdm)
        for step in STEPS:
            progress(*step)
            assert (progress.bar.n, progress.bar.total) == step
    progress.close()
    assert 'a file' in out.getvalue()
    assert '100/100' in out.getvalue()


def test_a_bar_of_tqdm_whose_end_is_not_known(tqdm):
    with TqdmProgress(file=io.StringIO()) as progress:
        for done in (0, 10, 30):
            progress(done, None)
        assert (progress.bar.n, progress.bar.total) == (30, None)


def test_a_task_of_rich(rich):
    from rich.console import Console
    with RichProgress('a file') as progress:
        for done, total in STEPS:
            progress(done, total)
            task, = progress.progress.tasks
            assert (task.completed, task.total, task.description) == (done, total, 'a file')
    progress.close()
    assert not progress.progress.live.is_started
    display = rich.Progress(console=Console(file=io.StringIO()))
    with display:
        callbacks = [RichProgress(name, display) for name in 'ab']
        callbacks[0](5, 10)
        callbacks[1](7, None)
        for callback in callbacks:
            callback.close()
        assert display.live.is_started
    assert [(task.description, task.completed, task.total) for task in display.tasks] == [('a', 5, 10), ('b', 7, None)]


@pytest.mark.parametrize(('cls', 'modules'), [(TqdmProgress, ['tqdm', 'tqdm.auto']), (RichProgress, ['rich'])])
def test_without_the_package(cls, modules, monkeypatch):
    for module in modules:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match='pip install ' + modules[0]):
        cls()
