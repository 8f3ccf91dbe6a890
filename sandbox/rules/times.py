"""Times as clients write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from sandbox.rules.rule import rule

_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)"  # date and time, to the second
    r"(?:\.(\d{1,20}))?"  # a fraction of a second
    r"(?:Z|([+-])(\d\d)(?::?(\d\d))?)?",  # a zone; none means UTC
    re.ASCII,
)
_READABLE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,20}))?)?"  # perhaps a time
    r" ?(?:[Zz]|([+-])(\d\d)(?::?(\d\d))?)?)?",  # perhaps with a zone; none means UTC
    re.ASCII,
)


def instant(text: str | None) -> datetime | None:
    """The time an RFC 3339 text names, in UTC, to the microsecond; None when it names none.

    As the service does, it takes a missing zone for UTC and `+01` or `+0100` for `+01:00`. A date alone, or a
    space in place of the `T`, names no time.
    """
    match = _INSTANT.fullmatch(text) if text else None
    if match is None:
        return None
    moment, fraction, sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        return (
            datetime.fromisoformat(moment)
            .replace(
                microsecond=int((fraction or "0")[:6].ljust(6, "0")),
                tzinfo=timezone(-offset if sign == "-" else offset),
            )
            .astimezone(UTC)
        )
    except (ValueError, OverflowError):
        return None


def readable(text: str | None) -> datetime | None:
    """The time a text tells, in UTC, even when it is not written as RFC 3339 has it; None when it tells none.

    As the service reads it: a day alone is its first moment, 24:00 the next day's, second 60 the next minute's, and day
    30 or 31 of a shorter month so many days into the next.
    """
    match = _READABLE.fullmatch(text) if text else None
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, sign, zone_hours, zone_minutes = match.groups(default="0")
    past_midnight = timedelta(hours=int(hour), minutes=int(minute), seconds=int(second))
    if not (1 <= int(day) <= 31 and past_midnight <= timedelta(days=1) and int(minute) < 60 and int(second) <= 60):
        return None
    offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes))
    try:
        first = datetime(int(year), int(month), 1, microsecond=int(fraction[:6].ljust(6, "0")), tzinfo=UTC)
        return first + timedelta(days=int(day) - 1) + past_midnight - (-offset if sign == "-" else offset)
    except (ValueError, OverflowError):
        return None


@rule("clock.header-bad")
def is_no_server_date(text: str | None) -> bool:
    """True for an `X-With-Server-Date` that is sent, but is no RFC 3339 time."""
    return text is not None and instant(text) is None


@rule("clock.header")
def time_of_request(text: str | None, world_time: datetime) -> datetime:
    """When a request happens: the time its `X-With-Server-Date` names, else the world's."""
    return instant(text) or world_time
