"""When each milestone may be declared in Register: in days of London, and without an end from cohort 2025 on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from contract_tests import calendar
from contract_tests.calendar import EXTENSIONS, TYPES, Milestone

LONDON: Final = ZoneInfo("Europe/London")
WITHOUT_END: Final = "2025"  # the first cohort whose milestones end nowhere

# Where the first cohort's are others than in ECF.
_FIRST_COHORT: Final = {
    "ecf-standard-january": {"completed": "2023-05-01 2023-09-30"},
    "ecf-standard-april": {
        "started": "2022-02-01 2022-05-31",
        "retained-1": "2022-05-01 2022-09-30",
        "retained-2": "2022-10-01 2023-01-31",
        "retained-3": "2023-02-01 2023-04-30",
        "retained-4": "2023-05-01 2023-09-30",
        "completed": "2023-10-01 2024-01-31",
    },
}


def milestones(schedule: str, cohort: str) -> Mapping[str, Milestone]:
    """The milestones of a schedule, by the type of declaration."""
    if cohort < WITHOUT_END:
        known = dict(calendar.milestones(schedule, cohort, "deployed"))
        others = _FIRST_COHORT.get(schedule, {}) if cohort == "2021" else {}
        return known | {type: Milestone(*map(date.fromisoformat, days.split())) for type, days in others.items()}
    year, (kind, season) = int(cohort), schedule.removeprefix("ecf-").split("-")
    starts = {
        "september": date(year, 6 if kind == "standard" else 9, 1),
        "january": date(year + 1, 1, 1),
        "april": date(year + 1, 4, 1),
    }[season]
    types = (*TYPES, *EXTENSIONS) if kind == "extended" else TYPES
    return {type: Milestone(starts, None) for type in types}


def london(day: date, at: time = time.min) -> datetime:
    """A moment of a day of London."""
    return datetime.combine(day, at, LONDON).astimezone(UTC)
