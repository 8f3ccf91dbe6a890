"""How the date of a declaration is read: as any way of writing one, of which a single one is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

from sandbox.editions.register.rules.days import LONDON

_CLOCK: Final = r"(\d\d?(?=:)|\d\d):?(\d\d?)(?::?(\d\d?)(?:[.,](\d*))?)?"
_ZONE: Final = r"(Z|UTC|GMT|BST|[+-]\d\d(?::?\d\d)?)?"
_FLAGS: Final = re.IGNORECASE | re.ASCII
_ACCEPTED: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?", _FLAGS)
_NUMBERS: Final = (
    re.compile(rf"[+]?0*(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)(?:[T ]+{_CLOCK} ?{_ZONE})?", _FLAGS),
    re.compile(rf"[+]?0*(?P<year>\d{{4}})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:[T ]+{_CLOCK} ?{_ZONE})?", _FLAGS),
    re.compile(rf"(?P<year>\d{{4}})/(?P<month>\d\d?)/(?P<day>\d\d?)(?:[T ]+{_CLOCK} ?{_ZONE})?", _FLAGS),
    re.compile(rf"(?P<day>\d\d?)[/.-](?P<month>\d\d?)[/.-](?P<year>\d{{4}})(?:[T ]+{_CLOCK} ?{_ZONE})?", _FLAGS),
)
_WEEK: Final = re.compile(rf"(\d{{4}})-?W(\d\d)(?:-?([1-7]))?(?:[T ]+{_CLOCK} ?{_ZONE})?", _FLAGS)
_TIME: Final = re.compile(rf"(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)? ?{_ZONE}", _FLAGS)
_IN_WORDS: Final = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y")
_NAMED: Final = {"Z": 0, "UTC": 0, "GMT": 0, "BST": 1}  # hours before UTC
_LARGEST_OFFSET: Final = timedelta(hours=24)


class Written(NamedTuple):
    """The date of a declaration. Without an offset it is compared as if it were in UTC, and kept as London's time."""

    compared: datetime
    kept: datetime
    is_accepted: bool


def written(text: str | None, now: datetime) -> Written | None:
    """What a text says as a date; None when it is no date at all. A time alone is one of today."""
    if not text or not (meant := text.strip()):
        return None
    for moment in _readings(meant, now):
        is_accepted = _ACCEPTED.fullmatch(text) is not None
        naive = moment.tzinfo is None
        compared, kept = (moment.replace(tzinfo=zone) if naive else moment for zone in (UTC, LONDON))
        return Written(_in_utc(compared), _in_utc(kept), is_accepted)
    return None


def _in_utc(moment: datetime) -> datetime:
    """A moment in UTC; the first or the last that there is for one beyond it."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return (datetime.min if moment.year == datetime.min.year else datetime.max).replace(tzinfo=UTC)


def _readings(text: str, now: datetime) -> Iterator[datetime]:
    """The moments that a text may mean, the likeliest first. Those without an offset are naive."""
    for pattern in _NUMBERS:
        if match := pattern.fullmatch(text):
            year, month, day = (int(match[part]) for part in ("year", "month", "day"))
            yield from _moment(_day(year, month, day), match.groups()[3:])
    if match := _WEEK.fullmatch(text):
        yield from _moment(_day_of_week(*match.groups()[:3]), match.groups()[3:])
    if match := _TIME.fullmatch(text):
        yield from _moment(now.date(), match.groups())
    for form in _IN_WORDS:
        try:
            yield datetime.strptime(text, form)
        except ValueError:
            continue
    try:
        yield parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_of_week(year: str, week: str, day: str | None) -> date | None:
    try:
        return date.fromisocalendar(int(year), int(week), int(day or 1))
    except ValueError:
        return None


def _moment(day: date | None, clock: tuple[str | None, ...]) -> Iterator[datetime]:
    """A time of a day. Hour 24 and second 60 roll over, and an offset of a day or more counts as none."""
    hour, minute, second, fraction, zone = clock
    hours, minutes, seconds = (int(part or 0) for part in (hour, minute, second))
    if day is None or minutes > 59 or seconds > 60 or (hours, minutes, seconds) > (24, 0, 0):
        return
    micros = int((fraction or "")[:6].ljust(6, "0"))
    at = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=micros)
    try:
        moment = datetime.combine(day, time.min) + at
        yield moment.replace(tzinfo=_offset(zone))
    except OverflowError:
        return


def _offset(zone: str | None) -> timezone | None:
    if zone is None:
        return None
    if (hours := _NAMED.get(zone.upper())) is not None:
        return timezone(timedelta(hours=hours))
    digits = zone[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    if offset >= _LARGEST_OFFSET:
        return None
    return timezone(-offset if zone[0] == "-" else offset)
