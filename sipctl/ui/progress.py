"""How far a long run has come: on stderr, on a terminal only, with rate and remaining time."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sipctl.language import _


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A function to call after each of ``total`` things. Silent when nobody looks, and with ``--plain``."""
    if total < 2 or not sys.stderr.isatty() or os.environ.get("SIPCTL_PLAIN"):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.table import Column
    from rich.text import Text

    class Rate(ProgressColumn):
        """Things a second."""

        def render(self, task: object) -> Text:
            speed = getattr(task, "speed", None)
            return Text(_("{n} i sekunden").format(n=round(speed)) if speed else "")

    rate = Rate(Column(no_wrap=True))  # in a narrow window the bar gives way, not the words
    left = TimeRemainingColumn(compact=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, left)
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=total)
        yield lambda: shown.advance(task)
