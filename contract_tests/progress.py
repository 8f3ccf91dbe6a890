"""How far a run is: a bar for each version on a terminal, a line now and then where lines are kept, as in CI."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from contract_tests.engine import Part

LINE_EVERY: Final = 10  # seconds


@contextmanager
def progress(console: Console) -> Iterator[Callable[[Sequence[Part]], None]]:
    """What to tell how far each part is."""
    if not console.is_terminal:
        yield _Lines(console).tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.fields[failed]}"), console=console, transient=True) as bars:
        tasks = {}

        def tell(parts: Sequence[Part]) -> None:
            for part in parts:
                if part.version not in tasks:
                    tasks[part.version] = bars.add_task(part.version, total=None, failed="")
                failed = f"[red]{part.failed} failed" if part.failed else ""
                bars.update(tasks[part.version], total=part.planned or None, completed=part.done, failed=failed)

        yield tell


class _Lines:
    """Says of each version when it begins, how far it is every ten seconds, and when it is over."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._said: dict[str, tuple[float, str]] = {}

    def tell(self, parts: Sequence[Part]) -> None:
        for part in parts:
            if not part.planned:
                continue
            at, last = self._said.get(part.version, (0.0, ""))
            line = f"{part.version}: {part.done} of {part.planned} scenarios, {part.failed} failed"
            line += ", at its end" if part.is_over else ""
            if line != last and (part.is_over or time.monotonic() - at > LINE_EVERY):
                self._console.print(line, highlight=False, soft_wrap=True)
                self._said[part.version] = time.monotonic(), line
