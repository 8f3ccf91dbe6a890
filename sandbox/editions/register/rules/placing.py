"""Where schools' registrations lead: into which cohort, and onto which schedule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from sandbox.model import ContractPeriod, TrainingPeriod

AFTER_FROZEN: Final = "2024"
AFTER_FROZEN_SCHEDULE: Final = "ecf-extended-september"


def running_on(periods: Iterable[ContractPeriod], today: date, starts_on: date) -> ContractPeriod | None:
    """The contract period that someone new begins in: today's, or a later one that they start in."""
    first_day = max(today, starts_on)
    covering = (period for period in periods if period.covers(today) or period.covers(first_day))
    return max(covering, key=lambda period: period.id, default=None)


def earlier(trainings: Sequence[TrainingPeriod]) -> TrainingPeriod | None:
    """The last provider-led training that somebody has had so far, which gives cohort and schedule."""
    led = [training for training in trainings if training.programme == "provider_led"]
    return led[-1] if led else None


def is_frozen(period: ContractPeriod | None, now: datetime) -> bool:
    """True for a contract period whose payments are frozen."""
    return period is not None and period.frozen_at(now)


def season(day: date) -> str:
    """Which of the three starts of the year a day belongs to: the default schedule's (schedules by month)."""
    if 6 <= day.month <= 10:
        return "september"
    return "april" if 3 <= day.month <= 5 else "january"
