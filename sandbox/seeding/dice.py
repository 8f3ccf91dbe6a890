"""Chance that falls the same way every time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Throws that depend on nothing but the name the dice were given, on any machine and any Python."""

    def __init__(self, name: str) -> None:
        self._random = random.Random(name)

    def below(self, number: int) -> int:
        """A whole number from 0 up to, and without, this one."""
        return int(self._random.random() * number)  # of all its methods, only random() is promised never to change

    def falls(self, share: int) -> bool:
        """True in so many of a hundred cases."""
        return self.below(100) < share

    def one_of(self, choices: Sequence[T]) -> T:
        """One of these."""
        return choices[self.below(len(choices))]

    def day_after(self, day: date, least: int, most: int) -> date:
        """A day so many days later; not at a weekend, but on the Monday after."""
        later = day + timedelta(days=least + self.below(most - least + 1))
        return later if later.weekday() < 5 else later + timedelta(days=7 - later.weekday())

    def morning(self, day: date) -> datetime:
        """A time before noon."""
        return _at(day, 8 * 3600 + self.below(4 * 3600))

    def afternoon(self, day: date) -> datetime:
        """A time after noon, during work."""
        return _at(day, 12 * 3600 + self.below(5 * 3600))


def _at(day: date, second: int) -> datetime:
    return datetime.combine(day, time.min, UTC) + timedelta(seconds=second)
