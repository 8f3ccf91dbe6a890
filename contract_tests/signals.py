"""Signals that end a run: it says what it found until then, and exits as they have it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

ENDING: Final = ("SIGINT", "SIGTERM", "SIGHUP")


class Stopped(BaseException):
    """A signal has come."""

    def __init__(self, number: int) -> None:
        super().__init__(f"It was stopped ({signal.Signals(number).name}).")
        self.exit_status = 128 + number


@contextmanager
def heeded() -> Iterator[None]:
    """Raise Stopped at the first signal that comes while the block lasts; others change nothing any more.

    What is ignored on purpose, as by nohup, stays ignored.
    """
    before: dict[int, Any] = {}

    def stop(number: int, _: FrameType | None) -> None:
        ignore()
        raise Stopped(number)

    if _may_be_set():
        before |= {each: signal.getsignal(each) for each in _ending() if signal.getsignal(each) is not signal.SIG_IGN}
        for number in before:
            signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ignore() -> None:
    """Take no notice of signals from now on: what is left to do takes no time."""
    if _may_be_set():
        for number in _ending():
            signal.signal(number, signal.SIG_IGN)


def _ending() -> list[int]:
    return [getattr(signal, name) for name in ENDING if hasattr(signal, name)]


def _may_be_set() -> bool:
    return threading.current_thread() is threading.main_thread()
