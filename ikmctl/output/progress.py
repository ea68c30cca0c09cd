"""The progress bar of a long command, which appears after a second."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ikmctl.language import _, number

if TYPE_CHECKING:
    from rich.progress import Progress

#: The seconds after which the bar appears.
DELAY = 1.0


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None]]:
    """A context that gives a function to call with the rows done and the approximate total."""
    started = time.monotonic()
    bars: list[Progress] = []

    def update(done: int, total: int) -> None:
        seconds = time.monotonic() - started
        if seconds < DELAY:
            return
        if not bars:
            bars.append(_bar())
            bars[0].start()
            bars[0].add_task("", total=total)
        speed = _("{count} rows a second").format(count=number(round(done / seconds)))
        bars[0].update(bars[0].task_ids[0], completed=done, total=total, description=speed)

    try:
        yield update
    finally:
        for bar in bars:
            bar.stop()


def _bar() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %  {task.description}", markup=False),
        TimeRemainingColumn(),
        console=Console(stderr=True, markup=False, emoji=False, highlight=False),
        transient=True,
    )
