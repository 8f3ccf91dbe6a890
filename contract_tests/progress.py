"""How far a run is: a bar for each version on a terminal, a line now and then where lines are kept, as in CI."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from contract_tests.engine import VersionRun

LINE_EVERY: Final = 10  # seconds
LOOK_EVERY: Final = 0.5  # seconds


@contextmanager
def progress(console: Console) -> Iterator[Callable[[Sequence[VersionRun]], None]]:
    """What to tell how far each version is."""
    if not console.is_terminal:
        yield _Lines(console).tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.fields[failed]}"), console=console, transient=True) as bars:
        tasks = {}

        def tell(versions: Sequence[VersionRun]) -> None:
            for each in versions:
                if each.version not in tasks:
                    tasks[each.version] = bars.add_task(each.version, total=None, failed="")
                failed = f"[red]{each.failed} failed" if each.failed else ""
                bars.update(tasks[each.version], total=each.planned or None, completed=each.done, failed=failed)

        yield tell


@contextmanager
def counted(console: Console, what: str, total: int, done: Callable[[], int]) -> Iterator[None]:
    """While the block lasts, show on a terminal how many of so many are done; `done` counts them."""
    if not console.is_terminal:
        yield
        return
    over = Event()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)

        def watch() -> None:
            while not over.wait(LOOK_EVERY):
                bar.update(task, completed=done())

        watching = Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield
        finally:
            over.set()
            watching.join()


class _Lines:
    """Says of each version when it begins, how far it is every ten seconds, and when it is over."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._said: dict[str, tuple[float, str]] = {}

    def tell(self, versions: Sequence[VersionRun]) -> None:
        for each in versions:
            if not each.planned:
                continue
            at, last = self._said.get(each.version, (0.0, ""))
            line = f"{each.version}: {each.done} of {each.planned} scenarios, {each.failed} failed"
            line += ", done" if each.is_over else ""
            if line != last and (each.is_over or time.monotonic() - at > LINE_EVERY):
                self._console.print(line, highlight=False, soft_wrap=True)
                self._said[each.version] = time.monotonic(), line
