"""When each milestone may be declared: dates of the programme, the same for every implementation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple

SEASONS: Final = ("september", "january", "april")
TYPES: Final = ("started", "retained-1", "retained-2", "retained-3", "retained-4", "completed")
EXTENSIONS: Final = ("extended-1", "extended-2", "extended-3")

# From cohort 2022 on the milestones of a standard schedule follow each other like this, from the one it begins with.
_TERMS: Final = ("06-01 12-31", "01-01 03-31", "04-01 07-31", "08-01 12-31")

_FIRST_COHORT: Final = {
    "ecf-standard-september": "2021-11-19 2021-11-30 | 2021-09-01 2022-01-31 | 2022-02-01 2022-04-30 | "
    "2022-05-01 2022-09-30 | 2022-10-01 2023-01-31 | 2023-02-01 2023-04-30",
    "ecf-standard-january": "2021-12-01 2022-01-31 | 2022-02-01 2022-04-30 | 2022-05-01 2022-09-30 | "
    "2022-10-01 2023-01-31 | 2023-02-01 2023-04-30 | 2023-05-01 2023-10-31",
    "ecf-standard-april": "2022-04-01 2022-07-31 | 2022-08-01 2022-12-31 | 2023-01-01 2023-03-31 | "
    "2023-04-01 2023-07-31 | 2023-08-01 2023-12-31 | 2024-01-01 2024-03-31",
}


class Milestone(NamedTuple):
    """From the first moment of its first day to the last of its last; without one it has no end."""

    starts: date
    ends: date | None

    @property
    def opens(self) -> datetime:
        """The first moment at which it may be dated."""
        return datetime.combine(self.starts, time.min, UTC)

    @property
    def closes(self) -> datetime | None:
        """The last second at which it may be dated; None when it has no end."""
        return datetime.combine(self.ends, time(23, 59, 59), UTC) if self.ends else None

    @property
    def middle(self) -> datetime:
        """A moment well inside."""
        last = self.ends or date(self.starts.year, 12, 31)
        day = self.starts + (last - self.starts) / 2
        return datetime.combine(day, time(10), UTC)


def milestones(schedule: str, cohort: str, behaviour: str = "documented") -> Mapping[str, Milestone]:
    """The milestones of a schedule, by the type of declaration."""
    year = int(cohort)
    if "standard" not in schedule or year >= 2025:
        opens = date(year, 7, 1) if "standard" in schedule else _opening(schedule, year)
        types = (*TYPES, *EXTENSIONS) if "extended" in schedule else TYPES
        return {type: Milestone(opens, None) for type in types}
    if year == 2021:
        windows = [window.split() for window in _FIRST_COHORT[schedule].split(" | ")]
        found = {
            type: Milestone(date.fromisoformat(starts), date.fromisoformat(ends))
            for type, (starts, ends) in zip(TYPES, windows, strict=True)
        }
        return _as_deployed(schedule, found) if behaviour == "deployed" else found
    return dict(zip(TYPES, _terms(schedule, year), strict=True))


def _as_deployed(schedule: str, found: dict[str, Milestone]) -> Mapping[str, Milestone]:
    if schedule == "ecf-standard-september":
        return found | {"started": Milestone(date(2021, 9, 1), date(2021, 11, 30))}
    return {type: found[type] for type in found if (schedule, type) != ("ecf-standard-january", "completed")}


def _opening(schedule: str, year: int) -> date:
    return {"september": date(year, 9, 1), "january": date(year + 1, 1, 1), "april": date(year + 1, 4, 1)}[
        schedule.rpartition("-")[2]
    ]


def _terms(schedule: str, year: int) -> list[Milestone]:
    """Six terms one after the other; that of autumn begins in August, but the first of all in June."""
    first = SEASONS.index(schedule.rpartition("-")[2])
    terms, at = [], year + (first > 0)
    for number in range(6):
        season = (first + number) % 3
        if season == 1 and number > 0:
            at += 1
        starts, ends = _TERMS[0 if first + number == 0 else (3, 1, 2)[season]].split()
        terms.append(Milestone(date.fromisoformat(f"{at}-{starts}"), date.fromisoformat(f"{at}-{ends}")))
    return terms
