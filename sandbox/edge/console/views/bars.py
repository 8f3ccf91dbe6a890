"""Bars on a line of time, as shares of its width: what an SVG is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

import msgspec

MARGIN: Final = timedelta(days=20)
MOST: Final = 5  # marks that a narrow screen has room for


class Bar(NamedTuple):
    """A bar: where it begins and how wide it is, in per cent."""

    x: float
    width: float


class Mark(NamedTuple):
    """A year or a month on the line."""

    x: float
    text: str


class Line(msgspec.Struct, frozen=True):
    """A line of time that shows these days."""

    first: date
    last: date

    @classmethod
    def of(cls, days: Iterable[date | None], today: date) -> Line:
        """One on which there is room for these days, and for today."""
        known = [today, *(day for day in days if day is not None)]
        return cls(min(known) - MARGIN, max(known) + MARGIN)

    def at(self, day: date) -> float:
        """Where a day is, in per cent."""
        share = (day - self.first).days / ((self.last - self.first).days or 1)
        return round(100 * min(1.0, max(0.0, share)), 2)

    def bar(self, starts: date, ends: date | None) -> Bar:
        """From a day to another, or to the end of the line; always wide enough to be seen."""
        x = self.at(starts)
        return Bar(x, max(round((self.at(ends) if ends else 100.0) - x, 2), 0.8))

    @property
    def marks(self) -> list[Mark]:
        """Years, or quarters where there are few of them: as many as there is room for."""
        firsts = list(self._firsts(range(1, 13, 3) if (self.last - self.first).days < 700 else [1]))
        step = -(-len(firsts) // MOST) or 1
        by_year = all(day.month == 1 for day in firsts)
        return [Mark(self.at(day), f"{day:%Y}" if by_year else f"{day:%b %Y}") for day in firsts[::step]]

    def _firsts(self, months: Iterable[int]) -> Iterator[date]:
        for year in range(self.first.year, self.last.year + 1):
            for month in months:
                day = date(year, month, 1)
                if self.first <= day <= self.last - (self.last - self.first) / 12:
                    yield day
