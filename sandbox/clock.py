"""Time, always handed in: nothing in the sandbox asks the machine what day it is, except here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the time of a world."""

    def now(self) -> datetime:
        """The world's time, in UTC."""


def wall_clock() -> datetime:
    """The machine's time, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class RunningClock:
    """Stood at `starts_at` when the wall clock stood at `began_at`, and runs with it."""

    starts_at: datetime
    began_at: datetime

    def now(self) -> datetime:
        """The world's time, in UTC."""
        return self.starts_at + (wall_clock() - self.began_at)


@dataclass(frozen=True, slots=True)
class FrozenClock:
    """Always tells the same time."""

    at: datetime

    def now(self) -> datetime:
        """The world's time, in UTC."""
        return self.at
