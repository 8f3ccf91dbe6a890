"""The days of Register: those of London, wherever the server stands."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
DAY: Final = timedelta(days=1)


def day_of(at: datetime) -> date:
    """The day that it is in London."""
    return at.astimezone(LONDON).date()


def first_moment(day: date) -> datetime:
    """When a day begins in London, in UTC."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def last_moment(day: date) -> datetime:
    """When the last of a day's microseconds begins in London, in UTC."""
    return datetime.combine(day, time.max, LONDON).astimezone(UTC)


def span_of(at: datetime) -> Hashable:
    """What stays the same while nothing falls due: an hour, the first of a day being parted after its first minute."""
    return at.date(), at.hour, at.hour == 0 and at.minute == 0


def refreshed_day(at: datetime) -> date:
    """The day as of which ended mentorships have gone: they do at one in the morning, in London."""
    return day_of(at - timedelta(hours=1))
