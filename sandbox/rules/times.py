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


@rule("clock.header-bad")
def is_no_server_date(text: str | None) -> bool:
    """True for an `X-With-Server-Date` that is sent, but is no RFC 3339 time."""
    return text is not None and instant(text) is None


@rule("clock.header")
def time_of_request(text: str | None, world_time: datetime) -> datetime:
    """When a request happens: the time its `X-With-Server-Date` names, else the world's."""
    return instant(text) or world_time
