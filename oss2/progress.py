"""Progress bars for the `progress_callback` of uploads and downloads, by tqdm or rich.

::

    with oss2.progress.TqdmProgress(desc='backup.tar') as bar:
        oss2.resumable_upload(bucket, 'backup.tar', 'backup.tar', progress_callback=bar)

Both packages come with the extra `progress`; each is imported when its class is first used.
"""
from __future__ import annotations

from types import TracebackType
from typing import Any, Optional, Type

MISSING = '{0} is not installed: run  pip install {0}'


class TqdmProgress:
    """A bar of tqdm, in bytes, as a progress callback; a context manager that closes it.

    :param options: of `tqdm.tqdm`, such as desc, leave, disable or file
    :raises ImportError: tqdm is not installed
    """

    def __init__(self, **options: Any) -> None:
        try:
            from tqdm.auto import tqdm
        except ImportError as exc:
            raise ImportError(MISSING.format('tqdm')) from exc
        self.bar: Any = tqdm(**{'unit': 'B', 'unit_scale': True, 'unit_divisor': 1024, **options})

    def __call__(self, consumed_bytes: int, total_bytes: Optional[int]) -> None:
        if total_bytes is not None and self.bar.total != total_bytes:
            self.bar.total = total_bytes
        # Less than before after a failed attempt, which is counted anew.
        self.bar.update(consumed_bytes - self.bar.n)

    def close(self) -> None:
        """Leave the bar as it is.  May be called twice."""
        self.bar.close()

    def __enter__(self) -> TqdmProgress:
        return self

    def __exit__(self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.close()


class RichProgress:
    """A task of a rich display, in bytes, as a progress callback; a context manager.

    :param description: stands before the bar
    :param progress: a `rich.progress.Progress` of your own to add the task to, so that several transfers show below
        each other; it is neither started nor stopped.  None: one of its own, which lasts as long as the `with` block
    :raises ImportError: rich is not installed
    """

    def __init__(self, description: str = '', progress: Any = None) -> None:
        self._is_own = progress is None
        self.progress: Any = _display() if progress is None else progress
        self.task: Any = self.progress.add_task(description, total=None)
        if self._is_own:
            self.progress.start()

    def __call__(self, consumed_bytes: int, total_bytes: Optional[int]) -> None:
        self.progress.update(self.task, completed=consumed_bytes, total=total_bytes)

    def close(self) -> None:
        """End the display, if it is its own.  May be called twice."""
        if self._is_own:
            self.progress.stop()

    def __enter__(self) -> RichProgress:
        return self

    def __exit__(self, exc_type: Optional[Type[BaseException]], exc: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.close()


def _display() -> Any:
    try:
        from rich import progress
    except ImportError as exc:
        raise ImportError(MISSING.format('rich')) from exc
    return progress.Progress(progress.TextColumn('{task.description}'), progress.BarColumn(),
                             progress.DownloadColumn(binary_units=True), progress.TransferSpeedColumn(),
                             progress.TimeRemainingColumn())
